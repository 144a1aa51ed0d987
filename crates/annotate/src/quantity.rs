//! Quantities: numbers with unit, counted thing, bounds and hedge.

use variorum_schema::{Document, Quantity, Sentence, TimeExpression, Token};

pub(crate) mod numeral;
pub(crate) mod scan;
pub(crate) mod unit;

/// Quantities in order. Numbers that belong to a time expression are left out.
#[must_use]
pub fn quantities(
    _document: &Document,
    _sentences: &[Sentence],
    _tokens: &[Token],
    _times: &[TimeExpression],
) -> Vec<Quantity> {
    Vec::new()
}
