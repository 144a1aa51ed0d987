//! [`Case`]: a folder with a pile and what is expected of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use variorum_annotate::annotator::Annotator;
use variorum_schema::{Page, Report};

use super::{Expected, Outcome, check, short};
use crate::report::Texts;
use crate::{Options, ingest};

/// A pile with what is expected of it.
#[derive(Clone, Debug)]
pub struct Case {
    /// Name of its folder.
    pub name: String,
    /// What is expected.
    pub expected: Expected,
    /// The pile, named by file name alone, so that a report does not depend on where the case lies.
    pub pages: Vec<Page>,
}

impl Case {
    /// Reads `folder/expected.json` and the pages under `folder/pages` (or where `expected.json` says).
    ///
    /// # Errors
    /// When `expected.json` cannot be read or parsed, or a page cannot be read: a case is labelled by hand, so an
    /// unreadable one is a mistake.
    pub fn read(folder: &Path) -> io::Result<Case> {
        let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        let json = fs::read(folder.join("expected.json"))?;
        let told = |e: &dyn std::fmt::Display| io::Error::other(format!("{name}: {e}"));
        let expected: Expected = serde_json::from_slice(&json).map_err(|e| told(&e))?;
        let pages = if expected.pages.is_empty() { "pages" } else { &expected.pages };
        let mut ingested = ingest::read(&[folder.join(pages)]);
        if let Some(problem) = ingested.problems.first() {
            return Err(told(problem));
        }
        for page in &mut ingested.pages {
            page.name = short(&page.name).to_owned();
        }
        Ok(Case { name, expected, pages: ingested.pages })
    }

    /// The report on the pile.
    #[must_use]
    pub fn report(&self, options: &Options) -> (Report, Texts) {
        crate::collate(self.pages.clone(), options, &|_| {})
    }

    /// Runs the case and compares.
    #[must_use]
    pub fn outcome(&self, options: &Options) -> Outcome {
        let (report, texts) = self.report(options);
        check(&self.expected, &report, &texts)
    }

    /// As [`Case::outcome`], with the words and the names read by `annotator`.
    #[must_use]
    pub fn outcome_with(&self, options: &Options, annotator: &dyn Annotator) -> Outcome {
        let (report, texts) = crate::collate_with(self.pages.clone(), options, annotator, &|_| {});
        check(&self.expected, &report, &texts)
    }
}

/// The folders under `root` that hold an `expected.json`, by name.
///
/// # Errors
/// When `root` cannot be listed.
pub fn folders(root: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path.join("expected.json").is_file() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
