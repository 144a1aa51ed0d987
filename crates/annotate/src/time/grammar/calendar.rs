//! Dates, weekdays, holidays.

use variorum_schema::Tense;

use super::period::spelt_year;
use super::{Base, Form, Found, Year, year_number};
use crate::quantity::numeral;
use crate::quantity::scan::{Kind, Words};
use crate::time::lexicon::{self, Sign, class};

/// Month, day and year in any of the usual orders.
pub(super) fn date(words: &Words, at: usize) -> Found {
    iso(words, at)
        .or_else(|| week_of(words, at))
        .or_else(|| slashed(words, at))
        .or_else(|| month_first(words, at))
        .or_else(|| day_first(words, at))
        .or_else(|| day_of_month(words, at))
}

/// "2020-07-21", "2020-07".
fn iso(words: &Words, at: usize) -> Found {
    let year = year_number(words, at)?;
    let part = |i: usize| {
        (words.hyphen(i) && words.glued(i) && words.glued(i + 1) && words.text(i + 1).len() == 2)
            .then(|| numeral::integer(words, i + 1))
            .flatten()
    };
    let month = part(at + 1).filter(|m| (1..=12).contains(m))?;
    let day = part(at + 3).filter(|d| (1..=31).contains(d));
    if day.is_none() && year < 1900 {
        return None;
    }
    let end = if day.is_some() { at + 5 } else { at + 3 };
    if words.hyphen(end) && words.glued(end) || words.any(at.wrapping_sub(1), &["-", "/", "$"]) {
        return None;
    }
    Some((end, calendar(Year::Given(year), month, day.unwrap_or(0))))
}

/// "7/21/2020", "21.7.2020"; month first unless only day first makes a date.
fn slashed(words: &Words, at: usize) -> Found {
    let separator = words.lower(at + 1);
    let plain = |i: usize| words.glued(i) && words.glued(i + 1);
    if !(matches!(separator, "/" | "." | "-")
        && plain(at + 1)
        && words.lower(at + 3) == separator
        && plain(at + 3))
    {
        return None;
    }
    let (a, b, c) =
        (numeral::integer(words, at)?, numeral::integer(words, at + 2)?, numeral::integer(words, at + 4)?);
    let year = match words.text(at + 4).len() {
        4 => c,
        2 if separator == "/" => {
            if c < 50 {
                2000 + c
            } else {
                1900 + c
            }
        }
        _ => return None,
    };
    let day_first = separator == "." || a > 12;
    let (month, day) = if day_first && b <= 12 { (b, a) } else { (a, b) };
    let valid = (1..=12).contains(&month) && (1..=31).contains(&day) && (1000..2200).contains(&year);
    valid.then(|| (at + 5, calendar(Year::Given(i16::try_from(year).unwrap_or(0)), month, day)))
}

/// "the week of March 6", "the week of 6 March".
fn week_of(words: &Words, at: usize) -> Found {
    let the = at + usize::from(words.any(at, &["the"]));
    if !words.seq(the, &["week", "of"]) {
        return None;
    }
    let (end, form) = month_first(words, the + 2).or_else(|| day_first(words, the + 2))?;
    match form.base {
        Base::Calendar { year, month, day: day @ 1.. } => Some((end, Base::WeekOf(year, month, day).into())),
        _ => None,
    }
}

fn calendar(year: Year, month: i32, day: i32) -> Form {
    let small = |n: i32| i8::try_from(n).unwrap_or(0);
    Base::Calendar { year, month: small(month), day: small(day) }.into()
}

/// The month named at `at`: one past it and its dot, its number, and how sure the name is.
fn month_name(words: &Words, at: usize) -> Option<(usize, i8, Sign)> {
    let (month, sign) = lexicon::month(words.lower(at))?;
    if !words.capital(at) || !words.letters(at) {
        return None;
    }
    let dot = words.lower(at + 1) == "." && words.glued(at + 1) && sign != Sign::Full;
    let end = at + 1 + usize::from(dot && (sign == Sign::Short || words.kind(at + 2) == Some(Kind::Digits)));
    Some((end, month, sign))
}

/// A day of the month: one past it, and the day.
fn day_number(words: &Words, at: usize) -> Option<(usize, i8)> {
    if let Some((end, value)) = numeral::ordinal(words, at) {
        return (1.0..=31.0).contains(&value).then_some((end, value as i8));
    }
    let value = numeral::integer(words, at).filter(|d| (1..=31).contains(d) && words.text(at).len() <= 2)?;
    // "May 5 percent" and "5-year" are no days; "May 8:" is
    let unit = words.any(at + 1, &["percent", "per", "%", "million", "billion", "people", "times"])
        || (words.lower(at + 1) == ":" && words.kind(at + 2) == Some(Kind::Digits))
        || (words.lower(at + 1) == "/" && words.glued(at + 1));
    (!unit).then(|| (at + 1, i8::try_from(value).unwrap_or(0)))
}

/// A year after a month or day: ", 2020", " 2020", " of 2020", " last year", " of that year".
pub(super) fn year_after(words: &Words, at: usize) -> Option<(usize, Year)> {
    let next = at + usize::from(words.any(at, &[",", "of"]));
    if let Some((end, Form { base: Base::Calendar { year, .. }, .. })) = spelt_year(words, next) {
        return Some((end, year));
    }
    if let Some(year) = year_number(words, next) {
        let amount = words.any(next + 1, &["people", "troops", "soldiers", "men", "homes", "%", "percent"]);
        return (!amount).then_some((next + 1, Year::Given(year)));
    }
    let comma = words.lower(at) == ",";
    if words.apostrophe(next) && words.glued(next + 1) && words.text(next + 1).len() == 2 && !comma {
        let short = numeral::integer(words, next + 1)?;
        let century = if short < 40 { 2000 } else { 1900 };
        return Some((next + 2, Year::Given(i16::try_from(century + short).ok()?)));
    }
    if words.lower(next + 1) == "year" && !comma {
        let shift = match words.lower(next) {
            "last" => -1,
            "this" => 0,
            "next" => 1,
            _ => return None,
        };
        return Some((next + 2, Year::Shift(shift)));
    }
    let ago = words.lower(at + 1) == "year"
        && words.any(at, &["a", "one"])
        && words.any(at + 2, &["ago", "earlier"]);
    ago.then_some((at + 3, Year::Shift(-1)))
}

/// "July 21, 2020", "July 21", "July 2020", "July", "last May", "July of last year".
fn month_first(words: &Words, at: usize) -> Found {
    let told = told(words, at);
    let start = at
        + usize::from(told.is_some())
        + usize::from(words.any(at + 1, &["coming", "past"]) && told.is_some());
    let (end, month, sign) = month_name(words, start)?;
    let the = end + usize::from(words.any(end, &["the"]) && words.kind(end + 1).is_some());
    if let Some((after, day)) = day_number(words, the).filter(|_| told != Some(Tense::Unknown)) {
        let (to, year) = year_after(words, after).unwrap_or((after, Year::Unknown));
        return Some((to, Form { tense: told, ..Base::Calendar { year, month, day }.into() }));
    }
    let (to, mut year) = year_after(words, end).unwrap_or((end, Year::Unknown));
    if told == Some(Tense::Unknown) && year == Year::Unknown {
        year = Year::Shift(0);
    }
    let sure = match sign {
        _ if year != Year::Unknown || told.is_some() => true,
        Sign::Full => true,
        Sign::Short => {
            words.lower(start + 1) == "." && words.glued(start + 1) && !name_beside(words, start, to)
        }
        _ => everyday_month(words, start, to),
    };
    let base = Base::Calendar { year, month, day: 0 };
    sure.then(|| (to, Form { base, tense: told.filter(|_| year == Year::Unknown), clock: None }))
}

/// "last", "next" before a month, weekday or season.
pub(super) fn told(words: &Words, at: usize) -> Option<Tense> {
    match words.lower(at) {
        "last" => Some(Tense::Last),
        "next" => Some(Tense::Next),
        "this" if words.any(at + 1, &["past"]) => Some(Tense::Last),
        "this" if words.any(at + 1, &["coming"]) => Some(Tense::Next),
        "this" => Some(Tense::Unknown),
        _ => None,
    }
}

/// A capital word before or after that makes a surname or forename of the month's name.
fn name_beside(words: &Words, from: usize, to: usize) -> bool {
    let before = from.checked_sub(1).is_some_and(|i| words.letters(i) && words.capital(i) && i > 0);
    before || (words.letters(to) && words.capital(to))
}

/// "May", "March", "August" by themselves: capital inside the sentence, after a preposition or the like.
fn everyday_month(words: &Words, from: usize, to: usize) -> bool {
    let sign = from.checked_sub(1).is_some_and(|i| {
        words.any(
            i,
            &[
                "in",
                "since",
                "until",
                "till",
                "by",
                "from",
                "through",
                "between",
                "during",
                "early",
                "late",
                "mid",
                "and",
                "to",
                "or",
                "before",
                "after",
                "of",
                "for",
                "each",
                "every",
                "-",
                "the",
                "throughout",
            ],
        )
    });
    sign && !words.any(to, &["'", "\u{2019}"]) && !name_beside(words, from, to)
}

/// "21 July 2020", "the 21st of July".
fn day_first(words: &Words, at: usize) -> Found {
    let start = at + usize::from(words.any(at, &["the"]));
    let (end, day) = day_number(words, start)?;
    let bare = words.kind(start) == Some(Kind::Digits) && end == start + 1;
    if bare && start > at {
        return None;
    }
    let end = end + usize::from(words.lower(end) == "of");
    let (after, month, sign) = month_name(words, end)?;
    if sign == Sign::Word && words.lower(end) == "may" && words.tag(end) == variorum_schema::Tag::Aux {
        return None;
    }
    let (to, year) = year_after(words, after).unwrap_or((after, Year::Unknown));
    Some((to, Base::Calendar { year, month, day }.into()))
}

/// "on the 12th", "the 12th of this month".
fn day_of_month(words: &Words, at: usize) -> Found {
    if words.lower(at) != "the" || words.kind(at + 1) != Some(Kind::Digits) {
        return None;
    }
    let (end, day) = numeral::ordinal(words, at + 1)?;
    if !(1.0..=31.0).contains(&day) {
        return None;
    }
    let base: Form = Base::DayOfMonth(day as i8).into();
    if words.seq(end, &["of", "this", "month"]) || words.seq(end, &["of", "the", "month"]) {
        return Some((end + 3, base));
    }
    let closed = words.any(end, &[".", ",", ";", ")", ""]) || class(words.lower(end), "past").is_some();
    (closed && words.any(at.wrapping_sub(1), &["on", "until", "by", "since"])).then_some((end, base))
}

/// "Tuesday", "last Tuesday", "Tuesday, July 21", "Tuesday last week", "Tuesday evening", "Tuesdays".
pub(super) fn weekday(words: &Words, at: usize) -> Found {
    let told = told(words, at);
    let the = usize::from(words.any(at, &["the"]));
    let back = (the == 1).then(|| match words.lower(at + 1) {
        "previous" | "preceding" => Some(Tense::Last),
        "following" | "next" => Some(Tense::Next),
        _ => None,
    });
    let skip = usize::from(told.is_some() && words.any(at + 1, &["coming", "past"]));
    let start = match back.flatten() {
        Some(_) => at + 2,
        None if the == 1 => return None,
        None => at + usize::from(told.is_some()) + skip,
    };
    let told = told.or(back.flatten());
    let (day, sign) = lexicon::weekday(words.lower(start))?;
    if !words.capital(start) {
        return None;
    }
    let dot = usize::from(sign == Sign::Short && words.lower(start + 1) == ".");
    let end = start + 1 + dot;
    if sign == Sign::Plural {
        return Some((end, Base::Set(format!("XXXX-WXX-{}", day.to_monday_one_offset())).into()));
    }
    let comma = end + usize::from(words.any(end, &[",", "("]));
    let the = comma + usize::from(words.any(comma, &["the"]));
    if let Some((to, form)) =
        date(words, the).filter(|(_, f)| matches!(f.base, Base::Calendar { day: 1.., .. }))
    {
        return Some((to, form));
    }
    if sign == Sign::Short || newspaper(words, start, end) {
        return None;
    }
    let beside = words.lower(at) == "the" && words.lower(at + 1) != "next";
    let base = if beside { Base::NextTo(day) } else { Base::Weekday(day, None) };
    let form = Form { base, tense: told, clock: None };
    let of = end + usize::from(words.any(end, &["of"]));
    let weeks = match (words.lower(of), words.lower(of + 1)) {
        ("last", "week") => Some(-1),
        ("this", "week") => Some(0),
        ("next", "week") => Some(1),
        _ => None,
    };
    Some(match weeks {
        Some(_) => (of + 2, Form { base: Base::Weekday(day, weeks), tense: None, clock: None }),
        None => (end, form),
    })
}

/// "Sunday Times", "Black Friday", "Ruby Tuesday's": the weekday is part of a name.
fn newspaper(words: &Words, from: usize, to: usize) -> bool {
    let paper = words.capital(to) && class(words.lower(to), "paper").is_some();
    paper || words.any(from.wrapping_sub(1), &["black", "bloody", "cyber", "super", "freaky"])
}

/// "Christmas", "Good Friday 2019".
pub(super) fn holiday(words: &Words, at: usize) -> Found {
    let told = told(words, at);
    let start = at + usize::from(told.is_some());
    let (end, rule) = lexicon::holiday(words, start)?;
    let (to, year) = year_after(words, end).unwrap_or((end, Year::Unknown));
    Some((to, Form { base: Base::Holiday(rule, year), tense: told, clock: None }))
}
