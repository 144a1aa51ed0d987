//! A headline that says more than its text, or other: what it says was done, the text says was not; a word and its
//! opposite; more dead than the text counts.
//!
//! Desks write headlines last and in a hurry, and copies get them from elsewhere. So a headline is read against its own
//! text alone, and only a text that nowhere says what the headline says contradicts it.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use variorum_annotate::lexicon;
use variorum_schema::{BlockKind, FindingKind, FindingType, Span, Tag};

use super::{Disagreement, Place};
use crate::align::Statement;
use crate::difference::item::{self, Class, Item};
use crate::difference::opposite::{are_on_one_side, opposed};
use crate::finding::expectation::deed::{act_of, is_weak};
use crate::overlap::{self, Word, Words};
use crate::telling::Telling;

mod counted;
pub(super) mod numbered;
mod overstated;

/// Sentences of a text that are read against its headline.
const MAX_SENTENCES: usize = 40;
/// How many words before a verb say that it is still to be done.
const N_OPEN: usize = 5;
/// How many words to each side of a verb tell of what it is said.
const NEAR: usize = 4;
/// Verbs behind which "to" opens what somebody is to do, and has not done.
const URGING: [&str; 13] = [
    "urge", "push", "press", "ask", "call", "want", "demand", "tell", "order", "beg", "seek", "warn",
    "threaten",
];
/// Particles that make another verb of a verb.
const PARTICLES: [&str; 6] = ["off", "up", "out", "down", "over", "back"];
/// Verbs by which a headline says that somebody got something.
const GETTING: [&str; 6] = ["win", "secure", "get", "gain", "obtain", "land"];
/// Words before a verb of a headline among which one says that it ought to be done.
const DEMAND: usize = 3;
/// Verbs by which it would be given; negated, it was not.
const GIVING: [&str; 6] = ["allow", "permit", "grant", "accept", "approve", "give"];

/// Verbs that deny what they govern.
static IMPLICIT: LazyLock<BTreeSet<&str>> = LazyLock::new(|| {
    lexicon::entries(lexicon::IMPLICIT_NEGATION).filter_map(|f| f.first().copied()).collect()
});

/// A sentence of the text, as words and as items.
struct Line {
    statement: Statement,
    words: Arc<Words>,
    items: Arc<Vec<Item>>,
    is_speech: bool,
}

impl Line {
    fn new(telling: &Telling, statement: Statement) -> Line {
        let account = telling.account(statement.account);
        let sentence = telling.sentence(&statement);
        let text = sentence.span.of(&account.document.text);
        Line {
            statement,
            words: overlap::words_of(telling, &statement),
            items: item::items(telling, &statement),
            is_speech: text.contains(['“', '”', '"', '?', '«', '„']) || text.starts_with(['‘', '\'']),
        }
    }

    fn is_negated(&self, word: &Word) -> bool {
        self.items.iter().any(|i| i.token == word.token && i.negated.is_some())
    }

    /// Whether a word is part of a time ("on Friday rejected").
    fn is_time(&self, word: &Word) -> bool {
        self.items.iter().any(|i| i.token == word.token && matches!(i.class, Class::Time(_)))
    }

    /// Whether what the verb at a place tells is still to be done: "still has to be approved", "is yet to sign".
    fn is_open(&self, at: usize) -> bool {
        let before: Vec<&str> =
            self.words.list[at.saturating_sub(N_OPEN)..at].iter().map(|w| w.lower.as_str()).collect();
        let is_to = before.last() == Some(&"to") || before.ends_with(&["to", "be"]);
        let is_still = before.contains(&"still")
            && before.iter().any(|w| matches!(*w, "has" | "have" | "needs" | "need" | "must"));
        is_to && (before.contains(&"yet") || is_still) || before.ends_with(&["must", "still", "be"])
    }

    /// Whether nobody at all is said to have done what a verb tells: "neither side has admitted", "nobody was killed".
    fn is_of_nobody(&self, at: usize) -> bool {
        let before = self.words.list[..at].iter();
        let nobody = |w: &Word| matches!(w.lower.as_str(), "nobody" | "neither" | "none");
        let is_no_one = self.words.list[..at].windows(2).any(|w| w[0].lower == "no" && w[1].lower == "one");
        before.take(2).any(nobody) || is_no_one
    }

    /// Whether a word of negation stands before a verb: "did not kill", but not "killed no cattle".
    fn is_denied(&self, word: &Word) -> bool {
        let is_it = |i: &&Item| i.token == word.token;
        let negated = self.items.iter().find(is_it).and_then(|i| i.negated.map(|n| (n, i)));
        // "but not before they left", "not until" say that it was
        let is_after_all = |n: Span| {
            let next = self.items.iter().find(|i| i.span.start >= n.end);
            next.is_some_and(|i| matches!(i.lemma.as_str(), "before" | "until" | "only" | "just"))
        };
        negated.is_some_and(|(n, i)| n.start < i.span.start && !is_after_all(n))
    }

    fn place(&self, telling: &Telling, word: &Word) -> Place {
        let annotations = &telling.account(self.statement.account).annotations;
        let span = annotations.tokens.get(word.token as usize).map_or(Span::default(), |t| t.span);
        let negation = self.items.iter().find(|i| i.token == word.token).and_then(|i| i.negated);
        Place { statement: self.statement, focus: negation.map_or(span, |n| n.cover(span)) }
    }

    /// A word with the one behind it: "call for".
    fn phrase(&self, at: usize) -> Option<String> {
        let next = self.words.list.get(at + 1)?;
        Some(format!("{}_{}", self.words.list[at].lemma, next.lemma))
    }

    /// Whether the verb at a place is told as done: "denies drinking", "makes no move to stop", "unfit to drink" and "appears
    /// to sign" are not.
    fn is_said_done(&self, at: usize) -> bool {
        let (act, before) = (&self.words.list[at], &self.words.list[..at]);
        let denies = |w: &Word| {
            IMPLICIT.contains(w.lemma.as_str())
                || matches!(w.lower.as_str(), "no" | "not" | "never" | "nobody" | "none" | "without")
                || w.lower.ends_with("nt") && w.tag == Tag::Aux
        };
        let is_seeming = matches!(act.lemma.as_str(), "appear" | "seem");
        let is_purpose = before.last().is_some_and(|w| w.lower == "to")
            && (before.iter().any(|w| w.tag == Tag::Verb && w.is_content)
                || before.iter().rev().nth(1).is_some_and(|w| w.tag == Tag::Adj));
        let is_negated_before = self.items.iter().any(|i| i.negated.is_some() && i.token <= act.token);
        // "under fire over handling of riots"
        let is_noun =
            act.lower.ends_with("ing") && self.words.list.get(at + 1).is_some_and(|w| w.lower == "of");
        !is_seeming && !is_noun && !is_purpose && !is_negated_before && !before.iter().any(denies)
    }

    /// The particle behind a verb: "holds off".
    fn particle(&self, at: usize) -> Option<&str> {
        let next = self.words.list.get(at + 1)?;
        PARTICLES.contains(&next.lower.as_str()).then_some(next.lower.as_str())
    }

    /// "fatally injured": who was hurt so is dead.
    fn is_fatal(&self, at: usize) -> bool {
        let before = &self.words.list[at.saturating_sub(2)..at];
        before.iter().any(|w| matches!(w.lower.as_str(), "fatally" | "mortally" | "fatal" | "mortal"))
    }

    /// Content words near the word at a place: what it is said of.
    fn around(&self, at: usize) -> Vec<&Word> {
        let near = self.words.list.iter().enumerate().skip(at.saturating_sub(NEAR)).take(2 * NEAR + 1);
        near.filter(|(n, w)| *n != at && w.is_content).map(|(_, w)| w).collect()
    }

    /// Whether the words before a place name nobody: "he has not been charged".
    fn has_pronoun_before(&self, at: usize) -> bool {
        let before = &self.words.list[..at];
        before.iter().any(|w| matches!(w.lower.as_str(), "he" | "she" | "they" | "it"))
            && !before.iter().any(|w| w.is_content && matches!(w.tag, Tag::Noun | Tag::Propn))
    }
}

/// Where the headline of an account and its text exclude one another.
pub(super) fn headlines(telling: &Telling, member: u32) -> Vec<Disagreement> {
    let account = telling.account(member);
    let titles = account.annotations.sentences.iter().enumerate().filter(|(_, s)| {
        account.document.blocks.get(s.block as usize).is_some_and(|b| b.kind == BlockKind::Title)
    });
    let titles: Vec<Line> = titles
        .map(|(n, _)| Line::new(telling, Statement { account: member, unit: 0, sentence: n as u32 }))
        .filter(|title| !title.is_speech)
        .collect();
    if titles.is_empty() {
        return Vec::new();
    }
    let own = telling.alignments.of(member);
    let body: Vec<Line> = own.iter().take(MAX_SENTENCES).map(|s| Line::new(telling, *s)).collect();
    let mut found = Vec::new();
    for title in &titles {
        let said = undone(telling, title, &body).or_else(|| turned(telling, title, &body));
        found.extend(said.or_else(|| overstated::overstated(telling, title, &body)));
        found.extend(
            counted::counted(telling, title.statement).or_else(|| numbered::numbered(telling, title, &body)),
        );
    }
    found
}

/// Content words of a headline that a sentence says too, those at the two places left out.
fn n_anchors(title: &Line, without: usize, line: &Line, at: usize) -> usize {
    let others = |n: &usize, w: &Word| *n != at && w.is_content;
    let is_said = |w: &Word| {
        let mut list = line.words.list.iter().enumerate().filter(|(n, o)| others(n, o));
        list.any(|(_, o)| overlap::likeness(w, o) >= overlap::SAME)
    };
    let list = title.words.list.iter().enumerate();
    let said = list.filter(|(n, w)| *n != without && w.is_content && is_said(w));
    said.map(|(_, w)| w.stem.as_str()).collect::<BTreeSet<_>>().len()
}

/// Whether two words tell of one act.
fn is_one_act(a: &Word, title: Option<String>, b: &Word, line: Option<String>) -> bool {
    let (of_a, of_b) = (title.as_deref().and_then(act_of), line.as_deref().and_then(act_of));
    // "calls it a mistake" is another act than "call for"
    let is_phrase = of_a.is_some() != of_b.is_some();
    let class = |w: &Word, phrase: Option<&'static str>| phrase.or_else(|| act_of(&w.lemma));
    let own = class(a, of_a);
    !is_phrase && overlap::likeness(a, b) >= overlap::SAME || own.is_some() && own == class(b, of_b)
}

/// What the headline says was done, and the text says was not.
fn undone(telling: &Telling, title: &Line, body: &[Line]) -> Option<Disagreement> {
    for (at, act) in title.words.list.iter().enumerate() {
        if act.tag != Tag::Verb || !act.is_content || is_weak(&act.lemma) || !title.is_said_done(at) {
            continue;
        }
        let gain = title
            .words
            .list
            .get(at + 1)
            .filter(|n| GETTING.contains(&act.lemma.as_str()) && n.tag == Tag::Noun && n.is_content);
        // what must or should be done is not said to have been
        let is_wanted =
            |w: &Word| ["must", "should", "ought", "need", "may", "might"].contains(&w.lemma.as_str());
        if title.words.list[at.saturating_sub(DEMAND)..at].iter().any(is_wanted) {
            continue;
        }
        // who gathers his strength meets nobody
        let is_object = |w: &Word| matches!(w.tag, Tag::Noun | Tag::Pron | Tag::Det | Tag::Adj);
        if act.lemma == "gather" && title.words.list.get(at + 1).is_some_and(is_object) {
            continue;
        }
        let is_act = |line: &Line, n: usize| {
            let word = &line.words.list[n];
            matches!(word.tag, Tag::Verb | Tag::Noun)
                && word.is_content
                && is_one_act(act, title.phrase(at), word, line.phrase(n))
        };
        let is_refusal = |line: &Line, n: usize| {
            gain.is_some_and(|gain| {
                GIVING.contains(&line.words.list[n].lemma.as_str())
                    && line.words.list[n..].iter().any(|w| w.stem == gain.stem)
            })
        };
        let is_told = body.iter().any(|line| {
            let is_done =
                |n: usize| !line.is_negated(&line.words.list[n]) && !line.is_open(n) && !line.is_of_nobody(n);
            (0..line.words.list.len()).any(|n| is_act(line, n) && is_done(n))
        });
        if is_told && gain.is_none() {
            continue;
        }
        for (idx, line) in body.iter().enumerate().filter(|(_, l)| !l.is_speech) {
            for (n, word) in line.words.list.iter().enumerate() {
                let is_same = word.tag == Tag::Verb && is_act(line, n) && !is_told || is_refusal(line, n);
                let is_of_nobody = is_same && line.is_of_nobody(n);
                if !is_same || !line.is_denied(word) && !line.is_open(n) && !is_of_nobody {
                    continue;
                }
                let before = idx.checked_sub(1).map(|p| &body[p]).filter(|_| line.has_pronoun_before(n));
                let n_before = before.map_or(0, |b| n_anchors(title, at, b, usize::MAX));
                let is_other = title.particle(at) != line.particle(n);
                if is_of_nobody || !is_other && n_anchors(title, at, line, n) + n_before >= 1 {
                    let note = format!("“{}” in the headline, negated in the text", act.lemma);
                    let (x, y) = (title.place(telling, act), line.place(telling, word));
                    return Some(mismatch(FindingType::Negation, x, y, note));
                }
            }
        }
    }
    None
}

/// A word of the headline whose opposite the text has instead.
fn turned(telling: &Telling, title: &Line, body: &[Line]) -> Option<Disagreement> {
    for (at, act) in title.words.list.iter().enumerate() {
        let is_verb = act.tag == Tag::Verb && act.is_content;
        if !is_verb && !matches!(act.lemma.as_str(), "before" | "after") || title.is_negated(act) {
            continue;
        }
        // "urges council to reject plan" says that nobody has
        let is_urged = at.checked_sub(1).is_some_and(|b| title.words.list[b].lower == "to")
            && title.words.list[..at].iter().any(|w| URGING.contains(&w.lemma.as_str()));
        if is_verb && is_urged {
            continue;
        }
        // "wins, but loses its majority" has both
        if is_verb && title.words.list.iter().any(|w| opposed(&act.lemma, &w.lemma).is_some()) {
            continue;
        }
        let agrees =
            |w: &Word| overlap::likeness(act, w) >= overlap::SAME || are_on_one_side(&act.lemma, &w.lemma);
        // "Alba shares rise": what is said of another name further on does not bear it out
        let subject: Vec<&str> = title.words.list[..at].iter().map(|w| w.lower.as_str()).collect();
        let is_of_another = |line: &Line, n: usize| {
            let is_name = |w: &&Word| (w.is_name || w.tag == Tag::Propn) && !line.is_time(w);
            // all words of the nearest name: "Merrow Instruments" is Merrow
            let mut before =
                line.words.list[..n].iter().rev().skip_while(|w| !is_name(w)).take_while(is_name).peekable();
            before.peek().is_some() && !before.any(|w| subject.contains(&w.lower.as_str()))
        };
        let bears_out = |line: &Line| {
            let mut list = line.words.list.iter().enumerate();
            list.any(|(n, w)| agrees(w) && !is_of_another(line, n))
        };
        if is_verb && body.iter().any(bears_out) {
            continue;
        }
        // the text has it on both sides of the moment: "even before", "and after"
        let is_told = |line: &Line| {
            let mut list = line.words.list.iter().enumerate();
            list.any(|(n, w)| {
                let is_even = n > 0 && line.words.list[n - 1].lemma == "even";
                (w.lemma == act.lemma || is_even) && is_one_moment(title, at, line, n)
            })
        };
        if !is_verb && body.iter().any(is_told) {
            continue;
        }
        for line in body.iter().filter(|l| !l.is_speech) {
            let opposite = |n: &usize| {
                let word = &line.words.list[*n];
                let is_opposed = opposed(&act.lemma, &word.lemma).is_some()
                    || line.phrase(*n).is_some_and(|p| opposed(&act.lemma, &p).is_some());
                is_opposed
                    && !line.is_fatal(*n)
                    && !line.is_negated(word)
                    && (!is_verb || !is_of_another(line, *n))
                    && (is_verb || is_one_moment(title, at, line, *n))
            };
            // prices rise and rain falls: opposites of one thing only
            let is_of_one = |n: &usize| {
                let (own, other) = (title.around(at), line.around(*n));
                let is_same = |a: &Word, b: &Word| overlap::likeness(a, b) >= overlap::SAME;
                !is_verb || own.iter().any(|a| other.iter().any(|b| is_same(a, b)))
            };
            let Some(n) = (0..line.words.list.len()).find(|n| opposite(n) && is_of_one(n)) else { continue };
            let names_meet = title.words.list.iter().any(|w| {
                let is_it = |o: &Word| o.lower == w.lower && (o.is_name || o.tag == Tag::Propn);
                w.is_content && line.words.list.iter().any(is_it)
            });
            if n_anchors(title, at, line, n) >= if is_verb { 2 } else { 3 } && (names_meet || !is_verb) {
                let word = &line.words.list[n];
                let note = format!("“{}” in the headline, “{}” in the text", act.lower, word.lower);
                let (x, y) = (title.place(telling, act), line.place(telling, word));
                return Some(mismatch(FindingType::Outcome, x, y, note));
            }
        }
    }
    None
}

/// "Before launch", "after take-off": whether the two words stand before one moment.
fn is_one_moment(title: &Line, at: usize, line: &Line, n: usize) -> bool {
    let next = |l: &Line, at: usize| l.words.list[at + 1..].iter().take(2).find(|w| w.is_content).cloned();
    let pair = next(title, at).zip(next(line, n));
    pair.is_some_and(|(a, b)| overlap::likeness(&a, &b) >= overlap::MIN_LIKENESS)
}

fn mismatch(finding_type: FindingType, x: Place, y: Place, note: String) -> Disagreement {
    let kind = FindingKind::HeadlineMismatch;
    Disagreement { kind, finding_type, x, y, likeness: 0.5, strength: 0.7, note, lean: 0.0 }
}
