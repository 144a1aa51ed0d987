//! Differences over one figure or one person, whatever the sentences look like.

use std::collections::BTreeMap;

use variorum_schema::{FindingKind, FindingType};

use super::independent::explain;
use super::{Disagreement, Place};
use crate::difference::Difference;
use crate::difference::quantity::compatible;
use crate::finding::bearer::{self, Said};
use crate::finding::figure::{self, Figure};
use crate::telling::Telling;

/// Words that say that a figure changed.
const CHANGE: [&str; 9] =
    ["rise", "revise", "update", "climb", "reach", "correct", "raise", "lower", "earlier"];

/// Whether a figure is of the kind that grows with time (casualties, arrests), or its sentence says that it changed.
pub(super) fn grows(telling: &Telling, place: &Place) -> bool {
    let account = telling.account(place.statement.account);
    let figures = figure::figures(telling, place.statement.account);
    let is_casualty = figures
        .iter()
        .any(|(t, l)| !t.contains(':') && l.iter().any(|f| f.quantity.span.overlaps(place.focus)));
    let sentence = telling.sentence(&place.statement);
    is_casualty || account.annotations.tokens_of(sentence).iter().any(|t| CHANGE.contains(&t.lemma.as_str()))
}

/// Disagreements over key figures: the first figure of each topic in each account, whatever its sentence looks like.
pub(super) fn figures(telling: &Telling) -> Vec<Disagreement> {
    let by_account: Vec<(u32, BTreeMap<String, Vec<Figure>>)> =
        telling.members.iter().map(|m| (*m, figure::figures(telling, *m))).collect();
    let mut found = Vec::new();
    for (n, (a, figures_a)) in by_account.iter().enumerate() {
        for (b, figures_b) in &by_account[n + 1..] {
            let topics = figures_a.keys().filter(|t| figures_b.contains_key(*t));
            found.extend(topics.filter_map(|t| rivals(telling, (*a, &figures_a[t]), (*b, &figures_b[t]))));
        }
    }
    found
}

/// Disagreements over a person: titles of one class.
pub(super) fn bearers(telling: &Telling) -> Vec<Disagreement> {
    let titles = bearer::rival_titles(telling).into_iter();
    titles.filter_map(|(x, y)| over_person(telling, FindingType::Title, &x, &y)).collect()
}

fn over_person(telling: &Telling, finding_type: FindingType, x: &Said, y: &Said) -> Option<Disagreement> {
    let place = |s: &Said| Place { statement: s.statement, focus: s.focus };
    let note = format!("{} against {}, of one person", x.word, y.word);
    let (a, b) = (x.statement.account, y.statement.account);
    let difference =
        Difference { kind: finding_type, x: x.focus, y: y.focus, note: note.clone(), strength: 0.75 };
    let (kind, x, y) = if a == b {
        (FindingKind::SelfContradiction, place(x), place(y))
    } else if telling.lineage.origin_of(a) == telling.lineage.origin_of(b) {
        let is_first =
            telling.lineage.edge(&telling.id(a), &telling.id(b)).is_none_or(|(_, is_forward)| is_forward);
        if is_first {
            (FindingKind::CorruptedCopy, place(x), place(y))
        } else {
            (FindingKind::CorruptedCopy, place(y), place(x))
        }
    } else {
        explain(telling, &difference, place(x), place(y))?
    };
    Some(Disagreement { kind, finding_type, x, y, likeness: 0.45, strength: 0.75, note, lean: 0.0 })
}

/// The leading figures of two accounts on one topic, if they exclude one another and neither account has the other's.
fn rivals(telling: &Telling, a: (u32, &[Figure]), b: (u32, &[Figure])) -> Option<Disagreement> {
    let (x, y) =
        a.1.iter()
            .flat_map(|x| b.1.iter().map(move |y| (x, y)))
            .find(|(x, y)| figure::are_comparable(x, y))?;
    let has = |list: &[Figure], f: &Figure| list.iter().any(|o| compatible(o.quantity, f.quantity));
    if has(a.1, y) || has(b.1, x) {
        return None;
    }
    let place = |f: &Figure| Place { statement: f.statement, focus: f.quantity.span };
    let note = format!("{} against {} ({})", x.quantity.value, y.quantity.value, x.topic);
    let difference = Difference {
        kind: FindingType::Quantity,
        x: x.quantity.span,
        y: y.quantity.span,
        note: note.clone(),
        strength: 0.8,
    };
    let is_copy = telling.lineage.origin_of(a.0) == telling.lineage.origin_of(b.0);
    let (kind, x, y) = explain(telling, &difference, place(x), place(y))?;
    // Within one lineage only time explains another figure here; corruptions are found sentence by sentence.
    if is_copy && kind != FindingKind::Revised {
        return None;
    }
    Some(Disagreement {
        kind,
        finding_type: FindingType::Quantity,
        x,
        y,
        likeness: 0.5,
        strength: 0.8,
        note,
        lean: 0.0,
    })
}
