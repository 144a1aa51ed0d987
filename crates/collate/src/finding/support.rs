//! How well a statement is supported: corroborated, of a single origin, omitted.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use variorum_annotate::lexicon::is_stop_word;
use variorum_schema::{Feature, Finding, FindingKind, QuotationKind, Side, Span, Unit};

use super::build;
use super::expectation::deed::{self, Deed};
use super::figure::compare::{self, Weights};
use super::figure::{self, Figure, Topics, apart, measure};
use crate::align::{self, Statement};
use crate::difference::Comparison;
use crate::difference::item::{Class, Item};
use crate::overlap::Words;
use crate::telling::Telling;

mod agreement;
mod facts;
mod single;
mod voice;

/// Words that say something, below which the same may be said on two occasions, or says little of an event: "They did a great job".
const FEW_WORDS: u32 = 6;
/// An account shorter than this (words) does not cover a story at length.
const MIN_LENGTH_WORDS: u32 = 150;
/// Findings of one kind per account: the most central ones.
const MAX_PER_ACCOUNT: usize = 3;
/// Mean likeness from which the sentences of a group surely say the same.
const SURE_LIKENESS: f64 = 0.50;
/// Origins from which on a number that they give is no chance.
const MANY_ORIGINS: usize = 5;
/// Content words in common from which two sentences tell of one measure.
const MIN_COMMON: usize = 3;
/// Equal figures of one topic that are grouped at most.
const MAX_BUCKET: usize = 200;
/// A statement that is as unlike all others as this says something of its own.
const MAX_LIKENESS_ALONE: f64 = 0.30;

/// A group of statements that say the same.
#[derive(Clone, Debug)]
pub struct Cluster {
    /// Its statements, one or more per account.
    pub statements: Vec<Statement>,
    /// Mean likeness of its pairs; of what accounts agree on, to what is printed of it.
    pub likeness: f64,
    /// Identifiers of the independent origins behind it.
    pub origins: Vec<String>,
}

impl Cluster {
    /// The accounts that carry it, sorted.
    #[must_use]
    pub fn accounts(&self) -> BTreeSet<u32> {
        self.statements.iter().map(|s| s.account).collect()
    }
}

/// The clusters of a story without the statements given (sides that were found corrupted), best supported first.
#[must_use]
pub fn clusters(telling: &Telling, without: &BTreeSet<(u32, u32)>) -> Vec<Cluster> {
    let scores: BTreeMap<(u32, u32), f64> =
        telling.alignments.pairs.iter().map(|p| ((p.x, p.y), p.score)).collect();
    let mut clusters: Vec<Cluster> = telling
        .alignments
        .clusters
        .iter()
        .map(|ids| {
            let kept: Vec<u32> = ids
                .iter()
                .copied()
                .filter(|i| {
                    let s = &telling.alignments.statements[*i as usize];
                    !without.contains(&(s.account, s.sentence))
                })
                .collect();
            let pairs: Vec<f64> = kept
                .iter()
                .enumerate()
                .flat_map(|(n, x)| kept[n + 1..].iter().map(move |y| (*x, *y)))
                .filter_map(|p| scores.get(&p).copied())
                .collect();
            let statements: Vec<Statement> =
                kept.iter().map(|i| telling.alignments.statements[*i as usize]).collect();
            let origins = voice::origins(telling, &statements);
            Cluster { likeness: pairs.iter().sum::<f64>() / pairs.len().max(1) as f64, statements, origins }
        })
        .filter(|c| c.accounts().len() > 1)
        .collect();
    clusters.sort_by(|a, b| {
        (b.origins.len(), b.accounts().len())
            .cmp(&(a.origins.len(), a.accounts().len()))
            .then(b.likeness.total_cmp(&a.likeness))
            .then(a.statements.cmp(&b.statements))
    });
    clusters
}

/// The statement in whose words a cluster is told: of the account nearest to its original, the longest within reason.
#[must_use]
pub fn best(telling: &Telling, statements: &[Statement]) -> Statement {
    statements.iter().copied().min_by_key(|s| (rank(telling, s), *s)).unwrap_or(statements[0])
}

/// How badly a statement stands for others: whether it cannot stand alone, how far from its original, how far down.
fn rank(telling: &Telling, s: &Statement) -> (bool, usize, u32) {
    let id = telling.id(s.account);
    let place =
        telling.lineage.origins.iter().find_map(|o| o.documents.iter().position(|d| *d == id)).unwrap_or(0);
    let words = align::unit(telling.pile, s).words.len();
    let is_fit = (8..=45).contains(&words) && !opens_with_pronoun(telling, s);
    (!is_fit, place, s.unit)
}

/// A sentence that opens with "he" or "this" cannot stand alone.
fn opens_with_pronoun(telling: &Telling, s: &Statement) -> bool {
    let first = telling.text(s).split_whitespace().next().unwrap_or("").to_lowercase();
    let bare = first.trim_matches(|c: char| !c.is_alphanumeric());
    [
        "he", "she", "they", "it", "this", "that", "these", "those", "but", "however", "also", "his", "her",
        "their", "its",
    ]
    .contains(&bare)
}

/// Corroborated statements, statements of a single origin, and omissions.
#[must_use]
pub fn support(telling: &Telling, clusters: &[Cluster]) -> Vec<Finding> {
    let mut found = corroborated(telling, clusters);
    let same = figures(telling, &found);
    found.extend(same);
    let more = facts::facts(telling, &found);
    found.extend(more);
    found.extend(omitted(telling, clusters));
    found.extend(acts_omitted(telling));
    let alone = single::single(telling, &found);
    found.extend(alone);
    found
}

/// **The** function for the independent origins of a claim, as identifiers: those behind the accounts that state it
/// ([`crate::lineage::Lineage::origins_of`]), with one for all that have it from one report.
#[must_use]
pub fn origins(telling: &Telling, statements: &[Statement]) -> Vec<String> {
    voice::origins(telling, statements)
}

fn side_of(telling: &Telling, statements: &[Statement], lead: Statement) -> Side {
    let mut ordered: Vec<Statement> = statements.to_vec();
    ordered.sort_by_key(|s| (*s != lead, *s));
    let mut side = build::side(telling, ordered.iter().map(|s| (*s, Span::default())).collect(), Vec::new());
    side.label = build::label(telling.text(&lead));
    side
}

fn corroborated(telling: &Telling, clusters: &[Cluster]) -> Vec<Finding> {
    let agreeing = clusters.iter().filter(|c| c.origins.len() >= 2).filter_map(|c| agreeing(telling, c));
    agreeing
        .filter(|c| c.origins.len() >= telling.options.n_origins as usize)
        .map(|c| {
            let mut side = side_of(telling, &c.statements, c.statements[0]);
            let (n, n_origins) = (c.accounts().len(), c.origins.len());
            let n_words = n_words(telling, &c.statements[0]);
            let speaker = voice::only_speaker(telling, &c.statements);
            let message = match &speaker {
                // what all have from one mouth is one source, however many print it
                Some(name) => format!(
                    "{n} accounts of {n_origins} independent origins cite one source for it, {name}: “{}”",
                    side.label
                ),
                None => {
                    // words of somebody who is not told are not the accounts' own
                    let n_speech = c.statements.iter().filter(|s| voice::is_speech(telling, s)).count();
                    let is_quoted = || c.statements.iter().all(|s| voice::is_quoted(telling, s));
                    let verb = match () {
                        () if 2 * n_speech < c.statements.len() => "state",
                        () if is_quoted() => "quote",
                        () => "report",
                    };
                    format!("{n} accounts of {n_origins} independent origins {verb} it: “{}”", side.label)
                }
            };
            side.sources.extend(speaker);
            let why = vec![
                Feature {
                    name: "independent origins".into(),
                    value: c.origins.len() as f64,
                    weight: 0.0,
                    note: c.origins.join(", "),
                },
                Feature {
                    name: "mean likeness to what the others say".into(),
                    value: c.likeness,
                    weight: c.likeness,
                    note: String::new(),
                },
                Feature {
                    name: "words that say something".into(),
                    value: f64::from(n_words),
                    weight: 0.0,
                    note: format!("{FEW_WORDS} and more are not said twice by chance"),
                },
            ];
            let most = if n_words < FEW_WORDS { 0.84 } else { 0.95 };
            let confidence = (0.30 + 0.75 * c.likeness).min(most);
            build::finding(FindingKind::Corroborated, None, message, vec![side], confidence, None, why)
        })
        .collect()
}

/// How many words of a statement say something by themselves, each once.
fn n_words(telling: &Telling, s: &Statement) -> u32 {
    let (text, annotations) = (&telling.document(s.account).text, &telling.account(s.account).annotations);
    let tokens = annotations.tokens_of(telling.sentence(s)).iter();
    let words =
        tokens.filter(|t| t.span.of(text).chars().any(char::is_alphanumeric) && !is_stop_word(&t.lemma));
    words.map(|t| t.lemma.as_str()).collect::<BTreeSet<_>>().len() as u32
}

/// What the statements of a cluster have in common: the one that others say as well, first, and those that say it. What
/// differs from it in substance does not support it.
fn agreeing(telling: &Telling, cluster: &Cluster) -> Option<Cluster> {
    // that nobody answered is no news, however many were not answered
    if cluster.statements.iter().all(|s| single::is_boilerplate(telling, s)) {
        return None;
    }
    // what stands under a picture is the photographer's
    let is_own = |s: &&Statement| !telling.text(s).contains('\u{a9}');
    let statements: Vec<Statement> = cluster.statements.iter().filter(is_own).copied().collect();
    let (lead, saying) = agreement::core(telling, &statements, |s| rank(telling, s).0.into())?;
    let agrees = |s: &Statement| {
        let comparison =
            Comparison::new(telling, &lead, s, cluster.likeness.max(0.5), s.account != lead.account);
        *s == lead
            || comparison.differences().is_empty()
                && !is_flatly_negated(&comparison.x.1, &comparison.y.1)
                && !is_flatly_negated(&comparison.y.1, &comparison.x.1)
    };
    let statements: Vec<Statement> = saying.into_iter().filter(agrees).collect();
    let origins = voice::origins(telling, &statements);
    let likeness = likeness_of(telling, &lead, &statements).unwrap_or(cluster.likeness);
    Some(Cluster { statements, likeness, origins })
}

/// How alike what is printed is to what each of the other accounts says: the mean of their nearest statements.
fn likeness_of(telling: &Telling, lead: &Statement, statements: &[Statement]) -> Option<f64> {
    let mut nearest: BTreeMap<u32, f64> = BTreeMap::new();
    for s in statements.iter().filter(|s| s.account != lead.account) {
        let likeness = telling.alignments.likeness(lead, s);
        let own = nearest.entry(s.account).or_insert(likeness);
        *own = own.max(likeness);
    }
    (!nearest.is_empty()).then(|| nearest.values().sum::<f64>() / nearest.len() as f64)
}

/// Whether a short sentence says of its act that it is not, and the other negates nothing.
fn is_flatly_negated(items: &[Item], other: &[Item]) -> bool {
    let is_no = |i: &Item| i.negated.is_some() || i.class == Class::Negation;
    let is_short = items.iter().filter(|i| i.is_content).count() <= SHORT;
    is_short
        && items.iter().any(|i| i.negated.is_some() && i.tag == variorum_schema::Tag::Verb)
        && !other.iter().any(is_no)
}

/// A sentence of so many content words says one thing.
const SHORT: usize = 5;

/// Figures that accounts of two or more origins give alike: the same number of the same thing, in sentences that need not
/// be alike.
fn figures(telling: &Telling, told: &[Finding]) -> Vec<Finding> {
    let by_account: Vec<Arc<Topics>> = telling.members.iter().map(|m| figure::figures(telling, *m)).collect();
    let all = || by_account.iter().flat_map(|topics| topics.values().flatten());
    let weights = Weights::new(all());
    // Only equal numbers of one topic can join: each such bucket is grouped by itself.
    let mut buckets: BTreeMap<(&str, u64), Vec<&Figure>> = BTreeMap::new();
    for f in all() {
        buckets.entry((&f.topic, f.quantity.value.to_bits())).or_default().push(f);
    }
    let mut found: Vec<Finding> = Vec::new();
    for bucket in buckets.values() {
        // what many give is the story's
        let is_known = telling.origins(bucket.iter().map(|f| f.statement.account)).len() >= MANY_ORIGINS;
        let mut groups: Vec<Vec<&Figure>> = Vec::new();
        for &f in bucket.iter().take(MAX_BUCKET) {
            // A group is what speaks of one thing throughout: half of its figures must be the same.
            let joins = |g: &Vec<&Figure>| {
                let is_one = |o: &&&Figure| {
                    compare::are_same(&weights, o, f) && (is_known || is_of_one_whole(telling, o, f))
                };
                2 * g.iter().filter(is_one).count() >= g.len()
            };
            match groups.iter_mut().find(|g| joins(g)) {
                Some(group) => group.push(f),
                None => groups.push(vec![f]),
            }
        }
        found.extend(groups.iter().filter_map(|g| same_figure(telling, &weights, g, told)));
    }
    found
}

/// Whether two shares, or two amounts with hardly a digit that says something, are told beside what says of what they are: a
/// word in common, a name that is not everywhere in the story, another number; true of all other figures.
fn is_of_one_whole(telling: &Telling, a: &Figure, b: &Figure) -> bool {
    let is_everywhere =
        |e: usize| telling.entities.list.get(e).is_none_or(|e| 2 * e.n_accounts() >= telling.members.len());
    let has_name = || a.names.iter().any(|n| b.names.contains(n) && !is_everywhere(*n));
    let has_number = || a.siblings.iter().any(|n| *n > 12.0 && b.siblings.contains(n));
    let is_word = |key: &str| !key.starts_with("e:") && measure::names_a_whole(key);
    let has_word = || a.near.iter().any(|key| b.near.contains(key) && is_word(key));
    let is_round = || measure::n_telling_digits(a.quantity.value) <= 2;
    if apart::is_one_above(telling, (&a.statement, a.quantity.span), (&b.statement, b.quantity.span)) {
        return false;
    }
    match a.quantity.unit {
        Unit::Percent => {
            (has_word() || a.names.iter().any(|n| b.names.contains(n)))
                && !apart::are_equal_by_chance(telling, &a.statement, &b.statement, a.quantity.value)
        }
        Unit::Money(_) | Unit::Measure(_) if is_round() => {
            let is_lone = |f: &Figure| apart::is_lone(telling, f.statement.account, f.quantity.span);
            let is_measure = matches!(a.quantity.unit, Unit::Measure(_));
            let is_alike = is_measure && compare::n_common(a, b) >= MIN_COMMON;
            has_word() || has_name() || has_number() || is_lone(a) && is_lone(b) || is_alike
        }
        _ => true,
    }
}

fn same_figure(telling: &Telling, weights: &Weights, group: &[&Figure], told: &[Finding]) -> Option<Finding> {
    let statements: BTreeSet<Statement> = group.iter().map(|f| f.statement).collect();
    let statements: Vec<Statement> = statements.into_iter().collect();
    let origins = voice::origins(telling, &statements);
    if origins.len() < telling.options.n_origins as usize || group[0].quantity.value <= 2.0 {
        return None;
    }
    let places: Vec<(Statement, Span)> = group.iter().map(|f| (f.statement, f.quantity.span)).collect();
    let side = build::side(telling, places, Vec::new());
    // Where the whole sentences were found to say the same, that finding holds the figure already.
    let is_told = |f: &Finding| {
        side.evidence
            .iter()
            .all(|e| f.sides[0].evidence.iter().any(|o| o.document == e.document && o.start == e.start))
    };
    if told.iter().any(is_told) {
        return None;
    }
    let common = group
        .iter()
        .enumerate()
        .flat_map(|(n, a)| group[n + 1..].iter().map(move |b| weights.likeness(a, b)))
        .fold(0.0, f64::max);
    let meaning = meaning(group).map_or_else(String::new, |m| format!(" ({m})"));
    let message = format!(
        "accounts of {} independent origins give the same figure: {}{meaning}",
        origins.len(),
        side.label,
    );
    let why = vec![
        Feature {
            name: "independent origins".into(),
            value: origins.len() as f64,
            weight: 0.0,
            note: origins.join(", "),
        },
        Feature {
            name: "weight of the words that stand near both".into(),
            value: common,
            weight: 0.03,
            note: group[0].topic.clone(),
        },
    ];
    Some(build::finding(
        FindingKind::Corroborated,
        Some(variorum_schema::FindingType::Quantity),
        message,
        vec![side],
        0.60 + 0.03 * common.min(8.0),
        None,
        why,
    ))
}

/// What a figure counts or measures, in words, where its own words do not say it.
fn meaning(group: &[&Figure]) -> Option<String> {
    let topic = group[0].topic.as_str();
    match topic.split_once(':') {
        Some(("count", thing)) => Some(thing.to_owned()),
        Some(("people", _)) => Some("people".to_owned()),
        Some(_) => None,
        None => Some(topic.to_owned()),
    }
}

/// How alike the nearest statement of an account is to any of a cluster.
fn nearest(telling: &Telling, account: u32, cluster: &Cluster) -> (f64, Option<Statement>) {
    let mut best = (0.0, None);
    for own in telling.alignments.of(account) {
        for (other, score) in telling.alignments.alike(own) {
            // of equals the first pair, which has the lowest of its two statements
            let is_first = || best.1.is_none_or(|(pair, _)| (*own.min(&other), *own.max(&other)) < pair);
            if (score > best.0 || score == best.0 && is_first()) && cluster.statements.contains(&other) {
                best = (score, Some(((*own.min(&other), *own.max(&other)), *own)));
            }
        }
    }
    (best.0, best.1.map(|(_, own)| own))
}

/// Accounts that cover the story at length, later than the first report, and lack what two origins carry.
fn omitted(telling: &Telling, clusters: &[Cluster]) -> Vec<Finding> {
    let first = telling.members.iter().filter_map(|m| telling.document(*m).published.value).min();
    let mut found = Vec::new();
    for &member in telling.members {
        let document = telling.document(member);
        let is_first = document.published.value.is_some()
            && document.published.value == first
            && telling.members.iter().any(|m| telling.document(*m).published.value > first);
        if telling.pile.profiles[member as usize].n_words < MIN_LENGTH_WORDS || is_first {
            continue;
        }
        let own_origin = telling.lineage.origin_of(member);
        let central = clusters.iter().filter(|c| {
            let others = c.accounts().iter().filter(|a| telling.lineage.origin_of(**a) != own_origin).count();
            // Central is what two thirds of the origins carry, in sentences that surely say the same.
            let is_central =
                3 * c.origins.len() >= 2 * telling.lineage.origins.len() && c.likeness >= SURE_LIKENESS;
            is_central && c.origins.len() >= 2 && c.accounts().len() >= 3 && others == c.accounts().len()
        });
        // a report of another season is of another event
        let day = |m: u32| telling.document(m).published.value;
        let is_near = |a: u32| {
            day(a).zip(day(member)).is_none_or(|(p, q)| (p - q).get_days().abs() <= MAX_DAYS_OMITTED)
        };
        let lacking = central.filter(|c| c.accounts().into_iter().any(is_near)).filter_map(|c| {
            let (likeness, near) = nearest(telling, member, c);
            (likeness < MAX_LIKENESS_ALONE && !tells_most(telling, member, c)).then_some((c, near))
        });
        for (cluster, near) in lacking.take(MAX_PER_ACCOUNT) {
            found.extend(omission(telling, member, cluster, near));
        }
    }
    found
}

/// Whether an account holds most of the words of a statement somewhere: then it may tell it in its own way. What says
/// little, or is somebody's own words, is no omission either.
fn tells_most(telling: &Telling, member: u32, cluster: &Cluster) -> bool {
    let lead = best(telling, &cluster.statements);
    let content = &align::unit(telling.pile, &lead).content;
    let bag = &telling.pile.profiles[member as usize].bag;
    let n = content.iter().filter(|w| bag.binary_search_by_key(*w, |b| b.0).is_ok()).count();
    let quotations = &telling.account(lead.account).annotations.quotations;
    let span = telling.sentence(&lead).span;
    let is_quoted = quotations
        .iter()
        .any(|q| q.kind == QuotationKind::Direct && q.span.overlaps(span) && 2 * q.span.len() > span.len());
    10 * n > 6 * content.len()
        || weight(telling, &lead) < 3
        || is_quoted
        || single::tells(telling, member, &lead)
}

/// Days after the others within which a report is of the same event.
const MAX_DAYS_OMITTED: i32 = 14;

/// Acts that no account of an event may leave out.
const WEIGHTY: [&str; 9] =
    ["arrest", "detain", "charge", "convict", "resign", "kill", "evacuate", "cancel", "dismiss"];
/// An account shorter than this (words) may leave out even such an act.
const MIN_FEATURE_WORDS: u32 = 250;

/// Accounts that tell nothing of an arrest, a resignation, … that three origins tell of one and the same person or thing.
fn acts_omitted(telling: &Telling) -> Vec<Finding> {
    let deeds = deed::deeds(telling);
    let mut found = Vec::new();
    for act in WEIGHTY {
        let stem = Words::stem_of(act);
        let told: Vec<&Deed> =
            deeds.iter().filter(|d| d.act == stem && d.is_told && !d.is_negative).collect();
        let Some(first) = told.first() else { continue };
        // one act on one person, or of one thing that two words name
        let shared = |d: &&&Deed| match &first.person {
            Some(person) => d.person.as_ref() == Some(person),
            None => d.person.is_none() && d.keys.intersection(&first.keys).count() > 1,
        };
        let statements: BTreeSet<Statement> = told.iter().filter(shared).map(|d| d.statement).collect();
        let statements: Vec<Statement> = statements.into_iter().collect();
        if statements.is_empty() {
            continue;
        }
        // told in sentences that surely say the same, by half of those who tell the story
        let lead = best(telling, &statements);
        let content = |s: &Statement| &align::unit(telling.pile, s).content;
        let is_alike = |s: &&Statement| {
            **s == lead
                || telling.alignments.likeness(s, &lead) >= align::MIN_LIKENESS
                || crate::pile::n_shared(content(s), content(&lead)) >= MIN_SHARED
        };
        let statements: Vec<Statement> = statements.iter().filter(is_alike).copied().collect();
        let origins = telling.origins(statements.iter().map(|s| s.account));
        if origins.len() < 3 || 2 * origins.len() < telling.lineage.origins.len() {
            continue;
        }
        let cluster = Cluster { statements, likeness: 0.5, origins };
        let day = |m: u32| telling.document(m).published.value;
        let earliest = cluster.statements.iter().filter_map(|s| day(s.account)).min();
        let lacks = telling.members.iter().filter(|m| {
            let words = &telling.account(**m).annotations.tokens;
            telling.pile.profiles[**m as usize].n_words >= MIN_FEATURE_WORDS
                && day(**m) >= earliest
                && !words.iter().any(|t| t.lemma.starts_with(act) || implies(&t.lemma, act))
                && cluster
                    .statements
                    .iter()
                    .all(|s| telling.lineage.origin_of(s.account) != telling.lineage.origin_of(**m))
        });
        found.extend(lacks.filter_map(|m| omission(telling, *m, &cluster, None)));
    }
    found
}

/// Content words that two sentences on one act share at least.
const MIN_SHARED: usize = 4;

/// Words from which an arrest or a charge can be taken: who is on trial was arrested before.
const LAW: [&str; 13] = [
    "arrest",
    "custody",
    "charge",
    "indict",
    "trial",
    "jury",
    "convict",
    "sentence",
    "jail",
    "imprison",
    "defendant",
    "plead",
    "court",
];

/// Whether a word tells an act, in other words or by what came of it.
fn implies(lemma: &str, act: &str) -> bool {
    let is_of_law = |word: &str| LAW.contains(&word) || matches!(word, "detain");
    let same = deed::act_of(lemma).is_some_and(|a| deed::act_of(act) == Some(a));
    same || is_of_law(act) && is_of_law(lemma)
}

fn omission(telling: &Telling, member: u32, cluster: &Cluster, near: Option<Statement>) -> Option<Finding> {
    let shown = near.or_else(|| telling.alignments.of(member).first().copied())?;
    let lead = best(telling, &cluster.statements);
    let with = side_of(telling, &cluster.statements, lead);
    let mut without = build::side(telling, vec![(shown, Span::default())], Vec::new());
    without.label = "no statement like it".into();
    for e in &mut without.evidence {
        e.role = Some("nearest sentence of the account that lacks it".into());
    }
    let name = build::outlet(telling, member);
    let message = format!(
        "{name} has no sentence like one that {} accounts of {} origins carry: “{}”",
        cluster.accounts().len(),
        cluster.origins.len(),
        with.label
    );
    let why = vec![
        Feature {
            name: "origins that carry it".into(),
            value: cluster.origins.len() as f64,
            weight: 0.1,
            note: String::new(),
        },
        Feature {
            name: "length of the account (words)".into(),
            value: f64::from(telling.pile.profiles[member as usize].n_words),
            weight: 0.0,
            note: String::new(),
        },
    ];
    Some(build::finding(
        FindingKind::Omitted,
        None,
        message,
        vec![with, without],
        0.55 + 0.1 * (cluster.origins.len() as f64 - 2.0).min(2.0),
        None,
        why,
    ))
}

/// How checkable a statement is: names, numbers, quotations.
fn weight(telling: &Telling, s: &Statement) -> usize {
    let annotations = &telling.account(s.account).annotations;
    let span = telling.sentence(s).span;
    let quantities = annotations.quantities.iter().filter(|q| span.contains(q.span)).count();
    let quotations =
        annotations.quotations.iter().filter(|q| q.span.overlaps(span) && q.source.is_some()).count();
    let names: BTreeSet<u32> =
        annotations.mentions.iter().filter(|m| span.contains(m.span)).map(|m| m.entity).collect();
    2 * quantities.min(2) + 2 * quotations.min(1) + names.len().min(3)
}
