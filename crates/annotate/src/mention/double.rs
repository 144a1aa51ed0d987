//! "Ana Maria Roe–Poe": a surname of two parts that a typesetter joined by a dash.

use variorum_schema::EntityKind;

use super::name::Found;
use super::view::View;

/// Puts the two parts of such a surname together: a person of two names at least, a dash without white space, one more name.
pub(super) fn join(view: &View, names: &mut Vec<Found>) {
    let mut joined: Vec<Found> = Vec::with_capacity(names.len());
    for found in names.drain(..) {
        match joined.last_mut() {
            Some(before) if is_second_part(view, before, &found) => before.last = found.last,
            _ => joined.push(found),
        }
    }
    *names = joined;
}

fn is_second_part(view: &View, before: &Found, found: &Found) -> bool {
    let dash = before.last;
    before.kind == EntityKind::Person
        && before.last >= before.first + 2
        && found.full_first == dash + 1
        && found.last == found.first + 1
        && matches!(view.word(dash), "–" | "—" | "‐" | "‑")
        && view.touches(dash)
        && view.touches(found.first)
}
