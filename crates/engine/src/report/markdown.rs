//! The report as Markdown: CommonMark with tables and footnotes.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use variorum_schema::{Evidence, Finding, Report, Side, Story};

use super::outline::{Group, Outline, Who, dates, is_told, lineage, origins_of, support, to_look_at};
use super::{Texts, names};

/// Words of a passage that a footnote quotes.
const N_WORDS: usize = 60;
/// Accounts up to which claims × accounts is a table.
const N_COLUMNS: usize = 12;

/// The report as Markdown with the same content as the page, but for the articles: every citation is a footnote that
/// names the account, file and line and quotes the passage. What comes from outside is escaped, so that it cannot become
/// markup.
#[must_use]
pub fn markdown(report: &Report, texts: &Texts) -> String {
    let outline = Outline::new(report, texts);
    let mut page = Page { outline, out: String::new(), notes: Vec::new(), numbers: BTreeMap::new() };
    page.report();
    page.out
}

struct Page<'a> {
    outline: Outline<'a>,
    out: String,
    notes: Vec<&'a Evidence>,
    numbers: BTreeMap<(&'a str, u32, u32), usize>,
}

impl<'a> Page<'a> {
    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    fn heading(&mut self, level: usize, text: &str) {
        self.line("");
        self.line(&format!("{} {text}", "#".repeat(level)));
        self.line("");
    }

    fn report(&mut self) {
        let report = self.outline.report;
        let n = names::count(report.documents.len(), "document says", "documents say");
        self.line(&format!("# What {n}, account by account"));
        for story in report.stories.iter().filter(|s| is_told(s, report)) {
            self.story(story);
        }
        let lone: Vec<&Story> = report.stories.iter().filter(|s| !is_told(s, report)).collect();
        if !lone.is_empty() {
            self.heading(2, "Stories of one account");
            for story in lone {
                let names: Vec<String> = story.documents.iter().map(|id| self.name(id)).collect();
                self.line(&format!("- {} ({})", escape(&story.title), names.join(", ")));
            }
        }
        if !self.notes.is_empty() {
            self.heading(2, "Passages");
            for (i, evidence) in std::mem::take(&mut self.notes).into_iter().enumerate() {
                let note = format!(
                    "[^{}]: {}: \u{201c}{}\u{201d}",
                    i + 1,
                    self.place(evidence),
                    words(&evidence.text)
                );
                self.line(&note);
            }
        }
    }

    fn name(&self, id: &str) -> String {
        escape(self.outline.label(id))
    }

    fn names(&self, ids: &[String]) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
    }

    fn place(&self, evidence: &Evidence) -> String {
        let name =
            self.outline.document(&evidence.document).map_or(evidence.document.as_str(), |d| d.name.as_str());
        let at = evidence.focus_start.unwrap_or(evidence.start);
        let line =
            self.outline.line(&evidence.document, at).map(|l| format!(", line {l}")).unwrap_or_default();
        format!("{} ({}{line})", self.name(&evidence.document), escape(name))
    }

    fn cite(&mut self, evidence: &'a Evidence) -> String {
        let key = (evidence.document.as_str(), evidence.start, evidence.end);
        let next = self.notes.len() + 1;
        let n = *self.numbers.entry(key).or_insert(next);
        if n == next {
            self.notes.push(evidence);
        }
        format!("[^{n}]")
    }

    fn cites(&mut self, list: impl IntoIterator<Item = &'a Evidence>) -> String {
        let mut shown: Vec<String> = Vec::new();
        for evidence in list {
            let note = self.cite(evidence);
            if !shown.contains(&note) {
                shown.push(note);
            }
        }
        shown.concat()
    }

    fn story(&mut self, story: &'a Story) {
        self.heading(2, &escape(&story.title));
        let mut key = vec![
            names::count(story.documents.len(), "account", "accounts"),
            names::count(story.origins.len(), "independent origin", "independent origins"),
        ];
        key.extend(Some(to_look_at(story)).filter(|told| !told.is_empty()));
        key.extend(dates(&self.outline, story).map(names::interval));
        self.line(&key.join(" \u{b7} "));
        self.brief(story);
        self.accounts(story);
        self.findings(story);
        self.matrix(story);
        self.quotations(story);
        self.timeline(story);
        self.entities(story);
        self.left_out(story);
    }

    fn brief(&mut self, story: &'a Story) {
        if story.brief.is_empty() {
            return;
        }
        self.heading(3, "Brief");
        for sentence in &story.brief {
            let cites = self.cites(&sentence.citations);
            let ours = if sentence.is_extracted { "" } else { ", our sentence about the accounts" };
            let n = names::count(sentence.origins.len(), "origin", "origins");
            self.line(&format!("- {}{cites} ({n}{ours})", escape(&sentence.text)));
        }
    }

    fn accounts(&mut self, story: &'a Story) {
        self.heading(3, "Accounts and their lineage");
        for origin in &story.origins {
            self.line(&format!("- **Origin {}**: {}", escape(&origin.id), escape(&origin.basis)));
            for twig in lineage(story, origin) {
                let indent = "  ".repeat(twig.depth.min(8) + 1);
                let text = match twig.who {
                    Who::Unseen(name) => format!("*{}*, not in this pile", escape(name)),
                    Who::Account(id) => self.account(id, twig.edge),
                };
                self.line(&format!("{indent}- {text}"));
            }
        }
    }

    fn account(&self, id: &str, edge: Option<&variorum_schema::Copy>) -> String {
        let mut text = self.name(id);
        if let Some(document) = self.outline.document(id) {
            let _ = write!(text, ", {}, {}", names::published(&document.published), escape(&document.name));
        }
        if let Some(edge) = edge {
            let _ = write!(text, " \u{2190} {}", names::edge(edge, id));
        }
        text
    }

    fn findings(&mut self, story: &'a Story) {
        if story.findings.is_empty() {
            return;
        }
        self.heading(3, "Findings");
        for group in Group::ALL {
            let list = group.findings(story);
            if list.is_empty() {
                continue;
            }
            self.heading(4, group.title());
            if let Some(note) = group.note().filter(|_| group == Group::Check) {
                self.line(note);
                self.line("");
            }
            for finding in list {
                self.finding(
                    story,
                    finding,
                    matches!(group, Group::Attention | Group::Expected | Group::Wording),
                );
            }
        }
    }

    fn finding(&mut self, story: &Story, finding: &'a Finding, in_full: bool) {
        let confidence = names::probability(finding.confidence);
        let message = escape(&finding.message);
        if !in_full {
            let cites = self.cites(finding.sides.iter().flat_map(|s| &s.evidence));
            let n = format!("{} of {} origins", origins_of(finding).len(), story.origins.len());
            self.line(&format!("- {message}{cites} ({n}, confidence {confidence})"));
            return;
        }
        let kind_of =
            finding.finding_type.map(|t| format!(", {}", names::finding_type(t))).unwrap_or_default();
        self.line(&format!(
            "- **{}{kind_of}**: {message} (confidence {confidence})",
            names::kind(finding.kind)
        ));
        for (i, side) in finding.sides.iter().enumerate() {
            self.side(side, &support(story, finding, i));
        }
    }

    fn side(&mut self, side: &'a Side, support: &str) {
        let label =
            if side.label.is_empty() { String::new() } else { format!("**{}**: ", escape(&side.label)) };
        let sources: Vec<String> = side.sources.iter().map(|s| escape(s)).collect();
        let sources =
            if sources.is_empty() { String::new() } else { format!(", according to {}", sources.join(", ")) };
        let names = self.names(&side.documents);
        let cites = self.cites(&side.evidence);
        self.line(&format!("  - {label}{names}{sources} (independent origins: {support}){cites}"));
        if let Some(first) = side.evidence.first() {
            self.line(&format!("    > {}", words(&first.text)));
        }
    }

    fn matrix(&mut self, story: &'a Story) {
        if story.matrix.is_empty() || story.documents.len() > N_COLUMNS {
            return;
        }
        self.heading(3, "Claims and accounts");
        let names: Vec<String> = story.documents.iter().map(|id| self.name(id)).collect();
        self.line(&format!("| Claim | Origins | {} |", names.join(" | ")));
        self.line(&format!("|---|---|{}", "---|".repeat(names.len())));
        for row in &story.matrix {
            let mut cells = Vec::new();
            for id in &story.documents {
                let own: Vec<&'a variorum_schema::Cell> =
                    row.cells.iter().filter(|c| c.document == *id).collect();
                let stances: Vec<String> = own.iter().map(|c| escape(&c.stance)).collect();
                let cites = self.cites(own.iter().map(|c| &c.evidence));
                cells.push(if own.is_empty() { "\u{2013}".to_owned() } else { stances.join(", ") + &cites });
            }
            self.line(&format!("| {} | {} | {} |", escape(&row.claim), row.n_origins, cells.join(" | ")));
        }
    }

    fn quotations(&mut self, story: &'a Story) {
        if story.quotations.is_empty() {
            return;
        }
        self.heading(3, "Quotations");
        for quotation in &story.quotations {
            let source = quotation.source.as_ref().map(|s| s.entity.as_deref().unwrap_or(&s.text));
            let source = source.map_or_else(|| "speaker not found".to_owned(), escape);
            let line = self.outline.line(&quotation.document, quotation.start);
            let line = line.map(|l| format!(", line {l}")).unwrap_or_default();
            let said_once = quotation.utterance.as_deref().map(|u| format!(", utterance {}", escape(u)));
            self.line(&format!(
                "- {source}: \u{201c}{}\u{201d} ({}, {}{line}{})",
                escape(&quotation.text),
                names::quotation_kind(quotation.kind),
                self.name(&quotation.document),
                said_once.unwrap_or_default()
            ));
        }
    }

    fn timeline(&mut self, story: &'a Story) {
        if story.timeline.is_empty() {
            return;
        }
        self.heading(3, "Timeline");
        for entry in &story.timeline {
            let expected = if entry.is_expected { "*announced*: " } else { "" };
            let cites = self.cites(&entry.evidence);
            let n = names::count(entry.origins.len(), "origin", "origins");
            let (days, text) = (names::interval(entry.interval), escape(&entry.text));
            self.line(&format!("- **{days}**: {expected}{text}{cites} ({n})"));
        }
    }

    fn entities(&mut self, story: &Story) {
        if story.entities.is_empty() {
            return;
        }
        self.heading(3, "Names");
        for entity in &story.entities {
            let aliases: Vec<String> = entity.aliases.iter().map(|a| escape(a)).collect();
            let aliases =
                if aliases.is_empty() { String::new() } else { format!(": {}", aliases.join(", ")) };
            self.line(&format!("- **{}**{aliases}", escape(&entity.name)));
        }
    }

    fn left_out(&mut self, story: &Story) {
        let mut lines = Vec::new();
        for document in story.documents.iter().filter_map(|id| self.outline.document(id)) {
            let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
            document
                .furniture
                .iter()
                .for_each(|f| *reasons.entry(names::furniture(f.reason)).or_default() += 1);
            let reasons: Vec<String> = reasons.into_iter().map(|(name, n)| format!("{name} ({n})")).collect();
            if !reasons.is_empty() {
                lines.push(format!("- {}: {}", self.name(&document.id), reasons.join(", ")));
            }
        }
        if !lines.is_empty() {
            self.heading(3, "Kept out of comparison");
            lines.iter().for_each(|l| self.line(l));
        }
    }
}

/// The first words of a passage, escaped.
fn words(text: &str) -> String {
    let mut list: Vec<&str> = text.split_whitespace().take(N_WORDS + 1).collect();
    let is_cut = list.len() > N_WORDS;
    list.truncate(N_WORDS);
    escape(&list.join(" ")) + if is_cut { " \u{2026}" } else { "" }
}

/// `text` on one line, with whatever could become markup escaped, and control characters and direction overrides made
/// visible.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '#' | '+' | '!' | '|' | '~' | '^' | '$' => {
                out.push('\\');
                out.push(c);
            }
            c if c.is_whitespace() => out.push(' '),
            '\u{202d}' | '\u{202e}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    // A line that starts like a list item or a rule.
    if out.starts_with(['-', '=']) {
        out.insert(0, '\\');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn nothing_becomes_markup() {
        let page = markdown(&sample::report(), &sample::texts());
        assert!(!page.contains("<script") && !page.contains("<img") && !page.contains('\u{202e}'));
        assert!(page.chars().all(|c| c == '\n' || !c.is_control()));
        let check = |text, wanted| assert_eq!(escape(text), wanted);
        check("[a](javascript:x) *b* `c` | d", "\\[a\\](javascript:x) \\*b\\* \\`c\\` \\| d");
        check("- item\n# no heading", "\\- item \\# no heading");
    }

    #[test]
    fn every_footnote_is_defined_once() {
        let page = markdown(&sample::report(), &sample::texts());
        let mut n = 0;
        while page.contains(&format!("[^{}]: ", n + 1)) {
            n += 1;
            assert_eq!(page.matches(&format!("[^{n}]: ")).count(), 1);
            assert!(page.matches(&format!("[^{n}]")).count() > 1, "note {n} is never cited");
        }
        assert!(n > 10);
        assert!(!page.contains(&format!("[^{}]", n + 1)));
    }

    #[test]
    #[ignore = "prints the sample for a person to look at"]
    fn look() {
        println!("{}", markdown(&sample::report(), &sample::texts()));
    }
}
