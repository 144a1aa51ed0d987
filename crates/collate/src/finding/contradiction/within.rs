//! Where a document contradicts itself or its headline.

use std::collections::BTreeSet;

use variorum_schema::{BlockKind, FindingKind, FindingType, Granularity, Hedge, Quantity, Span, Unit};

use super::headline::numbered::{is_in_parts, is_part};
use super::independent::speaker;
use super::{Disagreement, Place};
use crate::align::{self, Statement};
use crate::difference::item::{Class, Item};
use crate::difference::quantity::compatible;
use crate::difference::standing::{STANDS, standing};
use crate::difference::{Comparison, Difference};
use crate::telling::Telling;

/// Likeness from which two statements of one document are compared.
const MIN_SELF: f64 = 0.45;

/// Likeness from which their numbers are held against each other.
const MIN_SELF_NUMBERS: f64 = 0.65;

/// Differences inside one document: between alike sentences, and between headline and body.
pub(super) fn within(telling: &Telling, member: u32) -> Vec<Disagreement> {
    let account = telling.account(member);
    let own = telling.alignments.of(member);
    let mut found = Vec::new();
    for (x, y, likeness) in align::alike_within(telling.pile, member, own, MIN_SELF) {
        let comparison = Comparison::new(telling, &x, &y, likeness, false);
        let differences = comparison.differences().into_iter();
        let is_value = |d: &Difference| matches!(d.kind, FindingType::Quantity | FindingType::Date);
        let told = differences.filter(|d| !is_value(d) || is_all(&comparison, d) && !are_cases(&comparison));
        found.extend(told.map(|d| (FindingKind::SelfContradiction, x, y, likeness, d)));
    }
    let titles = account.annotations.sentences.iter().enumerate().filter(|(_, s)| {
        account.document.blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Title)
    });
    for (idx, _) in titles {
        let title = Statement { account: member, unit: 0, sentence: idx as u32 };
        for y in own.iter().take(12) {
            let comparison = Comparison::new(telling, &title, y, 0.45, false);
            let shared = shared_content(&comparison);
            let differences = comparison.differences();
            if shared >= 3 {
                found.extend(
                    differences.into_iter().map(|d| (FindingKind::HeadlineMismatch, title, *y, 0.45, d)),
                );
            }
        }
    }
    found
        .into_iter()
        .filter(|(_, x, y, _, d)| {
            is_own_voice(telling, &Place { statement: *x, focus: d.x }, &Place { statement: *y, focus: d.y })
        })
        .filter(|(kind, _, _, likeness, d)| {
            // two results, two groups of those asked: sentences of one form have numbers of their own
            *kind != FindingKind::SelfContradiction
                || d.kind != FindingType::Quantity
                || *likeness >= MIN_SELF_NUMBERS
        })
        .filter(|(kind, x, y, _, d)| {
            let is_borne_out = || is_in_body(telling, x, d.x) || is_in_parts(telling, x, d.x);
            *kind != FindingKind::HeadlineMismatch
                || d.kind != FindingType::Quantity
                || !is_borne_out() && !is_part(telling, y, d.y)
        })
        .filter(|(.., d)| {
            matches!(
                d.kind,
                FindingType::Quantity
                    | FindingType::Negation
                    | FindingType::Outcome
                    | FindingType::Date
                    | FindingType::Title
            )
        })
        .map(|(kind, x, y, likeness, d)| Disagreement {
            kind,
            finding_type: d.kind,
            x: Place { statement: x, focus: d.x },
            y: Place { statement: y, focus: d.y },
            likeness,
            strength: d.strength - 0.1,
            note: d.note,
            lean: 0.0,
        })
        .collect()
}

/// Whether two sentences of one text differ in a number or a day and hardly in anything else: where a name, another number or a few
/// words differ too, they tell of two things in one form ("of the men 54%", "of the women 52%"). What a live report brings
/// up to date line by line contradicts nothing.
fn is_all(c: &Comparison, d: &Difference) -> bool {
    let is_own = |i: &Item, focus: Span| i.span.overlaps(focus);
    let only = |own: &'_ [Item], others: &[Item], focus: Span| -> Vec<Item> {
        let is_left = |i: &&Item| {
            i.is_content
                && !is_own(i, focus)
                && !others.iter().any(|o| standing(i, o) >= STANDS || o.key == i.key)
        };
        own.iter().filter(is_left).cloned().collect()
    };
    let (xs, ys) = (only(&c.x.1, &c.y.1, d.x), only(&c.y.1, &c.x.1, d.y));
    let is_telling = |i: &Item| !matches!(i.class, Class::Word);
    let left = || xs.iter().chain(&ys);
    !left().any(is_telling) && xs.len().min(ys.len()) == 0 && !is_live(c)
}

/// Whether two sentences put two cases: "If it is held in June …", "If it is held in July …".
fn are_cases(c: &Comparison) -> bool {
    let is_case = |statement: &Statement| {
        let account = c.telling.account(statement.account);
        let tokens = account.annotations.tokens_of(c.telling.sentence(statement));
        tokens.iter().take(3).any(|t| t.lemma == "if")
    };
    is_case(c.x.0) && is_case(c.y.0)
}

/// Lines that are a time of day from which a text is a report that goes on.
const MIN_LIVE: usize = 3;

/// Whether a text is a live report: lines of it are nothing but a time of day.
fn is_live(c: &Comparison) -> bool {
    let account = c.telling.account(c.x.0.account);
    let text = &account.document.text;
    let times = account.annotations.times.iter().filter(|t| t.granularity == Granularity::Time);
    let is_line = |span: Span| {
        let before = text.get(..span.start as usize).unwrap_or("");
        let behind = text.get(span.end as usize..).unwrap_or("");
        before.trim_end_matches([' ', '\t']).ends_with('\n')
            && behind.trim_start_matches(['.', ':', ' ', '\t']).starts_with(['\n', '\r'])
    };
    times.filter(|t| is_line(t.span)).count() >= MIN_LIVE
}

/// Whether a number of the headline stands in the body too, as it does when the two were compared with another number.
fn is_in_body(telling: &Telling, title: &Statement, focus: Span) -> bool {
    let annotations = &telling.account(title.account).annotations;
    let end = annotations.sentences[title.sentence as usize].span.end;
    let Some(told) = annotations.quantities.iter().find(|q| q.span.overlaps(focus)) else { return false };
    annotations.quantities.iter().any(|q| q.span.start >= end && q.unit == told.unit && compatible(q, told))
}

fn shared_content(c: &Comparison) -> usize {
    let keys: BTreeSet<&str> = c.x.1.iter().filter(|i| i.is_content).map(|i| i.key.as_str()).collect();
    let other: BTreeSet<&str> = c.y.1.iter().filter(|i| i.is_content).map(|i| i.key.as_str()).collect();
    keys.intersection(&other).count()
}

/// A document contradicts itself only where it speaks for itself, or passes on the same source, both times.
pub(super) fn is_own_voice(telling: &Telling, x: &Place, y: &Place) -> bool {
    speaker(telling, x) == speaker(telling, y)
}

/// Two ages of which one has the digits of the other turned about, where the text introduces nobody with the second: "a
/// 64-year-old sailor", and further down "the 46-year-old".
pub(super) fn ages(telling: &Telling, member: u32) -> Option<Disagreement> {
    let account = telling.account(member);
    let text = &account.document.text;
    let ages =
        account.annotations.quantities.iter().filter(|q| q.unit == Unit::Age && q.hedge == Hedge::Exact);
    let ages: Vec<(&Quantity, Statement)> = ages
        .filter_map(|q| {
            let sentence = account.annotations.sentence_at(q.span.start)? as u32;
            Some((q, telling.alignments.at(member, sentence)?))
        })
        .collect();
    // "the 46-year-old" takes somebody up who was introduced before
    let is_taken_up = |q: &Quantity| {
        let before = text.get(..q.span.start as usize).unwrap_or_default().trim_end();
        before.ends_with("the") || before.ends_with("The")
    };
    let is_turned = |a: f64, b: f64| {
        let (a, b) = (a as u64, b as u64);
        a != b && (13..100).contains(&a) && a == 10 * (b % 10) + b / 10
    };
    for (n, (later, y)) in ages.iter().enumerate().filter(|(_, (q, _))| is_taken_up(q)) {
        let is_other = |(m, (q, _)): (usize, &(&Quantity, Statement))| m == n || q.value != later.value;
        let first = ages[..n].iter().find(|(q, _)| is_turned(q.value, later.value));
        if let Some((earlier, x)) = first.filter(|_| ages.iter().enumerate().all(is_other)) {
            return Some(Disagreement {
                kind: FindingKind::SelfContradiction,
                finding_type: FindingType::Quantity,
                x: Place { statement: *x, focus: earlier.span },
                y: Place { statement: *y, focus: later.span },
                likeness: 0.5,
                strength: 0.7,
                note: "two ages with the same digits, and nobody introduced with the second".to_owned(),
                lean: 0.0,
            });
        }
    }
    None
}
