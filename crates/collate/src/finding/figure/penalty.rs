//! The length of a sentence: what a court gave, whatever the words around it are. A court gives a man one sentence; so two
//! accounts that give another exclude one another, as two tolls do.

use variorum_schema::{BlockKind, Quantity, Span, Unit};

use super::measure::{Sentence, is_word};

/// The topic of a sentence's length.
pub const TOPIC: &str = "penalty";

/// How many words to each side of a length say that it is a sentence.
const REACH: usize = 5;
/// How many words before one say that somebody asked for it.
const REACH_PLEA: usize = 6;
/// A report with so many words of a verdict is of one.
const N_VERDICT: usize = 3;

/// Whether a length of time is that of a sentence: words of a prison stand beside it, or the headline of a report of a
/// verdict gives it.
#[must_use]
pub(super) fn is_penalty(sentence: &Sentence, idx: usize, unit: &str) -> bool {
    if !["day", "week", "month", "year"].contains(&unit) {
        return false;
    }
    let before = sentence.before(idx);
    let behind = sentence.behind(idx, sentence.number(idx).span.end);
    let is_near = before.iter().take(REACH).chain(behind.iter().take(REACH)).any(|w| is_word("penalty", w));
    let is_served = before.iter().take(3).chain(behind.iter().take(1)).any(|w| is_word("served", w));
    is_near && !is_served || unit == "year" && is_of_headline(sentence, idx)
}

/// The length in years, whatever unit it is told in.
#[must_use]
pub(super) fn in_years(quantity: &Quantity) -> Quantity {
    let per_year = match &quantity.unit {
        Unit::Measure(unit) if unit == "day" => 365.0,
        Unit::Measure(unit) if unit == "week" => 52.0,
        Unit::Measure(unit) if unit == "month" => 12.0,
        _ => return quantity.clone(),
    };
    let years = |value: f64| (value / per_year * 12.0).round() / 12.0;
    Quantity {
        value: years(quantity.value),
        low: quantity.low.map(years),
        high: quantity.high.map(years),
        unit: Unit::Measure("year".to_owned()),
        ..quantity.clone()
    }
}

/// Whether a length is what somebody asks for, or what the law allows.
#[must_use]
pub(super) fn is_plea(sentence: &Sentence, idx: usize) -> bool {
    let before = sentence.before(idx);
    let is_near = |words: &[&str]| words.iter().take(REACH_PLEA).any(|w| is_word("plea", w));
    is_near(&before)
}

/// "Name: four and a half years", above a text that tells of a verdict: the length of the headline is the sentence wherever the
/// text tells it.
fn is_of_headline(sentence: &Sentence, idx: usize) -> bool {
    let account = sentence.account();
    let value_of = |span: Span| account.annotations.times.iter().find(|t| t.span == span).map(|t| &t.value);
    let Some(value) = value_of(sentence.number(idx).span) else { return false };
    let titles = account.document.blocks.iter().filter(|b| b.kind == BlockKind::Title).map(|b| b.span);
    let in_title = |span: Span| titles.clone().any(|title| title.contains(span));
    let is_told = account.annotations.times.iter().any(|t| t.value == *value && in_title(t.span));
    let n_verdict = || account.annotations.tokens.iter().filter(|t| is_word("verdict", &t.lemma)).count();
    is_told && n_verdict() >= N_VERDICT
}
