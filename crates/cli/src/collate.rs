//! `variorum collate`: pages → report.

use std::io;
use std::path::PathBuf;

use clap::ValueEnum;
use variorum::ingest::{self, Problem};
use variorum::{Options, Report, report, write};

use crate::output::{self, Outcome};
use crate::progress::Line;

/// Compare accounts: stories, copies, independent origins, quotations, conflicts, timeline, brief
///
/// Reads pages (HTML, plain text, JSONL, JSON; also gzip and Zstandard), compares them and prints a report.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  variorum collate pages/                   the findings, on the terminal
  variorum collate pages/ --out report      also report/report.html, to read
  variorum collate a.html b.txt feed.jsonl.gz --format json > report.json
  curl -s https://example.org/article | variorum collate - pages/

A page is named by its path; a page of a JSONL file by path#line. A line has the field
text or html, and may have url, title, outlet, byline, published, fetched, language;
other fields pass through. A file page.meta.json or page.json beside page.html may give
the same fields for it.")]
pub(crate) struct Args {
    /// Files or folders; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Form of what is printed
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,

    /// Folder to write all forms of the report to, with the text of every document
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,

    /// Number of threads [default: one for each core]
    #[arg(long, value_name = "N", value_parser = threads)]
    threads: Option<usize>,

    /// How many independent origins make a claim corroborated [default: 2]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    min_origins: Option<u32>,

    /// Leave out findings that are less sure than this, 0 to 1 [default: 0.5]
    #[arg(long, value_name = "X", value_parser = share)]
    min_confidence: Option<f64>,

    /// Take all pages for accounts of one event, as whoever gathered them knows: none is grouped
    #[arg(long)]
    one_story: bool,

    /// Print no report and no progress; problems are still named
    #[arg(long)]
    quiet: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
    #[value(alias = "markdown")]
    Md,
    Html,
}

impl From<Format> for variorum::Format {
    fn from(format: Format) -> variorum::Format {
        match format {
            Format::Text => variorum::Format::Text,
            Format::Json => variorum::Format::Json,
            Format::Md => variorum::Format::Markdown,
            Format::Html => variorum::Format::Html,
        }
    }
}

/// A number from 0 to 1.
fn share(text: &str) -> Result<f64, String> {
    match text.parse::<f64>() {
        Ok(share) if (0.0..=1.0).contains(&share) => Ok(share),
        _ => Err("expected a number from 0 to 1".into()),
    }
}

/// A number of threads that a system grants.
fn threads(text: &str) -> Result<usize, String> {
    match text.parse::<usize>() {
        Ok(n) if (1..=1024).contains(&n) => Ok(n),
        _ => Err("expected a number from 1 to 1024".into()),
    }
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let line = Line::new(!args.quiet);
    let read = |n_done, n_total| line.tell("opening files", n_done, n_total);
    let ingested = ingest::read_with(&args.paths, &mut io::stdin(), args.threads.unwrap_or(0), &read);
    let mut problems = ingested.problems;
    let (report, texts) = variorum::collate(ingested.pages, &options(args), &|p| line.run(p));
    drop(line);
    problems.extend(without_text(&report));
    output::problems(&problems);
    if report.documents.is_empty() {
        output::error("there is nothing to compare: no page could be read");
        return Ok(Outcome::Failed);
    }
    let mut outcome = Outcome::of(&problems);
    if let Some(dir) = &args.out
        && let Err(error) = write::folder(dir, &report, &texts)
    {
        output::error(error);
        outcome = Outcome::Failed;
    }
    if !args.quiet {
        let style = report::Style { color: output::is_colored(), width: output::width() };
        output::print(&write::render(&report, &texts, args.format.into(), style))?;
    }
    Ok(outcome)
}

fn options(args: &Args) -> Options {
    let mut options = Options { threads: args.threads.unwrap_or(0), ..Options::default() };
    options.collate.n_origins = args.min_origins.unwrap_or(options.collate.n_origins);
    options.collate.min_confidence = args.min_confidence.unwrap_or(options.collate.min_confidence);
    options.collate.one_story = args.one_story;
    options
}

/// The pages in which no article was found.
fn without_text(report: &Report) -> Vec<Problem> {
    let empty = report.documents.iter().filter(|d| d.text_bytes == 0);
    empty
        .map(|d| {
            let note = d.notes.first().map_or("no readable text was found in it", |n| n.message.as_str());
            Problem::new(&d.name, note, "it is listed in the report, and compared with nothing")
        })
        .collect()
}
