//! How firmly a clause is put, and which words negate it.

use variorum_schema::{Form, Modality, Relation, Tag};

use super::clause::{Clause, has_mark};
use super::tree::Tree;
use super::words;

/// What the clause's own words make of it: its auxiliaries, adverbs and the word that opens it.
pub(super) fn own(tree: &Tree, clause: &Clause) -> Option<Modality> {
    let mut found: Option<Modality> = None;
    for &kid in tree.kids(clause.head) {
        let lemma = tree.lemma(kid);
        let class = match tree.relation(kid) {
            Relation::Aux => auxiliary(tree, clause, kid),
            Relation::Advmod => words::modality("adverb", lemma),
            // "until the office reopens": it has not
            Relation::Mark if matches!(lemma, "until" | "till") => {
                let is_open = matches!(tree.form(clause.head), Form::Present | Form::Third | Form::Plain);
                (is_open && !is_past(tree, clause)).then_some(Modality::Conditional)
            }
            Relation::Mark => words::modality("mark", lemma),
            _ => None,
        };
        found = stronger(found, class);
        // the result of a condition is as conditional as the condition
        if tree.relation(kid) == Relation::Advcl && is_condition(tree, kid) && !is_past(tree, clause) {
            found = Some(Modality::Conditional);
        }
    }
    found.or_else(|| to_come(tree, clause))
}

/// Conditions and doubts weigh more than tense.
fn stronger(a: Option<Modality>, b: Option<Modality>) -> Option<Modality> {
    match (a, b) {
        (Some(Modality::Planned), Some(b)) => Some(b),
        (Some(a), _) => Some(a),
        (None, b) => b,
    }
}

fn auxiliary(tree: &Tree, clause: &Clause, aux: usize) -> Option<Modality> {
    let lemma = tree.lemma(aux);
    let has_perfect = tree
        .kids(clause.head)
        .iter()
        .any(|&kid| kid > aux && tree.relation(kid) == Relation::Aux && tree.lemma(kid) == "have");
    let class = words::modality("aux", lemma)?;
    match lemma {
        "would" if has_perfect => Some(Modality::Conditional),
        // "could not reach": it was tried, and it failed
        "could" if !clause.negations.is_empty() && !has_perfect => None,
        _ => Some(class),
    }
}

/// "is to visit", and a headline's "to visit".
fn to_come(tree: &Tree, clause: &Clause) -> Option<Modality> {
    let has_to = has_mark(tree, clause.head, "to");
    let is_main = matches!(
        tree.relation(clause.head),
        Relation::Root | Relation::Ccomp | Relation::Parataxis | Relation::AclRelcl
    );
    let has_subject = tree.kid(clause.head, &[Relation::Nsubj, Relation::NsubjPass]).is_some();
    (has_to && is_main && has_subject).then_some(Modality::Planned)
}

fn is_condition(tree: &Tree, head: usize) -> bool {
    tree.kids(head).iter().any(|&kid| {
        kid < head
            && tree.relation(kid) == Relation::Mark
            && matches!(tree.lemma(kid), "if" | "unless" | "provided")
    })
}

/// Whether the main verb tells of the past without any modal: then an "if" beside it is no condition of it.
fn is_past(tree: &Tree, clause: &Clause) -> bool {
    let has_modal = tree.kids(clause.head).iter().any(|&kid| tree.form(kid) == Form::Modal);
    let is_past = |idx: usize| tree.form(idx) == Form::Past;
    !has_modal
        && (is_past(clause.head)
            || tree.kids(clause.head).iter().any(|&kid| {
                matches!(tree.relation(kid), Relation::Aux | Relation::AuxPass | Relation::Cop)
                    && is_past(kid)
            }))
}

/// What a governing verb makes of its infinitive or gerund.
pub(super) fn governed(tree: &Tree, governor: &Clause, idx: usize) -> Option<Modality> {
    let lemma = tree.lemma(governor.head);
    if !has_mark(tree, idx, "to") {
        return words::modality("ing", lemma);
    }
    if lemma == "go" && tree.form(governor.head) != Form::PresentParticiple {
        return None;
    }
    if lemma == "be" {
        return Some(Modality::Planned);
    }
    // "has had to be postponed" was postponed; "had to" may be a duty only
    if lemma == "have" && tree.form(governor.head) == Form::PastParticiple {
        return Some(Modality::Asserted);
    }
    if governor.is_passive
        && let Some(class) = words::modality("passive", lemma)
    {
        return Some(class);
    }
    words::modality("to", lemma)
}

/// What the surrounding clause makes of a clause inside it that has a subject of its own, of a participle or a purpose.
pub(super) fn embedded(tree: &Tree, clause: &Clause, parent: &Clause) -> Option<Modality> {
    let lemma = tree.lemma(parent.head);
    let has_to = has_mark(tree, clause.head, "to");
    match tree.relation(clause.head) {
        Relation::Ccomp | Relation::Csubj => {
            if tree.kid(clause.head, &[Relation::Mark]).is_some_and(|mark| tree.lemma(mark) == "whether") {
                return Some(Modality::Conditional);
            }
            // "if it turns out that he was killed"
            if is_condition(tree, parent.head) {
                return Some(Modality::Conditional);
            }
            let kind = if parent.is_passive { "passive" } else { "that" };
            let class = words::modality(kind, lemma);
            let is_untrue = matches!(lemma, "untrue" | "false")
                || !parent.negations.is_empty() && matches!(lemma, "true" | "case" | "think" | "believe");
            if is_untrue { Some(Modality::Denied) } else { class }
        }
        Relation::Advcl | Relation::Acl if has_to => {
            let noun =
                (tree.relation(clause.head) == Relation::Acl).then(|| tree.head(clause.head)).flatten();
            let class = noun.and_then(|noun| words::modality("to", tree.lemma(noun)));
            Some(class.unwrap_or(Modality::Conditional))
        }
        Relation::Advcl => {
            let is_of = has_mark(tree, clause.head, "of") || has_mark(tree, clause.head, "with");
            if is_of { words::modality("of", lemma) } else { None }
        }
        _ => None,
    }
}

/// The words that negate a clause with this head, in order.
pub(super) fn negations(tree: &Tree, head: usize) -> Vec<usize> {
    let mut found = Vec::new();
    for &kid in tree.kids(head) {
        let relation = tree.relation(kid);
        match relation {
            Relation::Advmod if is_answer(tree, head, kid) => {}
            Relation::Advmod | Relation::Aux | Relation::Det | Relation::Cc | Relation::Dep => {
                if negating(tree, kid, "adverb") {
                    found.push(kid);
                }
                // "no longer"
                let inner = tree.kids(kid).iter().copied();
                found.extend(inner.filter(|&inner| {
                    inner < kid
                        && matches!(tree.lemma(kid), "long" | "longer" | "yet")
                        && negating(tree, inner, "adverb")
                }));
            }
            Relation::Mark | Relation::Case if words::negates("mark", tree.lemma(kid)) => found.push(kid),
            Relation::Nsubj | Relation::NsubjPass | Relation::Obj | Relation::Iobj => {
                found.extend(in_phrase(tree, kid))
            }
            Relation::Obl => found.extend(in_way(tree, kid)),
            _ => {}
        }
    }
    if tree.relation(head) == Relation::Root && matches!(tree.lemma(head), "not" | "n't") {
        found.push(head);
    }
    found.sort_unstable();
    found.dedup();
    found
}

/// "I hope not": the verb is not negated, "not" stands for what is hoped.
fn is_answer(tree: &Tree, head: usize, kid: usize) -> bool {
    let closes = tree.tokens.get(kid + 1).is_none_or(|next| next.tag == Tag::Punct);
    kid == head + 1 && closes && tree.lemma(kid) == "not" && words::negates("takes-not", tree.lemma(head))
}

/// The word that denies the noun about which a relative clause or an infinitive tells: "there was nobody who helped", "they
/// found no way to stop it". Before its verb a noun says which are meant: "no player who trained was hurt".
pub(super) fn denied_noun(tree: &Tree, head: usize, noun: usize) -> Option<usize> {
    let has_to = has_mark(tree, head, "to");
    let is_relative = tree.relation(head) == Relation::AclRelcl && !has_mark(tree, head, "that");
    let is_told = has_to || is_relative && tree.head(noun).is_some_and(|verb| verb < noun);
    let is_listed = !has_to || words::negates("attempted", tree.lemma(noun));
    (is_told && is_listed).then(|| in_phrase(tree, noun)).flatten()
}

/// The word that denies what is attempted: "no attempt has been made to repair it", "they did not have the heart to leave".
pub(super) fn denied_attempt(tree: &Tree, parent: &Clause) -> Option<usize> {
    let noun = tree.kid(parent.head, &[Relation::Obj, Relation::NsubjPass])?;
    let is_light = matches!(tree.lemma(parent.head), "have" | "make" | "give" | "take" | "get");
    (is_light && words::negates("attempted", tree.lemma(noun)))
        .then(|| parent.negations.first().copied())
        .flatten()
}

fn negating(tree: &Tree, idx: usize, kind: &str) -> bool {
    let follows = tree.tokens.get(idx + 1).map_or("", |token| token.lemma.as_str());
    let surface =
        tree.tokens.get(idx + 1).map(|token| token.span.of(tree.text).to_lowercase()).unwrap_or_default();
    let is_no = tree.lemma(idx) == "no";
    words::negates(kind, tree.lemma(idx))
        && tree.tag(idx) != Tag::Intj
        && ![follows, &surface]
            .iter()
            .any(|next| words::negates("not-before", next) || is_no && words::negates("no-before", next))
}

/// "no soldiers", "nobody", "none of them", "not all members".
fn in_phrase(tree: &Tree, head: usize) -> Option<usize> {
    if words::negates("pronoun", tree.lemma(head))
        && matches!(tree.tag(head), Tag::Pron | Tag::Noun | Tag::Det | Tag::Num)
    {
        let is_but =
            tree.tokens.get(head + 1).is_some_and(|next| matches!(next.lemma.as_str(), "but" | "except"));
        return (!is_but).then_some(head);
    }
    let kids = tree.kids(head).iter().copied();
    let mut kids = kids.filter(|&kid| {
        kid < head
            && matches!(tree.relation(kid), Relation::Det | Relation::Advmod | Relation::Cc | Relation::Dep)
    });
    kids.find(|&kid| negating(tree, kid, "determiner"))
}

/// "in no way", "at no time", "under no circumstances".
fn in_way(tree: &Tree, head: usize) -> Option<usize> {
    let is_way =
        matches!(tree.lemma(head), "way" | "time" | "circumstance" | "means" | "account" | "point" | "case");
    is_way.then(|| in_phrase(tree, head)).flatten()
}
