//! Zones of a page by what its authors call them: element names, class names, ids.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use variorum_schema::FurnitureReason;

use super::furniture::reason_named;
use crate::lexicon::entries;

struct Zones {
    words: BTreeMap<&'static str, FurnitureReason>,
    parts: Vec<FurnitureReason>,
    finder: Option<AhoCorasick>,
}

static ZONES: LazyLock<Zones> = LazyLock::new(|| {
    let (mut words, mut parts, mut patterns) = (BTreeMap::new(), Vec::new(), Vec::new());
    for fields in entries(include_str!("../../data/zones.txt")) {
        let [reason, mode, names] = fields[..] else { continue };
        let Some(reason) = reason_named(reason) else { continue };
        for name in names.split('|') {
            if mode == "word" {
                words.entry(name).or_insert(reason);
            } else {
                parts.push(reason);
                patterns.push(name);
            }
        }
    }
    Zones { words, parts, finder: AhoCorasick::new(patterns).ok() }
});

/// Parts of names by which pages mark standfirsts, then those for dates.
const HINTS: &[(&str, bool)] = &[
    ("standfirst", false),
    ("subtitle", false),
    ("sub-title", false),
    ("subhead", false),
    ("dek", false),
    ("summary", false),
    ("excerpt", false),
    ("sub-headline", false),
    ("lede", false),
    ("article-description", false),
    ("tagline", false),
    ("intro", false),
    ("date", true),
    ("time", true),
    ("publish", true),
    ("posted", true),
    ("created", true),
];
static HINT_FINDER: LazyLock<Option<AhoCorasick>> =
    LazyLock::new(|| AhoCorasick::new(HINTS.iter().map(|(part, _)| part)).ok());

/// Whether a class attribute or an id names a standfirst, and whether it names a date.
pub(super) fn hints(lower: &str) -> (bool, bool) {
    let mut out = (false, false);
    for found in HINT_FINDER.iter().flat_map(|finder| finder.find_overlapping_iter(lower)) {
        match HINTS.get(found.pattern().as_usize()) {
            Some((_, true)) => out.1 = true,
            Some((_, false)) => out.0 = true,
            None => {}
        }
    }
    out
}

/// The reason that an element's name alone gives.
pub(super) fn of_element(tag: &str) -> Option<FurnitureReason> {
    Some(match tag {
        "nav" | "menu" | "footer" => FurnitureReason::Navigation,
        "figcaption" => FurnitureReason::Caption,
        "aside" => FurnitureReason::RelatedHeadline,
        "form" | "button" | "label" | "dialog" | "fieldset" | "legend" => FurnitureReason::Boilerplate,
        _ => return None,
    })
}

/// The reason that a class attribute or an id, in lower case, gives.
pub(super) fn of_names(names: &str) -> Option<FurnitureReason> {
    if names.is_empty() || names.len() > 400 {
        return None;
    }
    // The earliest entry of the list wins, so that the order of the list is the order of preference.
    let parts = ZONES.finder.iter().flat_map(|finder| finder.find_overlapping_iter(names));
    let part = parts.map(|found| found.pattern().as_usize()).min();
    let words = || names.split(|c: char| !c.is_alphanumeric());
    let part = part.and_then(|at| ZONES.parts.get(at)).copied();
    part.or_else(|| words().find_map(|w| ZONES.words.get(w).copied()))
}
