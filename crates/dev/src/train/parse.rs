//! Training of the parser: greedy, with a dynamic oracle (Goldberg & Nivre 2013).

use variorum_annotate::parse::RELATIONS;
use variorum_annotate::parse::network::Network;
use variorum_annotate::parse::state::{Move, NONE, State};
use variorum_annotate::tag::Tagger;
use variorum_annotate::tag::features::{self, Words};
use variorum_annotate::tag::weights::Weights;

use super::treebank::Tree;
use super::{Corpora, network};

const EPOCHS: usize = 12;
/// Into how many parts the training data is split, each tagged by a tagger that has not seen it.
const FOLDS: usize = 5;

/// The weights of the parser that ships.
pub(crate) fn train(corpora: &Corpora) -> Vec<u8> {
    let classes = jackknife(&corpora.train);
    train_with(corpora, &classes)
}

/// Tag classes of the training sentences, as wrong as those of unseen sentences are.
pub(crate) fn jackknife(trees: &[Tree]) -> Vec<Vec<usize>> {
    let mut out = vec![Vec::new(); trees.len()];
    for fold in 0..FOLDS {
        let others: Vec<&Tree> =
            trees.iter().enumerate().filter(|(idx, _)| idx % FOLDS != fold).map(|(_, tree)| tree).collect();
        let table = super::tag::table(&super::tag::learn_weights(&others));
        for (idx, tree) in trees.iter().enumerate().filter(|(idx, _)| idx % FOLDS == fold) {
            out[idx] = tagged(&table, &tree.forms);
        }
    }
    out
}

/// The tag classes that the tagger with this table gives.
pub(crate) fn tagged(table: &[u8], forms: &[String]) -> Vec<usize> {
    let words = features::words(forms.iter().map(String::as_str));
    Weights::read(table).map(|weights| Tagger::new(weights).classes(&words)).unwrap_or_default()
}

/// One training example: what the parser sees, and what it should find.
pub(crate) struct Example {
    pub(crate) words: Words,
    pub(crate) classes: Vec<usize>,
    /// Head of each word; the number of words stands for the root.
    pub(crate) heads: Vec<usize>,
    pub(crate) labels: Vec<usize>,
}

impl Example {
    /// The example that a tree with these tag classes makes.
    pub(crate) fn new(tree: &Tree, classes: &[usize]) -> Example {
        let length = tree.forms.len();
        let label = |relation| RELATIONS.iter().position(|r| r == relation).unwrap_or(0);
        Example {
            words: features::words(tree.forms.iter().map(String::as_str)),
            classes: classes.to_vec(),
            heads: tree.heads.iter().map(|head| head.unwrap_or(length)).collect(),
            labels: tree.relations.iter().map(label).collect(),
        }
    }
}

/// Weights learnt from the training sentences with these tag classes.
pub(crate) fn train_with(corpora: &Corpora, classes: &[Vec<usize>]) -> Vec<u8> {
    let examples: Vec<Example> =
        corpora.train.iter().zip(classes).map(|(tree, classes)| Example::new(tree, classes)).collect();
    let dev = development(corpora);
    let network = network::train(&examples, EPOCHS, |epoch, network, (steps, wrong)| {
        let loss = wrong as f64 / steps as f64;
        println!("epoch {epoch}: wrong moves {loss:.4}, dev UAS, LAS {:?}", network::accuracy(network, &dev));
    });
    let bytes = network.pack();
    println!("as integers: {:?}", accuracy(&bytes, &dev));
    bytes
}

/// The development sentences with the tags of the tagger that ships.
pub(crate) fn development(corpora: &Corpora) -> Vec<Example> {
    let table = super::tag::shipped();
    corpora.dev.iter().map(|tree| Example::new(tree, &tagged(table, &tree.forms))).collect()
}

/// The moves that lose no more arcs than they must.
pub(crate) struct RightMoves {
    kinds: [bool; 3],
    /// The relation that a left or a right arc must have, where it is the arc of the treebank.
    labels: [Option<usize>; 3],
    root: usize,
    at_root: bool,
}

impl RightMoves {
    pub(crate) fn allow(&self, step: Move) -> bool {
        let (kind, label) = match step {
            Move::Shift => return self.kinds[0],
            Move::Left(label) => (1, label),
            Move::Right(label) => (2, label),
        };
        self.kinds[kind]
            && (label == self.root) == (kind == 1 && self.at_root)
            && self.labels[kind].is_none_or(|gold| gold == label)
    }
}

pub(crate) fn right_moves(state: &State, example: &Example) -> RightMoves {
    let (s0, s1, b0) = (state.top(0), state.top(1), state.ahead(0));
    let heads = &example.heads;
    let length = heads.len();
    let possible = state.possible();
    let mut costs = [u32::MAX; 3];
    let below = &state.stack()[..state.stack().len().saturating_sub(1)];
    if possible[0] {
        // the new word loses dependents on the stack, and a head below the top
        let dependents = state.stack().iter().filter(|&&d| heads[d] == b0).count();
        costs[0] = dependents as u32 + u32::from(below.contains(&heads[b0]));
    }
    let lost_dependents = |from: usize| (from..length).filter(|&d| heads[d] == s0).count() as u32;
    if possible[1] {
        let lost_head = heads[s0] != b0 && (heads[s0] == s1 || heads[s0] > b0);
        costs[1] = u32::from(lost_head) + lost_dependents(b0);
    }
    if possible[2] {
        costs[2] = u32::from(heads[s0] >= b0) + lost_dependents(b0);
    }
    let least = costs.iter().copied().min().unwrap_or(0);
    let gold = |head: usize| (s0 != NONE && head != NONE && heads[s0] == head).then(|| example.labels[s0]);
    RightMoves {
        kinds: [0, 1, 2].map(|kind| possible[kind] && costs[kind] == least),
        labels: [None, gold(b0), gold(s1)],
        root: RELATIONS.iter().position(|r| *r == variorum_schema::Relation::Root).unwrap_or(0),
        at_root: state.at_root(),
    }
}

/// Unlabelled and labelled attachment scores.
pub(crate) fn accuracy(bytes: &[u8], examples: &[Example]) -> (f64, f64) {
    let Some(network) = Network::read(bytes) else { return (0.0, 0.0) };
    let (mut heads, mut labels, mut all) = (0, 0, 0);
    for example in examples {
        let state = network.parse(&example.words.words, &example.classes);
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
