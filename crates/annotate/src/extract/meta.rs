//! What a page says about itself outside of its text.

use variorum_schema::DateSource;

/// Metadata of a page; empty for bare text.
#[derive(Clone, Debug, Default)]
pub(super) struct Meta {
    /// Headline.
    pub title: Option<String>,
    /// Site name or publisher.
    pub site: Option<String>,
    /// Author names.
    pub authors: Vec<String>,
    /// `lang` of the root element.
    pub language: Option<String>,
    /// Canonical address.
    pub url: Option<String>,
    /// Dates, in the order in which they stand.
    pub dates: Vec<MetaDate>,
    /// The article's text as structured data gives it, if it does.
    pub body: Option<String>,
}

/// A date of the metadata.
#[derive(Clone, Debug)]
pub(super) struct MetaDate {
    /// JSON-LD, meta element or time element.
    pub source: DateSource,
    /// Name of the field ("datePublished").
    pub field: String,
    /// Value as written.
    pub value: String,
    /// How far to trust it, 0 to 1.
    pub weight: f64,
}
