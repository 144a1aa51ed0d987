//! The boundary at which another model may stand in: [`Annotator`]. The built-in one is the default everywhere.
//!
//! A larger model (a transformer read from a path, say) replaces what is learnt: the analysis of the words, and the names. All
//! that is rule and list (times, quantities, quotations, claims) runs over what it returns, so a report stays explainable and
//! every span stays checkable. What to keep when writing one: the same document gives the same result, whatever the thread.

use variorum_schema::{Document, Entity, Mention, Sentence, Span, Token};

use crate::{mention, parse, segment, tag};

/// Reads the words and the names of a document. Each method is the built-in one unless it is replaced.
pub trait Annotator: Sync {
    /// What a report says of it, with a version ("large-news 2"); "built-in" for ours.
    fn name(&self) -> &str;

    /// Sentences, and their words with tag, form, lemma, head and relation. Spans are byte ranges of `document.text`; heads
    /// index the returned tokens. A result that breaks these rules is thrown away for the built-in one's.
    fn syntax(&self, document: &Document) -> (Vec<Sentence>, Vec<Token>) {
        let (sentences, tokens) = segment::sentences(document);
        let tokens = tag::tag(document, &sentences, tokens);
        let tokens = parse::parse(document, &sentences, tokens);
        (sentences, tokens)
    }

    /// People, organisations and places as they are named, in order, and which mentions are one entity.
    fn mentions(
        &self,
        document: &Document,
        sentences: &[Sentence],
        tokens: &[Token],
    ) -> (Vec<Mention>, Vec<Entity>) {
        mention::mentions(document, sentences, tokens)
    }
}

/// The models that ship.
#[derive(Clone, Copy, Debug, Default)]
pub struct BuiltIn;

impl Annotator for BuiltIn {
    fn name(&self) -> &str {
        "built-in"
    }
}

/// What `annotator` makes of the words, if it can be relied on; else what the built-in one makes of them.
pub(crate) fn syntax(annotator: &dyn Annotator, document: &Document) -> (Vec<Sentence>, Vec<Token>) {
    let (sentences, tokens) = annotator.syntax(document);
    if is_sound(document, &sentences, &tokens) { (sentences, tokens) } else { BuiltIn.syntax(document) }
}

/// As [`syntax`], for names.
pub(crate) fn mentions(
    annotator: &dyn Annotator,
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
) -> (Vec<Mention>, Vec<Entity>) {
    let (mentions, entities) = annotator.mentions(document, sentences, tokens);
    let is_held = |mention: &Mention| {
        mention.full.contains(mention.span)
            && document.text.get(mention.full.range()).is_some()
            && (mention.entity as usize) < entities.len()
    };
    let is_listed =
        |entity: &Entity| entity.mentions.iter().all(|&mention| (mention as usize) < mentions.len());
    if in_order(document, mentions.iter().map(|mention| mention.span), false)
        && mentions.iter().all(is_held)
        && entities.iter().all(is_listed)
    {
        (mentions, entities)
    } else {
        BuiltIn.mentions(document, sentences, tokens)
    }
}

/// Whether all spans are words of the text, in order and apart, and all indices point at something.
fn is_sound(document: &Document, sentences: &[Sentence], tokens: &[Token]) -> bool {
    let mut at = 0;
    let is_run = sentences.iter().all(|sentence| {
        let fits = sentence.first_token >= at
            && sentence.first_token <= sentence.last_token
            && sentence.last_token as usize <= tokens.len()
            && ((sentence.block as usize) < document.blocks.len() || document.blocks.is_empty());
        at = sentence.last_token;
        let own = tokens.get(sentence.first_token as usize..sentence.last_token as usize);
        fits && own.is_some_and(|own| {
            own.iter().all(|token| {
                let head =
                    token.head.is_none_or(|head| (sentence.first_token..sentence.last_token).contains(&head));
                head && sentence.span.contains(token.span)
            })
        })
    });
    is_run
        && in_order(document, sentences.iter().map(|sentence| sentence.span), true)
        && in_order(document, tokens.iter().map(|token| token.span), true)
}

/// Whether spans lie in the text, on boundaries of characters, hold something, and follow one another.
fn in_order(document: &Document, spans: impl Iterator<Item = Span>, is_apart: bool) -> bool {
    let mut last = Span::new(0, 0);
    spans.into_iter().all(|span| {
        let follows = if is_apart { span.start >= last.end } else { span.start >= last.start };
        last = span;
        follows && document.text.get(span.range()).is_some_and(|text| !text.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use variorum_schema::Page;

    use super::*;

    /// Returns what it was made with.
    struct Fixed(Vec<Sentence>, Vec<Token>);

    impl Annotator for Fixed {
        fn name(&self) -> &str {
            "fixed"
        }

        fn syntax(&self, _: &Document) -> (Vec<Sentence>, Vec<Token>) {
            (self.0.clone(), self.1.clone())
        }
    }

    #[test]
    fn a_sound_result_is_taken_and_any_other_is_not() {
        let document = crate::extract(&Page::new("case.txt", "The envoy left Lima. É late."));
        let own = BuiltIn.syntax(&document);
        let token =
            |start: usize, end: usize, head| Token { span: Span::new(start, end), head, ..Token::default() };
        let sentence = |last_token| Sentence { span: Span::new(0, 20), first_token: 0, last_token, block: 0 };
        let cases = [
            ("sound", vec![sentence(2)], vec![token(0, 3, Some(1)), token(4, 9, None)], true),
            ("head outside", vec![sentence(2)], vec![token(0, 3, Some(7)), token(4, 9, None)], false),
            ("token outside", vec![sentence(2)], vec![token(0, 3, None), token(4, 900, None)], false),
            ("backwards", vec![sentence(2)], vec![token(4, 9, None), token(0, 3, None)], false),
            ("inside a character", vec![sentence(1)], vec![token(21, 22, None)], false),
            ("more tokens than there are", vec![sentence(9)], vec![token(0, 3, None)], false),
        ];
        for (name, sentences, tokens, is_taken) in cases {
            let given = (sentences, tokens);
            let read = syntax(&Fixed(given.0.clone(), given.1.clone()), &document);
            assert_eq!(read, if is_taken { given } else { own.clone() }, "{name}");
        }
    }
}
