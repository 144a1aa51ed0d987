//! `eval stories`: documents grouped by event, scored with B-cubed (Bagga and Baldwin 1998); the layouts of Giveme5W1H's
//! news cluster, of the Wikinews event clusters, of NeuS and of ECB+.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use rayon::prelude::*;
use serde_json::Value;
use variorum_collate::{Account, copy, neighbour, pile, story};
use variorum_schema::{Media, Page};

use super::{Outcome, corpus};

/// A collection of accounts with the event that each tells of.
pub(crate) struct Collection {
    /// File name.
    pub name: String,
    /// Event of each account.
    pub events: Vec<String>,
    /// The accounts.
    pub accounts: Vec<Account>,
}

/// Scores every collection under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    for collection in read(path)? {
        let groups = group(&collection.accounts);
        let [precision, recall] = b_cubed(&collection.events, &groups);
        let prefix = &collection.name;
        outcome.figure(
            format!("{prefix} b3 f1"),
            2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        );
        outcome.figure(format!("{prefix} b3 precision"), precision);
        outcome.figure(format!("{prefix} b3 recall"), recall);
        outcome.figure(format!("{prefix} stories"), groups.len() as f64);
        let events: BTreeSet<&String> = collection.events.iter().collect();
        outcome.figure(format!("{prefix} events"), events.len() as f64);
        outcome.figure(format!("{prefix} mixed stories"), mixed(&collection.events, &groups) as f64);
        outcome.figure(
            format!("{prefix} order changes it"),
            f64::from(u8::from(depends_on_order(&collection, &groups))),
        );
        let [precision, recall] = pairs_of_look_alikes(&collection);
        outcome.figure(
            format!("{prefix} look-alikes b3 f1"),
            2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE),
        );
        outcome.figure(format!("{prefix} look-alikes b3 precision"), precision);
        outcome.figure(format!("{prefix} look-alikes b3 recall"), recall);
        outcome.errors.extend(errors(&collection, &groups));
    }
    Ok(outcome)
}

/// Groups of indices into `accounts`, put in the order in which the product takes them.
pub(super) fn group(accounts: &[Account]) -> Vec<Vec<u32>> {
    let mut order: Vec<u32> = (0..accounts.len() as u32).collect();
    order.sort_by(|a, b| accounts[*a as usize].document.id.cmp(&accounts[*b as usize].document.id));
    let accounts: Vec<Account> = order.iter().map(|n| accounts[*n as usize].clone()).collect();
    let pile = pile::Pile::new(&accounts);
    let neighbours = neighbour::neighbours(&pile);
    let related = copy::copies(&accounts, &pile, &neighbours);
    let groups = story::stories(&accounts, &pile, &neighbours, &related);
    groups.into_iter().map(|g| g.members.iter().map(|m| order[*m as usize]).collect()).collect()
}

/// Most accounts of one event in a pile of two.
const N_OF_EVENT: usize = 4;

/// What a newsroom drops is small: B-cubed, mean over piles of two events that look alike.
fn pairs_of_look_alikes(collection: &Collection) -> [f64; 2] {
    let scores: Vec<[f64; 2]> = look_alikes(collection)
        .par_iter()
        .map(|pile| b_cubed(&pile.events, &group(&pile.accounts)))
        .collect();
    let mean = |i: usize| scores.iter().map(|s| s[i]).sum::<f64>() / scores.len().max(1) as f64;
    [mean(0), mean(1)]
}

/// Every event with up to four accounts, in one pile with the event nearest to it.
pub(crate) fn look_alikes(collection: &Collection) -> Vec<Collection> {
    let of = |event: &String| {
        let mine = (0..collection.events.len()).filter(|n| collection.events[*n] == *event);
        mine.take(N_OF_EVENT).collect::<Vec<_>>()
    };
    let pile = |(x, y): (&String, &String)| {
        let chosen: Vec<usize> = of(x).into_iter().chain(of(y)).collect();
        Collection {
            name: collection.name.clone(),
            accounts: chosen.iter().map(|n| collection.accounts[*n].clone()).collect(),
            events: chosen.iter().map(|n| collection.events[*n].clone()).collect(),
        }
    };
    nearest_events(collection).into_iter().map(pile).collect()
}

/// For each event the other one whose accounts lie nearest to its own.
fn nearest_events(collection: &Collection) -> BTreeMap<&String, &String> {
    let pile = pile::Pile::new(&collection.accounts);
    let mut sums: BTreeMap<(&String, &String), f64> = BTreeMap::new();
    for n in neighbour::neighbours(&pile) {
        let (x, y) = (&collection.events[n.a as usize], &collection.events[n.b as usize]);
        if x != y {
            *sums.entry((x, y)).or_insert(0.0) += n.cosine;
            *sums.entry((y, x)).or_insert(0.0) += n.cosine;
        }
    }
    let mut nearest: BTreeMap<&String, (&String, f64)> = BTreeMap::new();
    for ((x, y), sum) in sums {
        let best = nearest.entry(x).or_insert((y, sum));
        if sum > best.1 {
            *best = (y, sum);
        }
    }
    nearest.into_iter().map(|(x, (y, _))| (x, y)).collect()
}

/// Mean over documents of the share of its group, and of its event, that is both.
fn b_cubed(events: &[String], groups: &[Vec<u32>]) -> [f64; 2] {
    let mut sums = [0.0; 2];
    for group in groups {
        for &member in group {
            let event = &events[member as usize];
            let both = group.iter().filter(|m| events[**m as usize] == *event).count() as f64;
            sums[0] += both / group.len() as f64;
            sums[1] += both / events.iter().filter(|e| *e == event).count() as f64;
        }
    }
    sums.map(|s| s / events.len().max(1) as f64)
}

fn mixed(events: &[String], groups: &[Vec<u32>]) -> usize {
    groups.iter().filter(|g| g.iter().any(|m| events[*m as usize] != events[g[0] as usize])).count()
}

/// Whether the accounts, given in the reverse order, fall into other groups.
fn depends_on_order(collection: &Collection, groups: &[Vec<u32>]) -> bool {
    let n = collection.accounts.len() as u32;
    let reversed: Vec<Account> = collection.accounts.iter().rev().cloned().collect();
    let mut again: Vec<Vec<u32>> =
        group(&reversed).iter().map(|g| g.iter().map(|m| n - 1 - m).collect()).collect();
    again.iter_mut().for_each(|g| g.sort_unstable());
    let mut groups = groups.to_vec();
    groups.iter_mut().for_each(|g| g.sort_unstable());
    again.sort();
    groups.sort();
    again != groups
}

fn errors(collection: &Collection, groups: &[Vec<u32>]) -> Vec<String> {
    let title = |m: u32| {
        let document = &collection.accounts[m as usize].document;
        let line = document
            .title_text
            .clone()
            .or_else(|| document.text.lines().next().map(str::to_owned))
            .unwrap_or_default();
        format!("[{}] {}", collection.events[m as usize], line.chars().take(70).collect::<String>())
    };
    let mut out = Vec::new();
    for group in groups {
        let events: BTreeSet<&String> = group.iter().map(|m| &collection.events[*m as usize]).collect();
        if events.len() > 1 {
            out.push(format!(
                "mixed {}: {}",
                collection.name,
                group.iter().map(|m| title(*m)).collect::<Vec<_>>().join(" | ")
            ));
        }
    }
    let mut split: BTreeMap<&String, Vec<&Vec<u32>>> = BTreeMap::new();
    for group in groups {
        split.entry(&collection.events[group[0] as usize]).or_default().push(group);
    }
    for (_, parts) in split.iter().filter(|(_, parts)| parts.len() > 1) {
        let parts: Vec<String> = parts.iter().map(|g| format!("{}× {}", g.len(), title(g[0]))).collect();
        out.push(format!("split {}: {}", collection.name, parts.join(" | ")));
    }
    out
}

/// An article before it is read by us.
struct Article {
    event: String,
    title: String,
    text: String,
    outlet: Option<String>,
    published: Option<String>,
}

/// The collections under `path`.
pub(crate) fn read(path: &Path) -> Result<Vec<Collection>, String> {
    let mut sets: BTreeMap<String, Vec<Article>> = BTreeMap::new();
    for file in corpus::files(path, &[".json", "ecb+.tar.xz", ".source", ".source.gz"])? {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if name.ends_with(".xz") {
            sets.insert("ecb+".into(), ecb(&file)?);
            continue;
        }
        if let Some(stem) = name.trim_end_matches(".gz").strip_suffix(".source") {
            // Thousands of stories of years at once are no pile that anybody has: the validation part stands for them.
            if stem != "train" || path.is_file() {
                sets.insert(format!("neus {stem}"), neus(&corpus::text(&file)?));
            }
            continue;
        }
        let Ok(value) = serde_json::from_str::<Value>(&corpus::text(&file)?) else { continue };
        if let Some(event) = value.pointer("/newsCluster/EventId").or_else(|| value.get("category")) {
            let folder =
                file.ancestors().nth(2).and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
            let event = event.as_str().map_or_else(|| event.to_string(), str::to_owned);
            sets.entry(folder.unwrap_or_default()).or_default().push(article(&value, event));
        } else if let Some(events) =
            value.as_array().filter(|e| e.iter().all(|x| x.get("articles").is_some()))
        {
            let of = |e: &Value| string(e, "title").unwrap_or_default();
            let articles = |e: &Value| e["articles"].as_array().cloned().unwrap_or_default();
            let all = events
                .iter()
                .flat_map(|e| articles(e).into_iter().map(move |a| article(&a, of(e))))
                .collect();
            sets.insert(name.trim_end_matches(".json").to_owned(), all);
        }
    }
    Ok(sets.into_iter().map(|(name, articles)| collection(name, articles)).collect())
}

fn string(value: &Value, key: &str) -> Option<String> {
    value.get(key).and_then(Value::as_str).map(str::to_owned).filter(|s| !s.trim().is_empty())
}

fn article(value: &Value, event: String) -> Article {
    Article {
        event,
        title: string(value, "title").unwrap_or_default(),
        text: string(value, "text").unwrap_or_default(),
        outlet: string(value, "source_domain"),
        published: string(value, "date_publish"),
    }
}

/// Articles of NeuS: a story on each line, three articles of it with their headlines.
fn neus(text: &str) -> Vec<Article> {
    let line = |(n, line): (usize, &str)| {
        let articles = line.split("[SEP]").filter_map(|a| a.split_once("TITLE=>")?.1.split_once("ARTICLE=>"));
        let make = |(title, text): (&str, &str)| Article {
            event: n.to_string(),
            title: title.trim().to_owned(),
            text: text.trim().to_owned(),
            outlet: None,
            published: None,
        };
        articles.map(make).collect::<Vec<_>>()
    };
    text.lines().enumerate().flat_map(line).collect()
}

/// The first `n` stories of a file of NeuS.
pub(crate) fn first_of_neus(file: &Path, n: usize) -> Result<Collection, String> {
    let text = corpus::text(file)?;
    Ok(collection("neus".into(), neus(&text.lines().take(n).collect::<Vec<_>>().join("\n"))))
}

/// Articles of ECB+: sentence by sentence, tokens joined; topic and seminal event are the event.
fn ecb(file: &Path) -> Result<Vec<Article>, String> {
    let raw = std::fs::File::open(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let mut out: Vec<(String, Article)> = Vec::new();
    let mut archive = tar::Archive::new(xz2::read::XzDecoder::new(raw));
    for entry in archive.entries().map_err(|e| e.to_string())? {
        let mut entry = entry.map_err(|e| e.to_string())?;
        let name = entry.path().map(|p| p.to_string_lossy().into_owned()).unwrap_or_default();
        let Some(stem) = name.rsplit('/').next().and_then(|n| n.strip_suffix(".xml")).map(str::to_owned)
        else {
            continue;
        };
        let mut xml = String::new();
        entry.read_to_string(&mut xml).map_err(|e| e.to_string())?;
        let topic = stem.split('_').next().unwrap_or_default();
        let event = format!("{topic}{}", if stem.ends_with("plus") { "plus" } else { "" });
        let text = ecb_text(&xml, stem.ends_with("plus"));
        out.push((stem, Article { event, title: String::new(), text, outlet: None, published: None }));
    }
    out.sort_by(|x, y| x.0.cmp(&y.0));
    Ok(out.into_iter().map(|x| x.1).collect())
}

fn ecb_text(xml: &str, has_url: bool) -> String {
    let mut lines: BTreeMap<u32, String> = BTreeMap::new();
    for token in xml.split("<token ").skip(1) {
        let number =
            token.split("sentence=\"").nth(1).and_then(|s| s.split('"').next()).and_then(|s| s.parse().ok());
        let word = token.split('>').nth(1).and_then(|s| s.split('<').next()).unwrap_or_default();
        let word = word
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&apos;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">");
        let line = lines.entry(number.unwrap_or(0)).or_default();
        if !line.is_empty() && !word.starts_with([',', '.', ';', ':', '!', '?', ')', '\'', '’']) {
            line.push(' ');
        }
        line.push_str(&word);
    }
    let lines = lines.into_iter().filter(|(n, _)| !has_url || *n > 0).map(|(_, line)| line);
    lines.collect::<Vec<_>>().join("\n\n")
}

fn collection(name: String, articles: Vec<Article>) -> Collection {
    let accounts = articles.par_iter().enumerate().map(|(n, a)| account(n, a)).collect();
    Collection { name, accounts, events: articles.into_iter().map(|a| a.event).collect() }
}

fn account(n: usize, article: &Article) -> Account {
    let is_titled = article.title.is_empty() || article.text.trim_start().starts_with(article.title.trim());
    let text =
        if is_titled { article.text.clone() } else { format!("{}\n\n{}", article.title, article.text) };
    let mut page = Page::new(format!("{n:05}.txt"), text.into_bytes());
    page.media = Media::Text;
    page.outlet.clone_from(&article.outlet);
    page.published.clone_from(&article.published);
    page.title = Some(article.title.clone()).filter(|t| !t.is_empty());
    variorum::account(&page)
}
