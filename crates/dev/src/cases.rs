//! `variorum-dev cases`: runs the invented stories and prints what was found, missed and wrongly reported.

use std::path::PathBuf;
use std::process::ExitCode;

use variorum::Options;
use variorum::gold::{Area, Case, Outcome, folders};

/// Runs the invented stories.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Only the stories whose name contains this; prints every expectation.
    #[arg(long)]
    story: Option<String>,
    /// Prints every expectation that was not met, and findings that no case lists.
    #[arg(long)]
    all: bool,
    /// Folder of the cases.
    #[arg(long, visible_alias = "dir", default_value = "tests/cases")]
    root: PathBuf,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    match outcomes(args) {
        Ok(found) => {
            print!("{}", shown(&found, args));
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!(
                "error: {error}\nhint: run it in the root of the repository, or name the cases with --root"
            );
            ExitCode::FAILURE
        }
    }
}

fn outcomes(args: &Args) -> std::io::Result<Vec<(String, Outcome)>> {
    let mut out = Vec::new();
    for folder in folders(&args.root)? {
        let case = Case::read(&folder)?;
        if args.story.as_ref().is_none_or(|part| case.name.contains(part)) {
            let outcome = case.outcome(&Options::default());
            out.push((case.name, outcome));
        }
    }
    Ok(out)
}

fn shown(found: &[(String, Outcome)], args: &Args) -> String {
    let mut out = String::new();
    let mut total = Outcome::default();
    for (name, outcome) in found {
        if args.story.is_some() || args.all {
            out += &details(name, outcome, args.story.is_some());
        }
        total.checks.extend(outcome.checks.iter().cloned());
        total.unlisted.extend(outcome.unlisted.iter().cloned());
    }
    out += &format!(
        "{:<24} {:>7} {:>7} {:>7} {:>9} {:>13}\n",
        "case", "found", "missed", "wrong", "unlisted", "other checks"
    );
    for (name, outcome) in found {
        out += &row(name, outcome);
    }
    out += &row("total", &total);
    let is_whole = |o: &Outcome| o.unlisted.is_empty() && o.checks.iter().all(|c| c.passed);
    let whole = found.iter().filter(|(_, outcome)| is_whole(outcome)).count();
    out += &format!(
        "\n{whole} of {} pass whole: nothing missed, nothing wrong, nothing unlisted\n",
        found.len()
    );
    out += "\nother checks\n";
    for area in Area::ALL {
        let (met, of) = total.tally(area);
        out += &format!("{:>14} {met:4} of {of:4}\n", area.name());
    }
    out
}

fn row(name: &str, outcome: &Outcome) -> String {
    let (found, due) = outcome.tally(Area::MustFind);
    let (clean, forbidden) = outcome.tally(Area::MustNotFind);
    let others = Area::ALL.iter().filter(|a| !matches!(a, Area::MustFind | Area::MustNotFind));
    let (met, of) = others.map(|a| outcome.tally(*a)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
    let (missed, wrong, unlisted) = (due - found, forbidden - clean, outcome.unlisted.len());
    let others = format!("{met}/{of}");
    format!("{name:<24} {found:>7} {missed:>7} {wrong:>7} {unlisted:>9} {others:>13}\n")
}

/// The expectations of one case: those that were not met, or all of them.
fn details(name: &str, outcome: &Outcome, all: bool) -> String {
    let mut out = format!("{name}\n");
    for check in outcome.checks.iter().filter(|c| all || !c.passed) {
        let mark = match (check.passed, check.area) {
            (true, _) => "ok",
            (false, Area::MustFind) => "MISSED",
            (false, Area::MustNotFind) => "WRONG",
            (false, _) => "FAILED",
        };
        out += &format!("  {mark:<6} {:<13} {}\n", check.area.name(), check.label);
        if !check.passed && !check.instead.is_empty() {
            out += &format!("         {:<13} got: {}\n", "", check.instead);
        }
    }
    for message in &outcome.unlisted {
        out += &format!("  unlisted             {message}\n");
    }
    out + "\n"
}
