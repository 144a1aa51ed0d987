//! Expected → happened: what one account announces, and what later accounts say of it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon::{self, is_stop_word};
use variorum_schema::{
    ArgumentRole, Claim, Feature, Finding, FindingKind, FindingType, Modality, Polarity, Quantity, Span, Tag,
    Token, Unit,
};

use super::build;
use crate::align::Statement;
use crate::difference::item::{self, Item};
use crate::difference::quantity::compatible;
use crate::overlap::Words;
use crate::telling::Telling;

pub mod deed;
mod echo;
pub mod open;

use deed::Deed;

/// Likeness from which an announcement and a report are taken to speak of one thing.
const MIN_LIKENESS: f64 = 0.31;

static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    lexicon::entries(lexicon::ANNOUNCEMENT_WORDS).filter(|f| f.len() > 1).map(|f| (f[0], f[1])).collect()
});

/// Whether a lemma (`_` joins verb and particle) is in a class of `announcement-words.txt`.
fn is_listed(class: &str, lemma: &str) -> bool {
    WORDS.iter().any(|(c, word)| *c == class && *word == lemma)
}

fn has(items: &[Item], class: &str) -> Option<usize> {
    items.iter().position(|i| WORDS.iter().any(|(c, w)| *c == class && (*w == i.lemma || *w == i.key)))
}

/// Whether a statement announces what is to come.
#[must_use]
pub fn is_announced(telling: &Telling, s: &Statement) -> bool {
    let claims = telling.account(s.account).annotations.claims_of(s.sentence);
    if !claims.is_empty() {
        return claims.iter().any(|c| c.modality == Modality::Planned);
    }
    has(&item::items(telling, s), "announce").is_some()
}

/// Whether an account as a whole looks ahead: its first statement announces.
fn is_preview(telling: &Telling, account: u32) -> bool {
    telling
        .alignments
        .statements
        .iter()
        .find(|s| s.account == account)
        .is_some_and(|s| is_announced(telling, s))
}

/// The deeds of a story: those announced, and those told, each in the order of the texts.
struct Deeds<'a> {
    planned: Vec<&'a Deed>,
    /// What is announced not to be done.
    refused: Vec<&'a Deed>,
    told: Vec<&'a Deed>,
}

impl<'a> Deeds<'a> {
    fn new(telling: &Telling<'a>) -> Deeds<'a> {
        let (mut planned, mut refused, mut told) = (Vec::new(), Vec::new(), Vec::new());
        for deed in deed::deeds(telling) {
            match (deed.is_planned, deed.is_negative) {
                (true, _) if open::is_open_to_doubt(telling, deed) => {}
                (true, false) => planned.push(deed),
                (true, true) => {
                    refused.push(deed);
                    told.push(deed);
                }
                (false, _) if deed.is_told => told.push(deed),
                _ => {}
            }
        }
        planned.truncate(MAX_DEEDS);
        refused.truncate(MAX_DEEDS);
        Deeds { planned, refused, told }
    }
}

/// Days after which a report without a day of its own tells of another time.
const MAX_DAYS: i32 = 90;
/// Deeds announced that are followed up at most.
const MAX_DEEDS: usize = 400;

/// An announcement with the reports that take it up: each with its weight, and whether it says that nothing came of it.
type TakenUp = BTreeMap<Statement, Vec<(Statement, f64, bool)>>;

/// Announcements with what later accounts say of them.
#[must_use]
pub fn expectations(telling: &Telling) -> Vec<Finding> {
    let deeds = Deeds::new(telling);
    let mut told_by_act: BTreeMap<&str, Vec<&Deed>> = BTreeMap::new();
    for deed in &deeds.told {
        told_by_act.entry(&deed.act).or_default().push(deed);
    }
    let mut taken_up = TakenUp::new();
    for before in deeds.planned.iter().chain(&deeds.refused) {
        for after in told_by_act.get(before.act.as_str()).into_iter().flatten().take(MAX_DEEDS) {
            if before.is(after)
                && !(before.is_negative && after.is_negative)
                && follows(telling, before, after)
                && !quote_one(telling, &before.statement, &after.statement)
            {
                let likeness = telling.alignments.likeness(&before.statement, &after.statement);
                let n_shared = before.keys.intersection(&after.keys).count().min(4) as f64;
                let weight = (0.30 + 0.07 * n_shared).max(likeness);
                let is_undone =
                    before.is_negative || after.is_negative || is_otherwise(telling, before, after);
                taken_up.entry(before.statement).or_default().push((after.statement, weight, is_undone));
            }
        }
    }
    for (before, after, likeness) in undone(telling, &deeds) {
        if !echo::is_taken_for_granted(telling, &before, &after) {
            taken_up.entry(before).or_default().push((after, likeness, true));
        }
    }
    for (before, after) in called_off(telling, &deeds) {
        let reports = taken_up.entry(before).or_default();
        match reports.iter_mut().find(|r| r.0 == after) {
            Some(report) if report.2 => report.1 = report.1.max(CALLED_OFF),
            Some(_) => {}
            None if echo::is_taken_for_granted(telling, &before, &after) => {}
            None => reports.push((after, CALLED_OFF, true)),
        }
    }
    taken_up.retain(|_, reports| !reports.is_empty());
    for (before, after, likeness, is_undone) in echo::echoes(telling) {
        let reports = taken_up.entry(before).or_default();
        // what a report says of the announcement in words outweighs what its verbs are taken for
        reports.retain(|r| r.0 != after || r.2 == is_undone);
        reports.push((after, likeness, is_undone));
    }
    let mut findings: Vec<Finding> =
        taken_up.iter().flat_map(|(before, after)| outcome(telling, *before, after)).collect();
    findings.extend(open::open(telling, &deeds.planned, &taken_up.into_keys().collect()));
    findings
}

/// Whether one account reports after another announced.
fn is_later(telling: &Telling, before: &Statement, after: &Statement) -> bool {
    is_published_later(telling, before, after)
        && telling.lineage.own_origin_of(before.account) != telling.lineage.own_origin_of(after.account)
}

/// Whether one account was published after another announced, be it by the same hand.
fn is_published_later(telling: &Telling, before: &Statement, after: &Statement) -> bool {
    let published = |s: &Statement| &telling.document(s.account).published;
    let (p, q) = (published(before), published(after));
    let day = |s: &Statement| published(s).value;
    // An inferred day cannot show which of two accounts came first, except by a day between.
    match (day(before), day(after)) {
        // nor can it show that a report of another year's event is not the one that is looked forward to
        (Some(first), Some(last)) if !p.inferred && !q.inferred => {
            first < last || first == last && is_preview(telling, before.account)
        }
        (Some(_), Some(last)) if p.until.is_some() => !q.inferred && p.until.is_some_and(|u| u < last),
        // one whose day the story settled
        (Some(first), Some(last)) if p.until.is_none() && !q.inferred => first < last,
        _ => false,
    }
}

/// Whether a deed told is the one announced: told later, of a time that the announcement allows.
fn follows(telling: &Telling, before: &Deed, after: &Deed) -> bool {
    let published = |d: &Deed| telling.document(d.statement.account).published.value;
    let (announced, reported) = (published(before), published(after));
    // An evening may end after midnight.
    let times_meet = match (before.when, after.when) {
        (Some((p, _)), Some((q, _))) => {
            (before.is_deadline || p.first <= q.last) && (q.first - p.last).get_days() <= 1
        }
        _ => true,
    };
    let is_due = before.is_deadline || before.times.zip(reported).is_none_or(|((first, _), r)| first <= r);
    // the day of the deed, where one is named, whatever else its sentence tells of
    let told_of = after.when.map(|(day, _)| day.last).or_else(|| after.times.map(|(_, last)| last));
    let is_older = told_of.zip(announced).is_some_and(|(last, a)| (a - last).get_days() > 1);
    let is_alike = telling.alignments.likeness(&before.statement, &after.statement) >= MIN_LIKENESS
        || before.keys.intersection(&after.keys).count() >= 3
        || before.is_of_record()
        || before.is_decisive(after)
        || before.is_deadline && before.n_shared(after) >= 2
        || before.is_on_the_day_of(after);
    // what another person did is another deed
    let is_of_another = after.person.as_ref().is_some_and(|p| !before.keys.contains(p))
        && before.person != after.person
        && !before.keys.is_empty()
        && !share_a_name(telling, &before.person, &after.person)
        || before.is_done_by_another(after) && !share_a_name(telling, &before.agent, &after.agent);
    // what is reported long after may be another time that the same is done
    let due = announced.map(|a| before.times.map_or(a, |(first, last)| first.max(last).max(a)));
    let is_soon = due.zip(reported).is_none_or(|(due, r)| (r - due).get_days() <= MAX_DAYS);
    let is_dated = |s: &Statement| !telling.document(s.account).published.inferred;
    let is_later = is_later(telling, &before.statement, &after.statement)
        // of one hand only what both reports date
        || is_published_later(telling, &before.statement, &after.statement)
            && is_dated(&before.statement)
            && is_dated(&after.statement)
            && before.is_on_the_day_of(after);
    is_later
        && is_alike
        && (!is_of_another || before.is_of_record())
        && (is_soon || before.is_on_the_day_of(after))
        && (after.is_negative && (after.is_done || after.is_planned)
            || times_meet && is_due && !is_older && after.is_done && !is_within_plan(telling, after))
}

/// Whether a deed is told inside of what is to come: "will go on as it began".
fn is_within_plan(telling: &Telling, deed: &Deed) -> bool {
    let claims = telling.account(deed.statement.account).annotations.claims_of(deed.statement.sentence);
    if claims.is_empty() {
        return is_announced(telling, &deed.statement);
    }
    let is_around = |c: &&Claim| c.predicate.start < deed.predicate.start || deed.span.contains(c.predicate);
    claims.iter().filter(is_around).any(|c| c.modality == Modality::Planned)
}

/// Whether two people, by their keys, have a word of their names in common: "Brandt", "Brandt Shipping".
fn share_a_name(telling: &Telling, a: &Option<String>, b: &Option<String>) -> bool {
    let words = |key: &Option<String>| -> BTreeSet<String> {
        let entity = key.as_deref().and_then(|p| p.strip_prefix("e:")?.parse::<usize>().ok());
        let name = entity.and_then(|e| telling.entities.list.get(e)).map_or("", |e| e.name.as_str());
        name.split_whitespace().map(str::to_lowercase).collect()
    };
    let (p, q) = (words(a), words(b));
    p.len() != q.len() && !p.is_disjoint(&q)
}

/// Whether what was done is not quite what was announced: by half a point, where a quarter was expected.
fn is_otherwise(telling: &Telling, before: &Deed, after: &Deed) -> bool {
    let of = |d: &Deed| -> Vec<&Quantity> {
        let all = &telling.account(d.statement.account).annotations.quantities;
        let sentence = telling.sentence(&d.statement).span;
        let own = all.iter().filter(|q| sentence.contains(q.span));
        own.filter(|q| matches!(q.unit, Unit::Percent | Unit::Money(_) | Unit::Measure(_))).collect()
    };
    let (expected, given) = (of(before), of(after));
    let pairs =
        expected.iter().flat_map(|p| given.iter().map(move |q| (p, q))).filter(|(p, q)| p.unit == q.unit);
    let mut agree = pairs.map(|(p, q)| compatible(p, q)).peekable();
    agree.peek().is_some() && !agree.any(|is_same| is_same)
}

/// Reports alike an announcement that say of what was announced that it was called off.
fn undone(telling: &Telling, deeds: &Deeds) -> Vec<(Statement, Statement, f64)> {
    let mut found = Vec::new();
    for before in &deeds.planned {
        for pair in telling.alignments.pairs.iter().filter(|p| p.score >= MIN_LIKENESS) {
            let of = |i: u32| telling.alignments.statements[i as usize];
            let (x, y) = (of(pair.x), of(pair.y));
            let after = match before.statement {
                s if s == x => y,
                s if s == y => x,
                _ => continue,
            };
            let items = item::items(telling, &after);
            let is_about = items.iter().filter(|i| before.keys.contains(&i.key)).count() >= 2
                && is_called_off(telling, &after, &items, &before.keys);
            if is_about && has(&items, "undone").is_some() && is_later(telling, &before.statement, &after) {
                found.push((before.statement, after, pair.score));
            }
        }
    }
    found
}

/// What weighs a report that calls off by its words what was announced, however unlike the sentences are.
const CALLED_OFF: f64 = 0.45;
/// Words of it that are in the announcement.
const MIN_CALLED: usize = 2;

/// Announcements with later reports whose verb says of just that thing that it was called off: "the harvest festival will take
/// place", "the festival of the harvest was cancelled"; "will address parliament", "the address to parliament was put off".
fn called_off(telling: &Telling, deeds: &Deeds) -> Vec<(Statement, Statement)> {
    let stems = |statement: &Statement, span: Span| -> BTreeSet<String> {
        let tokens = telling.account(statement.account).annotations.tokens_of(telling.sentence(statement));
        let is_told = |t: &&Token| {
            let says =
                matches!(t.tag, Tag::Noun | Tag::Propn | Tag::Adj | Tag::Verb) && !is_stop_word(&t.lemma);
            says && span.contains(t.span)
        };
        tokens.iter().filter(is_told).map(|t| Words::stem_of(&t.lemma.to_lowercase())).collect()
    };
    // how one person votes is not the vote, and who asks announces nothing
    let is_open =
        |d: &&&Deed| d.act == "vote" && d.agent.is_some() || telling.text(&d.statement).ends_with('?');
    let told = deeds.planned.iter().filter(|d| !is_open(d));
    let planned: Vec<(&Deed, BTreeSet<String>)> = told.map(|d| (*d, stems(&d.statement, d.span))).collect();
    let mut found = Vec::new();
    for after in &telling.alignments.statements {
        let annotations = &telling.account(after.account).annotations;
        for claim in annotations.claims_of(after.sentence).iter().filter(|c| is_calling_off(c)) {
            let thing = claim.arguments.iter().find(|a| a.role == ArgumentRole::Patient);
            let Some(thing) = thing else { continue };
            let lower = thing.head.to_lowercase();
            let (head, words) = (Words::stem_of(&lower), stems(after, thing.span));
            // "the address" is given by who addresses
            let act = deed::act_of(&lower);
            let is_it = |(deed, told): &&(&Deed, BTreeSet<String>)| {
                (deed.act == head || act == Some(deed.act.as_str()) || deed.held.as_ref() == Some(&head))
                    && words.intersection(told).count() >= MIN_CALLED
                    && is_later(telling, &deed.statement, after)
            };
            found.extend(planned.iter().filter(is_it).map(|(deed, _)| (deed.statement, *after)));
        }
    }
    found
}

/// Whether a claim tells that something was called off.
fn is_calling_off(claim: &Claim) -> bool {
    let lemma = claim.lemma.strip_prefix("be ").unwrap_or(&claim.lemma).replace(' ', "_");
    lemma != "fail"
        && is_listed("undone", &lemma)
        && claim.polarity == Polarity::Positive
        && matches!(claim.modality, Modality::Asserted | Modality::Alleged)
}

/// Whether what a report calls off is named among what was announced, and called off in fact: "urged them to put off the
/// vote" puts off nothing.
fn is_called_off(telling: &Telling, after: &Statement, items: &[Item], keys: &BTreeSet<String>) -> bool {
    let account = telling.account(after.account);
    let undone: Vec<&Item> = has(items, "undone").map(|at| &items[at]).into_iter().collect();
    let claims = account.annotations.claims_of(after.sentence);
    let mut own = claims.iter().filter(|c| undone.iter().any(|i| c.predicate.contains(i.span))).peekable();
    if own.peek().is_none() {
        return true;
    }
    let is_told = |c: &Claim| matches!(c.modality, Modality::Asserted | Modality::Alleged);
    own.any(|c| {
        let named = items.iter().filter(|i| c.arguments.iter().any(|a| a.span.contains(i.span)));
        is_told(c) && named.into_iter().any(|i| keys.contains(&i.key) || keys.contains(&i.lemma))
    })
}

/// Whether two sentences quote the same words: the later one repeats the announcement.
fn quote_one(telling: &Telling, x: &Statement, y: &Statement) -> bool {
    let quoted = |s: &Statement| -> Vec<String> {
        let text = telling.text(s).to_lowercase();
        let parts: Vec<&str> = text.split(['"', '“', '”']).collect();
        let inside = parts.iter().skip(1).step_by(2);
        inside
            .flat_map(|p| p.split(|c: char| !c.is_alphanumeric() && c != '\''))
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (p, q) = (quoted(x), quoted(y));
    p.windows(3).any(|w| q.windows(3).any(|v| v == w))
}

/// One finding for the reports that it was met, one for those that it was not.
fn outcome(telling: &Telling, before: Statement, after: &[(Statement, f64, bool)]) -> Vec<Finding> {
    let report = |is_undone: bool| {
        let list: Vec<(Statement, f64)> =
            after.iter().filter(|a| a.2 == is_undone).map(|a| (a.0, a.1)).collect();
        let best = list.iter().map(|l| l.1).fold(0.0, f64::max);
        if list.is_empty() {
            return None;
        }
        let announced = build::side(telling, vec![(before, telling.sentence(&before).span)], Vec::new());
        let mut ordered = list.clone();
        ordered.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let distinct: BTreeSet<Statement> = ordered.iter().map(|l| l.0).collect();
        let reported = build::side(
            telling,
            ordered.iter().map(|l| (l.0, telling.sentence(&l.0).span)).collect(),
            Vec::new(),
        );
        let kind = if is_undone { FindingType::Unmet } else { FindingType::Met };
        let verb = if is_undone {
            "later accounts say it did not come about as announced"
        } else {
            "later accounts report it"
        };
        let message = format!(
            "{} announced “{}”; {verb}: “{}”",
            build::outlet(telling, before.account),
            announced.label,
            reported.label
        );
        let why = vec![Feature {
            name: "likeness of announcement and report".into(),
            value: best,
            weight: best,
            note: format!("{} reports", distinct.len()),
        }];
        let confidence = (0.4 + 0.8 * (best - 0.2)).min(0.9);
        Some(build::finding(
            FindingKind::ExpectedHappened,
            Some(kind),
            message,
            vec![announced, reported],
            confidence,
            None,
            why,
        ))
    };
    [report(false), report(true)].into_iter().flatten().collect()
}
