//! What happened when, according to whom.

use std::collections::BTreeMap;

use variorum_schema::{Granularity, TimeExpression, TimeKind, TimelineEntry};

use crate::align::{self, Statement};
use crate::finding::{Found, expectation, support};
use crate::telling::Telling;

/// Entries of a timeline at most: the best supported ones.
const MAX_ENTRIES: usize = 40;

/// Entries in order of their days, one per statement: statements that say the same make one entry.
#[must_use]
pub fn timeline(telling: &Telling, found: &Found) -> Vec<TimelineEntry> {
    let mut cluster_of: BTreeMap<Statement, usize> = BTreeMap::new();
    for (idx, cluster) in found.clusters.iter().enumerate() {
        cluster_of.extend(cluster.statements.iter().map(|s| (*s, idx)));
    }
    let mut groups: BTreeMap<(String, usize, Option<Statement>), Vec<(Statement, &TimeExpression)>> =
        BTreeMap::new();
    for statement in &telling.alignments.statements {
        let Some(time) = time_of(telling, statement) else { continue };
        let cluster = cluster_of.get(statement).copied();
        let key =
            (time.value.clone(), cluster.unwrap_or(usize::MAX), cluster.is_none().then_some(*statement));
        groups.entry(key).or_default().push((*statement, time));
    }
    let mut entries: Vec<TimelineEntry> = groups.values().filter_map(|g| entry(telling, g)).collect();
    entries.sort_by(|a, b| {
        b.origins
            .len()
            .cmp(&a.origins.len())
            .then(b.evidence.len().cmp(&a.evidence.len()))
            .then(order(a).cmp(&order(b)))
    });
    entries.truncate(MAX_ENTRIES);
    entries.sort_by(|a, b| order(a).cmp(&order(b)));
    entries
}

fn order(entry: &TimelineEntry) -> (variorum_schema::Interval, &str, u32) {
    (entry.interval, entry.evidence[0].document.as_str(), entry.evidence[0].start)
}

/// The finest resolved calendar time of a sentence long enough to say something.
fn time_of<'a>(telling: &Telling<'a>, statement: &Statement) -> Option<&'a TimeExpression> {
    let span = telling.sentence(statement).span;
    if align::unit(telling.pile, statement).content.len() < 4 {
        return None;
    }
    let times = &telling.account(statement.account).annotations.times;
    let first = times.partition_point(|t| t.span.start < span.start);
    times[first..]
        .iter()
        .take_while(|t| t.span.start < span.end)
        .filter(|t| {
            span.contains(t.span) && t.interval.is_some() && matches!(t.kind, TimeKind::Date | TimeKind::Time)
        })
        .filter(|t| !matches!(t.granularity, Granularity::Vague | Granularity::Decade))
        .min_by_key(|t| (t.granularity, t.span))
}

fn entry(telling: &Telling, group: &[(Statement, &TimeExpression)]) -> Option<TimelineEntry> {
    let statements: Vec<Statement> = group.iter().map(|g| g.0).collect();
    let best = support::best(telling, &statements);
    let time = group.iter().find(|g| g.0 == best).or(group.first())?.1;
    let mut ordered = group.to_vec();
    ordered.sort_by_key(|g| (g.0 != best, g.0));
    Some(TimelineEntry {
        interval: time.interval?,
        value: time.value.clone(),
        granularity: time.granularity,
        text: telling.text(&best).to_owned(),
        is_expected: expectation::is_announced(telling, &best),
        evidence: ordered.iter().map(|(s, t)| telling.evidence_in(s, t.span, "time")).collect(),
        origins: support::origins(telling, &statements),
    })
}
