//! Groups documents into stories: the accounts of one event.
//!
//! Pairs are scored by shared rare words and names, shared text and nearness in time; groups grow by **quorum linkage**:
//! two groups join only when enough of the pairs across them are likely enough, so that a chain of
//! look-alikes never joins two events.

use std::collections::BTreeMap;

use rayon::prelude::*;
use variorum_annotate::extract::month_day;
use variorum_schema::Feature;

use crate::Account;
use crate::copy::Related;
use crate::neighbour::Neighbours;
use crate::pile::{Pile, Profile, Word, n_shared};

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

/// A pair with how likely it is that both tell of one event.
#[derive(Clone, Debug, PartialEq)]
struct Link {
    a: u32,
    b: u32,
    score: f64,
}

/// From this likeness on, two accounts are taken to tell of one event.
const MIN_LINK: f64 = 0.5;
/// Reports further apart than this (days) and unlike one another are of different events.
const MAX_GAP_DAYS: f64 = 7.0;
/// Likeness below which such a gap keeps two groups apart.
const MIN_LATE: f64 = 0.15;
/// Share of pairs across two groups that must be linked for them to join.
const QUORUM: f64 = 0.4;

/// The stories of a pile, largest first, then by first member. Every account is in exactly one.
#[must_use]
pub fn stories(
    accounts: &[Account],
    pile: &Pile,
    neighbours: &[Neighbours],
    related: &[Related],
) -> Vec<Group> {
    let copies: BTreeMap<(u32, u32), f64> = related.iter().map(|r| ((r.a, r.b), r.share())).collect();
    let links: Vec<Link> = neighbours
        .par_iter()
        .map(|n| Link {
            a: n.a,
            b: n.b,
            score: likeness(accounts, pile, n, copies.get(&(n.a, n.b)).copied()),
        })
        .collect();
    let scores: BTreeMap<(u32, u32), f64> = links.iter().map(|l| ((l.a, l.b), l.score)).collect();
    let mut groups: Vec<Group> = linked(accounts, &links, &scores)
        .into_iter()
        .map(|members| describe(members, pile, &scores))
        .collect();
    groups.sort_by(|x, y| y.members.len().cmp(&x.members.len()).then(x.members.cmp(&y.members)));
    groups
}

/// What speaks for one event, in the order of the weights: cosine of rare words, overlap and cosine of names, overlap of
/// titles, share of copied text, days between the two publications
/// beyond two, at most ten unless they share text.
#[must_use]
pub fn signs(accounts: &[Account], pile: &Pile, n: &Neighbours, copied: Option<f64>) -> [f64; 6] {
    let (a, b) = (&pile.profiles[n.a as usize], &pile.profiles[n.b as usize]);
    let days = gap(&accounts[n.a as usize], &accounts[n.b as usize]).unwrap_or(0.0);
    let title = n_shared(&a.title, &b.title) as f64 / a.title.len().min(b.title.len()).max(3) as f64;
    let names = overlap(pile, &a.names, &b.names);
    // Text that comes back after more than a week is a template that serves the next event of the kind.
    let is_template = copied.is_some() && days > MAX_GAP_DAYS;
    let late = if is_template { 4.0 * days } else { (days - 2.0).clamp(0.0, 10.0) };
    [n.cosine, names, name_cosine(pile, &a.names, &b.names), title, copied.unwrap_or(0.0), late]
}

/// Weights of [`signs`], chosen by hand from a few sets around a logistic regression (which gave the cosine more still and
/// names' cosine a negative weight), by B-cubed on Giveme5W1H's news cluster and the Wikinews clusters. Copies count for
/// little, since an agency's template also serves the next event of the kind.
const WEIGHTS: [f64; 6] = [12.0, 4.0, 0.0, 3.0, 0.5, -0.15];
/// What accounts of unlike events have in common, weighted.
const BIAS: f64 = -4.0;

/// Days between two publications. Where one is unknown, a dateline ("Feb. 3") stands for it, and the year is left open.
fn gap(a: &Account, b: &Account) -> Option<f64> {
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

/// How likely two accounts tell of one event, 0 to 1.
fn likeness(accounts: &[Account], pile: &Pile, n: &Neighbours, copied: Option<f64>) -> f64 {
    let sum: f64 =
        signs(accounts, pile, n, copied).iter().zip(WEIGHTS).map(|(value, weight)| value * weight).sum();
    1.0 / (1.0 + (-(sum + BIAS)).exp())
}

/// Share of the rarer account's name words, by rarity, that the other has too; 0 to 1.
fn overlap(pile: &Pile, a: &[(Word, u32)], b: &[(Word, u32)]) -> f64 {
    let weight = |list: &[(Word, u32)]| list.iter().map(|(w, _)| pile.idf(*w)).sum::<f64>();
    let shared: f64 =
        a.iter().filter(|(w, _)| b.binary_search_by_key(w, |x| x.0).is_ok()).map(|(w, _)| pile.idf(*w)).sum();
    shared / weight(a).min(weight(b)).max(1.0)
}

/// Cosine of the accounts' name words, (1 + ln tf) · idf; 0 to 1.
fn name_cosine(pile: &Pile, a: &[(Word, u32)], b: &[(Word, u32)]) -> f64 {
    let weight = |(w, n): &(Word, u32)| (1.0 + f64::from(*n).ln()) * pile.idf(*w);
    let norm = |list: &[(Word, u32)]| list.iter().map(|x| weight(x).powi(2)).sum::<f64>().sqrt();
    let dot: f64 = a
        .iter()
        .filter_map(|x| b.binary_search_by_key(&x.0, |y| y.0).ok().map(|j| weight(x) * weight(&b[j])))
        .sum();
    dot / (norm(a) * norm(b)).max(f64::MIN_POSITIVE)
}

/// Quorum linkage: pairs from the likeliest down; two groups join if enough of the pairs across them are linked.
fn linked(accounts: &[Account], links: &[Link], scores: &BTreeMap<(u32, u32), f64>) -> Vec<Vec<u32>> {
    let mut group_of: Vec<usize> = (0..accounts.len()).collect();
    let mut groups: Vec<Vec<u32>> = (0..accounts.len() as u32).map(|m| vec![m]).collect();
    let mut ranked: Vec<&Link> = links.iter().filter(|l| l.score >= MIN_LINK).collect();
    ranked.sort_by(|x, y| y.score.total_cmp(&x.score).then((x.a, x.b).cmp(&(y.a, y.b))));
    for link in ranked {
        let (x, y) = (group_of[link.a as usize], group_of[link.b as usize]);
        if x == y
            || !has_quorum(&groups[x], &groups[y], scores)
            || are_apart(accounts, &groups[x], &groups[y], scores)
        {
            continue;
        }
        let (keep, gone) = if groups[x].len() >= groups[y].len() { (x, y) } else { (y, x) };
        let moved = std::mem::take(&mut groups[gone]);
        for &member in &moved {
            group_of[member as usize] = keep;
        }
        groups[keep].extend(moved);
    }
    groups.retain(|g| !g.is_empty());
    for group in &mut groups {
        group.sort_unstable();
    }
    groups
}

fn has_quorum(x: &[u32], y: &[u32], scores: &BTreeMap<(u32, u32), f64>) -> bool {
    let pairs = x.iter().flat_map(|a| y.iter().map(move |b| (*a.min(b), *a.max(b))));
    let n_linked = pairs.filter(|pair| scores.get(pair).is_some_and(|s| *s >= MIN_LINK)).count();
    n_linked as f64 >= QUORUM * (x.len() * y.len()) as f64
}

/// Whether time keeps two groups apart: an undated look-alike must not tie reports of two days, weeks apart, together.
fn are_apart(accounts: &[Account], x: &[u32], y: &[u32], scores: &BTreeMap<(u32, u32), f64>) -> bool {
    let mut pairs = x.iter().flat_map(|a| y.iter().map(move |b| (*a.min(b), *a.max(b))));
    pairs.any(|(a, b)| {
        let days = gap(&accounts[a as usize], &accounts[b as usize]).unwrap_or(0.0);
        days > MAX_GAP_DAYS && scores.get(&(a, b)).is_none_or(|s| *s < MIN_LATE)
    })
}

fn describe(members: Vec<u32>, pile: &Pile, scores: &BTreeMap<(u32, u32), f64>) -> Group {
    let score = |a: u32, b: u32| scores.get(&(a.min(b), a.max(b))).copied().unwrap_or(0.0);
    let why: Vec<(f64, Vec<Feature>)> = members
        .iter()
        .map(|&m| {
            let others = members.iter().filter(|o| **o != m);
            let mean = others.clone().map(|&o| score(m, o)).sum::<f64>() / (members.len() - 1).max(1) as f64;
            (if members.len() == 1 { 1.0 } else { mean }, reasons(m, &members, pile))
        })
        .collect();
    let coherence = why.iter().map(|w| w.0).sum::<f64>() / why.len().max(1) as f64;
    Group { members, why, coherence }
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
