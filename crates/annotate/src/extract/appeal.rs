//! What a page says to its readers and not to those who want the news: appeals, and bars of links and notices.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::lexicon::{Listed, entries};

use super::{credit, day, furniture, line};

/// Longest appeal, in words.
const MAX_WORDS: usize = 32;
/// Longest label of a bar, in words.
const MAX_LABEL: usize = 7;

static WORDS: LazyLock<BTreeMap<&'static str, Listed<&'static str>>> = LazyLock::new(|| {
    let mut out: BTreeMap<&'static str, Listed<&'static str>> = BTreeMap::new();
    for fields in entries(include_str!("../../data/en/appeals.txt")) {
        let [class, words] = fields[..] else { continue };
        out.entry(class).or_default().extend(words.split('|'));
    }
    out
});

fn is(class: &str, word: &str) -> bool {
    WORDS.get(class).is_some_and(|list| list.contains(word))
}

/// Whether a line asks its reader for something on behalf of the page: a question and what to do ("Liked it? Tell a friend."), or
/// what to do with a word for the page, a price or a way to reach it ("Follow the Courier on the app"). An article may ask its
/// readers for something, too; so this counts where an article is not expected.
pub(super) fn is_appeal(line: &str) -> bool {
    if line.len() > 300 || line.contains(['"', '“', '”', '«']) || line::words(line, MAX_WORDS + 1) > MAX_WORDS
    {
        return false;
    }
    let (mut asks, mut calls, mut rest) = (false, false, 0);
    let has_price = line.contains(['%', '€', '$', '£']);
    for sentence in line.split_inclusive(['.', '!', '?', ':', ';']) {
        let lower = sentence.to_lowercase().replace('’', "'");
        let words =
            lower.split(|c: char| !c.is_alphanumeric() && !matches!(c, '-' | '\'')).filter(|w| !w.is_empty());
        let Some(first) = words.clone().next() else { continue };
        let is_signed = has_price || words.clone().any(|w| is("sign", w));
        if sentence.ends_with('?') && is("ask", first) {
            asks = true;
        } else if is("do", first) && (asks || is_signed) {
            calls = true;
        } else {
            rest += usize::from(!calls && !is_signed);
        }
    }
    calls && rest == 0
}

/// The labels of a bar: what stands between its strokes or dots.
fn labels(line: &str) -> Vec<&str> {
    let is_mark = |c: char| matches!(c, '|' | '•' | '·' | '¦');
    line.split(is_mark).map(str::trim).filter(|l| !l.is_empty()).collect()
}

/// Whether a line is a row of notices and links between strokes ("Fog, 9° | Log in | Offers"), at least `n` of them or one that
/// is furniture by itself. What names an author or a day, and a row of a table, is none.
pub(super) fn is_bar(line: &str, n: usize) -> bool {
    if line.len() > 300 || !line.contains(['|', '•', '·', '¦']) {
        return false;
    }
    let labels = labels(line);
    let is_label = |l: &&str| {
        line::words(l, MAX_LABEL + 1) <= MAX_LABEL
            && l.contains(char::is_alphabetic)
            && !l.ends_with(['.', ',', ';', ':', '"', '”'])
    };
    labels.len() >= 2
        && labels.iter().all(is_label)
        && credit::byline(line).is_none()
        && day::days(line, 300).is_empty()
        && (labels.len() >= n || labels.iter().any(|l| furniture::by_phrase(l).is_some()))
}

/// Whether a line signs a statement: a name and an office ("Ann Roe, Chairwoman"), or for whom ("For the board: Ann Roe").
pub(super) fn is_signature(line: &str) -> bool {
    if line.len() > 120 || line.ends_with(['.', '!', '?']) || line.contains('|') {
        return false;
    }
    let line = match line.split_once(": ") {
        Some((head, name)) if head.starts_with("For ") || head.starts_with("On behalf ") => name,
        _ => line,
    };
    let Some((name, office)) = line.split_once(", ") else { return false };
    (2..=4).contains(&line::words(name, 6))
        && credit::looks_like_name(name)
        && (1..=5).contains(&line::words(office, 6))
        && !office.contains(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn appeals() {
        for (line, expected) in [
            ("Like what we do? Tell a friend and get a mug.", true),
            ("Has the ferry sailed? Give way, the harbour master said.", false),
            ("Is your boat in the Wave? Write to us by Friday", true),
            ("Follow the Sund Wave on WhatsApp", true),
            ("Buy the Wave at every kiosk", true),
            ("Save 20% on oars", true),
            ("Our readers keep us afloat. Try it for one month.", true),
            ("Give way to the ferry, the harbour master told the boats.", false),
            ("“Call us for free,” the company wrote.", false),
            ("The ferry will call at Sund for a month.", false),
            ("", false),
            ("?!", false),
        ] {
            assert_eq!(is_appeal(line), expected, "{line}");
        }
    }

    #[test]
    fn bars() {
        for (line, n, expected) in [
            ("Fog 9° | Log in | Offers", 3, true),
            ("Download as PDF | Also in four languages | Imprint", 3, true),
            ("7 beaches | A code for oars", 2, true),
            ("7 beaches | A code for oars", 3, false),
            ("12 reads | Leave a comment", 3, true),
            ("Gold | 3 | 1", 2, false),
            ("By Ann Roe | Harbours | Sund", 3, false),
            ("Ann Roe | 3 May 2031 | Harbours", 3, false),
            ("The vote was close | “We lost,” she said.", 2, false),
            ("|", 2, false),
        ] {
            assert_eq!(is_bar(line, n), expected, "{line}");
        }
    }

    #[test]
    fn signatures() {
        for (line, expected) in [
            ("Ann Roe, Chairwoman", true),
            ("For the Sund Rowing Club: Ann Roe, club secretary", true),
            ("Karl van der Moor, President of the Board", true),
            ("Ann Roe, 34", false),
            ("Ferries, boats and rafts", false),
            ("Sund, Olm", false),
        ] {
            assert_eq!(is_signature(line), expected, "{line}");
        }
    }
}
