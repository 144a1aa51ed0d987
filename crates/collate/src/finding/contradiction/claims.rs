//! Claims against claims, whatever their sentences look like: outcomes of one referent that exclude one another, and one
//! act that is affirmed here and denied there.
//!
//! Only claims that share a participant are compared (an index by participant, capped), so the cost stays near-linear in
//! the claims of a story. A difference is reported only where nothing explains it: another referent, another time, a
//! part, a plan, a condition, or an account that has both.

use std::collections::{BTreeMap, BTreeSet};

use variorum_annotate::words;
use variorum_schema::{ArgumentRole, FindingKind, FindingType, Form, Modality};

use super::{Disagreement, Place, corrected};
use crate::align;
use crate::assertion::noun::Nouns;
use crate::assertion::question::{self, About, Beside, Nature, Question};
use crate::assertion::referent::Referent;
use crate::assertion::{self, Assertion, Reading};
use crate::telling::Telling;

mod act;
mod begun;
mod charge;
mod contrary;
mod denied;
mod division;
mod negated;
mod nil;
mod scheduled;
mod since;
mod unhurt;

/// Claims about one participant that are compared with one another.
const MAX_OF_ONE: usize = 80;
/// Sameness from which two phrases refer to one thing.
pub(super) const SAME: f64 = 0.7;
/// Sameness from which they may, if their sentences have more in common.
pub(super) const LIKE: f64 = 0.5;
/// Nearness from which two words may call one occasion.
const MIN_NEAR: f64 = 0.5;
/// Content words that two sentences share besides, for phrases that are only alike.
const MIN_SHARED: usize = 4;

/// The claims of a story, read once.
pub(super) struct Claims<'a> {
    telling: &'a Telling<'a>,
    readings: Vec<Reading<'a>>,
    assertions: Vec<Assertion>,
    nouns: Nouns,
}

/// Disagreements between claims of independent accounts, and inside one account.
pub(super) fn claims(telling: &Telling) -> Vec<Disagreement> {
    let readings = assertion::readings(telling);
    let assertions = assertion::assertions(telling, &readings);
    let nouns = Nouns::new(telling.members.iter().map(|m| (*m, telling.account(*m))));
    let claims = Claims { telling, readings, assertions, nouns };
    let mut found = claims.outcomes();
    found.extend(negated::negations(&claims));
    found.extend(contrary::contraries(&claims));
    found.extend(unhurt::harms(&claims));
    found.extend(division::divisions(&claims));
    found.extend(scheduled::days(&claims));
    found.extend(since::since(&claims));
    found.extend(nil::nothing(&claims));
    found.extend(act::acts(&claims));
    found.extend(begun::beginnings(&claims));
    // what a rumour says is no account's own statement
    found.retain(|d| d.kind == FindingKind::Disputed || !is_of_rumour(telling, d));
    found.extend(denied::denials(&claims));
    found
}

/// Words that say of what a sentence tells that it is not so, or that nobody stands by it.
const RUMOUR: [&str; 7] = ["hoax", "rumor", "rumour", "prank", "spoof", "debunk", "satirical"];

/// Whether one of two sentences tells what was rumoured, or both accounts are about a rumour: then each has both sides of it.
fn is_of_rumour(telling: &Telling, d: &Disagreement) -> bool {
    let is_about = |p: &&Place| {
        let tokens = &telling.account(p.statement.account).annotations.tokens;
        tokens.iter().any(|t| RUMOUR.contains(&t.lemma.as_str()) && !t.lemma.starts_with("rum"))
    };
    let places = [&d.x, &d.y];
    places.iter().all(is_about)
        || places.iter().any(|p| {
            let tokens =
                telling.account(p.statement.account).annotations.tokens_of(telling.sentence(&p.statement));
            tokens.iter().any(|t| RUMOUR.contains(&t.lemma.as_str()))
        })
}

/// How two claims are related.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Between {
    /// Of one account.
    Within,
    /// Of accounts of one lineage.
    Copies,
    /// Of independent accounts.
    Independent,
}

impl Claims<'_> {
    fn of(&self, assertion: &Assertion) -> &Reading<'_> {
        &self.readings[assertion.reading]
    }

    fn place(&self, assertion: &Assertion) -> Place {
        Place { statement: self.of(assertion).statement, focus: assertion.focus }
    }

    fn between(&self, x: u32, y: u32) -> Between {
        let origin = |m: u32| self.telling.lineage.origin_of(m);
        match () {
            () if x == y => Between::Within,
            () if origin(x) == origin(y) => Between::Copies,
            () => Between::Independent,
        }
    }

    /// Pairs of answers to one question that differ, about one referent.
    fn outcomes(&self) -> Vec<Disagreement> {
        let mut index: BTreeMap<(usize, String), Vec<usize>> = BTreeMap::new();
        for (idx, assertion) in self.assertions.iter().enumerate() {
            let mut keys = self.keys(assertion);
            let needs_object = question::at(assertion.word.question).is_some_and(|q| q.needs_object);
            let object = assertion.object.as_ref().filter(|_| needs_object);
            keys.extend(object.into_iter().flat_map(Referent::keys).map(|k| format!("object {k}")));
            // what one calls a parade and the other a procession meets under no word of its own
            let question = question::at(assertion.word.question);
            if question.is_some_and(|q| q.about == About::Anything && q.nature != Nature::Opinion) {
                keys.push(String::new());
            }
            for key in keys {
                index.entry((assertion.word.question, key)).or_default().push(idx);
            }
        }
        let mut pairs: BTreeSet<(usize, usize)> = BTreeSet::new();
        for list in index.values() {
            for (n, &x) in list.iter().take(MAX_OF_ONE).enumerate() {
                let others = list.iter().take(MAX_OF_ONE).skip(n + 1);
                let answer = |n: usize| (self.assertions[n].word.answer, self.assertions[n].is_negative);
                let differ = |y: &&usize| answer(x) != answer(**y);
                pairs.extend(others.filter(differ).map(|y| (x, *y)));
            }
        }
        pairs.iter().filter_map(|(x, y)| self.outcome(&self.assertions[*x], &self.assertions[*y])).collect()
    }

    /// Where an answer is looked for: with its referent; an unresolved "it" in its account; what is about all, anywhere.
    fn keys(&self, assertion: &Assertion) -> Vec<String> {
        let question = question::at(assertion.word.question);
        let account = self.of(assertion).statement.account;
        match question.map(|q| (q.about, q.nature)) {
            Some((About::Everyone, _)) => vec![format!("account {account}")],
            Some((_, Nature::Opinion)) => {
                let mut keys = assertion.about.keys();
                keys.push(format!("account {account}"));
                keys
            }
            _ => assertion.about.keys(),
        }
    }

    fn outcome(&self, a: &Assertion, b: &Assertion) -> Option<Disagreement> {
        let question = question::at(a.word.question)?;
        let (x, y) = (self.of(a), self.of(b));
        let between = self.between(x.statement.account, y.statement.account);
        if question.about == About::Everyone {
            return self.counterexample(a, b);
        }
        // both may tell of one earlier day: the inspection of last October
        let is_one_day = x.when.is_some() && y.when.is_some();
        let is_turned = a.is_negative != b.is_negative;
        let are_plans = x.modality == Modality::Planned && y.modality == Modality::Planned;
        let is_told = |r: &Reading, a: &Assertion| {
            // the manner in which somebody will leave is told, even where the leaving itself is to come
            let is_manner = matches!(a.word.beside, Beside::Phrase(_)) && r.modality == Modality::Planned;
            let is_now = is_one_day || !r.is_background;
            // "was dropped", "will be introduced"
            let is_policy = question.name == "policy" && r.modality == Modality::Planned;
            is_now && (r.modality == Modality::Asserted || is_manner || are_plans || is_policy)
        };
        if !is_told(x, a) || !is_told(y, b) {
            return None;
        }
        if between == Between::Copies {
            return self.corrected(question, a, b);
        }
        // "postponed to Thursday": the day of what is held, not of the decision
        let is_of_day = !matches!(question.name, "holding" | "policy");
        if is_of_day && !at_one_time(x, y) || a.is_negative && b.is_negative {
            return None;
        }
        if question.name == "verdict" && charge::are_two(self, x, y) {
            return None;
        }
        if is_turned {
            return self.turned(question, between, a, b);
        }
        // "had pleaded not guilty" was before the plea that is told
        if question.nature == Nature::Changing && self.is_before(x) != self.is_before(y) {
            return None;
        }
        let sameness = self.sameness(question, a, b)?;
        let kind = self.kind(question, between, a, b)?;
        let words = |a: &Assertion, r: &Reading| {
            crate::finding::build::label(a.focus.of(&self.telling.document(r.statement.account).text))
        };
        let note = format!("{}: “{}” and “{}” exclude one another", question.name, words(a, x), words(b, y));
        let (place_x, place_y) = (self.place(a), self.place(b));
        let is_turned = kind == FindingKind::Revised && self.day(y) < self.day(x)
            || kind == FindingKind::HeadlineMismatch && y.is_headline && !x.is_headline;
        let (place_x, place_y) = if is_turned { (place_y, place_x) } else { (place_x, place_y) };
        let strength = if between == Between::Within && kind != FindingKind::Disputed { 0.65 } else { 0.8 };
        Some(disagreement(kind, FindingType::Outcome, place_x, place_y, sameness, strength, note))
    }

    /// What an outlet corrects in its own text, or brings up to date in a later one.
    fn corrected(&self, question: &Question, a: &Assertion, b: &Assertion) -> Option<Disagreement> {
        let (x, y) = (self.of(a), self.of(b));
        let (p, q) = (self.place(a), self.place(b));
        let is_corrected = |new: &Place, old: &Place| corrected::is_corrected(self.telling, new, old);
        let outlet = |r: &Reading| self.telling.document(r.statement.account).outlet.as_deref();
        let is_own = outlet(x).is_some() && outlet(x) == outlet(y) && question.nature == Nature::Changing;
        let order = self.day(x).cmp(&self.day(y));
        let (first, then) = match () {
            () if is_corrected(&q, &p) => (p, q),
            () if is_corrected(&p, &q) => (q, p),
            () if is_own && order == std::cmp::Ordering::Less => (p, q),
            () if is_own && order == std::cmp::Ordering::Greater => (q, p),
            () => return None,
        };
        let is_one = a.word.answer != b.word.answer && a.is_negative == b.is_negative;
        if !is_one || self.has(x, b) || self.has(y, a) {
            return None;
        }
        let sameness = self.sameness(question, a, b)?;
        let note = format!("{}: corrected or brought up to date by the outlet itself", question.name);
        Some(disagreement(FindingKind::Revised, FindingType::Outcome, first, then, sameness, 0.8, note))
    }

    /// An answer that one account gives and the other one says is not so.
    fn turned(
        &self,
        question: &Question,
        between: Between,
        a: &Assertion,
        b: &Assertion,
    ) -> Option<Disagreement> {
        let (no, yes) = if a.is_negative { (a, b) } else { (b, a) };
        let (n, y) = (self.of(no), self.of(yes));
        let is_fit = a.word.answer == b.word.answer
            && (n.lemma == y.lemma || question.nature == Nature::Lasting)
            && between == Between::Independent
            && matches!(question.nature, Nature::Lasting | Nature::Changing);
        // what was not so yesterday may be so today
        let is_earlier = self.day(n).zip(self.day(y)).is_some_and(|(p, q)| p < q);
        if !is_fit || is_earlier && contrary::is_past(self, n) || !negated::is_flat(self, n, y) {
            return None;
        }
        // of reports without a day nobody knows which came first
        let is_undated = self.day(n).is_none() && self.day(y).is_none();
        if is_undated && question.nature == Nature::Changing {
            return None;
        }
        let sameness = self.sameness(question, a, b)?;
        let has = |own: &Reading, negative: bool| {
            self.assertions_of(own.statement.account).iter().any(|c| {
                (c.word.question, c.word.answer) == (a.word.question, a.word.answer)
                    && c.is_negative == negative
                    && (c.about.sameness(&a.about) >= LIKE || c.about.sameness(&b.about) >= LIKE)
            })
        };
        if has(n, false) || has(y, true) || negated::is_of_another_part(self, n, y) {
            return None;
        }
        // what one source denied, another voice does not revise
        if is_earlier && n.speaker.is_some() && n.speaker != y.speaker {
            return None;
        }
        let mut found = negated::found(n, y, sameness, 0.8, question.name);
        if is_earlier {
            found.kind = FindingKind::Revised;
        }
        Some(found)
    }

    /// How sure it is that two answers are about one thing; `None` if not sure enough.
    fn sameness(&self, question: &Question, a: &Assertion, b: &Assertion) -> Option<f64> {
        let (x, y) = (self.of(a), self.of(b));
        let objects = a.object.as_ref().zip(b.object.as_ref()).map(|(p, q)| p.sameness(q));
        let is_fit = match objects {
            Some(same) if question.needs_object => same >= LIKE,
            Some(same) if question.nature == Nature::Opinion => same >= 0.0,
            Some(same) => same > 0.0 || question.about == About::Person,
            None => !question.needs_object,
        };
        if !is_fit || !agents_agree(x, y, a, b) {
            return None;
        }
        let same = a.about.sameness(&b.about);
        // "it passed the inspection": the sentences say whether it is the same
        if (a.about.is_pronoun || b.about.is_pronoun) && question.needs_object {
            let is_same_object = objects.is_some_and(|same| same >= SAME);
            let is_one_time = x.when.is_some() && x.when == y.when;
            return (is_same_object && (is_one_time || self.are_alike(x, y))).then_some(0.6);
        }
        if question.nature == Nature::Opinion {
            let is_next = x.statement.account == y.statement.account
                && x.statement.sentence.abs_diff(y.statement.sentence) <= 1;
            let is_it = (a.about.is_pronoun || b.about.is_pronoun) && is_next;
            return if is_it { Some(0.6) } else { (same >= LIKE).then_some(same.min(0.8)) };
        }
        if same >= SAME {
            let weakest = objects.filter(|_| question.needs_object).unwrap_or(1.0);
            return Some(same.min(weakest.max(0.6)).min(0.9));
        }
        let is_one = || self.nouns.are_one((x.statement.account, &a.about), (y.statement.account, &b.about));
        let is_one_day = x.when.is_some() && x.when == y.when && x.when.is_some_and(|w| w.first == w.last);
        let is_context = self.share_context(x, y) || is_one_day && question.name == "holding";
        // "the procession on Monday", "our parade" on the same Monday
        if is_one_day && question.name == "holding" && are_near(&a.about, &b.about) {
            return Some(LIKE);
        }
        (same >= LIKE && is_context || is_one()).then_some(same.max(LIKE))
    }

    /// Whether the sentences of two claims are aligned.
    fn are_alike(&self, x: &Reading, y: &Reading) -> bool {
        let alignments = &self.telling.alignments;
        let at = |s| alignments.statements.binary_search(s).ok().map(|i| i as u32);
        let Some((p, q)) = at(&x.statement).zip(at(&y.statement)) else { return false };
        let pair = (p.min(q), p.max(q));
        let found = alignments.pairs.binary_search_by(|o| (o.x, o.y).cmp(&pair));
        found.is_ok_and(|i| alignments.pairs[i].score >= align::SAME_LIKENESS)
    }

    /// Whether the sentences of two claims have more in common than the thing itself.
    pub(super) fn share_context(&self, x: &Reading, y: &Reading) -> bool {
        if x.is_headline || y.is_headline {
            return false;
        }
        let content = |r: &Reading| &align::unit(self.telling.pile, &r.statement).content;
        crate::pile::n_shared(content(x), content(y)) >= MIN_SHARED
    }

    /// What kind of disagreement two different answers are, if they are one at all.
    fn kind(
        &self,
        question: &Question,
        between: Between,
        a: &Assertion,
        b: &Assertion,
    ) -> Option<FindingKind> {
        let (x, y) = (self.of(a), self.of(b));
        let are_two = x.speaker.is_some() && y.speaker.is_some() && x.speaker != y.speaker;
        if question.nature == Nature::Opinion {
            let source = |r: &Reading| r.speaker.clone().or_else(|| caller(r, self.telling));
            let (p, q) = (source(x)?, source(y)?);
            return (p != q).then_some(FindingKind::Disputed);
        }
        if between == Between::Within {
            let is_apart = x.statement.sentence.abs_diff(y.statement.sentence) > 0;
            return match question.nature {
                _ if !is_apart || a.about.entity.is_none() => None,
                // who gives himself up is arrested then
                _ if question.name == "capture" => None,
                Nature::Lasting if are_two => Some(FindingKind::Disputed),
                Nature::Lasting if x.speaker != y.speaker => None,
                Nature::Lasting if x.is_headline != y.is_headline => Some(FindingKind::HeadlineMismatch),
                Nature::Lasting => Some(FindingKind::SelfContradiction),
                _ => None,
            };
        }
        if self.has(x, b) || self.has(y, a) {
            return None;
        }
        // two accounts of one day that is over: the later one brings nothing up to date
        let is_over = |r: &Reading| self.day(r).zip(r.when).is_some_and(|(d, w)| w.last < d);
        let is_one_past = is_over(x) && is_over(y) && at_one_time(x, y);
        let is_later = self.day(x).zip(self.day(y)).is_some_and(|(p, q)| p != q) && !is_one_past;
        match question.nature {
            // what one source says, another voice does not bring up to date
            Nature::Changing if is_later && earlier_speaker(self, x, y) => None,
            Nature::Changing if is_later => Some(FindingKind::Revised),
            Nature::Act => None,
            _ => Some(FindingKind::Conflict),
        }
    }

    fn day(&self, reading: &Reading) -> Option<jiff::civil::Date> {
        self.telling.document(reading.statement.account).published.value
    }

    /// Whether a claim is in the past perfect, and so tells of what was before something else.
    fn is_before(&self, reading: &Reading) -> bool {
        let annotations = &self.telling.account(reading.statement.account).annotations;
        let first = annotations.tokens.partition_point(|t| t.span.end <= reading.claim.predicate.start);
        annotations.tokens.get(first).is_some_and(|t| t.lemma == "have" && t.form == Form::Past)
            && reading.speaker.is_none()
    }

    /// Whether the account of `own` gives the answer of `other` about the same referent too, in the same voice: then the
    /// two can stand together.
    fn has(&self, own: &Reading, other: &Assertion) -> bool {
        self.assertions_of(own.statement.account).iter().any(|a| {
            (a.word.question, a.word.answer) == (other.word.question, other.word.answer)
                && a.is_negative == other.is_negative
                && self.of(a).modality != Modality::Conditional
                && self.of(a).speaker == own.speaker
                && (a.about.sameness(&other.about) >= LIKE
                    || a.about.is_pronoun
                        && self.of(a).statement.sentence.abs_diff(own.statement.sentence) <= 1)
        })
    }

    /// The assertions of one account: they stand in the order of the accounts.
    fn assertions_of(&self, account: u32) -> &[Assertion] {
        let of = |a: &Assertion| self.of(a).statement.account;
        let first = self.assertions.partition_point(|a| of(a) < account);
        let last = self.assertions.partition_point(|a| of(a) <= account);
        &self.assertions[first..last]
    }

    /// The readings of one account.
    fn readings_of(&self, account: u32) -> &[Reading<'_>] {
        let first = self.readings.partition_point(|r| r.statement.account < account);
        let last = self.readings.partition_point(|r| r.statement.account <= account);
        &self.readings[first..last]
    }

    /// "All rescued" in a headline, and two who are missing in the text.
    fn counterexample(&self, a: &Assertion, b: &Assertion) -> Option<Disagreement> {
        let (x, y) = (self.of(a), self.of(b));
        let is_plain = |r: &Reading| !r.is_negative && !r.is_background && r.modality == Modality::Asserted;
        if a.word.answer != 0 || !a.about.is_all || !x.is_headline || y.is_headline {
            return (b.word.answer == 0 && b.about.is_all && y.is_headline && !x.is_headline)
                .then(|| self.counterexample(b, a))
                .flatten();
        }
        let is_people = !b.about.numbers.is_empty() || b.about.entity.is_some();
        (is_plain(x) && is_plain(y) && is_people).then(|| {
            let note = "the headline says it of all, the text of some that it is not so".to_owned();
            let (p, q) = (self.place(a), self.place(b));
            disagreement(FindingKind::HeadlineMismatch, FindingType::Outcome, p, q, 0.6, 0.75, note)
        })
    }
}

/// Whether nobody else is named as the one who did it: one chamber may pass what the other rejects.
fn agents_agree(x: &Reading, y: &Reading, a: &Assertion, b: &Assertion) -> bool {
    let agent =
        |r: &Reading, a: &Assertion| r.with(ArgumentRole::Agent).find(|p| p.span != a.about.span).cloned();
    match (agent(x, a), agent(y, b)) {
        (Some(p), Some(q)) => p.sameness(&q) > 0.0,
        _ => true,
    }
}

/// Who calls it so ("X called it a violation").
fn caller(reading: &Reading, telling: &Telling) -> Option<String> {
    let is_calling = ["call", "describe", "consider"].contains(&reading.lemma.as_str());
    let agent = reading.with(ArgumentRole::Agent).next().filter(|_| is_calling)?;
    agent.entity.and_then(|e| telling.entities.list.get(e)).map(|e| e.name.clone())
}

/// Whether two phrases may call one occasion by two words.
fn are_near(p: &Referent, q: &Referent) -> bool {
    let is_known = |r: &Referent| r.is_definite && !r.is_pronoun && !r.is_partial && r.entity.is_none();
    let nearness = words::nearness(&p.head, &q.head).unwrap_or(0.0);
    is_known(p) && is_known(q) && nearness >= MIN_NEAR
}

/// Whether two claims may tell of one moment: their times meet, or one or both name none.
fn at_one_time(x: &Reading, y: &Reading) -> bool {
    match (x.when, y.when) {
        (Some(p), Some(q)) => p.first <= q.last && q.first <= p.last,
        _ => true,
    }
}

fn disagreement(
    kind: FindingKind,
    finding_type: FindingType,
    x: Place,
    y: Place,
    sameness: f64,
    strength: f64,
    note: String,
) -> Disagreement {
    // the confidence weighs likeness of sentences; here the sameness of what they are about stands for it
    Disagreement { kind, finding_type, x, y, likeness: 0.25 + 0.4 * sameness, strength, note, lean: 0.0 }
}

/// The sameness of the one participant of each with this part, if each has one.
fn the_one<'a>(reading: &'a Reading, role: ArgumentRole) -> Option<&'a Referent> {
    let mut of = reading.with(role);
    of.next().filter(|_| of.next().is_none())
}

/// Whether the earlier of two readings is the word of somebody of whom the later one is not.
fn earlier_speaker(claims: &Claims<'_>, x: &Reading, y: &Reading) -> bool {
    let (first, then) = if claims.day(y) < claims.day(x) { (y, x) } else { (x, y) };
    first.speaker.is_some() && first.speaker != then.speaker
}
