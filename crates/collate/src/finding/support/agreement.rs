//! Whether one statement says what another says, and is not only about the same people and things.
//!
//! Sentences that share many words may tell of an operation here and of its diagnosis there. What is shown as stated by
//! several accounts must be what each of them says: of a group of alike sentences that is the one which the others hold
//! within them, by its words, its figures and its predicate.

use variorum_schema::{Form, Modality, Polarity, Quantity, QuotationKind, Span, Tag, Unit};

use super::voice::{self, Voices};
use crate::align::Statement;
use crate::finding::expectation;
use crate::overlap::{self, Link, Words};
use crate::telling::Telling;

/// Share of a statement, by weight of its words, that a sentence must say to state it, where it has the same predicate.
const MIN_SAID: f64 = 0.55;
/// As [`MIN_SAID`], where the predicate is another word.
const MIN_SAID_OTHERWISE: f64 = 0.74;
/// As [`MIN_SAID`], where both tell what one and the same speaker said, each in its own words.
const MIN_SAID_BY_ONE: f64 = 0.48;
/// Where so much is said in the same words, they are one speaker's, whoever is named.
const SAID_ALIKE: f64 = 0.85;
/// As [`MIN_SAID`], where both quote, and one does not tell whom.
const MIN_SAID_UNKNOWN: f64 = 0.65;
/// Content words without which a sentence states nothing by itself.
const MIN_CONTENT: usize = 4;
/// Likeness of two sentences below which they were grouped by a third one only.
const MIN_LIKENESS: f64 = 0.30;

/// The statement of a group that its other members say, with those that say it (itself first). Of several the one that
/// most accounts say; then the one of which they say most.
#[must_use]
pub(super) fn core(
    telling: &Telling,
    group: &[Statement],
    rank: impl Fn(&Statement) -> usize,
) -> Option<(Statement, Vec<Statement>)> {
    let group = &group[..group.len().min(MAX_GROUP)];
    let mut best: Option<((bool, bool, usize, usize, u64), Statement, Vec<Statement>)> = None;
    for whole in group.iter().filter(|s| is_complete(telling, s)) {
        let mut saying = vec![*whole];
        saying.extend(group.iter().filter(|s| *s != whole && says(telling, whole, s)));
        let n = telling.origins(saying.iter().map(|s| s.account)).len();
        // one that can stand alone, before one that more accounts say
        let alike: f64 = saying[1..].iter().map(|s| likeness(telling, whole, s)).sum();
        let worth = (n > 1, rank(whole) == 0, n, saying.len(), (alike * 1000.0) as u64);
        if best.as_ref().is_none_or(|b| worth > b.0) {
            best = Some((worth, *whole, saying));
        }
    }
    best.map(|b| (b.1, b.2))
}

/// How alike two statements are; 1 in one account, which is not compared with itself.
fn likeness(telling: &Telling, a: &Statement, b: &Statement) -> f64 {
    if a.account == b.account { 1.0 } else { telling.alignments.likeness(a, b) }
}

/// Statements of a group that are compared with one another.
const MAX_GROUP: usize = 40;

/// Whether a sentence tells something by itself: it has a finite verb and says enough, and asks nothing.
#[must_use]
pub(super) fn is_complete(telling: &Telling, s: &Statement) -> bool {
    let account = telling.account(s.account);
    let tokens = account.annotations.tokens_of(telling.sentence(s));
    let is_finite = |t: &variorum_schema::Token| {
        matches!(t.tag, Tag::Verb | Tag::Aux) && !matches!(t.form, Form::PresentParticiple | Form::Plain)
    };
    let text = telling.text(s).trim_end_matches(['”', '"', '’', '\'', ' ']);
    let words = overlap::words_of(telling, s);
    tokens.iter().any(is_finite)
        && !text.ends_with(['?', ':'])
        && words.list.iter().filter(|w| w.is_content).count() >= MIN_CONTENT
}

/// Whether `other` says what `whole` says.
#[must_use]
pub(super) fn says(telling: &Telling, whole: &Statement, other: &Statement) -> bool {
    let (x, y) = (overlap::words_of(telling, whole), overlap::words_of(telling, other));
    let is_alike =
        whole.account == other.account || telling.alignments.likeness(whole, other) >= MIN_LIKENESS;
    if !is_alike {
        return false;
    }
    let links = overlap::links(&x, &y);
    let said = said(telling, whole, &x, &links);
    let is_speech = voice::is_speech(telling, whole) && voice::is_speech(telling, other);
    // "on the wrong side of history": two people who use one phrase said two things
    let is_quoted = is_speech && voice::is_quoted(telling, whole) && voice::is_quoted(telling, other);
    let voices = voice::voices(telling, whole, other);
    if is_quoted && voices == Voices::Two && said < SAID_ALIKE {
        return false;
    }
    let needed = match () {
        () if is_quoted && voices == Voices::Unknown => MIN_SAID_UNKNOWN,
        () if voice::only_speaker(telling, &[*whole, *other]).is_some() => MIN_SAID_BY_ONE,
        () if is_of_one_predicate(&x, &y, &links) => MIN_SAID,
        // words of a speech have their predicate in the speech
        () if is_speech => MIN_SAID,
        () if !root_is_said(&x, &links) => return false,
        () => MIN_SAID_OTHERWISE,
    };
    said >= needed
        && (said >= SAID_ALIKE || shares_words(&x, &links))
        && quotation_is_said(telling, whole, &x, &links)
        && figures_are_said(&x, &links)
        && !is_another_one(telling, whole, other)
        && is_as_firm(telling, whole, other, &x, &y, &links)
}

/// "A second operation" beside "an operation": another one of its kind.
fn is_another_one(telling: &Telling, whole: &Statement, other: &Statement) -> bool {
    let counted = |s: &Statement| -> Vec<(f64, String)> {
        let annotations = &telling.account(s.account).annotations;
        let tokens = annotations.tokens_of(telling.sentence(s));
        let span = telling.sentence(s).span;
        let own = annotations.quantities.iter().filter(|q| q.unit == Unit::Ordinal && span.contains(q.span));
        let noun =
            |at: usize| tokens[at..].iter().take(3).find(|t| t.tag == Tag::Noun).map(|t| t.lemma.clone());
        let of = |q: &Quantity| noun(tokens.partition_point(|t| t.span.start < q.number.end));
        own.filter_map(|q| Some((q.value, of(q)?))).collect()
    };
    let has = |s: &Statement, noun: &str| {
        let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
        tokens.iter().any(|t| t.tag == Tag::Noun && t.lemma == noun)
    };
    let is_further = |own: &[(f64, String)], others: &[(f64, String)], there: &Statement| {
        own.iter().any(|(n, noun)| *n >= 2.0 && has(there, noun) && !others.iter().any(|(_, o)| o == noun))
    };
    let (own, others) = (counted(whole), counted(other));
    is_further(&own, &others, other) || is_further(&others, &own, whole)
}

/// Share of a statement, by weight of its words, that the other says. Of reported speech only what was said counts: that
/// somebody said it on television is no part of it.
fn said(telling: &Telling, whole: &Statement, x: &Words, links: &[Link]) -> f64 {
    let account = telling.account(whole.account);
    let content: Vec<Span> =
        voice::quotations(telling, whole).flat_map(|q| q.content.iter().copied()).collect();
    let is_speech = |n: usize| {
        let token = account.annotations.tokens.get(x.list[n].token as usize);
        token.is_some_and(|t| content.iter().any(|c| c.contains(t.span)))
    };
    let n_speech = (0..x.list.len()).filter(|n| is_speech(*n)).count();
    let counts = |n: usize| 2 * n_speech < x.list.len() || is_speech(n);
    let all: f64 = (0..x.list.len()).filter(|n| counts(*n)).map(|n| x.list[n].weight).sum();
    let linked = links.iter().filter(|l| counts(l.x));
    let said: f64 = linked.map(|l| x.list[l.x].weight * overlap::worth(l.likeness)).sum();
    said / all.max(f64::MIN_POSITIVE)
}

/// Ordinary words that two sentences share at least, besides the names, where the one does not say nearly all of the other.
const MIN_ORDINARY: usize = 2;
/// Words of names that stand for one of them.
const MIN_NAMES: usize = 3;
/// Words that tell that somebody spoke, where, and to whom.
const OF_SPEECH: [&str; 16] = [
    "say",
    "tell",
    "tweet",
    "reporter",
    "journalist",
    "statement",
    "interview",
    "conference",
    "news",
    "press",
    "ask",
    "add",
    "house",
    "sunday",
    "twitter",
    "spokesman",
];

/// Whether two sentences share more than whom they are about, a word besides, and that somebody spoke: "expect him to", "told
/// reporters at the town hall".
fn shares_words(x: &Words, links: &[Link]) -> bool {
    let is_ordinary = |l: &&Link| {
        let word = &x.list[l.x];
        word.is_content
            && !word.is_name
            && word.tag != Tag::Propn
            && !OF_SPEECH.contains(&word.lemma.as_str())
    };
    let is_name = |l: &&Link| x.list[l.x].is_name || x.list[l.x].number.is_some();
    let n = links.iter().filter(is_ordinary).count();
    n >= MIN_ORDINARY || n > 0 && links.iter().filter(is_name).count() >= MIN_NAMES
}

/// Share of the words between the quotation marks of a statement that a sentence must say to state it.
const MIN_QUOTED: f64 = 0.4;
/// Content words between quotation marks from which they are an utterance.
const MIN_UTTERANCE: usize = 2;

/// Whether what a statement quotes stands in the other: that somebody told reporters something on that day is said of
/// every utterance.
fn quotation_is_said(telling: &Telling, whole: &Statement, x: &Words, links: &[Link]) -> bool {
    let account = telling.account(whole.account);
    let direct = voice::quotations(telling, whole).filter(|q| q.kind != QuotationKind::Indirect);
    let quoted: Vec<Span> = direct.flat_map(|q| q.content.iter().copied()).collect();
    let is_quoted = |n: &usize| {
        let token = account.annotations.tokens.get(x.list[*n].token as usize);
        x.list[*n].is_content && token.is_some_and(|t| quoted.iter().any(|c| c.contains(t.span)))
    };
    let own: Vec<usize> = (0..x.list.len()).filter(is_quoted).collect();
    let all: f64 = own.iter().map(|n| x.list[*n].weight).sum();
    let linked = links.iter().filter(|l| own.contains(&l.x));
    let said: f64 = linked.map(|l| x.list[l.x].weight * overlap::worth(l.likeness)).sum();
    own.len() < MIN_UTTERANCE || said >= MIN_QUOTED * all
}

/// Whether every number of a statement, one apart, is among the words that the other says.
fn figures_are_said(x: &Words, links: &[Link]) -> bool {
    let is_said = |n: usize| links.iter().any(|l| l.x == n && l.likeness >= overlap::SAME);
    x.list.iter().enumerate().filter(|(_, w)| w.number.is_some_and(|n| n >= 2.0)).all(|(n, _)| is_said(n))
}

/// Whether the word on which a statement hangs, or a verb of it with one of its phrases, stands in the other as well.
fn is_of_one_predicate(x: &Words, y: &Words, links: &[Link]) -> bool {
    let same: Vec<&Link> = links
        .iter()
        .filter(|l| l.likeness >= overlap::SAME && x.list[l.x].is_content && y.list[l.y].is_content)
        .collect();
    let is_act = |l: &Link| {
        matches!(x.list[l.x].tag, Tag::Verb)
            || matches!(y.list[l.y].tag, Tag::Verb)
            || x.list[l.x].head.is_none()
    };
    // a phrase of it: a word that depends on it, straight or through words without content, on both sides
    let has_phrase = |l: &&Link| {
        same.iter().any(|m| m.x != l.x && governor(x, m.x) == Some(l.x) && governor(y, m.y) == Some(l.y))
    };
    same.iter().any(|l| is_act(l) && (has_phrase(l) || x.list[l.x].head.is_none()))
}

/// Whether the verb on which a statement hangs stands for something in the other: an operation is no diagnosis.
fn root_is_said(x: &Words, links: &[Link]) -> bool {
    let root = x.list.iter().position(|w| w.head.is_none());
    root.is_none_or(|n| {
        let word = &x.list[n];
        !word.is_content || word.tag != Tag::Verb || links.iter().any(|l| l.x == n)
    })
}

/// The nearest word with content on which a word depends.
fn governor(words: &Words, at: usize) -> Option<usize> {
    let mut head = words.list[at].head;
    for _ in 0..4 {
        match head {
            Some(h) if !words.list[h].is_content => head = words.list[h].head,
            _ => break,
        }
    }
    head
}

/// Whether the verbs that two statements share are told as firmly by both: what is planned, demanded, possible or not so
/// here is not stated there as a fact.
fn is_as_firm(
    telling: &Telling,
    whole: &Statement,
    other: &Statement,
    x: &Words,
    y: &Words,
    links: &[Link],
) -> bool {
    if expectation::is_announced(telling, whole) != expectation::is_announced(telling, other) {
        return false;
    }
    let shared = links.iter().filter(|l| {
        l.likeness >= overlap::SAME
            && x.list[l.x].is_content
            && x.list[l.x].tag == Tag::Verb
            && y.list[l.y].tag == Tag::Verb
    });
    shared.into_iter().all(|l| {
        let (a, b) =
            (firmness(telling, whole, x.list[l.x].token), firmness(telling, other, y.list[l.y].token));
        a.is_none() || b.is_none() || a == b
    })
}

/// How firmly the claim whose predicate holds a token is put: affirmed, and told rather than planned, wished or possible.
fn firmness(telling: &Telling, s: &Statement, token: u32) -> Option<(bool, bool)> {
    let annotations = &telling.account(s.account).annotations;
    let span = annotations.tokens.get(token as usize)?.span;
    let claim = annotations.claims_of(s.sentence).iter().find(|c| c.predicate.contains(span))?;
    let is_told = matches!(claim.modality, Modality::Asserted | Modality::Alleged | Modality::Denied);
    let is_so = (claim.polarity == Polarity::Positive) != (claim.modality == Modality::Denied);
    Some((is_so, is_told))
}
