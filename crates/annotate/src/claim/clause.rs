//! The clauses of a sentence: predicate, subject, voice; heads before what depends on them.

use variorum_schema::{Form, Modality, Relation, Tag};

use super::tree::Tree;
use super::{firmness, words};

/// One clause. Tokens are those of the sentence's [`Tree`].
pub(super) struct Clause {
    /// Head of the predicate: the verb, or what follows a copula.
    pub head: usize,
    /// Verbs that govern the head and tell nothing by themselves ("plans to", "failed to"), outermost first.
    pub governors: Vec<usize>,
    /// Whether it is only a governor of another clause.
    pub is_absorbed: bool,
    pub is_passive: bool,
    /// The copula, if the head follows one.
    pub copula: Option<usize>,
    /// Head of the subject, that of a relative pronoun resolved.
    pub subject: Option<usize>,
    /// What a relative clause or participle is about.
    pub antecedent: Option<usize>,
    pub modality: Modality,
    /// The words that negate.
    pub negations: Vec<usize>,
}

/// The clauses of a sentence, and for every token the clause to which it belongs.
pub(super) struct Clauses {
    pub all: Vec<Clause>,
    pub owner: Vec<Option<usize>>,
}

/// Finds the clauses of a parsed sentence.
pub(super) fn clauses(tree: &Tree) -> Clauses {
    let mut found = Clauses { all: Vec::new(), owner: vec![None; tree.tokens.len()] };
    for &idx in &tree.order {
        let parent = tree.head(idx).and_then(|head| found.owner[head]);
        if !is_predicate(tree, &found, idx) {
            found.owner[idx] = parent;
            continue;
        }
        let clause = build(tree, &mut found, idx, parent);
        found.owner[idx] = Some(found.all.len());
        found.all.push(clause);
    }
    for owner in &mut found.owner {
        while let Some(governed) = owner.and_then(|o| governed(&found.all, o)) {
            *owner = Some(governed);
        }
    }
    found
}

/// The clause that an absorbed clause governs: always a later one.
fn governed(all: &[Clause], idx: usize) -> Option<usize> {
    let clause = all.get(idx).filter(|clause| clause.is_absorbed)?;
    (idx + 1..all.len()).find(|&later| all[later].governors.contains(&clause.head))
}

/// Whether a token heads a clause.
fn is_predicate(tree: &Tree, found: &Clauses, idx: usize) -> bool {
    use Relation::{Acl, AclRelcl, Advcl, Ccomp, Conj, Csubj, Parataxis, Root, Xcomp};
    let has_copula = tree.kid(idx, &[Relation::Cop]).is_some();
    let has_subject = tree.kid(idx, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
    match tree.relation(idx) {
        Root | Ccomp | Advcl | AclRelcl | Acl | Csubj | Parataxis => {
            is_verb(tree, idx) || has_copula || has_subject && is_predicative(tree, idx)
        }
        Xcomp => {
            has_copula
                || is_verb(tree, idx) && (tree.form(idx) != Form::PastParticiple || has_mark(tree, idx, "to"))
        }
        Conj => {
            let first = tree.head(idx);
            let is_clause = first.is_some_and(|head| found.all.iter().any(|clause| clause.head == head));
            has_copula || has_subject || is_clause && is_verb(tree, idx)
        }
        _ => has_copula,
    }
}

fn is_verb(tree: &Tree, idx: usize) -> bool {
    matches!(tree.tag(idx), Tag::Verb | Tag::Aux)
}

/// What may stand as a predicate without any verb ("Minister under fire").
fn is_predicative(tree: &Tree, idx: usize) -> bool {
    matches!(tree.tag(idx), Tag::Adj | Tag::Noun | Tag::Propn | Tag::Adv | Tag::Num)
}

/// Whether "to" or another word opens the clause.
pub(super) fn has_mark(tree: &Tree, idx: usize, lemma: &str) -> bool {
    tree.kids(idx).iter().any(|&kid| {
        kid < idx
            && matches!(tree.relation(kid), Relation::Mark | Relation::Aux | Relation::Case)
            && tree.lemma(kid) == lemma
    })
}

fn build(tree: &Tree, found: &mut Clauses, head: usize, parent: Option<usize>) -> Clause {
    let mut clause = Clause {
        head,
        governors: Vec::new(),
        is_absorbed: false,
        is_passive: false,
        copula: tree.kid(head, &[Relation::Cop]),
        subject: None,
        antecedent: None,
        modality: Modality::Asserted,
        negations: firmness::negations(tree, head),
    };
    let parent = parent.and_then(|idx| found.all.get_mut(idx));
    clause.antecedent = match tree.relation(head) {
        Relation::AclRelcl | Relation::Acl => tree.head(head),
        _ => parent.as_deref().and_then(|parent| parent.antecedent),
    };
    if matches!(tree.relation(head), Relation::AclRelcl | Relation::Acl) {
        let denied = clause.antecedent.and_then(|noun| firmness::denied_noun(tree, head, noun));
        clause.negations.extend(denied);
    }
    clause.is_passive = is_passive(tree, head, parent.as_deref());
    clause.subject = subject(tree, &clause, parent.as_deref());
    clause.modality = firmness::own(tree, &clause).unwrap_or(Modality::Asserted);
    if let Some(parent) = parent {
        inherit(tree, &mut clause, parent);
    }
    clause
}

/// What a clause takes from the one on which it depends.
fn inherit(tree: &Tree, clause: &mut Clause, parent: &mut Clause) {
    let own = firmness::own(tree, clause);
    match tree.relation(clause.head) {
        Relation::Conj
            if tree.kid(clause.head, &[Relation::Nsubj, Relation::NsubjPass, Relation::Cop]).is_none() =>
        {
            conjoin(tree, clause, parent, own);
        }
        Relation::Xcomp => govern(tree, clause, parent, own),
        Relation::Advcl if is_told(tree, Some(parent), clause.head) => govern(tree, clause, parent, own),
        _ => {
            // "prevented them from landing"
            if has_mark(tree, clause.head, "from")
                && words::is_negative_governor(tree.lemma(parent.head), "from")
            {
                clause.negations.push(parent.head);
            }
            if let Some(modality) = firmness::embedded(tree, clause, parent) {
                clause.modality = own.filter(|_| modality == Modality::Asserted).unwrap_or(modality);
            }
        }
    }
}

/// "will visit Rome and meet the pope": the second verb shares what stands before the first.
fn conjoin(tree: &Tree, clause: &mut Clause, parent: &mut Clause, own: Option<Modality>) {
    let is_alike = tree.form(clause.head) == tree.form(parent.head)
        && tree.kid(clause.head, &[Relation::Aux, Relation::AuxPass]).is_none();
    let is_bare =
        matches!(tree.form(clause.head), Form::Plain | Form::PresentParticiple | Form::PastParticiple);
    if is_alike && (is_bare || !parent.governors.is_empty()) {
        clause.modality = own.unwrap_or(parent.modality);
        let is_alternative =
            tree.kids(clause.head).iter().any(|&kid| matches!(tree.lemma(kid), "or" | "nor"));
        if clause.negations.is_empty() && (tree.form(clause.head) == Form::Plain || is_alternative) {
            clause.negations.clone_from(&parent.negations);
        }
    }
}

/// "plans to leave", "failed to leave", "urged him to leave".
fn govern(tree: &Tree, clause: &mut Clause, parent: &mut Clause, own: Option<Modality>) {
    let link = if has_mark(tree, clause.head, "to") { "to" } else { "ing" };
    let lemma = tree.lemma(parent.head);
    let is_listed = words::is_negative_governor(lemma, link) && lemma != "deny";
    let is_negative = is_listed || link == "to" && words::negates("governor", lemma);
    let class = firmness::governed(tree, parent, clause.head);
    clause.modality = match class {
        None if is_negative => parent.modality,
        Some(Modality::Asserted) => parent.modality,
        Some(class) => class,
        None if link == "to" => Modality::Conditional,
        None => parent.modality,
    };
    clause.modality = own.unwrap_or(clause.modality);
    let has_object = tree.kid(parent.head, &[Relation::Obj, Relation::Iobj]).is_some();
    if (class.is_some() || is_negative) && !has_object && !parent.is_absorbed {
        parent.is_absorbed = true;
        clause.governors.clone_from(&parent.governors);
        clause.governors.push(parent.head);
        let mut negations = parent.negations.clone();
        if is_negative {
            negations.push(parent.head);
        }
        negations.append(&mut clause.negations);
        clause.negations = negations;
    } else if is_negative {
        clause.negations.push(parent.head);
    } else {
        clause.negations.extend(firmness::denied_attempt(tree, parent).filter(|_| link == "to"));
    }
}

fn is_passive(tree: &Tree, head: usize, parent: Option<&Clause>) -> bool {
    if tree.tag(head) != Tag::Verb {
        return false;
    }
    let is_marked = tree.kid(head, &[Relation::AuxPass, Relation::NsubjPass, Relation::OblAgent]).is_some();
    let is_participle = tree.form(head) == Form::PastParticiple;
    is_marked
        || is_participle
            && match tree.relation(head) {
                Relation::Acl | Relation::Advcl => {
                    tree.kid(head, &[Relation::Aux, Relation::Nsubj]).is_none()
                }
                Relation::Conj => {
                    parent.is_some_and(|parent| parent.is_passive)
                        && tree.kid(head, &[Relation::Aux, Relation::Nsubj]).is_none()
                }
                Relation::Root => {
                    let object = tree.kids(head).iter().any(|&kid| misread(tree, head, kid));
                    !object && tree.kid(head, &[Relation::Aux, Relation::Cop, Relation::Obj]).is_none()
                }
                _ => false,
            }
}

/// Whether a token is a relative pronoun of this clause.
pub(super) fn is_relative(tree: &Tree, clause: &Clause, idx: usize) -> bool {
    clause.antecedent.is_some_and(|antecedent| antecedent < idx)
        && idx < clause.head
        && matches!(tree.tag(idx), Tag::Pron | Tag::Det)
        && (tree.form(idx) == Form::Wh || matches!(tree.lemma(idx), "that" | "who" | "which" | "whom"))
}

/// The subject: its own, or the one that it shares.
fn subject(tree: &Tree, clause: &Clause, parent: Option<&Clause>) -> Option<usize> {
    let own = tree.kid(clause.head, &[Relation::Nsubj, Relation::NsubjPass, Relation::Csubj]);
    if let Some(own) = own {
        return if is_relative(tree, clause, own) { clause.antecedent } else { Some(own) };
    }
    let object = |clause: &Clause| tree.kid(clause.head, &[Relation::Obj, Relation::Iobj]);
    match tree.relation(clause.head) {
        Relation::Conj => parent.and_then(|parent| parent.subject),
        Relation::Advcl if is_told(tree, parent, clause.head) => parent.and_then(object),
        Relation::Advcl if !is_finite(tree, clause.head) => parent.and_then(|parent| parent.subject),
        Relation::Xcomp => {
            let parent = parent?;
            let is_promise = matches!(tree.lemma(parent.head), "promise" | "threaten" | "use");
            object(parent).filter(|_| !is_promise).or(parent.subject)
        }
        Relation::AclRelcl | Relation::Acl if tree.form(clause.head) != Form::Plain => clause.antecedent,
        _ => None,
    }
}

/// Whether a clause shows tense.
fn is_finite(tree: &Tree, head: usize) -> bool {
    let shows = |idx: usize| matches!(tree.form(idx), Form::Present | Form::Third | Form::Past | Form::Modal);
    shows(head)
        || tree.kids(head).iter().any(|&kid| {
            matches!(tree.relation(kid), Relation::Aux | Relation::AuxPass | Relation::Cop) && shows(kid)
        })
}

/// The particle of a phrasal verb, also where it was read as the preposition of what is the object.
pub(super) fn particle(tree: &Tree, head: usize) -> Option<usize> {
    let taken = || tree.kids(head).iter().any(|&kid| misread(tree, head, kid)).then_some(head + 1);
    tree.kid(head, &[Relation::CompoundPrt]).or_else(taken)
}

/// Whether a phrase with a preposition is the object of a phrasal verb ("called off the strike").
pub(super) fn misread(tree: &Tree, head: usize, kid: usize) -> bool {
    let case = tree.kid(kid, &[Relation::Case]);
    let is_phrasal = || {
        let particle = tree.tokens.get(head + 1).map_or("", |token| token.lemma.as_str());
        words::frame("phrasal", &format!("{}_{particle}", tree.lemma(head)))
    };
    tree.relation(kid) == Relation::Obl
        && kid > head + 1
        && (case == Some(head + 1)
            || case.is_none() && tree.kid(head, &[Relation::CompoundPrt]) == Some(head + 1))
        && tree.kid(head, &[Relation::Obj]).is_none()
        && is_phrasal()
}

/// Whether an infinitive is governed though it was read as a purpose: "ordered the minister to leave".
fn is_told(tree: &Tree, parent: Option<&Clause>, head: usize) -> bool {
    let is_demand = |parent: &Clause| {
        firmness::governed(tree, parent, head) == Some(Modality::Demanded)
            && tree.kid(parent.head, &[Relation::Obj, Relation::Iobj]).is_some()
    };
    tree.relation(head) == Relation::Advcl && has_mark(tree, head, "to") && parent.is_some_and(is_demand)
}
