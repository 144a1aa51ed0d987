//! Part of speech and lemma, against Universal Dependencies treebanks.

use std::path::Path;

use variorum_schema::Document;

use super::treebank::{self, Analysis};
use super::{Outcome, corpus};

/// Accuracy on the treebank's own words, then F1 from raw text as in CoNLL 2018 (Zeman et al. 2018).
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let (mut given, mut raw) = (Counts::default(), Counts::default());
    for file in corpus::files(path, &[".conllu"])? {
        for gold in treebank::documents(&file)? {
            let found = Analysis::of_words(&gold.document, &gold.spans, &gold.sentences);
            score(&mut given, &gold, &found, Some(&mut outcome.errors));
            score(&mut raw, &gold, &Analysis::of_text(&gold.document), None);
        }
    }
    let share = |hits: usize, of: usize| hits as f64 / of.max(1) as f64;
    outcome.figure("upos", share(given.tags, given.gold));
    outcome.figure("lemma", share(given.lemmas, given.gold));
    outcome.figure("words", given.gold as f64);
    for (name, hits) in [("raw words", raw.words), ("raw upos", raw.tags), ("raw lemma", raw.lemmas)] {
        outcome.figure(name, share(2 * hits, raw.gold + raw.found));
    }
    Ok(outcome)
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    words: usize,
    tags: usize,
    lemmas: usize,
}

fn score(counts: &mut Counts, gold: &treebank::Gold, found: &Analysis, errors: Option<&mut Vec<String>>) {
    counts.gold += gold.spans.len();
    counts.found += found.tokens.len();
    let mut lines = Vec::new();
    for (word, token) in treebank::align(&gold.spans, &found.tokens) {
        let token = &found.tokens[token];
        counts.words += 1;
        let (tag, lemma) = (token.tag == gold.tags[word], token.lemma == gold.lemmas[word]);
        counts.tags += usize::from(tag);
        counts.lemmas += usize::from(lemma);
        if !tag {
            lines.push(line(
                &gold.document,
                gold,
                word,
                format!("{:?}", token.tag),
                format!("{:?}", gold.tags[word]),
            ));
        } else if !lemma {
            lines.push(line(&gold.document, gold, word, token.lemma.clone(), gold.lemmas[word].clone()));
        }
    }
    if let Some(errors) = errors {
        errors.extend(lines);
    }
}

fn line(document: &Document, gold: &treebank::Gold, word: usize, found: String, wanted: String) -> String {
    let form = |idx: usize| gold.spans.get(idx).map_or("", |span| span.of(&document.text));
    let before = word.checked_sub(1).map_or("", form);
    format!("{before} [{}] {}: {found}, not {wanted}", form(word), form(word + 1))
}
