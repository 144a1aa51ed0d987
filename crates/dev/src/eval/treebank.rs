//! Gold analyses of whole documents, and ours beside them.

use std::path::Path;

use variorum_annotate::{parse, segment, tag};
use variorum_schema::{Document, Relation, Sentence, Span, Tag, Token};

use super::corpus;
use crate::train::treebank;

/// One document with the treebank's analysis; words are numbered through the document.
pub(super) struct Gold {
    pub(super) document: Document,
    pub(super) spans: Vec<Span>,
    pub(super) sentences: Vec<Sentence>,
    pub(super) tags: Vec<Tag>,
    pub(super) lemmas: Vec<String>,
    pub(super) heads: Vec<Option<usize>>,
    pub(super) relations: Vec<Relation>,
}

/// The documents of a CoNLL-U file.
pub(super) fn documents(file: &Path) -> Result<Vec<Gold>, String> {
    let mut trees = treebank::read(file)?.into_iter();
    let mut out = Vec::new();
    for raw in corpus::conllu(&corpus::text(file)?) {
        let mut gold = Gold {
            document: corpus::document(&raw.text),
            spans: raw.words.iter().map(|&(start, end)| Span::new(start, end)).collect(),
            sentences: Vec::new(),
            tags: Vec::new(),
            lemmas: Vec::new(),
            heads: Vec::new(),
            relations: Vec::new(),
        };
        for (&(start, end), tree) in raw.sentences.iter().zip(trees.by_ref()) {
            let first = gold.tags.len();
            let last_token = (first + tree.forms.len()) as u32;
            gold.sentences.push(Sentence {
                span: Span::new(start, end),
                first_token: first as u32,
                last_token,
                block: 0,
            });
            gold.tags.extend(tree.tags);
            gold.lemmas.extend(tree.lemmas);
            gold.heads.extend(tree.heads.iter().map(|head| head.map(|head| head + first)));
            gold.relations.extend(tree.relations);
        }
        if gold.tags.len() != gold.spans.len() {
            return Err(format!("{}: {} words, {} analyses", raw.id, gold.spans.len(), gold.tags.len()));
        }
        out.push(gold);
    }
    Ok(out)
}

/// Our analysis of a document.
pub(super) struct Analysis {
    pub(super) tokens: Vec<Token>,
}

impl Analysis {
    /// Given the words and the sentences.
    pub(super) fn of_words(document: &Document, spans: &[Span], sentences: &[Sentence]) -> Analysis {
        let tokens = spans.iter().map(|&span| Token { span, ..Token::default() }).collect();
        Analysis::of(document, sentences, tokens)
    }

    /// From the raw text.
    pub(super) fn of_text(document: &Document) -> Analysis {
        let (sentences, tokens) = segment::sentences(document);
        Analysis::of(document, &sentences, tokens)
    }

    fn of(document: &Document, sentences: &[Sentence], tokens: Vec<Token>) -> Analysis {
        let tokens = tag::tag(document, sentences, tokens);
        Analysis { tokens: parse::parse(document, sentences, tokens) }
    }
}

/// Pairs of a gold word and a token of ours that cover the same characters, each used once.
pub(super) fn align(words: &[Span], tokens: &[Token]) -> Vec<(usize, usize)> {
    let (mut word, mut token, mut pairs) = (0, 0, Vec::new());
    while let (Some(a), Some(b)) = (words.get(word), tokens.get(token)) {
        if *a == b.span {
            pairs.push((word, token));
            (word, token) = (word + 1, token + 1);
        } else if (a.end, a.start) <= (b.span.end, b.span.start) {
            word += 1;
        } else {
            token += 1;
        }
    }
    pairs
}
