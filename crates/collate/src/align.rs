//! Which sentences of different accounts of a story state the same, entirely or in part.
//!
//! Likeness is the mean of a word cosine and a character 3-gram Dice coefficient, both with word weights computed inside
//! the story: there they beat weights from a background corpus and sentence embeddings. Alike sentences form clusters by
//! quorum, so that a chain of half-alike sentences never joins two statements.

use std::collections::BTreeMap;

use crate::pile::index::Sketch;
use crate::pile::{Pile, Unit, Word, n_shared};

/// One sentence of one account, seen as a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Statement {
    /// Index of the account.
    pub account: u32,
    /// Index of the sentence in that account's profile (`Profile::units`).
    pub unit: u32,
    /// Index of the sentence in `Annotations::sentences`.
    pub sentence: u32,
}

/// Two statements that are alike; `x < y`, indices into [`Alignments::statements`].
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Pair {
    /// First statement.
    pub x: u32,
    /// Second statement.
    pub y: u32,
    /// Likeness, 0 to 1.
    pub score: f64,
}

/// The statements of a story and which of them say the same.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignments {
    /// Every sentence of every member, by account and position.
    pub statements: Vec<Statement>,
    /// Alike statements of different accounts, in order of `(x, y)`.
    pub pairs: Vec<Pair>,
    /// Groups of statements that say the same, largest first; each sorted.
    pub clusters: Vec<Vec<u32>>,
    /// For each statement: its pairs, rising.
    touching: Vec<Vec<u32>>,
}

impl Alignments {
    /// The statements of an account, in the order of its text.
    #[must_use]
    pub fn of(&self, account: u32) -> &[Statement] {
        let from = self.statements.partition_point(|s| s.account < account);
        let to = self.statements.partition_point(|s| s.account <= account);
        &self.statements[from..to]
    }

    /// The pairs of a statement, by its index, in their order.
    pub fn pairs_of(&self, statement: u32) -> impl Iterator<Item = &Pair> {
        self.touching.get(statement as usize).into_iter().flatten().map(|&pair| &self.pairs[pair as usize])
    }

    /// The statements alike to this one, with their likeness, in the order of the pairs.
    pub fn alike<'a>(&'a self, statement: &Statement) -> impl Iterator<Item = (Statement, f64)> + 'a {
        // none is at the place of a headline, which is no statement of the story
        let own = self.statements.binary_search(statement).map_or(u32::MAX, |at| at as u32);
        self.pairs_of(own).map(move |pair| {
            let other = if pair.x == own { pair.y } else { pair.x };
            (self.statements[other as usize], pair.score)
        })
    }

    /// The statement that is this sentence of this account.
    #[must_use]
    pub fn at(&self, account: u32, sentence: u32) -> Option<Statement> {
        let own = self.of(account);
        own.binary_search_by_key(&sentence, |s| s.sentence).ok().map(|at| own[at])
    }
}

impl Alignments {
    /// How alike two statements of different accounts are; 0 below [`MIN_LIKENESS`].
    #[must_use]
    pub fn likeness(&self, a: &Statement, b: &Statement) -> f64 {
        let place = |s: &Statement| self.statements.binary_search(s).ok().map(|i| i as u32);
        let Some((x, y)) = place(a).zip(place(b)) else { return 0.0 };
        let key = (x.min(y), x.max(y));
        self.pairs.binary_search_by_key(&key, |p| (p.x, p.y)).map_or(0.0, |i| self.pairs[i].score)
    }
}

/// Pairs below this likeness are not kept.
pub const MIN_LIKENESS: f64 = 0.30;
/// From this likeness on two statements are taken to say the same.
pub const SAME_LIKENESS: f64 = 0.42;
/// Words in more than this share of the story's sentences propose no pairs.
const MAX_SENTENCE_SHARE: f64 = 0.25;
/// Statements of one account that are compared with one another.
const MAX_OWN_STATEMENTS: usize = 400;
/// Sentences with fewer content words say too little to be aligned.
const MIN_CONTENT: usize = 3;

/// Aligns the sentences of the members of a story.
///
/// # Cost
/// Proportional to the pairs of sentences that share a word rare in the story.
#[must_use]
pub fn align(pile: &Pile, members: &[u32]) -> Alignments {
    let statements = statements(pile, members);
    let weights = Weights::new(pile, &statements);
    let vectors: Vec<Vector> = statements.iter().map(|s| Vector::new(pile, s, &weights)).collect();
    let mut pairs = Vec::new();
    for (x, y) in candidates(&statements, &vectors, &weights) {
        let score = vectors[x as usize].likeness_from(MIN_LIKENESS, &vectors[y as usize]);
        pairs.extend(score.map(|score| Pair { x, y, score }));
    }
    let clusters = clusters(statements.len(), &pairs);
    let mut touching = vec![Vec::new(); statements.len()];
    for (idx, pair) in pairs.iter().enumerate() {
        touching[pair.x as usize].push(idx as u32);
        touching[pair.y as usize].push(idx as u32);
    }
    Alignments { statements, pairs, clusters, touching }
}

/// Alike statements of one account: `(x, y, likeness)`, `x` before `y`, likeness at least `min`.
#[must_use]
pub fn alike_within(
    pile: &Pile,
    account: u32,
    own: &[Statement],
    min: f64,
) -> Vec<(Statement, Statement, f64)> {
    debug_assert!(own.iter().all(|s| s.account == account));
    // A text that is longer than any article (a transcript, a scraped archive) is compared with itself in part only.
    let own = &own[..own.len().min(MAX_OWN_STATEMENTS)];
    let weights = Weights::new(pile, own);
    let vectors: Vec<Vector> = own.iter().map(|s| Vector::new(pile, s, &weights)).collect();
    let mut alike = Vec::new();
    for (i, x) in vectors.iter().enumerate() {
        for (j, y) in vectors.iter().enumerate().skip(i + 1) {
            let is_long = x.unit.content.len() >= MIN_CONTENT && y.unit.content.len() >= MIN_CONTENT;
            let score = if is_long { x.likeness_from(min, y) } else { None };
            alike.extend(score.map(|score| (own[i], own[j], score)));
        }
    }
    alike
}

/// Likeness of every statement of `xs` to every one of `ys`, row by row, with word weights computed over both.
#[must_use]
pub fn likeness_between(pile: &Pile, xs: &[Statement], ys: &[Statement]) -> Vec<f64> {
    let both: Vec<Statement> = xs.iter().chain(ys).copied().collect();
    let weights = Weights::new(pile, &both);
    let vector = |s: &Statement| Vector::new(pile, s, &weights);
    let (rows, columns): (Vec<Vector>, Vec<Vector>) =
        (xs.iter().map(vector).collect(), ys.iter().map(vector).collect());
    rows.iter().flat_map(|x| columns.iter().map(|y| x.likeness(y))).collect()
}

/// The profile sentence of a statement.
#[must_use]
pub fn unit<'a>(pile: &'a Pile, statement: &Statement) -> &'a Unit {
    &pile.profiles[statement.account as usize].units[statement.unit as usize]
}

fn statements(pile: &Pile, members: &[u32]) -> Vec<Statement> {
    let units = members.iter().flat_map(|&account| {
        pile.profiles[account as usize].units.iter().enumerate().map(move |(idx, unit)| (account, idx, unit))
    });
    units
        .filter(|(_, _, unit)| !unit.is_heading)
        .map(|(account, idx, unit)| Statement { account, unit: idx as u32, sentence: unit.sentence })
        .collect()
}

/// Word weights inside the story: ln(1 + n / sentence frequency).
struct Weights {
    frequency: BTreeMap<Word, u32>,
    n: f64,
}

impl Weights {
    fn new(pile: &Pile, statements: &[Statement]) -> Weights {
        let mut frequency = BTreeMap::new();
        for word in statements.iter().flat_map(|s| &unit(pile, s).content) {
            *frequency.entry(*word).or_insert(0) += 1;
        }
        Weights { frequency, n: statements.len() as f64 }
    }

    fn of(&self, word: Word) -> f64 {
        (1.0 + self.n / f64::from(self.frequency.get(&word).copied().unwrap_or(1))).ln()
    }

    fn proposes(&self, word: Word) -> bool {
        let frequency = self.frequency.get(&word).copied().unwrap_or(0);
        frequency <= 12 || f64::from(frequency) <= MAX_SENTENCE_SHARE * self.n
    }
}

struct Vector<'a> {
    unit: &'a Unit,
    sketch: &'a Sketch,
    weights: Vec<f64>,
    norm: f64,
}

impl<'a> Vector<'a> {
    fn new(pile: &'a Pile, statement: &Statement, weights: &Weights) -> Vector<'a> {
        let unit = unit(pile, statement);
        let sketch = &pile.profiles[statement.account as usize].index.sketches[statement.unit as usize];
        let weights: Vec<f64> = unit.content.iter().map(|w| weights.of(*w)).collect();
        let norm = weights.iter().map(|w| w * w).sum::<f64>().sqrt();
        Vector { unit, sketch, weights, norm }
    }

    fn likeness(&self, other: &Vector) -> f64 {
        let (p, q) = (&self.unit.trigrams, &other.unit.trigrams);
        f64::midpoint(self.cosine(other), dice(n_shared(p, q), p.len(), q.len()))
    }

    /// The likeness, if it is at least `min`. Whether it can be is asked first: few pairs of sentences share much.
    fn likeness_from(&self, min: f64, other: &Vector) -> Option<f64> {
        let (p, q) = (self.unit.trigrams.len(), other.unit.trigrams.len());
        let n_most = (p.saturating_sub(self.sketch.n_missing_in(other.sketch)))
            .min(q.saturating_sub(other.sketch.n_missing_in(self.sketch)));
        let most = dice(n_most, p, q);
        // a cosine is at most one, rounding aside
        if f64::midpoint(1.0 + 1e-9, most) < min {
            return None;
        }
        let cosine = self.cosine(other);
        if f64::midpoint(cosine, most) < min {
            return None;
        }
        let n_shared = n_shared(&self.unit.trigrams, &other.unit.trigrams);
        Some(f64::midpoint(cosine, dice(n_shared, p, q))).filter(|score| *score >= min)
    }

    fn cosine(&self, other: &Vector) -> f64 {
        let (a, b) = (&self.unit.content, &other.unit.content);
        let (mut i, mut j, mut dot) = (0, 0, 0.0);
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    dot += self.weights[i] * other.weights[j];
                    i += 1;
                    j += 1;
                }
            }
        }
        dot / (self.norm * other.norm).max(f64::MIN_POSITIVE)
    }
}

/// Dice coefficient of two sets of `p` and `q` members that share `n_shared`.
fn dice(n_shared: usize, p: usize, q: usize) -> f64 {
    2.0 * n_shared as f64 / (p + q).max(1) as f64
}

/// Pairs of statements of different accounts that share a word rare enough to propose them, sorted.
fn candidates(statements: &[Statement], vectors: &[Vector], weights: &Weights) -> Vec<(u32, u32)> {
    let mut postings: BTreeMap<Word, Vec<u32>> = BTreeMap::new();
    for (idx, vector) in vectors.iter().enumerate().filter(|(_, v)| v.unit.content.len() >= MIN_CONTENT) {
        for &word in vector.unit.content.iter().filter(|w| weights.proposes(**w)) {
            postings.entry(word).or_default().push(idx as u32);
        }
    }
    let mut pairs: Vec<(u32, u32)> = Vec::new();
    for list in postings.values() {
        for (k, &x) in list.iter().enumerate() {
            let others = list[k + 1..]
                .iter()
                .filter(|y| statements[**y as usize].account != statements[x as usize].account);
            pairs.extend(others.map(|&y| (x, y)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Groups of at least two statements: pairs from the likeliest down; two groups join if at least half of the pairs across
/// them are alike.
fn clusters(n: usize, pairs: &[Pair]) -> Vec<Vec<u32>> {
    let mut ranked: Vec<&Pair> = pairs.iter().filter(|p| p.score >= SAME_LIKENESS).collect();
    ranked.sort_by(|p, q| q.score.total_cmp(&p.score).then((p.x, p.y).cmp(&(q.x, q.y))));
    // For each group, how many pairs across it and another one are alike.
    let mut n_alike: Vec<BTreeMap<u32, usize>> = vec![BTreeMap::new(); n];
    for pair in &ranked {
        n_alike[pair.x as usize].insert(pair.y, 1);
        n_alike[pair.y as usize].insert(pair.x, 1);
    }
    let mut group_of: Vec<u32> = (0..n as u32).collect();
    let mut groups: Vec<Vec<u32>> = (0..n as u32).map(|s| vec![s]).collect();
    for pair in ranked {
        let (a, b) = (group_of[pair.x as usize], group_of[pair.y as usize]);
        let across = n_alike[a as usize].get(&b).copied().unwrap_or(0);
        if a == b || 2 * across < groups[a as usize].len() * groups[b as usize].len() {
            continue;
        }
        let moved = std::mem::take(&mut groups[b as usize]);
        for &statement in &moved {
            group_of[statement as usize] = a;
        }
        groups[a as usize].extend(moved);
        for (other, count) in std::mem::take(&mut n_alike[b as usize]) {
            n_alike[other as usize].remove(&b);
            if other != a {
                *n_alike[other as usize].entry(a).or_insert(0) += count;
                *n_alike[a as usize].entry(other).or_insert(0) += count;
            }
        }
    }
    groups.retain(|g| g.len() > 1);
    for group in &mut groups {
        group.sort_unstable();
    }
    groups.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As [`clusters`], with the pairs across two groups counted anew each time.
    fn clusters_by_counting(n: u32, pairs: &[Pair]) -> Vec<Vec<u32>> {
        let mut ranked: Vec<&Pair> = pairs.iter().filter(|p| p.score >= SAME_LIKENESS).collect();
        ranked.sort_by(|p, q| q.score.total_cmp(&p.score).then((p.x, p.y).cmp(&(q.x, q.y))));
        let is_alike = |x: u32, y: u32| ranked.iter().any(|p| (p.x, p.y) == (x.min(y), x.max(y)));
        let mut groups: Vec<Vec<u32>> = (0..n).map(|s| vec![s]).collect();
        for pair in &ranked {
            let of = |s: u32| groups.iter().position(|g| g.contains(&s)).unwrap();
            let (a, b) = (of(pair.x), of(pair.y));
            let across = groups[a].iter().flat_map(|x| groups[b].iter().map(move |y| (*x, *y)));
            let n_alike = across.filter(|(x, y)| is_alike(*x, *y)).count();
            if a != b && 2 * n_alike >= groups[a].len() * groups[b].len() {
                let moved = std::mem::take(&mut groups[b]);
                groups[a].extend(moved);
            }
        }
        groups.retain(|g| g.len() > 1);
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        groups
    }

    #[test]
    fn counts_kept_are_counts_made_anew() {
        let mut state = 7u32;
        let mut next = |below: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        let mut n_groups = 0;
        for _ in 0..60 {
            let n = 4 + next(16);
            let mut pairs = Vec::new();
            for (x, y) in (0..n).flat_map(|x| (x + 1..n).map(move |y| (x, y))) {
                if next(3) > 0 {
                    pairs.push(Pair { x, y, score: 0.3 + f64::from(next(40)) / 100.0 });
                }
            }
            let found = clusters(n as usize, &pairs);
            assert_eq!(found, clusters_by_counting(n, &pairs));
            n_groups += found.len();
        }
        assert!(n_groups > 60, "{n_groups}");
    }
}
