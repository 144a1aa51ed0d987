//! The same person, organisation or place across the documents of a story.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::EntityKind;

use crate::Account;

/// An entity across the accounts of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// The name by which most accounts call it in full.
    pub name: String,
    /// What kind of thing: the kind that most accounts give it.
    pub kind: EntityKind,
    /// Other names, sorted.
    pub aliases: BTreeSet<String>,
    /// Titles and descriptions, lower case, sorted.
    pub titles: BTreeSet<String>,
    /// `(account, index in that account's Annotations::entities)`, sorted.
    pub members: Vec<(u32, u32)>,
}

/// The entities of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// Most often named first, then by name.
    pub list: Vec<Shared>,
    of: BTreeMap<(u32, u32), usize>,
}

impl Entities {
    /// Index in `list` of an account's own entity.
    #[must_use]
    pub fn of(&self, account: u32, entity: u32) -> Option<usize> {
        self.of.get(&(account, entity)).copied()
    }

    /// The story-wide name of an account's own entity.
    #[must_use]
    pub fn name(&self, account: u32, entity: u32) -> Option<&str> {
        self.of(account, entity).map(|idx| self.list[idx].name.as_str())
    }
}

/// Joins the entities of the members' documents.
#[must_use]
pub fn entities(accounts: &[Account], members: &[u32]) -> Entities {
    let mut by_name: BTreeMap<String, Shared> = BTreeMap::new();
    for &member in members {
        for (idx, entity) in accounts[member as usize].annotations.entities.iter().enumerate() {
            let shared = by_name.entry(entity.name.to_lowercase()).or_insert_with(|| Shared {
                name: entity.name.clone(),
                kind: entity.kind,
                ..Shared::default()
            });
            shared.aliases.extend(entity.aliases.iter().cloned());
            shared.titles.extend(entity.titles.iter().cloned());
            shared.members.push((member, idx as u32));
        }
    }
    let list: Vec<Shared> = by_name.into_values().collect();
    let of = list.iter().enumerate().flat_map(|(idx, s)| s.members.iter().map(move |m| (*m, idx))).collect();
    Entities { list, of }
}
