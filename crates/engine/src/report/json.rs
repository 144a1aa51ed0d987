//! The report as JSON, `variorum.report/v1`.

use variorum_schema::Report;

/// The report as indented JSON with a newline at the end. Keys stand in the order of the schema's fields.
#[must_use]
pub fn json(report: &Report) -> String {
    // A `Report` holds strings, numbers, lists and maps with string keys only, so that writing it cannot fail.
    let mut out = serde_json::to_string_pretty(report).unwrap_or_default();
    out.push('\n');
    out
}
