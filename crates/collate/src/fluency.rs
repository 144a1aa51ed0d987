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

/// Signs that a passage lost its meaning on the way from `x` to `y`, each the higher the worse.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Decay {
    /// How much less likely the words of `y` are after one another: difference of mean log-likelihoods.
    pub drop: f64,
    /// The same over the words that only one of the two has, with their neighbours.
    pub drop_changed: f64,
    /// Share of pairs of neighbouring words that were never seen, in `y` less in `x`.
    pub unseen: f64,
    /// Words of `y` that stand twice in a row and do not so in `x`, by its length.
    pub doubled: f64,
    /// Share of the words of `x` that `y` does not have.
    pub exchanged: f64,
    /// How much rarer the words are that `y` has instead: difference of mean log frequencies.
    pub rarer: f64,
    /// Words of `y`.
    pub n_words: usize,
}

/// Compares a passage with what became of it; `None` where either has fewer than six words.
#[must_use]
pub fn decay(x: &str, y: &str) -> Option<Decay> {
    let words = |text: &str| usage::words(text).filter(|w| w != ".").take(MAX_PASSAGE).collect::<Vec<String>>();
    let (p, q) = (words(x), words(y));
    if p.len() < 6 || q.len() < 6 {
        return None;
    }
    let (kept_p, kept_q) = (kept(&p, &q), kept(&q, &p));
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len().max(1) as f64;
    let likelihoods = |w: &[String]| w.windows(2).map(|w| usage::log_likelihood(&w[0], &w[1])).collect::<Vec<f64>>();
    let (of_p, of_q) = (likelihoods(&p), likelihoods(&q));
    let changed = |list: &[f64], kept: &[bool]| {
        let touched = list.iter().zip(kept.windows(2)).filter(|(_, k)| !k[0] || !k[1]).map(|(v, _)| *v);
        mean(&touched.collect::<Vec<f64>>())
    };
    let unseen = |w: &[String]| {
        let n = w.windows(2).filter(|w| !usage::is_pair_known(&w[0], &w[1])).count();
        n as f64 / (w.len() - 1) as f64
    };
    let doubled = |w: &[String]| w.windows(2).filter(|w| w[0] == w[1] && w[0] != "0").count() as f64;
    let rarity = |w: &[String], kept: &[bool]| {
        let new = w.iter().zip(kept).filter(|(_, k)| !**k).map(|(w, _)| (1.0 + usage::document_frequency(w)).ln());
        mean(&new.collect::<Vec<f64>>())
    };
    let n_lost = kept_p.iter().filter(|k| !**k).count();
    Some(Decay {
        drop: mean(&of_p) - mean(&of_q),
        drop_changed: changed(&of_p, &kept_p) - changed(&of_q, &kept_q),
        unseen: unseen(&q) - unseen(&p),
        doubled: (doubled(&q) - doubled(&p)).max(0.0) / q.len() as f64,
        exchanged: n_lost as f64 / p.len() as f64,
        rarer: rarity(&p, &kept_p) - rarity(&q, &kept_q),
        n_words: q.len(),
    })
}

/// Longest passage (words) that is compared.
const MAX_PASSAGE: usize = 120;

/// For each word whether the other list has it too.
fn kept(words: &[String], other: &[String]) -> Vec<bool> {
    words.iter().map(|w| other.contains(w)).collect()
}

/// Probability, 0 to 1, that a passage lost its meaning.
#[must_use]
pub fn garble(d: &Decay) -> f64 {
    let sum = -6.0 + 2.0 * d.drop + 0.4 * d.drop_changed + 4.0 * d.unseen + 12.0 * d.doubled + 2.0 * d.exchanged + 0.2 * d.rarer;
    1.0 / (1.0 + (-sum).exp())
}
