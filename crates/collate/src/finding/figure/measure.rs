//! What a number measures: its topic, and the part that it plays in its sentence.

use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{
    Argument, ArgumentRole, Claim, Document, Form, Granularity, Modality, Quantity, Span, Tag, TimeKind,
    Token, Unit,
};

use super::{Aspect, apart, penalty};
use crate::Account;
use crate::align::Statement;
use crate::difference::quantity::{canonical, frame_named, frame_of, is_people, may_be_some, were_there};
use crate::telling::Telling;

/// How many words around a number are searched for what happened.
const WINDOW: usize = 12;
/// How many words before a number say which part it plays.
const REACH: usize = 3;
/// A day within so many of the report is one of those that it tells of.
const DAYS_NEAR: i32 = 7;
/// How far from a number (bytes) its day may stand.
const MAX_AWAY: u32 = 80;
/// A time this many days before the report is another time.
const DAYS_BACKGROUND: i32 = 31;

/// What was read of a number.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// A frame, or unit and counted thing.
    pub topic: String,
    /// The whole of which it is a part, or the other side of a vote.
    pub whole: Option<f64>,
    /// In which way it is a figure of the event.
    pub aspect: Aspect,
    /// Which way a change went.
    pub is_up: Option<bool>,
    /// Whether it is called the total ("the toll rose to 13").
    pub is_total: bool,
    /// What happened to those who are counted, under whatever topic.
    pub fate: Option<&'static str>,
}

static WORDS: LazyLock<lexicon::Lookup<&str, lexicon::Listed<&str>>> = LazyLock::new(|| {
    let lines = lexicon::entries(lexicon::FIGURE_WORDS).filter(|f| f.len() > 1);
    lines.map(|f| (f[0], f[1].split(' ').collect())).collect()
});

/// Words that stand beside any share: how it moved, and over what time.
const OF_ANY_SHARE: [&str; 18] = [
    "percent", "per", "cent", "point", "month", "year", "week", "day", "quarter", "annual", "annually",
    "monthly", "yearly", "period", "time", "first", "last", "next",
];

/// Whether a lemma names what a share is a share of, and not how it moved: equal shares are many, and what moved by the same
/// share need not be the same thing.
pub fn names_a_whole(lemma: &str) -> bool {
    !OF_ANY_SHARE.contains(&lemma) && !["up", "down", "change"].iter().any(|class| is_word(class, lemma))
}

/// Digits of a number without the zeros at its ends.
#[must_use]
pub fn n_telling_digits(value: f64) -> usize {
    let digits: String = format!("{value}").chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').len()
}

/// Whether a lemma stands in a class of the list of words around numbers.
#[must_use]
pub fn is_word(class: &str, lemma: &str) -> bool {
    WORDS.get(class).is_some_and(|words| words.contains(lemma))
}

/// A sentence with the numbers that were seen in it.
pub struct Sentence<'a> {
    telling: &'a Telling<'a>,
    statement: Statement,
    document: &'a Document,
    tokens: &'a [Token],
    numbers: &'a [Quantity],
    is_background: bool,
}

impl<'a> Sentence<'a> {
    /// A statement with the numbers of its sentence.
    #[must_use]
    pub fn new(telling: &'a Telling<'a>, statement: Statement, numbers: &'a [Quantity]) -> Sentence<'a> {
        let account = telling.account(statement.account);
        let tokens = account.annotations.tokens_of(telling.sentence(&statement));
        let mut sentence = Sentence {
            telling,
            statement,
            document: &account.document,
            tokens,
            numbers,
            is_background: false,
        };
        sentence.is_background = sentence.tells_of_another_time();
        sentence
    }

    /// The account in which it stands.
    pub(super) fn account(&self) -> &'a Account {
        self.telling.account(self.statement.account)
    }

    /// Number `idx`.
    pub(super) fn number(&self, idx: usize) -> &'a Quantity {
        &self.numbers[idx]
    }

    /// The innermost clause around a number.
    fn clause_around(&self, idx: usize) -> Option<&'a Claim> {
        let annotations = &self.telling.account(self.statement.account).annotations;
        annotations.clause_around(self.statement.sentence, self.numbers[idx].number)
    }

    /// Index of the first token that ends behind a byte.
    fn token_at(&self, byte: u32) -> usize {
        self.tokens.partition_point(|t| t.span.end <= byte)
    }

    fn text(&self, span: Span) -> &'a str {
        span.of(&self.document.text)
    }

    /// Lemmas before a number, nearest first, up to the number before it; punctuation left out.
    pub(super) fn before(&self, idx: usize) -> Vec<&'a str> {
        let mut next = Tag::X;
        let words = self.until(idx).filter(|t| t.tag != Tag::Punct).take(WINDOW);
        // In "the rescue chief" nobody is rescued.
        let lemmas = words.map(|t| {
            let is_modifier = t.tag == Tag::Noun && matches!(next, Tag::Noun | Tag::Propn);
            next = t.tag;
            if is_modifier { "" } else { t.lemma.as_str() }
        });
        lemmas.collect()
    }

    /// The tokens before a number, nearest first, up to the number before it.
    fn until(&self, idx: usize) -> impl Iterator<Item = &'a Token> {
        let to = self.token_at(self.numbers[idx].span.start);
        let from = idx.checked_sub(1).map_or(0, |p| self.token_at(self.numbers[p].span.end));
        self.tokens[from.min(to)..to].iter().rev()
    }

    /// How many words before a number stand in its own clause: up to a comma or "and".
    fn n_clause(&self, idx: usize) -> usize {
        let own = self.until(idx).take_while(|t| t.tag != Tag::Punct && t.tag != Tag::Cconj);
        own.take(WINDOW).count()
    }

    /// Lemmas behind a byte, up to the number that follows `idx`.
    pub(super) fn behind(&self, idx: usize, from: u32) -> Vec<&'a str> {
        let to = self.numbers.get(idx + 1).map_or(self.tokens.len(), |q| self.token_at(q.span.start));
        let from = self.token_at(from);
        let words = self.tokens[from.min(to)..to].iter().filter(|t| t.tag != Tag::Punct);
        words.take(WINDOW).map(|t| t.lemma.as_str()).collect()
    }

    /// Whether a participle stands right behind a byte ("21 captured").
    fn is_participle_at(&self, byte: u32) -> bool {
        let next = self.tokens.get(self.token_at(byte));
        next.is_some_and(|t| t.tag == Tag::Verb && t.form == Form::PastParticiple)
    }

    /// Whether a length of weeks or more before a number says that it is of another time ("four months after a ferry sank with
    /// 90 aboard").
    fn is_behind_another_time(&self, idx: usize) -> bool {
        let annotations = &self.telling.account(self.statement.account).annotations;
        let span = self.telling.sentence(&self.statement).span;
        let first = annotations.times.partition_point(|t| t.span.start < span.start);
        let before =
            annotations.times[first..].iter().take_while(|t| t.span.end <= self.numbers[idx].span.start);
        let lengths = before.filter(|t| t.kind == TimeKind::Duration && t.value.ends_with(['W', 'M', 'Y']));
        lengths.into_iter().any(|t| {
            let next = self.tokens.get(self.token_at(t.span.end)).map_or("", |t| t.lemma.as_str());
            !t.value.starts_with("PT") && matches!(next, "after" | "before" | "since")
        })
    }

    /// Whether a day of the report stands nearer to a number than any other time: "three soldiers were killed on Tuesday, in
    /// the worst incident since a truce was signed in 2019".
    fn is_of_these_days(&self, idx: usize) -> bool {
        let account = self.telling.account(self.statement.account);
        let span = self.telling.sentence(&self.statement).span;
        let number = self.numbers[idx].span;
        let times = &account.annotations.times;
        let first = times.partition_point(|t| t.span.start < span.start);
        let own = times[first..].iter().take_while(|t| span.contains(t.span));
        let away = |s: Span| s.start.saturating_sub(number.end).max(number.start.saturating_sub(s.end));
        let dated = own.filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time));
        let nearest = dated.min_by_key(|t| away(t.span));
        let day = account.document.published.value;
        nearest.is_some_and(|t| {
            let is_near =
                t.interval.zip(day).is_some_and(|(i, d)| (d - i.first).get_days().abs() <= DAYS_NEAR);
            is_near && t.granularity <= Granularity::Day && away(t.span) <= MAX_AWAY
        })
    }

    /// A sentence that tells of a month or year long past is background.
    fn tells_of_another_time(&self) -> bool {
        let account = self.telling.account(self.statement.account);
        let span = self.telling.sentence(&self.statement).span;
        let day = account.document.published.value;
        let times = &account.annotations.times;
        let first = times.partition_point(|t| t.span.start < span.start);
        let own = times[first..].iter().take_while(|t| span.contains(t.span));
        own.filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)).any(|t| {
            let is_coarse = matches!(
                t.granularity,
                Granularity::Year | Granularity::Decade | Granularity::Month | Granularity::Season
            );
            let is_far = t.interval.zip(day).is_some_and(|(i, d)| (d - i.last).get_days() > DAYS_BACKGROUND);
            let at = self.token_at(t.span.start);
            let is_anchor = self.tokens[at.saturating_sub(2)..at].iter().any(|t| is_word("anchor", &t.lemma));
            !is_anchor && (is_far || is_coarse && t.interval.is_none() && day.is_some())
        })
    }

    /// Adjectives and nouns before the head of what a number counts, sorted.
    #[must_use]
    pub fn modifiers(&self, idx: usize) -> Vec<String> {
        let Some(counted) = self.numbers[idx].counted else { return Vec::new() };
        let (from, to) = (self.token_at(counted.start), self.token_at(counted.end));
        let words = self.tokens[from..to.max(from)].iter().take_while(|t| t.tag != Tag::Adp);
        let mut found: Vec<String> = words
            .filter(|t| matches!(t.tag, Tag::Adj | Tag::Noun | Tag::Propn))
            .map(|t| t.lemma.clone())
            .filter(|l| self.numbers[idx].counted_lemma.as_ref() != Some(l))
            .collect();
        found.sort();
        found
    }

    /// The number after "N of", "N out of the": the whole of which `idx` is a part.
    fn whole(&self, idx: usize) -> Option<&'a Quantity> {
        let (part, whole) = (&self.numbers[idx], self.numbers.get(idx + 1)?);
        let is_count = |q: &Quantity| q.unit == Unit::Count;
        if !is_count(part) || !is_count(whole) || whole.value <= part.value {
            return None;
        }
        let between = self.text(Span::new(part.number.end as usize, whole.span.start as usize));
        let words: Vec<&str> = between.split_whitespace().collect();
        let is_of = matches!(words[..], ["of", ..] | ["out", "of", ..]);
        // "three of our ships carried 1,620 passengers"
        let (from, to) = (self.token_at(part.number.end), self.token_at(whole.span.start));
        let has_verb = self.tokens.get(from..to).unwrap_or(&[]).iter().any(|t| t.tag == Tag::Verb);
        (is_of && words.len() <= 6 && !between.contains(',') && !has_verb).then_some(whole)
    }

    /// The number after "61 votes to", "by 61 to": the other side of a vote.
    fn other_side(&self, idx: usize) -> Option<&'a Quantity> {
        let (ours, theirs) = (&self.numbers[idx], self.numbers.get(idx + 1)?);
        let is_count = |q: &Quantity| q.unit == Unit::Count && q.value.fract() == 0.0;
        if !is_count(ours) || !is_count(theirs) {
            return None;
        }
        let between = self.text(Span::new(ours.number.end as usize, theirs.span.start as usize));
        let words: Vec<&str> = between.split_whitespace().collect();
        let is_vote = |w: &str| w.starts_with("vote") || w.starts_with("ballot");
        let before = self.before(idx);
        match words[..] {
            ["to" | "against"] => before.first() == Some(&"by") || before.iter().take(4).any(|w| is_vote(w)),
            [votes, "to" | "against"] => is_vote(votes) || votes.starts_with("hand"),
            ["-" | "–"] => before.iter().take(3).any(|w| is_vote(w)),
            [votes, "in", "favour" | "favor", "to" | "and" | "with"] => is_vote(votes),
            ["in", "favour" | "favor", "to" | "and" | "with"] | ["for", "and"] => true,
            _ => false,
        }
        .then_some(theirs)
    }
}

/// What number `idx` of a sentence measures; `None`: nothing that could be compared.
#[must_use]
pub fn read(sentence: &Sentence, idx: usize) -> Option<Reading> {
    let quantity = &sentence.numbers[idx];
    if is_age(sentence, idx)
        || is_of_a_kind(sentence, quantity)
        || is_in_name(sentence, quantity)
        || is_other_side(sentence, idx)
        || is_clock(sentence, idx)
        || apart::is_by_how_much(&sentence.document.text, quantity)
    {
        return None;
    }
    // "10/30" counts the pictures of a gallery
    if sentence.text(quantity.number).contains('/') {
        return None;
    }
    let is_up = change(sentence, idx);
    if let Some(theirs) = sentence.other_side(idx) {
        let aspect = if sentence.is_background { Aspect::Background } else { Aspect::Plain };
        return Some(Reading {
            topic: "tally".to_owned(),
            whole: Some(theirs.value),
            aspect,
            is_up: None,
            is_total: true,
            fate: None,
        });
    }
    let whole = sentence.whole(idx);
    let topic = topic(sentence, idx, whole)?;
    let is_whole = idx.checked_sub(1).is_some_and(|p| sentence.whole(p).is_some());
    let mut aspect = aspect(sentence, idx);
    if topic == penalty::TOPIC {
        // what was done is long past where the sentence for it is news
        aspect = if penalty::is_plea(sentence, idx) { Aspect::Forecast } else { Aspect::Plain };
    }
    if aspect == Aspect::Plain && (is_whole || whole.is_none() && is_partial(sentence, idx)) {
        aspect = Aspect::Part;
    }
    let is_thing = topic.starts_with("count:");
    let fate = if is_thing { happened(sentence, idx, whole) } else { frame_in(&topic) };
    let is_total = is_total(sentence, idx);
    Some(Reading { topic, whole: whole.map(|w| w.value), aspect, is_up, is_total, fate })
}

/// "A woman of 67".
fn is_age(sentence: &Sentence, idx: usize) -> bool {
    let before = sentence.before(idx);
    let is_bare = sentence.numbers[idx].unit == Unit::Count && sentence.numbers[idx].counted.is_none();
    is_bare && before.first() == Some(&"of") && before.get(1).is_some_and(|w| is_word("aged", w))
}

/// "a nine-engine rocket", "5G": the number tells of what kind a thing is.
fn is_of_a_kind(sentence: &Sentence, quantity: &Quantity) -> bool {
    let text = &sentence.document.text;
    let rest = text.get(quantity.number.end as usize..).unwrap_or("");
    let mut next = rest.chars();
    let (first, second) = (next.next(), next.next());
    let is_mark = first.is_some_and(char::is_uppercase) && !second.is_some_and(char::is_alphanumeric);
    let is_count = quantity.unit == Unit::Count;
    is_mark && !matches!(quantity.unit, Unit::Money(_))
        || is_count
            && (matches!(first, Some('-' | '\u{2011}' | '\u{2010}'))
                && second.is_some_and(char::is_alphabetic)
                || first.is_some_and(char::is_alphabetic))
}

/// Numbers in names are small.
const MOST_IN_NAME: f64 = 100.0;

/// "a Hawk 9 rocket": the number right behind a name, of a thing and in digits, belongs to the name.
fn is_in_name(sentence: &Sentence, quantity: &Quantity) -> bool {
    let at = sentence.token_at(quantity.number.start);
    let before = at.checked_sub(1).map(|n| &sentence.tokens[n]);
    let is_name = before.is_some_and(|t| t.tag == Tag::Propn && t.span.end + 1 == quantity.number.start);
    let is_digits = sentence.text(quantity.number).chars().all(|c| c.is_ascii_digit());
    let is_thing =
        quantity.counted_lemma.as_deref().is_some_and(|c| !is_people(c) && frame_of(&[c]).is_none());
    is_name && is_digits && is_thing && quantity.unit == Unit::Count && quantity.value < MOST_IN_NAME
}

/// "at nine in the morning", "at six o'clock".
fn is_clock(sentence: &Sentence, idx: usize) -> bool {
    let behind = sentence.behind(idx, sentence.numbers[idx].span.end);
    let is_hour =
        matches!(behind[..], ["in", "the", "morning" | "evening" | "afternoon", ..] | ["o'clock", ..]);
    sentence.numbers[idx].unit == Unit::Count && is_hour
}

fn is_other_side(sentence: &Sentence, idx: usize) -> bool {
    idx.checked_sub(1).is_some_and(|p| sentence.other_side(p).is_some())
}

/// "four of them", "nine others", "a third of the members".
fn is_partial(sentence: &Sentence, idx: usize) -> bool {
    let quantity = &sentence.numbers[idx];
    let text = &sentence.document.text;
    let rest = text.get(quantity.number.end as usize..).unwrap_or("").trim_start();
    let so_far = text.get(..quantity.number.start as usize).unwrap_or("").trim_end();
    let is_us = ["of us", "of the people", "of those"].iter().any(|p| rest.starts_with(p));
    if ["of ", "out of ", "in every ", "more ", "others", "other "].iter().any(|p| rest.starts_with(p))
        && !is_us
        || [" of", " of the", " out of", " of its", " of their"].iter().any(|p| so_far.ends_with(p))
            && matches!(quantity.unit, Unit::Count)
            && !so_far.ends_with("total of")
            && !is_measured_of(so_far)
    {
        return true;
    }
    // "among them were 17 women and five children": what a part is listed with
    let is_listed = idx.checked_sub(1).is_some_and(|p| {
        let between = text.get(sentence.numbers[p].span.end as usize..quantity.span.start as usize);
        let joins = |w: &str| matches!(w, "and" | "but" | "also" | "plus") || w.ends_with(',');
        let words = || between.unwrap_or("").split_whitespace();
        let is_opened =
            sentence.before(p).iter().take(REACH).any(|w| matches!(*w, "include" | "including" | "among"));
        is_opened && words().any(joins) && words().count() <= LISTED && !between.unwrap_or("").contains('.')
    });
    if is_listed {
        return true;
    }
    // "Of the injured, eight were still in hospital."
    let is_of_some = sentence.before(idx).last() == Some(&"of") && so_far.ends_with(',');
    is_of_some || sentence.before(idx).iter().take(REACH).any(|w| is_word("part", w))
}

/// Words between two numbers of a list at most.
const LISTED: usize = 8;

/// "a toll of 12", "bail of five million", "consists of six": what stands before "of" is no number and no part, but what is
/// measured.
fn is_measured_of(so_far: &str) -> bool {
    let before = so_far.rsplit_once(" of").map_or("", |(b, _)| b);
    let word = before.split_whitespace().next_back().unwrap_or("").to_lowercase();
    let is_number =
        word.chars().any(|c| c.is_ascii_digit()) || variorum_annotate::quantity::is_number_word(&word);
    !word.is_empty() && !is_number && !is_word("some", &word)
}

fn aspect(sentence: &Sentence, idx: usize) -> Aspect {
    let before = sentence.before(idx);
    let behind = sentence.behind(idx, sentence.numbers[idx].span.end);
    let unit = &sentence.numbers[idx].unit;
    let is_each = before.first() == Some(&"each")
        || matches!(behind.first(), Some(&"each" | &"per" | &"apiece"))
        || behind.first() == Some(&"a") && matches!(unit, Unit::Money(_))
        || behind.get(1) == Some(&"per")
        || matches!(behind.get(1), Some(&"each" | &"every"));
    if is_each {
        return Aspect::Each;
    }
    if sentence.is_background && !sentence.is_of_these_days(idx) || sentence.is_behind_another_time(idx) {
        return Aspect::Background;
    }
    // "four prior arrests"
    let is_of_before = sentence.modifiers(idx).iter().any(|m| is_word("former", m));
    let is_former = is_of_before
        || before.iter().take(4).any(|w| is_word("former", w))
        || before.first() == Some(&"from") && !matches!(unit, Unit::Count)
        || before.first() == Some(&"from") && behind.iter().take(3).any(|w| *w == "to");
    if is_former {
        return Aspect::Former;
    }
    let is_needed = before.iter().any(|w| is_word("need", w));
    let is_to_come = behind.iter().take(3).any(|w| *w == "would");
    if before.iter().take(6).any(|w| is_word("forecast", w))
        || is_needed
        || is_to_come
        || is_conditional(sentence, idx)
    {
        return Aspect::Forecast;
    }
    Aspect::Plain
}

fn is_conditional(sentence: &Sentence, idx: usize) -> bool {
    sentence.clause_around(idx).is_some_and(|c| c.modality == Modality::Conditional)
}

/// "has reached 21", "the toll rose to 13", "a total of 40".
fn is_total(sentence: &Sentence, idx: usize) -> bool {
    let before = sentence.before(idx);
    let (first, rest) = before.split_first().unwrap_or((&"", &[]));
    is_word("total", first)
        || matches!(*first, "to" | "at" | "of") && rest.iter().take(4).any(|w| is_word("total", w))
}

/// Which way a change went, by the nearest word that says so.
fn change(sentence: &Sentence, idx: usize) -> Option<bool> {
    let before = sentence.before(idx);
    let behind = sentence.behind(idx, sentence.numbers[idx].span.end);
    let words = before.iter().take(5).enumerate().chain(behind.iter().take(3).enumerate());
    let mut found: Vec<(usize, bool)> = words
        .filter_map(|(n, w)| {
            is_word("up", w).then_some((n, true)).or_else(|| is_word("down", w).then_some((n, false)))
        })
        .collect();
    found.sort_unstable();
    found.first().map(|f| f.1)
}

fn topic(sentence: &Sentence, idx: usize, whole: Option<&Quantity>) -> Option<String> {
    let quantity = &sentence.numbers[idx];
    let counted = quantity.counted_lemma.as_deref().or(whole.and_then(|w| w.counted_lemma.as_deref()));
    let counted = counted.filter(|c| *c != "other");
    let nearest = || happened(sentence, idx, whole).map(str::to_owned);
    match (&quantity.unit, counted) {
        (Unit::Count, Some(thing)) if frame_of(&[thing]).is_some() => frame_of(&[thing]).map(str::to_owned),
        (Unit::Count, Some(thing)) if is_people(thing) => nearest().or(Some("people:".to_owned())),
        (Unit::Count, None) => nearest().or(Some("number:".to_owned())),
        (Unit::Count, Some(thing)) if were_there(thing) || thing == "crew" => {
            let befell = nearest().filter(|frame| {
                !matches!(frame.as_str(), "death" | "injury" | "missing") || !may_be_some(thing)
            });
            befell.or_else(|| Some(format!("count:{}", canonical(thing))))
        }
        (Unit::Count, Some(thing)) => (!is_common(thing)).then(|| format!("count:{}", canonical(thing))),
        (Unit::Money(currency), _) => Some(format!("money:{currency}")),
        (Unit::Percent, _) => Some("percent:".to_owned()),
        (Unit::Measure(unit), _) if penalty::is_penalty(sentence, idx, unit) => {
            Some(penalty::TOPIC.to_owned())
        }
        (Unit::Measure(unit), _) if is_burned(sentence, unit) => Some(format!("burned-{unit}")),
        (Unit::Measure(unit), _) => (!is_moment(sentence, idx, unit)).then(|| format!("measure:{unit}")),
        (Unit::Ordinal | Unit::Age, _) => None,
    }
}

/// What happened to those whom a number counts, by the words around it.
fn happened(sentence: &Sentence, idx: usize, whole: Option<&Quantity>) -> Option<&'static str> {
    let quantity = &sentence.numbers[idx];
    let (at, from) = match whole {
        Some(w) => (idx + 1, w.counted.map_or(w.span.end, |c| c.end.max(w.span.end))),
        None => (idx, quantity.span.end),
    };
    let behind = sentence.behind(at, from);
    // "shot a hundred, killing 49": the verb right before the next number is that number's
    let is_next = governs_next(sentence, at, &behind);
    let behind = if is_next { &behind[..behind.len() - 1] } else { &behind[..] };
    // "two men suspected of killing 40": those who did it are not those to whom it was done
    let is_doer = behind.iter().take(3).any(|w| is_word("doer", w));
    let behind = if is_doer { &[][..] } else { behind };
    // "Seventeen were killed and 21 captured": the second number has a verb of its own
    let has_verb = sentence.is_participle_at(from);
    let before = sentence.before(idx);
    // "sentenced 683 men to death"
    if before.iter().take(REACH).any(|w| matches!(*w, "sentence" | "condemn")) {
        return None;
    }
    let n_clause = sentence.n_clause(idx);
    let before = if has_verb { &before[..n_clause.min(before.len())] } else { &before[..] };
    let found = nearest_frame(before, n_clause, behind);
    found.or_else(|| claimed_frame(sentence, idx).filter(|_| !has_verb))
}

/// Whether the last word before the number that follows `at` is a gerund that governs it.
fn governs_next(sentence: &Sentence, at: usize, behind: &[&str]) -> bool {
    let Some(next) = sentence.numbers.get(at + 1) else { return false };
    let last = sentence.token_at(next.span.start).checked_sub(1).and_then(|n| sentence.tokens.get(n));
    last.is_some_and(|t| {
        t.tag == Tag::Verb
            && sentence.text(t.span).ends_with("ing")
            && behind.last() == Some(&t.lemma.as_str())
    })
}

/// The frame that a topic is, if it is one.
fn frame_in(topic: &str) -> Option<&'static str> {
    if topic.contains(':') { None } else { frame_named(topic) }
}

/// The frame of the clause in which a number is the agent or patient ("33 of the men who had been cut off … were saved"), or
/// of what its clause is about ("the toll of the fire in the old district rose to 13").
fn claimed_frame(sentence: &Sentence, idx: usize) -> Option<&'static str> {
    let number = sentence.numbers[idx].number;
    let inner = sentence.clause_around(idx)?;
    let core = || {
        let is_core = |a: &&Argument| matches!(a.role, ArgumentRole::Agent | ArgumentRole::Patient);
        inner.arguments.iter().filter(is_core)
    };
    let is_own = core().any(|a| a.span.contains(number));
    let by_subject =
        || core().filter(|a| !a.span.contains(number)).find_map(|a| frame_of(&[a.head.as_str()]));
    if is_own { frame_of(&[inner.lemma.as_str()]) } else { by_subject() }
}

/// How much further off a word of the clause before is.
const CLAUSE_GAP: usize = 8;

/// The frame of the nearest words: those right before a number first, then those behind it; what stands in a clause
/// before (`n_clause` words away and more) last.
fn nearest_frame(before: &[&str], n_clause: usize, behind: &[&str]) -> Option<&'static str> {
    let mut found: Vec<(usize, &'static str)> = Vec::new();
    found.extend((0..behind.len()).filter_map(|n| Some((2 * n + 1, frame_of(&behind[n..])?))));
    let forward: Vec<&str> = before.iter().rev().copied().collect();
    let last = forward.len();
    found.extend((0..last).filter_map(|n| {
        let away = last - 1 - n;
        Some((2 * away + if away >= n_clause { CLAUSE_GAP } else { 0 }, frame_of(&forward[n..])?))
    }));
    found.sort_unstable();
    found.first().map(|f| f.1)
}

/// A length of time that makes a point in time ("34 hours after the blast", "within 20 minutes").
fn is_moment(sentence: &Sentence, idx: usize, unit: &str) -> bool {
    if !["second", "minute", "hour", "day", "week", "month", "year", "decade"].contains(&unit) {
        return false;
    }
    let before = sentence.before(idx);
    let behind = sentence.behind(idx, sentence.numbers[idx].span.end);
    // "the past 24 hours" are the last before now, wherever that is
    let text = sentence.text(sentence.numbers[idx].span).to_lowercase();
    let is_now = text.split_whitespace().take(2).any(|w| matches!(w, "past" | "last" | "next" | "coming"));
    // "shut for 16 hours from Sunday evening" is a length
    let is_length = before.first() == Some(&"for") && behind.first() != Some(&"old") && unit != "second";
    is_now || !is_length && is_point(&before, &behind) || unit == "second"
}

/// Whether a number of hectares or acres is the area that a fire took, which grows as long as it burns.
fn is_burned(sentence: &Sentence, unit: &str) -> bool {
    const BURNING: [&str; 9] =
        ["burn", "scorch", "char", "blacken", "fire", "wildfire", "blaze", "flame", "affected"];
    let is_area = ["hectare", "acre"].contains(&unit);
    is_area && sentence.tokens.iter().any(|t| BURNING.contains(&t.lemma.as_str()))
}

/// Whether the words beside a length make a point in time of it.
fn is_point(before: &[&str], behind: &[&str]) -> bool {
    before.first().is_some_and(|w| is_word("moment", w) || *w == "in" || *w == "last" || *w == "past")
        || behind.first().is_some_and(|w| is_word("moment", w) || *w == "old")
}

/// Things that any text counts many of.
fn is_common(thing: &str) -> bool {
    ["time", "way", "thing", "part", "side", "country", "point", "case", "group", "place", "reason", "step"]
        .contains(&thing)
}
