//! Claims: checkable statements as made in a document.
//!
//! One claim for every clause that tells something, and for every noun that plainly tells an event. Clauses follow from
//! the dependency tree by rule, in the manner of clause-based open information extraction (Del Corro & Gemulla 2013,
//! "ClausIE"): a predicate, its own and its shared arguments, and what negates or hedges it. `spec/claim.md` shows each
//! rule with examples. Linear in the length of a sentence times the number of its clauses.

use variorum_schema::{
    Annotations, Attribution, Claim, Document, Form, Modality, Polarity, QuotationKind, Relation, Sentence,
    Span, Tag,
};

mod argument;
mod clause;
mod event;
mod firmness;
mod tree;
mod words;

#[cfg(test)]
mod tests;

use argument::Context;
use clause::{Clause, Clauses};
use tree::Tree;

/// Longest sentence that is read, in tokens: nobody writes a longer one.
const MAX_TOKENS: usize = 400;

/// Claims in order, from the other layers of `annotations`.
#[must_use]
pub fn claims(document: &Document, annotations: &Annotations) -> Vec<Claim> {
    let mut out = Vec::new();
    let mut near = Near::default();
    for (idx, sentence) in annotations.sentences.iter().enumerate() {
        let tokens = annotations.tokens_of(sentence);
        near.advance(annotations, sentence);
        if tokens.is_empty() || tokens.len() > MAX_TOKENS {
            continue;
        }
        let tree = Tree::new(&document.text, tokens, sentence.first_token as usize);
        let context = Context { tree: &tree, annotations };
        let reader = Reader { context: &context, sentence: idx as u32, near: &near, at: sentence.span };
        let first = out.len();
        out.extend(if tree.is_parsed() { reader.parsed() } else { reader.unparsed() });
        if let Some(new) = out.get_mut(first..) {
            new.sort_by_key(|claim| (claim.span.start, claim.predicate.start, claim.span.end));
        }
    }
    out
}

/// Indices of the quotations that touch a sentence.
#[derive(Default)]
struct Near {
    next: usize,
    quotations: Vec<usize>,
}

impl Near {
    /// Moves on to a later sentence.
    fn advance(&mut self, annotations: &Annotations, sentence: &Sentence) {
        self.quotations.retain(|&idx| annotations.quotations[idx].span.end > sentence.span.start);
        while let Some(quotation) = annotations.quotations.get(self.next) {
            if quotation.span.start >= sentence.span.end {
                break;
            }
            if quotation.span.end > sentence.span.start && self.quotations.len() < 64 {
                self.quotations.push(self.next);
            }
            self.next += 1;
        }
    }
}

/// Reads one sentence.
struct Reader<'a> {
    context: &'a Context<'a>,
    sentence: u32,
    near: &'a Near,
    at: Span,
}

impl Reader<'_> {
    fn parsed(&self) -> Vec<Claim> {
        let clauses = clause::clauses(self.context.tree);
        let mut out: Vec<Claim> = Vec::new();
        for (idx, clause) in clauses.all.iter().enumerate() {
            if !clause.is_absorbed
                && !self.is_attributive(&clauses, clause)
                && tells(self.context.tree, clause)
            {
                out.push(self.claim(&clauses, idx, clause));
            }
        }
        for told in event::events(self.context, &clauses) {
            let at = self.context.tree.tokens[told.head].span;
            out.push(self.finish(
                Claim {
                    span: told.span,
                    sentence: self.sentence,
                    predicate: at,
                    lemma: told.lemma.to_owned(),
                    is_passive: false,
                    arguments: told.arguments,
                    polarity: Polarity::Positive,
                    negation: None,
                    modality: told.modality,
                    times: indices(&self.context.annotations.times, |time| time.span, told.span, |_| true),
                    quantities: indices(
                        &self.context.annotations.quantities,
                        |q| q.span,
                        told.span,
                        |_| true,
                    ),
                    attribution: Vec::new(),
                },
                at,
            ));
        }
        out
    }

    fn claim(&self, clauses: &Clauses, idx: usize, clause: &Clause) -> Claim {
        let tree = self.context.tree;
        let own: Vec<usize> =
            (0..tree.tokens.len()).filter(|&token| clauses.owner[token] == Some(idx)).collect();
        let (first, last) =
            (own.first().copied().unwrap_or(clause.head), own.last().copied().unwrap_or(clause.head));
        let span = argument::trimmed(tree, first, last);
        let arguments = argument::arguments(self.context, clauses, clause);
        let is_own = |part: Span| {
            let inside = tree.tokens.partition_point(|token| token.span.end <= part.start);
            own.binary_search(&inside).is_ok()
                || arguments
                    .iter()
                    .any(|argument| argument.span.contains(part) && !span.overlaps(argument.span))
        };
        let reach = arguments.iter().fold(span, |reach, argument| reach.cover(argument.span));
        let claim = Claim {
            span,
            sentence: self.sentence,
            predicate: predicate(tree, clause),
            lemma: lemma(tree, clause),
            is_passive: clause.is_passive,
            times: indices(&self.context.annotations.times, |time| time.span, reach, is_own),
            quantities: indices(
                &self.context.annotations.quantities,
                |quantity| quantity.span,
                reach,
                is_own,
            ),
            arguments,
            polarity: if clause.negations.len() % 2 == 1 { Polarity::Negative } else { Polarity::Positive },
            negation: negation(tree, clause),
            modality: clause.modality,
            attribution: Vec::new(),
        };
        self.finish(claim, tree.tokens[clause.head].span)
    }

    /// Adds who says so; what a source denies is denied.
    fn finish(&self, mut claim: Claim, at: Span) -> Claim {
        let annotations = self.context.annotations;
        let mut around: Vec<usize> = self
            .near
            .quotations
            .iter()
            .copied()
            .filter(|&idx| annotations.quotations[idx].content.iter().any(|content| content.contains(at)))
            .collect();
        around.sort_by_key(|&idx| (std::cmp::Reverse(annotations.quotations[idx].span.len()), idx));
        for idx in around {
            let quotation = &annotations.quotations[idx];
            let is_denial = quotation.kind != QuotationKind::Direct
                && quotation.cue_lemma.as_deref().and_then(|cue| words::modality("that", cue))
                    == Some(Modality::Denied);
            if is_denial && claim.modality == Modality::Asserted {
                claim.modality = Modality::Denied;
            }
            if let Some(source) = &quotation.source {
                claim.attribution.push(Attribution {
                    source: source.span,
                    entity: source.entity,
                    cue: quotation.cue,
                    quotation: Some(idx as u32),
                });
            }
        }
        claim
    }

    /// Whether a clause only says who says something ("the minister said"): its content is a claim of its own.
    fn is_attributive(&self, clauses: &Clauses, clause: &Clause) -> bool {
        let (tree, quotations) = (self.context.tree, &self.context.annotations.quotations);
        let at = tree.tokens[clause.head].span;
        let holds = |content: &Span| {
            !self.at.contains(*content)
                || clauses
                    .all
                    .iter()
                    .any(|other| !other.is_absorbed && content.contains(tree.tokens[other.head].span))
        };
        let cues = |idx: &usize| {
            let quotation = &quotations[*idx];
            quotation.cue.is_some_and(|cue| cue.contains(at))
                && (quotation.kind == QuotationKind::Direct || quotation.content.iter().any(holds))
        };
        self.near.quotations.iter().any(cues) || self.cues_outside(at, cues)
    }

    /// A quotation may stand wholly in the sentence before its cue.
    fn cues_outside(&self, at: Span, cues: impl Fn(&usize) -> bool) -> bool {
        let quotations = &self.context.annotations.quotations;
        let next = quotations.partition_point(|quotation| quotation.span.start < at.start);
        (next.saturating_sub(3)..(next + 2).min(quotations.len())).any(|idx| cues(&idx))
    }

    /// Without a parse: the first verb that shows tense, and the nouns beside it.
    fn unparsed(&self) -> Vec<Claim> {
        let tree = self.context.tree;
        let is_finite = |form: Form| matches!(form, Form::Present | Form::Third | Form::Past);
        let verb = tree.tokens.iter().position(|token| token.tag == Tag::Verb && is_finite(token.form));
        let Some(verb) = verb else { return Vec::new() };
        let arguments = argument::beside(self.context, verb);
        if arguments.is_empty() {
            return Vec::new();
        }
        let at = tree.tokens[verb].span;
        let span = arguments.iter().fold(at, |span, argument| span.cover(argument.span));
        let claim = Claim {
            span,
            sentence: self.sentence,
            predicate: at,
            lemma: tree.lemma(verb).to_owned(),
            is_passive: false,
            arguments,
            polarity: Polarity::Positive,
            negation: None,
            modality: Modality::Asserted,
            times: indices(&self.context.annotations.times, |time| time.span, span, |_| true),
            quantities: indices(
                &self.context.annotations.quantities,
                |quantity| quantity.span,
                span,
                |_| true,
            ),
            attribution: Vec::new(),
        };
        vec![self.finish(claim, at)]
    }
}

/// Whether a clause says anything: a verb alone, with nothing beside it, does not.
fn tells(tree: &Tree, clause: &Clause) -> bool {
    clause.subject.is_some()
        || clause.copula.is_some()
        || tree.kids(clause.head).iter().any(|&kid| {
            matches!(
                tree.relation(kid),
                Relation::Obj | Relation::Obl | Relation::OblAgent | Relation::Xcomp | Relation::Iobj
            )
        })
}

/// The words of the predicate: auxiliaries, negation, governing verbs, the verb and its particle.
fn predicate(tree: &Tree, clause: &Clause) -> Span {
    let mut first = clause.governors.first().copied().unwrap_or(clause.head);
    let mut last = clause.head;
    let barrier = clause.subject.filter(|&subject| subject < first).map_or(0, |subject| subject + 1);
    let heads = clause.governors.iter().chain([&clause.head]).copied();
    for kid in heads.flat_map(|head| tree.kids(head).iter().copied()) {
        let is_part = matches!(
            tree.relation(kid),
            Relation::Aux | Relation::AuxPass | Relation::Cop | Relation::CompoundPrt
        ) || tree.relation(kid) == Relation::Advmod && clause.negations.contains(&kid);
        if is_part && kid >= barrier {
            (first, last) = (first.min(kid), last.max(kid));
        }
    }
    last = last.max(clause::particle(tree, clause.head).unwrap_or(last));
    tree.span(first, last)
}

/// "kill", "call_off", "be illegal".
fn lemma(tree: &Tree, clause: &Clause) -> String {
    let head = tree.lemma(clause.head);
    if clause.copula.is_some() || !matches!(tree.tag(clause.head), Tag::Verb | Tag::Aux) {
        return format!("be {head}");
    }
    match clause::particle(tree, clause.head) {
        Some(particle) => format!("{head}_{}", tree.lemma(particle)),
        None => head.to_owned(),
    }
}

/// From the first negating word to the last, if nothing but a word or two stands between them; else the first.
fn negation(tree: &Tree, clause: &Clause) -> Option<Span> {
    clause.negations.first().map(|&first| tree.tokens[first].span)
}

/// Indices of the ordered `items` that lie inside `reach` and pass.
fn indices<T>(items: &[T], span: impl Fn(&T) -> Span, reach: Span, pass: impl Fn(Span) -> bool) -> Vec<u32> {
    let first = items.partition_point(|item| span(item).start < reach.start);
    let near = items.iter().enumerate().skip(first).take_while(|(_, item)| span(item).start < reach.end);
    near.filter(|(_, item)| reach.contains(span(item)) && pass(span(item)))
        .map(|(idx, _)| idx as u32)
        .collect()
}
