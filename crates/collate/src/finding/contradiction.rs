//! Where statements that say the same otherwise disagree: conflicts between independent accounts, corruptions along a
//! copy, revisions, disputed assessments, and documents that contradict themselves or their headline.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{BlockKind, Feature, Finding, FindingKind, FindingType, Modality, Side, Span};

use super::bearer::{self, Said};
use super::build;
use super::counterpart::counterparts;
use super::figure::{self, Figure};
use crate::align::{self, Statement};
use crate::difference::quantity::compatible;
use crate::difference::{Comparison, Difference};
use crate::telling::Telling;

/// Words that say that a figure changed.
const CHANGE: [&str; 9] =
    ["rise", "revise", "update", "climb", "reach", "correct", "raise", "lower", "earlier"];
/// Likeness from which two statements of independent accounts are compared.
const MIN_INDEPENDENT: f64 = 0.40;
/// Likeness from which two statements of one lineage are compared.
const MIN_COPY: f64 = 0.34;
/// Likeness from which two statements of one document are compared.
const MIN_SELF: f64 = 0.45;

/// One side of a disagreement: a statement with the part that differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    statement: Statement,
    focus: Span,
}

/// Two places that disagree.
#[derive(Clone, Debug)]
struct Disagreement {
    kind: FindingKind,
    finding_type: FindingType,
    x: Place,
    y: Place,
    likeness: f64,
    strength: f64,
    note: String,
    /// Along a copy: evidence that `x` is the original side; 0 elsewhere.
    lean: f64,
}

/// All findings of disagreement in a story.
#[must_use]
pub fn contradictions(telling: &Telling) -> Vec<Finding> {
    let (copied, independent) = pairs(telling);
    let mut found: Vec<Disagreement> = copied.iter().flat_map(|p| along_copy(telling, p)).collect();
    turn_by_record(&mut found);
    let corrupted: BTreeSet<Place> = found.iter().map(|d| d.y).collect();
    let is_corrupt = |p: &Place| corrupted.iter().any(|c| touch(c, p));
    let apart = independent.iter().flat_map(|p| between(telling, p)).chain(figures(telling));
    found.extend(apart.filter(|d| !is_corrupt(&d.x) && !is_corrupt(&d.y)));
    // A sentence that a copy corrupted speaks for nobody against the others.
    let titles = bearers(telling).into_iter().filter(|d| {
        let is_corrupt = |p: &Place| corrupted.iter().any(|c| c.statement == p.statement);
        d.kind == FindingKind::CorruptedCopy || !is_corrupt(&d.x) && !is_corrupt(&d.y)
    });
    found.extend(titles);
    for &member in telling.members {
        found.extend(within(telling, member));
    }
    group(telling, found)
}

struct Candidate {
    x: Statement,
    y: Statement,
    likeness: f64,
}

/// Alike pairs of statements: those of one lineage, and those of independent origins.
fn pairs(telling: &Telling) -> (Vec<Candidate>, Vec<Candidate>) {
    let mut independent = Vec::new();
    let is_copy = |x: &Statement, y: &Statement| {
        telling.lineage.origin_of(x.account) == telling.lineage.origin_of(y.account)
    };
    for pair in &telling.alignments.pairs {
        let (x, y) =
            (telling.alignments.statements[pair.x as usize], telling.alignments.statements[pair.y as usize]);
        if pair.score >= MIN_INDEPENDENT && !is_copy(&x, &y) {
            independent.push(Candidate { x, y, likeness: pair.score });
        }
    }
    let mut copied = Vec::new();
    for (n, &a) in telling.members.iter().enumerate() {
        for &b in telling.members[n + 1..]
            .iter()
            .filter(|b| telling.lineage.origin_of(a) == telling.lineage.origin_of(**b))
        {
            let found = counterparts(telling, a, b);
            let titles = if found.is_empty() { None } else { headline(telling, a).zip(headline(telling, b)) };
            copied.extend(titles.map(|(x, y)| Candidate { x, y, likeness: 0.4 }));
            copied.extend(found.into_iter().map(|(x, y, likeness)| Candidate { x, y, likeness }));
        }
    }
    (copied, independent)
}

/// The headline of an account as a statement.
fn headline(telling: &Telling, member: u32) -> Option<Statement> {
    let account = telling.account(member);
    let is_title = |s: &variorum_schema::Sentence| {
        account.document.blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Title)
    };
    let idx = account.annotations.sentences.iter().position(is_title)?;
    Some(Statement { account: member, unit: 0, sentence: idx as u32 })
}

/// Differences between two statements of one lineage; `x` of the result is the side nearer to the original.
fn along_copy(telling: &Telling, pair: &Candidate) -> Vec<Disagreement> {
    let comparison = Comparison::new(telling, &pair.x, &pair.y, pair.likeness, true);
    let differences = comparison.differences();
    differences
        .into_iter()
        .map(|d| {
            let (px, py) = (Place { statement: pair.x, focus: d.x }, Place { statement: pair.y, focus: d.y });
            let lean = lean(telling, pair, &d);
            let (kind, x, y) = match brought_up_to_date(telling, &d, px, py) {
                Some((x, y)) => (FindingKind::Revised, x, y),
                None if lean >= 0.0 => (FindingKind::CorruptedCopy, px, py),
                None => (FindingKind::CorruptedCopy, py, px),
            };
            Disagreement {
                kind,
                finding_type: d.kind,
                x,
                y,
                likeness: pair.likeness,
                strength: d.strength,
                note: d.note,
                lean: lean.abs(),
            }
        })
        .filter(|d| d.kind != FindingKind::CorruptedCopy || !is_one_outlet(telling, d))
        .collect()
}

/// Two reports of one outlet: what differs was rewritten by those who wrote it.
fn is_one_outlet(telling: &Telling, d: &Disagreement) -> bool {
    let outlet = |p: &Place| telling.document(p.statement.account).outlet.as_ref().map(|o| o.to_lowercase());
    outlet(&d.x).is_some() && outlet(&d.x) == outlet(&d.y)
}

/// From this lean on, other accounts decide which side was changed.
const CLEAR_LEAN: f64 = 1.0;

/// Where no other account says which side of a copy was changed, the record decides: the account that was caught more
/// often elsewhere.
fn turn_by_record(found: &mut [Disagreement]) {
    let mut record: BTreeMap<u32, usize> = BTreeMap::new();
    for d in found.iter().filter(|d| d.kind == FindingKind::CorruptedCopy && d.lean >= CLEAR_LEAN) {
        *record.entry(d.y.statement.account).or_insert(0) += 1;
    }
    let caught = |p: &Place| record.get(&p.statement.account).copied().unwrap_or(0);
    for d in found.iter_mut().filter(|d| d.kind == FindingKind::CorruptedCopy && d.lean < CLEAR_LEAN) {
        if caught(&d.x) > caught(&d.y) {
            std::mem::swap(&mut d.x, &mut d.y);
        }
    }
}

/// Whether a figure is of the kind that grows with time (casualties, arrests), or its sentence says that it changed.
fn grows(telling: &Telling, place: &Place) -> bool {
    let account = telling.account(place.statement.account);
    let figures = figure::figures(telling, place.statement.account);
    let is_casualty = figures
        .iter()
        .any(|(t, l)| !t.contains(':') && l.iter().any(|f| f.quantity.span.overlaps(place.focus)));
    let sentence = telling.sentence(&place.statement);
    is_casualty || account.annotations.tokens_of(sentence).iter().any(|t| CHANGE.contains(&t.lemma.as_str()))
}

/// A younger copy with a higher count of casualties was brought up to date, not corrupted: the older place first.
fn brought_up_to_date(telling: &Telling, d: &Difference, x: Place, y: Place) -> Option<(Place, Place)> {
    let published = |p: &Place| {
        let published = &telling.document(p.statement.account).published;
        published.value.filter(|_| !published.inferred)
    };
    let (older, younger) = match (published(&x)?, published(&y)?) {
        (p, q) if p < q => (x, y),
        (p, q) if q < p => (y, x),
        _ => return None,
    };
    let figure = |p: &Place| {
        let figures = figure::figures(telling, p.statement.account);
        let (topic, value) = figures
            .iter()
            .flat_map(|(t, l)| l.iter().map(move |f| (t, f)))
            .find(|(_, f)| f.quantity.span.overlaps(p.focus))
            .map(|(t, f)| (t.clone(), f.quantity.value))?;
        Some((topic, value))
    };
    let is_growing = d.kind == FindingType::Quantity
        && matches!((figure(&older), figure(&younger)), (Some((s, a)), Some((t, b))) if s == t && !s.contains(':') && b > a);
    is_growing.then_some((older, younger))
}

/// Positive if the first statement is the more original of the two: support by third accounts, then the lineage.
fn lean(telling: &Telling, pair: &Candidate, difference: &Difference) -> f64 {
    let mut lean = 0.0;
    for other in &telling.alignments.pairs {
        let (s, t) = (
            telling.alignments.statements[other.x as usize],
            telling.alignments.statements[other.y as usize],
        );
        for (near, far, sign) in [(s, t, 1.0), (t, s, 1.0)] {
            let (own, rival, sign) = if near == pair.x {
                (pair.x, pair.y, sign)
            } else if near == pair.y {
                (pair.y, pair.x, -sign)
            } else {
                continue;
            };
            if far.account == rival.account || far.account == own.account || other.score < MIN_COPY {
                continue;
            }
            let differs = |s: &Statement, is_first: bool| {
                let found = Comparison::new(telling, s, &far, other.score, true).differences();
                let focus = if is_first == (sign > 0.0) { difference.x } else { difference.y };
                found.iter().any(|d| d.kind == difference.kind && d.x.overlaps(focus))
            };
            if !differs(&own, true) && differs(&rival, false) {
                lean += sign;
            }
        }
    }
    let (x, y) = (telling.id(pair.x.account), telling.id(pair.y.account));
    let edge =
        telling.lineage.edge(&x, &y).map_or(0.0, |(_, is_forward)| if is_forward { 0.5 } else { -0.5 });
    let place = |id: &str| {
        telling.lineage.origins.iter().find_map(|o| o.documents.iter().position(|d| d == id)).unwrap_or(0)
    };
    let order = if place(&x) <= place(&y) { 0.1 } else { -0.1 };
    lean + edge + order
}

/// Differences between statements of two independent accounts.
fn between(telling: &Telling, pair: &Candidate) -> Vec<Disagreement> {
    let comparison = Comparison::new(telling, &pair.x, &pair.y, pair.likeness, false);
    let differences = comparison.differences();
    differences
        .into_iter()
        .filter_map(|d| {
            let (x, y) = (Place { statement: pair.x, focus: d.x }, Place { statement: pair.y, focus: d.y });
            let (kind, x, y) = explain(telling, &d, x, y)?;
            Some(Disagreement {
                kind,
                finding_type: d.kind,
                x,
                y,
                likeness: pair.likeness,
                strength: d.strength,
                note: d.note,
                lean: 0.0,
            })
        })
        .collect()
}

/// Whether time or opinion explains a difference: a later figure revises, two attributed opinions dispute. `None`: no
/// disagreement at all (an announcement against a report belongs to the comparison of expectations).
fn explain(telling: &Telling, d: &Difference, x: Place, y: Place) -> Option<(FindingKind, Place, Place)> {
    let (claim_x, claim_y) = (claim_at(telling, &x), claim_at(telling, &y));
    let is_planned = |m: Option<Modality>| {
        matches!(m, Some(Modality::Planned | Modality::Demanded | Modality::Conditional))
    };
    if is_planned(claim_x.map(|c| c.modality)) != is_planned(claim_y.map(|c| c.modality)) {
        return None;
    }
    let day = |p: &Place| telling.document(p.statement.account).published.value;
    if let (FindingType::Quantity | FindingType::Outcome, Some(p), Some(q)) = (d.kind, day(&x), day(&y))
        && p != q
        && (d.kind == FindingType::Outcome || grows(telling, &x) || grows(telling, &y))
    {
        let (x, y) = if p < q { (x, y) } else { (y, x) };
        return Some((FindingKind::Revised, x, y));
    }
    let (said_x, said_y) = (speaker(telling, &x), speaker(telling, &y));
    if matches!(d.kind, FindingType::Negation | FindingType::Direction | FindingType::Outcome)
        && said_x.is_some()
        && said_y.is_some()
    {
        return (said_x != said_y).then_some((FindingKind::Disputed, x, y));
    }
    Some((FindingKind::Conflict, x, y))
}

/// Disagreements over key figures: the first figure of each topic in each account, whatever its sentence looks like.
fn figures(telling: &Telling) -> Vec<Disagreement> {
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

/// Disagreements over a person: titles of one class, and fates that exclude one another.
fn bearers(telling: &Telling) -> Vec<Disagreement> {
    let titles = bearer::rival_titles(telling).into_iter().map(|r| (FindingType::Title, r));
    let fates = bearer::rival_fates(telling).into_iter().map(|r| (FindingType::Outcome, r));
    titles.chain(fates).filter_map(|(kind, (x, y))| over_person(telling, kind, &x, &y)).collect()
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

fn claim_at<'a>(telling: &Telling<'a>, place: &Place) -> Option<&'a variorum_schema::Claim> {
    let claims = &telling.account(place.statement.account).annotations.claims;
    let inside =
        claims.iter().filter(|c| c.sentence == place.statement.sentence && c.span.overlaps(place.focus));
    inside.min_by_key(|c| c.span.len())
}

/// Name of the source to whom a place is attributed, if it is.
fn speaker(telling: &Telling, place: &Place) -> Option<String> {
    let account = place.statement.account;
    let document = telling.document(account);
    let quotations = &telling.account(account).annotations.quotations;
    let quotation =
        quotations.iter().filter(|q| q.span.overlaps(place.focus)).min_by_key(|q| q.span.len())?;
    let source = quotation.source.as_ref()?;
    let name = source.entity.and_then(|e| telling.entities.name(account, e));
    Some(name.map_or_else(|| source.span.of(&document.text).to_lowercase(), str::to_owned))
}

/// Differences inside one document: between alike sentences, and between headline and body.
fn within(telling: &Telling, member: u32) -> Vec<Disagreement> {
    let account = telling.account(member);
    let own: Vec<Statement> =
        telling.alignments.statements.iter().filter(|s| s.account == member).copied().collect();
    let mut found = Vec::new();
    for (x, y, likeness) in align::alike_within(telling.pile, member, &own, MIN_SELF) {
        let comparison = Comparison::new(telling, &x, &y, likeness, false);
        found.extend(
            comparison.differences().into_iter().map(|d| (FindingKind::SelfContradiction, x, y, likeness, d)),
        );
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
        .filter(|(kind, x, _, _, d)| {
            *kind != FindingKind::HeadlineMismatch
                || d.kind != FindingType::Quantity
                || !is_in_body(telling, x, d.x)
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
fn is_own_voice(telling: &Telling, x: &Place, y: &Place) -> bool {
    speaker(telling, x) == speaker(telling, y)
}

/// Joins disagreements over the same thing into findings: each side gathers the places that say the same.
fn group(telling: &Telling, found: Vec<Disagreement>) -> Vec<Finding> {
    let mut groups: Vec<(Vec<Disagreement>, BTreeSet<(u8, Place)>)> = Vec::new();
    for d in found {
        let label = |p: &Place| p.focus.of(&telling.document(p.statement.account).text).to_lowercase();
        let joins = |g: &[Disagreement]| {
            g.iter().any(|o| {
                o.kind == d.kind
                    && o.finding_type == d.finding_type
                    && (touch(&o.x, &d.x) && (touch(&o.y, &d.y) || label(&o.y) == label(&d.y))
                        || touch(&o.y, &d.y) && label(&o.x) == label(&d.x))
            })
        };
        match groups.iter_mut().find(|(g, _)| joins(g)) {
            Some((g, _)) => g.push(d),
            None => groups.push((vec![d], BTreeSet::new())),
        }
    }
    groups.into_iter().map(|(g, _)| finding(telling, &g)).collect()
}

fn touch(a: &Place, b: &Place) -> bool {
    a.statement == b.statement && a.focus.overlaps(b.focus)
}

fn finding(telling: &Telling, group: &[Disagreement]) -> Finding {
    let first = group
        .iter()
        .max_by(|a, b| (a.likeness * a.strength).total_cmp(&(b.likeness * b.strength)))
        .unwrap_or(&group[0]);
    let side = |of: fn(&Disagreement) -> Place, lead: Place| -> Side {
        let places: BTreeSet<Place> = group.iter().map(of).collect();
        let mut places: Vec<Place> = places.into_iter().collect();
        places.sort_by_key(|p| (*p != lead, *p));
        build::side(
            telling,
            places.iter().map(|p| (p.statement, p.focus)).collect(),
            speaker_list(telling, &places),
        )
    };
    let sides = vec![side(|d| d.x, first.x), side(|d| d.y, first.y)];
    let why = vec![
        Feature {
            name: "likeness of the two statements".into(),
            value: first.likeness,
            weight: first.likeness,
            note: String::new(),
        },
        Feature {
            name: "kind of difference".into(),
            value: first.strength,
            weight: first.strength,
            note: first.note.clone(),
        },
        Feature {
            name: "pairs of sentences that show it".into(),
            value: group.len() as f64,
            weight: 0.05 * (group.len() as f64 - 1.0).min(3.0),
            note: String::new(),
        },
    ];
    let confidence =
        (0.55 * first.strength + 0.45 * first.likeness.max(0.3) + 0.05 * (group.len() as f64 - 1.0).min(3.0))
            .min(0.97);
    let message = message(telling, first, &sides);
    let copy = (first.kind == FindingKind::CorruptedCopy)
        .then(|| {
            telling.lineage.edge(&sides[0].documents[0], &sides[1].documents[0]).map(|(c, _)| c.id.clone())
        })
        .flatten();
    build::finding(first.kind, Some(first.finding_type), message, sides, confidence, copy, why)
}

fn speaker_list(telling: &Telling, places: &[Place]) -> Vec<String> {
    let names: BTreeSet<String> = places.iter().filter_map(|p| speaker(telling, p)).collect();
    names.into_iter().collect()
}

fn message(telling: &Telling, d: &Disagreement, sides: &[Side]) -> String {
    let name = |p: &Place| build::outlet(telling, p.statement.account);
    let (x, y) = (name(&d.x), name(&d.y));
    let (a, b) = (&sides[0].label, &sides[1].label);
    let what = match d.finding_type {
        FindingType::Negation => "one affirms what the other negates",
        FindingType::Quantity => "the numbers differ",
        FindingType::Date => "the dates differ",
        FindingType::Actor => "another name stands in the same place",
        FindingType::Place => "another place is named",
        FindingType::Outcome => "the outcome differs",
        FindingType::Title => "the title or rank differs",
        FindingType::Direction => "the direction is reversed",
        _ => "they differ",
    };
    match d.kind {
        FindingKind::CorruptedCopy => {
            format!("{y} carries the text of the same origin as {x}, but {what}: “{a}” became “{b}”")
        }
        FindingKind::Revised => format!("{y}, later than {x}, changes “{a}” to “{b}”"),
        FindingKind::Disputed => {
            format!("two sources are cited against each other: “{a}” ({x}), “{b}” ({y})")
        }
        FindingKind::SelfContradiction => format!("{x} contradicts itself: “{a}”, and elsewhere “{b}”"),
        FindingKind::HeadlineMismatch => format!("the headline of {x} says “{a}”, its text “{b}”"),
        _ => format!("{what}: “{a}” ({x}), “{b}” ({y})"),
    }
}
