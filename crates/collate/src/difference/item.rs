//! A sentence as a sequence of items: words, names, times and quantities, each with its meaning as key.

use std::sync::Arc;

use variorum_annotate::lexicon::is_stop_word;
use variorum_annotate::words::words;
use variorum_schema::{Annotations, EntityKind, MentionForm, Span, Tag, Token};

use super::{exchanged, negation, opposite};
use crate::align::Statement;
use crate::telling::Telling;

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// An ordinary word.
    Word,
    /// A name: kind, and whether it is a name (not a pronoun or description).
    Name(EntityKind, bool),
    /// A quantity: index in `Annotations::quantities`.
    Quantity(u32),
    /// A time expression: index in `Annotations::times`.
    Time(u32),
    /// A word of negation.
    Negation,
}

/// One item of a sentence.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What is compared: equal keys mean the same.
    pub key: String,
    /// Where.
    pub span: Span,
    /// What it is.
    pub class: Class,
    /// Lower-case lemma of its (head) word.
    pub lemma: String,
    /// Part of speech of its (head) word.
    pub tag: Tag,
    /// Index of its first token in `Annotations::tokens`.
    pub token: u32,
    /// Index of the syntactic head's token, if parsed.
    pub head: Option<u32>,
    /// The words that negate it, if it is negated.
    pub negated: Option<Span>,
    /// Whether it carries content.
    pub is_content: bool,
    /// Number of its lemma in [`words`], for an ordinary word that is known there.
    pub known: Option<u32>,
    /// Whether its lemma stands in a list of opposites: few do, and only two that do can be opposed there.
    pub is_listed: bool,
}

/// Longest sentence that is read, in tokens: nobody writes a longer one.
const MAX_TOKENS: u32 = 400;

/// The items of a statement, in order; punctuation left out.
#[must_use]
pub fn items(telling: &Telling, statement: &Statement) -> Arc<Vec<Item>> {
    telling.memory.items.get(*statement, || read(telling, statement))
}

fn read(telling: &Telling, statement: &Statement) -> Vec<Item> {
    let account = telling.account(statement.account);
    let annotations = &account.annotations;
    let sentence = telling.sentence(statement);
    let first = sentence.first_token;
    let last = sentence.last_token.min(first.saturating_add(MAX_TOKENS));
    let text = &account.document.text;
    let negated = negation::scopes(annotations, text, first, last);
    let mut items = Vec::new();
    let mut at = first;
    while at < last {
        let token = &annotations.tokens[at as usize];
        let (item, next) = unit(telling, statement, annotations, text, at, last)
            .unwrap_or_else(|| (word(token, at, text), at + 1));
        let cue = (at..next).find_map(|t| negated.get(&t).copied());
        if item.class == Class::Negation || text[item.span.range()].chars().any(char::is_alphanumeric) {
            let is_listed = opposite::is_listed(&item.lemma) || exchanged::is_listed(&item.lemma);
            items.push(Item { negated: cue, is_listed, ..item });
        }
        at = next.max(at + 1);
    }
    items
}

/// A time, quantity or name that starts at a token, with the index of the token after it.
fn unit(
    telling: &Telling,
    statement: &Statement,
    annotations: &Annotations,
    text: &str,
    at: u32,
    last: u32,
) -> Option<(Item, u32)> {
    let token = &annotations.tokens[at as usize];
    let starts = |span: Span| span.start <= token.span.start && token.span.start < span.end;
    let until = |span: Span| {
        (at..last).find(|t| annotations.tokens[*t as usize].span.start >= span.end).unwrap_or(last)
    };
    // Annotations stand in the order of their beginnings, each within one sentence.
    let sentence = telling.sentence(statement).span;
    let within = Span { start: sentence.start, end: token.span.end.min(sentence.end) };
    if let Some(idx) = position(&annotations.times, within, |t| t.span, starts) {
        let time = &annotations.times[idx];
        let key = if time.interval.is_some() {
            format!("t:{}", time.value)
        } else {
            time.span.of(text).to_lowercase()
        };
        let mut item = compound(annotations, at, time.span, key, Class::Time(idx as u32));
        // "the past decade": the word that has an opposite speaks for the whole.
        let telling_word = (at..until(time.span))
            .map(|t| &annotations.tokens[t as usize].lemma)
            .find(|l| opposite::is_listed(l));
        item.lemma = telling_word.cloned().unwrap_or(item.lemma);
        return Some((item, until(time.span)));
    }
    if let Some(idx) = position(&annotations.quantities, within, |q| q.number, starts) {
        let quantity = &annotations.quantities[idx];
        let key = format!("n:{}", quantity.value);
        return Some((
            compound(annotations, at, quantity.number, key, Class::Quantity(idx as u32)),
            until(quantity.number),
        ));
    }
    let mention = beginning_in(&annotations.mentions, within, |m| m.span)
        .find(|(_, m)| starts(m.span) && m.form != MentionForm::Description)
        .map(|(_, m)| m)?;
    let key = match telling.entities.of(statement.account, mention.entity) {
        Some(entity) => format!("e:{entity}"),
        None => mention.span.of(text).to_lowercase(),
    };
    let class = Class::Name(mention.kind, mention.form == MentionForm::Name);
    Some((compound(annotations, at, mention.span, key, class), until(mention.span)))
}

/// Those of `list` (in order of where they begin) that begin in `within`, with their indices.
fn beginning_in<T>(list: &[T], within: Span, span: impl Fn(&T) -> Span) -> impl Iterator<Item = (usize, &T)> {
    let first = list.partition_point(|x| span(x).start < within.start);
    list.iter().enumerate().skip(first).take_while(move |(_, x)| span(x).start < within.end)
}

fn position<T>(
    list: &[T],
    within: Span,
    span: impl Fn(&T) -> Span + Copy,
    fits: impl Fn(Span) -> bool,
) -> Option<usize> {
    beginning_in(list, within, span).find(|(_, x)| fits(span(x))).map(|(idx, _)| idx)
}

fn compound(annotations: &Annotations, at: u32, span: Span, key: String, class: Class) -> Item {
    let token = &annotations.tokens[at as usize];
    let inside = |t: &&Token| span.contains(t.span);
    let head = annotations.tokens[at as usize..].iter().take_while(inside).find_map(|t| {
        t.head.filter(|h| annotations.tokens.get(*h as usize).is_some_and(|head| !span.contains(head.span)))
    });
    Item {
        key,
        span,
        class,
        lemma: token.lemma.clone(),
        tag: token.tag,
        token: at,
        head,
        negated: None,
        is_content: true,
        known: None,
        is_listed: false,
    }
}

fn word(token: &Token, at: u32, text: &str) -> Item {
    let lower = token.span.of(text).to_lowercase();
    let is_negation = negation::is_cue(&token.lemma) || negation::is_cue(&lower);
    let lemma = if token.lemma.is_empty() { lower } else { token.lemma.clone() };
    let is_content = !is_negation && !is_stop_word(&lemma);
    Item {
        key: lemma.clone(),
        span: token.span,
        class: if is_negation { Class::Negation } else { Class::Word },
        is_content,
        known: if is_content { words().id(&lemma) } else { None },
        lemma,
        tag: token.tag,
        token: at,
        head: token.head,
        negated: None,
        is_listed: false,
    }
}
