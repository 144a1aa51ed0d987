//! Reads ECB+ (Cybulska & Vossen 2014) with its gold mentions of acts and their groups across documents.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use variorum_collate::Account;
use variorum_schema::Span;

use super::corpus;

/// Topics held back from training: the development topics of the usual split.
pub(crate) const DEV: [u32; 8] = [2, 5, 12, 18, 21, 23, 34, 35];
/// Topics from which on the usual split has its test part.
pub(crate) const TEST_FROM: u32 = 36;

/// One document with its gold mentions.
#[derive(Clone)]
pub(crate) struct Text {
    /// "12_3ecbplus".
    pub(crate) name: String,
    /// Number of its topic.
    pub(crate) topic: u32,
    /// As the product reads it.
    pub(crate) account: Account,
    /// Gold mentions of acts in the validated sentences: words, and the group.
    pub(crate) mentions: Vec<(Span, String)>,
}

/// Every document under `path` (XML files, or archives of them), in order of name.
pub(crate) fn read(path: &Path) -> Result<Vec<Text>, String> {
    let mut xml: BTreeMap<String, String> = BTreeMap::new();
    let mut validated: BTreeSet<(String, u32)> = BTreeSet::new();
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let file = entry.map_err(|e| e.to_string())?.into_path();
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        if name.contains(".tar") {
            unpack(&file, &mut xml)?;
        } else if let Some(stem) = name.trim_end_matches(".gz").strip_suffix(".xml") {
            xml.insert(stem.to_owned(), corpus::text(&file)?);
        } else if name.trim_end_matches(".gz").ends_with(".csv") {
            validated.extend(sentences(&corpus::text(&file)?));
        }
    }
    if xml.is_empty() {
        return Err(format!("no document of ECB+ under {}", path.display()));
    }
    let texts: Vec<Text> = xml.par_iter().filter_map(|(name, xml)| text(name, xml, &validated)).collect();
    Ok(texts)
}

fn unpack(file: &Path, xml: &mut BTreeMap<String, String>) -> Result<(), String> {
    let raw = std::fs::File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let name = file.to_string_lossy().to_lowercase();
    let reader: Box<dyn Read> = match name.rsplit('.').next() {
        Some("xz") => Box::new(xz2::read::XzDecoder::new(raw)),
        Some("gz") => Box::new(flate2::read::MultiGzDecoder::new(raw)),
        _ => Box::new(raw),
    };
    let mut archive = tar::Archive::new(reader);
    for entry in archive.entries().map_err(|e| e.to_string())? {
        let mut entry = entry.map_err(|e| e.to_string())?;
        let path = entry.path().map(|p| p.to_string_lossy().to_lowercase()).unwrap_or_default();
        if let Some(stem) = path.rsplit('/').next().and_then(|n| n.strip_suffix(".xml")) {
            let mut content = String::new();
            entry.read_to_string(&mut content).map_err(|e| e.to_string())?;
            xml.insert(stem.to_owned(), content);
        }
    }
    Ok(())
}

/// Lines "topic,file,sentence number" as `("1_10ecbplus", 1)`.
fn sentences(csv: &str) -> impl Iterator<Item = (String, u32)> + '_ {
    csv.lines().filter_map(|line| {
        let mut fields = line.trim().split(',');
        let (topic, file, sentence) = (fields.next()?, fields.next()?, fields.next()?);
        let name = if file.contains('_') { file.to_owned() } else { format!("{topic}_{file}") };
        Some((name.to_lowercase(), sentence.parse().ok()?))
    })
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let after = tag.split(&format!("{name}=\"")).nth(1)?;
    after.split('"').next()
}

fn text(name: &str, xml: &str, validated: &BTreeSet<(String, u32)>) -> Option<Text> {
    let topic: u32 = name.split('_').next()?.parse().ok()?;
    let (body, tokens) = body(xml, name.ends_with("plus"));
    let is_listed = validated.is_empty() || validated.iter().any(|(n, _)| n == name);
    let is_wanted = |sentence: u32| {
        is_listed && (validated.is_empty() || validated.contains(&(name.to_owned(), sentence)))
    };
    let groups = groups(name, xml);
    let mut mentions = Vec::new();
    let markables = xml.split("<Markables>").nth(1)?.split("</Markables>").next()?;
    for block in markables.split("\n<").filter(|b| b.contains("token_anchor")) {
        let kind = block.trim_start_matches('<').split(' ').next().unwrap_or("");
        if !kind.starts_with("ACTION") && !kind.starts_with("NEG_ACTION") {
            continue;
        }
        let Some(id) = attribute(block, "m_id") else { continue };
        let anchors: Vec<&(Span, u32)> = block
            .split("<token_anchor")
            .skip(1)
            .filter_map(|a| tokens.get(&attribute(a, "t_id")?.parse::<u32>().ok()?))
            .collect();
        let (Some(first), Some(last)) = (anchors.first(), anchors.last()) else { continue };
        if is_wanted(first.1) {
            let group = groups.get(id).cloned().unwrap_or_else(|| format!("{name} {id}"));
            mentions.push((first.0.cover(last.0), group));
        }
    }
    mentions.sort();
    mentions.dedup_by_key(|m| m.0);
    let mut document = corpus::document(&body);
    document.name = name.to_owned();
    document.id = variorum_annotate::extract::document_id(name, &body);
    let annotations = variorum_annotate::annotate(&document);
    Some(Text { name: name.to_owned(), topic, account: Account { document, annotations }, mentions })
}

/// The text, a sentence on each line, and for each token its words and sentence. The address that opens a page is left out.
fn body(xml: &str, has_url: bool) -> (String, BTreeMap<u32, (Span, u32)>) {
    let (mut out, mut tokens, mut current) = (String::new(), BTreeMap::new(), None);
    for token in xml.split("<token ").skip(1) {
        let number = |name: &str| attribute(token, name).and_then(|s| s.parse::<u32>().ok());
        let (Some(id), Some(sentence)) = (number("t_id"), number("sentence")) else { continue };
        if has_url && sentence == 0 {
            continue;
        }
        let word = token.split('>').nth(1).and_then(|s| s.split('<').next()).unwrap_or_default();
        let mut word = word.to_owned();
        for (entity, mark) in
            [("&quot;", "\""), ("&apos;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")]
        {
            word = word.replace(entity, mark);
        }
        if current != Some(sentence) {
            if !out.is_empty() {
                out.push_str("\n\n");
            }
            current = Some(sentence);
        } else if !word.starts_with([',', '.', ';', ':', '!', '?', ')', '\'', '’']) {
            out.push(' ');
        }
        let start = out.len();
        out.push_str(&word);
        tokens.insert(id, (Span::new(start, out.len()), sentence));
    }
    (out, tokens)
}

/// Mention → group, from relations across and within documents.
fn groups(name: &str, xml: &str) -> BTreeMap<String, String> {
    let mut groups = BTreeMap::new();
    for kind in ["CROSS_DOC_COREF", "INTRA_DOC_COREF"] {
        for block in xml.split(&format!("<{kind} ")).skip(1) {
            let block = block.split(&format!("</{kind}>")).next().unwrap_or("");
            let id = attribute(block, "note").filter(|_| kind.starts_with("CROSS")).map(str::to_owned);
            let id = id.unwrap_or_else(|| format!("{name} r{}", attribute(block, "r_id").unwrap_or("")));
            for source in block.split("<source").skip(1) {
                if let Some(m) = attribute(source, "m_id") {
                    groups.insert(m.to_owned(), id.clone());
                }
            }
        }
    }
    groups
}
