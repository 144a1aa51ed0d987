//! The words of one sentence as numbers and times need them: runs of letters, runs of digits, single marks.
//!
//! Read from the text itself, so that it does not matter how the tokeniser cuts "$20", "twenty-one" or "5pm"; tags and
//! lemmas come from the tokens where they stand.

use variorum_schema::{Document, Form, Sentence, Tag, Token};

/// Longest run of words looked at in one piece: a sentence without an end must not cost more than its length.
const WINDOW: usize = 4_000;

/// What a word is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A run of letters.
    Letters,
    /// A run of digits with its separators ("1,234.5").
    Digits,
    /// One other character.
    Mark,
}

/// One word.
#[derive(Clone, Debug)]
pub(crate) struct Word<'t> {
    /// As written.
    pub(crate) text: &'t str,
    /// Lower-cased.
    pub(crate) lower: String,
    /// First byte in the document.
    pub(crate) start: usize,
    /// One past the last byte.
    pub(crate) end: usize,
    /// What it is made of.
    pub(crate) kind: Kind,
    /// Whether it follows the word before without white space.
    pub(crate) glued: bool,
    /// Index of the token that holds its first byte, if there is one.
    pub(crate) token: Option<usize>,
    /// Tag of that token.
    pub(crate) tag: Tag,
    /// Inflected form of that token.
    pub(crate) form: Form,
}

/// The words of a sentence. Every accessor takes any index: outside the sentence there is the empty word.
#[derive(Clone, Debug, Default)]
pub(crate) struct Words<'t> {
    /// In order.
    pub(crate) list: Vec<Word<'t>>,
}

impl<'t> Words<'t> {
    /// Lower-cased word at `at`.
    pub(crate) fn lower(&self, at: usize) -> &str {
        self.list.get(at).map_or("", |w| w.lower.as_str())
    }

    /// Lower-cased word `back` words before `at`.
    pub(crate) fn before(&self, at: usize, back: usize) -> &str {
        at.checked_sub(back).map_or("", |i| self.lower(i))
    }

    /// Word at `at` as written.
    pub(crate) fn text(&self, at: usize) -> &'t str {
        self.list.get(at).map_or("", |w| w.text)
    }

    /// Whether the word at `at` is one of `options` (lower case).
    pub(crate) fn any(&self, at: usize, options: &[&str]) -> bool {
        self.list.get(at).is_some_and(|w| options.contains(&w.lower.as_str()))
    }

    /// Whether the words from `at` on are these (lower case).
    pub(crate) fn seq(&self, at: usize, words: &[&str]) -> bool {
        words.iter().enumerate().all(|(k, w)| self.lower(at + k) == *w)
    }

    /// The kind of the word at `at`.
    pub(crate) fn kind(&self, at: usize) -> Option<Kind> {
        self.list.get(at).map(|w| w.kind)
    }

    /// Whether the word at `at` follows the one before without white space.
    pub(crate) fn glued(&self, at: usize) -> bool {
        self.list.get(at).is_some_and(|w| w.glued)
    }

    /// Whether the word at `at` opens with a capital letter.
    pub(crate) fn capital(&self, at: usize) -> bool {
        self.text(at).chars().next().is_some_and(char::is_uppercase)
    }

    /// The tag of the word at `at`; `X` where there is none.
    pub(crate) fn tag(&self, at: usize) -> Tag {
        self.list.get(at).map_or(Tag::X, |w| w.tag)
    }

    /// The inflected form of the word at `at`; plain where it is not tagged.
    pub(crate) fn form(&self, at: usize) -> Form {
        self.list.get(at).map_or(Form::Plain, |w| w.form)
    }

    /// Whether the word at `at` is made of letters.
    pub(crate) fn letters(&self, at: usize) -> bool {
        self.kind(at) == Some(Kind::Letters)
    }

    /// Whether the word at `at` is a hyphen, of whatever kind.
    pub(crate) fn hyphen(&self, at: usize) -> bool {
        self.any(at, &["-", "\u{2010}", "\u{2011}"])
    }

    /// Whether the word at `at` is a dash between numbers.
    pub(crate) fn dash(&self, at: usize) -> bool {
        self.any(at, &["-", "\u{2010}", "\u{2011}", "\u{2012}", "\u{2013}", "\u{2014}"])
    }

    /// Whether the word at `at` is an apostrophe.
    pub(crate) fn apostrophe(&self, at: usize) -> bool {
        self.any(at, &["'", "\u{2019}", "\u{2018}", "`"])
    }

    /// `at`, past a hyphen that joins two words.
    pub(crate) fn past_hyphen(&self, at: usize) -> usize {
        if self.hyphen(at) && self.glued(at) && self.glued(at + 1) { at + 1 } else { at }
    }
}

/// The words of a sentence, in pieces of at most [`WINDOW`] words.
pub(crate) fn words<'t>(document: &'t Document, sentence: &Sentence, tokens: &[Token]) -> Vec<Words<'t>> {
    let text = sentence.span.of(&document.text);
    let base = sentence.span.start as usize;
    let mut pieces = vec![Words::default()];
    let mut token = sentence.first_token as usize;
    let mut at = 0;
    let mut glued = false;
    while let Some(rest) = text.get(at..).filter(|r| !r.is_empty()) {
        let (kind, len) = match next(rest, glued) {
            None => {
                at += rest.chars().next().map_or(1, char::len_utf8);
                glued = false;
                continue;
            }
            Some(found) => found,
        };
        let start = base + at;
        while tokens.get(token).is_some_and(|t| t.span.end as usize <= start)
            && token + 1 < sentence.last_token as usize
        {
            token += 1;
        }
        let holder = tokens.get(token).filter(|t| t.span.range().contains(&start));
        let surface = rest.get(..len).unwrap_or("");
        if pieces.last().is_some_and(|p| p.list.len() >= WINDOW) {
            pieces.push(Words::default());
        }
        if let Some(piece) = pieces.last_mut() {
            piece.list.push(Word {
                text: surface,
                lower: surface.to_lowercase(),
                start,
                end: start + len,
                kind,
                glued,
                token: holder.map(|_| token),
                tag: holder.map_or(Tag::X, |t| t.tag),
                form: holder.map_or(Form::Plain, |t| t.form),
            });
        }
        glued = true;
        at += len;
    }
    pieces
}

/// Kind and length in bytes of the word that `rest` opens with; `None` for white space and invisible marks.
fn next(rest: &str, glued: bool) -> Option<(Kind, usize)> {
    let first = rest.chars().next()?;
    if first.is_whitespace() || matches!(first, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}') {
        return None;
    }
    let point = first == '.' && !glued && rest.as_bytes().get(1).copied().is_some_and(|b| b.is_ascii_digit());
    if point {
        return Some((Kind::Digits, 1 + rest.bytes().skip(1).take_while(u8::is_ascii_digit).count()));
    }
    if first.is_ascii_digit() {
        return Some((Kind::Digits, digits(rest)));
    }
    if first.is_alphabetic() {
        if rest.get(..7).is_some_and(|s| s.eq_ignore_ascii_case("o'clock")) {
            return Some((Kind::Letters, 7));
        }
        if rest.get(..9).is_some_and(|s| s.to_lowercase() == "o\u{2019}clock") {
            return Some((Kind::Letters, 9));
        }
        let len = rest.find(|c: char| !(c.is_alphabetic() || is_combining(c))).unwrap_or(rest.len());
        return Some((Kind::Letters, len));
    }
    Some((Kind::Mark, first.len_utf8()))
}

fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Length of the number that `rest` opens with: digits, groups of three after a comma or a blank, decimals.
fn digits(rest: &str) -> usize {
    let run = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let mut len = run(rest);
    if let Some(whole) = continental(rest) {
        return whole;
    }
    if len <= 3 {
        // "1,234,567", "600 000" with a no-break or thin space; Indian groups of two before the last three
        while let Some((sep, tail)) = separator(rest.get(len..).unwrap_or("")) {
            let group = run(tail);
            let indian = sep == 1
                && group == 2
                && len <= 2
                && separator(tail.get(2..).unwrap_or("")).is_some_and(|(_, t)| run(t) == 3);
            let blank = !rest.get(len..).unwrap_or("").starts_with(',');
            if group != 3 && !indian
                || blank && (rest.starts_with('0') || len < 4 && blank_group_is_a_number(tail))
            {
                break;
            }
            len += sep + group;
        }
    }
    let tail = rest.get(len..).unwrap_or("");
    if let Some(decimals) = tail.strip_prefix('.').map(run).filter(|n| *n > 0) {
        // "21.07.2020" and "192.168.0.1" are no decimals
        let after = tail.get(1 + decimals..).unwrap_or("");
        if after.strip_prefix('.').is_none_or(|s| run(s) == 0) {
            len += 1 + decimals;
        }
    }
    len + decimal_comma(rest.get(len..).unwrap_or(""))
}

/// Length of "1.234.567,89": points between groups of three and a comma before the decimals have no other reading.
fn continental(rest: &str) -> Option<usize> {
    let run = |at: usize| rest.bytes().skip(at).take_while(u8::is_ascii_digit).count();
    let mut len = run(0);
    if !(1..=3).contains(&len) {
        return None;
    }
    let mark = |at: usize, mark: u8| rest.as_bytes().get(at) == Some(&mark);
    while mark(len, b'.') && run(len + 1) == 3 {
        len += 4;
    }
    let decimals = if mark(len, b',') { run(len + 1) } else { 0 };
    (len > 4 && (1..=2).contains(&decimals)).then_some(len + 1 + decimals)
}

/// What stands behind a number that cannot stand behind the first of two.
const MEASURED: [&str; 6] = ["percent", "per cent", "%", "million", "billion", "euro"];

/// Length of the decimals behind a comma, as most of Europe writes them and hasty translations keep them ("50,6 percent").
fn decimal_comma(tail: &str) -> usize {
    let Some(after) = tail.strip_prefix(',') else { return 0 };
    let n = after.bytes().take_while(u8::is_ascii_digit).count();
    let behind = after.get(n..).unwrap_or("").trim_start_matches([' ', '\u{a0}']);
    let is_decimal = matches!(n, 1 | 2) && MEASURED.iter().any(|m| behind.starts_with(m));
    if is_decimal { 1 + n } else { 0 }
}

/// Whether three digits behind a blank are rather a number of their own ("in group 12 300.5"; "5 737s").
fn blank_group_is_a_number(tail: &str) -> bool {
    tail.get(3..).unwrap_or("").starts_with(|c: char| c == ',' || c.is_alphabetic())
}

/// The separator of thousands that `tail` opens with, when a digit follows: its length, and what follows.
fn separator(tail: &str) -> Option<(usize, &str)> {
    let first =
        tail.chars().next().filter(|c| matches!(c, ',' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}'))?;
    let after = tail.get(first.len_utf8()..)?;
    after.starts_with(|c: char| c.is_ascii_digit()).then_some((first.len_utf8(), after))
}
