//! What keeps two numbers from being one measure, wherever they were found: counts of a player's season, counts of two days,
//! a number that the other sentence has too, and one that only says by how much.

use jiff::civil::Date;
use variorum_schema::{Granularity, Interval, Quantity, Span, TimeKind, Unit};

use super::measure::is_word;
use crate::align::Statement;
use crate::difference::exchanged::Calendar;
use crate::difference::quantity::{grows, stands_in};
use crate::telling::Telling;

/// Likeness of two sentences from which counts of a sport may be of one player, of one season and of one sort.
const MIN_OF_A_PLAYER: f64 = 0.5;

/// Whether two numbers of two accounts cannot be two versions of one, as far as their sentences show. `topic`: what is
/// counted, where that is known.
#[must_use]
pub fn are_apart(
    telling: &Telling,
    (x, p): (&Statement, &Quantity),
    (y, q): (&Statement, &Quantity),
    topic: Option<&str>,
) -> bool {
    let text = |s: &Statement| telling.text(s);
    let number = |s: &Statement, q: &Quantity| q.number.of(&telling.document(s.account).text);
    // times of day and lengths have digits that stand for other things too
    let stands = |number: &str, text: &str| {
        number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ',')) && stands_in(number, text)
    };
    are_of_a_player(telling, (x, p), (y, q))
        || are_of_polls(telling, (x, p), (y, q))
        || are_converted(telling, (x, p), (y, q))
        || (p.value - q.value).abs() > 1e-9
            && (stands(number(x, p), text(y)) || stands(number(y, q), text(x)))
        || are_of_two_days(telling, x, y, topic)
}

/// Whether one of two numbers stands in brackets behind a number that both sentences have: "12 metres (39 feet)", converted
/// by one to 39 feet and by the other to 40.
fn are_converted(
    telling: &Telling,
    (x, p): (&Statement, &Quantity),
    (y, q): (&Statement, &Quantity),
) -> bool {
    let others = |s: &Statement, own: &Quantity| -> Vec<f64> {
        let span = telling.sentence(s).span;
        let all = telling.account(s.account).annotations.quantities.iter();
        all.filter(|o| span.contains(o.span) && !o.span.overlaps(own.span)).map(|o| o.value).collect()
    };
    let is_bracketed = |s: &Statement, own: &Quantity| {
        let text = &telling.document(s.account).text;
        let before = text.get(..own.span.start as usize).unwrap_or("");
        before
            .trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_alphabetic() || c == '$')
            .ends_with('(')
    };
    let (a, b) = (others(x, p), others(y, q));
    (is_bracketed(x, p) || is_bracketed(y, q)) && a.iter().any(|v| b.iter().any(|w| (v - w).abs() < 1e-9))
}

/// Likeness of two sentences from which shares in them may be of one poll.
const MIN_OF_A_POLL: f64 = 0.5;

/// Whether two shares are told of polls in sentences that are not much alike: each poll has a share for every answer of
/// every group, and its margin.
#[must_use]
pub fn are_of_polls(
    telling: &Telling,
    (x, p): (&Statement, &Quantity),
    (y, q): (&Statement, &Quantity),
) -> bool {
    p.unit == Unit::Percent
        && q.unit == Unit::Percent
        && (is_of_poll(telling, x) || is_of_poll(telling, y))
        && telling.alignments.likeness(x, y) < MIN_OF_A_POLL
}

/// Whether a sentence tells of a poll.
fn is_of_poll(telling: &Telling, s: &Statement) -> bool {
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    tokens.iter().any(|t| is_word("poll", &t.lemma))
}

/// Units of time, in which any report gives several lengths.
const OF_TIME: [&str; 7] = ["second", "minute", "hour", "day", "week", "month", "year"];

/// Whether a measure is the only one of its unit that an account gives: what is weighed once is known by it.
#[must_use]
pub fn is_lone(telling: &Telling, account: u32, number: Span) -> bool {
    let all = &telling.account(account).annotations.quantities;
    let own = all.iter().find(|q| q.span.overlaps(number));
    own.is_some_and(|own| {
        let is_it = matches!(&own.unit, Unit::Measure(unit) if !OF_TIME.contains(&unit.as_str()));
        is_it && !all.iter().any(|q| q.unit == own.unit && (q.value - own.value).abs() > 1e-9)
    })
}

/// Whether one of two equal numbers is a bound from above, and the other is not: "fewer than 755" is not 755.
#[must_use]
pub fn is_one_above(telling: &Telling, (x, p): (&Statement, Span), (y, q): (&Statement, Span)) -> bool {
    let is_under = |s: &Statement, number: Span| {
        let own = number.of(&telling.document(s.account).text).to_lowercase();
        ["less than", "fewer than", "under ", "below "].iter().any(|w| own.contains(w))
    };
    is_under(x, p) != is_under(y, q)
}

/// Whether two equal shares may be equal by chance: they are round, one of the sentences gives several or tells of a poll,
/// and the two are not much alike and have no other share in common.
#[must_use]
pub fn are_equal_by_chance(telling: &Telling, x: &Statement, y: &Statement, share: f64) -> bool {
    let shares = |s: &Statement| -> Vec<u64> {
        let all = &telling.account(s.account).annotations.quantities;
        let span = telling.sentence(s).span;
        let own = all.iter().filter(|q| q.unit == Unit::Percent && span.contains(q.span));
        own.map(|q| q.value.to_bits()).collect()
    };
    let (a, b) = (shares(x), shares(y));
    let n_common = a.iter().filter(|v| b.contains(v)).count();
    let is_one_of_many = a.len() > 1 || b.len() > 1 || is_of_poll(telling, x) || is_of_poll(telling, y);
    share.fract() == 0.0
        && is_one_of_many
        && n_common < 2
        && telling.alignments.likeness(x, y) < MIN_OF_A_POLL
}

/// Whether one of two numbers is a count of a sport, in sentences that are not much alike.
#[must_use]
pub fn are_of_a_player(
    telling: &Telling,
    (x, p): (&Statement, &Quantity),
    (y, q): (&Statement, &Quantity),
) -> bool {
    [p, q].into_iter().any(is_of_a_player) && telling.alignments.likeness(x, y) < MIN_OF_A_PLAYER
}

/// Whether a number counts what a player has so many counts of: by game, by season, by career, by sort of play.
#[must_use]
pub fn is_of_a_player(q: &Quantity) -> bool {
    let is_measured = matches!(&q.unit, Unit::Measure(unit) if unit == "yard");
    is_measured || q.counted_lemma.as_deref().is_some_and(|thing| is_word("play", thing))
}

/// Whether two sentences name two days, each one: what is counted on one evening is not what is counted on the next. A toll
/// of casualties may be given a day more by those who tell of it elsewhere in the world. A day after the other account was
/// published is another day, too.
fn are_of_two_days(telling: &Telling, x: &Statement, y: &Statement, topic: Option<&str>) -> bool {
    let (a, b) = (the_day(telling, x), the_day(telling, y));
    let room = if topic.is_some_and(|t| grows(t) && t != "protest") { 1 } else { 0 };
    let last = |s: &Statement| -> Option<Date> {
        let published = &telling.document(s.account).published;
        published.until.or(published.value)
    };
    // a day that its own account looks forward to is no day of the count
    let after = |day: Option<Interval>, own: &Statement, other: &Statement| {
        let is_past = |d: &Interval| last(own).is_some_and(|p| d.first <= p);
        day.filter(is_past).zip(last(other)).is_some_and(|(d, p)| (d.first - p).get_days() > room)
    };
    let differ = a
        .zip(b)
        .is_some_and(|(a, b)| (b.first - a.last).get_days() > room || (a.first - b.last).get_days() > room);
    differ || after(a, x, y) || after(b, y, x)
}

/// The only day that a sentence names, if it names one.
fn the_day(telling: &Telling, s: &Statement) -> Option<Interval> {
    let span = telling.sentence(s).span;
    let times = &telling.account(s.account).annotations.times;
    let first = times.partition_point(|t| t.span.start < span.start);
    let own = times[first..].iter().take_while(|t| t.span.start < span.end);
    // "the mayor said Tuesday" is not the day of what she told
    let text = &telling.document(s.account).text;
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let is_of_saying = |at: u32| {
        let at = tokens.partition_point(|t| t.span.end <= at);
        tokens[at.saturating_sub(2)..at].iter().any(|t| SAYING.contains(&t.lemma.as_str()))
    };
    let dates = own.filter(|t| {
        // "at 4 p.m." names no day
        let is_day = t.granularity == Granularity::Day
            || t.granularity == Granularity::Time && Calendar::of(&t.span.of(text).to_lowercase()).is_named();
        matches!(t.kind, TimeKind::Date | TimeKind::Time) && is_day && !is_of_saying(t.span.start)
    });
    let mut days: Vec<Interval> = dates.filter_map(|t| t.interval).collect();
    days.dedup_by_key(|d| (d.first, d.last));
    if let [day] = days[..] { Some(day) } else { None }
}

/// Verbs of telling, beside which a day is that of the telling.
const SAYING: [&str; 6] = ["say", "tell", "announce", "report", "confirm", "add"];

/// "five rounds sooner", "12 points ahead": by how much one thing differs from another.
#[must_use]
pub fn is_by_how_much(text: &str, q: &Quantity) -> bool {
    let end = q.counted.map_or(q.span.end, |c: Span| c.end.max(q.span.end));
    let rest = text.get(end as usize..).unwrap_or("");
    let next: String = rest.trim_start().chars().take_while(|c| c.is_alphabetic()).collect();
    is_word("margin", &next.to_lowercase())
}

/// "all but three": how many something does not hold for.
#[must_use]
pub fn is_exception(text: &str, q: &Quantity) -> bool {
    let before = text.get(..q.span.start as usize).unwrap_or("");
    let mut words = before.rsplit(|c: char| c.is_whitespace()).filter(|w| !w.is_empty());
    let is_but = words.next().is_some_and(|w| w.eq_ignore_ascii_case("but"));
    is_but && words.next().is_some_and(|w| w.eq_ignore_ascii_case("all"))
}

/// Whether a number counts or measures nothing of the event: an exception, an item of a list, the number on somebody's back.
#[must_use]
pub fn is_no_measure(text: &str, q: &Quantity) -> bool {
    is_exception(text, q) || is_item(text, q) || is_behind_name(text, q)
}

/// "1. The protest is dismissed": the number of an item in a list, at the head of its line.
#[must_use]
pub fn is_item(text: &str, q: &Quantity) -> bool {
    let before = text.get(..q.number.start as usize).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("").trim();
    let behind = text.get(q.number.end as usize..).unwrap_or("");
    let is_marked = behind.starts_with(['.', ')', ':']) && behind[1..].starts_with([' ', '\t']);
    let is_digits = q.number.of(text).chars().all(|c| c.is_ascii_digit());
    is_digits && is_marked && matches!(line, "" | "(" | "No." | "\u{a7}")
}

/// "Drew Roe (5)": a number alone in brackets behind a name.
fn is_behind_name(text: &str, q: &Quantity) -> bool {
    let before = text.get(..q.number.start as usize).unwrap_or("");
    let behind = text.get(q.number.end as usize..).unwrap_or("");
    let name = before.strip_suffix('(').map_or("", |b| b.split_whitespace().next_back().unwrap_or(""));
    behind.starts_with(')') && q.value < 100.0 && name.starts_with(char::is_uppercase)
}

/// "On “60 Minutes” she said", "on 60 Minutes she said": a length that is a title, between quotation marks or with a capital of its
/// own.
#[must_use]
pub fn is_title(text: &str, span: Span) -> bool {
    let (before, own) = (text.get(..span.start as usize).unwrap_or(""), span.of(text));
    let behind = text.get(span.end as usize..).unwrap_or("");
    let is_capital = own.rsplit(' ').next().is_some_and(|unit| unit.starts_with(char::is_uppercase));
    let is_quoted = || before.ends_with(['\u{201c}', '"', '\u{2018}', '\'']);
    // in a headline all words have capitals
    let is_lower = |word: Option<&str>| word.is_some_and(|w| w.starts_with(char::is_lowercase));
    let is_alone =
        || is_lower(before.split_whitespace().next_back()) && is_lower(behind.split_whitespace().next());
    own.contains(' ') && is_capital && (is_quoted() || is_alone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use variorum_schema::Hedge;

    fn quantity(text: &str, number: &str) -> Quantity {
        let start = text.find(number).unwrap_or(0);
        let span = Span::new(start, start + number.len());
        Quantity {
            span,
            number: span,
            value: 5.0,
            low: Some(5.0),
            high: Some(5.0),
            hedge: Hedge::Exact,
            unit: Unit::Count,
            counted: None,
            counted_lemma: None,
        }
    }

    #[test]
    fn numbers_that_say_by_how_much() {
        let check = |text: &str, number: &str, expected: bool| {
            assert_eq!(is_by_how_much(text, &quantity(text, number)), expected, "{text}");
        };
        check("She won five laps sooner than last year.", "five laps", true);
        check("They were 5 points ahead.", "5 points", true);
        check("They had 5 points.", "5 points", false);
        check("five\u{a0}Sooner", "five", true);
        check("five", "five", false);
        check("", "", false);
    }

    #[test]
    fn numbers_in_titles() {
        for (text, own, expected) in [
            ("on 60 Minutes she said", "60 Minutes", true),
            ("in \u{201c}48 Hours\u{201d} she said", "48 Hours", true),
            ("it took 60 minutes to land", "60 minutes", false),
            ("Ferry Lost For 60 Minutes In Fog", "60 Minutes", false),
            ("60 Minutes", "60 Minutes", false),
        ] {
            let start = text.find(own).unwrap_or(0);
            assert_eq!(is_title(text, Span::new(start, start + own.len())), expected, "{text}");
        }
    }

    #[test]
    fn numbers_that_measure_nothing() {
        let check = |text: &str, number: &str, expected: bool| {
            assert_eq!(is_no_measure(text, &quantity(text, number)), expected, "{text}");
        };
        check("All but three goats came home.", "three", true);
        check("All goats but three came home.", "three", false);
        check("But three goats came home.", "three", false);
        check("Decision\n1. The protest is dismissed.", "1", true);
        check("(2) The goats stay.", "2", true);
        check("3\u{b0} at noon", "3", false);
        check("They came in 5. Then it rained.", "5", false);
        check("Drew Roe (5) and two others left.", "5", true);
        check("The age (5) of the goat", "5", false);
        check("\u{201c}12. of them\u{201d}", "12", false);
        check("7.", "7", false);
        check("", "", false);
    }
}
