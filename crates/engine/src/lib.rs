//! The facade that library users see: read pages, run the stages, write, explain and verify reports.
//!
//! ```no_run
//! let ingested = variorum::ingest::read(&["pile/"]);
//! for problem in &ingested.problems {
//!     eprintln!("{problem}");
//! }
//! let (report, _texts) = variorum::collate(ingested.pages, &variorum::Options::default(), &|_| {});
//! for story in &report.stories {
//!     println!("{}: {} independent origins", story.title, story.origins.len());
//! }
//! ```

pub mod options;
pub mod error;
pub mod ingest;
pub mod run;
pub mod report;
pub mod write;
pub mod verify;
pub mod explain;
pub mod gold;
pub mod terminal;

pub use error::Error;
pub use options::{Format, Options};
pub use report::Texts;
pub use run::{Progress, Stage, account, collate, collate_with, extract};
pub use variorum_annotate::annotator::Annotator;
pub use variorum_schema::{DocumentId, Page, Report};

/// Version of the program, as reports record it.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");
