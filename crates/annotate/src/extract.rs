//! Page → document: main text, metadata, furniture, publication date.

use variorum_schema::{Document, Page};

mod assemble;
mod bare;
mod credit;
mod day;
mod decode;
mod furniture;
mod line;
mod meta;
mod published;

/// See [`crate::extract`].
#[must_use]
pub fn extract(page: &Page) -> Document {
    let decoded = decode::decode(page);
    let meta = meta::Meta::default();
    let lines = bare::lines(&decoded.text, page);
    assemble::document(page, decoded.text, lines, &meta, decoded.notes)
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
