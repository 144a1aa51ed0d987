//! Aligns the sentences of two accounts: which say the same, and in the same order.

use std::collections::BTreeMap;

use crate::pile::{Profile, Unit, Word, n_shared};

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
/// Proportional to the pairs of sentences that share a content word.
#[must_use]
pub fn align(a: &Profile, b: &Profile) -> Alignment {
    let weights = Weights::new(a, b);
    let (units_a, units_b) = (vectors(a, &weights), vectors(b, &weights));
    let postings = postings(&units_a);
    let mut dots = vec![0.0; units_a.len()];
    let mut matches = Vec::new();
    for (j, y) in units_b.iter().enumerate() {
        if let Some((i, score)) = best(&units_a, &postings, y, &mut dots) {
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
    sketch: Sketch,
}

fn vectors<'a>(profile: &'a Profile, weights: &Weights) -> Vec<Vector<'a>> {
    profile
        .units
        .iter()
        .map(|unit| {
            let list: Vec<(Word, f64)> = unit.content.iter().map(|w| (*w, weights.of(*w))).collect();
            let norm = list.iter().map(|(_, w)| w * w).sum::<f64>().sqrt();
            Vector { unit, weights: list, norm, sketch: Sketch::new(&unit.trigrams) }
        })
        .collect()
}

/// Which bits the hashes of a sentence's 3-grams fall on: bounds how many two sentences can share without comparing them.
#[derive(Clone, Copy)]
struct Sketch([u64; 4]);

impl Sketch {
    fn new(grams: &[u32]) -> Sketch {
        let mut bits = [0; 4];
        for gram in grams {
            let at = gram.wrapping_mul(0x9e37_79b1) >> 24;
            bits[at as usize / 64] |= 1 << (at % 64);
        }
        Sketch(bits)
    }

    /// How many bits are set here and not there: each stands for at least one 3-gram that is not there.
    fn n_missing_in(&self, other: &Sketch) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & !b).count_ones() as usize).sum()
    }
}

/// Whether a sentence says enough to be matched.
fn is_comparable(unit: &Unit) -> bool {
    unit.words.len() >= MIN_WORDS && !unit.is_heading
}

/// For each word, the comparable sentences that hold it, with its weight.
fn postings(units: &[Vector]) -> BTreeMap<Word, Vec<(u32, f64)>> {
    let mut postings: BTreeMap<Word, Vec<(u32, f64)>> = BTreeMap::new();
    for (idx, x) in units.iter().enumerate().filter(|(_, x)| is_comparable(x.unit)) {
        for &(word, weight) in &x.weights {
            postings.entry(word).or_default().push((idx as u32, weight));
        }
    }
    postings
}

/// The likeliest counterpart of `y`, the first one where several are equal, and its likeness: the mean of the cosine of
/// weighted words and the Dice coefficient of character 3-grams. `dots` is all zeros before and after.
fn best(
    units: &[Vector],
    postings: &BTreeMap<Word, Vec<(u32, f64)>>,
    y: &Vector,
    dots: &mut [f64],
) -> Option<(usize, f64)> {
    if !is_comparable(y.unit) {
        return None;
    }
    let mut touched = Vec::new();
    for (word, weight) in &y.weights {
        for &(i, w) in postings.get(word).into_iter().flatten() {
            if dots[i as usize] == 0.0 {
                touched.push(i as usize);
            }
            dots[i as usize] += w * weight;
        }
    }
    let mut best: Option<(usize, f64)> = None;
    for i in touched {
        let (x, dot) = (&units[i], std::mem::take(&mut dots[i]));
        let cosine = dot / (x.norm * y.norm).max(f64::MIN_POSITIVE);
        let wanted = best.map_or(MIN_LIKENESS, |b| b.1);
        let (p, q) = (&x.unit.trigrams, &y.unit.trigrams);
        let dice = |n_shared: usize| 2.0 * n_shared as f64 / (p.len() + q.len()).max(1) as f64;
        let n_most = (p.len().saturating_sub(x.sketch.n_missing_in(&y.sketch)))
            .min(q.len().saturating_sub(y.sketch.n_missing_in(&x.sketch)));
        if f64::midpoint(cosine, dice(n_most)) < wanted {
            continue;
        }
        let score = f64::midpoint(cosine, dice(n_shared(p, q)));
        if score > wanted || (score == wanted && best.is_none_or(|b| i < b.0)) {
            best = Some((i, score));
        }
    }
    best
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pile::shared;

    /// An account of `n` sentences over a small vocabulary; `seed` picks the words.
    fn profile(n: u32, seed: u32) -> Profile {
        let mut state = seed;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let units = (0..n).map(|idx| {
            let words: Vec<Word> = (0..3 + next(12)).map(|_| next(40)).collect();
            let mut content = words.clone();
            content.sort_unstable();
            content.dedup();
            let mut trigrams: Vec<u32> =
                content.iter().flat_map(|w| [w * 7919, w * 104_729 + 1, w % 5]).collect();
            trigrams.sort_unstable();
            trigrams.dedup();
            Unit { sentence: idx, words, content, trigrams, is_heading: next(9) == 0, ..Unit::default() }
        });
        Profile { units: units.collect(), ..Profile::default() }
    }

    /// The likeliest counterpart by comparing with every sentence.
    fn best_of_all(units: &[Vector], y: &Vector) -> Option<(usize, f64)> {
        let likeness = |x: &Vector| {
            let weight = |w: &Word| y.weights.iter().find(|v| v.0 == *w).map_or(0.0, |v| v.1);
            let dot = x.weights.iter().map(|(w, weight_x)| weight_x * weight(w)).sum::<f64>();
            if dot == 0.0 || !is_comparable(x.unit) || !is_comparable(y.unit) {
                return 0.0;
            }
            let (p, q) = (&x.unit.trigrams, &y.unit.trigrams);
            let dice = 2.0 * shared(p, q).count() as f64 / (p.len() + q.len()).max(1) as f64;
            f64::midpoint(dot / (x.norm * y.norm).max(f64::MIN_POSITIVE), dice)
        };
        let scored = units.iter().map(likeness).enumerate().filter(|(_, s)| *s >= MIN_LIKENESS);
        scored.max_by(|p, q| p.1.total_cmp(&q.1).then(q.0.cmp(&p.0)))
    }

    #[test]
    fn bounds_pass_over_no_better_counterpart() {
        let mut n_found = 0;
        for seed in 0..40 {
            let (a, b) = (profile(30, seed), profile(25, seed + 1000));
            let weights = Weights::new(&a, &b);
            let (units_a, units_b) = (vectors(&a, &weights), vectors(&b, &weights));
            let (postings, mut dots) = (postings(&units_a), vec![0.0; units_a.len()]);
            for y in &units_b {
                let found = best(&units_a, &postings, y, &mut dots);
                assert_eq!(found, best_of_all(&units_a, y));
                assert!(dots.iter().all(|d| *d == 0.0));
                n_found += usize::from(found.is_some());
            }
        }
        assert!(n_found > 100, "{n_found}");
    }
}
