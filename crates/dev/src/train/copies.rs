//! Trains what tells a reworded copy from a text that was written apart: `crates/collate/data/copy.txt`.

use std::path::Path;

use rayon::prelude::*;
use variorum::gold::{Case, Expected, folders};
use variorum_collate::copy::evidence::{self, FEATURES};
use variorum_collate::copy::{self, Related};
use variorum_collate::neighbour::{self, Neighbours};
use variorum_collate::{Account, pile};
use variorum_schema::CopyKind;

use super::boost::{self, Settings};

use crate::eval::copies::{Rewrites, rewrites_of};
use crate::eval::stories::{Collection, first_of_neus, read};

/// Stories of NeuS that are read.
const N_NEUS: usize = 300;

/// A pair: where it is from, whether one rewords the other, what was measured.
struct Pair {
    source: Source,
    is_copy: bool,
    related: Related,
    features: [f64; FEATURES.len()],
}

/// Where a pair is from.
#[derive(Clone, Debug, PartialEq)]
enum Source {
    /// A text and a rewrite of L2R, by domain.
    Rewrites(String),
    /// An invented story.
    Case,
    /// Two reports of one event, from a public collection.
    Event,
}

const HEAD: &str = "Whether one account rewords another: trees of a gradient-boosted forest. Trained by `variorum-dev
train copies` on the rewrites of L2R (CC BY 3.0), the invented stories of tests/cases, and reports of one event from ECB+ (CC
BY 3.0), Giveme5W1H's news cluster (Apache-2.0) and 300 training stories of NeuS (MIT). Fields of a question: feature,
value up to which the answer is the left one, places of the left and of the right node in the tree; of an answer: `leaf`,
what it adds to the log odds.";
const SETTINGS: Settings = Settings { n_trees: 90, depth: 3, rate: 0.12, min_weight: 60.0, penalty: 1.0 };
/// What one pair weighs: stories are few, and a report taken for a copy of another costs more than a rewrite missed.
const OF_CASE_COPY: f64 = 20.0;
const OF_CASE: f64 = 3.0;
const OF_EVENT: f64 = 10.0;
/// Share of verbatim runs up to which two reports of one event that the rules take for copies were written apart.
const MAX_VERBATIM: f64 = 0.05;

/// The file's bytes, and how a forest that was not shown every second domain does on it.
pub(crate) fn train(shared: &Path) -> Result<(Vec<u8>, String), String> {
    let mut pairs = pairs(shared)?;
    pairs.retain(|p| p.related.kind == CopyKind::Reworded);
    let mut domains: Vec<&str> = pairs.iter().filter_map(domain).collect();
    domains.sort_unstable();
    domains.dedup();
    let held: Vec<&str> = domains.iter().copied().skip(1).step_by(2).collect();
    let is_held = |p: &Pair| domain(p).is_some_and(|d| held.contains(&d));
    let seen: Vec<boost::Row> = pairs.iter().filter(|p| !is_held(p)).filter_map(row).collect();
    let (trees, constant) = boost::fit(&seen, SETTINGS);
    let mut told = String::new();
    for (name, is_it) in [
        ("held-out domains", &is_held as &dyn Fn(&Pair) -> bool),
        ("invented stories", &|p| p.source == Source::Case),
        ("reports of one event", &|p| p.source == Source::Event),
    ] {
        let of: Vec<(&Pair, f64)> = pairs
            .iter()
            .filter(|p| is_it(p))
            .map(|p| (p, constant + evidence::sum(&trees, &p.features)))
            .collect();
        for at in [0.3f64, 0.4, 0.5] {
            let is_called =
                |(p, sum): &&(&Pair, f64)| 1.0 / (1.0 + (-sum).exp()) >= at || copy::is_copy(&p.related);
            let called = of.iter().filter(is_called).count();
            let hit = of.iter().filter(is_called).filter(|(p, _)| p.is_copy).count();
            let n = of.iter().filter(|(p, _)| p.is_copy).count();
            told += &format!("{name}, from {at}: {called} called copies, {hit} of {n} copies\n");
        }
    }
    let rows: Vec<boost::Row> = pairs.iter().filter_map(row).collect();
    let (trees, constant) = boost::fit(&rows, SETTINGS);
    Ok((boost::write(HEAD, &FEATURES, &trees, constant), told))
}

fn domain(pair: &Pair) -> Option<&str> {
    match &pair.source {
        Source::Rewrites(domain) => Some(domain),
        _ => None,
    }
}

/// A pair as a row; none where nobody knows whether one is a copy.
fn row(pair: &Pair) -> Option<boost::Row> {
    let r = &pair.related;
    let weight = match (&pair.source, pair.is_copy) {
        (Source::Rewrites(_), _) => 1.0,
        (Source::Case, true) => OF_CASE_COPY,
        (Source::Case, false) => OF_CASE,
        (Source::Event, _) if copy::is_copy(r) && r.verbatim_a.max(r.verbatim_b) >= MAX_VERBATIM => {
            return None;
        }
        (Source::Event, _) => OF_EVENT,
    };
    Some((pair.features.to_vec(), pair.is_copy, weight))
}

/// All pairs.
fn pairs(shared: &Path) -> Result<Vec<Pair>, String> {
    let corpora = shared.join("corpora");
    let mut rows = Vec::new();
    for rewrites in rewrites_of(&corpora.join("l2r-llm-rewrites"))? {
        rows.extend(of_rewrites(&rewrites));
    }
    for folder in folders(Path::new("tests/cases")).map_err(|e| e.to_string())? {
        let case = Case::read(&folder).map_err(|e| e.to_string())?;
        rows.extend(of_case(&case));
    }
    let mut collections = read(&corpora.join("giveme5w1h-newscluster/news_cluster"))?;
    collections.extend(read(&corpora.join("ecbplus"))?);
    let neus = "neus-allsides/naacl2022_lrc_roundup_random_order_probe/train.source.gz";
    collections.push(first_of_neus(&corpora.join(neus), N_NEUS)?);
    for collection in &collections {
        rows.extend(of_collection(collection));
    }
    Ok(rows)
}

type Examined = (Neighbours, Related, [f64; FEATURES.len()]);

fn examined(accounts: &[Account]) -> Vec<Examined> {
    let pile = pile::Pile::new(accounts);
    let examine = |n: Neighbours| {
        let r = copy::examine(accounts, &pile, &n);
        let (a, b) = (&pile.profiles[n.a as usize], &pile.profiles[n.b as usize]);
        let verbatim = (r.verbatim_matched, r.verbatim_a.max(r.verbatim_b));
        let features = evidence::measured(&r.traits, a, b, verbatim);
        (n, r, features)
    };
    neighbour::neighbours(&pile).into_par_iter().map(examine).collect()
}

fn of_rewrites(r: &Rewrites) -> Vec<Pair> {
    let n = r.originals.len() as u32;
    let accounts: Vec<Account> = r.originals.iter().chain(&r.rewritten).cloned().collect();
    let domain = r.label.split(' ').next().unwrap_or_default().to_owned();
    let across = examined(&accounts).into_iter().filter(|(p, ..)| p.a < n && p.b >= n);
    let pair = |(p, related, features): Examined| Pair {
        source: Source::Rewrites(domain.clone()),
        is_copy: p.b - n == p.a,
        related,
        features,
    };
    across.map(pair).collect()
}

fn of_case(case: &Case) -> Vec<Pair> {
    let accounts: Vec<Account> = case.pages.iter().map(variorum::account).collect();
    let name = |n: u32| {
        let name = &accounts[n as usize].document.name;
        name.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let pair = |(p, related, features): Examined| {
        let is_copy = label(&case.expected, &name(p.a), &name(p.b))?;
        Some(Pair { source: Source::Case, is_copy, related, features })
    };
    examined(&accounts).into_iter().filter_map(pair).collect()
}

/// Whether two accounts of an invented story share a text, where its labels say so or say the contrary.
fn label(expected: &Expected, a: &str, b: &str) -> Option<bool> {
    let is_pair = |x: &str, y: &str| x == a && y == b || x == b && y == a;
    if expected.copies.iter().any(|c| c.from.all().iter().any(|f| is_pair(f, &c.to))) {
        return Some(true);
    }
    if expected.not_copies.iter().any(|(x, y)| is_pair(x, y)) {
        return Some(false);
    }
    let story = |name: &str| expected.stories.iter().position(|s| s.iter().any(|d| d == name));
    if story(a).zip(story(b)).is_some_and(|(p, q)| p != q) {
        return Some(false);
    }
    let group = |name: &str| {
        let groups = expected.origins.iter().flat_map(|o| &o.groups).enumerate();
        groups.filter(|(_, g)| g.iter().any(|d| d == name)).map(|(n, _)| n).next()
    };
    group(a).zip(group(b)).filter(|(p, q)| p != q).map(|_| false)
}

fn of_collection(collection: &Collection) -> Vec<Pair> {
    let is_one = |p: &Neighbours| collection.events[p.a as usize] == collection.events[p.b as usize];
    let all = examined(&collection.accounts).into_iter().filter(|(p, ..)| is_one(p));
    all.map(|(_, related, features)| Pair { source: Source::Event, is_copy: false, related, features })
        .collect()
}
