//! Aligns the sentences of two accounts: which say the same, and in the same order.

use std::collections::BTreeMap;

use crate::pile::{Profile, Unit, Word, shared};

/// A sentence of `a` and the sentence of `b` that says the same; indices into `Profile::units`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Match {
    /// Unit of the first account.
    pub a: u32,
    /// Unit of the second account.
    pub b: u32,
    /// Index in `Annotations::sentences` of the first account.
    pub sentence_a: u32,
    /// Index in `Annotations::sentences` of the second account.
    pub sentence_b: u32,
    /// Likeness, 0 to 1.
    pub score: f64,
}

/// What two accounts have in common, sentence by sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// For each sentence with a counterpart, the best one; in order of `b`.
    pub matches: Vec<Match>,
    /// The longest part of `matches` that keeps the order of both accounts.
    pub chain: Vec<Match>,
    /// Share of `a`'s sentences (by words) on the chain or matched to a neighbour of it, 0 to 1.
    pub share_a: f64,
    /// Share of `b`'s sentences (by words) likewise.
    pub share_b: f64,
    /// Rank correlation of the matches' positions (Kendall's tau-b), -1 to 1.
    pub tau: f64,
}

/// Sentences shorter than this say too little to be matched.
pub(crate) const MIN_WORDS: usize = 4;
/// Two sentences are taken to say the same from this likeness on.
const MIN_LIKENESS: f64 = 0.36;

/// Aligns two accounts. Word weights are computed from the two alone, so that the result does not depend on the rest of
/// the pile.
///
/// # Cost
/// Proportional to the product of their numbers of sentences.
#[must_use]
pub fn align(a: &Profile, b: &Profile) -> Alignment {
    let weights = Weights::new(a, b);
    let (units_a, units_b) = (vectors(a, &weights), vectors(b, &weights));
    let mut matches = Vec::new();
    for (j, y) in units_b.iter().enumerate() {
        let best = units_a
            .iter()
            .enumerate()
            .map(|(i, x)| (i, likeness(x, y)))
            .filter(|(_, s)| *s >= MIN_LIKENESS)
            .max_by(|p, q| p.1.total_cmp(&q.1).then(q.0.cmp(&p.0)));
        if let Some((i, score)) = best {
            let (sentence_a, sentence_b) = (units_a[i].unit.sentence, y.unit.sentence);
            matches.push(Match { a: i as u32, b: j as u32, sentence_a, sentence_b, score });
        }
    }
    let chain = longest_chain(&matches);
    let tau = kendall_tau(&matches);
    Alignment {
        share_a: share(a, chain.iter().map(|m| m.a)),
        share_b: share(b, chain.iter().map(|m| m.b)),
        matches,
        chain,
        tau,
    }
}

/// Weights of words by how few sentences of the two accounts hold them.
struct Weights {
    frequency: BTreeMap<Word, u32>,
    n: f64,
}

impl Weights {
    fn new(a: &Profile, b: &Profile) -> Weights {
        let mut frequency = BTreeMap::new();
        for word in a.units.iter().chain(&b.units).flat_map(|u| &u.content) {
            *frequency.entry(*word).or_insert(0) += 1;
        }
        Weights { frequency, n: (a.units.len() + b.units.len()) as f64 }
    }

    fn of(&self, word: Word) -> f64 {
        let frequency = f64::from(self.frequency.get(&word).copied().unwrap_or(1));
        (1.0 + self.n / frequency).ln()
    }
}

struct Vector<'a> {
    unit: &'a Unit,
    weights: Vec<(Word, f64)>,
    norm: f64,
}

fn vectors<'a>(profile: &'a Profile, weights: &Weights) -> Vec<Vector<'a>> {
    profile
        .units
        .iter()
        .map(|unit| {
            let list: Vec<(Word, f64)> = unit.content.iter().map(|w| (*w, weights.of(*w))).collect();
            let norm = list.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
            Vector { unit, weights: list, norm }
        })
        .collect()
}

/// Mean of the cosine of weighted words and the Dice coefficient of character 3-grams; 0 for very short sentences.
fn likeness(x: &Vector, y: &Vector) -> f64 {
    if x.unit.words.len() < MIN_WORDS
        || y.unit.words.len() < MIN_WORDS
        || x.unit.is_heading
        || y.unit.is_heading
    {
        return 0.0;
    }
    let (mut i, mut j, mut dot) = (0, 0, 0.0);
    while i < x.weights.len() && j < y.weights.len() {
        match x.weights[i].0.cmp(&y.weights[j].0) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                dot += x.weights[i].1 * y.weights[j].1;
                i += 1;
                j += 1;
            }
        }
    }
    if dot == 0.0 {
        return 0.0;
    }
    let cosine = dot / (x.norm * y.norm).max(f64::MIN_POSITIVE);
    let grams = shared(&x.unit.trigrams, &y.unit.trigrams).count() as f64;
    let dice = 2.0 * grams / (x.unit.trigrams.len() + y.unit.trigrams.len()).max(1) as f64;
    f64::midpoint(cosine, dice)
}

/// Longest strictly increasing run of matches in both accounts, by total likeness (quadratic in the matches).
fn longest_chain(matches: &[Match]) -> Vec<Match> {
    let mut best: Vec<(f64, Option<usize>)> = Vec::with_capacity(matches.len());
    for (k, m) in matches.iter().enumerate() {
        let before = (0..k)
            .filter(|&p| matches[p].a <= m.a && matches[p].b < m.b)
            .max_by(|&p, &q| best[p].0.total_cmp(&best[q].0).then(q.cmp(&p)));
        best.push((m.score + before.map_or(0.0, |p| best[p].0), before));
    }
    let mut at = (0..matches.len()).max_by(|&p, &q| best[p].0.total_cmp(&best[q].0).then(q.cmp(&p)));
    let mut chain = Vec::new();
    while let Some(k) = at {
        chain.push(matches[k]);
        at = best[k].1;
    }
    chain.reverse();
    chain
}

/// Kendall's tau-b between the positions of the matches in both accounts.
fn kendall_tau(matches: &[Match]) -> f64 {
    let (mut concordant, mut discordant, mut ties) = (0i64, 0i64, 0i64);
    for (k, m) in matches.iter().enumerate() {
        for n in &matches[k + 1..] {
            match m.a.cmp(&n.a) {
                std::cmp::Ordering::Less => concordant += 1,
                std::cmp::Ordering::Greater => discordant += 1,
                std::cmp::Ordering::Equal => ties += 1,
            }
        }
    }
    let untied = (concordant + discordant) as f64;
    if untied == 0.0 {
        0.0
    } else {
        (concordant - discordant) as f64 / (untied * (untied + ties as f64)).sqrt()
    }
}

/// Share of the account's words that lie in the units given.
fn share(profile: &Profile, units: impl Iterator<Item = u32>) -> f64 {
    let mut units: Vec<u32> = units.collect();
    units.sort_unstable();
    units.dedup();
    let total: usize = profile
        .units
        .iter()
        .filter(|u| u.words.len() >= MIN_WORDS && !u.is_heading)
        .map(|u| u.words.len())
        .sum();
    let held: usize =
        units.iter().filter_map(|u| profile.units.get(*u as usize)).map(|u| u.words.len()).sum();
    held as f64 / total.max(1) as f64
}
