//! What the renderers share: looking documents up, naming them, grouping findings, drawing a lineage.

use std::collections::{BTreeMap, BTreeSet, BinaryHeap};

use variorum_collate::finding::confidence::SURE;
use variorum_schema::{
    Copy, Direction, Evidence, Finding, FindingKind, Origin, Report, ReportDocument, Side, Story,
};

use super::Texts;

/// A report with its texts, its documents by identifier and a printable name for each.
pub(super) struct Outline<'a> {
    pub(super) report: &'a Report,
    pub(super) texts: &'a Texts,
    documents: BTreeMap<&'a str, usize>,
    labels: Vec<String>,
}

impl<'a> Outline<'a> {
    pub(super) fn new(report: &'a Report, texts: &'a Texts) -> Outline<'a> {
        let documents = report.documents.iter().enumerate().map(|(i, d)| (d.id.as_str(), i)).collect();
        Outline { report, texts, documents, labels: labels(&report.documents) }
    }

    /// Position of a document in the report.
    pub(super) fn index(&self, id: &str) -> Option<usize> {
        self.documents.get(id).copied()
    }

    pub(super) fn document(&self, id: &str) -> Option<&'a ReportDocument> {
        self.index(id).and_then(|i| self.report.documents.get(i))
    }

    /// What a document is called: its outlet, else its file; never empty, different for each.
    pub(super) fn label<'b>(&'b self, id: &'b str) -> &'b str {
        self.index(id).and_then(|i| self.labels.get(i)).map_or(id, String::as_str)
    }

    /// The unedited text of a document, where it was handed over.
    pub(super) fn text(&self, id: &str) -> Option<&'a str> {
        self.texts.get(id).map(String::as_str)
    }

    /// 1-based line of a byte of a document's text.
    pub(super) fn line(&self, id: &str, at: u32) -> Option<usize> {
        let before = self.text(id)?.as_bytes().get(..at as usize)?;
        Some(before.iter().filter(|&&b| b == b'\n').count() + 1)
    }
}

fn labels(documents: &[ReportDocument]) -> Vec<String> {
    let file = |d: &ReportDocument| {
        let name = d.name.trim_end_matches('/');
        name.rsplit(['/', '\\']).next().filter(|n| !n.is_empty()).unwrap_or(&d.id).to_owned()
    };
    let outlet =
        |d: &ReportDocument| d.outlet.as_deref().map(str::trim).filter(|o| !o.is_empty()).map(str::to_owned);
    let first: Vec<String> = documents.iter().map(|d| outlet(d).unwrap_or_else(|| file(d))).collect();
    let repeated = |list: &[String]| {
        let mut n: BTreeMap<String, u32> = BTreeMap::new();
        list.iter().for_each(|l| *n.entry(l.clone()).or_default() += 1);
        n
    };
    let n = repeated(&first);
    let second: Vec<String> = std::iter::zip(documents, first)
        .map(|(d, label)| match (n.get(&label), outlet(d)) {
            (Some(2..), Some(outlet)) => format!("{outlet} ({})", file(d)),
            (Some(2..), None) => d.name.clone(),
            _ => label,
        })
        .collect();
    let n = repeated(&second);
    std::iter::zip(documents, second)
        .map(|(d, label)| if n.get(&label) > Some(&1) { format!("{label} \u{b7} {}", d.name) } else { label })
        .collect()
}

/// The groups in which findings are shown, the most pressing first.
#[derive(Clone, std::marker::Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Group {
    Attention,
    Check,
    Corroborated,
    Expected,
    Wording,
    Omitted,
    Single,
}

impl Group {
    pub(super) const ALL: [Group; 7] = [
        Group::Attention,
        Group::Check,
        Group::Corroborated,
        Group::Expected,
        Group::Wording,
        Group::Omitted,
        Group::Single,
    ];

    pub(super) fn of(finding: &Finding) -> Group {
        match finding.kind {
            FindingKind::SingleOrigin => Group::Single,
            _ if finding.confidence < SURE => Group::Check,
            FindingKind::Corroborated => Group::Corroborated,
            FindingKind::ExpectedHappened => Group::Expected,
            FindingKind::Wording => Group::Wording,
            FindingKind::Omitted => Group::Omitted,
            _ => Group::Attention,
        }
    }

    pub(super) fn title(self) -> &'static str {
        match self {
            Group::Attention => "Needs attention",
            Group::Corroborated => "Corroborated",
            Group::Expected => "Expected, and what happened",
            Group::Wording => "Wording",
            Group::Omitted => "Left out by an account",
            Group::Check => "To check",
            Group::Single => "Carried by one origin in this pile",
        }
    }

    /// What a reader should know of the group before its findings.
    pub(super) fn note(self) -> Option<&'static str> {
        match self {
            Group::Check => Some(
                "Of findings like these, fewer than nine in ten were right where they were judged on real news: the number behind each says how many. Read both sides before you use one.",
            ),
            Group::Single => Some("About what this pile holds, not about what others have published."),
            _ => None,
        }
    }

    /// The findings of a story in this group, in the report's order.
    pub(super) fn findings(self, story: &Story) -> Vec<&Finding> {
        story.findings.iter().filter(|f| Group::of(f) == self).collect()
    }
}

/// Findings of a story that need attention.
pub(super) fn n_attention(story: &Story) -> usize {
    Group::Attention.findings(story).len()
}

/// Findings of a story that a reader has to check.
pub(super) fn n_to_check(story: &Story) -> usize {
    Group::Check.findings(story).len()
}

/// "3 to look at, 5 to check"; empty if there are none.
pub(super) fn to_look_at(story: &Story) -> String {
    let told = [(n_attention(story), "to look at"), (n_to_check(story), "to check")];
    let told = told.iter().filter(|t| t.0 > 0).map(|(n, what)| format!("{n} {what}"));
    told.collect::<Vec<_>>().join(", ")
}

/// Whether a story is shown in full rather than as a line of the list of lone accounts.
pub(super) fn is_told(story: &Story, report: &Report) -> bool {
    let has_to_check = || !Group::Check.findings(story).is_empty();
    story.documents.len() > 1 || n_attention(story) > 0 || has_to_check() || report.stories.len() == 1
}

/// Independent origins behind all sides of a finding, without repetition.
pub(super) fn origins_of(finding: &Finding) -> BTreeSet<&str> {
    finding.sides.iter().flat_map(|s| s.origins.iter().map(String::as_str)).collect()
}

/// How many independent origins stand behind a side: "2 of 3"; "none of its own" for a copy whose origin already stands
/// on an earlier side.
pub(super) fn support(story: &Story, finding: &Finding, side: usize) -> String {
    let earlier: BTreeSet<&str> =
        finding.sides.iter().take(side).flat_map(|s| s.origins.iter().map(String::as_str)).collect();
    let Some(side) = finding.sides.get(side) else { return String::new() };
    if !side.origins.is_empty() && side.origins.iter().all(|o| earlier.contains(o.as_str())) {
        return "none of its own".to_owned();
    }
    format!("{} of {}", side.origins.len(), story.origins.len())
}

/// The label of a side, where it says more than the passage below it; empty for the passage's own beginning.
pub(super) fn label_of(side: &Side) -> &str {
    let start = side.label.trim_end_matches('\u{2026}').trim_end();
    let is_beginning = |e: &Evidence| start.len() >= 24 && e.text.starts_with(start);
    if side.evidence.first().is_some_and(is_beginning) { "" } else { &side.label }
}

/// First and last day of publication of the accounts of a story, as far as known.
pub(super) fn dates(outline: &Outline<'_>, story: &Story) -> Option<variorum_schema::Interval> {
    let known = story.documents.iter().filter_map(|id| {
        let published = &outline.document(id)?.published;
        published.value.map(|first| (first, published.until.unwrap_or(first)))
    });
    let (first, last) = known.fold((None, None), |(first, last), (a, b)| {
        (
            Some(first.map_or(a, |f: jiff::civil::Date| f.min(a))),
            Some(last.map_or(b, |l: jiff::civil::Date| l.max(b))),
        )
    });
    Some(variorum_schema::Interval { first: first?, last: last? })
}

/// One node of a lineage drawn as a tree.
pub(super) struct Twig<'a> {
    /// An account, or the name of a parent that is not in the pile.
    pub(super) who: Who<'a>,
    /// Index of the node that it hangs from.
    pub(super) parent: Option<usize>,
    /// The copy edge by which it hangs, if one was found.
    pub(super) edge: Option<&'a Copy>,
    /// Distance from the root.
    pub(super) depth: usize,
    /// Whether it is the last child of its parent.
    pub(super) is_last: bool,
}

/// Whom a node stands for.
#[derive(Clone, std::marker::Copy, PartialEq, Eq)]
pub(super) enum Who<'a> {
    Account(&'a str),
    Unseen(&'a str),
}

/// The accounts of one origin as a tree in pre-order: the head or the unseen parent first, each account under the one
/// that it most likely took its text from (a maximum spanning tree over the copy edges, concluded directions first).
pub(super) fn lineage<'a>(story: &'a Story, origin: &'a Origin) -> Vec<Twig<'a>> {
    let members: BTreeSet<&str> = origin.documents.iter().map(String::as_str).collect();
    let mut edges: BTreeMap<&str, Vec<&Copy>> = BTreeMap::new();
    for copy in &story.copies {
        if members.contains(copy.from.as_str()) && members.contains(copy.to.as_str()) && copy.from != copy.to
        {
            edges.entry(&copy.from).or_default().push(copy);
            edges.entry(&copy.to).or_default().push(copy);
        }
    }
    let mut above: BTreeMap<&str, (Option<&str>, Option<&Copy>)> = BTreeMap::new();
    let mut queue = BinaryHeap::new();
    let mut attach =
        |id: &'a str, to: Option<&'a str>, edge: Option<&'a Copy>, queue: &mut BinaryHeap<Rank<'a>>| {
            if above.contains_key(id) {
                return false;
            }
            above.insert(id, (to, edge));
            queue.extend(edges.get(id).into_iter().flatten().filter_map(|&copy| Rank::new(copy, id)));
            true
        };
    for id in roots(origin, &edges) {
        let edge = edges.get(id).into_iter().flatten().find(|c| c.parent.is_some()).copied();
        attach(id, None, if origin.parent.is_some() { edge } else { None }, &mut queue);
    }
    let mut left = origin.documents.iter().map(String::as_str);
    loop {
        if let Some(rank) = queue.pop() {
            attach(rank.below, Some(rank.above), Some(rank.copy), &mut queue);
        } else if let Some(id) = left.next() {
            attach(
                id,
                origin.head.as_deref().filter(|h| *h != id && origin.parent.is_none()),
                None,
                &mut queue,
            );
        } else {
            break;
        }
    }
    flatten(origin, &above)
}

/// Where the tree starts: under an unseen parent every account that no other account of the pile explains.
fn roots<'a>(origin: &'a Origin, edges: &BTreeMap<&str, Vec<&Copy>>) -> Vec<&'a str> {
    if origin.parent.is_none() {
        return origin.head.iter().chain(origin.documents.first()).take(1).map(String::as_str).collect();
    }
    let is_explained = |id: &str| {
        edges
            .get(id)
            .into_iter()
            .flatten()
            .any(|c| c.to == id && c.direction == Direction::Forward && c.parent.is_none())
    };
    origin.documents.iter().map(String::as_str).filter(|id| !is_explained(id)).collect()
}

/// An edge waiting to be taken; the greatest is taken first.
struct Rank<'a> {
    copy: &'a Copy,
    above: &'a str,
    below: &'a str,
}

impl<'a> Rank<'a> {
    /// The edge seen from `attached`; `None` where it is known to run the other way.
    fn new(copy: &'a Copy, attached: &'a str) -> Option<Rank<'a>> {
        let below = if copy.from == attached { copy.to.as_str() } else { copy.from.as_str() };
        (copy.from == attached || copy.direction == Direction::Unknown).then_some(Rank {
            copy,
            above: attached,
            below,
        })
    }

    fn key(&self) -> (bool, u64, u64, std::cmp::Reverse<(&str, &str)>) {
        let fixed = |p: f64| (p.clamp(0.0, 1.0) * 1e6) as u64;
        let is_forward = self.copy.direction == Direction::Forward;
        (
            is_forward,
            fixed(self.copy.share),
            fixed(self.copy.confidence),
            std::cmp::Reverse((self.above, self.below)),
        )
    }
}

impl PartialEq for Rank<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}
impl Eq for Rank<'_> {}
impl PartialOrd for Rank<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for Rank<'_> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.key().cmp(&other.key())
    }
}

fn flatten<'a>(
    origin: &'a Origin,
    above: &BTreeMap<&'a str, (Option<&'a str>, Option<&'a Copy>)>,
) -> Vec<Twig<'a>> {
    let mut out: Vec<Twig<'a>> = Vec::new();
    if let Some(name) = &origin.parent {
        out.push(Twig { who: Who::Unseen(name), parent: None, edge: None, depth: 0, is_last: true });
    }
    let base = out.len().checked_sub(1);
    let children = |of: Option<&str>| -> Vec<&'a str> {
        let listed = origin.documents.iter().map(String::as_str);
        listed.filter(|id| above.get(id).is_some_and(|(a, _)| *a == of)).collect()
    };
    // An explicit stack: a lineage can be a long chain.
    let mut stack: Vec<(&'a str, Option<usize>, bool)> = Vec::new();
    let push = |stack: &mut Vec<(&'a str, Option<usize>, bool)>, ids: Vec<&'a str>, parent| {
        let n = ids.len();
        stack.extend(ids.into_iter().enumerate().rev().map(|(i, id)| (id, parent, i + 1 == n)));
    };
    push(&mut stack, children(None), base);
    while let Some((id, parent, is_last)) = stack.pop() {
        let depth = parent.and_then(|p| out.get(p)).map_or(0, |p| p.depth + 1);
        let edge = above.get(id).and_then(|(_, edge)| *edge);
        out.push(Twig { who: Who::Account(id), parent, edge, depth, is_last });
        push(&mut stack, children(Some(id)), Some(out.len() - 1));
    }
    out
}

/// A piece of evidence with its surroundings in the same line of the document, each at most `max` bytes long.
pub(super) fn surroundings<'a>(text: &'a str, evidence: &Evidence, max: usize) -> (&'a str, &'a str) {
    let (start, end) = (evidence.start as usize, evidence.end as usize);
    let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else { return ("", "") };
    let before = before.get(before.rfind('\n').map_or(0, |i| i + 1)..).unwrap_or("");
    let after = after.get(..after.find('\n').unwrap_or(after.len())).unwrap_or("");
    (tail(before, max), head(after, max))
}

/// The last words of `text`, at most `max` bytes.
fn tail(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text.trim_start();
    }
    let mut at = text.len() - max;
    while !text.is_char_boundary(at) {
        at += 1;
    }
    let cut = text.get(at..).unwrap_or("");
    cut.find(char::is_whitespace).and_then(|i| cut.get(i..)).unwrap_or("").trim_start()
}

/// The first words of `text`, at most `max` bytes.
fn head(text: &str, max: usize) -> &str {
    if text.len() <= max {
        return text.trim_end();
    }
    let mut at = max;
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let cut = text.get(..at).unwrap_or("");
    cut.rfind(char::is_whitespace).and_then(|i| cut.get(..i)).unwrap_or("").trim_end()
}

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;

    #[test]
    fn lineage_hangs_each_account_once() {
        let report = sample::report();
        for story in &report.stories {
            for origin in &story.origins {
                let twigs = lineage(story, origin);
                let mut shown: Vec<&str> = Vec::new();
                for (i, twig) in twigs.iter().enumerate() {
                    assert!(twig.parent.is_none_or(|p| p < i), "parents come first");
                    if let Who::Account(id) = twig.who {
                        shown.push(id);
                    }
                }
                shown.sort_unstable();
                let mut wanted: Vec<&str> = origin.documents.iter().map(String::as_str).collect();
                wanted.sort_unstable();
                assert_eq!(shown, wanted);
            }
        }
    }

    #[test]
    fn unseen_parent_is_the_root() {
        let report = sample::report();
        let twigs = lineage(&report.stories[0], &report.stories[0].origins[1]);
        assert!(twigs[0].who == Who::Unseen("Nordic Wire"));
        assert!(twigs[1..].iter().all(|t| t.parent == Some(0) && t.edge.is_some()));
    }
}
