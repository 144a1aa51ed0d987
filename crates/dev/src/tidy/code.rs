//! Rust files: opening comment, length of functions, purity, leftovers.

use super::File;

/// Lines that no function may exceed.
const MAX_FUNCTION_LINES: usize = 80;
/// Files whose functions are one literal each, with no path through them: a whole report for tests.
const LITERAL: &[&str] = &["crates/engine/src/report/sample.rs"];
/// Lines that nine functions of ten may not exceed.
const MAX_P90_LINES: usize = 30;
/// Lines of the crate of nouns, comments and empty lines left out.
const MAX_SCHEMA_LINES: usize = 1_500;
/// Dependencies of the crate of nouns.
const MAX_SCHEMA_DEPENDENCIES: usize = 3;
/// Crates that touch nothing of the world.
const PURE: &[&str] = &["crates/schema/src/", "crates/annotate/src/", "crates/collate/src/"];
/// What touches the world, or prints.
const WORLD: &[&str] = &["std::fs", "std::net", "std::env::", "::now(", "println!", "print!(", "dbg!("];
/// What nobody leaves behind, spelt apart so that this file has none.
const LEFT_BEHIND: &[&str] =
    &[concat!("TO", "DO"), concat!("FIX", "ME"), concat!("todo", "!("), concat!("unimplemented", "!(")];

pub(super) fn faults(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is(".rs")) {
        if !file.text.starts_with("//!") {
            out.push(format!("{}: opens without `//!`", file.path));
        }
        out.extend(lines(file));
        for (name, length) in
            functions(&file.text).into_iter().filter(|(_, n)| *n > MAX_FUNCTION_LINES && !is_literal(file))
        {
            out.push(format!("{}: `{name}` has {length} lines, more than {MAX_FUNCTION_LINES}", file.path));
        }
    }
    let (p90, ..) = lengths(files);
    if p90 > MAX_P90_LINES {
        out.push(format!("one function in ten has more than {MAX_P90_LINES} lines: {p90}"));
    }
    out.extend(schema(files));
    out
}

fn is_literal(file: &File) -> bool {
    LITERAL.contains(&file.path.as_str())
}

fn lines(file: &File) -> Vec<String> {
    let is_pure = PURE.iter().any(|folder| file.path.starts_with(folder));
    let is_test = file.path.contains("/tests") || file.path.ends_with("tests.rs");
    let mut out = Vec::new();
    for (n, line) in product(&file.text).lines().enumerate() {
        let said = |what: &str| format!("{}:{}: {what}", file.path, n + 1);
        if let Some(word) = LEFT_BEHIND.iter().find(|w| line.contains(**w)) {
            out.push(said(&format!("`{word}` is left behind")));
        }
        let code = line.split("//").next().unwrap_or_default();
        if !is_test && code.contains(concat!(".unwrap", "()")) {
            out.push(said("unwrap outside of tests"));
        }
        if let Some(word) = WORLD.iter().find(|w| is_pure && !is_test && code.contains(**w)) {
            out.push(said(&format!("`{word}` in a crate that touches nothing of the world")));
        }
    }
    out
}

/// The part of a file before its tests.
fn product(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod ").next().unwrap_or_default()
}

fn schema(files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    let n_lines: usize = files
        .iter()
        .filter(|f| f.path.starts_with("crates/schema/src/"))
        .map(|f| f.text.lines().filter(|l| !l.trim().is_empty() && !l.trim_start().starts_with("//")).count())
        .sum();
    if n_lines > MAX_SCHEMA_LINES {
        out.push(format!("crates/schema: {n_lines} lines, more than {MAX_SCHEMA_LINES}"));
    }
    if let Some(manifest) = files.iter().find(|f| f.path == "crates/schema/Cargo.toml") {
        let listed = manifest.text.split("[dependencies]\n").nth(1).unwrap_or_default();
        let n = listed.lines().take_while(|l| !l.starts_with('[')).filter(|l| !l.is_empty()).count();
        if n > MAX_SCHEMA_DEPENDENCIES {
            out.push(format!("crates/schema: {n} dependencies, more than {MAX_SCHEMA_DEPENDENCIES}"));
        }
    }
    out
}

/// Lines of functions: those of nine in ten and of 99 in a hundred, and of the longest.
pub(super) fn lengths(files: &[File]) -> (usize, usize, usize) {
    let rust = files.iter().filter(|f| f.is(".rs") && !is_literal(f));
    let mut all: Vec<usize> = rust.flat_map(|f| functions(&f.text)).map(|(_, n)| n).collect();
    all.sort_unstable();
    let at = |share: usize| {
        all.get((all.len() * share / 100).min(all.len().saturating_sub(1))).copied().unwrap_or(0)
    };
    (at(90), at(99), all.last().copied().unwrap_or(0))
}

/// Every function with its name and lines, from `fn` to the bracket that stands under it; this is what rustfmt writes.
fn functions(text: &str) -> Vec<(String, usize)> {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = function_name(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let end = |l: &str| l.len() - l.trim_start().len() == indent && l.trim_start().starts_with('}');
        let length = if line.ends_with('}') || line.ends_with(';') {
            1
        } else {
            lines[at..].iter().position(|l| end(l)).map_or(1, |n| n + 1)
        };
        out.push((name.to_owned(), length));
    }
    out
}

fn function_name(line: &str) -> Option<&str> {
    let mut rest = line.trim_start();
    for word in ["pub(crate) ", "pub(super) ", "pub ", "const ", "async "] {
        rest = rest.strip_prefix(word).unwrap_or(rest);
    }
    rest.strip_prefix("fn ")?.split(['(', '<']).next()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::{faults, functions};

    fn said(path: &str, text: &str) -> String {
        faults(&[file(path, text)]).join("\n")
    }

    #[test]
    fn what_is_out_of_order_is_named() {
        let long = format!("//! A.\nfn long() {{\n{}}}\n", "    let a = 1;\n".repeat(79));
        for (path, text, wanted) in [
            ("crates/cli/src/a.rs", "fn a() {}\n", "opens without"),
            ("crates/cli/src/a.rs", "//! A.\nfn a() { b().unwrap() }\n", "unwrap outside"),
            ("crates/cli/src/a.rs", "//! A.\n// TODO: b\n", "left behind"),
            ("crates/collate/src/a.rs", "//! A.\nuse std::fs;\n", "touches nothing"),
            ("crates/collate/src/a.rs", "//! A.\nfn a() { println!(); }\n", "touches nothing"),
            ("crates/cli/src/a.rs", long.as_str(), "`long` has 81 lines"),
            ("crates/schema/Cargo.toml", "[dependencies]\na = 1\nb = 1\nc = 1\nd = 1\n", "4 dependencies"),
        ] {
            assert!(said(path, text).contains(wanted), "{path}: {}", said(path, text));
        }
    }

    #[test]
    fn what_is_in_order_is_not_named() {
        for (path, text) in [
            ("crates/cli/src/a.rs", "//! A.\nfn a() { println!(); }\n"),
            ("crates/collate/src/a.rs", "//! A: no std::fs.\n// nor std::net\nfn a() {}\n"),
            (
                "crates/collate/src/a.rs",
                "//! A.\n#[cfg(test)]\nmod tests {\n    fn a() { b().unwrap() }\n}\n",
            ),
        ] {
            assert_eq!(said(path, text), "", "{path}");
        }
    }

    #[test]
    fn functions_are_measured() {
        let text = "pub fn a(\n    b: u8,\n) -> u8 {\n    b\n}\nimpl C {\n    fn d() {}\n}\n";
        assert_eq!(functions(text), [("a".to_owned(), 5), ("d".to_owned(), 1)]);
    }
}
