//! Numbers that disagree: same unit, same counted thing, bounds that do not meet.

use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{FindingType, Hedge, Quantity, Span, Unit};

use super::item::{Class, Item};
use super::{Comparison, Difference, exchanged};
use crate::finding::figure::apart;
use crate::finding::figure::measure::is_word;

/// First lemma → the phrases that begin with it: their other lemmas, and the frame ("death", "injury").
type Phrases = lexicon::Lookup<&'static str, Vec<(Vec<&'static str>, &'static str)>>;

static FRAMES: LazyLock<Phrases> = LazyLock::new(|| {
    let mut phrases = Phrases::default();
    for fields in lexicon::entries(lexicon::CASUALTY_FRAMES).filter(|f| f.len() > 1) {
        for phrase in fields[1].split(' ') {
            let mut words = phrase.split('_');
            let first = words.next().unwrap_or("");
            phrases.entry(first).or_default().push((words.collect(), fields[0]));
        }
    }
    phrases
});

static GROWING: LazyLock<lexicon::Listed<&str>> = LazyLock::new(|| {
    lexicon::entries(lexicon::CASUALTY_FRAMES).filter(|f| f.get(2) == Some(&"grows")).map(|f| f[0]).collect()
});

/// Counted thing → its class ("role" → "job").
static KIN: LazyLock<lexicon::Lookup<&str, &str>> = LazyLock::new(|| {
    let lines = lexicon::entries(lexicon::COUNTED_KIN).filter(|f| f.len() > 1);
    lines.flat_map(|f| f[1].split(' ').map(move |lemma| (lemma, f[0]))).collect()
});

static PEOPLE: LazyLock<lexicon::Listed<&str>> = LazyLock::new(|| {
    lexicon::entries(lexicon::PEOPLE_WORDS).filter(|f| f.len() == 1).map(|f| f[0]).collect()
});

static THERE: LazyLock<lexicon::Listed<&str>> =
    LazyLock::new(|| lexicon::entries(lexicon::PEOPLE_WORDS).filter(|f| f.len() > 1).map(|f| f[0]).collect());

static APART: LazyLock<lexicon::Listed<&str>> = LazyLock::new(|| {
    lexicon::entries(lexicon::PEOPLE_WORDS).filter(|f| f.get(1) == Some(&"apart")).map(|f| f[0]).collect()
});

/// Words of a phrase may stand this far apart ("leave their old homes").
const MAX_GAP: usize = 2;

/// Whether a counted thing means people.
#[must_use]
pub fn is_people(lemma: &str) -> bool {
    PEOPLE.contains(lemma)
}

/// Whether a counted thing names people by why they were there: "spectators", "hostages".
#[must_use]
pub fn were_there(lemma: &str) -> bool {
    THERE.contains(lemma)
}

/// Whether a count of such people may be one of the killed and hurt only in part: "three protesters" of six people.
#[must_use]
pub fn may_be_some(lemma: &str) -> bool {
    APART.contains(lemma)
}

/// Whether two counted things can be one: the same, of one class, people and those who were there.
#[must_use]
pub fn are_one_thing(a: &str, b: &str) -> bool {
    canonical(a) == canonical(b)
        || is_people(a) && (is_people(b) || were_there(b))
        || were_there(a) && is_people(b)
}

/// The class of a counted thing: "role", "post" and "position" are jobs.
#[must_use]
pub fn canonical(lemma: &str) -> &str {
    KIN.get(lemma).copied().unwrap_or(lemma)
}

/// Whether counts of a frame grow as more becomes known.
#[must_use]
pub fn grows(frame: &str) -> bool {
    GROWING.contains(frame)
}

/// A frame by its name ("death").
#[must_use]
pub fn frame_named(name: &str) -> Option<&'static str> {
    FRAMES.values().flatten().map(|(_, frame)| *frame).find(|frame| *frame == name)
}

/// The frame of a word ("death" for "kill"), if it belongs to one.
#[must_use]
pub fn frame(lemma: &str) -> Option<&'static str> {
    frame_of(&[lemma])
}

/// The frame of the phrase with which these lemmas begin, the longest first.
#[must_use]
pub fn frame_of(lemmas: &[&str]) -> Option<&'static str> {
    let (first, rest) = lemmas.split_first()?;
    let phrases = FRAMES.get(first)?;
    let begins = |phrase: &[&str]| {
        let mut at = 0;
        phrase.iter().all(|word| {
            let gap = rest[at.min(rest.len())..].iter().take(MAX_GAP + 1).position(|w| w == word);
            at += gap.unwrap_or(0) + 1;
            gap.is_some()
        })
    };
    phrases.iter().filter(|(p, _)| begins(p)).max_by_key(|(p, _)| p.len()).map(|(_, frame)| *frame)
}

/// Whether two quantities can both be true of one thing: their bounds meet, or one is the other rounded.
#[must_use]
pub fn compatible(a: &Quantity, b: &Quantity) -> bool {
    let (low_a, high_a) = bounds(a, rounding(a, b).max(decimals(a, b)));
    let (low_b, high_b) = bounds(b, rounding(b, a).max(decimals(b, a)));
    low_a <= high_b && low_b <= high_a
}

/// Bounds with the room that a hedge or a round number leaves. A vague number ("dozens") has no upper bound.
fn bounds(q: &Quantity, rounding: f64) -> (f64, f64) {
    let room = match q.hedge {
        // "about half an hour" may be 35 minutes
        Hedge::About if is_length(&q.unit) => 0.2,
        Hedge::About | Hedge::Nearly => 0.1,
        Hedge::Vague => 0.5,
        _ => 0.0,
    };
    let room = (q.value.abs() * room).max(rounding);
    let high = q.high.filter(|_| q.hedge != Hedge::Vague).map_or(f64::INFINITY, |h| h + room);
    (q.low.unwrap_or(f64::NEG_INFINITY) - room, high)
}

/// Whether a unit measures time.
fn is_length(unit: &Unit) -> bool {
    let units = ["length", "second", "minute", "hour", "day", "week", "month", "year"];
    matches!(unit, Unit::Measure(name) if units.contains(&name.as_str()))
}

/// Half of the last digit that a round number shows, where the other shows more: 1,200 may be 1,150 to 1,250 beside 1,187,
/// but not beside 1,300; 12 is 12.
fn rounding(q: &Quantity, other: &Quantity) -> f64 {
    let mut unit = 1.0;
    while q.value.abs() >= 1000.0 && q.value % (unit * 10.0) == 0.0 && unit * 10.0 < q.value.abs() {
        unit *= 10.0;
    }
    if unit > 1.0 && other.value % unit != 0.0 { unit / 2.0 } else { 0.0 }
}

/// Half of the last digit of a measure that another gives with more digits behind the point: 54% may be 54.4%.
fn decimals(q: &Quantity, other: &Quantity) -> f64 {
    let n_digits = |v: f64| (0..4).find(|n| (v * 10f64.powi(*n)).fract().abs() < 1e-6).unwrap_or(4);
    let (own, more) = (n_digits(q.value), n_digits(other.value));
    let is_measured = matches!(q.unit, Unit::Percent | Unit::Measure(_));
    if is_measured && own < more { 0.5 / 10f64.powi(own) } else { 0.0 }
}

struct Counted<'a> {
    item: &'a Item,
    quantity: &'a Quantity,
    frame: Option<&'static str>,
}

/// Lengths of time that stand for one another: "three and a half years" against "four and a half years".
fn durations(c: &Comparison) -> Option<Difference> {
    let of = |statement: &crate::align::Statement,
              items: &'_ [Item]|
     -> Vec<(variorum_schema::Span, String)> {
        let times = &c.telling.account(statement.account).annotations.times;
        let found = items.iter().filter_map(|i| match i.class {
            Class::Time(t) => times.get(t as usize).filter(|t| t.kind == variorum_schema::TimeKind::Duration),
            _ => None,
        });
        found.map(|t| (t.span, t.value.clone())).collect()
    };
    let (xs, ys) = (of(c.x.0, &c.x.1), of(c.y.0, &c.y.1));
    let ([(x, p)], [(y, q)]) = (&xs[..], &ys[..]) else { return None };
    let number = |v: &str| {
        v.chars().filter(|ch| ch.is_ascii_digit() || *ch == '.').collect::<String>().parse::<f64>().ok()
    };
    let unit = |v: &str| v.chars().filter(|ch| ch.is_ascii_alphabetic()).collect::<String>();
    let differ =
        matches!((number(p), number(q)), (Some(a), Some(b)) if (a - b).abs() > 1e-9) && unit(p) == unit(q);
    // "29 years" are nearly three decades
    let is_decade = |s: &Span, text: &str| s.of(text).to_lowercase().contains("decade");
    let are_near = number(p).zip(number(q)).is_some_and(|(a, b)| (a - b).abs() <= 5.0);
    let is_rounded = are_near && is_decade(x, c.text_x()) != is_decade(y, c.text_y());
    let note = format!("{p} against {q}");
    (differ && !is_rounded && (c.is_copy || c.likeness >= 0.5)).then_some(Difference {
        kind: FindingType::Quantity,
        x: *x,
        y: *y,
        note,
        strength: 0.75,
    })
}

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    // Independent accounts are compared figure by figure, whatever their sentences look like (`finding::figure`).
    if !c.is_copy && c.x.0.account != c.y.0.account {
        return Vec::new();
    }
    let mut found = numbers(c);
    found.extend(durations(c));
    found
}

fn numbers(c: &Comparison) -> Vec<Difference> {
    let (mut xs, mut ys) = (counted(c, true), counted(c, false));
    if c.x.0.account == c.y.0.account {
        // "10 of 41" and "31 of 41" number the pages of one gallery.
        let is_page = |text: &str, q: &Quantity| {
            let rest = text.get(q.number.end as usize..).unwrap_or("");
            [" of ", "/"]
                .iter()
                .any(|m| rest.strip_prefix(m).is_some_and(|r| r.starts_with(|ch: char| ch.is_ascii_digit())))
                || q.number.of(text).contains('/')
        };
        xs.retain(|n| !is_page(c.text_x(), n.quantity));
        ys.retain(|n| !is_page(c.text_y(), n.quantity));
    }
    let only = |list: &'_ [Counted], others: &[Counted]| -> Vec<usize> {
        (0..list.len())
            .filter(|i| !others.iter().any(|o| same_number(list[*i].quantity, o.quantity)))
            .collect()
    };
    let (only_x, only_y) = (only(&xs, &ys), only(&ys, &xs));
    if let (true, &[i], &[j]) = (c.is_copy, &only_x[..], &only_y[..]) {
        let is_alike = c.likeness >= MUCH_ALIKE
            || stand_opposite(c, xs[i].item, ys[j].item)
            || are_paired(c, xs[i].item, ys[j].item) && c.is_rewritten();
        let (p, q) = (xs[i].quantity, ys[j].quantity);
        let is_same = exchanged::is_conversion(p, q)
            || are_estimates(p, q)
            || are_turns(p, q, c.likeness)
            || is_one_more(c, p, q)
            || is_running(c)
            || is_fraction_of(p, p.number.of(c.text_x()), q)
            || is_fraction_of(q, q.number.of(c.text_y()), p)
            || stands_in(p.number.of(c.text_x()), c.telling.text(c.y.0))
            || stands_in(q.number.of(c.text_y()), c.telling.text(c.x.0))
            || exchanged::is_written_otherwise(p.number.of(c.text_x()), q.number.of(c.text_y()));
        let found =
            the_ones(&xs[i], &ys[j]).filter(|_| is_alike && !is_same && !is_article(c, &xs[i], &ys[j]));
        return found.into_iter().collect();
    }
    let mut found = Vec::new();
    for &i in &only_x {
        let rivals: Vec<usize> =
            only_y.iter().copied().filter(|j| is_comparable(c, &xs[i], &ys[*j])).collect();
        let [j] = rivals[..] else { continue };
        let back = only_x.iter().filter(|k| is_comparable(c, &xs[**k], &ys[j])).count();
        if back != 1 || compatible(xs[i].quantity, ys[j].quantity) {
            continue;
        }
        let note =
            format!("{} against {}, same unit and counted thing", xs[i].quantity.value, ys[j].quantity.value);
        let (x, y) = (xs[i].quantity.span, ys[j].quantity.span);
        found.push(Difference { kind: FindingType::Quantity, x, y, note, strength: 0.85 });
    }
    found
}

/// How much more one of two estimates may be than the other.
const MAX_ESTIMATES: f64 = 1.15;

/// "At least ten", "an estimated 11": two numbers near one another of which one says that it is no exact one. The same
/// digits in another order are no estimate.
pub(super) fn are_estimates(p: &Quantity, q: &Quantity) -> bool {
    let is_open = |q: &Quantity| !matches!(q.hedge, Hedge::Exact | Hedge::Range);
    let (low, high) = (p.value.min(q.value), p.value.max(q.value));
    // "up to 120", "more than 100"
    let are_bounds = matches!((p.hedge, q.hedge), (Hedge::AtMost, Hedge::AtLeast)) && q.value <= p.value
        || matches!((p.hedge, q.hedge), (Hedge::AtLeast, Hedge::AtMost)) && p.value <= q.value;
    are_bounds || (is_open(p) || is_open(q)) && low > 0.0 && high / low <= MAX_ESTIMATES
}

/// Likeness of two sentences from which a first in one of them is the second of the other.
const MIN_TURNS: f64 = 0.8;

/// "The second restaurant", "the first one opened in 2012": places in a row of which each has its own sentence.
pub(super) fn are_turns(p: &Quantity, q: &Quantity, likeness: f64) -> bool {
    p.unit == Unit::Ordinal && q.unit == Unit::Ordinal && likeness < MIN_TURNS
}

/// "Four Americans, the ambassador among them", "the ambassador and three other Americans".
fn is_one_more(c: &Comparison, p: &Quantity, q: &Quantity) -> bool {
    let says_other = |q: &Quantity, text: &str| {
        let behind = text.get(q.number.end as usize..).unwrap_or("");
        behind
            .split_whitespace()
            .take(2)
            .any(|w| matches!(w.trim_end_matches(['.', ',']), "other" | "others"))
    };
    let is = |more: f64, fewer: f64| (more - fewer - 1.0).abs() < 1e-9;
    is(p.value, q.value) && says_other(q, c.text_y()) || is(q.value, p.value) && says_other(p, c.text_x())
}

/// Likeness of two sentences from which a running count in one of them was changed.
const MIN_RUNNING: f64 = 0.85;

/// Whether a sentence tells of a count that runs on between two looks at it: donations, views, likes.
fn is_running(c: &Comparison) -> bool {
    let has = |items: &[Item]| items.iter().any(|i| is_word("running", &i.lemma));
    c.likeness < MIN_RUNNING && (has(&c.x.1) || has(&c.y.1))
}

/// From this likeness on the only numbers in which two sentences of a copy differ stand for one another, wherever they are.
const MUCH_ALIKE: f64 = 0.55;

/// "a couple", "one bandleader": a number that may be an article.
fn is_article(c: &Comparison, x: &Counted, y: &Counted) -> bool {
    let is_one = |t: &str| matches!(t.to_lowercase().split(' ').next(), Some("a" | "an" | "one"));
    is_one(x.quantity.number.of(c.text_x())) || is_one(y.quantity.number.of(c.text_y()))
}

/// The one number of each side of a copy that the other lacks: they stand for one another.
fn the_ones(x: &Counted, y: &Counted) -> Option<Difference> {
    let (p, q) = (x.quantity, y.quantity);
    // Between copies a hedge leaves no room: the number was there to be copied. Rounding does.
    let is_rounded = (p.value - q.value).abs() <= rounding(p, q).max(rounding(q, p));
    if unit_class(&p.unit).0 != unit_class(&q.unit).0
        || is_rounded
        || p.hedge == Hedge::Vague
        || q.hedge == Hedge::Vague
    {
        return None;
    }
    let note = format!("{} became {}, the only numbers in which the two differ", p.value, q.value);
    Some(Difference { kind: FindingType::Quantity, x: p.span, y: q.span, note, strength: 0.9 })
}

fn same_number(a: &Quantity, b: &Quantity) -> bool {
    (a.value - b.value).abs() < 1e-9 && unit_class(&a.unit) == unit_class(&b.unit)
}

fn unit_class(unit: &Unit) -> (u8, &str) {
    match unit {
        Unit::Count => (0, ""),
        Unit::Ordinal => (1, ""),
        Unit::Percent => (2, ""),
        Unit::Money(currency) => (3, currency),
        Unit::Measure(name) => (4, name),
        Unit::Age => (5, ""),
    }
}

fn counted<'a>(c: &'a Comparison, is_x: bool) -> Vec<Counted<'a>> {
    let (statement, items) = if is_x { (c.x.0, &c.x.1) } else { (c.y.0, &c.y.1) };
    let annotations = &c.telling.account(statement.account).annotations;
    let numbers = items.iter().enumerate().filter_map(|(at, item)| match item.class {
        Class::Quantity(idx) => {
            let quantity = annotations.quantities.get(idx as usize)?;
            let is_margin =
                !c.is_copy && apart::is_by_how_much(&c.telling.document(statement.account).text, quantity);
            Some((at, item, quantity)).filter(|_| !is_margin)
        }
        _ => None,
    });
    numbers.map(|(at, item, quantity)| Counted { item, quantity, frame: nearest_frame(items, at) }).collect()
}

/// The frame of the nearest casualty word around a number, at most six items away.
fn nearest_frame(items: &[Item], at: usize) -> Option<&'static str> {
    let window = items.iter().enumerate().filter(|(i, _)| i.abs_diff(at) <= 6);
    window
        .filter_map(|(i, item)| frame(&item.lemma).map(|f| (i.abs_diff(at), i < at, f)))
        .min()
        .map(|(_, _, f)| f)
}

fn is_comparable(c: &Comparison, a: &Counted, b: &Counted) -> bool {
    if unit_class(&a.quantity.unit) != unit_class(&b.quantity.unit) || a.quantity.unit == Unit::Ordinal {
        return false;
    }
    if c.is_copy && stand_opposite(c, a.item, b.item) {
        return true;
    }
    let is_count = a.quantity.unit == Unit::Count;
    match (&a.quantity.counted_lemma, &b.quantity.counted_lemma) {
        (Some(p), Some(q)) if p == q || is_people(p) && is_people(q) => {
            a.frame == b.frame && (!is_people(p) || a.frame.is_some() || c.likeness >= 0.5)
        }
        (None, Some(p)) | (Some(p), None) => {
            a.frame.is_some() && a.frame == b.frame && (is_people(p) || frame(p).is_some())
        }
        (None, None) => a.frame.is_some() && a.frame == b.frame || !is_count && c.likeness >= 0.5,
        _ => frame_words(a, b),
    }
}

/// "15 dead" and "death toll of 15": counted things that are themselves words of one frame.
fn frame_words(a: &Counted, b: &Counted) -> bool {
    let of = |c: &Counted| {
        c.quantity
            .counted_lemma
            .as_deref()
            .and_then(|l| frame(l).or(if is_people(l) { c.frame } else { None }))
    };
    of(a).is_some() && of(a) == of(b)
}

/// "just under half" for 43 percent: a fraction in words leaves room.
pub(super) fn is_fraction_of(fraction: &Quantity, text: &str, exact: &Quantity) -> bool {
    let lower = text.to_lowercase();
    let is_fraction = ["half", "third", "quarter", "fifth", "tenth"].iter().any(|w| lower.contains(w));
    let of_one =
        |q: &Quantity| if q.unit == Unit::Percent && q.value > 1.0 { q.value / 100.0 } else { q.value };
    let (p, q) = (of_one(fraction), of_one(exact));
    is_fraction && (p - q).abs() <= 0.2 * p.abs().max(q.abs())
}

/// Whether a number in digits stands as it is in a sentence, read as another number there, or as none.
#[must_use]
pub fn stands_in(number: &str, sentence: &str) -> bool {
    let is_digits = |t: &str| t.chars().next().is_some_and(|ch| ch.is_ascii_digit());
    let parts = |t: &str| -> Vec<String> {
        let parts = t.split(|ch: char| !ch.is_alphanumeric() && ch != '.' && ch != ',');
        parts.map(|p| p.trim_end_matches(['.', ',']).to_owned()).collect()
    };
    let own = parts(number).into_iter().find(|p| is_digits(p));
    own.is_some_and(|own| parts(sentence).contains(&own))
}

/// Whether one item has the place of the other.
fn are_paired(c: &Comparison, a: &Item, b: &Item) -> bool {
    c.pairs.iter().any(|p| c.x.1[p.0].span == a.span && c.y.1[p.1].span == b.span)
}

/// Whether the two items stand opposite each other in the alignment.
fn stand_opposite(c: &Comparison, a: &Item, b: &Item) -> bool {
    c.replacements().any(|(xs, ys)| {
        xs.len() <= 4
            && ys.len() <= 4
            && xs.iter().any(|i| i.span == a.span)
            && ys.iter().any(|i| i.span == b.span)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(value: f64, hedge: Hedge, unit: Unit) -> Quantity {
        let (span, counted) = (Span::default(), None);
        Quantity {
            span,
            number: span,
            value,
            low: Some(value),
            high: Some(value),
            hedge,
            unit,
            counted,
            counted_lemma: None,
        }
    }

    #[test]
    fn estimates_leave_room_and_exact_numbers_none() {
        let check = |a: (f64, Hedge), b: (f64, Hedge), expected: bool| {
            let of = |(value, hedge)| quantity(value, hedge, Unit::Count);
            assert_eq!(are_estimates(&of(a), &of(b)), expected, "{a:?} / {b:?}");
        };
        check((10.0, Hedge::AtLeast), (11.0, Hedge::About), true);
        check((200.0, Hedge::AtLeast), (219.0, Hedge::Exact), true);
        check((174.0, Hedge::Exact), (147.0, Hedge::Exact), false);
        check((27.0, Hedge::AtLeast), (72.0, Hedge::Exact), false);
        check((120.0, Hedge::AtMost), (100.0, Hedge::AtLeast), true);
        check((100.0, Hedge::AtMost), (120.0, Hedge::AtLeast), false);
        check((0.0, Hedge::About), (0.0, Hedge::About), false);
    }

    #[test]
    fn places_in_a_row_are_one_only_in_sentences_much_alike() {
        let of = |value| quantity(value, Hedge::Exact, Unit::Ordinal);
        assert!(are_turns(&of(1.0), &of(2.0), 0.5));
        assert!(!are_turns(&of(1.0), &of(2.0), 0.9));
        assert!(!are_turns(&quantity(1.0, Hedge::Exact, Unit::Count), &of(2.0), 0.5));
    }
}
