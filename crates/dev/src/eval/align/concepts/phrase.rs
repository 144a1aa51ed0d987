//! A mention of NewsWCL50 as the product reads it: its head, its words, whom or what its entity is, its country.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use variorum_annotate::{lexicon, words};
use variorum_collate::entity::Entities;
use variorum_collate::overlap::{Word, Words};
use variorum_collate::{Account, event};
use variorum_schema::{EntityKind, Mention, MentionForm, Span, Tag};

/// A mention as it is compared.
pub(super) struct Phrase {
    /// Index of its account.
    pub(super) account: u32,
    pub(super) head: Word,
    /// Content words by stem, countries by line, with their weights.
    pub(super) bag: BTreeMap<String, f64>,
    /// Persons and countries in it.
    pub(super) names: BTreeSet<Name>,
    pub(super) sort: Sort,
    /// Index in the event's entities of whom or what the head is.
    pub(super) entity: Option<usize>,
    /// Whether it calls that entity by name.
    pub(super) is_named: bool,
    /// Whether that name is one word.
    pub(super) is_bare: bool,
    /// Line of its country: of the head, else of the first that stands in it.
    pub(super) country: Option<usize>,
    /// Whether the head names that country.
    pub(super) is_country: bool,
}

/// What sort of thing a mention means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// One person.
    Person,
    /// A country, its people, or those who act for it.
    Country,
    /// People or a body that are called by no country.
    Body,
    /// Things and acts.
    Thing,
}

/// Somebody or something that is named inside a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Name {
    Country(usize),
    Person(usize),
}

impl Phrase {
    /// The mention in these words of an account.
    pub(super) fn new(accounts: &[Account], entities: &Entities, account: u32, span: Span) -> Phrase {
        let own = &accounts[account as usize];
        let head = head(accounts, account, span);
        let list = words_in(own, span).list;
        let annotations = &own.annotations;
        let at = annotations.tokens.get(head.token as usize).map_or(span, |t| t.span);
        let holds = |m: &&Mention| m.full.contains(at) && m.full.overlaps(span);
        let mention = annotations.mentions.iter().filter(holds).min_by_key(|m| (m.full.len(), m.span.start));
        let entity = mention.and_then(|m| entities.of(account, m.entity));
        let kind = entity.map_or(EntityKind::Other, |s| entities.list[s].kind);
        let found = countries(&list);
        let place = list.iter().position(|w| w.token == head.token);
        let of_head = found.iter().find(|c| place.is_some_and(|p| c.1.contains(&p)));
        let country = of_head.or(found.first()).map(|c| c.0);
        let is_body = kind == EntityKind::Organisation || head.tag != Tag::Verb && is_people(&head.lemma);
        let sort = match () {
            () if of_head.is_some() => Sort::Country,
            () if kind == EntityKind::Person && entity.is_some() => Sort::Person,
            () if is_body && country.is_some() => Sort::Country,
            () if is_body => Sort::Body,
            () => Sort::Thing,
        };
        Phrase {
            account,
            bag: bag(&list, &found),
            names: names(own, entities, account, span, &found),
            sort,
            entity,
            is_named: mention.is_some_and(|m| m.form == MentionForm::Name),
            is_bare: list.iter().filter(|w| w.is_name).count() == 1,
            country,
            is_country: of_head.is_some(),
            head,
        }
    }
}

/// The head word of a mention.
pub(super) fn head(accounts: &[Account], account: u32, span: Span) -> Word {
    event::Mention::new(accounts, account, span).map(|m| m.head).unwrap_or_default()
}

/// The words of a stretch of an account.
pub(super) fn words_in(own: &Account, span: Span) -> Words {
    let tokens = &own.annotations.tokens;
    let first = tokens.partition_point(|t| t.span.end <= span.start);
    let last = tokens.partition_point(|t| t.span.start < span.end);
    Words::range(&own.document.text, &own.annotations, first as u32, last as u32)
}

/// Lower-case names of countries, peoples and capitals, of one word or more → line of the country.
static COUNTRIES: LazyLock<BTreeMap<String, usize>> = LazyLock::new(|| {
    let plain = |names: &str| names.to_lowercase().replace('.', "");
    let mut map: BTreeMap<String, usize> = BTreeMap::new();
    for (line, fields) in lexicon::entries(lexicon::COUNTRIES).enumerate() {
        let names: Vec<String> = fields.iter().take(3).flat_map(|f| f.split(',')).map(plain).collect();
        // "U.S." and "United States" have a line each, and one people
        let known = names.iter().skip(1).find_map(|n| map.get(n).copied()).unwrap_or(line);
        for name in names.into_iter().filter(|n| !n.is_empty()) {
            map.entry(name).or_insert(known);
        }
    }
    map
});

/// Whether a title in lower case holds the name of a country or people: this one, or any where none is given.
pub(super) fn is_of(title: &str, country: Option<usize>) -> bool {
    let words: Vec<&str> = title.split(' ').collect();
    let parts = (0..words.len()).flat_map(|i| (i + 1..=words.len().min(i + 3)).map(move |j| (i, j)));
    let mut lines = parts.filter_map(|(i, j)| COUNTRIES.get(&words[i..j].join(" ")));
    lines.any(|line| country.is_none_or(|c| c == *line))
}

/// Countries among the words: the line, and the places of its words.
fn countries(words: &[Word]) -> Vec<(usize, Range<usize>)> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let long = (1..=3).rev().filter(|n| at + n <= words.len()).find_map(|n| {
            let name: Vec<&str> = words[at..at + n].iter().map(|w| w.lower.as_str()).collect();
            COUNTRIES.get(&name.join(" ")).map(|line| (*line, n))
        });
        let n = long.map_or(1, |l| l.1);
        out.extend(long.map(|(line, n)| (line, at..at + n)));
        at += n;
    }
    out
}

/// Whether a lemma names people or a body of people; "meeting" also means a gathering, but tells an act.
fn is_people(lemma: &str) -> bool {
    static ACTS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
        lexicon::entries(lexicon::NOMINAL_EVENTS).filter_map(|f| f.first().copied()).collect()
    });
    !ACTS.contains(lemma) && ["person", "group", "organization"].iter().any(|k| words::is_a(lemma, k))
}

fn bag(list: &[Word], countries: &[(usize, Range<usize>)]) -> BTreeMap<String, f64> {
    let key = |n: usize, word: &Word| match countries.iter().find(|c| c.1.contains(&n)) {
        Some((line, _)) => format!("country {line}"),
        None => word.stem.clone(),
    };
    list.iter().enumerate().filter(|w| w.1.is_content).map(|(n, w)| (key(n, w), w.weight)).collect()
}

fn names(
    own: &Account,
    entities: &Entities,
    account: u32,
    span: Span,
    countries: &[(usize, Range<usize>)],
) -> BTreeSet<Name> {
    let inside = |m: &&Mention| span.contains(m.span) && m.kind == EntityKind::Person;
    let persons = own.annotations.mentions.iter().filter(inside);
    let persons = persons.filter_map(|m| entities.of(account, m.entity)).map(Name::Person);
    countries.iter().map(|c| Name::Country(c.0)).chain(persons).collect()
}
