//! Which sentence of a copy stands for which of its original, also where hardly a word is the same.
//!
//! A machine that rewrites a text keeps the order of its statements. So the sentences of two accounts of one lineage are
//! aligned as sequences (Needleman & Wunsch 1970), with likeness as the score; a pair of little likeness is believed when
//! its neighbours on the path are anchors.

use std::collections::{BTreeMap, BTreeSet};

use crate::align::{self, Statement};
use crate::difference::item::{self, Item};
use crate::difference::standing::standing;
use crate::telling::Telling;

/// Likeness from which a pair stands by itself.
const ANCHOR: f64 = 0.36;
/// Likeness below which even anchors on both sides do not make a pair.
const MIN_LIKENESS: f64 = 0.18;
/// How far (in sentences) the nearest anchors before and after a weak pair may be.
const REACH: usize = 2;
/// Anchors that two accounts must have for one to be read along the other.
const MIN_ANCHORS: usize = 3;
/// What a likeness that counts synonyms and near words is worth beside one that counts letters and words.
const SOFT_WEIGHT: f64 = 0.7;
/// Pairs of sentences whose words are compared one by one; where there are more, two accounts share too little.
const MAX_CELLS: usize = 2500;
/// Content words of a sentence that are compared.
const MAX_CONTENT: usize = 40;
/// Accounts longer than this (sentences) are compared by their anchors only.
const MAX_STATEMENTS: usize = 600;

/// Pairs of statements `(of a, of b, likeness)` in the order of both accounts; empty if the two are no copies.
#[must_use]
pub fn counterparts(telling: &Telling, a: u32, b: u32) -> Vec<(Statement, Statement, f64)> {
    let (xs, ys) = (telling.alignments.of(a), telling.alignments.of(b));
    if xs.len() > MAX_STATEMENTS || ys.len() > MAX_STATEMENTS {
        return Vec::new();
    }
    let mut likeness = align::likeness_between(telling.pile, xs, ys);
    soften(telling, xs, ys, &mut likeness);
    let path = path(&likeness, xs.len(), ys.len());
    let anchors: Vec<bool> = path.iter().map(|&(i, j)| likeness[i * ys.len() + j] >= ANCHOR).collect();
    if anchors.iter().filter(|a| **a).count() < MIN_ANCHORS {
        return Vec::new();
    }
    // Between the nearest anchors both accounts have the same number of sentences: none was cut, none put in.
    let believed = |n: usize| {
        let near = |m: &usize| anchors[*m];
        let before = (n.saturating_sub(REACH)..n).rev().find(near);
        let after = (n + 1..(n + 1 + REACH).min(path.len())).find(near);
        let is_even = |p: usize, q: usize| {
            let (i, j) = (path[q].0 - path[p].0, path[q].1 - path[p].1);
            i == j && i <= REACH + 1
        };
        anchors[n] || before.zip(after).is_some_and(|(p, q)| is_even(p, q))
    };
    let kept = path.iter().enumerate().filter(|(n, _)| believed(*n));
    kept.map(|(_, &(i, j))| (xs[i], ys[j], likeness[i * ys.len() + j])).collect()
}

/// Raises the likeness of sentences that say the same in other words: between the anchors of a first reading, words count
/// that stand for one another.
fn soften(telling: &Telling, xs: &[Statement], ys: &[Statement], likeness: &mut [f64]) {
    let path = path(likeness, xs.len(), ys.len());
    let anchors = path.into_iter().filter(|&(i, j)| likeness[i * ys.len() + j] >= ANCHOR);
    let (mut from, mut cells) = ((0, 0), 0);
    let weights = Weights::new(telling, xs, ys);
    for (i, j) in anchors.chain([(xs.len(), ys.len())]).collect::<Vec<_>>() {
        cells += (i - from.0) * (j - from.1);
        if cells > MAX_CELLS {
            return;
        }
        for (p, q) in (from.0..i).flat_map(|p| (from.1..j).map(move |q| (p, q))) {
            let soft =
                SOFT_WEIGHT * weights.likeness(&item::items(telling, &xs[p]), &item::items(telling, &ys[q]));
            let cell = &mut likeness[p * ys.len() + q];
            *cell = cell.max(soft);
        }
        from = (i + 1, j + 1);
    }
}

/// How rare the items of two accounts are in them: ln(1 + sentences / sentences with the item).
struct Weights {
    frequency: BTreeMap<String, u32>,
    n: f64,
}

impl Weights {
    fn new(telling: &Telling, xs: &[Statement], ys: &[Statement]) -> Weights {
        let mut frequency = BTreeMap::new();
        for items in xs.iter().chain(ys).map(|s| item::items(telling, s)) {
            let keys: BTreeSet<&str> =
                items.iter().filter(|i| i.is_content).map(|i| i.key.as_str()).collect();
            keys.into_iter().for_each(|k| *frequency.entry(k.to_owned()).or_insert(0) += 1);
        }
        Weights { frequency, n: (xs.len() + ys.len()) as f64 }
    }

    fn of(&self, item: &Item) -> f64 {
        (1.0 + self.n / f64::from(self.frequency.get(&item.key).copied().unwrap_or(1))).ln()
    }

    /// Share of the weight of both sentences that stands for something in the other, 0 to 1.
    fn likeness(&self, xs: &[Item], ys: &[Item]) -> f64 {
        let content = |items: &'_ [Item]| {
            items.iter().filter(|i| i.is_content).take(MAX_CONTENT).cloned().collect::<Vec<_>>()
        };
        let (xs, ys) = (content(xs), content(ys));
        let (mut best_x, mut best_y) = (vec![0.0f64; xs.len()], vec![0.0f64; ys.len()]);
        for (i, x) in xs.iter().enumerate() {
            for (j, y) in ys.iter().enumerate() {
                let stands = standing(x, y);
                best_x[i] = best_x[i].max(stands);
                best_y[j] = best_y[j].max(stands);
            }
        }
        let share = |items: &[Item], best: &[f64]| {
            let all: f64 = items.iter().map(|i| self.of(i)).sum();
            let standing: f64 = items.iter().zip(best).map(|(i, b)| self.of(i) * b).sum();
            if all > 0.0 { standing / all } else { 0.0 }
        };
        f64::midpoint(share(&xs, &best_x), share(&ys, &best_y))
    }
}

/// The best path through the matrix: pairs of indices, rising on both sides.
fn path(likeness: &[f64], n: usize, m: usize) -> Vec<(usize, usize)> {
    let at = |i: usize, j: usize| i * (m + 1) + j;
    let mut best = vec![0.0f64; (n + 1) * (m + 1)];
    let gain = |i: usize, j: usize| likeness[i * m + j] - MIN_LIKENESS;
    for i in 1..=n {
        for j in 1..=m {
            let pair = best[at(i - 1, j - 1)] + gain(i - 1, j - 1).max(f64::MIN);
            best[at(i, j)] = pair.max(best[at(i - 1, j)]).max(best[at(i, j - 1)]);
        }
    }
    let (mut i, mut j, mut path) = (n, m, Vec::new());
    while i > 0 && j > 0 {
        let here = best[at(i, j)];
        if gain(i - 1, j - 1) > 0.0 && here == best[at(i - 1, j - 1)] + gain(i - 1, j - 1) {
            path.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if here == best[at(i - 1, j)] {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    path.reverse();
    path
}
