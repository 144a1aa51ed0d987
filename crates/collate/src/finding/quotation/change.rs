//! What was done to the words of a quotation on the way: exchanged, negated, cut.

use similar::{Algorithm, DiffOp, capture_diff_slices};
use strsim::levenshtein;
use variorum_annotate::lexicon::is_stop_word;
use variorum_annotate::words::words;
use variorum_schema::Span;

use super::spoken::Spoken;
use crate::difference::exchanged::LONG_MONTHS;

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
    /// Places at which words differ, little words counted.
    pub(super) n_places: usize,
    /// Whether "not" or "no" was put in or left out, a number changed, or who acts.
    pub(super) is_grave: bool,
    /// Whether it is the negation.
    pub(super) is_negated: bool,
    /// The first changed part on each side; where nothing stands in its place, the words around the gap.
    pub(super) x: Option<Span>,
    pub(super) y: Option<Span>,
}

/// Compares two quotations word by word. What one side merely leaves out at either end is a cut, not a change.
pub(super) fn change(a: &[Spoken], b: &[Spoken]) -> Change {
    let (mut change, mut n_no) = (Change::default(), (0, 0));
    let ops = ops(a, b);
    let (first, last) = (ops.iter().position(is_equal), ops.iter().rposition(is_equal));
    for (n, op) in ops.iter().enumerate() {
        let is_edge = first.is_none_or(|f| n < f) || last.is_none_or(|l| n > l);
        // behind the last words in common, what the one sentence says and the other: further ones were quoted or left out
        let is_end = is_edge && last.is_some_and(|l| n > l);
        let at = if is_end {
            (up_to_end(a, op.old_range()), up_to_end(b, op.new_range()))
        } else {
            (op.old_range(), op.new_range())
        };
        let (old, new) = (&a[at.0.clone()], &b[at.1.clone()]);
        let is_denied = is_end && (is_denied_at_end(a, &at.0, new) || is_denied_at_end(b, &at.1, old));
        let is_cut = is_edge && !is_denied && !is_other_end(a, b, &at, n < first.unwrap_or(0));
        let is_sentence = !is_denied && is_whole(a, &at.0) && is_whole(b, &at.1);
        if is_equal(op) || is_cut || is_sentence || is_added_by_narrator(old, new) {
            continue;
        }
        if is_broken_off(a, &at.0, new) || is_broken_off(b, &at.1, old) {
            continue;
        }
        if is_marked_cut(a, &at.0) || is_marked_cut(b, &at.1) {
            continue;
        }
        if is_same_letters(old, new) || is_slip(old, new) || old.len().max(new.len()) > MAX_CHANGE {
            continue;
        }
        if is_editors(old) || is_editors(new) {
            continue;
        }
        change.n_places += 1;
        let n_changed = n_missing(old, b).max(n_missing(new, a));
        let (no_old, no_new) = (count(old, NEGATIONS), count(new, NEGATIONS));
        let is_negated = no_old != no_new;
        (n_no.0, n_no.1) = (n_no.0 + no_old, n_no.1 + no_new);
        let is_grave = is_negated || are_other_actors(old, new) || are_other_numbers(old, new);
        if n_changed == 0 && !is_grave {
            continue;
        }
        change.n_changed += n_changed;
        change.is_grave |= is_grave;
        let parts =
            (cover(old).or_else(|| around(a, at.0.start)), cover(new).or_else(|| around(b, at.1.start)));
        // what changed is shown as one stretch as long as little lies between, and nothing that the narrator says
        let joined = |words: &[Spoken], before: Option<Span>, part: Option<Span>| match (before, part) {
            (Some(p), Some(q))
                if p.cover(q).len() <= p.len() + q.len() + MAX_BETWEEN && is_unbroken(words, p.cover(q)) =>
            {
                Some(p.cover(q))
            }
            (before, part) => before.or(part),
        };
        (change.x, change.y) = (joined(a, change.x, parts.0), joined(b, change.y, parts.1));
    }
    // "not a threat but a promise", "a promise, not a threat": what moved was not lost
    change.is_negated = n_no.0 != n_no.1;
    change
}

/// Changes that lie farther apart than this (bytes) are not shown as one.
const MAX_BETWEEN: usize = 60;
/// Bytes between two words of one quotation behind which the narrator speaks.
const NARRATED: u32 = 8;

/// Whether the narrator says nothing between the words of a stretch.
fn is_unbroken(words: &[Spoken], stretch: Span) -> bool {
    let inside: Vec<&Spoken> = words.iter().filter(|w| w.span.overlaps(stretch)).collect();
    inside.windows(2).all(|w| !is_narrated(w[0], w[1]))
}

/// Whether the narrator speaks between two words of a quotation.
fn is_narrated(before: &Spoken, after: &Spoken) -> bool {
    after.span.start.saturating_sub(before.span.end) > NARRATED
}

/// The words from `first` to `last` without what the narrator says between them: the longest unbroken run.
pub(super) fn unbroken(words: &[Spoken]) -> &[Spoken] {
    let (mut best, mut from) = (0..0, 0);
    for at in 1..=words.len() {
        let ends = at == words.len() || is_narrated(&words[at - 1], &words[at]);
        if ends && at - from > best.len() {
            best = from..at;
        }
        if ends {
            from = at;
        }
    }
    &words[best]
}

/// Words of a quotation, by their places.
type Words = std::ops::Range<usize>;

/// The words of a stretch up to the end of its first sentence.
fn up_to_end(words: &[Spoken], range: Words) -> Words {
    let end = words[range.clone()].iter().position(|s| s.ends).map_or(range.end, |n| range.start + n + 1);
    range.start..end
}

/// "They did", "they did not get to": whether a sentence ends where the other goes on with a negation.
fn is_denied_at_end(words: &[Spoken], range: &Words, other: &[Spoken]) -> bool {
    let is_over = range.is_empty() && range.start > 0 && words[range.start - 1].ends;
    let is_negation = |s: &Spoken| NEGATIONS.contains(&s.word.as_str());
    is_over && other.len() <= MAX_DENIAL && other.first().is_some_and(is_negation)
}

/// A longer stretch behind "not" is something else that the speaker said.
const MAX_DENIAL: usize = 4;

/// So many words of a sentence must be the same for its other end to be a change.
const MIN_RUN: usize = 3;

/// How many content words of a stretch the other quotation lacks, in any form.
fn n_missing(stretch: &[Spoken], other: &[Spoken]) -> usize {
    let is_missing = |s: &&Spoken| !is_stop_word(&s.word) && !other.iter().any(|o| is_one_word(s, o));
    stretch.iter().filter(is_missing).count()
}

/// Whether two words are forms of one: "reverse", "reversing".
fn is_one_word(a: &Spoken, b: &Spoken) -> bool {
    let n = a.word.chars().zip(b.word.chars()).take_while(|(x, y)| x == y).count();
    let (p, q) = (a.word.chars().count(), b.word.chars().count());
    a.lemma == b.lemma || n >= 4 && p - n <= 3 && q - n <= 3
}

/// Whether a stretch holds words in square brackets: they are the editor's, not the speaker's.
fn is_editors(stretch: &[Spoken]) -> bool {
    stretch.iter().any(|s| s.is_bracketed)
}

/// "I will not pay," she said: whether the narrator speaks where the other quotation goes on.
fn is_broken_off(words: &[Spoken], range: &Words, other: &[Spoken]) -> bool {
    let at = range.start;
    range.is_empty()
        && !other.is_empty()
        && at > 0
        && at < words.len()
        && is_narrated(&words[at - 1], &words[at])
}

/// "The test ground ... in order to": whether an account says itself that it left out what the other quotes there.
fn is_marked_cut(words: &[Spoken], range: &Words) -> bool {
    range.is_empty() && range.start.checked_sub(1).is_some_and(|n| words[n].is_broken)
}

/// Whether the sentences around the first change have little in common: then they are two sentences of one speech.
pub(super) fn are_two_sentences(a: &[Spoken], b: &[Spoken], change: &Change) -> bool {
    let place = |words: &[Spoken], at: Option<Span>| -> Option<Words> {
        let at = at?;
        let first = words.iter().position(|w| w.span.overlaps(at))?;
        let last = words.iter().rposition(|w| w.span.overlaps(at))?;
        Some(first..last + 1)
    };
    let Some(at) = place(a, change.x).zip(place(b, change.y)) else { return false };
    let sentence = |words: &[Spoken], range: &Words| {
        let from = words[..range.start].iter().rposition(|s| s.ends).map_or(0, |n| n + 1);
        let last = range.end.saturating_sub(1).max(range.start);
        let to = words
            .get(last..)
            .unwrap_or_default()
            .iter()
            .position(|s| s.ends)
            .map_or(words.len(), |n| last + n + 1);
        from.min(to)..to
    };
    let content = |words: &[Spoken], range: Words| {
        words[range].iter().filter(|s| !is_stop_word(&s.word)).cloned().collect::<Vec<Spoken>>()
    };
    let (x, y) = (content(a, sentence(a, &at.0)), content(b, sentence(b, &at.1)));
    let n_shared = x.iter().filter(|s| y.iter().any(|o| is_one_word(s, o))).count();
    let n = x.len().min(y.len());
    n >= MIN_SENTENCE && 2 * n_shared < n
}

/// Content words of a sentence that is held against another.
const MIN_SENTENCE: usize = 3;

/// Whether two quotations give one sentence two ends (or two beginnings), rather than one of them breaking off: both end
/// where a sentence does, after the same words.
fn is_other_end(a: &[Spoken], b: &[Spoken], at: &(Words, Words), is_start: bool) -> bool {
    let (old, new) = at.clone();
    if old.is_empty() || new.is_empty() {
        return false;
    }
    // "for years … now when you need it": the account says itself that it left something out
    let is_broken = |words: &[Spoken], at: usize| at.checked_sub(1).is_some_and(|n| words[n].is_broken);
    if !is_start && (is_broken(a, old.start) || is_broken(b, new.start)) {
        return false;
    }
    // the words of the same sentence beside the stretch, going away from it
    let ends = |words: &[Spoken], at: usize| words.get(at).is_some_and(|s| s.ends);
    let reach = |words: &[Spoken], range: &std::ops::Range<usize>| {
        if is_start {
            let sentence = words[range.end..].iter().position(|s| s.ends);
            sentence.map_or(words.len() - range.end, |n| n + 1)
        } else {
            words[..range.start].iter().rev().take_while(|s| !s.ends).count()
        }
    };
    let is_bounded = |words: &[Spoken], range: &std::ops::Range<usize>| {
        let inner = &words[range.clone()];
        let n_ends = inner.iter().filter(|s| s.ends).count();
        // what begins with a small letter is a fragment
        let begins = range.start == 0 && inner.first().is_some_and(|s| s.is_capital);
        if is_start { n_ends == 0 && begins } else { n_ends == 1 && ends(words, range.end - 1) }
    };
    let same = |x: usize, y: usize| a.get(x).zip(b.get(y)).is_some_and(|(p, q)| p.word == q.word);
    let run = if is_start {
        (0..).take_while(|n| same(old.end + n, new.end + n)).count()
    } else {
        (1..).take_while(|n| *n <= old.start.min(new.start) && same(old.start - n, new.start - n)).count()
    };
    let n_beside = run.min(reach(a, &old)).min(reach(b, &new));
    is_bounded(a, &old) && is_bounded(b, &new) && n_beside >= MIN_RUN
}

/// A longer stretch than this is another passage of the speech, not other words for the same.
const MAX_CHANGE: usize = 8;

/// Whether two stretches are spelt with the same letters, doubled ones counted once: "U.S." and "US", "e-mail" and "email",
/// "modelling" and "modeling". House style is no alteration.
fn is_same_letters(old: &[Spoken], new: &[Spoken]) -> bool {
    let letters = |list: &[Spoken]| {
        let words: String = list.iter().map(|s| styled(&s.word)).collect();
        let words = words.replace("unitedkingdom", "uk").replace("unitedstate", "u");
        let mut letters: Vec<char> = words.chars().collect();
        letters.dedup();
        letters
    };
    // an initial that one style leaves out
    let is_initial =
        |list: &[Spoken]| matches!(list, [s] if s.word.chars().count() == 1 && s.is_capital && s.word != "i");
    let is_left_out = old.is_empty() && is_initial(new) || new.is_empty() && is_initial(old);
    is_left_out || are_masked(old, new) || !old.is_empty() && letters(old) == letters(new)
}

/// "f***ing": a word of which an account prints some letters only.
fn are_masked(old: &[Spoken], new: &[Spoken]) -> bool {
    let ([a], [b]) = (old, new) else { return false };
    let stands_for = |masked: &str, word: &str| {
        let (head, tail) = (masked.split('*').next().unwrap_or(""), masked.rsplit('*').next().unwrap_or(""));
        masked.contains('*') && !head.is_empty() && word.starts_with(head) && word.ends_with(tail)
    };
    stands_for(&a.word, &b.word) || stands_for(&b.word, &a.word)
}

/// Letters from which a word with one letter too many, too few or wrong is still known.
const MIN_SLIP: usize = 7;

/// "slightlest" for "slightest": a slip of the pen, which makes of a word one that there is not.
fn is_slip(old: &[Spoken], new: &[Spoken]) -> bool {
    let ([a], [b]) = (old, new) else { return false };
    let is_known = |s: &Spoken| words().id(&s.lemma).is_some() || words().id(&s.word).is_some();
    let is_long = a.word.chars().count().min(b.word.chars().count()) >= MIN_SLIP;
    let is_name = a.is_capital || b.is_capital;
    is_long && !is_name && is_known(a) != is_known(b) && levenshtein(&a.word, &b.word) == 1
}

/// A word as one style writes it: "honour" as "honor", "enquiry" as "inquiry", "31st" as "31", "August" as "Aug".
fn styled(word: &str) -> String {
    if LONG_MONTHS.iter().any(|m| m.starts_with(word) && word.len() > 2) || word == "sept" {
        return word.chars().take(3).collect();
    }
    match word {
        "the" => return String::new(),
        "i'd" | "we'd" | "you'd" | "he'd" | "she'd" | "they'd" => {
            return format!("{}would", word.trim_end_matches("'d"));
        }
        "gonna" => return "goingto".to_owned(),
        "gotta" => return "gotto".to_owned(),
        "wanna" => return "wantto".to_owned(),
        _ => {}
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) {
        return word.trim_end_matches(char::is_alphabetic).to_owned();
    }
    let long = word.chars().count() > 4;
    let word = word
        .trim_end_matches('s')
        .replace("metre", "meter")
        .replace("oe", "e")
        .replace("ae", "e")
        .replace("enquir", "inquir")
        .replace("yse", "yze");
    let word = if long {
        word.replace("our", "or")
            .replace("ise", "ize")
            .replace("isa", "iza")
            .replace("ising", "izing")
            .replace("ogue", "og")
            .replace("ence", "ense")
    } else {
        word
    };
    match word.strip_suffix("re") {
        Some(stem) if long && !stem.ends_with(['a', 'e', 'i', 'o', 'u']) => format!("{stem}er"),
        _ => word,
    }
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

const NEGATIONS: &[&str] = &["not", "no", "never", "nobody", "nothing", "none", "neither", "nor"];

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
