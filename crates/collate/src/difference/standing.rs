//! How well one item of a sentence stands for an item of another: the same, a synonym, a word near in use, or another
//! thing altogether.
//!
//! A machine that rewrites a text puts synonyms and near words in the place of its words, so hardly a word stays equal;
//! yet each still stands for the one that was there. [`standing`] is the one measure of that: sentences are matched by it
//! (`finding::counterpart`), items are paired by it ([`super::pairing`]), and an exchanged item is held in its place by it
//! ([`super::exchanged`]).

use variorum_annotate::words::{DERIVED, KIND, OPPOSITE, SYNONYM, words};
use variorum_schema::Tag;

use super::item::{Class, Item};

/// From this standing on an item is taken to stand for the other.
pub const STANDS: f64 = 0.5;
/// Nearness (cosine) from which one word may stand for another.
const NEAR: f64 = 0.4;
/// As [`NEAR`], for two of the commonest words.
const NEAR_COMMON: f64 = 0.6;
/// Rank up to which a word is one of the commonest.
const COMMON: u32 = 1000;

/// How well one item stands for another, 0 to 1: 1 for the same, .9 for synonyms and forms of one root, .7 for a kind of
/// the other, the nearness of near words, 0 for opposites and for what is not alike. Names, times and numbers stand only
/// for the same.
#[must_use]
pub fn standing(x: &Item, y: &Item) -> f64 {
    if x.key == y.key {
        return 1.0;
    }
    match (x.class, y.class) {
        (Class::Word, Class::Word) => of_words(x, y),
        (Class::Negation, Class::Negation) => 1.0,
        _ => 0.0,
    }
}

fn of_words(x: &Item, y: &Item) -> f64 {
    if x.lemma == y.lemma {
        return 1.0;
    }
    if is_plain(x) && is_plain(y) {
        return 0.8;
    }
    let n_same = x.lemma.bytes().zip(y.lemma.bytes()).take_while(|(a, b)| a == b).count();
    let stem = if n_same >= 5 { 0.6 } else { 0.0 };
    let Some((a, b)) = x.known.zip(y.known) else { return stem };
    let relations = words().relations(a, b);
    let related = match relations {
        r if r & OPPOSITE != 0 => return 0.0,
        r if r & (SYNONYM | DERIVED) != 0 => 0.9,
        r if r & KIND != 0 => 0.7,
        _ => stem,
    };
    let cosine = words().cosine(a, b);
    // The commonest words are near to one another in any text: "know", "think", "see".
    let is_common = words().rank(a).max(words().rank(b)) < COMMON;
    let min = if is_common { NEAR_COMMON } else { NEAR };
    related.max(if cosine >= min { cosine.min(0.8) } else { 0.0 })
}

/// "people", "persons": words that say no more than how many there were.
fn is_plain(item: &Item) -> bool {
    ["people", "person", "individual", "human", "folk"].contains(&item.lemma.as_str())
}

/// Whether two words are opposites of one another in the dictionary, as words of one part of speech.
#[must_use]
pub fn are_opposites(x: &Item, y: &Item) -> bool {
    let is_one_kind = x.tag == y.tag || is_verbal(x.tag) && is_verbal(y.tag);
    let opposite = |(a, b)| words().relations(a, b) & OPPOSITE != 0;
    is_one_kind && x.known.zip(y.known).is_some_and(opposite)
}

/// Whether both are numbers, both times, both names of one kind, or opposites: one may have been put for the
/// other.
#[must_use]
pub fn is_one_kind(x: &Item, y: &Item) -> bool {
    match (x.class, y.class) {
        (Class::Quantity(_), Class::Quantity(_)) | (Class::Time(_), Class::Time(_)) => true,
        (Class::Name(a, _), Class::Name(b, _)) => a == b,
        _ => {
            let is_listed = || {
                super::opposite::opposed(&x.lemma, &y.lemma).is_some()
                    || super::exchanged::opposed_in_copy(&x.lemma, &y.lemma)
            };
            are_opposites(x, y) || x.is_listed && y.is_listed && is_listed()
        }
    }
}

/// A verb, or an auxiliary.
#[must_use]
pub fn is_verbal(tag: Tag) -> bool {
    matches!(tag, Tag::Verb | Tag::Aux)
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_schema::Span;

    fn word(lemma: &str, tag: Tag) -> Item {
        Item {
            key: lemma.to_owned(),
            span: Span::default(),
            class: Class::Word,
            lemma: lemma.to_owned(),
            tag,
            token: 0,
            head: None,
            negated: None,
            is_content: true,
            known: words().id(lemma),
            is_listed: true,
        }
    }

    #[test]
    fn what_stands_for_what() {
        let check = |a: &str, b: &str, expected: bool| {
            let found = standing(&word(a, Tag::Noun), &word(b, Tag::Noun)) >= STANDS;
            assert_eq!(found, expected, "{a} / {b}");
        };
        check("client", "customer", true);
        check("storm", "tempest", true);
        check("people", "individual", true);
        check("resign", "resignation", true);
        check("rise", "fall", false);
        check("bridge", "salary", false);
        check("xqzzv", "bridge", false);
    }

    #[test]
    fn opposites_are_of_one_part_of_speech() {
        assert!(are_opposites(&word("rise", Tag::Verb), &word("fall", Tag::Verb)));
        assert!(!are_opposites(&word("rise", Tag::Verb), &word("fall", Tag::Noun)));
        assert!(!are_opposites(&word("client", Tag::Noun), &word("customer", Tag::Noun)));
    }
}
