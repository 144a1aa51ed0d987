//! `variorum-dev eval TASK PATH`: reads a public corpus in the form in which it was published and prints the field's
//! own metric.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

mod align;
mod brief;
mod claims;
mod conflicts;
pub(crate) mod copies;
mod copies_news;
mod coref;
pub(crate) mod corpus;
mod date;
pub(crate) mod ecb;
pub(crate) mod events;
mod extract;
mod forge;
mod furniture;
mod gate;
mod measure;
pub(crate) mod names;
mod pages;
pub(crate) mod pairs;
mod parse;
mod quantities;
mod quotes;
mod roles;
mod sentences;
mod speed;
pub(crate) mod stories;
mod table;
mod tag;
mod timeline;
mod times;
mod tokens;
mod treebank;
mod who_said;

pub(crate) use coref::conll_f1 as coref_f1;
pub(crate) use gate::shared;

/// A task that can be evaluated. To add one: a module with a `run`, and a line in [`TASKS`].
pub(crate) struct Task {
    /// As typed on the command line.
    pub(crate) name: &'static str,
    /// What is measured, on which corpora.
    pub(crate) about: &'static str,
    /// Reads the corpus under a path and scores it.
    pub(crate) run: fn(&Path) -> Result<Outcome, String>,
}

/// What an evaluation found.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// Named figures, the main one first. Scores run from 0 to 1; counts are counts.
    pub(crate) figures: Vec<(String, f64)>,
    /// One line for each error, in corpus order, for `--errors`.
    pub(crate) errors: Vec<String>,
}

impl Outcome {
    /// Adds one figure.
    pub(crate) fn figure(&mut self, name: impl Into<String>, value: f64) {
        self.figures.push((name.into(), value));
    }

    /// Adds precision, recall and F1 from counts, F1 first.
    pub(crate) fn prf(&mut self, prefix: &str, hits: usize, found: usize, gold: usize) {
        let ratio = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let name = |part: &str| if prefix.is_empty() { part.to_owned() } else { format!("{prefix} {part}") };
        self.figure(name("f1"), ratio(2 * hits, found + gold));
        self.figure(name("precision"), ratio(hits, found));
        self.figure(name("recall"), ratio(hits, gold));
    }
}

/// Every task.
pub(crate) const TASKS: &[Task] = &[
    Task {
        name: "extract",
        about: "main text, F1 of 4-gram shingles beside the bare trafilatura crate; web page corpora",
        run: extract::run,
    },
    Task {
        name: "date",
        about: "publication day: accuracy, F1, share unknown; web page corpora",
        run: date::run,
    },
    Task { name: "furniture", about: "page furniture by line; web page corpora", run: furniture::run },
    Task { name: "sentences", about: "sentence F1 as in CoNLL 2018; CoNLL-U files", run: sentences::run },
    Task { name: "tokens", about: "word and token F1 as in CoNLL 2018; CoNLL-U files", run: tokens::run },
    Task { name: "tag", about: "part of speech and lemma as in CoNLL 2018; CoNLL-U files", run: tag::run },
    Task { name: "parse", about: "UAS and LAS as in CoNLL 2018; CoNLL-U files", run: parse::run },
    Task {
        name: "names",
        about: "span F1 of people, organisations, places; IOB2 or CoNLL files",
        run: names::run,
    },
    Task {
        name: "quotes",
        about: "attribution F1 and speaker accuracy; PolNeAR's brat files",
        run: quotes::run,
    },
    Task {
        name: "quantities",
        about: "value and unit F1; recognizers' JSON specifications",
        run: quantities::run,
    },
    Task {
        name: "roles",
        about: "who did what to whom: F1 of heads, negation F1; QA-SRL's CSV, Universal PropBank's CoNLL-U or CaRB's TSV",
        run: roles::run,
    },
    Task { name: "times", about: "TIMEX3 F1 as in TempEval-3; TimeML files", run: times::run },
    Task {
        name: "copies",
        about: "reworded copies: found among strangers (L2R), and falsely among accounts of one event (as stories)",
        run: copies::run,
    },
    Task {
        name: "copies-news",
        about: "copies made of stories by edits of known kind: lineage, origins, changed facts, garble; as stories, or cases",
        run: copies_news::run,
    },
    Task {
        name: "stories",
        about: "documents grouped by event, B-cubed; Giveme5W1H, Wikinews, ECB+",
        run: stories::run,
    },
    Task {
        name: "speed",
        about: "sentences and words per second on one core, and loading; CoNLL-U files or web page corpora",
        run: speed::run,
    },
    Task {
        name: "align",
        about: "what of two texts says the same: STS (Pearson), iSTS (phrases and types), SuperPAL, QA-Align, NewsWCL50 (chains)",
        run: align::run,
    },
    Task {
        name: "events",
        about: "acts told in many documents, grouped: CoNLL F1 on gold mentions of ECB+, held-back topics",
        run: events::run,
    },
    Task {
        name: "claims",
        about: "how a text stands to a claim: FNC-1 (weighted score), ClaimDiff (F1), NAnCo (balanced accuracy)",
        run: claims::run,
    },
    Task {
        name: "conflicts",
        about: "what contradicts: NumGLUE type 7 (accuracy), SNLI, MultiNLI, RTE (precision by type, calibration)",
        run: conflicts::run,
    },
    Task {
        name: "pairs",
        about: "two short accounts of one event, our own: conflicts found, by kind and subject, and what was reported beside them",
        run: pairs::run,
    },
    Task {
        name: "brief",
        about: "the brief against roundups (NeuS, ROUGE beside lead and TextRank), support of claims by sentences (WiCE)",
        run: brief::run,
    },
    Task {
        name: "timeline",
        about: "events of one entity in order of time: temporal awareness F1; SemEval 2015 task 4, track A",
        run: timeline::run,
    },
    Task { name: "who-said", about: "pronoun resolution F1 as in GAP; GAP's TSV files", run: who_said::run },
];

/// What the command line asks for.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Which task; `list` prints them all.
    #[arg(required_unless_present_any = ["all", "gate"])]
    pub(crate) task: Option<String>,
    /// File or folder of the corpus.
    pub(crate) path: Option<PathBuf>,
    /// Run every evaluation of `eval/floors.json` on the corpora under `VARIORUM_SHARED` and print the table.
    #[arg(long, conflicts_with = "task")]
    pub(crate) all: bool,
    /// As --all, and fail where a figure is below its floor.
    #[arg(long, conflicts_with = "task")]
    pub(crate) gate: bool,
    /// The register of floors.
    #[arg(long, default_value = "eval/floors.json")]
    pub(crate) floors: PathBuf,
    /// Print JSON instead of lines.
    #[arg(long)]
    pub(crate) json: bool,
    /// Also print up to this many errors.
    #[arg(long, default_value_t = 0)]
    pub(crate) errors: usize,
}

/// Runs one task, or all, and prints what it found.
pub(crate) fn run(args: &Args) -> ExitCode {
    if args.all || args.gate {
        return run_all(args);
    }
    match eval(args) {
        Ok(text) => {
            print!("{text}");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("variorum-dev: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs every registered evaluation; without the corpora there is nothing to run, and that is no failure.
fn run_all(args: &Args) -> ExitCode {
    let Some(shared) = gate::shared() else {
        println!("eval: skipped, VARIORUM_SHARED does not say where the corpora are");
        return ExitCode::SUCCESS;
    };
    match gate::run(&args.floors, &shared, args.json) {
        Ok((text, is_held)) => {
            print!("{text}");
            if args.gate && !is_held {
                eprintln!("variorum-dev: a figure is below its floor in `{}`", args.floors.display());
                return ExitCode::FAILURE;
            }
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("variorum-dev: {message}");
            ExitCode::FAILURE
        }
    }
}

/// Runs one task and returns what is to be printed.
fn eval(args: &Args) -> Result<String, String> {
    let list = || TASKS.iter().map(|t| format!("{:<12} {}\n", t.name, t.about)).collect::<String>();
    let name = args.task.as_deref().unwrap_or("list");
    if name == "list" {
        return Ok(list());
    }
    let task = TASKS.iter().find(|t| t.name == name);
    let task = task.ok_or_else(|| format!("no task `{name}`; there are:\n{}", list()))?;
    let path = args.path.as_deref().ok_or("which file or folder?")?;
    let outcome = (task.run)(path)?;
    let errors = outcome.errors.iter().take(args.errors);
    if args.json {
        let figures: serde_json::Map<String, serde_json::Value> =
            outcome.figures.iter().map(|(name, value)| (name.clone(), (*value).into())).collect();
        let errors: Vec<&String> = errors.collect();
        let report = serde_json::json!({ "task": task.name, "figures": figures, "errors": errors });
        return Ok(format!("{report}\n"));
    }
    let mut out: String = errors.map(|e| format!("{e}\n")).collect();
    for (name, value) in &outcome.figures {
        let value =
            if value.fract() == 0.0 && *value > 1.0 { format!("{value:.0}") } else { format!("{value:.4}") };
        out.push_str(&format!("{:<28} {value}\n", name));
    }
    Ok(out)
}
