//! What two accounts say for or against telling of one event, beyond the words that they share: rare names, people,
//! figures and days. Two reports of one event that were written apart share few words but its names and days; two events
//! that look alike share the words and not these.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use jiff::civil::Date;
use variorum_annotate::extract::month_day;
use variorum_annotate::lexicon;
use variorum_schema::{Entity, EntityKind, Granularity, MentionForm, Relative};

use super::{counted, gap};
use crate::Account;
use crate::neighbour::Neighbours;
use crate::pile::{Pile, Vector, Word, dot};

/// What is measured of a pair, in the order of `features`.
pub const FEATURES: [&str; 8] =
    ["likeness", "cosine", "people", "figures", "days", "calendar-days", "same-outlet", "rare-names"];

/// Where one of two accounts names nobody, or no figure: neither for nor against.
const UNKNOWN_SHARE: f64 = 0.3;
/// Share of everyday texts below which a name is rare.
const RARE: f64 = 0.000_05;
/// Sentences at the head of a report whose people are its main ones.
const N_HEAD: usize = 4;
/// Days of the calendar are of two years, where two reports lie further apart than this (days).
const MAX_CALENDAR_DAYS: f64 = 60.0;
/// What reports share that lie further apart than this (days) does not show that they tell of one event.
const MAX_DAYS: f64 = 200.0;
/// Sum of evidence beyond which more changes nothing.
const MAX_SUM: f64 = 5.0;

/// What of one account is compared.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    /// Surnames with their weights, by word.
    people: Vector,
    /// Numbers in digits with their weights, years left out, by word.
    figures: Vector,
    /// Name words that hardly any everyday text holds, sorted.
    rare: Vec<Word>,
    /// Days that it names and that could be resolved.
    days: BTreeSet<Date>,
    /// Days of the calendar, the year left open.
    calendar: BTreeSet<(i8, i8)>,
}

impl Facts {
    /// The facts of account `idx`.
    pub(super) fn new(accounts: &[Account], pile: &Pile, idx: usize) -> Facts {
        let (account, profile) = (&accounts[idx], &pile.profiles[idx]);
        let is_number = |w: Word| pile.word(w).starts_with(|c: char| c.is_ascii_digit());
        let mut people: Vector =
            account.annotations.entities.iter().filter_map(|e| person(account, pile, idx, e)).collect();
        people.sort_by(|x, y| x.0.cmp(&y.0).then(y.1.total_cmp(&x.1)));
        people.dedup_by_key(|p| p.0);
        let figure = |w: Word| is_number(w) && !is_year(pile.word(w));
        let mut facts = Facts {
            people,
            figures: profile.bag.iter().filter(|b| figure(b.0)).map(|b| (b.0, pile.idf(b.0))).collect(),
            rare: profile.names.iter().map(|n| n.0).filter(|w| pile.background[*w as usize] < RARE).collect(),
            ..Facts::default()
        };
        facts.rare.retain(|w| !is_number(*w));
        facts.read_days(account);
        facts
    }

    fn read_days(&mut self, account: &Account) {
        for time in &account.annotations.times {
            let is_day = matches!(time.granularity, Granularity::Day | Granularity::Time);
            match (time.interval.filter(|i| (i.last - i.first).get_days() <= 1), time.relative) {
                (Some(interval), _) if is_day => {
                    self.days.insert(interval.first);
                    self.calendar.insert((interval.first.month(), interval.first.day()));
                }
                (None, Some(Relative::MonthDay(month, day, _))) if is_day => {
                    self.calendar.insert((month, day));
                }
                _ => {}
            }
        }
        let document = &account.document;
        let dateline = document.dateline.and_then(|d| month_day(d.of(&document.text)));
        let published = document.published.value.map(|d| (d.month(), d.day()));
        self.calendar.extend(published.or(dateline));
    }
}

/// The surname of a person, with what it weighs: more the rarer, the oftener and the earlier it is named.
fn person(account: &Account, pile: &Pile, idx: usize, entity: &Entity) -> Option<(Word, f64)> {
    let annotations = &account.annotations;
    if entity.kind != EntityKind::Person {
        return None;
    }
    let named: Vec<u32> = entity
        .mentions
        .iter()
        .filter_map(|m| annotations.mentions.get(*m as usize))
        .filter(|m| m.form == MentionForm::Name)
        .map(|m| m.span.start)
        .collect();
    let surname = entity.name.split(|c: char| !c.is_alphanumeric()).rfind(|w| !w.is_empty())?;
    let word = pile.name(surname)?;
    pile.profiles[idx].names.binary_search_by_key(&word, |n| n.0).ok()?;
    let is_main = named.iter().any(|at| annotations.sentence_at(*at).is_some_and(|s| s < N_HEAD));
    let times = 1.0 + (named.len() as f64).ln();
    (!named.is_empty()).then_some((word, times * pile.idf(word) * if is_main { 2.0 } else { 1.0 }))
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("19") || word.starts_with("20"))
}

/// A pair measured; see [`FEATURES`]. `likeness`: of their scaled vectors, `cosine`: of the vectors as they are.
pub(super) fn features(
    accounts: &[Account],
    pile: &Pile,
    facts: &[Facts],
    pair: &Neighbours,
    likeness: f64,
    cosine: f64,
) -> [f64; FEATURES.len()] {
    let (a, b) = (pair.a as usize, pair.b as usize);
    let (x, y) = (&facts[a], &facts[b]);
    let (bag_a, bag_b) = (&pile.profiles[a].bag, &pile.profiles[b].bag);
    let people = match (held(&x.people, bag_b), held(&y.people, bag_a)) {
        (Some(p), Some(q)) => p.max(q),
        (p, q) => p.or(q).unwrap_or(UNKNOWN_SHARE),
    };
    let weight = |v: &Vector| v.iter().map(|f| f.1).sum::<f64>();
    let shared: f64 = shared(&x.figures, &y.figures);
    let fewer = weight(&x.figures).min(weight(&y.figures));
    let days = match (x.days.is_empty() || y.days.is_empty(), x.days.is_disjoint(&y.days)) {
        (true, _) => 0.0,
        (_, true) => -1.0,
        (_, false) => 1.0,
    };
    let outlet = |a: &Account| a.document.outlet.as_ref().map(|o| o.trim().to_lowercase());
    let is_same = outlet(&accounts[a]).is_some_and(|o| !o.is_empty() && outlet(&accounts[b]) == Some(o));
    let days_between = gap(&accounts[a], &accounts[b]).unwrap_or(0.0);
    let n_calendar = match days_between > MAX_CALENDAR_DAYS {
        true => 0,
        false => x.calendar.intersection(&y.calendar).count(),
    };
    [
        likeness,
        cosine,
        people,
        if fewer > 0.0 { shared / fewer } else { UNKNOWN_SHARE },
        days,
        (n_calendar as f64).ln_1p(),
        f64::from(u8::from(is_same)),
        (crate::pile::n_shared(&x.rare, &y.rare) as f64).ln_1p(),
    ]
}

/// Share, by weight, of these words that a bag holds; `None` where there are none.
fn held(words: &Vector, bag: &[(Word, u32)]) -> Option<f64> {
    let total: f64 = words.iter().map(|w| w.1).sum();
    let held = words.iter().filter(|w| bag.binary_search_by_key(&w.0, |x| x.0).is_ok());
    (total > 0.0).then(|| held.map(|w| w.1).sum::<f64>() / total)
}

/// Weight of the words that both hold.
fn shared(a: &Vector, b: &Vector) -> f64 {
    a.iter().filter(|w| b.binary_search_by_key(&w.0, |x| x.0).is_ok()).map(|w| w.1).sum()
}

/// The trained weights: one for each of [`FEATURES`], then the constant; and what a sum is as a rule where only the
/// likeness is known: its slope and its constant. Made by `variorum-dev train stories`.
pub(super) struct Weights {
    of: [f64; FEATURES.len() + 1],
    slope: f64,
    constant: f64,
}

/// The weights that ship.
pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| {
    let lines = lexicon::weights(include_str!("../../data/story.txt"));
    let of = |name: &str| lines.get(name).copied().unwrap_or(0.0);
    let mut weights = [0.0; FEATURES.len() + 1];
    for (weight, name) in weights.iter_mut().zip(FEATURES.iter().chain(&["constant"])) {
        *weight = of(name);
    }
    Weights { of: weights, slope: of("as-a-rule-slope"), constant: of("as-a-rule-constant") }
});

impl Weights {
    /// The sum of evidence for one event: a log-odds in piles like those of the training.
    fn sum(&self, features: &[f64; FEATURES.len()]) -> f64 {
        let sum: f64 = features.iter().zip(&self.of).map(|(x, w)| x * w).sum();
        (sum + self.of[FEATURES.len()]).clamp(-MAX_SUM, MAX_SUM)
    }

    /// How far the sum of evidence of a pair is from what it is as a rule at their likeness.
    pub(super) fn beyond(&self, features: &[f64; FEATURES.len()], days: f64) -> f64 {
        let beyond = self.sum(features) - (self.slope * features[0] + self.constant);
        if days > MAX_DAYS { beyond.min(0.0) } else { beyond }
    }

    /// Slope and constant of what the sum is as a rule, by likeness.
    pub(super) fn rule(&self) -> (f64, f64) {
        (self.slope, self.constant)
    }
}

/// Every pair of neighbours measured, in their order: what the weights are trained on.
#[must_use]
pub fn measured(accounts: &[Account], pile: &Pile, neighbours: &[Neighbours]) -> Vec<[f64; FEATURES.len()]> {
    use rayon::prelude::*;
    let (vectors, factors) = counted(pile, neighbours);
    let facts: Vec<Facts> =
        (0..accounts.len()).into_par_iter().map(|n| Facts::new(accounts, pile, n)).collect();
    neighbours
        .par_iter()
        .map(|n| {
            let (a, b) = (n.a as usize, n.b as usize);
            let likeness = dot(&vectors[a], &vectors[b]);
            features(accounts, pile, &facts, n, likeness, likeness / (factors[a] * factors[b]))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_feature_has_a_weight_of_the_right_sign() {
        let with = |at: usize, x: f64| {
            let mut features = [0.0; FEATURES.len()];
            features[at] = x;
            WEIGHTS.sum(&features) - WEIGHTS.sum(&[0.0; FEATURES.len()])
        };
        for (at, name) in FEATURES.iter().enumerate() {
            let is_against = ["cosine", "same-outlet"].contains(name);
            let sum = with(at, if is_against { -0.1 } else { 0.1 });
            assert!(sum > 0.0, "{name}: {sum}");
        }
    }

    #[test]
    fn what_is_shared_half_a_year_apart_speaks_for_nothing() {
        let mut features = [0.0; FEATURES.len()];
        features[0] = 0.2;
        features[FEATURES.len() - 1] = 10.0;
        assert!(WEIGHTS.beyond(&features, 3.0) > 0.0);
        assert!(WEIGHTS.beyond(&features, 300.0) <= 0.0);
    }
}
