//! An extractive brief with a citation on every sentence.
