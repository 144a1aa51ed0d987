//! FNC-1 (Pomerleau & Rao 2017): how an article stands to a headline, with the challenge's weighted score. Every fourth
//! story (article) is held out and printed first: rules and thresholds were set on the others.

use std::collections::BTreeMap;

use rayon::prelude::*;
use variorum_collate::Account;
use variorum_collate::overlap::Words;
use variorum_collate::stance::{Stance, Teller, Weights};

use super::super::align::Read;
use super::super::{Outcome, corpus, table};

struct Pair {
    headline: String,
    body: String,
    gold: Stance,
}

/// Scores the pairs of all tables with the bodies of all tables.
pub(super) fn score(tables: &[String], outcome: &mut Outcome) {
    let (mut bodies, mut pairs) = (BTreeMap::new(), Vec::new());
    for text in tables {
        for row in table::rows(text) {
            if let [id, body] = &row[..] {
                bodies.insert(id.clone(), body.clone());
            } else if let [headline, id, stance] = &row[..]
                && let Some(gold) = named(stance)
            {
                pairs.push(Pair { headline: headline.clone(), body: id.clone(), gold });
            }
        }
    }
    pairs.retain(|p| bodies.contains_key(&p.body));
    if pairs.is_empty() {
        return;
    }
    let tellers: BTreeMap<String, Teller> =
        bodies.par_iter().map(|(id, text)| (id.clone(), teller(text))).collect();
    let mut headlines: Vec<String> = pairs.iter().map(|p| p.headline.clone()).collect();
    headlines.sort();
    headlines.dedup();
    let headlines: BTreeMap<String, Words> =
        headlines.into_par_iter().map(|h| (h.clone(), Read::new(&h).words())).collect();
    let weights = Weights::new(tellers.values());
    let found: Vec<Stance> =
        pairs.par_iter().map(|p| tellers[&p.body].stance(&headlines[&p.headline], &weights)).collect();
    let is_held_out = |p: &Pair| p.body.parse::<u64>().is_ok_and(|id| id % 4 == 0);
    report("held out ", &pairs, &found, is_held_out, outcome);
    report("", &pairs, &found, |_| true, outcome);
    outcome.figure("stance pairs", pairs.len() as f64);
    for (pair, ours) in pairs.iter().zip(&found).filter(|(p, o)| p.gold != **o).step_by(37) {
        outcome.errors.push(format!("{ours:?} for {:?}: {} | {}", pair.gold, pair.headline, pair.body));
    }
}

fn teller(text: &str) -> Teller {
    let document = corpus::document(text);
    let annotations = variorum_annotate::annotate(&document);
    Teller::new(&Account { document, annotations })
}

fn named(stance: &str) -> Option<Stance> {
    match stance.trim() {
        "unrelated" => Some(Stance::Unrelated),
        "discuss" => Some(Stance::Discusses),
        "agree" => Some(Stance::Supports),
        "disagree" => Some(Stance::Denies),
        _ => None,
    }
}

/// The challenge's points: a quarter for related or not, three quarters more for the stance of what is related.
fn points(gold: Stance, ours: Stance) -> f64 {
    let is_related = |s: Stance| s != Stance::Unrelated;
    match (is_related(gold), is_related(ours)) {
        (false, false) => 0.25,
        (true, true) if gold == ours => 1.0,
        (true, true) => 0.25,
        _ => 0.0,
    }
}

fn report(
    prefix: &str,
    pairs: &[Pair],
    found: &[Stance],
    is_in: impl Fn(&Pair) -> bool,
    outcome: &mut Outcome,
) {
    let own: Vec<(Stance, Stance)> =
        pairs.iter().zip(found).filter(|(p, _)| is_in(p)).map(|(p, o)| (p.gold, *o)).collect();
    let best: f64 = own.iter().map(|(g, _)| points(*g, *g)).sum::<f64>().max(1.0);
    let score = |of: &dyn Fn(Stance, Stance) -> Stance| {
        own.iter().map(|(g, o)| points(*g, of(*g, *o))).sum::<f64>() / best
    };
    outcome.figure(format!("{prefix}fnc-1 score"), score(&|_, o| o));
    outcome.figure(
        format!("{prefix}baseline: whatever is related discusses"),
        score(&|_, o| if o == Stance::Unrelated { o } else { Stance::Discusses }),
    );
    for stance in [Stance::Unrelated, Stance::Discusses, Stance::Supports, Stance::Denies] {
        let hits = own.iter().filter(|(g, o)| *g == stance && *o == stance).count();
        let (ours, gold) =
            (own.iter().filter(|p| p.1 == stance).count(), own.iter().filter(|p| p.0 == stance).count());
        outcome.prf(&format!("{prefix}{stance:?}").to_lowercase(), hits, ours, gold);
    }
}
