//! Expected → happened: what one account announces, and what later accounts say of it.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{Feature, Finding, FindingKind, FindingType, Modality};

use super::build;
use crate::align::Statement;
use crate::difference::item::{self, Item};
use crate::telling::Telling;

/// Likeness from which an announcement and a report are taken to speak of one thing.
const MIN_LIKENESS: f64 = 0.31;

static WORDS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    lexicon::entries(lexicon::ANNOUNCEMENT_WORDS).filter(|f| f.len() > 1).map(|f| (f[0], f[1])).collect()
});

fn has(items: &[Item], class: &str) -> Option<usize> {
    items.iter().position(|i| WORDS.iter().any(|(c, w)| *c == class && (*w == i.lemma || *w == i.key)))
}

/// Whether a statement announces what is to come.
#[must_use]
pub fn is_announced(telling: &Telling, s: &Statement) -> bool {
    let annotations = &telling.account(s.account).annotations;
    let mut claims = annotations.claims.iter().filter(|c| c.sentence == s.sentence).peekable();
    if claims.peek().is_some() {
        return claims.any(|c| c.modality == Modality::Planned);
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

/// Whether a report takes up what was announced: the announced deed is named in it, or said to be undone.
fn takes_up(telling: &Telling, before: &Statement, after: &Statement) -> bool {
    let items = item::items(telling, after);
    let claims = &telling.account(before.account).annotations.claims;
    let announced =
        claims.iter().filter(|c| c.sentence == before.sentence && c.modality == Modality::Planned);
    let names = |c: &variorum_schema::Claim| {
        let stem: String = c.lemma.chars().take(5).collect();
        c.lemma.len() > 2
            && !["be", "have", "do"].contains(&c.lemma.as_str())
            && items.iter().any(|i| i.lemma.starts_with(&stem))
    };
    let mut announced = announced.peekable();
    announced.peek().is_none() || has(&items, "undone").is_some() || announced.any(names)
}

/// Announcements with what later accounts say of them.
#[must_use]
pub fn expectations(telling: &Telling) -> Vec<Finding> {
    let day = |s: &Statement| telling.document(s.account).published.value;
    // An inferred day cannot show which of two accounts came first.
    let is_known = |s: &Statement| !telling.document(s.account).published.inferred;
    let mut found: Vec<(Statement, Vec<(Statement, f64, bool)>)> = Vec::new();
    for pair in telling.alignments.pairs.iter().filter(|p| p.score >= MIN_LIKENESS) {
        let (x, y) =
            (telling.alignments.statements[pair.x as usize], telling.alignments.statements[pair.y as usize]);
        for (before, after) in [(x, y), (y, x)] {
            let is_later = matches!((day(&before), day(&after)), (Some(p), Some(q)) if p < q || p == q && is_preview(telling, before.account));
            if !is_later
                || telling.lineage.origin_of(before.account) == telling.lineage.origin_of(after.account)
                || !is_announced(telling, &before)
                || is_announced(telling, &after)
                || !is_known(&before)
                || !takes_up(telling, &before, &after)
            {
                continue;
            }
            let is_undone = has(&item::items(telling, &after), "undone").is_some();
            match found.iter_mut().find(|(b, _)| *b == before) {
                Some((_, list)) => list.push((after, pair.score, is_undone)),
                None => found.push((before, vec![(after, pair.score, is_undone)])),
            }
        }
    }
    found.into_iter().flat_map(|(before, after)| outcome(telling, before, &after)).collect()
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
