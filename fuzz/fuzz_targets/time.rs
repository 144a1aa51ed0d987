//! Times and numbers in every disorder.
#![no_main]

use libfuzzer_sys::fuzz_target;

const PARTS: &[&str] = &[
    " ", " ", " ", "\n", ".", ",", "-", "–", "/", ":", "0", "1", "2", "9", "29", "30", "31", "2024", "1900", "9999", "0000",
    "99999999999999999999", "first", "second", "21st", "last ", "next ", "this ", "past ", "early ", "mid-", "late ",
    "Tuesday", "Sunday", "May", "March", "February", "Sept.", "week", "month", "year", "years", "decade", "century",
    "hours", "minutes", "ago", "later", "before", "after", "between ", " and ", "from ", " to ", "until ", "since ",
    "a.m.", "pm", "GMT", "T12:30Z", "+05:30", "noon", "midnight", "the ", "a ", "half ", "dozens of ", "million",
    "$", "€", "%", "½", "at least ", "nearly ", "no ", "people", "killed", "Easter", "Ramadan", "Friday night", "1990s",
    "BC", "AD", "fiscal ", "quarter", "two-day ", "fortnight", "yesterday", "tomorrow", "Police said ", "\u{a0}", "٣", "é",
];

fuzz_target!(|data: &[u8]| variorum_fuzz::check_text(&variorum_fuzz::strung(data, PARTS)));
