//! Runs every invented story under `tests/cases` and compares the report with its `expected.json`.
//! See `tests/cases/README.md`.

use std::fs;
use std::path::{Path, PathBuf};

use variorum::gold::Expected;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("tests/cases is there")
        .filter_map(|e| Some(e.ok()?.path()))
        .filter(|p| p.join("expected.json").is_file())
        .collect();
    found.sort();
    found
}

#[test]
fn every_case_is_well_formed() {
    for case in cases() {
        let json = fs::read_to_string(case.join("expected.json")).expect("readable");
        let parsed: Result<Expected, _> = serde_json::from_str(&json);
        assert!(parsed.is_ok(), "{}: {:?}", case.display(), parsed.err());
        assert!(case.join("notes.md").is_file(), "{} lacks notes.md", case.display());
        assert!(case.join("pages").is_dir(), "{} lacks pages/", case.display());
    }
}
