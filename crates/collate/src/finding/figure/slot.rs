//! Slots: the places of an account that a number fills, with the words that stand around it in the tree of its sentence.
//! "It weighed 48 tonnes" and "the lorry had weighed 38 tonnes with its load" fill one slot, whatever else their
//! sentences say; which slots are one is weighed in [`super::rivalry`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use std::sync::LazyLock;

use jiff::civil::Date;
use variorum_annotate::lexicon;
use variorum_schema::{
    Annotations, ArgumentRole, Claim, Granularity, MentionForm, Modality, Quantity, Relation, Relative, Span,
    Tag, TimeExpression, TimeKind, Unit,
};

use super::measure::{self, Sentence};
use super::{Aspect, MAX_PER_SENTENCE, apart, is_usable, measured};
use crate::align::Statement;
use crate::difference::quantity::{compatible, is_people};
use crate::difference::replaced::is_stamp;
use crate::overlap::{self, Words};
use crate::telling::Telling;

/// Words further off in the tree than this say nothing of what a number measures.
const NEAR: u32 = 4;
/// Of the near words so many are compared, the nearest first.
const MAX_NEAR: usize = 10;
/// What a name weighs that stands behind a pronoun.
const PRONOUN: f64 = 4.0;
/// Days of a year, as lengths of time are reckoned here.
const YEAR: f64 = 365.25;
/// Days are counted from here.
const EPOCH: Date = Date::constant(2000, 1, 1);
/// Classes of times, which are measures here.
const TIMES: [&str; 4] = ["length", "clock", "day", "year"];
/// Words behind a verb among which its particle stands.
const REACH: usize = 5;
/// People live no longer.
const OLDEST: f64 = 110.0;
/// So many are few: where others stand beside them, they add up to another number.
const FEW: f64 = 5.0;

/// A word beside a number.
#[derive(Clone, Debug)]
pub struct Beside {
    /// Lemma; for a pronoun the entity.
    pub key: String,
    /// Stem of the lemma.
    pub stem: String,
    /// Number in `annotate::words`.
    pub id: Option<u32>,
    /// How telling it is, as in [`overlap::Word::weight`].
    pub weight: f64,
    /// Steps to the number in the tree of the sentence.
    pub steps: u32,
    /// Index of the story's entity that it names.
    pub entity: Option<usize>,
    /// The verb of which it is the subject, unless that only says "is".
    pub subject_of: Option<Verb>,
    /// Whether it is a verb.
    pub is_verb: bool,
    /// For a verb, the acts that it tells, by their classes ("put back" as "postponed").
    pub acts: Vec<&'static str>,
}

/// A verb with a subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verb {
    /// Number in `annotate::words`.
    pub id: Option<u32>,
    /// Lemma.
    pub lemma: String,
    /// The acts that it tells, by their classes.
    pub acts: Vec<&'static str>,
}

/// A place that a number fills.
#[derive(Clone, Debug)]
pub struct Slot {
    /// Where it stands.
    pub statement: Statement,
    /// The number; a length of time in days, a time of day in minutes, a day by its distance from the first of 2000.
    pub quantity: Quantity,
    /// What can be compared at all: "money", "percent", "count", "length", "clock", "day", "year", "measure:tonne".
    pub class: String,
    /// What is measured, as figures have it, where that was read.
    pub topic: Option<String>,
    /// In which way the number is a figure of the event, where that was read.
    pub aspect: Option<Aspect>,
    /// What happened to those who are counted, where that was read.
    pub fate: Option<&'static str>,
    /// Whether it counts a few that are listed with others ("her doctor and two nurses").
    pub is_listed: bool,
    /// All words of the sentence but numbers.
    pub words: Vec<Beside>,
    /// Indices in `words` of the nearest.
    pub near: Vec<usize>,
    /// Entities of the sentence.
    pub entities: BTreeSet<usize>,
    /// Entities near the number.
    pub near_entities: BTreeSet<usize>,
    /// Who or what its clause is about: an entity, or the head word of the phrase.
    pub subject: Option<Subject>,
    /// Whether its clause tells of what is to come, or of what might be.
    pub is_open: bool,
    /// Whether its clause says what ought to be ("must pay").
    pub is_due: bool,
    /// Other numbers of its sentence.
    pub siblings: Vec<f64>,
    /// Places in a row that its sentence names ("the ninth").
    pub ordinals: Vec<f64>,
    /// Whether it is held against others; else it only says which numbers an account knows.
    pub is_plain: bool,
}

/// Who or what a clause is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Subject {
    /// An entity of the story.
    Entity(usize),
    /// The head word of the phrase.
    Word(String),
}

/// The slots of an account, in the order of its text. Ordinals and vague numbers are left out; parts of another number,
/// background and what holds for one of several are not plain.
#[must_use]
pub fn slots(telling: &Telling, member: u32) -> Vec<Slot> {
    let statements = telling.alignments.of(member);
    statements.iter().flat_map(|statement| of_statement(telling, statement)).collect()
}

/// Whether the numbers of two slots of one class can both be right.
#[must_use]
pub fn agree(a: &Slot, b: &Slot) -> bool {
    let (x, y) = (a.quantity.value, b.quantity.value);
    match a.class.as_str() {
        "clock" => (x - y).abs() <= tolerance(x).max(tolerance(y)),
        "day" | "year" => (x - y).abs() < 0.5,
        "length" => compatible(&a.quantity, &b.quantity) || are_rounded_lengths(x, y),
        _ => compatible(&a.quantity, &b.quantity),
    }
}

/// "Six weeks", "44 days": one length told in a coarser unit.
fn are_rounded_lengths(x: f64, y: f64) -> bool {
    let is_of = |days: f64, unit: f64| days >= unit && (days / unit - (days / unit).round()).abs() < 0.01;
    [7.0, YEAR / 12.0, YEAR].iter().any(|unit| {
        is_of(x, *unit) != is_of(y, *unit) && (x - y).abs() < unit / 2.0 && x.min(y) >= 2.0 * unit
    })
}

/// How far a time of day may be from the one that is meant (minutes): full and half hours are rounded most.
fn tolerance(minutes: f64) -> f64 {
    match minutes % 60.0 {
        0.0 | 30.0 => 15.0,
        15.0 | 45.0 => 10.0,
        m if m % 5.0 == 0.0 => 6.0,
        _ => 3.0,
    }
}

fn of_statement(telling: &Telling, statement: &Statement) -> Vec<Slot> {
    let annotations = &telling.account(statement.account).annotations;
    let sentence = telling.sentence(statement);
    let text = &telling.document(statement.account).text;
    let mut numbers = numbers(annotations, text, sentence.span);
    let dateline = telling.document(statement.account).dateline;
    numbers.retain(|q| dateline.is_none_or(|d| !d.overlaps(q.span)));
    if numbers.is_empty() || numbers.len() > MAX_PER_SENTENCE {
        return Vec::new();
    }
    let words = overlap::words_of(telling, statement);
    let read = Sentence::new(telling, *statement, &numbers);
    // "four officials said" counts those whom somebody spoke to
    let is_source = |q: &Quantity| {
        let sources = annotations.quotations.iter().filter_map(|quote| quote.source.as_ref());
        let is_people = q.counted_lemma.as_deref().is_some_and(is_people);
        is_people && sources.into_iter().any(|s| s.span.contains(q.number))
    };
    let is_line = is_stamp(telling, statement);
    let own = (0..numbers.len()).map(|n| {
        let mut slot = slot(telling, statement, &words, &read, (&numbers, n));
        slot.is_plain &= !(is_line && ["clock", "day", "year"].contains(&slot.class.as_str()));
        slot.is_plain &= !is_out_of_place(text, &numbers[n]) && !is_source(&numbers[n]);
        slot
    });
    own.collect()
}

/// The numbers of a sentence, lengths of time and times of day among them.
fn numbers(annotations: &Annotations, text: &str, span: Span) -> Vec<Quantity> {
    let first = annotations.quantities.partition_point(|q| q.span.start < span.start);
    let own = annotations.quantities[first..].iter().take_while(|q| q.span.start < span.end);
    let mut found: Vec<Quantity> = own.filter(|q| is_usable(q)).cloned().collect();
    let first = annotations.times.partition_point(|t| t.span.start < span.start);
    let times = annotations.times[first..].iter().take_while(|t| t.span.start < span.end);
    found.extend(times.filter_map(|t| as_quantity(text, t)));
    found.sort_by_key(|q| (q.span.start, q.span.end));
    found
}

fn as_quantity(text: &str, time: &TimeExpression) -> Option<Quantity> {
    let (value, unit) = match (time.kind, time.granularity) {
        (TimeKind::Duration, _) => (days(&time.value)?, "length"),
        (TimeKind::Time, _) => (minutes(&time.value)?, "clock"),
        (TimeKind::Date, Granularity::Day) if is_absolute(time) => {
            (f64::from((time.interval?.first - EPOCH).get_days()), "day")
        }
        (TimeKind::Date, Granularity::Year) => (f64::from(time.interval?.first.year()), "year"),
        _ => return None,
    };
    Some(measured(text, time, value, unit))
}

/// Whether a day is named by its month: weekdays hang on the day of a report, which may be wrong.
fn is_absolute(time: &TimeExpression) -> bool {
    matches!(time.relative, None | Some(Relative::MonthDay(..)))
}

/// A length of time as ISO 8601 writes it ("P4Y6M", "PT142S"), in days.
fn days(value: &str) -> Option<f64> {
    let code = value.strip_prefix('P')?;
    let (is_clock, code) = code.strip_prefix('T').map_or((false, code), |c| (true, c));
    let mut total = 0.0;
    for part in code.split_inclusive(|c: char| c.is_ascii_alphabetic()) {
        let (number, letter) = part.split_at_checked(part.len().checked_sub(1)?)?;
        let unit = match (is_clock, letter) {
            (true, "S") => 1.0 / 86_400.0,
            (true, "M") => 1.0 / 1440.0,
            (true, "H") => 1.0 / 24.0,
            (false, "D") => 1.0,
            (false, "W") => 7.0,
            (false, "M") => YEAR / 12.0,
            (false, "Y") => YEAR,
            _ => return None,
        };
        total += number.parse::<f64>().ok().filter(|n| n.is_finite())? * unit;
    }
    (total > 0.0).then_some(total)
}

/// A time of day as TIMEX3 writes it ("2021-03-04T07:40"), in minutes.
fn minutes(value: &str) -> Option<f64> {
    let (_, time) = value.split_once('T')?;
    let (hour, minute) = time.split_once(':').unwrap_or((time, "0"));
    Some(hour.parse::<f64>().ok()? * 60.0 + minute.get(..2).unwrap_or(minute).parse::<f64>().ok()?)
}

/// What stands beside a number says that it is not that of the event: the age of somebody ("a girl of 17"), what is needed
/// ("a majority of eight"), the rest of another number ("the remaining 185"), a length that makes a point in time ("two
/// years ago"), one of a unit of time ("a year").
fn is_out_of_place(text: &str, quantity: &Quantity) -> bool {
    let before = text.get(..quantity.span.start as usize).unwrap_or("").trim_end();
    let mut last = before.rsplit(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let (previous, before_that) = (last.next().unwrap_or_default(), last.next().unwrap_or_default());
    let behind = text.get(quantity.span.end as usize..).unwrap_or("");
    let next = behind.split_whitespace().next().unwrap_or("").to_lowercase();
    let is = |class: &str, word: &str| measure::is_word(class, word);
    let is_bare = quantity.unit == Unit::Count && quantity.counted.is_none();
    let is_age = is_bare
        && (1.0..=OLDEST).contains(&quantity.value)
        && (previous == "of" && is("aged", &before_that) || is("turned", &previous));
    let is_length = matches!(&quantity.unit, Unit::Measure(unit) if unit == "length");
    let is_unit = [1.0, 7.0, YEAR / 12.0, YEAR].iter().any(|n| (quantity.value - n).abs() < 0.01);
    // "after nine o'clock"
    // "the 2010 law" is called so; "since 2010" is a time
    let is_year = matches!(&quantity.unit, Unit::Measure(unit) if unit == "year");
    let is_of_time =
        ["in", "since", "of", "until", "till", "from", "by", "during", "to", "and", "after", "before"];
    let is_called = is_year && !is_of_time.contains(&previous.as_str());
    // "a five-judge court"
    let is_compound = quantity.unit == Unit::Count
        && text
            .get(quantity.number.end as usize..)
            .is_some_and(|t| t.starts_with(['-', '\u{2010}', '\u{2011}']));
    let is_point = matches!(&quantity.unit, Unit::Measure(unit) if TIMES[1..].contains(&unit.as_str()));
    is_age
        || is_called
        || is_compound
        // "12:02:14 p.m." was cut
        || is_point && text.get(..quantity.span.start as usize).is_some_and(|t| t.ends_with(':'))
        || is_point && (is("bound", &previous) || is_bound(quantity.span.of(text)))
        || is_label(text, quantity)
        || previous == "of" && is("share", &before_that)
        || is("rest", &previous)
        || is("rest", &next)
        || apart::is_by_how_much(text, quantity)
        || apart::is_no_measure(text, quantity)
        || is_length
            && (is_unit
                || is("point", &previous)
                || is("offset", &next)
                || matches!(next.as_str(), "ago" | "after" | "before" | "since"))
}

/// Whether a time begins with a word that makes a bound of it.
fn is_bound(time: &str) -> bool {
    let first = time.split_whitespace().next().unwrap_or("").to_lowercase();
    measure::is_word("bound", &first) || measure::is_word("bound", first.trim_end_matches("ly"))
}

/// "runway 26", "train 2207": digits right behind a word that is no verb of measure name a thing.
fn is_label(text: &str, quantity: &Quantity) -> bool {
    let is_digits = quantity.number.of(text).chars().all(|c| c.is_ascii_digit());
    let behind = text.get(quantity.number.end as usize..).unwrap_or("").trim_start();
    let is_last = behind.chars().next().is_none_or(|c| !c.is_alphanumeric() && !matches!(c, '%' | '\u{b0}'));
    quantity.unit == Unit::Count && quantity.counted.is_none() && is_digits && is_last
}

fn slot(
    telling: &Telling,
    statement: &Statement,
    words: &Words,
    read: &Sentence,
    (numbers, n): (&[Quantity], usize),
) -> Slot {
    let quantity = &numbers[n];
    let annotations = &telling.account(statement.account).annotations;
    let reading = measure::read(read, n);
    let aspect = reading.as_ref().map(|r| r.aspect);
    let fate = reading.as_ref().and_then(|r| r.fate);
    let is_one_of_some = quantity.unit == Unit::Count
        && quantity.value <= FEW
        && (quantity.value <= 1.0 || words.list.iter().any(|w| measure::is_word("rest", &w.lemma)));
    // One of two sides of a vote, or so many of so many: figures are compared with their other number.
    let has_other = reading.as_ref().is_some_and(|r| r.topic == "tally" || r.whole.is_some());
    let steps = steps(telling, statement, words, quantity);
    let beside = beside(telling, statement, words, numbers, &steps);
    // What a change has led to is a number of its moment ("fell to 63").
    let moves =
        |w: &Beside| w.steps <= 1 && (measure::is_word("up", &w.key) || measure::is_word("down", &w.key));
    let is_moving = matches!(quantity.unit, Unit::Money(_) | Unit::Percent) && beside.iter().any(moves);
    let mut near: Vec<usize> = (0..beside.len()).filter(|w| beside[*w].steps <= NEAR).collect();
    near.sort_by_key(|w| beside[*w].steps);
    near.truncate(MAX_NEAR);
    let claim = annotations.clause_around(statement.sentence, quantity.number);
    let entities = |most: u32| beside.iter().filter(|w| w.steps <= most).filter_map(|w| w.entity).collect();
    Slot {
        statement: *statement,
        quantity: quantity.clone(),
        class: class(&quantity.unit),
        topic: reading.map(|r| r.topic),
        aspect,
        fate,
        is_listed: quantity.value <= FEW && is_listed(&telling.document(statement.account).text, quantity),
        near,
        entities: entities(u32::MAX),
        near_entities: entities(NEAR - 1),
        words: beside,
        subject: claim.and_then(|c| subject(telling, statement, c, quantity)),
        is_open: claim.is_some_and(|c| matches!(c.modality, Modality::Planned | Modality::Conditional)),
        is_due: claim.is_some_and(|c| c.modality == Modality::Demanded),
        siblings: siblings(numbers, n),
        ordinals: ordinals(annotations, telling.sentence(statement).span),
        is_plain: !has_other
            && quantity.counted_lemma.as_deref() != Some("time")
            && !is_one_of_some
            && !is_moving
            && matches!(aspect, None | Some(Aspect::Plain | Aspect::Each)),
    }
}

/// Whether "and" stands right before a number.
fn is_listed(text: &str, quantity: &Quantity) -> bool {
    let before = text.get(..quantity.span.start as usize).unwrap_or("").trim_end();
    before.ends_with(" and")
}

/// Other numbers of the sentence; times are none.
fn siblings(numbers: &[Quantity], n: usize) -> Vec<f64> {
    let is_time = |q: &Quantity| matches!(&q.unit, Unit::Measure(u) if TIMES.contains(&u.as_str()));
    let others = numbers.iter().enumerate().filter(|(k, q)| *k != n && !is_time(q));
    others.map(|(_, q)| q.value).collect()
}

fn ordinals(annotations: &Annotations, span: Span) -> Vec<f64> {
    let first = annotations.quantities.partition_point(|q| q.span.start < span.start);
    let own = annotations.quantities[first..].iter().take_while(|q| q.span.start < span.end);
    own.filter(|q| q.unit == Unit::Ordinal).map(|q| q.value).collect()
}

fn class(unit: &Unit) -> String {
    match unit {
        Unit::Count | Unit::Ordinal => "count".to_owned(),
        Unit::Money(_) => "money".to_owned(),
        Unit::Percent => "percent".to_owned(),
        Unit::Age => "age".to_owned(),
        Unit::Measure(unit) if TIMES.contains(&unit.as_str()) => unit.clone(),
        Unit::Measure(unit) => format!("measure:{unit}"),
    }
}

/// Steps from the words of a number to every word of its sentence, in the tree of all its tokens ("$" among them).
fn steps(telling: &Telling, statement: &Statement, words: &Words, quantity: &Quantity) -> Vec<u32> {
    let annotations = &telling.account(statement.account).annotations;
    let sentence = telling.sentence(statement);
    let (first, last) = (sentence.first_token as usize, sentence.last_token as usize);
    let tokens = annotations.tokens.get(first..last).unwrap_or(&[]);
    let mut tree: Vec<Vec<usize>> = vec![Vec::new(); tokens.len()];
    let heads = tokens.iter().enumerate().filter_map(|(at, t)| {
        let head = (t.head? as usize).checked_sub(first)?;
        (head < tokens.len()).then_some((at, head))
    });
    for (at, head) in heads {
        tree[at].push(head);
        tree[head].push(at);
    }
    let mut steps = vec![u32::MAX; tokens.len()];
    let own = (0..tokens.len()).filter(|at| tokens[*at].span.overlaps(quantity.span));
    let mut queue: VecDeque<usize> = own.collect();
    queue.iter().for_each(|at| steps[*at] = 0);
    while let Some(at) = queue.pop_front() {
        for &next in &tree[at] {
            if steps[next] == u32::MAX {
                steps[next] = steps[at] + 1;
                queue.push_back(next);
            }
        }
    }
    let of = |w: &overlap::Word| (w.token as usize).checked_sub(first).and_then(|at| steps.get(at).copied());
    words.list.iter().map(|w| of(w).unwrap_or(u32::MAX)).collect()
}

/// The content words of a sentence but numbers, and the names behind its pronouns.
fn beside(
    telling: &Telling,
    statement: &Statement,
    words: &Words,
    numbers: &[Quantity],
    steps: &[u32],
) -> Vec<Beside> {
    let annotations = &telling.account(statement.account).annotations;
    let first =
        annotations.mentions.partition_point(|m| m.full.end <= telling.sentence(statement).span.start);
    let named = |at: u32| {
        let near = annotations.mentions[first..].iter().take_while(|m| m.full.start <= at);
        let mention = near.filter(|m| at < m.full.end).last()?;
        Some((mention.form, telling.entities.of(statement.account, mention.entity)?))
    };
    let is_number = |at: u32| numbers.iter().any(|q| q.number.start <= at && at < q.number.end);
    let acts_of = |word: &overlap::Word| acts(annotations, word);
    let mut found = Vec::new();
    for (word, steps) in words.list.iter().zip(steps) {
        let at = annotations.tokens[word.token as usize].span.start;
        if *steps == 0 || is_number(at) {
            continue;
        }
        let mention = named(at);
        let key = match mention {
            Some((MentionForm::Pronoun, entity)) => format!("e:{entity}"),
            _ if word.is_content => word.lemma.clone(),
            _ => continue,
        };
        let is_pronoun = word.tag == Tag::Pron || key != word.lemma;
        found.push(Beside {
            stem: if is_pronoun { key.clone() } else { word.stem.clone() },
            id: word.known[0].filter(|_| !is_pronoun),
            weight: if is_pronoun { PRONOUN } else { word.weight },
            steps: *steps,
            entity: mention.map(|m| m.1),
            subject_of: word.head.and_then(|head| {
                let relation = annotations.tokens[word.token as usize].relation;
                let head = &words.list[head];
                let is_subject = matches!(relation, Relation::Nsubj | Relation::NsubjPass);
                (is_subject && head.tag == Tag::Verb && !measure::is_word("level", &head.lemma))
                    .then(|| Verb { id: head.known[0], lemma: head.lemma.clone(), acts: acts_of(head) })
            }),
            is_verb: word.tag == Tag::Verb,
            acts: acts_of(word),
            key,
        });
    }
    found
}

/// The classes of acts that a verb tells, its particle read with it.
fn acts(annotations: &Annotations, word: &overlap::Word) -> Vec<&'static str> {
    if word.tag != Tag::Verb {
        return Vec::new();
    }
    let (own, list) = (word.token as usize, &annotations.tokens);
    let behind = list.get(own + 1..).unwrap_or(&[]).iter().take(REACH);
    let of_verb = behind.filter(|t| t.head == Some(word.token));
    let with_particle =
        of_verb.filter_map(|t| ACTS.get(format!("{}_{}", word.lemma, t.lemma).as_str())).next();
    with_particle.or_else(|| ACTS.get(word.lemma.as_str())).cloned().unwrap_or_default()
}

static ACTS: LazyLock<BTreeMap<&'static str, Vec<&'static str>>> =
    LazyLock::new(|| lexicon::classes(lexicon::ACT_CLASSES));

/// The first agent or patient of a clause that is not the number's own phrase.
fn subject(telling: &Telling, statement: &Statement, claim: &Claim, quantity: &Quantity) -> Option<Subject> {
    let core = claim.arguments.iter().find(|a| {
        matches!(a.role, ArgumentRole::Agent | ArgumentRole::Patient) && !a.span.contains(quantity.number)
    })?;
    let entity = core.entity.and_then(|e| telling.entities.of(statement.account, e));
    Some(entity.map_or_else(|| Subject::Word(core.head.clone()), Subject::Entity))
}

/// How many slots of a story have a word near them, by its key.
#[must_use]
pub fn frequencies<'a>(slots: impl Iterator<Item = &'a Slot>) -> (BTreeMap<String, u32>, u32) {
    let (mut frequencies, mut n) = (BTreeMap::new(), 0);
    for slot in slots {
        n += 1;
        let keys: BTreeSet<&str> =
            slot.words.iter().filter(|w| w.steps <= NEAR).map(|w| w.key.as_str()).collect();
        for key in keys {
            *frequencies.entry(key.to_owned()).or_insert(0) += 1;
        }
    }
    (frequencies, n)
}
