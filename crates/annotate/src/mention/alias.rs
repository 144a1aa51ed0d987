//! Names → entities: which names of one document are one thing.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{Entity, EntityKind, Gender};

use super::key::{is_same_given, name_key};
use super::kind::Sureness;
use super::lexica;
use super::name::Found;
use super::view::View;

/// An entity while names are being joined to it.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    pub(super) entity: Entity,
    /// Surface forms by name.
    pub(super) forms: BTreeSet<String>,
    /// Words of its fullest name, normalised.
    pub(super) key: Vec<String>,
    /// Token index of its first name, and of its latest.
    first: usize,
    pub(super) latest: usize,
    /// The best evidence for its kind; `None` for a description.
    pub(super) sureness: Option<Sureness>,
    /// Whether a name of it is a firm's: see [`is_firm`].
    is_firm: bool,
}

/// Names with the entity of each, in the order of `names`.
pub(super) fn join(view: &View, names: &[Found]) -> (Vec<Draft>, Vec<usize>) {
    let mut joiner = Joiner::default();
    let order = by_fullness(view, names);
    let mut entity_of = vec![0; names.len()];
    // full names first, so that a surname in the headline joins the full name in the text
    for idx in order {
        entity_of[idx] = joiner.place(view, &names[idx]);
    }
    for draft in joiner.drafts.iter_mut().filter(|d| d.entity.kind == EntityKind::Person) {
        // known by one word alone: then a given name shows the gender after all
        let given = lexica::GIVEN_NAMES.get(draft.entity.name.as_str());
        draft.entity.gender = draft.entity.gender.or_else(|| given.and_then(|g| g.gender));
    }
    (joiner.drafts, entity_of)
}

/// "Sandholm Airways", "Orven Energia": a firm, which its first word may stand for. What bears the name of its town (a
/// police, a council, a club) is none.
pub(super) fn is_firm(view: &View, name: &Found) -> bool {
    name.kind == EntityKind::Organisation
        && name.last > name.first + 1
        && lexica::is_part("firm", view.low(name.last - 1))
}

/// Names of people with two words or more and of firms first, then the rest; each in text order.
fn by_fullness(view: &View, names: &[Found]) -> Vec<usize> {
    let full = |n: &Found| n.kind == EntityKind::Person && n.last - n.first > 1 || is_firm(view, n);
    let (mut a, b): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(|&i| full(&names[i]));
    a.extend(b);
    a
}

/// Gives each name the best-known kind among the names that are spelt like it; single words take the kind of a person
/// whose surname or given name they are, or are the firm whose first word they are.
pub(super) fn settle(view: &View, names: &mut [Found]) {
    let mut best: BTreeMap<Vec<String>, (Sureness, EntityKind)> = BTreeMap::new();
    let mut parts: BTreeMap<String, Sureness> = BTreeMap::new();
    let mut firms: BTreeSet<String> = BTreeSet::new();
    for name in names.iter() {
        let key = name_key(view.span(name.first, name.last).of(view.text));
        if is_firm(view, name) {
            firms.extend(key.first().cloned());
        }
        if name.kind == EntityKind::Person && key.len() > 1 {
            for part in key.iter().skip(usize::from(key.len() > 2)).chain(key.first()) {
                parts.entry(part.clone()).or_insert(name.sureness);
            }
        }
        let entry = best.entry(key).or_insert((name.sureness, name.kind));
        if name.sureness > entry.0 {
            *entry = (name.sureness, name.kind);
        }
    }
    for name in names.iter_mut().filter(|n| n.sureness < Sureness::Form) {
        let key = name_key(view.span(name.first, name.last).of(view.text));
        let is_part = key.len() == 1 && key.first().is_some_and(|k| parts.contains_key(k));
        match best.get(&key) {
            _ if is_part => name.kind = EntityKind::Person,
            _ if key.len() == 1 && key.first().is_some_and(|k| firms.contains(k)) => {
                name.kind = EntityKind::Organisation;
            }
            Some(&(sureness, kind)) if sureness > name.sureness => {
                name.kind = kind;
                name.sureness = sureness;
            }
            _ => {}
        }
    }
}

#[derive(Default)]
struct Joiner {
    drafts: Vec<Draft>,
    /// Drafts by kind group and each normalised word of their names.
    by_word: BTreeMap<String, Vec<usize>>,
    /// Drafts by acronym.
    by_acronym: BTreeMap<String, usize>,
}

/// At most so many candidates are looked at for one name: a name that more bear tells nothing.
const MAX_CANDIDATES: usize = 64;

impl Joiner {
    /// The entity of a name: one that it is a variant of, else a new one.
    fn place(&mut self, view: &View, name: &Found) -> usize {
        // a single word may be a surname that is also a given name: it shows no gender
        let bare = name.last == name.first + 1 && name.full_first == name.first;
        let name = &Found { gender: name.gender.filter(|_| !bare), ..name.clone() };
        let surface =
            view.span(name.first, name.last).of(view.text).split_whitespace().collect::<Vec<_>>().join(" ");
        let key = match (name.kind, lexica::COUNTRY_OF.get(&surface.to_lowercase())) {
            (EntityKind::Place, Some(country)) => name_key(country_key(country)),
            _ => name_key(&surface),
        };
        let idx = self.find(name, &key, &surface).unwrap_or_else(|| {
            self.drafts
                .push(Draft { entity: Entity { kind: name.kind, ..Entity::default() }, ..Draft::default() });
            self.drafts.len() - 1
        });
        self.add(idx, name, key, surface);
        self.drafts[idx].is_firm |= is_firm(view, name);
        idx
    }

    fn find(&self, name: &Found, key: &[String], surface: &str) -> Option<usize> {
        let last = key.last()?;
        let candidates = self.by_word.get(last).into_iter().flatten().rev().take(MAX_CANDIDATES);
        let mut fits: Vec<usize> =
            candidates.copied().filter(|&i| self.drafts.get(i).is_some_and(|d| fits(d, name, key))).collect();
        fits.sort_unstable();
        fits.dedup();
        // The same words before fewer words. A surname that several bear is that of whoever is introduced first, as editors
        // have it ("Conyers said", and his cousin is Ian Conyers each time), unless a title tells; else the one named last.
        let is_surname = name.kind == EntityKind::Person && key.len() == 1;
        let rank = |i: &usize| {
            let d = &self.drafts[*i];
            let bears = d.key.len() > 1 && d.key.last() == Some(last);
            let is_titled = name.titles.iter().any(|title| d.entity.titles.contains(title));
            (
                d.key != key,
                d.entity.gender.is_some() && name.gender.is_some() && d.entity.gender != name.gender,
                !is_titled,
                if is_surname && bears { d.first } else { name.first.abs_diff(d.latest) },
            )
        };
        fits.iter().copied().min_by_key(rank).or_else(|| {
            let is_acronym = surface.chars().filter(|c| c.is_uppercase()).count() >= 2 && key.len() == 1;
            is_acronym.then(|| self.by_acronym.get(&surface.replace('.', "")).copied()).flatten()
        })
    }

    fn add(&mut self, idx: usize, name: &Found, key: Vec<String>, surface: String) {
        for word in &key {
            let list = self.by_word.entry(word.clone()).or_default();
            if list.last() != Some(&idx) && !list.contains(&idx) {
                list.push(idx);
            }
        }
        if name.kind == EntityKind::Organisation && key.len() >= 2 {
            self.by_acronym.entry(initials(&surface)).or_insert(idx);
        }
        let draft = &mut self.drafts[idx];
        draft.first = if draft.key.is_empty() { name.first } else { draft.first.min(name.first) };
        draft.latest = name.first;
        draft.sureness = draft.sureness.max(Some(name.sureness));
        let fuller = key.len() > draft.key.len()
            || (key.len() == draft.key.len() && surface.len() > draft.entity.name.len());
        if fuller {
            draft.key = key;
            draft.entity.name.clone_from(&surface);
        }
        draft.forms.insert(surface);
        draft.entity.gender = draft.entity.gender.or(name.gender);
        draft.entity.titles.extend(name.titles.iter().cloned());
    }
}

/// One spelling for the countries with many.
fn country_key(country: &str) -> &str {
    match country {
        "us" | "u.s." | "usa" | "u.s.a." | "america" | "united states of america" => "united states",
        "uk" | "u.k." | "britain" | "great britain" => "united kingdom",
        "uae" | "u.a.e." => "united arab emirates",
        _ => country,
    }
}

/// First letters of the capitalised words: "Popular Mobilization Forces" → "PMF".
fn initials(name: &str) -> String {
    name.split([' ', '-']).filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// Whether a name may be a variant of an entity's name.
fn fits(draft: &Draft, name: &Found, key: &[String]) -> bool {
    if draft.entity.kind != name.kind {
        return false;
    }
    if draft.key == key {
        return !genders_differ(draft.entity.gender, name.gender);
    }
    match name.kind {
        EntityKind::Person => person_fits(draft, name, key),
        EntityKind::Organisation => {
            let short = key.len().min(draft.key.len());
            let firm = draft.is_firm && key.len() == 1 && key.first() == draft.key.first();
            firm || short >= 2
                && key.iter().rev().take(short).eq(draft.key.iter().rev().take(short))
                && key.len().abs_diff(draft.key.len()) <= 1
        }
        _ => false,
    }
}

fn genders_differ(a: Option<Gender>, b: Option<Gender>) -> bool {
    matches!((a, b), (Some(a), Some(b)) if a != b)
}

/// A surname, a given name, or a full name with a middle name more or less; never another given name.
fn person_fits(draft: &Draft, name: &Found, key: &[String]) -> bool {
    if genders_differ(draft.entity.gender, name.gender) {
        return false;
    }
    let (long, short) =
        if draft.key.len() >= key.len() { (&draft.key[..], key) } else { (key, &draft.key[..]) };
    match (short, long) {
        ([], _) => false,
        ([one], [given, .., surname]) => {
            one == surname
                || (one == given && one.chars().count() > 2)
                || long[1..].contains(one) && one.chars().count() > 4
        }
        ([given, .., surname], [other_given, .., other_surname]) => {
            surname == other_surname
                && (is_same_given(given, other_given) || is_initial_of(given, other_given))
                || (long.len() > short.len() && long.windows(short.len()).any(|w| w == short))
        }
        _ => false,
    }
}

/// "j" and "john".
fn is_initial_of(a: &str, b: &str) -> bool {
    let one = |x: &str, y: &str| x.chars().count() == 1 && y.starts_with(x);
    one(a, b) || one(b, a)
}
