//! Every article with its marks: cited passages, the words in which sides differ, names, furniture with its reason.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use maud::{Markup, html as markup};
use variorum_schema::{ReportDocument, Story};

use super::super::names;
use super::book::{Back, Book, anchor};
use super::shown::Shown;

/// Links back shown at one passage.
const N_BACK: usize = 6;
/// Marks that may stand inside one another.
const MAX_DEPTH: usize = 24;

pub(super) fn articles(book: &Book<'_>, story: &Story) -> Markup {
    markup! {
        p.muted {
            "Cited passages are underlined; the labels behind them lead back to where they are cited (B brief, F finding, "
            "Q quotation, T timeline, M table of claims). What was kept out of comparison is grey, with the reason."
        }
        @for document in story.documents.iter().filter_map(|id| book.outline.document(id)) {
            (article(book, document))
        }
    }
}

fn article(book: &Book<'_>, document: &ReportDocument) -> Markup {
    let id = book.article(&document.id);
    markup! {
        article.article id=(id) aria-labelledby={ (id) "-h" } {
            h4 id={ (id) "-h" } { (book.name_of(&document.id)) }
            (facts(document))
            @match book.outline.text(&document.id) {
                Some(text) if book.is_in_full(&document.id) => {
                    div.text lang=[document.language.as_deref().filter(|l| is_tag(l))] { (body(book, document, text)) }
                }
                Some(_) => { (excerpts(book, document, "This account is too long for this page.")) }
                None => { (excerpts(book, document, "The text of this account was not at hand when this page was made.")) }
            }
        }
    }
}

/// An account of a story of its own: one line, its text in a fold.
pub(super) fn lone(book: &Book<'_>, id: &str, full: bool) -> Markup {
    let Some(document) = book.outline.document(id) else { return markup! {} };
    markup! {
        @if let Some(title) = &document.title { span dir="auto" { (Shown(title)) } " \u{b7} " }
        (book.name_of(id))
        span.muted { ", " (names::published(&document.published)) " \u{b7} " (Shown(&document.name)) }
        @if let Some(text) = book.outline.text(id).filter(|t| full && t.len() < 100_000) {
            details { summary { "Text" } div.text { (body(book, document, text)) } }
        }
    }
}

/// Whether a language tag is one: letters, digits and hyphens.
fn is_tag(tag: &str) -> bool {
    !tag.is_empty() && tag.len() < 36 && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

/// Metadata; the small print in a fold.
fn facts(document: &ReportDocument) -> Markup {
    let is_link = |u: &&String| u.starts_with("https://") || u.starts_with("http://");
    markup! {
        p.facts {
            time { (names::published(&document.published)) }
            span.muted { " (date: " (Shown(&document.published.basis)) ")" }
            @for author in &document.authors { " \u{b7} " bdi { (Shown(author)) } }
            " \u{b7} " code { (Shown(&document.name)) }
            @if let Some(url) = &document.url {
                " \u{b7} "
                @if is_link(&url) { a href=(Shown(url)) rel="noreferrer noopener" { (Shown(url)) } }
                @else { code { (Shown(url)) } }
            }
        }
        @let n = document.published.evidence.len() + document.notes.len() + document.furniture.len() + document.credits.len();
        @if n > 0 {
            details.why {
                summary { "What was left out, and where the date comes from" }
                (left_out(document))
                (dates(document))
                @for note in &document.notes { p { "Note: " span dir="auto" { (Shown(&note.message)) } } }
                @for credit in document.credits.iter().filter_map(|c| c.name.as_ref()) { p { "Credit: " bdi { (Shown(credit)) } } }
            }
        }
    }
}

fn left_out(document: &ReportDocument) -> Markup {
    let mut reasons: Vec<(&str, usize)> = Vec::new();
    for piece in &document.furniture {
        let name = names::furniture(piece.reason);
        match reasons.iter_mut().find(|(known, _)| *known == name) {
            Some((_, n)) => *n += 1,
            None => reasons.push((name, 1)),
        }
    }
    markup! {
        @if !reasons.is_empty() {
            p {
                "Kept out of comparison: "
                @for (i, (name, n)) in reasons.iter().enumerate() { @if i > 0 { ", " } (name) " (" (n) ")" }
                "."
            }
        }
    }
}

fn dates(document: &ReportDocument) -> Markup {
    let list = &document.published.evidence;
    markup! {
        @if !list.is_empty() {
            table {
                caption { "Candidates for the publication date" }
                thead { tr { th scope="col" { "Date" } th scope="col" { "From" } th scope="col" { "Read" } th scope="col" { "Weight" } th scope="col" { "Reason" } } }
                tbody {
                    @for candidate in list {
                        tr {
                            th scope="row" { (candidate.value.map_or_else(|| "none".to_owned(), names::day)) }
                            td { (names::date_source(candidate.source)) }
                            td dir="auto" { (Shown(&candidate.text)) }
                            td.number { (names::measure(candidate.weight)) }
                            td dir="auto" { (Shown(&candidate.reason)) }
                        }
                    }
                }
            }
        }
    }
}

/// The cited passages alone, so that every citation still has its target.
fn excerpts(book: &Book<'_>, document: &ReportDocument, reason: &str) -> Markup {
    let index = book.outline.index(&document.id).unwrap_or_default();
    markup! {
        p.muted {
            (reason)
            " Its cited passages are below"
            @match &document.text_file {
                Some(file) => { "; all of it stands in " code { (Shown(file)) } " beside the report." }
                None => { "." }
            }
        }
        div.text {
            @for ((start, end), passage) in book.passages(&document.id) {
                p dir="auto" {
                    mark.cited id=(anchor(index, *start, *end)) { (Shown(passage.text)) }
                    (back_links(&passage.back))
                }
            }
        }
    }
}

fn back_links(back: &[Back]) -> Markup {
    markup! {
        @if !back.is_empty() {
            span.back {
                @for link in back.iter().take(N_BACK) {
                    " " a href={ "#" (link.href) } aria-label=(link.spoken) { (link.short) }
                }
                @if back.len() > N_BACK { " +" (back.len() - N_BACK) }
            }
        }
    }
}

/// What lies over a stretch of text.
enum Over<'b> {
    Cited { id: String, back: &'b [Back] },
    Name { id: String, href: &'b str },
    Focus,
    Furniture(&'static str),
}

/// A stretch of text with what lies over it.
struct Item<'b> {
    start: usize,
    end: usize,
    over: Over<'b>,
}

/// A piece of a line: bare text, or an item's part with what is inside it.
enum Piece<'t> {
    Text(&'t str),
    Part { item: usize, is_first: bool, is_last: bool, inside: Vec<Piece<'t>> },
}

fn body(book: &Book<'_>, document: &ReportDocument, text: &str) -> Markup {
    let items = items(book, document, text);
    let mut waiting: BTreeSet<(usize, Reverse<usize>, usize)> =
        items.iter().enumerate().map(|(n, i)| (i.start, Reverse(i.end), n)).collect();
    let title = document.title_span;
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    markup! {
        @for (at, line) in lines {
            @let (start, end) = (at, at + line.trim_end().len());
            @let next = at + line.len();
            @let pieces = pieces(text, &items, &mut waiting, (start, end, next));
            @if !line.trim().is_empty() {
                @let is_title = title.is_some_and(|t| t.start as usize >= start && (t.end as usize) <= end);
                p.headline[is_title] dir="auto" { (render(&items, &pieces, false)) }
            }
        }
    }
}

fn items<'b>(book: &'b Book<'_>, document: &ReportDocument, text: &str) -> Vec<Item<'b>> {
    let index = book.outline.index(&document.id).unwrap_or_default();
    let mut items: Vec<Item<'b>> = Vec::new();
    let mut focus: BTreeSet<(u32, u32)> = BTreeSet::new();
    for piece in &document.furniture {
        let over = Over::Furniture(names::furniture(piece.reason));
        items.push(Item { start: piece.start as usize, end: piece.end as usize, over });
    }
    for ((start, end), passage) in book.passages(&document.id) {
        let id = anchor(index, *start, *end);
        let over = match &passage.name {
            Some(href) if passage.back.is_empty() => Over::Name { id, href },
            _ => Over::Cited { id, back: &passage.back },
        };
        focus.extend(&passage.focus);
        items.push(Item { start: *start as usize, end: *end as usize, over });
    }
    items.extend(focus.into_iter().map(|(a, b)| Item {
        start: a as usize,
        end: b as usize,
        over: Over::Focus,
    }));
    items.retain(|i| text.get(i.start..i.end).is_some_and(|t| !t.is_empty()));
    items
}

/// The pieces of one line. Items that cross the end of the line, or of an item that began earlier, are cut there and go
/// on behind it, so that what is written is always properly nested.
fn pieces<'t>(
    text: &'t str,
    items: &[Item<'_>],
    waiting: &mut BTreeSet<(usize, Reverse<usize>, usize)>,
    (start, end, next): (usize, usize, usize),
) -> Vec<Piece<'t>> {
    // Each level: where it ends, which item it shows, what it holds so far. The lowest level is the line itself.
    let mut levels: Vec<Level<'t, Option<(usize, bool, bool)>>> = vec![(end, None, Vec::new())];
    let mut at = start;
    loop {
        let begin = waiting.first().map_or(usize::MAX, |w| w.0).max(start);
        let limit = levels.last().map_or(end, |l| l.0);
        if begin < limit {
            let Some((from, Reverse(upto), item)) = waiting.pop_first() else { break };
            let from = from.max(start);
            write(&mut levels, text, &mut at, from);
            let cut = upto.min(limit);
            if cut < upto {
                let resume = if cut >= end { next } else { cut };
                if resume < upto {
                    waiting.insert((resume, Reverse(upto), item));
                }
            }
            let whole = items.get(item);
            let is_first = whole.is_none_or(|i| i.start == from);
            let is_last = cut == upto || (cut >= end && next >= upto);
            if levels.len() <= MAX_DEPTH && from < cut {
                levels.push((cut, Some((item, is_first, is_last)), Vec::new()));
            }
        } else {
            write(&mut levels, text, &mut at, limit);
            let Some((_, shown, inside)) = levels.pop() else { break };
            let Some((item, is_first, is_last)) = shown else { return inside };
            if let Some(above) = levels.last_mut() {
                above.2.push(Piece::Part { item, is_first, is_last, inside });
            }
        }
    }
    Vec::new()
}

/// One level of nesting: where it ends, what it shows, what it holds so far.
type Level<'t, S> = (usize, S, Vec<Piece<'t>>);

/// Appends the text from `at` up to `upto` to the innermost level.
fn write<'t, S>(levels: &mut [Level<'t, S>], text: &'t str, at: &mut usize, upto: usize) {
    if let (Some(level), Some(run)) = (levels.last_mut(), text.get(*at..upto)) {
        if !run.is_empty() {
            level.2.push(Piece::Text(run));
        }
        *at = upto;
    }
}

fn render(items: &[Item<'_>], pieces: &[Piece<'_>], in_link: bool) -> Markup {
    markup! {
        @for piece in pieces {
            @match piece {
                Piece::Text(text) => { (Shown(text)) }
                Piece::Part { item, is_first, is_last, inside } => {
                    @if let Some(item) = items.get(*item) { (part(items, item, (*is_first, *is_last), inside, in_link)) }
                }
            }
        }
    }
}

fn part(
    items: &[Item<'_>],
    item: &Item<'_>,
    (is_first, is_last): (bool, bool),
    inside: &[Piece<'_>],
    in_link: bool,
) -> Markup {
    let own = |id: &str| is_first.then(|| id.to_owned());
    let more = |id: &str| (!is_first).then(|| id.to_owned());
    markup! {
        @match &item.over {
            Over::Cited { id, back } => {
                mark.cited id=[own(id)] data-more=[more(id)] { (render(items, inside, in_link)) }
                @if is_last && !in_link { (back_links(back)) }
            }
            Over::Name { id, href } => {
                @if in_link { span.name id=[own(id)] { (render(items, inside, true)) } }
                @else { a.name id=[own(id)] href={ "#" (href) } { (render(items, inside, true)) } }
            }
            Over::Focus => { span.focus { (render(items, inside, in_link)) } }
            Over::Furniture(reason) => {
                span.furniture {
                    @if is_first { span.reason { (reason) } " " }
                    (render(items, inside, in_link))
                }
            }
        }
    }
}
