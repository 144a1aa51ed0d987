//! Cue by cue: which words of a frame are said, and by whom.

use std::ops::Range;

use variorum_schema::{Document, Span, Tag};

use super::{
    Draft,
    clause::{by_phrase, is_denied, is_finite, is_passive, is_relative, is_verb, parsed_subject},
    cue::{self, Cue},
    frame::{Frame, Item},
    marks::Quoted,
    source::{self, REACH},
};

/// What is known while a frame is worked through.
pub(super) struct Frames<'a> {
    pub document: &'a Document,
    pub quoted: &'a [Quoted],
}

/// A cue found in a frame: items `first..last`, the verb itself at `verb`.
struct Found {
    first: usize,
    verb: usize,
    last: usize,
    cue: Cue,
}

impl Frames<'_> {
    /// The attributions of one frame, in the order of their cues.
    pub(super) fn attribute(&self, frame: &Frame) -> Vec<Draft> {
        let mut drafts: Vec<Draft> = Vec::new();
        let cues = self.cues(frame);
        // left context of a cue begins behind the cue before it
        let mut from = 0;
        for (nth, found) in cues.iter().enumerate() {
            let until = cues.get(nth + 1).map_or(frame.items.len(), |next| next.first);
            if let Some(draft) = self.verb(frame, found, from, until, &drafts) {
                from = found.last;
                drafts.push(draft);
            }
        }
        drafts.extend(self.phrases(frame, &drafts));
        drafts
    }

    /// The cue verbs of a frame that may attribute.
    fn cues(&self, frame: &Frame) -> Vec<Found> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < frame.items.len() {
            let last = self.cue_at(frame, at).map(|it| {
                let last = it.last;
                found.push(it);
                last
            });
            at = last.unwrap_or(at + 1).max(at + 1);
        }
        found
    }

    fn cue_at(&self, frame: &Frame, at: usize) -> Option<Found> {
        let word = frame.word(at)?;
        let cue = cue::verbs(&word.lower)
            .iter()
            .find(|cue| cue.tail.iter().enumerate().all(|(nth, tail)| frame.lower(at + 1 + nth) == *tail))?;
        if !is_verb(frame, at) || is_denied(frame, at) || source::is_hearsay(frame, at) {
            return None;
        }
        let last = at + 1 + cue.tail.len();
        Some(Found { first: at, verb: at, last, cue: cue.clone() })
    }

    /// The attribution that a cue verb makes, if any.
    fn verb(
        &self,
        frame: &Frame,
        found: &Found,
        from: usize,
        until: usize,
        drafts: &[Draft],
    ) -> Option<Draft> {
        let group = source::group_start(frame, found.verb);
        let helpers = source::helpers_start(frame, found.verb);
        let is_passive = is_passive(frame, found.verb, helpers) && !found.cue.takes('v');
        let left = source::subject_left(frame, group, 0);
        let side = left.as_ref().map_or(group, |l| l.start);
        if let Some(content) = self.left_quotes(frame, side, from, found.cue.takes('q'), drafts) {
            let subject = left.or_else(|| source::subject_right(frame, found.last - 1));
            return Some(self.beside(frame, found, subject, content, is_passive, until));
        }
        let subject = if is_passive {
            by_phrase(frame, found.last, until)
        } else {
            parsed_subject(frame, found.verb, self.subject(frame, found, group, left.clone()))
        };
        if let Some((content, label)) = self.right(frame, found, subject.is_some() || is_passive) {
            let is_clear = subject.is_some() || is_passive || label;
            return is_clear.then(|| self.draft(frame, found, subject, vec![content]));
        }
        self.clause_before(frame, found, group, left, from)
    }

    /// A participle ("…, adding that") and an infinitive take the subject of the sentence.
    fn subject(
        &self,
        frame: &Frame,
        found: &Found,
        group: usize,
        left: Option<Range<usize>>,
    ) -> Option<Range<usize>> {
        let word = frame.word(found.verb)?;
        let is_participle = word.lower.ends_with("ing") && group == found.verb;
        let before = group.checked_sub(1);
        let joins =
            before.is_some_and(|b| matches!(frame.lower(b), "and" | "but" | "then" | "to" | "as" | "by"));
        if (is_participle && before.is_some_and(|b| frame.is_comma(b) || joins)) || (left.is_none() && joins)
        {
            return source::governing(frame, found.verb).or(left);
        }
        let is_said = found.cue.class == cue::Class::Speech && found.cue.takes('t');
        left.or_else(|| if is_participle || is_said { source::governing(frame, group) } else { None })
    }

    /// The quoted stretch that ends where the attribution begins, with the words that lead into it.
    fn left_quotes(
        &self,
        frame: &Frame,
        side: usize,
        from: usize,
        takes: bool,
        drafts: &[Draft],
    ) -> Option<Vec<Span>> {
        let mut at = side.checked_sub(1)?;
        let mut has_comma = false;
        while matches!(frame.lower(at), "," | "—" | "–" | "-" | "--") {
            has_comma = true;
            at = at.checked_sub(1)?;
        }
        let quote = frame.quote(at)?;
        let it = self.quoted.get(quote)?;
        let ends_open = it.inner.of(&self.document.text).ends_with([',', '?', '!', '—', '-', '–', '…', '.']);
        if !(takes && (has_comma || ends_open))
            || drafts.iter().any(|d| d.content.iter().any(|c| c.overlaps(it.outer)))
        {
            return None;
        }
        // words before the quotation belong to what is said: the plan is “bad”, he said
        let words = (from..at).rev().take(REACH).take_while(|i| !matches!(frame.lower(*i), ";" | ":")).last();
        let leads =
            words.is_some_and(|first| (first..at).any(|i| frame.tag(i).is_some_and(|t| t != Tag::Punct)));
        let starts_lower = it.inner.of(&self.document.text).chars().next().is_some_and(char::is_lowercase);
        match words {
            Some(first) if leads && from == 0 && (starts_lower || !frame.is_comma(at - 1)) => {
                Some(vec![self.cover(frame, first, at + 1)])
            }
            Some(first) if !leads => {
                // several quoted stretches side by side
                let spans = (first..=at)
                    .filter_map(|i| frame.quote(i))
                    .filter_map(|q| self.quoted.get(q))
                    .map(|q| q.inner);
                Some(spans.collect())
            }
            _ => Some(vec![it.inner]),
        }
    }

    /// `"…," he said, "…"`: a quoted stretch behind the cue goes on with the one before it.
    fn beside(
        &self,
        frame: &Frame,
        found: &Found,
        subject: Option<Range<usize>>,
        mut content: Vec<Span>,
        is_passive: bool,
        until: usize,
    ) -> Draft {
        let start = subject.as_ref().map_or(found.last, |s| s.end.max(found.last));
        let behind = (start..until.max(start).min(start + REACH)).find(|at| frame.quote(*at).is_some());
        if let Some(at) = behind {
            let joins = at > 0 && matches!(frame.lower(at - 1), "," | ":" | "—" | "–" | "." | "-");
            let is_guest =
                at == start && found.cue.takes('a') && frame.quote(at).is_some_and(|q| self.is_title(q));
            if (joins || at == start) && !is_guest {
                content.extend(frame.quote(at).and_then(|q| self.quoted.get(q)).map(|q| q.inner));
            }
        }
        let subject = if is_passive { by_phrase(frame, found.last, until) } else { subject };
        self.draft(frame, found, subject, content)
    }

    /// Content behind the cue, and whether it is a label that may stand without a subject.
    fn right(&self, frame: &Frame, found: &Found, has_subject: bool) -> Option<(Span, bool)> {
        let cue = &found.cue;
        let at = self.skip_addressee(frame, found.last, cue);
        if let Some(mut start) = self.content_start(frame, at, cue, has_subject) {
            // whom somebody is told to do it: part of what is said
            let is_order = frame.lower(start) == "to" && cue.takes('a') && cue.takes('i');
            if is_order && frame.tag(found.last) != Some(Tag::Pron) {
                start = found.last;
            }
            let end = self.clause_end(frame, start);
            // "denied it": nothing that could be read by itself
            if end == start + 1 && frame.tag(start) == Some(Tag::Pron) {
                return None;
            }
            return self.content(frame, start, end).map(|c| (c, false));
        }
        if !cue.takes('l') {
            return None;
        }
        // a label or the words of a criticism: what the cue governs, with a quotation in it
        let end = self.clause_end(frame, found.last);
        let quote = (found.last..end.min(found.last + 14)).find(|i| frame.quote(*i).is_some())?;
        let between = (found.last..quote).any(|i| is_finite(frame, i));
        if between || frame.quote(quote).is_some_and(|q| self.is_title(q)) {
            return None;
        }
        // "praised the crew: “…”": what stands behind the colon is what was said
        let is_led = frame.lower(quote - 1) == ":";
        let start = if has_subject && !is_led { found.last } else { quote };
        self.content(frame, start, end).map(|c| (c, true))
    }

    /// Whether a quoted stretch looks like the title of a work: every word of weight with a capital, no stop.
    pub(super) fn is_title(&self, quote: usize) -> bool {
        let Some(it) = self.quoted.get(quote) else { return false };
        let text = it.inner.of(&self.document.text);
        let is_capital = |w: &str| w.chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric());
        let mut words = text.split_whitespace().take(12).peekable();
        let opens = words.peek().is_some_and(|w| is_capital(w));
        let count = text.split_whitespace().take(12).count();
        opens
            && (2..12).contains(&count)
            && !text.ends_with(['.', '!', '?'])
            && words.all(|w| is_capital(w) || w.len() < 4)
    }

    fn skip_addressee(&self, frame: &Frame, at: usize, cue: &Cue) -> usize {
        let mut at = at;
        if cue.takes('t') && self.that_behind(frame, at).is_some() {
            return at;
        }
        if cue.takes('a')
            && matches!(
                frame.tag(at),
                Some(Tag::Det | Tag::Propn | Tag::Noun | Tag::Adj | Tag::Pron | Tag::Num)
            )
            && frame.lower(at) != "that"
        {
            at = source::phrase_end(frame, at, frame.items.len()).max(at + 1);
        }
        at
    }

    /// Where the content begins, once adverbs and adjuncts ("on Tuesday", "in a statement") are passed over.
    fn content_start(&self, frame: &Frame, at: usize, cue: &Cue, has_subject: bool) -> Option<usize> {
        let limit = frame.items.len().min(at + REACH);
        let mut pos = at;
        let mut is_adjacent = true;
        if let Some(that) = self.that_behind(frame, at).filter(|_| cue.takes('t')) {
            return Some(that + 1);
        }
        while pos < limit {
            if let Some(quote) = frame.quote(pos) {
                if is_adjacent && !cue.takes('b') && self.is_title(quote) {
                    return None;
                }
                let marked = is_adjacent || matches!(frame.lower(pos - 1), "," | ":" | "that" | "–" | "—");
                return (marked && cue.takes('q'))
                    .then_some(pos)
                    .or_else(|| (cue.takes('t') && is_adjacent).then_some(pos));
            }
            let (lower, tag) = (frame.lower(pos), frame.tag(pos)?);
            match lower {
                "that" if cue.takes('t') => {
                    return (pos == at || !is_finite(frame, pos + 1)).then_some(pos + 1);
                }
                ":" if cue.takes('q') && pos + 1 < limit => return Some(pos + 1),
                "if" | "whether" | "how" | "why" | "what" | "who" | "when" | "where"
                    if cue.takes('w') || (cue.takes('b') && is_adjacent) =>
                {
                    return Some(pos);
                }
                "to" if cue.takes('i') => return Some(pos),
                "to" if matches!(frame.tag(pos + 1), Some(Tag::Verb | Tag::Aux)) => return None,
                "," => {
                    // behind a comma only a quotation is content
                    return (frame.quote(pos + 1).is_some() && cue.takes('q'))
                        .then_some(pos + 1)
                        .or_else(|| self.behind_adjunct(frame, pos + 1, cue));
                }
                "." | ";" | "!" | "?" | "and" | "but" => return None,
                _ => {}
            }
            let opens_clause = cue::is_in("clause-opener", lower);
            match tag {
                _ if opens_clause && is_adjacent && cue.takes('b') && has_subject => return Some(pos),
                Tag::Adp => pos = source::phrase_end(frame, pos + 1, limit).max(pos + 1),
                Tag::Adv | Tag::Part => pos += 1,
                _ if cue::is_in("time", lower) => pos += 1,
                _ if cue::is_in("time-opener", lower) && cue::is_in("time", frame.lower(pos + 1)) => pos += 2,
                _ if cue.takes('n') && is_adjacent => return Some(pos),
                _ if cue.takes('b')
                    && has_subject
                    && (cue.class == cue::Class::Speech
                        || frame.word(at - 1).is_none_or(|w| w.has_clause))
                    && self.is_clause(frame, pos, cue.takes('s')) =>
                {
                    return Some(pos);
                }
                _ => return None,
            }
            is_adjacent = false;
        }
        None
    }

    /// "said, on condition of anonymity, that …", "said Tuesday, in a speech, “…”".
    fn behind_adjunct(&self, frame: &Frame, at: usize, cue: &Cue) -> Option<usize> {
        let comma =
            (at..frame.items.len().min(at + 20)).find(|i| frame.is_comma(*i) || frame.quote(*i).is_some())?;
        if frame.quote(comma).is_some() {
            return None;
        }
        match frame.lower(comma + 1) {
            "that" if cue.takes('t') => Some(comma + 2),
            _ if frame.quote(comma + 1).is_some() && cue.takes('q') => Some(comma + 1),
            _ => None,
        }
    }

    /// The "that" that opens the content, with no finite verb and no comma before it: "told a crowd in the square that".
    fn that_behind(&self, frame: &Frame, at: usize) -> Option<usize> {
        let limit = frame.items.len().min(at + 25);
        let that = (at..limit)
            .find(|i| frame.lower(*i) == "that" || frame.quote(*i).is_some() || frame.is_comma(*i))?;
        let opens = (frame.tag(that) == Some(Tag::Sconj) || frame.quote(that + 1).is_some())
            && !(at..that).any(|i| is_finite(frame, i));
        let is_relative = is_relative(frame, that, at);
        (opens && frame.lower(that) == "that" && !is_relative).then_some(that)
    }

    /// Whether a clause without "that" begins here: a noun phrase and its verb, or a sign that one follows.
    fn is_clause(&self, frame: &Frame, at: usize, is_sure: bool) -> bool {
        let Some(first) = frame.word(at) else { return false };
        let opens = matches!(
            first.tag,
            Tag::Det | Tag::Propn | Tag::Noun | Tag::Adj | Tag::Pron | Tag::Num | Tag::Verb | Tag::X
        );
        let limit = frame.items.len().min(at + REACH);
        let stop = (at..limit).find(|i| matches!(frame.lower(*i), ";" | ".")).unwrap_or(limit);
        // a verb in a relative clause is none of this clause, unless the cue takes hardly anything but clauses
        let is_relative = |i: &usize| matches!(frame.lower(*i), "that" | "which" | "who" | "whose");
        let reach = (at + 1..stop).find(is_relative).filter(|_| !is_sure).unwrap_or(stop);
        let has_verb = (at + 1..reach).any(|i| frame.quote(i).is_some() || is_finite(frame, i));
        opens && stop >= at + 3 && (has_verb || !first.is_tagged)
    }

    /// Where the content that begins at `start` ends: with its quotation mark where that closes a sentence, before
    /// another attribution or the narrator's own remark, else with the sentence.
    fn clause_end(&self, frame: &Frame, start: usize) -> usize {
        let is_whole = |quote: usize| {
            self.quoted
                .get(quote)
                .is_some_and(|q| q.inner.of(&self.document.text).ends_with([',', '.', '!', '?', '…']))
        };
        if frame.quote(start).is_some_and(is_whole) {
            return start + 1;
        }
        // "said that, if nobody paid, the yard would close": the comma of an opening clause ends nothing
        let first =
            (start..start + 3).find(|i| frame.tag(*i).is_some_and(|t| !matches!(t, Tag::Punct | Tag::Adv)));
        let is_led = first.is_some_and(|i| {
            matches!(frame.tag(i), Some(Tag::Sconj | Tag::Adp)) || cue::is_in("clause-opener", frame.lower(i))
        });
        let from = match is_led {
            true => (start + 2..frame.items.len().min(start + REACH))
                .find(|i| frame.is_comma(*i))
                .unwrap_or(start),
            false => start,
        };
        (from + 1..frame.items.len()).find(|at| frame.ends_at(*at)).unwrap_or(frame.items.len())
    }

    /// "X did Y, Z said": the clause before the cue, and the rest of it behind a second comma.
    fn clause_before(
        &self,
        frame: &Frame,
        found: &Found,
        group: usize,
        left: Option<Range<usize>>,
        from: usize,
    ) -> Option<Draft> {
        if !found.cue.takes('p') || frame.lower(found.verb).ends_with("ing") {
            return None;
        }
        let (subject, side) = match left {
            Some(left) if left.start > 0 => (left.clone(), left.start),
            _ if group == found.verb => (source::subject_right(frame, found.last - 1)?, group),
            _ => return None,
        };
        let comma = side.checked_sub(1).filter(|at| frame.is_comma(*at))?;
        let first = (from..comma).find(|i| !frame.is_comma(*i))?;
        let words = (first..comma).filter(|i| frame.tag(*i) != Some(Tag::Punct)).count();
        let end = subject.end.max(found.last);
        if words < if frame.is_comma(end) { 1 } else { 2 } {
            return None;
        }
        let mut content = vec![self.content(frame, first, comma)?];
        if frame.is_comma(end) && end + 2 < frame.items.len() && frame.quote(end + 1).is_none() {
            let stop = self.clause_end(frame, end + 1);
            let stop = if frame.ends_at(end) { end } else { stop };
            content.extend(
                self.content(frame, end + 1, stop).filter(|_| stop > end + 2 && subject.end <= found.last),
            );
        } else if frame.tag(first) == Some(Tag::Adp) && words < 4 {
            return None;
        }
        Some(self.draft(frame, found, Some(subject), content))
    }

    /// "According to X, …" and "…, according to X".
    fn phrases(&self, frame: &Frame, drafts: &[Draft]) -> Vec<Draft> {
        let mut found = Vec::new();
        for at in 0..frame.items.len() {
            let Some(words) = cue::PHRASES
                .iter()
                .find(|words| words.iter().enumerate().all(|(n, w)| frame.lower(at + n) == *w))
            else {
                continue;
            };
            let last = at + words.len();
            let Some(draft) = self.phrase(frame, at, last) else { continue };
            let taken = draft.content.iter().all(|c| {
                drafts.iter().any(|d| {
                    d.content.iter().any(|o| o.contains(*c))
                        && d.cue.is_some_and(|q| q.start < draft.cue.map_or(0, |x| x.start))
                })
            });
            if !taken {
                found.push(draft);
            }
        }
        found
    }

    fn phrase(&self, frame: &Frame, at: usize, last: usize) -> Option<Draft> {
        let items = frame.items.len();
        let end = source::phrase_end(frame, last, items);
        if end == last {
            return None;
        }
        let opens = at == 0 || (at == 1 && frame.tag(0) == Some(Tag::Cconj));
        let mut source_end = source::with_apposition(frame, end);
        let content = if opens {
            let mut comma = (end..items.min(end + REACH)).find(|i| frame.is_comma(*i))?;
            // "According to Smith, who leads the team, …"
            if matches!(frame.lower(comma + 1), "who" | "a" | "an" | "which") && frame.is_comma(source_end) {
                comma = source_end;
            }
            source_end = comma;
            self.content(frame, comma + 1, self.clause_end(frame, comma + 1))?
        } else {
            let mut stop = at;
            while stop > 0 && matches!(frame.tag(stop - 1), Some(Tag::Punct | Tag::Cconj)) {
                stop -= 1;
            }
            let first = (0..stop).rev().take(2 * REACH).find(|i| frame.lower(*i) == ";").map_or(0, |i| i + 1);
            self.content(frame, first, stop)?
        };
        let source = last..source_end;
        let lemma: Vec<&str> = (at..last).map(|i| frame.lower(i)).collect();
        Some(Draft {
            kind: self.kind(&[content]),
            content: vec![content],
            cue: Some(self.cover(frame, at, last)),
            lemma: Some(lemma.join(" ")),
            source: Some(self.cover(frame, source.start, source.end)),
        })
    }

    fn draft(
        &self,
        frame: &Frame,
        found: &Found,
        subject: Option<Range<usize>>,
        content: Vec<Span>,
    ) -> Draft {
        let mut lemma = found.cue.lemma.to_string();
        if found.cue.tail.is_empty() {
            lemma = lemma.split(' ').next().unwrap_or("").to_string();
        }
        let source = subject.filter(|s| !matches!(frame.lower(s.start), "it" if s.len() == 1 && is_passive(frame, found.verb, source::group_start(frame, found.verb))));
        Draft {
            kind: self.kind(&content),
            content,
            cue: Some(self.cover(frame, found.first, found.last)),
            lemma: Some(lemma),
            source: source.map(|s| self.cover(frame, s.start, s.end)),
        }
    }

    /// The text of items `first..last`, without punctuation at its ends; a quotation alone without its marks.
    fn content(&self, frame: &Frame, first: usize, last: usize) -> Option<Span> {
        let (mut first, mut last) = (first, last.min(frame.items.len()));
        while first < last
            && frame.tag(first) == Some(Tag::Punct)
            && !matches!(frame.lower(first), "(" | "[" | "$" | "£" | "€")
        {
            first += 1;
        }
        while first < last
            && frame.tag(last - 1) == Some(Tag::Punct)
            && !matches!(frame.lower(last - 1), ")" | "]" | "%")
        {
            last -= 1;
        }
        (first < last).then(|| self.cover(frame, first, last))
    }

    /// The bytes of items `first..last`.
    pub(super) fn cover(&self, frame: &Frame, first: usize, last: usize) -> Span {
        let span = |at: usize, alone: bool| match frame.items.get(at) {
            Some(Item::Word(word)) => word.span,
            Some(Item::Quote(q)) => {
                self.quoted.get(*q).map_or(Span::default(), |q| if alone { q.inner } else { q.outer })
            }
            None => Span::default(),
        };
        let alone = last == first + 1;
        span(first, alone).cover(span(last.saturating_sub(1).max(first), alone))
    }

    /// Direct, indirect or mixed, by how much of the content stands in marks.
    pub(super) fn kind(&self, content: &[Span]) -> variorum_schema::QuotationKind {
        use variorum_schema::QuotationKind::{Direct, Indirect, Mixed};
        let from = self.quoted.partition_point(|q| content.first().is_some_and(|c| q.outer.end <= c.start));
        let end = content.last().map_or(0, |c| c.end);
        let near = || self.quoted[from..].iter().take_while(|q| q.outer.start < end);
        if content.iter().all(|c| near().any(|q| q.outer.contains(*c))) {
            Direct
        } else if content.iter().any(|c| near().any(|q| q.outer.overlaps(*c))) {
            Mixed
        } else {
            Indirect
        }
    }
}
