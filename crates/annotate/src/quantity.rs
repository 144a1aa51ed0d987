//! Quantities: numbers with unit, counted thing, bounds and hedge.
//!
//! Left out are numbers that count nothing: parts of names ("Flight 93", "F-16", "Covid-19", "Resolution 1701"), scores
//! ("won 3-1"), telephone numbers, years and everything else inside a time expression, and "one" as a pronoun.
//! `spec/quantity.md` shows each rule with examples.

use variorum_schema::{Document, Hedge, Quantity, Sentence, Span, TimeExpression, Token, Unit};

use self::counted::Counted;
use self::numeral::{Form, Numeral};
use self::scan::Words;

mod age;
mod counted;
mod hedge;
mod name;
pub(crate) mod numeral;
mod phrase;
mod range;
pub(crate) mod scan;
pub(crate) mod unit;
mod vote;

/// How many words behind a number a time expression ends the phrase of the counted thing.
const TIME_REACH: usize = 16;

/// A quantity over the words of its sentence.
#[derive(Clone, Debug, PartialEq)]
struct Draft {
    /// First word, with currency sign.
    from: usize,
    /// One past the last word, with unit.
    to: usize,
    /// Words of the number itself.
    number: (usize, usize),
    value: f64,
    low: Option<f64>,
    high: Option<f64>,
    hedge: Hedge,
    unit: Unit,
}

/// Whether a lower-case word stands for a number ("seven", "third", "half").
#[must_use]
pub fn is_number_word(word: &str) -> bool {
    numeral::is_number_word(word)
}

/// Quantities in order. Numbers that belong to a time expression are left out.
#[must_use]
pub fn quantities(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    times: &[TimeExpression],
) -> Vec<Quantity> {
    let mut found = Vec::new();
    for sentence in sentences {
        for words in scan::words(document, sentence, tokens) {
            read(&words, tokens, times, &mut found);
        }
    }
    found
}

/// Reads one run of words.
fn read(words: &Words, tokens: &[Token], times: &[TimeExpression], found: &mut Vec<Quantity>) {
    let mut at = 0;
    while at < words.list.len() {
        if let Some(end) = time_end(words, at, times) {
            at = years_end(words, end.max(at + 1));
            continue;
        }
        if let Some(sides) = vote::sides(words, at) {
            at = sides.iter().map(|(draft, _)| draft.to).max().unwrap_or(at).max(at + 1);
            for (mut draft, counted) in sides {
                hedged(words, &mut draft);
                found.extend(finish(words, &draft, Some(counted)));
            }
            continue;
        }
        if let Some(end) = name::skip(words, at) {
            at = end.max(at + 1);
            continue;
        }
        let Some(mut draft) = draft(words, at).filter(|d| !in_time(words, d, times)) else {
            at += 1;
            continue;
        };
        at = draft.to.max(at + 1);
        hedged(words, &mut draft);
        let counted = counted(words, tokens, &draft, times);
        found.extend(finish(words, &draft, counted));
    }
}

/// One past the last word of the time expression that covers the word at `at`.
fn time_end(words: &Words, at: usize, times: &[TimeExpression]) -> Option<usize> {
    let start = words.list.get(at)?.start;
    let idx = times.partition_point(|t| t.span.end as usize <= start);
    let time = times.get(idx).filter(|t| t.span.start as usize <= start)?;
    Some(at + words.list[at..].iter().take_while(|w| w.start < time.span.end as usize).count())
}

/// "1950-53": one past the last year, where two more digits stand behind the year that ends before `end`.
fn years_end(words: &Words, end: usize) -> usize {
    let is_year = end.checked_sub(1).is_some_and(|at| {
        let text = words.text(at);
        text.len() == 4 && text.starts_with(['1', '2']) && text.bytes().all(|b| b.is_ascii_digit())
    });
    let is_short = |at: usize| {
        at < words.list.len()
            && words.text(at).len() == 2
            && words.text(at).bytes().all(|b| b.is_ascii_digit())
    };
    let is_range =
        is_year && words.dash(end) && words.glued(end) && words.glued(end + 1) && is_short(end + 1);
    if is_range { end + 2 } else { end }
}

/// Whether a time expression begins inside a draft's number: then the number is the time's.
fn in_time(words: &Words, draft: &Draft, times: &[TimeExpression]) -> bool {
    (draft.number.0..draft.number.1).any(|at| time_end(words, at, times).is_some())
}

/// The quantity whose number opens at `at`, without hedge.
fn draft(words: &Words, at: usize) -> Option<Draft> {
    age::age(words, at)
        .or_else(|| magnitude(words, at))
        .or_else(|| ordinal(words, at))
        .or_else(|| range::range(words, at))
        .or_else(|| range::negative_share(words, at))
        .or_else(|| single(words, at))
}

/// A number with its unit, as it stands.
fn single(words: &Words, at: usize) -> Option<Draft> {
    let sign = unit::sign(words, at);
    let start = sign.map_or(at, |sign| sign.end);
    let number = signed(words, start)?;
    if sign.is_none() && name::counts_nothing(words, at, &number) {
        return None;
    }
    let mut draft = measured(words, at, start, number, sign.map(|sign| sign.code));
    if let Some(sign) = sign.filter(|sign| sign.parts < 1.0) {
        for value in [Some(&mut draft.value), draft.low.as_mut(), draft.high.as_mut()].into_iter().flatten() {
            *value = numeral::tidy(*value / sign.parts);
        }
    }
    Some(draft)
}

/// A number, with "minus" before it.
fn signed(words: &Words, at: usize) -> Option<Numeral> {
    let minus = words.any(at, &["minus", "negative"])
        || (words.any(at, &["-", "\u{2212}"])
            && words.glued(at + 1)
            && !words.glued(at)
            && words.kind(at.wrapping_sub(1)) != Some(scan::Kind::Digits));
    if minus || apart(words, at) {
        let found = numeral::numeral(words, at + 1).filter(|n| n.bounds.is_none())?;
        return Some(Numeral { value: -found.value, ..found });
    }
    numeral::numeral(words, at)
}

/// Whether a dash with a blank behind it is a minus: before degrees of temperature, or where nothing but the number stands,
/// as in the cell of a table.
fn apart(words: &Words, at: usize) -> bool {
    if !words.any(at, &["-", "\u{2212}"]) || words.glued(at) {
        return false;
    }
    let Some(number) = numeral::numeral(words, at + 1) else { return false };
    let digits = number.form == Form::Digits;
    let found = unit::after(words, number.end, digits);
    let warm = |unit: &Unit| matches!(unit, Unit::Measure(name) if name.starts_with("degree "));
    let end = found.as_ref().map_or(number.end, |found| found.end);
    let end = end + usize::from(numeral::short_scale(words, end).is_some());
    digits
        && (at == 0 && end >= words.list.len()
            || words.letters(at.wrapping_sub(1)) && found.is_some_and(|f| warm(&f.unit)))
}

/// A number with the unit around it.
fn measured(words: &Words, from: usize, start: usize, number: Numeral, code: Option<&str>) -> Draft {
    let (mut value, mut end) = (number.value, number.end);
    let digits = number.form == Form::Digits;
    let minus = usize::from(number.value < 0.0);
    if digits
        && number.end == start + 1 + minus
        && let Some(factor) = short_scale(words, end, code.is_some())
    {
        (value, end) = (value * factor, end + 1);
    }
    let mut unit = code.map_or(Unit::Count, |code| Unit::Money(code.to_owned()));
    let mut parts = 1.0;
    let number_end = end;
    match (unit::after(words, end, digits), &unit) {
        // "$5 US", "USD 5 dollars" say the currency twice
        (Some(found), Unit::Money(_)) if said_twice(&found.unit, &unit) => end = found.end,
        (Some(found), Unit::Count) => (end, unit, parts) = (found.end, found.unit, found.parts),
        _ => {}
    }
    if let (Unit::Money(_), Some(factor)) = (&unit, numeral::scale(words, end)) {
        // "75 USD million"
        if value < 1000.0 {
            (value, end) = (value * factor, end + 1);
        }
    }
    if let (Unit::Money(code), true) = (&unit, parts == 1.0 && code.is_none())
        && let Some((to, coins)) = coins(words, end, code)
    {
        (value, end) = (value + coins, to);
    }
    if let Some((to, inches)) = inches(words, end, &unit) {
        (value, end) = (value + inches, to);
    }
    let scaled = |v: f64| if parts < 1.0 { numeral::tidy(v / parts) } else { v / parts };
    let (low, high) = number.bounds.map_or((value, value), |(low, high)| (low, high));
    Draft {
        from,
        to: end,
        number: (start, number_end),
        value: scaled(value),
        low: Some(scaled(low)),
        high: Some(scaled(high)),
        hedge: if number.bounds.is_some() { Hedge::Vague } else { Hedge::Exact },
        unit,
    }
}

/// Whether a currency after the number repeats the one before it; "dollars" repeat any dollar.
fn said_twice(after: &Unit, before: &Unit) -> bool {
    after == before
        || matches!((after, before), (Unit::Money(a), Unit::Money(b)) if a == "USD" && b.ends_with('D'))
}

/// "and forty-five cents" after dollars: one past it, and what it adds.
fn coins(words: &Words, at: usize, code: &str) -> Option<(usize, f64)> {
    let start = at + usize::from(words.lower(at) == "and");
    let number = numeral::numeral(words, start).filter(|n| n.bounds.is_none() && n.value < 100.0)?;
    let closed = words.any(number.end, &[".", ","]) || number.end >= words.list.len();
    if closed && number.value.fract() == 0.0 && number.value >= 10.0 {
        // "15 dollars 50."
        return Some((number.end, number.value / 100.0));
    }
    let found = unit::after(words, number.end, number.form == Form::Digits)?;
    (found.parts > 1.0 && found.unit == Unit::Money(code.to_owned()))
        .then(|| (found.end, number.value / found.parts))
}

/// "2 inches" after feet: one past it, and what it adds.
fn inches(words: &Words, at: usize, unit: &Unit) -> Option<(usize, f64)> {
    if *unit != Unit::Measure("foot".to_owned()) {
        return None;
    }
    let start = at + usize::from(words.any(at, &["and", ","]));
    let number = numeral::numeral(words, start).filter(|n| n.bounds.is_none() && n.value < 12.0)?;
    let beside = words.any(number.end + 1, &["more", "tall", "long", "high", "wide", "deep", "thick"]);
    if words.lower(number.end) == "in" && (beside || !words.letters(number.end + 1)) {
        return Some((number.end + 1, number.value / 12.0));
    }
    let found = unit::after(words, number.end, number.form == Form::Digits)?;
    (found.unit == Unit::Measure("inch".to_owned())).then(|| (found.end, number.value / 12.0))
}

/// The scale right behind digits: "$3m", "20bn", "5k"; "10m" without a currency only before a counted thing.
fn short_scale(words: &Words, at: usize, money: bool) -> Option<f64> {
    let factor = numeral::short_scale(words, at)?;
    let glued = words.glued(at);
    let sure = match words.lower(at) {
        "bn" | "mn" | "tn" | "trn" | "mln" => true,
        "m" if words.text(at) == "M" && !words.letters(at + 1) => true,
        // "10 k" by itself, as in the cell of a table
        "k" => glued || at + 1 == words.list.len() && at <= 2,
        "m" | "b" | "mm" if money => true,
        "t" => money,
        "mil" => money || glued,
        "b" if glued => true,
        "m" | "b" => {
            glued
                && (words.capital(at)
                    || (words.letters(at + 1)
                        && !words.capital(at + 1)
                        && counted::class(words.lower(at + 1), "stop").is_none()))
        }
        _ => false,
    };
    sure.then_some(factor)
}

/// "magnitude 6.1", "a magnitude of 6.1", "6.1-magnitude".
fn magnitude(words: &Words, at: usize) -> Option<Draft> {
    let number = numeral::digits(words, at).filter(|v| *v < 12.0)?;
    let of = usize::from(words.any(at.wrapping_sub(1), &["of"])) + 1;
    let led = words.before(at, of) == "magnitude" || words.before(at, 1) == "magnitude";
    let next = words.past_hyphen(at + 1);
    let followed = words.lower(next) == "magnitude";
    (led || followed).then(|| Draft {
        from: at,
        to: if followed { next + 1 } else { at + 1 },
        number: (at, at + 1),
        value: number,
        low: Some(number),
        high: Some(number),
        hedge: Hedge::Exact,
        unit: Unit::Measure("magnitude".to_owned()),
    })
}

/// "the third strike", "21st".
fn ordinal(words: &Words, at: usize) -> Option<Draft> {
    let (to, value) = numeral::ordinal(words, at)?;
    if name::ordinal_counts_nothing(words, at, to) {
        return None;
    }
    Some(Draft {
        from: at,
        to,
        number: (at, to),
        value,
        low: Some(value),
        high: Some(value),
        hedge: Hedge::Exact,
        unit: Unit::Ordinal,
    })
}

/// Adds the hedges around a draft.
fn hedged(words: &Words, draft: &mut Draft) {
    if draft.unit == Unit::Ordinal {
        return;
    }
    let before = hedge::before(words, draft.from);
    let after = hedge::after(words, draft.to).or_else(|| hedge::after(words, draft.number.1));
    let open = draft.hedge == Hedge::Exact;
    let said = before.map(|(_, h)| h).or(after.map(|(_, h)| h)).filter(|_| open);
    if let Some((from, _)) = before {
        draft.from = from;
    }
    if let Some((to, _)) = after {
        draft.to = draft.to.max(to);
    }
    if let Some(said) = said {
        draft.hedge = said;
        (draft.low, draft.high) = hedge::bounds(said, draft.value);
    }
}

/// What a draft counts.
fn counted(words: &Words, tokens: &[Token], draft: &Draft, times: &[TimeExpression]) -> Option<Counted> {
    let own = matches!(draft.unit, Unit::Count | Unit::Ordinal);
    if draft.unit == Unit::Count
        && let Some(people) = counted::people(words, draft.from, draft.to)
    {
        return Some(people);
    }
    if draft.unit == Unit::Age {
        return None;
    }
    let reach = draft.to..(draft.to + TIME_REACH).min(words.list.len());
    let until = reach.clone().find(|at| time_end(words, *at, times).is_some()).unwrap_or(reach.end);
    let first = counted::after(words, tokens, draft.to, draft.number.1 - 1, own, until);
    first.or_else(|| if own { counted::before(words, tokens, draft.from) } else { None })
}

/// The quantity over bytes.
fn finish(words: &Words, draft: &Draft, counted: Option<Counted>) -> Option<Quantity> {
    let span = |from: usize, to: usize| {
        let (first, last) = (words.list.get(from)?, words.list.get(to.checked_sub(1)?)?);
        Some(Span::new(first.start, last.end))
    };
    let (counted, counted_lemma) = match counted {
        Some(c) => (span(c.from, c.to), Some(c.lemma)),
        None => (None, None),
    };
    Some(Quantity {
        span: span(draft.from, draft.to)?,
        number: span(draft.number.0, draft.number.1)?,
        value: draft.value,
        low: draft.low,
        high: draft.high,
        hedge: draft.hedge,
        unit: draft.unit.clone(),
        counted,
        counted_lemma,
    })
}

/// Texts that break careless readers: no marks closed, no sentence ended, odd spaces, other scripts.
#[cfg(test)]
pub(crate) const NASTY: &[&str] = &[
    "",
    " ",
    "\r\n\r\n5\r\n",
    "“Five people died on Tuesday",
    "'twas 5 p.m.' \u{201c}ten\u{201d} ‘90s ’80s",
    "600\u{a0}000 people on 21\u{a0}July\u{a0}2020\u{a0}",
    "5\u{202f}€ \u{feff}12 💥 30 people 👩‍👩‍👧 2021",
    "مات 12 شخصا يوم 21 يوليو 2020",
    "$ $ $ - - 5 - 10 / / 3 . . 7 : : 8",
    "½ 2½ ٣ ² 10² 5\u{94} \u{96} 7",
    "99999999999999999999999999999999999999999999 trillion trillion trillion",
    "one one one one hundred hundred thousand and and and a half half half",
    "twenty-one-hundred-and-five-year-old-old",
    "between and from to until the the the last next this of of",
    "Mon. Tue. Jan. May. Sun. Mar. 5. 6. 7.",
    "0/0 1/0 00:00 24:61 99:99 -0 --5 +-3",
];

#[cfg(test)]
mod tests {
    use variorum_schema::Page;

    use super::*;

    /// The rules must stand with the tagger and without it.
    fn read(text: &str, tagged: bool) -> (Document, Vec<Quantity>) {
        let document = crate::extract(&Page::new("text", text.as_bytes()));
        let (sentences, mut tokens) = crate::segment::sentences(&document);
        if tagged {
            tokens =
                crate::parse::parse(&document, &sentences, crate::tag::tag(&document, &sentences, tokens));
        }
        let times = crate::time::times(&document, &sentences, &tokens, None);
        let found = quantities(&document, &sentences, &tokens, &times);
        (document, found)
    }

    /// A quantity as the specification writes it.
    fn shown(quantity: &Quantity) -> String {
        let hedge = match quantity.hedge {
            Hedge::Exact => None,
            Hedge::About => Some("about"),
            Hedge::Nearly => Some("nearly"),
            Hedge::AtLeast => Some("at-least"),
            Hedge::AtMost => Some("at-most"),
            Hedge::Range => Some("range"),
            Hedge::Vague => Some("vague"),
        };
        let end = |v: Option<f64>| v.map_or(String::new(), |v| v.to_string());
        let mut out = match hedge {
            None => quantity.value.to_string(),
            Some(hedge) => format!("{}..{} {hedge}", end(quantity.low), end(quantity.high)),
        };
        match &quantity.unit {
            Unit::Count => {}
            Unit::Ordinal => out.push_str(" ordinal"),
            Unit::Percent => out.push_str(" percent"),
            Unit::Age => out.push_str(" age"),
            Unit::Money(name) | Unit::Measure(name) => out.push_str(&format!(" {}", name.replace(' ', "-"))),
        }
        if let Some(lemma) = &quantity.counted_lemma {
            out.push_str(&format!(" of {lemma}"));
        }
        out
    }

    #[test]
    fn the_specification_holds() {
        let mut failed = Vec::new();
        for line in include_str!("../spec/quantity.md").lines().filter_map(|l| l.strip_prefix("    ")) {
            let (text, want) = line.rsplit_once("  ").expect("an example and what is read");
            let (text, want) = (text.trim(), want.trim());
            let (before, rest) = text.split_once('[').expect("an opening bracket");
            let (inside, after) = rest.split_once(']').expect("a closing bracket");
            for tagged in [false, true] {
                let (_, found) = read(&format!("{before}{inside}{after}"), tagged);
                let span = Span::new(before.len(), before.len() + inside.len());
                let hit = found.iter().find(|q| q.number.overlaps(span));
                let got = hit.map_or("-".to_owned(), shown);
                if got != want {
                    failed.push(format!("{text}: wanted {want}, got {got}, tagged: {tagged}"));
                }
            }
        }
        assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    }

    #[test]
    fn every_span_is_valid_on_any_text() {
        for text in NASTY {
            let (document, found) = read(text, true);
            for quantity in &found {
                for span in
                    [Some(quantity.span), Some(quantity.number), quantity.counted].into_iter().flatten()
                {
                    assert!(document.text.get(span.range()).is_some_and(|s| !s.is_empty()), "{text}");
                }
                assert!(quantity.span.contains(quantity.number), "{text}");
                assert!(quantity.value.is_finite(), "{text}");
            }
        }
    }
}
