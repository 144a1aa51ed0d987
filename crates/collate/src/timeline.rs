//! What happened when, according to whom.

use variorum_schema::TimelineEntry;

use crate::telling::Telling;

/// Entries in order of their days.
#[must_use]
pub fn timeline(_telling: &Telling) -> Vec<TimelineEntry> {
    Vec::new()
}
