//! Reads one document at a time: [`Page`] → [`Document`] → [`Annotations`]. Pure: no file, network, clock, environment
//! or random source is touched, and nothing fails on text. Odd input becomes a note.
//!
//! The modules stand in the order in which data meets them.
#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

use jiff::civil::Date;
use variorum_schema::{Annotations, Document, Page};

pub mod extract;
pub mod segment;
pub mod tag;
pub mod parse;
pub mod time;
pub mod quantity;
pub mod mention;
pub mod quotation;
pub mod claim;
pub mod annotator;
pub mod lexicon;
pub mod usage;
pub mod words;

/// The document that a page holds. Never fails: a page with no readable text gives a document with empty text and a
/// note.
#[must_use]
pub fn extract(page: &Page) -> Document {
    extract::extract(page)
}

/// Everything that can be said about one document by itself. Times are resolved against the document's own
/// publication date, if it is known.
#[must_use]
pub fn annotate(document: &Document) -> Annotations {
    annotate_at(document, document.published.value)
}

/// As [`annotate`], with times resolved against `anchor`.
#[must_use]
pub fn annotate_at(document: &Document, anchor: Option<Date>) -> Annotations {
    annotate_with(document, anchor, &annotator::BuiltIn)
}

/// As [`annotate_at`], with the words and the names read by `annotator`.
#[must_use]
pub fn annotate_with(
    document: &Document,
    anchor: Option<Date>,
    annotator: &dyn annotator::Annotator,
) -> Annotations {
    let (sentences, tokens) = annotator::syntax(annotator, document);
    let times = time::times(document, &sentences, &tokens, anchor);
    let quantities = quantity::quantities(document, &sentences, &tokens, &times);
    let (mentions, entities) = annotator::mentions(annotator, document, &sentences, &tokens);
    let quotations = quotation::quotations(document, &sentences, &tokens, &mentions, &entities);
    let stances = quotation::stances(document, &sentences, &tokens, &quotations);
    let mut annotations = Annotations {
        sentences,
        tokens,
        mentions,
        entities,
        quotations,
        stances,
        times,
        quantities,
        claims: Vec::new(),
    };
    annotations.claims = claim::claims(document, &annotations);
    annotations
}
