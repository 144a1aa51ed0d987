//! Dates an undated document from the others of its story: "Tuesday" here is the 21st there.
//!
//! Every day near the dated accounts is tried as the day of publication: the relative times of the document are resolved
//! against it, and it is rewarded where its statements then agree with alike statements of dated accounts, and punished
//! where they do not. A day named at the head of a report is as a rule the day of the report.

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use variorum_annotate::extract::{month_day, weekday_named};
use variorum_annotate::time::resolve;
use variorum_schema::{
    Block, BlockKind, DateCandidate, DateSource, Granularity, Interval, Published, Relative, TimeExpression,
};

use crate::Account;
use crate::align::{Alignments, Statement};
use crate::copy::Related;

pub mod belated;

/// Days before the first and after the last dated account that are tried.
const REACH_DAYS: i32 = 8;
/// Likeness from which two statements are taken to speak of one time.
const MIN_LIKENESS: f64 = 0.34;
/// Statements at the head of a report whose day is as a rule the day of the report.
const HEAD_STATEMENTS: u32 = 4;
/// What a full date, or a weekday, in a line of its own at the head counts.
const WRITTEN: f64 = 0.8;
/// What the dateline counts.
const DATELINE: f64 = 2.5;
/// What it counts that a dated account with the same text appeared that day or the day before.
const COPIED: f64 = 0.6;
/// Part of the largest share of text in common from which another account is as near.
const MOST: f64 = 0.7;
/// Characters that may stand beside it there.
const MAX_BESIDE: usize = 16;
/// Lines of the page's head in which a day may stand.
const HEAD_LINES: usize = 3;
/// Lines of the head in which a weekday may stand beside the author's name or that of the programme, and words of such a line.
const WEEKDAY_LINES: usize = 6;
const MAX_WEEKDAY_WORDS: usize = 14;
/// Words of a date with its weekday and its time of day.
const MAX_DATE_WORDS: usize = 5;
/// What it counts that all the others lie near.
const CROWD: f64 = 0.4;
/// Days within which another account is near, the less the further away.
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

/// What is known of an undated account.
struct Undated<'a> {
    account: u32,
    clues: Vec<Clue<'a>>,
    /// Full dates in lines of their own, and dates that extraction found but could not support.
    written: BTreeSet<Date>,
    /// Month and day of its dateline.
    dateline: Option<(i8, i8)>,
    /// Weekdays at its head.
    weekdays: Vec<Weekday>,
    /// Days of the dated accounts that share most text with it.
    copied: Vec<Date>,
}

/// New publication dates for members without one: `(account, conclusion)`, with the evidence of other members.
///
/// Twice: a report of which little is known lies where most of the others do, and most of the others may be undated too.
/// A year later somebody remembers; that account is dated, and they are not.
#[must_use]
pub fn dates(
    accounts: &[Account],
    alignments: &Alignments,
    related: &[Related],
    members: &[u32],
) -> Vec<(u32, Published)> {
    let day = |m: &u32| accounts[*m as usize].document.published.value;
    let known: Vec<(u32, Date)> = members.iter().filter_map(|m| Some((*m, day(m)?))).collect();
    let days = known.iter().map(|k| k.1);
    let (Some(first), Some(last)) = (days.clone().min(), days.max()) else { return Vec::new() };
    let undated = members.iter().filter(|m| day(m).is_none());
    let undated: Vec<Undated> =
        undated.map(|m| Undated::new(accounts, alignments, related, members, *m)).collect();
    let conclude = |near: &[(u32, Date)]| -> Vec<(u32, Published)> {
        let of = |u: &Undated| Some((u.account, u.infer(accounts, near, (first, last))?));
        undated.iter().filter_map(of).collect()
    };
    let guessed = conclude(&known);
    let guessed = guessed.iter().filter_map(|(m, published)| Some((*m, published.value?)));
    conclude(&known.iter().copied().chain(guessed).collect::<Vec<_>>())
}

/// Days of the dated accounts among `members` that have most of an account's text, of those that have any.
fn copied(accounts: &[Account], related: &[Related], members: &[u32], account: u32) -> Vec<Date> {
    let others = related.iter().filter_map(|r| match (r.a == account, r.b == account) {
        (true, _) => Some((r.alignment.share_a.max(r.verbatim_a), r.b)),
        (_, true) => Some((r.alignment.share_b.max(r.verbatim_b), r.a)),
        _ => None,
    });
    let others = others.filter(|(_, o)| members.binary_search(o).is_ok());
    let dated = others.filter_map(|(share, o)| Some((share, accounts[o as usize].document.published.value?)));
    let dated: Vec<(f64, Date)> = dated.collect();
    let most = dated.iter().map(|d| d.0).fold(0.0, f64::max);
    dated.into_iter().filter(|d| d.0 >= MOST * most).map(|d| d.1).collect()
}

/// For members about whose day nothing more could be found: the interval in which the dated ones of the story lie.
#[must_use]
pub fn intervals(accounts: &[Account], related: &[Related], members: &[u32]) -> Vec<(u32, Published)> {
    let known: Vec<Date> =
        members.iter().filter_map(|m| accounts[*m as usize].document.published.value).collect();
    let (Some(first), Some(last)) = (known.iter().min(), known.iter().max()) else { return Vec::new() };
    let undated = members.iter().filter(|m| accounts[**m as usize].document.published.value.is_none());
    let conclude = |m: &u32| {
        let mut published = accounts[*m as usize].document.published.clone();
        // whoever has the text of another account has it from that day on
        let copied = copied(accounts, related, members, *m).into_iter().min();
        let first = &copied.unwrap_or(*first);
        published.value = Some(*first);
        published.until = (first != last).then_some(*last);
        published.granularity = Some(Granularity::Day);
        published.basis = "inferred from story".into();
        published.inferred = true;
        let reason = match copied {
            Some(_) => "names no day that another account could fix: from the day of an account with the same text to the last of its story".into(),
            None => "names no day that another account could fix: the dated accounts of its story lie in this interval".into(),
        };
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

impl<'a> Undated<'a> {
    fn new(
        accounts: &'a [Account],
        alignments: &Alignments,
        related: &[Related],
        members: &[u32],
        account: u32,
    ) -> Undated<'a> {
        Undated {
            account,
            clues: clues(accounts, alignments, account),
            written: written(accounts, account),
            dateline: dateline(&accounts[account as usize]),
            weekdays: weekdays(&accounts[account as usize]),
            copied: copied(accounts, related, members, account),
        }
    }

    /// Whether this is the day of its dateline, or one written at its head.
    fn is_written(&self, day: Date) -> bool {
        self.is_dateline(day) || self.written.contains(&day) || self.weekdays.contains(&day.weekday())
    }

    fn is_dateline(&self, day: Date) -> bool {
        self.dateline == Some((day.month(), day.day()))
    }

    /// What its own words, and other accounts with the same ones, say for a day.
    fn score(&self, day: Date, first: Date, last: Date) -> f64 {
        let head = match (self.is_dateline(day), self.is_written(day)) {
            (true, _) => DATELINE,
            (_, true) => WRITTEN,
            _ => 0.0,
        };
        let near = |other: &Date| match (day - *other).get_days() {
            0 | 1 => COPIED,
            -1 | 2 => COPIED / 2.0,
            _ => 0.0,
        };
        head + score(&self.clues, day, first, last) + self.copied.iter().map(near).fold(0.0, f64::max)
    }

    fn infer(
        &self,
        accounts: &[Account],
        known: &[(u32, Date)],
        (first, last): (Date, Date),
    ) -> Option<Published> {
        let others: Vec<Date> = known.iter().filter(|k| k.0 != self.account).map(|k| k.1).collect();
        let from = first.checked_sub(REACH_DAYS.days()).ok()?;
        let fetched = accounts[self.account as usize].document.fetched;
        let days = from.series(1.day()).take_while(|d| (*d - last).get_days() <= REACH_DAYS);
        let scored = days
            .filter(|d| fetched.is_none_or(|f| *d <= f))
            .map(|d| (self.score(d, first, last) + crowd(&others, d), d));
        let (best, day) = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        // where the others lie chooses between days; it is no reason by itself
        let is_bare = self.clues.is_empty() && !self.is_written(day);
        if best - crowd(&others, day) < MIN_SCORE || is_bare {
            return None;
        }
        Some(self.published(accounts, day, best))
    }

    /// The conclusion with its evidence.
    fn published(&self, accounts: &[Account], day: Date, best: f64) -> Published {
        let mut published = accounts[self.account as usize].document.published.clone();
        // "today", "yesterday" and the day's own name fix it
        let is_told_of = |c: &Clue| {
            let of = resolve(c.relative, day).map(|(_, interval)| interval.last);
            c.is_head
                && (of == Some(day)
                    || c.relative == Relative::Days(-1) && of == day.checked_sub(1.day()).ok())
        };
        published.value = Some(day);
        // Without a day named at its head, a report may be some days younger than what it tells.
        let is_named = self.is_written(day) || self.clues.iter().any(is_told_of);
        published.until = if is_named { None } else { day.checked_add(2.days()).ok() };
        published.granularity = Some(Granularity::Day);
        published.basis = "inferred from story".into();
        published.inferred = true;
        let mut evidence = evidence(accounts, &self.clues, self.account, day, best);
        if self.is_written(day) {
            evidence.push(DateCandidate {
                source: DateSource::Story,
                text: day.to_string(),
                span: None,
                document: None,
                value: Some(day),
                weight: 0.8,
                reason:
                    "its dateline or a line at its head gives this day, which lies within those of its story"
                        .into(),
            });
        }
        evidence.append(&mut published.evidence);
        published.evidence = evidence;
        published
    }
}

/// Weekdays in short lines at the head that tell nothing else: beside the author's name, or the name of the edition. The
/// page's own clock shows them, too; so they only choose among the days of the story.
fn weekdays(account: &Account) -> Vec<Weekday> {
    let (document, text) = (&account.document, &account.document.text);
    let is_head = |b: &&Block| {
        let line = b.span.of(text);
        b.kind != BlockKind::Title
            && !line.ends_with('.')
            && line.len() < 160
            && line.split_whitespace().count() <= MAX_WEEKDAY_WORDS
            && document.title_text.as_deref() != Some(line)
    };
    let head = document.blocks.iter().filter(|b| !b.span.is_empty()).take(WEEKDAY_LINES).filter(is_head);
    let words = head.flat_map(|b| b.span.of(text).split(|c: char| !c.is_alphabetic()));
    words.filter_map(weekday_named).collect()
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
fn crowd(others: &[Date], day: Date) -> f64 {
    let apart = |other: &Date| f64::from((*other - day).get_days().abs());
    let near = |other: &Date| (1.0 - apart(other) / f64::from(NEAR_DAYS + 1)).max(0.0);
    CROWD * others.iter().map(near).sum::<f64>() / others.len().max(1) as f64
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

/// Takes an account's publication date from it, and with it what its relative times were resolved to.
pub fn withdraw(account: &mut Account, published: Published) {
    for time in account.annotations.times.iter_mut().filter(|t| t.relative.is_some()) {
        time.interval = None;
    }
    account.document.published = published;
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
