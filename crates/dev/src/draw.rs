//! `variorum-dev draw`: findings of a report drawn at random, for an editor to judge.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::ExitCode;

use variorum::verify;
use variorum_collate::finding::confidence::{FEATURE, SURE};
use variorum_schema::{Finding, FindingKind, Report};

/// Draws findings of a report at random, the same for the same seed.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A `report.json`, or the folder that holds it.
    report: PathBuf,
    /// How many.
    #[arg(long, default_value_t = 60)]
    n: usize,
    /// Any number: another one draws others.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Also what one origin alone states, which claims nothing but that.
    #[arg(long)]
    single_origin: bool,
    /// Only what a report shows by default, not what it sets apart to be checked.
    #[arg(long)]
    shown: bool,
    /// Instead, the rows of this table of judgements (finding, fields, "right" or "wrong") whose findings the report holds, as
    /// `train confidence` reads them: pile, finding, sort, score, judgement.
    #[arg(long)]
    judged: Option<PathBuf>,
    /// The name of the pile in those rows.
    #[arg(long, default_value = "pile")]
    pile: String,
}

pub(crate) fn run(args: &Args) -> ExitCode {
    let file = if args.report.is_dir() { args.report.join("report.json") } else { args.report.clone() };
    let report = match verify::load(&file) {
        Ok(report) => report,
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::FAILURE;
        }
    };
    if let Some(table) = &args.judged {
        return match std::fs::read_to_string(table) {
            Ok(text) => {
                print!("{}", rows(&report, &text, &args.pile));
                ExitCode::SUCCESS
            }
            Err(error) => {
                eprintln!("error: {}: {error}", table.display());
                ExitCode::FAILURE
            }
        };
    }
    for (n, finding) in drawn(&report, args).into_iter().enumerate() {
        print!("{}", told(n + 1, finding, &report));
    }
    ExitCode::SUCCESS
}

/// The judgements of a table for the findings that a report holds, with the sort and the score of each.
fn rows(report: &Report, table: &str, pile: &str) -> String {
    let all = report.stories.iter().flat_map(|s| &s.findings);
    let by_id: BTreeMap<&str, &Finding> = all.map(|f| (f.id.as_str(), f)).collect();
    let row = |line: &str| {
        let mut fields = line.split('\t');
        let finding = by_id.get(fields.next()?)?;
        let judgement = fields.find(|f| matches!(*f, "right" | "wrong"))?;
        let scored = finding.why.iter().find(|w| w.name == FEATURE)?;
        let sort = scored.note.split_once('(')?.1.split_once(')')?.0;
        Some(format!("{pile}\t{}\t{sort}\t{}\t{judgement}\n", finding.id, scored.value))
    };
    table.lines().filter_map(row).collect()
}

/// Findings in the order of the seed, one of each kind in turn: the rare kinds that accuse are judged, and not only the common
/// ones.
fn drawn<'a>(report: &'a Report, args: &Args) -> Vec<&'a Finding> {
    let all = report.stories.iter().flat_map(|s| &s.findings);
    let mut all: Vec<&Finding> =
        all.filter(|f| args.single_origin || f.kind != FindingKind::SingleOrigin).collect();
    all.retain(|f| !args.shown || f.confidence >= SURE);
    all.sort_by_key(|f| (order(args.seed, &f.id), f.id.clone()));
    let mut n_of_kind: BTreeMap<FindingKind, usize> = BTreeMap::new();
    let mut in_turn: Vec<(usize, FindingKind, &Finding)> = Vec::new();
    for finding in all {
        let turn = n_of_kind.entry(finding.kind).or_insert(0);
        in_turn.push((*turn, finding.kind, finding));
        *turn += 1;
    }
    in_turn.sort_by_key(|t| (t.0, t.1));
    in_turn.into_iter().take(args.n).map(|t| t.2).collect()
}

/// Accounts whose sentence is shown for each finding.
const MAX_SHOWN: usize = 4;

/// Where a finding stands in the order of a seed.
fn order(seed: u64, id: &str) -> u64 {
    let mut hash = seed ^ 0xcbf2_9ce4_8422_2325;
    for byte in id.bytes() {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    hash
}

fn told(n: usize, finding: &Finding, report: &Report) -> String {
    let name = |id: &str| {
        let document = report.documents.iter().find(|d| d.id == id);
        document.map_or_else(String::new, |d| d.outlet.clone().unwrap_or_else(|| d.name.clone()))
    };
    let mut out =
        format!("{n}. {} {}\n   {}\n", format_args!("{:?}", finding.kind), finding.id, finding.message);
    let mut seen = Vec::new();
    for evidence in finding.sides.iter().flat_map(|s| &s.evidence) {
        if seen.contains(&&evidence.document) || seen.len() == MAX_SHOWN {
            continue;
        }
        seen.push(&evidence.document);
        out += &format!("   - {}: {}\n", name(&evidence.document), evidence.text.replace('\n', " "));
    }
    out
}
