//! The wordings of one utterance, side by side.

use std::collections::BTreeSet;

use variorum_schema::{Evidence, Feature, Finding, FindingKind, FindingType, QuotationKind, Side, Span};

use super::change::{change, cover, is_changed};
use super::spoken::Spoken;
use super::{Variant, is_one_origin, n_common};
use crate::finding::build;
use crate::telling::Telling;

/// The wordings of an utterance in quotation marks, when they differ in substance.
pub(super) fn wording(telling: &Telling, group: &[Variant]) -> Option<Finding> {
    let direct: Vec<&Variant> = group.iter().filter(|v| v.kind != QuotationKind::Indirect).collect();
    let lead = *direct.iter().max_by_key(|v| (standing(telling, v, &direct), v.words.len()))?;
    let mut versions: Vec<Vec<&Variant>> = vec![vec![lead]];
    let (mut n_changed, mut is_grave) = (0, false);
    for v in direct.iter().filter(|v| !std::ptr::eq(**v, lead)) {
        if let Some(same) = versions.iter_mut().find(|same| !is_changed(&change(&same[0].words, &v.words))) {
            same.push(v);
            continue;
        }
        let c = change(&lead.words, &v.words);
        // many other words in accounts that took nothing from each other: two translations
        let is_copy = is_one_origin(telling, lead.account, v.account);
        let is_translated = c.n_changed > 2 && !c.is_grave && !is_copy;
        // Groups are joined pair by pair; what has too little in common with the leading version is another passage.
        let is_other = n_common(lead, v, is_copy).is_none() || !is_changed(&c);
        if is_translated || is_other || v.account == lead.account {
            continue;
        }
        n_changed = n_changed.max(c.n_changed);
        is_grave |= c.is_grave;
        versions.push(vec![v]);
    }
    if versions.len() < 2 {
        return None;
    }
    let sides: Vec<Side> = (0..versions.len()).map(|n| version_side(telling, &versions, n)).collect();
    let is_one = versions[1..].iter().all(|v| is_one_origin(telling, lead.account, v[0].account));
    let weights = [(is_grave, 0.15), (is_one, 0.15), (n_changed <= 3, 0.1)];
    let confidence = 0.55 + weights.iter().filter(|w| w.0).map(|w| w.1).sum::<f64>();
    let message = wording_message(telling, lead, &versions, &sides);
    let fact = |name: &str, value: f64, weight: f64| Feature {
        name: name.into(),
        value,
        weight,
        note: String::new(),
    };
    let why = vec![
        fact("words changed", n_changed as f64, 0.1),
        fact("negation, number or actor changed", f64::from(u8::from(is_grave)), 0.15),
        fact("accounts of one origin", f64::from(u8::from(is_one)), 0.15),
    ];
    Some(build::finding(
        FindingKind::AlteredQuotation,
        Some(FindingType::Wording),
        message,
        sides,
        confidence,
        None,
        why,
    ))
}

/// "Jane Roe's words differ between accounts: “…” (A, B) / “…” (C)".
fn wording_message(telling: &Telling, lead: &Variant, versions: &[Vec<&Variant>], sides: &[Side]) -> String {
    let speaker = lead.entity.and_then(|e| telling.entities.list.get(e)).filter(|e| e.is_named);
    let who = speaker.map_or("one speaker".to_owned(), |e| e.name.clone());
    let possessive = if who.ends_with('s') { "’" } else { "’s" };
    let outlets = |same: &[&Variant]| {
        let mut names: Vec<String> = Vec::new();
        for name in same.iter().map(|v| build::outlet(telling, v.account)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let told: Vec<String> =
        versions.iter().zip(sides).map(|(same, s)| format!("“{}” ({})", s.label, outlets(same))).collect();
    format!("{who}{possessive} words differ between accounts: {}", told.join(" / "))
}

/// The side of one version: its differing words marked in each account, with enough words around them as label.
fn version_side(telling: &Telling, versions: &[Vec<&Variant>], n: usize) -> Side {
    let other = if n == 0 { versions[1][0] } else { versions[0][0] };
    let focus = |v: &Variant| change(&other.words, &v.words).y;
    let mut side = side(telling, &versions[n], focus);
    let v = versions[n][0];
    if let Some(span) = focus(v) {
        let hit = |s: &Spoken| s.span.overlaps(span);
        let first = v.words.iter().position(hit).unwrap_or(0).saturating_sub(3);
        let last = v.words.iter().rposition(hit).map_or(v.words.len(), |at| (at + 4).min(v.words.len()));
        if let Some(label) = v.words.get(first..last).and_then(cover) {
            side.label = build::label(label.of(&telling.document(v.account).text));
        }
    }
    side
}

/// How many origins give the same words, how early in its lineage the account stands, and how many accounts agree.
fn standing(telling: &Telling, v: &Variant, all: &[&Variant]) -> (usize, std::cmp::Reverse<usize>, usize) {
    let agree = all.iter().filter(|o| !is_changed(&change(&v.words, &o.words))).map(|o| o.account);
    let agree: BTreeSet<u32> = agree.collect();
    let id = telling.id(v.account);
    let place =
        telling.lineage.origins.iter().find_map(|o| o.documents.iter().position(|d| *d == id)).unwrap_or(0);
    (telling.origins(agree.iter().copied()).len(), std::cmp::Reverse(place), agree.len())
}

/// One side: the sentences that hold the words, so that a reader sees who is said to have said them.
pub(super) fn side(telling: &Telling, same: &[&Variant], focus: impl Fn(&Variant) -> Option<Span>) -> Side {
    let mut documents = Vec::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for variant in same {
        let focus = focus(variant);
        let span = sentences(telling, variant, focus);
        let mut e = telling.evidence(variant.account, span, "quotation");
        if let Some(f) = focus.filter(|f| span.contains(*f)) {
            (e.focus_start, e.focus_end) = (Some(f.start), Some(f.end));
        }
        if !documents.contains(&e.document) {
            documents.push(e.document.clone());
        }
        evidence.push(e);
    }
    let named = same.iter().filter_map(|v| telling.entities.list.get(v.entity?)).filter(|e| e.is_named);
    let sources: BTreeSet<String> = named.map(|e| e.name.clone()).collect();
    Side {
        label: same
            .first()
            .and_then(|v| Some(build::label(cover(&v.words)?.of(&telling.document(v.account).text))))
            .unwrap_or_default(),
        documents,
        origins: telling.origins(same.iter().map(|v| v.account)),
        sources: sources.into_iter().collect(),
        evidence,
    }
}

/// At most so many sentences are shown.
const MAX_SENTENCES: usize = 4;

/// The sentences that cover a quotation and, where it stands beside it, its attribution; of a long one those around the
/// words that differ.
pub(super) fn sentences(telling: &Telling, v: &Variant, focus: Option<Span>) -> Span {
    let annotations = &telling.account(v.account).annotations;
    let Some(words) = cover(&v.words) else { return Span::default() };
    let range = |span: Span| {
        let first = annotations.sentences.partition_point(|s| s.span.end <= span.start);
        first..annotations.sentences.partition_point(|s| s.span.start < span.end).max(first)
    };
    let cue = annotations.quotations.get(v.quotation as usize).and_then(|q| q.cue);
    let mut whole = range(words);
    for beside in [cue, v.source].into_iter().flatten().map(range) {
        if beside.start <= whole.end && whole.start <= beside.end {
            whole = whole.start.min(beside.start)..whole.end.max(beside.end);
        }
    }
    if whole.len() > MAX_SENTENCES {
        whole = range(focus.unwrap_or(words));
        whole.end = whole.end.min(whole.start + MAX_SENTENCES);
    }
    let shown = annotations.sentences.get(whole).unwrap_or_default();
    shown.iter().fold(focus.unwrap_or(words), |all, s| all.cover(s.span))
}
