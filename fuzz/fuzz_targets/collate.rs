//! Piles of two to six pages that take from one another, compared and reported: see `variorum_fuzz::pile`.
#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| variorum_fuzz::pile::check(data));
