//! Claims × accounts: who states what.

use variorum_schema::{Finding, MatrixRow};

use crate::telling::Telling;

/// One row per claim that two or more accounts speak of, the best supported first; cells follow `order`.
#[must_use]
pub fn matrix(_telling: &Telling, _findings: &[Finding], _order: &[u32]) -> Vec<MatrixRow> {
    Vec::new()
}
