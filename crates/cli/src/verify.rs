//! `variorum verify`: does a report hold?

use std::io;
use std::path::{Path, PathBuf};

use variorum::{ingest, verify};

use crate::output::{self, Outcome};

/// Check a report against its documents: every hash, every span, the text under every span
///
/// Reads the documents again from PATH…, or, without, from the folder `texts` beside the report. Names the first thing
/// that does not hold.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  variorum verify report/report.json              against the texts written beside it
  variorum verify report/report.json pages/       against the pages it was made from")]
pub(crate) struct Args {
    /// A `report.json`, or the folder that holds it
    #[arg(value_name = "REPORT")]
    report: PathBuf,

    /// The pages that the report was made from: files, folders, `-`
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
}

/// The report file that a path means: itself, or the one in the folder.
pub(crate) fn report_file(path: &Path) -> PathBuf {
    if path.is_dir() { path.join("report.json") } else { path.to_path_buf() }
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let file = report_file(&args.report);
    let report = match verify::load(&file) {
        Ok(report) => report,
        Err(error) => {
            output::error(error);
            return Ok(Outcome::Failed);
        }
    };
    let texts = if args.paths.is_empty() {
        verify::texts_beside(&file, &report)
    } else {
        let ingested = ingest::read(&args.paths);
        output::problems(&ingested.problems);
        verify::texts_of(&ingested.pages, &report)
    };
    match verify::report(&report, &texts) {
        Ok(checked) => {
            let verify::Checked { n_documents, n_spans, n_texts } = checked;
            output::print(&format!(
                "the report holds: {n_documents} documents, {n_spans} spans, {n_texts} of them with their text\n"
            ))?;
            Ok(Outcome::Done)
        }
        Err(failure) => {
            output::error(failure);
            Ok(Outcome::Failed)
        }
    }
}
