//! Which days a group of accounts tells of, and whether those of two groups speak against one event: last year's storm tells of
//! another day, a report a week later names the day of what it follows up.

use std::collections::{BTreeMap, BTreeSet};

use jiff::ToSpan;
use jiff::civil::Date;
use variorum_schema::Granularity;

use crate::Account;

/// Sentences at the head of a report that tell when it happened.
const N_HEAD: usize = 4;
/// Longest time, in days, that counts as naming a day in it ("in May").
const MAX_DAYS: i32 = 31;
/// Times of one account that are read, so that a list of dates costs no more.
const MAX_TIMES: usize = 500;
/// Share of the accounts of a group that must tell of the other's day. One may well recall an earlier event of the kind.
const MOST: f64 = 0.67;
/// Days between two groups' own days from which on they are another event's: a story may develop over weeks.
const APART: i32 = 21;

/// The days of a group.
#[derive(Clone, Debug, Default)]
pub(super) struct Days {
    /// Days of publication, and those named at the head of its accounts.
    own: BTreeSet<Date>,
    /// For each day how many of its accounts tell of it, or of a month or week with it.
    told: BTreeMap<Date, u32>,
    /// Accounts that tell of any day.
    n: u32,
}

/// What the days of two groups say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The days of one are unknown.
    Unknown,
    /// Nothing either way.
    Open,
    /// Most of one tell of a day of the other.
    Told,
    /// Neither tells of the other's days, which lie so many days apart.
    Apart(i32),
}

impl Days {
    /// The days of one account.
    pub(super) fn new(account: &Account) -> Days {
        let mut own: BTreeSet<Date> = account.document.published.value.into_iter().collect();
        let mut told = own.clone();
        for time in account.annotations.times.iter().take(MAX_TIMES) {
            let Some(interval) = time.interval else { continue };
            let n_days = (interval.last - interval.first).get_days();
            if !(0..=MAX_DAYS).contains(&n_days) {
                continue;
            }
            told.extend(interval.first.series(1.day()).take_while(|day| *day <= interval.last));
            let is_day = n_days == 0 && matches!(time.granularity, Granularity::Day | Granularity::Time);
            if is_day && account.annotations.sentence_at(time.span.start).is_some_and(|s| s < N_HEAD) {
                own.insert(interval.first);
            }
        }
        let n = u32::from(!told.is_empty());
        Days { own, told: told.into_iter().map(|day| (day, 1)).collect(), n }
    }

    /// Takes up those of another group.
    pub(super) fn join(&mut self, other: Days) {
        self.own.extend(other.own);
        for (day, n) in other.told {
            *self.told.entry(day).or_insert(0) += n;
        }
        self.n += other.n;
    }

    /// Share of the accounts that tell of the day of `other` of which most do.
    fn tells_of(&self, other: &Days) -> f64 {
        let most = other.own.iter().filter_map(|day| self.told.get(day)).max().copied().unwrap_or(0);
        f64::from(most) / f64::from(self.n.max(1))
    }

    /// What the days of two groups say.
    pub(super) fn against(&self, other: &Days) -> Verdict {
        if self.own.is_empty() || other.own.is_empty() {
            return Verdict::Unknown;
        }
        if self.tells_of(other).max(other.tells_of(self)) >= MOST {
            return Verdict::Told;
        }
        match distance(&self.own, &other.own) {
            days if days >= APART => Verdict::Apart(days),
            _ => Verdict::Open,
        }
    }
}

/// Days between the nearest days of two sets; 0 where one is empty.
fn distance(a: &BTreeSet<Date>, b: &BTreeSet<Date>) -> i32 {
    let of = |day: &Date| {
        let before = b.range(..=*day).next_back().map(|other| (*day - *other).get_days());
        let after = b.range(*day..).next().map(|other| (*other - *day).get_days());
        [before, after].into_iter().flatten().min()
    };
    a.iter().filter_map(of).min().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    /// Accounts by what each tells of (days of May 2031), the first of them its own.
    fn group(accounts: &[&[i8]]) -> Days {
        let mut days = Days::default();
        for told in accounts {
            let told: Vec<Date> = told.iter().map(|d| date(2031, 5, *d)).collect();
            let own = told.first().copied().into_iter().collect();
            let n = u32::from(!told.is_empty());
            days.join(Days { own, told: told.into_iter().map(|d| (d, 1)).collect(), n });
        }
        days
    }

    #[test]
    fn days_of_two_groups() {
        for (a, b, expected) in [
            (&[&[6, 5][..], &[6]][..], &[&[6][..]][..], Verdict::Told),
            // a follow-up names the day of what it follows
            (&[&[6], &[6]], &[&[20, 6]], Verdict::Told),
            // one of three recalls the earlier event
            (&[&[29], &[29], &[29, 6]], &[&[6]], Verdict::Apart(23)),
            (&[&[6]], &[&[26]], Verdict::Open),
            (&[&[6]], &[&[27]], Verdict::Apart(21)),
            (&[&[6]], &[&[]], Verdict::Unknown),
            (&[], &[], Verdict::Unknown),
        ] {
            assert_eq!(group(a).against(&group(b)), expected, "{a:?} {b:?}");
            assert_eq!(group(b).against(&group(a)), expected, "{b:?} {a:?}");
        }
    }
}
