//! Names and times that stand opposite each other and are not the same.

use variorum_schema::{EntityKind, FindingType, Granularity, Tag};

use super::item::{Class, Item};
use super::{Comparison, Difference};

/// Likeness from which a name exchanged between two independent accounts is taken for a difference in substance.
const MIN_LIKENESS: f64 = 0.5;

/// Between independent accounts; what a copy exchanged is found by [`super::exchanged`].
pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let mut found = Vec::new();
    if c.is_copy {
        return found;
    }
    for (xs, ys) in c.replacements() {
        if xs.len() > 5 || ys.len() > 5 {
            continue;
        }
        found.extend(names(c, xs, ys));
        found.extend(times(c, xs, ys));
    }
    found
}

fn the_one(items: &[Item], is: impl Fn(&Item) -> bool) -> Option<&Item> {
    let mut of = items.iter().filter(|i| is(i));
    of.next().filter(|_| of.next().is_none())
}

fn names(c: &Comparison, xs: &[Item], ys: &[Item]) -> Option<Difference> {
    let is_name = |i: &Item| matches!(i.class, Class::Name(_, true));
    let (x, y) = (the_one(xs, is_name)?, the_one(ys, is_name)?);
    let (Class::Name(kind_x, _), Class::Name(kind_y, _)) = (x.class, y.class) else { return None };
    // A name that the other statement has elsewhere was moved, not exchanged; that is left to the comparison of roles.
    let has = |items: &[Item], key: &str| items.iter().any(|i| i.key == key);
    if x.key == y.key || has(&c.y.1, &x.key) || has(&c.x.1, &y.key) || is_part(c, x, y) {
        return None;
    }
    if !(c.likeness >= MIN_LIKENESS && framed(c, x, y)) || !is_same_sort(kind_x, kind_y) {
        return None;
    }
    // A capital may stand for its country and a country for its government: only a name that stands alone in its place
    // was exchanged.
    if kind_x == EntityKind::Place && (xs.len() > 2 || ys.len() > 2) {
        return None;
    }
    let kind = if kind_x == EntityKind::Place || kind_y == EntityKind::Place {
        FindingType::Place
    } else {
        FindingType::Actor
    };
    let note = "another name in the same place of the statement".into();
    Some(Difference { kind, x: x.span, y: y.span, note, strength: 0.7 })
}

/// "US" and "Washington", "Iraqi" and "Baghdad": a place may stand for its people or government.
fn is_same_sort(a: EntityKind, b: EntityKind) -> bool {
    a == b
        && matches!(a, EntityKind::Person | EntityKind::Place | EntityKind::Organisation | EntityKind::Group)
}

/// One name is part of the other ("Baghdad airport", "Baghdad"), or both are the same letters ("UN") read in two ways.
fn is_part(c: &Comparison, x: &Item, y: &Item) -> bool {
    let (a, b) = (x.span.of(c.text_x()).to_lowercase(), y.span.of(c.text_y()).to_lowercase());
    if a == b {
        return true;
    }
    let words = |s: &str| {
        s.split(|ch: char| !ch.is_alphanumeric())
            .filter(|w| w.len() > 2)
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    words(&a).iter().any(|w| words(&b).contains(w))
}

/// Whether the items before and after both are the same on both sides.
fn framed(c: &Comparison, x: &Item, y: &Item) -> bool {
    let around = |items: &[Item], item: &Item| {
        let at = items.iter().position(|i| i.span == item.span).unwrap_or(0);
        (at.checked_sub(1).map(|p| items[p].key.clone()), items.get(at + 1).map(|i| i.key.clone()))
    };
    let ((before_x, after_x), (before_y, after_y)) = (around(&c.x.1, x), around(&c.y.1, y));
    before_x == before_y && after_x == after_y
}

fn times(c: &Comparison, xs: &[Item], ys: &[Item]) -> Option<Difference> {
    let is_time = |i: &Item| matches!(i.class, Class::Time(_));
    let (x, y) = (the_one(xs, is_time)?, the_one(ys, is_time)?);
    let (Class::Time(i), Class::Time(j)) = (x.class, y.class) else { return None };
    let a = c.telling.account(c.x.0.account).annotations.times.get(i as usize)?;
    let b = c.telling.account(c.y.0.account).annotations.times.get(j as usize)?;
    if a.granularity != b.granularity
        || !matches!(a.granularity, Granularity::Day | Granularity::Month | Granularity::Year)
    {
        return None;
    }
    let differ = match (a.interval, b.interval) {
        (Some(p), Some(q)) => p.last < q.first || q.last < p.first,
        _ => false,
    };
    if !differ || c.likeness < MIN_LIKENESS || x.tag == Tag::X && x.lemma == y.lemma {
        return None;
    }
    let note = format!("{} against {}", a.value, b.value);
    Some(Difference { kind: FindingType::Date, x: x.span, y: y.span, note, strength: 0.75 })
}
