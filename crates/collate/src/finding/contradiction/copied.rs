//! Differences along a copy: what it corrupted, and what it brought up to date.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use variorum_schema::{CopyKind, Direction, FindingKind, FindingType, Hedge, Polarity, Span};

use super::{Candidate, Disagreement, Place};
use crate::Account;
use crate::align::Statement;
use crate::copy::{agency_names, is_agency_itself};
use crate::difference::lone::is_of_days;
use crate::difference::traded::is_of_harmed;
use crate::difference::{Comparison, Difference, quantity};
use crate::finding::counterpart::Bond;
use crate::finding::figure::{self, Topics, period};
use crate::telling::Telling;

/// Differences between two statements of one lineage; `x` of the result is the side nearer to the original.
pub(super) fn along_copy(telling: &Telling, pair: &Candidate) -> Vec<Disagreement> {
    if is_brought_up_by_one_voice(telling, pair)
        || is_written_anew(telling, pair)
        || are_of_a_series(telling, pair)
    {
        return Vec::new();
    }
    let comparison = compared(telling, &pair.x, &pair.y, pair.likeness);
    let is_rewritten = match pair.bond {
        Bond::Likeness => {
            comparison.is_rewritten()
                || is_reworded(telling, &pair.x, &pair.y) && comparison.stands_in_place()
        }
        Bond::Place => is_reworded(telling, &pair.x, &pair.y) && comparison.stands_in_place(),
        Bond::Part | Bond::Moved => {
            comparison.is_rewritten()
                || is_reworded(telling, &pair.x, &pair.y) && comparison.is_part_rewritten()
        }
    };
    let is_alike = pair.likeness >= MIN_ALIKE || pair.bond == Bond::Moved;
    if !is_rewritten && !(is_alike && is_reworded(telling, &pair.x, &pair.y)) {
        return Vec::new();
    }
    let mut differences = comparison.differences();
    // where much was exchanged, numbers may measure something else; a "not" beside the same words was lost, and
    // an office is bound to its name
    let is_bound =
        |kind| matches!(kind, FindingType::Negation | FindingType::Title | FindingType::Attribution);
    let is_outcome = |kind| pair.bond == Bond::Moved && kind == FindingType::Outcome;
    // the same digits turned about, "eastern" for "western": what no rewording does
    let is_turned = |d: &Difference| d.kind == FindingType::Direction || is_transposition(telling, pair, d);
    // the only day of a sentence that was put into a longer one, where that has one day, too
    let is_day = |d: &Difference| pair.bond == Bond::Part && is_of_days(&comparison, d);
    let is_of_parts = |d: &Difference| is_day(d) || is_of_harmed(&comparison, d);
    differences
        .retain(|d| is_rewritten || is_bound(d.kind) || is_outcome(d.kind) || is_turned(d) || is_of_parts(d));
    // in a sentence that was put into a longer one, "not" may be the neighbour's
    let is_sure =
        !matches!(pair.bond, Bond::Part | Bond::Moved) || comparison.part_share() >= MIN_NEGATED_PART;
    differences.retain(|d| is_sure || d.kind != FindingType::Negation || is_of_one_verb(telling, pair, d));
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
        .filter(|d| {
            d.kind != FindingKind::CorruptedCopy || !is_one_outlet(telling, d) && !are_versions(telling, d)
        })
        .collect()
}

/// Likeness below which a sentence of a copy that was cut and edited by hand is the editor's own, or was taken from elsewhere.
const MIN_EDITED: f64 = 0.55;

/// Whether two sentences of an edited or agency copy are no versions of one sentence: an editor leaves what he takes as it
/// is, or writes his own.
fn is_written_anew(telling: &Telling, pair: &Candidate) -> bool {
    let (x, y) = (telling.id(pair.x.account), telling.id(pair.y.account));
    let edge = telling.lineage.edge(&x, &y).map(|(copy, _)| copy);
    let is_spun = edge.is_some_and(|c| c.kind == CopyKind::Reworded && c.share.max(c.share_from) >= MIN_SPUN);
    pair.likeness < MIN_EDITED && !is_spun
}

/// Whether two reports of one form tell of other months in other numbers: the figures of March and of April, put into the
/// sentences in which they are told every month.
fn are_of_a_series(telling: &Telling, pair: &Candidate) -> bool {
    let numbers = |m: u32| -> BTreeSet<u64> {
        let all = &telling.account(m).annotations.quantities;
        all.iter().filter(|q| q.value > FEW).map(|q| q.value.to_bits()).collect()
    };
    let (x, y) = (numbers(pair.x.account), numbers(pair.y.account));
    let n_shared = x.intersection(&y).count();
    period::are_of_other_months(telling, pair.x.account, pair.y.account)
        && 3 * n_shared <= x.len().min(y.len())
        && x.len().min(y.len()) > 1
}

/// Whether the verb that is negated on one side of a difference is affirmed on the other: "would appeal", "would not appeal".
fn is_of_one_verb(telling: &Telling, pair: &Candidate, d: &Difference) -> bool {
    let claims = |s: &Statement, span: Span| -> BTreeSet<(String, bool)> {
        let all = telling.account(s.account).annotations.claims.iter().filter(|c| c.sentence == s.sentence);
        let touched =
            all.filter(|c| c.predicate.overlaps(span) || c.negation.is_some_and(|n| n.overlaps(span)));
        touched.map(|c| (c.lemma.clone(), c.polarity == Polarity::Negative)).collect()
    };
    let (xs, ys) = (claims(&pair.x, d.x), claims(&pair.y, d.y));
    xs.iter().any(|(lemma, is_negative)| lemma != "be" && ys.contains(&(lemma.clone(), !is_negative)))
}

/// Whether a number became one of the same digits in another order.
fn is_transposition(telling: &Telling, pair: &Candidate, d: &Difference) -> bool {
    let value = |s: &Statement, span: Span| {
        let all = &telling.account(s.account).annotations.quantities;
        all.iter().find(|q| q.span.overlaps(span)).map(|q| q.value)
    };
    let values = value(&pair.x, d.x).zip(value(&pair.y, d.y));
    d.kind == FindingType::Quantity && values.is_some_and(|(a, b)| are_transposed(a, b))
}

/// So many are few, and stand in any text.
const FEW: f64 = 12.0;

/// Whether the words of an account were exchanged throughout, from whatever account of the pile.
pub(super) fn is_spun(telling: &Telling, s: &Statement) -> bool {
    let id = telling.id(s.account);
    telling.lineage.copies.iter().any(|c| c.kind == CopyKind::Reworded && c.to == id)
}

/// The same digits in another order: 174, 147. No toll grows so.
pub(super) fn are_transposed(a: f64, b: f64) -> bool {
    let digits = |value: f64| {
        let mut digits: Vec<char> = format!("{value}").chars().collect();
        digits.sort_unstable();
        digits
    };
    a.to_bits() != b.to_bits() && digits(a) == digits(b)
}

/// Share of a copy that was reworded throughout.
const MIN_SPUN: f64 = 0.25;

/// Whether two accounts of one report give two counts of people throughout: versions of it from different hours, of which
/// neither was corrupted.
fn are_versions(telling: &Telling, d: &Disagreement) -> bool {
    let value = |p: &Place| {
        let all = &telling.account(p.statement.account).annotations.quantities;
        all.iter().find(|q| q.span.overlaps(p.focus)).map(|q| q.value)
    };
    let n = |p: &Place, value: f64| {
        let all = &telling.account(p.statement.account).annotations.quantities;
        all.iter().filter(|q| (q.value - value).abs() < 1e-9).count()
    };
    let is_count = |p: &Place| {
        let all = figure::figures(telling, p.statement.account);
        at(telling, &all, p).is_some_and(|(topic, _)| quantity::grows(&topic))
    };
    let Some((a, b)) = value(&d.x).zip(value(&d.y)) else { return false };
    // a machine that rewords a text puts a wrong figure wherever it stands
    let is_spun = is_reworded(telling, &d.x.statement, &d.y.statement);
    d.finding_type == FindingType::Quantity
        && !is_spun
        && !are_transposed(a, b)
        && (is_count(&d.x) || is_count(&d.y))
        && n(&d.x, a) > 1
        && n(&d.y, b) > 1
        && n(&d.x, b) == 0
        && n(&d.y, a) == 0
}

/// Share of a sentence that was put into a longer one, from which a "not" that one of them has is its own.
const MIN_NEGATED_PART: f64 = 0.7;
/// Likeness from which two sentences of a text that was reworded throughout are one statement, however much was exchanged.
const MIN_ALIKE: f64 = 0.42;

/// Whether one of two accounts rewords the other: there every sentence that is alike was rewritten, while an edited or
/// cut text has sentences of its own beside those it took.
pub(super) fn is_reworded(telling: &Telling, x: &Statement, y: &Statement) -> bool {
    let (x, y) = (telling.id(x.account), telling.id(y.account));
    telling.lineage.edge(&x, &y).is_some_and(|(c, _)| c.kind == CopyKind::Reworded)
}

/// Two statements of one lineage side by side.
fn compared<'a>(
    telling: &'a Telling<'a>,
    x: &'a Statement,
    y: &'a Statement,
    likeness: f64,
) -> Comparison<'a> {
    let comparison = Comparison::new(telling, x, y, likeness, true);
    if is_reworded(telling, x, y) { comparison.turned() } else { comparison }
}

/// Two reports of one outlet: what differs was rewritten by those who wrote it.
pub(super) fn is_one_outlet(telling: &Telling, d: &Disagreement) -> bool {
    let outlet = |p: &Place| telling.document(p.statement.account).outlet.as_ref().map(|o| o.to_lowercase());
    outlet(&d.x).is_some() && outlet(&d.x) == outlet(&d.y)
}

/// What an agency writes before the headline of a report that takes the place of another.
const UPDATES: [&str; 5] = ["UPDATE", "CORRECTED", "REFILE", "RECAST", "WRAPUP"];

/// Two reports of one agency on two days, or a report and its update, or a copy of one and the report of two days before: the later one tells what
/// became of it, and corrupts nothing.
fn is_brought_up_by_one_voice(telling: &Telling, pair: &Candidate) -> bool {
    let (a, b) = (telling.account(pair.x.account), telling.account(pair.y.account));
    let is_own = |account: &Account, agency: &str| {
        account.document.outlet.is_none() || is_agency_itself(account, agency)
    };
    let shared = || agency_names(a).into_iter().filter(|n| agency_names(b).contains(n));
    let is_one_voice = shared().any(|n| is_own(a, &n) && is_own(b, &n));
    let is_of_one = shared().any(|n| is_own(a, &n) || is_own(b, &n));
    let day = |a: &Account| a.document.published.own_day();
    let apart = day(a).zip(day(b)).map_or(0, |(p, q)| (p - q).get_days().abs());
    let is_update = [a, b].iter().any(|x| {
        let in_text = || x.document.title.map(|t| t.of(&x.document.text));
        let title = x.document.title_text.as_deref().or_else(in_text).unwrap_or_default();
        UPDATES.iter().any(|u| title.starts_with(u))
    });
    is_one_voice && (apart > 0 || is_update) || is_of_one && apart > 1
}

/// Of two copies of one text, what differs is found between each and the text that it was taken from: where that shows
/// that the side taken for the original is itself the changed one, or that the original said yet another thing, the
/// difference is told already.
pub(super) fn untold(telling: &Telling, found: Vec<Disagreement>) -> Vec<Disagreement> {
    let id = |p: &Place| telling.id(p.statement.account);
    let is_edge = |d: &Disagreement| telling.lineage.edge(&id(&d.x), &id(&d.y)).is_some();
    let label = |p: &Place| p.focus.of(&telling.document(p.statement.account).text).to_lowercase();
    let direct: Vec<Disagreement> = found.iter().filter(|d| is_edge(d)).cloned().collect();
    let changes = |of: &Disagreement, p: &Place| -> Vec<Disagreement> {
        let is_it = |e: &&Disagreement| e.kind == of.kind && super::touch(&e.y, p);
        direct.iter().filter(is_it).cloned().collect()
    };
    let is_told = |d: &Disagreement| {
        let changed = changes(d, &d.y);
        match changed.is_empty() {
            false => !changed.iter().any(|e| label(&e.x) == label(&d.x)),
            true => !changes(d, &d.x).is_empty(),
        }
    };
    // who reworded an agency's text changed it, whatever others say
    let is_spun = |d: &Disagreement| {
        let edge = telling.lineage.edge(&id(&d.y), &id(&d.x));
        edge.is_some_and(|(copy, is_forward)| copy.kind == CopyKind::Reworded && is_forward)
    };
    let kept = found.iter().filter(|d| is_edge(d) || !is_told(d)).cloned();
    let turned = kept.filter_map(|d| match is_agency_blamed(telling, &d) {
        true if is_spun(&d) => Some(Disagreement { x: d.y, y: d.x, ..d }),
        true => None,
        false => Some(d),
    });
    turned.collect()
}

/// Whether an agency's own text would have corrupted what another outlet carries of the agency.
fn is_agency_blamed(telling: &Telling, d: &Disagreement) -> bool {
    let (a, b) = (telling.account(d.x.statement.account), telling.account(d.y.statement.account));
    let is_own =
        |account: &Account, n: &str| account.document.outlet.is_none() || is_agency_itself(account, n);
    agency_names(b).iter().any(|n| is_own(b, n) && agency_names(a).contains(n) && !is_own(a, n))
}

/// Likeness from which two statements of one lineage are compared.
const MIN_COPY: f64 = 0.34;

/// From this lean on, other accounts decide which side was changed.
const CLEAR_LEAN: f64 = 1.0;

/// Where no other account says which side of a copy was changed, the record decides: the account that was caught more
/// often elsewhere.
pub(super) fn turn_by_record(found: &mut [Disagreement]) {
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

/// A younger copy with a higher count of casualties was brought up to date, not corrupted: the older place first. Where no
/// day says which is younger, a count that is only a lower bound in both ("at least 12", "at least 15") grew.
fn brought_up_to_date(telling: &Telling, d: &Difference, x: Place, y: Place) -> Option<(Place, Place)> {
    let published = |p: &Place| telling.document(p.statement.account).published.own_day();
    let order = published(&x).zip(published(&y)).map(|(p, q)| p.cmp(&q));
    if d.kind != FindingType::Quantity || order == Some(std::cmp::Ordering::Equal) {
        return None;
    }
    let (all_x, all_y) =
        (figure::figures(telling, x.statement.account), figure::figures(telling, y.statement.account));
    let (topic, value_x) = at(telling, &all_x, &x)?;
    let (other, value_y) = at(telling, &all_y, &y)?;
    // no later count has the same digits turned about, where the words were exchanged throughout
    if are_transposed(value_x, value_y) && (is_spun(telling, &x.statement) || is_spun(telling, &y.statement))
    {
        return None;
    }
    let is_raised = match order {
        Some(std::cmp::Ordering::Less) => value_y > value_x,
        Some(_) => value_x > value_y,
        None => true,
    };
    let is_hedged = |all: &Topics, value: f64| {
        let same =
            all.get(&topic).into_iter().flatten().filter(|f| f.quantity.value.to_bits() == value.to_bits());
        same.into_iter().any(|f| f.quantity.hedge == Hedge::AtLeast)
    };
    let is_grown = order.is_some() || is_hedged(&all_x, value_x) && is_hedged(&all_y, value_y);
    (topic == other && quantity::grows(&topic) && is_raised && is_grown).then_some(if value_x < value_y {
        (x, y)
    } else {
        (y, x)
    })
}

/// Topic and value of the figure at a place: by its span, in a headline by its number.
fn at(telling: &Telling, all: &Topics, place: &Place) -> Option<(String, f64)> {
    let quantities = &telling.account(place.statement.account).annotations.quantities;
    let told = quantities.iter().find(|q| q.span.overlaps(place.focus))?;
    let figures = || all.iter().flat_map(|(t, l)| l.iter().map(move |f| (t, f)));
    let here = figures().find(|(_, f)| f.quantity.span.overlaps(place.focus));
    let found = here.or_else(|| {
        figures().find(|(t, f)| quantity::grows(t) && f.quantity.value.to_bits() == told.value.to_bits())
    });
    found.map(|(t, f)| (t.clone(), f.quantity.value))
}

/// Where the first of two statements differs from the second, were one a copy.
fn differing(
    telling: &Telling,
    x: &Statement,
    y: &Statement,
    likeness: f64,
) -> Arc<Vec<(FindingType, Span)>> {
    telling.memory.copied.get((*x, *y, likeness.to_bits()), || {
        let found = compared(telling, x, y, likeness).differences();
        found.into_iter().map(|d| (d.kind, d.x)).collect()
    })
}

/// Statements of third accounts that are asked which side is the original: in a story of hundreds of accounts, some
/// dozens decide as well as all.
const MAX_WITNESSES: usize = 48;

/// Positive if the first statement is the more original of the two: support by third accounts, then the lineage.
fn lean(telling: &Telling, pair: &Candidate, difference: &Difference) -> f64 {
    let mut lean = 0.0;
    // where it is known who took the text from whom, others who took it over, too, are no witnesses
    let (x, y) = (telling.id(pair.x.account), telling.id(pair.y.account));
    let edge = telling.lineage.edge(&x, &y);
    let is_known = edge.is_some_and(|(copy, _)| copy.direction == Direction::Forward);
    let origin = |account: u32| telling.lineage.own_origin_of(account);
    let is_witness = |far: u32| !is_known || origin(far) != origin(pair.x.account);
    for (own, rival, sign) in [(pair.x, pair.y, 1.0), (pair.y, pair.x, -1.0)] {
        let third = telling.alignments.alike(&own).filter(|(far, likeness)| {
            far.account != rival.account && far.account != own.account && *likeness >= MIN_COPY
        });
        for (far, likeness) in third.take(MAX_WITNESSES) {
            let differs = |s: &Statement, is_first: bool| {
                let focus = if is_first == (sign > 0.0) { difference.x } else { difference.y };
                let found = differing(telling, s, &far, likeness);
                found.iter().any(|(kind, x)| *kind == difference.kind && x.overlaps(focus))
            };
            if is_witness(far.account) && !differs(&own, true) && differs(&rival, false) {
                lean += sign;
            }
        }
    }
    // what third accounts say is stronger than any descent
    if lean != 0.0 {
        return lean;
    }
    let weight = if is_known { CLEAR_LEAN } else { 0.5 };
    let edge = edge.map_or(0.0, |(_, is_forward)| if is_forward { weight } else { -weight });
    let place = |id: &str| {
        telling.lineage.origins.iter().find_map(|o| o.documents.iter().position(|d| d == id)).unwrap_or(0)
    };
    let order = if place(&x) <= place(&y) { 0.1 } else { -0.1 };
    edge + order
}
