//! Quotations: who said what.

use variorum_schema::{Document, Entity, Mention, Quotation, Sentence, Token};

/// Quotations in order of their spans.
#[must_use]
pub fn quotations(
    _document: &Document,
    _sentences: &[Sentence],
    _tokens: &[Token],
    _mentions: &[Mention],
    _entities: &[Entity],
) -> Vec<Quotation> {
    Vec::new()
}
