//! Deeds: what claims say that somebody does or will do, so that an announcement can be found again in a report that uses
//! other words.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use jiff::civil::Date;
use variorum_annotate::lexicon::{self, is_stop_word};
use variorum_schema::{
    ArgumentRole, Claim, EntityKind, Form, Granularity, Interval, MentionForm, Modality, Polarity, Span, Tag,
    TimeKind, Token, Unit,
};

use crate::align::Statement;
use crate::difference::exchanged::Calendar;
use crate::finding::figure::measure::is_word;
use crate::overlap::Words;
use crate::telling::Telling;

static CLASSES: LazyLock<BTreeMap<&str, Vec<&str>>> =
    LazyLock::new(|| lexicon::classes(lexicon::ACT_CLASSES));

/// The class of an act by its lemma (`_` joins verb and particle), if it is listed.
#[must_use]
pub fn act_of(lemma: &str) -> Option<&'static str> {
    CLASSES.get(lemma)?.last().copied()
}

/// Verbs that say too little to be found again.
const WEAK: [&str; 22] = [
    "be",
    "have",
    "do",
    "make",
    "get",
    "take",
    "go",
    "remain",
    "continue",
    "become",
    "seem",
    "need",
    "want",
    "help",
    "allow",
    "represent",
    "include",
    "mean",
    "let",
    "keep",
    "use",
    "see",
];

/// Whether a lemma says too little to be found again.
#[must_use]
pub fn is_weak(lemma: &str) -> bool {
    WEAK.contains(&lemma)
}

/// Stems of acts that somebody decides on once in a story.
const DECISIONS: [&str; 5] = ["appeal", "apply", "testify", "apologise", "retaliate"];

/// One act that a claim tells or announces.
#[derive(Clone, Debug)]
pub struct Deed {
    /// Where it is told.
    pub statement: Statement,
    /// Class of the act, else its lemma.
    pub act: String,
    /// Content words and names of its participants.
    pub keys: BTreeSet<String>,
    /// Numbers of its participants.
    pub numbers: BTreeSet<String>,
    /// Key of the person who did it, or whom it befell, where that is one named person.
    pub person: Option<String>,
    /// Key of the person who did it, where that is one named person.
    pub agent: Option<String>,
    /// Stem of what is held, opened or begun, or takes place, where the verb says no more than that.
    pub held: Option<String>,
    /// Its words.
    pub predicate: Span,
    /// Its clause.
    pub span: Span,
    /// Whether it is announced and not yet reported.
    pub is_planned: bool,
    /// Whether it is told as done, without "if" or "may".
    pub is_told: bool,
    /// Whether its day is the last on which it is to be done: "by Friday".
    pub is_deadline: bool,
    /// Whether its announcement is told in the past: "was scheduled to take off".
    pub is_past: bool,
    /// Whether it is negated.
    pub is_negative: bool,
    /// Whether its verb is a finite past ("signed", "has begun"), or a headline's present.
    pub is_done: bool,
    /// First day of the latest, and last day of the earliest time that its sentence names, however coarse.
    pub times: Option<(Date, Date)>,
    /// When, if a day or a finer time is named in its sentence.
    pub when: Option<(Interval, Span)>,
}

/// The deeds of a story that say enough to be found again, in the order of the texts.
#[must_use]
pub fn deeds<'a>(telling: &Telling<'a>) -> &'a [Deed] {
    telling.memory.deeds.get_or_init(|| read(telling))
}

fn read(telling: &Telling) -> Vec<Deed> {
    let mut found = Vec::new();
    for statement in &telling.alignments.statements {
        let own = telling.account(statement.account).annotations.claims_of(statement.sentence);
        found.extend(own.iter().filter_map(|c| deed(telling, statement, c)));
    }
    found
}

fn deed(telling: &Telling, statement: &Statement, claim: &Claim) -> Option<Deed> {
    let lemma = claim.lemma.strip_prefix("be ").unwrap_or(&claim.lemma).replace(' ', "_");
    if lemma == "vote" && is_for_somebody(telling, statement, claim) {
        return None;
    }
    Some(Deed {
        is_done: is_done(telling, statement, claim),
        is_past: is_past(telling, statement, claim),
        times: times(telling, statement),
        statement: *statement,
        act: act(claim, &lemma)?,
        keys: participants(telling, statement, claim),
        numbers: numbers(telling, statement, claim),
        person: person(telling, statement, claim),
        agent: agent(telling, statement, claim),
        held: held(claim, &lemma),
        predicate: claim.predicate,
        span: claim.span,
        is_planned: claim.modality == Modality::Planned && is_announcement(telling, statement, claim)
            || is_expected(telling, statement, claim),
        is_told: matches!(claim.modality, Modality::Asserted | Modality::Alleged),
        is_negative: claim.polarity == Polarity::Negative,
        is_deadline: is_deadline(telling, statement, claim),
        when: when(telling, statement, claim),
    })
}

/// What a claim says will be held, or will take place: what it befalls, else what does so.
fn held(claim: &Claim, lemma: &str) -> Option<String> {
    let of =
        |role: ArgumentRole| claim.arguments.iter().find(|a| a.role == role).map(|a| a.head.to_lowercase());
    let patient = of(ArgumentRole::Patient);
    let is_place = lemma == "take" && patient.as_deref() == Some("place");
    let thing = if is_place { of(ArgumentRole::Agent) } else { patient.or_else(|| of(ArgumentRole::Agent)) };
    let is_held = is_place || super::is_listed("held", lemma);
    thing.filter(|_| is_held).map(|head| Words::stem_of(&head))
}

/// Verbs that leave the act to their object: "give a ruling", "lodge an appeal", "hold a ballot".
const LIGHT: [&str; 15] = [
    "give",
    "make",
    "take",
    "hold",
    "deliver",
    "issue",
    "lodge",
    "file",
    "cast",
    "have",
    "undergo",
    "pass",
    "complete",
    "stage",
    "hand_down",
];
/// Objects of "pass" that are voted on.
const VOTED: [&str; 8] = ["bill", "law", "budget", "motion", "act", "resolution", "measure", "legislation"];

/// The class by which an act is found again, else the stem of its verb, or of the noun that tells it.
fn act(claim: &Claim, lemma: &str) -> Option<String> {
    let object = claim.arguments.iter().find(|a| a.role == ArgumentRole::Patient && a.entity.is_none());
    let object = object.map(|a| a.head.to_lowercase()).filter(|h| !is_stop_word(h));
    if lemma == "make" && claim.arguments.iter().any(|a| a.head == "public") {
        return act_of("publish").map(str::to_owned);
    }
    if lemma == "set"
        && claim.arguments.iter().any(|a| a.role == ArgumentRole::Complement && a.head == "free")
    {
        return act_of("release").map(str::to_owned);
    }
    let is_vote = lemma == "pass" && object.as_deref().is_some_and(|o| VOTED.contains(&o));
    if LIGHT.contains(&lemma) && !is_vote {
        let told = object.map(|o| act_of(&o).map_or_else(|| Words::stem_of(&o), str::to_owned));
        let own = act_of(lemma).filter(|_| lemma != "pass" && !claim.lemma.starts_with("be "));
        return told.filter(|_| lemma != "hold" && lemma != "issue").or_else(|| own.map(str::to_owned));
    }
    let class = act_of(lemma);
    if class.is_none() && (is_weak(lemma) || claim.lemma.starts_with("be ")) {
        return None;
    }
    Some(class.map_or_else(|| Words::stem_of(lemma), str::to_owned))
}

/// Whether a claim about what is to come announces it: what somebody only threatens or agrees to, and what "would" be on
/// some condition, is not announced.
fn is_announcement(telling: &Telling, statement: &Statement, claim: &Claim) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    let at = tokens.partition_point(|t| t.span.end <= claim.predicate.start);
    let end = tokens.partition_point(|t| t.span.start < claim.predicate.end);
    let window = &tokens[at.saturating_sub(6)..end.max(at)];
    let has = |words: &[&str]| window.iter().any(|t| words.contains(&t.lemma.as_str()));
    // nobody can announce that he will win; a poll says what people would do; "set to work" is done
    let lemma = |n: usize| tokens.get(n).map_or("", |t| t.lemma.as_str());
    let is_hoped = matches!(claim.lemma.as_str(), "win" | "lose" | "beat" | "prevail");
    let quantities = &telling.account(statement.account).annotations.quantities;
    let sentence = telling.sentence(statement).span;
    let has_share = quantities.iter().any(|q| q.unit == Unit::Percent && sentence.contains(q.span));
    let says_they = |w: &[Token]| w[0].lemma == "say" && w[1].lemma == "they";
    let asks = |t: &Token| is_word("poll", &t.lemma) || matches!(t.lemma.as_str(), "prefer" | "matchup");
    let is_polled = has_share && (tokens.iter().any(asks) || tokens.windows(2).any(says_they));
    let is_begun = at > 1
        && lemma(at - 1) == "to"
        && lemma(at - 2) == "set"
        && !tokens[at.saturating_sub(5)..at - 2].iter().any(|t| t.lemma == "be");
    let is_work = claim.lemma == "work" && is_begun
        || lemma(at) == "set" && lemma(at + 1) == "to" && lemma(at + 2) == "work";
    let is_wished = tokens[..at].iter().any(|t| t.lemma == "i")
        && tokens[..at].iter().any(|t| matches!(t.lemma.as_str(), "hope" | "wish" | "pray"));
    if is_hoped || is_polled || is_work || is_wished {
        return false;
    }
    // "said that he would come" passes an announcement on; "would" between quotation marks is on a condition
    let is_passed_on = !telling.text(statement).contains(['“', '"', '«', '„'])
        && tokens.iter().any(|t| SAYING.contains(&t.lemma.as_str()));
    let is_weak = has(&["threaten", "agree", "vow", "want", "hope", "would", "if"]);
    !is_weak
        || has(&["will", "expect", "schedule", "due"])
        || !claim.attribution.is_empty() && has(&["would"]) && is_passed_on
}

/// Verbs by which an announcement is passed on.
const SAYING: [&str; 9] =
    ["say", "announce", "promise", "tell", "confirm", "declare", "add", "pledge", "report"];

/// "Was scheduled to", "was due to", in front of the verb or in its phrase.
fn is_past(telling: &Telling, statement: &Statement, claim: &Claim) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    let at = tokens.partition_point(|t| t.span.end <= claim.predicate.start);
    let end = tokens.partition_point(|t| t.span.start < claim.predicate.end).max(at);
    let window = &tokens[at.saturating_sub(3)..end];
    window.iter().any(|t| t.lemma == "be" && t.form == Form::Past)
}

/// "Is expected to rule", "are due to meet", whatever else the clause is taken for.
fn is_expected(telling: &Telling, statement: &Statement, claim: &Claim) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    let at = tokens.partition_point(|t| t.span.end <= claim.predicate.start);
    let end = tokens.partition_point(|t| t.span.start < claim.predicate.end).max(at);
    // in front of the verb, or in its phrase
    let is_set = tokens[at.saturating_sub(3)..end].windows(3).any(|w| {
        w[0].lemma == "be"
            && matches!(w[0].form, Form::Present | Form::Third)
            && matches!(w[1].lemma.as_str(), "expect" | "schedule" | "due" | "set" | "slate" | "plan")
            && w[2].lemma == "to"
    });
    claim.modality == Modality::Conditional && claim.polarity == Polarity::Positive && is_set
}

/// Whether a claim's verb tells of something done.
fn is_done(telling: &Telling, statement: &Statement, claim: &Claim) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    let at = tokens.partition_point(|t| t.span.end <= claim.predicate.start);
    let end = tokens.partition_point(|t| t.span.start < claim.predicate.end).max(at);
    // "was supposed to launch" tells of nothing done
    let last = tokens[at..end].iter().rposition(|t| t.tag == Tag::Verb).map(|n| at + n);
    let is_meant = last.and_then(|n| n.checked_sub(1)).is_some_and(|b| b > at && tokens[b].lemma == "to");
    let verbs = tokens[at..end].iter();
    let mut forms = verbs.filter(|t| matches!(t.tag, Tag::Verb | Tag::Aux)).map(|t| t.form);
    let is_infinitive = at.checked_sub(1).is_some_and(|b| tokens[b].lemma == "to");
    // "is funded", "that's aimed", "is quitting" describe; "has been funded" tells
    let around = tokens[at.saturating_sub(2)..end].iter();
    let auxiliaries: Vec<Form> =
        around.filter(|t| matches!(t.lemma.as_str(), "be" | "'s" | "’s")).map(|t| t.form).collect();
    let is_clipped =
        tokens[at.saturating_sub(2)..end].iter().any(|t| matches!(t.lemma.as_str(), "'s" | "’s"));
    let is_state = is_clipped && !auxiliaries.contains(&Form::PastParticiple)
        || auxiliaries.iter().any(|f| matches!(f, Form::Present | Form::Third | Form::Plain))
            && !auxiliaries.iter().any(|f| matches!(f, Form::Past | Form::PastParticiple));
    // "when he meets her next month"
    let is_when = tokens[..at].iter().any(|t| matches!(t.lemma.as_str(), "when" | "once" | "if" | "until"));
    // "would go ahead" is said of what is to come
    let is_to_come = tokens[at..end].iter().any(|t| matches!(t.lemma.as_str(), "will" | "would" | "shall"));
    !is_infinitive
        && !is_state
        && !is_to_come
        && !is_meant
        && forms.any(|f| {
            let is_headline = f == Form::Third && statement.unit <= 1 && !is_when;
            f == Form::Past || f == Form::PastParticiple || is_headline
        })
}

/// The times that a sentence names.
fn times(telling: &Telling, statement: &Statement) -> Option<(Date, Date)> {
    let times = &telling.account(statement.account).annotations.times;
    let sentence = telling.sentence(statement).span;
    let first = times.partition_point(|t| t.span.start < sentence.start);
    let own = times[first..].iter().take_while(|t| sentence.contains(t.span));
    let dates: Vec<Interval> = own
        .filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time))
        .filter_map(|t| t.interval)
        .collect();
    Some((dates.iter().map(|i| i.first).max()?, dates.iter().map(|i| i.last).min()?))
}

/// Content words of the arguments; names by the entity that they mean.
fn participants(telling: &Telling, statement: &Statement, claim: &Claim) -> BTreeSet<String> {
    let annotations = &telling.account(statement.account).annotations;
    let tokens = annotations.tokens_of(telling.sentence(statement));
    let inside = |span: Span| claim.arguments.iter().any(|a| a.span.contains(span));
    let words = tokens
        .iter()
        .filter(|t| matches!(t.tag, Tag::Noun | Tag::Propn) && inside(t.span) && !is_stop_word(&t.lemma));
    let mut keys: BTreeSet<String> = words.map(|t| t.lemma.to_lowercase()).collect();
    let entities = claim.arguments.iter().filter_map(|a| telling.entities.of(statement.account, a.entity?));
    keys.extend(entities.map(|e| format!("e:{e}")));
    keys.extend(represented(telling, statement, claim).into_iter().map(|e| format!("e:{e}")));
    if claim.modality == Modality::Planned {
        keys.extend(taken_up(telling, statement, claim));
    }
    keys
}

/// A number from which it tells who is meant: "the 19 hostages", "nineteen people".
const MIN_NUMBER: f64 = 3.0;

/// The numbers in the arguments of a claim.
fn numbers(telling: &Telling, statement: &Statement, claim: &Claim) -> BTreeSet<String> {
    let all = &telling.account(statement.account).annotations.quantities;
    let first = all.partition_point(|q| q.span.start < claim.span.start);
    let own = all[first..].iter().take_while(|q| q.span.start < claim.span.end);
    let is_telling = |q: &&variorum_schema::Quantity| {
        q.value >= MIN_NUMBER && claim.arguments.iter().any(|a| a.span.contains(q.number))
    };
    own.filter(is_telling).map(|q| format!("{}", q.value)).collect()
}

/// Of a lawyer's client the one whose lawyer speaks: "Brandt's lawyer said that his client would appeal".
fn represented(telling: &Telling, statement: &Statement, claim: &Claim) -> Vec<usize> {
    if !claim.arguments.iter().any(|a| a.head == "client") {
        return Vec::new();
    }
    let annotations = &telling.account(statement.account).annotations;
    let sources = || claim.attribution.iter().map(|a| (a.source, a.entity));
    let named = annotations.mentions.iter().filter(|m| {
        m.form == MentionForm::Name
            && sources().any(|(span, own)| span.contains(m.span) && own != Some(m.entity))
    });
    named.filter_map(|m| telling.entities.of(statement.account, m.entity)).collect()
}

/// The one whom an act is about: to whom it is done, else who does it.
fn person(telling: &Telling, statement: &Statement, claim: &Claim) -> Option<String> {
    let of = |role: ArgumentRole| {
        let entity = claim.arguments.iter().find(|a| a.role == role)?.entity?;
        telling.entities.of(statement.account, entity)
    };
    let entity = of(ArgumentRole::Patient).or_else(|| of(ArgumentRole::Agent))?;
    let known = telling.entities.list.get(entity)?;
    (known.is_named && known.kind == EntityKind::Person).then(|| format!("e:{entity}"))
}

/// Whether somebody is voted for, or the vote is an election: there are as many such votes as voters.
fn is_for_somebody(telling: &Telling, statement: &Statement, claim: &Claim) -> bool {
    let is_person = |e: u32| {
        let known = telling.entities.of(statement.account, e).and_then(|e| telling.entities.list.get(e));
        known.is_some_and(|k| k.kind == EntityKind::Person)
    };
    claim.arguments.iter().any(|a| {
        a.role != ArgumentRole::Agent
            && (a.entity.is_some_and(is_person) || VOTERS.contains(&a.head.as_str()))
            || a.role == ArgumentRole::Agent && VOTERS.contains(&a.head.as_str())
    })
}

/// Who votes in an election, and for whom.
const VOTERS: [&str; 12] = [
    "voter",
    "candidate",
    "nominee",
    "person",
    "people",
    "woman",
    "man",
    "resident",
    "election",
    "primary",
    "party",
    "who",
];

/// The named person who does it.
fn agent(telling: &Telling, statement: &Statement, claim: &Claim) -> Option<String> {
    let entity = claim.arguments.iter().find(|a| a.role == ArgumentRole::Agent)?.entity?;
    let entity = telling.entities.of(statement.account, entity)?;
    let known = telling.entities.list.get(entity)?;
    (known.is_named && known.kind == EntityKind::Person).then(|| format!("e:{entity}"))
}

/// "They are to arrive on Monday": the nouns of the sentence before, where nobody found out who "they" are.
fn taken_up(telling: &Telling, statement: &Statement, claim: &Claim) -> Vec<String> {
    let annotations = &telling.account(statement.account).annotations;
    let is_unknown = claim.arguments.iter().any(|a| {
        let tokens = annotations.tokens_of(telling.sentence(statement));
        let at = tokens.partition_point(|t| t.span.end <= a.span.start);
        let is_they =
            tokens.get(at).is_some_and(|t| matches!(t.lemma.as_str(), "they" | "it") && t.span == a.span);
        let meant = annotations.mentions.iter().find(|m| m.span == a.span && m.form == MentionForm::Pronoun);
        matches!(a.role, ArgumentRole::Agent | ArgumentRole::Patient)
            && is_they
            && meant.is_none_or(|m| telling.entities.of(statement.account, m.entity).is_none())
    });
    let before = statement.sentence.checked_sub(1).and_then(|n| annotations.sentences.get(n as usize));
    let Some(before) = before.filter(|_| is_unknown) else { return Vec::new() };
    let nouns =
        annotations.tokens_of(before).iter().filter(|t| t.tag == Tag::Noun && !is_stop_word(&t.lemma));
    nouns.map(|t| t.lemma.to_lowercase()).collect()
}
/// What is said on a day about another one.
const ANNOUNCED: [&str; 11] = [
    "announcement",
    "statement",
    "remark",
    "remarks",
    "comment",
    "comments",
    "letter",
    "tweet",
    "report",
    "warning",
    "decision",
];
/// The same, of which the day behind it always is: "said on Sunday a team had left".
const SAID: [&str; 7] = ["said", "announced", "told", "warned", "confirmed", "tweeted", "declared"];

/// The day that a claim's sentence names for it: inside the claim, else the only one of the sentence.
fn when(telling: &Telling, statement: &Statement, claim: &Claim) -> Option<(Interval, Span)> {
    let times = &telling.account(statement.account).annotations.times;
    let sentence = telling.sentence(statement).span;
    let first = times.partition_point(|t| t.span.start < sentence.start);
    let own = times[first..]
        .iter()
        .take_while(|t| sentence.contains(t.span))
        .filter(|t| t.granularity <= Granularity::Day && matches!(t.kind, TimeKind::Date | TimeKind::Time));
    // "a Long March 4C rocket" names no day.
    let text = &telling.document(statement.account).text;
    let ends =
        |s: Span| !text.get(s.end as usize..).unwrap_or("").chars().next().is_some_and(char::is_alphanumeric);
    // "Wednesday's strike", "SUNDAY: showers" tell of which strike, and head a list
    let is_mark = |s: Span| {
        let rest = text.get(s.end as usize..).unwrap_or("");
        rest.starts_with(':') || ["'s", "’s", "-"].iter().any(|m| rest.starts_with(m))
    };
    // "calls Christmas a sham" names no day
    let is_thing = |s: Span| {
        let own = s.of(text);
        let is_name = own.starts_with(char::is_uppercase)
            && !own.contains(|c: char| c.is_ascii_digit())
            && !Calendar::of(&own.to_lowercase()).is_named();
        let before = text.get(..s.start as usize).unwrap_or("").trim_end();
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        let is_when = ["on", "at", "by", "after", "before", "until", "till", "this", "next", "for", "over"];
        is_name
            && own.split(' ').count() < 3
            && !is_when.contains(&last.as_str())
            && before.ends_with(char::is_alphabetic)
    };
    // "his announcement on Friday that troops will go"
    let is_of_words = |s: Span| {
        let before = text.get(..s.start as usize).unwrap_or("").trim_end();
        let before = before.strip_suffix(" on").unwrap_or(before);
        let last = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        let behind = text.get(s.end as usize..).unwrap_or("").trim_start();
        SAID.contains(&last.as_str()) || ANNOUNCED.contains(&last.as_str()) && behind.starts_with("that ")
    };
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    let is_after = |s: Span| is_bound(tokens, s);
    let own = own.filter(|t| {
        ends(t.span) && !is_mark(t.span) && !is_thing(t.span) && !is_of_words(t.span) && !is_after(t.span)
    });
    let days: Vec<(Interval, Span)> = own.filter_map(|t| Some((t.interval?, t.span))).collect();
    // of several the one behind the verb: "the first to vote on Monday, they are to play later today"
    let is_own = |d: &&(Interval, Span)| claim.span.contains(d.1) || touches(claim.span, d.1);
    let behind = days.iter().filter(is_own).find(|d| d.1.start >= claim.predicate.end);
    let inside = behind.or_else(|| days.iter().find(is_own));
    // "however it goes on Sunday": a day of another clause is not this one's
    let is_of_another = |day: Span| {
        let claims = telling.account(statement.account).annotations.claims_of(statement.sentence);
        let mut others =
            claims.iter().filter(|c| c.predicate != claim.predicate && c.span.len() < sentence.len());
        others.any(|c| (c.span.contains(day) || touches(c.span, day)) && !c.span.overlaps(claim.predicate))
    };
    let only = if days.len() == 1 { days.first().filter(|d| !is_of_another(d.1)) } else { None };
    inside.or(only).copied()
}

/// "Since Monday", "ahead of the elections on Monday", "before Monday": the day says what lies behind or before it.
fn is_bound(tokens: &[Token], day: Span) -> bool {
    let mut before = tokens[..tokens.partition_point(|t| t.span.end <= day.start)].iter().rev();
    let mut is_of_event = false;
    let head = before.by_ref().find(|t| {
        is_of_event |= t.lemma == "on";
        t.lemma != "on" && !matches!(t.tag, Tag::Det | Tag::Adj | Tag::Noun | Tag::Propn | Tag::Num)
    });
    match head.map(|t| t.lemma.as_str()) {
        Some("before" | "beyond") => true,
        Some("of" | "to") => before.next().is_some_and(|t| matches!(t.lemma.as_str(), "ahead" | "prior")),
        // "they will vote after a debate on Monday"
        Some("since" | "after") => !is_of_event,
        _ => false,
    }
}

/// Whether the day that a claim's sentence names for it stands behind "by".
fn is_deadline(telling: &Telling, statement: &Statement, claim: &Claim) -> bool {
    let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
    when(telling, statement, claim).is_some_and(|(_, span)| {
        let at = tokens.partition_point(|t| t.span.end <= span.start);
        at.checked_sub(1).is_some_and(|n| matches!(tokens[n].lemma.as_str(), "by" | "until" | "before"))
    })
}

/// Whether a time stands right behind a claim's last word.
fn touches(claim: Span, time: Span) -> bool {
    time.start >= claim.end && time.start - claim.end <= 6
}

impl Deed {
    /// Whether two deeds may be one: the same act, with participants in common.
    #[must_use]
    pub fn is(&self, other: &Deed) -> bool {
        let n_shared = self.n_shared(other);
        if self.is_decisive(other) {
            return true;
        }
        // what is signed or voted on is a thing, not only a place or a person
        let is_thing = self.keys.intersection(&other.keys).any(|k| !k.starts_with("e:"));
        let needed = if self.is_of_record() && is_thing || self.is_on_the_day_of(other) { 1 } else { 2 };
        self.act == other.act && n_shared >= needed
    }

    /// How many participants and numbers of participants two deeds share.
    #[must_use]
    pub fn n_shared(&self, other: &Deed) -> usize {
        self.keys.intersection(&other.keys).count() + self.numbers.intersection(&other.numbers).count()
    }

    /// Whether two people, each named, did them.
    #[must_use]
    pub fn is_done_by_another(&self, other: &Deed) -> bool {
        self.agent.is_some() && other.agent.is_some() && self.agent != other.agent
    }

    /// Whether both are one decision of one named person or body.
    #[must_use]
    pub fn is_decisive(&self, other: &Deed) -> bool {
        self.act == other.act
            && DECISIONS.contains(&self.act.as_str())
            && !self.is_done_by_another(other)
            && (self.keys.intersection(&other.keys).any(|k| k.starts_with("e:"))
                || self.keys.intersection(&other.keys).count() > 1)
    }

    /// Whether it is of a kind that is done once for one thing.
    #[must_use]
    pub fn is_of_record(&self) -> bool {
        matches!(self.act.as_str(), "vote" | "sign" | "publish")
    }

    /// Whether both name one day.
    #[must_use]
    pub fn is_on_the_day_of(&self, other: &Deed) -> bool {
        self.when.zip(other.when).is_some_and(|((p, _), (q, _))| p.first <= q.last && q.first <= p.last)
    }
}
