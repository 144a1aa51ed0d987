//! Finds words in a text whatever their case, white space and quotation marks.

/// Every place (first byte, one past the last) at which `text` holds `words`, white space collapsed, quotation marks
/// straightened, case ignored. Empty words are nowhere.
#[must_use]
pub fn places(text: &str, words: &str) -> Vec<(usize, usize)> {
    let hay = folded(text);
    let needle: Vec<char> = folded(words.trim()).into_iter().map(|(c, ..)| c).collect();
    if needle.is_empty() {
        return Vec::new();
    }
    hay.windows(needle.len())
        .filter(|w| w.iter().map(|(c, ..)| c).eq(needle.iter()))
        .filter_map(|w| Some((w.first()?.1, w.last()?.2)))
        .collect()
}

/// Whether two texts are the same but for case, white space and quotation marks.
pub(super) fn same(a: &str, b: &str) -> bool {
    let chars = |s: &str| folded(s.trim()).into_iter().map(|(c, ..)| c).collect::<String>();
    chars(a) == chars(b)
}

/// The characters of a text as compared, each with the bytes it stands for.
fn folded(text: &str) -> Vec<(char, usize, usize)> {
    let mut out: Vec<(char, usize, usize)> = Vec::new();
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        let c = if c.is_whitespace() { ' ' } else { straight(c) };
        match out.last_mut() {
            Some((' ', _, last)) if c == ' ' => *last = end,
            _ => out.extend(c.to_lowercase().map(|c| (c, at, end))),
        }
    }
    out
}

fn straight(c: char) -> char {
    match c {
        '\u{2018}' | '\u{2019}' | '\u{201a}' | '\u{201b}' | '`' | '\u{b4}' => '\'',
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{201f}' | '\u{ab}' | '\u{bb}' => '"',
        '\u{2010}'..='\u{2015}' => '-',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_whatever_their_dress() {
        for (text, words, expected) in [
            ("He said “No”.", "said \"no\"", vec![(3, 16)]),
            ("a\u{a0}\n b a b", "A B", vec![(0, 6), (7, 10)]),
            ("né le", "NÉ", vec![(0, 3)]),
            ("x", "", vec![]),
            ("", "x", vec![]),
        ] {
            assert_eq!(places(text, words), expected, "{words:?} in {text:?}");
        }
        assert!(same(" St\u{a0}Brandan’s ", "st brandan's"));
        assert!(!same("Reyl", "Ryel"));
    }
}
