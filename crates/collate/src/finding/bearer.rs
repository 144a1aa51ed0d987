//! What accounts call one person in sentences that need not be alike: which office or rank.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{ArgumentRole, EntityKind, Granularity, MentionForm, Modality, Polarity, Span};

use super::figure::statement_at;
use crate::align::Statement;
use crate::difference::opposite::role;
use crate::telling::Telling;

/// Words before a title that make it another one.
const NOT_NOW: [&str; 9] =
    ["former", "ex", "then", "late", "acting", "future", "incoming", "outgoing", "designate"];

/// Verbs by which somebody gets an office.
const GETTING: [&str; 5] = ["become", "appoint", "name", "nominate", "take_over"];

/// Something said of a person: a title.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Said {
    /// The sentence.
    pub statement: Statement,
    /// The words.
    pub focus: Span,
    /// Canonical title.
    pub word: String,
    /// Class of the title ("rank", "office").
    pub class: String,
}

/// Titles of every person by account: story-wide entity → account → what was said.
#[must_use]
pub fn titles(telling: &Telling) -> BTreeMap<usize, BTreeMap<u32, Vec<Said>>> {
    let mut said: BTreeMap<usize, BTreeMap<u32, Vec<Said>>> = BTreeMap::new();
    for &member in telling.members {
        let account = telling.account(member);
        let text = &account.document.text;
        for mention in account.annotations.mentions.iter().filter(|m| m.form == MentionForm::Name) {
            let Some(entity) = person(telling, member, mention.entity) else { continue };
            let Some(statement) = statement_at(telling, member, mention.span) else { continue };
            // Titles stand before the name, "Major General X", or after it, "X, the deputy foreign minister".
            let from = text[..mention.span.start as usize]
                .char_indices()
                .rev()
                .take(60)
                .last()
                .map_or(0, |(i, _)| i);
            let sentence = telling.sentence(&statement).span;
            let before = Span::new(from.max(sentence.start as usize), mention.span.start as usize);
            let after = Span::new(mention.span.end as usize, sentence.end.max(mention.span.end) as usize);
            if let Some((focus, class, word)) = title_before(text, before, after.of(text).starts_with(','))
                .or_else(|| title_after(text, after))
            {
                let list = said.entry(entity).or_default().entry(member).or_default();
                // an office beside a surname alone may be that of a namesake
                let is_full = mention.span.of(text).split_whitespace().count() > 1;
                if is_full || class != "office" {
                    list.push(Said { statement, focus, word: word.into(), class: class.into() });
                }
            }
        }
    }
    appointments(telling, &mut said);
    said
}

/// Offices that people are said to get ("will be finance minister", "was named interior minister"), as titles of a class of
/// their own: what somebody gets is not what he or she is.
fn appointments(telling: &Telling, said: &mut BTreeMap<usize, BTreeMap<u32, Vec<Said>>>) {
    for &member in telling.members {
        let account = telling.account(member);
        let text = &account.document.text;
        for claim in account.annotations.claims.iter().filter(|c| c.polarity == Polarity::Positive) {
            let is_named = GETTING.contains(&claim.lemma.as_str());
            let is_coming = claim.lemma.starts_with("be ") && claim.modality == Modality::Planned;
            let is_put = matches!(claim.modality, Modality::Asserted | Modality::Planned);
            if !is_put || !(is_named || is_coming) {
                continue;
            }
            let whom = claim.arguments.iter().find(|a| {
                matches!(a.role, ArgumentRole::Patient | ArgumentRole::Agent)
                    && a.span.start < claim.predicate.start
            });
            let Some(entity) = whom.and_then(|a| person(telling, member, a.entity?)) else { continue };
            let Some(statement) = statement_at(telling, member, claim.predicate) else { continue };
            let end = telling.sentence(&statement).span.end as usize;
            let behind = Span::new(claim.predicate.start as usize, end);
            if let Some((focus, word)) = office_in(text, behind) {
                let list = said.entry(entity).or_default().entry(member).or_default();
                list.push(Said { statement, focus, word: word.into(), class: "appointment".into() });
            }
        }
    }
}

/// The first office in a stretch of words, within eight words, if it is one of a government.
fn office_in(text: &str, behind: Span) -> Option<(Span, &'static str)> {
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    let mut at = behind.start as usize;
    for word in behind.of(text).split_inclusive(' ').take(10) {
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let start = at + word.find(bare).unwrap_or(0);
        words.push((start, start + bare.len(), bare.to_lowercase()));
        at += word.len();
        if word.trim_end().ends_with([',', ';', '.']) {
            break;
        }
    }
    let lower: Vec<&str> = words.iter().map(|w| w.2.as_str()).collect();
    let first = (0..lower.len()).find_map(|i| Some((i, role(&lower[i..])?)))?;
    let (i, (class, name, n)) = first;
    // "finance and economy minister", "minister of finance and trade"; but "finance minister and his deputy"
    let next = lower.get(i + n + 1).copied().unwrap_or_default();
    let is_joined = lower.get(i + n) == Some(&"and") && !["his", "her", "the", "its", "a"].contains(&next);
    let is_half = i > 0 && lower[i - 1] == "and" || is_joined;
    (class == "office"
        && name.ends_with("minister")
        && !is_half
        && !lower[..i].iter().any(|w| NOT_NOW.contains(w)))
    .then(|| (Span::new(words[i].0, words[i + n - 1].1), name))
}

fn person(telling: &Telling, member: u32, entity: u32) -> Option<usize> {
    telling.entities.of(member, entity).filter(|e| telling.entities.list[*e].kind == EntityKind::Person)
}

/// The title that ends right before a name, at most a nationality and an "of X" away; or a comma, where another one behind
/// the name makes it an apposition ("the deputy minister, X, said").
fn title_before(text: &str, before: Span, is_apposition: bool) -> Option<(Span, &'static str, &'static str)> {
    let piece = before.of(text);
    // "Lieutenant-Colonel X": half of a title is none
    let goes_on = text.get(before.end as usize..).is_some_and(|t| t.starts_with('-'));
    if piece.ends_with('-') || goes_on {
        return None;
    }
    let mut words: Vec<(usize, usize, String)> = Vec::new();
    let mut at = 0;
    for word in piece.split_inclusive(char::is_whitespace) {
        let bare = word.trim().trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        if !bare.is_empty() {
            let start = at + word.find(bare).unwrap_or(0);
            words.push((start, start + bare.len(), bare.to_lowercase().replace('.', "")));
        }
        at += word.len();
    }
    let lower: Vec<&str> = words.iter().map(|w| w.2.as_str()).collect();
    // "president of Karsovia, X": the title may be followed by what it is of.
    let ends_here = |i: usize, n: usize| {
        i + n == lower.len()
            || lower.get(i + n) == Some(&"of") && lower.len() <= i + n + 5 && !lower[i + n..].contains(&"and")
    };
    (0..lower.len()).find_map(|i| {
        let (class, name, n) = role(&lower[i..])?;
        // "Before meeting the supreme leader, X went on": a comma right behind a title ends it.
        let behind = &piece[words[i + n - 1].1..];
        let is_closed = i + n == lower.len()
            && (behind.contains([';', ':', '(']) || behind.contains(',') && !is_apposition);
        // "the economy and finance minister" has both
        let is_half = name.ends_with("minister") && i > 1 && matches!(lower[i - 1], "and" | "&");
        if is_half && !before.of(text).contains(',') {
            return None;
        }
        let is_now = !is_closed && !(i.saturating_sub(2)..i).any(|k| NOT_NOW.contains(&lower[k]));
        let start = before.start as usize;
        (ends_here(i, n) && is_now)
            .then(|| (Span::new(start + words[i].0, start + words[i + n - 1].1), class, name))
    })
}

/// The title right after a name and a comma: ", the deputy foreign minister".
fn title_after(text: &str, after: Span) -> Option<(Span, &'static str, &'static str)> {
    let rest = after.of(text).strip_prefix(", ")?;
    let clause = rest.split([',', '.', ';', '–', '(']).next()?;
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut at = after.start as usize + 2;
    for word in clause.split_inclusive(' ').take(8) {
        words.push((at, word.trim().to_lowercase()));
        at += word.len();
    }
    let lower: Vec<&str> = words.iter().map(|w| w.1.as_str()).collect();
    // Nothing but an article and one or two adjectives may stand before it.
    (0..lower.len().min(4)).find_map(|i| {
        let (class, name, n) = role(&lower[i..])?;
        let is_now = !lower[..i].iter().any(|w| {
            NOT_NOW.contains(w) || ["who", "whose", "a", "to", "said", "told", "and", "or"].contains(w)
        });
        // ", the prime minister is not named": an apposition ends with its title, or with what the title is of.
        let is_closed =
            lower.get(i + n).is_none_or(|w| ["of", "for", "in", "and", "at", "since"].contains(w));
        let end = words[i + n - 1].0 + words[i + n - 1].1.len();
        (is_now && is_closed).then(|| (Span::new(words[i].0, end), class, name))
    })
}

/// Pairs of titles of one person that exclude one another: one class, different names, also within one account.
#[must_use]
pub fn rival_titles(telling: &Telling) -> Vec<(Said, Said)> {
    let mut rivals = Vec::new();
    for by_account in titles(telling).values() {
        let all: Vec<&Said> = by_account.values().flatten().collect();
        for (n, x) in all.iter().enumerate() {
            for y in &all[n + 1..] {
                let has = |account: u32, word: &str| {
                    by_account.get(&account).is_some_and(|l| l.iter().any(|s| s.word == word))
                };
                let is_new = x.statement.account == y.statement.account
                    || !has(x.statement.account, &y.word) && !has(y.statement.account, &x.word);
                let is_one = !are_of_two_years(telling, x, y);
                if x.class == y.class && x.word != y.word && is_new && is_one && !is_short_form(x, y) {
                    rivals.push(((*x).clone(), (*y).clone()));
                }
            }
        }
    }
    rivals
}

/// Whether the sentences of two titles name years, and none in common: who held an office in 1988 may hold another in 2001,
/// and may be the father of the other.
fn are_of_two_years(telling: &Telling, x: &Said, y: &Said) -> bool {
    let years = |s: &Said| -> BTreeSet<i16> {
        let span = telling.sentence(&s.statement).span;
        let times = &telling.account(s.statement.account).annotations.times;
        let own = times.iter().filter(|t| span.contains(t.span) && t.granularity == Granularity::Year);
        own.filter_map(|t| t.interval).map(|i| i.first.year()).collect()
    };
    let (a, b) = (years(x), years(y));
    !a.is_empty() && !b.is_empty() && a.is_disjoint(&b)
}

/// A rank is often cut to its last word: "General" may be a major general, "Colonel" a lieutenant colonel.
fn is_short_form(x: &Said, y: &Said) -> bool {
    x.class == "rank"
        && (x.word.ends_with(&format!(" {}", y.word)) || y.word.ends_with(&format!(" {}", x.word)))
}
