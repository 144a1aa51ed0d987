//! Time expressions, resolved to calendar intervals.
//!
//! Values are those of TIMEX3 (TimeML 1.2.1): a date, month, week, quarter, season, year, decade ("198") or century
//! ("19"), with `T17:00` or `TEV` for times of day; "P2M" for durations and sets; "PAST_REF", "PRESENT_REF" and
//! "FUTURE_REF" for references without a calendar value. A part that is not known is written with X.
//!
//! The grammar says what the words mean by themselves, the reading what they mean where they are told: on the anchor, in a
//! sentence that points back or ahead, after another time. `spec/time.md` shows each rule with examples.

use jiff::civil::Date;
use variorum_schema::{Document, Interval, Relative, Sentence, Span, TimeExpression, TimeKind, Token};

use crate::quantity::scan::{self, Words};

mod calendar;
mod grammar;
mod lexicon;
mod reading;
mod tense;

/// How many sentences a full date lends its year to partial dates around it.
const YEAR_REACH: usize = 3;

/// Time expressions in order. `anchor` is the day relative ones are told from; without it they stay unresolved: the value
/// has an X for each unknown digit, and `relative` says how to resolve it later ([`resolve`]).
#[must_use]
pub fn times(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    anchor: Option<Date>,
) -> Vec<TimeExpression> {
    let mut pieces: Vec<(usize, Words, Vec<grammar::Match>)> = Vec::new();
    for (idx, sentence) in sentences.iter().enumerate() {
        for words in scan::words(document, sentence, tokens) {
            let matches = grammar::find(&words);
            pieces.push((idx, words, matches));
        }
    }
    let years = full_years(&pieces);
    let mut found = Vec::new();
    let mut previous = None;
    for (idx, words, matches) in &pieces {
        for hit in matches {
            let context = reading::Context {
                anchor,
                tense: tense::tense(words, hit.from, hit.to),
                previous,
                year: year_near(&years, *idx),
            };
            let reading = reading::read(&hit.form, &context);
            if let Some(interval) = reading.interval.filter(|_| tells_on(&hit.form, reading.kind)) {
                previous = Some((interval.first, reading.granularity));
            }
            if let Some(span) = span(words, hit) {
                found.push(TimeExpression {
                    span,
                    kind: reading.kind,
                    value: reading.value,
                    interval: reading.interval,
                    granularity: reading.granularity,
                    relative: reading.relative,
                });
            }
        }
    }
    found
}

/// Whether a later "the following day" may be told from this time.
fn tells_on(form: &grammar::Form, kind: TimeKind) -> bool {
    let now = grammar::Base::Shift(grammar::Step::Day, 0, grammar::Origin::Anchor);
    matches!(kind, TimeKind::Date | TimeKind::Time) && form.base != now
}

/// The bytes that a match covers.
fn span(words: &Words, hit: &grammar::Match) -> Option<Span> {
    let (first, last) = (words.list.get(hit.from)?, words.list.get(hit.to.checked_sub(1)?)?);
    Some(Span::new(first.start, last.end))
}

/// The sentences with a full calendar date, and its year, in order.
fn full_years(pieces: &[(usize, Words, Vec<grammar::Match>)]) -> Vec<(usize, i16)> {
    let year = |form: &grammar::Form| match form.base {
        grammar::Base::Calendar { year: grammar::Year::Given(year), month: 1.., .. } => Some(year),
        _ => None,
    };
    pieces
        .iter()
        .flat_map(|(idx, _, matches)| matches.iter().filter_map(move |m| Some((*idx, year(&m.form)?))))
        .collect()
}

/// The year of the nearest full date within [`YEAR_REACH`] sentences; the earlier one of two as near.
fn year_near(years: &[(usize, i16)], sentence: usize) -> Option<i16> {
    let from = years.partition_point(|(idx, _)| idx + YEAR_REACH < sentence);
    years[from..]
        .iter()
        .take_while(|(idx, _)| *idx <= sentence + YEAR_REACH)
        .min_by_key(|(idx, _)| idx.abs_diff(sentence))
        .map(|(_, year)| *year)
}

/// The TIMEX3 value and the days that a relative time means when told on `anchor`; `None` outside the calendar.
#[must_use]
pub fn resolve(relative: Relative, anchor: Date) -> Option<(String, Interval)> {
    reading::resolve(relative, anchor)
}
