//! Which documents share text, and what was done to it: verbatim, edited, excerpted, agency and reworded copies.
//!
//! Word n-grams find the first four. A reworded copy (synonym-spun, translated there and back, rewritten by a machine)
//! shares almost no n-gram with its original, but keeps its statements in their order, with their names, numbers and
//! quotations; so the decision rests on an alignment of sentences ([`align`]), n-grams only tell the kinds apart.

use std::collections::BTreeSet;

use rayon::prelude::*;
use variorum_schema::{CopyKind, CreditKind, Feature};

use crate::Account;
use crate::neighbour::Neighbours;
use crate::pile::{Pile, Profile, Word};

pub mod align;
pub mod traits;

use align::Alignment;
use traits::Traits;

/// Two accounts that share text; `a < b`, no direction yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Related {
    /// Index of the first account.
    pub a: u32,
    /// Index of the second account.
    pub b: u32,
    /// Their sentences side by side.
    pub alignment: Alignment,
    /// What tells a copy from an independent account.
    pub traits: Traits,
    /// Share of `a`'s words, quotations left out, in 5-word runs that `b` has too; 0 to 1.
    pub verbatim_a: f64,
    /// Share of `b`'s words likewise.
    pub verbatim_b: f64,
    /// Share of the words of matched sentences, quotations left out, in 5-word runs that both have; 0 to 1.
    pub verbatim_matched: f64,
    /// How sure it is that one copies the other or both copy a third, 0 to 1.
    pub confidence: f64,
    /// What was done to the text, seen from the shorter one.
    pub kind: CopyKind,
    /// What the conclusion rests on.
    pub why: Vec<Feature>,
}

impl Related {
    /// The larger of the two shares.
    #[must_use]
    pub fn share(&self) -> f64 {
        self.alignment.share_a.max(self.alignment.share_b).max(self.verbatim_a).max(self.verbatim_b)
    }
}

/// Pairs below this TF-IDF cosine and without a shared fingerprint are not aligned: measured on the rewrites of L2R,
/// where the original is at .3 and more.
const MIN_COSINE: f64 = 0.04;
/// Words of a run that counts as taken over verbatim.
const RUN_WORDS: usize = 5;
/// Below this share of verbatim runs inside matched sentences, the words were exchanged throughout.
const REWORDED_BELOW: f64 = 0.42;
/// From this confidence on two accounts count as copies.
const MIN_CONFIDENCE: f64 = 0.5;

/// Pairs of accounts that share text, in order of `(a, b)`.
#[must_use]
pub fn copies(accounts: &[Account], pile: &Pile, neighbours: &[Neighbours]) -> Vec<Related> {
    neighbours
        .par_iter()
        .filter(|n| n.n_fingerprints > 0 || n.cosine >= MIN_COSINE)
        .map(|n| examine(accounts, pile, n))
        .filter(is_copy)
        .collect()
}

/// Whether the evidence suffices.
#[must_use]
pub fn is_copy(r: &Related) -> bool {
    r.confidence >= MIN_CONFIDENCE
}

/// Compares two accounts, whatever comes out of it.
#[must_use]
pub fn examine(accounts: &[Account], pile: &Pile, pair: &Neighbours) -> Related {
    let (a, b) = (&pile.profiles[pair.a as usize], &pile.profiles[pair.b as usize]);
    let alignment = align::align(a, b);
    let runs = (runs(a), runs(b));
    let (verbatim_a, verbatim_b) = (verbatim(a, &runs.1, None), verbatim(b, &runs.0, None));
    let matched: BTreeSet<u32> = alignment.chain.iter().map(|m| m.b).collect();
    let verbatim_matched = verbatim(b, &runs.0, Some(&matched));
    let traits = traits::traits(pile, &alignment, a, b);
    let (confidence, why) = confidence(&alignment, a, b, verbatim_a.max(verbatim_b));
    let is_carried = verbatim_matched >= REWORDED_BELOW || carries_reworded(&alignment, a, b);
    let confidence = if is_carried { confidence } else { confidence.min(MIN_CONFIDENCE - 0.01) };
    let mut related = Related {
        a: pair.a,
        b: pair.b,
        alignment,
        traits,
        verbatim_a,
        verbatim_b,
        verbatim_matched,
        confidence,
        kind: CopyKind::Edited,
        why,
    };
    related.kind = kind(accounts, &related, a, b);
    related
}

/// Logistic combination of how much is shared, how much of it in order, and how much of it verbatim. The weights were
/// set on same-event pairs of news clusters (few copies) and on machine rewrites (all copies); see `eval/`.
fn confidence(alignment: &Alignment, a: &Profile, b: &Profile, verbatim: f64) -> (f64, Vec<Feature>) {
    let own = own_chain(alignment, b);
    let share = alignment.share_a.max(alignment.share_b);
    let shorter = a.n_words.min(b.n_words) as f64;
    let features = [
        ("statements shared, in order", share, 7.0 * (share - 0.33)),
        ("length of the ordered chain outside quotations", own, 1.1 * (own.max(0.25) / 3.0).ln()),
        (
            "order correlation",
            alignment.tau,
            if alignment.matches.len() >= 4 { 1.5 * (alignment.tau - 0.35) } else { 0.0 },
        ),
        ("words taken over verbatim", verbatim, 6.0 * (verbatim - 0.12).max(-0.05)),
        ("words of the shorter account", shorter, if shorter < 60.0 { -1.0 } else { 0.0 }),
    ];
    let sum: f64 = features.iter().map(|f| f.2).sum();
    let why = features
        .into_iter()
        .map(|(name, value, weight)| Feature { name: name.into(), value, weight, note: String::new() })
        .collect();
    (1.0 / (1.0 + (-sum).exp()), why)
}

/// Without shared wording the statements themselves must carry the conclusion: many of them, in order, or, between
/// short texts, all of them and closely. Unrelated accounts of one event reach a share of .33 and rarely a chain of 4.
fn carries_reworded(alignment: &Alignment, a: &Profile, b: &Profile) -> bool {
    let share = alignment.share_a.max(alignment.share_b);
    let own = own_chain(alignment, b);
    let mean = alignment.chain.iter().map(|m| m.score).sum::<f64>() / alignment.chain.len().max(1) as f64;
    let is_short = a.units.len().min(b.units.len()) < 6;
    (own >= 3.5 && share >= 0.36 && alignment.tau >= 0.4)
        || (is_short && share >= 0.75 && mean >= 0.5 && alignment.share_a.min(alignment.share_b) >= 0.5)
}

/// Length of the chain with quoted sentences counted for little: two reporters in one room write down the same words.
fn own_chain(alignment: &Alignment, b: &Profile) -> f64 {
    alignment
        .chain
        .iter()
        .map(|m| 1.0 - 0.8 * f64::from(b.units.get(m.b as usize).map_or(0.0, |u| u.quoted)))
        .sum()
}

/// All runs of [`RUN_WORDS`] words in the account's body, hashed, sorted, each once.
fn runs(profile: &Profile) -> Vec<u64> {
    let mut runs: Vec<u64> = profile
        .units
        .iter()
        .filter(|u| u.quoted < 0.5)
        .flat_map(|u| u.words.windows(RUN_WORDS).map(hash))
        .collect();
    runs.sort_unstable();
    runs.dedup();
    runs
}

fn hash(words: &[Word]) -> u64 {
    words.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
        (h ^ u64::from(*w)).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
    })
}

/// Share of words, quoted sentences left out, that lie in a run of the other account; of the units given, or of all.
fn verbatim(profile: &Profile, other: &[u64], units: Option<&BTreeSet<u32>>) -> f64 {
    let (mut covered, mut total) = (0usize, 0usize);
    for (idx, unit) in profile.units.iter().enumerate().filter(|(_, u)| u.quoted < 0.5) {
        if units.is_some_and(|set| !set.contains(&(idx as u32))) {
            continue;
        }
        total += unit.words.len();
        let mut until = 0;
        for (at, window) in unit.words.windows(RUN_WORDS).enumerate() {
            if other.binary_search(&hash(window)).is_ok() {
                covered += at + RUN_WORDS - until.max(at);
                until = at + RUN_WORDS;
            }
        }
    }
    if total == 0 { 0.0 } else { covered as f64 / total as f64 }
}

fn kind(accounts: &[Account], related: &Related, a: &Profile, b: &Profile) -> CopyKind {
    let (long, short) = if a.n_words >= b.n_words { (a, b) } else { (b, a) };
    let (verbatim_long, verbatim_short) = if a.n_words >= b.n_words {
        (related.verbatim_a, related.verbatim_b)
    } else {
        (related.verbatim_b, related.verbatim_a)
    };
    if verbatim_short >= 0.9 && verbatim_long >= 0.9 {
        return CopyKind::Verbatim;
    }
    if related.verbatim_matched < REWORDED_BELOW {
        return CopyKind::Reworded;
    }
    if verbatim_short >= 0.7 && f64::from(short.n_words) <= 0.7 * f64::from(long.n_words) {
        return CopyKind::Excerpted;
    }
    let agencies = |idx: u32| agency_names(&accounts[idx as usize]);
    if !agencies(related.a).is_disjoint(&agencies(related.b)) { CopyKind::Agency } else { CopyKind::Edited }
}

/// Names of the agencies whose text an account says it carries.
#[must_use]
pub fn agency_names(account: &Account) -> BTreeSet<String> {
    let carries = |kind| {
        matches!(kind, CreditKind::AgencyDateline | CreditKind::AgencySignOff | CreditKind::AgencyByline)
    };
    account.document.credits.iter().filter(|c| carries(c.kind)).filter_map(|c| c.name.clone()).collect()
}
