//! Training of the model of names: a linear chain conditional random field (Lafferty et al. 2001) with AdaGrad (Duchi et al.
//! 2011) and features left out at random, in fixed order and fixed rounding.

use std::collections::{BTreeMap, HashMap};
use std::hash::BuildHasherDefault;
use std::path::Path;

use variorum_annotate::mention::model::{
    Habits, LABELS, MAGIC, SCALE, Sight, document_sights, habit, may_follow,
};
use variorum_annotate::tag::weights::pack;
use variorum_annotate::usage;

use super::Random;
use super::learner::Same;
use corpus::Example;

mod corpus;
mod net;

const EPOCHS: usize = 5;
/// Share of the features that is left out each time a sentence is learnt from.
const DROPPED: f64 = 0.4;
const STEP: f32 = 0.1;
/// A word must be seen so often inside sentences for its habit to be kept.
const LEAST_SEEN: u32 = 2;
/// A feature must be seen so often to get weights.
const LEAST: u32 = 2;
/// Weights below this share of one are left out.
const PRUNE: f32 = 0.5;

/// The model's bytes.
pub(crate) fn train(shared: &Path, vectors: &Path) -> Result<Vec<u8>, String> {
    let (keys, values) = habits(shared)?;
    let flat: Vec<u8> = keys.iter().flat_map(|k| k.to_le_bytes()).collect();
    let vectors = net::Vectors::read(vectors)?;
    let data = Data::new(&corpus::examples(shared)?, Habits::new(&flat, &values), &vectors);
    let (chain, net) = learn(&data, &vectors);
    let mut out = MAGIC.to_vec();
    out.extend((keys.len() as u32).to_le_bytes());
    out.extend(&flat);
    out.extend(&values);
    out.extend(chain.transitions.iter().flat_map(|t| steps(*t, 2000.0).to_le_bytes()));
    out.extend(net.bytes());
    out.extend(chain.table(&data.features));
    Ok(out)
}

fn steps(weight: f32, limit: f32) -> i16 {
    (weight * SCALE).round().clamp(-limit, limit) as i16
}

/// How words are capitalised inside the sentences of the texts behind `usage.bin`, hashes sorted.
fn habits(shared: &Path) -> Result<(Vec<u32>, Vec<u8>), String> {
    let mut counts: BTreeMap<u32, [u32; 2]> = BTreeMap::new();
    for text in super::usage::texts(shared)? {
        for line in text.lines() {
            let mut inside = false;
            for raw in line.split_whitespace() {
                let word = raw.trim_matches(|c: char| !c.is_alphanumeric());
                let starts = |test: fn(char) -> bool, word: &str| word.chars().next().is_some_and(test);
                if inside
                    && starts(char::is_alphabetic, word)
                    && starts(|c| c.is_alphanumeric() || c == '(', raw)
                {
                    let low = word.replace('’', "'").to_lowercase();
                    let low = low.strip_suffix("'s").unwrap_or(&low);
                    counts.entry(usage::hash(&[low])).or_default()
                        [usize::from(!starts(char::is_uppercase, word))] += 1;
                }
                inside = !raw.ends_with(['.', '!', '?', ':', '"', '”', '…', '-', '*']);
            }
        }
    }
    counts.retain(|_, [upper, lower]| *upper + *lower >= LEAST_SEEN);
    Ok(counts.into_iter().map(|(key, [upper, lower])| (key, habit(upper, lower))).unzip())
}

/// A sentence to learn from.
struct Lesson {
    /// Numbers of each token's known features.
    rows: Vec<Vec<u32>>,
    inputs: Vec<net::Input>,
    labels: Vec<usize>,
}

/// Sentences as rows of known features with their labels.
struct Data {
    /// Hash of each feature.
    features: Vec<u64>,
    sentences: Vec<Lesson>,
}

impl Data {
    fn new(examples: &[Example], habits: Habits, vectors: &net::Vectors) -> Data {
        let mut seen: HashMap<u64, u32, BuildHasherDefault<Same>> = HashMap::default();
        let mut raw = Vec::new();
        for example in examples {
            let sights = document_sights(&example.document, &example.sentences, &example.tokens, habits);
            for (idx, sentence) in sights.into_iter().enumerate() {
                let labels = example.labels(idx);
                if !labels.is_empty() {
                    let features = sentence.iter().flat_map(|s| &s.features);
                    features.for_each(|f| *seen.entry(*f).or_default() += 1);
                    raw.push((sentence, labels));
                }
            }
        }
        let mut features: Vec<u64> = seen.iter().filter(|(_, n)| **n >= LEAST).map(|(f, _)| *f).collect();
        features.sort_unstable();
        let index = |feature: &u64| features.binary_search(feature).ok().map(|at| at as u32);
        let lesson = |(sights, labels): (Vec<Sight>, Vec<usize>)| Lesson {
            rows: sights.iter().map(|s| s.features.iter().filter_map(index).collect()).collect(),
            inputs: sights.iter().map(|s| (vectors.id(&s.word), s.traits)).collect(),
            labels,
        };
        let sentences = raw.into_iter().map(lesson).collect();
        Data { features, sentences }
    }
}

/// Weights while they are learnt, with the sums of squares of their gradients.
struct Chain {
    weights: Vec<[f32; LABELS]>,
    squares: Vec<[f32; LABELS]>,
    transitions: Vec<f32>,
    transition_squares: Vec<f32>,
    allowed: Vec<bool>,
}

const SIDE: usize = LABELS + 1;

fn learn<'a>(data: &Data, vectors: &'a net::Vectors) -> (Chain, net::Net<'a>) {
    let mut chain = Chain {
        weights: vec![[0.0; LABELS]; data.features.len()],
        squares: vec![[0.0; LABELS]; data.features.len()],
        transitions: vec![0.0; SIDE * SIDE],
        transition_squares: vec![0.0; SIDE * SIDE],
        allowed: (0..SIDE * SIDE).map(|at| may_follow(at / SIDE, at % SIDE)).collect(),
    };
    let mut order: Vec<usize> = (0..data.sentences.len()).collect();
    let mut random = Random(11);
    let mut net = net::Net::new(vectors, &mut random);
    let mut mean = Mean::default();
    for epoch in 0..EPOCHS {
        random.shuffle(&mut order);
        let mut certain = 0.0;
        for &idx in &order {
            let Lesson { rows, inputs, labels, .. } = &data.sentences[idx];
            let kept: Vec<Vec<u32>> = rows
                .iter()
                .map(|row| row.iter().copied().filter(|_| unit(&mut random) >= DROPPED).collect())
                .collect();
            let scores = net.scores(inputs, Some(&mut random));
            let (sure, slopes) = chain.step(&kept, &scores, labels);
            net.learn(inputs, &slopes);
            certain += sure;
        }
        println!(
            "epoch {}: mean probability of the right label {:.4}",
            epoch + 1,
            certain / order.len() as f64
        );
        mean.add(&mut chain, &mut net);
    }
    mean.set(&mut chain, &mut net);
    // all features are there when the model is used
    chain.weights.iter_mut().flatten().for_each(|w| *w *= 1.0 - DROPPED as f32);
    (chain, net)
}

/// The mean of the weights as they stood at the ends of the epochs: steadier than any of them (stochastic weight
/// averaging, Izmailov et al. 2018).
#[derive(Default)]
struct Mean {
    sums: Vec<f32>,
    count: f32,
}

impl Mean {
    fn add(&mut self, chain: &mut Chain, net: &mut net::Net) {
        let mut values = Vec::new();
        each(chain, net, |value| values.push(*value));
        self.sums.resize(values.len(), 0.0);
        self.sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
        self.count += 1.0;
    }

    fn set(&self, chain: &mut Chain, net: &mut net::Net) {
        let mut sums = self.sums.iter();
        each(chain, net, |value| {
            if let Some(sum) = sums.next() {
                *value = sum / self.count;
            }
        });
    }
}

/// Calls `change` with every weight, always in one order.
fn each(chain: &mut Chain, net: &mut net::Net, mut change: impl FnMut(&mut f32)) {
    chain.weights.iter_mut().flatten().chain(&mut chain.transitions).for_each(&mut change);
    net.weights().for_each(change);
}

fn unit(random: &mut Random) -> f64 {
    (random.next() >> 11) as f64 / (1u64 << 53) as f64
}

impl Chain {
    /// One step towards the right labels of a sentence, given the network's scores; returns their mean probability before it
    /// and the slopes of each token's scores.
    fn step(&mut self, rows: &[Vec<u32>], scores: &[[f32; LABELS]], labels: &[usize]) -> (f64, Rows) {
        let mut slopes = Vec::with_capacity(rows.len());
        let node = self.node_factors(rows, scores);
        let edge: Vec<f64> = (0..SIDE * SIDE)
            .map(|at| if self.allowed[at] { exp(f64::from(self.transitions[at])) } else { 0.0 })
            .collect();
        let (forward, backward, scales) = passes(&node, &edge);
        let n = rows.len();
        let mut gradient = vec![0.0f64; SIDE * SIDE];
        let mut certain = 0.0;
        for (at, row) in rows.iter().enumerate() {
            let mut slope: [f64; LABELS] = std::array::from_fn(|l| forward[at][l] * backward[at][l]);
            let sum: f64 = slope.iter().sum();
            slope.iter_mut().for_each(|p| *p /= sum.max(1e-300));
            certain += slope[labels[at]];
            if at == 0 {
                (0..LABELS).for_each(|l| gradient[LABELS * SIDE + l] += slope[l]);
            } else {
                for a in 0..LABELS {
                    for b in 0..LABELS {
                        let p = forward[at - 1][a] * edge[a * SIDE + b] * node[at][b] * backward[at][b];
                        gradient[a * SIDE + b] += p / (scales[at] * sum.max(1e-300));
                    }
                }
            }
            if at + 1 == n {
                (0..LABELS).for_each(|l| gradient[l * SIDE + LABELS] += slope[l]);
            }
            slope[labels[at]] -= 1.0;
            self.update(row, &slope);
            slopes.push(slope);
        }
        let path: Vec<usize> =
            std::iter::once(LABELS).chain(labels.iter().copied()).chain([LABELS]).collect();
        path.windows(2).for_each(|w| gradient[w[0] * SIDE + w[1]] -= 1.0);
        for (at, slope) in gradient.iter().enumerate().filter(|(_, s)| s.abs() > 1e-9) {
            let slope = *slope as f32;
            self.transition_squares[at] += slope * slope;
            self.transitions[at] -= STEP * slope / (self.transition_squares[at].sqrt() + 1e-3);
        }
        (certain / n.max(1) as f64, slopes)
    }

    fn node_factors(&self, rows: &[Vec<u32>], scores: &[[f32; LABELS]]) -> Vec<[f64; LABELS]> {
        rows.iter()
            .zip(scores)
            .map(|(row, scores)| {
                let mut sums = *scores;
                for &feature in row {
                    let weights = &self.weights[feature as usize];
                    (0..LABELS).for_each(|l| sums[l] += weights[l]);
                }
                let top = sums.iter().copied().fold(f32::MIN, f32::max);
                std::array::from_fn(|l| exp(f64::from(sums[l] - top)))
            })
            .collect()
    }

    fn update(&mut self, row: &[u32], slope: &[f64; LABELS]) {
        let active: Vec<(usize, f32)> =
            (0..LABELS).filter(|&l| slope[l].abs() >= 1e-4).map(|l| (l, slope[l] as f32)).collect();
        for &feature in row.iter().filter(|_| !active.is_empty()) {
            let (weights, squares) =
                (&mut self.weights[feature as usize], &mut self.squares[feature as usize]);
            for &(l, slope) in &active {
                squares[l] += slope * slope;
                weights[l] -= STEP * slope / (squares[l].sqrt() + 0.1);
            }
        }
    }

    fn table(&self, features: &[u64]) -> Vec<u8> {
        let rows: Vec<(u64, Vec<(u8, i8)>)> = features
            .iter()
            .zip(&self.weights)
            .map(|(&feature, weights)| {
                let kept = weights.iter().enumerate().filter(|(_, w)| (*w * SCALE).abs() >= PRUNE);
                (feature, kept.map(|(l, w)| (l as u8, steps(*w, 127.0) as i8)).collect())
            })
            .collect();
        pack(LABELS, &rows)
    }
}

type Rows = Vec<[f64; LABELS]>;

/// Forward and backward sums, each position scaled to a sum of one, and the scales.
fn passes(node: &Rows, edge: &[f64]) -> (Rows, Rows, Vec<f64>) {
    let n = node.len();
    let mut forward = vec![[0.0; LABELS]; n];
    let mut backward = vec![[0.0; LABELS]; n];
    let mut scales = vec![1.0; n];
    for at in 0..n {
        for b in 0..LABELS {
            let from: f64 = if at == 0 {
                edge[LABELS * SIDE + b]
            } else {
                (0..LABELS).map(|a| forward[at - 1][a] * edge[a * SIDE + b]).sum()
            };
            forward[at][b] = from * node[at][b];
        }
        scales[at] = forward[at].iter().sum::<f64>().max(1e-300);
        forward[at].iter_mut().for_each(|p| *p /= scales[at]);
    }
    for at in (0..n).rev() {
        for a in 0..LABELS {
            backward[at][a] = if at + 1 == n {
                edge[a * SIDE + LABELS]
            } else {
                let onward = |b: usize| edge[a * SIDE + b] * node[at + 1][b] * backward[at + 1][b];
                (0..LABELS).map(onward).sum::<f64>() / scales[at + 1]
            };
        }
    }
    (forward, backward, scales)
}

/// e to the power of `x`, the same on every machine: a power of two times a series.
fn exp(x: f64) -> f64 {
    let x = x.clamp(-700.0, 700.0);
    let power = (x * std::f64::consts::LOG2_E).round();
    let rest = x - power * std::f64::consts::LN_2;
    let series = (1..=12).rev().fold(1.0, |sum, n| 1.0 + sum * rest / f64::from(n));
    series * f64::from_bits(((power as i64 + 1023) as u64) << 52)
}
