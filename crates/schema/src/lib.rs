//! The nouns of Variorum, in the order in which data meets them. No algorithms.
//!
//! A [`Page`] (bytes as fetched) becomes a [`Document`] (text that is never edited, plus metadata), which carries
//! [`Annotations`] (one `Vec` per layer, each item a [`Span`] of the text). What is concluded about many documents is a
//! [`Report`]: stories, copies, origins, entities, findings, each with [`Evidence`].

#![deny(clippy::disallowed_methods, clippy::disallowed_types, clippy::disallowed_macros)]

mod span;
mod page;
mod document;
mod mention;
mod time;
mod quantity;
mod quotation;
mod claim;
mod annotations;
mod copy;
mod evidence;
mod finding;
mod story;
mod report;

pub use annotations::{Annotations, Form, Relation, Sentence, Tag, Token};
pub use claim::{Argument, ArgumentRole, Attribution, Claim, Modality, Polarity};
pub use copy::{Copy, CopyKind, Direction, Origin, Passage};
pub use document::{
    Block, BlockKind, Credit, CreditKind, DateCandidate, DateSource, Document, DocumentId, Furniture,
    FurnitureReason, Note, Published,
};
pub use evidence::{Evidence, Feature};
pub use finding::{Finding, FindingKind, FindingType, Side};
pub use mention::{Entity, EntityKind, Gender, Mention, MentionForm};
pub use page::{Media, Page};
pub use quantity::{Hedge, Quantity, Unit};
pub use quotation::{Quotation, QuotationKind, Source};
pub use report::{
    BriefSentence, Cell, Generator, MatrixRow, Report, ReportDocument, ReportFurniture, ReportQuotation,
    ReportSource, ReportTime, SCHEMA, TimelineEntry,
};
pub use span::Span;
pub use story::{Membership, Story, StoryEntity};
pub use time::{Granularity, Interval, Relative, Tense, TimeExpression, TimeKind};
