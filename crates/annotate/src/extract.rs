//! Page → document: main text, metadata, furniture, publication date.

pub use credit::{outlet_key, outlets_in, reporter};
use variorum_schema::{Document, Note, Page, Span};

mod appeal;
mod assemble;
mod bare;
mod credit;
mod day;
mod decode;
mod flat;
mod furniture;
mod head;
mod html;
mod line;
mod main_text;
mod meta;
mod published;
#[cfg(test)]
mod tests;
mod zone;

/// See [`crate::extract()`].
#[must_use]
pub fn extract(page: &Page) -> Document {
    let mut decoded = decode::decode(page);
    if !decoded.html {
        if let Some(title) = bare::untold_title(&decoded.text, page) {
            decoded.text.insert_str(0, &format!("{title}\n\n"));
            let by = title.len() as u32 + 2;
            for span in decoded.notes.iter_mut().filter_map(|n| n.span.as_mut()) {
                *span = Span { start: span.start + by, end: span.end + by };
            }
        }
        let lines = bare::lines(&decoded.text, page);
        return assemble::document(page, decoded.text, lines, &meta::Meta::default(), decoded.notes);
    }
    if flat::is_needed(&decoded.text) {
        let message = "markup nests too deep or is too large; read as flat text".to_owned();
        decoded.notes.push(Note { span: None, message });
        let text = flat::text(&decoded.text);
        let lines = bare::lines(&text, page);
        return assemble::document(page, text, lines, &meta::Meta::default(), decoded.notes);
    }
    let parsed = html::parse(&decoded.text);
    let (text, lines) = main_text::lines(&decoded.text, parsed.raws, &parsed.meta, page);
    assemble::document(page, text, lines, &parsed.meta, decoded.notes)
}

/// `d-` and 12 hexadecimal digits: a function of name and text, so that it does not depend on the rest of the pile.
#[must_use]
pub fn document_id(name: &str, text: &str) -> String {
    let mut hasher = xxhash_rust::xxh3::Xxh3::new();
    hasher.update(name.as_bytes());
    hasher.update(&[0]);
    hasher.update(text.as_bytes());
    format!("d-{:012x}", hasher.digest() & 0xffff_ffff_ffff)
}

/// The first month and day without a year in a line, as `(month, day)`: of "TARVIN, Feb. 24" the 24th of February.
#[must_use]
pub fn month_day(line: &str) -> Option<(i8, i8)> {
    day::month_days(line, 200).first().map(|d| (d.month, d.day))
}

/// The weekday of that name, in any language of `data/dates.txt`; no abbreviations, which are names as well ("The Sun").
#[must_use]
pub fn weekday_named(word: &str) -> Option<jiff::civil::Weekday> {
    let is_whole = word.starts_with(char::is_uppercase) && word.chars().nth(4).is_some();
    is_whole.then(|| day::weekday_named(word)).flatten()
}
