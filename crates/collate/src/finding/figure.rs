//! Figures: the numbers of an account with what they measure, whatever the sentence around them looks like. How many died,
//! were hurt, arrested; what it cost; how strong it was; how long it runs; how the vote went.
//!
//! A figure has a *topic* (what happened to those who are counted, or unit and counted thing), the words *near* it, the
//! names that these hold, and an *aspect* (a part of another number, an older state, a forecast, another time). Two accounts
//! speak of one thing when topic, aspect and enough rare words near the number agree ([`compare`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use variorum_annotate::{lexicon, words};
use variorum_schema::{
    ArgumentRole, EntityKind, Granularity, Hedge, Interval, Quantity, Span, TimeExpression, TimeKind, Unit,
};

use crate::align::{self, Statement};
use crate::difference::item::{self, Class, Item};
use crate::difference::quantity::is_people;
use crate::telling::Telling;

pub mod apart;
pub mod compare;
pub mod measure;
pub mod penalty;
pub mod period;
pub mod rivalry;
pub mod slot;

/// How many words to each side of a number stand near it.
const NEAR: usize = 9;
/// Sentences with more numbers than this are tables.
const MAX_PER_SENTENCE: usize = 12;

/// In which way a number is a figure of the event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Aspect {
    /// The number itself.
    Plain,
    /// A part of another number ("including three children").
    Part,
    /// What holds for one of several ("per share").
    Each,
    /// An older state ("from a previous 12").
    Former,
    /// Nobody has counted yet ("is expected to reach 30").
    Forecast,
    /// Of another time ("in 2009").
    Background,
}

/// A number of an account with what it measures.
#[derive(Clone, Debug)]
pub struct Figure {
    /// Where it stands.
    pub statement: Statement,
    /// The number. A length of time is a measure of its unit.
    pub quantity: Quantity,
    /// What is counted: a frame ("death"), or unit and counted thing ("count:tent", "money:EUR").
    pub topic: String,
    /// Lemmas of the content words of its sentence.
    pub context: Vec<u32>,
    /// Keys of the content words and names near it, sorted.
    pub near: Vec<String>,
    /// Numbers in `annotate::words` of the ordinary words near it, in the order of `near`.
    pub meanings: Vec<Option<u32>>,
    /// Names near it: indices of entities of the story.
    pub names: BTreeSet<usize>,
    /// Adjectives and nouns before the head of the counted thing, sorted.
    pub modifiers: Vec<String>,
    /// Keys of the content words right beside it, sorted: what it is a measure of.
    pub beside: Vec<String>,
    /// Key of who or what its clause is about, where that is named.
    pub subject: Option<String>,
    /// Keys of all items of its sentence, sorted.
    pub sentence: Arc<Vec<String>>,
    /// Organisations and people of its sentence: indices of entities of the story.
    pub doers: BTreeSet<usize>,
    /// The day that is named near it.
    pub day: Option<Interval>,
    /// "33 of 34": the whole; "61 votes to 59": the other side.
    pub whole: Option<f64>,
    /// In which way it is a figure of the event.
    pub aspect: Aspect,
    /// Which way a change went, if it is one.
    pub is_up: Option<bool>,
    /// Whether it is called the total.
    pub is_total: bool,
    /// What happened to those who are counted under another topic ("seven soldiers were hurt").
    pub fate: Option<&'static str>,
    /// Other numbers of its sentence.
    pub siblings: Vec<f64>,
}

/// Figures by topic.
pub type Topics = BTreeMap<String, Vec<Figure>>;

/// The figures of an account by topic, in the order of the text. Ordinals and vague numbers are left out.
#[must_use]
pub fn figures(telling: &Telling, member: u32) -> Arc<Topics> {
    telling.memory.figures.get(member, || read(telling, member))
}

fn read(telling: &Telling, member: u32) -> Topics {
    let account = telling.account(member);
    let mut numbers: Vec<Quantity> =
        account.annotations.quantities.iter().filter(|q| is_usable(q)).cloned().collect();
    numbers
        .retain(|q| !is_name(&account.document.text, q) && !apart::is_no_measure(&account.document.text, q));
    // "four officials said": how many somebody spoke to is no figure of the event
    let quotations = &account.annotations.quotations;
    let sources: Vec<Span> = quotations.iter().filter_map(|q| q.source.as_ref()).map(|s| s.span).collect();
    let is_source = |q: &Quantity| {
        q.counted_lemma.as_deref().is_some_and(is_people) && sources.iter().any(|s| s.contains(q.number))
    };
    numbers.retain(|q| !is_source(q));
    let text = &account.document.text;
    numbers.extend(account.annotations.times.iter().filter_map(|t| duration(text, t)));
    numbers.retain(|q| !apart::is_title(text, q.span));
    numbers.sort_by_key(|q| (q.span.start, q.span.end));
    let mut by_topic = Topics::new();
    let mut rest = &numbers[..];
    while let Some(first) = rest.first() {
        let end = account
            .annotations
            .sentence_at(first.span.start)
            .map_or(first.span.end, |s| account.annotations.sentences[s].span.end);
        let n = rest.iter().take_while(|q| q.span.start < end).count().max(1);
        let (here, later) = rest.split_at(n);
        rest = later;
        let Some(statement) = statement_at(telling, member, first.span) else { continue };
        if here.len() <= MAX_PER_SENTENCE {
            let context = &align::unit(telling.pile, &statement).content;
            for figure in of_sentence(telling, statement, here, context) {
                by_topic.entry(figure.topic.clone()).or_default().push(figure);
            }
        }
    }
    by_topic
}

fn is_usable(q: &Quantity) -> bool {
    !matches!(q.unit, Unit::Ordinal | Unit::Age) && q.hedge != Hedge::Vague
}

/// Who have so many children.
const PARENTS: [&str; 8] = ["mother", "father", "parent", "parents", "mom", "mum", "dad", "grandmother"];
/// What is numbered by versions.
const VERSIONS: [&str; 7] = ["version", "update", "firmware", "software", "release", "build", "patch"];

/// Numbers that name: of emergency calls, of aircraft.
const CODES: [&str; 9] = ["911", "999", "112", "737", "747", "757", "767", "777", "787"];
/// What has its number in its name.
const AIRCRAFT: [&str; 6] = ["jet", "plane", "aircraft", "airplane", "airliner", "max"];
const MODELS: [&str; 6] = ["max", "mark", "mk", "model", "iphone", "windows"];
/// Bodies that are called by how many they are, as names are written.
const BODIES: [&str; 3] = ["Gang", "Group", "Council"];

/// How many characters before and behind a number are read.
const BESIDE_NUMBER: usize = 40;

/// Whether a number names a thing and measures nothing: "4K", "update 5.50", "mother of 10".
#[must_use]
pub fn is_name(text: &str, q: &Quantity) -> bool {
    let written = q.number.of(text);
    let words = |part: &str| -> Vec<String> {
        let parts = part.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
        parts.map(str::to_lowercase).collect()
    };
    let before = text.get(..q.span.start as usize).unwrap_or("");
    let from = before.char_indices().rev().take(BESIDE_NUMBER).last().map_or(0, |(at, _)| at);
    let before = words(&before[from..]);
    let behind: String = text.get(q.span.end as usize..).unwrap_or("").chars().take(BESIDE_NUMBER).collect();
    let behind = words(&behind);
    let is_parent = match &before[..] {
        [.., parent, of] => of == "of" && PARENTS.contains(&parent.as_str()),
        _ => false,
    };
    let is_version = |word: &str| VERSIONS.contains(&word);
    let is_beside = before.last().is_some_and(|w| is_version(w))
        || behind.iter().take(2).any(|w| is_version(w))
        || q.counted_lemma.as_deref().is_some_and(is_version);
    let is_grade = written.len() == 2 && written.ends_with('K');
    // "a Gang of Eight bill", "the Group of 20"
    let is_body =
        text.get(..q.span.start as usize).unwrap_or("").trim_end().strip_suffix(" of").is_some_and(|t| {
            let last = t.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            BODIES.contains(&last)
        });
    let is_code = CODES.contains(&written)
        && matches!(q.unit, Unit::Count)
        && (written == "911" || q.counted_lemma.as_deref().is_none_or(|c| AIRCRAFT.contains(&c)));
    // "737 Max 8 jets"
    let is_digits = written.bytes().all(|b| b.is_ascii_digit());
    let is_model = is_digits && before.last().is_some_and(|w| MODELS.contains(&w.as_str()));
    is_grade
        || is_model
        || is_parent
        || is_body
        || is_code
        || written.contains('.') && matches!(q.unit, Unit::Count) && is_beside
}

/// A length of time as a measure of its unit.
fn duration(text: &str, time: &TimeExpression) -> Option<Quantity> {
    if time.kind != TimeKind::Duration {
        return None;
    }
    let (value, unit) = length(time.value.strip_prefix('P')?)?;
    (value > 1.0).then(|| measured(text, time, value, unit))
}

/// A time as a measure of a unit. "More than three decades", "just under five minutes", "4 minutes 48 seconds" leave room.
fn measured(text: &str, time: &TimeExpression, value: f64, unit: &str) -> Quantity {
    let is_length = time.kind == TimeKind::Duration;
    let hedge = if is_length { hedge(text, time.span) } else { Hedge::Exact };
    let (low, high) = match hedge {
        Hedge::AtLeast => (Some(value), None),
        Hedge::AtMost => (None, Some(value)),
        _ => (Some(value), Some(value)),
    };
    Quantity {
        span: time.span,
        number: time.span,
        value,
        low,
        high,
        hedge,
        unit: Unit::Measure(unit.to_owned()),
        counted: None,
        counted_lemma: None,
    }
}

/// Words that hedge a number, what they say, and whether they stand behind it.
static HEDGES: LazyLock<Vec<(&str, Hedge, bool)>> = LazyLock::new(|| {
    let lines = lexicon::entries(lexicon::HEDGES).filter(|f| f.len() > 2);
    let hedge = |name: &str| match name {
        "about" => Hedge::About,
        "nearly" => Hedge::Nearly,
        "at-least" => Hedge::AtLeast,
        _ => Hedge::AtMost,
    };
    lines.map(|f| (f[0], hedge(f[1]), f[2] == "after")).collect()
});

/// How a length of time is hedged by the words before it or at its beginning, by its unit, or by a smaller unit behind it.
fn hedge(text: &str, span: Span) -> Hedge {
    let before = text.get(..span.start as usize).unwrap_or("");
    let from = before.char_indices().rev().take(BESIDE_NUMBER).last().map_or(0, |(at, _)| at);
    let before = format!(" {}", before[from..].trim_end().to_lowercase());
    let own = span.of(text).to_lowercase();
    let behind = text.get(span.end as usize..).unwrap_or("");
    let behind: String = behind.chars().take(BESIDE_NUMBER).collect::<String>().to_lowercase();
    let says = |phrase: &str| {
        own.strip_prefix(phrase).is_some_and(|rest| rest.starts_with(' '))
            || before.strip_suffix(phrase).is_some_and(|rest| rest.ends_with(' '))
    };
    let said = HEDGES.iter().filter(|(phrase, _, is_after)| !is_after && says(phrase));
    let said = said.max_by_key(|(phrase, ..)| phrase.len()).map(|(_, hedge, _)| *hedge);
    let next = behind.trim_start();
    let is_finer = next.starts_with(|c: char| c.is_ascii_digit())
        && ["second", "minute", "hour", "day", "week", "month"].iter().any(|u| next.contains(u));
    let is_coarse = is_finer
        || own.contains("decade")
        || HEDGES.iter().any(|(phrase, _, is_after)| *is_after && next.starts_with(phrase));
    said.unwrap_or(if is_coarse { Hedge::About } else { Hedge::Exact })
}

/// A length as ISO 8601 writes it behind the `P`: its value in its largest unit ("4Y6M": 4.5 years).
fn length(code: &str) -> Option<(f64, &'static str)> {
    if let Some((years, months)) = code.strip_suffix('M').and_then(|c| c.split_once('Y')) {
        return Some((years.parse::<f64>().ok()? + months.parse::<f64>().ok()? / 12.0, "year"));
    }
    let (is_clock, code) = code.strip_prefix('T').map_or((false, code), |c| (true, c));
    let (number, letter) = code.split_at_checked(code.len().checked_sub(1)?)?;
    let unit = match (is_clock, letter) {
        (true, "S") => "second",
        (true, "M") => "minute",
        (true, "H") => "hour",
        (false, "D") => "day",
        (false, "W") => "week",
        (false, "M") => "month",
        (false, "Y") => "year",
        _ => return None,
    };
    number.parse().ok().filter(|v: &f64| v.is_finite()).map(|v| (v, unit))
}

/// The figures of a headline. What its whole sentence shares with others is not known of it.
#[must_use]
pub fn of_headline(telling: &Telling, title: Statement) -> Vec<Figure> {
    let account = telling.account(title.account);
    let span = telling.sentence(&title).span;
    let mut numbers: Vec<Quantity> =
        account.annotations.quantities.iter().filter(|q| is_usable(q)).cloned().collect();
    let text = &account.document.text;
    numbers.extend(account.annotations.times.iter().filter_map(|t| duration(text, t)));
    numbers.retain(|q| span.contains(q.span) && !is_name(&account.document.text, q));
    numbers.sort_by_key(|q| (q.span.start, q.span.end));
    of_sentence(telling, title, &numbers, &[])
}

/// The statement whose sentence holds a span.
#[must_use]
pub fn statement_at(telling: &Telling, member: u32, span: Span) -> Option<Statement> {
    let sentence = telling.account(member).annotations.sentence_at(span.start)? as u32;
    telling.alignments.at(member, sentence)
}

fn of_sentence(
    telling: &Telling,
    statement: Statement,
    numbers: &[Quantity],
    context: &[u32],
) -> Vec<Figure> {
    let items = item::items(telling, &statement);
    let sentence = measure::Sentence::new(telling, statement, numbers);
    let keys = Arc::new(sorted(items.iter().map(|i| i.key.clone())));
    let doers: BTreeSet<usize> = items.iter().filter_map(|i| doer(telling, i)).collect();
    let mut found = Vec::new();
    for (idx, quantity) in numbers.iter().enumerate() {
        let Some(reading) = measure::read(&sentence, idx) else { continue };
        let surroundings = Surroundings::new(telling, &statement, &items, quantity, numbers);
        let siblings =
            numbers.iter().enumerate().filter(|(n, _)| *n != idx).map(|(_, q)| q.value).collect::<Vec<_>>();
        found.push(Figure {
            statement,
            quantity: if reading.topic == penalty::TOPIC {
                penalty::in_years(quantity)
            } else {
                quantity.clone()
            },
            topic: reading.topic,
            context: context.to_vec(),
            meanings: surroundings.near.iter().map(|key| words::words().id(key)).collect(),
            near: surroundings.near,
            names: surroundings.names,
            beside: surroundings.beside,
            subject: subject(telling, &statement, &items, quantity),
            sentence: Arc::clone(&keys),
            modifiers: sentence.modifiers(idx),
            doers: doers.clone(),
            day: surroundings.day,
            whole: reading.whole,
            aspect: reading.aspect,
            is_up: reading.is_up,
            is_total: reading.is_total,
            fate: reading.fate,
            siblings,
        });
    }
    found
}

/// The organisation or person that an item names.
fn doer(telling: &Telling, item: &Item) -> Option<usize> {
    let entity: usize = item.key.strip_prefix("e:")?.parse().ok()?;
    let kind = telling.entities.list.get(entity)?.kind;
    matches!(kind, EntityKind::Organisation | EntityKind::Person).then_some(entity)
}

/// Key of the agent or patient of the innermost clause around a number that is not the number's own phrase; pronouns
/// name nobody.
fn subject(telling: &Telling, statement: &Statement, items: &[Item], quantity: &Quantity) -> Option<String> {
    let annotations = &telling.account(statement.account).annotations;
    let inner = annotations.clause_around(statement.sentence, quantity.number)?;
    let named = inner.arguments.iter().filter(|a| {
        matches!(a.role, ArgumentRole::Agent | ArgumentRole::Patient) && !a.span.overlaps(quantity.span)
    });
    let heads = named.filter_map(|a| {
        let inside = || items.iter().filter(|i| a.span.contains(i.span));
        let is_head = |i: &&Item| i.lemma == a.head || i.key == a.head;
        let by_entity = a.entity.and_then(|e| telling.entities.of(statement.account, e));
        let by_entity = by_entity.map(|e| format!("e:{e}"));
        by_entity.or_else(|| inside().find(is_head).filter(|i| is_telling(i)).map(|i| i.key.clone()))
    });
    heads.min()
}

/// Whether an item tells something: neither a number nor a time, nor a word without content.
fn is_telling(item: &Item) -> bool {
    item.is_content && matches!(item.class, Class::Word | Class::Name(..)) && item.lemma != "percent"
}

/// Sorted, each once.
fn sorted(keys: impl Iterator<Item = String>) -> Vec<String> {
    let keys: BTreeSet<String> = keys.collect();
    keys.into_iter().collect()
}

/// How many items to each side of a number stand beside it.
const BESIDE: usize = 5;

/// What stands around a number.
struct Surroundings {
    near: Vec<String>,
    beside: Vec<String>,
    names: BTreeSet<usize>,
    day: Option<Interval>,
}

impl Surroundings {
    fn new(
        telling: &Telling,
        statement: &Statement,
        items: &[Item],
        quantity: &Quantity,
        numbers: &[Quantity],
    ) -> Surroundings {
        let at = items.partition_point(|i| i.span.end <= quantity.number.start);
        let within = |reach: usize| &items[at.saturating_sub(reach)..(at + reach + 1).min(items.len())];
        let is_own = |i: &&Item| {
            i.span.overlaps(quantity.span) || quantity.counted.is_some_and(|c| c.overlaps(i.span))
        };
        // The unit of the number beside it ("2,000 kilometres (1,200 miles)") says nothing of what is measured.
        let is_number = |i: &&Item| numbers.iter().any(|q| q.span.overlaps(i.span));
        let keys = |reach: usize| {
            let kept = within(reach).iter().filter(|i| !is_own(i) && !is_number(i) && is_telling(i));
            sorted(kept.map(|i| i.key.clone()))
        };
        let names = within(NEAR).iter().filter(|i| matches!(i.class, Class::Name(_, true)));
        let names = names.filter_map(|i| i.key.strip_prefix("e:")?.parse().ok()).collect();
        let times = &telling.account(statement.account).annotations.times;
        let day = within(NEAR).iter().find_map(|i| match i.class {
            Class::Time(t) => times.get(t as usize).filter(|t| t.granularity <= Granularity::Day)?.interval,
            _ => None,
        });
        Surroundings { near: keys(NEAR), beside: keys(BESIDE), names, day }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_hedged_by_the_words_around_them() {
        let check = |text: &str, length: &str, expected: Hedge| {
            let start = text.find(length).unwrap_or(0);
            assert_eq!(hedge(text, Span::new(start, start + length.len())), expected, "{text}");
        };
        check("It took more than six years.", "six years", Hedge::AtLeast);
        check("It took over six years.", "six years", Hedge::AtLeast);
        check("with just under five minutes left", "five minutes", Hedge::Nearly);
        check("about two weeks", "about two weeks", Hedge::About);
        check("It took six years.", "six years", Hedge::Exact);
        check("for three decades", "three decades", Hedge::About);
        check("after 4 minutes 48 seconds", "4 minutes", Hedge::About);
        check("moreover six years", "six years", Hedge::Exact);
        check("\u{201c}Sechs\u{a0}Jahre\u{201d}", "Jahre", Hedge::Exact);
        check("", "", Hedge::Exact);
    }
}
