//! [`Story`]: the documents about one event, and all that was concluded from them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    BriefSentence, Copy, DocumentId, EntityKind, Evidence, Feature, Finding, MatrixRow, Origin,
    ReportQuotation, ReportTime, TimelineEntry,
};

/// The documents about one event.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Story {
    /// Identifier: a function of the members, the same for any order of arrival ("s-…").
    pub id: String,
    /// A headline for the story: the title of its most central account.
    pub title: String,
    /// Members, in order of publication, then name.
    pub documents: Vec<DocumentId>,
    /// Why each member belongs.
    pub members: Vec<Membership>,
    /// Mean likeness of its members, 0 to 1; 1 for a single document.
    pub coherence: f64,
    /// The independent origins.
    pub origins: Vec<Origin>,
    /// Copy edges.
    pub copies: Vec<Copy>,
    /// People, organisations and places across the accounts, the most often named first.
    pub entities: Vec<StoryEntity>,
    /// Who said what.
    pub quotations: Vec<ReportQuotation>,
    /// Time expressions with their calendar meaning.
    pub times: Vec<ReportTime>,
    /// What is reported, the most important first.
    pub findings: Vec<Finding>,
    /// Claims × accounts.
    pub matrix: Vec<MatrixRow>,
    /// What happened when, according to whom.
    pub timeline: Vec<TimelineEntry>,
    /// The brief.
    pub brief: Vec<BriefSentence>,
}

/// Why a document belongs to a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Membership {
    /// Which document.
    pub document: DocumentId,
    /// Its mean likeness to the other members, 0 to 1.
    pub score: f64,
    /// What ties it to the others.
    pub why: Vec<Feature>,
}

/// A person, organisation or place across the accounts of a story.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StoryEntity {
    /// Identifier within the story ("e1", …).
    pub id: String,
    /// The name by which most accounts call it in full.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Its other names, titles and descriptions, sorted.
    pub aliases: Vec<String>,
    /// Where it is named.
    pub mentions: Vec<Evidence>,
}
