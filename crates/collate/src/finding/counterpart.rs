//! Which sentence of a copy stands for which of its original, also where hardly a word is the same.
//!
//! A machine that rewrites a text keeps the order of its statements. So the sentences of two accounts of one lineage are
//! aligned as sequences (Needleman & Wunsch 1970), with likeness as the score; a pair of little likeness is believed when
//! its neighbours on the path are anchors.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::CopyKind;

use crate::align::{self, Statement};
use crate::difference::item::{self, Item};
use crate::difference::standing::{is_one_kind, standing};
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

/// Why two statements are held to be one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bond {
    /// They are alike, or near to pairs that are.
    Likeness,
    /// Each stands alone between the same two neighbours.
    Place,
    /// One was put into the other with a neighbour, or cut from it.
    Part,
    /// Each is by far the likest to the other of all that the two accounts hold, wherever it stands.
    Moved,
}

/// A statement and what a copy made of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counterpart {
    /// Statement of the first account.
    pub x: Statement,
    /// Statement of the second account.
    pub y: Statement,
    /// 0 to 1.
    pub likeness: f64,
    /// Why they are held to be one.
    pub bond: Bond,
}

/// Pairs of statements, those held by likeness in the order of both accounts; empty if the two are no copies.
#[must_use]
pub fn counterparts(telling: &Telling, a: u32, b: u32) -> Vec<Counterpart> {
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
    let kept: Vec<(usize, usize)> =
        path.iter().enumerate().filter(|(n, _)| believed(*n)).map(|(_, p)| *p).collect();
    let at = |&(i, j): &(usize, usize)| likeness[i * ys.len() + j];
    let pair = |p: &(usize, usize), bond: Bond, likeness: f64| Counterpart {
        x: xs[p.0],
        y: ys[p.1],
        likeness,
        bond,
    };
    let mut found: Vec<Counterpart> = kept.iter().map(|p| pair(p, Bond::Likeness, at(p))).collect();
    let placed = placed(telling, xs, ys, &kept);
    found.extend(placed.iter().map(|p| pair(p, Bond::Place, at(p).max(PLACED))));
    let known: Vec<(usize, usize)> = kept.into_iter().chain(placed).collect();
    let parts = parts(telling, xs, ys, &known);
    let taken: Vec<(usize, usize)> = known.into_iter().chain(parts.iter().map(|(p, _)| *p)).collect();
    found.extend(parts.into_iter().map(|(p, share)| pair(&p, Bond::Part, SOFT_WEIGHT * share)));
    let moved = moved(telling, xs, ys, &taken);
    found.extend(moved.into_iter().map(|(p, share)| pair(&p, Bond::Moved, SOFT_WEIGHT * share)));
    found
}

/// Likeness, synonyms and near words counted, from which two sentences left over are one.
const MIN_MOVED: f64 = 0.4;
/// By how much they are liker to one another than to any other sentence.
const MOVED_MARGIN: f64 = 0.08;
/// Content items that each of them has at least.
const MIN_MOVED_CONTENT: usize = 3;

/// Sentences left over on both sides of which each is the likest to the other, by far: who rewords a text puts its
/// paragraphs in another order. Where the words were not exchanged throughout, a sentence that moved is like enough to be
/// seen as it stands, and what is left over is each account's own.
fn moved(
    telling: &Telling,
    xs: &[Statement],
    ys: &[Statement],
    taken: &[(usize, usize)],
) -> Vec<((usize, usize), f64)> {
    let account = |list: &[Statement]| list.first().map(|s| telling.id(s.account));
    let edge = account(xs).zip(account(ys)).and_then(|(x, y)| telling.lineage.edge(&x, &y));
    let is_reworded = edge.is_some_and(|(copy, _)| copy.kind == CopyKind::Reworded);
    if !is_reworded || xs.len() * ys.len() > MAX_CELLS {
        return Vec::new();
    }
    let weights = Weights::new(telling, xs, ys);
    let likeness =
        |i: usize, j: usize| weights.likeness(&item::items(telling, &xs[i]), &item::items(telling, &ys[j]));
    let is_long =
        |s: &Statement| item::items(telling, s).iter().filter(|i| i.is_content).count() >= MIN_MOVED_CONTENT;
    let is_free_y = |j: &usize| is_long(&ys[*j]) && !taken.iter().any(|p| p.1 == *j);
    let free: Vec<usize> = (0..ys.len()).filter(is_free_y).collect();
    let of_y: Vec<Vec<f64>> = free.iter().map(|j| (0..xs.len()).map(|i| likeness(i, *j)).collect()).collect();
    let mut found = Vec::new();
    for i in (0..xs.len()).filter(|i| is_long(&xs[*i]) && !taken.iter().any(|p| p.0 == *i)) {
        let best = of_y.iter().zip(&free).max_by(|p, q| p.0[i].total_cmp(&q.0[i]).then(q.1.cmp(p.1)));
        let Some((column, &j)) = best.filter(|(column, _)| column[i] >= MIN_MOVED) else { continue };
        let share = column[i];
        let is_ahead = |other: f64| other + MOVED_MARGIN <= share;
        let is_clear = column.iter().enumerate().all(|(n, other)| n == i || is_ahead(*other))
            && (0..ys.len()).all(|n| n == j || is_ahead(likeness(i, n)));
        if is_clear {
            found.push(((i, j), share));
        }
    }
    found
}

/// Likeness of two sentences that only their places hold together.
const PLACED: f64 = 0.3;
/// Of two such sentences the shorter has at least this share of the other's content items.
const MIN_LENGTH: f64 = 0.5;

/// Sentences that stand alone between two neighbouring pairs, one of each account (or two of each): a machine that rewords
/// a text leaves each sentence where it was, and when every word of one was exchanged, its place is left.
fn placed(
    telling: &Telling,
    xs: &[Statement],
    ys: &[Statement],
    kept: &[(usize, usize)],
) -> Vec<(usize, usize)> {
    let n = |s: &Statement| item::items(telling, s).iter().filter(|i| i.is_content).count();
    let is_as_long = |&(i, j): &(usize, usize)| {
        let (p, q) = (n(&xs[i]), n(&ys[j]));
        p.min(q) > 1 && p.min(q) as f64 >= MIN_LENGTH * p.max(q) as f64
    };
    let mut found = Vec::new();
    // before the first sentence stands nothing in both, nor behind the last
    let first = kept.first().map(|p| (0, 0, *p));
    let rest = kept.windows(2).map(|w| (w[0].0 + 1, w[0].1 + 1, w[1]));
    let last = kept.last().map(|p| (p.0 + 1, p.1 + 1, (xs.len(), ys.len())));
    for (i, j, next) in first.into_iter().chain(rest).chain(last) {
        let (of_x, of_y) = (next.0.saturating_sub(i), next.1.saturating_sub(j));
        if of_x == of_y && (1..=REACH).contains(&of_x) {
            found.extend((0..of_x).map(|n| (i + n, j + n)).filter(is_as_long));
        }
    }
    found
}

/// Share of a sentence that stands in another from which it was put into it, beside its neighbour.
const MIN_PART: f64 = 0.45;
/// The same, wherever the other stands.
const MIN_FAR_PART: f64 = 0.65;
/// Content items that such a sentence has at least.
const MIN_FAR_CONTENT: usize = 5;
/// By how much the sentence that holds it is ahead of the second best.
const MARGIN: f64 = 0.15;
/// The same, where it holds a neighbour too.
const NEAR_MARGIN: f64 = 0.08;

/// Sentences left over that stand in a sentence of the other account, mostly in the one that holds their neighbour: two
/// were made one, or one was cut in two. With the share of the shorter that stands in the longer.
fn parts(
    telling: &Telling,
    xs: &[Statement],
    ys: &[Statement],
    known: &[(usize, usize)],
) -> Vec<((usize, usize), f64)> {
    if xs.len() * ys.len() > MAX_CELLS {
        return Vec::new();
    }
    let weights = Weights::new(telling, xs, ys);
    let turned: Vec<(usize, usize)> = known.iter().map(|p| (p.1, p.0)).collect();
    let of_x = held(telling, &weights, xs, ys, known);
    let of_y = held(telling, &weights, ys, xs, &turned);
    of_x.into_iter().chain(of_y.into_iter().map(|((j, i), share)| ((i, j), share))).collect()
}

fn held(
    telling: &Telling,
    weights: &Weights,
    xs: &[Statement],
    ys: &[Statement],
    known: &[(usize, usize)],
) -> Vec<((usize, usize), f64)> {
    let mut found = Vec::new();
    let items: Vec<_> = ys.iter().map(|y| item::items(telling, y)).collect();
    let content: Vec<Vec<&Item>> = items.iter().map(|y| content(y)).collect();
    for (i, x) in xs.iter().enumerate().filter(|(i, _)| !known.iter().any(|p| p.0 == *i)) {
        let own = item::items(telling, x);
        let n_content = own.iter().filter(|i| i.is_content).count();
        let own: Vec<(&Item, f64)> =
            own.iter().filter(|i| i.is_content).take(MAX_CONTENT).map(|i| (i, weights.of(i))).collect();
        let (mut shares, mut most) = (Vec::with_capacity(items.len()), 0.0f64);
        for (j, y) in content.iter().enumerate() {
            let share = part(&own, y, (most - MARGIN - 1e-9).max(MIN_PART - MARGIN));
            most = most.max(share);
            shares.push((share, j));
        }
        shares.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let Some(&(share, j)) = shares.first() else { continue };
        let second = shares.get(1).map_or(0.0, |s| s.0);
        let is_neighbour = known.iter().any(|p| p.1 == j && p.0.abs_diff(i) == 1);
        let is_near = is_neighbour && share >= MIN_PART && n_content > 1;
        let is_far = share >= MIN_FAR_PART && n_content >= MIN_FAR_CONTENT;
        if is_near && share >= second + NEAR_MARGIN || is_far && share >= second + MARGIN {
            found.push(((i, j), share));
        }
    }
    found
}

/// Share of the weight of the first sentence that stands for something in the second; a number in the place of another,
/// or a time, half. A share that is below `min` is not read to its end, and 0.
fn part(xs: &[(&Item, f64)], ys: &[&Item], min: f64) -> f64 {
    let all: f64 = xs.iter().map(|x| x.1).sum();
    let (mut rest, mut standing_in) = (all, 0.0);
    for (x, weight) in xs {
        if standing_in + rest < min * all {
            return 0.0;
        }
        let mut best = 0.0f64;
        for y in ys {
            best = best.max(standing(x, y));
            // What kind it is of is asked only where it can add: it costs more than all else here.
            if best < 0.5 && is_one_kind(x, y) {
                best = 0.5;
            }
            if best >= 1.0 {
                break;
            }
        }
        standing_in += weight * best;
        rest -= weight;
    }
    if all > 0.0 { standing_in / all } else { 0.0 }
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
        let (xs, ys) = (content(xs), content(ys));
        let (mut best_x, mut best_y) = (vec![0.0f64; xs.len()], vec![0.0f64; ys.len()]);
        for (i, x) in xs.iter().enumerate() {
            for (j, y) in ys.iter().enumerate() {
                let stands = standing(x, y);
                best_x[i] = best_x[i].max(stands);
                best_y[j] = best_y[j].max(stands);
            }
        }
        let share = |items: &[&Item], best: &[f64]| {
            let all: f64 = items.iter().map(|i| self.of(i)).sum();
            let standing: f64 = items.iter().zip(best).map(|(i, b)| self.of(i) * b).sum();
            if all > 0.0 { standing / all } else { 0.0 }
        };
        f64::midpoint(share(&xs, &best_x), share(&ys, &best_y))
    }
}

/// The items of a sentence that carry content, as many as are compared.
fn content(items: &[Item]) -> Vec<&Item> {
    items.iter().filter(|i| i.is_content).take(MAX_CONTENT).collect()
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
