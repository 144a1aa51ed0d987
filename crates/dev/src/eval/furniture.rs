//! Page furniture by line: gold furniture are the lines of visible text that are not in the gold body. Title, byline and
//! date lines are neither and do not count.

use std::collections::BTreeMap;

use std::path::Path;

use rayon::prelude::*;
use variorum_schema::{BlockKind, Document};

use super::{Outcome, pages};

fn squeezed(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[derive(Default)]
struct Counts {
    tp: usize,
    fp: usize,
    fn_: usize,
    wrong: Vec<String>,
}

/// `eval furniture`.
pub(crate) fn run(path: &Path) -> Result<Outcome, String> {
    let items = pages::read(path)?;
    let rows: Vec<Counts> = items
        .par_iter()
        .filter_map(|item| {
            let gold = item.body.as_deref().filter(|b| b.len() > 200)?;
            Some(count(gold, &variorum_annotate::extract(&item.page)))
        })
        .collect();
    let sum = |f: fn(&Counts) -> usize| rows.iter().map(f).sum::<usize>() as f64;
    let (tp, fp, fn_) = (sum(|c| c.tp), sum(|c| c.fp), sum(|c| c.fn_));
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for line in rows.iter().flat_map(|c| &c.wrong) {
        *seen.entry(line).or_default() += 1;
    }
    let mut seen: Vec<_> = seen.into_iter().collect();
    seen.sort_by_key(|(line, n)| (std::cmp::Reverse(*n), *line));
    let errors = seen.into_iter().map(|(line, n)| format!("{n:>4} {line}")).collect();
    let (p, r) = (tp / (tp + fp).max(1.0), tp / (tp + fn_).max(1.0));
    let values =
        [("f1", 2.0 * p * r / (p + r).max(1e-9)), ("precision", p), ("recall", r), ("lines", tp + fn_)];
    let mut figures: Vec<(String, f64)> = values.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    figures.push(("items".into(), rows.len() as f64));
    Ok(Outcome { figures, errors })
}

fn count(gold: &str, document: &Document) -> Counts {
    let whole = squeezed(gold);
    let mut counts = Counts::default();
    for block in &document.blocks {
        let text = block.span.of(&document.text);
        let line = squeezed(text);
        if line.is_empty() || matches!(block.kind, BlockKind::Title | BlockKind::Meta) {
            continue;
        }
        // A short line counts as body only where it is a line of the body.
        let in_body =
            if line.len() < 40 { gold.lines().any(|l| squeezed(l) == line) } else { whole.contains(&line) };
        let marked = block.kind == BlockKind::Furniture;
        let head: String = text.chars().take(110).collect();
        match (marked, in_body) {
            (true, false) => counts.tp += 1,
            (true, true) => {
                counts.fp += 1;
                counts.wrong.push(format!("lost  {head}"));
            }
            (false, false) => {
                counts.fn_ += 1;
                counts.wrong.push(format!("kept  {head}"));
            }
            (false, true) => {}
        }
    }
    counts
}
