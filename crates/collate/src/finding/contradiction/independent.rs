//! Differences between statements of independent accounts, and what explains them: time, or whose opinion it is.

use variorum_schema::{FindingKind, FindingType, Modality, Span};

use super::rival::grows;
use super::{Candidate, Disagreement, Place};
use crate::difference::{Comparison, Difference};
use crate::telling::Telling;

/// Differences between statements of two independent accounts.
pub(super) fn between(telling: &Telling, pair: &Candidate) -> Vec<Disagreement> {
    let comparison = Comparison::new(telling, &pair.x, &pair.y, pair.likeness, false);
    let differences = comparison.differences();
    differences
        .into_iter()
        .filter_map(|d| {
            let (x, y) = (Place { statement: pair.x, focus: d.x }, Place { statement: pair.y, focus: d.y });
            if d.kind == FindingType::Negation && (is_until(telling, &x) || is_until(telling, &y)) {
                return None;
            }
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

/// "Had never met him before the party", "did not speak until Friday": then it came about.
fn is_until(telling: &Telling, place: &Place) -> bool {
    let text = &telling.document(place.statement.account).text;
    let focus = place.focus.of(text).to_lowercase();
    let is_negated = focus.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "not" | "never" | "t"));
    let end = telling.sentence(&place.statement).span.end;
    let behind = Span::new(place.focus.end as usize, end as usize).of(text).to_lowercase();
    is_negated && behind.split(|c: char| !c.is_alphanumeric()).any(|w| matches!(w, "before" | "until"))
}

/// Whether time or opinion explains a difference: a later figure revises, two attributed opinions dispute. `None`: no
/// disagreement at all (an announcement against a report belongs to the comparison of expectations).
pub(super) fn explain(
    telling: &Telling,
    d: &Difference,
    x: Place,
    y: Place,
) -> Option<(FindingKind, Place, Place)> {
    let (claim_x, claim_y) = (claim_at(telling, &x), claim_at(telling, &y));
    let is_planned = |m: Option<Modality>| {
        matches!(m, Some(Modality::Planned | Modality::Demanded | Modality::Conditional))
    };
    if is_planned(claim_x.map(|c| c.modality)) != is_planned(claim_y.map(|c| c.modality)) {
        return None;
    }
    explain_told(telling, d, x, y)
}

/// The same for two places of which it is known already that both tell what was done, or both what is to come.
pub(super) fn explain_told(
    telling: &Telling,
    d: &Difference,
    x: Place,
    y: Place,
) -> Option<(FindingKind, Place, Place)> {
    let day = |p: &Place| telling.document(p.statement.account).published.value;
    if let (FindingType::Quantity | FindingType::Outcome, Some(p), Some(q)) = (d.kind, day(&x), day(&y))
        && p != q
        && (d.kind == FindingType::Outcome || grows(telling, &x) || grows(telling, &y))
    {
        let (x, y) = if p < q { (x, y) } else { (y, x) };
        return Some((FindingKind::Revised, x, y));
    }
    let (said_x, said_y) = (speaker(telling, &x), speaker(telling, &y));
    // What became of something is a fact, whoever passes it on.
    if matches!(d.kind, FindingType::Negation | FindingType::Direction)
        && said_x.is_some()
        && said_y.is_some()
    {
        return (said_x != said_y).then_some((FindingKind::Disputed, x, y));
    }
    Some((FindingKind::Conflict, x, y))
}

fn claim_at<'a>(telling: &Telling<'a>, place: &Place) -> Option<&'a variorum_schema::Claim> {
    let claims = telling.account(place.statement.account).annotations.claims_of(place.statement.sentence);
    claims.iter().filter(|c| c.span.overlaps(place.focus)).min_by_key(|c| c.span.len())
}

/// Name of the source to whom a place is attributed, if it is.
pub(super) fn speaker(telling: &Telling, place: &Place) -> Option<String> {
    let account = place.statement.account;
    let document = telling.document(account);
    let quotations = &telling.account(account).annotations.quotations;
    let quotation =
        quotations.iter().filter(|q| q.span.overlaps(place.focus)).min_by_key(|q| q.span.len())?;
    let source = quotation.source.as_ref()?;
    let name = source.entity.and_then(|e| telling.entities.name(account, e));
    Some(name.map_or_else(|| source.span.of(&document.text).to_lowercase(), str::to_owned))
}
