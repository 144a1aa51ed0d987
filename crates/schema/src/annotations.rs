//! [`Annotations`]: one `Vec` per layer over one document.

use crate::{Claim, Entity, Mention, Quantity, Quotation, Span, TimeExpression};

/// Everything that is known about one document by itself.
#[derive(Clone, Debug, Default)]
pub struct Annotations {
    /// Sentences outside furniture, in order.
    pub sentences: Vec<Sentence>,
    /// Tokens of those sentences, in order.
    pub tokens: Vec<Token>,
    /// Mentions, in order of `(start, end)`.
    pub mentions: Vec<Mention>,
    /// Entities of this document; `Mention::entity` indexes them.
    pub entities: Vec<Entity>,
    /// Quotations, in order.
    pub quotations: Vec<Quotation>,
    /// What somebody is said to want, plan, back, reject or criticise, in order: attributions whose content is a thing
    /// or an act, no statement. Nobody is quoted by them.
    pub stances: Vec<Quotation>,
    /// Time expressions, in order.
    pub times: Vec<TimeExpression>,
    /// Quantities, in order.
    pub quantities: Vec<Quantity>,
    /// Claims, in order.
    pub claims: Vec<Claim>,
}

impl Annotations {
    /// The tokens of a sentence.
    #[must_use]
    pub fn tokens_of(&self, sentence: &Sentence) -> &[Token] {
        self.tokens.get(sentence.first_token as usize..sentence.last_token as usize).unwrap_or(&[])
    }

    /// The claims of a sentence, by its index.
    #[must_use]
    pub fn claims_of(&self, sentence: u32) -> &[Claim] {
        let first = self.claims.partition_point(|c| c.sentence < sentence);
        let n = self.claims[first..].partition_point(|c| c.sentence == sentence);
        &self.claims[first..first + n]
    }

    /// The innermost claim of a sentence that holds a span.
    #[must_use]
    pub fn clause_around(&self, sentence: u32, span: Span) -> Option<&Claim> {
        self.claims_of(sentence).iter().filter(|c| c.span.contains(span)).min_by_key(|c| c.span.len())
    }

    /// Index of the sentence that holds byte `at`, if one does.
    #[must_use]
    pub fn sentence_at(&self, at: u32) -> Option<usize> {
        let idx = self.sentences.partition_point(|s| s.span.end <= at);
        self.sentences.get(idx).filter(|s| s.span.start <= at).map(|_| idx)
    }
}

/// One sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// Where, without surrounding white space.
    pub span: Span,
    /// Index of its first token.
    pub first_token: u32,
    /// One past the index of its last token.
    pub last_token: u32,
    /// Index of its block in `Document::blocks`.
    pub block: u32,
}

/// One token: a word, a number, a clitic ("n't", "'s") or a punctuation mark.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Token {
    /// Where.
    pub span: Span,
    /// Lower-cased lemma; for numbers and punctuation the lower-cased surface.
    pub lemma: String,
    /// Part of speech.
    pub tag: Tag,
    /// Inflected form.
    pub form: Form,
    /// Index (in `Annotations::tokens`) of the syntactic head; `None` for the root of a sentence or when not parsed.
    pub head: Option<u32>,
    /// Relation to the head.
    pub relation: Relation,
}

/// Universal part-of-speech tags.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    #[default]
    X,
}

/// The inflected form of a word, as far as English shows one: with [`Tag`] it says what the Penn Treebank tags say
/// (Marcus, Santorini & Marcinkiewicz 1993).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// Uninflected, or a class without inflection.
    #[default]
    Plain,
    /// Finite present without ending ("they say"): VBP.
    Present,
    /// Finite present, third person singular ("says"): VBZ.
    Third,
    /// Finite past ("said"): VBD.
    Past,
    /// Past participle ("was said", "has said"): VBN.
    PastParticiple,
    /// Present participle or gerund ("saying"): VBG.
    PresentParticiple,
    /// Modal ("will", "could"): MD.
    Modal,
    /// Plural noun or name: NNS, NNPS.
    Plural,
    /// Comparative ("higher", "sooner"): JJR, RBR.
    Comparative,
    /// Superlative ("highest", "soonest"): JJS, RBS.
    Superlative,
    /// Possessive pronoun or mark ("his", "whose", "'s"): PRP$, WP$, POS.
    Possessive,
    /// Question or relative word ("which", "who", "when"): WDT, WP, WRB.
    Wh,
    /// A word of another class that stands in a name ("United" States): NNP outside proper nouns.
    Name,
}

/// Universal dependency relations (without subtypes, except the passive subject and auxiliary).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "the names are those of Universal Dependencies")]
pub enum Relation {
    Acl,
    AclRelcl,
    Advcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    AuxPass,
    Case,
    Cc,
    Ccomp,
    Clf,
    Compound,
    CompoundPrt,
    Conj,
    Cop,
    Csubj,
    #[default]
    Dep,
    Det,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    Iobj,
    List,
    Mark,
    Nmod,
    NmodPoss,
    Nsubj,
    NsubjPass,
    Nummod,
    Obj,
    Obl,
    OblAgent,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Root,
    Vocative,
    Xcomp,
}
