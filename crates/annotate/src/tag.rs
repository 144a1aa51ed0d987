//! Tokens → tokens with part of speech, inflected form and lemma.
//!
//! A greedy linear tagger (averaged perceptron, Collins 2002) over word forms, affixes, shapes and neighbours; the weights
//! are made by `variorum-dev train tag`, see `docs/reference/model-card-en.md`. Lemmas follow from the class by rule and
//! a list of irregular forms.

use std::sync::LazyLock;

use variorum_schema::{Document, Form, Sentence, Tag, Token};

use crate::lexicon::{self, Listed};

pub mod features;
pub mod lemma;
pub mod weights;

use features::Words;
use weights::Weights;

/// The trained weights.
pub static MODEL: &[u8] = include_bytes!("../models/en/tag.bin");

/// The classes that the tagger tells apart. The order is that of the trained weights: append only.
pub const CLASSES: &[(Tag, Form)] = &[
    (Tag::Noun, Form::Plain),
    (Tag::Noun, Form::Plural),
    (Tag::Propn, Form::Plain),
    (Tag::Propn, Form::Plural),
    (Tag::Verb, Form::Plain),
    (Tag::Verb, Form::Present),
    (Tag::Verb, Form::Third),
    (Tag::Verb, Form::Past),
    (Tag::Verb, Form::PastParticiple),
    (Tag::Verb, Form::PresentParticiple),
    (Tag::Verb, Form::Name),
    (Tag::Aux, Form::Plain),
    (Tag::Aux, Form::Present),
    (Tag::Aux, Form::Third),
    (Tag::Aux, Form::Past),
    (Tag::Aux, Form::PastParticiple),
    (Tag::Aux, Form::PresentParticiple),
    (Tag::Aux, Form::Modal),
    (Tag::Adj, Form::Plain),
    (Tag::Adj, Form::Comparative),
    (Tag::Adj, Form::Superlative),
    (Tag::Adj, Form::Name),
    (Tag::Adv, Form::Plain),
    (Tag::Adv, Form::Comparative),
    (Tag::Adv, Form::Superlative),
    (Tag::Adv, Form::Wh),
    (Tag::Pron, Form::Plain),
    (Tag::Pron, Form::Possessive),
    (Tag::Pron, Form::Wh),
    (Tag::Det, Form::Plain),
    (Tag::Det, Form::Wh),
    (Tag::Part, Form::Plain),
    (Tag::Part, Form::Possessive),
    (Tag::Adp, Form::Plain),
    (Tag::Sconj, Form::Plain),
    (Tag::Cconj, Form::Plain),
    (Tag::Num, Form::Plain),
    (Tag::Punct, Form::Plain),
    (Tag::Sym, Form::Plain),
    (Tag::Intj, Form::Plain),
    (Tag::X, Form::Plain),
];

/// Lower-case forms that are the past of a verb and nothing else.
static PAST_FORMS: LazyLock<Listed<&'static str>> = LazyLock::new(|| {
    lexicon::entries(include_str!("../data/en/past-forms.txt")).filter_map(|f| f.first().copied()).collect()
});

/// The class number of a tag with a form; a pair that is not told apart counts as the tag's first class.
#[must_use]
pub fn class_of(tag: Tag, form: Form) -> usize {
    let position = |wanted: &dyn Fn(&(Tag, Form)) -> bool| CLASSES.iter().position(wanted);
    position(&|&class| class == (tag, form)).or_else(|| position(&|class| class.0 == tag)).unwrap_or(0)
}

/// The tokens with `tag`, `form` and `lemma` filled in.
#[must_use]
pub fn tag(document: &Document, sentences: &[Sentence], mut tokens: Vec<Token>) -> Vec<Token> {
    let Some(weights) = Weights::read(MODEL) else { return tokens };
    let text = &document.text;
    let mut tagger = Tagger::new(weights);
    for sentence in sentences {
        let Some(range) = tokens.get_mut(sentence.first_token as usize..sentence.last_token as usize) else {
            continue;
        };
        let words = features::words(range.iter().map(|token| token.span.of(text)));
        let classes = tagger.classes(&words);
        for (token, class) in range.iter_mut().zip(classes) {
            (token.tag, token.form) = CLASSES.get(class).copied().unwrap_or_default();
            if token.tag == Tag::Noun && PAST_FORMS.contains(token.span.of(text)) {
                (token.tag, token.form) = (Tag::Verb, Form::Past);
            }
        }
        lemma::lemmas(text, range);
    }
    tokens
}

/// A tagger with its buffers.
#[derive(Debug)]
pub struct Tagger<'a> {
    weights: Weights<'a>,
    features: Vec<u64>,
    scores: Vec<i32>,
}

impl<'a> Tagger<'a> {
    /// A tagger that decides by `weights`.
    #[must_use]
    pub fn new(weights: Weights<'a>) -> Tagger<'a> {
        Tagger { weights, features: Vec::new(), scores: Vec::new() }
    }

    /// The class of every word, as indices into [`CLASSES`].
    pub fn classes(&mut self, words: &Words) -> Vec<usize> {
        let mut chosen: Vec<usize> = Vec::with_capacity(words.words.len());
        for at in 0..words.words.len() {
            features::tag_features(words, at, before(&chosen), &mut self.features);
            self.scores.clear();
            self.scores.resize(CLASSES.len(), 0);
            for &feature in &self.features {
                self.weights.add(feature, &mut self.scores);
            }
            chosen.push(best(&self.scores));
        }
        chosen
    }
}

/// The last two classes chosen, the nearer one first; `u64::MAX` before the sentence.
#[must_use]
pub fn before(chosen: &[usize]) -> [u64; 2] {
    let back = |n: usize| chosen.len().checked_sub(n).map_or(u64::MAX, |idx| chosen[idx] as u64);
    [back(1), back(2)]
}

/// Index of the highest score, the first one where several are equal.
#[must_use]
pub fn best(scores: &[i32]) -> usize {
    let mut best = 0;
    for (idx, score) in scores.iter().enumerate() {
        if *score > scores[best] {
            best = idx;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tag and lemma of every word of a sentence whose words are split by spaces.
    fn tagged(words: &str) -> Vec<(String, Tag, Form)> {
        let mut tagger = Tagger::new(Weights::read(MODEL).unwrap());
        let classes = tagger.classes(&features::words(words.split(' ')));
        words
            .split(' ')
            .zip(classes)
            .map(|(w, class)| (w.to_owned(), CLASSES[class].0, CLASSES[class].1))
            .collect()
    }

    #[test]
    fn plain_news_sentences_are_tagged() {
        let cases: &[(&str, &[(&str, Tag, Form)])] = &[
            (
                "The minister said on Monday that the talks had failed .",
                &[
                    ("minister", Tag::Noun, Form::Plain),
                    ("said", Tag::Verb, Form::Past),
                    ("Monday", Tag::Propn, Form::Plain),
                    ("talks", Tag::Noun, Form::Plural),
                    ("had", Tag::Aux, Form::Past),
                    ("failed", Tag::Verb, Form::PastParticiple),
                ],
            ),
            (
                "“ We did n’t sign it , ” he said .",
                &[
                    ("n’t", Tag::Part, Form::Plain),
                    ("sign", Tag::Verb, Form::Plain),
                    ("“", Tag::Punct, Form::Plain),
                ],
            ),
            (
                "POLICE ARREST TWO MEN IN BERLIN",
                &[("MEN", Tag::Noun, Form::Plural), ("IN", Tag::Adp, Form::Plain)],
            ),
        ];
        for (sentence, wanted) in cases {
            let found = tagged(sentence);
            for &(word, tag, form) in *wanted {
                assert!(found.contains(&(word.to_owned(), tag, form)), "{word} in {found:?}");
            }
        }
    }

    #[test]
    fn odd_input_is_tagged_too() {
        for words in
            ["", "🙂", "a\u{300}", "\u{200f}محمد", "’", "0", &"x".repeat(100_000), &"long ".repeat(4000)]
        {
            assert_eq!(tagged(words).len(), words.split(' ').count());
        }
    }

    #[test]
    fn every_class_is_found_again() {
        for (idx, &(tag, form)) in CLASSES.iter().enumerate() {
            assert_eq!(class_of(tag, form), idx, "{tag:?} {form:?}");
        }
    }
}
