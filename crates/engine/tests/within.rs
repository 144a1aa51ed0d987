//! Where one account contradicts its own headline or itself.

use variorum::{Options, Page, collate};
use variorum_schema::{FindingKind, Media};

/// The findings of a kind in one invented account: what each of its two sides points at.
fn found(title: &str, text: &str, kind: FindingKind) -> Vec<(String, String)> {
    let text = format!("{title}\n\nThe Vessby Ledger, 4 March 2031\n\n{text}\n");
    let page = Page { media: Media::Text, ..Page::new("ledger.txt", text) };
    let (report, _) = collate(vec![page], &Options { threads: 1, ..Options::default() }, &|_| {});
    let findings = report.stories.into_iter().flat_map(|s| s.findings);
    findings
        .filter(|f| f.kind == kind)
        .map(|f| (f.sides[0].label.clone(), f.sides[1].label.clone()))
        .collect()
}

/// Rows: headline, text, both sides of what is found (`None`: nothing).
type Row = (&'static str, &'static str, Option<(&'static str, &'static str)>);

fn check(rows: &[Row], kind: FindingKind) {
    for (title, text, expected) in rows {
        let found = found(title, text, kind);
        let expected: Vec<(String, String)> =
            expected.iter().map(|(x, y)| ((*x).to_owned(), (*y).to_owned())).collect();
        assert_eq!(found, expected, "{title} | {text}");
    }
}

#[test]
fn how_many_a_headline_tells_of() {
    let rows: [Row; 12] = [
        (
            "Twelve smugglers caught at Vessby ferry",
            "Customs officers had a good night in Vessby. On the ferry they caught eight suspected smugglers with 40 crates.",
            Some(("Twelve", "eight")),
        ),
        (
            "Nine goats stolen from Vessby farm",
            "Thieves stole six goats from a farm outside Vessby on Monday night. The farmer has nailed the gate shut.",
            Some(("Nine", "six")),
        ),
        (
            "8,000 flee Vessby marsh fire",
            "Some 5,000 people had to leave their homes around Vessby on Monday as the marsh burned.",
            Some(("8,000", "Some 5,000")),
        ),
        (
            "Toll of Vessby blast climbs to seven",
            "Five people have died in the blast at the Vessby mill, the hospital said on Monday.",
            Some(("seven", "Five")),
        ),
        // the text has it, as it is or as a sum
        (
            "Twelve smugglers caught at Vessby ferry",
            "On the ferry to Vessby officers caught eight smugglers on Monday. Four more were caught on the quay.",
            None,
        ),
        (
            "Twelve held in Vessby",
            "Police in Vessby held a dozen people on Monday, and four of them are minors.",
            None,
        ),
        // of others
        (
            "Twelve goats rescued from Vessby farm",
            "The fire brigade rescued eight horses and their goats from a burning farm near Vessby on Monday.",
            None,
        ),
        // of another act
        (
            "Twelve clerks dismissed in Vessby",
            "Eight clerks had complained of their chief to the town hall of Vessby before the letters came on Monday.",
            None,
        ),
        // a part
        (
            "Twelve clerks dismissed in Vessby",
            "The town hall of Vessby dismissed its clerks on Monday. Among those dismissed are eight clerks with children.",
            None,
        ),
        // read as a length of time
        (
            "Warehouse fire in Vessby kills three",
            "A fire in Vessby killed three night watchmen and hurt seven firefighters on Monday.",
            None,
        ),
        ("Hundreds flee Vessby marsh fire", "Some 500 people had to leave their homes around Vessby.", None),
        ("“1/2 ½ of 7", "7", None),
    ];
    check(&rows, FindingKind::HeadlineMismatch);
}

#[test]
fn a_headline_that_goes_further_than_its_text() {
    let rows: [Row; 13] = [
        (
            "Vessby abolishes parking fees",
            "The council of Vessby on Monday suspended its parking fees for the summer.",
            Some(("abolishes", "suspended")),
        ),
        (
            "Vessby council bans fireworks at New Year",
            "The council of Vessby failed to agree on fireworks rules for the winter on Monday.",
            Some(("bans", "failed to agree")),
        ),
        (
            "Library closed after flood",
            "Water got into the cellar on Monday night. The library remains open, the town says.",
            Some(("closed", "remains open")),
        ),
        (
            "Former Vessby treasurer jailed for theft",
            "The former treasurer of Vessby was given a suspended sentence of 11 months on Monday.",
            Some(("jailed", "suspended sentence")),
        ),
        (
            "All four stolen paintings found",
            "Police in Vessby found one of the four stolen paintings in a barn on Monday. There is no trace of the other three.",
            Some(("All", "the other")),
        ),
        // the text says it too
        (
            "Vessby abolishes parking fees",
            "Vessby abolished its parking fees on Monday. They had been suspended in the summer.",
            None,
        ),
        // of another person
        (
            "Former Vessby treasurer jailed for theft",
            "The former treasurer of Vessby must go behind bars, a court ruled on Monday. His clerk Odd Lie was given a \
             suspended sentence.",
            None,
        ),
        // of another thing
        (
            "Vessby abolishes parking fees",
            "Nobody has to feed the meters of Vessby any more from Monday. Work on the bridge was suspended.",
            None,
        ),
        // what is to come
        (
            "Vessby to abolish parking fees",
            "The council of Vessby on Monday suspended its parking fees for the summer.",
            None,
        ),
        (
            "Ban on New Year fireworks in Vessby fails",
            "The council of Vessby failed to agree on fireworks on Monday.",
            None,
        ),
        // not done
        ("Library not closed after flood", "The library remains open, the town of Vessby says.", None),
        (
            "Library closed after flood",
            "The library was closed on Monday. The reading room will remain open.",
            None,
        ),
        ("All four stolen paintings found", "Police in Vessby found all four paintings on Monday.", None),
    ];
    check(&rows, FindingKind::HeadlineMismatch);
}

#[test]
fn a_number_taken_up_as_another() {
    let title = "Robbers raid the Vessby dairy at night";
    let rows: [Row; 6] = [
        (
            title,
            "Three masked men broke into the dairy of Vessby on Monday night. The four men drove off in a van.",
            Some(("Three", "four")),
        ),
        // of another number told of before
        (
            title,
            "Three men broke into the dairy of Vessby on Monday night. Four men waited in a van. The four men drove off first.",
            None,
        ),
        // the sum
        (
            title,
            "Three men broke into the dairy of Vessby on Monday night and met one more man. The four men drove off.",
            None,
        ),
        // some of them
        (
            title,
            "Three of the men who broke into the dairy of Vessby on Monday are known. The four men drove off.",
            None,
        ),
        // others
        (
            title,
            "Three men broke into the dairy of Vessby on Monday night. The four men who work there were asleep.",
            None,
        ),
        (title, "Three men broke into the dairy of Vessby on Monday night. The three men drove off.", None),
    ];
    check(&rows, FindingKind::SelfContradiction);
}
