//! `eval copies-news`: copies of known descent, made at run time by [`super::forge`] from stories of a corpus, and what
//! the product finds in them: who took it from whom, what kind of copy, how many origins, which facts were changed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use rayon::prelude::*;
use variorum_collate::{Account, Options, collate, fluency};
use variorum_schema::{CopyKind, Direction, Evidence, Finding, FindingKind, FindingType, Media, Page, Story};

use super::forge::{self, Draft, Pile, dice::Dice};
use super::{Outcome, stories};

/// Piles made of each collection.
const N_PILES: usize = 240;
/// Roots shorter than this (sentences) are not copied.
const MIN_LINES: usize = 8;
/// A focus longer than this (bytes) locates nothing.
const MAX_FOCUS: u32 = 160;

/// Scores what is found in copies made of the stories under `path`.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut tally = Tally::default();
    for (events, accounts) in sources(path)? {
        let groups = groups(&events, &accounts);
        let n = groups.len();
        let tallies: Vec<Tally> =
            (0..N_PILES.min(8 * n)).into_par_iter().map(|k| one(&groups[k % n], k as u64)).collect();
        tallies.into_iter().for_each(|t| tally.add(t));
    }
    Ok(tally.outcome())
}

/// Accounts with the event of each: of a corpus of stories, or of our own cases.
fn sources(path: &Path) -> Result<Vec<(Vec<String>, Vec<Account>)>, String> {
    let collections = stories::read(path).unwrap_or_default();
    if !collections.is_empty() {
        return Ok(collections.into_iter().map(|c| (c.events, c.accounts)).collect());
    }
    let pages = variorum::ingest::read(&[path]).pages;
    let event = |p: &Page| {
        let parts: Vec<&str> = p.name.split('/').collect();
        parts
            .iter()
            .rposition(|x| *x == "pages")
            .and_then(|at| parts.get(at.checked_sub(1)?))
            .map_or(p.name.clone(), |s| (*s).to_owned())
    };
    let pages: Vec<&Page> = pages.iter().filter(|p| p.name.contains("/pages/")).collect();
    if pages.is_empty() {
        return Err(format!("no stories under {}", path.display()));
    }
    Ok(vec![(pages.iter().map(|p| event(p)).collect(), pages.iter().map(|p| variorum::account(p)).collect())])
}

/// The drafts of each event that has a text long enough, longest first.
fn groups(events: &[String], accounts: &[Account]) -> Vec<Vec<Draft>> {
    let mut by_event: BTreeMap<&String, Vec<Draft>> = BTreeMap::new();
    for (event, account) in events.iter().zip(accounts) {
        let draft = forge::draft(account);
        if draft.len() >= MIN_LINES {
            by_event.entry(event).or_default().push(draft);
        }
    }
    by_event.into_values().collect()
}

/// Runs of five words that two drafts share, as a share of the shorter one's.
fn overlap(a: &Draft, b: &Draft) -> f64 {
    let runs = |d: &Draft| -> BTreeSet<String> {
        let words: Vec<String> = d.iter().flat_map(|l| &l.words).map(|w| w.text.to_lowercase()).collect();
        words.windows(5).map(|w| w.join(" ")).collect()
    };
    let (p, q) = (runs(a), runs(b));
    p.intersection(&q).count() as f64 / p.len().min(q.len()).max(1) as f64
}

fn one(group: &[Draft], seed: u64) -> Tally {
    let mut dice = Dice::new(0x5eed + seed);
    let first = dice.below(group.len());
    let mut roots = vec![group[first].clone()];
    // A second account of the event that shares no text with the first.
    let other = group.iter().find(|d| overlap(d, &group[first]) < 0.02).filter(|_| dice.chance(0.5));
    roots.extend(other.cloned());
    let pile = forge::pile(&roots, &mut dice);
    let (accounts, places) = accounts(&pile, &mut dice);
    let stories = collate(&accounts, &Options::default()).stories;
    let mut tally = Tally { piles: 1, ..Tally::default() };
    tally.lineage(&pile, &accounts, &stories, seed);
    tally.facts(&pile, &accounts, &places, &stories, seed);
    tally.errors.extend(decay(&pile, &accounts, &places, &stories));
    tally
}

/// The signs of decay of every aligned passage, for the fit.
fn decay(pile: &Pile, accounts: &[Account], places: &Places, stories: &[Story]) -> Vec<String> {
    let at = |id: &str| accounts.iter().position(|a| a.document.id == id);
    let garbled = |n: usize, start: u32, end: u32| {
        let over = places[n].iter().filter(|(_, p)| p.0 < end && start < p.1);
        over.map(|(m, _)| *m).find(|m| pile.changes[*m as usize - 1].kind == "garble")
    };
    let mut lines = Vec::new();
    for copy in stories.iter().flat_map(|s| &s.copies) {
        let (Some(a), Some(b)) = (at(&copy.from), at(&copy.to)) else { continue };
        for p in &copy.passages {
            let text = |n: usize, from: u32, to: u32| {
                accounts[n].document.text.get(from as usize..to as usize).unwrap_or_default()
            };
            let (x, y) = (text(a, p.from_start, p.from_end), text(b, p.to_start, p.to_end));
            let Some(d) = fluency::decay(x, y).filter(|_| x != y) else { continue };
            let (was, is) = (garbled(a, p.from_start, p.from_end), garbled(b, p.to_start, p.to_end));
            let label = match (was, is) {
                (None, Some(_)) => "garbled",
                (Some(_), _) => continue,
                _ => "spun",
            };
            let values = [
                d.drop,
                d.unseen,
                d.doubled,
                d.exchanged,
                d.lost_names,
                d.length,
                p.score,
                fluency::garble(&d),
            ]
            .map(|v| format!("{v:.4}"))
            .join("\t");
            lines.push(format!(
                "zdecay\t{label}\t{values}\t{}\t{}",
                x.replace(['\n', '\t'], " "),
                y.replace(['\n', '\t'], " ")
            ));
        }
    }
    lines
}

type Places = Vec<BTreeMap<u32, (u32, u32)>>;

const OUTLETS: [&str; 12] = [
    "Harbour Post",
    "Valley Herald",
    "Morning Ledger",
    "Northern Gazette",
    "Daily Lantern",
    "Coast Courier",
    "Evening Compass",
    "Hill Chronicle",
    "River Sentinel",
    "Plain Tribune",
    "Lake Observer",
    "Island Examiner",
];

/// The documents as the product reads them, and where in each the changes stand.
fn accounts(pile: &Pile, dice: &mut Dice) -> (Vec<Account>, Places) {
    let shift = dice.below(OUTLETS.len());
    let mut names: Vec<usize> = (0..pile.made.len()).map(|n| 10 + n).collect();
    for n in (1..names.len()).rev() {
        names.swap(n, dice.below(n + 1));
    }
    let mut out = (Vec::new(), Vec::new());
    for (n, made) in pile.made.iter().enumerate() {
        let (text, places) = forge::render(&made.draft);
        let mut page = Page::new(format!("{}.txt", names[n]), text.clone().into_bytes());
        page.media = Media::Text;
        page.outlet = Some(OUTLETS[(n + shift) % OUTLETS.len()].to_owned());
        page.published = made.is_dated.then(|| format!("2021-03-{:02}", 10 + made.day));
        let account = variorum::account(&page);
        let text_of = |p: (u32, u32)| text.get(p.0 as usize..p.1 as usize).unwrap_or_default();
        // The product reads the bytes as they are; if it ever does not, a change is looked for.
        let found = places.into_iter().filter_map(|(mark, p)| {
            let is_there = account.document.text.get(p.0 as usize..p.1 as usize) == Some(text_of(p));
            let at = account.document.text.find(text_of(p)).map(|at| at as u32);
            let start = if is_there { Some(p.0) } else { at };
            start.map(|s| (mark, (s, s + p.1 - p.0)))
        });
        out.1.push(found.collect());
        out.0.push(account);
    }
    out
}

/// Counts over piles.
#[derive(Default)]
struct Tally {
    piles: usize,
    edges: [usize; 3],
    kinds: [usize; 2],
    directed: [usize; 3],
    origins: usize,
    /// Kind of change → found, made; only changes that can be seen, the sentence as it was being in the pile too.
    facts: BTreeMap<&'static str, [usize; 2]>,
    /// Findings that name a change, and all.
    reported: BTreeMap<String, [usize; 2]>,
    sides: [usize; 2],
    garble: [usize; 2],
    other: usize,
    errors: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Tally) {
        self.piles += other.piles;
        let pairs = [
            (&mut self.edges[..], &other.edges[..]),
            (&mut self.kinds[..], &other.kinds[..]),
            (&mut self.directed[..], &other.directed[..]),
            (&mut self.sides[..], &other.sides[..]),
            (&mut self.garble[..], &other.garble[..]),
        ];
        for (mine, its) in pairs {
            mine.iter_mut().zip(its).for_each(|(a, b)| *a += b);
        }
        self.origins += other.origins;
        self.other += other.other;
        for (kind, n) in other.facts {
            let slot = self.facts.entry(kind).or_default();
            *slot = [slot[0] + n[0], slot[1] + n[1]];
        }
        for (kind, n) in other.reported {
            let slot = self.reported.entry(kind).or_default();
            *slot = [slot[0] + n[0], slot[1] + n[1]];
        }
        self.errors.extend(other.errors);
    }

    /// Edges, their kind and direction, and the count of origins.
    fn lineage(&mut self, pile: &Pile, accounts: &[Account], stories: &[Story], seed: u64) {
        let at = |id: &str| accounts.iter().position(|a| a.document.id == id);
        let copies = stories.iter().flat_map(|s| &s.copies);
        let found: Vec<(usize, usize, CopyKind, Direction)> =
            copies.filter_map(|c| Some((at(&c.from)?, at(&c.to)?, c.kind, c.direction))).collect();
        // Two documents with the same words cannot be told apart.
        let twins =
            |a: usize| (0..pile.made.len()).filter(move |b| pile.made[*b].draft == pile.made[a].draft);
        let is_child = |child: usize, of: usize| {
            twins(child).any(|c| pile.made[c].parent.is_some_and(|p| twins(p).any(|t| t == of)))
                || child != of && pile.made[child].draft == pile.made[of].draft
        };
        let is_edge = |a: usize, b: usize| is_child(a, b) || is_child(b, a);
        let gold = pile.made.iter().filter(|m| m.parent.is_some()).count();
        let hits = found.iter().filter(|f| is_edge(f.0, f.1)).count();
        self.edges = [hits, found.len(), gold];
        for &(from, to, kind, direction) in found.iter().filter(|f| is_edge(f.0, f.1)) {
            let is_twin = pile.made[from].draft == pile.made[to].draft;
            let child = if is_child(to, from) { to } else { from };
            let made = if is_twin {
                CopyKind::Verbatim
            } else {
                twins(child)
                    .map(|c| pile.made[c].kind)
                    .find(|k| *k != CopyKind::Verbatim)
                    .unwrap_or(CopyKind::Edited)
            };
            let is_right = kind == made;
            self.kinds[1] += 1;
            self.kinds[0] += usize::from(is_right);
            if !is_right {
                self.errors.push(format!("kind {seed}: {made:?} called {kind:?}"));
            }
            self.directed[2] += usize::from(!is_twin);
            if !is_twin && direction == Direction::Forward {
                self.directed[1] += 1;
                self.directed[0] += usize::from(child == to);
            }
        }
        for (from, to, ..) in found.iter().filter(|f| !is_edge(f.0, f.1)) {
            let told = |n: usize| format!("{n} ({:?} of {:?})", pile.made[n].kind, pile.made[n].parent);
            self.errors.push(format!("edge {seed}: {} from {}", told(*to), told(*from)));
        }
        let roots = pile.made.iter().filter(|m| m.parent.is_none()).count();
        let origins: usize = stories.iter().map(|s| s.origins.len()).sum();
        self.origins += origins.abs_diff(roots);
        if origins != roots {
            self.errors.push(format!("origins {seed}: {origins} for {roots}"));
        }
    }

    /// Which changes were found, and which findings name none.
    fn facts(&mut self, pile: &Pile, accounts: &[Account], places: &Places, stories: &[Story], seed: u64) {
        let findings: Vec<&Finding> =
            stories.iter().flat_map(|s| &s.findings).filter(|f| tells_of_change(f)).collect();
        let marks: Vec<BTreeSet<u32>> = findings.iter().map(|f| marks(f, accounts, places)).collect();
        for (n, change) in pile.changes.iter().enumerate() {
            let mark = n as u32 + 1;
            if !places.iter().any(|p| p.contains_key(&mark)) {
                continue;
            }
            let hit = findings.iter().zip(&marks).any(|(f, m)| m.contains(&mark) && fits(f, change.kind));
            let slot = self.facts.entry(change.kind).or_default();
            slot[1] += 1;
            slot[0] += usize::from(hit);
            if !hit {
                let sentence = sentence(accounts, places, mark);
                self.errors.push(format!(
                    "missed {seed} {}: «{}» → «{}»: {sentence}",
                    change.kind, change.before, change.after
                ));
            }
        }
        // What is called revised is judged by who measures figures.
        for (finding, marks) in findings.iter().zip(&marks).filter(|(f, _)| f.kind != FindingKind::Revised) {
            let kind = |m: &u32| pile.changes[*m as usize - 1].kind;
            let is_right = marks.iter().any(|m| fits(finding, kind(m)));
            let name = format!(
                "{:?}/{}",
                finding.kind,
                finding.finding_type.map_or(String::new(), |t| format!("{t:?}"))
            );
            let slot = self.reported.entry(name).or_default();
            slot[1] += 1;
            slot[0] += usize::from(is_right);
            self.garble[1] += usize::from(finding.finding_type == Some(FindingType::Garble));
            self.garble[0] += usize::from(finding.finding_type == Some(FindingType::Garble) && is_right);
            if is_right {
                self.sides[1] += 1;
                self.sides[0] += usize::from(is_turned_right(finding, accounts, places, marks));
            } else {
                let why = finding.why.iter().map(|f| f.note.as_str()).collect::<Vec<_>>().join(" ");
                let sides: Vec<&str> = finding
                    .sides
                    .iter()
                    .filter_map(|s| s.evidence.first())
                    .map(|e| e.text.as_str())
                    .collect();
                let of = marks.iter().map(kind).collect::<Vec<_>>().join(",");
                self.errors.push(format!(
                    "wrong {seed} {} [{of}] {why}\n    {}",
                    finding.message,
                    sides.join("\n    ")
                ));
            }
        }
    }

    fn outcome(mut self) -> Outcome {
        let mut outcome = Outcome::default();
        let ratio = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let sum =
            |it: &mut dyn Iterator<Item = &[usize; 2]>| it.fold([0, 0], |s, n| [s[0] + n[0], s[1] + n[1]]);
        outcome.prf("edges", self.edges[0], self.edges[1], self.edges[2]);
        outcome.figure("kind accuracy", ratio(self.kinds[0], self.kinds[1]));
        outcome.figure("direction coverage", ratio(self.directed[1], self.directed[2]));
        outcome.figure("direction accuracy", ratio(self.directed[0], self.directed[1]));
        outcome.figure("origin count error", self.origins as f64 / self.piles.max(1) as f64);
        let facts = sum(&mut self.facts.iter().filter(|(k, _)| **k != "garble").map(|(_, n)| n));
        let right = sum(&mut self.reported.iter().filter(|(k, _)| !k.ends_with("Garble")).map(|(_, n)| n));
        outcome.figure("corrupted recall", ratio(facts[0], facts[1]));
        outcome.figure("corrupted precision", ratio(right[0], right[1]));
        outcome.figure("sides the right way round", ratio(self.sides[0], self.sides[1]));
        let garbled = self.facts.get("garble").copied().unwrap_or_default();
        outcome.figure("garble recall", ratio(garbled[0], garbled[1]));
        outcome.figure("garble precision", ratio(self.garble[0], self.garble[1]));
        for (kind, n) in &self.facts {
            outcome.figure(format!("recall of {kind} ({})", n[1]), ratio(n[0], n[1]));
        }
        for (kind, n) in &self.reported {
            outcome.figure(format!("precision of {kind} ({})", n[1]), ratio(n[0], n[1]));
        }
        outcome.figure("piles", self.piles as f64);
        self.errors.sort_by_key(|e| (e.split(' ').next().map(str::to_owned), e.clone()));
        outcome.errors = self.errors;
        outcome
    }
}

/// Whether a finding says that a copy changed something.
fn tells_of_change(finding: &Finding) -> bool {
    matches!(finding.kind, FindingKind::CorruptedCopy | FindingKind::AlteredQuotation | FindingKind::Revised)
}

/// Whether a finding may name a change of this kind: a garbled passage is to be called so, and nothing else is.
fn fits(finding: &Finding, kind: &str) -> bool {
    (finding.finding_type == Some(FindingType::Garble)) == (kind == "garble")
}

fn focus(e: &Evidence) -> Option<(u32, u32)> {
    Some((e.focus_start?, e.focus_end?))
}

/// The changes on which the marked parts of a finding fall.
fn marks(finding: &Finding, accounts: &[Account], places: &Places) -> BTreeSet<u32> {
    finding.sides.iter().flat_map(|s| side_marks(finding, &s.evidence, accounts, places)).collect()
}

fn side_marks(
    finding: &Finding,
    evidence: &[Evidence],
    accounts: &[Account],
    places: &Places,
) -> BTreeSet<u32> {
    let is_garble = finding.finding_type == Some(FindingType::Garble);
    let mut found = BTreeSet::new();
    for e in evidence {
        let Some(n) = accounts.iter().position(|a| a.document.id == e.document) else { continue };
        let (start, end) = focus(e).unwrap_or((e.start, e.end));
        if end - start <= MAX_FOCUS || is_garble {
            let over = places[n].iter().filter(|(_, p)| p.0 < end && start < p.1);
            found.extend(over.map(|(mark, _)| *mark));
        }
    }
    found
}

/// Whether the first side of a finding holds the text as it was.
fn is_turned_right(finding: &Finding, accounts: &[Account], places: &Places, marks: &BTreeSet<u32>) -> bool {
    let first = finding.sides.first().map(|s| side_marks(finding, &s.evidence, accounts, places));
    first.is_some_and(|f| f.intersection(marks).next().is_none())
}

/// The sentence where a change stands first.
fn sentence(accounts: &[Account], places: &Places, mark: u32) -> String {
    let at = places.iter().enumerate().find_map(|(n, p)| p.get(&mark).map(|p| (n, *p)));
    at.map_or(String::new(), |(n, (start, end))| {
        let text = &accounts[n].document.text;
        let mut from = start.saturating_sub(90) as usize;
        let mut to = (end as usize + 90).min(text.len());
        while !text.is_char_boundary(from) {
            from -= 1;
        }
        while !text.is_char_boundary(to) {
            to += 1;
        }
        text[from..to].replace('\n', " ")
    })
}
