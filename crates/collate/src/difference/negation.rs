//! Negation with its scope: which words of a sentence are negated, and where two statements disagree about it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_annotate::words::{OPPOSITE, are};
use variorum_schema::{Annotations, FindingType, Span, Tag};

use super::item::{Class, Item};
use super::standing::{STANDS, is_one_kind, is_verbal, standing};
use super::{Comparison, Difference};

const CUES: [&str; 19] = [
    "not", "n't", "n’t", "never", "no", "none", "neither", "nor", "without", "nobody", "cannot", "nowhere",
    "cant", "wont", "didnt", "dont", "doesnt", "isnt", "wasnt",
];
/// "not only", "not just": an affirmation with emphasis; "not until noon": at noon.
const NOT_NEGATING: [&str; 8] = ["only", "just", "merely", "simply", "necessarily", "least", "long", "until"];
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

/// Negations that a copy lost or gained. Between accounts that were written apart a word may be negated for many reasons;
/// there only claims with the same participants are compared.
pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    if !c.is_copy {
        return Vec::new();
    }
    let found = lost_in_copy(c);
    if found.is_empty() { turned_in_copy(c) } else { found }
}

/// Words that one sentence negates by a verb ("declined to comment") and the other has in their place without negation.
fn turned_in_copy(c: &Comparison) -> Vec<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let is_cue = |i: &Item| i.class == Class::Negation;
    if xs.iter().any(is_cue) || ys.iter().any(is_cue) || negates_by_itself(xs) != negates_by_itself(ys) {
        return Vec::new();
    }
    let turned = c.pairs.iter().filter_map(|&(i, j)| {
        let (x, y) = (&xs[i], &ys[j]);
        let (cue, is_of_x) = match (x.negated, y.negated) {
            (Some(cue), None) => (cue, true),
            (None, Some(cue)) => (cue, false),
            _ => return None,
        };
        let (own, own_at, others, at) = if is_of_x { (xs, i, ys, j) } else { (ys, j, xs, i) };
        let verb = own.iter().position(|o| o.span == cue)?;
        let place = &others[at.saturating_sub(MAX_STEPS)..(at + 2).min(others.len())];
        // The verb that negates has no counterpart: nothing stands in its place that may negate too.
        let is_lost = !c.pairs.iter().any(|p| (if is_of_x { p.0 } else { p.1 }) == verb);
        let is_near = own_at > verb && own_at - verb <= MAX_STEPS && standing(x, y) >= STANDS;
        let is_negative = |o: &Item| IMPLICIT.contains_key(o.lemma.as_str());
        if !is_lost || !is_near || place.iter().any(is_negative) {
            return None;
        }
        let note = format!("«{}» negates what the other affirms", own[verb].lemma);
        let (span_x, span_y) =
            if is_of_x { (cue.cover(x.span), y.span) } else { (x.span, cue.cover(y.span)) };
        Some(Difference { kind: FindingType::Negation, x: span_x, y: span_y, note, strength: 0.75 })
    });
    turned.collect()
}

/// How many items away from a lost negation the nearest pairs of items that stand for one another may be.
const MAX_STEPS: usize = 4;

/// Words of negation that a copy lost or gained: their place in the other sentence, between the nearest items that stand
/// for one another, holds nothing that negates.
fn lost_in_copy(c: &Comparison) -> Vec<Difference> {
    let pairs = &c.pairs[..];
    let turned: Vec<(usize, usize)> = pairs.iter().map(|&(i, j)| (j, i)).collect();
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    // "No, I am not going": the answer before a comma negates nothing
    let is_answer = |items: &[Item], at: usize, text: &str| {
        let behind = text.get(items[at].span.end as usize..).unwrap_or("");
        items[at].lemma == "no" && behind.starts_with(',')
    };
    let (mut lost, mut gained) = (unmatched(xs, ys, pairs), unmatched(ys, xs, &turned));
    lost.retain(|at| !is_answer(xs, *at, c.text_x()));
    gained.retain(|at| !is_answer(ys, *at, c.text_y()));
    // One on each side: the negation moved.
    if !lost.is_empty() && !gained.is_empty() || lost.len() + gained.len() > 2 || c.is_asked() {
        return Vec::new();
    }
    let of_lost = lost.iter().filter_map(|&at| lost_at(xs, ys, pairs, at));
    let of_gained =
        gained.iter().filter_map(|&at| lost_at(ys, xs, &turned, at).map(|(here, there)| (there, here)));
    let found: Vec<Difference> = of_lost
        .chain(of_gained)
        .map(|(x, y)| {
            let note = "one of two copies has a negation where the other has none".into();
            Difference { kind: FindingType::Negation, x, y, note, strength: 0.8 }
        })
        .collect();
    // Two negations in one sentence undo one another, unless what each negates is affirmed.
    if found.len() < lost.len() + gained.len() { Vec::new() } else { found }
}

/// Indices of the words of negation for which the other sentence has none.
fn unmatched(xs: &[Item], ys: &[Item], pairs: &[(usize, usize)]) -> Vec<usize> {
    let is_cue = |item: &Item| item.class == Class::Negation;
    let has_cue = |i: usize| pairs.iter().any(|p| p.0 == i && is_cue(&ys[p.1]));
    (0..xs.len()).filter(|&i| is_cue(&xs[i]) && !has_cue(i)).collect()
}

/// Words that open a relative clause.
const RELATIVE: [&str; 3] = ["who", "which", "whom"];

/// What the negation at `at` negates, and what stands in its place in the other sentence.
fn lost_at(xs: &[Item], ys: &[Item], pairs: &[(usize, usize)], at: usize) -> Option<(Span, Span)> {
    if let Some(found) = some(xs, ys, at) {
        return Some(found);
    }
    // "without passengers", "no fight": such a phrase may merely have been put in; it counts where the noun is in both.
    let of_noun = ["no", "none", "without", "neither", "nor", "nobody"].contains(&xs[at].lemma.as_str());
    let is_emphasis = xs.get(at + 1).is_some_and(|i| NOT_NEGATING.contains(&i.lemma.as_str()));
    let negated = xs[at..].iter().take(5).find(|i| i.is_content && i.class != Class::Negation)?;
    let before = pairs.iter().filter(|p| p.0 < at && at - p.0 <= MAX_STEPS).max_by_key(|p| p.0);
    let after = pairs.iter().filter(|p| p.0 > at && p.0 - at <= MAX_STEPS).min_by_key(|p| p.0);
    let same = |p: Option<&(usize, usize)>| p.is_some_and(|p| standing(&xs[p.0], &ys[p.1]) >= STANDS);
    let is_start = at <= 1;
    // Either neighbour is the same word on both sides, the other at least stands in its place.
    // or both neighbours stand side by side, each with a word beside it that stayed
    let stands_at = |i: Option<usize>, j: Option<usize>| {
        i.zip(j).is_some_and(|(i, j)| pairs.contains(&(i, j)) && standing(&xs[i], &ys[j]) >= STANDS)
    };
    let is_enclosed = before.zip(after).is_some_and(|(p, q)| {
        q.1 == p.1 + 1
            && stands_at(p.0.checked_sub(1), p.1.checked_sub(1))
            && stands_at(Some(q.0 + 1), Some(q.1 + 1))
    });
    let is_held = before.is_some() && after.is_some() && (same(before) || same(after) || is_enclosed)
        || is_start && same(after)
        || before.is_some() && is_done(xs, ys, pairs, at);
    // "not before Friday", "from Friday at the earliest"
    let is_delayed = |items: &[Item], words: &[&str]| items.iter().any(|i| words.contains(&i.lemma.as_str()));
    if is_delayed(&xs[at..], &["before", "until", "till"])
        && is_delayed(ys, &["earliest", "early", "from", "only", "after"])
    {
        return None;
    }
    // what begins one sentence may stand further on in the other
    let beginning = || after.map_or(0, |p| p.1.saturating_sub(MAX_STEPS));
    let (from, to) = (before.map_or_else(beginning, |p| p.1), after.map_or(ys.len(), |p| p.1 + 1));
    let is_near = to.saturating_sub(from) <= MAX_STEPS + 2;
    let around = ys.get(from.saturating_sub(2)..(to + 3).min(ys.len()))?;
    let new: Vec<Item> = around.iter().filter(|i| !xs.iter().any(|o| o.key == i.key)).cloned().collect();
    // The noun is there, in other words it may be, or an article stands where the negation stood.
    let is_there = ys.iter().any(|i| standing(negated, i) >= STANDS);
    let is_article =
        xs[at].lemma == "no" && ys.get(from..to)?.iter().any(|i| ARTICLES.contains(&i.lemma.as_str()));
    if of_noun && !is_there && !is_article {
        return None;
    }
    if is_emphasis || !is_held || !is_near || is_said_otherwise(negated, &new) || negates_by_itself(&new) {
        return None;
    }
    // "N., who was not at home, came by": the clause was put in, or left out
    let is_relative = |items: &[Item]| items.iter().any(|i| RELATIVE.contains(&i.lemma.as_str()));
    let is_state = at.checked_sub(1).is_some_and(|p| xs[p].lemma == "be");
    if is_state && is_relative(&xs[at.saturating_sub(2)..at]) && !is_relative(ys) {
        return None;
    }
    if !is_enclosed && !is_affirmed(xs, ys, pairs, at, of_noun) || is_limit(xs, at) {
        return None;
    }
    // nowhere else may the other sentence say in a word of its own that it is not so
    let own: Vec<Item> = ys.iter().filter(|i| !xs.iter().any(|o| o.key == i.key)).cloned().collect();
    let is_not_yet = xs.get(at + 1).is_some_and(|i| i.lemma == "yet");
    let takes_back = |i: &Item| {
        FALSE.contains(&i.lemma.as_str())
            || matches!(i.lemma.as_str(), "unless" | "deny" | "denial")
            || is_not_yet && ["still", "yet", "remain"].contains(&i.lemma.as_str())
    };
    // "had not been activated", "had yet to be activated"
    let is_yet = own.windows(2).any(|w| w[0].lemma == "yet" && w[1].lemma == "to")
        || ys.windows(2).any(|w| w[0].lemma == "yet" && w[1].lemma == "to");
    if is_yet || own.iter().any(takes_back) {
        return None;
    }
    let there = ys.get(from)?.span.cover(ys.get(to.saturating_sub(1))?.span);
    Some((xs[at].span.cover(negated.span), there))
}

/// Whether the other sentence affirms what is negated at `at`: a word that it negates is there, or one that stands for it;
/// or the two sentences are else the same.
fn is_affirmed(xs: &[Item], ys: &[Item], pairs: &[(usize, usize)], at: usize, of_noun: bool) -> bool {
    let stands = |p: &&(usize, usize)| standing(&xs[p.0], &ys[p.1]) >= STANDS;
    let is_scope = |p: &&(usize, usize)| {
        let is_near = p.0 > at && p.0 <= at + MAX_SCOPE && xs[p.0].is_content && xs[p.0].negated.is_some();
        is_near && standing(&xs[p.0], &ys[p.1]) >= MIN_AFFIRMED
    };
    let n_left = |items: &[Item], of: fn(&(usize, usize)) -> usize| {
        let is_left = |n: &usize| items[*n].is_content && !pairs.iter().filter(stands).any(|p| of(p) == *n);
        (0..items.len()).filter(is_left).count()
    };
    // "without charge" is another way to say many things; that there was one is said by "with", or by a verb
    let is_with = || {
        let noun = xs[at + 1..].iter().find(|i| i.is_content);
        let is_done = |i: &Item| is_verbal(i.tag) && noun.is_some_and(|n| standing(n, i) >= STANDS);
        ys.iter().any(|i| i.lemma == "with" || is_done(i)) && !ys.iter().any(|i| i.lemma == "before")
    };
    // "pleaded not guilty", "conceded"
    let is_admitted = || {
        let pleads = xs[at + 1..].first().is_some_and(|i| i.lemma == "guilty");
        pleads
            && ys.iter().any(|i| ["admit", "concede", "confess", "acknowledge"].contains(&i.lemma.as_str()))
    };
    let is_there =
        || of_noun || pairs.iter().any(|p| is_scope(&p)) || is_admitted() || is_done(xs, ys, pairs, at);
    (xs[at].lemma != "without" || is_with()) && is_there()
        || n_left(xs, |p| p.0) <= 2 && n_left(ys, |p| p.1) <= 1
}

/// "Should not seek a second shot", "ought to look for a second shot": a verb in the place of the one that is negated, neither
/// its opposite nor negative itself, with the same two words behind it.
fn is_done(xs: &[Item], ys: &[Item], pairs: &[(usize, usize)], at: usize) -> bool {
    let verb = xs[at + 1..].iter().take(2).position(|i| i.tag == Tag::Verb && i.is_content);
    let Some(verb) = verb.map(|n| at + 1 + n) else { return false };
    let Some(&(_, there)) = pairs.iter().find(|p| p.0 == verb) else { return false };
    let (x, y) = (&xs[verb], &ys[there]);
    let is_kept = |n: usize| {
        let stays = |p: &&(usize, usize)| p.0 == n && p.1 > there && p.1 <= there + 2 * MAX_SCOPE;
        xs[n].is_content && pairs.iter().filter(stays).any(|p| xs[n].key == ys[p.1].key)
    };
    let n_kept = (verb + 1..(verb + 1 + MAX_SCOPE).min(xs.len())).filter(|n| is_kept(*n)).count();
    let is_contrary = is_one_kind(x, y) || IMPLICIT.contains_key(y.lemma.as_str());
    y.tag == Tag::Verb && y.negated.is_none() && !is_contrary && n_kept >= 2
}

/// "None of the children has shown serious effects", "several children had serious effects": the noun is there with a word
/// that says that there were some, and the same words behind it.
fn some(xs: &[Item], ys: &[Item], at: usize) -> Option<(Span, Span)> {
    if !matches!(xs[at].lemma.as_str(), "no" | "none") {
        return None;
    }
    let n = (at + 1..xs.len().min(at + 1 + MAX_SCOPE)).find(|n| xs[*n].is_content)?;
    let m = (1..ys.len()).find(|m| ys[*m].key == xs[n].key && SOME.contains(&ys[m - 1].lemma.as_str()))?;
    let behind = |items: &'_ [Item], from: usize| -> Vec<String> {
        let near = items[from + 1..].iter().take(3 * MAX_SCOPE).filter(|i| i.is_content);
        near.map(|i| i.key.clone()).collect()
    };
    let (own, others) = (behind(xs, n), behind(ys, m));
    let n_same = own.iter().filter(|key| others.contains(key)).count();
    (n_same >= 3).then(|| (xs[at].span.cover(xs[n].span), ys[m - 1].span.cover(ys[m].span)))
}

/// Words before a noun that say that there were some, and more than one.
const SOME: [&str; 5] = ["some", "several", "many", "numerous", "multiple"];

/// Whether a negation denies nothing: "can't rate it higher than four", "on the right, not the left", "no water, no food",
/// "can't wait".
fn is_limit(xs: &[Item], at: usize) -> bool {
    let after = &xs[at + 1..(at + 1 + 2 * MAX_SCOPE).min(xs.len())];
    let is_bound = after.iter().any(|i| ["than", "except"].contains(&i.lemma.as_str()));
    let is_repeated = xs[at.saturating_sub(MAX_SCOPE)..at].iter().any(|i| i.class == Class::Negation);
    let is_eager = after.first().is_some_and(|i| i.lemma == "wait") && at > 0 && xs[at - 1].lemma == "can";
    is_bound || is_repeated || is_eager
}

/// How many items behind a word of negation what it negates may begin.
const MAX_SCOPE: usize = 4;
/// How well what the other sentence has instead stands for what was negated.
const MIN_AFFIRMED: f64 = 0.4;
/// Words by which a sentence takes back what it says.
const FALSE: [&str; 19] = [
    "misconception",
    "myth",
    "false",
    "untrue",
    "wrong",
    "mistaken",
    "mistake",
    "incorrect",
    "rather",
    "unlike",
    "nothing",
    "nowhere",
    "doubt",
    "zero",
    "minimal",
    "eliminate",
    "only",
    "lack",
    "unable",
];

/// What stands before a noun that is there.
const ARTICLES: [&str; 8] = ["a", "an", "some", "several", "numerous", "many", "one", "multiple"];

/// Words that say "not" without a word of negation.
const NEGATIVE_WORDS: [&str; 33] = [
    "difficult",
    "hard",
    "struggle",
    "too",
    "against",
    "exclude",
    "avoid",
    "prohibit",
    "violate",
    "lack",
    "unable",
    "impossible",
    "hardly",
    "barely",
    "scarcely",
    "rarely",
    "seldom",
    "few",
    "little",
    "none",
    "nothing",
    "neither",
    "absence",
    "absent",
    "fail",
    "failure",
    "devoid",
    "free",
    "instead",
    "unlikely",
    "refuse",
    "minus",
    "sans",
];

/// Whether one of the words negates without a word of negation.
fn negates_by_itself(new: &[Item]) -> bool {
    let is_negative = |i: &Item| {
        NEGATIVE_WORDS.contains(&i.lemma.as_str())
            || i.lemma.len() > 6 && i.lemma.starts_with("un")
            || is_turned_by_prefix(&i.lemma)
    };
    new.iter().any(is_negative)
}

/// "insufficient", "unfair": a word that its prefix turns into its opposite.
fn is_turned_by_prefix(lemma: &str) -> bool {
    let mut stems = ["in", "im", "il", "ir", "dis", "non", "un"].iter().filter_map(|p| lemma.strip_prefix(p));
    stems.any(|stem| stem.len() > 3 && are(OPPOSITE, lemma, stem))
}

/// To change, and to do nothing of the kind.
const CHANGING: [&str; 6] = ["change", "alter", "amend", "move", "touch", "go"];
const LEAVING: [&str; 8] = ["leave", "keep", "maintain", "retain", "remain", "stay", "hold", "stand"];

/// Whether the other statement negates in words of its own: "denied", "ruled out", "without", "un-".
fn is_said_otherwise(negative: &Item, positive: &[Item]) -> bool {
    // "would not change the law", "would leave the law as it is"
    let is_left = CHANGING.contains(&negative.lemma.as_str());
    positive.iter().any(|i| {
        i.class == Class::Negation
            || is_left && LEAVING.contains(&i.lemma.as_str())
            || IMPLICIT.contains_key(i.lemma.as_str()) && i.lemma != negative.lemma
            || ["un", "in", "im", "il", "dis", "non"].iter().any(|p| {
                // "not change", "unchanged"
                let stem = negative.lemma.trim_end_matches('e');
                stem.len() >= 3 && i.lemma.strip_prefix(p).is_some_and(|rest| rest.starts_with(stem))
            })
    })
}
