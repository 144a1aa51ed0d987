//! Rivals: slots of independent accounts that are one slot, filled with numbers that exclude one another.
//!
//! A pair is weighed only where a word beside one number has its like beside the other (or both count one thing), where no
//! other account of either origin brings the two together, and where nothing else explains the difference: sums,
//! multiples, magnitudes, what is only planned, a number that a copy got wrong. What is left is weighed by a logistic
//! regression (`variorum-dev train rivals`, `data/rival.txt`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::{lexicon, words};
use variorum_schema::Unit;

use super::Aspect;
use super::measure::is_word;
use super::slot::{Beside, Slot, Subject, Verb, agree, frequencies, slots};
use crate::difference::quantity::{are_one_thing, canonical, is_people};
use crate::telling::Telling;

/// What is measured of a pair, in this order for each pair ([`Rivalry`]).
pub const FEATURES: [&str; 17] = [
    "covered-less",
    "covered-more",
    "best-word",
    "other-names",
    "one-subject",
    "other-subject",
    "one-thing-counted",
    "few",
    "one-frame",
    "count",
    "length",
    "time",
    "ahead-less",
    "ahead-more",
    "days-between",
    "one-sibling",
    "apart",
];
/// Probability from which two slots are held against one another.
pub const REPORTED: f64 = 0.55;
/// Steps in the tree within which a word beside one number needs its like beside the other.
const ANCHOR_STEPS: u32 = 2;
/// Steps within which two words beside one number, of those that count nothing, need theirs beside the other.
const AMONG_STEPS: u32 = 4;
const MIN_AMONG: usize = 2;
/// How near such words have to be.
const ANCHOR: f64 = 0.8;
/// How near two verbs of one subject have to be.
const NEAR_ACT: f64 = 0.55;
/// Words less near than this have nothing to do with one another.
const MIN_NEAR: f64 = 0.5;
/// How near two verbs are that tell one act.
const ONE_ACT: f64 = 0.9;
/// Things counted that are less near than this are two things.
const ONE_THING: f64 = 0.4;
/// Numbers up to this come back in a story by chance.
const MAX_CHANCE: f64 = 60.0;
/// A slot with the other's number explains a pair if it is as like as this, compared with the pair.
const AS_LIKE: f64 = 0.75;
/// Weight of a word by its steps from the number.
const BY_STEPS: [f64; 8] = [1.0, 1.0, 0.8, 0.6, 0.4, 0.25, 0.2, 0.15];
const FURTHER: f64 = 0.1;
/// No word weighs more.
const MAX_WEIGHT: f64 = 7.0;
/// So many are few.
const FEW: f64 = 5.0;
/// How often one number may be of the other: what befell people, anything else.
const MAX_RATIO: [f64; 2] = [10.0, 2.5];
/// Times of day that may be of one moment differ by less (minutes), and by no whole hours, which zones explain.
const MAX_MINUTES: f64 = 300.0;
/// Days and years that may be of one event lie no further apart.
const MAX_DAYS_APART: f64 = 7.0;
const MAX_YEARS_APART: f64 = 5.0;
/// Reports further apart than this (days) tell of another time.
const MAX_DAYS: f64 = 4.0;
/// Pairs of accounts that are compared at most in a story, and slots of a class in an account.
const MAX_PAIRS: usize = 4000;
const MAX_SLOTS: usize = 40;

/// The slots of a story.
pub struct Rivals {
    slots: Vec<Slot>,
    origins: Vec<Option<usize>>,
    /// Day of publication of each slot's account.
    days: Vec<Option<jiff::civil::Date>>,
    /// Indices of slots by class and account.
    by_class: BTreeMap<String, BTreeMap<u32, Vec<usize>>>,
    /// Whether a copy gives another number than the text that it was made from.
    is_changed: Vec<bool>,
    frequency: BTreeMap<String, u32>,
    n: f64,
}

/// Two slots that may be one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rivalry {
    /// Index of the slot of the account that stands first.
    pub x: usize,
    /// Index of the other.
    pub y: usize,
    /// See [`FEATURES`].
    pub features: [f64; FEATURES.len()],
}

impl Rivals {
    /// Reads the slots of all accounts of a story.
    #[must_use]
    pub fn new(telling: &Telling) -> Rivals {
        let slots: Vec<Slot> = telling.members.iter().flat_map(|m| slots(telling, *m)).collect();
        let mut by_class: BTreeMap<String, BTreeMap<u32, Vec<usize>>> = BTreeMap::new();
        for (n, slot) in slots.iter().enumerate() {
            let of_account = by_class.entry(slot.class.clone()).or_default();
            of_account.entry(slot.statement.account).or_default().push(n);
        }
        let (frequency, n) = frequencies(slots.iter());
        let account = |s: &Slot| s.statement.account;
        let mut rivals = Rivals {
            origins: slots.iter().map(|s| telling.lineage.origin_of(account(s))).collect(),
            days: slots.iter().map(|s| telling.document(account(s)).published.value).collect(),
            by_class,
            is_changed: Vec::new(),
            frequency,
            n: f64::from(n),
            slots,
        };
        let parents = parents(telling);
        rivals.is_changed = rivals.slots.iter().map(|s| rivals.is_changed(s, &parents)).collect();
        rivals
    }

    /// A slot by its index.
    #[must_use]
    pub fn slot(&self, n: usize) -> &Slot {
        &self.slots[n]
    }

    /// Whether a text from which a slot's account was copied gives its number nowhere.
    fn is_changed(&self, slot: &Slot, parents: &BTreeMap<u32, Vec<u32>>) -> bool {
        let of_class = &self.by_class[&slot.class];
        parents.get(&slot.statement.account).into_iter().flatten().any(|parent| {
            of_class.get(parent).is_none_or(|own| !own.iter().any(|o| agree(&self.slots[*o], slot)))
        })
    }

    /// Every pair of slots that is weighed, in the order of accounts and texts.
    #[must_use]
    pub fn pairs(&self) -> Vec<Rivalry> {
        let mut found = Vec::new();
        for of_account in self.by_class.values() {
            let accounts: Vec<&Vec<usize>> = of_account.values().collect();
            let pairs = accounts
                .iter()
                .enumerate()
                .flat_map(|(n, a)| accounts[n + 1..].iter().map(move |b| (a.as_slice(), b.as_slice())));
            let apart = pairs.filter(|(a, b)| self.origins[a[0]] != self.origins[b[0]]);
            for (a, b) in apart.take(MAX_PAIRS) {
                found.extend(self.between(
                    of_account,
                    &a[..a.len().min(MAX_SLOTS)],
                    &b[..b.len().min(MAX_SLOTS)],
                ));
            }
        }
        found
    }

    /// The pairs of two accounts.
    fn between(&self, all: &BTreeMap<u32, Vec<usize>>, a: &[usize], b: &[usize]) -> Vec<Rivalry> {
        let candidates: Vec<(usize, usize)> = a
            .iter()
            .flat_map(|x| b.iter().map(move |y| (*x, *y)))
            .filter(|(x, y)| self.could_rival(*x, *y) && self.is_unexplained(all, *x, *y))
            .collect();
        if candidates.is_empty() {
            return Vec::new();
        }
        let mut likeness: BTreeMap<(usize, usize), Likeness> = BTreeMap::new();
        let rows: BTreeSet<usize> = candidates.iter().map(|c| c.0).collect();
        let columns: BTreeSet<usize> = candidates.iter().map(|c| c.1).collect();
        for &x in a {
            for &y in b {
                if (rows.contains(&x) || columns.contains(&y)) && self.are_comparable(x, y) {
                    likeness.insert((x, y), self.likeness(x, y));
                }
            }
        }
        let weighed = candidates.into_iter().filter_map(|(x, y)| {
            let own = likeness.get(&(x, y))?;
            let best = |of: &dyn Fn(&(usize, usize)) -> bool| {
                let others = likeness.iter().filter(|(k, _)| **k != (x, y) && of(k));
                others.map(|(_, l)| l.sum()).fold(0.0, f64::max)
            };
            let ahead = [own.sum() - best(&|k| k.0 == x), own.sum() - best(&|k| k.1 == y)];
            Some(Rivalry { x, y, features: self.features(x, y, own, ahead) })
        });
        weighed.collect()
    }

    /// Whether two slots of one class count or measure what can be one thing.
    fn are_comparable(&self, x: usize, y: usize) -> bool {
        let (x, y) = (&self.slots[x], &self.slots[y]);
        let counted = (&x.quantity.counted_lemma, &y.quantity.counted_lemma);
        let is_other = |a: &str, b: &str| {
            !are_one_thing(a, b) && nearness(words::words().id(a), words::words().id(b)) < ONE_THING
        };
        let are_other_things = x.class == "count"
            && matches!(counted, (Some(a), Some(b)) if is_other(a, b))
            && x.topic != y.topic;
        let are_other_money = match (&x.quantity.unit, &y.quantity.unit) {
            (Unit::Money(a), Unit::Money(b)) => a != b && a != "XXX" && b != "XXX",
            _ => false,
        };
        // hurt soldiers are not dead ones
        let are_other_fates = matches!((x.fate, y.fate), (Some(a), Some(b)) if a != b);
        !are_other_things && !are_other_money && !are_other_fates
    }

    /// Whether two slots have numbers of one magnitude that exclude one another, and stand beside like words.
    fn could_rival(&self, x: usize, y: usize) -> bool {
        let (a, b) = (&self.slots[x], &self.slots[y]);
        let are_days_apart = self.n_days(x, y) > MAX_DAYS;
        a.is_plain
            && b.is_plain
            && !are_days_apart
            && !agree(a, b)
            && (a.is_open == b.is_open || a.is_due || b.is_due)
            && (a.aspect == Some(Aspect::Each)) == (b.aspect == Some(Aspect::Each))
            && is_secondary(a) == is_secondary(b)
            && !self.is_changed[x]
            && !self.is_changed[y]
            && self.are_comparable(x, y)
            && (is_of_one_magnitude(a, b) || self.are_of_one_zone(x, y))
            && (count_one(a, b) || are_anchored(a, b) || self.are_among_like(x, y) || share_sibling(a, b))
            && !(a.is_listed != b.is_listed && a.quantity.counted_lemma != b.quantity.counted_lemma)
    }

    /// Whether two times of day that lie whole hours apart are told in one time zone: beside each stands another, and those are
    /// one ("from 7 p.m. to 6 a.m.", "from 18.00 to 06.00").
    fn are_of_one_zone(&self, x: usize, y: usize) -> bool {
        let (a, b) = (&self.slots[x], &self.slots[y]);
        let beside = |n: usize| {
            let slot = &self.slots[n];
            let own = self.by_class.get(&slot.class).and_then(|all| all.get(&slot.statement.account));
            let own = own.into_iter().flatten().copied();
            own.filter(move |o| *o != n && self.slots[*o].statement == slot.statement)
        };
        a.class == "clock"
            && (a.quantity.value - b.quantity.value).abs() <= MAX_MINUTES
            && beside(x).any(|p| beside(y).any(|q| agree(&self.slots[p], &self.slots[q])))
    }

    /// Whether two times stand among like words a little further off, names left aside: "the order to evacuate bears the time
    /// 18.15", "ordered the town to be evacuated at 4 p.m.". One such word is enough where each begins or ends with another
    /// time that both have.
    fn are_among_like(&self, x: usize, y: usize) -> bool {
        let (a, b) = (&self.slots[x], &self.slots[y]);
        if !["clock", "length"].contains(&a.class.as_str()) {
            return false;
        }
        let telling = |s: &Slot| -> Vec<usize> {
            let is_near = |w: &Beside| w.steps <= AMONG_STEPS && w.entity.is_none();
            let counts =
                |w: &Beside| is_near(w) && !is_word("unspecific", &w.key) && !is_word("unit", &w.key);
            (0..s.words.len()).filter(|n| counts(&s.words[*n])).collect()
        };
        let others = telling(b);
        let mut taken: BTreeSet<usize> = BTreeSet::new();
        for p in telling(a) {
            let is_like = |q: &&usize| !taken.contains(q) && like(&a.words[p], &b.words[**q]) >= ANCHOR;
            let found = others.iter().find(is_like).copied();
            taken.extend(found);
        }
        taken.len() >= if self.are_of_one_zone(x, y) { 1 } else { MIN_AMONG }
    }

    /// Whether neither origin has the number of the other somewhere, and no other numbers beside them make one of the other.
    fn is_unexplained(&self, all: &BTreeMap<u32, Vec<usize>>, x: usize, y: usize) -> bool {
        let own = self.likeness(x, y).sum();
        // the same number of something else explains nothing, where numbers are small enough to come back by chance
        let tells = |n: usize, of: usize| {
            let is_large = self.slots[of].quantity.value > MAX_CHANCE;
            agree(&self.slots[n], &self.slots[of])
                && self.are_comparable(n.min(of), n.max(of))
                && (is_large || self.likeness(n, of).sum() >= AS_LIKE * own)
        };
        let has = |origin: Option<usize>, of: usize| {
            let mut others = all.values().flatten().filter(|n| self.origins[**n] == origin);
            others.any(|n| tells(*n, of))
        };
        let (a, b) = (&self.slots[x], &self.slots[y]);
        // "the ninth in 11 races", "the tenth in 14"
        let is_other_turn = !a.ordinals.is_empty()
            && !b.ordinals.is_empty()
            && !a.ordinals.iter().any(|o| b.ordinals.contains(o));
        !is_other_turn && !makes(a, b) && !makes(b, a) && !has(self.origins[y], x) && !has(self.origins[x], y)
    }

    /// Days between the reports of two slots, where both are dated.
    fn n_days(&self, x: usize, y: usize) -> f64 {
        self.days[x].zip(self.days[y]).map_or(0.0, |(p, q)| f64::from((p - q).get_days().abs()))
    }

    fn likeness(&self, x: usize, y: usize) -> Likeness {
        let (a, b) = (&self.slots[x], &self.slots[y]);
        let (p, q) = (self.covered(a, b), self.covered(b, a));
        Likeness {
            less: p.0.min(q.0),
            more: p.0.max(q.0),
            best: p.1.max(q.1),
            shared: shared(a, b),
            counted: counted(a, b),
        }
    }

    /// How much of what stands near one number stands near the other (0 to 1), and the most that one word adds.
    fn covered(&self, a: &Slot, b: &Slot) -> (f64, f64) {
        let (mut all, mut held, mut best) = (0.0, 0.0, 0.0f64);
        for word in a.near.iter().map(|n| &a.words[*n]) {
            let weight = self.weight(word);
            all += weight;
            let of = |other: &Beside| {
                let near = like(word, other);
                let further = (by_steps(other.steps) / by_steps(word.steps)).min(1.0).sqrt();
                if near >= MIN_NEAR { near * further } else { 0.0 }
            };
            let most = b.near.iter().map(|n| of(&b.words[*n])).fold(0.0, f64::max) * weight;
            held += most;
            best = best.max(most);
        }
        (if all > 0.0 { held / all } else { 0.0 }, best)
    }

    /// A word weighs more the rarer it is, here and everywhere, and the nearer to the number.
    fn weight(&self, word: &Beside) -> f64 {
        let frequency = f64::from(self.frequency.get(&word.key).copied().unwrap_or(1));
        let rarity = (1.0 + self.n / frequency.max(1.0)).ln();
        word.weight.min(MAX_WEIGHT) * by_steps(word.steps) * (rarity / 3.0).min(1.0).mul_add(0.5, 0.5)
    }

    fn features(&self, x: usize, y: usize, own: &Likeness, ahead: [f64; 2]) -> [f64; FEATURES.len()] {
        let (a, b) = (&self.slots[x], &self.slots[y]);
        let is = |fact: bool| f64::from(u8::from(fact));
        let meets = |a: &Slot, b: &Slot| !a.near_entities.is_disjoint(&b.entities);
        let is_named = !a.near_entities.is_empty() && !b.near_entities.is_empty();
        let is_frame = |s: &Slot| s.topic.as_ref().is_some_and(|t| !t.contains(':'));
        let subjects = (&a.subject, &b.subject);
        [
            own.less,
            own.more,
            own.best / 5.0,
            is(is_named && !meets(a, b) && !meets(b, a)),
            is(a.subject.is_some() && a.subject == b.subject),
            is(matches!(subjects, (Some(Subject::Entity(p)), Some(Subject::Entity(q))) if p != q)),
            is(count_one(a, b)),
            is(a.class == "count" && a.quantity.value.max(b.quantity.value) <= FEW),
            is(is_frame(a) && is_frame(b) && a.topic == b.topic),
            is(a.class == "count"),
            is(a.class == "length"),
            is(["clock", "day", "year"].contains(&a.class.as_str())),
            ahead[0].min(ahead[1]),
            ahead[0].max(ahead[1]),
            self.n_days(x, y).ln_1p(),
            is(share_sibling(a, b)),
            is(!is_anchored_at_all(a, b)),
        ]
    }
}

/// The accounts from which each account was copied.
fn parents(telling: &Telling) -> BTreeMap<u32, Vec<u32>> {
    let by_id: BTreeMap<_, u32> = telling.members.iter().map(|m| (telling.id(*m), *m)).collect();
    let mut found: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for copy in &telling.lineage.copies {
        if let (Some(from), Some(to)) = (by_id.get(&copy.from), by_id.get(&copy.to)) {
            found.entry(*to).or_default().push(*from);
        }
    }
    found
}

/// How alike the surroundings of two numbers are.
struct Likeness {
    less: f64,
    more: f64,
    best: f64,
    shared: f64,
    counted: f64,
}

impl Likeness {
    fn sum(&self) -> f64 {
        0.5f64.mul_add(self.more + self.shared + self.counted, self.less)
    }
}

/// Share of the words of the shorter sentence that both have, by weight.
fn shared(a: &Slot, b: &Slot) -> f64 {
    let keys = |s: &Slot| -> BTreeMap<String, f64> {
        let words = s.words.iter().map(|w| (w.key.clone(), w.weight.min(MAX_WEIGHT)));
        words.chain(s.entities.iter().map(|e| (format!("e:{e}"), 4.0))).collect()
    };
    let (x, y) = (keys(a), keys(b));
    let both: f64 = x.iter().filter(|(k, _)| y.contains_key(*k)).map(|(_, w)| w).sum();
    let fewer = x.values().sum::<f64>().min(y.values().sum());
    both / fewer.max(1.0)
}

/// How near the things counted are: 1 for one, less where one or both are not said.
fn counted(a: &Slot, b: &Slot) -> f64 {
    match (&a.quantity.counted_lemma, &b.quantity.counted_lemma) {
        (Some(x), Some(y)) if x == y => 1.0,
        (Some(x), Some(y)) => nearness(words::words().id(x), words::words().id(y)),
        (None, None) => 0.5,
        _ => 0.35,
    }
}

/// Whether two numbers count one thing, which is neither a unit nor people, whom every account counts.
fn count_one(a: &Slot, b: &Slot) -> bool {
    let (x, y) = (&a.quantity.counted_lemma, &b.quantity.counted_lemma);
    let is_one = matches!((x, y), (Some(p), Some(q)) if canonical(p) == canonical(q));
    is_one && x.as_ref().is_some_and(|thing| !is_word("unit", thing) && !is_people(thing))
}

/// A number from which on another that two sentences share is no chance.
const MIN_SIBLING: f64 = 3.0;

/// Whether beside each number stands another, and these are one: "46 officials and 12 companies", "46 persons and 14 entities".
fn share_sibling(a: &Slot, b: &Slot) -> bool {
    let is_one = |p: &f64| *p >= MIN_SIBLING && b.siblings.contains(p);
    a.class == "count" && a.siblings.iter().any(is_one)
}

/// Whether words right beside both numbers say that they are of one thing.
fn is_anchored_at_all(a: &Slot, b: &Slot) -> bool {
    count_one(a, b) || are_anchored(a, b)
}

fn by_steps(steps: u32) -> f64 {
    BY_STEPS.get(steps as usize).copied().unwrap_or(FURTHER)
}

fn like(a: &Beside, b: &Beside) -> f64 {
    if a.key == b.key || a.stem == b.stem || a.entity.is_some() && a.entity == b.entity {
        return 1.0;
    }
    if a.acts.iter().any(|act| b.acts.contains(act)) {
        return ONE_ACT;
    }
    nearness(a.id, b.id)
}

/// How near two words are, 0 to 1; opposites are not.
fn nearness(a: Option<u32>, b: Option<u32>) -> f64 {
    let (Some(a), Some(b)) = (a, b) else { return 0.0 };
    if a == b {
        return 1.0;
    }
    let words = words::words();
    let (relations, cosine) = (words.relations(a, b), words.cosine(a, b).max(0.0));
    if relations & words::OPPOSITE != 0 {
        0.0
    } else if relations & (words::SYNONYM | words::DERIVED) != 0 {
        cosine.max(0.9)
    } else if relations & words::KIND != 0 {
        cosine.max(0.6)
    } else {
        cosine
    }
}

/// Whether a word right beside one number, of those that say what is measured, has its like beside the other. What a clause
/// is about says it only where both clauses say the same of it: one missile flies so far and lands so far from the shore.
fn are_anchored(a: &Slot, b: &Slot) -> bool {
    let telling = |s: &Slot| -> Vec<usize> {
        let is_telling = |w: &Beside| {
            w.steps <= ANCHOR_STEPS && !is_word("unspecific", &w.key) && !is_word("unit", &w.key)
        };
        (0..s.words.len()).filter(|n| is_telling(&s.words[*n])).collect()
    };
    let say_one = |x: &Beside, y: &Beside| match (&x.subject_of, &y.subject_of) {
        (None, None) => x.entity.is_none() && y.entity.is_none(),
        (Some(p), Some(q)) => tell_one(p, q),
        _ => false,
    };
    // "Aldgrove holds 9 percent", "Aldgrove owns 11 percent"
    let is_one_subject =
        matches!((&a.subject, &b.subject), (Some(p), Some(q)) if p == q && matches!(p, Subject::Entity(_)));
    let acts = |s: &Slot| -> Vec<usize> { telling(s).into_iter().filter(|n| s.words[*n].is_verb).collect() };
    if is_one_subject && a.class != "count" {
        let others = acts(b);
        let near = |x: &usize| others.iter().any(|y| like(&a.words[*x], &b.words[*y]) >= NEAR_ACT);
        if acts(a).iter().any(near) {
            return true;
        }
    }
    let others = telling(b);
    telling(a).iter().map(|x| &a.words[*x]).any(|x| {
        let mut alike = others.iter().map(|y| &b.words[*y]).filter(|y| like(x, y) >= ANCHOR);
        alike.any(|y| say_one(x, y))
    })
}

/// Whether a number is of what follows another event of its kind ("an aftershock of 4.4").
fn is_secondary(slot: &Slot) -> bool {
    slot.near.iter().any(|n| is_word("secondary", &slot.words[*n].key))
}

/// Whether two verbs tell one act.
fn tell_one(p: &Verb, q: &Verb) -> bool {
    p.lemma == q.lemma || p.acts.iter().any(|a| q.acts.contains(a)) || nearness(p.id, q.id) >= ANCHOR
}

fn is_of_one_magnitude(a: &Slot, b: &Slot) -> bool {
    let (low, high) = (a.quantity.value.min(b.quantity.value), a.quantity.value.max(b.quantity.value));
    match a.class.as_str() {
        "clock" => return high - low <= MAX_MINUTES && (high - low) % 60.0 != 0.0,
        "day" => return high - low <= MAX_DAYS_APART,
        "year" => return high - low <= MAX_YEARS_APART,
        _ => {}
    }
    let is_frame = a.topic.as_ref().is_some_and(|t| !t.contains(':'));
    // "1.140" may be 1,140
    let is_point = (low * 1000.0 - high).abs() < 1e-6;
    low > 0.0 && high / low <= MAX_RATIO[usize::from(!is_frame)] && !is_point
}

/// Whether other numbers beside `a` make `b` of it: by a sum, a difference or a multiple.
fn makes(a: &Slot, b: &Slot) -> bool {
    let (x, y) = (a.quantity.value, b.quantity.value);
    let is = |p: f64, q: f64| (p - q).abs() < 1e-9;
    let is_sum = a.siblings.len() > 1 && is(x + a.siblings.iter().sum::<f64>(), y);
    is_sum
        || a.siblings.iter().any(|k| is(*k, y))
        || a.siblings.iter().any(|k| {
            let is_multiple = (2.0..=20.0).contains(k) && (is(x, y * k) || is(y, x * k));
            is_multiple || is(x + k, y) || is(y + k, x)
        })
}

/// How sure it is that two slots are one, 0 to 1.
#[must_use]
pub fn probability(features: &[f64; FEATURES.len()]) -> f64 {
    let model = &*MODEL;
    let sum: f64 = model.0 + model.1.iter().zip(features).map(|(w, f)| w * f).sum::<f64>();
    1.0 / (1.0 + (-sum).exp())
}

/// The constant, and the weights of the features.
static MODEL: LazyLock<(f64, Vec<f64>)> = LazyLock::new(|| {
    let lines = lexicon::weights(include_str!("../../../data/rival.txt"));
    let weight = |name: &&str| lines.get(*name).copied().unwrap_or(0.0);
    (weight(&"constant"), FEATURES.iter().map(weight).collect())
});
