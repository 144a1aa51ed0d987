//! What the claims of a story say, in terms that can be compared across its accounts: the act by its class, its
//! participants by who they are, affirmed or negated, how firmly, when, and according to whom.
//!
//! A claim answers a *question* of the list of outcomes ("what became of him?") if its predicate is among the words of an
//! answer. All that is read here is per claim, so the cost is linear in the claims of the story.

use std::collections::BTreeMap;

use variorum_annotate::lexicon::is_stop_word;
use variorum_schema::{
    Annotations, ArgumentRole, BlockKind, Claim, EntityKind, Interval, MentionForm, Modality, Polarity, Span,
    Tag, TimeExpression, Token,
};

use crate::align::Statement;
use crate::telling::Telling;

pub mod noun;
pub mod question;
pub mod referent;

use question::{About, Beside, Part, Word};
use referent::Referent;

/// How many tokens after a verb the word may stand that makes it an answer ("found him dead").
const REACH: usize = 4;
/// Days before publication from which on a time belongs to the background of a story.
const BACKGROUND_DAYS: i32 = 8;
/// Claims of one account that are read; no article has more.
const MAX_CLAIMS: usize = 3000;

/// A claim of an account with its participants resolved across the story.
#[derive(Clone, Debug)]
pub struct Reading<'a> {
    /// The sentence. For a headline, `unit` means nothing.
    pub statement: Statement,
    /// The claim.
    pub claim: &'a Claim,
    /// Its lemma with `_` for blanks.
    pub lemma: String,
    /// Its participants with their parts.
    pub parts: Vec<(ArgumentRole, Referent)>,
    /// Negated, or denied by its source.
    pub is_negative: bool,
    /// How firmly it is put; what is denied counts as asserted here.
    pub modality: Modality,
    /// Who says so, if the account does not say it itself.
    pub speaker: Option<String>,
    /// When, if the claim says so.
    pub when: Option<Interval>,
    /// Whether it tells of a time before the event.
    pub is_background: bool,
    /// Whether it stands in a headline.
    pub is_headline: bool,
}

/// A reading that answers a question about somebody or something.
#[derive(Clone, Debug)]
pub struct Assertion {
    /// Index of its reading.
    pub reading: usize,
    /// Which word of which answer.
    pub word: Word,
    /// About whom or what.
    pub about: Referent,
    /// What is done, where the answer is about who does it.
    pub object: Option<Referent>,
    /// The words that give the answer.
    pub focus: Span,
    /// Whether it is said that this is not the answer.
    pub is_negative: bool,
}

/// The readings of all claims of the members, in the order of the members, and of the text in each.
#[must_use]
pub fn readings<'a>(telling: &Telling<'a>) -> Vec<Reading<'a>> {
    let statements: BTreeMap<(u32, u32), Statement> =
        telling.alignments.statements.iter().map(|s| ((s.account, s.sentence), *s)).collect();
    let mut out = Vec::new();
    for &member in telling.members {
        let claims = &telling.account(member).annotations.claims;
        for claim in claims.iter().take(MAX_CLAIMS) {
            let is_headline = is_headline(telling, member, claim.sentence);
            let known = statements.get(&(member, claim.sentence)).copied();
            let title = Statement { account: member, unit: 0, sentence: claim.sentence };
            if let Some(statement) = known.or_else(|| is_headline.then_some(title))
                && !is_question(telling, member, claim)
            {
                out.push(reading(telling, statement, claim, is_headline));
            }
        }
    }
    out
}

fn is_headline(telling: &Telling, member: u32, sentence: u32) -> bool {
    let account = telling.account(member);
    let block = account.annotations.sentences.get(sentence as usize).map(|s| s.block as usize);
    block.and_then(|b| account.document.blocks.get(b)).is_some_and(|b| b.kind == BlockKind::Title)
}

fn is_question(telling: &Telling, member: u32, claim: &Claim) -> bool {
    let account = telling.account(member);
    let sentence = account.annotations.sentences.get(claim.sentence as usize);
    sentence.is_some_and(|s| {
        s.span.of(&account.document.text).trim_end_matches(['”', '"', '’', '\'']).ends_with('?')
    })
}

fn reading<'a>(
    telling: &Telling<'a>,
    statement: Statement,
    claim: &'a Claim,
    is_headline: bool,
) -> Reading<'a> {
    let account = statement.account;
    let parts =
        claim.arguments.iter().map(|a| (a.role, Referent::new(telling, account, a.span, &a.head, a.entity)));
    let is_denied = claim.modality == Modality::Denied;
    let when = when(telling, account, claim);
    Reading {
        statement,
        claim,
        lemma: claim.lemma.replace(' ', "_"),
        parts: parts.collect(),
        is_negative: (claim.polarity == Polarity::Negative) != is_denied,
        modality: if is_denied { Modality::Asserted } else { claim.modality },
        speaker: speaker(telling, account, claim),
        when,
        is_background: is_background(telling, account, claim, when),
        is_headline,
    }
}

/// The innermost source of a claim by its story-wide name, else in the words of the account.
fn speaker(telling: &Telling, account: u32, claim: &Claim) -> Option<String> {
    let link = claim.attribution.last()?;
    let name = link.entity.and_then(|e| telling.entities.name(account, e));
    let words = || link.source.of(&telling.document(account).text).to_lowercase();
    Some(name.map_or_else(words, str::to_owned))
}

fn when(telling: &Telling, account: u32, claim: &Claim) -> Option<Interval> {
    let annotations = &telling.account(account).annotations;
    let told = claim.times.iter().filter_map(|t| annotations.times.get(*t as usize));
    // "the flood of 1966": a time deep inside a phrase tells of a part of it; "its inspection in October" of the whole
    let is_own = |t: &&TimeExpression| {
        let mut around = claim.arguments.iter().filter(|a| a.span.contains(t.span)).peekable();
        around.peek().is_none() || around.any(|a| is_of(annotations, t, &a.head))
    };
    told.filter(is_own).filter_map(|t| t.interval).min_by_key(|i| (i.first, i.last))
}

/// Whether a time depends on a word with this lemma.
fn is_of(annotations: &Annotations, time: &TimeExpression, head: &str) -> bool {
    governor(annotations, time.span).is_some_and(|g| g.lemma == head)
}

/// Whether a claim tells of an earlier time: a time that its predicate or the head of one of its phrases governs lies
/// well before publication.
fn is_background(telling: &Telling, account: u32, claim: &Claim, when: Option<Interval>) -> bool {
    let (annotations, document) = (&telling.account(account).annotations, telling.document(account));
    let Some(published) = document.published.value else { return false };
    let is_past = |i: Interval| i64::from((published - i.last).get_days()) >= i64::from(BACKGROUND_DAYS);
    let Some(sentence) = annotations.sentences.get(claim.sentence as usize) else { return false };
    let first = annotations.times.partition_point(|t| t.span.start < sentence.span.start);
    let near = annotations.times[first..].iter().take_while(|t| t.span.start < sentence.span.end);
    let mut past = near.filter(|t| t.interval.is_some_and(is_past));
    let is_of_head = |t: &TimeExpression| {
        let mut around = claim.arguments.iter().filter(|a| a.span.contains(t.span));
        around.any(|a| is_of(annotations, t, &a.head))
    };
    when.is_some_and(is_past) || past.any(is_of_head)
}

/// The word on which a stretch of words depends.
fn governor(annotations: &Annotations, span: Span) -> Option<&Token> {
    let first = annotations.tokens.partition_point(|t| t.span.end <= span.start);
    let inside = annotations.tokens[first..].iter().take_while(|t| t.span.start < span.end);
    inside.filter_map(|t| annotations.tokens.get(t.head? as usize)).find(|head| !span.contains(head.span))
}

impl Reading<'_> {
    /// Whether its verb is passive.
    #[must_use]
    pub fn is_passive(&self) -> bool {
        self.claim.is_passive
    }

    /// Participants with this part.
    pub fn with(&self, role: ArgumentRole) -> impl Iterator<Item = &Referent> {
        self.parts.iter().filter(move |p| p.0 == role).map(|p| &p.1)
    }
}

/// The answers that the readings give.
#[must_use]
pub fn assertions(telling: &Telling, readings: &[Reading]) -> Vec<Assertion> {
    let mut out = Vec::new();
    for (idx, reading) in readings.iter().enumerate() {
        for word in question::answers(&reading.lemma).iter().filter(|w| !w.is_negative || reading.is_negative)
        {
            if let Some(focus) = holds(telling, reading, word) {
                answer(telling, readings, idx, *word, focus, &mut out);
            }
        }
    }
    out
}

/// The words of an answer, if what must stand beside its verb does, and nothing that keeps it from being one.
fn holds(telling: &Telling, reading: &Reading, word: &Word) -> Option<Span> {
    let annotations = &telling.account(reading.statement.account).annotations;
    let sentence = telling.sentence(&reading.statement);
    let tokens = annotations.tokens_of(sentence);
    let unless = question::unless(word.question, word.answer);
    if !unless.is_empty() && tokens.iter().any(|t| unless.contains(&t.lemma.as_str())) {
        return None;
    }
    let predicate = reading.claim.predicate;
    // "blocked the adoption", "his impending arrest": what a noun tells may not have been; a death is the exception
    let is_noun = tokens.iter().any(|t| t.span == predicate && t.tag == Tag::Noun);
    if is_noun && !(question::at(word.question)?.name == "fate" && word.answer == 0) {
        return None;
    }
    let after = tokens.partition_point(|t| t.span.start < predicate.end);
    let next = tokens.get(after..).unwrap_or(&[]);
    match word.beside {
        Beside::Nothing => Some(predicate),
        Beside::Word(wanted) => {
            // "gave himself up" is one predicate
            let inside = tokens.partition_point(|t| t.span.start <= predicate.start);
            let next = tokens.get(inside..).unwrap_or(&[]);
            let at =
                next.iter().take(REACH + after.saturating_sub(inside)).position(|t| t.lemma == wanted)?;
            // "pleaded not guilty" is no plea of guilt
            let is_turned = next[..at].iter().any(|t| matches!(t.lemma.as_str(), "not" | "never" | "n't"));
            (!is_turned).then(|| predicate.cover(next[at].span))
        }
        Beside::Preposition(wanted) => {
            let found = next.first().filter(|t| t.lemma == wanted)?;
            Some(predicate.cover(found.span))
        }
        Beside::Phrase(noun) => {
            let found = reading.with(ArgumentRole::Oblique).find(|r| r.head == noun)?;
            Some(if found.span.start >= predicate.start { predicate.cover(found.span) } else { found.span })
        }
    }
}

/// One assertion for everybody of whom the answer tells.
fn answer(
    telling: &Telling,
    readings: &[Reading],
    idx: usize,
    word: Word,
    focus: Span,
    out: &mut Vec<Assertion>,
) {
    let reading = &readings[idx];
    let all = |role: ArgumentRole| reading.with(role).cloned().collect::<Vec<_>>();
    let (agents, patients) = (all(ArgumentRole::Agent), all(ArgumentRole::Patient));
    let mut about = match word.part {
        Part::Patient => patients.clone(),
        Part::Undergoer if patients.is_empty() => agents,
        Part::Undergoer => patients.clone(),
        Part::Subject if agents.is_empty() => patients.clone(),
        Part::Subject => agents,
        Part::Recipient => match all(ArgumentRole::Recipient) {
            list if list.is_empty() => patients.clone(),
            list => list,
        },
    };
    let is_subject = word.part == Part::Subject && reading.with(ArgumentRole::Agent).next().is_some();
    let is_own_object = |r: &&Referent| !matches!(word.beside, Beside::Phrase(noun) if noun == r.head);
    let object = if is_subject && !patients.is_empty() {
        patients.first().cloned()
    } else if word.part == Part::Subject {
        reading.with(ArgumentRole::Oblique).find(is_own_object).cloned()
    } else {
        None
    };
    let whom = question::at(word.question).map_or(About::Anything, |q| q.about);
    // "were missing" and "missed the boat" are two verbs
    if whom == About::Everyone && object.is_some() && is_subject && !patients.is_empty() {
        return;
    }
    if reading.claim.is_passive || word.part == Part::Subject {
        about.extend(listed(telling, reading, &about));
    }
    for about in about {
        if whom != About::Person || about.entity.is_some() && about.kind == EntityKind::Person {
            let is_negative = reading.is_negative && !word.is_negative;
            out.push(Assertion { reading: idx, word, about, object: object.clone(), focus, is_negative });
        }
    }
}

/// "The deputy, Colonel X, and a driver were killed": the people named in a list of subjects that the parse cut short.
fn listed(telling: &Telling, reading: &Reading, known: &[Referent]) -> Vec<Referent> {
    let account = telling.account(reading.statement.account);
    let sentence = telling.sentence(&reading.statement);
    let Some(first) = known.iter().map(|r| r.span).min() else { return Vec::new() };
    let tokens = account.annotations.tokens_of(sentence);
    let before = &tokens[..tokens.partition_point(|t| t.span.start < first.start)];
    let is_list = before.iter().all(|t| {
        matches!(
            t.tag,
            Tag::Propn
                | Tag::Noun
                | Tag::Adj
                | Tag::Det
                | Tag::Pron
                | Tag::Cconj
                | Tag::Num
                | Tag::Punct
                | Tag::Part
        )
    });
    let is_joined = before.last().is_some_and(|t| t.tag == Tag::Cconj);
    if !is_list || !is_joined || before.len() > 24 {
        return Vec::new();
    }
    let region = Span::new(sentence.span.start as usize, first.start as usize);
    let mentions = &account.annotations.mentions;
    let from = mentions.partition_point(|m| m.span.start < region.start);
    let inside = mentions[from..].iter().take_while(|m| m.span.start < region.end);
    let mentions = inside.filter(|m| m.form == MentionForm::Name && m.kind == EntityKind::Person);
    let name = |m: &variorum_schema::Mention| {
        Referent::new(telling, reading.statement.account, m.span, "", Some(m.entity))
    };
    mentions.map(name).filter(|r| !known.iter().any(|k| k.entity == r.entity)).collect()
}

/// Whether a predicate says enough by itself to be compared: no auxiliary, no verb of saying.
#[must_use]
pub fn is_telling(lemma: &str) -> bool {
    let word = lemma.strip_prefix("be_").unwrap_or(lemma);
    let first = word.split('_').next().unwrap_or(word);
    !first.is_empty() && !is_stop_word(first)
}
