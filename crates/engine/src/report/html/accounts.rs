//! Accounts by origin, how they descend from one another, and the names that they share.

use maud::{Markup, html as markup};
use variorum_schema::{Copy, DocumentId, EntityKind, Evidence, Passage, Story, StoryEntity};

use super::super::outline::{Twig, Who, lineage};
use super::super::{names, svg};
use super::book::{Book, N_MENTIONS, N_PASSAGES, why};
use super::findings::quote;
use super::shown::Shown;

pub(super) fn accounts(book: &Book<'_>, _s: &str, story: &Story) -> Markup {
    markup! {
        (svg::lineage_drawing(&book.outline, story))
        ol.origins {
            @for origin in &story.origins {
                li {
                    p.basis { strong { "Origin " (Shown(&origin.id)) } ": " span dir="auto" { (Shown(&origin.basis)) } "." }
                    @let twigs = lineage(story, origin);
                    ul.tree { @for twig in &twigs { (self::twig(book, story, twig)) } }
                }
            }
        }
        @if !story.copies.is_empty() {
            h4 { "Copies " span.count { (story.copies.len()) } }
            ul.compact { @for copy in &story.copies { (self::copy(book, copy)) } }
        }
    }
}

fn twig(book: &Book<'_>, story: &Story, twig: &Twig<'_>) -> Markup {
    let depth = format!("--depth:{}", twig.depth.min(8));
    markup! {
        @match twig.who {
            Who::Unseen(name) => {
                li.unseen style=(depth) { bdi { (Shown(name)) } span.muted { " not in this pile" } }
            }
            Who::Account(id) => {
                li style=(depth) {
                    (account(book, id))
                    @if let Some(edge) = twig.edge { " " span.edge { (names::edge(edge, id)) } }
                    (membership(story, id))
                }
            }
        }
    }
}

fn account(book: &Book<'_>, id: &str) -> Markup {
    markup! {
        a.account href={ "#" (book.article(id)) } { (book.name_of(id)) }
        @if let Some(document) = book.outline.document(id) {
            span.muted { ", " (names::published(&document.published)) }
        }
    }
}

fn membership(story: &Story, id: &str) -> Markup {
    markup! {
        @for member in story.members.iter().filter(|m| m.document == *id) {
            (why("why in this story", "", &member.why))
        }
    }
}

fn copy(book: &Book<'_>, copy: &Copy) -> Markup {
    let shown = copy.passages.get(..copy.passages.len().min(N_PASSAGES)).unwrap_or(&[]);
    let forward = copy.direction == variorum_schema::Direction::Forward;
    markup! {
        li {
            (book.names_of(std::slice::from_ref(&copy.to)))
            @if forward { " from " } @else { " and " }
            (book.names_of(std::slice::from_ref(&copy.from)))
            ": " (names::copy(copy))
            @if let Some(parent) = &copy.parent { ", both from " bdi { (Shown(parent)) } ", which is not in this pile" }
            span.muted { " \u{b7} confidence " (names::probability(copy.confidence)) }
            @if !shown.is_empty() {
                details.why {
                    summary { (names::count(copy.passages.len(), "passage", "passages")) " side by side" }
                    @for passage in shown { (pair(book, copy, passage)) }
                    @if shown.len() < copy.passages.len() { p.muted { "The rest stands in the JSON report." } }
                }
            }
            (why("Why this was concluded", &copy.id, &copy.why))
        }
    }
}

fn pair(book: &Book<'_>, copy: &Copy, passage: &Passage) -> Markup {
    let side = |id: &DocumentId, start: u32, end: u32| Evidence {
        document: id.clone(),
        start,
        end,
        text: book
            .outline
            .text(id)
            .and_then(|t| t.get(start as usize..end as usize))
            .unwrap_or("")
            .to_owned(),
        role: None,
        focus_start: None,
        focus_end: None,
    };
    let from = side(&copy.from, passage.from_start, passage.from_end);
    let to = side(&copy.to, passage.to_start, passage.to_end);
    markup! {
        div.sides {
            div.side { (quote(book, &from, Some(&to.text))) }
            div.side { (quote(book, &to, Some(&from.text))) }
        }
    }
}

pub(super) fn entities(book: &Book<'_>, s: &str, story: &Story) -> Markup {
    let kinds = [
        EntityKind::Person,
        EntityKind::Organisation,
        EntityKind::Place,
        EntityKind::Group,
        EntityKind::Other,
    ];
    markup! {
        div.scroll role="region" tabindex="0" aria-labelledby={ (s) "-names-h" } {
            table.names {
                thead { tr { th scope="col" { "Name" } th scope="col" { "Also called" } th scope="col" { "Where" } } }
                @for kind in kinds {
                    @let list: Vec<(usize, &StoryEntity)> =
                        story.entities.iter().enumerate().filter(|(_, e)| e.kind == kind).collect();
                    @if !list.is_empty() {
                        tbody {
                            tr { th.group-head scope="rowgroup" colspan="3" { (plural(kind)) } }
                            @for (i, entity) in list { (self::entity(book, s, i, entity)) }
                        }
                    }
                }
            }
        }
    }
}

fn entity(book: &Book<'_>, s: &str, i: usize, entity: &StoryEntity) -> Markup {
    let mentions = entity.mentions.get(..entity.mentions.len().min(N_MENTIONS)).unwrap_or(&[]);
    markup! {
        tr id={ (s) "-n" (i + 1) } {
            th scope="row" { bdi { (Shown(&entity.name)) } }
            td {
                @for (i, alias) in entity.aliases.iter().enumerate() {
                    @if i > 0 { " \u{b7} " }
                    bdi { (Shown(alias)) }
                }
            }
            td.cites {
                (book.citations(mentions))
                @if mentions.len() < entity.mentions.len() {
                    span.muted { " and " (entity.mentions.len() - mentions.len()) " more" }
                }
            }
        }
    }
}

fn plural(kind: EntityKind) -> &'static str {
    match kind {
        EntityKind::Person => "People",
        EntityKind::Organisation => "Organisations",
        EntityKind::Place => "Places",
        EntityKind::Group => "Groups",
        EntityKind::Other => "Other names",
    }
}
