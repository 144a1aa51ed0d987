//! Which documents may have to do with one another: the pairs that later stages look at, found without comparing all
//! with all.

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::pile::{Pile, Profile, Vector, Word, dot};

/// Two accounts that share rare words or passages; `a < b`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Neighbours {
    /// Index of the first account.
    pub a: u32,
    /// Index of the second account.
    pub b: u32,
    /// Cosine of their TF-IDF vectors, 0 to 1.
    pub cosine: f64,
    /// Number of winnowed 5-word fingerprints that they share.
    pub n_fingerprints: u32,
}

/// Words of a fingerprint (k-gram).
const SHINGLE_WORDS: usize = 5;
/// One fingerprint is kept of this many consecutive ones (winnowing: Schleimer, Wilkerson and Aiken 2003).
const WINNOW_WINDOW: usize = 4;
/// A fingerprint in more documents than this is boilerplate and proposes no pairs.
const MAX_FINGERPRINT_DOCUMENTS: usize = 64;
/// A document proposes this many nearest neighbours by rare words.
const N_NEAREST: usize = 24;
/// In piles of up to this many documents every pair is looked at.
const MAX_SMALL: u32 = 30;
/// Words in more documents than this share of the pile propose no pairs, but count in the cosine.
const MAX_DOCUMENT_SHARE: f64 = 0.1;
/// Nor do words in more documents than this, whatever the size of the pile; keeps the work near-linear.
const MAX_WORD_DOCUMENTS: usize = 400;

/// Pairs that share fingerprints or are near neighbours by rare words, in order of `(a, b)`.
#[must_use]
pub fn neighbours(pile: &Pile) -> Vec<Neighbours> {
    let vectors: Vec<Vector> = pile.profiles.par_iter().map(|p| pile.unit_vector(&p.bag)).collect();
    let mut pairs: BTreeMap<(u32, u32), u32> = shared_fingerprints(pile);
    let n = pile.profiles.len() as u32;
    let all = (0..n).flat_map(|a| (a + 1..n).map(move |b| (a, b)));
    let nearest = if n <= MAX_SMALL { all.collect() } else { nearest(pile, &vectors) };
    for pair in nearest {
        pairs.entry(pair).or_insert(0);
    }
    let pairs: Vec<_> = pairs.into_iter().collect();
    pairs
        .into_par_iter()
        .map(|((a, b), n_fingerprints)| Neighbours {
            a,
            b,
            cosine: dot(&vectors[a as usize], &vectors[b as usize]),
            n_fingerprints,
        })
        .collect()
}

fn shared_fingerprints(pile: &Pile) -> BTreeMap<(u32, u32), u32> {
    let prints: Vec<Vec<u64>> = pile.profiles.par_iter().map(fingerprints).collect();
    let mut postings: Vec<(u64, u32)> =
        prints.iter().enumerate().flat_map(|(d, list)| list.iter().map(move |&p| (p, d as u32))).collect();
    postings.par_sort_unstable();
    let mut pairs = BTreeMap::new();
    for group in
        postings.chunk_by(|x, y| x.0 == y.0).filter(|g| (2..=MAX_FINGERPRINT_DOCUMENTS).contains(&g.len()))
    {
        for (i, x) in group.iter().enumerate() {
            for y in &group[i + 1..] {
                *pairs.entry((x.1, y.1)).or_insert(0) += 1;
            }
        }
    }
    pairs
}

/// Winnowed hashes of the body's 5-word shingles, sorted, each once.
fn fingerprints(profile: &Profile) -> Vec<u64> {
    let words: Vec<Word> = profile.units.iter().flat_map(|u| u.words.iter().copied()).collect();
    let hashes: Vec<u64> = words.windows(SHINGLE_WORDS).map(hash).collect();
    let mut kept: Vec<u64> = hashes
        .windows(WINNOW_WINDOW.min(hashes.len().max(1)))
        .filter_map(|w| w.iter().copied().min())
        .collect();
    kept.sort_unstable();
    kept.dedup();
    kept
}

fn hash(words: &[Word]) -> u64 {
    let mut bytes = [0u8; SHINGLE_WORDS * 4];
    for (slot, word) in bytes.chunks_exact_mut(4).zip(words) {
        slot.copy_from_slice(&word.to_le_bytes());
    }
    xxhash_rust::xxh3::xxh3_64(&bytes)
}

/// For each document its nearest neighbours by the words that propose pairs.
fn nearest(pile: &Pile, vectors: &[Vec<(Word, f64)>]) -> Vec<(u32, u32)> {
    let limit = ((pile.profiles.len() as f64 * MAX_DOCUMENT_SHARE) as usize).clamp(40, MAX_WORD_DOCUMENTS);
    let mut postings: Vec<Vec<(u32, f64)>> = vec![Vec::new(); pile.vocabulary.len()];
    for (document, vector) in vectors.iter().enumerate() {
        for &(word, weight) in
            vector.iter().filter(|(w, _)| pile.document_frequency[*w as usize] as usize <= limit)
        {
            postings[word as usize].push((document as u32, weight));
        }
    }
    let lists: Vec<Vec<(u32, u32)>> = vectors
        .par_iter()
        .enumerate()
        .map_init(
            || vec![0.0f64; vectors.len()],
            |scores, (document, vector)| nearest_of(document as u32, vector, &postings, scores),
        )
        .collect();
    lists.into_iter().flatten().collect()
}

fn nearest_of(
    document: u32,
    vector: &[(Word, f64)],
    postings: &[Vec<(u32, f64)>],
    scores: &mut [f64],
) -> Vec<(u32, u32)> {
    let mut seen: Vec<u32> = Vec::new();
    for &(word, weight) in vector {
        for &(other, other_weight) in &postings[word as usize] {
            if other != document {
                if scores[other as usize] == 0.0 {
                    seen.push(other);
                }
                scores[other as usize] += weight * other_weight;
            }
        }
    }
    let mut ranked: Vec<(u32, f64)> = seen.iter().map(|&o| (o, scores[o as usize])).collect();
    for other in seen {
        scores[other as usize] = 0.0;
    }
    ranked.sort_by(|x, y| y.1.total_cmp(&x.1).then(x.0.cmp(&y.0)));
    ranked
        .into_iter()
        .take(N_NEAREST)
        .filter(|(_, s)| *s >= 0.03)
        .map(|(o, _)| (document.min(o), document.max(o)))
        .collect()
}
