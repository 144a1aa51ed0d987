//! From scores to confidence: of findings of one sort with such a score, how many an editor who judged them found right.
//!
//! Scores are weighed by hand, each kind in its own way, and decide what is reported and in which order. What is printed is
//! the share of right ones among findings of the same sort: on the invented stories of development and on real news,
//! judged by hand (`variorum-dev train confidence`, `data/confidence.txt`).

use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{Copy, CopyKind, Feature, Finding, FindingKind, FindingType};

/// Name of the feature of a finding that tells how its confidence came about; its value is the score.
pub const FEATURE: &str = "score, before it was held against judged findings";
/// Scores from which the bands of a sort begin.
pub const BANDS: [f64; 3] = [0.0, 0.7, 0.85];

/// From which confidence on a finding is put before a reader as one: of those below, more than one in four would be wrong. They
/// are kept, told apart, and are not told in the brief.
pub const SURE: f64 = 0.75;

/// Findings of one sort with scores from one band.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Band {
    sort: &'static str,
    from: f64,
    share: f64,
    n_right: u32,
    n: u32,
}

static TABLE: LazyLock<Vec<Band>> = LazyLock::new(|| {
    let lines = lexicon::entries(include_str!("../../data/confidence.txt")).filter(|f| f.len() > 4);
    let band = |f: Vec<&'static str>| {
        let (from, share) = (f[1].parse().ok()?, f[2].parse().ok()?);
        Some(Band { sort: f[0], from, share, n_right: f[3].parse().ok()?, n: f[4].parse().ok()? })
    };
    lines.filter_map(band).collect()
});

/// What a finding is judged with: its kind, and where that matters in what its sides differ, or what kind of copy it runs
/// along.
#[must_use]
pub fn sort(finding: &Finding, copy: Option<CopyKind>) -> &'static str {
    match (finding.kind, finding.finding_type) {
        (FindingKind::Conflict, Some(FindingType::Quantity)) => "conflict of numbers",
        (FindingKind::Conflict, _) => "conflict",
        (FindingKind::CorruptedCopy, _) if copy == Some(CopyKind::Reworded) => "corrupted reworded copy",
        (FindingKind::CorruptedCopy, _) if copy.is_none() => "changed between two copies",
        (FindingKind::CorruptedCopy, _) => "corrupted copy",
        (FindingKind::AlteredQuotation, _) => "altered quotation",
        (FindingKind::SelfContradiction, _) => "self-contradiction",
        (FindingKind::HeadlineMismatch, _) => "headline mismatch",
        (FindingKind::Revised, _) => "revised",
        (FindingKind::Disputed, _) => "disputed",
        (FindingKind::ExpectedHappened, Some(FindingType::Open)) => "announced",
        (FindingKind::ExpectedHappened, _) => "expected and reported",
        (FindingKind::Corroborated, None) => "corroborated statement",
        (FindingKind::Corroborated, _) => "corroborated detail",
        (FindingKind::SingleOrigin, _) => "single origin",
        (FindingKind::Omitted, _) => "omitted",
        (FindingKind::Wording, _) => "wording",
    }
}

/// Puts the share of right ones among judged findings of its sort in the place of a finding's score, and says so.
pub fn calibrate(finding: &mut Finding, copies: &[Copy]) {
    let copy = finding.copy.as_ref().and_then(|id| copies.iter().find(|c| c.id == *id)).map(|c| c.kind);
    let sort = sort(finding, copy);
    let score = finding.confidence;
    let band = TABLE.iter().rev().find(|b| b.sort == sort && score >= b.from);
    let note = band.map_or_else(
        || format!("no finding of this sort ({sort}) was judged"),
        |b| format!("of {} findings of this sort ({sort}) that were judged, {} were right", b.n, b.n_right),
    );
    finding.confidence = band.map_or(score, |b| b.share);
    finding.why.push(Feature { name: FEATURE.into(), value: score, weight: 0.0, note });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_higher_score_is_no_less_sure_and_none_falls_under_the_threshold() {
        for pair in TABLE.windows(2).filter(|p| p[0].sort == p[1].sort) {
            assert!(pair[0].from < pair[1].from && pair[0].share <= pair[1].share, "{pair:?}");
        }
        for band in TABLE.iter() {
            assert!((0.0..=1.0).contains(&band.share) && band.n_right <= band.n, "{band:?}");
        }
        assert!(!TABLE.is_empty());
    }
}
