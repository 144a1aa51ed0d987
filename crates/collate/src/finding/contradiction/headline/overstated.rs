//! A headline that goes further than its text: "scraps tariffs" over tariffs that are suspended, "all found" over one of three.

use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{FindingType, Span, Tag};

use super::{Disagreement, Line, Place, mismatch};
use crate::overlap::{self, Word};
use crate::telling::Telling;

/// Sentences in which the text tells what the headline tells.
const OPENING: usize = 6;
/// Words behind a verb that may be its object.
const OBJECT: usize = 4;
/// Other words between two words of a phrase.
const GAP: usize = 2;
/// Likeness from which two nouns may call one thing.
const ONE_THING: f64 = 0.6;
/// Words that put a headline into the future, or into somebody's mouth.
const TO_COME: [&str; 30] = [
    "to", "may", "might", "could", "will", "would", "should", "must", "can", "set", "plan", "mull", "eye",
    "vow", "want", "seek", "urge", "threaten", "consider", "demand", "call", "if", "how", "why", "when",
    "bid", "not", "no", "almost", "nearly",
];

/// Words of headlines with the phrases of the text.
static TURNS: LazyLock<Vec<(Vec<Vec<&str>>, Vec<Vec<&str>>)>> = LazyLock::new(|| {
    fn phrases(field: &str) -> Vec<Vec<&str>> {
        field.split(' ').map(|p| p.split('_').collect()).collect()
    }
    let lines = lexicon::entries(lexicon::HEADLINE_TURNS).filter(|f| f.len() > 1);
    lines.map(|f| (phrases(f[0]), phrases(f[1]))).collect()
});

/// Where the last word of a phrase stands, if it begins at a place.
fn phrase_end(line: &Line, at: usize, phrase: &[&str]) -> Option<usize> {
    let list = &line.words.list;
    let is = |n: usize, word: &str| list.get(n).is_some_and(|w| w.lemma == word || w.lower == word);
    let (first, rest) = phrase.split_first()?;
    if !is(at, first) {
        return None;
    }
    rest.iter().try_fold(at, |last, word| (last + 1..=last + 1 + GAP).find(|n| is(*n, word)))
}

/// What a headline says was done, where its text says that it was not, or less.
pub(super) fn overstated(telling: &Telling, title: &Line, body: &[Line]) -> Option<Disagreement> {
    of_acts(telling, title, body).or_else(|| of_all(telling, title, body))
}

fn of_acts(telling: &Telling, title: &Line, body: &[Line]) -> Option<Disagreement> {
    for at in 0..title.words.list.len() {
        for (said, instead) in TURNS.iter() {
            let Some(end) = said.iter().find_map(|p| phrase_end(title, at, p)) else { continue };
            if !is_done(title, at, end) {
                continue;
            }
            // the headline has both
            let has_both = (0..title.words.list.len())
                .any(|n| n != at && instead.iter().any(|p| phrase_end(title, n, p).is_some()));
            let (about, is_subject) = about(title, at, end);
            if has_both || about.is_empty() || body.iter().any(|l| is_told(l, said, instead)) {
                continue;
            }
            if let Some((line, n, last)) = turn(title, body, (&about, is_subject), instead) {
                let (x, y) = (span(telling, title, at, end), span(telling, line, n, last));
                let note = "the headline goes further than the text".to_owned();
                let place = |line: &Line, focus: Span| Place { statement: line.statement, focus };
                return Some(mismatch(FindingType::Outcome, place(title, x), place(line, y), note));
            }
        }
    }
    None
}

/// Whether words of a headline tell what was done.
fn is_done(title: &Line, at: usize, end: usize) -> bool {
    let (word, before) = (&title.words.list[at], &title.words.list[..at]);
    // "Council bans oil": tagged as a noun, and none
    let is_like_verb = (word.lower.ends_with("ed") || word.lower.ends_with('s') && word.lower != word.lemma)
        && before.last().is_some_and(|w| matches!(w.tag, Tag::Noun | Tag::Propn));
    let is_verb = word.tag == Tag::Verb || is_like_verb;
    let is_noun = title.words.list.get(end + 1).is_some_and(|w| w.lower == "of");
    is_verb
        && !is_noun
        && !before.iter().any(|w| TO_COME.contains(&w.lower.as_str()) || TO_COME.contains(&w.lemma.as_str()))
}

/// The nouns of which a verb of the headline tells: its object, else its subject; and whether they are its subject.
fn about(title: &Line, at: usize, end: usize) -> (Vec<&Word>, bool) {
    let list = &title.words.list;
    let is_noun =
        |w: &&Word| w.is_content && matches!(w.tag, Tag::Noun | Tag::Propn | Tag::Adj) && w.number.is_none();
    let behind = list[end + 1..].iter().take(OBJECT).take_while(|w| w.tag != Tag::Adp && w.tag != Tag::Verb);
    let object: Vec<&Word> = behind.filter(|w| is_noun(w) && w.tag != Tag::Adj).collect();
    if object.is_empty() { (list[..at].iter().filter(is_noun).collect(), true) } else { (object, false) }
}

/// Whether the nearest name before a word is none of the headline: then it is said of somebody else.
fn is_of_another(title: &Line, line: &Line, n: usize, about: &[&Word]) -> bool {
    let is_about = |w: &Word| about.iter().any(|a| overlap::likeness(a, w) >= ONE_THING);
    let is_name = |w: &&Word| (w.is_name || w.tag == Tag::Propn) && !line.is_time(w);
    let mut before = line.words.list[..n].iter().rev().skip_while(|w| !is_name(w) && !is_about(w));
    let is_known = |w: &Word| title.words.list.iter().any(|t| t.lower == w.lower) || is_about(w);
    let mut name = before.by_ref().take_while(|w| is_name(w) || is_about(w)).peekable();
    name.peek().is_some() && !name.any(is_known)
}

/// Whether a sentence says that it was done after all.
fn is_told(line: &Line, said: &[Vec<&str>], instead: &[Vec<&str>]) -> bool {
    let list = &line.words.list;
    (0..list.len()).any(|n| {
        let is_it =
            said.iter().any(|p| phrase_end(line, n, p).is_some_and(|e| e > n || list[n].tag == Tag::Verb));
        let is_of_other = (n.saturating_sub(GAP + 2)..=n)
            .any(|m| instead.iter().any(|p| phrase_end(line, m, p).is_some_and(|e| e >= n)));
        let is_to_come = list[n.saturating_sub(3)..n].iter().any(|w| TO_COME.contains(&w.lower.as_str()))
            || line.is_open(n);
        is_it && !is_of_other && !is_to_come && !line.is_negated(&list[n])
    })
}

/// Where the text says otherwise of the same thing.
fn turn<'a>(
    title: &Line,
    body: &'a [Line],
    (about, is_subject): (&[&Word], bool),
    instead: &[Vec<&str>],
) -> Option<(&'a Line, usize, usize)> {
    let names = |line: &Line| {
        about.iter().any(|a| line.words.list.iter().any(|w| overlap::likeness(a, w) >= ONE_THING))
    };
    for (idx, line) in body.iter().enumerate().take(OPENING).filter(|(_, l)| !l.is_speech) {
        let list = &line.words.list;
        for n in 0..list.len() {
            let Some(end) = instead.iter().find_map(|p| phrase_end(line, n, p)) else { continue };
            let is_verb = end > n || list[n].tag == Tag::Verb || list[n].tag == Tag::Adj;
            let to_come = list[n.saturating_sub(3)..n].iter();
            let is_open = to_come.clone().any(|w| TO_COME.contains(&w.lower.as_str()));
            let is_near = |b: &Line| line.has_pronoun_before(n) && names(b);
            let before = idx.checked_sub(1).map(|p| &body[p]);
            if is_subject && is_of_another(title, line, n, about) {
                continue;
            }
            if is_verb
                && !is_open
                && !line.is_negated(&list[n])
                && (names(line) || before.is_some_and(is_near))
            {
                return Some((line, n, end));
            }
        }
    }
    None
}

/// "All three found" over a text that has found one of the three and knows nothing of the others.
fn of_all(telling: &Telling, title: &Line, body: &[Line]) -> Option<Disagreement> {
    let list = &title.words.list;
    let all = list.iter().position(|w| w.lower == "all")?;
    let things = list[all + 1..].iter().take(3).find(|w| w.tag == Tag::Noun && w.is_content)?;
    let names = |line: &Line| line.words.list.iter().any(|w| overlap::likeness(things, w) >= overlap::SAME);
    for (idx, line) in body.iter().enumerate().take(OPENING).filter(|(_, l)| !l.is_speech) {
        let words = &line.words.list;
        let is_left = |n: &usize| {
            let is_the = words.get(n.wrapping_sub(1)).is_some_and(|w| w.lower == "the" || w.number.is_some());
            matches!(words[*n].lower.as_str(), "other" | "others" | "rest" | "remaining") && is_the
                || words[*n].number.is_some_and(|v| v < 20.0)
                    && words
                        .get(n + 1)
                        .is_some_and(|w| matches!(w.lower.as_str(), "are" | "is" | "remain" | "remains"))
        };
        let is_lost = words.iter().any(|w| {
            matches!(w.lower.as_str(), "missing" | "lost" | "untraced" | "unaccounted")
                || w.lower == "still"
                    && words.iter().any(|o| matches!(o.lower.as_str(), "search" | "searching" | "sought"))
        }) || words
            .windows(2)
            .any(|w| w[0].lower == "no" && matches!(w[1].lower.as_str(), "trace" | "sign"));
        let Some(n) = (0..words.len()).find(is_left).filter(|_| is_lost) else { continue };
        let before = idx.checked_sub(1).map(|p| &body[p]);
        if names(line) || before.is_some_and(names) {
            let (x, y) = (span(telling, title, all, all), span(telling, line, n.saturating_sub(1), n));
            let note = "the headline says it of all, the text of some that it is not so".to_owned();
            let place = |line: &Line, focus: Span| Place { statement: line.statement, focus };
            return Some(mismatch(FindingType::Outcome, place(title, x), place(line, y), note));
        }
    }
    None
}

/// From a word of a sentence to another.
fn span(telling: &Telling, line: &Line, from: usize, to: usize) -> Span {
    let tokens = &telling.account(line.statement.account).annotations.tokens;
    let of = |n: usize| tokens.get(line.words.list[n].token as usize).map_or(Span::default(), |t| t.span);
    of(from).cover(of(to))
}
