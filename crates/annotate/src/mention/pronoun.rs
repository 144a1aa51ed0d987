//! Pronouns → the most plausible entity named before.
//!
//! Salience after Lappin and Leass (1994), reduced to what can be seen without a deep parse: recency, subjects before
//! objects, parallel roles, gender by title, given name and earlier pronouns.

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
            if let Some(entity) = ahead.or_else(|| best(view, window, drafts, sentence, at, gender, role)) {
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
fn best(
    view: &View,
    window: &[Antecedent],
    drafts: &[Draft],
    sentence: usize,
    at: usize,
    gender: Gender,
    role: Role,
) -> Option<usize> {
    let mut best: Option<(f64, usize)> = None;
    let mut seen_in_sentence = 0;
    for mention in window.iter().rev() {
        let Some(draft) = drafts.get(mention.entity) else { continue };
        let back = sentence.saturating_sub(mention.sentence);
        if back > MAX_SENTENCES || !may_be_person(draft) {
            continue;
        }
        if draft.entity.gender.is_some_and(|g| g != gender) {
            continue;
        }
        seen_in_sentence += usize::from(back == 0);
        let score = salience(view, mention, draft, back, at, role);
        if best.is_none_or(|(top, _)| score > top) {
            best = Some((score, mention.entity));
        }
    }
    let _ = seen_in_sentence;
    best.map(|(_, entity)| entity)
}

/// A person, or a name of which nothing is known but its capitals.
fn may_be_person(draft: &Draft) -> bool {
    draft.entity.kind == EntityKind::Person
        || (draft.entity.kind == EntityKind::Other && draft.sureness == Some(Sureness::Guess))
}

/// How plausible a mention is as antecedent; weights set on the development part of GAP.
fn salience(view: &View, mention: &Antecedent, draft: &Draft, back: usize, at: usize, role: Role) -> f64 {
    let subject = is_subject(view, mention);
    let mut score = -0.9 * back as f64;
    score -= 0.01 * at.saturating_sub(mention.first).min(60) as f64;
    score += if subject { 0.8 } else { 0.0 };
    score += if draft.entity.gender.is_some() { 0.8 } else { 0.0 };
    score -= if draft.entity.kind == EntityKind::Person { 0.0 } else { 0.6 };
    score += if subject && role == Role::Subject { 0.3 } else { 0.0 };
    score +=
        if pronoun(view, mention.first).is_some() && mention.last == mention.first + 1 { 0.4 } else { 0.0 };
    if matches!(view.word(mention.last), "'s" | "’s" | "'" | "’") {
        score -= if role == Role::Possessive { 0.1 } else { 0.3 };
    }
    if back == 0 && role == Role::Object && same_clause(view, mention.last, at) {
        score -= 2.5;
    }
    if role == Role::Reflexive && back > 0 {
        score -= 2.0;
    }
    score
}

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
