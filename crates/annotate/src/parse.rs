//! Tokens → tokens with head and relation.
//!
//! A greedy transition parser: the arc-hybrid system (Kuhlmann, Gómez-Rodríguez & Satta 2011) with the root at the end
//! of the buffer (Ballesteros & Nivre 2013), linear in the length of the sentence, decided by a small network over
//! embeddings and convolutions (after Chen & Manning 2014, Kiperwasser & Goldberg 2016), trained with a dynamic oracle
//! (Goldberg & Nivre 2013). It computes in integers. The weights are made by `variorum-dev train parse`, see
//! `docs/reference/model-card-en.md`.

use std::sync::LazyLock;

use variorum_schema::{Document, Relation, Sentence, Tag, Token};

use crate::tag::{class_of, features};

mod matrix;
pub mod network;
pub mod state;

use network::Network;

static NETWORK: LazyLock<Option<Network<'static>>> =
    LazyLock::new(|| Network::read(include_bytes!("../models/en/parse.bin")));

/// The relations, in the order of the trained weights: append only.
pub const RELATIONS: &[Relation] = &[
    Relation::Acl,
    Relation::AclRelcl,
    Relation::Advcl,
    Relation::Advmod,
    Relation::Amod,
    Relation::Appos,
    Relation::Aux,
    Relation::AuxPass,
    Relation::Case,
    Relation::Cc,
    Relation::Ccomp,
    Relation::Clf,
    Relation::Compound,
    Relation::CompoundPrt,
    Relation::Conj,
    Relation::Cop,
    Relation::Csubj,
    Relation::Dep,
    Relation::Det,
    Relation::Discourse,
    Relation::Dislocated,
    Relation::Expl,
    Relation::Fixed,
    Relation::Flat,
    Relation::Goeswith,
    Relation::Iobj,
    Relation::List,
    Relation::Mark,
    Relation::Nmod,
    Relation::NmodPoss,
    Relation::Nsubj,
    Relation::NsubjPass,
    Relation::Nummod,
    Relation::Obj,
    Relation::Obl,
    Relation::OblAgent,
    Relation::Orphan,
    Relation::Parataxis,
    Relation::Punct,
    Relation::Reparandum,
    Relation::Root,
    Relation::Vocative,
    Relation::Xcomp,
];

/// The tokens with `head` and `relation` filled in: in every sentence one root, and no cycle.
#[must_use]
pub fn parse(document: &Document, sentences: &[Sentence], mut tokens: Vec<Token>) -> Vec<Token> {
    let Some(network) = NETWORK.as_ref() else { return tokens };
    for sentence in sentences {
        let Some(range) = tokens.get_mut(sentence.first_token as usize..sentence.last_token as usize) else {
            continue;
        };
        let words = features::words(range.iter().map(|token| token.span.of(&document.text)));
        let classes: Vec<usize> = range.iter().map(|token| class_of(token.tag, token.form)).collect();
        let state = network.parse(&words.words, &classes);
        for (idx, token) in range.iter_mut().enumerate() {
            token.head = state.head(idx).map(|head| sentence.first_token + head as u32);
            token.relation = RELATIONS.get(state.label(idx)).copied().unwrap_or_default();
        }
    }
    tokens
}

/// Indices of the tokens whose head is token `head`, in order; `tokens` are those of one document. Looks as far as
/// [`REACH`] tokens to either side.
pub fn children(tokens: &[Token], head: usize) -> impl Iterator<Item = usize> {
    let range = head.saturating_sub(REACH)..tokens.len().min(head.saturating_add(REACH));
    range.filter(move |&idx| tokens[idx].head == u32::try_from(head).ok())
}

/// How far [`children`] looks: no sentence that a reader could follow has dependents farther away.
pub const REACH: usize = 250;

/// The first and the last token (both inclusive) of what hangs under token `idx`, itself included.
#[must_use]
pub fn subtree_span(tokens: &[Token], idx: usize) -> (usize, usize) {
    let outermost = |from: usize, pick: fn(&[Token], usize) -> Option<usize>| {
        let mut at = from;
        while let Some(next) = pick(tokens, at) {
            at = next;
        }
        at
    };
    // trees without crossing arcs: the edge is the end of the chain of outermost dependents
    let first = outermost(idx, |tokens, at| children(tokens, at).next().filter(|&child| child < at));
    let last = outermost(idx, |tokens, at| children(tokens, at).last().filter(|&child| child > at));
    (first, last)
}

/// Whether token `idx` is negated by one of its dependents: "not", "n't", "never", "no", "nor", "neither", "without",
/// "hardly".
#[must_use]
pub fn is_negated(tokens: &[Token], idx: usize) -> bool {
    const NEGATIONS: &[&str] =
        &["not", "never", "no", "nor", "neither", "without", "hardly", "scarcely", "barely", "n't"];
    children(tokens, idx).any(|child| {
        let token = &tokens[child];
        NEGATIONS.contains(&token.lemma.as_str())
            && matches!(
                token.relation,
                Relation::Advmod
                    | Relation::Det
                    | Relation::Case
                    | Relation::Mark
                    | Relation::Cc
                    | Relation::Aux
            )
            && token.tag != Tag::Intj
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens of a document, from its text.
    fn parsed(text: &str) -> (String, Vec<Sentence>, Vec<Token>) {
        let document = crate::extract(&variorum_schema::Page::new("case.txt", text));
        let (sentences, tokens) = crate::segment::sentences(&document);
        let tokens = crate::tag::tag(&document, &sentences, tokens);
        let tokens = parse(&document, &sentences, tokens);
        (document.text, sentences, tokens)
    }

    fn is_tree(sentence: &Sentence, tokens: &[Token]) {
        let (first, last) = (sentence.first_token, sentence.last_token);
        let mut roots = 0;
        for idx in first..last {
            let (mut at, mut steps) = (idx, 0);
            while let Some(head) = tokens[at as usize].head {
                assert!((first..last).contains(&head), "head outside the sentence");
                at = head;
                steps += 1;
                assert!(steps <= last - first, "cycle");
            }
            roots += usize::from(tokens[idx as usize].head.is_none());
            assert_eq!(tokens[idx as usize].head.is_none(), tokens[idx as usize].relation == Relation::Root);
        }
        assert_eq!(roots, 1);
    }

    #[test]
    fn every_sentence_is_a_tree_with_one_root() {
        let long = format!("The envoy {} left.", "and the clerk ".repeat(1400));
        let cases = [
            "",
            ".",
            "“",
            "🙂 🙂",
            "TALKS FAIL IN LIMA",
            "Talks fail. \u{a0}“We tried,” she said. “Nobody listened",
            "قال محمد no\r\n\r\nyes (maybe",
            "((((((((((((((((((((((((((((((",
            &long,
        ];
        for text in cases {
            let (_, sentences, tokens) = parsed(text);
            for sentence in &sentences {
                is_tree(sentence, &tokens);
            }
        }
    }

    #[test]
    fn arcs_of_plain_sentences() {
        let cases: &[(&str, &[(&str, Relation, &str)])] = &[
            (
                "The minister rejected the report on Monday.",
                &[("minister", Relation::Nsubj, "rejected"), ("report", Relation::Obj, "rejected")],
            ),
            (
                "Three soldiers were killed by rebels near the border.",
                &[("soldiers", Relation::NsubjPass, "killed"), ("Three", Relation::Nummod, "soldiers")],
            ),
            ("The army did not attack the village.", &[("not", Relation::Advmod, "attack")]),
        ];
        for (text, arcs) in cases {
            let (text, _, tokens) = parsed(text);
            for &(child, relation, head) in *arcs {
                let found = tokens.iter().any(|token| {
                    token.span.of(&text) == child
                        && token.relation == relation
                        && token.head.is_some_and(|idx| tokens[idx as usize].span.of(&text) == head)
                });
                assert!(found, "{child} <-{relation:?}- {head}");
            }
        }
    }

    #[test]
    fn children_spans_and_negation() {
        let (text, _, tokens) = parsed("The army did not attack the village.");
        let at = |form: &str| tokens.iter().position(|token| token.span.of(&text) == form).unwrap();
        assert_eq!(children(&tokens, at("village")).collect::<Vec<_>>(), [at("village") - 1]);
        assert_eq!(subtree_span(&tokens, at("village")), (at("village") - 1, at("village")));
        assert!(is_negated(&tokens, at("attack")));
        assert!(!is_negated(&tokens, at("village")));
        assert_eq!(children(&tokens, usize::MAX).count(), 0);
    }
}
