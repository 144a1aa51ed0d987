//! Whether one account rewords the other, weighed by a small forest of decision trees.
//!
//! The rules of [`super`] ask for many sentences in a row that are built alike. A short text, or one whose sentences were cut
//! otherwise, has few; there it is the words kept in their order, together with all else that is measured, that tell a copy
//! from a report that was written apart. How they play together is learned (gradient boosting, Friedman 2001) by
//! `variorum-dev train copies`.

use std::sync::LazyLock;

use variorum_annotate::lexicon;

use super::held::{self, Details, Held};
use super::traits::Traits;
use crate::pile::{Pile, Profile};

/// What is measured of a pair, in the order of `measured`.
pub const FEATURES: [&str; 32] = [
    "share",
    "share-of-fuller",
    "share-told",
    "density",
    "own-share",
    "order-correlation",
    "adjacency",
    "likeness",
    "bare",
    "skeleton",
    "little-words",
    "order",
    "length",
    "untouched",
    "vocabulary",
    "verbatim-matched",
    "verbatim",
    "kept",
    "kept-with-names",
    "kept-order",
    "chain",
    "words",
    "ratio",
    "wording",
    "details-apart",
    "details-apart-least",
    "details-apart-most",
    "details-apart-share",
    "words-held-least",
    "words-held-most",
    "words-near-least",
    "words-near-most",
];

/// Names and numbers of either account that the other lacks, as a count and as a share of its own, up to one of which the forest is
/// asked: who rewords a text adds hardly any.
const MAX_DETAILS: (usize, f64) = (2, 0.15);
/// Share of words, by rarity, that one of them must have in common with the other. Comparing all words by use takes time.
const LEAST_WORDS: f64 = 0.25;

/// What is measured of a pair; `verbatim`: the share of matched sentences in verbatim runs, and the larger share of all. `None` where
/// what was measured of rewrites does not apply: each has details that the other lacks, or they hardly share a word.
#[must_use]
pub fn measured(
    pile: &Pile,
    t: &Traits,
    pair: [&Profile; 2],
    verbatim: (f64, f64),
) -> Option<[f64; FEATURES.len()]> {
    let [a, b] = pair;
    let details = held::details(a, b);
    if details.fewest > MAX_DETAILS.0 && details.share_min > MAX_DETAILS.1 {
        return None;
    }
    let held = held::held(pile, a, b, LEAST_WORDS)?;
    Some(features(t, pair, verbatim, &details, &held))
}

fn features(
    t: &Traits,
    [a, b]: [&Profile; 2],
    verbatim: (f64, f64),
    details: &Details,
    held: &Held,
) -> [f64; FEATURES.len()] {
    let (short, long) = (a.n_words.min(b.n_words).max(5), a.n_words.max(b.n_words).max(5));
    [
        t.share,
        t.share_min,
        t.share_told,
        t.density,
        t.own_share,
        t.tau,
        t.adjacency,
        t.mean,
        t.bare,
        t.skeleton,
        t.function,
        t.order,
        t.length,
        t.untouched,
        t.vocabulary,
        verbatim.0,
        verbatim.1,
        t.kept,
        t.kept_all,
        t.kept_order,
        t.own.max(0.3).ln(),
        f64::from(short).ln(),
        (f64::from(long) / f64::from(short)).ln(),
        super::wording(t),
        details.fewest as f64,
        details.share_min,
        details.share_max,
        details.share,
        held.same_min,
        held.same_max,
        held.near_min,
        held.near_max,
    ]
}

/// A node of a tree: a question, or an answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Node {
    /// Which feature, up to which value the answer lies to the left, and where the nodes on both sides stand.
    Split(usize, f64, usize, usize),
    /// What the tree adds to the sum.
    Leaf(f64),
}

/// The sum of the trees for a pair, as log odds.
#[must_use]
pub fn sum(trees: &[Vec<Node>], features: &[f64]) -> f64 {
    let of = |tree: &Vec<Node>| {
        let mut at = 0;
        // no path is longer than the tree
        for _ in 0..tree.len() {
            match tree.get(at) {
                Some(Node::Split(feature, value, left, right)) => {
                    let is_left = features.get(*feature).is_some_and(|f| f <= value);
                    at = if is_left { *left } else { *right };
                }
                Some(Node::Leaf(value)) => return *value,
                None => return 0.0,
            }
        }
        0.0
    };
    trees.iter().map(of).sum()
}

/// How likely it is that a pair shares text, 0 to 1.
#[must_use]
pub fn probability(features: &[f64]) -> f64 {
    let (trees, constant) = &*MODEL;
    super::logistic(constant + sum(trees, features))
}

static MODEL: LazyLock<(Vec<Vec<Node>>, f64)> = LazyLock::new(|| read(include_str!("../../data/copy.txt")));

/// The trees of a file and the constant: a line for each node, `tree` before each tree.
fn read(text: &'static str) -> (Vec<Vec<Node>>, f64) {
    let (mut trees, mut constant) = (Vec::<Vec<Node>>::new(), 0.0);
    let number = |f: &[&str], at: usize| f.get(at).and_then(|v| v.parse::<f64>().ok()).unwrap_or(0.0);
    let place = |f: &[&str], at: usize| f.get(at).and_then(|v| v.parse::<usize>().ok()).unwrap_or(usize::MAX);
    for f in lexicon::entries(text) {
        match f.first() {
            Some(&"constant") => constant = number(&f, 1),
            Some(&"tree") => trees.push(Vec::new()),
            Some(&"leaf") => trees.last_mut().into_iter().for_each(|t| t.push(Node::Leaf(number(&f, 1)))),
            Some(name) => {
                let feature = FEATURES.iter().position(|known| known == name).unwrap_or(usize::MAX);
                let node = Node::Split(feature, number(&f, 1), place(&f, 2), place(&f, 3));
                trees.last_mut().into_iter().for_each(|t| t.push(node));
            }
            None => {}
        }
    }
    (trees, constant)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_walked_down() {
        let tree = vec![
            Node::Split(0, 0.5, 1, 2),
            Node::Leaf(-1.0),
            Node::Split(1, 0.2, 3, 4),
            Node::Leaf(2.0),
            Node::Leaf(3.0),
        ];
        let check = |features: &[f64], expected: f64| {
            assert!(
                (sum(&[tree.clone(), tree.clone()], features) - 2.0 * expected).abs() < 1e-9,
                "{features:?}"
            );
        };
        check(&[0.5, 0.0], -1.0);
        check(&[0.6, 0.1], 2.0);
        check(&[0.6, 0.3], 3.0);
        check(&[], 3.0);
        assert!(sum(&[vec![Node::Split(0, 0.5, 0, 0)]], &[0.1]).abs() < 1e-9, "a loop ends");
    }

    #[test]
    fn what_ships_is_read() {
        let (trees, _) = &*MODEL;
        assert!(!trees.is_empty());
        for node in trees.iter().flatten() {
            assert!(!matches!(node, Node::Split(feature, ..) if *feature >= FEATURES.len()));
        }
        assert!(probability(&[0.0; FEATURES.len()]) < 0.2);
    }
}
