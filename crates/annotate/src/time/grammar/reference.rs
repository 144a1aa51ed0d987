//! Times told from the document's date or from the time before: "yesterday", "last week", "the following day".

use variorum_schema::{Tag, Tense};

use super::{Base, Form, Found, Origin, Step, step};
use crate::quantity::scan::Words;
use crate::time::lexicon::class;

/// "today", "yesterday", "the day before yesterday", "now", "recently", "in the future".
pub(super) fn deictic(words: &Words, at: usize) -> Found {
    let word = words.lower(at);
    if words.seq(at, &["the", "day", "before", "yesterday"]) {
        return Some((at + 4, day(-2)));
    }
    if words.seq(at, &["the", "day", "after", "tomorrow"]) {
        return Some((at + 4, day(2)));
    }
    if let Some(shift) = class(word, "day").and_then(|s| s.parse().ok()) {
        let name = words.capital(at) && words.capital(at + 1) && at > 0 && words.lower(at) == "today";
        return (!name).then(|| (at + 1, day(shift)));
    }
    if let Some(value) = class(word, "ref") {
        return Some((at + 1, Base::Ref(value).into()));
    }
    phrase(words, at)
}

fn day(shift: i32) -> Form {
    Base::Shift(Step::Day, shift, Origin::Anchor).into()
}

/// References of several words.
fn phrase(words: &Words, at: usize) -> Found {
    let phrases: [(&[&str], &'static str, bool); 9] = [
        (&["the", "near", "future"], "FUTURE_REF", false),
        (&["the", "future"], "FUTURE_REF", true),
        (&["the", "past"], "PAST_REF", true),
        (&["the", "present"], "PRESENT_REF", true),
        (&["these", "days"], "PRESENT_REF", false),
        (&["the", "time", "being"], "PRESENT_REF", false),
        (&["recent", "days"], "PAST_REF", false),
        (&["recent", "years"], "PAST_REF", false),
        (&["coming", "months"], "FUTURE_REF", false),
    ];
    let (phrase, value, alone) = phrases.iter().find(|(p, ..)| words.seq(at, p))?;
    let end = at + phrase.len();
    // "the past president", "the present law" speak of something else
    let noun = matches!(words.tag(end), Tag::Noun | Tag::Propn | Tag::Num | Tag::Adj | Tag::X);
    let closed = !alone
        || (words.any(at.wrapping_sub(1), &["in", "into"]) && !noun)
        || !words.letters(end)
        || words.any(end, &["and", "but", "to", "for", "with", "as", "is", "was"]);
    closed.then(|| (end, Base::Ref(value).into()))
}

/// "last week", "this year", "the following day", "that month", "the weekend", "the past year".
pub(super) fn told(words: &Words, at: usize) -> Found {
    if let Some(found) = year_end(words, at) {
        return Some(found);
    }
    let the = usize::from(words.any(at, &["the"]));
    let mut next = at + the;
    let word = words.lower(next);
    let (shift, origin) = match word {
        "last" => (-1, Origin::Anchor),
        "latest" if the == 1 => (-1, Origin::Anchor),
        "past" if the == 1 || at > 0 => (-1, Origin::Anchor),
        "this" | "current" => (0, Origin::Anchor),
        "next" | "coming" => {
            (1, if the == 1 && words.lower(next + 1) == "day" { Origin::Previous } else { Origin::Anchor })
        }
        "following" | "ensuing" if the == 1 => (1, Origin::Previous),
        "previous" | "preceding" if the == 1 => (-1, Origin::Previous),
        "same" | "very" if the == 1 => (0, Origin::Previous),
        "that" if the == 0 => (0, Origin::Previous),
        "weekend" if the == 1 => return weekend(words, at),
        "year" | "fiscal" | "full" | "week" if the == 1 => return the_year(words, at),
        "day" if the == 1 => return day_before(words, at),
        _ => return None,
    };
    next += 1;
    if word == "past" && words.any(next, &["decade", "century"]) {
        // "over the past decade": the ten years up to now, not the calendar's last ten
        let years = if words.lower(next) == "decade" { 10 } else { 100 };
        return Some((next + 1, Base::Duration(format!("P{years}Y")).into()));
    }
    let this = word == "this" || word == "that" && words.lower(next) == "same";
    let mut shift = shift;
    if this && words.any(next, &["past", "same", "very", "coming"]) {
        shift = match words.lower(next) {
            "past" => -1,
            "coming" => 1,
            _ => shift,
        };
        next += 1;
    }
    next += usize::from(words.any(next, &["fiscal", "calendar", "full", "school", "financial"]));
    let (step, plural) = step(words.lower(next))?;
    if plural || (word == "that" && !that_is_determiner(words, at, next)) {
        return None;
    }
    if step == Step::Weekend {
        let tense =
            [Tense::Last, Tense::Unknown, Tense::Next].get(usize::try_from(shift + 1).unwrap_or(1)).copied();
        return Some((next + 1, Form { base: Base::Shift(step, shift, origin), tense, clock: None }));
    }
    Some((next + 1, Base::Shift(step, shift, origin).into()))
}

/// "for the year", "the fiscal year", "the full year": the one that runs; "the year ended June 30": a length of time.
fn the_year(words: &Words, at: usize) -> Found {
    let more = usize::from(words.any(at + 1, &["fiscal", "full"]));
    let (step, plural) = step(words.lower(at + 1 + more))?;
    let end = at + 2 + more;
    if plural || !matches!(step, Step::Year | Step::Week) {
        return None;
    }
    if step == Step::Year && words.any(end, &["ended", "ending", "ends", "to"]) && words.capital(end + 1) {
        return Some((end, Base::Duration("P1Y".to_owned()).into()));
    }
    let closed = words.any(end, &[".", ",", ";", ")", "", "\u{201d}", "\"", "'", "\u{2019}"]);
    let led = words.any(at.wrapping_sub(1), &["for", "in", "during", "throughout"]);
    (led && closed || more == 1 && step == Step::Year)
        .then(|| (end, Base::Shift(step, 0, Origin::Anchor).into()))
}

/// "year-end", "year's end", "the year end": the year that runs.
fn year_end(words: &Words, at: usize) -> Found {
    let start = at + usize::from(words.any(at, &["the"]));
    if words.lower(start) != "year" {
        return None;
    }
    let next = if words.apostrophe(start + 1) && words.lower(start + 2) == "s" {
        start + 3
    } else {
        words.past_hyphen(start + 1)
    };
    let noun = words.letters(next + 1) && words.tag(next + 1) == Tag::Noun;
    let led =
        words.any(at.wrapping_sub(1), &["by", "before", "at", "until", "since", "around", "near", "after"]);
    (words.lower(next) == "end" && led && !noun)
        .then(|| (next + 1, Base::Shift(Step::Year, 0, Origin::Anchor).into()))
}

/// "that year" as a phrase, not "said that year after year".
fn that_is_determiner(words: &Words, at: usize, unit: usize) -> bool {
    !(words.lower(unit + 1) == "after" && words.lower(unit + 2) == words.lower(unit)) && at < unit
}

/// "over the weekend": the last one, or the coming one, by tense.
fn weekend(words: &Words, at: usize) -> Found {
    Some((at + 2, Base::Shift(Step::Weekend, 0, Origin::Anchor).into()))
        .filter(|_| !words.letters(at + 2) || !words.capital(at + 2))
}

/// "the day before", "the day after" at the end of a clause.
fn day_before(words: &Words, at: usize) -> Found {
    let shift = match words.lower(at + 2) {
        "before" => -1,
        "after" => 1,
        _ => return None,
    };
    let closed = words.any(at + 3, &[".", ",", ";", ")", "", "\u{201d}", "\""]);
    closed.then(|| (at + 3, Base::Shift(Step::Day, shift, Origin::Previous).into()))
}
