//! Which documents share text.
