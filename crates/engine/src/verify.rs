//! Re-checks a report against the documents: every hash, every span, and the text under every span.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use variorum_schema::{Page, Report, SCHEMA};

use crate::report::Texts;
use crate::run::sha256;
use crate::terminal::visible;
use crate::{Error, ingest};

/// What was checked, when all of it holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    /// Documents whose text has the hash that the report gives.
    pub n_documents: usize,
    /// Spans that lie in their documents, on character boundaries.
    pub n_spans: usize,
    /// Those among them that carry their text, which is the one found.
    pub n_texts: usize,
}

/// The first thing in a report that does not hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The document that it is about: its name, else its identifier.
    pub document: String,
    /// Where in the report: a JSON pointer (RFC 6901).
    pub pointer: String,
    /// What the report says.
    pub expected: String,
    /// What was found.
    pub found: String,
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Failure { document, pointer, expected, found } = self;
        writeln!(f, "the report does not hold at `{}`", visible(pointer))?;
        writeln!(f, "document: {}", visible(document))?;
        writeln!(f, "expected: {}", visible(expected))?;
        write!(f, "found:    {}", visible(found))
    }
}

/// Reads a report.
///
/// # Errors
/// When the file cannot be read or is no `variorum.report/v1`.
pub fn load(path: &Path) -> Result<Report, Error> {
    let bytes = fs::read(path).map_err(|e| Error::io(path, "read", &e))?;
    let hint = "expected the `report.json` that `variorum collate --out DIR` or `--format json` writes";
    let value: Value = serde_json::from_slice(&bytes).map_err(|e| {
        Error::new(path, format!("broken JSON: {}", ingest::json_reason(&e)), hint)
            .at(e.line() as u64, e.column() as u64)
    })?;
    match value.get("schema").and_then(Value::as_str) {
        Some(SCHEMA) => {}
        Some(other) => {
            let message = format!("expected a report of schema `{SCHEMA}`, found `{other}`");
            return Err(Error::new(path, message, "use the version of variorum that wrote it"));
        }
        None => {
            let message = format!("expected a report of schema `{SCHEMA}`, found JSON without `schema`");
            return Err(Error::new(path, message, hint));
        }
    }
    serde_json::from_value(value)
        .map_err(|e| Error::new(path, format!("not a whole report: {}", ingest::json_reason(&e)), hint))
}

/// The texts that lie beside a report, as [`crate::write::folder`] put them there. A text that cannot be read is left
/// out; [`report`] then names its document.
#[must_use]
pub fn texts_beside(path: &Path, report: &Report) -> Texts {
    let dir = path.parent().unwrap_or(Path::new(""));
    let read = |d: &variorum_schema::ReportDocument| {
        // The name comes from the file: it must not lead out of the folder.
        let file = d.text_file.clone().unwrap_or_else(|| format!("texts/{}.txt", d.id));
        let is_inside = Path::new(&file).components().all(|c| matches!(c, std::path::Component::Normal(_)));
        let text = is_inside.then(|| fs::read_to_string(dir.join(&file)).ok()).flatten()?;
        Some((d.id.clone(), text))
    };
    report.documents.iter().filter_map(read).collect()
}

/// The texts of a report's documents, read again from `pages`. A document is found by its identifier, else by its hash
/// (the same page under another path), else by its name.
#[must_use]
pub fn texts_of(pages: &[Page], report: &Report) -> Texts {
    let documents: Vec<_> = pages.par_iter().map(crate::run::extract).collect();
    let by_hash: BTreeMap<String, usize> =
        documents.iter().enumerate().map(|(idx, d)| (sha256(&d.text), idx)).collect();
    let mut texts = Texts::new();
    for row in &report.documents {
        let by_id = || documents.iter().find(|d| d.id == row.id);
        let by_hash = || by_hash.get(&row.text_sha256).map(|idx| &documents[*idx]);
        let by_name = || documents.iter().find(|d| d.name == row.name);
        let by_file = || documents.iter().find(|d| file_name(&d.name) == file_name(&row.name));
        if let Some(document) = by_id().or_else(by_hash).or_else(by_name).or_else(by_file) {
            texts.insert(row.id.clone(), document.text.clone());
        }
    }
    texts
}

fn file_name(name: &str) -> &str {
    name.rsplit('/').next().unwrap_or(name)
}

/// Checks every hash of `report`, and every span anywhere in it, against `texts`.
///
/// # Errors
/// The first thing that does not hold, in the order of the report.
pub fn report(report: &Report, texts: &Texts) -> Result<Checked, Failure> {
    let mut check = Check { texts, names: BTreeMap::new(), checked: Checked::default() };
    for (idx, row) in report.documents.iter().enumerate() {
        check.names.insert(&row.id, &row.name);
        check.document(idx, row)?;
    }
    let value = serde_json::to_value(report).unwrap_or(Value::Null);
    check.walk(&value, "", Within::default())?;
    Ok(check.checked)
}

struct Check<'a> {
    texts: &'a Texts,
    names: BTreeMap<&'a str, &'a str>,
    checked: Checked,
}

impl<'a> Check<'a> {
    fn document(&mut self, idx: usize, row: &'a variorum_schema::ReportDocument) -> Result<(), Failure> {
        let fail = |field: &str, expected: String, found: String| {
            Err(Failure {
                document: row.name.clone(),
                pointer: format!("/documents/{idx}/{field}"),
                expected,
                found,
            })
        };
        let Some(text) = self.texts.get(&row.id) else {
            return fail(
                "id",
                format!("a document `{}`", row.id),
                "no such document among what was given".into(),
            );
        };
        let found = sha256(text);
        if found != row.text_sha256 {
            return fail(
                "text_sha256",
                row.text_sha256.clone(),
                format!("{found} ({} bytes of text)", text.len()),
            );
        }
        if text.len() != row.text_bytes as usize {
            return fail("text_bytes", row.text_bytes.to_string(), text.len().to_string());
        }
        self.checked.n_documents += 1;
        Ok(())
    }

    /// Checks `value`, found at the JSON pointer `at`, and everything under it.
    fn walk(&mut self, value: &Value, at: &str, within: Within) -> Result<(), Failure> {
        match value {
            Value::Array(items) => {
                for (idx, item) in items.iter().enumerate() {
                    self.walk(item, &format!("{at}/{idx}"), within)?;
                }
            }
            Value::Object(fields) => {
                let within = within.entered(fields);
                self.span(fields, "", within.document, at)?;
                self.span(fields, "focus_", within.document, at)?;
                self.span(fields, "from_", within.from, at)?;
                self.span(fields, "to_", within.to, at)?;
                for (key, item) in fields {
                    let key = key.replace('~', "~0").replace('/', "~1");
                    self.walk(item, &format!("{at}/{key}"), within)?;
                }
                self.candidate(fields, within, at)?;
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
        Ok(())
    }

    /// Checks the span that `fields` gives as `<prefix>start` and `<prefix>end`, if it does, and its `text`.
    fn span(&mut self, fields: &Fields, prefix: &str, id: Option<&str>, at: &str) -> Result<(), Failure> {
        let number = |name: &str| fields.get(&format!("{prefix}{name}")).and_then(Value::as_u64);
        let (Some(start), Some(end)) = (number("start"), number("end")) else { return Ok(()) };
        let range = format!("bytes {start}..{end}");
        let id = id.unwrap_or_default();
        let name = self.names.get(id).copied().unwrap_or(id);
        let fail = |expected: String, found: String| {
            Err(Failure { document: name.to_owned(), pointer: at.to_owned(), expected, found })
        };
        let Some(text) = self.texts.get(id) else {
            return fail(format!("{range} of a document"), format!("no document `{id}` in the report"));
        };
        let Some(found) = text.get(start as usize..end as usize) else {
            let found =
                format!("a text of {} bytes, in which that is no range of whole characters", text.len());
            return fail(range, found);
        };
        self.checked.n_spans += 1;
        match fields.get("text").and_then(Value::as_str).filter(|_| prefix.is_empty()) {
            Some(expected) if expected != found => {
                let (expected, found) = (shortened(expected), shortened(found));
                fail(format!("`{expected}` at {range}"), format!("`{found}`"))
            }
            Some(_) => {
                self.checked.n_texts += 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Checks the words of a date candidate, which stand beside its span. Of a long line they are the beginning.
    fn candidate(&mut self, fields: &Fields, within: Within, at: &str) -> Result<(), Failure> {
        let (Some(Value::Object(span)), Some(text)) = (fields.get("span"), fields.get("text")) else {
            return Ok(());
        };
        let mut span = span.clone();
        let number = |name: &str| span.get(name).and_then(Value::as_u64).unwrap_or(0) as usize;
        let found = within.document.and_then(|id| self.texts.get(id)?.get(number("start")..number("end")));
        let is_beginning = match (text.as_str(), found) {
            (Some(text), Some(found)) => !text.is_empty() && found.starts_with(text),
            _ => false,
        };
        let text = if is_beginning { Value::from(found) } else { text.clone() };
        span.insert("text".into(), text);
        self.span(&span, "", within.document, &format!("{at}/span"))
    }
}

type Fields = serde_json::Map<String, Value>;

/// The documents that spans without a document of their own are in.
#[derive(Clone, Copy, Default)]
struct Within<'v> {
    document: Option<&'v str>,
    from: Option<&'v str>,
    to: Option<&'v str>,
}

impl<'v> Within<'v> {
    fn entered(self, fields: &'v Fields) -> Within<'v> {
        let own = |name: &str| fields.get(name).and_then(Value::as_str);
        let id = || own("id").filter(|_| fields.contains_key("text_sha256"));
        // A date candidate names the document that fixed it, but its span is in the one that it dates.
        let is_candidate = fields.contains_key("span") && fields.contains_key("weight");
        let document = own("document").filter(|_| !is_candidate);
        Within {
            document: document.or_else(id).or(self.document),
            from: own("from").or(self.from),
            to: own("to").or(self.to),
        }
    }
}

/// The beginning of a text that is too long for a message.
fn shortened(text: &str) -> String {
    match text.char_indices().nth(120) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
