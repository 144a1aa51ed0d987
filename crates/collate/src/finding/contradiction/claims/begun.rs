//! Where something began: one account says that it did not begin in a place, another one lays its beginning there, in whatever
//! words ("the first cases were reported in the village").

use std::collections::BTreeSet;

use variorum_schema::{EntityKind, FindingType, Span};

use super::contrary::is;
use super::{Between, Claims, disagreement, negated};
use crate::assertion::Reading;
use crate::finding::contradiction::{Disagreement, Place};

/// What one account denies of a beginning and an independent one states.
pub(super) fn beginnings(claims: &Claims) -> Vec<Disagreement> {
    let told: Vec<(&Reading, BTreeSet<usize>)> =
        claims.readings.iter().filter_map(|r| beginning(claims, r)).collect();
    let mut found = Vec::new();
    for (no, denied) in told.iter().filter(|(r, _)| r.is_negative && negated::is_flat_denial(claims, r)) {
        let mut seen = BTreeSet::new();
        for (yes, places) in told.iter().filter(|(r, _)| !r.is_negative) {
            let account = yes.statement.account;
            let is_apart = claims.between(no.statement.account, account) == Between::Independent;
            // an account that lays it elsewhere as well leaves it open
            if is_apart && !places.is_disjoint(denied) && !is_long_past(claims, yes) && seen.insert(account) {
                let note =
                    "a beginning in a place: laid there on one side and denied on the other".to_owned();
                let kind = negated::kind(no, yes, false);

                let (x, y) = (place(no), place(yes));
                found.push(disagreement(kind, FindingType::Place, x, y, 0.7, 0.8, note));
            }
        }
    }
    found
}

/// Days before a report from which on a beginning is that of something else.
const LONG_PAST: i32 = 90;

/// Whether a claim tells of another time.
fn is_long_past(claims: &Claims, reading: &Reading) -> bool {
    match reading.when.zip(claims.day(reading)) {
        Some((when, day)) => (day - when.last).get_days() > LONG_PAST,
        None => reading.is_background,
    }
}

/// The places in which a claim lays a beginning, if it tells of one.
fn beginning<'a, 'b>(
    claims: &'a Claims<'b>,
    reading: &'a Reading<'b>,
) -> Option<(&'a Reading<'b>, BTreeSet<usize>)> {
    let verb = reading.lemma.strip_prefix("be_").unwrap_or(&reading.lemma);
    let account = claims.telling.account(reading.statement.account);
    let tokens = account.annotations.tokens_of(claims.telling.sentence(&reading.statement));
    let subject = || reading.claim.arguments.iter().filter(|a| a.span.end <= reading.claim.predicate.start);
    let is_first = |s: Span| {
        let mut words = tokens.iter().filter(|t| s.contains(t.span));
        words.any(|t| is("earliest", &t.lemma))
    };
    let opens = is("begin", verb) || subject().any(|a| is_first(a.span) && is("beginning", &a.head));
    if reading.is_headline || !opens {
        return None;
    }
    let places = account.annotations.mentions.iter().filter(|m| {
        reading
            .claim
            .arguments
            .iter()
            .any(|a| a.span.start >= reading.claim.predicate.start && a.span.contains(m.span))
    });
    let of = |m: &variorum_schema::Mention| claims.telling.entities.of(reading.statement.account, m.entity);
    let is_place =
        |e: &usize| claims.telling.entities.list.get(*e).is_some_and(|e| e.kind == EntityKind::Place);
    let places: BTreeSet<usize> = places.filter_map(of).filter(is_place).collect();
    (!places.is_empty()).then_some((reading, places))
}

/// A claim from its negation or predicate to its end.
fn place(reading: &Reading) -> Place {
    let claim = reading.claim;
    let behind = claim.arguments.iter().map(|a| a.span).filter(|s| s.start >= claim.predicate.start);
    let focus =
        behind.fold(claim.negation.map_or(claim.predicate, |n| n.cover(claim.predicate)), Span::cover);
    Place { statement: reading.statement, focus }
}
