//! The run as a whole: same bytes for any order and number of threads; what is written is verified and explained.
#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::fs;
use std::path::PathBuf;

use variorum::explain::explain;
use variorum::{Options, Page, Report, Texts, report, run, verify, write};
use variorum_schema::{Evidence, Media};

fn pages() -> Vec<Page> {
    let texts = [
        (
            "a.txt",
            "Storm shuts Averil harbour\n\nAVERIL (Dial) - At least 12 boats sank in Averil harbour on Monday, harbour master Ines Roe said.\n\n\"We lost the pier in an hour,\" she told reporters. The ferry to Sund was cancelled.\n",
        ),
        (
            "b.txt",
            "Storm closes Averil harbour\n\nAt least 12 boats sank in the harbour of Averil on Monday, harbour master Ines Roe said.\n\n\"We lost the pier in an hour,\" she told reporters. The ferry to Sund was cancelled.\n",
        ),
        (
            "c.txt",
            "Averil counts its boats\n\nThe town of Averil said that 15 boats had sunk on Monday. “We lost the pier within an hour,” Roe said.\r\nThe ferry to Sund sailed as planned. \u{202e}\u{1f6a2}\n",
        ),
        (
            "d.txt",
            "Bakery wins prize\n\nA bakery in Olm won the national prize for rye bread, the guild said on Friday.\n",
        ),
        ("e.txt", ""),
    ];
    texts.iter().map(|(name, text)| Page { media: Media::Text, ..Page::new(*name, *text) }).collect()
}

fn collate(pages: Vec<Page>, threads: usize) -> (Report, Texts) {
    variorum::collate(pages, &Options { threads, ..Options::default() }, &|_| {})
}

#[test]
fn the_order_of_pages_and_the_number_of_threads_do_not_matter() {
    let (report, texts) = collate(pages(), 1);
    let expected = report::json(&report);
    // A multiplicative walk visits the pages in other orders, the same ones in every run.
    for (seed, threads) in [(1, 4), (2, 1), (3, 4), (4, 3)] {
        let mut shuffled = pages();
        shuffled.sort_by_key(|p| (usize::from(p.name.as_bytes()[0]) * (2 * seed + 1) * 7) % 11);
        let (again, again_texts) = collate(shuffled, threads);
        assert_eq!(report::json(&again), expected, "order {seed}, {threads} threads");
        assert_eq!(again_texts, texts);
    }
}

#[test]
fn a_page_given_twice_counts_once() {
    let twice = pages().into_iter().chain(pages()).collect();
    assert_eq!(report::json(&collate(twice, 2).0), report::json(&collate(pages(), 2).0));
}

#[test]
fn options_that_change_results_are_recorded() {
    let mut options = Options { threads: 3, ..Options::default() };
    assert!(options.changed().is_empty());
    options.collate.n_origins = 3;
    options.collate.min_confidence = 0.75;
    let changed: Vec<_> = options.changed().into_iter().collect();
    assert_eq!(changed, [("min-confidence".into(), "0.75".into()), ("min-origins".into(), "3".to_string())]);
}

#[test]
fn an_untouched_report_holds() {
    let (report, texts) = collate(pages(), 2);
    let checked = verify::report(&report, &texts).unwrap();
    assert_eq!(checked.n_documents, 5);
    assert_eq!(verify::texts_of(&pages(), &report), texts);
    // The same pages under another path are found by their hash.
    let moved = pages().into_iter().map(|p| Page { name: format!("elsewhere/{}", p.name), ..p });
    assert_eq!(verify::texts_of(&moved.collect::<Vec<_>>(), &report), texts);
}

/// A report with evidence in every place that has spans, so that verify has something to miss.
fn with_evidence() -> (Report, Texts) {
    let (mut report, texts) = collate(pages(), 1);
    let id = report.documents[2].id.clone();
    let text = "The ferry to Sund sailed as planned.";
    let start = texts[&id].find(text).unwrap() as u32;
    let end = start + text.len() as u32;
    let evidence = Evidence {
        document: id.clone(),
        start,
        end,
        text: text.into(),
        role: None,
        focus_start: Some(start),
        focus_end: Some(end),
    };
    let story =
        report.stories.iter_mut().find(|s| s.documents.contains(&id)).expect("every document has a story");
    story.entities = vec![variorum_schema::StoryEntity {
        id: "e1".into(),
        name: "Sund".into(),
        kind: variorum_schema::EntityKind::Place,
        aliases: vec![],
        mentions: vec![evidence],
    }];
    (report, texts)
}

fn mention(report: &mut Report) -> &mut Evidence {
    let stories = report.stories.iter_mut();
    stories.flat_map(|s| &mut s.entities).flat_map(|e| &mut e.mentions).next().unwrap()
}

/// A change to a report and its texts that breaks it.
type Break = fn(&mut Report, &mut Texts);

#[test]
fn whatever_does_not_hold_is_named() {
    let rows: &[(&str, Break, &str)] = &[
        (
            "a text changed",
            |r, t| t.get_mut(&r.documents[2].id).unwrap().push('.'),
            "/documents/2/text_sha256",
        ),
        ("a text missing", |r, t| drop(t.remove(&r.documents[1].id)), "/documents/1/id"),
        ("a length", |r, _| r.documents[3].text_bytes += 1, "/documents/3/text_bytes"),
        (
            "a furniture span outside",
            |r, _| {
                let end = r.documents[0].text_bytes + 1;
                let reason = variorum_schema::FurnitureReason::Counter;
                r.documents[0].furniture = vec![variorum_schema::ReportFurniture { start: 0, end, reason }];
            },
            "/documents/0/furniture/0",
        ),
        (
            "a word of evidence",
            |r, _| mention(r).text = "The ferry to Sund sank as planned.".into(),
            "/entities/0/mentions/0",
        ),
        ("a byte too early", |r, _| mention(r).start -= 1, "/entities/0/mentions/0"),
        (
            "a span turned round",
            |r, _| {
                let e = mention(r);
                (e.start, e.end) = (e.end, e.start);
            },
            "/entities/0/mentions/0",
        ),
        (
            "inside a character",
            |r, t| {
                let at = t[&mention(r).document].find('\u{1f6a2}').unwrap() as u32;
                mention(r).focus_start = Some(at + 1);
                mention(r).focus_end = Some(at + 4);
            },
            "/entities/0/mentions/0",
        ),
        ("another document", |r, _| mention(r).document = "d-000000000000".into(), "/entities/0/mentions/0"),
    ];
    for (what, break_it, pointer) in rows {
        let (mut report, mut texts) = with_evidence();
        assert!(verify::report(&report, &texts).is_ok());
        break_it(&mut report, &mut texts);
        let failure = verify::report(&report, &texts).expect_err(what);
        assert!(failure.pointer.ends_with(pointer), "{what}: {failure}");
    }
}

#[test]
fn a_date_candidate_may_give_the_beginning_of_its_line_only() {
    for (text, is_held) in [("Storm shuts", true), ("shuts", false), ("", false)] {
        let (mut report, texts) = collate(pages(), 1);
        let candidate = serde_json::json!({"source": "visible-text", "text": text, "span": {"start": 0, "end": 26},
            "value": null, "weight": 0.0, "reason": ""});
        report.documents[0].published.evidence = vec![serde_json::from_value(candidate).unwrap()];
        assert_eq!(verify::report(&report, &texts).is_ok(), is_held, "{text}");
    }
}

#[test]
fn a_failure_names_document_place_expectation_and_finding() {
    let (mut report, texts) = with_evidence();
    mention(&mut report).text = "The ferry\u{1b}[2J".into();
    let start = mention(&mut report).start;
    let failure = verify::report(&report, &texts).unwrap_err();
    let pointer = failure.pointer.clone();
    assert_eq!(
        failure.to_string(),
        format!(
            "the report does not hold at `{pointer}`\ndocument: c.txt\nexpected: `The ferry\\u{{1b}}[2J` at bytes {start}..{}\nfound:    `The ferry to Sund sailed as planned.`",
            start + 36
        )
    );
}

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("variorum-run-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        Folder(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

#[test]
fn a_written_folder_verifies_and_is_replaced_without_touching_the_rest() {
    let folder = Folder::new("write");
    let (report, texts) = collate(pages(), 1);
    let written = write::folder(&folder.0, &report, &texts).unwrap();
    assert_eq!(written.len(), 5 + 4);
    let file = folder.0.join("report.json");
    let loaded = verify::load(&file).unwrap();
    assert_eq!(loaded.documents[0].text_file, Some(format!("texts/{}.txt", loaded.documents[0].id)));
    assert_eq!(verify::texts_beside(&file, &loaded), texts);
    verify::report(&loaded, &verify::texts_beside(&file, &loaded)).unwrap();

    fs::write(folder.0.join("notes.md"), "mine").unwrap();
    fs::write(folder.0.join("texts/mine.txt"), "mine").unwrap();
    let (small, small_texts) = collate(pages().into_iter().take(2).collect(), 1);
    write::folder(&folder.0, &small, &small_texts).unwrap();
    let mut left: Vec<String> = ["", "texts"]
        .iter()
        .flat_map(|dir| fs::read_dir(folder.0.join(dir)).unwrap())
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    left.sort();
    let mut expected =
        ["mine.txt", "notes.md", "report.html", "report.json", "report.md", "report.txt", "texts"]
            .map(String::from)
            .to_vec();
    expected.extend(small.documents.iter().map(|d| format!("{}.txt", d.id)));
    expected.sort();
    assert_eq!(left, expected);
}

#[test]
fn a_folder_with_somebody_elses_files_of_our_names_is_left_alone() {
    for name in ["report.html", "report.json"] {
        let folder = Folder::new("foreign");
        fs::create_dir_all(&folder.0).unwrap();
        fs::write(folder.0.join(name), "{\"schema\": \"another\"}").unwrap();
        let (report, texts) = collate(pages(), 1);
        let error = write::folder(&folder.0, &report, &texts).unwrap_err();
        let path = folder.0.join(name);
        assert_eq!(
            error.to_string(),
            format!(
                "{}: the file exists and was not written by variorum as part of a `variorum.report/v1` report\nhint: choose another folder, or move the file away",
                path.display()
            )
        );
        assert_eq!(fs::read_dir(&folder.0).unwrap().count(), 1);
    }
}

#[test]
fn files_that_are_no_reports() {
    let rows = [
        ("", ":1: broken JSON: it ends inside a value"),
        ("[1,", ":1:3: broken JSON: it ends inside a value"),
        ("{}", ": expected a report of schema `variorum.report/v1`, found JSON without `schema`"),
        (
            "{\"schema\":\"variorum.report/v9\"}",
            ": expected a report of schema `variorum.report/v1`, found `variorum.report/v9`",
        ),
        ("{\"schema\":\"variorum.report/v1\"}", ": not a whole report: missing field `generator`"),
    ];
    for (content, expected) in rows {
        let folder = Folder::new("load");
        fs::create_dir_all(&folder.0).unwrap();
        let path = folder.0.join("r.json");
        fs::write(&path, content).unwrap();
        let message = verify::load(&path).unwrap_err().to_string();
        let first = message.lines().next().unwrap();
        assert_eq!(first, format!("{}{expected}", path.display()));
        assert!(message.contains("\nhint: "), "{message}");
    }
}

#[test]
fn texts_are_not_read_from_outside_the_report() {
    let folder = Folder::new("outside");
    let (report, texts) = collate(pages(), 1);
    write::folder(&folder.0, &report, &texts).unwrap();
    let mut report = verify::load(&folder.0.join("report.json")).unwrap();
    report.documents[0].text_file = Some("../../etc/passwd".into());
    report.documents[1].text_file = Some("/etc/passwd".into());
    let texts = verify::texts_beside(&folder.0.join("report.json"), &report);
    assert_eq!(texts.len(), 3);
}

#[test]
fn explain_knows_every_identifier_and_suggests_near_ones() {
    let (report, _) = with_evidence();
    for story in &report.stories {
        let mut ids = vec![story.id.clone()];
        ids.extend(story.documents.iter().map(|d| format!("{}/{d}", story.id)));
        ids.extend(story.documents.clone());
        ids.extend(story.findings.iter().map(|f| f.id.clone()));
        ids.extend(story.copies.iter().map(|c| c.id.clone()));
        ids.extend(story.origins.iter().map(|o| format!("{}/{}", story.id, o.id)));
        ids.extend(story.quotations.iter().map(|q| format!("{}/{}", story.id, q.id)));
        ids.extend(story.entities.iter().map(|e| format!("{}/{}", story.id, e.id)));
        for id in ids {
            assert!(explain(&report, &id).is_ok_and(|words| !words.is_empty()), "{id}");
        }
    }
    let id = &report.documents[0].id;
    let mut near = id.clone();
    near.pop();
    near.push('x');
    assert_eq!(explain(&report, &near).unwrap_err().first(), Some(id));
    assert_eq!(explain(&report, "what is this"), Err(vec![]));
    assert!(explain(&report, "e1").unwrap().contains("The ferry to Sund sailed as planned."));
}

#[test]
fn sha256_is_the_standard_one() {
    // FIPS 180-4, example B.1.
    assert_eq!(run::sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}
