//! Pronouns: F1 of "does this pronoun mean this name?" on GAP (Webster et al. 2018), as its scorer counts.

use std::path::Path;

use variorum_schema::{Annotations, MentionForm};

use super::{Outcome, corpus};

/// Scores every TSV file under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut sums = [[0usize; 3]; 3];
    let mut rows = 0;
    for file in corpus::files(path, &[".tsv"])? {
        for line in corpus::text(&file)?.lines().skip(1) {
            let fields: Vec<&str> = line.split('\t').collect();
            if fields.len() >= 10 {
                rows += 1;
                row(&fields, &mut sums, &mut outcome.errors);
            }
        }
    }
    let total = [0, 1, 2].map(|i| sums[0][i] + sums[1][i]);
    outcome.prf("", total[0], total[1], total[2]);
    outcome.prf("masculine", sums[0][0], sums[0][1], sums[0][2]);
    outcome.prf("feminine", sums[1][0], sums[1][1], sums[1][2]);
    outcome.figure("resolved", sums[2][0] as f64);
    outcome.figure("rows", rows as f64);
    Ok(outcome)
}

/// Adds one row: hits, found and gold for each gender.
fn row(fields: &[&str], sums: &mut [[usize; 3]; 3], errors: &mut Vec<String>) {
    let text = fields[1];
    let at = |chars: &str| {
        let n: usize = chars.parse().unwrap_or(0);
        text.char_indices().nth(n).map_or(text.len(), |(byte, _)| byte)
    };
    let annotations = variorum_annotate::annotate(&corpus::document(text));
    let pronoun = at(fields[3]);
    let entity = entity_at(&annotations, pronoun, pronoun + fields[2].len(), true);
    sums[2][0] += usize::from(entity.is_some());
    let gender = usize::from(matches!(fields[2].to_lowercase().as_str(), "she" | "her" | "hers"));
    let mut wrong = false;
    let mut seen_as = String::new();
    for (name, offset, gold) in [(fields[4], fields[5], fields[6]), (fields[7], fields[8], fields[9])] {
        let start = at(offset);
        let ours = entity.is_some() && entity_at(&annotations, start, start + name.len(), false) == entity;
        let gold = gold.eq_ignore_ascii_case("true");
        sums[gender][0] += usize::from(ours && gold);
        sums[gender][1] += usize::from(ours);
        sums[gender][2] += usize::from(gold);
        wrong |= ours != gold;
        if gold && !ours {
            seen_as = entity_at(&annotations, start, start + name.len(), false)
                .and_then(|e| annotations.entities.get(e as usize))
                .map_or("nothing".into(), |e| format!("{:?} {:?} {}", e.kind, e.gender, e.name));
        }
    }
    if wrong {
        let name = entity.and_then(|e| annotations.entities.get(e as usize)).map_or("-", |e| e.name.as_str());
        let (a, b) = (at(fields[5]).min(pronoun), (pronoun + 30).min(text.len()));
        let (a, b) =
            (a.min(at(fields[8])), (b..=text.len()).find(|&b| text.is_char_boundary(b)).unwrap_or(a));
        let snippet = text.get(a..b).unwrap_or("");
        errors.push(format!(
            "{} {}={} {}={} ours={name} gold-is={seen_as} | {} @ {snippet}",
            fields[0], fields[4], fields[6], fields[7], fields[9], fields[2]
        ));
    }
}

/// The entity of the mention that overlaps `start..end` the most.
fn entity_at(annotations: &Annotations, start: usize, end: usize, pronoun: bool) -> Option<u32> {
    annotations
        .mentions
        .iter()
        .filter(|m| (m.form == MentionForm::Pronoun) == pronoun)
        .filter(|m| (m.span.start as usize) < end && start < m.span.end as usize)
        .max_by_key(|m| (m.span.end as usize).min(end) - (m.span.start as usize).max(start))
        .map(|m| m.entity)
}
