//! Lengths of time, what is counted from them ("two days ago"), and recurring times.

use variorum_schema::Tag;

use super::{Base, Found, Origin, Step, count};
use crate::quantity::numeral;
use crate::quantity::scan::{Kind, Words};
use crate::time::lexicon::{self, class};

/// TIMEX3 value of `n` units with this letter ("P2Y", "PT30M", "PXD" for an unknown number).
fn value(n: Option<f64>, letter: &str) -> String {
    let (letter, factor) = match letter {
        "E" => ("Y", 10.0),
        "C" => ("Y", 100.0),
        "L" => ("Y", 1000.0),
        "F" => ("W", 2.0),
        "Q" => ("Q", 1.0),
        "N" | "WE" => ("D", 1.0),
        other => (other, 1.0),
    };
    let (time, letter) = match letter.strip_prefix('T') {
        Some(rest) => ("T", rest),
        None => ("", letter),
    };
    let Some(n) = n.map(|n| n * factor) else { return format!("P{time}X{letter}") };
    if n.fract() == 0.0 {
        return format!("P{time}{n}{letter}");
    }
    let whole = n.trunc();
    let head = if whole > 0.0 { format!("{whole}{letter}") } else { String::new() };
    let (size, small) = match (time, letter) {
        ("", "Y") => (12.0, "M"),
        ("T", "H") => (60.0, "M"),
        ("T", "M") => (60.0, "S"),
        ("", "D") => return format!("P{head}T{}H", (n.fract() * 24.0).round()),
        _ => return format!("P{time}{n}{letter}"),
    };
    format!("P{time}{head}{}{small}", (n.fract() * size).round())
}

/// The unit at `at`: its TIMEX3 letter, and whether it is a plural.
fn unit(words: &Words, at: usize) -> Option<(&'static str, bool)> {
    class(words.lower(at), "unit")
        .map(|l| (l, false))
        .or_else(|| class(words.lower(at), "units").map(|l| (l, true)))
}

/// How many units: `None` for an unknown number ("several").
struct Length {
    end: usize,
    n: Option<f64>,
    letter: &'static str,
    /// Whether it is joined by a hyphen ("two-year").
    joined: bool,
}

/// "two years", "a week", "10-year", "a year and a half", "half an hour", "several months", "a few days".
fn length(words: &Words, at: usize) -> Option<Length> {
    if words.lower(at) == "half" && words.any(at + 1, &["a", "an"]) {
        let (letter, _) = unit(words, at + 2).filter(|(_, plural)| !plural)?;
        return Some(Length { end: at + 3, n: Some(0.5), letter, joined: false });
    }
    if let Some(found) = quarters(words, at) {
        return Some(found);
    }
    let (mut end, n) = match vague(words, at) {
        Some(end) => (end, None),
        None => count(words, at).map(|(end, n)| (end, Some(n)))?,
    };
    let article = words.any(at, &["a", "an"]) && end == at + 1;
    let joined = words.hyphen(end) && words.glued(end);
    end = words.past_hyphen(end);
    end += usize::from(words.any(
        end,
        &[
            "more",
            "additional",
            "consecutive",
            "straight",
            "full",
            "whole",
            "trading",
            "working",
            "business",
            "calendar",
        ],
    ));
    let (letter, plural) = unit(words, end)?;
    if letter == "Q" && !plural && share(words, at, end + 1) {
        return None;
    }
    if matches!(letter, "TS") && !plural && !joined || plural && (joined || article) {
        return None;
    }
    let many = n.is_none_or(|n| n != 1.0);
    if !joined
        && many
        && !plural
        && n.is_some_and(|n| n.fract() == 0.0)
        && letter != "C"
        && !before_noun(words, end + 1)
    {
        return None;
    }
    let mut n = n;
    end += 1;
    if words.seq(end, &["and", "a", "half"]) {
        (n, end) = (n.map(|n| n + 0.5), end + 3);
    } else if let Some((months, behind)) = months_behind(words, end).filter(|_| letter == "Y" && !joined) {
        (n, end) = (n.map(|n| n + months / 12.0), behind);
    }
    Some(Length { end, n, letter, joined })
}

/// "(six years) and four months": how many months, and one past them.
fn months_behind(words: &Words, at: usize) -> Option<(f64, usize)> {
    let from = at + usize::from(words.any(at, &["and"]));
    let (end, n) = count(words, from).filter(|_| from > at)?;
    let (letter, _) = unit(words, end)?;
    // "five years and 18 months" are two lengths
    (letter == "M" && n.fract() == 0.0 && (1.0..12.0).contains(&n)).then_some((n, end + 1))
}

/// "the past two quarters", "three straight quarters": lengths of time, no fractions.
fn quarters(words: &Words, at: usize) -> Option<Length> {
    let straight = usize::from(words.any(at + 1, &["straight", "consecutive"]));
    let led = straight == 1
        || words.any(at.wrapping_sub(1), &["past", "last", "next", "first", "previous", "coming", "latest"]);
    let n = numeral::small(words, at).filter(|_| led && words.lower(at + 1 + straight) == "quarters")?;
    Some(Length { end: at + 2 + straight, n: Some(n), letter: "Q", joined: false })
}

/// Whether a quarter is a fourth part: "more than a quarter of the market", "four and a quarter percent".
fn share(words: &Words, from: usize, end: usize) -> bool {
    words.any(end, &["of", "percent", "%", "per", "point"])
        || words.before(from, 1) == "and" && numeral::is_number(words, from.wrapping_sub(2))
}

/// Whether a noun follows that a length may describe: "a two day rally". Behind an article the tagger need not agree.
fn before_noun(words: &Words, at: usize) -> bool {
    let article = words.any(at.wrapping_sub(3), &["a", "the", "an", "its", "their", "his", "her"]);
    words.letters(at) && !words.capital(at) && (article || matches!(words.tag(at), Tag::Noun | Tag::Adj))
}

/// Past "several", "a few", "many", "some", "dozens of": a number of units that is not said.
fn vague(words: &Words, at: usize) -> Option<usize> {
    if words.any(at, &["many", "some", "numerous"]) {
        return class(words.lower(at + 1), "units").map(|_| at + 1);
    }
    let found = numeral::numeral(words, at).filter(|n| n.bounds.is_some())?;
    Some(found.end + usize::from(words.lower(found.end) == "of"))
}

/// A length of time as a duration; with "the past", "the next" or "the first" before it; bare plurals ("years").
pub(super) fn duration(words: &Words, at: usize) -> Found {
    let the = at + usize::from(words.any(at, &["the", "these", "those"]));
    let lead = the
        + usize::from(words.any(
            the,
            &[
                "past",
                "last",
                "next",
                "first",
                "coming",
                "previous",
                "following",
                "latest",
                "final",
                "recent",
                "preceding",
            ],
        ));
    if let Some(found) = length(words, lead) {
        // "86-year-old", "aged 10 years", "a year-old": ages are quantities
        let age = words.hyphen(found.end) && words.lower(found.end + 1) == "old"
            || words.lower(found.end) == "old"
            || (found.joined && words.lower(found.end) == "olds");
        // "the 30-day plan": the article is the plan's
        let earlier = words.hyphen(found.end) && words.any(found.end + 1, &["earlier", "ago"]);
        if age || earlier || (lead > at && (words.any(lead, &["a", "an"]) || found.joined)) {
            return None;
        }
        let end = past_or_so(words, found.end);
        return Some((end, Base::Duration(value(found.n, found.letter)).into()));
    }
    range(words, lead).or_else(|| if lead == the && the > at { None } else { bare(words, lead) })
}

/// "a week or so", "a year or two".
fn past_or_so(words: &Words, end: usize) -> usize {
    if words.seq(end, &["or", "so"]) { end + 2 } else { end }
}

/// "two to three weeks", "12 to 18 months".
fn range(words: &Words, at: usize) -> Found {
    let first = numeral::numeral(words, at).filter(|n| n.bounds.is_none())?;
    let joint = words.any(first.end, &["to", "or"]) || words.dash(first.end);
    let second = length(words, first.end + 1)
        .filter(|l| joint && !l.joined && l.n.is_some_and(|n| n > first.value))?;
    Some((second.end, Base::Duration(value(None, second.letter)).into()))
}

/// "for years", "weeks of talks", "decades".
fn bare(words: &Words, at: usize) -> Found {
    let letter = class(words.lower(at), "units")?;
    let led = words.any(at.wrapping_sub(1), &["-", "\u{2019}", "'"])
        || words.any(at + 1, &["old"])
        || words.seq(at + 1, &["of", "age"])
        || letter == "Q";
    (!led && letter != "N" && letter != "WE").then(|| (at + 1, Base::Duration(value(None, letter)).into()))
}

/// "two days ago", "three weeks later", "a year earlier", "10 days from now", "in two days' time".
pub(super) fn ago(words: &Words, at: usize) -> Found {
    let found =
        length(words, at).or_else(|| plural_alone(words, at)).filter(|l| !l.joined || words.hyphen(l.end))?;
    let end = past_or_so(words, found.end);
    // "a year-earlier loss": the article is the loss's
    if words.hyphen(end) && words.any(at, &["a", "an"]) && words.letters(end + 2) {
        return None;
    }
    let end = words.past_hyphen(end);
    let (to, sign, origin) = match words.lower(end) {
        "ago" => (end + 1, -1, Origin::Anchor),
        "earlier" | "previously" => (end + 1, -1, Origin::Previous),
        "later" | "afterwards" | "hence" => (end + 1, 1, Origin::Previous),
        "from" if words.any(end + 1, &["now", "today"]) => (end + 2, 1, Origin::Anchor),
        "before" if closed(words, end + 1) => (end + 1, -1, Origin::Previous),
        "after" if closed(words, end + 1) => (end + 1, 1, Origin::Previous),
        _ => return None,
    };
    let one_year = found.letter == "Y" && found.n == Some(1.0) && sign < 0;
    let origin = if one_year && words.any(end, &["ago", "earlier"]) { Origin::Report } else { origin };
    let base = match (found.n, step_of(found.letter)) {
        (Some(n), Some((step, factor))) => {
            Base::Shift(step, sign * (n * f64::from(factor)).round() as i32, origin)
        }
        (None, _) if sign > 0 => Base::Ref("FUTURE_REF"),
        (None, _) => Base::Ref("PAST_REF"),
        (Some(n), None) => Base::Duration(value(Some(n), found.letter)),
    };
    Some((to, base.into()))
}

/// "years ago": a unit in the plural without a number.
fn plural_alone(words: &Words, at: usize) -> Option<Length> {
    let letter = class(words.lower(at), "units")?;
    Some(Length { end: at + 1, n: None, letter, joined: false })
}

fn closed(words: &Words, at: usize) -> bool {
    words.any(at, &[".", ",", ";", ")", "", "\u{201d}", "\""])
}

/// The calendar step of a unit, and how many of it one unit is; hours and less have none.
fn step_of(letter: &str) -> Option<(Step, i32)> {
    Some(match letter {
        "D" | "N" => (Step::Day, 1),
        "W" => (Step::Week, 1),
        "F" => (Step::Week, 2),
        "M" => (Step::Month, 1),
        "Q" => (Step::Quarter, 1),
        "Y" => (Step::Year, 1),
        "E" => (Step::Year, 10),
        "C" => (Step::Year, 100),
        _ => return None,
    })
}

/// "daily", "every week", "each Tuesday", "$3 a year", "twice a month".
pub(super) fn set(words: &Words, at: usize) -> Found {
    if let Some(value) = class(words.lower(at), "set") {
        let adjective = words.capital(at) && at > 0;
        return (!adjective).then(|| (at + 1, Base::Set(value.to_owned()).into()));
    }
    if words.any(at, &["every", "each"]) {
        return every(words, at);
    }
    let rate = words.any(at, &["a", "an", "per"]) && rate_before(words, at);
    let (letter, _) = unit(words, at + 1).filter(|(_, plural)| rate && !plural)?;
    let over = words.any(at + 2, &["ago", "earlier", "later", "old", "before", "after", "-"]);
    (!over).then(|| (at + 2, Base::Set(value(Some(1.0), letter)).into()))
}

/// Whether what stands before "a year" is an amount.
fn rate_before(words: &Words, at: usize) -> bool {
    let before = words.before(at, 1);
    let amount = matches!(
        before,
        "million"
            | "billion"
            | "trillion"
            | "thousand"
            | "hundred"
            | "percent"
            | "%"
            | "times"
            | "once"
            | "twice"
            | "dollars"
            | "euros"
            | "pounds"
            | "barrels"
            | "tons"
            | "tonnes"
            | "points"
            | "cents"
            | "hours"
            | "days"
            | "people"
    );
    amount || (at > 1 && words.kind(at - 1) == Some(Kind::Digits) && words.any(at - 2, &["$", "£", "€", "¥"]))
}

/// "every week", "every two years", "each Tuesday", "every July", "every other day".
fn every(words: &Words, at: usize) -> Found {
    let next = at + 1 + usize::from(words.any(at + 1, &["single", "other"]));
    if let Some((day, _)) = lexicon::weekday(words.lower(next)) {
        let end = next + 1;
        let part = class(words.lower(end), "part");
        let value = format!(
            "XXXX-WXX-{}{}",
            day.to_monday_one_offset(),
            part.map_or(String::new(), |p| format!("T{p}"))
        );
        return Some((end + usize::from(part.is_some()), Base::Set(value).into()));
    }
    if let Some((month, _)) = lexicon::month(words.lower(next)) {
        return Some((next + 1, Base::Set(format!("XXXX-{month:02}")).into()));
    }
    if let Some((code, _)) = lexicon::season(words.lower(next)) {
        return Some((next + 1, Base::Set(format!("XXXX-{code}")).into()));
    }
    if let Some(code) = class(words.lower(next), "part") {
        return Some((next + 1, Base::Set(format!("XXXX-XX-XXT{code}")).into()));
    }
    if let Some((letter, false)) = unit(words, next) {
        return Some((next + 1, Base::Set(value(Some(1.0), letter)).into()));
    }
    let found = length(words, next)?;
    Some((found.end, Base::Set(value(found.n, found.letter)).into()))
}
