//! Which mentions of one event the product holds to be one: who is named comes from its entities, acts from its groups of
//! events, the rest from head words and what stands beside them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rayon::prelude::*;
use variorum_annotate::lexicon;
use variorum_collate::entity::{self, Entities};
use variorum_collate::overlap::{self, Word, Words};
use variorum_collate::{Account, event};
use variorum_schema::{EntityKind, MentionForm, Span, Tag};

use super::Event;

/// Two groups of mentions are joined while their mean likeness is at least this.
const SAME: f64 = 0.15;
/// A group of so many mentions is a concept of its own; smaller ones are other names of the large ones.
const LARGE: usize = 8;
/// How much the head word counts in the likeness of two mentions; the rest counts by all of their words.
const HEAD: f64 = 0.7;
/// The nearness of a group grows with its size to the power of one less this.
const BY_SIZE: f64 = 0.4;

/// A mention as it is compared.
pub(super) struct Phrase {
    pub(super) head: Word,
    pub(super) words: Vec<Word>,
    /// Index of the entity of its head in the event.
    pub(super) entity: Option<usize>,
    pub(super) kind: EntityKind,
    pub(super) is_named: bool,
    /// Line of the country that the head is, or that stands with it.
    pub(super) country: Option<usize>,
    pub(super) is_country: bool,
}

/// The lemma of each mention's head.
pub(super) fn heads(event: &Event) -> Vec<String> {
    event.mentions.iter().map(|(account, span)| head(&event.accounts, *account, *span).lemma).collect()
}

/// The lemma of each mention's last word.
pub(super) fn last_words(event: &Event) -> Vec<String> {
    let of = |(account, span): &(u32, Span)| {
        let own = &event.accounts[*account as usize];
        words(own, *span).list.pop().map(|w| w.lemma).unwrap_or_default()
    };
    event.mentions.iter().map(of).collect()
}

fn head(accounts: &[Account], account: u32, span: Span) -> Word {
    event::Mention::new(accounts, account, span).map(|m| m.head).unwrap_or_default()
}

fn words(own: &Account, span: Span) -> Words {
    let tokens = &own.annotations.tokens;
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let last = tokens.partition_point(|t| t.span.start < span.end);
    Words::range(&own.document.text, &own.annotations, first as u32, last as u32)
}

/// Lower-case names of countries and peoples, of one word or more → line of the country.
static COUNTRIES: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for (line, fields) in lexicon::entries(lexicon::COUNTRIES).enumerate() {
        for name in fields.iter().take(3).flat_map(|f| f.split(',')).filter(|n| !n.is_empty()) {
            map.entry(name.to_lowercase().replace('.', "")).or_insert(line);
        }
    }
    map
});

/// Countries among the words: `(line, place of the last word)`.
fn countries(words: &[Word]) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let long = (1..=3).rev().filter(|n| at + n <= words.len()).find_map(|n| {
            let name: Vec<&str> = words[at..at + n].iter().map(|w| w.lower.as_str()).collect();
            COUNTRIES.get(&name.join(" ")).map(|line| (*line, n))
        });
        if let Some((line, n)) = long {
            out.push((line, at + n - 1));
            at += n;
        } else {
            at += 1;
        }
    }
    out
}

fn phrase(event: &Event, entities: &Entities, account: u32, span: Span) -> Phrase {
    let own = &event.accounts[account as usize];
    let head = head(&event.accounts, account, span);
    let words = words(own, span).list;
    let annotations = &own.annotations;
    let at = annotations.tokens.get(head.token as usize).map(|t| t.span).unwrap_or(span);
    let holds = |m: &&variorum_schema::Mention| m.full.contains(at) && m.full.overlaps(span);
    let mention = annotations.mentions.iter().filter(holds).min_by_key(|m| (m.full.len(), m.span.start));
    let shared = mention.and_then(|m| entities.of(account, m.entity));
    let kind = shared.map_or(EntityKind::Other, |s| entities.list[s].kind);
    let is_named = mention.is_some_and(|m| m.form == MentionForm::Name);
    let found = countries(&words);
    let is_of_people = kind != EntityKind::Person
        && head.tag != Tag::Verb
        && ["person", "group", "organization"].iter().any(|k| variorum_annotate::words::is_a(&head.lemma, k))
        && !found.is_empty();
    let head_place = words.iter().position(|w| w.token == head.token);
    let is_country = is_of_people || found.iter().any(|c| Some(c.1) == head_place);
    let country = found.iter().find(|c| Some(c.1) == head_place).or(found.first()).map(|c| c.0);
    Phrase { head, words, entity: shared, kind, is_named, country, is_country }
}

/// The mentions of an event in chains.
pub(super) fn chains(event: &Event) -> Vec<Vec<u32>> {
    let members: Vec<u32> = (0..event.accounts.len() as u32).collect();
    let entities = entity::entities(&event.accounts, &members);
    let phrases: Vec<Phrase> =
        event.mentions.iter().map(|(account, span)| phrase(event, &entities, *account, *span)).collect();
    let n = phrases.len();
    let scored: Vec<(u32, u32, f64)> = (0..n)
        .into_par_iter()
        .flat_map_iter(|a| {
            let p = &phrases;
            (a + 1..n).map(move |b| (a as u32, b as u32, likeness(&p[a], &p[b])))
        })
        .filter(|s| s.2 > 0.0)
        .collect();
    let groups = event::link(n, &scored, SAME);
    settle(&phrases, groups)
}

/// Small groups join the large one that they are nearest to.
fn settle(phrases: &[Phrase], groups: Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let (mut large, small): (Vec<Vec<u32>>, Vec<Vec<u32>>) =
        groups.into_iter().partition(|g| g.len() >= LARGE);
    let kept = large.clone();
    let mut alone = Vec::new();
    for group in small {
        let scores = kept.iter().map(|own| {
            let pairs = group.iter().flat_map(|a| own.iter().map(move |b| (*a, *b)));
            let sum: f64 =
                pairs.map(|(a, b)| affinity(&phrases[a as usize], &phrases[b as usize]).powi(2)).sum();
            sum / group.len() as f64 / (own.len() as f64).powf(BY_SIZE)
        });
        let best = scores.enumerate().max_by(|a, b| a.1.total_cmp(&b.1).then(b.0.cmp(&a.0)));
        match best {
            Some((at, score)) if score > 0.0 => large[at].extend(group),
            _ => alone.push(group),
        }
    }
    large.extend(alone);
    large
}

fn is_person(p: &Phrase) -> bool {
    p.kind == EntityKind::Person && p.entity.is_some()
}

/// How much two mentions mean the same, 0 to 1.
fn likeness(a: &Phrase, b: &Phrase) -> f64 {
    if let (Some(p), Some(q)) = (a.entity, b.entity) {
        if p == q {
            return 1.0;
        }
        if a.kind == EntityKind::Person && b.kind == EntityKind::Person {
            return 0.0;
        }
    }
    if is_person(a) != is_person(b) {
        return 0.0;
    }
    if a.is_country && b.is_country {
        return if a.country == b.country { 1.0 } else { 0.0 };
    }
    if a.is_country != b.is_country {
        return 0.0;
    }
    affinity(a, b)
}

fn affinity(a: &Phrase, b: &Phrase) -> f64 {
    if let (Some(p), Some(q)) = (a.entity, b.entity) {
        if p == q {
            return 1.0;
        }
        if a.kind == EntityKind::Person && b.kind == EntityKind::Person && a.is_named && b.is_named {
            return 0.0;
        }
    }
    let heads = overlap::likeness(&a.head, &b.head).max(overlap::nearness(&a.head, &b.head));
    let rest = rest(a, b);
    HEAD * heads + (1.0 - HEAD) * rest
}

/// Cosine of the content words by weight.
fn rest(a: &Phrase, b: &Phrase) -> f64 {
    let of = |p: &Phrase| -> BTreeMap<String, f64> {
        p.words
            .iter()
            .filter(|w| w.is_content && w.tag != Tag::Punct)
            .map(|w| (w.country.map_or(w.stem.clone(), |c| format!("country {c}")), w.weight))
            .collect()
    };
    let (p, q) = (of(a), of(b));
    let dot: f64 = p.iter().filter_map(|(k, w)| q.get(k).map(|v| v * w)).sum();
    let norm = |m: &BTreeMap<String, f64>| m.values().map(|w| w * w).sum::<f64>().sqrt();
    if dot > 0.0 { dot / (norm(&p) * norm(&q)) } else { 0.0 }
}
