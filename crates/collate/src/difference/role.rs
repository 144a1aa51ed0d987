//! What a copy calls one person: "the nurse Ilse Brandt" became "Ilse Brandt, an engineer".
//!
//! A trade or an office stands before a name, or behind it between commas. It is bound to its name, wherever in the sentence
//! both stand, so that two trades that changed their bearers are seen, which a comparison word by word takes for words that
//! moved.

use variorum_annotate::words::is_a;
use variorum_schema::{EntityKind, FindingType, Tag};

use super::exchanged::excluded_noun;
use super::item::{Class, Item};
use super::{Comparison, Difference};

/// How many items a description behind a name may be away from it: "Brandt, the former chief engineer".
const MAX_STEPS: usize = 4;

/// Words that make of a lawyer one who prosecutes.
const PUBLIC: [&str; 5] = ["state", "public", "district", "crown", "prosecuting"];

/// Persons of both sentences with another trade or office in each.
pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let mut found = Vec::new();
    for (i, x) in xs.iter().enumerate().filter(|(_, o)| is_person(o)) {
        let others: Vec<usize> =
            (0..ys.len()).filter(|j| is_person(&ys[*j]) && ys[*j].key == x.key).collect();
        let [j] = others[..] else { continue };
        let (own, theirs) = (roles(xs, i, c.text_x()), roles(ys, j, c.text_y()));
        let says = |list: &[&Item], lemma: &str| list.iter().any(|o| o.lemma == lemma);
        let pair = own.iter().flat_map(|p| theirs.iter().map(move |q| (*p, *q))).find(|(p, q)| {
            excluded_noun(&p.lemma, &q.lemma).is_some() && !says(&theirs, &p.lemma) && !says(&own, &q.lemma)
        });
        found.extend(pair.map(|(p, q)| Difference {
            kind: FindingType::Actor,
            x: p.span,
            y: q.span,
            note: format!("one person is «{}» and «{}»", p.lemma, q.lemma),
            strength: 0.75,
        }));
    }
    found
}

fn is_person(item: &Item) -> bool {
    matches!(item.class, Class::Name(EntityKind::Person, true))
}

/// The nouns for a person that stand beside a name: before it, or behind it after a comma.
fn roles<'i>(items: &'i [Item], at: usize, text: &str) -> Vec<&'i Item> {
    let gap = |p: &Item, q: &Item| text.get(p.span.end as usize..q.span.start as usize).unwrap_or_default();
    let is_role = |o: &Item| o.class == Class::Word && is_noun(o) && is_a(&o.lemma, "person");
    let mut found = Vec::new();
    // "Dutch nurse X", "the victim's lawyer, Dr X"
    let mut before = items[..at].iter().rev().take(2);
    let mut next = &items[at];
    while let Some(o) = before.next().filter(|o| matches!(gap(o, next).trim(), "" | "," | ".")) {
        // "state lawyer" is what some call a prosecutor
        let is_qualified = before.clone().next().is_some_and(|p| PUBLIC.contains(&p.lemma.as_str()));
        if is_role(o) && !is_qualified {
            found.push(o);
        }
        if !is_noun(o) || !gap(o, next).trim().is_empty() {
            break;
        }
        next = o;
    }
    // "X, the lawyer of the victim,": the first noun behind the comma, an article before it
    let behind: Vec<&Item> = items[at + 1..].iter().take(MAX_STEPS).collect();
    let is_apposed = behind.first().is_some_and(|o| gap(&items[at], o).trim() == "," && is_article(o));
    let noun = behind.iter().position(|o| is_noun(o) && o.class == Class::Word);
    if let Some(n) = noun.filter(|_| is_apposed) {
        // of a compound the last word: "fire chief"
        let last = (n..behind.len()).take_while(|k| is_noun(behind[*k])).last().unwrap_or(n);
        found.extend(Some(behind[last]).filter(|o| is_role(o)));
    }
    found
}

fn is_article(item: &Item) -> bool {
    matches!(item.lemma.as_str(), "the" | "a" | "an" | "his" | "her" | "their")
}

fn is_noun(item: &Item) -> bool {
    matches!(item.tag, Tag::Noun | Tag::Propn) && item.class == Class::Word
}
