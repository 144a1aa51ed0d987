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

/// Weighs all candidates. `value` is `None` where none is believed.
pub(super) fn published(case: &Case) -> Published {
    let fetched = case.page.fetched.as_deref().and_then(day::machine);
    let mut candidates: Vec<DateCandidate> = given(case).into_iter().collect();
    candidates.extend(metadata(case));
    candidates.extend(address(case));
    candidates.extend(visible(case));
    candidates.extend(dateline(case));
    candidates.extend(footer(case));
    let body = Body::read(case);
    for c in &mut candidates {
        judge(c, &body, fetched);
    }
    support(&mut candidates);
    candidates.sort_by(|a, b| b.weight.total_cmp(&a.weight));
    conclude(candidates)
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

fn candidate(source: DateSource, text: &str, value: Option<Date>, weight: f64, reason: &str) -> DateCandidate {
    let text = text.chars().take(80).collect();
    DateCandidate { source, text, span: None, document: None, value, weight, reason: reason.into() }
}

fn given(case: &Case) -> Option<DateCandidate> {
    let text = case.page.published.as_deref()?;
    let value = day::machine(text);
    let weight = if value.is_some() { 0.97 } else { 0.0 };
    Some(candidate(DateSource::Given, text, value, weight, if value.is_some() { "told from outside" } else { "told from outside, not readable as a date" }))
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

/// Days in lines near the title and the byline.
fn visible(case: &Case) -> Vec<DateCandidate> {
    let title = case.lines.iter().position(|l| l.verdict == Verdict::Kind(BlockKind::Title));
    let first = case.lines.iter().position(|l| l.verdict == Verdict::Kind(BlockKind::Paragraph));
    let end = first.unwrap_or(case.lines.len()).min(200);
    let mut out = Vec::new();
    for (at, l) in case.lines.iter().enumerate().take(end) {
        let text = &case.text[l.range.clone()];
        if text.len() > 160 {
            continue;
        }
        for found in day::days(text, 160).into_iter().take(2) {
            let mut c = weigh_visible(l, text, &found, title.map(|t| at as i64 - t as i64));
            c.span = Some(Span::new(l.range.start + found.range.start, l.range.start + found.range.end));
            out.push(c);
        }
    }
    out.extend(after_body(case));
    out
}

fn weigh_visible(l: &Line, text: &str, found: &Day, from_title: Option<i64>) -> DateCandidate {
    let alone = line::date_line(text).is_some();
    let above = from_title.is_some_and(|d| d < 0);
    let (weight, reason) = if line::says_updated(text) && !line::says_published(text) {
        (0.45, "line says when the page was changed")
    } else if line::says_published(text) {
        (0.75, "line says when it was published")
    } else if above && (found.weekday && !found.clock) {
        (0.3, "stands alone above the title like the page's own clock")
    } else if above {
        (0.42, "stands above the title")
    } else if matches!(l.verdict, Verdict::Kind(BlockKind::Meta)) || alone {
        (0.7, "date line under the title")
    } else if l.verdict == Verdict::Furniture(FurnitureReason::RelatedHeadline) {
        (0.1, "belongs to the headline of another article")
    } else {
        (0.35, "stands near the title")
    };
    candidate(DateSource::VisibleText, &text[found.range.clone()], Some(found.date), weight, reason)
}

/// "First published: …" may stand after the text.
fn after_body(case: &Case) -> Option<DateCandidate> {
    let last = case.lines.iter().rposition(|l| l.verdict == Verdict::Kind(BlockKind::Paragraph))?;
    for l in case.lines.iter().skip(last + 1).take(12) {
        let text = &case.text[l.range.clone()];
        if text.len() > 120 || !line::says_published(text) {
            continue;
        }
        if let Some(found) = day::days(text, 120).first() {
            let span = Span::new(l.range.start + found.range.start, l.range.start + found.range.end);
            let reason = "line after the text says when it was published";
            let c = candidate(DateSource::VisibleText, &text[found.range.clone()], Some(found.date), 0.6, reason);
            return Some(DateCandidate { span: Some(span), ..c });
        }
    }
    None
}

fn dateline(case: &Case) -> Option<DateCandidate> {
    let span = case.dateline?;
    let text = span.of(case.text);
    let found = day::days(text, 120).into_iter().next()?;
    let at = span.start as usize;
    let mut c = candidate(DateSource::Dateline, text, Some(found.date), 0.65, "day in the dateline");
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
        let mut c = candidate(DateSource::Footer, text, None, 0.0, "copyright line: tells the year of the site, not of the article");
        c.span = Some(Span::new(l.range.start, l.range.end));
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
fn support(candidates: &mut [DateCandidate]) {
    let seen: Vec<(DateSource, Option<Date>, f64)> =
        candidates.iter().map(|c| (c.source, c.value, c.weight)).collect();
    for c in candidates.iter_mut().filter(|c| c.value.is_some() && c.weight > 0.0) {
        let others = seen.iter().filter(|(s, v, w)| *s != c.source && *v == c.value && *w > 0.1).count();
        c.weight = (c.weight + 0.03 * others.min(3) as f64).min(0.99);
    }
}
