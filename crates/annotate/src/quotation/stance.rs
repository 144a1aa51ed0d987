//! Stances: what somebody wants, plans, backs, rejects or criticises, where no statement is quoted.
//!
//! Corpora of attribution (Pareti, *PARC 3.0*, LREC 2016; Newell et al., *PolNeAR*, LREC 2018) count these as
//! attributions too: source, cue and content. Their content is a thing or an act and says nothing by itself, so they
//! are kept apart from quotations: nobody was quoted. Read off the dependency parse.

use std::{collections::BTreeMap, sync::LazyLock};

use variorum_schema::{
    Document, Form, Quotation, QuotationKind, Relation, Sentence, Source, Span, Tag, Token,
};

use crate::lexicon::entries;

/// A sentence of more words is left alone.
const LONGEST: usize = 160;

/// An entry of `stance-words.txt`.
struct Word {
    is_noun: bool,
    frames: &'static str,
    about: Vec<&'static str>,
}

/// Lemma → its entry as a verb and as a noun.
static WORDS: LazyLock<BTreeMap<&'static str, [Option<Word>; 2]>> = LazyLock::new(|| {
    let mut words: BTreeMap<&str, [Option<Word>; 2]> = BTreeMap::new();
    for fields in entries(include_str!("../../data/en/stance-words.txt")) {
        let [lemma, class, frames, about, ..] = fields.as_slice() else { continue };
        let is_noun = *class == "noun";
        let about = about.split(' ').filter(|p| *p != "-").collect();
        words.entry(lemma).or_default()[usize::from(is_noun)] = Some(Word { is_noun, frames, about });
    }
    words
});

/// The stances of a document in order of their spans, apart from those whose cue one of `quotations` has.
#[must_use]
pub fn stances(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    quotations: &[Quotation],
) -> Vec<Quotation> {
    let mut cues: Vec<Span> = quotations.iter().filter_map(|q| q.cue).collect();
    cues.sort_unstable();
    let mut found = Vec::new();
    for sentence in sentences {
        let range = sentence.first_token as usize..sentence.last_token as usize;
        let Some(own) = tokens.get(range.clone()).filter(|own| own.len() <= LONGEST) else { continue };
        let is_cue = |t: &Token| word(t).is_some();
        if !own.iter().any(is_cue) {
            continue;
        }
        let clause = Clause::new(document, own, range.start);
        for at in (0..own.len()).filter(|at| is_cue(&own[*at])) {
            let taken = cues.partition_point(|c| c.end <= own[at].span.start);
            if cues.get(taken).is_some_and(|c| c.overlaps(own[at].span)) {
                continue;
            }
            found.extend(clause.stance(at));
        }
    }
    found.sort_by_key(|stance: &Quotation| (stance.span, stance.cue));
    found
}

fn word(token: &Token) -> Option<&'static Word> {
    let is_noun = match token.tag {
        Tag::Verb => false,
        Tag::Noun => true,
        _ => return None,
    };
    WORDS.get(token.lemma.as_str())?[usize::from(is_noun)].as_ref()
}

/// One sentence with the dependents of each word.
struct Clause<'a> {
    document: &'a Document,
    tokens: &'a [Token],
    base: usize,
    kids: Vec<Vec<usize>>,
    edges: Vec<(usize, usize)>,
}

impl<'a> Clause<'a> {
    fn new(document: &'a Document, tokens: &'a [Token], base: usize) -> Clause<'a> {
        let mut clause =
            Clause { document, tokens, base, kids: vec![Vec::new(); tokens.len()], edges: Vec::new() };
        for at in 0..tokens.len() {
            if let Some(head) = clause.head(at) {
                clause.kids[head].push(at);
            }
        }
        // every word widens what stands above it; no tree of a sentence is deeper than the sentence is long
        clause.edges = (0..tokens.len()).map(|at| (at, at)).collect();
        for at in 0..tokens.len() {
            let mut up = clause.head(at);
            let mut steps = 0;
            while let Some(head) = up.filter(|_| steps < LONGEST) {
                let edge = &mut clause.edges[head];
                *edge = (edge.0.min(at), edge.1.max(at));
                up = clause.head(head);
                steps += 1;
            }
        }
        clause
    }

    fn head(&self, at: usize) -> Option<usize> {
        let head = (self.tokens.get(at)?.head? as usize).checked_sub(self.base)?;
        (head < self.tokens.len()).then_some(head)
    }

    fn relation(&self, at: usize) -> Relation {
        self.tokens[at].relation
    }

    fn kid(&self, at: usize, relations: &[Relation]) -> Option<usize> {
        self.kids[at].iter().copied().find(|kid| relations.contains(&self.relation(*kid)))
    }

    fn lower(&self, at: usize) -> String {
        self.tokens[at].span.of(&self.document.text).to_lowercase()
    }

    /// The preposition that stands before a phrase.
    fn case(&self, at: usize) -> String {
        self.kid(at, &[Relation::Case, Relation::Mark]).map(|kid| self.lower(kid)).unwrap_or_default()
    }

    fn stance(&self, at: usize) -> Option<Quotation> {
        let word = word(&self.tokens[at])?;
        let (holder, first, last) =
            if word.is_noun { self.of_noun(at, word) } else { self.of_verb(at, word) }?;
        self.made(at, holder, first, last)
    }

    /// Holder, first and last token of the content of a verb.
    fn of_verb(&self, at: usize, word: &Word) -> Option<(usize, usize, usize)> {
        let takes = |frame: char| word.frames.contains(frame);
        if self.relation(at) == Relation::Amod || self.relation(at) == Relation::Compound {
            return None;
        }
        let is_passive = self.kid(at, &[Relation::NsubjPass, Relation::AuxPass]).is_some();
        if is_passive {
            let content = self.kid(at, &[Relation::NsubjPass]).filter(|_| takes('o') || takes('d'))?;
            let holder = self.kids[at].iter().copied().find(|kid| {
                matches!(self.relation(*kid), Relation::OblAgent | Relation::Obl) && self.case(*kid) == "by"
            })?;
            let (first, last) = self.edges[content];
            return Some((holder, first, last));
        }
        let holder = self.holder(at)?;
        let object = self.kid(at, &[Relation::Obj]);
        let about = self.kids[at].iter().copied().find(|kid| {
            *kid > at
                && matches!(self.relation(*kid), Relation::Obl | Relation::Advcl | Relation::Nmod)
                && word.about.contains(&self.case(*kid).as_str())
        });
        let open = self.kid(at, &[Relation::Xcomp]).filter(|x| *x > at);
        let clause = self.kid(at, &[Relation::Ccomp]).filter(|x| *x > at);
        let is_infinitive = |x: &usize| self.tokens[*x].form == Form::Plain || self.case(*x) == "to";
        let is_gerund = |x: &usize| self.tokens[*x].form == Form::PresentParticiple;
        let start = match (object, open, clause) {
            (Some(object), open, _) if object > at => {
                let more = self.more(at);
                let fits = takes('o')
                    || takes('d') && more.is_some()
                    || takes('p')
                        && open.is_some_and(|x| !is_infinitive(&x) || self.tokens[x].tag != Tag::Verb)
                    || takes('x') && open.is_some_and(|x| is_infinitive(&x));
                fits.then(|| self.edges[object].0)
            }
            (None, Some(open), _) if takes('i') && is_infinitive(&open) => Some(self.edges[open].0),
            (None, Some(open), _) if takes('g') && is_gerund(&open) => Some(self.edges[open].0),
            (None, _, Some(clause)) if takes('t') || takes('x') => Some(self.edges[clause].0),
            _ => None,
        };
        let start =
            start.or(about.map(|a| {
                self.kid(a, &[Relation::Case, Relation::Mark]).map_or(self.edges[a].0, |c| c + 1)
            }))?;
        let end = [object, open, clause, about, self.more(at)]
            .into_iter()
            .flatten()
            .filter(|kid| *kid >= start)
            .map(|kid| self.edges[kid].1)
            .max()?;
        (start > at).then_some((holder, start, end))
    }

    /// What more is said of the object: "for …", "as …", "of …", "over …".
    fn more(&self, at: usize) -> Option<usize> {
        self.kids[at].iter().copied().rev().find(|kid| {
            *kid > at
                && matches!(self.relation(*kid), Relation::Obl | Relation::Advcl | Relation::Xcomp)
                && matches!(self.case(*kid).as_str(), "for" | "as" | "of" | "over" | "to" | "with" | "about")
        })
    }

    /// The subject of a verb: its own, or that of the verb that it is joined to or hangs under.
    fn holder(&self, at: usize) -> Option<usize> {
        let mut verb = at;
        for _ in 0..4 {
            let subject = self.kid(verb, &[Relation::Nsubj]);
            if let Some(subject) = subject {
                return Some(subject);
            }
            if let Some(subject) = self.kid(verb, &[Relation::NsubjPass]) {
                return Some(subject);
            }
            match self.relation(verb) {
                Relation::Conj | Relation::Xcomp | Relation::Advcl | Relation::Parataxis => {
                    let up = self.head(verb)?;
                    // "asked the mayor to back the bill": whom somebody asks does it
                    if self.relation(verb) == Relation::Xcomp
                        && let Some(object) = self.kid(up, &[Relation::Obj])
                    {
                        return Some(object);
                    }
                    verb = up;
                }
                Relation::AclRelcl | Relation::Acl => return self.head(verb),
                _ => return None,
            }
        }
        None
    }

    /// Holder, first and last token of the content of a noun.
    fn of_noun(&self, at: usize, word: &Word) -> Option<(usize, usize, usize)> {
        let takes = |frame: char| word.frames.contains(frame);
        let content = self.kids[at].iter().copied().find(|kid| {
            if *kid < at {
                return false;
            }
            match self.relation(*kid) {
                Relation::Acl | Relation::Ccomp => {
                    let mark = self.kid(*kid, &[Relation::Mark]).map(|m| self.lower(m)).unwrap_or_default();
                    mark == "that" && takes('t') || mark == "to" && takes('i')
                }
                Relation::Nmod | Relation::Obl => word.about.contains(&self.case(*kid).as_str()),
                _ => false,
            }
        })?;
        let by = |kid: &usize| {
            matches!(self.relation(*kid), Relation::Nmod | Relation::Obl)
                && matches!(self.case(*kid).as_str(), "by" | "from")
        };
        let holder = self
            .kid(at, &[Relation::NmodPoss])
            .or_else(|| self.kids[at].iter().copied().find(by))
            .or_else(|| self.lent(at))?;
        let (first, last) = self.edges[content];
        let first = match self.relation(content) {
            Relation::Nmod | Relation::Obl => {
                self.kid(content, &[Relation::Case]).map_or(first, |case| case + 1)
            }
            _ => first,
        };
        (first > at).then_some((holder, first, last))
    }

    /// "made the claim that": the subject of a verb that only lends itself to the noun.
    fn lent(&self, at: usize) -> Option<usize> {
        let verb = self.head(at).filter(|_| self.relation(at) == Relation::Obj)?;
        let lends = super::cue::is_in("light-verb", &self.tokens[verb].lemma);
        lends.then(|| self.holder(verb)).flatten()
    }

    fn made(&self, at: usize, holder: usize, first: usize, last: usize) -> Option<Quotation> {
        let (mut first, mut last) = (first, last);
        while first < last && self.tokens[first].tag == Tag::Punct {
            first += 1;
        }
        while last > first && self.tokens[last].tag == Tag::Punct {
            last -= 1;
        }
        // "that" opens a clause and belongs to nobody
        if self.tokens[first].tag == Tag::Sconj && self.lower(first) == "that" && first < last {
            first += 1;
        }
        let span = self.tokens[first].span.cover(self.tokens[last].span);
        let source = self.phrase(holder)?;
        let is_word = first == last && !matches!(self.tokens[first].tag, Tag::Noun | Tag::Propn);
        let is_nobody = super::cue::is_in("no-holder", &source.of(&self.document.text).to_lowercase());
        if source.overlaps(span) || is_word || is_nobody {
            return None;
        }
        Some(Quotation {
            span,
            content: vec![span],
            kind: QuotationKind::Indirect,
            cue: Some(self.tokens[at].span),
            cue_lemma: Some(self.tokens[at].lemma.clone()),
            source: Some(Source { span: source, entity: None }),
        })
    }

    /// The words of the holder, without clauses that hang on it.
    fn phrase(&self, at: usize) -> Option<Span> {
        let (mut first, mut last) = (at, at);
        for kid in &self.kids[at] {
            let is_loose = matches!(
                self.relation(*kid),
                Relation::AclRelcl
                    | Relation::Acl
                    | Relation::Punct
                    | Relation::Case
                    | Relation::Parataxis
                    | Relation::Advcl
                    | Relation::Advmod
                    | Relation::Nsubj
                    | Relation::Cop
                    | Relation::Ccomp
                    | Relation::Mark
            );
            if !is_loose {
                (first, last) = (first.min(self.edges[*kid].0), last.max(self.edges[*kid].1));
            }
        }
        (last - first < 24).then(|| self.tokens[first].span.cover(self.tokens[last].span))
    }
}
