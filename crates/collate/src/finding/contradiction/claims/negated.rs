//! One act that is affirmed by one account and negated by another; and what one source says and another denies.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{ArgumentRole, FindingKind, FindingType, Modality, Span};

use super::{Between, Claims, LIKE, MAX_OF_ONE, SAME, at_one_time, disagreement};
use crate::assertion::referent::Referent;
use crate::assertion::{Reading, is_telling};
use crate::finding::contradiction::{Disagreement, Place};
use variorum_annotate::usage;

/// Words beside a negation that make it one of degree or of the moment.
const FOR_NOW: [&str; 22] = [
    "yet", "until", "immediately", "still", "long", "longer", "initially", "so", "far", "always", "necessarily",
    "fully", "only", "just", "merely", "simply", "entirely", "enough", "even", "since", "again", "really",
];
/// A verb in more than this share of everyday texts says too little by itself.
const MAX_SHARE: f64 = 0.10;

/// Pairs of claims of independent accounts, one of which negates what the other affirms.
pub(super) fn negations(claims: &Claims) -> Vec<Disagreement> {
    let mut index: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
    for (idx, reading) in claims.readings.iter().enumerate() {
        if !is_comparable(reading) {
            continue;
        }
        let keys: BTreeSet<String> = reading.parts.iter().flat_map(|p| p.1.keys()).collect();
        for key in keys {
            index.entry((&reading.lemma, key)).or_default().push(idx);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for list in index.values() {
        let list = &list[..list.len().min(MAX_OF_ONE)];
        let negative = |n: &&usize| claims.readings[**n].is_negative;
        for x in list.iter().filter(negative) {
            pairs.extend(list.iter().filter(|y| !negative(y)).map(|y| (*x, *y)));
        }
    }
    pairs.into_iter().filter_map(|(x, y)| negation(claims, &claims.readings[x], &claims.readings[y])).collect()
}

fn is_comparable(reading: &Reading) -> bool {
    let word = reading.lemma.strip_prefix("be_").unwrap_or(&reading.lemma);
    let is_common = usage::document_frequency(word) > MAX_SHARE * usage::n_texts().max(1.0);
    is_telling(&reading.lemma)
        && !is_common
        && reading.modality == Modality::Asserted
        && !reading.is_background
        && !reading.is_headline
}

fn negation(claims: &Claims, no: &Reading, yes: &Reading) -> Option<Disagreement> {
    let between = claims.between(no.statement.account, yes.statement.account);
    if between != Between::Independent || !at_one_time(no, yes) || is_for_now(claims, no) {
        return None;
    }
    let sameness = participants(no, yes)?;
    // what was not so yesterday may be so today
    if claims.day(no).zip(claims.day(yes)).is_some_and(|(n, y)| n < y) {
        return None;
    }
    let has = |own: &Reading, negative: bool| {
        claims.readings_of(own.statement.account).iter().any(|r| {
            r.lemma == own.lemma
                && r.is_negative == negative
                && participants(r, own).is_some()
        })
    };
    if has(yes, true) || has(no, false) {
        return None;
    }
    let is_denial = no.claim.modality == Modality::Denied;
    let are_two = no.speaker.is_some() && yes.speaker.is_some() && no.speaker != yes.speaker;
    let kind = if is_denial || are_two { FindingKind::Disputed } else { FindingKind::Conflict };
    let place = |r: &Reading| Place {
        statement: r.statement,
        focus: r.claim.negation.map_or(r.claim.predicate, |n| n.cover(r.claim.predicate)),
    };
    let note = format!("“{}” is affirmed on one side and negated on the other", no.lemma.replace('_', " "));
    Some(disagreement(kind, FindingType::Negation, place(no), place(yes), sameness, 0.8, note))
}

/// How sure it is that a negated and an affirmed claim have the same participants: everybody and everything in the
/// negated one must stand in the other, and at least one of them be known by name or by more than a noun.
fn participants(no: &Reading, yes: &Reading) -> Option<f64> {
    let mut best = 0.0f64;
    for role in [ArgumentRole::Agent, ArgumentRole::Patient] {
        let (has_no, has_yes) = (no.with(role).next().is_some(), yes.with(role).next().is_some());
        if has_no != has_yes {
            return None;
        }
    }
    for (role, referent) in &no.parts {
        if *role == ArgumentRole::Complement && no.lemma.starts_with("be_") {
            continue;
        }
        let is_core = matches!(role, ArgumentRole::Agent | ArgumentRole::Patient);
        let same = |other: &&Referent| referent.sameness(other);
        let match_of = |list: &mut dyn Iterator<Item = &Referent>| list.map(|r| same(&r)).fold(0.0, f64::max);
        let found = if is_core {
            match_of(&mut yes.with(*role))
        } else {
            match_of(&mut yes.parts.iter().map(|p| &p.1))
        };
        if found < LIKE {
            return None;
        }
        best = best.max(found);
    }
    (best >= SAME).then_some(best.min(0.9))
}

/// Whether the clause of a negation has a word of degree or of the moment.
fn is_for_now(claims: &Claims, no: &Reading) -> bool {
    let annotations = &claims.telling.account(no.statement.account).annotations;
    let sentence = claims.telling.sentence(&no.statement);
    let reach: Span = no.claim.span.cover(no.claim.predicate);
    let mut near = annotations.tokens_of(sentence).iter().filter(|t| reach.contains(t.span));
    near.any(|t| FOR_NOW.contains(&t.lemma.as_str()))
}
