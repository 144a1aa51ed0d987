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
    static STOP: std::sync::LazyLock<std::collections::BTreeSet<&'static str>> = std::sync::LazyLock::new(|| {
        entries(include_str!("../data/en/stop-words.txt")).filter_map(|fields| fields.first().copied()).collect()
    });
    STOP.contains(word)
}
