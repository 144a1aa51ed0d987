//! Trains what tells a reworded copy from a text that was written apart: `crates/collate/data/copy.txt`.

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use variorum::gold::{Case, Expected, folders};
use variorum_collate::copy::evidence::{self, FEATURES};
use variorum_collate::copy::{self, Related};
use variorum_collate::neighbour::{self, Neighbours};
use variorum_collate::{Account, pile};
use variorum_schema::CopyKind;

use super::boost::{self, Settings};

use crate::eval::copies::{Rewrites, rewrites_of, shared};
use crate::eval::stories::{Collection, first_of_neus, read};

/// Stories of NeuS that are read.
const N_NEUS: usize = 300;

/// A pair: where it is from, whether one rewords the other, what was measured.
struct Pair {
    source: Source,
    is_copy: bool,
    related: Related,
    /// How likely the forest must hold it that it is a copy.
    needed: f64,
}

/// Where a pair is from.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Source {
    /// A text and a rewrite of L2R, by domain.
    Rewrites(String),
    /// An invented story, by name.
    Case(String),
    /// Two reports of one event of a public collection, by both.
    Event(String),
}

const HEAD: &str = "Whether one account rewords another: trees of a gradient-boosted forest. Trained by `variorum-dev
train copies` on the rewrites of L2R (CC BY 3.0), the invented stories of tests/cases, and reports of one event from ECB+ (CC
BY 3.0), Giveme5W1H's news cluster (Apache-2.0) and 300 training stories of NeuS (MIT). Fields of a question: feature,
value up to which the answer is the left one, places of the left and of the right node in the tree; of an answer: `leaf`,
what it adds to the log odds.";
const SETTINGS: Settings = Settings { n_trees: 150, depth: 4, rate: 0.12, min_weight: 40.0, penalty: 1.0 };
/// What one pair weighs: stories are few, and a report taken for a copy of another costs more than a rewrite missed.
const OF_CASE_COPY: f64 = 20.0;
const OF_CASE: f64 = 30.0;
const OF_EVENT: f64 = 15.0;

/// The file's bytes, and how a forest that was not shown every second domain, invented story and event does on those.
pub(crate) fn train(shared: &Path) -> Result<(Vec<u8>, String), String> {
    let mut pairs = pairs(shared)?;
    pairs.retain(|p| p.related.kind == CopyKind::Reworded);
    let pairs = pairs;
    let mut sources: Vec<&Source> = pairs.iter().map(|p| &p.source).collect();
    sources.sort_unstable();
    sources.dedup();
    let held: BTreeSet<&Source> = sources.into_iter().skip(1).step_by(2).collect();
    let is_held = |p: &&Pair| held.contains(&p.source);
    let seen: Vec<boost::Row> = pairs.iter().filter(|p| !is_held(p)).filter_map(row).collect();
    let (trees, constant) = boost::fit(&seen, SETTINGS);
    let mut told = String::new();
    for (name, is_it) in [
        ("rewrites", (|s| matches!(s, Source::Rewrites(_))) as fn(&Source) -> bool),
        ("invented stories", |s| matches!(s, Source::Case(_))),
        ("reports of one event", |s| matches!(s, Source::Event(_))),
    ] {
        let of: Vec<&Pair> = pairs.iter().filter(is_held).filter(|p| is_it(&p.source)).collect();
        let is_called = |p: &&&Pair| match &p.related.evidence {
            Some(e) => 1.0 / (1.0 + (-constant - evidence::sum(&trees, e)).exp()) >= p.needed,
            None => copy::is_copy(&p.related),
        };
        let called: Vec<&&Pair> = of.iter().filter(is_called).collect();
        let by_rules = called.iter().filter(|p| p.related.evidence.is_none()).count();
        let hit = called.iter().filter(|p| p.is_copy).count();
        let n = of.iter().filter(|p| p.is_copy).count();
        told += &format!(
            "{name}: {} called copies, {by_rules} by the rules, {hit} of {n} copies\n",
            called.len()
        );
    }
    let rows: Vec<boost::Row> = pairs.iter().filter_map(row).collect();
    let (trees, constant) = boost::fit(&rows, SETTINGS);
    Ok((boost::write(HEAD, &FEATURES, &trees, constant), told))
}

/// A pair as a row; none where the forest is not asked.
fn row(pair: &Pair) -> Option<boost::Row> {
    let weight = match (&pair.source, pair.is_copy) {
        (Source::Rewrites(_), _) => 1.0,
        (Source::Case(_), true) => OF_CASE_COPY,
        (Source::Case(_), false) => OF_CASE,
        (Source::Event(_), _) => OF_EVENT,
    };
    Some((pair.related.evidence?.to_vec(), pair.is_copy, weight))
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

type Examined = (Neighbours, Related, f64);

/// Each pair of neighbours, compared, and how sure the forest must be of it.
fn examined(accounts: &[Account]) -> Vec<Examined> {
    let pile = pile::Pile::new(accounts);
    let examine = |n: Neighbours| {
        let related = copy::examine(accounts, &pile, &n);
        let needed = copy::needed(&pile.profiles[n.a as usize], &pile.profiles[n.b as usize]);
        (n, related, needed)
    };
    neighbour::neighbours(&pile).into_par_iter().map(examine).collect()
}

fn of_rewrites(r: &Rewrites) -> Vec<Pair> {
    let n = r.originals.len() as u32;
    let accounts: Vec<Account> = r.originals.iter().chain(&r.rewritten).cloned().collect();
    let domain = r.label.split(' ').next().unwrap_or_default().to_owned();
    let all = examined(&accounts);
    let shared = shared(all.iter().map(|(_, related, _)| related), n);
    let across = all.into_iter().filter(|(p, ..)| p.a < n && p.b >= n);
    let across = across.filter(|(p, ..)| !shared.contains(&(p.a, p.b - n)));
    let pair = |(p, related, needed): Examined| Pair {
        source: Source::Rewrites(domain.clone()),
        is_copy: p.b - n == p.a,
        related,
        needed,
    };
    across.map(pair).collect()
}

fn of_case(case: &Case) -> Vec<Pair> {
    let accounts: Vec<Account> = case.pages.iter().map(variorum::account).collect();
    let name = |n: u32| {
        let name = &accounts[n as usize].document.name;
        name.rsplit('/').next().unwrap_or_default().to_owned()
    };
    let pair = |(p, related, needed): Examined| {
        let is_copy = label(&case.expected, &name(p.a), &name(p.b))?;
        Some(Pair { source: Source::Case(case.name.clone()), is_copy, related, needed })
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
    let source = |n: u32| Source::Event(format!("{} {}", collection.name, collection.events[n as usize]));
    all.map(|(n, related, needed)| Pair { source: source(n.a), is_copy: false, related, needed }).collect()
}
