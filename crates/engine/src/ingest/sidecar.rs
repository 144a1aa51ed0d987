//! Sidecars: `page.html.meta.json`, `page.meta.json` or `page.json` beside `page.html` tells its address, outlet, title,
//! dates.

use std::ffi::OsString;
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value};
use variorum_schema::Page;

use super::discover::name_of;
use super::{Problem, json};

/// Longest sidecar that is read (1 MiB).
const MAX_BYTES: u64 = 1 << 20;
const PACKED: &[&str] = &["gz", "zst"];
const PAGES: &[&str] = &["html", "htm", "xhtml", "txt", "text"];

/// Adds to `page`, read from `path`, what a sidecar says about it.
pub(super) fn apply(path: &Path, page: &mut Page, problems: &mut Vec<Problem>) {
    let Some(sidecar) = candidates(path).into_iter().find(|p| p.is_file()) else { return };
    let file_name = sidecar.file_name().map(name_of).unwrap_or_default();
    let name = match page.name.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{file_name}"),
        None => file_name,
    };
    match read(&sidecar, &name) {
        Ok(object) if sidecar_suffix(&sidecar) || !json::has_body(&object) => {
            let faults = json::describe(&object, page);
            problems.extend(faults.into_iter().map(|(message, hint)| Problem::new(&name, message, hint)));
        }
        // A page of its own that happens to share the name: read as such when it is given.
        Ok(_) => {}
        Err(problem) => problems.push(problem),
    }
}

/// Whether `path` is a sidecar by its name, of a page that is there: then it is read with that page.
pub(super) fn is_sidecar(path: &Path) -> bool {
    sidecar_suffix(path) && describes_a_sibling(path)
}

/// Whether `path` (a JSON object without an article) describes a page beside it.
pub(super) fn describes_a_sibling(path: &Path) -> bool {
    let Some(name) = path.file_name() else { return false };
    let name = name.to_string_lossy();
    let Some(stem) = name.strip_suffix(".meta.json").or_else(|| name.strip_suffix(".json")) else {
        return false;
    };
    let mut stems = vec![stem.to_owned()];
    stems.extend(PAGES.iter().map(|extension| format!("{stem}.{extension}")));
    let packed = |s: &String| PACKED.iter().map(move |p| format!("{s}.{p}")).collect::<Vec<_>>();
    let packed: Vec<String> = stems.iter().flat_map(packed).collect();
    stems.iter().chain(&packed).any(|sibling| *sibling != *name && path.with_file_name(sibling).is_file())
}

fn sidecar_suffix(path: &Path) -> bool {
    path.as_os_str().as_encoded_bytes().ends_with(b".meta.json")
}

/// Where a sidecar of `path` may lie, the most specific first.
fn candidates(path: &Path) -> Vec<PathBuf> {
    let mut stems = vec![path.to_path_buf()];
    let mut stem = path.to_path_buf();
    for extensions in [PACKED, PAGES] {
        if stem.extension().is_some_and(|e| extensions.iter().any(|x| e.eq_ignore_ascii_case(x))) {
            stem.set_extension("");
            stems.push(stem.clone());
        }
    }
    let with = |stem: &PathBuf, suffix: &str| {
        let mut name: OsString = stem.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    };
    let metas = stems.iter().map(|stem| with(stem, ".meta.json"));
    metas.chain(stems.iter().map(|stem| with(stem, ".json"))).collect()
}

fn read(path: &Path, name: &str) -> Result<Map<String, Value>, Problem> {
    let mut bytes = Vec::new();
    let file = File::open(path).map_err(|e| Problem::io(name, &e))?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes).map_err(|e| Problem::io(name, &e))?;
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
    let hint = "a sidecar holds one object, with `url`, `outlet`, `title`, `published`, `fetched`; its page was read without it";
    match serde_json::from_slice(bytes) {
        Ok(object) => Ok(object),
        Err(error) => Err(Problem::new(name, format!("broken sidecar: {}", json::reason(&error)), hint)
            .at(error.line() as u64, Some(error.column() as u64))),
    }
}
