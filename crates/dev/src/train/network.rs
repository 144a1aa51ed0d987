//! A small network for the parser, and its training: embeddings, convolutions over the sentence, one hidden layer over
//! the words at stake (after Chen & Manning 2014 and Kiperwasser & Goldberg 2016), with a dynamic oracle.
//!
//! Plain loops over `f32` in a fixed order: the same weights every time, on every machine that rounds as IEEE 754 says.

use std::collections::BTreeMap;

use variorum_annotate::parse::network::{
    CLASSES, CONVOLUTIONS, HIDDEN, KINDS, MAGIC, ONE, PLACES, ROWS, SHIFT, STATE_ROWS, WIDTH, keys, places,
    rows,
};
use variorum_annotate::parse::state::{Move, NONE, State};

use super::Random;
use super::parse::{Example, RightMoves, right_moves};

/// Where each group of weights begins in the flat vector of all weights but the embeddings.
const CONVOLUTION: usize = 3 * WIDTH * WIDTH + WIDTH;
const PROJECT: usize = CONVOLUTIONS * CONVOLUTION;
const MISSING: usize = PROJECT + PLACES * WIDTH * HIDDEN;
const ROOT: usize = MISSING + PLACES * HIDDEN;
const STATE: usize = ROOT + WIDTH;
const BIAS: usize = STATE + ROWS * HIDDEN;
const OUT: usize = BIAS + HIDDEN;
const OUT_BIAS: usize = OUT + HIDDEN * CLASSES;
const DENSE: usize = OUT_BIAS + CLASSES;

type Vector = [f32; WIDTH];

/// All the weights.
pub(crate) struct Network {
    /// For each kind of embedding, the row of every known key; row 0 is for unknown ones.
    pub(crate) vocabulary: Vec<BTreeMap<u64, (u32, u32)>>,
    pub(crate) embeddings: Vec<Vector>,
    pub(crate) dense: Vec<f32>,
}

/// How often a key of each kind must be seen to get an embedding of its own.
const LEAST: [u32; KINDS] = [2, 4, 4, 4, 1];

fn uniform(random: &mut Random, scale: f32) -> f32 {
    ((random.next() >> 40) as f32 / (1u64 << 23) as f32 - 1.0) * scale
}

impl Network {
    /// A network with random weights, and embeddings for what the examples hold.
    pub(crate) fn new(examples: &[Example]) -> Network {
        let mut counts = vec![BTreeMap::<u64, u32>::new(); KINDS];
        for example in examples {
            for (word, &class) in example.words.words.iter().zip(&example.classes) {
                for (kind, key) in keys(word, class).into_iter().enumerate() {
                    *counts[kind].entry(key).or_default() += 1;
                }
            }
        }
        let mut next = 0u32;
        let mut vocabulary = Vec::new();
        for (kind, counts) in counts.iter().enumerate() {
            // the kind's first row is for unknown keys
            let mut known = BTreeMap::from([(0, (next, u32::MAX))]);
            next += 1;
            for (&key, &count) in counts.iter().filter(|entry| *entry.1 >= LEAST[kind]) {
                known.insert(key, (next, count));
                next += 1;
            }
            vocabulary.push(known);
        }
        let mut random = Random(5);
        let embeddings = (0..next).map(|_| std::array::from_fn(|_| uniform(&mut random, 0.15))).collect();
        let mut dense = vec![0.0; DENSE];
        let mut fill = |from: usize, count: usize, scale: f32| {
            dense[from..from + count].iter_mut().for_each(|w| *w = uniform(&mut random, scale));
        };
        for layer in 0..CONVOLUTIONS {
            fill(layer * CONVOLUTION, 3 * WIDTH * WIDTH, (3.0 / (3 * WIDTH) as f32).sqrt());
        }
        fill(PROJECT, PLACES * WIDTH * HIDDEN, (3.0 / (PLACES * WIDTH) as f32).sqrt() * 1.4);
        fill(ROOT, WIDTH, 0.3);
        fill(STATE, ROWS * HIDDEN, 0.1);
        fill(OUT, HIDDEN * CLASSES, (3.0 / HIDDEN as f32).sqrt());
        Network { vocabulary, embeddings, dense }
    }

    fn row(&self, kind: usize, key: u64, random: Option<&mut Random>) -> u32 {
        let known = &self.vocabulary[kind];
        let unknown = known.get(&0).map_or(0, |entry| entry.0);
        let Some(&(row, count)) = known.get(&key) else { return unknown };
        // rare words are sometimes hidden, so that the unknown row learns what to expect
        match random {
            Some(random) if kind == 0 => {
                if unit(random) < 0.3 / (0.3 + count as f32) {
                    unknown
                } else {
                    row
                }
            }
            _ => row,
        }
    }
}

impl Network {
    /// The weights as the integers that ship; see `parse::network::Network::read`.
    pub(crate) fn pack(&self) -> Vec<u8> {
        let mut out = MAGIC.to_vec();
        for known in &self.vocabulary {
            let keys: Vec<u64> = known.keys().copied().filter(|&key| key != 0).collect();
            out.extend((keys.len() as u32).to_le_bytes());
            out.extend(keys.iter().flat_map(|key| key.to_le_bytes()));
        }
        out.extend((self.embeddings.len() as u32).to_le_bytes());
        let mut push = |value: f32, scale: i32| {
            let limit = 2048.0;
            let step = (value * scale as f32).round().clamp(-limit, limit) as i16;
            out.extend(step.to_le_bytes());
        };
        for x in self.embeddings.iter().flatten() {
            push(*x, ONE);
        }
        let steps = 1 << SHIFT;
        let at = |from: usize| self.dense[from];
        let convolution = |layer: usize| layer * CONVOLUTION;
        for layer in 0..CONVOLUTIONS {
            for o in 0..WIDTH {
                (0..3 * WIDTH).for_each(|j| push(at(convolution(layer) + j * WIDTH + o), steps));
            }
        }
        for layer in 0..CONVOLUTIONS {
            (0..WIDTH).for_each(|o| push(at(convolution(layer) + 3 * WIDTH * WIDTH + o), ONE));
        }
        for place in 0..PLACES {
            for o in 0..HIDDEN {
                (0..WIDTH).for_each(|j| push(at(PROJECT + (place * WIDTH + j) * HIDDEN + o), steps));
            }
        }
        // what is added to vectors as it stands: missing words, the root, the state table, the bias
        (MISSING..OUT).for_each(|from| push(at(from), ONE));
        for class in 0..CLASSES {
            (0..HIDDEN).for_each(|j| push(at(OUT + j * CLASSES + class), steps));
        }
        (0..CLASSES).for_each(|class| push(at(OUT_BIAS + class), ONE));
        out
    }
}

fn unit(random: &mut Random) -> f32 {
    (random.next() >> 40) as f32 / (1u64 << 24) as f32
}

/// `out += x * row`.
fn axpy(out: &mut [f32], x: f32, row: &[f32]) {
    for (o, r) in out.iter_mut().zip(row) {
        *o += x * r;
    }
}

/// Dot product in eight fixed lanes.
fn dot(a: &[f32], b: &[f32]) -> f32 {
    let mut lanes = [0.0f32; 8];
    let (a, b) = (a.chunks_exact(8), b.chunks_exact(8));
    let rest: f32 = a.remainder().iter().zip(b.remainder()).map(|(x, y)| x * y).sum();
    for (x, y) in a.zip(b) {
        for lane in 0..8 {
            lanes[lane] += x[lane] * y[lane];
        }
    }
    lanes.iter().sum::<f32>() + rest
}

/// e to the power of `x <= 0`, the same on every machine.
fn exp(x: f32) -> f32 {
    let mut y = (1.0 + f64::from(x) / 1024.0).max(0.0);
    for _ in 0..10 {
        y *= y;
    }
    y as f32
}

/// What one shard of a batch adds up.
pub(crate) struct Gradient {
    dense: Vec<f32>,
    embeddings: BTreeMap<u32, Vector>,
    /// Moves made, and how many of them were not the best right one: for the log.
    steps: u64,
    wrong: u64,
}

impl Gradient {
    fn new() -> Gradient {
        Gradient { dense: vec![0.0; DENSE], embeddings: BTreeMap::new(), steps: 0, wrong: 0 }
    }
}

/// The words of a sentence through the convolutions.
struct Encoded {
    rows: Vec<[u32; KINDS]>,
    /// Input of each layer, then the output of the last; one row a word.
    layers: Vec<Vec<Vector>>,
    /// Output of each layer's nonlinearity.
    gates: Vec<Vec<Vector>>,
    mask: Vec<Vector>,
}

fn encode(network: &Network, example: &Example, mut random: Option<&mut Random>) -> Encoded {
    let mut encoded = Encoded { rows: Vec::new(), layers: Vec::new(), gates: Vec::new(), mask: Vec::new() };
    let mut input: Vec<Vector> = Vec::new();
    for (word, &class) in example.words.words.iter().zip(&example.classes) {
        let keys = keys(word, class);
        let rows: [u32; KINDS] =
            std::array::from_fn(|kind| network.row(kind, keys[kind], random.as_deref_mut()));
        let mut x = [0.0; WIDTH];
        for row in rows {
            axpy(&mut x, 1.0, &network.embeddings[row as usize]);
        }
        if let Some(random) = random.as_deref_mut() {
            let mask: Vector = std::array::from_fn(|_| if unit(random) < 0.15 { 0.0 } else { 1.0 / 0.85 });
            x.iter_mut().zip(&mask).for_each(|(x, m)| *x *= m);
            encoded.mask.push(mask);
        }
        encoded.rows.push(rows);
        input.push(x);
    }
    for layer in 0..CONVOLUTIONS {
        let weights = &network.dense[layer * CONVOLUTION..(layer + 1) * CONVOLUTION];
        let mut gates = Vec::with_capacity(input.len());
        let mut output = input.clone();
        for at in 0..input.len() {
            let mut z = [0.0; WIDTH];
            z.copy_from_slice(&weights[3 * WIDTH * WIDTH..]);
            for side in 0..3 {
                let Some(x) = (at + side).checked_sub(1).and_then(|idx| input.get(idx)) else { continue };
                for (j, &x) in x.iter().enumerate() {
                    let from = (side * WIDTH + j) * WIDTH;
                    axpy(&mut z, x, &weights[from..from + WIDTH]);
                }
            }
            z.iter_mut().for_each(|z| *z = z.max(0.0));
            axpy(&mut output[at], 1.0, &z);
            gates.push(z);
        }
        encoded.layers.push(std::mem::replace(&mut input, output));
        encoded.gates.push(gates);
    }
    encoded.layers.push(input);
    encoded
}

/// Passes the gradient of the encoder's output back to the embeddings.
fn decode(network: &Network, encoded: &Encoded, mut up: Vec<Vector>, gradient: &mut Gradient) {
    for layer in (0..CONVOLUTIONS).rev() {
        let weights = &network.dense[layer * CONVOLUTION..(layer + 1) * CONVOLUTION];
        let grads = &mut gradient.dense[layer * CONVOLUTION..(layer + 1) * CONVOLUTION];
        let input = &encoded.layers[layer];
        let mut down = up.clone();
        for at in 0..up.len() {
            let mut dz = up[at];
            dz.iter_mut()
                .zip(&encoded.gates[layer][at])
                .for_each(|(d, g)| *d = if *g > 0.0 { *d } else { 0.0 });
            axpy(&mut grads[3 * WIDTH * WIDTH..], 1.0, &dz);
            for side in 0..3 {
                let Some(idx) = (at + side).checked_sub(1).filter(|&idx| idx < input.len()) else { continue };
                for j in 0..WIDTH {
                    let from = (side * WIDTH + j) * WIDTH;
                    axpy(&mut grads[from..from + WIDTH], input[idx][j], &dz);
                    down[idx][j] += dot(&weights[from..from + WIDTH], &dz);
                }
            }
        }
        up = down;
    }
    for (at, mut dx) in up.into_iter().enumerate() {
        dx.iter_mut().zip(&encoded.mask[at]).for_each(|(d, m)| *d *= m);
        for row in encoded.rows[at] {
            axpy(gradient.embeddings.entry(row).or_insert([0.0; WIDTH]), 1.0, &dx);
        }
    }
}

/// Projections of words at places of the state, made when first needed, and their gradients.
struct Projections {
    /// For each place and word (the root last): 1 + index into the vectors.
    index: Vec<u32>,
    values: Vec<[f32; HIDDEN]>,
    grads: Vec<[f32; HIDDEN]>,
    owners: Vec<(usize, usize)>,
    length: usize,
}

impl Projections {
    fn new(length: usize) -> Projections {
        let index = vec![0; PLACES * (length + 1)];
        Projections { index, values: Vec::new(), grads: Vec::new(), owners: Vec::new(), length }
    }

    fn get(&mut self, network: &Network, outputs: &[Vector], place: usize, word: usize) -> usize {
        let at = place * (self.length + 1) + word;
        if self.index[at] == 0 {
            let x = outputs.get(word).map_or(&network.dense[ROOT..ROOT + WIDTH], |x| x.as_slice());
            let mut value = [0.0; HIDDEN];
            for (j, &x) in x.iter().enumerate() {
                let from = PROJECT + (place * WIDTH + j) * HIDDEN;
                axpy(&mut value, x, &network.dense[from..from + HIDDEN]);
            }
            self.values.push(value);
            self.grads.push([0.0; HIDDEN]);
            self.owners.push((place, word));
            self.index[at] = self.values.len() as u32;
        }
        self.index[at] as usize - 1
    }

    /// Adds the gradients of the projections' weights, and returns those of the words' vectors.
    fn back(&self, network: &Network, outputs: &[Vector], gradient: &mut Gradient) -> Vec<Vector> {
        let mut up = vec![[0.0; WIDTH]; outputs.len()];
        for (part, &(place, word)) in self.owners.iter().enumerate() {
            let dz = &self.grads[part];
            for j in 0..WIDTH {
                let from = PROJECT + (place * WIDTH + j) * HIDDEN;
                let x = outputs.get(word).map_or(network.dense[ROOT + j], |x| x[j]);
                axpy(&mut gradient.dense[from..from + HIDDEN], x, dz);
                let back = dot(&network.dense[from..from + HIDDEN], dz);
                match up.get_mut(word) {
                    Some(up) => up[j] += back,
                    None => gradient.dense[ROOT + j] += back,
                }
            }
        }
        up
    }
}

fn scores(network: &Network, hidden: &[f32; HIDDEN]) -> [f32; CLASSES] {
    let mut scores = [0.0; CLASSES];
    scores.copy_from_slice(&network.dense[OUT_BIAS..OUT_BIAS + CLASSES]);
    for (j, &h) in hidden.iter().enumerate().filter(|h| *h.1 != 0.0) {
        axpy(&mut scores, h, &network.dense[OUT + j * CLASSES..OUT + (j + 1) * CLASSES]);
    }
    scores
}

/// The hidden layer of a state, and where its parts come from.
fn hidden(
    network: &Network,
    outputs: &[Vector],
    state: &State,
    cache: &mut Projections,
) -> ([f32; HIDDEN], [Option<usize>; PLACES], [usize; STATE_ROWS]) {
    let mut z = [0.0; HIDDEN];
    z.copy_from_slice(&network.dense[BIAS..BIAS + HIDDEN]);
    let places = places(state);
    let parts: [Option<usize>; PLACES] = std::array::from_fn(|place| {
        (places[place] != NONE).then(|| cache.get(network, outputs, place, places[place]))
    });
    for (place, part) in parts.iter().enumerate() {
        match part {
            Some(part) => axpy(&mut z, 1.0, &cache.values[*part]),
            None => {
                axpy(&mut z, 1.0, &network.dense[MISSING + place * HIDDEN..MISSING + (place + 1) * HIDDEN])
            }
        }
    }
    let rows = rows(state);
    for row in rows {
        axpy(&mut z, 1.0, &network.dense[STATE + row * HIDDEN..STATE + (row + 1) * HIDDEN]);
    }
    z.iter_mut().for_each(|z| *z = z.max(0.0));
    (z, parts, rows)
}

fn highest(scores: &[f32; CLASSES], allowed: impl Fn(Move) -> bool) -> Option<usize> {
    let mut best = None;
    for (number, &score) in scores.iter().enumerate().take(Move::COUNT) {
        if best.is_none_or(|b: usize| score > scores[b]) && allowed(Move::from_number(number)) {
            best = Some(number);
        }
    }
    best
}

/// Learns from one sentence.
fn learn(network: &Network, example: &Example, epoch: usize, random: &mut Random, gradient: &mut Gradient) {
    let encoded = encode(network, example, Some(random));
    let outputs = &encoded.layers[CONVOLUTIONS];
    let mut cache = Projections::new(outputs.len());
    let mut state = State::new(outputs.len());
    while !state.done() {
        let (mut h, parts, rows) = hidden(network, outputs, &state, &mut cache);
        let mask: [f32; HIDDEN] = std::array::from_fn(|_| if unit(random) < 0.2 { 0.0 } else { 1.25 });
        h.iter_mut().zip(&mask).for_each(|(h, m)| *h *= m);
        let scores = scores(network, &h);
        let right = right_moves(&state, example);
        let Some(guess) = highest(&scores, |step| state.allows(step)) else { break };
        let Some(good) = highest(&scores, |step| right.allow(step)) else { break };
        gradient.steps += 1;
        gradient.wrong += u64::from(guess != good);
        let down = loss(&scores, &state, &right);
        let mut dz = [0.0f32; HIDDEN];
        axpy(&mut gradient.dense[OUT_BIAS..OUT_BIAS + CLASSES], 1.0, &down);
        for j in (0..HIDDEN).filter(|&j| h[j] > 0.0) {
            let from = OUT + j * CLASSES;
            axpy(&mut gradient.dense[from..from + CLASSES], h[j], &down);
            dz[j] = dot(&network.dense[from..from + CLASSES], &down) * mask[j];
        }
        axpy(&mut gradient.dense[BIAS..BIAS + HIDDEN], 1.0, &dz);
        for (place, part) in parts.iter().enumerate() {
            match part {
                Some(part) => axpy(&mut cache.grads[*part], 1.0, &dz),
                None => axpy(
                    &mut gradient.dense[MISSING + place * HIDDEN..MISSING + (place + 1) * HIDDEN],
                    1.0,
                    &dz,
                ),
            }
        }
        for row in rows {
            axpy(&mut gradient.dense[STATE + row * HIDDEN..STATE + (row + 1) * HIDDEN], 1.0, &dz);
        }
        let follow = epoch >= 1 && !random.next().is_multiple_of(10);
        state.apply(Move::from_number(if follow { guess } else { good }));
    }
    let up = cache.back(network, outputs, gradient);
    decode(network, &encoded, up, gradient);
}

/// Gradient of the negative logarithm of the probability of all right moves together.
fn loss(scores: &[f32; CLASSES], state: &State, right: &RightMoves) -> [f32; CLASSES] {
    let allowed: [bool; CLASSES] =
        std::array::from_fn(|number| number < Move::COUNT && state.allows(Move::from_number(number)));
    let most = scores.iter().zip(allowed).filter(|(_, a)| *a).fold(f32::MIN, |most, (s, _)| most.max(*s));
    let weights: [f32; CLASSES] =
        std::array::from_fn(|number| if allowed[number] { exp(scores[number] - most) } else { 0.0 });
    let good: [bool; CLASSES] =
        std::array::from_fn(|number| allowed[number] && right.allow(Move::from_number(number)));
    let all: f32 = weights.iter().sum();
    let share: f32 = weights.iter().zip(good).filter(|(_, g)| *g).map(|(w, _)| *w).sum::<f32>().max(1e-20);
    std::array::from_fn(|number| {
        let wanted = if good[number] { weights[number] / share } else { 0.0 };
        weights[number] / all - wanted
    })
}

/// Moments of Adam (Kingma & Ba 2015).
struct Adam {
    dense: Vec<[f32; 2]>,
    embeddings: Vec<[[f32; 2]; WIDTH]>,
    time: i32,
}

fn adam(weight: &mut f32, moments: &mut [f32; 2], gradient: f32, rate: f32) {
    moments[0] = 0.9 * moments[0] + 0.1 * gradient;
    moments[1] = 0.98 * moments[1] + 0.02 * gradient * gradient;
    *weight -= rate * moments[0] / (moments[1].sqrt() + 1e-6);
}

const BATCH: usize = 16;
const SHARDS: usize = 2;
const RATE: f32 = 0.0015;

/// The gradients of the shards of a batch, in order. Threads do not change them: each shard is added up by itself.
fn gradients(network: &Network, examples: &[Example], batch: &[usize], epoch: usize) -> Vec<Gradient> {
    let work = move |shard: &[usize]| {
        let mut gradient = Gradient::new();
        for &idx in shard {
            let mut random = Random((epoch as u64) << 32 | idx as u64);
            learn(network, &examples[idx], epoch, &mut random, &mut gradient);
        }
        gradient
    };
    std::thread::scope(|scope| {
        let handles: Vec<_> =
            batch.chunks(BATCH / SHARDS).map(|shard| scope.spawn(move || work(shard))).collect();
        handles.into_iter().map(|handle| handle.join().expect("learning does not panic")).collect()
    })
}

/// Trains for `epochs` rounds; `report` sees the network after each.
pub(crate) fn train(
    examples: &[Example],
    epochs: usize,
    report: impl Fn(usize, &Network, (u64, u64)),
) -> Network {
    let mut network = Network::new(examples);
    let mut moments = Adam {
        dense: vec![[0.0; 2]; DENSE],
        embeddings: vec![[[0.0; 2]; WIDTH]; network.embeddings.len()],
        time: 0,
    };
    let mut order: Vec<usize> = (0..examples.len()).filter(|&idx| !examples[idx].heads.is_empty()).collect();
    let total = (epochs * order.len().div_ceil(BATCH)) as f32;
    let mut random = Random(3);
    let mut mean = Mean::default();
    for epoch in 0..epochs {
        random.shuffle(&mut order);
        let (mut steps, mut wrong) = (0, 0);
        for batch in order.chunks(BATCH) {
            let gradients = gradients(&network, examples, batch, epoch);
            moments.time += 1;
            let rate =
                RATE * (1.0 - 0.97 * moments.time as f32 / total) * (moments.time as f32 / 200.0).min(1.0);
            steps += gradients.iter().map(|g| g.steps).sum::<u64>();
            wrong += gradients.iter().map(|g| g.wrong).sum::<u64>();
            step(&mut network, &mut moments, gradients, rate);
            if moments.time as f32 > 0.6 * total && moments.time % AVERAGE_EVERY == 0 {
                mean.add(&network);
            }
        }
        report(epoch, &network, (steps, wrong));
    }
    mean.of(network)
}

/// Every how many batches of the last rounds the weights go into their mean.
const AVERAGE_EVERY: i32 = 25;

/// The mean of the weights over the last part of the training (Polyak & Juditsky 1992): it errs less than the last ones.
#[derive(Default)]
struct Mean {
    dense: Vec<f64>,
    embeddings: Vec<[f64; WIDTH]>,
    count: u32,
}

impl Mean {
    fn add(&mut self, network: &Network) {
        self.count += 1;
        self.dense.resize(DENSE, 0.0);
        self.embeddings.resize(network.embeddings.len(), [0.0; WIDTH]);
        for (sum, weight) in self.dense.iter_mut().zip(&network.dense) {
            *sum += f64::from(*weight);
        }
        for (sums, row) in self.embeddings.iter_mut().zip(&network.embeddings) {
            sums.iter_mut().zip(row).for_each(|(sum, weight)| *sum += f64::from(*weight));
        }
    }

    fn of(&self, mut network: Network) -> Network {
        if self.count > 0 {
            let mean = |sum: f64| (sum / f64::from(self.count)) as f32;
            network.dense = self.dense.iter().map(|sum| mean(*sum)).collect();
            network.embeddings = self.embeddings.iter().map(|row| row.map(mean)).collect();
        }
        network
    }
}

fn step(network: &mut Network, moments: &mut Adam, gradients: Vec<Gradient>, rate: f32) {
    let mut gradients = gradients.into_iter();
    let Some(mut sum) = gradients.next() else { return };
    for other in gradients {
        axpy(&mut sum.dense, 1.0, &other.dense);
        for (row, gradient) in other.embeddings {
            axpy(sum.embeddings.entry(row).or_insert([0.0; WIDTH]), 1.0, &gradient);
        }
    }
    // a step is shorter where the batch is far from what was expected
    let norm = dot(&sum.dense, &sum.dense).sqrt();
    let scale = if norm > 60.0 { 60.0 / norm } else { 1.0 };
    for ((weight, moments), gradient) in network.dense.iter_mut().zip(&mut moments.dense).zip(&sum.dense) {
        adam(weight, moments, gradient * scale, rate);
    }
    for (row, gradient) in &sum.embeddings {
        let row = *row as usize;
        for j in 0..WIDTH {
            adam(&mut network.embeddings[row][j], &mut moments.embeddings[row][j], gradient[j] * scale, rate);
        }
    }
}

/// Unlabelled and labelled attachment scores.
pub(crate) fn accuracy(network: &Network, examples: &[Example]) -> (f64, f64) {
    let (mut heads, mut labels, mut all) = (0, 0, 0);
    for example in examples {
        let encoded = encode(network, example, None);
        let outputs = &encoded.layers[CONVOLUTIONS];
        let mut cache = Projections::new(outputs.len());
        let mut state = State::new(outputs.len());
        while !state.done() {
            let (h, ..) = hidden(network, outputs, &state, &mut cache);
            let Some(best) = highest(&scores(network, &h), |step| state.allows(step)) else { break };
            state.apply(Move::from_number(best));
        }
        for (idx, &head) in example.heads.iter().enumerate() {
            let right = state.node(idx).head == head;
            heads += usize::from(right);
            labels += usize::from(right && state.label(idx) == example.labels[idx]);
            all += 1;
        }
    }
    let share = |hits: usize| hits as f64 / all.max(1) as f64;
    (share(heads), share(labels))
}
