//! Runs every invented story under `tests/cases` and compares the report with its `expected.json`. See
//! `tests/cases/README.md`. `UPDATE_EXPECT=1` rewrites the `expected.txt` of the cases that have one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use variorum::Options;
use variorum::gold::{Area, Case, Outcome, folders};
use variorum::report::{Style, text};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases")
}

fn cases() -> Vec<(PathBuf, Case)> {
    let read = |folder: PathBuf| {
        let case = Case::read(&folder).expect("a case is well formed");
        (folder, case)
    };
    folders(&root()).expect("tests/cases is there").into_iter().map(read).collect()
}

#[test]
fn every_case_says_what_it_is_about() {
    for (folder, case) in cases() {
        assert!(folder.join("notes.md").is_file(), "{} lacks notes.md", case.name);
        assert!(!case.expected.about.is_empty(), "{} lacks `about`", case.name);
        assert!(!case.expected.stories.is_empty(), "{} lacks `stories`", case.name);
        assert!(case.pages.len() >= 3, "{} has fewer than three pages", case.name);
    }
}

/// Every area must reach the share of expectations met that `floors.json` asks for.
#[test]
fn reports_meet_what_an_editor_expects() {
    let floors = fs::read_to_string(root().join("floors.json")).expect("tests/cases/floors.json");
    let floors: BTreeMap<String, f64> = serde_json::from_str(&floors).expect("area: share");
    let mut all = Outcome::default();
    for (_, case) in cases() {
        let outcome = case.outcome(&Options::default());
        println!("\n{}", case.name);
        for check in outcome.checks.iter().filter(|c| !c.passed) {
            println!("  {} NOT MET: {} [{}]", check.area.name(), check.label, check.instead);
        }
        all.checks.extend(outcome.checks);
    }
    let mut below = Vec::new();
    for area in Area::ALL {
        let (met, of) = all.tally(area);
        let floor = floors.get(area.name()).copied().unwrap_or(1.0);
        println!("{:>14} {met:4} of {of:4}", area.name());
        #[allow(clippy::cast_precision_loss, reason = "counts of expectations are small")]
        let share = if of == 0 { 1.0 } else { met as f64 / of as f64 };
        if share < floor {
            below.push(format!("{}: {met} of {of} is {share:.3}, below {floor}", area.name()));
        }
    }
    assert!(below.is_empty(), "below the floor (see the list above):\n{}", below.join("\n"));
}

/// What a case misses today stands in its `missed.txt`, and nothing else is missed; a case without one passes whole. A line
/// that is met by now must go, so that it cannot be lost again unseen.
#[test]
fn nothing_is_missed_but_what_is_said_to_be() {
    let mut wrong = Vec::new();
    for (folder, case) in cases() {
        let file = folder.join("missed.txt");
        let got = missed(&case.outcome(&Options::default()));
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            rewrite(&file, &got);
        }
        let want = fs::read_to_string(&file).unwrap_or_default();
        let only = |of: &str, other: &str, mark: &str| {
            let lines = of.lines().filter(|line| !other.lines().any(|o| o == *line));
            lines.map(|line| format!("{} {mark} {line}", case.name)).collect::<Vec<_>>()
        };
        wrong.extend(only(&got, &want, "lost:"));
        wrong.extend(only(&want, &got, "no longer missed:"));
    }
    assert!(wrong.is_empty(), "UPDATE_EXPECT=1 rewrites missed.txt, if this is meant:\n{}", wrong.join("\n"));
}

/// Expectations that are not met, and accusations that no label lists, a line each.
fn missed(outcome: &Outcome) -> String {
    let checks =
        outcome.checks.iter().filter(|c| !c.passed).map(|c| format!("{}: {}", c.area.name(), c.label));
    let unlisted = outcome.unlisted.iter().map(|message| format!("not listed: {message}"));
    checks.chain(unlisted).map(|line| line.replace('\n', " ") + "\n").collect()
}

fn rewrite(file: &Path, got: &str) {
    if got.is_empty() {
        fs::remove_file(file).ok();
    } else {
        fs::write(file, got).expect("missed.txt can be written");
    }
}

/// Cases with an `expected.txt` show the terminal report as a user reads it.
#[test]
fn terminal_reports_read_as_before() {
    for (folder, case) in cases() {
        let golden = folder.join("expected.txt");
        if !golden.is_file() {
            continue;
        }
        let (report, texts) = case.report(&Options::default());
        let got = text(&report, &texts, Style { color: false, width: 100 });
        if std::env::var_os("UPDATE_EXPECT").is_some() {
            fs::write(&golden, &got).expect("expected.txt can be written");
        }
        let want = fs::read_to_string(&golden).expect("expected.txt is readable");
        let line = want.lines().zip(got.lines()).position(|(a, b)| a != b).unwrap_or(0) + 1;
        assert!(
            got == want,
            "{}: expected.txt differs from line {line}; UPDATE_EXPECT=1 rewrites it",
            case.name
        );
    }
}
