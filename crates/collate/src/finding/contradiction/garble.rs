//! Passages that lost their meaning in a copy: named as such, and not compared as if they spoke.

use std::collections::BTreeMap;

use rayon::prelude::*;
use variorum_schema::{FindingKind, FindingType};

use super::{Candidate, Disagreement, Place};
use crate::align::Statement;
use crate::fluency;
use crate::telling::Telling;

/// From this probability on a passage is called garbled.
const MIN_GARBLE: f64 = 0.6;

/// Garbled sentences of copies, each with the sentence that it was.
pub(super) fn garbled(telling: &Telling, copied: &[Candidate]) -> Vec<Disagreement> {
    let mut worst: BTreeMap<Statement, Disagreement> = BTreeMap::new();
    let decay = |x: &Statement, y: &Statement| fluency::decay(telling.text(x), telling.text(y));
    let both = |pair: &Candidate| [decay(&pair.x, &pair.y), decay(&pair.y, &pair.x)];
    let decays: Vec<_> = copied.par_iter().map(both).collect();
    // a machine garbles what it rewords; where a person wrote, it is a slip of the pen
    let is_spun = |pair: &Candidate| super::copied::is_reworded(telling, &pair.x, &pair.y);
    for (pair, decays) in copied.iter().zip(decays).filter(|(pair, _)| is_spun(pair)) {
        for ((x, y), decay) in [(pair.x, pair.y), (pair.y, pair.x)].into_iter().zip(decays) {
            let Some(decay) = decay else { continue };
            let strength = fluency::garble(&decay);
            let is_worse = worst.get(&y).is_none_or(|d| d.strength < strength);
            if strength < MIN_GARBLE || !is_worse {
                continue;
            }
            let place = |s: Statement| Place { statement: s, focus: telling.sentence(&s).span };
            let note =
                format!("{:.1} less likely a word, {:.0} % exchanged", decay.drop, 100.0 * decay.exchanged);
            let found = Disagreement {
                kind: FindingKind::CorruptedCopy,
                finding_type: FindingType::Garble,
                x: place(x),
                y: place(y),
                likeness: pair.likeness,
                strength,
                note,
                lean: f64::INFINITY,
            };
            worst.insert(y, found);
        }
    }
    worst.into_values().filter(|d| !super::copied::is_one_outlet(telling, d)).collect()
}
