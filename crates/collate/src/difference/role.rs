//! What a copy calls one person: "the nurse Ilse Brandt" became "Ilse Brandt, an engineer".
//!
//! A trade or an office stands before a name, or behind it between commas. It is bound to its name, wherever in the sentence
//! both stand, so that two trades that changed their bearers are seen, which a comparison word by word takes for words that
//! moved.

use variorum_annotate::words::{is_a, words};
use variorum_schema::{EntityKind, FindingType, Tag};

use super::exchanged::excluded_noun;
use super::item::{Class, Item};
use super::standing::{STANDS, standing};
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
            // what both say of somebody, wherever, nobody exchanged
            let stands = |items: &[Item], lemma: &str, text: &str| {
                let mut named = (0..items.len()).filter(|n| is_person(&items[*n]) && items[*n].key == x.key);
                named.any(|n| says(&roles(items, n, text), lemma))
            };
            excluded_noun(&p.lemma, &q.lemma).is_some()
                && !says(&theirs, &p.lemma)
                && !says(&own, &q.lemma)
                && !stands(xs, &q.lemma, c.text_x())
                && !stands(ys, &p.lemma, c.text_y())
        });
        found.extend(pair.map(|(p, q)| Difference {
            kind: FindingType::Title,
            x: p.span,
            y: q.span,
            note: format!("one person is «{}» and «{}»", p.lemma, q.lemma),
            strength: 0.75,
        }));
        if pair.is_none() {
            found.extend(qualified(c, (xs, &own), (ys, &theirs)));
        }
    }
    found
}

/// "artistic director", "fire chief": one office, or nearly one, of two things.
fn qualified(c: &Comparison, x: (&[Item], &[&Item]), y: (&[Item], &[&Item])) -> Option<Difference> {
    let qualifier = |items: &'_ [Item], role: &Item| -> Option<Item> {
        let at = items.iter().position(|o| o.span == role.span)?;
        let before = items.get(at.checked_sub(1)?)?;
        // "Port director X said": no sentence of a report begins with a bare verb
        let is_noun = matches!(before.tag, Tag::Noun | Tag::Adj | Tag::Propn) || at == 1;
        // "Port director X said": at the head of a sentence it may be taken for a name
        let is_word = before.class == Class::Word || SERVICES.contains(&before.lemma.as_str());
        let is_qualifier = is_word && is_noun && before.is_content && !is_a(&before.lemma, "person");
        is_qualifier.then(|| before.clone())
    };
    let both = x.1.iter().flat_map(|p| y.1.iter().map(move |q| (*p, *q)));
    let is_head = |o: &Item| HEADS.contains(&o.lemma.as_str());
    for (p, q) in both.filter(|(p, q)| standing(p, q) >= STANDS || is_head(p) && is_head(q)) {
        let Some((a, b)) = qualifier(x.0, p).zip(qualifier(y.0, q)) else { continue };
        let is_service = |o: &Item| SERVICES.contains(&o.lemma.as_str());
        let are_services = is_service(&a) && is_service(&b) && a.lemma != b.lemma;
        // a department is not said in other words
        let is_said = |o: &Item, of: &Item| o.lemma == of.lemma || !are_services && standing(o, of) >= STANDS;
        let has = |items: &[Item], of: &Item| items.iter().any(|o| is_said(o, of));
        let is_far = a.known.zip(b.known).is_some_and(|(v, w)| words().cosine(v, w) < MAX_NEAR);
        if (is_far && standing(&a, &b) < STANDS || are_services) && !has(y.0, &a) && !has(x.0, &b) {
            let note = format!("one person is «{} {}» and «{} {}»", a.lemma, p.lemma, b.lemma, q.lemma);
            let (x, y) = (a.span.cover(p.span), b.span.cover(q.span));
            return Some(Difference { kind: FindingType::Title, x, y, note, strength: 0.7 })
                .filter(|_| c.is_copy);
        }
    }
    None
}

/// Services and departments of which each has its own chief.
const SERVICES: [&str; 20] = [
    "fire",
    "police",
    "army",
    "navy",
    "customs",
    "coastguard",
    "ambulance",
    "harbour",
    "port",
    "airport",
    "finance",
    "marketing",
    "sales",
    "sports",
    "sporting",
    "technical",
    "medical",
    "artistic",
    "music",
    "personnel",
];
/// Those who head something: one for another of them.
const HEADS: [&str; 9] =
    ["chief", "head", "director", "boss", "manager", "officer", "leader", "chair", "executive"];
/// Nearness in use from which one qualifier of an office may stand for another.
const MAX_NEAR: f64 = 0.3;

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
    // "X, chairman of the club": a bare noun that no other name follows
    let is_bare = |o: &Item| {
        let compound = behind.iter().take_while(|o| is_noun(o)).count();
        is_noun(o) && behind.get(compound).is_some_and(|next| !matches!(next.class, Class::Name(..)))
    };
    let is_apposed =
        behind.first().is_some_and(|o| gap(&items[at], o).trim() == "," && (is_article(o) || is_bare(o)));
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
