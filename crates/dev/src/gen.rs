//! Generated files: the JSON Schema of the report.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Args as ClapArgs;
use variorum_schema::{Report, SCHEMA};

/// `variorum-dev gen [--check] [--root DIR]`.
#[derive(ClapArgs)]
pub(crate) struct Args {
    /// Write nothing; fail when a generated file is missing or stale.
    #[arg(long)]
    check: bool,
    /// Root of the repository.
    #[arg(long, default_value = ".")]
    root: PathBuf,
}

/// Writes or checks every generated file; names each that was written or is stale.
pub(crate) fn run(args: &Args) -> ExitCode {
    let mut is_good = true;
    for (path, wanted) in files() {
        let path = args.root.join(path);
        if std::fs::read_to_string(&path).is_ok_and(|found| found == wanted) {
            continue;
        }
        if args.check {
            eprintln!("{}: stale or missing; run `cargo run -p variorum-dev -- gen`", path.display());
            is_good = false;
        } else if let Err(error) = write(&path, &wanted) {
            eprintln!("{}: {error}", path.display());
            is_good = false;
        } else {
            eprintln!("wrote {}", path.display());
        }
    }
    if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn write(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, text)
}

/// Every generated file with its content.
fn files() -> Vec<(&'static str, String)> {
    vec![("docs/reference/report.schema.json", report_schema())]
}

/// The JSON Schema (draft 2020-12) of `variorum.report/v1`.
fn report_schema() -> String {
    let mut schema = schemars::schema_for!(Report);
    schema.insert("$id".into(), SCHEMA.into());
    let mut text = serde_json::to_string_pretty(&schema).unwrap_or_default();
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    #[test]
    fn generated_files_are_fresh() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        for (path, wanted) in super::files() {
            let found = std::fs::read_to_string(root.join(path)).unwrap_or_default();
            assert!(found == wanted, "{path} is stale: run `cargo run -p variorum-dev -- gen`");
        }
    }
}
