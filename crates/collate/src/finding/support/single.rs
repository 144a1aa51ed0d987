//! What one origin alone carries, of what an editor would ask a second source for: accusations, figures, causes, what was
//! done to people of the story. Background, previews, opinions and what other accounts tell in other words are left out.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{
    Claim, Feature, Finding, FindingKind, Granularity, Modality, QuotationKind, Tag, TimeKind, Unit,
};

use super::voice::quotations;
use super::{MAX_LIKENESS_ALONE, agreement, side_of};
use crate::align::{self, Statement};
use crate::finding::{build, expectation};
use crate::lineage::prose::is_of_speaker;
use crate::overlap;
use crate::telling::Telling;

/// Findings per account, and per story.
const MAX_PER_ACCOUNT: usize = 2;
const MAX_PER_STORY: usize = 6;
/// What a statement must weigh.
const MIN_WEIGHT: usize = 6;
/// Share of a statement that one sentence of another origin says: then it is told there as well.
const MAX_SAID: f64 = 0.5;
/// Share of a statement that a few sentences of another account say together.
const MAX_COVERED: f64 = 0.62;
/// Days before publication from which on a time belongs to the background.
const BACKGROUND_DAYS: i32 = 14;
/// Candidates per account that are read against all others.
const MAX_READ: usize = 8;
/// Sentences further down are details.
const MAX_UNIT: u32 = 25;

/// Class of a word ("accuse", "cause", "boilerplate") by its lemma.
static WORDS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    let lines = lexicon::entries(lexicon::CLAIM_WORDS).filter(|f| f.len() > 1);
    lines.flat_map(|f| f[1].split(' ').map(move |lemma| (lemma, f[0]))).collect()
});

/// What one origin alone carries in this pile, the weightiest first; nothing of a sentence that others corroborate (`told`).
pub(super) fn single(telling: &Telling, told: &[Finding]) -> Vec<Finding> {
    if telling.lineage.origins.len() < 2 {
        return Vec::new();
    }
    let nearest = nearest(telling);
    let corroborated: BTreeSet<(&str, u32)> = told
        .iter()
        .filter(|f| f.kind == FindingKind::Corroborated)
        .flat_map(|f| f.sides.iter().flat_map(|s| &s.evidence))
        .map(|e| (e.document.as_str(), e.start))
        .collect();
    let is_told = |s: &Statement| {
        let id = &telling.document(s.account).id;
        corroborated.contains(&(id.as_str(), telling.sentence(s).span.start))
    };
    let central = central(telling);
    let mut alone: Vec<(usize, Statement)> = Vec::new();
    for &member in telling.members {
        let own = telling.alignments.of(member).iter().filter(|s| {
            nearest.get(s).copied().unwrap_or(0.0) < MAX_LIKENESS_ALONE
                // the lead tells in its own words what all tell
                && (1..MAX_UNIT).contains(&s.unit)
                && (10..=60).contains(&align::unit(telling.pile, s).words.len())
                && !is_told(s)
                && is_news(telling, s)
        });
        let mut own: Vec<(usize, Statement)> = own.map(|s| (weight(telling, s, &central), *s)).collect();
        own.retain(|(w, _)| *w >= MIN_WEIGHT);
        own.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
        let kept = own.into_iter().take(MAX_READ).filter(|(_, s)| !is_told_elsewhere(telling, s));
        alone.extend(kept.take(MAX_PER_ACCOUNT));
    }
    alone.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.unit.cmp(&b.1.unit)).then(a.1.cmp(&b.1)));
    // copies carry one statement more than once
    let mut kept: Vec<(usize, Statement)> = Vec::new();
    for (w, s) in alone {
        let is_new = |k: &(usize, Statement)| telling.alignments.likeness(&k.1, &s) < MAX_LIKENESS_ALONE;
        if kept.len() < MAX_PER_STORY && kept.iter().all(is_new) {
            kept.push((w, s));
        }
    }
    kept.into_iter().map(|(w, s)| finding(telling, s, w)).collect()
}

/// How alike each statement is to the nearest one of another origin.
fn nearest(telling: &Telling) -> BTreeMap<Statement, f64> {
    let mut likeness: BTreeMap<Statement, f64> = BTreeMap::new();
    for pair in &telling.alignments.pairs {
        let (x, y) =
            (telling.alignments.statements[pair.x as usize], telling.alignments.statements[pair.y as usize]);
        if telling.lineage.origin_of(x.account) != telling.lineage.origin_of(y.account) {
            for s in [x, y] {
                let slot = likeness.entry(s).or_insert(0.0);
                *slot = slot.max(pair.score);
            }
        }
    }
    likeness
}

/// Entities of the story that half of its origins name, two at least.
fn central(telling: &Telling) -> BTreeSet<usize> {
    let n = telling.lineage.origins.len();
    let list = telling.entities.list.iter().enumerate();
    let is_central = |members: &[(u32, u32)]| {
        let origins: BTreeSet<_> = members.iter().map(|m| telling.lineage.origin_of(m.0)).collect();
        2 * origins.len() >= n && origins.len() > 1
    };
    list.filter(|(_, e)| e.is_named && is_central(&e.members)).map(|(n, _)| n).collect()
}

/// Whether a sentence says how the report was made: whom it asked for comment, what was photographed.
pub(super) fn is_boilerplate(telling: &Telling, s: &Statement) -> bool {
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let is_asked = tokens.windows(2).any(|w| w[0].lemma == "for" && w[1].lemma == "comment");
    let is_silent = tokens
        .iter()
        .any(|t| matches!(t.lemma.as_str(), "respond" | "reply" | "return" | "decline" | "immediately"));
    is_asked && is_silent
}

fn claims<'a>(telling: &Telling<'a>, s: &Statement) -> impl Iterator<Item = &'a Claim> {
    telling.account(s.account).annotations.claims_of(s.sentence).iter()
}

/// Whether a statement tells of the event, and as of a fact: no preview, no background, nobody's feelings, and nothing that
/// every report says.
fn is_news(telling: &Telling, s: &Statement) -> bool {
    let account = telling.account(s.account);
    let span = telling.sentence(s).span;
    let text = telling.text(s);
    let tokens = account.annotations.tokens_of(telling.sentence(s));
    let has = |class: &str| tokens.iter().any(|t| WORDS.get(t.lemma.as_str()) == Some(&class));
    let published = account.document.published.value;
    let times = account.annotations.times.iter().filter(|t| span.contains(t.span));
    let is_background = times.filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time)).any(|t| {
        let is_long_ago = t.interval.zip(published).is_some_and(|(i, p)| {
            (p - i.last).get_days() > BACKGROUND_DAYS || t.granularity == Granularity::Year && i.last < p
        });
        is_long_ago || t.granularity == Granularity::Decade
    });
    let told = claims(telling, s).any(|c| {
        matches!(c.modality, Modality::Asserted | Modality::Alleged | Modality::Denied)
            && is_past(telling, s, c)
    });
    // a whole sentence of somebody's own words is an utterance; the quotations have it
    let is_utterance = quotations(telling, s)
        .any(|q| q.kind == QuotationKind::Direct && 10 * q.span.len() > 7 * span.len() && !has("accuse"));
    let first_person = tokens.iter().any(|t| is_of_speaker(&t.lemma) || t.lemma == "you");
    let opens_without_name = super::opens_with_pronoun(telling, s);
    agreement::is_complete(telling, s)
        && told
        && !is_background
        && !is_utterance
        && !opens_without_name
        && !first_person
        && !has("boilerplate")
        && !is_boilerplate(telling, s)
        && !text.contains(['©', '|', '@', '#'])
        && !text.to_lowercase().starts_with("correction")
        && !expectation::is_announced(telling, s)
}

/// Whether a claim's verb is a past, a perfect or a passive: something happened.
fn is_past(telling: &Telling, s: &Statement, claim: &Claim) -> bool {
    use variorum_schema::Form;
    let tokens = telling.account(s.account).annotations.tokens_of(telling.sentence(s));
    let own = tokens.iter().filter(|t| claim.predicate.contains(t.span));
    let mut verbs = own.filter(|t| matches!(t.tag, Tag::Verb | Tag::Aux));
    verbs.any(|t| matches!(t.form, Form::Past | Form::PastParticiple))
}

/// How much an editor would want a second source for a statement: accusations and denials, counts and sums, causes; each
/// with who of the story it is about.
fn weight(telling: &Telling, s: &Statement, central: &BTreeSet<usize>) -> usize {
    let account = telling.account(s.account);
    let span = telling.sentence(s).span;
    let tokens = account.annotations.tokens_of(telling.sentence(s));
    let has = |class: &str| tokens.iter().any(|t| WORDS.get(t.lemma.as_str()) == Some(&class));
    let is_figure = |q: &&variorum_schema::Quantity| {
        span.contains(q.span)
            && q.value > 2.0
            && match q.unit {
                Unit::Count => q.counted.is_some(),
                Unit::Money(_) | Unit::Percent => true,
                _ => false,
            }
    };
    let n_figures = account.annotations.quantities.iter().filter(is_figure).count();
    let mentions = account.annotations.mentions.iter().filter(|m| span.contains(m.span));
    let named: BTreeSet<usize> = mentions
        .filter_map(|m| telling.entities.of(s.account, m.entity))
        .filter(|e| central.contains(e))
        .collect();
    let is_attributed = quotations(telling, s).any(|q| q.source.is_some());
    3 * usize::from(has("accuse"))
        + 3 * usize::from(has("harm"))
        + 2 * usize::from(has("cause"))
        + 2 * n_figures.min(2)
        + named.len().min(2)
        + usize::from(is_attributed)
        + usize::from(s.unit < 6)
}

/// Whether a sentence of another origin says most of a statement, or a few of its sentences do together.
fn is_told_elsewhere(telling: &Telling, s: &Statement) -> bool {
    let others = telling
        .members
        .iter()
        .filter(|m| telling.lineage.origin_of(**m) != telling.lineage.origin_of(s.account));
    others.into_iter().any(|member| tells(telling, *member, s))
}

/// Whether a sentence of an account says most of a statement, or a few of its sentences do together.
pub(super) fn tells(telling: &Telling, member: u32, s: &Statement) -> bool {
    let own = overlap::words_of(telling, s);
    let content: BTreeSet<u32> = align::unit(telling.pile, s).content.iter().copied().collect();
    // the sentences that share the most words with it
    let shared =
        |o: &Statement| align::unit(telling.pile, o).content.iter().filter(|w| content.contains(w)).count();
    let mut near: Vec<(usize, Statement)> =
        telling.alignments.of(member).iter().map(|o| (shared(o), *o)).filter(|o| o.0 > 1).collect();
    near.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(&b.1)));
    near.truncate(MAX_NEAR);
    let words: Vec<_> = near.iter().map(|o| overlap::words_of(telling, &o.1)).collect();
    let said = |w: &overlap::Words| overlap::overlap(&own, w, &overlap::links(&own, w)).of_x;
    let list: Vec<&overlap::Words> = words.iter().map(AsRef::as_ref).collect();
    list.iter().any(|w| said(w) > MAX_SAID) || overlap::covered(&own, &list) > MAX_COVERED
}

/// Sentences of another account that are read against a statement.
const MAX_NEAR: usize = 4;

fn finding(telling: &Telling, s: Statement, weight: usize) -> Finding {
    let side = side_of(telling, &[s], s);
    let message = format!("in this pile, carried by the accounts of one origin: “{}”", side.label);
    let why = vec![Feature {
        name: "accusations, figures, causes and people of the story in it".into(),
        value: weight as f64,
        weight: 0.0,
        note: String::new(),
    }];
    let confidence = 0.5 + 0.02 * weight.min(10) as f64;
    build::finding(FindingKind::SingleOrigin, None, message, vec![side], confidence, None, why)
}
