//! ClaimDiff (Ko et al. 2022): whether claim B strengthens (S) or weakens (W) claim A.

use serde_json::Value;
use variorum_collate::stance;

use super::super::align::Read;
use super::super::{Outcome, measure};
use rayon::prelude::*;

/// From these on a claim is taken to bear another out, or to weaken it.
const STRENGTHENS: f64 = 0.12;
const WEAKENS: f64 = 0.08;

/// Scores one file; its name or its share of yes says which of the two it asks.
pub(super) fn score(name: &str, text: &str, outcome: &mut Outcome) -> Result<(), String> {
    let value: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let rows = value.get("data").unwrap_or(&value).as_array().cloned().unwrap_or_default();
    let is_weak = name.contains("weak");
    let string = |row: &Value, key: &str| row.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
    let scored: Vec<(f64, bool)> = rows
        .par_iter()
        .map(|row| {
            let (a, b) =
                (Read::new(&string(row, "claim_a")).words(), Read::new(&string(row, "claim_b")).words());
            let bearing = stance::bearing(&a, &b);
            let score = if is_weak { bearing.weakens } else { bearing.strengthens };
            (score, row.get("relation").and_then(Value::as_i64) == Some(1))
        })
        .collect();
    let label = if is_weak { "weakens" } else { "strengthens" };
    let threshold = if is_weak { WEAKENS } else { STRENGTHENS };
    let (hits, found, gold) = measure::counts_at(&scored, threshold);
    outcome.prf(label, hits, found, gold);
    outcome.figure(format!("{label} ap"), measure::average_precision(&scored));
    outcome.figure(format!("{label} best f1"), measure::best_f1(&scored));
    let n = scored.len().max(1);
    outcome.figure(format!("baseline: all {label} f1"), 2.0 * gold as f64 / (n + gold) as f64);
    Ok(())
}
