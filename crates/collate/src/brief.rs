//! An extractive brief with a citation on every sentence.

use variorum_schema::{BriefSentence, Finding};

use crate::telling::Telling;

/// The brief of a story.
#[must_use]
pub fn brief(_telling: &Telling, _findings: &[Finding]) -> Vec<BriefSentence> {
    Vec::new()
}
