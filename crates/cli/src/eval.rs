//! `variorum eval`: how right is this version on stories of your own?

use std::io;
use std::path::{Path, PathBuf};

use variorum::Options;
use variorum::gold::{Case, Outcome as Compared, Score, folders};

use crate::output::{self, Outcome};

/// Score this version on stories that you have labelled yourself
///
/// FOLDER is one labelled pile, or holds several: each a folder with the pages under `pages/` and an `expected.json` that
/// says what a careful editor expects (stories, origins, copies, dates, quotations, findings that must and must not be
/// there). Only what a label names is scored. The format is described in docs/guide/labels.md.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  variorum eval my-stories/                 every labelled pile in the folder
  variorum eval my-stories/flood --missed   one pile, and what was not met
  variorum eval my-stories/ --format json   the figures for a program")]
pub(crate) struct Args {
    /// Labelled piles
    #[arg(value_name = "FOLDER", required = true)]
    folders: Vec<PathBuf>,

    /// Also print every expectation that was not met, and every accusation that no label lists
    #[arg(long)]
    missed: bool,

    /// Form of the figures
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    Text,
    Json,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let (mut compared, mut has_failed) = (Vec::new(), false);
    let piles: Vec<PathBuf> = args.folders.iter().flat_map(|f| piles(f, &mut has_failed)).collect();
    for folder in piles {
        match Case::read(&folder) {
            Ok(case) => compared.push((case.name.clone(), case.outcome(&Options::default()))),
            Err(error) => {
                output::error(format_args!(
                    "{}: {error}\nhint: expected was a folder with pages/ and an expected.json as docs/guide/labels.md describes",
                    folder.display()
                ));
                has_failed = true;
            }
        }
    }
    if compared.is_empty() {
        output::error(
            "no labelled pile was read\nhint: name a folder that holds an expected.json, or folders that do",
        );
        return Ok(Outcome::Failed);
    }
    if args.missed {
        output::print(&compared.iter().map(|(name, outcome)| missed(name, outcome)).collect::<String>())?;
    }
    let outcomes: Vec<Compared> = compared.into_iter().map(|(_, outcome)| outcome).collect();
    let score = Score::new(&outcomes);
    output::print(&match args.format {
        Format::Text => score.table(),
        Format::Json => serde_json::to_string_pretty(&score).map_err(io::Error::other)? + "\n",
    })?;
    Ok(if has_failed { Outcome::Failed } else { Outcome::Done })
}

/// The labelled piles that a path means: itself, or those in it.
fn piles(folder: &Path, has_failed: &mut bool) -> Vec<PathBuf> {
    if folder.join("expected.json").is_file() {
        return vec![folder.to_path_buf()];
    }
    folders(folder).unwrap_or_else(|error| {
        output::error(format_args!("{}: {error}", folder.display()));
        *has_failed = true;
        Vec::new()
    })
}

fn missed(name: &str, outcome: &Compared) -> String {
    let mut out = format!("{name}\n");
    for check in outcome.checks.iter().filter(|c| !c.passed) {
        out += &format!("  not met, {}: {}\n", check.area.name(), check.label);
        if !check.instead.is_empty() {
            out += &format!("    instead: {}\n", check.instead);
        }
    }
    for message in &outcome.unlisted {
        out += &format!("  not listed: {message}\n");
    }
    out + "\n"
}
