//! The `variorum` command: one file per subcommand, and the only place that prints.

mod extract;
mod annotate;
mod collate;
mod explain;
mod verify;
mod eval;
mod output;
mod progress;

use std::process::ExitCode;

use clap::{Parser, Subcommand, ValueEnum};

use output::Outcome;

/// What the accounts of an event say, according to whom, and where they differ.
///
/// Give variorum every account of a news event. It shows what happened according to whom, how many of the accounts are
/// really independent, and where they differ, each statement pinned to the sentence that makes it. It works offline, uses
/// no generative model, and gives the same answer for the same input.
#[derive(Parser)]
#[command(name = "variorum", version, propagate_version = false, max_term_width = 100)]
#[command(
    after_help = "Exit status: 0 done; 1 some input could not be read, or a report does not hold; 2 misuse."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,

    /// Colours: on a terminal, always, or never.
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    color: Color,
}

#[derive(Subcommand)]
enum Command {
    Collate(collate::Args),
    Verify(verify::Args),
    Explain(explain::Args),
    Extract(extract::Args),
    Annotate(annotate::Args),
    Eval(eval::Args),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    match cli.color {
        Color::Auto => anstream::ColorChoice::Auto,
        Color::Always => anstream::ColorChoice::Always,
        Color::Never => anstream::ColorChoice::Never,
    }
    .write_global();
    let outcome = match cli.command {
        Command::Collate(args) => collate::run(&args),
        Command::Verify(args) => verify::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::Extract(args) => extract::run(&args),
        Command::Annotate(args) => annotate::run(&args),
        Command::Eval(args) => eval::run(&args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Failed) => ExitCode::from(1),
        // Whoever reads our output has seen enough: no failure.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            output::error(format_args!("could not write the output: {error}"));
            ExitCode::from(1)
        }
    }
}
