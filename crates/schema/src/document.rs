//! [`Document`]: one article. Its text is never edited; everything else points into it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Granularity, Span};

/// Names a document inside one pile: `d-` and 12 hexadecimal digits of a hash over name and text.
pub type DocumentId = String;

/// One article: text that is never edited, plus what was concluded about it.
#[derive(Clone, Debug)]
pub struct Document {
    /// Identifier, a function of name and text alone.
    pub id: DocumentId,
    /// The path or URL given by the user.
    pub name: String,
    /// The decoded text. For bare text: every character as given. For HTML: the visible blocks of the page, one a line,
    /// furniture included and marked.
    pub text: String,
    /// The blocks (paragraphs, headings, …) in order, not overlapping; furniture blocks included.
    pub blocks: Vec<Block>,
    /// Page furniture, in order, not overlapping. Kept out of every comparison.
    pub furniture: Vec<Furniture>,
    /// The headline's span, where the text holds it.
    pub title: Option<Span>,
    /// Headline as text (from the text, else from metadata).
    pub title_text: Option<String>,
    /// Byline span ("By Jane Roe").
    pub byline: Option<Span>,
    /// Author names from the byline, else from metadata.
    pub authors: Vec<String>,
    /// Dateline span ("BAGHDAD", "NAIROBI, May 3") without agency.
    pub dateline: Option<Span>,
    /// Credit lines: agencies, "Source link", republication notices.
    pub credits: Vec<Credit>,
    /// BCP 47 primary language tag ("en"), if known.
    pub language: Option<String>,
    /// Who published it: told from outside, else the site name of the page, else the host of its URL.
    pub outlet: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// When it was fetched.
    pub fetched: Option<Date>,
    /// Publication date: a conclusion with evidence.
    pub published: Published,
    /// Fields of the input that passed through.
    pub extra: BTreeMap<String, String>,
    /// What was odd in the input.
    pub notes: Vec<Note>,
}

impl Document {
    /// Whether `span` touches furniture.
    #[must_use]
    pub fn is_furniture(&self, span: Span) -> bool {
        self.furniture.iter().any(|f| f.span.overlaps(span))
    }
}

/// A run of text between line or element boundaries, without its surrounding white space.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BlockKind {
    /// The headline.
    Title,
    /// Standfirst or summary under the headline.
    Summary,
    /// Crosshead inside the article.
    Heading,
    /// Body paragraph.
    Paragraph,
    /// List item or table cell of the body.
    ListItem,
    /// Byline, dateline or date line: metadata, not body text.
    Meta,
    /// Page furniture; see `Document::furniture` for the reason.
    Furniture,
}

/// A marked piece of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Furniture {
    /// Where.
    pub span: Span,
    /// Why it was judged to be no part of the article.
    pub reason: FurnitureReason,
}

/// Why a piece of a page is no part of its article.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum FurnitureReason {
    /// Menus, breadcrumbs, section links.
    Navigation,
    /// Newsletter promotion or sign-up.
    Newsletter,
    /// "Subscribe", paywall notices.
    Subscription,
    /// Headline of another article.
    RelatedHeadline,
    /// Picture or video caption and its credit.
    Caption,
    /// Share buttons, "Follow us".
    Social,
    /// Comment box or comments.
    Comments,
    /// Copyright and republication notices, about-the-outlet text.
    Legal,
    /// Advertisement.
    Advertisement,
    /// A stray counter ("0", "12 shares").
    Counter,
    /// A date or clock line of the page, not of the article.
    PageDate,
    /// "Source link", "Read more", "Click here".
    SourceLink,
    /// Cookie or consent notice.
    Consent,
    /// Tags, topics, categories.
    Tags,
    /// Author box.
    AuthorBox,
    /// Credit line of an agency or an editor's desk ("Reporting by …"), kept as a credit.
    CreditLine,
    /// Dropped by the main-text extractor without a better reason.
    Boilerplate,
}

/// A line that credits somebody else for the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Credit {
    /// Where.
    pub span: Span,
    /// What kind of line.
    pub kind: CreditKind,
    /// Whom it names, in canonical form ("Reuters"), if anybody.
    pub name: Option<String>,
}

/// What kind of credit line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CreditKind {
    /// "BAGHDAD (Reuters) –".
    AgencyDateline,
    /// "(Reporting by …; editing by …)".
    AgencySignOff,
    /// "— With files from AP", "Reuters contributed to this report".
    Contribution,
    /// "This article first appeared in …", "Al-Monitor – …".
    Republished,
    /// "Source link".
    SourceLink,
    /// "told Al Jazeera": an exclusive remark to the outlet named.
    ToldOutlet,
    /// Byline naming an agency.
    AgencyByline,
}

/// A publication date as concluded, with every candidate that was weighed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Published {
    /// First day of the concluded interval; `None`: unknown.
    pub value: Option<Date>,
    /// Last day of the interval if longer than one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// How fine the conclusion is.
    pub granularity: Option<Granularity>,
    /// One phrase for the reason: "metadata", "url", "visible text", "feed", "given", "inferred from story", "unknown".
    pub basis: String,
    /// Whether it was inferred from other documents of the story.
    #[serde(default)]
    pub inferred: bool,
    /// All candidates, best first, losers with the reason why they lost.
    pub evidence: Vec<DateCandidate>,
}

impl Published {
    /// The first day that the page itself gives; `None` where it gives none, or was dated from others.
    #[must_use]
    pub fn own_day(&self) -> Option<Date> {
        self.value.filter(|_| !self.inferred)
    }
}

/// One candidate for the publication date.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct DateCandidate {
    /// Where it came from.
    pub source: DateSource,
    /// The text that was read.
    pub text: String,
    /// Where in the text of the document that is dated, if it is there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// For dates fixed by another document of the story: which. `span` is not in that one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub document: Option<DocumentId>,
    /// The day read.
    pub value: Option<Date>,
    /// Weight from 0 (no evidence) to 1 (certain).
    pub weight: f64,
    /// Why it was taken or refused.
    pub reason: String,
}

/// Where a date candidate came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum DateSource {
    /// Sidecar, JSONL line or feed.
    Given,
    /// JSON-LD.
    JsonLd,
    /// `<meta>` element.
    Meta,
    /// `<time>` element.
    TimeElement,
    /// The address.
    Url,
    /// Visible text near title or byline.
    VisibleText,
    /// The dateline.
    Dateline,
    /// Time expressions of the body.
    Body,
    /// Copyright line, footer.
    Footer,
    /// Another document of the story.
    Story,
}

/// Something odd in the input: data, not an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Note {
    /// Where, if it has a place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub span: Option<Span>,
    /// What was read, what was expected.
    pub message: String,
}
