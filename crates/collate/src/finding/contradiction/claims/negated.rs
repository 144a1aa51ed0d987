//! One act that is affirmed by one account and negated by another; and what one source says and another denies.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{ArgumentRole, FindingKind, FindingType, Modality, Span, Tag};

use super::{Between, Claims, LIKE, MAX_OF_ONE, SAME, at_one_time, disagreement};
use crate::assertion::referent::Referent;
use crate::assertion::{Reading, is_telling};
use crate::finding::contradiction::{Disagreement, Place};
use variorum_annotate::usage;

/// Words beside a negation that make it one of degree or of the moment.
const FOR_NOW: [&str; 26] = [
    "publicly",
    "officially",
    "formally",
    "independently",
    "yet",
    "until",
    "immediately",
    "still",
    "long",
    "longer",
    "initially",
    "so",
    "far",
    "always",
    "necessarily",
    "fully",
    "only",
    "just",
    "merely",
    "simply",
    "entirely",
    "enough",
    "even",
    "since",
    "again",
    "really",
];
/// Words that negate, deny or put something aside, anywhere in a sentence.
pub(super) const CUES: [&str; 26] = [
    "not", "n't", "n’t", "never", "no", "nobody", "none", "nothing", "neither", "nor", "without", "deny",
    "refuse", "fail", "dispute", "reject", "dismiss", "refute", "instead", "false", "untrue", "cannot",
    "hardly", "barely", "unless", "denial",
];
/// Verbs that keep what follows from coming about.
const AVERTING: [&str; 12] = [
    "ban", "bar", "block", "prevent", "prohibit", "halt", "delay", "postpone", "suspend", "forbid",
    "decline", "avoid",
];
/// A verb in more than this share of everyday texts says too little by itself.
const MAX_SHARE: f64 = 0.10;

/// Verbs that say one thing with an adjective behind them and another without.
const SEEMING: [&str; 6] = ["look", "sound", "feel", "come", "go", "get"];

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
    pairs
        .into_iter()
        .filter_map(|(x, y)| negation(claims, &claims.readings[x], &claims.readings[y]))
        .collect()
}

fn is_comparable(reading: &Reading) -> bool {
    let word = reading.lemma.strip_prefix("be_").unwrap_or(&reading.lemma);
    let is_common = usage::document_frequency(word) > MAX_SHARE * usage::n_texts().max(1.0);
    // "looked frustrated", "failed to look inside"
    is_telling(&reading.lemma)
        && !SEEMING.contains(&reading.lemma.as_str())
        && (!is_common || reading.parts.iter().filter(|p| p.1.entity.is_some()).count() > 1)
        && (reading.modality == Modality::Asserted || is_resolve(reading))
        && !reading.is_background
}

/// Whether somebody known by name is to do something, or not to: "will not resign".
fn is_resolve(reading: &Reading) -> bool {
    reading.modality == Modality::Planned && reading.with(ArgumentRole::Agent).any(|r| r.entity.is_some())
}

fn negation(claims: &Claims, no: &Reading, yes: &Reading) -> Option<Disagreement> {
    let between = claims.between(no.statement.account, yes.statement.account);
    let is_within = between == Between::Within;
    if between == Between::Copies || !at_one_time(no, yes) || is_for_now(claims, no) {
        return None;
    }
    if no.modality != yes.modality || no.modality == Modality::Planned && is_within {
        return None;
    }
    if !is_plain(claims, no, true)
        || !is_plain(claims, yes, false)
        || is_within && is_reported(claims, no, yes)
    {
        return None;
    }
    let sameness = participants(no, yes)?;
    // a headline in quotation marks is somebody's
    let is_quoted = |r: &Reading| {
        let text = &claims.telling.document(r.statement.account).text;
        r.is_headline
            && claims.telling.sentence(&r.statement).span.of(text).starts_with(['‘', '\'', '“', '"', '«'])
    };
    if is_quoted(no) || is_quoted(yes) {
        return None;
    }
    let is_sure = sameness >= SAME || between == Between::Independent && claims.share_context(no, yes);
    if !is_sure || no.is_headline != yes.is_headline && !is_within || is_within && no.speaker != yes.speaker {
        return None;
    }
    // what was not so yesterday may be so today
    if claims.day(no).zip(claims.day(yes)).is_some_and(|(n, y)| n < y) {
        return None;
    }
    let has_too = |own: &Reading, negative: bool| {
        claims
            .readings_of(own.statement.account)
            .iter()
            .any(|r| r.lemma == own.lemma && r.is_negative == negative && participants(r, own).is_some())
    };
    if !is_within && (has_too(yes, true) || has_too(no, false)) {
        return None;
    }
    let note = format!("“{}” is affirmed on one side and negated on the other", no.lemma.replace('_', " "));
    let is_turned = is_within && (yes.statement, yes.claim.span) < (no.statement, no.claim.span);
    let (x, y) = if is_turned { (yes, no) } else { (no, yes) };
    let strength = if is_within { 0.65 } else { 0.8 };
    let kind = kind(no, yes, is_within);
    Some(disagreement(kind, FindingType::Negation, place(x), place(y), sameness, strength, note))
}

pub(super) fn kind(no: &Reading, yes: &Reading, is_within: bool) -> FindingKind {
    let is_denial = no.claim.modality == Modality::Denied;
    let are_two = no.speaker.is_some() && yes.speaker.is_some() && no.speaker != yes.speaker;
    match () {
        () if is_within && no.is_headline != yes.is_headline => FindingKind::HeadlineMismatch,
        () if is_within => FindingKind::SelfContradiction,
        () if is_denial || are_two => FindingKind::Disputed,
        () => FindingKind::Conflict,
    }
}

fn place(reading: &Reading) -> Place {
    let focus = reading.claim.negation.map_or(reading.claim.predicate, |n| n.cover(reading.claim.predicate));
    Place { statement: reading.statement, focus }
}

/// What one account says and another one says is not so, as a disagreement. `about`: in a word what it is about.
pub(super) fn found(no: &Reading, yes: &Reading, sameness: f64, strength: f64, about: &str) -> Disagreement {
    let note = format!("{about}: affirmed on one side and negated on the other");
    let kind = kind(no, yes, false);
    disagreement(kind, FindingType::Negation, place(no), place(yes), sameness, strength, note)
}

/// Whether a negated claim is negated flatly, for good, and the affirmed one affirmed flatly.
pub(super) fn is_flat(claims: &Claims, no: &Reading, yes: &Reading) -> bool {
    is_flat_denial(claims, no) && is_flat_statement(claims, yes)
}

/// Whether what is denied is a part that the affirmed claim has otherwise: "will not go into orbit around Mars", "will go into
/// an orbit around the sun".
pub(super) fn is_of_another_part(claims: &Claims, no: &Reading, yes: &Reading) -> bool {
    let parts = |r: &Reading| -> BTreeMap<String, BTreeSet<String>> {
        let annotations = &claims.telling.account(r.statement.account).annotations;
        let tokens = annotations.tokens_of(claims.telling.sentence(&r.statement));
        let at = tokens.partition_point(|t| t.span.start < r.claim.predicate.end);
        let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for (n, t) in tokens.iter().enumerate().skip(at) {
            if t.tag == Tag::Adp && !COMMON.contains(&t.lemma.as_str()) {
                let noun = tokens[n + 1..].iter().take(5).find(|t| matches!(t.tag, Tag::Noun | Tag::Propn));
                found.entry(t.lemma.clone()).or_default().extend(noun.map(|t| t.lemma.to_lowercase()));
            }
        }
        found
    };
    // "does not expect to charge him", "has charged others"
    let others = |r: &Reading| -> BTreeSet<usize> {
        let inner = r.parts.iter().filter(|p| p.0 != ArgumentRole::Agent);
        inner.filter_map(|p| p.1.entity).collect()
    };
    let (whom, whom_else) = (others(no), others(yes));
    if !whom.is_empty() && !whom_else.is_empty() && whom.is_disjoint(&whom_else) {
        return true;
    }
    let (p, q) = (parts(no), parts(yes));
    p.iter().any(|(word, nouns)| {
        q.get(word).is_some_and(|o| !o.is_empty() && !nouns.is_empty() && o.is_disjoint(nouns))
    })
}

/// Prepositions that stand before too many parts of a sentence.
const COMMON: [&str; 7] = ["of", "in", "on", "at", "for", "to", "with"];

/// Whether a claim is negated flatly, and for good.
pub(super) fn is_flat_denial(claims: &Claims, no: &Reading) -> bool {
    !is_for_now(claims, no) && is_plain(claims, no, true)
}

/// Whether a claim is affirmed flatly.
pub(super) fn is_flat_statement(claims: &Claims, yes: &Reading) -> bool {
    is_plain(claims, yes, false)
}

/// How sure it is that a negated and an affirmed claim have the same participants: everybody and everything in the
/// negated one must stand in the other, and at least one of them be known by name or by more than a noun.
fn participants(no: &Reading, yes: &Reading) -> Option<f64> {
    let (mut best, mut least) = (0.0f64, 1.0f64);
    let has = |r: &Reading, role: ArgumentRole| r.with(role).next().is_some();
    // "no ransom was paid" says it of everybody; "she did not pay" says it of her
    if has(no, ArgumentRole::Patient) != has(yes, ArgumentRole::Patient)
        || has(no, ArgumentRole::Agent) && !has(yes, ArgumentRole::Agent)
    {
        return None;
    }
    for (role, referent) in &no.parts {
        // of "is illegal" the lemma says all
        if *role == ArgumentRole::Complement && no.lemma.starts_with("be_") && referent.words.len() < 2 {
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
        if is_core {
            (best, least) = (best.max(found), least.min(found));
        }
    }
    let is_known = best >= LIKE && (least >= SAME || best < SAME);
    is_known.then_some(best.min(0.9))
}

/// Whether a claim stands by itself: no other negation in its sentence, no relative clause that picks some out, no photo.
fn is_plain(claims: &Claims, reading: &Reading, is_negative: bool) -> bool {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    let n_cues = tokens.iter().filter(|t| CUES.contains(&t.lemma.as_str())).count();
    // "agreed to put off tariffs" imposes none
    let is_averted = !is_negative && tokens.iter().any(|t| AVERTING.contains(&t.lemma.as_str()))
        || !is_negative
            && tokens
                .windows(2)
                .any(|w| matches!(w[0].lemma.as_str(), "put" | "hold" | "call") && w[1].lemma == "off");
    let is_picked = is_picked(claims, reading);
    let is_caption = tokens.iter().any(|t| matches!(t.lemma.as_str(), "photo" | "photograph" | "picture"));
    // what is inside something denied is not denied itself
    let is_inner = is_negative
        && reading.claim.modality == Modality::Denied
        && claims.readings_of(reading.statement.account).iter().any(|r| {
            r.statement == reading.statement
                && r.claim.modality == Modality::Denied
                && r.claim.predicate.start < reading.claim.predicate.start
        });
    n_cues <= usize::from(is_negative) && !is_averted && !is_picked && !is_caption && !is_inner
}

/// Whether a relative clause picks some out ("projects that harmed the lake").
pub(super) fn is_picked(claims: &Claims, reading: &Reading) -> bool {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    reading.parts.iter().filter(|p| p.1.span.end <= reading.claim.predicate.start).any(|p| {
        let between = tokens
            .iter()
            .filter(|t| t.span.start >= p.1.span.start && t.span.end <= reading.claim.predicate.start);
        between.into_iter().any(|t| matches!(t.lemma.as_str(), "who" | "which" | "that" | "whom"))
    })
}

/// Whether one of two claims of an account is somebody's words, or a denial.
fn is_reported(claims: &Claims, x: &Reading, y: &Reading) -> bool {
    let text = &claims.telling.document(x.statement.account).text;
    let is_quoted =
        |r: &Reading| claims.telling.sentence(&r.statement).span.of(text).contains(['“', '”', '"', '‘']);
    let is_denial = |r: &Reading| r.claim.modality == Modality::Denied;
    is_quoted(x) || is_quoted(y) || is_denial(x) || is_denial(y)
}

/// Whether the clause of a negation has a word of degree or of the moment.
pub(super) fn is_for_now(claims: &Claims, no: &Reading) -> bool {
    let annotations = &claims.telling.account(no.statement.account).annotations;
    let sentence = claims.telling.sentence(&no.statement);
    let reach: Span = no.claim.span.cover(no.claim.predicate);
    let tokens = annotations.tokens_of(sentence);
    let mut near = tokens.iter().filter(|t| reach.contains(t.span));
    // "had never met him before the party": then it came about
    let is_never = no.claim.negation.is_some_and(|n| {
        n.of(&claims.telling.document(no.statement.account).text).eq_ignore_ascii_case("never")
    });
    let mut behind = tokens.iter().filter(|t| t.span.start >= no.claim.predicate.end);
    let is_until = is_never && behind.any(|t| matches!(t.lemma.as_str(), "before" | "until"));
    is_until || near.any(|t| FOR_NOW.contains(&t.lemma.as_str()))
}
