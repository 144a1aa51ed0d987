//! For which day something is arranged: two accounts that name two days, and of which neither knows the other's.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use variorum_annotate::words;
use variorum_schema::{FindingKind, FindingType, Interval, Modality, Span, Tag};

use super::contrary::{cut_phrases, is};
use super::{Between, Claims, disagreement};
use crate::assertion::Reading;
use crate::finding::contradiction::{Disagreement, Place};
use crate::overlap::{self, Word, Words};

/// Weight of the words that two announcements share, from which they may be of one event.
const MIN_WEIGHT: f64 = 9.0;
/// Days after publication within which what is announced is near enough to be told by its day.
const MAX_AHEAD: i32 = 120;
/// Announcements of one word that are compared.
const MAX_OF_ONE: usize = 40;

/// An announcement for a day.
struct Announced {
    reading: usize,
    day: Interval,
    words: Arc<Words>,
    /// Places of the content words of the claim.
    own: Vec<usize>,
}

/// Announcements of one event for two days.
pub(super) fn days(claims: &Claims) -> Vec<Disagreement> {
    let all: Vec<Announced> = (0..claims.readings.len()).filter_map(|at| announced(claims, at)).collect();
    let mut by_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, one) in all.iter().enumerate() {
        for word in &one.own {
            by_stem.entry(&one.words.list[*word].stem).or_default().push(at);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for list in by_stem.values() {
        let list = &list[..list.len().min(MAX_OF_ONE)];
        for (n, &x) in list.iter().enumerate() {
            pairs.extend(list[n + 1..].iter().filter(|y| **y != x).map(|y| (x, *y)));
        }
    }
    pairs.iter().filter_map(|(x, y)| compare(claims, &all, &all[*x], &all[*y])).collect()
}

/// The announcement that a claim makes, if it makes one for a single day ahead.
fn announced(claims: &Claims, at: usize) -> Option<Announced> {
    let reading = &claims.readings[at];
    let day = reading.when.filter(|w| w.first == w.last)?;
    let published = claims.day(reading)?;
    let ahead = (day.first - published).get_days();
    let is_put = reading.modality == Modality::Planned || is("schedule", verb(reading));
    if reading.is_negative || reading.is_headline || !is_put || !(1..=MAX_AHEAD).contains(&ahead) {
        return None;
    }
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let words = overlap::words_of(claims.telling, &reading.statement);
    let spans: Vec<Span> = cut_phrases(claims, reading).chain([reading.claim.predicate]).collect();
    let is_time = |s: Span| annotations.times.iter().any(|t| t.span.overlaps(s));
    let counts = |w: &Word| {
        let span = annotations.tokens[w.token as usize].span;
        w.is_content && w.number.is_none() && spans.iter().any(|s| s.contains(span)) && !is_time(span)
    };
    let own: Vec<usize> = (0..words.list.len()).filter(|n| counts(&words.list[*n])).collect();
    Some(Announced { reading: at, day, words, own })
}

fn verb<'a>(reading: &'a Reading<'_>) -> &'a str {
    reading.lemma.strip_prefix("be_").unwrap_or(&reading.lemma)
}

fn compare(claims: &Claims, all: &[Announced], a: &Announced, b: &Announced) -> Option<Disagreement> {
    let (x, y) = (&claims.readings[a.reading], &claims.readings[b.reading]);
    let between = claims.between(x.statement.account, y.statement.account);
    let are_near = claims.day(x).zip(claims.day(y)).is_some_and(|(p, q)| (p - q).get_days().abs() <= 5);
    if between != Between::Independent || a.day == b.day || !are_near || !is_one_act(x, y) {
        return None;
    }
    let (mut weight, mut n) = (0.0, 0);
    for word in a.own.iter().map(|at| &a.words.list[*at]) {
        let best = b.own.iter().map(|at| overlap::likeness(word, &b.words.list[*at])).fold(0.0, f64::max);
        let is_said = best >= 0.9;
        weight += if is_said { word.weight } else { 0.0 };
        n += usize::from(is_said);
    }
    let named = |p: &Announced, q: &Announced| {
        let mut names =
            p.own.iter().map(|at| &p.words.list[*at]).filter(|w| w.is_name || w.tag == Tag::Propn);
        names.all(|w| q.words.list.iter().any(|o| overlap::likeness(w, o) >= 0.85))
    };
    // an account that names the other's day for something alike tells of two events
    let knows = |own: &Reading, other: &Announced| {
        all.iter().any(|c| {
            claims.readings[c.reading].statement.account == own.statement.account && c.day == other.day
        })
    };
    if weight < MIN_WEIGHT || n < 2 || !named(a, b) || !named(b, a) || knows(x, b) || knows(y, a) {
        return None;
    }
    let place = |r: &Reading| Place { statement: r.statement, focus: focus(claims, r) };
    let note = format!("arranged for {} and for {}", a.day.first, b.day.first);
    Some(disagreement(FindingKind::Conflict, FindingType::Date, place(x), place(y), 0.7, 0.75, note))
}

/// Whether two claims may tell of one act: one verb, or two by which what is arranged is told.
fn is_one_act(x: &Reading, y: &Reading) -> bool {
    let (p, q) = (verb(x), verb(y));
    p == q || words::are(words::SYNONYM, p, q) || is("schedule", p) && is("schedule", q)
}

/// The words that name the day.
fn focus(claims: &Claims, reading: &Reading) -> Span {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let own = reading.claim.times.iter().filter_map(|t| annotations.times.get(*t as usize));
    let day = own.filter(|t| t.interval.is_some() && t.interval == reading.when).map(|t| t.span).next();
    day.unwrap_or(reading.claim.predicate)
}
