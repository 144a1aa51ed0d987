//! The report for a terminal.

use variorum_schema::Report;

use super::Texts;

/// How the terminal report is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used. Nothing is told by colour alone.
    pub color: bool,
    /// Columns to fill; values under 40 are taken as 40.
    pub width: usize,
}

/// The report as lines for a terminal.
#[must_use]
pub fn text(report: &Report, _texts: &Texts, _style: Style) -> String {
    let mut out = String::new();
    for story in &report.stories {
        out.push_str(&format!("{}\n", story.title.escape_debug()));
        for finding in &story.findings {
            out.push_str(&format!("  {}\n", finding.message.escape_debug()));
        }
    }
    out
}
