//! Tokens of one block → where its sentences end.

use std::ops::Range;
use std::sync::LazyLock;

use super::token::{self, Abbreviation};
use crate::lexicon::{Listed, entries};

static STARTERS: LazyLock<Listed<&'static str>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/sentence-starters.txt")).filter_map(|f| f.first().copied()).collect()
});

/// Sentences longer than this many tokens are cut: later stages look at all pairs within a window.
pub(super) const MAX_TOKENS: usize = 4_000;

/// The tokens of one stretch of text, with what lies between them.
pub(super) struct Stretch<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Range<usize>],
}

impl<'a> Stretch<'a> {
    fn word(&self, idx: usize) -> &'a str {
        self.tokens.get(idx).and_then(|r| self.text.get(r.clone())).unwrap_or("")
    }

    /// Whether white space stands before token `idx`.
    fn space_before(&self, idx: usize) -> bool {
        match (idx.checked_sub(1).and_then(|p| self.tokens.get(p)), self.tokens.get(idx)) {
            (Some(prev), Some(this)) => prev.end < this.start,
            _ => true,
        }
    }

    fn gap(&self, idx: usize) -> &'a str {
        match (idx.checked_sub(1).and_then(|p| self.tokens.get(p)), self.tokens.get(idx)) {
            (Some(prev), Some(this)) => self.text.get(prev.end..this.start).unwrap_or(""),
            _ => "",
        }
    }

    /// Indices one past the last token of each sentence, in order; the last is the number of tokens.
    pub(super) fn ends(&self) -> Vec<usize> {
        let mut ends = Vec::new();
        let mut first = 0;
        let mut straight_open = false;
        let mut idx = 0;
        while idx < self.tokens.len() {
            if self.word(idx) == "\"" {
                straight_open = !straight_open;
            }
            if idx > first && self.gap(idx).matches('\n').count() > 1 {
                ends.push(idx);
                first = idx;
                straight_open = self.word(idx) == "\"";
            }
            let end = self.end_after(idx, first, straight_open).unwrap_or(if idx + 1 - first >= MAX_TOKENS {
                idx + 1
            } else {
                0
            });
            if end > idx {
                for inner in idx + 1..end {
                    straight_open ^= self.word(inner) == "\"";
                }
                ends.push(end);
                first = end;
                idx = end;
            } else {
                idx += 1;
            }
        }
        if ends.last() != Some(&self.tokens.len()) && !self.tokens.is_empty() {
            ends.push(self.tokens.len());
        }
        ends
    }

    /// If token `idx` ends a sentence that began at `first`: one past its last token, closing marks included.
    fn end_after(&self, idx: usize, first: usize, straight_open: bool) -> Option<usize> {
        let kind = terminator(self.word(idx))?;
        let mut end = idx + 1;
        let mut open = straight_open;
        let mut closed_quote = false;
        while end < self.tokens.len() && self.closes(end, open) {
            let word = self.word(end);
            open ^= word == "\"";
            closed_quote |= is_quote(word);
            end += 1;
        }
        if end >= self.tokens.len() {
            return Some(end);
        }
        self.is_boundary(kind, idx, first, end, closed_quote).then_some(end)
    }

    /// Whether token `idx`, after a terminator, belongs to the sentence that ends there.
    fn closes(&self, idx: usize, straight_open: bool) -> bool {
        let word = self.word(idx);
        let before = self.space_before(idx);
        let after = idx + 1 >= self.tokens.len() || self.space_before(idx + 1);
        match word {
            ")" | "]" | "}" | "）" | "」" | "』" => true,
            "\"" if before && after => straight_open,
            "”" | "»" | "’" if before && after => true,
            _ if is_quote(word) => !before,
            _ if terminator(word).is_some_and(|t| t == Terminator::Strong || t == Terminator::Dots)
                && !before =>
            {
                true
            }
            _ => {
                word.chars().all(token::is_emoji)
                    || (word.len() > 1 && word.len() < 5 && word.starts_with([':', ';']))
            }
        }
    }

    /// Whether a sentence begins at `next` after a terminator at `idx`.
    fn is_boundary(
        &self,
        kind: Terminator,
        idx: usize,
        first: usize,
        next: usize,
        closed_quote: bool,
    ) -> bool {
        let begin = self.opening(next);
        let shape = Shape::of(begin);
        let has_space = self.space_before(next);
        match kind {
            Terminator::Wide => true,
            _ if begin.is_empty() => false,
            _ if matches!(begin, "," | ";" | ":" | ")" | "]" | "%") => false,
            Terminator::Stop if idx == first => false, // a stray mark, or a list counter's
            Terminator::Stop if self.is_counter(idx, first) => false,
            Terminator::Stop => !(shape == Shape::Lower && (closed_quote || !has_space)),
            // "Where is it? nobody knows": careless typing, but "Yahoo! shares" is a name
            Terminator::Strong if shape == Shape::Lower && !closed_quote && has_space => {
                self.word(idx).contains('?') && !self.reports_speech(next)
            }
            Terminator::Strong => {
                (shape != Shape::Lower && !(closed_quote && self.reports_speech(next)))
                    && (has_space || closed_quote || shape == Shape::Upper)
            }
            Terminator::Dots => {
                shape == Shape::Upper
                    && (has_space || closed_quote || STARTERS.contains(begin.to_lowercase().as_str()))
            }
            Terminator::Kept(class) => {
                self.ends_at_abbreviation(class, idx, next, begin, shape, closed_quote)
            }
            Terminator::Initial => {
                closed_quote || (self.starts_sentence(next, begin) && !self.is_name_before(idx))
            }
        }
    }

    /// "1." or "a." at the start of a sentence: a counter, not a sentence.
    fn is_counter(&self, idx: usize, first: usize) -> bool {
        idx == first + 1 && {
            let word = self.word(first);
            word.len() <= 3 && (word.chars().all(|c| c.is_ascii_digit()) || word.chars().count() == 1)
        }
    }

    fn ends_at_abbreviation(
        &self,
        class: Abbreviation,
        idx: usize,
        next: usize,
        begin: &str,
        shape: Shape,
        closed_quote: bool,
    ) -> bool {
        match class {
            Abbreviation::Title | Abbreviation::Number | Abbreviation::Stop => false,
            Abbreviation::Word | Abbreviation::Place => {
                let word = self.word(idx).to_lowercase();
                let is_clock = matches!(word.as_str(), "a.m." | "p.m." | "etc.");
                closed_quote && shape == Shape::Upper
                    || self.starts_sentence(next, begin)
                    || (is_clock && shape == Shape::Upper && !is_day(begin))
            }
        }
    }

    /// Whether the word at `next` opens a sentence even after an abbreviation.
    fn starts_sentence(&self, next: usize, begin: &str) -> bool {
        let opens_quote =
            is_quote(self.word(next)) && self.space_before(next) && !self.space_before(next + 1);
        let upper = begin.chars().next().is_some_and(char::is_uppercase);
        upper && (opens_quote || STARTERS.contains(begin.to_lowercase().as_str()))
    }

    /// Whether the word before an initial is a name or another initial ("George W.").
    fn is_name_before(&self, idx: usize) -> bool {
        let prev = idx.checked_sub(1).map_or("", |p| self.word(p));
        prev.is_empty()
            || token::is_initial(prev)
            || (Shape::of(prev) == Shape::Upper && !STARTERS.contains(prev.to_lowercase().as_str()))
    }

    /// The first token from `idx` on that is not an opening mark.
    fn opening(&self, idx: usize) -> &'a str {
        (idx..idx.saturating_add(4))
            .map(|i| self.word(i))
            .find(|w| {
                !is_quote(w) && !matches!(*w, "(" | "[" | "¿" | "¡" | "-" | "–" | "—" | "--" | "•" | "*")
            })
            .unwrap_or("")
    }

    /// `“Why?” Smith asked.`: a reporting verb within a few words of the closing mark.
    fn reports_speech(&self, next: usize) -> bool {
        (next..next.saturating_add(5))
            .map(|i| self.word(i))
            .take_while(|w| terminator(w).is_none() && *w != "," && !is_quote(w))
            .any(|w| {
                matches!(
                    w,
                    "said"
                        | "says"
                        | "asked"
                        | "asks"
                        | "told"
                        | "added"
                        | "wrote"
                        | "replied"
                        | "shouted"
                        | "cried"
                        | "exclaimed"
                        | "tweeted"
                        | "wondered"
                )
            })
    }
}

/// What kind of end a token may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Terminator {
    /// A full stop by itself.
    Stop,
    /// "!" or "?".
    Strong,
    /// "…".
    Dots,
    /// A mark of a script that uses it only at the end of sentences.
    Wide,
    /// An abbreviation with its full stop.
    Kept(Abbreviation),
    /// "J."
    Initial,
}

fn terminator(word: &str) -> Option<Terminator> {
    let first = word.chars().next()?;
    match first {
        '.' if word == "." => Some(Terminator::Stop),
        '!' | '?' | '؟' | '‼' | '⁉' => Some(Terminator::Strong),
        '.' | '…' if word.chars().all(|c| matches!(c, '.' | '…')) => Some(Terminator::Dots),
        '。' | '！' | '？' | '．' | '।' | '॥' | '۔' => Some(Terminator::Wide),
        _ if token::is_initial(word) => Some(Terminator::Initial),
        _ => token::abbreviation(word).map(Terminator::Kept),
    }
}

/// The case of a word's first letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Upper,
    Lower,
    Other,
}

impl Shape {
    fn of(word: &str) -> Shape {
        match word.chars().next() {
            Some(c) if c.is_lowercase() => {
                // "iPhone", "eBay": an inner capital makes it a name
                if word.chars().nth(1).is_some_and(char::is_uppercase) { Shape::Upper } else { Shape::Lower }
            }
            Some(c) if c.is_alphanumeric() => Shape::Upper,
            _ => Shape::Other,
        }
    }
}

fn is_quote(word: &str) -> bool {
    matches!(word, "\"" | "“" | "”" | "„" | "«" | "»" | "''" | "``" | "'" | "‘" | "’" | "’’" | "‘‘" | "‘’")
}

fn is_day(word: &str) -> bool {
    matches!(
        word,
        "Monday"
            | "Tuesday"
            | "Wednesday"
            | "Thursday"
            | "Friday"
            | "Saturday"
            | "Sunday"
            | "GMT"
            | "EST"
            | "EDT"
            | "ET"
            | "PT"
            | "PST"
            | "UTC"
            | "CET"
            | "BST"
            | "Eastern"
            | "Pacific"
            | "January"
            | "February"
            | "March"
            | "April"
            | "May"
            | "June"
            | "July"
            | "August"
            | "September"
            | "October"
            | "November"
            | "December"
    )
}
