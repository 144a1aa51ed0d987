//! Where statements that say the same otherwise disagree: conflicts between independent accounts, corruptions along a
//! copy, revisions, disputed assessments, and documents that contradict themselves or their headline.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use variorum_schema::{BlockKind, Feature, Finding, FindingKind, FindingType, Relative, Side, Span};

use super::build;
use super::counterpart::{Bond, Counterpart, counterparts};
use crate::align::{Pair, Statement};
use crate::telling::Telling;

pub mod age;
mod chosen;
pub mod claims;
pub mod copied;
pub mod corrected;
pub mod garble;
pub mod headline;
pub mod independent;
pub mod moment;
pub mod restated;
pub mod rival;
mod taken_up;
pub mod within;

use copied::{along_copy, turn_by_record, untold};
use independent::{between, speaker};
use rival::{bearers, figures, slots};
use within::within;

/// Likeness from which two statements of independent accounts are compared.
const MIN_INDEPENDENT: f64 = 0.40;

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
    let garbled = garble::garbled(telling, &copied);
    let is_sound = |p: &&Candidate| !garbled.iter().any(|g| g.y.statement == p.x || g.y.statement == p.y);
    let mut found: Vec<Disagreement> =
        copied.par_iter().filter(is_sound).flat_map_iter(|p| along_copy(telling, p)).collect();
    turn_by_record(&mut found);
    let mut found = untold(telling, found);
    found.extend(garbled);
    corrected::corrections(telling, &mut found);
    let corrupted: BTreeSet<Place> = found.iter().map(|d| d.y).collect();
    let corrupted_in = |p: &Place| {
        let statement = p.statement;
        let first = Place { statement, focus: Span::default() };
        corrupted.range(first..).take_while(move |c| c.statement == statement)
    };
    let is_corrupt = |p: &Place| corrupted_in(p).any(|c| touch(c, p));
    let apart: Vec<Disagreement> = independent.par_iter().flat_map_iter(|p| between(telling, p)).collect();
    let apart = apart.into_iter().chain(figures(telling));
    let apart = apart.chain(moment::moments(telling)).chain(age::ages(telling));
    let apart = apart.chain(restated::restated(telling));
    found.extend(apart.filter(|d| !is_corrupt(&d.x) && !is_corrupt(&d.y)));
    // What sentences or figures show already is not said twice.
    let is_told = |d: &Disagreement, by: &Disagreement| {
        let (own, others) = ([&d.x, &d.y], [&by.x, &by.y]);
        let is_known = |p: &&Place| others.iter().any(|q| q.statement.account == p.statement.account);
        own.iter().all(is_known) && own.iter().any(|p| others.iter().any(|q| touch(p, q)))
    };
    let beside: Vec<Disagreement> = slots(telling)
        .into_iter()
        .filter(|d| !is_corrupt(&d.x) && !is_corrupt(&d.y) && !found.iter().any(|f| is_told(d, f)))
        .collect();
    found.extend(beside);
    let is_changed = is_corrupt;
    // A sentence that a copy corrupted speaks for nobody against the others.
    let told = bearers(telling).into_iter().chain(claims::claims(telling)).filter(|d: &Disagreement| {
        let is_corrupt = |p: &Place| corrupted_in(p).next().is_some();
        // What befell a person in two sentences of a copy may be two things; what one sentence says otherwise is found
        // where it stands.
        match d.kind {
            // a place that a copy corrupted is told already, and corrupts no other
            FindingKind::CorruptedCopy => {
                d.finding_type != FindingType::Outcome && !is_changed(&d.x) && !is_changed(&d.y)
            }
            FindingKind::SelfContradiction => true,
            _ => !is_corrupt(&d.x) && !is_corrupt(&d.y),
        }
    });
    found.extend(told);
    found.par_extend(telling.members.par_iter().flat_map_iter(|&member| {
        let alone = within(telling, member).into_iter().chain(headline::headlines(telling, member));
        alone.chain(within::ages(telling, member)).chain(taken_up::taken_up(telling, member))
    }));
    found.retain(|d| !hangs_on_a_guess(telling, d));
    group(telling, found)
}

/// Whether a day is told from the day of a report ("yesterday") that was itself concluded from the other reports.
fn hangs_on_a_guess(telling: &Telling, d: &Disagreement) -> bool {
    let is_guessed = |p: &Place| {
        let times = &telling.account(p.statement.account).annotations.times;
        let is_deictic =
            |r: &Relative| !matches!(r, Relative::MonthDay(..) | Relative::Month(..) | Relative::Weekday(..));
        let mut own = times.iter().filter(|t| t.span.overlaps(p.focus));
        telling.document(p.statement.account).published.inferred
            && own.any(|t| t.relative.as_ref().is_some_and(is_deictic))
    };
    let is_between = matches!(d.kind, FindingKind::Conflict | FindingKind::Disputed | FindingKind::Revised);
    d.finding_type == FindingType::Date && is_between && (is_guessed(&d.x) || is_guessed(&d.y))
}

struct Candidate {
    x: Statement,
    y: Statement,
    likeness: f64,
    bond: Bond,
}

/// Alike pairs of statements: those of one lineage, and those of independent origins.
fn pairs(telling: &Telling) -> (Vec<Candidate>, Vec<Candidate>) {
    let of = |at: u32| telling.alignments.statements[at as usize];
    let candidate = |p: Pair| Candidate { x: of(p.x), y: of(p.y), likeness: p.score, bond: Bond::Likeness };
    let independent = chosen::of_independent(telling).into_iter().map(candidate).collect();
    let related = chosen::of_one_lineage(telling);
    let copied = related.into_par_iter().flat_map_iter(|(a, b)| {
        let found = counterparts(telling, a, b);
        let titles = if found.is_empty() { None } else { headline(telling, a).zip(headline(telling, b)) };
        let titles = titles.map(|(x, y)| Candidate { x, y, likeness: 0.4, bond: Bond::Likeness });
        let candidate = |c: Counterpart| Candidate { x: c.x, y: c.y, likeness: c.likeness, bond: c.bond };
        titles.into_iter().chain(found.into_iter().map(candidate))
    });
    (copied.collect(), independent)
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

/// Joins disagreements over the same thing into findings: each side gathers the places that say the same.
fn group(telling: &Telling, found: Vec<Disagreement>) -> Vec<Finding> {
    // "50" and "more than 50" are one figure brought up to date.
    let label = |p: &Place| {
        let words = p.focus.of(&telling.document(p.statement.account).text).to_lowercase();
        let digits: String = words.chars().filter(char::is_ascii_digit).collect();
        if digits.is_empty() { words } else { digits }
    };
    let labels: Vec<[String; 2]> = found.iter().map(|d| [label(&d.x), label(&d.y)]).collect();
    let joins = |m: usize, n: usize| {
        let (o, d, theirs, own) = (&found[m], &found[n], &labels[m], &labels[n]);
        let is_one_kind = o.kind == d.kind && o.finding_type == d.finding_type;
        let (x, y) = (touch(&o.x, &d.x), touch(&o.y, &d.y));
        let is_one_figure = d.kind == FindingKind::Revised && theirs == own;
        is_one_kind && (is_one_figure || x && (y || theirs[1] == own[1]) || y && theirs[0] == own[0])
    };
    // Only those that share a statement on one side, or both figures, can join: for each, the disagreements so far.
    let mut by_labels: BTreeMap<&[String; 2], Vec<usize>> = BTreeMap::new();
    let (mut by_x, mut by_y): (BTreeMap<Statement, Vec<usize>>, BTreeMap<Statement, Vec<usize>>) =
        Default::default();
    let (mut groups, mut group_of): (Vec<Vec<Disagreement>>, Vec<usize>) = Default::default();
    for (n, d) in found.iter().enumerate() {
        let near = [
            by_x.entry(d.x.statement).or_default(),
            by_y.entry(d.y.statement).or_default(),
            by_labels.entry(&labels[n]).or_default(),
        ];
        let first =
            near.iter().flat_map(|list| list.iter()).filter(|m| joins(**m, n)).map(|m| group_of[*m]).min();
        near.into_iter().for_each(|list| list.push(n));
        group_of.push(first.unwrap_or(groups.len()));
        match first {
            Some(group) => groups[group].push(d.clone()),
            None => groups.push(vec![d.clone()]),
        }
    }
    groups.iter().map(|g| finding(telling, g)).collect()
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
        FindingType::Attribution => "another source is named",
        FindingType::Garble => "a passage no longer means anything",
        _ => "they differ",
    };
    match d.kind {
        FindingKind::CorruptedCopy => {
            format!("{y} carries the text of the same origin as {x}, but {what}: “{a}” became “{b}”")
        }
        FindingKind::Revised if x == y => format!("a later report of {y} changes “{a}” to “{b}”"),
        FindingKind::Revised => format!("{y}, later than {x}, changes “{a}” to “{b}”"),
        FindingKind::Disputed => {
            format!("two sources are cited against each other: “{a}” ({x}), “{b}” ({y})")
        }
        FindingKind::SelfContradiction => format!("{x} contradicts itself: “{a}”, and elsewhere “{b}”"),
        FindingKind::HeadlineMismatch => format!("the headline of {x} says “{a}”, its text “{b}”"),
        _ => format!("{what}: “{a}” ({x}), “{b}” ({y})"),
    }
}
