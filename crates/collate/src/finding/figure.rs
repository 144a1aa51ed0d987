//! Key figures: numbers of one thing that accounts give in sentences which need not be alike. How many died, were hurt,
//! arrested; how much it cost; how strong it was.

use std::collections::BTreeMap;

use variorum_schema::{Granularity, Hedge, Quantity, Span, Unit};

use crate::align::Statement;
use crate::difference::quantity::{frame, is_people};
use crate::telling::Telling;

/// Words before a number that make it a part of another ("including three children", "of whom two").
const PARTIAL: [&str; 12] = [
    "including",
    "among",
    "whom",
    "them",
    "others",
    "other",
    "another",
    "further",
    "additional",
    "each",
    "per",
    "nearby",
];
/// How many words around a number are searched for what happened.
const WINDOW: u32 = 7;

/// A number of an account with what it counts.
#[derive(Clone, Debug)]
pub struct Figure<'a> {
    /// Where it stands.
    pub statement: Statement,
    /// The number.
    pub quantity: &'a Quantity,
    /// What is counted: a casualty frame ("death"), or unit and counted thing.
    pub topic: String,
    /// Lemmas of the content words of its sentence.
    pub context: Vec<u32>,
    /// Whether its sentence tells of another time ("in 2009"): then it is no rival of a figure of the event.
    pub is_background: bool,
}

/// The figures of an account by topic, in the order of the text. Parts of other numbers, ordinals and vague numbers
/// are left out.
#[must_use]
pub fn figures<'a>(telling: &Telling<'a>, member: u32) -> BTreeMap<String, Vec<Figure<'a>>> {
    let account = telling.account(member);
    let mut by_topic: BTreeMap<String, Vec<Figure>> = BTreeMap::new();
    for quantity in &account.annotations.quantities {
        let Some(statement) = statement_at(telling, member, quantity.span) else { continue };
        let is_usable = !matches!(quantity.unit, Unit::Ordinal | Unit::Age) && quantity.hedge != Hedge::Vague;
        if !is_usable || is_partial(telling, member, quantity) {
            continue;
        }
        if let Some(topic) = topic(telling, member, quantity) {
            let context = crate::align::unit(telling.pile, &statement).content.clone();
            by_topic.entry(topic.clone()).or_default().push(Figure {
                statement,
                quantity,
                topic,
                context,
                is_background: is_of_another_time(telling, &statement),
            });
        }
    }
    by_topic
}

/// The statement whose sentence holds a span.
#[must_use]
pub fn statement_at(telling: &Telling, member: u32, span: Span) -> Option<Statement> {
    let sentence = telling.account(member).annotations.sentence_at(span.start)? as u32;
    telling.alignments.at(member, sentence)
}

fn words_around<'a>(telling: &Telling<'a>, member: u32, span: Span) -> (Vec<&'a str>, Vec<&'a str>) {
    let annotations = &telling.account(member).annotations;
    let first = annotations.tokens.partition_point(|t| t.span.end <= span.start);
    let last = annotations.tokens.partition_point(|t| t.span.start < span.end);
    let sentence = annotations.sentence_at(span.start).map(|s| &annotations.sentences[s]);
    let (from, to) = sentence.map_or((0, 0), |s| (s.first_token as usize, s.last_token as usize));
    let lemma = |t: &'a variorum_schema::Token| t.lemma.as_str();
    let before = annotations.tokens[first.saturating_sub(WINDOW as usize).max(from).min(first)..first]
        .iter()
        .rev()
        .map(lemma)
        .collect();
    let after = annotations.tokens[last.min(to.max(last))..(last + WINDOW as usize).min(to).max(last)]
        .iter()
        .map(lemma)
        .collect();
    (before, after)
}

fn is_partial(telling: &Telling, member: u32, quantity: &Quantity) -> bool {
    // "four of the six counts" gives neither the number of counts nor another number of them.
    let text = &telling.document(member).text;
    let rest = text.get(quantity.number.end as usize..).unwrap_or("").trim_start();
    let so_far = text.get(..quantity.number.start as usize).unwrap_or("").trim_end();
    if ["of ", "out of ", "in every "].iter().any(|p| rest.starts_with(p))
        || [" of", " of the", " out of"].iter().any(|p| so_far.ends_with(p))
    {
        return true;
    }
    let (before, after) = words_around(telling, member, quantity.span);
    before.iter().take(3).any(|w| PARTIAL.contains(w))
        || after.iter().take(2).any(|w| *w == "of" || *w == "more" || *w == "other" || *w == "others")
            && quantity.counted_lemma.is_none()
}

/// A sentence that tells of a year or month long past is background.
fn is_of_another_time(telling: &Telling, statement: &Statement) -> bool {
    let account = telling.account(statement.account);
    let span = telling.sentence(statement).span;
    let day = account.document.published.value;
    account.annotations.times.iter().filter(|t| span.contains(t.span)).any(|t| {
        let is_coarse = matches!(
            t.granularity,
            Granularity::Year | Granularity::Decade | Granularity::Month | Granularity::Season
        );
        let is_far = t.interval.zip(day).is_some_and(|(i, d)| (d - i.last).get_days() > 31);
        is_far || is_coarse && t.interval.is_none()
    })
}

fn topic(telling: &Telling, member: u32, quantity: &Quantity) -> Option<String> {
    let (before, after) = words_around(telling, member, quantity.span);
    let counted = quantity.counted_lemma.as_deref();
    let nearest = || {
        let after = after.iter().enumerate().map(|(n, w)| (n, *w));
        let before = before.iter().enumerate().map(|(n, w)| (n + 1, *w));
        after.chain(before).filter_map(|(n, w)| frame(w).map(|f| (n, f))).min().map(|(_, f)| f)
    };
    match (&quantity.unit, counted) {
        (Unit::Count, Some(thing)) if frame(thing).is_some() => frame(thing).map(str::to_owned),
        (Unit::Count, Some(thing)) if is_people(thing) => nearest().map(str::to_owned),
        (Unit::Count, None) => nearest().map(str::to_owned),
        (Unit::Count, Some(thing)) => (!is_common(thing)).then(|| format!("count:{thing}")),
        (Unit::Money(currency), _) => Some(format!("money:{currency}")),
        (Unit::Percent, _) => Some("percent:".to_owned()),
        (Unit::Measure(unit), _) => (!is_span_of_time(unit)).then(|| format!("measure:{unit}")),
        (Unit::Ordinal | Unit::Age, _) => None,
    }
}

/// Things that any text counts many of.
fn is_common(thing: &str) -> bool {
    ["time", "way", "thing", "part", "side", "country", "point", "case", "group", "place", "reason", "step"]
        .contains(&thing)
}

fn is_span_of_time(unit: &str) -> bool {
    ["second", "minute", "hour", "day", "week", "month", "decade"].contains(&unit)
}

/// Content words that two figures' sentences share.
#[must_use]
pub fn n_common(a: &Figure, b: &Figure) -> usize {
    crate::pile::n_shared(&a.context, &b.context)
}

/// Whether two figures speak of one thing: casualties of the event, or a thing whose sentences share enough words.
#[must_use]
pub fn are_comparable(a: &Figure, b: &Figure) -> bool {
    if a.topic != b.topic {
        return false;
    }
    let needed = match a.topic.split(':').next() {
        _ if a.topic == "measure:magnitude" => 1,
        Some("money" | "percent" | "measure") => 3,
        Some("count") => 2,
        _ => 0,
    };
    n_common(a, b) >= needed && is_near(a, b) && !a.is_background && !b.is_background
}

/// Two figures of one thing differ by degrees: ten times as many dead or three times the price is another thing.
fn is_near(a: &Figure, b: &Figure) -> bool {
    let (low, high) =
        (a.quantity.value.min(b.quantity.value).max(1.0), a.quantity.value.max(b.quantity.value));
    high / low <= if a.topic.contains(':') { 3.0 } else { 10.0 }
}

/// Whether two figures of one topic give the same number of the same thing: a telling number (two digits and more that
/// are not round) needs little else in common.
#[must_use]
pub fn are_same(a: &Figure, b: &Figure) -> bool {
    let value = a.quantity.value;
    let digits = format!("{value}").chars().filter(char::is_ascii_digit).collect::<String>();
    let needed = if digits.trim_matches('0').len() >= 2 { 1 } else { 2 };
    a.topic == b.topic && (value - b.quantity.value).abs() < 1e-9 && n_common(a, b) >= needed
}
