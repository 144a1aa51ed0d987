//! NewsWCL50: what five outlets call the persons, groups, things and acts of one event, in one chain each across the
//! articles. Gold mentions are given, their chains are asked for.

use std::collections::BTreeMap;
use std::path::PathBuf;

use variorum_collate::Account;
use variorum_schema::Span;

use super::super::events::grouped;
use super::super::{Outcome, coref};

mod holder;
mod join;
mod phrase;
mod read;

use join::Chains;

/// One event: its accounts, its mentions in them, and their gold chains.
pub(super) struct Event {
    pub(super) number: u32,
    pub(super) accounts: Vec<Account>,
    /// `(account, words)`.
    pub(super) mentions: Vec<(u32, Span)>,
    gold: Vec<String>,
}

/// Scores all events, and by themselves those of even number, on which the thresholds were chosen, and the others.
pub(super) fn score(files: &[PathBuf], outcome: &mut Outcome) -> Result<(), String> {
    let events = events(read::read(files)?);
    let found: Vec<Chains> = events.iter().map(join::chains).collect();
    for (event, chains) in events.iter().zip(&found) {
        errors(event, &chains.ours, outcome);
    }
    let parts: [(&str, fn(u32) -> bool); 3] =
        [("", |_| true), ("held back, ", |n| n % 2 == 1), ("chosen on, ", |n| n % 2 == 0)];
    for (prefix, is_in) in parts {
        let own: Vec<usize> = (0..events.len()).filter(|n| is_in(events[*n].number)).collect();
        report(prefix, &own, &events, &found, outcome);
    }
    Ok(())
}

fn events(articles: Vec<read::Article>) -> Vec<Event> {
    let mut events: Vec<Event> = Vec::new();
    for article in articles {
        if events.last().is_none_or(|e| e.number != article.event) {
            let (number, accounts) = (article.event, Vec::new());
            events.push(Event { number, accounts, mentions: Vec::new(), gold: Vec::new() });
        }
        let Some(event) = events.last_mut() else { continue };
        let account = event.accounts.len() as u32;
        event.accounts.push(article.account);
        for (span, chain) in article.mentions {
            event.mentions.push((account, span));
            event.gold.push(chain);
        }
    }
    events
}

/// Groups of many events, their mentions numbered one after another.
fn together(own: &[usize], events: &[Event], of: impl Fn(usize) -> Vec<Vec<u32>>) -> Vec<Vec<u32>> {
    let (mut all, mut offset) = (Vec::new(), 0);
    for &n in own {
        all.extend(of(n).into_iter().map(|g| g.into_iter().map(|m| m + offset).collect::<Vec<u32>>()));
        offset += events[n].mentions.len() as u32;
    }
    all
}

fn report(prefix: &str, own: &[usize], events: &[Event], found: &[Chains], outcome: &mut Outcome) {
    let all = |of: &dyn Fn(usize) -> Vec<Vec<u32>>| together(own, events, of);
    let every = |n: usize| 0..events[n].mentions.len() as u32;
    let gold = all(&|n| grouped(events[n].gold.iter()));
    let ours = all(&|n| found[n].ours.clone());
    coref::report(prefix, &gold, &ours, outcome);
    let baselines = [
        ("head lemma, ", all(&|n| found[n].by_head.clone())),
        ("head lemma, small joined as ours, ", all(&|n| found[n].by_head_settled.clone())),
        ("last word, ", all(&|n| join::by_last_word(&events[n]))),
        ("one chain, ", all(&|n| vec![every(n).collect()])),
        ("alone, ", all(&|n| every(n).map(|m| vec![m]).collect())),
    ];
    let mut rules = Outcome::default();
    for (name, groups) in baselines {
        coref::report(&format!("{prefix}{name}"), &gold, &groups, &mut rules);
    }
    outcome.figures.extend(rules.figures.into_iter().filter(|f| f.0.ends_with(" f1")));
    let n_mentions: usize = own.iter().map(|n| events[*n].mentions.len()).sum();
    for (name, n) in [("mentions", n_mentions), ("gold chains", gold.len()), ("chains found", ours.len())] {
        outcome.figure(format!("{prefix}{name}"), n as f64);
    }
}

/// Mentions in a chain most of which is another gold chain's, and those apart from most of their own.
fn errors(event: &Event, found: &[Vec<u32>], outcome: &mut Outcome) {
    let most = |group: &[u32]| -> (String, usize) {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        group.iter().for_each(|m| *counts.entry(&event.gold[*m as usize]).or_insert(0) += 1);
        counts.into_iter().max_by_key(|c| c.1).map(|(g, n)| (g.to_owned(), n)).unwrap_or_default()
    };
    let mut largest: BTreeMap<String, usize> = BTreeMap::new();
    for group in found {
        let (gold, n) = most(group);
        let known = largest.entry(gold).or_insert(0);
        *known = n.max(*known);
    }
    for group in found {
        let (gold, n) = most(group);
        for &m in group {
            let (account, span) = event.mentions[m as usize];
            let document = &event.accounts[account as usize].document;
            let own = &event.gold[m as usize];
            let size = group.len();
            let words = span.of(&document.text);
            if *own != gold {
                outcome
                    .errors
                    .push(format!("wrong: {} «{words}» of {own} in {n}/{size} {gold}", document.name));
            } else if largest.get(&gold).is_some_and(|most| *most > n) {
                outcome.errors.push(format!("apart: {} «{words}» of {own} in {n}/{size}", document.name));
            }
        }
    }
}
