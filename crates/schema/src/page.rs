//! [`Page`]: bytes as fetched, before anything is decided.

use std::collections::BTreeMap;

/// What the bytes of a page are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Media {
    /// An HTML document; encoding not yet known.
    Html,
    /// Bare text; encoding not yet known.
    Text,
    /// Not said: decided by looking at the bytes.
    Unknown,
}

/// One page as it was given to us, with what a sidecar, a feed or a JSONL line says about it.
#[derive(Clone, Debug)]
pub struct Page {
    /// The path or URL given by the user; with `#N` (1-based line) for a line of a JSONL file.
    pub name: String,
    /// The bytes, decompressed, not decoded.
    pub bytes: Vec<u8>,
    /// What the bytes are.
    pub media: Media,
    /// Encoding label known from outside (HTTP header, JSONL is always `utf-8`).
    pub encoding: Option<String>,
    /// Where it was fetched.
    pub url: Option<String>,
    /// Who published it, as told from outside.
    pub outlet: Option<String>,
    /// Title, as told from outside.
    pub title: Option<String>,
    /// Author or byline, as told from outside.
    pub byline: Option<String>,
    /// Publication date or time, as told from outside, unparsed.
    pub published: Option<String>,
    /// When it was fetched, unparsed. A crawl date: never the publication date, but no article is younger.
    pub fetched: Option<String>,
    /// Fields that passed through.
    pub extra: BTreeMap<String, String>,
}

impl Page {
    /// A page of which only the name and the bytes are known.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Page {
        Page {
            name: name.into(),
            bytes: bytes.into(),
            media: Media::Unknown,
            encoding: None,
            url: None,
            outlet: None,
            title: None,
            byline: None,
            published: None,
            fetched: None,
            extra: BTreeMap::new(),
        }
    }
}
