//! What is reported.
