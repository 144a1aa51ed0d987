//! Page furniture by its words: phrases of `data/en/furniture.txt`, counters, captions by the form of their credit.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use variorum_schema::FurnitureReason;

use crate::lexicon::entries;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Mode {
    Start,
    Within(usize),
    Label,
}

struct Phrases {
    whole: BTreeMap<&'static str, FurnitureReason>,
    parts: Vec<(FurnitureReason, Mode, usize)>,
    finder: AhoCorasick,
    tails: Vec<(&'static str, FurnitureReason)>,
    /// What the controls of a player repeat for every film in its list.
    often: Vec<(&'static str, FurnitureReason)>,
}

/// Longest line, in bytes, that a phrase can mark: past it nothing is looked at.
const LONGEST: usize = 1200;

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut whole, mut parts, mut words, mut tails) = (BTreeMap::new(), Vec::new(), Vec::new(), Vec::new());
    let mut often = Vec::new();
    for fields in entries(include_str!("../../data/en/furniture.txt")) {
        let [reason, mode, phrase] = fields[..] else { continue };
        let Some(reason) = reason_named(reason) else { continue };
        let mode = match mode {
            "whole" => {
                whole.insert(phrase, reason);
                continue;
            }
            "tail" => {
                tails.push((phrase, reason));
                continue;
            }
            "often" => {
                often.push((phrase, reason));
                continue;
            }
            "start" => Mode::Start,
            "label" => Mode::Label,
            "short" => Mode::Within(16),
            "long" => Mode::Within(120),
            _ => Mode::Within(45),
        };
        parts.push((reason, mode, phrase.len()));
        words.push(phrase);
    }
    // An automaton over a fixed list cannot fail to build; an empty one finds nothing.
    let finder = AhoCorasick::builder().match_kind(MatchKind::Standard).build(&words);
    let finder =
        finder.unwrap_or_else(|_| AhoCorasick::new::<_, &str>([]).unwrap_or_else(|_| unreachable!()));
    Phrases { whole, parts, finder, tails, often }
});

/// The reason with that kebab-case name.
pub(super) fn reason_named(name: &str) -> Option<FurnitureReason> {
    use FurnitureReason as R;
    Some(match name {
        "navigation" => R::Navigation,
        "newsletter" => R::Newsletter,
        "subscription" => R::Subscription,
        "related-headline" => R::RelatedHeadline,
        "caption" => R::Caption,
        "social" => R::Social,
        "comments" => R::Comments,
        "legal" => R::Legal,
        "advertisement" => R::Advertisement,
        "counter" => R::Counter,
        "page-date" => R::PageDate,
        "source-link" => R::SourceLink,
        "consent" => R::Consent,
        "tags" => R::Tags,
        "author-box" => R::AuthorBox,
        "credit-line" => R::CreditLine,
        "boilerplate" => R::Boilerplate,
        _ => return None,
    })
}

/// Lower case, straight apostrophes, single spaces, every number written `0`.
fn folded(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '’' | '‘' | '`' => out.push('\''),
            c if c.is_ascii_digit() => {
                out.push('0');
                while chars.peek().is_some_and(|n| n.is_ascii_digit() || matches!(n, ',' | '.')) {
                    chars.next();
                }
            }
            c if c.is_whitespace() => {
                if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            c => out.extend(c.to_lowercase()),
        }
    }
    out.truncate(out.trim_end().len());
    out
}

/// The reason for which a line is furniture by its words alone, if it is.
pub(super) fn by_phrase(line: &str) -> Option<FurnitureReason> {
    let is_often = |phrase: &str| line.match_indices(phrase).nth(1).is_some();
    if let Some((_, reason)) = PHRASES.often.iter().find(|(phrase, _)| is_often(phrase)) {
        return Some(*reason);
    }
    if line.len() > LONGEST {
        return None;
    }
    let folded = folded(line);
    if let Some(reason) = whole_line(&folded) {
        return Some(reason);
    }
    let words = folded.split(' ').count();
    let mut best: Option<(usize, FurnitureReason)> = None;
    for found in PHRASES.finder.find_overlapping_iter(&folded) {
        let Some(&(reason, mode, length)) = PHRASES.parts.get(found.pattern().as_usize()) else { continue };
        let fits = match mode {
            Mode::Start => words <= 45 && starts_there(&folded, found.start()),
            Mode::Label => {
                words <= 14 && !folded.ends_with(['.', '!', '?']) && at_boundary(&folded, found.start())
            }
            Mode::Within(most) => words <= most && at_boundary(&folded, found.start()),
        };
        if fits && at_boundary(&folded, found.end()) && best.is_none_or(|(l, _)| length > l) {
            best = Some((length, reason));
        }
    }
    best.map(|(_, reason)| reason)
}

fn whole_line(folded: &str) -> Option<FurnitureReason> {
    let bare = folded.trim_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '©'));
    PHRASES.whole.get(folded).or_else(|| PHRASES.whole.get(bare)).copied()
}

/// Whether only punctuation and symbols stand before `at`.
fn starts_there(text: &str, at: usize) -> bool {
    text.get(..at).is_some_and(|head| head.len() < 12 && !head.chars().any(char::is_alphanumeric))
}

/// Whether `at` does not lie inside a word.
fn at_boundary(text: &str, at: usize) -> bool {
    let before = text.get(..at).and_then(|t| t.chars().next_back());
    let after = text.get(at..).and_then(|t| t.chars().next());
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !(inside(before) && inside(after))
}

/// Where a phrase that gets glued to the end of a paragraph begins in it ("…of the war.Source link").
pub(super) fn glued_tail(line: &str) -> Option<(usize, FurnitureReason)> {
    let trimmed = line.trim_end();
    for &(phrase, reason) in &PHRASES.tails {
        let Some(start) = trimmed.len().checked_sub(phrase.len()) else { continue };
        let Some((head, tail)) = trimmed.split_at_checked(start) else { continue };
        let opens = tail.chars().next().is_some_and(char::is_uppercase);
        let closed = head.trim_end().ends_with(['.', '!', '?', '"', '”', '’', ')', ']']);
        if opens && closed && tail.eq_ignore_ascii_case(phrase) {
            return Some((start, reason));
        }
    }
    None
}

/// Whether a line is a bar of links: three or more short labels between strokes or dots ("Home | Sport | Log in"). A
/// line with a number in it may be a table's ("Gold | 3 | 1").
pub(super) fn is_link_bar(line: &str) -> bool {
    if line.len() > 160 || line.contains(|c: char| c.is_numeric()) {
        return false;
    }
    let labels: Vec<&str> = line.split(['|', '•', '·']).map(str::trim).filter(|l| !l.is_empty()).collect();
    let is_label = |label: &&str| {
        label.split(' ').count() <= 3
            && !label.ends_with(['.', '!', '?', ',', ';', ':'])
            && label.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '&' | '\'' | '’' | '-'))
    };
    labels.len() >= 3 && labels.iter().all(is_label)
}

/// Whether a line is a stray counter: a number alone, or with a sign or a letter for thousands.
pub(super) fn is_counter(line: &str) -> bool {
    line.len() <= 12
        && line.chars().any(|c| c.is_ascii_digit())
        && line.chars().all(|c| {
            c.is_ascii_digit()
                || matches!(c, ',' | '.' | 'k' | 'K' | 'm' | 'M' | '+' | '%' | ' ' | '(' | ')' | '/')
        })
        && line.chars().filter(|c| c.is_alphabetic()).count() <= 1
}

// Three expressions, for each costs milliseconds to build and most piles need one at the most.
static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        // "[Jane Roe/Reuters]", "[File: …]", "[Office of the President via AP]", at the end of the line
        r"\[[^\[\]]*(?:/|(?-u:\b)via(?-u:\b)|(?-u:\b)[Ff]ile(?-u:\b)|Photo|Courtesy|Handout|Screengrab)[^\[\]]*\]\.?$",
        r"\[(?:Reuters|AP|AFP|EPA|Getty|Getty Images|AA|Anadolu|EPA-EFE)\]\.?$",
        // "(Jane Roe/AFP via Getty Images)", "(AP Photo/Jane Roe)"
        r"\((?:AP Photo|Photo|File photo|Credit|Image|Picture)(?-u:\b)[^()]*\)\.?$",
        r"\([^()]+/(?:AP|AFP|Reuters|REUTERS|EPA|Getty|Getty Images|Bloomberg|TNS|NurPhoto|Shutterstock|Anadolu|Xinhua|PA|Pool)(?-u:\b)[^()]*\)\.?$",
        r"\([^()]+ (?:via|for) (?:AP|AFP|Reuters|REUTERS|EPA|Getty Images)\)\.?$",
    ];
    Regex::new(&forms.join("|")).ok()
});
// "REUTERS/Jane Roe", "Jane Roe/AFP/Getty Images" at the end
static SLASHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"(?:REUTERS|AFP|EPA|AP)/\p{Lu}[^/,;:()]+(?:/File(?: Photo)?)?\.?$",
        r"/(?:AFP|Reuters|REUTERS|AP|EPA|EPA-EFE|Getty Images|Getty|Shutterstock|PA Wire|PA)(?: via Getty Images|/Getty Images)?\.?$",
    ];
    Regex::new(&forms.join("|")).ok()
});
// "Photo: Jane Roe" at the end
static SOURCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?:Photo|Photograph|Image|Picture|Credit|Source)s?\s?:\s?\p{Lu}[^.:;]{1,60}$").ok()
});

/// Whether a line is the caption of a picture by the form of its credit.
pub(super) fn is_caption(line: &str) -> bool {
    if line.len() > 700 {
        return false;
    }
    let line = line.trim_end();
    let is = |re: &LazyLock<Option<Regex>>| re.as_ref().is_some_and(|re| re.is_match(line));
    let any = |words: &[&str]| words.iter().any(|word| line.contains(word));
    let is_bracketed = line.ends_with([']', ')']) || line.ends_with("].") || line.ends_with(").");
    let is_slashed =
        line.contains('/') && any(&["AFP", "EPA", "AP", "REUTERS", "Reuters", "Getty", "Shutterstock", "PA"]);
    let is_sourced = line.contains(':') && any(&["Photo", "Image", "Picture", "Credit", "Source"]);
    (is_bracketed && is(&BRACKETED)) || (is_slashed && is(&SLASHED)) || (is_sourced && is(&SOURCED))
}
