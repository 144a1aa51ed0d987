//! Any bytes on standard input: JSON, JSONL, compressed, or none of them.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let mut stdin = data;
    let ingested = variorum::ingest::read_with(&["-"], &mut stdin, 1, &|_, _| {});
    for problem in &ingested.problems {
        assert!(!problem.to_string().is_empty(), "a problem without words");
    }
    for page in &ingested.pages {
        variorum_fuzz::check_page(page);
    }
});
