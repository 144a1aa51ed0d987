//! Reads pages from files, folders, JSONL and standard input.
//!
//! Nothing here fails as a whole: what cannot be read becomes a [`Problem`] that names the file, the reason and what to
//! do next; the rest is read.

mod discover;
mod json;
mod problem;
mod sidecar;
mod sniff;
mod unpack;

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use variorum_schema::{Media, Page};

pub(crate) use json::reason as json_reason;
pub use problem::Problem;

use discover::Input;
use sniff::Kind;

/// Longest page that is read, in bytes after decompression (64 MiB). A page above it is refused, not cut: half an
/// article would be reported as leaving things out.
pub const MAX_PAGE_BYTES: u64 = 64 << 20;

/// A thread is worth its start from so many files on.
const FILES_PER_THREAD: usize = 16;

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The pages: standard input first, then in order of their files' names, then of their lines.
    pub pages: Vec<Page>,
    /// What could not be read, in the same order.
    pub problems: Vec<Problem>,
}

/// Reads every page under `paths`: files, folders (recursively, hidden entries skipped) and `-` for standard input.
///
/// A file may hold HTML, plain text, JSONL (one page a line) or JSON (an array of pages, or one), each also compressed
/// with gzip or Zstandard; what it is, is decided by its bytes before its name. A page is named by its path as given,
/// joined with `/` for members of a folder, with `#N` for the page on line N. A file that is reached twice is read
/// once.
///
/// ```
/// let ingested = variorum::ingest::read(&["no/such/file.html"]);
/// assert!(ingested.pages.is_empty());
/// assert_eq!(
///     ingested.problems[0].to_string(),
///     "no/such/file.html: no such file or folder\nhint: paths are taken relative to the current folder",
/// );
/// ```
#[must_use]
pub fn read(paths: &[impl AsRef<Path>]) -> Ingested {
    read_with(paths, &mut std::io::stdin(), 0, &|_, _| {})
}

/// As [`read`], with `-` standing for `stdin`, on at most `n_threads` (0: one for each core), and
/// `progress(files read, files to read)` called from any thread after each file.
#[must_use]
pub fn read_with(
    paths: &[impl AsRef<Path>],
    stdin: &mut dyn Read,
    n_threads: usize,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Ingested {
    let mut out = Ingested::default();
    let inputs = discover::inputs(paths, &mut out.problems);
    let (n_read, n_inputs) = (AtomicUsize::new(0), inputs.len());
    let is_done = || progress(n_read.fetch_add(1, Ordering::Relaxed) + 1, n_inputs);
    let read = |input: &Input| {
        let mut part = Ingested::default();
        if let Some(path) = &input.path {
            read_file(input, path, &mut part);
            is_done();
        }
        part
    };
    // Standard input cannot be shared between threads. It sorts before every other name but a few.
    for input in inputs.iter().filter(|input| input.path.is_none()) {
        let result = read_stream(input, stdin, &mut out);
        out.problems.extend(result.err());
        is_done();
    }
    let parts: Vec<Ingested> = match n_inputs / FILES_PER_THREAD {
        0 | 1 => inputs.iter().map(read).collect(),
        n => crate::run::in_pool(n_threads, n, || inputs.par_iter().map(read).collect()),
    };
    for part in parts {
        out.pages.extend(part.pages);
        out.problems.extend(part.problems);
    }
    out
}

fn read_file(input: &Input, path: &Path, out: &mut Ingested) {
    let result = match File::open(path) {
        _ if sidecar::is_sidecar(path) => Ok(()),
        Ok(file) => read_stream(input, &mut { file }, out),
        Err(error) => Err(Problem::io(&input.name, &error)),
    };
    out.problems.extend(result.err());
}

/// Unpacks one stream, decides what it is and reads its pages.
fn read_stream(input: &Input, raw: &mut dyn Read, out: &mut Ingested) -> Result<(), Problem> {
    let name = &input.name;
    let mut stream = unpack::open(name, raw)?;
    let head = stream.head(name)?;
    match sniff::kind(name, &head) {
        Kind::Refused(problem) => Err(problem),
        Kind::Lines => {
            json::lines(name, &mut stream, out);
            Ok(())
        }
        Kind::Json => json::values(input, &head, stream, out),
        Kind::Page(media, encoding) => {
            let bytes = stream.read_page(name)?;
            if bytes.iter().all(u8::is_ascii_whitespace) {
                return Err(Problem::blank(name));
            }
            let mut page = Page { media, encoding, ..Page::new(name.clone(), bytes) };
            if let Some(path) = &input.path {
                sidecar::apply(path, &mut page, &mut out.problems);
            }
            out.pages.push(page);
            Ok(())
        }
    }
}

/// Whether a page of this media was asked for by its name; the bytes have the last word.
fn media_of_name(name: &str) -> Media {
    match sniff::extension(name).as_str() {
        "html" | "htm" | "xhtml" | "shtml" => Media::Html,
        "txt" | "text" | "md" | "markdown" => Media::Text,
        _ => Media::Unknown,
    }
}
