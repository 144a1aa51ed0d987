//! Dates an undated document from the others of its story.

use variorum_schema::Published;

use crate::Account;
use crate::pile::Pile;

/// New publication dates for members without a usable one: `(account, conclusion)`, with the evidence of other members.
#[must_use]
pub fn dates(_accounts: &[Account], _pile: &Pile, _members: &[u32]) -> Vec<(u32, Published)> {
    Vec::new()
}

/// Gives an account a publication date, and resolves its time expressions against it.
pub fn apply(account: &mut Account, published: Published) {
    if let Some(anchor) = published.value {
        for time in &mut account.annotations.times {
            let resolved = time.relative.and_then(|relative| variorum_annotate::time::resolve(relative, anchor));
            if let (None, Some((value, interval))) = (time.interval, resolved) {
                time.value = value;
                time.interval = Some(interval);
            }
        }
    }
    account.document.published = published;
}
