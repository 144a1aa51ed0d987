//! Days of undated pages, concluded from the others of their story.
#![allow(clippy::unwrap_used, reason = "a test stops where its own set-up fails")]

use variorum::{Options, Page};
use variorum_schema::Media;

const DATED: &str = "Pier of Sund falls into the sea\n\nMay 7, 2031\n\nSUND (Dial) - The old pier of Sund fell into the \
    sea on Tuesday, harbour master Ines Roe said. Nobody stood on it.\n\nThe pier was built in 1911 and had been closed \
    to visitors since March. Roe said that the timber would be sold.\n\nFour boats of the Sund rowing club were lost.\n";
const LATER: &str = "Timber of Sund pier is sold\n\nMay 12, 2031\n\nThe timber of the pier of Sund, which fell into the \
    sea last week, went to a joiner in Olm, harbour master Ines Roe said.\n\nThe Sund rowing club, which lost four boats, \
    gets a share.\n";

/// The day concluded for a page beside two dated reports of the same fall of a pier, with the end of the interval.
#[track_caller]
fn check(undated: &str, day: &str, until: Option<&str>) {
    let page = |name: &str, text: &str| Page { media: Media::Text, ..Page::new(name, text) };
    let pages = vec![page("dated.txt", DATED), page("later.txt", LATER), page("undated.txt", undated)];
    let (report, _) = variorum::collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    assert_eq!(report.stories.len(), 1, "{undated}");
    let published = &report.documents.iter().find(|d| d.name == "undated.txt").unwrap().published;
    let told = |d: Option<_>| d.map(|d: jiff::civil::Date| d.to_string());
    assert_eq!(
        (told(published.value).as_deref(), told(published.until).as_deref()),
        (Some(day), until),
        "{undated}"
    );
}

const BODY: &str = "The old pier of Sund is gone. Harbour master Ines Roe saw it fall into the sea, and four boats of the \
    rowing club with it.\n\n\"It sighed like a cow,\" said Roe, who will sell the timber.\n";

#[test]
fn a_weekday_at_the_head_chooses_among_the_days_of_the_story() {
    for head in ["Wednesday. Words: Ann Lee", "By Ann Lee, Wednesday", "The Sund Wave | Wednesday edition"] {
        check(&format!("A pier no more\n\n{head}\n\n{BODY}"), "2031-05-07", None);
    }
}

#[test]
fn a_dateline_outweighs_the_days_that_others_name() {
    let head = "SUND, May 6 (Dial) - The old pier of Sund fell into the sea on Tuesday, harbour master Ines Roe said. \
                Nobody stood on it.\n\n";
    check(&format!("Pier of Sund falls\n\n{head}{BODY}"), "2031-05-06", None);
}

#[test]
fn a_copy_is_no_older_than_its_text() {
    let changed = DATED.replace("May 7, 2031\n\n", "").replace("Tuesday", "Monday");
    check(&changed, "2031-05-07", Some("2031-05-09"));
}
