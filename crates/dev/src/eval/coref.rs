//! Coreference measures over groups of mentions: MUC (Vilain et al. 1995), B-cubed (Bagga & Baldwin 1998), CEAF-e (Luo 2005),
//! and their mean F1, which the CoNLL 2011 shared task reports.

use std::collections::BTreeMap;

use super::{Outcome, measure};

/// Adds the figures under `prefix`; every mention is in exactly one group on each side.
pub(super) fn report(prefix: &str, gold: &[Vec<u32>], found: &[Vec<u32>], outcome: &mut Outcome) {
    let scores = [muc(gold, found), b_cubed(gold, found), ceaf_e(gold, found)];
    let f1s = scores.map(|[p, r]| measure::f1(p, r));
    outcome.figure(format!("{prefix}conll f1"), f1s.iter().sum::<f64>() / 3.0);
    for (name, (f1, [p, r])) in ["muc", "b3", "ceaf-e"].iter().zip(f1s.iter().zip(scores)) {
        outcome.figure(format!("{prefix}{name} f1"), *f1);
        outcome.figure(format!("{prefix}{name} precision"), p);
        outcome.figure(format!("{prefix}{name} recall"), r);
    }
}

/// The mean F1 alone.
pub(crate) fn conll_f1(gold: &[Vec<u32>], found: &[Vec<u32>]) -> f64 {
    let mut outcome = Outcome::default();
    report("", gold, found, &mut outcome);
    outcome.figures[0].1
}

fn group_of(groups: &[Vec<u32>]) -> BTreeMap<u32, usize> {
    groups.iter().enumerate().flat_map(|(n, g)| g.iter().map(move |m| (*m, n))).collect()
}

fn muc(gold: &[Vec<u32>], found: &[Vec<u32>]) -> [f64; 2] {
    let side = |keys: &[Vec<u32>], others: &BTreeMap<u32, usize>| {
        let (mut kept, mut all) = (0usize, 0usize);
        for key in keys {
            let mut parts: Vec<Option<usize>> = key.iter().map(|m| others.get(m).copied()).collect();
            let n_lost = parts.iter().filter(|p| p.is_none()).count();
            parts.retain(Option::is_some);
            parts.sort();
            parts.dedup();
            kept += key.len() - parts.len() - n_lost;
            all += key.len() - 1;
        }
        kept as f64 / all.max(1) as f64
    };
    [side(found, &group_of(gold)), side(gold, &group_of(found))]
}

fn b_cubed(gold: &[Vec<u32>], found: &[Vec<u32>]) -> [f64; 2] {
    let side = |keys: &[Vec<u32>], others: &BTreeMap<u32, usize>| {
        let (mut sum, mut n) = (0.0, 0usize);
        for key in keys {
            let mut counts: BTreeMap<Option<usize>, usize> = BTreeMap::new();
            key.iter().for_each(|m| *counts.entry(others.get(m).copied()).or_insert(0) += 1);
            sum += counts.values().map(|c| (c * c) as f64).sum::<f64>() / key.len() as f64;
            n += key.len();
        }
        sum / n.max(1) as f64
    };
    [side(found, &group_of(gold)), side(gold, &group_of(found))]
}

fn ceaf_e(gold: &[Vec<u32>], found: &[Vec<u32>]) -> [f64; 2] {
    let of_gold = group_of(gold);
    let mut overlaps: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for (f, group) in found.iter().enumerate() {
        for member in group {
            if let Some(g) = of_gold.get(member) {
                *overlaps.entry((*g, f)).or_insert(0) += 1;
            }
        }
    }
    let likeness: BTreeMap<(usize, usize), f64> = overlaps
        .into_iter()
        .map(|((g, f), n)| ((g, f), 2.0 * n as f64 / (gold[g].len() + found[f].len()) as f64))
        .collect();
    let total: f64 = components(&likeness).iter().map(|c| best_sum(c)).sum();
    [total / found.len().max(1) as f64, total / gold.len().max(1) as f64]
}

type Edge = ((usize, usize), f64);

/// The connected parts of the bipartite graph of groups that share a mention.
fn components(likeness: &BTreeMap<(usize, usize), f64>) -> Vec<Vec<Edge>> {
    let mut parent: BTreeMap<(u8, usize), (u8, usize)> = BTreeMap::new();
    fn root(parent: &mut BTreeMap<(u8, usize), (u8, usize)>, mut x: (u8, usize)) -> (u8, usize) {
        while let Some(&up) = parent.get(&x).filter(|up| **up != x) {
            x = up;
        }
        parent.entry(x).or_insert(x);
        x
    }
    for &(g, f) in likeness.keys() {
        let (a, b) = (root(&mut parent, (0, g)), root(&mut parent, (1, f)));
        if a != b {
            parent.insert(b, a);
        }
    }
    let mut parts: BTreeMap<(u8, usize), Vec<Edge>> = BTreeMap::new();
    for (edge, value) in likeness {
        parts.entry(root(&mut parent, (0, edge.0))).or_default().push((*edge, *value));
    }
    parts.into_values().collect()
}

/// The greatest sum of a one-to-one assignment: the Hungarian method (Kuhn 1955) on the part's matrix.
fn best_sum(edges: &[Edge]) -> f64 {
    let index = |of: fn(&Edge) -> usize| -> BTreeMap<usize, usize> {
        let mut all: Vec<usize> = edges.iter().map(of).collect();
        all.sort_unstable();
        all.dedup();
        all.into_iter().enumerate().map(|(n, x)| (x, n)).collect()
    };
    let (rows, columns) = (index(|e| e.0.0), index(|e| e.0.1));
    let n = rows.len().max(columns.len());
    let mut cost = vec![vec![0.0; n + 1]; n + 1];
    for ((g, f), value) in edges {
        cost[rows[g] + 1][columns[f] + 1] = -value;
    }
    -assign(&cost, n)
}

/// The least cost of assigning rows `1..=n` to columns `1..=n`.
fn assign(cost: &[Vec<f64>], n: usize) -> f64 {
    let (mut u, mut v) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    let (mut match_of, mut way) = (vec![0usize; n + 1], vec![0usize; n + 1]);
    for i in 1..=n {
        match_of[0] = i;
        let mut j0 = 0;
        let (mut least, mut used) = (vec![f64::INFINITY; n + 1], vec![false; n + 1]);
        loop {
            used[j0] = true;
            let (i0, mut delta, mut j1) = (match_of[j0], f64::INFINITY, 0);
            for j in 1..=n {
                if !used[j] {
                    let reduced = cost[i0][j] - u[i0] - v[j];
                    if reduced < least[j] {
                        (least[j], way[j]) = (reduced, j0);
                    }
                    if least[j] < delta {
                        (delta, j1) = (least[j], j);
                    }
                }
            }
            for j in 0..=n {
                if used[j] {
                    u[match_of[j]] += delta;
                    v[j] -= delta;
                } else {
                    least[j] -= delta;
                }
            }
            j0 = j1;
            if match_of[j0] == 0 {
                break;
            }
        }
        while j0 != 0 {
            let j1 = way[j0];
            match_of[j0] = match_of[j1];
            j0 = j1;
        }
    }
    (1..=n).map(|j| cost[match_of[j]][j]).sum()
}

#[cfg(test)]
mod tests {
    use super::{b_cubed, ceaf_e, muc};

    #[test]
    fn the_textbook_values() {
        let gold = [vec![1, 2, 3], vec![4, 5], vec![6]];
        let found = [vec![1, 2], vec![3, 4, 5], vec![6]];
        let near = |a: [f64; 2], b: [f64; 2]| a.iter().zip(b).all(|(x, y)| (x - y).abs() < 1e-9);
        assert!(near(muc(&gold, &found), [2.0 / 3.0, 2.0 / 3.0]));
        let b3 = (2.0 + (1.0 + 4.0) / 3.0 + 1.0) / 6.0;
        assert!(near(b_cubed(&gold, &found), [b3, ((4.0 + 1.0) / 3.0 + 2.0 + 1.0) / 6.0]));
        let sum = 4.0 / 5.0 + 4.0 / 5.0 + 1.0;
        assert!(near(ceaf_e(&gold, &found), [sum / 3.0, sum / 3.0]));
        assert!(near(ceaf_e(&gold, &gold), [1.0, 1.0]));
    }
}
