//! Matrices of small integers, laid out for the vector instruction that multiplies pairs of 16-bit numbers and adds each
//! pair (SSE2 has it on every x86-64 machine, NEON in two steps). Sums are exact, so that every machine reaches the same
//! decision.

use wide::{bytemuck, i16x8, i32x4};

/// Vectors of four sums that are carried at once: as many as stay in registers, with some to spare.
const VECTORS: usize = 8;
/// Sums that are carried at once; the outputs of a matrix are padded to a multiple.
pub(super) const TILE: usize = 4 * VECTORS;

/// A matrix of weights.
#[derive(Debug)]
pub(super) struct Matrix {
    /// Tile by tile of outputs, then pair by pair of inputs: the two weights of each output.
    pairs: Vec<[i16x8; VECTORS]>,
    n_pairs: usize,
}

impl Matrix {
    /// The matrix of `rows`, one output a row, each with an even number `n_inputs` of weights.
    pub(super) fn new(rows: &[i16], n_inputs: usize) -> Matrix {
        let n_pairs = n_inputs / 2;
        let mut pairs = Vec::with_capacity(n_pairs * rows.len().div_ceil(n_inputs.max(1) * TILE));
        for tile in rows.chunks(n_inputs.max(1) * TILE) {
            let weight = |row: usize, column: usize| tile.get(row * n_inputs + column).copied().unwrap_or(0);
            for pair in 0..n_pairs {
                pairs.push(std::array::from_fn(|vector| {
                    let lane = |lane: usize| weight(4 * vector + lane / 2, 2 * pair + lane % 2);
                    i16x8::new(std::array::from_fn(lane))
                }));
            }
        }
        Matrix { pairs, n_pairs }
    }

    /// The product with `x`, as many sums as fit into `out`, a multiple of [`TILE`]. Sums wrap around.
    pub(super) fn times(&self, x: &[i16], out: &mut [i32]) {
        if self.n_pairs == 0 {
            return;
        }
        let tiles = self.pairs.chunks_exact(self.n_pairs);
        for (tile, out) in tiles.zip(out.as_chunks_mut::<TILE>().0) {
            let mut sums = [i32x4::ZERO; VECTORS];
            for (weights, &x) in tile.iter().zip(x.as_chunks::<2>().0) {
                let x: i16x8 = bytemuck::cast(i32x4::splat(bytemuck::cast(x)));
                for (sum, weights) in sums.iter_mut().zip(weights) {
                    *sum += weights.dot(x);
                }
            }
            for (out, sum) in out.as_chunks_mut::<4>().0.iter_mut().zip(sums) {
                *out = sum.to_array();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_those_of_the_schoolbook() {
        // numbers without a pattern, up to the largest
        let number = |n: usize| ((n.wrapping_mul(2_654_435_761) >> 7) % 65_536) as u16 as i16;
        for (n_outputs, n_inputs) in [(1, 2), (32, 64), (64, 192), (88, 96), (33, 2), (0, 4)] {
            let rows: Vec<i16> = (0..n_outputs * n_inputs).map(number).collect();
            let x: Vec<i16> = (0..n_inputs).map(|n| number(n + 7) / 8).collect();
            let mut out = vec![0; n_outputs.next_multiple_of(TILE)];
            Matrix::new(&rows, n_inputs).times(&x, &mut out);
            for (row, found) in rows.chunks_exact(n_inputs).zip(&out) {
                let products = row.iter().zip(&x).map(|(a, b)| i32::from(*a) * i32::from(*b));
                assert_eq!(*found, products.fold(0, i32::wrapping_add), "{n_outputs} × {n_inputs}");
            }
            assert!(out[n_outputs..].iter().all(|sum| *sum == 0));
        }
    }
}
