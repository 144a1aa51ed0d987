//! Compares a report with what a careful editor expects of it: a labelled story ([`Expected`], the `expected.json` of a
//! case) and a [`Report`] → [`Outcome`]. Forgiving in spans (evidence has to *touch* the words named), strict in
//! meaning (kind, type, which account says which). The format is documented in `tests/cases/README.md`.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use variorum_schema::{CopyKind, Direction, DocumentId, FindingKind, FindingType, QuotationKind, Report};

mod case;
mod check;
mod find;
mod score;

pub use case::{Case, folders};
pub use check::check;
pub use find::places;
pub use score::{Bin, Kind, Score, Tally};

/// What a careful editor expects of a pile. Every field may be missing: only what is named is checked.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Expected {
    /// What the case is about, in a line.
    pub about: String,
    /// Where the pages lie, relative to the folder of the case; empty: in `pages`.
    pub pages: String,
    /// Groups of documents that tell of one event. Every document named in one group must share a story, and no two
    /// groups may.
    pub stories: Vec<Vec<String>>,
    /// Origins per story.
    pub origins: Vec<ExpectedOrigins>,
    /// Copy edges that must be there.
    pub copies: Vec<ExpectedCopy>,
    /// Pairs of documents between which no copy edge may be drawn.
    pub not_copies: Vec<(String, String)>,
    /// Publication dates; a `null` value says that the date must stay unknown.
    pub published: Vec<ExpectedDate>,
    /// Words that must be marked as page furniture.
    pub furniture: Vec<Place>,
    /// Words that must not be.
    pub not_furniture: Vec<Place>,
    /// Quotations with their speakers.
    pub quotations: Vec<ExpectedQuotation>,
    /// Entities and names that must be joined under them.
    pub entities: Vec<ExpectedEntity>,
    /// Names that must not stand for one entity.
    pub not_same_entity: Vec<(String, String)>,
    /// Time expressions with their TIMEX3 values.
    pub times: Vec<ExpectedTime>,
    /// Findings that must be there.
    pub must_find: Vec<ExpectedFinding>,
    /// Findings that a careful editor would accept but not miss: never counted for or against.
    pub may_find: Vec<ExpectedFinding>,
    /// Findings that must not be there.
    pub must_not_find: Vec<Forbidden>,
}

/// One text, or several of which any will do.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum AnyOf {
    /// This one.
    One(String),
    /// Any of these.
    Many(Vec<String>),
}

impl AnyOf {
    /// The alternatives.
    #[must_use]
    pub fn all(&self) -> &[String] {
        match self {
            AnyOf::One(s) => std::slice::from_ref(s),
            AnyOf::Many(v) => v,
        }
    }

    /// The alternatives in a line.
    #[must_use]
    pub fn told(&self) -> String {
        self.all().join("/")
    }
}

/// The origins of one story.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedOrigins {
    /// The story that holds this document.
    pub story_of: String,
    /// Its documents, one group an origin; the whole partition has to agree.
    pub groups: Vec<Vec<String>>,
}

/// A copy edge.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedCopy {
    /// The document nearer to the original; any of several.
    pub from: AnyOf,
    /// The document further from it.
    pub to: String,
    /// Kinds that will do; empty: any.
    #[serde(default)]
    pub kind: Vec<CopyKind>,
    /// `forward`: the direction must have been concluded, and be this. `unknown`: it must not have been. Missing: any.
    #[serde(default)]
    pub direction: Option<Direction>,
    /// Name of the unseen parent that must be given.
    #[serde(default)]
    pub parent: Option<String>,
}

/// A publication date.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedDate {
    /// Which document.
    pub name: String,
    /// `YYYY-MM-DD`; `null`: unknown.
    pub value: Option<String>,
    /// Last day that will do, where an interval is concluded from other documents.
    #[serde(default)]
    pub until: Option<String>,
}

/// Words in a document.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Which document; any of several.
    pub name: AnyOf,
    /// The words, any of several: case, white space and the shape of quotation marks do not matter.
    pub contains: AnyOf,
    /// For a side of a finding: who must be cited for it.
    #[serde(default)]
    pub source: Option<String>,
    /// For a side of a finding: how many origins must stand behind it.
    #[serde(default)]
    pub n_origins: Option<usize>,
}

/// A quotation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedQuotation {
    /// Which document.
    pub name: String,
    /// Words of the quotation.
    pub contains: String,
    /// The speaker's name, any of several; missing: not checked.
    #[serde(default)]
    pub source: Option<AnyOf>,
    /// Missing: not checked.
    #[serde(default)]
    pub kind: Option<QuotationKind>,
}

/// An entity.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedEntity {
    /// One of its names.
    pub name: String,
    /// Names that must be joined with it.
    #[serde(default)]
    pub aliases_include: Vec<String>,
}

/// A time expression.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedTime {
    /// Which document.
    pub name: String,
    /// Words that hold, or are held by, the time expression; the first place that fits.
    pub text: String,
    /// Beginning of its TIMEX3 value.
    pub value: String,
}

/// A finding that must (or may) be there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ExpectedFinding {
    /// Kinds that will do.
    pub kind: Vec<FindingKind>,
    /// Types that will do; empty: any.
    #[serde(default, rename = "type")]
    pub types: Vec<FindingType>,
    /// What must stand on its sides, each on a side of its own (for `corroborated`, `single-origin` and `omitted`: on
    /// any side).
    pub sides: Vec<Place>,
    /// For `omitted`: the documents that lack the claim.
    #[serde(default)]
    pub omits: Vec<String>,
    /// Why an editor would say so.
    #[serde(default)]
    pub why: String,
}

/// A finding that must not be there.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Forbidden {
    /// Kinds; empty: any kind that accuses (conflict, corrupted copy, altered quotation, self-contradiction, headline).
    #[serde(default)]
    pub kind: Vec<FindingKind>,
    /// Types; empty: any.
    #[serde(default, rename = "type")]
    pub types: Vec<FindingType>,
    /// Words all of which its evidence would touch, each on a side of its own.
    #[serde(default)]
    pub contains: Vec<String>,
    /// Documents all of which its evidence would touch.
    #[serde(default)]
    pub names: Vec<String>,
    /// Why an editor would call it wrong.
    #[serde(default)]
    pub why: String,
}

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Area {
    /// The documents named are in the report, and their texts hold the words named.
    Documents,
    /// Grouping.
    Stories,
    /// Independent origins.
    Origins,
    /// Copy edges.
    Copies,
    /// Publication dates.
    Published,
    /// Page furniture.
    Furniture,
    /// Quotations.
    Quotations,
    /// Entities.
    Entities,
    /// Time expressions.
    Times,
    /// Findings that must be there.
    MustFind,
    /// Findings that must not.
    MustNotFind,
}

impl Area {
    /// Every area, in the order of a table.
    pub const ALL: [Area; 11] = [
        Area::Documents,
        Area::Stories,
        Area::Origins,
        Area::Copies,
        Area::Published,
        Area::Furniture,
        Area::Quotations,
        Area::Entities,
        Area::Times,
        Area::MustFind,
        Area::MustNotFind,
    ];

    /// Its name in `floors.json` and in tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Area::Documents => "documents",
            Area::Stories => "stories",
            Area::Origins => "origins",
            Area::Copies => "copies",
            Area::Published => "published",
            Area::Furniture => "furniture",
            Area::Quotations => "quotations",
            Area::Entities => "entities",
            Area::Times => "times",
            Area::MustFind => "must_find",
            Area::MustNotFind => "must_not_find",
        }
    }
}

/// One expectation, and whether it was met.
#[derive(Clone, Debug)]
pub struct Check {
    /// What is compared.
    pub area: Area,
    /// Whether it was met.
    pub passed: bool,
    /// The expectation, in a line.
    pub label: String,
    /// What the report holds instead, where that can be said.
    pub instead: String,
}

/// A finding that accuses an account of something, held against the labels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// Its kind.
    pub kind: FindingKind,
    /// Its confidence, 0 to 1.
    pub confidence: f64,
    /// The score that its confidence was made of, 0 to 1.
    pub score: f64,
    /// What it was judged with, as `variorum_collate` names it.
    pub sort: &'static str,
    /// Whether the labels list it, as due or as allowed.
    pub is_listed: bool,
}

/// What came of comparing one case.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// Every expectation.
    pub checks: Vec<Check>,
    /// Messages of findings that accuse somebody (conflict, corrupted copy, altered quotation, self-contradiction,
    /// headline) and that the case lists neither as due nor as allowed. To be read, not counted.
    pub unlisted: Vec<String>,
    /// Every finding that accuses.
    pub judged: Vec<Judged>,
    /// For every finding that is due: its (first) kind, and whether it was found.
    pub due: Vec<(FindingKind, bool)>,
    /// For every document that the labels place: number of its event, and of its story in the report, if it is in one.
    pub placed: Vec<(usize, Option<usize>)>,
}

impl Outcome {
    /// How many expectations of an area were met, of how many.
    #[must_use]
    pub fn tally(&self, area: Area) -> (usize, usize) {
        let of = self.checks.iter().filter(|c| c.area == area);
        (of.clone().filter(|c| c.passed).count(), of.count())
    }
}

/// The report with its texts, and the short names that a case uses.
struct Ground<'a> {
    report: &'a Report,
    texts: &'a BTreeMap<DocumentId, String>,
    ids: BTreeMap<String, DocumentId>,
}

impl<'a> Ground<'a> {
    fn new(report: &'a Report, texts: &'a BTreeMap<DocumentId, String>) -> Ground<'a> {
        let ids = report.documents.iter().map(|d| (short(&d.name).to_owned(), d.id.clone())).collect();
        Ground { report, texts, ids }
    }

    /// The identifier of a document, by its short name; empty where there is none of that name.
    fn id(&self, name: &str) -> &str {
        self.ids.get(name).map_or("", String::as_str)
    }

    fn ids_of(&self, names: &AnyOf) -> BTreeSet<&str> {
        names.all().iter().map(|n| self.id(n)).collect()
    }

    fn name<'b>(&'b self, id: &'b str) -> &'b str {
        self.report.documents.iter().find(|d| d.id == id).map_or(id, |d| short(&d.name))
    }

    /// Every place at which a document's text holds `words`.
    fn places(&self, id: &str, words: &str) -> Vec<(usize, usize)> {
        self.texts.get(id).map_or_else(Vec::new, |text| find::places(text, words))
    }
}

/// The file name, with `#N` for a line of a JSONL file.
fn short(name: &str) -> &str {
    name.rsplit(['/', '\\']).next().unwrap_or(name)
}
