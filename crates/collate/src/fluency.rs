//! Signs that a text went through a machine that exchanged its words: where two accounts say the same in other words,
//! whose words are the usual ones?

use variorum_annotate::lexicon::is_stop_word;
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
    /// Share of pairs of neighbouring words that were never seen, in `y` less in `x`.
    pub unseen: f64,
    /// Content words of `y` that stand twice in a row and do not so in `x`.
    pub doubled: f64,
    /// Share of the words of `x` that `y` does not have.
    pub exchanged: f64,
    /// Words with a capital inside the sentence that `x` has and `y` has not; 0 where `y` has one of its own: then a name
    /// stands for a name.
    pub lost_names: f64,
    /// Words of `y` for each of `x`.
    pub length: f64,
}

/// Compares a passage with what became of it; `None` where either has fewer than eight words, or is a headline in capitals.
#[must_use]
pub fn decay(x: &str, y: &str) -> Option<Decay> {
    let words =
        |text: &str| usage::words(text).filter(|w| w != ".").take(MAX_PASSAGE).collect::<Vec<String>>();
    let (p, q) = (words(x), words(y));
    let (in_p, in_q) = (capitals(x), capitals(y));
    let is_headline = |capitals: &[String], words: &[String]| 2 * capitals.len() > words.len();
    if p.len().min(q.len()) < 8 || is_headline(&in_p, &p) || is_headline(&in_q, &q) {
        return None;
    }
    let mean = |w: &[String]| {
        w.windows(2).map(|w| usage::log_likelihood(&w[0], &w[1])).sum::<f64>() / (w.len() - 1) as f64
    };
    let unseen = |w: &[String]| {
        let n = w.windows(2).filter(|w| !usage::is_pair_known(&w[0], &w[1])).count();
        n as f64 / (w.len() - 1) as f64
    };
    let only = |own: &[String], other: &[String]| own.iter().filter(|w| !other.contains(w)).count() as f64;
    Some(Decay {
        drop: mean(&p) - mean(&q),
        unseen: unseen(&q) - unseen(&p),
        doubled: n_doubled(y) - n_doubled(x),
        exchanged: only(&p, &q) / p.len() as f64,
        lost_names: if only(&in_q, &p) > 0.0 { 0.0 } else { only(&in_p, &q) },
        length: q.len() as f64 / p.len() as f64,
    })
}

/// Longest passage (words) that is compared.
const MAX_PASSAGE: usize = 120;

/// Content words that stand twice in a row, a space between them.
fn n_doubled(text: &str) -> f64 {
    let is_content = |w: &str| {
        w.len() > 3
            && !is_stop_word(w)
            && !["once", "along", "very", "many", "really", "truly", "blah"].contains(&w)
    };
    let words: Vec<String> = text.split_whitespace().take(MAX_PASSAGE).map(str::to_lowercase).collect();
    let second = |w: &str| w.trim_end_matches(|c: char| !c.is_alphanumeric()).to_owned();
    words.windows(2).filter(|w| w[0] == second(&w[1]) && is_content(&w[0])).count() as f64
}

/// The words with a capital after the first word, lower case.
fn capitals(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty());
    let named = words.skip(1).filter(|w| w.starts_with(char::is_uppercase));
    named.map(|w| w.to_lowercase().replace('’', "'")).take(MAX_PASSAGE).collect()
}

/// Probability, 0 to 1, that a passage lost its meaning. What usage counts say of single sentences does not tell a garbled
/// one from one whose words were exchanged for rarer ones; two signs do: a content word put twice, and a name that gave
/// way to ordinary words in a sentence that else stayed what it was, but reads much less like English.
#[must_use]
pub fn garble(d: &Decay) -> f64 {
    let is_same_length = (0.8..=1.35).contains(&d.length);
    let is_twisted = d.drop > 0.8 && d.unseen > 0.12 && (0.12..=0.3).contains(&d.exchanged);
    match (d.doubled, d.lost_names) {
        _ if !is_same_length => 0.0,
        (doubled, _) if doubled >= 1.0 && d.exchanged >= 0.08 && d.exchanged <= 0.6 => 0.8,
        (_, lost) if lost >= 1.0 && is_twisted => 0.7,
        _ => 0.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn garbled_passages() {
        let check = |x: &str, y: &str, expected: bool| {
            let found = decay(x, y).is_some_and(|d| garble(&d) > 0.5);
            assert_eq!(found, expected, "{y}");
        };
        let was = "The harbour office said on Monday that the old ferry would sail again before the end of the month.";
        check(
            was,
            "The harbour office said on Monday that the old ferry would sail again before the end of the month.",
            false,
        );
        check(
            was,
            "The port authority stated on Monday that the aged ferry would depart again prior to the close of the month.",
            false,
        );
        check(
            was,
            "The harbour office office aforementioned on Monday that the vintage ferry would cloth again before the terminate of the month.",
            true,
        );
        check(
            "Duran Duran played two songs in the old town hall before the rain came down.",
            "Duran Duran performed two songs in the old town hall before the rain fell.",
            false,
        );
        check("", "", false);
        check("a a a a a a a a a a", "a a a a a a a a a a", false);
    }
}
