//! A number that a text takes up again as another one: "three masked men", and further down "the four men".

use variorum_schema::{FindingKind, FindingType, Form, Hedge, Quantity, Tag, Token, Unit};

use super::headline::numbered::{is_made, is_part, values};
use super::within::is_own_voice;
use super::{Disagreement, Place};
use crate::align::Statement;
use crate::difference::quantity::canonical;
use crate::finding::figure;
use crate::telling::Telling;

/// The number is given for the first time within so many sentences.
const OPENING: u32 = 5;
/// How many times the other one a number may be: two jurors are two of "the twelve jurors".
const FURTHEST: f64 = 1.5;
/// Words before a number that take up who was told of.
const TAKING_UP: [&str; 4] = ["the", "these", "those", "all"];
/// Words behind a counted thing that tell it from others of its kind.
const APART: [&str; 16] = [
    "who", "that", "which", "whose", "of", "in", "from", "at", "on", "with", "by", "under", "for", "not",
    "left", "still",
];

/// A counted thing of a text.
struct Counted<'a> {
    statement: Statement,
    number: &'a Quantity,
    lemma: &'a str,
    is_taken_up: bool,
}

/// The numbers of things that an account takes up as others.
pub(super) fn taken_up(telling: &Telling, member: u32) -> Option<Disagreement> {
    let all = counted(telling, member);
    let sums = values(telling, member);
    for later in all.iter().filter(|c| c.is_taken_up) {
        let of_kind: Vec<&Counted> = all.iter().filter(|c| c.lemma == later.lemma).collect();
        let is_same = |c: &&&Counted| (c.number.value - later.number.value).abs() < 1e-9;
        // "thirty officers were sent": they were told of before
        let is_introduced = of_kind.iter().filter(is_same).any(|c| !c.is_taken_up);
        let others: Vec<&&Counted> = of_kind.iter().filter(|c| !is_same(c)).collect();
        let Some(first) = others.first().filter(|f| !f.is_taken_up && f.statement < later.statement) else {
            continue;
        };
        let are_one = others.iter().all(|o| (o.number.value - first.number.value).abs() < 1e-9);
        let (p, q) = (first.number.value, later.number.value);
        let is_near = p.max(q) <= FURTHEST * p.min(q) && first.statement.unit < OPENING;
        if is_introduced || !are_one || !is_near || is_made(q, &sums) {
            continue;
        }
        let place = |c: &Counted| Place { statement: c.statement, focus: c.number.span };
        let (x, y) = (place(first), place(later));
        if is_part(telling, &first.statement, first.number.span) || !is_own_voice(telling, &x, &y) {
            continue;
        }
        return Some(Disagreement {
            kind: FindingKind::SelfContradiction,
            finding_type: FindingType::Quantity,
            x,
            y,
            likeness: 0.5,
            strength: 0.65,
            note: format!("{p} and {q}: taken up as another number"),
            lean: 0.0,
        });
    }
    None
}

/// The counted things of an account, in the order of the text.
fn counted<'a>(telling: &'a Telling, member: u32) -> Vec<Counted<'a>> {
    let account = telling.account(member);
    let (text, annotations) = (&account.document.text, &account.annotations);
    let is_usable = |q: &&Quantity| {
        q.unit == Unit::Count
            && q.hedge == Hedge::Exact
            && q.value >= 2.0
            && q.value.fract() == 0.0
            && !figure::is_name(text, q)
    };
    let read = |q: &'a Quantity| {
        let statement = figure::statement_at(telling, member, q.span)?;
        let tokens = annotations.tokens_of(telling.sentence(&statement));
        let at = tokens.partition_point(|t| t.span.end <= q.span.start);
        let before = at.checked_sub(1).map(|b| &tokens[b]);
        let end = q.counted.unwrap_or(q.span).end;
        let next = tokens.partition_point(|t| t.span.start < end);
        // "the four men killed in the fire" are others than those who lit it
        let is_told_apart = |n: usize, t: &Token| {
            APART.contains(&t.lemma.as_str())
                || t.tag == Tag::Adj
                || matches!(t.form, Form::PastParticiple | Form::PresentParticiple)
                || t.tag == Tag::Verb
                    && t.span.of(text).ends_with("ed")
                    && tokens.get(n + 1).is_some_and(|o| o.tag == Tag::Adp)
        };
        let is_up = before.is_some_and(|t| TAKING_UP.contains(&t.lemma.as_str()))
            && !tokens[..at].iter().rev().skip(1).take(2).any(|t| t.lemma == "of" || t.lemma == "other");
        let lemma = canonical(q.counted_lemma.as_deref()?);
        Some(Counted {
            statement,
            number: q,
            lemma,
            is_taken_up: is_up && !tokens.get(next).is_some_and(|t| is_told_apart(next, t)),
        })
    };
    annotations.quantities.iter().filter(is_usable).filter_map(read).collect()
}
