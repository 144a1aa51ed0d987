//! A deed in the place of another of which the whole story speaks: "made a video of the town" where the original, and
//! every other account, has a visit.
//!
//! A machine that exchanges words takes a verb apart ("paid a visit") and puts a wrong word for its noun. That two words are
//! far apart in use does not tell such a word from a good synonym; the story does: the word that was there is the one by
//! which the accounts call it, and the word that stands there now is found nowhere else. Of nouns in the place of nouns
//! even that is not true: "list" and "rundown", "offices" and "workplaces" are one thing all the same.

use std::collections::{BTreeMap, BTreeSet};

use variorum_annotate::words::words;
use variorum_schema::{FindingType, Tag};

use super::item::{Class, Item};
use super::standing::{STANDS, standing};
use super::{Comparison, Difference};
use crate::telling::Telling;

/// Nearness in use from which a word may stand for another.
const MAX_NEAR: f64 = 0.15;
/// Accounts that call it by the word that was there.
const MIN_ACCOUNTS: usize = 3;
/// Verbs that say little without their object: "made a visit".
const LIGHT: [&str; 8] = ["make", "take", "have", "do", "give", "pay", "hold", "undertake"];
/// Items between such a verb and its object.
const MAX_STEPS: usize = 3;

/// For each lemma of a story: the accounts that have it, and how often it stands there in all.
pub(crate) type Usage = BTreeMap<String, (BTreeSet<u32>, u32)>;

/// Counts the content words of a story.
pub(crate) fn usage(telling: &Telling) -> Usage {
    let mut usage = Usage::new();
    for &member in telling.members {
        for token in &telling.account(member).annotations.tokens {
            if matches!(token.tag, Tag::Noun | Tag::Verb | Tag::Adj) {
                let entry = usage.entry(token.lemma.clone()).or_default();
                entry.0.insert(member);
                entry.1 += 1;
            }
        }
    }
    usage
}

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    if c.telling.members.len() < MIN_ACCOUNTS {
        return Vec::new();
    }
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let mut found = Vec::new();
    for &(i, j) in &c.pairs {
        let (at_x, at_y) = (object(xs, i, &ys[j]), object(ys, j, &xs[i]));
        let (x, y) = (&xs[at_x], &ys[at_y]);
        if (at_x == i) == (at_y == j)
            || is_one_verb(&xs[i], &ys[j])
            || !is_held(c, (i, j), (at_x, at_y))
            || !is_exchanged(c, x, y)
        {
            continue;
        }
        let note = format!("«{}» is what the story speaks of, «{}» stands nowhere else", x.lemma, y.lemma);
        found.push(Difference { kind: FindingType::Outcome, x: x.span, y: y.span, note, strength: 0.7 });
    }
    found
}

/// "took office", "assumed": the verb itself stands for the other, and its object went without saying.
fn is_one_verb(x: &Item, y: &Item) -> bool {
    let ids = words().id(&x.lemma).zip(words().id(&y.lemma));
    ids.is_some_and(|(a, b)| words().relations(a, b) != 0 || words().cosine(a, b) >= MAX_NEAR)
}

/// Where the word stands that says what a light verb leaves open; of any other word its own place.
fn object(items: &[Item], at: usize, other: &Item) -> usize {
    let is_light = LIGHT.contains(&items[at].lemma.as_str()) && !LIGHT.contains(&other.lemma.as_str());
    let until = (at + 1 + MAX_STEPS).min(items.len());
    let noun = (at + 1..until).find(|n| items[*n].tag == Tag::Noun && items[*n].class == Class::Word);
    noun.filter(|_| is_light).unwrap_or(at)
}

/// Whether what stands before and behind stayed.
fn is_held(c: &Comparison, first: (usize, usize), last: (usize, usize)) -> bool {
    let (xs, ys) = (&c.x.1, &c.y.1);
    let stays = |p: &&(usize, usize)| standing(&xs[p.0], &ys[p.1]) >= STANDS;
    let near = |a: usize, b: usize| a.abs_diff(b) <= 2;
    let before =
        |p: &&(usize, usize)| p.0 < first.0 && p.1 < first.1 && near(p.0, first.0) && near(p.1, first.1);
    let after = |p: &&(usize, usize)| p.0 > last.0 && p.1 > last.1 && near(p.0, last.0) && near(p.1, last.1);
    let is_content = |p: &&(usize, usize)| xs[p.0].is_content;
    let stay = || c.pairs.iter().filter(stays);
    let is_beside_content = || stay().filter(is_content).any(|p| before(&p) || after(&p));
    stay().any(|p| before(&p)) && stay().any(|p| after(&p)) && is_beside_content()
}

fn is_exchanged(c: &Comparison, x: &Item, y: &Item) -> bool {
    let is_thing =
        |o: &Item| o.class == Class::Word && o.is_content && matches!(o.tag, Tag::Noun | Tag::Verb);
    let far = |a, b| words().relations(a, b) == 0 && words().cosine(a, b) < MAX_NEAR;
    let is_far = x.known.zip(y.known).is_some_and(|(a, b)| far(a, b));
    if !is_thing(x) || !is_thing(y) || !is_far || standing(x, y) > 0.0 {
        return false;
    }
    // "took office", "assumed office": the object stayed
    let stands = |items: &[Item], of: &Item| items.iter().any(|o| standing(o, of) >= STANDS);
    if stands(&c.y.1, x) || stands(&c.x.1, y) {
        return false;
    }
    let usage = c.telling.usage();
    let of = |o: &Item| usage.get(&o.lemma).map_or((0, 0), |u| (u.0.len(), u.1));
    let (of_x, of_y) = (of(x), of(y));
    of_x.0 >= MIN_ACCOUNTS && of_y.1 <= 1 || of_y.0 >= MIN_ACCOUNTS && of_x.1 <= 1
}
