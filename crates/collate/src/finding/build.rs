//! How a finding is put together: identifiers, sides, names of accounts. One place for all kinds.

use variorum_schema::{Feature, Finding, FindingKind, FindingType, Side, Span};

use crate::align::Statement;
use crate::telling::Telling;

/// A finding with its identifier, a function of kind, type and evidence.
#[must_use]
pub fn finding(
    kind: FindingKind,
    finding_type: Option<FindingType>,
    message: String,
    sides: Vec<Side>,
    confidence: f64,
    copy: Option<String>,
    why: Vec<Feature>,
) -> Finding {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(format!("{kind:?} {finding_type:?}").as_bytes());
    for evidence in sides.iter().flat_map(|s| &s.evidence) {
        hasher.update(
            format!(" {} {} {} {:?}", evidence.document, evidence.start, evidence.end, evidence.focus_start)
                .as_bytes(),
        );
    }
    let id = format!("f-{:010x}", hasher.digest() & 0xff_ffff_ffff);
    Finding {
        id,
        kind,
        finding_type,
        message,
        sides,
        confidence: (confidence * 100.0).round() / 100.0,
        copy,
        why,
    }
}

/// One side: the statements that say it, each with the part that matters.
#[must_use]
pub fn side(telling: &Telling, places: Vec<(Statement, Span)>, sources: Vec<String>) -> Side {
    let statements: Vec<Statement> = places.iter().map(|p| p.0).collect();
    let label =
        places.first().map_or(String::new(), |(s, focus)| label(focus.of(&telling.document(s.account).text)));
    let mut documents: Vec<String> = Vec::new();
    for (statement, _) in &places {
        let id = telling.id(statement.account);
        if !documents.contains(&id) {
            documents.push(id);
        }
    }
    Side {
        label,
        documents,
        origins: super::support::origins(telling, &statements),
        sources,
        evidence: places.iter().map(|(s, focus)| telling.evidence_in(s, *focus, "statement")).collect(),
    }
}

/// Words of a text on one line, cut to what fits a sentence.
#[must_use]
pub fn label(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = words.chars().take(90).collect();
    if cut.len() < words.len() {
        cut.push('…');
    }
    cut
}

/// What an account is called in a sentence: its outlet, else the last part of its name.
#[must_use]
pub fn outlet(telling: &Telling, member: u32) -> String {
    let document = telling.document(member);
    let tail = || document.name.rsplit('/').next().unwrap_or(&document.name).to_owned();
    document.outlet.clone().filter(|o| !o.trim().is_empty()).unwrap_or_else(tail)
}

/// A message as a sentence: capital letter, full stop.
#[must_use]
pub fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first: String = chars.next().map(|c| c.to_uppercase().collect()).unwrap_or_default();
    let end = if message.ends_with(['.', '?', '!']) { "" } else { "." };
    format!("{first}{}{end}", chars.as_str())
}
