//! `eval copies`: are reworded copies found among strangers, and are independent accounts of one event left alone? The
//! first is measured on the texts and rewrites of L2R, the second on the corpora of `eval stories`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use variorum_collate::copy::{self, Related};
use variorum_collate::neighbour::{self, Neighbours};
use variorum_collate::pile::Pile;
use variorum_collate::{Account, lineage};
use variorum_schema::{CopyKind, Direction, Media, Page};

use super::{Outcome, corpus, stories};

/// Scores the corpus under `path`: domains of L2R, or stories.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let domains = domains(path);
    let mut outcome = Outcome::default();
    if domains.is_empty() {
        let collections = stories::read(path).unwrap_or_default();
        collections.iter().for_each(|c| same_event(c, &mut outcome));
        if collections.is_empty() {
            pages(path, &mut outcome);
        }
        return Ok(outcome);
    }
    let mut tally = Tally::default();
    for rewrites in
        domains.iter().map(|d| of_domain(d)).collect::<Result<Vec<_>, String>>()?.into_iter().flatten()
    {
        model(&rewrites, &mut tally, &mut outcome.errors);
    }
    tally.report(&mut outcome);
    Ok(outcome)
}

fn domains(path: &Path) -> Vec<PathBuf> {
    let is_domain = |p: &Path| p.join("human.json").is_file() || p.join("human.json.gz").is_file();
    if is_domain(path) {
        return vec![path.to_path_buf()];
    }
    let mut out: Vec<PathBuf> = std::fs::read_dir(path)
        .into_iter()
        .flatten()
        .flatten()
        .map(|e| e.path())
        .filter(|p| is_domain(p))
        .collect();
    out.sort();
    out
}

/// Counts over pairs of an original and its rewrite.
#[derive(Default)]
struct Tally {
    n: usize,
    first: usize,
    hits: usize,
    found: usize,
    directed: usize,
    right: usize,
}

impl Tally {
    fn report(&self, outcome: &mut Outcome) {
        outcome.prf("pairs", self.hits, self.found, self.n);
        outcome.figure("recall at 1", self.first as f64 / self.n.max(1) as f64);
        outcome.figure("direction coverage", self.directed as f64 / self.hits.max(1) as f64);
        outcome.figure("direction accuracy", self.right as f64 / self.directed.max(1) as f64);
        outcome.figure("pairs", self.n as f64);
    }
}

/// The texts of a domain and their rewrites by one model, in the same order.
pub(crate) struct Rewrites {
    /// Domain and file.
    pub(crate) label: String,
    pub(crate) originals: Vec<Account>,
    pub(crate) rewritten: Vec<Account>,
}

/// Every domain under a path with the rewrites of each model; lists that are not aligned by index are left out.
pub(crate) fn rewrites_of(path: &Path) -> Result<Vec<Rewrites>, String> {
    let mut all = Vec::new();
    for domain in domains(path) {
        all.extend(of_domain(&domain)?);
    }
    Ok(all)
}

fn of_domain(domain: &Path) -> Result<Vec<Rewrites>, String> {
    let list = |file: &Path| -> Result<Vec<String>, String> {
        let text = corpus::text(file)?;
        serde_json::from_str(&text).map_err(|e| format!("{}: {e}", file.display()))
    };
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(domain).into_iter().flatten().flatten().map(|e| e.path()).collect();
    files.sort();
    let name = |f: &Path| f.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let human = files.iter().find(|f| name(f).starts_with("human.json")).ok_or("no human.json")?;
    let texts = list(human)?;
    let originals = accounts(&texts, "h");
    let mut all = Vec::new();
    for file in files.iter().filter(|f| !name(f).starts_with("human") && name(f).contains(".json")) {
        let rewritten = list(file).unwrap_or_default();
        if rewritten.len() == texts.len() {
            let label = format!("{} {}", name(domain), name(file));
            all.push(Rewrites { label, originals: originals.clone(), rewritten: accounts(&rewritten, "r") });
        }
    }
    Ok(all)
}

fn accounts(texts: &[String], prefix: &str) -> Vec<Account> {
    let read = |(n, text): (usize, &String)| {
        let page = Page {
            media: Media::Text,
            ..Page::new(format!("{prefix}{n:04}.txt"), text.clone().into_bytes())
        };
        variorum::account(&page)
    };
    texts.par_iter().enumerate().map(read).collect()
}

/// Share of verbatim runs from which two of a domain's originals hold one passage.
const ONE_PASSAGE: f64 = 0.1;

/// Pairs of the first `n` accounts that hold one passage, both ways round: a rewrite of the one does share text with the other, so
/// that nobody can say whose rewrite it is.
pub(crate) fn shared<'a>(all: impl Iterator<Item = &'a Related>, n: u32) -> BTreeSet<(u32, u32)> {
    let pairs = all.filter(|r| r.b < n && r.verbatim_a.max(r.verbatim_b) >= ONE_PASSAGE);
    pairs.flat_map(|r| [(r.a, r.b), (r.b, r.a)]).collect()
}

fn model(rewrites: &Rewrites, tally: &mut Tally, errors: &mut Vec<String>) {
    let (n, label) = (rewrites.originals.len() as u32, &rewrites.label);
    let accounts: Vec<Account> = rewrites.originals.iter().chain(&rewrites.rewritten).cloned().collect();
    let pile = Pile::new(&accounts);
    let neighbours = neighbour::neighbours(&pile);
    let all: Vec<Related> = neighbours.par_iter().map(|p| copy::examine(&accounts, &pile, p)).collect();
    let related: Vec<Related> = all.iter().filter(|r| copy::is_copy(r)).cloned().collect();
    let shared = shared(all.iter(), n);
    let across = |r: &&Related| r.a < n && r.b >= n && !shared.contains(&(r.a, r.b - n));
    tally.n += n as usize;
    tally.found += related.iter().filter(across).count();
    tally.first += (n..2 * n).filter(|r| nearest(&neighbours, *r, n) == Some(r - n)).count();
    for r in all.iter().filter(across) {
        if r.b - n == r.a {
            errors.push(format!("rewrite {} {}", label, line(r, cosine(&neighbours, r))));
        } else if copy::is_copy(r) {
            errors.push(format!("stranger {} {}", label, line(r, cosine(&neighbours, r))));
        }
    }
    for r in related.iter().filter(|r| r.a < n && r.b == r.a + n) {
        tally.hits += 1;
        let lineage = lineage::trace(&accounts, &pile, &[r.a, r.b], std::slice::from_ref(r));
        if let Some(copy) = lineage.copies.first().filter(|c| c.direction == Direction::Forward) {
            tally.directed += 1;
            tally.right += usize::from(copy.from == accounts[r.a as usize].document.id);
        }
    }
}

fn cosine(neighbours: &[Neighbours], r: &Related) -> f64 {
    neighbours.binary_search_by_key(&(r.a, r.b), |p| (p.a, p.b)).map_or(0.0, |k| neighbours[k].cosine)
}

/// The original nearest to a rewrite.
fn nearest(neighbours: &[Neighbours], rewrite: u32, n: u32) -> Option<u32> {
    let of = neighbours.iter().filter(|p| p.b == rewrite && p.a < n);
    of.max_by(|x, y| x.cosine.total_cmp(&y.cosine)).map(|p| p.a)
}

/// Accounts of one event: how many pairs are called copies, of which kind.
fn same_event(collection: &stories::Collection, outcome: &mut Outcome) {
    let (accounts, events) = (&collection.accounts, &collection.events);
    let pile = Pile::new(accounts);
    let all = neighbour::neighbours(&pile);
    let pairs: Vec<Neighbours> =
        all.into_iter().filter(|p| events[p.a as usize] == events[p.b as usize]).collect();
    let related: Vec<Related> = pairs.par_iter().map(|p| copy::examine(accounts, &pile, p)).collect();
    let copies: Vec<&Related> = related.iter().filter(|r| copy::is_copy(r)).collect();
    let prefix = &collection.name;
    outcome.figure(format!("{prefix} same-event pairs"), pairs.len() as f64);
    let kinds: BTreeSet<CopyKind> = copies.iter().map(|r| r.kind).collect();
    for kind in kinds {
        let n = copies.iter().filter(|r| r.kind == kind).count();
        outcome.figure(format!("{prefix} called {kind:?}").to_lowercase(), n as f64);
    }
    for (r, pair) in related.iter().zip(&pairs) {
        let (a, b) = (&accounts[r.a as usize].document.text, &accounts[r.b as usize].document.text);
        let sample: Vec<String> = r
            .alignment
            .chain
            .iter()
            .take(3)
            .map(|m| sides(accounts, r, m.sentence_a, m.sentence_b))
            .collect();
        let opening = |t: &str| t.chars().take(60).collect::<String>().replace('\n', " ");
        let told = format!("{} ~ {} :: {}", opening(a), opening(b), sample.join(" // "));
        outcome.errors.push(format!("event {} {} {}", collection.name, line(r, pair.cosine), told));
    }
}

/// Any folder of pages: the measures of every pair, for a look.
fn pages(path: &Path, outcome: &mut Outcome) {
    let accounts: Vec<Account> =
        variorum::ingest::read(&[path]).pages.iter().map(variorum::account).collect();
    let pile = Pile::new(&accounts);
    let all: Vec<Related> =
        neighbour::neighbours(&pile).iter().map(|p| copy::examine(&accounts, &pile, p)).collect();
    outcome.figure("pairs", all.len() as f64);
    outcome.figure("copies", all.iter().filter(|r| copy::is_copy(r)).count() as f64);
    for r in &all {
        let name =
            |idx: u32| accounts[idx as usize].document.name.rsplit('/').next().unwrap_or_default().to_owned();
        outcome.errors.push(format!("pages {} {} {}", name(r.a), name(r.b), line(r, 0.0)));
        let traced = lineage::trace(&accounts, &pile, &[r.a, r.b], std::slice::from_ref(r));
        for copy in traced.copies.iter().filter(|_| copy::is_copy(r)) {
            let from = if copy.from == accounts[r.a as usize].document.id { r.a } else { r.b };
            let why = copy
                .why
                .iter()
                .filter(|f| f.name.starts_with("direction"))
                .map(|f| format!("{} {:.2}", f.name, f.weight));
            let why: Vec<String> = why.collect();
            outcome.errors.push(format!("from {} {:?}: {}", name(from), copy.direction, why.join("; ")));
        }
    }
}

fn sides(accounts: &[Account], r: &Related, a: u32, b: u32) -> String {
    let of = |account: u32, idx: u32| {
        let account = &accounts[account as usize];
        account
            .annotations
            .sentences
            .get(idx as usize)
            .map_or("", |s| s.span.of(&account.document.text))
            .replace('\n', " ")
    };
    format!("{} ≈ {}", of(r.a, a), of(r.b, b))
}

/// The measures of a pair, tab-separated, for the fit.
fn line(r: &Related, cosine: f64) -> String {
    let t = &r.traits;
    let values = [
        r.confidence,
        cosine,
        r.verbatim_a.max(r.verbatim_b),
        r.verbatim_matched,
        t.share,
        t.share_min,
        t.own,
        t.density,
        t.tau,
        t.adjacency,
        t.mean,
        t.bare,
        t.skeleton,
        t.function,
        t.order,
        t.length,
        t.untouched,
        t.vocabulary,
        t.share_told,
        t.places,
    ];
    let values: Vec<String> = values.iter().map(|v| format!("{v:.3}")).collect();
    format!("{}-{}\t{:?}\t{}\t", r.a, r.b, r.kind, values.join("\t"))
}
