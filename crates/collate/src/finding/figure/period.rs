//! Which months two accounts tell of: the number of jobs in June and that in September are two numbers, not two versions
//! of one.

use std::collections::BTreeSet;

use variorum_schema::TimeKind;

use crate::telling::Telling;

/// The months (1 to 12) that an account names.
#[must_use]
pub fn months(telling: &Telling, member: u32) -> BTreeSet<u8> {
    let times = &telling.account(member).annotations.times;
    let dates = times.iter().filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time));
    // "XXXX-06", "2018-06-14"
    let months = dates.filter_map(|t| t.value.get(5..7).filter(|_| t.value.get(4..5) == Some("-")));
    months.filter_map(|m| m.parse().ok()).filter(|m| (1..=12).contains(m)).collect()
}

/// Whether neither of two accounts has a day of its own: nobody knows whether they are of one time.
#[must_use]
pub fn are_undated(telling: &Telling, a: u32, b: u32) -> bool {
    [a, b].iter().all(|m| telling.document(*m).published.own_day().is_none())
}

/// Whether two accounts without a day of their own name months, and none that both name: nothing says that they tell of one
/// time.
#[must_use]
pub fn are_of_other_months(telling: &Telling, a: u32, b: u32) -> bool {
    if !are_undated(telling, a, b) {
        return false;
    }
    let (x, y) = (months(telling, a), months(telling, b));
    !x.is_empty() && !y.is_empty() && x.is_disjoint(&y)
}
