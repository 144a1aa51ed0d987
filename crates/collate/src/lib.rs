//! Compares many documents: copies, lineage, stories, entities, dates, alignment, findings, brief. Pure: no file,
//! network, clock, environment or random source is touched, and nothing fails on text.
//!
//! The modules stand in the order in which data meets them.
#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

use rayon::prelude::*;
use variorum_schema::{Annotations, Document, DocumentId, Published, Story};

pub mod pile;
pub mod neighbour;
pub mod copy;
pub mod story;
pub mod align;
pub mod date;
pub mod fluency;
pub mod lineage;
pub mod entity;
pub mod telling;
pub mod assertion;
pub mod difference;
pub mod overlap;
pub mod chunk;
pub mod event;
pub mod stance;
pub mod inference;
pub mod finding;
pub mod matrix;
pub mod timeline;
pub mod chronicle;
pub mod brief;
pub mod assemble;

/// A document with its annotations: one account of an event.
#[derive(Clone, Debug)]
pub struct Account {
    /// The document.
    pub document: Document,
    /// Its annotations.
    pub annotations: Annotations,
}

/// What a run may be told. Every default is the shipped setting on which the figures in `eval/` were measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Options {
    /// How many independent origins make a claim *corroborated*. Default 2.
    pub n_origins: u32,
    /// Findings below this confidence (0 to 1) are left out; at 0.5 or less, those whose score is lower. Default 0.5; raising it
    /// trades recall for precision.
    pub min_confidence: f64,
    /// Whether every account is held to tell of one event, so that none is grouped: the user gathered them. Default no.
    pub one_story: bool,
}

impl Default for Options {
    fn default() -> Options {
        Options { n_origins: 2, min_confidence: 0.5, one_story: false }
    }
}

/// What was concluded about a pile.
#[derive(Clone, Debug, PartialEq)]
pub struct Collation {
    /// The stories, largest first, then by identifier.
    pub stories: Vec<Story>,
    /// The publication date of each account, in the order given, with what the others of its story add.
    pub published: Vec<Published>,
}

/// Rounds in which dates are carried from dated accounts to undated ones.
const N_DATE_ROUNDS: usize = 3;

/// Compares the accounts of a pile. The result does not depend on their order: they are taken in the order of their
/// names, then identifiers; `published` follows the order given.
///
/// # Cost
/// Near-linear in the number of documents (candidates come from fingerprints and rare words) and in the accounts of one
/// story: up to [`telling::SMALL`] accounts are compared pair by pair, more with their nearest counterparts only.
#[must_use]
pub fn collate(accounts: &[Account], options: &Options) -> Collation {
    let (mut stories, published) = tell(accounts, options, assemble::story);
    sort(&mut stories);
    Collation { stories, published }
}

/// As [`collate`], for accounts that are handed over, so that none is copied: the stories, and the accounts in the order
/// of their names, then identifiers, each with its publication date as concluded.
#[must_use]
pub fn collate_all(mut accounts: Vec<Account>, options: &Options) -> (Vec<Story>, Vec<Account>) {
    accounts.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut stories = told(&mut accounts, options, assemble::story);
    sort(&mut stories);
    (stories, accounts)
}

fn sort(stories: &mut [Story]) {
    stories.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then(a.id.cmp(&b.id)));
}

fn key(account: &Account) -> (&String, &DocumentId) {
    (&account.document.name, &account.document.id)
}

/// The stories of a pile with all that is known before findings, each handed to `of`: what [`collate`] does, and what a
/// model of findings is trained on. Returns what `of` made of each, and the publication date of each account, in the
/// order given.
pub fn tell<T: Send>(
    accounts: &[Account],
    options: &Options,
    of: impl Fn(&story::Group, &telling::Telling) -> T + Sync,
) -> (Vec<T>, Vec<Published>) {
    let mut order: Vec<usize> = (0..accounts.len()).collect();
    order.sort_by(|a, b| key(&accounts[*a]).cmp(&key(&accounts[*b])));
    let mut sorted: Vec<Account> = order.iter().map(|&i| accounts[i].clone()).collect();
    let made = told(&mut sorted, options, of);
    let mut published = vec![Published::default(); accounts.len()];
    for (at, account) in order.into_iter().zip(sorted) {
        published[at] = account.document.published;
    }
    (made, published)
}

/// The stories of accounts in their order, each handed to `of`; undated accounts are dated from the others.
fn told<T: Send>(
    sorted: &mut [Account],
    options: &Options,
    of: impl Fn(&story::Group, &telling::Telling) -> T + Sync,
) -> Vec<T> {
    let pile = pile::Pile::new(sorted);
    let neighbours = neighbour::neighbours(&pile);
    let related = copy::copies(sorted, &pile, &neighbours);
    for (idx, published) in date::belated::belated(sorted, &related) {
        date::withdraw(&mut sorted[idx as usize], published);
    }
    let groups = match options.one_story {
        true => story::Group::of_all(sorted.len() as u32).into_iter().collect(),
        false => story::stories(sorted, &pile, &neighbours, &related),
    };
    drop(neighbours);
    let alignments: Vec<align::Alignments> =
        groups.par_iter().map(|g| align::align(&pile, &g.members)).collect();
    for (group, aligned) in groups.iter().zip(&alignments) {
        // What one account's date settles may settle another's.
        for _ in 0..N_DATE_ROUNDS {
            for (idx, published) in date::dates(sorted, aligned, &related, &group.members) {
                date::apply(&mut sorted[idx as usize], published);
            }
        }
        for (idx, published) in date::intervals(sorted, &related, &group.members) {
            date::apply(&mut sorted[idx as usize], published);
        }
    }
    let told = groups.par_iter().zip(alignments);
    told.map(|(g, a)| assemble::tell(sorted, &pile, g, &related, &a, options, &of)).collect()
}
