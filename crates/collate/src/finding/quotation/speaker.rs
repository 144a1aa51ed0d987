//! The speakers of one utterance, where accounts name different people.

use std::collections::BTreeMap;

use similar::DiffOp;
use strsim::osa_distance;
use variorum_annotate::mention::name_key;
use variorum_schema::{
    EntityKind, Feature, Finding, FindingKind, FindingType, Granularity, MentionForm, QuotationKind, Side,
    Span,
};

use super::Variant;
use super::change::{cover, ops};
use super::version::{sentences, side};
use crate::finding::build;
use crate::telling::Telling;

/// The speakers of an utterance, when accounts name different people.
pub(super) fn attribution(telling: &Telling, group: &[Variant]) -> Option<Finding> {
    let mut by_speaker: BTreeMap<usize, Vec<&Variant>> = BTreeMap::new();
    for v in group.iter().filter(|v| v.kind != QuotationKind::Indirect) {
        let person = v.entity.filter(|e| {
            telling.entities.list.get(*e).is_some_and(|s| s.is_named && s.kind == EntityKind::Person)
        });
        if let Some(entity) = person {
            by_speaker.entry(entity).or_default().push(v);
        }
    }
    // One account may quote an utterance twice, once within another's; a speaker counts if some account names no other.
    let clear: Vec<(&usize, &Vec<&Variant>)> = by_speaker
        .iter()
        .filter(|(e, list)| {
            list.iter().any(|v| {
                !by_speaker.iter().any(|(o, other)| o != *e && other.iter().any(|w| w.account == v.account))
            })
        })
        .collect();
    let is_short = clear.iter().any(|(_, list)| list.iter().all(|v| v.words.len() < 6));
    let name = |e: &usize| name_key(&telling.entities.list[*e].name);
    let is_one = clear
        .iter()
        .any(|(a, _)| clear.iter().any(|(b, _)| a != b && name(a).iter().all(|w| name(b).contains(w))));
    let is_told = |list: &[&Variant]| list.iter().any(|v| is_name_form(telling, v));
    if clear.len() < 2 || is_short || is_one || !clear.iter().all(|(_, list)| is_told(list)) {
        return None;
    }
    if !is_same_words(&clear) || !is_named_apart(telling, &clear) || is_said_later(telling, &clear) {
        return None;
    }
    let mut sides: Vec<Side> = clear
        .iter()
        .map(|(entity, list)| {
            let other = clear.iter().find(|(o, _)| o != entity).and_then(|(_, l)| l.first().copied());
            let mut s = side(telling, list, |v| attributed(telling, v, other));
            s.label.clone_from(&telling.entities.list[**entity].name);
            s
        })
        .collect();
    sides.sort_by(|a, b| {
        b.origins
            .len()
            .cmp(&a.origins.len())
            .then(b.documents.len().cmp(&a.documents.len()))
            .then(a.label.cmp(&b.label))
    });
    let names: Vec<&str> = sides.iter().map(|s| s.label.as_str()).collect();
    let message = format!("the accounts name different speakers for one utterance: {}", names.join(" / "));
    let why = vec![Feature {
        name: "speakers named".into(),
        value: names.len() as f64,
        weight: 0.7,
        note: names.join(", "),
    }];
    Some(build::finding(
        FindingKind::AlteredQuotation,
        Some(FindingType::Attribution),
        message,
        sides,
        0.75,
        None,
        why,
    ))
}

/// The words with the name beside them; the name alone where it stands in another sentence.
fn attributed(telling: &Telling, v: &Variant, other: Option<&Variant>) -> Option<Span> {
    let (source, words) = (v.source?, cover(&v.words)?);
    // what another account gives to somebody else, with the name, wherever in the quotation it stands
    let shared = other.and_then(|o| {
        let same = ops(&v.words, &o.words).into_iter().filter(|op| matches!(op, DiffOp::Equal { .. }));
        same.filter_map(|op| cover(&v.words[op.old_range()])).reduce(Span::cover)
    });
    if let Some(span) = shared.map(|s| s.cover(source)).filter(|all| all.len() <= words.len() + MAX_BESIDE) {
        return Some(span);
    }
    let annotations = &telling.account(v.account).annotations;
    let beside = v
        .words
        .iter()
        .filter(|w| annotations.sentence_at(w.span.start) == annotations.sentence_at(source.start));
    Some(beside.fold(source, |all, w| all.cover(w.span)))
        .filter(|all| all.len() <= words.len() + MAX_BESIDE)
        .or(Some(source))
}

/// Words in a row that two accounts must both have between quotation marks: two ministers of one government may both call
/// for the same thing in nearly the same words.
const MIN_RUN: usize = 8;

/// Whether some words of one speaker stand in one go among those of another.
fn is_same_words(clear: &[(&usize, &Vec<&Variant>)]) -> bool {
    let runs = |a: &Variant, b: &Variant| {
        let equal = ops(&a.words, &b.words).into_iter().filter(|op| matches!(op, DiffOp::Equal { .. }));
        equal.map(|op| op.old_range().len()).max().unwrap_or(0)
    };
    let are_same = |x: &[&Variant], y: &[&Variant]| {
        x.iter().any(|a| y.iter().any(|b| runs(a, b) >= MIN_RUN.min(a.words.len()).min(b.words.len())))
    };
    let pairs = clear.iter().enumerate().flat_map(|(n, x)| clear[n + 1..].iter().map(move |y| (x, y)));
    pairs.into_iter().any(|(x, y)| are_same(x.1, y.1))
}

/// How far from the words their speaker is named (bytes) to be shown in one with them.
const MAX_BESIDE: usize = 80;

/// Lower case, with straight apostrophes.
fn plain(text: &str) -> String {
    text.to_lowercase().replace('’', "'")
}

/// Whether one of the sentences says that it was spoken on a day after which the other account was out already.
fn is_said_later(telling: &Telling, clear: &[(&usize, &Vec<&Variant>)]) -> bool {
    let said = |v: &Variant| {
        let annotations = &telling.account(v.account).annotations;
        let around = sentences(telling, v, None);
        let from = annotations.times.partition_point(|t| t.span.start < around.start);
        let inside = annotations.times[from..].iter().take_while(|t| around.contains(t.span));
        // what the speaker says of a day is no day of the speech
        let is_spoken = |t: &Span| v.words.iter().any(|w| w.span.overlaps(*t));
        let inside = inside.filter(|t| !is_spoken(&t.span));
        inside.filter(|t| t.granularity <= Granularity::Day).filter_map(|t| t.interval).map(|i| i.first).min()
    };
    let published = |v: &Variant| {
        let published = &telling.document(v.account).published;
        published.until.or(published.value).filter(|_| !published.inferred)
    };
    let all: Vec<&Variant> = clear.iter().flat_map(|(_, list)| list.iter().copied()).collect();
    all.iter().any(|v| {
        let others = all.iter().filter(|w| w.entity != v.entity);
        said(v).is_some_and(|day| others.into_iter().any(|w| published(w).is_some_and(|p| day > p)))
    })
}

/// Whether each account names its speaker beside these very words, and not the others': else only our reading may differ.
fn is_named_apart(telling: &Telling, clear: &[(&usize, &Vec<&Variant>)]) -> bool {
    let last = |e: &usize| plain(telling.entities.list[*e].name.rsplit(' ').next().unwrap_or_default());
    clear.iter().all(|(own, list)| {
        list.iter().any(|v| {
            let Some(beside) = beside(telling, v) else { return false };
            let text = &telling.document(v.account).text;
            let around = plain(sentences(telling, v, None).cover(beside).of(text));
            let others = clear.iter().filter(|(o, _)| o != own).any(|(o, _)| names(&around, &last(o)));
            plain(beside.of(text)).contains(&last(own)) && !others
        })
    })
}

/// Letters of a name from which another spelling of it may differ in one.
const MIN_SPELT: usize = 5;

/// The consonants of a name as they sound, however it was put into Latin letters: "Mashnouk", "Machnuq".
fn sound(name: &str) -> String {
    let folded =
        name.replace("sh", "s").replace("ch", "s").replace("ck", "k").replace("kh", "k").replace("gh", "g");
    let fold = |c: char| match c {
        'q' | 'c' => 'k',
        'z' => 's',
        'v' | 'w' => 'f',
        other => other,
    };
    let mut heard: Vec<char> = folded
        .chars()
        .filter(|c| c.is_alphabetic() && !matches!(c, 'a' | 'e' | 'i' | 'o' | 'u' | 'y' | 'h'))
        .map(fold)
        .collect();
    heard.dedup();
    heard.into_iter().collect()
}

/// Whether a text has a name, or all but a letter of it.
fn names(text: &str, name: &str) -> bool {
    let is_near = |w: &str| {
        w.len() >= MIN_SPELT
            && name.len() >= MIN_SPELT
            && (osa_distance(w, name) <= 1
                || w.chars().next() == name.chars().next() && sound(w) == sound(name))
    };
    text.contains(name) || text.split(|c: char| !c.is_alphanumeric()).any(is_near)
}

/// The words that name the speaker: those of the source in a sentence of the utterance or in the one before it. For a pronoun,
/// the sentence before, which must name him as the source of what it tells ("Roe said that … “…,” he added").
fn beside(telling: &Telling, v: &Variant) -> Option<Span> {
    let source = v.source?;
    let annotations = &telling.account(v.account).annotations;
    let at = annotations.sentence_at(source.start)?;
    let spoken = v.words.iter().filter_map(|w| annotations.sentence_at(w.span.start));
    let (first, last) = spoken.fold((usize::MAX, 0), |(a, b), s| (a.min(s), b.max(s)));
    if !(first..=last).contains(&at) && at + 1 != first {
        return None;
    }
    let text = &telling.document(v.account).text;
    if !matches!(plain(source.of(text)).as_str(), "he" | "she") {
        return Some(source);
    }
    let before = annotations.sentences.get(first.checked_sub(1)?)?;
    let told = annotations.quotations.iter().filter_map(|q| q.source.as_ref());
    let is_him = |e: Option<u32>| e.and_then(|e| telling.entities.of(v.account, e)) == v.entity;
    told.filter(|s| before.span.contains(s.span) && is_him(s.entity)).map(|s| s.span).next()
}

/// Whether the account names the speaker where he speaks, here or in another quotation: a bare pronoun by itself is too
/// easily given to another.
fn is_name_form(telling: &Telling, v: &Variant) -> bool {
    let annotations = &telling.account(v.account).annotations;
    let entity = |e: Option<u32>| e.and_then(|e| telling.entities.of(v.account, e));
    let sources = annotations
        .quotations
        .iter()
        .filter_map(|q| q.source.as_ref())
        .filter(|s| entity(s.entity) == v.entity);
    sources.map(|s| s.span).any(|source| {
        let from = annotations.mentions.partition_point(|m| m.span.end <= source.start);
        let inside = annotations.mentions[from..].iter().take_while(|m| m.span.start < source.end);
        inside.into_iter().any(|m| m.form == MentionForm::Name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_other_letters() {
        let check = |text: &str, name: &str, expected: bool| {
            assert_eq!(names(text, name), expected, "{text} / {name}")
        };
        check("mr brandt said", "brandt", true);
        check("mr brandtt said", "brandt", true);
        check("nohar machtouk said", "mashtuq", true);
        check("mr wiik said", "brandt", false);
        check("\u{5d0}\u{5d1}\u{5d2}", "brandt", false);
        check("", "brandt", false);
    }
}
