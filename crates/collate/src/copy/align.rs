//! Aligns the sentences of two accounts: which say the same, and in the same order.

use crate::pile::{Profile, Unit, n_shared};

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
    let pair = Pair::new(a, b);
    let mut dots = vec![0.0; a.units.len()];
    let mut matches = Vec::new();
    for (j, y) in b.units.iter().enumerate() {
        if let Some((i, score)) = pair.best(j, &mut dots) {
            let (sentence_a, sentence_b) = (a.units[i].sentence, y.sentence);
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

/// Two accounts with the weights of their words: by how few sentences of the two hold them.
struct Pair<'a> {
    a: &'a Profile,
    b: &'a Profile,
    /// For each word in the index of `b`: its weight.
    weights: Vec<f64>,
    /// For each word in the index of `b`: its place in the index of `a`.
    places: Vec<Option<u32>>,
    /// Lengths of the sentences as vectors.
    norms_a: Vec<f64>,
    norms_b: Vec<f64>,
}

impl<'a> Pair<'a> {
    fn new(a: &'a Profile, b: &'a Profile) -> Pair<'a> {
        let n = (a.units.len() + b.units.len()) as f64;
        let most = a.units.len() + b.units.len() + 1;
        // how many sentences hold a word is a small number: one logarithm for each
        let mut known: Vec<f64> = Vec::with_capacity(16);
        let mut weight = |frequency: u32| {
            while known.len() <= (frequency as usize).min(most) {
                known.push((1.0 + n / known.len().max(1) as f64).ln());
            }
            known[(frequency as usize).min(most)]
        };
        let (mut weights_a, mut weights) = (Vec::with_capacity(a.index.words.len()), Vec::new());
        let mut places = Vec::with_capacity(b.index.words.len());
        for &(word, frequency) in &b.index.words {
            while let Some(&(_, alone)) = a.index.words.get(weights_a.len()).filter(|w| w.0 < word) {
                weights_a.push(weight(alone));
            }
            let here = a.index.words.get(weights_a.len()).filter(|w| w.0 == word);
            places.push(here.map(|_| weights_a.len() as u32));
            weights.push(weight(frequency + here.map_or(0, |w| w.1)));
            weights_a.extend(here.map(|w| weight(frequency + w.1)));
        }
        weights_a.extend(a.index.words.iter().skip(weights_a.len()).map(|w| weight(w.1)));
        let (norms_a, norms_b) = (norms(a, &weights_a), norms(b, &weights));
        Pair { a, b, weights, places, norms_a, norms_b }
    }

    /// The sentence of `a` most like sentence `j` of `b`, the first of several, if it is like enough. `dots` has a zero for
    /// every sentence of `a`, before and after. Only those that share a content word are compared, and of those only the
    /// ones that could be liker than the best so far.
    fn best(&self, j: usize, dots: &mut [f64]) -> Option<(usize, f64)> {
        let y = &self.b.units[j];
        if !is_comparable(y) {
            return None;
        }
        let mut touched = Vec::new();
        for &place in &self.b.index.places[j] {
            let weight = self.weights[place as usize];
            let Some(place) = self.places[place as usize] else { continue };
            for &i in self.a.index.holders(place as usize) {
                if dots[i as usize] == 0.0 {
                    touched.push(i as usize);
                }
                dots[i as usize] += weight * weight;
            }
        }
        let sketch_y = &self.b.index.sketches[j];
        let mut best: Option<(usize, f64)> = None;
        for i in touched {
            let (x, dot) = (&self.a.units[i], std::mem::take(&mut dots[i]));
            if !is_comparable(x) {
                continue;
            }
            let cosine = dot / (self.norms_a[i] * self.norms_b[j]).max(f64::MIN_POSITIVE);
            let wanted = best.map_or(MIN_LIKENESS, |b| b.1);
            let (p, q) = (&x.trigrams, &y.trigrams);
            let dice = |n_shared: usize| 2.0 * n_shared as f64 / (p.len() + q.len()).max(1) as f64;
            let sketch_x = &self.a.index.sketches[i];
            let n_most = (p.len().saturating_sub(sketch_x.n_missing_in(sketch_y)))
                .min(q.len().saturating_sub(sketch_y.n_missing_in(sketch_x)));
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
}

fn norms(profile: &Profile, weights: &[f64]) -> Vec<f64> {
    let norm = |places: &Vec<u32>| places.iter().map(|&p| weights[p as usize].powi(2)).sum::<f64>().sqrt();
    profile.index.places.iter().map(norm).collect()
}

fn is_comparable(unit: &Unit) -> bool {
    unit.words.len() >= MIN_WORDS && !unit.is_heading
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
    use crate::pile::index::Index;
    use crate::pile::{Word, shared};

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
        let units: Vec<Unit> = units.collect();
        Profile { index: Index::new(&units), units, ..Profile::default() }
    }

    /// The likeliest counterpart by comparing with every sentence.
    fn best_of_all(a: &Profile, b: &Profile, y: &Unit) -> Option<(usize, f64)> {
        let n = (a.units.len() + b.units.len()) as f64;
        let weight = |w: &Word| {
            let holders = a.units.iter().chain(&b.units).filter(|u| u.content.contains(w)).count();
            (1.0 + n / holders as f64).ln()
        };
        let norm = |u: &Unit| u.content.iter().map(|w| weight(w).powi(2)).sum::<f64>().sqrt();
        let likeness = |x: &Unit| {
            let dot = shared(&x.content, &y.content).map(|w| weight(&w).powi(2)).sum::<f64>();
            if dot == 0.0 || !is_comparable(x) || !is_comparable(y) {
                return 0.0;
            }
            let (p, q) = (&x.trigrams, &y.trigrams);
            let dice = 2.0 * shared(p, q).count() as f64 / (p.len() + q.len()).max(1) as f64;
            f64::midpoint(dot / (norm(x) * norm(y)).max(f64::MIN_POSITIVE), dice)
        };
        let scored = a.units.iter().map(likeness).enumerate().filter(|(_, s)| *s >= MIN_LIKENESS);
        scored.max_by(|p, q| p.1.total_cmp(&q.1).then(q.0.cmp(&p.0)))
    }

    #[test]
    fn bounds_pass_over_no_better_counterpart() {
        let mut n_found = 0;
        for seed in 0..40 {
            let (a, b) = (profile(30, seed), profile(25, seed + 1000));
            let (pair, mut dots) = (Pair::new(&a, &b), vec![0.0; a.units.len()]);
            for (j, y) in b.units.iter().enumerate() {
                let found = pair.best(j, &mut dots);
                assert_eq!(found, best_of_all(&a, &b, y));
                assert!(dots.iter().all(|d| *d == 0.0));
                n_found += usize::from(found.is_some());
            }
        }
        assert!(n_found > 100, "{n_found}");
    }
}
