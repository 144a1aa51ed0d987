//! [`Finding`]: what is reported, with evidence on every side.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DocumentId, Evidence, Feature};

/// One finding. Points at spans of unedited text on every side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Finding {
    /// Identifier: a function of kind, type and evidence ("f-…").
    pub id: String,
    /// What kind of finding.
    pub kind: FindingKind,
    /// For conflicts, corruptions, revisions: in what the sides differ.
    #[serde(rename = "type")]
    pub finding_type: Option<FindingType>,
    /// One sentence that an editor can print: names the sides and the difference, claims no more than the pile holds.
    pub message: String,
    /// The sides; a corroborated claim has one, a conflict two or more.
    pub sides: Vec<Side>,
    /// Probability, 0 to 1, that a careful editor would agree: of judged findings of its sort with such a score (see `why`), the
    /// share that was right.
    pub confidence: f64,
    /// For findings along a copy edge: the edge's identifier.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copy: Option<String>,
    /// What the conclusion rests on.
    pub why: Vec<Feature>,
}

/// One side of a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Side {
    /// What this side says, in a few words ("12 killed", "not", "postponed"); may be empty.
    pub label: String,
    /// The documents behind it.
    pub documents: Vec<DocumentId>,
    /// Identifiers of the independent origins behind it.
    pub origins: Vec<String>,
    /// Who is cited for it, by entity name; empty: the outlets themselves.
    #[serde(default)]
    pub sources: Vec<String>,
    /// Where it stands.
    pub evidence: Vec<Evidence>,
}

/// Kinds of finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// Accounts of independent origin contradict one another.
    Conflict,
    /// A copy changed what its original says.
    CorruptedCopy,
    /// One utterance, quoted differently.
    AlteredQuotation,
    /// One document contradicts itself.
    SelfContradiction,
    /// A headline says what its body does not.
    HeadlineMismatch,
    /// A later report changes a figure or status.
    Revised,
    /// Each side is somebody's attributed opinion.
    Disputed,
    /// An announcement, and what later reports say of it.
    ExpectedHappened,
    /// Stated by two or more independent origins.
    Corroborated,
    /// In this pile, carried by the accounts of one origin.
    SingleOrigin,
    /// An account that covers the story at length lacks a claim that two origins carry.
    Omitted,
    /// What the accounts call the same person, group or act.
    Wording,
}

/// In what two sides differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FindingType {
    /// One side negates.
    Negation,
    /// Numbers.
    Quantity,
    /// Dates or times.
    Date,
    /// Who did it, or to whom.
    Actor,
    /// Where.
    Place,
    /// Outcome or status (cancelled / postponed; killed / survived).
    Outcome,
    /// Title or rank.
    Title,
    /// Who said it, or where it was said.
    Attribution,
    /// Words of a quotation.
    Wording,
    /// Direction (past / next, rose / fell).
    Direction,
    /// A passage that no longer means anything.
    Garble,
    /// What a person is called.
    PersonTerm,
    /// What a group is called.
    GroupTerm,
    /// What an act is called.
    ActTerm,
    /// Announced, and reported as done.
    Met,
    /// Announced, and reported as not done or done otherwise.
    Unmet,
    /// Announced; no later report in the pile says whether it was done.
    Open,
}
