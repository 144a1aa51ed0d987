//! What the model of names is trained on: texts with marked names whose licences allow it.

use std::collections::BTreeMap;
use std::path::Path;

use variorum_annotate::mention::model::{KINDS, label};
use variorum_annotate::tag::CLASSES;
use variorum_schema::{Document, EntityKind, Sentence, Span, Tag, Token};

use crate::train::treebank::{self, Tree};

/// A document with the names of its tokens.
pub(super) struct Example {
    pub(super) document: Document,
    pub(super) sentences: Vec<Sentence>,
    pub(super) tokens: Vec<Token>,
    /// First token, one past the last, index into `KINDS`.
    names: Vec<(usize, usize, usize)>,
}

impl Example {
    /// The labels of a sentence's tokens.
    pub(super) fn labels(&self, sentence: usize) -> Vec<usize> {
        let s = &self.sentences[sentence];
        let mut out = vec![0; (s.last_token - s.first_token) as usize];
        for &(first, last, kind) in &self.names {
            for at in (first..last).filter(|at| (s.first_token as usize..s.last_token as usize).contains(at))
            {
                out[at - s.first_token as usize] = label(kind, first, last, at);
            }
        }
        out
    }

    fn empty() -> Example {
        let document = crate::eval::corpus::document("");
        Example { document, sentences: Vec::new(), tokens: Vec::new(), names: Vec::new() }
    }

    /// Adds a sentence of words, whether a space follows each, and names in word indices.
    fn push(&mut self, words: &[(String, bool)], classes: &[usize], names: &[(usize, usize, usize)]) {
        let (start, base) = (self.document.text.len(), self.tokens.len());
        for ((form, space), class) in words.iter().zip(classes) {
            let from = self.document.text.len();
            self.document.text.push_str(form);
            let (tag, inflection) = CLASSES.get(*class).copied().unwrap_or_default();
            let span = Span::new(from, self.document.text.len());
            self.tokens.push(Token { span, tag, form: inflection, ..Token::default() });
            if *space {
                self.document.text.push(' ');
            }
        }
        let end = self.document.text.trim_end().len();
        self.document.text.truncate(end);
        self.sentences.push(Sentence {
            span: Span::new(start, end),
            first_token: base as u32,
            last_token: self.tokens.len() as u32,
            block: 0,
        });
        self.document.text.push('\n');
        self.names.extend(names.iter().map(|(first, last, kind)| (base + first, base + last, *kind)));
    }
}

/// Sections of the Broad Twitter Corpus: news outlets, people in the news.
const TWEETS: &[&str] = &["g", "f", "a", "b", "e", "h"];

/// UNER English EWT (CC BY-SA), the freely licensed genres of GUM, sections of the Broad Twitter Corpus (CC BY): training
/// splits only, and Wikigold (CC BY) but for every third document. The tags are those of taggers that have not seen the sentence.
pub(super) fn examples(shared: &Path) -> Result<Vec<Example>, String> {
    let trees = super::super::corpora(shared)?.train;
    let classes = super::super::parse::jackknife(&trees);
    let unseen: BTreeMap<String, &Vec<usize>> =
        trees.iter().zip(&classes).map(|(tree, classes)| (tree.forms.join(" "), classes)).collect();
    let corpora = shared.join("corpora");
    let text = |path: &str| crate::eval::corpus::text(&corpora.join(path));
    let mut out = iob(&text("uner-english-ewt/en_ewt-ud-train.commit-0c7ce0d.iob2.gz")?, false, &unseen);
    let gum = text("ud-english-gum/en_gum-ud-train.rebuilt-from-sources.conllu.gz")?;
    out.extend(self::gum(&gum, &unseen));
    for section in TWEETS {
        let path = format!("ner-small-ccby/BTC/CONLL-format/data/{section}.conll");
        out.extend(iob(&text(&path)?, true, &unseen));
    }
    out.extend(iob(&text("ner-small-ccby/WNUT17/CONLL-format/data/train/wnut17train.conll")?, true, &unseen));
    let wikigold = text("ner-small-ccby/wikigold/CONLL-format/data/wikigold.conll.txt")?;
    let documents = iob(&wikigold, false, &unseen);
    let kept = documents.into_iter().enumerate().filter(|(idx, _)| idx % crate::eval::names::HELD_OUT != 0);
    out.extend(kept.map(|(_, example)| example));
    Ok(out)
}

type Unseen<'a> = BTreeMap<String, &'a Vec<usize>>;

fn classes(words: &[(String, bool)], unseen: &Unseen) -> Vec<usize> {
    let forms: Vec<String> = words.iter().map(|w| w.0.clone()).collect();
    match unseen.get(&forms.join(" ")) {
        Some(classes) => (*classes).clone(),
        None => crate::train::parse::tagged(crate::train::tag::shipped(), &forms),
    }
}

fn kind_index(kind: EntityKind) -> usize {
    KINDS.iter().position(|k| *k == kind).unwrap_or(0)
}

fn kind(name: &str) -> Option<usize> {
    Some(kind_index(match name {
        "PER" | "person" => EntityKind::Person,
        "ORG" | "corporation" | "group" => EntityKind::Organisation,
        "LOC" | "location" => EntityKind::Place,
        "OTH" | "MISC" => EntityKind::Group,
        _ => return None,
    }))
}

/// Documents of an IOB2 file: UNER's columns, or the form first and the tag last, where every block is a document.
fn iob(content: &str, block_is_document: bool, unseen: &Unseen) -> Vec<Example> {
    let content = content.replace("\r\n", "\n");
    let mut out: Vec<Example> = Vec::new();
    for block in content.split("\n\n").filter(|b| !b.trim().is_empty()) {
        if block_is_document || out.is_empty() || block.contains("# newdoc") || block.contains("-DOCSTART-") {
            out.push(Example::empty());
        }
        let text = block.lines().find_map(|l| l.strip_prefix("# text = "));
        let rows: Vec<Vec<&str>> = block
            .lines()
            .filter(|l| !l.starts_with("# ") && !l.contains("-DOCSTART-") && !l.trim().is_empty())
            .map(|l| l.split(['\t', ' ']).collect())
            .collect();
        let is_numbered = rows.iter().all(|row| row.len() >= 3 && row[0].parse::<u32>().is_ok());
        let column = |row: &[&str]| -> (String, String) {
            let (form, tag) = if is_numbered { (1, 2) } else { (0, row.len() - 1) };
            (
                row.get(form).copied().unwrap_or("").to_owned(),
                row.get(tag).copied().unwrap_or("O").trim().to_owned(),
            )
        };
        let rows: Vec<(String, String)> = rows.iter().map(|row| column(row)).collect();
        let words = spaced(rows.iter().map(|r| r.0.as_str()), text);
        let tags: Vec<&str> = rows.iter().map(|r| r.1.as_str()).collect();
        if let Some(example) = out.last_mut().filter(|_| !words.is_empty()) {
            example.push(&words, &classes(&words, unseen), &names(&tags));
        }
    }
    out
}

/// Words with whether a space follows, as the text has it; without a text there is one everywhere.
fn spaced<'a>(forms: impl Iterator<Item = &'a str>, text: Option<&str>) -> Vec<(String, bool)> {
    let mut rest = text.unwrap_or("");
    forms
        .map(|form| {
            let after = rest.find(form).and_then(|at| rest.get(at + form.len()..));
            rest = after.unwrap_or(rest);
            (form.to_owned(), text.is_none() || after.is_none() || rest.starts_with(char::is_whitespace))
        })
        .collect()
}

/// Names from tags: first word, one past the last, kind.
fn names(tags: &[&str]) -> Vec<(usize, usize, usize)> {
    let mut out: Vec<(usize, usize, usize)> = Vec::new();
    for (at, tag) in tags.iter().enumerate() {
        let Some(kind) = tag.get(2..).and_then(kind) else { continue };
        match out.last_mut().filter(|n| tag.starts_with("I-") && n.1 == at && n.2 == kind) {
            Some(open) => open.1 = at + 1,
            None => out.push((at, at + 1, kind)),
        }
    }
    out
}

/// The free genres of GUM. Its entities are whole phrases, named or not: kept is the name inside a phrase whose head is a proper
/// noun, without title, as UNER marks names.
fn gum(content: &str, unseen: &Unseen) -> Vec<Example> {
    let mut out: Vec<Example> = Vec::new();
    for block in content.split("\n\n").filter(|b| !b.trim().is_empty()) {
        let tree: Tree = treebank::tree(block);
        if !super::super::GUM_GENRES.contains(&tree.genre()) {
            continue;
        }
        if out.is_empty() || block.contains("# newdoc") {
            out.push(Example::empty());
        }
        let words: Vec<(String, bool)> =
            tree.forms.iter().cloned().zip(tree.spaces.iter().copied()).collect();
        let mut names = Vec::new();
        for phrase in phrases(block) {
            let taken = |first: usize, last: usize| {
                names.iter().any(|n: &(usize, usize, usize)| n.0 < last && first < n.1)
            };
            if let Some((first, last)) = name_in(&tree, &phrase).filter(|(first, last)| !taken(*first, *last))
            {
                names.push((first, last, phrase.kind));
            }
        }
        if let Some(example) = out.last_mut() {
            example.push(&words, &classes(&words, unseen), &names);
        }
    }
    out
}

/// A phrase of GUM that names a person, an organisation or a place.
struct Phrase {
    first: usize,
    last: usize,
    head: usize,
    kind: usize,
}

/// Longest phrases first. `Entity=(1-person-new-cf1-…-2-coref` opens entity 1; the sixth field counts the head's words from
/// the phrase's first; `1)` closes it.
fn phrases(block: &str) -> Vec<Phrase> {
    let mut open: Vec<(String, usize, String, usize)> = Vec::new();
    let mut out = Vec::new();
    let words = block.lines().map(|l| l.split('\t').collect::<Vec<_>>());
    let words = words.filter(|f| f.len() == 10 && f[0].parse::<usize>().is_ok());
    for (at, fields) in words.enumerate() {
        let Some(marks) = fields[9].split('|').find_map(|m| m.strip_prefix("Entity=")) else { continue };
        for mark in pieces(marks) {
            let body = mark.trim_matches(['(', ')']);
            let parts: Vec<&str> = body.split('-').collect();
            let id = parts.first().copied().unwrap_or("").to_owned();
            if mark.starts_with('(') {
                let head =
                    parts.get(5).and_then(|h| h.split(',').next()).and_then(|h| h.parse::<usize>().ok());
                let etype = parts.get(1).copied().unwrap_or("").to_owned();
                open.push((id.clone(), at, etype, at + head.unwrap_or(1).saturating_sub(1)));
            }
            if mark.ends_with(')')
                && let Some(last) = open.iter().rposition(|o| o.0 == id)
            {
                let (_, first, etype, head) = open.remove(last);
                let kind = match etype.as_str() {
                    "person" => EntityKind::Person,
                    "organization" => EntityKind::Organisation,
                    "place" => EntityKind::Place,
                    _ => continue,
                };
                out.push(Phrase { first, last: at + 1, head, kind: kind_index(kind) });
            }
        }
    }
    out.sort_by_key(|p| (p.first as isize - p.last as isize, p.first));
    out
}

/// `(1-a(2-b)1)` → `(1-a`, `(2-b)`, `1)`.
fn pieces(marks: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for c in marks.chars() {
        match out.last_mut() {
            Some(last) if c != '(' && !last.ends_with(')') => last.push(c),
            _ => out.push(c.to_string()),
        }
    }
    out
}

/// The name in a phrase.
fn name_in(tree: &Tree, phrase: &Phrase) -> Option<(usize, usize)> {
    let proper = |at: usize| tree.tags.get(at) == Some(&Tag::Propn);
    let capital =
        |at: usize| tree.forms.get(at).is_some_and(|f| f.chars().next().is_some_and(char::is_uppercase));
    let hyphen = |at: usize| tree.forms.get(at).is_some_and(|f| f == "-");
    if !proper(phrase.head) || !(phrase.first..phrase.last).contains(&phrase.head) {
        return None;
    }
    let is_person = phrase.kind == 0;
    let belongs = |at: usize| {
        proper(at)
            || (!is_person && capital(at) && matches!(tree.tags[at], Tag::Adj | Tag::Noun | Tag::Propn))
    };
    let (mut first, mut last) = (phrase.head, phrase.head + 1);
    while first > phrase.first && (belongs(first - 1) || (hyphen(first - 1) && first > phrase.first + 1)) {
        first -= 1;
    }
    let joins = |at: usize| {
        tree.forms.get(at).is_some_and(|f| matches!(f.as_str(), "of" | "the" | "and" | "for" | "&" | "de"))
    };
    while last < phrase.last {
        let ahead = (last..phrase.last).take(3).position(belongs);
        match ahead {
            Some(0) => last += 1,
            Some(n) if (last..last + n).all(|at| hyphen(at) || (!is_person && joins(at))) => last += n + 1,
            _ => break,
        }
    }
    while is_person && first + 1 < last && is_title(&tree.forms[first]) {
        first += 1;
    }
    let is_plain_title = is_person && last == first + 1 && is_title(&tree.forms[first]);
    (!is_plain_title && capital(first)).then_some((first, last))
}

/// Whether the list of titles has the word.
fn is_title(form: &str) -> bool {
    let low = form.to_lowercase();
    variorum_annotate::lexicon::entries(include_str!("../../../../annotate/data/en/titles.txt"))
        .any(|fields| fields.first() == Some(&low.as_str()))
}
