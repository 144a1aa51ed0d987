//! What words are like in use, and a small network over it: beside the hashed features, which know the words that they were
//! trained on, it tells what a word is that was seen in no training sentence.
//!
//! Each word has a code, its vector (GloVe, public domain) brought down to [`CODE`] dimensions by a projection that is
//! learned with the rest. The network sees the codes and [`TRAITS`] of five words and scores the labels of the middle one.
//! Everything is in integers.
//!
//! Layout, little-endian: `u32` number of words; their sorted `u32` hashes ([`crate::usage::hash`] of the lower-case word);
//! their codes, `i8`; the first layer, `i8`, one row of [`HIDDEN`] for each input, place after place; its biases, `i16`; the second
//! layer, `i8`, one row of [`LABELS`] for each hidden unit.

use super::LABELS;
use crate::usage;

/// Dimensions of a word's code.
pub const CODE: usize = 16;
/// Yes-or-no inputs of a word: see [`super::Sight`].
pub const TRAITS: usize = 28;
/// Words seen: the one in question and two on either side.
pub const WINDOW: usize = 5;
/// Hidden units.
pub const HIDDEN: usize = 64;
/// Inputs of the first layer.
pub const INPUTS: usize = WINDOW * (CODE + TRAITS);
/// What one is in a code.
pub const CODE_SCALE: f32 = 32.0;
/// What a weight of one is in both layers.
pub const WEIGHT_SCALE: f32 = 64.0;

/// The network over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Net<'a> {
    keys: &'a [u8],
    codes: &'a [u8],
    first: &'a [u8],
    biases: &'a [u8],
    second: &'a [u8],
}

impl<'a> Net<'a> {
    /// The network at the start of `bytes`, and what follows it.
    pub(super) fn read(bytes: &'a [u8]) -> Option<(Net<'a>, &'a [u8])> {
        let (count, rest) = bytes.split_at_checked(4)?;
        let count = u32::from_le_bytes(count.try_into().ok()?) as usize;
        let (keys, rest) = rest.split_at_checked(4 * count)?;
        let (codes, rest) = rest.split_at_checked(CODE * count)?;
        let (first, rest) = rest.split_at_checked(INPUTS * HIDDEN)?;
        let (biases, rest) = rest.split_at_checked(2 * HIDDEN)?;
        let (second, rest) = rest.split_at_checked(HIDDEN * LABELS)?;
        Some((Net { keys, codes, first, biases, second }, rest))
    }

    /// The code of a lower-case word, if it has one.
    pub(super) fn code(&self, word: &str) -> Option<&'a [u8]> {
        let wanted = usage::hash(&[word]);
        let (keys, _) = self.keys.as_chunks::<4>();
        let at = keys.binary_search_by_key(&wanted, |k| u32::from_le_bytes(*k)).ok()?;
        self.codes.get(at * CODE..(at + 1) * CODE)
    }

    /// Adds the scores of the labels of the middle word to `row`. `window`: code and traits of each word, as bits.
    pub(super) fn add(&self, window: [(Option<&[u8]>, u32); WINDOW], row: &mut [i32]) {
        let (biases, _) = self.biases.as_chunks::<2>();
        let one = CODE_SCALE as i16;
        let mut hidden = [0i32; HIDDEN];
        for (unit, bias) in hidden.iter_mut().zip(biases) {
            *unit = i32::from(i16::from_le_bytes(*bias)) * i32::from(one);
        }
        for (place, (code, traits)) in window.into_iter().enumerate() {
            let base = place * (CODE + TRAITS);
            for (n, value) in code.unwrap_or_default().iter().enumerate() {
                self.feed(base + n, i16::from(value.cast_signed()), &mut hidden);
            }
            for n in (0..TRAITS).filter(|n| traits >> n & 1 != 0) {
                self.feed(base + CODE + n, one, &mut hidden);
            }
        }
        let mut sums = [0i32; LABELS];
        for (unit, weights) in hidden.iter().zip(self.second.chunks_exact(LABELS)) {
            let value = (unit / i32::from(one)).max(0);
            if value > 0 {
                sums.iter_mut().zip(weights).for_each(|(sum, w)| *sum += value * i32::from(w.cast_signed()));
            }
        }
        let down = (WEIGHT_SCALE * WEIGHT_SCALE / super::SCALE) as i32;
        row.iter_mut().zip(sums).for_each(|(score, sum)| *score += sum / down);
    }

    /// Adds one input's share to the hidden units. The product of two bytes fits 16 bits, which every processor multiplies
    /// eight at a time.
    fn feed(&self, input: usize, value: i16, hidden: &mut [i32; HIDDEN]) {
        let weights = self.first.get(input * HIDDEN..(input + 1) * HIDDEN).unwrap_or_default();
        hidden
            .iter_mut()
            .zip(weights)
            .for_each(|(unit, w)| *unit += i32::from(value.wrapping_mul(i16::from(w.cast_signed()))));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn net() -> Net<'static> {
        super::super::MODEL.as_ref().unwrap().net
    }

    /// The kind that a capitalised word between unknown small words gets the highest score for.
    fn best(word: &str) -> Option<usize> {
        let small = (None, 1 << 1);
        let mut row = [0; LABELS];
        net().add([small, small, (net().code(word), 1 << 2), small, small], &mut row);
        let label = (0..LABELS).max_by_key(|&label| (row[label], LABELS - label))?;
        super::super::parts(label).map(|(kind, _)| kind)
    }

    #[test]
    fn codes_tell_kinds_of_names_apart() {
        for (word, kind) in [("nairobi", 2), ("slovenia", 2), ("nigel", 0), ("fatima", 0)] {
            assert_eq!(best(word), Some(kind), "{word}");
        }
        assert_eq!(net().code("xqzzv"), None);
    }

    #[test]
    fn other_bytes_hold_no_network() {
        for bytes in [&b""[..], b"1", &[255; 4], &[0; 64]] {
            assert!(Net::read(bytes).is_none());
        }
    }
}
