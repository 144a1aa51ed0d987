//! One person, two ages: an age in apposition to a name ("X, 57", "the 59-year-old X", "X, who is 59") in accounts that were
//! written apart.

use std::collections::BTreeMap;

use variorum_schema::{
    EntityKind, FindingKind, FindingType, Hedge, Mention, MentionForm, Quantity, Span, Unit,
};

use super::{Disagreement, Place};
use crate::finding::figure::statement_at;
use crate::telling::Telling;

/// Nobody is older.
const AGES: f64 = 115.0;
/// Years by which two ages must differ: between two reports lies a birthday, or a rounded year.
const MIN_YEARS: f64 = 2.0;
/// Ages of one person that are compared at most.
const MAX_AGES: usize = 60;
/// What may stand between a name and an age behind it, commas and brackets aside.
const BETWEEN: [&str; 8] = ["", "aged", "age", "who is", "who was", "now", "then", "is"];
/// Words behind an age that put it in the past.
const BACK_THEN: [&str; 5] = ["when", "at the time", "then", "years ago", "as a"];

/// The age that an account gives a person.
struct Age {
    place: Place,
    value: f64,
}

/// Ages of one person in independent accounts that cannot both be right.
pub(super) fn ages(telling: &Telling) -> Vec<Disagreement> {
    let mut by_person: BTreeMap<usize, Vec<Age>> = BTreeMap::new();
    for &member in telling.members {
        for (person, age) in of_account(telling, member) {
            by_person.entry(person).or_default().push(age);
        }
    }
    let mut found = Vec::new();
    for ages in by_person.values() {
        let ages = &ages[..ages.len().min(MAX_AGES)];
        for (n, x) in ages.iter().enumerate() {
            let rivals = ages[n + 1..].iter().filter(|y| differ(telling, ages, x, y));
            found.extend(rivals.map(|y| disagreement(x, y)));
        }
    }
    found
}

fn differ(telling: &Telling, all: &[Age], x: &Age, y: &Age) -> bool {
    let account = |a: &Age| a.place.statement.account;
    let origin = |a: &Age| telling.lineage.origin_of(account(a));
    // an account that gives both ages says why
    let has = |own: &Age, other: &Age| {
        all.iter().any(|a| account(a) == account(own) && (a.value - other.value).abs() < MIN_YEARS)
    };
    // two years after the deed who did it is two years older
    let year = |a: &Age| telling.document(account(a)).published.value.map(|d| f64::from(d.year()));
    let has_grown = year(x).zip(year(y)).is_some_and(|(p, q)| {
        let (years, older) = (p - q, x.value - y.value);
        years.abs() >= 1.0 && (years - older).abs() <= 1.0
    });
    !has_grown && (x.value - y.value).abs() >= MIN_YEARS && origin(x) != origin(y) && !has(x, y) && !has(y, x)
}

fn of_account(telling: &Telling, member: u32) -> Vec<(usize, Age)> {
    let account = telling.account(member);
    let text = &account.document.text;
    // "X, who was 59, …": a bare number that a comma or the end of the sentence follows
    let is_bare = |q: &Quantity| {
        let next = text.get(q.span.end as usize..).and_then(|t| t.chars().next());
        q.unit == Unit::Count
            && q.counted.is_none()
            && (1.0..=AGES).contains(&q.value)
            && q.value.fract() == 0.0
            && next.is_none_or(|c| matches!(c, ',' | '.' | ')' | ';'))
    };
    let is_age = |q: &&Quantity| (q.unit == Unit::Age || is_bare(q)) && q.hedge == Hedge::Exact;
    let ages = account.annotations.quantities.iter().filter(is_age);
    ages.filter_map(|q| {
        let behind = text.get(q.span.end as usize..).unwrap_or("").trim_start();
        if BACK_THEN.iter().any(|w| behind.starts_with(w)) {
            return None;
        }
        let mention = bearer(telling, member, q)?;
        let person = telling.entities.of(member, mention.entity)?;
        let place = Place { statement: statement_at(telling, member, q.span)?, focus: q.span };
        Some((person, Age { place, value: q.value }))
    })
    .collect()
}

/// The name to which an age stands in apposition.
fn bearer<'a>(telling: &Telling<'a>, member: u32, age: &Quantity) -> Option<&'a Mention> {
    let account = telling.account(member);
    let text = &account.document.text;
    let mentions = &account.annotations.mentions;
    let is_person = |m: &&Mention| m.kind == EntityKind::Person && m.form == MentionForm::Name;
    let words = |from: u32, to: u32| {
        let between = Span::new(from as usize, to.max(from) as usize).of(text);
        between.trim_matches([',', '(', ' ']).to_lowercase()
    };
    let at = mentions.partition_point(|m| m.span.start < age.span.start);
    let before = mentions[..at].iter().rev().take(3).find(is_person);
    let stands_before = |m: &&Mention| {
        m.span.end <= age.span.start && BETWEEN.contains(&words(m.span.end, age.number.start).as_str())
    };
    let behind = || {
        let next = mentions[at..].iter().take(2).find(is_person)?;
        let between = text.get(age.span.end as usize..next.span.start as usize)?;
        // "the 59-year-old carpenter X": a trade may stand between, a comma or a verb not
        let is_close = between.split_whitespace().count() <= 2 && !between.contains([',', '.', ';']);
        (is_close && age.span.of(text).contains("old")).then_some(next)
    };
    before.filter(stands_before).or_else(behind)
}

fn disagreement(x: &Age, y: &Age) -> Disagreement {
    Disagreement {
        kind: FindingKind::Conflict,
        finding_type: FindingType::Quantity,
        x: x.place,
        y: y.place,
        likeness: 0.5,
        strength: 0.85,
        note: format!("{} and {}: two ages of one person", x.value, y.value),
        lean: 0.0,
    }
}
