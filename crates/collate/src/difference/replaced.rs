//! Days that stand opposite each other in statements of independent accounts and are not the same. Names are not compared
//! here: accounts that were written apart spell one name in two ways ("US", "U.S."), and put another in its place for many
//! reasons; there the doers and places of claims are compared.

use variorum_schema::{FindingType, Granularity, Span, Tag, Token};

use super::exchanged::Calendar;
use super::item::{Class, Item};
use super::{Comparison, Difference};
use crate::align::Statement;
use crate::telling::Telling;

/// Likeness from which a day exchanged between two independent accounts is taken for a difference in substance.
const MIN_LIKENESS: f64 = 0.5;

/// Between independent accounts; what a copy exchanged is found by [`super::exchanged`].
pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let mut found = Vec::new();
    if c.is_copy {
        return found;
    }
    for (xs, ys) in c.replacements() {
        if xs.len() > 5 || ys.len() > 5 {
            continue;
        }
        found.extend(times(c, xs, ys));
    }
    found
}

fn the_one(items: &[Item], is: impl Fn(&Item) -> bool) -> Option<&Item> {
    let mut of = items.iter().filter(|i| is(i));
    of.next().filter(|_| of.next().is_none())
}

fn times(c: &Comparison, xs: &[Item], ys: &[Item]) -> Option<Difference> {
    let is_time = |i: &Item| matches!(i.class, Class::Time(_));
    let (x, y) = (the_one(xs, is_time)?, the_one(ys, is_time)?);
    let (Class::Time(i), Class::Time(j)) = (x.class, y.class) else { return None };
    let a = c.telling.account(c.x.0.account).annotations.times.get(i as usize)?;
    let b = c.telling.account(c.y.0.account).annotations.times.get(j as usize)?;
    if a.granularity != b.granularity
        || !matches!(a.granularity, Granularity::Day | Granularity::Month | Granularity::Year)
    {
        return None;
    }
    let differ = match (a.interval, b.interval) {
        (Some(p), Some(q)) => p.last < q.first || q.last < p.first,
        _ => false,
    };
    // "tomorrow" in two reports of other days is one word; the dateline tells when a report was written, not what it reports
    let is_one_word = x.span.of(c.text_x()).eq_ignore_ascii_case(y.span.of(c.text_y()));
    let is_dateline = |at: &Statement, span: Span| {
        c.telling.document(at.account).dateline.as_ref().is_some_and(|d| d.end >= span.start)
    };
    // "March 9" without a year was given one by its report's, or by none
    let has_year = |item: &Item, text: &str| {
        item.span.of(text).contains(|c: char| c.is_ascii_digit())
            && Calendar::of(&item.span.of(text).to_lowercase()).has_year()
    };
    let is_one_day = a.interval.zip(b.interval).is_some_and(|(p, q)| {
        (p.first.month(), p.first.day()) == (q.first.month(), q.first.day())
            && p.first.year() != q.first.year()
    });
    if is_one_day
        && !(has_year(x, c.text_x()) && has_year(y, c.text_y()))
        && a.granularity == Granularity::Day
    {
        return None;
    }
    if !differ
        || is_one_word
        || is_dateline(c.x.0, x.span)
        || is_dateline(c.y.0, y.span)
        || is_stamp(c.telling, c.x.0)
        || is_stamp(c.telling, c.y.0)
        || c.likeness < MIN_LIKENESS
        || x.tag == Tag::X && x.lemma == y.lemma
    {
        return None;
    }
    let note = format!("{} against {}", a.value, b.value);
    Some(Difference { kind: FindingType::Date, x: x.span, y: y.span, note, strength: 0.75 })
}

/// Verbs of a line that says when a page was made.
const STAMPS: [&str; 6] = ["update", "publish", "post", "modify", "file", "issue"];

/// A line without a verb that is no longer than this (words) is a dateline.
const MAX_STAMP: usize = 8;

/// Whether a sentence only says when and where a page or a report was made: a dateline, "Updated 5:40 p.m.".
#[must_use]
pub fn is_stamp(telling: &Telling, s: &Statement) -> bool {
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let is_stamp = |t: &Token| STAMPS.contains(&t.lemma.as_str());
    let is_verb = |t: &Token| matches!(t.tag, Tag::Verb | Tag::Aux);
    let n_words = tokens.iter().filter(|t| t.tag != Tag::Punct).count();
    !tokens.iter().any(|t| is_verb(t) && !is_stamp(t))
        && (n_words <= MAX_STAMP || tokens.iter().any(is_stamp))
}
