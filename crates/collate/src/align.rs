//! Which sentences, claims, quotations and quantities state the same.
