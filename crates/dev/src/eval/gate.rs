//! The floors: every registered evaluation with the figures that were proved, run together and held.
//!
//! `eval/floors.json` is the register. A floor lies a hair below what was measured when it was set, is raised when the
//! figure rises, and is lowered by nobody in passing: that is a change of its own, with its reason.

use std::path::{Path, PathBuf};

use rayon::prelude::*;
use serde::Deserialize;

use super::{Outcome, TASKS};

/// One registered evaluation.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Entry {
    /// Name of the task.
    task: String,
    /// File or folder under `corpora/`.
    corpus: String,
    /// Which part of the corpus it is: train, dev, test, or all where there are no splits.
    split: String,
    /// What others reach there, in words with the source; empty if nothing comparable is known.
    #[serde(default)]
    anchor: String,
    /// Figures that are held: name → floor.
    floors: serde_json::Map<String, serde_json::Value>,
}

/// One held figure.
#[derive(Debug)]
struct Held {
    figure: String,
    floor: f64,
    /// `None` if the task does not give this figure.
    found: Option<f64>,
}

impl Held {
    fn passes(&self) -> bool {
        self.found.is_some_and(|found| found >= self.floor)
    }
}

/// What became of an entry: the held figures, or why it could not be run.
type Ran = Result<Vec<Held>, String>;

/// Runs every entry of `register` on the corpora under `shared`; returns what is to be printed and whether every floor
/// is held.
pub(super) fn run(register: &Path, shared: &Path, json: bool) -> Result<(String, bool), String> {
    let entries = read(register)?;
    let corpora = shared.join("corpora");
    let ran: Vec<Ran> = entries.par_iter().map(|e| run_one(e, &corpora)).collect();
    let is_held = ran.iter().all(|r| r.as_ref().is_ok_and(|held| held.iter().all(Held::passes)));
    let text = if json { as_json(&entries, &ran) } else { as_table(&entries, &ran) };
    Ok((text, is_held))
}

/// The shared folder that the environment names, if it does.
pub(crate) fn shared() -> Option<PathBuf> {
    std::env::var_os("VARIORUM_SHARED").map(PathBuf::from)
}

fn read(register: &Path) -> Result<Vec<Entry>, String> {
    let text = std::fs::read_to_string(register).map_err(|e| format!("{}: {e}", register.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", register.display()))
}

fn run_one(entry: &Entry, corpora: &Path) -> Ran {
    let task =
        TASKS.iter().find(|t| t.name == entry.task).ok_or_else(|| format!("no task `{}`", entry.task))?;
    Ok(held(entry, &(task.run)(&corpora.join(&entry.corpus))?))
}

fn held(entry: &Entry, outcome: &Outcome) -> Vec<Held> {
    let found = |name: &str| outcome.figures.iter().find(|(n, _)| n == name).map(|(_, value)| *value);
    let floors = entry.floors.iter();
    // A floor that is no number is held by nothing.
    let floors = floors.map(|(name, floor)| (name, floor.as_f64().unwrap_or(f64::INFINITY)));
    floors.map(|(name, floor)| Held { figure: name.clone(), floor, found: found(name) }).collect()
}

fn as_table(entries: &[Entry], ran: &[Ran]) -> String {
    let mut out =
        "| task | corpus | split | figure | ours | floor | elsewhere |\n|---|---|---|---|---|---|---|\n"
            .to_owned();
    for (entry, ran) in entries.iter().zip(ran) {
        let Entry { task, corpus, split, anchor, .. } = entry;
        match ran {
            Err(why) => out += &format!("| {task} | {corpus} | {split} | not run: {why} | | | |\n"),
            Ok(held) => {
                for (n, h) in held.iter().enumerate() {
                    let ours = h.found.map_or("none".to_owned(), |f| format!("{f:.4}"));
                    let below = if h.passes() { "" } else { " **below the floor**" };
                    let anchor = if n == 0 { anchor.as_str() } else { "" };
                    let (figure, floor) = (&h.figure, h.floor);
                    out += &format!(
                        "| {task} | {corpus} | {split} | {figure} | {ours}{below} | {floor} | {anchor} |\n"
                    );
                }
            }
        }
    }
    out
}

fn as_json(entries: &[Entry], ran: &[Ran]) -> String {
    let rows = entries.iter().zip(ran).map(|(entry, ran)| {
        let figures = |held: &Vec<Held>| -> Vec<serde_json::Value> {
            let row = |h: &Held| serde_json::json!({"figure": h.figure, "floor": h.floor, "found": h.found, "held": h.passes()});
            held.iter().map(row).collect()
        };
        serde_json::json!({
            "task": entry.task, "corpus": entry.corpus, "split": entry.split,
            "figures": ran.as_ref().map(figures).unwrap_or_default(), "error": ran.as_ref().err(),
        })
    });
    format!("{}\n", serde_json::Value::Array(rows.collect()))
}

#[cfg(test)]
mod tests {
    use super::{Entry, Outcome, as_table, held, read};
    use std::path::Path;

    /// Tasks whose figures have not been settled on a corpus yet.
    const NOT_YET_HELD: &[&str] = &["pairs", "speed"];

    fn entry(floors: &str) -> Entry {
        let text = format!(r#"{{"task": "tag", "corpus": "c", "split": "dev", "floors": {floors}}}"#);
        serde_json::from_str(&text).expect("an entry")
    }

    #[test]
    fn a_figure_below_its_floor_or_missing_is_not_held() {
        let mut outcome = Outcome::default();
        outcome.figure("f1", 0.8);
        for (floors, holds) in [
            (r#"{"f1": 0.8}"#, true),
            (r#"{"f1": 0.79}"#, true),
            (r#"{"f1": 0.81}"#, false),
            (r#"{"recall": 0.1}"#, false),
            (r#"{"f1": "high"}"#, false),
        ] {
            let entry = entry(floors);
            let held = held(&entry, &outcome);
            assert_eq!(held[0].passes(), holds, "{floors}");
            assert_eq!(as_table(&[entry], &[Ok(held)]).contains("below the floor"), !holds, "{floors}");
        }
    }

    #[test]
    fn every_registered_task_exists_and_every_task_is_registered() {
        let register = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../eval/floors.json");
        let entries = read(&register).expect("the register is well formed");
        let known = |name: &str| super::TASKS.iter().any(|t| t.name == name);
        entries.iter().for_each(|e| assert!(known(&e.task), "no task `{}`", e.task));
        for task in super::TASKS {
            let is_held = entries.iter().any(|e| e.task == task.name);
            assert!(
                is_held != NOT_YET_HELD.contains(&task.name),
                "`{}`: held, or listed as not yet held",
                task.name
            );
        }
    }
}
