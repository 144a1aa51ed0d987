//! `variorum explain`: why was this concluded?

use std::io;
use std::path::PathBuf;

use variorum::explain::explain;
use variorum::verify;

use crate::output::{self, Outcome};
use crate::verify::report_file;

/// Say why something was concluded: features, weights, evidence
#[derive(clap::Args)]
#[command(after_help = "\
ID is what a report calls it: a finding (f-…), a copy (c-…), a story (s-…), a document
(d-…: why it belongs to its story, and its date), an origin (o1), an entity (e1), a
quotation (q1). Where a report has several stories, name the story too: s-…/o1.

Example:
  variorum explain report/report.json f-3fa81c02")]
pub(crate) struct Args {
    /// A `report.json`, or the folder that holds it
    #[arg(value_name = "REPORT")]
    report: PathBuf,

    /// What to explain
    #[arg(required = true, value_name = "ID")]
    ids: Vec<String>,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let report = match verify::load(&report_file(&args.report)) {
        Ok(report) => report,
        Err(error) => {
            output::error(error);
            return Ok(Outcome::Failed);
        }
    };
    let mut outcome = Outcome::Done;
    for id in joined(&args.ids) {
        match explain(&report, &id) {
            Ok(words) => output::print(&words)?,
            Err(near) => {
                output::error(unknown(&id, &near));
                outcome = Outcome::Failed;
            }
        }
    }
    Ok(outcome)
}

/// A story followed by a document is one membership: `s-… d-…` means `s-…/d-…`.
fn joined(ids: &[String]) -> Vec<String> {
    match ids {
        [story, document] if story.starts_with("s-") && document.starts_with("d-") => {
            vec![format!("{story}/{document}")]
        }
        _ => ids.to_vec(),
    }
}

fn unknown(id: &str, near: &[String]) -> String {
    let id = variorum::terminal::visible(id);
    let near: Vec<String> = near.iter().map(|id| format!("`{}`", variorum::terminal::visible(id))).collect();
    match near.as_slice() {
        [] => format!(
            "nothing in the report is called `{id}`\nhint: identifiers stand behind `#` or `id` in the report"
        ),
        [one] => format!("nothing in the report is called `{id}`\nhint: the nearest is {one}"),
        _ => format!("nothing in the report is called `{id}`\nhint: the nearest are {}", near.join(", ")),
    }
}
