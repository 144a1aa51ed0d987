//! The same person, organisation or place across the documents of a story.

use std::collections::{BTreeMap, BTreeSet};

use variorum_annotate::mention::name_key;
use variorum_schema::EntityKind;

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
    /// `(account, index in that account's Annotations::entities)`, sorted.
    pub members: Vec<(u32, u32)>,
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

    /// The story-wide name of an account's own entity.
    #[must_use]
    pub fn name(&self, account: u32, entity: u32) -> Option<&str> {
        self.of(account, entity).map(|idx| self.list[idx].name.as_str())
    }
}

/// One entity of one account on its way into a story-wide one.
struct Node {
    account: u32,
    entity: u32,
    key: Vec<String>,
    kind: EntityKind,
    n_mentions: usize,
}

/// Joins the entities of the members' documents: by equal names (diacritics, particles and common transliterations
/// folded), by names that differ in a letter or two, by a name that holds the other with the same first and last part,
/// and by a surname alone where the story knows one bearer only. Two people of one surname stay apart.
#[must_use]
pub fn entities(accounts: &[Account], members: &[u32]) -> Entities {
    let nodes = nodes(accounts, members);
    let mut groups: Vec<Vec<usize>> = by_key(&nodes);
    join_variants(&mut groups, &nodes);
    join_short(&mut groups, &nodes);
    let mut list: Vec<(usize, Shared)> = groups.iter().map(|g| shared(accounts, &nodes, g)).collect();
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
        })
    };
    members.iter().flat_map(of).collect()
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
            if agree(kind_of(&groups[i], nodes), kind_of(&groups[j], nodes)) && are_variants(&a.key, &b.key) {
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
/// first and last word.
fn are_variants(a: &[String], b: &[String]) -> bool {
    if a.len() < 2 || b.len() < 2 {
        return false;
    }
    if a.len() == b.len() {
        let n_equal = a.iter().zip(b).filter(|(x, y)| x == y).count();
        return n_equal + 1 >= a.len().min(2) && a.iter().zip(b).all(|(x, y)| nearly_equal(x, y));
    }
    let (short, long) = if a.len() < b.len() { (a, b) } else { (b, a) };
    let mut rest = long.iter();
    let is_inside = short.iter().all(|w| rest.any(|x| x == w));
    is_inside && short.last() == long.last() && (short[0] == long[0] || short.len() >= 2 && short.len() + 1 == long.len())
}

/// Equal, an initial of the other, or a letter apart (two in long words) after the same first letter.
fn nearly_equal(x: &str, y: &str) -> bool {
    if x == y {
        return true;
    }
    let (n, m) = (x.chars().count(), y.chars().count());
    if n == 1 || m == 1 {
        return x.chars().next() == y.chars().next();
    }
    let allowed = if n.min(m) >= 8 { 2 } else { usize::from(n.min(m) >= 5) };
    x.chars().next() == y.chars().next() && !x.chars().any(|c| c.is_ascii_digit()) && distance(x, y) <= allowed
}

/// Levenshtein distance in characters.
fn distance(x: &str, y: &str) -> usize {
    let y: Vec<char> = y.chars().collect();
    let mut row: Vec<usize> = (0..=y.len()).collect();
    for (i, a) in x.chars().enumerate() {
        let mut before = row[0];
        row[0] = i + 1;
        for (j, b) in y.iter().enumerate() {
            let replaced = before + usize::from(a != *b);
            before = row[j + 1];
            row[j + 1] = replaced.min(before + 1).min(row[j] + 1);
        }
    }
    row[y.len()]
}

fn kind_of(group: &[usize], nodes: &[Node]) -> EntityKind {
    let mut votes: BTreeMap<EntityKind, usize> = BTreeMap::new();
    for &n in group {
        *votes.entry(nodes[n].kind).or_insert(0) += nodes[n].n_mentions.max(1);
    }
    let said = votes.iter().filter(|(k, _)| **k != EntityKind::Other);
    said.max_by_key(|(k, n)| (**n, std::cmp::Reverse(**k))).map_or(EntityKind::Other, |(k, _)| *k)
}

/// Joins a name of one word to the one longer name that ends in it (people) or begins with it (organisations).
fn join_short(groups: &mut Vec<Vec<usize>>, nodes: &[Node]) {
    let mut i = 0;
    while i < groups.len() {
        let [word] = &nodes[groups[i][0]].key[..] else {
            i += 1;
            continue;
        };
        let kind = kind_of(&groups[i], nodes);
        let bears = |g: &[usize]| {
            let key = &nodes[g[0]].key;
            let other = kind_of(g, nodes);
            let is_part = match other {
                EntityKind::Person => key.last().is_some_and(|l| nearly_equal(l, word) && l.len() > 2),
                EntityKind::Organisation => key.first() == Some(word) && word.len() > 3,
                _ => false,
            };
            key.len() > 1 && is_part && agree(kind, other)
        };
        let bearers: Vec<usize> = (0..groups.len()).filter(|j| *j != i && bears(&groups[*j])).collect();
        if let [only] = bearers[..] {
            let moved = std::mem::take(&mut groups[i]);
            groups[only].extend(moved);
            groups.remove(i);
        } else {
            i += 1;
        }
    }
}

fn shared(accounts: &[Account], nodes: &[Node], group: &[usize]) -> (usize, Shared) {
    let mut names: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut shared = Shared { kind: kind_of(group, nodes), ..Shared::default() };
    let mut n_mentions = 0;
    for &n in group {
        let node = &nodes[n];
        let entity = &accounts[node.account as usize].annotations.entities[node.entity as usize];
        let votes = names.entry(&entity.name).or_insert((0, 0));
        *votes = (votes.0 + 1, votes.1 + node.n_mentions);
        n_mentions += node.n_mentions;
        shared.aliases.extend(entity.aliases.iter().cloned());
        shared.aliases.insert(entity.name.clone());
        shared.titles.extend(entity.titles.iter().cloned());
        shared.members.push((node.account, node.entity));
    }
    // The fullest of the names that at least as many accounts use: two words beat one, then the vote.
    let best = names.iter().max_by_key(|(name, votes)| (name.split_whitespace().count().min(2), **votes, std::cmp::Reverse(**name)));
    shared.name = best.map(|(name, _)| (*name).to_owned()).unwrap_or_default();
    let name = shared.name.clone();
    shared.aliases.remove(&name);
    shared.members.sort_unstable();
    (n_mentions, shared)
}
