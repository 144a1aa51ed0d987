//! Seasons, quarters, years, decades, centuries.

use super::calendar::{told, year_after};
use super::{Base, Form, Found, Year, year_number};
use crate::quantity::numeral;
use crate::quantity::scan::{Kind, Words};
use crate::time::lexicon::{self, Sign, class};

/// "last summer", "the winter of 1994", "in the fall", "spring 2020".
pub(super) fn season(words: &Words, at: usize) -> Found {
    let told = told(words, at);
    let skip = usize::from(told.is_some() && words.any(at + 1, &["past", "coming"]));
    let the = usize::from(words.any(at, &["the"]));
    let start = at + the + usize::from(told.is_some()) + skip;
    let (code, sign) = lexicon::season(words.lower(start))?;
    let (to, year) = year_after(words, start + 1).unwrap_or((start + 1, Year::Unknown));
    let signed = told.is_some()
        || matches!(year, Year::Given(_))
        || words.any(
            at.wrapping_sub(1),
            &["in", "since", "by", "until", "early", "late", "mid", "during", "-", "of"],
        );
    let plain = sign == Sign::Full && words.tag(start) != variorum_schema::Tag::Propn;
    (signed || plain).then_some((to, Form { base: Base::Season(code, year), tense: told, clock: None }))
}

/// "the third quarter of 2019", "fourth-quarter", "first half of next year", "Q3 2020", "this year's third quarter",
/// "the year-earlier quarter".
pub(super) fn quarter(words: &Words, at: usize) -> Found {
    let the = at + usize::from(words.any(at, &["the", "its", "this", "a", "their"]));
    if let Some(found) = reported(words, at, the) {
        return Some(found);
    }
    // "this year's third quarter": the "this" is the year's
    let led = year_before(words, at).or_else(|| year_before(words, the));
    let the = if year_before(words, at).is_some() { at } else { the };
    let (start, before) = led.map_or((the, None), |(next, year)| (next, Some(year)));
    if let Some(year) = before.filter(|_| words.any(start, &["quarter", "period"])) {
        return Some((start + 1, Base::QuarterOf(year).into()));
    }
    let start = words.past_hyphen(start + usize::from(words.any(start, &["fiscal"])));
    let (end, code) = quarter_code(words, start, before.is_some())?;
    let fiscal = if words.seq(end, &["of", "fiscal"]) { end + 2 } else { end };
    // "a third-quarter loss": the article is the loss's
    if before.is_none()
        && start == the
        && the > at
        && (words.hyphen(end - 2) || words.any(at, &["its", "their", "a"]))
    {
        return None;
    }
    let (to, year) = match before {
        Some(year) => (end, year),
        None => year_after(words, fiscal).unwrap_or((end, Year::Unknown)),
    };
    Some((to, Base::Part(code, year).into()))
}

/// A year before what it belongs to: "the 1988 second quarter", "next year's first quarter".
fn year_before(words: &Words, at: usize) -> Option<(usize, Year)> {
    if let Some(year) = year_number(words, at) {
        return Some((at + 1, Year::Given(year)));
    }
    let shift = match words.lower(at) {
        "last" => -1,
        "this" => 0,
        "next" => 1,
        _ => return None,
    };
    let possessive = words.lower(at + 1) == "year" && words.apostrophe(at + 2) && words.lower(at + 3) == "s";
    possessive.then_some((at + 4, Year::Shift(shift)))
}

/// "the quarter", "the latest quarter", "year-earlier", "the year-ago period": told of the quarter of the report.
fn reported(words: &Words, at: usize, the: usize) -> Found {
    let quarter = |i: usize| words.any(i, &["quarter", "period"]);
    if the > at && words.lower(the) == "quarter" && words.lower(at) == "the" {
        return Some((the + 1, ending(words, the + 1).unwrap_or(Base::Quarter(0)).into()));
    }
    if let Some(end) = compared(words, at, the) {
        return Some((end, Base::Quarter(-1).into()));
    }
    if words.any(the, &["latest"]) && quarter(the + 1) {
        return Some((the + 2, Base::Quarter(0).into()));
    }
    let joined =
        words.lower(the) == "year" && words.hyphen(the + 1) && words.any(the + 2, &["earlier", "ago"]);
    if !joined {
        return None;
    }
    match quarter_code(words, the + 3, false) {
        Some((end, code)) => Some((end, Base::Part(code, Year::Shift(-1)).into())),
        None if quarter(the + 3) => Some((the + 4, Base::Quarter(-1).into())),
        None => (the == at).then(|| (the + 3, Base::Quarter(-1).into())),
    }
}

/// Past "the corresponding period last year", "the same quarter a year earlier", "the quarter a year ago".
fn compared(words: &Words, at: usize, the: usize) -> Option<usize> {
    let like = usize::from(words.any(the, &["corresponding", "comparable", "same", "like", "similar"]));
    let noun = the + like;
    if the == at || !words.any(noun, &["quarter", "period"]) || like == 0 && words.lower(noun) == "period" {
        return None;
    }
    let next = noun + 1 + usize::from(words.any(noun + 1, &["of"]));
    let last = words.seq(next, &["last", "year"]);
    let ago = words.seq(next, &["a", "year"]) && words.any(next + 2, &["ago", "earlier", "before"]);
    match (last, ago) {
        (true, _) => Some(next + 2),
        (_, true) => Some(next + 3),
        _ => None,
    }
}

/// The quarter whose last day is told right behind it: "ended Sept. 30".
fn ending(words: &Words, at: usize) -> Option<Base> {
    if !words.any(at, &["ended", "ending", "ends"]) {
        return None;
    }
    match super::calendar::date(words, at + 1)?.1.base {
        Base::Calendar { year, month: month @ 1.., day } => Some(Base::QuarterEnding(year, month, day)),
        _ => None,
    }
}

/// The quarter or half named at `at`: one past it, and its TIMEX3 code. Halves need a year (`dated`, or after them).
fn quarter_code(words: &Words, at: usize, dated: bool) -> Option<(usize, &'static str)> {
    if words.lower(at) == "q" && words.glued(at + 1) && words.capital(at) {
        let code = match words.text(at + 1) {
            "1" => "Q1",
            "2" => "Q2",
            "3" => "Q3",
            "4" => "Q4",
            _ => return None,
        };
        return Some((at + 2, code));
    }
    let latter = words.any(at, &["last", "latter", "later"]) && words.lower(at + 1) == "half";
    let (end, n) = if latter { (at + 1, 2.0) } else { numeral::ordinal(words, at)? };
    let noun = words.past_hyphen(end);
    let code = match (words.lower(noun), n as i32) {
        ("quarter", 1) => "Q1",
        ("quarter", 2) => "Q2",
        ("quarter", 3) => "Q3",
        ("quarter", 4) => "Q4",
        ("half", 1) if dated || year_after(words, noun + 1).is_some() => "H1",
        ("half", 2) if dated || year_after(words, noun + 1).is_some() => "H2",
        _ => return None,
    };
    Some((noun + 1, code))
}

/// "1987", "fiscal 1989", "the 1980s", "the '90s", "the 20th century", "nineteen ninety-seven".
pub(super) fn year(words: &Words, at: usize) -> Found {
    decade(words, at)
        .or_else(|| century(words, at))
        .or_else(|| plain_year(words, at))
        .or_else(|| spelt_year(words, at))
}

fn decade(words: &Words, at: usize) -> Found {
    let the = at + usize::from(words.any(at, &["the"]));
    let mut start = the + usize::from(class(words.lower(the), "mod").is_some() && the > at);
    start = words.past_hyphen(start);
    let quote = start + usize::from(words.apostrophe(start));
    let plural = |i: usize| {
        let s = i + usize::from(words.apostrophe(i) && words.glued(i));
        (words.lower(s) == "s" && words.glued(s)).then_some(s + 1)
    };
    if let Some(year) = year_number(words, start).filter(|y| y % 10 == 0) {
        return plural(start + 1).map(|end| (end, Base::Decade(year).into()));
    }
    if words.text(quote).len() == 2 && (quote > start || the > at) {
        let short = numeral::integer(words, quote).filter(|n| n % 10 == 0)?;
        let start = if short < 20 { 2000 + short } else { 1900 + short };
        return plural(quote + 1).map(|end| (end, Base::Decade(i16::try_from(start).unwrap_or(0)).into()));
    }
    let start = match words.lower(start) {
        "twenties" => 1920,
        "thirties" => 1930,
        "forties" => 1940,
        "fifties" => 1950,
        "sixties" => 1960,
        "seventies" => 1970,
        "eighties" => 1980,
        "nineties" => 1990,
        _ => return None,
    };
    let end = if words.hyphen(the + 1) { the + 3 } else { start_of(words, the) };
    (the > at).then(|| (end, Base::Decade(start).into()))
}

/// One past the decade word behind an optional modifier.
fn start_of(words: &Words, the: usize) -> usize {
    the + 1 + usize::from(class(words.lower(the), "mod").is_some())
}

fn century(words: &Words, at: usize) -> Found {
    let the = at + usize::from(words.any(at, &["the"]));
    let (end, n) = numeral::ordinal(words, the)?;
    let noun = words.past_hyphen(end);
    let found = words.lower(noun) == "century" && (1.0..=30.0).contains(&n);
    found.then(|| (noun + 1, Base::Century(n as i16).into()))
}

fn plain_year(words: &Words, at: usize) -> Found {
    let lead = match words.lower(at) {
        "fiscal" => 1,
        "the" if words.lower(at + 1) == "year" => 2,
        "year" => 1,
        _ => 0,
    };
    let year = year_number(words, at + lead)?;
    let end = at + lead + 1;
    let before = words.before(at, 1);
    let money = matches!(before, "$" | "£" | "€" | "¥" | "#" | "no" | "." | "/" | ":")
        && before != ":"
        && !(before == "." && !words.glued(at));
    let mid = class(words.before(at, 2), "mod").is_some() || matches!(words.before(at, 2), "pre" | "post");
    let glued_before = words.glued(at) && matches!(before, "-" | "," | "+") && !mid;
    if lead == 0 && (!(1500..2100).contains(&year) || money || glued_before || !year_context(words, at, end))
    {
        return None;
    }
    Some((end, Base::Calendar { year: Year::Given(year), month: 0, day: 0 }.into()))
}

/// Whether a bare number of four digits stands where a year can stand.
fn year_context(words: &Words, at: usize, end: usize) -> bool {
    if words.glued(end)
        && (words.letters(end) || words.any(end, &["%", "/", ":"]) || words.kind(end) == Some(Kind::Digits))
    {
        return false;
    }
    let unit = crate::quantity::unit::measure(words, end).is_some()
        || words.any(
            end,
            &["people", "troops", "soldiers", "others", "men", "women", "%", "percent", "per", "million"],
        );
    let led = words.any(
        at.wrapping_sub(1),
        &[
            "in", "since", "until", "till", "by", "from", "of", "before", "after", "during", "late", "early",
            "mid", "and", "or", "to", "(", ",", "-", "\u{2013}", "through", "for", "between", "circa", "the",
            "its", "than",
        ],
    );
    !unit
        && (led || !plural_noun(words, end))
        && !(words.any(at.wrapping_sub(1), &["than", "for", "the", "of", "and", "to"])
            && plural_noun(words, end))
}

fn plural_noun(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    words.letters(at)
        && !words.capital(at)
        && word.ends_with('s')
        && word.len() > 3
        && !words.any(at, &["was", "has", "this", "does", "towards", "across", "versus"])
        && !matches!(words.tag(at), variorum_schema::Tag::Verb | variorum_schema::Tag::Adj)
}

/// "nineteen ninety-seven", "two thousand" after "the year".
pub(super) fn spelt_year(words: &Words, at: usize) -> Found {
    let given = |end, year| Some((end, Base::Calendar { year: Year::Given(year), month: 0, day: 0 }.into()));
    if words.seq(at, &["the", "year", "two", "thousand"]) {
        let found = numeral::numeral(words, at + 2)?;
        return given(found.end, found.value as i16);
    }
    let century = match words.lower(at) {
        "nineteen" => 1900,
        "eighteen" => 1800,
        "twenty" => 2000,
        _ => return None,
    };
    if words.hyphen(at + 1) {
        return None;
    }
    let tail =
        numeral::numeral(words, at + 1).filter(|n| n.form == numeral::Form::Words && n.bounds.is_none())?;
    let ten = (10.0..100.0).contains(&tail.value) && tail.value.fract() == 0.0;
    let noun = plural_noun(words, tail.end);
    if !ten || noun { None } else { given(tail.end, century + tail.value as i16) }
}
