//! `eval align`: what of one text states what of another. Five corpora, told apart by the form of their files: sentence
//! likeness (STS, Pearson), typed phrase alignment (iSTS), propositions of a summary in its sources (SuperPAL),
//! question-answer pairs (QA-Align), and what outlets call the same things (NewsWCL50).

use std::path::Path;

use variorum_collate::overlap::{self, Words};
use variorum_schema::{Annotations, Document};

use super::{Outcome, corpus};

mod concepts;
mod ists;
mod propositions;
mod questions;
mod sts;

/// Scores every file under `path` by its form.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    if let Ok(files) = corpus::files(path, &[".conll"])
        && files.iter().all(|f| f.to_string_lossy().contains(".conll"))
    {
        concepts::score(&files, &mut outcome)?;
        return Ok(outcome);
    }
    for file in corpus::files(path, &[".wa", ".csv", ".tsv"])? {
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let text = corpus::text(&file)?;
        if name.contains(".wa") {
            ists::score(&file, &text, &mut outcome)?;
        } else if name.contains(".tsv") {
            sts::read(&file, &text, &mut outcome);
        } else if text.contains("scuSentence") {
            propositions::score(&text, &mut outcome);
        } else if text.contains("qas_1") {
            questions::score(&text, &mut outcome);
        }
    }
    sts::sum_up(&mut outcome);
    if outcome.figures.is_empty() {
        return Err(format!("nothing to align under {}", path.display()));
    }
    Ok(outcome)
}

/// A short text with its annotations.
pub(super) struct Read {
    pub(super) document: Document,
    pub(super) annotations: Annotations,
}

impl Read {
    pub(super) fn new(text: &str) -> Read {
        let document = corpus::document(text);
        let annotations = variorum_annotate::annotate(&document);
        Read { document, annotations }
    }

    /// All of its words.
    pub(super) fn words(&self) -> Words {
        Words::range(&self.document.text, &self.annotations, 0, self.annotations.tokens.len() as u32)
    }
}

/// How much two texts say the same, 0 to 1, as the product sees it.
pub(super) fn likeness(x: &Words, y: &Words) -> f64 {
    overlap::overlap(x, y, &overlap::links(x, y)).both(x, y)
}

/// The baseline of every one of these tasks: the share of content words, as they are written, that two texts have in
/// common (Dice).
pub(super) fn bare(x: &Words, y: &Words) -> f64 {
    let of = |w: &Words| {
        w.list
            .iter()
            .filter(|w| w.is_content)
            .map(|w| w.lower.clone())
            .collect::<std::collections::BTreeSet<_>>()
    };
    let (p, q) = (of(x), of(y));
    2.0 * p.intersection(&q).count() as f64 / (p.len() + q.len()).max(1) as f64
}
