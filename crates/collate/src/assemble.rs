//! One group of accounts → one [`Story`] with all that was concluded.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{
    EntityKind, Membership, MentionForm, ReportQuotation, ReportSource, ReportTime, Span, Story, StoryEntity,
};

use crate::align::Alignments;
use crate::copy::Related;
use crate::pile::Pile;
use crate::story::Group;
use crate::telling::{Memory, Telling};
use crate::{Account, Options, brief, entity, finding, lineage, matrix, timeline};

/// Runs the stages of one story up to its entities, and hands it on.
pub fn tell<T>(
    accounts: &[Account],
    pile: &Pile,
    group: &Group,
    related: &[Related],
    alignments: &Alignments,
    options: &Options,
    of: &impl Fn(&Group, &Telling) -> T,
) -> T {
    let lineage = lineage::trace(accounts, pile, &group.members, related);
    let entities = entity::entities(accounts, &group.members);
    let memory = &Memory::default();
    let members = &group.members;
    of(
        group,
        &Telling {
            accounts,
            pile,
            members,
            lineage: &lineage,
            entities: &entities,
            alignments,
            options,
            memory,
        },
    )
}

/// Runs the remaining stages of one story.
#[must_use]
pub fn story(group: &Group, telling: &Telling) -> Story {
    let found = finding::findings(telling);
    let documents = in_order(telling);
    Story {
        id: identifier(telling),
        title: title(telling, group),
        members: memberships(telling, group, &documents),
        documents: documents.iter().map(|m| telling.id(*m)).collect(),
        coherence: group.coherence,
        origins: telling.lineage.origins.clone(),
        copies: telling.lineage.copies.clone(),
        entities: story_entities(telling),
        quotations: quotations(telling, &documents, &found.utterances),
        times: times(telling, &documents),
        matrix: matrix::matrix(telling, &found, &documents),
        timeline: timeline::timeline(telling, &found),
        brief: brief::brief(telling, &found),
        findings: found.findings,
    }
}

/// Members in order of publication, then name; undated ones last.
fn in_order(telling: &Telling) -> Vec<u32> {
    let mut members = telling.members.to_vec();
    let key = |m: u32| {
        let document = telling.document(m);
        (document.published.value.is_none(), document.published.value, document.name.clone())
    };
    members.sort_by_key(|m| key(*m));
    members
}

fn identifier(telling: &Telling) -> String {
    let mut ids: Vec<&str> = telling.members.iter().map(|m| telling.document(*m).id.as_str()).collect();
    ids.sort_unstable();
    format!("s-{:010x}", xxhash_rust::xxh3::xxh3_64(ids.join(" ").as_bytes()) & 0xff_ffff_ffff)
}

/// The headline of the most central account that has one.
fn title(telling: &Telling, group: &Group) -> String {
    let mut ranked: Vec<(f64, u32)> = group.why.iter().zip(&group.members).map(|(w, m)| (w.0, *m)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let headline = ranked
        .iter()
        .find_map(|(_, m)| telling.document(*m).title_text.clone().filter(|t| !t.trim().is_empty()));
    headline
        .or_else(|| {
            let first = ranked
                .first()
                .and_then(|(_, m)| telling.account(*m).annotations.sentences.first().map(|s| (*m, s.span)));
            first.map(|(m, span)| span.of(&telling.document(m).text).chars().take(120).collect())
        })
        .unwrap_or_else(|| "untitled".into())
}

fn memberships(telling: &Telling, group: &Group, order: &[u32]) -> Vec<Membership> {
    let why: BTreeMap<u32, &(f64, Vec<variorum_schema::Feature>)> =
        group.members.iter().copied().zip(&group.why).collect();
    order
        .iter()
        .map(|m| Membership { document: telling.id(*m), score: why[m].0, why: why[m].1.clone() })
        .collect()
}

fn story_entities(telling: &Telling) -> Vec<StoryEntity> {
    let entities = telling.entities.list.iter().filter(|e| e.is_named).enumerate();
    entities
        .map(|(idx, shared)| StoryEntity {
            id: format!("e{}", idx + 1),
            name: shared.name.clone(),
            kind: shared.kind,
            aliases: aliases(telling, shared),
            mentions: mentions(telling, &shared.members),
        })
        .collect()
}

/// Most forms with a title that are told of one person.
const MAX_TITLED: usize = 12;

/// Its other names, titles, and the forms in which a title stands before the name ("Ms Roe"), sorted.
fn aliases(telling: &Telling, shared: &entity::Shared) -> Vec<String> {
    let mut titled: BTreeMap<String, usize> = BTreeMap::new();
    for &(account, entity) in shared.members.iter().filter(|_| shared.kind == EntityKind::Person) {
        let (document, annotations) = (telling.document(account), &telling.account(account).annotations);
        let own =
            annotations.entities.get(entity as usize).map(|e| e.mentions.as_slice()).unwrap_or_default();
        for mention in own.iter().filter_map(|m| annotations.mentions.get(*m as usize)) {
            let is_titled = mention.form == MentionForm::Name && mention.full.start < mention.span.start;
            let form = Span { end: mention.span.end, ..mention.full }.of(&document.text);
            if is_titled && form.starts_with(char::is_uppercase) && !form.contains('\n') {
                *titled.entry(form.to_owned()).or_insert(0) += 1;
            }
        }
    }
    let mut titled: Vec<(String, usize)> = titled.into_iter().collect();
    titled.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
    let titled: BTreeSet<String> = titled.into_iter().take(MAX_TITLED).map(|t| t.0).collect();
    let all = shared.aliases.iter().chain(&shared.titles).chain(&titled);
    let all: BTreeSet<&String> = all.filter(|a| **a != shared.name).collect();
    all.into_iter().cloned().collect()
}

fn mentions(telling: &Telling, members: &[(u32, u32)]) -> Vec<variorum_schema::Evidence> {
    let of = |&(account, entity): &(u32, u32)| {
        let annotations = &telling.account(account).annotations;
        let list =
            annotations.entities.get(entity as usize).map(|e| e.mentions.as_slice()).unwrap_or_default();
        list.iter()
            .filter_map(|m| annotations.mentions.get(*m as usize))
            .map(move |m| telling.evidence(account, m.span, ""))
            .collect::<Vec<_>>()
    };
    members.iter().flat_map(of).collect()
}

fn quotations(
    telling: &Telling,
    order: &[u32],
    utterances: &BTreeMap<(u32, u32), String>,
) -> Vec<ReportQuotation> {
    let mut list = Vec::new();
    for &member in order {
        let document = telling.document(member);
        for (idx, q) in telling.account(member).annotations.quotations.iter().enumerate() {
            let source = q.source.as_ref().map(|s| ReportSource {
                entity: s.entity.and_then(|e| telling.entities.name(member, e)).map(str::to_owned),
                text: s.span.of(&document.text).to_owned(),
                start: s.span.start,
                end: s.span.end,
            });
            list.push(ReportQuotation {
                id: format!("q{}", list.len() + 1),
                document: document.id.clone(),
                kind: q.kind,
                start: q.span.start,
                end: q.span.end,
                text: q.span.of(&document.text).to_owned(),
                parts: q.content.clone(),
                cue: q.cue,
                source,
                utterance: utterances.get(&(member, idx as u32)).cloned(),
            });
        }
    }
    list
}

fn times(telling: &Telling, order: &[u32]) -> Vec<ReportTime> {
    let of = |&member: &u32| {
        let document = telling.document(member);
        telling.account(member).annotations.times.iter().map(move |t| ReportTime {
            document: document.id.clone(),
            start: t.span.start,
            end: t.span.end,
            text: t.span.of(&document.text).to_owned(),
            kind: t.kind,
            value: t.value.clone(),
            interval: t.interval,
        })
    };
    order.iter().flat_map(of).collect()
}
