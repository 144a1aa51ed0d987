//! The network inside the model of names while it is learnt: `variorum_annotate::mention::model::net`.

use std::path::Path;

use variorum_annotate::mention::model::net::{
    CODE, CODE_SCALE, HIDDEN, INPUTS, TRAITS, WEIGHT_SCALE, WINDOW,
};
use variorum_annotate::mention::model::{LABELS, OUTSIDE};
use variorum_annotate::usage;

use super::{Random, unit};

/// How many of the commonest words have a code.
const N_WORDS: usize = 120_000;
/// Dimensions of the vectors.
const WIDE: usize = 100;
/// Length that vectors are brought to.
const LENGTH: f32 = 3.0;
/// Share of the hidden units that is left out each time a sentence is learnt from.
const DROPPED: f64 = 0.4;
const STEP: f32 = 0.03;

/// Words with their vectors, in order of their hashes.
pub(super) struct Vectors {
    pub(super) keys: Vec<u32>,
    rows: Vec<f32>,
}

impl Vectors {
    /// The commonest words of GloVe's vectors, as packed for JavaScript.
    pub(super) fn read(folder: &Path) -> Result<Vectors, String> {
        let mut words = crate::train::words::raw_vectors(folder)?;
        words.retain(|(word, _)| word.chars().any(char::is_alphabetic));
        words.truncate(N_WORDS);
        let mut hashed: Vec<(u32, Vec<f32>)> =
            words.into_iter().map(|(word, vector)| (usage::hash(&[&word]), vector)).collect();
        hashed.sort_by_key(|(key, _)| *key);
        hashed.dedup_by_key(|(key, _)| *key);
        let mut rows = Vec::with_capacity(hashed.len() * WIDE);
        for (_, vector) in &hashed {
            // the file adds two numbers to each vector that are none of its dimensions
            let length = vector.iter().take(WIDE).map(|x| x * x).sum::<f32>().sqrt().max(1e-6);
            rows.extend(vector.iter().take(WIDE).map(|x| x * LENGTH / length));
        }
        Ok(Vectors { keys: hashed.into_iter().map(|(key, _)| key).collect(), rows })
    }

    /// Number of a lower-case word.
    pub(super) fn id(&self, word: &str) -> Option<u32> {
        self.keys.binary_search(&usage::hash(&[word])).ok().map(|at| at as u32)
    }

    fn row(&self, id: u32) -> &[f32] {
        &self.rows[id as usize * WIDE..(id as usize + 1) * WIDE]
    }
}

/// A token: number of its vector, and its traits.
pub(super) type Input = (Option<u32>, u32);

/// Weights, or their gradients, or the sums of squares of these.
#[derive(Clone)]
struct Layers {
    project: Vec<f32>,
    first: Vec<f32>,
    biases: Vec<f32>,
    second: Vec<f32>,
}

impl Layers {
    fn zero() -> Layers {
        Layers {
            project: vec![0.0; WIDE * CODE],
            first: vec![0.0; INPUTS * HIDDEN],
            biases: vec![0.0; HIDDEN],
            second: vec![0.0; HIDDEN * LABELS],
        }
    }

    fn all(&mut self) -> [&mut Vec<f32>; 4] {
        [&mut self.project, &mut self.first, &mut self.biases, &mut self.second]
    }
}

/// The network and what its optimiser remembers.
pub(super) struct Net<'a> {
    vectors: &'a Vectors,
    layers: Layers,
    squares: Layers,
    /// Codes of the sentence at hand.
    codes: Vec<[f32; CODE]>,
    hidden: Vec<[f32; HIDDEN]>,
}

impl<'a> Net<'a> {
    pub(super) fn new(vectors: &'a Vectors, random: &mut Random) -> Net<'a> {
        let mut layers = Layers::zero();
        for (values, scale) in layers.all().into_iter().zip([0.3, 0.1, 0.0, 0.1]) {
            values.iter_mut().for_each(|v| *v = (unit(random) as f32 * 2.0 - 1.0) * scale);
        }
        Net { vectors, layers, squares: Layers::zero(), codes: Vec::new(), hidden: Vec::new() }
    }

    /// Every weight, always in one order.
    pub(super) fn weights(&mut self) -> impl Iterator<Item = &mut f32> {
        self.layers.all().into_iter().flatten()
    }

    fn code(&self, id: u32) -> [f32; CODE] {
        let mut code = [0.0; CODE];
        for (x, row) in self.vectors.row(id).iter().zip(self.layers.project.chunks_exact(CODE)) {
            code.iter_mut().zip(row).for_each(|(c, w)| *c += x * w);
        }
        code
    }

    /// The labels' scores of each token of a sentence; `random` where hidden units are to be left out.
    pub(super) fn scores(&mut self, inputs: &[Input], random: Option<&mut Random>) -> Vec<[f32; LABELS]> {
        self.codes = inputs.iter().map(|(id, _)| id.map_or([0.0; CODE], |id| self.code(id))).collect();
        self.hidden.clear();
        let mut random = random;
        let mut out = Vec::with_capacity(inputs.len());
        for at in 0..inputs.len() {
            let mut hidden = [0.0; HIDDEN];
            hidden.copy_from_slice(&self.layers.biases);
            for_inputs(inputs, &self.codes, at, |input, value| {
                let weights = &self.layers.first[input * HIDDEN..(input + 1) * HIDDEN];
                hidden.iter_mut().zip(weights).for_each(|(h, w)| *h += value * w);
            });
            for unit_ in &mut hidden {
                let keep = random.as_deref_mut().is_none_or(|r| unit(r) >= DROPPED);
                let scale = if random.is_some() { 1.0 / (1.0 - DROPPED as f32) } else { 1.0 };
                *unit_ = if keep { unit_.max(0.0) * scale } else { 0.0 };
            }
            let mut sums = [0.0; LABELS];
            for (value, weights) in hidden.iter().zip(self.layers.second.chunks_exact(LABELS)) {
                if *value > 0.0 {
                    sums.iter_mut().zip(weights).for_each(|(s, w)| *s += value * w);
                }
            }
            self.hidden.push(hidden);
            out.push(sums);
        }
        out
    }

    /// One step against the slopes of the scores that were given last.
    pub(super) fn learn(&mut self, inputs: &[Input], slopes: &[[f64; LABELS]]) {
        let mut gradient = Layers::zero();
        let mut of_codes = vec![[0.0f32; CODE]; inputs.len()];
        for (at, slope) in slopes.iter().enumerate() {
            if slope.iter().all(|s| s.abs() < 1e-4) {
                continue;
            }
            let slope: [f32; LABELS] = std::array::from_fn(|l| slope[l] as f32);
            let mut of_hidden = [0.0f32; HIDDEN];
            for (unit, value) in self.hidden[at].iter().enumerate() {
                if *value > 0.0 {
                    let weights = &self.layers.second[unit * LABELS..(unit + 1) * LABELS];
                    of_hidden[unit] = weights.iter().zip(&slope).map(|(w, s)| w * s).sum();
                    let row = &mut gradient.second[unit * LABELS..(unit + 1) * LABELS];
                    row.iter_mut().zip(&slope).for_each(|(g, s)| *g += value * s);
                }
            }
            gradient.biases.iter_mut().zip(&of_hidden).for_each(|(g, h)| *g += h);
            let layers = &self.layers;
            for_inputs(inputs, &self.codes, at, |input, value| {
                let row = &mut gradient.first[input * HIDDEN..(input + 1) * HIDDEN];
                row.iter_mut().zip(&of_hidden).for_each(|(g, h)| *g += value * h);
            });
            for place in 0..WINDOW {
                let Some(near) = (at + place).checked_sub(WINDOW / 2).filter(|n| *n < inputs.len()) else {
                    continue;
                };
                if inputs[near].0.is_none() {
                    continue;
                }
                for n in 0..CODE {
                    let input = place * (CODE + TRAITS) + n;
                    let weights = &layers.first[input * HIDDEN..(input + 1) * HIDDEN];
                    of_codes[near][n] += weights.iter().zip(&of_hidden).map(|(w, h)| w * h).sum::<f32>();
                }
            }
        }
        for ((id, _), of_code) in inputs.iter().zip(&of_codes) {
            let Some(id) = id.filter(|_| of_code.iter().any(|g| *g != 0.0)) else { continue };
            for (x, row) in self.vectors.row(id).iter().zip(gradient.project.chunks_exact_mut(CODE)) {
                row.iter_mut().zip(of_code).for_each(|(g, c)| *g += x * c);
            }
        }
        self.apply(&mut gradient);
    }

    fn apply(&mut self, gradient: &mut Layers) {
        let groups = self.layers.all().into_iter().zip(self.squares.all()).zip(gradient.all());
        for ((weights, squares), gradient) in groups {
            for ((w, s), g) in weights.iter_mut().zip(squares.iter_mut()).zip(gradient.iter()) {
                if *g != 0.0 {
                    *s += g * g;
                    *w -= STEP * g / (s.sqrt() + 1e-2);
                }
            }
        }
    }

    /// The bytes that `Net::read` reads.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let byte = |value: f32| (value.round().clamp(-127.0, 127.0) as i8).cast_unsigned();
        let mut out = (self.vectors.keys.len() as u32).to_le_bytes().to_vec();
        out.extend(self.vectors.keys.iter().flat_map(|k| k.to_le_bytes()));
        for id in 0..self.vectors.keys.len() as u32 {
            out.extend(self.code(id).iter().map(|c| byte(c * CODE_SCALE)));
        }
        out.extend(self.layers.first.iter().map(|w| byte(w * WEIGHT_SCALE)));
        let biases = self.layers.biases.iter().map(|b| (b * WEIGHT_SCALE).round() as i16);
        out.extend(biases.flat_map(i16::to_le_bytes));
        out.extend(self.layers.second.iter().map(|w| byte(w * WEIGHT_SCALE)));
        out
    }
}

/// Calls `each` with every input of token `at` that is not zero.
fn for_inputs(inputs: &[Input], codes: &[[f32; CODE]], at: usize, mut each: impl FnMut(usize, f32)) {
    for place in 0..WINDOW {
        let base = place * (CODE + TRAITS);
        let near = (at + place).checked_sub(WINDOW / 2).filter(|n| *n < inputs.len());
        let traits = near.map_or(OUTSIDE, |n| inputs[n].1);
        if let Some(n) = near.filter(|n| inputs[*n].0.is_some()) {
            codes[n].iter().enumerate().for_each(|(d, value)| each(base + d, *value));
        }
        (0..TRAITS).filter(|n| traits >> n & 1 != 0).for_each(|n| each(base + CODE + n, 1.0));
    }
}
