//! Units of measure, percent and money.

use std::sync::LazyLock;

use variorum_schema::Unit;

use super::phrase::Phrases;
use super::scan::{Kind, Words};
use crate::lexicon::entries;

/// How far from "pounds" a word of money is looked for, in words.
const PRICE_REACH: usize = 20;

/// Where a unit may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// After any number.
    Word,
    /// After digits.
    Short,
    /// After digits without a blank.
    Glued,
    /// Before the number or right behind it.
    Sign,
    /// Before or after the number.
    Code,
    /// A word before a number ("rupees 5 crore").
    Lead,
}

/// A unit of measure.
#[derive(Debug)]
struct Measure {
    name: &'static str,
    place: Place,
}

/// A currency, or a coin of it.
#[derive(Debug)]
struct Currency {
    code: &'static str,
    place: Place,
    /// How many make one unit of the currency.
    parts: f64,
}

static MEASURES: LazyLock<Phrases<Measure>> = LazyLock::new(|| {
    Phrases::new(entries(include_str!("../../data/en/units.txt")).map(|f| {
        let field = |i: usize| f.get(i).copied().unwrap_or("");
        (field(0), Measure { name: field(1), place: place(field(2)) })
    }))
});

static CURRENCIES: LazyLock<Phrases<Currency>> = LazyLock::new(|| {
    Phrases::new(entries(include_str!("../../data/en/currencies.txt")).map(|f| {
        let field = |i: usize| f.get(i).copied().unwrap_or("");
        let parts = field(3).parse().unwrap_or(1.0);
        (field(0), Currency { code: field(1), place: place(field(2)), parts })
    }))
});

fn place(name: &str) -> Place {
    match name {
        "short" => Place::Short,
        "glued" => Place::Glued,
        "sign" => Place::Sign,
        "code" => Place::Code,
        "lead" => Place::Lead,
        _ => Place::Word,
    }
}

/// A unit read after a number.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// One past its last word.
    pub(super) end: usize,
    /// The unit.
    pub(super) unit: Unit,
    /// What the number is divided by: 100 for cents.
    pub(super) parts: f64,
}

/// The unit that opens at `at`, after a number whose last word is of kind `Digits` if `digits`.
pub(super) fn after(words: &Words, at: usize, digits: bool) -> Option<Found> {
    let joined = words.past_hyphen(at);
    if let Some(found) = bracketed(words, at).filter(|_| digits) {
        return Some(found);
    }
    percent(words, at).or_else(|| money(words, joined, digits)).or_else(|| {
        let (end, name) = measured(words, joined, digits)?;
        Some(Found { end, unit: Unit::Measure(name.to_owned()), parts: 1.0 })
    })
}

/// "20 (kg)", as tables write it.
fn bracketed(words: &Words, at: usize) -> Option<Found> {
    let close = match words.lower(at) {
        "(" => ")",
        "[" => "]",
        "{" => "}",
        "<" => ">",
        _ => return None,
    };
    let (end, name) = measured(words, at + 1, true)?;
    (words.lower(end) == close).then(|| Found {
        end: end + 1,
        unit: Unit::Measure(name.to_owned()),
        parts: 1.0,
    })
}

/// "%", "percent", "per cent", "percentage points", "pct".
fn percent(words: &Words, at: usize) -> Option<Found> {
    let joined = words.past_hyphen(at);
    let points = |i: usize| words.any(i, &["point", "points"]);
    // "%20" in an address
    if words.lower(joined) == "%"
        && words.glued(joined + 1)
        && (words.letters(joined + 1) || words.kind(joined + 1) == Some(Kind::Digits))
    {
        return None;
    }
    let (end, points) = if words.any(joined, &["%", "percent", "pct", "percents"]) {
        let next = words.past_hyphen(joined + 1);
        if points(next) { (next + 1, true) } else { (joined + 1, false) }
    } else if words.seq(joined, &["per", "cent"]) || words.seq(joined, &["per", "cents"]) {
        (joined + 2, false)
    } else if words.lower(joined) == "percentage" && points(words.past_hyphen(joined + 1)) {
        (words.past_hyphen(joined + 1) + 1, true)
    } else if words.lower(joined) == "percentage" && !words.letters(joined + 1) {
        (joined + 1, false)
    } else {
        return None;
    };
    let unit = if points { Unit::Measure("percentage point".to_owned()) } else { Unit::Percent };
    Some(Found { end, unit, parts: 1.0 })
}

fn money(words: &Words, at: usize, digits: bool) -> Option<Found> {
    let (end, found) = CURRENCIES.at(words, at, |c, _| match c.place {
        Place::Word => true,
        Place::Glued => digits && words.glued(at) && !is_resolution(words, at),
        Place::Sign => {
            digits
                && words.kind(at) == Some(Kind::Mark)
                && (words.glued(at) || words.kind(at + 1) != Some(Kind::Digits) || again(words, at))
        }
        Place::Lead => false,
        Place::Code => code(words, at) && !(words.kind(at + 1) == Some(Kind::Digits) && words.glued(at + 1)),
        Place::Short => digits,
    })?;
    let pounds = matches!(words.lower(at), "pound" | "pounds") && end == at + 1;
    if pounds && weighs(words, at) {
        return Some(Found { end, unit: Unit::Measure("pound".to_owned()), parts: 1.0 });
    }
    // "20 won medals", "3 real estate agents", "5 try to flee": everyday words
    if matches!(words.lower(at), "won" | "real" | "mark" | "marks" | "pound" | "try")
        && words.letters(end)
        && !words.any(
            end,
            &["and", "in", "for", "to", "on", "a", "per", "of", "or", "from", "by", "worth", "more"],
        )
    {
        return None;
    }
    Some(Found { end, unit: Unit::Money(found.code.to_owned()), parts: found.parts })
}

/// Whether the sign at `at` belongs to the number before it, as the number behind it has its own: "10 $ 30 $".
fn again(words: &Words, at: usize) -> bool {
    words.any(at + 2, &[words.lower(at), "cent", "cents"])
}

/// Whether "pounds" are a weight: no scale before them, and no word of money or sterling in the sentence.
fn weighs(words: &Words, at: usize) -> bool {
    let scale = at > 0 && super::numeral::scale(words, words.past_hyphen(at) - 1).is_some();
    let near = at.saturating_sub(PRICE_REACH)..(at + PRICE_REACH).min(words.list.len());
    let price = |i: usize| super::counted::class(words.lower(i), "price").is_some();
    !scale && !near.into_iter().any(price)
}

/// "1080p", "720p": the lines of a picture, not pence.
fn is_resolution(words: &Words, at: usize) -> bool {
    const LINES: [&str; 10] = ["144", "240", "360", "480", "576", "720", "1080", "1440", "2160", "4320"];
    words.lower(at) == "p" && at.checked_sub(1).is_some_and(|n| LINES.contains(&words.text(n)))
}

/// Whether a currency code is written as one: in capitals, or beside digits and no everyday word.
fn code(words: &Words, at: usize) -> bool {
    words.text(at).chars().all(char::is_uppercase)
        || !matches!(words.lower(at), "try" | "nis" | "sar" | "cad")
}

fn measured(words: &Words, at: usize, digits: bool) -> Option<(usize, &'static str)> {
    if digits && inch_mark(words, at) {
        return Some((at + 1, "inch"));
    }
    let (end, found) = MEASURES.at(words, at, |m, _| match m.place {
        Place::Word => true,
        Place::Glued => digits && words.glued(at),
        _ => digits,
    })?;
    if words.lower(end) == "2" && words.glued(end) {
        let square = match found.name {
            "kilometre" => Some("square kilometre"),
            "metre" => Some("square metre"),
            "centimetre" => Some("square centimetre"),
            _ => None,
        };
        return square.map(|name| (end + 1, name));
    }
    // "24703m212" is a part number
    if words.kind(end) == Some(Kind::Digits) && words.glued(end) && words.text(at).len() < 3 {
        return None;
    }
    // a metre is never written with a capital; "5 M" are millions
    if found.name == "metre" && words.text(at) == "M" {
        return None;
    }
    // "40C" is a temperature, "40c" and "13F" are not
    let degrees = super::numeral::digits(words, at.saturating_sub(1)).unwrap_or(0.0);
    let letter = words.text(at).chars().count() == 1 && matches!(words.lower(at), "c" | "f");
    let warm = words.capital(at) && words.lower(end) != "/" && (words.lower(at) == "c" || degrees >= 30.0);
    (!letter || warm).then_some((end, found.name))
}

/// Whether a double mark behind digits means inches: what is measured follows, and no quotation is open.
fn inch_mark(words: &Words, at: usize) -> bool {
    const MEASURED: &[&str] = &[
        "long", "wide", "tall", "high", "deep", "thick", "across", "diameter", "screen", "screens",
        "display", "monitor", "tv", "pipe", "x", "by",
    ];
    let marks = words.list.get(at.saturating_sub(PRICE_REACH)..at).unwrap_or_default();
    words.any(at, &["\"", "\u{2033}", "\u{201d}"])
        && words.any(at + 1, MEASURED)
        && !marks.iter().any(|w| matches!(w.text, "\"" | "\u{201c}"))
}

/// Whether a spelt-out unit of measure opens at `at`: one past it, and its name.
pub(crate) fn measure(words: &Words, at: usize) -> Option<(usize, &'static str)> {
    let (end, found) = MEASURES.at(words, at, |m, _| m.place == Place::Word)?;
    Some((end, found.name))
}

/// A currency written before its number.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sign {
    /// Where the number opens.
    pub(super) end: usize,
    /// The ISO code.
    pub(super) code: &'static str,
    /// What the number is divided by: a millionth for "MSEK".
    pub(super) parts: f64,
}

/// The currency sign, code or word that opens at `at` with a number behind it.
pub(super) fn sign(words: &Words, at: usize) -> Option<Sign> {
    let (end, found) = CURRENCIES.at(words, at, |c, end| {
        let number = words.kind(end) == Some(Kind::Digits);
        match c.place {
            Place::Sign => number || words.kind(at) == Some(Kind::Mark),
            Place::Code => number && code(words, at),
            Place::Lead => number && leads(words, at, end),
            _ => false,
        }
    })?;
    // "won a $5 prize": the A of "A$" is a capital that touches the sign
    let letters = words.kind(at) == Some(Kind::Letters);
    let everyday = matches!(words.lower(at), "a" | "s" | "r" | "can" | "us");
    let touching = words.glued(end - 1) && words.capital(at);
    let apart = !letters || end == at + 1 || !everyday || touching;
    (apart && found.parts <= 1.0).then_some(Sign { end, code: found.code, parts: found.parts })
}

/// Whether a word of money stands before its number: no number before it, and a scale or "rupees" says that no year or
/// grade is meant ("Euro 2024").
fn leads(words: &Words, at: usize, number: usize) -> bool {
    let free = at.checked_sub(1).is_none_or(|i| !super::numeral::is_number(words, i));
    free && (words.lower(at) == "rupees" || super::numeral::scale(words, number + 1).is_some())
}
