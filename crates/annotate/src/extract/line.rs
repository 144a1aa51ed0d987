//! Lines of a text and what can be seen of them: the shared ground of bare text and HTML.

use std::ops::Range;

use variorum_schema::{BlockKind, FurnitureReason};

use super::day::{self, Day};

/// A line without its surrounding white space, with what it was judged to be.
#[derive(Clone, Debug)]
pub(super) struct Line {
    /// Byte range in the document's text.
    pub range: Range<usize>,
    /// What it is.
    pub verdict: Verdict,
    /// Whether the page's markup names it as a date.
    pub dated: bool,
}

impl Line {
    /// A line of which the markup says nothing.
    pub(super) fn new(range: Range<usize>, verdict: Verdict) -> Line {
        Line { range, verdict, dated: false }
    }
}

/// What a line is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// Part of the article or its metadata.
    Kind(BlockKind),
    /// Page furniture.
    Furniture(FurnitureReason),
}

/// The non-empty lines of a text, as byte ranges without surrounding white space.
pub(super) fn ranges(text: &str) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r', '\u{2028}', '\u{2029}', '\u{85}', '\u{0C}']) {
        let body = line.trim_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}' || c == '\u{200B}');
        if !body.is_empty() {
            let at = start + (body.as_ptr() as usize - line.as_ptr() as usize);
            out.push(at..at + body.len());
        }
        start += line.len();
    }
    out
}

/// Number of words, counted up to `limit`: signs and bare punctuation are no words.
pub(super) fn words(line: &str, limit: usize) -> usize {
    line.split_whitespace().filter(|w| w.chars().any(char::is_alphanumeric)).take(limit).count()
}

/// Whether a line ends as a sentence ends. Initials ("U.S.") and "Mr." do not end one.
pub(super) fn ends_sentence(line: &str) -> bool {
    let bare = line
        .trim_end_matches(['"', '”', '“', '’', '‘', '\'', '»', '«', '›', '‹', ')', ']', ' ', '\u{A0}', '*']);
    if bare.ends_with(['!', '?', '…', ';']) {
        return true;
    }
    if !bare.ends_with('.') {
        // "“We will come,”" and "he said:" are whole paragraphs as well.
        return bare.len() < line.trim_end().len() && bare.ends_with(',');
    }
    let last = bare.rsplit(char::is_whitespace).next().unwrap_or("");
    let initials = last.len() <= 8
        && last.split('.').all(|part| part.is_empty() || part.chars().count() == 1)
        && last.chars().any(char::is_uppercase);
    !initials || words(line, 30) > 16
}

/// The one day that a line consists of, give or take a label ("Published"), a weekday and a clock time.
pub(super) fn date_line(line: &str) -> Option<Day> {
    if line.len() > 120 {
        return None;
    }
    let day = day::days(line, 120).into_iter().next()?;
    let rest = [&line[..day.range.start], without_author(&line[day.range.end..])].concat();
    let letters = rest.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    let strange = letters.filter(|w| !is_date_word(w)).count();
    (strange == 0).then_some(day)
}

/// What follows a date, without the author that content systems write there ("Posted on 4 May 2021 by admin").
fn without_author(after: &str) -> &str {
    match after.trim_start().strip_prefix("by ") {
        Some(author) if words(author, 6) <= 5 && !author.contains(['.', ',']) => "",
        _ => after,
    }
}

/// Whether a line labels its date as that of publication.
pub(super) fn says_published(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["publish", "posted", "issued", "created", "date:", "first seen", "first appeared"]
        .iter()
        .any(|w| lower.contains(w))
}

/// Whether a line begins by saying when it was published.
pub(super) fn opens_published(line: &str) -> bool {
    let lower = line.get(..day::boundary(line, 24)).unwrap_or(line).to_lowercase();
    let labels = [
        "published",
        "posted",
        "issued",
        "released",
        "first published",
        "date:",
        "dated",
        "publication date",
    ];
    labels.iter().any(|label| lower.starts_with(label))
}

/// Whether a line labels its date as that of a change.
pub(super) fn says_updated(line: &str) -> bool {
    let lower = line.to_lowercase();
    ["updat", "modified", "revised", "edited", "changed"].iter().any(|w| lower.contains(w))
}

/// Words that may stand in a line that gives a date, beside names of months and numbers.
const DATE_WORDS: &str = "\
    published publish publication posted updated update last modified on at date first created issued
    revised am pm a m p gmt utc est edt et ct mt pt bst ist pst pdt cst cdt mst mdt cet cest sast wat
    eat aest aedt hkt sgt kst jst msk eest eet h hrs hours time the of by z t st nd rd th local now ago
    print web added released original originally was is this article story";

fn is_date_word(word: &str) -> bool {
    let lower = word.to_lowercase();
    DATE_WORDS.split_whitespace().any(|w| w == lower) || day::month_named(&lower).is_some()
}

/// Words in lower case that carry content: four letters or more.
pub(super) fn content_words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| w.chars().count() >= 4)
        .map(str::to_lowercase)
        .collect()
}

/// Letters and digits in lower case: what two lines are compared by.
pub(super) fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
