//! What is reported, each finding with evidence on every side.

use std::collections::BTreeMap;

use variorum_schema::Finding;

use crate::telling::Telling;

pub mod quotation;

/// The findings of a story, the most important first. `utterances`: see [`quotation::utterances`].
#[must_use]
pub fn findings(_telling: &Telling, _utterances: &BTreeMap<(u32, u32), String>) -> Vec<Finding> {
    Vec::new()
}
