//! [`Mention`] and [`Entity`]: a span that refers, and the thing referred to.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A span that refers to somebody or something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where: the name itself, without titles and determiners.
    pub span: Span,
    /// The span with titles and determiners ("Iraqi Prime Minister Mustafa al-Kadhimi").
    pub full: Span,
    /// How it refers.
    pub form: MentionForm,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Index in `Annotations::entities`.
    pub entity: u32,
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionForm {
    /// By name.
    Name,
    /// By a title or description ("the Iraqi prime minister").
    Description,
    /// By a pronoun that was resolved.
    Pronoun,
}

/// What kind of thing an entity is.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum EntityKind {
    /// A person.
    Person,
    /// An organisation, also an outlet.
    Organisation,
    /// A place: country, city, region, site.
    Place,
    /// A nationality, faith or political group ("Iraqis", "Shiite").
    Group,
    /// A named event, law, work or product.
    #[default]
    Other,
}

/// Grammatical gender as shown by pronouns and titles.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gender {
    /// "he", "Mr".
    Male,
    /// "she", "Mrs".
    Female,
}

/// The thing referred to, within one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entity {
    /// The fullest name found.
    pub name: String,
    /// What kind of thing.
    pub kind: EntityKind,
    /// Every other surface form by name, sorted.
    pub aliases: Vec<String>,
    /// Titles and descriptions found beside the name, lower case, sorted ("iraqi prime minister").
    pub titles: Vec<String>,
    /// Shown gender, if any.
    pub gender: Option<Gender>,
    /// Indices of its mentions, in order.
    pub mentions: Vec<u32>,
}
