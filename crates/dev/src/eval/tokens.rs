//! Tokenisation: F1 of exact word and token spans over raw text, after the CoNLL 2018 shared task.
//!
//! Our tokens are syntactic words. For the figure on surface tokens, clitics are joined to the word before them; for
//! the figure on words, the words of a multi-word token count where they spell it.

use std::collections::BTreeMap;
use std::path::Path;

use super::{Outcome, corpus};

type Spans = BTreeMap<(usize, usize), usize>;

/// Scores every CoNLL-U file under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let (mut words, mut tokens) = ([0; 3], [0; 3]);
    for file in corpus::files(path, &[".conllu"])? {
        for document in corpus::conllu(&corpus::text(&file)?) {
            let (_, ours) = variorum_annotate::segment::sentences(&corpus::document(&document.text));
            let ours: Vec<(usize, usize)> =
                ours.iter().map(|t| (t.span.start as usize, t.span.end as usize)).collect();
            tally(&ours, &document.words, &mut words);
            tally(&surface(&document.text, &ours), &document.tokens, &mut tokens);
            errors(&document, &ours, &mut outcome.errors);
        }
    }
    outcome.prf("words", words[0], words[1], words[2]);
    outcome.prf("tokens", tokens[0], tokens[1], tokens[2]);
    outcome.figure("words", words[2] as f64);
    Ok(outcome)
}

fn counted(spans: &[(usize, usize)]) -> Spans {
    let mut counts = Spans::new();
    for &span in spans {
        *counts.entry(span).or_default() += 1;
    }
    counts
}

fn tally(ours: &[(usize, usize)], gold: &[(usize, usize)], sums: &mut [usize; 3]) {
    let (a, b) = (counted(ours), counted(gold));
    sums[0] += a.iter().map(|(span, n)| *n.min(b.get(span).unwrap_or(&0))).sum::<usize>();
    sums[1] += ours.len();
    sums[2] += gold.len();
}

/// Clitics joined to the word that they touch.
fn surface(text: &str, ours: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for &(start, end) in ours {
        let word = text.get(start..end).unwrap_or("").to_lowercase().replace(['’', '`', '‘'], "'");
        let is_clitic =
            matches!(word.as_str(), "'s" | "'re" | "'ve" | "'ll" | "'d" | "'m" | "n't" | "not" | "na" | "ta");
        match joined.last_mut() {
            Some(last) if is_clitic && last.1 == start => last.1 = end,
            _ => joined.push((start, end)),
        }
    }
    joined
}

fn errors(document: &corpus::Conllu, ours: &[(usize, usize)], lines: &mut Vec<String>) {
    let gold = counted(&document.words);
    let ours = counted(ours);
    for span in document.words.iter().filter(|span| !ours.contains_key(span)) {
        let over: Vec<&str> = ours
            .range((span.0.saturating_sub(60), 0)..(span.1, 0))
            .map(|(s, _)| *s)
            .filter(|s| s.1 > span.0 && !gold.contains_key(s))
            .map(|s| &document.text[s.0..s.1])
            .collect();
        let before: String = document.text[..span.0].chars().rev().take(20).collect();
        let before: String = before.chars().rev().collect();
        let after: String = document.text[span.1..].chars().take(20).collect();
        let word = &document.text[span.0..span.1];
        lines.push(format!("{word} | ours {over:?} | {before}‹{word}›{after}").replace('\n', "⏎"));
    }
}
