//! `variorum extract`: what is read from a page.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use variorum::ingest;
use variorum::terminal::visible;
use variorum_schema::{Document, FurnitureReason, Span};

use crate::output::{self, Outcome};

/// Show what is read from a page: text, furniture, title, date with its candidates
///
/// A window on the first stage, for finding out why a page was read as it was.
#[derive(clap::Args)]
#[command(after_help = "\
Example:
  variorum extract page.html")]
pub(crate) struct Args {
    /// Files or folders; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let ingested = ingest::read(&args.paths);
    output::problems(&ingested.problems);
    for page in &ingested.pages {
        output::print(&listing(&variorum::extract(page)))?;
    }
    Ok(Outcome::of(&ingested.problems))
}

/// The document as a listing: what is known of it, then its text with furniture marked in the margin.
fn listing(document: &Document) -> String {
    let mut out = String::new();
    let mut field = |name: &str, value: &str| {
        if !value.is_empty() {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{name:<10} {}", visible(value));
        }
    };
    let text_of = |span: Option<Span>| span.map(|s| s.of(&document.text)).unwrap_or_default();
    field("document", &document.name);
    field("id", &document.id);
    field("title", document.title_text.as_deref().unwrap_or_default());
    field("outlet", document.outlet.as_deref().unwrap_or_default());
    field("url", document.url.as_deref().unwrap_or_default());
    field("language", document.language.as_deref().unwrap_or_default());
    field("byline", text_of(document.byline));
    field("authors", &document.authors.join(", "));
    field("dateline", text_of(document.dateline));
    for credit in &document.credits {
        let name = credit.name.as_ref().map(|n| format!(" ({n})")).unwrap_or_default();
        field("credit", &format!("{:?}: {}{name}", credit.kind, credit.span.of(&document.text)));
    }
    let published = &document.published;
    let day = published.value.map_or_else(|| "unknown".into(), |day| day.to_string());
    field("published", &format!("{day} (basis: {})", published.basis));
    for c in &published.evidence {
        let day = c.value.map_or_else(|| "no day".into(), |day| day.to_string());
        field("", &format!("{:.2} {:?} `{}` read as {day}: {}", c.weight, c.source, c.text, c.reason));
    }
    for note in &document.notes {
        field("note", &note.message);
    }
    for (name, value) in &document.extra {
        field("extra", &format!("{name} = {value}"));
    }
    out.push('\n');
    body(document, &mut out);
    out.push('\n');
    out
}

fn body(document: &Document, out: &mut String) {
    for block in &document.blocks {
        let mark = match document.furniture.iter().find(|f| f.span.overlaps(block.span)) {
            Some(furniture) => reason(furniture.reason),
            None => format!("{:?}", block.kind).to_lowercase(),
        };
        for line in block.span.of(&document.text).lines() {
            let _ = writeln!(out, "{mark:>16} │ {}", visible(line));
        }
    }
}

/// The reason as the report spells it, behind a minus: it was left out.
fn reason(reason: FurnitureReason) -> String {
    let name = serde_json::to_value(reason).ok();
    format!("- {}", name.as_ref().and_then(|v| v.as_str()).unwrap_or("furniture"))
}
