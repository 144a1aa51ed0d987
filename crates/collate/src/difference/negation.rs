//! Negation with its scope: which words of a sentence are negated, and where two statements disagree about it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{Annotations, FindingType, Span, Tag};

use super::item::{Class, Item};
use super::{Comparison, Difference};

const CUES: [&str; 10] =
    ["not", "n't", "n’t", "never", "no", "neither", "nor", "without", "nobody", "cannot"];
/// "not only", "not just": an affirmation with emphasis.
const NOT_NEGATING: [&str; 6] = ["only", "just", "merely", "simply", "necessarily", "least"];
/// Verbs that take over the negation of the verb above them: "is not expected to sign" negates *sign*.
const RAISING: [&str; 18] = [
    "expect", "plan", "want", "intend", "seem", "appear", "think", "believe", "go", "have", "be", "do",
    "will", "need", "attempt", "try", "seek", "manage",
];

/// Lemma → what the negated part begins with.
static IMPLICIT: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    lexicon::entries(lexicon::IMPLICIT_NEGATION)
        .filter(|f| f.len() > 1)
        .map(|f| (f[0], f[1].split(',').map(str::trim).collect()))
        .collect()
});

/// Whether a lower-case word negates.
#[must_use]
pub fn is_cue(word: &str) -> bool {
    CUES.contains(&word)
}

/// Tokens that are negated, with the span of the words that negate them. `first..last`: the tokens of a sentence. A word
/// negated twice ("cannot fail to") is affirmed.
#[must_use]
pub fn scopes(annotations: &Annotations, text: &str, first: u32, last: u32) -> BTreeMap<u32, Span> {
    let mut negated: BTreeMap<u32, Span> = BTreeMap::new();
    for at in first..last {
        let token = &annotations.tokens[at as usize];
        let lower = token.span.of(text).to_lowercase();
        let scope = if is_cue(&token.lemma) || is_cue(&lower) {
            explicit(annotations, text, at, last)
        } else {
            implicit(annotations, at, last)
        };
        for target in scope {
            if negated.remove(&target).is_none() {
                negated.insert(target, token.span);
            }
        }
    }
    negated
}

fn explicit(annotations: &Annotations, text: &str, at: u32, last: u32) -> Vec<u32> {
    let tokens = &annotations.tokens;
    let next = tokens.get(at as usize + 1).map(|t| t.span.of(text).to_lowercase());
    if next.is_some_and(|n| NOT_NEGATING.contains(&n.as_str())) {
        return Vec::new();
    }
    let Some(head) = tokens[at as usize].head else {
        return next_content(annotations, at, last).into_iter().collect();
    };
    let mut scope = vec![head];
    // "is not expected to sign", "no talks were held": the negation reaches the verb below, and the verb above a noun.
    let is_noun = matches!(tokens[head as usize].tag, Tag::Noun | Tag::Propn | Tag::Pron);
    if is_noun {
        scope.extend(tokens[head as usize].head);
    } else if RAISING.contains(&tokens[head as usize].lemma.as_str()) {
        scope.extend(
            (head + 1..last)
                .find(|t| tokens[*t as usize].head == Some(head) && tokens[*t as usize].tag == Tag::Verb),
        );
    }
    scope
}

/// Without a parse: the next content word.
fn next_content(annotations: &Annotations, at: u32, last: u32) -> Option<u32> {
    (at + 1..last.min(at + 5)).find(|t| !lexicon::is_stop_word(&annotations.tokens[*t as usize].lemma))
}

fn implicit(annotations: &Annotations, at: u32, last: u32) -> Vec<u32> {
    let tokens = &annotations.tokens;
    let token = &tokens[at as usize];
    let Some(begins) = IMPLICIT.get(token.lemma.as_str()).filter(|_| matches!(token.tag, Tag::Verb | Tag::X))
    else {
        return Vec::new();
    };
    let until = last.min(at + 14);
    let verb_after = |marker: &str| {
        let marker = (at + 1..until).find(|t| tokens[*t as usize].lemma == marker)?;
        (marker + 1..until).find(|t| tokens[*t as usize].tag == Tag::Verb)
    };
    let gerund = || (at + 1..until.min(at + 3)).find(|t| tokens[*t as usize].tag == Tag::Verb);
    begins
        .iter()
        .find_map(|b| match *b {
            "to" => verb_after("to"),
            "from" => verb_after("from"),
            "that" => verb_after("that"),
            "ing" => gerund(),
            _ => None,
        })
        .into_iter()
        .collect()
}

/// Words that both statements hold, negated in one and not in the other.
pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let mut found = Vec::new();
    for x in c.x.1.iter().filter(|i| can_be_negated(i)) {
        let same = |list: &'_ [Item]| list.iter().filter(|i| i.key == x.key).cloned().collect::<Vec<_>>();
        let (all_x, all_y) = (same(&c.x.1), same(&c.y.1));
        let Some(y) = all_y.first() else { continue };
        // "Negated here, and nowhere there": a word that one statement has both ways says nothing.
        let is_clear = |list: &[Item]| list.iter().all(|i| i.negated.is_some() == list[0].negated.is_some());
        if !is_clear(&all_x) || !is_clear(&all_y) || x.negated.is_some() == y.negated.is_some() {
            continue;
        }
        let (negative, positive) = if x.negated.is_some() { (x, &c.y.1) } else { (y, &c.x.1) };
        if is_said_otherwise(negative, positive) || !shares_context(c, x, y) {
            continue;
        }
        let cover = |i: &Item| i.negated.map_or(i.span, |cue| cue.cover(i.span));
        let note = format!("«{}» is negated on one side only", x.lemma);
        found.push(Difference {
            kind: FindingType::Negation,
            x: cover(x),
            y: cover(y),
            note,
            strength: 0.85,
        });
    }
    if found.is_empty() && c.is_copy {
        found.extend(lost_in_copy(c));
    }
    found
}

/// How many items away from a lost negation the nearest shared items may stand.
const MAX_STEPS: usize = 3;

/// A copy that lost (or gained) its only word of negation, whatever became of the word that it negated.
fn lost_in_copy(c: &Comparison) -> Option<Difference> {
    let cues = |items: &[Item]| {
        items.iter().filter(|i| i.class == Class::Negation).map(|i| i.span).collect::<Vec<_>>()
    };
    let (in_x, in_y) = (cues(&c.x.1), cues(&c.y.1));
    let (cue, with, without, is_x) = match (&in_x[..], &in_y[..]) {
        ([cue], []) => (*cue, &c.x.1, &c.y.1, true),
        ([], [cue]) => (*cue, &c.y.1, &c.x.1, false),
        _ => return None,
    };
    let at = with.iter().position(|i| i.span == cue)?;
    let negated = with[at..].iter().find(|i| i.is_content && i.class == Class::Word)?;
    if is_said_otherwise(negated, without) || c.likeness < 0.2 {
        return None;
    }
    // What stands in the other text where the negation should be: between the nearest shared items before and after.
    let position = |item: &Item, from: usize| (from..without.len()).find(|o| without[*o].key == item.key);
    let before = with[..at].iter().rev().take(MAX_STEPS).find_map(|i| position(i, 0))?;
    let after = with[at + 1..].iter().take(MAX_STEPS + 1).find_map(|i| position(i, before + 1))?;
    if after - before > MAX_STEPS + 1 {
        return None;
    }
    let (before, after) = (without[before].span, without[after].span);
    if after.end - before.start > 120 {
        return None;
    }
    let (here, there) = (cue.cover(negated.span), before.cover(after));
    let (x, y) = if is_x { (here, there) } else { (there, here) };
    let note = "one of two copies has a negation where the other has none".into();
    Some(Difference { kind: FindingType::Negation, x, y, note, strength: 0.75 })
}

fn can_be_negated(item: &Item) -> bool {
    item.is_content
        && item.class == Class::Word
        && matches!(item.tag, Tag::Verb | Tag::Adj | Tag::Noun | Tag::X)
}

/// Whether the other statement negates in words of its own: "denied", "ruled out", "without", "un-".
fn is_said_otherwise(negative: &Item, positive: &[Item]) -> bool {
    positive.iter().any(|i| {
        i.class == Class::Negation
            || IMPLICIT.contains_key(i.lemma.as_str()) && i.lemma != negative.lemma
            || ["un", "in", "im", "il", "dis", "non"]
                .iter()
                .any(|p| i.lemma.strip_prefix(p) == Some(negative.lemma.as_str()))
    })
}

/// Whether the two words stand in like surroundings: one of the three content items before or after is the same.
fn shares_context(c: &Comparison, x: &Item, y: &Item) -> bool {
    let near = |items: &[Item], item: &Item| -> Vec<String> {
        let content: Vec<&Item> = items.iter().filter(|i| i.is_content).collect();
        let at = content.iter().position(|i| i.span == item.span).unwrap_or(0);
        content[at.saturating_sub(3)..(at + 4).min(content.len())]
            .iter()
            .filter(|i| i.span != item.span)
            .map(|i| i.key.clone())
            .collect()
    };
    let (near_x, near_y) = (near(&c.x.1, x), near(&c.y.1, y));
    near_x.iter().filter(|k| near_y.contains(k)).count() >= if c.is_copy { 1 } else { 2 }
}
