//! What the comparison of two accounts looks up, computed once for each account and not once for each pair.

use super::{Unit, Word};

/// Words in a row that count as taken over verbatim.
pub const RUN_WORDS: usize = 5;

/// The units of one account, ready to be compared.
#[derive(Clone, Debug, Default)]
pub struct Index {
    /// Content words of the units, sorted, each once, with the number of units that hold them.
    pub words: Vec<(Word, u32)>,
    /// For each of these words: where its units begin in `holders`; at the end, how many those are.
    pub starts: Vec<u32>,
    /// The units that hold a word, rising.
    pub holders: Vec<u32>,
    /// For each unit: the places of its content words in `words`.
    pub places: Vec<Vec<u32>>,
    /// For each unit: its character 3-grams in brief.
    pub sketches: Vec<Sketch>,
    /// Verbatim runs outside quotations.
    pub runs: Runs,
}

impl Index {
    /// The index of these units.
    #[must_use]
    pub fn new(units: &[Unit]) -> Index {
        let mut held: Vec<(Word, u32)> = Vec::new();
        for (idx, unit) in units.iter().enumerate() {
            held.extend(unit.content.iter().map(|&word| (word, idx as u32)));
        }
        held.sort_unstable();
        let (mut words, mut starts) = (Vec::new(), vec![0]);
        for group in held.chunk_by(|x, y| x.0 == y.0) {
            words.push((group[0].0, group.len() as u32));
            starts.push(starts.last().copied().unwrap_or(0) + group.len() as u32);
        }
        let place = |word: &Word| words.partition_point(|(w, _)| w < word) as u32;
        Index {
            places: units.iter().map(|u| u.content.iter().map(place).collect()).collect(),
            sketches: units.iter().map(|u| Sketch::new(&u.trigrams)).collect(),
            runs: Runs::new(units),
            holders: held.into_iter().map(|(_, unit)| unit).collect(),
            words,
            starts,
        }
    }

    /// The units that hold the word at a place of `words`.
    #[must_use]
    pub fn holders(&self, place: usize) -> &[u32] {
        let (from, to) = (self.starts[place] as usize, self.starts[place + 1] as usize);
        &self.holders[from..to]
    }
}

/// 3-grams as bits: tells fast that two sentences share few of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Sketch([u64; 4]);

impl Sketch {
    /// The sketch of these hashes.
    #[must_use]
    pub fn new(grams: &[u32]) -> Sketch {
        let mut bits = [0; 4];
        for gram in grams {
            let at = gram.wrapping_mul(0x9e37_79b1) >> 24;
            bits[at as usize / 64] |= 1 << (at % 64);
        }
        Sketch(bits)
    }

    /// At least so many 3-grams of this sentence are not in the other.
    #[must_use]
    pub fn n_missing_in(&self, other: &Sketch) -> usize {
        self.0.iter().zip(&other.0).map(|(a, b)| (a & !b).count_ones() as usize).sum()
    }
}

/// Runs of [`RUN_WORDS`] words, as hashes.
#[derive(Clone, Debug, Default)]
pub struct Runs {
    /// Sorted, each once.
    hashes: Vec<u64>,
    /// One bit for each of them, by its first bits: most runs of other accounts are turned away here.
    bits: Vec<u64>,
}

/// Bits of a hash that say where in [`Runs::bits`] it stands.
const RUN_BITS: u32 = 13;

impl Runs {
    fn new(units: &[Unit]) -> Runs {
        let mut hashes: Vec<u64> = units
            .iter()
            .filter(|u| u.quoted < 0.5)
            .flat_map(|u| u.words.windows(RUN_WORDS).map(run))
            .collect();
        hashes.sort_unstable();
        hashes.dedup();
        let mut bits = vec![0u64; 1 << (RUN_BITS - 6)];
        for hash in &hashes {
            let at = hash >> (64 - RUN_BITS);
            bits[(at / 64) as usize] |= 1 << (at % 64);
        }
        Runs { hashes, bits }
    }

    /// Whether these words stand in a row in the account.
    #[must_use]
    pub fn hold(&self, words: &[Word]) -> bool {
        let hash = run(words);
        let at = hash >> (64 - RUN_BITS);
        self.bits.get((at / 64) as usize).is_some_and(|bits| bits >> (at % 64) & 1 == 1)
            && self.hashes.binary_search(&hash).is_ok()
    }
}

fn run(words: &[Word]) -> u64 {
    words.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
        (h ^ u64::from(*w)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}
