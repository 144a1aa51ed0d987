//! What had not come about when one account was written, and has come about in a later one: "no one has been arrested", and
//! days later "two men were arrested".
//!
//! The perfect tells of the time of writing, so nothing is wrong with the earlier account: the later one brings it up to date.

use std::collections::BTreeMap;

use variorum_annotate::usage;
use variorum_schema::{ArgumentRole, FindingKind, FindingType, Form, Modality, Span, Tag};

use super::contrary::predicate;
use super::{Claims, SAME, disagreement};
use crate::assertion::referent::Referent;
use crate::assertion::{Reading, is_telling};
use crate::difference::quantity::{frame, frame_of};
use crate::finding::contradiction::{Disagreement, Place};
use crate::finding::expectation::deed::{act_of, is_weak};

/// Acts that are done once where it is said of nobody that he did it, or that it befell him.
const ONCE: [&str; 9] =
    ["arrest", "death", "charge", "identify", "name", "confess", "convict", "rescued", "sentence"];
/// Verbs that leave the act to their object: "no arrests have been made".
const LIGHT: [&str; 6] = ["make", "report", "confirm", "record", "announce", "register"];
/// Words beside a denial from which it is about more than what was told so far.
const MORE: [&str; 7] = ["other", "else", "another", "further", "more", "additional", "new"];
/// Claims of one act that are compared with one.
const MAX_OF_ONE: usize = 80;
/// Sentences from the top in which an account tells what is new.
const OPENING: u32 = 40;
/// A verb in more than this share of everyday texts says too little by itself.
const MAX_SHARE: f64 = 0.10;

/// Pairs of an earlier claim that something has not been done, and a later one that it was.
pub(super) fn since(claims: &Claims) -> Vec<Disagreement> {
    let mut by_act: BTreeMap<String, Vec<&Reading>> = BTreeMap::new();
    for reading in claims.readings.iter().filter(|r| is_done(claims, r)) {
        by_act.entry(told(claims, reading)).or_default().push(reading);
    }
    let mut found = Vec::new();
    for no in claims.readings.iter().filter(|r| is_open(claims, r)) {
        let Some((act, is_anybody)) = denied(claims, no) else { continue };
        let has_too = |account: u32| {
            claims
                .readings_of(account)
                .iter()
                .any(|r| is_open(claims, r) && denied(claims, r).is_some_and(|d| d.0 == act))
        };
        let tells =
            by_act.get(&act).is_some_and(|l| l.iter().any(|r| r.statement.account == no.statement.account));
        if is_anybody && tells {
            continue;
        }
        let later = by_act.get(&act).into_iter().flatten().take(MAX_OF_ONE);
        let later = later.filter(|yes| follows(claims, no, yes) && !has_too(yes.statement.account));
        found.extend(later.filter_map(|yes| revision(no, yes, is_anybody, &act)));
    }
    found
}

/// The class of an act, else its lemma.
fn act(lemma: &str) -> String {
    let lemma = lemma.strip_prefix("be_").unwrap_or(lemma);
    frame(lemma).or_else(|| act_of(lemma)).unwrap_or(lemma).to_owned()
}

/// As [`act`], of a verb with what stands right behind it: "passed away", "lost her life".
fn told(claims: &Claims, reading: &Reading) -> String {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    let end = tokens.partition_point(|t| t.span.start < reading.claim.predicate.end);
    let phrase: Vec<&str> =
        tokens.iter().skip(end.saturating_sub(1)).take(4).map(|t| t.lemma.as_str()).collect();
    frame_of(&phrase).map_or_else(|| act(&reading.lemma), str::to_owned)
}

fn is_put(reading: &Reading) -> bool {
    reading.modality == Modality::Asserted && !reading.is_background && !reading.is_headline
}

/// Whether a claim says that something has not been done by the time of writing: in the perfect, or in the past perfect of
/// somebody who is cited.
fn is_open(claims: &Claims, reading: &Reading) -> bool {
    let is_perfect = predicate(claims, reading).any(|t| {
        let is_cited = reading.speaker.is_some() && t.form == Form::Past;
        t.lemma == "have" && (matches!(t.form, Form::Present | Form::Third | Form::Plain) || is_cited)
    });
    reading.is_negative && is_put(reading) && is_perfect
}

/// Whether a claim says that something was done.
fn is_done(claims: &Claims, reading: &Reading) -> bool {
    let is_finite = predicate(claims, reading).any(|t| {
        matches!(t.form, Form::Past | Form::PastParticiple) && matches!(t.tag, Tag::Verb | Tag::Aux)
    });
    !reading.is_negative && is_put(reading) && is_finite && reading.statement.unit <= OPENING
}

/// The act that a claim denies, and whether of anybody.
fn denied(claims: &Claims, no: &Reading) -> Option<(String, bool)> {
    let annotations = &claims.telling.account(no.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&no.statement));
    let mut inside = tokens.iter().filter(|t| no.claim.span.contains(t.span));
    if inside.any(|t| MORE.contains(&t.lemma.as_str())) {
        return None;
    }
    let negation = no.claim.negation?;
    let holder = no.claim.arguments.iter().find(|a| a.span.contains(negation));
    if let Some(holder) = holder {
        // "no arrests have been made"
        let noun = frame(&holder.head).filter(|_| LIGHT.contains(&no.lemma.as_str()));
        let act = noun.map_or_else(|| act(&no.lemma), str::to_owned);
        let is_whole =
            noun.is_some() || no.claim.arguments.iter().all(|a| a.role != ArgumentRole::Complement);
        return (ONCE.contains(&act.as_str()) && is_whole).then_some((act, true));
    }
    let word = no.lemma.strip_prefix("be_").unwrap_or(&no.lemma);
    let is_common = usage::document_frequency(word) > MAX_SHARE * usage::n_texts().max(1.0);
    (is_telling(&no.lemma) && !is_common && !is_weak(word)).then(|| (act(&no.lemma), false))
}

/// Whether a claim stands in a later report, and of a time from the earlier report on.
fn follows(claims: &Claims, no: &Reading, yes: &Reading) -> bool {
    let published = |r: &Reading| &claims.telling.document(r.statement.account).published;
    let (earlier, later) = (published(no), published(yes));
    let last = earlier.until.or(earlier.value);
    let is_later = last.zip(later.value).is_some_and(|(p, q)| p < q);
    is_later && yes.when.is_none_or(|when| last.is_none_or(|last| last <= when.last))
}

fn revision(no: &Reading, yes: &Reading, is_anybody: bool, act: &str) -> Option<Disagreement> {
    let sameness = if is_anybody {
        let somebody = core(yes).filter(|r| is_somebody(r))?;
        // who is known to one account only, and long since, is another case
        (!somebody.is_pronoun).then_some(0.6)?
    } else {
        sameness(no, yes)?
    };
    let place = |r: &Reading, focus: Span| Place { statement: r.statement, focus };
    let negation = no.claim.negation.map_or(no.claim.predicate, |n| n.cover(no.claim.predicate));
    let who = core(yes).map_or(yes.claim.predicate, |r| r.span.cover(yes.claim.predicate));
    let focus = if who.len() < 160 { who } else { yes.claim.predicate };
    let note = format!("{act}: not so at first, and then it was");
    let (x, y) = (place(no, negation), place(yes, focus));
    Some(disagreement(FindingKind::Revised, FindingType::Negation, x, y, sameness, 0.8, note))
}

/// To whom it was done, else who did it.
fn core<'a>(reading: &'a Reading) -> Option<&'a Referent> {
    reading.with(ArgumentRole::Patient).next().or_else(|| reading.with(ArgumentRole::Agent).next())
}

fn is_somebody(who: &Referent) -> bool {
    use variorum_annotate::words::is_a;
    is_a(&who.head, "person") || who.entity.is_some() || who.described.is_some()
}

/// How sure it is that two claims are about the same: everybody and everything in the denial that takes part stands in the
/// later claim, and somebody or something of it is known by name.
fn sameness(no: &Reading, yes: &Reading) -> Option<f64> {
    let is_core =
        |r: ArgumentRole| matches!(r, ArgumentRole::Agent | ArgumentRole::Patient | ArgumentRole::Recipient);
    let mut least = 1.0f64;
    let mut is_known = false;
    for (role, referent) in no.parts.iter().filter(|p| is_core(p.0)) {
        let same = yes.with(*role).map(|r| referent.sameness(r)).fold(0.0, f64::max);
        if same < SAME {
            return None;
        }
        is_known |= referent.entity.is_some() || referent.words.len() > 1;
        least = least.min(same);
    }
    is_known.then_some(least)
}
