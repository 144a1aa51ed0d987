//! Semantic textual similarity (SemEval 2012 to 2016): Pearson's correlation with the judges' mean.

use std::path::Path;

use rayon::prelude::*;

use super::super::{Outcome, measure};
use super::{Read, bare, likeness};

/// Which files of a folder of many kinds are news headlines.
const NEWS: [&str; 1] = ["headlines"];

/// Scores one file of lines `score <tab> sentence <tab> sentence`; lines without a score are left out.
pub(super) fn read(file: &Path, text: &str, outcome: &mut Outcome) {
    let rows: Vec<(f64, &str, &str)> = text
        .lines()
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let score = fields.next()?.trim().parse().ok()?;
            Some((score, fields.next()?, fields.next()?))
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    let scored: Vec<[f64; 2]> = rows
        .par_iter()
        .map(|(_, x, y)| {
            let (x, y) = (Read::new(x).words(), Read::new(y).words());
            [likeness(&x, &y), bare(&x, &y)]
        })
        .collect();
    let gold: Vec<f64> = rows.iter().map(|r| r.0).collect();
    let of = |n: usize| scored.iter().map(|s| s[n]).collect::<Vec<f64>>();
    let name = |p: Option<&std::ffi::OsStr>| p.map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let year = name(file.parent().and_then(Path::file_name));
    let stem = name(file.file_name());
    let stem = stem.split('.').next().unwrap_or("").to_owned();
    let label = format!("{year} {stem}");
    outcome.figure(format!("{label} pearson"), measure::pearson(&of(0), &gold));
    outcome.figure(format!("{label} bare overlap"), measure::pearson(&of(1), &gold));
    if NEWS.iter().any(|n| stem.contains(n)) {
        let mut worst: Vec<(f64, String)> = rows
            .iter()
            .zip(&scored)
            .map(|(r, s)| (5.0 * s[0] - r.0, format!("{:.1} {:.2} {} | {}", r.0, 5.0 * s[0], r.1, r.2)))
            .collect();
        worst.sort_by(|a, b| b.0.abs().total_cmp(&a.0.abs()));
        outcome.errors.extend(worst.into_iter().take(40).map(|w| w.1));
    }
}

/// Puts the mean over the files of headlines first.
pub(super) fn sum_up(outcome: &mut Outcome) {
    for kind in ["bare overlap", "pearson"] {
        let of: Vec<f64> = outcome
            .figures
            .iter()
            .filter(|(name, _)| NEWS.iter().any(|n| name.contains(n)) && name.ends_with(kind))
            .map(|f| f.1)
            .collect();
        if !of.is_empty() {
            let mean = of.iter().sum::<f64>() / of.len() as f64;
            outcome.figures.insert(0, (format!("headlines mean {kind}"), mean));
        }
    }
}
