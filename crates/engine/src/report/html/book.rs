//! [`Book`]: every passage that the page cites, with its anchor and the links back.

use std::collections::{BTreeMap, BTreeSet};

use maud::{Markup, html as markup};
use variorum_schema::{Evidence, Feature, Report, Story};

use super::super::outline::{Outline, is_told};
use super::super::{Texts, names};
use super::shown::Shown;

/// Bytes of text printed in full, all articles together.
const MAX_TEXT: usize = 4_000_000;
/// Bytes of one article that is printed in full.
const MAX_ARTICLE: usize = 400_000;
/// Mentions of a name that are linked, per name.
pub(super) const N_MENTIONS: usize = 12;
/// Passages of a copy that are shown, per copy.
pub(super) const N_PASSAGES: usize = 30;

/// What the sections share: the outline, the cited passages, and which articles stand in the page in full.
pub(super) struct Book<'a> {
    pub(super) outline: Outline<'a>,
    /// By position of the document in the report.
    passages: BTreeMap<usize, BTreeMap<(u32, u32), Passage<'a>>>,
    in_full: BTreeSet<usize>,
}

/// A passage of an article that is cited somewhere.
#[derive(Default)]
pub(super) struct Passage<'a> {
    /// The text under the span, as the evidence gives it.
    pub(super) text: &'a str,
    /// Where it is cited: fragment, short label, spoken label.
    pub(super) back: Vec<Back>,
    /// Name of which this is a mention, as a fragment; such a passage is a link rather than a mark.
    pub(super) name: Option<String>,
    /// Parts in which the sides of a finding differ.
    pub(super) focus: BTreeSet<(u32, u32)>,
}

/// One place that cites a passage.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct Back {
    pub(super) href: String,
    pub(super) short: String,
    pub(super) spoken: String,
}

impl<'a> Book<'a> {
    pub(super) fn new(report: &'a Report, texts: &'a Texts) -> Book<'a> {
        let outline = Outline::new(report, texts);
        let mut book = Book { outline, passages: BTreeMap::new(), in_full: BTreeSet::new() };
        let told: Vec<(usize, &Story)> =
            report.stories.iter().enumerate().filter(|(_, s)| is_told(s, report)).collect();
        for (index, story) in &told {
            book.collect(&format!("s{}", index + 1), story);
        }
        let mut left = MAX_TEXT;
        for id in told.iter().flat_map(|(_, s)| &s.documents) {
            let (Some(index), Some(text)) = (book.outline.index(id), book.outline.text(id)) else { continue };
            if text.len() <= MAX_ARTICLE.min(left) && book.in_full.insert(index) {
                left -= text.len();
            }
        }
        book
    }

    fn collect(&mut self, s: &str, story: &'a Story) {
        for (i, sentence) in story.brief.iter().enumerate() {
            let back = back(s, 'b', i, "sentence", "of the brief");
            sentence.citations.iter().for_each(|e| self.add(e, Some(&back)));
        }
        for (i, finding) in story.findings.iter().enumerate() {
            let back = back(s, 'f', i, "finding", "");
            finding.sides.iter().flat_map(|side| &side.evidence).for_each(|e| self.add(e, Some(&back)));
        }
        for (i, quotation) in story.quotations.iter().enumerate() {
            let back = back(s, 'q', i, "quotation", "");
            self.add_span(
                &quotation.document,
                (quotation.start, quotation.end),
                &quotation.text,
                Some(&back),
            );
        }
        for (i, entry) in story.timeline.iter().enumerate() {
            let back = back(s, 't', i, "entry", "of the timeline");
            entry.evidence.iter().for_each(|e| self.add(e, Some(&back)));
        }
        for (i, row) in story.matrix.iter().enumerate() {
            let back = back(s, 'm', i, "claim", "of the table of claims");
            self.add(&row.from, Some(&back));
            row.cells.iter().for_each(|cell| self.add(&cell.evidence, Some(&back)));
        }
        for (i, entity) in story.entities.iter().enumerate() {
            for mention in entity.mentions.iter().take(N_MENTIONS) {
                self.add(mention, None);
                self.name(mention, format!("{s}-n{}", i + 1));
            }
        }
        self.collect_copies(story);
    }

    fn collect_copies(&mut self, story: &'a Story) {
        for copy in &story.copies {
            for passage in copy.passages.iter().take(N_PASSAGES) {
                for (id, start, end) in [
                    (&copy.from, passage.from_start, passage.from_end),
                    (&copy.to, passage.to_start, passage.to_end),
                ] {
                    let text =
                        self.outline.text(id).and_then(|t| t.get(start as usize..end as usize)).unwrap_or("");
                    self.add_span(id, (start, end), text, None);
                }
            }
        }
    }

    fn name(&mut self, mention: &Evidence, href: String) {
        let Some(index) = self.outline.index(&mention.document) else { return };
        let span = (mention.start, mention.end);
        if let Some(passage) = self.passages.get_mut(&index).and_then(|p| p.get_mut(&span)) {
            passage.name.get_or_insert(href);
        }
    }

    fn add(&mut self, evidence: &'a Evidence, back: Option<&Back>) {
        let span = (evidence.start, evidence.end);
        self.add_span(&evidence.document, span, &evidence.text, back);
        let (Some(from), Some(to)) = (evidence.focus_start, evidence.focus_end) else { return };
        let Some(index) = self.outline.index(&evidence.document) else { return };
        if let Some(passage) = self.passages.get_mut(&index).and_then(|p| p.get_mut(&span)) {
            passage.focus.insert((from, to));
        }
    }

    fn add_span(&mut self, id: &str, span: (u32, u32), text: &'a str, back: Option<&Back>) {
        let Some(index) = self.outline.index(id) else { return };
        // A span that does not fit its text would have no place in the article; its citation leads to the article.
        let fits = |t: &str| t.get(span.0 as usize..span.1 as usize).is_some_and(|s| !s.trim().is_empty());
        if !self.outline.text(id).map_or(span.0 < span.1, fits) {
            return;
        }
        let passage = self.passages.entry(index).or_default().entry(span).or_default();
        if passage.text.is_empty() {
            passage.text = text;
        }
        if let Some(back) = back.filter(|b| !passage.back.contains(b)) {
            passage.back.push(back.clone());
        }
    }

    /// The cited passages of a document, in order.
    pub(super) fn passages(&self, id: &str) -> impl Iterator<Item = (&(u32, u32), &Passage<'a>)> {
        self.outline.index(id).and_then(|i| self.passages.get(&i)).into_iter().flatten()
    }

    /// Whether the article stands in the page with all of its text.
    pub(super) fn is_in_full(&self, id: &str) -> bool {
        self.outline.index(id).is_some_and(|i| self.in_full.contains(&i))
    }

    /// Fragment of an article.
    pub(super) fn article(&self, id: &str) -> String {
        self.outline.index(id).map_or_else(|| "main".to_owned(), |i| format!("a{}", i + 1))
    }

    /// Fragment of a passage; of its article where the passage has no place in it.
    pub(super) fn anchor(&self, id: &str, start: u32, end: u32) -> String {
        let index = self.outline.index(id);
        let known = index.and_then(|i| self.passages.get(&i)).is_some_and(|p| p.contains_key(&(start, end)));
        match index {
            Some(index) if known => anchor(index, start, end),
            _ => self.article(id),
        }
    }

    /// What an account is called, set apart from the direction of the text around it.
    pub(super) fn name_of(&self, id: &str) -> Markup {
        markup! { bdi { (Shown(self.outline.label(id))) } }
    }

    /// Links to accounts, separated by commas.
    pub(super) fn names_of(&self, ids: &[String]) -> Markup {
        markup! {
            @for (i, id) in ids.iter().enumerate() {
                @if i > 0 { ", " }
                a.account href={ "#" (self.article(id)) } { (self.name_of(id)) }
            }
        }
    }

    /// A link that names the account and jumps to the passage.
    pub(super) fn citation(&self, evidence: &Evidence) -> Markup {
        let href = self.anchor(&evidence.document, evidence.start, evidence.end);
        markup! { a.cite href={ "#" (href) } { (self.name_of(&evidence.document)) } }
    }

    /// Citations, each once.
    pub(super) fn citations(&self, evidence: &[Evidence]) -> Markup {
        let mut seen = BTreeSet::new();
        let list: Vec<&Evidence> =
            evidence.iter().filter(|e| seen.insert((&e.document, e.start, e.end))).collect();
        markup! {
            @for (i, evidence) in list.iter().enumerate() {
                @if i > 0 { " " }
                (self.citation(evidence))
            }
        }
    }

    /// "finding 3, finding 4", after `lead` where there are any.
    pub(super) fn finding_links(&self, s: &str, story: &Story, ids: &[String], lead: &str) -> Markup {
        let at = |id: &String| story.findings.iter().position(|f| f.id == *id);
        let list: Vec<usize> = ids.iter().filter_map(at).collect();
        markup! {
            @for (i, at) in list.iter().enumerate() {
                @if i == 0 { (lead) } @else { ", " }
                a href={ "#" (s) "-f" (at + 1) } { "finding " (at + 1) }
            }
        }
    }
}

/// Fragment of a passage.
pub(super) fn anchor(index: usize, start: u32, end: u32) -> String {
    format!("p{}-{start}-{end}", index + 1)
}

fn back(s: &str, letter: char, i: usize, what: &str, of: &str) -> Back {
    let n = i + 1;
    Back {
        href: format!("{s}-{letter}{n}"),
        short: format!("{}{n}", letter.to_ascii_uppercase()),
        spoken: format!("Back to {what} {n} {of}").trim_end().to_owned(),
    }
}

/// The fold that says what a conclusion rests on.
pub(super) fn why(summary: &str, id: &str, features: &[Feature]) -> Markup {
    if features.is_empty() {
        return markup! {};
    }
    markup! {
        details.why {
            summary { (summary) }
            table {
                thead { tr { th scope="col" { "Measured" } th scope="col" { "Value" } th scope="col" { "Weight" } th scope="col" { "In words" } } }
                tbody {
                    @for feature in features {
                        tr {
                            th scope="row" { (Shown(&feature.name)) }
                            td.number { (names::measure(feature.value)) }
                            td.number { (names::measure(feature.weight)) }
                            td dir="auto" { (Shown(&feature.note)) }
                        }
                    }
                }
            }
            @if !id.is_empty() { p.muted { "Identifier: " code { (Shown(id)) } } }
        }
    }
}
