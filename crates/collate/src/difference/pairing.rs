//! Which item of a copied sentence stands for which of the original: an alignment of the two sequences in which a word may
//! stand for another word of its kind (Needleman & Wunsch 1970).
//!
//! A plain comparison of sequences ([`similar`]) gives stretches that were replaced. Where every third word was exchanged,
//! such a stretch holds several exchanges; here they are told apart, because a name stands for a name, a number for a
//! number, a verb for a verb.

use super::item::{Class, Item};
use super::standing::{are_opposites, is_verbal, standing};

/// Sentences longer than this (items) are compared in their first part only.
const MAX_ITEMS: usize = 90;
/// What an item without counterpart costs.
const GAP: f64 = -0.45;

/// Pairs of indices `(of xs, of ys)`, rising on both sides; equal items and those that stand for one another.
#[must_use]
pub fn pairs(xs: &[Item], ys: &[Item]) -> Vec<(usize, usize)> {
    let (n, m) = (xs.len().min(MAX_ITEMS), ys.len().min(MAX_ITEMS));
    let at = |i: usize, j: usize| i * (m + 1) + j;
    let mut best = vec![0.0f64; (n + 1) * (m + 1)];
    for i in 0..=n {
        for j in 0..=m {
            if i == 0 || j == 0 {
                best[at(i, j)] = GAP * (i + j) as f64;
                continue;
            }
            let pair = best[at(i - 1, j - 1)] + likeness(&xs[i - 1], &ys[j - 1]);
            best[at(i, j)] = pair.max(best[at(i - 1, j)] + GAP).max(best[at(i, j - 1)] + GAP);
        }
    }
    let (mut i, mut j, mut found) = (n, m, Vec::new());
    while i > 0 && j > 0 {
        let here = best[at(i, j)];
        if (here - best[at(i - 1, j - 1)] - likeness(&xs[i - 1], &ys[j - 1])).abs() < 1e-9 {
            found.push((i - 1, j - 1));
            (i, j) = (i - 1, j - 1);
        } else if (here - best[at(i - 1, j)] - GAP).abs() < 1e-9 {
            i -= 1;
        } else {
            j -= 1;
        }
    }
    found.reverse();
    found
}

/// How well one item stands for another: 3 for the same, less for the same kind of thing, negative for the rest.
fn likeness(x: &Item, y: &Item) -> f64 {
    if x.key == y.key {
        return if x.is_content || x.class == Class::Negation { 3.0 } else { 1.5 };
    }
    match (x.class, y.class) {
        (Class::Name(a, _), Class::Name(b, _)) => {
            if a == b {
                1.0
            } else {
                0.2
            }
        }
        (Class::Time(_), Class::Time(_)) | (Class::Quantity(_), Class::Quantity(_)) => 1.2,
        (Class::Negation, Class::Negation) => 2.0,
        (Class::Word, Class::Word) => words(x, y),
        (Class::Name(..), Class::Word) | (Class::Word, Class::Name(..)) => {
            if x.tag == y.tag {
                0.2
            } else {
                -0.8
            }
        }
        _ => -1.2,
    }
}

fn words(x: &Item, y: &Item) -> f64 {
    if super::opposite::opposed(&x.lemma, &y.lemma).is_some() {
        return 1.2;
    }
    let n_same = x.lemma.bytes().zip(y.lemma.bytes()).take_while(|(a, b)| a == b).count();
    let stem = if n_same >= 4 { 0.6 } else { 0.0 };
    match (x.is_content, y.is_content) {
        (true, true) => {
            let is_one_kind = x.tag == y.tag || is_verbal(x.tag) && is_verbal(y.tag);
            let near = if are_opposites(x, y) { 0.8 } else { 1.2 * standing(x, y) };
            if is_one_kind { 0.5 + near.max(stem) } else { -0.3 + near.max(stem) }
        }
        (false, false) if x.tag == y.tag => 0.3,
        (false, false) => -0.4,
        _ => -0.7,
    }
}
