//! Times of day.

use super::{Base, Form, Found, core};
use crate::quantity::numeral;
use crate::quantity::scan::{Kind, Words};
use crate::time::lexicon::{self, class};

/// Words of a sentence that are searched for prices.
const MAX_WORDS: usize = 120;

/// "5 p.m.", "17:30 GMT Tuesday", "noon on July 21", "5 o'clock".
pub(super) fn time(words: &Words, at: usize) -> Found {
    let (end, clock) = clock(words, at)?;
    let end = zone(words, end);
    Some(with_day(words, end, clock))
}

/// The day named right after a time of day, else the time alone.
fn with_day(words: &Words, end: usize, clock: String) -> (usize, Form) {
    let next = end + usize::from(words.any(end, &["on", ",", "of"]));
    let day = [next, end].into_iter().filter_map(|i| core_day(words, i)).next();
    match day {
        Some((to, form)) => (to, form.at(clock)),
        None => (end, Form::from(Base::Clock).at(clock)),
    }
}

/// A day, not a time of day, that opens at `at`.
fn core_day(words: &Words, at: usize) -> Found {
    let opens = lexicon::month(words.lower(at)).is_some()
        || lexicon::weekday(words.lower(at)).is_some()
        || class(words.lower(at), "day").is_some()
        || (words.any(at, &["last", "next", "this"]) && lexicon::weekday(words.lower(at + 1)).is_some())
        || words.kind(at) == Some(Kind::Digits);
    if !opens {
        return None;
    }
    core(words, at).filter(|(_, form)| {
        form.clock.is_none()
            && matches!(
                form.base,
                Base::Calendar { day: 1.., .. } | Base::Weekday(..) | Base::Shift(super::Step::Day, ..)
            )
    })
}

/// A time of day: one past its end, and its TIMEX3 suffix.
fn clock(words: &Words, at: usize) -> Option<(usize, String)> {
    if let Some(value) = class(words.lower(at), "clock") {
        return Some((at + 1, value.to_owned()));
    }
    if let Some((end, minutes)) = spoken(words, at) {
        let (end, minutes) = match half_day(words, end) {
            Some((to, is_pm)) => (to, minutes % (12 * 60) + if is_pm { 12 * 60 } else { 0 }),
            None => (end, minutes),
        };
        return Some((end, format!("T{:02}:{:02}", minutes / 60, minutes % 60)));
    }
    if let Some((end, hour, minute)) = pointed(words, at) {
        return Some((end, format!("T{hour:02}:{minute:02}")));
    }
    let hour = numeral::integer(words, at)
        .or_else(|| numeral::numeral(words, at).filter(|n| n.end == at + 1).map(|n| n.value as i32))
        .filter(|h| (0..=24).contains(h));
    let decimal = dotted(words, at);
    if hour.is_none() && decimal.is_none() {
        return None;
    }
    let (mut end, hour, minute) = match decimal {
        Some((hour, minute)) => (at + 1, hour, Some(minute)),
        None => (at + 1, hour.unwrap_or(0), None),
    };
    let mut minute = minute;
    if words.lower(end) == ":" && words.glued(end) && words.glued(end + 1) && words.text(end + 1).len() == 2 {
        minute = numeral::integer(words, end + 1).filter(|m| *m < 60);
        end += if minute.is_some() { 2 } else { 0 };
    }
    let value = |hour: i32| match minute {
        Some(m) => format!("T{hour:02}:{m:02}"),
        None => format!("T{hour:02}:00"),
    };
    if let Some((to, pm)) = half_day(words, end).filter(|_| (1..=12).contains(&hour)) {
        return Some((to, value(hour % 12 + if pm { 12 } else { 0 })));
    }
    if words.any(end, &["o'clock", "o\u{2019}clock"]) {
        return Some((end + 1, value(hour)));
    }
    // "17:30" alone is a time of day unless it is a score or a ratio; "10.30" alone is not
    let digital = minute.is_some()
        && decimal.is_none()
        && !words.any(at.wrapping_sub(1), &[":", "."])
        && !(words.lower(end) == ":" && words.glued(end));
    digital.then(|| (end, value(hour)))
}

/// "Half past six", "twenty minutes to eight", "a quarter past nine": one past it, and the minutes since twelve.
fn spoken(words: &Words, at: usize) -> Option<(usize, i32)> {
    let start = at + usize::from(words.any(at, &["a"]) && words.lower(at + 1) == "quarter");
    let (next, part) = match words.lower(start) {
        "half" => (start + 1, 30),
        "quarter" => (start + 1, 15),
        _ => {
            let part = numeral::numeral(words, start).filter(|n| (1.0..30.0).contains(&n.value))?;
            let is_said = words.any(part.end, &["minutes", "minute"]);
            (part.end + usize::from(is_said), part.value as i32)
        }
    };
    let hour =
        numeral::numeral(words, next + 1).filter(|n| n.end == next + 2 && (1.0..=12.0).contains(&n.value));
    let (hour, is_word) = (hour?.value as i32, words.kind(next + 1) == Some(Kind::Letters));
    let is_half = words.lower(start) == "half";
    // "twenty to eight" may be a score, "from five to ten" a range
    let is_sure = is_half || words.lower(start) == "quarter" || words.lower(next - 1).starts_with("minute");
    let is_at = words.any(at.wrapping_sub(1), &["at", "until", "before", "since"]);
    if !is_word || !is_sure && (!is_at || part % 5 != 0) {
        return None;
    }
    match words.lower(next) {
        "past" => Some((next + 2, hour % 12 * 60 + part)),
        "to" if !is_half => Some((next + 2, (hour - 1) * 60 + 60 - part)),
        _ => None,
    }
}

/// "At 18.15", "between 17.30 and 20.00", "09.40 hrs": hours and minutes with a point, where a word of time stands beside
/// them and nothing in the sentence is priced, measured or a share.
fn pointed(words: &Words, at: usize) -> Option<(usize, i32, i32)> {
    let (hour, minute) = parts(words, at)?;
    let end = at + 1;
    let named = words.any(end, &["hrs", "hours", "h", "uhr"]);
    let is_range = words.any(at.wrapping_sub(1), &["and", "to", "until", "-", "\u{2013}"])
        && parts(words, at.wrapping_sub(2)).is_some()
        && is_beside(words, at.checked_sub(3));
    let is_cued = is_beside(words, at.checked_sub(1)) || is_range;
    let goes_on = words.letters(end)
        && class(words.lower(end), "clock-end").is_none()
        && class(words.lower(end), "zone").is_none()
        && lexicon::weekday(words.lower(end)).is_none();
    let is_open = !goes_on && !words.any(end, &["%", "/", ":", "\u{b0}"]);
    let is_clock = named || is_cued && is_open && half_day(words, end).is_none() && !is_priced(words);
    is_clock.then_some((end + usize::from(named), hour, minute))
}

/// "18.15" as hours and minutes.
fn parts(words: &Words, at: usize) -> Option<(i32, i32)> {
    let (hour, minute) = words.text(at).split_once('.')?;
    let is_short = (1..=2).contains(&hour.len()) && minute.len() == 2;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (is_short && (0..=24).contains(&hour) && (0..60).contains(&minute)).then_some((hour, minute))
}

/// Whether prices, shares or measures stand in the sentence.
fn is_priced(words: &Words) -> bool {
    words.list.iter().take(MAX_WORDS).any(|w| class(&w.lower, "priced").is_some())
}

/// Whether a word stands before times of day.
fn is_beside(words: &Words, at: Option<usize>) -> bool {
    at.is_some_and(|at| class(words.lower(at), "at").is_some())
}

/// "10.30" before "a.m.".
fn dotted(words: &Words, at: usize) -> Option<(i32, i32)> {
    let (hour, minute) = words.text(at).split_once('.')?;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok().filter(|_| minute.len() == 2)?);
    (half_day(words, at + 1).is_some() && minute < 60 && (1..=12).contains(&hour)).then_some((hour, minute))
}

/// "a.m.", "pm", "P.M.": one past it, and whether it is the second half of the day.
fn half_day(words: &Words, at: usize) -> Option<(usize, bool)> {
    match words.lower(at) {
        "am" if words.glued(at) || !matches!(words.tag(at), variorum_schema::Tag::Aux) => {
            Some((at + 1, false))
        }
        "pm" if words.glued(at) || words.kind(at.wrapping_sub(1)) == Some(Kind::Digits) => {
            Some((at + 1, true))
        }
        "in" if words.lower(at + 1) == "the" => match words.lower(at + 2) {
            "morning" => Some((at + 3, false)),
            "afternoon" | "evening" => Some((at + 3, true)),
            _ => None,
        },
        "a" | "p" if words.lower(at + 1) == "." && words.lower(at + 2) == "m" => {
            let end = at + 3 + usize::from(words.lower(at + 3) == "." && words.glued(at + 3));
            Some((end, words.lower(at) == "p"))
        }
        _ => None,
    }
}

/// Past a time zone.
fn zone(words: &Words, at: usize) -> usize {
    if words.seq(at, &["local", "time"]) {
        return at + 2;
    }
    let open = at + usize::from(words.lower(at) == "(");
    let zone = class(words.lower(open), "zone").is_some() && words.text(open).chars().all(char::is_uppercase);
    match zone {
        true if open > at => {
            if words.lower(open + 1) == ")" {
                open + 2
            } else {
                at
            }
        }
        true => at + 1,
        false => at,
    }
}

/// "Tuesday evening", "yesterday morning", "this afternoon", "last night", "tonight", "the morning of July 21".
pub(super) fn part_of_day(words: &Words, at: usize) -> Found {
    if words.lower(at) == "tonight" {
        return Some((at + 1, Form::from(day(0)).at("TNI")));
    }
    if let Some(code) = class(words.lower(at + 1), "part") {
        let shift = match words.lower(at) {
            "this" => Some(0),
            "last" => Some(-1),
            _ => None,
        };
        if let Some(shift) = shift.filter(|s| *s == 0 || matches!(code, "NI" | "EV")) {
            return Some((at + 2, Form::from(day(shift)).at(format!("T{code}"))));
        }
    }
    after_day(words, at).or_else(|| before_day(words, at))
}

fn day(shift: i32) -> Base {
    Base::Shift(super::Step::Day, shift, super::Origin::Anchor)
}

/// A day with a part of it after it: "Tuesday evening", "late Tuesday night".
fn after_day(words: &Words, at: usize) -> Found {
    let opens = lexicon::weekday(words.lower(at)).is_some()
        || class(words.lower(at), "day").is_some()
        || (words.any(at, &["last", "next", "this"]) && lexicon::weekday(words.lower(at + 1)).is_some())
        || (words.any(at, &["the", "that", "same"]) && words.any(at + 2, &["day"]))
        || lexicon::month(words.lower(at)).is_some();
    if !opens {
        return None;
    }
    let (end, form) =
        [super::calendar::weekday, super::reference::deictic, super::calendar::date, super::reference::told]
            .iter()
            .filter_map(|rule| rule(words, at))
            .max_by_key(|(end, _)| *end)?;
    let next = end + usize::from(words.any(end, &["early", "late", "mid"]));
    let next = if words.hyphen(next) { next + 1 } else { next };
    let set = matches!(form.base, Base::Weekday(..));
    if let Some(code) = class(words.lower(next), "parts").filter(|_| set) {
        let Base::Weekday(day, _) = form.base else { return None };
        return Some((next + 1, Base::Set(format!("XXXX-WXX-{}T{code}", day.to_monday_one_offset())).into()));
    }
    let code = class(words.lower(next), "part")?;
    Some((next + 1, form.at(format!("T{code}"))))
}

/// A part of day before its day: "the morning of July 21", "dawn on Tuesday", "midnight Friday".
fn before_day(words: &Words, at: usize) -> Found {
    let start = at + usize::from(words.any(at, &["the"]));
    let mid = if words.lower(start) == "mid" { words.past_hyphen(start + 1) } else { start };
    let code = class(words.lower(mid), "part")?;
    let next = mid + 1 + usize::from(words.any(mid + 1, &["of", "on"]));
    if let Some((to, form)) = core_day(words, next) {
        return Some((to, form.at(format!("T{code}"))));
    }
    let alone = mid > start
        || (start > at && words.any(start, &["morning", "afternoon", "evening"]))
        || words.any(start, &["overnight", "dawn"]);
    let adjective = words.letters(mid + 1) && words.any(mid.wrapping_sub(1), &["a", "an", "-"]);
    (alone && !adjective).then(|| (mid + 1, Form::from(Base::Clock).at(format!("T{code}"))))
}
