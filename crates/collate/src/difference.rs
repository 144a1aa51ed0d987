//! In what two statements differ that say the same otherwise: negation, quantity, time, name, direction or outcome.
//!
//! Both sentences become sequences of [`Item`]s in which names, times and quantities are single items with their meaning
//! as key, so that "Kadhimi" and "the Iraqi prime minister" are equal and "12" and "15" are not. The two sequences are
//! aligned; what stands opposite each other, and what shares a predicate or a counted thing, is compared type by type.

use std::sync::Arc;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use variorum_schema::{FindingType, Span};

use crate::align::Statement;
use crate::telling::Telling;

pub mod contrary;
pub mod exchanged;
pub mod item;
pub mod lone;
pub mod negation;
pub mod opposite;
pub mod pairing;
pub mod quantity;
pub mod replaced;
pub mod role;
pub mod standing;
pub(crate) mod traded;
pub mod unheard;

use item::Item;

/// Share of two sentences from which one is the other rewritten: see [`Comparison::is_rewritten`].
const MIN_SHARE: f64 = 0.45;
/// As [`MIN_SHARE`], for sentences of few words, of which one exchange takes more away.
const MIN_SHORT_SHARE: f64 = 0.4;
/// Content items up to which a sentence is short.
const MAX_SHORT: usize = 5;
/// Share of the shorter of two sentences from which it is a part of the other, rewritten.
const MIN_PART: f64 = 0.6;
/// As [`MIN_PART`], where the longer sentence holds the neighbour of the shorter one too.
const MIN_HELD_PART: f64 = 0.4;
/// As [`MIN_SHARE`], where both sentences stand alone between the same neighbours.
const MIN_PLACED_SHARE: f64 = 0.55;
/// As [`MIN_SHARE`], where the parts of a sentence changed places.
const MIN_LOOSE_SHARE: f64 = 0.73;

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
    pub x: (&'a Statement, Arc<Vec<Item>>),
    /// Second statement and its items.
    pub y: (&'a Statement, Arc<Vec<Item>>),
    /// Alignment of the two item sequences.
    pub ops: Vec<DiffOp>,
    /// Along a copy: which item stands in the place of which, see [`pairing::pairs`]. Empty else.
    pub pairs: Vec<(usize, usize)>,
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
        let pairs = if is_copy { pairing::pairs(&items_x, &items_y) } else { Vec::new() };
        Comparison { telling, x: (x, items_x), y: (y, items_y), ops, pairs, likeness, is_copy }
    }

    /// The same for two accounts of which one rewords the other: parts may have changed places.
    #[must_use]
    pub fn turned(mut self) -> Comparison<'a> {
        self.pairs = pairing::turned(&self.x.1, &self.y.1);
        self
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

    /// How much of the content of both sentences stands for something in the other, in its place. An item that merely has
    /// the place of another of its kind (a number of a number) counts half.
    #[must_use]
    fn n_paired(&self) -> f64 {
        let worth = |&(i, j): &(usize, usize)| {
            let (x, y) = (&self.x.1[i], &self.y.1[j]);
            match standing::standing(x, y) {
                _ if !x.is_content || !y.is_content => 0.0,
                s if s > 0.0 => s,
                _ if standing::is_one_kind(x, y) => 0.5,
                _ => 0.0,
            }
        };
        self.pairs.iter().map(worth).sum()
    }

    /// Share of the content of both sentences that stands for something in the other, wherever it stands; 0 to 1.
    #[must_use]
    fn loose_share(&self) -> f64 {
        let content =
            |items: &'_ [Item]| items.iter().filter(|i| i.is_content).cloned().collect::<Vec<Item>>();
        let (xs, ys) = (content(&self.x.1), content(&self.y.1));
        let best = |own: &[Item], others: &[Item]| -> f64 {
            own.iter().map(|i| others.iter().map(|o| standing::standing(i, o)).fold(0.0, f64::max)).sum()
        };
        (best(&xs, &ys) + best(&ys, &xs)) / (xs.len() + ys.len()).max(1) as f64
    }

    /// Whether one of the two became the other, word by word: only then is what differs in them a change. Sentences of a
    /// copy that merely tell of the same thing differ in many ways.
    #[must_use]
    pub fn is_rewritten(&self) -> bool {
        let n = |items: &[Item]| items.iter().filter(|i| i.is_content).count();
        let (n_x, n_y) = (n(&self.x.1), n(&self.y.1));
        let n_paired = self.n_paired();
        let share = 2.0 * n_paired / (n_x + n_y).max(1) as f64;
        let min = if n_x.max(n_y) <= MAX_SHORT { MIN_SHORT_SHARE } else { MIN_SHARE };
        // Of a sentence that was cut, or to which a clause was added, the part that is left.
        let of_shorter = n_paired / n_x.min(n_y).max(1) as f64;
        let is_beginning = self.pairs.first() == Some(&(0, 0)) && n_x.min(n_y) > 1;
        let is_cut =
            n_x.min(n_y) > MAX_SHORT + 1 && of_shorter >= MIN_PART || is_beginning && of_shorter >= 0.95;
        share >= min || is_cut || self.loose_share() >= MIN_LOOSE_SHARE
    }

    /// Whether the shorter sentence stands in the longer one, which two sentences were put into.
    #[must_use]
    pub fn is_part_rewritten(&self) -> bool {
        self.n_shorter() > 1 && self.part_share() >= MIN_HELD_PART
    }

    /// Share of the content of the shorter sentence that stands for something in the longer one, 0 to 1.
    #[must_use]
    pub fn part_share(&self) -> f64 {
        self.n_paired() / self.n_shorter().max(1) as f64
    }

    fn n_shorter(&self) -> usize {
        let n = |items: &[Item]| items.iter().filter(|i| i.is_content).count();
        n(&self.x.1).min(n(&self.y.1))
    }

    /// As [`Comparison::is_rewritten`], for two sentences that their places hold together already: there the little words
    /// that stayed count too, and words of one part of speech in one place.
    #[must_use]
    pub fn stands_in_place(&self) -> bool {
        let worth = |&(i, j): &(usize, usize)| {
            let (x, y) = (&self.x.1[i], &self.y.1[j]);
            let is_one_tag = x.tag == y.tag && x.is_content == y.is_content;
            standing::standing(x, y).max(if is_one_tag || standing::is_one_kind(x, y) { 0.3 } else { 0.0 })
        };
        let stays: f64 = self.pairs.iter().map(worth).sum();
        stays >= MIN_PLACED_SHARE * self.x.1.len().max(self.y.1.len()).max(1) as f64
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
            found.extend(role::differences(self));
            found.extend(lone::differences(self));
            found.extend(traded::differences(self));
            found.extend(unheard::differences(self));
            found.extend(contrary::differences(self));
        }
        found.sort_by_key(|d| (d.kind, d.x, d.y));
        found.dedup_by(|a, b| a.kind == b.kind && a.x.overlaps(b.x) && a.y.overlaps(b.y));
        // an office that is bound to its bearer says more than a word in the place of another
        let titles: Vec<(Span, Span)> =
            found.iter().filter(|d| d.kind == FindingType::Title).map(|d| (d.x, d.y)).collect();
        let is_title = |d: &Difference| titles.iter().any(|(x, y)| d.x.overlaps(*x) && d.y.overlaps(*y));
        found.retain(|d| d.kind != FindingType::Actor || !is_title(d));
        found
    }

    /// Whether one of the two is a question.
    #[must_use]
    fn is_asked(&self) -> bool {
        let is_question = |s: &Statement| {
            self.telling.text(s).trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?').ends_with('?')
        };
        is_question(self.x.0) != is_question(self.y.0)
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
