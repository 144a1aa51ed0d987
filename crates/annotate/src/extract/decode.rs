//! Bytes → text. The order of trust is the WHATWG one (byte order mark, label from outside, `<meta>`), then statistics.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use variorum_schema::{Media, Note, Page, Span};

/// What the bytes of a page turned out to be.
pub(super) struct Decoded {
    /// The text; empty for binary content.
    pub text: String,
    /// Whether it is HTML.
    pub html: bool,
    /// What was odd.
    pub notes: Vec<Note>,
}

/// How many bytes are looked at to tell the kind of content.
const HEAD: usize = 4096;
/// How many bytes the statistical detector is fed.
const SAMPLE: usize = 1 << 16;

/// The text of a page, with a note where the bytes are binary or break the rules of their encoding.
pub(super) fn decode(page: &Page) -> Decoded {
    let bytes = page.bytes.as_slice();
    let encoding = declared(page).unwrap_or_else(|| guessed(bytes));
    if let Some(kind) = binary(bytes, encoding) {
        let note = Note { span: None, message: format!("read {kind}, expected HTML or text") };
        return Decoded { text: String::new(), html: false, notes: vec![note] };
    }
    let (text, encoding) = decode_as(bytes, encoding);
    let mut notes = Vec::new();
    if let Some(note) = bad_bytes(bytes, encoding, &text) {
        notes.push(note);
    }
    let html = match page.media {
        Media::Html => true,
        Media::Text => false,
        Media::Unknown => looks_like_html(&text),
    };
    Decoded { text, html, notes }
}

fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> (String, &'static Encoding) {
    // "ISO-8859-1" said of bytes that are valid UTF-8 is a wrong label far more often than odd Latin text.
    if encoding != UTF_8
        && encoding.is_ascii_compatible()
        && !bytes.is_ascii()
        && std::str::from_utf8(bytes).is_ok()
    {
        return (UTF_8.decode(bytes).0.into_owned(), UTF_8);
    }
    let (text, used, _) = encoding.decode(bytes);
    (text.into_owned(), used)
}

/// The encoding that the page, or whoever brought it, declares.
fn declared(page: &Page) -> Option<&'static Encoding> {
    if let Some((encoding, _)) = Encoding::for_bom(&page.bytes) {
        return Some(encoding);
    }
    if let Some(encoding) = page.encoding.as_deref().and_then(|l| Encoding::for_label(l.trim().as_bytes())) {
        return Some(encoding);
    }
    if page.media == Media::Text {
        return None;
    }
    let encoding = meta_label(&page.bytes).and_then(Encoding::for_label)?;
    // A page that could be read as ASCII to find the label cannot be UTF-16.
    Some(if encoding == UTF_16LE || encoding == UTF_16BE { UTF_8 } else { encoding })
}

/// The label in `<meta charset=…>` or `<meta … content="…; charset=…">` within the first bytes.
fn meta_label(bytes: &[u8]) -> Option<&[u8]> {
    let head = &bytes[..bytes.len().min(HEAD)];
    let mut from = 0;
    while let Some(at) = find(&head[from..], b"<meta") {
        let start = from + at;
        let end = head[start..].iter().position(|&b| b == b'>').map_or(head.len(), |n| start + n);
        if let Some(label) = charset_value(&head[start..end]) {
            return Some(label);
        }
        from = end.max(start + 5);
    }
    None
}

fn charset_value(tag: &[u8]) -> Option<&[u8]> {
    let rest = &tag[find(tag, b"charset")? + 7..];
    let rest = rest.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
    let rest = rest.strip_prefix(b"\"").or_else(|| rest.strip_prefix(b"'")).unwrap_or(rest);
    let end =
        rest.iter().position(|b| !(b.is_ascii_alphanumeric() || b"-_:.".contains(b))).unwrap_or(rest.len());
    (end > 0).then_some(&rest[..end])
}

/// Where `needle` (lower case) first occurs, whatever the case.
fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    haystack.windows(needle.len()).position(|w| w.eq_ignore_ascii_case(needle))
}

fn guessed(bytes: &[u8]) -> &'static Encoding {
    if let Some(encoding) = utf16_without_mark(bytes) {
        return encoding;
    }
    // An almost valid UTF-8 text with a few broken bytes is UTF-8: no legacy text looks like that.
    if mostly_utf8(bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Deny);
    detector.feed(&bytes[..bytes.len().min(SAMPLE)], true);
    let guess = detector.guess(None, chardetng::Utf8Detection::Allow);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

/// Whether there are at least as many well-formed multi-byte sequences as broken bytes.
fn mostly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|&b| b >= 0xC0).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > 0 && good >= bad
}

/// Latin text in UTF-16 has a zero in every second byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(HEAD) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|&&b| b == 0).count() * 2;
    match (zeros(0) * 10 > head.len() * 7, zeros(1) * 10 > head.len() * 7) {
        (true, false) => Some(UTF_16BE),
        (false, true) => Some(UTF_16LE),
        _ => None,
    }
}

/// The kind of binary content, if it is that.
fn binary(bytes: &[u8], encoding: &'static Encoding) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "a PDF file"),
        (b"\x89PNG", "a PNG image"),
        (b"\xFF\xD8\xFF", "a JPEG image"),
        (b"GIF8", "a GIF image"),
        (b"RIFF", "a RIFF (WebP, audio or video) file"),
        (b"PK\x03\x04", "a ZIP archive or office file"),
        (b"\x1F\x8B", "gzip data"),
        (b"\x28\xB5\x2F\xFD", "zstd data"),
        (b"\x7FELF", "a program"),
        (b"SQLite format 3", "a database"),
        (b"OggS", "an Ogg file"),
        (b"ID3", "an MP3 file"),
    ];
    if let Some((_, kind)) = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        // Prose may begin with letters of a magic number; then no control bytes follow.
        if bytes.iter().take(HEAD).any(|&b| is_control(b)) || bytes.starts_with(b"%PDF-") {
            return Some(kind);
        }
    }
    if encoding == UTF_16BE || encoding == UTF_16LE {
        return None;
    }
    let head = &bytes[..bytes.len().min(HEAD)];
    let controls = head.iter().filter(|&&b| is_control(b)).count();
    (controls * 100 > head.len() * 2).then_some("binary data")
}

fn is_control(byte: u8) -> bool {
    byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C | 0x1B | 0x0B) || byte == 0x7F
}

fn bad_bytes(bytes: &[u8], encoding: &'static Encoding, text: &str) -> Option<Note> {
    // U+FFFD may stand in the source itself; only then is there nothing to say.
    let at = text.find('\u{FFFD}')?;
    let span = Some(Span::new(at, at + '\u{FFFD}'.len_utf8()));
    if encoding == UTF_8 {
        let valid = std::str::from_utf8(bytes).err()?.valid_up_to();
        let byte = bytes.get(valid)?;
        let message = format!("byte 0x{byte:02X} at offset {valid} is not valid UTF-8; replaced by U+FFFD");
        return Some(Note { span, message });
    }
    let mut decoder = encoding.new_decoder();
    let mut out = String::with_capacity(decoder.max_utf8_buffer_length_without_replacement(bytes.len())?);
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut out, true);
    let encoding_rs::DecoderResult::Malformed(length, extra) = result else { return None };
    let first = read.saturating_sub(usize::from(length) + usize::from(extra));
    let byte = bytes.get(first).copied().unwrap_or(0);
    let message =
        format!("byte 0x{byte:02X} at offset {first} is not valid {}; replaced by U+FFFD", encoding.name());
    Some(Note { span, message })
}

/// Whether a text is HTML: it opens with markup, or its first part holds several tags that end.
fn looks_like_html(text: &str) -> bool {
    const SURE: &[&str] = &["<!doctype html", "<html", "<head", "<body"];
    const TAGS: &[&str] = &[
        "<p", "</p>", "<div", "</div>", "<br", "<span", "<a ", "<title", "<meta", "<h1", "<article",
        "<script",
    ];
    let mut end = text.len().min(HEAD * 4);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = text[..end].to_ascii_lowercase();
    let start = head.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    if SURE.iter().any(|tag| start.starts_with(tag)) || (start.starts_with("<?xml") && head.contains("<html"))
    {
        return true;
    }
    if SURE[..2].iter().any(|tag| head.contains(tag)) {
        return true;
    }
    let tags = TAGS.iter().map(|tag| head.matches(tag).count()).sum::<usize>();
    tags >= if start.starts_with('<') { 2 } else { 4 }
}
