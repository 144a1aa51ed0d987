//! The word lists of claims, read from `data/<lang>/`.

use std::sync::LazyLock;

use variorum_schema::{ArgumentRole, Modality};

use crate::lexicon::{IMPLICIT_NEGATION, Listed, Lookup, entries};

type Pairs = Listed<(&'static str, &'static str)>;

fn pairs(list: &'static str) -> Pairs {
    entries(list).filter(|fields| fields.len() > 1).map(|fields| (fields[0], fields[1])).collect()
}

static MODALITY: LazyLock<Lookup<(&str, &str), Modality>> = LazyLock::new(|| {
    let class = |name: &str| match name {
        "asserted" => Some(Modality::Asserted),
        "planned" => Some(Modality::Planned),
        "alleged" => Some(Modality::Alleged),
        "denied" => Some(Modality::Denied),
        "conditional" => Some(Modality::Conditional),
        "demanded" => Some(Modality::Demanded),
        _ => None,
    };
    entries(include_str!("../../data/en/modality.txt"))
        .filter_map(|fields| Some(((*fields.first()?, *fields.get(1)?), class(fields.get(2)?)?)))
        .collect()
});

static NEGATION: LazyLock<Pairs> = LazyLock::new(|| pairs(include_str!("../../data/en/negation-words.txt")));
static FRAMES: LazyLock<Pairs> = LazyLock::new(|| pairs(include_str!("../../data/en/verb-frames.txt")));
static PLACES: LazyLock<Pairs> = LazyLock::new(|| pairs(include_str!("../../data/en/place-words.txt")));

/// What a word of a kind makes of the clause ("aux", "adverb", "mark", "to", "passive", "that", "of", "ing", "noun").
pub(super) fn modality(kind: &str, lemma: &str) -> Option<Modality> {
    MODALITY.get(&(kind, lemma)).copied()
}

/// Whether a word negates, as "adverb", "determiner", "pronoun" or "mark"; or is one "not-before" which nothing is negated.
pub(super) fn negates(kind: &str, word: &str) -> bool {
    NEGATION.contains(&(kind, word))
}

/// Whether a verb is of a class: "undergo", "give".
pub(super) fn frame(class: &str, lemma: &str) -> bool {
    FRAMES.contains(&(class, lemma))
}

/// Whether a word is of a class: "preposition", "place".
pub(super) fn place(class: &str, lemma: &str) -> bool {
    PLACES.contains(&(class, lemma))
}

/// Whether a verb denies what it governs with this link ("to", "from", "ing").
pub(super) fn is_negative_governor(lemma: &str, link: &str) -> bool {
    static VERBS: LazyLock<Pairs> = LazyLock::new(|| {
        let split = |fields: Vec<&'static str>| -> Vec<(&'static str, &'static str)> {
            let [lemma, links] = fields.as_slice() else { return Vec::new() };
            links.split(',').map(|link| (*lemma, link)).collect()
        };
        entries(IMPLICIT_NEGATION).flat_map(split).collect()
    });
    VERBS.contains(&(lemma, link))
}

/// A noun that tells an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Event {
    /// Lemma of the verb that would tell it.
    pub verb: &'static str,
    /// The part of a possessor.
    pub possessor: ArgumentRole,
    /// The part of what follows "of".
    pub of: ArgumentRole,
}

/// The event that a noun tells, if it is listed.
pub(super) fn event(noun: &str) -> Option<Event> {
    static NOUNS: LazyLock<Lookup<&str, Event>> = LazyLock::new(|| {
        let role = |name: &str| if name == "agent" { ArgumentRole::Agent } else { ArgumentRole::Patient };
        entries(include_str!("../../data/en/nominal-events.txt"))
            .filter_map(|fields| {
                let [noun, verb, possessor, of] = fields.as_slice() else { return None };
                Some((*noun, Event { verb, possessor: role(possessor), of: role(of) }))
            })
            .collect()
    });
    NOUNS.get(noun).copied()
}
