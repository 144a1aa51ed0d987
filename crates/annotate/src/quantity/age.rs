//! Ages.

use variorum_schema::{Hedge, Tag, Unit};

use super::Draft;
use super::numeral;
use super::scan::{Kind, Words};

/// "86-year-old", "34 years old", "aged 34", "John Doe, 45,": in years.
pub(super) fn age(words: &Words, at: usize) -> Option<Draft> {
    let number =
        numeral::numeral(words, at).filter(|n| n.bounds.is_none() && (0.0..=10_000.0).contains(&n.value))?;
    if let Some(range) = ages(words, at, &number) {
        return Some(range);
    }
    let human = number.value <= 130.0;
    let (to, months) = match old(words, number.end) {
        Some(found) => found,
        None if human && (aged(words, at, number.end) || beside_name(words, at, number.end)) => {
            (number.end, 1.0)
        }
        None => return None,
    };
    let value = number.value / months;
    Some(Draft {
        from: at,
        to,
        number: (at, number.end),
        value,
        low: Some(value),
        high: Some(value),
        hedge: Hedge::Exact,
        unit: Unit::Age,
    })
}

/// Past "-year-old", "years old", "years of age": and how many of the unit make a year.
fn old(words: &Words, at: usize) -> Option<(usize, f64)> {
    let unit = words.past_hyphen(at);
    if words.lower(unit) == "yo" || words.seq(unit, &["y", "o"]) {
        return Some((unit + 1 + usize::from(words.lower(unit) == "y"), 1.0));
    }
    let parts = match words.lower(unit) {
        "year" | "years" | "yr" | "yrs" => 1.0,
        "month" | "months" => 12.0,
        "week" | "weeks" => 365.25 / 7.0,
        "day" | "days" => 365.25,
        _ => return None,
    };
    let next = words.past_hyphen(unit + 1);
    if words.any(next, &["old", "olds"]) {
        return Some((next + 1, parts));
    }
    words.seq(unit + 1, &["of", "age"]).then_some((unit + 3, parts))
}

/// "aged 34", "age 34", "at the age of 34".
fn aged(words: &Words, at: usize, end: usize) -> bool {
    let led = words.any(at.wrapping_sub(1), &["aged", "age", "ages"])
        || (words.before(at, 1) == "of" && words.before(at, 2) == "age")
        // "was 11 when", "she is 40 now"
        || words.any(end, &["when"]) && matches!(words.before(at, 1), "was" | "is" | "were")
        // "aged 22 and 23"
        || words.before(at, 1) == "and" && matches!(words.before(at, 3), "aged" | "ages");
    led && !words.any(end, &["%", "percent", "million", "people"])
}

/// "John Doe, 45, said": a plain number between commas after a name.
fn beside_name(words: &Words, at: usize, end: usize) -> bool {
    let plain = words.kind(at) == Some(Kind::Digits)
        && end == at + 1
        && words.text(at).len() <= 3
        && !words.text(at).contains('.');
    let closed = words.any(end, &[",", ".", ")", ";"]) || words.any(end, &["who", "from", "of"]);
    let Some(name) = at.checked_sub(2) else { return false };
    let capital = |i: usize| words.letters(i) && words.capital(i) && words.text(i).len() > 1;
    let full = name > 0 && (capital(name - 1) || words.lower(name - 1) == ".");
    // a surname alone needs the second comma
    let surname = words.lower(end) == "," && matches!(words.tag(name), Tag::Propn | Tag::X);
    let named = words.before(at, 1) == "," && capital(name) && (full || surname);
    plain && closed && named && !words.glued(at)
}

/// "40-50 years old", "aged 18 to 25", "between 18 and 25 years old".
fn ages(words: &Words, at: usize, low: &numeral::Numeral) -> Option<Draft> {
    let between = words.before(at, 1) == "between";
    let joint = words.any(low.end, &["to", "or"])
        || words.dash(low.end)
        || (between && words.lower(low.end) == "and");
    let high = numeral::numeral(words, low.end + 1)
        .filter(|n| joint && n.bounds.is_none() && n.value > low.value && n.value <= 130.0)?;
    let led = words.any(at.wrapping_sub(1 + usize::from(between)), &["aged", "age", "ages"]);
    let (to, parts) = old(words, high.end).or(if led { Some((high.end, 1.0)) } else { None })?;
    Some(Draft {
        from: at - usize::from(between),
        to,
        number: (at, high.end),
        value: f64::midpoint(low.value, high.value) / parts,
        low: Some(low.value / parts),
        high: Some(high.value / parts),
        hedge: Hedge::Range,
        unit: Unit::Age,
    })
}
