//! Trains what speaks for two accounts being of one event: `crates/collate/data/story.txt`.

use std::path::Path;

use variorum::gold::{Case, folders};
use variorum_collate::story::evidence::{FEATURES, measured};
use variorum_collate::{Account, neighbour, pile};

use super::logistic::{self, with_constant};
use crate::eval::stories::{Collection, first_of_neus, look_alikes, read};

const HEAD: &str = "What speaks for two accounts being of one event: weights of a logistic regression. Trained by
`variorum-dev train stories` on the invented stories of tests/cases and on piles of two events that look alike from
ECB+ (CC BY 3.0), Giveme5W1H's news cluster (Apache-2.0) and 300 training stories of NeuS (MIT). The last two lines
say what the sum is as a rule, by likeness, in those collections as wholes. Fields: name of the feature, weight.";
/// Stories of NeuS that are read.
const N_NEUS: usize = 300;
/// How much the invented stories weigh, together, against each of the three collections.
const OF_CASES: f64 = 300.0;
const OF_COLLECTION: f64 = 100.0;
const PENALTY: f64 = 0.01;

/// A row: a constant 1 and the features of a pair, whether it is of one event, and what it weighs.
type Row = (Vec<f64>, bool, f64);

/// The file's bytes.
pub(crate) fn train(shared: &Path) -> Result<Vec<u8>, String> {
    let corpora = shared.join("corpora");
    let mut collections = read(&corpora.join("giveme5w1h-newscluster/news_cluster"))?;
    collections.extend(read(&corpora.join("ecbplus"))?);
    let neus = "neus-allsides/naacl2022_lrc_roundup_random_order_probe/train.source.gz";
    collections.push(first_of_neus(&corpora.join(neus), N_NEUS)?);
    let mut rows = weighed(&cases(Path::new("tests/cases"))?, OF_CASES);
    for collection in &collections {
        rows.extend(weighed(&look_alikes(collection), OF_COLLECTION));
    }
    let weights = logistic::fit(&rows, PENALTY);
    let (slope, constant) = as_a_rule(&collections, &weights);
    let names: Vec<&str> = std::iter::once("constant").chain(FEATURES).collect();
    let rest = [("as-a-rule-slope", slope), ("as-a-rule-constant", constant)];
    Ok(logistic::write(HEAD, &names, &weights, &rest))
}

/// The invented stories whose groups are given, as piles; what belongs to no group is left out.
fn cases(root: &Path) -> Result<Vec<Collection>, String> {
    let mut piles = Vec::new();
    for folder in folders(root).map_err(|e| e.to_string())? {
        let case = Case::read(&folder).map_err(|e| e.to_string())?;
        let mut pile = Collection { name: case.name, events: Vec::new(), accounts: Vec::new() };
        for account in case.pages.iter().map(variorum::account) {
            let name = account.document.name.rsplit('/').next().unwrap_or_default();
            if let Some(n) = case.expected.stories.iter().position(|s| s.iter().any(|d| d == name)) {
                pile.events.push(n.to_string());
                pile.accounts.push(account);
            }
        }
        piles.push(pile);
    }
    Ok(piles)
}

/// Every pair of these piles; each pile weighs the same, all together `total`.
fn weighed(piles: &[Collection], total: f64) -> Vec<Row> {
    let mut rows = Vec::new();
    for collection in piles {
        let pairs = pairs(collection);
        let weight = total / (piles.len() * pairs.len()).max(1) as f64;
        rows.extend(pairs.into_iter().map(|(features, is_one)| (with_constant(&features), is_one, weight)));
    }
    rows
}

/// The features of every pair of neighbours, and whether it is of one event.
fn pairs(collection: &Collection) -> Vec<([f64; FEATURES.len()], bool)> {
    let mut order: Vec<usize> = (0..collection.accounts.len()).collect();
    order.sort_by(|a, b| collection.accounts[*a].document.id.cmp(&collection.accounts[*b].document.id));
    let accounts: Vec<Account> = order.iter().map(|n| collection.accounts[*n].clone()).collect();
    let pile = pile::Pile::new(&accounts);
    let neighbours = neighbour::neighbours(&pile);
    let event = |n: u32| &collection.events[order[n as usize]];
    let are_one = neighbours.iter().map(|n| event(n.a) == event(n.b));
    measured(&accounts, &pile, &neighbours).into_iter().zip(are_one).collect()
}

/// Least squares of the sum on the likeness, mean of the collections: slope and constant.
fn as_a_rule(collections: &[Collection], weights: &[f64]) -> (f64, f64) {
    let mut lines = Vec::new();
    for collection in collections {
        let points: Vec<(f64, f64)> = pairs(collection)
            .iter()
            .map(|(f, _)| {
                (f[0], with_constant(f).iter().zip(weights).map(|(x, w)| x * w).sum::<f64>().clamp(-5.0, 5.0))
            })
            .collect();
        let n = points.len().max(1) as f64;
        let mean = |of: &dyn Fn(&(f64, f64)) -> f64| points.iter().map(of).sum::<f64>() / n;
        let (x, y) = (mean(&|p| p.0), mean(&|p| p.1));
        let slope = mean(&|p| (p.0 - x) * (p.1 - y)) / mean(&|p| (p.0 - x).powi(2)).max(1e-9);
        lines.push((slope, y - slope * x));
    }
    let n = lines.len().max(1) as f64;
    (lines.iter().map(|l| l.0).sum::<f64>() / n, lines.iter().map(|l| l.1).sum::<f64>() / n)
}
