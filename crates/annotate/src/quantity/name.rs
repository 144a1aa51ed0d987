//! Numbers that count nothing: parts of names, scores, telephone numbers, pronouns.

use variorum_schema::Tag;

use super::counted::class;
use super::numeral::{self, Form, Numeral};
use super::scan::{Kind, Words};

/// One past the words at `at` that only look like numbers: "9/11", "24/7", scores, telephone numbers, model names.
pub(super) fn skip(words: &Words, at: usize) -> Option<usize> {
    if words.letters(at) {
        return letters_first(words, at);
    }
    if words.any(at, &["#", "№"]) && words.kind(at + 1) == Some(Kind::Digits) {
        return Some(at + 2);
    }
    if words.kind(at) != Some(Kind::Digits) {
        return None;
    }
    if words.glued(at) && words.before(at, 1) == "%" {
        // "%20" in an address
        return Some(at + 1);
    }
    if is_date_or_idiom(words, at) {
        return Some(at + 3);
    }
    if let Some(end) = section(words, at) {
        return Some(end);
    }
    groups(words, at).or_else(|| score(words, at))
}

/// "9/11", "24/7", and what no fraction is written as: "9/12" would be three quarters.
fn is_date_or_idiom(words: &Words, at: usize) -> bool {
    let part = |at: usize| words.text(at).parse::<u32>().ok().filter(|n| (1..=31).contains(n));
    let (Some(top), "/", Some(bottom)) = (part(at), words.lower(at + 1), part(at + 2)) else { return false };
    let is_glued = words.glued(at + 1) && words.glued(at + 2);
    let is_reducible = (2..=top).any(|n| top % n == 0 && bottom % n == 0);
    matches!((top, bottom), (9, 11) | (24, 7)) || is_glued && top < bottom && is_reducible
}

/// "501(c)(4)", "Rule 12(b)": one past a section of a law, whose letters and numbers stand in brackets without a blank.
fn section(words: &Words, at: usize) -> Option<usize> {
    let bracket = |at: usize| {
        let is_open = words.lower(at) == "(" && words.glued(at) && words.glued(at + 1);
        (is_open && words.lower(at + 2) == ")" && words.text(at + 1).len() <= 2).then_some(at + 3)
    };
    let mut end = bracket(at + 1).filter(|_| words.letters(at + 2))?;
    while let Some(next) = bracket(end) {
        end = next;
    }
    Some(end)
}

/// "F-16", "Covid-19", "G7", "MI6": digits behind letters.
fn letters_first(words: &Words, at: usize) -> Option<usize> {
    let next = words.past_hyphen(at + 1);
    let digits = words.kind(next) == Some(Kind::Digits) && words.glued(next);
    let sign = super::unit::sign(words, at).is_some() || !words.capital(at);
    if !digits || sign && next > at + 1 && numeral::numeral(words, at).is_some() {
        return None;
    }
    let prefix = words.any(at, &["mid", "pre", "post", "under", "over", "sub"]) && next > at + 1;
    if prefix || super::unit::sign(words, at).is_some() {
        return None;
    }
    let mut end = next + 1;
    while words.glued(end)
        && (words.letters(end)
            || words.kind(end) == Some(Kind::Digits)
            || (words.hyphen(end) && words.glued(end + 1)))
    {
        end += 1;
    }
    Some(end)
}

/// Three groups of digits or more joined by hyphens, or a number that opens with a zero: no quantity.
fn groups(words: &Words, at: usize) -> Option<usize> {
    let mut end = at + 1;
    let mut n = 1;
    while words.any(end, &["-", "/", "."])
        && words.glued(end)
        && words.glued(end + 1)
        && words.kind(end + 1) == Some(Kind::Digits)
    {
        end += 2;
        n += 1;
    }
    let zero =
        words.text(at).len() > 1 && words.text(at).starts_with('0') && !words.text(at).starts_with("0.");
    let plus = at > 0 && words.lower(at - 1) == "+" && words.glued(at) && words.text(at).len() <= 3;
    (n >= 3 || zero || plus).then(|| {
        // the rest of a telephone number in blanks
        while plus && words.kind(end) == Some(Kind::Digits) {
            end += 1;
        }
        end
    })
}

/// "3-1", "52-48", "50-50": two numbers that do not rise, or rise behind a word of games and votes.
fn score(words: &Words, at: usize) -> Option<usize> {
    let dash = words.dash(at + 1) && words.glued(at + 1) && words.glued(at + 2);
    let (a, b) = (numeral::digits(words, at)?, numeral::digits(words, at + 2)?);
    if !dash || words.any(at + 3, &["%", "percent"]) {
        return None;
    }
    let game = (at.saturating_sub(4)..at).any(|i| class(words.lower(i), "game").is_some());
    (a >= b || game).then_some(at + 3)
}

/// Whether the number that opens at `at` is part of a name, a pronoun or an idiom.
pub(super) fn counts_nothing(words: &Words, at: usize, number: &Numeral) -> bool {
    if number.form == Form::Digits {
        return labelled(words, at, number) || model(words, at, number) || year(words, at, number);
    }
    let label =
        at.checked_sub(1).is_some_and(|i| words.capital(i) && class(words.lower(i), "label").is_some());
    label || named(words, at, number) || pronoun(words, at, number) || idiom(words, at, number)
}

/// "Flight 93", "Article 5", "No. 10", "Boeing 737".
fn labelled(words: &Words, at: usize, number: &Numeral) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let plain = number.end == at + 1 && !words.text(at).contains(',');
    let dot = words.lower(before) == "." && words.any(before.wrapping_sub(1), &["no", "nos"]) && before > 0;
    if dot {
        return true;
    }
    let label = class(words.lower(before), "label").is_some();
    let noun = words.letters(number.end)
        && !words.capital(number.end)
        && class(words.lower(number.end), "stop").is_none();
    let name = words.letters(before)
        && words.capital(before)
        && before > 0
        && words.text(before).len() > 1
        && class(words.lower(before), "stop").is_none();
    let open = words.any(number.end, &["%", "percent", "million", "billion", "per", "-", "\u{2013}"]) || noun;
    plain && ((label && (words.capital(before) || !noun)) || (name && !open))
}

/// Those of whom there may be two thousand.
const MANY: [&str; 14] = [
    "people", "persons", "men", "women", "children", "soldiers", "troops", "votes", "cases", "deaths",
    "dead", "miles", "points", "jobs",
];

/// "The 2012 elections", "other 2016 candidates": four digits without a comma behind a determiner or an adjective.
fn year(words: &Words, at: usize, number: &Numeral) -> bool {
    let Some(before) = at.checked_sub(1) else { return false };
    let is_year = number.end == at + 1
        && words.text(at).len() == 4
        && words.text(at).bytes().all(|b| b.is_ascii_digit())
        && (1900.0..2100.0).contains(&number.value);
    let is_led = words
        .any(before, &["the", "a", "an", "his", "her", "its", "their", "our", "this", "that", "s", "other"])
        || matches!(words.tag(before), Tag::Adj | Tag::Det) && !words.any(before, &["some", "all", "only"]);
    let is_noun =
        words.letters(number.end) && !words.any(number.end, &MANY) && !unit_follows(words, number.end);
    is_year && is_led && is_noun
}

/// "737s", "4x4", "5G", "3D": digits with letters behind them that are no unit.
fn model(words: &Words, at: usize, number: &Numeral) -> bool {
    let end = number.end;
    let letters = words.letters(end) && words.glued(end) && words.kind(at) == Some(Kind::Digits);
    letters
        && super::unit::after(words, end, true).is_none()
        && super::short_scale(words, end, false).is_none()
}

/// "Three Mile Island": a number word with a capital inside a sentence before another capital.
fn named(words: &Words, at: usize, number: &Numeral) -> bool {
    let shout = words.text(at).len() > 1 && words.text(at).chars().all(char::is_uppercase);
    let inside = at > 0
        && !words.any(at - 1, &["\"", "\u{201c}", "\u{2018}", "'", ":", ".", "`", "(", "\u{2014}", "-"]);
    let capital = words.capital(at) && words.letters(at) && inside && !shout;
    capital && (words.capital(number.end) || words.capital(at - 1))
}

/// "one" and "ones" as pronouns: "the one", "no one", "one of them", "one says".
fn pronoun(words: &Words, at: usize, number: &Numeral) -> bool {
    if words.lower(at) != "one" || number.end != at + 1 {
        return false;
    }
    let before =
        ["the", "this", "that", "which", "no", "every", "any", "another", "each", "some", "only", "a"];
    let led = at > 0
        && words.any(at - 1, &before)
        && !(words.any(at - 1, &["only", "the"]) && words.letters(at + 1) && !stops(words, at + 1));
    (led && !unit_follows(words, at + 1))
        || stops(words, at + 1) && !unit_follows(words, at + 1)
        || (words.hyphen(at + 1) && !unit_follows(words, at + 2))
        || words.apostrophe(at + 1)
}

fn stops(words: &Words, at: usize) -> bool {
    !words.letters(at)
        || class(words.lower(at), "stop").is_some()
        || words.any(
            at,
            &[
                "another", "day", "thing", "way", "point", "hand", "side", "who's", "says", "wants", "more",
                "last", "again",
            ],
        )
        || matches!(
            words.tag(at),
            variorum_schema::Tag::Verb | variorum_schema::Tag::Aux | variorum_schema::Tag::Adv
        )
}

fn unit_follows(words: &Words, at: usize) -> bool {
    super::unit::after(words, at, false).is_some()
}

/// "half-brother", "the first half", "a couple" without a noun, a lone scale word.
fn idiom(words: &Words, at: usize, number: &Numeral) -> bool {
    let end = number.end;
    if words.lower(at) == "half" && number.form == Form::Fraction {
        let half = words.hyphen(end)
            || words.any(at.wrapping_sub(1), &["first", "second", "other", "last", "latter", "and", "-"]);
        return half || words.any(end, &["time", "way", "brother", "sister"]);
    }
    if words.lower(at + 1) == "couple" && number.article {
        return !words.any(end, &["of", "dozen", "hundred", "thousand", "million", "more"]);
    }
    let scale = numeral::scale(words, at).is_some() && end == at + 1 && !number.article;
    let few = words.lower(at) == "few" && words.any(at.wrapping_sub(1), &["very", "too", "so", "the", "as"]);
    let hyphen = words.hyphen(end) && words.any(end + 1, &["fold", "way", "off", "sided", "piece", "hander"]);
    scale || few || hyphen
}

/// "at first", "First,", "First Lady", "second-hand": ordinals that count nothing.
pub(super) fn ordinal_counts_nothing(words: &Words, at: usize, end: usize) -> bool {
    if words.kind(at) == Some(Kind::Digits) {
        return false;
    }
    let adverb = words.any(at.wrapping_sub(1), &["at"])
        || words.seq(end, &["of", "all"])
        || (words.any(end, &[","]) && (at == 0 || words.any(at - 1, &[".", ",", ";", ":"])));
    let hyphen = words.hyphen(end) && words.glued(end);
    let inside = at > 0 && words.capital(at) && (words.capital(end) || words.capital(at - 1));
    let name = words.capital(at)
        && words.any(end, &["lady", "minister", "amendment", "world"])
        && words.capital(end);
    let seconds =
        words.lower(at) == "second" && end == at + 1 && words.any(at.wrapping_sub(1), &["per", "a", "split"]);
    adverb || hyphen || inside || name || seconds
}
