//! Pronouns → the most plausible entity named before.
//!
//! Salience after Lappin and Leass (1994), read off the dependency parse: recency, grammatical roles and whether they
//! are parallel, who governs whom (binding), how often somebody is named, and gender by title, given name and earlier
//! pronouns. What each of these is worth is data: `data/en/pronoun-weights.txt`.

use std::collections::BTreeMap;

use variorum_schema::{EntityKind, Gender, Tag};

use super::alias::Draft;
use super::kind::Sureness;
use super::view::View;

mod salience;
mod site;

use site::Site;

/// A mention that may be referred to: token range and entity, in text order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Antecedent {
    pub(super) first: usize,
    pub(super) last: usize,
    pub(super) sentence: usize,
    pub(super) entity: usize,
}

/// The grammatical role that a pronoun's form shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    Subject,
    Object,
    Possessive,
    Reflexive,
}

/// How many mentions back, and how many sentences back, an antecedent may stand.
const MAX_MENTIONS: usize = 48;
const MAX_SENTENCES: usize = 5;

/// A mention before or behind a pronoun, with where it stands in its sentence.
#[derive(Clone, Debug)]
struct Candidate {
    mention: Antecedent,
    site: Site,
    /// Gender and role, when it is a pronoun itself.
    pronoun: Option<(Gender, Role)>,
}

/// A pronoun to be resolved.
#[derive(Clone, Debug)]
struct Anaphor {
    at: usize,
    sentence: usize,
    gender: Gender,
    role: Role,
    site: Site,
}

/// What has been learnt about the entities on the way through a document.
#[derive(Debug, Default)]
struct Story {
    /// Gender that pronouns gave an entity: weaker than what its name or title shows.
    shown: BTreeMap<usize, Gender>,
    /// Mentions of each entity by name and description, over the whole text.
    named: BTreeMap<usize, u32>,
    /// The highest of these counts among people.
    most: u32,
    /// The entity to which the last pronoun of each gender was given.
    focus: [Option<usize>; 2],
}

/// Resolves the pronouns of one document: token, entity, in text order. `named` are the mentions by name and
/// description, in text order.
pub(super) fn resolve(view: &View, named: &[Antecedent], drafts: &mut [Draft]) -> Vec<Antecedent> {
    let mut story = Story::default();
    for mention in named.iter().filter(|m| drafts.get(m.entity).is_some_and(may_be_person)) {
        let count = story.named.entry(mention.entity).or_default();
        *count += 1;
        story.most = story.most.max(*count);
    }
    let mut resolved: Vec<Antecedent> = Vec::new();
    let mut seen: Vec<Candidate> = Vec::new();
    let mut next = 0;
    for (sentence, span) in view.sentences.iter().enumerate() {
        for at in span.first_token as usize..span.last_token as usize {
            while let Some(mention) = named.get(next).filter(|m| m.first < at) {
                seen.push(candidate(view, *mention));
                next += 1;
            }
            let Some((gender, role)) = pronoun(view, at) else { continue };
            let anaphor = Anaphor { at, sentence, gender, role, site: Site::of(view, at, at + 1) };
            let mut window: Vec<Candidate> = seen[seen.len().saturating_sub(MAX_MENTIONS)..].to_vec();
            window.extend(ahead(view, &anaphor, named.get(next..).unwrap_or(&[])));
            let Some(entity) = salience::best(view, &window, drafts, &anaphor, &story) else { continue };
            let mention = Antecedent { first: at, last: at + 1, sentence, entity };
            resolved.push(mention);
            seen.push(Candidate { mention, site: anaphor.site, pronoun: Some((gender, role)) });
            story.shown.entry(entity).or_insert(gender);
            story.focus[usize::from(gender == Gender::Female)] = Some(entity);
            if let Some(draft) = drafts.get_mut(entity) {
                draft.entity.kind = EntityKind::Person;
            }
        }
    }
    for (entity, gender) in story.shown {
        if let Some(draft) = drafts.get_mut(entity) {
            draft.entity.gender.get_or_insert(gender);
        }
    }
    resolved
}

fn candidate(view: &View, mention: Antecedent) -> Candidate {
    Candidate { mention, site: Site::of(view, mention.first, mention.last), pronoun: None }
}

/// "In his first speech, Roe …": the subject that stands behind an opening phrase or clause in which the pronoun is.
fn ahead(view: &View, anaphor: &Anaphor, named: &[Antecedent]) -> Option<Candidate> {
    let near = named.iter().take_while(|m| m.sentence == anaphor.sentence).take(6);
    near.map(|m| candidate(view, *m)).find(|c| c.site.is_subject() && anaphor.site.is_under(c.site.predicate))
}

/// Gender and role of a third-person pronoun of a person.
fn pronoun(view: &View, at: usize) -> Option<(Gender, Role)> {
    Some(match view.low(at) {
        "he" => (Gender::Male, Role::Subject),
        "him" => (Gender::Male, Role::Object),
        "his" => (Gender::Male, Role::Possessive),
        "himself" => (Gender::Male, Role::Reflexive),
        "she" => (Gender::Female, Role::Subject),
        "hers" => (Gender::Female, Role::Possessive),
        "herself" => (Gender::Female, Role::Reflexive),
        "her" => (Gender::Female, if has_noun_after(view, at) { Role::Possessive } else { Role::Object }),
        _ => return None,
    })
}

/// "her house" against "saw her in".
fn has_noun_after(view: &View, at: usize) -> bool {
    match view.tag(at + 1) {
        Tag::Noun | Tag::Adj | Tag::Propn | Tag::Num => true,
        Tag::X => view.is_word(at + 1) && !view.is_opener(at + 1) && view.low(at + 1) != "and",
        _ => false,
    }
}

/// A person, or a name of whose kind nothing is known but what stands around it.
fn may_be_person(draft: &Draft) -> bool {
    draft.entity.kind == EntityKind::Person
        || (draft.entity.kind != EntityKind::Group && draft.sureness.is_some_and(|s| s < Sureness::Form))
}
