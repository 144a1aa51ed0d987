//! Interpretable semantic textual similarity (Agirre et al. 2016): phrases coupled and their relation named, scored like
//! the task's `evalF1.pl`: token pairs of coupled phrases, weighted by fan-out (Melamed 1998), F1 over all sentence pairs.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use variorum_collate::chunk::{self, Kinship};
use variorum_collate::overlap::Words;

use super::super::{Outcome, corpus, measure};
use super::Read;

/// A couple in terms of token numbers, from 1.
#[derive(Clone, Debug)]
struct Coupled {
    x: Vec<usize>,
    y: Vec<usize>,
    label: String,
    score: f64,
}

struct Item {
    x: Vec<String>,
    y: Vec<String>,
    gold: Vec<Coupled>,
    /// Phrases of the alignment lines: the chunks, where no chunk file says.
    phrases: [Vec<Vec<usize>>; 2],
}

/// Scores one `.wa` file with the chunk files beside it.
pub(super) fn score(file: &Path, text: &str, outcome: &mut Outcome) -> Result<(), String> {
    let items: Vec<Item> = text.split("<sentence ").skip(1).map(item).collect();
    let chunks = [chunk_file(file, 1)?, chunk_file(file, 2)?];
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let name = name.split('.').rev().find(|p| !matches!(*p, "wa" | "gz")).unwrap_or("").to_owned();
    let ours: Vec<(Vec<Coupled>, Vec<Coupled>)> = items
        .par_iter()
        .enumerate()
        .map(|(n, item)| {
            let of = |side: usize| {
                let own = chunks[side].as_ref().and_then(|c| c.get(n)).cloned();
                own.unwrap_or_else(|| item.phrases[side].clone())
            };
            (coupled(item, &of(0), &of(1)), baseline(item, &of(0), &of(1)))
        })
        .collect();
    for (prefix, pick) in [("", 0), ("baseline ", 1)] {
        let found = |n: usize| if pick == 0 { &ours[n].0 } else { &ours[n].1 };
        for (measure, agrees) in MEASURES {
            let value = f1(&items, found, *agrees);
            outcome.figure(format!("{name} {prefix}{measure}"), value);
        }
    }
    confusion(&name, &items, &ours, outcome);
    Ok(())
}

type Agrees = fn(&Coupled, &Coupled) -> f64;

/// What counts as agreement of two couples, per measure.
const MEASURES: &[(&str, Agrees)] = &[
    ("type f1", |a, b| f64::from(u8::from(a.label == b.label))),
    ("alignment f1", |_, _| 1.0),
    ("score f1", |a, b| 1.0 - (a.score - b.score).abs() / 5.0),
    (
        "type and score f1",
        |a, b| {
            if a.label == b.label { 1.0 - (a.score - b.score).abs() / 5.0 } else { 0.0 }
        },
    ),
];

fn item(block: &str) -> Item {
    let part = |from: &str, to: &str| {
        let start = block.find(from).map_or(0, |at| at + from.len());
        let end = block.find(to).unwrap_or(block.len());
        block.get(start..end).unwrap_or("")
    };
    let tokens = |part: &str| -> Vec<String> {
        let lines = part.lines().filter_map(|l| l.trim().split_once(' '));
        lines.map(|(_, rest)| rest.trim_end().trim_end_matches(':').trim().to_owned()).collect()
    };
    let mut item = Item {
        x: tokens(part("<source>", "</source>")),
        y: tokens(part("<translation>", "</translation>")),
        gold: Vec::new(),
        phrases: [Vec::new(), Vec::new()],
    };
    for line in part("<alignment>", "</alignment>").lines() {
        let fields: Vec<&str> = line.split(" // ").collect();
        let (Some(pair), Some(label)) = (fields.first(), fields.get(1)) else { continue };
        let Some((a, b)) = pair.split_once("<==>") else { continue };
        let numbers = |s: &str| -> Vec<usize> {
            s.split_whitespace().filter_map(|n| n.parse().ok()).filter(|n| *n > 0).collect()
        };
        let (x, y) = (numbers(a), numbers(b));
        for (side, phrase) in [(0, &x), (1, &y)] {
            if !phrase.is_empty() {
                item.phrases[side].push(phrase.clone());
            }
        }
        let label = label.split('_').next().unwrap_or("").trim().to_owned();
        if label != "NOALI" && !x.is_empty() && !y.is_empty() {
            let score = fields.get(2).and_then(|s| s.trim().parse().ok()).unwrap_or(0.0);
            item.gold.push(Coupled { x, y, label, score });
        }
    }
    item
}

/// The gold chunks of a sentence file beside the alignment file, as token numbers; `None` if there is no such file.
fn chunk_file(file: &Path, side: u8) -> Result<Option<Vec<Vec<Vec<usize>>>>, String> {
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.trim_end_matches(".gz").trim_end_matches(".wa");
    for ending in ["", ".gz"] {
        let beside = file.with_file_name(format!("{stem}.sent{side}.chunk.txt{ending}"));
        if beside.is_file() {
            return Ok(Some(corpus::text(&beside)?.lines().map(chunks).collect()));
        }
    }
    Ok(None)
}

/// `[ a b ] [ c ]` as lists of token numbers.
fn chunks(line: &str) -> Vec<Vec<usize>> {
    let (mut out, mut n, mut is_inside): (Vec<Vec<usize>>, usize, bool) = (Vec::new(), 0, false);
    for word in line.split_whitespace() {
        match word {
            "[" => {
                is_inside = true;
                out.push(Vec::new());
            }
            "]" => is_inside = false,
            _ => {
                n += 1;
                if let Some(last) = out.last_mut().filter(|_| is_inside) {
                    last.push(n);
                }
            }
        }
    }
    out.retain(|c| !c.is_empty());
    out
}

/// One sentence of given tokens as the product reads it: for each word the token number that it belongs to.
fn read(tokens: &[String]) -> (Words, Vec<usize>) {
    let read = Read::new(&tokens.join(" "));
    let words = read.words();
    let mut starts = Vec::new();
    let mut at = 0;
    for token in tokens {
        starts.push(at);
        at += token.len() + 1;
    }
    let number = |token: u32| {
        let start = read.annotations.tokens[token as usize].span.start as usize;
        starts.partition_point(|s| *s <= start)
    };
    let numbers = words.list.iter().map(|w| number(w.token)).collect();
    (words, numbers)
}

fn coupled(item: &Item, xs: &[Vec<usize>], ys: &[Vec<usize>]) -> Vec<Coupled> {
    let ((x, of_x), (y, of_y)) = (read(&item.x), read(&item.y));
    let places = |chunks: &[Vec<usize>], of: &[usize]| -> Vec<Vec<usize>> {
        let one = |c: &Vec<usize>| (0..of.len()).filter(|w| c.contains(&of[*w])).collect();
        chunks.iter().map(one).collect()
    };
    let couples = chunk::couple(&x, &y, &places(xs, &of_x), &places(ys, &of_y));
    let tokens = |chunks: &[Vec<usize>], list: &[usize], of: &[String]| -> Vec<usize> {
        let all = list.iter().flat_map(|c| chunks[*c].iter().copied());
        all.filter(|n| *n <= of.len()).collect()
    };
    let label = |kinship: Kinship| match kinship {
        Kinship::Equal => "EQUI",
        Kinship::Opposite => "OPPO",
        Kinship::FirstSaysMore => "SPE1",
        Kinship::SecondSaysMore => "SPE2",
        Kinship::Alike => "SIMI",
        Kinship::Related => "REL",
    };
    couples
        .into_iter()
        .map(|c| Coupled {
            x: tokens(xs, &c.x, &item.x),
            y: tokens(ys, &c.y, &item.y),
            label: label(c.kinship).to_owned(),
            score: c.score,
        })
        .collect()
}

/// The task's baseline: chunks that share a lower-case token are coupled, and equal.
fn baseline(item: &Item, xs: &[Vec<usize>], ys: &[Vec<usize>]) -> Vec<Coupled> {
    let words = |chunk: &[usize], tokens: &[String]| -> Vec<String> {
        chunk.iter().filter_map(|n| tokens.get(n - 1)).map(|t| t.to_lowercase()).collect()
    };
    let mut ranked = Vec::new();
    for (c, x) in xs.iter().enumerate() {
        for (d, y) in ys.iter().enumerate() {
            let (p, q) = (words(x, &item.x), words(y, &item.y));
            let n = p.iter().filter(|w| q.contains(w)).count();
            if n > 0 {
                ranked.push((n, c, d));
            }
        }
    }
    ranked.sort_by(|a, b| b.0.cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let mut out: Vec<(usize, usize)> = Vec::new();
    for (_, c, d) in ranked {
        if !out.iter().any(|o| o.0 == c || o.1 == d) {
            out.push((c, d));
        }
    }
    out.into_iter()
        .map(|(c, d)| Coupled { x: xs[c].clone(), y: ys[d].clone(), label: "EQUI".into(), score: 5.0 })
        .collect()
}

/// Token pairs with their weight and couple.
fn pairs(couples: &[Coupled]) -> BTreeMap<(usize, usize), (f64, usize)> {
    let (mut fan_x, mut fan_y): (BTreeMap<usize, f64>, BTreeMap<usize, f64>) = Default::default();
    for c in couples {
        c.x.iter().for_each(|i| *fan_x.entry(*i).or_default() += c.y.len() as f64);
        c.y.iter().for_each(|j| *fan_y.entry(*j).or_default() += c.x.len() as f64);
    }
    let mut out = BTreeMap::new();
    for (n, c) in couples.iter().enumerate() {
        for &i in &c.x {
            for &j in &c.y {
                out.insert((i, j), (f64::midpoint(1.0 / fan_x[&i], 1.0 / fan_y[&j]), n));
            }
        }
    }
    out
}

fn f1<'a>(items: &[Item], found: impl Fn(usize) -> &'a Vec<Coupled>, agrees: Agrees) -> f64 {
    let (mut hit_found, mut all_found, mut hit_gold, mut all_gold) = (0.0, 0.0, 0.0, 0.0);
    for (n, item) in items.iter().enumerate() {
        let (ours, gold) = (pairs(found(n)), pairs(&item.gold));
        for (pair, (weight, own)) in &ours {
            all_found += weight;
            if let Some((_, other)) = gold.get(pair) {
                hit_found += weight * agrees(&found(n)[*own], &item.gold[*other]);
            }
        }
        for (pair, (weight, own)) in &gold {
            all_gold += weight;
            if let Some((_, other)) = ours.get(pair) {
                hit_gold += weight * agrees(&found(n)[*other], &item.gold[*own]);
            }
        }
    }
    measure::f1(hit_found / f64::max(all_found, 1e-9), hit_gold / f64::max(all_gold, 1e-9))
}

/// For each label: how many couples of the same tokens are named so by both, by us, and by the annotators; errors as lines.
fn confusion(name: &str, items: &[Item], ours: &[(Vec<Coupled>, Vec<Coupled>)], outcome: &mut Outcome) {
    for label in ["EQUI", "OPPO", "SPE1", "SPE2", "SIMI", "REL"] {
        let gold = items.iter().flat_map(|i| &i.gold).filter(|c| c.label == label).count();
        let found = ours.iter().flat_map(|o| &o.0).filter(|c| c.label == label).count();
        let is_same =
            |a: &Coupled, b: &Coupled| a.label == label && b.label == label && a.x == b.x && a.y == b.y;
        let hits = items
            .iter()
            .zip(ours)
            .map(|(i, o)| i.gold.iter().filter(|g| o.0.iter().any(|c| is_same(g, c))).count())
            .sum();
        outcome.prf(&format!("{name} {label}"), hits, found, gold);
    }
    for (item, (found, _)) in items.iter().zip(ours) {
        let text = |side: &[String], list: &[usize]| {
            list.iter().filter_map(|n| side.get(n - 1)).cloned().collect::<Vec<_>>().join(" ")
        };
        let line = |c: &Coupled| format!("{} | {}", text(&item.x, &c.x), text(&item.y, &c.y));
        for g in &item.gold {
            let same = found.iter().find(|c| c.x == g.x && c.y == g.y);
            match same {
                Some(c) if c.label == g.label => {}
                Some(c) => outcome.errors.push(format!("{name}: {} for {}: {}", c.label, g.label, line(g))),
                None => {
                    let near = found.iter().filter(|c| c.x.iter().any(|n| g.x.contains(n)));
                    let near: Vec<String> = near.map(line).collect();
                    outcome.errors.push(format!(
                        "{name}: missed {}: {} ; ours: {}",
                        g.label,
                        line(g),
                        near.join(" ; ")
                    ));
                }
            }
        }
        for c in found.iter().filter(|c| {
            !item
                .gold
                .iter()
                .any(|g| g.x.iter().any(|n| c.x.contains(n)) && g.y.iter().any(|n| c.y.contains(n)))
        }) {
            outcome.errors.push(format!("{name}: wrong {}: {}", c.label, line(c)));
        }
    }
}
