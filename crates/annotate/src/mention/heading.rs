//! Names in headlines whose every word has a capital: "Jane Roe Urges Council To Act" holds one name, and a verb.
//!
//! There capitals do not tell where a name ends. The running text does: it has the name by itself.

use std::collections::BTreeSet;

use variorum_schema::{EntityKind, Tag};

use super::lexica;
use super::name::Found;
use super::view::{Typography, View};

/// Words of a name that is held against the names of the text: a given name and a surname end where they should.
const MIN_WORDS: usize = 3;

/// Cuts names of headlines down to the part by which the text calls somebody, where the text never has the whole.
pub(super) fn cut(view: &View, names: &mut [Found]) {
    let is_heading = |n: &Found| view.typography(n.sentence) == Typography::Title;
    let words = |n: &Found, last: usize| -> Vec<String> {
        (n.first..last).map(|at| view.low(at).to_owned()).collect()
    };
    let of_text: BTreeSet<Vec<String>> = names
        .iter()
        .filter(|n| !is_heading(n) && n.kind == EntityKind::Person)
        .map(|n| words(n, n.last))
        .collect();
    for name in names.iter_mut() {
        let n_words = name.last - name.first;
        if n_words < MIN_WORDS || !is_heading(name) || of_text.contains(&words(name, name.last)) {
            continue;
        }
        // whole, or by the surname alone
        let is_called = |end: usize| {
            of_text.contains(&words(name, end)) || of_text.contains(&vec![view.low(end - 1).to_owned()])
        };
        let longest = (1..n_words).rev().map(|n| name.first + n).find(|end| is_called(*end));
        if let Some(end) = longest.filter(|end| is_verb(view, *end)) {
            name.last = end;
            name.kind = EntityKind::Person;
        }
    }
}

/// Whether a word of a headline may be its verb: read as one, written small elsewhere, or ended like one.
fn is_verb(view: &View, at: usize) -> bool {
    let low = view.low(at);
    let is_ended = low.len() > MIN_ENDED && low.ends_with('s') && !low.ends_with("'s");
    let is_name = lexica::FAMILY_NAMES.contains(low);
    view.tag(at) == Tag::Verb || view.case(at).lower > 0 || is_ended && !is_name
}

/// Letters of a verb in its third person ("says"), at least.
const MIN_ENDED: usize = 3;
