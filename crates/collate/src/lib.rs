//! Compares many documents: copies, lineage, stories, entities, dates, alignment, findings, brief. Pure: no file,
//! network, clock, environment or random source is touched, and nothing fails on text.
//!
//! The modules stand in the order in which data meets them.
#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

use variorum_schema::{Annotations, Document};

pub mod align;
pub mod brief;
pub mod copy;
pub mod date;
pub mod entity;
pub mod finding;
pub mod lineage;
pub mod story;
pub mod timeline;

/// A document with its annotations: one account of an event.
#[derive(Clone, Debug)]
pub struct Account {
    /// The document.
    pub document: Document,
    /// Its annotations.
    pub annotations: Annotations,
}
