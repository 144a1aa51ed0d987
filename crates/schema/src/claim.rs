//! [`Claim`]: a checkable statement as made in a document. Never "fact".

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A checkable statement as made in a document: one clause with its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The clause, from its first to its last word.
    pub span: Span,
    /// Index of its sentence.
    pub sentence: u32,
    /// Words of the predicate ("did not kill").
    pub predicate: Span,
    /// Lower-case lemma of the predicate's head ("kill"); for a copula its complement's ("be illegal").
    pub lemma: String,
    /// Whether the verb is passive.
    pub is_passive: bool,
    /// Who, what, whom, where.
    pub arguments: Vec<Argument>,
    /// Affirmed or negated.
    pub polarity: Polarity,
    /// The words that negate, if any.
    pub negation: Option<Span>,
    /// How firmly it is put.
    pub modality: Modality,
    /// Indices in `Annotations::times`.
    pub times: Vec<u32>,
    /// Indices in `Annotations::quantities`.
    pub quantities: Vec<u32>,
    /// Who says so, outermost first; empty: the outlet itself.
    pub attribution: Vec<Attribution>,
}

/// One argument of a claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Argument {
    /// Its part.
    pub role: ArgumentRole,
    /// All of its words.
    pub span: Span,
    /// Lower-case lemma of its head.
    pub head: String,
    /// Index in `Annotations::entities`, if it is (headed by) a mention.
    pub entity: Option<u32>,
}

/// The part that an argument plays; surface passives are turned round (the subject of "was killed" is a patient).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ArgumentRole {
    /// Who does it.
    Agent,
    /// To whom or what it is done.
    Patient,
    /// The other object ("gave *her* a medal").
    Recipient,
    /// What is said of the subject ("is *the president*").
    Complement,
    /// Where.
    Place,
    /// Other, with a preposition.
    Oblique,
}

/// Affirmed or negated.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Polarity {
    /// Affirmed.
    Positive,
    /// Negated.
    Negative,
}

/// How firmly a claim is put.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Modality {
    /// Said to be so.
    Asserted,
    /// Said to come ("will", "is expected to", "plans to").
    Planned,
    /// Said to be said, at a distance ("allegedly", "reportedly").
    Alleged,
    /// Denied by its source ("denied that").
    Denied,
    /// Said to be so on a condition, or possibly ("if", "may", "could").
    Conditional,
    /// Demanded or wished ("should", "called for", "must").
    Demanded,
}

/// One link of the chain of who says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// The words that name the source.
    pub source: Span,
    /// Index in `Annotations::entities`, when resolved.
    pub entity: Option<u32>,
    /// The words that attribute.
    pub cue: Option<Span>,
    /// Index in `Annotations::quotations`, when it comes from one.
    pub quotation: Option<u32>,
}
