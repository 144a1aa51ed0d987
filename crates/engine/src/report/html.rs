//! The report as one self-contained HTML file: no request leaves it, everything can be read without scripts.
//!
//! Every text that comes from outside is written through [`Shown`]; nothing of a user's is ever passed on unescaped.

use maud::{DOCTYPE, Markup, PreEscaped, html as markup};
use variorum_schema::{Report, Story};

use super::outline::{dates, is_told, n_attention, n_to_check, to_look_at};
use super::{Texts, names};

mod accounts;
mod article;
mod book;
mod findings;
mod matrix;
mod quotations;
mod shown;
mod timeline;

use book::Book;
use shown::Shown;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// No request may leave the file.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:; \
                      base-uri 'none'; form-action 'none'";
/// Lone accounts that are printed in full below their list.
const N_LONE_ARTICLES: usize = 20;

/// The report as one HTML file: per story the brief with a citation on every sentence, the accounts with their lineage,
/// findings, claims × accounts, quotations, timeline, names, and every article with its marks. A citation is a link to
/// the marked passage, from which links lead back. Stories of one account in which nothing needs attention are listed
/// at the end. Where all texts together are too long for a page, the longest-standing accounts come in full and the
/// others with their cited passages only, with a note that says where the text is.
#[must_use]
pub fn html(report: &Report, texts: &Texts) -> String {
    let book = Book::new(report, texts);
    let told: Vec<(usize, &Story)> =
        report.stories.iter().enumerate().filter(|(_, s)| is_told(s, report)).collect();
    let lone: Vec<&Story> = report.stories.iter().filter(|s| !is_told(s, report)).collect();
    let title = told.first().map_or("Report", |(_, s)| s.title.as_str());
    let page = markup! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                link rel="icon" href="data:,";
                title { (Shown(title)) " \u{2013} Variorum" }
                style { (PreEscaped(STYLE)) }
            }
            body {
                a.skip href="#main" { "Skip to the report" }
                (masthead(&book, &told, &lone))
                main #main {
                    @for (index, story) in &told { (self::story(&book, *index, story)) }
                    (lone_accounts(&book, &lone))
                }
                (colophon(report))
                script { (PreEscaped(SCRIPT)) }
            }
        }
    };
    let mut out = page.into_string();
    out.push('\n');
    out
}

fn masthead(book: &Book<'_>, told: &[(usize, &Story)], lone: &[&Story]) -> Markup {
    let report = book.outline.report;
    markup! {
        header.masthead {
            p.brand { "Variorum" }
            h1 {
                "What " (names::count(report.documents.len(), "document says", "documents say")) ", account by account"
            }
            @if told.len() + usize::from(!lone.is_empty()) > 1 {
                nav aria-label="Stories" {
                    ol.stories {
                        @for (index, story) in told {
                            li {
                                a href={ "#s" (index + 1) } { bdi { (Shown(&story.title)) } }
                                " " span.muted {
                                    (names::count(story.documents.len(), "account", "accounts"))
                                    @let told = to_look_at(story);
                                    @if !told.is_empty() { ", " (told) }
                                }
                            }
                        }
                        @if !lone.is_empty() {
                            li {
                                a href="#lone" { "Stories of one account" }
                                " " span.muted { (lone.len()) }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The sections of a story: fragment, heading.
fn sections(story: &Story) -> Vec<(&'static str, &'static str)> {
    let mut list = Vec::new();
    let mut add = |present: bool, section| {
        if present {
            list.push(section);
        }
    };
    add(!story.brief.is_empty(), ("brief", "Brief"));
    add(true, ("accounts", "Accounts and their lineage"));
    add(!story.findings.is_empty(), ("findings", "Findings"));
    add(!story.matrix.is_empty(), ("matrix", "Claims and accounts"));
    add(!story.quotations.is_empty(), ("quotations", "Quotations"));
    add(!story.timeline.is_empty(), ("timeline", "Timeline"));
    add(!story.entities.is_empty(), ("names", "Names"));
    add(true, ("articles", "The accounts in full"));
    list
}

fn story(book: &Book<'_>, index: usize, story: &Story) -> Markup {
    let s = format!("s{}", index + 1);
    markup! {
        section.story id=(s) aria-labelledby={ (s) "-title" } {
            header.story-head {
                h2 id={ (s) "-title" } dir="auto" { (Shown(&story.title)) }
                (key_figures(book, story))
            }
            nav.sections aria-label={ "Sections: " (Shown(&story.title)) } {
                ul {
                    @for (part, heading) in sections(story) { li { a href={ "#" (s) "-" (part) } { (heading) } } }
                }
            }
            div.sheet {
                @for (part, heading) in sections(story) {
                    section.part id={ (s) "-" (part) } aria-labelledby={ (s) "-" (part) "-h" } {
                        h3 id={ (s) "-" (part) "-h" } { (heading) }
                        @match part {
                            "brief" => { (brief(book, &s, story)) }
                            "accounts" => { (accounts::accounts(book, &s, story)) }
                            "findings" => { (findings::findings(book, &s, story)) }
                            "matrix" => { (matrix::matrix(book, &s, story)) }
                            "quotations" => { (quotations::quotations(book, &s, story)) }
                            "timeline" => { (timeline::timeline(book, &s, story)) }
                            "names" => { (accounts::entities(book, &s, story)) }
                            _ => { (article::articles(book, story)) }
                        }
                    }
                }
            }
        }
    }
}

fn key_figures(book: &Book<'_>, story: &Story) -> Markup {
    let corroborated =
        story.findings.iter().filter(|f| f.kind == variorum_schema::FindingKind::Corroborated).count();
    let figure = |n: usize, one: &'static str, many: &'static str| {
        markup! { div { dt { (if n == 1 { one } else { many }) } dd { (n) } } }
    };
    markup! {
        dl.figures {
            (figure(story.documents.len(), "account", "accounts"))
            (figure(story.origins.len(), "independent origin", "independent origins"))
            (figure(n_attention(story), "finding to look at", "findings to look at"))
            (figure(n_to_check(story), "finding to check", "findings to check"))
            (figure(corroborated, "corroborated statement", "corroborated statements"))
            @if let Some(days) = dates(&book.outline, story) {
                div.when { dt { "published" } dd { (names::interval(days)) } }
            }
        }
    }
}

fn brief(book: &Book<'_>, s: &str, story: &Story) -> Markup {
    markup! {
        ol.brief {
            @for (i, sentence) in story.brief.iter().enumerate() {
                li id={ (s) "-b" (i + 1) } {
                    span dir="auto" { (Shown(&sentence.text)) }
                    " "
                    span.cites { (book.citations(&sentence.citations)) }
                    " "
                    span.muted {
                        (names::count(sentence.origins.len(), "origin", "origins"))
                        @if !sentence.is_extracted { ", our sentence about the accounts" }
                        (book.finding_links(s, story, &sentence.findings, ", see "))
                    }
                }
            }
        }
    }
}

fn lone_accounts(book: &Book<'_>, lone: &[&Story]) -> Markup {
    if lone.is_empty() {
        return markup! {};
    }
    let full = lone.len() <= N_LONE_ARTICLES;
    markup! {
        section.lone #lone aria-labelledby="lone-h" {
            h2 #lone-h { "Stories of one account" }
            p.muted { "Nothing else in this pile tells of these events, so that there is nothing to compare." }
            ul {
                @for id in lone.iter().flat_map(|s| &s.documents) {
                    li id=[book.outline.index(id).map(|i| format!("a{}", i + 1))] { (article::lone(book, id, full)) }
                }
            }
        }
    }
}

fn colophon(report: &Report) -> Markup {
    markup! {
        footer.colophon {
            p {
                "Made by " (Shown(&report.generator.name)) " " (Shown(&report.generator.version))
                ", report format " (Shown(&report.schema)) ". "
                "No statement here is generated: each points at the words of an account. "
                "\u{201c}Independent origins\u{201d} counts accounts that descend from one another, or from one agency, once."
            }
            @if !report.generator.options.is_empty() {
                p {
                    "Options: "
                    @for (i, (name, value)) in report.generator.options.iter().enumerate() {
                        @if i > 0 { ", " }
                        code { (Shown(name)) "=" (Shown(value)) }
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
