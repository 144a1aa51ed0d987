//! Text → tokens, after the conventions of Universal Dependencies for English: clitics, punctuation, currency signs,
//! units and hyphens stand alone; abbreviations keep their full stop.

use std::ops::Range;
use std::sync::LazyLock;

use super::whole::{is_address, is_emoticon, is_number};
use crate::lexicon::{Listed, Lookup, entries};

/// What an abbreviation allows after its full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A name follows: no boundary.
    Title,
    /// An abbreviation only before a number.
    Number,
    /// Points at what follows: no boundary.
    Stop,
    /// A state, when capitalised.
    Place,
    /// May end a sentence.
    Word,
}

static ABBREVIATIONS: LazyLock<Lookup<&'static str, Abbreviation>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/abbreviations.txt"))
        .filter_map(|fields| {
            let class = match *fields.get(1)? {
                "title" => Abbreviation::Title,
                "number" => Abbreviation::Number,
                "stop" => Abbreviation::Stop,
                "place" => Abbreviation::Place,
                _ => Abbreviation::Word,
            };
            Some((*fields.first()?, class))
        })
        .collect()
});

static PREFIXES: LazyLock<Listed<&'static str>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/hyphen-prefixes.txt")).filter_map(|f| f.first().copied()).collect()
});

/// What the abbreviation `word` (with its full stop) allows after it, if it is one.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    if !word.ends_with('.') || word.len() > 24 {
        return None;
    }
    ABBREVIATIONS
        .get(word.to_lowercase().as_str())
        .copied()
        .or_else(|| is_dotted(word).then_some(Abbreviation::Word))
}

/// "U.S.", "J.R.R.", "Ph.D.": letters, each group of at most two followed by a full stop; at least two groups.
fn is_dotted(word: &str) -> bool {
    let parts: Vec<&str> = word.trim_end_matches('.').split('.').collect();
    parts.len() > 1
        && parts.iter().all(|p| (1..=2).contains(&p.chars().count()) && p.chars().all(char::is_alphabetic))
}

/// Whether `word` is one capital letter and a full stop.
pub(super) fn is_initial(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(char::is_uppercase) && chars.next() == Some('.') && chars.next().is_none()
}

/// Splits the text of `range` into tokens, appended to `out` in order. Linear in its length.
pub(super) fn tokenize(text: &str, range: Range<usize>, out: &mut Vec<Range<usize>>) {
    let mut at = range.start;
    let body = text.get(range.clone()).unwrap_or("");
    let mut chunks = body.split(is_space).filter(|c| !c.is_empty()).peekable();
    while let Some(chunk) = chunks.next() {
        // `split` yields slices of `body`, so their distance to its start is their offset
        let start = range.start + (chunk.as_ptr() as usize - body.as_ptr() as usize);
        debug_assert!(start >= at);
        at = start + chunk.len();
        let next_is_number = chunks.peek().is_some_and(|c| c.starts_with(|c: char| c.is_ascii_digit()));
        Chunk { text, next_is_number, out }.peel(start..at);
    }
}

/// White space and characters that show nothing.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' )
        || c.is_control()
}

/// A run of text without white space, on its way into tokens.
struct Chunk<'a> {
    text: &'a str,
    next_is_number: bool,
    out: &'a mut Vec<Range<usize>>,
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | '`' | '´')
}

fn is_dash(c: char) -> bool {
    matches!(c, '-' | '‐' | '‑' | '–' | '—' | '−' | '―')
}

/// Marks of which a run is one token ("...", "!!", "--").
fn runs(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '-' | '=' | '*' | '_' | '~' | '…' | '<' | '>' | '+' | '`')
}

/// Whether `c` is part of words, not punctuation by itself.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || is_mark(c) || matches!(c, '_' | '@' | '#' | '&' | '\u{200c}' | '\u{200d}')
}

/// Combining marks that alphanumeric does not cover (virama, accents typed apart).
fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// Scripts written without spaces: each character is a token.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

impl Chunk<'_> {
    fn of(&self, range: &Range<usize>) -> &str {
        self.text.get(range.clone()).unwrap_or("")
    }

    fn push(&mut self, range: Range<usize>) {
        if range.start < range.end {
            self.out.push(range);
        }
    }

    /// Takes punctuation off the front, then off the back, then splits what remains.
    fn peel(&mut self, mut range: Range<usize>) {
        while range.start < range.end && !self.is_whole(&range) {
            let piece = self.of(&range);
            let Some(first) = piece.chars().next() else { return };
            if is_word(first) || self.leads(piece) {
                break;
            }
            let len = mark_len(piece, first);
            self.push(range.start..range.start + len);
            range.start += len;
        }
        let mut tail = Vec::new();
        while range.start < range.end && !self.is_whole(&range) {
            let piece = self.of(&range);
            let Some(last) = piece.chars().next_back() else { break };
            if is_word(last) || (last == '.' && self.keeps_stop(piece, tail.is_empty())) {
                break;
            }
            let mut len = mark_len_back(piece, last);
            if len == 2 && last == '.' && abbreviation(piece.get(..piece.len() - 1).unwrap_or("")).is_some() {
                len = 1; // "Inc..": an abbreviation, then the end of the sentence
            }
            tail.push(range.end - len..range.end);
            range.end -= len;
        }
        self.core(range);
        for mark in tail.into_iter().rev() {
            self.push(mark);
        }
    }

    /// Whether a chunk that starts with punctuation starts a word all the same ("'em", "'90s", ".5", "-5").
    fn leads(&self, piece: &str) -> bool {
        let lower: String = piece.chars().take(6).flat_map(char::to_lowercase).collect();
        let lower = lower.replace(['’', '‘', '`'], "'");
        let letters = lower.trim_start_matches('\'');
        let word: String = letters.chars().take_while(|c| c.is_alphanumeric()).collect();
        if lower.starts_with('\'') {
            return matches!(
                word.as_str(),
                "em" | "til"
                    | "till"
                    | "cause"
                    | "twas"
                    | "tis"
                    | "n"
                    | "bout"
                    | "round"
                    | "s"
                    | "re"
                    | "ve"
                    | "ll"
            ) || (word.len() == 3 && word.ends_with("0s"))
                || (word.len() == 2 && word.chars().all(|c| c.is_ascii_digit()));
        }
        let mut chars = lower.chars();
        chars.next() == Some('.') && chars.next().is_some_and(|c| c.is_ascii_digit())
    }

    /// Whether the whole range is one token: an address, a number, an emoticon.
    fn is_whole(&self, range: &Range<usize>) -> bool {
        let piece = self.of(range);
        let ends_in_mark = piece.ends_with(['.', ',', '!', '?', ';', ':', '"', '”', '\'', '’', '>', ']']);
        let in_brackets = piece.ends_with(')') && !piece.contains('(');
        (piece.len() <= 12 && is_emoticon(piece))
            || (piece.len() <= 2048
                && !ends_in_mark
                && !in_brackets
                && (is_number(piece) || is_address(piece)))
    }

    /// Whether the final full stop of `piece` belongs to it.
    fn keeps_stop(&self, piece: &str, is_last: bool) -> bool {
        let before = piece.trim_end_matches('.');
        if piece.len() - before.len() != 1 || before.is_empty() {
            return false;
        }
        let word_at = before
            .rfind(|c: char| is_dash(c) || c == '/' || c == '(')
            .map_or(0, |at| at + before.get(at..).and_then(|s| s.chars().next()).map_or(1, char::len_utf8));
        let word = piece.get(word_at..).unwrap_or(piece);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        match abbreviation(word) {
            Some(Abbreviation::Number) => is_last && self.next_is_number,
            Some(Abbreviation::Place) => capital,
            Some(_) => true,
            None => is_initial(word),
        }
    }

    /// Splits a chunk without outer punctuation at inner punctuation, then takes each word apart.
    fn core(&mut self, range: Range<usize>) {
        if self.is_whole(&range) {
            self.push(range);
            return;
        }
        let text = self.text;
        let piece = text.get(range.clone()).unwrap_or("");
        let mut word_start = range.start;
        let mut chars = piece.char_indices().peekable();
        let mut prev = None;
        while let Some((offset, c)) = chars.next() {
            let at = range.start + offset;
            let next = chars.peek().map(|&(_, c)| c);
            if at >= word_start && self.breaks(word_start..at, prev, c, next, range.end) {
                self.word(word_start..at);
                let len = if is_ideograph(c) {
                    c.len_utf8()
                } else {
                    mark_len(text.get(at..range.end).unwrap_or(""), c)
                };
                self.push(at..at + len);
                word_start = at + len;
            }
            prev = Some(c);
        }
        self.word(word_start.min(range.end)..range.end);
    }

    /// Whether `c` ends the word before it and is a token itself.
    fn breaks(
        &self,
        word: Range<usize>,
        prev: Option<char>,
        c: char,
        next: Option<char>,
        end: usize,
    ) -> bool {
        let digits = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        if is_ideograph(c) {
            return true;
        }
        if is_word(c) {
            return false;
        }
        if is_dash(c) {
            return self.splits_hyphen(word, prev, c, next, end);
        }
        match c {
            '.' | ',' | ':' | '/' if digits(prev) && digits(next) => false,
            '.' => self.splits_stop(word, next, end),
            '\'' | '’' | '‘' | '`' | '´' => {
                !(prev.is_some_and(char::is_alphanumeric) && next.is_some_and(char::is_alphanumeric)
                    || word.is_empty() && next.is_some_and(char::is_alphanumeric))
            }
            _ => true,
        }
    }

    /// "text.Next": a full stop with no space after it, between a lower-case word and a capitalised one.
    fn splits_stop(&self, word: Range<usize>, next: Option<char>, end: usize) -> bool {
        let left = self.of(&word);
        let stop = word.end;
        let right = self.text.get(stop + 1..end).unwrap_or("");
        let is_lower =
            |s: &str| s.chars().next_back().is_some_and(|c| c.is_lowercase() || c.is_ascii_digit());
        if right.is_empty() {
            return false; // kept when the outer marks were taken off
        }
        if next == Some('.') {
            return true;
        }
        left.chars().count() >= 2
            && is_lower(left)
            && abbreviation(self.of(&(word.start..stop + 1))).is_none()
            && next.is_some_and(|c| c.is_uppercase() || matches!(c, '"' | '“' | '”' | '(' | ')'))
            && right.chars().nth(1).is_none_or(|c| c.is_lowercase() || is_space(c) || c == '\'' || c == '’')
    }

    /// Hyphenated words are three tokens, but for prefixes, codes and numbers.
    fn splits_hyphen(
        &self,
        word: Range<usize>,
        prev: Option<char>,
        c: char,
        next: Option<char>,
        end: usize,
    ) -> bool {
        let left = self.of(&word);
        let right = self.text.get(word.end + c.len_utf8()..end).unwrap_or("");
        let right_word: &str = right.split(|c: char| !is_word(c) || is_dash(c)).next().unwrap_or("");
        if c != '-' && c != '‑' && c != '‐' {
            return true;
        }
        let (Some(prev), Some(next)) = (prev, next) else { return true };
        if !is_word(prev) || !is_word(next) {
            return true;
        }
        if PREFIXES.contains(left.to_lowercase().as_str()) {
            return false;
        }
        let has_digit = |s: &str| s.chars().any(|c| c.is_ascii_digit());
        let has_upper = |s: &str| s.chars().any(char::is_uppercase);
        // "COVID-19", "F-16", "x3-9890": codes stay whole; "15-year" does not
        let left_code =
            !has_digit(left) && has_upper(left) && left.chars().count() <= 5 && left == left.to_uppercase();
        let right_code =
            has_digit(right_word) && right_word.chars().all(|c| c.is_ascii_digit() || c.is_uppercase());
        !(left_code && right_code)
    }

    /// A word without inner punctuation but apostrophes, kept stops and hyphens: clitics, units and fused words apart.
    fn word(&mut self, range: Range<usize>) {
        if range.start >= range.end {
            return;
        }
        let cut = clitic(self.of(&range)).or_else(|| unit(self.of(&range)));
        match cut {
            Some(at) => {
                self.word(range.start..range.start + at);
                self.push(range.start + at..range.end);
            }
            None => self.push(range),
        }
    }
}

/// Length of the punctuation token at the start of `piece`.
fn mark_len(piece: &str, first: char) -> usize {
    let same = |c: char| c == first || (matches!(first, '!' | '?') && matches!(c, '!' | '?'));
    if runs(first) || is_dash(first) {
        return piece.find(|c| !same(c)).unwrap_or(piece.len());
    }
    if is_apostrophe(first) {
        let n: usize = piece.chars().take(2).take_while(|&c| c == first).map(char::len_utf8).sum();
        return n;
    }
    if is_emoji(first) {
        return piece.find(|c| !is_emoji(c) || (c == first)).filter(|&n| n > 0).unwrap_or(first.len_utf8());
    }
    first.len_utf8()
}

/// Length of the punctuation token at the end of `piece`.
fn mark_len_back(piece: &str, last: char) -> usize {
    let same = |c: char| c == last || (matches!(last, '!' | '?') && matches!(c, '!' | '?'));
    if runs(last) || is_dash(last) {
        return piece.len() - piece.trim_end_matches(same).len();
    }
    if is_apostrophe(last) {
        return piece.chars().rev().take(2).take_while(|&c| c == last).map(char::len_utf8).sum();
    }
    last.len_utf8()
}

/// Pictographs and their modifiers.
pub(super) fn is_emoji(c: char) -> bool {
    matches!(c, '\u{1f000}'..='\u{1faff}' | '\u{2600}'..='\u{27bf}' | '\u{fe0f}' | '\u{200d}' | '\u{2b00}'..='\u{2bff}')
}

/// Byte offset at which the last clitic of `word` starts, if there is one before its end.
fn clitic(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    if lower.len() != word.len() || word.len() > 64 {
        return None; // a capital whose lower case has another length: no English clitic
    }
    match lower.as_str() {
        "cannot" => return Some(3),
        "gonna" | "gotta" | "wanna" => return Some(3),
        _ => {}
    }
    for mark in ["'", "’", "‘", "`", "´"] {
        if let Some(stem) = lower.strip_suffix(&format!("n{mark}t")) {
            return (!stem.is_empty()).then_some(stem.len());
        }
        let at = lower.rfind(mark).filter(|&at| at > 0);
        if let Some(at) = at
            && matches!(&lower[at + mark.len()..], "s" | "re" | "ve" | "ll" | "d" | "m")
            && !(lower[at + mark.len()..] == *"s" && lower[..at].chars().all(|c| c.is_ascii_digit()))
        {
            return Some(at);
        }
    }
    None
}

/// Byte offset at which the unit of "10am", "5km", "3bn" starts.
fn unit(word: &str) -> Option<usize> {
    let at = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',' | ':')))?;
    if at == 0 || !word.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let unit = word.get(at..)?.to_lowercase();
    matches!(
        unit.trim_end_matches('.'),
        "am" | "pm"
            | "a.m"
            | "p.m"
            | "m"
            | "k"
            | "b"
            | "bn"
            | "mn"
            | "tn"
            | "km"
            | "cm"
            | "mm"
            | "kg"
            | "g"
            | "mg"
            | "lb"
            | "lbs"
            | "ft"
            | "in"
            | "mph"
            | "kph"
            | "kmh"
            | "mw"
            | "kw"
            | "gw"
            | "gb"
            | "mb"
            | "tb"
            | "hz"
            | "mhz"
            | "ghz"
            | "hrs"
            | "hr"
            | "min"
            | "mins"
            | "sec"
            | "x"
            | "yrs"
            | "oz"
            | "ml"
            | "l"
            | "°c"
            | "°f"
            | "ha"
            | "p"
    )
    .then_some(at)
}
