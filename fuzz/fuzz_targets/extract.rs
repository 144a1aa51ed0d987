//! Any bytes as a page: HTML, bare text, or whatever they look like.
#![no_main]

use libfuzzer_sys::fuzz_target;
use variorum_schema::{Media, Page};

fuzz_target!(|data: &[u8]| {
    let Some((first, bytes)) = data.split_first() else { return };
    let mut page = Page::new("fuzz", bytes);
    page.media = [Media::Html, Media::Text, Media::Unknown][usize::from(first % 3)];
    variorum_fuzz::check_page(&page);
});
