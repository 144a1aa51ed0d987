//! Which way the sentence of a time expression points.

use variorum_schema::{Form, Relation, Tag, Tense, Token};

use super::lexicon::class;
use crate::quantity::scan::{Kind, Words};

/// How far a governing verb is looked for, in words.
const REACH: usize = 30;

/// Where the verb that governs the words `from..to` points: the nearest verb before them in their clause, else the
/// nearest after them; [`Tense::Unknown`] where no verb says.
pub(super) fn tense(words: &Words, from: usize, to: usize) -> Tense {
    let soon = words.before(from, 1) == "as" && ["soon", "early"].contains(&words.before(from, 2));
    let until = words.any(from.wrapping_sub(1), &["until", "till"]);
    // "Until Thursday, they had not met": the sentence's own verb says
    let stop = words.any(from.wrapping_sub(2), &[".", ",", ";", "\u{201c}", "\""])
        && !words.any(from.wrapping_sub(3), &["m"]);
    let fronted = until && (from == 1 || stop);
    let soon = soon || words.before(from, 1) == "of" && words.before(from, 2) == "ahead";
    if soon || until && !fronted && !held_back(words, from) {
        return Tense::Future;
    }
    // "Next bulletin: Thursday, 9.00"
    let listed = words.any(from.wrapping_sub(1), &[":"])
        && (from.saturating_sub(5)..from).any(|at| words.any(at, &["next"]));
    let made = words.any(to, &["a", "the"]) && words.any(to + 1, &["day"]) && words.any(to + 2, &["of"]);
    let as_planned = words.any(to, &["as"]) && words.any(to + 1, &["planned", "scheduled"]);
    let booked = words.any(from.wrapping_sub(1), &["for"])
        && words.lower(from).ends_with("day")
        && !perfect(words, from);
    if listed
        || booked
        || made && declared(words, from)
        || as_planned && !told_as_past(words, from)
        || moved_to(words, from)
        || deadline(words, from)
    {
        return Tense::Future;
    }
    if words.any(from.wrapping_sub(1), &["since"]) || words.seq(from.wrapping_sub(2), &["as", "of"]) {
        return Tense::Past;
    }
    if words.apostrophe(to) && words.lower(to + 1) == "s" {
        // "Tuesday's vote" tells a day of a noun; only what the noun will do points ahead
        return if (to + 2..to + 6).any(|at| future_word(words, at)) { Tense::Future } else { Tense::Past };
    }
    // "at four (9 p.m. Thursday in Erbil)" stands in the clause before the bracket
    let from = from - usize::from(words.any(from.wrapping_sub(1), &["("]));
    let mut at = from;
    while let Some(before) = at.checked_sub(1).filter(|before| from - before <= REACH) {
        at = before;
        // "to crest at 7.80 metres (25.6 feet) on Sunday"
        if let Some(open) = bracket(words, at) {
            at = open;
            continue;
        }
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

/// "the talks were put off to Monday": the day that a verb moves something to.
fn moved_to(words: &Words, from: usize) -> bool {
    words.any(from.wrapping_sub(1), &["to", "till", "until"])
        && (from.saturating_sub(MOVED)..from).rev().take_while(|at| !clause_end(words, *at)).any(|at| {
            let word = words.lower(at);
            let stem = word.strip_suffix('d').unwrap_or(word);
            class(stem, "moves").is_some()
                || class(stem.strip_suffix('e').unwrap_or(stem), "moves").is_some()
                || words.any(at, &["put", "brought", "pushed", "set"])
                    && words.any(at + 1, &["off", "back", "forward"])
        })
}

/// "declared Thursday a day of mourning": the day is what is declared.
fn declared(words: &Words, from: usize) -> bool {
    words.any(from.wrapping_sub(1), &["declared", "declares", "declare", "proclaimed", "named", "made"])
}

/// "the flight that she had booked for Friday" was to be, and "the talks had been set for Friday" may have been.
fn perfect(words: &Words, from: usize) -> bool {
    let near = (from.saturating_sub(MOVED)..from).rev().take_while(|at| !clause_end(words, *at));
    near.into_iter().any(|at| words.any(at, &["had"]))
}

/// Whether a verb before the words `from..` in their clause tells of the past.
fn told_as_past(words: &Words, from: usize) -> bool {
    let near = (from.saturating_sub(REACH)..from).rev().take_while(|at| !clause_end(words, *at));
    near.into_iter().find_map(|at| verb(words, at)) == Some(Tense::Past)
}

/// How far before "to Monday" the verb that moved something there may stand, in words.
const MOVED: usize = 8;

/// "hoped that it could be mended by Wednesday", "said the road might open by Friday": what could be by a day is not yet; nor
/// is what somebody was asked to do by it ("told them to leave by Friday").
fn deadline(words: &Words, from: usize) -> bool {
    let near = || (from.saturating_sub(MOVED)..from).rev().take_while(|at| !clause_end(words, *at));
    let not = |at: usize| words.any(at, &["not", "never", "no", "have"]);
    let modal = |at: usize| words.any(at, &["could", "may", "might", "should", "must", "can"]);
    // "nobody may go home before Wednesday"
    let held = words.any(from.wrapping_sub(1), &["before"])
        && near().any(|at| words.any(at, &["may", "can", "must", "should"]))
        && !near().any(|at| words.any(at, &["have"]));
    held || words.any(from.wrapping_sub(1), &["by"])
        && near().any(|at| modal(at) || to_do(words, at))
        && !near().any(not)
}

/// Whether an infinitive stands there.
fn to_do(words: &Words, at: usize) -> bool {
    words.any(at, &["to"]) && words.tag(at + 1) == Tag::Verb
}

/// "had not been told until Tuesday": what did not happen before then.
fn held_back(words: &Words, from: usize) -> bool {
    let near = from.saturating_sub(8)..from;
    let not = |at: usize| words.any(at, &["not", "never"]) || words.lower(at) == "t" && words.glued(at);
    let past = |at: usize| words.any(at, &["had", "did", "was", "were", "didn", "hadn", "wasn", "weren"]);
    near.clone().any(not) && near.clone().any(past)
}

/// How many words a bracket that is passed over has at most.
const BRACKET: usize = 8;

/// Where the bracket that closes at `at` opens, if both stand close to one another.
fn bracket(words: &Words, at: usize) -> Option<usize> {
    if !words.any(at, &[")"]) {
        return None;
    }
    (at.saturating_sub(BRACKET)..at).rev().find(|open| words.any(*open, &["("]))
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
    // "production may start again on Monday"
    let is_open = words.any(at, &["may", "can", "must", "should"])
        && words.tag(at) == Tag::Aux
        && !(1..=3).any(|next| words.any(at + next, &["have"]));
    if is_open {
        return Some(Tense::Future);
    }
    // "is to meet", and "was to meet" as it was planned
    if words.any(at, &["is", "are", "am", "be", "was", "were"]) && words.any(at + 1, &["to"]) {
        return Some(Tense::Future);
    }
    if class(word, "plan").is_some() && words.any(at + 1, &["to", "for", "on"])
        || words.any(at, &["scheduled", "slated"])
        || words.any(at, &["expected", "due"])
            && words.any(at.wrapping_sub(1), &["is", "are", "was", "were", "re"])
    {
        return Some(plan(words, at));
    }
    // "crews expect more snow on Friday"
    if words.any(at, &["expect", "expects", "await", "awaits"]) && words.tag(at) != Tag::Noun {
        return Some(Tense::Future);
    }
    let past = class(word, "past").is_some() || past_form(words, at);
    if past && let Some(found) = to_be_done(words, at) {
        return Some(found);
    }
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

/// "is expected to be published", "could be held": a participle behind "be" points where what governs the "be" does.
fn to_be_done(words: &Words, at: usize) -> Option<Tense> {
    let be = at.checked_sub(1 + usize::from(words.lower(at.wrapping_sub(1)).ends_with("ly")))?;
    let before = be.checked_sub(1)?;
    if words.lower(be) != "be" {
        return None;
    }
    if words.lower(before) == "to" {
        return Some(governor(words, before));
    }
    words.any(before, &["can", "may", "might", "should", "must"]).then_some(Tense::Future)
}

/// What is planned lies ahead ("is scheduled for", "was due to"), unless the plan itself is told as past ("had been set
/// to", "they planned to").
fn plan(words: &Words, at: usize) -> Tense {
    let near = |list: &[&str]| (1..=4).any(|back| list.contains(&words.before(at, back)));
    if near(&["had"]) {
        return Tense::Past;
    }
    let set = words.lower(at) == "set" && words.any(at + 1, &["on"]);
    let past = set || words.lower(at).ends_with("ed") && !words.any(at, &["scheduled", "slated"]);
    let be = near(&["is", "are", "was", "were", "be", "been", "re", "s"]);
    // "talks planned for Monday"
    let is_reduced =
        words.any(at + 1, &["for"]) && matches!(words.tag(at.wrapping_sub(1)), Tag::Noun | Tag::Punct);
    if past && !be && !is_reduced { Tense::Past } else { Tense::Future }
}

/// The direction of an infinitive: that of the word that governs its "to".
fn governor(words: &Words, to: usize) -> Tense {
    if words.any(to.wrapping_sub(1), &["due", "scheduled", "slated", "likely"]) {
        return plan(words, to - 1);
    }
    if words.any(to.wrapping_sub(1), &["is", "are", "was", "were"]) {
        return Tense::Future;
    }
    for at in (to.saturating_sub(6)..to).rev() {
        if class(words.lower(at), "plan").is_some() {
            // "had been expected to appear"
            let had = (1..=3).any(|back| words.before(at, back) == "had");
            return if had { Tense::Past } else { Tense::Future };
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

/// How many heads lie between a time and its verb at most, and how far around a verb its auxiliaries are looked for.
const CLIMB: usize = 3;
const AUXILIARIES: usize = 12;

/// Whether the words `from..to` say when something scheduled takes place: the verb that they hang on, by the parse, is a
/// plain present ("the court meets Monday", "the funeral is on Friday", "the new price holds from 1 July"), and none of
/// saying.
pub(super) fn scheduled(words: &Words, tokens: &[Token], from: usize, to: usize) -> bool {
    let index = |at: usize| words.list.get(at).and_then(|w| w.token);
    let inside = |token: usize| (from..to).any(|at| index(at) == Some(token));
    let Some(mut at) = index(from) else { return false };
    // "the tariffs upheld on Wednesday add to the cost"
    let next = from - usize::from(words.any(from.wrapping_sub(1), &["on", "in"]));
    if next.checked_sub(1).is_some_and(|i| verb(words, i) == Some(Tense::Past)) {
        return false;
    }
    let starts = words.before(from, 1) == "from" && !words.any(to, &["to", "until", "till", "through"]);
    // the parser hangs "in May" of "elects a new mayor in May" on the mayor
    let month = words.before(from, 1) == "in";
    for _ in 0..CLIMB + to.saturating_sub(from) {
        let Some(token) = tokens.get(at) else { return false };
        if let Some(found) = present(tokens, at) {
            return found;
        }
        let linked = inside(at) && matches!(token.relation, Relation::Obl | Relation::Advmod)
            || token.head.is_some_and(|h| inside(h as usize))
            || starts && matches!(token.relation, Relation::Nmod | Relation::Obl)
            || inside(at) && month && token.relation == Relation::Nmod
            || month && token.relation == Relation::Obj && indefinite(tokens, at);
        match token.head.filter(|_| linked) {
            Some(head) => at = head as usize,
            None => return false,
        }
    }
    false
}

/// Whether a subject hangs on the token at `at`.
fn has_subject(tokens: &[Token], at: usize) -> bool {
    let near = at.saturating_sub(AUXILIARIES)..(at + AUXILIARIES).min(tokens.len());
    near.filter_map(|i| tokens.get(i)).any(|t| {
        t.head == Some(at as u32)
            && matches!(t.relation, Relation::Nsubj | Relation::NsubjPass | Relation::Expl)
    })
}

/// Whether the words `from..to` say when something happened: they hang, by the parse, on a finite past that is no plan
/// ("the truce began on 3 May").
pub(super) fn happened(words: &Words, tokens: &[Token], from: usize, to: usize) -> bool {
    let index = |at: usize| words.list.get(at).and_then(|w| w.token);
    let inside = |token: usize| (from..to).any(|at| index(at) == Some(token));
    if words.any(from.wrapping_sub(1), &["to", "until", "till", "for", "by", "through", "from", "than", "of"])
    {
        return false;
    }
    let Some(mut at) = index(from) else { return false };
    for _ in 0..=to.saturating_sub(from) {
        let Some(token) = tokens.get(at) else { return false };
        let Some(head) = token.head.map(|h| h as usize) else { return false };
        if inside(head) {
            at = head;
            continue;
        }
        let Some(verb) = tokens.get(head) else { return false };
        let finite = verb.tag == Tag::Verb
            && (verb.form == Form::Past || verb.form == Form::PastParticiple && told_past(tokens, head));
        let planned = ["plan", "says"].iter().any(|c| class(&verb.lemma, c).is_some());
        return token.relation == Relation::Obl
            && finite
            && !planned
            && class(&verb.lemma, "moves").is_none();
    }
    false
}

/// Whether the auxiliaries of the participle at `at` are "was", "were" or "had", and none points ahead.
fn told_past(tokens: &[Token], at: usize) -> bool {
    let near = at.saturating_sub(AUXILIARIES)..at;
    let mut helpers = near
        .filter_map(|i| tokens.get(i))
        .filter(|t| t.head == Some(at as u32) && matches!(t.relation, Relation::Aux | Relation::AuxPass));
    let first = helpers.next();
    first.is_some_and(|t| t.form == Form::Past) && helpers.all(|t| t.form != Form::Modal)
}

/// Whether "a" or "an" stands before the noun at `at`.
fn indefinite(tokens: &[Token], at: usize) -> bool {
    let before = tokens.get(at.saturating_sub(AUXILIARIES)..at).unwrap_or(&[]);
    before.iter().any(|t| t.head == Some(at as u32) && t.relation == Relation::Det && t.lemma == "a")
}

/// Whether the token at `at` is, or has as copula, a plain present; `None` where it is no predicate.
fn present(tokens: &[Token], at: usize) -> Option<bool> {
    let token = tokens.get(at)?;
    let near = at.saturating_sub(AUXILIARIES)..(at + AUXILIARIES).min(tokens.len());
    let helpers = || {
        near.clone().filter_map(|i| tokens.get(i)).filter(|t| {
            t.head == Some(at as u32)
                && matches!(t.relation, Relation::Aux | Relation::AuxPass | Relation::Cop)
        })
    };
    let plain = |t: &Token| matches!(t.form, Form::Present | Form::Third);
    // a plural noun is taken for a verb now and then, but has no subject; "begins Sunday and ends Monday" share theirs
    let first = token.head.map(|h| h as usize).filter(|_| token.relation == Relation::Conj);
    let subject = has_subject(tokens, at) || first.is_some_and(|h| has_subject(tokens, h));
    if helpers().any(|t| t.relation == Relation::Cop) {
        return Some(subject && helpers().all(|t| t.relation == Relation::Cop && plain(t)));
    }
    if token.tag != Tag::Verb {
        return None;
    }
    Some(subject && plain(token) && helpers().next().is_none() && class(&token.lemma, "says").is_none())
}
