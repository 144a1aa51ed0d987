//! Timeline: a strip of days, and the list that says the same.

use maud::{Markup, html as markup};
use variorum_schema::Story;

use super::super::{names, svg};
use super::book::Book;
use super::shown::Shown;

pub(super) fn timeline(book: &Book<'_>, s: &str, story: &Story) -> Markup {
    markup! {
        (svg::timeline(story))
        ol.timeline {
            @for (i, entry) in story.timeline.iter().enumerate() {
                li id={ (s) "-t" (i + 1) } class=[entry.is_expected.then_some("expected")] {
                    p.day { time datetime=(entry.interval.first) { (names::interval(entry.interval)) } }
                    p {
                        @if entry.is_expected { span.badge { "announced" } " " }
                        span dir="auto" { (Shown(&entry.text)) }
                        " "
                        span.cites { (book.citations(&entry.evidence)) }
                        span.muted { " " (names::count(entry.origins.len(), "origin", "origins")) }
                    }
                }
            }
        }
    }
}
