//! `variorum-dev reading`: what the trained reading is worth to the findings, by leaving parts of it out.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use variorum::gold::{Area, Case, folders};
use variorum::{Options, collate_with, ingest};
use variorum_annotate::annotator::{Annotator, BuiltIn};
use variorum_annotate::{mention, segment, tag};
use variorum_schema::{Document, Entity, FindingKind, Mention, Report, Sentence, Token};

/// Collates a pile with and without the trained models, and prints what that changes.
#[derive(clap::Args)]
pub(crate) struct Args {
    /// A pile, or a folder of labelled piles (each with `expected.json`).
    path: PathBuf,
}

/// What is lost and gained, or what of the labels is met, as text.
pub(crate) fn reading(args: &Args) -> Result<String, String> {
    let labelled = folders(&args.path).unwrap_or_default();
    let shown = if labelled.is_empty() { findings(&args.path) } else { totals(&labelled) };
    shown.map_err(|error| error.to_string())
}

/// The built-in reading with parts left out: each is one of [`READINGS`].
struct Reduced {
    name: &'static str,
    has_tags: bool,
    has_trees: bool,
    has_names: bool,
}

const READINGS: [Reduced; 3] = [
    Reduced { name: "no name model", has_tags: true, has_trees: true, has_names: false },
    Reduced { name: "no parser", has_tags: true, has_trees: false, has_names: true },
    Reduced { name: "no tagger, parser, name model", has_tags: false, has_trees: false, has_names: false },
];

impl Annotator for Reduced {
    fn name(&self) -> &str {
        self.name
    }

    fn syntax(&self, document: &Document) -> (Vec<Sentence>, Vec<Token>) {
        if self.has_trees {
            return BuiltIn.syntax(document);
        }
        let (sentences, tokens) = segment::sentences(document);
        let tokens = if self.has_tags { tag::tag(document, &sentences, tokens) } else { tokens };
        (sentences, tokens)
    }

    fn mentions(
        &self,
        document: &Document,
        sentences: &[Sentence],
        tokens: &[Token],
    ) -> (Vec<Mention>, Vec<Entity>) {
        let read = if self.has_names { mention::mentions } else { mention::by_rules };
        read(document, sentences, tokens)
    }
}

/// The findings of a report: the kind of each, and its message.
fn told(report: &Report) -> BTreeSet<String> {
    let all = report.stories.iter().flat_map(|s| &s.findings);
    let all = all.filter(|f| f.kind != FindingKind::SingleOrigin);
    all.map(|finding| format!("{:?}: {}", finding.kind, finding.message)).collect()
}

/// The findings that the pile loses and gains with each reduced reading.
fn findings(path: &Path) -> std::io::Result<String> {
    let ingested = ingest::read(&[path]);
    if let Some(problem) = ingested.problems.first() {
        return Err(std::io::Error::other(problem.to_string()));
    }
    let with = |annotator: &dyn Annotator| {
        collate_with(ingested.pages.clone(), &Options::default(), annotator, &|_| {}).0
    };
    let full = told(&with(&BuiltIn));
    let mut out = format!("{:<31} {} findings, single origins aside\n", "the whole reading", full.len());
    for reduced in &READINGS {
        let less = told(&with(reduced));
        out += &format!("{:<31} {} findings\n", reduced.name, less.len());
        let only = |of: &BTreeSet<String>, other: &BTreeSet<String>, mark: &str| {
            of.difference(other).map(|line| format!("  {mark} {line}\n")).collect::<String>()
        };
        out += &only(&full, &less, "lost  ");
        out += &only(&less, &full, "gained");
    }
    Ok(out)
}

/// What of the labels is met with each reading.
fn totals(labelled: &[PathBuf]) -> std::io::Result<String> {
    let cases: Vec<Case> = labelled.iter().map(|folder| Case::read(folder)).collect::<Result<_, _>>()?;
    let areas = [Area::Origins, Area::Quotations, Area::Times, Area::MustFind, Area::MustNotFind];
    let mut out = format!("{:<31}", "");
    areas.iter().for_each(|area| out += &format!(" {:>14}", area.name()));
    let readings = std::iter::once(("the whole reading", &BuiltIn as &dyn Annotator))
        .chain(READINGS.iter().map(|reduced| (reduced.name, reduced as &dyn Annotator)));
    for (name, annotator) in readings {
        let outcomes: Vec<_> =
            cases.iter().map(|case| case.outcome_with(&Options::default(), annotator)).collect();
        out += &format!("\n{name:<31}");
        for area in areas {
            let of = outcomes.iter().map(|o| o.tally(area)).fold((0, 0), |(a, b), (c, d)| (a + c, b + d));
            out += &format!(" {:>14}", format!("{} of {}", of.0, of.1));
        }
    }
    Ok(out + "\n")
}
