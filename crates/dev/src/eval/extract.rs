//! Main text: precision, recall and F1 of 4-gram shingles as in Scrapinghub's article-extraction-benchmark: counts of
//! shingles per page are normalised to sum to one, then precision and recall are averaged over pages.

use std::collections::BTreeMap;

use std::path::Path;

use rayon::prelude::*;
use variorum_schema::{BlockKind, Document};

use super::Outcome;
use super::pages::{self, Item};

/// The article's own text as extracted: title, metadata and furniture left out.
pub(crate) fn main_text(document: &Document) -> String {
    let body = |kind| !matches!(kind, BlockKind::Title | BlockKind::Furniture);
    let mut out = String::new();
    for block in document.blocks.iter().filter(|b| body(b.kind)) {
        // A dateline is part of the article; a date line or byline under the title is not.
        let dateline = document.dateline.is_some_and(|d| block.span.contains(d))
            || document.credits.iter().any(|c| block.span.contains(c.span));
        let opens = block.kind == BlockKind::Meta && dateline;
        if block.kind == BlockKind::Meta && !opens {
            continue;
        }
        out.push_str(block.span.of(&document.text));
        out.push('\n');
    }
    out
}

/// Share of true positives, false positives and false negatives of one page.
#[derive(Clone, Copy, Default)]
struct Counts {
    tp: f64,
    fp: f64,
    fn_: f64,
}

impl Counts {
    fn precision(self) -> f64 {
        if self.fp == 0.0 && self.fn_ == 0.0 {
            1.0
        } else if self.tp == 0.0 {
            0.0
        } else {
            self.tp / (self.tp + self.fp)
        }
    }
    fn recall(self) -> f64 {
        if self.fp == 0.0 && self.fn_ == 0.0 {
            1.0
        } else if self.tp == 0.0 {
            0.0
        } else {
            self.tp / (self.tp + self.fn_)
        }
    }
}

fn shingles(text: &str) -> BTreeMap<Vec<&str>, usize> {
    let words: Vec<&str> =
        text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|w| !w.is_empty()).collect();
    let mut out = BTreeMap::new();
    if words.len() < 4 && !words.is_empty() {
        out.insert(words, 1);
        return out;
    }
    for window in words.windows(4) {
        *out.entry(window.to_vec()).or_default() += 1;
    }
    out
}

fn compare(gold: &str, read: &str) -> Counts {
    let (gold, read) = (shingles(gold), shingles(read));
    let mut counts = Counts::default();
    for (key, &n) in &gold {
        let m = read.get(key).copied().unwrap_or(0);
        counts.tp += n.min(m) as f64;
        counts.fn_ += n.saturating_sub(m) as f64;
    }
    for (key, &m) in &read {
        counts.fp += m.saturating_sub(gold.get(key).copied().unwrap_or(0)) as f64;
    }
    counts
}

/// F1 of the averaged precision and recall; also both of them.
fn summary(all: &[Counts]) -> (f64, f64, f64) {
    let n = all.len().max(1) as f64;
    let p = all.iter().map(|c| c.precision()).sum::<f64>() / n;
    let r = all.iter().map(|c| c.recall()).sum::<f64>() / n;
    (2.0 * p * r / (p + r).max(1e-9), p, r)
}

fn middle_and_most(values: impl Iterator<Item = f64>) -> (f64, f64) {
    let mut values: Vec<f64> = values.collect();
    values.sort_by(f64::total_cmp);
    let at = |n: usize| values.get(n).copied().unwrap_or(0.0);
    (at(values.len() / 2), at(values.len().saturating_sub(1)))
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> f64 {
    let n = values.len().max(1) as f64;
    values.sum::<f64>() / n
}

struct Row {
    name: String,
    ours: Counts,
    bare: Counts,
    millis: f64,
    bare_millis: f64,
}

/// `eval extract`.
pub(crate) fn run(path: &Path) -> Result<Outcome, String> {
    let items = pages::read(path)?;
    let mut rows: Vec<Row> = items.par_iter().filter_map(row).collect();
    let (f1, p, r) = summary(&rows.iter().map(|r| r.ours).collect::<Vec<_>>());
    let (bf1, bp, br) = summary(&rows.iter().map(|r| r.bare).collect::<Vec<_>>());
    let (median, longest) = middle_and_most(rows.iter().map(|r| r.millis));
    let (bare_median, _) = middle_and_most(rows.iter().map(|r| r.bare_millis));
    rows.sort_by(|a, b| {
        let f = |c: Counts| summary(&[c]).0;
        f(a.ours).total_cmp(&f(b.ours)).then_with(|| a.name.cmp(&b.name))
    });
    let errors = rows.iter().filter(|r| summary(&[r.ours]).0 < 0.9).map(error).collect();
    let values = [
        ("f1", f1),
        ("precision", p),
        ("recall", r),
        ("trafilatura_f1", bf1),
        ("trafilatura_precision", bp),
        ("trafilatura_recall", br),
        ("median_ms", median),
        ("max_ms", longest),
        ("trafilatura_median_ms", bare_median),
        ("mean_ms", mean(rows.iter().map(|r| r.millis))),
        ("trafilatura_mean_ms", mean(rows.iter().map(|r| r.bare_millis))),
    ];
    let mut figures: Vec<(String, f64)> = values.into_iter().map(|(n, v)| (n.to_owned(), v)).collect();
    figures.push(("items".into(), rows.len() as f64));
    Ok(Outcome { figures, errors })
}

fn row(item: &Item) -> Option<Row> {
    let gold = item.body.as_deref()?;
    let start = std::time::Instant::now();
    let document = variorum_annotate::extract(&item.page);
    let millis = start.elapsed().as_secs_f64() * 1e3;
    let ours = compare(gold, &main_text(&document));
    let start = std::time::Instant::now();
    let html = String::from_utf8_lossy(&item.page.bytes);
    let options = trafilatura::Options::default().with_fallback(true).with_exclude_comments(true);
    let bare = trafilatura::extract(&html, &options).map(|r| r.content_text).unwrap_or_default();
    let bare_millis = start.elapsed().as_secs_f64() * 1e3;
    Some(Row { name: item.page.name.clone(), ours, bare: compare(gold, &bare), millis, bare_millis })
}

fn error(row: &Row) -> String {
    let show = |c: Counts| format!("p {:.3} r {:.3}", c.precision(), c.recall());
    format!("{:<60} ours {}   crate {}", row.name, show(row.ours), show(row.bare))
}
