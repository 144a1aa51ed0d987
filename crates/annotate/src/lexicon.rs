//! Language as data: readers of the word lists under `data/<lang>/`.
//!
//! Every list is a text file: one entry a line, fields separated by tabs, `#` starts a comment. A list opens with a
//! comment that says what it holds, where it comes from and what its fields are.

/// The entries of a list: each line's tab-separated fields, comments and blank lines left out.
pub fn entries(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines()
        .map(|line| line.split('#').next().unwrap_or("").trim_end())
        .filter(|line| !line.trim().is_empty())
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// Whether a lower-case English word carries no content of its own (articles, pronouns, auxiliaries, "say", …).
#[must_use]
pub fn is_stop_word(word: &str) -> bool {
    static STOP: std::sync::LazyLock<std::collections::BTreeSet<&'static str>> =
        std::sync::LazyLock::new(|| {
            entries(include_str!("../data/en/stop-words.txt"))
                .filter_map(|fields| fields.first().copied())
                .collect()
        });
    STOP.contains(word)
}

/// Words that exclude one another; see the head of the list.
pub const OPPOSITES: &str = include_str!("../data/en/opposites.txt");
/// Verbs that negate what they govern.
pub const IMPLICIT_NEGATION: &str = include_str!("../data/en/implicit-negation.txt");
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
