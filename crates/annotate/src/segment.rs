//! Document → sentences and tokens. Furniture is not segmented.

use unicode_segmentation::UnicodeSegmentation;
use variorum_schema::{BlockKind, Document, Sentence, Span, Token};

/// The sentences outside furniture, and their tokens, both in order.
#[must_use]
pub fn sentences(document: &Document) -> (Vec<Sentence>, Vec<Token>) {
    let (mut sentences, mut tokens) = (Vec::new(), Vec::new());
    for (block_idx, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Furniture | BlockKind::Meta) {
            continue;
        }
        for (at, piece) in block.span.of(&document.text).split_sentence_bound_indices() {
            let start = block.span.start as usize + at;
            let first_token = tokens.len() as u32;
            for (offset, word) in piece.split_word_bound_indices().filter(|(_, w)| !w.trim().is_empty()) {
                tokens.push(Token {
                    span: Span::new(start + offset, start + offset + word.len()),
                    lemma: word.to_lowercase(),
                    ..Token::default()
                });
            }
            if tokens.len() as u32 > first_token {
                sentences.push(Sentence {
                    span: Span::new(start, start + piece.trim_end().len()),
                    first_token,
                    last_token: tokens.len() as u32,
                    block: block_idx as u32,
                });
            }
        }
    }
    (sentences, tokens)
}
