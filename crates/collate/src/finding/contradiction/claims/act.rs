//! One act of which accounts differ in who did it, or where.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{ArgumentRole, EntityKind, FindingKind, FindingType, Modality};

use super::{Between, Claims, LIKE, MAX_OF_ONE, SAME, at_one_time, disagreement, the_one};
use crate::assertion::question::{self, Nature, Part};
use crate::assertion::referent::Referent;
use crate::assertion::{Assertion, Reading};
use crate::finding::contradiction::{Disagreement, Place};

static COUNTRIES: LazyLock<BTreeSet<&str>> =
    LazyLock::new(|| lexicon::entries(lexicon::COUNTRIES).filter_map(|f| f.first().copied()).collect());

/// Days between two reports up to which they tell of one act that may be done again.
const MAX_DAYS_ACTOR: i32 = 4;

/// Pairs of claims of independent accounts about one act with another doer or another place.
pub(super) fn acts(claims: &Claims) -> Vec<Disagreement> {
    let mut index: BTreeMap<(usize, usize, String), Vec<usize>> = BTreeMap::new();
    for (idx, assertion) in claims.assertions.iter().enumerate() {
        let nature = question::at(assertion.word.question).map(|q| q.nature);
        if !matches!(nature, Some(Nature::Act | Nature::Lasting)) {
            continue;
        }
        let mut keys = thing(claims, assertion).map(Referent::keys).unwrap_or_default();
        keys.extend(claims.of(assertion).when.map(|w| format!("day {} {}", w.first, w.last)));
        for key in keys {
            let at = (assertion.word.question, assertion.word.answer, key);
            index.entry(at).or_default().push(idx);
        }
    }
    let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
    for list in index.values() {
        for (n, &x) in list.iter().take(MAX_OF_ONE).enumerate() {
            pairs.extend(list.iter().take(MAX_OF_ONE).skip(n + 1).map(|y| (x, *y)));
        }
    }
    let both = |x: usize, y: usize| (&claims.assertions[x], &claims.assertions[y]);
    pairs.into_iter().map(|(x, y)| both(x, y)).filter_map(|(a, b)| compare(claims, a, b)).collect()
}

/// What the act is done to, or won: by which the act is known.
fn thing<'a>(claims: &'a Claims, assertion: &'a Assertion) -> Option<&'a Referent> {
    match assertion.word.part {
        Part::Subject => the_one(claims.of(assertion), ArgumentRole::Patient),
        _ => Some(&assertion.about),
    }
}

fn compare(claims: &Claims, a: &Assertion, b: &Assertion) -> Option<Disagreement> {
    let (x, y) = (claims.of(a), claims.of(b));
    let is_told = |r: &Reading| {
        !r.is_negative && !r.is_background && matches!(r.modality, Modality::Asserted | Modality::Planned)
    };
    let between = claims.between(x.statement.account, y.statement.account);
    if between != Between::Independent || !is_told(x) || !is_told(y) || x.modality != y.modality {
        return None;
    }
    if !at_one_time(x, y) {
        return None;
    }
    let (p, q) = (thing(claims, a)?, thing(claims, b)?);
    let same = p.sameness(q);
    if same >= SAME && !p.is_indefinite && !q.is_indefinite {
        return actor(claims, a, b, same).or_else(|| place(claims, a, b, same));
    }
    // one event of that day, called by two names
    let is_one_day = x.when.zip(y.when).is_some_and(|(v, w)| v == w && v.first == v.last);
    let is_far =
        |r: &Reading| claims.day(r).zip(r.when).is_some_and(|(d, w)| (w.first - d).get_days().abs() > 1);
    let is_it = (p.is_pronoun || q.is_pronoun) && is_far(x) && is_far(y);
    let shares_word = p.words.intersection(&q.words).next().is_some();
    (is_one_day && (same >= LIKE || shares_word || is_it)).then(|| place(claims, a, b, 0.5)).flatten()
}

/// Another doer: two people, or two bodies, each named, each alone, neither known to the other account in this part.
fn actor(claims: &Claims, a: &Assertion, b: &Assertion, same: f64) -> Option<Disagreement> {
    let (x, y) = (claims.of(a), claims.of(b));
    let (p, q) = (the_one(x, ArgumentRole::Agent)?, the_one(y, ArgumentRole::Agent)?);
    let is_kind = p.kind == q.kind && matches!(p.kind, EntityKind::Person | EntityKind::Organisation);
    let differ = p.entity.is_some() && q.entity.is_some() && p.entity != q.entity;
    let is_other_too = |own: &Reading, other: &Referent| {
        claims.assertions_of(own.statement.account).iter().any(|c| {
            let reading = claims.of(c);
            reading.statement.account == own.statement.account
                && (c.word.question, c.word.answer) == (a.word.question, a.word.answer)
                && reading.with(ArgumentRole::Agent).any(|r| r.entity == other.entity)
        })
    };
    if !is_kind || !differ || p.words.intersection(&q.words).next().is_some() {
        return None;
    }
    // whose firing somebody deplores, somebody else may have fired
    let is_bare = |r: &Reading| {
        let text = &claims.telling.document(r.statement.account).text;
        let words = r.claim.predicate.of(text);
        words.ends_with("ing") && !words.contains(' ')
    };
    // of reports of other weeks another vote is won; whom "he" means may have been misread
    let are_apart =
        claims.day(x).zip(claims.day(y)).is_some_and(|(v, w)| (v - w).get_days().abs() > MAX_DAYS_ACTOR);
    if are_apart || p.is_pronoun || q.is_pronoun {
        return None;
    }
    // whom "he" means is guessed: right three times in four, which is too seldom to say that two accounts differ
    let is_guessed = |r: &Reading, who: &Referent| {
        let said = who.span.of(&claims.telling.document(r.statement.account).text).to_lowercase();
        matches!(said.as_str(), "he" | "she" | "they" | "it" | "we" | "i")
    };
    if is_guessed(x, p) || is_guessed(y, q) {
        return None;
    }
    if is_bare(x) || is_bare(y) || is_other_too(x, q) || is_other_too(y, p) {
        return None;
    }
    let place = |r: &Reading, who: &Referent| Place { statement: r.statement, focus: who.span };
    let note = format!("another doer of one act ({})", x.lemma.replace('_', " "));
    let kind = if x.speaker.is_some() && y.speaker.is_some() && x.speaker != y.speaker {
        FindingKind::Disputed
    } else {
        FindingKind::Conflict
    };
    Some(disagreement(kind, FindingType::Actor, place(x, p), place(y, q), same, 0.75, note))
}

/// Letters by which the name of a land is known behind that of a town ("Tenn." for Tennessee).
const SHORT_NAME: usize = 4;

/// Another place: two places of one sort, neither named in the other's sentence, so that none is known to hold the other.
fn place(claims: &Claims, a: &Assertion, b: &Assertion, same: f64) -> Option<Disagreement> {
    if question::at(a.word.question).map(|q| q.nature) != Some(Nature::Act) {
        return None;
    }
    let (x, y) = (claims.of(a), claims.of(b));
    let (p, q) = (the_one(x, ArgumentRole::Place)?, the_one(y, ArgumentRole::Place)?);
    let is_place = |r: &Referent| r.entity.is_some() && r.kind == EntityKind::Place;
    let name = |r: &Referent| {
        r.entity.and_then(|e| claims.telling.entities.list.get(e)).map_or("", |e| e.name.as_str())
    };
    let is_country = |r: &Referent| COUNTRIES.contains(name(r));
    if !is_place(p) || !is_place(q) || p.entity == q.entity || is_country(p) != is_country(q) {
        return None;
    }
    let mentions = |r: &Reading, other: &Referent| {
        let text =
            claims.telling.sentence(&r.statement).span.of(&claims.telling.document(r.statement.account).text);
        text.contains(name(other))
    };
    // "Belmar, Tarn.", "Belmar, Tarnland": a town and the land that it lies in
    let lies_in = |a: &str, b: &str| {
        let short: String = b.chars().take(SHORT_NAME).collect();
        let joined = format!("{}, {short}", a.split(',').next().unwrap_or(a));
        short.len() >= SHORT_NAME
            && [x, y].iter().any(|r| claims.telling.document(r.statement.account).text.contains(&joined))
    };
    if lies_in(name(p), name(q)) || lies_in(name(q), name(p)) {
        return None;
    }
    if mentions(x, q) || mentions(y, p) || p.words.intersection(&q.words).next().is_some() {
        return None;
    }
    let at = |r: &Reading, what: &Referent| Place { statement: r.statement, focus: what.span };
    let note = format!("another place of one act ({})", x.lemma.replace('_', " "));
    Some(disagreement(FindingKind::Conflict, FindingType::Place, at(x, p), at(y, q), same, 0.75, note))
}
