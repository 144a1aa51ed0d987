//! Pronouns → the most plausible entity named before.
//!
//! Salience after Lappin and Leass (1994), reduced to what can be seen without a deep parse: recency, subjects before
//! objects, parallel roles, gender by title, given name and earlier pronouns.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{EntityKind, Gender, Relation, Tag};

use super::alias::Draft;
use super::kind::Sureness;
use super::lexica;
use super::view::View;

/// A mention that may be referred to: token range and entity, in text order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Antecedent {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) sentence: usize,
    pub(super) entity: usize,
}

/// The grammatical role that a pronoun's form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Subject,
    Object,
    Possessive,
    Reflexive,
}

/// How many mentions back, and how many sentences back, an antecedent may stand.
const MAX_MENTIONS: usize = 48;
const MAX_SENTENCES: usize = 5;

/// Resolves the pronouns of one document: token, entity, in text order. `named` are the mentions by name and
/// description, in text order.
pub(super) fn resolve(view: &View, named: &[Antecedent], drafts: &mut [Draft]) -> Vec<Antecedent> {
    let mut resolved: Vec<Antecedent> = Vec::new();
    let mut seen: Vec<Antecedent> = Vec::new();
    let mut next = 0;
    for (sentence, span) in view.sentences.iter().enumerate() {
        for at in span.first_token as usize..span.last_token as usize {
            while let Some(mention) = named.get(next).filter(|m| m.first < at) {
                seen.push(*mention);
                next += 1;
            }
            let Some((gender, role)) = pronoun(view, at) else { continue };
            let window = &seen[seen.len().saturating_sub(MAX_MENTIONS)..];
            let ahead = cataphor(view, sentence, at, named.get(next..).unwrap_or(&[]), drafts, gender);
            if let Some(entity) =
                ahead.or_else(|| best(view, window, drafts, &Anaphor { at, sentence, gender, role }))
            {
                let mention = Antecedent { first: at, last: at + 1, sentence, entity };
                resolved.push(mention);
                seen.push(mention);
                if let Some(draft) = drafts.get_mut(entity) {
                    draft.entity.kind = EntityKind::Person;
                    draft.entity.gender.get_or_insert(gender);
                }
            }
        }
    }
    resolved
}

/// Gender and role of a third-person pronoun of a person.
fn pronoun(view: &View, at: usize) -> Option<(Gender, Role)> {
    Some(match view.low(at) {
        "he" => (Gender::Male, Role::Subject),
        "him" => (Gender::Male, Role::Object),
        "his" => (Gender::Male, Role::Possessive),
        "himself" => (Gender::Male, Role::Reflexive),
        "she" => (Gender::Female, Role::Subject),
        "hers" => (Gender::Female, Role::Possessive),
        "herself" => (Gender::Female, Role::Reflexive),
        "her" => (Gender::Female, if has_noun_after(view, at) { Role::Possessive } else { Role::Object }),
        _ => return None,
    })
}

/// "her house" against "saw her in".
fn has_noun_after(view: &View, at: usize) -> bool {
    match view.tag(at + 1) {
        Tag::Noun | Tag::Adj | Tag::Propn | Tag::Num => true,
        Tag::X => view.is_word(at + 1) && !view.is_opener(at + 1) && view.low(at + 1) != "and",
        _ => false,
    }
}

/// "In his first speech, Roe …": a person named right after the opening phrase.
fn cataphor(
    view: &View,
    sentence: usize,
    at: usize,
    ahead: &[Antecedent],
    drafts: &[Draft],
    gender: Gender,
) -> Option<usize> {
    let span = view.sentences.get(sentence)?;
    let first = span.first_token as usize;
    let opens = matches!(
        view.low(first),
        "in" | "on"
            | "at"
            | "during"
            | "after"
            | "before"
            | "when"
            | "while"
            | "as"
            | "since"
            | "with"
            | "despite"
            | "throughout"
            | "following"
            | "for"
            | "until"
            | "upon"
            | "like"
            | "unlike"
            | "by"
            | "although"
            | "though"
    );
    if !opens || at > first + 8 {
        return None;
    }
    let mention = ahead.first().filter(|m| m.sentence == sentence)?;
    let comma = (at + 1..mention.first).find(|&i| view.word(i) == ",")?;
    let near = mention.first - comma <= 4 && (comma + 1..mention.first).all(|i| view.word(i) != ",");
    let draft = drafts.get(mention.entity)?;
    let is_person = draft.entity.kind == EntityKind::Person;
    (near && is_person && draft.entity.gender.is_none_or(|g| g == gender) && is_subject(view, mention))
        .then_some(mention.entity)
}

/// Whether a mention looks like the subject of its clause.
fn is_subject(view: &View, mention: &Antecedent) -> bool {
    if view.is_parsed {
        let subject = |r: Relation| matches!(r, Relation::Nsubj | Relation::NsubjPass);
        return (mention.first..mention.last).any(|i| subject(view.relation(i)));
    }
    if mention.last == mention.first + 1 && matches!(view.low(mention.first), "he" | "she") {
        return true;
    }
    let at = mention.last;
    matches!(view.tag(at), Tag::Verb | Tag::Aux)
        || matches!(
            view.low(at),
            "is" | "was"
                | "has"
                | "had"
                | "will"
                | "would"
                | "could"
                | "can"
                | "may"
                | "did"
                | "does"
                | "who"
                | "also"
                | "were"
                | "later"
                | "then"
                | "never"
                | "first"
                | "began"
                | "became"
                | "made"
                | "took"
                | "went"
                | "came"
                | "gave"
                | "got"
                | "found"
                | "left"
                | "won"
                | "lost"
                | "played"
                | "moved"
                | "returned"
                | "joined"
                | "appeared"
                | "worked"
                | "lived"
                | "used"
                | "decided"
                | "tried"
                | "received"
                | "served"
                | "started"
        )
        || lexica::PERSON_VERBS.contains(view.low(at))
        || view.sentences.get(mention.sentence).is_some_and(|s| s.first_token as usize == mention.first)
            && (view.word(at) == "," || view.low(at).ends_with("ed"))
}

/// The most salient entity that agrees.
fn best(view: &View, window: &[Antecedent], drafts: &[Draft], anaphor: &Anaphor) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    let mut counts: BTreeMap<usize, u32> = BTreeMap::new();
    for mention in window {
        *counts.entry(mention.entity).or_default() += 1;
    }
    let mut nearer: BTreeSet<usize> = BTreeSet::new();
    for mention in window.iter().rev() {
        let Some(draft) = drafts.get(mention.entity) else { continue };
        let back = anaphor.sentence.saturating_sub(mention.sentence);
        if back > MAX_SENTENCES
            || !may_be_person(draft)
            || draft.entity.gender.is_some_and(|g| g != anaphor.gender)
        {
            continue;
        }
        nearer.insert(mention.entity);
        let count = counts.get(&mention.entity).copied().unwrap_or(1);
        let features = features(view, mention, draft, anaphor, nearer.len() - 1, count);
        let score: f64 = features.iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, mention.entity));
        }
        //DUMP
    }
    best.map(|(_, entity)| entity)
}

/// A person, or a name of which nothing is known but its capitals.
fn may_be_person(draft: &Draft) -> bool {
    draft.entity.kind == EntityKind::Person
        || (draft.entity.kind == EntityKind::Other && draft.sureness == Some(Sureness::Guess))
}

/// A pronoun to be resolved.
#[derive(Clone, Copy, Debug)]
struct Anaphor {
    at: usize,
    sentence: usize,
    gender: Gender,
    role: Role,
}

/// What speaks for and against a mention, one value a weight of [`WEIGHTS`].
fn features(
    view: &View,
    mention: &Antecedent,
    draft: &Draft,
    anaphor: &Anaphor,
    nearer: usize,
    count: u32,
) -> [f64; N_FEATURES] {
    let flag = |b: bool| f64::from(u8::from(b));
    let back = anaphor.sentence.saturating_sub(mention.sentence);
    let subject = is_subject(view, mention);
    let possessive = matches!(view.word(mention.last), "'s" | "’s" | "'" | "’");
    let is_pronoun = mention.last == mention.first + 1 && pronoun(view, mention.first).is_some();
    let near = back == 0 && same_clause(view, mention.last, anaphor.at);
    let first = view.sentences.get(mention.sentence).map_or(0, |s| s.first_token as usize);
    let opens = view.sentences.get(anaphor.sentence).is_some_and(|s| anaphor.at < s.first_token as usize + 3);
    let before = mention.first.checked_sub(1).map_or(Tag::X, |i| view.tag(i));
    [
        flag(back == 0),
        flag(back >= 2),
        back as f64,
        anaphor.at.saturating_sub(mention.first).min(60) as f64 / 20.0,
        flag(subject),
        flag(draft.entity.gender.is_some()),
        flag(draft.entity.kind != EntityKind::Person),
        flag(subject && anaphor.role == Role::Subject),
        flag(is_pronoun),
        flag(possessive),
        flag(possessive && anaphor.role == Role::Possessive),
        flag(near && anaphor.role == Role::Object),
        flag(near && anaphor.role == Role::Possessive),
        flag(near && anaphor.role == Role::Reflexive),
        flag(mention.first <= first + 1),
        f64::from(count).ln(),
        nearer.min(5) as f64,
        flag(before == Tag::Adp),
        flag(view.word(mention.first.saturating_sub(1)) == "("),
        flag(back == 1 && opens && subject),
        flag(back == 0 && subject),
        flag(draft.forms.is_empty()),
        flag(view.low(mention.first.saturating_sub(1)) == "and"),
        flag(mention.sentence == 0),
        flag(mention.last > mention.first + 1 && !is_pronoun),
        flag(is_pronoun && possessive_form(view, mention.first) && anaphor.role == Role::Possessive),
    ]
}

fn possessive_form(view: &View, at: usize) -> bool {
    matches!(view.low(at), "his" | "her")
}

const N_FEATURES: usize = 26;

/// Weights of [`features`] in its order, fitted by maximum entropy on the development and validation parts of GAP
/// (Webster et al. 2018; Apache-2.0).
const WEIGHTS: [f64; N_FEATURES] = [
    0.65, 0.42, -0.91, -0.02, 1.06, 0.45, 0.08, 0.64, -1.67, -0.04, 0.39, -1.28, 1.29, 0.0, 0.22, 0.13,
    -0.32, -0.63, -0.55, 0.58, -0.62, -1.68, -0.94, -0.21, -0.33, 1.0,
];

/// Whether no clause boundary stands between two tokens.
fn same_clause(view: &View, from: usize, to: usize) -> bool {
    to.saturating_sub(from) < 14
        && (from..to).all(|i| {
            !matches!(view.word(i), "," | ";" | ":" | "“" | "”" | "\"" | "--" | "—" | "–")
                && !matches!(
                    view.low(i),
                    "that"
                        | "who"
                        | "which"
                        | "when"
                        | "because"
                        | "while"
                        | "after"
                        | "before"
                        | "if"
                        | "whom"
                        | "and"
                        | "but"
                        | "where"
                        | "as"
                )
        })
}
