//! `eval pairs`: short accounts of one event, two by two, that we wrote for this (`tests/pairs`). Each pair goes through
//! everything but grouping; what is found, missed and reported without being due is counted as for the stories of `tests/cases`.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::json;
use variorum::gold::{self, Area, Case, Check, Expected};
use variorum::{Options, Page};
use variorum_schema::Media;

use super::{Outcome, corpus};

/// One side of a pair.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    source: String,
    date: String,
    title: String,
    text: String,
}

/// Words of both sides, and what they are to one another.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Label {
    /// Kinds of finding that will do; none where nothing is due.
    #[serde(default)]
    kind: Kinds,
    /// What the difference is about; for whoever reads the errors.
    #[serde(default, rename = "type")]
    types: Kinds,
    a: String,
    b: String,
    /// Where both stand in one account: which.
    #[serde(default, rename = "in")]
    within: Option<String>,
    #[serde(default)]
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(String),
    Many(Vec<String>),
}

impl Default for Kinds {
    fn default() -> Kinds {
        Kinds::Many(Vec::new())
    }
}

impl Kinds {
    fn list(&self) -> Vec<String> {
        match self {
            Kinds::One(one) => vec![one.clone()],
            Kinds::Many(all) => all.clone(),
        }
    }
}

/// Two accounts of one event with what an editor would say of them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    id: String,
    a: Told,
    b: Told,
    #[serde(default)]
    must: Vec<Label>,
    #[serde(default)]
    may: Vec<Label>,
    #[serde(default)]
    not: Vec<Label>,
}

/// Scores every pair of the JSONL files under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let pairs = read(path)?;
    let options = Options { collate: one_story(), threads: 1 };
    let cases = pairs.iter().map(case).collect::<Result<Vec<Case>, String>>()?;
    let outcomes: Vec<gold::Outcome> = cases.par_iter().map(|c| c.outcome(&options)).collect();
    let mut outcome = Outcome::default();
    figures(&outcomes, &mut outcome);
    subjects(&pairs, &outcomes, &mut outcome);
    for (pair, found) in pairs.iter().zip(&outcomes) {
        let missed = found.checks.iter().filter(|c| !c.passed);
        outcome.errors.extend(missed.map(|c| format!("{} {}: {}", pair.id, c.area.name(), c.label)));
        outcome.errors.extend(found.unlisted.iter().map(|u| format!("{} not listed: {u}", pair.id)));
    }
    Ok(outcome)
}

/// Both accounts tell of one event, as is known.
pub(crate) fn one_story() -> variorum_collate::Options {
    variorum_collate::Options { one_story: true, ..Default::default() }
}

/// Every pair of the JSONL files under `path` as a labelled pile.
pub(crate) fn cases(path: &Path) -> Result<Vec<Case>, String> {
    read(path)?.iter().map(case).collect()
}

fn read(path: &Path) -> Result<Vec<Pair>, String> {
    let mut pairs = Vec::new();
    for file in corpus::files(path, &[".jsonl"])? {
        for (n, line) in corpus::text(&file)?.lines().enumerate() {
            let told = |e| format!("{} line {}: {e}", file.display(), n + 1);
            pairs.push(serde_json::from_str(line).map_err(told)?);
        }
    }
    if pairs.is_empty() { Err(format!("no pairs under {}", path.display())) } else { Ok(pairs) }
}

/// The pair as a labelled pile.
fn case(pair: &Pair) -> Result<Case, String> {
    let page = |name: &str, told: &Told| Page {
        media: Media::Text,
        title: Some(told.title.clone()),
        outlet: Some(told.source.clone()),
        published: Some(told.date.clone()),
        encoding: Some("utf-8".into()),
        ..Page::new(name, format!("{}\n\n{}\n", told.title, told.text))
    };
    let sides = |l: &Label| {
        let [first, second] = match &l.within {
            Some(one) => [one.as_str(), one.as_str()],
            None => ["a", "b"],
        };
        json!([{"name": first, "contains": l.a}, {"name": second, "contains": l.b}])
    };
    let due = |labels: &[Label]| -> Vec<_> {
        let one = |l: &Label| json!({"kind": l.kind.list(), "sides": sides(l), "why": l.why});
        labels.iter().map(one).collect()
    };
    let not: Vec<_> = pair.not.iter().map(|l| json!({"contains": [l.a, l.b], "why": l.why})).collect();
    let expected = json!({"about": pair.id, "must_find": due(&pair.must), "may_find": due(&pair.may), "must_not_find": not});
    let expected: Expected = serde_json::from_value(expected).map_err(|e| format!("{}: {e}", pair.id))?;
    Ok(Case { name: pair.id.clone(), expected, pages: vec![page("a", &pair.a), page("b", &pair.b)] })
}

fn figures(outcomes: &[gold::Outcome], outcome: &mut Outcome) {
    let score = gold::Score::new(outcomes);
    let share = |met: usize, of: usize| if of == 0 { 0.0 } else { met as f64 / of as f64 };
    let (mut reported, mut listed) = (0, 0);
    for kind in score.kinds.values() {
        reported += kind.reported.of;
        listed += kind.reported.met;
    }
    outcome.figure("pairs", outcomes.len() as f64);
    let (met, of) =
        outcomes.iter().map(|o| o.tally(Area::MustFind)).fold((0, 0), |t, u| (t.0 + u.0, t.1 + u.1));
    outcome.figure("recall", share(met, of));
    outcome.figure("precision", share(listed, reported));
    outcome.figure("due", of as f64);
    outcome.figure("reported", reported as f64);
    let (held, traps) =
        outcomes.iter().map(|o| o.tally(Area::MustNotFind)).fold((0, 0), |t, u| (t.0 + u.0, t.1 + u.1));
    outcome.figure("traps avoided", share(held, traps));
    for (kind, k) in &score.kinds {
        let name =
            serde_json::to_value(kind).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default();
        outcome.figure(format!("{name} recall"), share(k.due.met, k.due.of));
        if k.reported.of > 0 {
            outcome.figure(format!("{name} precision"), share(k.reported.met, k.reported.of));
            outcome.figure(format!("{name} reported"), k.reported.of as f64);
        }
    }
    outcome.figure("calibration error", score.calibration_error.unwrap_or(0.0));
}

/// Recall of conflicts by what the label says they are about.
fn subjects(pairs: &[Pair], outcomes: &[gold::Outcome], outcome: &mut Outcome) {
    let mut by_type: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (pair, found) in pairs.iter().zip(outcomes) {
        let checks = found.checks.iter().filter(|c: &&Check| c.area == Area::MustFind);
        for (label, check) in pair.must.iter().zip(checks) {
            if label.within.is_some() {
                continue;
            }
            let name = label.types.list().into_iter().next().unwrap_or_else(|| "other".into());
            let entry = by_type.entry(name).or_default();
            entry.0 += usize::from(check.passed);
            entry.1 += 1;
        }
    }
    for (name, (met, of)) in by_type {
        outcome.figure(format!("of {of} {name}"), met as f64 / of.max(1) as f64);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use variorum::gold::places;

    use super::read;

    #[test]
    fn every_pair_reads_and_holds_the_words_of_its_labels() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let mut seen = BTreeSet::new();
        for folder in ["tests/pairs", "tests/blind-pairs"] {
            for pair in read(&root.join(folder)).expect("pairs") {
                assert!(seen.insert(pair.id.clone()), "{} twice", pair.id);
                let text = |side: &str| match side {
                    "a" => format!("{}\n{}", pair.a.title, pair.a.text),
                    _ => format!("{}\n{}", pair.b.title, pair.b.text),
                };
                for label in pair.must.iter().chain(&pair.may).chain(&pair.not) {
                    let (first, second) = match &label.within {
                        Some(one) => (one.as_str(), one.as_str()),
                        None => ("a", "b"),
                    };
                    for (side, words) in [(first, &label.a), (second, &label.b)] {
                        assert!(!places(&text(side), words).is_empty(), "{}: {words}", pair.id);
                    }
                }
                assert!(pair.must.iter().all(|l| !l.kind.list().is_empty()), "{}: no kind", pair.id);
            }
        }
    }
}
