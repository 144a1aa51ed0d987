//! Altered and misattributed quotations: one utterance, as each account gives it.

use std::collections::{BTreeMap, BTreeSet};

use similar::{Algorithm, DiffOp, capture_diff_slices};
use variorum_annotate::lexicon::is_stop_word;
use variorum_schema::{Feature, Finding, FindingKind, FindingType, QuotationKind, Side, Span};

use super::build;
use crate::telling::Telling;

/// Quotations with fewer words are too short to be recognised again.
const MIN_WORDS: usize = 4;
/// Share of the shorter quotation's words that must recur in order in the other for both to be one utterance.
const MIN_COMMON: f64 = 0.6;
/// Of those, so many must carry content.
const MIN_CONTENT: usize = 3;

/// One quotation as words.
#[derive(Clone, Debug)]
struct Variant {
    account: u32,
    quotation: u32,
    kind: QuotationKind,
    words: Vec<Spoken>,
    entity: Option<usize>,
    source: Option<Span>,
}

/// One word of a quotation, contractions undone.
#[derive(Clone, Debug, PartialEq)]
struct Spoken {
    word: String,
    span: Span,
}

/// Which quotations of different accounts give the same utterance: `(account, index of the quotation)` → identifier of
/// the utterance ("u1", …). Quotations without a variant in another account are left out.
#[must_use]
pub fn utterances(telling: &Telling) -> BTreeMap<(u32, u32), String> {
    let mut ids = BTreeMap::new();
    for (n, group) in groups(telling).iter().enumerate() {
        ids.extend(group.iter().map(|v| ((v.account, v.quotation), format!("u{}", n + 1))));
    }
    ids
}

/// Findings: one per utterance whose words or whose speaker differ.
#[must_use]
pub fn altered(telling: &Telling) -> Vec<Finding> {
    let groups = groups(telling);
    groups.iter().flat_map(|g| [wording(telling, g), attribution(telling, g)]).flatten().collect()
}

/// Variants of one utterance, in groups of at least two accounts.
fn groups(telling: &Telling) -> Vec<Vec<Variant>> {
    let variants: Vec<Variant> = telling.members.iter().flat_map(|m| variants(telling, *m)).collect();
    let mut group_of: Vec<usize> = (0..variants.len()).collect();
    for (i, j) in candidates(&variants) {
        let is_same = variants[i].account != variants[j].account && is_one_utterance(&variants[i], &variants[j]);
        if is_same && group_of[i] != group_of[j] {
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

fn variants(telling: &Telling, member: u32) -> Vec<Variant> {
    let account = telling.account(member);
    let text = &account.document.text;
    let quotations = account.annotations.quotations.iter().enumerate();
    quotations
        .map(|(idx, q)| Variant {
            account: member,
            quotation: idx as u32,
            kind: q.kind,
            words: q.content.iter().flat_map(|c| spoken(text, *c)).collect(),
            entity: q.source.as_ref().and_then(|s| s.entity).and_then(|e| telling.entities.of(member, e)),
            source: q.source.as_ref().map(|s| s.span),
        })
        .filter(|v| v.words.len() >= MIN_WORDS)
        .collect()
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
                words.extend(expanded(&word).into_iter().map(|word| Spoken { word, span: whole }));
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
            let undone = clitics.iter().find_map(|(c, full)| word.strip_suffix(c).map(|stem| pair(stem, full)));
            undone.unwrap_or_else(|| vec![american(word)])
        }
    }
}

/// British spellings folded, so that a house style is no alteration.
fn american(word: &str) -> String {
    for (from, to) in [("isation", "ization"), ("ise", "ize"), ("ised", "ized"), ("ising", "izing"), ("our", "or"), ("ours", "ors"), ("ouring", "oring")] {
        if let Some(stem) = word.strip_suffix(from).filter(|s| s.len() >= 3) {
            return format!("{stem}{to}");
        }
    }
    word.to_owned()
}

/// Pairs that share at least two content words.
fn candidates(variants: &[Variant]) -> Vec<(usize, usize)> {
    let mut postings: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
    for (idx, v) in variants.iter().enumerate() {
        for s in v.words.iter().filter(|s| !is_stop_word(&s.word)) {
            postings.entry(&s.word).or_default().insert(idx);
        }
    }
    let mut shared: BTreeMap<(usize, usize), u32> = BTreeMap::new();
    for list in postings.values().filter(|l| l.len() <= 200) {
        for (n, &i) in list.iter().enumerate() {
            for &j in list.iter().skip(n + 1) {
                *shared.entry((i, j)).or_insert(0) += 1;
            }
        }
    }
    shared.into_iter().filter(|(_, n)| *n >= 2).map(|(pair, _)| pair).collect()
}

fn ops(a: &[Spoken], b: &[Spoken]) -> Vec<DiffOp> {
    let words = |list: &[Spoken]| list.iter().map(|s| s.word.clone()).collect::<Vec<_>>();
    capture_diff_slices(Algorithm::Myers, &words(a), &words(b))
}

fn is_one_utterance(a: &Variant, b: &Variant) -> bool {
    let (mut common, mut content) = (0, 0);
    for op in ops(&a.words, &b.words) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            common += len;
            content += a.words[old_index..old_index + len].iter().filter(|s| !is_stop_word(&s.word)).count();
        }
    }
    let shorter = a.words.len().min(b.words.len()) as f64;
    content >= MIN_CONTENT && common as f64 / shorter >= MIN_COMMON
}

/// What was done to the words of a quotation.
#[derive(Clone, Debug, Default)]
struct Change {
    /// Content words exchanged, put in or left out inside the quotation.
    n_changed: usize,
    /// Whether "not" or "no" was put in or left out.
    is_negated: bool,
    /// The first changed part on each side.
    x: Option<Span>,
    y: Option<Span>,
}

/// Compares two direct quotations word by word. What one side merely leaves out at either end is a cut, not a change.
fn change(a: &[Spoken], b: &[Spoken]) -> Change {
    let mut change = Change::default();
    let ops = ops(a, b);
    let (first, last) = (ops.iter().position(is_equal), ops.iter().rposition(is_equal));
    for (n, op) in ops.iter().enumerate() {
        let (old, new) = (&a[op.old_range()], &b[op.new_range()]);
        let is_cut = first.is_some_and(|f| n < f) || last.is_some_and(|l| n > l);
        if is_equal(op) || is_cut {
            continue;
        }
        let content = |list: &[Spoken]| list.iter().filter(|s| !is_stop_word(&s.word)).count();
        let negations = |list: &[Spoken]| list.iter().filter(|s| matches!(s.word.as_str(), "not" | "no" | "never")).count();
        let n_changed = content(old).max(content(new));
        // A long stretch left out inside is an omission between two quoted sentences, as editors do.
        let is_elision = old.is_empty() && new.len() > 6 || new.is_empty() && old.len() > 6;
        if is_elision || n_changed == 0 && negations(old) == negations(new) {
            continue;
        }
        change.n_changed += n_changed;
        change.is_negated |= negations(old) != negations(new);
        change.x = change.x.or_else(|| cover(old));
        change.y = change.y.or_else(|| cover(new));
    }
    change
}

fn is_equal(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

fn cover(words: &[Spoken]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}

/// The wordings of an utterance as direct quotations, when they differ in substance.
fn wording(telling: &Telling, group: &[Variant]) -> Option<Finding> {
    let direct: Vec<&Variant> = group.iter().filter(|v| v.kind != QuotationKind::Indirect).collect();
    let lead = *direct.iter().max_by_key(|v| (standing(telling, v, &direct), v.words.len()))?;
    let mut versions: Vec<(&Variant, Vec<&Variant>, Change)> = vec![(lead, vec![lead], Change::default())];
    let mut n_changed = 0;
    let mut is_negated = false;
    for v in direct.iter().filter(|v| !std::ptr::eq(**v, lead)) {
        match versions.iter_mut().find(|(o, ..)| !is_changed(&change(&o.words, &v.words))) {
            Some((_, same, _)) => same.push(v),
            None => {
                let c = change(&lead.words, &v.words);
                n_changed = n_changed.max(c.n_changed);
                is_negated |= c.is_negated;
                versions.push((v, vec![v], c));
            }
        }
    }
    if versions.len() < 2 {
        return None;
    }
    let focus_lead = versions[1..].iter().find_map(|(_, _, c)| c.x);
    let sides: Vec<Side> = versions.iter().map(|(v, same, c)| side(telling, v, same, c.y.or(focus_lead).filter(|_| true), std::ptr::eq(*v, lead).then_some(focus_lead))).collect();
    let is_one_origin = telling.origins(direct.iter().map(|v| v.account)).len() == 1;
    let confidence = 0.6 + if is_negated { 0.15 } else { 0.0 } + if is_one_origin { 0.15 } else { 0.0 } + if n_changed <= 3 { 0.1 } else { 0.0 };
    let who = lead.entity.map_or("one speaker".to_owned(), |e| telling.entities.list[e].name.clone());
    let message = format!("{} wordings of one utterance of {who}: {}", versions.len(), sides.iter().map(|s| format!("“{}”", s.label)).collect::<Vec<_>>().join(" / "));
    let why = vec![
        Feature { name: "content words changed".into(), value: n_changed as f64, weight: 0.1, note: String::new() },
        Feature { name: "negation put in or left out".into(), value: f64::from(u8::from(is_negated)), weight: 0.15, note: String::new() },
        Feature { name: "accounts of one origin".into(), value: f64::from(u8::from(is_one_origin)), weight: 0.15, note: String::new() },
    ];
    Some(build::finding(FindingKind::AlteredQuotation, Some(FindingType::Wording), message, sides, confidence, None, why))
}

/// Changed in substance: a content word exchanged, or a negation put in or left out.
fn is_changed(c: &Change) -> bool {
    c.n_changed > 0 || c.is_negated
}

/// How many accounts of other origin give the same words, then how early in its lineage the account stands.
fn standing(telling: &Telling, v: &Variant, all: &[&Variant]) -> (usize, std::cmp::Reverse<usize>) {
    let agree = all.iter().filter(|o| !is_changed(&change(&v.words, &o.words))).map(|o| o.account);
    let id = telling.id(v.account);
    let place = telling.lineage.origins.iter().find_map(|o| o.documents.iter().position(|d| *d == id)).unwrap_or(0);
    (agree.collect::<BTreeSet<_>>().len(), std::cmp::Reverse(place))
}

fn side(telling: &Telling, v: &Variant, same: &[&Variant], focus: Option<Span>, lead_focus: Option<Option<Span>>) -> Side {
    let focus = lead_focus.unwrap_or(focus);
    let mut documents = Vec::new();
    let mut evidence = Vec::new();
    for variant in same {
        let span = telling.account(variant.account).annotations.quotations[variant.quotation as usize].span;
        let mut e = telling.evidence(variant.account, span, "quotation");
        if let Some(f) = focus.filter(|f| std::ptr::eq(*variant, v) && span.contains(*f)) {
            (e.focus_start, e.focus_end) = (Some(f.start), Some(f.end));
        }
        if !documents.contains(&e.document) {
            documents.push(e.document.clone());
        }
        evidence.push(e);
    }
    let sources: BTreeSet<String> = same.iter().filter_map(|v| v.entity).map(|e| telling.entities.list[e].name.clone()).collect();
    Side {
        label: build::label(&evidence[0].text),
        documents,
        origins: telling.origins(same.iter().map(|v| v.account)),
        sources: sources.into_iter().collect(),
        evidence,
    }
}

/// The speakers of an utterance, when accounts name different ones.
fn attribution(telling: &Telling, group: &[Variant]) -> Option<Finding> {
    let mut by_speaker: BTreeMap<usize, Vec<&Variant>> = BTreeMap::new();
    for v in group.iter().filter(|v| v.kind != QuotationKind::Indirect) {
        if let Some(entity) = v.entity {
            by_speaker.entry(entity).or_default().push(v);
        }
    }
    // One account may quote an utterance twice, once within another's; a speaker counts if some account names no other.
    let clear: Vec<(&usize, &Vec<&Variant>)> = by_speaker
        .iter()
        .filter(|(e, list)| list.iter().any(|v| !by_speaker.iter().any(|(o, other)| o != *e && other.iter().any(|w| w.account == v.account))))
        .collect();
    if clear.len() < 2 || clear.iter().any(|(_, list)| list.iter().all(|v| v.words.len() < 6)) {
        return None;
    }
    let mut sides: Vec<Side> = clear
        .iter()
        .map(|(entity, list)| {
            let mut s = side(telling, list[0], list, list[0].source, None);
            s.label.clone_from(&telling.entities.list[**entity].name);
            s
        })
        .collect();
    sides.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then(a.label.cmp(&b.label)));
    let names: Vec<&str> = sides.iter().map(|s| s.label.as_str()).collect();
    let message = format!("the accounts name different speakers for one utterance: {}", names.join(" / "));
    let why = vec![Feature { name: "speakers named".into(), value: names.len() as f64, weight: 0.7, note: names.join(", ") }];
    Some(build::finding(FindingKind::AlteredQuotation, Some(FindingType::Attribution), message, sides, 0.75, None, why))
}
