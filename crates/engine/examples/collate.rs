//! The least that a library user needs: `cargo run --example collate -- PATH…`

use variorum::{Options, ingest};

fn main() {
    let paths: Vec<String> = std::env::args().skip(1).collect();
    let ingested = ingest::read(&paths);
    for problem in &ingested.problems {
        eprintln!("{problem}");
    }
    let (report, _texts) = variorum::collate(ingested.pages, &Options::default(), &|_| {});
    for story in &report.stories {
        let (n_accounts, n_origins) = (story.documents.len(), story.origins.len());
        println!("{}: {n_accounts} accounts, {n_origins} independent origins", story.title);
        for finding in &story.findings {
            println!("  {:.2} {}", finding.confidence, finding.message);
        }
    }
}
