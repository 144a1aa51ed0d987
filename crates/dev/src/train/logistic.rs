//! Logistic regression with a quadratic penalty, by Newton's method: exact, deterministic, for a few dozen features.

/// Weights that make the labels likeliest. The first feature is the constant and is not penalised.
pub(crate) fn fit(rows: &[(Vec<f64>, bool, f64)], penalty: f64) -> Vec<f64> {
    let n = rows.first().map_or(0, |r| r.0.len());
    let mut weights = vec![0.0; n];
    for _ in 0..40 {
        let mut gradient = vec![0.0; n];
        let mut curvature = vec![vec![0.0; n]; n];
        for (features, is_one, importance) in rows {
            let sum: f64 = weights.iter().zip(features).map(|(w, f)| w * f).sum();
            let p = 1.0 / (1.0 + (-sum).exp());
            let miss = importance * (f64::from(u8::from(*is_one)) - p);
            let slope = importance * (p * (1.0 - p)).max(1e-9);
            for i in (0..n).filter(|i| features[*i] != 0.0) {
                gradient[i] += miss * features[i];
                for j in (0..=i).filter(|j| features[*j] != 0.0) {
                    curvature[i][j] += slope * features[i] * features[j];
                }
            }
        }
        for i in 0..n {
            let own = if i == 0 { 1e-6 } else { penalty };
            gradient[i] -= own * weights[i];
            curvature[i][i] += own;
            for j in 0..i {
                curvature[j][i] = curvature[i][j];
            }
        }
        let step = solve(curvature, gradient);
        let size = step.iter().map(|s| s * s).sum::<f64>().sqrt();
        weights.iter_mut().zip(&step).for_each(|(w, s)| *w += s * (4.0 / size).min(1.0));
        if size < 1e-9 {
            break;
        }
    }
    weights
}

/// Features behind a constant 1, as [`fit`] takes them.
pub(crate) fn with_constant(features: &[f64]) -> Vec<f64> {
    std::iter::once(1.0).chain(features.iter().copied()).collect()
}

/// Solves a symmetric system by elimination with pivots.
fn solve(mut a: Vec<Vec<f64>>, mut b: Vec<f64>) -> Vec<f64> {
    let n = b.len();
    for i in 0..n {
        let pivot = (i..n).max_by(|p, q| a[*p][i].abs().total_cmp(&a[*q][i].abs())).unwrap_or(i);
        a.swap(i, pivot);
        b.swap(i, pivot);
        for k in i + 1..n {
            let factor = a[k][i] / a[i][i];
            if factor != 0.0 {
                let (above, below) = a.split_at_mut(k);
                below[0][i..].iter_mut().zip(&above[i][i..]).for_each(|(x, y)| *x -= factor * y);
                b[k] -= factor * b[i];
            }
        }
    }
    for i in (0..n).rev() {
        let known: f64 = (i + 1..n).map(|k| a[i][k] * b[k]).sum();
        b[i] = (b[i] - known) / a[i][i];
    }
    b
}

/// A model as it is stored: a comment, then a line for each weight.
pub(crate) fn write(head: &str, names: &[&str], weights: &[f64], rest: &[(&str, f64)]) -> Vec<u8> {
    let mut out: String = head.lines().map(|l| format!("# {l}\n")).collect();
    for (name, weight) in names.iter().copied().zip(weights.iter().copied()).chain(rest.iter().copied()) {
        out.push_str(&format!("{name}\t{weight:.3}\n"));
    }
    out.into_bytes()
}

#[cfg(test)]
mod tests {
    use super::fit;

    #[test]
    fn a_feature_that_decides_gets_the_weight() {
        let row = |x: f64, is_one: bool| (vec![1.0, x, 0.5], is_one, 1.0);
        let rows = vec![row(0.0, false), row(0.2, false), row(0.9, true), row(1.0, true), row(0.5, true)];
        let weights = fit(&rows, 0.1);
        assert!(weights[1] > 1.0 && weights[2].abs() < 0.5, "{weights:?}");
    }
}
