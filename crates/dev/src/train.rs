//! `variorum-dev train tag|parse --shared PATH`: makes the weights that ship, byte for byte the same every time: fixed
//! order, fixed seeds, integer updates, one thread.

use std::path::{Path, PathBuf};

mod boost;
mod confidence;
mod copies;
mod events;
mod learner;
mod logistic;
mod names;
pub(crate) mod network;
pub(crate) mod parse;
mod rivals;
mod stories;
pub(crate) mod tag;
pub(crate) mod treebank;
mod usage;
mod words;

/// What the command line asks for.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to train: `confidence`, `copies`, `tag`, `parse`, `names`, `usage`, `words`, `events`, `stories` or `rivals`.
    pub(crate) model: String,
    /// The folder that holds `corpora/`; for `words` the one with GloVe's vectors and WordNet's `dict/`.
    #[arg(long)]
    pub(crate) shared: PathBuf,
    /// For `names`: the folder that holds GloVe's vectors, where it is not the one of the corpora.
    #[arg(long)]
    pub(crate) vectors: Option<PathBuf>,
    /// Where the weights go.
    #[arg(long, default_value = "crates/annotate/models/en")]
    pub(crate) out: PathBuf,
}

/// Trains one model, writes it and returns what is to be printed.
pub(crate) fn train(args: &Args) -> Result<String, String> {
    let (name, bytes) = match args.model.as_str() {
        "tag" => ("tag.bin", tag::train(&corpora(&args.shared)?)),
        "parse" => ("parse.bin", parse::train(&corpora(&args.shared)?)),
        "names" => ("names.bin", names::train(&args.shared, args.vectors.as_ref().unwrap_or(&args.shared))?),
        "confidence" => {
            let (bytes, told) = confidence::train()?;
            return written(Path::new("crates/collate/data/confidence.txt"), &bytes).map(|w| told + &w);
        }
        "copies" => {
            let (bytes, told) = copies::train(&args.shared)?;
            return written(Path::new("crates/collate/data/copy.txt"), &bytes).map(|w| told + &w);
        }
        "events" => {
            return written(Path::new("crates/collate/data/event.txt"), &events::train(&args.shared)?);
        }
        "stories" => {
            return written(Path::new("crates/collate/data/story.txt"), &stories::train(&args.shared)?);
        }
        "rivals" => {
            let (bytes, told) = rivals::train(&args.shared)?;
            return written(Path::new("crates/collate/data/rival.txt"), &bytes).map(|w| told + &w);
        }
        "usage" => ("usage.bin", usage::train(&args.shared)?),
        "words" => ("words.bin", words::train(&args.shared)?),
        other => {
            return Err(format!(
                "no model `{other}`; there are: confidence, copies, tag, parse, names, usage, words, events, stories, rivals"
            ));
        }
    };
    written(&args.out.join(name), &bytes)
}

fn written(path: &Path, bytes: &[u8]) -> Result<String, String> {
    std::fs::write(path, bytes).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(format!("{}: {} bytes\n", path.display(), bytes.len()))
}

/// What models are trained and tuned on.
#[derive(Debug)]
pub(crate) struct Corpora {
    /// Training sentences: English EWT, then the freely licensed part of English GUM.
    pub(crate) train: Vec<treebank::Tree>,
    /// Development sentences of English EWT.
    pub(crate) dev: Vec<treebank::Tree>,
}

/// The genres of GUM whose texts and annotations are CC BY (or in the public domain): the licence file names them. What is
/// left out is non-commercial, or not named there.
pub(crate) const GUM_GENRES: &[&str] = &["news", "interview", "bio", "voyage", "textbook", "vlog", "speech"];

pub(crate) fn corpora(shared: &Path) -> Result<Corpora, String> {
    let read = |name: &str| treebank::read(&shared.join("corpora").join(name));
    let mut train = read("ud-english-ewt/en_ewt-ud-train.rebuilt-from-sources.conllu.gz")?;
    let gum = read("ud-english-gum/en_gum-ud-train.rebuilt-from-sources.conllu.gz")?;
    train.extend(gum.into_iter().filter(|tree| GUM_GENRES.contains(&tree.genre())));
    let dev = read("ud-english-ewt/en_ewt-ud-dev.conllu.gz")?;
    Ok(Corpora { train, dev })
}

/// A small fixed random sequence (SplitMix64).
#[derive(Debug)]
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// The next number.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Shuffles in place.
    pub(crate) fn shuffle<T>(&mut self, items: &mut [T]) {
        for idx in (1..items.len()).rev() {
            items.swap(idx, (self.next() % (idx as u64 + 1)) as usize);
        }
    }
}
