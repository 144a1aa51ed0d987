//! Quotations: who said what.
//!
//! Four steps. *Marks*: quotation marks become quoted stretches, paragraph by paragraph. *Frames*: sentences as the
//! narrator sees them, each quoted stretch one item. *Attribution*: every cue verb or phrase claims the words that are
//! said and the noun phrase that says them; quoted stretches that no cue claims inherit the speaker of the quotation that
//! they go on from, or are left as terms and scare quotes. *Resolution*: "he", "the minister" become entities.
//!
//! The division into source, cue and content is that of Pareti, *PARC 3.0: a corpus of attribution relations*
//! (LREC 2016); direct, indirect and mixed as in Pareti et al., *Automatically detecting and attributing indirect
//! quotations* (EMNLP 2013). What is shown by a poll or held as a belief is a quotation here too: the outlet does not
//! vouch for it either.

use variorum_schema::{Document, Entity, Mention, Quotation, QuotationKind, Sentence, Source, Span, Token};

mod attribute;
mod continuity;
mod cue;
mod frame;
mod marks;
mod resolve;
mod source;

#[cfg(test)]
mod tests;

/// An attribution before its source is resolved.
#[derive(Clone, Debug)]
struct Draft {
    content: Vec<Span>,
    kind: QuotationKind,
    cue: Option<Span>,
    lemma: Option<String>,
    source: Option<Span>,
}

/// Quotations in order of their spans: all content outside furniture that the text attributes to somebody, by words
/// (“said”, “according to”) or by quotation marks. Linear in the length of the text.
#[must_use]
pub fn quotations(
    document: &Document,
    sentences: &[Sentence],
    tokens: &[Token],
    mentions: &[Mention],
    entities: &[Entity],
) -> Vec<Quotation> {
    let quoted = marks::quoted(document);
    let mut frames = frame::frames(document, sentences, tokens, &quoted);
    attribute::mark_ends(&mut frames);
    let context = attribute::Frames { document, quoted: &quoted };
    let mut drafts = continuity::drafts(&context, &frames);
    drafts.retain(|draft| !draft.content.is_empty());
    drafts.sort_by_key(|draft| (draft.content[0].start, draft.cue.map_or(0, |cue| cue.start)));
    let sources = resolve::entities(document, &drafts, mentions, entities);
    let mut found: Vec<Quotation> =
        drafts.into_iter().zip(sources).map(|(draft, entity)| quotation(document, draft, entity)).collect();
    found.sort_by_key(|quotation| (quotation.span, quotation.cue));
    found
}

fn quotation(document: &Document, draft: Draft, entity: Option<u32>) -> Quotation {
    let content: Vec<Span> = draft.content.iter().map(|span| without_comma(document, *span)).collect();
    let span = content.iter().fold(content[0], |all, span| all.cover(*span));
    Quotation {
        span,
        content,
        kind: draft.kind,
        cue: draft.cue,
        cue_lemma: draft.lemma,
        source: draft.source.map(|span| Source { span, entity }),
    }
}

/// The comma that American typesetting puts before the closing mark belongs to the narrator.
fn without_comma(document: &Document, span: Span) -> Span {
    let text = span.of(&document.text);
    let kept = text.trim_end_matches([',', ' ']);
    if kept.is_empty() { span } else { Span::new(span.start as usize, span.start as usize + kept.len()) }
}
