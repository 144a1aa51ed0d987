//! What README shows is what the program prints.

use std::path::Path;
use std::process::Command;

/// Share of README's lines that must stand in the output, in order: weights move, and a confidence with them.
const MIN_SHARE: f64 = 0.8;

#[test]
fn readme_shows_what_the_program_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let readme = std::fs::read_to_string(root.join("README.md")).expect("README.md is there");
    let shown = readme
        .split("```text\n")
        .nth(1)
        .and_then(|rest| rest.split("```").next())
        .expect("a block of output");
    let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
    let output = command
        .args(["collate", "examples/harbour-street-fire"])
        .current_dir(&root)
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let printed = String::from_utf8_lossy(&output.stdout);
    let shown: Vec<&str> = shown.lines().filter(|l| !l.trim().is_empty() && *l != "…").collect();
    let mut rest = printed.lines();
    let mut missing = Vec::new();
    for line in &shown {
        let mut ahead = rest.clone();
        if ahead.any(|l| l == *line) { rest = ahead } else { missing.push(*line) }
    }
    let share = 1.0 - missing.len() as f64 / shown.len() as f64;
    assert!(share >= MIN_SHARE, "README shows lines that are not printed:\n{}", missing.join("\n"));
}
