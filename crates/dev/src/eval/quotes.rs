//! Attribution: source, cue and content of quotations against PolNeAR (Newell, Margolin & Ruths, LREC 2018): brat
//! stand-off files (`attributions/*.ann`) beside texts (`text/*.txt`), in folders or in a `.tar.xz`.
//!
//! Content counts as found when it overlaps gold content by a share of their union (of bytes, white space and outer
//! punctuation left out): .3, .8, or exactly. One prediction answers one gold attribution. Gold speech by kind: *direct*,
//! all of it in quotation marks; *mixed*, some; *indirect*, none. PolNeAR also marks beliefs, intentions and stances; the
//! figures "speech …" leave out gold attributions whose cue has no word of saying and whose content has no quotation
//! mark, and what we found of them.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use variorum_schema::{Quotation, QuotationKind, Span};

use super::{Outcome, corpus};

/// Stems of words of saying; a gold cue that holds one is speech.
const SAYING: &[&str] = &[
    "said",
    "say",
    "told",
    "tell",
    "according",
    "add",
    "wrote",
    "write",
    "written",
    "ask",
    "tweet",
    "post",
    "announc",
    "claim",
    "argu",
    "stat",
    "warn",
    "declar",
    "insist",
    "explain",
    "respon",
    "repl",
    "continu",
    "deni",
    "deny",
    "quot",
    "call",
    "describ",
    "suggest",
    "acknowledg",
    "admit",
    "reiterat",
    "vow",
    "pledg",
    "promis",
    "recall",
    "predict",
    "assert",
    "conced",
    "conclud",
];

/// One gold attribution.
#[derive(Debug, Default)]
struct Gold {
    source: Vec<Span>,
    cue: Vec<Span>,
    content: Vec<Span>,
}

/// A text with its gold attributions.
struct Article {
    name: String,
    text: String,
    gold: Vec<Gold>,
}

/// Scores every article under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut tally = Tally::default();
    for article in articles(path)? {
        score(&article, &mut tally);
    }
    Ok(tally.outcome())
}

/// Every annotated article, in order of name. Where there are several splits, the development split.
fn articles(path: &Path) -> Result<Vec<Article>, String> {
    let mut files: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    let fail = |e: std::io::Error| e.to_string();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|e| e.to_string())?;
        let name = entry.path().to_string_lossy().into_owned();
        if name.ends_with(".tar.xz") {
            let bytes = std::fs::read(entry.path()).map_err(fail)?;
            let mut archive = tar::Archive::new(xz2::read::XzDecoder::new(bytes.as_slice()));
            for member in archive.entries().map_err(fail)? {
                let mut member = member.map_err(fail)?;
                let name = member.path().map_err(fail)?.to_string_lossy().into_owned();
                let mut content = Vec::new();
                member.read_to_end(&mut content).map_err(fail)?;
                files.insert(name, content);
            }
        } else if name.ends_with(".ann") || name.ends_with(".txt") {
            files.insert(name, std::fs::read(entry.path()).map_err(fail)?);
        }
    }
    let is_dev = |name: &String| name.contains("dev/attributions/");
    let has_dev = files.keys().any(is_dev);
    let mut found = Vec::new();
    for (name, bytes) in files.iter().filter(|(n, _)| n.ends_with(".ann") && (!has_dev || is_dev(n))) {
        // the annotator's number follows the last underscore
        let base = name.trim_end_matches(".ann").rsplit_once('_').map_or(name.as_str(), |(base, _)| base);
        let Some(text) = files.get(&format!("{}.txt", base.replace("attributions/", "text/"))) else {
            continue;
        };
        let text = String::from_utf8_lossy(text).into_owned();
        let gold = brat(&String::from_utf8_lossy(bytes), &text);
        found.push(Article { name: base.rsplit('/').next().unwrap_or(base).to_owned(), text, gold });
    }
    if found.is_empty() { Err(format!("no attributions under {}", path.display())) } else { Ok(found) }
}

/// The attributions of a brat file. Its offsets count characters.
fn brat(ann: &str, text: &str) -> Vec<Gold> {
    let mut byte_of: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    byte_of.push(text.len());
    let mut spans: BTreeMap<&str, (&str, Vec<Span>)> = BTreeMap::new();
    let mut gold = Vec::new();
    for (id, rest) in ann.lines().filter_map(|line| line.split_once('\t')) {
        if id.starts_with('T') {
            let fields = rest.split('\t').next().unwrap_or("");
            let Some((label, offsets)) = fields.split_once(' ') else { continue };
            let mut list: Vec<Span> = offsets
                .split(';')
                .filter_map(|pair| {
                    let (a, b) = pair.split_once(' ')?;
                    Some(Span::new(
                        *byte_of.get(a.parse::<usize>().ok()?)?,
                        *byte_of.get(b.parse::<usize>().ok()?)?,
                    ))
                })
                .collect();
            list.sort();
            spans.insert(id, (label, list));
        }
    }
    for rest in ann
        .lines()
        .filter(|l| l.starts_with('E'))
        .filter_map(|line| line.split_once('\t'))
        .map(|(_, rest)| rest)
    {
        let mut one = Gold::default();
        for (_, target) in rest.split(' ').skip(1).filter_map(|part| part.split_once(':')) {
            let Some((label, list)) = spans.get(target) else { continue };
            match *label {
                "Source" => one.source.extend(list),
                "Cue" => one.cue.extend(list),
                "Content" => one.content.extend(list),
                _ => {}
            }
        }
        if !one.content.is_empty() {
            one.content.sort();
            gold.push(one);
        }
    }
    gold
}

/// Counts over all articles, by name.
#[derive(Default)]
struct Tally {
    counts: BTreeMap<&'static str, [usize; 3]>,
    ratios: BTreeMap<&'static str, [usize; 2]>,
    errors: Vec<String>,
}

impl Tally {
    fn hit(&mut self, name: &'static str, hits: usize, found: usize, gold: usize) {
        let sum = self.counts.entry(name).or_default();
        *sum = [sum[0] + hits, sum[1] + found, sum[2] + gold];
    }

    fn ratio(&mut self, name: &'static str, is_right: bool) {
        let sum = self.ratios.entry(name).or_default();
        *sum = [sum[0] + usize::from(is_right), sum[1] + 1];
    }

    fn outcome(self) -> Outcome {
        let mut outcome = Outcome::default();
        for name in NAMES {
            if let Some([hits, found, gold]) = self.counts.get(name) {
                outcome.prf(name, *hits, *found, *gold);
            }
        }
        for (name, [right, of]) in &self.ratios {
            outcome.figure(*name, *right as f64 / (*of).max(1) as f64);
        }
        let gold = self.counts.get(NAMES[0]).map_or(0, |c| c[2]);
        outcome.figure("attributions", gold as f64);
        outcome.errors = self.errors;
        outcome
    }
}

/// Names of the span figures, in the order of printing.
const NAMES: &[&str] = &[
    "content",
    "content .8",
    "content exact",
    "speech",
    "speech .8",
    "speech exact",
    "direct",
    "direct .8",
    "direct exact",
    "mixed",
    "mixed .8",
    "mixed exact",
    "indirect",
    "indirect .8",
    "indirect exact",
    "source exact",
    "cue exact",
];

/// A gold attribution or a prediction, ready for comparison.
struct Side {
    bytes: Vec<Span>,
    kind: QuotationKind,
    is_speech: bool,
}

fn score(article: &Article, tally: &mut Tally) {
    let text = &article.text;
    let annotations = variorum_annotate::annotate(&corpus::document(text));
    let ours: Vec<Quotation> = annotations.quotations.iter().chain(&annotations.stances).cloned().collect();
    let ours = &ours;
    let gold: Vec<Side> = article.gold.iter().map(|g| side_of_gold(text, g)).collect();
    let found: Vec<Side> = ours.iter().map(|q| side_of_ours(text, q)).collect();
    let pairs = pair(&gold, &found);
    let answer: BTreeMap<usize, (usize, f64)> =
        pairs.iter().map(|(g, f, share)| (*g, (*f, *share))).collect();
    let question: BTreeMap<usize, usize> = pairs.iter().map(|(g, f, _)| (*f, *g)).collect();
    for (index, side) in gold.iter().enumerate() {
        let share = answer.get(&index).map_or(0.0, |(_, share)| *share);
        let is_exact = answer.get(&index).is_some_and(|(f, _)| found[*f].bytes == side.bytes);
        let hits = [share >= 0.3, share >= 0.8, is_exact].map(usize::from);
        for (name, hit) in rows(side).into_iter().zip(hits.into_iter().cycle()) {
            tally.hit(name, hit, 0, 1);
        }
        if share < 0.8 {
            tally.errors.push(describe(article, index, answer.get(&index).map(|(f, _)| &ours[*f])));
        }
    }
    for (index, side) in found.iter().enumerate() {
        // what answers a gold attribution is judged by that one's class, so that no figure is charged for another's
        let as_gold = question.get(&index).map(|g| &gold[*g]);
        let is_speech = as_gold.map_or(side.is_speech, |g| g.is_speech);
        let kind = as_gold.map_or(side.kind, |g| g.kind);
        for name in rows(&Side { bytes: Vec::new(), kind, is_speech }) {
            tally.hit(name, 0, 1, 0);
        }
        if as_gold.is_none() {
            tally.errors.push(format!("{} EXTRA {}", article.name, show(text, &ours[index])));
        }
    }
    for (g, f, _) in &pairs {
        parts(article, &article.gold[*g], &ours[*f], &gold[*g], tally);
    }
}

/// The rows of the table that a side counts in: three thresholds each.
fn rows(side: &Side) -> Vec<&'static str> {
    let kind = match side.kind {
        QuotationKind::Direct => ["direct", "direct .8", "direct exact"],
        QuotationKind::Mixed => ["mixed", "mixed .8", "mixed exact"],
        QuotationKind::Indirect => ["indirect", "indirect .8", "indirect exact"],
    };
    let mut rows = vec!["content", "content .8", "content exact"];
    if side.is_speech {
        rows.extend(["speech", "speech .8", "speech exact"]);
        rows.extend(kind);
    }
    rows
}

/// Source and cue of a matched pair.
fn parts(article: &Article, gold: &Gold, ours: &Quotation, side: &Side, tally: &mut Tally) {
    let covers = |spans: &[Span], span: Span| spans.iter().any(|s| s.overlaps(span));
    if !gold.source.is_empty() {
        let is_right = ours.source.as_ref().is_some_and(|s| covers(&gold.source, s.span));
        tally.ratio("speaker accuracy", is_right);
        if side.is_speech {
            tally.ratio("speaker accuracy, speech", is_right);
        }
        if side.kind == QuotationKind::Direct {
            tally.ratio("speaker accuracy, direct", is_right);
        }
        if !is_right {
            tally.errors.push(format!(
                "{} SOURCE gold={:?} {}",
                article.name,
                texts(&article.text, &gold.source),
                show(&article.text, ours)
            ));
        }
    }
    let source: Vec<Span> = ours.source.iter().map(|s| s.span).collect();
    let cue: Vec<Span> = ours.cue.into_iter().collect();
    let same = |a: &[Span], b: &[Span]| normal(&article.text, a) == normal(&article.text, b);
    tally.hit(
        "source exact",
        usize::from(!source.is_empty() && same(&source, &gold.source)),
        source.len(),
        usize::from(!gold.source.is_empty()),
    );
    tally.hit(
        "cue exact",
        usize::from(!cue.is_empty() && same(&cue, &gold.cue)),
        cue.len(),
        usize::from(!gold.cue.is_empty()),
    );
    if !gold.cue.is_empty() {
        tally.ratio("cue overlap", ours.cue.is_some_and(|c| covers(&gold.cue, c)));
    }
    tally.ratio("kind accuracy", ours.kind == side.kind);
}

/// Pairs of gold and found content, the best first, each used once: `(gold, found, share)` with share at least .3.
fn pair(gold: &[Side], found: &[Side]) -> Vec<(usize, usize, f64)> {
    let mut candidates = Vec::new();
    for (g, one) in gold.iter().enumerate() {
        for (f, other) in found.iter().enumerate() {
            let share = share(&one.bytes, &other.bytes);
            if share >= 0.3 {
                candidates.push((g, f, share));
            }
        }
    }
    candidates.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)).then(a.1.cmp(&b.1)));
    let (mut used_gold, mut used_found) = (vec![false; gold.len()], vec![false; found.len()]);
    candidates.retain(|(g, f, _)| {
        let is_free = !used_gold[*g] && !used_found[*f];
        used_gold[*g] |= is_free;
        used_found[*f] |= is_free;
        is_free
    });
    candidates
}

/// Bytes shared, of bytes covered by either.
fn share(a: &[Span], b: &[Span]) -> f64 {
    let common: usize = a
        .iter()
        .flat_map(|x| b.iter().map(|y| x.end.min(y.end).saturating_sub(x.start.max(y.start)) as usize))
        .sum();
    let total = |spans: &[Span]| spans.iter().map(|s| s.len()).sum::<usize>();
    common as f64 / (total(a) + total(b) - common).max(1) as f64
}

fn side_of_gold(text: &str, gold: &Gold) -> Side {
    let cue = texts(text, &gold.cue).join(" ").to_lowercase();
    let kind = kind(text, &gold.content);
    let says = cue.split(|c: char| !c.is_alphabetic()).any(|w| SAYING.iter().any(|stem| w.starts_with(stem)));
    Side { bytes: normal(text, &gold.content), kind, is_speech: says || kind != QuotationKind::Indirect }
}

fn side_of_ours(text: &str, ours: &Quotation) -> Side {
    let cue = ours.cue.map(|c| c.of(text).to_lowercase()).unwrap_or_default();
    let says = cue.split(|c: char| !c.is_alphabetic()).any(|w| SAYING.iter().any(|stem| w.starts_with(stem)));
    Side {
        bytes: normal(text, &ours.content),
        kind: ours.kind,
        is_speech: says || ours.kind != QuotationKind::Indirect,
    }
}

/// Spans without outer white space, punctuation, and an opening "that"; joined where only such stands between.
fn normal(text: &str, spans: &[Span]) -> Vec<Span> {
    let mut out: Vec<Span> = Vec::new();
    for span in spans {
        let piece = span.of(text);
        let is_edge = |c: char| !c.is_alphanumeric() && !matches!(c, '$' | '%' | '£' | '€' | '#' | '@');
        let mut kept = piece.trim_matches(is_edge);
        if out.is_empty() {
            kept = kept.strip_prefix("that ").unwrap_or(kept).trim_start_matches(is_edge);
        }
        let Some(at) = piece.find(kept).filter(|_| !kept.is_empty()) else { continue };
        let start = span.start as usize + at;
        let now = Span::new(start, start + kept.len());
        match out.last_mut() {
            Some(last)
                if text
                    .get(last.end as usize..start)
                    .is_some_and(|gap| gap.chars().all(|c| !c.is_alphanumeric())) =>
            {
                *last = last.cover(now)
            }
            _ => out.push(now),
        }
    }
    out
}

/// The kind of gold content, by the marks at its ends and inside.
fn kind(text: &str, spans: &[Span]) -> QuotationKind {
    let is_mark = |c: char| matches!(c, '"' | '“' | '”' | '«' | '»');
    let has_mark = |piece: &str| piece.contains(is_mark) || piece.contains("''") || piece.contains("``");
    let starts =
        |piece: &str| piece.starts_with(is_mark) || piece.starts_with("''") || piece.starts_with("``");
    let all = spans.iter().all(|s| {
        let piece = s.of(text).trim();
        let inner = piece.trim_matches(|c: char| !c.is_alphanumeric());
        starts(piece) && !has_mark(inner)
    });
    let any = spans.iter().any(|s| has_mark(s.of(text)));
    match (all, any) {
        (true, _) => QuotationKind::Direct,
        (_, true) => QuotationKind::Mixed,
        _ => QuotationKind::Indirect,
    }
}

fn texts<'a>(text: &'a str, spans: &[Span]) -> Vec<&'a str> {
    spans.iter().map(|s| s.of(text)).collect()
}

fn describe(article: &Article, index: usize, ours: Option<&Quotation>) -> String {
    let gold = &article.gold[index];
    let side = side_of_gold(&article.text, gold);
    let what = match (ours.is_some(), side.is_speech) {
        (true, _) => "PART",
        (false, true) => "MISS",
        (false, false) => "MISS-other",
    };
    let t = |spans: &[Span]| texts(&article.text, spans).join(" … ");
    let ours = ours.map(|q| show(&article.text, q)).unwrap_or_default();
    format!(
        "{} {what} {:?} [{}] <{}> {} ~~ {ours}",
        article.name,
        side.kind,
        t(&gold.source),
        t(&gold.cue),
        t(&gold.content)
    )
    .replace('\n', "⏎")
}

fn show(text: &str, q: &Quotation) -> String {
    let source = q.source.as_ref().map_or("-", |s| s.span.of(text));
    let cue = q.cue.map_or("-", |c| c.of(text));
    format!("OURS {:?} [{source}] <{cue}> {}", q.kind, texts(text, &q.content).join(" … ")).replace('\n', "⏎")
}
