//! Time expressions: strict, relaxed and value F1 as in TempEval-3 on TimeML files (the document creation time is the
//! anchor); on specification files of recognizers (JSON), relaxed F1 of the spans.

use std::path::Path;

use jiff::civil::Date;
use variorum_schema::{Block, BlockKind, Span, TimeExpression, TimeKind};

use super::{Outcome, corpus};

/// One gold expression.
#[derive(Debug)]
struct Gold {
    span: Span,
    kind: Option<TimeKind>,
    value: String,
}

/// A text with its gold expressions.
#[derive(Debug)]
struct Case {
    name: String,
    text: String,
    anchor: Option<Date>,
    gold: Vec<Gold>,
}

/// Scores every `.tml` file under `path`, or, where there is none, every `DateTimeModel.json`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let cases: Vec<Case> = match corpus::files(path, &[".tml"]) {
        Ok(files) => {
            files.iter().map(|f| Ok(timeml(&name(f), &corpus::text(f)?))).collect::<Result<_, String>>()?
        }
        Err(_) => {
            let mut cases = Vec::new();
            for file in corpus::files(path, &["datetimemodel.json"])? {
                cases.extend(specification(&corpus::text(&file)?)?);
            }
            cases
        }
    };
    Ok(score(&cases))
}

fn name(path: &Path) -> String {
    path.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Counts of one run.
#[derive(Debug, Default)]
struct Counts {
    gold: usize,
    found: usize,
    strict: usize,
    relaxed: usize,
    value: usize,
    kind: usize,
    strict_value: usize,
}

fn score(cases: &[Case]) -> Outcome {
    let mut outcome = Outcome::default();
    let mut counts = Counts::default();
    for case in cases {
        let found = annotate(case);
        counts.gold += case.gold.len();
        counts.found += found.len();
        compare(case, &found, &mut counts, &mut outcome.errors);
    }
    let f1 = |n: usize| 2.0 * n as f64 / (counts.found + counts.gold).max(1) as f64;
    outcome.figure("value f1", f1(counts.value));
    outcome.figure("relaxed f1", f1(counts.relaxed));
    outcome.figure("strict f1", f1(counts.strict));
    outcome.figure("strict value f1", f1(counts.strict_value));
    outcome.figure("type f1", f1(counts.kind));
    outcome.figure("relaxed precision", counts.relaxed as f64 / counts.found.max(1) as f64);
    outcome.figure("relaxed recall", counts.relaxed as f64 / counts.gold.max(1) as f64);
    outcome.figure("value accuracy", counts.value as f64 / counts.relaxed.max(1) as f64);
    outcome.figure("expressions", counts.gold as f64);
    outcome
}

fn annotate(case: &Case) -> Vec<TimeExpression> {
    let mut document = corpus::document(&case.text);
    document.blocks = paragraphs(&case.text);
    variorum_annotate::annotate_at(&document, case.anchor).times
}

/// Blocks between blank lines: lines of these corpora are broken at a fixed width.
fn paragraphs(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut at = 0;
    for piece in text.split("\n\n") {
        let trimmed = piece.trim();
        let start = at + (piece.len() - piece.trim_start().len());
        if !trimmed.is_empty() {
            blocks.push(Block { span: Span::new(start, start + trimmed.len()), kind: BlockKind::Paragraph });
        }
        at += piece.len() + 2;
    }
    blocks
}

/// Each gold expression takes the first of ours that overlaps it and is free.
fn compare(case: &Case, found: &[TimeExpression], counts: &mut Counts, errors: &mut Vec<String>) {
    let mut free = vec![true; found.len()];
    for gold in &case.gold {
        let hit = (0..found.len()).find(|i| free[*i] && found[*i].span.overlaps(gold.span));
        let Some(hit) = hit else {
            errors.push(format!("missed  {}: {}", case.name, shown(case, gold.span, &gold.value)));
            continue;
        };
        free[hit] = false;
        let ours = &found[hit];
        let (strict, value) = (ours.span == gold.span, ours.value == gold.value);
        counts.relaxed += 1;
        counts.strict += usize::from(strict);
        counts.value += usize::from(value);
        counts.strict_value += usize::from(strict && value);
        counts.kind += usize::from(gold.kind == Some(ours.kind));
        if !value && !gold.value.is_empty() {
            errors.push(format!(
                "value   {}: {} ours {} on {:?}",
                case.name,
                shown(case, gold.span, &gold.value),
                ours.value,
                case.anchor
            ));
        }
        if !strict {
            errors.push(format!(
                "extent  {}: {} ours [{}]",
                case.name,
                shown(case, gold.span, ""),
                ours.span.of(&case.text)
            ));
        }
    }
    for (ours, _) in found.iter().zip(&free).filter(|(_, free)| **free) {
        errors.push(format!("extra   {}: {}", case.name, shown(case, ours.span, &ours.value)));
    }
}

/// An expression in its surroundings, on one line.
fn shown(case: &Case, span: Span, value: &str) -> String {
    let before = case.text.get(..span.start as usize).unwrap_or("");
    let before: Vec<char> = before.chars().rev().take(40).collect();
    let after: String = case.text.get(span.end as usize..).unwrap_or("").chars().take(30).collect();
    let before: String = before.into_iter().rev().collect();
    format!("{before}[{}]{after} = {value}", span.of(&case.text)).replace('\n', " ")
}

/// The text of a TimeML file without its marks, its gold expressions and its creation time.
fn timeml(name: &str, source: &str) -> Case {
    let anchor = source
        .split_once("<DCT>")
        .and_then(|(_, rest)| attribute(rest, "value"))
        .and_then(|value| value.get(..10)?.parse().ok());
    let body = source.split_once("<TEXT>").map_or("", |(_, rest)| rest);
    let body = body.split_once("</TEXT>").map_or(body, |(text, _)| text);
    let mut case = Case { name: name.to_owned(), text: String::new(), anchor, gold: Vec::new() };
    let mut open: Option<Gold> = None;
    let mut rest = body;
    while let Some((plain, tail)) = rest.split_once('<') {
        case.text.push_str(&unescape(plain));
        let (tag, after) = tail.split_once('>').unwrap_or((tail, ""));
        if tag.starts_with("TIMEX3") {
            let start = case.text.len();
            let kind = attribute(tag, "type").and_then(|k| kind(&k));
            open = Some(Gold {
                span: Span::new(start, start),
                kind,
                value: attribute(tag, "value").unwrap_or_default(),
            });
        } else if tag == "/TIMEX3"
            && let Some(mut gold) = open.take()
        {
            gold.span = Span::new(gold.span.start as usize, case.text.len());
            case.gold.push(gold);
        }
        rest = after;
    }
    case.text.push_str(&unescape(rest));
    case.gold.retain(|g| !g.span.is_empty());
    case
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value.to_owned())
}

fn kind(name: &str) -> Option<TimeKind> {
    Some(match name {
        "DATE" => TimeKind::Date,
        "TIME" => TimeKind::Time,
        "DURATION" => TimeKind::Duration,
        "SET" => TimeKind::Set,
        _ => return None,
    })
}

fn unescape(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
}

/// The cases of a specification file: input, reference time, expected spans (in characters).
fn specification(source: &str) -> Result<Vec<Case>, String> {
    let specs: Vec<serde_json::Value> =
        serde_json::from_str(source.trim_start_matches('\u{feff}')).map_err(|e| e.to_string())?;
    let mut cases = Vec::new();
    for spec in &specs {
        let text = spec["Input"].as_str().unwrap_or("").to_owned();
        let anchor = spec["Context"]["ReferenceDateTime"].as_str().and_then(|v| v.get(..10)?.parse().ok());
        let byte = |chars: u64| text.char_indices().nth(chars as usize).map_or(text.len(), |(at, _)| at);
        let gold = spec["Results"].as_array().map_or(Vec::new(), |results| {
            results
                .iter()
                .filter_map(|r| Some((r["Start"].as_u64()?, r["End"].as_u64()? + 1)))
                .map(|(start, end)| Gold {
                    span: Span::new(byte(start), byte(end)),
                    kind: None,
                    value: String::new(),
                })
                .collect()
        });
        cases.push(Case { name: "spec".into(), text, anchor, gold });
    }
    Ok(cases)
}
