//! Who speaks: the noun phrase beside a cue.
//!
//! All functions return item ranges `first..last` of a frame.

use std::ops::Range;

use variorum_schema::Tag;

use super::{
    cue,
    frame::{Frame, Item},
};

/// No noun phrase or adjunct is looked at beyond so many items: keeps the work per sentence bounded.
pub(super) const REACH: usize = 60;

/// First item of the verb group that ends with the cue at `cue`: auxiliaries and adverbs before it ("has also said").
pub(super) fn group_start(frame: &Frame, cue: usize) -> usize {
    let start = helpers_start(frame, cue);
    // "is reported to have said"
    let is_hearsay = start.checked_sub(1).is_some_and(|at| is_hearsay(frame, at));
    if is_hearsay { helpers_start(frame, start - 1) } else { start }
}

/// First item of the auxiliaries and adverbs right before the verb at `verb`.
pub(super) fn helpers_start(frame: &Frame, verb: usize) -> usize {
    let mut at = verb;
    while at > 0 && matches!(frame.tag(at - 1), Some(Tag::Aux | Tag::Adv | Tag::Part)) {
        at -= 1;
    }
    at
}

/// Whether the verb at `at` says by hearsay that somebody did something: "is said to have called".
pub(super) fn is_hearsay(frame: &Frame, at: usize) -> bool {
    let is_told = frame.word(at).is_some_and(|w| w.tag == Tag::Verb && !cue::verbs(&w.lower).is_empty());
    let is_passive = at.checked_sub(1).is_some_and(|b| frame.tag(b) == Some(Tag::Aux));
    is_told && is_passive && frame.lower(at + 1) == "to" && frame.lower(at + 2) == "have"
}

/// The subject that stands before the verb group starting at `group`.
pub(super) fn subject_left(frame: &Frame, group: usize, from: usize) -> Option<Range<usize>> {
    phrase_left(frame, group, from).and_then(|found| without_time(frame, found))
}

/// "On Wednesday saying", "this week Governor Roe said": a day speaks no word.
fn without_time(frame: &Frame, found: Range<usize>) -> Option<Range<usize>> {
    let is_time = |at: usize| cue::is_in("time", frame.lower(at));
    let leads = |at: usize| cue::is_in("time-lead", frame.lower(at));
    let first = found.clone().find(|at| !leads(*at)).filter(|at| is_time(*at));
    let Some(first) = first else { return Some(found) };
    let rest = (first..found.end).find(|at| !is_time(*at)).unwrap_or(found.end);
    if rest == found.end {
        return None;
    }
    let behind = if frame.is_comma(rest) { rest + 1 } else { rest };
    let opens = matches!(frame.tag(behind), Some(Tag::Propn | Tag::Det | Tag::Pron));
    Some(if behind < found.end && opens { behind..found.end } else { found })
}

/// The noun phrase that stands before the verb group starting at `group`.
fn phrase_left(frame: &Frame, group: usize, from: usize) -> Option<Range<usize>> {
    let before = group.checked_sub(1).filter(|at| *at >= from)?;
    if frame.is_comma(before) {
        return past_parenthesis(frame, before, from);
    }
    if matches!(frame.lower(before), "who" | "which") {
        let end = if before > from && frame.is_comma(before - 1) { before - 1 } else { before };
        let found = phrase_ending(frame, end, from)?;
        return home_of(frame, &found, from).filter(|_| frame.lower(before) == "who").or(Some(found));
    }
    phrase_ending(frame, before + 1, from)
}

/// "Jane Roe of Vermont, who said": who is from the place that a phrase names.
fn home_of(frame: &Frame, place: &Range<usize>, from: usize) -> Option<Range<usize>> {
    let of = place.start.checked_sub(1).filter(|at| *at > from)?;
    let is_home = matches!(frame.lower(of), "of" | "from")
        && frame.tag(of - 1) == Some(Tag::Propn)
        && place.clone().all(|at| frame.tag(at) == Some(Tag::Propn));
    if is_home { phrase_ending(frame, of, from) } else { None }
}

/// "Smith, the minister, said": from the name to the second comma.
fn past_parenthesis(frame: &Frame, comma: usize, from: usize) -> Option<Range<usize>> {
    let start = clause_start(frame, comma, from);
    // the first noun phrase of the clause that is followed by a comma
    let mut at = start;
    while at < comma {
        let end = phrase_end(frame, at, comma);
        let opens = matches!(
            frame.tag(at),
            Some(Tag::Det | Tag::Propn | Tag::Noun | Tag::Pron | Tag::Adj | Tag::Num)
        );
        if opens && end > at && frame.is_comma(end) && end < comma {
            return Some(at..comma);
        }
        if opens && end == comma {
            return None;
        }
        // an introductory phrase: go on behind its comma
        at = (at..comma).find(|i| frame.is_comma(*i))? + 1;
    }
    None
}

/// Where the clause that holds item `at` begins.
fn clause_start(frame: &Frame, at: usize, from: usize) -> usize {
    let lowest = from.max(at.saturating_sub(REACH));
    let mut start = at;
    while start > lowest {
        let stops = match &frame.items[start - 1] {
            Item::Quote(_) => true,
            Item::Word(word) => {
                matches!(word.lower.as_str(), ";" | ":" | "—" | "–" | "that")
                    || (matches!(word.lower.as_str(), "and" | "but")
                        && start >= 2
                        && frame.is_comma(start - 2))
            }
        };
        if stops {
            break;
        }
        start -= 1;
    }
    while start < at && frame.is_comma(start) {
        start += 1;
    }
    start
}

/// The noun phrase that ends before item `end`.
pub(super) fn phrase_ending(frame: &Frame, end: usize, from: usize) -> Option<Range<usize>> {
    let last = end.checked_sub(1).filter(|at| *at >= from)?;
    match frame.tag(last)? {
        Tag::Pron => {
            return (!matches!(frame.lower(last), "who" | "which" | "what" | "that")).then_some(last..end);
        }
        Tag::Propn | Tag::Noun | Tag::Num | Tag::X => {}
        // "the poor", "most", "both"; not "likely"
        Tag::Adj | Tag::Det => {
            let stands_alone = matches!(
                frame.lower(last),
                "most" | "some" | "many" | "others" | "all" | "both" | "few" | "several"
            );
            let is_noun = frame.word(last).is_some_and(|w| !w.is_tagged || w.is_capital)
                || last > from && frame.tag(last - 1) == Some(Tag::Det);
            if !(stands_alone || is_noun) {
                return None;
            }
        }
        Tag::Punct if matches!(frame.lower(last), ")" | "]") => {}
        _ => return None,
    }
    let lowest = from.max(end.saturating_sub(REACH));
    let mut start = last;
    while start > lowest && inside_phrase(frame, start - 1, start) {
        start -= 1;
    }
    let start = without_preposition(frame, start, end);
    (start < end).then_some(start..end)
}

/// Whether item `at` belongs to the noun phrase that goes on at `next`.
fn inside_phrase(frame: &Frame, at: usize, next: usize) -> bool {
    let Some(word) = frame.word(at) else { return false };
    match word.tag {
        Tag::Propn | Tag::Noun | Tag::Adj | Tag::Num | Tag::Det | Tag::X => true,
        Tag::Part => matches!(word.lower.as_str(), "'s" | "'"),
        Tag::Adp => matches!(word.lower.as_str(), "of" | "for" | "in" | "at" | "from" | "with" | "to" | "on"),
        Tag::Cconj => matches!(word.lower.as_str(), "and" | "&" | "or") && next < frame.items.len(),
        Tag::Pron => cue::is_in("possessive", &word.lower),
        Tag::Punct => {
            matches!(word.lower.as_str(), "-" | "‑" | "." | "(" | ")" | "[" | "]" | "'" | "/" | "&")
        }
        _ => false,
    }
}

/// "In a speech Smith": a phrase that begins with a preposition or conjunction is cut to what follows the last one.
fn without_preposition(frame: &Frame, start: usize, end: usize) -> usize {
    let mut start = start;
    while start < end && matches!(frame.tag(start), Some(Tag::Cconj | Tag::Punct | Tag::Part)) {
        start += 1;
    }
    if frame.tag(start) != Some(Tag::Adp) {
        return start;
    }
    let last =
        (start..end).rev().find(|at| matches!(frame.tag(*at), Some(Tag::Adp | Tag::Det))).unwrap_or(start);
    if frame.tag(last) == Some(Tag::Det) { last } else { last + 1 }
}

/// The end of the noun phrase that begins at `start`, at most `limit`.
pub(super) fn phrase_end(frame: &Frame, start: usize, limit: usize) -> usize {
    let limit = limit.min(frame.items.len()).min(start + REACH);
    if frame.tag(start) == Some(Tag::Pron) && !cue::is_in("possessive", frame.lower(start)) {
        return (start + 1).min(limit);
    }
    let mut end = start;
    while end < limit {
        let Some(word) = frame.word(end) else { break };
        let goes_on = match word.tag {
            Tag::Propn | Tag::Noun | Tag::Adj | Tag::Num | Tag::Det | Tag::X => true,
            Tag::Part => matches!(word.lower.as_str(), "'s" | "'"),
            Tag::Adp => matches!(word.lower.as_str(), "of" | "for" | "from") && end > start,
            Tag::Cconj => {
                word.lower == "and"
                    && end > start
                    && matches!(frame.tag(end + 1), Some(Tag::Propn | Tag::Noun))
            }
            Tag::Pron => cue::is_in("possessive", &word.lower),
            Tag::Punct => {
                matches!(word.lower.as_str(), "-" | "‑" | "(" | ")" | "[" | "]" | "'" | "/" | "&")
                    || (word.lower == "." && frame.word(end + 1).is_some_and(|w| w.is_capital) && end > start)
            }
            _ => false,
        };
        if !goes_on {
            break;
        }
        end += 1;
    }
    while end > start
        && matches!(frame.tag(end - 1), Some(Tag::Adp | Tag::Cconj | Tag::Punct))
        && frame.lower(end - 1) != ")"
    {
        end -= 1;
    }
    end
}

/// The subject that stands behind the cue ("said Geoff Garin, a pollster"), with what is set beside it.
pub(super) fn subject_right(frame: &Frame, cue: usize) -> Option<Range<usize>> {
    // "says managing director Ann Roe"
    let is_office = frame.lower(cue + 1).ends_with("ing")
        && frame.tag(cue + 1) == Some(Tag::Verb)
        && frame.tag(cue + 2) == Some(Tag::Noun)
        && frame.tag(cue + 3) == Some(Tag::Propn);
    if is_office {
        let end = phrase_end(frame, cue + 2, frame.items.len());
        return Some(cue + 1..with_apposition(frame, end));
    }
    let start = cue + 1;
    if !matches!(frame.tag(start)?, Tag::Det | Tag::Propn | Tag::Noun | Tag::Adj | Tag::Pron | Tag::Num) {
        return None;
    }
    if cue::is_in("time", frame.lower(start)) {
        return None;
    }
    let end = phrase_end(frame, start, frame.items.len());
    (end > start).then(|| start..with_apposition(frame, end))
}

/// Takes in what stands beside a name behind a comma: "…, a Democratic pollster", "…, who led the talks", "…, 69".
pub(super) fn with_apposition(frame: &Frame, end: usize) -> usize {
    if !frame.is_comma(end) {
        return end;
    }
    let next = frame.lower(end + 1);
    let describes = matches!(next, "a" | "an" | "the" | "who" | "whose" | "former" | "one")
        || frame.tag(end + 1) == Some(Tag::Num)
        || (frame.tag(end + 1) == Some(Tag::Noun)
            && frame.word(end + 1).is_some_and(|w| !w.is_capital && cue::verbs(&w.lower).is_empty()));
    if !describes {
        return end;
    }
    let limit = frame.items.len().min(end + REACH);
    let stop = (end + 1..limit)
        .find(|at| match &frame.items[*at] {
            Item::Quote(_) => true,
            Item::Word(word) => matches!(word.lower.as_str(), "." | "," | ";" | ":" | "!" | "?" | "—" | "–"),
        })
        .unwrap_or(limit);
    if frame.quote(stop).is_some() { end } else { stop }
}

/// The subject of the sentence: its first noun phrase that no preposition governs and that a verb follows.
pub(super) fn governing(frame: &Frame, before: usize) -> Option<Range<usize>> {
    let mut at = 0;
    let limit = before.min(REACH);
    while at < limit {
        let tag = frame.tag(at);
        if matches!(tag, Some(Tag::Adp | Tag::Sconj))
            || frame.word(at).is_some_and(|w| w.lower.ends_with("ing") && w.tag == Tag::Verb)
        {
            // an introductory phrase or clause: behind its comma
            at = (at..limit).find(|i| frame.is_comma(*i))? + 1;
            continue;
        }
        if matches!(tag, Some(Tag::Det | Tag::Propn | Tag::Noun | Tag::Adj | Tag::Pron | Tag::Num)) {
            let end = phrase_end(frame, at, before);
            let is_time = (at..end).any(|i| cue::is_in("time", frame.lower(i)));
            let is_dateline = matches!(frame.lower(end), "—" | "–" | "--" | "-") && end < 6;
            if end > at && (is_dateline || is_time) {
                at = end + 1;
                continue;
            }
            return (end > at).then_some(at..end);
        }
        at += 1;
    }
    None
}
