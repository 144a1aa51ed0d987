//! Where a mention stands in the parse of its sentence.

use variorum_schema::{Relation, Tag};

use crate::mention::view::View;

/// The grammatical function of a mention.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Function {
    Subject,
    Passive,
    Object,
    /// Behind a preposition, under a verb.
    Oblique,
    /// Behind a preposition, under a noun.
    Nominal,
    Possessor,
    Apposition,
    /// The root of a sentence without a verb, a vocative, part of another name, or not known.
    Other,
}

/// No token stands deeper than is climbed.
const DEPTH: usize = 24;

/// Where a mention stands.
#[derive(Clone, Debug)]
pub(super) struct Site {
    /// Its head word.
    pub head: usize,
    pub function: Function,
    /// Second or later in an enumeration.
    pub is_joined: bool,
    /// An enumeration goes on behind it.
    pub has_joined: bool,
    /// The predicate of its clause.
    pub predicate: usize,
    /// The words above its head, nearest first, with the relation by which each step is made.
    pub above: Vec<(usize, Relation)>,
    /// How many clauses stand above its own.
    pub depth: usize,
}

impl Site {
    /// Of tokens `first..last` of one sentence.
    pub(super) fn of(view: &View, first: usize, last: usize) -> Site {
        let outside = |i: &usize| head(view, *i).is_none_or(|h| h < first || h >= last);
        let at = (first..last).find(outside).unwrap_or(first);
        let mut above = Vec::new();
        let mut low = at;
        while let Some(up) = head(view, low).filter(|_| above.len() < DEPTH) {
            above.push((up, view.relation(low)));
            low = up;
        }
        let mut function = view.relation(at);
        let mut is_joined = false;
        let mut is_beside = false;
        let mut step = 0;
        // an enumeration stands where its first member stands, a name where the description stands that it is set beside
        while step < above.len() {
            match function {
                Relation::Conj if step > 0 || !is_predicate(view, at) => is_joined = true,
                Relation::Appos => is_beside = true,
                // "the mayor of the town, Roe": the parser sets the name beside the town
                Relation::Nmod if is_beside => {}
                _ => break,
            }
            function = view.relation(above[step].0);
            step += 1;
        }
        let is_clause = |(_, r): &&(usize, Relation)| opens_clause(*r);
        let depth = above.iter().filter(is_clause).count();
        let predicate = predicate(view, at, &above);
        let has_joined = (last..last + 3).any(|i| {
            view.relation(i) == Relation::Cc && head(view, i).is_some_and(|h| head(view, h) == Some(at))
        });
        Site { head: at, function: named(function), is_joined, has_joined, predicate, above, depth }
    }

    pub(super) fn is_subject(&self) -> bool {
        matches!(self.function, Function::Subject | Function::Passive)
    }

    /// Whether a word stands above.
    pub(super) fn is_under(&self, word: usize) -> bool {
        self.above.iter().any(|(up, _)| *up == word)
    }

    /// The relation by which what stands below `word` hangs on it.
    pub(super) fn branch(&self, word: usize) -> Option<Relation> {
        self.above.iter().find(|(up, _)| *up == word).map(|(_, relation)| *relation)
    }
}

fn head(view: &View, at: usize) -> Option<usize> {
    view.tokens.get(at)?.head.map(|h| h as usize)
}

fn is_predicate(view: &View, at: usize) -> bool {
    matches!(view.tag(at), Tag::Verb | Tag::Aux)
}

/// The word that the nearest clause is built on.
fn predicate(view: &View, at: usize, above: &[(usize, Relation)]) -> usize {
    let mut low = view.relation(at);
    let mut word = at;
    for (up, relation) in above {
        if opens_clause(low) && word != at {
            return word;
        }
        if matches!(
            relation,
            Relation::Nsubj
                | Relation::NsubjPass
                | Relation::Obj
                | Relation::Obl
                | Relation::OblAgent
                | Relation::Iobj
        ) {
            return *up;
        }
        word = *up;
        low = view.relation(*up);
    }
    word
}

fn opens_clause(relation: Relation) -> bool {
    matches!(
        relation,
        Relation::Acl
            | Relation::AclRelcl
            | Relation::Advcl
            | Relation::Ccomp
            | Relation::Csubj
            | Relation::Parataxis
            | Relation::Xcomp
    )
}

fn named(relation: Relation) -> Function {
    match relation {
        Relation::Nsubj | Relation::Csubj => Function::Subject,
        Relation::NsubjPass => Function::Passive,
        Relation::Obj | Relation::Iobj => Function::Object,
        Relation::Obl | Relation::OblAgent => Function::Oblique,
        Relation::Nmod => Function::Nominal,
        Relation::NmodPoss => Function::Possessor,
        Relation::Appos => Function::Apposition,
        _ => Function::Other,
    }
}
