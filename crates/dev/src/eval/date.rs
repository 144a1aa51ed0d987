//! Publication date by day. As in htmldate's own evaluation, F1 counts a day as right or wrong and an unknown as missing.

use std::path::Path;

use jiff::civil::Date;
use rayon::prelude::*;
use variorum_schema::Published;

use super::{Outcome, pages};

/// `eval date`.
pub(crate) fn run(path: &Path) -> Result<Outcome, String> {
    let items = pages::read(path)?;
    let rows: Vec<_> = items
        .par_iter()
        .filter_map(|item| {
            let gold = item.date?;
            let start = std::time::Instant::now();
            let published = variorum_annotate::extract(&item.page).published;
            let millis = start.elapsed().as_secs_f64() * 1e3;
            Some((item.page.name.clone(), gold, published, millis))
        })
        .collect();
    let right = rows.iter().filter(|(_, gold, p, _)| p.value == Some(*gold)).count() as f64;
    let unknown = rows.iter().filter(|(_, _, p, _)| p.value.is_none()).count() as f64;
    let wrong = rows.len() as f64 - right - unknown;
    let n = rows.len().max(1) as f64;
    let errors = rows.iter().filter(|(_, gold, p, _)| p.value != Some(*gold)).map(error).collect();
    let (p, r) = (right / (right + wrong).max(1.0), right / (right + unknown).max(1.0));
    let values = [
        ("f1", 2.0 * p * r / (p + r).max(1e-9)),
        ("accuracy", right / n),
        ("precision", p),
        ("recall", r),
        ("unknown", unknown / n),
        ("mean_ms", rows.iter().map(|(_, _, _, millis)| millis).sum::<f64>() / n),
    ];
    let mut figures: Vec<(String, f64)> = values.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    figures.push(("items".into(), rows.len() as f64));
    Ok(Outcome { figures, errors })
}

fn error((name, gold, published, _): &(String, Date, Published, f64)) -> String {
    let mut out = format!("{name}: gold {gold}, read {:?} ({})", published.value, published.basis);
    for c in published.evidence.iter().take(8) {
        out.push_str(&format!(
            "\n    {:?} {:?} {:?} {:.2} {}",
            c.source, c.text, c.value, c.weight, c.reason
        ));
    }
    out
}
