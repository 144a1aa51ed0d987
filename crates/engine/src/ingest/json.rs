//! JSON objects → pages.

use std::cell::Cell;
use std::fmt;
use std::io::{self, BufRead, Read};
use std::rc::Rc;

use serde::de::{SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use serde_json::{Map, Value};
use variorum_schema::{Media, Page};

use super::discover::Input;
use super::unpack::Unpacked;
use super::{Ingested, MAX_PAGE_BYTES, Problem, sidecar};

/// Names under which a field is found, the first that is present wins. The rest of an object's plain values pass
/// through as `Page::extra`.
const URL: &[&str] = &["url", "link", "uri"];
const TITLE: &[&str] = &["title", "headline"];
const OUTLET: &[&str] = &["outlet", "publisher", "site_name", "publication"];
const BYLINE: &[&str] = &["byline", "author", "authors"];
const PUBLISHED: &[&str] = &[
    "published",
    "published_at",
    "date_published",
    "datePublished",
    "publish_date",
    "published_date",
    "publication_date",
    "pubDate",
    "date",
];
const FETCHED: &[&str] = &["fetched", "fetched_at", "crawled", "crawl_date", "retrieved", "date_download"];
const LANGUAGE: &[&str] = &["language", "lang"];
/// Fields that hold the article, with what they hold.
const BODY: &[(&str, Media)] = &[
    ("html", Media::Html),
    ("text", Media::Text),
    ("body", Media::Unknown),
    ("content", Media::Unknown),
    ("maintext", Media::Text),
];

const LINE_HINT: &str = "expected one JSON object a line; the other lines were read";
const BODY_HINT: &str =
    "a page has a field `text` or `html`, and may have `url`, `title`, `outlet`, `published`, `byline`";

/// What is wrong with one object: a message and a hint.
type Fault = (String, String);

/// Reads JSONL: a broken line costs that line.
pub(super) fn lines(name: &str, stream: &mut Unpacked, out: &mut Ingested) {
    let mut line = Vec::new();
    let (mut number, n_before) = (0, (out.pages.len(), out.problems.len()));
    loop {
        line.clear();
        number += 1;
        match read_line(stream, &mut line) {
            Ok(Line::End) => break,
            Ok(Line::Whole) => one_line(name, number, &line, out),
            Ok(Line::TooLong) => out.problems.push(Problem::too_large(name).at(number, None)),
            Err(error) => {
                out.problems.push(stream.problem(name, &error).at(number, None));
                break;
            }
        }
    }
    if n_before == (out.pages.len(), out.problems.len()) {
        out.problems.push(Problem::blank(name));
    }
}

enum Line {
    Whole,
    TooLong,
    End,
}

/// Reads to the end of a line; of one that is too long only the length counts.
fn read_line(stream: &mut Unpacked, line: &mut Vec<u8>) -> io::Result<Line> {
    if stream.by_ref().take(MAX_PAGE_BYTES + 1).read_until(b'\n', line)? == 0 {
        return Ok(Line::End);
    }
    if line.len() as u64 <= MAX_PAGE_BYTES || line.ends_with(b"\n") {
        return Ok(Line::Whole);
    }
    line.clear();
    stream.skip_until(b'\n')?;
    Ok(Line::TooLong)
}

fn one_line(name: &str, number: u64, line: &[u8], out: &mut Ingested) {
    let line = if number == 1 { line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line) } else { line };
    if line.trim_ascii().is_empty() {
        return;
    }
    let line = match std::str::from_utf8(line) {
        Ok(line) => std::borrow::Cow::Borrowed(line),
        Err(error) => {
            let problem = Problem::new(
                name,
                "invalid UTF-8; the page was read with `\u{fffd}` in its place",
                "JSON is UTF-8: write it out again with that encoding",
            );
            out.problems.push(problem.at(number, Some(error.valid_up_to() as u64 + 1)));
            String::from_utf8_lossy(line)
        }
    };
    match serde_json::from_str::<Value>(line.trim_end()) {
        Ok(value) => {
            let page_name = format!("{name}#{number}");
            push(&page_name, value, out, |message, hint| Problem::new(name, message, hint).at(number, None));
        }
        Err(error) => out.problems.push(
            Problem::new(name, format!("broken JSON: {}", reason(&error)), LINE_HINT)
                .at(number, Some(error.column() as u64)),
        ),
    }
}

/// Adds the page that a value holds, or says why there is none.
fn push(name: &str, value: Value, out: &mut Ingested, problem: impl Fn(String, String) -> Problem) {
    let Value::Object(object) = value else {
        let message = format!("expected an object with the fields of a page, found {}", kind(&value));
        out.problems.push(problem(message, BODY_HINT.into()));
        return;
    };
    let mut page = Page::new(name, Vec::new());
    match body(&object) {
        Ok((bytes, media)) => (page.bytes, page.media) = (bytes, media),
        Err((message, hint)) => {
            out.problems.push(problem(message, hint));
            return;
        }
    }
    page.encoding = Some("utf-8".into());
    for (message, hint) in describe(&object, &mut page) {
        out.problems.push(problem(message, hint));
    }
    out.pages.push(page);
}

/// The article in an object.
fn body(object: &Map<String, Value>) -> Result<(Vec<u8>, Media), Fault> {
    let mut empty = None;
    for (field, media) in BODY {
        match object.get(*field) {
            Some(Value::String(text)) if text.trim().is_empty() => empty = empty.or(Some(*field)),
            Some(Value::String(text)) => return Ok((text.as_bytes().to_vec(), *media)),
            None | Some(Value::Null) => {}
            Some(other) => {
                let message = format!("the field `{field}` holds {}, expected a string", kind(other));
                return Err((message, BODY_HINT.into()));
            }
        }
    }
    match empty {
        Some(field) => Err((format!("the field `{field}` is empty"), BODY_HINT.into())),
        None => Err(("expected a field `text` or `html`, found neither".into(), BODY_HINT.into())),
    }
}

/// Whether an object holds an article, and not only a description of one.
pub(super) fn has_body(object: &Map<String, Value>) -> bool {
    BODY.iter().any(|(field, _)| object.get(*field).is_some_and(|v| !v.is_null()))
}

/// Takes over what an object says about a page; what it says in the wrong form is left out and reported.
pub(super) fn describe(object: &Map<String, Value>, page: &mut Page) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut used = Vec::new();
    let mut take = |names: &[&'static str]| {
        let name = *names.iter().find(|n| object.get(**n).is_some_and(|v| !v.is_null()))?;
        used.push(name);
        match words(&object[name]) {
            Some(text) => Some(text.trim().to_owned()).filter(|t| !t.is_empty()),
            None => {
                let found = kind(&object[name]);
                faults.push((
                    format!("the field `{name}` holds {found}, expected a string"),
                    "the page was read without that field".to_owned(),
                ));
                None
            }
        }
    };
    page.url = take(URL).or(page.url.take());
    page.title = take(TITLE).or(page.title.take());
    page.outlet = take(OUTLET).or(page.outlet.take());
    page.byline = take(BYLINE).or(page.byline.take());
    page.published = take(PUBLISHED).or(page.published.take());
    page.fetched = take(FETCHED).or(page.fetched.take());
    if let Some(language) = take(LANGUAGE) {
        page.extra.insert("language".into(), language);
    }
    for (name, value) in object {
        let is_body = BODY.iter().any(|(field, _)| field == name);
        if !is_body
            && !used.contains(&name.as_str())
            && let Some(text) = scalar(value)
        {
            page.extra.insert(name.clone(), text);
        }
    }
    faults
}

/// A plain value as text.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A plain value, an object's `name`, or a list of those, as text.
fn words(value: &Value) -> Option<String> {
    match value {
        Value::Array(values) => {
            let parts: Option<Vec<String>> = values.iter().map(words).collect();
            parts.map(|parts| parts.join(", "))
        }
        Value::Object(object) => object.get("name").and_then(scalar),
        _ => scalar(value),
    }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "`null`",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// The reason of a JSON error without its place, which is told apart.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    let text = text.split(" at line ").next().unwrap_or("");
    text.strip_prefix("EOF while parsing")
        .map_or_else(|| text.to_owned(), |rest| format!("it ends inside{}", article(rest)))
}

fn article(rest: &str) -> String {
    match rest.trim() {
        "an object" | "a string" | "a list" | "a value" => rest.to_owned(),
        other if other.starts_with(['a', 'e', 'i', 'o', 'u']) => format!(" an {other}"),
        other => format!(" a {other}"),
    }
}

/// Reads a JSON file: an array of pages, or one page. A broken array costs what follows the break.
pub(super) fn values(
    input: &Input,
    head: &[u8],
    stream: Unpacked,
    out: &mut Ingested,
) -> Result<(), Problem> {
    let name = &input.name;
    let n_since = Rc::new(Cell::new(0));
    let capped = Capped { inner: stream, n_since: Rc::clone(&n_since) };
    let mut reader = io::BufReader::with_capacity(64 << 10, capped);
    if head.starts_with(b"\xef\xbb\xbf") {
        let n_mark = reader.fill_buf().map_or(0, |b| b.len().min(3));
        reader.consume(n_mark);
    }
    let mut json = serde_json::Deserializer::from_reader(reader);
    let result = json.deserialize_any(Pages { input, out, n_since }).and_then(|()| json.end());
    result.map_err(|error| broken(name, &error))
}

fn broken(name: &str, error: &serde_json::Error) -> Problem {
    if error.io_error_kind() == Some(io::ErrorKind::FileTooLarge) {
        return Problem::too_large(name);
    }
    if let Some(kind) = error.io_error_kind() {
        return Problem::io(name, &io::Error::new(kind, reason(error)));
    }
    let hint = "expected an array of pages, or one page; what stands before the break was read";
    Problem::new(name, format!("broken JSON: {}", reason(error)), hint)
        .at(error.line() as u64, Some(error.column() as u64))
}

/// A reader that fails once more than two pages' worth of bytes pass without a page being finished.
struct Capped<'a> {
    inner: Unpacked<'a>,
    n_since: Rc<Cell<u64>>,
}

impl Read for Capped<'_> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let n = self.inner.read(buf)?;
        self.n_since.set(self.n_since.get() + n as u64);
        if self.n_since.get() > 2 * MAX_PAGE_BYTES {
            return Err(io::Error::new(io::ErrorKind::FileTooLarge, "page too large"));
        }
        Ok(n)
    }
}

/// Takes pages as they are parsed, so that a long array is never held as a whole.
struct Pages<'a> {
    input: &'a Input,
    out: &'a mut Ingested,
    n_since: Rc<Cell<u64>>,
}

impl<'de> Visitor<'de> for Pages<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
        f.write_str("an array of pages, or one page")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let name = &self.input.name;
        let mut number = 0;
        while let Some(value) = seq.next_element::<Value>()? {
            number += 1;
            self.n_since.set(0);
            push(&format!("{name}#{number}"), value, self.out, |message, hint| {
                Problem::new(name, format!("page {number} of the array: {message}"), hint)
            });
        }
        if number == 0 {
            self.out.problems.push(Problem::new(name, "the array is empty", BODY_HINT));
        }
        Ok(())
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, map: A) -> Result<(), A::Error> {
        let deserializer = serde::de::value::MapAccessDeserializer::new(map);
        let value = Value::deserialize(deserializer)?;
        let is_sidecar = self.input.path.as_ref().is_some_and(|path| {
            value.as_object().is_some_and(|o| !has_body(o)) && sidecar::describes_a_sibling(path)
        });
        if !is_sidecar {
            let name = &self.input.name;
            push(name, value, self.out, |message, hint| Problem::new(name, message, hint));
        }
        Ok(())
    }
}
