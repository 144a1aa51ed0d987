//! Time expressions, resolved to calendar intervals.
//!
//! Values are those of TIMEX3 (TimeML 1.2.1): a date, month, week, quarter, season, year, decade ("198") or century
//! ("19"), with `T17:00` or `TEV` for times of day; "P2M" for durations and sets; "PAST_REF", "PRESENT_REF" and
//! "FUTURE_REF" for references without a calendar value. A part that is not known is written with X.
//!
//! The grammar says what the words mean by themselves, the reading what they mean where they are told: on the anchor, in a
//! sentence that points back or ahead, after another time. `spec/time.md` shows each rule with examples.

use jiff::civil::Date;
use variorum_schema::{
    Document, Granularity, Interval, Relative, Sentence, Span, Tense, TimeExpression, TimeKind, Token,
};

use crate::quantity::scan::{self, Words};

mod calendar;
mod grammar;
mod lexicon;
mod reading;
mod tense;

/// How many sentences a full date lends its year to partial dates around it.
const YEAR_REACH: usize = 3;
/// How many words on each side tell a headline's capitals from a title's.
const TITLE_REACH: usize = 24;

/// Time expressions in order. `anchor` is the day relative ones are told from; without it they stay unresolved: the value
/// has an X for each unknown digit, and `relative` says how to resolve it later ([`resolve`]).
#[must_use]
pub fn times(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    anchor: Option<Date>,
) -> Vec<TimeExpression> {
    let mut pieces: Vec<(usize, Words, Vec<grammar::Match>)> = Vec::new();
    for (idx, sentence) in sentences.iter().enumerate() {
        for words in scan::words(document, sentence, tokens) {
            let mut matches = grammar::find(&words);
            matches.retain(|m| !is_title(&words, m));
            pieces.push((idx, words, matches));
        }
    }
    let years = full_years(&pieces);
    let mut found = Vec::new();
    let mut previous: Option<(jiff::civil::Date, Granularity)> = None;
    let mut told_in = 0;
    let mut quarter = None;
    for (idx, words, matches) in &pieces {
        for hit in matches {
            let context = reading::Context {
                anchor,
                tense: tense_of(words, tokens, hit, anchor),
                previous,
                day: previous.filter(|(day, _)| told_in == *idx || is_near(*day, anchor)),
                quarter: quarter.filter(|(at, _)| at + YEAR_REACH >= *idx).map(|(_, first)| first),
                year: year_near(&years, *idx),
            };
            let reading = reading::read(&hit.form, &context);
            if let Some(interval) = reading.interval.filter(|_| tells_on(&hit.form, reading.kind)) {
                previous = Some((interval.first, reading.granularity));
                told_in = *idx;
                let other_year = matches!(hit.form.base, grammar::Base::QuarterOf(_));
                if reading.granularity == Granularity::Quarter && !other_year {
                    quarter = Some((*idx, told_now(&hit.form, interval.first)));
                }
            }
            if let Some(span) = span(words, hit) {
                found.push(TimeExpression {
                    span,
                    kind: reading.kind,
                    value: reading.value,
                    interval: reading.interval,
                    granularity: reading.granularity,
                    relative: reading.relative,
                });
            }
        }
    }
    found
}

/// Days from the report within which a time of day told later is still of a day named before.
const NEAR_DAYS: i32 = 10;

/// Whether a day is one of those that a report is about. "Wages rise from 1 January. He announced it at 3.40 a.m."
fn is_near(day: Date, anchor: Option<Date>) -> bool {
    anchor.is_none_or(|anchor| (anchor - day).get_days().abs() <= NEAR_DAYS)
}

/// Where a match points: by a word before it ("effective 1 May"), else by its verb.
fn tense_of(words: &Words, tokens: &[Token], hit: &grammar::Match, anchor: Option<Date>) -> Tense {
    let dated =
        matches!(hit.form.base, grammar::Base::Calendar { year: grammar::Year::Unknown, month: 1.., .. });
    let named = dated || matches!(hit.form.base, grammar::Base::Weekday(_, None));
    if named && tense::scheduled(words, tokens, hit.from, hit.to) {
        return Tense::Future;
    }
    let ahead = hit.from.checked_sub(1).is_some_and(|i| lexicon::class(words.lower(i), "ahead").is_some());
    if dated && ahead {
        return Tense::Future;
    }
    if dated && words.before(hit.from, 1) == "since" {
        let this = matches!(hit.form.base, grammar::Base::Calendar { month, day: 0, .. }
            if anchor.is_some_and(|a| a.month() == month));
        return if this { Tense::Past } else { Tense::Last };
    }
    let tense = tense::tense(words, hit.from, hit.to);
    // "credit through January" runs on, "has fallen through January" does not
    if dated && words.before(hit.from, 1) == "through" && tense != Tense::Past {
        return Tense::Future;
    }
    // a verb in the past does not rule out a day just ahead ("the offer, extended to 3 May, …") unless the day is its own:
    // else the calendar decides
    let yearless = dated || matches!(hit.form.base, grammar::Base::Holiday(_, grammar::Year::Unknown));
    let open = yearless && tense == Tense::Past && !tense::happened(words, tokens, hit.from, hit.to);
    if open { Tense::Unknown } else { tense }
}

/// "60 Minutes", "This Week", "High Noon" inside a sentence: capitals make the name of a programme or book.
fn is_title(words: &Words, hit: &grammar::Match) -> bool {
    let Some(last) = hit.to.checked_sub(1).filter(|at| words.capital(*at) && *at > 0) else { return false };
    let word = words.lower(last);
    if matches!(hit.form.base, grammar::Base::Holiday(..)) {
        return false;
    }
    if !["unit", "units", "day", "clock"].iter().any(|c| lexicon::class(word, c).is_some()) {
        return false;
    }
    let led =
        (hit.from..last).all(|at| words.capital(at) || !words.letters(at)) && hit.from < last && hit.from > 0;
    let behind = hit.from == last && words.letters(last - 1) && words.capital(last - 1) && last > 1;
    (led || behind) && !headline(words, last)
}

/// Whether most words around `at` are written with a capital, as in a headline.
fn headline(words: &Words, at: usize) -> bool {
    let near = at.saturating_sub(TITLE_REACH)..(at + TITLE_REACH).min(words.list.len());
    let long = near.filter(|at| words.letters(*at) && words.text(*at).len() > 3);
    let (n, capitals) = long.fold((0, 0), |(n, c), at| (n + 1, c + usize::from(words.capital(at))));
    capitals * 5 >= n * 3
}

/// The quarter that a later "a year earlier" is told from: a year-earlier quarter stands beside the report's own.
fn told_now(form: &grammar::Form, first: Date) -> Date {
    let back = matches!(
        form.base,
        grammar::Base::Quarter(-1) | grammar::Base::Shift(_, -1, grammar::Origin::Report)
    );
    if back { calendar::add_years(first, 1).unwrap_or(first) } else { first }
}

/// Whether a later "the following day" may be told from this time.
fn tells_on(form: &grammar::Form, kind: TimeKind) -> bool {
    let now = grammar::Base::Shift(grammar::Step::Day, 0, grammar::Origin::Anchor);
    matches!(kind, TimeKind::Date | TimeKind::Time) && form.base != now
}

/// The bytes that a match covers.
fn span(words: &Words, hit: &grammar::Match) -> Option<Span> {
    let (first, last) = (words.list.get(hit.from)?, words.list.get(hit.to.checked_sub(1)?)?);
    Some(Span::new(first.start, last.end))
}

/// The sentences with a full calendar date, and its year, in order.
fn full_years(pieces: &[(usize, Words, Vec<grammar::Match>)]) -> Vec<(usize, i16)> {
    let year = |form: &grammar::Form| match form.base {
        grammar::Base::Calendar { year: grammar::Year::Given(year), month: 1.., .. } => Some(year),
        _ => None,
    };
    pieces
        .iter()
        .flat_map(|(idx, _, matches)| matches.iter().filter_map(move |m| Some((*idx, year(&m.form)?))))
        .collect()
}

/// The year of the nearest full date within [`YEAR_REACH`] sentences; the earlier one of two as near.
fn year_near(years: &[(usize, i16)], sentence: usize) -> Option<i16> {
    let from = years.partition_point(|(idx, _)| idx + YEAR_REACH < sentence);
    years[from..]
        .iter()
        .take_while(|(idx, _)| *idx <= sentence + YEAR_REACH)
        .min_by_key(|(idx, _)| idx.abs_diff(sentence))
        .map(|(_, year)| *year)
}

/// The TIMEX3 value and the days that a relative time means when told on `anchor`; `None` outside the calendar.
#[must_use]
pub fn resolve(relative: Relative, anchor: Date) -> Option<(String, Interval)> {
    reading::resolve(relative, anchor)
}

#[cfg(test)]
mod tests {
    use variorum_schema::Page;

    use super::*;

    fn read(text: &str, anchor: Option<Date>) -> (Document, Vec<TimeExpression>) {
        read_as(text, anchor, false)
    }

    /// The rules must stand with the tagger and without it.
    fn read_as(text: &str, anchor: Option<Date>, tagged: bool) -> (Document, Vec<TimeExpression>) {
        let document = crate::extract(&Page::new("text", text.as_bytes()));
        let (sentences, mut tokens) = crate::segment::sentences(&document);
        if tagged {
            tokens =
                crate::parse::parse(&document, &sentences, crate::tag::tag(&document, &sentences, tokens));
        }
        let found = times(&document, &sentences, &tokens, anchor);
        (document, found)
    }

    #[test]
    fn the_specification_holds() {
        let mut anchor = None;
        let mut failed = Vec::new();
        for line in include_str!("../spec/time.md").lines().filter_map(|l| l.strip_prefix("    ")) {
            if let Some(date) = line.strip_prefix("anchor ") {
                anchor = date.trim().parse().ok();
                continue;
            }
            let (text, want) = line.rsplit_once("  ").expect("an example and its value");
            let (want, text) = (want.trim(), text.trim());
            let (before, rest) = text.split_once('[').expect("an opening bracket");
            let (inside, after) = rest.split_once(']').expect("a closing bracket");
            let span = Span::new(before.len(), before.len() + inside.len());
            for tagged in [false, true] {
                let (document, found) = read_as(&format!("{before}{inside}{after}"), anchor, tagged);
                let hit = found.iter().find(|t| t.span == span);
                let got = match hit {
                    Some(time) => time.value.clone(),
                    None if found.iter().any(|t| t.span.overlaps(span)) => "another extent".to_owned(),
                    None => "-".to_owned(),
                };
                if got != want {
                    let all = values(&document, &found);
                    failed.push(format!("{text}: wanted {want}, got {got} in {all:?}, tagged: {tagged}"));
                }
            }
        }
        assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    }

    fn values(document: &Document, found: &[TimeExpression]) -> Vec<String> {
        found.iter().map(|t| format!("{} = {}", t.span.of(&document.text), t.value)).collect()
    }

    #[test]
    fn every_span_is_valid_on_any_text() {
        for text in crate::quantity::NASTY {
            let (document, found) = read(text, None);
            for time in &found {
                assert!(document.text.get(time.span.range()).is_some_and(|s| !s.is_empty()), "{text}");
            }
            assert!(found.windows(2).all(|w| w[0].span.end <= w[1].span.start), "{text}");
        }
    }

    #[test]
    fn a_relative_time_is_resolved_later_as_it_would_have_been_at_once() {
        let anchor: Date = "2020-07-22".parse().unwrap();
        for text in [
            "He came Tuesday.",
            "He will come on Tuesday.",
            "He came in March.",
            "He came last week.",
            "He came on May 8.",
        ] {
            let (_, late) = read(text, None);
            let (_, now) = read(text, Some(anchor));
            let (value, interval) = resolve(late[0].relative.unwrap(), anchor).unwrap();
            assert_eq!((value, Some(interval)), (now[0].value.clone(), now[0].interval), "{text}");
        }
    }

    /// Needs the parse: a present tense that tells of no saying is a plan.
    #[test]
    fn what_is_scheduled_lies_ahead_and_what_happened_behind() {
        let anchor = Some("2020-07-22".parse().unwrap());
        for (text, want) in [
            ("The council meets Monday.", "2020-07-27"),
            ("The funeral is on Friday.", "2020-07-24"),
            ("The island elects a new mayor in November.", "2020-11"),
            ("The centrepiece is the cut of the fare from 1 December.", "2020-12-01"),
            ("Voting begins Sunday and ends Monday.", "2020-07-27"),
            ("They agreed to hold talks in Erbil on Tuesday.", "2020-07-28"),
            ("The truce began on 3 September.", "2019-09-03"),
            ("The truce was signed on July 22.", "2020-07-22"),
            ("The offer was extended to 3 August.", "2020-08-03"),
            ("The vote, moved to 3 August, was lost.", "2020-08-03"),
            ("The council, which has nine members, met Monday.", "2020-07-20"),
            ("The mayor says that he met them on Monday.", "2020-07-20"),
            ("He is accused of hiding the letters on Monday.", "2020-07-20"),
            ("Roe lashed out at his Sandholm relatives Monday.", "2020-07-20"),
        ] {
            let (document, found) = read_as(text, anchor, true);
            assert!(found.iter().any(|t| t.value == want), "{text}: {:?}", values(&document, &found));
        }
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_cause_to_stop() {
        for text in [
            "9999999999 years ago",
            "in the year 9999",
            "two hundred centuries ago",
            "December 31, 9999",
            "February 30, 2020",
        ] {
            for anchor in [Date::MIN, Date::MAX] {
                let _ = read(text, Some(anchor));
            }
        }
    }
}
