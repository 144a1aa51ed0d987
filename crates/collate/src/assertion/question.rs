//! Questions that two accounts may answer differently, read from the list of outcomes: what became of somebody, whether
//! the motion passed, whether the ceremony was held.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_annotate::lexicon;

/// How the answers of a question behave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Nature {
    /// No two become true one after the other.
    Lasting,
    /// A later answer may replace an earlier one.
    Changing,
    /// An assessment: somebody's opinion.
    Opinion,
    /// An act with a single answer: who did it, and where, may differ.
    Act,
}

/// About whom a question may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// A person with a name.
    Person,
    /// All people of the event, against some of them.
    Everyone,
    /// Anybody or anything.
    Anything,
}

/// One question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// Its name in the list.
    pub name: &'static str,
    /// How its answers behave.
    pub nature: Nature,
    /// About whom it is.
    pub about: About,
    /// Whether what is done must be the same too.
    pub needs_object: bool,
}

/// Which argument of the claim a word tells about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// To whom it is done.
    Patient,
    /// Who does it.
    Subject,
    /// To whom it is done, or who does it where nobody else is named.
    Undergoer,
    /// Who gets it ("was granted bail"), or to whom it is done where nobody does.
    Recipient,
}

/// What must stand beside the verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing.
    Nothing,
    /// This word, soon after.
    Word(&'static str),
    /// A phrase headed by this noun.
    Phrase(&'static str),
    /// This preposition, right after.
    Preposition(&'static str),
}

/// One word of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// Index of its question.
    pub question: usize,
    /// Number of the answer within the question.
    pub answer: usize,
    /// Which argument it tells about.
    pub part: Part,
    /// What must stand beside it.
    pub beside: Beside,
    /// Whether it gives the answer where it is negated ("is no longer open": closed).
    pub is_negative: bool,
}

struct List {
    questions: Vec<Question>,
    words: BTreeMap<&'static str, Vec<Word>>,
    unless: BTreeMap<(usize, usize), Vec<&'static str>>,
}

static LIST: LazyLock<List> = LazyLock::new(|| {
    let mut list = List { questions: Vec::new(), words: BTreeMap::new(), unless: BTreeMap::new() };
    for fields in lexicon::entries(lexicon::OUTCOMES).filter(|f| f.len() > 3) {
        let at = list.questions.len();
        list.questions.push(question(fields[0], fields[1], fields[2]));
        for (answer, words) in fields[3..].iter().enumerate() {
            for word in words.split_whitespace() {
                if let Some(unless) = word.strip_prefix('!') {
                    list.unless.entry((at, answer)).or_default().push(unless);
                } else {
                    let (lemma, word) = read(word, at, answer);
                    list.words.entry(lemma).or_default().push(word);
                }
            }
        }
    }
    list
});

fn question(name: &'static str, nature: &str, about: &str) -> Question {
    let nature = match nature {
        "lasting" => Nature::Lasting,
        "changing" => Nature::Changing,
        "opinion" => Nature::Opinion,
        _ => Nature::Act,
    };
    let (whom, needs_object) = about.strip_suffix(",object").map_or((about, false), |whom| (whom, true));
    let about = match whom {
        "person" => About::Person,
        "everyone" => About::Everyone,
        _ => About::Anything,
    };
    Question { name, nature, about, needs_object }
}

fn read(word: &'static str, question: usize, answer: usize) -> (&'static str, Word) {
    let (word, is_negative) = word.strip_prefix('-').map_or((word, false), |word| (word, true));
    let (word, part) = match word.chars().next_back() {
        Some('*') => (&word[..word.len() - 1], Part::Subject),
        Some('^') => (&word[..word.len() - 1], Part::Undergoer),
        Some('=') => (&word[..word.len() - 1], Part::Recipient),
        _ => (word, Part::Patient),
    };
    let split = |mark: char| word.split_once(mark);
    let (lemma, beside) = match (split(':'), split('@'), split('>')) {
        (Some((lemma, beside)), ..) => (lemma, Beside::Word(beside)),
        (_, Some((lemma, noun)), _) => (lemma, Beside::Phrase(noun)),
        (.., Some((lemma, preposition))) => (lemma, Beside::Preposition(preposition)),
        _ => (word, Beside::Nothing),
    };
    (lemma, Word { question, answer, part, beside, is_negative })
}

/// A question by its index.
#[must_use]
pub fn at(question: usize) -> Option<&'static Question> {
    LIST.questions.get(question)
}

/// The answers that a predicate may give; blanks of its lemma as `_`.
#[must_use]
pub fn answers(lemma: &str) -> &'static [Word] {
    LIST.words.get(lemma).map_or(&[], Vec::as_slice)
}

/// Words that keep a sentence from giving this answer.
#[must_use]
pub fn unless(question: usize, answer: usize) -> &'static [&'static str] {
    LIST.unless.get(&(question, answer)).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use super::{Beside, Part, answers, at};

    #[test]
    fn the_marks_of_the_list_are_read() {
        // lemma, question, answer, about which part, what stands beside it, whether it gives the answer negated
        for (lemma, question, answer, part, beside, is_negative) in [
            ("acquit", "verdict", 1, Part::Patient, Beside::Nothing, false),
            ("surrender", "capture", 1, Part::Subject, Beside::Nothing, false),
            ("grant", "bail", 0, Part::Recipient, Beside::Word("bail"), false),
            ("be_open", "access", 0, Part::Subject, Beside::Nothing, false),
            ("be_open", "access", 1, Part::Subject, Beside::Nothing, true),
        ] {
            let found = answers(lemma).iter().any(|w| {
                at(w.question).is_some_and(|q| q.name == question)
                    && (w.answer, w.part, w.beside, w.is_negative) == (answer, part, beside, is_negative)
            });
            assert!(found, "{lemma}: {:?}", answers(lemma));
        }
        assert!(answers("xqzzv").is_empty());
    }
}
