//! Inside one account: what one source says and another, asked, says is not so.
//!
//! A writer who puts an accusation and its denial side by side says so in words: "no such letter", "accused … denied".
//! Only these are read, within a few sentences, between two sources of which one speaks of the other or of the same thing.

use variorum_schema::{ArgumentRole, FindingKind, FindingType, Form, Modality, Span, Tag};

use super::{Claims, disagreement};
use crate::assertion::Reading;
use crate::assertion::referent::Referent;
use crate::finding::contradiction::{Disagreement, Place};

/// How many sentences lie between a statement and its denial at most.
const REACH: u32 = 3;
/// Verbs of accusing.
const ACCUSING: [&str; 4] = ["accuse", "allege", "blame", "denounce"];

/// Statements of one source that another source of the same account denies.
pub(super) fn denials(claims: &Claims) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for &member in claims.telling.members {
        let readings = claims.readings_of(member);
        let mut last = None;
        for (at, reading) in
            readings.iter().enumerate().filter(|(_, r)| r.speaker.is_some() && !r.is_headline)
        {
            let first = reading.statement.sentence.saturating_sub(REACH);
            let from = readings.partition_point(|r| r.statement.sentence < first);
            let before = &readings[from.min(at)..at];
            if last != Some(reading.statement.sentence)
                && let Some(denial) =
                    such(claims, before, reading).or_else(|| denial(claims, before, reading))
            {
                last = Some(reading.statement.sentence);
                found.push(denial);
            }
        }
        found.extend(rejections(claims, member));
    }
    found
}

/// Verbs by which a source turns down what was just said.
const REJECTING: [&str; 8] =
    ["reject", "deny", "dispute", "dismiss", "contradict", "refute", "rebut", "disagree"];
/// What stands behind them and means what was just said.
const SAID: [&str; 10] =
    ["that", "this", "it", "claim", "accusation", "allegation", "charge", "account", "version", "criticism"];

/// Verbs by which a source says what it would like, or thinks of something.
const WISHING: [&str; 9] = ["hope", "want", "wish", "urge", "find", "believe", "think", "feel", "expect"];

/// Words by which something is put forward that can be turned down without being denied.
const OFFERS: [&str; 12] = [
    "propose",
    "proposal",
    "offer",
    "idea",
    "invite",
    "invitation",
    "request",
    "suggest",
    "suggestion",
    "bid",
    "demand",
    "plan",
];

/// "B rejected that", right behind what A said.
fn rejections(claims: &Claims, member: u32) -> Vec<Disagreement> {
    let account = claims.telling.account(member);
    let (annotations, text) = (&account.annotations, &account.document.text);
    let mut found = Vec::new();
    for pair in claims.telling.alignments.of(member).windows(2) {
        let (x, y) = (pair[0], pair[1]);
        if y.sentence != x.sentence + 1 {
            continue;
        }
        let tokens = annotations.tokens_of(claims.telling.sentence(&y));
        let Some((at, end)) = rejection(tokens) else { continue };
        let inside = claims.telling.sentence(&x).span;
        let said =
            annotations.quotations.iter().rev().find(|q| q.source.is_some() && inside.contains(q.span));
        let Some((said, source)) = said.and_then(|q| Some((q, q.source.as_ref()?))) else { continue };
        // who hopes or finds puts nothing forward; an allegation of which the sentence speaks was made before it
        let is_wish = said.cue_lemma.as_deref().is_some_and(|cue| WISHING.contains(&cue));
        let told = annotations.tokens_of(claims.telling.sentence(&x));
        let is_of_earlier = told.iter().any(|t| {
            t.tag == Tag::Noun
                && SAID.contains(&t.lemma.as_str())
                && SAID.contains(&tokens[end].lemma.as_str())
        });
        if is_wish || is_of_earlier {
            continue;
        }
        // whoever rejects it is somebody else, and is named before the verb
        let last = |s: &str| s.split_whitespace().last().unwrap_or_default().to_lowercase();
        let own = last(source.span.of(text));
        let subject = &tokens[..at];
        let is_named = subject.iter().any(|t| matches!(t.tag, Tag::Propn | Tag::Noun));
        if !is_named || subject.iter().any(|t| t.span.of(text).to_lowercase() == own) {
            continue;
        }
        // who turns down an offer does not say that it is not so
        let offered = annotations.tokens_of(claims.telling.sentence(&x));
        let is_offer = offered.iter().any(|t| OFFERS.contains(&t.lemma.as_str()));
        if is_offer && !tokens[end].lemma.ends_with("tion") {
            continue;
        }
        let content = said.content.iter().copied().reduce(Span::cover).unwrap_or(said.span);
        let x = Place { statement: x, focus: content };
        let y = Place { statement: y, focus: tokens[at].span.cover(tokens[end].span) };
        let note = "one source says it, the next one rejects it".to_owned();
        found.push(disagreement(FindingKind::Disputed, FindingType::Negation, x, y, 0.7, 0.8, note));
    }
    found
}

/// The verb and the word that takes up what was said: "rejected that:", "denied the accusation".
fn rejection(tokens: &[variorum_schema::Token]) -> Option<(usize, usize)> {
    let at = tokens.iter().position(|t| {
        REJECTING.contains(&t.lemma.as_str())
            && matches!(t.form, Form::Past | Form::Third | Form::Present | Form::Plain | Form::PastParticiple)
            && t.tag == Tag::Verb
    })?;
    // "urged her to reject it": nobody has
    if at > 0 && tokens[at - 1].lemma == "to" {
        return None;
    }
    let is_article =
        |t: &variorum_schema::Token| matches!(t.lemma.as_str(), "the" | "this" | "these" | "such");
    let behind = &tokens[at + 1..];
    let n = usize::from(
        behind.first().is_some_and(is_article) && behind.get(1).is_some_and(|t| t.tag == Tag::Noun),
    );
    let object = behind.get(n).filter(|t| SAID.contains(&t.lemma.as_str()))?;
    // "denied that he knew" takes up nothing: the pronoun ends its clause; nor does "denied allegations of fraud"
    let is_closed = behind.get(n + 1).is_none_or(|t| t.tag == Tag::Punct || t.tag == Tag::Adp);
    // "disputed the claim that taxpayers will pay" names its own
    let is_named = behind.get(n + 1).is_some_and(|t| matches!(t.lemma.as_str(), "that" | "of"));
    (if object.tag == Tag::Noun { n == 1 && !is_named } else { is_closed }).then_some((at, at + 1 + n))
}

/// "He knew of no such letter", after another source spoke of a letter.
fn such(claims: &Claims, before: &[Reading], reading: &Reading) -> Option<Disagreement> {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    let at = tokens.windows(2).position(|t| t[0].lemma == "no" && t[1].lemma == "such")?;
    let noun = tokens[at + 2..].iter().take(3).find(|t| t.tag == Tag::Noun && t.form != Form::Possessive)?;
    let of = |r: &&Reading| {
        r.statement.sentence < reading.statement.sentence
            && r.speaker.is_some()
            && r.speaker != reading.speaker
    };
    let held = |r: &Reading| -> Option<Span> {
        let tokens = annotations.tokens_of(claims.telling.sentence(&r.statement));
        let is_it = |t: &&variorum_schema::Token| t.lemma == noun.lemma && r.claim.span.contains(t.span);
        tokens.iter().find(is_it).map(|t| t.span)
    };
    let (said, span) = before.iter().rev().filter(of).find_map(|r| Some((r, held(r)?)))?;
    let phrase = said.parts.iter().map(|p| p.1.span).find(|s| s.contains(span)).unwrap_or(span);
    let x = Place { statement: said.statement, focus: phrase };
    let y = Place { statement: reading.statement, focus: tokens[at].span.cover(noun.span) };
    let note = format!("one source speaks of “{}”, another says that there is none such", noun.lemma);
    Some(disagreement(FindingKind::Disputed, FindingType::Negation, x, y, 0.6, 0.8, note))
}

/// "A accused B of …; B denied that …".
fn denial(claims: &Claims, before: &[Reading], reading: &Reading) -> Option<Disagreement> {
    let is_denial = reading.claim.modality == Modality::Denied;
    if !is_denial && !(reading.is_negative && reading.modality == Modality::Asserted) {
        return None;
    }
    let account = reading.statement.account;
    let link = reading.claim.attribution.last()?;
    let denier = link.entity.and_then(|e| claims.telling.entities.of(account, e))?;
    // where the word of denial is missing, what is negated must be about whoever says it
    let is_own = reading.parts.iter().any(|p| p.1.entity == Some(denier)) || names(claims, reading, denier);
    let annotations = &claims.telling.account(account).annotations;
    let from = annotations.tokens.partition_point(|t| t.span.end <= link.source.start);
    let is_pronoun = annotations.tokens.get(from).is_some_and(|t| t.tag == Tag::Pron);
    // "could not rule it out" denies nothing
    let is_double = matches!(reading.lemma.as_str(), "rule_out" | "exclude" | "deny" | "rule");
    if !is_denial && (!is_own || is_pronoun || is_double) {
        return None;
    }
    let accusation = before.iter().rev().find(|r| {
        (ACCUSING.contains(&r.lemma.as_str()) || is_accusation(claims, r))
            && !r.is_negative
            && r.modality == Modality::Asserted
            && r.statement.sentence <= reading.statement.sentence
    })?;
    let of_link = accusation.claim.attribution.last().and_then(|l| l.entity);
    let accuser = if is_accusation(claims, accusation) {
        of_link.and_then(|e| claims.telling.entities.of(account, e))
    } else {
        accusation.with(ArgumentRole::Agent).next()?.entity
    };
    let is_other = accuser != Some(denier) && accuser.is_some();
    let is_accused = |r: &Referent| r.entity == Some(denier);
    let is_meant = accusation.with(ArgumentRole::Patient).any(is_accused)
        || is_named_between(claims, accusation, reading, denier);
    if !is_other || !is_meant {
        return None;
    }
    let whole = |r: &Reading| {
        let end = r.parts.iter().map(|p| p.1.span).fold(r.claim.predicate, Span::cover);
        if end.start < r.claim.predicate.start { Span { start: r.claim.predicate.start, ..end } } else { end }
    };
    let x = Place { statement: accusation.statement, focus: whole(accusation) };
    let no = link.cue.filter(|_| is_denial).or(reading.claim.negation);
    let focus = no.map_or(reading.claim.predicate, |n| n.cover(reading.claim.predicate));
    let y = Place { statement: reading.statement, focus };
    let note = "an accusation, and the denial of whom it concerns".to_owned();
    let sureness = if is_denial { 0.8 } else { 0.5 };
    Some(disagreement(FindingKind::Disputed, FindingType::Negation, x, y, sureness, 0.75, note))
}

/// Whether a phrase of a claim names somebody, were it by a pronoun ("nobody had promised her anything").
fn names(claims: &Claims, reading: &Reading, who: usize) -> bool {
    let account = reading.statement.account;
    let annotations = &claims.telling.account(account).annotations;
    let phrases = || reading.claim.arguments.iter().map(|a| a.span);
    let inside = annotations.mentions.iter().filter(|m| phrases().any(|s| s.contains(m.span)));
    inside.into_iter().any(|m| claims.telling.entities.of(account, m.entity) == Some(who))
}

/// Whether a claim is what somebody is accused of: "accused the council of hiding the letter".
fn is_accusation(claims: &Claims, reading: &Reading) -> bool {
    let quotations = &claims.telling.account(reading.statement.account).annotations.quotations;
    let own = reading.claim.attribution.last().and_then(|l| quotations.get(l.quotation? as usize));
    own.is_some_and(|q| q.cue_lemma.as_deref().is_some_and(|cue| ACCUSING.contains(&cue)))
}

/// Whether somebody is named in the sentence of the accusation, or between it and the denial.
fn is_named_between(claims: &Claims, accusation: &Reading, denial: &Reading, who: usize) -> bool {
    let account = accusation.statement.account;
    let annotations = &claims.telling.account(account).annotations;
    let start = claims.telling.sentence(&accusation.statement).span.start;
    let end = claims.telling.sentence(&denial.statement).span.start;
    let from = annotations.mentions.partition_point(|m| m.span.start < start);
    let inside = annotations.mentions[from..].iter().take_while(|m| m.span.start < end);
    inside.into_iter().any(|m| claims.telling.entities.of(account, m.entity) == Some(who))
}
