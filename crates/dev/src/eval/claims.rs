//! `eval claims`: how one text stands to a claim of another. Three corpora, told apart by the form of their files: FNC-1
//! (how an article stands to a headline), ClaimDiff (whether a claim bears another out), NAnCo (whether two answers agree).

use std::path::Path;

use super::{Outcome, corpus};

mod answers;
mod bearings;
mod stances;

/// Scores every file under `path` by its form.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut tables = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let file = entry.map_err(|e| e.to_string())?.into_path();
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let name = name.trim_end_matches(".gz");
        if !file.is_file() || !(name.ends_with(".csv") || name.ends_with(".json")) {
            continue;
        }
        let text = corpus::text(&file)?;
        if name.ends_with(".csv") {
            tables.push(text);
        } else if text.contains("\"claim_a\"") {
            bearings::score(name.trim_end_matches(".json"), &text, &mut outcome)?;
        } else if text.contains("cluster_global") {
            answers::score(&text, &mut outcome)?;
        }
    }
    stances::score(&tables, &mut outcome);
    if outcome.figures.is_empty() {
        return Err(format!("no claims under {}", path.display()));
    }
    Ok(outcome)
}
