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

use variorum_schema::{Media, Page};

pub(crate) use json::reason as json_reason;
pub use problem::Problem;

use discover::Input;
use sniff::Kind;

/// Longest page that is read, in bytes after decompression (64 MiB). A page above it is refused, not cut: half an
/// article would be reported as leaving things out.
pub const MAX_PAGE_BYTES: u64 = 64 << 20;

/// What was read.
#[derive(Clone, Debug, Default)]
pub struct Ingested {
    /// The pages, in order of their files' names, then of their lines.
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
    read_with(paths, &mut std::io::stdin(), &|_, _| {})
}

/// As [`read`], with `-` standing for `stdin`, and `progress(files read, files to read)` called after each file.
#[must_use]
pub fn read_with(
    paths: &[impl AsRef<Path>],
    stdin: &mut dyn Read,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Ingested {
    let mut out = Ingested::default();
    let inputs = discover::inputs(paths, &mut out.problems);
    let n_inputs = inputs.len();
    for (idx, input) in inputs.into_iter().enumerate() {
        read_input(&input, stdin, &mut out);
        progress(idx + 1, n_inputs);
    }
    out
}

fn read_input(input: &Input, stdin: &mut dyn Read, out: &mut Ingested) {
    let result = match &input.path {
        None => read_stream(input, stdin, out),
        Some(path) if sidecar::is_sidecar(path) => Ok(()),
        Some(path) => match File::open(path) {
            Ok(file) => read_stream(input, &mut { file }, out),
            Err(error) => Err(Problem::io(&input.name, &error)),
        },
    };
    if let Err(problem) = result {
        out.problems.push(problem);
    }
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
        "html" | "htm" | "xhtml" | "shtml" | "mhtml" => Media::Html,
        "txt" | "text" | "md" | "markdown" => Media::Text,
        _ => Media::Unknown,
    }
}
