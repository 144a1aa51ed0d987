//! Claims × accounts.

use maud::{Markup, html as markup};
use variorum_schema::{Cell, MatrixRow, Story};

use super::book::Book;
use super::shown::Shown;

pub(super) fn matrix(book: &Book<'_>, s: &str, story: &Story) -> Markup {
    markup! {
        p.legend {
            @for stance in ["states", "attributes", "announces", "differs"] {
                span { span.symbol { (symbol(stance)) } " " (stance) " (" (explained(stance)) ")" }
            }
            span { span.symbol { "\u{2013}" } " does not mention" }
        }
        div.scroll.tall role="region" tabindex="0" aria-labelledby={ (s) "-matrix-h" } {
            table.matrix {
                thead {
                    tr {
                        th scope="col" { "Claim" }
                        th scope="col" { "Origins" }
                        @for id in &story.documents {
                            th scope="col" { a href={ "#" (book.article(id)) } { span.clamp { (book.name_of(id)) } } }
                        }
                    }
                }
                tbody { @for (i, row) in story.matrix.iter().enumerate() { (self::row(book, s, story, i, row)) } }
            }
        }
    }
}

fn row(book: &Book<'_>, s: &str, story: &Story, i: usize, row: &MatrixRow) -> Markup {
    markup! {
        tr id={ (s) "-m" (i + 1) } {
            th scope="row" {
                a.claim href={ "#" (book.anchor(&row.from.document, row.from.start, row.from.end)) } dir="auto" {
                    (Shown(&row.claim))
                }
                span.muted { (book.finding_links(s, story, &row.findings, "")) }
            }
            td.number { (row.n_origins) }
            @for id in &story.documents {
                @let cells: Vec<&Cell> = row.cells.iter().filter(|c| c.document == *id).collect();
                @if cells.is_empty() {
                    td.none { span aria-hidden="true" { "\u{2013}" } span.vh { "does not mention" } }
                } @else {
                    td class={ "stance " (class(&cells)) } {
                        @for cell in cells { (self::cell(book, cell)) }
                    }
                }
            }
        }
    }
}

fn cell(book: &Book<'_>, cell: &Cell) -> Markup {
    let evidence = &cell.evidence;
    markup! {
        a href={ "#" (book.anchor(&cell.document, evidence.start, evidence.end)) } title=(Shown(&evidence.text)) {
            span.symbol aria-hidden="true" { (symbol(&cell.stance)) }
            " " (Shown(&cell.stance))
        }
    }
}

/// A class of our own: a stance is a word of the report and never becomes one.
fn class(cells: &[&Cell]) -> &'static str {
    if cells.iter().any(|c| c.stance == "differs") { "differs" } else { "agrees" }
}

fn symbol(stance: &str) -> &'static str {
    match stance {
        "states" => "\u{25cf}",
        "attributes" => "\u{25d0}",
        "announces" => "\u{25cb}",
        "differs" => "\u{25c6}",
        _ => "\u{b7}",
    }
}

fn explained(stance: &str) -> &'static str {
    match stance {
        "states" => "in its own words",
        "attributes" => "says who says so",
        "announces" => "as something to come",
        _ => "says otherwise",
    }
}
