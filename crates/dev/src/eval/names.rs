//! Names of people, organisations and places: F1 of exact spans with their kind, as in CoNLL 2003.
//!
//! Read are IOB2 files with one token a line (UNER: number, form, tag; CoNLL: form first, tag last). Where the file gives the
//! text of a sentence, that is read; else the tokens with a space between them.

use std::collections::BTreeMap;
use std::path::Path;

use variorum_schema::{EntityKind, MentionForm};

use super::{Outcome, corpus};

/// Of Wikigold, which has no splits, every such document is never trained on and only those are scored.
pub(crate) const HELD_OUT: usize = 3;

/// Raw text with gold spans.
#[derive(Default)]
struct Gold {
    text: String,
    spans: Vec<(usize, usize, EntityKind)>,
}

/// Scores every file under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut sums: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    let files =
        corpus::files(path, &[".iob2", ".conll", ".conll.txt", "fin3.txt", "fin5.txt", ".annotated"])?;
    for file in &files {
        let mut file_sum = [0; 3];
        let is_whole = !file.to_string_lossy().contains("wikigold");
        for (idx, gold) in documents(&corpus::text(file)?).into_iter().enumerate() {
            if !is_whole && idx % HELD_OUT != 0 {
                continue;
            }
            score(&gold, &mut sums, &mut file_sum, &mut outcome.errors);
        }
        if files.len() > 1 {
            let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
            outcome.prf(&name, file_sum[0], file_sum[1], file_sum[2]);
        }
    }
    let total = sums.values().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]]);
    let per_file = std::mem::take(&mut outcome.figures);
    outcome.prf("", total[0], total[1], total[2]);
    for (kind, [hits, found, gold]) in sums {
        outcome.prf(kind, hits, found, gold);
    }
    outcome.figures.extend(per_file);
    Ok(outcome)
}

fn score(
    gold: &Gold,
    sums: &mut BTreeMap<&str, [usize; 3]>,
    file: &mut [usize; 3],
    errors: &mut Vec<String>,
) {
    let document = corpus::document(&gold.text);
    let annotations = variorum_annotate::annotate(&document);
    let ours: Vec<(usize, usize, EntityKind)> = annotations
        .mentions
        .iter()
        .filter(|m| m.form == MentionForm::Name && label(m.kind).is_some())
        .map(|m| (m.span.start as usize, m.span.end as usize, m.kind))
        .collect();
    for span in &ours {
        let hit = usize::from(gold.spans.contains(span));
        tally(sums, file, span.2, [hit, 1, 0]);
        if hit == 0 {
            errors.push(line("extra ", gold, span));
        }
    }
    for span in &gold.spans {
        tally(sums, file, span.2, [0, 0, 1]);
        if !ours.contains(span) {
            errors.push(line("missed", gold, span));
        }
    }
}

fn tally(sums: &mut BTreeMap<&str, [usize; 3]>, file: &mut [usize; 3], kind: EntityKind, add: [usize; 3]) {
    let Some(label) = label(kind) else { return };
    let sum = sums.entry(label).or_default();
    for at in 0..3 {
        sum[at] += add[at];
        file[at] += add[at];
    }
}

fn label(kind: EntityKind) -> Option<&'static str> {
    match kind {
        EntityKind::Person => Some("PER"),
        EntityKind::Organisation => Some("ORG"),
        EntityKind::Place => Some("LOC"),
        EntityKind::Group | EntityKind::Other => None,
    }
}

fn line(what: &str, gold: &Gold, span: &(usize, usize, EntityKind)) -> String {
    let before: String = gold.text[..span.0].chars().rev().take(40).collect();
    let before: String = before.chars().rev().collect();
    let after: String = gold.text[span.1..].chars().take(30).collect();
    let label = label(span.2).unwrap_or_default();
    format!("{what} {label} {before}‹{}›{after}", &gold.text[span.0..span.1]).replace('\n', "⏎")
}

/// The kinds that are scored; other tags are outside.
fn kind(tag: &str) -> Option<EntityKind> {
    match tag.get(2..)?.to_lowercase().as_str() {
        "per" | "person" => Some(EntityKind::Person),
        "org" | "corporation" | "group" => Some(EntityKind::Organisation),
        "loc" | "location" | "geo-loc" => Some(EntityKind::Place),
        _ => None,
    }
}

/// Documents: at `newdoc` and `-DOCSTART-`; without such marks the file is one document.
fn documents(content: &str) -> Vec<Gold> {
    let mut documents = vec![Gold::default()];
    let content = content.replace("\r\n", "\n");
    for block in content.split("\n\n").filter(|b| !b.trim().is_empty()) {
        if block.contains("# newdoc") || block.contains("-DOCSTART-") {
            documents.push(Gold::default());
        }
        if let Some(document) = documents.last_mut() {
            sentence(document, block);
        }
    }
    documents.retain(|d| !d.text.is_empty());
    documents
}

/// Appends one sentence, on a line of its own.
fn sentence(document: &mut Gold, block: &str) {
    let rows: Vec<Vec<&str>> = block
        .lines()
        .filter(|l| !l.starts_with("# ") && !l.contains("-DOCSTART-") && !l.trim().is_empty())
        .map(|l| if l.contains('\t') { l.split('\t').collect() } else { l.split(' ').collect() })
        .collect();
    let is_uner = rows.iter().all(|r| r.len() >= 4 && r[0].parse::<u32>().is_ok());
    let form = |row: &[&str]| row.get(usize::from(is_uner)).copied().unwrap_or("").to_owned();
    let tag = |row: &[&str]| {
        if is_uner { row[2].to_owned() } else { row.last().copied().unwrap_or("O").trim().to_owned() }
    };
    let given = block.lines().find_map(|l| l.strip_prefix("# text = ")).map(str::to_owned);
    let text = given.unwrap_or_else(|| rows.iter().map(|r| form(r)).collect::<Vec<_>>().join(" "));
    let start = document.text.len();
    document.text.push_str(&text);
    let (mut at, mut open): (usize, Option<(usize, usize, EntityKind, String)>) = (start, None);
    for row in &rows {
        let (form, tag) = (form(row), tag(row));
        let Some(found) = document.text.get(at..).and_then(|rest| rest.find(&form)) else { continue };
        let (from, to) = (at + found, at + found + form.len());
        at = to;
        let goes_on =
            tag.starts_with("I-") && open.as_ref().is_some_and(|o| o.3 == tag.get(2..).unwrap_or(""));
        if let Some(span) = open.as_mut().filter(|_| goes_on) {
            span.1 = to;
            continue;
        }
        document.spans.extend(open.take().map(|o| (o.0, o.1, o.2)));
        open = kind(&tag).map(|k| (from, to, k, tag.get(2..).unwrap_or("").to_owned()));
    }
    document.spans.extend(open.map(|o| (o.0, o.1, o.2)));
    document.text.push('\n');
}
