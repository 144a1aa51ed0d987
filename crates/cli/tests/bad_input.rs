//! Bad input, given to the command: named on standard error with path and reason, the rest processed, exit status as
//! promised, nothing that a terminal or a browser would obey.
#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const GOOD: &str =
    "Storm shuts Averil harbour\n\nThe harbour of Averil closed on Monday, harbour master Ines Roe said.\n";

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    /// A folder with one good page in it.
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("variorum-cli-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path).with("good.txt", GOOD)
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        fs::write(self.0.join(name), content).unwrap();
        self
    }

    /// Runs the command in the folder.
    fn run(&self, args: &[&str]) -> Run {
        let output = self.command(args).stdin(Stdio::null()).output().unwrap();
        Run::of(&output)
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_variorum"));
        command.args(args).current_dir(&self.0);
        command
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

struct Run {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Run {
    fn of(output: &Output) -> Run {
        Run {
            code: output.status.code(),
            out: String::from_utf8(output.stdout.clone()).unwrap(),
            err: String::from_utf8(output.stderr.clone()).unwrap(),
        }
    }

    /// The names of the documents of a report in JSON.
    fn names(&self) -> Vec<String> {
        let report: serde_json::Value = serde_json::from_str(&self.out).expect("a report in JSON");
        let documents = report["documents"].as_array().unwrap();
        documents.iter().map(|d| d["name"].as_str().unwrap().to_owned()).collect()
    }
}

fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn what_cannot_be_read_is_named_and_the_rest_is_processed() {
    let mut cut = gzip(GOOD.repeat(50));
    cut.truncate(cut.len() / 2);
    let rows: Vec<(&str, Vec<u8>, &str)> = vec![
        (
            "bad.html",
            vec![],
            "error: ./bad.html: the file is empty\n  hint: expected HTML, plain text, JSON or JSONL\n",
        ),
        (
            "bad.bin",
            (0..=255).cycle().take(4000).collect(),
            "error: ./bad.bin: expected HTML, plain text, JSON or JSONL, found binary data\n  hint: leave it out\n",
        ),
        (
            "bad.html.gz",
            cut,
            "error: ./bad.html.gz: the gzip data ends early\n  hint: fetch or copy the file again; a page cut short is not used\n",
        ),
        (
            "bad.pdf",
            b"%PDF-1.4".to_vec(),
            "error: ./bad.pdf: expected HTML, plain text, JSON or JSONL, found a PDF\n  hint: save its text first, as a `.txt` file\n",
        ),
        (
            "bad.jsonl",
            b"{\"text\": \"unclosed}\n".to_vec(),
            "error: ./bad.jsonl:1:19: broken JSON: it ends inside a string\n  hint: expected one JSON object a line; the other lines were read\n",
        ),
        (
            "bad.jsonl",
            b"{\"text\": \"Averil \\ud83d harbour\"}\n".to_vec(),
            "error: ./bad.jsonl:1:24: broken JSON: unexpected end of hex escape\n  hint: expected one JSON object a line; the other lines were read\n",
        ),
    ];
    for (name, content, expected) in rows {
        let folder = Folder::new("named").with(name, content);
        let run = folder.run(&["collate", ".", "--format", "json"]);
        assert_eq!(run.err, expected, "{name}");
        assert_eq!(run.code, Some(1), "{name}");
        assert_eq!(run.names(), ["./good.txt"], "{name}");
    }
}

#[test]
fn exit_status() {
    let rows: &[(&[&str], i32, &str)] = &[
        (&["collate", "good.txt"], 0, ""),
        (&["collate", "good.txt", "missing.txt"], 1, "error: missing.txt: no such file or folder\n"),
        (&["collate", "missing.txt"], 1, "error: there is nothing to compare: no page could be read\n"),
        (&["collate"], 2, "required arguments"),
        (&["collate", "good.txt", "--min-confidence", "2"], 2, "expected a number from 0 to 1"),
        (&["collate", "good.txt", "--min-origins", "0"], 2, "0 is not in 1.."),
        (&["colate"], 2, "similar subcommand exists: 'collate'"),
        (&["verify", "missing.json"], 1, "error: missing.json: could not read it: no such file or folder\n"),
        (&["verify", "good.txt"], 1, "error: good.txt:1:1: broken JSON: expected value\n"),
        (&["--version"], 0, ""),
    ];
    let folder = Folder::new("exit");
    for (args, code, err) in rows {
        let run = folder.run(args);
        assert_eq!(run.code, Some(*code), "{args:?}: {}", run.err);
        assert!(run.err.contains(err), "{args:?}: {}", run.err);
        assert!(!err.is_empty() || run.err.is_empty(), "{args:?}: {}", run.err);
    }
}

#[test]
fn a_huge_line_is_refused_quickly() {
    let folder = Folder::new("huge").with("huge.txt", vec![b'a'; 70 << 20]);
    let start = Instant::now();
    let run = folder.run(&["collate", "huge.txt", "good.txt", "--format", "json"]);
    assert_eq!(
        run.err,
        "error: huge.txt: the page is longer than 64 MiB of text\n  hint: if it holds many pages, give them as JSONL, one page a line\n"
    );
    assert_eq!((run.code, run.names()), (Some(1), vec!["good.txt".into()]));
    assert!(start.elapsed() < Duration::from_secs(20), "took {:?}", start.elapsed());
}

#[test]
fn deep_markup_and_foreign_bytes_are_read() {
    let deep = format!("{}<p>{GOOD}{}", "<div>".repeat(10_000), "</div>".repeat(10_000));
    let folder = Folder::new("deep").with("deep.html", deep).with(
        "latin.txt",
        b"Caf\xe9 in Averil opens\n\nThe caf\xe9 of Averil opened on Monday, Ines Roe said.\n",
    );
    let run = folder.run(&["collate", ".", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.names(), ["./deep.html", "./good.txt", "./latin.txt"]);
}

/// Text that nobody wrote: each page would take minutes if the work grew with the square of its length.
#[test]
fn endless_pages_end() {
    let pages: &[(&str, &str, usize, &str)] = &[
        ("attributes.html", "a=1 ", 60_000, "<p "),
        ("brackets.txt", "(", 60_000, ""),
        ("combining.txt", "a\u{301}\u{200b}\u{200d}", 20_000, ""),
        ("commas.txt", "a, ", 10_000, ""),
        ("curly.txt", "“Well ", 8_000, ""),
        ("digits.txt", "7", 400_000, ""),
        ("marks.txt", "\"", 60_000, ""),
        ("numbers.txt", "one hundred and ", 3_000, ""),
        ("said.txt", "said Brandt that ", 3_000, ""),
        ("tags.html", "<b>", 60_000, ""),
        ("times.txt", "on Monday 5 May 2031 ", 1_500, ""),
        ("word.txt", "Harbour ", 10_000, ""),
    ];
    let folder = pages.iter().fold(Folder::new("endless"), |folder, (name, part, n, head)| {
        // a tag of attributes is closed, the rest stands below a headline
        let (open, close) = if head.is_empty() { (GOOD, "") } else { (*head, ">") };
        folder.with(name, format!("{open}{}{close}{GOOD}", part.repeat(*n)))
    });
    let start = Instant::now();
    let run = folder.run(&["collate", ".", "--format", "json"]);
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
    assert_eq!(run.names().len(), pages.len() + 1);
    assert!(start.elapsed() < Duration::from_secs(120), "took {:?}", start.elapsed());
}

#[cfg(unix)]
#[test]
fn names_and_titles_are_inert() {
    let names = [
        "<script>alert(1)</script>.html",
        "\"><img src=x onerror=alert(1)>.html",
        "new\nline.html",
        "red\u{1b}[31m\u{1b}]0;owned\u{7}.html",
        "gnp.\u{202e}lmth.html",
    ];
    let names: Vec<String> = names.iter().map(|n| n.replace('/', "\u{2215}")).collect();
    let page = "<html><head><title>Averil \u{1b}[2J<script>alert(2)</script></title></head><body><h1>Averil &lt;script&gt;alert(3)&lt;/script&gt; \u{202e}</h1><p>The harbour of Averil closed on Monday, harbour master Ines Roe said.</p><script>alert(4)</script></body></html>";
    let folder = names.iter().fold(Folder::new("inert"), |f, name| f.with(name, page));
    let run = folder.run(&["collate", ".", "--out", "report", "--color", "always"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    let report = folder.run(&["verify", "report"]);
    assert_eq!(report.code, Some(0), "{}", report.err);

    let html = fs::read_to_string(folder.0.join("report/report.html")).unwrap();
    for bad in ["<script>alert", "<img src=x", "onerror=alert(1)>.html\"", "\u{1b}"] {
        assert!(!html.contains(bad), "{bad} in the HTML report");
    }
    for text in [&run.out, &fs::read_to_string(folder.0.join("report/report.txt")).unwrap()] {
        let colours_only = text.split('\u{1b}').skip(1).all(|rest| {
            let end = rest.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(0);
            rest.starts_with('[') && rest[end..].starts_with('m') && !rest.starts_with("[2J")
        });
        assert!(colours_only, "an escape of the input reached the terminal");
        for bad in ['\u{202e}', '\u{7}'] {
            assert!(!text.contains(bad), "{bad:?} reached the terminal");
        }
    }
    for command in ["extract", "annotate"] {
        let run = folder.run(&[command, "."]);
        assert!(!run.out.contains(['\u{1b}', '\u{202e}', '\u{7}']), "{command}");
    }
}

#[cfg(unix)]
#[test]
fn messages_are_inert() {
    let folder = Folder::new("messages").with("red\u{1b}[31m\nerror: faked\u{202e}.html", "");
    let run = folder.run(&["collate", ".", "--quiet"]);
    assert_eq!(
        run.err,
        "error: ./red\\u{1b}[31m\\nerror: faked\\u{202e}.html: the file is empty\n  hint: expected HTML, plain text, JSON or JSONL\n"
    );
}

#[test]
fn quiet_prints_nothing_and_still_names_problems() {
    let folder = Folder::new("quiet").with("bad.html", "");
    let run = folder.run(&["collate", ".", "--quiet", "--out", "r"]);
    assert_eq!((run.code, run.out.as_str()), (Some(1), ""));
    assert!(run.err.starts_with("error: ./bad.html: the file is empty"));
    assert!(folder.0.join("r/report.json").is_file());
}

#[test]
fn standard_input_is_a_page() {
    let folder = Folder::new("stdin");
    let mut child = folder
        .command(&["collate", "-", "good.txt", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(GOOD.as_bytes()).unwrap();
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.names()), (Some(0), vec!["-".into(), "good.txt".into()]));
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_no_failure() {
    // More output than a pipe holds, and a reader that is gone before any of it.
    let folder = Folder::new("pipe").with("long.txt", GOOD.repeat(5_000));
    let mut child = folder
        .command(&["extract", "long.txt"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let run = Run::of(&child.wait_with_output().unwrap());
    assert_eq!((run.code, run.err.as_str()), (Some(0), ""));
}

#[test]
fn a_report_that_was_tampered_with_is_found_out() {
    let folder = Folder::new("tamper");
    assert_eq!(folder.run(&["collate", "good.txt", "--out", "r"]).code, Some(0));
    assert_eq!(folder.run(&["verify", "r/report.json", "good.txt"]).code, Some(0));
    let report = fs::read_to_string(folder.0.join("r/report.json")).unwrap();
    let id = Run { code: None, out: report, err: String::new() };
    let report: serde_json::Value = serde_json::from_str(&id.out).unwrap();
    let text = folder.0.join("r").join(report["documents"][0]["text_file"].as_str().unwrap());
    fs::write(&text, GOOD.replace("closed", "opened")).unwrap();
    let run = folder.run(&["verify", "r"]);
    assert_eq!(run.code, Some(1));
    assert!(
        run.err.starts_with(
            "error: the report does not hold at `/documents/0/text_sha256`\n  document: good.txt\n"
        ),
        "{}",
        run.err
    );
}

#[test]
fn explain_suggests() {
    let folder = Folder::new("explain");
    folder.run(&["collate", "good.txt", "--out", "r"]);
    let report = fs::read_to_string(folder.0.join("r/report.json")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let id = report["documents"][0]["id"].as_str().unwrap();
    assert_eq!(folder.run(&["explain", "r", id]).code, Some(0));
    let run = folder.run(&["explain", "r", &format!("{id}0")]);
    assert_eq!(run.code, Some(1));
    assert_eq!(
        run.err,
        format!("error: nothing in the report is called `{id}0`\n  hint: the nearest is `{id}`\n")
    );
}

#[test]
fn labels_that_cannot_be_read_are_named_and_the_others_scored() {
    let folder = Folder::new("eval");
    for (name, label) in
        [("right", r#"{"stories": [["a.txt"]]}"#), ("wrong", r#"{"storys": []}"#), ("cut", "{")]
    {
        fs::create_dir_all(folder.0.join("gold").join(name).join("pages")).unwrap();
        fs::write(folder.0.join("gold").join(name).join("pages/a.txt"), GOOD).unwrap();
        fs::write(folder.0.join("gold").join(name).join("expected.json"), label).unwrap();
    }
    let run = folder.run(&["eval", "gold"]);
    assert_eq!(run.code, Some(1), "{}", run.err);
    assert!(run.out.contains("1 labelled piles"), "{}", run.out);
    assert!(
        run.err.contains("wrong") && run.err.contains("storys") && run.err.contains("cut"),
        "{}",
        run.err
    );
    let run = folder.run(&["eval", "gold/right", "--format", "json"]);
    assert_eq!(run.code, Some(0), "{}", run.err);
    assert!(run.out.contains("\"grouping\""), "{}", run.out);
    let run = folder.run(&["eval", "nowhere"]);
    assert_eq!(run.code, Some(1));
    assert!(run.err.contains("nowhere") && run.err.contains("hint"), "{}", run.err);
}
