//! Numbers of a headline that its text does not bear out: more dead than it counts, other hours than it tells, another sentence
//! than the court gave, soldiers where it knows of people only.

use variorum_annotate::lexicon::Listed;
use variorum_schema::{FindingType, Hedge, Quantity, Tag};

use super::{Disagreement, Place, mismatch};
use crate::align::Statement;
use crate::difference::quantity::{canonical, frame_of, is_people};
use crate::finding::figure::{self, Aspect, Figure, compare, measure, penalty};
use crate::telling::Telling;

/// Sentences in which the text counts the dead of its headline.
const OPENING: u32 = 4;
/// Words to each side of a number that say what befell those it counts.
const NEAR: usize = 4;

/// Where a headline counts otherwise than its text.
pub(super) fn counted(telling: &Telling, title: Statement) -> Option<Disagreement> {
    let figures = figure::of_headline(telling, title);
    of_people(telling, title).or_else(|| figures.iter().find_map(|told| of_things(telling, told)))
}

/// More dead or hurt in the headline than the text counts, or fewer, or others.
fn of_people(telling: &Telling, title: Statement) -> Option<Disagreement> {
    let member = title.account;
    let annotations = &telling.account(member).annotations;
    let span = telling.sentence(&title).span;
    let figures = figure::figures(telling, member);
    let text = &telling.document(title.account).text;
    for told in annotations.quantities.iter().filter(|q| span.contains(q.span) && !figure::is_name(text, q)) {
        let Some(frame) = frame(telling, title, told) else { continue };
        let Some(list) = figures.get(frame).filter(|_| matches!(frame, "death" | "injury")) else { continue };
        let of_kind: Vec<&Figure> = figures.values().flatten().filter(|f| counts_the_same(told, f)).collect();
        let is_narrow = told.counted_lemma.as_deref().is_some_and(|c| measure::is_word("kind", c));
        let opens = |f: &&Figure| f.statement.unit <= OPENING && f.aspect == Aspect::Plain;
        let found = match () {
            () if is_narrow && !of_kind.is_empty() => {
                let is_other = |f: &&Figure| !allows(told, f) && f.fate.is_none_or(|fate| fate == frame);
                of_kind.iter().all(is_other).then(|| of_kind[0])
            }
            () if is_narrow && !mentions(telling, member, told) => {
                list.iter().find(opens).filter(|f| is_of_anybody(f) && allows(told, f))
            }
            () => nearest(told, list.iter().filter(opens))
                .filter(|f| told.hedge == Hedge::Vague || is_near(told.value, f.quantity.value))
                .filter(|_| list.iter().all(|f| !allows(told, f)) && !is_sum(told, list)),
        };
        if let Some(first) = found {
            let x = Place { statement: title, focus: told.counted.map_or(told.span, |c| c.cover(told.span)) };
            let y = Place { statement: first.statement, focus: first.quantity.span };
            let note = format!("{frame}: the text counts otherwise than its headline");
            return Some(mismatch(FindingType::Quantity, x, y, note));
        }
    }
    None
}

/// Of the figures of a text the one next to the number of its headline: the others may be parts.
fn nearest<'f>(told: &Quantity, list: impl Iterator<Item = &'f Figure>) -> Option<&'f Figure> {
    let away = |f: &Figure| (f.quantity.value.max(1.0) / told.value.max(1.0)).ln().abs();
    list.min_by(|a, b| away(a).total_cmp(&away(b)))
}

/// What befell those whom a number of a headline counts, by the words behind it, else by those before.
fn frame(telling: &Telling, title: Statement, told: &Quantity) -> Option<&'static str> {
    let annotations = &telling.account(title.account).annotations;
    let tokens = annotations.tokens_of(telling.sentence(&title));
    let at = tokens.partition_point(|t| t.span.end <= told.number.start);
    let lemmas = |part: &'_ [variorum_schema::Token]| -> Vec<String> {
        part.iter().map(|t| t.lemma.clone()).collect()
    };
    let behind = lemmas(&tokens[at..(at + NEAR).min(tokens.len())]);
    let before = lemmas(&tokens[at.saturating_sub(NEAR)..at]);
    let words =
        |list: &'_ [String], n: usize| frame_of(&list[n..].iter().map(String::as_str).collect::<Vec<_>>());
    let is_of_people =
        told.counted_lemma.as_deref().is_none_or(|c| is_people(c) || measure::is_word("kind", c));
    let is_count = told.unit == variorum_schema::Unit::Count && is_of_people;
    let by_behind = (1..behind.len()).find_map(|n| words(&behind, n));
    by_behind.or_else(|| (0..before.len()).rev().find_map(|n| words(&before, n)).filter(|_| is_count))
}

/// Whether a figure counts people of the kind that the headline names.
fn counts_the_same(told: &Quantity, figure: &Figure) -> bool {
    let lemma = |q: &Quantity| q.counted_lemma.as_deref().map(|c| canonical(c).to_owned());
    lemma(told).is_some() && lemma(told) == lemma(&figure.quantity) && figure.aspect != Aspect::Forecast
}

/// Whether a figure counts people without saying who they were.
fn is_of_anybody(figure: &Figure) -> bool {
    let anybody: Listed<&str> = ["people", "person", "victim"].into_iter().collect();
    figure.quantity.counted_lemma.as_deref().is_none_or(|c| anybody.contains(c) || frame_of(&[c]).is_some())
}

/// Whether the text speaks of people of that kind at all, by this word or one of its kind.
fn mentions(telling: &Telling, member: u32, told: &Quantity) -> bool {
    let Some(kind) = told.counted_lemma.as_deref() else { return true };
    let account = telling.account(member);
    let is_it = |lemma: &str| {
        lemma == kind
            || variorum_annotate::words::are(variorum_annotate::words::SYNONYM, lemma, kind)
            || measure::is_word("armed", lemma) && measure::is_word("armed", kind)
    };
    let end = told.counted.map_or(told.span.end, |c| c.end);
    let mut tokens = account.annotations.tokens.iter().filter(|t| t.span.start >= end);
    tokens.any(|t| matches!(t.tag, Tag::Noun | Tag::Adj) && is_it(&t.lemma))
}

/// How far apart two numbers of one thing lie at most: three times as much is another thing, or the whole of it.
const FURTHEST: f64 = 3.0;

fn is_near(a: f64, b: f64) -> bool {
    a.max(b) <= FURTHEST * a.min(b)
}

/// What a headline measures and its text measures otherwise: hours, money, shares, a sentence.
fn of_things(telling: &Telling, told: &Figure) -> Option<Disagreement> {
    let is_measured = ["measure:", "money:", "percent:"].iter().any(|t| told.topic.starts_with(t));
    let is_exact = matches!(told.quantity.hedge, Hedge::Exact) && told.aspect == Aspect::Plain;
    if !is_exact || !is_measured && told.topic != penalty::TOPIC {
        return None;
    }
    let all = figure::figures(telling, told.statement.account);
    let list = all.get(&told.topic)?;
    // whatever the text says of the number: it has it
    let is_plea = |f: &Figure| told.topic == penalty::TOPIC && f.aspect == Aspect::Forecast;
    if list.iter().any(|f| f.statement != told.statement && !is_plea(f) && !compare::differ(told, f)) {
        return None;
    }
    let is_rival = |f: &&Figure| {
        f.aspect == Aspect::Plain
            && f.quantity.hedge == Hedge::Exact
            && compare::are_one_measure(told, f)
            && is_near(told.quantity.value, f.quantity.value)
            && (told.topic == penalty::TOPIC || compare::stand_beside_one(told, f))
    };
    let first = list.iter().filter(|f| f.statement.unit <= OPENING).find(is_rival)?;
    let x = Place { statement: told.statement, focus: told.quantity.span };
    let y = Place { statement: first.statement, focus: first.quantity.span };
    Some(mismatch(FindingType::Quantity, x, y, format!("{}: the text has another number", told.topic)))
}

/// Whether a figure of the text leaves room for the number of the headline.
fn allows(told: &Quantity, figure: &Figure) -> bool {
    let (value, low) = (figure.quantity.value, told.low.unwrap_or(told.value));
    let high = told.high.unwrap_or(told.value);
    match (told.hedge, figure.quantity.hedge) {
        // "hundreds dead" over "at least 19 killed" says more than the text knows; "dozens" over 20 rounds
        (Hedge::Vague, _) => value >= 0.75 * low,
        (_, Hedge::Vague) => true,
        (_, Hedge::AtLeast) => low >= value && low <= 2.0 * value,
        (Hedge::AtLeast, _) => value >= low,
        _ => value >= 0.9 * low && value <= 1.1 * high,
    }
}

/// Whether the number of the headline is made of two numbers of the text, or of one and a single victim more.
fn is_sum(told: &Quantity, list: &[Figure]) -> bool {
    let mut values: Vec<f64> = list.iter().map(|f| f.quantity.value).collect();
    values.extend(list.iter().flat_map(|f| f.siblings.iter().copied()));
    let is = |sum: f64| (sum - told.value).abs() < 1e-9;
    values.iter().enumerate().any(|(n, a)| values[n + 1..].iter().any(|b| is(a + b)))
}
