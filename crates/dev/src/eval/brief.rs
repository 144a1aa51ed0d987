//! `eval brief`: the brief of a story against an editor's roundup (NeuS: ROUGE, beside lead sentences and TextRank of the
//! same length), and how well the share of a statement that sentences say tells whether they support it (WiCE).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use variorum_collate::copy::Related;
use variorum_collate::overlap::{self, Words};
use variorum_collate::story::Group;
use variorum_collate::{Account, Options, align, assemble, pile};
use variorum_schema::{FindingKind, Media, Page, Story};

use super::align::Read;
use super::{Outcome, corpus, measure};

/// From this share on a statement is supported.
const SUPPORTED: f64 = 0.74;
/// From this share of a statement on a sentence supports it in part.
const SUPPORTS: f64 = 0.32;

/// Scores every file under `path` by its form.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    for file in corpus::files(path, &[".source", ".jsonl"])? {
        let name = file.to_string_lossy().to_string();
        let bare = name.trim_end_matches(".gz");
        if let Some(stem) = bare.strip_suffix(".source") {
            let is_there = |p: &String| Path::new(p).is_file();
            let targets = [format!("{stem}.target"), format!("{stem}.target.gz")];
            let Some(target) = targets.into_iter().find(is_there) else { continue };
            if !stem.ends_with("train") || path.is_file() {
                roundups(&corpus::text(&file)?, &corpus::text(Path::new(&target))?, &mut outcome);
            }
        } else {
            let text = corpus::text(&file)?;
            if text.contains("\"evidence\"") && text.contains("\"supported\"") {
                supports(&text, &mut outcome);
            }
        }
    }
    if outcome.figures.is_empty() {
        return Err(format!("no roundups or claims under {}", path.display()));
    }
    Ok(outcome)
}

/// Headline and text of each article of a line.
fn articles(line: &str) -> Vec<(String, String)> {
    let split = line.split("[SEP]").filter_map(|a| a.split_once("TITLE=>")?.1.split_once("ARTICLE=>"));
    split.map(|(title, text)| (title.trim().to_owned(), text.trim().to_owned())).collect()
}

fn account(n: usize, (title, text): &(String, String)) -> Account {
    let mut page = Page::new(format!("{n:03}.txt"), format!("{title}\n\n{text}").into_bytes());
    page.media = Media::Text;
    page.title = Some(title.clone()).filter(|t| !t.is_empty());
    variorum::account(&page)
}

/// One story made of these accounts, whatever the grouping says.
fn story(accounts: &[Account]) -> Story {
    let pile = pile::Pile::new(accounts);
    let members: Vec<u32> = (0..accounts.len() as u32).collect();
    let why = members.iter().map(|_| (1.0, Vec::new())).collect();
    let group = Group { members, why, coherence: 1.0 };
    let related: [Related; 0] = [];
    let alignments = align::align(&pile, &group.members);
    assemble::tell(accounts, &pile, &group, &related, &alignments, &Options::default(), &assemble::story)
}

/// Scores of one story: brief, lead, TextRank; supported and all extracted sentences; conflicts told and found.
struct Scored {
    rouge: [[f64; 3]; 3],
    supported: [usize; 2],
    conflicts: [usize; 2],
    n_words: usize,
}

fn roundups(source: &str, target: &str, outcome: &mut Outcome) {
    let lines: Vec<(&str, &str)> = source.lines().zip(target.lines()).collect();
    let scored: Vec<Scored> = lines.par_iter().map(|(s, t)| roundup(s, t)).collect();
    let n = scored.len().max(1) as f64;
    let names = ["rouge-1", "rouge-2", "rouge-l"];
    for (who, prefix) in ["", "lead ", "textrank "].iter().enumerate() {
        for (at, name) in names.iter().enumerate() {
            let mean = scored.iter().map(|s| s.rouge[who][at]).sum::<f64>() / n;
            outcome.figure(format!("{prefix}{name}"), mean);
        }
    }
    let share = |of: fn(&Scored) -> [usize; 2]| {
        let (a, b): (usize, usize) =
            scored.iter().map(of).fold((0, 0), |sum, s| (sum.0 + s[0], sum.1 + s[1]));
        if b == 0 { 1.0 } else { a as f64 / b as f64 }
    };
    outcome.figure("supported by its citations", share(|s| s.supported));
    outcome.figure("conflicts told", share(|s| s.conflicts));
    outcome.figure("mean words", scored.iter().map(|s| s.n_words).sum::<usize>() as f64 / n);
    outcome.figure("roundups", n);
}

fn roundup(source: &str, target: &str) -> Scored {
    let accounts: Vec<Account> = articles(source).iter().enumerate().map(|(n, a)| account(n, a)).collect();
    let reference = target.split_once("ARTICLE=>").map_or(target, |t| t.1);
    let story = story(&accounts);
    let extracted: Vec<&variorum_schema::BriefSentence> =
        story.brief.iter().filter(|b| b.is_extracted).collect();
    let text = |id: &variorum_schema::DocumentId| {
        accounts.iter().find(|a| a.document.id == *id).map_or("", |a| a.document.text.as_str())
    };
    let squeeze = |s: &str| s.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_supported = |b: &&&variorum_schema::BriefSentence| {
        b.citations.iter().any(|c| {
            let cited = text(&c.document).get(c.start as usize..c.end as usize).unwrap_or("");
            squeeze(cited) == squeeze(&b.text)
        })
    };
    let own: Vec<String> = extracted.iter().flat_map(|b| tokens(&b.text)).collect();
    let told: BTreeSet<&String> = story.brief.iter().flat_map(|b| &b.findings).collect();
    let conflicts: Vec<&variorum_schema::Finding> = story
        .findings
        .iter()
        .filter(|f| matches!(f.kind, FindingKind::Conflict | FindingKind::Disputed))
        .collect();
    let gold = tokens(reference);
    let sentences = sentences(&accounts);
    let lead = cut(lead(&sentences), own.len());
    let ranked = cut(text_rank(&sentences), own.len());
    Scored {
        rouge: [rouge(&own, &gold), rouge(&lead, &gold), rouge(&ranked, &gold)],
        supported: [extracted.iter().filter(is_supported).count(), extracted.len()],
        conflicts: [conflicts.iter().filter(|f| told.contains(&f.id)).count(), conflicts.len()],
        n_words: own.len(),
    }
}

/// Lower-case words and numbers.
fn tokens(text: &str) -> Vec<String> {
    text.to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The body sentences of each account as lists of words.
fn sentences(accounts: &[Account]) -> Vec<Vec<Vec<String>>> {
    let of = |a: &Account| {
        let is_body = |s: &&variorum_schema::Sentence| {
            let block = a.document.blocks.get(s.block as usize);
            block.is_some_and(|b| b.kind == variorum_schema::BlockKind::Paragraph)
        };
        a.annotations.sentences.iter().filter(is_body).map(|s| tokens(s.span.of(&a.document.text))).collect()
    };
    accounts.iter().map(of).collect()
}

/// First sentences of all articles, then second ones, and so on.
fn lead(sentences: &[Vec<Vec<String>>]) -> Vec<Vec<String>> {
    let longest = sentences.iter().map(Vec::len).max().unwrap_or(0);
    (0..longest).flat_map(|n| sentences.iter().filter_map(move |s| s.get(n).cloned())).collect()
}

/// TextRank (Mihalcea & Tarau 2004): sentences by their rank in the graph of shared words, none told twice.
fn text_rank(sentences: &[Vec<Vec<String>>]) -> Vec<Vec<String>> {
    let all: Vec<&Vec<String>> = sentences.iter().flatten().filter(|s| s.len() > 2).collect();
    let sets: Vec<BTreeSet<&String>> = all.iter().map(|s| s.iter().collect()).collect();
    let n = all.len();
    let weight = |i: usize, j: usize| {
        let both = sets[i].intersection(&sets[j]).count() as f64;
        both / ((all[i].len() as f64).ln() + (all[j].len() as f64).ln())
    };
    let weights: Vec<Vec<f64>> =
        (0..n).map(|i| (0..n).map(|j| if i == j { 0.0 } else { weight(i, j) }).collect()).collect();
    let sums: Vec<f64> = weights.iter().map(|row| row.iter().sum::<f64>().max(1e-9)).collect();
    let mut rank = vec![1.0; n];
    for _ in 0..30 {
        rank = (0..n)
            .map(|i| 0.15 + 0.85 * (0..n).map(|j| weights[j][i] / sums[j] * rank[j]).sum::<f64>())
            .collect();
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|a, b| rank[*b].total_cmp(&rank[*a]).then(a.cmp(b)));
    let mut out: Vec<usize> = Vec::new();
    for i in order {
        let is_told =
            |j: &usize| sets[i].intersection(&sets[*j]).count() as f64 / sets[i].len().max(1) as f64 > 0.7;
        if !out.iter().any(is_told) {
            out.push(i);
        }
    }
    out.into_iter().map(|i| all[i].clone()).collect()
}

fn cut(sentences: Vec<Vec<String>>, n: usize) -> Vec<String> {
    sentences.into_iter().flatten().take(n).collect()
}

/// ROUGE-1, ROUGE-2 and ROUGE-L, F1 (Lin 2004).
fn rouge(own: &[String], gold: &[String]) -> [f64; 3] {
    let grams = |words: &[String], n: usize| {
        let mut counts: BTreeMap<Vec<String>, usize> = BTreeMap::new();
        words.windows(n).for_each(|w| *counts.entry(w.to_vec()).or_insert(0) += 1);
        counts
    };
    let f1 = |hits: usize, a: usize, b: usize| {
        measure::f1(hits as f64 / a.max(1) as f64, hits as f64 / b.max(1) as f64)
    };
    let shared = |n: usize| {
        let (p, q) = (grams(own, n), grams(gold, n));
        let hits = p.iter().map(|(g, c)| (*c).min(q.get(g).copied().unwrap_or(0))).sum();
        f1(hits, own.len().saturating_sub(n - 1), gold.len().saturating_sub(n - 1))
    };
    [shared(1), shared(2), f1(longest_common(own, gold), own.len(), gold.len())]
}

fn longest_common(a: &[String], b: &[String]) -> usize {
    let mut row = vec![0usize; b.len() + 1];
    for x in a {
        let mut diagonal = 0;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = if x == y { diagonal + 1 } else { above.max(row[j]) };
            diagonal = above;
        }
    }
    row[b.len()]
}

/// WiCE (Kamoi et al. 2023): which sentences of a cited page support a claim, and whether all of it is supported.
fn supports(text: &str, outcome: &mut Outcome) {
    let rows: Vec<Value> = text.lines().filter_map(|l| serde_json::from_str(l).ok()).collect();
    let scored: Vec<(f64, bool, Vec<(f64, bool)>)> = rows.par_iter().map(support).collect();
    let whole: Vec<(f64, bool)> = scored.iter().map(|s| (s.0, s.1)).collect();
    let sentences: Vec<(f64, bool)> = scored.iter().flat_map(|s| s.2.clone()).collect();
    let right = |is: bool| {
        let own: Vec<&(f64, bool)> = whole.iter().filter(|s| s.1 == is).collect();
        own.iter().filter(|s| (s.0 >= SUPPORTED) == is).count() as f64 / own.len().max(1) as f64
    };
    let (hits, found, gold) = measure::counts_at(&whole, SUPPORTED);
    outcome.prf("supported", hits, found, gold);
    outcome.figure("supported balanced accuracy", f64::midpoint(right(true), right(false)));
    outcome.figure("supported ap", measure::average_precision(&whole));
    outcome.figure("baseline: all supported f1", 2.0 * gold as f64 / (whole.len() + gold) as f64);
    let (hits, found, gold) = measure::counts_at(&sentences, SUPPORTS);
    outcome.prf("supporting sentences", hits, found, gold);
    outcome.figure("supporting sentences ap", measure::average_precision(&sentences));
    outcome.figure("supporting sentences best f1", measure::best_f1(&sentences));
    outcome.figure("claims", rows.len() as f64);
}

/// How much of a claim the page says, whether it is supported, and for each sentence the same.
fn support(row: &Value) -> (f64, bool, Vec<(f64, bool)>) {
    let claim = Read::new(row.get("claim").and_then(Value::as_str).unwrap_or("")).words();
    let evidence: Vec<Words> = row
        .get("evidence")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|e| Read::new(e.as_str().unwrap_or("")).words())
        .collect();
    let gold: BTreeSet<usize> = row
        .get("supporting_sentences")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .flat_map(|set| set.as_array().cloned().unwrap_or_default())
        .filter_map(|n| n.as_u64().map(|n| n as usize))
        .collect();
    let shares: Vec<f64> = evidence.iter().map(|e| overlap::covered(&claim, &[e])).collect();
    let mut order: Vec<usize> = (0..shares.len()).collect();
    order.sort_by(|a, b| shares[*b].total_cmp(&shares[*a]).then(a.cmp(b)));
    let best: Vec<&Words> = order.iter().take(4).map(|i| &evidence[*i]).collect();
    let is_supported = row.get("label").and_then(Value::as_str) == Some("supported");
    let each = shares.iter().enumerate().map(|(n, s)| (*s, gold.contains(&n))).collect();
    (overlap::covered(&claim, &best), is_supported, each)
}
