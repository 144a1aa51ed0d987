//! Signs that a text went through a machine that exchanged its words: where two accounts say the same in other words,
//! whose words are the usual ones?

use variorum_annotate::usage;
use variorum_schema::{Sentence, Span};

use crate::Account;
use crate::copy::Related;

/// Fluency of an account's language by itself: mean log-likelihood of its words after one another, names left out. The
/// higher the more usual; English news lies between -8 and -6.
#[must_use]
pub fn fluency(account: &Account) -> f64 {
    let scores: Vec<f64> =
        account.annotations.sentences.iter().filter_map(|s| sentence(account, s)).collect();
    scores.iter().sum::<f64>() / scores.len().max(1) as f64
}

/// Mean log-likelihood of a sentence's words after one another; `None` for fewer than four known words.
#[must_use]
pub fn sentence(account: &Account, sentence: &Sentence) -> Option<f64> {
    span(&account.document.text, sentence.span)
}

/// As [`sentence`], for any span of a text.
#[must_use]
pub fn span(text: &str, span: Span) -> Option<f64> {
    let words: Vec<String> = usage::words(span.of(text)).collect();
    let known = |w: &&[String]| w.iter().all(|x| usage::is_known(x));
    let scores: Vec<f64> =
        words.windows(2).filter(known).map(|w| usage::log_likelihood(&w[0], &w[1])).collect();
    (scores.len() >= 4).then(|| scores.iter().sum::<f64>() / scores.len() as f64)
}

/// How much more usual the language of the first account is where both say the same: mean over matched sentences of the
/// difference of their log-likelihoods; positive if the second account's words are the unusual ones. With the number of
/// sentences compared.
#[must_use]
pub fn advantage(accounts: &[Account], r: &Related) -> (f64, usize) {
    let (a, b) = (&accounts[r.a as usize], &accounts[r.b as usize]);
    let of = |account: &Account, idx: u32| {
        account.annotations.sentences.get(idx as usize).and_then(|s| sentence(account, s))
    };
    let differences: Vec<f64> = r
        .alignment
        .chain
        .iter()
        .filter_map(|m| Some(of(a, m.sentence_a)? - of(b, m.sentence_b)?))
        .filter(|d| d.abs() > f64::EPSILON)
        .collect();
    (differences.iter().sum::<f64>() / differences.len().max(1) as f64, differences.len())
}
