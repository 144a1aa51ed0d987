//! Which item of a copied sentence stands for which of the original: an alignment of the two sequences in which a word may
//! stand for another word of its kind (Needleman & Wunsch 1970).
//!
//! A plain comparison of sequences ([`similar`]) gives stretches that were replaced. Where every third word was exchanged,
//! such a stretch holds several exchanges; here they are told apart, because a name stands for a name, a number for a
//! number, a verb for a verb.

use super::item::{Class, Item};
use super::standing::{STANDS, are_opposites, is_verbal, standing};

/// Sentences longer than this (items) are compared in their first part only.
const MAX_ITEMS: usize = 90;
/// What an item without counterpart costs.
const GAP: f64 = -0.45;

/// How often what is left over is read again for parts that changed places.
const N_MOVES: usize = 2;
/// How many items away from a pair that stands a pair that moved with it may be.
const MAX_STEPS: usize = 3;

/// As [`pairs`], and behind them the parts that changed places, each rising in itself: who rewrites a text turns its
/// sentences round.
#[must_use]
pub fn turned(xs: &[Item], ys: &[Item]) -> Vec<(usize, usize)> {
    let mut found = pairs(xs, ys);
    for _ in 0..N_MOVES {
        let moved = moved(xs, ys, &found);
        if moved.is_empty() {
            break;
        }
        let is_free = |p: &(usize, usize)| !moved.iter().any(|m| m.0 == p.0 || m.1 == p.1);
        found.retain(is_free);
        found.extend(moved);
    }
    found.sort_unstable();
    found
}

/// Of the items whose counterpart does not stand for them, those that stand for one another in other places, with what
/// stands beside them.
fn moved(xs: &[Item], ys: &[Item], found: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let stands = |p: &(usize, usize)| xs[p.0].is_content && standing(&xs[p.0], &ys[p.1]) >= STANDS;
    let (mut taken_x, mut taken_y) = (vec![false; xs.len()], vec![false; ys.len()]);
    // what stands stays, with the little words beside it
    for p in found.iter().filter(|p| stands(p)).chain(found.iter().rev()).chain(found) {
        let is_beside = || {
            let after = taken_x.get(p.0 + 1).zip(taken_y.get(p.1 + 1)).is_some_and(|(x, y)| *x && *y);
            after || p.0 > 0 && p.1 > 0 && taken_x[p.0 - 1] && taken_y[p.1 - 1]
        };
        if stands(p) || xs[p.0].key == ys[p.1].key && is_beside() {
            (taken_x[p.0], taken_y[p.1]) = (true, true);
        }
    }
    let free = |taken: &[bool]| (0..taken.len().min(MAX_ITEMS)).filter(|i| !taken[*i]).collect::<Vec<_>>();
    let (free_x, free_y) = (free(&taken_x), free(&taken_y));
    let of = |items: &[Item], free: &[usize]| free.iter().map(|i| items[*i].clone()).collect::<Vec<_>>();
    let again = pairs(&of(xs, &free_x), &of(ys, &free_y));
    let again: Vec<(usize, usize)> = again.into_iter().map(|(i, j)| (free_x[i], free_y[j])).collect();
    let anchors: Vec<(usize, usize)> = again.iter().copied().filter(|p| stands(p)).collect();
    let is_beside = |p: &(usize, usize)| {
        let far = |a: &(usize, usize)| (a.0.abs_diff(p.0), a.1.abs_diff(p.1));
        let is_near =
            |(of_x, of_y): (usize, usize)| of_x.min(of_y) <= MAX_STEPS && of_x.max(of_y) <= 2 * MAX_STEPS;
        anchors.iter().any(|a| is_near(far(a)))
    };
    // what stands right beside a pair that stands stays, unless its items themselves stand elsewhere
    let is_tight = |p: &(usize, usize)| {
        let beside = |o: &(usize, usize)| {
            (o.0 + 1 == p.0 && o.1 + 1 == p.1 || p.0 + 1 == o.0 && p.1 + 1 == o.1)
                && standing(&xs[o.0], &ys[o.1]) >= STANDS
        };
        found.iter().any(beside)
    };
    let is_same = |p: &(usize, usize)| xs[p.0].key == ys[p.1].key;
    let is_kept = |o: &(usize, usize)| is_tight(o) || is_same(o);
    let is_held = |p: &(usize, usize)| found.iter().any(|o| (o.0 == p.0 || o.1 == p.1) && is_kept(o));
    let is_new = |p: &(usize, usize)| !found.contains(p) && (stands(p) || !is_held(p));
    again.into_iter().filter(is_beside).filter(is_new).collect()
}

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
        (Class::Time(_), Class::Quantity(_)) | (Class::Quantity(_), Class::Time(_)) => {
            let is_number = |o: &Item| o.lemma.starts_with(|ch: char| ch.is_ascii_digit());
            if is_number(x) && is_number(y) { 0.6 } else { -1.2 }
        }
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
    if x.is_listed && y.is_listed && super::opposite::opposed(&x.lemma, &y.lemma).is_some() {
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
