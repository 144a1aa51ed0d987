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
mod clause;
mod continuity;
mod cue;
mod dialogue;
mod frame;
mod marks;
pub(crate) mod posted;
mod resolve;
mod source;
mod stance;

pub use stance::stances;

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
    clause::mark_ends(&mut frames);
    let context = attribute::Frames { document, quoted: &quoted };
    let mut drafts = continuity::drafts(&context, &frames);
    dialogue::add(document, mentions, &mut drafts);
    posted::add(document, &mut drafts);
    drafts.retain(|draft| !draft.content.is_empty());
    drop_repeated(document, &mut drafts);
    drafts.sort_by_key(|draft| (draft.content[0].start, draft.cue.map_or(0, |cue| cue.start)));
    let sources = resolve::entities(document, &drafts, mentions, entities);
    let mut found: Vec<Quotation> =
        drafts.into_iter().zip(sources).map(|(draft, entity)| quotation(document, draft, entity)).collect();
    found.sort_by_key(|quotation| (quotation.span, quotation.cue));
    found
}

/// "Roe said she believed that …": what she believes is what she says, and is attributed once.
fn drop_repeated(document: &Document, drafts: &mut Vec<Draft>) {
    let mut said: Vec<Span> = drafts.iter().flat_map(|d| d.content.iter().copied()).collect();
    said.sort_unstable();
    let is_inside = |cue: Span, own: &[Span]| {
        let until = said.partition_point(|s| s.start <= cue.start);
        said[..until].iter().rev().take(8).any(|s| s.contains(cue) && !own.contains(s))
    };
    drafts.retain(|draft| {
        let Some((cue, source)) = draft.cue.zip(draft.source) else { return true };
        let is_belief = cue::verbs(&cue.of(&document.text).to_lowercase())
            .first()
            .is_some_and(|it| it.class == cue::Class::Belief);
        let is_pronoun = cue::is_in("pron", &source.of(&document.text).to_lowercase());
        !(is_belief && is_pronoun && is_inside(cue, &draft.content))
    });
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
