//! What is read, what is refused, and in which words: every message has its row here.
#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use variorum::ingest::{self, Ingested};

/// A folder of its own for one test, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Folder {
        let path = std::env::temp_dir().join(format!("variorum-ingest-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    fn with(self, name: &str, content: impl AsRef<[u8]>) -> Folder {
        let path = self.0.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

fn gzip(content: impl AsRef<[u8]>) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(content.as_ref()).unwrap();
    encoder.finish().unwrap()
}

fn zstd(content: impl AsRef<[u8]>) -> Vec<u8> {
    ruzstd::encoding::compress_to_vec(content.as_ref(), ruzstd::encoding::CompressionLevel::Fastest)
}

/// What was read, one line a page, one a problem, with the folder's own path left out.
fn show(folder: &Folder, ingested: &Ingested) -> String {
    let mut out = String::new();
    for page in &ingested.pages {
        let text = String::from_utf8_lossy(&page.bytes);
        let text: String = text.chars().take(24).collect();
        write!(out, "page {} {:?} {text:?}", page.name, page.media).unwrap();
        let told = [
            ("url", &page.url),
            ("outlet", &page.outlet),
            ("title", &page.title),
            ("byline", &page.byline),
            ("published", &page.published),
            ("fetched", &page.fetched),
        ];
        for (name, value) in told {
            if let Some(value) = value {
                write!(out, " {name}={value}").unwrap();
            }
        }
        for (name, value) in &page.extra {
            write!(out, " +{name}={value}").unwrap();
        }
        out.push('\n');
    }
    for problem in &ingested.problems {
        writeln!(out, "{problem}").unwrap();
    }
    out.replace(&format!("{}/", folder.0.display()), "").replace(&folder.0.display().to_string(), "DIR")
}

#[track_caller]
fn check(folder: &Folder, expected: &str) {
    let got = show(folder, &ingest::read(&[&folder.0]));
    assert_eq!(got.trim(), expected.trim(), "\n--- got\n{got}\n--- expected\n{expected}");
}

#[test]
fn one_file_of_each_kind() {
    type Row = (&'static str, &'static str, Vec<u8>, &'static str);
    let rows: Vec<Row> = vec![
        ("html", "a.html", b"<p>Rain fell.</p>".to_vec(), r#"page a.html Html "<p>Rain fell.</p>""#),
        ("text", "a.txt", b"Rain fell.".to_vec(), r#"page a.txt Text "Rain fell.""#),
        ("html in txt", "a.txt", b"\n<!DOCTYPE HTML><p>Rain".to_vec(), r#"page a.txt Html "\n<!DOCTYPE HTML><p>Rain""#),
        ("no extension", "a", b"<div>Rain</div>".to_vec(), r#"page a Html "<div>Rain</div>""#),
        ("brackets are text", "a", b"[Rain] fell".to_vec(), r#"page a Text "[Rain] fell""#),
        ("gzip", "a.html.gz", gzip("<p>Rain"), r#"page a.html.gz Html "<p>Rain""#),
        ("gzip under another name", "a.txt", gzip("Rain"), r#"page a.txt Text "Rain""#),
        ("gzip members", "a.txt.gz", [gzip("Rain "), gzip("fell")].concat(), r#"page a.txt.gz Text "Rain fell""#),
        ("zstd", "a.txt.zst", zstd("Rain fell"), r#"page a.txt.zst Text "Rain fell""#),
        ("zstd frames", "a.txt", [zstd("Rain "), zstd("fell")].concat(), r#"page a.txt Text "Rain fell""#),
        (
            "zstd after a skippable frame",
            "a.txt",
            [b"\x50\x2a\x4d\x18\x03\x00\x00\x00abc".to_vec(), zstd("Rain")].concat(),
            r#"page a.txt Text "Rain""#,
        ),
        ("invalid UTF-8 is left to extract", "a.txt", b"caf\xe9 open".to_vec(), "page a.txt Text \"caf\u{fffd} open\""),
        ("jsonl", "a.jsonl", br#"{"text":"Rain"}"#.to_vec(), r#"page a.jsonl#1 Text "Rain""#),
        ("jsonl.gz", "a.jsonl.gz", gzip("{\"text\":\"Rain\"}\r\n\r\n"), r#"page a.jsonl.gz#1 Text "Rain""#),
        ("json array", "a.json", br#"[{"html":"<p>Rain"}]"#.to_vec(), r#"page a.json#1 Html "<p>Rain""#),
        ("json object", "a.json", b"\xef\xbb\xbf{\n\"text\":\n\"Rain\"}".to_vec(), r#"page a.json Text "Rain""#),
        ("jsonl called json", "a.json", b"{\"text\":\"A\"}\n{\"text\":\"B\"}\n".to_vec(), "page a.json#1 Text \"A\"\npage a.json#2 Text \"B\""),
        (
            "fields",
            "a.jsonl",
            br#"{"text":"Rain","link":"https://a.example/1","headline":"Wet","publisher":{"name":"The Dial"},"authors":["A. Roe",{"name":"B. Poe"}],"date":"2031-02-03","crawled":20310204,"lang":"en","desk":"home","n":3,"tags":["x"],"none":null}"#
                .to_vec(),
            r#"page a.jsonl#1 Text "Rain" url=https://a.example/1 outlet=The Dial title=Wet byline=A. Roe, B. Poe published=2031-02-03 fetched=20310204 +desk=home +language=en +n=3"#,
        ),
        ("html before text", "a.jsonl", br#"{"text":"Rain","html":"<p>Rain"}"#.to_vec(), r#"page a.jsonl#1 Html "<p>Rain""#),
        ("text where html is empty", "a.jsonl", br#"{"text":"Rain","html":" "}"#.to_vec(), r#"page a.jsonl#1 Text "Rain""#),
        ("empty", "a.html", vec![], "a.html: the file is empty\nhint: expected HTML, plain text, JSON or JSONL"),
        ("empty gzip", "a.gz", gzip(""), "a.gz: the file is empty\nhint: expected HTML, plain text, JSON or JSONL"),
        ("blank", "a.txt", b" \r\n\t".to_vec(), "a.txt: the file holds nothing but white space\nhint: expected HTML, plain text, JSON or JSONL"),
        ("blank jsonl", "a.jsonl", b"\n\n".to_vec(), "a.jsonl: the file holds nothing but white space\nhint: expected HTML, plain text, JSON or JSONL"),
        ("binary", "a.txt", (0..=255).cycle().take(2000).collect(), "a.txt: expected HTML, plain text, JSON or JSONL, found binary data\nhint: leave it out"),
        ("PDF", "a.txt", b"%PDF-1.7\nRain".to_vec(), "a.txt: expected HTML, plain text, JSON or JSONL, found a PDF\nhint: save its text first, as a `.txt` file"),
        ("PNG", "a.html", b"\x89PNG\r\n\x1a\n".to_vec(), "a.html: expected HTML, plain text, JSON or JSONL, found a PNG image\nhint: leave it out"),
        ("zip", "a.zip", b"PK\x03\x04...".to_vec(), "a.zip: expected HTML, plain text, JSON or JSONL, found a zip archive or office document\nhint: unpack it first, and give the folder"),
        ("xz", "a.xz", b"\xfd7zXZ\0...".to_vec(), "a.xz: expected HTML, plain text, JSON or JSONL, found xz data\nhint: unpack it first: only gzip and Zstandard are read, once"),
        ("packed twice", "a.gz", gzip(gzip("Rain")), "a.gz: expected HTML, plain text, JSON or JSONL, found data that was compressed twice\nhint: unpack it first: only gzip and Zstandard are read, once"),
        ("feed", "a.xml", b"<?xml version='1.0'?>\n<rss><item/></rss>".to_vec(), "a.xml: expected HTML, plain text, JSON or JSONL, found a feed (RSS or Atom)\nhint: save the pages that it links to"),
        ("UTF-16 JSON", "a.jsonl", b"\xff\xfe{\0}\0".to_vec(), "a.jsonl: expected HTML, plain text, JSON or JSONL, found JSON encoded as UTF-16\nhint: JSON is UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`"),
        (
            "gzip cut short",
            "a.html.gz",
            { let mut packed = gzip("<p>Rain fell on the harbour."); packed.truncate(packed.len() - 9); packed },
            "a.html.gz: the gzip data ends early\nhint: fetch or copy the file again; a page cut short is not used",
        ),
        (
            "gzip with a wrong sum",
            "a.gz",
            { let mut packed = gzip("Rain"); let at = packed.len() - 6; packed[at] ^= 1; packed },
            "a.gz: broken gzip data: corrupt gzip stream does not have a matching checksum\nhint: fetch or copy the file again; a page cut short is not used",
        ),
        (
            "zstd cut short",
            "a.zst",
            { let mut packed = zstd("Rain fell on the harbour."); packed.truncate(packed.len() - 9); packed },
            "a.zst: the zstd data ends early\nhint: fetch or copy the file again; a page cut short is not used",
        ),
    ];
    for (what, name, content, expected) in rows {
        let folder = Folder::new("kind").with(name, content);
        println!("{what}");
        check(&folder, expected);
    }
}

#[test]
fn a_broken_line_costs_that_line() {
    let lines = [
        r#"{"text":"one"}"#,
        r#"{"text":"two" "title":"x"}"#,
        r#"{"text":"three"#,
        "",
        "[1]",
        r#"{"title":"no text"}"#,
        r#"{"text":7}"#,
        r#"{"text":""}"#,
        r#"{"text":"nine","title":{"a":1}}"#,
        r#"{"text":"ten"}"#,
    ];
    let folder = Folder::new("lines").with("a.jsonl", lines.join("\n"));
    let body =
        "a page has a field `text` or `html`, and may have `url`, `title`, `outlet`, `published`, `byline`";
    let line = "expected one JSON object a line; the other lines were read";
    check(
        &folder,
        &format!(
            r#"page a.jsonl#1 Text "one"
page a.jsonl#9 Text "nine"
page a.jsonl#10 Text "ten"
a.jsonl:2:15: broken JSON: expected `,` or `}}`
hint: {line}
a.jsonl:3:14: broken JSON: it ends inside a string
hint: {line}
a.jsonl:5: expected an object with the fields of a page, found an array
hint: {body}
a.jsonl:6: expected a field `text` or `html`, found neither
hint: {body}
a.jsonl:7: the field `text` holds a number, expected a string
hint: {body}
a.jsonl:8: the field `text` is empty
hint: {body}
a.jsonl:9: the field `title` holds an object, expected a string
hint: the page was read without that field"#
        ),
    );
}

#[test]
fn a_line_with_invalid_utf8_is_read() {
    let folder = Folder::new("utf8").with("a.jsonl", b"{\"text\":\"caf\xe9\"}\n");
    check(
        &folder,
        "page a.jsonl#1 Text \"caf\u{fffd}\"\na.jsonl:1:13: invalid UTF-8; the page was read with `\u{fffd}` in its place\nhint: JSON is UTF-8: write it out again with that encoding",
    );
}

#[test]
fn json_files() {
    let rows = [
        (
            r#"[{"text":"one"},{"text":"two"}"#,
            "page a.json#1 Text \"one\"\npage a.json#2 Text \"two\"\na.json:1:30: broken JSON: it ends inside a list\nhint: expected an array of pages, or one page; what stands before the break was read",
        ),
        (
            r#"[{"text":"one"},{"title":"two"}]"#,
            "page a.json#1 Text \"one\"\na.json: page 2 of the array: expected a field `text` or `html`, found neither\nhint: a page has a field `text` or `html`, and may have `url`, `title`, `outlet`, `published`, `byline`",
        ),
        (
            "[]",
            "a.json: the array is empty\nhint: a page has a field `text` or `html`, and may have `url`, `title`, `outlet`, `published`, `byline`",
        ),
        (
            r#"{"url":"https://a.example"}"#,
            "a.json: expected a field `text` or `html`, found neither\nhint: a page has a field `text` or `html`, and may have `url`, `title`, `outlet`, `published`, `byline`",
        ),
        (
            "17",
            "a.json:1:2: broken JSON: invalid type: integer `17`, expected an array of pages, or one page\nhint: expected an array of pages, or one page; what stands before the break was read",
        ),
    ];
    for (content, expected) in rows {
        check(&Folder::new("json").with("a.json", content), expected);
    }
}

#[test]
fn sidecars_describe_their_page() {
    let folder = Folder::new("sidecar")
        .with("a.html", "<p>Rain")
        .with("a.html.meta.json", r#"{"url":"https://a.example/1","outlet":"The Dial","desk":"home"}"#)
        .with("b.txt.gz", gzip("Snow"))
        .with("b.json", r#"{"published":"2031-02-03","title":"White"}"#)
        .with("c.txt", "Hail")
        .with("c.json", r#"{"text":"a page of its own"}"#)
        .with("d.txt", "Fog")
        .with("d.meta.json", "{\"url\":")
        .with("e.meta.json", r#"{"url":"https://a.example/nowhere"}"#);
    check(
        &folder,
        r#"page a.html Html "<p>Rain" url=https://a.example/1 outlet=The Dial +desk=home
page b.txt.gz Text "Snow" title=White published=2031-02-03
page c.json Text "a page of its own"
page c.txt Text "Hail"
page d.txt Text "Fog"
d.meta.json:1:7: broken sidecar: it ends inside a value
hint: a sidecar holds one object, with `url`, `outlet`, `title`, `published`, `fetched`; its page was read without it
e.meta.json: expected a field `text` or `html`, found neither
hint: a page has a field `text` or `html`, and may have `url`, `title`, `outlet`, `published`, `byline`"#,
    );
}

#[test]
fn folders_are_walked_in_order_without_hidden_entries() {
    let folder = Folder::new("walk")
        .with("b.txt", "B")
        .with("a/z.txt", "Z")
        .with("a/.hidden", "no")
        .with(".git/config", "no")
        .with("a.txt", "A");
    check(&folder, "page a.txt Text \"A\"\npage a/z.txt Text \"Z\"\npage b.txt Text \"B\"");
}

#[test]
fn a_file_that_is_reached_twice_is_read_once() {
    let folder = Folder::new("twice").with("a.txt", "A").with("b.txt", "A");
    let dir = &folder.0;
    let paths = [dir.join("b.txt"), dir.clone(), dir.join("a.txt"), dir.join("a.txt")];
    let got = show(&folder, &ingest::read(&paths));
    assert_eq!(got, "page a.txt Text \"A\"\npage b.txt Text \"A\"\n");
}

#[test]
fn an_empty_folder_is_named() {
    check(
        &Folder::new("none"),
        "DIR: the folder holds no file to read\nhint: files and folders whose names begin with `.` are skipped",
    );
}

#[cfg(unix)]
#[test]
fn links() {
    let folder = Folder::new("links").with("a/a.txt", "A");
    std::os::unix::fs::symlink("nowhere.txt", folder.0.join("b.txt")).unwrap();
    std::os::unix::fs::symlink("..", folder.0.join("a/up")).unwrap();
    std::os::unix::fs::symlink("a/a.txt", folder.0.join("c.txt")).unwrap();
    check(
        &folder,
        "page a/a.txt Text \"A\"
a/up: a link back to the folder `DIR` that it lies in
hint: remove the link; the folder itself was read
b.txt: a link to `nowhere.txt`, which does not exist
hint: mend the link, or remove it",
    );
}

#[cfg(unix)]
#[test]
fn a_file_without_permission() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new("permission").with("a.txt", "A").with("b.txt", "B");
    fs::set_permissions(folder.0.join("a.txt"), fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(folder.0.join("a.txt")).is_ok() {
        println!("skipped: this user may read everything");
        return;
    }
    check(
        &folder,
        "page b.txt Text \"B\"\na.txt: could not open it: permission denied\nhint: make it readable, or leave it out",
    );
}

#[test]
fn standard_input() {
    let rows: [(&[u8], &str); 5] = [
        (b"Rain fell.", r#"page - Text "Rain fell.""#),
        (b"<html><p>Rain", r#"page - Html "<html><p>Rain""#),
        (b"{\"text\":\"A\"}\n{\"text\":\"B\"}", "page -#1 Text \"A\"\npage -#2 Text \"B\""),
        (b"[{\"text\":\"A\"}]", "page -#1 Text \"A\""),
        (b"", "-: the file is empty\nhint: expected HTML, plain text, JSON or JSONL"),
    ];
    for (content, expected) in rows {
        let folder = Folder::new("stdin");
        let ingested = ingest::read_with(&[Path::new("-"), Path::new("-")], &mut &content[..], 0, &|_, _| {});
        assert_eq!(show(&folder, &ingested).trim(), expected);
    }
}

#[test]
fn a_bomb_is_refused() {
    let line = vec![b'a'; 65 << 20];
    let folder = Folder::new("bomb")
        .with("a.txt.gz", gzip(&line))
        .with("b.jsonl.gz", gzip([&line, &b"\n{\"text\":\"B\"}\n"[..]].concat()))
        .with("c.json.gz", gzip([b"[{\"text\":\"".to_vec(), vec![b'a'; 129 << 20]].concat()));
    check(
        &folder,
        r#"page b.jsonl.gz#2 Text "B"
a.txt.gz: the page is longer than 64 MiB of text
hint: if it holds many pages, give them as JSONL, one page a line
b.jsonl.gz:1: the page is longer than 64 MiB of text
hint: if it holds many pages, give them as JSONL, one page a line
c.json.gz: the page is longer than 64 MiB of text
hint: if it holds many pages, give them as JSONL, one page a line"#,
    );
}

#[test]
fn many_files_keep_their_order() {
    let many = (0..200).fold(Folder::new("many"), |f, n| {
        f.with(&format!("{n:03}.txt"), if n % 7 == 0 { String::new() } else { format!("Rain {n}") })
    });
    let one = show(&many, &ingest::read_with(&[&many.0], &mut std::io::empty(), 1, &|_, _| {}));
    let four = show(&many, &ingest::read_with(&[&many.0], &mut std::io::empty(), 4, &|_, _| {}));
    assert_eq!(one, four);
    assert!(one.starts_with("page 001.txt Text \"Rain 1\"\npage 002.txt"), "{one}");
    assert_eq!(one.lines().filter(|l| l.ends_with("the file is empty")).count(), 29);
}
