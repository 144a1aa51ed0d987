//! The report for a terminal: shaped like compiler diagnostics, readable aloud and without colour.

use std::fmt::Write as _;

use anstyle::{AnsiColor, Style as Ansi};
use variorum_schema::{Evidence, Finding, FindingKind, Origin, Report, Side, Story};

use super::outline::{
    Group, Outline, Twig, Who, dates, is_told, label_of, lineage, origins_of, support, to_look_at,
};
use super::{Texts, names};

mod snippet;

pub(super) use snippet::clip;
use snippet::{plain, wrap};

/// How the terminal report is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Style {
    /// Whether ANSI colours are used. Nothing is told by colour alone.
    pub color: bool,
    /// Columns to fill; values under 40 are taken as 40.
    pub width: usize,
}

/// Findings of one kind that are shown before the rest is only counted.
const N_ATTENTION: usize = 8;
const N_CORROBORATED: usize = 8;
const N_OTHER: usize = 5;
/// Columns for the name of an account inside a line.
const NAME_WIDTH: usize = 44;

/// The report as lines for a terminal: per story a headline block, the accounts by origin as a tree, the brief with
/// numbered citations, the findings with carets under the words that differ, the timeline and the quotations. Control
/// characters and terminal escapes of the texts are made visible. At most `style.width` columns wide, but for file
/// names, which are never cut.
#[must_use]
pub fn text(report: &Report, texts: &Texts, style: Style) -> String {
    let outline = Outline::new(report, texts);
    let mut page = Page { outline, style: Style { width: style.width.max(40), ..style }, out: String::new() };
    page.pile();
    for story in report.stories.iter().filter(|s| is_told(s, report)) {
        page.story(story);
    }
    page.lone_accounts();
    page.out
}

struct Page<'a> {
    outline: Outline<'a>,
    style: Style,
    out: String,
}

const BOLD: Ansi = Ansi::new().bold();
const DIM: Ansi = Ansi::new().dimmed();
const RULE: Ansi = AnsiColor::Blue.on_default().bold();
const GRAVE: Ansi = AnsiColor::Red.on_default().bold();
const GOOD: Ansi = AnsiColor::Green.on_default().bold();
const MILD: Ansi = AnsiColor::Cyan.on_default().bold();

impl<'a> Page<'a> {
    fn paint(&self, ansi: Ansi, text: &str) -> String {
        if self.style.color && !text.is_empty() { format!("{ansi}{text}{ansi:#}") } else { text.to_owned() }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text.trim_end());
        self.out.push('\n');
    }

    /// `text` wrapped, its first line after `first`, the others after `rest` (both without colour codes).
    fn paragraph(&mut self, first: &str, rest: &str, text: &str) {
        for (i, line) in wrap(&plain(text), self.style.width, first.len(), rest.len()).iter().enumerate() {
            let lead = if i == 0 { first } else { rest };
            self.line(&format!("{lead}{line}"));
        }
    }

    fn heading(&mut self, text: &str) {
        let text = self.paint(BOLD, text);
        if !self.out.ends_with("\n\n") {
            self.line("");
        }
        self.line(&text);
    }

    fn name(&self, id: &str) -> String {
        clip(&plain(self.outline.label(id)), NAME_WIDTH)
    }

    fn names(&self, ids: &[String]) -> String {
        ids.iter().map(|id| self.name(id)).collect::<Vec<_>>().join(", ")
    }

    fn pile(&mut self) {
        let report = self.outline.report;
        let n_documents = names::count(report.documents.len(), "document", "documents");
        let n_stories = names::count(report.stories.len(), "story", "stories");
        self.line(&format!("{n_documents}, {n_stories}"));
    }

    fn story(&mut self, story: &'a Story) {
        self.line("");
        let rule = "\u{2550}".repeat(self.style.width.min(100));
        let rule = self.paint(RULE, &rule);
        self.line(&rule);
        for line in wrap(&plain(&story.title), self.style.width, 0, 0) {
            let line = self.paint(BOLD, &line);
            self.line(&line);
        }
        let mut key = vec![
            names::count(story.documents.len(), "account", "accounts"),
            names::count(story.origins.len(), "independent origin", "independent origins"),
        ];
        key.extend(dates(&self.outline, story).map(names::interval));
        let told = to_look_at(story);
        key.push(if told.is_empty() { "nothing that needs attention".to_owned() } else { told });
        self.paragraph("", "", &key.join(" \u{b7} "));
        self.accounts(story);
        self.brief(story);
        self.findings(story);
        self.timeline(story);
        self.quotations(story);
    }

    fn accounts(&mut self, story: &'a Story) {
        self.heading("Accounts by origin");
        for origin in &story.origins {
            self.paragraph(&format!("{}  ", origin.id), "    ", &origin.basis);
            self.tree(story, origin);
        }
    }

    fn tree(&mut self, story: &'a Story, origin: &'a Origin) {
        let twigs = lineage(story, origin);
        for (i, twig) in twigs.iter().enumerate() {
            let (stem, below) = stems(&twigs, i);
            let text = match twig.who {
                Who::Unseen(name) => format!("[{}, not in this pile]", clip(&plain(name), NAME_WIDTH)),
                Who::Account(id) => self.account(id, twig),
            };
            let (stem, below) = (format!("    {stem}"), format!("    {below}"));
            let widths = (stem.chars().count(), below.chars().count());
            for (n, line) in wrap(&text, self.style.width, widths.0, widths.1).iter().enumerate() {
                let lead = if n == 0 { &stem } else { &below };
                let lead = self.paint(DIM, lead);
                self.line(&format!("{lead}{line}"));
            }
        }
    }

    fn account(&self, id: &str, twig: &Twig<'_>) -> String {
        let mut text = self.name(id);
        if let Some(document) = self.outline.document(id) {
            let file = plain(&document.name);
            // An account without an outlet goes by its file: the path says it already.
            if file.ends_with(&text) {
                text = file;
                let _ = write!(text, ", {}", plain(&names::published(&document.published)));
            } else {
                let _ = write!(text, ", {} \u{b7} {file}", plain(&names::published(&document.published)));
            }
        }
        if let Some(edge) = twig.edge {
            let _ = write!(text, " \u{2190} {}", names::edge(edge, id).replace('\u{a0}', " "));
        }
        text
    }

    fn brief(&mut self, story: &'a Story) {
        if story.brief.is_empty() {
            return;
        }
        self.heading("Brief");
        let mut cited: Vec<&Evidence> = Vec::new();
        for sentence in &story.brief {
            let mut numbers = Vec::new();
            for citation in &sentence.citations {
                let same = |e: &&Evidence| e.document == citation.document && e.start == citation.start;
                let at = cited.iter().position(same).unwrap_or_else(|| {
                    cited.push(citation);
                    cited.len() - 1
                });
                numbers.push(format!("[{}]", at + 1));
            }
            self.paragraph("  ", "  ", &format!("{} {}", sentence.text, numbers.join("")));
        }
        for (i, evidence) in cited.iter().enumerate() {
            let line = format!("  [{}] {}: {}", i + 1, self.name(&evidence.document), self.place(evidence));
            let line = self.paint(DIM, &line);
            self.line(&line);
        }
    }

    /// "pages/a.html:12".
    fn place(&self, evidence: &Evidence) -> String {
        let at = evidence.focus_start.unwrap_or(evidence.start);
        let name =
            self.outline.document(&evidence.document).map_or(evidence.document.as_str(), |d| d.name.as_str());
        match self.outline.line(&evidence.document, at) {
            Some(line) => format!("{}:{line}", plain(name)),
            None => plain(name),
        }
    }

    fn findings(&mut self, story: &'a Story) {
        for group in Group::ALL {
            let findings = group.findings(story);
            if findings.is_empty() {
                continue;
            }
            self.heading(group.title());
            if let Some(note) = group.note().filter(|_| group == Group::Check) {
                self.paragraph("", "", note);
            }
            let limit = match group {
                Group::Attention => N_ATTENTION,
                Group::Corroborated => N_CORROBORATED,
                _ => N_OTHER,
            };
            let mut n_shown = std::collections::BTreeMap::new();
            for finding in findings {
                let n: &mut usize = n_shown.entry(finding.kind).or_default();
                *n += 1;
                if *n <= limit {
                    match group {
                        Group::Attention | Group::Check | Group::Expected => self.finding(story, finding),
                        Group::Wording => self.wording(finding),
                        _ => self.compact(story, finding),
                    }
                }
            }
            for (kind, n) in n_shown.into_iter().filter(|(_, n)| *n > limit) {
                self.line(&format!(
                    "\u{2026} and {} more: {} (see report.html)",
                    n - limit,
                    names::kind(kind)
                ));
            }
        }
    }

    fn finding(&mut self, story: &'a Story, finding: &'a Finding) {
        let code = code(finding);
        let ansi = if Group::of(finding) == Group::Attention { GRAVE } else { MILD };
        self.message(&code, ansi, BOLD, &finding.message);
        for side in &finding.sides {
            self.side(side);
        }
        self.notes(story, finding);
        self.line("");
    }

    /// "conflict[quantity]: message", wrapped.
    fn message(&mut self, code: &str, code_ansi: Ansi, ansi: Ansi, message: &str) {
        for (i, line) in wrap(&plain(message), self.style.width, code.len() + 2, 4).iter().enumerate() {
            let lead = if i == 0 { format!("{}: ", self.paint(code_ansi, code)) } else { "    ".to_owned() };
            let line = self.paint(ansi, line);
            self.line(&format!("{lead}{line}"));
        }
    }

    fn side(&mut self, side: &'a Side) {
        for evidence in side.evidence.iter().take(2) {
            let arrow = self.paint(RULE, " --> ");
            let place = self.place(evidence);
            let date = self.outline.document(&evidence.document).map(|d| names::published(&d.published));
            let date = date.unwrap_or_default();
            let name = self.name(&evidence.document);
            let who = if place.contains(&name) { date } else { format!("{name}, {date}") };
            self.line(&format!("{arrow}{place}  ({who})"));
            let bar = self.paint(RULE, "  | ");
            let room = self.style.width - 4;
            let Some(shown) = snippet::snippet(self.outline.text(&evidence.document), evidence, room) else {
                continue;
            };
            self.line(&format!("{bar}{}", shown.text));
            let label = label(side, evidence);
            let carets = self.paint(ansi_of(evidence), &shown.carets);
            let fits = snippet::width(&shown.carets) + 1 + snippet::width(&label) <= room;
            if fits {
                self.line(&format!("{bar}{carets} {label}"));
            } else {
                self.line(&format!("{bar}{carets}"));
                self.paragraph("  |   ", "  |   ", &label);
            }
        }
        if side.evidence.is_empty() {
            let label = if side.label.is_empty() { "no passage" } else { &side.label };
            let line = format!(" --> {}: {label}", self.names(&side.documents));
            self.paragraph("", "     ", &line);
        }
        if side.evidence.len() > 2 {
            let rest = names::count(side.evidence.len() - 2, "more passage", "more passages");
            self.line(&format!("  | \u{2026} and {rest} on this side"));
        }
    }

    fn notes(&mut self, story: &Story, finding: &Finding) {
        let side = |(i, s): (usize, &Side)| {
            let label = if label_of(s).is_empty() { String::new() } else { format!("{}: ", s.label) };
            format!("{label}{} ({})", support(story, finding, i), self.names(&s.documents))
        };
        let sides: Vec<String> =
            finding.sides.iter().enumerate().filter(|(_, s)| !s.documents.is_empty()).map(side).collect();
        if finding.kind != FindingKind::SelfContradiction {
            self.paragraph("  = ", "    ", &format!("independent origins: {}", sides.join("; ")));
        }
        if let Some(copy) = finding.copy.as_deref().and_then(|id| story.copies.iter().find(|c| c.id == id)) {
            let parent = copy.parent.as_deref().map(|p| format!(", both from {p}")).unwrap_or_default();
            let (from, to) = (self.name(&copy.from), self.name(&copy.to));
            let text =
                format!("copy: {to} from {from}, {}{parent}", names::copy(copy).replace('\u{a0}', " "));
            self.paragraph("  = ", "    ", &text);
        }
        self.line(&format!(
            "  = confidence {}  ({})",
            names::probability(finding.confidence),
            plain(&finding.id)
        ));
    }

    fn compact(&mut self, story: &Story, finding: &Finding) {
        let n = origins_of(finding).len();
        let evidence: Vec<&Evidence> = finding.sides.iter().flat_map(|s| s.evidence.iter()).collect();
        let mut places: Vec<String> = evidence.iter().take(3).map(|e| self.place(e)).collect();
        if evidence.len() > 3 {
            places.push(format!("\u{2026} and {} more", evidence.len() - 3));
        }
        let code = code(finding);
        let head = match Group::of(finding) {
            Group::Corroborated => format!("{n} of {} origins", story.origins.len()),
            _ => code,
        };
        let ansi = if Group::of(finding) == Group::Corroborated { GOOD } else { MILD };
        self.message(&head, ansi, Ansi::new(), &finding.message);
        for line in wrap(&places.join(", "), self.style.width, 5, 5) {
            let line = self.paint(DIM, &format!(" --> {line}"));
            self.line(&line);
        }
    }

    fn wording(&mut self, finding: &Finding) {
        self.message(&code(finding), MILD, Ansi::new(), &finding.message);
        for side in &finding.sides {
            self.paragraph(
                "  ",
                "      ",
                &format!("\u{201c}{}\u{201d}: {}", side.label, self.names(&side.documents)),
            );
        }
    }

    fn timeline(&mut self, story: &'a Story) {
        if story.timeline.is_empty() {
            return;
        }
        self.heading("Timeline");
        for entry in &story.timeline {
            let expected = if entry.is_expected { "announced: " } else { "" };
            let n = names::count(entry.origins.len(), "origin", "origins");
            let places: Vec<String> = entry.evidence.iter().take(2).map(|e| self.place(e)).collect();
            self.paragraph(
                "  ",
                "      ",
                &format!("{}  {expected}{}", names::interval(entry.interval), entry.text),
            );
            let line = self.paint(DIM, &format!("      {n}: {}", places.join(", ")));
            self.line(&line);
        }
    }

    fn quotations(&mut self, story: &'a Story) {
        if story.quotations.is_empty() {
            return;
        }
        self.heading("Quotations");
        let mut speakers: Vec<(String, Vec<usize>)> = Vec::new();
        for (i, quotation) in story.quotations.iter().enumerate() {
            let source = quotation.source.as_ref();
            let name =
                source.map_or("speaker not found", |s| s.entity.as_deref().unwrap_or(&s.text)).to_owned();
            match speakers.iter_mut().find(|(known, _)| *known == name) {
                Some((_, list)) => list.push(i),
                None => speakers.push((name, vec![i])),
            }
        }
        for (name, list) in speakers {
            self.paragraph(
                "  ",
                "  ",
                &format!("{name}, {}", names::count(list.len(), "passage", "passages")),
            );
            for quotation in list.iter().take(N_OTHER).filter_map(|i| story.quotations.get(*i)) {
                let (open, close) = match quotation.kind {
                    variorum_schema::QuotationKind::Indirect => ("", ""),
                    _ => ("\u{201c}", "\u{201d}"),
                };
                let words = clip(&plain(&quotation.text), 3 * self.style.width);
                let text = format!("{open}{words}{close} \u{2014} {}", self.name(&quotation.document));
                self.paragraph("    ", "      ", &text);
            }
            if list.len() > N_OTHER {
                self.line(&format!("    \u{2026} and {} more (see report.html)", list.len() - N_OTHER));
            }
        }
    }

    fn lone_accounts(&mut self) {
        let report = self.outline.report;
        let lone: Vec<&Story> = report.stories.iter().filter(|s| !is_told(s, report)).collect();
        if lone.is_empty() {
            return;
        }
        self.heading(&names::count(lone.len(), "story of one account", "stories of one account"));
        for story in lone.iter().take(20) {
            let name = story.documents.first().map(|id| self.name(id)).unwrap_or_default();
            self.paragraph("  ", "      ", &format!("{} ({name})", story.title));
        }
        if lone.len() > 20 {
            self.line(&format!("  \u{2026} and {} more (see report.html)", lone.len() - 20));
        }
    }
}

/// "conflict[quantity]".
fn code(finding: &Finding) -> String {
    let kind = names::kind(finding.kind).replace(' ', "-");
    match finding.finding_type {
        Some(kind_of) => format!("{kind}[{}]", names::finding_type(kind_of).replace(' ', "-")),
        None => kind,
    }
}

fn ansi_of(evidence: &Evidence) -> Ansi {
    if evidence.focus_start.is_some() { GRAVE } else { MILD }
}

/// What stands beside the carets: the side's label unless it only repeats the words above, then who is cited.
fn label(side: &Side, evidence: &Evidence) -> String {
    let under = match (evidence.focus_start, evidence.focus_end) {
        (Some(start), Some(end)) if start >= evidence.start => {
            evidence.text.get((start - evidence.start) as usize..end.saturating_sub(evidence.start) as usize)
        }
        _ => Some(evidence.text.as_str()),
    };
    let mut parts = Vec::new();
    if under != Some(side.label.as_str()) && !label_of(side).is_empty() {
        parts.push(plain(&side.label));
    }
    if !side.sources.is_empty() {
        parts.push(format!("says {}", side.sources.iter().map(|s| plain(s)).collect::<Vec<_>>().join(", ")));
    }
    parts.join(", ")
}

/// The lines to the left of a tree node and of its continuation lines.
fn stems(twigs: &[Twig<'_>], i: usize) -> (String, String) {
    let Some(twig) = twigs.get(i) else { return (String::new(), String::new()) };
    let mut stem = String::new();
    let mut at = twig.parent;
    // Deeper levels are not drawn: the line would leave no room for the text.
    for _ in 0..8 {
        let Some(node) = at.and_then(|p| twigs.get(p)) else { break };
        if node.parent.is_some() {
            stem.insert_str(0, if node.is_last { "    " } else { "\u{2502}   " });
        }
        at = node.parent;
    }
    let has_children = twigs.get(i + 1).is_some_and(|next| next.parent == Some(i));
    let down = if has_children { "\u{2502}   " } else { "    " };
    match (twig.parent, twig.is_last) {
        (None, _) => (String::new(), down.to_owned()),
        (Some(_), true) => (format!("{stem}\u{2514}\u{2500}\u{2500} "), format!("{stem}    {down}")),
        (Some(_), false) => (format!("{stem}\u{251c}\u{2500}\u{2500} "), format!("{stem}\u{2502}   {down}")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    fn shown(color: bool, width: usize) -> String {
        text(&sample::report(), &sample::texts(), Style { color, width })
    }

    #[test]
    fn no_escape_reaches_the_terminal() {
        let plain = shown(false, 80);
        assert!(plain.chars().all(|c| c == '\n' || !c.is_control()), "control character in {plain:?}");
        assert!(!plain.contains('\u{202e}'), "direction override");
        let colored = shown(true, 80);
        assert!(colored.contains("\u{1b}["));
    }

    #[test]
    fn lines_fit() {
        for width in [40, 80, 120] {
            for line in shown(false, width).lines().filter(|l| !l.contains("pages/")) {
                assert!(snippet::width(line) <= width, "{} > {width}: {line}", snippet::width(line));
            }
        }
    }

    #[test]
    fn carets_stand_under_the_words() {
        let shown = shown(false, 100);
        let lines: Vec<&str> = shown.lines().collect();
        for word in ["did reach", "cancelled", "Fourteen people", "21 persons"] {
            let under = lines.windows(2).any(|pair| {
                let (Some(at), Some(caret)) = (pair[0].find(word), pair[1].find('^')) else { return false };
                snippet::width(&pair[0][..at]) == snippet::width(&pair[1][..caret])
                    && pair[1].matches('^').count() == snippet::width(word)
            });
            assert!(under, "no carets under {word:?} in\n{shown}");
        }
    }

    #[test]
    fn same_bytes() {
        assert_eq!(shown(true, 80), shown(true, 80));
    }

    #[test]
    #[ignore = "prints the sample for a person to look at"]
    fn look() {
        println!("{}", shown(std::env::var("COLOR").is_ok(), 100));
    }
}
