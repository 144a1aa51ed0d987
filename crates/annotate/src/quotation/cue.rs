//! The words that attribute: cue verbs and phrases, read from `data/<lang>/`.

use std::{collections::BTreeMap, sync::LazyLock};

use crate::lexicon::{Lookup, entries};

/// What a cue tells about its content.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Said, in words.
    Speech,
    /// Held, known or felt.
    Belief,
    /// Shown by a poll, a study, a document.
    Finding,
}

/// One entry of the list of cue verbs.
#[derive(Clone, Debug)]
pub(super) struct Cue {
    pub lemma: &'static str,
    pub class: Class,
    frames: &'static str,
    /// Words that must follow the verb.
    pub tail: Vec<&'static str>,
}

impl Cue {
    /// Whether the verb takes this kind of content (a letter of the list's header).
    pub(super) fn takes(&self, frame: char) -> bool {
        self.frames.contains(frame)
    }
}

type Verbs = Lookup<&'static str, Vec<Cue>>;

/// Verb form → entries, those with the longest tail first.
static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    let mut verbs: BTreeMap<&'static str, Vec<Cue>> = BTreeMap::new();
    for fields in entries(include_str!("../../data/en/cue-verbs.txt")) {
        let [lemma, class, frames, forms, rest @ ..] = fields.as_slice() else { continue };
        let tail: Vec<&str> = rest.first().map(|t| t.split(' ').collect()).unwrap_or_default();
        let cue = Cue { lemma, class: class_of(class), frames, tail };
        for form in forms.split(' ') {
            verbs.entry(form).or_default().push(cue.clone());
        }
    }
    for cues in verbs.values_mut() {
        cues.sort_by_key(|cue| std::cmp::Reverse(cue.tail.len()));
    }
    verbs.into_iter().collect()
});

fn class_of(name: &str) -> Class {
    match name {
        "belief" => Class::Belief,
        "finding" => Class::Finding,
        _ => Class::Speech,
    }
}

/// Phrases ("according to"): their words.
pub(super) static PHRASES: LazyLock<Vec<Vec<&'static str>>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/cue-phrases.txt"))
        .filter_map(|f| Some(f.first()?.split(' ').collect()))
        .collect()
});

static CLIPPED: LazyLock<Vec<&'static str>> = LazyLock::new(|| {
    let mut words: Vec<_> =
        entries(include_str!("../../data/en/clipped-words.txt")).filter_map(|f| f.first().copied()).collect();
    words.sort_unstable();
    words
});

/// Words of closed classes, by class.
static FUNCTION: LazyLock<Lookup<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/function-words.txt"))
        .filter_map(|f| {
            let mut words: Vec<_> = f.get(1)?.split(' ').collect();
            words.sort_unstable();
            Some((*f.first()?, words))
        })
        .collect()
});

/// The entries for a verb form in lower case.
pub(super) fn verbs(form: &str) -> &'static [Cue] {
    VERBS.get(form).map_or(&[], Vec::as_slice)
}

/// Whether a form belongs to a verb that can stand beside a quotation.
pub(super) fn is_speech(form: &str) -> bool {
    verbs(form).iter().any(|cue| cue.class == Class::Speech && cue.tail.is_empty() && cue.takes('q'))
}

/// Whether a word usually stands with a clipped first letter.
pub(super) fn is_clipped(word: &str) -> bool {
    CLIPPED.binary_search(&word).is_ok()
}

/// Whether a lower-case word is in a class of `function-words.txt`.
pub(super) fn is_in(class: &str, word: &str) -> bool {
    FUNCTION.get(class).is_some_and(|words| words.binary_search(&word).is_ok())
}
