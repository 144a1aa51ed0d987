//! Group-average linkage over the pairs worth looking at.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use super::days::{Days, Verdict};
use super::evidence::{FEATURES, WEIGHTS};
use super::{MAX_GAP_DAYS, MIN_LATE, MIN_LINK, gap, sum};
use crate::Account;
use crate::pile::{Vector, dot};

/// Mean likeness from which a lone account, or a loose group, joins a crowd in a pile of up to [`SMALL_PILE`] accounts.
const MIN_LOOSE: f64 = 0.06;
/// A pile that somebody gathered about an event. The larger a pile, the less likely that two of its accounts tell of one.
const SMALL_PILE: f64 = 30.0;
/// How much more is asked for in a pile three times as large.
const PER_TRIPLING: f64 = 0.015;
/// Share of its own cohesion that a loose group must reach with the crowd.
const MIN_RATIO: f64 = 0.7;
/// The same where most of one group tell of a day of the other.
const MIN_RATIO_TOLD: f64 = 0.4;
/// Likeness lost where neither of two groups tells of the other's days.
const OTHER_DAYS: f64 = 0.07;
/// Accounts that make a crowd.
const MIN_CROWD: usize = 3;

/// Groups that grow: each with the sum of its members' vectors, and what it would lose by joining another.
pub(super) struct Clusters<'a> {
    accounts: &'a [Account],
    vectors: &'a [Vector],
    members: Vec<Vec<u32>>,
    sums: Vec<Vector>,
    /// For each group how alike its members are on average; 0 for one by itself.
    cohesion: Vec<f64>,
    /// For each group the groups beside it, with the likeness gained by evidence and lost for time, summed over the pairs
    /// across.
    beside: Vec<BTreeMap<usize, f64>>,
    /// The same, summed over the pairs within each group.
    within: Vec<f64>,
    /// The days that each group tells of.
    days: Vec<Days>,
    /// Likeness that a unit of evidence is worth.
    per_unit: f64,
}

/// Likeness that a unit of evidence is worth in a small pile. The larger a pile, the more often names and days are shared
/// by chance: this falls with the logarithm of its size.
const PER_UNIT: f64 = 0.04;

/// Two groups that might join; the likeliest first, then the ones that were made first.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Join {
    likeness: f64,
    x: usize,
    y: usize,
}

impl Eq for Join {}

impl PartialOrd for Join {
    fn partial_cmp(&self, other: &Join) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Join {
    fn cmp(&self, other: &Join) -> std::cmp::Ordering {
        self.likeness.total_cmp(&other.likeness).then((other.x, other.y).cmp(&(self.x, self.y)))
    }
}

impl<'a> Clusters<'a> {
    /// Every account by itself.
    pub(super) fn new(accounts: &'a [Account], vectors: &'a [Vector]) -> Clusters<'a> {
        Clusters {
            accounts,
            vectors,
            members: (0..accounts.len() as u32).map(|m| vec![m]).collect(),
            sums: vectors.to_vec(),
            cohesion: vec![0.0; accounts.len()],
            beside: vec![BTreeMap::new(); accounts.len()],
            within: vec![0.0; accounts.len()],
            days: accounts.iter().map(Days::new).collect(),
            per_unit: PER_UNIT / (1.0 + triplings(accounts.len())),
        }
    }

    /// Two accounts are worth looking at; `features`: what is measured of them, `lost`: likeness that time takes from them.
    /// What counts here is only how far their evidence is from what it is as a rule at their likeness; that is reckoned
    /// with for every pair.
    pub(super) fn link(&mut self, a: u32, b: u32, features: &[f64; FEATURES.len()], lost: f64) {
        let days = gap(&self.accounts[a as usize], &self.accounts[b as usize]).unwrap_or(0.0);
        let gained = self.per_unit * WEIGHTS.beyond(features, days) - lost;
        self.beside[a as usize].insert(b as usize, gained);
        self.beside[b as usize].insert(a as usize, gained);
    }

    /// The mean likeness of so many pairs, from the sum of their products and what evidence adds.
    fn likeness(&self, product: f64, gained: f64, pairs: f64) -> f64 {
        let (slope, constant) = WEIGHTS.rule();
        ((1.0 + self.per_unit * slope) * product + gained) / pairs + self.per_unit * constant
    }

    /// Joins the likeliest two groups until none is likely; members of each group sorted.
    pub(super) fn joined(mut self) -> Vec<Vec<u32>> {
        let pairs = self.beside.iter().enumerate().flat_map(|(x, b)| b.keys().map(move |y| (x, *y)));
        let firsts: Vec<(usize, usize)> = pairs.filter(|(x, y)| x < y).collect();
        let mut waiting: BinaryHeap<Join> =
            firsts.into_iter().filter_map(|(x, y)| self.candidate(x, y)).collect();
        while let Some(Join { x, y, .. }) = waiting.pop() {
            // A group that was joined since is empty.
            if self.members[x].is_empty() || self.members[y].is_empty() || self.are_apart(x, y) {
                continue;
            }
            let new = self.join(x, y);
            let beside: Vec<usize> = self.beside[new].keys().copied().collect();
            waiting.extend(beside.into_iter().filter_map(|other| self.candidate(other, new)));
        }
        let mut groups: Vec<Vec<u32>> = self.members.into_iter().filter(|g| !g.is_empty()).collect();
        groups.iter_mut().for_each(|g| g.sort_unstable());
        groups
    }

    /// Two groups, if they are alike enough on average.
    fn candidate(&self, x: usize, y: usize) -> Option<Join> {
        let gained = self.beside[x].get(&y).copied().unwrap_or(0.0);
        let pairs = (self.members[x].len() * self.members[y].len()) as f64;
        let days = self.days[x].against(&self.days[y]);
        let lost = if matches!(days, Verdict::Apart(_)) { OTHER_DAYS } else { 0.0 };
        let likeness = self.likeness(dot(&self.sums[x], &self.sums[y]), gained, pairs) - lost;
        let ratio = if days == Verdict::Told { MIN_RATIO_TOLD } else { MIN_RATIO };
        let is_loose = likeness >= self.min_loose() && self.is_no_looser(likeness, ratio, x, y);
        (likeness >= MIN_LINK || is_loose).then_some(Join { likeness, x, y })
    }

    fn min_loose(&self) -> f64 {
        MIN_LOOSE + PER_TRIPLING * triplings(self.accounts.len())
    }

    /// Whether two groups are as near to one another as the looser of them is within itself, or nearly so. A comment or a late sequel
    /// is far from every report of its event; reports of another event are nearer to each other than to these.
    fn is_no_looser(&self, likeness: f64, ratio: f64, x: usize, y: usize) -> bool {
        let (small, large) = (
            self.members[x].len().min(self.members[y].len()),
            self.members[x].len().max(self.members[y].len()),
        );
        let looser = self.cohesion[x].min(self.cohesion[y]);
        large >= MIN_CROWD && (small == 1 || likeness >= ratio * looser)
    }

    fn join(&mut self, x: usize, y: usize) -> usize {
        let new = self.members.len();
        let mut members = std::mem::take(&mut self.members[x]);
        members.append(&mut std::mem::take(&mut self.members[y]));
        let (sum_x, sum_y) = (std::mem::take(&mut self.sums[x]), std::mem::take(&mut self.sums[y]));
        self.sums.push(sum(&sum_x, &sum_y));
        let own: f64 =
            members.iter().map(|m| dot(&self.vectors[*m as usize], &self.vectors[*m as usize])).sum();
        let n = members.len() as f64;
        let gained = self.within[x] + self.within[y] + self.beside[x].get(&y).copied().unwrap_or(0.0);
        let product = f64::midpoint(dot(&self.sums[new], &self.sums[new]), -own);
        self.cohesion.push(self.likeness(product, gained, n * (n - 1.0) / 2.0));
        self.within.push(gained);
        self.members.push(members);
        let (beside_x, beside_y) = (std::mem::take(&mut self.beside[x]), std::mem::take(&mut self.beside[y]));
        let others: BTreeSet<usize> =
            beside_x.keys().chain(beside_y.keys()).copied().filter(|o| *o != x && *o != y).collect();
        let other_days = std::mem::take(&mut self.days[y]);
        let mut days = std::mem::take(&mut self.days[x]);
        days.join(other_days);
        self.days.push(days);
        let gained =
            |o: &usize| beside_x.get(o).copied().unwrap_or(0.0) + beside_y.get(o).copied().unwrap_or(0.0);
        let beside: BTreeMap<usize, f64> = others.iter().map(|o| (*o, gained(o))).collect();
        for (&other, &gained) in &beside {
            self.beside[other].remove(&x);
            self.beside[other].remove(&y);
            self.beside[other].insert(new, gained);
        }
        self.beside.push(beside);
        new
    }

    /// Whether time keeps two groups apart: an undated look-alike must not tie reports of two days, weeks apart, together. What
    /// names the day of the other is a sequel.
    fn are_apart(&self, x: usize, y: usize) -> bool {
        let is_far = |days| matches!(days, Verdict::Apart(n) if f64::from(n) > MAX_GAP_DAYS);
        if !is_far(self.days[x].against(&self.days[y])) {
            return false;
        }
        let mut pairs = self.members[x].iter().flat_map(|a| self.members[y].iter().map(move |b| (*a, *b)));
        pairs.any(|(a, b)| {
            let days = gap(&self.accounts[a as usize], &self.accounts[b as usize]).unwrap_or(0.0);
            days > MAX_GAP_DAYS && dot(&self.vectors[a as usize], &self.vectors[b as usize]) < MIN_LATE
        })
    }
}

/// How often a pile is three times as large as a small one.
fn triplings(n: usize) -> f64 {
    (n as f64 / SMALL_PILE).log(3.0).max(0.0)
}
