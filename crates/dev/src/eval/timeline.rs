//! `eval timeline`: SemEval 2015 task 4, track A (Minard et al. 2015): from raw texts, the events in which an entity takes
//! part, in order of time. Scored by temporal awareness as in TempEval-3 (UzZaman et al. 2013): the relations that one
//! side states, reduced to a chain, that follow from the other's. Events before all order (0) are not scored.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use variorum_collate::{Account, chronicle};
use variorum_schema::Published;

use super::{Outcome, corpus, measure};

/// An event: document, sentence, words.
type Key = (String, u32, String);

struct Line {
    entity: String,
    /// Events with their place in the order, from 1, and their day.
    events: BTreeMap<Key, (u32, String)>,
}

/// Scores every timeline under `path` against the documents beside it.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let (mut texts, mut gold) = (BTreeMap::new(), Vec::new());
    for entry in walkdir::WalkDir::new(path).sort_by_file_name() {
        let file = entry.map_err(|e| e.to_string())?.into_path();
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        let name = name.trim_end_matches(".gz");
        if name.ends_with(".xml") {
            let xml = corpus::text(&file)?;
            if let Some(text) = text(&xml) {
                texts.entry(text.id.clone()).or_insert(text);
            }
        } else if name.ends_with(".txt") && name != "source.txt" {
            gold.extend(line(&corpus::text(&file)?));
        }
    }
    gold.retain(|l: &Line| {
        let n = l.events.keys().filter(|k| texts.contains_key(&k.0)).count();
        2 * n >= l.events.len() && n > 0
    });
    if gold.is_empty() {
        return Err(format!("no timeline with its documents under {}", path.display()));
    }
    let texts: Vec<Text> = texts.into_values().collect();
    let accounts: Vec<Account> = texts.par_iter().map(Text::account).collect();
    let mut outcome = Outcome::default();
    let (mut ours, mut plain) = (Sum::default(), Sum::default());
    let mut mentions = [0usize; 3];
    let mut each = Vec::new();
    for line in &gold {
        let found = found(&texts, &accounts, &line.entity);
        let hits = found.keys().filter(|k| known(&line.events, k).is_some()).count();
        mentions = [mentions[0] + hits, mentions[1] + found.len(), mentions[2] + line.events.len()];
        each.push((line.entity.clone(), ours.add(&found, &line.events)));
        plain.add(&baseline(&texts, &accounts, &line.entity), &line.events);
        let missed = line.events.iter().filter(|(k, _)| known(&found, k).is_none());
        outcome.errors.extend(missed.map(|(k, v)| format!("missed {}: {k:?} {v:?}", line.entity)));
        let wrong = found.iter().filter(|(k, _)| known(&line.events, k).is_none());
        outcome.errors.extend(wrong.map(|(k, v)| format!("wrong {}: {k:?} {v:?}", line.entity)));
        let moved = found.iter().filter_map(|(k, v)| Some((k, v, known(&line.events, k)?)));
        let moved = moved.filter(|(_, v, g)| bare(&v.1) != bare(&g.1));
        outcome
            .errors
            .extend(moved.map(|(k, v, g)| format!("day {}: {k:?} {} for {}", line.entity, v.1, g.1)));
    }
    ours.report("", &mut outcome);
    outcome.prf("events", mentions[0], mentions[1], mentions[2]);
    plain.report("baseline: every verb on the day of its report, ", &mut outcome);
    for (entity, f1) in each {
        outcome.figure(format!("{} f1", entity.to_lowercase()), f1);
    }
    Ok(outcome)
}

/// A document with the places of its sentences.
struct Text {
    id: String,
    body: String,
    /// First byte and number of each sentence.
    sentences: Vec<(usize, u32)>,
    published: Option<jiff::civil::Date>,
}

impl Text {
    fn account(&self) -> Account {
        let mut document = corpus::document(&self.body);
        document.name.clone_from(&self.id);
        document.published = Published { value: self.published, ..Published::default() };
        let annotations = variorum_annotate::annotate(&document);
        Account { document, annotations }
    }

    fn sentence_at(&self, at: usize) -> u32 {
        let idx = self.sentences.partition_point(|s| s.0 <= at);
        idx.checked_sub(1).map_or(0, |i| self.sentences[i].1)
    }
}

fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    tag.split(&format!("{name}=\"")).nth(1)?.split('"').next()
}

fn text(xml: &str) -> Option<Text> {
    let id = attribute(xml.split("<token").next()?, "doc_id")?.to_owned();
    let (mut body, mut sentences): (String, Vec<(usize, u32)>) = (String::new(), Vec::new());
    for token in xml.split("<token ").skip(1) {
        let number: u32 = attribute(token, "sentence")?.parse().ok()?;
        let word = token.split('>').nth(1).and_then(|s| s.split('<').next()).unwrap_or_default();
        let word = word.replace("&quot;", "\"").replace("&apos;", "'").replace("&amp;", "&");
        if sentences.last().is_none_or(|s| s.1 != number) {
            if !body.is_empty() {
                body.push_str("\n\n");
            }
            sentences.push((body.len(), number));
        } else if !word.starts_with([',', '.', ';', ':', '!', '?', ')', '\'', '’']) {
            body.push(' ');
        }
        body.push_str(&word);
    }
    let created = xml.split("<TIMEX3").find(|t| t.contains("CREATION_TIME"));
    let stated = created.and_then(|t| attribute(t, "value")).and_then(|v| v.get(..10)?.parse().ok());
    // Without the annotation: the second line of every text is its date.
    let second = sentences.get(1).map(|s| s.0).and_then(|from| {
        let to = sentences.get(2).map_or(body.len(), |s| s.0);
        day(body.get(from..to)?)
    });
    Some(Text { id, published: stated.or(second), body, sentences })
}

/// The day that a line names.
fn day(line: &str) -> Option<jiff::civil::Date> {
    let annotations = variorum_annotate::annotate(&corpus::document(line.trim()));
    annotations.times.iter().find_map(|t| t.value.get(..10)?.parse().ok())
}

fn line(text: &str) -> Option<Line> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let entity = lines.next().filter(|l| !l.contains('\t'))?.trim().to_owned();
    let mut events = BTreeMap::new();
    for row in lines {
        let fields: Vec<&str> = row.split('\t').map(str::trim).collect();
        let (Some(order), Some(day)) = (fields.first().and_then(|f| f.parse::<u32>().ok()), fields.get(1))
        else {
            continue;
        };
        for event in fields[2..].iter().filter(|_| order > 0) {
            let mut parts = event.splitn(3, '-');
            if let (Some(id), Some(sentence), Some(words)) = (parts.next(), parts.next(), parts.next())
                && let Ok(sentence) = sentence.parse()
            {
                events.insert((id.to_owned(), sentence, words.to_lowercase()), (order, (*day).to_owned()));
            }
        }
    }
    (!events.is_empty()).then_some(Line { entity, events })
}

/// What is known of an event, under its words or some of them.
fn known<'a>(events: &'a BTreeMap<Key, (u32, String)>, key: &Key) -> Option<&'a (u32, String)> {
    if let Some(found) = events.get(key) {
        return Some(found);
    }
    let words = |k: &Key| k.2.split('_').map(str::to_owned).collect::<BTreeSet<_>>();
    let own = words(key);
    let from = (key.0.clone(), key.1, String::new());
    let near = events.range(from..).take_while(|(k, _)| k.0 == key.0 && k.1 == key.1);
    near.into_iter().find(|(k, _)| !own.is_disjoint(&words(k))).map(|(_, v)| v)
}

fn found(texts: &[Text], accounts: &[Account], entity: &str) -> BTreeMap<Key, (u32, String)> {
    let entries = chronicle::chronicle(accounts, entity);
    ordered(entries.into_iter().filter_map(|e| {
        let text = &texts[e.account as usize];
        let word = e.word.of(&text.body).to_lowercase();
        let key = (text.id.clone(), text.sentence_at(e.word.start as usize), word);
        Some((key, value(e.when?)))
    }))
}

/// An interval as the timelines write it: a year, a month or a day.
fn value(when: variorum_schema::Interval) -> String {
    let (first, last) = (when.first.to_string(), when.last.to_string());
    match (first.ends_with("-01-01"), first.ends_with("-01")) {
        (true, _) if last.ends_with("-12-31") => first[..4].to_owned(),
        (_, true) if when.last.last_of_month() == when.last && first[..7] == last[..7] => {
            first[..7].to_owned()
        }
        _ => first,
    }
}

/// A day as both sides write it: the parts left open ("2007-XX-XX") go.
fn bare(day: &str) -> &str {
    day.split("-X").next().unwrap_or(day)
}

/// The rule to beat: every verb of a sentence that names the entity, on the day of the report.
fn baseline(texts: &[Text], accounts: &[Account], entity: &str) -> BTreeMap<Key, (u32, String)> {
    let mut events = Vec::new();
    for (text, account) in texts.iter().zip(accounts) {
        let Some(day) = text.published else { continue };
        for sentence in &account.annotations.sentences {
            if !sentence.span.of(&text.body).to_lowercase().contains(&entity.to_lowercase()) {
                continue;
            }
            for token in account.annotations.tokens_of(sentence) {
                if token.tag == variorum_schema::Tag::Verb {
                    let word = token.span.of(&text.body).to_lowercase();
                    let key = (text.id.clone(), text.sentence_at(token.span.start as usize), word);
                    events.push((key, day.to_string()));
                }
            }
        }
    }
    ordered(events.into_iter())
}

/// Events of one day share a place in the order.
fn ordered(events: impl Iterator<Item = (Key, String)>) -> BTreeMap<Key, (u32, String)> {
    let list: Vec<(Key, String)> = events.collect();
    let days: BTreeSet<&String> = list.iter().map(|e| &e.1).collect();
    let place: BTreeMap<&String, u32> = days.into_iter().zip(1..).collect();
    list.iter().map(|(key, day)| (key.clone(), (place[day], day.clone()))).collect()
}

/// Relations that hold, and relations stated: precision and recall over all timelines.
#[derive(Default)]
struct Sum {
    held_ours: usize,
    ours: usize,
    held_gold: usize,
    gold: usize,
}

impl Sum {
    /// Adds one timeline; returns its own F1.
    fn add(&mut self, ours: &BTreeMap<Key, (u32, String)>, gold: &BTreeMap<Key, (u32, String)>) -> f64 {
        let (held_ours, n_ours) = held(ours, gold);
        let (held_gold, n_gold) = held(gold, ours);
        self.held_ours += held_ours;
        self.ours += n_ours;
        self.held_gold += held_gold;
        self.gold += n_gold;
        measure::f1(held_ours as f64 / n_ours.max(1) as f64, held_gold as f64 / n_gold.max(1) as f64)
    }

    fn report(&self, prefix: &str, outcome: &mut Outcome) {
        let precision = self.held_ours as f64 / self.ours.max(1) as f64;
        let recall = self.held_gold as f64 / self.gold.max(1) as f64;
        outcome.figure(format!("{prefix}f1"), measure::f1(precision, recall));
        outcome.figure(format!("{prefix}precision"), precision);
        outcome.figure(format!("{prefix}recall"), recall);
    }
}

/// Of the chain of relations that one side states (each event with the next, each with its day), how many follow from the
/// other side, and how many there are.
fn held(own: &BTreeMap<Key, (u32, String)>, other: &BTreeMap<Key, (u32, String)>) -> (usize, usize) {
    let mut chain: Vec<(&Key, &(u32, String))> = own.iter().collect();
    chain.sort_by_key(|(key, (order, _))| (*order, *key));
    let mut counts = (0, 0);
    for pair in chain.windows(2) {
        counts.1 += 1;
        let relation = pair[0].1.0.cmp(&pair[1].1.0);
        if let (Some(a), Some(b)) = (known(other, pair[0].0), known(other, pair[1].0)) {
            counts.0 += usize::from(a.0.cmp(&b.0) == relation);
        }
    }
    for (key, (_, day)) in chain.iter().filter(|(_, v)| !v.1.starts_with('X')) {
        counts.1 += 1;
        counts.0 += usize::from(known(other, key).is_some_and(|o| bare(&o.1) == bare(day)));
    }
    counts
}
