//! [`Copy`] and [`Origin`]: who took what from whom.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{DocumentId, Feature};

/// One edge of a copy lineage: `to` holds text that `from` holds too, or that both took from an unseen parent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Copy {
    /// Identifier within the report ("c-…").
    pub id: String,
    /// The document nearer to the original.
    pub from: DocumentId,
    /// The document further from the original.
    pub to: DocumentId,
    /// What was done to the text.
    pub kind: CopyKind,
    /// Share of the body of `to` (0 to 1, by sentence length) that has a counterpart in `from`.
    pub share: f64,
    /// Share of the body of `from` that has a counterpart in `to`.
    pub share_from: f64,
    /// Whether the order of `from` and `to` was concluded.
    pub direction: Direction,
    /// Name of a common parent that is not in the pile ("Reuters"), if the two are siblings under it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// How sure, 0 to 1.
    pub confidence: f64,
    /// Aligned passages, in the order of `to`.
    pub passages: Vec<Passage>,
    /// What the conclusion rests on.
    pub why: Vec<Feature>,
}

/// What was done to copied text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CopyKind {
    /// Nothing, or next to nothing.
    Verbatim,
    /// Cut, merged, reordered or rephrased in places.
    Edited,
    /// A part of a longer text.
    Excerpted,
    /// Agency copy: both carry the same agency's text.
    Agency,
    /// Words exchanged throughout (synonym-spun, translated there and back, rewritten by a machine).
    Reworded,
}

/// Whether it was concluded which side is nearer to the original.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    /// `from` is nearer to the original than `to`.
    Forward,
    /// Could not be told; `from` and `to` stand in the order of their names.
    Unknown,
}

/// Two passages that say the same in the same place of a copied text.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// First byte in `from`.
    pub from_start: u32,
    /// One past the last byte in `from`.
    pub from_end: u32,
    /// First byte in `to`.
    pub to_start: u32,
    /// One past the last byte in `to`.
    pub to_end: u32,
    /// Likeness of the two, 0 to 1.
    pub score: f64,
}

/// Documents that descend from one another or from a common parent that is not in the pile.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Origin {
    /// Identifier within the story ("o1", "o2", …).
    pub id: String,
    /// Its documents, the head of the lineage first where known.
    pub documents: Vec<DocumentId>,
    /// The head of the lineage, where it is in the pile and known.
    pub head: Option<DocumentId>,
    /// Name of the unseen parent ("Reuters"), if the lineage hangs from one.
    pub parent: Option<String>,
    /// Why these documents count as one, in a sentence.
    pub basis: String,
}
