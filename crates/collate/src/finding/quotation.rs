//! Altered and misattributed quotations: one utterance, as each account gives it.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use variorum_annotate::lexicon::is_stop_word;
use variorum_annotate::mention::name_key;
use variorum_schema::{
    EntityKind, Evidence, Feature, Finding, FindingKind, FindingType, MentionForm, QuotationKind, Side, Span,
};

use super::build;
use crate::telling::Telling;

/// Quotations with fewer words are too short to be recognised again.
const MIN_WORDS: usize = 4;
/// Quotations of one account that are compared: no article has more.
const MAX_QUOTATIONS: usize = 1_000;
/// Share of the shorter quotation's words that must recur in order in the other for both to be one utterance.
const MIN_COMMON: f64 = 0.6;
/// Of those, so many must carry content.
const MIN_CONTENT: usize = 3;

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

/// One word of a quotation, contractions undone.
#[derive(Clone, Debug, PartialEq)]
struct Spoken {
    word: String,
    span: Span,
    /// Whether a sentence, or the quotation, ends with it.
    ends: bool,
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
    groups.iter().flat_map(|g| [wording(telling, g), attribution(telling, g)]).flatten().collect()
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
            let is_copy = is_one_origin(telling, variants[i].account, variants[j].account);
            Some((i, j, n_common(&variants[i], &variants[j], is_copy)?))
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
    let text = &account.document.text;
    let mut variants = Vec::new();
    for (idx, q) in account.annotations.quotations.iter().enumerate().take(MAX_QUOTATIONS) {
        let pieces: Vec<Vec<Span>> = match q.kind {
            QuotationKind::Mixed => {
                q.content.iter().flat_map(|c| quoted_parts(text, *c)).map(|part| vec![part]).collect()
            }
            _ => vec![q.content.clone()],
        };
        variants.extend(pieces.into_iter().map(|spans| {
            let words: Vec<Spoken> = spans.iter().flat_map(|c| spoken(text, *c)).collect();
            let sorted = sorted(&words);
            let entity =
                q.source.as_ref().and_then(|s| s.entity).and_then(|e| telling.entities.of(member, e));
            let source = q.source.as_ref().map(|s| s.span);
            Variant { account: member, quotation: idx as u32, kind: q.kind, words, entity, source, sorted }
        }));
    }
    variants.extend(unattributed(telling, member));
    variants.retain(|v| v.words.len() >= MIN_WORDS);
    variants
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
    let text = &account.document.text;
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
            let words = spoken(text, part);
            let sorted = sorted(&words);
            let (entity, source) = (None, None);
            let kind = QuotationKind::Direct;
            Variant { account: member, quotation: u32::MAX, kind, words, entity, source, sorted }
        })
        .collect()
}

/// The parts of a span between two quotation marks that belong together.
fn closed_parts(text: &str, span: Span) -> Vec<Span> {
    let is_closed = |part: &Span| {
        text.get(part.end as usize..)
            .and_then(|t| t.chars().next())
            .is_some_and(|c| matches!(c, '”' | '»' | '"'))
    };
    let n_straight = span.of(text).matches('"').count();
    let parts = quoted_parts(text, span).into_iter().filter(is_closed);
    parts.filter(|_| n_straight.is_multiple_of(2)).collect()
}

/// The parts of a span between quotation marks; one that is not closed runs to the end.
fn quoted_parts(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in span.of(text).char_indices() {
        let at = span.start as usize + at;
        match (c, open) {
            ('“' | '„' | '«' | '"', None) => open = Some(at + c.len_utf8()),
            // guillemets turned inwards open with the other mark
            ('»', None) => open = Some(at + c.len_utf8()),
            ('”' | '“' | '»' | '«' | '"', Some(from)) => {
                parts.push(Span::new(from, at));
                open = None;
            }
            _ => {}
        }
    }
    parts.extend(open.map(|from| Span::new(from, span.end as usize)));
    parts
}

/// The words under a span, lower case, contractions undone ("won't" → "will not"), punctuation left out.
fn spoken(text: &str, span: Span) -> Vec<Spoken> {
    let mut words = Vec::new();
    let mut start = None;
    let piece = span.of(text);
    for (at, c) in piece.char_indices().chain(std::iter::once((piece.len(), ' '))) {
        let is_word = c.is_alphanumeric() || matches!(c, '\'' | '’') && start.is_some();
        match (is_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let whole = Span::new(span.start as usize + from, span.start as usize + at);
                let word = piece[from..at].trim_end_matches(['\'', '’']).to_lowercase().replace('’', "'");
                let mut after = piece[at..].chars();
                let is_end =
                    |c: Option<char>| c.is_none_or(|c| matches!(c, '.' | '?' | '!' | '…' | '"' | '”'));
                let next = after.next();
                let ends = is_end(next) || next == Some(',') && matches!(after.next(), Some('"' | '”'));
                words.extend(expanded(&word).into_iter().map(|word| Spoken { word, span: whole, ends }));
                start = None;
            }
            _ => {}
        }
    }
    words
}

fn expanded(word: &str) -> Vec<String> {
    let pair = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    match word {
        "won't" => pair("will", "not"),
        "can't" | "cannot" => pair("can", "not"),
        "let's" => pair("let", "us"),
        "i'm" => pair("i", "am"),
        _ => {
            let clitics = [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will")];
            let undone =
                clitics.iter().find_map(|(c, full)| word.strip_suffix(c).map(|stem| pair(stem, full)));
            undone.unwrap_or_else(|| vec![american(word)])
        }
    }
}

/// British spellings folded, so that a house style is no alteration.
fn american(word: &str) -> String {
    for (from, to) in [
        ("isation", "ization"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("our", "or"),
        ("ours", "ors"),
        ("ouring", "oring"),
    ] {
        if let Some(stem) = word.strip_suffix(from).filter(|s| s.len() >= 3) {
            return format!("{stem}{to}");
        }
    }
    word.to_owned()
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

fn ops(a: &[Spoken], b: &[Spoken]) -> Vec<DiffOp> {
    fn words(list: &[Spoken]) -> Vec<&str> {
        list.iter().map(|s| s.word.as_str()).collect()
    }
    capture_diff_slices(Algorithm::Myers, &words(a), &words(b))
}

/// Whether two quotations have words enough in common, whatever their order, to be one utterance: told apart here, most
/// pairs need no comparison word by word.
fn may_be_one_utterance(a: &Variant, b: &Variant) -> bool {
    let (mut common, mut content) = (0, 0);
    let mut others = b.sorted.iter().peekable();
    for (word, is_content) in &a.sorted {
        while others.next_if(|o| o.0 < *word).is_some() {}
        if others.next_if(|o| o.0 == *word).is_some() {
            common += 1;
            content += usize::from(*is_content);
        }
    }
    content >= 1 && common as f64 / a.words.len().min(b.words.len()) as f64 >= MIN_COMMON
}

/// How many words two variants of one utterance have in common, in order; `None` if they are not of one. Copies of one
/// text need fewer: they had the same words before them.
fn n_common(a: &Variant, b: &Variant, is_copy: bool) -> Option<usize> {
    if !may_be_one_utterance(a, b) {
        return None;
    }
    let (mut common, mut content) = (0, 0);
    for op in ops(&a.words, &b.words) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            common += len;
            content += a.words[old_index..old_index + len].iter().filter(|s| !is_stop_word(&s.word)).count();
        }
    }
    let share = common as f64 / a.words.len().min(b.words.len()) as f64;
    // a short quotation must recur nearly whole
    let is_one = content >= MIN_CONTENT && share >= MIN_COMMON
        || content + 1 == MIN_CONTENT && common >= MIN_WORDS && share >= 0.8
        || is_copy && content >= 1 && common >= MIN_WORDS && share >= 0.7;
    is_one.then_some(common)
}

/// What was done to the words of a quotation.
#[derive(Clone, Debug, Default)]
struct Change {
    /// Content words exchanged, put in or left out inside the quotation.
    n_changed: usize,
    /// Whether "not" or "no" was put in or left out, a number changed, or who acts.
    is_grave: bool,
    /// The first changed part on each side; where nothing stands in its place, the words around the gap.
    x: Option<Span>,
    y: Option<Span>,
}

/// Compares two quotations word by word. What one side merely leaves out at either end is a cut, not a change.
fn change(a: &[Spoken], b: &[Spoken]) -> Change {
    let mut change = Change::default();
    let ops = ops(a, b);
    let (first, last) = (ops.iter().position(is_equal), ops.iter().rposition(is_equal));
    let content = |list: &[Spoken]| list.iter().filter(|s| !is_stop_word(&s.word)).count();
    for (n, op) in ops.iter().enumerate() {
        let (old, new) = (&a[op.old_range()], &b[op.new_range()]);
        let is_cut = first.is_none_or(|f| n < f) || last.is_none_or(|l| n > l);
        let is_sentence = is_whole(a, &op.old_range()) && is_whole(b, &op.new_range());
        if is_equal(op) || is_cut || is_sentence || is_added_by_narrator(old, new) {
            continue;
        }
        if is_same_letters(old, new) || old.len().max(new.len()) > MAX_CHANGE {
            continue;
        }
        let n_changed = content(old).max(content(new));
        let is_grave = count(old, NEGATIONS) != count(new, NEGATIONS)
            || are_other_actors(old, new)
            || are_other_numbers(old, new);
        if n_changed == 0 && !is_grave {
            continue;
        }
        change.n_changed += n_changed.max(1);
        change.is_grave |= is_grave;
        if change.x.is_none() {
            change.x = cover(old).or_else(|| around(a, op.old_range().start));
            change.y = cover(new).or_else(|| around(b, op.new_range().start));
        }
    }
    change
}

/// A longer stretch than this is another passage of the speech, not other words for the same.
const MAX_CHANGE: usize = 8;

/// Whether two stretches are spelt with the same letters, doubled ones counted once: "U.S." and "US", "e-mail" and "email",
/// "modelling" and "modeling". House style is no alteration.
fn is_same_letters(old: &[Spoken], new: &[Spoken]) -> bool {
    let letters = |list: &[Spoken]| {
        let mut letters: Vec<char> = list.iter().flat_map(|s| s.word.chars()).collect();
        letters.dedup();
        letters
    };
    !old.is_empty() && letters(old) == letters(new)
}

/// Whether a stretch is empty or begins and ends where sentences do: what goes with it is a cut. A stretch whose last words
/// also stand before it may as well lie further to the left ("It is [late. It is] dark.").
fn is_whole(words: &[Spoken], range: &std::ops::Range<usize>) -> bool {
    let (mut from, mut to) = (range.start, range.end);
    loop {
        let ends = |at: usize| words.get(at).is_none_or(|s| s.ends);
        if range.is_empty() || (from == 0 || ends(from - 1)) && ends(to - 1) {
            return true;
        }
        if from == 0 || words[from - 1].word != words[to - 1].word {
            return false;
        }
        (from, to) = (from - 1, to - 1);
    }
}

const NEGATIONS: &[&str] = &["not", "no", "never", "nobody", "nothing", "none"];

/// Who acts, where the speaker says it of himself, of those addressed, or of others.
const ACTORS: &[&[&str]] =
    &[&["i"], &["we"], &["you"], &["they", "others", "he", "she", "somebody", "someone"], &["nobody"]];

/// Verbs with which a narrator breaks into a quotation.
const REPORTING: &[&str] =
    &["said", "says", "added", "told", "wrote", "continued", "explained", "asked", "insisted"];

fn count(list: &[Spoken], words: &[&str]) -> usize {
    list.iter().filter(|s| words.contains(&s.word.as_str())).count()
}

/// A long stretch left out inside is an omission between two quoted sentences, as editors do; "she said" put in is the
/// narrator's.
fn is_added_by_narrator(old: &[Spoken], new: &[Spoken]) -> bool {
    let more = if old.is_empty() { new } else { old };
    let is_one_sided = old.is_empty() || new.is_empty();
    is_one_sided && (more.len() > 6 || count(more, REPORTING) > 0)
}

fn are_other_actors(old: &[Spoken], new: &[Spoken]) -> bool {
    let class = |list: &[Spoken]| match list {
        [one] => ACTORS.iter().position(|words| words.contains(&one.word.as_str())),
        _ => None,
    };
    matches!((class(old), class(new)), (Some(x), Some(y)) if x != y)
}

fn are_other_numbers(old: &[Spoken], new: &[Spoken]) -> bool {
    let digits = |list: &[Spoken]| -> Vec<String> {
        list.iter()
            .filter(|s| s.word.starts_with(|c: char| c.is_ascii_digit()))
            .map(|s| s.word.clone())
            .collect()
    };
    let (x, y) = (digits(old), digits(new));
    !x.is_empty() && !y.is_empty() && x != y
}

/// The words on both sides of a gap.
fn around(words: &[Spoken], at: usize) -> Option<Span> {
    let from = at.saturating_sub(1).min(words.len());
    cover(&words[from..(at + 1).min(words.len())])
}

fn is_equal(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

fn cover(words: &[Spoken]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}

/// The wordings of an utterance in quotation marks, when they differ in substance.
fn wording(telling: &Telling, group: &[Variant]) -> Option<Finding> {
    let direct: Vec<&Variant> = group.iter().filter(|v| v.kind != QuotationKind::Indirect).collect();
    let lead = *direct.iter().max_by_key(|v| (standing(telling, v, &direct), v.words.len()))?;
    let mut versions: Vec<Vec<&Variant>> = vec![vec![lead]];
    let (mut n_changed, mut is_grave) = (0, false);
    for v in direct.iter().filter(|v| !std::ptr::eq(**v, lead)) {
        if let Some(same) = versions.iter_mut().find(|same| !is_changed(&change(&same[0].words, &v.words))) {
            same.push(v);
            continue;
        }
        let c = change(&lead.words, &v.words);
        // many other words in accounts that took nothing from each other: two translations
        let is_copy = is_one_origin(telling, lead.account, v.account);
        let is_translated = c.n_changed > 2 && !c.is_grave && !is_copy;
        // Groups are joined pair by pair; what has too little in common with the leading version is another passage.
        let is_other = n_common(lead, v, is_copy).is_none() || !is_changed(&c);
        if is_translated || is_other || v.account == lead.account {
            continue;
        }
        n_changed = n_changed.max(c.n_changed);
        is_grave |= c.is_grave;
        versions.push(vec![v]);
    }
    if versions.len() < 2 {
        return None;
    }
    let sides: Vec<Side> = (0..versions.len()).map(|n| version_side(telling, &versions, n)).collect();
    let is_one = versions[1..].iter().all(|v| is_one_origin(telling, lead.account, v[0].account));
    let weights = [(is_grave, 0.15), (is_one, 0.15), (n_changed <= 3, 0.1)];
    let confidence = 0.55 + weights.iter().filter(|w| w.0).map(|w| w.1).sum::<f64>();
    let message = wording_message(telling, lead, &versions, &sides);
    let fact = |name: &str, value: f64, weight: f64| Feature {
        name: name.into(),
        value,
        weight,
        note: String::new(),
    };
    let why = vec![
        fact("words changed", n_changed as f64, 0.1),
        fact("negation, number or actor changed", f64::from(u8::from(is_grave)), 0.15),
        fact("accounts of one origin", f64::from(u8::from(is_one)), 0.15),
    ];
    Some(build::finding(
        FindingKind::AlteredQuotation,
        Some(FindingType::Wording),
        message,
        sides,
        confidence,
        None,
        why,
    ))
}

fn is_one_origin(telling: &Telling, a: u32, b: u32) -> bool {
    telling.origins([a, b]).len() == 1
}

/// "Jane Roe's words differ between accounts: “…” (A, B) / “…” (C)".
fn wording_message(telling: &Telling, lead: &Variant, versions: &[Vec<&Variant>], sides: &[Side]) -> String {
    let speaker = lead.entity.and_then(|e| telling.entities.list.get(e)).filter(|e| e.is_named);
    let who = speaker.map_or("one speaker".to_owned(), |e| e.name.clone());
    let possessive = if who.ends_with('s') { "’" } else { "’s" };
    let outlets = |same: &[&Variant]| {
        let mut names: Vec<String> = Vec::new();
        for name in same.iter().map(|v| build::outlet(telling, v.account)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let told: Vec<String> =
        versions.iter().zip(sides).map(|(same, s)| format!("“{}” ({})", s.label, outlets(same))).collect();
    format!("{who}{possessive} words differ between accounts: {}", told.join(" / "))
}

/// The side of one version: its differing words marked in each account, with enough words around them as label.
fn version_side(telling: &Telling, versions: &[Vec<&Variant>], n: usize) -> Side {
    let other = if n == 0 { versions[1][0] } else { versions[0][0] };
    let focus = |v: &Variant| change(&other.words, &v.words).y;
    let mut side = side(telling, &versions[n], focus);
    let v = versions[n][0];
    if let Some(span) = focus(v) {
        let hit = |s: &Spoken| s.span.overlaps(span);
        let first = v.words.iter().position(hit).unwrap_or(0).saturating_sub(3);
        let last = v.words.iter().rposition(hit).map_or(v.words.len(), |at| (at + 4).min(v.words.len()));
        if let Some(label) = v.words.get(first..last).and_then(cover) {
            side.label = build::label(label.of(&telling.document(v.account).text));
        }
    }
    side
}

/// Changed in substance: a content word exchanged, or a negation put in or left out.
fn is_changed(c: &Change) -> bool {
    c.n_changed > 0 || c.is_grave
}

/// How many origins give the same words, how early in its lineage the account stands, and how many accounts agree.
fn standing(telling: &Telling, v: &Variant, all: &[&Variant]) -> (usize, std::cmp::Reverse<usize>, usize) {
    let agree = all.iter().filter(|o| !is_changed(&change(&v.words, &o.words))).map(|o| o.account);
    let agree: BTreeSet<u32> = agree.collect();
    let id = telling.id(v.account);
    let place =
        telling.lineage.origins.iter().find_map(|o| o.documents.iter().position(|d| *d == id)).unwrap_or(0);
    (telling.origins(agree.iter().copied()).len(), std::cmp::Reverse(place), agree.len())
}

/// One side: the sentences that hold the words, so that a reader sees who is said to have said them.
fn side(telling: &Telling, same: &[&Variant], focus: impl Fn(&Variant) -> Option<Span>) -> Side {
    let mut documents = Vec::new();
    let mut evidence: Vec<Evidence> = Vec::new();
    for variant in same {
        let focus = focus(variant);
        let span = sentences(telling, variant, focus);
        let mut e = telling.evidence(variant.account, span, "quotation");
        if let Some(f) = focus.filter(|f| span.contains(*f)) {
            (e.focus_start, e.focus_end) = (Some(f.start), Some(f.end));
        }
        if !documents.contains(&e.document) {
            documents.push(e.document.clone());
        }
        evidence.push(e);
    }
    let named = same.iter().filter_map(|v| telling.entities.list.get(v.entity?)).filter(|e| e.is_named);
    let sources: BTreeSet<String> = named.map(|e| e.name.clone()).collect();
    Side {
        label: same
            .first()
            .and_then(|v| Some(build::label(cover(&v.words)?.of(&telling.document(v.account).text))))
            .unwrap_or_default(),
        documents,
        origins: telling.origins(same.iter().map(|v| v.account)),
        sources: sources.into_iter().collect(),
        evidence,
    }
}

/// At most so many sentences are shown.
const MAX_SENTENCES: usize = 4;

/// The sentences that cover a quotation and, where it stands beside it, its attribution; of a long one those around the
/// words that differ.
fn sentences(telling: &Telling, v: &Variant, focus: Option<Span>) -> Span {
    let annotations = &telling.account(v.account).annotations;
    let Some(words) = cover(&v.words) else { return Span::default() };
    let range = |span: Span| {
        let first = annotations.sentences.partition_point(|s| s.span.end <= span.start);
        first..annotations.sentences.partition_point(|s| s.span.start < span.end).max(first)
    };
    let cue = annotations.quotations.get(v.quotation as usize).and_then(|q| q.cue);
    let mut whole = range(words);
    for beside in [cue, v.source].into_iter().flatten().map(range) {
        if beside.start <= whole.end && whole.start <= beside.end {
            whole = whole.start.min(beside.start)..whole.end.max(beside.end);
        }
    }
    if whole.len() > MAX_SENTENCES {
        whole = range(focus.unwrap_or(words));
        whole.end = whole.end.min(whole.start + MAX_SENTENCES);
    }
    let shown = annotations.sentences.get(whole).unwrap_or_default();
    shown.iter().fold(focus.unwrap_or(words), |all, s| all.cover(s.span))
}

/// The speakers of an utterance, when accounts name different people.
fn attribution(telling: &Telling, group: &[Variant]) -> Option<Finding> {
    let mut by_speaker: BTreeMap<usize, Vec<&Variant>> = BTreeMap::new();
    for v in group.iter().filter(|v| v.kind != QuotationKind::Indirect) {
        let person = v.entity.filter(|e| {
            telling.entities.list.get(*e).is_some_and(|s| s.is_named && s.kind == EntityKind::Person)
        });
        if let Some(entity) = person {
            by_speaker.entry(entity).or_default().push(v);
        }
    }
    // One account may quote an utterance twice, once within another's; a speaker counts if some account names no other.
    let clear: Vec<(&usize, &Vec<&Variant>)> = by_speaker
        .iter()
        .filter(|(e, list)| {
            list.iter().any(|v| {
                !by_speaker.iter().any(|(o, other)| o != *e && other.iter().any(|w| w.account == v.account))
            })
        })
        .collect();
    let is_short = clear.iter().any(|(_, list)| list.iter().all(|v| v.words.len() < 6));
    let name = |e: &usize| name_key(&telling.entities.list[*e].name);
    let is_one = clear
        .iter()
        .any(|(a, _)| clear.iter().any(|(b, _)| a != b && name(a).iter().all(|w| name(b).contains(w))));
    let is_told = |list: &[&Variant]| list.iter().any(|v| is_name_form(telling, v));
    if clear.len() < 2 || is_short || is_one || !clear.iter().all(|(_, list)| is_told(list)) {
        return None;
    }
    if !is_named_apart(telling, &clear) {
        return None;
    }
    let mut sides: Vec<Side> = clear
        .iter()
        .map(|(entity, list)| {
            let mut s = side(telling, list, |v| v.source);
            s.label.clone_from(&telling.entities.list[**entity].name);
            s
        })
        .collect();
    sides.sort_by(|a, b| {
        b.origins
            .len()
            .cmp(&a.origins.len())
            .then(b.documents.len().cmp(&a.documents.len()))
            .then(a.label.cmp(&b.label))
    });
    let names: Vec<&str> = sides.iter().map(|s| s.label.as_str()).collect();
    let message = format!("the accounts name different speakers for one utterance: {}", names.join(" / "));
    let why = vec![Feature {
        name: "speakers named".into(),
        value: names.len() as f64,
        weight: 0.7,
        note: names.join(", "),
    }];
    Some(build::finding(
        FindingKind::AlteredQuotation,
        Some(FindingType::Attribution),
        message,
        sides,
        0.75,
        None,
        why,
    ))
}

/// Whether each account names its speaker beside these very words, and not the others': else only our reading may differ.
fn is_named_apart(telling: &Telling, clear: &[(&usize, &Vec<&Variant>)]) -> bool {
    let last =
        |e: &usize| telling.entities.list[*e].name.rsplit(' ').next().unwrap_or_default().to_lowercase();
    clear.iter().all(|(own, list)| {
        list.iter().any(|v| {
            let Some(source) = v.source else { return false };
            let annotations = &telling.account(v.account).annotations;
            let is_beside = v
                .words
                .iter()
                .any(|w| annotations.sentence_at(w.span.start) == annotations.sentence_at(source.start));
            if !is_beside {
                return false;
            }
            let text = &telling.document(v.account).text;
            let around = sentences(telling, v, None).of(text).to_lowercase();
            let others = clear.iter().filter(|(o, _)| o != own).any(|(o, _)| around.contains(&last(o)));
            source.of(text).to_lowercase().contains(&last(own)) && !others
        })
    })
}

/// Whether the account names the speaker where he speaks, here or in another quotation: a bare pronoun by itself is too
/// easily given to another.
fn is_name_form(telling: &Telling, v: &Variant) -> bool {
    let annotations = &telling.account(v.account).annotations;
    let entity = |e: Option<u32>| e.and_then(|e| telling.entities.of(v.account, e));
    let sources = annotations
        .quotations
        .iter()
        .filter_map(|q| q.source.as_ref())
        .filter(|s| entity(s.entity) == v.entity);
    sources.map(|s| s.span).any(|source| {
        let from = annotations.mentions.partition_point(|m| m.span.end <= source.start);
        let inside = annotations.mentions[from..].iter().take_while(|m| m.span.start < source.end);
        inside.into_iter().any(|m| m.form == MentionForm::Name)
    })
}
