//! What a copy exchanged: along a copy the words keep their order, so what stands opposite each other, and is of a kind
//! that has no synonyms, was changed: names, numbers, times, units, offices and trades, channels, opposites.
//!
//! An ordinary word may have been exchanged for a synonym, so it counts only where a list or its prefix says that the two
//! exclude one another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use strsim::levenshtein;
use variorum_annotate::lexicon;
use variorum_annotate::words::{DERIVED, KIND, OPPOSITE, SYNONYM, are, is_a, nearness, words};
use variorum_schema::{
    EntityKind, FindingType, Quantity, Quotation, QuotationKind, Span, Tag, TimeKind, Unit,
};

use super::item::{Class, Item};
use super::standing::{STANDS, are_opposites, is_verbal, standing};
use super::{Comparison, Difference, opposite, quantity};
use crate::overlap::country_line;

/// Lemma → (class, group) of each entry that holds it.
type Exclusive = BTreeMap<&'static str, Vec<(&'static str, usize)>>;

/// Nouns of which one cannot be put for another of the same class, unless both stand in one entry.
static NOUNS: LazyLock<Exclusive> = LazyLock::new(|| {
    let mut table = Exclusive::new();
    for (n, fields) in lexicon::entries(lexicon::EXCLUSIVE_NOUNS).filter(|f| f.len() > 1).enumerate() {
        for word in fields[1].split(' ') {
            table.entry(word).or_default().push((fields[0], n));
        }
    }
    table
});

/// Lemma → its places (line, side) in the list of opposites that hold along a copy only.
static OPPOSITES: LazyLock<lexicon::Lookup<&'static str, Vec<(usize, usize)>>> = LazyLock::new(|| {
    let mut places: lexicon::Lookup<&str, Vec<(usize, usize)>> = lexicon::Lookup::default();
    for (line, fields) in lexicon::entries(lexicon::COPY_OPPOSITES).enumerate() {
        for (side, words) in fields.iter().enumerate() {
            words.split(' ').for_each(|w| places.entry(w).or_default().push((line, side)));
        }
    }
    places
});

/// Prefixes that turn a word into its opposite.
const NEGATIVE_PREFIXES: [&str; 7] = ["un", "in", "im", "il", "ir", "dis", "non"];

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let pairs = &c.pairs[..];
    let mut found = Vec::new();
    for (n, &(i, j)) in pairs.iter().enumerate() {
        let (x, y) = (&c.x.1[i], &c.y.1[j]);
        found.extend(title(c, i, j));
        if x.key == y.key || !is_held(c, pairs, n) && !is_counted(c, i, j) {
            continue;
        }
        found.extend(match (x.class, y.class) {
            (Class::Name(..), Class::Name(..)) => name(c, i, j),
            (Class::Time(a), Class::Time(b)) => time(c, x, y, a, b),
            (Class::Quantity(a), Class::Quantity(b)) => number(c, a, b),
            (Class::Word, Class::Word) => word(c, i, j),
            (Class::Name(..), Class::Word) | (Class::Word, Class::Name(..)) => source(c, i, j),
            (Class::Time(_), Class::Quantity(_)) | (Class::Quantity(_), Class::Time(_)) => bare(c, x, y),
            _ => None,
        });
    }
    found.extend(sense(c, pairs));
    found.extend(units(c, pairs));
    found
}

/// Whether an item that stands for its counterpart is near a pair on both sides of it, or the sentence ends there: the rest
/// of the sentence holds the pair in its place.
fn is_held(c: &Comparison, pairs: &[(usize, usize)], n: usize) -> bool {
    let (i, j) = pairs[n];
    let stands = |p: &(usize, usize)| standing(&c.x.1[p.0], &c.y.1[p.1]) >= STANDS;
    // A word for which a machine put several moves the rest away on one side only.
    let near = |p: &(usize, usize)| {
        let (of_x, of_y) = (p.0.abs_diff(i), p.1.abs_diff(j));
        of_x.min(of_y) <= MAX_STEPS && of_x.max(of_y) <= 2 * MAX_STEPS
    };
    // parts that changed places are held by what moved with them
    let is_before = |p: &(usize, usize)| p.0 < i && p.1 < j;
    let is_after = |p: &(usize, usize)| p.0 > i && p.1 > j;
    let before = pairs.iter().any(|p| is_before(p) && near(p) && stands(p));
    let after = pairs.iter().any(|p| is_after(p) && near(p) && stands(p));
    let is_first = i <= 1 && j <= 1;
    // A clause may follow in one of the two only.
    let (is_end_x, is_end_y) = (i + 2 >= c.x.1.len(), j + 2 >= c.y.1.len());
    let is_last = is_end_x && is_end_y || (is_end_x || is_end_y) && !pairs.iter().any(is_after);
    (before || is_first) && (after || is_last)
}

/// Whether two numbers stand before one counted thing.
fn is_counted(c: &Comparison, i: usize, j: usize) -> bool {
    let is_number = |o: &Item| matches!(o.class, Class::Quantity(_));
    let next = c.x.1.get(i + 1).zip(c.y.1.get(j + 1));
    let is_one = next.is_some_and(|(x, y)| x.is_content && x.key == y.key);
    is_number(&c.x.1[i]) && is_number(&c.y.1[j]) && is_one && c.pairs.contains(&(i + 1, j + 1))
}

/// How many items away from a pair the items that hold it may stand.
const MAX_STEPS: usize = 3;

fn difference(kind: FindingType, x: Span, y: Span, strength: f64, note: String) -> Option<Difference> {
    Some(Difference { kind, x, y, note, strength })
}

/// Whether one of two items stands elsewhere in the other sentence too, and there in nobody's place: then it was moved.
pub(super) fn is_moved(c: &Comparison, x: &Item, y: &Item) -> bool {
    let (xs, ys) = (&c.x.1, &c.y.1);
    let is_same = |p: &(usize, usize)| xs[p.0].key == ys[p.1].key;
    let free_y = |(j, o): (usize, &Item)| o.key == x.key && !c.pairs.iter().any(|p| p.1 == j && is_same(p));
    let free_x = |(i, o): (usize, &Item)| o.key == y.key && !c.pairs.iter().any(|p| p.0 == i && is_same(p));
    ys.iter().enumerate().any(free_y) || xs.iter().enumerate().any(free_x)
}

fn name(c: &Comparison, i: usize, j: usize) -> Option<Difference> {
    let (x, y) = (&c.x.1[i], &c.y.1[j]);
    let (Class::Name(a, is_x), Class::Name(b, is_y)) = (x.class, y.class) else { return None };
    // A town stands for its country, and the other way round.
    let (name_x, name_y) = (x.span.of(c.text_x()), y.span.of(c.text_y()));
    let is_wider = a == EntityKind::Place && is_country(name_x) != is_country(name_y);
    // Of which kind a name is, one text may leave open; beside the same words it is of one kind.
    let is_enclosed = || {
        let same =
            |p: Option<&Item>, q: Option<&Item>| matches!((p, q), (Some(p), Some(q)) if p.key == q.key);
        let before = |items: &'_ [Item], at: usize| at.checked_sub(1).and_then(|n| items.get(n)).cloned();
        let (before_x, before_y) = (before(&c.x.1, i), before(&c.y.1, j));
        same(before_x.as_ref(), before_y.as_ref()) && same(c.x.1.get(i + 1), c.y.1.get(j + 1))
    };
    // the word beside it stayed, or stands for what was there
    let is_beside = c.pairs.iter().any(|&(p, q)| {
        let is_next = p + 1 == i && q + 1 == j || i + 1 == p && j + 1 == q;
        is_next && standing(&c.x.1[p], &c.y.1[q]) >= STANDS
    });
    if !is_x
        || !is_y
        || !is_beside
        || a != b && !is_enclosed()
        || is_moved(c, x, y)
        || is_wider
        || are_alike(name_x, name_y)
        || are_one_country(name_x, name_y)
        || is_known_by_both(c, (name_x, a), (name_y, b))
        || is_translated(name_x, name_y)
    {
        return None;
    }
    let kind = match (a, b) {
        (EntityKind::Place, _) | (_, EntityKind::Place) => FindingType::Place,
        (EntityKind::Person, _) if speaks(c, true, x) && speaks(c, false, y) => FindingType::Attribution,
        (EntityKind::Person | EntityKind::Organisation, _) => FindingType::Actor,
        (EntityKind::Group | EntityKind::Other, _) => return None,
    };
    difference(kind, x.span, y.span, 0.75, "another name in the same place of a copied sentence".into())
}

/// Whether a name is the source of words in quotation marks.
fn speaks(c: &Comparison, is_x: bool, name: &Item) -> bool {
    let account = if is_x { c.x.0.account } else { c.y.0.account };
    let all = &c.telling.account(account).annotations.quotations;
    let is_source = |q: &Quotation| q.source.as_ref().is_some_and(|s| s.span.overlaps(name.span));
    all.iter().any(|q| q.kind != QuotationKind::Indirect && is_source(q))
}

/// Whether the words of one name stand for those of the other: a machine that exchanges words does not spare names made of
/// words ("Harbour Board", "Port Council").
fn is_translated(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> { name.split_whitespace().map(str::to_lowercase).collect() };
    let (p, q) = (words(a), words(b));
    let stands =
        |v: &str, w: &str| are(SYNONYM | KIND | DERIVED, v, w) || nearness(v, w).is_some_and(|n| n >= 0.45);
    p.len() > 1 && q.len() > 1 && p.iter().any(|v| q.iter().any(|w| stands(v, w)))
}

/// "an officer said" for "Brandt said": somebody unnamed in the place of somebody named, in a sentence that else stayed what
/// it was.
fn source(c: &Comparison, i: usize, j: usize) -> Option<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let (x, y) = (&xs[i], &ys[j]);
    let is_person = |o: &Item| matches!(o.class, Class::Name(EntityKind::Person, true));
    let is_somebody = |items: &[Item], at: usize| {
        let article = items[at.saturating_sub(3)..at].iter().any(|o| ["a", "an"].contains(&o.lemma.as_str()));
        let is_noun = items[at].tag == Tag::Noun && is_a(&items[at].lemma, "person");
        is_noun && article && !opposite::is_listed(&items[at].lemma)
    };
    let is_one_of_each = is_person(x) && is_somebody(ys, j) || is_person(y) && is_somebody(xs, i);
    let verb = |items: &'_ [Item], at: usize| {
        items.get(at + 1).filter(|o| o.tag == Tag::Verb).map(|o| o.key.clone())
    };
    let is_same_verb = verb(xs, i).is_some_and(|v| Some(v) == verb(ys, j));
    let n_left = xs.len().max(ys.len()) - c.pairs.iter().filter(|p| xs[p.0].key == ys[p.1].key).count();
    let is_whole = n_left <= 4 && xs.len().min(ys.len()) >= 8;
    if !is_one_of_each || !is_same_verb || !is_whole || is_moved(c, x, y) {
        return None;
    }
    difference(FindingType::Attribution, x.span, y.span, 0.7, "somebody unnamed for somebody named".into())
}

/// Another title before one person's name, in a sentence that else stayed what it was.
fn title(c: &Comparison, i: usize, j: usize) -> Option<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let is_person = |o: &Item| matches!(o.class, Class::Name(EntityKind::Person, true));
    if !is_person(&xs[i]) || !is_person(&ys[j]) || xs[i].key != ys[j].key || c.likeness < MIN_TITLE_LIKENESS {
        return None;
    }
    let (x, y) = (xs.get(i.checked_sub(1)?)?, ys.get(j.checked_sub(1)?)?);
    let is_title = |o: &Item, text: &str| {
        let is_capital = o.span.of(text).starts_with(char::is_uppercase);
        is_capital
            && o.class == Class::Word
            && is_a(&o.lemma, "person")
            && !VAGUE_TITLES.contains(&o.lemma.as_str())
    };
    let is_another = x.lemma != y.lemma && standing(x, y) < STANDS && !is_moved(c, x, y);
    if !is_another || !is_title(x, c.text_x()) || !is_title(y, c.text_y()) {
        return None;
    }
    let note = format!("«{}» and «{}» before one name", x.lemma, y.lemma);
    difference(FindingType::Title, x.span, y.span, 0.7, note)
}

/// Likeness of two sentences from which another title in one of them was put there.
const MIN_TITLE_LIKENESS: f64 = 0.55;
/// Titles that many others stand for.
const VAGUE_TITLES: [&str; 16] = [
    "official",
    "officer",
    "leader",
    "head",
    "chief",
    "boss",
    "representative",
    "member",
    "man",
    "woman",
    "mister",
    "democrat",
    "republican",
    "mr",
    "mrs",
    "sir",
];

/// A figure that went up in one sentence and down in the other: words of direction beside the same number.
fn sense(c: &Comparison, pairs: &[(usize, usize)]) -> Vec<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let beside = |items: &'_ [Item], at: usize| -> Vec<Item> {
        let near = &items[at.saturating_sub(2)..(at + 4).min(items.len())];
        near.iter()
            .filter(|o| o.class == Class::Word && DIRECTIONS.iter().any(|d| d.contains(&o.lemma.as_str())))
            .cloned()
            .collect()
    };
    let side = |o: &Item| DIRECTIONS.iter().position(|d| d.contains(&o.lemma.as_str()));
    let turned = pairs.iter().filter_map(|&(i, j)| {
        let is_share = |is_x: bool, class| matches!(class, Class::Quantity(n) if told(c, is_x, n).is_some_and(|q| q.unit == Unit::Percent));
        if xs[i].key != ys[j].key || !is_share(true, xs[i].class) || !is_share(false, ys[j].class) {
            return None;
        }
        let (own, others) = (beside(xs, i), beside(ys, j));
        let (x, y) = (own.first()?, others.first()?);
        let is_one = |list: &[Item], of: &Item| list.iter().all(|o| side(o) == side(of));
        (is_one(&own, x) && is_one(&others, y) && side(x) != side(y) && x.negated.is_some() == y.negated.is_some())
            .then(|| (x.span, y.span, format!("«{}» and «{}» beside one figure", x.lemma, y.lemma)))
    });
    turned.filter_map(|(x, y, note)| difference(FindingType::Direction, x, y, 0.75, note)).collect()
}

/// Words that say of a figure beside them that it went up, or down.
const DIRECTIONS: [[&str; 8]; 2] = [
    ["up", "above", "higher", "rise", "increase", "gain", "climb", "jump"],
    ["down", "below", "lower", "fall", "decrease", "lose", "drop", "decline"],
];

/// Names of countries, lower case.
static COUNTRIES: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    lexicon::entries(lexicon::COUNTRIES).filter_map(|f| f.first().map(|name| name.to_lowercase())).collect()
});

fn is_country(name: &str) -> bool {
    COUNTRIES.contains(name.to_lowercase().trim_start_matches("the "))
}

/// Short names of countries, lower case and without full stops, that `countries.txt` has in full.
const SHORT_COUNTRIES: [(&str, &str); 9] = [
    ("uk", "british"),
    ("britain", "british"),
    ("great britain", "british"),
    ("us", "american"),
    ("usa", "american"),
    ("america", "american"),
    ("washington", "american"),
    ("pentagon", "american"),
    ("united states", "american"),
];

/// "UK" and "Britain", "US" and "American": whether two names are of one country.
fn are_one_country(a: &str, b: &str) -> bool {
    let line = |name: &str| {
        let lower = name.to_lowercase().replace('.', "");
        let bare = lower.trim_start_matches("the ").trim();
        let short = SHORT_COUNTRIES.iter().find(|(short, _)| *short == bare).map(|(_, people)| *people);
        country_line(short.unwrap_or(bare)).filter(|_| !bare.is_empty())
    };
    line(a).is_some() && line(a) == line(b)
}

/// Whether two names are of one thing, as far as the texts tell: a text that has the other name too, of a body or a place,
/// calls the thing by both ("ISB" and "Inland Shipping Board"); two names of a person that stand together somewhere are
/// his first and his last one.
fn is_known_by_both(
    c: &Comparison,
    (a, kind_a): (&str, EntityKind),
    (b, kind_b): (&str, EntityKind),
) -> bool {
    let texts = [c.text_x(), c.text_y()];
    if kind_a == EntityKind::Person && kind_b == EntityKind::Person {
        return texts.iter().any(|t| stand_together(t, a, b) || stand_together(t, b, a));
    }
    let is_body = |kind| matches!(kind, EntityKind::Organisation | EntityKind::Group);
    is_body(kind_a) && is_body(kind_b) && (texts[1].contains(a) || texts[0].contains(b))
}

/// Whether one name stands right before another somewhere, nothing but marks between them.
fn stand_together(text: &str, a: &str, b: &str) -> bool {
    !a.is_empty()
        && text.match_indices(a).any(|(at, _)| {
            let rest = text.get(at + a.len()..).unwrap_or("");
            let bare =
                rest.trim_start_matches(|ch: char| !ch.is_alphanumeric() && !matches!(ch, '.' | ';' | '\n'));
            let n_marks = rest[..rest.len() - bare.len()].chars().count();
            (1..=3).contains(&n_marks) && bare.starts_with(b)
        })
}

/// Whether two names may be one: a word in common, initials, or all but a letter or two.
fn are_alike(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        s.split(|ch: char| !ch.is_alphanumeric()).filter(|w| w.len() > 1).map(str::to_lowercase).collect()
    };
    if a.eq_ignore_ascii_case(b) {
        return true;
    }
    let (p, q) = (words(a), words(b));
    let initials = |s: &str| {
        s.split([' ', '-'])
            .filter_map(|w| w.chars().next())
            .filter(|ch| ch.is_uppercase())
            .collect::<String>()
    };
    let letters = |s: &str| s.chars().filter(|ch| ch.is_alphanumeric()).collect::<String>();
    let is_near = |v: &String, w: &String| {
        v.len() > 3
            && w.len() > 3
            && (v.starts_with(w.as_str())
                || w.starts_with(v.as_str())
                || levenshtein(v, w) <= 1 + v.len().min(w.len()) / 6)
    };
    letters(a).eq_ignore_ascii_case(&letters(b))
        || is_short_for(&letters(a), &letters(b))
        || is_short_for(&letters(b), &letters(a))
        || p.iter().any(|v| q.iter().any(|w| v == w || is_near(v, w)))
        || initials(a) == letters(b)
        || initials(b) == letters(a)
}

/// "VA" for "Virginia": two to four capitals that stand in the name in their order, the first one first.
fn is_short_for(short: &str, long: &str) -> bool {
    let is_code = (2..=4).contains(&short.len()) && short.chars().all(|ch| ch.is_ascii_uppercase());
    let mut rest = long.chars().map(|ch| ch.to_ascii_uppercase());
    let is_first = long.chars().next() == short.chars().next();
    is_code && is_first && long.len() > short.len() && short.chars().all(|ch| rest.any(|o| o == ch))
}

fn time(c: &Comparison, x: &Item, y: &Item, i: u32, j: u32) -> Option<Difference> {
    let a = c.telling.account(c.x.0.account).annotations.times.get(i as usize)?;
    let b = c.telling.account(c.y.0.account).annotations.times.get(j as usize)?;
    let (p, q) = (x.span.of(c.text_x()).to_lowercase(), y.span.of(c.text_y()).to_lowercase());
    let stands = |items: &[Item], text: &str, of: &str| {
        items.iter().any(|o| matches!(o.class, Class::Time(_)) && o.span.of(text).to_lowercase().contains(of))
    };
    // A time that the other sentence has elsewhere was moved.
    if p == q || stands(&c.y.1, c.text_y(), &p) || stands(&c.x.1, c.text_x(), &q) {
        return None;
    }
    if let Some(found) = turned(&p, &q) {
        return difference(FindingType::Direction, x.span, y.span, 0.75, found);
    }
    let is_other_length =
        a.kind == TimeKind::Duration && b.kind == TimeKind::Duration && other_duration(&a.value, &b.value);
    let is_half = p.contains("half") || q.contains("half");
    if is_other_length && !is_half || other_unit(&p, &q) {
        return difference(FindingType::Quantity, a.span, b.span, 0.75, format!("«{p}» against «{q}»"));
    }
    let (v, w) = (Calendar::of(&p), Calendar::of(&q));
    (v.differs(&w) || are_other_halves(&p, &q) || are_other_centuries(&a.value, &b.value))
        .then(|| difference(FindingType::Date, x.span, y.span, 0.8, format!("«{p}» against «{q}»")))
        .flatten()
}

/// "6 a.m.", "6 p.m.": one hour in the two halves of a day.
fn are_other_halves(p: &str, q: &str) -> bool {
    let clock = |text: &str| -> Option<(String, char)> {
        let bare: String =
            text.chars().filter(|ch| *ch != '.' && !ch.is_whitespace() || *ch == ':').collect();
        let at = ["am", "pm"].iter().find_map(|half| {
            let mut places = bare.match_indices(half).map(|(at, _)| at);
            places.find(|at| bare[..*at].ends_with(|ch: char| ch.is_ascii_digit()))
        })?;
        let digits: String =
            bare[..at].chars().rev().take_while(|ch| ch.is_ascii_digit() || *ch == ':').collect();
        Some((digits.chars().rev().filter(char::is_ascii_digit).collect(), bare[at..].chars().next()?))
    };
    clock(p).zip(clock(q)).is_some_and(|(a, b)| a.0 == b.0 && a.1 != b.1)
}

/// "The fifth century", "the fifteenth century", by their two digits (ISO 8601).
fn are_other_centuries(a: &str, b: &str) -> bool {
    let is_century = |v: &str| v.len() == 2 && v.bytes().all(|ch| ch.is_ascii_digit());
    is_century(a) && is_century(b) && a != b
}

/// Whether two expressions of time differ in a word of direction: "last week", "next week"; "an hour earlier", "later".
fn turned(p: &str, q: &str) -> Option<String> {
    let words = |t: &str| t.split(|c: char| !c.is_alphanumeric()).map(str::to_owned).collect::<Vec<_>>();
    let (v, w) = (words(p), words(q));
    let only = |a: &[String], b: &[String]| a.iter().filter(|x| !b.contains(x)).cloned().collect::<Vec<_>>();
    let (v, w) = (only(&v, &w), only(&w, &v));
    v.iter()
        .flat_map(|a| w.iter().map(move |b| (a, b)))
        .find(|(a, b)| opposite::opposed(a, b).is_some() || opposed_in_copy(a, b))
        .map(|(a, b)| format!("«{a}» and «{b}» exclude one another"))
}

/// Whether two expressions of time differ in nothing but the unit: "a few minutes", "a few hours".
fn other_unit(p: &str, q: &str) -> bool {
    let words = |t: &str| {
        let parts = t.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        parts.map(|w| w.strip_suffix('s').filter(|s| s.len() > 2).unwrap_or(w).to_owned()).collect::<Vec<_>>()
    };
    let (v, w) = (words(p), words(q));
    let only = |a: &[String], b: &[String]| a.iter().filter(|x| !b.contains(x)).cloned().collect::<Vec<_>>();
    matches!((&only(&v, &w)[..], &only(&w, &v)[..]), ([a], [b]) if excluded_noun(a, b) == Some("time"))
}

/// What a time expression names of the calendar, where it names it.
#[derive(Debug, PartialEq)]
pub(crate) struct Calendar {
    month: Option<usize>,
    weekday: Option<usize>,
    /// Quarter of a year, named by its number.
    quarter: Option<usize>,
    /// Day of the month.
    day: Option<u32>,
    year: Option<u32>,
}

impl Calendar {
    /// `text`: lower case.
    pub(crate) fn of(text: &str) -> Calendar {
        let words = || text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        let is_short = |w: &str, long: &str| w.len() >= 3 && w.len() <= 4 && long.starts_with(w);
        let month = words().find_map(|w| LONG_MONTHS.iter().position(|l| *l == w || is_short(w, l)));
        let weekday = words().find_map(|w| WEEKDAYS.iter().position(|d| *d == w));
        let numbers = || {
            words().filter_map(|w| {
                let digits = w.trim_end_matches(|c: char| c.is_ascii_alphabetic());
                digits.parse::<u32>().ok().filter(|_| digits.len() == 4 || w.len() - digits.len() != 1)
            })
        };
        let of_quarter = words().zip(words().skip(1)).find(|(_, next)| *next == "quarter");
        let quarter = of_quarter.and_then(|(n, _)| QUARTERS.iter().position(|q| q.contains(&n)));
        let is_clock = text.contains(':') || text.contains("a.m") || text.contains("p.m");
        let day = numbers().find(|n| (1..=31).contains(n)).filter(|_| month.is_some() && !is_clock);
        Calendar { month, weekday, quarter, day, year: numbers().find(|n| (1000..2200).contains(n)) }
    }

    /// Whether both name one part of the calendar alike, and none otherwise.
    pub(super) fn agrees(&self, other: &Calendar) -> bool {
        let same = |a: Option<u32>, b: Option<u32>| a.is_some() && a == b;
        let number = |n: Option<usize>| n.map(|n| n as u32);
        let is_any = same(number(self.month), number(other.month))
            || same(number(self.weekday), number(other.weekday))
            || same(number(self.quarter), number(other.quarter))
            || same(self.year, other.year);
        is_any && !self.differs(other)
    }

    /// Whether anything of the calendar is named.
    pub(crate) fn is_named(&self) -> bool {
        self.month.is_some() || self.weekday.is_some() || self.quarter.is_some() || self.year.is_some()
    }

    /// Whether a year is named.
    pub(super) fn has_year(&self) -> bool {
        self.year.is_some()
    }

    /// Whether both name the same part of the calendar, and name it otherwise.
    pub(super) fn differs(&self, other: &Calendar) -> bool {
        let differ = |a: Option<u32>, b: Option<u32>| matches!((a, b), (Some(a), Some(b)) if a != b);
        let number = |n: Option<usize>| n.map(|n| n as u32);
        differ(number(self.month), number(other.month))
            || differ(number(self.weekday), number(other.weekday))
            || differ(number(self.quarter), number(other.quarter))
            || differ(self.day, other.day)
            || differ(self.year, other.year)
    }
}

const QUARTERS: [[&str; 2]; 4] = [["first", "1st"], ["second", "2nd"], ["third", "3rd"], ["fourth", "4th"]];
const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Months of the year in order, lower case.
pub(crate) const LONG_MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

/// Whether two ISO 8601 durations differ in number or in unit, and not merely in how they are written.
fn other_duration(a: &str, b: &str) -> bool {
    let days = |v: &str| -> Option<f64> {
        let body = v.strip_prefix('P')?;
        let (in_time, body) = body.strip_prefix('T').map_or((false, body), |b| (true, b));
        let unit = body.chars().last()?;
        let number: f64 = body[..body.len() - 1].parse().ok()?;
        let of = match (unit, in_time) {
            ('S', _) => 1.0 / 86_400.0,
            ('M', true) => 1.0 / 1440.0,
            ('H', _) => 1.0 / 24.0,
            ('D', _) => 1.0,
            ('W', _) => 7.0,
            ('M', false) => 30.4,
            ('Y', _) => 365.2,
            _ => return None,
        };
        Some(number * of)
    };
    matches!((days(a), days(b)), (Some(p), Some(q)) if (p - q).abs() > 0.1 * p.max(q))
}

fn told<'a>(c: &'a Comparison, is_x: bool, idx: u32) -> Option<&'a Quantity> {
    let account = if is_x { c.x.0.account } else { c.y.0.account };
    c.telling.account(account).annotations.quantities.get(idx as usize)
}

fn number(c: &Comparison, i: u32, j: u32) -> Option<Difference> {
    let (p, q) = (told(c, true, i)?, told(c, false, j)?);
    let text = (p.number.of(c.text_x()), q.number.of(c.text_y()));
    let is_article = |t: &str| matches!(t.to_lowercase().split(' ').next(), Some("a" | "an"));
    // "N., 36, was charged with three counts", "one count": an age is no count
    let is_of = |unit: &Unit| (p.unit == *unit) != (q.unit == *unit);
    if is_of(&Unit::Ordinal) || is_of(&Unit::Age) || is_article(text.0) || is_article(text.1) {
        return None;
    }
    if quantity::are_estimates(p, q) || quantity::are_turns(p, q, c.likeness) {
        return None;
    }
    // "100m" was read as millions
    if (p.value - q.value * 1e6).abs() < 1e-6 || (q.value - p.value * 1e6).abs() < 1e-6 {
        return None;
    }
    let same = |v: f64, w: f64| (v - w).abs() <= 1e-9 + 0.005 * v.abs().max(w.abs());
    let is_vague = |q: &Quantity| q.hedge == variorum_schema::Hedge::Vague;
    if same(p.value, q.value)
        || is_rounded(p.value, q.value)
        || is_vague(p)
        || is_vague(q)
        || text.0.eq_ignore_ascii_case(text.1)
    {
        return None;
    }
    // "9 or 10" and "nine", "from 250 to 500" and "250"; "97 percent" and "0.97"
    let ends = |q: &Quantity, v: f64| {
        let is_range = q.hedge == variorum_schema::Hedge::Range;
        is_range && [q.low, q.high].into_iter().flatten().any(|end| same(end, v))
    };
    let is_share = |p: &Quantity, q: &Quantity| p.unit == Unit::Percent && same(p.value, 100.0 * q.value);
    if ends(p, q.value) || ends(q, p.value) || is_share(p, q) || is_share(q, p) {
        return None;
    }
    // The other sentence gives the same number elsewhere: it was moved.
    let elsewhere = |items: &[Item], is_x: bool, value: f64| {
        items.iter().any(|o| matches!(o.class, Class::Quantity(n) if told(c, is_x, n).is_some_and(|o| same(o.value, value))))
    };
    if elsewhere(&c.y.1, false, p.value) || elsewhere(&c.x.1, true, q.value) {
        return None;
    }
    let is_fraction = quantity::is_fraction_of(p, text.0, q) || quantity::is_fraction_of(q, text.1, p);
    if is_conversion(p, q) || is_written_otherwise(text.0, text.1) || is_fraction {
        return None;
    }
    let note = format!("{} became {} in the same place of a copied sentence", p.value, q.value);
    difference(FindingType::Quantity, p.span, q.span, 0.9, note)
}

/// Numbers of which one was read as a time of day ("at 8.6 in the afternoon"), the other not.
fn bare(c: &Comparison, x: &Item, y: &Item) -> Option<Difference> {
    let (a, b) = (x.lemma.parse::<f64>().ok()?, y.lemma.parse::<f64>().ok()?);
    let is_elsewhere = c.y.1.iter().any(|o| o.lemma == x.lemma) || c.x.1.iter().any(|o| o.lemma == y.lemma);
    let is_same = (a - b).abs() < 1e-9 || !x.lemma.contains('.') || !y.lemma.contains('.');
    if is_same || is_elsewhere {
        return None;
    }
    difference(FindingType::Quantity, x.span, y.span, 0.75, format!("«{}» against «{}»", x.lemma, y.lemma))
}

/// "1,950" for "about 2,000": one is the other with fewer digits.
fn is_rounded(a: f64, b: f64) -> bool {
    let (exact, round) = if digits(a) >= digits(b) { (a, b) } else { (b, a) };
    let near = (exact - round).abs() <= 0.05 * exact.abs();
    near && digits(exact) > digits(round) && exact.abs() >= 100.0
}

/// Significant digits of a number as it would be written.
fn digits(value: f64) -> usize {
    let text = format!("{}", value.abs());
    let text = text.trim_start_matches(['0', '.']);
    let text = if text.contains('.') { text } else { text.trim_end_matches('0') };
    text.chars().filter(char::is_ascii_digit).count()
}

/// "1,140" and "1.140": the same digits, three after the mark.
pub(super) fn is_written_otherwise(a: &str, b: &str) -> bool {
    let digits = |t: &str| t.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_grouped = |t: &str| {
        let tail = t.rsplit([',', '.', ' ', '\u{a0}', '\'']).next().unwrap_or("");
        tail.len() < t.len() && tail.len() == 3 && tail.chars().all(|c| c.is_ascii_digit())
    };
    digits(a) == digits(b) && (is_grouped(a) || is_grouped(b))
}

/// One value in two units: 10 miles, 16 kilometres.
pub(super) fn is_conversion(p: &Quantity, q: &Quantity) -> bool {
    const FACTORS: [f64; 12] =
        [1.609, 0.6214, 0.3048, 3.281, 0.4536, 2.205, 0.4047, 2.471, 0.9072, 1.102, 2.54, 0.3937];
    let ratio = q.value / p.value;
    let is_fahrenheit =
        (p.value * 1.8 + 32.0 - q.value).abs() < 1.5 || (q.value * 1.8 + 32.0 - p.value).abs() < 1.5;
    match (&p.unit, &q.unit) {
        (Unit::Measure(a), Unit::Measure(b)) if a != b => {
            is_fahrenheit || FACTORS.iter().any(|f| (ratio / f - 1.0).abs() < 0.06)
        }
        (Unit::Money(a), Unit::Money(b)) => a != b,
        _ => false,
    }
}

/// The same number with another unit.
fn units(c: &Comparison, pairs: &[(usize, usize)]) -> Vec<Difference> {
    let mut found = Vec::new();
    for &(i, j) in pairs {
        let (Class::Quantity(a), Class::Quantity(b)) = (c.x.1[i].class, c.y.1[j].class) else { continue };
        let (Some(p), Some(q)) = (told(c, true, a), told(c, false, b)) else { continue };
        let is_other = match (&p.unit, &q.unit) {
            (Unit::Measure(v), Unit::Measure(w)) => !is_one_measure(v, w),
            (Unit::Money(v), Unit::Money(w)) => v != w,
            (Unit::Measure(_) | Unit::Percent, Unit::Money(_))
            | (Unit::Money(_), Unit::Measure(_) | Unit::Percent) => true,
            (Unit::Percent, Unit::Measure(_)) | (Unit::Measure(_), Unit::Percent) => true,
            _ => false,
        };
        if is_other && (p.value - q.value).abs() < 1e-9 {
            let note = "the same number with another unit".into();
            found.extend(difference(FindingType::Quantity, p.span, q.span, 0.8, note));
        }
    }
    found
}

/// "ton" and "tonne" are written for one another; "kilometre" stands for "kilometre per hour" where speeds are told.
fn is_one_measure(a: &str, b: &str) -> bool {
    let ton = ["ton", "tonne", "metric ton", "metric tonne"];
    let is_shorter = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with([' ', '/']));
    a == b || ton.contains(&a) && ton.contains(&b) || is_shorter(a, b) || is_shorter(b, a)
}

fn word(c: &Comparison, i: usize, j: usize) -> Option<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let (x, y) = (&xs[i], &ys[j]);
    if let Some(note) = modality(x, y).filter(|_| !is_moved(c, x, y)) {
        return difference(FindingType::Outcome, x.span, y.span, 0.75, note);
    }
    if is_moved(c, x, y) || x.negated.is_some() != y.negated.is_some() {
        return None;
    }
    // "before long"
    let is_idiom = |items: &[Item], at: usize| {
        items[at].lemma == "before" && items.get(at + 1).is_some_and(|o| o.lemma == "long")
    };
    if is_idiom(xs, i) || is_idiom(ys, j) || opposite::is_particle(x) || opposite::is_particle(y) {
        return None;
    }
    let (forms_x, forms_y) = (forms(xs, i, c.text_x()), forms(ys, j, c.text_y()));
    let forms = || forms_x.iter().flat_map(|p| forms_y.iter().map(move |q| (p, q)));
    let opposed = forms().find_map(|(p, q)| Some((opposite::opposed(p, q)?, p, q)));
    let opposed = opposed.or_else(|| {
        let in_copy = |p: &str, q: &str| opposed_in_copy(p, q) || is_negated_by_prefix(p, q);
        forms().find(|(p, q)| in_copy(p, q)).map(|(p, q)| (FindingType::Outcome, p, q))
    });
    if is_toned(xs, i) != is_toned(ys, j) || opposite::is_victory(x, y) || is_time_of_day(c, x, y) {
        return None;
    }
    // "insufficiently equipped and inexperienced", "insufficiently equipped and experienced"
    let is_lacking = |items: &[Item], at: usize| {
        items[at.saturating_sub(3)..at].iter().any(|o| LACKING.contains(&o.lemma.as_str()))
    };
    if is_lacking(xs, i) && is_lacking(ys, j) && is_negated_by_prefix(&x.lemma, &y.lemma) {
        return None;
    }
    if let Some((kind, p, q)) = opposed {
        if is_of_another(c, i, j) || is_other_moment(c, i, j) {
            return None;
        }
        let note = format!("«{p}» and «{q}» exclude one another");
        return difference(kind, x.span, y.span, 0.75, note);
    }
    if are_opposites(x, y) {
        let note = format!("«{}» and «{}» are opposites", x.lemma, y.lemma);
        return difference(FindingType::Outcome, x.span, y.span, 0.7, note);
    }
    noun(c, i, j)
}

/// Words under which a word and its opposite say the same.
const LACKING: [&str; 6] =
    ["insufficiently", "insufficient", "inadequately", "inadequate", "poorly", "hardly"];

/// Likeness of two sentences from which another time of day in one of them was put there: of a night that was spent
/// somewhere and a morning when help came both are told.
const MIN_ALIKE_TIME: f64 = 0.45;

/// Whether two words name times of day in sentences that are not much alike.
fn is_time_of_day(c: &Comparison, x: &Item, y: &Item) -> bool {
    let is_time = |o: &Item| TIMES_OF_DAY.contains(&o.lemma.as_str());
    is_time(x) && is_time(y) && c.likeness < MIN_ALIKE_TIME
}

const TIMES_OF_DAY: [&str; 9] =
    ["morning", "dawn", "daybreak", "noon", "midday", "afternoon", "evening", "night", "midnight"];

/// "not a bad man", "less frequent", "failed to act": whether a word before an item turns it round.
pub(super) fn is_toned(items: &[Item], at: usize) -> bool {
    const TURNING: [&str; 12] = [
        "less", "least", "fail", "lack", "hardly", "barely", "scarcely", "rarely", "seldom", "unable",
        "little", "unlikely",
    ];
    let before = &items[at.saturating_sub(3)..at];
    before.iter().any(|o| o.class == Class::Negation || TURNING.contains(&o.lemma.as_str()))
}

/// "Wiik wins", "after Brandt lost": whether two verbs that exclude one another follow two names.
fn is_of_another(c: &Comparison, i: usize, j: usize) -> bool {
    let (x, y) = (&c.x.1[i], &c.y.1[j]);
    let name = |items: &'_ [Item], at: usize| {
        let is_person = |o: &&Item| matches!(o.class, Class::Name(EntityKind::Person, _));
        items[..at].iter().rev().find(is_person).map(|o| o.key.clone())
    };
    let (own, other) = (name(&c.x.1, i), name(&c.y.1, j));
    is_verbal(x.tag) && is_verbal(y.tag) && own.is_some() && other.is_some() && own != other
}

/// "Held before being deported", "detained after landing": before one thing and after another.
fn is_other_moment(c: &Comparison, i: usize, j: usize) -> bool {
    let is_side = |o: &Item| matches!(o.lemma.as_str(), "before" | "after");
    let behind = |items: &'_ [Item], at: usize| -> Vec<Item> {
        items[at + 1..]
            .iter()
            .take(MAX_STEPS + 1)
            .filter(|o| o.is_content || matches!(o.class, Class::Time(_)))
            .cloned()
            .collect()
    };
    let (own, others) = (behind(&c.x.1, i), behind(&c.y.1, j));
    let is_one = own.iter().any(|o| others.iter().any(|p| o.key == p.key || standing(o, p) >= STANDS));
    is_side(&c.x.1[i]) && is_side(&c.y.1[j]) && !own.is_empty() && !others.is_empty() && !is_one
}

/// A noun in the place of another that excludes it; of a compound ("telephone call") the last word counts too.
fn noun(c: &Comparison, i: usize, j: usize) -> Option<Difference> {
    let is_noun = |o: &&Item| matches!(o.tag, Tag::Noun | Tag::Propn | Tag::X) && o.class == Class::Word;
    let from = |items: &'_ [Item], at: usize| -> Vec<Item> {
        items[at..].iter().take(2).take_while(is_noun).cloned().collect()
    };
    let (xs, ys) = (from(&c.x.1, i), from(&c.y.1, j));
    let excluded = |p: &Item, q: &Item| {
        let is_general =
            p.known.zip(q.known).is_some_and(|(a, b)| words().relations(a, b) & (SYNONYM | KIND) != 0);
        excluded_noun(&p.lemma, &q.lemma).filter(|_| !is_general)
    };
    let both = xs.iter().flat_map(|p| ys.iter().map(move |q| (p, q)));
    let found = both.filter(|(p, q)| !is_moved(c, p, q)).find_map(|(p, q)| Some((p, q, excluded(p, q)?)));
    // "39 feet", "12 metres": converted
    let number_before = |items: &'_ [Item], at: usize| {
        let near = items[at.saturating_sub(2)..at].iter().rev();
        near.filter_map(|o| o.lemma.replace(',', "").parse::<f64>().ok()).next()
    };
    let numbers = number_before(&c.x.1, i).zip(number_before(&c.y.1, j));
    if found.is_some_and(|f| f.2 == "unit") && numbers.is_some_and(|(v, w)| (v - w).abs() > 1e-9) {
        return None;
    }
    // "tanker trucks", "hauler trucks": trucks both
    let is_of =
        |o: &Item, class: &str| NOUNS.get(o.lemma.as_str()).is_some_and(|e| e.iter().any(|x| x.0 == class));
    let is_one = |class: &str| xs.iter().any(|p| is_of(p, class) && ys.iter().any(|q| p.lemma == q.lemma));
    let found = found.filter(|f| !is_one(f.2));
    let (p, q, class) = found.or_else(|| persons(c, i, j).map(|(p, q)| (p, q, "person")))?;
    let kind = match class {
        "channel" => FindingType::Attribution,
        "unit" => FindingType::Quantity,
        _ => FindingType::Actor,
    };
    let note = format!("«{}» and «{}» are not the same ({class})", p.lemma, q.lemma);
    difference(kind, xs[0].span.cover(p.span), ys[0].span.cover(q.span), 0.75, note)
}

/// Words for a person that have nothing to do with one another, beside a word that stayed: "one firefighter", "one
/// musician".
fn persons<'c>(c: &'c Comparison, i: usize, j: usize) -> Option<(&'c Item, &'c Item)> {
    let (x, y) = (&c.x.1[i], &c.y.1[j]);
    let is_noun = |o: &Item| o.tag == Tag::Noun && o.class == Class::Word && is_a(&o.lemma, "person");
    let is_named =
        |o: &Item| !VAGUE_PERSONS.contains(&o.lemma.as_str()) && !VAGUE_TITLES.contains(&o.lemma.as_str());
    let is_far = x.known.zip(y.known).is_some_and(|(a, b)| {
        words().relations(a, b) & (SYNONYM | KIND | DERIVED) == 0 && words().cosine(a, b) < MAX_NEAR_PERSON
    });
    let is_beside = c.pairs.iter().any(|&(p, q)| {
        let is_next = p + 1 == i && q + 1 == j || i + 1 == p && j + 1 == q;
        is_next && standing(&c.x.1[p], &c.y.1[q]) >= STANDS && (c.x.1[p].is_content || p + 1 == i)
    });
    let entries = NOUNS.get(x.lemma.as_str()).zip(NOUNS.get(y.lemma.as_str()));
    let is_one = entries.is_some_and(|(p, q)| p.iter().any(|e| q.contains(e)));
    (!is_one
        && is_noun(x)
        && is_noun(y)
        && is_named(x)
        && is_named(y)
        && is_far
        && is_beside
        && !is_moved(c, x, y))
    .then_some((x, y))
}

/// Nearness in use from which one word for a person may stand for another.
const MAX_NEAR_PERSON: f64 = 0.3;
/// Words for a person that many others stand for, or that tell of age and sex: who is a girl may be a pupil.
const VAGUE_PERSONS: [&str; 75] = [
    "fighter",
    "extremist",
    "militant",
    "insurgent",
    "peer",
    "classmate",
    "hostage",
    "captive",
    "attacker",
    "assailant",
    "reviewer",
    "inspector",
    "examiner",
    "investigator",
    "caretaker",
    "person",
    "individual",
    "people",
    "authority",
    "resident",
    "citizen",
    "local",
    "director",
    "manager",
    "executive",
    "employee",
    "worker",
    "staff",
    "colleague",
    "expert",
    "specialist",
    "professional",
    "source",
    "participant",
    "supporter",
    "follower",
    "fan",
    "victim",
    "casualty",
    "survivor",
    "parent",
    "child",
    "kid",
    "youth",
    "guest",
    "visitor",
    "user",
    "observer",
    "operator",
    "agent",
    "host",
    "partner",
    "subject",
    "being",
    "human",
    "folk",
    "case",
    "star",
    "figure",
    "girl",
    "boy",
    "pupil",
    "student",
    "mother",
    "father",
    "teenager",
    "adviser",
    "advisor",
    "speaker",
    "counsel",
    "lad",
    "lady",
    "guy",
    "applicant",
    "spokesman",
];

/// A word as lists may hold it: with the particle that follows it ("turn_down"), its lemma, the word as it stands.
pub(super) fn forms(items: &[Item], at: usize, text: &str) -> Vec<String> {
    let item = &items[at];
    let next = items.get(at + 1).filter(|n| !n.is_content && n.class == Class::Word);
    let phrase = next.filter(|_| is_verbal(item.tag)).map(|n| format!("{}_{}", item.lemma, n.lemma));
    // "on time", "in public"
    let before = at.checked_sub(1).map(|n| &items[n]).filter(|b| b.tag == Tag::Adp && item.tag == Tag::Noun);
    let phrase = phrase.or_else(|| before.map(|b| format!("{}_{}", b.lemma, item.lemma)));
    // "right on time"
    let behind =
        items.get(at + 1).zip(items.get(at + 2)).filter(|(p, n)| p.tag == Tag::Adp && n.tag == Tag::Noun);
    let is_adverb = item.tag == Tag::Adv;
    let phrase =
        phrase.or_else(|| behind.filter(|_| is_adverb).map(|(p, n)| format!("{}_{}", p.lemma, n.lemma)));
    let is_phrase = |p: &String| opposite::is_listed(p) || OPPOSITES.contains_key(p.as_str());
    match phrase.filter(is_phrase) {
        Some(phrase) => vec![phrase],
        None => vec![item.lemma.clone(), item.span.of(text).to_lowercase()],
    }
}

/// "may" for "will": what was open is certain, or the other way round.
fn modality(x: &Item, y: &Item) -> Option<String> {
    const OPEN: [&str; 3] = ["may", "might", "could"];
    const CERTAIN: [&str; 3] = ["will", "shall", "must"];
    let is = |list: &[&str], i: &Item| list.contains(&i.lemma.as_str()) && i.tag == Tag::Aux;
    let is_turned = is(&OPEN, x) && is(&CERTAIN, y) || is(&CERTAIN, x) && is(&OPEN, y);
    (is_turned && x.negated.is_some() == y.negated.is_some())
        .then(|| format!("«{}» and «{}»: what was open is certain, or the other way round", x.lemma, y.lemma))
}

/// Whether a lemma has an opposite along copies at all.
pub(super) fn is_listed(lemma: &str) -> bool {
    OPPOSITES.contains_key(lemma)
}

/// Whether two lemmas stand on different sides of a line, and on one side of none.
pub(super) fn opposed_in_copy(a: &str, b: &str) -> bool {
    let (Some(p), Some(q)) = (OPPOSITES.get(a), OPPOSITES.get(b)) else { return false };
    !p.iter().any(|x| q.contains(x)) && p.iter().any(|x| q.iter().any(|y| x.0 == y.0 && x.1 != y.1))
}

/// "stable", "unstable"; with a prefix that also means "into" ("inbuilt"), where the dictionary has them as opposites.
fn is_negated_by_prefix(a: &str, b: &str) -> bool {
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let is_sure = |p: &str| !p.starts_with('i') || are(OPPOSITE, a, b);
    short.len() >= 4 && NEGATIVE_PREFIXES.iter().any(|p| long.strip_prefix(p) == Some(short) && is_sure(p))
}

/// Whether two lemmas are those of who does different things: the police, prosecutors. Many words stand for one of them ("the
/// agency", "the organisation"), so that this counts only where both do the very same.
pub(super) fn are_other_doers(a: &str, b: &str) -> bool {
    let entries = |lemma: &str| -> Vec<usize> {
        NOUNS.get(lemma).into_iter().flatten().filter(|e| e.0 == DOER).map(|e| e.1).collect()
    };
    let (p, q) = (entries(a), entries(b));
    !p.is_empty() && !q.is_empty() && !p.iter().any(|n| q.contains(n)) && !are(SYNONYM | KIND, a, b)
}

/// The class of those who act.
const DOER: &str = "doer";

/// The class of which two lemmas are different members.
pub(super) fn excluded_noun(a: &str, b: &str) -> Option<&'static str> {
    if are_other_sciences(a, b) {
        return Some("trade");
    }
    // a geologist is a scientist
    if are(KIND, a, b) {
        return None;
    }
    let (p, q) = (NOUNS.get(a)?, NOUNS.get(b)?);
    if p.iter().any(|x| q.contains(x)) {
        return None;
    }
    let is_class = |x: &&(&'static str, usize)| x.0 != DOER && q.iter().any(|y| x.0 == y.0);
    p.iter().find(is_class).map(|x| x.0)
}

/// "Virologist", "bacteriologist": those who study two things; "gynaecologist" is another spelling of one.
fn are_other_sciences(a: &str, b: &str) -> bool {
    const STUDIES: &str = "ologist";
    let plain = |lemma: &str| lemma.replace("ae", "e").replace("oe", "e");
    a.ends_with(STUDIES) && b.ends_with(STUDIES) && plain(a) != plain(b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_differ_in_what_both_name() {
        let check = |a: &str, b: &str, expected: bool| {
            assert_eq!(Calendar::of(a).differs(&Calendar::of(b)), expected, "{a} / {b}");
        };
        check("april 5", "august 5", true);
        check("april 5", "april 15", true);
        check("april 5", "apr. 5th", false);
        check("5 april 2019", "april 5", false);
        check("sept. 21, 2015", "september 21, 2011", true);
        check("friday afternoon", "sunday afternoon", true);
        check("friday", "early on friday", false);
        check("friday", "the next day", false);
        check("may 9", "9 may", false);
        check("the second quarter of 2031", "the third quarter of 2031", true);
        check("the second quarter", "the 2nd quarter of 2031", false);
        check("at 5 p.m. on may 9", "may 9", false);
        check("", "friday", false);
    }

    #[test]
    fn directions_and_units_of_time() {
        let check = |a: &str, b: &str, is_turned: bool, is_other: bool| {
            assert_eq!(turned(a, b).is_some(), is_turned, "{a} / {b}");
            assert_eq!(other_unit(a, b), is_other, "{a} / {b}");
        };
        check("last week", "next week", true, false);
        check("an hour earlier", "an hour later", true, false);
        check("a few minutes", "a few hours", false, true);
        check("a few minutes", "several minutes", false, false);
        check("the past decade", "the past decades", false, false);
        check("", "", false, false);
    }

    #[test]
    fn halves_of_the_day_and_centuries() {
        let check = |a: &str, b: &str, expected: bool| {
            assert_eq!(are_other_halves(a, b), expected, "{a} / {b}");
        };
        check("6 a.m. local time", "6 p.m. local time", true);
        check("7.20am on friday", "at 7:20 pm", true);
        check("7.20am", "7.20 a.m.", false);
        check("6 a.m.", "7 p.m.", false);
        check("6 a.m.", "the evening", false);
        check("", "é am", false);
        assert!(are_other_centuries("04", "14"));
        assert!(!are_other_centuries("04", "04") && !are_other_centuries("2004", "2014"));
    }

    #[test]
    fn durations_by_length() {
        let check =
            |a: &str, b: &str, expected: bool| assert_eq!(other_duration(a, b), expected, "{a} / {b}");
        check("P2D", "PT48H", false);
        check("P12M", "P1Y", false);
        check("PT40H", "PT81H", true);
        check("P3W", "P3D", true);
        check("PXM", "PXD", false);
        check("P", "PT", false);
    }

    #[test]
    fn numbers_that_are_one_another_rounded() {
        let check = |a: f64, b: f64, expected: bool| assert_eq!(is_rounded(a, b), expected, "{a} / {b}");
        check(1950.0, 2000.0, true);
        check(2000.0, 1950.0, true);
        check(12.0, 10.0, false);
        check(4200.0, 2400.0, false);
        check(810_134.0, 810_000.0, true);
    }

    #[test]
    fn numbers_written_otherwise() {
        let check =
            |a: &str, b: &str, expected: bool| assert_eq!(is_written_otherwise(a, b), expected, "{a} / {b}");
        check("1,140", "1.140", true);
        check("12 500", "12,500", true);
        check("1.4", "14", false);
        check("2,4", "4,2", false);
        check("600", "600", false);
        check("", "", false);
        assert!(is_one_measure("tonne", "ton") && is_one_measure("kilometre per hour", "kilometre"));
        assert!(!is_one_measure("kilometre", "mile"));
    }

    #[test]
    fn names_that_may_be_one() {
        let check = |a: &str, b: &str, expected: bool| assert_eq!(are_alike(a, b), expected, "{a} / {b}");
        check("Ilse Brandt", "Brandt", true);
        check("U.S.", "U.S.", true);
        check("World Food Board", "WFB", true);
        check("Karsov", "Karsow", true);
        check("VA", "Virginia", true);
        check("VA", "Alabama", false);
        check("Ilse Brandt", "Jon Wiik", false);
        check("Lisbon", "Osaka", false);
        check("", "Osaka", false);
    }

    #[test]
    fn names_made_of_words() {
        assert!(is_translated("Harbour Safety Agency", "Port Security Organization"));
        assert!(!is_translated("Ilse Brandt", "Jon Wiik") && !is_translated("Lisbon", "Osaka"));
        assert!(!is_translated("", ""));
    }

    #[test]
    fn words_that_exclude_one_another() {
        let check = |a: &str, b: &str, expected: bool| {
            let found = opposed_in_copy(a, b) || is_negated_by_prefix(a, b) || excluded_noun(a, b).is_some();
            assert_eq!(found, expected, "{a} / {b}");
        };
        check("stable", "unstable", true);
        check("teacher", "doctor", true);
        check("teacher", "instructor", false);
        check("rich", "poor", true);
        check("rich", "wealthy", false);
        check("ambassador", "envoy", false);
        check("twitter", "website", true);
        check("built", "inbuilt", false);
        check("solvent", "insolvent", true);
        check("suspend", "dismiss", true);
        check("turn_down", "accept", true);
        check("geologist", "zoologist", true);
        check("gynecologist", "gynaecologist", false);
        check("geologist", "weather", false);
        check("school", "weather", false);
    }

    #[test]
    fn names_of_one_country_and_names_that_stand_together() {
        let check =
            |a: &str, b: &str, expected: bool| assert_eq!(are_one_country(a, b), expected, "{a} / {b}");
        check("UK", "Britain", true);
        check("U.K.", "British", true);
        check("the US", "American", true);
        check("UK", "US", false);
        check("Lisbon", "Osaka", false);
        check("", "", false);
        let check = |text: &str, a: &str, b: &str, expected: bool| {
            assert_eq!(stand_together(text, a, b), expected, "{text}");
        };
        check("Ilse Brandt came.", "Ilse", "Brandt", true);
        check("Wiik (\u{201c}Jon\u{201d}) came.", "Wiik", "Jon", true);
        check("Ilse came. Brandt left.", "Ilse", "Brandt", false);
        check("IlseBrandt", "Ilse", "Brandt", false);
        check("", "", "", false);
    }
}
