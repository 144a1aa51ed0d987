//! Sentences of Universal Dependencies treebanks (CoNLL-U).

use std::io::Read;
use std::path::Path;

use variorum_annotate::tag::class_of;
use variorum_schema::{Form, Relation, Tag};

/// One sentence with its gold analysis.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    /// Its `sent_id`.
    pub(crate) id: String,
    /// Forms of the syntactic words.
    pub(crate) forms: Vec<String>,
    /// Whether a space follows the word.
    pub(crate) spaces: Vec<bool>,
    /// Class of each word, an index into `tag::CLASSES`.
    pub(crate) classes: Vec<usize>,
    /// Universal part of speech of each word.
    pub(crate) tags: Vec<Tag>,
    /// Lemmas as in the treebank, lower-cased.
    pub(crate) lemmas: Vec<String>,
    /// Head of each word; `None` for the root.
    pub(crate) heads: Vec<Option<usize>>,
    /// Relation of each word to its head.
    pub(crate) relations: Vec<Relation>,
}

impl Tree {
    /// The sentence as running text.
    pub(crate) fn text(&self) -> String {
        let spaced = |(form, space): (&String, &bool)| if *space { format!("{form} ") } else { form.clone() };
        self.forms.iter().zip(&self.spaces).map(spaced).collect()
    }

    /// Genre, for GUM: the second part of the identifier.
    pub(crate) fn genre(&self) -> &str {
        self.id.split('_').nth(1).and_then(|part| part.split('-').next()).unwrap_or("")
    }
}

/// The trees of a CoNLL-U file, which may be packed with gzip.
pub(crate) fn read(path: &Path) -> Result<Vec<Tree>, String> {
    let fail = |e: std::io::Error| format!("{}: {e}", path.display());
    let bytes = std::fs::read(path).map_err(fail)?;
    let mut text = String::new();
    if path.extension().is_some_and(|e| e == "gz") {
        flate2::read::MultiGzDecoder::new(bytes.as_slice()).read_to_string(&mut text).map_err(fail)?;
    } else {
        text = String::from_utf8_lossy(&bytes).into_owned();
    }
    Ok(text.split("\n\n").filter(|block| !block.trim().is_empty()).map(tree).collect())
}

pub(crate) fn tree(block: &str) -> Tree {
    let mut tree = Tree::default();
    let mut fused = None;
    for line in block.lines() {
        if let Some(id) = line.strip_prefix("# sent_id = ") {
            tree.id = id.to_owned();
        }
        let fields: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, relation, _, misc] = fields[..] else { continue };
        if let Some((_, last)) = id.split_once('-') {
            fused = last.parse::<usize>().ok().map(|last| (last, !misc.contains("SpaceAfter=No")));
            continue;
        }
        let Ok(number) = id.parse::<usize>() else { continue };
        let space = match fused {
            Some((last, space)) if number == last => space,
            Some((last, _)) if number < last => false,
            _ => !misc.contains("SpaceAfter=No"),
        };
        tree.forms.push(form.to_owned());
        tree.spaces.push(space);
        tree.tags.push(tag(upos));
        tree.classes.push(class_of(tag(upos), inflection(tag(upos), xpos)));
        tree.lemmas.push(lemma.to_lowercase());
        tree.heads.push(head.parse::<usize>().ok().and_then(|head| head.checked_sub(1)));
        tree.relations.push(self::relation(relation));
    }
    tree
}

fn tag(name: &str) -> Tag {
    match name {
        "ADJ" => Tag::Adj,
        "ADP" => Tag::Adp,
        "ADV" => Tag::Adv,
        "AUX" => Tag::Aux,
        "CCONJ" => Tag::Cconj,
        "DET" => Tag::Det,
        "INTJ" => Tag::Intj,
        "NOUN" => Tag::Noun,
        "NUM" => Tag::Num,
        "PART" => Tag::Part,
        "PRON" => Tag::Pron,
        "PROPN" => Tag::Propn,
        "PUNCT" => Tag::Punct,
        "SCONJ" => Tag::Sconj,
        "SYM" => Tag::Sym,
        "VERB" => Tag::Verb,
        _ => Tag::X,
    }
}

/// The inflected form that a Penn Treebank tag stands for.
fn inflection(tag: Tag, penn: &str) -> Form {
    match penn {
        "VBP" => Form::Present,
        "VBZ" => Form::Third,
        "VBD" => Form::Past,
        "VBN" => Form::PastParticiple,
        "VBG" => Form::PresentParticiple,
        "MD" => Form::Modal,
        "NNS" | "NNPS" => Form::Plural,
        "JJR" | "RBR" => Form::Comparative,
        "JJS" | "RBS" => Form::Superlative,
        "PRP$" | "WP$" | "POS" => Form::Possessive,
        "WDT" | "WP" | "WRB" => Form::Wh,
        "NNP" if tag != Tag::Propn => Form::Name,
        _ => Form::Plain,
    }
}

/// The relation that a name stands for; subtypes that the schema does not have count as the plain relation.
fn relation(name: &str) -> Relation {
    match name {
        "acl:relcl" => return Relation::AclRelcl,
        "aux:pass" => return Relation::AuxPass,
        "compound:prt" => return Relation::CompoundPrt,
        "nmod:poss" => return Relation::NmodPoss,
        "nsubj:pass" => return Relation::NsubjPass,
        "obl:agent" => return Relation::OblAgent,
        _ => {}
    }
    match name.split(':').next().unwrap_or("") {
        "acl" => Relation::Acl,
        "advcl" => Relation::Advcl,
        "advmod" => Relation::Advmod,
        "amod" => Relation::Amod,
        "appos" => Relation::Appos,
        "aux" => Relation::Aux,
        "case" => Relation::Case,
        "cc" => Relation::Cc,
        "ccomp" => Relation::Ccomp,
        "clf" => Relation::Clf,
        "compound" => Relation::Compound,
        "conj" => Relation::Conj,
        "cop" => Relation::Cop,
        "csubj" => Relation::Csubj,
        "det" => Relation::Det,
        "discourse" => Relation::Discourse,
        "dislocated" => Relation::Dislocated,
        "expl" => Relation::Expl,
        "fixed" => Relation::Fixed,
        "flat" => Relation::Flat,
        "goeswith" => Relation::Goeswith,
        "iobj" => Relation::Iobj,
        "list" => Relation::List,
        "mark" => Relation::Mark,
        "nmod" => Relation::Nmod,
        "nsubj" => Relation::Nsubj,
        "nummod" => Relation::Nummod,
        "obj" => Relation::Obj,
        "obl" => Relation::Obl,
        "orphan" => Relation::Orphan,
        "parataxis" => Relation::Parataxis,
        "punct" => Relation::Punct,
        "reparandum" => Relation::Reparandum,
        "root" => Relation::Root,
        "vocative" => Relation::Vocative,
        "xcomp" => Relation::Xcomp,
        _ => Relation::Dep,
    }
}
