//! `variorum-dev tidy`: what the house promises about itself, as far as a program can check it.

mod code;
mod prose;
mod tree;
mod words;

use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// `variorum-dev tidy [--root DIR]`.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// Root of the repository.
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

/// A tracked text file.
struct File {
    /// Path from the root, with `/`.
    path: String,
    text: String,
}

impl File {
    fn is(&self, ending: &str) -> bool {
        self.path.ends_with(ending)
    }
}

/// Prints what is out of order, and how long functions are.
pub(crate) fn run(args: &Args) -> ExitCode {
    let files = match tracked(&args.root) {
        Ok(files) => files,
        Err(message) => {
            eprintln!("variorum-dev: {message}");
            return ExitCode::FAILURE;
        }
    };
    let seeds = super::eval::shared().map(|shared| shared.join("seeds"));
    let faults = faults(&args.root, &files, seeds.as_deref());
    for fault in &faults {
        println!("{fault}");
    }
    let (p90, p99, longest) = code::lengths(&files);
    println!("functions: 90 % have at most {p90} lines, 99 % at most {p99}, the longest {longest}");
    println!("tidy: {} files, {} faults", files.len(), faults.len());
    if faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn faults(root: &Path, files: &[File], seeds: Option<&Path>) -> Vec<String> {
    let mut out = code::faults(files);
    out.extend(tree::faults(root, files));
    out.extend(prose::faults(root, files));
    out.extend(words::faults(files, seeds));
    out
}

/// The text files that git tracks under `root`.
fn tracked(root: &Path) -> Result<Vec<File>, String> {
    let listed = Command::new("git").arg("-C").arg(root).args(["ls-files", "-z"]).output();
    let listed = listed.map_err(|e| format!("git ls-files: {e}"))?;
    if !listed.status.success() {
        return Err(format!("git ls-files: {}", String::from_utf8_lossy(&listed.stderr).trim()));
    }
    let names = String::from_utf8_lossy(&listed.stdout).into_owned();
    let text =
        |path: &str| std::fs::read(root.join(path)).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    let file = |path: &str| Some(File { path: path.to_owned(), text: text(path)? });
    Ok(names.split('\0').filter(|path| !path.is_empty()).filter_map(file).collect())
}

#[cfg(test)]
fn file(path: &str, text: &str) -> File {
    File { path: path.to_owned(), text: text.to_owned() }
}
