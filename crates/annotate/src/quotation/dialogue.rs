//! Speech set off by its layout: transcripts and interviews (“ROE: We are late.”), and headlines (“Roe: Bridge unsafe”).

use std::collections::BTreeMap;

use variorum_schema::{BlockKind, Document, EntityKind, Mention, MentionForm, QuotationKind, Span};

use super::Draft;

/// A label has at most so many words, and so many bytes.
const WORDS: usize = 5;
const BYTES: usize = 48;

/// A transcript has at least so many labelled paragraphs.
const TURNS: usize = 3;

/// A headline has at most so many bytes.
const HEADLINE: usize = 200;

/// A paragraph that opens with a label and a colon.
struct Turn {
    label: Span,
    content: Span,
    block: usize,
}

/// Adds what labels attribute to `drafts`, and takes out what was attributed without a cue in the same place.
pub(super) fn add(document: &Document, mentions: &[Mention], drafts: &mut Vec<Draft>) {
    let turns: Vec<Turn> = (0..document.blocks.len()).flat_map(|block| turns(document, block)).collect();
    let can_speak = |turn: &&Turn| is_speaker(document, mentions, turn) || turn.block == 0;
    let spoken: Vec<&Turn> = turns.iter().filter(can_speak).collect();
    // a transcript: the same speakers come again
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for turn in &spoken {
        *times.entry(turn.label.of(&document.text)).or_default() += 1;
    }
    let again: usize = times.values().filter(|times| **times > 1).sum();
    let is_transcript = spoken.len() >= TURNS && again >= TURNS - 1;
    let is_headline =
        |turn: &Turn| turn.block == 0 && turn.content.len() <= HEADLINE && speaks(document, mentions, turn);
    let kept: Vec<&Turn> = spoken.into_iter().filter(|turn| is_transcript || is_headline(turn)).collect();
    let is_told = |span: &Span| {
        let from = kept.partition_point(|turn| turn.content.end <= span.start);
        kept.get(from).is_some_and(|turn| turn.content.overlaps(*span))
    };
    drafts.retain(|draft| draft.cue.is_some() || !draft.content.iter().any(is_told));
    let kind = if is_transcript { QuotationKind::Direct } else { QuotationKind::Indirect };
    drafts.extend(kept.iter().map(|turn| {
        let source = Some(turn.label);
        Draft { content: vec![turn.content], kind, cue: None, lemma: None, source }
    }));
}

/// The turns of a block: one that its opening label makes, or several, each behind the label of its speaker in capitals.
fn turns(document: &Document, block: usize) -> Vec<Turn> {
    let Some(it) = document.blocks.get(block) else { return Vec::new() };
    if matches!(it.kind, BlockKind::Furniture | BlockKind::Meta) {
        return Vec::new();
    }
    let Some(text) = document.text.get(it.span.range()) else { return Vec::new() };
    let mut labels: Vec<(usize, usize)> = Vec::new();
    for (colon, _) in text.match_indices(": ") {
        let from = labels.last().map_or(0, |(_, end)| end + 1);
        let start = match text.get(..colon).filter(|_| labels.is_empty()) {
            Some(label) if is_label(label) => Some(0),
            _ => shouted(text, from, colon),
        };
        labels.extend(start.map(|start| (start, colon)));
    }
    let base = it.span.start as usize;
    let ends = labels.iter().skip(1).map(|(start, _)| *start).chain([text.len()]);
    let turn = |((start, colon), end): (&(usize, usize), usize)| {
        let content = text.get(colon + 1..end)?;
        let from = base + colon + 1 + (content.len() - content.trim_start().len());
        content.split_whitespace().nth(1)?;
        Some(Turn {
            label: Span::new(base + start, base + colon),
            content: Span::new(from, from + content.trim().len()),
            block,
        })
    };
    labels.iter().zip(ends).filter_map(turn).collect()
}

/// Whether the text before a colon is short, and every word of it has a capital.
fn is_label(label: &str) -> bool {
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
    label.len() <= BYTES
        && !label.ends_with(char::is_whitespace)
        && (1..=WORDS).contains(&label.split_whitespace().count())
        && label.split_whitespace().all(is_name)
}

/// Where the label in capitals begins that ends at `colon` and stands behind the end of a sentence.
fn shouted(text: &str, from: usize, colon: usize) -> Option<usize> {
    let low = colon.saturating_sub(BYTES).max(from);
    let low = (low..=colon).find(|at| text.is_char_boundary(*at))?;
    let before = text.get(low..colon)?;
    let stop = before.rfind(['.', '!', '?', '”', '"', '—', ']', ')'])?;
    let behind = before.get(stop..)?;
    let behind = behind.get(behind.chars().next()?.len_utf8()..)?;
    let label = behind.trim_start();
    let letters = label.chars().filter(|c| c.is_alphabetic()).count();
    (letters > 2 && is_shouted(label) && is_label(label)).then_some(colon - label.len())
}

fn is_shouted(label: &str) -> bool {
    label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase)
}

/// "ROE", "Q", or the name of a person.
fn is_speaker(document: &Document, mentions: &[Mention], turn: &Turn) -> bool {
    let label = turn.label.of(&document.text);
    is_shouted(label) || names_person(mentions, turn.label)
}

/// Whether a headline may be what its label says: a person, "Police", "Poll".
fn speaks(document: &Document, mentions: &[Mention], turn: &Turn) -> bool {
    names_person(mentions, turn.label)
        || super::cue::is_in("headline-source", &turn.label.of(&document.text).to_lowercase())
}

fn names_person(mentions: &[Mention], label: Span) -> bool {
    let from = mentions.partition_point(|m| m.span.end <= label.start);
    let mut inside = mentions[from..].iter().take_while(|m| m.span.start < label.end);
    inside.any(|m| m.form == MentionForm::Name && m.kind == EntityKind::Person && m.span.end == label.end)
}
