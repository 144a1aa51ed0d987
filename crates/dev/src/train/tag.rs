//! Training of the tagger.

use variorum_annotate::tag::weights::Weights;
use variorum_annotate::tag::{CLASSES, Tagger, before, best, features};

use super::learner::Learner;
use super::treebank::Tree;
use super::{Corpora, Random};

const EPOCHS: usize = 10;

/// The weights of the tagger that ships.
pub(crate) fn train(corpora: &Corpora) -> Vec<u8> {
    let trees: Vec<&Tree> = corpora.train.iter().collect();
    let learner = learn_weights(&trees);
    let table = table(&learner);
    println!("dev: class accuracy, tag accuracy {:?}", accuracy(&table, &corpora.dev));
    table
}

/// The table of a trained tagger: four steps a unit keep the largest averages within a byte, and what is below one unit
/// costs more room than it is worth.
pub(crate) fn table(learner: &Learner) -> Vec<u8> {
    learner.table(CLASSES.len(), 4.0, 4.0)
}

/// The table that ships.
pub(crate) fn shipped() -> &'static [u8] {
    variorum_annotate::tag::MODEL
}

/// One training example: the words and their gold classes.
struct Example {
    words: features::Words,
    classes: Vec<usize>,
}

/// The examples that `trees` make. Some sentences are also seen as headlines are written: with initial capitals, or in
/// capitals throughout.
fn examples(trees: &[&Tree]) -> Vec<Example> {
    let mut examples = Vec::new();
    for (number, tree) in trees.iter().enumerate() {
        let mut add = |change: &dyn Fn(&str) -> String| {
            let forms: Vec<String> = tree.forms.iter().map(|form| change(form)).collect();
            let words = features::words(forms.iter().map(String::as_str));
            examples.push(Example { words, classes: tree.classes.clone() });
        };
        add(&str::to_owned);
        if number % 10 == 0 {
            add(&title);
        } else if number % 25 == 1 {
            add(&str::to_uppercase);
        }
    }
    examples
}

/// Weights trained on `trees`.
pub(crate) fn learn_weights(trees: &[&Tree]) -> Learner {
    let mut examples = examples(trees);
    let mut learner = Learner::new(3);
    let mut buffer = Vec::new();
    for example in &examples {
        for at in 0..example.classes.len() {
            features::tag_features(&example.words, at, before(&example.classes[..at]), &mut buffer);
            learner.count(&buffer);
        }
    }
    learner.freeze();
    let mut random = Random(7);
    for _ in 0..EPOCHS {
        random.shuffle(&mut examples);
        for example in &examples {
            learn(&mut learner, example, &mut buffer);
        }
    }
    learner
}

fn learn(learner: &mut Learner, example: &Example, buffer: &mut Vec<u64>) {
    let mut chosen: Vec<usize> = Vec::with_capacity(example.classes.len());
    let mut scores = vec![0; CLASSES.len()];
    for (at, &gold) in example.classes.iter().enumerate() {
        features::tag_features(&example.words, at, before(&chosen), buffer);
        scores.fill(0);
        learner.score(buffer, &mut scores);
        let guess = best(&scores);
        learner.tick();
        if guess != gold {
            learner.update(buffer, gold, 1);
            learner.update(buffer, guess, -1);
        }
        chosen.push(guess);
    }
}

fn title(form: &str) -> String {
    const SMALL: &[&str] =
        &["a", "an", "the", "of", "in", "on", "to", "for", "and", "at", "by", "or", "n't", "'s"];
    let mut chars = form.chars();
    match chars.next() {
        Some(first) if !SMALL.contains(&form) => first.to_uppercase().chain(chars).collect(),
        _ => form.to_owned(),
    }
}

/// Shares of words with the right class and the right tag.
pub(crate) fn accuracy(table: &[u8], trees: &[Tree]) -> (f64, f64) {
    let Some(weights) = Weights::read(table) else { return (0.0, 0.0) };
    let mut tagger = Tagger::new(weights);
    let (mut class_hits, mut tag_hits, mut all) = (0, 0, 0);
    for tree in trees {
        let words = features::words(tree.forms.iter().map(String::as_str));
        for (idx, class) in tagger.classes(&words).into_iter().enumerate() {
            class_hits += usize::from(class == tree.classes[idx]);
            tag_hits += usize::from(CLASSES[class].0 == tree.tags[idx]);
            all += 1;
        }
    }
    let share = |hits: usize| hits as f64 / all.max(1) as f64;
    (share(class_hits), share(tag_hits))
}
