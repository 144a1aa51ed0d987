//! How common English words and pairs of words are: what a text is held against to see which of its words are rare, and
//! where its language is odd.
//!
//! The counts come from freely licensed texts, by `variorum-dev train usage`; see the model card. Layout of the file,
//! little-endian: magic `VARUSE01`, `u32` number of texts, `u32` number of running words, `u32` number of words, `u32`
//! number of pairs; then for words and pairs each: the sorted `u32` hashes, then a `u8` each, the count as 8·log₂.

/// First bytes of the file.
pub const MAGIC: &[u8; 8] = b"VARUSE01";
const HEADER: usize = 24;
/// Steps of the stored logarithm per doubling.
const STEPS: f64 = 8.0;

static MODEL: std::sync::LazyLock<Usage<'static>> =
    std::sync::LazyLock::new(|| Usage::read(include_bytes!("../models/en/usage.bin")).unwrap_or_default());

/// Counts of words and pairs over borrowed bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Usage<'a> {
    n_texts: u32,
    n_words: u32,
    words: Table<'a>,
    frequency: Table<'a>,
    pairs: Table<'a>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Table<'a> {
    keys: &'a [u8],
    values: &'a [u8],
}

impl<'a> Table<'a> {
    fn get(&self, key: u32) -> Option<f64> {
        let at =
            |i: usize| self.keys.get(4 * i..4 * i + 4).map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]));
        let (mut low, mut high) = (0, self.values.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match at(middle)?.cmp(&key) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => {
                    return self.values.get(middle).map(|v| (f64::from(*v) / STEPS).exp2());
                }
            }
        }
        None
    }
}

impl<'a> Usage<'a> {
    /// The counts in `bytes`, or `None` where they are no such file.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Usage<'a>> {
        let number = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let (n_texts, n_words, words, pairs) =
            (number(8)?, number(12)?, number(16)? as usize, number(20)? as usize);
        let mut at = HEADER;
        let mut take = |n: usize| {
            at += n;
            bytes.get(at - n..at)
        };
        let keys = take(4 * words)?;
        let words = Table { keys, values: take(words)? };
        let frequency = Table { keys, values: take(words.values.len())? };
        let pairs = Table { keys: take(4 * pairs)?, values: take(pairs)? };
        Some(Usage { n_texts, n_words, words, frequency, pairs })
    }
}

/// The hash of a lower-case word, or of two in a row.
#[must_use]
pub fn hash(words: &[&str]) -> u32 {
    let mut h: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in words.iter().flat_map(|w| w.bytes().chain(std::iter::once(0))) {
        h = (h ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (h ^ (h >> 32)) as u32
}

/// A count as it is stored.
#[must_use]
pub fn quantised(count: u32) -> u8 {
    (f64::from(count.max(1)).log2() * STEPS).round().min(255.0) as u8
}

/// In how many texts of [`n_texts`] a lower-case word occurs; 0 for an unknown word.
#[must_use]
pub fn document_frequency(word: &str) -> f64 {
    MODEL.frequency.get(hash(&[word])).unwrap_or(0.0)
}

/// The number of texts behind the counts.
#[must_use]
pub fn n_texts() -> f64 {
    f64::from(MODEL.n_texts)
}

/// How likely the second lower-case word is after the first: natural logarithm, always negative. With the discount of
/// "stupid backoff" (Brants et al. 2007) where the pair was not seen.
#[must_use]
pub fn log_likelihood(first: &str, second: &str) -> f64 {
    let model = &*MODEL;
    let total = f64::from(model.n_words).max(1.0);
    let single = |w: &str| model.words.get(hash(&[w])).unwrap_or(0.5);
    match model.pairs.get(hash(&[first, second])) {
        Some(pair) => (pair / single(first).max(pair)).ln(),
        None => (0.4 * single(second) / total).ln(),
    }
}

/// Whether the second lower-case word was seen after the first.
#[must_use]
pub fn is_pair_known(first: &str, second: &str) -> bool {
    MODEL.pairs.get(hash(&[first, second])).is_some()
}

/// Whether a lower-case word was seen at all.
#[must_use]
pub fn is_known(word: &str) -> bool {
    MODEL.words.get(hash(&[word])).is_some()
}

/// The lower-case word tokens of a text, sentence marks as `.`: what both training and use count in.
pub fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    use unicode_segmentation::UnicodeSegmentation;
    text.split_word_bounds().filter_map(|w| {
        let is_end = matches!(w, "." | "?" | "!" | ";" | ":");
        let is_word = w.chars().any(char::is_alphanumeric);
        let is_number = w.chars().next().is_some_and(|c| c.is_ascii_digit());
        match (is_end, is_number, is_word) {
            (true, ..) => Some(".".to_owned()),
            (_, true, _) => Some("0".to_owned()),
            (_, _, true) => Some(w.to_lowercase().replace('’', "'")),
            _ => None,
        }
    })
}
