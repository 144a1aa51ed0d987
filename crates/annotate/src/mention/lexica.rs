//! The word lists that mentions are found with.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_schema::{EntityKind, Gender};

use crate::lexicon::{Listed, Lookup, entries};
use crate::segment;

/// No listed name has more tokens.
pub(super) const MAX_WORDS: usize = 7;

/// Names whose kind is known, keyed by their tokens joined by a space.
pub(super) static NAMES: LazyLock<Lookup<String, EntityKind>> = LazyLock::new(|| {
    let mut names = Lookup::default();
    let mut add = |name: &str, kind| {
        names.entry(in_tokens(name)).or_insert(kind);
    };
    for fields in entries(include_str!("../../data/en/countries.txt")) {
        let parts = |at: usize| fields.get(at).into_iter().flat_map(|f: &&str| f.split(',')).map(str::trim);
        parts(0).chain(parts(2)).filter(|n| !n.is_empty()).for_each(|n| add(n, EntityKind::Place));
        parts(1).filter(|n| !n.is_empty()).for_each(|n| add(n, EntityKind::Group));
    }
    for (list, kind) in [
        (include_str!("../../data/en/demonyms.txt"), EntityKind::Group),
        (include_str!("../../data/en/organisations.txt"), EntityKind::Organisation),
        (include_str!("../../data/en/cities.txt"), EntityKind::Place),
    ] {
        entries(list).filter_map(|f| f.first().copied()).for_each(|name| add(name, kind));
    }
    names
});

/// A name with a space between its tokens. Most names are plain words and need no tokeniser to tell.
fn in_tokens(name: &str) -> String {
    let is_plain = name.bytes().all(|b| b.is_ascii_alphabetic() || b == b' ') && !name.contains("  ");
    if is_plain { name.to_owned() } else { segment::words(name).join(" ") }
}

/// The first tokens of [`NAMES`]: most words of a text open none.
pub(super) static NAME_OPENINGS: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| NAMES.keys().filter_map(|name| name.split(' ').next()).collect());

/// The first words of [`TITLES`].
pub(super) static TITLE_OPENINGS: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| TITLES.keys().filter_map(|title| title.split(' ').next()).collect());

/// The last words of [`TITLES`].
pub(super) static TITLE_ENDS: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| TITLES.keys().filter_map(|title| title.rsplit(' ').next()).collect());

/// Demonym or country → country, in lower case.
pub(super) static COUNTRY_OF: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let mut map = BTreeMap::new();
    for fields in entries(include_str!("../../data/en/countries.txt")) {
        let Some(country) = fields.first().map(|c| c.to_lowercase()) else { continue };
        for demonym in fields.get(1).into_iter().flat_map(|f| f.split(',')).filter(|d| !d.is_empty()) {
            map.entry(demonym.trim().to_lowercase()).or_insert_with(|| country.clone());
        }
        map.entry(country.clone()).or_insert(country);
    }
    map
});

/// A given name: its gender (`None`: either), and whether it is enough by itself.
pub(super) struct GivenName {
    pub(super) gender: Option<Gender>,
    pub(super) sure: bool,
}

pub(super) static GIVEN_NAMES: LazyLock<Lookup<&'static str, GivenName>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/given-names.txt"))
        .filter_map(|f| {
            let gender = gender(f.get(1).copied());
            Some((*f.first()?, GivenName { gender, sure: f.get(2) == Some(&"sure") }))
        })
        .collect()
});

fn gender(field: Option<&str>) -> Option<Gender> {
    match field {
        Some("m") => Some(Gender::Male),
        Some("f") => Some(Gender::Female),
        _ => None,
    }
}

/// A title or role.
pub(super) struct Title {
    /// Whether "the …" may refer by itself.
    pub(super) refers: bool,
    pub(super) gender: Option<Gender>,
}

/// Titles by their lower-case tokens, joined by a space.
pub(super) static TITLES: LazyLock<Lookup<&'static str, Title>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/titles.txt"))
        .filter_map(|f| {
            let title = Title { refers: f.get(1) == Some(&"office"), gender: gender(f.get(2).copied()) };
            Some((*f.first()?, title))
        })
        .collect()
});

/// Words before a title; `true` where they make its holder another person ("former").
pub(super) static MODIFIERS: LazyLock<Lookup<&'static str, bool>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/title-modifiers.txt"))
        .filter_map(|f| Some((*f.first()?, f.get(1) == Some(&"apart"))))
        .collect()
});

/// Last words of names: their kind, and whether they are enough after any capitalised word.
pub(super) static HEADS: LazyLock<Lookup<&'static str, (EntityKind, bool)>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/name-heads.txt"))
        .filter_map(|f| {
            let kind = match *f.get(1)? {
                "organisation" => EntityKind::Organisation,
                "place" => EntityKind::Place,
                _ => EntityKind::Other,
            };
            Some((*f.first()?, (kind, f.get(2) == Some(&"sure"))))
        })
        .collect()
});

fn set(list: &'static str) -> Listed<&'static str> {
    entries(list).filter_map(|f| f.first().copied()).collect()
}

pub(super) static OPENERS: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| set(include_str!("../../data/en/sentence-openers.txt")));
pub(super) static PERSON_VERBS: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| set(include_str!("../../data/en/person-verbs.txt")));
pub(super) static PARTICLES: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| set(include_str!("../../data/en/particles.txt")));
pub(super) static ACRONYMS: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| set(include_str!("../../data/en/acronyms.txt")));
pub(super) static POSTAL_CODES: LazyLock<Listed<&'static str>> =
    LazyLock::new(|| set(include_str!("../../data/en/postal-codes.txt")));

/// Family names, lower case.
pub(super) static FAMILY_NAMES: LazyLock<Listed<String>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/family-names.txt"))
        .filter_map(|f| f.first().map(|name| name.to_lowercase()))
        .collect()
});

/// Names that the model looks at, by their lower-case tokens joined by a space: one bit a kind (people, organisations, places,
/// groups) for every kind that the name may be.
pub(super) static HINTS: LazyLock<Lookup<String, u8>> = LazyLock::new(|| {
    let mut hints: Lookup<String, u8> = Lookup::default();
    NAMES.iter().for_each(|(name, kind)| {
        let bit = match kind {
            EntityKind::Organisation => 2,
            EntityKind::Place => 4,
            _ => 8,
        };
        *hints.entry(name.to_lowercase()).or_default() |= bit;
    });
    for fields in entries(include_str!("../../data/en/name-hints.txt")) {
        let [name, kind, ..] = fields[..] else { continue };
        let key = in_tokens(name).to_lowercase();
        *hints.entry(key).or_default() |= if kind == "place" { 4 } else { 2 };
    }
    hints
});

/// First words of [`HINTS`], with the number of words of the longest that starts so.
pub(super) static HINT_STARTS: LazyLock<Lookup<&'static str, usize>> = LazyLock::new(|| {
    let mut starts: Lookup<&'static str, usize> = Lookup::default();
    HINTS.keys().for_each(|name| {
        let most = starts.entry(name.split(' ').next().unwrap_or("")).or_default();
        *most = (*most).max(name.split(' ').count());
    });
    starts
});

static PARTS: LazyLock<Listed<(&'static str, &'static str)>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/name-parts.txt"))
        .filter_map(|f| Some((*f.first()?, *f.get(1)?)))
        .collect()
});

/// Whether `name-parts.txt` has the lower-case word in this class.
pub(super) fn is_part(class: &str, low: &str) -> bool {
    PARTS.contains(&(class, low))
}

/// Bodies that act without being named.
pub(super) static BODIES: LazyLock<Lookup<&'static str, EntityKind>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/bodies.txt"))
        .filter_map(|f| {
            let kind = if f.get(1) == Some(&"group") { EntityKind::Group } else { EntityKind::Organisation };
            Some((*f.first()?, kind))
        })
        .collect()
});
