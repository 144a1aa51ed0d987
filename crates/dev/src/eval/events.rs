//! `eval events`: which gold mentions of acts in ECB+ are one event, across documents. Held-back topics decide: those that
//! the weights were not trained on.

use std::collections::BTreeMap;
use std::path::Path;

use variorum_collate::event::{self, Mention, Model};
use variorum_collate::{Account, pile};

use super::{Outcome, coref, ecb, stories};

/// Scores the held-back topics under `path`; all, where there are none.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let all = ecb::read(path)?;
    let is_held_back = |t: &ecb::Text| ecb::DEV.contains(&t.topic) || t.topic >= ecb::TEST_FROM;
    let (held, seen): (Vec<ecb::Text>, Vec<ecb::Text>) = all.into_iter().partition(is_held_back);
    let mut outcome = Outcome::default();
    if !held.is_empty() {
        score("", &held, &mut outcome);
    }
    if !seen.is_empty() {
        score("trained topics ", &seen, &mut outcome);
    }
    Ok(outcome)
}

/// Accounts with the mentions of acts in them, and the gold groups.
pub(crate) struct Scene {
    pub(crate) accounts: Vec<Account>,
    pub(crate) mentions: Vec<Mention>,
    /// What the pile says of its documents.
    pub(crate) ours: event::Scene,
    /// Story of each account.
    pub(crate) stories: Vec<u32>,
    pub(crate) gold: Vec<String>,
}

/// The mentions of these documents as the product reads them.
pub(crate) fn scene(texts: &[ecb::Text]) -> Scene {
    let accounts: Vec<Account> = texts.iter().map(|t| t.account.clone()).collect();
    let pile = pile::Pile::new(&accounts);
    let (mut mentions, mut gold) = (Vec::new(), Vec::new());
    for (n, text) in texts.iter().enumerate() {
        for (span, group) in &text.mentions {
            if let Some(mention) = Mention::new(&accounts, n as u32, *span) {
                mentions.push(mention);
                gold.push(group.clone());
            }
        }
    }
    let mut stories = vec![0; accounts.len()];
    for (n, group) in stories::group(&accounts).iter().enumerate() {
        group.iter().for_each(|m| stories[*m as usize] = n as u32);
    }
    let ours = event::Scene::new(&pile, &mentions, &stories);
    Scene { accounts, mentions, ours, stories, gold }
}

/// Groups of equal keys.
pub(crate) fn grouped<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<Vec<u32>> {
    let mut groups: BTreeMap<K, Vec<u32>> = BTreeMap::new();
    for (n, key) in keys.enumerate() {
        groups.entry(key).or_default().push(n as u32);
    }
    groups.into_values().collect()
}

fn score(prefix: &str, texts: &[ecb::Text], outcome: &mut Outcome) {
    let scene = scene(texts);
    let gold = grouped(scene.gold.iter());
    let found = event::events(&scene.ours, &scene.mentions, Model::shipped());
    coref::report(prefix, &gold, &found, outcome);
    // The rule that everybody starts from: one lemma in the documents of one event.
    let event_of = |m: &Mention| {
        let name = &texts[m.account as usize].name;
        (texts[m.account as usize].topic, name.ends_with("plus"))
    };
    let by_story =
        grouped(scene.mentions.iter().map(|m| (scene.stories[m.account as usize], m.head.lemma.clone())));
    let by_event = grouped(scene.mentions.iter().map(|m| (event_of(m), m.head.lemma.clone())));
    let mut rules = Outcome::default();
    coref::report("lemma rule, our stories, ", &gold, &by_story, &mut rules);
    coref::report("lemma rule, gold sub-topics, ", &gold, &by_event, &mut rules);
    let main = rules.figures.into_iter().filter(|f| f.0.ends_with("conll f1"));
    outcome.figures.extend(main.map(|(name, value)| (format!("{prefix}{name}"), value)));
    outcome.figure(format!("{prefix}mentions"), scene.mentions.len() as f64);
    outcome.figure(format!("{prefix}events"), gold.len() as f64);
    if prefix.is_empty() {
        errors(&scene, &found, outcome);
    }
}

/// Pairs that are wrongly one, or wrongly two, with their features.
fn errors(scene: &Scene, found: &[Vec<u32>], outcome: &mut Outcome) {
    let mut group_of = vec![0; scene.mentions.len()];
    for (n, group) in found.iter().enumerate() {
        group.iter().for_each(|m| group_of[*m as usize] = n);
    }
    let show = |m: &Mention| {
        let document = &scene.accounts[m.account as usize].document;
        let sentence = scene.accounts[m.account as usize].annotations.sentences[m.sentence as usize].span;
        format!("{} «{}» in {}", document.name, m.span.of(&document.text), sentence.of(&document.text))
    };
    for (a, b) in event::candidates(&scene.ours, &scene.mentions) {
        let is_one = scene.gold[a as usize] == scene.gold[b as usize];
        let is_found = group_of[a as usize] == group_of[b as usize];
        if is_one != is_found {
            let (p, q) = (&scene.mentions[a as usize], &scene.mentions[b as usize]);
            let probability = Model::shipped().probability(&scene.ours.features(p, q));
            let sign = if is_one { "missed" } else { "wrong" };
            outcome.errors.push(format!("{sign} {probability:.2}: {} || {}", show(p), show(q)));
        }
    }
}
