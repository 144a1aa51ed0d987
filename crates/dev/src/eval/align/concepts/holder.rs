//! Who is meant by a surname alone, by an office, or by "the government", in the articles of one event.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use variorum_annotate::words;
use variorum_collate::entity::Entities;
use variorum_schema::Tag;

use super::phrase::{Phrase, Sort, is_of};

/// Those who govern, without a country of their own, act for the one whose people and bodies are told of most.
pub(super) fn governments(phrases: &mut [Phrase]) {
    let mut told: BTreeMap<usize, usize> = BTreeMap::new();
    for phrase in phrases.iter().filter(|p| p.sort == Sort::Country && !p.is_country) {
        phrase.country.into_iter().for_each(|c| *told.entry(c).or_insert(0) += 1);
    }
    let Some(main) = told.into_iter().max_by_key(|c| (c.1, Reverse(c.0))).map(|c| c.0) else { return };
    for phrase in phrases.iter_mut().filter(|p| p.sort == Sort::Body && governs(&p.head.lemma)) {
        phrase.sort = Sort::Country;
        phrase.country = Some(main);
    }
}

/// Kinds of those who govern.
const GOVERNING: [&str; 9] = [
    "government",
    "official",
    "administration",
    "legislature",
    "agency",
    "court",
    "department",
    "officer",
    "military",
];

fn governs(lemma: &str) -> bool {
    GOVERNING.iter().any(|k| lemma == *k || words::is_a(lemma, k))
}

/// What follows a surname.
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

fn surname(name: &str) -> Option<String> {
    let words = name.split_whitespace().map(|w| w.trim_matches(['.', ',']).to_lowercase());
    words.rev().find(|w| !SUFFIXES.contains(&w.as_str()))
}

/// A surname alone is that of its bearer who is called in full most often; so are descriptions of a namesake.
pub(super) fn surnames(phrases: &mut [Phrase], entities: &Entities) {
    let is_full = |e: usize| entities.list[e].name.contains(' ');
    let mut full: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    for phrase in phrases.iter().filter(|p| p.sort == Sort::Person && p.is_named && !p.is_bare) {
        let Some(e) = phrase.entity.filter(|e| is_full(*e)) else { continue };
        if let Some(name) = surname(&entities.list[e].name) {
            *full.entry(name).or_default().entry(e).or_insert(0) += 1;
        }
    }
    for phrase in phrases.iter_mut().filter(|p| p.sort == Sort::Person) {
        let Some(e) = phrase.entity else { continue };
        let bearers = surname(&entities.list[e].name).and_then(|n| full.get(&n));
        let best = bearers.and_then(|b| b.iter().max_by_key(|b| (*b.1, Reverse(*b.0))));
        if phrase.is_bare || !phrase.is_named || !is_full(e) {
            phrase.entity = best.map(|b| *b.0).or(phrase.entity);
        }
    }
}

/// "the president": whoever bears that office, of that country where one is said; in the account itself by most mentions,
/// else in the event.
pub(super) fn offices(phrases: &mut [Phrase], entities: &Entities) {
    let mut here: BTreeMap<(u32, usize), usize> = BTreeMap::new();
    let mut all: BTreeMap<usize, usize> = BTreeMap::new();
    for phrase in phrases.iter().filter(|p| p.sort == Sort::Person && p.is_named) {
        if let Some(e) = phrase.entity {
            *here.entry((phrase.account, e)).or_insert(0) += 1;
            *all.entry(e).or_insert(0) += 1;
        }
    }
    let titles = |e: usize| entities.list[e].titles.iter();
    for phrase in phrases.iter_mut().filter(|p| !p.is_named && p.head.tag != Tag::Verb) {
        let is_known = phrase.entity.is_some_and(|e| entities.list[e].is_named);
        if is_known && phrase.sort != Sort::Country {
            continue;
        }
        let head = phrase.head.lemma.as_str();
        let bears = |e: usize| titles(e).any(|t| t.split([' ', '-']).next_back() == Some(head));
        let is_there = |e: usize| phrase.country.is_none() || titles(e).any(|t| is_of(t, phrase.country));
        let rank = |e: usize| (here.get(&(phrase.account, e)).copied().unwrap_or(0), all[&e], Reverse(e));
        let best = all.keys().copied().filter(|e| bears(*e) && is_there(*e)).max_by_key(|e| rank(*e));
        if best.is_some() {
            (phrase.entity, phrase.sort) = (best, Sort::Person);
        }
    }
}
