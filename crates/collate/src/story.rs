//! Groups documents into stories: the accounts of one event.
//!
//! Pairs are scored by shared rare words and nearness in time; groups grow by **average linkage**: two groups join only
//! when all of the pairs across them are alike enough on average, so that a chain of look-alikes never joins two events.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use variorum_annotate::extract::month_day;
use variorum_schema::Feature;

use crate::Account;
use crate::copy::Related;
use crate::neighbour::Neighbours;
use crate::pile::{Pile, Profile, Vector, Word, dot};

mod days;
pub mod evidence;
mod linkage;

use linkage::Clusters;

/// The accounts of one event, as indices, sorted.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Indices of accounts, sorted.
    pub members: Vec<u32>,
    /// For each member: mean likeness to the others (1 when alone), and what ties it to them.
    pub why: Vec<(f64, Vec<Feature>)>,
    /// Mean likeness of all pairs; 1 for a single account.
    pub coherence: f64,
}

impl Group {
    /// All `n` accounts of a pile as one group, since somebody says so; none where there are no accounts.
    #[must_use]
    pub fn of_all(n: u32) -> Option<Group> {
        let why = (0..n).map(|_| (1.0, Vec::new())).collect();
        (n > 0).then(|| Group { members: (0..n).collect(), why, coherence: 1.0 })
    }
}

/// What of an account's vector its title makes up; the rest are all its words.
const TITLE_SHARE: f64 = 0.1;
/// The first words of a text, which say what it is about, count this often more; so do the title's.
const LEAD_BONUS: u32 = 2;
/// How many words of the body are its beginning.
const N_LEAD: usize = 80;
/// Likeness to its nearest neighbours (the mean of two) that an account is measured against.
const NEAR: f64 = 0.3;
/// Below this, nearness says nothing: two accounts of unlike events must not be joined because nothing nearer is there.
const MIN_NEAR: f64 = 0.25;
/// Mean likeness from which two groups are taken to tell of one event. This and the numbers around it were chosen from a
/// few by B-cubed over Giveme5W1H's news cluster, the Wikinews clusters, ECB+ and NeuS, whole and as piles of two events
/// that look alike (`variorum-dev eval stories`).
const MIN_LINK: f64 = 0.14;
/// Likeness lost with each day between two publications, from the third to the twelfth.
const PER_DAY: f64 = 0.004;
/// Text that comes back after more days than these is a template.
pub(crate) const TEMPLATE_DAYS: f64 = 7.0;
/// Reports further apart than this (days) and unlike one another are of different events.
const MAX_GAP_DAYS: f64 = 20.0;
/// Likeness below which such a gap keeps two groups apart.
const MIN_LATE: f64 = 0.12;

/// The stories of a pile, largest first, then by first member. Every account is in exactly one.
///
/// Group-average linkage (UPGMA; Sokal and Michener 1958) over cosines of TF-IDF vectors, each likeness divided by how near
/// its two accounts are to their nearest neighbours (local scaling; Zelnik-Manor and Perona 2004). An account of a busy
/// topic must so be nearer to its story than one of a quiet topic.
#[must_use]
pub fn stories(
    accounts: &[Account],
    pile: &Pile,
    neighbours: &[Neighbours],
    related: &[Related],
) -> Vec<Group> {
    let (vectors, _) = counted(pile, neighbours);
    // what was taken apart was written anew: no template, which comes back as it was
    let whole = related.iter().filter(|r| !r.is_taken_apart);
    let copies: BTreeSet<(u32, u32)> = whole.map(|r| (r.a, r.b)).collect();
    let measured = evidence::measured(accounts, pile, neighbours);
    let mut clusters = Clusters::new(accounts, &vectors);
    for (n, features) in neighbours.iter().zip(&measured) {
        clusters.link(n.a, n.b, features, lost(accounts, n, copies.contains(&(n.a, n.b))));
    }
    let mut groups: Vec<Group> =
        clusters.joined().into_iter().map(|members| describe(members, pile, &vectors)).collect();
    groups.sort_by(|x, y| y.members.len().cmp(&x.members.len()).then(x.members.cmp(&y.members)));
    groups
}

/// Likeness lost for time: the days between two publications; all of it, where text comes back after more than a week,
/// since that is a template which serves the next event of the kind.
pub fn lost(accounts: &[Account], n: &Neighbours, is_copied: bool) -> f64 {
    let days = gap(&accounts[n.a as usize], &accounts[n.b as usize]).unwrap_or(0.0);
    if is_copied && days > TEMPLATE_DAYS { 1.0 } else { PER_DAY * (days - 2.0).clamp(0.0, 10.0) }
}

/// Days between two publications. Where one is unknown, a dateline ("Feb. 3") stands for it, and the year is left open.
pub fn gap(a: &Account, b: &Account) -> Option<f64> {
    if let (Some(x), Some(y)) = (a.document.published.value, b.document.published.value) {
        return Some(f64::from((y - x).get_days().abs()));
    }
    let days = (day_of_year(a)? - day_of_year(b)?).abs();
    Some(f64::from(days.min(365 - days)))
}

/// Day of the year of publication, 1 to 365, roughly; from the dateline if need be.
fn day_of_year(account: &Account) -> Option<i32> {
    if let Some(date) = account.document.published.value {
        return Some(i32::from(date.month()) * 30 + i32::from(date.day()));
    }
    let (month, day) = month_day(account.document.dateline?.of(&account.document.text))?;
    Some(i32::from(month) * 30 + i32::from(day))
}

/// Each account as a unit vector: its words, title and beginning counted more often, and its title once more by itself.
fn vectors(pile: &Pile) -> Vec<Vector> {
    let n_words = pile.vocabulary.len() as Word;
    pile.profiles
        .par_iter()
        .map(|profile| {
            let mut words = pile.unit_vector(&counts(profile));
            let title: Vec<(Word, u32)> = opening(profile).into_iter().map(|w| (w, 1)).collect();
            for (_, weight) in &mut words {
                *weight *= (1.0 - TITLE_SHARE).sqrt();
            }
            let title = pile.unit_vector(&title);
            words.extend(title.into_iter().map(|(w, x)| (n_words + w, x * TITLE_SHARE.sqrt())));
            words
        })
        .collect()
}

/// How often each word counts.
fn counts(profile: &Profile) -> Vec<(Word, u32)> {
    let mut counts: BTreeMap<Word, u32> = profile.bag.iter().copied().collect();
    let body = profile.units.iter().flat_map(|u| &u.words).take(N_LEAD);
    for word in profile.title.iter().chain(body) {
        if let Some(count) = counts.get_mut(word) {
            *count += LEAD_BONUS;
        }
    }
    counts.into_iter().collect()
}

/// Content words of the title, or of the first sentence where there is none; sorted.
fn opening(profile: &Profile) -> Vec<Word> {
    let first = profile.units.iter().find(|u| !u.is_heading).map(|u| u.content.clone());
    if profile.title.is_empty() { first.unwrap_or_default() } else { profile.title.clone() }
}

/// The accounts as vectors with lengths such that their products are locally scaled likenesses; and those lengths.
fn counted(pile: &Pile, neighbours: &[Neighbours]) -> (Vec<Vector>, Vec<f64>) {
    let mut vectors = vectors(pile);
    let likeness: Vec<f64> =
        neighbours.par_iter().map(|n| dot(&vectors[n.a as usize], &vectors[n.b as usize])).collect();
    let mut nearest = vec![[0.0f64; 2]; vectors.len()];
    for (n, likeness) in neighbours.iter().zip(likeness) {
        for account in [n.a, n.b] {
            let [first, second] = &mut nearest[account as usize];
            (*first, *second) = (first.max(likeness), second.max(likeness.min(*first)));
        }
    }
    let mut lengths = Vec::with_capacity(vectors.len());
    for (vector, [first, second]) in vectors.iter_mut().zip(nearest) {
        let near = f64::midpoint(first, if second > 0.0 { second } else { first }).max(MIN_NEAR);
        let factor = (NEAR / near).sqrt();
        vector.iter_mut().for_each(|(_, weight)| *weight *= factor);
        lengths.push(factor);
    }
    (vectors, lengths)
}

fn sum(a: &[(Word, f64)], b: &[(Word, f64)]) -> Vector {
    let mut out = Vec::with_capacity(a.len() + b.len());
    let (mut i, mut j) = (0, 0);
    while i < a.len() || j < b.len() {
        let order = match (a.get(i), b.get(j)) {
            (Some(x), Some(y)) => x.0.cmp(&y.0),
            (Some(_), None) => Ordering::Less,
            _ => Ordering::Greater,
        };
        match order {
            Ordering::Less => out.push(a[i]),
            Ordering::Greater => out.push(b[j]),
            Ordering::Equal => out.push((a[i].0, a[i].1 + b[j].1)),
        }
        i += usize::from(order != Ordering::Greater);
        j += usize::from(order != Ordering::Less);
    }
    out
}

fn describe(members: Vec<u32>, pile: &Pile, vectors: &[Vector]) -> Group {
    let total = members.iter().fold(Vector::new(), |total, m| sum(&total, &vectors[*m as usize]));
    let why: Vec<(f64, Vec<Feature>)> = members
        .iter()
        .map(|&m| {
            let own = &vectors[m as usize];
            let mean = (dot(own, &total) - dot(own, own)) / (members.len() - 1).max(1) as f64;
            (if members.len() == 1 { 1.0 } else { chance(mean) }, reasons(m, &members, pile))
        })
        .collect();
    let coherence = why.iter().map(|w| w.0).sum::<f64>() / why.len().max(1) as f64;
    Group { members, why, coherence }
}

/// A likeness as a number between 0 and 1 that is one half where two groups are just joined.
fn chance(likeness: f64) -> f64 {
    1.0 / (1.0 + (-20.0 * (likeness - MIN_LINK)).exp())
}

/// The rare names and words that a member shares with the rest of its story.
fn reasons(member: u32, members: &[u32], pile: &Pile) -> Vec<Feature> {
    let own = &pile.profiles[member as usize];
    let shared = |list: fn(&Profile) -> &[(Word, u32)]| -> Feature {
        let mut words: Vec<(f64, &str)> = list(own)
            .iter()
            .filter(|(w, _)| {
                members.iter().any(|o| {
                    *o != member && list(&pile.profiles[*o as usize]).binary_search_by_key(w, |x| x.0).is_ok()
                })
            })
            .map(|(w, n)| (pile.idf(*w) * (1.0 + f64::from(*n).ln()), pile.word(*w)))
            .collect();
        words.sort_by(|x, y| y.0.total_cmp(&x.0).then(x.1.cmp(y.1)));
        let note = words.iter().take(8).map(|w| w.1).collect::<Vec<_>>().join(", ");
        Feature { name: String::new(), value: words.len() as f64, weight: 0.0, note }
    };
    let names = Feature { name: "shares these names with the others".into(), ..shared(|p| &p.names) };
    let words = Feature { name: "shares these words with the others".into(), ..shared(|p| &p.bag) };
    if members.len() == 1 { Vec::new() } else { vec![names, words] }
}
