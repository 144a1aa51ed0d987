//! What the tagger and the parser see of a word: hashes of its form, affixes and shape, computed once per token.

use super::weights::{feature, hash};

/// A word as the models see it. Typographic quotation marks and apostrophes count as straight ones.
#[derive(Clone, Debug, Default)]
pub struct Word {
    /// Hash of the lower-cased form, digits as `0`.
    pub lower: u64,
    /// Hash of the form as written.
    pub exact: u64,
    /// Hashes of the first 1, 2, 3, 4 characters of the lower-cased form (whole form where shorter).
    pub prefixes: [u64; 4],
    /// Hashes of the last 1, 2, 3, 4, 5 characters of the lower-cased form.
    pub suffixes: [u64; 5],
    /// Hash of the shape: runs of capitals, small letters, digits and other characters.
    pub shape: u64,
    /// Case of the first letter and of the others; see [`Case`].
    pub case: Case,
    /// 0 inside the sentence; 1 first word; 2 after an opening mark or a colon.
    pub place: u64,
}

/// How a word is capitalised.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Case {
    /// No letter.
    #[default]
    None,
    /// Small letters only.
    Lower,
    /// One capital, then small letters (or one capital alone).
    Title,
    /// Capitals only, two at least.
    Upper,
    /// Anything else.
    Mixed,
}

/// How the whole sentence is capitalised: what a capital letter is worth depends on it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Regime {
    /// As in running text.
    #[default]
    Normal,
    /// Most words capitalised: headlines.
    Title,
    /// Capital letters throughout.
    Upper,
    /// No capital letter at all.
    Lower,
}

/// The words of one sentence and how it is capitalised.
#[derive(Clone, Debug, Default)]
pub struct Words {
    /// One per token.
    pub words: Vec<Word>,
    /// Capitalisation of the sentence.
    pub regime: Regime,
}

/// Reads the forms of one sentence.
#[must_use]
pub fn words<'a>(forms: impl Iterator<Item = &'a str>) -> Words {
    let (mut words, mut counts, mut place) = (Vec::new(), [0usize; 5], 1);
    let mut first = true;
    let mut buffer = String::new();
    for form in forms {
        let word = word(form, place, &mut buffer);
        if !(first && word.case == Case::Title) {
            counts[word.case as usize] += 1;
        }
        let opens = matches!(
            form,
            "\"" | "“" | "‘" | "«" | "(" | "[" | ":" | "'" | "`" | "``" | "—" | "–" | "-" | "…"
        );
        place = match (opens, word.case) {
            (true, _) if place == 1 => 1,
            (true, _) => 2,
            (false, Case::None) if place == 1 => 1,
            _ => 0,
        };
        first &= word.case == Case::None;
        words.push(word);
    }
    Words { words, regime: regime(counts) }
}

fn regime([_, lower, title, upper, mixed]: [usize; 5]) -> Regime {
    if lower == 0 && upper >= 2 && upper > title + mixed {
        Regime::Upper
    } else if title + upper >= 2 && (title + upper) > 2 * lower {
        Regime::Title
    } else if title + upper + mixed == 0 {
        Regime::Lower
    } else {
        Regime::Normal
    }
}

fn plain(c: char) -> char {
    match c {
        '’' | '‘' | '`' | '´' | '′' | '‛' => '\'',
        '“' | '”' | '„' | '«' | '»' | '″' => '"',
        '–' | '—' | '―' | '‐' | '‑' | '−' => '-',
        _ if c.is_numeric() => '0',
        _ => c,
    }
}

fn word(form: &str, place: u64, lower: &mut String) -> Word {
    // a "word" of thousands of characters (a data dump) must not cost more than a word
    let form = form.char_indices().nth(40).map_or(form, |(end, _)| form.get(..end).unwrap_or(form));
    lower.clear();
    lower.extend(form.chars().map(plain).flat_map(char::to_lowercase));
    let (case, shape) = case_and_shape(form);
    let mut word = Word { lower: hash(lower), exact: hash(form), shape, case, place, ..Word::default() };
    let mut ends = lower.char_indices().map(|(at, c)| at + c.len_utf8());
    for slot in &mut word.prefixes {
        *slot = ends.next().map_or(word.lower, |end| hash(lower.get(..end).unwrap_or("")));
    }
    let mut starts = lower.char_indices().rev().map(|(at, _)| at);
    for slot in &mut word.suffixes {
        *slot = starts.next().map_or(word.lower, |start| hash(lower.get(start..).unwrap_or("")));
    }
    word
}

fn case_and_shape(form: &str) -> (Case, u64) {
    let (mut upper, mut lower, mut first_upper, mut any) = (0usize, 0usize, false, false);
    let (mut shape, mut last) = (0xcbf2_9ce4_8422_2325u64, 0u8);
    for c in form.chars() {
        let class = if c.is_uppercase() {
            upper += 1;
            first_upper |= !any;
            any = true;
            b'X'
        } else if c.is_alphabetic() {
            lower += 1;
            any = true;
            b'x'
        } else if c.is_numeric() {
            b'd'
        } else if c.is_ascii() {
            c as u8
        } else {
            plain(c).try_into().unwrap_or(b'?')
        };
        if class != last {
            shape = (shape ^ u64::from(class)).wrapping_mul(0x100_0000_01b3);
            last = class;
        }
    }
    let case = match (upper, lower) {
        (0, 0) => Case::None,
        (0, _) => Case::Lower,
        (1, _) if first_upper => Case::Title,
        (_, 0) => Case::Upper,
        _ => Case::Mixed,
    };
    (case, shape)
}

/// Stands for the word outside the sentence.
pub const OUTSIDE: u64 = 0x0123_4567_89ab_cdef;

/// The features of token `at`, given the classes chosen for the two tokens before it (`u64::MAX` outside), into `out`.
pub fn tag_features(sentence: &Words, at: usize, before: [u64; 2], out: &mut Vec<u64>) {
    out.clear();
    let words = &sentence.words;
    let outside =
        Word { lower: OUTSIDE, exact: OUTSIDE, suffixes: [OUTSIDE; 5], shape: OUTSIDE, ..Word::default() };
    let near =
        |offset: isize| at.checked_add_signed(offset).and_then(|idx| words.get(idx)).unwrap_or(&outside);
    let (w, p, pp, n, nn) = (near(0), near(-1), near(-2), near(1), near(2));
    let [t1, t2] = before;
    let regime = sentence.regime as u64;
    let case = w.case as u64 + 8 * w.place + 32 * regime;
    let mut template = 0;
    let mut push = |parts: &[u64]| {
        template += 1;
        out.push(feature(template, parts));
    };
    push(&[]);
    push(&[w.lower]);
    push(&[w.exact, regime]);
    push(&[w.lower, case]);
    push(&[w.shape, case]);
    push(&[case, t1]);
    for prefix in w.prefixes {
        push(&[prefix]);
    }
    for suffix in w.suffixes {
        push(&[suffix]);
    }
    push(&[w.suffixes[2], case]);
    push(&[w.suffixes[1], w.prefixes[0], t1]);
    push(&[p.lower]);
    push(&[n.lower]);
    push(&[pp.lower]);
    push(&[nn.lower]);
    push(&[p.lower, w.lower]);
    push(&[w.lower, n.lower]);
    push(&[p.lower, n.lower]);
    push(&[p.lower, w.suffixes[2]]);
    push(&[w.suffixes[2], n.lower]);
    push(&[n.suffixes[2]]);
    push(&[p.suffixes[2]]);
    push(&[n.suffixes[1], nn.suffixes[1], t1]);
    push(&[n.shape, p.shape, w.shape]);
    push(&[n.case as u64, p.case as u64, case]);
    push(&[t1]);
    push(&[t2]);
    push(&[t1, t2]);
    push(&[t1, w.lower]);
    push(&[t1, w.suffixes[2]]);
    push(&[t1, t2, w.lower]);
    push(&[t1, n.lower]);
    push(&[t1, w.lower, n.lower]);
    push(&[w.lower, n.suffixes[2]]);
    push(&[t1, w.suffixes[2], n.suffixes[2]]);
    push(&[w.lower, n.lower, nn.lower]);
    push(&[pp.lower, p.lower]);
    push(&[n.lower, nn.lower]);
}
