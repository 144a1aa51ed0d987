//! What holds for every report, whatever the pile: spans point at the text that they claim, every document is in one
//! story and one origin, and neither order nor threads change a byte. Over every case; with `VARIORUM_SHARED` set, spans
//! also over texts of the corpora found there.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use variorum::gold::{Case, folders};
use variorum::report::{Texts, json};
use variorum::{Options, Page, Report, verify};
use variorum_schema::{Annotations, DateSource, Document, Evidence, Span};

fn cases() -> Vec<Case> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases");
    let read = |folder: PathBuf| Case::read(&folder).expect("a case is well formed");
    folders(&root).expect("tests/cases is there").into_iter().map(read).collect()
}

/// The text under `start..end`; panics where that is no text.
fn cut<'a>(text: &'a str, start: u32, end: u32, what: &str) -> &'a str {
    assert!(start <= end, "{what}: {start}..{end} is turned round");
    text.get(start as usize..end as usize)
        .unwrap_or_else(|| panic!("{what}: {start}..{end} is no text of {} bytes", text.len()))
}

fn check_span(text: &str, span: Span, what: &str) {
    cut(text, span.start, span.end, what);
}

#[test]
fn every_span_of_a_report_is_valid() {
    for case in cases() {
        let (report, texts) = case.report(&Options::default());
        check_documents(&case, &report, &texts);
        for story in &report.stories {
            check_story(&case.name, story, &texts);
        }
        // whatever the format gains: any object with a document, a start and an end obeys
        check_json(&serde_json::to_value(&report).expect("a report is JSON"), &texts, &case.name);
        verify::report(&report, &texts).unwrap_or_else(|failure| panic!("{}: {failure}", case.name));
    }
}

/// A dateline that tells the day, and a long copyright line: each is evidence of a date, and is where the report says.
#[test]
fn evidence_of_dates_is_where_it_says() {
    let rights = "© 2031 Averel Post, a company of Quay News Holdings, its licensors and all of their partners and contributors.";
    let body = "The port stayed shut for a day. ".repeat(12);
    let page = |name, day| {
        let text =
            format!("Port shut\n\nAVEREL, May {day}, 2031 (Meridian) - {body}\n\n{body}\n\n{rights}\n");
        Page::new(name, text)
    };
    let (report, texts) =
        variorum::collate(vec![page("a.txt", 3), page("b.txt", 4)], &Options::default(), &|_| {});
    let evidence = report.documents.iter().flat_map(|d| &d.published.evidence);
    let sources: Vec<_> = evidence.filter(|e| e.span.is_some()).map(|e| e.source).collect();
    for source in [DateSource::Dateline, DateSource::Footer] {
        assert_eq!(sources.iter().filter(|s| **s == source).count(), 2, "{source:?} in {sources:?}");
    }
    verify::report(&report, &texts).unwrap_or_else(|failure| panic!("{failure}"));
}

fn check_documents(case: &Case, report: &Report, texts: &Texts) {
    let name = &case.name;
    assert_eq!(report.documents.len(), case.pages.len(), "{name}: every page is a document");
    for d in &report.documents {
        let text = &texts[&d.id];
        let what = format!("{name}: {}", d.name);
        assert_eq!(d.text_bytes as usize, text.len(), "{what}: length");
        assert!(!text.is_empty(), "{what}: has text");
        assert!(!d.notes.iter().any(|n| n.message.contains("defect of variorum")), "{what}: {:?}", d.notes);
        let mut at = 0;
        for f in &d.furniture {
            cut(text, f.start, f.end, &format!("{what}: furniture"));
            assert!(at <= f.start, "{what}: furniture in order");
            at = f.end;
        }
        let spans = d.notes.iter().filter_map(|n| n.span).chain(d.title_span);
        let spans = spans.chain(d.credits.iter().map(|c| c.span));
        let spans =
            spans.chain(d.published.evidence.iter().filter(|c| c.document.is_none()).filter_map(|c| c.span));
        spans.for_each(|s| check_span(text, s, &what));
    }
}

fn check_story(name: &str, story: &variorum_schema::Story, texts: &Texts) {
    let members: BTreeSet<&String> = story.documents.iter().collect();
    let mut heads: Vec<&String> = story.origins.iter().flat_map(|o| &o.documents).collect();
    heads.sort();
    assert!(heads.iter().copied().eq(members.iter().copied()), "{name}: each document has one origin");
    let origins: BTreeSet<&String> = story.origins.iter().map(|o| &o.id).collect();
    for copy in &story.copies {
        for p in &copy.passages {
            cut(&texts[&copy.from], p.from_start, p.from_end, name);
            cut(&texts[&copy.to], p.to_start, p.to_end, name);
        }
    }
    for q in &story.quotations {
        let text = &texts[&q.document];
        assert_eq!(cut(text, q.start, q.end, name), q.text, "{name}: {}", q.id);
        q.parts.iter().chain(&q.cue).for_each(|s| check_span(text, *s, name));
        if let Some(source) = &q.source {
            assert_eq!(cut(text, source.start, source.end, name), source.text, "{name}: source of {}", q.id);
        }
    }
    let mut ids = BTreeSet::new();
    for f in &story.findings {
        assert!(ids.insert(&f.id), "{name}: {} twice", f.id);
        assert!(f.sides.iter().any(|s| !s.evidence.is_empty()), "{name}: {} has no evidence", f.id);
        assert!((0.0..=1.0).contains(&f.confidence), "{name}: {} confidence", f.id);
        for side in &f.sides {
            assert!(side.origins.iter().all(|o| origins.contains(o)), "{name}: {} names its origins", f.id);
            assert!(side.documents.iter().all(|d| members.contains(d)), "{name}: {} names members", f.id);
        }
    }
    for b in &story.brief {
        assert!(!b.citations.is_empty(), "{name}: a sentence of the brief without citation: {}", b.text);
    }
    let cells = story.matrix.iter().flat_map(|r| &r.cells).map(|c| &c.evidence);
    let sides = story.findings.iter().flat_map(|f| &f.sides).flat_map(|s| &s.evidence);
    let all: Vec<&Evidence> = cells.chain(sides).collect();
    for e in all {
        if let (Some(start), Some(end)) = (e.focus_start, e.focus_end) {
            cut(&texts[&e.document], start, end, name);
            assert!(e.start <= start && end <= e.end, "{name}: the differing part lies inside its evidence");
        }
    }
}

/// Any object `{document, start, end}` lies in that document's text; with `text`, it is that text.
fn check_json(value: &Value, texts: &Texts, what: &str) {
    match value {
        Value::Array(items) => items.iter().for_each(|v| check_json(v, texts, what)),
        Value::Object(map) => {
            let number = |key: &str| map.get(key).and_then(Value::as_u64).and_then(|n| u32::try_from(n).ok());
            let document = map.get("document").and_then(Value::as_str);
            if let (Some(id), Some(start), Some(end)) = (document, number("start"), number("end")) {
                let under = cut(&texts[id], start, end, what);
                if let Some(text) = map.get("text").and_then(Value::as_str) {
                    assert_eq!(under, text, "{what}: text of {start}..{end}");
                }
            }
            map.values().for_each(|v| check_json(v, texts, what));
        }
        _ => {}
    }
}

#[test]
fn order_and_threads_change_nothing() {
    for case in cases() {
        let one = Options { threads: 1, ..Options::default() };
        let four = Options { threads: 4, ..Options::default() };
        let (report, texts) = case.report(&one);
        let want = json(&report);
        let mut backward = case.clone();
        backward.pages.reverse();
        let mut rotated = case.clone();
        rotated.pages.rotate_left(case.pages.len() / 2);
        for (how, case, options) in [
            ("again", &case, &one),
            ("on four threads", &case, &four),
            ("backward", &backward, &one),
            ("rotated, on four threads", &rotated, &four),
        ] {
            let (report, again) = case.report(options);
            assert!(json(&report) == want, "{} {how}: another report", case.name);
            assert!(again == texts, "{} {how}: other texts", case.name);
        }
    }
}

#[test]
fn every_annotation_of_a_case_is_valid() {
    for page in cases().iter().flat_map(|c| &c.pages) {
        check_page(page);
    }
}

#[test]
fn every_annotation_of_a_corpus_text_is_valid() {
    let Some(shared) = std::env::var_os("VARIORUM_SHARED") else {
        println!("skipped: VARIORUM_SHARED is not set");
        return;
    };
    let mut n_texts = 0;
    let mut folders: Vec<PathBuf> = children(&Path::new(&shared).join("corpora"));
    folders.push(Path::new(&shared).join("seeds"));
    for folder in folders {
        for page in sample(&folder, 20) {
            check_page(&page);
            n_texts += 1;
        }
    }
    println!("{n_texts} texts");
    assert!(n_texts >= 100, "only {n_texts} texts were found under VARIORUM_SHARED");
}

fn check_page(page: &Page) {
    let account = variorum::account(page);
    let d = &account.document;
    let defect = d.notes.iter().find(|n| n.message.contains("defect of variorum"));
    assert!(defect.is_none(), "{}: {defect:?}", page.name);
    check_document(d);
    check_annotations(d, &account.annotations);
}

fn check_document(d: &Document) {
    let name = &d.name;
    let blocks = d.blocks.iter().map(|b| b.span);
    let marks = d.furniture.iter().map(|f| f.span);
    let lines = d.title.iter().chain(&d.byline).chain(&d.dateline).copied();
    let credits = d.credits.iter().map(|c| c.span);
    let spans = blocks.chain(marks).chain(lines).chain(credits);
    spans.for_each(|s| check_span(&d.text, s, &format!("{name}: document")));
    let apart = |spans: Vec<Span>, what: &str| {
        assert!(spans.windows(2).all(|w| w[0].end <= w[1].start), "{name}: {what} in order, not overlapping");
    };
    apart(d.blocks.iter().map(|b| b.span).collect(), "blocks");
    apart(d.furniture.iter().map(|f| f.span).collect(), "furniture");
}

fn check_annotations(d: &Document, a: &Annotations) {
    let name = &d.name;
    let ok = |span: Span, what: &str| check_span(&d.text, span, &format!("{name}: {what}"));
    let index = |i: Option<u32>, n: usize, what: &str| {
        assert!(i.is_none_or(|i| (i as usize) < n), "{name}: {what} points at nothing");
    };
    for s in &a.sentences {
        ok(s.span, "sentence");
        assert!(!d.is_furniture(s.span), "{name}: a sentence in furniture: {:?}", s.span.of(&d.text));
        assert!(s.first_token <= s.last_token && s.last_token as usize <= a.tokens.len(), "{name}: tokens");
    }
    for t in &a.tokens {
        ok(t.span, "token");
        assert!(!t.span.is_empty(), "{name}: an empty token");
        index(t.head, a.tokens.len(), "head");
    }
    for m in &a.mentions {
        ok(m.span, "mention");
        ok(m.full, "full mention");
        index(Some(m.entity), a.entities.len(), "mention");
    }
    for e in &a.entities {
        e.mentions.iter().for_each(|m| index(Some(*m), a.mentions.len(), "entity"));
    }
    for q in &a.quotations {
        ok(q.span, "quotation");
        q.content.iter().chain(&q.cue).for_each(|s| ok(*s, "part of a quotation"));
        if let Some(s) = &q.source {
            ok(s.span, "source");
            index(s.entity, a.entities.len(), "source");
        }
    }
    a.times.iter().for_each(|t| ok(t.span, "time"));
    for q in &a.quantities {
        ok(q.span, "quantity");
        ok(q.number, "number");
        q.counted.iter().for_each(|s| ok(*s, "counted thing"));
        assert!(q.value.is_finite(), "{name}: {:?} is no number", q.number.of(&d.text));
    }
    for c in &a.claims {
        ok(c.span, "claim");
        ok(c.predicate, "predicate");
        index(Some(c.sentence), a.sentences.len(), "claim");
        c.arguments.iter().for_each(|x| ok(x.span, "argument"));
        c.times.iter().for_each(|t| index(Some(*t), a.times.len(), "time of a claim"));
        c.quantities.iter().for_each(|q| index(Some(*q), a.quantities.len(), "quantity of a claim"));
    }
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(folder).map(|d| d.filter_map(|e| Some(e.ok()?.path())).collect()).unwrap_or_default();
    found.sort();
    found
}

/// Up to `n` texts of a corpus, evenly drawn over its files.
fn sample(folder: &Path, n: usize) -> Vec<Page> {
    let mut files = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(children(&path));
        } else if fs::metadata(&path).is_ok_and(|m| m.len() < 8_000_000) {
            files.push(path);
        }
    }
    files.sort();
    let mut out = Vec::new();
    let step = (files.len() / n).max(1);
    for file in files.iter().step_by(step) {
        let texts = texts_of(file);
        let step = (texts.len() / 3).max(1);
        let name = |i: usize| format!("{}#{i}", file.display());
        out.extend(
            texts.iter().enumerate().step_by(step).take(3).map(|(i, t)| Page::new(name(i), t.as_bytes())),
        );
        if out.len() >= n {
            break;
        }
    }
    out.truncate(n);
    out
}

/// The running texts of a file, by what its name says that it is.
fn texts_of(file: &Path) -> Vec<String> {
    let Ok(bytes) = fs::read(file) else { return Vec::new() };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let mut found = Vec::new();
    match file.extension().and_then(|e| e.to_str()).unwrap_or_default() {
        "txt" | "md" | "html" => found.push(text),
        "tsv" => found
            .extend(text.lines().flat_map(|l| l.split('\t')).filter(|c| c.len() > 100).map(str::to_owned)),
        "json" | "jsonl" => {
            let values = serde_json::Deserializer::from_str(&text).into_iter::<Value>();
            values.map_while(Result::ok).for_each(|v| strings(&v, &mut found));
        }
        _ => {}
    }
    found
}

/// Long strings anywhere in a JSON value.
fn strings(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(s) if s.len() > 200 => found.push(s.clone()),
        Value::Array(items) => items.iter().for_each(|v| strings(v, found)),
        Value::Object(map) => map.values().for_each(|v| strings(v, found)),
        _ => {}
    }
}
