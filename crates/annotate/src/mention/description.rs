//! Descriptions: "the Iraqi prime minister", "the president", "police", "officials".

use std::collections::BTreeSet;

use variorum_schema::{EntityKind, Gender, Sentence};

use super::alias::Draft;
use super::lexica;
use super::view::View;

/// A description as found.
#[derive(Clone, Debug)]
pub(super) struct Described {
    /// Tokens without determiner.
    pub(super) first: usize,
    pub(super) last: usize,
    /// First token with determiner.
    pub(super) full_first: usize,
    pub(super) entity: usize,
    pub(super) kind: EntityKind,
}

/// The descriptions of a sentence that stand outside the `taken` tokens, joined to `drafts` or to a new entity.
pub(super) fn descriptions(
    view: &View,
    sentence: &Sentence,
    taken: &BTreeSet<usize>,
    drafts: &mut Vec<Draft>,
    out: &mut Vec<Described>,
) {
    let end = sentence.last_token as usize;
    let mut at = sentence.first_token as usize;
    while at < end {
        match title(view, at, end, taken).or_else(|| body(view, sentence, at, end, taken)) {
            Some((full_first, first, last, kind)) => {
                let entity = resolve(view, first, last, kind, drafts);
                out.push(Described { first, last, full_first, entity, kind });
                at = last;
            }
            None => at += 1,
        }
    }
}

type Place = (usize, usize, usize, EntityKind);

/// "the (86-year-old) (former) Iraqi prime minister", not before a name.
fn title(view: &View, at: usize, end: usize, taken: &BTreeSet<usize>) -> Option<Place> {
    if view.low(at) != "the" {
        return None;
    }
    let first = at + 1;
    // an age before the title is part of the description: "the 86 - year - old Saudi ruler"
    let mut from = first;
    if view.word(first).chars().all(|c| c.is_ascii_digit())
        && view.low(first + 2) == "year"
        && view.low(first + 4) == "old"
    {
        from = first + 5;
    }
    let mut start = from;
    for _ in 0..4 {
        if let Some(last) = super::name::title_end(view, start, end.min(start + 7)) {
            let refers = (start..last)
                .any(|s| lexica::TITLES.get(view.joined_lower(s, last).as_str()).is_some_and(|t| t.refers));
            let before_name = taken.contains(&last) && view.is_capital(last) && !view.touches(last);
            let noun_follows = lexica::HEADS.contains_key(view.low(last))
                || matches!(view.word(last), "'s" | "’s" | "-") && view.low(last) == "-";
            return (refers && !before_name && !noun_follows).then_some((
                at,
                first,
                last,
                EntityKind::Person,
            ));
        }
        let nationality = super::name::listed(view, start, end)
            .filter(|(_, k)| matches!(k, EntityKind::Group | EntityKind::Place | EntityKind::Organisation));
        match nationality {
            Some((last, _)) => start = last,
            None if start < end
                && matches!(
                    view.low(start),
                    "country" | "ailing" | "visiting" | "country's" | "new" | "elderly" | "late"
                ) =>
            {
                start += 1
            }
            None => return None,
        }
    }
    None
}

/// "police", "Iraqi officials", "the government" before a verb of saying or as the subject.
fn body(view: &View, sentence: &Sentence, at: usize, end: usize, taken: &BTreeSet<usize>) -> Option<Place> {
    let kind = lexica::BODIES.get(view.low(at)).copied()?;
    if taken.contains(&at) || at + 1 >= end {
        return None;
    }
    let subject = view.relation(at) == variorum_schema::Relation::Nsubj || super::name::reports(view, at + 1);
    if !subject {
        return None;
    }
    let start = sentence.first_token as usize;
    let mut first = at;
    while first > start
        && (lexica::NAMES.get(view.word(first - 1)) == Some(&EntityKind::Group)
            || lexica::MODIFIERS.contains_key(view.low(first - 1)))
    {
        first -= 1;
    }
    let full = if first > start && view.low(first - 1) == "the" { first - 1 } else { first };
    Some((full, first, at + 1, kind))
}

/// The entity described: the one person who bears this title (and nationality), else one of its own.
fn resolve(view: &View, first: usize, last: usize, kind: EntityKind, drafts: &mut Vec<Draft>) -> usize {
    let text = view.joined_lower(first, last);
    if let Some(same) = drafts
        .iter()
        .position(|d| d.forms.is_empty() && d.entity.kind == kind && d.entity.titles.contains(&text))
    {
        return same;
    }
    if kind == EntityKind::Person {
        let wanted = Office::of(&text);
        let mut bearers = (0..drafts.len()).filter(|&i| {
            let d = &drafts[i];
            d.entity.kind == kind
                && !d.forms.is_empty()
                && d.entity.titles.iter().any(|t| Office::of(t).agrees(&wanted))
        });
        if let (Some(one), None) = (bearers.next(), bearers.next()) {
            if !drafts[one].entity.titles.contains(&text) {
                drafts[one].entity.titles.push(text);
            }
            return one;
        }
    }
    let mut draft = Draft::default();
    draft.entity.kind = kind;
    draft.entity.name = view.span(first, last).of(view.text).to_owned();
    draft.entity.gender = gender(&text);
    draft.entity.titles.push(text);
    drafts.push(draft);
    drafts.len() - 1
}

fn gender(title: &str) -> Option<Gender> {
    let words: Vec<&str> = title.split(' ').collect();
    (0..words.len()).find_map(|at| lexica::TITLES.get(words.get(at..)?.join(" ").as_str())?.gender)
}

/// A title taken apart: whose, which office, and what sets its holder apart.
#[derive(Debug, PartialEq, Eq)]
struct Office {
    country: Option<String>,
    office: String,
    apart: Vec<String>,
}

impl Office {
    fn of(title: &str) -> Office {
        let mut office = Office { country: None, office: String::new(), apart: Vec::new() };
        let words: Vec<&str> = title.split(' ').collect();
        let mut at = 0;
        while at < words.len() {
            let rest = words.get(at..).unwrap_or(&[]);
            let long = rest.get(..2).map(|w| w.join(" "));
            if let Some(country) = long.as_deref().and_then(|w| lexica::COUNTRY_OF.get(w)) {
                office.country = Some(country.clone());
                at += 2;
            } else if let Some(country) = lexica::COUNTRY_OF.get(words[at]) {
                office.country = Some(country.clone());
                at += 1;
            } else if lexica::MODIFIERS.get(words[at]) == Some(&true) {
                office.apart.push(words[at].to_owned());
                at += 1;
            } else if matches!(words[at], "the" | "a" | "an" | "country" | "'s" | "his" | "her") {
                at += 1;
            } else {
                if !office.office.is_empty() {
                    office.office.push(' ');
                }
                office.office.push_str(if words[at] == "premier" { "prime minister" } else { words[at] });
                at += 1;
            }
        }
        office
    }

    /// The same office; countries the same where both are told; nobody's former holder.
    fn agrees(&self, other: &Office) -> bool {
        self.office == other.office
            && self.apart == other.apart
            && (self.country == other.country || self.country.is_none() || other.country.is_none())
    }
}
