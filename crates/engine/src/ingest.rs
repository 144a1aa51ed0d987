//! Reads pages from files, folders, archives, JSONL and standard input.
