//! Heads and relations, against Universal Dependencies treebanks.

use std::path::Path;

use super::treebank::{self, Analysis};
use super::{Outcome, corpus};

/// Attachment scores on the treebank's own words, then F1 from raw text as in CoNLL 2018 (Zeman et al. 2018). Tags are
/// always our own. Relations are those of the schema: with the few subtypes that it keeps.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let (mut given, mut raw) = (Counts::default(), Counts::default());
    for file in corpus::files(path, &[".conllu"])? {
        for gold in treebank::documents(&file)? {
            let found = Analysis::of_words(&gold.document, &gold.spans, &gold.sentences);
            outcome.errors.extend(score(&mut given, &gold, &found));
            score(&mut raw, &gold, &Analysis::of_text(&gold.document));
        }
    }
    let share = |hits: usize, of: usize| hits as f64 / of.max(1) as f64;
    outcome.figure("las", share(given.labels, given.gold));
    outcome.figure("uas", share(given.heads, given.gold));
    outcome.figure("words", given.gold as f64);
    outcome.figure("raw las", share(2 * raw.labels, raw.gold + raw.found));
    outcome.figure("raw uas", share(2 * raw.heads, raw.gold + raw.found));
    Ok(outcome)
}

#[derive(Default)]
struct Counts {
    gold: usize,
    found: usize,
    heads: usize,
    labels: usize,
}

/// Counts the right heads, and returns a line for every wrong one.
fn score(counts: &mut Counts, gold: &treebank::Gold, found: &Analysis) -> Vec<String> {
    counts.gold += gold.spans.len();
    counts.found += found.tokens.len();
    let pairs = treebank::align(&gold.spans, &found.tokens);
    let mut word_of = vec![None; found.tokens.len()];
    for &(word, token) in &pairs {
        word_of[token] = Some(word);
    }
    let mut errors = Vec::new();
    for (word, token) in pairs {
        let token = &found.tokens[token];
        // a head that is no gold word is wrong; no head is right for a gold root
        let head = token.head.map(|head| word_of.get(head as usize).copied().flatten());
        let right = match head {
            None => gold.heads[word].is_none(),
            Some(head) => head.is_some() && head == gold.heads[word],
        };
        counts.heads += usize::from(right);
        counts.labels += usize::from(right && token.relation == gold.relations[word]);
        if !right || token.relation != gold.relations[word] {
            let form = |idx: Option<usize>| idx.map_or("ROOT", |idx| gold.spans[idx].of(&gold.document.text));
            errors.push(format!(
                "{} <-{:?}- {}, not <-{:?}- {}",
                form(Some(word)),
                token.relation,
                form(head.flatten()),
                gold.relations[word],
                form(gold.heads[word])
            ));
        }
    }
    errors
}
