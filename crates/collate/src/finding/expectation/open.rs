//! Announcements whose day lies after the last report of the pile: nobody can say yet what became of them.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use variorum_schema::{Feature, Finding, FindingKind, FindingType, Span, Tag};

use super::deed::Deed;
use crate::align::Statement;
use crate::finding::build;
use crate::telling::Telling;

/// Open announcements of a story at most: the best supported ones.
const MAX_OPEN: usize = 3;
/// Days after the last report up to which an announcement belongs to the story.
const MAX_DAYS: i32 = 400;

/// Announcements for a day after the last report, that accounts of two origins carry or that the headline of one is about.
#[must_use]
pub fn open(telling: &Telling, planned: &[&Deed], taken_up: &BTreeSet<Statement>) -> Vec<Finding> {
    let Some(last) = last_report(telling) else { return Vec::new() };
    let mut by_day: BTreeMap<Date, Vec<(&Deed, Span)>> = BTreeMap::new();
    for deed in planned
        .iter()
        .filter(|d| !taken_up.contains(&d.statement) && !d.is_past && !is_conditional(telling, d))
    {
        if let Some((day, span)) = deed.when
            && day.first > last
            && (day.last - last).get_days() <= MAX_DAYS
        {
            by_day.entry(day.first).or_default().push((deed, span));
        }
    }
    let mut groups: Vec<Vec<(&Deed, Span)>> = Vec::new();
    for deeds in by_day.values() {
        // Of one day, what shares a participant is one announcement.
        let mut same_day: Vec<Vec<(&Deed, Span)>> = Vec::new();
        for &(deed, span) in deeds {
            let joins = |g: &&mut Vec<(&Deed, Span)>| g.iter().any(|(o, _)| are_one(o, deed));
            match same_day.iter_mut().find(joins) {
                Some(group) => group.push((deed, span)),
                None => same_day.push(vec![(deed, span)]),
            }
        }
        groups.extend(same_day);
    }
    let mut ranked: Vec<(usize, Finding)> = groups.iter().filter_map(|g| finding(telling, g)).collect();
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.id.cmp(&b.1.id)));
    ranked.into_iter().take(MAX_OPEN).map(|r| r.1).collect()
}

/// Whether two announcements for one day share somebody named, or two words: two matches of one evening have their season
/// in common.
fn are_one(a: &Deed, b: &Deed) -> bool {
    let mut shared = a.keys.intersection(&b.keys);
    let is_named = |key: &&String| key.starts_with("e:");
    let is_one_act = a.act == b.act && shared.clone().next().is_some();
    is_one_act || shared.clone().any(|k| is_named(&k)) || shared.nth(1).is_some()
}

/// Whether a sentence opens with a condition: what it announces is not announced.
fn is_conditional(telling: &Telling, deed: &Deed) -> bool {
    let text = telling.text(&deed.statement);
    let first = text.split_whitespace().next().unwrap_or("");
    matches!(first, "If" | "Should" | "Unless")
        || text.split_whitespace().any(|w| w == "if")
        || text.trim_end_matches(['”', '"', '’', '\'']).ends_with('?')
        || is_open_to_doubt(telling, deed)
        || is_called_after(telling, deed)
}

/// "Nobody knows whether the deal will be reached by Friday": who doubts announces nothing.
pub(super) fn is_open_to_doubt(telling: &Telling, deed: &Deed) -> bool {
    let account = telling.account(deed.statement.account);
    let tokens = account.annotations.tokens_of(telling.sentence(&deed.statement));
    let before = &tokens[..tokens.partition_point(|t| t.span.end <= deed.predicate.start)];
    before
        .windows(2)
        .any(|w| matches!(w[0].lemma.as_str(), "nobody" | "no-one" | "one" | "not") && w[1].lemma == "know")
        || before
            .iter()
            .any(|t| matches!(t.lemma.as_str(), "unclear" | "uncertain" | "doubtful" | "doubt" | "whether"))
}

/// "Her New Year's Eve programme": the day is what a thing is called by.
fn is_called_after(telling: &Telling, deed: &Deed) -> bool {
    let Some((_, day)) = deed.when else { return false };
    let account = telling.account(deed.statement.account);
    let tokens = account.annotations.tokens_of(telling.sentence(&deed.statement));
    let at = tokens.partition_point(|t| t.span.end <= day.end);
    let is_named = !day.of(&account.document.text).contains(|c: char| c.is_ascii_digit())
        && tokens.iter().filter(|t| day.contains(t.span)).count() > 2;
    is_named && tokens.get(at).is_some_and(|t| t.tag == Tag::Noun)
}

/// The last day on which an account of the story was published, as far as is known or was concluded from the others.
fn last_report(telling: &Telling) -> Option<Date> {
    let published = telling.members.iter().map(|m| &telling.document(*m).published);
    published.filter_map(|p| if p.inferred { p.value } else { p.until.max(p.value) }).max()
}

/// Whether the headline of an account names who or what is announced.
fn is_titled(telling: &Telling, deed: &Deed) -> bool {
    let document = telling.document(deed.statement.account);
    let title = document.title_text.as_deref().unwrap_or("").to_lowercase();
    let names = |key: &String| match key.strip_prefix("e:").and_then(|e| e.parse::<usize>().ok()) {
        Some(entity) => telling
            .entities
            .list
            .get(entity)
            .and_then(|e| e.name.split_whitespace().last())
            .is_some_and(|last| last.len() > 2 && title.contains(&last.to_lowercase())),
        None => key.len() > 3 && title.contains(key.as_str()),
    };
    deed.keys.iter().any(names)
}

fn finding(telling: &Telling, group: &[(&Deed, Span)]) -> Option<(usize, Finding)> {
    let places: BTreeSet<(Statement, Span)> = group.iter().map(|(d, s)| (d.statement, *s)).collect();
    let places: Vec<(Statement, Span)> = places.into_iter().collect();
    let statements: Vec<Statement> = places.iter().map(|p| p.0).collect();
    let origins = crate::finding::support::origins(telling, &statements);
    // of one origin only what its headline is about
    if origins.len() < 2 && !group.iter().any(|(d, _)| is_titled(telling, d)) {
        return None;
    }
    let lead = places[0].0;
    let side = build::side(telling, places, Vec::new());
    let message = format!(
        "{} announces for {}: “{}”; no dated account of the story is later",
        build::outlet(telling, lead.account),
        side.label,
        build::label(telling.text(&lead))
    );
    let why = vec![Feature {
        name: "independent origins that announce it".into(),
        value: origins.len() as f64,
        weight: 0.05,
        note: origins.join(", "),
    }];
    let confidence = 0.60 + 0.08 * (origins.len() as f64 - 1.0).min(3.0);
    let kind = FindingKind::ExpectedHappened;
    Some((
        origins.len(),
        build::finding(kind, Some(FindingType::Open), message, vec![side], confidence, None, why),
    ))
}
