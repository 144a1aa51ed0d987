//! Altered and misattributed quotations: one utterance, as each account gives it.

use std::collections::{BTreeMap, BTreeSet};

use similar::DiffOp;
use variorum_annotate::lexicon::is_stop_word;
use variorum_schema::{Finding, QuotationKind, Span};

use crate::telling::Telling;

mod change;
mod speaker;
mod spoken;
mod version;

use change::ops;
use speaker::attribution;
use spoken::{Spoken, closed_parts, quoted_parts, spoken};
use version::wordings;

/// Quotations with fewer words are too short to be recognised again.
const MIN_WORDS: usize = 4;
/// Quotations of one account that are compared: no article has more.
const MAX_QUOTATIONS: usize = 1_000;
/// Share of the shorter quotation's words that must recur in order in the other for both to be one utterance.
const MIN_COMMON: f64 = 0.6;
/// Of those, so many must carry content.
const MIN_CONTENT: usize = 3;
/// Where nearly all content words recur, little words may be others: "is not a reason", "is no reason".
const MIN_CONTENT_SHARE: f64 = 0.75;
/// Share of the words of a phrase that must recur where the sentences around it are one sentence of a copy.
const MIN_OF_SENTENCE: f64 = 0.5;
/// Share of all words that must recur then.
const MIN_COMMON_OF_CONTENT: f64 = 0.5;

/// One quotation as words.
#[derive(Clone, Debug)]
pub struct Variant {
    account: u32,
    quotation: u32,
    kind: QuotationKind,
    words: Vec<Spoken>,
    entity: Option<usize>,
    source: Option<Span>,
    /// Its words sorted, and whether each carries content.
    sorted: Vec<(String, bool)>,
}

/// Which quotations of different accounts give the same utterance: `(account, index of the quotation)` → identifier of
/// the utterance ("u1", …). Quotations without a variant in another account are left out.
#[must_use]
pub fn utterances(groups: &[Vec<Variant>]) -> BTreeMap<(u32, u32), String> {
    let mut ids = BTreeMap::new();
    for (n, group) in groups.iter().enumerate() {
        let known = group.iter().filter(|v| v.quotation != u32::MAX);
        ids.extend(known.map(|v| ((v.account, v.quotation), format!("u{}", n + 1))));
    }
    ids
}

/// Findings: one per utterance whose words or whose speaker differ.
#[must_use]
pub fn altered(telling: &Telling, groups: &[Vec<Variant>]) -> Vec<Finding> {
    groups.iter().flat_map(|g| wordings(telling, g).into_iter().chain(attribution(telling, g))).collect()
}

/// Variants of one utterance, in groups of at least two accounts.
#[must_use]
pub fn groups(telling: &Telling) -> Vec<Vec<Variant>> {
    let variants: Vec<Variant> = telling.members.iter().flat_map(|m| variants(telling, *m)).collect();
    let mut group_of: Vec<usize> = (0..variants.len()).collect();
    for (i, j) in nearest(telling, &variants) {
        if group_of[i] != group_of[j] {
            let (keep, gone) = (group_of[i].min(group_of[j]), group_of[i].max(group_of[j]));
            group_of.iter_mut().filter(|g| **g == gone).for_each(|g| *g = keep);
        }
    }
    let mut groups: BTreeMap<usize, Vec<Variant>> = BTreeMap::new();
    for (variant, group) in variants.into_iter().zip(group_of) {
        groups.entry(group).or_default().push(variant);
    }
    groups.into_values().filter(|g| g.iter().map(|v| v.account).collect::<BTreeSet<_>>().len() > 1).collect()
}

/// Pairs of variants of one utterance. Where an account quotes two like sentences of one speech, each of them goes with the
/// one of the other account that it resembles most.
fn nearest(telling: &Telling, variants: &[Variant]) -> Vec<(usize, usize)> {
    let candidates =
        candidates(variants).into_iter().filter(|(i, j)| variants[*i].account != variants[*j].account);
    let alike: Vec<(usize, usize, usize)> = candidates
        .filter_map(|(i, j)| {
            Some((i, j, n_common(&variants[i], &variants[j], bond(telling, &variants[i], &variants[j]))?))
        })
        .collect();
    let mut best: BTreeMap<(usize, u32), usize> = BTreeMap::new();
    for &(i, j, n) in &alike {
        for key in [(i, variants[j].account), (j, variants[i].account)] {
            let slot = best.entry(key).or_insert(0);
            *slot = n.max(*slot);
        }
    }
    let is_best = |i: usize, j: usize, n: usize| best.get(&(i, variants[j].account)) == Some(&n);
    let is_part = |i: usize, j: usize, n: usize| {
        n as f64 >= 0.85 * variants[i].words.len().min(variants[j].words.len()) as f64
    };
    let is_pair = |&(i, j, n): &(usize, usize, usize)| {
        is_best(i, j, n) && is_best(j, i, n) || (is_best(i, j, n) || is_best(j, i, n)) && is_part(i, j, n)
    };
    alike.into_iter().filter(is_pair).map(|(i, j, _)| (i, j)).collect()
}

/// The quotations of an account as words. Of a mixed one each part between quotation marks stands by itself: the rest is
/// the narrator's.
fn variants(telling: &Telling, member: u32) -> Vec<Variant> {
    let account = telling.account(member);
    let (text, tokens) = (&account.document.text, &account.annotations.tokens);
    let mut variants = Vec::new();
    for (idx, q) in account.annotations.quotations.iter().enumerate().take(MAX_QUOTATIONS) {
        let pieces: Vec<Vec<Span>> = match q.kind {
            QuotationKind::Mixed => {
                q.content.iter().flat_map(|c| quoted_parts(text, *c)).map(|part| vec![part]).collect()
            }
            _ => vec![q.content.clone()],
        };
        variants.extend(pieces.into_iter().map(|spans| {
            let words: Vec<Spoken> = spans.iter().flat_map(|c| spoken(text, tokens, *c)).collect();
            let sorted = sorted(&words);
            let entity =
                q.source.as_ref().and_then(|s| s.entity).and_then(|e| telling.entities.of(member, e));
            let source = q.source.as_ref().map(|s| s.span);
            Variant { account: member, quotation: idx as u32, kind: q.kind, words, entity, source, sorted }
        }));
    }
    variants.extend(unattributed(telling, member));
    variants.retain(|v| v.words.len() >= MIN_WORDS && !is_title(&v.words));
    variants
}

/// Words of a title at most.
const MAX_TITLE: usize = 12;

/// Whether all words that carry content are written with a capital letter: a title, which nobody said.
fn is_title(words: &[Spoken]) -> bool {
    let content = || words.iter().filter(|w| !is_stop_word(&w.word));
    words.len() <= MAX_TITLE && content().count() >= MIN_CONTENT && content().all(|w| w.is_capital)
}

/// The words in alphabetical order, each with whether it carries content.
fn sorted(words: &[Spoken]) -> Vec<(String, bool)> {
    let mut sorted: Vec<(String, bool)> =
        words.iter().map(|s| (s.word.clone(), !is_stop_word(&s.word))).collect();
    sorted.sort_unstable();
    sorted
}

/// Words between quotation marks of which no speaker was found. They have no quotation of their own: `u32::MAX`.
fn unattributed(telling: &Telling, member: u32) -> Vec<Variant> {
    let account = telling.account(member);
    let (text, tokens) = (&account.document.text, &account.annotations.tokens);
    let quotations = &account.annotations.quotations;
    let is_known = |part: &Span| {
        let reach = |q: &variorum_schema::Quotation| {
            q.content.iter().any(|c| c.overlaps(*part)) || q.span.overlaps(*part)
        };
        quotations.iter().any(reach)
    };
    let body = telling.alignments.statements.iter().filter(|s| s.account == member);
    let parts = body.flat_map(|s| closed_parts(text, telling.sentence(s).span)).filter(|p| !is_known(p));
    parts
        .map(|part| {
            let words = spoken(text, tokens, part);
            let sorted = sorted(&words);
            let (entity, source) = (None, None);
            let kind = QuotationKind::Direct;
            Variant { account: member, quotation: u32::MAX, kind, words, entity, source, sorted }
        })
        .collect()
}

/// Pairs that share a content word.
fn candidates(variants: &[Variant]) -> Vec<(usize, usize)> {
    let mut postings: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (idx, v) in variants.iter().enumerate() {
        for s in v.words.iter().filter(|s| !is_stop_word(&s.word)) {
            postings.entry(&s.word).or_default().insert(idx);
        }
    }
    let mut shared: BTreeSet<(usize, usize)> = BTreeSet::new();
    for list in postings.values().filter(|l| l.len() <= 200) {
        for (n, &i) in list.iter().enumerate() {
            for &j in list.iter().skip(n + 1) {
                shared.insert((i, j));
            }
        }
    }
    shared.into_iter().collect()
}

/// What two quotations have in common, whatever the order of their words.
struct Common {
    words: usize,
    content: usize,
}

fn common(a: &Variant, b: &Variant) -> Common {
    let mut common = Common { words: 0, content: 0 };
    let mut others = b.sorted.iter().peekable();
    for (word, is_content) in &a.sorted {
        while others.next_if(|o| o.0 < *word).is_some() {}
        if others.next_if(|o| o.0 == *word).is_some() {
            common.words += 1;
            common.content += usize::from(*is_content);
        }
    }
    common
}

/// How many words two variants of one utterance have in common, in order; `None` if they are not of one. Copies of one
/// text need fewer: they had the same words before them.
fn n_common(a: &Variant, b: &Variant, bond: Bond) -> Option<usize> {
    let is_copy = bond != Bond::Apart;
    let shorter = a.words.len().min(b.words.len()) as f64;
    let n_content = |v: &Variant| v.sorted.iter().filter(|w| w.1).count();
    // most pairs are told apart here and need no comparison word by word
    let any = common(a, b);
    let is_one_speaker = a.entity.is_some() && a.entity == b.entity;
    let holds_content = is_one_speaker
        && any.content >= MIN_CONTENT
        && any.words as f64 >= MIN_COMMON_OF_CONTENT * shorter
        && any.content as f64 >= MIN_CONTENT_SHARE * n_content(a).min(n_content(b)) as f64;
    if any.content == 0 || (any.words as f64) < MIN_COMMON * shorter && !holds_content {
        return None;
    }
    // who reports what he himself said speaks on another occasion
    if tells_own_words(&a.words) != tells_own_words(&b.words) {
        return None;
    }
    let (mut common, mut content) = (0, 0);
    for op in ops(&a.words, &b.words) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            common += len;
            content += a.words[old_index..old_index + len].iter().filter(|s| !is_stop_word(&s.word)).count();
        }
    }
    let share = common as f64 / shorter;
    let is_one_speaker = a.entity.is_some() && a.entity == b.entity;
    // a short quotation must recur nearly whole
    // "the people of the United States": what any sentence of a speech may hold
    let n_shorter = n_content(a).min(n_content(b));
    let is_enough = is_copy || 2 * content > n_shorter;
    let is_one = content >= MIN_CONTENT && share >= MIN_COMMON && is_enough
        || content + 1 == MIN_CONTENT && common >= MIN_WORDS && share >= 0.8
        || is_one_speaker && content >= 1 && common >= 6 && share >= 0.8
        || is_one_speaker && content >= 1 && common > MIN_WORDS && share >= 0.7
        || holds_content && content >= MIN_CONTENT
        || is_copy && content >= 1 && common >= MIN_WORDS && share >= 0.7
        || bond == Bond::Sentence && content >= 1 && share >= MIN_OF_SENTENCE;
    is_one.then_some(common)
}

/// "I said that …", "as we told them": the speaker reports himself.
fn tells_own_words(words: &[Spoken]) -> bool {
    words.windows(2).any(|w| {
        matches!(w[0].word.as_str(), "i" | "we") && matches!(w[1].word.as_str(), "said" | "told" | "promised")
    })
}

/// How two quotations are bound to one another by where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Bond {
    /// In accounts that took nothing from one another.
    Apart,
    /// In accounts of one origin.
    Origin,
    /// In sentences of which one is a copy of the other: other words between quotation marks are no other utterance there.
    Sentence,
}

fn bond(telling: &Telling, a: &Variant, b: &Variant) -> Bond {
    match () {
        () if !is_one_origin(telling, a.account, b.account) => Bond::Apart,
        () if are_in_one_sentence(telling, a, b) => Bond::Sentence,
        () => Bond::Origin,
    }
}

/// Likeness of two sentences from which one may be a copy of the other.
const MIN_LIKENESS: f64 = 0.3;

/// Whether two quotations stand in sentences of which one was taken over from the other.
fn are_in_one_sentence(telling: &Telling, a: &Variant, b: &Variant) -> bool {
    let (Some(p), Some(q)) = (change::cover(&a.words), change::cover(&b.words)) else { return false };
    let statement = |v: &Variant, span: Span| {
        let sentence = telling.account(v.account).annotations.sentence_at(span.start)?;
        telling.alignments.at(v.account, sentence as u32)
    };
    let like = || {
        let (x, y) = (statement(a, p)?, statement(b, q)?);
        Some(telling.alignments.likeness(&x, &y) >= MIN_LIKENESS)
    };
    let edge = telling.lineage.edge(&telling.id(a.account), &telling.id(b.account));
    let is_passage = edge.is_some_and(|(copy, is_forward)| {
        let (from, to) = if is_forward { (p, q) } else { (q, p) };
        copy.passages.iter().any(|s| {
            (s.from_start..s.from_end).contains(&from.start) && (s.to_start..s.to_end).contains(&to.start)
        })
    });
    is_passage || edge.is_some() && like().unwrap_or(false)
}

fn is_one_origin(telling: &Telling, a: u32, b: u32) -> bool {
    telling.origins([a, b]).len() == 1
}
