//! Dates an undated document from the others of its story: "Tuesday" here is the 21st there.
//!
//! Every day near the dated accounts is tried as the day of publication: the relative times of the document are resolved
//! against it, and it is rewarded where its statements then agree with alike statements of dated accounts, and punished
//! where they do not. A day named at the head of a report is as a rule the day of the report.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::Date;
use variorum_annotate::extract::month_day;
use variorum_annotate::time::resolve;
use variorum_schema::{
    DateCandidate, DateSource, Granularity, Interval, Published, Relative, TimeExpression,
};

use crate::Account;
use crate::align::{Alignments, Statement};

/// Days before the first and after the last dated account that are tried.
const REACH_DAYS: i32 = 8;
/// Likeness from which two statements are taken to speak of one time.
const MIN_LIKENESS: f64 = 0.34;
/// Statements at the head of a report whose day is as a rule the day of the report.
const HEAD_STATEMENTS: u32 = 4;
/// What the dateline, or a full date in a line of its own, counts.
const WRITTEN: f64 = 0.8;
/// Characters that may stand beside it there.
const MAX_BESIDE: usize = 16;
/// Lines of the page's head in which a day may stand.
const HEAD_LINES: usize = 3;
/// Words of a date with its weekday and its time of day.
const MAX_DATE_WORDS: usize = 5;
/// What it counts that all the others lie near.
const CROWD: f64 = 0.4;
/// Days within which another account is near.
const NEAR_DAYS: i32 = 4;
/// Below this score nothing is concluded.
const MIN_SCORE: f64 = 0.2;

/// A time told relative to an unknown day, with what the story says of it.
struct Clue<'a> {
    time: &'a TimeExpression,
    relative: Relative,
    /// Days that alike statements of dated accounts name: their interval, who says it, the likeness.
    seen: Vec<(Interval, usize, f64)>,
    is_head: bool,
}

/// New publication dates for members without one: `(account, conclusion)`, with the evidence of other members.
///
/// Twice: a report of which little is known lies where most of the others do, and most of the others may be undated too.
/// A year later somebody remembers; that account is dated, and they are not.
#[must_use]
pub fn dates(accounts: &[Account], alignments: &Alignments, members: &[u32]) -> Vec<(u32, Published)> {
    let known: Vec<(u32, Date)> =
        members.iter().filter_map(|m| Some((*m, accounts[*m as usize].document.published.value?))).collect();
    let days = known.iter().map(|k| k.1);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Vec::new() };
    let undated: Vec<u32> = members
        .iter()
        .copied()
        .filter(|m| accounts[*m as usize].document.published.value.is_none())
        .collect();
    let clues: Vec<Vec<Clue>> = undated.iter().map(|m| clues(accounts, alignments, *m)).collect();
    let conclude = |near: &[(u32, Date)]| -> Vec<(u32, Published)> {
        let of = |(&m, clues): (&u32, &Vec<Clue>)| {
            let others: Vec<Date> = near.iter().filter(|k| k.0 != m).map(|k| k.1).collect();
            Some((m, infer(accounts, clues, m, &others, (first, last))?))
        };
        undated.iter().zip(&clues).filter_map(of).collect()
    };
    let guessed = conclude(&known);
    let guessed = guessed.iter().filter_map(|(m, published)| Some((*m, published.value?)));
    conclude(&known.iter().copied().chain(guessed).collect::<Vec<_>>())
}

/// For members about whose day nothing more could be found: the interval in which the dated ones of the story lie.
#[must_use]
pub fn intervals(accounts: &[Account], members: &[u32]) -> Vec<(u32, Published)> {
    let known: Vec<Date> =
        members.iter().filter_map(|m| accounts[*m as usize].document.published.value).collect();
    let (Some(first), Some(last)) = (known.iter().min(), known.iter().max()) else { return Vec::new() };
    let undated = members.iter().filter(|m| accounts[**m as usize].document.published.value.is_none());
    let conclude = |m: &u32| {
        let mut published = accounts[*m as usize].document.published.clone();
        published.value = Some(*first);
        published.until = (first != last).then_some(*last);
        published.granularity = Some(Granularity::Day);
        published.basis = "inferred from story".into();
        published.inferred = true;
        let reason = "names no day that another account could fix: the dated accounts of its story lie in this interval".into();
        let text = format!("{first} to {last}");
        published.evidence.insert(
            0,
            DateCandidate {
                source: DateSource::Story,
                text,
                span: None,
                document: None,
                value: Some(*first),
                weight: 0.3,
                reason,
            },
        );
        (*m, published)
    };
    undated.map(conclude).collect()
}

fn infer(
    accounts: &[Account],
    clues: &[Clue],
    member: u32,
    known: &[Date],
    (first, last): (Date, Date),
) -> Option<Published> {
    let written = written(accounts, member);
    let dateline = dateline(&accounts[member as usize]);
    let is_written = |day: &Date| written.contains(day) || dateline == Some((day.month(), day.day()));
    let from = first.checked_sub(REACH_DAYS.days()).ok()?;
    let fetched = accounts[member as usize].document.fetched;
    let days = from.series(1.day()).take_while(|d| (*d - last).get_days() <= REACH_DAYS);
    let scored = days.filter(|d| fetched.is_none_or(|f| *d <= f)).map(|d| {
        let head = if is_written(&d) { WRITTEN } else { 0.0 };
        (head + score(clues, d, first, last) + crowd(known, d), d)
    });
    let (best, day) = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
    let mut published = accounts[member as usize].document.published.clone();
    let is_told_of =
        |c: &Clue| c.is_head && resolve(c.relative, day).is_some_and(|(_, interval)| interval.last == day);
    // where the others lie chooses between days; it is no reason by itself
    if best - crowd(known, day) < MIN_SCORE || clues.is_empty() && !is_written(&day) {
        return None;
    }
    published.value = Some(day);
    // Without a day named at its head, a report may be some days younger than what it tells.
    let is_named = is_written(&day) || clues.iter().any(is_told_of);
    published.until = if is_named { None } else { day.checked_add(2.days()).ok() };
    published.granularity = Some(Granularity::Day);
    published.basis = "inferred from story".into();
    published.inferred = true;
    let mut evidence = evidence(accounts, clues, member, day, best);
    if is_written(&day) {
        evidence.push(DateCandidate {
            source: DateSource::Story,
            text: day.to_string(),
            span: None,
            document: None,
            value: Some(day),
            weight: 0.8,
            reason: "its dateline or a line of its own gives this day, which lies within those of its story"
                .into(),
        });
    }
    evidence.append(&mut published.evidence);
    published.evidence = evidence;
    Some(published)
}

/// Full dates that stand in a line of their own, and dates that extraction found but could not support: one that lies
/// within the days of the story is as a rule the day of the report.
fn written(accounts: &[Account], member: u32) -> BTreeSet<Date> {
    let account = &accounts[member as usize];
    let text = &account.document.text;
    let alone = account.annotations.times.iter().filter(|t| {
        let of = account.annotations.sentence_at(t.span.start).map(|s| account.annotations.sentences[s]);
        t.relative.is_none()
            && t.granularity == Granularity::Day
            && of.is_some_and(|s| s.span.of(text).trim().len() <= t.span.len() + MAX_BESIDE)
    });
    let alone = alone.filter_map(|t| t.interval).filter(|i| i.first == i.last).map(|i| i.first);
    let found = account.document.published.evidence.iter().filter(|c| c.source != DateSource::Story);
    alone.chain(found.filter_map(|c| c.value)).collect()
}

/// Month and day of the dateline, or of a piece of the page's head that tells nothing else ("Radio North | 4 May, 11am").
fn dateline(account: &Account) -> Option<(i8, i8)> {
    let text = &account.document.text;
    let told = account.document.dateline.and_then(|span| month_day(span.of(text)));
    let head = text.lines().filter(|line| !line.trim().is_empty()).take(HEAD_LINES);
    let pieces = head.filter(|line| line.len() < 200).flat_map(|line| line.split(['|', '•', '·']));
    let short = |piece: &&str| piece.split_whitespace().count() <= MAX_DATE_WORDS;
    told.or_else(|| pieces.filter(short).find_map(month_day))
}

/// Of two days that explain a report as well, the one near which more of the others lie.
fn crowd(known: &[Date], day: Date) -> f64 {
    let near = known.iter().filter(|k| (**k - day).get_days().abs() <= NEAR_DAYS).count();
    CROWD * near as f64 / known.len().max(1) as f64
}

fn clues<'a>(accounts: &'a [Account], alignments: &Alignments, member: u32) -> Vec<Clue<'a>> {
    let annotations = &accounts[member as usize].annotations;
    let own: Vec<(usize, &Statement)> =
        alignments.statements.iter().enumerate().filter(|(_, s)| s.account == member).collect();
    let mut clues = Vec::new();
    for time in &annotations.times {
        let Some(relative) = time.relative.filter(|r| is_dated(*r) && !is_clock(time)) else { continue };
        let Some(sentence) = annotations.sentence_at(time.span.start) else { continue };
        let statement = own.iter().find(|(_, s)| s.sentence as usize == sentence);
        let seen = statement
            .map(|(idx, _)| seen(accounts, alignments, *idx as u32, time.granularity))
            .unwrap_or_default();
        let is_head = statement.is_some_and(|(_, s)| s.unit < HEAD_STATEMENTS);
        clues.push(Clue { time, relative, seen, is_head });
    }
    clues
}

/// Relative times that name a day or a month; "last year" helps nobody.
fn is_dated(relative: Relative) -> bool {
    matches!(relative, Relative::Days(_) | Relative::Weekday(..) | Relative::MonthDay(..))
}

/// Whether it is a time of day alone ("1 p.m."), whose day is left open.
fn is_clock(time: &TimeExpression) -> bool {
    let clock = time.value.split_once('T').is_some_and(|(_, t)| t.starts_with(|c: char| c.is_ascii_digit()));
    clock && time.relative == Some(Relative::Days(0))
}

/// Days that alike statements of dated accounts name.
fn seen(
    accounts: &[Account],
    alignments: &Alignments,
    statement: u32,
    granularity: Granularity,
) -> Vec<(Interval, usize, f64)> {
    let mut seen = Vec::new();
    for pair in alignments.pairs_of(statement).filter(|p| p.score >= MIN_LIKENESS) {
        let other = alignments.statements[if pair.x == statement { pair.y } else { pair.x } as usize];
        let account = &accounts[other.account as usize];
        let Some(sentence) = account.annotations.sentences.get(other.sentence as usize) else { continue };
        let times = account
            .annotations
            .times
            .iter()
            .filter(|t| sentence.span.contains(t.span) && t.granularity == granularity);
        seen.extend(times.filter_map(|t| t.interval).map(|i| (i, other.account as usize, pair.score)));
    }
    seen
}

/// How well a day explains the clues.
fn score(clues: &[Clue], day: Date, first: Date, last: Date) -> f64 {
    let mut score = 0.0;
    for clue in clues {
        let Some((_, interval)) = resolve(clue.relative, day) else { continue };
        let agree = clue.seen.iter().filter(|s| s.0 == interval).map(|s| s.2).fold(0.0, f64::max);
        let differ = clue.seen.iter().filter(|s| s.0 != interval).map(|s| s.2).fold(0.0, f64::max);
        score += if agree > 0.0 { 1.5 * agree } else { -0.3 * differ };
        let age = (day - interval.last).get_days();
        if !clue.is_head && matches!(clue.relative, Relative::Weekday(..)) {
            score += if (0..=2).contains(&age) { 0.12 } else { 0.0 };
        }
        if clue.is_head {
            score += match age {
                0 => 0.5,
                1 => 0.35,
                2..=3 => 0.1,
                _ => -0.3,
            };
        }
        // What is told in the past cannot lie ahead of the report.
        let is_past = matches!(clue.relative, Relative::MonthDay(_, _, variorum_schema::Tense::Past));
        if is_past && interval.first > day {
            score -= 0.5;
        }
    }
    let away = if day < first { (first - day).get_days() } else { (day - last).get_days().max(0) };
    score - 0.04 * f64::from(away)
}

fn evidence(accounts: &[Account], clues: &[Clue], member: u32, day: Date, best: f64) -> Vec<DateCandidate> {
    let text = &accounts[member as usize].document.text;
    let mut list = Vec::new();
    let mut cited = BTreeSet::new();
    for clue in clues {
        let Some((value, interval)) = resolve(clue.relative, day) else { continue };
        let agreeing = clue.seen.iter().find(|s| s.0 == interval);
        if agreeing.is_none() && !clue.is_head || !cited.insert(clue.time.span) {
            continue;
        }
        let document = agreeing.map(|s| accounts[s.1].document.id.clone());
        let name = agreeing.map(|s| accounts[s.1].document.name.as_str());
        let reason = match name {
            Some(name) => {
                format!("told on {day}, these words mean {value}, as a like statement of {name} says")
            }
            None => format!("told on {day}, these words at the head of the report mean {value}"),
        };
        let weight = (0.4 + 0.3 * best).clamp(0.0, 0.95);
        list.push(DateCandidate {
            source: DateSource::Story,
            text: clue.time.span.of(text).to_owned(),
            span: Some(clue.time.span),
            document,
            value: Some(day),
            weight,
            reason,
        });
    }
    list.truncate(5);
    list
}

/// Gives an account a publication date, and resolves its time expressions against it.
pub fn apply(account: &mut Account, published: Published) {
    if let Some(anchor) = published.value {
        for time in &mut account.annotations.times {
            let resolved = time.relative.and_then(|relative| resolve(relative, anchor));
            if let (None, Some((value, interval))) = (time.interval, resolved) {
                time.value = value;
                time.interval = Some(interval);
            }
        }
    }
    account.document.published = published;
}
