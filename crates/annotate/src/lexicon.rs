//! Language as data: readers of the word lists under `data/<lang>/`.
//!
//! Every list is a text file: one entry a line, fields separated by tabs, `#` starts a comment. A list opens with a
//! comment that says what it holds, where it comes from and what its fields are.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::LazyLock;

/// What a word list says of its words: looked up for every word of a text, and never walked through, for its order is
/// nobody's.
pub type Lookup<K, V> = HashMap<K, V, BuildHasherDefault<Mixer>>;
/// The words of a list, as in [`Lookup`].
pub type Listed<K> = HashSet<K, BuildHasherDefault<Mixer>>;

/// Hashes keys alike in every run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Mixer(u64);

impl Hasher for Mixer {
    fn write(&mut self, bytes: &[u8]) {
        self.0 = self.0.rotate_left(5) ^ xxhash_rust::xxh3::xxh3_64(bytes);
    }

    // what ends a string
    fn write_u8(&mut self, byte: u8) {
        self.0 = self.0.rotate_left(5) ^ u64::from(byte);
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// The entries of a list: each line's tab-separated fields, comments and blank lines left out.
pub fn entries(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim_end())
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The weights of a model as they are stored: a name and a number on each line; the first line of a name counts.
#[must_use]
pub fn weights(list: &'static str) -> BTreeMap<&'static str, f64> {
    let mut found = BTreeMap::new();
    for (name, weight) in entries(list).filter_map(|f| Some((*f.first()?, f.get(1)?.parse().ok()?))) {
        found.entry(name).or_insert(weight);
    }
    found
}

/// Whether a lower-case English word carries no content of its own (articles, pronouns, auxiliaries, "say", …).
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    static STOP: LazyLock<Listed<&'static str>> = LazyLock::new(|| {
        entries(include_str!("../data/en/stop-words.txt")).filter_map(|f| f.first().copied()).collect()
    });
    STOP.contains(word)
}

/// Words that exclude one another; see the head of the list.
pub const OPPOSITES: &str = include_str!("../data/en/opposites.txt");
/// What says beside the name of an outlet that something was taken from it; see the head of the list.
pub const PRESS_CUES: &str = include_str!("../data/en/press-cues.txt");
/// How lines of a press release begin.
pub const RELEASE_MARKS: &str = include_str!("../data/en/release-marks.txt");
/// Words that exclude one another where one stands for the other in a copy; see the head of the list.
pub const COPY_OPPOSITES: &str = include_str!("../data/en/copy-opposites.txt");
/// Nouns that exclude one another where one stands for the other in a copy; see the head of the list.
pub const EXCLUSIVE_NOUNS: &str = include_str!("../data/en/exclusive-nouns.txt");
/// Verbs that negate what they govern.
pub const IMPLICIT_NEGATION: &str = include_str!("../data/en/implicit-negation.txt");
/// What a headline says was done, and what its text says where it was not; see the head of the list.
pub const HEADLINE_TURNS: &str = include_str!("../data/en/headline-turns.txt");
/// Offices and ranks of which a person holds one at a time.
pub const ROLES: &str = include_str!("../data/en/roles.txt");
/// What happens to people who are counted.
pub const CASUALTY_FRAMES: &str = include_str!("../data/en/casualty-frames.txt");
/// Counted things that all mean people.
pub const PEOPLE_WORDS: &str = include_str!("../data/en/people-words.txt");
/// Words that outlets choose between for one act, group or person.
pub const WORDING: &str = include_str!("../data/en/wording.txt");
/// Words that announce what is to come, and words that say that it did not.
pub const ANNOUNCEMENT_WORDS: &str = include_str!("../data/en/announcement-words.txt");
/// Lemma (`_` joins verb and particle) → its classes, in the order of a list whose lines give a class and its lemmas.
#[must_use]
pub fn classes(list: &'static str) -> BTreeMap<&'static str, Vec<&'static str>> {
    let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for fields in entries(list).filter(|f| f.len() > 1) {
        fields[1].split(' ').for_each(|lemma| classes.entry(lemma).or_default().push(fields[0]));
    }
    classes
}

/// What can become of somebody or something, and which outcomes exclude one another; see the head of the list.
pub const OUTCOMES: &str = include_str!("../data/en/outcomes.txt");
/// Nouns that tell an event, with the verb that would tell it.
pub const NOMINAL_EVENTS: &str = include_str!("../data/en/nominal-events.txt");
/// Countries by name.
pub const COUNTRIES: &str = include_str!("../data/en/countries.txt");
/// Counted things that outlets call by different names.
pub const COUNTED_KIN: &str = include_str!("../data/en/counted-kin.txt");
/// Words around a number that say which part it plays.
pub const FIGURE_WORDS: &str = include_str!("../data/en/figure-words.txt");
/// Words that hedge a number.
pub const HEDGES: &str = include_str!("../data/en/hedges.txt");
/// Verbs by which one announced act and its report may be told.
pub const ACT_CLASSES: &str = include_str!("../data/en/act-classes.txt");
/// Words by which a statement is one for which an editor wants a second source; see the head of the list.
pub const CLAIM_WORDS: &str = include_str!("../data/en/claim-words.txt");
/// Words that decide who or what a shorter name stands for.
pub const HOLDER_WORDS: &str = include_str!("../data/en/holder-words.txt");
