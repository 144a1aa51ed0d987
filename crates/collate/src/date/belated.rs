//! Copies that bear the day of their page: an excerpt filed under another day, a page printed or set up anew months later. Its words
//! are those of the earlier report, "on Saturday" too; so the day is the page's, and the report is dated from its story.

use std::collections::BTreeSet;

use jiff::civil::Date;
use variorum_schema::{CopyKind, DateCandidate, DateSource, Published, Unit};

use crate::Account;
use crate::copy::Related;
use crate::story::TEMPLATE_DAYS;

/// Share of the later account's words that stand in runs of five in the earlier one.
const TAKEN: f64 = 0.75;
/// Share of the later account's numbers that the earlier one has: a form filled in again has others.
const SAME_NUMBERS: f64 = 0.8;
/// The same where every sentence was reworded: a machine that does so changes a number now and then.
const MOST_NUMBERS: f64 = 0.6;
/// How sure it must be that such an account is a copy.
const SURE: f64 = 0.9;
/// Runs in fewer words than these come back in any text.
const MIN_WORDS: usize = 40;

/// New conclusions for accounts whose words an account published more than a week before has: no day, with the reason.
#[must_use]
pub fn belated(accounts: &[Account], related: &[Related]) -> Vec<(u32, Published)> {
    let mut seen = BTreeSet::new();
    let mut found = Vec::new();
    for pair in related {
        let day = |account: u32| accounts[account as usize].document.published.own_day();
        let (Some(a), Some(b)) = (day(pair.a), day(pair.b)) else { continue };
        let (later, earlier, taken, told) = match a > b {
            true => (pair.a, pair.b, pair.verbatim_a, pair.alignment.share_a),
            false => (pair.b, pair.a, pair.verbatim_b, pair.alignment.share_b),
        };
        let is_reworded = pair.kind == CopyKind::Reworded && pair.confidence >= SURE && told >= TAKEN;
        let needed = if taken >= TAKEN {
            SAME_NUMBERS
        } else if is_reworded {
            MOST_NUMBERS
        } else {
            continue;
        };
        let (newer, older) = (&accounts[later as usize], &accounts[earlier as usize]);
        if is_belated(newer, older, needed) && seen.insert(later) {
            found.push((later, refused(accounts, later, earlier)));
        }
    }
    found
}

/// Whether the later of two accounts holds little but the text of the earlier, numbers and all, too late to be its report.
fn is_belated(later: &Account, earlier: &Account, needed: f64) -> bool {
    let day = |account: &Account| account.document.published.own_day();
    let (Some(late), Some(early)) = (day(later), day(earlier)) else { return false };
    let is_long = later.document.text.split_whitespace().nth(MIN_WORDS).is_some();
    let is_given = later.document.published.evidence.first().is_some_and(|c| c.source == DateSource::Given);
    is_long
        && !is_given
        && f64::from((late - early).get_days()) > TEMPLATE_DAYS
        && numbers_shared(later, earlier) >= needed
}

/// Share of the later account's numbers that the earlier one has; 1 where it has none.
fn numbers_shared(later: &Account, earlier: &Account) -> f64 {
    let numbers = |account: &Account| -> Vec<u64> {
        let told = account.annotations.quantities.iter().filter(|q| q.unit != Unit::Ordinal);
        told.map(|q| q.value.to_bits()).collect()
    };
    let known: BTreeSet<u64> = numbers(earlier).into_iter().collect();
    let own = numbers(later);
    let shared = own.iter().filter(|n| known.contains(n)).count();
    if own.is_empty() { 1.0 } else { shared as f64 / own.len() as f64 }
}

/// No day, the page's own refused.
fn refused(accounts: &[Account], later: u32, earlier: u32) -> Published {
    let own = &accounts[later as usize].document.published;
    let other = &accounts[earlier as usize].document;
    let reason = format!(
        "the day of the page, not of the report: its text is that of {}, published {}",
        other.name,
        other.published.value.as_ref().map_or_else(String::new, Date::to_string)
    );
    let mut evidence = own.evidence.clone();
    for candidate in evidence.iter_mut().filter(|c| c.value == own.value) {
        *candidate = DateCandidate { weight: 0.0, reason: reason.clone(), ..candidate.clone() };
    }
    Published { basis: "unknown".into(), evidence, ..Published::default() }
}
