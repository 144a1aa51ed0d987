//! SuperPAL (Ernst et al. 2021): which propositions of a summary a proposition of a source states. All pairs of annotated
//! propositions of a topic are candidates; those that a row joins are gold.

use std::collections::{BTreeMap, BTreeSet};

use variorum_collate::overlap::Words;

use super::super::{Outcome, measure, table};
use super::{Read, bare, likeness};

/// From this likeness on one proposition states the other.
const SAME: f64 = 0.48;

/// A part of a sentence: file, where the sentence stands, where the parts stand.
type Key = (String, String, String);

#[derive(Default)]
struct Topic {
    summary: BTreeMap<Key, Words>,
    source: BTreeMap<Key, Words>,
    gold: BTreeSet<(Key, Key)>,
}

/// Scores the rows of one file.
pub(super) fn score(text: &str, outcome: &mut Outcome) {
    let mut topics: BTreeMap<String, Topic> = BTreeMap::new();
    for row in table::csv(text) {
        let of = |name: &str| row.get(name).cloned().unwrap_or_default();
        let topic = topics.entry(of("topic")).or_default();
        let x = (of("summaryFile"), of("scuSentCharIdx"), of("summarySpanOffsets"));
        let y = (of("documentFile"), of("docSentCharIdx"), of("docSpanOffsets"));
        let part = |name: &str| Read::new(&of(name).replace("...", " ")).words();
        topic.summary.entry(x.clone()).or_insert_with(|| part("summarySpanText"));
        topic.source.entry(y.clone()).or_insert_with(|| part("docSpanText"));
        topic.gold.insert((x, y));
    }
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for topic in topics.values() {
        for (kx, x) in &topic.summary {
            for (ky, y) in &topic.source {
                let is_gold = topic.gold.contains(&(kx.clone(), ky.clone()));
                ours.push((likeness(x, y), is_gold));
                theirs.push((bare(x, y), is_gold));
            }
        }
    }
    let (hits, found, gold) = measure::counts_at(&ours, SAME);
    outcome.figure("propositions ap", measure::average_precision(&ours));
    outcome.prf("propositions", hits, found, gold);
    outcome.figure("propositions best f1", measure::best_f1(&ours));
    outcome.figure("bare overlap ap", measure::average_precision(&theirs));
    outcome.figure("bare overlap best f1", measure::best_f1(&theirs));
    outcome.figure("pairs", ours.len() as f64);
}
