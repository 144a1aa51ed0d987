//! [`Error`]: what stops a command as a whole. A page that cannot be read does not: see [`crate::ingest::Problem`].

use std::fmt;
use std::io;
use std::path::Path;

use crate::ingest::Problem;

/// What stops a command as a whole: a report that cannot be read or written. Prints as `path: message`, then a line
/// `hint: …`.
///
/// One opaque type: nobody has yet needed to tell its causes apart, and an enum would promise that they can.
#[derive(Debug)]
pub struct Error(Problem);

impl Error {
    pub(crate) fn new(path: &Path, message: impl Into<String>, hint: impl Into<String>) -> Error {
        Error(Problem::new(&path.to_string_lossy(), message, hint))
    }

    pub(crate) fn at(self, line: u64, column: u64) -> Error {
        Error(self.0.at(line, Some(column)))
    }

    /// The file system said no while we were doing `action` ("write").
    pub(crate) fn io(path: &Path, action: &str, error: &io::Error) -> Error {
        let (reason, hint) = match error.kind() {
            io::ErrorKind::NotFound => ("no such file or folder".to_owned(), "check the path"),
            io::ErrorKind::PermissionDenied => {
                ("permission denied".to_owned(), "choose a place that you may write to and read from")
            }
            io::ErrorKind::StorageFull => {
                ("the disk is full".to_owned(), "make room, or choose another place")
            }
            _ => (error.to_string().to_lowercase(), "choose another place, or try again"),
        };
        Error::new(path, format!("could not {action} it: {reason}"), hint)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Error {}
