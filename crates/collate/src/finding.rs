//! What is reported, each finding with evidence on every side.

use std::collections::BTreeMap;

use variorum_schema::Finding;

use crate::telling::Telling;

pub mod build;
pub mod contradiction;
pub mod quotation;

/// The findings of a story, the most important first. `utterances`: see [`quotation::utterances`].
#[must_use]
pub fn findings(telling: &Telling, _utterances: &BTreeMap<(u32, u32), String>) -> Vec<Finding> {
    let mut findings = contradiction::contradictions(telling);
    findings.retain(|f| f.confidence >= telling.options.min_confidence);
    findings.sort_by(|a, b| a.kind.cmp(&b.kind).then(b.confidence.total_cmp(&a.confidence)).then(a.id.cmp(&b.id)));
    findings.dedup_by(|a, b| a.id == b.id);
    findings
}
