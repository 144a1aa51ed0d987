//! What the texts of a pile are made of, as numbers: interned words with their frequencies, sentence by sentence. Every
//! later stage compares these instead of strings.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};
use variorum_annotate::lexicon::{Lookup, is_stop_word};
use variorum_annotate::usage;
use variorum_annotate::words::{SYNONYM, words};
use variorum_schema::{BlockKind, Quotation, QuotationKind, Source, Span, Token};

use crate::Account;

pub mod index;

use index::Index;

/// An interned word: index into the pile's vocabulary. Stable within a run only.
pub type Word = u32;

/// A sparse vector: dimensions (mostly words) with their weights, by dimension.
pub type Vector = Vec<(Word, f64)>;

/// The accounts of a pile as numbers.
#[derive(Clone, Debug, Default)]
pub struct Pile {
    /// One profile per account, in their order.
    pub profiles: Vec<Profile>,
    /// For each word: in how many documents it occurs.
    pub document_frequency: Vec<u32>,
    /// For each word: the number of its commonest form among the words whose use is known.
    senses: Vec<Option<u32>>,
    /// For each word: the share of texts of everyday English that hold it, 0 to 1.
    pub background: Vec<f64>,
    /// The words themselves.
    pub vocabulary: Vec<String>,
}

/// One account as numbers.
#[derive(Clone, Debug, Default)]
pub struct Profile {
    /// Its sentences outside title and furniture.
    pub units: Vec<Unit>,
    /// Content words of title and body with their counts, by word.
    pub bag: Vec<(Word, u32)>,
    /// Content words of the title, sorted.
    pub title: Vec<Word>,
    /// Name words of title and body with their counts, by word.
    pub names: Vec<(Word, u32)>,
    /// Body length in words.
    pub n_words: u32,
    /// What comparisons look up in `units`.
    pub index: Index,
}

/// One sentence as numbers.
#[derive(Clone, Debug, Default)]
pub struct Unit {
    /// Index in `Annotations::sentences`.
    pub sentence: u32,
    /// Where.
    pub span: Span,
    /// Whether it is a crosshead.
    pub is_heading: bool,
    /// Stems of all words in order, function words included, punctuation left out.
    pub words: Vec<Word>,
    /// Stems of content words, sorted, each once.
    pub content: Vec<Word>,
    /// Those of them that are (part of) names, sorted, each once.
    pub names: Vec<Word>,
    /// Numbers in digits, sorted, each once; also in `content`.
    pub numbers: Vec<Word>,
    /// Hashes of character 3-grams of its lower-case content words, sorted, each once.
    pub trigrams: Vec<u32>,
    /// Share of its bytes inside direct quotations, 0 to 1.
    pub quoted: f32,
}

/// How many documents the background counts as: large against a story, small against a corpus.
const N_BACKGROUND: f64 = 300.0;

/// Share of everyday texts that hold the commonest form of a word.
fn background(forms: &[(String, String)]) -> f64 {
    forms.iter().map(|(_, form)| usage::document_frequency(form)).fold(0.0, f64::max)
        / usage::n_texts().max(1.0)
}

/// The number of the commonest form of a stem among the words whose use is known.
fn sense(forms: &[(String, String)]) -> Option<u32> {
    let known = forms.iter().filter_map(|(_, form)| words().id(form));
    known.min_by_key(|id| words().rank(*id))
}

/// A token on its way to a [`Word`].
struct Raw {
    stem: String,
    lower: String,
    is_content: bool,
    is_name: bool,
    is_number: bool,
}

struct RawUnit {
    unit: Unit,
    raw: Vec<Raw>,
    is_title: bool,
}

impl Pile {
    /// Reads the accounts. Word numbers follow the sorted vocabulary, so that they do not depend on the order of arrival.
    #[must_use]
    pub fn new(accounts: &[Account]) -> Pile {
        // What was read of a large pile is not kept, but read again: it would take more room than all else.
        let kept = (accounts.len() <= PORTION).then(|| read(accounts));
        let surfaces = match &kept {
            Some(raw) => surfaces(raw).into_iter().map(|(a, b)| (a.to_owned(), b.to_owned())).collect(),
            None => surfaces_by_portions(accounts),
        };
        let stems = || surfaces.chunk_by(|a, b| a.0 == b.0);
        let words: Lookup<&str, Word> =
            stems().enumerate().map(|(n, forms)| (forms[0].0.as_str(), n as Word)).collect();
        let background = stems().map(background).collect();
        let profiles: Vec<Profile> = match &kept {
            Some(raw) => raw.par_iter().map(|units| profile(units, &words)).collect(),
            None => accounts.par_iter().map(|a| profile(&raw_units(a), &words)).collect(),
        };
        let mut document_frequency = vec![0; words.len()];
        for (word, _) in profiles.iter().flat_map(|p| &p.bag) {
            document_frequency[*word as usize] += 1;
        }
        let vocabulary = stems().map(|forms| forms[0].0.clone()).collect();
        let senses = stems().map(sense).collect();
        Pile { profiles, document_frequency, background, vocabulary, senses }
    }

    /// Inverse document frequency over the pile together with everyday English, which counts as
    /// 300 documents more: in a pile about one event the pile alone cannot tell its names from common words.
    #[must_use]
    pub fn idf(&self, word: Word) -> f64 {
        let df = f64::from(self.document_frequency.get(word as usize).copied().unwrap_or(1));
        let share = self.background.get(word as usize).copied().unwrap_or(0.0);
        let n = self.profiles.len() as f64;
        ((N_BACKGROUND + n + 1.0) / (N_BACKGROUND * share + df + 0.5)).ln().max(0.01)
    }

    /// Words with their counts as a unit vector: (1 + ln tf) · idf.
    #[must_use]
    pub fn unit_vector(&self, counts: &[(Word, u32)]) -> Vector {
        let weight = |&(word, n): &(Word, u32)| (word, (1.0 + f64::from(n).ln()) * self.idf(word));
        let mut vector: Vector = counts.iter().map(weight).collect();
        let norm = vector.iter().map(|(_, w)| w * w).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
        for (_, weight) in &mut vector {
            *weight /= norm;
        }
        vector
    }

    /// The word that stands for (a word of) a name, if the pile holds it.
    #[must_use]
    pub fn name(&self, surface: &str) -> Option<Word> {
        let folded = fold(&surface.to_lowercase());
        self.vocabulary.binary_search_by(|word| word.as_str().cmp(&folded)).ok().map(|at| at as Word)
    }

    /// How alike two words are in use, 0 to 1; 0 where one is not known.
    #[must_use]
    pub fn nearness(&self, a: Word, b: Word) -> f64 {
        let id = |w: Word| self.senses.get(w as usize).copied().flatten();
        let Some((a, b)) = id(a).zip(id(b)) else { return 0.0 };
        if words().relations(a, b) & SYNONYM != 0 { 1.0 } else { words().cosine(a, b).max(0.0) }
    }

    /// The string of a word.
    #[must_use]
    pub fn word(&self, word: Word) -> &str {
        self.vocabulary.get(word as usize).map_or("", String::as_str)
    }
}

/// Accounts that are read at a time.
const PORTION: usize = 2048;

fn read(accounts: &[Account]) -> Vec<Vec<RawUnit>> {
    accounts.par_iter().map(raw_units).collect()
}

/// As [`surfaces`], of a pile that is too large to be held as it was read.
fn surfaces_by_portions(accounts: &[Account]) -> Vec<(String, String)> {
    let mut all: BTreeSet<(String, String)> = BTreeSet::new();
    for portion in accounts.chunks(PORTION) {
        let raw = read(portion);
        all.extend(surfaces(&raw).into_iter().map(|(stem, form)| (stem.to_owned(), form.to_owned())));
    }
    all.into_iter().collect()
}

/// Each stem with each form in which it stands in the pile, sorted, each pair once.
fn surfaces(raw: &[Vec<RawUnit>]) -> Vec<(&str, &str)> {
    let mut pairs: Vec<(&str, &str)> = raw.par_iter().flat_map_iter(|units| surfaces_of(units)).collect();
    pairs.par_sort_unstable();
    pairs.dedup();
    pairs
}

fn surfaces_of(units: &[RawUnit]) -> Vec<(&str, &str)> {
    let raw = units.iter().flat_map(|u| &u.raw);
    let mut pairs: Vec<(&str, &str)> = raw.map(|r| (r.stem.as_str(), r.lower.as_str())).collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

fn profile(units: &[RawUnit], words: &Lookup<&str, Word>) -> Profile {
    let mut profile = Profile::default();
    let (mut bag, mut names) = (BTreeMap::new(), BTreeMap::new());
    for RawUnit { unit, raw, is_title } in units {
        let mut unit = unit.clone();
        for r in raw {
            let word = words[r.stem.as_str()];
            unit.words.push(word);
            if r.is_content {
                unit.content.push(word);
                *bag.entry(word).or_insert(0) += 1;
            }
            if r.is_name {
                unit.names.push(word);
                *names.entry(word).or_insert(0) += 1;
            }
            if r.is_number {
                unit.numbers.push(word);
            }
        }
        for list in [&mut unit.content, &mut unit.names, &mut unit.numbers] {
            list.sort_unstable();
            list.dedup();
        }
        if *is_title {
            profile.title = unit.content;
        } else {
            profile.n_words += unit.words.len() as u32;
            profile.units.push(unit);
        }
    }
    profile.bag = bag.into_iter().collect();
    profile.names = names.into_iter().collect();
    profile.index = Index::new(&profile.units);
    profile
}

fn raw_units(account: &Account) -> Vec<RawUnit> {
    let stemmer = Stemmer::create(Algorithm::English);
    let capitalised = names_inside_sentences(account);
    let document = &account.document;
    account
        .annotations
        .sentences
        .iter()
        .enumerate()
        .map(|(idx, sentence)| {
            let tokens = account.annotations.tokens_of(sentence);
            let raw: Vec<Raw> = tokens
                .iter()
                .enumerate()
                .filter_map(|(at, token)| raw_token(token, at, &document.text, &capitalised, &stemmer))
                .collect();
            let kind = document.blocks.get(sentence.block as usize).map(|b| b.kind);
            let unit = Unit {
                sentence: idx as u32,
                span: sentence.span,
                is_heading: kind == Some(BlockKind::Heading),
                trigrams: trigrams(&raw),
                quoted: quoted_share(account, sentence.span),
                ..Unit::default()
            };
            RawUnit { unit, raw, is_title: kind == Some(BlockKind::Title) }
        })
        .collect()
}

/// Lower-case forms of words that are capitalised somewhere other than at the start of a sentence.
fn names_inside_sentences(account: &Account) -> BTreeSet<String> {
    let text = &account.document.text;
    let sentences = account.annotations.sentences.iter().filter(|s| {
        account
            .document
            .blocks
            .get(s.block as usize)
            .is_some_and(|b| b.kind != BlockKind::Title && b.kind != BlockKind::Heading)
    });
    sentences
        .flat_map(|s| account.annotations.tokens_of(s).iter().skip(1))
        .map(|t| t.span.of(text))
        .filter(|w| w.chars().next().is_some_and(char::is_uppercase))
        .map(str::to_lowercase)
        .collect()
}

fn raw_token(
    token: &Token,
    at: usize,
    text: &str,
    capitalised: &BTreeSet<String>,
    stemmer: &Stemmer,
) -> Option<Raw> {
    let surface = token.span.of(text);
    if !surface.chars().any(char::is_alphanumeric) {
        return None;
    }
    let lower = surface.to_lowercase();
    let is_number = lower.chars().next().is_some_and(|c| c.is_ascii_digit());
    let is_capital = surface.chars().next().is_some_and(char::is_uppercase);
    let is_stop = is_stop_word(&lower) || is_stop_word(&token.lemma);
    let is_name = is_capital && !is_stop && (at > 0 || capitalised.contains(&lower));
    let stem = if is_number {
        lower.replace(',', "")
    } else if is_name {
        fold(&lower)
    } else {
        stemmer.stem(&fold(&token.lemma)).into_owned()
    };
    Some(Raw { stem, lower, is_content: !is_stop, is_name, is_number })
}

/// Lower case without diacritics or apostrophes, so that "Šefčovič" and "Sefcovic" are one word.
fn fold(word: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    word.nfd()
        .filter(|c| !unicode_normalization::char::is_combining_mark(*c) && !matches!(c, '\'' | '’'))
        .collect()
}

fn trigrams(raw: &[Raw]) -> Vec<u32> {
    let mut hashes = Vec::new();
    for r in raw.iter().filter(|r| r.is_content) {
        let padded: Vec<char> =
            std::iter::once(' ').chain(r.stem.chars().take(40)).chain(std::iter::once(' ')).collect();
        for gram in padded.windows(3) {
            let key = gram.iter().fold(0u64, |h, c| h.wrapping_mul(0x0100_0000_01b3) ^ u64::from(*c as u32));
            hashes.push((key ^ (key >> 32)) as u32);
        }
    }
    hashes.sort_unstable();
    hashes.dedup();
    hashes
}

/// Whether a text ends with a dash.
fn is_dashed(text: &str) -> bool {
    text.trim_end().ends_with(['—', '–', '―'])
}

fn quoted_share(account: &Account, span: Span) -> f32 {
    let quotations = || account.annotations.quotations.iter().filter(|q| q.kind == QuotationKind::Direct);
    // "— Dana Reeve (@dreeve) May 4": under every message of hers
    let signs = |q: &Quotation| {
        let behind = q.source.as_ref().filter(|s| q.cue.is_none() && s.span.start >= q.span.end);
        let between =
            |source: &Source| account.document.text.get(q.span.end as usize..source.span.start as usize);
        behind.filter(|source| span.contains(source.span)).and_then(between).is_some_and(is_dashed)
    };
    if quotations().any(signs) {
        return 1.0;
    }
    let quoted: usize = quotations()
        .filter(|q| q.span.overlaps(span))
        .flat_map(|q| &q.content)
        .map(|c| c.end.min(span.end).saturating_sub(c.start.max(span.start)) as usize)
        .sum();
    (quoted as f32 / span.len().max(1) as f32).min(1.0)
}

/// The product of two sparse vectors; of unit vectors their cosine.
#[must_use]
pub fn dot(a: &[(Word, f64)], b: &[(Word, f64)]) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    if UNEVEN * short.len() < long.len() {
        return dot_uneven(short, long);
    }
    let (mut i, mut j, mut sum) = (0, 0, 0.0);
    while i < a.len() && j < b.len() {
        match a[i].0.cmp(&b[j].0) {
            Ordering::Less => i += 1,
            Ordering::Greater => j += 1,
            Ordering::Equal => {
                sum += a[i].1 * b[j].1;
                (i, j) = (i + 1, j + 1);
            }
        }
    }
    sum
}

/// From so many times the length of the other on, a vector is searched and not walked through.
const UNEVEN: usize = 12;

/// The same, where one is much longer: an account beside a large group. Summed in the same order.
fn dot_uneven(short: &[(Word, f64)], mut long: &[(Word, f64)]) -> f64 {
    let mut sum = 0.0;
    for &(word, weight) in short {
        long = &long[long.partition_point(|w| w.0 < word)..];
        sum += long.first().filter(|w| w.0 == word).map_or(0.0, |w| weight * w.1);
    }
    sum
}

/// Number of elements that two sorted lists share.
#[must_use]
pub fn n_shared(a: &[u32], b: &[u32]) -> usize {
    shared(a, b).count()
}

/// The elements that two sorted lists share, in order.
pub fn shared<'a>(a: &'a [u32], b: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let (mut i, mut j) = (0, 0);
    std::iter::from_fn(move || {
        while i < a.len() && j < b.len() {
            match a[i].cmp(&b[j]) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    i += 1;
                    j += 1;
                    return Some(a[i - 1]);
                }
            }
        }
        None
    })
}
