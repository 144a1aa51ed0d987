//! A flat scan of markup, for pages that a tree builder must not be given: too deep, or too large.

/// Deepest nesting that is given to the tree builder, whose work per tag grows with the depth.
const DEEPEST: usize = 600;
/// Most formatting elements (`<b>`, `<a>`) open at once: each new paragraph opens all of them again.
const OPENEST: usize = 48;
/// Elements that a tree builder opens again in each paragraph.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];
/// Largest page, in bytes, that is given to the tree builder.
const LARGEST: usize = 12 << 20;

/// Elements whose end may be left out: they nest no deeper because the next one closes them.
const OPTIONAL: &[&str] = &[
    "p", "li", "dt", "dd", "td", "th", "tr", "tbody", "thead", "tfoot", "option", "optgroup", "colgroup",
    "rp", "rt", "br", "hr", "img", "input", "meta", "link", "area", "base", "col", "embed", "param",
    "source", "track", "wbr", "html", "head", "body", "path", "circle", "rect", "use", "line", "polygon",
    "ellipse", "polyline", "stop", "g",
];

/// Most attributes of one tag: each is compared with all before it.
const MOST_ATTRIBUTES: usize = 1_000;

/// Whether a page is too large, nests too deep, opens too many elements that it never closes, or has a tag of too many
/// attributes.
pub(super) fn is_needed(html: &str) -> bool {
    html.len() > LARGEST || {
        let (deep, formats) = depth(html);
        deep > DEEPEST || formats > OPENEST
    }
}

/// A tag: its name in lower case, whether it closes, whether it closes itself, and where it ends.
struct Tag<'a> {
    name: &'a str,
    closing: bool,
    alone: bool,
    start: usize,
    end: usize,
}

struct Tags<'a> {
    html: &'a str,
    at: usize,
}

impl<'a> Iterator for Tags<'a> {
    type Item = Tag<'a>;
    fn next(&mut self) -> Option<Tag<'a>> {
        let bytes = self.html.as_bytes();
        loop {
            let start = self.at + self.html.get(self.at..)?.find('<')?;
            let rest = &self.html[start + 1..];
            if rest.starts_with("!--") {
                self.at = rest.find("-->").map_or(self.html.len(), |n| start + 1 + n + 3);
                continue;
            }
            let closing = rest.starts_with('/');
            let name_start = start + 1 + usize::from(closing);
            let length = bytes[name_start..]
                .iter()
                .take(64)
                .take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b':'))
                .count();
            if length == 0 && !rest.starts_with(['!', '?', '/']) {
                self.at = start + 1;
                continue;
            }
            let end = start + rest.find('>').map_or(rest.len() + 1, |n| n + 2);
            let alone = self.html[..end].ends_with("/>");
            self.at = end;
            return Some(Tag {
                name: &self.html[name_start..name_start + length],
                closing,
                alone,
                start,
                end,
            });
        }
    }
}

/// The greatest number of elements, and of formatting elements, open at once.
fn depth(html: &str) -> (usize, usize) {
    let (mut now, mut most) = (0usize, 0usize);
    let (mut formats, mut most_formats) = (0usize, 0usize);
    let mut tags = Tags { html, at: 0 };
    while let Some(tag) = tags.next() {
        if !tag.closing && has_many_attributes(&html[tag.start + 1 + tag.name.len()..]) {
            return (usize::MAX, 0);
        }
        if tag.name.is_empty() || tag.alone || OPTIONAL.iter().any(|o| o.eq_ignore_ascii_case(tag.name)) {
            continue;
        }
        if !tag.closing && skip_raw(&mut tags, tag.name) {
            continue;
        }
        let format = FORMATTING.iter().any(|f| f.eq_ignore_ascii_case(tag.name));
        if tag.closing {
            now = now.saturating_sub(1);
            formats = formats.saturating_sub(usize::from(format));
        } else {
            now += 1;
            formats += usize::from(format);
        }
        most = most.max(now);
        most_formats = most_formats.max(formats);
    }
    (most, most_formats)
}

/// Whether the tag has more than [`MOST_ATTRIBUTES`]; `rest` begins behind its name.
fn has_many_attributes(rest: &str) -> bool {
    let bytes = rest.as_bytes();
    let is_space = |b: &u8| b.is_ascii_whitespace() || *b == b'/';
    let run = |at: usize, wanted: &dyn Fn(&u8) -> bool| bytes[at..].iter().take_while(|b| wanted(b)).count();
    let (mut at, mut n) = (0, 0);
    while n <= MOST_ATTRIBUTES {
        at += run(at, &is_space);
        if bytes.get(at).is_none_or(|b| *b == b'>') {
            return false;
        }
        n += 1;
        at += 1 + run(at + 1, &|b| !is_space(b) && !matches!(b, b'>' | b'='));
        let blank = run(at, &u8::is_ascii_whitespace);
        if bytes.get(at + blank) != Some(&b'=') {
            continue;
        }
        at += blank + 1;
        at += run(at, &u8::is_ascii_whitespace);
        match bytes.get(at) {
            Some(quote @ (b'"' | b'\'')) => at += 2 + run(at + 1, &|b| b != quote),
            _ => at += run(at, &|b| !b.is_ascii_whitespace() && *b != b'>'),
        }
        at = at.min(bytes.len());
    }
    true
}

/// Goes past the content of an element that holds no markup.
fn skip_raw(tags: &mut Tags, name: &str) -> bool {
    let close = match () {
        () if name.eq_ignore_ascii_case("script") => "</script",
        () if name.eq_ignore_ascii_case("style") => "</style",
        () if name.eq_ignore_ascii_case("noscript") => "</noscript",
        () if name.eq_ignore_ascii_case("textarea") => "</textarea",
        () => return false,
    };
    let bytes = &tags.html.as_bytes()[tags.at.min(tags.html.len())..];
    let mut from = 0;
    loop {
        let Some(at) = bytes[from..].iter().position(|&b| b == b'<') else {
            tags.at = tags.html.len();
            return true;
        };
        let here = &bytes[from + at..];
        if here.len() >= close.len() && here[..close.len()].eq_ignore_ascii_case(close.as_bytes()) {
            let end = here.iter().position(|&b| b == b'>').map_or(here.len(), |n| n + 1);
            tags.at += from + at + end;
            return true;
        }
        from += at + 1;
    }
}

/// The visible text, one line for each run between block tags. Entities are resolved; hidden elements are not known.
pub(super) fn text(html: &str) -> String {
    const INLINE: &[&str] = &[
        "a", "b", "i", "em", "strong", "span", "u", "s", "sub", "sup", "small", "big", "font", "code",
        "cite", "q", "abbr", "mark", "time", "wbr", "img", "tt", "kbd", "var", "del", "ins", "bdi", "bdo",
    ];
    let mut out = String::new();
    let mut line = String::new();
    let mut tags = Tags { html, at: 0 };
    let mut from = 0;
    while let Some(tag) = tags.next() {
        push(&mut line, &html[from.min(tag.start)..tag.start]);
        let raw = !tag.closing && skip_raw(&mut tags, tag.name);
        if raw || !INLINE.iter().any(|i| i.eq_ignore_ascii_case(tag.name)) {
            end_line(&mut out, &mut line);
        }
        from = if raw { tags.at } else { tag.end };
    }
    push(&mut line, html.get(from..).unwrap_or(""));
    end_line(&mut out, &mut line);
    out
}

fn end_line(out: &mut String, line: &mut String) {
    let text = line.trim();
    if !text.is_empty() {
        out.push_str(text);
        out.push('\n');
    }
    line.clear();
}

fn push(line: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        spaced(line, &rest[..at]);
        let (character, length) = entity(&rest[at..]);
        spaced(line, character.encode_utf8(&mut [0; 4]));
        rest = &rest[at + length..];
    }
    spaced(line, rest);
}

fn spaced(line: &mut String, text: &str) {
    for c in text.chars() {
        if matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{0C}') {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !c.is_control() {
            line.push(c);
        }
    }
}

/// The character of the entity that a text begins with, and the entity's length; `&` itself if it is none.
fn entity(text: &str) -> (char, usize) {
    let Some(end) = text.bytes().take(12).position(|b| b == b';') else { return ('&', 1) };
    let name = &text[1..end];
    let number = name.strip_prefix('#').and_then(|n| match n.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok(),
        None => n.parse().ok(),
    });
    let named = match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        "nbsp" => Some('\u{A0}'),
        "rsquo" => Some('’'),
        "lsquo" => Some('‘'),
        "rdquo" => Some('”'),
        "ldquo" => Some('“'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "copy" => Some('©'),
        "pound" => Some('£'),
        "euro" => Some('€'),
        "eacute" => Some('é'),
        _ => number.and_then(char::from_u32),
    };
    named.map_or(('&', 1), |c| (c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn depth_counts_open_elements_only() {
        for (html, expected) in [
            ("<div><div></div></div>", 2),
            ("<p>a<p>b<p>c", 0),
            ("<script>if (a<b) { '<div><div>' }</script><div>", 1),
            ("<!-- <div><div> --><i>x</i>", 1),
            ("a < b", 0),
            ("<div", 1),
            ("", 0),
        ] {
            assert_eq!(depth(html).0, expected, "{html}");
        }
    }

    #[test]
    fn attributes_are_counted() {
        let many = |separator: &str| vec!["a=\"1 2\""; MOST_ATTRIBUTES].join(separator);
        let quoted = format!("<p title=\"{}\">", "a > b ".repeat(MOST_ATTRIBUTES));
        for (html, wanted) in [
            (format!("<p {}>", many(" ")), false),
            (format!("<p {} b>", many(" ")), true),
            (format!("<p {}/b = x>", many("")), true),
            (format!("<p {}", "é".repeat(5000)), false),
            (format!("<p {}", "é ".repeat(5000)), true),
            (quoted, false),
            ("<p a=".to_owned(), false),
            ("<p a='".to_owned(), false),
        ] {
            assert_eq!(is_needed(&html), wanted, "{}", &html[..html.floor_char_boundary(30)]);
        }
    }

    #[test]
    fn flat_text() {
        for (html, expected) in [
            ("<h1>A &amp; B</h1><p>one <b>two</b>&nbsp;&#8212; x", "A & B\none two\u{A0}— x\n"),
            ("<script>var a = '<p>no</p>';</script>yes", "yes\n"),
            ("<style>p{}", ""),
            ("&bogus; & <", "&bogus; & <\n"),
        ] {
            assert_eq!(text(html), expected, "{html}");
        }
    }
}
