//! An extractive brief: sentences of the accounts, ranked by independent support, and sentences about the accounts where
//! they differ. Every one is cited.

use std::collections::BTreeSet;

use variorum_schema::{BriefSentence, Evidence, Finding, FindingKind, Span, Tag};

use crate::align::Statement;
use crate::finding::confidence::TOLD;
use crate::finding::{Found, build, expectation, support};
use crate::telling::Telling;

/// Extracted sentences at most.
const MAX_EXTRACTED: usize = 7;
/// Sentences about differences at most.
const MAX_DIFFERENCES: usize = 8;
/// Two sentences as alike as this do not both go into a brief.
const MAX_REDUNDANCY: f64 = 0.38;

/// The brief of a story.
#[must_use]
pub fn brief(telling: &Telling, found: &Found) -> Vec<BriefSentence> {
    let mut brief = Vec::new();
    brief.extend(opening(telling));
    brief.extend(extracted(telling, found));
    brief.extend(differences(&found.findings));
    brief
}

fn opening(telling: &Telling) -> Option<BriefSentence> {
    let leads: Vec<Evidence> = telling
        .members
        .iter()
        .filter_map(|m| telling.alignments.of(*m).first())
        .map(|s| telling.evidence_in(s, Span::default(), "lead"))
        .collect();
    let (n, origins) = (telling.members.len(), telling.origins(telling.members.iter().copied()));
    let plural =
        |n: usize, one: &str, many: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {many}") };
    let text = format!(
        "{} in this pile, of {}.",
        plural(n, "account", "accounts"),
        plural(origins.len(), "independent origin", "independent origins")
    );
    (!leads.is_empty() && n > 1).then(|| BriefSentence {
        text,
        is_extracted: false,
        citations: leads,
        origins,
        findings: Vec::new(),
    })
}

/// Statements from the best supported down, none like another; lead sentences where nothing is shared.
fn extracted(telling: &Telling, found: &Found) -> Vec<BriefSentence> {
    let mut chosen: Vec<(Statement, Vec<Statement>)> = Vec::new();
    let clusters =
        found.clusters.iter().map(|c| (support::best(telling, &c.statements), c.statements.clone()));
    let leads =
        telling.members.iter().filter_map(|m| telling.alignments.of(*m).first()).map(|s| (*s, vec![*s]));
    for (best, statements) in clusters.chain(leads) {
        let is_new = chosen.iter().all(|(c, _)| likeness(telling, c, &best) < MAX_REDUNDANCY);
        if is_new
            && tells(telling, &best)
            && !expectation::is_announced(telling, &best)
            && chosen.len() < MAX_EXTRACTED
        {
            chosen.push((best, statements));
        }
    }
    chosen.sort_by_key(|(s, _)| (s.unit, s.account));
    chosen
        .into_iter()
        .map(|(best, statements)| sentence(telling, &best, &statements, &found.findings))
        .collect()
}

/// Whether a statement tells something: a byline with its date does not.
fn tells(telling: &Telling, statement: &Statement) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    tokens.len() >= 6 && tokens.iter().any(|t| matches!(t.tag, Tag::Verb | Tag::Aux))
}

fn likeness(telling: &Telling, a: &Statement, b: &Statement) -> f64 {
    let alike = telling.alignments.alike(a).filter(|(other, _)| other == b);
    alike.map(|(_, score)| score).fold(if a == b { 1.0 } else { 0.0 }, f64::max)
}

fn sentence(
    telling: &Telling,
    best: &Statement,
    statements: &[Statement],
    findings: &[Finding],
) -> BriefSentence {
    let mut ordered: Vec<Statement> = statements.to_vec();
    ordered.sort_by_key(|s| (s != best, *s));
    let citations: Vec<Evidence> =
        ordered.iter().map(|s| telling.evidence_in(s, Span::default(), "statement")).collect();
    let told = findings.iter().filter(|f| {
        f.kind == FindingKind::Corroborated
            && f.sides
                .iter()
                .flat_map(|s| &s.evidence)
                .any(|e| citations.iter().any(|c| c.document == e.document && c.start == e.start))
    });
    BriefSentence {
        text: telling.text(best).split_whitespace().collect::<Vec<_>>().join(" "),
        is_extracted: true,
        origins: support::origins(telling, statements),
        findings: told.map(|f| f.id.clone()).collect(),
        citations,
    }
}

/// What an editor must know before using any of it: the differences, in our words, most important first.
fn differences(findings: &[Finding]) -> Vec<BriefSentence> {
    let is_told = |k: FindingKind| {
        matches!(
            k,
            FindingKind::Conflict
                | FindingKind::CorruptedCopy
                | FindingKind::AlteredQuotation
                | FindingKind::SelfContradiction
                | FindingKind::HeadlineMismatch
                | FindingKind::Revised
                | FindingKind::Disputed
        )
    };
    findings
        .iter()
        .filter(|f| is_told(f.kind) && f.confidence >= TOLD)
        .take(MAX_DIFFERENCES)
        .map(|f| BriefSentence {
            text: build::sentence(&f.message),
            is_extracted: false,
            citations: f.sides.iter().flat_map(|s| s.evidence.iter().take(2).cloned()).collect(),
            origins: f
                .sides
                .iter()
                .flat_map(|s| s.origins.clone())
                .collect::<BTreeSet<_>>()
                .into_iter()
                .collect(),
            findings: vec![f.id.clone()],
        })
        .collect()
}
