//! Word lists whose entries have several words.

use std::collections::BTreeMap;

use super::scan::Words;
use crate::lexicon::Lookup;

/// Entries by their first word, the longest first.
#[derive(Debug)]
pub(super) struct Phrases<T> {
    by_first: Lookup<&'static str, Vec<(Vec<&'static str>, T)>>,
    longest: usize,
}

impl<T> Phrases<T> {
    /// From pairs of a surface (words and marks separated by blanks) and what it means.
    pub(super) fn new(entries: impl Iterator<Item = (&'static str, T)>) -> Phrases<T> {
        let mut by_first: BTreeMap<&'static str, Vec<(Vec<&'static str>, T)>> = BTreeMap::new();
        let mut longest = 0;
        for (surface, entry) in entries {
            let words: Vec<&str> = surface.split(' ').collect();
            longest = longest.max(words.len());
            by_first.entry(words.first().copied().unwrap_or("")).or_default().push((words, entry));
        }
        for list in by_first.values_mut() {
            list.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        Phrases { by_first: by_first.into_iter().collect(), longest }
    }

    /// The longest entry that opens at `at` and that `fits`: one past its last word, and what it means.
    pub(super) fn at(
        &self,
        words: &Words,
        at: usize,
        fits: impl Fn(&T, usize) -> bool,
    ) -> Option<(usize, &T)> {
        self.by_first.get(words.lower(at))?.iter().find_map(|(phrase, entry)| {
            let end = at + phrase.len();
            (words.seq(at, phrase) && fits(entry, end)).then_some((end, entry))
        })
    }

    /// The longest entry that ends just before `end` and that `fits`: its first word, and what it means.
    pub(super) fn before(&self, words: &Words, end: usize, fits: impl Fn(&T) -> bool) -> Option<(usize, &T)> {
        (end.saturating_sub(self.longest)..end).find_map(|from| {
            let list = self.by_first.get(words.lower(from))?;
            let (_, entry) = list.iter().find(|(phrase, entry)| {
                from + phrase.len() == end && fits(entry) && words.seq(from, phrase)
            })?;
            Some((from, entry))
        })
    }
}
