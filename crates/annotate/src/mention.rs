//! People, organisations, places, groups: mentions and the entities of one document.
//!
//! Names first (capitals in context, word lists, titles), joined into entities; then descriptions, then pronouns, each
//! resolved to the entities found so far.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{Document, Entity, EntityKind, Mention, MentionForm, Sentence, Token};

mod alias;
mod bearer;
mod description;
mod double;
mod heading;
mod key;
mod kind;
mod lexica;
pub mod model;
mod name;
mod portfolio;
mod pronoun;
#[cfg(test)]
mod tests;
mod view;

pub use key::{is_same_given, name_key};

/// Mentions in order of `(start, end)`, and the entities that they refer to, in order of their first mention.
///
/// Two people of one surname stay apart; a description joins an entity only where exactly one person of the document
/// bears that title. "I" and "we" inside quotations are left to [`crate::quotation`].
#[must_use]
pub fn mentions(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
) -> (Vec<Mention>, Vec<Entity>) {
    let view = view::View::new(document, sentences, tokens);
    let names = model::combine(&view, named(&view));
    referred(&view, names)
}

/// As [`mentions`], by rules and lists alone: what the trained model adds is the difference.
#[must_use]
pub fn by_rules(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
) -> (Vec<Mention>, Vec<Entity>) {
    let view = view::View::new(document, sentences, tokens);
    let names = named(&view);
    referred(&view, names)
}

/// The names that the rules see.
fn named(view: &view::View) -> Vec<name::Found> {
    let mut names = Vec::new();
    for (idx, sentence) in view.sentences.iter().enumerate() {
        name::names(view, idx, sentence, &mut names);
    }
    alias::settle(view, &mut names);
    names
}

/// Names joined to entities, with the descriptions and pronouns that refer to them.
fn referred(view: &view::View, mut names: Vec<name::Found>) -> (Vec<Mention>, Vec<Entity>) {
    portfolio::take_off(view, &mut names);
    heading::cut(view, &mut names);
    bearer::cut(view, &mut names);
    double::join(view, &mut names);
    alias::settle(view, &mut names);
    bearer::settle(view, &mut names);
    let (mut drafts, entity_of) = alias::join(view, &names);
    let mut raw: Vec<Raw> = names
        .iter()
        .zip(entity_of)
        .map(|(n, entity)| Raw {
            tokens: (n.first, n.last, n.full_first),
            form: MentionForm::Name,
            kind: n.kind,
            entity,
        })
        .collect();
    add_descriptions(view, &mut raw, &mut drafts);
    add_pronouns(view, &mut raw, &mut drafts);
    finish(view, raw, drafts)
}

/// A mention in token indices: first, one past the last, first with titles.
#[derive(Clone, Copy, Debug)]
struct Raw {
    tokens: (usize, usize, usize),
    form: MentionForm,
    kind: EntityKind,
    entity: usize,
}

fn add_descriptions(view: &view::View, raw: &mut Vec<Raw>, drafts: &mut Vec<alias::Draft>) {
    // nationalities may stand inside a description; other names may not
    let taken: BTreeSet<usize> = raw
        .iter()
        .filter(|r| !matches!(r.kind, EntityKind::Group))
        .flat_map(|r| r.tokens.2..r.tokens.1)
        .collect();
    let mut found = Vec::new();
    for sentence in view.sentences {
        description::descriptions(view, sentence, &taken, drafts, &mut found);
    }
    raw.extend(found.iter().map(|d| Raw {
        tokens: (d.first, d.last, d.full_first),
        form: MentionForm::Description,
        kind: d.kind,
        entity: d.entity,
    }));
    raw.sort_by_key(|r| (r.tokens.0, r.tokens.1));
}

fn add_pronouns(view: &view::View, raw: &mut Vec<Raw>, drafts: &mut [alias::Draft]) {
    let named: Vec<pronoun::Antecedent> = raw
        .iter()
        .map(|r| pronoun::Antecedent {
            first: r.tokens.0,
            last: r.tokens.1,
            sentence: view.sentences.partition_point(|s| (s.last_token as usize) <= r.tokens.0),
            entity: r.entity,
        })
        .collect();
    for found in pronoun::resolve(view, &named, drafts) {
        let kind = drafts.get(found.entity).map_or(EntityKind::Other, |d| d.entity.kind);
        raw.push(Raw {
            tokens: (found.first, found.last, found.first),
            form: MentionForm::Pronoun,
            kind,
            entity: found.entity,
        });
    }
}

/// Orders mentions, drops entities without any, and fills in what entities collect.
fn finish(view: &view::View, raw: Vec<Raw>, drafts: Vec<alias::Draft>) -> (Vec<Mention>, Vec<Entity>) {
    let mut mentions: Vec<Mention> = raw
        .iter()
        .map(|r| {
            let span = view.span(r.tokens.0, r.tokens.1);
            let full = view.span(r.tokens.2, r.tokens.1);
            Mention { span, full: full.cover(span), form: r.form, kind: r.kind, entity: index(r.entity) }
        })
        .filter(|m| !m.span.is_empty())
        .collect();
    mentions.sort_by_key(|m| (m.span.start, m.span.end, m.form));
    mentions.dedup_by_key(|m| m.span);
    let mut renumbered: BTreeMap<u32, u32> = BTreeMap::new();
    let mut entities: Vec<Entity> = Vec::new();
    for (idx, mention) in mentions.iter_mut().enumerate() {
        let new = *renumbered.entry(mention.entity).or_insert_with(|| {
            entities.push(drafts.get(mention.entity as usize).map(collect).unwrap_or_default());
            index(entities.len() - 1)
        });
        mention.entity = new;
        if let Some(entity) = entities.get_mut(new as usize) {
            entity.mentions.push(index(idx));
            mention.kind = entity.kind;
        }
    }
    (mentions, entities)
}

fn collect(draft: &alias::Draft) -> Entity {
    let mut entity = draft.entity.clone();
    entity.aliases = draft.forms.iter().filter(|f| **f != entity.name).cloned().collect();
    entity.titles.sort();
    entity.titles.dedup();
    entity
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Whether a lower-case word is an office or a trade that stands beside a person's name ("minister").
pub(crate) fn is_office(word: &str) -> bool {
    lexica::TITLES.get(word).is_some_and(|title| title.refers)
}
