//! The facade that library users see: read pages, run the stages, write and verify reports.
pub mod gold;
pub mod ingest;
pub mod report;
pub mod run;
