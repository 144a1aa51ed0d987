//! The report as one self-contained HTML file.

use maud::html as markup;
use variorum_schema::Report;

use super::Texts;

/// The report as one HTML file.
#[must_use]
pub fn html(report: &Report, _texts: &Texts) -> String {
    markup! { (maud::DOCTYPE) title { "Variorum" } @for story in &report.stories { h2 { (story.title) } } }
        .into_string()
}
