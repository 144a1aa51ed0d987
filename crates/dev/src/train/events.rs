//! Trains what speaks for two mentions being one event: `crates/collate/data/event.txt`.

use std::path::Path;

use variorum_collate::event::{self, FEATURES, Model};

use super::logistic;
use crate::eval::{coref_f1, ecb, events};

const HEAD: &str = "What speaks for two mentions of acts being one event: weights of a logistic regression, and the mean likeness from
which groups are joined. Trained by `variorum-dev train events` on the training topics of ECB+ (CC BY 3.0).
Fields: name of the feature, weight.";

/// The file's bytes: weights from the training topics, the threshold by cross-validation over four parts of them.
pub(crate) fn train(shared: &Path) -> Result<Vec<u8>, String> {
    let (mut texts, mut held) = (ecb::read(&shared.join("corpora/ecbplus"))?, Vec::new());
    texts.retain(|t| t.topic < ecb::TEST_FROM);
    held.extend(texts.extract_if(.., |t| ecb::DEV.contains(&t.topic)));
    let mut best = (0.0, 0.5);
    let mut folds = Vec::new();
    for fold in 0..4 {
        let (held, seen): (Vec<_>, Vec<_>) = split(&texts, fold);
        folds.push((events::scene(&held), logistic::fit(&rows(&events::scene(&seen)), PENALTY)));
    }
    for threshold in (4..=16).map(|n| f64::from(n) * 0.05) {
        let mut sum = 0.0;
        for (scene, weights) in &folds {
            let model = Model { weights: weights.clone(), threshold };
            let found = event::events(&scene.ours, &scene.mentions, &model);
            sum += coref_f1(&events::grouped(scene.gold.iter()), &found);
        }
        eprintln!("threshold {threshold:.2}: {:.4}", sum / folds.len() as f64);
        if sum > best.0 {
            best = (sum, threshold);
        }
    }
    let weights = logistic::fit(&rows(&events::scene(&texts)), PENALTY);
    let model = Model { weights: weights.clone(), threshold: best.1 };
    let scene = events::scene(&held);
    let found = event::events(&scene.ours, &scene.mentions, &model);
    eprintln!("held-back topics: {:.4}", coref_f1(&events::grouped(scene.gold.iter()), &found));
    Ok(logistic::write(HEAD, &FEATURES, &weights, &[("threshold", best.1)]))
}

const PENALTY: f64 = 2.0;

fn split(texts: &[ecb::Text], fold: u32) -> (Vec<ecb::Text>, Vec<ecb::Text>) {
    texts.iter().cloned().partition(|t| t.topic % 4 == fold)
}

/// Pairs that can be one event, with the gold answer; those of one document and act weigh the same as the others.
fn rows(scene: &events::Scene) -> Vec<(Vec<f64>, bool, f64)> {
    let ours = &scene.ours;
    let row = |(a, b): (u32, u32)| {
        let features = ours.features(&scene.mentions[a as usize], &scene.mentions[b as usize]);
        (features.to_vec(), scene.gold[a as usize] == scene.gold[b as usize], 1.0)
    };
    event::candidates(ours, &scene.mentions).into_iter().map(row).collect()
}
