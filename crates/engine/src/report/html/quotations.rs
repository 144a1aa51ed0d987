//! Quotations: the variants of one utterance aligned word by word, then the rest by speaker.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html as markup};
use variorum_schema::{QuotationKind, ReportQuotation, Story};

use super::super::diff::{Columns, columns, middle};
use super::super::names;
use super::book::Book;
use super::shown::Shown;

/// Columns up to which an alignment stands as a table on a wide screen.
const N_COLUMNS: usize = 12;
/// Quotations shown before the rest is folded.
const N_OPEN: usize = 40;

type Numbered<'a> = (usize, &'a ReportQuotation);

pub(super) fn quotations(book: &Book<'_>, s: &str, story: &Story) -> Markup {
    let mut utterances: BTreeMap<&str, Vec<Numbered<'_>>> = BTreeMap::new();
    for (i, quotation) in story.quotations.iter().enumerate() {
        if let Some(utterance) = &quotation.utterance {
            utterances.entry(utterance).or_default().push((i, quotation));
        }
    }
    utterances.retain(|_, list| list.len() > 1);
    let grouped: BTreeSet<usize> = utterances.values().flatten().map(|(i, _)| *i).collect();
    let mut groups: Vec<&Vec<Numbered<'_>>> = utterances.values().collect();
    groups.sort_by_key(|list| list.first().map(|(i, _)| *i));
    let single: Vec<Numbered<'_>> =
        story.quotations.iter().enumerate().filter(|(i, _)| !grouped.contains(i)).collect();
    let (open, folded) = single.split_at(single.len().min(N_OPEN));
    markup! {
        @if !groups.is_empty() {
            h4 { "Said once, told by several accounts " span.count { (groups.len()) } }
            p.muted { "One row for each account; words for which another account has other words are " mark.focus { "marked" } ", what an account lacks is shown as " span.gap { "\u{2013}" } "." }
            @for list in groups { (variants(book, s, list)) }
        }
        @if !open.is_empty() {
            h4 { "Told by one account " span.count { (single.len()) } }
            ul.quotations { @for quotation in open { (lone(book, s, *quotation)) } }
        }
        @if !folded.is_empty() {
            details {
                summary { (folded.len()) " more" }
                ul.quotations { @for quotation in folded { (lone(book, s, *quotation)) } }
            }
        }
    }
}

fn speaker(quotation: &ReportQuotation) -> Markup {
    markup! {
        @match &quotation.source {
            Some(source) => {
                @match &source.entity {
                    Some(entity) => {
                        bdi { (Shown(entity)) }
                        @if *entity != source.text { span.muted { " (as \u{201c}" bdi { (Shown(&source.text)) } "\u{201d})" } }
                    }
                    None => { bdi { (Shown(&source.text)) } }
                }
            }
            None => { span.muted { "speaker not found" } }
        }
    }
}

/// Who speaks, for comparing: the entity, else the words.
fn who(quotation: &ReportQuotation) -> Option<&str> {
    quotation.source.as_ref().map(|s| s.entity.as_deref().unwrap_or(&s.text))
}

fn variants(book: &Book<'_>, s: &str, list: &[Numbered<'_>]) -> Markup {
    // Direct speech first; the wording that has most in common with the others is the one they are held against.
    let mut order: Vec<Numbered<'_>> = list.to_vec();
    order.sort_by_key(|(i, q)| (q.kind == QuotationKind::Indirect, std::cmp::Reverse(q.text.len()), *i));
    let n_direct = order.iter().filter(|(_, q)| q.kind != QuotationKind::Indirect).count();
    let wordings: Vec<&str> = order.iter().map(|(_, q)| q.text.as_str()).collect();
    let base = middle(wordings.get(..if n_direct > 0 { n_direct } else { wordings.len() }).unwrap_or(&[]));
    if base < order.len() {
        let moved = order.remove(base);
        order.insert(0, moved);
    }
    let texts: Vec<&str> = order.iter().map(|(_, q)| q.text.as_str()).collect();
    let aligned = columns(&texts);
    let speakers: BTreeSet<Option<&str>> = order.iter().map(|(_, q)| who(q)).collect();
    let flow = aligned.as_ref().is_none_or(|c| width(c) > N_COLUMNS);
    let span = aligned.as_ref().map_or(1, |c| width(c).max(1));
    markup! {
        div.scroll role="region" tabindex="0" aria-label="Variants of one quotation" {
            table.variants.flow[flow] {
                @if speakers.len() > 1 {
                    caption { strong { "Not every account gives it to the same speaker." } }
                }
                thead { tr { th scope="col" { "Account" } th scope="col" { "Speaker" } th scope="col" colspan=(span) { "Words" } } }
                tbody {
                    @for (row, (i, quotation)) in order.iter().enumerate() {
                        tr id={ (s) "-q" (i + 1) } {
                            th scope="row" {
                                a.cite href={ "#" (book.anchor(&quotation.document, quotation.start, quotation.end)) } {
                                    (book.name_of(&quotation.document))
                                }
                                @if quotation.kind != QuotationKind::Direct {
                                    span.muted { " " (names::quotation_kind(quotation.kind)) }
                                }
                            }
                            td.who { (speaker(quotation)) }
                            @match &aligned {
                                Some(columns) => { (cells(columns, row)) }
                                None => { td dir="auto" { (Shown(&quotation.text)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn width(columns: &Columns<'_>) -> usize {
    columns.rows.first().map_or(0, Vec::len)
}

fn cells(columns: &Columns<'_>, row: usize) -> Markup {
    let slots = columns.rows.get(row).map_or(&[][..], Vec::as_slice);
    // One dash stands for a whole stretch that an account lacks.
    let is_gap_start = |i: usize| i == 0 || slots.get(i - 1).is_some_and(|s| !s.text.is_empty());
    markup! {
        @for (i, slot) in slots.iter().enumerate() {
            td.words dir="auto" {
                @if slot.text.is_empty() {
                    @if is_gap_start(i) { span.gap { span aria-hidden="true" { "\u{2013}" } span.vh { "left out" } } }
                }
                @else if slot.differs { mark.focus { (Shown(slot.text)) } }
                @else { (Shown(slot.text)) }
                " "
            }
        }
    }
}

fn lone(book: &Book<'_>, s: &str, (i, quotation): Numbered<'_>) -> Markup {
    let (open, close) = match quotation.kind {
        QuotationKind::Indirect => ("", ""),
        _ => ("\u{201c}", "\u{201d}"),
    };
    markup! {
        li id={ (s) "-q" (i + 1) } {
            span.words dir="auto" { (open) (Shown(&quotation.text)) (close) }
            " "
            span.said { (speaker(quotation)) ", in " }
            a.cite href={ "#" (book.anchor(&quotation.document, quotation.start, quotation.end)) } {
                (book.name_of(&quotation.document))
            }
            @if quotation.kind != QuotationKind::Direct { span.muted { " " (names::quotation_kind(quotation.kind)) } }
        }
    }
}
