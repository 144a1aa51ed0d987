//! Piles of pages out of one input, and what must hold of the report on them.
//!
//! An input is text; byte 0x1e begins the next page. Bytes below a space let a page take from the ones before it, so that
//! a change of one byte makes a copy, a changed figure or a changed quotation:
//!
//! | bytes | meaning |
//! |---|---|
//! | 0x01 *n* | sentence *n* of the page before |
//! | 0x02 *n*, edits, 0x03 | all of page *n*, with an edit for each sentence (see [`edited`]) |
//! | 0x04 *n* | when and by whom the page was published |
//! | 0x05 *n* | phrase *n* of [`PHRASES`] |

use variorum::report::Style;
use variorum::write::render;
use variorum::{Format, Options};
use variorum_schema::{Media, Page};

const MAX_PAGES: usize = 6;
/// What one input may grow to.
const MAX_BYTES: usize = 1 << 15;

/// Words that stand for one another, and what news is full of.
const WORDS: &[&str] = &[
    "not",
    "never",
    "no",
    "killed",
    "injured",
    "dead",
    "alive",
    "denied",
    "confirmed",
    "said",
    "claimed",
    "Monday",
    "Tuesday",
    "yesterday",
    "3 May",
    "12",
    "120",
    "1,200",
    "1.2 million",
    "twelve",
    "dozens",
    "nearly 40",
    "at least 14",
    "more than 15",
    "$3m",
    "40%",
    "Ida Brandt",
    "Brandt",
    "Mayor Ida Brandt",
    "Joss Keller",
    "Averel Lifting",
    "the mayor",
    "he",
    "she",
    "Port Averel",
    "Norrland",
    "cancelled",
    "postponed",
    "opened",
    "closed",
    "rose",
    "fell",
    "bought",
    "sold",
    "arrested",
    "released",
    "after",
    "before",
    "because",
    "Reuters",
    "(AFP)",
    "é",
    "\u{a0}",
    "\u{202e}",
    "\u{301}",
    "",
];

/// Sentences in the shape of news, for pages made from nothing.
pub const PHRASES: &[&str] = &[
    "Police closed the harbour after a crane fell on Monday, killing 3 people. ",
    "Mayor Ida Brandt said that 14 people were hurt at the market hall. ",
    "“We will find out why this happened,” Brandt told reporters on Tuesday. ",
    "The operator, Averel Lifting, denied that the crane had failed an inspection. ",
    "Repairs may take 12 weeks and cost $40 million, according to the port. ",
    "PORT AVEREL, May 3 (Reuters) - A crane fell onto the quay. ",
    "The minister is to visit Port Averel on Thursday. ",
    "The minister did not visit Port Averel. ",
    "(Reporting by A. Roe; editing by B. Doe)\n",
    "Crane falls in Port Averel, three dead\n\n",
    "\n\n",
    "Correction: an earlier version gave the number of the injured as 41. ",
    "Joss Keller, 41, a fire officer, was among the dead. ",
    "Joss Keller, 39, was taken to hospital and is in stable condition. ",
    "\"Nobody warned us",
    "\" she said. ",
];

/// The pages of an input.
#[must_use]
pub fn pages(data: &[u8]) -> Vec<Page> {
    let mut texts: Vec<Vec<u8>> = Vec::new();
    let mut pages = Vec::new();
    for (at, section) in data.split(|b| *b == 0x1e).take(MAX_PAGES).enumerate() {
        let mut page = Page::new(format!("{at}.txt"), "");
        let text = written(section, &texts, &mut page);
        page.bytes.clone_from(&text);
        page.media = Media::Text;
        page.encoding = Some("utf-8".into());
        texts.push(text);
        pages.push(page);
    }
    pages
}

fn written(section: &[u8], earlier: &[Vec<u8>], page: &mut Page) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = section;
    while let Some((&byte, tail)) = rest.split_first() {
        rest = tail;
        if out.len() > MAX_BYTES {
            break;
        }
        let argument = usize::from(rest.first().copied().unwrap_or(0));
        match byte {
            1 => {
                let before = sentences(earlier.last().map_or(&[], Vec::as_slice));
                out.extend_from_slice(before.get(argument % before.len().max(1)).copied().unwrap_or(b""));
            }
            2 => {
                let end = rest.iter().position(|b| *b == 3).unwrap_or(rest.len());
                let source = earlier.get(argument % earlier.len().max(1)).map_or(&[][..], Vec::as_slice);
                out.extend(edited(source, rest.get(1..end).unwrap_or(&[])));
                rest = rest.get(end..).unwrap_or(&[]);
            }
            4 => {
                page.published = Some(format!("2031-05-{:02}", 1 + argument % 28));
                page.outlet = Some(["Averel Post", "Reuters", "Quay News"][argument % 3].into());
            }
            5 => out.extend_from_slice(PHRASES[argument % PHRASES.len()].as_bytes()),
            _ => {
                out.push(byte);
                continue;
            }
        }
        rest = rest.get(1..).unwrap_or(&[]);
    }
    out.truncate(MAX_BYTES);
    out
}

/// Sentences, roughly: cut after a full stop or a line's end.
fn sentences(text: &[u8]) -> Vec<&[u8]> {
    text.split_inclusive(|b| matches!(b, b'.' | b'\n')).collect()
}

/// `source` with one edit a sentence, chosen by `edits` (used over and over): kept, dropped, held back by one, a word
/// exchanged or put in, a digit changed, marks of quotation turned, cut short.
fn edited(source: &[u8], edits: &[u8]) -> Vec<u8> {
    let mut edits = edits.iter().copied().cycle();
    let mut out: Vec<u8> = Vec::new();
    let mut held: &[u8] = b"";
    for sentence in sentences(source) {
        let Some(edit) = edits.next() else {
            out.extend_from_slice(sentence);
            continue;
        };
        let choice = usize::from(edit / 8);
        match edit % 8 {
            0 | 1 => out.extend_from_slice(sentence),
            2 => {}
            3 => {
                out.extend_from_slice(held);
                held = sentence;
            }
            4 => out.extend(exchanged(sentence, choice, usize::from(edits.next().unwrap_or(0)))),
            5 => out.extend(
                sentence
                    .iter()
                    .map(|b| if b.is_ascii_digit() { b'0' + (b - b'0' + edit / 8) % 10 } else { *b }),
            ),
            6 => out.extend(
                String::from_utf8_lossy(sentence)
                    .replace(['“', '”'], if choice % 2 == 0 { "\"" } else { "" })
                    .bytes(),
            ),
            _ => out.extend_from_slice(&sentence[..sentence.len() * choice / 32]),
        }
    }
    out.extend_from_slice(held);
    out
}

/// A sentence with word `at` exchanged for word `choice` of [`WORDS`].
fn exchanged(sentence: &[u8], at: usize, choice: usize) -> Vec<u8> {
    let mut words: Vec<&[u8]> = sentence.split(|b| *b == b' ').collect();
    let at = at % words.len().max(1);
    words[at] = WORDS[choice % WORDS.len()].as_bytes();
    words.join(&b' ')
}

/// Compares the pages of an input, writes the report in every form, re-checks every span of it, and compares them once
/// more in the other order.
pub fn check(data: &[u8]) {
    let pages = pages(data);
    if pages.len() < 2 {
        return;
    }
    let options = Options { threads: 1, ..Options::default() };
    let (report, texts) = variorum::collate(pages.clone(), &options, &|_| {});
    if let Err(failure) = variorum::verify::report(&report, &texts) {
        panic!("{failure}");
    }
    let style = Style { color: data.len() % 2 == 0, width: 40 + data.len() % 80 };
    for format in [Format::Text, Format::Json, Format::Markdown, Format::Html] {
        assert!(!render(&report, &texts, format, style).is_empty(), "an empty report");
    }
    let turned = pages.into_iter().rev().collect();
    assert!(
        variorum::collate(turned, &options, &|_| {}).0 == report,
        "the order of the pages changes the report"
    );
}
