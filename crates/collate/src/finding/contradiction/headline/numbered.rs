//! How many a headline says something was done to, or did it, where the text says the same act of another number: "Twelve
//! pardoned" over "the president has pardoned nine prisoners".
//!
//! A desk copies such a number wrongly or brings it up to date; so only a number that the text gives nowhere, neither as it is
//! nor as the sum or the difference of two others, is held against the one that the text gives of the same act.

use variorum_annotate::words;
use variorum_schema::{FindingType, Hedge, Quantity, Span, Tag, TimeKind, Token, Unit};

use super::{Disagreement, Line, MAX_SENTENCES, Place, mismatch};
use crate::align::Statement;
use crate::difference::quantity::{canonical, compatible, frame_of, is_people, were_there};
use crate::finding::expectation::deed::{act_of, is_weak};
use crate::finding::figure::{self, measure};
use crate::overlap::{self, Word};
use crate::telling::Telling;

/// Sentences of the text that tell what the headline tells.
const OPENING: usize = 4;
/// Ten times as much is another thing.
const FURTHEST: f64 = 2.5;
/// Sentences between two numbers of which the one in the headline is the sum.
const REACH: u32 = 3;
/// Words that make a number a part of another one, or one that comes on top of it.
const APART: [&str; 14] = [
    "another",
    "further",
    "more",
    "other",
    "additional",
    "including",
    "among",
    "remaining",
    "of",
    "extra",
    "every",
    "each",
    "per",
    "former",
];

/// A number with the words that say what was done.
struct Told<'a> {
    number: &'a Quantity,
    /// What is counted; nothing in "25 dead", "20,000 flee Orle flood".
    counted: Option<&'a str>,
    frame: Option<&'static str>,
    acts: Vec<&'a Word>,
}

/// The number of a headline that the text gives otherwise of the same act.
pub(super) fn numbered(telling: &Telling, title: &Line, body: &[Line]) -> Option<Disagreement> {
    let account = telling.account(title.statement.account);
    let all = &account.annotations.quantities;
    let span = telling.sentence(&title.statement).span;
    let values = values(telling, title.statement.account);
    for number in all.iter().filter(|q| span.contains(q.span) && is_count(telling, title, q)) {
        let told = told(telling, title, number);
        // "three nights", "the three": read as something else, it is in the text all the same
        let is_written =
            body.iter().any(|line| line.words.list.iter().any(|w| w.number == Some(number.value)));
        let is_told = is_written || is_borne_out(number, all, span.end, &values);
        if told.acts.is_empty() && told.frame.is_none() || is_told {
            continue;
        }
        for line in body.iter().take(OPENING).filter(|l| !l.is_speech) {
            let inside = telling.sentence(&line.statement).span;
            let own = all.iter().filter(|q| inside.contains(q.span) && is_count(telling, line, q));
            for other in own.filter(|q| is_whole(telling, &line.statement, q)) {
                let rival = self::told(telling, line, other);
                if !is_rival(&told, &rival) || !is_one_act(&told, &rival) {
                    continue;
                }
                let place = |line: &Line, q: &Quantity| Place { statement: line.statement, focus: q.span };
                let note = "the text gives another number of the same act".to_owned();
                let (x, y) = (place(title, number), place(line, other));
                return Some(mismatch(FindingType::Quantity, x, y, note));
            }
        }
    }
    None
}

/// Whether a number counts people or things.
fn is_count(telling: &Telling, line: &Line, q: &Quantity) -> bool {
    let text = &telling.document(line.statement.account).text;
    q.unit == Unit::Count
        && !matches!(q.hedge, Hedge::Vague | Hedge::Range)
        && q.value >= 2.0
        && q.value.fract() == 0.0
        && !(1900.0..2100.0).contains(&q.value)
        && !figure::is_name(text, q)
}

/// The tokens of the sentence of a line, and where a number stands among them.
fn around<'a>(telling: &'a Telling, statement: &Statement, q: &Quantity) -> (&'a [Token], usize, usize) {
    let annotations = &telling.account(statement.account).annotations;
    let tokens = annotations.tokens_of(telling.sentence(statement));
    let at = tokens.partition_point(|t| t.span.end <= q.span.start);
    (tokens, at, tokens.partition_point(|t| t.span.start < q.span.end).max(at))
}

/// What a number is said to have done, or what was done to it: the words up to the next numbers, those behind it first.
fn told<'a>(telling: &Telling, line: &'a Line, number: &'a Quantity) -> Told<'a> {
    let annotations = &telling.account(line.statement.account).annotations;
    let (tokens, at, end) = around(telling, &line.statement, number);
    let is_number = |t: &Token| {
        let n = annotations.quantities.partition_point(|q| q.span.end <= t.span.start);
        annotations.quantities.get(n).is_some_and(|q| {
            q.number.overlaps(t.span) && !q.number.overlaps(number.span) && matches!(q.unit, Unit::Count)
        })
    };
    let from = tokens[..at].iter().rposition(is_number).map_or(0, |n| n + 1);
    let to = tokens[end..].iter().position(is_number).map_or(tokens.len(), |n| end + n);
    let text = &telling.document(line.statement.account).text;
    let lemma = |t: &'_ Token| match t.span.of(text).to_lowercase().as_str() {
        "missing" => "missing".to_owned(),
        _ => t.lemma.clone(),
    };
    let lemmas: Vec<String> = tokens.iter().map(lemma).collect();
    let lemmas: Vec<&str> = lemmas.iter().map(String::as_str).collect();
    let frames = |range: std::ops::Range<usize>| range.into_iter().find_map(|n| frame_of(&lemmas[n..to]));
    let counted = number.counted.map_or(end, |c| at.max(tokens.partition_point(|t| t.span.start < c.start)));
    let first = |range: std::ops::Range<usize>| annotations_range(annotations, tokens, range);
    let acts = |(p, q): (u32, u32)| -> Vec<&'a Word> {
        let is_act = |w: &&Word| {
            w.tag == Tag::Verb
                && w.is_content
                && !is_weak(&w.lemma)
                && (p..q).contains(&w.token)
                && w.lemma != "say"
        };
        line.words.list.iter().filter(is_act).collect()
    };
    Told {
        number,
        counted: number.counted_lemma.as_deref().filter(|counted| {
            let is_frame = |word: &str| frame_of(&[word]).is_some();
            !is_frame(counted) && !lemmas.get(end).is_some_and(|next| is_frame(next))
        }),
        frame: frames(counted.min(to)..to).or_else(|| frames(from..at)),
        acts: acts(first(from..to)),
    }
}

/// Numbers of tokens of an account from those of a sentence.
fn annotations_range(
    annotations: &variorum_schema::Annotations,
    tokens: &[Token],
    range: std::ops::Range<usize>,
) -> (u32, u32) {
    let Some(first) = tokens.first() else { return (0, 0) };
    let base = annotations.tokens.partition_point(|t| t.span.start < first.span.start);
    ((base + range.start) as u32, (base + range.end) as u32)
}

/// The numbers of the text of an account, each with its sentence.
pub(in super::super) fn values(telling: &Telling, member: u32) -> Vec<(u32, f64)> {
    let annotations = &telling.account(member).annotations;
    let is_of_date = |w: &&Word| {
        let span = annotations.tokens.get(w.token as usize).map_or(Span::default(), |t| t.span);
        annotations.times.iter().any(|t| t.kind != TimeKind::Duration && t.span.overlaps(span))
    };
    let of = |s: &Statement| -> Vec<(u32, f64)> {
        let words = overlap::words_of(telling, s);
        let numbers = words.list.iter().filter(|w| w.number.is_some() && !is_of_date(w));
        numbers.filter_map(|w| Some((s.sentence, w.number?))).collect()
    };
    telling.alignments.of(member).iter().take(MAX_SENTENCES).flat_map(of).collect()
}

/// Whether a number is the sum of two others that stand near one another, or the difference of two of one sentence.
pub(in super::super) fn is_made(value: f64, values: &[(u32, f64)]) -> bool {
    let is = |made: f64| (made - value).abs() < 1e-9;
    let makes = |(s, a): &(u32, f64), (t, b): &(u32, f64)| {
        s.abs_diff(*t) <= REACH && is(a + b) || s == t && is((a - b).abs())
    };
    values.iter().enumerate().any(|(n, a)| values[n + 1..].iter().any(|b| makes(a, b)))
}

/// Whether the number at a place of a headline is one that the text makes of two of its own.
pub(in super::super) fn is_in_parts(telling: &Telling, title: &Statement, focus: Span) -> bool {
    let annotations = &telling.account(title.account).annotations;
    let told = annotations.quantities.iter().find(|q| q.span.overlaps(focus));
    told.is_some_and(|q| is_made(q.value, &values(telling, title.account)))
}

/// Whether the number at a place of the text is one of a part.
pub(in super::super) fn is_part(telling: &Telling, statement: &Statement, focus: Span) -> bool {
    let annotations = &telling.account(statement.account).annotations;
    let told = annotations.quantities.iter().find(|q| q.span.overlaps(focus));
    told.is_some_and(|q| !is_whole(telling, statement, q))
}

/// Whether the text has the number of its headline: as it is, rounded, as a sum or as a difference.
fn is_borne_out(number: &Quantity, all: &[Quantity], end: u32, values: &[(u32, f64)]) -> bool {
    let is_it = |q: &Quantity| {
        let is_near = (q.value - number.value).abs() <= 0.1 * number.value.max(q.value);
        let is_round = number.value >= 20.0 && is_near || (q.value - number.value).abs() < 1e-9;
        let is_open = q.unit == Unit::Count && q.hedge == Hedge::Vague;
        is_round || is_open || q.unit == Unit::Count && q.hedge != Hedge::AtLeast && compatible(q, number)
    };
    all.iter().filter(|q| q.span.start >= end).any(is_it)
        || number.hedge == Hedge::AtLeast
            && values.iter().any(|(_, v)| *v >= number.value && *v <= 2.0 * number.value)
        || is_made(number.value, values)
}

/// Whether a number stands for all of whom it tells, and not for some more, some of them, or so many for each.
fn is_whole(telling: &Telling, statement: &Statement, q: &Quantity) -> bool {
    let (tokens, at, end) = around(telling, statement, q);
    let is_listed =
        tokens[..at].iter().rev().take(6).any(|t| matches!(t.lemma.as_str(), "among" | "include"));
    let before = tokens[..at].iter().rev().take(2);
    let behind = tokens[end..].iter().take(2);
    let is_apart = |t: &Token| {
        let word = t.span.of(&telling.document(statement.account).text).to_lowercase();
        APART.contains(&word.as_str()) || measure::is_word("former", &t.lemma)
    };
    let is_of = tokens[end..].iter().take(2).any(|t| t.lemma == "of" || t.lemma == "other");
    !is_of && !is_listed && !before.into_iter().any(is_apart) && !behind.into_iter().any(is_apart)
}

/// Whether two numbers may be of one thing and are not one.
fn is_rival(a: &Told, b: &Told) -> bool {
    let (number, other) = (a.number, b.number);
    let (low, high) = (number.value.min(other.value), number.value.max(other.value));
    let is_kind = match (a.counted, b.counted) {
        (Some(p), Some(q)) => {
            let are_people = is_person(p) && is_person(q) && (is_people(p) || is_people(q));
            canonical(p) == canonical(q) || are_people
        }
        // "20,000 flee", "fourteen pardoned"
        (None, Some(q)) => is_person(q),
        (Some(p), None) => is_person(p),
        _ => true,
    };
    is_kind && high <= FURTHEST * low && high - low >= 0.1 * high
}

/// Whether a counted thing is people of any kind.
fn is_person(lemma: &str) -> bool {
    is_people(lemma) || were_there(lemma) || measure::is_word("kind", lemma) || words::is_a(lemma, "person")
}

/// Whether two numbers are told of one act.
fn is_one_act(a: &Told, b: &Told) -> bool {
    if a.frame.is_some() || b.frame.is_some() {
        return a.frame == b.frame && a.number.unit == b.number.unit;
    }
    let is_same = |p: &Word, q: &Word| {
        let class = |w: &Word| act_of(&w.lemma);
        overlap::likeness(p, q) >= overlap::SAME || class(p).is_some() && class(p) == class(q)
    };
    a.acts.iter().any(|p| b.acts.iter().any(|q| is_same(p, q)))
}
