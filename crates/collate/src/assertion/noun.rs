//! How an account uses a noun: whether it knows one bearer of it only, so that the noun alone tells what is meant ("the
//! licence", "the fine").

use std::collections::{BTreeMap, BTreeSet};

use variorum_annotate::lexicon;
use variorum_schema::{Form, Relation, Tag};

use super::referent::{Referent, is_common};
use crate::Account;

/// Words before a noun after which it is one of several.
const OTHER: [&str; 22] = [
    "another",
    "other",
    "second",
    "third",
    "new",
    "each",
    "every",
    "any",
    "several",
    "many",
    "more",
    "former",
    "previous",
    "last",
    "next",
    "first",
    "various",
    "different",
    "some",
    "few",
    "both",
    "either",
];

/// How often a noun stands in an account, and beside what.
#[derive(Clone, Debug, Default)]
struct Use {
    is_plural: bool,
    is_other: bool,
    names: BTreeSet<String>,
}

/// The nouns of the accounts of a story.
#[derive(Clone, Debug, Default)]
pub struct Nouns {
    uses: BTreeMap<u32, BTreeMap<String, Use>>,
}

impl Nouns {
    /// Reads the nouns of these accounts.
    #[must_use]
    pub fn new<'a>(accounts: impl Iterator<Item = (u32, &'a Account)>) -> Nouns {
        Nouns { uses: accounts.map(|(member, account)| (member, read(account))).collect() }
    }

    /// Whether an account has one bearer of a noun only.
    fn has_one(&self, account: u32, noun: &str) -> bool {
        let of = self.uses.get(&account).and_then(|uses| uses.get(noun));
        of.is_none_or(|u| !u.is_plural && !u.is_other && u.names.len() < 2)
    }

    /// Whether two phrases of two accounts mean one thing, as each account has one thing of that name only.
    #[must_use]
    pub fn are_one(&self, a: (u32, &Referent), b: (u32, &Referent)) -> bool {
        let (p, q) = (a.1, b.1);
        let is_plain = |r: &Referent| {
            r.described.is_none() && r.entity.is_none() && !r.is_pronoun && !r.is_partial && !r.is_all
        };
        let fits = p.words.is_subset(&q.words)
            || q.words.is_subset(&p.words)
            || p.words.intersection(&q.words).count() >= 2;
        let differ = !p.numbers.is_empty() && !q.numbers.is_empty() && p.numbers.is_disjoint(&q.numbers);
        // "a joint press conference" here and there
        let is_whole = p.words.len() >= 3 && p.words == q.words && is_plain(p) && is_plain(q);
        is_whole && !differ
            || p.head == q.head
                && !p.head.starts_with('~')
                && is_plain(p)
                && is_plain(q)
                && (p.is_definite || q.is_definite)
                && fits
                && !differ
                && !is_common(&p.head)
                && self.has_one(a.0, &p.head)
                && self.has_one(b.0, &q.head)
    }
}

fn read(account: &Account) -> BTreeMap<String, Use> {
    let tokens = &account.annotations.tokens;
    let mut uses: BTreeMap<String, Use> = BTreeMap::new();
    for (at, token) in tokens.iter().enumerate().filter(|(_, t)| t.tag == Tag::Noun) {
        let own = uses.entry(token.lemma.clone()).or_default();
        own.is_plural |= token.form == Form::Plural;
        for other in tokens[at.saturating_sub(6)..at].iter().filter(|t| t.head == Some(at as u32)) {
            own.is_other |= OTHER.contains(&other.lemma.as_str());
            if other.tag == Tag::Propn && matches!(other.relation, Relation::Compound | Relation::NmodPoss) {
                own.names.insert(other.lemma.clone());
            }
        }
    }
    uses.retain(|noun, _| !lexicon::is_stop_word(noun));
    uses
}
