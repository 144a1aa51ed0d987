//! From scores to confidence: of findings of one sort with such a score, how many an editor who judged them found right.
//!
//! Scores are weighed by hand, each kind in its own way, and decide what is reported and in which order. What is printed is
//! the share of right ones among findings of the same sort: on the invented stories of development and on real news,
//! judged by hand (`variorum-dev train confidence`, `data/confidence.txt`).

use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{Copy, CopyKind, DocumentId, Feature, Finding, FindingKind, FindingType};

/// Name of the feature of a finding that tells how its confidence came about; its value is the score.
pub const FEATURE: &str = "score, before it was held against judged findings";
/// Scores from which the bands of a sort begin.
pub const BANDS: [f64; 3] = [0.0, 0.7, 0.85];

/// From which confidence on a finding is put before a reader as one: of each sort above, nine in ten and more were right where
/// they were judged; those below are shown apart, to be checked.
pub const SURE: f64 = 0.90;
/// From which confidence on a brief tells a difference with both its sides: of those below, more than two in three would be wrong.
pub const TOLD: f64 = 1.0 / 3.0;

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

/// So many changed statements along one copy, and a machine reworded it: people who rewrite a report change one or two.
const MANY_CHANGES: usize = 3;

/// The copy along which a finding runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Along {
    /// What kind of copy.
    pub kind: CopyKind,
    /// How many findings show a change along it.
    pub n_changes: usize,
}

/// The copy along which a finding of a story runs, among `all` of the story. What is changed between two copies of one text
/// counts for the one that a machine is seen to have reworded.
#[must_use]
pub fn along(finding: &Finding, copies: &[Copy], all: &[Finding]) -> Option<Along> {
    let of = |copy: &Copy| Along { kind: copy.kind, n_changes: n_changes(copy, all) };
    if let Some(id) = finding.copy.as_ref() {
        return copies.iter().find(|c| c.id == *id).map(of);
    }
    let changed = &finding.sides.last()?.documents;
    let is_changed = |c: &&Copy| c.kind == CopyKind::Reworded && changed.contains(&c.to);
    copies.iter().filter(is_changed).map(of).find(|a| a.n_changes >= MANY_CHANGES)
}

/// How many findings show a change along a copy: of what its original says, or of words that it quotes.
fn n_changes(copy: &Copy, all: &[Finding]) -> usize {
    let is_of = |f: &Finding, id: &DocumentId| f.sides.iter().any(|s| s.documents.contains(id));
    let is_quoted =
        |f: &Finding| f.kind == FindingKind::AlteredQuotation && is_of(f, &copy.from) && is_of(f, &copy.to);
    let is_change = |f: &&Finding| {
        f.kind == FindingKind::CorruptedCopy && f.copy.as_ref() == Some(&copy.id) || is_quoted(f)
    };
    all.iter().filter(is_change).count()
}

/// What a finding is judged with: its kind, and where that matters in what its sides differ, or what kind of copy it runs
/// along, and among how many changes.
#[must_use]
pub fn sort(finding: &Finding, copy: Option<Along>) -> &'static str {
    let is_reworded = copy.is_some_and(|c| c.kind == CopyKind::Reworded);
    let is_one_of_many = copy.is_some_and(|c| c.n_changes >= MANY_CHANGES);
    match (finding.kind, finding.finding_type) {
        (FindingKind::Conflict, Some(FindingType::Quantity)) => "conflict of numbers",
        (FindingKind::Conflict, _) => "conflict",
        (FindingKind::CorruptedCopy, _) if is_reworded && is_one_of_many => "corrupted reworded copy",
        (FindingKind::CorruptedCopy, _) if is_reworded => "lone change in a reworded copy",
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
        (FindingKind::Corroborated, Some(FindingType::Quantity)) => "corroborated figure",
        (FindingKind::Corroborated, _) => "corroborated time or act",
        (FindingKind::SingleOrigin, _) => "single origin",
        (FindingKind::Omitted, _) => "omitted",
        (FindingKind::Wording, _) => "wording",
    }
}

/// Puts the share of right ones among judged findings of its sort in the place of each finding's score, and says so.
pub fn calibrate(findings: &mut [Finding], copies: &[Copy]) {
    let sorts: Vec<&'static str> = findings.iter().map(|f| sort(f, along(f, copies, findings))).collect();
    for (finding, sort) in findings.iter_mut().zip(sorts) {
        let score = finding.confidence;
        let band = TABLE.iter().rev().find(|b| b.sort == sort && score >= b.from);
        let note = band.map_or_else(
            || format!("no finding of this sort ({sort}) was judged"),
            |b| {
                format!(
                    "of {} findings of this sort ({sort}) that were judged, {} were right",
                    b.n, b.n_right
                )
            },
        );
        finding.confidence = band.map_or(score, |b| b.share);
        finding.why.push(Feature { name: FEATURE.into(), value: score, weight: 0.0, note });
    }
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

    #[test]
    fn a_lone_change_is_of_another_sort_than_one_of_many() {
        let finding = |id: &str, copy: Option<&str>| Finding {
            id: id.into(),
            kind: FindingKind::CorruptedCopy,
            finding_type: None,
            message: String::new(),
            sides: Vec::new(),
            confidence: 0.7,
            copy: copy.map(Into::into),
            why: Vec::new(),
        };
        let along = |n_changes| Some(Along { kind: CopyKind::Reworded, n_changes });
        let one = finding("f1", Some("c1"));
        assert_eq!(sort(&one, along(1)), "lone change in a reworded copy");
        assert_eq!(sort(&one, along(3)), "corrupted reworded copy");
        assert_eq!(sort(&one, None), "changed between two copies");
        assert_eq!(super::along(&finding("f2", None), &[], &[]), None);
    }
}
