//! NAnCo (Laban et al. 2022): whether two answers to a question, from two articles, are one answer. Balanced accuracy over
//! all pairs of answers of a question.

use serde_json::Value;
use variorum_collate::stance;

use super::super::align::{Read, likeness};
use super::super::{Outcome, measure};

/// From this on two answers are one.
const SAME: f64 = 0.40;

/// Scores one file.
pub(super) fn score(text: &str, outcome: &mut Outcome) -> Result<(), String> {
    let value: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
    let (mut scored, mut plain) = (Vec::new(), Vec::new());
    for question in value.as_array().into_iter().flatten() {
        let string = |v: &Value, key: &str| v.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let asked = Read::new(&string(question, "question")).words();
        let answers: Vec<(Value, variorum_collate::overlap::Words, String)> = question
            .get("answers")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter(|a| !a["cluster_global"].is_null())
            .map(|a| {
                (a["cluster_global"].clone(), Read::new(&string(a, "Answer")).words(), string(a, "Answer"))
            })
            .collect();
        for (n, a) in answers.iter().enumerate() {
            for b in &answers[n + 1..] {
                let score = stance::same_answer(&asked, &a.1, &b.1);
                let is_one = a.0 == b.0;
                scored.push((score, is_one));
                plain.push((likeness(&a.1, &b.1), is_one));
                if (score >= SAME) != is_one {
                    outcome.errors.push(format!("{is_one} {score:.2}: {} | {}", a.2, b.2));
                }
            }
        }
    }
    outcome.figure("same answer balanced accuracy", balanced(&scored, SAME));
    outcome.figure("same answer ap", measure::average_precision(&scored));
    let best =
        |list: &[(f64, bool)]| (0..=100).map(|t| balanced(list, f64::from(t) / 100.0)).fold(0.0, f64::max);
    outcome.figure("same answer best balanced accuracy", best(&scored));
    outcome.figure("likeness alone, best balanced accuracy", best(&plain));
    outcome.figure("pairs of answers", scored.len() as f64);
    Ok(())
}

fn balanced(scored: &[(f64, bool)], threshold: f64) -> f64 {
    let share = |is_one: bool| {
        let own: Vec<&(f64, bool)> = scored.iter().filter(|s| s.1 == is_one).collect();
        let right = own.iter().filter(|s| (s.0 >= threshold) == is_one).count();
        right as f64 / own.len().max(1) as f64
    };
    f64::midpoint(share(true), share(false))
}
