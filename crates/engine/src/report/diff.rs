//! Word by word: what differs between two wordings of the same thing.

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// Longest wording that is compared, in words; what is longer is shown unmarked.
const MAX_WORDS: usize = 400;

/// A run of words of one wording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    /// Whether the other wording lacks it here.
    pub(super) differs: bool,
}

/// Words with their byte ranges; white space belongs to no word.
fn words(text: &str) -> Vec<(usize, &str)> {
    text.split_whitespace().map(|w| (w.as_ptr() as usize - text.as_ptr() as usize, w)).collect()
}

/// What two words are compared by: letters and digits, lower case.
fn key(word: &str) -> String {
    let core: String = word.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    if core.is_empty() { word.to_owned() } else { core }
}

fn keys(words: &[(usize, &str)]) -> Vec<String> {
    words.iter().map(|(_, w)| key(w)).collect()
}

/// `text` cut into runs that `other` shares or lacks. One unmarked run where the two have too little in common for
/// marks to help a reader (less than 40 % of the words), or where either is too long.
pub(super) fn runs<'a>(text: &'a str, other: &str) -> Vec<Run<'a>> {
    let plain = vec![Run { text, differs: false }];
    let (a, b) = (words(text), words(other));
    if a.is_empty() || a.len() > MAX_WORDS || b.len() > MAX_WORDS {
        return plain;
    }
    let mut shared = vec![false; a.len()];
    for op in capture_diff_slices(Algorithm::Myers, &keys(&a), &keys(&b)) {
        if let DiffOp::Equal { old_index, len, .. } = op {
            shared.iter_mut().skip(old_index).take(len).for_each(|s| *s = true);
        }
    }
    let n_shared = shared.iter().filter(|s| **s).count();
    if n_shared * 5 < a.len() * 2 {
        return plain;
    }
    cut(text, &a, |i| !shared.get(i).copied().unwrap_or(true))
}

/// Cuts `text` where `differs` changes from word to word; white space goes with the run before it unless that differs.
fn cut<'a>(text: &'a str, words: &[(usize, &'a str)], differs: impl Fn(usize) -> bool) -> Vec<Run<'a>> {
    let mut out = Vec::new();
    let (mut start, mut state) = (0, false);
    for (i, (at, _)) in words.iter().enumerate() {
        if differs(i) == state {
            continue;
        }
        let previous_end = i.checked_sub(1).and_then(|p| words.get(p)).map_or(0, |(at, w)| at + w.len());
        let here = if state { previous_end } else { *at };
        if let Some(run) = text.get(start..here).filter(|r| !r.is_empty()) {
            out.push(Run { text: run, differs: state });
        }
        (start, state) = (here, !state);
    }
    if let Some(run) = text.get(start..).filter(|r| !r.is_empty()) {
        out.push(Run { text: run, differs: state });
    }
    out
}

/// Wordings of one utterance cut into columns, each row one wording.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Columns<'a> {
    /// One row per wording, in the order given; all of one length.
    pub(super) rows: Vec<Vec<Slot<'a>>>,
}

/// What one wording has in one column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slot<'a> {
    /// Its words; empty where it lacks any.
    pub(super) text: &'a str,
    /// Whether some wording has other words here (a wording that has none does not count).
    pub(super) differs: bool,
}

/// What a wording has at one word of the base.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    Same,
    Other,
    Lacking,
}

/// Aligns every wording with the first, word by word; `None` where there are fewer than two or one is too long. A column
/// goes on for as long as the same wordings agree with the first.
pub(super) fn columns<'a>(texts: &[&'a str]) -> Option<Columns<'a>> {
    let all: Vec<Vec<(usize, &'a str)>> = texts.iter().map(|t| words(t)).collect();
    let base = all.first().filter(|_| texts.len() > 1)?;
    if all.iter().any(|w| w.is_empty() || w.len() > MAX_WORDS) {
        return None;
    }
    let base_keys = keys(base);
    let spent: Vec<Vec<usize>> = all.iter().map(|w| match_up(&base_keys, &keys(w))).collect();
    let own = |row: usize, from: usize, to: usize| -> &[(usize, &'a str)] {
        let range = spent.get(row).and_then(|s| s.get(from).zip(s.get(to)));
        range.and_then(|(&a, &b)| all.get(row)?.get(a..b)).unwrap_or(&[])
    };
    let state = |row: usize, i: usize| match own(row, i, i + 1) {
        [] => State::Lacking,
        [(_, word)] if base_keys.get(i) == Some(&key(word)) => State::Same,
        _ => State::Other,
    };
    let (mut cuts, mut kinds): (Vec<usize>, Vec<Vec<State>>) = (vec![0], Vec::new());
    for i in 0..base.len() {
        let states: Vec<State> = (0..texts.len()).map(|row| state(row, i)).collect();
        if kinds.last() == Some(&states) {
            cuts.pop();
        } else {
            kinds.push(states);
        }
        cuts.push(i + 1);
    }
    let slot = |row: usize, column: usize| -> Slot<'a> {
        let range = cuts.get(column).zip(cuts.get(column + 1));
        let own = range.map_or(&[][..], |(&from, &to)| own(row, from, to));
        let ends = own.first().zip(own.last());
        let text = ends.and_then(|((start, _), (at, last))| texts.get(row)?.get(*start..at + last.len()));
        let differs = kinds.get(column).is_some_and(|k| k.contains(&State::Other));
        Slot { text: text.unwrap_or(""), differs: differs && !own.is_empty() }
    };
    let rows =
        (0..texts.len()).map(|row| (0..kinds.len()).map(|column| slot(row, column)).collect()).collect();
    Some(Columns { rows })
}

/// Position of the wording that has most in common with the others; the first of the best.
pub(super) fn middle(texts: &[&str]) -> usize {
    let all: Vec<Vec<String>> = texts.iter().map(|t| keys(&words(t))).collect();
    if all.len() > 24 || all.iter().any(|w| w.len() > MAX_WORDS) {
        return 0;
    }
    let shared = |a: &[String], b: &[String]| -> usize {
        let ops = capture_diff_slices(Algorithm::Myers, a, b);
        ops.iter().map(|op| if let DiffOp::Equal { len, .. } = op { *len } else { 0 }).sum()
    };
    let score =
        |i: usize| all.iter().map(|other| all.get(i).map_or(0, |own| shared(own, other))).sum::<usize>();
    (0..all.len()).max_by_key(|&i| (score(i), std::cmp::Reverse(i))).unwrap_or(0)
}

/// For gap `i` of `base` (0 to its length): how many words of `other` stand before it. Words that `other` adds go with the
/// base word before them, at the very start with the first.
fn match_up(base: &[String], other: &[String]) -> Vec<usize> {
    let mut spent = vec![0; base.len() + 1];
    for op in capture_diff_slices(Algorithm::Myers, base, other) {
        let (old, new) = (op.old_range(), op.new_range());
        for i in old.clone() {
            // Inside a replacement the words are shared out one to one, the rest to the last base word.
            let own = if i + 1 == old.end { new.end } else { (new.start + (i - old.start) + 1).min(new.end) };
            if let Some(s) = spent.get_mut(i + 1) {
                *s = own;
            }
        }
        if old.is_empty()
            && old.start > 0
            && let Some(s) = spent.get_mut(old.start)
        {
            *s = new.end;
        }
    }
    if let Some(last) = spent.last_mut() {
        *last = other.len();
    }
    let mut high = 0;
    for s in &mut spent {
        high = high.max(*s);
        *s = high;
    }
    spent
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_mark_what_the_other_lacks() {
        let check = |a: &str, b: &str, wanted: &str| {
            let runs = runs(a, b);
            let shown: String = runs
                .iter()
                .map(|r| if r.differs { format!("[{}]", r.text) } else { r.text.to_owned() })
                .collect();
            assert_eq!(shown, wanted);
            assert_eq!(runs.iter().map(|r| r.text).collect::<String>(), a, "nothing is lost");
        };
        check("the fire did not reach it", "the fire did reach it", "the fire did [not] reach it");
        check("twelve people were hurt", "twelve were hurt", "twelve [people] were hurt");
        check("a b c d e", "v w x y z", "a b c d e");
        check("", "x", "");
        check("  odd   space ", "odd space", "  odd   space ");
        check("\u{1f525} fire, he said", "fire he said", "[\u{1f525}] fire, he said");
    }

    #[test]
    fn columns_line_up() {
        let texts = [
            "We were lucky and we should not pretend",
            "We were lucky and nobody should pretend",
            "We were lucky",
        ];
        let columns = columns(&texts).expect("alignable");
        let shown = |row: usize| -> String {
            let mark = |s: &Slot<'_>| if s.differs { format!("[{}]", s.text) } else { s.text.to_owned() };
            columns.rows[row].iter().map(mark).collect::<Vec<_>>().join("|")
        };
        assert_eq!(shown(0), "We were lucky|and|[we]|should|not|pretend");
        assert_eq!(shown(1), "We were lucky|and|[nobody]|should||pretend");
        assert_eq!(shown(2), "We were lucky|||||");
        for (row, text) in columns.rows.iter().zip(texts) {
            let joined = row.iter().map(|s| s.text).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" ");
            assert_eq!(joined, text, "every word stands in one column");
        }
        assert_eq!(middle(&["a b x y", "a b c d", "a b c e"]), 1);
    }
}
