//! [`Quantity`]: a number with its unit, bounds, hedge and counted thing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::Span;

/// A number as a document gives it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Where: hedge, number and unit ("at least 12 percent").
    pub span: Span,
    /// Where the number itself stands.
    pub number: Span,
    /// The number, in the unit named. For ranges and vague numbers ("dozens") the middle of the bounds.
    pub value: f64,
    /// Lowest value that the words allow; `None`: no lower bound.
    pub low: Option<f64>,
    /// Highest value that the words allow; `None`: no upper bound.
    pub high: Option<f64>,
    /// How the number is hedged.
    pub hedge: Hedge,
    /// Unit.
    pub unit: Unit,
    /// What is counted or measured ("people", "homes"), if said.
    pub counted: Option<Span>,
    /// Lower-case head lemma of the counted thing.
    pub counted_lemma: Option<String>,
}

/// How a number is hedged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Hedge {
    /// No hedge.
    Exact,
    /// "about", "some", "around".
    About,
    /// "nearly", "almost": a little below.
    Nearly,
    /// "at least", "more than", "over".
    AtLeast,
    /// "at most", "up to", "fewer than".
    AtMost,
    /// "between 10 and 20", "10-20".
    Range,
    /// "dozens", "several", "a few": no number at all.
    Vague,
}

/// The unit of a quantity.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case", tag = "kind", content = "name")]
pub enum Unit {
    /// Countable things.
    Count,
    /// First, second, …
    Ordinal,
    /// Percent (of what: the counted thing).
    Percent,
    /// Money, ISO 4217 code; "XXX" for an unspecified currency.
    Money(String),
    /// A measured unit in canonical English singular ("kilometre", "degree celsius", "year").
    Measure(String),
    /// An age in years.
    Age,
}
