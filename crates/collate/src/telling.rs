//! [`Telling`]: one story with all that the later stages need, so that each of them takes one argument.

use std::cell::{OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

use variorum_schema::{Document, DocumentId, Evidence, FindingType, Sentence, Span};

use crate::align::{Alignments, Statement};
use crate::difference::item::Item;
use crate::entity::Entities;
use crate::finding::expectation::deed::Deed;
use crate::finding::figure::Topics;
use crate::lineage::Lineage;
use crate::overlap::Words;
use crate::pile::Pile;
use crate::{Account, Options};

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
    pub(crate) items: RefCell<BTreeMap<Statement, Rc<Vec<Item>>>>,
    /// Words by statement.
    pub(crate) words: RefCell<BTreeMap<Statement, Rc<Words>>>,
    /// The deeds of the story.
    pub(crate) deeds: OnceCell<Vec<Deed>>,
    /// Figures by account.
    pub(crate) figures: RefCell<BTreeMap<u32, Rc<Topics>>>,
    /// Where the first of two statements of a lineage differs from the second, by both and their likeness (its bits).
    pub(crate) copied: RefCell<BTreeMap<(Statement, Statement, u64), Rc<Vec<(FindingType, Span)>>>>,
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
