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

/// The first paragraphs of the dated report under the day of another page.
#[test]
fn the_day_of_a_page_is_not_that_of_the_text_copied_to_it() {
    let excerpt = DATED.replace("May 7, 2031", "August 20, 2031").replace("SUND (Dial) - ", "");
    check(&excerpt, "2031-05-07", Some("2031-05-09"));
}

/// A form that was filled in again, with other numbers, keeps its day and stays a story of its own.
#[test]
fn a_form_filled_in_again_keeps_its_day() {
    let again = DATED
        .replace("May 7, 2031", "August 20, 2031")
        .replace("1911", "1934")
        .replace("Four boats", "Nine boats");
    let page = |name: &str, text: &str| Page { media: Media::Text, ..Page::new(name, text) };
    let pages = vec![page("dated.txt", DATED), page("again.txt", &again)];
    let (report, _) = variorum::collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    let published = &report.documents.iter().find(|d| d.name == "again.txt").unwrap().published;
    assert_eq!(published.value.map(|d| d.to_string()).as_deref(), Some("2031-08-20"));
    assert_eq!(report.stories.len(), 2);
}

#[test]
fn all_pages_are_one_story_where_whoever_gathered_them_says_so() {
    let page = |name: &str, text: &str| Page { media: Media::Text, ..Page::new(name, text) };
    let other =
        "Goats at the fair\n\nTwo goats won a prize at the fair of Olm, its steward said on Monday.\n";
    let pages = || vec![page("dated.txt", DATED), page("other.txt", other)];
    let mut options = Options { threads: 1, ..Options::default() };
    assert_eq!(variorum::collate(pages(), &options, &|_| {}).0.stories.len(), 2);
    options.collate.one_story = true;
    let (report, _) = variorum::collate(pages(), &options, &|_| {});
    assert_eq!(report.stories.len(), 1);
    assert_eq!(report.generator.options.get("one-story").map(String::as_str), Some("true"));
    assert!(variorum::collate(Vec::new(), &options, &|_| {}).0.stories.is_empty());
}
