//! Whether the figures of two accounts measure one thing, and whether they then agree.

use std::collections::BTreeMap;

use variorum_annotate::words;
use variorum_schema::Hedge;

use super::{Aspect, Figure, penalty};
use crate::difference::quantity::{compatible, grows};

/// Weights of the words near figures: ln(1 + figures of the story / figures near which a word stands).
#[derive(Debug, Default)]
pub struct Weights {
    frequency: BTreeMap<String, u32>,
    n: f64,
}

impl Weights {
    /// Counted over all figures of a story.
    #[must_use]
    pub fn new<'a>(figures: impl Iterator<Item = &'a Figure>) -> Weights {
        let mut weights = Weights::default();
        for figure in figures {
            weights.n += 1.0;
            for word in &figure.near {
                *weights.frequency.entry(word.clone()).or_insert(0) += 1;
            }
        }
        weights
    }

    fn of(&self, word: &str) -> f64 {
        (1.0 + self.n / f64::from(self.frequency.get(word).copied().unwrap_or(1))).ln()
    }

    /// How much the words near two figures have in common: the sum of the weights of those near both, with a little for
    /// every word that only their sentences share.
    #[must_use]
    pub fn likeness(&self, a: &Figure, b: &Figure) -> f64 {
        let (mut i, mut j, mut sum, mut n_near) = (0, 0, 0.0, 0);
        while let (Some(x), Some(y)) = (a.near.get(i), b.near.get(j)) {
            match x.cmp(y) {
                std::cmp::Ordering::Less => i += 1,
                std::cmp::Ordering::Greater => j += 1,
                std::cmp::Ordering::Equal => {
                    sum += self.of(x);
                    n_near += 1;
                    i += 1;
                    j += 1;
                }
            }
        }
        // The same other numbers in both sentences say much.
        let n_numbers = a.siblings.iter().filter(|k| **k > 2.0 && b.siblings.contains(k)).count();
        sum + 0.5 * n_common(a, b).saturating_sub(n_near) as f64 + 1.5 * n_numbers as f64
    }
}

/// Cosine of two words from which they may mean one thing.
const NEAR_MEANING: f64 = 0.55;

impl Weights {
    /// As [`Weights::likeness`], with words that mean nearly the same counted in part.
    #[must_use]
    pub fn likeness_in_meaning(&self, a: &Figure, b: &Figure) -> f64 {
        let alone = |f: &Figure, other: &Figure| -> Vec<(u32, f64)> {
            let words =
                f.near.iter().zip(&f.meanings).filter(|(key, _)| other.near.binary_search(key).is_err());
            words.filter_map(|(key, id)| Some(((*id)?, self.of(key)))).collect()
        };
        let (xs, ys) = (alone(a, b), alone(b, a));
        let soft = xs.iter().map(|(x, weight)| {
            let near = ys.iter().map(|(y, w)| (meaning(*x, *y), w.min(*weight)));
            near.filter(|(c, _)| *c >= NEAR_MEANING).map(|(c, w)| c * w).fold(0.0, f64::max)
        });
        self.likeness(a, b) + soft.sum::<f64>()
    }
}

/// How near two words are, 1 for synonyms, 0 for opposites.
fn meaning(x: u32, y: u32) -> f64 {
    let words = words::words();
    match words.relations(x, y) {
        r if r & words::OPPOSITE != 0 => 0.0,
        r if r & (words::SYNONYM | words::DERIVED) != 0 => 1.0,
        _ => words.cosine(x, y),
    }
}

/// Content words that two figures' sentences share.
#[must_use]
pub fn n_common(a: &Figure, b: &Figure) -> usize {
    crate::pile::n_shared(&a.context, &b.context)
}

/// Topics that need no more than themselves: what befell the people of the event.
#[must_use]
pub fn is_frame(topic: &str) -> bool {
    !topic.contains(':') && topic != "tally"
}

/// Topics of which a story may hold many: counts of things, money, shares, lengths.
#[must_use]
pub fn is_of_some_thing(topic: &str) -> bool {
    topic.contains(':') && topic != "measure:magnitude"
}

/// Whether nothing in what stands around two figures of one topic keeps them from being the same measure.
#[must_use]
pub fn are_one_measure(a: &Figure, b: &Figure) -> bool {
    let ways_meet = a.is_up.is_none() || b.is_up.is_none() || a.is_up == b.is_up;
    let days_meet = match (a.day, b.day) {
        (Some(p), Some(q)) => p.first <= q.last && q.first <= p.last,
        _ => true,
    };
    let parts_meet = a.modifiers.is_empty()
        || b.modifiers.is_empty()
        || a.modifiers.iter().any(|m| b.modifiers.contains(m));
    // hurt soldiers are not dead ones
    let fates_meet = a.fate.is_none() || b.fate.is_none() || a.fate == b.fate;
    let is_change = a.topic == "percent:";
    a.topic == b.topic
        && (is_frame(&a.topic) || days_meet)
        && (!is_change || ways_meet)
        && parts_meet
        && fates_meet
        && scopes_meet(a, b)
        && !(is_change && share_no_number(a, b))
        && (a.whole.is_none() || b.whole.is_none() || a.topic == "tally" || a.whole == b.whole)
}

/// Whether the sentences of two figures name an organisation or a person in common, where both name any: one maker's
/// share is not the other's.
fn doers_meet(a: &Figure, b: &Figure) -> bool {
    a.doers.is_empty() || b.doers.is_empty() || !a.doers.is_disjoint(&b.doers)
}

/// Whether both count the whole world, or neither.
fn scopes_meet(a: &Figure, b: &Figure) -> bool {
    let is_global = |f: &Figure| {
        WORLD.iter().any(|word| f.sentence.binary_search_by(|key| key.as_str().cmp(word)).is_ok())
    };
    is_global(a) == is_global(b)
}

/// Words that say that the whole world is meant.
const WORLD: [&str; 3] = ["global", "globally", "worldwide"];

/// Whether two sentences have other numbers, and none in common: shares of other wholes.
fn share_no_number(a: &Figure, b: &Figure) -> bool {
    let has = |f: &Figure| f.siblings.iter().any(|s| *s > 2.0);
    has(a) && has(b) && !a.siblings.iter().any(|s| b.siblings.contains(s))
}

/// Whether the names near two figures allow for one thing.
fn names_meet(a: &Figure, b: &Figure) -> bool {
    a.names.is_empty() || b.names.is_empty() || !a.names.is_disjoint(&b.names)
}

/// Whether two figures are rivals if their values differ: the same measure, both of the event itself, with values that
/// are not apart by an order of magnitude and that no other number of their sentences explains.
#[must_use]
pub fn are_rivals(a: &Figure, b: &Figure) -> bool {
    could_be_rivals(a, b) && are_of_one_thing(a, b)
}

/// Whether the words right beside two figures have one in common.
#[must_use]
pub fn stand_beside_one(a: &Figure, b: &Figure) -> bool {
    a.beside.iter().any(|k| b.beside.binary_search(k).is_ok())
}

/// As [`are_rivals`], whatever the words right beside them are.
#[must_use]
pub fn could_be_rivals(a: &Figure, b: &Figure) -> bool {
    let is_event = |f: &Figure| f.aspect == Aspect::Plain;
    let is_part = |f: &Figure| f.whole.is_some() && f.topic != "tally";
    is_event(a)
        && is_event(b)
        && are_one_measure(a, b)
        && (is_part(a) == is_part(b) || is_frame(&a.topic) && !grows(&a.topic))
        && (is_frame(&a.topic) || names_meet(a, b) && subjects_meet(a, b))
        && (!is_of_some_thing(&a.topic) && a.topic != penalty::TOPIC || doers_meet(a, b))
        && crews_meet(a, b)
        && differ(a, b)
        && is_near(a, b)
        && !is_explained(a, b)
        && !is_explained(b, a)
}

/// Whether not only the passengers are counted by one and the crew as well by the other.
fn crews_meet(a: &Figure, b: &Figure) -> bool {
    let has_crew = |f: &Figure| f.beside.iter().any(|k| k == "crew");
    let is_bare = |f: &Figure| !has_crew(f) && f.quantity.counted_lemma.as_deref() == Some("passenger");
    !(has_crew(a) && is_bare(b) || is_bare(a) && has_crew(b))
}

/// Whether two figures may be of one event: neither is of people named otherwise and elsewhere, and the further apart they
/// are, the more words around them say that they are one count. What many events of one story brought is no count brought
/// up to date.
#[must_use]
pub fn are_of_one_event(a: &Figure, b: &Figure, score: f64, is_revised: bool) -> bool {
    if !is_frame(&a.topic) {
        return true;
    }
    let (low, high) =
        (a.quantity.value.min(b.quantity.value).max(1.0), a.quantity.value.max(b.quantity.value));
    let needed = match high / low {
        ratio if ratio <= 1.6 => NEEDED_NEAR,
        ratio if ratio <= 3.0 => NEEDED_FAR,
        _ => NEEDED_FURTHEST,
    };
    (!is_revised || score >= needed) && (names_meet(a, b) || score >= NEEDED_FURTHEST)
}

/// What the words near two figures of people must have in common, by how far the figures lie apart: up to 1.6 times, up
/// to 3 times, and further.
const NEEDED_NEAR: f64 = 2.0;
const NEEDED_FAR: f64 = 4.0;
const NEEDED_FURTHEST: f64 = 6.0;

/// Whether the words right beside two figures of one topic allow for one thing.
#[must_use]
pub fn are_of_one_thing(a: &Figure, b: &Figure) -> bool {
    let is_counted = is_frame(&a.topic)
        || a.topic.starts_with("count:")
        || a.topic == "tally"
        || a.topic == "measure:magnitude";
    is_counted || stand_beside_one(a, b)
}

/// Whether what the clauses of two figures are about is named in both sentences, where it is named.
fn subjects_meet(a: &Figure, b: &Figure) -> bool {
    let has =
        |f: &Figure, key: &Option<String>| key.as_ref().is_none_or(|k| f.sentence.binary_search(k).is_ok());
    a.subject.is_none() || b.subject.is_none() || has(b, &a.subject) || has(a, &b.subject)
}

/// Whether two figures cannot both be right.
#[must_use]
pub fn differ(a: &Figure, b: &Figure) -> bool {
    if a.topic == "tally" {
        let is_same = (a.quantity.value - b.quantity.value).abs() < 0.5 && a.whole == b.whole;
        let is_turned = a.whole == Some(b.quantity.value) && b.whole == Some(a.quantity.value);
        return !is_same && !is_turned;
    }
    !compatible(&a.quantity, &b.quantity)
}

/// A count that is this much above a round one is no later one.
const ROUNDED: f64 = 0.005;

/// Whether the later of two figures brings a growing count up: also where "at least 12" allows for 21.
#[must_use]
pub fn is_raised(earlier: &Figure, later: &Figure) -> bool {
    // "more than a million" and 1,000,555 are one count
    // "50 protesters were injured", "the number of injured protesters rose to 87"
    let is_fate = earlier.fate.is_some()
        && earlier.fate == later.fate
        && later.is_total
        && earlier.fate.is_some_and(grows);
    let is_measure =
        (grows(&earlier.topic) || is_fate) && later.quantity.value > earlier.quantity.value * (1.0 + ROUNDED);
    let is_hedged = matches!(later.quantity.hedge, Hedge::AtMost);
    is_measure && !is_hedged
}

/// Two figures of one thing differ by degrees: ten times as many dead or three times the price is another thing.
fn is_near(a: &Figure, b: &Figure) -> bool {
    let (low, high) =
        (a.quantity.value.min(b.quantity.value).max(1.0), a.quantity.value.max(b.quantity.value));
    high / low <= if is_frame(&a.topic) { 10.0 } else { 2.5 }
}

/// Whether another number beside `a` makes `a` of `b`, or `b` of `a`: two centres with 120 beds against the 60 of one;
/// 84 passengers and nine crew against 93; the deaths of ten passengers and two pilots against 12.
fn is_explained(a: &Figure, b: &Figure) -> bool {
    let (x, y) = (a.quantity.value, b.quantity.value);
    let is = |p: f64, q: f64| (p - q).abs() < 1e-9;
    // nine counts of one thing, four of another and one of a third against 14
    let is_sum = a.siblings.len() > 1 && is(x + a.siblings.iter().sum::<f64>(), y);
    is_sum
        || a.siblings.iter().any(|k| {
            let is_few = (2.0..=20.0).contains(k);
            is_few && (is(x, y * k) || is(y, x * k)) || is(x + k, y) || !is_frame(&a.topic) && is(y + k, x)
        })
}

/// Whether two figures give the same number of the same thing: the rarer the number, the less else they need in common.
#[must_use]
pub fn are_same(weights: &Weights, a: &Figure, b: &Figure) -> bool {
    let is_equal = (a.quantity.value - b.quantity.value).abs() < 1e-9 && a.whole == b.whole
        || a.topic == "tally" && !differ(a, b);
    let is_settled = |f: &Figure| f.aspect != Aspect::Forecast;
    let is_of_one =
        is_frame(&a.topic) || a.topic.starts_with("count:") || names_meet(a, b) || subjects_meet(a, b);
    let counted = a.quantity.counted_lemma.as_deref().zip(b.quantity.counted_lemma.as_deref());
    is_equal
        && hedges_meet(a.quantity.hedge, b.quantity.hedge)
        && counted.is_none_or(|(p, q)| sexes_meet(p, q))
        && are_one_measure(a, b)
        && is_settled(a) == is_settled(b)
        && is_of_one
        && weights.likeness(a, b) >= needed(a)
}

/// Words for people of one sex only.
const WOMEN: [&str; 7] = ["woman", "girl", "sister", "mother", "wife", "daughter", "schoolgirl"];
const MEN: [&str; 7] = ["man", "boy", "brother", "father", "husband", "son", "schoolboy"];

/// Whether two counted things are not women here and men there.
#[must_use]
pub fn sexes_meet(a: &str, b: &str) -> bool {
    let are = |p: &str, q: &str| WOMEN.contains(&p) && MEN.contains(&q);
    !are(a, b) && !are(b, a)
}

/// Whether two accounts can give one number with these hedges: "nearly 90" and "more than 90" are two numbers, and "40 to 50"
/// is not 45.
#[must_use]
pub fn hedges_meet(a: Hedge, b: Hedge) -> bool {
    let is_below = |h: Hedge| matches!(h, Hedge::Nearly | Hedge::AtMost);
    let is_above = |h: Hedge| h == Hedge::AtLeast;
    let are_ranges = (a == Hedge::Range) == (b == Hedge::Range);
    are_ranges && !(is_below(a) && is_above(b) || is_above(a) && is_below(b))
}

/// How much two equal figures must have in common.
fn needed(a: &Figure) -> f64 {
    let digits = format!("{}", a.quantity.value).chars().filter(char::is_ascii_digit).collect::<String>();
    let is_telling = digits.trim_matches('0').len() >= 2 || a.quantity.value >= 1000.0;
    match a.topic.split(':').next() {
        _ if a.whole.is_some() => 0.5,
        Some("number") => {
            if is_telling {
                2.5
            } else {
                6.0
            }
        }
        Some("people") => {
            if is_telling {
                2.0
            } else {
                4.0
            }
        }
        _ if is_telling && is_frame(&a.topic) => 0.0,
        _ if is_telling => 1.0,
        _ => 3.0,
    }
}
