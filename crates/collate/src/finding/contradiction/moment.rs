//! One event on two days: the same act, of the same thing, placed by independent accounts on days that exclude one another.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{
    FindingKind, FindingType, Form, Granularity, Interval, Tag, TimeExpression, TimeKind, Token,
};

use super::{Disagreement, Place};
use crate::align::Statement;
use crate::finding::expectation::deed::act_of;
use crate::telling::Telling;

/// How many words before a time its verb stands.
const REACH: usize = 8;
/// How many words before the verb are searched for what it is about.
const SUBJECT: usize = 9;
/// Moments of one act that are compared at most.
const MAX_MOMENTS: usize = 60;

/// Which side of midnight a time names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    /// Shortly before the midnight that ends its day.
    Late,
    /// In the first hours of its day.
    Early,
    /// Not said.
    Unsaid,
}

/// An act with the day on which an account places it.
struct Moment {
    place: Place,
    act: String,
    about: BTreeSet<String>,
    day: Interval,
    side: Side,
}

/// Disagreements over the day of an act.
pub(super) fn moments(telling: &Telling) -> Vec<Disagreement> {
    let mut by_act: BTreeMap<String, Vec<Moment>> = BTreeMap::new();
    for statement in &telling.alignments.statements {
        for moment in of_statement(telling, statement) {
            by_act.entry(moment.act.clone()).or_default().push(moment);
        }
    }
    let mut found = Vec::new();
    for moments in by_act.values() {
        let moments = &moments[..moments.len().min(MAX_MOMENTS)];
        for (n, x) in moments.iter().enumerate() {
            found.extend(moments[n + 1..].iter().filter_map(|y| conflict(telling, x, y)));
        }
    }
    found
}

fn conflict(telling: &Telling, x: &Moment, y: &Moment) -> Option<Disagreement> {
    let origin = |m: &Moment| telling.lineage.origin_of(m.place.statement.account);
    let (first, last) = if x.day.first <= y.day.first { (x, y) } else { (y, x) };
    // One day apart, a night or the clock of another country may explain it: then both must name their side of midnight.
    let n_days = (last.day.first - first.day.last).get_days();
    let is_apart = n_days == 1 && first.side == Side::Late && last.side == Side::Early;
    if origin(x) == origin(y) || x.about.is_disjoint(&y.about) || !is_apart {
        return None;
    }
    Some(Disagreement {
        kind: FindingKind::Conflict,
        finding_type: FindingType::Date,
        x: first.place,
        y: last.place,
        likeness: 0.5,
        strength: 0.75,
        note: format!("“{}” before midnight against after it", x.act),
        lean: 0.0,
    })
}

/// The acts of a sentence that it dates.
fn of_statement(telling: &Telling, statement: &Statement) -> Vec<Moment> {
    let annotations = &telling.account(statement.account).annotations;
    let sentence = telling.sentence(statement);
    let tokens = annotations.tokens_of(sentence);
    let first = annotations.times.partition_point(|t| t.span.start < sentence.span.start);
    let times = annotations.times[first..].iter().take_while(|t| sentence.span.contains(t.span));
    let days = times
        .filter(|t| t.granularity <= Granularity::Day && matches!(t.kind, TimeKind::Date | TimeKind::Time));
    days.filter_map(|t| moment(statement, tokens, t)).collect()
}

fn moment(statement: &Statement, tokens: &[Token], time: &TimeExpression) -> Option<Moment> {
    let day = time.interval?;
    let at = tokens.partition_point(|t| t.span.end <= time.span.start);
    let from = at.saturating_sub(REACH);
    let is_past = |t: &Token| t.tag == Tag::Verb && matches!(t.form, Form::Past | Form::PastParticiple);
    let verb = (from..at).rev().find(|n| is_past(&tokens[*n]))?;
    let phrase = tokens.get(verb + 1).map(|next| format!("{}_{}", tokens[verb].lemma, next.lemma));
    let act = phrase.as_deref().and_then(act_of).or_else(|| act_of(&tokens[verb].lemma))?;
    let subject = &tokens[verb.saturating_sub(SUBJECT)..verb];
    let nouns = subject.iter().filter(|t| matches!(t.tag, Tag::Noun | Tag::Propn));
    Some(Moment {
        place: Place { statement: *statement, focus: time.span },
        act: act.to_owned(),
        about: nouns.map(|t| t.lemma.clone()).collect(),
        day,
        side: side(tokens, at, time),
    })
}

fn side(tokens: &[Token], at: usize, time: &TimeExpression) -> Side {
    let end = tokens.partition_point(|t| t.span.start < time.span.end);
    let has = |list: &[Token], words: &[&str]| list.iter().any(|t| words.contains(&t.lemma.as_str()));
    let (own, before) = (&tokens[at..end.max(at)], &tokens[at.saturating_sub(2)..at]);
    let behind = &tokens[end..(end + REACH).min(tokens.len())];
    let is_midnight = has(own, &["midnight"]);
    let after_midnight = behind
        .windows(2)
        .any(|w| matches!(w[0].lemma.as_str(), "after" | "past") && w[1].lemma == "midnight");
    if is_midnight && has(before, &["before", "to"]) || is_midnight && has(before, &["than"]) {
        Side::Late
    } else if !is_midnight && (has(before, &["early"]) || after_midnight) {
        Side::Early
    } else {
        Side::Unsaid
    }
}
