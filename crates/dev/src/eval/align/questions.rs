//! QA-Align (Brook Weiss et al. 2021): which question-answer pairs of two sentences of one event ask and say the same.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde_json::Value;
use variorum_collate::overlap::{self, Link, Words};

use super::super::{Outcome, table};
use super::Read;

/// From this on two pairs ask and say the same.
const SAME: f64 = 0.55;

/// A question about a predicate with its answer: places of words in the list of their sentence.
struct Pair {
    id: String,
    verb: usize,
    question: String,
    answer: (usize, usize),
}

/// Scores the rows of one file.
pub(super) fn score(text: &str, outcome: &mut Outcome) {
    let rows = table::csv(text);
    let scored: Vec<([usize; 3], [usize; 3], Vec<String>)> = rows.par_iter().map(row).collect();
    let sum = |n: usize, i: usize| scored.iter().map(|s| if n == 0 { s.0[i] } else { s.1[i] }).sum::<usize>();
    outcome.prf("question pairs", sum(0, 0), sum(0, 1), sum(0, 2));
    outcome.prf("same lemmas", sum(1, 0), sum(1, 1), sum(1, 2));
    outcome.errors.extend(scored.into_iter().flat_map(|s| s.2));
}

fn row(row: &std::collections::BTreeMap<String, String>) -> ([usize; 3], [usize; 3], Vec<String>) {
    let of = |name: &str| row.get(name).map(String::as_str).unwrap_or_default();
    let (x, y) = (Read::new(of("tokens_1")), Read::new(of("tokens_2")));
    let (words_x, words_y) = (x.words(), y.words());
    let links = overlap::links(&words_x, &words_y);
    let (xs, ys) =
        (pairs(&table::python(of("qas_1")), &x, &words_x), pairs(&table::python(of("qas_2")), &y, &words_y));
    let gold = gold(&table::python(of("alignments")));
    let ours = assign(&xs, &ys, |p, q| sameness(&words_x, &words_y, &links, p, q), SAME);
    let theirs = assign(&xs, &ys, |p, q| same_lemmas(&words_x, &words_y, p, q), 0.5);
    let count =
        |found: &BTreeSet<(String, String)>| [found.intersection(&gold).count(), found.len(), gold.len()];
    let name = |list: &[Pair], id: &str| {
        list.iter().find(|p| p.id == id).map_or(String::new(), |p| p.question.clone())
    };
    let missed = gold.symmetric_difference(&ours).map(|(p, q)| {
        let sign = if gold.contains(&(p.clone(), q.clone())) { "missed" } else { "wrong" };
        format!("{sign}: {} | {} || {} || {}", name(&xs, p), name(&ys, q), of("text_1"), of("text_2"))
    });
    (count(&ours), count(&theirs), missed.collect())
}

fn pairs(list: &Value, read: &Read, words: &Words) -> Vec<Pair> {
    let mut starts = Vec::new();
    let mut at = 0;
    for token in read.document.text.split(' ') {
        starts.push(at);
        at += token.len() + 1;
    }
    let place = |token: usize| {
        let byte = starts.get(token).copied().unwrap_or(at);
        words.list.partition_point(|w| (read.annotations.tokens[w.token as usize].span.start as usize) < byte)
    };
    let one = |qa: &Value| {
        let text = |key: &str| qa.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let range = text("answer_range");
        let (from, to) = range.split(['/', ';', '~']).next()?.split_once(':')?;
        let answer = (place(from.parse().ok()?), place(to.parse().ok()?));
        let verb = qa.get("verb_idx").and_then(Value::as_u64)? as usize;
        Some(Pair { id: text("qa_uuid"), verb: place(verb), question: text("question"), answer })
    };
    list.as_array().into_iter().flatten().filter_map(one).collect()
}

/// Pairs of identifiers that the annotators joined, one to one.
fn gold(alignments: &Value) -> BTreeSet<(String, String)> {
    let mut gold = BTreeSet::new();
    for one in alignments.as_array().into_iter().flatten() {
        let ids = |side: &str| -> Vec<String> {
            let list = one.get(side).and_then(Value::as_array).into_iter().flatten();
            list.filter_map(|qa| qa.get("qa_uuid")?.as_str().map(str::to_owned)).collect()
        };
        if let ([x], [y]) = (&ids("sent1")[..], &ids("sent2")[..]) {
            gold.insert((x.clone(), y.clone()));
        }
    }
    gold
}

/// One-to-one, the surest first.
fn assign(
    xs: &[Pair],
    ys: &[Pair],
    score: impl Fn(&Pair, &Pair) -> f64,
    min: f64,
) -> BTreeSet<(String, String)> {
    let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
    for (i, p) in xs.iter().enumerate() {
        for (j, q) in ys.iter().enumerate() {
            let score = score(p, q);
            if score >= min {
                ranked.push((score, i, j));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_x, mut used_y, mut out) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for (_, i, j) in ranked {
        if !used_x.contains(&i) && !used_y.contains(&j) {
            used_x.insert(i);
            used_y.insert(j);
            out.insert((xs[i].id.clone(), ys[j].id.clone()));
        }
    }
    out
}

/// Half the predicates, half the answers.
fn sameness(x: &Words, y: &Words, links: &[Link], p: &Pair, q: &Pair) -> f64 {
    let (Some(a), Some(b)) = (x.list.get(p.verb), y.list.get(q.verb)) else { return 0.0 };
    let verbs =
        if links.iter().any(|l| (l.x, l.y) == (p.verb, q.verb)) { 1.0 } else { overlap::likeness(a, b) };
    let (from, to) = (p.answer, q.answer);
    let inside = |l: &&Link| l.x >= from.0 && l.x < from.1 && l.y >= to.0 && l.y < to.1;
    let linked: f64 =
        links.iter().filter(inside).map(|l| l.likeness * (x.list[l.x].weight + y.list[l.y].weight)).sum();
    let weight = |w: &Words, r: (usize, usize)| {
        w.list.get(r.0..r.1).unwrap_or(&[]).iter().map(|w| w.weight).sum::<f64>()
    };
    let (n, m) = (weight(x, from), weight(y, to));
    let answers = linked / (n + m).max(0.1);
    let whole = linked / (2.0 * n.min(m)).max(0.1);
    0.5 * verbs + 0.3 * answers.min(1.0) + 0.2 * whole.min(1.0)
}

/// The paper's baseline: the predicates have one lemma, and the answers share a content word.
fn same_lemmas(x: &Words, y: &Words, p: &Pair, q: &Pair) -> f64 {
    let (Some(a), Some(b)) = (x.list.get(p.verb), y.list.get(q.verb)) else { return 0.0 };
    let lemmas = |w: &Words, r: (usize, usize)| -> BTreeSet<String> {
        let list = w.list.get(r.0..r.1).unwrap_or(&[]).iter().filter(|w| w.is_content);
        list.map(|w| w.lemma.clone()).collect()
    };
    let (s, t) = (lemmas(x, p.answer), lemmas(y, q.answer));
    let both = s.intersection(&t).count() as f64 / (s.len().max(t.len())).max(1) as f64;
    if a.lemma == b.lemma { both } else { 0.0 }
}
