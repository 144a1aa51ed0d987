//! `variorum annotate`: what is seen in a document.

use std::fmt::Write;
use std::io;
use std::path::PathBuf;

use serde_json::{Value, json};
use variorum::ingest;
use variorum::terminal::visible;
use variorum_schema::{Annotations, Claim, Document, Quotation, Span};

use crate::output::{self, Outcome};

/// Show what is seen in a document: sentences, names, quotations, times, quantities, claims
///
/// A window on the second stage. With --json, one object a document, spans in bytes of its text.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  variorum annotate page.html
  variorum annotate pages/ --json > annotations.jsonl")]
pub(crate) struct Args {
    /// Files or folders; `-` for standard input
    #[arg(required = true, value_name = "PATH")]
    paths: Vec<PathBuf>,

    /// Print JSON, one document a line
    #[arg(long)]
    json: bool,
}

/// Runs the command.
pub(crate) fn run(args: &Args) -> io::Result<Outcome> {
    let ingested = ingest::read(&args.paths);
    output::problems(&ingested.problems);
    for page in &ingested.pages {
        let account = variorum::account(page);
        let view = View { document: &account.document, annotations: &account.annotations };
        let text = if args.json { format!("{}\n", view.json()) } else { view.listing() };
        output::print(&text)?;
    }
    Ok(Outcome::of(&ingested.problems))
}

struct View<'a> {
    document: &'a Document,
    annotations: &'a Annotations,
}

impl View<'_> {
    fn of(&self, span: Span) -> &str {
        span.of(&self.document.text)
    }

    fn entity(&self, idx: Option<u32>) -> Option<&str> {
        Some(self.annotations.entities.get(idx? as usize)?.name.as_str())
    }

    /// Sentence by sentence: its tokens, then each layer's items that begin in it.
    fn listing(&self) -> String {
        let mut out = format!("document {}\n\n", visible(&self.document.name));
        let a = self.annotations;
        for (idx, sentence) in a.sentences.iter().enumerate() {
            let mut line = |layer: &str, text: &str| {
                // Writing to a string cannot fail.
                let _ = writeln!(out, "{layer:>10} │ {}", visible(text));
            };
            line(&(idx + 1).to_string(), self.of(sentence.span));
            line("tokens", &self.tokens(sentence));
            let begins = |span: Span| sentence.span.contains(Span { end: span.start, ..span });
            for mention in a.mentions.iter().filter(|m| begins(m.span)) {
                let name = self.entity(Some(mention.entity)).unwrap_or_default();
                line(
                    "name",
                    &format!("{} = {name} ({:?}, {:?})", self.of(mention.span), mention.kind, mention.form),
                );
            }
            for quotation in a.quotations.iter().filter(|q| begins(q.span)) {
                line("quotation", &self.quotation(quotation));
            }
            for time in a.times.iter().filter(|t| begins(t.span)) {
                let days = time.interval.map(|i| format!(" ({} to {})", i.first, i.last)).unwrap_or_default();
                line("time", &format!("{} = {}{days}", self.of(time.span), time.value));
            }
            for q in a.quantities.iter().filter(|q| begins(q.span)) {
                let counted = q.counted_lemma.as_deref().unwrap_or_default();
                line(
                    "quantity",
                    &format!("{} = {} {:?} {counted} ({:?})", self.of(q.span), q.value, q.unit, q.hedge),
                );
            }
            for claim in a.claims.iter().filter(|c| begins(c.span)) {
                line("claim", &self.claim(claim));
            }
        }
        out.push('\n');
        out
    }

    fn tokens(&self, sentence: &variorum_schema::Sentence) -> String {
        let tokens = self.annotations.tokens_of(sentence).iter();
        let words = tokens.map(|t| format!("{}/{:?}", self.of(t.span), t.tag));
        words.collect::<Vec<_>>().join(" ")
    }

    fn quotation(&self, q: &Quotation) -> String {
        let content: Vec<&str> = q.content.iter().map(|s| self.of(*s)).collect();
        let cue = q.cue.map(|c| self.of(c)).unwrap_or("no cue");
        let source = q.source.as_ref().map(|s| self.of(s.span)).unwrap_or("nobody named");
        let who = q.source.as_ref().and_then(|s| self.entity(s.entity)).unwrap_or("unresolved");
        format!("{:?}: “{}” · {cue} · {source} = {who}", q.kind, content.join(" … "))
    }

    fn claim(&self, c: &Claim) -> String {
        let arguments: Vec<String> =
            c.arguments.iter().map(|a| format!("{:?} `{}`", a.role, self.of(a.span))).collect();
        let sources: Vec<&str> = c.attribution.iter().map(|a| self.of(a.source)).collect();
        let sources =
            if sources.is_empty() { String::new() } else { format!(" · says {}", sources.join(" ← ")) };
        format!("{} ({:?}, {:?}) {}{sources}", c.lemma, c.polarity, c.modality, arguments.join(", "))
    }

    /// Every layer as JSON; `{start, end, text}` where something has a place.
    fn json(&self) -> Value {
        let a = self.annotations;
        let place = |s: Span| json!({"start": s.start, "end": s.end, "text": self.of(s)});
        let places = |spans: &[Span]| spans.iter().map(|s| place(*s)).collect::<Vec<_>>();
        json!({
            "id": self.document.id,
            "name": self.document.name,
            "sentences": a.sentences.iter().map(|s| place(s.span)).collect::<Vec<_>>(),
            "tokens": a.tokens.iter().map(|t| json!({"start": t.span.start, "end": t.span.end, "text": self.of(t.span),
                "lemma": t.lemma, "tag": format!("{:?}", t.tag), "head": t.head,
                "relation": format!("{:?}", t.relation)})).collect::<Vec<_>>(),
            "mentions": a.mentions.iter().map(|m| json!({"start": m.span.start, "end": m.span.end,
                "text": self.of(m.span), "full": place(m.full), "form": format!("{:?}", m.form), "kind": m.kind,
                "entity": m.entity})).collect::<Vec<_>>(),
            "entities": a.entities.iter().map(|e| json!({"name": e.name, "kind": e.kind, "aliases": e.aliases,
                "titles": e.titles})).collect::<Vec<_>>(),
            "quotations": a.quotations.iter().map(|q| json!({"start": q.span.start, "end": q.span.end,
                "text": self.of(q.span), "kind": q.kind, "content": places(&q.content), "cue": q.cue.map(place),
                "source": q.source.as_ref().map(|s| place(s.span)),
                "entity": q.source.as_ref().and_then(|s| s.entity)})).collect::<Vec<_>>(),
            "times": a.times.iter().map(|t| json!({"start": t.span.start, "end": t.span.end, "text": self.of(t.span),
                "kind": t.kind, "value": t.value, "interval": t.interval})).collect::<Vec<_>>(),
            "quantities": a.quantities.iter().map(|q| json!({"start": q.span.start, "end": q.span.end,
                "text": self.of(q.span), "value": q.value, "low": q.low, "high": q.high, "hedge": q.hedge,
                "unit": q.unit, "counted": q.counted.map(place)})).collect::<Vec<_>>(),
            "claims": a.claims.iter().map(|c| json!({"start": c.span.start, "end": c.span.end, "text": self.of(c.span),
                "lemma": c.lemma, "predicate": place(c.predicate), "is_passive": c.is_passive,
                "polarity": c.polarity, "modality": c.modality, "negation": c.negation.map(place),
                "arguments": c.arguments.iter().map(|x| json!({"role": x.role, "start": x.span.start,
                    "end": x.span.end, "text": self.of(x.span), "head": x.head, "entity": x.entity})).collect::<Vec<_>>(),
                "attribution": c.attribution.iter().map(|x| json!({"source": place(x.source), "cue": x.cue.map(place),
                    "entity": x.entity})).collect::<Vec<_>>()})).collect::<Vec<_>>(),
        })
    }
}
