//! The dependency tree of one sentence, with its edges turned downwards.

use variorum_schema::{Form, Relation, Span, Tag, Token};

/// One sentence as a tree. Tokens are numbered from the first of the sentence.
pub(super) struct Tree<'a> {
    pub tokens: &'a [Token],
    pub text: &'a str,
    /// Heads before their dependents.
    pub order: Vec<usize>,
    heads: Vec<Option<usize>>,
    kids: Vec<Vec<usize>>,
    edges: Vec<(usize, usize)>,
}

impl<'a> Tree<'a> {
    /// From the tokens of a sentence, of which the first has the number `base` in its document.
    pub(super) fn new(text: &'a str, tokens: &'a [Token], base: usize) -> Tree<'a> {
        let n = tokens.len();
        let local = |head: Option<u32>| (head? as usize).checked_sub(base).filter(|&head| head < n);
        let heads: Vec<Option<usize>> = tokens.iter().map(|token| local(token.head)).collect();
        let mut kids = vec![Vec::new(); n];
        for (idx, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                kids[*head].push(idx);
            }
        }
        let mut order: Vec<usize> = (0..n).filter(|&idx| heads[idx].is_none()).collect();
        let mut at = 0;
        while let Some(&idx) = order.get(at) {
            order.extend(&kids[idx]);
            at += 1;
        }
        let mut edges: Vec<(usize, usize)> = (0..n).map(|idx| (idx, idx)).collect();
        for &idx in order.iter().rev() {
            if let Some(head) = heads[idx] {
                edges[head] = (edges[head].0.min(edges[idx].0), edges[head].1.max(edges[idx].1));
            }
        }
        Tree { tokens, text, order, heads, kids, edges }
    }

    /// Whether the sentence was parsed at all.
    pub(super) fn is_parsed(&self) -> bool {
        self.tokens.iter().any(|token| token.relation == Relation::Root)
    }

    pub(super) fn head(&self, idx: usize) -> Option<usize> {
        self.heads[idx]
    }

    pub(super) fn relation(&self, idx: usize) -> Relation {
        self.tokens[idx].relation
    }

    pub(super) fn tag(&self, idx: usize) -> Tag {
        self.tokens[idx].tag
    }

    pub(super) fn form(&self, idx: usize) -> Form {
        self.tokens[idx].form
    }

    pub(super) fn lemma(&self, idx: usize) -> &'a str {
        &self.tokens[idx].lemma
    }

    /// Direct dependents, in order.
    pub(super) fn kids(&self, idx: usize) -> &[usize] {
        &self.kids[idx]
    }

    /// The first dependent with one of these relations.
    pub(super) fn kid(&self, idx: usize, relations: &[Relation]) -> Option<usize> {
        self.kids[idx].iter().copied().find(|&kid| relations.contains(&self.relation(kid)))
    }

    /// The first and the last token of the subtree.
    pub(super) fn edges(&self, idx: usize) -> (usize, usize) {
        self.edges[idx]
    }

    /// From the first byte of one token to the last of another.
    pub(super) fn span(&self, first: usize, last: usize) -> Span {
        self.tokens[first].span.cover(self.tokens[last].span)
    }

    /// The words of a phrase: token `idx` with its dependents, without those that `skip` picks.
    pub(super) fn phrase(&self, idx: usize, skip: impl Fn(usize) -> bool) -> (usize, usize) {
        let (mut first, mut last) = (idx, idx);
        for &kid in self.kids(idx) {
            if !skip(kid) {
                (first, last) = (first.min(self.edges[kid].0), last.max(self.edges[kid].1));
            }
        }
        // what was skipped may stand at an edge inside a dependent that was kept
        while first < idx && matches!(self.tag(first), Tag::Punct) {
            first += 1;
        }
        while last > idx && matches!(self.tag(last), Tag::Punct) {
            last -= 1;
        }
        (first, last)
    }

    /// Lemma of a preposition or mark of a token, with fixed parts joined ("according to" is "according").
    pub(super) fn case(&self, idx: usize) -> Option<&'a str> {
        self.kid(idx, &[Relation::Case]).map(|kid| self.lemma(kid))
    }
}
