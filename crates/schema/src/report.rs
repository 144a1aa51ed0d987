//! [`Report`]: the whole answer, `variorum.report/v1`.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{
    Credit, DocumentId, Evidence, FurnitureReason, Granularity, Interval, Note, Published, QuotationKind,
    Span, Story, TimeKind,
};

/// Name and version of the report format.
pub const SCHEMA: &str = "variorum.report/v1";

/// The whole answer for a pile of pages.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `variorum.report/v1`.
    pub schema: String,
    /// What made it.
    pub generator: Generator,
    /// Every document of the pile, by name.
    pub documents: Vec<ReportDocument>,
    /// The stories, largest first.
    pub stories: Vec<Story>,
}

/// What made a report.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Generator {
    /// "variorum".
    pub name: String,
    /// Version of the program.
    pub version: String,
    /// Options that differ from their defaults, by name.
    pub options: BTreeMap<String, String>,
}

/// A document as the report carries it: all but the text, which `--out` writes beside it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportDocument {
    /// Identifier.
    pub id: DocumentId,
    /// The path or URL given by the user.
    pub name: String,
    /// Headline.
    pub title: Option<String>,
    /// Span of the headline in the text.
    pub title_span: Option<Span>,
    /// Publisher.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Authors.
    pub authors: Vec<String>,
    /// BCP 47 primary language tag.
    pub language: Option<String>,
    /// Publication date with its evidence.
    pub published: Published,
    /// Credit lines.
    pub credits: Vec<Credit>,
    /// What was left out of comparison, and why.
    pub furniture: Vec<ReportFurniture>,
    /// Length of the text in bytes.
    pub text_bytes: u32,
    /// SHA-256 of the UTF-8 text, lower-case hexadecimal.
    pub text_sha256: String,
    /// File of the text relative to the report, when `--out` wrote it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text_file: Option<String>,
    /// Oddities of the input.
    pub notes: Vec<Note>,
    /// Fields of the input that passed through.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra: BTreeMap<String, String>,
}

/// A piece of furniture as the report carries it.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportFurniture {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Why it was left out.
    pub reason: FurnitureReason,
}

/// Who said what, where.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportQuotation {
    /// Identifier within the story ("q1", …).
    pub id: String,
    /// Which document.
    pub document: DocumentId,
    /// Direct, indirect or mixed.
    pub kind: QuotationKind,
    /// First byte of the content.
    pub start: u32,
    /// One past the last byte of the content.
    pub end: u32,
    /// The text under the span.
    pub text: String,
    /// The pieces of content, when a cue interrupts it.
    pub parts: Vec<Span>,
    /// The words that attribute it.
    pub cue: Option<Span>,
    /// Who said it.
    pub source: Option<ReportSource>,
    /// Identifier shared by the variants of one utterance across accounts, if there are several.
    pub utterance: Option<String>,
}

/// Who is cited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportSource {
    /// Name of the entity, as in `Story::entities`, when resolved.
    pub entity: Option<String>,
    /// The words that name the source where the quotation stands.
    pub text: String,
    /// First byte of those words.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A time expression with its calendar meaning.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ReportTime {
    /// Which document.
    pub document: DocumentId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The text under the span.
    pub text: String,
    /// TIMEX3 type.
    pub kind: TimeKind,
    /// TIMEX3 value.
    pub value: String,
    /// Days meant, if resolved.
    pub interval: Option<Interval>,
}

/// One row of the claims × accounts matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MatrixRow {
    /// The claim, in the words of its best account.
    pub claim: String,
    /// Whose words those are.
    pub from: Evidence,
    /// Number of independent origins that carry it.
    pub n_origins: u32,
    /// One cell per account that says something on it, in the order of the story's documents.
    pub cells: Vec<Cell>,
    /// Findings on it.
    pub findings: Vec<String>,
}

/// What one account says on one claim.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Cell {
    /// Which document.
    pub document: DocumentId,
    /// "states", "differs", "attributes" or "announces".
    pub stance: String,
    /// Where.
    pub evidence: Evidence,
}

/// One line of the timeline.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TimelineEntry {
    /// Days meant.
    pub interval: Interval,
    /// TIMEX3 value.
    pub value: String,
    /// How fine.
    pub granularity: Granularity,
    /// The statement, in the words of its best account.
    pub text: String,
    /// Whether it is announced rather than reported.
    pub is_expected: bool,
    /// Who says so, where.
    pub evidence: Vec<Evidence>,
    /// Identifiers of the independent origins behind it.
    pub origins: Vec<String>,
}

/// One sentence of the brief: another's words, or a sentence about the accounts, each with its citations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct BriefSentence {
    /// The sentence.
    pub text: String,
    /// Whether the words are an account's own (`true`) or ours about the accounts (`false`).
    pub is_extracted: bool,
    /// What it rests on; never empty.
    pub citations: Vec<Evidence>,
    /// Identifiers of the independent origins behind it.
    pub origins: Vec<String>,
    /// Findings that it tells.
    pub findings: Vec<String>,
}
