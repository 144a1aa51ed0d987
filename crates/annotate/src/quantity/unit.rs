//! Units of measure, percent and money.

use std::sync::LazyLock;

use variorum_schema::Unit;

use super::phrase::Phrases;
use super::scan::{Kind, Words};
use crate::lexicon::entries;

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
    percent(words, at).or_else(|| money(words, joined, digits)).or_else(|| {
        let (end, name) = measured(words, joined, digits)?;
        Some(Found { end, unit: Unit::Measure(name.to_owned()), parts: 1.0 })
    })
}

/// "%", "percent", "per cent", "percentage points", "pct".
fn percent(words: &Words, at: usize) -> Option<Found> {
    let joined = words.past_hyphen(at);
    let points = |i: usize| words.any(i, &["point", "points"]);
    let (end, points) = if words.any(joined, &["%", "percent", "pct", "percents"]) {
        let next = words.past_hyphen(joined + 1);
        if points(next) { (next + 1, true) } else { (joined + 1, false) }
    } else if words.seq(joined, &["per", "cent"]) || words.seq(joined, &["per", "cents"]) {
        (joined + 2, false)
    } else if words.lower(joined) == "percentage" && points(words.past_hyphen(joined + 1)) {
        (words.past_hyphen(joined + 1) + 1, true)
    } else {
        return None;
    };
    let unit = if points { Unit::Measure("percentage point".to_owned()) } else { Unit::Percent };
    Some(Found { end, unit, parts: 1.0 })
}

fn money(words: &Words, at: usize, digits: bool) -> Option<Found> {
    let (end, found) = CURRENCIES.at(words, at, |c, _| match c.place {
        Place::Word => true,
        Place::Glued => digits && words.glued(at),
        Place::Sign => digits && words.glued(at) && words.kind(at) == Some(Kind::Mark),
        Place::Code => code(words, at),
        Place::Short => digits,
    })?;
    // "20 won medals", "3 real estate agents", "5 try to flee": everyday words
    if matches!(words.lower(at), "won" | "real" | "mark" | "marks" | "pound" | "try")
        && words.letters(end)
        && !words.any(end, &["and", "in", "for", "to", "on", "a", "per", "of", "or", "from", "by", "worth", "more"])
    {
        return None;
    }
    Some(Found { end, unit: Unit::Money(found.code.to_owned()), parts: found.parts })
}

/// Whether a currency code is written as one: in capitals, or beside digits and no everyday word.
fn code(words: &Words, at: usize) -> bool {
    words.text(at).chars().all(char::is_uppercase) || !matches!(words.lower(at), "try" | "nis" | "sar" | "cad")
}

fn measured(words: &Words, at: usize, digits: bool) -> Option<(usize, &'static str)> {
    let (end, found) = MEASURES.at(words, at, |m, _| match m.place {
        Place::Word => true,
        Place::Glued => digits && words.glued(at),
        _ => digits,
    })?;
    // "5 C" is a temperature only in capitals
    let letter = words.text(at).chars().count() == 1 && matches!(words.lower(at), "c" | "f");
    (!letter || words.capital(at)).then_some((end, found.name))
}

/// Whether a spelt-out unit of measure opens at `at`: one past it, and its name.
pub(crate) fn measure(words: &Words, at: usize) -> Option<(usize, &'static str)> {
    let (end, found) = MEASURES.at(words, at, |m, _| m.place == Place::Word)?;
    Some((end, found.name))
}

/// The currency sign or code that opens at `at` with a number behind it: where the number opens, and the ISO code.
pub(super) fn sign(words: &Words, at: usize) -> Option<(usize, &'static str)> {
    let (end, found) = CURRENCIES.at(words, at, |c, end| {
        let number = words.kind(end) == Some(Kind::Digits);
        match c.place {
            Place::Sign => number || words.kind(at) == Some(Kind::Mark),
            Place::Code => number && words.text(at).chars().all(char::is_uppercase),
            _ => false,
        }
    })?;
    // the C of "C$" must belong to the sign, not to a word before
    let apart = words.kind(at) != Some(Kind::Letters) || words.glued(at + 1) || end == at + 1 || words.glued(end);
    (apart && found.parts == 1.0).then_some((end, found.code))
}
