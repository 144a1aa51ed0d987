//! Bare text: which lines are title, byline, date, paragraphs, crossheads, and which came along from the page.

use std::ops::Range;

use variorum_schema::{BlockKind, FurnitureReason, Page};

use super::appeal;
use super::credit;
use super::furniture;
use super::line::{self, Line, Verdict};
use crate::quotation::posted;

/// Longest crosshead, in words. Headlines of other articles are longer.
const CROSSHEAD: usize = 4;
/// A line with more words than this is a paragraph, full stop or not.
const HEADLINE: usize = 20;

/// What is seen of a line before its neighbours are looked at.
struct Look<'t> {
    text: &'t str,
    range: Range<usize>,
    words: usize,
    ends: bool,
    verdict: Option<Verdict>,
}

impl Look<'_> {
    fn is_prose(&self) -> bool {
        self.verdict.is_none() && ((self.ends && self.words >= 8) || self.words > HEADLINE)
    }
    fn is_open(&self) -> bool {
        self.verdict.is_none()
    }
}

/// The lines of a bare text, each with its verdict.
pub(super) fn lines(text: &str, page: &Page) -> Vec<Line> {
    let mut looks: Vec<Look> = line::ranges(text).into_iter().map(|range| look(text, range)).collect();
    boxes(text, &mut looks);
    trim(&mut looks);
    let prose: Vec<usize> = (0..looks.len()).filter(|&i| looks[i].is_prose()).collect();
    let title = title(&looks, page, prose.first().copied());
    if let Some(at) = title {
        looks[at].verdict = Some(Verdict::Kind(BlockKind::Title));
    }
    let first = (0..looks.len()).find(|&i| looks[i].is_prose()).unwrap_or(looks.len());
    head(&mut looks, title, first);
    promotions(&mut looks);
    body(&mut looks, first, prose.last().copied().unwrap_or(0));
    tail(&mut looks, prose.last().copied().unwrap_or(0));
    looks
        .into_iter()
        .map(|l| Line::new(l.range, l.verdict.unwrap_or(Verdict::Kind(BlockKind::Paragraph))))
        .collect()
}

/// Lines at the head of a text in which its headline may stand, and bytes of the longest headline.
const TITLE_LINES: usize = 12;
const LONGEST_TITLE: usize = 400;
/// Share of a headline's words that a line has which is the same headline in other dress ("… - The Gazette").
const SAME_TITLE: f64 = 0.6;

/// The headline that is told beside a text which does not hold it, on one line: what a feed says in its title says the outlet.
pub(super) fn untold_title(text: &str, page: &Page) -> Option<String> {
    let told = page.title.as_deref()?.split_whitespace().collect::<Vec<_>>().join(" ");
    let words = |line: &str| -> Vec<String> {
        let words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        words.map(str::to_lowercase).collect()
    };
    let own = words(&told);
    let is_same = |line: &str| {
        let here = words(line);
        let n_shared = own.iter().filter(|w| here.contains(w)).count();
        n_shared as f64 >= SAME_TITLE * own.len() as f64 && here.len() <= 2 * own.len() + 2
    };
    let head = text.lines().filter(|l| !l.trim().is_empty()).take(TITLE_LINES);
    let is_there = own.is_empty() || head.into_iter().any(|l| l.len() <= 2 * LONGEST_TITLE && is_same(l));
    (!is_there && told.len() <= LONGEST_TITLE && !text.trim().is_empty()).then_some(told)
}

fn look(text: &str, range: Range<usize>) -> Look<'_> {
    let line = &text[range.clone()];
    let words = line::words(line, 150);
    // "…of the war.Source link": the sentence has ended before the leftover.
    let ends = line::ends_sentence(line) || furniture::glued_tail(line).is_some_and(|(at, _)| at > 0);
    Look { text: line, range, words, ends, verdict: by_form(line, words) }
}

/// What a line is by its own form, wherever it stands.
fn by_form(line: &str, words: usize) -> Option<Verdict> {
    let furniture = |reason| Some(Verdict::Furniture(reason));
    if words == 0 && line.len() < 200 {
        return furniture(FurnitureReason::Boilerplate);
    }
    // who posted the message above
    if posted::is_signature(line) {
        return Some(Verdict::Kind(BlockKind::Paragraph));
    }
    if furniture::is_counter(line) {
        return furniture(FurnitureReason::Counter);
    }
    if let Some(range) = credit::sign_off(line)
        && range.len() + 12 > line.len()
    {
        return furniture(FurnitureReason::CreditLine);
    }
    if credit::credit_line(line).is_some() && words <= 60 {
        return furniture(FurnitureReason::CreditLine);
    }
    if let Some(reason) = furniture::by_phrase(line) {
        return furniture(reason);
    }
    if words <= 90 && furniture::is_caption(line) {
        return furniture(FurnitureReason::Caption);
    }
    let is_bar = furniture::is_link_bar(line) || appeal::is_bar(line, BAR);
    if is_bar && credit::byline(line).is_none() {
        return furniture(FurnitureReason::Navigation);
    }
    let item = line
        .strip_prefix(['•', '·', '▪', '■', '●', '*', '-', '–'])
        .is_some_and(|r| r.starts_with([' ', '\t', '\u{A0}']));
    item.then_some(Verdict::Kind(BlockKind::ListItem))
}

/// Labels that make a row of them a bar of links.
const BAR: usize = 3;

/// Lines behind the last paragraph that ask the reader for something, and rows of notices.
fn trim(looks: &mut [Look]) {
    for at in (1..looks.len()).rev() {
        let l = &looks[at];
        if !l.is_open() {
            continue;
        }
        if appeal::is_appeal(l.text) {
            looks[at].verdict = Some(Verdict::Furniture(FurnitureReason::Newsletter));
        } else if appeal::is_bar(l.text, 2) {
            looks[at].verdict = Some(Verdict::Furniture(FurnitureReason::Navigation));
        } else if appeal::is_signature(l.text) {
            looks[at].verdict = Some(Verdict::Kind(BlockKind::Paragraph));
        } else if l.is_prose() {
            return;
        }
    }
}

/// Longest box that came along from the page, in lines.
const BOX: usize = 8;

/// A box that stands apart, between blank lines, and opens as a call to subscribe or a list of other articles: what it
/// goes on with belongs to it.
fn boxes(text: &str, looks: &mut [Look]) {
    let follows = |a: &Look, b: &Look| text[a.range.end..b.range.start].matches('\n').count() < 2;
    for group in looks.chunk_by_mut(follows).filter(|group| (2..=BOX).contains(&group.len())) {
        let Some(Verdict::Furniture(reason)) = group[0].verdict else { continue };
        let others = group[1..].iter().filter(|l| matches!(l.verdict, Some(Verdict::Furniture(_)))).count();
        let is_led = match reason {
            FurnitureReason::Newsletter | FurnitureReason::Subscription => others > 0,
            FurnitureReason::RelatedHeadline => {
                group[1..].iter().all(|l| !l.ends || l.text.ends_with(['?', '!']))
            }
            _ => false,
        };
        if is_led {
            group.iter_mut().filter(|l| l.is_open() && l.words <= HEADLINE).for_each(|l| {
                l.verdict = Some(Verdict::Furniture(reason));
            });
        }
    }
}

/// The line that is the headline: the one that is told from outside, else the first that looks like one and stands
/// above the first paragraph.
fn title(looks: &[Look], page: &Page, first: Option<usize>) -> Option<usize> {
    if let Some(told) = page.title.as_deref().map(line::folded).filter(|t| !t.is_empty()) {
        let same = |l: &Look| l.text.len() < 600 && line::folded(l.text) == told;
        if let Some(at) = looks.iter().take(TITLE_LINES).position(same) {
            return Some(at);
        }
    }
    let first = first?;
    // A question or an exclamation of one line may itself look like the first paragraph.
    let lead = &looks[first];
    let shouts = lead.words <= 18 && lead.text.ends_with(['?', '!']) && first + 1 < looks.len();
    let end = if shouts { first + 1 } else { first };
    let fits = |l: &Look| {
        l.words <= 30
            && l.words >= 2
            && (!l.ends || l.text.ends_with(['?', '!', '"', '”', '’', '\'']))
            && line::date_line(l.text).is_none()
            && credit::byline(l.text).is_none()
            // "Opinion: …", "Watch: …" stand before headlines as well as before promotions.
            && (l.verdict.is_none() || matches!(l.verdict, Some(Verdict::Furniture(FurnitureReason::RelatedHeadline)) if l.words >= 5))
    };
    let candidates: Vec<usize> = (0..end).filter(|&i| fits(&looks[i])).collect();
    candidates.iter().copied().find(|&i| looks[i].words >= 4).or_else(|| candidates.first().copied())
}

/// Lines around the title: date, byline, standfirst, leftovers of the page's head.
fn head(looks: &mut [Look], title: Option<usize>, first: usize) {
    for (at, l) in looks.iter_mut().enumerate().take(first) {
        if !l.is_open() {
            continue;
        }
        let above = title.is_some_and(|t| at < t);
        l.verdict = if line::date_line(l.text).is_some() {
            let clock = above && !line::says_published(l.text) && !line::says_updated(l.text);
            Some(if clock {
                Verdict::Furniture(FurnitureReason::PageDate)
            } else {
                Verdict::Kind(BlockKind::Meta)
            })
        } else if credit::byline(l.text).is_some() || (l.words <= 4 && credit::known(l.text).is_some()) {
            Some(Verdict::Kind(BlockKind::Meta))
        } else if above {
            Some(Verdict::Furniture(FurnitureReason::Navigation))
        } else if title.is_none() {
            None
        } else if l.words <= 5 && !l.ends && credit::looks_like_name(l.text) {
            Some(Verdict::Kind(BlockKind::Meta))
        } else if l.words >= 5 {
            Some(Verdict::Kind(BlockKind::Summary))
        } else {
            None
        };
    }
}

/// The title line of a promotion stands right before its pitch.
fn promotions(looks: &mut [Look]) {
    for at in 1..looks.len() {
        let pitch = matches!(looks[at].verdict, Some(Verdict::Furniture(FurnitureReason::Newsletter)));
        let before = &looks[at - 1];
        if pitch && before.is_open() && !before.ends && before.words <= 8 && looks[at].words > 4 {
            looks[at - 1].verdict = Some(Verdict::Furniture(FurnitureReason::Newsletter));
        }
    }
}

/// Short lines between paragraphs: crossheads of the article, or headlines of others.
fn body(looks: &mut [Look], first: usize, last: usize) {
    for at in first..looks.len() {
        let l = &looks[at];
        if !l.is_open() || l.is_prose() {
            continue;
        }
        if line::date_line(l.text).is_some() && at > first {
            looks[at].verdict = Some(Verdict::Furniture(FurnitureReason::PageDate));
            continue;
        }
        if at > last || (l.ends && !is_question(l.text)) {
            continue;
        }
        if at > 0 && after_colon(looks, at) {
            looks[at].verdict = Some(Verdict::Kind(BlockKind::ListItem));
            continue;
        }
        looks[at].verdict = Some(standalone(looks, at));
    }
}

fn is_question(line: &str) -> bool {
    line.trim_end_matches(['"', '”', '’', '\'']).ends_with('?')
}

/// Whether a line continues a list that a colon opened.
fn after_colon(looks: &[Look], at: usize) -> bool {
    match looks[at - 1].verdict {
        Some(Verdict::Kind(BlockKind::ListItem)) => true,
        _ => looks[at - 1].text.ends_with(':') && looks[at].words > CROSSHEAD,
    }
}

/// A crosshead, or the headline of another article, by its form.
fn standalone(looks: &[Look], at: usize) -> Verdict {
    let l = &looks[at];
    let heading = Verdict::Kind(BlockKind::Heading);
    if l.words <= CROSSHEAD && !l.text.contains(": ") {
        return heading;
    }
    let questions = looks.iter().filter(|o| o.words <= HEADLINE && is_question(o.text)).count();
    if is_question(l.text) && questions >= 3 {
        return heading; // an article in questions and answers
    }
    let next = looks.get(at + 1);
    if next.is_none_or(|n| !n.is_prose()) && looks[at - 1].is_prose() && l.words > 12 {
        return Verdict::Kind(BlockKind::Paragraph); // a paragraph that lost its full stop
    }
    let mut weight = 0;
    weight += if l.text.contains(": ") || is_question(l.text) { 2 } else { 0 };
    weight += if l.words >= 7 { 2 } else { i32::from(l.words >= 6) };
    weight += i32::from(inner_capitals(l.text) >= 2);
    weight -= if announces(looks, at) { 2 } else { 0 };
    if weight >= 2 { Verdict::Furniture(FurnitureReason::RelatedHeadline) } else { heading }
}

/// Capitalised words after the first.
fn inner_capitals(line: &str) -> usize {
    line.split_whitespace().skip(1).filter(|w| w.starts_with(char::is_uppercase)).count()
}

/// Whether the paragraphs that follow take up most of the line's words, as they do after a crosshead.
fn announces(looks: &[Look], at: usize) -> bool {
    let words = line::content_words(looks[at].text);
    let next: Vec<String> = looks[at + 1..]
        .iter()
        .take(2)
        .filter(|l| l.text.len() < 5000)
        .flat_map(|l| line::content_words(l.text))
        .collect();
    let hits = words.iter().filter(|w| next.contains(w)).count();
    !words.is_empty() && hits * 5 >= words.len() * 4
}

/// What stands after the last paragraph.
fn tail(looks: &mut [Look], last: usize) {
    let open: Vec<usize> =
        (last + 1..looks.len()).filter(|&i| looks[i].is_open() && !looks[i].ends).collect();
    let listed = open.len() >= 2;
    for at in open {
        let l = &looks[at];
        let led = matches!(looks[at - 1].verdict, Some(Verdict::Furniture(FurnitureReason::RelatedHeadline)));
        let headline = l.words > CROSSHEAD && (listed || led || l.text.contains(": ") || is_question(l.text));
        if headline {
            looks[at].verdict = Some(Verdict::Furniture(FurnitureReason::RelatedHeadline));
        } else if listed {
            looks[at].verdict = Some(Verdict::Furniture(FurnitureReason::Boilerplate));
        }
    }
}
