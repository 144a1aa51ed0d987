//! Quoted speech as words: which parts of a span stand between quotation marks, and their words, contractions undone.

use variorum_schema::{Span, Token};

/// One word of a quotation, contractions undone.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Spoken {
    pub(super) word: String,
    /// Its basic form, the word itself where none is known.
    pub(super) lemma: String,
    pub(super) span: Span,
    /// Whether a sentence, or the quotation, ends with it.
    pub(super) ends: bool,
    /// Whether it is written with a capital letter.
    pub(super) is_capital: bool,
    /// Whether it stands in square brackets.
    pub(super) is_bracketed: bool,
    /// Whether dots behind it say that something was left out.
    pub(super) is_broken: bool,
}

/// The parts of a span between two quotation marks that belong together.
pub(super) fn closed_parts(text: &str, span: Span) -> Vec<Span> {
    let is_closed = |part: &Span| {
        text.get(part.end as usize..)
            .and_then(|t| t.chars().next())
            .is_some_and(|c| matches!(c, '”' | '»' | '"'))
    };
    let n_straight = span.of(text).matches('"').count();
    let parts = quoted_parts(text, span).into_iter().filter(is_closed);
    parts.filter(|_| n_straight.is_multiple_of(2)).collect()
}

/// The parts of a span between quotation marks; one that is not closed runs to the end.
pub(super) fn quoted_parts(text: &str, span: Span) -> Vec<Span> {
    let mut parts = Vec::new();
    let mut open: Option<usize> = None;
    for (at, c) in span.of(text).char_indices() {
        let at = span.start as usize + at;
        match (c, open) {
            ('“' | '„' | '«' | '"', None) => open = Some(at + c.len_utf8()),
            // guillemets turned inwards open with the other mark
            ('»', None) => open = Some(at + c.len_utf8()),
            ('”' | '“' | '»' | '«' | '"', Some(from)) => {
                parts.push(Span::new(from, at));
                open = None;
            }
            _ => {}
        }
    }
    parts.extend(open.map(|from| Span::new(from, span.end as usize)));
    parts
}

/// The words under a span, lower case, contractions undone ("won't" → "will not"), punctuation left out.
pub(super) fn spoken(text: &str, tokens: &[Token], span: Span) -> Vec<Spoken> {
    let lemma = |whole: Span, word: &str| {
        let token = tokens.get(tokens.partition_point(|t| t.span.start < whole.start));
        let own = token.filter(|t| t.span == whole && !t.lemma.is_empty());
        own.map_or_else(|| word.to_owned(), |t| t.lemma.to_lowercase())
    };
    let mut words = Vec::new();
    let (mut start, mut is_bracketed) = (None, false);
    let piece = span.of(text);
    for (at, c) in piece.char_indices().chain(std::iter::once((piece.len(), ' '))) {
        // "f***ing": letters that an editor does not print
        let is_word = c.is_alphanumeric() || matches!(c, '\'' | '’' | '*') && start.is_some();
        match (is_word, start) {
            (true, None) => start = Some(at),
            (false, Some(from)) => {
                let whole = Span::new(span.start as usize + from, span.start as usize + at);
                let word = piece[from..at].trim_end_matches(['\'', '’']).to_lowercase().replace('’', "'");
                let mut after = piece[at..].chars();
                let is_end =
                    |c: Option<char>| c.is_none_or(|c| matches!(c, '.' | '?' | '!' | '…' | '"' | '”'));
                let next = after.next();
                let behind = piece[at..].trim_start();
                let is_broken = behind.starts_with('…') || behind.starts_with("...");
                let ends =
                    is_end(next) || next == Some(',') && matches!(after.next(), None | Some('"' | '”'));
                // "6:00 p.m." is six
                if word == "00" && piece[..from].ends_with(':') {
                    start = None;
                    continue;
                }
                words.extend(expanded(&word).into_iter().map(|word| Spoken {
                    lemma: lemma(whole, &word),
                    word,
                    span: whole,
                    ends,
                    is_capital: piece[from..].starts_with(char::is_uppercase),
                    is_bracketed,
                    is_broken,
                }));
                start = None;
            }
            _ => {}
        }
        // "100%" and "100 percent" sound alike
        if c == '%' {
            let span = Span::new(span.start as usize + at, span.start as usize + at + 1);
            let word = "percent".to_owned();
            let lemma = word.clone();
            words.push(Spoken {
                word,
                lemma,
                span,
                ends: false,
                is_capital: false,
                is_bracketed,
                is_broken: false,
            });
        }
        // what stands in brackets was put in by the account
        is_bracketed = match c {
            '[' | '(' => true,
            ']' | ')' => false,
            _ => is_bracketed,
        };
    }
    words
}

fn expanded(word: &str) -> Vec<String> {
    let pair = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
    match word {
        "won't" | "wont" => pair("will", "not"),
        "dont" => pair("do", "not"),
        "didnt" => pair("did", "not"),
        "doesnt" => pair("does", "not"),
        "isnt" => pair("is", "not"),
        "can't" | "cannot" => pair("can", "not"),
        "let's" => pair("let", "us"),
        "i'm" => pair("i", "am"),
        _ => {
            let clitics = [("n't", "not"), ("'re", "are"), ("'ve", "have"), ("'ll", "will")];
            let undone =
                clitics.iter().find_map(|(c, full)| word.strip_suffix(c).map(|stem| pair(stem, full)));
            undone
                .or_else(|| measured(word))
                .unwrap_or_else(|| vec![in_digits(word).unwrap_or_else(|| american(spelt(word)))])
        }
    }
}

/// "300km" sounds as "300 km".
fn measured(word: &str) -> Option<Vec<String>> {
    const UNITS: [&str; 12] = ["km", "m", "cm", "mm", "kg", "g", "mph", "kph", "ft", "lb", "am", "pm"];
    let at = word.find(|c: char| !c.is_ascii_digit()).filter(|at| *at > 0)?;
    let (number, unit) = word.split_at(at);
    UNITS.contains(&unit).then(|| vec![number.to_owned(), unit.to_owned()])
}

/// Words that outlets write in more ways than one, and say in one; the first spelling of each.
const SPELLINGS: [&[&str]; 14] = [
    &["quran", "koran", "qur'an", "quraan"],
    &["muhammad", "mohammed", "mohamed", "muhammed", "mohammad"],
    &["muslim", "moslem"],
    &["muslims", "moslems"],
    &["kyiv", "kiev"],
    &["sergeant", "sgt"],
    &["lieutenant", "lt"],
    &["general", "gen"],
    &["governor", "gov"],
    &["senator", "sen"],
    &["representative", "rep"],
    &["doctor", "dr"],
    &["saint", "st"],
    &["percent", "pct"],
];

fn spelt(word: &str) -> &str {
    SPELLINGS.iter().find(|s| s.contains(&word)).map_or(word, |s| s[0])
}

/// Small numbers in words as digits ("eleventh", "11th"), which is a matter of house style.
fn in_digits(word: &str) -> Option<String> {
    const CARDINALS: [&str; 19] = [
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    const ORDINALS: [&str; 10] =
        ["third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"];
    let cardinal = CARDINALS.iter().position(|w| *w == word).map(|n| (n + 2).to_string());
    let ordinal = || ORDINALS.iter().position(|w| *w == word).map(|n| n + 3);
    cardinal.or_else(|| ordinal().map(|n| if n == 3 { "3rd".to_owned() } else { format!("{n}th") }))
}

/// British spellings folded, so that a house style is no alteration.
fn american(word: &str) -> String {
    for (from, to) in [
        ("isation", "ization"),
        ("ise", "ize"),
        ("ised", "ized"),
        ("ising", "izing"),
        ("our", "or"),
        ("ours", "ors"),
        ("ouring", "oring"),
    ] {
        if let Some(stem) = word.strip_suffix(from).filter(|s| s.len() >= 3) {
            return format!("{stem}{to}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_numbers_sound_alike_in_words_and_digits() {
        let check = |word: &str, expected: &[&str]| assert_eq!(expanded(word), expected, "{word}");
        check("eleventh", &["11th"]);
        check("11th", &["11th"]);
        check("third", &["3rd"]);
        check("twelve", &["12"]);
        check("won't", &["will", "not"]);
        check("wont", &["will", "not"]);
        check("one", &["one"]);
        check("", &[""]);
    }
}
