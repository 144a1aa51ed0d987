//! Time expressions, resolved to calendar intervals.

use jiff::civil::Date;
use variorum_schema::{Document, Interval, Relative, Sentence, TimeExpression, Token};

/// Time expressions in order. `anchor` is the day relative ones are told from; without it they stay unresolved.
#[must_use]
pub fn times(
    _document: &Document,
    _sentences: &[Sentence],
    _tokens: &[Token],
    _anchor: Option<Date>,
) -> Vec<TimeExpression> {
    Vec::new()
}

/// The TIMEX3 value and the days that a relative time means when told on `anchor`.
#[must_use]
pub fn resolve(_relative: Relative, _anchor: Date) -> Option<(String, Interval)> {
    None
}
