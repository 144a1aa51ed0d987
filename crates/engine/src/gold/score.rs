//! What labelled stories say about this version: one figure for each thing that it concludes.

use std::collections::BTreeMap;

use serde::Serialize;
use variorum_schema::FindingKind;

use super::{Area, Outcome};

/// How many expectations were met.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// How many.
    pub met: usize,
    /// Of how many.
    pub of: usize,
}

impl Tally {
    /// Share of those met, 0 to 1; none where there are no expectations.
    #[must_use]
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| self.met as f64 / self.of as f64)
    }
}

/// Findings of one kind.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Those that are due, and how many of them were found. One that is due under two kinds counts for the first.
    pub due: Tally,
    /// Those reported, and how many of them the labels list; only of kinds that accuse, as only there a label is complete.
    pub reported: Tally,
}

/// Findings whose confidence lies in one range, and how many of them the labels list.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// From this confidence on.
    pub from: f64,
    /// Mean confidence of the findings in it.
    pub confidence: f64,
    /// Those listed among those reported.
    pub listed: Tally,
}

/// The figures of a set of labelled stories.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Score {
    /// How many folders were read.
    pub n_cases: usize,
    /// Expectations met by area, in the order of [`Area::ALL`].
    pub areas: Vec<(&'static str, Tally)>,
    /// Grouping of the documents that the labels place: B-cubed precision, recall and F1 (Bagga & Baldwin 1998), mean over
    /// documents.
    pub grouping: Option<[f64; 3]>,
    /// Findings by kind.
    pub kinds: BTreeMap<FindingKind, Kind>,
    /// Findings that accuse, by confidence.
    pub calibration: Vec<Bin>,
    /// Expected calibration error of these findings (Naeini et al. 2015): mean distance of confidence and share listed.
    pub calibration_error: Option<f64>,
}

/// Ranges of confidence.
const BINS: [f64; 6] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9];

impl Score {
    /// The figures over all outcomes.
    #[must_use]
    pub fn new(outcomes: &[Outcome]) -> Score {
        let tally = |area: Area| {
            let all = outcomes.iter().map(|o| o.tally(area));
            all.fold(Tally::default(), |t, (met, of)| Tally { met: t.met + met, of: t.of + of })
        };
        let calibration = calibration(outcomes);
        Score {
            n_cases: outcomes.len(),
            areas: Area::ALL.iter().map(|a| (a.name(), tally(*a))).collect(),
            grouping: grouping(outcomes),
            kinds: kinds(outcomes),
            calibration_error: calibration_error(&calibration),
            calibration,
        }
    }

    /// The figures as a table for people.
    #[must_use]
    pub fn table(&self) -> String {
        let mut out = format!(
            "{} labelled piles\n\n{:<20} {:>6} {:>6} {:>7}\n",
            self.n_cases, "", "met", "of", "share"
        );
        let share = |t: &Tally| t.share().map_or_else(|| "-".to_owned(), |s| format!("{s:.3}"));
        for (name, tally) in &self.areas {
            out += &format!("{name:<20} {:>6} {:>6} {:>7}\n", tally.met, tally.of, share(tally));
        }
        if let Some([precision, recall, f1]) = self.grouping {
            out +=
                &format!("\ngrouping, B-cubed: precision {precision:.3}, recall {recall:.3}, F1 {f1:.3}\n");
        }
        out += &format!(
            "\n{:<20} {:>6} {:>6} {:>7}   {:>8} {:>7} {:>7}\n",
            "findings", "found", "due", "recall", "reported", "listed", "share"
        );
        for (kind, k) in &self.kinds {
            let (recall, listed) = (share(&k.due), share(&k.reported));
            out += &format!(
                "{:<20} {:>6} {:>6} {recall:>7}   ",
                super::check::serde_name(kind),
                k.due.met,
                k.due.of
            );
            out += &match k.reported.of {
                0 => "       -       -       -\n".to_owned(),
                n => format!("{n:>8} {:>7} {listed:>7}\n", k.reported.met),
            };
        }
        if let Some(error) = self.calibration_error {
            out += &format!("\n{:<20} {:>8} {:>7} {:>7}\n", "confidence", "reported", "listed", "share");
            for bin in &self.calibration {
                let (n, met, s) = (bin.listed.of, bin.listed.met, share(&bin.listed));
                out += &format!(
                    "{:<20} {n:>8} {met:>7} {s:>7}\n",
                    format!("from {:.1}, mean {:.2}", bin.from, bin.confidence)
                );
            }
            out += &format!("expected calibration error {error:.3}\n");
        }
        out
    }
}

/// B-cubed over the documents that the labels place; a document of another pile is never together with them.
fn grouping(outcomes: &[Outcome]) -> Option<[f64; 3]> {
    let (mut precision, mut recall, mut n) = (0.0, 0.0, 0.0);
    for pile in outcomes.iter().map(|o| &o.placed) {
        for (event, story) in pile {
            let both = pile.iter().filter(|(e, s)| e == event && s == story).count() as f64;
            precision += both / pile.iter().filter(|(_, s)| s == story).count() as f64;
            recall += both / pile.iter().filter(|(e, _)| e == event).count() as f64;
            n += 1.0;
        }
    }
    let (p, r) = (precision / n, recall / n);
    (n > 0.0).then(|| [p, r, 2.0 * p * r / (p + r).max(f64::MIN_POSITIVE)])
}

fn kinds(outcomes: &[Outcome]) -> BTreeMap<FindingKind, Kind> {
    let mut kinds: BTreeMap<FindingKind, Kind> = BTreeMap::new();
    for (kind, is_found) in outcomes.iter().flat_map(|o| &o.due) {
        let due = &mut kinds.entry(*kind).or_default().due;
        due.of += 1;
        due.met += usize::from(*is_found);
    }
    for judged in outcomes.iter().flat_map(|o| &o.judged) {
        let reported = &mut kinds.entry(judged.kind).or_default().reported;
        reported.of += 1;
        reported.met += usize::from(judged.is_listed);
    }
    kinds
}

fn calibration(outcomes: &[Outcome]) -> Vec<Bin> {
    let of = |from: f64, until: f64| {
        let inside = outcomes.iter().flat_map(|o| &o.judged);
        let inside: Vec<_> = inside.filter(|j| j.confidence >= from && j.confidence < until).collect();
        let n = inside.len();
        (n > 0).then(|| Bin {
            from,
            confidence: inside.iter().map(|j| j.confidence).sum::<f64>() / n as f64,
            listed: Tally { met: inside.iter().filter(|j| j.is_listed).count(), of: n },
        })
    };
    let ends = BINS.iter().skip(1).copied().chain([f64::INFINITY]);
    BINS.iter().zip(ends).filter_map(|(from, until)| of(*from, until)).collect()
}

fn calibration_error(bins: &[Bin]) -> Option<f64> {
    let n: usize = bins.iter().map(|b| b.listed.of).sum();
    let miss = |b: &Bin| b.listed.share().map_or(0.0, |s| (s - b.confidence).abs() * b.listed.of as f64);
    (n > 0).then(|| bins.iter().map(miss).sum::<f64>() / n as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::gold::Judged;

    fn outcome(placed: &[(usize, Option<usize>)], judged: &[(f64, bool)]) -> Outcome {
        let judged = judged.iter().map(|&(confidence, is_listed)| Judged {
            kind: FindingKind::Conflict,
            confidence,
            score: confidence,
            sort: "conflict",
            is_listed,
        });
        Outcome { placed: placed.to_vec(), judged: judged.collect(), ..Outcome::default() }
    }

    #[test]
    fn documents_of_one_event_in_one_story_are_grouped_well() {
        let [p, r, _] =
            Score::new(&[outcome(&[(0, Some(0)), (0, Some(0)), (1, Some(1))], &[])]).grouping.unwrap();
        assert!((p - 1.0).abs() < 1e-9 && (r - 1.0).abs() < 1e-9);
        let [p, r, _] =
            Score::new(&[outcome(&[(0, Some(0)), (0, Some(1)), (1, Some(1))], &[])]).grouping.unwrap();
        assert!((p - 2.0 / 3.0).abs() < 1e-9 && (r - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(Score::new(&[]).grouping, None);
    }

    #[test]
    fn confidence_is_held_against_what_is_listed() {
        let score = Score::new(&[outcome(&[], &[(0.75, true), (0.75, false), (0.95, true)])]);
        let error = score.calibration_error.unwrap();
        assert!((error - (2.0 * 0.25 + 0.05) / 3.0).abs() < 1e-9, "{error}");
        assert_eq!(score.kinds[&FindingKind::Conflict].reported, Tally { met: 2, of: 3 });
        assert!(score.table().contains("expected calibration error"));
    }
}
