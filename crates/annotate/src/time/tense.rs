//! Which way the sentence of a time expression points.

use variorum_schema::{Form, Tag, Tense};

use super::lexicon::class;
use crate::quantity::scan::{Kind, Words};

/// How far a governing verb is looked for, in words.
const REACH: usize = 30;

/// Where the verb that governs the words `from..to` points: the nearest verb before them in their clause, else the
/// nearest after them; [`Tense::Unknown`] where no verb says.
pub(super) fn tense(words: &Words, from: usize, to: usize) -> Tense {
    let soon = words.before(from, 1) == "as" && ["soon", "early"].contains(&words.before(from, 2));
    if soon || words.any(from.wrapping_sub(1), &["until", "till"]) {
        return Tense::Future;
    }
    if words.apostrophe(to) && words.lower(to + 1) == "s" {
        // "Tuesday's vote" tells a day of a noun; only what the noun will do points ahead
        return if (to + 2..to + 6).any(|at| future_word(words, at)) { Tense::Future } else { Tense::Past };
    }
    for at in (from.saturating_sub(REACH)..from).rev() {
        if clause_end(words, at) {
            break;
        }
        if let Some(found) = verb(words, at) {
            return found;
        }
    }
    for at in to..(to + REACH).min(words.list.len()) {
        if words.any(at, &[";", "\u{201d}", "\""]) {
            break;
        }
        if let Some(found) = verb(words, at) {
            return found;
        }
    }
    Tense::Unknown
}

/// Marks that close what stands before a time expression off from it.
fn clause_end(words: &Words, at: usize) -> bool {
    words.any(at, &[";", ":", "\"", "\u{201c}", "\u{201d}", "(", ")"])
}

/// The direction of the verb at `at`, if it is one and says.
fn verb(words: &Words, at: usize) -> Option<Tense> {
    let word = words.lower(at);
    if future_word(words, at) {
        return Some(Tense::Future);
    }
    if words.any(at, &["is", "are", "am", "be"]) && words.any(at + 1, &["to"]) {
        return Some(Tense::Future);
    }
    if class(word, "plan").is_some() && words.any(at + 1, &["to", "for", "on"])
        || words.any(at, &["scheduled", "slated"])
    {
        return Some(plan(words, at));
    }
    let past = class(word, "past").is_some() || past_form(words, at);
    let infinitive = words.before(at, 1) == "to" && word != "to" && words.kind(at) == Some(Kind::Letters);
    if infinitive && matches!(words.tag(at), Tag::Verb | Tag::Aux) {
        return Some(governor(words, at - 1));
    }
    past.then(|| if auxiliary_before(words, at) { Tense::Future } else { Tense::Past })
}

/// "will", "shall", the 'll of "she'll", "upcoming"; a will that is a noun is left out by its tag.
fn future_word(words: &Words, at: usize) -> bool {
    class(words.lower(at), "future").is_some() && !matches!(words.tag(at), Tag::Noun | Tag::Propn)
}

/// What is planned lies ahead ("is scheduled for", "was due to"), unless the plan itself is told as past ("had been set
/// to", "they planned to").
fn plan(words: &Words, at: usize) -> Tense {
    let near = |list: &[&str]| (1..=4).any(|back| list.contains(&words.before(at, back)));
    if near(&["had"]) {
        return Tense::Past;
    }
    let past = words.lower(at).ends_with("ed") && !words.any(at, &["scheduled", "slated"]);
    let be = near(&["is", "are", "was", "were", "be", "been", "re", "s"]);
    if past && !be { Tense::Past } else { Tense::Future }
}

/// The direction of an infinitive: that of the word that governs its "to".
fn governor(words: &Words, to: usize) -> Tense {
    if words.any(to.wrapping_sub(1), &["is", "are", "due", "likely"]) {
        return Tense::Future;
    }
    for at in (to.saturating_sub(6)..to).rev() {
        if class(words.lower(at), "plan").is_some() {
            return Tense::Future;
        }
        if class(words.lower(at), "past").is_some() || past_form(words, at) {
            return if auxiliary_before(words, at) { Tense::Future } else { Tense::Past };
        }
        if future_word(words, at) {
            return Tense::Future;
        }
    }
    Tense::Future
}

/// A verb tagged as a past form; where nothing is tagged, a word in "-ed".
fn past_form(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    if words.tag(at) == Tag::Verb && matches!(words.form(at), Form::Past | Form::PastParticiple) {
        return true;
    }
    word.len() > 3
        && word.ends_with("ed")
        && !word.ends_with("eed")
        && !words.capital(at)
        && matches!(words.tag(at), Tag::Verb | Tag::X)
}

/// Whether a future auxiliary stands just before a participle ("will be held").
fn auxiliary_before(words: &Words, at: usize) -> bool {
    (1..=3).any(|back| at.checked_sub(back).is_some_and(|i| future_word(words, i)))
}
