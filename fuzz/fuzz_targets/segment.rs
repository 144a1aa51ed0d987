//! Any text, annotated from sentences to claims.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| variorum_fuzz::check_text(text));
