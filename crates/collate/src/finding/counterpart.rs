//! Which sentence of a copy stands for which of its original, also where hardly a word is the same.
//!
//! A machine that rewrites a text keeps the order of its statements. So the sentences of two accounts of one lineage are
//! aligned as sequences (Needleman & Wunsch 1970), with likeness as the score; a pair of little likeness is believed when
//! its neighbours on the path are anchors.

use crate::align::{self, Statement};
use crate::telling::Telling;

/// Likeness from which a pair stands by itself.
const ANCHOR: f64 = 0.36;
/// Likeness below which even anchors on both sides do not make a pair.
const MIN_LIKENESS: f64 = 0.18;
/// How far (in sentences) the nearest anchors before and after a weak pair may be.
const REACH: usize = 2;
/// Anchors that two accounts must have for one to be read along the other.
const MIN_ANCHORS: usize = 3;
/// Accounts longer than this (sentences) are compared by their anchors only.
const MAX_STATEMENTS: usize = 600;

/// Pairs of statements `(of a, of b, likeness)` in the order of both accounts; empty if the two are no copies.
#[must_use]
pub fn counterparts(telling: &Telling, a: u32, b: u32) -> Vec<(Statement, Statement, f64)> {
    let (xs, ys) = (telling.alignments.of(a), telling.alignments.of(b));
    if xs.len() > MAX_STATEMENTS || ys.len() > MAX_STATEMENTS {
        return Vec::new();
    }
    let likeness = align::likeness_between(telling.pile, xs, ys);
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
