//! In what two statements differ that say the same otherwise: negation, quantity, time, name, direction or outcome.
//!
//! Both sentences become sequences of [`Item`]s in which names, times and quantities are single items with their meaning
//! as key, so that "Kadhimi" and "the Iraqi prime minister" are equal and "12" and "15" are not. The two sequences are
//! aligned; what stands opposite each other, and what shares a predicate or a counted thing, is compared type by type.

use std::rc::Rc;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use variorum_schema::{FindingType, Span};

use crate::align::Statement;
use crate::telling::Telling;

pub mod exchanged;
pub mod item;
pub mod negation;
pub mod opposite;
pub mod pairing;
pub mod quantity;
pub mod replaced;

use item::Item;

/// One difference between two statements.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    /// In what they differ.
    pub kind: FindingType,
    /// The differing part of the first statement.
    pub x: Span,
    /// The differing part of the second statement.
    pub y: Span,
    /// Why it is taken for a difference in substance, in words.
    pub note: String,
    /// How sure by itself, 0 to 1, before the likeness of the statements is weighed.
    pub strength: f64,
}

/// Two statements side by side.
pub struct Comparison<'a> {
    /// The story.
    pub telling: &'a Telling<'a>,
    /// First statement and its items.
    pub x: (&'a Statement, Rc<Vec<Item>>),
    /// Second statement and its items.
    pub y: (&'a Statement, Rc<Vec<Item>>),
    /// Alignment of the two item sequences.
    pub ops: Vec<DiffOp>,
    /// Likeness of the two sentences, 0 to 1.
    pub likeness: f64,
    /// Whether one was copied from the other, or both from a third: then differences in wording alone carry weight.
    pub is_copy: bool,
}

impl<'a> Comparison<'a> {
    /// Puts two statements side by side.
    #[must_use]
    pub fn new(
        telling: &'a Telling<'a>,
        x: &'a Statement,
        y: &'a Statement,
        likeness: f64,
        is_copy: bool,
    ) -> Comparison<'a> {
        let (items_x, items_y) = (item::items(telling, x), item::items(telling, y));
        fn keys(items: &[Item]) -> Vec<&str> {
            items.iter().map(|i| i.key.as_str()).collect()
        }
        let ops = capture_diff_slices(Algorithm::Myers, &keys(&items_x), &keys(&items_y));
        Comparison { telling, x: (x, items_x), y: (y, items_y), ops, likeness, is_copy }
    }

    /// Text of the first account.
    #[must_use]
    pub fn text_x(&self) -> &'a str {
        &self.telling.document(self.x.0.account).text
    }

    /// Text of the second account.
    #[must_use]
    pub fn text_y(&self) -> &'a str {
        &self.telling.document(self.y.0.account).text
    }

    /// All differences found, by type and place.
    #[must_use]
    pub fn differences(&self) -> Vec<Difference> {
        let mut found = negation::differences(self);
        found.extend(quantity::differences(self));
        found.extend(replaced::differences(self));
        found.extend(opposite::differences(self));
        if self.is_copy {
            found.extend(exchanged::differences(self));
        }
        found.sort_by_key(|d| (d.kind, d.x, d.y));
        found.dedup_by(|a, b| a.kind == b.kind && a.x.overlaps(b.x) && a.y.overlaps(b.y));
        found
    }

    /// Stretches that stand opposite each other: `(items of x, items of y)`.
    pub fn replacements(&self) -> impl Iterator<Item = (&[Item], &[Item])> {
        self.ops.iter().filter_map(|op| match *op {
            DiffOp::Replace { old_index, old_len, new_index, new_len } => {
                Some((&self.x.1[old_index..old_index + old_len], &self.y.1[new_index..new_index + new_len]))
            }
            _ => None,
        })
    }
}
