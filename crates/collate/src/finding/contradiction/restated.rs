//! Figures that a later report says itself were given otherwise before: "not 5.1 billion, as it had first reported", "the toll
//! rose from 14", "in May it had spoken of 71 percent".
//!
//! Who recalls the old figure says which one takes its place, so the earlier account need not use the same words.

use std::collections::BTreeSet;

use variorum_schema::{FindingKind, FindingType, Form, Hedge, Quantity, Tag, Token, Unit};

use super::{Disagreement, Place};
use crate::align::Statement;
use crate::difference::item;
use crate::difference::quantity::frame;
use crate::finding::figure::measure::is_word;
use crate::finding::figure::{self, Aspect, apart};
use crate::telling::Telling;

/// Words before a number among which it may be said that it was given before.
const BEFORE: usize = 8;
/// Words right before a number.
const RIGHT_BEFORE: usize = 4;
/// Verbs by which a figure is given.
const GIVING: [&str; 14] = [
    "report", "speak", "put", "give", "announce", "say", "estimate", "state", "count", "mention", "cite",
    "claim", "record", "publish",
];
/// Verbs and particles before "from".
const MOVING: [&str; 16] = [
    "rise", "up", "raise", "revise", "correct", "increase", "lower", "reduce", "down", "amend", "fall",
    "climb", "jump", "cut", "grow", "update",
];
/// Of so few any account tells, so that they must be of one kind.
const FEW: f64 = 12.0;
/// A figure is no more than so many times another one of the same thing.
const MAX_TIMES: f64 = 20.0;

/// A figure that an account gives, with the one that it says was given before.
struct Restated {
    statement: Statement,
    old: Quantity,
    new: Quantity,
    place: Place,
}

/// Earlier accounts with the figure that a later one says was given before.
pub(super) fn restated(telling: &Telling) -> Vec<Disagreement> {
    let all: Vec<Restated> =
        telling.alignments.statements.iter().flat_map(|s| in_statement(telling, s)).collect();
    let mut found = Vec::new();
    // "4,183 for the season; the record was 4,051": a record is no earlier count of the same player
    for told in all.iter().filter(|t| !apart::is_of_a_player(&t.new) && !apart::is_of_a_player(&t.old)) {
        let earlier = telling.members.iter().filter(|m| is_earlier(telling, **m, told.statement.account));
        for &member in earlier {
            if all.iter().any(|t| t.statement.account == member) {
                continue;
            }
            found.extend(given_in(telling, member, told).map(|x| Disagreement {
                kind: FindingKind::Revised,
                finding_type: FindingType::Quantity,
                x,
                y: told.place,
                likeness: 0.5,
                strength: 0.8,
                note: format!("{} was {} before, as the later report says", told.new.value, told.old.value),
                lean: 0.0,
            }));
        }
    }
    found
}

fn is_earlier(telling: &Telling, member: u32, later: u32) -> bool {
    let published = |m: u32| &telling.document(m).published;
    let (p, q) = (published(member), published(later));
    member != later && p.until.or(p.value).zip(q.value).is_some_and(|(first, last)| first <= last)
}

fn quantities<'a>(telling: &Telling<'a>, s: &Statement) -> &'a [Quantity] {
    let all = &telling.account(s.account).annotations.quantities;
    let span = telling.sentence(s).span;
    let first = all.partition_point(|q| q.span.start < span.start);
    let n = all[first..].iter().take_while(|q| span.contains(q.span)).count();
    &all[first..first + n]
}

fn is_figure(q: &Quantity) -> bool {
    !matches!(q.unit, Unit::Ordinal | Unit::Age) && q.hedge != Hedge::Vague && q.value > 1.0
}

/// Figures of a sentence that are said to have been given before, each with the one that takes its place.
fn in_statement(telling: &Telling, s: &Statement) -> Vec<Restated> {
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let own = quantities(telling, s);
    let old = own.iter().filter(|q| is_figure(q) && is_recalled(tokens, q));
    let found = old.filter_map(|old| {
        let (at, new) = new_one(telling, s, old)?;
        let place = Place { statement: at, focus: new.span };
        Some(Restated { statement: *s, old: old.clone(), new, place })
    });
    found.collect()
}

/// Whether a number is told as one that was given before.
fn is_recalled(tokens: &[Token], q: &Quantity) -> bool {
    let at = tokens.partition_point(|t| t.span.end <= q.span.start);
    let end = tokens.partition_point(|t| t.span.start < q.span.end).max(at);
    let before: Vec<&Token> = tokens[..at].iter().rev().take_while(|t| t.lemma != ";").take(BEFORE).collect();
    let near = |n: usize| before.get(n).map_or("", |t| t.lemma.as_str());
    let had = |t: &Token| t.lemma == "have" && t.form == Form::Past;
    let is_given = |t: &&Token| t.tag == Tag::Verb && GIVING.contains(&t.lemma.as_str());
    // "had first spoken of"
    let verb = before.iter().position(is_given);
    let is_had = verb.is_some_and(|v| before.iter().skip(v + 1).take(3).any(|t| had(t)));
    // "not N, as it had first reported"
    let behind: Vec<&Token> = tokens[end..].iter().take(BEFORE).collect();
    let is_as = behind.iter().any(|t| t.lemma == "as") && behind.iter().any(is_given);
    let is_not = (0..2).any(|n| near(n) == "not" || near(n) == "n't") && is_as;
    // "rose from 14"; "from 9 in August to 5" tells of what was
    let is_from = near(0) == "from"
        && before.iter().take(RIGHT_BEFORE).any(|t| MOVING.contains(&t.lemma.as_str()))
        && !behind.iter().any(|t| t.lemma == "to" || t.lemma == "last" || t.lemma == "year");
    let is_former = before
        .iter()
        .take(RIGHT_BEFORE)
        .any(|t| is_word("former", &t.lemma) && t.lemma != "prior")
        && before.iter().take(RIGHT_BEFORE).any(|t| GIVING.contains(&t.lemma.as_str()) || t.lemma == "from");
    is_had || is_not || is_from || is_former
}

/// The figure that takes the place of one that was given before: of the same sentence, the one before or the one behind; of
/// those whom something befell, the account's own.
fn new_one(telling: &Telling, s: &Statement, old: &Quantity) -> Option<(Statement, Quantity)> {
    let own = telling.alignments.of(s.account);
    let at = own.iter().position(|o| o == s)?;
    let near = [Some(at), at.checked_sub(1), Some(at + 1)];
    let is_it = |t: &Statement, q: &&Quantity| {
        let tokens = telling.account(t.account).annotations.tokens_of(telling.sentence(t));
        is_figure(q) && is_of_one_kind(q, old) && is_another(q, old) && !is_recalled(tokens, q)
    };
    let beside = near.iter().flatten().filter_map(|n| own.get(*n)).find_map(|t| {
        let found = quantities(telling, t).iter().find(|q| is_it(t, q))?;
        Some((*t, found.clone()))
    });
    // "the death toll rose from 14 after two more bodies were found"
    let topics = figure::figures(telling, s.account);
    let own_frame = frame_at(telling, s, old).or_else(|| named_before(telling, s, old));
    let of_frame = own_frame.and_then(|of| {
        let plain = topics.values().flatten().filter(|f| f.aspect == Aspect::Plain && f.quantity.value > 1.0);
        let mut own = plain.filter(|f| fate(f) == Some(of));
        let first = own.next()?;
        is_another(&first.quantity, old).then(|| (first.statement, first.quantity.clone()))
    });
    of_frame.or_else(|| beside.filter(|_| own_frame.is_none()))
}

/// What befell those whom a number counts, by the words before it: "the death toll rose from 14".
fn named_before(telling: &Telling, s: &Statement, q: &Quantity) -> Option<&'static str> {
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let before = tokens.iter().rev().skip_while(|t| t.span.start >= q.span.start).take(BEFORE);
    before.into_iter().find_map(|t| frame(&t.lemma))
}

fn is_another(q: &Quantity, old: &Quantity) -> bool {
    let (low, high) = (q.value.min(old.value), q.value.max(old.value));
    high - low > 1e-9 && high <= MAX_TIMES * low
}

/// Whether two numbers may count or measure one thing, as far as their units and things tell.
fn is_of_one_kind(new: &Quantity, old: &Quantity) -> bool {
    let is_bare = |q: &Quantity| q.unit == Unit::Count && q.counted.is_none();
    match (&new.counted_lemma, &old.counted_lemma) {
        _ if is_bare(old) && !matches!(new.unit, Unit::Count) => old.value >= FEW,
        (Some(p), Some(q)) => new.unit == old.unit && p == q,
        _ => new.unit == old.unit,
    }
}

/// What befell those whom a figure counts.
fn fate(f: &figure::Figure) -> Option<&'static str> {
    f.fate.or_else(|| frame(&f.topic))
}

/// What befell those whom a number counts, by the words of its sentence.
fn frame_at(telling: &Telling, s: &Statement, q: &Quantity) -> Option<&'static str> {
    let topics = figure::figures(telling, s.account);
    let own = topics.values().flatten().find(|f| f.statement == *s && f.quantity.span == q.span);
    let told = own.and_then(fate);
    told.or_else(|| {
        let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
        let inside = tokens.iter().filter(|t| q.counted.is_some_and(|c| c.contains(t.span)));
        inside.into_iter().find_map(|t| frame(&t.lemma))
    })
}

/// Where an account gives the figure that was given before, if it does and does not give the new one.
fn given_in(telling: &Telling, member: u32, told: &Restated) -> Option<Place> {
    let own = telling.alignments.of(member);
    let is_value = |q: &Quantity, value: f64| (q.value - value).abs() < 1e-9;
    let new_frame = frame_at(telling, &told.place.statement, &told.new);
    let words = content(telling, &[told.statement, told.place.statement]);
    // of few, any account tells of others
    let is_kin = |s: &Statement, q: &Quantity| {
        told.new.value > FEW || new_frame.is_some() && frame_at(telling, s, q) == new_frame
    };
    let has_new = own.iter().any(|s| {
        let has = |q: &Quantity| is_value(q, told.new.value) && is_kin(s, q);
        quantities(telling, s).iter().any(has)
    });
    if has_new {
        return None;
    }
    own.iter().find_map(|s| {
        let found = quantities(telling, s).iter().find(|q| {
            let is_kind = is_of_one_kind(&told.new, q) || is_of_one_kind(q, &told.old);
            let is_framed = new_frame.is_some() && frame_at(telling, s, q) == new_frame;
            let n_shared = || content(telling, &[*s]).intersection(&words).count();
            let is_one =
                if told.old.value <= FEW { is_framed } else { is_framed || is_kind && n_shared() >= 1 };
            is_figure(q) && is_value(q, told.old.value) && is_one
        })?;
        Some(Place { statement: *s, focus: found.span })
    })
}

/// Words of statements that say of what their numbers are.
fn content(telling: &Telling, statements: &[Statement]) -> BTreeSet<String> {
    let is_telling = |i: &item::Item| {
        i.is_content
            && matches!(i.class, item::Class::Word)
            && matches!(i.tag, Tag::Noun | Tag::Verb)
            && !["unspecific", "unit", "level", "change", "up", "down"].iter().any(|c| is_word(c, &i.lemma))
            && !GIVING.contains(&i.lemma.as_str())
    };
    let all = statements.iter().flat_map(|s| item::items(telling, s).as_ref().clone());
    all.filter(is_telling).map(|i| i.key).collect()
}
