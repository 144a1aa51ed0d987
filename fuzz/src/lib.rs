//! What every fuzz target holds to: no panic, and every span lies in the text, on character boundaries.

pub mod pile;

use variorum_schema::{Annotations, Document, Media, Page, Span};

/// Text strung together from `parts`, one for each byte; a byte past the table stands for itself, so that the fuzzer
/// may also write what nobody foresaw.
#[must_use]
pub fn strung(data: &[u8], parts: &[&str]) -> String {
    let mut text = String::new();
    for &byte in data {
        match parts.get(usize::from(byte)) {
            Some(part) => text.push_str(part),
            None => text.push(char::from(byte)),
        }
    }
    text
}

/// Extracts and annotates a page of bare text and checks every span.
pub fn check_text(text: &str) {
    let mut page = Page::new("fuzz", text.as_bytes());
    page.media = Media::Text;
    page.encoding = Some("utf-8".to_owned());
    page.published = Some("2026-08-04".to_owned());
    check_page(&page);
}

/// Extracts and annotates a page and checks every span.
pub fn check_page(page: &Page) {
    let document = variorum_annotate::extract(page);
    check_document(&document);
    check_annotations(&document, &variorum_annotate::annotate(&document));
}

fn check(text: &str, span: Span) {
    let found = text.get(span.start as usize..span.end as usize);
    assert!(found.is_some(), "{}..{} is no text of {} bytes", span.start, span.end, text.len());
}

fn check_document(d: &Document) {
    let lines = d.title.iter().chain(&d.byline).chain(&d.dateline).copied();
    let marks = d.furniture.iter().map(|f| f.span).chain(d.credits.iter().map(|c| c.span));
    d.blocks.iter().map(|b| b.span).chain(lines).chain(marks).for_each(|s| check(&d.text, s));
}

fn check_annotations(d: &Document, a: &Annotations) {
    let quoted = a.quotations.iter();
    let quoted = quoted.flat_map(|q| {
        q.content.iter().chain(&q.cue).copied().chain([q.span]).chain(q.source.iter().map(|s| s.span))
    });
    let spans = a.sentences.iter().map(|s| s.span);
    let spans = spans.chain(a.tokens.iter().map(|t| t.span));
    let spans = spans.chain(a.mentions.iter().flat_map(|m| [m.span, m.full]));
    let spans = spans.chain(a.times.iter().map(|t| t.span)).chain(quoted);
    let spans = spans.chain(a.quantities.iter().flat_map(|q| [q.span, q.number]));
    let spans = spans.chain(a.claims.iter().flat_map(|c| [c.span, c.predicate]));
    spans.for_each(|s| check(&d.text, s));
}
