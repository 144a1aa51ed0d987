//! Arithmetic on the civil calendar: weeks, months, seasons, Easter.

use jiff::civil::{Date, Weekday};
use jiff::{Span, ToSpan};
use variorum_schema::{Granularity, Interval};

use super::lexicon::Rule;

/// An interval of one day.
pub(super) fn day(date: Date) -> Interval {
    Interval { first: date, last: date }
}

/// A date from its parts, if the calendar has it.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    Date::new(year, month, day).ok()
}

/// `date` moved by `days`.
pub(super) fn add_days(date: Date, days: i32) -> Option<Date> {
    date.checked_add(Span::new().try_days(days).ok()?).ok()
}

/// `date` moved by `months`; the day of the month is cut to the length of the month.
pub(super) fn add_months(date: Date, months: i32) -> Option<Date> {
    date.checked_add(Span::new().try_months(months).ok()?).ok()
}

/// `date` moved by `years`.
pub(super) fn add_years(date: Date, years: i32) -> Option<Date> {
    date.checked_add(Span::new().try_years(years).ok()?).ok()
}

/// Monday to Sunday around `date` (ISO 8601).
pub(super) fn week(date: Date) -> Option<Interval> {
    let first = add_days(date, -i32::from(date.weekday().to_monday_zero_offset()))?;
    Some(Interval { first, last: add_days(first, 6)? })
}

/// The weekend of the ISO week of `date`.
pub(super) fn weekend(date: Date) -> Option<Interval> {
    let week = week(date)?;
    Some(Interval { first: add_days(week.first, 5)?, last: week.last })
}

/// First to last day of the month of `date`.
pub(super) fn month(date: Date) -> Interval {
    Interval { first: date.first_of_month(), last: date.last_of_month() }
}

/// The whole year.
pub(super) fn year(year: i16) -> Option<Interval> {
    Some(Interval { first: date(year, 1, 1)?, last: date(year, 12, 31)? })
}

/// `months` months from the first of a month on.
pub(super) fn months(year: i16, first: i8, months: i32) -> Option<Interval> {
    let first = date(year, first, 1)?;
    Some(Interval { first, last: add_days(add_months(first, months)?, -1)? })
}

/// Value of an ISO week ("2020-W30").
pub(super) fn week_value(date: Date) -> String {
    let week = date.iso_week_date();
    format!("{:04}-W{:02}", week.year(), week.week())
}

/// Value of a date cut to a granularity.
pub(super) fn value(date: Date, granularity: Granularity) -> String {
    let (y, m) = (date.year(), date.month());
    match granularity {
        Granularity::Week => week_value(date),
        Granularity::Weekend => format!("{}-WE", week_value(date)),
        Granularity::Month => format!("{y:04}-{m:02}"),
        Granularity::Quarter => format!("{y:04}-Q{}", (m - 1) / 3 + 1),
        Granularity::Year => format!("{y:04}"),
        Granularity::Decade => format!("{:03}", y / 10),
        _ => format!("{y:04}-{m:02}-{:02}", date.day()),
    }
}

/// The days of the unit of `granularity` that holds `date`.
pub(super) fn around(date: Date, granularity: Granularity) -> Option<Interval> {
    match granularity {
        Granularity::Week => week(date),
        Granularity::Weekend => weekend(date),
        Granularity::Month => Some(month(date)),
        Granularity::Quarter => months(date.year(), (date.month() - 1) / 3 * 3 + 1, 3),
        Granularity::Year => year(date.year()),
        Granularity::Decade => decade(date.year() / 10 * 10),
        _ => Some(day(date)),
    }
}

/// Ten years from `start` on.
pub(super) fn decade(start: i16) -> Option<Interval> {
    Some(Interval { first: date(start, 1, 1)?, last: date(start + 9, 12, 31)? })
}

/// The nearest `weekday` on or before `date`.
pub(super) fn on_or_before(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(date, -i32::from(date.weekday().since(weekday)))
}

/// The nearest `weekday` on or after `date`.
pub(super) fn on_or_after(date: Date, weekday: Weekday) -> Option<Date> {
    add_days(date, i32::from(date.weekday().until(weekday)))
}

/// The day of a holiday in a year.
pub(super) fn holiday(rule: Rule, year: i16) -> Option<Date> {
    match rule {
        Rule::Fixed(month, day) => date(year, month, day),
        Rule::Nth(nth, weekday, month) => {
            let weekday = Weekday::from_monday_one_offset(weekday).ok()?;
            date(year, month, 1)?.nth_weekday_of_month(nth, weekday).ok()
        }
        Rule::Easter(offset) => add_days(easter(year)?, offset),
    }
}

/// Easter Sunday of a Gregorian year (Meeus/Jones/Butcher).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let (d, e, f) = (b / 4, b % 4, (b + 8) / 25);
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let n = h + l - 7 * m + 114;
    let first = date(year, i8::try_from(n / 31).ok()?, 1)?;
    first.checked_add((n % 31).days()).ok()
}
