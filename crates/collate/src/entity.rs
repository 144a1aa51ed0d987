//! The same person, organisation or place across documents.
