//! First bytes and name → what a stream holds. The bytes decide; the name only settles what they leave open.

use variorum_schema::Media;

use super::{Problem, media_of_name};

/// What a stream holds.
pub(super) enum Kind {
    /// One page, with the encoding if the bytes show one that statistics would miss.
    Page(Media, Option<String>),
    /// One JSON object a line.
    Lines,
    /// A JSON array of pages, or one page.
    Json,
    /// Nothing that can be read.
    Refused(Problem),
}

/// File signatures of what people drop on us by mistake, with the words for it.
const SIGNATURES: &[(&[u8], &str)] = &[
    (b"%PDF-", "a PDF"),
    (b"\x89PNG\r\n\x1a\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0", "an office document"),
    (b"{\\rtf", "a rich-text document"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ\0", "xz data"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"SQLite format 3\0", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"ID3", "an MP3 recording"),
    (b"OggS", "an Ogg recording"),
    (b"WARC/", "a WARC archive"),
    (b"MIME-Version:", "an MHTML archive"),
    (b"From: <Saved by", "an MHTML archive"),
];

/// Decides from the first bytes of a stream and the name it was given.
pub(super) fn kind(name: &str, head: &[u8]) -> Kind {
    if let Some(encoding) = utf16(head) {
        return utf16_kind(name, encoding);
    }
    if let Some(found) = unreadable(head) {
        return Kind::Refused(Problem::not_a_page(name, found, hint_for(found)));
    }
    let text = strip_start(head);
    if let Some(feed) = feed(text) {
        return Kind::Refused(Problem::not_a_page(name, feed, hint_for(feed)));
    }
    match extension(name).as_str() {
        "jsonl" | "ndjson" => Kind::Lines,
        "json" => json_kind(text),
        _ => match media_of_name(name) {
            Media::Unknown if looks_like_json(text) => json_kind(text),
            Media::Unknown if looks_like_html(text) => Kind::Page(Media::Html, None),
            Media::Unknown => Kind::Page(Media::Text, None),
            Media::Text if opens_html(text) => Kind::Page(Media::Html, None),
            media => Kind::Page(media, None),
        },
    }
}

/// Lower-case extension of a name, without `.gz` or `.zst`; empty if there is none.
pub(super) fn extension(name: &str) -> String {
    let lower = name.rsplit('/').next().unwrap_or("").to_ascii_lowercase();
    let stem = lower.strip_suffix(".gz").or_else(|| lower.strip_suffix(".zst")).unwrap_or(&lower);
    stem.rsplit_once('.').map(|(_, extension)| extension.to_owned()).unwrap_or_default()
}

/// UTF-16 by its mark, or by a zero in every other byte of text that has none.
fn utf16(head: &[u8]) -> Option<&'static str> {
    match head {
        [0xff, 0xfe, ..] => return Some("utf-16le"),
        [0xfe, 0xff, ..] => return Some("utf-16be"),
        _ => {}
    }
    let n_pairs = head.len() / 2;
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    match (zeros(0), zeros(1)) {
        (0, odd) if n_pairs >= 8 && odd * 10 > n_pairs * 7 => Some("utf-16le"),
        (even, 0) if n_pairs >= 8 && even * 10 > n_pairs * 7 => Some("utf-16be"),
        _ => None,
    }
}

fn utf16_kind(name: &str, encoding: &str) -> Kind {
    match extension(name).as_str() {
        "json" | "jsonl" | "ndjson" => Kind::Refused(Problem::not_a_page(
            name,
            "JSON encoded as UTF-16",
            "JSON is UTF-8: convert it with `iconv -f UTF-16 -t UTF-8`",
        )),
        _ => Kind::Page(media_of_name(name), Some(encoding.to_owned())),
    }
}

/// The words for what cannot be read: a known signature, or too many control characters for text.
fn unreadable(head: &[u8]) -> Option<&'static str> {
    if let Some((_, found)) = SIGNATURES.iter().find(|(magic, _)| head.starts_with(magic)) {
        return Some(found);
    }
    match head {
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => return Some("a WebP image"),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => return Some("a video"),
        [0x1f, 0x8b, ..] | [0x28, 0xb5, 0x2f, 0xfd, ..] => return Some("data that was compressed twice"),
        _ => {}
    }
    if head.get(257..262) == Some(b"ustar") {
        return Some("a tar archive");
    }
    // Bare text has tabs, line ends and, from old systems, escapes; one part in fifty is far above any real page and far
    // below any compressed or compiled data (one in nine).
    let n_controls = head
        .iter()
        .filter(|b| **b < 0x20 && !matches!(b, b'\t' | b'\n' | b'\r' | 0x08 | 0x0c | 0x1b))
        .count();
    (n_controls * 50 > head.len()).then_some("binary data")
}

fn hint_for(found: &str) -> &'static str {
    match found {
        "a PDF" | "an office document" | "a rich-text document" => "save its text first, as a `.txt` file",
        _ if found.ends_with("archive") || found.starts_with("a zip") => {
            "unpack it first, and give the folder"
        }
        "bzip2 data" | "xz data" | "data that was compressed twice" => {
            "unpack it first: only gzip and Zstandard are read, once"
        }
        "a feed (RSS or Atom)" => "save the pages that it links to",
        _ => "leave it out",
    }
}

/// A feed lists many articles, each in part: as a page it would be one garbled account.
fn feed(text: &[u8]) -> Option<&'static str> {
    let mut rest = text;
    if starts_with_ignore_case(rest, b"<?xml") {
        let end = rest.iter().position(|b| *b == b'>')?;
        rest = strip_start(&rest[end + 1..]);
    }
    let is_feed =
        ["<rss", "<feed", "<rdf:rdf"].iter().any(|tag| starts_with_ignore_case(rest, tag.as_bytes()));
    is_feed.then_some("a feed (RSS or Atom)")
}

/// `text` without a byte order mark and leading white space.
fn strip_start(text: &[u8]) -> &[u8] {
    text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii_start()
}

fn looks_like_json(text: &[u8]) -> bool {
    let Some((first, rest)) = text.split_first() else { return false };
    let next = rest.trim_ascii_start().first();
    match first {
        b'{' => matches!(next, Some(b'"' | b'}')),
        b'[' => matches!(next, Some(b'{')),
        _ => false,
    }
}

/// One object a line if the first line is a whole object, else one value.
fn json_kind(text: &[u8]) -> Kind {
    let first_line = text.split(|b| *b == b'\n').next().unwrap_or(text);
    let is_object = text.starts_with(b"{");
    let is_cut_off = first_line.len() == text.len();
    let is_whole = serde_json::from_slice::<serde::de::IgnoredAny>(first_line).is_ok();
    if is_object && !is_cut_off && is_whole { Kind::Lines } else { Kind::Json }
}

fn opens_html(text: &[u8]) -> bool {
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| starts_with_ignore_case(text, tag.as_bytes()))
        || (text.starts_with(b"<?xml") && contains_ignore_case(text, b"<html"))
}

fn looks_like_html(text: &[u8]) -> bool {
    let tags: [&[u8]; 6] = [b"<html", b"<body", b"</p>", b"<div", b"<br", b"</a>"];
    opens_html(text) || (text.starts_with(b"<") && tags.iter().any(|tag| contains_ignore_case(text, tag)))
}

fn starts_with_ignore_case(text: &[u8], start: &[u8]) -> bool {
    text.get(..start.len()).is_some_and(|head| head.eq_ignore_ascii_case(start))
}

fn contains_ignore_case(text: &[u8], needle: &[u8]) -> bool {
    text.windows(needle.len()).any(|window| window.eq_ignore_ascii_case(needle))
}
