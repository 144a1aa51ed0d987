//! "Minister of Energy Jane Roe": the words of the office that stand between the title and the name.

use variorum_schema::EntityKind;

use super::kind::Sureness;
use super::lexica;
use super::name::{self, Found};
use super::view::View;

/// Takes the words of an office off the names that hold them, and leaves out names that consist of nothing else
/// ("the Minister of Energy"). House style of state agencies, which write offices with capitals.
pub(super) fn take_off(view: &View, names: &mut Vec<Found>) {
    names.retain_mut(|found| match office(view, found) {
        Some((_, end)) if end == found.last => false,
        Some((from, end)) if is_bearer(view, end, found.last) => {
            found.titles.push(view.joined_lower(from, end));
            found.full_first = from;
            found.first = end;
            found.kind = EntityKind::Person;
            found.sureness = Sureness::Context;
            true
        }
        _ => true,
    });
}

/// Where the title before the name begins, and where the words of its office end within the name.
fn office(view: &View, found: &Found) -> Option<(usize, usize)> {
    let start = view.sentences.get(found.sentence)?.first_token as usize;
    let is_word = |at: usize| lexica::is_part("portfolio", view.low(at));
    let last = (found.first..found.last).take_while(|&at| is_word(at) || view.low(at) == "and").last()?;
    // "of Foreign Affairs and Trade": what stands before may belong to the office too
    let goes_on = |at: &usize| is_word(*at) || matches!(view.low(*at), "and" | "," | "the");
    let of = (start..found.first).rev().find(|at| !goes_on(at))?;
    if !matches!(view.low(of), "of" | "for") || !lexica::is_part("holds", view.low(of.checked_sub(1)?)) {
        return None;
    }
    is_word(last).then_some((name::title_before(view, start, of)?, last + 1))
}

/// Whether the words left may name somebody: two at least, the last of which is nothing that bodies are called by.
fn is_bearer(view: &View, first: usize, last: usize) -> bool {
    last >= first + 2
        && (first..last).all(|at| !lexica::HEADS.contains_key(view.low(at)))
        && lexica::NAMES.get(&view.joined(first, last)).is_none()
}
