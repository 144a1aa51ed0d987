//! From the words that name a source to the entity.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_schema::{Document, Entity, EntityKind, Gender, Mention, MentionForm, Span};

use super::{Draft, cue};
use crate::lexicon::entries;

/// For each draft the index of its source's entity.
pub(super) fn entities(
    document: &Document,
    drafts: &[Draft],
    mentions: &[Mention],
    entities: &[Entity],
) -> Vec<Option<u32>> {
    let lower = document.text.to_ascii_lowercase();
    let searches = Cell::new(SEARCHES);
    let resolver = Resolver { document, lower, searches, mentions, entities, titles: titles(entities) };
    let mut speaker: Option<u32> = None;
    drafts
        .iter()
        .map(|draft| {
            let found = draft.source.and_then(|span| resolver.entity(span, &draft.content, speaker));
            speaker = found.or(speaker);
            found
        })
        .collect()
}

/// An organisation meant by "it" stands at most so many bytes before.
const NEAR: u32 = 300;

/// How many descriptions of one document are searched for elsewhere in it.
const SEARCHES: u32 = 24;

/// Descriptions of an office and the titles of those whom they may mean.
static SYNONYMS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/office-synonyms.txt"))
        .filter_map(|f| Some((*f.first()?, f.get(1)?.split(", ").collect())))
        .collect()
});

struct Resolver<'a> {
    document: &'a Document,
    /// The text with A to Z in lower case.
    lower: String,
    searches: Cell<u32>,
    mentions: &'a [Mention],
    entities: &'a [Entity],
    /// Title, or the last words of one → the entity that carries it; nothing where several do.
    titles: BTreeMap<&'a str, Option<u32>>,
}

fn titles(entities: &[Entity]) -> BTreeMap<&str, Option<u32>> {
    let mut titles: BTreeMap<&str, Option<u32>> = BTreeMap::new();
    for (index, entity) in entities.iter().enumerate() {
        for title in &entity.titles {
            // "president of the republic" is "president" too
            let of = title.find(" of ").and_then(|at| title.get(..at));
            let ends = std::iter::once(0).chain(title.match_indices(' ').map(|(at, _)| at + 1));
            for end in ends.filter_map(|at| title.get(at..)).chain(of) {
                let entry = titles.entry(end).or_insert(Some(index as u32));
                if *entry != Some(index as u32) {
                    *entry = None;
                }
            }
        }
    }
    titles
}

impl Resolver<'_> {
    fn entity(&self, source: Span, content: &[Span], speaker: Option<u32>) -> Option<u32> {
        let text = source.of(&self.document.text).to_lowercase();
        let head =
            Span::new(source.start as usize, source.start as usize + head_len(&text).min(source.len()));
        let is_pronoun = matches!(text.as_str(), "he" | "she");
        // nobody is named in his own words: a pronoun that points into the quotation points elsewhere
        let inside = if is_pronoun { self.named_in(content) } else { Vec::new() };
        let named = self.named(head).filter(|m| !inside.contains(&m.entity));
        // "the chair of the jury" is better known by the name that stands beside it, here or elsewhere
        if !is_pronoun && named.is_none_or(|m| !self.has_name(m.entity)) {
            let known = self.set_beside(source).or_else(|| self.described(&text));
            if let Some(entity) = known.or_else(|| self.beside_elsewhere(&text)) {
                return Some(entity);
            }
        }
        // "the Chief Keeper, Ann Roe": a body does not stand beside a person's name, an office does
        let is_body = named.is_some_and(|m| !matches!(m.kind, EntityKind::Person | EntityKind::Place));
        if let Some(person) = self.set_beside(source).filter(|_| is_body) {
            return Some(person);
        }
        if let Some(mention) = named {
            let later =
                speaker.filter(|s| is_pronoun && self.is_named_later(*s, mention.entity, source, &text));
            return Some(later.unwrap_or(mention.entity));
        }
        match text.as_str() {
            "he" | "she" => {
                let until = content.first().map_or(source.start, |c| c.start.min(source.start));
                self.pronoun(until, &text, speaker, &inside)
            }
            "it" => self.body(source.start),
            _ => None,
        }
    }

    fn has_name(&self, entity: u32) -> bool {
        let mentions = self.entities.get(entity as usize).map_or(&[][..], |e| &e.mentions);
        let is_name = |m: &u32| self.mentions.get(*m as usize).is_some_and(|m| m.form == MentionForm::Name);
        mentions.iter().any(is_name)
    }

    /// "it": the organisation named shortly before, if only one is.
    fn body(&self, at: u32) -> Option<u32> {
        let until = self.mentions.partition_point(|m| m.span.start < at);
        let before = self.mentions.get(..until).unwrap_or_default().iter().rev();
        let near = before.take_while(|m| at.saturating_sub(m.span.start) < NEAR);
        let mut bodies = near.filter(|m| m.kind == EntityKind::Organisation).map(|m| m.entity);
        let first = bodies.next()?;
        bodies.all(|entity| entity == first).then_some(first)
    }

    /// "the keeper of the lock": the one person beside whose name the same words stand elsewhere.
    fn beside_elsewhere(&self, text: &str) -> Option<u32> {
        let bare = text.strip_prefix("the ").filter(|bare| bare.contains(' '))?;
        let left = self.searches.get().checked_sub(1)?;
        self.searches.set(left);
        let mut found = None;
        for (at, _) in self.lower.match_indices(bare).take(16) {
            let end = at + bare.len();
            let until = self.mentions.partition_point(|m| (m.span.start as usize) < end + 4);
            let near = self.mentions.get(..until).unwrap_or_default().iter().rev().take(4);
            let beside = near.filter(|m| m.form == MentionForm::Name && m.kind == EntityKind::Person);
            for mention in beside {
                let (start, stop) = (mention.full.start as usize, mention.span.end as usize);
                let gap = if stop <= at { self.lower.get(stop..at) } else { self.lower.get(end..start) };
                if gap.is_some_and(|gap| matches!(gap, ", " | ", the " | " (" | " ")) {
                    if found.is_some_and(|other| other != mention.entity) {
                        return None;
                    }
                    found = Some(mention.entity);
                }
            }
        }
        found
    }

    /// The mention that is the head of the phrase: the last one that is no possessor ("Smith's lawyer" is not Smith).
    fn named(&self, head: Span) -> Option<&Mention> {
        let from = self.mentions.partition_point(|m| m.span.end <= head.start);
        let inside = self.mentions[from..]
            .iter()
            .take_while(|m| m.span.start < head.end)
            .filter(|m| head.contains(m.span));
        inside
            .filter(|m| {
                let rest = self.document.text.get(m.span.end as usize..head.end as usize).unwrap_or("");
                let possessor = rest.starts_with(['\'', '’']) && rest.len() > 3;
                !possessor && rest.trim_end_matches([' ', ',']).split_whitespace().count() == 0
                    || (m.full.contains(head))
            })
            .last()
    }

    /// "our chair, Jane Roe": the name that a comma sets beside the description.
    fn set_beside(&self, source: Span) -> Option<u32> {
        let from = self.mentions.partition_point(|m| m.span.end <= source.start);
        let near = self.mentions.get(from..).unwrap_or_default().iter();
        let mut near = near.take_while(|m| m.full.start <= source.end.saturating_add(2));
        let behind_comma = |m: &&Mention| {
            let before = self.document.text.get(..m.full.start as usize).unwrap_or("");
            before.ends_with(", ") && m.form == MentionForm::Name && m.kind == EntityKind::Person
        };
        near.find(|m| m.full.start > source.start && behind_comma(m)).map(|m| m.entity)
    }

    /// Whether the last speaker was named after the one to whom a pronoun was given, and may be meant by it.
    fn is_named_later(&self, speaker: u32, given: u32, source: Span, word: &str) -> bool {
        let until = self.mentions.partition_point(|m| m.span.start < source.start);
        let named = |entity: u32| {
            let before = self.mentions.get(..until).unwrap_or_default().iter();
            before
                .rev()
                .take(24)
                .find(|m| m.form == MentionForm::Name && m.entity == entity)
                .map(|m| m.span.start)
        };
        let gender = if word == "he" { Gender::Male } else { Gender::Female };
        let fits = self
            .entities
            .get(speaker as usize)
            .is_some_and(|e| e.kind == EntityKind::Person && e.gender.is_none_or(|g| g == gender));
        let near = |at: u32| source.start.saturating_sub(at) < 400;
        speaker != given
            && fits
            && named(speaker).is_some_and(|s| near(s) && named(given).is_none_or(|g| g < s))
    }

    /// "the foreign minister": the entity that carries this title, if only one does.
    fn described(&self, text: &str) -> Option<u32> {
        let bare = text.strip_prefix("the ").unwrap_or(text);
        if let Some(bearer) = self.titles.get(bare) {
            return *bearer;
        }
        let titles = SYNONYMS.get(bare)?;
        let mut bearers = titles.iter().filter_map(|title| self.titles.get(title));
        let first = (*bearers.next()?)?;
        bearers.all(|other| *other == Some(first)).then_some(first)
    }

    /// The entities named in quoted content.
    fn named_in(&self, content: &[Span]) -> Vec<u32> {
        let mut found = Vec::new();
        for span in content {
            let from = self.mentions.partition_point(|m| m.span.end <= span.start);
            let inside = self.mentions[from..].iter().take_while(|m| m.span.start < span.end);
            found.extend(inside.filter(|m| m.form == MentionForm::Name).map(|m| m.entity));
        }
        found
    }

    /// A pronoun that mention resolution left open: the last speaker if it may be, else the nearest person before.
    fn pronoun(&self, at: u32, word: &str, speaker: Option<u32>, not: &[u32]) -> Option<u32> {
        let gender = if word == "he" { Gender::Male } else { Gender::Female };
        let fits = |entity: u32| {
            let it = self.entities.get(entity as usize);
            !not.contains(&entity)
                && it.is_some_and(|e| e.kind == EntityKind::Person && e.gender.is_none_or(|g| g == gender))
        };
        let until = self.mentions.partition_point(|m| m.span.start < at);
        let near = self.mentions[..until].iter().rev().take(12);
        let nearest = near.filter(|m| m.form != MentionForm::Pronoun).map(|m| m.entity).find(|e| fits(*e));
        speaker.filter(|e| fits(*e)).or(nearest)
    }
}

/// Bytes of the phrase's head: up to the first comma, preposition or relative pronoun.
fn head_len(text: &str) -> usize {
    let comma = text.find(',').unwrap_or(text.len());
    let mut words = text.char_indices().filter(|(_, c)| *c == ' ').map(|(at, _)| at).peekable();
    while let Some(at) = words.next() {
        let end = words.peek().copied().unwrap_or(text.len());
        if at < comma && cue::is_in("head-stop", text.get(at + 1..end).unwrap_or("")) {
            return at;
        }
    }
    comma
}
