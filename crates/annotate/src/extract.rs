//! Page → document: main text, metadata, furniture, publication date.

use variorum_schema::{Block, BlockKind, Document, Page, Published, Span};

/// See [`crate::extract`].
#[must_use]
pub fn extract(page: &Page) -> Document {
    let text = String::from_utf8_lossy(&page.bytes).into_owned();
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        if !trimmed.is_empty() {
            let at = start + line.find(trimmed).unwrap_or(0);
            blocks.push(Block { span: Span::new(at, at + trimmed.len()), kind: BlockKind::Paragraph });
        }
        start += line.len();
    }
    Document {
        id: document_id(&page.name, &text),
        name: page.name.clone(),
        text,
        blocks,
        furniture: Vec::new(),
        title: None,
        title_text: page.title.clone(),
        byline: None,
        authors: Vec::new(),
        dateline: None,
        credits: Vec::new(),
        language: None,
        outlet: page.outlet.clone(),
        url: page.url.clone(),
        fetched: None,
        published: Published { basis: "unknown".into(), ..Published::default() },
        extra: page.extra.clone(),
        notes: Vec::new(),
    }
}

/// `d-` and 12 hexadecimal digits: a function of name and text, so that it does not depend on the rest of the pile.
#[must_use]
pub fn document_id(name: &str, text: &str) -> String {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(name.as_bytes());
    hasher.update(&[0]);
    hasher.update(text.as_bytes());
    format!("d-{:012x}", hasher.digest() & 0xffff_ffff_ffff)
}
