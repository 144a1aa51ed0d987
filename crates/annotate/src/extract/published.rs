//! The publication date: a conclusion from candidates, each kept with the reason why it won or lost.

use jiff::civil::Date;
use variorum_schema::{
    BlockKind, DateCandidate, DateSource, FurnitureReason, Granularity, Page, Published, Span,
};

use super::day::{self, Day};
use super::line::{self, Line, Verdict};
use super::meta::Meta;

/// Below this weight a candidate is not believed.
const ENOUGH: f64 = 0.4;

/// Everything that speaks for or against a date.
pub(super) struct Case<'a> {
    pub page: &'a Page,
    pub meta: &'a Meta,
    pub text: &'a str,
    pub lines: &'a [Line],
    /// Range of the dateline's place, if there is one.
    pub dateline: Option<Span>,
    pub url: Option<&'a str>,
}

/// A candidate with what only the weighing needs.
struct Weighed {
    c: DateCandidate,
    /// The other reading of an all-number date.
    swapped: Option<Date>,
    /// The hour, where the value is told in universal time.
    universal: Option<u8>,
}

impl From<DateCandidate> for Weighed {
    fn from(c: DateCandidate) -> Weighed {
        let machine = matches!(c.source, DateSource::JsonLd | DateSource::Meta | DateSource::TimeElement);
        let universal = if machine { day::universal_hour(&c.text) } else { None };
        Weighed { c, swapped: None, universal }
    }
}

/// Weighs all candidates. `value` is `None` where none is believed.
pub(super) fn published(case: &Case) -> Published {
    let fetched = case.page.fetched.as_deref().and_then(day::machine);
    let mut all: Vec<Weighed> = given(case).into_iter().map(Weighed::from).collect();
    all.extend(metadata(case).into_iter().map(Weighed::from));
    all.extend(address(case).map(Weighed::from));
    all.extend(visible(case));
    all.extend(dateline(case).map(Weighed::from));
    all.extend(footer(case).map(Weighed::from));
    settle_order(&mut all, case);
    let body = Body::read(case);
    for w in &mut all {
        judge(&mut w.c, &body, fetched);
    }
    support(&mut all);
    own_day(&mut all);
    let mut candidates: Vec<DateCandidate> = all.into_iter().map(|w| w.c).collect();
    candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    conclude(candidates)
}

/// "03/04/2024": the reading that other evidence has; else day first, unless the page is American.
fn settle_order(all: &mut [Weighed], case: &Case) {
    let sure: Vec<Date> = all.iter().filter(|w| w.swapped.is_none()).filter_map(|w| w.c.value).collect();
    let american = month_first(case);
    for w in all.iter_mut() {
        let (Some(value), Some(swapped)) = (w.c.value, w.swapped) else { continue };
        let days = |d: Date| sure.iter().map(|s| (*s - d).get_days().abs()).min().unwrap_or(i32::MAX);
        let (here, there) = (days(value), days(swapped));
        let other = if here.min(there) <= 3 { there < here } else { !american };
        if other {
            w.c.value = Some(swapped);
        }
        w.c.reason = format!("{}; read {} first", w.c.reason, if other { "day" } else { "month" });
    }
}

/// Whether the page's language tag or its host is of the United States.
fn month_first(case: &Case) -> bool {
    let tag = case.meta.language.as_deref().unwrap_or("").to_ascii_lowercase();
    if let Some(region) = tag.split(['-', '_']).nth(1) {
        return region == "us";
    }
    let host = case.url.and_then(|u| u.split("://").nth(1)).and_then(|r| r.split('/').next()).unwrap_or("");
    let end = host.rsplit('.').next().unwrap_or("");
    (tag.is_empty() || tag == "en") && (end.len() != 2 || end == "us")
}

/// Metadata in universal time may name the day before or after the outlet's own, which the page shows or its address
/// holds. The day is taken as the outlet wrote it.
fn own_day(all: &mut [Weighed]) {
    let best =
        all.iter().enumerate().max_by(|a, b| a.1.c.weight.total_cmp(&b.1.c.weight).then(b.0.cmp(&a.0)));
    let Some((_, best)) = best else { return };
    let (Some(value), Some(hour), weight) = (best.c.value, best.universal, best.c.weight) else { return };
    let text = best.c.text.clone();
    let told =
        |w: &Weighed| w.c.weight >= ENOUGH && w.universal.is_none() && day::same_moment(&text, &w.c.text);
    if let Some(Weighed { c, .. }) = all.iter_mut().find(|w| told(w)) {
        c.weight = weight + 0.005;
        c.reason = format!("{}; the same moment in the outlet's own time", c.reason);
        return;
    }
    let shown = |c: &DateCandidate| matches!(c.source, DateSource::VisibleText | DateSource::Url);
    // A page that shows the day of the metadata as well settles the matter.
    if all.iter().any(|w| shown(&w.c) && w.c.value == Some(value) && w.c.weight >= ENOUGH) {
        return;
    }
    for Weighed { c, .. } in all.iter_mut().filter(|w| shown(&w.c) && w.c.weight >= 0.7) {
        let Some(own) = c.value else { continue };
        let days = (own - value).get_days();
        if (days == -1 && hour <= 12) || (days == 1 && hour >= 9) {
            c.weight = (weight + 0.005).min(1.0);
            c.reason = format!("{}; the same moment in the outlet's own time", c.reason);
        }
    }
}

fn conclude(mut candidates: Vec<DateCandidate>) -> Published {
    let winner = candidates.first().filter(|c| c.weight >= ENOUGH && c.value.is_some()).cloned();
    let Some(winner) = winner else {
        return Published { basis: "unknown".into(), evidence: candidates, ..Published::default() };
    };
    for c in candidates.iter_mut().skip(1) {
        let verdict = if c.value == winner.value { "agrees" } else { "weaker than the one taken" };
        c.reason = format!("{}; {verdict}", c.reason);
    }
    if let Some(first) = candidates.first_mut() {
        first.reason = format!("taken: {}", first.reason);
    }
    let basis = match winner.source {
        DateSource::Given => "given",
        DateSource::JsonLd | DateSource::Meta | DateSource::TimeElement => "metadata",
        DateSource::Url => "url",
        DateSource::VisibleText | DateSource::Body | DateSource::Footer => "visible text",
        DateSource::Dateline => "dateline",
        DateSource::Story => "inferred from story",
    };
    Published {
        value: winner.value,
        until: None,
        granularity: Some(Granularity::Day),
        basis: basis.into(),
        inferred: false,
        evidence: candidates,
    }
}

fn candidate(
    source: DateSource,
    text: &str,
    value: Option<Date>,
    weight: f64,
    reason: &str,
) -> DateCandidate {
    let text = text.chars().take(80).collect();
    DateCandidate { source, text, span: None, document: None, value, weight, reason: reason.into() }
}

fn given(case: &Case) -> Option<DateCandidate> {
    let text = case.page.published.as_deref()?;
    let value = day::machine(text);
    let weight = if value.is_some() { 0.97 } else { 0.0 };
    Some(candidate(
        DateSource::Given,
        text,
        value,
        weight,
        if value.is_some() { "told from outside" } else { "told from outside, not readable as a date" },
    ))
}

fn metadata(case: &Case) -> Vec<DateCandidate> {
    let read = |d: &super::meta::MetaDate| {
        let value = day::machine(&d.value);
        let weight = if value.is_some() { d.weight } else { 0.0 };
        candidate(d.source, &d.value, value, weight, &d.field)
    };
    case.meta.dates.iter().take(40).map(read).collect()
}

/// `/2020/07/21/`, `/2020-07-21-`, `/20200721/` in the address.
fn address(case: &Case) -> Option<DateCandidate> {
    let url = case.url?;
    let path = url.split_once("://").map_or(url, |(_, rest)| rest);
    let mut parts = Vec::new();
    for run in path.split(|c: char| !c.is_ascii_alphanumeric()) {
        parts.push(run);
    }
    let number = |s: &str, least: usize, most: usize| {
        ((least..=most).contains(&s.len())).then(|| s.parse::<i16>().ok()).flatten()
    };
    for at in 0..parts.len() {
        let month = |s: &str| number(s, 1, 2).map(|n| n as i8).or_else(|| day::month_named(s));
        let split = parts.get(at..at + 3).and_then(|p| {
            let year = number(p[0], 4, 4)?;
            day::date(year, month(p[1])?, number(p[2], 1, 2)? as i8)
        });
        let joined = (parts[at].len() == 8).then(|| day::machine(parts[at])).flatten();
        if let Some(value) = split.or(joined) {
            return Some(candidate(DateSource::Url, url, Some(value), 0.8, "day in the address"));
        }
    }
    None
}

/// Days in lines near the title and the byline. What stands above the first sentences counts, also where nothing tells a
/// line from a paragraph but its brevity ("Press release 12/2021").
fn visible(case: &Case) -> Vec<Weighed> {
    let title = case.lines.iter().position(|l| l.verdict == Verdict::Kind(BlockKind::Title));
    let is_text = |l: &&Line| l.verdict == Verdict::Kind(BlockKind::Paragraph);
    let first = case.lines.iter().position(|l| is_text(&l)).unwrap_or(case.lines.len());
    let is_told = |l: &Line| is_text(&l) && !is_heading(&case.text[l.range.clone()]);
    let end = case.lines.iter().position(is_told).unwrap_or(first).min(first + HEAD_LINES);
    let from = title.unwrap_or(0).min(end).saturating_sub(40);
    let mut out = Vec::new();
    for (at, l) in case.lines.iter().enumerate().take((end + HEAD_LINES).min(from + 200)).skip(from) {
        let text = &case.text[l.range.clone()];
        // a long subtitle may stand before the line that says when ("Published online: 3 May 2021")
        if text.len() > 160 || at >= end && !line::opens_published(text) {
            continue;
        }
        let mut label = 0;
        for found in day::days(text, 160).into_iter().take(2) {
            let said = &text[label..found.range.end];
            label = found.range.end;
            let from_title = title.map_or(at as i64 + 1, |t| at as i64 - t as i64);
            let weight = weigh_visible(l, text, said, &found, from_title);
            out.push(seen(l, text, &found, weight));
        }
    }
    out.extend(after_body(case));
    out
}

/// Lines without prose that may stand between the title and the first sentences.
const HEAD_LINES: usize = 6;

/// Whether a short line above the text says when it was published, or is no sentence: "Press office, Velm, 3 May 2021",
/// "Issued in Velm on 3 May 2021. All times are local."
fn is_heading(text: &str) -> bool {
    text.len() <= 160
        && (line::date_line(text).is_some()
            || line::opens_published(text)
            || is_label(text)
            || !line::ends_sentence(text) && line::words(text, 20) <= 12)
}

/// Whether a line begins by saying what it heads and when, before its first full stop: "RADIO VELM, evening bulletin, 3 May 2021. A
/// transcript."
fn is_label(text: &str) -> bool {
    let Some(found) = day::days(text, 160).into_iter().next() else { return false };
    let (before, after) = (&text[..found.range.start], &text[found.range.end..]);
    before.trim_end().ends_with(',') && line::words(before, 12) <= 8 && after.starts_with('.')
}

fn seen(l: &Line, text: &str, found: &Day, (weight, reason): (f64, &str)) -> Weighed {
    let mut c =
        candidate(DateSource::VisibleText, &text[found.range.clone()], Some(found.date), weight, reason);
    c.span = Some(Span::new(l.range.start + found.range.start, l.range.start + found.range.end));
    Weighed { c, swapped: found.swapped, universal: None }
}

/// How far a day in a line near the title is believed, and why; `said`: the line's words up to it, from the day before it
/// on; `from_title`: how many lines below the title, or the top where there is none.
fn weigh_visible(l: &Line, text: &str, said: &str, found: &Day, from_title: i64) -> (f64, &'static str) {
    let alone = line::date_line(text).is_some();
    let above = from_title < 0;
    let near = (1..=8).contains(&from_title);
    if line::says_updated(said) && !line::says_published(said)
        || line::says_updated(text) && !line::says_published(text)
    {
        (0.45, "line says when the page was changed")
    } else if line::says_published(text) {
        (0.75, "line says when it was published")
    } else if above && found.weekday && !found.clock {
        (0.3, "stands alone above the title like the page's own clock")
    } else if above {
        (if l.dated { 0.5 } else { 0.42 }, "stands above the title")
    } else if matches!(
        l.verdict,
        Verdict::Furniture(FurnitureReason::RelatedHeadline | FurnitureReason::Caption)
    ) {
        (0.1, "belongs to another article or to a picture")
    } else if matches!(l.verdict, Verdict::Kind(BlockKind::Meta)) || alone {
        (if near { 0.7 } else { 0.5 }, "date line under the title")
    } else if l.dated {
        (0.6, "named as a date by the page")
    } else if near && text.len() <= 90 {
        (0.5, "stands beside the byline")
    } else {
        (0.35, "stands near the title")
    }
}

/// "First published: …", or a line that is named as a date, may stand after the text.
fn after_body(case: &Case) -> Option<Weighed> {
    let last = case.lines.iter().rposition(|l| l.verdict == Verdict::Kind(BlockKind::Paragraph))?;
    for l in case.lines.iter().skip(last + 1).take(12) {
        let text = &case.text[l.range.clone()];
        if text.len() > 120 || line::says_updated(text) {
            continue;
        }
        let verdict = match (line::says_published(text), l.dated, line::date_line(text).is_some()) {
            (true, ..) => (0.6, "line after the text says when it was published"),
            (_, true, _) => (0.5, "line after the text, named as a date"),
            (_, _, true) => (0.42, "date line after the text"),
            _ => continue,
        };
        if let Some(found) = day::days(text, 120).first() {
            return Some(seen(l, text, found, verdict));
        }
    }
    None
}

fn dateline(case: &Case) -> Option<DateCandidate> {
    let span = case.dateline?;
    let text = span.of(case.text);
    let found = day::days(text, 120).into_iter().next()?;
    let at = span.start as usize;
    let written = &text[found.range.clone()];
    let mut c = candidate(DateSource::Dateline, written, Some(found.date), 0.65, "day in the dateline");
    c.span = Some(Span::new(at + found.range.start, at + found.range.end));
    Some(c)
}

/// A year in a copyright line is no publication date, but worth showing.
fn footer(case: &Case) -> Option<DateCandidate> {
    let l = case.lines.iter().rev().take(60).find(|l| {
        let text = &case.text[l.range.clone()];
        text.len() < 300 && (text.contains('©') || text.to_lowercase().contains("copyright"))
    })?;
    let text = &case.text[l.range.clone()];
    text.contains(|c: char| c.is_ascii_digit()).then(|| {
        let mut c = candidate(
            DateSource::Footer,
            text,
            None,
            0.0,
            "copyright line: tells the year of the site, not of the article",
        );
        c.span = Some(Span::new(l.range.start, l.range.start + c.text.len()));
        c
    })
}

/// The days that the article's own text speaks of.
struct Body {
    full: Vec<Date>,
    partial: Vec<day::MonthDay>,
}

impl Body {
    fn read(case: &Case) -> Body {
        let mut body = Body { full: Vec::new(), partial: Vec::new() };
        let mut budget = 20_000usize;
        for l in case.lines.iter().filter(|l| l.verdict == Verdict::Kind(BlockKind::Paragraph)) {
            let text = &case.text[l.range.clone()];
            body.full.extend(day::days(text, budget).into_iter().map(|d| d.date));
            body.partial.extend(day::month_days(text, budget));
            budget = budget.saturating_sub(text.len());
            if budget == 0 {
                break;
            }
        }
        body
    }

    /// Distance in days from `date` to the nearest day that the text speaks of; `None` if it speaks of none.
    fn distance(&self, date: Date) -> Option<i32> {
        let days = |other: Date| (other - date).get_days().abs();
        let partial = self.partial.iter().flat_map(|p| {
            (-1i16..=1).filter_map(move |y| day::date(date.year().saturating_add(y), p.month, p.day))
        });
        self.full.iter().copied().chain(partial).map(days).min()
    }
}

/// Lowers or refuses a candidate that the rest of the evidence speaks against.
fn judge(c: &mut DateCandidate, body: &Body, fetched: Option<Date>) {
    let Some(value) = c.value else { return };
    if let Some(fetched) = fetched
        && value > fetched.saturating_add(jiff::Span::new().days(2))
    {
        c.weight = 0.0;
        c.reason = format!("{}; later than the day on which the page was fetched ({fetched})", c.reason);
        return;
    }
    let unlabelled = c.source == DateSource::VisibleText && c.weight <= 0.42;
    if !unlabelled {
        return;
    }
    match body.distance(value) {
        Some(days) if days <= 10 => {
            c.weight = 0.6;
            c.reason = format!("{}; the text speaks of days close to it", c.reason);
        }
        Some(days) if days > 45 => {
            c.weight = 0.0;
            c.reason = format!(
                "refused as a render date: {}, and every day that the text speaks of lies {days} days or more away",
                c.reason
            );
        }
        _ => c.reason = format!("{}; nothing in the text supports it", c.reason),
    }
}

/// Candidates of different kinds that agree support each other.
fn support(all: &mut [Weighed]) {
    let seen: Vec<(DateSource, Option<Date>, f64)> =
        all.iter().map(|w| (w.c.source, w.c.value, w.c.weight)).collect();
    for Weighed { c, .. } in all.iter_mut().filter(|w| w.c.value.is_some() && w.c.weight > 0.0) {
        let others = seen.iter().filter(|(s, v, w)| *s != c.source && *v == c.value && *w > 0.1).count();
        c.weight = (c.weight + 0.03 * others.min(3) as f64).min(0.99);
    }
}
