//! Words that exclude one another: past and next, cancelled and postponed, killed and survived; offices and ranks.

use std::sync::LazyLock;

use variorum_annotate::lexicon::{self, Lookup};
use variorum_schema::{FindingType, Span};

use super::exchanged::is_toned;
use super::item::{Class, Item};
use super::standing::{STANDS, is_verbal, standing};
use super::{Comparison, Difference};

/// Lemma → its places: (line of the list, side within the line).
static OPPOSITES: LazyLock<Lookup<&str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut places: Lookup<&str, Vec<(usize, usize)>> = Lookup::default();
    for (line, fields) in lexicon::entries(lexicon::OPPOSITES).enumerate() {
        for (side, words) in fields.iter().enumerate().skip(1) {
            for word in words.split(' ') {
                places.entry(word).or_default().push((line, side));
            }
        }
    }
    places
});

/// Type of each line of the list.
static TYPES: LazyLock<Vec<FindingType>> = LazyLock::new(|| {
    let kind = |f: Vec<&str>| {
        if f.first() == Some(&"direction") { FindingType::Direction } else { FindingType::Outcome }
    };
    lexicon::entries(lexicon::OPPOSITES).map(kind).collect()
});

type Role = (Vec<&'static str>, (&'static str, &'static str));

/// Words of an office or rank → (class, canonical name), by the first of these words; longest first.
static ROLES: LazyLock<Lookup<&str, Vec<Role>>> = LazyLock::new(|| {
    let mut roles: Vec<Role> = lexicon::entries(lexicon::ROLES)
        .filter(|f| f.len() > 2)
        .flat_map(|f| {
            f[2].split(',').map(move |v| (v.split_whitespace().collect(), (f[0], f[1]))).collect::<Vec<_>>()
        })
        .collect();
    roles.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    let mut by_first: Lookup<&str, Vec<Role>> = Lookup::default();
    for role in roles.into_iter().filter(|r| !r.0.is_empty()) {
        by_first.entry(role.0[0]).or_default().push(role);
    }
    by_first
});

/// The type in which two lemmas exclude one another, if they do.
#[must_use]
pub fn opposed(a: &str, b: &str) -> Option<FindingType> {
    let (p, q) = (OPPOSITES.get(a)?, OPPOSITES.get(b)?);
    // Two words that stand on one side of any line can mean the same.
    if p.iter().any(|x| q.contains(x)) {
        return None;
    }
    p.iter().find(|x| q.iter().any(|y| x.0 == y.0 && x.1 != y.1)).map(|x| TYPES[x.0])
}

/// Whether two lemmas stand on one side of a line of the list: they say the same of it.
#[must_use]
pub fn are_on_one_side(a: &str, b: &str) -> bool {
    OPPOSITES.get(a).zip(OPPOSITES.get(b)).is_some_and(|(p, q)| p.iter().any(|x| q.contains(x)))
}

/// Whether a lemma has an opposite at all.
#[must_use]
pub fn is_listed(lemma: &str) -> bool {
    OPPOSITES.contains_key(lemma)
}

/// An office or rank named in a text: class, canonical name, length in words. `words`: lower case, without full stops.
#[must_use]
pub fn role<S: AsRef<str>>(words: &[S]) -> Option<(&'static str, &'static str, usize)> {
    ROLES
        .get(words.first()?.as_ref())?
        .iter()
        .find(|(variant, _)| {
            variant.len() <= words.len() && variant.iter().zip(words).all(|(v, w)| *v == w.as_ref())
        })
        .map(|(variant, (class, name))| (*class, *name, variant.len()))
}

/// Words of a copy that were turned into their opposite, and offices or ranks. Between accounts that were written apart a
/// word and its opposite mostly tell of two things; there claims are compared.
pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let mut found = if c.is_copy { words(c) } else { Vec::new() };
    found.extend(roles(c));
    found
}

/// A word of one statement, missing in the other, whose opposite the other has instead.
fn words(c: &Comparison) -> Vec<Difference> {
    let has = |items: &[Item], lemma: &str| items.iter().any(|i| i.lemma == lemma);
    let mut found = Vec::new();
    // "last October" is one item; its first word may have an opposite all the same.
    let is_word = |i: &&Item| matches!(i.class, Class::Word | Class::Time(_));
    for x in c.x.1.iter().filter(|i| is_word(i) && !has(&c.y.1, &i.lemma)) {
        for y in c.y.1.iter().filter(|i| is_word(i) && !has(&c.x.1, &i.lemma)) {
            let Some(kind) = opposed(&x.lemma, &y.lemma) else { continue };
            // "did not accept" and "rejected" agree; "gained" and "fell" tell of two things where "advanced" is there too.
            let is_elsewhere =
                x.class == Class::Word && y.class == Class::Word && stands_for_another(c, x, y);
            let is_of_two_sorts = is_particle(x) || is_particle(y) || is_victory(x, y);
            let place = |items: &[Item], of: &Item| items.iter().position(|o| o.span == of.span).unwrap_or(0);
            let is_toned = is_toned(&c.x.1, place(&c.x.1, x)) != is_toned(&c.y.1, place(&c.y.1, y));
            if is_elsewhere
                || is_toned
                || is_of_two_sorts
                || x.negated.is_some() != y.negated.is_some()
                || !stand_alike(c, x, y)
            {
                continue;
            }
            let note = format!("«{}» and «{}» exclude one another", x.lemma, y.lemma);
            found.push(Difference { kind, x: x.span, y: y.span, note, strength: 0.7 });
        }
    }
    found
}

/// "pushed back" backs nothing: a word that is listed as a verb, and is none here.
#[must_use]
pub fn is_particle(item: &Item) -> bool {
    item.lemma == "back" && !is_verbal(item.tag)
}

/// "A defeated B", "a victory over B": who defeats wins.
#[must_use]
pub fn is_victory(x: &Item, y: &Item) -> bool {
    let defeats = |i: &Item| i.lemma == "defeat" && is_verbal(i.tag);
    let wins = |i: &Item| matches!(i.lemma.as_str(), "victory" | "win" | "triumph");
    defeats(x) && wins(y) || wins(x) && defeats(y)
}

/// Whether one of two words has the place of a word that it stands for.
fn stands_for_another(c: &Comparison, x: &Item, y: &Item) -> bool {
    c.pairs.iter().any(|&(i, j)| {
        let (p, q) = (&c.x.1[i], &c.y.1[j]);
        (p.span == x.span) != (q.span == y.span) && standing(p, q) >= STANDS
    })
}

/// Whether two words have like surroundings: opposite each other in a copy; a shared neighbour, head or dependent in
/// independent accounts.
fn stand_alike(c: &Comparison, x: &Item, y: &Item) -> bool {
    let opposite = c.replacements().any(|(xs, ys)| {
        xs.len() <= 6
            && ys.len() <= 6
            && xs.iter().any(|i| i.span == x.span)
            && ys.iter().any(|i| i.span == y.span)
    });
    if opposite && (c.is_copy || c.likeness >= 0.45) {
        return true;
    }
    // "last October" against "subsequent October": the opposite word stands beside the other statement's same time.
    let is_beside = |items: &[Item], item: &Item, key: &str| {
        let at = items.iter().position(|i| i.span == item.span).unwrap_or(0);
        items[at.saturating_sub(1)..(at + 2).min(items.len())].iter().any(|i| i.key == key)
    };
    if c.is_copy && (is_beside(&c.y.1, y, &x.key) || is_beside(&c.x.1, x, &y.key)) {
        return true;
    }
    let related = |items: &[Item], item: &Item| -> Vec<String> {
        let near = |i: &&Item| {
            i.is_content && i.span != item.span && (i.head == Some(item.token) || item.head == Some(i.token))
        };
        items.iter().filter(near).map(|i| i.key.clone()).collect()
    };
    let (near_x, near_y) = (related(&c.x.1, x), related(&c.y.1, y));
    near_x.iter().any(|k| near_y.contains(k))
}

/// Offices and ranks named on both sides, one each, of one class, not the same.
fn roles(c: &Comparison) -> Option<Difference> {
    let (x, y) = (named(&c.x.1, c.text_x()), named(&c.y.1, c.text_y()));
    let only = |a: &[(Span, &'static str, &'static str)], b: &[(Span, &'static str, &'static str)]| {
        a.iter().filter(|r| !b.iter().any(|o| o.2 == r.2)).copied().collect::<Vec<_>>()
    };
    let (only_x, only_y) = (only(&x, &y), only(&y, &x));
    let ([(span_x, class_x, name_x)], [(span_y, class_y, name_y)]) = (&only_x[..], &only_y[..]) else {
        return None;
    };
    // "the governor's deputy": the word by which one title is longer stands elsewhere in the other statement.
    let is_spread = |long: &str, short: &str, items: &[Item]| {
        let more = long.strip_suffix(short).map(str::trim).filter(|m| !m.is_empty());
        more.is_some_and(|m| items.iter().any(|i| i.lemma == m))
    };
    // "Lt. Gen": half of a rank
    let is_half = |span: Span, text: &str| {
        let behind = text.get(span.end as usize..).unwrap_or("").trim_start_matches(['.', ' ', '-']);
        let next: String = behind.chars().take_while(|ch| ch.is_alphabetic()).collect();
        role(&[next.to_lowercase()]).is_some_and(|(class, ..)| class == "rank")
    };
    if is_half(*span_x, c.text_x()) || is_half(*span_y, c.text_y()) {
        return None;
    }
    if is_spread(name_x, name_y, &c.y.1) || is_spread(name_y, name_x, &c.x.1) {
        return None;
    }
    if class_x != class_y || !(c.is_copy || c.likeness >= 0.5) || !same_bearer(c, *span_x, *span_y) {
        return None;
    }
    let note = format!("{name_x} against {name_y}");
    Some(Difference { kind: FindingType::Title, x: *span_x, y: *span_y, note, strength: 0.7 })
}

/// Whether the names next to two titles are of one person; a title without a name beside it fits any.
fn same_bearer(c: &Comparison, x: Span, y: Span) -> bool {
    let bearer = |items: &[Item], span: Span| {
        let (first, last) = (
            items.iter().position(|i| i.span.overlaps(span))?,
            items.iter().rposition(|i| i.span.overlaps(span))?,
        );
        let near = items[last + 1..].iter().take(2).chain(items[..first].iter().rev().take(2));
        near.filter(|i| matches!(i.class, Class::Name(variorum_schema::EntityKind::Person, _)))
            .map(|i| i.key.clone())
            .next()
    };
    match (bearer(&c.x.1, x), bearer(&c.y.1, y)) {
        (Some(a), Some(b)) => a == b,
        (None, None) => true,
        _ => c.is_copy,
    }
}

/// Offices and ranks named in a sentence.
fn named(items: &[Item], text: &str) -> Vec<(Span, &'static str, &'static str)> {
    let words: Vec<String> = items.iter().map(|i| i.span.of(text).to_lowercase().replace('.', "")).collect();
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() {
        if let Some((class, name, n)) = role(&words[at..]) {
            found.push((items[at].span.cover(items[at + n - 1].span), class, name));
            at += n;
        } else {
            at += 1;
        }
    }
    found
}
