//! Report → bytes: text, JSON, Markdown, HTML. The same report gives the same bytes in each form.
//!
//! Whoever renders hands over the report and the texts that its spans point into. A document whose text is not at
//! hand is still listed; only what needs the text around a span is left out, and the report says so.

use std::collections::BTreeMap;

use variorum_schema::DocumentId;

mod diff;
mod html;
mod json;
mod markdown;
mod names;
mod outline;
#[cfg(test)]
mod sample;
mod svg;
mod text;

pub use html::html;
pub use json::json;
pub use markdown::markdown;
pub use text::{Style, text};

/// The unedited text of each document, by identifier.
pub type Texts = BTreeMap<DocumentId, String>;
