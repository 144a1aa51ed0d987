//! How an account stands to a claim that was made elsewhere (a headline, a sentence of another account): whether it is about
//! it at all, passes it on at a distance, supports it or denies it; and whether one claim bears another out or weakens it.
//!
//! Rules, not a model: a share of the claim's telling words decides whether an account is about it, and the words of
//! distance and denial around the sentences that say most of it decide how it stands to it. Reasons are therefore always
//! at hand: the sentence, and the words in it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon::{self, Lookup};
use variorum_annotate::words;

use crate::Account;
use crate::overlap::{self, Word, Words};

/// How an account stands to a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stance {
    /// It is about something else.
    Unrelated,
    /// It passes the claim on without vouching for it.
    Discusses,
    /// It states the same.
    Supports,
    /// It says that it is not so.
    Denies,
}

/// What a word does to what is passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// Passed on, not vouched for.
    Distance,
    /// Called untrue.
    Denial,
    /// Something is set against it.
    Contrast,
}

static CUES: LazyLock<Lookup<&str, Vec<Cue>>> = LazyLock::new(|| {
    let mut cues: Lookup<&str, Vec<Cue>> = Lookup::default();
    for fields in lexicon::entries(include_str!("../data/stance.txt")).filter(|f| f.len() > 1) {
        let cue = match fields[0] {
            "distance" => Cue::Distance,
            "denial" => Cue::Denial,
            _ => Cue::Contrast,
        };
        fields[1].split(' ').for_each(|word| cues.entry(word).or_default().push(cue));
    }
    cues
});

/// Whether a word does this.
#[must_use]
pub fn is_cue(word: &Word, cue: Cue) -> bool {
    CUES.get(word.lower.as_str()).is_some_and(|cues| cues.contains(&cue))
}

/// From this share of its telling words on an account is about a claim.
const MIN_ABOUT: f64 = 0.28;
/// Words of the beginning of an account, where it says how it stands to what it tells.
const N_LEAD: usize = 120;
/// Sentences of an account that are read; a claim in the headlines is taken up early.
const MAX_SENTENCES: usize = 60;

/// An account made ready for the question how it stands to claims.
#[derive(Clone, Debug, Default)]
pub struct Teller {
    /// Its sentences.
    pub sentences: Vec<Words>,
    stems: BTreeSet<String>,
    countries: BTreeSet<usize>,
    /// Words of distance and denial among the first.
    n_distance: usize,
    n_denial: usize,
}

impl Teller {
    /// Reads an account.
    #[must_use]
    pub fn new(account: &Account) -> Teller {
        let (text, annotations) = (&account.document.text, &account.annotations);
        let sentences: Vec<Words> = annotations
            .sentences
            .iter()
            .take(MAX_SENTENCES)
            .map(|s| Words::new(text, annotations, s))
            .collect();
        let all = || sentences.iter().flat_map(|s| &s.list);
        let n_lead = |cue: Cue| all().take(N_LEAD).filter(|w| is_cue(w, cue)).count();
        Teller {
            stems: all().filter(|w| w.is_content).map(|w| w.stem.clone()).collect(),
            countries: all().filter_map(|w| w.country).collect(),
            n_distance: n_lead(Cue::Distance),
            n_denial: n_lead(Cue::Denial),
            sentences,
        }
    }

    /// The share of a claim's words, by weight, that the account holds anywhere, 0 to 1.
    #[must_use]
    pub fn about(&self, claim: &Words, weights: &Weights) -> f64 {
        let (mut held, mut all) = (0.0, 0.0);
        for word in claim.list.iter().filter(|w| w.is_content) {
            let weight = weights.of(word);
            all += weight;
            let is_held =
                self.stems.contains(&word.stem) || word.country.is_some_and(|c| self.countries.contains(&c));
            if is_held {
                held += weight;
            }
        }
        if all > 0.0 { held / all } else { 0.0 }
    }

    /// How the account stands to a claim.
    #[must_use]
    pub fn stance(&self, claim: &Words, weights: &Weights) -> Stance {
        if self.about(claim, weights) < MIN_ABOUT {
            return Stance::Unrelated;
        }
        let n = |words: &Words, cue: Cue| words.list.iter().filter(|w| is_cue(w, cue)).count();
        let denials = n(claim, Cue::Denial);
        // where both call it untrue they agree
        if denials > 0 && self.n_denial > 0 && n(claim, Cue::Distance) == 0 {
            return Stance::Supports;
        }
        if denials == 0 && self.n_denial >= MIN_DENIALS {
            return Stance::Denies;
        }
        let is_vouched = self.n_distance <= MAX_DISTANCE
            && n(claim, Cue::Distance) == 0
            && self.best(claim).is_none_or(|s| n(s, Cue::Distance) == 0);
        if is_vouched { Stance::Supports } else { Stance::Discusses }
    }

    /// The sentence that says the greatest share of a claim.
    fn best(&self, claim: &Words) -> Option<&Words> {
        let of = |s: &Words| overlap::overlap(claim, s, &overlap::links(claim, s)).of_x;
        let ranked = self.sentences.iter().take(N_SENTENCES).map(|s| (of(s), s));
        ranked.reduce(|best, own| if own.0 > best.0 { own } else { best }).map(|b| b.1)
    }
}

/// Words of denial at the beginning of an account that make it one that denies.
const MIN_DENIALS: usize = 4;
/// Words of distance at the beginning of an account that vouches for what it tells.
const MAX_DISTANCE: usize = 1;
/// Sentences among which the one is looked for that says a claim.
const N_SENTENCES: usize = 25;

/// Word weights over the accounts of a pile: what is rare there tells more.
#[derive(Clone, Debug, Default)]
pub struct Weights {
    frequency: BTreeMap<String, f64>,
    n: f64,
}

impl Weights {
    /// Counted over accounts.
    #[must_use]
    pub fn new<'a>(tellers: impl Iterator<Item = &'a Teller>) -> Weights {
        let mut weights = Weights::default();
        for teller in tellers {
            weights.n += 1.0;
            for stem in &teller.stems {
                *weights.frequency.entry(stem.clone()).or_insert(0.0) += 1.0;
            }
        }
        weights
    }

    /// Weight of a word: that of the pile where it is large enough to tell, else that of everyday language.
    fn of(&self, word: &Word) -> f64 {
        if self.n < 50.0 {
            return word.weight;
        }
        let n = self.frequency.get(&word.stem).copied().unwrap_or(0.0);
        ((self.n + 1.0) / (n + 0.5)).ln().max(0.0)
    }
}

/// How a second claim bears on a first one, each from 0 (not) to 1 (surely).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bearing {
    /// It makes the first stronger: the same, or more detail of the same.
    pub strengthens: f64,
    /// It makes the first weaker: the opposite, an exception, doubt.
    pub weakens: f64,
}

/// How `second` bears on `first`.
#[must_use]
pub fn bearing(first: &Words, second: &Words) -> Bearing {
    let links = overlap::links(first, second);
    let shared = overlap::overlap(first, second, &links).both(first, second);
    let topic = shared.max(meaning(first, second));
    let n = |words: &Words, cue: Cue| words.list.iter().filter(|w| is_cue(w, cue)).count() as f64;
    let negation =
        |words: &Words| words.list.iter().filter(|w| crate::difference::negation::is_cue(&w.lemma)).count();
    let are_opposed = links.iter().any(|l| overlap::is_opposite(&first.list[l.x], &second.list[l.y]));
    let is_turned = negation(first) % 2 != negation(second) % 2;
    let contrast = (n(first, Cue::Contrast) - n(second, Cue::Contrast)).abs();
    let against = 0.30 * f64::from(u8::from(are_opposed))
        + 0.15 * f64::from(u8::from(is_turned))
        + 0.10 * contrast.min(2.0)
        + 0.15 * (n(second, Cue::Denial) - n(first, Cue::Denial)).abs().min(1.0);
    Bearing {
        strengthens: (topic * (1.0 - 0.5 * against)).clamp(0.0, 1.0),
        weakens: (against * (0.4 + topic)).clamp(0.0, 1.0),
    }
}

/// Cosine of the weighted means of two texts' word vectors: how near they are in what they are about, 0 to 1.
#[must_use]
pub fn meaning(x: &Words, y: &Words) -> f64 {
    let of = |words: &Words| -> Vec<(String, f64)> {
        words
            .list
            .iter()
            .filter(|w| w.is_content && w.number.is_none())
            .map(|w| (w.lemma.clone(), w.weight))
            .collect()
    };
    let (p, q) = (of(x), of(y));
    let product = |a: &[(String, f64)], b: &[(String, f64)]| -> f64 {
        a.iter().flat_map(|(s, v)| b.iter().map(move |(t, w)| v * w * near(s, t))).sum()
    };
    let norm = (product(&p, &p) * product(&q, &q)).sqrt();
    if norm > 0.0 { (product(&p, &q) / norm).clamp(0.0, 1.0) } else { 0.0 }
}

fn near(a: &str, b: &str) -> f64 {
    if a == b { 1.0 } else { words::nearness(a, b).unwrap_or(0.0) }
}

/// How sure it is that two answers to one question are one answer, 0 to 1. `question`: its words, which say nothing in an
/// answer.
#[must_use]
pub fn same_answer(question: &Words, x: &Words, y: &Words) -> f64 {
    let asked: BTreeSet<&str> = question.list.iter().map(|w| w.stem.as_str()).collect();
    let own = |words: &Words| {
        let list = words.list.iter().filter(|w| w.is_content || w.number.is_some());
        let kept: Vec<Word> = list
            .filter(|w| !asked.contains(w.stem.as_str()))
            .map(|w| Word { head: None, ..w.clone() })
            .collect();
        Words { list: kept }
    };
    let (p, q) = (own(x), own(y));
    let (p, q) = if p.list.is_empty() || q.list.is_empty() { (x.clone(), y.clone()) } else { (p, q) };
    let links = overlap::links(&p, &q);
    let shares = overlap::overlap(&p, &q, &links);
    let both = shares.both(&p, &q);
    let whole = shares.of_x.max(shares.of_y);
    let numbers =
        |w: &Words| w.list.iter().filter_map(|w| w.number).map(|n| n.to_string()).collect::<BTreeSet<_>>();
    let (a, b) = (numbers(&p), numbers(&q));
    let penalty = if !a.is_empty() && !b.is_empty() && a.is_disjoint(&b) { 0.5 } else { 1.0 };
    penalty * (0.35 * both + 0.3 * whole + 0.35 * meaning(&p, &q))
}

#[cfg(test)]
mod tests {
    use super::{Stance, Teller, Weights, bearing, meaning, same_answer};
    use crate::Account;
    use crate::overlap::Words;

    fn account(text: &str) -> Account {
        let page = variorum_schema::Page::new("t.txt", text.to_owned());
        let document = variorum_annotate::extract(&page);
        let annotations = variorum_annotate::annotate(&document);
        Account { document, annotations }
    }

    fn words(text: &str) -> Words {
        let own = account(text);
        Words::range(&own.document.text, &own.annotations, 0, own.annotations.tokens.len() as u32)
    }

    #[test]
    fn an_account_takes_a_stand() {
        let claim = words("Harbour of Averil closed by flood");
        for (text, stance) in [
            ("The harbour of Averil closed on Monday. A flood had torn the gates away.", Stance::Supports),
            (
                "The harbour of Averil reportedly closed. A flood may have torn the gates away.",
                Stance::Discusses,
            ),
            (
                "A hoax: the harbour of Averil is open. The fake picture of a flood was a fabrication, the port says; \
                 the false report was debunked.",
                Stance::Denies,
            ),
            ("Two cooks won a prize for a pie.", Stance::Unrelated),
        ] {
            let teller = Teller::new(&account(text));
            let weights = Weights::new(std::iter::once(&teller));
            assert_eq!(teller.stance(&claim, &weights), stance, "{text}");
        }
        assert_eq!(Teller::default().stance(&claim, &Weights::default()), Stance::Unrelated);
        assert_eq!(Teller::default().stance(&Words::default(), &Weights::default()), Stance::Unrelated);
    }

    #[test]
    fn answers_and_claims_are_compared() {
        let asked = words("How long will the ferry rest?");
        let same = same_answer(&asked, &words("for three weeks"), &words("the ferry will rest three weeks"));
        let other = same_answer(&asked, &words("for three weeks"), &words("for two years"));
        assert!(same > 0.6 && other < 0.4, "{same} {other}");
        let first = words("The mayor supports the new bridge.");
        let (more, less) =
            (words("The mayor backs the bridge."), words("But the mayor does not support the bridge."));
        assert!(bearing(&first, &less).weakens > bearing(&first, &more).weakens);
        assert!((0.0..=1.0).contains(&meaning(&words(""), &first)));
        assert!(meaning(&words("doctor"), &words("nurse")) > meaning(&words("doctor"), &words("gravel")));
    }
}
