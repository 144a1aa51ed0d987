//! A document's tokens as the mention rules see them.

use variorum_schema::{Document, Relation, Sentence, Span, Tag, Token};

use super::lexica;
use crate::lexicon::Lookup;

/// How a word is written over the whole document, sentence starts and headlines aside.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Case {
    pub(super) upper: u32,
    pub(super) lower: u32,
}

/// Whether capitals tell names apart in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Typography {
    /// Running text.
    Sentence,
    /// Most Words Are Capitalised.
    Title,
    /// ALL LETTERS ARE CAPITALS.
    Upper,
}

/// Tokens with their text, case and neighbourhood.
pub(super) struct View<'a> {
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) tokens: &'a [Token],
    lower: Vec<String>,
    typography: Vec<Typography>,
    cases: Lookup<String, Case>,
    pub(super) is_tagged: bool,
    /// Words of the outlet's own name where it has several: a page may name its own house in a way no list knows.
    pub(super) outlet: Vec<&'a str>,
}

fn outlet_words(name: &str) -> Vec<&str> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = (2..=lexica::MAX_WORDS).contains(&words.len())
        && words.first().zip(words.last()).is_some_and(|(first, last)| {
            first.starts_with(char::is_uppercase) && last.starts_with(char::is_uppercase)
        });
    if is_name { words } else { Vec::new() }
}

impl<'a> View<'a> {
    pub(super) fn new(document: &'a Document, sentences: &'a [Sentence], tokens: &'a [Token]) -> View<'a> {
        let text = document.text.as_str();
        let mut view = View {
            text,
            sentences,
            tokens,
            lower: tokens.iter().map(|t| t.span.of(text).replace('’', "'").to_lowercase()).collect(),
            typography: Vec::new(),
            cases: Lookup::default(),
            is_tagged: tokens.iter().any(|t| t.tag != Tag::X),
            outlet: document.outlet.as_deref().map(outlet_words).unwrap_or_default(),
        };
        view.typography = sentences.iter().map(|s| view.typography_of(s)).collect();
        view.count_cases();
        view
    }

    pub(super) fn word(&self, idx: usize) -> &'a str {
        self.tokens.get(idx).map_or("", |t| t.span.of(self.text))
    }

    pub(super) fn low(&self, idx: usize) -> &str {
        self.lower.get(idx).map_or("", String::as_str)
    }

    pub(super) fn tag(&self, idx: usize) -> Tag {
        self.tokens.get(idx).map_or(Tag::X, |t| t.tag)
    }

    pub(super) fn relation(&self, idx: usize) -> Relation {
        self.tokens.get(idx).map_or(Relation::Dep, |t| t.relation)
    }

    pub(super) fn typography(&self, sentence: usize) -> Typography {
        self.typography.get(sentence).copied().unwrap_or(Typography::Sentence)
    }

    /// Tokens `first..last` joined by spaces.
    pub(super) fn joined(&self, first: usize, last: usize) -> String {
        (first..last).map(|i| self.word(i)).collect::<Vec<_>>().join(" ")
    }

    /// Lower-case tokens `first..last` joined by spaces.
    pub(super) fn joined_lower(&self, first: usize, last: usize) -> String {
        (first..last).map(|i| self.low(i)).collect::<Vec<_>>().join(" ")
    }

    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        match (self.tokens.get(first), last.checked_sub(1).and_then(|i| self.tokens.get(i))) {
            (Some(a), Some(b)) if first < last => a.span.cover(b.span),
            _ => Span::default(),
        }
    }

    /// Whether token `idx` touches the one before it.
    pub(super) fn touches(&self, idx: usize) -> bool {
        match (idx.checked_sub(1).and_then(|p| self.tokens.get(p)), self.tokens.get(idx)) {
            (Some(prev), Some(this)) => prev.span.end == this.span.start,
            _ => false,
        }
    }

    /// Whether a word starts with a capital letter.
    pub(super) fn is_capital(&self, idx: usize) -> bool {
        self.word(idx).chars().next().is_some_and(char::is_uppercase)
    }

    pub(super) fn is_word(&self, idx: usize) -> bool {
        self.word(idx).chars().next().is_some_and(char::is_alphabetic)
    }

    pub(super) fn is_opener(&self, idx: usize) -> bool {
        lexica::OPENERS.contains(self.low(idx))
    }

    /// Whether a capital at `idx` shows nothing: a sentence, quotation or item starts there.
    pub(super) fn is_first(&self, sentence: &Sentence, idx: usize) -> bool {
        idx <= sentence.first_token as usize || self.opens(idx - 1)
    }

    fn opens(&self, idx: usize) -> bool {
        matches!(
            self.word(idx),
            "“" | "\""
                | "‘"
                | "«"
                | "„"
                | "”"
                | ":"
                | "•"
                | "*"
                | "``"
                | "'"
                | "."
                | "..."
                | "…"
                | ">"
                | "!"
                | "?"
                | ".."
        )
    }

    fn typography_of(&self, sentence: &Sentence) -> Typography {
        let (mut all, mut capital, mut upper) = (0, 0, 0);
        for idx in sentence.first_token as usize..sentence.last_token as usize {
            if !self.is_word(idx) || self.word(idx).len() <= 3 {
                continue;
            }
            all += 1;
            capital += u32::from(self.is_capital(idx));
            upper += u32::from(!self.word(idx).chars().any(char::is_lowercase));
        }
        if all >= 2 && upper * 10 >= all * 8 {
            Typography::Upper
        } else if all >= 4 && capital * 10 >= all * 8 && !self.ends_in_stop(sentence) {
            Typography::Title
        } else {
            Typography::Sentence
        }
    }

    /// Headlines have no full stop.
    fn ends_in_stop(&self, sentence: &Sentence) -> bool {
        let end = sentence.last_token as usize;
        (end.saturating_sub(3)..end).any(|idx| matches!(self.word(idx), "." | "?"))
    }

    fn count_cases(&mut self) {
        let mut cases: Lookup<String, Case> = Lookup::default();
        for (sentence, typography) in self.sentences.iter().zip(&self.typography) {
            if *typography != Typography::Sentence {
                continue;
            }
            for idx in sentence.first_token as usize..sentence.last_token as usize {
                if !self.is_word(idx) {
                    continue;
                }
                if !self.is_capital(idx) {
                    cases.entry(self.low(idx).to_owned()).or_default().lower += 1;
                } else if !self.is_first(sentence, idx) {
                    cases.entry(self.low(idx).to_owned()).or_default().upper += 1;
                }
            }
        }
        self.cases = cases;
    }

    pub(super) fn case(&self, idx: usize) -> Case {
        self.cases.get(self.low(idx)).copied().unwrap_or_default()
    }
}
