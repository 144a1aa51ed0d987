//! Speech set off by its layout: transcripts and interviews (“ROE: We are late.”), and headlines (“Roe: Bridge unsafe”).

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
    let turns: Vec<Turn> = (0..document.blocks.len()).filter_map(|block| turn(document, block)).collect();
    let spoken: Vec<&Turn> = turns.iter().filter(|turn| is_speaker(document, mentions, turn)).collect();
    // a transcript: the same speakers come again
    let again = |turn: &&&Turn| {
        let label = turn.label.of(&document.text);
        spoken.iter().filter(|other| other.label.of(&document.text) == label).count() > 1
    };
    let is_transcript = spoken.len() >= TURNS && spoken.iter().filter(again).count() >= TURNS - 1;
    for turn in spoken {
        let is_headline =
            turn.block == 0 && turn.content.len() <= HEADLINE && names_person(mentions, turn.label);
        if !(is_transcript || is_headline) {
            continue;
        }
        drafts.retain(|d| d.cue.is_some() || !d.content.iter().any(|c| c.overlaps(turn.content)));
        let kind = if is_transcript { QuotationKind::Direct } else { QuotationKind::Indirect };
        let source = Some(turn.label);
        drafts.push(Draft { content: vec![turn.content], kind, cue: None, lemma: None, source });
    }
}

fn turn(document: &Document, block: usize) -> Option<Turn> {
    let it = document.blocks.get(block)?;
    if matches!(it.kind, BlockKind::Furniture | BlockKind::Meta) {
        return None;
    }
    let text = document.text.get(it.span.range())?;
    let head = text.get(..text.floor_char_boundary(BYTES)).unwrap_or(text);
    let colon = head.find(':')?;
    let label = text.get(..colon)?.trim_end();
    let rest = text.get(colon + 1..)?;
    let content = rest.trim();
    let is_name = |word: &str| word.starts_with(|c: char| c.is_uppercase() || c == '(');
    let words = label.split_whitespace().count();
    let fits = (1..=WORDS).contains(&words)
        && rest.starts_with(char::is_whitespace)
        && label.split_whitespace().all(is_name)
        && content.split_whitespace().nth(1).is_some();
    let start = it.span.start as usize;
    let from = start + colon + 1 + (rest.len() - rest.trim_start().len());
    fits.then(|| Turn {
        label: Span::new(start, start + label.len()),
        content: Span::new(from, from + content.len()),
        block,
    })
}

/// "ROE", "Q", or the name of a person.
fn is_speaker(document: &Document, mentions: &[Mention], turn: &Turn) -> bool {
    let label = turn.label.of(&document.text);
    let is_shouted = label.chars().any(char::is_alphabetic) && !label.chars().any(char::is_lowercase);
    is_shouted || names_person(mentions, turn.label)
}

fn names_person(mentions: &[Mention], label: Span) -> bool {
    let from = mentions.partition_point(|m| m.span.end <= label.start);
    let mut inside = mentions[from..].iter().take_while(|m| m.span.start < label.end);
    inside.any(|m| m.form == MentionForm::Name && m.kind == EntityKind::Person && m.span.end == label.end)
}
