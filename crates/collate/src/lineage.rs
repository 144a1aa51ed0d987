//! Who took it from whom; which documents are one origin.
