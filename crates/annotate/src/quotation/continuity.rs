//! Quoted stretches without a cue of their own: whose are they?

use variorum_schema::{QuotationKind, Span};

use super::{Draft, attribute::Frames, frame::Frame, source};

/// A quoted stretch of so few words without attribution is a term, a title or a scare quote.
const TERM: usize = 4;

/// A quoted stretch of fewer words that neither a cue nor what stands before it claims is left alone: a slogan, a motto.
const SHORT: usize = 8;

/// A speaker is remembered for so many paragraphs.
const PARAGRAPHS: usize = 2;

/// A signature behind a dash has at most so many words.
const SIGNATURE: usize = 14;

/// The speech that a following quoted stretch may go on with.
#[derive(Clone, Copy)]
struct Last {
    draft: usize,
    frame: usize,
    block: usize,
}

/// The attributions of all frames.
pub(super) fn drafts(context: &Frames<'_>, frames: &[Frame]) -> Vec<Draft> {
    let mut drafts: Vec<Draft> = Vec::new();
    let mut last: Option<Last> = None;
    let mut spoken: Option<Span> = None;
    for (index, frame) in frames.iter().enumerate() {
        let own = context.attribute(frame);
        let own_source = own.last().and_then(|d| d.source);
        let first = drafts.len();
        drafts.extend(own);
        let previous = index.checked_sub(1).and_then(|i| frames.get(i));
        let is_same_block = previous.is_some_and(|p| p.block == frame.block);
        let around =
            Around { previous, next: frames.get(index + 1), spoken: spoken.filter(|_| is_same_block) };
        spoken = own_source;
        leftovers(context, frame, &around, index, first, &mut last, &mut drafts);
        let speech = (first..drafts.len()).rev().find(|i| drafts[*i].kind != QuotationKind::Indirect);
        if let Some(draft) = speech {
            last = Some(Last { draft, frame: index, block: frame.block });
        }
    }
    drafts
}

/// Deals with the quoted stretches of a frame that no cue of the frame has claimed.
fn leftovers(
    context: &Frames<'_>,
    frame: &Frame,
    around: &Around<'_>,
    index: usize,
    first: usize,
    last: &mut Option<Last>,
    drafts: &mut Vec<Draft>,
) {
    for quote in frame.quotes() {
        let Some(it) = context.quoted.get(quote) else { continue };
        let claimed = drafts[first..].iter().any(|d| d.content.iter().any(|c| c.overlaps(it.inner)));
        if claimed {
            continue;
        }
        let went_on = quote.checked_sub(1).and_then(|q| context.quoted.get(q)).is_some_and(|q| q.goes_on);
        let alone = frame.is_only_quotes();
        // a crosshead in marks is no speech either
        let ends = it.inner.of(&context.document.text).ends_with(['.', '!', '?', '…', ',']);
        if (!alone || !ends) && is_term(context, quote, it.inner) {
            continue;
        }
        if let Some(source) = signature(context, frame, around.next, quote) {
            drafts.push(uncued(it.inner, Some(source)));
            continue;
        }
        if let Some(source) = closed(context, frame, around.next).filter(|_| alone) {
            drafts.push(uncued(it.inner, Some(source)));
            continue;
        }
        let goes_on_with =
            last.filter(|l| went_on || (alone && l.block == frame.block && index == l.frame + 1));
        if let Some(l) = goes_on_with {
            drafts[l.draft].content.push(it.inner);
            *last = Some(Last { frame: index, block: frame.block, ..l });
            continue;
        }
        let goes_by_itself = alone && ends && last.is_some_and(|l| frame.block - l.block <= 1);
        if !goes_by_itself && it.inner.of(&context.document.text).split_whitespace().nth(SHORT - 1).is_none()
        {
            continue;
        }
        // "The vote was unanimous, Roe told the press. “We are done.”": who spoke in the sentence before goes on
        let before = around.spoken.filter(|_| alone && ends);
        let source = introduced(context, frame, around.previous, alone).or(before).or_else(|| {
            last.filter(|l| frame.block - l.block <= PARAGRAPHS).and_then(|l| drafts[l.draft].source)
        });
        drafts.push(uncued(it.inner, source));
    }
}

/// The frames beside one.
struct Around<'a> {
    previous: Option<&'a Frame>,
    next: Option<&'a Frame>,
    /// The source of the last attribution in the sentence before, in the same paragraph.
    spoken: Option<Span>,
}

fn uncued(inner: Span, source: Option<Span>) -> Draft {
    Draft { content: vec![inner], kind: QuotationKind::Direct, cue: None, lemma: None, source }
}

/// "With these words the keeper shut the gate": who spoke in the paragraph of quotation before.
fn closed(context: &Frames<'_>, frame: &Frame, next: Option<&Frame>) -> Option<Span> {
    let next = next.filter(|next| next.block == frame.block + 1)?;
    let is_closing = next.lower(0) == "with" && next.lower(1) == "these" && next.lower(2) == "words";
    let start = if next.is_comma(3) { 4 } else { 3 };
    let end = source::phrase_end(next, start, next.items.len());
    (is_closing && end > start).then(|| context.cover(next, start, end))
}

/// The name behind a dash that signs a quotation: `“…” — Ada Osei`, on the same line or the next.
fn signature(context: &Frames<'_>, frame: &Frame, next: Option<&Frame>, quote: usize) -> Option<Span> {
    let at = (0..frame.items.len()).find(|i| frame.quote(*i) == Some(quote))? + 1;
    let is_dash = |frame: &Frame, at: usize| matches!(frame.lower(at), "—" | "–" | "―" | "-" | "--");
    // a segmenter may leave the dash with the quotation and break before the name
    let (frame, at) = match at {
        at if at >= frame.items.len() => (next.filter(|next| is_dash(next, 0))?, 1),
        at if !is_dash(frame, at) => return None,
        at if at + 1 >= frame.items.len() => (next?, 0),
        at => (frame, at + 1),
    };
    if !frame.word(at).is_some_and(|w| w.is_capital) {
        return None;
    }
    // whatever the tagger makes of a bare name: capitals up to a comma, a full stop or the end
    let end = (at..frame.items.len())
        .find(|i| {
            !frame.word(*i).is_some_and(|w| w.is_capital || matches!(w.lower.as_str(), "-" | "’" | "'"))
        })
        .unwrap_or(frame.items.len());
    let closes = end >= frame.items.len() || matches!(frame.lower(end), "." | "," | "(");
    (closes && frame.items.len() - at <= SIGNATURE).then(|| context.cover(frame, at, end))
}

/// Whether a quoted stretch is too short to be a quotation by itself, or the title of a work.
fn is_term(context: &Frames<'_>, quote: usize, inner: Span) -> bool {
    inner.of(&context.document.text).split_whitespace().take(TERM + 1).count() <= TERM
        || context.is_title(quote)
}

/// The source that the narrator's words around a quoted stretch name: the subject of its own sentence, or of the sentence
/// before it where that ends with a colon.
fn introduced(context: &Frames<'_>, frame: &Frame, previous: Option<&Frame>, alone: bool) -> Option<Span> {
    let subject = |frame: &Frame| {
        let limit = (0..frame.items.len()).find(|i| frame.quote(*i).is_some()).unwrap_or(frame.items.len());
        source::governing(frame, limit).map(|s| context.cover(frame, s.start, s.end))
    };
    if !alone {
        return subject(frame);
    }
    let previous = previous?;
    let ends_with_colon = previous.lower(previous.items.len().checked_sub(1)?) == ":";
    if ends_with_colon { subject(previous) } else { None }
}
