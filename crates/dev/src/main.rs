//! `variorum-dev`: tidy, evaluation, training, generated docs. Never published.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod train;
mod show;
mod eval;
mod cases;
mod draw;
mod reading;
mod r#gen;
mod tidy;

#[derive(Parser)]
#[command(name = "variorum-dev", about = "What keeps Variorum in order: never published.")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the invented stories: found, missed, wrongly reported.
    Cases(cases::Args),
    /// Draws findings of a report, for an editor to judge.
    Draw(draw::Args),
    /// Writes the generated files under docs/reference.
    Gen(r#gen::Args),
    /// Scores one task on a public corpus.
    Eval(eval::Args),
    /// Collates with and without the trained models: what the reading is worth.
    Reading(reading::Args),
    /// Prints the lines of pages with what each was judged to be.
    Show {
        /// Pages: HTML or bare text.
        paths: Vec<std::path::PathBuf>,
    },
    /// Checks what the house promises about itself.
    Tidy(tidy::Args),
    /// Trains a model that ships.
    Train(train::Args),
}

fn main() -> ExitCode {
    match Cli::parse().command {
        Command::Cases(args) => cases::run(&args),
        Command::Draw(args) => draw::run(&args),
        Command::Gen(args) => r#gen::run(&args),
        Command::Eval(args) => eval::run(&args),
        Command::Reading(args) => finish(reading::reading(&args)),
        Command::Show { paths } => show::run(&paths),
        Command::Tidy(args) => tidy::run(&args),
        Command::Train(args) => finish(train::train(&args)),
    }
}

fn finish(outcome: Result<String, String>) -> ExitCode {
    match outcome {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("variorum-dev: {message}");
            ExitCode::FAILURE
        }
    }
}
