//! [`Options`]: everything that a run may be told, in one place.

use std::collections::BTreeMap;

/// Everything that a run may be told. None of it is needed: every default is the shipped setting on which the figures
/// in `eval/` were measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// How accounts are compared: see [`variorum_collate::Options`].
    pub collate: variorum_collate::Options,
    /// Number of threads; 0, the default: one for each core, and never more than there are pages. Does not change the
    /// result.
    pub threads: usize,
}

impl Options {
    /// The options that change results and differ from their defaults, by the name of their flag. This is what a report
    /// records about them.
    #[must_use]
    pub fn changed(&self) -> BTreeMap<String, String> {
        let (ours, default) = (&self.collate, variorum_collate::Options::default());
        let mut changed = BTreeMap::new();
        if ours.n_origins != default.n_origins {
            changed.insert("min-origins".into(), ours.n_origins.to_string());
        }
        if ours.min_confidence != default.min_confidence {
            changed.insert("min-confidence".into(), ours.min_confidence.to_string());
        }
        if ours.one_story {
            changed.insert("one-story".into(), "true".into());
        }
        changed
    }
}

/// A form in which a report is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Findings with carets under the text of each account, for the terminal.
    #[default]
    Text,
    /// `variorum.report/v1`, for programs.
    Json,
    /// Markdown, for notes and tickets.
    Markdown,
    /// One self-contained page, for reading.
    Html,
}
