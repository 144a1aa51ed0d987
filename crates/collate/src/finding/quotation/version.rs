//! The wordings of one utterance, side by side.

use std::collections::BTreeSet;

use variorum_annotate::lexicon::is_stop_word;
use variorum_annotate::mention::name_key;
use variorum_schema::{Evidence, Feature, Finding, FindingKind, FindingType, QuotationKind, Side, Span};

use super::change::{are_two_sentences, change, cover, is_changed, unbroken};
use super::spoken::{Spoken, spoken};
use super::{Bond, Variant, bond, is_one_origin, n_common};
use crate::finding::build;
use crate::telling::Telling;

/// Two versions that share so much (of the shorter one) are no two translations.
const MIN_SAME: f64 = 0.65;

/// Versions that share less (of the shorter one) were said on two occasions.
const MIN_SHARED: f64 = 0.5;

/// Versions that share so much are one utterance, whoever is named as its speaker.
const NEARLY_ALL: f64 = 0.75;
/// Versions that differ in so many places are translations.
const MANY_PLACES: usize = 4;

/// Content words exchanged from which two passages of copies are two sentences of one speech, unless they stand in one place.
const MANY_WORDS: usize = 6;

/// How the versions of an utterance differ from the leading one.
#[derive(Default)]
struct Versions<'v> {
    /// Those who give the same words stand together, the leading version first.
    same: Vec<Vec<&'v Variant>>,
    n_changed: usize,
    is_grave: bool,
    is_negated: bool,
}

/// The wordings of an utterance in quotation marks, when they differ in substance: one finding for what copies made of it,
/// one for what accounts that took nothing from each other heard.
pub(super) fn wordings(telling: &Telling, group: &[Variant]) -> Vec<Finding> {
    let direct: Vec<&Variant> = group.iter().filter(|v| v.kind != QuotationKind::Indirect).collect();
    let Some(lead) = direct.iter().copied().max_by_key(|v| (standing(telling, v, &direct), v.words.len()))
    else {
        return Vec::new();
    };
    let (mut copied, mut apart) = (Versions::default(), Versions::default());
    copied.same.push(vec![lead]);
    apart.same.push(vec![lead]);
    for v in direct.iter().filter(|v| !std::ptr::eq(**v, lead)) {
        let is_copy = is_one_origin(telling, lead.account, v.account);
        sort_in(telling, lead, v, if is_copy { &mut copied } else { &mut apart }, is_copy);
    }
    // who agrees with the leading version stands beside it in both
    let agreeing = [&copied, &apart].map(|v| v.same[0][1..].to_vec());
    apart.same[0].extend(&agreeing[0]);
    copied.same[0].extend(&agreeing[1]);
    [(copied, true), (apart, false)].iter().filter_map(|(v, is_one)| finding(telling, v, *is_one)).collect()
}

/// Puts a version with those that give the same words; one that is a translation or another passage nowhere.
fn sort_in<'v>(
    telling: &Telling,
    lead: &'v Variant,
    v: &'v Variant,
    versions: &mut Versions<'v>,
    is_copy: bool,
) {
    if let Some(same) = versions.same.iter_mut().find(|same| !is_changed(&change(&same[0].words, &v.words))) {
        same.push(v);
        return;
    }
    let c = change(&lead.words, &v.words);
    // many other words, or other words in many places, in accounts that took nothing from each other: two translations
    let n_same = n_common(lead, v, bond(telling, lead, v));
    let share = n_same.unwrap_or(0) as f64 / lead.words.len().min(v.words.len()).max(1) as f64;
    let is_one_speaker = lead.entity.is_some() && lead.entity == v.entity;
    // "I told her" and "she thought" are other words of one who tells it again, not another actor
    let is_grave = c.is_grave && (c.is_negated || share >= MIN_SAME);
    let is_other_words = c.n_changed > 2 && !is_grave && (share < MIN_SAME || !is_one_speaker)
        || c.n_places >= MANY_PLACES && !c.is_negated;
    // copies of one text quote one speech at length, and not always the same sentence of it
    let is_loose = !is_copy || bond(telling, lead, v) != Bond::Sentence && c.n_changed >= MANY_WORDS;
    let is_translated = is_loose && is_other_words;
    // Groups are joined pair by pair; what has too little in common with the leading version is another passage.
    let is_other = n_same.is_none() || !is_changed(&c);
    // a speaker who tells one thing twice uses other words for it
    let is_told_anew = !is_copy && share < MIN_SHARED;
    // two speakers said two things, unless nearly all words are the same
    let is_of_another = share < NEARLY_ALL && are_two(telling, lead, v);
    let are_two = bond(telling, lead, v) != Bond::Sentence && are_two_sentences(&lead.words, &v.words, &c);
    if is_translated || is_other || is_told_anew || is_of_another || are_two || v.account == lead.account {
        return;
    }
    // who has both wordings heard both
    let stretch = |words: &[Spoken], at: Option<Span>| -> Vec<String> {
        let is_it = |w: &&Spoken| at.is_some_and(|at| w.span.overlaps(at));
        words.iter().filter(is_it).map(|w| w.word.clone()).collect()
    };
    let (own, other) = (stretch(&lead.words, c.x), stretch(&v.words, c.y));
    if has_said(telling, lead.account, &other) || has_said(telling, v.account, &own) {
        return;
    }
    versions.n_changed = versions.n_changed.max(c.n_changed);
    versions.is_grave |= c.is_grave;
    versions.is_negated |= c.is_negated;
    versions.same.push(vec![v]);
}

/// Words of a changed stretch that nobody happens upon elsewhere.
const MIN_STRETCH: usize = 5;

/// Whether an account has the words of a stretch, in their order, anywhere.
fn has_said(telling: &Telling, account: u32, stretch: &[String]) -> bool {
    let account = telling.account(account);
    if stretch.len() < MIN_STRETCH {
        return false;
    }
    let text = &account.document.text;
    let whole = Span { start: 0, end: text.len() as u32 };
    let all = spoken(text, &account.annotations.tokens, whole);
    all.windows(stretch.len()).any(|w| w.iter().zip(stretch).all(|(s, word)| s.word == *word))
}

/// Whether two versions are given to two people whose names share no word.
fn are_two(telling: &Telling, a: &Variant, b: &Variant) -> bool {
    let named = |v: &Variant| {
        let known = telling.entities.list.get(v.entity?).filter(|e| e.is_named)?;
        Some(name_key(&known.name))
    };
    named(a).zip(named(b)).is_some_and(|(p, q)| !p.iter().any(|word| q.contains(word)))
}

fn finding(telling: &Telling, found: &Versions, is_one: bool) -> Option<Finding> {
    let versions = &found.same;
    if versions.len() < 2 {
        return None;
    }
    let lead = versions[0][0];
    let sides: Vec<Side> = (0..versions.len()).map(|n| version_side(telling, versions, n)).collect();
    let weights = [(found.is_grave, 0.15), (is_one, 0.15), (found.n_changed <= 3, 0.1)];
    let confidence = 0.55 + weights.iter().filter(|w| w.0).map(|w| w.1).sum::<f64>();
    let message = wording_message(telling, lead, versions, &sides);
    let fact = |name: &str, value: f64, weight: f64| Feature {
        name: name.into(),
        value,
        weight,
        note: String::new(),
    };
    let why = vec![
        fact("words changed", found.n_changed as f64, 0.1),
        fact("negation, number or actor changed", f64::from(u8::from(found.is_grave)), 0.15),
        fact("accounts of one origin", f64::from(u8::from(is_one)), 0.15),
    ];
    let is_negation = found.is_negated && found.n_changed == 0;
    let kind = if is_negation { FindingType::Negation } else { FindingType::Wording };
    let altered = FindingKind::AlteredQuotation;
    Some(build::finding(altered, Some(kind), message, sides, confidence, None, why))
}

/// "Jane Roe's words differ between accounts: “…” (A, B) / “…” (C)".
fn wording_message(telling: &Telling, lead: &Variant, versions: &[Vec<&Variant>], sides: &[Side]) -> String {
    let speaker = lead.entity.and_then(|e| telling.entities.list.get(e)).filter(|e| e.is_named);
    let who = speaker.map_or("one speaker".to_owned(), |e| e.name.clone());
    let possessive = if who.ends_with('s') { "’" } else { "’s" };
    let outlets = |same: &[&Variant], side: &Side| {
        let mut names: Vec<String> = Vec::new();
        let told = same.iter().filter(|v| side.documents.contains(&telling.id(v.account)));
        for name in told.map(|v| build::outlet(telling, v.account)) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names.join(", ")
    };
    let told: Vec<String> =
        versions.iter().zip(sides).map(|(same, s)| format!("“{}” ({})", s.label, outlets(same, s))).collect();
    format!("{who}{possessive} words differ between accounts: {}", told.join(" / "))
}

/// The side of one version: its differing words marked in each account, with enough words around them as label.
fn version_side(telling: &Telling, versions: &[Vec<&Variant>], n: usize) -> Side {
    let others: Vec<&Variant> =
        if n == 0 { versions[1..].iter().map(|v| v[0]).collect() } else { vec![versions[0][0]] };
    let focus = |v: &Variant| others.iter().filter_map(|o| change(&o.words, &v.words).y).reduce(Span::cover);
    let v = versions[n][0];
    // who leaves the differing words out agrees with nobody on them
    let told: Vec<&Variant> = versions[n].iter().copied().filter(|o| holds(o, v, focus(v))).collect();
    let mut side = side(telling, &told, focus);
    if let Some(span) = focus(v) {
        let hit = |s: &Spoken| s.span.overlaps(span);
        let first = v.words.iter().position(hit).unwrap_or(0).saturating_sub(3);
        let last = v.words.iter().rposition(hit).map_or(v.words.len(), |at| (at + 4).min(v.words.len()));
        if let Some(label) = v.words.get(first..last).map(unbroken).and_then(cover) {
            side.label = build::label(label.of(&telling.document(v.account).text));
        }
    }
    side
}

/// Whether a version has the words of another in a stretch of it that carry content.
fn holds(own: &Variant, of: &Variant, stretch: Option<Span>) -> bool {
    let Some(stretch) = stretch else { return true };
    let mut words = of.words.iter().filter(|w| w.span.overlaps(stretch) && !is_stop_word(&w.word));
    std::ptr::eq(own, of) || words.all(|w| own.words.iter().any(|o| o.lemma == w.lemma || o.word == w.word))
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
pub(super) fn side(telling: &Telling, same: &[&Variant], focus: impl Fn(&Variant) -> Option<Span>) -> Side {
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
pub(super) fn sentences(telling: &Telling, v: &Variant, focus: Option<Span>) -> Span {
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
