//! Corrections: what an agency changes in its own text and says so is a revision, and whoever still carries the first
//! text corrupted nothing.

use variorum_schema::{FindingKind, Span};

use super::{Disagreement, Place};
use crate::telling::Telling;

/// A notice stands within so many bytes of the beginning.
const TOP: usize = 800;
/// How a notice of correction begins.
const NOTICES: [&str; 4] = ["(corrects ", "(corrected ", "correction:", "corrects "];

/// Turns differences along a copy into revisions where a notice of correction names both what stood and what stands.
pub(super) fn corrections(telling: &Telling, found: &mut [Disagreement]) {
    for d in found.iter_mut().filter(|d| d.kind == FindingKind::CorruptedCopy) {
        if is_corrected(telling, &d.y, &d.x) {
            d.kind = FindingKind::Revised;
        } else if is_corrected(telling, &d.x, &d.y) {
            (d.x, d.y) = (d.y, d.x);
            d.kind = FindingKind::Revised;
        }
    }
}

/// Whether the account of `new` says that it corrects what stands at `old` to what stands at `new`.
pub(super) fn is_corrected(telling: &Telling, new: &Place, old: &Place) -> bool {
    notice(telling, new.statement.account)
        .is_some_and(|notice| names(telling, &notice, new) && names(telling, &notice, old))
}

/// The notice of correction of an account, in lower case.
fn notice(telling: &Telling, account: u32) -> Option<String> {
    let text = &telling.document(account).text;
    let top = (0..=TOP.min(text.len())).rev().find_map(|n| text.get(..n)).unwrap_or_default();
    let mut lines = top.lines().map(|l| l.trim().to_lowercase());
    lines.find(|l| NOTICES.iter().any(|n| l.starts_with(n)))
}

/// Whether a notice names what stands at a place: all its numbers and words of five letters or more.
fn names(telling: &Telling, notice: &str, place: &Place) -> bool {
    let focus: Span = place.focus;
    let words = focus.of(&telling.document(place.statement.account).text).to_lowercase();
    let said: Vec<&str> = notice.split(|c: char| !c.is_alphanumeric()).collect();
    let own = words.split(|c: char| !c.is_alphanumeric());
    let mut own = own.filter(|w| w.len() >= 5 || w.parse::<u32>().is_ok()).peekable();
    own.peek().is_some() && own.all(|w| said.contains(&w))
}
