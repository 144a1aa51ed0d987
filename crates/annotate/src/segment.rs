//! Document → sentences and tokens. Furniture is not segmented.
//!
//! Tokens first ([`token`](self): Universal Dependencies for English), then sentence ends among them. Both look at a few
//! neighbours only, so the cost is linear in the length of the text.

use std::ops::Range;

use variorum_schema::{Block, BlockKind, Document, Sentence, Span, Token};

mod boundary;
mod token;
mod whole;

#[cfg(test)]
mod tests;

/// The sentences outside furniture and metadata, and their tokens, both in order. No sentence crosses a block or a
/// piece of furniture; closing quotation marks stay with the sentence that they close.
#[must_use]
pub fn sentences(document: &Document) -> (Vec<Sentence>, Vec<Token>) {
    let (mut sentences, mut tokens) = (Vec::new(), Vec::new());
    let mut furniture = 0;
    for (block_idx, block) in document.blocks.iter().enumerate() {
        if matches!(block.kind, BlockKind::Furniture | BlockKind::Meta) {
            continue;
        }
        for stretch in stretches(document, block, &mut furniture) {
            segment(&document.text, stretch, block_idx, &mut sentences, &mut tokens);
        }
    }
    (sentences, tokens)
}

/// The tokens of a short text, as they would stand in a document: the words of a lexicon entry.
pub(crate) fn words(text: &str) -> Vec<&str> {
    let mut ranges = Vec::new();
    token::tokenize(text, 0..text.len(), &mut ranges);
    ranges.into_iter().filter_map(|range| text.get(range)).collect()
}

/// The parts of a block outside furniture. `next` is where to go on looking in the ordered list of furniture.
fn stretches(document: &Document, block: &Block, next: &mut usize) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut at, end) = (block.span.start, block.span.end);
    while let Some(piece) = document.furniture.get(*next) {
        if piece.span.start >= end {
            break;
        }
        if piece.span.end > at {
            parts.push(at as usize..piece.span.start.max(at) as usize);
            at = piece.span.end;
        }
        if piece.span.end > end {
            break; // goes on into the next block
        }
        *next += 1;
    }
    if at < end {
        parts.push(at as usize..end as usize);
    }
    parts.retain(|part| part.start < part.end && document.text.get(part.clone()).is_some());
    parts
}

/// Appends the sentences and tokens of one stretch.
fn segment(
    text: &str,
    stretch: Range<usize>,
    block: usize,
    sentences: &mut Vec<Sentence>,
    tokens: &mut Vec<Token>,
) {
    let mut ranges = Vec::new();
    token::tokenize(text, stretch, &mut ranges);
    let base = tokens.len();
    let mut first = 0;
    for end in (boundary::Stretch { text, tokens: &ranges }).ends() {
        if let (Some(a), Some(b)) = (ranges.get(first), end.checked_sub(1).and_then(|last| ranges.get(last)))
        {
            sentences.push(Sentence {
                span: Span::new(a.start, b.end),
                first_token: index(base + first),
                last_token: index(base + end),
                block: index(block),
            });
        }
        first = end;
    }
    tokens.extend(ranges.into_iter().map(|range| Token {
        span: Span::new(range.start, range.end),
        lemma: text.get(range).unwrap_or("").to_lowercase(),
        ..Token::default()
    }));
}

fn index(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
