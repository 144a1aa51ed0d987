//! Hedges: "nearly", "at least", "or so".

use std::sync::LazyLock;

use variorum_schema::Hedge;

use super::phrase::Phrases;
use super::scan::Words;
use crate::lexicon::entries;

/// What "about 100" may mean: a tenth less or more. "Nearly 100": a tenth less.
const SLACK: f64 = 0.1;

#[derive(Debug)]
struct Entry {
    hedge: Hedge,
    after: bool,
}

static HEDGES: LazyLock<Phrases<Entry>> = LazyLock::new(|| {
    Phrases::new(entries(crate::lexicon::HEDGES).map(|f| {
        let field = |i: usize| f.get(i).copied().unwrap_or("");
        let hedge = match field(1) {
            "about" => Hedge::About,
            "nearly" => Hedge::Nearly,
            "at-least" => Hedge::AtLeast,
            _ => Hedge::AtMost,
        };
        (field(0), Entry { hedge, after: field(2) == "after" })
    }))
});

/// The hedge that ends just before `at`: its first word, and what it says. Of several in a row the outermost says more:
/// "more than an estimated 300".
pub(super) fn before(words: &Words, at: usize) -> Option<(usize, Hedge)> {
    let mut found = None;
    let mut end = at;
    while let Some((from, entry)) = HEDGES.before(words, end, |e| !e.after) {
        found = Some((from, entry.hedge));
        end = from;
    }
    found
}

/// The hedge that opens at `at`: one past its last word, and what it says.
pub(super) fn after(words: &Words, at: usize) -> Option<(usize, Hedge)> {
    let (end, entry) = HEDGES.at(words, at, |e, _| e.after)?;
    let sign = words.any(at, &["+", "plus"]) && !words.glued(at);
    (!sign).then_some((end, entry.hedge))
}

/// Lowest and highest value that a hedged number allows.
pub(super) fn bounds(hedge: Hedge, value: f64) -> (Option<f64>, Option<f64>) {
    let slack = value.abs() * SLACK;
    match hedge {
        Hedge::About => (Some(value - slack), Some(value + slack)),
        Hedge::Nearly => (Some(value - slack), Some(value)),
        Hedge::AtLeast => (Some(value), None),
        Hedge::AtMost => (None, Some(value)),
        _ => (Some(value), Some(value)),
    }
}
