//! Linear weights in a flat hashed table that is read in place: nothing is built when a program starts.
//!
//! Layout, little-endian: 8 bytes magic `VARWGT01`, `u32` number of classes, `u32` number of slots, `u32` number of cells, then the slots of 6 bytes (`u16` check, `u32` whose low 24 bits are the first cell and
//! whose high 8 bits are the number of cells; 0 cells marks a free slot), then the cells of 2 bytes (`u8` class, `i8`
//! weight). Slots are probed linearly from where the top half of the feature's hash
//! falls. Sums are integers, so that every machine
//! reaches the same decision (feature hashing: Weinberger et al. 2009).

/// First bytes of a table.
pub const MAGIC: &[u8; 8] = b"VARWGT01";
const HEADER: usize = 20;
const SLOT: usize = 6;

/// A table of weights over borrowed bytes.
#[derive(Clone, Copy, Debug)]
pub struct Weights<'a> {
    slots: &'a [u8],
    cells: &'a [u8],
    count: usize,
    classes: usize,
}

impl<'a> Weights<'a> {
    /// The table in `bytes`, or `None` where they are no such table.
    #[must_use]
    pub fn read(bytes: &'a [u8]) -> Option<Weights<'a>> {
        let word = |at: usize| Some(u32::from_le_bytes(bytes.get(at..at + 4)?.try_into().ok()?));
        if bytes.get(..8)? != MAGIC {
            return None;
        }
        let (classes, count, cells) = (word(8)? as usize, word(12)? as usize, word(16)? as usize);
        let end = HEADER + SLOT * count;
        let slots = bytes.get(HEADER..end)?;
        let cells = bytes.get(end..end + cells * 2)?;
        Some(Weights { slots, cells, count, classes })
    }

    /// How many classes are scored.
    #[must_use]
    pub fn classes(&self) -> usize {
        self.classes
    }

    /// Adds the weights of the feature to `scores`, one per class.
    #[inline]
    pub fn add(&self, feature: u64, scores: &mut [i32]) {
        for cell in self.row(feature).chunks_exact(2) {
            if let Some(score) = scores.get_mut(cell[0] as usize) {
                *score += i32::from(cell[1] as i8);
            }
        }
    }

    #[inline]
    fn row(&self, feature: u64) -> &'a [u8] {
        let mut at = home(feature, self.count);
        let check = feature as u16;
        // a table always has free slots; the bound only guards against a damaged one
        for _ in 0..self.count {
            let Some(slot) = self.slots.get(at * SLOT..at * SLOT + SLOT) else { return &[] };
            let place = u32::from_le_bytes([slot[2], slot[3], slot[4], slot[5]]);
            let (first, count) = ((place & 0xff_ffff) as usize * 2, (place >> 24) as usize * 2);
            if count == 0 {
                return &[];
            }
            if u16::from_le_bytes([slot[0], slot[1]]) == check {
                return self.cells.get(first..first + count).unwrap_or(&[]);
            }
            at = if at + 1 == self.count { 0 } else { at + 1 };
        }
        &[]
    }
}

#[inline]
fn home(feature: u64, count: usize) -> usize {
    (((feature >> 32) * count as u64) >> 32) as usize
}

/// The table of `rows` (feature, its cells as class and weight), the bytes that [`Weights::read`] reads. Rows must be
/// sorted by feature; empty rows are left out; where two features cannot be told apart, the first one wins.
#[must_use]
pub fn pack(classes: usize, rows: &[(u64, Vec<(u8, i8)>)]) -> Vec<u8> {
    let rows: Vec<_> = rows.iter().filter(|(_, cells)| !cells.is_empty() && cells.len() < 256).collect();
    let count = rows.len() * 5 / 4 + 2;
    let mut slots = vec![0u8; SLOT * count];
    let mut cells: Vec<u8> = Vec::new();
    for (feature, row) in rows {
        let mut at = home(*feature, count);
        while slots[at * SLOT + 5] != 0 {
            at = (at + 1) % count;
        }
        let place = (cells.len() / 2) as u32 | ((row.len() as u32) << 24);
        slots[at * SLOT..at * SLOT + 2].copy_from_slice(&(*feature as u16).to_le_bytes());
        slots[at * SLOT + 2..at * SLOT + SLOT].copy_from_slice(&place.to_le_bytes());
        cells.extend(row.iter().flat_map(|&(class, weight)| [class, weight as u8]));
    }
    let mut out = MAGIC.to_vec();
    for number in [classes as u32, count as u32, (cells.len() / 2) as u32] {
        out.extend(number.to_le_bytes());
    }
    out.extend(slots);
    out.extend(cells);
    out
}

/// One feature from the number of its template and the hashes of its parts.
#[inline]
#[must_use]
pub fn feature(template: u64, parts: &[u64]) -> u64 {
    let mut hash = template.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    for part in parts {
        hash = (hash.rotate_left(23) ^ part).wrapping_mul(0xd6e8_feb8_6659_fd93);
        hash ^= hash >> 29;
    }
    // the top bits choose the slot, the low ones are the check: mix both well
    hash = (hash ^ (hash >> 32)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash ^ (hash >> 31)
}

/// Hash of a string (FNV-1a, 64 bits).
#[inline]
#[must_use]
pub fn hash(text: &str) -> u64 {
    text.bytes()
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_rows_are_found_again() {
        let mut rows: Vec<(u64, Vec<(u8, i8)>)> =
            (0..999u64).map(|n| (feature(n, &[n]), vec![((n % 7) as u8, (n % 120) as i8 - 60)])).collect();
        rows.sort();
        let bytes = pack(7, &rows);
        let weights = Weights::read(&bytes).unwrap();
        for (feature, cells) in &rows {
            let mut scores = [0; 7];
            weights.add(*feature, &mut scores);
            assert_eq!(scores[cells[0].0 as usize], i32::from(cells[0].1), "feature {feature}");
        }
        assert!(Weights::read(&bytes[..bytes.len() - 1]).is_none());
        assert!(Weights::read(b"").is_none());
    }
}
