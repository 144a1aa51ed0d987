//! The arguments of a clause: who, what, whom, where.

use variorum_schema::{
    Annotations, Argument, ArgumentRole, EntityKind, Form, Mention, MentionForm, Relation, Span, Tag, Token,
};

use super::clause::{Clause, Clauses, is_relative, misread};
use super::tree::Tree;
use super::words;
use crate::mention::is_office;

/// A sentence with what is known about its words.
pub(super) struct Context<'a> {
    pub tree: &'a Tree<'a>,
    pub annotations: &'a Annotations,
}

impl Context<'_> {
    /// Index of the entity that a phrase headed by this token refers to.
    pub(super) fn entity(&self, idx: usize) -> Option<u32> {
        self.mention(idx).map(|mention| mention.entity)
    }

    /// The narrowest mention around a token.
    fn mention(&self, idx: usize) -> Option<&Mention> {
        let at = self.tree.tokens[idx].span;
        let mentions = &self.annotations.mentions;
        let end = mentions.partition_point(|mention| mention.span.start < at.end);
        // titles stand before the name, so the full span may begin a few mentions earlier than the name
        let near = mentions.get(end.saturating_sub(8)..(end + 4).min(mentions.len())).unwrap_or(&[]);
        let inside =
            near.iter().filter(|mention| mention.span.contains(at)).min_by_key(|mention| mention.span.len());
        let around = || {
            near.iter().filter(|mention| mention.full.contains(at)).max_by_key(|mention| mention.full.len())
        };
        inside.or_else(around)
    }

    /// "Minister of Roads Ilona Drazek": of a phrase headed by an office that is written as a title, the person whose name
    /// ends it.
    fn bearer(&self, head: usize, last: usize) -> Option<u32> {
        let (tree, mentions) = (self.tree, &self.annotations.mentions);
        let end = tree.tokens[last].span.end;
        let word = tree.tokens[head].span.of(tree.text);
        let is_title = word.starts_with(char::is_uppercase) && is_office(tree.lemma(head));
        let near = &mentions[..mentions.partition_point(|m| m.span.start < end)];
        let person = near.iter().rev().take(4).find(|m| m.span.end == end && m.kind == EntityKind::Person);
        person.filter(|m| is_title && m.form == MentionForm::Name).map(|m| m.entity)
    }

    /// "His lawyer, Ilona Drazek": the person who is set beside a phrase by name.
    fn apposed(&self, head: usize) -> Option<u32> {
        let tree = self.tree;
        let beside = tree.kids(head).iter().filter(|kid| tree.relation(**kid) == Relation::Appos);
        let is_person =
            |mention: &&Mention| mention.kind == EntityKind::Person && mention.form == MentionForm::Name;
        let mut named = beside.filter_map(|kid| self.mention(*kid).filter(is_person));
        named.next().map(|mention| mention.entity)
    }

    fn is_time(&self, idx: usize) -> bool {
        let at = self.tree.tokens[idx].span;
        let times = &self.annotations.times;
        let end = times.partition_point(|time| time.span.start < at.end);
        times
            .get(end.saturating_sub(2)..end)
            .is_some_and(|near| near.iter().any(|time| time.span.contains(at)))
    }

    fn is_place(&self, idx: usize) -> bool {
        let kind = self
            .entity(idx)
            .and_then(|entity| self.annotations.entities.get(entity as usize))
            .map(|e| e.kind);
        kind == Some(EntityKind::Place) || kind.is_none() && words::place("place", self.tree.lemma(idx))
    }

    /// The argument headed by a token, and one for every noun joined to it by "and".
    pub(super) fn push(
        &self,
        out: &mut Vec<Argument>,
        role: ArgumentRole,
        idx: usize,
        barrier: Option<usize>,
    ) {
        let tree = self.tree;
        let mut heads = vec![idx];
        heads.extend(tree.kids(idx).iter().copied().filter(|&kid| {
            tree.relation(kid) == Relation::Conj
                && matches!(tree.tag(kid), Tag::Noun | Tag::Propn | Tag::Pron | Tag::Num | Tag::Sym)
        }));
        for head in heads {
            let (first, last) = tree.phrase(head, |kid| self.is_outside(head, kid, barrier));
            let argument = Argument {
                role,
                span: tree.span(first, last),
                head: tree.lemma(head).to_owned(),
                entity: self.entity(head).or_else(|| self.bearer(head, last)).or_else(|| self.apposed(head)),
            };
            if !out.iter().any(|known| known.role == argument.role && known.span == argument.span) {
                out.push(argument);
            }
        }
    }

    /// Dependents that are no part of the phrase: its preposition, further conjuncts, the clause that asks for it.
    fn is_outside(&self, head: usize, kid: usize, barrier: Option<usize>) -> bool {
        let tree = self.tree;
        let (first, last) = tree.edges(kid);
        barrier.is_some_and(|barrier| first <= barrier && barrier <= last)
            || match tree.relation(kid) {
                Relation::Conj | Relation::Cc | Relation::Punct | Relation::Parataxis => true,
                Relation::Case | Relation::Mark => kid < head,
                Relation::Cop | Relation::Nsubj | Relation::Aux => tree.tag(head) != Tag::Verb,
                _ => false,
            }
    }
}

/// The arguments of a clause, in the order of the text.
pub(super) fn arguments(context: &Context, clauses: &Clauses, clause: &Clause) -> Vec<Argument> {
    let mut out = Vec::new();
    let tree = context.tree;
    if let Some(subject) = clause.subject {
        let barrier = clause.antecedent.filter(|&antecedent| antecedent == subject).map(|_| clause.head);
        context.push(&mut out, subject_role(tree, clause), subject, barrier);
    }
    complement(context, clause, &mut out);
    let heads = clause.governors.iter().chain([&clause.head]).copied();
    for kid in heads.flat_map(|head| tree.kids(head).iter().copied()) {
        if kid == clause.head || clause.governors.contains(&kid) {
            continue;
        }
        if let Some(role) = role(context, clauses, clause, kid) {
            let relative = is_relative(tree, clause, kid).then_some(clause.antecedent).flatten();
            context.push(&mut out, role, relative.unwrap_or(kid), relative.map(|_| clause.head));
            if relative.is_none() {
                where_inside(context, kid, &mut out);
            }
        }
    }
    gap(context, clause, &mut out);
    rejoin(context, clause, &mut out);
    out.sort_by_key(|argument| (argument.span, argument.role));
    out
}

/// "The roads minister Ilona Drazek stepped down": a plural before a title was read as the subject, and the person behind it as a
/// dependent without a preposition. Nothing stands between the two, so they are one.
fn rejoin(context: &Context, clause: &Clause, out: &mut Vec<Argument>) {
    let verb = context.tree.tokens[clause.head].span;
    let is_subject = |a: &Argument| matches!(a.role, ArgumentRole::Agent | ArgumentRole::Patient);
    let Some(at) = out.iter().position(|a| is_subject(a) && a.entity.is_none() && a.span.end <= verb.start)
    else {
        return;
    };
    let beside = out.iter().position(|a| {
        a.role == ArgumentRole::Oblique && a.span.start == out[at].span.end + 1 && a.span.end <= verb.start
    });
    let Some(beside) = beside else { return };
    let mentions = &context.annotations.mentions;
    let titled = mentions.iter().find(|m| m.full.start == out[beside].span.start && m.full != m.span);
    if let Some(person) = titled.filter(|m| m.kind == EntityKind::Person && m.full.end <= verb.start) {
        let found = out.remove(beside);
        let at = if beside < at { at - 1 } else { at };
        out[at].span = out[at].span.cover(found.span).cover(person.full);
        (out[at].head, out[at].entity) = (found.head, Some(person.entity));
    }
}

/// "killed by rebels near the border": where the phrase says that it is, it happened.
fn where_inside(context: &Context, idx: usize, out: &mut Vec<Argument>) {
    let tree = context.tree;
    let says_where = |kid: usize| {
        tree.relation(kid) == Relation::Nmod
            && matches!(tree.case(kid), Some("in" | "at" | "near" | "outside" | "inside" | "across"))
            && context.is_place(kid)
    };
    for &kid in tree.kids(idx) {
        if says_where(kid) {
            context.push(out, ArgumentRole::Place, kid, None);
        }
    }
}

fn has_object(tree: &Tree, head: usize) -> bool {
    tree.kid(head, &[Relation::Obj]).is_some()
}

fn subject_role(tree: &Tree, clause: &Clause) -> ArgumentRole {
    let lemma = tree.lemma(clause.head);
    if clause.copula.is_some() || tree.tag(clause.head) != Tag::Verb {
        ArgumentRole::Patient
    } else if clause.is_passive {
        let is_recipient = words::frame("give", lemma) && has_object(tree, clause.head);
        if is_recipient { ArgumentRole::Recipient } else { ArgumentRole::Patient }
    } else if words::frame("undergo", lemma) && !has_object(tree, clause.head) {
        ArgumentRole::Patient
    } else {
        ArgumentRole::Agent
    }
}

/// What a copula says of its subject.
fn complement(context: &Context, clause: &Clause, out: &mut Vec<Argument>) {
    use Relation::{
        Advcl, Aux, AuxPass, Case, Cc, Ccomp, Conj, Cop, Csubj, Discourse, Expl, Mark, Nsubj, NsubjPass, Obl,
        Parataxis, Punct, Vocative,
    };
    let tree = context.tree;
    if clause.copula.is_none() && tree.tag(clause.head) == Tag::Verb
        || matches!(tree.tag(clause.head), Tag::Aux)
    {
        return;
    }
    let (first, last) = tree.phrase(clause.head, |kid| {
        matches!(
            tree.relation(kid),
            Advcl
                | Aux
                | AuxPass
                | Case
                | Cc
                | Ccomp
                | Conj
                | Cop
                | Csubj
                | Discourse
                | Expl
                | Mark
                | Nsubj
                | NsubjPass
                | Obl
                | Parataxis
                | Punct
                | Vocative
        ) || clause.negations.contains(&kid)
            || clause.copula.is_some_and(|copula| kid < copula)
    });
    let is_place = tree.case(clause.head).is_some_and(|case| words::place("preposition", case))
        && context.is_place(clause.head);
    let role = if is_place { ArgumentRole::Place } else { ArgumentRole::Complement };
    out.push(Argument {
        role,
        span: tree.span(first, last),
        head: tree.lemma(clause.head).to_owned(),
        entity: context.entity(clause.head),
    });
}

/// The part of a dependent, if it is an argument at all.
fn role(context: &Context, clauses: &Clauses, clause: &Clause, kid: usize) -> Option<ArgumentRole> {
    let tree = context.tree;
    match tree.relation(kid) {
        Relation::Obj => Some(ArgumentRole::Patient),
        Relation::Iobj => Some(ArgumentRole::Recipient),
        Relation::OblAgent => Some(ArgumentRole::Agent),
        Relation::Ccomp => Some(ArgumentRole::Complement),
        Relation::Xcomp => {
            let is_clause =
                clauses.all.iter().any(|other| other.head == kid && other.governors.contains(&clause.head));
            (!is_clause).then_some(ArgumentRole::Complement)
        }
        Relation::Obl if misread(tree, clause.head, kid) => Some(ArgumentRole::Patient),
        Relation::Obl => oblique(context, clause, kid),
        Relation::Advmod
            if tree.form(kid) == Form::Wh && tree.lemma(kid) == "where" && clause.antecedent.is_some() =>
        {
            None
        }
        _ => None,
    }
}

fn oblique(context: &Context, clause: &Clause, kid: usize) -> Option<ArgumentRole> {
    let tree = context.tree;
    let case = tree.case(kid).unwrap_or_default();
    if context.is_time(kid) {
        None
    } else if case == "by" && clause.is_passive {
        Some(ArgumentRole::Agent)
    } else if case == "to" && words::frame("give", tree.lemma(clause.head)) {
        Some(ArgumentRole::Recipient)
    } else if words::place("preposition", case) && context.is_place(kid) {
        Some(ArgumentRole::Place)
    } else {
        Some(ArgumentRole::Oblique)
    }
}

/// "the man she met", "the town where she lives": what a relative clause lacks is its antecedent.
fn gap(context: &Context, clause: &Clause, out: &mut Vec<Argument>) {
    let tree = context.tree;
    let Some(antecedent) = clause.antecedent.filter(|_| tree.relation(clause.head) == Relation::AclRelcl)
    else {
        return;
    };
    let kids = tree.kids(clause.head);
    let is_used =
        clause.subject == Some(antecedent) || kids.iter().any(|&kid| is_relative(tree, clause, kid));
    let opener = kids
        .iter()
        .copied()
        .find(|&kid| tree.relation(kid) == Relation::Advmod && tree.form(kid) == Form::Wh);
    let role = match opener.map(|kid| tree.lemma(kid)) {
        Some("where") => ArgumentRole::Place,
        Some(_) => return,
        None if clause.copula.is_some() || clause.is_passive => return,
        None => ArgumentRole::Patient,
    };
    let is_whose = (tree.edges(clause.head).0..clause.head)
        .any(|idx| tree.tokens[idx].form == Form::Possessive && tree.lemma(idx) == "whose");
    let is_full = role == ArgumentRole::Patient && has_object(tree, clause.head);
    if !is_used && !is_full && !is_whose && !context.is_time(antecedent) {
        context.push(out, role, antecedent, Some(clause.head));
    }
}

/// The arguments of a sentence that was not parsed: the nouns beside its verb.
pub(super) fn beside(context: &Context, verb: usize) -> Vec<Argument> {
    let tokens = context.tree.tokens;
    let is_noun = |token: &Token| matches!(token.tag, Tag::Noun | Tag::Propn | Tag::Pron);
    let is_end =
        |token: &Token| matches!(token.tag, Tag::Adp | Tag::Verb | Tag::Punct | Tag::Sconj | Tag::Cconj);
    let argument = |role: ArgumentRole, idx: usize| Argument {
        role,
        span: tokens[idx].span,
        head: tokens[idx].lemma.clone(),
        entity: context.entity(idx),
    };
    let before = tokens[..verb].iter().rposition(is_noun).map(|idx| argument(ArgumentRole::Agent, idx));
    let after = tokens[verb + 1..].iter().take_while(|token| !is_end(token)).collect::<Vec<_>>();
    let after = after.iter().rposition(|token| is_noun(token));
    before.into_iter().chain(after.map(|idx| argument(ArgumentRole::Patient, verb + 1 + idx))).collect()
}

/// The part of a span of tokens that its outer punctuation leaves.
pub(super) fn trimmed(tree: &Tree, mut first: usize, mut last: usize) -> Span {
    let is_edge = |idx: usize| matches!(tree.relation(idx), Relation::Punct | Relation::Cc | Relation::Mark);
    while first < last && is_edge(first) {
        first += 1;
    }
    while last > first && tree.relation(last) == Relation::Punct {
        last -= 1;
    }
    tree.span(first, last)
}
