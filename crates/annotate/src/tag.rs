//! Tokens → tokens with part of speech and lemma.

use variorum_schema::{Document, Sentence, Token};

/// The tokens with `tag` and `lemma` filled in.
#[must_use]
pub fn tag(_document: &Document, _sentences: &[Sentence], tokens: Vec<Token>) -> Vec<Token> {
    tokens
}
