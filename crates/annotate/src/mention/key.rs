//! One key for the many spellings of a name.

use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::lexicon::{Listed, entries};

/// Letter groups of one sound in transliterated names, in the order in which they are replaced.
const SOUNDS: [(&str, &str); 9] = [
    ("ou", "u"),
    ("oo", "u"),
    ("ei", "i"),
    ("ai", "i"),
    ("ay", "i"),
    ("ee", "i"),
    ("ii", "i"),
    ("o", "u"),
    ("e", "i"),
];

/// The words of a name in a normalised spelling, so that transliterations and spelling variants of one name get equal
/// words: "Mustafa al-Kadhimi" and "Mustafa Kadhimi", "Rohani" and "Rouhani", "Mobilisation" and "Mobilization".
///
/// Diacritics, apostrophes and the articles *al*, *el*, *the* go; double letters become single; in words of five
/// letters or more *ou, oo, o* become *u* and *ei, ai, ee, ey, e* become *i*; *q* and *ck* become *k*, *-isation*
/// *-ization*, a final *y* *i*. The words are no spelling: compare them, do not print them.
#[must_use]
pub fn name_key(name: &str) -> Vec<String> {
    let folded: String =
        name.nfkd().filter(|c| !is_combining_mark(*c)).flat_map(char::to_lowercase).map(plain).collect();
    let folded = folded.replace(['\'', '’', '‘', '`', 'ʿ', 'ʾ'], "");
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let kept: Vec<&str> = words.iter().copied().filter(|w| !matches!(*w, "al" | "el" | "the")).collect();
    let kept = if kept.is_empty() { words } else { kept };
    kept.into_iter().map(|word| spelling(if word == "ibn" { "bin" } else { word })).collect()
}

/// Whether two given names, as words of [`name_key`], are one name in a short and a full form, or two short forms of one: "jim" and
/// "james".
#[must_use]
pub fn is_same_given(a: &str, b: &str) -> bool {
    static FORMS: LazyLock<Listed<(String, String)>> = LazyLock::new(|| {
        let word = |name: &str| name_key(name).into_iter().next().unwrap_or_default();
        let lines = entries(include_str!("../../data/en/given-name-forms.txt"));
        let pairs = lines.flat_map(|f| {
            let names = f.iter().flat_map(|field| field.split(' ')).map(word).collect::<Vec<_>>();
            let pair = |x: &String| names.iter().map(|y| (x.clone(), y.clone())).collect::<Vec<_>>();
            names.iter().flat_map(pair).collect::<Vec<_>>()
        });
        pairs.collect()
    });
    a == b || FORMS.contains(&(a.to_owned(), b.to_owned()))
}

/// Letters that decomposition leaves alone.
fn plain(c: char) -> char {
    match c {
        'ø' => 'o',
        'ł' => 'l',
        'đ' | 'ð' => 'd',
        'ı' => 'i',
        'ħ' => 'h',
        'ß' => 's',
        'æ' | 'œ' => 'e',
        _ => c,
    }
}

/// One word in the normalised spelling.
fn spelling(word: &str) -> String {
    let mut out = word.replace("isation", "ization").replace("ck", "k").replace('q', "k");
    let is_long = out.chars().count() >= 5;
    if out.chars().count() > 2 && out.ends_with('y') {
        out.truncate(out.trim_end_matches('y').len());
        out.push('i');
    }
    if is_long {
        for (from, to) in SOUNDS {
            out = out.replace(from, to);
        }
    }
    let mut single = String::with_capacity(out.len());
    for c in out.chars() {
        if !single.ends_with(c) || c.is_numeric() {
            single.push(c);
        }
    }
    single
}
