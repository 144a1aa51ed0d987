//! What happened when, according to whom.
