//! Paths as given → the files to read, each once, in order of their names.

use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use walkdir::{DirEntry, WalkDir};

use super::Problem;

/// One stream to read.
pub(super) struct Input {
    /// Its name in the report: the path as given, `/` between the parts.
    pub(super) name: String,
    /// Where it lies; `None` for standard input.
    pub(super) path: Option<PathBuf>,
}

/// The files under `paths`, sorted by name; of two ways to one file the first name counts.
pub(super) fn inputs(paths: &[impl AsRef<Path>], problems: &mut Vec<Problem>) -> Vec<Input> {
    let mut found = Vec::new();
    for path in paths {
        given(path.as_ref(), &mut found, problems);
    }
    found.sort_by(|a, b| a.name.cmp(&b.name));
    found.dedup_by(|a, b| a.name == b.name);
    let mut seen = BTreeSet::new();
    found.retain(|input| {
        let canonical = input.path.as_ref().map(|p| p.canonicalize().unwrap_or_else(|_| p.clone()));
        seen.insert(canonical)
    });
    problems.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
    problems.dedup();
    found
}

fn given(path: &Path, found: &mut Vec<Input>, problems: &mut Vec<Problem>) {
    let name = name_of(path.as_os_str());
    if name == "-" {
        found.push(Input { name, path: None });
    } else if path.is_dir() {
        folder(path, &name, found, problems);
    } else if let Err(error) = path.metadata() {
        problems.push(unreachable(path, &name, &error));
    } else {
        found.push(Input { name, path: Some(path.to_path_buf()) });
    }
}

fn folder(root: &Path, root_name: &str, found: &mut Vec<Input>, problems: &mut Vec<Problem>) {
    let (n_found, n_problems) = (found.len(), problems.len());
    let walk = WalkDir::new(root).follow_links(true).sort_by_file_name();
    for entry in walk.into_iter().filter_entry(|e| e.depth() == 0 || !is_hidden(e)) {
        match entry {
            Ok(entry) if entry.file_type().is_dir() => {}
            Ok(entry) if entry.file_type().is_file() => {
                let name = member_name(root, root_name, entry.path());
                found.push(Input { name, path: Some(entry.into_path()) });
            }
            Ok(entry) => problems.push(Problem::special(&member_name(root, root_name, entry.path()))),
            Err(error) => problems.extend(walk_problem(root, root_name, &error)),
        }
    }
    if (n_found, n_problems) == (found.len(), problems.len()) {
        problems.push(Problem::no_files(root_name));
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.file_name().as_encoded_bytes().starts_with(b".")
}

/// The problem behind an entry that could not be visited; none for hidden entries, which nobody asked for.
fn walk_problem(root: &Path, root_name: &str, error: &walkdir::Error) -> Option<Problem> {
    let path = error.path().unwrap_or(root);
    if path != root && path.file_name().is_some_and(|n| n.as_encoded_bytes().starts_with(b".")) {
        return None;
    }
    let name = member_name(root, root_name, path);
    if let Some(ancestor) = error.loop_ancestor() {
        return Some(Problem::circular(&name, &member_name(root, root_name, ancestor)));
    }
    let io = std::io::Error::from(error.io_error().map_or(std::io::ErrorKind::Other, std::io::Error::kind));
    Some(unreachable(path, &name, &io))
}

fn unreachable(path: &Path, name: &str, error: &std::io::Error) -> Problem {
    match path.read_link() {
        Ok(target) if error.kind() == std::io::ErrorKind::NotFound => {
            Problem::dangling(name, &name_of(target.as_os_str()))
        }
        _ => Problem::io(name, error),
    }
}

fn member_name(root: &Path, root_name: &str, path: &Path) -> String {
    let mut name = root_name.trim_end_matches('/').to_owned();
    for part in path.strip_prefix(root).unwrap_or(path).components() {
        name.push('/');
        name.push_str(&name_of(part.as_os_str()));
    }
    if name.is_empty() { root_name.to_owned() } else { name }
}

/// A name as text: bytes that are not UTF-8 are written `\xNN`, so that two names never become one.
pub(super) fn name_of(name: &OsStr) -> String {
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        for byte in chunk.invalid() {
            out.push_str(&format!("\\x{byte:02x}"));
        }
    }
    out
}
