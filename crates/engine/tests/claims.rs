//! Claims of independent accounts against one another: what conflicts, and what is explained away.

use variorum::{Options, Page, collate};
use variorum_schema::{Finding, FindingKind, FindingType, Media};

/// Two accounts of one invented event, by two reporters, in which only the last sentence is on trial.
fn found(x: &str, y: &str) -> Vec<Finding> {
    let a = format!(
        "Gas blast wrecks Tolvik cannery\n\nTOLVIK, 4 March 2031 - A gas explosion tore through the Halvor cannery in \
         Tolvik on Tuesday.\n\nForeman Arvid Brenn and manager Selma Quist were in the boiler house with twelve packers \
         when the blast came, said mayor Odd Ferrin.\n\n{x}\n"
    );
    let b = format!(
        "Explosion at the Halvor cannery\n\n4 March 2031\n\nWindows broke across Tolvik on Tuesday when gas exploded at \
         Halvor, which cans herring.\n\nAmong the people inside were Selma Quist, who manages the cannery, and the foreman, \
         Arvid Brenn. Mayor Odd Ferrin came at once. Twelve packers were on shift in the boiler house.\n\n{y}\n"
    );
    let page = |name: &str, text: String| Page { media: Media::Text, ..Page::new(name, text) };
    let pages = vec![page("ledger.txt", a), page("courier.txt", b)];
    let (report, _) = collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    report.stories.into_iter().flat_map(|s| s.findings).collect()
}

/// Rows: first account, second account, what is found (`None`: no disagreement at all).
type Row = (&'static str, &'static str, Option<(FindingKind, FindingType)>);

#[test]
fn what_conflicts_and_what_does_not() {
    use FindingKind::{Conflict, Disputed};
    use FindingType::{Negation, Outcome};
    let rows: [Row; 16] = [
        ("Brenn was killed on the spot.", "Firemen found Brenn alive under a bench.", Some((Conflict, Outcome))),
        ("Brenn died in the ambulance.", "Arvid Brenn survived with a broken wrist.", Some((Conflict, Outcome))),
        // two people
        ("Brenn was killed on the spot.", "Quist survived with a broken wrist.", None),
        // a time long before
        ("Brenn was killed on the spot.", "In 2019 Brenn survived a fall from the roof.", None),
        // a plan, a question, a condition
        ("Quist resigned in the evening.", "Was Quist dismissed? Nobody in the yard could tell.", None),
        ("Quist resigned in the evening.", "Quist may be dismissed if the inquiry finds a fault.", None),
        ("Quist resigned in the evening.", "The owners dismissed Quist in the evening.", Some((Conflict, Outcome))),
        // an account that has both
        (
            "The owners dismissed Quist, according to the union. Quist resigned, the owners say.",
            "The owners dismissed Quist in the evening.",
            None,
        ),
        (
            "The cannery passed its gas inspection in January.",
            "The cannery failed the gas inspection in January.",
            Some((Conflict, Outcome)),
        ),
        // another test
        (
            "The cannery passed its gas inspection in January.",
            "The cannery failed a hygiene audit in January.",
            None,
        ),
        // words that are not known to exclude one another
        ("The evening concert was cancelled.", "The evening concert was cut short.", None),
        (
            "Ferrin evacuated the harbour school.",
            "Ferrin did not evacuate the harbour school.",
            Some((Conflict, Negation)),
        ),
        // for the moment only
        ("Ferrin evacuated the harbour school.", "Ferrin did not immediately evacuate the harbour school.", None),
        // another thing
        ("Ferrin evacuated the harbour school.", "Ferrin did not evacuate the customs house.", None),
        (
            "Ferrin said that the night shift had been lawful. “The night shift was illegal,” said the inspector, Maud Lorne.",
            "The gas was shut off by noon.",
            Some((Disputed, Outcome)),
        ),
        ("", "“", None),
    ];
    let is_disagreement = |f: &&Finding| {
        matches!(f.kind, Conflict | Disputed | FindingKind::Revised | FindingKind::SelfContradiction)
    };
    let mut failed = Vec::new();
    for (x, y, want) in rows {
        let all = found(x, y);
        let got: Vec<_> =
            all.iter().filter(is_disagreement).map(|f| (f.kind, f.finding_type, f.message.clone())).collect();
        let is_right = match want {
            None => got.is_empty(),
            Some((kind, of)) => got.len() == 1 && got[0].0 == kind && got[0].1 == Some(of),
        };
        if !is_right {
            failed.push(format!("{x}\n  {y}\n  wanted {want:?}\n  got {got:?}"));
        }
    }
    assert!(failed.is_empty(), "{} of {} wrong\n{}", failed.len(), rows.len(), failed.join("\n"));
}
