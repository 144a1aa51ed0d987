//! Reading corpora as they were published.

use std::io::Read;
use std::path::{Path, PathBuf};

/// The files under `path` (itself, if it is a file) whose name, without `.gz`, ends in one of `endings`, sorted. Where
/// the folder holds several splits: the development split if there is one, else all but the training split.
pub(crate) fn files(path: &Path, endings: &[&str]) -> Result<Vec<PathBuf>, String> {
    if path.is_file() {
        return Ok(vec![path.to_path_buf()]);
    }
    let mut found = Vec::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let entry = entry.map_err(|e| e.to_string())?;
        let name = entry.file_name().to_string_lossy().to_lowercase();
        let name = name.strip_suffix(".gz").unwrap_or(&name);
        if entry.file_type().is_file() && endings.iter().any(|e| name.ends_with(e)) {
            found.push(entry.into_path());
        }
    }
    let is = |file: &PathBuf, split: &[&str]| {
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        split.iter().any(|s| name.contains(s))
    };
    if found.iter().any(|f| is(f, &["dev", "validation"])) {
        found.retain(|f| is(f, &["dev", "validation"]));
    } else if found.iter().any(|f| !is(f, &["train"])) {
        found.retain(|f| !is(f, &["train"]));
    }
    if found.is_empty() {
        Err(format!("no {} file under {}", endings.join("/"), path.display()))
    } else {
        Ok(found)
    }
}

/// The text of a file, unpacked when its name ends in `.gz`; bytes that are not UTF-8 are replaced.
pub(crate) fn text(path: &Path) -> Result<String, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", path.display());
    let bytes = std::fs::read(path).map_err(fail)?;
    let mut unpacked = Vec::new();
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_end(&mut unpacked).map_err(fail)?;
    } else {
        unpacked = bytes;
    }
    Ok(String::from_utf8_lossy(&unpacked).into_owned())
}

/// One document of a CoNLL-U file, as raw text with the gold spans in it (bytes).
#[derive(Debug, Default)]
pub(crate) struct Conllu {
    /// Its `newdoc id`.
    pub(crate) id: String,
    /// The raw text: paragraphs on lines of their own.
    pub(crate) text: String,
    /// Gold sentences.
    pub(crate) sentences: Vec<(usize, usize)>,
    /// Gold surface tokens.
    pub(crate) tokens: Vec<(usize, usize)>,
    /// Gold syntactic words. The words of a multi-word token have its parts where they spell it, else its whole span.
    pub(crate) words: Vec<(usize, usize)>,
}

/// The documents of a CoNLL-U file.
pub(crate) fn conllu(content: &str) -> Vec<Conllu> {
    let mut documents: Vec<Conllu> = Vec::new();
    let mut new_paragraph = true;
    for block in content.split("\n\n").filter(|b| !b.trim().is_empty()) {
        for line in block.lines().filter(|l| l.starts_with('#')) {
            if let Some(id) = line.strip_prefix("# newdoc") {
                let id = id.trim_start_matches(" id").trim_start_matches([' ', '=']).to_owned();
                documents.push(Conllu { id, ..Conllu::default() });
                new_paragraph = true;
            }
            new_paragraph |=
                line == "# newpar" || line.starts_with("# newpar id") || line.starts_with("# newpar =");
        }
        if documents.is_empty() {
            documents.push(Conllu::default());
        }
        if let Some(document) = documents.last_mut() {
            sentence(document, block, new_paragraph);
        }
        new_paragraph = false;
    }
    documents
}

/// Appends one gold sentence.
fn sentence(document: &mut Conllu, block: &str, new_paragraph: bool) {
    if new_paragraph && !document.text.is_empty() {
        document.text.truncate(document.text.trim_end().len());
        document.text.push('\n');
    }
    let start = document.text.len();
    let mut fused: Vec<String> = Vec::new();
    let (mut fused_until, mut end) = (0, start);
    for fields in block.lines().filter(|l| !l.starts_with('#')).map(|l| l.split('\t').collect::<Vec<_>>()) {
        let (Some(id), Some(form), Some(misc)) = (fields.first(), fields.get(1), fields.get(9)) else {
            continue;
        };
        if id.contains('.') {
            continue;
        }
        if let Some((_, last)) = id.split_once('-') {
            fused_until = last.parse().unwrap_or(0);
            end = surface(document, form, misc);
            fused.clear();
        } else if id.parse().unwrap_or(0) <= fused_until {
            fused.push((*form).to_owned());
            if id.parse().unwrap_or(0) == fused_until {
                fuse(document, &fused);
            }
        } else {
            end = surface(document, form, misc);
            document.words.extend(document.tokens.last().copied());
        }
    }
    document.sentences.push((start, end));
}

/// Appends one surface token to the text; returns its end.
fn surface(document: &mut Conllu, form: &str, misc: &str) -> usize {
    let start = document.text.len();
    document.text.push_str(form);
    let end = document.text.len();
    document.tokens.push((start, end));
    if !misc.contains("SpaceAfter=No") {
        document.text.push(' ');
    }
    end
}

/// Appends the words of the last token.
fn fuse(document: &mut Conllu, parts: &[String]) {
    let Some(&(start, end)) = document.tokens.last() else { return };
    let spelt = document.text.get(start..end) == Some(parts.concat().as_str());
    let mut at = start;
    for part in parts {
        document.words.push(if spelt { (at, at + part.len()) } else { (start, end) });
        at += part.len();
    }
}

/// A document as the extractor would give it: every non-empty line a paragraph.
pub(crate) fn document(text: &str) -> variorum_schema::Document {
    use variorum_schema::{Block, BlockKind, Document, Published, Span};
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if !trimmed.is_empty() {
            blocks.push(Block { span: Span::new(at, at + trimmed.len()), kind: BlockKind::Paragraph });
        }
        start += line.len();
    }
    Document {
        id: "d-000000000000".into(),
        name: "corpus".into(),
        text: text.to_owned(),
        blocks,
        furniture: Vec::new(),
        title: None,
        title_text: None,
        byline: None,
        authors: Vec::new(),
        dateline: None,
        credits: Vec::new(),
        language: Some("en".into()),
        outlet: None,
        url: None,
        fetched: None,
        published: Published::default(),
        extra: std::collections::BTreeMap::new(),
        notes: Vec::new(),
    }
}
