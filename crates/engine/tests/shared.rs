//! The founding case, where it is at hand (`VARIORUM_SHARED`): the whole path gives the same bytes for any number of
//! threads, and every span that it reports holds.

use std::path::Path;

use variorum::{Options, ingest, report, verify};

#[test]
fn the_founding_case_holds() {
    let Some(shared) = std::env::var_os("VARIORUM_SHARED") else {
        println!("skipped: VARIORUM_SHARED is not set");
        return;
    };
    let ingested = ingest::read(&[Path::new(&shared).join("seeds")]);
    assert!(ingested.problems.is_empty(), "{:?}", ingested.problems);
    let collate =
        |threads, pages| variorum::collate(pages, &Options { threads, ..Options::default() }, &|_| {});
    let (report, texts) = collate(1, ingested.pages.clone());
    let (again, _) = collate(4, ingested.pages.into_iter().rev().collect());
    assert_eq!(report::json(&report), report::json(&again));
    if let Err(failure) = verify::report(&report, &texts) {
        panic!("{failure}");
    }
}
