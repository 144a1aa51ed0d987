//! The parser's network: which parts of a state it sees, and how its trained weights decide.

use super::RELATIONS;
use super::matrix::{Matrix, TILE};
use super::state::{Move, NONE, State};
use crate::tag::features::Word;
use crate::tag::weights::feature;

/// Width of the vector of a word.
pub const WIDTH: usize = 64;
/// Width of the hidden layer.
pub const HIDDEN: usize = 96;
/// How many convolutions run over the sentence, each three words wide.
pub const CONVOLUTIONS: usize = 3;
/// How many kinds of embeddings a word's vector is the sum of.
pub const KINDS: usize = 5;
/// How many words of a state are looked at.
pub const PLACES: usize = 12;
/// Moves, rounded up to a multiple of eight.
pub const CLASSES: usize = Move::COUNT.next_multiple_of(8);

/// The keys under which a word's embeddings are found: form, ending, beginning, shape, tag class. Never 0.
#[must_use]
pub fn keys(word: &Word, class: usize) -> [u64; KINDS] {
    let suffix = feature(2, &[word.suffixes[2]]);
    let prefix = feature(3, &[word.prefixes[2]]);
    let shape = feature(4, &[word.shape, word.place]);
    [feature(1, &[word.lower]), suffix, prefix, shape, feature(5, &[class as u64])].map(|key| key | 1)
}

/// The words that decide: the top three of the stack, the next two of the buffer, and their outer dependents.
#[must_use]
pub fn places(state: &State) -> [usize; PLACES] {
    let (s0, s1, b0) = (state.top(0), state.top(1), state.ahead(0));
    let left = |idx: usize, n: usize| if idx == NONE { NONE } else { state.node(idx).left[n] };
    let right = |idx: usize, n: usize| if idx == NONE { NONE } else { state.node(idx).right[n] };
    [
        s0,
        s1,
        state.top(2),
        b0,
        state.ahead(1),
        left(s0, 0),
        right(s0, 0),
        left(s1, 0),
        right(s1, 0),
        left(b0, 0),
        right(s0, 1),
        right(s1, 1),
    ]
}

/// How many rows of the state table a state uses.
pub const STATE_ROWS: usize = 11;
const LABELS: usize = RELATIONS.len() + 1;
const SMALL: usize = 8;
/// Rows of the state table.
pub const ROWS: usize = 6 * LABELS + 5 * SMALL;

/// The rows of the state table that describe a state: relations of six dependents, two distances, three valencies.
#[must_use]
pub fn rows(state: &State) -> [usize; STATE_ROWS] {
    let places = places(state);
    let label = |slot: usize, idx: usize| {
        let label = if idx == NONE { RELATIONS.len() } else { state.label(idx).min(RELATIONS.len()) };
        slot * LABELS + label
    };
    let small = |slot: usize, value: usize| 6 * LABELS + slot * SMALL + value.min(SMALL - 1);
    let valency = |idx: usize| {
        if idx == NONE {
            return 7;
        }
        let node = state.node(idx);
        node.lefts.min(2) as usize + 3 * (node.rights.min(1) as usize)
    };
    [
        label(0, places[5]),
        label(1, places[6]),
        label(2, places[7]),
        label(3, places[8]),
        label(4, places[9]),
        label(5, places[11]),
        small(0, distance(places[1], places[0])),
        small(1, distance(places[0], places[3])),
        small(2, valency(places[0])),
        small(3, valency(places[1])),
        small(4, valency(places[3])),
    ]
}

/// Distance in steps: 1, 2, 3, 4, 5-6, 7-10, more; 0 where a word is missing.
fn distance(a: usize, b: usize) -> usize {
    if a == NONE || b == NONE {
        return 0;
    }
    match a.abs_diff(b) {
        n @ 0..=4 => n,
        5..=6 => 5,
        7..=10 => 6,
        _ => 7,
    }
}

/// First bytes of a file of weights.
pub const MAGIC: &[u8; 8] = b"VARNET01";
/// A value of one in a word's vector or the hidden layer.
pub const ONE: i32 = 256;
/// Weights are kept in steps of two to the power of minus this.
pub const SHIFT: u32 = 10;
/// Vectors are kept within plus and minus this: then no sum of products leaves 32 bits.
const MOST: i32 = 16 * ONE;

/// Numbers of weights in each part of a file, in order; see [`Network::read`].
pub const PARTS: [usize; 9] = [
    CONVOLUTIONS * WIDTH * 3 * WIDTH,
    CONVOLUTIONS * WIDTH,
    PLACES * HIDDEN * WIDTH,
    PLACES * HIDDEN,
    WIDTH,
    ROWS * HIDDEN,
    HIDDEN,
    CLASSES * HIDDEN,
    CLASSES,
];

/// Trained weights: 16-bit integers, so that every machine finds the same heads.
#[derive(Debug)]
pub struct Network<'a> {
    /// For each kind of embedding: sorted keys, 8 bytes each, and the row of the first one.
    keys: Vec<(&'a [u8], usize)>,
    /// Two bytes a number, [`WIDTH`] numbers a row.
    embeddings: &'a [u8],
    convolutions: Vec<Matrix>,
    convolution_biases: Vec<i16>,
    projections: Vec<Matrix>,
    missing: Vec<i16>,
    root: Vec<i16>,
    state: Vec<i16>,
    bias: Vec<i16>,
    out: Matrix,
    out_bias: Vec<i16>,
}

impl<'a> Network<'a> {
    /// The weights in `bytes`, or `None` where they are none. After [`MAGIC`], all little-endian: for each kind of
    /// embedding a `u32` count and that many sorted `u64` keys; a `u32` number of rows and the embeddings (`i16`; each
    /// kind has one row for unknown keys, then one a key); the [`PARTS`] (`i16`), weight matrices one output a row.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Network<'a>> {
        let mut rest = bytes.strip_prefix(MAGIC.as_slice())?;
        let (mut keys, mut row) = (Vec::new(), 0);
        for _ in 0..KINDS {
            let count = number(&mut rest)?;
            keys.push((take(&mut rest, count.checked_mul(8)?)?, row));
            row += count + 1;
        }
        let embeddings = number(&mut rest)?.checked_mul(WIDTH * 2)?;
        let embeddings = take(&mut rest, embeddings)?;
        let mut parts = PARTS.iter().map(|&count| {
            let bytes = take(&mut rest, count * 2)?;
            Some(bytes.chunks_exact(2).map(|pair| i16::from_le_bytes([pair[0], pair[1]])).collect())
        });
        let mut part = || -> Option<Vec<i16>> { parts.next().flatten() };
        let matrices = |weights: Vec<i16>, n_outputs: usize, n_inputs: usize| {
            weights.chunks_exact(n_outputs * n_inputs).map(|weights| Matrix::new(weights, n_inputs)).collect()
        };
        Some(Network {
            keys,
            embeddings,
            convolutions: matrices(part()?, WIDTH, 3 * WIDTH),
            convolution_biases: part()?,
            projections: matrices(part()?, HIDDEN, WIDTH),
            missing: part()?,
            root: part()?,
            state: part()?,
            bias: part()?,
            out: Matrix::new(&part()?, HIDDEN),
            out_bias: part()?,
        })
    }

    /// The vectors of the words of a sentence, one after the other.
    fn encode(&self, words: &[Word], classes: &[usize]) -> Vec<i16> {
        // a row of zeros at either end stands for what is outside the sentence
        let mut input = vec![0i16; (words.len() + 2) * WIDTH];
        for (at, (word, &class)) in words.iter().zip(classes).enumerate() {
            let x = &mut input[(at + 1) * WIDTH..(at + 2) * WIDTH];
            for (kind, key) in keys(word, class).into_iter().enumerate() {
                let row = self.row(kind, key);
                let bytes = self.embeddings.get(row * WIDTH * 2..(row + 1) * WIDTH * 2).unwrap_or(&[]);
                for (x, pair) in x.iter_mut().zip(bytes.chunks_exact(2)) {
                    *x = x.saturating_add(i16::from_le_bytes([pair[0], pair[1]]));
                }
            }
            x.iter_mut().for_each(|x| *x = clip(i32::from(*x)));
        }
        let mut output = input.clone();
        let mut sums = [0i32; WIDTH];
        for (weights, biases) in self.convolutions.iter().zip(self.convolution_biases.chunks_exact(WIDTH)) {
            for at in 0..words.len() {
                weights.times(&input[at * WIDTH..(at + 3) * WIDTH], &mut sums);
                let x = &mut output[(at + 1) * WIDTH..(at + 2) * WIDTH];
                for ((x, &sum), &bias) in x.iter_mut().zip(&sums).zip(biases) {
                    let z = scale(sum) + i32::from(bias);
                    *x = clip(i32::from(*x) + z.max(0));
                }
            }
            input.copy_from_slice(&output);
        }
        output.drain(..WIDTH);
        output.truncate(words.len() * WIDTH);
        output
    }

    fn row(&self, kind: usize, key: u64) -> usize {
        let Some(&(keys, first)) = self.keys.get(kind) else { return 0 };
        let at = |idx: usize| {
            let bytes = keys.get(idx * 8..idx * 8 + 8).and_then(|bytes| bytes.try_into().ok());
            bytes.map_or(u64::MAX, u64::from_le_bytes)
        };
        let (mut low, mut high) = (0, keys.len() / 8);
        while low < high {
            let middle = usize::midpoint(low, high);
            if at(middle) < key { low = middle + 1 } else { high = middle }
        }
        if low < keys.len() / 8 && at(low) == key { first + 1 + low } else { first }
    }

    /// The finished analysis of a sentence with these words and tag classes.
    #[must_use]
    pub fn parse(&self, words: &[Word], classes: &[usize]) -> State {
        let mut vectors = self.encode(words, classes);
        vectors.extend_from_slice(&self.root);
        let mut projections = Projections { index: vec![0; PLACES * (words.len() + 1)], values: Vec::new() };
        let mut state = State::new(words.len());
        let mut scores = [0i32; CLASSES.next_multiple_of(TILE)];
        while !state.done() {
            if let Some(step) = state.forced() {
                state.apply(step);
                continue;
            }
            let hidden = self.hidden(&state, &vectors, &mut projections);
            self.out.times(&hidden, &mut scores);
            for (score, &bias) in scores.iter_mut().zip(&self.out_bias) {
                *score = score.wrapping_add(i32::from(bias) << SHIFT);
            }
            match state.best(&scores[..Move::COUNT]) {
                Some(step) => state.apply(step),
                None => break,
            }
        }
        state
    }

    fn hidden(&self, state: &State, vectors: &[i16], projections: &mut Projections) -> [i16; HIDDEN] {
        let mut sums: [i32; HIDDEN] = std::array::from_fn(|idx| i32::from(self.bias[idx]));
        let mut add = |row: &[i16]| sums.iter_mut().zip(row).for_each(|(sum, x)| *sum += i32::from(*x));
        for (place, word) in places(state).into_iter().enumerate() {
            if word == NONE {
                add(&self.missing[place * HIDDEN..(place + 1) * HIDDEN]);
            } else {
                add(projections.get(self, vectors, place, word));
            }
        }
        for row in rows(state) {
            add(&self.state[row * HIDDEN..(row + 1) * HIDDEN]);
        }
        sums.map(|sum| clip(sum.max(0)))
    }
}

/// Products of words' vectors with the weights of a place, made when they are first needed.
struct Projections {
    /// For each word and place: one more than the number of its row; 0 while there is none.
    index: Vec<u32>,
    values: Vec<i16>,
}

impl Projections {
    fn get(&mut self, network: &Network<'_>, vectors: &[i16], place: usize, word: usize) -> &[i16] {
        let at = word * PLACES + place;
        if self.index[at] == 0 {
            let x = &vectors[word * WIDTH..(word + 1) * WIDTH];
            let mut sums = [0i32; HIDDEN];
            network.projections[place].times(x, &mut sums);
            self.values.extend(sums.map(|sum| clip(scale(sum))));
            self.index[at] = (self.values.len() / HIDDEN) as u32;
        }
        let row = self.index[at] as usize;
        &self.values[(row - 1) * HIDDEN..row * HIDDEN]
    }
}

fn take<'a>(rest: &mut &'a [u8], count: usize) -> Option<&'a [u8]> {
    let (head, tail) = rest.split_at_checked(count)?;
    *rest = tail;
    Some(head)
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let bytes = take(rest, 4)?;
    Some(u32::from_le_bytes(bytes.try_into().ok()?) as usize)
}

const _: () =
    assert!(WIDTH.is_multiple_of(TILE) && HIDDEN.is_multiple_of(TILE), "a product is written in whole tiles");

/// A sum of products, rounded back to the scale of vectors.
#[inline]
fn scale(sum: i32) -> i32 {
    sum.wrapping_add(1 << (SHIFT - 1)) >> SHIFT
}

#[inline]
fn clip(value: i32) -> i16 {
    value.clamp(-MOST, MOST) as i16
}
