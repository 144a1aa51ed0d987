//! A small trained model that proposes names: a linear chain over hashed features (conditional random field, Lafferty et
//! al. 2001) and over a small network ([`net`]), which also sees what the rules found. The weights are made by `variorum-dev train names`; see the model card.
//!
//! Layout of the file, little-endian: magic `VARNAM02`; `u32` number of words; the words' sorted `u32` hashes; one byte
//! each, how the word is capitalised inside sentences; the scores of one label after the other as `i16`, rows and columns
//! [`LABELS`] and the edge of the sentence; then the network; then a table of [`Weights`].

use std::sync::LazyLock;

use variorum_schema::{Document, EntityKind, Sentence, Token};

use super::kind::Sureness;
use super::name::Found;
use super::view::{Typography, View};
use super::{alias, lexica, name};
use crate::tag::features::{self, Case, Word};
use crate::tag::weights::{Weights, feature};
use crate::usage;

pub mod net;

/// First bytes of the file.
pub const MAGIC: &[u8; 8] = b"VARNAM02";
/// Kinds that are told apart. What the training data calls "other" is mostly peoples and faiths.
pub const KINDS: [EntityKind; 4] =
    [EntityKind::Person, EntityKind::Organisation, EntityKind::Place, EntityKind::Group];
/// Labels: outside, then begin, inside, end and single for each kind.
pub const LABELS: usize = 1 + 4 * KINDS.len();
/// What a weight of one is in the file.
pub const SCALE: f32 = 16.0;

static MODEL: LazyLock<Option<Model<'static>>> =
    LazyLock::new(|| Model::read(include_bytes!("../../models/en/names.bin")));

/// How words are capitalised inside sentences, by hash: see [`habit`].
#[derive(Clone, Copy, Debug, Default)]
pub struct Habits<'a> {
    keys: &'a [u8],
    values: &'a [u8],
}

impl<'a> Habits<'a> {
    /// The table over sorted keys of four bytes and values of one.
    #[must_use]
    pub fn new(keys: &'a [u8], values: &'a [u8]) -> Habits<'a> {
        Habits { keys, values }
    }

    fn get(&self, word: &str) -> u64 {
        let wanted = usage::hash(&[word]);
        let (keys, _) = self.keys.as_chunks::<4>();
        keys.binary_search_by_key(&wanted, |k| u32::from_le_bytes(*k))
            .ok()
            .and_then(|at| self.values.get(at))
            .map_or(0, |v| u64::from(*v))
    }
}

/// The habit of a word seen `upper` times with a capital inside sentences and `lower` times without: 1 (never a capital) to
/// 5 (always one).
#[must_use]
pub fn habit(upper: u32, lower: u32) -> u8 {
    let all = upper + lower;
    match upper * 100 {
        u if u < 2 * all => 1,
        u if u < 20 * all => 2,
        u if u < 60 * all => 3,
        u if u < 95 * all => 4,
        _ => 5,
    }
}

/// The model over borrowed bytes.
#[derive(Clone, Debug)]
struct Model<'a> {
    habits: Habits<'a>,
    transitions: Vec<i32>,
    net: net::Net<'a>,
    weights: Weights<'a>,
}

impl<'a> Model<'a> {
    fn read(bytes: &'a [u8]) -> Option<Model<'a>> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_at_checked(4)?;
        let count = u32::from_le_bytes(count.try_into().ok()?) as usize;
        let (keys, rest) = rest.split_at_checked(4 * count)?;
        let (values, rest) = rest.split_at_checked(count)?;
        let (transitions, rest) = rest.split_at_checked(2 * (LABELS + 1) * (LABELS + 1))?;
        let (pairs, _) = transitions.as_chunks::<2>();
        let (net, rest) = net::Net::read(rest)?;
        Some(Model {
            net,
            habits: Habits { keys, values },
            transitions: pairs.iter().map(|b| i32::from(i16::from_le_bytes(*b))).collect(),
            weights: Weights::read(rest)?,
        })
    }
}

/// Kind of a label and its place: 0 begin, 1 inside, 2 end, 3 single; `None` outside.
fn parts(label: usize) -> Option<(usize, usize)> {
    label.checked_sub(1).map(|l| (l / 4, l % 4))
}

/// Whether label `b` may follow label `a`; `LABELS` is the edge of the sentence.
#[must_use]
pub fn may_follow(a: usize, b: usize) -> bool {
    let of = |label: usize| if label == LABELS { None } else { parts(label) };
    match (of(a), of(b)) {
        (Some((kind, 0 | 1)), after) => after.is_some_and(|(k, place)| k == kind && matches!(place, 1 | 2)),
        (_, after) => after.is_none_or(|(_, place)| matches!(place, 0 | 3)),
    }
}

/// The label of token `at` of a name that covers `first..last`.
#[must_use]
pub fn label(kind: usize, first: usize, last: usize, at: usize) -> usize {
    let place = match (at == first, at + 1 == last) {
        (true, true) => 3,
        (true, false) => 0,
        (false, true) => 2,
        (false, false) => 1,
    };
    1 + 4 * kind + place
}

/// What training sees of a token.
#[derive(Clone, Debug, Default)]
pub struct Sight {
    /// Hashed features.
    pub features: Vec<u64>,
    /// The lower-case word.
    pub word: String,
    /// Inputs of the network that are yes or no, as bits.
    pub traits: u32,
}

/// What training sees: for each sentence, each of its tokens.
#[must_use]
pub fn document_sights(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    habits: Habits,
) -> Vec<Vec<Sight>> {
    let view = View::new(document, sentences, tokens);
    let mut names = Vec::new();
    for (idx, sentence) in sentences.iter().enumerate() {
        name::names(&view, idx, sentence, &mut names);
    }
    alias::settle(&view, &mut names);
    let ruled = ruled(&names, tokens.len());
    (0..sentences.len())
        .map(|idx| {
            let seen = see(&view, idx, &ruled, habits);
            let first = sentences.get(idx).map_or(0, |s| s.first_token as usize);
            let mut features = Vec::new();
            (0..seen.len())
                .map(|at| {
                    token_features(&seen, at, &mut features);
                    let word = view.low(first + at).to_owned();
                    Sight { features: features.clone(), word, traits: traits(&seen[at]) }
                })
                .collect()
        })
        .collect()
}

/// The names that the model sees in each sentence: first token, one past the last, kind.
pub(super) fn propose(view: &View, names: &[Found]) -> Vec<(usize, usize, EntityKind)> {
    let Some(model) = MODEL.as_ref() else { return Vec::new() };
    let ruled = ruled(names, view.tokens.len());
    let (mut out, mut buffer, mut scores) = (Vec::new(), Vec::new(), Vec::new());
    for (idx, sentence) in view.sentences.iter().enumerate() {
        let seen = see(view, idx, &ruled, model.habits);
        scores.clear();
        scores.resize(seen.len() * LABELS, 0);
        let words: Vec<(Option<&[u8]>, u32)> = seen
            .iter()
            .enumerate()
            .map(|(at, s)| (model.net.code(view.low(sentence.first_token as usize + at)), traits(s)))
            .collect();
        for (at, row) in scores.chunks_exact_mut(LABELS).enumerate() {
            if !is_open(&seen, at) {
                row[1..].fill(CLOSED);
                continue;
            }
            token_features(&seen, at, &mut buffer);
            for &feature in &buffer {
                model.weights.add(feature, row);
            }
            let near = |n: usize| (at + n).checked_sub(2).and_then(|at| words.get(at).copied());
            model.net.add(std::array::from_fn(|n| near(n).unwrap_or((None, OUTSIDE))), row);
        }
        let labels = best_path(&scores, &model.transitions);
        spans(&labels, sentence.first_token as usize, &mut out);
    }
    out
}

/// Score of a name where none can be.
const CLOSED: i32 = -1_000_000;

/// Whether a token may belong to a name: most tokens of a text are common words among common words, of which the model
/// need not be asked.
fn is_open(seen: &[Seen], at: usize) -> bool {
    let near = at.saturating_sub(1)..(at + 2).min(seen.len());
    let is_common = |s: &Seen| {
        matches!(s.word.case, Case::Lower | Case::None)
            && s.habit < OFTEN_CAPITAL
            && s.ruled == 0
            && s.listed.is_empty()
    };
    !seen.get(near).unwrap_or_default().iter().all(is_common)
}

/// Habit of a word that has a capital inside sentences as often as not.
const OFTEN_CAPITAL: u64 = 3;

fn spans(labels: &[usize], base: usize, out: &mut Vec<(usize, usize, EntityKind)>) {
    let mut from = 0;
    for (at, &label) in labels.iter().enumerate() {
        let Some((kind, place)) = parts(label) else { continue };
        if matches!(place, 0 | 3) {
            from = at;
        }
        if matches!(place, 2 | 3) {
            out.push((base + from, base + at + 1, KINDS[kind]));
        }
    }
}

/// Which labels may stand before each label.
static BEFORE: LazyLock<Vec<Vec<usize>>> =
    LazyLock::new(|| (0..=LABELS).map(|b| (0..LABELS).filter(|&a| may_follow(a, b)).collect()).collect());

/// The best sequence of labels (Viterbi).
fn best_path(scores: &[i32], transitions: &[i32]) -> Vec<usize> {
    const NEVER: i32 = i32::MIN / 4;
    let between = |a: usize, b: usize| transitions.get(a * (LABELS + 1) + b).copied().unwrap_or(0);
    let mut back: Vec<[u8; LABELS]> = Vec::with_capacity(scores.len() / LABELS);
    let mut sums: Vec<i32> = Vec::new();
    for row in scores.chunks_exact(LABELS) {
        let mut next = [NEVER; LABELS];
        let mut from = [0u8; LABELS];
        for (b, sum) in next.iter_mut().enumerate() {
            if sums.is_empty() {
                if may_follow(LABELS, b) {
                    *sum = row[b].saturating_add(between(LABELS, b));
                }
                continue;
            }
            for &a in &BEFORE[b] {
                let total = sums[a].saturating_add(between(a, b)).saturating_add(row[b]);
                if total > *sum {
                    (*sum, from[b]) = (total, a as u8);
                }
            }
        }
        back.push(from);
        // an endless "sentence" must not run out of numbers
        let top = next.iter().copied().max().unwrap_or(0);
        sums = next.iter().map(|s| (s - top).max(NEVER)).collect();
    }
    let ends = BEFORE[LABELS].iter().copied();
    let mut at =
        ends.max_by_key(|&a| (sums.get(a).map(|s| s.saturating_add(between(a, LABELS))), LABELS - a));
    let mut path: Vec<usize> = back
        .iter()
        .rev()
        .map(|from| {
            let label = at.unwrap_or(0);
            at = Some(usize::from(from[label]));
            label
        })
        .collect();
    path.reverse();
    path
}

/// For each token: what the rules make of it (0: nothing).
fn ruled(names: &[Found], tokens: usize) -> Vec<u64> {
    let mut out = vec![0; tokens];
    for found in names {
        let kind = match found.kind {
            EntityKind::Person => 1,
            EntityKind::Organisation => 2,
            EntityKind::Place => 3,
            EntityKind::Group => 4,
            EntityKind::Other => 5,
        };
        for at in found.first..found.last {
            let place = label(0, found.first, found.last, at) as u64;
            if let Some(slot) = out.get_mut(at) {
                *slot = place + 8 * kind + 64 * (1 + found.sureness as u64);
            }
        }
    }
    out
}

/// A token as the model sees it.
#[derive(Clone, Debug, Default)]
struct Seen {
    word: Word,
    /// Case, place in the sentence and capitalisation of the sentence.
    case: u64,
    /// Length in letters, up to five.
    length: u64,
    /// In the lists of given names, titles, last words of names, family names.
    lists: u64,
    /// Listed names over it: kind and place.
    listed: Vec<u64>,
    /// With and without a capital elsewhere in the document.
    document: u64,
    /// As in free texts; see [`habit`].
    habit: u64,
    ruled: u64,
}

fn see(view: &View, sentence_idx: usize, ruled: &[u64], habits: Habits) -> Vec<Seen> {
    let Some(sentence) = view.sentences.get(sentence_idx) else { return Vec::new() };
    let range = sentence.first_token as usize..sentence.last_token as usize;
    let typography = match view.typography(sentence_idx) {
        Typography::Sentence => 0,
        Typography::Title => 1,
        Typography::Upper => 2,
    };
    let words = features::words(range.clone().map(|at| view.word(at))).words;
    let mut seen: Vec<Seen> = range
        .clone()
        .zip(words)
        .map(|(at, word)| {
            let low = view.low(at);
            let counts = view.case(at);
            Seen {
                case: word.case as u64 + 8 * word.place + 32 * typography,
                length: low.chars().take(5).count() as u64,
                lists: lists(view.word(at), low),
                listed: Vec::new(),
                document: u64::from(counts.upper.min(2) + 3 * counts.lower.min(2)),
                habit: habits.get(low),
                ruled: ruled.get(at).copied().unwrap_or(0),
                word,
            }
        })
        .collect();
    mark_listed(view, range, &mut seen);
    seen
}

/// The trait of what is outside the sentence.
pub const OUTSIDE: u32 = 1 << (net::TRAITS - 1);

/// A token's inputs of the network that are yes or no: its case (5), habit (6), what kind the rules give it (6), whether it
/// opens the sentence, what kinds the lists give it (4), whether it is listed as given name, title, last word of a name or
/// family name.
fn traits(seen: &Seen) -> u32 {
    let listed = seen.listed.iter().fold(0u32, |bits, l| bits | 1 << (l / 8).min(3));
    let flags = [
        seen.word.place == 1,
        seen.lists & 3 != 0,
        seen.lists >> 2 & 3 != 0,
        seen.lists >> 4 & 15 != 0,
        seen.lists >> 8 != 0,
    ];
    let flags = flags.iter().enumerate().fold(0u32, |bits, (n, is)| bits | u32::from(*is) << n);
    1 << (seen.word.case as u32)
        | 1 << (5 + seen.habit.min(5))
        | 1 << (11 + (seen.ruled / 8 % 8).min(5))
        | listed << 17
        | flags << 21
}

fn lists(word: &str, low: &str) -> u64 {
    let given = lexica::GIVEN_NAMES.get(word).or_else(|| {
        let capital: String =
            low.chars().take(1).flat_map(char::to_uppercase).chain(low.chars().skip(1)).collect();
        lexica::GIVEN_NAMES.get(capital.as_str())
    });
    let given = given.map_or(0, |g| 1 + u64::from(g.sure));
    let title = lexica::TITLES.get(low).map_or(0, |t| 1 + u64::from(t.refers));
    let head = lexica::HEADS.get(low).map_or(0, |(kind, sure)| match kind {
        EntityKind::Organisation => 1 + u64::from(*sure),
        EntityKind::Place => 3 + u64::from(*sure),
        _ => 5,
    });
    given + 4 * title + 16 * head + 256 * u64::from(lexica::FAMILY_NAMES.contains(low))
}

/// Marks the listed names, longest first, in any case: "florida" in a message without capitals is one, too.
fn mark_listed(view: &View, range: std::ops::Range<usize>, seen: &mut [Seen]) {
    let base = range.start;
    for first in range.clone() {
        let starts = lexica::HINT_STARTS.get(view.low(first)).copied().unwrap_or(0);
        let most = range.end.min(first + starts);
        let found = (first + 1..=most).rev().find_map(|last| {
            lexica::HINTS.get(view.joined_lower(first, last).as_str()).map(|kinds| (last, *kinds))
        });
        let Some((last, kinds)) = found else { continue };
        for at in first..last {
            let place = label(0, first, last, at) as u64;
            for kind in (0..4).filter(|kind| kinds & (1 << kind) != 0) {
                if let Some(token) = seen.get_mut(at - base) {
                    token.listed.push(place + 8 * kind);
                }
            }
        }
    }
}

/// The features of token `at`, into `out`.
fn token_features(seen: &[Seen], at: usize, out: &mut Vec<u64>) {
    out.clear();
    static OUTSIDE: LazyLock<Seen> = LazyLock::new(|| Seen {
        word: Word { lower: features::OUTSIDE, exact: features::OUTSIDE, shape: 7, ..Word::default() },
        ..Seen::default()
    });
    let near =
        |offset: isize| at.checked_add_signed(offset).and_then(|idx| seen.get(idx)).unwrap_or(&OUTSIDE);
    let (w, p, pp, n, nn) = (near(0), near(-1), near(-2), near(1), near(2));
    let (word, case) = (&w.word, w.word.case as u64);
    let (before, after) = (&p.word, &n.word);
    let mut template = 0;
    let mut push = |parts: &[u64]| {
        template += 1;
        out.push(feature(template, parts));
    };
    push(&[]);
    push(&[word.lower]);
    push(&[word.exact, w.case >> 5]);
    push(&[word.lower, w.case]);
    push(&[word.shape, w.length, w.case]);
    push(&[word.shape]);
    for prefix in &word.prefixes[1..] {
        push(&[*prefix]);
    }
    for suffix in &word.suffixes[..4] {
        push(&[*suffix, case]);
    }
    push(&[before.lower]);
    push(&[after.lower]);
    push(&[pp.word.lower]);
    push(&[nn.word.lower]);
    push(&[before.lower, word.lower]);
    push(&[word.lower, after.lower]);
    push(&[before.lower, word.shape]);
    push(&[after.lower, word.shape]);
    push(&[before.shape, word.shape, after.shape]);
    push(&[before.suffixes[2], case]);
    push(&[after.suffixes[2], case]);
    push(&[pp.word.lower, before.lower, case]);
    push(&[after.lower, nn.word.lower, case]);
    push(&[before.lower, after.lower, case]);
    push(&[w.lists, case]);
    push(&[p.lists, case]);
    push(&[n.lists, case]);
    push(&[p.lists, word.lower, n.lists]);
    push(&[p.lists, before.case as u64, w.lists, case]);
    push(&[w.lists, n.lists, after.case as u64, case]);
    push(&[w.document, w.habit, w.case]);
    push(&[w.document, w.case]);
    push(&[w.habit, w.case, after.case as u64, n.habit]);
    push(&[n.document, after.case as u64, case]);
    push(&[case, before.case as u64, after.case as u64, word.place]);
    push(&[w.ruled]);
    push(&[w.ruled, w.case]);
    push(&[w.ruled, w.habit, w.document]);
    push(&[p.ruled, w.ruled]);
    push(&[w.ruled, n.ruled]);
    push(&[w.ruled & 63, word.lower]);
    push(&[w.ruled & 63, before.lower]);
    push(&[w.ruled & 63, after.lower]);
    push(&[w.ruled & 63, word.suffixes[2]]);
    for (base, token) in [(100, w), (101, p), (102, n)] {
        out.extend(token.listed.iter().map(|listed| feature(base, &[*listed, case])));
    }
    for listed in &w.listed {
        out.push(feature(103, &[*listed, w.document, w.habit]));
        out.push(feature(104, &[*listed, before.lower]));
        out.push(feature(105, &[*listed, w.ruled & 63]));
    }
    if w.listed.is_empty() {
        out.push(feature(106, &[case]));
    }
}

/// The names of the rules, put right by what the model proposes: the model says where a name is and of what kind; the rules
/// know better where a title ends, and add peoples, other names, listed names, and what is named elsewhere in the document.
pub(super) fn combine(view: &View, rules: Vec<Found>) -> Vec<Found> {
    if MODEL.is_none() {
        return rules;
    }
    let proposed = propose(view, &rules);
    let mut cover: Vec<Option<usize>> = vec![None; view.tokens.len()];
    for (idx, span) in proposed.iter().enumerate() {
        cover.iter_mut().take(span.1).skip(span.0).for_each(|slot| *slot = Some(idx));
    }
    let mut settled = vec![false; proposed.len()];
    let (mut out, mut left): (Vec<Found>, Vec<Found>) = (Vec::new(), Vec::new());
    for rule in rules {
        let over = cover.get(rule.first..rule.last).unwrap_or(&[]).iter().flatten().copied().min();
        let span = over.and_then(|idx| proposed.get(idx).map(|span| (idx, *span)));
        match judge(&rule, span.map(|(_, span)| span)) {
            Verdict::Keep => {
                // a name that the rules draw otherwise takes the place of all that it touches
                let touched = cover.get(rule.first..rule.last).unwrap_or(&[]).iter().flatten();
                touched.for_each(|&idx| settled[idx] = true);
                out.push(rule);
            }
            Verdict::Beside => out.push(rule),
            Verdict::Other => out.push(Found { kind: EntityKind::Other, ..rule }),
            Verdict::Leave if span.is_none() => left.push(rule),
            Verdict::Leave => {}
        }
    }
    for (idx, &(first, last, kind)) in proposed.iter().enumerate() {
        if !settled[idx] && is_scored(kind) {
            let sentence = view.sentences.partition_point(|s| s.last_token as usize <= first);
            out.push(name::proposed(view, sentence, first, last, kind));
        }
    }
    named_elsewhere(view, &mut out, left);
    out.sort_by_key(|found| (found.first, found.last));
    out
}

/// What becomes of a name that the rules found.
enum Verdict {
    /// It stands, and takes the place of the proposals that it touches.
    Keep,
    /// It stands beside them.
    Beside,
    /// It stands, as none of the kinds that the model is asked about.
    Other,
    /// It falls, unless the same name stands elsewhere.
    Leave,
}

fn judge(rule: &Found, span: Option<(usize, usize, EntityKind)>) -> Verdict {
    let Some((first, last, kind)) = span else {
        let stands = !is_scored(rule.kind) || rule.sureness >= Sureness::Form;
        return if stands { Verdict::Beside } else { Verdict::Leave };
    };
    let is_exact = (first, last) == (rule.first, rule.last);
    let is_titled = rule.kind == EntityKind::Person && rule.sureness == Sureness::Titled;
    // what somebody is mayor of is no person, and a listed given name with another word is one, whatever the model says
    let is_sure = is_exact
        && match rule.kind {
            EntityKind::Place => kind == EntityKind::Person && rule.sureness >= Sureness::Context,
            EntityKind::Person => rule.sureness >= Sureness::Form && rule.last > rule.first + 1,
            _ => false,
        };
    let ends_name = is_titled && (kind == EntityKind::Person || !is_scored(kind)) && last <= rule.last;
    if is_exact && kind == rule.kind || is_sure || ends_name {
        return Verdict::Keep;
    }
    match (is_scored(kind), is_scored(rule.kind)) {
        (false, true) if is_exact => Verdict::Other,
        (false, _) => Verdict::Beside,
        // a ship, a law: what the rules can tell by its words
        (true, false) if is_exact && rule.sureness >= Sureness::Form && rule.kind == EntityKind::Other => {
            Verdict::Keep
        }
        _ => Verdict::Leave,
    }
}

/// Adds the names that the model left out but found elsewhere in the document, the last words of people's names and the first
/// ones of firms'.
fn named_elsewhere(view: &View, out: &mut Vec<Found>, left: Vec<Found>) {
    let mut known: std::collections::BTreeMap<String, EntityKind> = std::collections::BTreeMap::new();
    for found in out.iter().filter(|f| is_scored(f.kind)) {
        known.entry(view.joined(found.first, found.last)).or_insert(found.kind);
        if found.kind == EntityKind::Person && found.last > found.first + 1 {
            known.entry(view.word(found.last - 1).to_owned()).or_insert(found.kind);
        }
        if alias::is_firm(view, found) {
            known.entry(view.word(found.first).to_owned()).or_insert(found.kind);
        }
    }
    for mut rule in left {
        if let Some(kind) = known.get(&view.joined(rule.first, rule.last)) {
            if rule.kind != *kind {
                rule = name::proposed(view, rule.sentence, rule.first, rule.last, *kind);
            }
            out.push(rule);
        }
    }
}

/// Whether the model is asked about names of this kind.
fn is_scored(kind: EntityKind) -> bool {
    matches!(kind, EntityKind::Person | EntityKind::Organisation | EntityKind::Place)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_model_is_read() {
        let model = MODEL.as_ref().unwrap();
        assert_eq!(model.transitions.len(), (LABELS + 1) * (LABELS + 1));
        assert_eq!(model.weights.classes(), LABELS);
        assert!(model.habits.get("the") == 1 && model.habits.get("london") == 5);
        assert!(Model::read(b"VARNAM01").is_none() && Model::read(b"").is_none());
    }

    #[test]
    fn paths_hold_whole_names() {
        // whatever the scores, a name begins before it ends and is of one kind
        let scores: Vec<i32> = (0..LABELS as i32 * 50).map(|n| (n * 7919 % 211) - 100).collect();
        for length in [0, 1, 2, 50] {
            let path = best_path(&scores[..length * LABELS], &[]);
            assert_eq!(path.len(), length);
            let edges = std::iter::once(LABELS).chain(path.iter().copied()).chain([LABELS]);
            let edges: Vec<usize> = edges.collect();
            assert!(edges.windows(2).all(|w| may_follow(w[0], w[1]) || length == 0), "{path:?}");
        }
    }

    #[test]
    fn habits_are_steps() {
        assert_eq!([habit(0, 9), habit(1, 9), habit(1, 1), habit(9, 1), habit(9, 0)], [1, 2, 3, 4, 5]);
    }
}
