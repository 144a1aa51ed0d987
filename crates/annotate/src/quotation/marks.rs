//! Quotation marks → the stretches of text that they enclose.
//!
//! Marks are read paragraph by paragraph, so that a stray or missing one never spoils more than its own paragraph. What
//! a mark does is decided by three witnesses: its glyph, the white space around it, and whether a stretch is open.

use variorum_schema::{BlockKind, Document, Span};

/// A stretch of text in outer quotation marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quoted {
    /// From the opening to the closing mark, both included.
    pub outer: Span,
    /// What stands between the marks, without surrounding white space.
    pub inner: Span,
    /// Index of its block.
    pub block: usize,
    /// Left open, and the next paragraph opens with a mark: the same speech goes on there.
    pub goes_on: bool,
    /// In single marks.
    pub is_single: bool,
}

/// Which way a glyph points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Glyph {
    Open,
    Close,
    Straight,
}

/// One quotation mark and the characters beside it.
#[derive(Clone, Copy, Debug)]
struct Mark {
    start: usize,
    end: usize,
    glyph: Glyph,
    is_single: bool,
    before: Option<char>,
    after: Option<char>,
}

impl Mark {
    /// White space or an opening sign before, a word after.
    fn could_open(&self) -> bool {
        self.before.is_none_or(|c| c.is_whitespace() || is_opening(c))
            && self.after.is_some_and(|c| !c.is_whitespace() && !is_closing(c))
    }

    /// A word before, white space or punctuation after.
    fn could_close(&self) -> bool {
        self.before.is_some_and(|c| !c.is_whitespace() && !is_opening(c))
            && self.after.is_none_or(|c| c.is_whitespace() || is_closing(c) || is_opening(c))
    }
}

fn is_opening(c: char) -> bool {
    matches!(c, '(' | '[' | '{' | '-' | '–' | '—' | '/' | '“' | '‘' | '„' | '«' | '‹')
}

fn is_closing(c: char) -> bool {
    matches!(c, ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '…' | '”' | '’' | '»' | '›')
}

/// The stretches in outer quotation marks, in order, not overlapping. Furniture is left out.
pub(super) fn quoted(document: &Document) -> Vec<Quoted> {
    let mut found: Vec<Quoted> = Vec::new();
    let mut unclosed: Option<usize> = None;
    for (block, it) in document.blocks.iter().enumerate() {
        if matches!(it.kind, BlockKind::Furniture | BlockKind::Meta) {
            continue;
        }
        let Some(text) = document.text.get(it.span.range()) else { continue };
        let first = found.len();
        let base = it.span.start as usize;
        let left_open = in_block(text, base, block, &mut found);
        if let Some(earlier) = unclosed.take() {
            let opens_here = found.get(first).is_some_and(|q| q.outer.start == it.span.start);
            match opens_here {
                true => found[earlier].goes_on = true,
                false => shorten(&document.text, &mut found[earlier]),
            }
        }
        unclosed = left_open.then(|| found.len().saturating_sub(1)).filter(|_| found.len() > first);
    }
    if let Some(earlier) = unclosed {
        shorten(&document.text, &mut found[earlier]);
    }
    found.retain(|q| !q.inner.is_empty());
    found
}

/// A stretch that is never closed and opens in the middle of a sentence ends with that sentence: more would be a guess.
fn shorten(text: &str, quoted: &mut Quoted) {
    let before = text.get(..quoted.outer.start as usize).unwrap_or("");
    let opens_sentence =
        before.trim_end_matches(' ').ends_with(['\n', '\r', '.', ':', ',', '!', '?']) || before.is_empty();
    if opens_sentence {
        return;
    }
    let inner = quoted.inner.of(text);
    let mut chars = inner.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let ends = matches!(c, '.' | '!' | '?') && chars.peek().is_some_and(|(_, next)| next.is_whitespace());
        if ends {
            let end = quoted.inner.start as usize + at + c.len_utf8();
            quoted.inner = Span::new(quoted.inner.start as usize, end);
            quoted.outer = Span::new(quoted.outer.start as usize, end);
            return;
        }
    }
}

/// Adds the stretches of one block; whether the last one was left open.
fn in_block(text: &str, base: usize, block: usize, found: &mut Vec<Quoted>) -> bool {
    let marks = marks(text);
    let mut doubles: Vec<Quoted> = Vec::new();
    let left_open = double_marks(text, base, block, &marks, &mut doubles);
    let (singles, single_open) = single_marks(text, base, block, &marks, &doubles);
    // a double inside a single is nested; a single inside a double was never looked at
    doubles.retain(|d| !singles.iter().any(|s| s.outer.contains(d.outer)));
    let first = found.len();
    found.extend(doubles);
    found.extend(singles);
    found[first..].sort_by_key(|q| q.outer.start);
    left_open || single_open
}

/// Every quotation mark of a block; two straight or two curly single marks side by side are one double mark.
fn marks(text: &str) -> Vec<Mark> {
    let mut marks: Vec<Mark> = Vec::new();
    let mut before = None;
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        let Some((glyph, mut is_single)) = glyph(c) else {
            before = Some(c);
            continue;
        };
        if is_single
            && matches!(c, '\'' | '’' | '‘' | '`')
            && chars.peek().is_some_and(|(_, next)| *next == c)
        {
            end += c.len_utf8();
            is_single = false;
            chars.next();
        }
        let after = chars.peek().map(|(_, next)| *next);
        // a lone backtick opens only; it is no apostrophe
        marks.push(Mark { start, end, glyph, is_single, before, after });
        before = Some(c);
    }
    marks
}

fn glyph(c: char) -> Option<(Glyph, bool)> {
    Some(match c {
        '“' | '„' | '‟' | '«' | '\u{93}' => (Glyph::Open, false),
        '”' | '»' | '\u{94}' => (Glyph::Close, false),
        '"' | '＂' | '″' => (Glyph::Straight, false),
        '‘' | '‚' | '‛' | '‹' | '`' | '\u{91}' => (Glyph::Open, true),
        '’' | '›' | '\u{92}' => (Glyph::Close, true),
        '\'' => (Glyph::Straight, true),
        _ => return None,
    })
}

/// Pairs the double marks of a block.
fn double_marks(text: &str, base: usize, block: usize, marks: &[Mark], found: &mut Vec<Quoted>) -> bool {
    let marks: Vec<&Mark> = marks.iter().filter(|m| !m.is_single).collect();
    // how many closing glyphs more than opening ones stand from here to the end: tells nesting from a missing close
    let mut surplus = vec![0_i64; marks.len() + 1];
    for (idx, mark) in marks.iter().enumerate().rev() {
        surplus[idx] = surplus[idx + 1]
            + match mark.glyph {
                Glyph::Close => 1,
                Glyph::Open => -1,
                Glyph::Straight => 0,
            };
    }
    let mut open: Option<&Mark> = None;
    let mut depth = 0_u32;
    for (idx, mark) in marks.iter().enumerate() {
        let more = idx + 1 < marks.len();
        let Some(opener) = open else {
            open = opens(mark, more).then_some(mark);
            depth = 0;
            continue;
        };
        match inside(text, opener, mark, surplus[idx]) {
            Inside::Nested => depth += 1,
            Inside::Close if depth > 0 => depth -= 1,
            Inside::Close => {
                push(text, base, block, opener, mark.start, mark.end, false, found);
                open = None;
            }
            Inside::Reopen => {
                let end = sentence_end(text, opener.end, mark.start);
                push(text, base, block, opener, end, end, false, found);
                open = Some(mark);
                depth = 0;
            }
        }
    }
    if let Some(opener) = open {
        push(text, base, block, opener, text.len(), text.len(), false, found);
    }
    open.is_some()
}

/// What a mark inside an open stretch does.
enum Inside {
    Nested,
    Close,
    Reopen,
}

/// Whether a mark opens a stretch when none is open.
fn opens(mark: &Mark, more: bool) -> bool {
    let (open, close) = (mark.could_open(), mark.could_close());
    match mark.glyph {
        Glyph::Open => open || !close,
        Glyph::Close => open && !close && more,
        Glyph::Straight => {
            // a digit before it is a measure in inches, a letter on both sides a slip
            let follows_sign = mark.before.is_none_or(|c| !c.is_alphanumeric());
            open || (!close && more && follows_sign)
        }
    }
}

fn inside(text: &str, opener: &Mark, mark: &Mark, surplus: i64) -> Inside {
    let (open, close) = (mark.could_open(), mark.could_close());
    match mark.glyph {
        Glyph::Close => Inside::Close,
        _ if close || !open => Inside::Close,
        Glyph::Straight if opener.glyph == Glyph::Open => match surplus > 0 {
            true => Inside::Nested,
            false => Inside::Close,
        },
        Glyph::Straight => Inside::Reopen,
        // “first, “Mansour told …”: an opening glyph after a comma, where the rest does not need it to open
        Glyph::Open => {
            let said = text.get(opener.end..mark.start).unwrap_or("").trim_end();
            if surplus >= 1 {
                Inside::Nested
            } else if said.ends_with([',', '.', '!', '?'])
                && surplus <= 0
                && attribution_follows(text, mark.end)
            {
                Inside::Close
            } else {
                Inside::Reopen
            }
        }
    }
}

/// Whether the words after `at` look like an attribution: a cue verb among the next few words, before any mark.
fn attribution_follows(text: &str, at: usize) -> bool {
    let rest = text.get(at..).unwrap_or("");
    let ahead: String =
        rest.chars().take(80).take_while(|c| !matches!(c, '“' | '”' | '"' | '.' | '?' | '!')).collect();
    ahead.split_whitespace().take(6).any(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        super::cue::is_speech(&word)
    })
}

/// The end of the first sentence in `start..end`, else `end` without white space before it.
fn sentence_end(text: &str, start: usize, end: usize) -> usize {
    let piece = text.get(start..end).unwrap_or("");
    let mut chars = piece.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if matches!(c, '.' | '!' | '?') && chars.peek().is_none_or(|(_, next)| next.is_whitespace()) {
            return start + at + c.len_utf8();
        }
    }
    start + piece.trim_end().len()
}

#[expect(clippy::too_many_arguments, reason = "a private constructor")]
fn push(
    text: &str,
    base: usize,
    block: usize,
    opener: &Mark,
    inner_end: usize,
    outer_end: usize,
    is_single: bool,
    found: &mut Vec<Quoted>,
) {
    let inner = text.get(opener.end..inner_end).unwrap_or("");
    let start = opener.end + (inner.len() - inner.trim_start().len());
    let end = opener.end + inner.trim_end().len();
    found.push(Quoted {
        outer: Span::new(base + opener.start, base + outer_end),
        inner: Span::new(base + start, base + end.max(start)),
        block,
        goes_on: false,
        is_single,
    });
}

/// Pairs the single marks that serve as outer quotation marks (British style, headlines), apostrophes left out.
fn single_marks(
    text: &str,
    base: usize,
    block: usize,
    marks: &[Mark],
    doubles: &[Quoted],
) -> (Vec<Quoted>, bool) {
    let mut found = Vec::new();
    let singles: Vec<&Mark> = marks.iter().filter(|m| m.is_single).collect();
    let mut doubles = doubles.iter().peekable();
    let mut idx = 0;
    while let Some(mark) = singles.get(idx) {
        let at = base + mark.start;
        while doubles.peek().is_some_and(|d| (d.outer.end as usize) <= at) {
            doubles.next();
        }
        let covered = doubles.peek().is_some_and(|d| (d.outer.start as usize) < at);
        if covered || !opens_single(text, mark) {
            idx += 1;
            continue;
        }
        match closing_single(&singles, idx) {
            Some(close) => {
                push(text, base, block, mark, singles[close].start, singles[close].end, true, &mut found);
                idx = close + 1;
            }
            None if mark.start == 0 && idx + 1 == singles.len() && mark.glyph == Glyph::Open => {
                push(text, base, block, mark, text.len(), text.len(), true, &mut found);
                return (found, true);
            }
            None => idx += 1,
        }
    }
    (found, false)
}

/// Whether a single mark may open: space before, a word after, and the word no clipped one ("’em", "'90s").
fn opens_single(text: &str, mark: &Mark) -> bool {
    if !mark.could_open() || mark.glyph == Glyph::Close {
        return false;
    }
    let rest = text.get(mark.end..).unwrap_or("");
    let word: String =
        rest.chars().take(12).take_while(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let is_decade = word.len() >= 2 && word.chars().take(2).all(|c| c.is_ascii_digit()) && word.len() <= 3;
    !is_decade && !super::cue::is_clipped(&word)
}

/// The single mark that closes the one at `open`. After an s without punctuation a mark may be a possessive: it is
/// taken only if nothing better comes before the next opening.
fn closing_single(singles: &[&Mark], open: usize) -> Option<usize> {
    let mut doubtful = None;
    for (idx, mark) in singles.iter().enumerate().skip(open + 1) {
        if mark.could_open() && mark.glyph != Glyph::Close {
            break;
        }
        if mark.glyph == Glyph::Open || !mark.could_close() {
            continue;
        }
        match mark.before {
            Some('s' | 'S') if !mark.after.is_some_and(is_closing) => doubtful = doubtful.or(Some(idx)),
            _ => return Some(idx),
        }
    }
    doubtful
}
