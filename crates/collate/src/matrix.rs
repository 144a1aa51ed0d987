//! Claims × accounts: who states what.

use std::collections::BTreeSet;

use variorum_schema::{Cell, Finding, FindingKind, MatrixRow, Span};

use crate::align::Statement;
use crate::finding::support::{self, Cluster};
use crate::finding::{Found, expectation};
use crate::telling::Telling;

/// Rows at most: the best supported claims.
const MAX_ROWS: usize = 30;

/// One row per claim that two or more accounts carry, the best supported first; cells follow `order`.
#[must_use]
pub fn matrix(telling: &Telling, found: &Found, order: &[u32]) -> Vec<MatrixRow> {
    found.clusters.iter().take(MAX_ROWS).map(|c| row(telling, c, &found.findings, order)).collect()
}

fn row(telling: &Telling, cluster: &Cluster, findings: &[Finding], order: &[u32]) -> MatrixRow {
    let best = support::best(telling, &cluster.statements);
    let mut touching = BTreeSet::new();
    let cells = order
        .iter()
        .filter_map(|m| cluster.statements.iter().find(|s| s.account == *m))
        .map(|s| {
            let own: Vec<&Finding> = findings
                .iter()
                .filter(|f| f.kind != FindingKind::Wording && touches(telling, f, s))
                .collect();
            touching.extend(own.iter().map(|f| f.id.clone()));
            Cell {
                document: telling.id(s.account),
                stance: stance(telling, s, &own).into(),
                evidence: telling.evidence_in(s, Span::default(), "statement"),
            }
        })
        .collect();
    MatrixRow {
        claim: telling.text(&best).to_owned(),
        from: telling.evidence_in(&best, Span::default(), "statement"),
        n_origins: cluster.origins.len() as u32,
        cells,
        findings: touching.into_iter().collect(),
    }
}

fn touches(telling: &Telling, finding: &Finding, s: &Statement) -> bool {
    let (id, span) = (telling.id(s.account), telling.sentence(s).span);
    finding
        .sides
        .iter()
        .flat_map(|side| &side.evidence)
        .any(|e| e.document == id && e.start < span.end && span.start < e.end)
}

fn stance(telling: &Telling, s: &Statement, findings: &[&Finding]) -> &'static str {
    let is_disputed = |f: &&&Finding| {
        !matches!(
            f.kind,
            FindingKind::Corroborated
                | FindingKind::SingleOrigin
                | FindingKind::Omitted
                | FindingKind::ExpectedHappened
        )
    };
    if findings.iter().any(|f| is_disputed(&f)) {
        return "differs";
    }
    if expectation::is_announced(telling, s) {
        return "announces";
    }
    let span = telling.sentence(s).span;
    let quotations = &telling.account(s.account).annotations.quotations;
    let is_attributed = quotations
        .iter()
        .any(|q| q.source.is_some() && q.span.overlaps(span) && 2 * q.span.len() > span.len());
    if is_attributed { "attributes" } else { "states" }
}
