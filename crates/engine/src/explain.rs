//! Why something was concluded, in words: features, weights, evidence.

use std::fmt::Write;

use strsim::levenshtein;
use variorum_collate::finding::confidence;
use variorum_schema::{
    Copy, Direction, Evidence, Feature, Finding, Membership, Origin, Report, ReportDocument, ReportQuotation,
    Story, StoryEntity,
};

use crate::terminal::visible;

/// Explains what `id` names in `report`: a finding (`f-…`), copy edge (`c-…`), story (`s-…`), document (`d-…`, why it
/// belongs to its story), origin (`o1`), entity (`e1`) or quotation (`q1`). Identifiers that are unique within a story
/// only may be preceded by it (`s-…/o1`); without it, every story's is explained. `s-…/d-…` names a membership.
///
/// # Errors
/// When nothing has that identifier: the nearest ones that something has, at most three, the nearest first.
pub fn explain(report: &Report, id: &str) -> Result<String, Vec<String>> {
    let (story_id, part) = match id.split_once('/') {
        Some((story, part)) => (Some(story), part),
        None => (None, id),
    };
    let mut out = Words { report, text: String::new() };
    for story in report.stories.iter().filter(|s| story_id.is_none_or(|id| s.id == id)) {
        out.part(story, part);
    }
    let is_loner = |d: &&ReportDocument| d.id == part && story_id.is_none();
    if out.text.is_empty()
        && let Some(document) = report.documents.iter().find(is_loner)
    {
        out.line(&format!("document {} belongs to no story", document.id));
        out.document(document);
    }
    if out.text.is_empty() { Err(nearest(report, id)) } else { Ok(out.text) }
}

/// Every identifier that [`explain`] knows.
fn ids(report: &Report) -> Vec<String> {
    let mut ids: Vec<String> = report.documents.iter().map(|d| d.id.clone()).collect();
    for story in &report.stories {
        ids.push(story.id.clone());
        ids.extend(story.findings.iter().map(|f| f.id.clone()));
        ids.extend(story.copies.iter().map(|c| c.id.clone()));
        let local = story.origins.iter().map(|o| &o.id);
        let local =
            local.chain(story.entities.iter().map(|e| &e.id)).chain(story.quotations.iter().map(|q| &q.id));
        match report.stories.len() {
            1 => ids.extend(local.cloned()),
            _ => ids.extend(local.map(|id| format!("{}/{id}", story.id))),
        }
    }
    ids
}

/// The identifiers nearest to `id` by edit distance; none that shares less than half of its characters.
fn nearest(report: &Report, id: &str) -> Vec<String> {
    let limit = (id.chars().count() / 2).max(1);
    let mut near: Vec<(usize, String)> =
        ids(report).into_iter().map(|other| (levenshtein(id, &other), other)).collect();
    near.retain(|(distance, _)| *distance <= limit);
    near.sort();
    near.into_iter().take(3).map(|(_, id)| id).collect()
}

/// Writes explanations, one fact a line.
struct Words<'a> {
    report: &'a Report,
    text: String,
}

impl Words<'_> {
    /// Explains what `id` names in one story, if it names something there.
    fn part(&mut self, story: &Story, id: &str) {
        if story.id == id {
            self.story(story);
        }
        if let Some(finding) = story.findings.iter().find(|f| f.id == id) {
            self.finding(story, finding);
        }
        if let Some(copy) = story.copies.iter().find(|c| c.id == id) {
            self.copy(copy);
        }
        if story.documents.iter().any(|d| d == id) {
            self.membership(story, id);
        }
        if let Some(origin) = story.origins.iter().find(|o| o.id == id) {
            self.origin(story, origin);
        }
        if let Some(entity) = story.entities.iter().find(|e| e.id == id) {
            self.entity(story, entity);
        }
        if let Some(quotation) = story.quotations.iter().find(|q| q.id == id) {
            self.quotation(story, quotation);
        }
    }

    fn line(&mut self, line: &str) {
        self.text.push_str(&visible(line));
        self.text.push('\n');
    }

    /// The name and outlet of a document.
    fn account(&self, id: &str) -> String {
        match self.report.documents.iter().find(|d| d.id == id) {
            Some(document) => match &document.outlet {
                Some(outlet) => format!("{} ({outlet})", document.name),
                None => document.name.clone(),
            },
            None => id.to_owned(),
        }
    }

    fn story(&mut self, story: &Story) {
        self.line(&format!("story {}: {}", story.id, story.title));
        let (n_documents, n_origins) = (story.documents.len(), story.origins.len());
        self.line(&format!(
            "  {}, {}",
            count(n_documents, "account"),
            count(n_origins, "independent origin")
        ));
        self.line(&format!("  coherence {:.2}: how alike its members are on average", story.coherence));
        for member in &story.members {
            self.member(member);
        }
    }

    fn membership(&mut self, story: &Story, id: &str) {
        self.line(&format!("document {id} belongs to story {}: {}", story.id, story.title));
        match story.members.iter().find(|m| m.document == id) {
            Some(member) => self.member(member),
            None => self.line("  no reason is recorded"),
        }
        if let Some(origin) = story.origins.iter().find(|o| o.documents.iter().any(|d| d == id)) {
            self.line(&format!("  origin {}: {}", origin.id, origin.basis));
        }
        for copy in story.copies.iter().filter(|c| c.from == id || c.to == id) {
            self.line(&format!("  copy {}: {}", copy.id, self.edge(copy)));
        }
        if let Some(document) = self.report.documents.iter().find(|d| d.id == id) {
            self.document(document);
        }
    }

    fn member(&mut self, member: &Membership) {
        let account = self.account(&member.document);
        self.line(&format!("  {account}: {:.2} alike to the others", member.score));
        self.features(&member.why, "    ");
    }

    /// What is known of a document itself: its date and why.
    fn document(&mut self, document: &ReportDocument) {
        let published = &document.published;
        let value = match (published.value, published.until) {
            (Some(first), Some(last)) if last != first => format!("{first} to {last}"),
            (Some(day), _) => day.to_string(),
            (None, _) => "unknown".into(),
        };
        self.line(&format!("  published {value} (basis: {})", published.basis));
        for candidate in &published.evidence {
            let value = candidate.value.map_or_else(|| "no day".to_owned(), |d| d.to_string());
            let source = kebab(&candidate.source);
            let (text, reason, weight) = (&candidate.text, &candidate.reason, candidate.weight);
            self.line(&format!("    {weight:.2}  {source} `{text}` read as {value}: {reason}"));
        }
    }

    fn origin(&mut self, story: &Story, origin: &Origin) {
        self.line(&format!("origin {} of story {}: {}", origin.id, story.id, origin.basis));
        if let Some(parent) = &origin.parent {
            self.line(&format!("  its parent is not in the pile: {parent}"));
        }
        for id in &origin.documents {
            let head = if origin.head.as_ref() == Some(id) { ", the head of the lineage" } else { "" };
            self.line(&format!("  {}{head}", self.account(id)));
        }
        for copy in story.copies.iter().filter(|c| origin.documents.contains(&c.to)) {
            self.line(&format!("  copy {}: {}", copy.id, self.edge(copy)));
        }
    }

    /// A copy edge in one sentence.
    fn edge(&self, copy: &Copy) -> String {
        let (from, to) = (self.account(&copy.from), self.account(&copy.to));
        let kind = kebab(&copy.kind);
        let share = copy.share * 100.0;
        match (&copy.parent, copy.direction) {
            (Some(parent), _) => {
                format!("{from} and {to} both carry {parent} ({kind}, {share:.0} % of the latter)")
            }
            (None, Direction::Forward) => format!("{to} took {share:.0} % of its text from {from} ({kind})"),
            (None, Direction::Unknown) => {
                format!("{from} and {to} share {share:.0} % of the latter ({kind}), direction unknown")
            }
        }
    }

    fn copy(&mut self, copy: &Copy) {
        self.line(&format!("copy {}: {}", copy.id, self.edge(copy)));
        let share = copy.share_from * 100.0;
        self.line(&format!("  {share:.0} % of {} has a counterpart in the other", self.account(&copy.from)));
        self.line(&format!("  confidence {:.2}", copy.confidence));
        self.features(&copy.why, "  ");
        self.line(&format!("  {}", count(copy.passages.len(), "aligned passage")));
        for p in &copy.passages {
            let (from, to) = ((p.from_start, p.from_end), (p.to_start, p.to_end));
            self.line(&format!("    {:.2}  bytes {}..{} → {}..{}", p.score, from.0, from.1, to.0, to.1));
        }
    }

    fn finding(&mut self, story: &Story, finding: &Finding) {
        let finding_type = finding.finding_type.map(|t| format!(" ({})", kebab(&t))).unwrap_or_default();
        self.line(&format!("finding {}: {}{finding_type}", finding.id, kebab(&finding.kind)));
        self.line(&format!("  {}", finding.message));
        self.line(&format!("  story {}: {}", story.id, story.title));
        let made = finding.why.iter().find(|f| f.name == confidence::FEATURE);
        let made = made.map_or_else(String::new, |f| format!(": {} (score {:.2})", f.note, f.value));
        self.line(&format!("  confidence {:.2}{made}", finding.confidence));
        let why: Vec<Feature> =
            finding.why.iter().filter(|f| f.name != confidence::FEATURE).cloned().collect();
        self.features(&why, "  ");
        if let Some(copy) = finding.copy.as_ref().and_then(|id| story.copies.iter().find(|c| c.id == *id)) {
            self.line(&format!("  along copy {}: {}", copy.id, self.edge(copy)));
        }
        for (idx, side) in finding.sides.iter().enumerate() {
            let label = if side.label.is_empty() { String::new() } else { format!(": {}", side.label) };
            self.line(&format!("  side {}{label}", idx + 1));
            let origins = side.origins.join(", ");
            self.line(&format!("    {} ({origins})", count(side.origins.len(), "origin")));
            if !side.sources.is_empty() {
                self.line(&format!("    cites {}", side.sources.join(", ")));
            }
            self.evidence(&side.evidence, "    ");
        }
    }

    fn entity(&mut self, story: &Story, entity: &StoryEntity) {
        let kind = kebab(&entity.kind);
        self.line(&format!("entity {} of story {}: {} ({kind})", entity.id, story.id, entity.name));
        if !entity.aliases.is_empty() {
            self.line(&format!("  also {}", entity.aliases.join("; ")));
        }
        self.line(&format!("  {}", count(entity.mentions.len(), "mention")));
        self.evidence(&entity.mentions, "    ");
    }

    fn quotation(&mut self, story: &Story, quotation: &ReportQuotation) {
        let kind = kebab(&quotation.kind);
        self.line(&format!("quotation {} of story {} ({kind}), in {}", quotation.id, story.id, {
            self.account(&quotation.document)
        }));
        self.line(&format!("  “{}”", quotation.text));
        match &quotation.source {
            Some(source) => {
                let who = source.entity.as_deref().unwrap_or("nobody that could be named");
                self.line(&format!("  said by {who}, called `{}` there", source.text));
            }
            None => self.line("  no source was found"),
        }
        let Some(utterance) = &quotation.utterance else { return };
        for other in story
            .quotations
            .iter()
            .filter(|q| q.utterance.as_ref() == Some(utterance) && q.id != quotation.id)
        {
            self.line(&format!("  also {} in {}: “{}”", other.id, self.account(&other.document), other.text));
        }
    }

    fn evidence(&mut self, evidence: &[Evidence], indent: &str) {
        for e in evidence {
            let role = e.role.as_ref().map(|r| format!(" ({r})")).unwrap_or_default();
            let account = self.account(&e.document);
            self.line(&format!("{indent}{account}, bytes {}..{}{role}: “{}”", e.start, e.end, e.text));
        }
    }

    /// What a conclusion rests on, the weightiest first.
    fn features(&mut self, features: &[Feature], indent: &str) {
        let mut features: Vec<&Feature> = features.iter().collect();
        features.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()));
        for feature in features {
            let note = if feature.note.is_empty() { String::new() } else { format!(": {}", feature.note) };
            let mut line = format!("{indent}{} {:.2}", feature.name, feature.value);
            if feature.weight != 0.0 {
                // Writing to a string cannot fail.
                let _ = write!(line, " (weight {:+.2})", feature.weight);
            }
            self.line(&format!("{line}{note}"));
        }
    }
}

fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{n} {noun}s") }
}

/// The name of a variant as the report spells it.
fn kebab(value: &impl serde::Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        _ => String::new(),
    }
}
