//! What somebody was found guilty or not guilty of: a court may convict of one thing and acquit of another.

use std::collections::BTreeSet;

use variorum_schema::{ArgumentRole, Span};

use super::Claims;
use super::contrary::is;
use crate::assertion::Reading;
use crate::overlap;

/// Whether two verdicts are on two charges: both name one, and they share no word; or one leaves its charge to another clause
/// ("what he was not convicted of").
pub(super) fn are_two(claims: &Claims, x: &Reading, y: &Reading) -> bool {
    let (p, q) = (charges(claims, x), charges(claims, y));
    let is_elsewhere = |r: &Reading| r.claim.arguments.iter().any(|a| is_bare_preposition(claims, r, a.span));
    is_elsewhere(x) || is_elsewhere(y) || !p.is_empty() && !q.is_empty() && p.is_disjoint(&q)
}

/// Stems of the words that name the charge.
fn charges(claims: &Claims, reading: &Reading) -> BTreeSet<String> {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let words = overlap::words_of(claims.telling, &reading.statement);
    let of_charge = reading
        .claim
        .arguments
        .iter()
        .filter(|a| matches!(a.role, ArgumentRole::Oblique | ArgumentRole::Complement));
    let spans: Vec<Span> = of_charge.map(|a| a.span).collect();
    let named = words.list.iter().filter(|w| {
        let span = annotations.tokens.get(w.token as usize).map_or(Span::default(), |t| t.span);
        let is_inside = spans.iter().any(|s| s.contains(span));
        is_inside && w.is_content && w.number.is_none() && !w.is_name && !is("court", &w.lemma)
    });
    named.map(|w| w.stem.clone()).collect()
}

/// "of" with nothing behind it.
fn is_bare_preposition(claims: &Claims, reading: &Reading, span: Span) -> bool {
    let text = &claims.telling.document(reading.statement.account).text;
    matches!(span.of(text), "of" | "on" | "for")
}
