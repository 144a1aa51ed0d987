//! The report as Markdown.

use variorum_schema::Report;

use super::Texts;

/// The report as Markdown with footnotes.
#[must_use]
pub fn markdown(report: &Report, texts: &Texts) -> String {
    super::text(report, texts, super::Style { color: false, width: 100 })
}
