//! Gradient boosting of small decision trees for two classes (Friedman 2001, with Newton's steps as in Chen & Guestrin
//! 2016): deterministic, over values sorted into bins.

use rayon::prelude::*;
use variorum_collate::copy::evidence::{Node, sum};

/// How it is trained.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Settings {
    pub(crate) n_trees: usize,
    pub(crate) depth: usize,
    pub(crate) rate: f64,
    /// Weight of rows that a leaf has at least.
    pub(crate) min_weight: f64,
    pub(crate) penalty: f64,
}

/// A row: its measures, its class, what it weighs.
pub(crate) type Row = (Vec<f64>, bool, f64);

const BINS: usize = 64;

/// A forest and its constant.
pub(crate) fn fit(rows: &[Row], settings: Settings) -> (Vec<Vec<Node>>, f64) {
    let n = rows.first().map_or(0, |r| r.0.len());
    let edges: Vec<Vec<f64>> = (0..n).map(|k| edges(rows, k)).collect();
    let bin =
        |r: &Row| -> Vec<u8> { (0..n).map(|k| edges[k].partition_point(|e| *e < r.0[k]) as u8).collect() };
    let bins: Vec<Vec<u8>> = rows.par_iter().map(bin).collect();
    let (of_one, all) = rows.iter().fold((0.0, 0.0), |(p, w), r| (p + if r.1 { r.2 } else { 0.0 }, w + r.2));
    let constant = (of_one / (all - of_one)).ln();
    let mut sums = vec![constant; rows.len()];
    let mut trees = Vec::new();
    for _ in 0..settings.n_trees {
        let slope = |(r, s): (&Row, &f64)| {
            let p = 1.0 / (1.0 + (-s).exp());
            (r.2 * (f64::from(u8::from(r.1)) - p), (r.2 * p * (1.0 - p)).max(1e-9), r.2)
        };
        let slopes: Vec<(f64, f64, f64)> = rows.iter().zip(&sums).map(slope).collect();
        let mut tree = Vec::new();
        let every: Vec<u32> = (0..rows.len() as u32).collect();
        grow(&mut tree, &every, &bins, &slopes, &edges, settings, settings.depth);
        let forest = [tree];
        sums.par_iter_mut().zip(rows).for_each(|(s, r)| *s += sum(&forest, &r.0));
        trees.extend(forest);
    }
    (trees, constant)
}

/// Values between which a feature is cut.
fn edges(rows: &[Row], k: usize) -> Vec<f64> {
    let mut values: Vec<f64> = rows.iter().map(|r| r.0[k]).collect();
    values.sort_by(f64::total_cmp);
    let rounded = |v: f64| (v * 1e4).round() / 1e4;
    let mut edges: Vec<f64> = (1..BINS).map(|n| rounded(values[n * (values.len() - 1) / BINS])).collect();
    edges.dedup_by(|a, b| a.total_cmp(b).is_eq());
    edges
}

/// Adds the tree over some rows, its first node first; returns where it stands.
fn grow(
    tree: &mut Vec<Node>,
    rows: &[u32],
    bins: &[Vec<u8>],
    slopes: &[(f64, f64, f64)],
    edges: &[Vec<f64>],
    settings: Settings,
    depth: usize,
) -> usize {
    let at = tree.len();
    let (g, h) =
        rows.iter().fold((0.0, 0.0), |(g, h), r| (g + slopes[*r as usize].0, h + slopes[*r as usize].1));
    let leaf = settings.rate * g / (h + settings.penalty);
    tree.push(Node::Leaf((leaf * 1e4).round() / 1e4));
    let best = if depth == 0 { None } else { split(rows, bins, slopes, edges, settings) };
    if let Some((k, edge)) = best {
        let (left, right): (Vec<u32>, Vec<u32>) =
            rows.iter().partition(|r| usize::from(bins[**r as usize][k]) <= edge);
        let p = grow(tree, &left, bins, slopes, edges, settings, depth - 1);
        let q = grow(tree, &right, bins, slopes, edges, settings, depth - 1);
        tree[at] = Node::Split(k, edges[k][edge], p, q);
    }
    at
}

/// The feature and the edge that part the rows best, the first of several.
fn split(
    rows: &[u32],
    bins: &[Vec<u8>],
    slopes: &[(f64, f64, f64)],
    edges: &[Vec<f64>],
    settings: Settings,
) -> Option<(usize, usize)> {
    let worth = |g: f64, h: f64| g * g / (h + settings.penalty);
    let of = |k: usize| -> Option<(f64, usize)> {
        let mut table = vec![(0.0, 0.0, 0.0); BINS + 1];
        for r in rows {
            let (cell, s) = (&mut table[usize::from(bins[*r as usize][k])], slopes[*r as usize]);
            *cell = (cell.0 + s.0, cell.1 + s.1, cell.2 + s.2);
        }
        let all = table.iter().fold((0.0, 0.0, 0.0), |a, c| (a.0 + c.0, a.1 + c.1, a.2 + c.2));
        let (mut left, mut best) = ((0.0, 0.0, 0.0), None::<(f64, usize)>);
        for (edge, cell) in table.iter().enumerate().take(edges[k].len()) {
            left = (left.0 + cell.0, left.1 + cell.1, left.2 + cell.2);
            let right = (all.0 - left.0, all.1 - left.1, all.2 - left.2);
            if left.2 < settings.min_weight || right.2 < settings.min_weight {
                continue;
            }
            let gain = worth(left.0, left.1) + worth(right.0, right.1) - worth(all.0, all.1);
            if gain > 1e-6 && best.is_none_or(|b| gain > b.0) {
                best = Some((gain, edge));
            }
        }
        best
    };
    let found: Vec<Option<(f64, usize)>> = (0..edges.len()).into_par_iter().map(of).collect();
    let mut best: Option<(f64, usize, usize)> = None;
    for (k, (gain, edge)) in found.into_iter().enumerate().filter_map(|(k, f)| Some((k, f?))) {
        if best.is_none_or(|b| gain > b.0) {
            best = Some((gain, k, edge));
        }
    }
    best.map(|b| (b.1, b.2))
}

/// A forest as it is stored.
pub(crate) fn write(head: &str, names: &[&str], trees: &[Vec<Node>], constant: f64) -> Vec<u8> {
    let mut out: String = head.lines().map(|l| format!("# {l}\n")).collect();
    out += &format!("constant\t{constant:.4}\n");
    for tree in trees {
        out += "tree\n";
        for node in tree {
            out += &match node {
                Node::Split(k, value, left, right) => format!("{}\t{value:.4}\t{left}\t{right}\n", names[*k]),
                Node::Leaf(value) => format!("leaf\t{value:.4}\n"),
            };
        }
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_measures_that_matter_together_are_learned() {
        let rows: Vec<Row> = (0..400)
            .map(|n| {
                (vec![f64::from(n % 20) / 20.0, f64::from(n / 20) / 20.0], (n % 20 > 9) && (n / 20 > 9), 1.0)
            })
            .collect();
        let settings = Settings { n_trees: 20, depth: 2, rate: 0.5, min_weight: 5.0, penalty: 1.0 };
        let (trees, constant) = fit(&rows, settings);
        let n_right = rows.iter().filter(|r| (constant + sum(&trees, &r.0) > 0.0) == r.1).count();
        assert!(n_right > 390, "{n_right} of 400");
    }
}
