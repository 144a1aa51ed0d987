//! [`Telling`]: one story with all that the later stages need, so that each of them takes one argument.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock, PoisonError, RwLock};

use variorum_schema::{Document, DocumentId, Evidence, FindingType, Sentence, Span};

use crate::align::{Alignments, Statement};
use crate::difference::item::Item;
use crate::difference::unheard::{self, Usage};
use crate::entity::Entities;
use crate::finding::expectation::deed::Deed;
use crate::finding::figure::Topics;
use crate::lineage::Lineage;
use crate::overlap::Words;
use crate::pile::Pile;
use crate::{Account, Options};

/// Accounts up to which every pair of a story is looked at. Of a larger story each account and statement is compared with
/// its nearest counterparts only.
pub const SMALL: usize = 50;

/// One story: its accounts with everything concluded so far.
#[derive(Clone, Copy, Debug)]
pub struct Telling<'a> {
    /// All accounts of the pile. Times of undated accounts are resolved by now, where the story allowed it.
    pub accounts: &'a [Account],
    /// Words of the pile.
    pub pile: &'a Pile,
    /// Members of the story: indices of accounts, sorted.
    pub members: &'a [u32],
    /// Copies and origins.
    pub lineage: &'a Lineage,
    /// People, organisations, places across the accounts.
    pub entities: &'a Entities,
    /// Which sentences say the same.
    pub alignments: &'a Alignments,
    /// What the run was told.
    pub options: &'a Options,
    /// What was read in its statements so far.
    pub memory: &'a Memory,
}

/// What was read in the accounts and statements of a story: each is compared with many others, and read once.
#[derive(Debug, Default)]
pub struct Memory {
    /// Items by statement.
    pub(crate) items: Kept<Statement, Vec<Item>>,
    /// Words by statement.
    pub(crate) words: Kept<Statement, Words>,
    /// How often each content word stands in the story.
    pub(crate) usage: OnceLock<Usage>,
    /// The deeds of the story.
    pub(crate) deeds: OnceLock<Vec<Deed>>,
    /// Figures by account.
    pub(crate) figures: Kept<u32, Topics>,
    /// Where the first of two statements of a lineage differs from the second, by both and their likeness (its bits).
    pub(crate) copied: Kept<(Statement, Statement, u64), Vec<(FindingType, Span)>>,
}

/// What is worked out once for a key and then kept. What is kept follows from the key and the story alone, so that it does not matter
/// who asks first.
#[derive(Debug)]
pub(crate) struct Kept<K, V>(RwLock<BTreeMap<K, Arc<V>>>);

impl<K, V> Default for Kept<K, V> {
    fn default() -> Kept<K, V> {
        Kept(RwLock::default())
    }
}

impl<K: Ord, V> Kept<K, V> {
    /// What is kept for `key`, else what `read` makes of it, which is kept from now on.
    pub(crate) fn get(&self, key: K, read: impl FnOnce() -> V) -> Arc<V> {
        if let Some(known) = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return Arc::clone(known);
        }
        // Unlocked: what is read may ask for more, and two that read the same read it alike.
        let value = Arc::new(read());
        Arc::clone(self.0.write().unwrap_or_else(PoisonError::into_inner).entry(key).or_insert(value))
    }
}

impl<'a> Telling<'a> {
    /// A member's account.
    #[must_use]
    pub fn account(&self, member: u32) -> &'a Account {
        &self.accounts[member as usize]
    }

    /// A member's document.
    #[must_use]
    pub fn document(&self, member: u32) -> &'a Document {
        &self.accounts[member as usize].document
    }

    /// A member's document identifier.
    #[must_use]
    pub fn id(&self, member: u32) -> DocumentId {
        self.document(member).id.clone()
    }

    /// The sentence of a statement.
    #[must_use]
    pub fn sentence(&self, statement: &Statement) -> &'a Sentence {
        &self.account(statement.account).annotations.sentences[statement.sentence as usize]
    }

    /// How often each content word stands in the story.
    pub(crate) fn usage(&self) -> &'a Usage {
        self.memory.usage.get_or_init(|| unheard::usage(self))
    }

    /// The text of a statement.
    #[must_use]
    pub fn text(&self, statement: &Statement) -> &'a str {
        self.sentence(statement).span.of(&self.document(statement.account).text)
    }

    /// Evidence for a span of a member's text.
    #[must_use]
    pub fn evidence(&self, member: u32, span: Span, role: &str) -> Evidence {
        let document = self.document(member);
        Evidence {
            document: document.id.clone(),
            start: span.start,
            end: span.end,
            text: span.of(&document.text).to_owned(),
            role: (!role.is_empty()).then(|| role.to_owned()),
            focus_start: None,
            focus_end: None,
        }
    }

    /// Evidence for the sentence of a statement, with the part that matters marked.
    #[must_use]
    pub fn evidence_in(&self, statement: &Statement, focus: Span, role: &str) -> Evidence {
        let mut evidence = self.evidence(statement.account, self.sentence(statement).span, role);
        if !focus.is_empty() && focus.start >= evidence.start && focus.end <= evidence.end {
            (evidence.focus_start, evidence.focus_end) = (Some(focus.start), Some(focus.end));
        }
        evidence
    }

    /// Identifiers of the independent origins behind a set of members.
    #[must_use]
    pub fn origins(&self, members: impl IntoIterator<Item = u32>) -> Vec<String> {
        self.lineage.origins_of(members.into_iter().map(|m| (m, None)))
    }
}
