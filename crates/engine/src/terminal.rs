//! Text of others, made safe for a terminal.

use std::borrow::Cow;

/// `text` with every character that a terminal would obey, or that would turn the reading order round, written as an
/// escape (`\n`, `\u{1b}`, `\u{202e}`). Unchanged text is borrowed.
///
/// ```
/// assert_eq!(variorum::terminal::visible("a\u{1b}[2Jb\n"), r"a\u{1b}[2Jb\n");
/// ```
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_obeyed) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if is_obeyed(c) {
            out.extend(c.escape_default());
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// Control characters (C0, DEL, C1), line separators and the marks that override the direction of text. Plain
/// right-to-left letters are left alone.
fn is_obeyed(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{feff}')
}
