//! Which words make a time expression, and what they say by themselves.

use jiff::civil::Weekday;
use variorum_schema::Tense;

use super::lexicon::{self, Rule, class};
use crate::quantity::numeral;
use crate::quantity::scan::{Kind, Words};

mod calendar;
mod clock;
mod length;
mod period;
mod reference;

/// The year of a calendar form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Year {
    /// Not said.
    Unknown,
    /// Said.
    Given(i16),
    /// So many years from the document's ("March last year").
    Shift(i32),
}

/// What a shift is counted from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The document's date.
    Anchor,
    /// The time told before ("the following day").
    Previous,
    /// The document's date, but a report about a quarter means the quarter ("a year ago").
    Report,
}

/// A calendar unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Day,
    Weekend,
    Week,
    Month,
    Quarter,
    Year,
    Decade,
    Century,
}

/// What the words say.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Base {
    /// Year, month and day; 0 where the words leave month or day out.
    Calendar { year: Year, month: i8, day: i8 },
    /// A day of the month alone ("the 12th"), so many months off.
    DayOfMonth(i8),
    /// Ten years from the start given; whether the century was said.
    Decade(i16),
    /// A hundred years ("the 20th century": 20).
    Century(i16),
    /// TIMEX3 code of a season.
    Season(&'static str, Year),
    /// TIMEX3 code of a quarter or half of a year ("Q3", "H1").
    Part(&'static str, Year),
    /// The quarter that a report is about, so many years off.
    Quarter(i32),
    /// The quarter that a report is about, in another year ("the 1988 quarter").
    QuarterOf(Year),
    /// The quarter that ends with the day given: year, month and day ("the quarter ended Sept. 30").
    QuarterEnding(Year, i8, i8),
    /// The week that holds the day given: month and day ("the week of 6 March").
    WeekOf(Year, i8, i8),
    /// A holiday.
    Holiday(Rule, Year),
    /// A weekday; so many weeks off if said ("Tuesday last week").
    Weekday(Weekday, Option<i32>),
    /// The weekday before or after the time told before ("the following Friday").
    NextTo(Weekday),
    /// So many units off.
    Shift(Step, i32, Origin),
    /// A reference without calendar value.
    Ref(&'static str),
    /// A length of time, as TIMEX3 value.
    Duration(String),
    /// A recurring time, as TIMEX3 value.
    Set(String),
    /// No day said: a time of day alone.
    Clock,
}

/// What a time expression says by itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Form {
    /// The day, month, …
    pub(super) base: Base,
    /// Which way it points, where the words say so ("last", "next").
    pub(super) tense: Option<Tense>,
    /// Time of day as TIMEX3 suffix ("T17:00", "TEV").
    pub(super) clock: Option<String>,
}

impl From<Base> for Form {
    fn from(base: Base) -> Form {
        Form { base, tense: None, clock: None }
    }
}

impl Form {
    fn at(self, clock: impl Into<String>) -> Form {
        Form { clock: Some(clock.into()), ..self }
    }
}

/// A form and one past the index of its last word.
type Found = Option<(usize, Form)>;

/// A time expression in a sentence: its words `from..to`, and what they say.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Match {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) form: Form,
}

/// The time expressions of a sentence, in order, not overlapping: at each word the longest that opens there.
pub(super) fn find(words: &Words) -> Vec<Match> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.list.len() {
        match longest(words, at) {
            Some((to, form)) if to > at => {
                found.push(Match { from: at, to, form });
                at = to;
            }
            _ => at += 1,
        }
    }
    found
}

/// Words that open a time expression and stand in no list: determiners, and the first words of hedges and phrases.
const OPENERS: &[&str] = &[
    "the",
    "a",
    "an",
    "last",
    "next",
    "this",
    "that",
    "past",
    "previous",
    "following",
    "preceding",
    "ensuing",
    "same",
    "very",
    "coming",
    "current",
    "latest",
    "these",
    "those",
    "recent",
    "every",
    "each",
    "half",
    "first",
    "final",
    "many",
    "some",
    "numerous",
    "more",
    "less",
    "fewer",
    "no",
    "at",
    "up",
    "as",
    "per",
    "fiscal",
    "its",
    "their",
    "q",
    "tonight",
    "twenties",
    "thirties",
    "forties",
    "fifties",
    "sixties",
    "seventies",
    "eighties",
    "nineties",
    "beginning",
    "start",
    "end",
    "middle",
    "part",
    "close",
    "turn",
    "course",
    "rest",
    "remainder",
    "eve",
    "latter",
];

/// Whether a word can open a time expression at all: most words cannot, and are passed over at once.
fn opens(words: &Words, at: usize) -> bool {
    match words.kind(at) {
        Some(Kind::Digits) => true,
        Some(Kind::Letters) => {
            let word = words.lower(at);
            lexicon::known(word) || OPENERS.contains(&word) || numeral::is_number_word(word)
        }
        Some(Kind::Mark) => words.apostrophe(at) || !words.text(at).is_ascii(),
        None => false,
    }
}

/// The longest form that opens at `at`.
fn longest(words: &Words, at: usize) -> Found {
    if !opens(words, at) {
        return None;
    }
    let (best, other) = (core(words, at), modified(words, at));
    match (best, other) {
        (Some(a), Some(b)) => Some(if b.0 > a.0 { b } else { a }),
        (a, b) => a.or(b),
    }
}

/// The longest unmodified form that opens at `at`; the first rule wins a tie.
fn core(words: &Words, at: usize) -> Found {
    let rules: [fn(&Words, usize) -> Found; 13] = [
        calendar::date,
        calendar::weekday,
        calendar::holiday,
        period::season,
        period::quarter,
        period::year,
        clock::time,
        clock::part_of_day,
        reference::deictic,
        reference::told,
        length::ago,
        length::set,
        length::duration,
    ];
    let mut best: Found = None;
    for rule in rules {
        if let Some(found) = rule(words, at)
            && best.as_ref().is_none_or(|(end, _)| found.0 > *end)
        {
            best = Some(found);
        }
    }
    best
}

/// "early Monday", "the end of last year", "mid-November", "about two years ago": words that do not change the value.
fn modified(words: &Words, at: usize) -> Found {
    let start = at + usize::from(words.any(at, &["the", "a"]));
    if let Some(next) = part_of(words, start) {
        return core(words, next).or_else(|| plain_unit(words, next)).filter(|(_, form)| dated(form));
    }
    if class(words.lower(start), "mod").is_some() {
        let next = words.past_hyphen(start + 1);
        let next = next
            + usize::from(
                words.lower(next) == "in" && words.any(start, &["earlier", "later", "early", "late"]),
            );
        let later = words.any(start, &["earlier", "later"]);
        let unit = plain_unit(words, next).filter(|_| words.before(next, 1) == "in");
        return core(words, next)
            .or(unit)
            .filter(|(_, form)| dated(form) && !(later && matches!(form.base, Base::Calendar { .. })));
    }
    let next = hedge(words, at)?;
    core(words, next).filter(|(to, form)| match form.base {
        Base::Clock | Base::Calendar { day: 1.., .. } => words.any(at, &["around", "about"]),
        Base::Duration(_) => true,
        Base::Shift(..) => words.any(to - 1, &["ago", "earlier", "later"]),
        _ => false,
    })
}

/// "the year", "the month" after "end of" or "later in".
fn plain_unit(words: &Words, at: usize) -> Found {
    let (step, plural) = step(words.lower(at + 1))?;
    (words.lower(at) == "the" && !plural).then(|| (at + 2, Base::Shift(step, 0, Origin::Anchor).into()))
}

/// Past "beginning of", "first half of", "latter part of" …
fn part_of(words: &Words, at: usize) -> Option<usize> {
    let at = at
        + usize::from(
            words.any(at, &["very", "early", "late", "first", "second", "last", "latter", "later"]),
        );
    let noun = words.any(
        at,
        &[
            "beginning",
            "start",
            "end",
            "middle",
            "half",
            "part",
            "close",
            "turn",
            "course",
            "rest",
            "remainder",
            "eve",
        ],
    );
    (noun && words.lower(at + 1) == "of").then_some(at + 2)
}

/// Past a hedge that belongs to a length of time.
fn hedge(words: &Words, at: usize) -> Option<usize> {
    if class(words.lower(at), "approx").is_some() {
        return Some(at + 1).filter(|next| !words.any(*next, &["the", "these"]));
    }
    let long: [&[&str]; 8] = [
        &["more", "than"],
        &["less", "than"],
        &["fewer", "than"],
        &["no", "more", "than"],
        &["at", "least"],
        &["at", "most"],
        &["up", "to"],
        &["as", "long", "as"],
    ];
    long.iter().find(|h| words.seq(at, h)).map(|h| at + h.len())
}

/// Whether a form names a place on the calendar.
fn dated(form: &Form) -> bool {
    !matches!(form.base, Base::Duration(_) | Base::Set(_) | Base::Ref(_) | Base::Clock)
        || (form.base == Base::Clock && form.clock.is_some())
}

/// The calendar unit that a word names, with whether it is a plural.
fn step(word: &str) -> Option<(Step, bool)> {
    let (letter, plural) = match class(word, "unit") {
        Some(letter) => (letter, false),
        None => (class(word, "units")?, true),
    };
    let step = match letter {
        "D" => Step::Day,
        "WE" => Step::Weekend,
        "W" => Step::Week,
        "M" => Step::Month,
        "Q" => Step::Quarter,
        "Y" => Step::Year,
        "E" => Step::Decade,
        "C" => Step::Century,
        _ => return None,
    };
    Some((step, plural))
}

/// A whole number of at most two words' worth of units: one past its end, and its value.
fn count(words: &Words, at: usize) -> Option<(usize, f64)> {
    if words.any(at, &["a", "an"]) && !words.any(at + 1, &["few", "couple", "dozen", "hundred", "thousand"]) {
        return Some((at + 1, 1.0));
    }
    let found = numeral::numeral(words, at).filter(|n| n.bounds.is_none())?;
    let end = if words.lower(found.end) == "of" && words.lower(at + 1) == "couple" {
        found.end + 1
    } else {
        found.end
    };
    Some((end, found.value))
}

/// Whether the word at `at` is a number of four digits that can be a year.
fn year_number(words: &Words, at: usize) -> Option<i16> {
    let text = words.text(at);
    if words.kind(at) != Some(Kind::Digits) || text.len() != 4 {
        return None;
    }
    text.parse::<i16>().ok().filter(|y| (1000..2200).contains(y))
}
