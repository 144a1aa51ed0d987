//! [`Quotation`]: attributed speech.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// Attributed speech: who (source), by which words (cue), said what (content).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Quotation {
    /// From the first to the last byte of the content, without the outer quotation marks.
    pub span: Span,
    /// The content; more than one span when the cue interrupts it. Without outer quotation marks.
    pub content: Vec<Span>,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// The words that attribute it ("said", "according to").
    pub cue: Option<Span>,
    /// Lower-case lemma of the cue.
    pub cue_lemma: Option<String>,
    /// Who said it.
    pub source: Option<Source>,
}

/// The attributed party of a quotation or claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The words that name the source where the quotation stands ("he", "the Iraqi leader").
    pub span: Span,
    /// Index in `Annotations::entities`, when resolved.
    pub entity: Option<u32>,
}

/// How speech is rendered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum QuotationKind {
    /// All of the content stands in quotation marks.
    Direct,
    /// None does.
    Indirect,
    /// Some of it does.
    Mixed,
}
