//! Whose word a statement is: the account's own, that of a report which it passes on, or that of somebody whom all quote.

use std::collections::{BTreeMap, BTreeSet};

use variorum_annotate::extract::reporter;
use variorum_schema::{EntityKind, MentionForm, Quotation, QuotationKind};

use crate::align::Statement;
use crate::lineage::press::Behind;
use crate::lineage::prose::{self, SHARED_RUN};
use crate::telling::Telling;

/// Words of a sentence that is the same throughout, from which two writers did not happen upon it.
const MIN_WHOLE: usize = 8;
/// Words of a sentence that are compared.
const MAX_WORDS: usize = 120;
/// Statements of one group that are compared word by word.
const MAX_GROUP: usize = 40;

/// The independent origins behind statements, by [`crate::lineage::Lineage::origins_of`]: with the outlet or agency whose
/// report an account passes on, if it does, and with one account for all that carry a sentence in the same words, which
/// was written once, and for all that have it from one report.
#[must_use]
pub(super) fn origins(telling: &Telling, statements: &[Statement]) -> Vec<String> {
    let writers = writers(telling, statements);
    let reports = reports(telling, statements);
    let cited: Vec<(u32, Option<String>)> =
        reports.iter().map(|n| (writers[*n], passed_on(telling, &statements[*n]))).collect();
    telling.lineage.origins_of(cited.iter().map(|(a, c)| (*a, c.as_deref())))
}

/// For each statement which of them stands for its report: the one of the outlet that it credits, else the first that credits
/// the same outlet, or has prose in common with it, else itself.
fn reports(telling: &Telling, statements: &[Statement]) -> Vec<usize> {
    let press = &telling.lineage.press;
    let behind: Vec<Behind> = statements.iter().map(|s| press.behind(s.account, s.sentence)).collect();
    let told: Vec<BTreeSet<String>> = statements.iter().map(|s| named(telling, s)).collect();
    // who is not told in one account is told in another
    let all: BTreeSet<String> = told.iter().flatten().cloned().collect();
    let who = |n: usize| if told[n].is_empty() && all.len() == 1 { &all } else { &told[n] };
    let interviews: Vec<BTreeSet<&str>> =
        statements.iter().enumerate().map(|(n, s)| interviews(telling, s, who(n))).collect();
    // "told the Gazette", says one account of words that the Gazette has: they were said there, whoever prints them
    let is_public = statements.iter().any(|s| press.is_public(s.account, s.sentence));
    let is_told = |m: usize| {
        !is_public
            && is_quoted(telling, &statements[m])
            && behind.iter().any(|b| press.is_beside(statements[m].account, b))
    };
    let mut first: Vec<usize> = (0..statements.len()).collect();
    for n in 0..statements.len() {
        let is_from = |m: usize| {
            press.is_of(statements[m].account, &behind[n])
                || is_page_of_speaker(telling, &statements[m], statements[n].account)
                || is_told(m)
                    && is_quoted(telling, &statements[n])
                    && !press.is_told(statements[n].account, statements[n].sentence)
        };
        let share_prose =
            |m: usize| telling.lineage.prose.is_shared(statements[m].account, statements[n].account);
        let share_an_interview = |m: usize| interviews[n].iter().any(|key| interviews[m].contains(key));
        let is_beside = |m: usize| {
            share_prose(m) || share_an_interview(m) || press.share_a_report(&behind[n], &behind[m])
        };
        let others = || (0..statements.len()).filter(|m| statements[*m].account != statements[n].account);
        if let Some(m) = others().find(|m| is_from(*m)).or_else(|| others().find(|m| *m < n && is_beside(*m)))
        {
            join(&mut first, m, n);
        }
    }
    first
}

/// Who is cited for most of a statement, in lower case.
fn named(telling: &Telling, s: &Statement) -> BTreeSet<String> {
    speakers(telling, s).into_iter().filter_map(|told| told.name).map(|name| name.to_lowercase()).collect()
}

/// The outlets that are not in the story and to which a statement's account says that one of these speakers talked: what else he
/// is quoted with was said to them as well.
fn interviews<'a>(telling: &Telling<'a>, s: &Statement, who: &BTreeSet<String>) -> BTreeSet<&'a str> {
    let press = &telling.lineage.press;
    let name = |q: &Quotation| telling.entities.name(s.account, q.source.as_ref()?.entity?);
    let is_talk = |sentence: u32| {
        let credit = Statement { sentence, ..*s };
        let mut names = quotations(telling, &credit).filter_map(name);
        names.any(|name| who.contains(&name.to_lowercase()))
    };
    let credits = press.credits_of(s.account).iter();
    let talks = credits.filter(|(sentence, key)| !press.is_there(key) && is_talk(*sentence));
    talks.map(|(_, key)| key.as_str()).collect()
}

/// Letters of a speaker's name that a site goes by.
const MIN_SITE: usize = 4;

/// Whether a statement stands on the own site of somebody whom another account cites, which has it from there: "Google explains"
/// beside blog.google.
fn is_page_of_speaker(telling: &Telling, s: &Statement, account: u32) -> bool {
    let Some(site) = telling.document(s.account).outlet.as_deref().filter(|outlet| outlet.contains('.'))
    else {
        return false;
    };
    let is_site =
        |name: &str| site.split('.').any(|label| label.len() >= MIN_SITE && label.eq_ignore_ascii_case(name));
    let mut sources =
        telling.account(account).annotations.quotations.iter().filter_map(|q| q.source.as_ref());
    sources.any(|source| source.entity.and_then(|e| telling.entities.name(account, e)).is_some_and(is_site))
}

/// Puts two sets, each known by what its members point to, under the first's.
fn join(first: &mut [usize], to: usize, from: usize) {
    let (kept, gone) = (first[to], first[from]);
    first.iter_mut().filter(|f| **f == gone).for_each(|f| *f = kept);
}

/// The outlet or agency whose report a statement passes on ("Reuters reported that …"), in lower case.
fn passed_on(telling: &Telling, s: &Statement) -> Option<String> {
    let text = &telling.document(s.account).text;
    quotations(telling, s).find_map(|q| {
        let source = q.source.as_ref()?;
        if let Some(name) = reporter(source.span.of(text)) {
            return Some(name.to_lowercase());
        }
        let name = source.entity.and_then(|e| telling.entities.name(s.account, e))?;
        let is_reporting = matches!(q.cue_lemma.as_deref(), Some("report" | "quote" | "cite"));
        is_reporting.then(|| name.to_lowercase())
    })
}

/// The quotations that a statement overlaps.
pub(super) fn quotations<'a>(telling: &Telling<'a>, s: &Statement) -> impl Iterator<Item = &'a Quotation> {
    let span = telling.sentence(s).span;
    telling.account(s.account).annotations.quotations.iter().filter(move |q| q.span.overlaps(span))
}

/// Whether a statement holds somebody's words between quotation marks.
#[must_use]
pub(super) fn is_quoted(telling: &Telling, s: &Statement) -> bool {
    quotations(telling, s).any(|q| q.kind != QuotationKind::Indirect)
}

/// For each statement the account that stands for its words: its own, or that of an earlier one with the same words.
fn writers(telling: &Telling, statements: &[Statement]) -> Vec<u32> {
    let words: Vec<Vec<String>> = statements.iter().take(MAX_GROUP).map(|s| own_words(telling, s)).collect();
    let mut writers: Vec<u32> = statements.iter().map(|s| s.account).collect();
    for n in 1..words.len() {
        if let Some(first) = (0..n).find(|m| is_one_text(&words[*m], &words[n])) {
            writers[n] = writers[first];
        }
    }
    writers
}

/// The words of a statement outside quotation marks, lower case, those inside as one blank.
fn own_words(telling: &Telling, s: &Statement) -> Vec<String> {
    let account = telling.account(s.account);
    let text = &account.document.text;
    let tokens = account.annotations.tokens_of(telling.sentence(s));
    // a message that is shown without marks was written by its sender
    let is_message = tokens.iter().any(|t| prose::is_of_speaker(&t.lemma));
    let spoken = prose::spoken(text, tokens, quotations(telling, s));
    let mut words: Vec<String> = Vec::new();
    for (token, is_spoken) in tokens.iter().zip(spoken).take(MAX_WORDS) {
        let word = token.span.of(text);
        if is_spoken || is_message {
            if words.last().is_some_and(|w| !w.is_empty()) {
                words.push(String::new());
            }
        } else if word.chars().any(char::is_alphanumeric) {
            words.push(word.to_lowercase());
        }
    }
    words
}

/// Whether two sentences were written once: the same throughout, or the same for a long run.
fn is_one_text(a: &[String], b: &[String]) -> bool {
    let n = a.iter().filter(|w| !w.is_empty()).count();
    a == b && n >= MIN_WHOLE || longest_run(a, b) >= SHARED_RUN
}

/// Words in a row that two sentences share; a quotation breaks a run.
fn longest_run(a: &[String], b: &[String]) -> usize {
    let mut before = vec![0usize; b.len() + 1];
    let mut longest = 0;
    for x in a {
        let mut here = vec![0usize; b.len() + 1];
        for (j, y) in b.iter().enumerate() {
            if x == y && !x.is_empty() {
                here[j + 1] = before[j] + 1;
                longest = longest.max(here[j + 1]);
            }
        }
        before = here;
    }
    longest
}

/// The one speaker by whom all of these statements are told, if there is one: then what they share is that somebody said
/// so. Statements whose speaker is not told do not count against it if they are quoted, nor do those that print in the same
/// words what another quotes, whatever they call the speaker ("the president").
#[must_use]
pub(super) fn only_speaker(telling: &Telling, statements: &[Statement]) -> Option<String> {
    let mut told: Vec<BTreeSet<Told>> = statements.iter().map(|s| speakers(telling, s)).collect();
    // "…, the mayor, Dana Reeve, said, according to the Gazette": who spoke is a person
    for several in told.iter_mut().filter(|t| t.len() > 1 && t.iter().any(|t| t.is_person)) {
        several.retain(|t| t.is_person);
    }
    if told.iter().any(|t| t.len() > 1) {
        return None;
    }
    let named: Vec<(usize, &str)> = told
        .iter()
        .enumerate()
        .filter_map(|(n, t)| Some((n, t.first().filter(|t| t.is_entity)?.name.as_deref()?)))
        .collect();
    // what is printed word for word is said by whoever is named for it
    let prints = |n: usize| {
        named.iter().any(|(m, _)| {
            longest_run(&all_words(telling, &statements[n]), &all_words(telling, &statements[*m]))
                >= MIN_WHOLE
        })
    };
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for (n, t) in told.iter().enumerate() {
        match t.first() {
            None if !prints(n) => return None,
            Some(Told { name: Some(name), is_entity, .. }) if *is_entity || !prints(n) => {
                names.insert(name.to_lowercase(), name.clone());
            }
            _ => {}
        }
    }
    one_name(names)
}

/// The only one of these names (in lower case, as written), a surname and a name that ends in it being one.
fn one_name(names: BTreeMap<String, String>) -> Option<String> {
    let (full, name) =
        names.iter().max_by_key(|(key, _)| (key.split(' ').count(), std::cmp::Reverse(*key)))?;
    let is_short = |key: &String| full.strip_suffix(key.as_str()).is_some_and(|rest| rest.ends_with(' '));
    let is_one = names.keys().all(|key| key == full || !key.contains(' ') && is_short(key));
    is_one.then(|| name.clone())
}

/// The words of a statement, in lower case.
fn all_words(telling: &Telling, s: &Statement) -> Vec<String> {
    let account = telling.account(s.account);
    let text = &account.document.text;
    let words =
        account.annotations.tokens_of(telling.sentence(s)).iter().take(MAX_WORDS).map(|t| t.span.of(text));
    words.filter(|w| w.chars().any(char::is_alphanumeric)).map(str::to_lowercase).collect()
}

/// Whose words two statements are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Voices {
    /// Of one speaker.
    One,
    /// Of two that both accounts name.
    Two,
    /// Of somebody who is not told in one of them.
    Unknown,
}

/// Whether two statements of reported speech are one speaker's.
#[must_use]
pub(super) fn voices(telling: &Telling, a: &Statement, b: &Statement) -> Voices {
    // by a name beside the words: whom "he" means may have been misread, and one may say "the deputy" where the other has
    // a name
    let is_name = |s: &Statement, q: &Quotation| {
        let mentions = &telling.account(s.account).annotations.mentions;
        let source = q.source.as_ref().map(|source| source.span);
        source.is_some_and(|at| mentions.iter().any(|m| m.form == MentionForm::Name && at.contains(m.span)))
    };
    let known = |s: &Statement| -> BTreeSet<String> {
        let own = quotations(telling, s).filter(|q| is_name(s, q)).filter_map(|q| q.source.as_ref()?.entity);
        own.filter_map(|e| telling.entities.name(s.account, e)).map(str::to_lowercase).collect()
    };
    let (own, others) = (known(a), known(b));
    let share_word = |p: &String| {
        let words = |name: &str| name.split_whitespace().map(str::to_owned).collect::<BTreeSet<String>>();
        others.iter().any(|q| words(p).intersection(&words(q)).next().is_some())
    };
    match () {
        () if own.is_empty() || others.is_empty() => Voices::Unknown,
        () if own.iter().any(share_word) => Voices::One,
        () => Voices::Two,
    }
}

/// Whether most of a statement is reported speech.
#[must_use]
pub(super) fn is_speech(telling: &Telling, s: &Statement) -> bool {
    !speakers(telling, s).is_empty()
}

/// Who is cited for a statement.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Told {
    /// The name across the story, else the words; nothing for quoted words of somebody who is not told.
    name: Option<String>,
    /// Whether it is the name of somebody known in the story.
    is_entity: bool,
    /// Whether that is a person.
    is_person: bool,
}

/// Who is cited for most of a statement. Empty where the account tells it itself.
fn speakers(telling: &Telling, s: &Statement) -> BTreeSet<Told> {
    let (span, text) = (telling.sentence(s).span, &telling.document(s.account).text);
    let is_most = |q: &&Quotation| {
        let inside: u32 =
            q.content.iter().map(|c| c.end.min(span.end).saturating_sub(c.start.max(span.start))).sum();
        2 * inside as usize >= span.len()
    };
    let told = |q: &Quotation| {
        let Some(source) = q.source.as_ref() else {
            return Told { name: None, is_entity: false, is_person: false };
        };
        let entity = source.entity.and_then(|e| telling.entities.name(s.account, e));
        let known = source.entity.and_then(|e| telling.entities.of(s.account, e));
        let is_person = known
            .and_then(|e| telling.entities.list.get(e))
            .is_some_and(|e| e.is_named && e.kind == EntityKind::Person);
        let words = source.span.of(text).split_whitespace().collect::<Vec<_>>().join(" ");
        let is_pronoun =
            matches!(words.to_lowercase().as_str(), "he" | "she" | "they" | "it" | "who" | "i" | "we");
        let name = entity.map(str::to_owned).or_else(|| (!is_pronoun).then_some(words));
        Told { name, is_entity: entity.is_some(), is_person }
    };
    quotations(telling, s).filter(is_most).map(told).collect()
}
