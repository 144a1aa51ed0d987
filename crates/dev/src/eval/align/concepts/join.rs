//! Which mentions of one event the product holds to be one: who is named comes from its entities, the rest from what it
//! knows of head words and of the words beside them.

use std::collections::BTreeMap;

use rayon::prelude::*;
use variorum_collate::{entity, event, overlap};
use variorum_schema::Span;

use super::phrase::{self, Phrase, Sort};
use super::{Event, grouped, holder};

/// Two groups of mentions are joined while their mean likeness is at least this.
const SAME: f64 = 0.15;
/// How much the head words count in the likeness of two mentions; the rest counts by all of their words.
const HEAD: f64 = 0.7;
/// Things and acts told with other persons and countries are so much less alike.
const OTHER_NAMES: f64 = 0.5;
/// A group of so many mentions is a concept of its own; smaller ones are taken for further names of these.
const LARGE: usize = 8;
/// A large group draws small ones the more, the more mentions it has, to the power of one less this.
const BY_SIZE: f64 = 0.4;
/// Small groups are drawn so much less by mentions of another sort.
const OTHER_SORT: f64 = 0.3;

/// The lemma of each mention's head.
fn heads(event: &Event) -> Vec<String> {
    let of = |m: &(u32, Span)| phrase::head(&event.accounts, m.0, m.1).lemma;
    event.mentions.iter().map(of).collect()
}

/// The mentions by the lemma of their last word.
pub(super) fn by_last_word(event: &Event) -> Vec<Vec<u32>> {
    let of = |(account, span): &(u32, Span)| {
        let own = &event.accounts[*account as usize];
        phrase::words_in(own, *span).list.pop().map(|w| w.lemma).unwrap_or_default()
    };
    grouped(event.mentions.iter().map(of))
}

/// Groups of the mentions of one event.
pub(super) struct Chains {
    /// As the product has them.
    pub(super) ours: Vec<Vec<u32>>,
    /// By the lemma of their heads.
    pub(super) by_head: Vec<Vec<u32>>,
    /// The same, with the small groups in the large ones, as ours are.
    pub(super) by_head_settled: Vec<Vec<u32>>,
}

/// The mentions of an event in chains.
pub(super) fn chains(event: &Event) -> Chains {
    let members: Vec<u32> = (0..event.accounts.len() as u32).collect();
    let entities = entity::entities(&event.accounts, &members);
    let read = |m: &(u32, Span)| Phrase::new(&event.accounts, &entities, m.0, m.1);
    let mut phrases: Vec<Phrase> = event.mentions.iter().map(read).collect();
    holder::governments(&mut phrases);
    holder::surnames(&mut phrases, &entities);
    holder::offices(&mut phrases, &entities);
    let scored: Vec<(u32, u32, f64)> = (0..phrases.len())
        .into_par_iter()
        .flat_map_iter(|a| {
            let p = &phrases;
            (a + 1..p.len()).map(move |b| (a as u32, b as u32, likeness(&p[a], &p[b])))
        })
        .filter(|s| s.2 > 0.0)
        .collect();
    let ours = settle(&phrases, event::link(phrases.len(), &scored, SAME));
    let by_head = grouped(heads(event).into_iter());
    Chains { ours, by_head_settled: settle(&phrases, by_head.clone()), by_head }
}

/// Small groups join the large one that draws them most. Persons who are named now and then are one group, the others
/// of the event, as the annotators have it; a country that is named stays by itself.
fn settle(phrases: &[Phrase], groups: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let of = |m: &u32| &phrases[*m as usize];
    let most = |g: &[u32], sort: Sort| 2 * g.iter().filter(|m| of(m).sort == sort).count() > g.len();
    let (mut large, mut others, mut small): (Vec<Vec<u32>>, Vec<u32>, Vec<Vec<u32>>) = Default::default();
    for group in groups {
        if group.len() >= LARGE || most(&group, Sort::Country) && group.iter().any(|m| of(m).is_country) {
            large.push(group);
        } else if most(&group, Sort::Person) && group.iter().any(|m| of(m).is_named) {
            others.extend(group);
        } else {
            small.push(group);
        }
    }
    large.extend(Some(others).filter(|o| !o.is_empty()));
    let kept = large.clone();
    for group in small {
        let drawn = kept.iter().map(|own| draw(phrases, own, &group)).enumerate();
        match drawn.max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0))) {
            Some((at, score)) if score > 0.0 => large[at].extend(group),
            _ => large.push(group),
        }
    }
    large
}

/// How much a large group draws a small one.
fn draw(phrases: &[Phrase], large: &[u32], small: &[u32]) -> f64 {
    let pairs = small.iter().flat_map(|a| large.iter().map(move |b| (*a as usize, *b as usize)));
    let squares = pairs.map(|(a, b)| {
        let (p, q) = (&phrases[a], &phrases[b]);
        (affinity(p, q) * if p.sort == q.sort { 1.0 } else { OTHER_SORT }).powi(2)
    });
    squares.sum::<f64>() / small.len() as f64 / (large.len() as f64).powf(BY_SIZE)
}

/// How much two mentions mean the same, 0 to 1. Persons and countries are like only to themselves.
fn likeness(a: &Phrase, b: &Phrase) -> f64 {
    let is_one = a.entity.is_some() && a.entity == b.entity;
    let either = |sort: Sort| (a.sort == sort, b.sort == sort);
    match (either(Sort::Person), either(Sort::Country)) {
        _ if is_one => 1.0,
        ((true, true), _) if a.entity.is_some() && b.entity.is_some() => 0.0,
        ((true, false) | (false, true), _) | (_, (true, false) | (false, true)) => 0.0,
        (_, (true, true)) => f64::from(u8::from(a.country == b.country)),
        _ => affinity(a, b),
    }
}

/// How near two mentions are by their words, 0 to 1.
fn affinity(a: &Phrase, b: &Phrase) -> f64 {
    if a.entity.is_some() && a.entity == b.entity {
        return 1.0;
    }
    let both = |sort: Sort| a.sort == sort && b.sort == sort;
    if both(Sort::Person) && a.is_named && b.is_named {
        return 0.0;
    }
    let heads = overlap::likeness(&a.head, &b.head).max(overlap::nearness(&a.head, &b.head));
    let are_named = !a.names.is_empty() && !b.names.is_empty();
    let is_other = both(Sort::Thing) && are_named && a.names.is_disjoint(&b.names);
    (HEAD * heads + (1.0 - HEAD) * cosine(&a.bag, &b.bag)) * if is_other { OTHER_NAMES } else { 1.0 }
}

/// Cosine of two bags of words.
fn cosine(p: &BTreeMap<String, f64>, q: &BTreeMap<String, f64>) -> f64 {
    let dot: f64 = p.iter().filter_map(|(k, w)| q.get(k).map(|v| v * w)).sum();
    let norm = |m: &BTreeMap<String, f64>| m.values().map(|w| w * w).sum::<f64>().sqrt();
    if dot > 0.0 { dot / (norm(p) * norm(q)) } else { 0.0 }
}
