//! Facts that accounts of independent origins give alike, each in its own words: a telling number, a minute of the clock,
//! a day of the calendar, what somebody did.
//!
//! Two sentences that hardly share a word corroborate one another where they share what chance does not repeat: 1,150
//! people here and 1,150 jobs there. How much else must agree depends on how telling the shared item is.

use std::collections::{BTreeMap, BTreeSet};

use variorum_annotate::words::is_a;
use variorum_schema::{
    Feature, Finding, FindingKind, FindingType, Granularity, Hedge, Quantity, Span, Tag, TimeKind, Unit,
};

use super::voice;
use crate::align::Statement;
use crate::difference::quantity::is_people;
use crate::entity::Shared;
use crate::finding::build;
use crate::finding::expectation::deed::{self, Deed};
use crate::finding::figure::{self, apart, compare, measure};
use crate::overlap::{self, Words};
use crate::telling::Telling;

/// Places of one value that are compared.
const MAX_OF_ONE: usize = 60;
/// How much else two sentences must share where the number has three digits that say something.
const NEEDED_TELLING: f64 = 0.3;
/// The same, where one gives the number with fewer digits than the other.
const NEEDED_ROUNDED: f64 = 2.0;
const MILLION: f64 = 1e6;
/// Participants that two acts of one day have in common to be one.
const MIN_PARTS: usize = 2;
/// How much else two sentences must share that tell of one act on one day.
const NEEDED_ON_A_DAY: f64 = 2.8;
/// How much else two sentences must share that name one day: much happens on it.
const NEEDED_WITH_A_DAY: f64 = 2.0;
/// Days around the reports in which any sentence may name a day by chance.
const DAYS_NEAR: i32 = 3;
/// Numbers that name: of emergency calls, of aircraft.
const CODES: [u32; 9] = [911, 999, 112, 737, 747, 757, 767, 777, 787];
/// Acts that one person does, or that befall one person, once in a story.
const ONCE: [&str; 9] = ["leave", "arrest", "charge", "convict", "appoint", "elect", "die", "kill", "acquit"];

/// What two accounts may give alike.
#[derive(Clone, Debug)]
struct Fact {
    statement: Statement,
    focus: Span,
    /// How much else two sentences must share.
    needed: f64,
    counted: Option<String>,
    unit: String,
    hedge: Hedge,
    /// The number, of a number.
    value: f64,
    /// Who and what takes part, of an act of one day, with their numbers.
    parts: Option<(BTreeSet<String>, BTreeSet<String>)>,
}

/// Digits of a number that is held against another rounded.
const MAX_DIGITS_ROUNDED: usize = 5;

/// A number with its first two digits.
fn rounded(value: f64) -> f64 {
    let unit = 10f64.powf(value.abs().log10().floor() - 1.0);
    ((value / unit).round() * unit).round()
}

/// Facts by kind of item and value.
type Facts = BTreeMap<(FindingType, String), Vec<Fact>>;

/// Facts of two origins or more that no finding told so far holds.
pub(super) fn facts(telling: &Telling, told: &[Finding]) -> Vec<Finding> {
    let mut facts = Facts::new();
    for statement in &telling.alignments.statements {
        numbers(telling, statement, &mut facts);
        moments(telling, statement, &mut facts);
    }
    acts(telling, &mut facts);
    days(telling, &mut facts);
    let mut found: Vec<Finding> = Vec::new();
    for ((kind, value), list) in &facts {
        let list = &list[..list.len().min(MAX_OF_ONE)];
        if telling.origins(list.iter().map(|f| f.statement.account)).len() < 2 {
            continue;
        }
        for group in
            groups(telling, list).into_iter().filter(|g| !value.contains(" about ") || is_rounding(g))
        {
            found.extend(finding(telling, *kind, value, &group, told));
        }
    }
    found
}

/// Whether a group has a number, and the same one with fewer digits.
fn is_rounding(group: &[&Fact]) -> bool {
    // of other things, 18,100 is not 18,000
    let is_of_one = |f: &&&Fact| f.unit != "count" || f.counted.is_some() && f.counted == group[0].counted;
    let is_round = |f: &&&Fact| (f.value - rounded(f.value)).abs() < 1e-6;
    group.iter().all(|f| is_of_one(&f))
        && group.iter().any(|f| is_round(&f))
        && group.iter().any(|f| !is_round(&f))
}

/// Numbers with two digits at least that say something.
fn numbers(telling: &Telling, s: &Statement, facts: &mut Facts) {
    let annotations = &telling.account(s.account).annotations;
    let span = telling.sentence(s).span;
    let first = annotations.quantities.partition_point(|q| q.span.start < span.start);
    let own = annotations.quantities[first..].iter().take_while(|q| span.contains(q.span));
    let own: Vec<&Quantity> = own.collect();
    // a row of numbers is a table or a list of scores
    for q in own.iter().filter(|_| own.len() <= 8) {
        let n_digits = measure::n_telling_digits(q.value);
        let is_year = q.value.fract() == 0.0 && (1900.0..2100.0).contains(&q.value) && q.counted.is_none();
        let is_telling =
            n_digits >= 2 && (q.value > 12.0 || q.value.fract() != 0.0) && !CODES.contains(&(q.value as u32));
        let text = &telling.document(s.account).text;
        // "63-35": of a vote both numbers must be the same
        let score = of_score(text, q.number);
        let is_name = figure::is_name(text, q) || score.is_some_and(str::is_empty);
        if !is_telling
            || is_year
            || is_name
            || matches!(q.unit, Unit::Ordinal | Unit::Age)
            || q.hedge == Hedge::Vague
        {
            continue;
        }
        let unit = match &q.unit {
            // "50.7 for the one, 49.3 for the other"
            Unit::Count if q.counted.is_none() && q.value.fract() != 0.0 && q.value < 100.0 => {
                "percent".to_owned()
            }
            Unit::Count => score.map_or_else(|| "count".to_owned(), |other| format!("count to {other}")),
            Unit::Percent => "percent".to_owned(),
            Unit::Money(name) => format!("money {name}"),
            Unit::Measure(name) => format!("measure {}", name.split([' ', '/']).next().unwrap_or_default()),
            Unit::Ordinal | Unit::Age => continue,
        };
        let needed = match () {
            // "15 million": rounded, there are many
            () if n_digits < 4 && q.value >= MILLION => 0.8 * (4.0 - n_digits as f64),
            () if n_digits >= 3 && q.value >= 1000.0 => 0.4,
            () if n_digits >= 3 => NEEDED_TELLING,
            () if q.value >= 1000.0 => 1.0,
            () => 2.0,
        };
        let fact = Fact {
            statement: *s,
            focus: q.span,
            needed,
            counted: q.counted_lemma.clone().map(|c| c.to_lowercase()),
            unit: unit.clone(),
            hedge: q.hedge,
            value: q.value,
            parts: None,
        };
        facts.entry((FindingType::Quantity, format!("{unit} {}", q.value))).or_default().push(fact.clone());
        // "1.8 billion", "1,812 million"
        if n_digits <= MAX_DIGITS_ROUNDED && q.value >= 1000.0 && q.hedge != Hedge::Range {
            let fact = Fact { needed: NEEDED_ROUNDED, ..fact };
            let key = (FindingType::Quantity, format!("{unit} about {}", rounded(q.value)));
            facts.entry(key).or_default().push(Fact { value: q.value, ..fact });
        }
    }
}

/// Minutes of the clock, and days of the calendar that are not those of the reports.
fn moments(telling: &Telling, s: &Statement, facts: &mut Facts) {
    let account = telling.account(s.account);
    let text = &account.document.text;
    let span = telling.sentence(s).span;
    // when the page was brought up to date is no fact of the event
    if is_of_page(telling, s) {
        return;
    }
    let mut add = |value: String, focus: Span, needed: f64, unit: &str| {
        let fact = Fact {
            statement: *s,
            focus,
            needed,
            counted: None,
            unit: unit.to_owned(),
            hedge: Hedge::Exact,
            value: 0.0,
            parts: None,
        };
        facts.entry((FindingType::Date, value)).or_default().push(fact);
    };
    for (minute, zone, focus) in clocks(telling, s) {
        // a full or a half hour is nobody's exact observation
        let needed = match () {
            () if minute % 30 == 0 => continue,
            () if minute % 15 == 0 => 0.4,
            () => 0.0,
        };
        add(format!("clock {minute:04} {zone}"), focus, needed, half(text, focus));
    }
    let first = account.annotations.times.partition_point(|t| t.span.start < span.start);
    let own = account.annotations.times[first..].iter().take_while(|t| span.contains(t.span));
    for time in own.filter(|t| t.kind == TimeKind::Date && t.granularity == Granularity::Day) {
        let is_calendar = time.span.of(text).chars().any(|c| c.is_ascii_digit());
        let is_near = time.interval.is_some_and(|i| is_day_of_reports(telling, i.first));
        let Some(day) = time.value.get(4..10).filter(|d| d.starts_with('-') && is_calendar && !is_near)
        else {
            continue;
        };
        // a day of a year that is named is no day of another one
        let year = time.value.get(..4).filter(|y| time.span.of(text).contains(y)).unwrap_or("");
        add(format!("day {day}"), time.span, NEEDED_WITH_A_DAY, year);
    }
}

/// What opens a line about the page itself.
const OF_PAGE: [&str; 10] = [
    "update",
    "updated",
    "correction",
    "corrected",
    "posted",
    "published",
    "editor's",
    "editor’s",
    "clarification",
    "advertisement",
];

/// Whether a sentence is about the page that it stands on.
fn is_of_page(telling: &Telling, s: &Statement) -> bool {
    let first = telling.text(s).split(|c: char| c.is_whitespace() || c == ':').next().unwrap_or("");
    OF_PAGE.contains(&first.to_lowercase().as_str())
}

/// Whether an account of the story was published within a few days.
fn is_day_of_reports(telling: &Telling, day: jiff::civil::Date) -> bool {
    let published = telling.members.iter().filter_map(|m| telling.document(*m).published.value);
    published.into_iter().any(|p| (day - p).get_days().abs() <= DAYS_NEAR)
}

/// Words from "at" to a time of the clock: "at just about twenty to eight".
const BEHIND_AT: usize = 3;

/// Times of the clock in a sentence: minutes modulo twelve hours, the zone where one is named, and where.
fn clocks(telling: &Telling, s: &Statement) -> Vec<(u32, &'static str, Span)> {
    let account = telling.account(s.account);
    let (text, annotations) = (&account.document.text, &account.annotations);
    let tokens = annotations.tokens_of(telling.sentence(s));
    let lower: Vec<String> = tokens.iter().map(|t| t.span.of(text).to_lowercase()).collect();
    let is_zone = |n: usize| lower.get(n).is_some_and(|w| w == "gmt" || w == "utc");
    let number = |n: usize| -> Option<u32> {
        let span = tokens.get(n)?.span;
        let at = annotations.quantities.partition_point(|q| q.number.end <= span.start);
        let known = annotations.quantities.get(at).filter(|q| q.number == span).map(|q| q.value as u32);
        known.or_else(|| small(&lower[n]))
    };
    let is_at = |n: usize| lower[n.saturating_sub(BEHIND_AT)..n].iter().any(|w| w == "at");
    let mut found = Vec::new();
    for n in 0..tokens.len() {
        let zone = |last: usize| if (last + 1..last + 3).any(is_zone) { "utc" } else { "" };
        let cover = |last: usize| tokens[n].span.cover(tokens[last].span);
        let is_half =
            |n: usize| lower.get(n).is_some_and(|w| matches!(w.replace('.', "").as_str(), "am" | "pm"));
        if let Some(minute) = digital(&lower[n], is_zone(n + 1))
            .or_else(|| digital(&format!("{}am", lower[n]), false).filter(|_| is_half(n + 1)))
        {
            found.push((minute, zone(n), tokens[n].span));
            continue;
        }
        // "twenty to eight", "six minutes past nine"
        let unit = usize::from(lower.get(n + 1).is_some_and(|w| w == "minutes" || w == "minute"));
        let (word, hour) = (lower.get(n + 1 + unit).map(String::as_str), number(n + 2 + unit));
        let minutes = if lower[n] == "quarter" { Some(15) } else { number(n) };
        if let (Some(minutes), Some(hour @ 1..=12)) = (minutes.filter(|m| (1..60).contains(m)), hour) {
            let hour = hour % 12 * 60;
            // "two to three weeks", "split four to four" are no times of the clock
            let is_clock = unit == 1 || minutes % 5 == 0 && is_at(n) || lower[n] == "quarter";
            match word {
                Some("to") if is_clock => found.push(((hour + 720 - minutes) % 720, "", cover(n + 2 + unit))),
                Some("past") => found.push((hour + minutes, "", cover(n + 2 + unit))),
                _ => {}
            }
        }
    }
    found
}

/// Which half of the day stands right behind a time of the clock, or in it.
fn half(text: &str, clock: Span) -> &'static str {
    let own = clock.of(text).to_lowercase();
    let behind: String = text.get(clock.end as usize..).unwrap_or("").chars().take(5).collect();
    let said = format!("{own}{}", behind.to_lowercase().replace(['.', ' '], ""));
    match () {
        () if said.contains("am") => "am",
        () if said.contains("pm") => "pm",
        () => "",
    }
}

/// "7:40", "7.40am", "0940" before a zone; modulo twelve hours.
fn digital(word: &str, is_before_zone: bool) -> Option<u32> {
    let is_marked = word.ends_with("am") || word.ends_with("pm") || word.ends_with("h") || word.contains(':');
    let bare = word.trim_end_matches(|c: char| !c.is_ascii_digit());
    let (hour, minute) = match bare.split_once([':', '.']) {
        Some(parts) if is_marked || bare.len() == 5 => parts,
        None if is_before_zone && bare.len() == 4 => bare.split_at_checked(2)?,
        _ => return None,
    };
    let (hour, minute) = (hour.parse::<u32>().ok()?, minute.parse::<u32>().ok()?);
    (hour < 24 && minute < 60 && bare.len() >= 4).then_some(hour % 12 * 60 + minute)
}

fn small(word: &str) -> Option<u32> {
    const WORDS: [&str; 12] =
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
    let at = WORDS.iter().position(|w| *w == word).map(|n| n as u32 + 1);
    at.or(match word {
        "twenty" => Some(20),
        "quarter" => Some(15),
        _ => None,
    })
}

/// What one named person did, or what befell one, once in the story.
fn acts(telling: &Telling, facts: &mut Facts) {
    let deeds = deed::deeds(telling);
    let is_plain = |d: &&Deed| d.is_told && d.is_done && !d.is_negative && !d.is_planned;
    for deed in deeds.iter().filter(is_plain).filter(|d| ONCE.contains(&d.act.as_str())) {
        let Some(person) = &deed.person else { continue };
        // one may leave a hospital, and be left in pain
        let said = deed.predicate.of(&telling.document(deed.statement.account).text).to_lowercase();
        if said.contains("left") || said.contains("leav") {
            continue;
        }
        // one dies once; one may be elected, charged or acquitted more than once
        let is_death = matches!(deed.act.as_str(), "die" | "kill");
        let fact = Fact {
            statement: deed.statement,
            focus: deed.predicate,
            needed: if is_death { 0.0 } else { 2.0 },
            counted: None,
            unit: if is_death { String::new() } else { era(telling, deed) },
            hedge: Hedge::Exact,
            value: 0.0,
            parts: None,
        };
        facts.entry((FindingType::Outcome, format!("{} {person}", deed.act))).or_default().push(fact);
    }
}

/// Days before a report from which on an act is one of other times.
const DAYS_AGO: i32 = 300;

/// The year of an act that lies well before its report; "now" for all others.
fn era(telling: &Telling, deed: &Deed) -> String {
    let published = telling.document(deed.statement.account).published.value;
    let day = deed.when.map(|(day, _)| day.first).or(deed.times.map(|(first, _)| first));
    let old = day.zip(published).filter(|(day, p)| (*p - *day).get_days() > DAYS_AGO);
    old.map_or_else(|| "now".to_owned(), |(day, _)| day.year().to_string())
}

/// What was done on one day that both accounts name, by a verb that says what.
fn days(telling: &Telling, facts: &mut Facts) {
    let is_plain = |d: &&Deed| d.is_told && d.is_done && !d.is_negative && !d.is_planned;
    for deed in deed::deeds(telling).iter().filter(is_plain) {
        let Some((day, span)) = deed.when.filter(|(day, _)| day.first == day.last) else { continue };
        // who said it when is no deed, and what everybody does is none that is known again
        let is_listed =
            deed::act_of(&deed.act).is_some_and(|a| a == deed.act) || ONCE.contains(&deed.act.as_str());
        if !is_listed || deed.keys.is_empty() {
            continue;
        }
        let fact = Fact {
            statement: deed.statement,
            focus: deed.predicate.cover(span),
            needed: NEEDED_ON_A_DAY,
            counted: None,
            unit: String::new(),
            hedge: Hedge::Exact,
            value: 0.0,
            parts: Some((deed.keys.clone(), deed.numbers.clone())),
        };
        facts.entry((FindingType::Outcome, format!("{} on {}", deed.act, day.first))).or_default().push(fact);
    }
}

/// Facts of one value that are one: each joins the first group with a member that it agrees with.
fn groups<'f>(telling: &Telling, list: &'f [Fact]) -> Vec<Vec<&'f Fact>> {
    let mut groups: Vec<Vec<&Fact>> = Vec::new();
    for fact in list {
        let agrees = |o: &&&Fact| {
            let (x, y) =
                (overlap::words_of(telling, &o.statement), overlap::words_of(telling, &fact.statement));
            let is_one = o.statement.account == fact.statement.account
                || telling.alignments.likeness(&o.statement, &fact.statement) > 0.0;
            let shared = shared(telling, (&x, &y), o, fact);
            is_one && shared.is_finite() || shared >= fact.needed.max(o.needed)
        };
        let is_of = |g: &&mut Vec<&Fact>| 2 * g.iter().filter(agrees).count() >= g.len();
        match groups.iter_mut().find(is_of) {
            Some(group) => group.push(fact),
            None => groups.push(vec![fact]),
        }
    }
    groups
}

/// How much two sentences share besides the fact: words that say the same count one, near ones a half, and the things
/// that are counted once more.
fn shared(telling: &Telling, (x, y): (&Words, &Words), a: &Fact, b: &Fact) -> f64 {
    if let Some((p, q)) = a.parts.as_ref().zip(b.parts.as_ref()) {
        // so many here and so many there are others; one participant in common is not enough
        let are_others = !p.1.is_empty() && !q.1.is_empty() && p.1.is_disjoint(&q.1);
        if are_others || p.0.intersection(&q.0).count() < MIN_PARTS {
            return f64::NEG_INFINITY;
        }
    }
    // a quarter past ten in the morning is not one at night, nor a day of one year that of another
    let is_moment = |f: &Fact| f.value == 0.0 && !f.unit.is_empty();
    if is_moment(a) && is_moment(b) && a.unit != b.unit {
        return f64::NEG_INFINITY;
    }
    let sexes = a.counted.as_deref().zip(b.counted.as_deref());
    if !compare::hedges_meet(a.hedge, b.hedge) || sexes.is_some_and(|(p, q)| !compare::sexes_meet(p, q)) {
        return f64::NEG_INFINITY;
    }
    let links = overlap::links(x, y);
    let is_of_one = || {
        let is_it = |l: &overlap::Link| is_of_one_whole(telling, (x, y), l, (a, b)) || is_sibling(x, l, a);
        links.iter().any(is_it)
    };
    let is_chance =
        a.unit == "percent" && apart::are_equal_by_chance(telling, &a.statement, &b.statement, a.value);
    // of "17,000 with major damage" nobody knows whether they are people
    let is_unknown = a.unit == "count"
        && a.value >= 1000.0
        && measure::n_telling_digits(a.value) <= 2
        && (a.counted.is_none() || b.counted.is_none());
    let is_bound = apart::is_one_above(telling, (&a.statement, a.focus), (&b.statement, b.focus));
    let is_in_list = [a, b].iter().any(|f| has_list(telling, &f.statement, &f.unit));
    let is_common =
        a.unit == "percent" || is_round(&a.unit, a.value, is_in_list) || (a.value - b.value).abs() > 1e-9;
    let is_common = is_common || is_unknown;
    if is_chance || is_bound || is_common && a.parts.is_none() && a.value > 0.0 && !is_of_one() {
        return f64::NEG_INFINITY;
    }
    // "rose to 19" and "fell to 19"
    let is_told = |l: &overlap::Link| {
        matches!(x.list[l.x].tag, Tag::Verb | Tag::Noun) && matches!(y.list[l.y].tag, Tag::Verb | Tag::Noun)
    };
    if links.iter().any(|l| is_told(l) && overlap::is_opposite(&x.list[l.x], &y.list[l.y])) {
        return f64::NEG_INFINITY;
    }
    let is_telling = |l: &&overlap::Link| x.list[l.x].is_content && x.list[l.x].number.is_none();
    let said: f64 =
        links.iter().filter(is_telling).map(|l| if l.likeness >= overlap::SAME { 1.0 } else { 0.4 }).sum();
    let counted = match (a.counted.as_deref(), b.counted.as_deref()) {
        (Some(p), Some(q)) if p == q || is_people(p) && is_people(q) => 1.0,
        // 1,200 charges and 1,200 women; not 1,150 people and 1,150 jobs, which chance does not repeat
        (Some(p), Some(q)) if is_people(p) != is_people(q) => {
            if a.needed < 1.0 {
                0.0
            } else {
                -1.0
            }
        }
        // "131 girls", "131 pupils"
        (Some(p), Some(q)) if a.needed < 1.0 && is_a(p, "person") && is_a(q, "person") => 0.5,
        // two things that have nothing to do with one another
        (Some(p), Some(q)) if are_apart(p, q) => -1.5,
        // 15 games and 15 seasons
        (Some(_), Some(_)) => -0.5,
        _ => 0.0,
    };
    let unit = if a.unit == b.unit
        && (a.unit == "percent" || a.unit.starts_with("mo") || a.unit.starts_with("me"))
    {
        0.5
    } else {
        0.0
    };
    said + counted + unit
}

/// So many digits of an amount say too little by themselves, where a sentence gives several.
const MAX_DIGITS_CHANCE: usize = 3;

/// The number on the other side of the dash, of a number that is one of two with a dash between them; empty where it stands
/// behind the dash.
fn of_score(text: &str, number: Span) -> Option<&str> {
    let is_dash = |c: char| matches!(c, '-' | '\u{2013}' | '\u{2012}');
    let before = text.get(..number.start as usize).unwrap_or("");
    if before.strip_suffix(is_dash).is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit())) {
        return Some("");
    }
    let behind = text.get(number.end as usize..).unwrap_or("").strip_prefix(is_dash)?;
    let end = behind.find(|c: char| !c.is_ascii_digit()).unwrap_or(behind.len());
    behind.get(..end).filter(|digits| !digits.is_empty())
}

/// Whether an amount of money, a length or a weight has hardly a digit that says something: any report has some of them.
fn is_round(unit: &str, value: f64, is_in_list: bool) -> bool {
    let is_amount = unit.starts_with("money") || unit.starts_with("measure");
    let n_digits = measure::n_telling_digits(value);
    is_amount && (n_digits <= 2 || is_in_list && n_digits <= MAX_DIGITS_CHANCE)
}

/// Whether a sentence gives two amounts in one unit or more.
fn has_list(telling: &Telling, s: &Statement, unit: &str) -> bool {
    let all = &telling.account(s.account).annotations.quantities;
    let span = telling.sentence(s).span;
    let is_it = |u: &Unit| match u {
        Unit::Money(name) => unit.strip_prefix("money ") == Some(name),
        _ => false,
    };
    all.iter().filter(|q| span.contains(q.span) && is_it(&q.unit)).count() > 1
}

/// Whether a word of a name stands in every second account of a story: everything in it is about those whom it is about.
fn is_everywhere(telling: &Telling, name: &str) -> bool {
    let is_it = |e: &&Shared| e.name.split(' ').any(|w| w.eq_ignore_ascii_case(name));
    let n = telling.entities.list.iter().filter(is_it).map(|e| e.n_accounts()).max().unwrap_or(0);
    2 * n >= telling.members.len()
}

/// Whether two words are another number that both sentences give. Of shares it must have three digits that say something: in
/// every poll somebody has 40 percent.
fn is_sibling(x: &Words, link: &overlap::Link, fact: &Fact) -> bool {
    let is_other = |n: f64| (n - fact.value).abs() > 1e-9;
    let is_telling = |n: f64| n > 12.0 && (fact.unit != "percent" || measure::n_telling_digits(n) >= 3);
    link.likeness >= overlap::SAME && x.list[link.x].number.is_some_and(|n| is_other(n) && is_telling(n))
}

/// How many words from a share what it is a share of stands.
const MAX_FROM_SHARE: usize = 8;

/// Whether two words that say the same stand near a share or an amount on both sides, and say of what it is one.
fn is_of_one_whole(
    telling: &Telling,
    (x, y): (&Words, &Words),
    link: &overlap::Link,
    (a, b): (&Fact, &Fact),
) -> bool {
    let is_near = |words: &Words, at: usize, fact: &Fact| {
        let mut own = words.list.iter().enumerate();
        own.any(|(n, w)| {
            w.number.is_some_and(|v| (v - fact.value).abs() < 1e-9) && n.abs_diff(at) <= MAX_FROM_SHARE
        })
    };
    let word = &x.list[link.x];
    link.likeness >= overlap::SAME
        && word.is_content
        && word.number.is_none()
        && (a.unit == "percent"
            || !(word.is_name && y.list[link.y].is_name)
            || !is_everywhere(telling, &word.lower))
        && measure::names_a_whole(&word.lemma)
        && is_near(x, link.x, a)
        && is_near(y, link.y, b)
}

fn are_apart(a: &str, b: &str) -> bool {
    variorum_annotate::words::nearness(a, b).is_none_or(|n| n < 0.3)
}

fn finding(
    telling: &Telling,
    kind: FindingType,
    value: &str,
    group: &[&Fact],
    told: &[Finding],
) -> Option<Finding> {
    let statements: BTreeSet<Statement> = group.iter().map(|f| f.statement).collect();
    let statements: Vec<Statement> = statements.into_iter().collect();
    let origins = voice::origins(telling, &statements);
    if origins.len() < telling.options.n_origins.max(2) as usize {
        return None;
    }
    let side = build::side(telling, group.iter().map(|f| (f.statement, f.focus)).collect(), Vec::new());
    let is_told = |f: &Finding| {
        f.kind == FindingKind::Corroborated
            && side
                .evidence
                .iter()
                .all(|e| f.sides[0].evidence.iter().any(|o| o.document == e.document && o.start == e.start))
    };
    if told.iter().any(is_told) {
        return None;
    }
    let what = match kind {
        FindingType::Quantity => "the same figure",
        FindingType::Date => "the same time",
        _ => "the same act",
    };
    let message = format!("accounts of {} independent origins give {what}: {}", origins.len(), side.label);
    let why = vec![Feature {
        name: "independent origins".into(),
        value: origins.len() as f64,
        weight: 0.05,
        note: format!("{}; {value}", origins.join(", ")),
    }];
    let confidence = 0.55 + 0.05 * (origins.len() as f64 - 1.0).min(4.0);
    Some(build::finding(FindingKind::Corroborated, Some(kind), message, vec![side], confidence, None, why))
}

#[cfg(test)]
mod tests {
    use variorum_schema::Span;

    use super::{digital, half};

    #[test]
    fn clocks_are_read_modulo_twelve_hours() {
        for (word, is_before_zone, wanted) in [
            ("7:40", false, Some(460)),
            ("19:40", false, Some(460)),
            ("7.40am", false, Some(460)),
            ("09.40", false, Some(580)),
            ("0940", true, Some(580)),
            ("0940", false, None),
            ("7.4", false, None),
            ("12.5", false, None),
            ("25:10", false, None),
            ("", false, None),
            ("é:00", false, None),
        ] {
            assert_eq!(digital(word, is_before_zone), wanted, "{word}");
        }
    }

    #[test]
    fn halves_of_the_day_stand_behind_or_inside() {
        for (text, wanted) in [("7:40 a.m. at", "am"), ("7:40pm", "pm"), ("7:40 élan", ""), ("7:40", "")] {
            let clock = Span::new(0, if text == "7:40pm" { 6 } else { 4 });
            assert_eq!(half(text, clock), wanted, "{text}");
        }
    }
}
