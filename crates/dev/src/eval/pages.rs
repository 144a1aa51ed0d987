//! Readers of the corpora of web pages: newspaper4k-aed, fundus, scrapinghub's and htmldate's layouts.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use jiff::civil::Date;
use serde_json::Value;
use variorum_schema::{Media, Page};

/// A page with what is known of it.
pub(crate) struct Item {
    /// The page.
    pub page: Page,
    /// Gold main text, if the corpus has it.
    pub body: Option<String>,
    /// Gold publication day, if the corpus has it.
    pub date: Option<Date>,
}

/// The pages of a corpus, in a fixed order. The layout is recognised by the files that are there.
pub(crate) fn read(path: &Path) -> Result<Vec<Item>, String> {
    let items = if path.join("ground-truth.json").is_file() {
        scrapinghub(path)
    } else if path.join("news_articles.json").is_file() {
        newspaper4k(path)
    } else if !files(path, |name| name.starts_with("eval") && name.ends_with(".json")).is_empty() {
        htmldate(path)
    } else {
        fundus(path)
    }?;
    if items.is_empty() {
        return Err(format!("{}: no pages in a layout that is known", path.display()));
    }
    Ok(items)
}

fn json(path: &Path) -> Result<Value, String> {
    let text = std::fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    serde_json::from_str(&text).map_err(|e| format!("{}: {e}", path.display()))
}

fn files(path: &Path, fits: impl Fn(&str) -> bool) -> Vec<PathBuf> {
    let mut out: Vec<PathBuf> = walkdir::WalkDir::new(path)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_type().is_file() && e.file_name().to_str().is_some_and(&fits))
        .map(walkdir::DirEntry::into_path)
        .collect();
    out.sort();
    out
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    let raw = std::fs::read(path).map_err(|e| format!("{}: {e}", path.display()))?;
    if path.extension().is_none_or(|e| e != "gz") {
        return Ok(raw);
    }
    let mut out = Vec::new();
    flate2::read::MultiGzDecoder::new(raw.as_slice())
        .read_to_end(&mut out)
        .map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(out)
}

/// The pages of a corpus by file name without folder: from `html.tar.xz`, or files under `html/`.
fn pages(path: &Path) -> Result<BTreeMap<String, Vec<u8>>, String> {
    let mut out = BTreeMap::new();
    for archive in files(path, |n| n.ends_with(".tar.xz") || n.ends_with(".tar.gz")) {
        let file = std::fs::File::open(&archive).map_err(|e| format!("{}: {e}", archive.display()))?;
        let reader: Box<dyn Read> = if archive.extension().is_some_and(|e| e == "xz") {
            Box::new(xz2::read::XzDecoder::new(file))
        } else {
            Box::new(flate2::read::MultiGzDecoder::new(file))
        };
        let mut archive = tar::Archive::new(reader);
        for entry in archive.entries().map_err(|e| e.to_string())? {
            let mut entry = entry.map_err(|e| e.to_string())?;
            let name = entry
                .path()
                .map_err(|e| e.to_string())?
                .file_name()
                .map(|n| n.to_string_lossy().into_owned());
            let mut content = Vec::new();
            entry.read_to_end(&mut content).map_err(|e| e.to_string())?;
            if let (Some(name), false) = (name, content.is_empty()) {
                out.insert(name, content);
            }
        }
    }
    for file in files(path, |n| n.ends_with(".html") || n.ends_with(".html.gz") || n.ends_with(".htm")) {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        out.insert(name.trim_end_matches(".gz").to_owned(), bytes(&file)?);
    }
    Ok(out)
}

fn html(name: &str, bytes: Vec<u8>, url: Option<&str>) -> Page {
    let mut page = Page::new(name, bytes);
    page.media = Media::Html;
    page.url = url.map(str::to_owned);
    page
}

fn day(value: &Value) -> Option<Date> {
    value.as_str()?.get(..10)?.parse().ok()
}

fn scrapinghub(path: &Path) -> Result<Vec<Item>, String> {
    let truth = json(&path.join("ground-truth.json"))?;
    let pages = pages(path)?;
    let entries = truth.as_object().ok_or("ground-truth.json: expected an object")?;
    Ok(entries
        .iter()
        .filter_map(|(id, gold)| {
            let bytes = pages.get(&format!("{id}.html"))?.clone();
            let body = gold["articleBody"].as_str().map(str::to_owned);
            Some(Item { page: html(id, bytes, gold["url"].as_str()), body, date: None })
        })
        .collect())
}

fn newspaper4k(path: &Path) -> Result<Vec<Item>, String> {
    let pages = pages(path)?;
    let truth = json(&path.join("articles.json"))?;
    let entries = truth.as_object().ok_or("articles.json: expected an object")?;
    let more = json(&path.join("news_articles.json"))?;
    let dates: BTreeMap<i64, Option<Date>> = more
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|a| Some((a["id"].as_i64()?, day(&a["date"]))))
        .collect();
    Ok(entries
        .iter()
        .filter_map(|(id, gold)| {
            let bytes = pages.get(&format!("{id}.html"))?.clone();
            let body = gold["articleBody"].as_str().map(str::to_owned);
            let date = gold["id"].as_i64().and_then(|n| dates.get(&n).copied().flatten());
            Some(Item { page: html(id, bytes, gold["url"].as_str()), body, date })
        })
        .collect())
}

fn htmldate(path: &Path) -> Result<Vec<Item>, String> {
    let pages = pages(path)?;
    let mut out = Vec::new();
    for file in files(path, |n| n.starts_with("eval") && n.ends_with(".json")) {
        let truth = json(&file)?;
        for (url, gold) in truth.as_object().into_iter().flatten() {
            let Some(bytes) = gold["file"].as_str().and_then(|f| pages.get(f)) else { continue };
            out.push(Item {
                page: html(url, bytes.clone(), Some(url)),
                body: None,
                date: day(&gold["date"]),
            });
        }
    }
    Ok(out)
}

/// Each country folder holds `meta.info` (file → url, crawl date), `<Site>_<day>.html.gz` and `<Site>.json`, whose
/// entries are versions of the site's parser. Which entry belongs to which page is decided by the words they share.
fn fundus(path: &Path) -> Result<Vec<Item>, String> {
    let mut out = Vec::new();
    for info in files(path, |n| n == "meta.info") {
        let folder = info.parent().unwrap_or(path);
        let entries = json(&info)?;
        for (name, entry) in entries.as_object().into_iter().flatten() {
            let file = folder.join(name);
            if !file.is_file() {
                continue;
            }
            let content = bytes(&file)?;
            let site = name.split('_').next().unwrap_or(name);
            let golds = json(&folder.join(format!("{site}.json"))).unwrap_or(Value::Null);
            let Some(gold) = best_version(&golds, &String::from_utf8_lossy(&content)) else { continue };
            let mut page = html(name, content, entry["url"].as_str());
            page.fetched = entry["crawl_date"].as_str().map(str::to_owned);
            out.push(Item { page, body: Some(fundus_body(gold)), date: day(&gold["publishing_date"]) });
        }
    }
    Ok(out)
}

fn best_version<'a>(golds: &'a Value, page: &str) -> Option<&'a Value> {
    let squeeze = |t: &str| t.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
    let page = squeeze(page);
    let score = |gold: &Value| {
        fundus_body(gold).lines().filter(|l| page.contains(&squeeze(l))).map(str::len).sum::<usize>()
    };
    let (score, gold) = golds.as_object()?.values().map(|g| (score(g), g)).max_by_key(|(s, _)| *s)?;
    (score > 100).then_some(gold)
}

fn fundus_body(gold: &Value) -> String {
    let strings = |v: &Value| -> Vec<String> {
        v.as_array().into_iter().flatten().filter_map(|s| s.as_str().map(str::to_owned)).collect()
    };
    let mut lines = strings(&gold["body"]["summary"]);
    for section in gold["body"]["sections"].as_array().into_iter().flatten() {
        lines.extend(strings(&section["headline"]));
        lines.extend(strings(&section["paragraphs"]));
    }
    lines.join("\n")
}
