//! Report → folder: the report in every form, and the text of every document beside it.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use variorum_schema::{Report, SCHEMA};

use crate::report::{self, Style, Texts};
use crate::{Error, Format, verify};

/// Columns of `report.txt`.
const WIDTH: usize = 100;
/// Folder of the texts, relative to the report.
const TEXTS: &str = "texts";

/// The report in one form. `style` is for [`Format::Text`].
#[must_use]
pub fn render(report: &Report, texts: &Texts, format: Format, style: Style) -> String {
    match format {
        Format::Text => report::text(report, texts, style),
        Format::Json => report::json(report),
        Format::Markdown => report::markdown(report, texts),
        Format::Html => report::html(report, texts),
    }
}

/// Writes `report.json`, `report.md`, `report.html`, `report.txt` and `texts/<id>.txt` into the folder `dir`, which is
/// made if it is not there. Returns the paths written.
///
/// Each file appears whole or not at all (it is written under another name and then renamed), `report.json` last. A
/// report that stood there before is replaced with its texts; files that are not ours are never touched, and if one has
/// a name that we need, nothing is written.
///
/// # Errors
/// When the folder holds a file of ours by name but not by content, or cannot be written to.
pub fn folder(dir: &Path, report: &Report, texts: &Texts) -> Result<Vec<PathBuf>, Error> {
    let mut report = report.clone();
    for document in &mut report.documents {
        document.text_file = Some(format!("{TEXTS}/{}.txt", document.id));
    }
    let style = Style { color: false, width: WIDTH };
    let forms = [
        ("report.txt", Format::Text),
        ("report.md", Format::Markdown),
        ("report.html", Format::Html),
        ("report.json", Format::Json),
    ];
    let old = ours(dir, &forms.each_ref().map(|(name, _)| *name))?;
    fs::create_dir_all(dir.join(TEXTS)).map_err(|e| Error::io(dir, "write to", &e))?;
    let mut written = Vec::new();
    for (id, text) in texts {
        written.push(replace(&dir.join(TEXTS).join(format!("{id}.txt")), text)?);
    }
    // made side by side, written one after the other: report.json must be the last
    let made: Vec<String> =
        forms.par_iter().map(|(_, format)| render(&report, texts, *format, style)).collect();
    for ((name, _), content) in forms.iter().zip(&made) {
        written.push(replace(&dir.join(name), content)?);
    }
    remove_stale(dir, old.as_ref(), &report);
    Ok(written)
}

/// The report that stands in `dir`, if one does. A folder with no such report must not hold files of its names.
fn ours(dir: &Path, names: &[&str]) -> Result<Option<Report>, Error> {
    let path = dir.join("report.json");
    if path.symlink_metadata().is_ok() {
        return match verify::load(&path) {
            Ok(report) => Ok(Some(report)),
            Err(_) => Err(foreign(&path)),
        };
    }
    match names.iter().map(|name| dir.join(name)).find(|path| path.symlink_metadata().is_ok()) {
        Some(path) => Err(foreign(&path)),
        None => Ok(None),
    }
}

fn foreign(path: &Path) -> Error {
    let message = format!("the file exists and was not written by variorum as part of a `{SCHEMA}` report");
    Error::new(path, message, "choose another folder, or move the file away")
}

/// Writes a file beside `path`, then renames it.
fn replace(path: &Path, content: &str) -> Result<PathBuf, Error> {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let write = || -> io::Result<()> {
        let mut file = fs::File::create(&part)?;
        file.write_all(content.as_bytes())?;
        fs::rename(&part, path)
    };
    write().map_err(|error| {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
        Error::io(path, "write", &error)
    })?;
    Ok(path.to_path_buf())
}

/// Removes the texts of the report that stood there before, unless somebody has changed them.
fn remove_stale(dir: &Path, old: Option<&Report>, new: &Report) {
    let is_kept = |id: &str| new.documents.iter().any(|d| d.id == id);
    for document in old.into_iter().flat_map(|report| &report.documents) {
        let path = dir.join(TEXTS).join(format!("{}.txt", document.id));
        let is_id = document.id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        if is_id && !is_kept(&document.id) {
            let is_unchanged =
                fs::read_to_string(&path).is_ok_and(|t| crate::run::sha256(&t) == document.text_sha256);
            if is_unchanged {
                // A text that stays behind does no harm.
                let _ = fs::remove_file(&path);
            }
        }
    }
}
