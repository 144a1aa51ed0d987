//! What one account has that the other lacks: who rewords a text adds hardly a name or a number to it, and most of the words that he
//! puts in the place of others are near to them in use. Two reporters of one event each have details of their own.

use std::collections::BTreeSet;

use crate::pile::{Pile, Profile, Unit, Word};

/// Names and numbers outside quotations, of both accounts.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Details {
    /// How many the other lacks, of the account of which it is fewer.
    pub fewest: usize,
    /// Share of an account's own that the other lacks: the smaller share.
    pub share_min: f64,
    /// The larger one.
    pub share_max: f64,
    /// Share of all.
    pub share: f64,
}

/// Content words outside quotations that are neither names nor numbers, by rarity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Held {
    /// Share of an account's own that the other has too: the smaller share.
    pub same_min: f64,
    /// The larger one.
    pub same_max: f64,
    /// As `same_min`, a word counted by how near the nearest of the other's is in use.
    pub near_min: f64,
    /// The larger one.
    pub near_max: f64,
}

/// Counts the details apart.
#[must_use]
pub fn details(a: &Profile, b: &Profile) -> Details {
    let of = |p: &Profile| -> BTreeSet<Word> {
        own(p).flat_map(|u| u.names.iter().chain(&u.numbers).copied()).collect()
    };
    let lacks = |set: &BTreeSet<Word>, p: &Profile| {
        set.iter().filter(|w| p.bag.binary_search_by_key(*w, |x| x.0).is_err()).count()
    };
    let (x, y) = (of(a), of(b));
    let (n_x, n_y) = (lacks(&x, b), lacks(&y, a));
    let share = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    let (of_x, of_y) = (share(n_x, x.len()), share(n_y, y.len()));
    Details {
        fewest: n_x.min(n_y),
        share_min: of_x.min(of_y),
        share_max: of_x.max(of_y),
        share: share(n_x + n_y, x.len() + y.len()),
    }
}

/// How much of either account's words the other holds; `None` where it is less than `least` of either.
#[must_use]
pub fn held(pile: &Pile, a: &Profile, b: &Profile, least: f64) -> Option<Held> {
    let (p, q) = (words(a), words(b));
    let (same_p, same_q) = (weighed(pile, &p, |w| has(&q, w)), weighed(pile, &q, |w| has(&p, w)));
    if same_p.max(same_q) < least {
        return None;
    }
    let (mut near_p, mut near_q) = (vec![0.0; p.len()], vec![0.0; q.len()]);
    for (i, x) in p.iter().enumerate() {
        for (j, y) in q.iter().enumerate() {
            let near = if x == y { 1.0 } else { pile.nearness(*x, *y) };
            near_p[i] = f64::max(near_p[i], near);
            near_q[j] = f64::max(near_q[j], near);
        }
    }
    let nearness = |own: &[Word], near: &[f64]| {
        let at = |w: &Word| own.binary_search(w).map_or(0.0, |k| near[k]);
        weighed(pile, own, at)
    };
    let (of_p, of_q) = (nearness(&p, &near_p), nearness(&q, &near_q));
    Some(Held {
        same_min: same_p.min(same_q),
        same_max: same_p.max(same_q),
        near_min: of_p.min(of_q),
        near_max: of_p.max(of_q),
    })
}

/// Sentences of an account's own.
fn own(p: &Profile) -> impl Iterator<Item = &Unit> {
    p.units.iter().filter(|u| u.quoted < 0.5 && !u.is_heading)
}

/// Most words of an account that are compared; keeps the work bounded on endless pages.
const MAX_WORDS: usize = 800;

/// Its words, sorted, each once.
fn words(p: &Profile) -> Vec<Word> {
    let bare = own(p).flat_map(|u| {
        let is_bare = |w: &&Word| u.names.binary_search(w).is_err() && u.numbers.binary_search(w).is_err();
        u.content.iter().filter(is_bare).copied().collect::<Vec<_>>()
    });
    let mut words: Vec<Word> = bare.take(MAX_WORDS).collect();
    words.sort_unstable();
    words.dedup();
    words
}

fn has(words: &[Word], word: &Word) -> f64 {
    f64::from(u8::from(words.binary_search(word).is_ok()))
}

/// Mean of a measure of words, by rarity.
fn weighed(pile: &Pile, words: &[Word], measure: impl Fn(&Word) -> f64) -> f64 {
    let (held, all) = words.iter().fold((0.0, 0.0), |(held, all), w| {
        let idf = pile.idf(*w);
        (held + idf * measure(w), all + idf)
    });
    if all == 0.0 { 0.0 } else { held / all }
}
