//! Wording: what the accounts call the same act, group or person, side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{Feature, Finding, FindingKind, FindingType, Span};

use super::build;
use crate::align::Statement;
use crate::difference::item::{self, Class, Item};
use crate::telling::Telling;

/// How many items away from a term the name that it speaks of may stand.
const REACH: usize = 4;

struct Term {
    kind: FindingType,
    family: &'static str,
    words: Vec<&'static str>,
    /// Terms that are forms of one choice ("kill", "killing") share a stem of five letters.
    label: &'static str,
}

static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    lexicon::entries(lexicon::WORDING)
        .filter(|f| f.len() > 2)
        .flat_map(|f| {
            let kind = match f[0] {
                "act" => FindingType::ActTerm,
                "group" => FindingType::GroupTerm,
                _ => FindingType::PersonTerm,
            };
            let family = f[1];
            f[2].split(',').map(move |t| Term {
                kind,
                family,
                words: t.split_whitespace().collect(),
                label: t.trim(),
            })
        })
        .collect()
});

type Uses = BTreeMap<String, Vec<(Statement, Span)>>;

/// One finding per act, group or person that the accounts call by different names.
#[must_use]
pub fn wordings(telling: &Telling) -> Vec<Finding> {
    let mut uses: BTreeMap<(FindingType, &str, usize), Uses> = BTreeMap::new();
    for statement in &telling.alignments.statements {
        let items = item::items(telling, statement);
        for (at, term) in terms(&items) {
            for entity in referents(telling, &items, at, term) {
                let stem: String = term.label.chars().take(5).collect();
                uses.entry((term.kind, term.family, entity))
                    .or_default()
                    .entry(stem)
                    .or_default()
                    .push((*statement, items[at].span));
            }
        }
    }
    uses.into_iter()
        .filter_map(|((kind, family, entity), uses)| finding(telling, kind, family, entity, &uses))
        .collect()
}

fn terms(items: &[Item]) -> Vec<(usize, &'static Term)> {
    let matches = |at: usize, t: &Term| {
        t.words.len() <= items.len() - at
            && t.words
                .iter()
                .zip(&items[at..])
                .all(|(w, i)| i.class == Class::Word && (i.lemma == *w || i.key == *w))
    };
    (0..items.len())
        .filter_map(|at| {
            TERMS.iter().filter(|t| matches(at, t)).max_by_key(|t| t.words.len()).map(|t| (at, t))
        })
        .collect()
}

/// The named entities that a term speaks of: "the killing of X", "X's assassination", "X was killed"; for groups and
/// persons the name right before or after.
fn referents(telling: &Telling, items: &[Item], at: usize, term: &Term) -> BTreeSet<usize> {
    let reach = if term.kind == FindingType::ActTerm { REACH } else { 1 };
    let from = at.saturating_sub(reach);
    let near = &items[from..(at + reach + 1).min(items.len())];
    let is_person = |e: usize| {
        telling.entities.list.get(e).is_some_and(|s| {
            matches!(
                s.kind,
                variorum_schema::EntityKind::Person
                    | variorum_schema::EntityKind::Group
                    | variorum_schema::EntityKind::Organisation
            )
        })
    };
    let named = near
        .iter()
        .filter(|i| matches!(i.class, Class::Name(_, true)))
        .filter_map(|i| i.key.strip_prefix("e:")?.parse().ok());
    named.filter(|e| is_person(*e)).collect()
}

fn finding(
    telling: &Telling,
    kind: FindingType,
    family: &str,
    entity: usize,
    uses: &Uses,
) -> Option<Finding> {
    let accounts: BTreeSet<u32> = uses.values().flatten().map(|(s, _)| s.account).collect();
    if uses.len() < 2 || accounts.len() < 2 {
        return None;
    }
    let mut sides: Vec<_> =
        uses.values().map(|places| build::side(telling, places.clone(), Vec::new())).collect();
    sides.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then(a.label.cmp(&b.label)));
    let terms: Vec<String> =
        sides.iter().map(|s| format!("“{}” ({})", s.label.to_lowercase(), s.documents.len())).collect();
    let name = &telling.entities.list.get(entity)?.name;
    let message = format!("{family}, of {name}: {}", terms.join(", "));
    let why = vec![Feature {
        name: "terms for one referent".into(),
        value: uses.len() as f64,
        weight: 0.0,
        note: family.into(),
    }];
    Some(build::finding(FindingKind::Wording, Some(kind), message, sides, 0.7, None, why))
}
