//! [`Problem`]: something that could not be read, with its place, the reason and what to do next.

use std::fmt;
use std::io;

use crate::terminal::visible;

/// Something that could not be read. Prints as `path:line:column: message`, then a line `hint: …`; characters that a
/// terminal would obey are escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The path as given, or `-`.
    pub path: String,
    /// Line (1-based), where the file has lines that count.
    pub line: Option<u64>,
    /// Column (1-based, in bytes) on that line.
    pub column: Option<u64>,
    /// What was read and what was expected; lower case, no final period.
    pub message: String,
    /// What to do next; may be empty.
    pub hint: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&visible(&self.path))?;
        for place in [self.line, self.column].into_iter().flatten() {
            write!(f, ":{place}")?;
        }
        write!(f, ": {}", visible(&self.message))?;
        if !self.hint.is_empty() {
            write!(f, "\nhint: {}", visible(&self.hint))?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

impl Problem {
    /// A problem with a whole file.
    #[must_use]
    pub fn new(path: &str, message: impl Into<String>, hint: impl Into<String>) -> Problem {
        Problem { path: path.into(), line: None, column: None, message: message.into(), hint: hint.into() }
    }

    /// The same problem, on a line.
    #[must_use]
    pub(crate) fn at(self, line: u64, column: Option<u64>) -> Problem {
        Problem { line: Some(line), column: column.filter(|c| *c > 0), ..self }
    }

    /// The file system said no.
    pub(crate) fn io(path: &str, error: &io::Error) -> Problem {
        let (message, hint) = match error.kind() {
            io::ErrorKind::NotFound => {
                ("no such file or folder".into(), "paths are taken relative to the current folder")
            }
            io::ErrorKind::PermissionDenied => {
                ("could not open it: permission denied".into(), "make it readable, or leave it out")
            }
            _ => (format!("could not read it: {}", reason(error)), "try again, or copy it elsewhere first"),
        };
        Problem::new(path, message, hint)
    }

    pub(crate) fn dangling(path: &str, target: &str) -> Problem {
        Problem::new(
            path,
            format!("a link to `{target}`, which does not exist"),
            "mend the link, or remove it",
        )
    }

    pub(crate) fn circular(path: &str, ancestor: &str) -> Problem {
        Problem::new(
            path,
            format!("a link back to the folder `{ancestor}` that it lies in"),
            "remove the link; the folder itself was read",
        )
    }

    pub(crate) fn no_files(path: &str) -> Problem {
        Problem::new(
            path,
            "the folder holds no file to read",
            "files and folders whose names begin with `.` are skipped",
        )
    }

    pub(crate) fn special(path: &str) -> Problem {
        Problem::new(
            path,
            "expected a regular file, found a pipe, socket or device",
            "to read a pipe, name it on the command line",
        )
    }

    pub(crate) fn empty(path: &str) -> Problem {
        Problem::new(path, "the file is empty", "expected HTML, plain text, JSON or JSONL")
    }

    pub(crate) fn blank(path: &str) -> Problem {
        Problem::new(
            path,
            "the file holds nothing but white space",
            "expected HTML, plain text, JSON or JSONL",
        )
    }

    pub(crate) fn not_a_page(path: &str, found: &str, hint: &str) -> Problem {
        Problem::new(path, format!("expected HTML, plain text, JSON or JSONL, found {found}"), hint)
    }

    pub(crate) fn too_large(path: &str) -> Problem {
        Problem::new(
            path,
            format!("the page is longer than {} MiB of text", super::MAX_PAGE_BYTES >> 20),
            "if it holds many pages, give them as JSONL, one page a line",
        )
    }

    /// Compressed data that ends early or does not unpack.
    pub(crate) fn unpacking(path: &str, codec: &str, error: &io::Error) -> Problem {
        let message = if error.kind() == io::ErrorKind::UnexpectedEof {
            format!("the {codec} data ends early")
        } else {
            format!("broken {codec} data: {}", reason(error))
        };
        Problem::new(path, message, "fetch or copy the file again; a page cut short is not used")
    }
}

/// The message of an I/O error in our style: first letter lower case, no number of the operating system.
fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    let text = text.split(" (os error").next().unwrap_or("").trim_end_matches('.');
    let mut chars = text.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}
