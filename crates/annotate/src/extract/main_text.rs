//! Which blocks of an HTML page are the article. The `trafilatura` crate decides in the main; its text is aligned to our
//! own blocks, and what it keeps or loses against the page's own marks is put right.

use std::collections::BTreeSet;

use variorum_schema::{BlockKind, FurnitureReason, Page};

use super::appeal;
use super::credit;
use super::furniture;
use super::html::Raw;
use super::line::{self, Line, Verdict};
use super::meta::Meta;
use crate::quotation::posted;

mod plain;

/// A line shorter than this (letters and digits) is matched as a whole line only.
const SHORT: usize = 24;
/// How many bytes may be searched for lines that are not whole lines of the extracted text.
const BUDGET: usize = 300_000_000;

/// Where a reference text (trafilatura's, or the page's own structured data) holds a line.
struct Reference {
    lines: BTreeSet<String>,
    whole: String,
    budget: usize,
}

impl Reference {
    fn new(text: &str) -> Reference {
        let lines = text.lines().map(line::folded).filter(|l| !l.is_empty()).collect();
        Reference { lines, whole: line::folded(text), budget: BUDGET }
    }

    fn holds(&mut self, folded: &str) -> bool {
        if self.lines.contains(folded) {
            return true;
        }
        if folded.len() < SHORT || self.budget < self.whole.len() {
            return false;
        }
        self.budget -= self.whole.len();
        self.whole.contains(folded)
    }
}

/// What is known of a block before it is judged.
struct Seen {
    /// In trafilatura's text.
    kept: bool,
    /// In the article body of the page's structured data.
    told: bool,
    words: usize,
    /// Share of the text inside links.
    links: f64,
    /// By its words or its form.
    phrase: Option<FurnitureReason>,
}

/// The document's text and its lines with verdicts.
pub(super) fn lines(html: &str, raws: Vec<Raw>, meta: &Meta, page: &Page) -> (String, Vec<Line>) {
    let seen = look(html, &raws, meta);
    let mut verdicts = judge(&raws, &seen);
    let title = title(&raws, &verdicts, meta, page);
    above(&raws, &seen, &mut verdicts, title);
    head(&raws, &seen, &mut verdicts, title, meta);
    compose(raws, verdicts, title, meta, page)
}

fn main_content(html: &str) -> String {
    // Without its second and third opinions (readability, justext): they take half of its time and, of the pages that come
    // here, keep more furniture than they save text.
    let options = trafilatura::Options::default().with_fallback(false).with_exclude_comments(true);
    // Somebody else's code over anybody's bytes: should it panic, the page is read without it.
    let read = std::panic::catch_unwind(|| trafilatura::extract(html, &options));
    read.ok().and_then(Result::ok).map(|r| r.content_text).unwrap_or_default()
}

fn look(html: &str, raws: &[Raw], meta: &Meta) -> Vec<Seen> {
    let told = meta.body.as_deref().filter(|b| b.len() >= 300);
    let mut told = Reference::new(told.unwrap_or(""));
    let folded: Vec<String> = raws.iter().map(|raw| line::folded(&raw.text)).collect();
    let mut seen: Vec<Seen> = raws
        .iter()
        .zip(&folded)
        .map(|(raw, folded)| Seen {
            kept: false,
            told: folded.len() >= SHORT && told.holds(folded),
            words: line::words(&raw.text, 150),
            links: raw.linked as f64 / raw.text.len().max(1) as f64,
            phrase: phrase(&raw.text),
        })
        .collect();
    let kept = plain::article(raws, &seen).unwrap_or_else(|| {
        let mut kept = Reference::new(&main_content(html));
        folded.iter().map(|folded| kept.holds(folded)).collect()
    });
    seen.iter_mut().zip(kept).for_each(|(seen, kept)| seen.kept = kept);
    seen
}

fn phrase(text: &str) -> Option<FurnitureReason> {
    if furniture::is_counter(text) {
        return Some(FurnitureReason::Counter);
    }
    if let Some(range) = credit::sign_off(text)
        && range.len() + 12 > text.len()
    {
        return Some(FurnitureReason::CreditLine);
    }
    furniture::by_phrase(text)
        .or_else(|| credit::credit_line(text).map(|_| FurnitureReason::CreditLine))
        .or_else(|| (text.len() < 500 && furniture::is_caption(text)).then_some(FurnitureReason::Caption))
        .or_else(|| is_bar(text).then_some(FurnitureReason::Navigation))
}

fn is_bar(text: &str) -> bool {
    furniture::is_link_bar(text) || appeal::is_bar(text, BAR)
}

/// Labels that make a row of them a bar of links, wherever it stands.
const BAR: usize = 3;

/// First verdicts: body kinds for what is kept, reasons for the rest.
fn judge(raws: &[Raw], seen: &[Seen]) -> Vec<Verdict> {
    let mut kept: Vec<bool> = raws.iter().zip(seen).map(|(r, s)| is_body(r, s)).collect();
    if !kept.contains(&true) {
        // Nothing was extracted: whatever reads like a paragraph is better than an empty article.
        kept = raws.iter().zip(seen).map(|(r, s)| reads_like_prose(r, s)).collect();
    }
    trim(raws, seen, &mut kept);
    sign(raws, &mut kept);
    let first = kept.iter().position(|k| *k);
    let last = kept.iter().rposition(|k| *k);
    let mut out = Vec::with_capacity(raws.len());
    for (at, (raw, s)) in raws.iter().zip(seen).enumerate() {
        let between = first.is_some_and(|f| at > f) && last.is_some_and(|l| at < l);
        let is_lost =
            || rescued(raws, &kept, at, s) || listed(raws, &kept, at, s) || enclosed(raws, &kept, at, s);
        // who posted the message that was kept
        let is_posted = matches!(out.last(), Some(Verdict::Kind(_))) && posted::is_signature(&raw.text);
        let body = kept[at] || (between && is_lost()) || is_posted;
        out.push(if body { Verdict::Kind(kind(raw)) } else { Verdict::Furniture(reason(raw, s)) });
    }
    out
}

/// Blocks behind the last paragraph that were kept with it: rows of notices, appeals, and lines of another element than the
/// paragraphs'.
fn trim(raws: &[Raw], seen: &[Seen], kept: &mut [bool]) {
    let prose = |at: usize| seen[at].words >= MIN_PROSE && line::ends_sentence(&raws[at].text);
    let body: Vec<usize> = (0..raws.len()).filter(|at| kept[*at] && prose(*at)).collect();
    let n_paragraphs = body.iter().filter(|at| raws[**at].tag == "p").count();
    let in_paragraphs = n_paragraphs >= MIN_PARAGRAPHS && n_paragraphs * 10 >= body.len() * 8;
    for _ in 0..MAX_TRIMMED {
        let Some(last) = kept.iter().rposition(|k| *k) else { return };
        let (raw, s) = (&raws[last], &seen[last]);
        let is_other = in_paragraphs && !matches!(raw.tag, "p" | "li" | "blockquote" | "td" | "dd" | "pre");
        let is_loose = is_other && (s.words < MIN_PROSE || !line::ends_sentence(&raw.text));
        let is_left = is_loose || appeal::is_bar(&raw.text, 2) || appeal::is_appeal(&raw.text);
        if !is_left || body.len() < 2 || appeal::is_signature(&raw.text) {
            return;
        }
        kept[last] = false;
    }
}

/// The name and office below a statement belong to it.
fn sign(raws: &[Raw], kept: &mut [bool]) {
    let Some(last) = kept.iter().rposition(|k| *k) else { return };
    let below = (last + 1..raws.len()).take(2);
    let is_below =
        |at: &usize| raws[*at].parent == raws[last].parent && appeal::is_signature(&raws[*at].text);
    if let Some(at) = below.into_iter().find(is_below) {
        kept[last + 1..=at].fill(true);
    }
}

/// Short lines above the headline are the site's own, whatever was kept of them.
fn above(raws: &[Raw], seen: &[Seen], verdicts: &mut [Verdict], title: Option<usize>) {
    for at in 0..title.unwrap_or(0) {
        let is_short = seen[at].words < MIN_PROSE && raws[at].tag != "li";
        if verdicts[at] == Verdict::Kind(BlockKind::Paragraph) && is_short && !raws[at].article {
            verdicts[at] = Verdict::Furniture(reason(&raws[at], &seen[at]));
        }
    }
}

/// Words of a paragraph of prose.
const MIN_PROSE: usize = 12;
/// Paragraphs from which on a page is taken to set its text in `p`.
const MIN_PARAGRAPHS: usize = 3;
/// Most blocks that are taken off the end of an article.
const MAX_TRIMMED: usize = 4;

fn is_body(raw: &Raw, s: &Seen) -> bool {
    if !s.kept && !s.told {
        return false;
    }
    let caption = raw.tag == "figcaption" || raw.element == Some(FurnitureReason::Caption);
    !caption && s.phrase.is_none()
}

fn reads_like_prose(raw: &Raw, s: &Seen) -> bool {
    let plain = raw.element.is_none() && raw.named.is_none() && s.phrase.is_none() && !raw.hidden;
    plain && s.words >= 6 && s.links < 0.5 && line::ends_sentence(&raw.text)
}

/// A paragraph that was lost although it stands among kept ones, in the same element.
fn rescued(raws: &[Raw], kept: &[bool], at: usize, s: &Seen) -> bool {
    let raw = &raws[at];
    let near =
        (at.saturating_sub(4)..(at + 5).min(raws.len())).any(|i| kept[i] && raws[i].parent == raw.parent);
    let prose = matches!(raw.tag, "p" | "blockquote") && s.words >= 8 && s.links < 0.5;
    near && prose && s.phrase.is_none() && !raw.hidden && raw.element.is_none() && raw.named.is_none()
}

/// An item of a list between two paragraphs that were kept, if it tells something in a sentence.
fn listed(raws: &[Raw], kept: &[bool], at: usize, s: &Seen) -> bool {
    let raw = &raws[at];
    let is_item = |i: &usize| raws[*i].tag == "li" && raws[*i].parent == raw.parent;
    let before = (0..at).rev().take(MAX_LIST).find(|i| !is_item(i)).is_some_and(|i| kept[i]);
    let after = (at + 1..raws.len()).take(MAX_LIST).find(|i| !is_item(i)).is_some_and(|i| kept[i]);
    raw.tag == "li" && reads_like_prose(raw, s) && s.links < 0.3 && before && after
}

/// Longest list that is looked over.
const MAX_LIST: usize = 20;

/// A short line (crosshead, list item, table cell) with kept blocks close on both sides. Short lines are lost because
/// they are matched as whole lines only.
fn enclosed(raws: &[Raw], kept: &[bool], at: usize, s: &Seen) -> bool {
    let raw = &raws[at];
    let plain =
        s.phrase.is_none() && raw.element.is_none() && raw.named.is_none() && !raw.hidden && s.links < 0.3;
    let shape = matches!(raw.tag, "p" | "li" | "td" | "th" | "dd" | "dt" | "h2" | "h3" | "h4" | "h5" | "h6");
    let before = kept[at.saturating_sub(3)..at].iter().any(|k| *k);
    let after = kept[at + 1..(at + 4).min(kept.len())].iter().any(|k| *k);
    plain && shape && raw.text.len() <= 60 && before && after
}

fn kind(raw: &Raw) -> BlockKind {
    match raw.tag {
        "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => BlockKind::Heading,
        "li" | "td" | "th" | "dt" | "dd" => BlockKind::ListItem,
        _ => BlockKind::Paragraph,
    }
}

/// The best reason for a block that is no part of the article.
fn reason(raw: &Raw, s: &Seen) -> FurnitureReason {
    use FurnitureReason as R;
    if let Some(reason) = s.phrase {
        return reason;
    }
    if raw.element == Some(R::Caption) {
        return R::Caption;
    }
    if let Some(reason) = raw.named {
        return reason;
    }
    if line::date_line(&raw.text).is_some() {
        return R::PageDate;
    }
    if let Some(reason) = raw.element {
        return reason;
    }
    if s.links > 0.6 {
        return if s.words >= 5 { R::RelatedHeadline } else { R::Navigation };
    }
    R::Boilerplate
}

/// The block that is the headline: a heading that says what the metadata says, else the first `h1`.
fn title(raws: &[Raw], verdicts: &[Verdict], meta: &Meta, page: &Page) -> Option<usize> {
    let written = page.title.as_deref().or(meta.title.as_deref()).unwrap_or_default();
    let told = line::folded(written);
    // "Bridge falls - The Sund Wave, English edition"
    let pieces = written.split(" - ").flat_map(|t| t.split(" | ")).flat_map(|t| t.split(['–', '—', '·']));
    let pieces: Vec<String> = pieces.map(line::folded).collect();
    let heading = |r: &Raw| matches!(r.tag, "h1" | "h2" | "h3");
    let same = |r: &Raw| {
        let folded = line::folded(&r.text);
        folded.len() >= 8
            && (folded == told
                || (folded.len() >= 20
                    && told.len() >= 20
                    && (told.contains(&folded) || folded.contains(&told))))
            || pieces.contains(&folded)
    };
    let end = verdicts.iter().position(|v| *v == Verdict::Kind(BlockKind::Paragraph)).unwrap_or(raws.len());
    let h1 = || raws.iter().position(|r| r.tag == "h1" && same(r));
    let any = || raws.iter().take(end + 3).position(|r| heading(r) && same(r));
    let lone = || {
        let mut ones = raws
            .iter()
            .enumerate()
            .filter(|(_, r)| r.tag == "h1" && !r.hidden && line::words(&r.text, 9) >= 3);
        let first = ones.next().map(|(at, _)| at);
        first.filter(|at| *at <= end + 3)
    };
    let bare = || raws.iter().take(end).position(|r| line::folded(&r.text) == told && !told.is_empty());
    h1().or_else(any).or_else(lone).or_else(bare)
}

/// Date line, byline and standfirst around the title are metadata of the article, not furniture.
fn head(raws: &[Raw], seen: &[Seen], verdicts: &mut [Verdict], title: Option<usize>, meta: &Meta) {
    if let Some(at) = title {
        verdicts[at] = Verdict::Kind(BlockKind::Title);
    }
    // A date line or byline that was kept as text is not where the article begins.
    let opens = |at: &usize| {
        let text = &raws[*at].text;
        verdicts[*at] == Verdict::Kind(BlockKind::Paragraph)
            && line::date_line(text).is_none()
            && credit::byline(text).is_none()
    };
    let first = (0..raws.len()).find(opens).unwrap_or(raws.len());
    let from = title.unwrap_or(first).saturating_sub(6);
    let folded: Vec<String> = meta.authors.iter().map(|a| line::folded(a)).collect();
    for at in from..first {
        let raw = &raws[at];
        if matches!(verdicts[at], Verdict::Kind(BlockKind::Title)) || raw.text.len() > 600 {
            continue;
        }
        let after = title.is_none_or(|t| at > t);
        let author = !folded.is_empty() && folded.contains(&line::folded(&raw.text));
        let metadata = line::date_line(&raw.text).is_some() || credit::byline(&raw.text).is_some() || author;
        if metadata && (after || raw.article) && seen[at].words <= 30 {
            verdicts[at] = Verdict::Kind(BlockKind::Meta);
        } else if raw.standfirst
            && after
            && seen[at].words >= 6
            && seen[at].links < 0.5
            && seen[at].phrase.is_none()
            && !raw.hidden
        {
            verdicts[at] = Verdict::Kind(BlockKind::Summary);
        }
    }
}

/// Writes the text, one block a line. A title that no block shows becomes the first line.
fn compose(
    raws: Vec<Raw>,
    verdicts: Vec<Verdict>,
    title: Option<usize>,
    meta: &Meta,
    page: &Page,
) -> (String, Vec<Line>) {
    let mut text = String::new();
    let mut lines = Vec::with_capacity(raws.len() + 1);
    let mut push = |line: &str, verdict: Verdict, dated: bool| {
        let start = text.len();
        text.push_str(line);
        lines.push(Line { range: start..text.len(), verdict, dated });
        text.push('\n');
    };
    if title.is_none()
        && let Some(told) = page.title.as_ref().or(meta.title.as_ref()).filter(|t| !t.trim().is_empty())
    {
        push(&told.split_whitespace().collect::<Vec<_>>().join(" "), Verdict::Kind(BlockKind::Title), false);
    }
    for (raw, verdict) in raws.into_iter().zip(verdicts) {
        // What is hidden is no text of the page, unless it is the article behind a "read more".
        if raw.hidden && matches!(verdict, Verdict::Furniture(_)) {
            continue;
        }
        push(&raw.text, verdict, raw.dated);
    }
    (text, lines)
}
