//! Pages whose article is plain to see: most of the open text is prose in one element. They need no second reading, which costs
//! more than everything else together, and are read better without it.

use std::collections::BTreeMap;

use super::{Raw, Seen, line, reads_like_prose};

/// Words that the prose of an article must have to be told from a teaser.
const MIN_WORDS: usize = 120;
/// Paragraphs of prose that it must have.
const MIN_BLOCKS: usize = 4;
/// Words of a line with which an article may begin or end.
const MIN_LINE: usize = 6;
/// Share of the page's open text, in words, that is prose in one element.
const MIN_SHARE: f64 = 0.7;

/// Which blocks are the article, if that is plain to see.
pub(super) fn article(raws: &[Raw], seen: &[Seen]) -> Option<Vec<bool>> {
    let words: Vec<usize> = raws.iter().map(|raw| line::words(&raw.text, 2000)).collect();
    let prose: Vec<bool> = raws.iter().zip(seen).map(|(raw, s)| reads_like_prose(raw, s)).collect();
    let mut by_parent: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut total = 0;
    for at in (0..raws.len()).filter(|at| is_open(&raws[*at], &seen[*at])) {
        total += words[at];
        if prose[at] {
            let sum = by_parent.entry(raws[at].parent).or_default();
            *sum = (sum.0 + words[at], sum.1 + 1);
        }
    }
    let (&parent, &(n_words, n_blocks)) = by_parent.iter().max_by_key(|(_, sum)| sum.0)?;
    if n_words < MIN_WORDS || n_blocks < MIN_BLOCKS || (n_words as f64) < MIN_SHARE * total as f64 {
        return None;
    }
    // The first and the last line of an article need not end like a sentence ("… on Wednesday. – Agency"); further ones
    // are appeals.
    let is_in =
        |at: &usize| raws[*at].parent == parent && is_open(&raws[*at], &seen[*at]) && words[*at] >= MIN_LINE;
    let is_prose = |at: &usize| raws[*at].parent == parent && prose[*at];
    let (begin, end) = ((0..raws.len()).find(is_prose)?, (0..raws.len()).rfind(is_prose)?);
    let first = (0..begin).rfind(is_in).unwrap_or(begin);
    let last = (end + 1..raws.len()).find(is_in).filter(|n| *n == end + 1).unwrap_or(end);
    let kept = |at: usize| {
        // Lists and quoted blocks among its paragraphs have an element of their own.
        let within = raws[at].parent == parent || matches!(raws[at].tag, "li" | "blockquote");
        (first..=last).contains(&at) && within && is_open(&raws[at], &seen[at])
    };
    Some((0..raws.len()).map(kept).collect())
}

/// Text that may be part of an article by its place and its words.
fn is_open(raw: &Raw, s: &Seen) -> bool {
    let plain = raw.element.is_none() && raw.named.is_none() && s.phrase.is_none() && !raw.hidden;
    plain && s.words >= 3 && s.links < 0.5
}
