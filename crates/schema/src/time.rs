//! [`TimeExpression`]: words that name a time, and the calendar interval that they mean.

use jiff::civil::{Date, Weekday};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// Words that name a time.
#[derive(Clone, Debug, PartialEq)]
pub struct TimeExpression {
    /// Where.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value ("2020-07-21", "2020-07", "P2M", "PAST_REF"; `XXXX-…` where the anchor is missing).
    pub value: String,
    /// The days meant, when resolved.
    pub interval: Option<Interval>,
    /// How fine.
    pub granularity: Granularity,
    /// How it depends on the document's date; `None` for a full calendar date.
    pub relative: Option<Relative>,
}

/// Days `first..=last`, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Interval {
    /// First day.
    pub first: Date,
    /// Last day, included.
    pub last: Date,
}

/// TIMEX3 types.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum TimeKind {
    /// A calendar date, month, year or season.
    Date,
    /// A time of day.
    Time,
    /// A length of time.
    Duration,
    /// A recurring time.
    Set,
}

/// How fine a time is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Granularity {
    /// Clock time.
    Time,
    /// Day.
    #[default]
    Day,
    /// Weekend.
    Weekend,
    /// Week.
    Week,
    /// Month.
    Month,
    /// Quarter.
    Quarter,
    /// Season.
    Season,
    /// Year.
    Year,
    /// Decade or longer.
    Decade,
    /// "recently", "in the past".
    Vague,
}

/// A time told relative to the document's own date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relative {
    /// So many days off ("today" 0, "yesterday" -1).
    Days(i32),
    /// So many weeks off.
    Weeks(i32),
    /// So many months off ("last month" -1).
    Months(i32),
    /// So many years off.
    Years(i32),
    /// A weekday, before or after by the tense of its sentence or by "last"/"next".
    Weekday(Weekday, Tense),
    /// A month and a day without a year.
    MonthDay(i8, i8, Tense),
    /// A month without a year.
    Month(i8, Tense),
    /// A weekend, before or after by the tense of its sentence or by "last"/"next".
    Weekend(Tense),
}

/// Which way a relative time points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tense {
    /// Before the document's date, or on it.
    Past,
    /// After the document's date, or on it.
    Future,
    /// "last Tuesday": strictly before.
    Last,
    /// "next Tuesday": strictly after.
    Next,
    /// Not shown: the nearest.
    Unknown,
}
