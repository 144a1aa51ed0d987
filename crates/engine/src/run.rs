//! Runs the stages over a pile of pages.
