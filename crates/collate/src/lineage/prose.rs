//! Which accounts of a story have prose in common: a run of words of no speaker's that two writers do not happen upon.
//!
//! Such accounts took at least that from one another or from a third. Whatever else both word alike confirms nothing.

use std::collections::{BTreeSet, HashSet};

use variorum_schema::{EntityKind, Quotation, QuotationKind, Sentence, Token};

use crate::Account;

/// Words in a row, outside quotation marks, that two writers do not happen upon.
pub const SHARED_RUN: usize = 12;
/// Accounts that hold a run from which on it is a set piece: the name of a law, a line of a house.
const MAX_HOLDERS: usize = 6;
/// Words of one run that begin with a capital, from which on it is a list of names and offices.
const MAX_NAMES: usize = 6;

/// The pairs of accounts of a story that have prose in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Prose {
    pairs: BTreeSet<(u32, u32)>,
}

impl Prose {
    /// Reads the accounts of a story.
    #[must_use]
    pub fn read(accounts: &[Account], members: &[u32]) -> Prose {
        let (mut held, mut spoken): (Vec<(u64, u32)>, HashSet<u64>) = (Vec::new(), HashSet::new());
        let mut quoted: Vec<(u64, u32, String)> = Vec::new();
        for &member in members {
            let runs = runs(&accounts[member as usize]);
            spoken.extend(runs.spoken);
            quoted.extend(runs.quoted.into_iter().map(|(run, name)| (run, member, name)));
            held.extend(runs.own.into_iter().map(|run| (run, member)));
        }
        held.sort_unstable();
        let mut pairs = by_its_author(accounts, &held, &quoted);
        for holders in held.chunk_by(|x, y| x.0 == y.0) {
            // what stands between quotation marks anywhere are somebody's words, marked or not
            if holders.len() > MAX_HOLDERS || spoken.contains(&holders[0].0) {
                continue;
            }
            for (n, x) in holders.iter().enumerate() {
                pairs.extend(holders[n + 1..].iter().map(|y| (x.1, y.1)));
            }
        }
        Prose { pairs }
    }

    /// Whether two accounts have prose in common.
    #[must_use]
    pub fn is_shared(&self, a: u32, b: u32) -> bool {
        self.pairs.contains(&(a.min(b), a.max(b)))
    }
}

/// The pairs of which one prints as its own words what the other quotes somebody with, and never names him: his column, or taken
/// from it.
fn by_its_author(
    accounts: &[Account],
    held: &[(u64, u32)],
    quoted: &[(u64, u32, String)],
) -> BTreeSet<(u32, u32)> {
    let mut pairs = BTreeSet::new();
    for (run, quoting, name) in quoted {
        let from = held.partition_point(|h| h.0 < *run);
        for (_, own) in held[from..].iter().take_while(|h| h.0 == *run).filter(|h| h.1 != *quoting) {
            let pair = (*own.min(quoting), *own.max(quoting));
            if !pairs.contains(&pair) && !names(&accounts[*own as usize], name) {
                pairs.insert(pair);
            }
        }
    }
    pairs
}

/// Whether an account names somebody in its text by the last word of his name.
fn names(account: &Account, last: &str) -> bool {
    let (text, annotations) = (&account.document.text, &account.annotations);
    let mut told = annotations.sentences.iter().flat_map(|s| annotations.tokens_of(s));
    told.any(|token| token.span.of(text) == last)
}

/// Runs of words of an account, as hashes.
struct AccountRuns {
    /// Outside quotation marks, each once.
    own: BTreeSet<u64>,
    /// All others.
    spoken: Vec<u64>,
    /// Those of a person who is named, with the last word of the name.
    quoted: Vec<(u64, String)>,
}

fn runs(account: &Account) -> AccountRuns {
    let mut found = AccountRuns { own: BTreeSet::new(), spoken: Vec::new(), quoted: Vec::new() };
    for sentence in &account.annotations.sentences {
        let words = words(account, sentence);
        let speaker = speaker(account, sentence);
        for run in words.windows(SHARED_RUN) {
            let hash = run.iter().fold(0xcbf2_9ce4_8422_2325, |h: u64, w| {
                (h ^ w.hash).wrapping_mul(0x0100_0000_01b3).rotate_left(23)
            });
            let n_names = run.iter().filter(|w| w.is_capital).count();
            match () {
                () if run.iter().any(|w| w.is_spoken) => {
                    found.spoken.push(hash);
                    let name = speaker.as_ref().filter(|_| run.iter().all(|w| w.is_spoken));
                    found.quoted.extend(name.map(|name| (hash, name.clone())));
                }
                () if n_names < MAX_NAMES => {
                    found.own.insert(hash);
                }
                () => {}
            }
        }
    }
    found
}

/// The last word of the name of the person whose words stand between quotation marks in a sentence.
fn speaker(account: &Account, sentence: &Sentence) -> Option<String> {
    let annotations = &account.annotations;
    let mut direct = annotations.quotations.iter().filter(|q| q.kind != QuotationKind::Indirect);
    let quotation = direct.find(|q| q.span.overlaps(sentence.span) && q.source.is_some())?;
    let entity = annotations.entities.get(quotation.source.as_ref()?.entity? as usize)?;
    let is_person = entity.kind == EntityKind::Person;
    entity.name.split_whitespace().next_back().filter(|_| is_person).map(str::to_owned)
}

struct Word {
    hash: u64,
    is_spoken: bool,
    is_capital: bool,
}

/// The words of a sentence, lower case.
fn words(account: &Account, sentence: &Sentence) -> Vec<Word> {
    let text = &account.document.text;
    let tokens = account.annotations.tokens_of(sentence);
    let quotations = account.annotations.quotations.iter().filter(|q| q.span.overlaps(sentence.span));
    let spoken = spoken(text, tokens, quotations);
    // a reporter does not say "I": a message that is shown without marks
    let is_message = tokens.iter().any(|t| is_of_speaker(&t.lemma));
    let is_word = |t: &Token| t.span.of(text).chars().any(char::is_alphanumeric);
    let words = tokens.iter().zip(spoken).filter(|(t, _)| is_word(t));
    words
        .map(|(token, is_spoken)| {
            let word = token.span.of(text);
            let bytes = word.to_lowercase().into_bytes();
            let hash = bytes.iter().fold(7u64, |h, b| h.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*b));
            Word {
                hash,
                is_spoken: is_spoken || is_message,
                is_capital: word.starts_with(char::is_uppercase),
            }
        })
        .collect()
}

/// Whether a word stands for who speaks.
#[must_use]
pub fn is_of_speaker(lemma: &str) -> bool {
    matches!(lemma, "i" | "we" | "my" | "our" | "me" | "us" | "myself" | "ourselves")
}

/// For each token of a sentence whether it stands between quotation marks.
#[must_use]
pub fn spoken<'a>(
    text: &str,
    tokens: &[Token],
    quotations: impl Iterator<Item = &'a Quotation>,
) -> Vec<bool> {
    let mut spoken = vec![false; tokens.len()];
    for quotation in quotations.filter(|q| q.kind != QuotationKind::Indirect) {
        let mut is_open = quotation.kind != QuotationKind::Mixed;
        for (n, token) in tokens.iter().enumerate() {
            if !quotation.content.iter().any(|c| c.contains(token.span)) {
                continue;
            }
            // "he called it “a shame” and left": the words between are the writer's
            if quotation.kind == QuotationKind::Mixed && is_mark(token.span.of(text)) {
                is_open = !is_open;
            }
            spoken[n] |= is_open;
        }
    }
    spoken
}

fn is_mark(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "''" | "``" | "«" | "»" | "„" | "‘" | "’" | "'")
}
