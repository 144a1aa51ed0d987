//! Sentence segmentation: F1 of exact sentence spans over raw text, after the CoNLL 2018 shared task.

use std::collections::BTreeSet;
use std::path::Path;

use super::{Outcome, corpus};

/// Scores every CoNLL-U file under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let (mut hits, mut found, mut gold) = (0, 0, 0);
    for file in corpus::files(path, &[".conllu"])? {
        for document in corpus::conllu(&corpus::text(&file)?) {
            let (sentences, _) = variorum_annotate::segment::sentences(&corpus::document(&document.text));
            let ours: BTreeSet<(usize, usize)> =
                sentences.iter().map(|s| (s.span.start as usize, s.span.end as usize)).collect();
            let theirs: BTreeSet<(usize, usize)> = document.sentences.iter().copied().collect();
            hits += ours.intersection(&theirs).count();
            found += ours.len();
            gold += theirs.len();
            errors(&document, &ours, &theirs, &mut outcome.errors);
        }
    }
    outcome.prf("", hits, found, gold);
    outcome.figure("sentences", gold as f64);
    Ok(outcome)
}

/// One line for each boundary of ours that is not theirs ("split"), and the other way round ("joined").
fn errors(
    document: &corpus::Conllu,
    ours: &BTreeSet<(usize, usize)>,
    theirs: &BTreeSet<(usize, usize)>,
    lines: &mut Vec<String>,
) {
    let ends = |set: &BTreeSet<(usize, usize)>| set.iter().map(|s| s.1).collect::<BTreeSet<usize>>();
    let (ours, theirs) = (ends(ours), ends(theirs));
    for &end in ours.symmetric_difference(&theirs) {
        let kind = if ours.contains(&end) { "split " } else { "joined" };
        let before: String = document.text[..end].chars().rev().take(50).collect();
        let before: String = before.chars().rev().collect();
        let after: String = document.text[end..].chars().take(40).collect();
        lines.push(format!("{kind} {}: {before} ║{after}", document.id).replace('\n', "⏎"));
    }
}
