//! `variorum-dev`: tidy, evaluation, training, generated docs. Never published.

fn main() {}
