//! Later reports that recall what was announced: "who had been expected on Monday, did not come"; "came, as promised".
//!
//! A reporter who recalls an announcement says in words whether it was kept, so the report need not use the words of the
//! announcement: whoever is meant, and one act, one day or two more words, tie them together.

use std::collections::BTreeSet;

use variorum_schema::{EntityKind, Form, Tag, Token};

use super::deed::act_of;
use super::{has, is_published_later};
use crate::align::Statement;
use crate::difference::item::{self, Class, Item};
use crate::overlap;
use crate::telling::Telling;

/// Verbs of announcing, as they are recalled.
const HAD: [&str; 9] =
    ["expect", "hope", "plan", "announce", "promise", "schedule", "intend", "vow", "pledge"];
/// The same after "was" and "were".
const WAS: [&str; 6] = ["expect", "schedule", "due", "suppose", "mean", "plan"];
/// Participles right behind what they are said of, before "for".
const SLATED: [&str; 8] = ["plan", "schedule", "slate", "announce", "promise", "expect", "set", "arrange"];
/// Words that say that what is recalled came late, or not.
const LATE: [&str; 6] = ["instead", "later", "late", "turn_back", "short", "only"];
/// How much a recalling report and an announcement that share no name must have in common.
const NEEDED_NAMELESS: usize = 4;
/// As [`NEEDED_NAMELESS`], where both name one day.
const NEEDED_ON_ONE_DAY: usize = 3;
/// Announcements and recalling reports that are compared at most.
const MAX_STATEMENTS: usize = 300;

/// What a report that recalls an announcement says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Recall {
    Kept,
    Broken,
}

/// Announcements with the reports that recall them, and whether these say that nothing came of them.
pub(super) fn echoes(telling: &Telling) -> Vec<(Statement, Statement, f64, bool)> {
    let statements = &telling.alignments.statements;
    let recalling: Vec<(Statement, Recall)> =
        statements.iter().filter_map(|s| Some((*s, recall(telling, s)?))).take(MAX_STATEMENTS).collect();
    if recalling.is_empty() {
        return Vec::new();
    }
    let is_told = |s: &&Statement| recalling.iter().all(|r| r.0 != **s);
    let announcing: Vec<Statement> = statements
        .iter()
        .filter(is_told)
        .filter(|s| has(&item::items(telling, s), "announce").is_some() || is_to(telling, s))
        .take(MAX_STATEMENTS)
        .copied()
        .collect();
    let mut found = Vec::new();
    for (after, recall) in recalling {
        let scored = announcing
            .iter()
            .filter(|before| is_published_later(telling, before, &after))
            .filter_map(|before| Some((likeness(telling, before, &after, recall)?, *before)));
        let best = scored.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        let best = best.filter(|b| recall == Recall::Kept || !is_taken_for_granted(telling, &b.1, &after));
        found.extend(best.map(|(likeness, before)| (before, after, likeness, recall == Recall::Broken)));
    }
    found
}

/// Whether a report that says of something announced that it was called off speaks of it elsewhere as of what took place:
/// then its sentence is about another part of it.
pub(super) fn is_taken_for_granted(telling: &Telling, before: &Statement, after: &Statement) -> bool {
    let (x, y) = (overlap::words_of(telling, before), overlap::words_of(telling, after));
    let is_thing = |t: Tag| matches!(t, Tag::Noun | Tag::Verb);
    let links = overlap::links(&x, &y);
    let shared: BTreeSet<&str> = links
        .iter()
        .filter(|l| l.likeness >= overlap::SAME && x.list[l.x].is_content && is_thing(x.list[l.x].tag))
        .filter(|l| !HAD.contains(&x.list[l.x].lemma.as_str()))
        .flat_map(|l| [x.list[l.x].lemma.as_str(), y.list[l.y].lemma.as_str()])
        .collect();
    let speaks = |s: &&Statement| {
        let items = item::items(telling, s);
        **s != *after
            && has(&items, "undone").is_none()
            && has(&items, "announce").is_none()
            && items.iter().any(|i| shared.contains(i.lemma.as_str()) && i.negated.is_none())
    };
    telling.alignments.of(after.account).iter().any(|s| speaks(&s))
}

/// "Is to visit", "are to arrive".
fn is_to(telling: &Telling, s: &Statement) -> bool {
    let tokens = tokens(telling, s);
    tokens.windows(3).any(|w| {
        matches!(w[0].lemma.as_str(), "be")
            && matches!(w[0].form, Form::Present | Form::Third)
            && w[1].lemma == "to"
            && w[2].tag == Tag::Verb
    })
}

fn tokens<'a>(telling: &Telling<'a>, s: &Statement) -> &'a [Token] {
    telling.account(s.account).annotations.tokens_of(telling.sentence(s))
}

/// Whether a sentence recalls an announcement, and what it says became of it.
fn recall(telling: &Telling, s: &Statement) -> Option<Recall> {
    let tokens = tokens(telling, s);
    let lemma = |n: usize| tokens.get(n).map_or("", |t| t.lemma.as_str());
    let as_said = (0..tokens.len()).any(|n| {
        lemma(n) == "as"
            && (HAD.contains(&lemma(n + 1)) || WAS.contains(&lemma(n + 1)))
            && tokens.get(n + 1).is_some_and(|t| t.tag != Tag::Noun)
    });
    let items = item::items(telling, s);
    let at = (0..tokens.len()).find(|n| is_recalled(tokens, *n));
    // "was not told that he had planned to go" says nothing of his going
    let behind = at.map_or(0, |n| tokens[n].span.start);
    let no_more = items.iter().any(|i| i.negated.is_some() && i.tag == Tag::Verb && i.span.start >= behind);
    let is_off = tokens.windows(2).any(|w| {
        matches!(
            (w[0].lemma.as_str(), w[1].lemma.as_str()),
            ("put", "off" | "back") | ("turn", "back") | ("call", "off")
        )
    });
    let is_undone =
        has(&items, "undone").is_some() || is_off || tokens.iter().any(|t| LATE.contains(&t.lemma.as_str()));
    match at {
        // "had hoped" is said of what did not come
        Some(n) if no_more || is_undone || lemma(n) == "hope" => Some(Recall::Broken),
        // "would go ahead as planned" announces again
        _ if as_said && !no_more && !is_undone && !is_to_come(tokens) => Some(Recall::Kept),
        _ => None,
    }
}

/// Whether a sentence speaks of what will or would be.
fn is_to_come(tokens: &[Token]) -> bool {
    tokens.iter().any(|t| matches!(t.lemma.as_str(), "will" | "would" | "shall"))
        || tokens
            .windows(2)
            .any(|w| w[0].lemma == "to" && matches!(w[1].lemma.as_str(), "hold" | "go" | "proceed"))
}

/// "Had been expected", "was due", "was to come".
fn is_recalled(tokens: &[Token], n: usize) -> bool {
    let lemma = |n: usize| tokens.get(n).map_or("", |t| t.lemma.as_str());
    let lower_form = |n: usize| tokens.get(n).map(|t| t.form);
    let before = |k: usize| n.checked_sub(k).map_or("", &lemma);
    let is_had = |k: usize| before(k) == "have" && n.checked_sub(k).and_then(lower_form) == Some(Form::Past);
    let is_was = |k: usize| before(k) == "be" && n.checked_sub(k).and_then(lower_form) == Some(Form::Past);
    let is_for = is_slated(tokens, n);
    let is_had_been = is_had(2) && before(1) == "be" || is_had(3) && before(2) == "be";
    HAD.contains(&lemma(n)) && (is_had(1) || is_had_been)
        || WAS.contains(&lemma(n)) && is_had_been
        || is_for
        || WAS.contains(&lemma(n)) && is_was(1)
        || lemma(n) == "to" && is_was(1) && tokens.get(n + 1).is_some_and(|t| t.tag == Tag::Verb)
}

/// "The visit planned for Friday", "a result promised for nine".
fn is_slated(tokens: &[Token], n: usize) -> bool {
    let at = |k: usize| tokens.get(k);
    let before = n.checked_sub(1).and_then(at);
    let is_held =
        before.is_some_and(|t| matches!(t.tag, Tag::Noun | Tag::Punct | Tag::Adv) && t.lemma != "as");
    let is_participle =
        at(n).is_some_and(|t| t.form == Form::PastParticiple && SLATED.contains(&t.lemma.as_str()));
    is_participle && is_held && at(n + 1).is_some_and(|t| t.lemma == "for")
}

/// How much a recalling report has in common with an announcement, if they are about the same person or thing: one name,
/// and besides one act, one day, or two more words.
fn likeness(telling: &Telling, before: &Statement, after: &Statement, recall: Recall) -> Option<f64> {
    let (old, new) = (item::items(telling, before), item::items(telling, after));
    let people = |items: &[Item]| -> BTreeSet<String> {
        let named = items.iter().filter(|i| matches!(i.class, Class::Name(EntityKind::Person, _)));
        named.map(|i| i.key.clone()).collect()
    };
    // what others did is another thing
    let (theirs, others) = (people(&old), people(&new));
    if !theirs.is_empty() && !others.is_empty() && theirs.is_disjoint(&others) {
        return None;
    }
    let names = |items: &[Item]| -> BTreeSet<String> {
        let named = items.iter().filter(|i| matches!(i.class, Class::Name(..)) && i.key.starts_with("e:"));
        named.map(|i| i.key.clone()).collect()
    };
    let is_named = !names(&old).is_disjoint(&names(&new));
    let (x, y) = (overlap::words_of(telling, before), overlap::words_of(telling, after));
    let links = overlap::links(&x, &y);
    let is_plain = |l: &&overlap::Link| {
        let word = &x.list[l.x];
        l.likeness >= overlap::SAME
            && word.is_content
            && !word.is_name
            && !matches!(word.tag, Tag::Propn)
            && !HAD.contains(&word.lemma.as_str())
    };
    let n_words = links.iter().filter(is_plain).count();
    let is_verb = |l: &&overlap::Link| x.list[l.x].tag == Tag::Verb && y.list[l.y].tag == Tag::Verb;
    let one_verb = links.iter().filter(is_plain).any(|l| is_verb(&l));
    let one_act = x
        .list
        .iter()
        .filter(|w| w.tag == Tag::Verb)
        .filter_map(|w| act_of(&w.lemma))
        .any(|act| y.list.iter().any(|w| w.tag == Tag::Verb && act_of(&w.lemma) == Some(act)));
    let days = |items: &[Item]| -> BTreeSet<String> {
        let times = items.iter().filter(|i| matches!(i.class, Class::Time(_)));
        times.map(|i| i.key.get(..12).unwrap_or(&i.key).to_owned()).collect()
    };
    let one_day = !days(&old).is_disjoint(&days(&new));
    // "the visit planned for Friday" is that of one day
    let own = tokens(telling, after);
    if !one_day && (0..own.len()).any(|n| is_slated(own, n)) {
        return None;
    }
    // "was better informed, as expected": what was expected is not what somebody else expected
    if recall == Recall::Kept && !one_act && !one_verb {
        return None;
    }
    let n = 2 * usize::from(one_day) + 2 * usize::from(one_act) + n_words;
    let needed = match () {
        () if is_named => 2,
        () if one_day => NEEDED_ON_ONE_DAY,
        () => NEEDED_NAMELESS,
    };
    (n >= needed).then(|| (0.40 + 0.06 * n as f64).min(0.75))
}
