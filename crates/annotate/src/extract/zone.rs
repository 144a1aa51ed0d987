//! Zones of a page by what its authors call them: element names, class names, ids.

use std::sync::LazyLock;

use variorum_schema::FurnitureReason;

use super::furniture::reason_named;
use crate::lexicon::entries;

struct Zones {
    words: Vec<(FurnitureReason, &'static str)>,
    parts: Vec<(FurnitureReason, &'static str)>,
}

static ZONES: LazyLock<Zones> = LazyLock::new(|| {
    let mut zones = Zones { words: Vec::new(), parts: Vec::new() };
    for fields in entries(include_str!("../../data/zones.txt")) {
        let [reason, mode, names] = fields[..] else { continue };
        let Some(reason) = reason_named(reason) else { continue };
        let list = if mode == "word" { &mut zones.words } else { &mut zones.parts };
        list.extend(names.split('|').map(|name| (reason, name)));
    }
    zones
});

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

/// The reason that a class attribute or an id gives.
pub(super) fn of_names(names: &str) -> Option<FurnitureReason> {
    if names.is_empty() || names.len() > 400 {
        return None;
    }
    let lower = names.to_lowercase();
    let part = ZONES.parts.iter().find(|(_, name)| lower.contains(name));
    let words = || lower.split(|c: char| !c.is_alphanumeric());
    part.or_else(|| ZONES.words.iter().find(|(_, name)| words().any(|w| w == *name)))
        .map(|(reason, _)| *reason)
}
