//! Names: runs of capitalised words, taken apart into title and name.

use variorum_schema::{EntityKind, Gender, Sentence, Tag};

use super::kind::{self, Sureness};
use super::lexica;
use super::view::{Typography, View};

/// A name as found, before it is joined to an entity. All positions are token indices.
#[derive(Clone, Debug)]
pub(super) struct Found {
    /// First and one past the last token of the name.
    pub(super) first: usize,
    pub(super) last: usize,
    /// First token with titles.
    pub(super) full_first: usize,
    pub(super) kind: EntityKind,
    pub(super) sureness: Sureness,
    /// Titles beside it, lower case.
    pub(super) titles: Vec<String>,
    pub(super) gender: Option<Gender>,
    pub(super) sentence: usize,
}

/// Names of at most this many tokens: a longer run of capitals is a heading.
const MAX_TOKENS: usize = 12;

/// All names of a sentence, in order.
pub(super) fn names(view: &View, sentence_idx: usize, sentence: &Sentence, out: &mut Vec<Found>) {
    let end = sentence.last_token as usize;
    let mut at = sentence.first_token as usize;
    while at < end {
        if let Some((last, kind)) = listed(view, at, end)
            && starts(view, sentence_idx, sentence, at)
            && run_end(view, sentence, at, last.max(at + 1)) <= last
        {
            let name = Found::new(at, last, kind, Sureness::Listed, sentence_idx);
            at = split(view, name, out);
        } else if starts(view, sentence_idx, sentence, at) {
            let last = run_end(view, sentence, at, at + 1);
            at = split(view, Found::new(at, last, EntityKind::Other, Sureness::Guess, sentence_idx), out);
        } else {
            at += 1;
        }
    }
}

impl Found {
    fn new(first: usize, last: usize, kind: EntityKind, sureness: Sureness, sentence: usize) -> Found {
        Found { first, last, full_first: first, kind, sureness, titles: Vec::new(), gender: None, sentence }
    }
}

/// The longest listed name that starts at token `at`: one past its end, and its kind.
pub(super) fn listed(view: &View, at: usize, end: usize) -> Option<(usize, EntityKind)> {
    let of_outlet = at + view.outlet.len();
    if view.outlet.first() == Some(&view.word(at))
        && of_outlet <= end
        && (at..of_outlet).map(|i| view.word(i)).eq(view.outlet.iter().copied())
    {
        return Some((of_outlet, EntityKind::Organisation));
    }
    if !view.is_word(at) || !lexica::NAME_OPENINGS.contains(view.word(at)) {
        return None;
    }
    let most = end.min(at + lexica::MAX_WORDS);
    (at + 1..=most).rev().find_map(|last| {
        let name = view.joined(at, last);
        lexica::NAMES.get(&name).map(|kind| (last, *kind))
    })
}

/// Whether a name may start at token `at`.
fn starts(view: &View, sentence_idx: usize, sentence: &Sentence, at: usize) -> bool {
    let end = sentence.last_token as usize;
    if !view.is_word(at) {
        return false;
    }
    if !view.is_capital(at) {
        return particle_start(view, at, end) || listed(view, at, end).is_some_and(|(last, _)| last > at + 2);
    }
    if view.word(at) == "I" || is_calendar(view.low(at)) || is_address(view.word(at)) {
        return false;
    }
    let sentence_case = view.typography(sentence_idx) == Typography::Sentence;
    if sentence_case
        && (listed(view, at, end).is_some_and(|(last, _)| last > at + 1) || is_country_code(view.word(at)))
    {
        return true;
    }
    match view.typography(sentence_idx) {
        Typography::Sentence if !view.is_first(sentence, at) => {
            !(view.is_opener(at) && !is_given(view, at)) && !is_common_acronym(view, at, end)
        }
        Typography::Sentence => opens_name(view, at, end),
        _ => is_known(view, at, end),
    }
}

/// File names, addresses.
fn is_address(word: &str) -> bool {
    let inner = word.trim_end_matches('.');
    word.contains(['@', '/', '_'])
        || inner.split('.').skip(1).any(|part| part.chars().next().is_some_and(char::is_lowercase))
}

/// "US" and "UN" are names even though "us" is a word.
fn is_country_code(word: &str) -> bool {
    is_acronym(word) && lexica::NAMES.contains_key(word)
}

/// "DNA", "CEO" by itself.
fn is_common_acronym(view: &View, at: usize, end: usize) -> bool {
    let follows = at + 1 < end && view.is_capital(at + 1);
    lexica::ACRONYMS.contains(view.word(at).trim_end_matches('s')) && !follows
}

/// A capitalised word at the start of a sentence: is it a name?
fn opens_name(view: &View, at: usize, end: usize) -> bool {
    let next_capital = at + 1 < end && view.is_capital(at + 1) && view.word(at + 1) != "I";
    let case = view.case(at);
    if view.is_opener(at) {
        return is_given(view, at) && next_capital && !view.is_opener(at + 1);
    }
    if listed(view, at, end).is_some() || (is_given(view, at) && (case.lower == 0 || next_capital)) {
        return true;
    }
    if is_title_word(view, at, end) && next_capital {
        return true;
    }
    if is_common_acronym(view, at, end) {
        return false;
    }
    if case.upper > 0 && case.lower == 0 {
        return true;
    }
    // "Supporting Cable, …", "Visit Rome": a verb before a name
    let verbal = matches!(view.tag(at), Tag::Verb | Tag::Aux | Tag::Adp | Tag::Adv | Tag::Sconj);
    if verbal || (!view.is_tagged && view.low(at).ends_with("ing") && case.upper == 0) {
        return false;
    }
    // "Al-Barudi left": the article of a name
    if matches!(view.low(at), "al" | "el")
        && is_hyphen(view, at + 1)
        && view.touches(at + 1)
        && view.is_capital(at + 2)
    {
        return true;
    }
    if view.is_tagged {
        return view.tag(at) == Tag::Propn
            || (next_capital && view.tag(at + 1) == Tag::Propn && case.lower == 0);
    }
    if case.lower > 0 {
        return case.upper > case.lower;
    }
    case.upper > 0 || next_capital || is_acronym(view.word(at)) || reports(view, at + 1)
}

/// A capitalised word where every word is capitalised: only what is known to be a name.
fn is_known(view: &View, at: usize, end: usize) -> bool {
    let case = view.case(at);
    if view.is_opener(at) || case.lower > case.upper {
        return false;
    }
    let listed_here = listed(view, at, end).is_some();
    listed_here || is_given(view, at) || case.upper > 0 || (view.is_tagged && view.tag(at) == Tag::Propn)
}

fn is_given(view: &View, at: usize) -> bool {
    lexica::GIVEN_NAMES.contains_key(view.word(at))
        && !matches!(view.word(at), "Will" | "Win" | "Said" | "Mark" | "May" | "Bill" | "Chase")
        || (matches!(view.word(at), "Will" | "Mark" | "Bill" | "Chase") && view.is_capital(at + 1))
}

pub(super) fn is_acronym(word: &str) -> bool {
    (2..=6).contains(&word.chars().filter(|c| c.is_alphabetic()).count())
        && word.chars().all(|c| c.is_uppercase() || matches!(c, '.' | '&' | '-') || c.is_ascii_digit())
}

fn is_calendar(lower: &str) -> bool {
    lexica::is_part("calendar", lower)
}

/// Whether the word at `at` is a verb of saying and the like.
pub(super) fn reports(view: &View, at: usize) -> bool {
    lexica::PERSON_VERBS.contains(view.low(at))
}

/// "al - Kadhimi", "bin Salman", "van der Berg": a particle in lower case before a capital.
fn particle_start(view: &View, at: usize, end: usize) -> bool {
    let low = view.low(at);
    if !lexica::is_part("opens", low) {
        return false;
    }
    let mut next = at + 1;
    for _ in 0..3 {
        if next < end
            && (lexica::PARTICLES.contains(view.low(next)) || (is_hyphen(view, next) && view.touches(next)))
            && !view.is_capital(next)
        {
            next += 1;
        }
    }
    let hyphen = next > at + 1 && is_hyphen(view, next - 1);
    next < end
        && view.is_capital(next)
        && (hyphen || lexica::is_part("opens-alone", low))
        && !view.is_opener(next)
}

fn is_hyphen(view: &View, at: usize) -> bool {
    matches!(view.word(at), "-" | "‐" | "‑")
}

/// One past the end of the run of name words that starts at `first`; `at` is where to go on.
fn run_end(view: &View, sentence: &Sentence, first: usize, mut at: usize) -> usize {
    let end = (sentence.last_token as usize).min(first + MAX_TOKENS);
    if !view.is_capital(first) && at == first + 1 {
        // a particle first: up to its capital
        while at < end && !view.is_capital(at) {
            at += 1;
        }
        at = (at + 1).min(end);
    }
    while at < end {
        at = match step(view, first, at, end) {
            Some(next) => next.min(end),
            None => return at,
        };
    }
    at
}

/// Where the run goes on after the word at `at`, if that word (or connector and word) belongs to it.
fn step(view: &View, first: usize, at: usize, end: usize) -> Option<usize> {
    let capital =
        |i: usize| i < end && view.is_capital(i) && view.word(i) != "I" && !is_calendar(view.low(i));
    let closed = |i: usize| lexica::is_part("closes", view.low(i.saturating_sub(1)));
    if capital(at) {
        let joins = !closed(at) && !(view.is_opener(at) && !is_given(view, at) && !is_inner(view, at));
        return joins.then_some(at + 1);
    }
    if is_hyphen(view, at) && view.touches(at) && view.touches(at + 1) {
        return hyphen(view, first, at, end);
    }
    match view.word(at) {
        "&" if capital(at + 1) => Some(at + 2),
        "'" | "’" if view.touches(at) && possessive(view, at, end) => Some(at + 2),
        "on" | "for" | "without" | "against"
            if capital(at + 1) && at == first + 1 && lexica::is_part("league", view.low(first)) =>
        {
            Some(at + 2)
        }
        "," if lexica::is_part("after-comma", view.low(at + 1)) && at + 1 < end => Some(at + 2),
        "of" => of(view, at, end),
        "for" | "on"
            if capital(at + 1)
                && lexica::is_part("takes-of", view.low(at - 1))
                && view.is_capital(at - 1) =>
        {
            Some(at + 2)
        }
        "and" if capital(at + 1) => {
            let has_of = (first..at).any(|i| matches!(view.low(i), "of" | "for"))
                && (first..at).any(|i| lexica::is_part("takes-of", view.low(i)));
            has_of.then_some(at + 2)
        }
        _ if lexica::PARTICLES.contains(view.low(at)) && !view.touches(at) => {
            let mut next = at + 1;
            while next < end
                && next < at + 4
                && !view.is_capital(next)
                && (lexica::PARTICLES.contains(view.low(next))
                    || (is_hyphen(view, next) && view.touches(next)))
            {
                next += 1;
            }
            (capital(next) && !view.is_opener(next)).then_some(next + 1)
        }
        _ => None,
    }
}

/// "the Dock Workers' Union": the plural before the mark belongs to the body whose word follows.
fn possessive(view: &View, at: usize, end: usize) -> bool {
    let body =
        |i: usize| lexica::HEADS.get(view.low(i)).is_some_and(|(kind, _)| *kind == EntityKind::Organisation);
    view.low(at - 1).ends_with('s')
        && (at + 1..end.min(at + 4)).take_while(|&i| view.is_capital(i) && !view.touches(i)).any(body)
}

/// Capitalised function words that stand inside names ("United Against …", "World Service").
fn is_inner(view: &View, at: usize) -> bool {
    lexica::is_part("inner", view.low(at))
}

/// "Department of State", "University of the Arts".
fn of(view: &View, at: usize, end: usize) -> Option<usize> {
    let head = at.checked_sub(1)?;
    if !view.is_capital(head) || !lexica::is_part("takes-of", view.low(head)) {
        return None;
    }
    let next = if view.low(at + 1) == "the" { at + 2 } else { at + 1 };
    (next < end && view.is_capital(next)).then_some(next + 1)
}

/// Hyphens inside names: "Jae-myung", "Abdul-Aziz"; not "US-led", "Iran-Iraq".
fn hyphen(view: &View, first: usize, at: usize, end: usize) -> Option<usize> {
    let next = at + 1;
    if next >= end || !view.is_word(next) {
        return None;
    }
    let left = view.word(at - 1);
    let is_place = |word: &str| {
        lexica::NAMES.get(word).is_some_and(|k| matches!(k, EntityKind::Place | EntityKind::Group))
    };
    if view.is_capital(next) {
        return (!(is_place(left) && is_place(view.word(next)))
            && !(is_acronym(left) && is_acronym(view.word(next))))
        .then_some(next + 1);
    }
    let low = view.low(next);
    let participle = low.ends_with("ed") || low.ends_with("ing") || low.len() > 7;
    let particle = lexica::PARTICLES.contains(low) || matches!(low, "e" | "i" | "o");
    if particle && is_hyphen(view, next + 1) && view.is_capital(next + 2) && next + 2 < end {
        return Some(next + 3);
    }
    let two_part = first + 1 < at
        && !is_place(left)
        && !is_acronym(left)
        && !participle
        && !lexica::is_part("after-hyphen", low);
    (two_part && left.chars().count() <= 6).then_some(next + 1)
}

/// Whether a title starts at `at`.
fn is_title_word(view: &View, at: usize, end: usize) -> bool {
    title_end(view, at, end).is_some()
}

/// One past the end of the longest title that starts at `at`, modifiers before it included.
pub(super) fn title_end(view: &View, at: usize, end: usize) -> Option<usize> {
    let mut from = at;
    loop {
        let most = end.min(from + 6);
        let opens = lexica::TITLE_OPENINGS.contains(view.low(from));
        let whole = (from + 1..=most)
            .rev()
            .filter(|_| opens)
            .find(|&last| lexica::TITLES.contains_key(view.joined_lower(from, last).as_str()));
        if let Some(last) = whole {
            // "general" of "Major General", "secretary" of "Secretary of State", "president and chief executive"
            return Some(last);
        }
        if from < at + 4 && from + 1 < end && lexica::MODIFIERS.contains_key(view.low(from)) {
            from += 1;
        } else {
            return None;
        }
    }
}

/// Takes a run apart: leading nationality, titles, then the name. Returns where to go on.
fn split(view: &View, run: Found, out: &mut Vec<Found>) -> usize {
    let (mut first, mut last) = (run.first, run.last);
    let resume = last;
    while last > first + 1 && matches!(view.word(last - 1), "&" | "-" | ",") {
        last -= 1;
    }
    if run.sureness == Sureness::Listed {
        push(view, Found { last, ..run }, out);
        return resume;
    }
    // "Roe Executive Director": a title after a name is no part of it
    if let Some(cut) = (first + 1..last).find(|&at| title_end(view, at, last) == Some(last) && last - at > 1)
    {
        last = cut;
    }
    if is_vessel(view, first, last, &view.sentences[run.sentence]) {
        out.push(Found { last, kind: EntityKind::Other, sureness: Sureness::Titled, ..run });
        return resume;
    }
    let whole_is_named = kind::head(view, first, last).is_some();
    let mut full_first = first;
    let mut titles = Vec::new();
    let mut gender = None;
    // nationality or body before a title: "Iraqi Prime Minister X", "US Secretary of State X", "EU Commissioner X"
    if let Some((lead, kind)) = listed(view, first, last)
        && lead < last
        && !whole_is_named
        && (title_end(view, lead, last).is_some() || kind == EntityKind::Group)
    {
        push(view, Found::new(first, lead, kind, Sureness::Listed, run.sentence), out);
        first = lead;
    }
    // "Belmarran Defence Minister X": a nationality that no list gives
    if !whole_is_named && last > first + 2 && title_end(view, first, last).is_none() {
        let after = title_end(view, first + 1, last).filter(|&end| end < last);
        if after.is_some() && is_demonym_like(view.low(first)) {
            push(view, Found::new(first, first + 1, EntityKind::Group, Sureness::Listed, run.sentence), out);
            first += 1;
        }
    }
    // "Fire Officer X Y", "Council President X Y": words of the office that no list gives, too
    while let Some(end) = title_end(view, first, last)
        .filter(|_| !whole_is_named || title_is_honorific(view, first))
        .or_else(|| office_end(view, first, last).filter(|_| !whole_is_named))
    {
        titles.push(view.joined_lower(full_first, end));
        gender = gender.or_else(|| title_gender(view, first, end));
        first = end;
        if first >= last {
            return resume; // a title without a name: described elsewhere
        }
    }
    if titles.is_empty() {
        full_first = first;
    }
    let mut found = Found { first, last, full_first, titles, gender, ..run };
    if let Some((end, kind)) = listed(view, found.first, found.last)
        && end == found.last
    {
        found.kind = kind;
        found.sureness = Sureness::Listed;
    }
    push(view, found, out);
    resume
}

/// "the Queen Maud", "the ferry Lady Jane": no person goes by an article and a noble title without an "of".
fn is_vessel(view: &View, first: usize, last: usize, sentence: &Sentence) -> bool {
    let before = |n: usize| first.checked_sub(n).filter(|&at| at >= sentence.first_token as usize);
    let article = |n: usize| before(n).is_some_and(|at| matches!(view.low(at), "the" | "a"));
    let craft = before(1).is_some_and(|at| lexica::is_part("craft", view.low(at)));
    let plain = last == first + 2 && (first..last).all(|at| view.is_word(at)) && view.word(last) != "'s";
    plain && lexica::is_part("noble", view.low(first)) && (article(1) || craft && article(2))
}

/// One past the end of an office whose first words are capitalised but not listed, when a full name follows it.
fn office_end(view: &View, first: usize, last: usize) -> Option<usize> {
    if title_end(view, first, last).is_some() || is_given(view, first) {
        return None;
    }
    let plain = |at: usize| view.is_word(at) && !is_given(view, at) && !view.low(at).ends_with(['.', ',']);
    let starts = (first + 1..last.min(first + 3)).take_while(|&at| (first..at).all(plain));
    starts.filter_map(|at| title_end(view, at, last).filter(|&end| refers(view, at, end))).find(|&end| {
        (2..=4).contains(&last.saturating_sub(end))
            && (end..last).all(|at| view.is_word(at))
            && kind::head(view, end, last).is_none()
            && (is_given(view, end) || view.case(end).lower == 0)
    })
}

/// Whether a title is an office, which stands for its holder.
fn refers(view: &View, first: usize, last: usize) -> bool {
    (first..last).any(|at| lexica::TITLES.get(view.joined_lower(at, last).as_str()).is_some_and(|t| t.refers))
}

/// Endings of words for peoples.
fn is_demonym_like(lower: &str) -> bool {
    lower.chars().count() > 4 && ["an", "ese", "ish", "i", "ic"].iter().any(|ending| lower.ends_with(ending))
}

fn title_is_honorific(view: &View, at: usize) -> bool {
    lexica::TITLES
        .get(view.low(at))
        .is_some_and(|t| !t.refers && !matches!(view.low(at), "saint" | "st" | "st."))
}

fn title_gender(view: &View, first: usize, last: usize) -> Option<Gender> {
    (first..last)
        .find_map(|at| lexica::TITLES.get(view.joined_lower(at, last).as_str()).and_then(|t| t.gender))
}

/// Adds titles in lower case before and in apposition after, decides the kind, and keeps the name.
fn push(view: &View, mut found: Found, out: &mut Vec<Found>) {
    let sentence = &view.sentences[found.sentence];
    add_titles(view, sentence, &mut found);
    kind::decide(view, sentence, &mut found);
    out.push(found);
}

/// A name that the model found, with what stands beside it.
pub(super) fn proposed(view: &View, sentence: usize, first: usize, last: usize, kind: EntityKind) -> Found {
    let start = view.sentences.get(sentence).map_or(0, |s| s.first_token as usize);
    let is_realm = kind == EntityKind::Person && kind::is_realm(view, start, first);
    let kind = if is_realm { EntityKind::Place } else { kind };
    let sureness = if last > first + 1 { Sureness::Form } else { Sureness::Context };
    let mut found = Found::new(first, last, kind, sureness, sentence);
    // "said our chair, Jane Roe": whoever is set beside the title of a person is one
    if kind == EntityKind::Organisation && title_before_comma(view, start, &found).is_some() {
        found.kind = EntityKind::Person;
    }
    let kind = found.kind;
    if let Some(place) = view.sentences.get(sentence).filter(|_| kind == EntityKind::Person) {
        let start = place.first_token as usize;
        let floor = start.max(first.saturating_sub(6));
        // "Iraqi Prime Minister X": a title with capitals, which the run of the rules had taken off
        add_titles(view, place, &mut found);
        if let Some(from) = (floor..first).find(|&from| title_end(view, from, first) == Some(first)) {
            found.full_first = found.full_first.min(from);
        }
    }
    kind::complete(view, &mut found);
    found
}

fn add_titles(view: &View, sentence: &Sentence, found: &mut Found) {
    let start = sentence.first_token as usize;
    if found.titles.is_empty()
        && let Some(title) = title_before(view, start, found.first)
    {
        found.titles.push(view.joined_lower(title, found.first));
        found.gender = found.gender.or_else(|| title_gender(view, title, found.first));
        found.full_first = title;
    }
    if found.titles.is_empty()
        && let Some((title, last)) = title_before_comma(view, start, found)
    {
        found.titles.push(view.joined_lower(title, last));
        found.gender = found.gender.or_else(|| title_gender(view, title, last));
    }
    if let Some((first, last)) = apposition(view, sentence, found.last) {
        found.titles.push(view.joined_lower(first, last));
        found.gender = found
            .gender
            .or_else(|| (first..last).find_map(|at| title_gender(view, at, title_end(view, at, last)?)));
    }
}

/// Where a title in lower case starts that ends just before `end` ("spokeswoman Jane Roe").
pub(super) fn title_before(view: &View, start: usize, end: usize) -> Option<usize> {
    let floor = start.max(end.saturating_sub(6));
    if !lexica::TITLE_ENDS.contains(view.low(end.checked_sub(1)?)) {
        return None;
    }
    let mut from =
        (floor..end).find(|&from| lexica::TITLES.contains_key(view.joined_lower(from, end).as_str()))?;
    while from > floor
        && (lexica::MODIFIERS.contains_key(view.low(from - 1))
            || lexica::NAMES
                .get(view.word(from - 1))
                .is_some_and(|k| matches!(k, EntityKind::Group | EntityKind::Place)))
    {
        from -= 1;
    }
    Some(from)
}

/// "Their mother, Jane Roe, said", "the head teacher, Jane Roe": a title behind a determiner, the name set off by a comma.
fn title_before_comma(view: &View, start: usize, name: &Found) -> Option<(usize, usize)> {
    let comma = set_off(view, name.first).filter(|&at| at > start)?;
    let closes = name.last >= view.sentences[name.sentence].last_token as usize
        || matches!(view.low(name.last), "," | "." | ")" | "said" | "told" | "says" | "and" | ";");
    let (first, last) = title_before(view, start, comma)
        .map(|first| (first, comma))
        .or_else(|| realm_before(view, start, comma))
        .filter(|_| closes)?;
    let opener = first.checked_sub(1).filter(|&at| at >= start)?;
    matches!(view.low(opener), "the" | "our" | "its" | "his" | "her" | "their" | "'s" | "’s" | "my")
        .then_some((first, last))
}

/// The comma that sets a name off: right before it, or before "named as" or "identified as".
fn set_off(view: &View, first: usize) -> Option<usize> {
    let back = |n: usize| first.checked_sub(n);
    let is_named_as = back(2).is_some_and(|at| {
        view.low(at + 1) == "as" && matches!(view.low(at), "named" | "identified" | "known")
    });
    let comma = if is_named_as { back(3) } else { back(1) };
    comma.filter(|&at| view.word(at) == ",")
}

/// The title of "the mayor of Upper Marl, Jane Roe,".
fn realm_before(view: &View, start: usize, comma: usize) -> Option<(usize, usize)> {
    let of = (start.max(comma.saturating_sub(6))..comma).rev().find(|&at| view.low(at) == "of")?;
    let is_realm = (of + 1..comma).all(|at| view.is_capital(at) || view.low(at) == "the");
    title_before(view, start, of).filter(|_| is_realm && of + 1 < comma).map(|first| (first, of))
}

/// ", a senior researcher at …", ", the Iraqi prime minister,": the title after a name and a comma.
fn apposition(view: &View, sentence: &Sentence, after: usize) -> Option<(usize, usize)> {
    let end = sentence.last_token as usize;
    if after + 1 >= end || view.word(after) != "," {
        return None;
    }
    let from = after
        + 1
        + usize::from(matches!(view.low(after + 1), "a" | "an" | "the" | "his" | "her" | "its" | "their"));
    (from..end.min(from + 5)).find_map(|at| {
        if at > from && !view.is_word(at - 1) {
            return None;
        }
        let last = title_end(view, at, end.min(at + 6))?;
        let stops = last >= end
            || matches!(
                view.low(last),
                "," | "of" | "at" | "for" | "in" | "with" | "from" | "and" | "on" | "who" | "to" | "."
            );
        let between = (from..at).all(|i| {
            view.is_word(i)
                && !reports(view, i)
                && !matches!(view.low(i), "and" | "said" | "who" | "which" | "but")
        });
        (stops && between && (from > after + 1 || view.is_word(at))).then_some((from, last))
    })
}
