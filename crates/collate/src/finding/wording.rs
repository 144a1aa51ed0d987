//! Wording: what the accounts call the same act, group or person, side by side.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{
    Argument, ArgumentRole, EntityKind, Feature, Finding, FindingKind, FindingType, Granularity, Mention,
    MentionForm, Modality, Polarity, Span, Tag, TimeKind,
};

use super::build;
use crate::align::Statement;
use crate::difference::item::{self, Class, Item};
use crate::telling::Telling;

/// How many items away from a term the name that it speaks of may stand.
const REACH: usize = 4;

struct Term {
    kind: FindingType,
    family: &'static str,
    words: Vec<&'static str>,
    /// Terms that are forms of one choice ("kill", "killing") share a stem of four letters.
    label: &'static str,
}

static TERMS: LazyLock<Vec<Term>> = LazyLock::new(|| {
    lexicon::entries(lexicon::WORDING)
        .filter(|f| f.len() > 2)
        .flat_map(|f| {
            let kind = match f[0] {
                "act" => FindingType::ActTerm,
                "group" => FindingType::GroupTerm,
                _ => FindingType::PersonTerm,
            };
            let family = f[1];
            f[2].split(',').map(move |t| Term {
                kind,
                family,
                words: t.split_whitespace().collect(),
                label: t.trim(),
            })
        })
        .collect()
});

type Uses = BTreeMap<String, Vec<(Statement, Span)>>;

/// One finding per act, group or person that the accounts call by different names.
#[must_use]
pub fn wordings(telling: &Telling) -> Vec<Finding> {
    let mut uses: BTreeMap<(FindingType, &str, usize), Uses> = BTreeMap::new();
    for statement in &telling.alignments.statements {
        let items = item::items(telling, statement);
        for (at, term) in terms(&items) {
            if term.kind == FindingType::ActTerm
                && (term.family == DEATH && is_charge(&items, at)
                    || term.family == LEAVING
                        && (is_long_ago(telling, statement) || !is_done(telling, statement, &items, at)))
            {
                continue;
            }
            let mut referents = referents(telling, &items, at, term);
            referents.extend(by_claim(telling, statement, &items[at], term));
            // a crowd that is counted needs no name: each account counts the one of the event
            if referents.is_empty() && term.family == CROWD && is_counted(telling, statement, &items[at]) {
                referents.insert(NAMELESS);
            }
            for entity in referents {
                let stem: String = term.label.chars().take(4).collect();
                uses.entry((term.kind, term.family, entity))
                    .or_default()
                    .entry(stem)
                    .or_default()
                    .push((*statement, span_of(&items, at, term)));
            }
        }
    }
    uses.into_iter()
        .filter_map(|((kind, family, entity), uses)| finding(telling, kind, family, entity, &uses))
        .collect()
}

/// The words of a term, where they stand side by side.
fn span_of(items: &[Item], at: usize, term: &Term) -> Span {
    let words = items.get(at..at + term.words.len()).unwrap_or_default();
    let is_whole = words.iter().zip(&term.words).all(|(i, w)| i.lemma == *w || i.key == *w);
    let last = words.last().filter(|_| is_whole).map_or(items[at].span, |i| i.span);
    items[at].span.cover(last)
}

/// Words before a noun that ask for what it names.
const ASKING: [&str; 9] =
    ["call", "demand", "seek", "urge", "want", "request", "for", "threaten", "possible"];

/// Whether somebody has left an office, and is not only called upon to, or might: "should be forced to step down",
/// "demanded his ouster".
fn is_done(telling: &Telling, statement: &Statement, items: &[Item], at: usize) -> bool {
    let own = telling.account(statement.account).annotations.claims_of(statement.sentence);
    let claim = own.iter().find(|c| c.predicate.contains(items[at].span));
    let is_asked =
        || items[at.saturating_sub(CHARGE_REACH)..at].iter().any(|i| ASKING.contains(&i.lemma.as_str()));
    match claim {
        Some(claim) => {
            matches!(claim.modality, Modality::Asserted | Modality::Alleged)
                && claim.polarity == Polarity::Positive
        }
        None => items[at].tag == Tag::Noun && !is_asked(),
    }
}

/// Words before a term that make it the name of a charge, which nobody chooses.
const CHARGES: [&str; 16] = [
    "charge",
    "accuse",
    "guilty",
    "convict",
    "conviction",
    "acquit",
    "trial",
    "plead",
    "count",
    "indict",
    "suspicion",
    "sentence",
    "try",
    "verdict",
    "degree",
    "arraign",
];
/// Words before a term among which a charge is named.
const CHARGE_REACH: usize = 5;

/// "charged with the murder of", "found guilty in the slaying".
fn is_charge(items: &[Item], at: usize) -> bool {
    items[at.saturating_sub(CHARGE_REACH)..at].iter().any(|i| CHARGES.contains(&i.lemma.as_str()))
}

/// Days before a report from which on a time is that of another act.
const LONG_AGO: i32 = 180;

/// Whether a sentence names a year or day long before its report, or a year where the report has no day.
fn is_long_ago(telling: &Telling, s: &Statement) -> bool {
    let account = telling.account(s.account);
    let span = telling.sentence(s).span;
    let own = account.annotations.times.iter().filter(|t| span.contains(t.span) && t.kind == TimeKind::Date);
    let day = account.document.published.value;
    own.into_iter().any(|t| match (t.interval, day) {
        (Some(i), Some(d)) => (d - i.last).get_days() > LONG_AGO,
        _ => t.granularity == Granularity::Year,
    })
}

/// The family of those who gather in the street.
const CROWD: &str = "people in the street";
/// The family of those who fight.
const ARMED: &str = "armed people";
/// Faiths, whose people fight on many sides.
const FAITHS: [&str; 11] = [
    "sunni",
    "shiite",
    "shi'ite",
    "shia",
    "muslim",
    "islamic",
    "islamist",
    "christian",
    "jewish",
    "hindu",
    "buddhist",
];

/// Whether a name is that of a people or a faith, of which there are many groups: "Syrian rebels" and "Syrian soldiers".
fn is_many(telling: &Telling, family: &str, entity: usize) -> bool {
    let name = telling.entities.list.get(entity).map(|e| e.name.to_lowercase());
    family == ARMED && name.is_some_and(|n| FAITHS.contains(&n.as_str()) || crate::overlap::is_of_country(&n))
}

/// Stands for the one crowd of an event that nobody names.
const NAMELESS: usize = usize::MAX;

/// Whether a number counts those whom a term means: "some 300 demonstrators".
fn is_counted(telling: &Telling, statement: &Statement, item: &Item) -> bool {
    let quantities = &telling.account(statement.account).annotations.quantities;
    let near = quantities.iter().filter(|q| q.span.end <= item.span.end && q.span.end + 24 > item.span.start);
    near.into_iter().any(|q| q.counted.is_some_and(|c| c.overlaps(item.span)))
}

/// Words of a term may stand so far apart.
const MAX_GAP: usize = 6;

fn terms(items: &[Item]) -> Vec<(usize, &'static Term)> {
    let is = |i: &Item, w: &str| i.class == Class::Word && (i.lemma == w || i.key == w);
    // "relieved the minister of his duties"
    let is_apart = |at: usize, t: &Term| match t.words[..] {
        [verb, "of"] => is(&items[at], verb) && items[at + 1..].iter().take(MAX_GAP).any(|i| is(i, "of")),
        _ => false,
    };
    let matches = |at: usize, t: &Term| {
        is_apart(at, t)
            || t.words.len() <= items.len() - at && t.words.iter().zip(&items[at..]).all(|(w, i)| is(i, w))
    };
    // "an operations room" is no operation
    let is_modifier = |at: usize| {
        let is_noun = |i: &Item| i.class == Class::Word && i.tag == Tag::Noun;
        let next = items.get(at + 1).filter(|n| is_noun(n) && n.span.start <= items[at].span.end + 1);
        is_noun(&items[at]) && next.is_some()
    };
    (0..items.len())
        // "retired Colonel X" says what he is
        .filter(|at| {
            !is_modifier(*at)
                && !(items[*at].lemma == "retired"
                    || items[*at].lemma == "retire" && items[*at].tag != Tag::Verb)
                // "held his fire", "retired surgeon X"
                && !(items[*at].lemma == "fire" && items[*at].tag != Tag::Verb)
                && !(items[*at].lemma == "retire"
                    && items.get(*at + 1).is_some_and(|i| i.class == Class::Word && i.tag == Tag::Noun))
        })
        .filter_map(|at| {
            TERMS.iter().filter(|t| matches(at, t)).max_by_key(|t| t.words.len()).map(|t| (at, t))
        })
        .collect()
}

/// The named entities that a term speaks of: "the killing of X", "X's assassination", "X was killed", "killed X"; for
/// groups and persons the name right before or after. Somebody is killed, so only people are; a name that stands before a
/// noun ("the Belmarran air force") is no referent.
fn referents(telling: &Telling, items: &[Item], at: usize, term: &Term) -> BTreeSet<usize> {
    let reach = if term.kind == FindingType::ActTerm { REACH } else { 1 };
    let from = at.saturating_sub(reach);
    let near = &items[from..(at + reach + 1).min(items.len())];
    let fits = |e: usize| {
        telling.entities.list.get(e).filter(|s| s.is_named).is_some_and(|s| match s.kind {
            // who attacks a rival in a debate raids nobody, and whose rally it is, is not what it is called
            EntityKind::Person => !matches!(term.family, ATTACK | STREET),
            EntityKind::Group | EntityKind::Organisation => term.family != DEATH,
            _ => false,
        })
    };
    let is_linked =
        |n: usize| term.kind != FindingType::ActTerm || is_undergoer(items, at, term.words.len(), from + n);
    let named =
        near.iter().enumerate().filter(|(n, i)| matches!(i.class, Class::Name(_, true)) && is_linked(*n));
    named.filter_map(|(_, i)| i.key.strip_prefix("e:")?.parse().ok()).filter(|e| fits(*e)).collect()
}

/// Whom the claim that a term heads is about: whom it is done to, and who does what is done to nobody ("resigned").
/// "attained martyrdom" and "met with an accident" tell it of their subject.
fn by_claim(telling: &Telling, statement: &Statement, item: &Item, term: &Term) -> BTreeSet<usize> {
    let own = telling.account(statement.account).annotations.claims_of(statement.sentence);
    let mut found = BTreeSet::new();
    for claim in own.iter().filter(|_| term.kind == FindingType::ActTerm) {
        let has = |role: ArgumentRole| claim.arguments.iter().any(|a| a.role == role);
        let is_light = matches!(claim.lemma.as_str(), "attain" | "suffer" | "meet" | "find" | "undergo")
            && claim.arguments.iter().any(|a| a.role == ArgumentRole::Patient && a.span.contains(item.span));
        let role = if is_light || !has(ArgumentRole::Patient) {
            ArgumentRole::Agent
        } else if claim.predicate.contains(item.span) {
            ArgumentRole::Patient
        } else {
            continue;
        };
        if !is_light && !claim.predicate.contains(item.span)
            || role == ArgumentRole::Agent && !is_light && term.family != LEAVING
        {
            continue;
        }
        let about = claim.arguments.iter().filter(|a| a.role == role);
        found.extend(about.filter_map(|a| person(telling, statement.account, a)));
    }
    found
}

/// The person that an argument names: its head, or the one name in it ("the commander, Lieutenant General N.").
fn person(telling: &Telling, account: u32, argument: &Argument) -> Option<usize> {
    let is_person =
        |e: &usize| telling.entities.list.get(*e).is_some_and(|s| s.is_named && s.kind == EntityKind::Person);
    let text = &telling.document(account).text;
    // "two of Smith's aides" are not Smith, nor is "his mentor, Jones" whoever "he" is
    let is_owner = |end: u32| {
        let rest = text.get(end as usize..).unwrap_or("");
        rest.starts_with("'s") || rest.starts_with("’s")
    };
    let mentions = &telling.account(account).annotations.mentions;
    let first = mentions.partition_point(|m| m.span.start < argument.span.start);
    let inside = || mentions[first..].iter().take_while(|m| argument.span.contains(m.span));
    let is_itself = |e: &usize| {
        let of = |m: &&Mention| telling.entities.of(account, m.entity) == Some(*e);
        let is_named = inside().any(|m| m.form == MentionForm::Name);
        let mut own = inside().filter(of).peekable();
        own.peek().is_none()
            || own.any(|m| !is_owner(m.span.end) && (m.form == MentionForm::Name || !is_named))
    };
    let head =
        argument.entity.and_then(|e| telling.entities.of(account, e)).filter(is_person).filter(is_itself);
    head.or_else(|| {
        let inside = inside().filter(|m| m.form == MentionForm::Name && !is_owner(m.span.end));
        let named: BTreeSet<usize> =
            inside.filter_map(|m| telling.entities.of(account, m.entity)).filter(is_person).collect();
        if named.len() == 1 { named.first().copied() } else { None }
    })
}

/// The family of terms for leaving an office, in the list of terms: some are told of their subject.
const LEAVING: &str = "leaving office";
/// The families of terms for attacks and for what happens in the street: people are not what they are done to.
const ATTACK: &str = "armed attack";
const STREET: &str = "street action";
/// The family of terms for a violent death, in the list of terms.
const DEATH: &str = "death by violence";

/// Whether the name at `name` is what the act at `act` is done to: behind it ("killing of X", "killed X", with nothing but
/// "of", "the" and a title between), or before it as "X's killing" or the subject of a passive.
fn is_undergoer(items: &[Item], act: usize, n_words: usize, name: usize) -> bool {
    let is_noun = |i: &Item| i.class == Class::Word && matches!(i.tag, Tag::Noun | Tag::Adj);
    let touches = |a: &Item, b: &Item| b.span.start <= a.span.end + 1;
    let is_glue = |i: &Item| {
        matches!(i.lemma.as_str(), "of" | "the" | "against" | "on")
            || is_noun(i)
            || i.class == Class::Word && i.tag == Tag::Propn
    };
    let is_modifier = items.get(name + 1).is_some_and(|next| is_noun(next) && touches(&items[name], next));
    if name > act {
        let between = items.get(act + n_words..name).unwrap_or_default();
        // "the campaign operation X set up", "the raid on X's lawyer"
        let is_bare = between.is_empty() && matches!(items[act].tag, Tag::Noun);
        let is_owner = items.get(name + 1).is_some_and(|i| matches!(i.lemma.as_str(), "'s" | "’s"));
        return !is_modifier && !is_bare && !is_owner && between.iter().all(is_glue);
    }
    let between = items.get(name + 1..act).unwrap_or_default();
    // "the case against X was dismissed" dismissed nobody
    let is_inside = items[name.saturating_sub(4)..name].iter().any(|i| {
        matches!(i.lemma.as_str(), "against" | "of" | "for" | "with" | "by" | "from" | "about" | "over")
    });
    let is_passive = !is_inside
        && between.iter().any(|i| i.lemma == "be")
        && between.iter().all(|i| matches!(i.lemma.as_str(), "be" | "have") || i.tag == Tag::Adv);
    let is_owner = matches!(between, [mark] if matches!(mark.lemma.as_str(), "'s" | "’s" | "s" | "'"));
    is_passive || is_owner
}

fn finding(
    telling: &Telling,
    kind: FindingType,
    family: &str,
    entity: usize,
    uses: &Uses,
) -> Option<Finding> {
    let accounts: BTreeSet<u32> = uses.values().flatten().map(|(s, _)| s.account).collect();
    let outlets: BTreeSet<String> = accounts.iter().map(|a| build::outlet(telling, *a)).collect();
    if uses.len() < 2 || outlets.len() < 2 || is_many(telling, family, entity) {
        return None;
    }
    // two accounts must really choose differently: one that uses every term chooses none
    let chosen = |account: u32| {
        uses.iter()
            .filter(|(_, places)| places.iter().any(|(s, _)| s.account == account))
            .map(|(stem, _)| stem)
            .collect::<BTreeSet<_>>()
    };
    let choices: Vec<BTreeSet<&String>> = accounts.iter().map(|a| chosen(*a)).collect();
    if !choices.iter().any(|a| choices.iter().any(|b| !a.is_subset(b) && !b.is_subset(a))) {
        return None;
    }
    let mut sides: Vec<_> =
        uses.values().map(|places| build::side(telling, places.clone(), Vec::new())).collect();
    sides.sort_by(|a, b| b.documents.len().cmp(&a.documents.len()).then(a.label.cmp(&b.label)));
    let terms: Vec<String> =
        sides.iter().map(|s| format!("“{}” ({})", s.label.to_lowercase(), s.documents.len())).collect();
    let name = match entity {
        NAMELESS => "those who gathered",
        _ => &telling.entities.list.get(entity)?.name,
    };
    let message = format!("the accounts use different words of {name} ({family}): {}", terms.join(", "));
    let why = vec![Feature {
        name: "terms for one referent".into(),
        value: uses.len() as f64,
        weight: 0.0,
        note: family.into(),
    }];
    Some(build::finding(FindingKind::Wording, Some(kind), message, sides, 0.7, None, why))
}
