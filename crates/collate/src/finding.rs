//! What is reported, each finding with evidence on every side.

use std::collections::{BTreeMap, BTreeSet};

use rayon::join;
use variorum_schema::{Finding, FindingKind};

use crate::telling::Telling;

pub mod bearer;
pub mod build;
pub mod confidence;
pub mod contradiction;
pub mod counterpart;
pub mod expectation;
pub mod figure;
pub mod quotation;
pub mod support;
pub mod wording;

use support::Cluster;

/// What was found in a story.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Findings at or above the confidence asked for, the most important first.
    pub findings: Vec<Finding>,
    /// Groups of statements that say the same, sides found corrupted left out; best supported first.
    pub clusters: Vec<Cluster>,
    /// Which quotations give the same utterance; see [`quotation::utterances`].
    pub utterances: BTreeMap<(u32, u32), String>,
}

/// Findings with a lower score are not reported, whatever confidence is asked for.
const MIN_SCORE: f64 = 0.5;

/// The findings of a story.
#[must_use]
pub fn findings(telling: &Telling) -> Found {
    // scores decide what is reported; confidence, made of them at the end, what of it is asked for
    let floor = telling.options.min_confidence.min(MIN_SCORE);
    let ((mut findings, spoken), (expected, worded)) = join(
        || join(|| contradiction::contradictions(telling), || quotation::groups(telling)),
        || join(|| expectation::expectations(telling), || wording::wordings(telling)),
    );
    findings.retain(|f| f.confidence >= floor);
    findings.extend(quotation::altered(telling, &spoken));
    findings.retain(|f| f.confidence >= floor);
    let clusters = support::clusters(telling, &corrupted(telling, &findings));
    findings.extend(expected);
    findings.extend(support::support(telling, &clusters));
    findings.extend(worded);
    findings.retain(|f| f.confidence >= floor);
    findings.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then(b.confidence.total_cmp(&a.confidence)).then(a.id.cmp(&b.id))
    });
    findings.dedup_by(|a, b| a.id == b.id);
    confidence::calibrate(&mut findings, &telling.lineage.copies);
    let asked = telling.options.min_confidence;
    findings.retain(|f| asked <= MIN_SCORE || f.confidence >= asked);
    Found { findings, clusters, utterances: quotation::utterances(&spoken) }
}

/// Sentences whose text a copy corrupted, or that alter a quotation: `(account, index of the sentence)`. They support nothing.
fn corrupted(telling: &Telling, findings: &[Finding]) -> BTreeSet<(u32, u32)> {
    let is_changed =
        |f: &&Finding| matches!(f.kind, FindingKind::CorruptedCopy | FindingKind::AlteredQuotation);
    let sides = findings.iter().filter(is_changed).flat_map(|f| f.sides.iter().skip(1));
    sides
        .flat_map(|s| &s.evidence)
        .filter_map(|e| {
            let member = *telling.members.iter().find(|m| telling.document(**m).id == e.document)?;
            let sentence = telling.account(member).annotations.sentence_at(e.start)?;
            Some((member, sentence as u32))
        })
        .collect()
}
