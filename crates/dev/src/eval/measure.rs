//! The measures that several tasks share.

/// Pearson's correlation of two lists of equal length; 0 where one does not vary.
pub(super) fn pearson(xs: &[f64], ys: &[f64]) -> f64 {
    let n = xs.len().max(1) as f64;
    let (mx, my) = (xs.iter().sum::<f64>() / n, ys.iter().sum::<f64>() / n);
    let (mut xy, mut xx, mut yy) = (0.0, 0.0, 0.0);
    for (x, y) in xs.iter().zip(ys) {
        xy += (x - mx) * (y - my);
        xx += (x - mx) * (x - mx);
        yy += (y - my) * (y - my);
    }
    if xx * yy > 0.0 { xy / (xx * yy).sqrt() } else { 0.0 }
}

/// Average precision of a ranking, highest score first; ties count at their mean place by the order given.
pub(super) fn average_precision(scored: &[(f64, bool)]) -> f64 {
    let mut ranked = scored.to_vec();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut hits, mut sum) = (0.0, 0.0);
    for (n, (_, is_gold)) in ranked.iter().enumerate() {
        if *is_gold {
            hits += 1.0;
            sum += hits / (n + 1) as f64;
        }
    }
    if hits > 0.0 { sum / hits } else { 0.0 }
}

/// Hits, found and gold where everything from `threshold` on is found.
pub(super) fn counts_at(scored: &[(f64, bool)], threshold: f64) -> (usize, usize, usize) {
    let found = scored.iter().filter(|s| s.0 >= threshold).count();
    let hits = scored.iter().filter(|s| s.0 >= threshold && s.1).count();
    (hits, found, scored.iter().filter(|s| s.1).count())
}

/// The best F1 over all thresholds: what an oracle would set.
pub(super) fn best_f1(scored: &[(f64, bool)]) -> f64 {
    let mut ranked = scored.to_vec();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    let gold = ranked.iter().filter(|s| s.1).count();
    let (mut hits, mut best) = (0usize, 0.0f64);
    for (n, (_, is_gold)) in ranked.iter().enumerate() {
        hits += usize::from(*is_gold);
        best = best.max(2.0 * hits as f64 / (n + 1 + gold).max(1) as f64);
    }
    best
}

/// Harmonic mean.
pub(super) fn f1(precision: f64, recall: f64) -> f64 {
    if precision + recall > 0.0 { 2.0 * precision * recall / (precision + recall) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::{average_precision, best_f1, counts_at, pearson};

    #[test]
    fn known_values() {
        assert!((pearson(&[1.0, 2.0, 3.0], &[2.0, 4.0, 6.0]) - 1.0).abs() < 1e-12);
        assert_eq!(pearson(&[1.0, 1.0], &[2.0, 4.0]), 0.0);
        let ranked = [(0.9, true), (0.8, false), (0.7, true), (0.1, false)];
        assert!((average_precision(&ranked) - (1.0 + 2.0 / 3.0) / 2.0).abs() < 1e-12);
        assert!((best_f1(&ranked) - 0.8).abs() < 1e-12);
        assert_eq!(counts_at(&ranked, 0.75), (1, 2, 2));
    }
}
