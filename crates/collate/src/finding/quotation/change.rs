//! What was done to the words of a quotation on the way: exchanged, negated, cut.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use variorum_annotate::lexicon::is_stop_word;
use variorum_schema::Span;

use super::spoken::Spoken;

pub(super) fn ops(a: &[Spoken], b: &[Spoken]) -> Vec<DiffOp> {
    fn words(list: &[Spoken]) -> Vec<&str> {
        list.iter().map(|s| s.word.as_str()).collect()
    }
    capture_diff_slices(Algorithm::Myers, &words(a), &words(b))
}

/// What was done to the words of a quotation.
#[derive(Clone, Debug, Default)]
pub(super) struct Change {
    /// Content words exchanged, put in or left out inside the quotation.
    pub(super) n_changed: usize,
    /// Whether "not" or "no" was put in or left out, a number changed, or who acts.
    pub(super) is_grave: bool,
    /// The first changed part on each side; where nothing stands in its place, the words around the gap.
    pub(super) x: Option<Span>,
    pub(super) y: Option<Span>,
}

/// Compares two quotations word by word. What one side merely leaves out at either end is a cut, not a change.
pub(super) fn change(a: &[Spoken], b: &[Spoken]) -> Change {
    let mut change = Change::default();
    let ops = ops(a, b);
    let (first, last) = (ops.iter().position(is_equal), ops.iter().rposition(is_equal));
    let content = |list: &[Spoken]| list.iter().filter(|s| !is_stop_word(&s.word)).count();
    for (n, op) in ops.iter().enumerate() {
        let (old, new) = (&a[op.old_range()], &b[op.new_range()]);
        let is_cut = first.is_none_or(|f| n < f) || last.is_none_or(|l| n > l);
        let is_sentence = is_whole(a, &op.old_range()) && is_whole(b, &op.new_range());
        if is_equal(op) || is_cut || is_sentence || is_added_by_narrator(old, new) {
            continue;
        }
        if is_same_letters(old, new) || old.len().max(new.len()) > MAX_CHANGE {
            continue;
        }
        let n_changed = content(old).max(content(new));
        let is_grave = count(old, NEGATIONS) != count(new, NEGATIONS)
            || are_other_actors(old, new)
            || are_other_numbers(old, new);
        if n_changed == 0 && !is_grave {
            continue;
        }
        change.n_changed += n_changed.max(1);
        change.is_grave |= is_grave;
        if change.x.is_none() {
            change.x = cover(old).or_else(|| around(a, op.old_range().start));
            change.y = cover(new).or_else(|| around(b, op.new_range().start));
        }
    }
    change
}

/// A longer stretch than this is another passage of the speech, not other words for the same.
const MAX_CHANGE: usize = 8;

/// Whether two stretches are spelt with the same letters, doubled ones counted once: "U.S." and "US", "e-mail" and "email",
/// "modelling" and "modeling". House style is no alteration.
fn is_same_letters(old: &[Spoken], new: &[Spoken]) -> bool {
    let letters = |list: &[Spoken]| {
        let mut letters: Vec<char> = list.iter().flat_map(|s| s.word.chars()).collect();
        letters.dedup();
        letters
    };
    !old.is_empty() && letters(old) == letters(new)
}

/// Whether a stretch is empty or begins and ends where sentences do: what goes with it is a cut. A stretch whose last words
/// also stand before it may as well lie further to the left ("It is [late. It is] dark.").
fn is_whole(words: &[Spoken], range: &std::ops::Range<usize>) -> bool {
    let (mut from, mut to) = (range.start, range.end);
    loop {
        let ends = |at: usize| words.get(at).is_none_or(|s| s.ends);
        if range.is_empty() || (from == 0 || ends(from - 1)) && ends(to - 1) {
            return true;
        }
        if from == 0 || words[from - 1].word != words[to - 1].word {
            return false;
        }
        (from, to) = (from - 1, to - 1);
    }
}

const NEGATIONS: &[&str] = &["not", "no", "never", "nobody", "nothing", "none"];

/// Who acts, where the speaker says it of himself, of those addressed, or of others.
const ACTORS: &[&[&str]] =
    &[&["i"], &["we"], &["you"], &["they", "others", "he", "she", "somebody", "someone"], &["nobody"]];

/// Verbs with which a narrator breaks into a quotation.
const REPORTING: &[&str] =
    &["said", "says", "added", "told", "wrote", "continued", "explained", "asked", "insisted"];

fn count(list: &[Spoken], words: &[&str]) -> usize {
    list.iter().filter(|s| words.contains(&s.word.as_str())).count()
}

/// A long stretch left out inside is an omission between two quoted sentences, as editors do; "she said" put in is the
/// narrator's.
fn is_added_by_narrator(old: &[Spoken], new: &[Spoken]) -> bool {
    let more = if old.is_empty() { new } else { old };
    let is_one_sided = old.is_empty() || new.is_empty();
    is_one_sided && (more.len() > 6 || count(more, REPORTING) > 0)
}

fn are_other_actors(old: &[Spoken], new: &[Spoken]) -> bool {
    let class = |list: &[Spoken]| match list {
        [one] => ACTORS.iter().position(|words| words.contains(&one.word.as_str())),
        _ => None,
    };
    matches!((class(old), class(new)), (Some(x), Some(y)) if x != y)
}

fn are_other_numbers(old: &[Spoken], new: &[Spoken]) -> bool {
    let digits = |list: &[Spoken]| -> Vec<String> {
        list.iter()
            .filter(|s| s.word.starts_with(|c: char| c.is_ascii_digit()))
            .map(|s| s.word.clone())
            .collect()
    };
    let (x, y) = (digits(old), digits(new));
    !x.is_empty() && !y.is_empty() && x != y
}

/// The words on both sides of a gap.
fn around(words: &[Spoken], at: usize) -> Option<Span> {
    let from = at.saturating_sub(1).min(words.len());
    cover(&words[from..(at + 1).min(words.len())])
}

fn is_equal(op: &DiffOp) -> bool {
    matches!(op, DiffOp::Equal { .. })
}

pub(super) fn cover(words: &[Spoken]) -> Option<Span> {
    Some(words.first()?.span.cover(words.last()?.span))
}

/// Changed in substance: a content word exchanged, or a negation put in or left out.
pub(super) fn is_changed(c: &Change) -> bool {
    c.n_changed > 0 || c.is_grave
}
