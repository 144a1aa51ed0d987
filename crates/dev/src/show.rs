//! `variorum-dev show`: what `extract` made of a page, line by line.

use std::path::PathBuf;
use std::process::ExitCode;

use variorum_annotate::extract;
use variorum_schema::{BlockKind, Document, Page};

/// Prints each page; fails if one could not be read.
pub(crate) fn run(paths: &[PathBuf]) -> ExitCode {
    let mut failed = false;
    for path in paths {
        match std::fs::read(path) {
            Ok(bytes) => print(&extract(&Page::new(path.display().to_string(), bytes))),
            Err(error) => {
                eprintln!("{}: {error}", path.display());
                failed = true;
            }
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn print(document: &Document) {
    println!("== {} outlet={:?} lang={:?}", document.name, document.outlet, document.language);
    println!("   title={:?} authors={:?}", document.title_text, document.authors);
    println!("   dateline={:?}", document.dateline.map(|s| s.of(&document.text)));
    for block in &document.blocks {
        let kind = match document.furniture.iter().find(|f| f.span == block.span) {
            Some(f) if block.kind == BlockKind::Furniture => format!("- {:?}", f.reason),
            _ => format!("+ {:?}", block.kind),
        };
        let text: String = block.span.of(&document.text).chars().take(90).collect();
        println!("{kind:<20} {text}");
    }
    for credit in &document.credits {
        println!("   credit {:?} {:?} {:?}", credit.kind, credit.name, credit.span.of(&document.text));
    }
    let published = &document.published;
    println!("   published {:?} ({})", published.value, published.basis);
    for c in published.evidence.iter().take(8) {
        println!("     {:?} {:?} {:?} {:.2} {}", c.source, c.text, c.value, c.weight, c.reason);
    }
    for note in &document.notes {
        println!("   note {}", note.message);
    }
}
