//! Counts of votes: "by 61 votes to 59", "voted 61-59", "61 in favour and 59 against".

use variorum_schema::{Hedge, Unit};

use super::counted::{Counted, class};
use super::numeral::{self, Numeral};
use super::scan::Words;
use super::{Draft, unit};

/// How far before a count a word of voting is looked for, in words.
const REACH: usize = 12;

/// The two sides of a vote that opens at `at`, the first as told first, and what each counts.
pub(super) fn sides(words: &Words, at: usize) -> Option<[(Draft, Counted); 2]> {
    let first = whole(words, at)?;
    let (next, noun, side) = named(words, first.end);
    let joint = joint(words, next, side)?;
    let second = whole(words, joint)?;
    let (end, other, against) = named(words, second.end);
    let told = noun.or(other);
    // "passed 52 to 48", "approved it, 61 to 38,": the larger side is told first
    let bare = first.value > second.value
        && words.lower(next) == "to"
        && (words.before(at, 1) == "," || class(words.before(at, 1), "ballot").is_some());
    let by = words.before(at, 1) == "by" || words.dash(next) || bare;
    let alone = unit::after(words, second.end, false).is_none() && closed(words, second.end);
    let sure = told.is_some() && (words.lower(next) == "to" || words.dash(next) || side && against)
        || side && against
        || by && alone && balloted(words, at);
    if !sure || told.is_none() && !alone && !(side && against) {
        return None;
    }
    let counted = |own: Option<usize>| match own.or(told) {
        Some(word) => Counted { from: word, to: word + 1, lemma: "vote".to_owned() },
        None => Counted::implied("vote"),
    };
    let draft = |from: usize, number: &Numeral, to: usize| Draft {
        from,
        to,
        number: (from, number.end),
        value: number.value,
        low: Some(number.value),
        high: Some(number.value),
        hedge: Hedge::Exact,
        unit: Unit::Count,
    };
    let last = if against && other.is_none() { end } else { second.end };
    Some([
        (draft(at, &first, first.end), counted(noun)),
        (Draft { to: second.end, ..draft(joint, &second, last) }, counted(other)),
    ])
}

/// A whole number of votes.
fn whole(words: &Words, at: usize) -> Option<Numeral> {
    numeral::numeral(words, at).filter(|n| {
        n.bounds.is_none() && n.value.fract() == 0.0 && n.form != numeral::Form::Fraction && !n.article
    })
}

/// Past "votes", "in favour", "against" behind a number: where it ends, the word for votes, and whether a side was named.
fn named(words: &Words, at: usize) -> (usize, Option<usize>, bool) {
    let votes = words.any(at, &["vote", "votes", "ballots"]);
    let end = at + usize::from(votes);
    let noun = votes.then_some(at);
    if words.any(end, &["for", "against", "opposed"]) && !words.letters(end + 1)
        || words.any(end, &["for", "against"]) && words.any(end + 1, &["and", "to"])
    {
        return (end + 1, noun, true);
    }
    if words.lower(end) == "in" && words.any(end + 1, &["favour", "favor"]) {
        return (end + 2, noun, true);
    }
    (end, noun, false)
}

/// Past what joins the two sides.
fn joint(words: &Words, at: usize, side: bool) -> Option<usize> {
    if words.dash(at) && words.glued(at) == words.glued(at + 1) {
        return Some(at + 1);
    }
    if words.any(at, &["to", "against"]) {
        return Some(at + 1);
    }
    let comma = usize::from(words.lower(at) == ",");
    let and = usize::from(words.any(at + comma, &["and", "to", "with"]));
    (side && comma + and > 0).then_some(at + comma + and)
}

/// Whether no noun follows that the numbers may count.
fn closed(words: &Words, at: usize) -> bool {
    !words.letters(at) && !words.any(at, &["%"]) || class(words.lower(at), "stop").is_some()
}

/// Whether the sentence speaks of voting before the count.
fn balloted(words: &Words, at: usize) -> bool {
    (at.saturating_sub(REACH)..at).any(|i| class(words.lower(i), "ballot").is_some())
}
