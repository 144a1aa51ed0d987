//! The code map in ARCHITECTURE.md against the crates and modules on disk.

use std::path::Path;

use super::File;

/// The crates in data order, as the map has to give them.
const CRATES: &[&str] = &["schema", "annotate", "collate", "engine", "cli", "dev"];

pub(super) fn faults(root: &Path, files: &[File]) -> Vec<String> {
    let Some(map) = files.iter().find(|f| f.path == "ARCHITECTURE.md") else {
        return vec!["ARCHITECTURE.md is missing".to_owned()];
    };
    let mut out = Vec::new();
    let mapped: Vec<(String, Vec<String>)> = sections(&map.text);
    let names: Vec<&str> = mapped.iter().map(|(name, _)| name.as_str()).collect();
    if names != CRATES {
        out.push(format!("ARCHITECTURE.md: the map has the crates {names:?}, not {CRATES:?}"));
    }
    for name in std::fs::read_dir(root.join("crates")).into_iter().flatten().flatten() {
        let name = name.file_name().to_string_lossy().into_owned();
        if !CRATES.contains(&name.as_str()) {
            out.push(format!("crates/{name}: not in the map"));
        }
    }
    for (name, listed) in mapped {
        let entry = ["lib.rs", "main.rs"].iter().map(|f| format!("crates/{name}/src/{f}"));
        let found = entry.filter_map(|path| files.iter().find(|f| f.path == path)).next();
        let modules = found.map(|f| modules(&f.text)).unwrap_or_default();
        if modules != listed {
            out.push(format!(
                "ARCHITECTURE.md: crates/{name} has the modules {modules:?}, the map {listed:?}"
            ));
        }
    }
    out
}

/// `### crates/NAME` headings with the modules listed under them ("- `module`: …").
fn sections(map: &str) -> Vec<(String, Vec<String>)> {
    let mut out: Vec<(String, Vec<String>)> = Vec::new();
    let mut is_open = false;
    for line in map.lines() {
        if line.starts_with('#') {
            let name = line.strip_prefix("### `crates/").and_then(|rest| rest.split('`').next());
            is_open = name.is_some();
            out.extend(name.map(|name| (name.to_owned(), Vec::new())));
        } else if let (true, Some(rest), Some(last)) = (is_open, line.strip_prefix("- `"), out.last_mut()) {
            last.1.extend(rest.split('`').next().map(str::to_owned));
        }
    }
    out
}

/// The modules that a crate declares, in order, those for tests left out.
fn modules(text: &str) -> Vec<String> {
    let mut out = Vec::new();
    let mut before = "";
    for line in text.lines() {
        let rest = line.strip_prefix("pub ").unwrap_or(line);
        if let Some(name) = rest.strip_prefix("mod ").and_then(|r| r.strip_suffix(';'))
            && before != "#[cfg(test)]"
        {
            out.push(name.trim_start_matches("r#").to_owned());
        }
        before = line;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{modules, sections};

    #[test]
    fn the_map_is_read_by_headings_and_lists() {
        let map = "# A\n### `crates/b`: x\nprose\n- `c`: d\n- `e`: f\n## G\n- `h`: not a module\n";
        assert_eq!(sections(map), [("b".to_owned(), vec!["c".to_owned(), "e".to_owned()])]);
    }

    #[test]
    fn modules_are_read_in_order() {
        let text = "pub mod b;\nmod a;\nmod r#gen;\n#[cfg(test)]\nmod tests;\nmod inline {\n}\n";
        assert_eq!(modules(text), ["b", "a", "gen"]);
    }
}
