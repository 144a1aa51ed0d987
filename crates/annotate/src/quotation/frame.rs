//! Frames: the narrator's sentences, each quoted stretch standing as one item.
//!
//! A segmenter may break a sentence inside a quotation; seen from the narrator, `"I came. I saw," she said.` is one
//! sentence. All attribution is worked out on frames.

use variorum_schema::{Document, Form, Relation, Sentence, Span, Tag, Token};

use super::{cue, marks::Quoted};

/// No frame holds more items: a text without full stops must not cost more than its length.
const LONGEST: usize = 400;

/// A word or punctuation mark outside quotations.
#[derive(Clone, Debug)]
pub(super) struct Word {
    pub span: Span,
    /// Lower case, with straight apostrophes.
    pub lower: String,
    pub is_capital: bool,
    pub tag: Tag,
    /// The tag was given by the tagger, not guessed here.
    pub is_tagged: bool,
    /// A verb that the tagger takes for no participle and no infinitive.
    pub is_finite: bool,
    /// A "that" that opens a relative clause.
    pub is_relative: bool,
    /// Byte at which the word begins that the parser takes for the subject of this one.
    pub subject: Option<u32>,
    /// The parser sees a clause behind this word that it governs.
    pub has_clause: bool,
}

/// One item of a frame.
#[derive(Clone, Debug)]
pub(super) enum Item {
    Word(Word),
    /// Index of the quoted stretch.
    Quote(usize),
}

/// A sentence as seen from the narrator.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub block: usize,
    pub items: Vec<Item>,
    /// Before which items a clause ends; empty when not worked out.
    pub ends: Vec<bool>,
}

impl Frame {
    pub(super) fn word(&self, at: usize) -> Option<&Word> {
        match self.items.get(at) {
            Some(Item::Word(word)) => Some(word),
            _ => None,
        }
    }

    pub(super) fn quote(&self, at: usize) -> Option<usize> {
        match self.items.get(at) {
            Some(Item::Quote(quote)) => Some(*quote),
            _ => None,
        }
    }

    /// The lower-case word at `at`; empty for a quotation or past the end.
    pub(super) fn lower(&self, at: usize) -> &str {
        self.word(at).map_or("", |w| w.lower.as_str())
    }

    pub(super) fn tag(&self, at: usize) -> Option<Tag> {
        self.word(at).map(|w| w.tag)
    }

    /// Whether a clause ends before item `at`.
    pub(super) fn ends_at(&self, at: usize) -> bool {
        self.ends.get(at).copied().unwrap_or(false)
    }

    pub(super) fn is_comma(&self, at: usize) -> bool {
        self.lower(at) == ","
    }

    /// Whether nothing but quoted stretches and punctuation stands in the frame.
    pub(super) fn is_only_quotes(&self) -> bool {
        self.items.iter().all(|item| match item {
            Item::Word(word) => word.tag == Tag::Punct,
            Item::Quote(_) => true,
        })
    }

    /// The quoted stretches of the frame.
    pub(super) fn quotes(&self) -> impl Iterator<Item = usize> + '_ {
        self.items.iter().filter_map(|item| match item {
            Item::Quote(quote) => Some(*quote),
            Item::Word(_) => None,
        })
    }
}

/// The frames of a document, in order.
pub(super) fn frames(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    quoted: &[Quoted],
) -> Vec<Frame> {
    let mut frames: Vec<Frame> = Vec::new();
    let subjects = subjects(tokens);
    let governors = governors(tokens);
    let mut next_quote = 0;
    let mut last_sentence = usize::MAX;
    for (sentence, it) in sentences.iter().enumerate() {
        let range = it.first_token as usize..it.last_token as usize;
        for (token, given) in tokens.iter().enumerate().take(range.end.min(tokens.len())).skip(range.start) {
            while quoted.get(next_quote).is_some_and(|q| q.outer.end <= given.span.start) {
                next_quote += 1;
            }
            let block = it.block as usize;
            let item = match quoted.get(next_quote) {
                Some(q) if q.outer.start < given.span.end => {
                    let is_known = frames
                        .last()
                        .and_then(|f| f.items.last())
                        .is_some_and(|last| matches!(last, Item::Quote(q) if *q == next_quote));
                    if is_known {
                        last_sentence = sentence;
                        continue;
                    }
                    Item::Quote(next_quote)
                }
                _ => Item::Word(word(document, tokens, token, subjects[token], governors[token])),
            };
            let is_new_sentence = sentence != last_sentence;
            let starts = frames.last().is_none_or(|f| {
                f.block != block
                    || f.items.len() >= LONGEST
                    || breaks(
                        document,
                        f,
                        &item,
                        is_new_sentence,
                        quoted,
                        &tokens[token..range.end.min(tokens.len())],
                    )
            });
            if starts {
                frames.push(Frame { block, items: Vec::new(), ends: Vec::new() });
            }
            if let Some(frame) = frames.last_mut() {
                frame.items.push(item);
            }
            last_sentence = sentence;
        }
    }
    frames
}

/// Whether a frame ends before `item`.
fn breaks(
    document: &Document,
    frame: &Frame,
    item: &Item,
    is_new_sentence: bool,
    quoted: &[Quoted],
    rest: &[Token],
) -> bool {
    let ends = |q: usize| quoted.get(q).and_then(|q| q.inner.of(&document.text).chars().next_back());
    match (frame.items.last(), item) {
        (Some(Item::Word(word)), Item::Quote(_)) => {
            is_new_sentence && !matches!(word.lower.as_str(), "," | ":")
        }
        (Some(Item::Quote(q)), Item::Word(word)) if word.is_capital => match ends(*q) {
            Some('.') => true,
            Some('!' | '?' | '…') => !attribution_ahead(document, rest),
            Some(c) if c.is_alphanumeric() => is_new_sentence,
            _ => false,
        },
        (Some(Item::Quote(_)), Item::Word(_)) => false,
        (Some(Item::Quote(q)), Item::Quote(_)) => matches!(ends(*q), Some('.' | '!' | '?' | '…')),
        _ => is_new_sentence,
    }
}

/// Whether a cue verb stands among the next few words.
fn attribution_ahead(document: &Document, rest: &[Token]) -> bool {
    rest.iter()
        .take(7)
        .take_while(|t| !matches!(t.span.of(&document.text), "," | "." | "that"))
        .any(|t| cue::is_speech(&lower(document, t)))
}

fn lower(document: &Document, token: &Token) -> String {
    token.span.of(&document.text).to_lowercase().replace('’', "'")
}

/// For each token the first byte of its subject.
fn subjects(tokens: &[Token]) -> Vec<Option<u32>> {
    let mut subjects = vec![None; tokens.len()];
    for token in tokens.iter().filter(|t| matches!(t.relation, Relation::Nsubj | Relation::NsubjPass)) {
        if let Some(slot) = token.head.and_then(|head| subjects.get_mut(head as usize)) {
            *slot = Some(token.span.start);
        }
    }
    subjects
}

/// For each token whether it governs a clause behind it; `true` for all where nothing was parsed.
fn governors(tokens: &[Token]) -> Vec<bool> {
    let mut governors = vec![tokens.iter().all(|t| t.head.is_none()); tokens.len()];
    for (at, token) in tokens.iter().enumerate() {
        let head = token.head.map(|head| head as usize).filter(|head| *head < at);
        if let Some(slot) =
            head.filter(|_| token.relation == Relation::Ccomp).and_then(|h| governors.get_mut(h))
        {
            *slot = true;
        }
    }
    governors
}

fn word(document: &Document, tokens: &[Token], at: usize, subject: Option<u32>, has_clause: bool) -> Word {
    let token = &tokens[at];
    let surface = token.span.of(&document.text);
    let lower = lower(document, token);
    let is_capital = surface.chars().next().is_some_and(char::is_uppercase);
    let is_tagged = token.tag != Tag::X;
    let mut tag = if is_tagged { token.tag } else { guess(&lower, is_capital) };
    let is_finite = matches!(token.form, Form::Present | Form::Third | Form::Past | Form::Modal);
    // a name that the tagger takes for a word of a closed class
    let is_closed =
        matches!(tag, Tag::Cconj | Tag::Adp | Tag::Sconj | Tag::Det | Tag::Aux | Tag::Part | Tag::Intj);
    if is_tagged && is_closed && is_capital && guess(&lower, true) == Tag::Propn {
        tag = Tag::Propn;
    }
    let above = token.head.and_then(|head| tokens.get(head as usize)).map(|head| head.relation);
    let is_relative = lower == "that"
        && token.head.is_some()
        && (token.relation != Relation::Mark || above == Some(Relation::AclRelcl));
    Word { span: token.span, lower, is_capital, tag, is_tagged, is_finite, is_relative, subject, has_clause }
}

/// A part of speech from closed classes and shape, for text that no tagger has seen.
fn guess(lower: &str, is_capital: bool) -> Tag {
    let classes = [
        ("det", Tag::Det),
        ("pron", Tag::Pron),
        ("aux", Tag::Aux),
        ("adp", Tag::Adp),
        ("sconj", Tag::Sconj),
        ("cconj", Tag::Cconj),
        ("adv", Tag::Adv),
    ];
    if let Some((_, tag)) = classes.iter().find(|(class, _)| cue::is_in(class, lower)) {
        return *tag;
    }
    match lower.chars().next() {
        Some(c) if c.is_numeric() => Tag::Num,
        Some(c) if !c.is_alphanumeric() => Tag::Punct,
        _ if is_capital => Tag::Propn,
        _ if !cue::verbs(lower).is_empty() => Tag::Verb,
        _ if lower.len() > 4 && lower.ends_with("ly") => Tag::Adv,
        _ => Tag::Noun,
    }
}
