//! Differences over one figure or one person, whatever the sentences look like.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::civil::Date;
use variorum_annotate::words;
use variorum_schema::{FindingKind, FindingType, Hedge, Span};

use super::independent::{explain, explain_told, speaker};
use super::{Disagreement, Place, copied};
use crate::align::Statement;
use crate::difference::{Difference, quantity};
use crate::finding::bearer::{self, Said};
use crate::finding::figure::apart;
use crate::finding::figure::compare::{self, Weights};
use crate::finding::figure::measure::is_word;
use crate::finding::figure::penalty;
use crate::finding::figure::period;
use crate::finding::figure::rivalry::{self, Rivals};
use crate::finding::figure::slot::Slot;
use crate::finding::figure::{self, Aspect, Figure, Topics};
use crate::overlap;
use crate::telling::Telling;

/// Pairs of accounts of one topic that are compared at most.
const MAX_PAIRS: usize = 4000;
/// How much two figures of a thing that each account counts once must have in common.
const NEEDED_ONCE: f64 = 3.0;
/// The same, where an account counts it more than once, or counts few: any text has two or three of many things.
const NEEDED: f64 = 7.0;
/// The same, where each account has one measure in this unit and one word right beside both says of what ("weighed").
const NEEDED_BESIDE: f64 = 2.5;
/// The same, where no word right beside them is the same.
const NEEDED_APART: f64 = 6.0;
/// Tolls of undated reports that are further apart are not one brought up to date.
const MAX_TIMES_UNDATED: f64 = 4.0;
/// Likeness of the sentences from which things that two undated reports count, or what they cost, are one.
const MIN_UNDATED: f64 = 0.3;
/// Days between two reports after which a count of things may have grown.
const MAX_DAYS_COUNTING: i32 = 2;
/// A toll brought up to date is no more than so many times the earlier one.
const MAX_TIMES: f64 = 20.0;
/// More different tolls than this in one story are of many events.
const MANY_TOLLS: usize = 8;
/// What two tolls must have in common in such a story.
const NEEDED_AT_WAR: f64 = 2.0;
/// Tolls given at one time that differ by more than this need much in common.
const MAX_TIMES_AT_ONCE: f64 = 2.0;
const NEEDED_AT_ONCE: f64 = 8.0;
/// Days between two reports after which each counts what was new to it.
const MAX_DAYS: i32 = 60;
/// Sentences that open a report.
const N_OPENING: u32 = 3;
/// A toll grows so many times at most from one report's opening to another's.
const MAX_GROWTH: f64 = 4.0;
/// So many are few.
const FEW: f64 = 5.0;

/// Whether a figure is of the kind that grows with time (casualties, arrests), or its sentence says that it changed.
pub(super) fn grows(telling: &Telling, place: &Place) -> bool {
    let figures = figure::figures(telling, place.statement.account);
    let is_growing = figures
        .iter()
        .any(|(t, l)| quantity::grows(t) && l.iter().any(|f| f.quantity.span.overlaps(place.focus)));
    is_growing || tells_of_change_at(telling, place)
}

/// Words to each side of a figure among which it may be said that it changed: a boy who climbs a fence further on brings
/// no figure up to date.
const BESIDE: usize = 6;

/// Whether the words beside a figure say that it was brought up to date.
fn tells_of_change_at(telling: &Telling, place: &Place) -> bool {
    let account = telling.account(place.statement.account);
    let tokens = account.annotations.tokens_of(telling.sentence(&place.statement));
    let at = tokens.partition_point(|t| t.span.end <= place.focus.start);
    let near = tokens.iter().skip(at.saturating_sub(BESIDE)).take(2 * BESIDE + 1);
    near.into_iter().any(|t| is_word("change", &t.lemma))
}

/// Whether a sentence says that a toll was put lower than before.
fn tells_of_fall(telling: &Telling, statement: &Statement) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    tokens.iter().any(|t| is_word("corrected", &t.lemma))
}

/// Whether a sentence says that a figure was brought up to date.
fn tells_of_change(telling: &Telling, statement: &Statement) -> bool {
    let account = telling.account(statement.account);
    let tokens = account.annotations.tokens_of(telling.sentence(statement));
    tokens.iter().any(|t| is_word("change", &t.lemma))
}

/// Disagreements over figures, whatever their sentences look like.
pub(super) fn figures(telling: &Telling) -> Vec<Disagreement> {
    let by_account: Vec<(u32, Arc<Topics>)> =
        telling.members.iter().map(|m| (*m, figure::figures(telling, *m))).collect();
    let weights = Weights::new(by_account.iter().flat_map(|(_, t)| t.values().flatten()));
    let mut by_topic: BTreeMap<&str, Vec<(u32, &[Figure])>> = BTreeMap::new();
    for (account, topics) in &by_account {
        for (topic, list) in topics.iter() {
            by_topic.entry(topic).or_default().push((*account, list));
        }
    }
    let mut found = located(telling, &by_account);
    found.extend(by_account.iter().flat_map(|(_, t)| t.iter().filter_map(|(t, list)| own(telling, t, list))));
    for accounts in by_topic.values() {
        let pairs =
            accounts.iter().enumerate().flat_map(|(n, a)| accounts[n + 1..].iter().map(move |b| (a, b)));
        let pairs = pairs.filter(|(a, b)| !period::are_of_other_months(telling, a.0, b.0));
        let is_manifold = n_values(accounts.iter().flat_map(|a| a.1)) > MANY_TOLLS;
        let rivals = |(a, b): (&(u32, &[Figure]), &(u32, &[Figure]))| {
            rivals(telling, &Tolls { weights: &weights, is_manifold }, *a, *b)
        };
        found.extend(pairs.take(MAX_PAIRS).flat_map(rivals));
    }
    found
}

/// Disagreements over slots: numbers beside like words, weighed by what else stands around them.
pub(super) fn slots(telling: &Telling) -> Vec<Disagreement> {
    let rivals = Rivals::new(telling);
    let mut pairs: Vec<(f64, rivalry::Rivalry)> = rivals
        .pairs()
        .into_iter()
        .map(|pair| (rivalry::probability(&pair.features), pair))
        .filter(|(p, _)| *p >= rivalry::REPORTED)
        .collect();
    // The likeliest first; in a tie what stands first in the texts.
    pairs.sort_by(|p, q| q.0.total_cmp(&p.0));
    let mut taken: Vec<(usize, u32)> = Vec::new();
    let mut found = Vec::new();
    for (probability, pair) in pairs {
        let (x, y) = (rivals.slot(pair.x), rivals.slot(pair.y));
        let claims = [(pair.x, y.statement.account), (pair.y, x.statement.account)];
        // A number has one rival in another account.
        if claims.iter().any(|c| taken.contains(c)) {
            continue;
        }
        taken.extend(claims);
        found.extend(over_slot(telling, (x, y), probability));
    }
    found
}

fn over_slot(telling: &Telling, (x, y): (&Slot, &Slot), probability: f64) -> Option<Disagreement> {
    let (a, b) = (x.statement.account, y.statement.account);
    let is_unsure = period::are_undated(telling, a, b)
        && ["count", "money", "percent"].contains(&x.class.as_str())
        && telling.alignments.likeness(&x.statement, &y.statement) < MIN_UNDATED;
    let topic = x.topic.as_deref();
    if is_unsure
        || apart::are_apart(telling, (&x.statement, &x.quantity), (&y.statement, &y.quantity), topic)
        || !speak_of_one(telling, x, y)
        || period::are_of_other_months(telling, x.statement.account, y.statement.account)
        || includes_doer(telling, &x.statement) != includes_doer(telling, &y.statement)
    {
        return None;
    }
    let place = |s: &Slot| Place { statement: s.statement, focus: s.quantity.span };
    let text = |s: &Slot| s.quantity.span.of(&telling.document(s.statement.account).text).to_owned();
    let note = format!("{} against {} ({}, {probability:.2})", text(x), text(y), x.class);
    let is_time = ["clock", "day", "year"].contains(&x.class.as_str());
    let finding_type = if is_time { FindingType::Date } else { FindingType::Quantity };
    let difference = Difference {
        kind: finding_type,
        x: x.quantity.span,
        y: y.quantity.span,
        note: note.clone(),
        strength: 0.8,
    };
    let (kind, first, last) = explain_told(telling, &difference, place(x), place(y))?;
    // a count that grows is not brought up to date by a smaller one
    let (old, new) = if first.statement == x.statement { (x, y) } else { (y, x) };
    if kind == FindingKind::Revised && new.quantity.value < old.quantity.value {
        return None;
    }
    Some(Disagreement {
        kind,
        finding_type,
        x: first,
        y: last,
        likeness: 0.5,
        strength: 0.8,
        note,
        lean: 0.0,
    })
}

/// Share of two sentences, by weight of their words, that they must have in common for lengths of time, days or years in
/// them to be rivals: every story tells of many.
const MIN_SHARED_LENGTH: f64 = 0.45;
/// Counted things less near than this are two things, where they are few.
const ONE_THING: f64 = 0.55;
/// So many are few, of things.
const FEW_THINGS: f64 = 12.0;

/// Whether the sentences of two numbers speak of one thing, whatever stands right beside the numbers: ages of one person,
/// lengths or days of one event, a few of one kind.
fn speak_of_one(telling: &Telling, x: &Slot, y: &Slot) -> bool {
    let (a, b) = (overlap::words_of(telling, &x.statement), overlap::words_of(telling, &y.statement));
    let links = overlap::links(&a, &b);
    let is_name =
        |l: &overlap::Link| l.likeness >= overlap::SAME && a.list[l.x].is_name && b.list[l.y].is_name;
    let counted = x.quantity.counted_lemma.as_deref().zip(y.quantity.counted_lemma.as_deref());
    let is_few = x.quantity.value.max(y.quantity.value) <= FEW_THINGS;
    match x.class.as_str() {
        "age" => links.iter().any(is_name),
        // of two windows of a running count ("in three weeks 16 million, in five 26 million") neither is wrong
        "length" if !x.siblings.is_empty() && !y.siblings.is_empty() && share_no_number(x, y) => false,
        "length" | "day" | "year" => overlap::overlap(&a, &b, &links).both(&a, &b) >= MIN_SHARED_LENGTH,
        _ => counted.is_none_or(|(p, q)| {
            let is_one = quantity::are_one_thing(p, q);
            !is_few || is_one || words::nearness(p, q).is_none_or(|n| n >= ONE_THING)
        }),
    }
}

/// Whether no other number of one slot's sentence stands beside the other slot.
fn share_no_number(x: &Slot, y: &Slot) -> bool {
    !x.siblings.iter().any(|s| y.siblings.contains(s))
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
    // who holds an office changes in time
    if x.class == "office" && a != b && period::are_undated(telling, a, b) && has_no_likeness(telling, x, y) {
        return None;
    }
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
    } else if x.class == "appointment" {
        // "will be" and "becomes" tell of one appointment
        (FindingKind::Conflict, place(x), place(y))
    } else {
        explain(telling, &difference, place(x), place(y))?
    };
    Some(Disagreement { kind, finding_type, x, y, likeness: 0.45, strength: 0.75, note, lean: 0.0 })
}

/// How many different numbers of one topic the accounts of a story give as figures of the event.
fn n_values<'a>(figures: impl Iterator<Item = &'a Figure>) -> usize {
    let plain = figures.filter(|f| f.aspect == Aspect::Plain);
    plain.map(|f| f.quantity.value.to_bits()).collect::<BTreeSet<_>>().len()
}

/// What is known of a topic in a story.
struct Tolls<'a> {
    weights: &'a Weights,
    /// Whether so many different numbers are given that they cannot be of one event: a war, not a fire.
    is_manifold: bool,
}

/// Whether the sentences that name two offices have too little in common to be of one time.
fn has_no_likeness(telling: &Telling, x: &Said, y: &Said) -> bool {
    telling.alignments.likeness(&x.statement, &y.statement) < MIN_UNDATED
}

/// The figures of two accounts on one topic that exclude one another, where neither account has the other's.
fn rivals(telling: &Telling, tolls: &Tolls, a: (u32, &[Figure]), b: (u32, &[Figure])) -> Vec<Disagreement> {
    let weights = tolls.weights;
    // of few, words that are merely near say nothing
    let around = |x: &Figure, y: &Figure| {
        let is_few = x.quantity.value.max(y.quantity.value) <= FEW;
        if is_few { weights.likeness(x, y) } else { weights.likeness_in_meaning(x, y) }
    };
    let score =
        |x: &Figure, y: &Figure| around(x, y) + 4.0 * telling.alignments.likeness(&x.statement, &y.statement);
    let candidate = |x: &Figure, y: &Figure| {
        let could_be = compare::could_be_rivals(x, y);
        let is_sure = could_be && compare::are_of_one_thing(x, y)
            || explains(telling, x, y) == Some(FindingKind::Revised);
        (could_be || is_sure).then(|| score(x, y)).filter(|score| is_sure || *score >= NEEDED_APART)
    };
    let mut pairs: Vec<(f64, &Figure, &Figure)> = Vec::new();
    for x in leading(a.1) {
        pairs.extend(leading(b.1).filter_map(|y| Some((candidate(x, y)?, x, y))));
    }
    // The likeliest pairs first; in a tie what stands first in the texts.
    pairs.sort_by(|p, q| q.0.total_cmp(&p.0));
    let (mut used, mut found) = (Vec::new(), Vec::new());
    for (score, x, y) in pairs {
        let is_used = used.iter().any(|u| *u == x.quantity.span || *u == y.quantity.span);
        if is_used || score < needed(a.1, b.1, x, y) {
            continue;
        }
        used.extend([x.quantity.span, y.quantity.span]);
        found.extend(disagreement(telling, (a.1, x), (b.1, y), score, tolls.is_manifold));
    }
    found
}

/// The figures of an account on one topic that may have rivals: of what befell people and of a magnitude only the first,
/// which is that of the event.
fn leading(list: &[Figure]) -> impl Iterator<Item = &Figure> {
    let is_one = list.first().is_some_and(|f| compare::is_frame(&f.topic) || f.topic == "measure:magnitude");
    // "The toll rose to 13 when four of the injured died": the total leads.
    let is_plain = |f: &&Figure| f.aspect == Aspect::Plain;
    let total = list.iter().filter(is_plain).find(|f| is_one && f.is_total);
    let others = list.iter().filter(move |f| f.aspect == Aspect::Plain && total.is_none());
    total.into_iter().chain(others.take(if is_one { 1 } else { list.len() }))
}

/// How much two figures must have in common to be rivals: nothing for what befell people, more for what an account counts
/// more than once.
fn needed(a: &[Figure], b: &[Figure], x: &Figure, y: &Figure) -> f64 {
    let is_once = n_values(a.iter()) == 1 && n_values(b.iter()) == 1;
    match x.topic.split(':').next() {
        // where several were sentenced, the words around have to say which of them
        Some(penalty::TOPIC) if !is_once => NEEDED,
        _ if compare::is_frame(&x.topic) || x.topic == "tally" || x.topic == "measure:magnitude" => 0.0,
        Some("number" | "people") => f64::INFINITY,
        // so many soldiers fell, or so many more
        Some("count") if is_once && x.fate.is_some() && x.fate == y.fate && y.is_total => 0.0,
        Some("count") if is_once && x.quantity.value > FEW => NEEDED_ONCE,
        Some("measure") if is_once && compare::stand_beside_one(x, y) => NEEDED_BESIDE,
        _ if is_once && x.quantity.value > FEW => NEEDED_ONCE + 1.0,
        _ => NEEDED,
    }
}

/// The earlier of two figures first, by the days of the reports, else by the days that stand beside the figures.
fn in_order<'f>(telling: &Telling, x: &'f Figure, y: &'f Figure) -> Option<(&'f Figure, &'f Figure)> {
    let reported = |f: &Figure| {
        let published = &telling.document(f.statement.account).published;
        published.value.map(|first| (first, published.until.unwrap_or(first)))
    };
    let order = |p: (Date, Date), q: (Date, Date)| {
        if p.1 < q.0 {
            Some((x, y))
        } else if q.1 < p.0 {
            Some((y, x))
        } else {
            None
        }
    };
    let named = |f: &Figure| f.day.map(|d| (d.first, d.last));
    reported(x).zip(reported(y)).and_then(|(p, q)| order(p, q)).or_else(|| {
        let (p, q) = named(x).zip(named(y))?;
        order(p, q).filter(|_| !are_dated(telling, x, y))
    })
}

/// Whether both reports have a day of their own.
fn are_dated(telling: &Telling, x: &Figure, y: &Figure) -> bool {
    [x, y].iter().all(|f| telling.document(f.statement.account).published.own_day().is_some())
}

/// How far and how high, which is told of many things in one story.
fn is_extent(f: &Figure) -> bool {
    f.topic.starts_with("measure:") && f.topic != "measure:magnitude"
}

/// Whether two extents are said of two things, as far as their clauses tell.
fn are_of_others(x: &Figure, y: &Figure) -> bool {
    let is_one = x.subject == y.subject && x.subject.as_ref().is_some_and(|s| s.starts_with("e:"));
    is_extent(x) && !is_one
}

/// Whether time explains two figures: a later account brings a growing count up, or says that it changed.
fn explains(telling: &Telling, x: &Figure, y: &Figure) -> Option<FindingKind> {
    let is_event = |f: &Figure| f.aspect == Aspect::Plain;
    let is_part = |f: &Figure| f.whole.is_some();
    if is_extent(x)
        || !is_event(x)
        || !is_event(y)
        || is_part(x) != is_part(y)
        || !compare::are_one_measure(x, y)
    {
        return None;
    }
    let is_later = |earlier: &Figure, later: &Figure| {
        let is_fall = quantity::grows(&later.topic) && later.quantity.value < earlier.quantity.value;
        let is_told = tells_of_change(telling, &later.statement);
        compare::is_raised(earlier, later)
            || compare::are_rivals(earlier, later)
                && is_told
                && (!is_fall || tells_of_fall(telling, &later.statement))
    };
    let is_explained = match in_order(telling, x, y) {
        Some((earlier, later)) => is_later(earlier, later),
        // Undated reports: the one that says that the count rose is the later one.
        None if !are_dated(telling, x, y) => {
            let says =
                |a: &Figure, b: &Figure| compare::is_raised(a, b) && tells_of_change(telling, &b.statement);
            says(x, y) || says(y, x)
        }
        None => false,
    };
    is_explained.then_some(FindingKind::Revised)
}

/// Whether the figures of two accounts may be put against each other: a count that grows must be settled on both sides,
/// or the reports are only of different hours.
fn is_settled(x: &Figure, y: &Figure) -> bool {
    let is_exact = |f: &Figure| f.quantity.hedge == Hedge::Exact;
    !quantity::grows(&x.topic) || is_exact(x) && is_exact(y)
}

/// A figure with the word before it that says what it measures ("magnitude of 6.2").
fn place(telling: &Telling, f: &Figure) -> Place {
    let mut focus = f.quantity.span;
    let text = &telling.document(f.statement.account).text;
    if let Some(before) = text.get(..focus.start as usize)
        && let Some(rest) = ["magnitude ", "magnitude of "].iter().find_map(|m| before.strip_suffix(m))
        && f.topic == "measure:magnitude"
    {
        focus = Span::new(rest.len(), focus.end as usize);
    }
    Place { statement: f.statement, focus }
}

/// Figures of one account that exclude one another, of what does not change in the time of a report: how many were
/// aboard, how a vote went.
fn own(telling: &Telling, topic: &str, list: &[Figure]) -> Option<Disagreement> {
    // several may be sentenced in one report
    if !(compare::is_frame(topic) || topic == "tally") || quantity::grows(topic) || topic == penalty::TOPIC {
        return None;
    }
    let pairs = list.iter().enumerate().flat_map(|(n, x)| list[n + 1..].iter().map(move |y| (x, y)));
    let mut rivals = pairs.take(MAX_PAIRS).filter(|(x, y)| {
        // 30 passengers and two crew, 66 passengers and three crew: two ships
        let has_other = |f: &Figure, o: &Figure| f.siblings.iter().any(|s| o.siblings.contains(s));
        let is_other = !x.siblings.is_empty() && !y.siblings.is_empty() && !has_other(x, y);
        x.statement != y.statement
            && !is_other
            && x.whole.is_none() == y.whole.is_none()
            && compare::are_rivals(x, y)
            && !list.iter().any(|z| z.aspect == Aspect::Former)
    });
    let (x, y) = rivals.next()?;
    Some(Disagreement {
        kind: FindingKind::SelfContradiction,
        finding_type: FindingType::Quantity,
        x: place(telling, x),
        y: place(telling, y),
        likeness: 0.5,
        strength: 0.75,
        note: format!("{} against {} ({topic})", x.quantity.value, y.quantity.value),
        lean: 0.0,
    })
}

/// People who were missing in one account and are found in a later one: "two people are missing" against "the two brothers
/// who had been missing were found alive".
fn located(telling: &Telling, by_account: &[(u32, Arc<Topics>)]) -> Vec<Disagreement> {
    let mut found = Vec::new();
    let finds: Vec<(Statement, Span, Vec<f64>)> =
        telling.alignments.statements.iter().filter_map(|s| finding_of_missing(telling, s)).collect();
    let missing = by_account.iter().filter_map(|(_, topics)| leading(topics.get("missing")?).next());
    for x in missing {
        for (statement, focus, _) in finds.iter().filter(|(_, _, n)| n.contains(&x.quantity.value)) {
            let published = |m: u32| telling.document(m).published.value;
            let is_earlier = published(statement.account) < published(x.statement.account)
                && published(statement.account).is_some();
            if statement.account != x.statement.account && !is_earlier {
                found.push(Disagreement {
                    kind: FindingKind::Revised,
                    finding_type: FindingType::Outcome,
                    x: place(telling, x),
                    y: Place { statement: *statement, focus: *focus },
                    likeness: 0.5,
                    strength: 0.75,
                    note: format!("{} missing, then found", x.quantity.value),
                    lean: 0.0,
                });
            }
        }
    }
    found
}

/// A sentence that says of missing people that they were found: the words that say so, and the numbers in it.
fn finding_of_missing(telling: &Telling, statement: &Statement) -> Option<(Statement, Span, Vec<f64>)> {
    let annotations = &telling.account(statement.account).annotations;
    let sentence = telling.sentence(statement);
    let tokens = annotations.tokens_of(sentence);
    tokens.iter().find(|t| matches!(t.lemma.as_str(), "missing" | "miss"))?;
    let at = tokens.iter().position(|t| matches!(t.lemma.as_str(), "find" | "rescue" | "recover"))?;
    let is_negated =
        tokens[..at].iter().rev().take(4).any(|t| matches!(t.lemma.as_str(), "not" | "never" | "n't"));
    let state = tokens[at..].iter().take(4).find(|t| matches!(t.lemma.as_str(), "alive" | "dead" | "safe"));
    let is_done = !is_negated && (state.is_some() || tokens[at].lemma == "rescue");
    let first = annotations.quantities.partition_point(|q| q.span.start < sentence.span.start);
    let numbers = annotations.quantities[first..].iter().take_while(|q| sentence.span.contains(q.span));
    let end = state.unwrap_or(&tokens[at]).span.end;
    let focus = Span::new(tokens[at].span.start as usize, end as usize);
    is_done.then(|| (*statement, focus, numbers.map(|q| q.value).collect()))
}

/// Whether `y` is the earlier of two figures of which one revises the other.
fn is_turned(telling: &Telling, x: &Figure, y: &Figure) -> bool {
    match in_order(telling, x, y) {
        Some((earlier, _)) => earlier.quantity.span == y.quantity.span && earlier.statement == y.statement,
        None => y.quantity.value < x.quantity.value,
    }
}

/// Those who do harm, whom some counts of its victims include.
const DOERS: [&str; 10] = [
    "gunman",
    "shooter",
    "assailant",
    "attacker",
    "bomber",
    "suspect",
    "perpetrator",
    "killer",
    "terrorist",
    "hijacker",
];

/// Whether one of two figures of dead or hurt that hardly differ says that it includes who did it.
fn counts_the_doer(telling: &Telling, x: &Figure, y: &Figure) -> bool {
    let includes = |f: &Figure| includes_doer(telling, &f.statement);
    (x.quantity.value - y.quantity.value).abs() <= 2.0 && includes(x) != includes(y)
}

/// Whether a sentence says that a count of those who were harmed includes who did it.
fn includes_doer(telling: &Telling, s: &Statement) -> bool {
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let at = tokens.iter().position(|t| t.lemma == "include" || t.lemma == "including");
    at.is_some_and(|at| tokens[at..].iter().take(6).any(|t| DOERS.contains(&t.lemma.as_str())))
}

/// Whether two tolls of a story that tells of many may be that of all of them: the later one is a total, and the earlier one
/// no count of one place or of one day among others.
fn are_of_one_war(x: &Figure, y: &Figure, score: f64) -> bool {
    let is_bound = |f: &Figure, other: &Figure| !f.names.is_subset(&other.names) || f.day.is_some();
    x.is_total && y.is_total || score >= NEEDED || score >= NEEDED_AT_WAR && !is_bound(x, y)
}

/// Whether an account gives the figure of the other side too, as somebody's, beside its own of somebody else.
fn cites(telling: &Telling, all: &[Figure], other: &Figure, own: &Figure) -> bool {
    let said = |f: &Figure| speaker(telling, &place(telling, f));
    compare::is_frame(&own.topic)
        && all.iter().any(|o| {
            (o.quantity.value - other.quantity.value).abs() < 1e-9
                && o.statement != own.statement
                && said(o).is_some()
                && said(o) != said(own)
        })
}

/// What two figures are, seen beside all that their accounts give: nothing, where one account has both.
fn kind_between(
    telling: &Telling,
    kind: FindingKind,
    (all_x, x): (&[Figure], &Figure),
    (all_y, y): (&[Figure], &Figure),
) -> Option<FindingKind> {
    let has = |list: &[Figure], f: &Figure| {
        list.iter().any(|o| !compare::differ(o, f) && (o.aspect != Aspect::Forecast))
    };
    let has_equal =
        |list: &[Figure], f: &Figure| list.iter().any(|o| (o.quantity.value - f.quantity.value).abs() < 1e-9);
    match kind {
        // A report that gives both figures says itself that the count rose.
        FindingKind::Revised => (!has_equal(all_x, y)).then_some(kind),
        _ if has(all_x, y) || has(all_y, x) => {
            (cites(telling, all_x, y, x) || cites(telling, all_y, x, y)).then_some(FindingKind::Disputed)
        }
        _ => is_settled(x, y).then_some(kind),
    }
}

fn disagreement(
    telling: &Telling,
    (all_x, x): (&[Figure], &Figure),
    (all_y, y): (&[Figure], &Figure),
    score: f64,
    is_manifold: bool,
) -> Option<Disagreement> {
    let (a, b) = (x.statement.account, y.statement.account);
    let kind = explains(telling, x, y).unwrap_or(FindingKind::Conflict);
    let is_copy = telling.lineage.origin_of(a) == telling.lineage.origin_of(b);
    let (x, y, all_x) = match kind {
        FindingKind::Revised if is_turned(telling, x, y) => (y, x, all_y),
        _ => (x, y, all_x),
    };
    let kind = kind_between(telling, kind, (all_x, x), (all_y, y))?;
    let (low, high) = (x.quantity.value.min(y.quantity.value), x.quantity.value.max(y.quantity.value));
    let published = |f: &Figure| telling.document(f.statement.account).published.value;
    let apart = published(x).zip(published(y)).map_or(0, |(p, q)| (p - q).get_days().abs());
    let is_revised = kind == FindingKind::Revised;
    // what is counted day by day may be more two days later; a toll that another is so far from is that of another event,
    // or of all of them
    let is_running = !is_revised && x.topic.starts_with("count:") && apart > MAX_DAYS_COUNTING;
    let is_far = high > MAX_TIMES * low
        || is_manifold && !is_revised && high > MAX_TIMES_AT_ONCE * low && score < NEEDED_AT_ONCE
        || is_manifold && is_revised && !are_of_one_war(x, y, score);
    // of reports without a day nobody knows whether they are of one time
    let is_undated = period::are_undated(telling, a, b);
    let is_unsure = is_undated
        && match compare::is_frame(&x.topic) {
            true if is_revised => high > MAX_TIMES_UNDATED * low && score < NEEDED_AT_WAR,
            true => high > MAX_TIMES_AT_ONCE * low && score < NEEDED_AT_ONCE,
            false => {
                compare::is_of_some_thing(&x.topic)
                    && telling.alignments.likeness(&x.statement, &y.statement) < MIN_UNDATED
            }
        };
    if is_running || is_unsure || compare::is_frame(&x.topic) && is_far {
        return None;
    }
    // A toll that is said to have risen, and one that opens both reports, is that of the event.
    let opens = |f: &Figure| f.statement.unit < N_OPENING;
    let is_told = y.is_total
        || tells_of_change(telling, &y.statement)
        || opens(x) && opens(y) && high <= MAX_GROWTH * low;
    // reports of different seasons count different things, unless both name one day
    if apart > MAX_DAYS && (x.day.is_none() || y.day.is_none()) {
        return None;
    }
    if !is_told && !compare::are_of_one_event(x, y, score, is_revised) || counts_the_doer(telling, x, y) {
        return None;
    }
    let is_garbled = copied::are_transposed(x.quantity.value, y.quantity.value)
        && (copied::is_spun(telling, &x.statement) || copied::is_spun(telling, &y.statement));
    if is_copy && is_garbled {
        return None;
    }
    // Within one lineage only time explains another figure here; corruptions are found sentence by sentence.
    if is_copy && kind != FindingKind::Revised || are_of_others(x, y) {
        return None;
    }
    let (own, other) = ((&x.statement, &x.quantity), (&y.statement, &y.quantity));
    let is_apart = apart::are_of_polls(telling, own, other)
        || apart::are_of_a_player(telling, own, other)
        || kind != FindingKind::Revised && apart::are_apart(telling, own, other, Some(&x.topic));
    if is_apart {
        return None;
    }
    let place = |f: &Figure| place(telling, f);
    let note = format!("{} against {} ({}, {score:.1})", x.quantity.value, y.quantity.value, x.topic);
    Some(Disagreement {
        kind,
        finding_type: FindingType::Quantity,
        x: place(x),
        y: place(y),
        likeness: 0.5,
        strength: 0.8,
        note,
        lean: 0.0,
    })
}
