//! The same person, organisation or place across the documents of a story.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use strsim::levenshtein;
use variorum_annotate::lexicon::{self, Listed, entries};
use variorum_annotate::mention::{is_same_given, name_key};
use variorum_schema::{EntityKind, MentionForm};

use crate::Account;

/// An entity across the accounts of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shared {
    /// The name by which most accounts call it in full.
    pub name: String,
    /// What kind of thing: the kind that most accounts give it.
    pub kind: EntityKind,
    /// Other names, sorted.
    pub aliases: BTreeSet<String>,
    /// Titles and descriptions, lower case, sorted.
    pub titles: BTreeSet<String>,
    /// Whether some account gives it a name; if not, `name` is a description ("the driver").
    pub is_named: bool,
    /// `(account, index in that account's Annotations::entities)`, sorted.
    pub members: Vec<(u32, u32)>,
}

impl Shared {
    /// How many accounts mention it.
    #[must_use]
    pub fn n_accounts(&self) -> usize {
        self.members.chunk_by(|a, b| a.0 == b.0).count()
    }
}

/// The entities of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entities {
    /// Most often named first, then by name.
    pub list: Vec<Shared>,
    of: BTreeMap<(u32, u32), usize>,
}

impl Entities {
    /// Index in `list` of an account's own entity.
    #[must_use]
    pub fn of(&self, account: u32, entity: u32) -> Option<usize> {
        self.of.get(&(account, entity)).copied()
    }

    /// The story-wide name of an account's own entity; `None` for somebody whom no account names.
    #[must_use]
    pub fn name(&self, account: u32, entity: u32) -> Option<&str> {
        let shared = self.list.get(self.of(account, entity)?)?;
        (shared.is_named || shared.kind != EntityKind::Person).then_some(shared.name.as_str())
    }
}

/// One entity of one account on its way into a story-wide one.
struct Node {
    account: u32,
    entity: u32,
    key: Vec<String>,
    kind: EntityKind,
    n_mentions: usize,
    is_named: bool,
}

/// Joins the entities of the members' documents: by equal names (diacritics, particles and common transliterations
/// folded), by names that differ in a letter or two, by a name that holds the other with the same first and last part,
/// and by a surname alone where the story knows one bearer only. Two people of one surname stay apart. Whoever is only
/// described ("the mayor") joins the one person who is given that title.
#[must_use]
pub fn entities(accounts: &[Account], members: &[u32]) -> Entities {
    let nodes = nodes(accounts, members);
    let mut groups: Vec<Vec<usize>> = by_key(&nodes);
    join_variants(&mut groups, &nodes);
    join_short(accounts, &mut groups, &nodes);
    join_described(accounts, &mut groups, &nodes);
    let mut list: Vec<(usize, Shared)> = groups.iter().map(|g| shared(accounts, &nodes, g)).collect();
    add_surnames(&mut list);
    list.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.name.cmp(&b.1.name)).then(a.1.members.cmp(&b.1.members)));
    let list: Vec<Shared> = list.into_iter().map(|(_, s)| s).collect();
    let of = list.iter().enumerate().flat_map(|(idx, s)| s.members.iter().map(move |m| (*m, idx))).collect();
    Entities { list, of }
}

fn nodes(accounts: &[Account], members: &[u32]) -> Vec<Node> {
    let of = |&account: &u32| {
        let entities = accounts[account as usize].annotations.entities.iter().enumerate();
        entities.map(move |(idx, e)| Node {
            account,
            entity: idx as u32,
            key: name_key(&e.name),
            kind: e.kind,
            n_mentions: e.mentions.len(),
            is_named: e.mentions.iter().any(|m| form(accounts, account, *m) == Some(MentionForm::Name)),
        })
    };
    members.iter().flat_map(of).collect()
}

fn form(accounts: &[Account], account: u32, mention: u32) -> Option<MentionForm> {
    accounts.get(account as usize)?.annotations.mentions.get(mention as usize).map(|m| m.form)
}

/// Whether two kinds may be one thing: a kind that could not be told goes with any.
fn agree(a: EntityKind, b: EntityKind) -> bool {
    a == b || a == EntityKind::Other || b == EntityKind::Other || (is_body(a) && is_body(b))
}

fn is_body(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Organisation | EntityKind::Group)
}

/// Groups of nodes with the same name words, in the order of those words.
fn by_key(nodes: &[Node]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<(&[String], bool), Vec<usize>> = BTreeMap::new();
    for (idx, node) in nodes.iter().enumerate() {
        groups.entry((&node.key, node.kind == EntityKind::Person)).or_default().push(idx);
    }
    // The same words as a person here and as something else there: the commoner reading takes both, unless it is a bare
    // word ("Jordan" the man and the country).
    let keys: BTreeSet<&[String]> = groups.keys().map(|k| k.0).collect();
    let mut merged = Vec::new();
    for key in keys {
        let person = groups.remove(&(key, true)).unwrap_or_default();
        let other = groups.remove(&(key, false)).unwrap_or_default();
        let is_same = key.len() > 1 || other.iter().all(|n| nodes[*n].kind == EntityKind::Other);
        if is_same || person.is_empty() || other.is_empty() {
            merged.push(person.into_iter().chain(other).collect());
        } else {
            merged.extend([person, other]);
        }
    }
    merged
}

/// Joins groups whose full names are spelling variants of one another.
fn join_variants(groups: &mut Vec<Vec<usize>>, nodes: &[Node]) {
    let mut i = 0;
    while i < groups.len() {
        let mut j = i + 1;
        while j < groups.len() {
            let (a, b) = (&nodes[groups[i][0]], &nodes[groups[j][0]]);
            let are_named = a.is_named && b.is_named;
            if are_named
                && are_variants(&a.key, &b.key)
                && agree(kind_of(&groups[i], nodes), kind_of(&groups[j], nodes))
            {
                let gone = groups.remove(j);
                groups[i].extend(gone);
            } else {
                j += 1;
            }
        }
        i += 1;
    }
}

/// Names of two or more words: the same number of words, each equal or nearly so; or one inside the other with the same
/// first and last word, the first in whatever form; or one the end of the other, which begins with an office ("fire officer ann roe").
fn are_variants(a: &[String], b: &[String]) -> bool {
    if a.len() < 2 || b.len() < 2 {
        return false;
    }
    // "Jim Roe", "James A. Roe"
    if a.len().min(b.len()) == 2 && a.last() == b.last() && is_same_given(&a[0], &b[0]) {
        return true;
    }
    if a.len() == b.len() {
        let n_equal = a.iter().zip(b).filter(|(x, y)| x == y).count();
        return n_equal + 1 >= a.len().min(2) && a.iter().zip(b).all(|(x, y)| nearly_equal(x, y));
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    let is_inside = short.iter().all(|w| rest.any(|x| x == w));
    if short.len() >= 2 && long.len() <= short.len() + 3 && long.ends_with(short) {
        return true;
    }
    // "Brandt Shipping", "Brandt Shipping Ltd"
    if long.starts_with(short) && long[short.len()..].iter().all(|w| is_listed("company", w)) {
        return true;
    }
    is_inside
        && short.last() == long.last()
        && (short[0] == long[0] || short.len() >= 2 && short.len() + 1 == long.len())
}

/// Equal, an initial of the other, the same consonants between other vowels (as transliterations differ), or in long
/// words one letter apart inside.
fn nearly_equal(x: &str, y: &str) -> bool {
    if x == y {
        return true;
    }
    let (n, m) = (x.chars().count(), y.chars().count());
    if n == 1 || m == 1 {
        return x.chars().next() == y.chars().next();
    }
    if n.min(m) < 5 || x.chars().next() != y.chars().next() || x.chars().any(|c| c.is_ascii_digit()) {
        return false;
    }
    // "Mario" and "Maria" are two: the ending tells them apart
    let ends: BTreeSet<char> = [x, y].iter().filter_map(|w| w.chars().next_back()).collect();
    let is_other_ending = ends.len() == 2 && ends.iter().all(|c| is_vowel(*c)) && ends.contains(&'a');
    let apart = levenshtein(x, y);
    !is_other_ending
        && (consonants(x) == consonants(y) && apart <= 2 || n.min(m) >= 8 && apart <= 1 && ends.len() == 1)
}

fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

/// A word without its vowels.
fn consonants(word: &str) -> String {
    word.chars().filter(|c| !is_vowel(*c)).collect()
}

fn kind_of(group: &[usize], nodes: &[Node]) -> EntityKind {
    let mut votes: BTreeMap<EntityKind, usize> = BTreeMap::new();
    for &n in group {
        *votes.entry(nodes[n].kind).or_insert(0) += nodes[n].n_mentions.max(1);
    }
    let said = votes.iter().filter(|(k, _)| **k != EntityKind::Other);
    said.max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map_or(EntityKind::Other, |(k, _)| *k)
}

/// Joins a name of one word to the one longer name that ends in it (people) or begins with it (organisations); of several
/// people to the one whom the story means by it.
fn join_short(accounts: &[Account], groups: &mut Vec<Vec<usize>>, nodes: &[Node]) {
    let mut i = 0;
    while i < groups.len() {
        let ([word], true) = (&nodes[groups[i][0]].key[..], nodes[groups[i][0]].is_named) else {
            i += 1;
            continue;
        };
        let kind = kind_of(&groups[i], nodes);
        let bears = |g: &[usize]| {
            let key = &nodes[g[0]].key;
            let other = kind_of(g, nodes);
            let is_part = match other {
                EntityKind::Person => {
                    key.last().is_some_and(|l| nearly_equal(l, word) && l.len() > 2 && word.len() > 2)
                }
                // a bare word may be the town that the company is called after: only what is a company in any case goes
                EntityKind::Organisation => {
                    kind == other
                        && key.first() == Some(word)
                        && word.len() > 3
                        && key.iter().skip(1).all(|w| is_listed("company", w))
                }
                _ => false,
            };
            key.len() > 1 && is_part && agree(kind, other)
        };
        let bearers: Vec<usize> = (0..groups.len()).filter(|j| *j != i && bears(&groups[*j])).collect();
        let meant = match bearers[..] {
            [only] => Some(only),
            _ => meant(accounts, nodes, groups, i, &bearers),
        };
        if let Some(bearer) = meant {
            let moved = std::mem::take(&mut groups[i]);
            groups[bearer].extend(moved);
            groups.remove(i);
        } else {
            i += 1;
        }
    }
}

/// So many times as many accounts as all others of a surname together name the one who is meant by it alone.
const MEANT: usize = 3;

/// Of several people of one surname the one whom accounts mean that never say which: in so many more accounts than all others
/// that nobody asks, and with a title in common where the bare name has one.
fn meant(
    accounts: &[Account],
    nodes: &[Node],
    groups: &[Vec<usize>],
    bare: usize,
    bearers: &[usize],
) -> Option<usize> {
    let n_accounts = |g: usize| groups[g].iter().map(|n| nodes[*n].account).collect::<BTreeSet<u32>>().len();
    let first = bearers.iter().copied().max_by_key(|g| (n_accounts(*g), std::cmp::Reverse(*g)))?;
    let others: usize = bearers.iter().filter(|g| **g != first).map(|g| n_accounts(*g)).sum();
    let is_person = kind_of(&groups[first], nodes) == EntityKind::Person;
    let (own, theirs) = (titles(accounts, nodes, &groups[bare]), titles(accounts, nodes, &groups[first]));
    let titles_meet = own.is_empty() || own.iter().any(|t| theirs.contains(t));
    (is_person && titles_meet && n_accounts(first) >= MEANT * others.max(1)).then_some(first)
}

/// Whether `holder-words.txt` has the word in this class.
fn is_listed(class: &str, word: &str) -> bool {
    static LIST: LazyLock<Listed<(&'static str, &'static str)>> = LazyLock::new(|| {
        entries(lexicon::HOLDER_WORDS).filter_map(|f| Some((*f.first()?, *f.get(1)?))).collect()
    });
    LIST.contains(&(class, word))
}

/// Gives each entity that is only described to the one person who bears the title: in its own account, else in the story.
fn join_described(accounts: &[Account], groups: &mut Vec<Vec<usize>>, nodes: &[Node]) {
    let is_holder =
        |g: &[usize]| g.iter().any(|n| nodes[*n].is_named) && kind_of(g, nodes) == EntityKind::Person;
    let holders: Vec<(usize, BTreeSet<String>)> = (0..groups.len())
        .filter(|g| is_holder(&groups[*g]))
        .map(|g| (g, titles(accounts, nodes, &groups[g])))
        .collect();
    let mut joined: Vec<(usize, usize)> = Vec::new();
    for (n, node) in nodes.iter().enumerate().filter(|(_, n)| !n.is_named && n.kind == EntityKind::Person) {
        let wanted = &accounts[node.account as usize].annotations.entities[node.entity as usize].name;
        let bearers: Vec<usize> = holders
            .iter()
            .filter(|(_, titles)| titles.iter().any(|t| bears(t, wanted)))
            .map(|(g, _)| *g)
            .collect();
        let is_named_here =
            |g: &usize| groups[*g].iter().any(|o| nodes[*o].account == node.account && nodes[*o].is_named);
        let here: Vec<usize> = bearers.iter().copied().filter(is_named_here).collect();
        let is_common = is_listed("common", &wanted.to_lowercase());
        match (&here[..], &bearers[..]) {
            ([one], _) => joined.push((n, *one)),
            ([], [one]) if !is_common => joined.push((n, *one)),
            _ => {}
        }
    }
    for &(n, to) in &joined {
        groups.iter_mut().for_each(|g| g.retain(|o| *o != n));
        groups[to].push(n);
    }
    groups.retain(|g| !g.is_empty());
}

fn titles(accounts: &[Account], nodes: &[Node], group: &[usize]) -> BTreeSet<String> {
    let named = group.iter().map(|n| &nodes[*n]).filter(|n| n.is_named);
    let titles =
        named.flat_map(|n| &accounts[n.account as usize].annotations.entities[n.entity as usize].titles);
    titles.map(|t| t.to_lowercase()).collect()
}

/// The words of a title that set its holder apart, sorted.
fn apart(text: &str) -> BTreeSet<&str> {
    text.split([' ', '-']).filter(|w| is_listed("apart", w)).collect()
}

/// Whether the holder of `title` may be called by the description `wanted`: the same office, or its last words; the
/// description may put a people before it ("the Belmarran supreme leader").
fn bears(title: &str, wanted: &str) -> bool {
    let lower = wanted.to_lowercase();
    if lower.is_empty() || apart(title) != apart(&lower) {
        return false;
    }
    let ends = |long: &str, short: &str| {
        long.strip_suffix(short).is_some_and(|rest| rest.is_empty() || rest.ends_with(' '))
    };
    let mut words = wanted.splitn(2, ' ');
    let (people, office) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let is_people = people.chars().next().is_some_and(char::is_uppercase);
    ends(title, &lower) || is_people && !office.is_empty() && title == office.to_lowercase()
}

fn shared(accounts: &[Account], nodes: &[Node], group: &[usize]) -> (usize, Shared) {
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut shared = Shared { kind: kind_of(group, nodes), ..Shared::default() };
    let mut n_mentions = 0;
    shared.is_named = group.iter().any(|n| nodes[*n].is_named);
    for &n in group {
        let node = &nodes[n];
        let entity = &accounts[node.account as usize].annotations.entities[node.entity as usize];
        n_mentions += node.n_mentions;
        shared.members.push((node.account, node.entity));
        shared.titles.extend(entity.titles.iter().cloned());
        if shared.is_named && !node.is_named {
            shared.titles.insert(entity.name.to_lowercase());
            continue;
        }
        let votes = names.entry(&entity.name).or_insert((0, 0));
        *votes = (votes.0 + 1, votes.1 + node.n_mentions);
        shared.aliases.extend(entity.aliases.iter().cloned());
        shared.aliases.insert(entity.name.clone());
    }
    shared.name = best_name(&names);
    let name = shared.name.clone();
    shared.aliases.remove(&name);
    shared.members.sort_unstable();
    (n_mentions, shared)
}

/// A person with two names is known by the last one, too, where nobody else of the story has it in a name.
fn add_surnames(list: &mut [(usize, Shared)]) {
    let last = |name: &str| {
        let words: Vec<&str> = name.split_whitespace().collect();
        let word = words.last().filter(|w| words.len() >= 2 && w.chars().count() > 2 && !w.ends_with('.'))?;
        word.chars().next().filter(|c| c.is_uppercase())?;
        Some((*word).to_owned())
    };
    let mut bearers: BTreeMap<String, usize> = BTreeMap::new();
    for (_, shared) in list.iter() {
        let names = std::iter::once(&shared.name).chain(&shared.aliases);
        let words: BTreeSet<String> = names
            .flat_map(|n| n.split_whitespace())
            .map(|w| w.trim_end_matches(['\'', '’']).to_lowercase())
            .collect();
        words.into_iter().for_each(|w| *bearers.entry(w).or_insert(0) += 1);
    }
    for (_, shared) in list.iter_mut().filter(|(_, s)| s.is_named && s.kind == EntityKind::Person) {
        if let Some(surname) = last(&shared.name).filter(|s| bearers.get(&s.to_lowercase()) == Some(&1)) {
            shared.aliases.insert(surname);
        }
    }
}

/// The fullest of the names that at least as many accounts use: two words beat one, a name by itself beats the same name
/// behind an office, then the vote.
fn best_name(names: &BTreeMap<&str, (usize, usize)>) -> String {
    let ends = |long: &str, short: &str| {
        short.contains(' ') && long.strip_suffix(short).is_some_and(|rest| rest.ends_with(' '))
    };
    let is_led = |name: &str| names.keys().any(|o| ends(name, o));
    let rank = |name: &str| (name.split_whitespace().count().min(2), !is_led(name));
    let best = names.iter().max_by_key(|(name, votes)| (rank(name), **votes, std::cmp::Reverse(**name)));
    best.map(|(name, _)| (*name).to_owned()).unwrap_or_default()
}
