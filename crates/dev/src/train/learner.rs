//! Averaged perceptron over hashed features (Collins 2002), in integers.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use variorum_annotate::tag::weights::pack;

/// Features are hashes already.
#[derive(Default)]
pub(crate) struct Same(u64);

impl Hasher for Same {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

#[derive(Clone, Copy)]
struct Cell {
    class: u8,
    weight: i32,
    stamp: u32,
    total: i64,
}

/// Weights while they are learnt. The map is only ever looked up in, never walked.
#[derive(Default)]
pub(crate) struct Learner {
    index: HashMap<u64, u32, BuildHasherDefault<Same>>,
    rows: Vec<(u64, u32, Vec<Cell>)>,
    least: u32,
    now: u32,
}

impl Learner {
    /// A learner that keeps the features counted `least` times or more once it is frozen.
    pub(crate) fn new(least: u32) -> Learner {
        Learner { least, ..Learner::default() }
    }

    /// Counts the features of one decision.
    pub(crate) fn count(&mut self, features: &[u64]) {
        for &feature in features {
            let next = self.rows.len() as u32;
            let row = *self.index.entry(feature).or_insert(next);
            if row == next {
                self.rows.push((feature, 0, Vec::new()));
            }
            self.rows[row as usize].1 += 1;
        }
    }

    /// From here on, only features that were counted often enough exist.
    pub(crate) fn freeze(&mut self) {
        let least = self.least;
        let rows = std::mem::take(&mut self.rows);
        self.rows = rows.into_iter().filter(|row| row.1 >= least).collect();
        self.index = HashMap::default();
        self.index.extend(self.rows.iter().enumerate().map(|(idx, row)| (row.0, idx as u32)));
    }

    /// Adds the weights of `features` to `scores`.
    pub(crate) fn score(&self, features: &[u64], scores: &mut [i32]) {
        for feature in features {
            if let Some(&row) = self.index.get(feature) {
                for cell in &self.rows[row as usize].2 {
                    scores[cell.class as usize] += cell.weight;
                }
            }
        }
    }

    /// One more decision has been looked at.
    pub(crate) fn tick(&mut self) {
        self.now += 1;
    }

    /// Moves the weights of `features` for `class` by `by`.
    pub(crate) fn update(&mut self, features: &[u64], class: usize, by: i32) {
        let now = self.now;
        let class = class as u8;
        for feature in features {
            let Some(&row) = self.index.get(feature) else { continue };
            let cells = &mut self.rows[row as usize].2;
            match cells.iter_mut().find(|cell| cell.class == class) {
                Some(cell) => {
                    cell.total += i64::from(cell.weight) * i64::from(now - cell.stamp);
                    cell.stamp = now;
                    cell.weight += by;
                }
                None => cells.push(Cell { class, weight: by, stamp: now, total: 0 }),
            }
        }
    }

    /// The averaged weights as a table. `scale` steps stand for a weight of one; averages below `prune` steps are left
    /// out.
    pub(crate) fn table(&self, classes: usize, scale: f64, prune: f64) -> Vec<u8> {
        let mut rows: Vec<(u64, Vec<(u8, i8)>)> = Vec::new();
        for (feature, _, cells) in &self.rows {
            let mut row: Vec<(u8, i8)> = Vec::new();
            for cell in cells {
                let total = cell.total + i64::from(cell.weight) * i64::from(self.now - cell.stamp);
                let steps = total as f64 / f64::from(self.now.max(1)) * scale;
                if steps.abs() >= prune {
                    row.push((cell.class, steps.round().clamp(-127.0, 127.0) as i8));
                }
            }
            row.retain(|cell| cell.1 != 0);
            row.sort_unstable();
            if !row.is_empty() {
                rows.push((*feature, row));
            }
        }
        rows.sort_unstable();
        pack(classes, &rows)
    }
}
