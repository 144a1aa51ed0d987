//! [`Evidence`]: a span in a document with its role in a finding.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::DocumentId;

/// A span of a document's unedited text, with what it shows.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Evidence {
    /// Which document.
    pub document: DocumentId,
    /// First byte in the document's text.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// The text under the span, so that a reader can check it without the document.
    pub text: String,
    /// What it shows, in a word or two ("figure", "source", "sentence").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub role: Option<String>,
    /// Sub-span that differs from the other sides, for highlighting: first byte.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus_start: Option<u32>,
    /// One past the last byte of the differing part.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub focus_end: Option<u32>,
}

/// One measured reason for a conclusion: `variorum explain` prints them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Feature {
    /// What was measured ("shared names", "order correlation").
    pub name: String,
    /// The measure.
    pub value: f64,
    /// What it contributed to the score; 0 for a plain fact.
    pub weight: f64,
    /// The measure in words ("Kadhimi, Rouhani, Tehran").
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}
