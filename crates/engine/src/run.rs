//! Runs the stages over a pile of pages: extract and annotate each page, compare the accounts, assemble the report.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;
use sha2::{Digest, Sha256};
use variorum_annotate::annotator::{Annotator, BuiltIn};
use variorum_collate::Account;
use variorum_schema::{
    Annotations, Document, Generator, Note, Page, Published, Report, ReportDocument, ReportFurniture, SCHEMA,
    Span, Story,
};

use crate::Options;
use crate::Texts;

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What is being done.
    pub stage: Stage,
    /// How many pages are done with it.
    pub n_done: usize,
    /// How many there are.
    pub n_total: usize,
}

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// Reading and annotating one page after the other.
    Annotate,
    /// Comparing the accounts. Only its beginning and its end are told.
    Compare,
}

/// The report on a pile of pages, and the text of each of its documents. The result depends on the pages alone: not on
/// their order, nor on the number of threads. `progress` is called from any thread.
///
/// ```
/// use variorum::{Options, Page};
///
/// let pages = vec![
///     Page::new("a.txt", "Storm closes port\n\nThe port of Averil closed on Monday, the harbour master said.\n"),
///     Page::new("b.txt", "Averil port open\n\nThe port of Averil did not close on Monday, ferry lines said.\n"),
/// ];
/// let (report, texts) = variorum::collate(pages, &Options::default(), &|_| {});
/// assert_eq!(report.documents.len(), 2);
/// assert!(texts[&report.documents[0].id].starts_with("Storm closes port"));
/// ```
#[must_use]
pub fn collate(pages: Vec<Page>, options: &Options, progress: &(dyn Fn(Progress) + Sync)) -> (Report, Texts) {
    collate_with(pages, options, &BuiltIn, progress)
}

/// As [`collate`], with the words and the names of each page read by `annotator`, whose name the report records.
#[must_use]
pub fn collate_with(
    pages: Vec<Page>,
    options: &Options,
    annotator: &dyn Annotator,
    progress: &(dyn Fn(Progress) + Sync),
) -> (Report, Texts) {
    let n_pages = pages.len();
    let work = || {
        let accounts = accounts(pages_once(pages), annotator, progress);
        let n_total = accounts.len();
        progress(Progress { stage: Stage::Compare, n_done: 0, n_total });
        let (stories, accounts) = variorum_collate::collate_all(accounts, &options.collate);
        progress(Progress { stage: Stage::Compare, n_done: n_total, n_total });
        let (mut report, texts) = assemble(accounts, stories, options);
        if annotator.name() != BuiltIn.name() {
            report.generator.options.insert("annotator".into(), annotator.name().into());
        }
        (report, texts)
    };
    in_pool(options.threads, n_pages, work)
}

/// The document that a page holds, as [`account`] reads it.
#[must_use]
pub fn extract(page: &Page) -> Document {
    catch_unwind(AssertUnwindSafe(|| variorum_annotate::extract(page))).unwrap_or_else(|_| unreadable(page))
}

/// Extracts and annotates one page. A defect of ours in doing so costs that page, not the run: its document then says
/// so in a note and has no text.
#[must_use]
pub fn account(page: &Page) -> Account {
    account_with(page, &BuiltIn)
}

/// As [`account`], with the words and the names read by `annotator`.
fn account_with(page: &Page, annotator: &dyn Annotator) -> Account {
    let read = || {
        let document = variorum_annotate::extract(page);
        let anchor = document.published.value;
        let annotations = variorum_annotate::annotate_with(&document, anchor, annotator);
        Account { document, annotations }
    };
    catch_unwind(AssertUnwindSafe(read))
        .unwrap_or_else(|_| Account { document: unreadable(page), annotations: Annotations::default() })
}

/// An empty document in the place of one that we failed on.
fn unreadable(page: &Page) -> Document {
    Document {
        id: variorum_annotate::extract::document_id(&page.name, ""),
        name: page.name.clone(),
        text: String::new(),
        blocks: Vec::new(),
        furniture: Vec::new(),
        title: None,
        title_text: page.title.clone(),
        byline: None,
        authors: Vec::new(),
        dateline: None,
        credits: Vec::new(),
        language: None,
        outlet: page.outlet.clone(),
        url: page.url.clone(),
        fetched: None,
        published: Published { basis: "unknown".into(), ..Published::default() },
        extra: page.extra.clone(),
        notes: vec![Note {
            span: None,
            message: "a defect of variorum stopped the reading of this page".into(),
        }],
    }
}

/// Runs `work` on as many threads as asked for (0: one for each core), but no more than `n_useful`. Starting a thread
/// costs less than 0.1 ms, so there is no pool to keep.
pub(crate) fn in_pool<T: Send>(n_threads: usize, n_useful: usize, work: impl FnOnce() -> T + Send) -> T {
    let n_threads = match n_threads {
        0 => std::thread::available_parallelism().map_or(1, usize::from),
        n => n,
    };
    let n_threads = n_threads.min(n_useful.max(1));
    // Broken markup nests deeply; memory for a stack is only taken when it is used.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(n_threads).stack_size(16 << 20).build();
    match pool {
        Ok(pool) => pool.install(work),
        // The system grants no threads: the caller's own must do.
        Err(_) => work(),
    }
}

/// The pages in order of their names; of pages that are the same in name and bytes, one.
fn pages_once(mut pages: Vec<Page>) -> Vec<Page> {
    pages.sort_by(|a, b| (&a.name, &a.bytes).cmp(&(&b.name, &b.bytes)));
    pages.dedup_by(|a, b| a.name == b.name && a.bytes == b.bytes);
    pages
}

/// The accounts in order of name, then identifier.
fn accounts(
    pages: Vec<Page>,
    annotator: &dyn Annotator,
    progress: &(dyn Fn(Progress) + Sync),
) -> Vec<Account> {
    let (n_done, n_total) = (AtomicUsize::new(0), pages.len());
    let read = |page: Page| {
        let account = account_with(&page, annotator);
        let n_done = n_done.fetch_add(1, Ordering::Relaxed) + 1;
        progress(Progress { stage: Stage::Annotate, n_done, n_total });
        account
    };
    // The longest page first, so that no thread begins it when the others are done; each takes the next one in turn.
    let mut pages: Vec<(usize, Page)> = pages.into_iter().enumerate().collect();
    pages.sort_by_key(|(_, page)| std::cmp::Reverse(page.bytes.len()));
    let read = pages.into_iter().par_bridge().map(|(at, page)| (at, read(page)));
    let mut accounts: Vec<(usize, Account)> = read.collect();
    accounts.sort_by_key(|(at, _)| *at);
    let mut accounts: Vec<Account> = accounts.into_iter().map(|(_, account)| account).collect();
    accounts.sort_by(|a, b| (&a.document.name, &a.document.id).cmp(&(&b.document.name, &b.document.id)));
    accounts.dedup_by(|a, b| a.document.id == b.document.id);
    accounts
}

fn assemble(accounts: Vec<Account>, stories: Vec<Story>, options: &Options) -> (Report, Texts) {
    let mut texts = Texts::new();
    let mut documents = Vec::with_capacity(accounts.len());
    for account in accounts {
        documents.push(row(&account.document));
        texts.insert(account.document.id, account.document.text);
    }
    let generator =
        Generator { name: "variorum".into(), version: crate::VERSION.into(), options: options.changed() };
    (Report { schema: SCHEMA.into(), generator, documents, stories }, texts)
}

/// A document as the report carries it.
fn row(document: &Document) -> ReportDocument {
    let furniture = document.furniture.iter().map(|f| ReportFurniture {
        start: f.span.start,
        end: f.span.end,
        reason: f.reason,
    });
    ReportDocument {
        id: document.id.clone(),
        name: document.name.clone(),
        title: document.title_text.clone(),
        title_span: document.title,
        outlet: document.outlet.clone(),
        url: document.url.clone(),
        authors: document.authors.clone(),
        language: document.language.clone(),
        published: document.published.clone(),
        credits: document.credits.clone(),
        furniture: furniture.collect(),
        text_bytes: Span::new(0, document.text.len()).end,
        text_sha256: sha256(&document.text),
        text_file: None,
        notes: document.notes.clone(),
        extra: document.extra.clone(),
    }
}

/// SHA-256 (FIPS 180-4) of a text's UTF-8 bytes, lower-case hexadecimal.
#[must_use]
pub fn sha256(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Other;

    impl Annotator for Other {
        fn name(&self) -> &str {
            "other 1"
        }
    }

    #[test]
    fn a_report_says_who_read_the_pages() {
        let pages = || vec![Page::new("a.txt", "Averil port shut\n\nThe port of Averil closed on Monday.\n")];
        let (own, _) = collate(pages(), &Options::default(), &|_| {});
        let (other, _) = collate_with(pages(), &Options::default(), &Other, &|_| {});
        assert!(own.generator.options.is_empty());
        assert_eq!(other.generator.options.get("annotator").map(String::as_str), Some("other 1"));
        assert_eq!(own.documents, other.documents);
    }
}
