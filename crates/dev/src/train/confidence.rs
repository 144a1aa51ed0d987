//! Fits how many findings of a sort, with a score from one band, are right: `crates/collate/data/confidence.txt`.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;

use variorum::Options;
use variorum::gold::{Case, folders};
use variorum_collate::finding::confidence::BANDS;

const HEAD: &str = "# How many findings of one sort, with a score from this one on, were right. Made by `variorum-dev train confidence`:
# findings that accuse, on the invented stories of tests/cases (right: listed by the labels), and findings on real news
# that were judged by hand (eval/judged.tsv). Shares are drawn towards that of their sort, and those of the sorts
# towards that of all; of a sort of which enough was judged on real news, the invented stories are left out. Fields: sort, from which score on, share, right, judged.
";
/// As many findings of all sorts stand beside those of a sort, and of the sort beside those of a band.
const PRIOR: f64 = 4.0;
/// So many findings of a sort on real news that were judged decide alone: a reader has real news before him, and the invented
/// stories are kinder.
const MIN_REAL: usize = 10;

/// So many judged findings make a band.
const MIN_BAND: f64 = 10.0;

/// A finding that was judged.
#[derive(Clone, Debug)]
struct Row {
    story: String,
    sort: String,
    score: f64,
    is_right: bool,
    is_real: bool,
}

/// Right ones, and all.
type Tally = (f64, f64);
/// For each sort, the tally and the share of every band.
type Table = BTreeMap<String, Vec<(Tally, f64)>>;

/// The file's bytes, and what the error is where each story is judged by the others.
pub(crate) fn train() -> Result<(Vec<u8>, String), String> {
    let mut rows = invented(Path::new("tests/cases"))?;
    let n_invented = rows.len();
    rows.extend(real(Path::new("eval/judged.tsv"))?);
    let table = fit(&rows.iter().collect::<Vec<_>>());
    let mut out = HEAD.to_owned();
    for (sort, bands) in &table {
        for (from, ((right, n), share)) in BANDS.iter().zip(bands) {
            // Writing to a string cannot fail.
            let _ = writeln!(out, "{sort}\t{from}\t{share:.2}\t{right}\t{n}");
        }
    }
    let told = [("invented", &rows[..n_invented]), ("real", &rows[n_invented..]), ("all", &rows[..])].map(
        |(name, of)| format!("{name}: {} findings, calibration error {:.3}\n", of.len(), left_out(&rows, of)),
    );
    Ok((out.into_bytes(), told.concat()))
}

fn invented(root: &Path) -> Result<Vec<Row>, String> {
    let mut rows = Vec::new();
    for folder in folders(root).map_err(|e| e.to_string())? {
        let case = Case::read(&folder).map_err(|e| e.to_string())?;
        for judged in case.outcome(&Options::default()).judged {
            let (sort, score) = (judged.sort.to_owned(), judged.score);
            rows.push(Row {
                story: case.name.clone(),
                sort,
                score,
                is_right: judged.is_listed,
                is_real: false,
            });
        }
    }
    Ok(rows)
}

fn real(file: &Path) -> Result<Vec<Row>, String> {
    let text = std::fs::read_to_string(file).map_err(|e| format!("{}: {e}", file.display()))?;
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    let row = |line: &str| {
        let fields: Vec<&str> = line.split('\t').collect();
        let [pile, _, sort, score, right] = fields[..] else { return None };
        let (sort, score) = (sort.to_owned(), score.parse().ok()?);
        Some(Row { story: pile.to_owned(), sort, score, is_right: right == "right", is_real: true })
    };
    Ok(lines.filter_map(row).collect())
}

fn band_of(score: f64) -> usize {
    BANDS.iter().rposition(|from| score >= *from).unwrap_or(0)
}

/// Shares by sort and band: drawn towards the share of what stands above, and no smaller in a higher band.
fn fit(all: &[&Row]) -> Table {
    let mut n_real: BTreeMap<&str, usize> = BTreeMap::new();
    for row in all.iter().filter(|r| r.is_real) {
        *n_real.entry(&row.sort).or_insert(0) += 1;
    }
    let decides = |r: &Row| r.is_real || n_real.get(r.sort.as_str()).is_none_or(|n| *n < MIN_REAL);
    let rows: Vec<&Row> = all.iter().copied().filter(|r| decides(r)).collect();
    let tally = |of: &dyn Fn(&Row) -> bool| -> Tally {
        let own = rows.iter().filter(|r| of(r));
        own.fold((0.0, 0.0), |t, r| (t.0 + f64::from(u8::from(r.is_right)), t.1 + 1.0))
    };
    let drawn = |(right, n): Tally, towards: f64| (right + PRIOR * towards) / (n + PRIOR);
    let all = tally(&|_| true);
    let mut table = Table::new();
    for sort in rows.iter().map(|r| r.sort.clone()).collect::<std::collections::BTreeSet<_>>() {
        let own = drawn(tally(&|r| r.sort == sort), all.0 / all.1.max(1.0));
        let tallies = (0..BANDS.len()).map(|b| tally(&|r| r.sort == sort && band_of(r.score) == b));
        // neighbours that would turn the order about are one band, and so are those of which too few were judged
        let mut pools: Vec<(Tally, usize)> = Vec::new();
        for tally in tallies {
            pools.push((tally, 1));
            while let [.., (p, m), (q, n)] = pools[..]
                && (drawn(p, own) > drawn(q, own) || p.1.min(q.1) < MIN_BAND)
            {
                pools.truncate(pools.len() - 2);
                pools.push(((p.0 + q.0, p.1 + q.1), m + n));
            }
        }
        let bands = pools.iter().flat_map(|(t, n)| std::iter::repeat_n((*t, drawn(*t, own)), *n));
        table.insert(sort, bands.collect());
    }
    table
}

/// Expected calibration error over ten bins (Naeini et al. 2015) where each story, or pile, is told by the others.
fn left_out(all: &[Row], of: &[Row]) -> f64 {
    let mut bins: BTreeMap<u32, (f64, f64, f64)> = BTreeMap::new();
    let stories: std::collections::BTreeSet<&String> = of.iter().map(|r| &r.story).collect();
    for story in stories {
        let others: Vec<&Row> = all.iter().filter(|r| r.story != *story).collect();
        let table = fit(&others);
        for row in of.iter().filter(|r| r.story == *story) {
            let share = table.get(&row.sort).and_then(|b| b.get(band_of(row.score))).map_or(0.5, |b| b.1);
            let bin = bins.entry((share * 10.0) as u32).or_default();
            *bin = (bin.0 + share, bin.1 + f64::from(u8::from(row.is_right)), bin.2 + 1.0);
        }
    }
    let n: f64 = bins.values().map(|b| b.2).sum();
    bins.values().map(|(share, right, _)| (share - right).abs()).sum::<f64>() / n.max(1.0)
}
