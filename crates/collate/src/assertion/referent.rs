//! Who or what a phrase refers to, in terms that can be compared across the accounts of a story.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon::{self, is_stop_word};
use variorum_annotate::{usage, words};
use variorum_schema::{Annotations, BlockKind, EntityKind, Form, MentionForm, Span, Tag, Token};

use super::question;
use crate::entity::Shared;
use crate::telling::Telling;

/// A bare noun in more than this share of everyday texts ("man", "house") does not tell what it refers to.
const MAX_SHARE: f64 = 0.12;
/// Words that make a phrase be about some, not about the ones known.
const SOME: [&str; 15] = [
    "some", "many", "most", "few", "several", "another", "other", "others", "anyone", "anybody", "anything",
    "each", "every", "more", "various",
];

/// Noun → the word by which its event is known: that of the answer of the list of outcomes, else its verb.
static EVENTS: LazyLock<BTreeMap<&str, String>> = LazyLock::new(|| {
    let key = |verb: &str| match question::answers(verb).first() {
        Some(word) => format!("~{}.{}", word.question, word.answer),
        None => format!("~{verb}"),
    };
    let nouns = lexicon::entries(lexicon::NOMINAL_EVENTS).filter(|f| f.len() > 1);
    nouns.map(|f| (f[0], key(f[1]))).collect()
});

/// Who or what a phrase refers to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Referent {
    /// The words.
    pub span: Span,
    /// Index in `Entities::list`, if somebody names it.
    pub entity: Option<usize>,
    /// What kind of thing the entity is.
    pub kind: EntityKind,
    /// Lemma of the head; of an event noun the word by which its event is known.
    pub head: String,
    /// Lemmas of the content words, the head's among them.
    pub words: BTreeSet<String>,
    /// Those of them that are numbers.
    pub numbers: BTreeSet<String>,
    /// Whether it is a pronoun that nobody resolved.
    pub is_pronoun: bool,
    /// Whether it is about some only ("some residents", "another man").
    pub is_partial: bool,
    /// Whether it is about all of them ("all", "everyone").
    pub is_all: bool,
    /// Whether it is put as new ("a man").
    pub is_indefinite: bool,
    /// Whether it is put as known ("the man", "his licence").
    pub is_definite: bool,
    /// Index in `Entities::list` of somebody whom nobody names ("the driver").
    pub described: Option<usize>,
}

impl Referent {
    /// The referent of a phrase with this head in an account. `entity`: index in the account's own entities.
    #[must_use]
    pub fn new(telling: &Telling, account: u32, span: Span, head: &str, entity: Option<u32>) -> Referent {
        let annotations = &telling.account(account).annotations;
        let known = |e: u32| {
            let shared = telling.entities.of(account, e)?;
            telling.entities.list.get(shared).is_some_and(|s| s.is_named).then_some(shared)
        };
        let named = entity.and_then(known).or_else(|| known(apposed(annotations, span, head)?));
        let named = named.or_else(|| titled(telling, account, span));
        let kind = named.map_or(EntityKind::Other, |e| telling.entities.list[e].kind);
        let described = entity.and_then(|e| telling.entities.of(account, e)).filter(|_| named.is_none());
        let described = described.filter(|e| telling.entities.list[*e].kind == EntityKind::Person);
        let mut referent = Referent { span, entity: named, kind, described, ..Referent::default() };
        let head = head.rsplit('-').next().unwrap_or(head);
        referent.head = key(head);
        read(&mut referent, tokens(annotations, span), head);
        referent
    }

    /// How sure it is that two referents are one, 0 to 1. Two names: 1 or 0. Two nouns: by what they share; half where
    /// nothing but the noun tells.
    #[must_use]
    pub fn sameness(&self, other: &Referent) -> f64 {
        match (self.entity, other.entity) {
            (Some(a), Some(b)) => f64::from(u8::from(a == b)),
            (None, None) => {
                let is_one = self.described.is_some() && self.described == other.described;
                self.likeness(other).max(if is_one { 0.5 } else { 0.0 })
            }
            // "the international airport" is that of the town where the other account names it
            _ => {
                let (named, bare) = if self.entity.is_some() { (self, other) } else { (other, self) };
                let is_thing = matches!(named.kind, EntityKind::Place | EntityKind::Organisation);
                let is_it = bare.is_definite && bare.words.len() <= 2 && bare.numbers.is_empty();
                let is_one = is_thing && is_it && !bare.is_partial && named.words.contains(&bare.head);
                if is_one && !is_common(&bare.head) { 0.5 } else { 0.0 }
            }
        }
    }

    fn likeness(&self, other: &Referent) -> f64 {
        let is_vague = |r: &Referent| r.is_pronoun || r.is_partial || r.words.is_empty();
        let differ = !self.numbers.is_empty()
            && !other.numbers.is_empty()
            && self.numbers.intersection(&other.numbers).next().is_none();
        if is_vague(self) || is_vague(other) || differ {
            return 0.0;
        }
        let n_shared = self.words.intersection(&other.words).count();
        let fewer = self.words.len().min(other.words.len());
        if self.numbers.is_empty() != other.numbers.is_empty() && n_shared < 3 {
            return 0.3;
        }
        if self.head != other.head {
            // "the procession", "our parade"
            let is_synonym = || words::are(words::SYNONYM, &self.head, &other.head) && !is_common(&self.head);
            if fewer <= 2 && (self.is_definite || other.is_definite) && is_synonym() {
                return 0.5;
            }
            return if n_shared >= 3 && n_shared * 5 >= fewer * 3 { 0.7 } else { 0.0 };
        }
        match (fewer, n_shared) {
            (_, 0) => 0.0,
            (1, _) if is_common(&self.head) => 0.3,
            (1, _) => 0.5,
            (_, 1) => 0.0,
            // "a resolution" here and "a resolution" there are mostly two
            (..) if self.is_indefinite && other.is_indefinite => 0.5,
            (_, n) => 0.5 + 0.1 * (n.min(5) as f64),
        }
    }

    /// Under which keys it can be found: its entity, else its rarer words.
    #[must_use]
    pub fn keys(&self) -> Vec<String> {
        if let Some(entity) = self.entity {
            return vec![format!("e:{entity}")];
        }
        if self.is_pronoun || self.is_partial {
            return Vec::new();
        }
        let mut keys: Vec<String> =
            self.words.iter().filter(|w| !is_common(w) || **w == self.head).take(8).cloned().collect();
        keys.sort();
        keys
    }
}

/// "The deputy commander, Colonel X": the person named right after the head and a comma.
fn apposed(annotations: &Annotations, span: Span, head: &str) -> Option<u32> {
    let from = annotations.mentions.partition_point(|m| m.span.start < span.start);
    let inside = annotations.mentions[from..].iter().take_while(|m| m.span.end <= span.end);
    let mut people = inside.filter(|m| m.form == MentionForm::Name && m.kind == EntityKind::Person);
    let mention = people.next().filter(|_| !head.is_empty())?;
    let tokens = tokens(annotations, Span::new(span.start as usize, mention.span.start as usize));
    let at_head = tokens.iter().position(|t| t.lemma == head)?;
    let comma = at_head + tokens[at_head..].iter().position(|t| t.lemma == ",")?;
    let is_title = |t: &Token| matches!(t.tag, Tag::Propn | Tag::Noun | Tag::Adj);
    let is_of = |t: &Token| is_title(t) || t.lemma == "of" || t.tag == Tag::Det;
    (tokens[at_head..comma].iter().all(is_of) && tokens[comma + 1..].iter().all(is_title))
        .then_some(mention.entity)
}

/// "Foreman found alive": the one person of the account whom a bare title in a headline can mean.
fn titled(telling: &Telling, account: u32, span: Span) -> Option<usize> {
    let text = &telling.document(account).text;
    let blocks = &telling.document(account).blocks;
    let is_headline = blocks.iter().any(|b| b.kind == BlockKind::Title && b.span.contains(span));
    let title = span.of(text).to_lowercase();
    if !is_headline || title.is_empty() {
        return None;
    }
    let is_here = |s: &Shared| s.members.iter().any(|m| m.0 == account);
    let list = telling.entities.list.iter().enumerate();
    let mut bearers = list.filter(|(_, s)| {
        s.is_named && s.kind == EntityKind::Person && is_here(s) && s.titles.contains(&title)
    });
    let only = bearers.next()?.0;
    bearers.next().is_none().then_some(only)
}

/// Whether a word is too common in everyday texts to tell by itself what it refers to.
pub fn is_common(word: &str) -> bool {
    usage::document_frequency(word) > MAX_SHARE * usage::n_texts().max(1.0)
}

fn key(lemma: &str) -> String {
    EVENTS.get(lemma).cloned().unwrap_or_else(|| lemma.to_owned())
}

fn tokens(annotations: &Annotations, span: Span) -> &[Token] {
    let first = annotations.tokens.partition_point(|t| t.span.end <= span.start);
    let last = annotations.tokens.partition_point(|t| t.span.start < span.end);
    annotations.tokens.get(first..last.max(first)).unwrap_or(&[])
}

/// Reads the words of a phrase up to the end of its core: what a comma or a relative word adds is left out.
fn read(referent: &mut Referent, tokens: &[Token], head: &str) {
    let at_head = tokens.iter().position(|t| t.lemma.ends_with(head)).unwrap_or(0);
    let is_end =
        |t: &Token| t.form == Form::Wh || matches!(t.lemma.as_str(), "," | ";" | "(" | "that" | "–" | "—");
    let core = tokens.iter().enumerate().take_while(|(at, t)| *at <= at_head || !is_end(t));
    let core: Vec<&Token> = core.map(|(_, t)| t).take(40).collect();
    referent.is_pronoun =
        referent.entity.is_none() && core.len() <= 2 && core.iter().all(|t| t.tag == Tag::Pron);
    let first = core.first().map_or("", |t| t.lemma.as_str());
    referent.is_all = ["all", "everyone", "everybody"].contains(&first);
    referent.is_indefinite = ["a", "an", "one"].contains(&first);
    referent.is_definite = ["the", "this", "that", "its", "his", "her", "their", "our"].contains(&first)
        || core.iter().take_while(|t| t.lemma != head).any(|t| t.form == Form::Possessive);
    referent.is_partial = referent.entity.is_none() && SOME.contains(&first);
    for token in core {
        let is_content =
            matches!(token.tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::Num | Tag::Verb | Tag::X);
        for part in token.lemma.split('-').filter(|p| p.chars().any(char::is_alphanumeric)) {
            let is_number = token.tag == Tag::Num || part.chars().all(|c| c.is_ascii_digit());
            if is_number {
                referent.numbers.insert(part.to_owned());
            }
            if is_content && (!is_stop_word(part) || part == head) {
                referent.words.insert(key(part));
            }
        }
    }
}
