//! Findings: what needs attention with both texts side by side, then the rest in short form.

use std::collections::BTreeMap;

use maud::{Markup, html as markup};
use variorum_schema::{DocumentId, Evidence, Finding, FindingKind, Side, Story};

use super::super::diff::runs;
use super::super::names;
use super::super::outline::{Group, label_of, origins_of, support, surroundings};
use super::book::{Book, why};
use super::shown::Shown;

/// Passages shown per side before the rest is only linked.
const N_QUOTES: usize = 3;
/// Passages shorter than this are shown with what stands around them, in bytes.
const SHORT: usize = 60;
/// Accounts up to which a table of words has one column each.
const N_COLUMNS: usize = 12;

pub(super) fn findings(book: &Book<'_>, s: &str, story: &Story) -> Markup {
    markup! {
        @for group in Group::ALL {
            @let list = group.findings(story);
            @if !list.is_empty() {
                section.group {
                    h4 { (group.title()) " " span.count { (list.len()) } }
                    @match group {
                        Group::Attention => {
                            p.muted {
                                "The words in which the sides differ are " mark.focus { "marked" }
                                "; other words that the two texts do not share are " span.diff { "underlined" } "."
                            }
                            @for finding in &list { (card(book, s, story, finding)) }
                        }
                        Group::Expected => { @for finding in &list { (card(book, s, story, finding)) } }
                        Group::Wording => { (wording(book, s, story, &list)) }
                        Group::Check => { (to_check(book, s, story, &list)) }
                        _ => {
                            @if let Some(note) = group.note() { p.muted { (note) } }
                            ul.compact { @for finding in &list { (compact(book, s, story, finding)) } }
                        }
                    }
                }
            }
        }
    }
}

/// Findings that may well be wrong, folded.
fn to_check(book: &Book<'_>, s: &str, story: &Story, list: &[&Finding]) -> Markup {
    markup! {
        @if let Some(note) = Group::Check.note() { p.muted { (note) } }
        details.to-check {
            summary { "Show " (names::count(list.len(), "finding", "findings")) ": " (kinds(list)) }
            @for finding in list { (card(book, s, story, finding)) }
        }
    }
}

/// "2 conflict, 1 revised".
fn kinds(list: &[&Finding]) -> String {
    let mut n: BTreeMap<&'static str, usize> = BTreeMap::new();
    list.iter().for_each(|f| *n.entry(names::kind(f.kind)).or_default() += 1);
    let mut told: Vec<(&str, usize)> = n.into_iter().collect();
    told.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    told.iter().map(|(kind, n)| format!("{n} {}", kind.to_lowercase())).collect::<Vec<_>>().join(", ")
}

/// Number of a finding in its story.
fn number(story: &Story, finding: &Finding) -> usize {
    story.findings.iter().position(|f| std::ptr::eq(f, finding)).map_or(0, |i| i + 1)
}

fn card(book: &Book<'_>, s: &str, story: &Story, finding: &Finding) -> Markup {
    let n = number(story, finding);
    let copy = finding.copy.as_deref().and_then(|id| story.copies.iter().find(|c| c.id == id));
    markup! {
        article.finding.quiet[Group::of(finding) != Group::Attention] id={ (s) "-f" (n) } aria-labelledby={ (s) "-f" (n) "-h" } {
            p.kicker {
                span.kind { (names::kind(finding.kind)) }
                @if let Some(kind_of) = finding.finding_type { " " span.type { (names::finding_type(kind_of)) } }
                span.muted { " finding " (n) " \u{b7} confidence " (names::probability(finding.confidence)) }
            }
            h5 id={ (s) "-f" (n) "-h" } dir="auto" { (Shown(&finding.message)) }
            div.sides {
                @for (i, side) in finding.sides.iter().enumerate() { (self::side(book, story, finding, i, side)) }
            }
            @if let Some(copy) = copy {
                p.copied {
                    (book.names_of(std::slice::from_ref(&copy.to))) " took it from "
                    (book.names_of(std::slice::from_ref(&copy.from))) ": " (names::copy(copy)) "."
                }
            }
            (why("Why this was concluded", &finding.id, &finding.why))
        }
    }
}

fn side(book: &Book<'_>, story: &Story, finding: &Finding, index: usize, side: &Side) -> Markup {
    let other = finding.sides.get(usize::from(index == 0)).and_then(|s| s.evidence.first());
    markup! {
        div.side {
            @if !label_of(side).is_empty() { p.label dir="auto" { (Shown(label_of(side))) } }
            @for evidence in side.evidence.iter().take(N_QUOTES) {
                (quote(book, evidence, other.map(|e| e.text.as_str())))
            }
            @if side.evidence.len() > N_QUOTES {
                p.muted { "also " (book.citations(side.evidence.get(N_QUOTES..).unwrap_or(&[]))) }
            }
            @if side.evidence.is_empty() { p.muted { "No passage." } }
            p.support {
                @if finding.kind != FindingKind::SelfContradiction {
                    "Independent origins: " strong { (support(story, finding, index)) } ". "
                }
                "Accounts: " (book.names_of(&side.documents)) "."
                @if !side.sources.is_empty() {
                    " According to "
                    @for (i, source) in side.sources.iter().enumerate() {
                        @if i > 0 { ", " }
                        bdi { (Shown(source.trim_end_matches('.'))) }
                    }
                    "."
                }
            }
        }
    }
}

/// A passage with its focus marked, the words that `other` lacks underlined, and a link to its place.
pub(super) fn quote(book: &Book<'_>, evidence: &Evidence, other: Option<&str>) -> Markup {
    let room = if evidence.text.len() < SHORT { 90 } else { 0 };
    let (before, after) = match book.outline.text(&evidence.document) {
        Some(text) if room > 0 => surroundings(text, evidence, room),
        _ => ("", ""),
    };
    markup! {
        figure.quote {
            blockquote dir="auto" {
                @if !before.is_empty() { span.around { (Shown(before)) " " } }
                (marked(evidence, other))
                @if !after.is_empty() { span.around { (Shown(after)) } }
            }
            figcaption {
                (book.citation(evidence))
                @if let Some(document) = book.outline.document(&evidence.document) {
                    span.muted { ", " (names::published(&document.published)) }
                }
                @if let Some(role) = evidence.role.as_deref().filter(|r| *r != "sentence") {
                    span.muted { " \u{b7} " (Shown(role)) }
                }
            }
        }
    }
}

/// The evidence's words with marks.
fn marked(evidence: &Evidence, other: Option<&str>) -> Markup {
    let text = evidence.text.as_str();
    let focus = focus(evidence);
    let mut at = 0;
    let mut pieces: Vec<(&str, bool, bool)> = Vec::new();
    for run in runs(text, other.unwrap_or(text)) {
        let end = at + run.text.len();
        let cuts = [at, focus.0.clamp(at, end), focus.1.clamp(at, end), end];
        for pair in cuts.windows(2) {
            let is_focus = focus.0 <= pair[0] && pair[1] <= focus.1;
            if let Some(piece) = text.get(pair[0]..pair[1]).filter(|p| !p.is_empty()) {
                match pieces.last_mut() {
                    Some(last) if is_focus && last.1 => *last = (joined(text, last.0, piece), true, false),
                    _ => {
                        let word = piece.find(char::is_alphanumeric).unwrap_or(piece.len());
                        let (before, words) = piece.split_at(if is_focus { 0 } else { word });
                        pieces.push((before, false, false));
                        pieces.push((words, is_focus, run.differs && !is_focus));
                    }
                }
            }
        }
        at = end;
    }
    markup! {
        @for (piece, is_focus, differs) in pieces {
            @if is_focus { mark.focus { (Shown(piece)) } }
            @else if differs { span.diff { (Shown(piece)) } }
            @else { (Shown(piece)) }
        }
    }
}

/// Two neighbouring pieces of `text` as one.
fn joined<'a>(text: &'a str, first: &'a str, second: &'a str) -> &'a str {
    let start = first.as_ptr() as usize - text.as_ptr() as usize;
    text.get(start..start + first.len() + second.len()).unwrap_or(second)
}

/// The focus as a byte range of the evidence's text; empty where there is none.
fn focus(evidence: &Evidence) -> (usize, usize) {
    let text = &evidence.text;
    let range = evidence.focus_start.zip(evidence.focus_end).and_then(|(a, b)| {
        let range = (a.checked_sub(evidence.start)? as usize, b.checked_sub(evidence.start)? as usize);
        // Where all of the words differ, marking them all would tell nothing.
        text.get(range.0..range.1).filter(|f| f.trim().len() < text.trim().len()).map(|_| range)
    });
    range.unwrap_or((usize::MAX, usize::MAX))
}

fn compact(book: &Book<'_>, s: &str, story: &Story, finding: &Finding) -> Markup {
    let n = number(story, finding);
    let evidence: Vec<Evidence> = finding.sides.iter().flat_map(|s| s.evidence.iter().cloned()).collect();
    let n_origins = origins_of(finding).len();
    markup! {
        li id={ (s) "-f" (n) } {
            span dir="auto" { (Shown(&finding.message)) }
            " "
            span.cites { (book.citations(&evidence)) }
            span.muted {
                " \u{b7} "
                @if finding.kind == FindingKind::Corroborated {
                    strong { (n_origins) " of " (names::count(story.origins.len(), "origin", "origins")) } " \u{b7} "
                }
                "confidence " (names::probability(finding.confidence))
            }
            (why("Why", &finding.id, &finding.why))
        }
    }
}

/// Terms × accounts.
fn wording(book: &Book<'_>, s: &str, story: &Story, findings: &[&Finding]) -> Markup {
    if story.documents.len() > N_COLUMNS {
        return markup! { @for finding in findings { (card(book, s, story, finding)) } };
    }
    markup! {
        div.scroll role="region" tabindex="0" aria-label="What the accounts call the same thing" {
            table.terms {
                thead {
                    tr {
                        th scope="col" { "Term" }
                        @for id in &story.documents { th scope="col" { span.clamp { (book.name_of(id)) } } }
                    }
                }
                @for finding in findings {
                    @let n = number(story, finding);
                    tbody id={ (s) "-f" (n) } {
                        tr {
                            th.group-head scope="rowgroup" colspan=(story.documents.len() + 1) dir="auto" {
                                span.stay {
                                    (Shown(&finding.message))
                                    span.muted { " confidence " (names::probability(finding.confidence)) }
                                }
                            }
                        }
                        @for side in &finding.sides {
                            tr {
                                th scope="row" dir="auto" { "\u{201c}" (Shown(&side.label)) "\u{201d}" }
                                @for id in &story.documents { td { (term_cell(book, side, id)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn term_cell(book: &Book<'_>, side: &Side, id: &DocumentId) -> Markup {
    let places: Vec<&Evidence> = side.evidence.iter().filter(|e| e.document == *id).collect();
    markup! {
        @if let Some(first) = places.first() {
            a href={ "#" (book.anchor(id, first.start, first.end)) } {
                "\u{2713} " (names::count(places.len(), "place", "places"))
            }
        } @else if side.documents.contains(id) {
            "\u{2713} used"
        } @else {
            span.none { span aria-hidden="true" { "\u{2013}" } span.vh { "not used" } }
        }
    }
}
