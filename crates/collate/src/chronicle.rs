//! What happened to one person, body or thing, in order of time, across the accounts of a pile: every claim and event noun
//! in which it takes part, with the day on which that was.
//!
//! The day is the time that the claim names; else the one time of its sentence; else, for what is put as done or being
//! done, the day of the report. Where none of these is known the event stands without a day. The setting is that of
//! SemEval 2015 task 4 (Minard et al. 2015), track A.

use std::collections::BTreeSet;

use variorum_annotate::mention::name_key;
use variorum_schema::{ArgumentRole, Claim, Interval, Modality, Quotation, Relation, Span, Tag, TimeKind};

use crate::Account;

/// One event in the chronicle of somebody or something.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Index of the account.
    pub account: u32,
    /// Index of the sentence.
    pub sentence: u32,
    /// The word that tells the event.
    pub word: Span,
    /// When; `None` where nothing says so.
    pub when: Option<Interval>,
}

/// The events in which the bearer of a name takes part, by day, undated ones last; within a day in the order of the
/// accounts. `name`: as people write it ("Ann Roe", "Tane Bridge").
#[must_use]
pub fn chronicle(accounts: &[Account], name: &str) -> Vec<Entry> {
    let key = name_key(name);
    let mut entries: Vec<Entry> = Vec::new();
    for (idx, account) in accounts.iter().enumerate() {
        let bearer = Bearer::new(account, &key);
        for claim in &account.annotations.claims {
            if bearer.takes_part(claim) || bearer.is_understood(claim) {
                entries.extend(entry(account, idx as u32, claim));
            }
        }
        entries.extend(bearer.sayings(idx as u32));
    }
    entries.sort_by_key(|e| (e.when.is_none(), e.when, e.account, e.word));
    entries.dedup_by_key(|e| (e.account, e.word));
    entries
}

/// Where one account names, describes or means by a pronoun the bearer of a name.
struct Bearer<'a> {
    account: &'a Account,
    entities: BTreeSet<u32>,
    spans: Vec<Span>,
}

impl<'a> Bearer<'a> {
    fn new(account: &'a Account, key: &[String]) -> Bearer<'a> {
        let (text, annotations) = (&account.document.text, &account.annotations);
        let is_same = |name: &str| {
            let own = name_key(name);
            own == key || key.len() > 1 && own.len() > 1 && (own.ends_with(key) || key.ends_with(&own))
        };
        let entities: BTreeSet<u32> = annotations
            .entities
            .iter()
            .enumerate()
            .filter(|(_, e)| is_same(&e.name) || e.aliases.iter().any(|a| name_key(a) == key))
            .map(|(n, _)| n as u32)
            .collect();
        let mentions = annotations.mentions.iter().filter(|m| entities.contains(&m.entity)).map(|m| m.span);
        let mut spans: Vec<Span> = mentions.collect();
        spans.extend(spelled(text, account, key));
        spans.sort_unstable();
        spans.dedup();
        Bearer { account, entities, spans }
    }

    /// Whether the bearer is one of those who act or are acted on, or what the event noun is of.
    fn takes_part(&self, claim: &Claim) -> bool {
        let is_central = |role: ArgumentRole| {
            matches!(role, ArgumentRole::Agent | ArgumentRole::Patient | ArgumentRole::Recipient)
        };
        claim.arguments.iter().filter(|a| is_central(a.role)).any(|a| self.is_head(a.span))
    }

    /// "Left the hall, saying …", "began to build": a verb without a subject of its own below one whose subject the
    /// bearer is.
    fn is_understood(&self, claim: &Claim) -> bool {
        if claim.arguments.iter().any(|a| a.role == ArgumentRole::Agent) {
            return false;
        }
        let annotations = &self.account.annotations;
        let at = annotations.tokens.partition_point(|t| t.span.start < claim.predicate.start);
        let inside = annotations.tokens[at..].iter().take_while(|t| t.span.start < claim.predicate.end);
        let above = inside
            .filter(|t| matches!(t.relation, Relation::Advcl | Relation::Xcomp | Relation::Conj))
            .filter_map(|t| annotations.tokens.get(t.head? as usize))
            .find(|t| t.tag == Tag::Verb && !claim.predicate.contains(t.span));
        let Some(above) = above else { return false };
        let near = annotations.claims_of(claim.sentence).iter();
        let mut over = near.filter(|c| c.predicate.contains(above.span));
        over.any(|c| {
            let mut agents = c.arguments.iter().filter(|a| a.role == ArgumentRole::Agent);
            agents.any(|a| self.is_head(a.span))
        })
    }

    /// What the bearer said, when: the verbs of saying of quotations whose source it is.
    fn sayings(&self, idx: u32) -> Vec<Entry> {
        let annotations = &self.account.annotations;
        let is_own = |q: &&Quotation| {
            let source = q.source.as_ref();
            source.is_some_and(|s| {
                s.entity.is_some_and(|e| self.entities.contains(&e)) || self.spans.contains(&s.span)
            })
        };
        let saying = |q: &Quotation| {
            let cue = q.cue?;
            let at = annotations.tokens.partition_point(|t| t.span.start < cue.start);
            let inside = annotations.tokens[at..].iter().take_while(|t| t.span.start < cue.end);
            let word = inside.filter(|t| t.tag == Tag::Verb).last()?.span;
            let sentence = annotations.sentence_at(word.start)? as u32;
            let day = self.account.document.published.value;
            let when = the_time(self.account, sentence).or(day.map(|day| Interval { first: day, last: day }));
            Some(Entry { account: idx, sentence, word, when })
        };
        annotations.quotations.iter().filter(is_own).filter_map(saying).collect()
    }

    /// Whether a phrase is (headed by) the bearer: its name stands before whatever hangs on the phrase.
    fn is_head(&self, phrase: Span) -> bool {
        let text = &self.account.document.text;
        self.spans.iter().any(|s| {
            if !phrase.contains(*s) {
                return false;
            }
            let before = text.get(phrase.start as usize..s.start as usize).unwrap_or("");
            let is_inner =
                [" of ", " for ", " with ", " from ", " to ", ","].iter().any(|p| before.contains(p));
            let after = text.get(s.end as usize..phrase.end as usize).unwrap_or("");
            !is_inner && !after.starts_with("'s") && !after.starts_with("’s") && !after.starts_with(" 's")
        })
    }
}

/// Where the words of a name stand in a row, whatever their case.
fn spelled(text: &str, account: &Account, key: &[String]) -> Vec<Span> {
    let tokens = &account.annotations.tokens;
    let own: Vec<String> = tokens.iter().map(|t| name_key(t.span.of(text)).concat()).collect();
    let mut spans = Vec::new();
    if key.is_empty() {
        return spans;
    }
    for at in 0..own.len().saturating_sub(key.len() - 1) {
        if own[at..at + key.len()].iter().zip(key).all(|(a, b)| a == b) {
            spans.push(tokens[at].span.cover(tokens[at + key.len() - 1].span));
        }
    }
    spans
}

fn entry(account: &Account, idx: u32, claim: &Claim) -> Option<Entry> {
    let annotations = &account.annotations;
    let sentence = annotations.sentences.get(claim.sentence as usize)?;
    let tokens = annotations.tokens_of(sentence);
    let inside = tokens.iter().filter(|t| claim.predicate.contains(t.span));
    let verb = inside.clone().rfind(|t| t.tag == Tag::Verb);
    let content = || inside.clone().rfind(|t| matches!(t.tag, Tag::Noun | Tag::Adj | Tag::Aux));
    let word = verb.or_else(content)?.span;
    Some(Entry { account: idx, sentence: claim.sentence, word, when: when(account, claim) })
}

fn when(account: &Account, claim: &Claim) -> Option<Interval> {
    let annotations = &account.annotations;
    let is_point = |kind: TimeKind| matches!(kind, TimeKind::Date | TimeKind::Time);
    let own = claim.times.iter().filter_map(|t| annotations.times.get(*t as usize));
    if let Some(found) = own.filter(|t| is_point(t.kind)).find_map(|t| t.interval) {
        return Some(found);
    }
    if let Some(found) = the_time(account, claim.sentence) {
        return Some(found);
    }
    let is_told = matches!(claim.modality, Modality::Asserted | Modality::Alleged);
    let day = account.document.published.value.filter(|_| is_told)?;
    Some(Interval { first: day, last: day })
}

/// The one calendar time that a sentence names.
fn the_time(account: &Account, sentence: u32) -> Option<Interval> {
    let annotations = &account.annotations;
    let bounds = annotations.sentences.get(sentence as usize)?.span;
    let first = annotations.times.partition_point(|t| t.span.start < bounds.start);
    let mut near = annotations.times[first..]
        .iter()
        .take_while(|t| t.span.start < bounds.end)
        .filter(|t| matches!(t.kind, TimeKind::Date | TimeKind::Time) && t.interval.is_some());
    match (near.next(), near.next()) {
        (Some(only), None) => only.interval,
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::chronicle;
    use crate::Account;

    fn check(text: &str, name: &str, wanted: &[(&str, &str)]) {
        let mut page = variorum_schema::Page::new("t.txt", text.to_owned());
        page.published = Some("2021-03-05".into());
        let document = variorum_annotate::extract(&page);
        let annotations = variorum_annotate::annotate(&document);
        let accounts = [Account { document, annotations }];
        let found: Vec<(String, String)> = chronicle(&accounts, name)
            .iter()
            .map(|e| {
                let day = e.when.map_or(String::new(), |w| w.first.to_string());
                (e.word.of(&accounts[0].document.text).to_owned(), day)
            })
            .collect();
        let wanted: Vec<(String, String)> =
            wanted.iter().map(|(w, d)| ((*w).to_owned(), (*d).to_owned())).collect();
        assert_eq!(found, wanted, "{text}");
    }

    #[test]
    fn events_stand_on_their_days() {
        check(
            "Harbour row\n\nAnn Roe sued the port in May 2019. The port paid a fine. On Monday Ann Roe resigned.\n",
            "Ann Roe",
            &[("sued", "2019-05-01"), ("resigned", "2021-03-01")],
        );
        check("", "Ann Roe", &[]);
        check("x", "", &[]);
    }
}
