//! What a form means where it is told: TIMEX3 value, days, granularity.

use jiff::civil::Date;
use variorum_schema::{Granularity, Interval, Relative, Tense, TimeKind};

use super::calendar;
use super::grammar::{Base, Form, Origin, Step, Year};
use super::lexicon;

/// A date without a year that would lie further ahead, in days, is the past one, whatever the verb says: nobody tells
/// of a day ten months off without its year.
const TOO_FAR: i32 = 300;
/// The same for months.
const MONTHS_TOO_FAR: i32 = 10;

/// A day this near ahead, in days, is meant even by a verb in the past, rather than the same day a year ago.
const SOON: i32 = 14;

/// How many days ahead a date without a year is still taken for the coming one: news seldom means a day ten months
/// back without saying the year.
const AHEAD: i32 = 75;
/// The same for months.
const MONTHS_AHEAD: i32 = 2;

/// What is known where a time is told.
#[derive(Clone, Copy, Debug)]
pub(super) struct Context {
    /// The document's date.
    pub(super) anchor: Option<Date>,
    /// Where the sentence's verb points.
    pub(super) tense: Tense,
    /// First day and granularity of the time told before.
    pub(super) previous: Option<(Date, Granularity)>,
    /// The same, where a time of day may be of that day.
    pub(super) day: Option<(Date, Granularity)>,
    /// First day of the quarter of a year told just before, if one was.
    pub(super) quarter: Option<Date>,
    /// Year of a full date nearby, for documents without a date.
    pub(super) year: Option<i16>,
}

/// What a time expression means.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Reading {
    pub(super) kind: TimeKind,
    pub(super) value: String,
    pub(super) interval: Option<Interval>,
    pub(super) granularity: Granularity,
    pub(super) relative: Option<Relative>,
}

impl Reading {
    fn date(granularity: Granularity, value: String, interval: Option<Interval>) -> Reading {
        Reading { kind: TimeKind::Date, value, interval, granularity, relative: None }
    }

    fn whole(date: Date, granularity: Granularity) -> Reading {
        Reading::date(granularity, calendar::value(date, granularity), calendar::around(date, granularity))
    }

    fn relative(relative: Relative, context: &Context) -> Reading {
        let granularity = granularity(relative);
        let found = context.anchor.and_then(|anchor| resolve(relative, anchor));
        let (value, interval) = match found {
            Some((value, interval)) => (value, Some(interval)),
            None => (unresolved(relative), None),
        };
        Reading { relative: Some(relative), ..Reading::date(granularity, value, interval) }
    }

    fn open(granularity: Granularity, value: impl Into<String>) -> Reading {
        Reading::date(granularity, value.into(), None)
    }
}

/// The meaning of a form in its context.
pub(super) fn read(form: &Form, context: &Context) -> Reading {
    let mut reading = base(form, context);
    if let Some(clock) = &form.clock {
        reading.kind = TimeKind::Time;
        reading.granularity = Granularity::Time;
        reading.value.push_str(clock);
    }
    reading
}

fn base(form: &Form, context: &Context) -> Reading {
    let tense = form.tense.unwrap_or(context.tense);
    match &form.base {
        Base::Calendar { year, month, day } => date(*year, *month, *day, tense, context),
        Base::DayOfMonth(day) => day_of_month(*day, tense, context),
        Base::Decade(start) => {
            Reading::date(Granularity::Decade, format!("{:03}", start / 10), calendar::decade(*start))
        }
        Base::Century(n) => century(*n),
        Base::Season(code, year) => part(code, *year, form.tense, tense, context),
        Base::Part(code, year) => part(code, *year, form.tense, tense, context),
        Base::Holiday(rule, year) => holiday(*rule, *year, tense, context),
        // "Sandholm away this Saturday": "this" is said of the coming one, unless a verb tells of what was
        Base::Weekday(day, None) if form.tense == Some(Tense::Unknown) => {
            let tense = if context.tense == Tense::Past { Tense::Past } else { Tense::Future };
            Reading::relative(Relative::Weekday(*day, tense), context)
        }
        Base::Weekday(day, None) => Reading::relative(Relative::Weekday(*day, weekday_tense(tense)), context),
        Base::NextTo(day) => match context.previous.filter(|(_, g)| *g <= Granularity::Day) {
            Some((date, _)) => held(weekday(*day, tense, date), Granularity::Day, "XXXX-XX-XX"),
            None => Reading::relative(Relative::Weekday(*day, weekday_tense(tense)), context),
        },
        Base::Weekday(day, Some(weeks)) => weekday_of(*day, *weeks, context),
        Base::Shift(step, n, Origin::Anchor) => shift(*step, *n, tense, context),
        Base::Shift(step, n, Origin::Report) => {
            match told_quarter(context).and_then(|q| calendar::add_years(q, *n)) {
                Some(quarter) => Reading::whole(quarter, Granularity::Quarter),
                None => shift(*step, *n, tense, context),
            }
        }
        Base::Quarter(years) => reported_quarter(*years, context),
        Base::QuarterOf(year) => quarter_of(*year, context),
        Base::QuarterEnding(year, month, day) => {
            let end = date(*year, *month, *day, tense, context);
            // the middle of the three months decides: those to 31 July are mostly the second quarter
            let middle = end.interval.and_then(|i| calendar::add_days(i.last, -45));
            held(middle, Granularity::Quarter, "XXXX-QX")
        }
        Base::WeekOf(year, month, day) => {
            let day = date(*year, *month, *day, tense, context).interval.map(|i| i.first);
            held(day, Granularity::Week, "XXXX-WXX")
        }
        Base::Shift(step, n, Origin::Previous) => shift_previous(*step, *n, tense, context),
        Base::Ref(value) => Reading::open(Granularity::Vague, *value),
        Base::Duration(value) => Reading { kind: TimeKind::Duration, ..Reading::open(length(value), value) },
        Base::Set(value) => Reading { kind: TimeKind::Set, ..Reading::open(length(value), value) },
        Base::Clock => clock_day(context),
    }
}

/// News tells what happened: a weekday whose sentence does not say lies behind.
fn weekday_tense(tense: Tense) -> Tense {
    if tense == Tense::Unknown { Tense::Past } else { tense }
}

/// The unit of a duration or set, from its value.
fn length(value: &str) -> Granularity {
    if value.contains('T') {
        return Granularity::Time;
    }
    match value.chars().last() {
        Some('D') => Granularity::Day,
        Some('W') => Granularity::Week,
        Some('M') => Granularity::Month,
        Some('Q') => Granularity::Quarter,
        Some('Y') => Granularity::Year,
        _ => Granularity::Day,
    }
}

fn date(year: Year, month: i8, day: i8, tense: Tense, context: &Context) -> Reading {
    let known = match year {
        Year::Given(year) => Some(year),
        Year::Shift(n) => match context.anchor.and_then(|a| calendar::add_years(a, n)) {
            Some(date) => Some(date.year()),
            None => return Reading::open(fineness(month, day), open_date(month, day)),
        },
        Year::Unknown => None,
    };
    let Some(year) = known else { return yearless(month, day, tense, context) };
    let granularity = fineness(month, day);
    match calendar::date(year, month.max(1), day.max(1)) {
        Some(date) => Reading::whole(date, granularity),
        None => Reading::open(granularity, format!("{year:04}-{month:02}-{day:02}")),
    }
}

fn fineness(month: i8, day: i8) -> Granularity {
    match (month, day) {
        (0, _) => Granularity::Year,
        (_, 0) => Granularity::Month,
        _ => Granularity::Day,
    }
}

fn open_date(month: i8, day: i8) -> String {
    match (month, day) {
        (0, _) => "XXXX".to_owned(),
        (m, 0) => format!("XXXX-{m:02}"),
        (m, d) => format!("XXXX-{m:02}-{d:02}"),
    }
}

/// A month or a month and day without a year: by the anchor, else by a full date nearby.
fn yearless(month: i8, day: i8, tense: Tense, context: &Context) -> Reading {
    let relative =
        if day == 0 { Relative::Month(month, tense) } else { Relative::MonthDay(month, day, tense) };
    let mut reading = Reading::relative(relative, context);
    if reading.interval.is_none()
        && context.anchor.is_none()
        && let Some(date) = context.year.and_then(|year| calendar::date(year, month, day.max(1)))
    {
        reading = Reading { relative: Some(relative), ..Reading::whole(date, reading.granularity) };
    }
    reading
}

fn day_of_month(day: i8, tense: Tense, context: &Context) -> Reading {
    let found = context.anchor.and_then(|anchor| {
        let this = calendar::date(anchor.year(), anchor.month(), day);
        let near = |n| {
            let month = calendar::add_months(anchor.first_of_month(), n)?;
            calendar::date(month.year(), month.month(), day)
        };
        match (this, tense) {
            (Some(d), Tense::Future | Tense::Next) if d < anchor => near(1),
            (Some(d), Tense::Past | Tense::Last) if d > anchor => near(-1),
            (this, _) => this,
        }
    });
    match found {
        Some(date) => Reading::whole(date, Granularity::Day),
        None => Reading::open(Granularity::Day, format!("XXXX-XX-{day:02}")),
    }
}

fn century(n: i16) -> Reading {
    let first = calendar::date((n - 1) * 100 + 1, 1, 1);
    let last = calendar::date(n * 100, 12, 31);
    let interval = first.zip(last).map(|(first, last)| Interval { first, last });
    Reading::date(Granularity::Decade, format!("{:02}", n - 1), interval)
}

/// A season, quarter or half of a year.
fn part(code: &str, year: Year, told: Option<Tense>, tense: Tense, context: &Context) -> Reading {
    let (granularity, first, length) = match code {
        "H1" => (Granularity::Quarter, 1, 6),
        "H2" => (Granularity::Quarter, 7, 6),
        "Q1" => (Granularity::Quarter, 1, 3),
        "Q2" => (Granularity::Quarter, 4, 3),
        "Q3" => (Granularity::Quarter, 7, 3),
        "Q4" => (Granularity::Quarter, 10, 3),
        season => (Granularity::Season, lexicon::season_month(season), 3),
    };
    let year = match (year, context.anchor) {
        (Year::Given(year), _) => Some(year),
        (Year::Shift(n), Some(anchor)) => calendar::add_years(anchor, n).map(Date::year),
        (Year::Unknown, Some(anchor)) => {
            part_year(granularity == Granularity::Season, first, length, told, tense, anchor)
        }
        (Year::Unknown, None) => context.year,
        _ => None,
    };
    match year {
        Some(year) => {
            Reading::date(granularity, format!("{year:04}-{code}"), calendar::months(year, first, length))
        }
        None => Reading::open(granularity, format!("XXXX-{code}")),
    }
}

/// The year of a season or quarter told without one.
fn part_year(
    season: bool,
    first: i8,
    length: i32,
    told: Option<Tense>,
    tense: Tense,
    anchor: Date,
) -> Option<i16> {
    let this = calendar::months(anchor.year(), first, length)?;
    let begun = this.first <= anchor;
    let shift = match (told, tense) {
        // "expects to report a third-quarter loss": a quarter that has begun is this year's
        (None, _) if begun && !season => 0,
        (Some(Tense::Last), _) if this.last >= anchor => -1,
        (Some(Tense::Next), _) if this.first <= anchor => 1,
        (Some(_), _) => 0,
        (None, Tense::Past) if this.first > anchor => -1,
        (None, Tense::Future) if this.last < anchor => 1,
        _ => 0,
    };
    Some(anchor.year() + shift)
}

fn holiday(rule: lexicon::Rule, year: Year, tense: Tense, context: &Context) -> Reading {
    let year = match (year, context.anchor) {
        (Year::Given(year), _) => Some(year),
        (Year::Shift(n), Some(anchor)) => Some(anchor.year() + i16::try_from(n).unwrap_or(0)),
        (Year::Unknown, Some(anchor)) => {
            let years = [anchor.year() - 1, anchor.year(), anchor.year() + 1];
            let days: Vec<Date> = years.iter().filter_map(|y| calendar::holiday(rule, *y)).collect();
            choose(&days, tense, anchor).map(Date::year)
        }
        _ => context.year,
    };
    let fixed = || match rule {
        lexicon::Rule::Fixed(month, day) => open_date(month, day),
        _ => "XXXX-XX-XX".to_owned(),
    };
    match year.and_then(|year| calendar::holiday(rule, year)) {
        Some(date) => Reading::whole(date, Granularity::Day),
        None => Reading::open(Granularity::Day, fixed()),
    }
}

fn weekday_of(day: jiff::civil::Weekday, weeks: i32, context: &Context) -> Reading {
    let found = context.anchor.and_then(|anchor| {
        let monday = calendar::week(calendar::add_days(anchor, weeks.saturating_mul(7))?)?.first;
        calendar::on_or_after(monday, day)
    });
    match found {
        Some(date) => Reading::whole(date, Granularity::Day),
        None => {
            let tense = match weeks {
                ..0 => Tense::Last,
                0 => Tense::Unknown,
                _ => Tense::Next,
            };
            Reading::relative(Relative::Weekday(day, tense), context)
        }
    }
}

fn shift(step: Step, n: i32, tense: Tense, context: &Context) -> Reading {
    let relative = match step {
        Step::Day => Relative::Days(n),
        Step::Week => Relative::Weeks(n),
        Step::Month => Relative::Months(n),
        Step::Year => Relative::Years(n),
        Step::Weekend => Relative::Weekend(tense),
        Step::Quarter | Step::Decade | Step::Century => {
            return match context.anchor {
                Some(anchor) => moved(step, n, anchor),
                None => Reading::open(fine(step), open_step(step)),
            };
        }
    };
    Reading::relative(relative, context)
}

/// The quarter told just before, if it has ended: nobody reports the results of one that runs.
fn told_quarter(context: &Context) -> Option<Date> {
    let first = context.quarter?;
    let end = calendar::around(first, Granularity::Quarter)?.last;
    Some(first).filter(|_| context.anchor.is_none_or(|anchor| end < anchor))
}

/// The quarter that a report is about, so many years off: the one told just before, else the last one that ended.
fn reported_quarter(years: i32, context: &Context) -> Reading {
    let last = || calendar::add_months(context.anchor?, -3);
    match told_quarter(context).or_else(last).and_then(|q| calendar::add_years(q, years)) {
        Some(quarter) => Reading::whole(quarter, Granularity::Quarter),
        None => Reading::open(Granularity::Quarter, "XXXX-QX"),
    }
}

/// The same quarter as the report's, in another year.
fn quarter_of(year: Year, context: &Context) -> Reading {
    let now = told_quarter(context).or_else(|| calendar::add_months(context.anchor?, -3));
    let year = match year {
        Year::Given(year) => Some(year),
        Year::Shift(n) => context.anchor.and_then(|a| calendar::add_years(a, n)).map(Date::year),
        Year::Unknown => None,
    };
    let found = now.zip(year).and_then(|(q, year)| calendar::date(year, q.month(), 1));
    match (found, year) {
        (None, Some(year)) => Reading::open(Granularity::Quarter, format!("{year:04}-QX")),
        (found, _) => held(found, Granularity::Quarter, "XXXX-QX"),
    }
}

/// The unit that holds a day, where the day is known.
fn held(day: Option<Date>, granularity: Granularity, open: &str) -> Reading {
    match day {
        Some(day) => Reading::whole(day, granularity),
        None => Reading::open(granularity, open),
    }
}

/// A shift from the time told before, or from the anchor where none was.
fn shift_previous(step: Step, n: i32, tense: Tense, context: &Context) -> Reading {
    match context.previous {
        Some((date, granularity)) if n != 0 && step == Step::Year && coarse(granularity) => {
            match calendar::add_years(date, n) {
                Some(date) => Reading::whole(date, granularity),
                None => Reading::open(fine(step), open_step(step)),
            }
        }
        Some((date, _)) => moved(step, n, date),
        None => shift(step, n, tense, context),
    }
}

/// Whether a year's shift keeps this granularity ("a year earlier" in a report about a quarter).
fn coarse(granularity: Granularity) -> bool {
    matches!(granularity, Granularity::Quarter | Granularity::Month)
}

fn fine(step: Step) -> Granularity {
    match step {
        Step::Day => Granularity::Day,
        Step::Weekend => Granularity::Weekend,
        Step::Week => Granularity::Week,
        Step::Month => Granularity::Month,
        Step::Quarter => Granularity::Quarter,
        Step::Year => Granularity::Year,
        Step::Decade | Step::Century => Granularity::Decade,
    }
}

fn open_step(step: Step) -> &'static str {
    match step {
        Step::Day => "XXXX-XX-XX",
        Step::Weekend => "XXXX-WXX-WE",
        Step::Week => "XXXX-WXX",
        Step::Month => "XXXX-XX",
        Step::Quarter => "XXXX-QX",
        Step::Year => "XXXX",
        Step::Decade => "XXX",
        Step::Century => "XX",
    }
}

/// The unit that lies `n` units from the one that holds `date`.
fn moved(step: Step, n: i32, date: Date) -> Reading {
    let day = match step {
        Step::Day => calendar::add_days(date, n),
        Step::Weekend | Step::Week => calendar::add_days(date, n.saturating_mul(7)),
        Step::Month => calendar::add_months(date, n),
        Step::Quarter => calendar::add_months(date, n.saturating_mul(3)),
        Step::Year => calendar::add_years(date, n),
        Step::Decade => calendar::add_years(date, n.saturating_mul(10)),
        Step::Century => calendar::add_years(date, n.saturating_mul(100)),
    };
    match (day, step) {
        (Some(day), Step::Century) => century(day.year() / 100 + 1),
        (Some(day), _) => Reading::whole(day, fine(step)),
        (None, _) => Reading::open(fine(step), open_step(step)),
    }
}

/// The day of a time of day that is told alone: that of the time before, else the anchor's.
fn clock_day(context: &Context) -> Reading {
    match context.day {
        Some((date, Granularity::Day | Granularity::Time)) => Reading::whole(date, Granularity::Day),
        _ => Reading::relative(Relative::Days(0), context),
    }
}

/// Granularity of a relative time.
fn granularity(relative: Relative) -> Granularity {
    match relative {
        Relative::Days(_) | Relative::Weekday(..) | Relative::MonthDay(..) => Granularity::Day,
        Relative::Weeks(_) => Granularity::Week,
        Relative::Months(_) | Relative::Month(..) => Granularity::Month,
        Relative::Years(_) => Granularity::Year,
        Relative::Weekend(_) => Granularity::Weekend,
    }
}

/// TIMEX3 value of a relative time without an anchor.
fn unresolved(relative: Relative) -> String {
    match relative {
        Relative::Days(_) => "XXXX-XX-XX".to_owned(),
        Relative::Weeks(_) => "XXXX-WXX".to_owned(),
        Relative::Months(_) => "XXXX-XX".to_owned(),
        Relative::Years(_) => "XXXX".to_owned(),
        Relative::Weekend(_) => "XXXX-WXX-WE".to_owned(),
        Relative::Weekday(day, _) => format!("XXXX-WXX-{}", day.to_monday_one_offset()),
        Relative::Month(month, _) => open_date(month, 0),
        Relative::MonthDay(month, day, _) => open_date(month, day),
    }
}

/// See [`super::resolve`].
pub(super) fn resolve(relative: Relative, anchor: Date) -> Option<(String, Interval)> {
    let granularity = granularity(relative);
    let date = match relative {
        Relative::Days(n) => calendar::add_days(anchor, n)?,
        Relative::Weeks(n) => calendar::add_days(anchor, n.saturating_mul(7))?,
        Relative::Months(n) => calendar::add_months(anchor, n)?,
        Relative::Years(n) => calendar::add_years(anchor, n)?,
        Relative::Weekday(day, tense) => weekday(day, tense, anchor)?,
        Relative::MonthDay(month, day, tense) => {
            let years = [-4, -3, -2, -1, 0, 1, 2, 3, 4].map(|n| anchor.year().saturating_add(n));
            let days: Vec<Date> = years.iter().filter_map(|y| calendar::date(*y, month, day)).collect();
            choose(&days, tense, anchor)?
        }
        Relative::Month(month, tense) => month_near(month, tense, anchor)?,
        Relative::Weekend(tense) => weekend(tense, anchor)?,
    };
    Some((calendar::value(date, granularity), calendar::around(date, granularity)?))
}

fn weekday(day: jiff::civil::Weekday, tense: Tense, anchor: Date) -> Option<Date> {
    match tense {
        Tense::Past => calendar::on_or_before(anchor, day),
        Tense::Future => calendar::on_or_after(anchor, day),
        Tense::Last => calendar::on_or_before(calendar::add_days(anchor, -1)?, day),
        Tense::Next => calendar::on_or_after(calendar::add_days(anchor, 1)?, day),
        Tense::Unknown => {
            let (back, ahead) = (calendar::on_or_before(anchor, day)?, calendar::on_or_after(anchor, day)?);
            let far = i32::from(anchor.weekday().since(day)) > 3;
            Some(if far { ahead } else { back })
        }
    }
}

/// The day of `days` (in order) that a tense picks.
fn choose(days: &[Date], tense: Tense, anchor: Date) -> Option<Date> {
    let near =
        |d: &&Date| **d >= anchor && calendar::add_days(anchor, AHEAD).is_some_and(|limit| **d <= limit);
    match tense {
        Tense::Past => {
            let soon = calendar::add_days(anchor, SOON);
            let next = days.iter().find(|d| **d > anchor && soon.is_some_and(|s| **d <= s));
            let last = days.iter().rev().find(|d| **d <= anchor);
            let long_ago = calendar::add_days(anchor, -TOO_FAR);
            last.filter(|d| next.is_none() || long_ago.is_none_or(|l| **d > l)).or(next)
        }
        Tense::Last => days.iter().rev().find(|d| **d < anchor),
        Tense::Future => {
            let limit = calendar::add_days(anchor, TOO_FAR);
            let next = days.iter().find(|d| **d >= anchor && limit.is_none_or(|l| **d <= l));
            next.or_else(|| days.iter().rev().find(|d| **d <= anchor))
        }
        Tense::Next => days.iter().find(|d| **d > anchor),
        Tense::Unknown => days.iter().find(near).or_else(|| days.iter().rev().find(|d| **d <= anchor)),
    }
    .copied()
}

fn month_near(month: i8, tense: Tense, anchor: Date) -> Option<Date> {
    let ahead = i32::from((month - anchor.month()).rem_euclid(12));
    let shift = match tense {
        Tense::Past if ahead == 0 => 0,
        Tense::Past | Tense::Last => ahead - 12,
        Tense::Future if ahead >= MONTHS_TOO_FAR => ahead - 12,
        Tense::Future => ahead,
        Tense::Next if ahead == 0 => 12,
        Tense::Next => ahead,
        Tense::Unknown if ahead > MONTHS_AHEAD => ahead - 12,
        Tense::Unknown => ahead,
    };
    calendar::add_months(anchor.first_of_month(), shift)
}

/// The Saturday of the weekend meant. On a weekend "the weekend" is the one that runs.
fn weekend(tense: Tense, anchor: Date) -> Option<Date> {
    let saturday = calendar::weekend(anchor)?.first;
    let running = anchor >= saturday;
    let shift = match tense {
        Tense::Past if running => 0,
        Tense::Past | Tense::Last => -7,
        Tense::Next if running => 7,
        _ => 0,
    };
    calendar::add_days(saturday, shift)
}
