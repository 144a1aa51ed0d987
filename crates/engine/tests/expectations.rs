//! What one account announces, and what a later one says became of it.

use variorum::{Options, Page, collate};
use variorum_schema::{FindingKind, FindingType, Media};

/// What was found of an announcement of 4 March, told of three days later.
fn followed_up(announced: &str, reported: &str) -> Vec<FindingType> {
    let first = format!(
        "Lorn fair in doubt\n\n4 March 2031\n\nThe river Lorn has risen by two metres in the town of Haldern since Monday.\n\n\
         Mayor Ketil Aasen and engineer Runa Dahlby came to the bank of the Lorn at once.\n\n{announced}\n"
    );
    let second = format!(
        "Water in Haldern\n\n7 March 2031\n\nThe Lorn stands in the cellars of Haldern, two metres above its usual level.\n\n\
         Runa Dahlby, the engineer, had warned of it; Ketil Aasen, who is mayor, had not.\n\n{reported}\n"
    );
    let page = |name: &str, text: String| Page { media: Media::Text, ..Page::new(name, text) };
    let pages = vec![page("ledger.txt", first), page("courier.txt", second)];
    let (report, _) = collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    assert_eq!(report.stories.len(), 1, "{announced}");
    let findings = report.stories.into_iter().flat_map(|s| s.findings);
    findings
        .filter(|f| f.kind == FindingKind::ExpectedHappened)
        .filter(|f| f.sides.len() > 1)
        .filter_map(|f| f.finding_type)
        .collect()
}

#[test]
fn announcements_are_followed_up() {
    use FindingType::{Met, Unmet};
    for (announced, reported, expected) in [
        (
            "The spring festival on Church Square will take place on Friday.",
            "The spring festival was cancelled at nine.",
            &[Unmet][..],
        ),
        (
            "Aasen will address the council of fishermen on Thursday.",
            "An address to the council was put off, nobody knew why.",
            &[],
        ),
        // another fair, a question, what one person does
        (
            "The spring festival on Church Square will take place on Friday.",
            "The bakers' market was cancelled at nine.",
            &[],
        ),
        (
            "Will the spring festival on Church Square take place on Friday?",
            "The spring festival was cancelled at nine.",
            &[],
        ),
        (
            "Dahlby will vote on Thursday against the fishermen's plan.",
            "The fishermen's vote was delayed.",
            &[],
        ),
        // whoever is set beside an office does what it does
        (
            "Dahlby said that she would appeal within a week.",
            "His engineer, Runa Dahlby, lodged her appeal with the Court of Appeal on Thursday.",
            &[Met],
        ),
    ] {
        assert_eq!(followed_up(announced, reported), expected, "{announced} | {reported}");
    }
}
