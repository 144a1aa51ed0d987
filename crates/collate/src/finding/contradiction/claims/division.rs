//! Whether those who decided were of one mind: "unanimously" in one account, "by eight votes to one" or a dissent in
//! another.

use variorum_schema::{FindingKind, FindingType, Span, Tag};

use super::{Between, Claims, disagreement};
use crate::align::Statement;
use crate::finding::contradiction::{Disagreement, Place};
use crate::overlap;

/// More votes than a council, a court or a parliament has are those of an election.
const MAX_VOTES: f64 = 1000.0;
/// Words that say that all were of one mind.
const ONE: [&str; 2] = ["unanimous", "unanimously"];
/// Words that say that somebody was not.
const APART: [&str; 4] = ["dissent", "dissenter", "dissenting", "dissentient"];
/// Words of deciding: one stands in the sentence, or right before it.
const DECIDING: [&str; 22] = [
    "vote",
    "decide",
    "decision",
    "verdict",
    "jury",
    "juror",
    "judge",
    "court",
    "council",
    "board",
    "committee",
    "panel",
    "bench",
    "member",
    "resolution",
    "ruling",
    "judgment",
    "commission",
    "colleague",
    "parliament",
    "approve",
    "guilty",
];
/// Content words that the surroundings of both statements share.
const MIN_SHARED: usize = 2;

/// A statement of how those who decided were divided.
struct Told {
    statement: Statement,
    focus: Span,
    is_one: bool,
}

/// Decisions that one account calls unanimous and another one does not.
pub(super) fn divisions(claims: &Claims) -> Vec<Disagreement> {
    let told: Vec<Told> = claims.telling.members.iter().flat_map(|m| read(claims, *m)).collect();
    let has = |account: u32, is_one: bool| {
        told.iter().any(|t| t.statement.account == account && t.is_one == is_one)
    };
    let mut found = Vec::new();
    for x in told.iter().filter(|t| t.is_one && !has(t.statement.account, false)) {
        for y in told.iter().filter(|t| !t.is_one && !has(t.statement.account, true)) {
            let is_apart = claims.between(x.statement.account, y.statement.account) == Between::Independent;
            if !is_apart || n_shared(claims, x, y) < MIN_SHARED {
                continue;
            }
            let place = |t: &Told| Place { statement: t.statement, focus: t.focus };
            let note = "decided by all on one side, and not by all on the other".to_owned();
            let (kind, of) = (FindingKind::Conflict, FindingType::Outcome);
            found.push(disagreement(kind, of, place(x), place(y), 0.7, 0.8, note));
        }
    }
    found
}

/// What an account says of the division of those who decided.
fn read(claims: &Claims, member: u32) -> Vec<Told> {
    let annotations = &claims.telling.account(member).annotations;
    let mut out = Vec::new();
    let mut was_deciding = false;
    for statement in claims.telling.alignments.of(member) {
        let tokens = annotations.tokens_of(claims.telling.sentence(statement));
        let is_deciding = tokens.iter().any(|t| DECIDING.contains(&t.lemma.as_str()));
        let is_denied =
            tokens.iter().any(|t| matches!(t.lemma.as_str(), "not" | "n't" | "nearly" | "almost" | "must"));
        let word = |list: &[&str]| tokens.iter().find(|t| list.contains(&t.lemma.as_str())).map(|t| t.span);
        let told = word(&ONE).or_else(|| all_agreed(tokens)).map(|s| (s, true));
        let split = || word(&APART).or_else(|| counted(claims, statement)).map(|s| (s, false));
        if let Some((focus, is_one)) = told.or_else(split)
            && (is_deciding || was_deciding)
            && !is_denied
        {
            out.push(Told { statement: *statement, focus, is_one });
        }
        was_deciding = is_deciding;
    }
    out
}

/// "All three judges agreed".
fn all_agreed(tokens: &[variorum_schema::Token]) -> Option<Span> {
    let at = tokens.iter().position(|t| t.lemma == "all")?;
    let behind = &tokens[at..tokens.len().min(at + 10)];
    let is_number = behind.get(1).is_some_and(|t| t.tag == Tag::Num);
    let end = behind.iter().find(|t| t.lemma == "agree" || t.lemma == "concur")?;
    is_number.then(|| tokens[at].span.cover(end.span))
}

/// "By eight votes to one": two counts of votes, the lesser of at least one.
fn counted(claims: &Claims, statement: &Statement) -> Option<Span> {
    let account = claims.telling.account(statement.account);
    let (annotations, text) = (&account.annotations, &account.document.text);
    let inside = claims.telling.sentence(statement).span;
    let first = annotations.quantities.partition_point(|q| q.span.start < inside.start);
    let own: Vec<_> =
        annotations.quantities[first..].iter().take_while(|q| q.span.end <= inside.end).collect();
    let is_vote = |q: &variorum_schema::Quantity| q.counted_lemma.as_deref() == Some("vote");
    own.windows(2).find_map(|pair| {
        let (x, y) = (pair[0], pair[1]);
        let are_small = (1.0..MAX_VOTES).contains(&x.value) && (1.0..MAX_VOTES).contains(&y.value);
        let are_votes = is_vote(x) && is_vote(y);
        let between = text.get(x.span.end as usize..y.span.start as usize).unwrap_or_default();
        // "by eleven to one"
        let before = text.get(inside.start as usize..x.span.start as usize).unwrap_or_default();
        let is_by = before.trim_end().ends_with("by") && between.trim() == "to" && x.value > y.value;
        (are_small && (are_votes && between.len() < 24 || is_by)).then(|| x.span.cover(y.span))
    })
}

/// Content words that two statements share, each with the sentences beside it.
fn n_shared(claims: &Claims, x: &Told, y: &Told) -> usize {
    let around = |t: &Told| {
        let own = claims.telling.alignments.of(t.statement.account);
        let near = own.iter().filter(|s| s.sentence.abs_diff(t.statement.sentence) <= 1);
        let words = near.flat_map(|s| {
            let words = overlap::words_of(claims.telling, s);
            words.list.iter().filter(|w| w.is_content).map(|w| w.stem.clone()).collect::<Vec<_>>()
        });
        words.collect::<std::collections::BTreeSet<_>>()
    };
    around(x).intersection(&around(y)).count()
}
