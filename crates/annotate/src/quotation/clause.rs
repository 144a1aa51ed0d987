//! What a frame tells about its clauses: where they end, which words are their verbs and subjects.

use std::ops::Range;

use variorum_schema::Tag;

use super::{
    cue,
    frame::Frame,
    source::{self, REACH},
};

/// Notes, for each frame that holds a cue, before which items a clause ends: once, as every cue asks.
pub(super) fn mark_ends(frames: &mut [Frame]) {
    for frame in frames {
        let has_cue = (0..frame.items.len())
            .any(|at| !cue::verbs(frame.lower(at)).is_empty() || frame.lower(at) == "according");
        if has_cue {
            frame.ends = (0..frame.items.len()).map(|at| ends_clause(frame, at)).collect();
        }
    }
}

/// Whether what is said ends before item `at`, wherever it began.
fn ends_clause(frame: &Frame, at: usize) -> bool {
    let lower = frame.lower(at);
    if lower == ";" {
        return true;
    }
    if lower == "according" && frame.lower(at + 1) == "to" {
        return true;
    }
    if lower == "," && is_remark(frame, at + 1) {
        return true;
    }
    if matches!(lower, "—" | "–" | "-" | "--") && cue::is_in("remark", frame.lower(at + 1)) {
        return true;
    }
    let is_cue = |at: usize| !cue::verbs(frame.lower(at)).is_empty() && is_verb(frame, at);
    let speaks = |at: usize| is_cue(at) && cue::is_speech(frame.lower(at));
    if lower == "," && speaks(at + 1) && frame.lower(at + 1).ends_with("ing") {
        return true;
    }
    if lower == "," {
        // ", 39 have said"
        let end = source::phrase_end(frame, at + 1, at + 12);
        let verb = (end..end + 4).find(|i| !matches!(frame.tag(*i), Some(Tag::Aux | Tag::Adv)));
        if end > at + 1 && verb.is_some_and(speaks) {
            return true;
        }
    }
    if matches!(lower, "and" | "but") {
        // "and added that"; ", but Smith said"
        if speaks(at + 1) || (frame.tag(at + 1) == Some(Tag::Adv) && speaks(at + 2)) {
            return true;
        }
        if at > 0 && frame.is_comma(at - 1) {
            let end = source::phrase_end(frame, at + 1, at + 12);
            let verb = (end..end + 4).find(|i| !matches!(frame.tag(*i), Some(Tag::Aux | Tag::Adv)));
            return end > at + 1 && verb.is_some_and(speaks);
        }
    }
    false
}

/// Whether the narrator takes over behind a comma: ", but", ", compared with", ", a sharp turn" as the last member.
fn is_remark(frame: &Frame, at: usize) -> bool {
    let lower = frame.lower(at);
    if lower == "but" && cue::is_in("no-remark", frame.lower(at + 1)) {
        return false;
    }
    if cue::is_in("remark", lower) {
        return !matches!(lower, "a" | "an")
            || !(at..frame.items.len()).any(|i| frame.is_comma(i) || frame.lower(i) == "and");
    }
    false
}

/// Whether the word at `at` is an auxiliary or a verb that is no participle by its form.
pub(super) fn is_finite(frame: &Frame, at: usize) -> bool {
    frame.word(at).is_some_and(|w| match w.tag {
        Tag::Aux => true,
        Tag::Verb => w.is_finite || !w.is_tagged,
        _ => false,
    })
}

/// Whether the cue form at `at` is used as a verb.
pub(super) fn is_verb(frame: &Frame, at: usize) -> bool {
    let Some(word) = frame.word(at) else { return false };
    if at > 0 && matches!(frame.lower(at - 1), "-" | "‑") {
        return false; // "so-called"
    }
    // forms that are hardly ever anything but verbs, whatever the tagger makes of them
    let stands_free = !matches!(at.checked_sub(1).and_then(|b| frame.tag(b)), Some(Tag::Det | Tag::Adp));
    if stands_free && !word.is_capital && cue::is_in("sure-verb", &word.lower) {
        return true;
    }
    if word.is_tagged {
        // "their continued threats", "the alleged theft"
        let before = at.checked_sub(1).and_then(|b| frame.tag(b));
        let modifies = matches!(before, Some(Tag::Det))
            && !word.is_finite
            && matches!(frame.tag(at + 1), Some(Tag::Noun | Tag::Propn | Tag::Adj));
        return matches!(word.tag, Tag::Verb) && !modifies;
    }
    let Some(before) = at.checked_sub(1).and_then(|b| frame.word(b)) else { return true };
    !matches!(before.tag, Tag::Det | Tag::Adp) && before.lower != "'s" || before.lower == "to"
}

/// "did not say", "declined to say": nothing was said.
pub(super) fn is_denied(frame: &Frame, at: usize) -> bool {
    let group = source::group_start(frame, at);
    let not = (group..at)
        .any(|i| matches!(frame.lower(i), "not" | "n't" | "never") || frame.lower(i).ends_with("n't"));
    let declined = at >= 2
        && frame.lower(at - 1) == "to"
        && (1..=2).any(|n| at > n && cue::is_in("denying", frame.lower(at - 1 - n)));
    not || declined
}

pub(super) fn is_passive(frame: &Frame, verb: usize, group: usize) -> bool {
    let is_participle =
        frame.lower(verb).ends_with("ed") || cue::is_in("irregular-participle", frame.lower(verb));
    is_participle && (group..verb).any(|i| cue::is_in("passive-aux", frame.lower(i)))
}

/// Whether a "that" opens a relative clause: as the parser says, or because a verb follows at once where a noun stands
/// between it and the cue at `at` ("after a meeting that lasted nine hours").
pub(super) fn is_relative(frame: &Frame, that: usize, at: usize) -> bool {
    let is_parsed_so = frame.word(that).is_some_and(|w| w.is_relative) && frame.quote(that + 1).is_none();
    is_parsed_so || that > at && is_finite(frame, that + 1)
}

/// The subject as the parser sees it, where that is another noun phrase than the one nearest to the verb, or where none
/// was found.
pub(super) fn parsed_subject(frame: &Frame, verb: usize, near: Option<Range<usize>>) -> Option<Range<usize>> {
    let Some(start) = frame.word(verb).and_then(|w| w.subject) else { return near };
    let reach = verb.saturating_sub(REACH)..verb;
    let Some(at) = reach.clone().find(|i| frame.word(*i).is_some_and(|w| w.span.start == start)) else {
        return near;
    };
    let is_relative = matches!(frame.lower(at), "who" | "which" | "that" | "what");
    if is_relative || near.as_ref().is_some_and(|near| near.contains(&at)) {
        return near;
    }
    let end = source::phrase_end(frame, at, verb);
    let phrase = source::phrase_ending(frame, end, 0).filter(|range| range.contains(&at));
    // a name that the tagger takes for a verb
    let is_name = || frame.word(at).is_some_and(|w| w.is_capital);
    phrase.or_else(|| near.or_else(|| is_name().then_some(at..at + 1)))
}

/// "by officials" behind a passive cue.
pub(super) fn by_phrase(frame: &Frame, from: usize, until: usize) -> Option<Range<usize>> {
    let by = (from..until.max(from).min(from + 8)).find(|i| frame.lower(*i) == "by")?;
    let end = source::phrase_end(frame, by + 1, frame.items.len());
    (end > by + 1).then_some(by + 1..end)
}
