//! Which pairs of a story are looked at: of a story of up to [`SMALL`] accounts all; of a larger one a copy beside those it
//! descends from and its next of kin, and a statement beside its likest counterparts of each kind. So the work grows with
//! the accounts and not with their pairs.

use std::collections::{BTreeMap, BTreeSet};

use super::MIN_INDEPENDENT;
use crate::align::{self, Pair, Statement};
use crate::pile::Word;
use crate::telling::{SMALL, Telling};

/// Accounts above a copy, from which it descends, that it is compared with.
const N_ABOVE: usize = 4;
/// Copies of the same text that a copy is compared with.
const N_BESIDE: usize = 4;
/// Counterparts with the same names and numbers that a statement is compared with.
const N_OF_ONE_KIND: usize = 3;
/// Counterparts that a statement is compared with.
const N_COUNTERPARTS: usize = 24;

/// Pairs of accounts of one lineage, `(first, second)`, sorted.
pub(super) fn of_one_lineage(telling: &Telling) -> Vec<(u32, u32)> {
    let mut groups: BTreeMap<Option<usize>, Vec<u32>> = BTreeMap::new();
    for &member in telling.members {
        groups.entry(telling.lineage.origin_of(member)).or_default().push(member);
    }
    let is_small = telling.members.len() <= SMALL;
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    for group in groups.values() {
        if is_small || group.len() <= N_ABOVE + N_BESIDE {
            for (n, &a) in group.iter().enumerate() {
                pairs.extend(group[n + 1..].iter().map(|&b| (a, b)));
            }
        } else {
            pairs.extend(next_of_kin(telling, group));
        }
    }
    pairs.into_iter().collect()
}

/// Of a large lineage: each account with those above it, the nearest first, and with those that stand before it among the
/// copies of the same text.
fn next_of_kin(telling: &Telling, group: &[u32]) -> BTreeSet<(u32, u32)> {
    let by_id: BTreeMap<&str, u32> = group.iter().map(|m| (telling.document(*m).id.as_str(), *m)).collect();
    let member = |id: &String| by_id.get(id.as_str()).copied();
    let edges = telling.lineage.copies.iter().filter_map(|c| Some((member(&c.to)?, member(&c.from)?)));
    let parent: BTreeMap<u32, u32> = edges.collect();
    let in_order = telling.lineage.origins.iter().flat_map(|o| &o.documents).filter_map(member);
    let mut beside: BTreeMap<Option<u32>, Vec<u32>> = BTreeMap::new();
    let mut pairs = BTreeSet::new();
    for account in in_order {
        let above = std::iter::successors(parent.get(&account).copied(), |m| parent.get(m).copied());
        let siblings = beside.entry(parent.get(&account).copied()).or_default();
        for other in above.take(N_ABOVE).chain(siblings.iter().rev().take(N_BESIDE).copied()) {
            pairs.insert((account.min(other), account.max(other)));
        }
        siblings.push(account);
    }
    pairs
}

/// Pairs of alike statements of independent accounts, in their order.
pub(super) fn of_independent(telling: &Telling) -> Vec<Pair> {
    let alignments = telling.alignments;
    let origin = |at: u32| telling.lineage.origin_of(alignments.statements[at as usize].account);
    let pairs = alignments.pairs.iter();
    let pairs = pairs.filter(|p| p.score >= MIN_INDEPENDENT && origin(p.x) != origin(p.y)).copied();
    let pairs: Vec<Pair> = pairs.collect();
    if telling.members.len() <= SMALL { pairs } else { likest(telling, &pairs) }
}

/// Of many pairs those that are among the likest of one of their two statements, of each kind of counterpart a few: of two
/// hundred accounts that say "twelve" and five that say "seventeen" none is left alone.
fn likest(telling: &Telling, pairs: &[Pair]) -> Vec<Pair> {
    let statements = &telling.alignments.statements;
    let mut of_each: Vec<Vec<usize>> = vec![Vec::new(); statements.len()];
    for (n, pair) in pairs.iter().enumerate() {
        of_each[pair.x as usize].push(n);
        of_each[pair.y as usize].push(n);
    }
    let mut kept = vec![false; pairs.len()];
    for (own, list) in of_each.iter_mut().enumerate() {
        list.sort_by(|a, b| pairs[*b].score.total_cmp(&pairs[*a].score).then(a.cmp(b)));
        let mut n_of_kind: BTreeMap<(&[Word], &[Word]), usize> = BTreeMap::new();
        let mut n_kept = 0;
        for &n in list.iter() {
            let other = if pairs[n].x as usize == own { pairs[n].y } else { pairs[n].x };
            let of_kind = n_of_kind.entry(kind(telling, &statements[other as usize])).or_insert(0);
            if n_kept < N_COUNTERPARTS && *of_kind < N_OF_ONE_KIND {
                (*of_kind, n_kept, kept[n]) = (*of_kind + 1, n_kept + 1, true);
            }
        }
    }
    pairs.iter().zip(kept).filter(|(_, is_kept)| *is_kept).map(|(pair, _)| *pair).collect()
}

/// The names and numbers of a statement.
fn kind<'a>(telling: &Telling<'a>, statement: &Statement) -> (&'a [Word], &'a [Word]) {
    let unit = align::unit(telling.pile, statement);
    (&unit.names, &unit.numbers)
}
