//! Speech in every disorder: marks of all kinds, cues, names, pronouns, paragraphs.
#![no_main]

use libfuzzer_sys::fuzz_target;

const PARTS: &[&str] = &[
    "\"", "“", "”", "‘", "’", "'", "«", "»", "„", "\u{201f}", "``", "''", "&quot;", "\u{a0}", " ", " ", " ", "\n", "\n\n",
    "\r\n", ".", ",", "?", "!", ":", " — ", "...", "(", ")", "[", "]", " said ", " says ", " told reporters ", " added ",
    " according to ", " denied that ", " asked ", " that ", "Mayor Ida Brandt", "Brandt", "the mayor", "he", "she", "They",
    "the ministry", "Dr. J. K. Osei", "al-Rashid", "محمد", "👩‍👧", "é", "We lost everything", "the pumps failed",
    "it will not happen again", "I", "was", "not", "on Tuesday", "14 people", "don’t", "’tis", "rock ’n’ roll", "5'10\"",
];

fuzz_target!(|data: &[u8]| variorum_fuzz::check_text(&variorum_fuzz::strung(data, PARTS)));
