//! What English words mean to one another: how near two words are in use, and whether they are synonyms, opposites, kinds
//! of one another or different forms of one root.
//!
//! Nearness comes from word vectors (GloVe, public domain), centred (Mu & Viswanath 2018) and drawn together along
//! synonyms (Faruqui et al. 2015); relations come from WordNet 3.1 (its licence: `docs/reference/model-card-en.md`). Made by
//! `variorum-dev train words`. Nothing is read at start: all look-ups are in place.
//!
//! Layout of the file, little-endian: magic `VARWRD01`; `u32` number of words *n*, dimensions *d*, number of pairs *p*,
//! number of kinds *k*; *n* sorted `u32` hashes of words ([`crate::usage::hash`]); *n* `u16` ranks by frequency; *n*·*d*
//! `i8` vectors; *n*·4 `u16` kinds (two of the word as a noun, two as a verb; 0 for none); *p* sorted `u32` pairs of word
//! numbers (the lower one in the upper half); *p* `u8` relations; *k* `u16` parents of the kinds (0 for a root).

use wide::{bytemuck, i16x16, i32x8};

use crate::usage::hash;

/// First bytes of the file.
pub const MAGIC: &[u8; 8] = b"VARWRD01";
const HEADER: usize = 24;
/// Kinds that a word may have: senses as a noun, then as a verb.
pub const SENSES: usize = 4;
/// How many steps a kind may be below another; a loop in the data ends here.
const MAX_DEPTH: usize = 24;

static MODEL: std::sync::LazyLock<Words<'static>> =
    std::sync::LazyLock::new(|| Words::read(include_bytes!("../models/en/words.bin")).unwrap_or_default());

/// The two share a sense: "purchase", "buy".
pub const SYNONYM: u8 = 1;
/// The two exclude one another: "deny", "admit".
pub const OPPOSITE: u8 = 2;
/// Two forms of one root: "resign", "resignation".
pub const DERIVED: u8 = 4;
/// One is a kind of the other: "nurse", "worker".
pub const KIND: u8 = 8;

/// Words over borrowed bytes.
#[derive(Clone, Debug, Default)]
pub struct Words<'a> {
    n_dimensions: usize,
    hashes: &'a [u8],
    ranks: &'a [u8],
    vectors: &'a [u8],
    senses: &'a [u8],
    pairs: &'a [u8],
    relations: &'a [u8],
    parents: &'a [u8],
    /// For each word, and for the end: the first of the pairs of which it is the lower one.
    first_pair: Vec<u32>,
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(4 * at..4 * at + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(2 * at..2 * at + 2).map(|b| u16::from_le_bytes([b[0], b[1]]))
}

/// Index of a number in a sorted table of `u32`.
fn search(table: &[u8], wanted: u32) -> Option<usize> {
    let (mut low, mut high) = (0, table.len() / 4);
    while low < high {
        let middle = usize::midpoint(low, high);
        match u32_at(table, middle)?.cmp(&wanted) {
            std::cmp::Ordering::Less => low = middle + 1,
            std::cmp::Ordering::Greater => high = middle,
            std::cmp::Ordering::Equal => return Some(middle),
        }
    }
    None
}

/// Where the pairs of each word begin, of which it is the lower one.
fn first_pairs(pairs: &[u8], n_words: usize) -> Vec<u32> {
    let (keys, _) = pairs.as_chunks::<4>();
    let mut first = Vec::with_capacity(n_words + 1);
    for (at, key) in keys.iter().enumerate() {
        let low = (u32::from_le_bytes(*key) >> 16) as usize;
        first.resize(first.len().max((low + 1).min(n_words)), at as u32);
    }
    first.resize(n_words + 1, keys.len() as u32);
    first
}

/// Products of two vectors of bytes with one another and each with itself. Sums are exact.
fn products(x: &[u8], y: &[u8]) -> [i32; 3] {
    let (of_x, rest_x) = x.as_chunks::<16>();
    let (of_y, rest_y) = y.as_chunks::<16>();
    let widened = |bytes: &[u8; 16]| i16x16::from_i8x16(bytemuck::cast(*bytes));
    let mut sums = [i32x8::ZERO; 3];
    let mut add = |x: &[u8; 16], y: &[u8; 16]| {
        let (x, y) = (widened(x), widened(y));
        sums[0] += x.dot(y);
        sums[1] += x.dot(x);
        sums[2] += y.dot(y);
    };
    for (x, y) in of_x.iter().zip(of_y) {
        add(x, y);
    }
    // zeros add nothing
    let (mut last_x, mut last_y) = ([0; 16], [0; 16]);
    last_x[..rest_x.len()].copy_from_slice(rest_x);
    last_y[..rest_y.len()].copy_from_slice(rest_y);
    add(&last_x, &last_y);
    let [dot, of_x, of_y] = sums;
    [dot.reduce_add(), of_x.reduce_add(), of_y.reduce_add()]
}

impl<'a> Words<'a> {
    /// The words in `bytes`, or `None` where they are no such file.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Words<'a>> {
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let number = |n: usize| u32_at(bytes.get(8..)?, n).map(|n| n as usize);
        let (words, n_dimensions, pairs, kinds) = (number(0)?, number(1)?, number(2)?, number(3)?);
        let mut at = HEADER;
        let mut take = |n: usize| {
            at += n;
            bytes.get(at - n..at)
        };
        let mut read = Words {
            n_dimensions,
            hashes: take(4 * words)?,
            ranks: take(2 * words)?,
            vectors: take(words * n_dimensions)?,
            senses: take(2 * SENSES * words)?,
            pairs: take(4 * pairs)?,
            relations: take(pairs)?,
            parents: take(2 * kinds)?,
            first_pair: Vec::new(),
        };
        read.first_pair = first_pairs(read.pairs, words);
        Some(read)
    }

    /// Number of a lower-case word, if it is known.
    #[must_use]
    pub fn id(&self, word: &str) -> Option<u32> {
        search(self.hashes, hash(&[word])).map(|at| at as u32)
    }

    /// How many words are commoner.
    #[must_use]
    pub fn rank(&self, id: u32) -> u32 {
        u16_at(self.ranks, id as usize).map_or(u32::MAX, u32::from)
    }

    /// Vector of a word: as many numbers as the file has dimensions, of no particular length.
    #[must_use]
    pub fn vector(&self, id: u32) -> &'a [u8] {
        let at = id as usize * self.n_dimensions;
        self.vectors.get(at..at + self.n_dimensions).unwrap_or_default()
    }

    /// Cosine of two words' vectors, -1 to 1; 0 where one has none.
    #[must_use]
    pub fn cosine(&self, a: u32, b: u32) -> f64 {
        let (x, y) = (self.vector(a), self.vector(b));
        let [dot, of_a, of_b] = products(x, y);
        if of_a == 0 || of_b == 0 { 0.0 } else { f64::from(dot) / (f64::from(of_a) * f64::from(of_b)).sqrt() }
    }

    /// Relations of two words, as bits: [`SYNONYM`], [`OPPOSITE`], [`DERIVED`], [`KIND`].
    #[must_use]
    pub fn relations(&self, a: u32, b: u32) -> u8 {
        let (low, high) = (a.min(b), a.max(b));
        let bound = |word: u32| self.first_pair.get(word as usize).map_or(0, |at| *at as usize);
        let (from, to) = (bound(low), bound(low.saturating_add(1)));
        let own = self.pairs.get(4 * from..(4 * to).max(4 * from)).unwrap_or_default();
        let key = (low << 16) | high;
        search(own, key).and_then(|at| self.relations.get(from + at).copied()).unwrap_or(0)
    }

    fn senses(&self, id: u32) -> impl Iterator<Item = u16> {
        let all = (0..SENSES).filter_map(move |n| u16_at(self.senses, id as usize * SENSES + n));
        all.filter(|kind| *kind != 0)
    }

    /// Whether one of the commonest senses of a word is a kind of the commonest noun sense of another: ("nurse", "person").
    #[must_use]
    pub fn is_kind_of(&self, word: u32, of: u32) -> bool {
        let Some(wanted) = self.senses(of).next() else { return false };
        self.senses(word).any(|kind| self.line(kind).any(|k| k == wanted))
    }

    /// A kind and the kinds above it.
    fn line(&self, kind: u16) -> impl Iterator<Item = u16> {
        let above = move |k: &u16| u16_at(self.parents, *k as usize).filter(|p| *p != 0);
        std::iter::successors(Some(kind), above).take(MAX_DEPTH)
    }
}

/// The words that ship.
#[must_use]
pub fn words() -> &'static Words<'static> {
    &MODEL
}

/// Cosine of two lower-case words in use, -1 to 1; `None` where one is not known.
#[must_use]
pub fn nearness(a: &str, b: &str) -> Option<f64> {
    Some(MODEL.cosine(MODEL.id(a)?, MODEL.id(b)?))
}

/// Whether two lower-case lemmas stand in a relation: [`SYNONYM`], [`OPPOSITE`], [`DERIVED`], [`KIND`].
#[must_use]
pub fn are(relation: u8, a: &str, b: &str) -> bool {
    MODEL.id(a).zip(MODEL.id(b)).is_some_and(|(a, b)| MODEL.relations(a, b) & relation != 0)
}

/// Whether a lower-case lemma names a kind of another: ("nurse", "person").
#[must_use]
pub fn is_a(word: &str, of: &str) -> bool {
    MODEL.id(word).zip(MODEL.id(of)).is_some_and(|(word, of)| MODEL.is_kind_of(word, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_words_mean_to_one_another() {
        for (a, b) in [("buy", "purchase"), ("begin", "start"), ("assist", "help")] {
            assert!(are(SYNONYM, a, b), "{a} {b}");
        }
        for (a, b) in [("deny", "admit"), ("rise", "fall"), ("alive", "dead"), ("win", "lose")] {
            assert!(are(OPPOSITE, a, b) && are(OPPOSITE, b, a), "{a} {b}");
        }
        assert!(are(DERIVED, "resign", "resignation"));
        assert!(is_a("nurse", "person") && is_a("hospital", "building") && !is_a("hospital", "person"));
        assert!(!are(OPPOSITE, "buy", "purchase") && !are(SYNONYM, "table", "resign"));
    }

    #[test]
    fn near_words_are_nearer_than_far_ones() {
        for (word, near, far) in
            [("minister", "premier", "banana"), ("killed", "slain", "painted"), ("fire", "blaze", "salary")]
        {
            let (p, q) = (nearness(word, near).unwrap(), nearness(word, far).unwrap());
            assert!(p > q + 0.2, "{word}: {near} {p}, {far} {q}");
        }
        assert_eq!(nearness("minister", "xqzzv"), None);
    }

    #[test]
    fn other_files_hold_no_words() {
        for bytes in [&b""[..], b"VARWRD01", b"something else altogether"] {
            assert!(Words::read(bytes).is_none());
        }
    }
}
