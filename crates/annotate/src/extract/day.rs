//! Calendar days as pages write them: "21 July 2020", "July 21, 2020 - 21:8", "2020-07-21T10:00:00+02:00", "21/07/20".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use crate::lexicon::entries;
use jiff::civil::{Date, Weekday};

mod scan;

use scan::{Parts, Written};

/// A day written in a text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Day {
    /// Byte range, with weekday and clock time where they stand beside it.
    pub range: Range<usize>,
    /// The day; for "03/04/2024" the month-first reading if `swapped` is set.
    pub date: Date,
    /// The other reading of an all-number date, when both are possible.
    pub swapped: Option<Date>,
    /// Whether a weekday stands beside it.
    pub weekday: bool,
    /// Whether a clock time stands beside it.
    pub clock: bool,
}

/// A month and a day without a year, in running text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct MonthDay {
    /// 1-12.
    pub month: i8,
    /// 1-31.
    pub day: i8,
}

struct Names {
    month: BTreeMap<&'static str, i8>,
    weekday: BTreeMap<&'static str, i8>,
    /// The months' names by their first letter, longer ones first: "june" is tried before "jun".
    months: [Vec<&'static str>; 26],
    /// The weekdays' names, likewise.
    weekdays: [Vec<&'static str>; 26],
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (mut month, mut weekday) = (BTreeMap::new(), BTreeMap::new());
    for fields in entries(include_str!("../../data/dates.txt")) {
        let [kind, number, _, forms] = fields[..] else { continue };
        let map = if kind == "month" { &mut month } else { &mut weekday };
        for form in forms.split('|') {
            map.insert(form, number.parse().unwrap_or(0));
        }
    }
    let (months, weekdays) = (by_letter(&month), by_letter(&weekday));
    Names { month, weekday, months, weekdays }
});

fn by_letter(map: &BTreeMap<&'static str, i8>) -> [Vec<&'static str>; 26] {
    let mut forms: [Vec<&'static str>; 26] = Default::default();
    for form in map.keys() {
        let letter = form.bytes().next().map_or(26, |b| usize::from(b.wrapping_sub(b'a')));
        if let Some(list) = forms.get_mut(letter) {
            list.push(form);
        }
    }
    forms.iter_mut().for_each(|list| list.sort_by_key(|form| std::cmp::Reverse(form.len())));
    forms
}

/// The days written with a year in the first `limit` bytes of a text, in order.
pub(super) fn days(text: &str, limit: usize) -> Vec<Day> {
    let text = &text[..boundary(text, limit)];
    if !may_hold_year(text) {
        return Vec::new();
    }
    scan::written(text, &NAMES).into_iter().filter_map(read).collect()
}

/// Whether a text holds four digits that may be a year, or a short form of one: saves the expression most lines.
fn may_hold_year(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).any(|at| match bytes[at] {
        b'1' | b'2' => digit(at + 1) && digit(at + 2) && digit(at + 3),
        b'/' | b'\'' => digit(at + 1),
        _ => false,
    })
}

/// The last character boundary at or before `at`.
pub(super) fn boundary(text: &str, at: usize) -> usize {
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}

fn read(found: Written) -> Option<Day> {
    let mut swapped = None;
    let date = match found.parts {
        Parts::YearFirst { year, month, day } => {
            date(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?)?
        }
        Parts::Named { year, month, day } => date(full_year(year)?, month_named(month)?, day.parse().ok()?)?,
        Parts::Numbers { first, second, year: written, mark } => {
            let year = full_year(written)?;
            // Two-digit years with points or hyphens are scores, versions and phone numbers too often.
            if written.len() == 2 && mark != b'/' {
                return None;
            }
            let (a, b) = (first.parse().ok()?, second.parse().ok()?);
            let (month_first, day_first) = (date(year, a, b), date(year, b, a));
            if mark == b'/' {
                swapped = month_first.and(day_first).filter(|_| a != b);
                month_first.or(day_first)?
            } else {
                // With points or hyphens the day stands first everywhere.
                day_first.or(month_first)?
            }
        }
    };
    let (range, clock) = (found.range, found.clock);
    let week = found.week.and_then(|w| NAMES.weekday.get(w.to_lowercase().as_str()).copied());
    if let (Some(week), Some(other)) = (week, swapped) {
        let fits = |d: Date| Weekday::from_monday_one_offset(week).is_ok_and(|w| d.weekday() == w);
        let chosen = if fits(other) && !fits(date) { other } else { date };
        return Some(Day { range, date: chosen, swapped: None, weekday: true, clock });
    }
    Some(Day { range, date, swapped, weekday: week.is_some(), clock })
}

/// The number of a month name or its abbreviation.
pub(super) fn month_named(name: &str) -> Option<i8> {
    NAMES.month.get(name.to_lowercase().as_str()).copied()
}

/// The weekday of that name.
pub(super) fn weekday_named(name: &str) -> Option<Weekday> {
    let number = NAMES.weekday.get(name.to_lowercase().as_str()).copied()?;
    Weekday::from_monday_one_offset(number).ok()
}

fn full_year(text: &str) -> Option<i16> {
    let digits: i16 = text.trim_start_matches('\'').parse().ok()?;
    Some(match digits {
        0..=68 => digits + 2000,
        69..=99 => digits + 1900,
        year => year,
    })
}

/// A day of the web's time. Earlier and later ones are misread numbers.
pub(super) fn date(year: i16, month: i8, day: i8) -> Option<Date> {
    (1990..=2100).contains(&year).then(|| Date::new(year, month, day).ok()).flatten()
}

/// The day of a machine-written value: ISO 8601 with or without time and zone, RFC 2822, epoch seconds or milliseconds,
/// `20200721`, and anything that [`days`] reads. The day is taken as written, in the zone in which it was written.
pub(super) fn machine(value: &str) -> Option<Date> {
    let value = value.trim();
    if value.is_empty() || value.len() > 80 {
        return None;
    }
    if value.bytes().all(|b| b.is_ascii_digit()) {
        let number: i64 = value.parse().ok()?;
        return match value.len() {
            8 => date((number / 10000) as i16, (number / 100 % 100) as i8, (number % 100) as i8),
            10 => from_epoch(number),
            13 => from_epoch(number / 1000),
            14 => machine(value.get(..8)?),
            _ => None,
        };
    }
    if let Some(head) = value.get(..8).filter(|h| h.bytes().all(|b| b.is_ascii_digit()))
        && value[8..].starts_with('T')
    {
        return machine(head);
    }
    days(value, 80).first().map(|day| day.date)
}

/// The hour of a machine-written value if it is told in universal time, which need not be the outlet's own.
pub(super) fn universal_hour(value: &str) -> Option<u8> {
    let value = value.trim();
    let universal = ["Z", "+00:00", "+0000", "GMT", "UTC"].iter().any(|zone| value.ends_with(zone));
    let time = value.get(11..13).filter(|_| universal && value.as_bytes().get(4) == Some(&b'-'))?;
    time.parse().ok()
}

/// Whether two machine-written values tell one moment, the first in universal time, the second on the outlet's own clock:
/// with another offset, or with none and the same minute and second some hours away.
pub(super) fn same_moment(universal: &str, own: &str) -> bool {
    let (Some((there, Some(0))), Some((here, offset))) = (clock(universal), clock(own)) else { return false };
    let seconds = there.duration_until(here).as_secs();
    match offset {
        Some(offset) => offset != 0 && (seconds - offset).abs() < 60,
        None => seconds != 0 && seconds % 3600 == 0 && seconds.abs() <= 14 * 3600,
    }
}

/// Day and time of "2020-07-21T10:00:00-04:00", and the offset in seconds if it is told. Without an offset the seconds must
/// be told.
fn clock(value: &str) -> Option<(jiff::civil::DateTime, Option<i64>)> {
    let value = value.trim();
    let date = machine(value.get(..10).filter(|day| day.as_bytes()[4] == b'-')?)?;
    let number = |from: usize| value.get(from..from + 2)?.parse::<i8>().ok();
    let colon = |at: usize| value.as_bytes().get(at) == Some(&b':');
    let has_seconds = colon(16);
    let second = if has_seconds { number(17)? } else { 0 };
    if !colon(13) {
        return None;
    }
    let time = jiff::civil::Time::new(number(11)?, number(14)?, second, 0).ok()?;
    let tail = value.get(if has_seconds { 19 } else { 16 }..)?;
    let zone = tail.trim_start_matches(|c: char| c == '.' || c.is_ascii_digit()).trim();
    let offset = match zone {
        "" => return has_seconds.then(|| (date.to_datetime(time), None)),
        "Z" | "UTC" | "GMT" => 0,
        _ => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let digits: String = zone.chars().filter(char::is_ascii_digit).collect();
            let part = |from: usize| digits.get(from..from + 2)?.parse::<i64>().ok();
            let is_offset = zone.starts_with(['+', '-']) && digits.len() == 4;
            sign * (part(0).filter(|_| is_offset)? * 3600 + part(2)? * 60)
        }
    };
    Some((date.to_datetime(time), Some(offset)))
}

fn from_epoch(seconds: i64) -> Option<Date> {
    let stamp = jiff::Timestamp::from_second(seconds).ok()?;
    let day = jiff::tz::Offset::UTC.to_datetime(stamp).date();
    date(day.year(), day.month(), day.day())
}

/// Months with a day and no year in the first `limit` bytes: "on July 21".
pub(super) fn month_days(text: &str, limit: usize) -> Vec<MonthDay> {
    let text = &text[..boundary(text, limit)];
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let full: Vec<Range<usize>> = days(text, limit).into_iter().map(|d| d.range).collect();
    let mut out = Vec::new();
    for (range, name, day) in scan::month_days(text, &NAMES) {
        if full.iter().any(|r| r.contains(&range.start)) {
            continue;
        }
        // "may" and "march" are verbs, "sun" a star: only a capital makes a month of them.
        if !name.starts_with(char::is_uppercase) {
            continue;
        }
        if let (Some(month), Ok(day @ 1..=31)) = (month_named(name), day.parse()) {
            out.push(MonthDay { month, day });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let read: Vec<String> = days(text, usize::MAX).iter().map(|d| d.date.to_string()).collect();
        assert_eq!(read, expected, "{text}");
    }

    #[test]
    fn written_days() {
        check("July 20, 2020 - 21:8", &["2020-07-20"]);
        check("Tuesday , 7 May 2024", &["2024-05-07"]);
        check("Published 3 May 2024 14:05 BST", &["2024-05-03"]);
        check("3rd of March, 2011 and Sept. 4 2012", &["2011-03-03", "2012-09-04"]);
        check("2020-07-21T10:00:00+02:00", &["2020-07-21"]);
        check("25/12/2019", &["2019-12-25"]);
        check("12/25/19 and 13.14.2020", &["2019-12-25"]);
        check(
            "am 1. Juli 2017, le 14 février 2018, 3 de mayo de 2019",
            &["2017-07-01", "2018-02-14", "2019-05-03"],
        );
        check("03.04.2024", &["2024-04-03"]);
        check("February 30, 2020, 1.2.34", &[]);
        check("", &[]);
    }

    #[test]
    fn weekday_settles_the_order_of_day_and_month() {
        check("Wed 03/04/2024", &["2024-04-03"]);
        check("Mon 03/04/2024", &["2024-03-04"]);
    }

    #[test]
    fn moments() {
        for (universal, own, expected) in [
            ("2020-07-22T03:22:07Z", "2020-07-21T22:22:07-0500", true),
            ("2020-07-22T03:22:07+00:00", "2020-07-21T22:22-05:00", true),
            ("2020-07-22T03:22:07.408Z", "2020-07-21 22:22:07", true),
            ("2020-07-22T03:22:07Z", "2020-07-21T22:22:08", false),
            ("2020-07-22T03:22:07Z", "2020-07-21T22:22", false),
            ("2020-07-22T03:22:07Z", "2020-07-21T20:22:07-0500", false),
            ("2020-07-22T03:22:07Z", "2020-07-22T03:22:07Z", false),
            ("2020-07-22T03:22:07-02:00", "2020-07-21T22:22:07-0500", false),
            ("soon", "2020-07-2é", false),
        ] {
            assert_eq!(same_moment(universal, own), expected, "{universal} {own}");
        }
    }

    #[test]
    fn machine_values() {
        for (value, expected) in [
            ("20200721", Some("2020-07-21")),
            ("20200721T101500Z", Some("2020-07-21")),
            ("2020-07-21T23:59:00-07:00", Some("2020-07-21")),
            ("Tue, 21 Jul 2020 10:00:00 GMT", Some("2020-07-21")),
            ("1595325600", Some("2020-07-21")),
            ("1595325600000", Some("2020-07-21")),
            ("soon", None),
            ("99999999", None),
        ] {
            assert_eq!(machine(value).map(|d| d.to_string()).as_deref(), expected, "{value}");
        }
    }
}
