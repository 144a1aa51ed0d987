//! Trains what speaks for two numbers of independent accounts filling one slot: `crates/collate/data/rival.txt`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use variorum::gold::{AnyOf, Case, ExpectedFinding, folders, places};
use variorum_collate::finding::figure::rivalry::{self, FEATURES, Rivalry, Rivals};
use variorum_collate::finding::figure::slot::Slot;
use variorum_collate::telling::Telling;
use variorum_collate::{Account, Options, tell};
use variorum_schema::{FindingKind, Span};

use super::logistic::{self, with_constant};
use crate::eval::pairs;
use crate::eval::stories::read;

const HEAD: &str = "What speaks for two numbers of independent accounts filling one slot: weights of a logistic
regression. Trained by `variorum-dev train rivals` on what the invented stories of tests/cases expect, and on
Giveme5W1H's news cluster (Apache-2.0), whose few real rivals were judged by hand and are listed in the trainer.
Fields: name of the feature, weight.";
const PENALTY: f64 = 0.3;
/// Probability from which a pair is reported.
const THRESHOLD: f64 = rivalry::REPORTED;
/// Bytes beside the words of a label in which its number may stand.
const BESIDE: usize = 5;
/// Parts of the stories of which each is judged by weights that have not seen it.
const N_PARTS: usize = 10;

/// Rivals among the real news, judged by hand: class and both numbers. Photos posted, speeds told by two witnesses, the age
/// of a child, the height of a rocket, the weight of a
/// lorry, the depth of a fall.
const JUDGED: [(&str, f64, f64); 7] = [
    ("count", 3.0, 4.0),
    ("measure:mile per hour", 25.0, 40.0),
    ("measure:mile per hour", 22.5, 40.0),
    ("age", 3.0, 4.0),
    ("measure:foot", 229.0, 230.0),
    ("measure:ton", 19.0, 25.0),
    ("measure:foot", 12.0, 15.0),
];
/// What is counted by the judged ones.
const JUDGED_THING: &str = "photo";

/// A pair with its story, what it compares and whether it is a rivalry.
struct Row {
    story: String,
    key: String,
    features: [f64; FEATURES.len()],
    is_one: bool,
}

/// The file's bytes, and how well each part of the stories is judged by weights learned from the others.
pub(crate) fn train(shared: &Path) -> Result<(Vec<u8>, String), String> {
    let mut rows = Vec::new();
    let cases = folders(Path::new("tests/cases")).map_err(|e| e.to_string())?;
    let cases =
        cases.iter().map(|folder| Ok((Case::read(folder).map_err(|e| e.to_string())?, Options::default())));
    let cases = cases.collect::<Result<Vec<_>, String>>()?;
    let pairs = pairs::cases(Path::new("tests/pairs"))?.into_iter().map(|case| (case, pairs::one_story()));
    for (case, options) in cases.into_iter().chain(pairs) {
        let accounts: Vec<Account> = case.pages.iter().map(variorum::account).collect();
        let expected: Vec<&ExpectedFinding> = case
            .expected
            .must_find
            .iter()
            .chain(&case.expected.may_find)
            .filter(|e| is_difference(e))
            .collect();
        let (told, _) = tell(&accounts, &options, |_, telling| {
            rows_of(telling, &case.name, |x, y| expected.iter().any(|e| is_due(telling, e, x, y)))
        });
        rows.extend(told.into_iter().flatten());
    }
    let n_invented = rows.len();
    for collection in read(&shared.join("corpora/giveme5w1h-newscluster/news_cluster"))? {
        let (told, _) = tell(&collection.accounts, &Options::default(), |_, telling| {
            let story = telling.members.first().map(|m| telling.id(*m).to_string()).unwrap_or_default();
            rows_of(telling, &story, is_judged)
        });
        rows.extend(told.into_iter().flatten());
    }
    let mut told = String::new();
    for (name, of) in [("invented", &rows[..n_invented]), ("real", &rows[n_invented..])] {
        told.push_str(&format!("{name}: {}\n", left_out(&rows, of)));
    }
    let weights = fit(rows.iter());
    let names: Vec<&str> = std::iter::once("constant").chain(FEATURES).collect();
    Ok((logistic::write(HEAD, &names, &weights, &[]), told))
}

fn is_difference(expected: &ExpectedFinding) -> bool {
    let kinds = [FindingKind::Conflict, FindingKind::Disputed, FindingKind::Revised];
    expected.sides.len() == 2 && expected.kind.iter().any(|k| kinds.contains(k))
}

fn rows_of(telling: &Telling, story: &str, is_one: impl Fn(&Slot, &Slot) -> bool) -> Vec<Row> {
    let rivals = Rivals::new(telling);
    let row = |pair: Rivalry| {
        let (x, y) = (rivals.slot(pair.x), rivals.slot(pair.y));
        let (low, high) = (x.quantity.value.min(y.quantity.value), x.quantity.value.max(y.quantity.value));
        let key = format!("{story} {} {low} {high}", x.class);
        Row { story: story.to_owned(), key, features: pair.features, is_one: is_one(x, y) }
    };
    rivals.pairs().into_iter().map(row).collect()
}

/// Whether a label names both slots, one on each side.
fn is_due(telling: &Telling, expected: &ExpectedFinding, x: &Slot, y: &Slot) -> bool {
    let on = |n: usize, slot: &Slot| {
        let document = telling.document(slot.statement.account);
        let file = document.name.rsplit('/').next().unwrap_or_default();
        let side = &expected.sides[n];
        let is_named = alternatives(&side.name).iter().any(|name| name == file);
        // "magnitude" is named, " of 6.2" stands beside it
        let touches = |(from, to): (usize, usize)| {
            Span::new(from.saturating_sub(BESIDE), to + BESIDE).overlaps(slot.quantity.span)
        };
        is_named && alternatives(&side.contains).iter().flat_map(|w| places(&document.text, w)).any(touches)
    };
    on(0, x) && on(1, y) || on(0, y) && on(1, x)
}

fn alternatives(any: &AnyOf) -> &[String] {
    match any {
        AnyOf::One(one) => std::slice::from_ref(one),
        AnyOf::Many(many) => many,
    }
}

fn is_judged(x: &Slot, y: &Slot) -> bool {
    let thing = |s: &Slot| s.quantity.counted_lemma.as_deref().is_none_or(|c| c == JUDGED_THING);
    let (low, high) = (x.quantity.value.min(y.quantity.value), x.quantity.value.max(y.quantity.value));
    let is_listed = JUDGED.iter().any(|(c, l, h)| *c == x.class && (l - low).abs() + (h - high).abs() < 1e-9);
    is_listed && thing(x) && thing(y)
}

/// Features to one scale are not needed: they are shares and small logarithms.
fn fit<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<f64> {
    let rows: Vec<(Vec<f64>, bool, f64)> =
        rows.map(|r| (with_constant(&r.features), r.is_one, 1.0)).collect();
    logistic::fit(&rows, PENALTY)
}

/// Rivalries found by weights that have not seen the story: right, reported, due; each counted once, whatever the number of
/// accounts that tell of it.
fn left_out(all: &[Row], of: &[Row]) -> String {
    let stories: BTreeSet<&str> = all.iter().map(|r| r.story.as_str()).collect();
    let part: BTreeMap<&str, usize> =
        stories.into_iter().enumerate().map(|(n, s)| (s, n % N_PARTS)).collect();
    let models: Vec<Vec<f64>> =
        (0..N_PARTS).map(|n| fit(all.iter().filter(|r| part[r.story.as_str()] != n))).collect();
    let mut best: BTreeMap<&str, (f64, bool)> = BTreeMap::new();
    for row in of {
        let weights = &models[part[row.story.as_str()]];
        let sum: f64 = with_constant(&row.features).iter().zip(weights).map(|(f, w)| f * w).sum();
        let entry = best.entry(&row.key).or_insert((0.0, false));
        *entry = (entry.0.max(1.0 / (1.0 + (-sum).exp())), entry.1 || row.is_one);
    }
    let n_due = best.values().filter(|b| b.1).count();
    let at = |threshold: f64| {
        let reported: Vec<bool> = best.values().filter(|b| b.0 >= threshold).map(|b| b.1).collect();
        let n_right = reported.iter().filter(|r| **r).count();
        format!("from {threshold:.1}: {n_right} right of {} reported", reported.len())
    };
    let shown: Vec<String> = [THRESHOLD - 0.1, THRESHOLD, THRESHOLD + 0.1].map(at).to_vec();
    format!("{} pairs, {n_due} rivalries; {}", of.len(), shown.join("; "))
}
