//! `eval conflicts`: whether what is called a contradiction is one. NumGLUE's quantitative inference (accuracy), and SNLI,
//! MultiNLI and RTE: pairs of close sentences go through the whole comparison as two accounts of one story, and what is
//! reported as a conflict is held against the annotators' label, type by type, with the calibration of its confidence.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use variorum_collate::copy::Related;
use variorum_collate::inference::{self, Judgement, Verdict};
use variorum_collate::story::Group;
use variorum_collate::{Account, Options, align, assemble, pile};
use variorum_schema::{Finding, FindingKind};

use super::{Outcome, corpus, table};

/// Scores every file under `path` by its form.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut pairs = Vec::new();
    for file in corpus::files(path, &[".json", ".jsonl", ".csv"])? {
        let text = corpus::text(&file)?;
        let name = file.to_string_lossy().to_lowercase();
        if text.contains("statement1") {
            quantities(&text, &mut outcome);
        } else if text.starts_with("premise") || text.contains("premise,hypothesis") {
            let rows = table::csv(&text);
            let set = ["snli", "mnli", "rte"].into_iter().find(|s| name.contains(s)).unwrap_or("pairs");
            pairs.extend(rows.into_iter().filter_map(|row| pair(set, &row)));
        }
    }
    if !pairs.is_empty() {
        inferences(&pairs, &mut outcome);
    }
    if outcome.figures.is_empty() {
        return Err(format!("no pairs under {}", path.display()));
    }
    Ok(outcome)
}

/// A short text as an account of its own.
fn account(name: &str, text: &str) -> Account {
    let mut document = corpus::document(text);
    document.name = name.to_owned();
    document.id = variorum_annotate::extract::document_id(name, text);
    let annotations = variorum_annotate::annotate(&document);
    Account { document, annotations }
}

/// NumGLUE type 7 (Mishra et al. 2022, from EQUATE): entailment, contradiction or neutral.
fn quantities(text: &str, outcome: &mut Outcome) {
    let rows: Vec<Value> = match serde_json::from_str(text) {
        Ok(Value::Array(rows)) => rows,
        _ => text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect(),
    };
    let string = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let rows: Vec<(String, String, Verdict)> = rows
        .iter()
        .filter_map(|row| {
            Some((string(row, "statement1"), string(row, "statement2"), verdict(&string(row, "answer"))?))
        })
        .collect();
    let found: Vec<Judgement> =
        rows.par_iter().map(|(x, y, _)| inference::judge(&account("x", x), &account("y", y))).collect();
    let hits = rows.iter().zip(&found).filter(|(r, f)| r.2 == f.verdict).count();
    outcome.figure("numglue accuracy", hits as f64 / rows.len().max(1) as f64);
    let mut counts: BTreeMap<Verdict, usize> = BTreeMap::new();
    rows.iter().for_each(|r| *counts.entry(r.2).or_insert(0) += 1);
    let most = counts.values().max().copied().unwrap_or(0);
    outcome.figure("baseline: the commonest answer", most as f64 / rows.len().max(1) as f64);
    for kind in [Verdict::Follows, Verdict::Excludes, Verdict::Open] {
        let hits = rows.iter().zip(&found).filter(|(r, f)| r.2 == kind && f.verdict == kind).count();
        let ours = found.iter().filter(|f| f.verdict == kind).count();
        outcome.prf(
            &format!("numglue {kind:?}").to_lowercase(),
            hits,
            ours,
            counts.get(&kind).copied().unwrap_or(0),
        );
    }
    for (row, ours) in rows.iter().zip(&found).filter(|(r, f)| r.2 != f.verdict) {
        outcome.errors.push(format!("{:?} for {:?}: {} | {}", ours.verdict, row.2, row.0, row.1));
    }
}

fn verdict(label: &str) -> Option<Verdict> {
    match label.trim().to_lowercase().as_str() {
        "entailment" => Some(Verdict::Follows),
        "contradiction" => Some(Verdict::Excludes),
        "neutral" => Some(Verdict::Open),
        _ => None,
    }
}

struct Pair {
    set: &'static str,
    premise: String,
    hypothesis: String,
    is_contradiction: bool,
}

/// RTE's two-way labels do not say what contradicts: its pairs serve as such that follow.
fn pair(set: &'static str, row: &BTreeMap<String, String>) -> Option<Pair> {
    let label = row.get("label")?.trim();
    if label == "not_entailment" || label == "-" {
        return None;
    }
    Some(Pair {
        set,
        premise: row.get("premise")?.clone(),
        hypothesis: row.get("hypothesis")?.clone(),
        is_contradiction: label == "contradiction",
    })
}

/// Whether two sentences share words enough to be compared at all: nothing aligns what shares less.
fn are_close(x: &str, y: &str) -> bool {
    let words = |text: &str| -> BTreeSet<String> {
        let lower = text.to_lowercase();
        let split = lower.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        split.map(|w| w.chars().take(5).collect()).collect()
    };
    let (p, q) = (words(x), words(y));
    p.intersection(&q).count() * 5 >= p.len().min(q.len())
}

/// What the product reports when two sentences are all that two accounts say.
fn findings(accounts: &[Account; 2]) -> Vec<Finding> {
    let pile = pile::Pile::new(accounts);
    let group =
        Group { members: vec![0, 1], why: vec![(1.0, Vec::new()), (1.0, Vec::new())], coherence: 1.0 };
    let related: [Related; 0] = [];
    let alignments = align::align(&pile, &group.members);
    assemble::tell(accounts, &pile, &group, &related, &alignments, &Options::default(), &assemble::story)
        .findings
}

fn is_conflict(finding: &Finding) -> bool {
    matches!(finding.kind, FindingKind::Conflict | FindingKind::Disputed | FindingKind::Revised)
}

fn inferences(pairs: &[Pair], outcome: &mut Outcome) {
    let found: Vec<(Vec<Finding>, Judgement)> = pairs
        .par_iter()
        .map(|p| {
            if !are_close(&p.premise, &p.hypothesis) {
                return (Vec::new(), inference::OPEN);
            }
            let accounts = [account("x", &p.premise), account("y", &p.hypothesis)];
            let list = findings(&accounts).into_iter().filter(is_conflict).collect();
            (list, inference::judge(&accounts[0], &accounts[1]))
        })
        .collect();
    let gold = pairs.iter().filter(|p| p.is_contradiction).count();
    let count = |is: &dyn Fn(usize) -> bool| {
        let ours: Vec<usize> = (0..pairs.len()).filter(|n| is(*n)).collect();
        (ours.iter().filter(|n| pairs[**n].is_contradiction).count(), ours.len())
    };
    let (hits, ours) = count(&|n| !found[n].0.is_empty());
    outcome.prf("reported conflicts", hits, ours, gold);
    outcome.figure("reported conflicts found", ours as f64);
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (pair, (list, _)) in pairs.iter().zip(&found) {
        for finding in list {
            let kind = finding.finding_type.map_or("other".into(), |t| format!("{t:?}").to_lowercase());
            let counts = kinds.entry(kind).or_default();
            counts.0 += usize::from(pair.is_contradiction);
            counts.1 += 1;
        }
    }
    for (kind, (hits, ours)) in kinds {
        outcome.figure(format!("{kind} precision"), hits as f64 / ours.max(1) as f64);
        outcome.figure(format!("{kind} reported"), ours as f64);
    }
    outcome.figure("calibration error", calibration(pairs, &found));
    let (hits, ours) = count(&|n| found[n].1.verdict == Verdict::Excludes);
    outcome.prf("sentence judgement", hits, ours, gold);
    // A word of negation in one of them only: what everybody starts from.
    let negated = |text: &str| {
        text.to_lowercase().split(|c: char| !c.is_alphanumeric() && c != '\'').any(|w| {
            matches!(w, "not" | "no" | "never" | "nobody" | "nothing" | "none") || w.ends_with("n't")
        })
    };
    let (hits, ours) = count(&|n| negated(&pairs[n].premise) != negated(&pairs[n].hypothesis));
    outcome.prf("baseline: negation parity", hits, ours, gold);
    for (pair, (list, _)) in pairs.iter().zip(&found).filter(|(p, f)| !p.is_contradiction && !f.0.is_empty())
    {
        let kind = list[0].finding_type;
        outcome.errors.push(format!(
            "{}: {kind:?} {:.2}: {} | {}",
            pair.set, list[0].confidence, pair.premise, pair.hypothesis
        ));
    }
}

/// Expected calibration error of the confidences over ten bins (Naeini, Cooper & Hauskrecht 2015): how far the share that
/// is right lies from the mean confidence.
fn calibration(pairs: &[Pair], found: &[(Vec<Finding>, Judgement)]) -> f64 {
    let mut bins: BTreeMap<u32, (f64, f64, f64)> = BTreeMap::new();
    for (pair, (list, _)) in pairs.iter().zip(found) {
        for finding in list {
            let bin = bins.entry((finding.confidence * 10.0) as u32).or_default();
            bin.0 += 1.0;
            bin.1 += finding.confidence;
            bin.2 += f64::from(u8::from(pair.is_contradiction));
        }
    }
    let all: f64 = bins.values().map(|b| b.0).sum();
    bins.values().map(|(_, sure, right)| (sure - right).abs()).sum::<f64>() / all.max(1.0)
}
