//! Claims: checkable statements as made in a document.

use variorum_schema::{Annotations, Claim, Document};

/// Claims in order, from the other layers of `annotations`.
#[must_use]
pub fn claims(_document: &Document, _annotations: &Annotations) -> Vec<Claim> {
    Vec::new()
}
