//! What a copy turned into its contrary, wherever in the sentence it stands: "was pushed eastwards by the wind", "gusts drove it
//! westwards"; "denied reports", "the posts were confirmed"; "after 10 p.m.", "before 10 p.m.".
//!
//! Who rewords a sentence throughout moves its parts, so that what stands opposite each other says nothing. But a sentence
//! seldom holds two words that exclude one another; so it is enough that each of two sentences which otherwise say the same
//! holds one of such a pair, and nothing that says what the other's does.

use variorum_schema::{FindingType, Tag};

use super::exchanged::{self, opposed_in_copy};
use super::item::{Class, Item};
use super::standing::standing;
use super::{Comparison, Difference, opposite};

/// Share of the content of both sentences that must stand for something in the other.
const MIN_SHARE: f64 = 0.6;
/// The same for directions and for the two sides of one time, which no rewording exchanges.
const MIN_TURNED: f64 = 0.45;
/// Content items of the shorter sentence.
const MIN_ITEMS: usize = 4;
/// From this on an item says what another does.
const SAYS: f64 = 0.5;

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    if !c.is_copy || c.is_asked() || c.n_shorter() < MIN_ITEMS {
        return Vec::new();
    }
    let share = c.loose_share();
    let is_enough =
        |d: &Difference| share >= if d.kind == FindingType::Direction { MIN_TURNED } else { MIN_SHARE };
    bounds(c).into_iter().chain(words(c)).filter(is_enough).collect()
}

/// "after 10 p.m.", "before 10 p.m.": one time, number or name, on two sides of it.
fn bounds(c: &Comparison) -> Option<Difference> {
    let is_bound = |o: &Item| BOUNDS.contains(&o.lemma.as_str());
    let bounded = |items: &'_ [Item]| -> Vec<(usize, String)> {
        let pairs = items.windows(2).enumerate().filter(|(_, w)| is_bound(&w[0]));
        let fixed = pairs.filter(|(_, w)| matches!(w[1].class, Class::Time(_) | Class::Quantity(_)));
        fixed.map(|(n, w)| (n, w[1].key.clone())).collect()
    };
    let (xs, ys) = (bounded(&c.x.1), bounded(&c.y.1));
    let ([(i, at)], [(j, of)]) = (&xs[..], &ys[..]) else { return None };
    let (x, y) = (&c.x.1[*i], &c.y.1[*j]);
    let is_turned = at == of && x.lemma != y.lemma && opposed_in_copy(&x.lemma, &y.lemma);
    let note = format!("«{}» and «{}» one time", x.lemma, y.lemma);
    is_turned.then_some(Difference {
        kind: FindingType::Direction,
        x: x.span.cover(c.x.1[i + 1].span),
        y: y.span.cover(c.y.1[j + 1].span),
        note,
        strength: 0.8,
    })
}

/// Words that set a time or a number on one of two sides.
const BOUNDS: [&str; 6] = ["before", "after", "until", "since", "above", "below"];

/// The only word of each sentence that excludes one of the other.
fn words(c: &Comparison) -> Option<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let mut found = Vec::new();
    for (i, x) in xs.iter().enumerate().filter(|(_, x)| can_turn(x)) {
        for (j, y) in ys.iter().enumerate().filter(|(_, y)| can_turn(y)) {
            let Some((kind, p, q)) = contrary(c, i, j) else { continue };
            let says = |items: &[Item], of: &Item, word: &str| {
                items.iter().any(|o| o.span != of.span && o.lemma == word || standing(o, of) >= SAYS)
            };
            if !says(ys, x, &p) && !says(xs, y, &q) && are_of_one(xs, x, ys, y) {
                found.push((kind, x, y, p, q));
            }
        }
    }
    let [(kind, x, y, p, q)] = &found[..] else { return None };
    let note = format!("«{p}» and «{q}» exclude one another, and nothing else in either says so");
    Some(Difference { kind: *kind, x: x.span, y: y.span, note, strength: 0.75 })
}

/// Whether two words are said of one thing: verbs of one subject or object, adverbs and adjectives of one word. Where something
/// was driven to needs no more than the one direction.
fn are_of_one(xs: &[Item], x: &Item, ys: &[Item], y: &Item) -> bool {
    if [x, y].iter().all(|o| o.lemma.ends_with("ward") || o.lemma.ends_with("wards")) {
        return true;
    }
    let is_noun = |o: &Item| matches!(o.tag, Tag::Noun | Tag::Propn) || matches!(o.class, Class::Name(..));
    let beside = |items: &'_ [Item], of: &Item| -> Vec<Item> {
        let is_beside = |o: &&Item| match of.tag {
            Tag::Verb => o.head == Some(of.token) && is_noun(o),
            _ => of.head == Some(o.token),
        };
        items.iter().filter(is_beside).cloned().collect()
    };
    let others = beside(ys, y);
    beside(xs, x).iter().any(|p| others.iter().any(|q| standing(p, q) >= SAYS))
}

/// Content words that are neither negated nor names.
fn can_turn(item: &Item) -> bool {
    let is_word = item.class == Class::Word && item.is_content && item.negated.is_none();
    let is_word = is_word && !LIGHT.contains(&item.lemma.as_str());
    is_word && matches!(item.tag, Tag::Verb | Tag::Adv | Tag::Adj)
}

/// Verbs that stand beside anything: what is given here and taken there is seldom one thing.
const LIGHT: [&str; 12] =
    ["give", "take", "hold", "keep", "leave", "lose", "win", "find", "miss", "send", "receive", "get"];

/// The kind in which two words exclude one another, with the words as lists hold them.
fn contrary(c: &Comparison, i: usize, j: usize) -> Option<(FindingType, String, String)> {
    let (of_x, of_y) = (exchanged::forms(&c.x.1, i, c.text_x()), exchanged::forms(&c.y.1, j, c.text_y()));
    let pairs = of_x.iter().flat_map(|p| of_y.iter().map(move |q| (p, q)));
    pairs.into_iter().find_map(|(p, q)| {
        let is_way = p.ends_with("wards") && q.ends_with("wards");
        let other = if is_way { FindingType::Direction } else { FindingType::Outcome };
        let kind = opposite::opposed(p, q).or_else(|| opposed_in_copy(p, q).then_some(other))?;
        let is_one = opposite::are_on_one_side(p, q);
        (!is_one).then(|| (kind, p.clone(), q.clone()))
    })
}
