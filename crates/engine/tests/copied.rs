//! What a reworded copy changed: findings on a report and its rewording, sentence by sentence.
#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use variorum::{Options, Page};
use variorum_schema::{FindingKind, Media};

const REPORT: &str = "Gate of Olm lock breaks\n\nMay 6, 2031\n\nOLM (Dial) - The lower gate of the lock at Olm broke on Tuesday under a \
    drifting barge, and eleven boats were washed downstream, lock keeper Ines Roe said.\n\nThe barge was pushed eastwards by the current, \
    towards the weir. Its skipper, Jan Tebb, jumped ashore before it struck.\n\nThe council rejected a request by the rowing club to \
    close the river. Boats that pass after 10 p.m. must carry two lamps.\n\nThe club's coach, Bernt Oak, said that four boats were \
    lost. Repairs will cost 340,000 crowns and last until autumn.\n";
/// The same, reworded, with gaps for what may be changed.
const REWORDED: &str = "Lock gate at Olm gives way\n\nMay 6, 2031\n\nOn Tuesday a barge adrift broke the lower gate of the Olm lock, sweeping \
    eleven boats down the river, according to lock keeper Ines Roe.\n\nThe current pushed the barge {way} in the direction of the weir. \
    Jan Tebb, its skipper, leapt to the bank before it hit.\n\nA request by the rowing club to close the river was {answer} by the \
    council. Two lamps must be carried by boats that pass {side} 10 p.m.\n\nBernt Oak, {office} of the club, stated that four boats had \
    been lost. The repairs are to cost 340,000 crowns and take until autumn.\n";

/// The words on the copy's side of what it is said to have changed.
fn changed(way: &str, answer: &str, side: &str, office: &str) -> Vec<String> {
    let copy = REWORDED.replace("{way}", way).replace("{answer}", answer).replace("{side}", side);
    let copy = copy.replace("{office}", office);
    let page = |name: &str, text: &str| Page { media: Media::Text, ..Page::new(name, text) };
    let pages = vec![page("a.txt", REPORT), page("b.txt", &copy)];
    let (report, _) = variorum::collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    assert_eq!(report.stories.first().unwrap().copies.len(), 1);
    let findings = report.stories.iter().flat_map(|s| &s.findings);
    let corrupted = findings.filter(|f| f.kind == FindingKind::CorruptedCopy);
    corrupted.map(|f| f.sides.last().unwrap().label.clone()).collect()
}

#[test]
fn contraries_are_found_wherever_they_stand() {
    assert_eq!(changed("eastwards", "rejected", "after", "coach"), Vec::<String>::new());
    for (way, answer, side, office, expected) in [
        ("westwards", "rejected", "after", "coach", "westwards"),
        ("eastwards", "upheld", "after", "coach", "upheld"),
        ("eastwards", "rejected", "before", "coach", "before"),
        ("eastwards", "rejected", "after", "chairman", "chairman"),
    ] {
        let found = changed(way, answer, side, office);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{expected}: {found:?}");
    }
    // other words for the same
    assert_eq!(changed("eastward", "turned down", "after", "trainer"), Vec::<String>::new());
}

/// What was taken over sentence by sentence in another order, between sentences of the copyist's own, is a copy; the same number of
/// sentences that somebody said or posted is none.
#[test]
fn sentences_in_another_order_are_copied_too() {
    let taken = [
        "The lower gate of the lock at Olm broke on Tuesday under a drifting barge that nobody had moored.",
        "Eleven boats were washed downstream as far as the paper mill, and two of them sank in the pool below it.",
        "The rowing club had asked the council in January to close the river whenever the upper sluice stands open.",
        "Repairs will cost 340,000 crowns and last until autumn, since the hinges must be cast in Vessby.",
    ];
    let own = [
        "A heron sat on the wreck all day.",
        "Ines Roe, who keeps the lock, has not slept since.",
        "Children sold lemonade to those who came to look.",
        "An insurer sent a man with a camera and a folding rule.",
        "Old people here remember the flood of their youth, which took a chapel.",
        "Swimming is forbidden until further notice.",
    ];
    for (form, expected) in [("{}", 1), ("“{}”", 0), ("{} — Ines Roe (@inesroe) May 6, 2031", 0)] {
        let wrap = |line: &str| form.replace("{}", line);
        let first = taken.map(wrap).join("\n\n");
        let second = [3, 1, 0, 2].map(|n| format!("{}\n\n{}", own[n], wrap(taken[n]))).join("\n\n");
        let first = format!("Gate of Olm lock breaks\n\nMay 6, 2031\n\n{first}\n\n{}\n", own[5]);
        let second = format!("Olm without a gate\n\nMay 6, 2031\n\n{second}\n\n{}\n", own[4]);
        let page = |name: &str, text: &str| Page { media: Media::Text, ..Page::new(name, text) };
        let pages = vec![page("a.txt", &first), page("b.txt", &second)];
        let mut options = Options { threads: 1, ..Options::default() };
        options.collate.one_story = true;
        let (report, _) = variorum::collate(pages, &options, &|_| {});
        assert_eq!(report.stories.first().unwrap().copies.len(), expected, "{second}");
    }
}
