//! What tells a reworded copy from an independent account of the same event.
//!
//! Both share names, numbers and quotations, because the event does. A copy, however it was reworded, also goes through
//! its statements in the order of the original, one for one, with sentences of like length, the same little words in the
//! same places, and some of the words that nobody had to choose. So names and numbers are left out where wording is
//! compared, and quoted sentences count for little throughout.

use std::collections::{BTreeMap, BTreeSet};

use crate::copy::align::{Alignment, MIN_WORDS};
use crate::pile::{Pile, Profile, Unit, Word};

/// Measures of an aligned pair, all from 0 to 1 unless said otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Traits {
    /// The larger of the shares that lie on the ordered chain.
    pub share: f64,
    /// The smaller one.
    pub share_min: f64,
    /// As `share`, quoted words counted for little on both sides: what two reporters heard, both write down.
    pub share_told: f64,
    /// Number of matched sentences in order, quoted ones counted for little.
    pub own: f64,
    /// `own` by the number of sentences of the account that has fewer.
    pub density: f64,
    /// Share of the sentences outside quotations, of the account that has fewer, that are on the ordered chain.
    pub own_share: f64,
    /// Rank correlation of the matches' positions, -1 to 1.
    pub tau: f64,
    /// Share of steps along the chain that are to the next sentence, or the next but one, on both sides.
    pub adjacency: f64,
    /// Mean likeness of the sentences on the chain.
    pub mean: f64,
    /// The same by content words that are neither names nor numbers (Dice coefficient).
    pub bare: f64,
    /// Mean share of a sentence's words, little words included, that both have in the same order.
    pub skeleton: f64,
    /// Mean share of a sentence's little words that both have in the same order.
    pub function: f64,
    /// Mean share of the shared content words of a sentence that stand in the same order in both.
    pub order: f64,
    /// Mean ratio of the lengths of two matched sentences, the shorter by the longer.
    pub length: f64,
    /// Share of matched sentences that are the same but for a word in seven.
    pub untouched: f64,
    /// Number of places outside quotations at which a sentence, or several one after another, are such.
    pub places: f64,
    /// Share, by rarity, of the words of the shorter account, names and numbers left out, that the other has too.
    pub vocabulary: f64,
    /// Share of the content words outside quotations of the shorter account, names and numbers left out, that stand in the
    /// other in the same order, whatever sentences they stand in.
    pub kept: f64,
    /// The same, names and numbers counted.
    pub kept_all: f64,
    /// Share of the shared content words that stand in the same order in both.
    pub kept_order: f64,
}

/// Longest sentence (words) that is compared word by word; keeps the work bounded on endless lines.
const MAX_WORDS: usize = 80;
/// From this share of words in common and in order on, a sentence was taken over as it was.
const UNTOUCHED: f64 = 0.85;

/// By how much less a quoted sentence counts than one of the account's own.
const QUOTED: f64 = 0.8;

/// The larger of the shares of both accounts' words that lie on the ordered chain, quoted words counted for little.
fn told(alignment: &Alignment, a: &Profile, b: &Profile) -> f64 {
    let words = |u: &Unit| u.words.len() as f64 * (1.0 - QUOTED * f64::from(u.quoted));
    let share = |profile: &Profile, on_chain: BTreeSet<u32>| {
        let body = profile.units.iter().filter(|u| u.words.len() >= MIN_WORDS && !u.is_heading);
        let held = on_chain.iter().filter_map(|n| profile.units.get(*n as usize));
        held.map(words).sum::<f64>() / body.map(words).sum::<f64>().max(1.0)
    };
    let of_a = share(a, alignment.chain.iter().map(|m| m.a).collect());
    of_a.max(share(b, alignment.chain.iter().map(|m| m.b).collect()))
}

/// Measures a pair.
#[must_use]
pub fn traits(pile: &Pile, alignment: &Alignment, a: &Profile, b: &Profile) -> Traits {
    let mut sums = [0.0; 7];
    let (mut n_untouched, mut n_own) = (0usize, 0usize);
    let (mut n_places, mut last) = (0usize, None);
    for m in &alignment.chain {
        let (Some(x), Some(y)) = (a.units.get(m.a as usize), b.units.get(m.b as usize)) else { continue };
        let weight = 1.0 - QUOTED * f64::from(x.quoted.max(y.quoted));
        let of_pair = sentence(x, y);
        sums[0] += weight;
        sums[1] += weight * m.score;
        for (sum, value) in sums[2..].iter_mut().zip(of_pair) {
            *sum += weight * value;
        }
        if x.quoted.max(y.quoted) < 0.5 {
            n_own += 1;
            n_untouched += usize::from(of_pair[1] >= UNTOUCHED);
            if of_pair[1] >= UNTOUCHED {
                n_places += usize::from(!last.is_some_and(|(i, j)| m.a <= i + 1 && m.b <= j + 1));
                last = Some((m.a, m.b));
            }
        }
    }
    let mean = |k: usize| sums[k] / sums[0].max(f64::MIN_POSITIVE);
    let n = |p: &Profile| p.units.iter().filter(|u| u.words.len() >= MIN_WORDS && !u.is_heading).count();
    let n_told = |p: &Profile| {
        p.units.iter().filter(|u| u.words.len() >= MIN_WORDS && !u.is_heading && u.quoted < 0.5).count()
    };
    let (kept_all, kept_order) = kept(a, b, false);
    Traits {
        own_share: (n_own as f64 / n_told(a).min(n_told(b)).max(1) as f64).min(1.0),
        share: alignment.share_a.max(alignment.share_b),
        share_min: alignment.share_a.min(alignment.share_b),
        share_told: told(alignment, a, b),
        own: sums[0],
        density: (sums[0] / n(a).min(n(b)).max(1) as f64).min(1.0),
        tau: alignment.tau,
        adjacency: adjacency(alignment),
        mean: mean(1),
        bare: mean(2),
        skeleton: mean(3),
        function: mean(4),
        order: mean(5),
        length: mean(6),
        untouched: n_untouched as f64 / n_own.max(1) as f64,
        places: n_places as f64,
        vocabulary: vocabulary(pile, a, b),
        kept: kept(a, b, true).0,
        kept_all,
        kept_order,
    }
}

/// Likeness without names and numbers, skeleton, little words, order of shared words, length.
fn sentence(x: &Unit, y: &Unit) -> [f64; 5] {
    let (p, q) = (&x.words[..x.words.len().min(MAX_WORDS)], &y.words[..y.words.len().min(MAX_WORDS)]);
    let ratio = |n: usize, of: usize| n as f64 / of.max(1) as f64;
    let is_bare = |u: &Unit, w: &Word| {
        is_content(u, w) && u.names.binary_search(w).is_err() && u.numbers.binary_search(w).is_err()
    };
    let bare = |u: &Unit| u.content.iter().copied().filter(|w| is_bare(u, w)).collect::<Vec<_>>();
    let (bare_x, bare_y) = (bare(x), bare(y));
    let little =
        |u: &Unit, words: &[Word]| words.iter().copied().filter(|w| !is_content(u, w)).collect::<Vec<_>>();
    let (little_x, little_y) = (little(x, p), little(y, q));
    let both = |u: &Unit, words: &[Word], other: &Unit| {
        words.iter().copied().filter(|w| is_content(u, w) && is_content(other, w)).collect::<Vec<_>>()
    };
    let (both_x, both_y) = (both(x, p, y), both(y, q, x));
    [
        ratio(2 * crate::pile::n_shared(&bare_x, &bare_y), bare_x.len() + bare_y.len()),
        ratio(common(p, q), p.len().max(q.len())),
        ratio(common(&little_x, &little_y), little_x.len().max(little_y.len())),
        if both_x.len().min(both_y.len()) < 2 {
            0.5
        } else {
            ratio(common(&both_x, &both_y), both_x.len().min(both_y.len()))
        },
        ratio(p.len().min(q.len()), p.len().max(q.len())),
    ]
}

fn is_content(unit: &Unit, word: &Word) -> bool {
    unit.content.binary_search(word).is_ok()
}

/// Length of the longest common subsequence, by bits (Hyyrö 2004): no list is longer than [`MAX_WORDS`].
fn common(a: &[Word], b: &[Word]) -> usize {
    let mut places: Vec<(Word, u128)> = a.iter().enumerate().map(|(at, word)| (*word, 1 << at)).collect();
    places.sort_unstable();
    places.dedup_by(|next, kept| {
        let is_same = next.0 == kept.0;
        kept.1 |= if is_same { next.1 } else { 0 };
        is_same
    });
    let mut free = u128::MAX;
    for word in b {
        if let Ok(at) = places.binary_search_by_key(word, |p| p.0) {
            let met = free & places[at].1;
            free = free.wrapping_add(met) | (free - met);
        }
    }
    (!free & ((1 << a.len()) - 1)).count_ones() as usize
}

const _: () = assert!(MAX_WORDS < 128, "one bit a word");

/// Words of an account that are laid along the other's, at most.
const MAX_SEQUENCE: usize = 1500;

/// Share of the content words of the shorter account that stand in the other in the same order; and of those that both have.
fn kept(a: &Profile, b: &Profile, is_bare: bool) -> (f64, f64) {
    let sequence = |p: &Profile| -> Vec<Word> {
        let own = p.units.iter().filter(|u| u.quoted < 0.5 && !u.is_heading);
        let words = own.flat_map(|u| {
            let is_it = move |w: &&Word| {
                let is_name = || u.names.binary_search(w).is_ok() || u.numbers.binary_search(w).is_ok();
                is_content(u, w) && !(is_bare && is_name())
            };
            u.words.iter().filter(is_it).copied()
        });
        words.take(MAX_SEQUENCE).collect()
    };
    let (x, y) = (sequence(a), sequence(b));
    let n = subsequence(&x, &y) as f64;
    let (mut p, mut q) = (x.clone(), y.clone());
    p.sort_unstable();
    q.sort_unstable();
    let shared = crate::pile::n_shared(&p, &q);
    (n / x.len().min(y.len()).max(1) as f64, n / shared.max(1) as f64)
}

/// Length of the longest common subsequence of two long lists, by bits (Hyyrö 2004), in words of 64.
fn subsequence(a: &[Word], b: &[Word]) -> usize {
    let n_blocks = a.len().div_ceil(64);
    let mut places: BTreeMap<Word, Vec<u64>> = BTreeMap::new();
    for (at, word) in a.iter().enumerate() {
        places.entry(*word).or_insert_with(|| vec![0; n_blocks])[at / 64] |= 1 << (at % 64);
    }
    let mut free = vec![u64::MAX; n_blocks];
    for word in b {
        let Some(mask) = places.get(word) else { continue };
        let mut carry = false;
        for (block, bits) in free.iter_mut().zip(mask) {
            let met = *block & bits;
            let (sum, first) = block.overflowing_add(met);
            let (sum, second) = sum.overflowing_add(u64::from(carry));
            carry = first || second;
            *block = sum | (*block & !met);
        }
    }
    (0..a.len()).filter(|at| free[at / 64] & (1 << (at % 64)) == 0).count()
}

fn adjacency(alignment: &Alignment) -> f64 {
    let steps = alignment
        .chain
        .windows(2)
        .filter(|w| w[1].a.saturating_sub(w[0].a) <= 2 && w[1].b.saturating_sub(w[0].b) <= 2);
    steps.count() as f64 / alignment.chain.len().saturating_sub(1).max(2) as f64
}

fn vocabulary(pile: &Pile, a: &Profile, b: &Profile) -> f64 {
    let (short, long) = if a.n_words <= b.n_words { (a, b) } else { (b, a) };
    let is_name = |p: &Profile, w: &Word| p.names.binary_search_by_key(w, |x| x.0).is_ok();
    let is_number = |w: &Word| pile.word(*w).starts_with(|c: char| c.is_ascii_digit());
    let (mut held, mut total) = (0.0, 0.0);
    for (word, _) in
        short.bag.iter().filter(|(w, _)| !is_name(short, w) && !is_name(long, w) && !is_number(w))
    {
        let weight = pile.idf(*word);
        total += weight;
        held += if long.bag.binary_search_by_key(word, |x| x.0).is_ok() { weight } else { 0.0 };
    }
    if total == 0.0 { 0.0 } else { held / total }
}
