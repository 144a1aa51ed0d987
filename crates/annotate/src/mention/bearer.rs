//! Names held against the people of the text: where a known surname stands, the words about it are hardly a name, and what the text
//! calls "the House" is nobody.
//!
//! "Trump Russia", "Utah Poe Jr's", "WATCHED Poe", "the Poe-Roe summit": capitals beside a surname that a headline, a caption or a
//! hyphen put there.

use std::collections::BTreeSet;

use variorum_schema::{EntityKind, Tag};

use super::kind::Sureness;
use super::lexica;
use super::name::Found;
use super::view::View;
use crate::{usage, words};

/// Cuts names of people down to somebody whom the text names elsewhere, where the rest is no part of a name.
pub(super) fn cut(view: &View, names: &mut [Found]) {
    let called: BTreeSet<String> = names.iter().filter_map(|n| called(view, n)).collect();
    let bare: BTreeSet<String> = names
        .iter()
        .filter(|n| n.kind == EntityKind::Person && n.last == n.first + 1)
        .map(|n| view.low(n.first).to_owned())
        .collect();
    let is_called = |at: usize| called.contains(view.low(at));
    for name in names.iter_mut().filter(|n| n.kind == EntityKind::Person && n.last > n.first + 1) {
        let last = last_word(view, name);
        let is_bare = |at: usize| is_called(at) || bare.contains(view.low(at));
        if let Some(end) = told_twice(view, name) {
            name.last = end;
        } else if lexica::is_part("party", view.low(name.last - 1)) {
            // "the Kentucky Republican"
            name.kind = EntityKind::Group;
            name.titles.clear();
        } else if is_pair(view, name) {
            if is_bare(name.first) && is_bare(last) {
                name.last = name.first + 1;
            }
        } else if last > name.first + 1 && view.low(last) == view.low(last - 1) {
            name.last = last;
        } else if is_called(name.first) && !is_given(view, name.first) && is_foreign(view, name, &is_called) {
            name.last = name.first + 1;
        } else if is_called(last) && is_beside(view, name.first, last) {
            name.first = (name.first + 1..last).find(|at| is_given(view, *at)).unwrap_or(last);
            name.full_first = name.first;
            name.gender = None;
        }
    }
}

/// Letters of a surname that may be told twice in one name.
const MIN_TWICE: usize = 3;

/// "Jane Roe Jane Ann RoeMore news": where a page set a full name and a headline behind a name, without a space, the name ends
/// with the surname's first coming.
fn told_twice(view: &View, name: &Found) -> Option<usize> {
    let is_glued = |long: &str, surname: &str| {
        let rest = long.strip_prefix(surname).and_then(|rest| rest.chars().next());
        rest.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit())
    };
    let is_of = |at: usize| {
        let surname = view.word(at);
        let is_long = surname.chars().count() >= MIN_TWICE && surname.starts_with(char::is_uppercase);
        is_long && (at + 1..name.last).any(|n| is_glued(view.word(n), surname))
    };
    (name.first..name.last).find(|at| is_of(*at)).map(|at| at + 1)
}

/// The surname, in lower case, of a person who is named in full (a given name or an initial, and more) or with a title.
fn called(view: &View, name: &Found) -> Option<String> {
    let last = last_word(view, name);
    let word = view.word(name.first);
    let is_initial = word.ends_with('.') && word.chars().count() == 2;
    let is_full = last > name.first && !is_pair(view, name) && (is_given(view, name.first) || is_initial);
    let is_titled = last == name.first && name.full_first < name.first;
    let is_surname = name.kind == EntityKind::Person && (is_full || is_titled) && view.is_word(last);
    is_surname.then(|| view.low(last).to_owned())
}

/// The last word of a name, "Jr." aside.
fn last_word(view: &View, name: &Found) -> usize {
    let is_suffix = |at: usize| {
        lexica::is_part("after-comma", view.low(at)) || matches!(view.low(at), "sr" | "ii" | "iii" | "iv")
    };
    (name.first + 1..name.last).rev().find(|at| !is_suffix(*at)).unwrap_or(name.first)
}

/// Two words with a hyphen between them, and no more: "Roe-Poe".
fn is_pair(view: &View, name: &Found) -> bool {
    name.last == name.first + 3 && matches!(view.word(name.first + 1), "-" | "‐" | "‑" | "–")
}

fn is_given(view: &View, at: usize) -> bool {
    lexica::GIVEN_NAMES.contains_key(view.word(at))
}

/// Whether what follows the surname that a name begins with is another thing: a second surname, a place, a verb, a small word.
fn is_foreign(view: &View, name: &Found, is_called: &impl Fn(usize) -> bool) -> bool {
    let at = name.last - 1;
    let is_listed = || super::name::listed(view, at, at + 1).is_some();
    is_called(at) || is_listed() || view.tag(at) == Tag::Verb || view.case(at).lower > view.case(at).upper
}

/// Whether the words before a surname are none of its name: a place, one in capitals, or one that is no name where it is read.
fn is_beside(view: &View, first: usize, last: usize) -> bool {
    if is_given(view, first) || view.word(first).contains('.') || last == first {
        return false;
    }
    let is_shouted = |at: usize| {
        let word = view.word(at);
        word.chars().filter(|c| c.is_alphabetic()).count() > 1 && !word.chars().any(char::is_lowercase)
    };
    // "Longtime Roe allies": a capital that the sentence gave
    let is_opened = view.sentences.iter().any(|s| s.first_token as usize == first)
        && view.case(first).upper == 0
        && usage::is_known(view.low(first))
        && !lexica::FAMILY_NAMES.contains(view.low(first));
    is_opened
        || super::name::listed(view, first, first + 1).is_some()
        || is_shouted(first) && !is_shouted(last)
        || view.case(first).lower > view.case(first).upper
        || view.is_tagged && matches!(view.tag(first), Tag::Verb | Tag::Adj | Tag::Adv | Tag::Noun)
}

/// Takes people out who are none: a lone word that is neither anybody's name in the text nor in the lists, and has an
/// article somewhere ("the House", "the Crimson") or means a thing, in the text or in the plural, or tells a party's people or a region.
pub(super) fn settle(view: &View, names: &mut [Found]) {
    let is_person = |n: &&Found| n.kind == EntityKind::Person;
    let mut known: BTreeSet<&str> = BTreeSet::new();
    for name in names.iter().filter(is_person) {
        let is_known =
            name.last > name.first + 1 || name.sureness >= Sureness::Titled || !name.titles.is_empty();
        known.extend((name.first..name.last).filter(|_| is_known).map(|at| view.low(at)));
    }
    let with_article: BTreeSet<&str> =
        (1..view.tokens.len()).filter(|at| has_article(view, *at)).map(|at| view.low(at)).collect();
    let kinds: Vec<Option<EntityKind>> = names
        .iter()
        .map(|n| {
            let low = view.low(n.first);
            let is_lone = n.last == n.first + 1;
            let is_open = is_lone && !known.contains(low) && !is_given(view, n.first);
            let is_word = is_thing(low) && (view.case(n.first).lower > 0 || low.ends_with('s'));
            let is_none =
                is_open && (with_article.contains(low) || is_word && !lexica::FAMILY_NAMES.contains(low));
            let kept = if n.kind == EntityKind::Person { EntityKind::Other } else { n.kind };
            is_lone.then(|| other_kind(low)).flatten().or_else(|| is_none.then_some(kept))
        })
        .collect();
    for (name, kind) in names.iter_mut().zip(kinds) {
        if let Some(kind) = kind {
            name.kind = kind;
            // no pronoun of a person may take it for one
            name.sureness = name.sureness.max(Sureness::Form);
            name.gender = None;
            name.titles.clear();
        }
    }
}

/// "Republicans", "N.H.": what a lone word is, whatever stands beside it.
fn other_kind(low: &str) -> Option<EntityKind> {
    let is_party = low.strip_suffix('s').is_some_and(|one| lexica::is_part("party", one));
    let is_region = || lexica::is_part("region", low);
    if is_party { Some(EntityKind::Group) } else { is_region().then_some(EntityKind::Place) }
}

/// "the Crimson reported": a capital behind an article, and nothing that the name would stand before ("the Roe plan").
fn has_article(view: &View, at: usize) -> bool {
    let next = at + 1;
    view.low(at - 1) == "the"
        && view.is_capital(at)
        && !view.is_capital(next)
        && !matches!(view.tag(next), Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Part)
        && !matches!(view.word(next), "-" | "‐" | "‑" | "–" | "'s" | "’s")
}

/// Whether a word, or what it is the plural of, means a thing and nobody.
fn is_thing(low: &str) -> bool {
    let one = low.strip_suffix('s').filter(|one| words::is_a(one, "entity")).unwrap_or(low);
    words::is_a(one, "entity") && !words::is_a(one, "person")
}
