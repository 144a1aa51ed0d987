//! How fast one document is read: on one thread, the best of three passes over a corpus.

use std::path::Path;
use std::time::Instant;

use variorum_annotate::{annotate, parse, segment, tag};
use variorum_schema::Document;

use super::{Outcome, corpus, pages};

/// `eval speed`: the time until the models are ready (the first, one-sentence document of this process), then rates on
/// one core. "To trees" is what a parser does: raw text to sentences, words, tags and heads.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let start = Instant::now();
    let first = "Councillor Adela Brink said on Monday that 12 boats had left.\n";
    std::hint::black_box(annotate(&corpus::document(first)));
    let load = start.elapsed().as_secs_f64() * 1e3;
    let documents = documents(path)?;
    let (mut n_sentences, mut n_words) = (0, 0);
    let trees = best(|| {
        (n_sentences, n_words) = (0, 0);
        for document in &documents {
            let (sentences, tokens) = segment::sentences(document);
            let tokens = tag::tag(document, &sentences, tokens);
            n_words += parse::parse(document, &sentences, tokens).len();
            n_sentences += sentences.len();
        }
    });
    let all = best(|| {
        for document in &documents {
            std::hint::black_box(annotate(document));
        }
    });
    let mut outcome = Outcome::default();
    outcome.figure("sentences/s, annotate", n_sentences as f64 / all);
    outcome.figure("words/s, annotate", n_words as f64 / all);
    outcome.figure("sentences/s, to trees", n_sentences as f64 / trees);
    outcome.figure("words/s, to trees", n_words as f64 / trees);
    outcome.figure("ms until the models are ready", load);
    outcome.figure("sentences", n_sentences as f64);
    outcome.figure("words", n_words as f64);
    Ok(outcome)
}

/// Seconds of the fastest of three passes.
fn best(mut pass: impl FnMut()) -> f64 {
    let mut seconds = |_| {
        let start = Instant::now();
        pass();
        start.elapsed().as_secs_f64()
    };
    (0..3).map(&mut seconds).fold(f64::MAX, f64::min).max(1e-9)
}

/// CoNLL-U files as raw text, or the articles of web pages.
fn documents(path: &Path) -> Result<Vec<Document>, String> {
    let Ok(files) = corpus::files(path, &[".conllu"]) else {
        return Ok(pages::read(path)?.iter().map(|item| variorum_annotate::extract(&item.page)).collect());
    };
    let mut out = Vec::new();
    for file in files {
        out.extend(corpus::conllu(&corpus::text(&file)?).iter().map(|raw| corpus::document(&raw.text)));
    }
    Ok(out)
}
