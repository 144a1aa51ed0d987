//! Word lists, and words that must not be here: sentences of other people, paths of somebody's machine.

use std::collections::BTreeSet;
use std::path::Path;

use super::File;

/// So many words in a row are a quotation of somebody's text.
const QUOTED_WORDS: usize = 9;
/// Folders of the machines on which this was built, spelt apart so that this file names none.
const MACHINE: &[&str] = &[concat!("/wo", "rk/"), concat!("/fa", "rm/"), concat!("/tmp/ba", "sh_jobs")];

/// Words by which a list says where it comes from.
const ORIGINS: &[&str] =
    &["origin", "own work", "general knowledge", "written", "public domain", "iso", "standard"];

pub(super) fn faults(files: &[File], seeds: Option<&Path>) -> Vec<String> {
    let mut out = Vec::new();
    let seeds = seeds.map(quoted).unwrap_or_default();
    for file in files {
        if file.path.starts_with("crates/annotate/data/") && file.is(".txt") {
            out.extend(list(file));
        }
        if let Some(path) = MACHINE.iter().find(|p| names_path(&file.text, p)) {
            out.push(format!("{}: names a path of a machine: `{path}`", file.path));
        }
        if !seeds.is_empty() && runs(&file.text).iter().any(|run| seeds.contains(run)) {
            out.push(format!("{}: has {QUOTED_WORDS} words in a row of somebody's text", file.path));
        }
    }
    out
}

/// Whether `path` stands in `text` as a path from the root, not as the end of another one.
fn names_path(text: &str, path: &str) -> bool {
    let is_inner = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '*' | '}');
    text.match_indices(path).any(|(at, _)| !text[..at].ends_with(is_inner))
}

/// A list says at its head what it holds and where it comes from, and has every entry once.
fn list(file: &File) -> Vec<String> {
    let mut out = Vec::new();
    let head: Vec<&str> = file.text.lines().take_while(|l| l.starts_with('#')).collect();
    if head.is_empty() {
        out.push(format!("{}: opens without a comment that says what it holds", file.path));
    } else if !ORIGINS.iter().any(|word| head.join(" ").to_lowercase().contains(word)) {
        out.push(format!("{}: its opening comment names no origin", file.path));
    }
    let mut seen = BTreeSet::new();
    let entries = file.text.lines().map(str::trim_end).filter(|l| !l.is_empty() && !l.starts_with('#'));
    for entry in entries.filter(|e| !seen.insert(*e)) {
        out.push(format!("{}: `{entry}` is there twice", file.path));
    }
    out
}

/// Runs of words of every file in a folder.
fn quoted(folder: &Path) -> BTreeSet<String> {
    let files = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let texts = files.filter_map(|entry| std::fs::read(entry.path()).ok());
    texts.flat_map(|bytes| runs(&String::from_utf8_lossy(&bytes))).collect()
}

fn runs(text: &str) -> Vec<String> {
    let is_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '\'' | '’');
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split(|c| !is_word(c)).filter(|w| !w.is_empty()).collect();
    words.windows(QUOTED_WORDS).map(|run| run.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::{faults, runs};

    #[test]
    fn lists_say_their_origin_and_have_no_entry_twice() {
        for (text, wanted) in [
            ("# Verbs. Origin: own work.\nsay\nask\n", ""),
            ("say\n", "opens without"),
            ("# Verbs of talking.\nsay\n", "names no origin"),
            ("# Verbs. Origin: own work.\nsay\nsay\n", "`say` is there twice"),
        ] {
            let said = faults(&[file("crates/annotate/data/en/verbs.txt", text)], None).join("\n");
            assert!(
                if wanted.is_empty() { said.is_empty() } else { said.contains(wanted) },
                "{text}: {said}"
            );
        }
    }

    #[test]
    fn paths_of_a_machine_are_named() {
        let path = concat!("/wo", "rk/a");
        for (text, n) in [(path.to_owned(), 1), (format!("see {path}"), 1), (format!("net{path}"), 0)] {
            assert_eq!(faults(&[file("a.md", &text)], None).len(), n, "{text}");
        }
    }

    #[test]
    fn a_run_is_nine_words() {
        assert_eq!(runs("one two three four five six seven eight").len(), 0);
        assert_eq!(
            runs("One, two: three four five six seven eight NINE")[0],
            "one two three four five six seven eight nine"
        );
    }
}
