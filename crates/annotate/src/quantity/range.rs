//! Ranges ("between 10 and 20", "10-20") and shares ("one in five").

use variorum_schema::Hedge;

use super::numeral::{self, Numeral};
use super::scan::{Kind, Words};
use super::{Draft, counted, measured, name, unit};

/// A range or share that opens at `at`.
pub(super) fn range(words: &Words, at: usize) -> Option<Draft> {
    let (lead, open) = match words.lower(at) {
        "between" => ("between", at + 1),
        "from" => ("from", at + 1),
        _ => ("", at),
    };
    let (start, code) = opened(words, open);
    let low = numeral::numeral(words, start).filter(|n| n.bounds.is_none())?;
    if let Some(share) = share(words, at, &low).filter(|_| code.is_none() && lead.is_empty()) {
        return Some(share);
    }
    if lead.is_empty() && name::counts_nothing(words, at, &low) && code.is_none() {
        return None;
    }
    if words.before(at, 1) == "from" && changes(words, at) {
        return None;
    }
    let first = measured(words, open, start, low, code);
    let joint = joint(words, first.to, lead)?;
    let (second_at, second_code) = opened(words, joint);
    let high = numeral::numeral(words, second_at).filter(|n| n.bounds.is_none())?;
    let mut second = measured(words, joint, second_at, high, second_code.or(code));
    let mut low = first.value;
    if let Some(factor) = scale(words, second.number.1).filter(|f| low < 1000.0 && low * f < second.value)
        && scale(words, first.number.1).is_none()
    {
        low *= factor;
    }
    let same = first.unit == second.unit || first.unit == variorum_schema::Unit::Count;
    if !same || low >= second.value || (lead == "from" && changes(words, at)) {
        return None;
    }
    if lead.is_empty() && words.lower(first.to) == "or" && second.value - low > second.value / 2.0 {
        return None;
    }
    second.value = f64::midpoint(low, second.value);
    second.high = second.low;
    second.low = Some(low);
    second.hedge = Hedge::Range;
    second.from = at;
    second.number.0 = start;
    Some(second)
}

/// Past a currency sign.
fn opened(words: &Words, at: usize) -> (usize, Option<&'static str>) {
    match unit::sign(words, at).filter(|sign| sign.parts == 1.0) {
        Some(sign) => (sign.end, Some(sign.code)),
        None => (at, None),
    }
}

/// Past the word or dash that joins the ends of a range.
fn joint(words: &Words, at: usize, lead: &str) -> Option<usize> {
    match words.lower(at) {
        "and" if lead == "between" => Some(at + 1),
        "to" if lead == "from" => Some(at + 1),
        "to" | "or" if lead.is_empty() => Some(at + 1),
        "through" if lead != "between" => Some(at + 1),
        _ if words.dash(at) && words.glued(at) == words.glued(at + 1) && lead != "between" => Some(at + 1),
        _ => None,
    }
}

/// The scale that the number ending before `end` closes with.
fn scale(words: &Words, end: usize) -> Option<f64> {
    numeral::scale(words, end.checked_sub(1)?)
}

/// Whether "from 5 to 7" tells a change rather than a range: "rose from 5 to 7".
fn changes(words: &Words, from: usize) -> bool {
    (from.saturating_sub(6)..from).any(|i| counted::class(words.lower(i), "change").is_some())
}

/// "minus one over 20".
pub(super) fn negative_share(words: &Words, at: usize) -> Option<Draft> {
    if !words.any(at, &["minus", "negative"]) {
        return None;
    }
    let top =
        numeral::numeral(words, at + 1).filter(|n| n.bounds.is_none() && words.lower(n.end) == "over")?;
    let found = share(words, at + 1, &top)?;
    let value = -found.value;
    Some(Draft { from: at, value, low: Some(value), high: Some(value), ..found })
}

/// "one in five", "9 out of 10".
fn share(words: &Words, at: usize, top: &Numeral) -> Option<Draft> {
    let next = match (words.lower(top.end), words.lower(top.end + 1)) {
        ("in" | "of", "every") => top.end + 2,
        ("out", "of") if words.lower(top.end + 2) == "every" => top.end + 3,
        ("out", "of") => top.end + 2,
        ("in" | "over", _) => top.end + 1,
        _ => return None,
    };
    let bottom = numeral::numeral(words, next).filter(|n| n.bounds.is_none() && n.value.fract() == 0.0)?;
    let over = words.lower(top.end) == "over";
    let round = top.value == 1.0
        || over
        || bottom.value <= 10.0
        || words.lower(top.end) == "out" && bottom.value % 100.0 == 0.0
        || [12.0, 20.0, 25.0, 50.0, 100.0, 1000.0, 1e4, 1e5, 1e6].contains(&bottom.value);
    let small = top.value >= 1.0 && top.value < 100.0 && top.value < bottom.value && round;
    let plain = top.value.fract() == 0.0 && (small || over && bottom.value > 0.0);
    let year = words.kind(next) == Some(Kind::Digits) && words.text(next).len() == 4;
    if !plain || year || (words.letters(bottom.end) && words.capital(bottom.end)) {
        return None;
    }
    let value = top.value / bottom.value;
    Some(Draft {
        from: at,
        to: bottom.end,
        number: (at, bottom.end),
        value,
        low: Some(value),
        high: Some(value),
        hedge: Hedge::Exact,
        unit: variorum_schema::Unit::Count,
    })
}
