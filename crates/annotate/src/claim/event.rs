//! Events told by a noun: "the killing of two guards by rebels", "the minister's resignation".

use variorum_schema::{Argument, ArgumentRole, Modality, Relation, Span};

use super::argument::{Context, trimmed};
use super::clause::{Clause, Clauses};
use super::words::{self, Event};

/// One event told by a noun.
pub(super) struct Told {
    pub head: usize,
    pub span: Span,
    pub lemma: &'static str,
    pub modality: Modality,
    pub arguments: Vec<Argument>,
}

/// The events that the nouns of a sentence tell, where it is clear who did what to whom.
pub(super) fn events(context: &Context, clauses: &Clauses) -> Vec<Told> {
    (0..context.tree.tokens.len()).filter_map(|idx| told(context, clauses, idx)).collect()
}

fn told(context: &Context, clauses: &Clauses, head: usize) -> Option<Told> {
    let tree = context.tree;
    if tree.tag(head) != variorum_schema::Tag::Noun {
        return None;
    }
    let event = words::event(tree.lemma(head))?;
    let is_predicate = clauses.all.iter().any(|clause| clause.head == head);
    let is_denied = tree.kids(head).iter().any(|&kid| words::negates("determiner", tree.lemma(kid)));
    if is_predicate || is_denied {
        return None;
    }
    let arguments = arguments(context, event, head);
    if arguments.is_empty() {
        return None;
    }
    let modality = modality(context, clauses, head)?;
    let (first, last) = tree.phrase(head, |kid| {
        matches!(
            tree.relation(kid),
            Relation::Conj
                | Relation::Cc
                | Relation::AclRelcl
                | Relation::Acl
                | Relation::Case
                | Relation::Punct
                | Relation::Appos
        )
    });
    Some(Told { head, span: trimmed(tree, first, last), lemma: event.verb, modality, arguments })
}

fn arguments(context: &Context, event: Event, head: usize) -> Vec<Argument> {
    let tree = context.tree;
    let mut out = Vec::new();
    for &kid in tree.kids(head) {
        let role = match (tree.relation(kid), tree.case(kid)) {
            (Relation::NmodPoss, _) => Some(event.possessor),
            (Relation::Nmod, Some("of")) => Some(event.of),
            (Relation::Nmod | Relation::Obl | Relation::OblAgent, Some("by")) => Some(ArgumentRole::Agent),
            _ => None,
        };
        if let Some(role) = role {
            context.push(&mut out, role, kid, None);
        }
    }
    out
}

/// How firmly the clause around the noun puts the event; `None` where it says that there was none.
fn modality(context: &Context, clauses: &Clauses, head: usize) -> Option<Modality> {
    let tree = context.tree;
    let clause: Option<&Clause> =
        tree.head(head).and_then(|up| clauses.all.iter().find(|clause| clause.head == up));
    let Some(clause) = clause else { return Some(Modality::Asserted) };
    let is_core = matches!(tree.relation(head), Relation::Obj | Relation::Nsubj | Relation::NsubjPass);
    let lemma = tree.lemma(clause.head);
    let is_governed = if clause.is_passive {
        tree.relation(head) == Relation::NsubjPass
    } else {
        tree.relation(head) == Relation::Obj
    };
    let called_for = lemma == "call" && tree.case(head) == Some("for");
    if (is_governed || called_for)
        && let Some(class) = words::modality("noun", lemma)
    {
        return Some(class);
    }
    match is_core {
        true if !clause.negations.is_empty() => None,
        true => Some(clause.modality),
        false => Some(Modality::Asserted),
    }
}
