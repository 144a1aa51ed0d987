//! [`Shown`]: the only way by which a text from outside reaches the page.

use std::fmt::Write as _;

use maud::{Escaper, Render};

/// A text with markup escaped and control characters made visible. White space stays as it is.
pub(super) struct Shown<'a>(pub(super) &'a str);

impl Render for Shown<'_> {
    fn render_to(&self, buffer: &mut String) {
        let mut out = Escaper::new(buffer);
        let mut rest = self.0;
        while let Some(at) = rest.find(is_hidden) {
            let (before, after) = rest.split_at(at);
            let c = after.chars().next().unwrap_or_default();
            // Writing to a `String` cannot fail.
            let _ = out.write_str(before);
            let _ = out.write_char(picture(c));
            rest = after.get(c.len_utf8()..).unwrap_or("");
        }
        let _ = out.write_str(rest);
    }
}

/// Characters that HTML forbids, that nobody would see, or that turn the order of what follows round.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{202d}' | '\u{202e}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
        || matches!(u32::from(c) & 0xffff, 0xfffe | 0xffff)
}

/// Its picture (U+2400 block), or the replacement character.
fn picture(c: char) -> char {
    match u32::from(c) {
        n @ 0..0x20 => char::from_u32(0x2400 + n).unwrap_or('\u{fffd}'),
        0x7f => '\u{2421}',
        _ => '\u{fffd}',
    }
}

#[cfg(test)]
mod tests {
    use maud::Render as _;

    #[test]
    fn nothing_passes_unescaped() {
        let check = |text, wanted| assert_eq!(super::Shown(text).render().into_string(), wanted);
        check("<script>\"&'", "&lt;script&gt;&quot;&amp;'");
        check("a\u{0}b\u{1b}[31m\u{7f}\u{9b}\u{ffff}", "a\u{2400}b\u{241b}[31m\u{2421}\u{fffd}\u{fffd}");
        check("a\tb\n", "a\tb\n");
        check("a\u{202e}b", "a\u{fffd}b");
    }
}
