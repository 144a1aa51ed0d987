//! The word lists of times.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use jiff::civil::Weekday;

use crate::lexicon::{Listed, Lookup, entries};
use crate::quantity::scan::Words;

/// How a name of a month, weekday or season may be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sign {
    /// By itself.
    Full,
    /// Also an everyday word or surname: needs a sign beside it.
    Word,
    /// An abbreviation: needs a dot or a number beside it.
    Short,
    /// A plural.
    Plural,
}

/// When a holiday falls.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// Month and day.
    Fixed(i8, i8),
    /// N-th weekday of a month.
    Nth(i8, i8, i8),
    /// Days from Easter Sunday.
    Easter(i32),
}

/// All word lists, by lower-case word.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    months: Lookup<&'static str, (i8, Sign)>,
    weekdays: Lookup<&'static str, (Weekday, Sign)>,
    seasons: BTreeMap<&'static str, (&'static str, i8, Sign)>,
    /// Words of the name, and its rule; longest names first.
    holidays: Vec<(Vec<&'static str>, Rule)>,
    words: Lookup<(&'static str, &'static str), &'static str>,
    /// Every word of the lists, the first of names of several.
    known: Listed<&'static str>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for f in entries(include_str!("../../data/en/months.txt")) {
        lexicon.months.insert(field(&f, 0), (number(&f, 1), sign(field(&f, 2))));
    }
    for f in entries(include_str!("../../data/en/weekdays.txt")) {
        if let Ok(day) = Weekday::from_monday_one_offset(number(&f, 1)) {
            lexicon.weekdays.insert(field(&f, 0), (day, sign(field(&f, 2))));
        }
    }
    for f in entries(include_str!("../../data/en/seasons.txt")) {
        lexicon.seasons.insert(field(&f, 0), (field(&f, 1), number(&f, 2), sign(field(&f, 3))));
    }
    for f in entries(include_str!("../../data/en/holidays.txt")) {
        let rule = match field(&f, 1) {
            "fixed" => Rule::Fixed(number(&f, 2), number(&f, 3)),
            "nth" => Rule::Nth(number(&f, 2), number(&f, 3), number(&f, 4)),
            _ => Rule::Easter(i32::from(number(&f, 2))),
        };
        lexicon.holidays.push((field(&f, 0).split(' ').collect(), rule));
    }
    lexicon.holidays.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    for f in entries(include_str!("../../data/en/time-words.txt")) {
        lexicon.words.insert((field(&f, 1), field(&f, 0)), field(&f, 2));
        lexicon.known.insert(field(&f, 0));
    }
    lexicon.known.extend(lexicon.months.keys().chain(lexicon.weekdays.keys()).chain(lexicon.seasons.keys()));
    lexicon.known.extend(lexicon.holidays.iter().filter_map(|(name, _)| name.first()));
    lexicon
});

fn field(fields: &[&'static str], at: usize) -> &'static str {
    fields.get(at).copied().unwrap_or("")
}

fn number(fields: &[&'static str], at: usize) -> i8 {
    field(fields, at).parse().unwrap_or(0)
}

fn sign(name: &str) -> Sign {
    match name {
        "word" => Sign::Word,
        "short" => Sign::Short,
        "plural" => Sign::Plural,
        _ => Sign::Full,
    }
}

/// Whether a word stands in any list of times.
pub(super) fn known(word: &str) -> bool {
    LEXICON.known.contains(word)
}

/// The month that a word names.
pub(super) fn month(word: &str) -> Option<(i8, Sign)> {
    LEXICON.months.get(word).copied()
}

/// The weekday that a word names.
pub(super) fn weekday(word: &str) -> Option<(Weekday, Sign)> {
    LEXICON.weekdays.get(word).copied()
}

/// TIMEX3 code of the season that a word names.
pub(super) fn season(word: &str) -> Option<(&'static str, Sign)> {
    LEXICON.seasons.get(word).map(|(code, _, sign)| (*code, *sign))
}

/// First month of the season with this TIMEX3 code.
pub(super) fn season_month(code: &str) -> i8 {
    LEXICON.seasons.values().find(|(c, _, _)| *c == code).map_or(1, |(_, month, _)| *month)
}

/// The value of a word in a class of `time-words.txt`.
pub(super) fn class(word: &str, class: &str) -> Option<&'static str> {
    let words: &Lookup<(&str, &str), &'static str> = &LEXICON.words;
    words.get(&(class, word)).copied()
}

/// The holiday that opens at `at`: one past its last word, and its rule.
pub(super) fn holiday(words: &Words, at: usize) -> Option<(usize, Rule)> {
    if !words.capital(at) {
        return None;
    }
    LEXICON.holidays.iter().find_map(|(name, rule)| {
        let same = |k: usize, w: &str| {
            if w == "'" { words.apostrophe(at + k) } else { words.lower(at + k) == w }
        };
        let mut k = 0;
        for word in name {
            // the apostrophe and the s of "New Year's" are separate words of the text
            if *word == "'s" {
                if !(words.apostrophe(at + k) && words.lower(at + k + 1) == "s") {
                    return None;
                }
                k += 2;
            } else if same(k, word) {
                k += 1;
            } else {
                return None;
            }
        }
        Some((at + k, *rule))
    })
}
