//! Which runs of characters are one token: addresses, numbers, emoticons.
//!
//! Asked of nearly every word, and nearly always answered "no": ASCII is read by hand, and only what else may be an
//! address or a number reaches an expression, which costs milliseconds to build.

use std::sync::LazyLock;

use regex::Regex;

/// One regular expression; the sources below are constants, so a failure to compile shows in every test.
fn pattern(source: &str) -> Option<Regex> {
    Regex::new(source).ok()
}

static ADDRESS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(concat!(
        r"^(?i:(?:[a-z][a-z0-9+.-]{1,9}://|www\.)\S+",
        r"|[a-z0-9._%+'-]+@[a-z0-9.-]+[a-z0-9]",
        r"|[@#][\p{L}0-9_]+",
        r"|(?:[a-z0-9-]+\.)+(?:com|org|net|edu|gov|mil|int|info|biz|io|co|uk|de|fr|ru|cn|in|eu|tv|me|ca|au|iq|ir|il|sa)(?:/\S*)?",
        r"|[a-z0-9_-]+\.(?:docx?|xlsx?|pdf|pptx?|txt|html?|jpe?g|png|gif|zip|csv|exe|mp[34]))$",
    ))
});

static NUMBER: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"^[+-]?(?:\d+(?:[.,:/]\d+)+|\d+|\.\d+)(?:-\d+(?:[.,:/]\d+)*)*$"));

/// Last parts of host names, as in [`ADDRESS`].
const DOMAINS: &[&str] = &[
    "com", "org", "net", "edu", "gov", "mil", "int", "info", "biz", "io", "co", "uk", "de", "fr", "ru", "cn",
    "in", "eu", "tv", "me", "ca", "au", "iq", "ir", "il", "sa",
];
/// Endings of file names, as in [`ADDRESS`].
const ENDINGS: &[&str] = &[
    "doc", "docx", "xls", "xlsx", "pdf", "ppt", "pptx", "txt", "htm", "html", "jpg", "jpeg", "png", "gif",
    "zip", "csv", "exe", "mp3", "mp4",
];

fn matches(re: &LazyLock<Option<Regex>>, text: &str) -> bool {
    re.as_ref().is_some_and(|re| re.is_match(text))
}

/// Whether a piece without white space is an address on the web, of mail, or of somebody in a network, or a file's name.
pub(super) fn is_address(piece: &str) -> bool {
    if !piece.bytes().any(|b| matches!(b, b'.' | b':' | b'@' | b'#')) {
        return false;
    }
    if piece.is_ascii() { is_plain_address(piece.as_bytes()) } else { matches(&ADDRESS, piece) }
}

fn is_plain_address(piece: &[u8]) -> bool {
    is_link(piece) || is_mailbox(piece) || is_handle(piece) || is_host(piece) || is_file(piece)
}

/// "https://…", "www.…".
fn is_link(piece: &[u8]) -> bool {
    let www = piece.len() > 4 && piece[..4].eq_ignore_ascii_case(b"www.");
    let scheme = piece.iter().position(|b| *b == b':').unwrap_or(0);
    let is_scheme = (2..=10).contains(&scheme)
        && piece[0].is_ascii_alphabetic()
        && piece[1..scheme].iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'.' | b'-'));
    www || (is_scheme && piece[scheme..].starts_with(b"://") && piece.len() > scheme + 3)
}

fn is_mailbox(piece: &[u8]) -> bool {
    let Some(at) = piece.iter().position(|b| *b == b'@') else { return false };
    let (name, host) = (&piece[..at], &piece[at + 1..]);
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'%' | b'+' | b'\'' | b'-');
    let in_host = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-');
    !name.is_empty()
        && name.iter().all(in_name)
        && host.len() > 1
        && host.iter().all(in_host)
        && host.last().is_some_and(u8::is_ascii_alphanumeric)
}

/// "@name", "#topic".
fn is_handle(piece: &[u8]) -> bool {
    let rest = piece.strip_prefix(b"@").or_else(|| piece.strip_prefix(b"#")).unwrap_or(b"");
    !rest.is_empty() && rest.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'_')
}

fn is_host(piece: &[u8]) -> bool {
    let host = piece.split(|b| *b == b'/').next().unwrap_or(piece);
    let mut labels = host.rsplit(|b| *b == b'.');
    let is_domain = labels.next().is_some_and(|l| is_listed(l, DOMAINS));
    let is_label = |l: &[u8]| !l.is_empty() && l.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-');
    is_domain && host.contains(&b'.') && labels.all(is_label)
}

fn is_file(piece: &[u8]) -> bool {
    let Some(stop) = piece.iter().position(|b| *b == b'.') else { return false };
    let in_name = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-');
    stop > 0 && piece[..stop].iter().all(in_name) && is_listed(&piece[stop + 1..], ENDINGS)
}

fn is_listed(word: &[u8], list: &[&str]) -> bool {
    list.iter().any(|listed| listed.as_bytes().eq_ignore_ascii_case(word))
}

/// Whether a piece is a number in digits: "1,200.5", "-3", "10-12", "2/3", ".5".
pub(super) fn is_number(piece: &str) -> bool {
    let mark = |c: char| matches!(c, '+' | '-' | '.' | ',' | ':' | '/');
    if piece.is_ascii() {
        is_plain_number(piece.as_bytes())
    } else {
        piece.chars().all(|c| mark(c) || c.is_numeric()) && matches(&NUMBER, piece)
    }
}

fn is_plain_number(piece: &[u8]) -> bool {
    let mut rest = piece.strip_prefix(b"+").or_else(|| piece.strip_prefix(b"-")).unwrap_or(piece);
    let mut found = match rest.strip_prefix(b".") {
        Some(fraction) => digits(fraction),
        None => figures(rest),
    };
    while let Some(after) = found {
        rest = after;
        let Some(range) = rest.strip_prefix(b"-") else { return rest.is_empty() };
        found = figures(range);
    }
    false
}

/// What follows the digits at the head of `text`, at least one.
fn digits(text: &[u8]) -> Option<&[u8]> {
    let count = text.iter().take_while(|b| b.is_ascii_digit()).count();
    (count > 0).then(|| &text[count..])
}

/// What follows digits with marks among them.
fn figures(text: &[u8]) -> Option<&[u8]> {
    let mut rest = digits(text)?;
    while let [b'.' | b',' | b':' | b'/', tail @ ..] = rest {
        let Some(after) = digits(tail) else { return Some(rest) };
        rest = after;
    }
    Some(rest)
}

/// Whether a piece is a face: ":-)", "<3", "^_^".
pub(super) fn is_emoticon(piece: &str) -> bool {
    let Some(first) = piece.chars().next() else { return false };
    let rest = &piece[first.len_utf8()..];
    let is_nose = |c: char| matches!(c, '-' | '^' | 'o');
    let is_mouth = |c: char| {
        matches!(c, ')' | '(' | ']' | '[' | 'D' | 'P' | 'p' | 'O' | 'o' | '/' | '\\' | '|' | '*' | '3')
    };
    let mouths = |text: &str| !text.is_empty() && text.chars().all(is_mouth);
    match first {
        ':' | ';' | '=' => {
            let rest = rest.strip_prefix(['\'', '’']).unwrap_or(rest);
            mouths(rest) || rest.strip_prefix(is_nose).is_some_and(mouths)
        }
        ')' | '(' => {
            let rest = rest.strip_prefix(is_nose).unwrap_or(rest);
            matches!(rest, ":" | ";" | "=")
        }
        '<' => !rest.is_empty() && rest.chars().all(|c| c == '3'),
        '^' => rest.strip_suffix('^').is_some_and(|eyes| !eyes.is_empty() && eyes.chars().all(|c| c == '_')),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTS: &[&str] = &[
        "a", "Ab", "www.", "http", "://", ":", ";", "=", "-", "^", "o", ")", "(", "D", "3", "<", "_", "@",
        "#", ".", ".com", ".co", ".uk", "/", "x.html", ".mp3", ".jpeg", ",", "1", "23", "+", "'", "’", "é",
        "٣", "%", "\\", "in", "me", "½", "\u{212a}",
    ];

    #[test]
    fn by_hand_and_by_expression_agree() {
        let emoticon =
            pattern(r"^(?:[:;=]['’]?[-^o]?[)(\]\[DPpOo/\\|*3]+|[)(][-^o]?[:;=]|<3+|\^_+\^)$").unwrap();
        let mut n_true = [0; 3];
        let mut state = 7u64;
        for _ in 0..200_000 {
            let mut piece = String::new();
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let length = 1 + (state >> 60) % 6;
            for n in 0..length {
                piece.push_str(PARTS[((state >> (n * 9)) as usize ^ (state >> 50) as usize) % PARTS.len()]);
            }
            let found = [is_address(&piece), is_number(&piece), is_emoticon(&piece)];
            let expected = [matches(&ADDRESS, &piece), matches(&NUMBER, &piece), emoticon.is_match(&piece)];
            assert_eq!(found, expected, "{piece:?}: address, number, emoticon");
            n_true.iter_mut().zip(found).for_each(|(n, is)| *n += usize::from(is));
        }
        assert!(n_true.iter().all(|n| *n > 100), "each is met: {n_true:?}");
    }
}
