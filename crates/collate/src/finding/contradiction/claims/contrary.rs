//! What one account flatly says is not so, and another one states in other words: "no bail application is planned" and
//! "means to file for release on bail".
//!
//! A denial is read as the words that it denies: its verb, unless that tells nothing by itself ("make", "report"), its
//! phrases, its names. An account contradicts it that has nearly all of them in one sentence, the word that carries the
//! denial in the clause itself, affirmed, and at a time at which it may have been so. Accounts that have both are left
//! alone: there something sets the two apart.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, LazyLock};

use variorum_annotate::lexicon::{self, Listed, Lookup, is_stop_word};
use variorum_schema::{ArgumentRole, FindingKind, Form, Modality, Span, Tag, Token};

use super::negated;
use super::{Between, Claims, at_one_time};
use crate::assertion::Reading;
use crate::finding::contradiction::Disagreement;
use crate::overlap::{self, Word, Words};

/// Share of what is denied, by weight, that the other sentence must have.
const MIN_COVERED: f64 = 0.8;
/// Content words of it that the other sentence must have.
const MIN_WORDS: usize = 2;
/// Weight of all of them together, below which they are too common to tell.
const MIN_WEIGHT: f64 = 6.0;
/// Weight of the single word of a denial that something was there.
const MIN_BARE: f64 = 5.0;
/// Claims with one word that are compared with a denial of it.
const MAX_OF_ONE: usize = 60;

static WORDS: LazyLock<Lookup<&str, Listed<&str>>> = LazyLock::new(|| {
    let mut words: Lookup<&str, Listed<&str>> = Lookup::default();
    for fields in lexicon::entries(include_str!("../../../../data/denial.txt")).filter(|f| f.len() > 1) {
        words.entry(fields[0]).or_default().extend(fields[1].split(' '));
    }
    words
});

/// Whether the list has a lemma as of this kind.
pub(super) fn is(kind: &'static str, lemma: &str) -> bool {
    WORDS.get(kind).is_some_and(|words| words.contains(lemma))
}

/// What a claim says, as words.
struct Said {
    reading: usize,
    sentence: Arc<Words>,
    /// Places in the sentence of the words that count.
    words: Vec<usize>,
    /// Place of the word that carries it.
    core: usize,
}

/// What accounts deny and others state.
pub(super) fn contraries(claims: &Claims) -> Vec<Disagreement> {
    let denials: Vec<Said> = (0..claims.readings.len()).filter_map(|at| denial(claims, at)).collect();
    let mut by_stem: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, reading) in claims.readings.iter().enumerate() {
        if reading.is_negative || reading.is_headline {
            continue;
        }
        for stem in heads(reading) {
            by_stem.entry(stem).or_default().push(at);
        }
    }
    let mut found = Vec::new();
    for denial in &denials {
        let mut best: BTreeMap<u32, (f64, usize)> = BTreeMap::new();
        let core = &denial.sentence.list[denial.core];
        for at in akin(&by_stem, core) {
            let account = claims.readings[at].statement.account;
            if let Some(score) = contradicts(claims, denial, at)
                && best.get(&account).is_none_or(|b| score > b.0)
            {
                best.insert(account, (score, at));
            }
        }
        for (score, at) in best.into_values() {
            let (no, yes) = (&claims.readings[denial.reading], &claims.readings[at]);
            if negated::is_of_another_part(claims, no, yes) {
                continue;
            }
            let mut contrary = negated::found(no, yes, (score - 0.2).clamp(0.5, 0.8), 0.8, &core.lemma);
            // what has not been yesterday may have been today
            let is_earlier = claims.day(no).zip(claims.day(yes)).is_some_and(|(n, y)| n < y);
            if is_earlier && !is_past(claims, no) {
                // what one source denied, another voice does not revise
                if no.speaker.is_some() && no.speaker != yes.speaker {
                    continue;
                }
                contrary.kind = FindingKind::Revised;
            }
            found.push(contrary);
        }
    }
    found
}

/// Readings that have the word, or one that says the same.
fn akin(by_stem: &BTreeMap<String, Vec<usize>>, core: &Word) -> BTreeSet<usize> {
    let same = |stem: &String| *stem == core.stem || overlap_of(stem, core);
    let lists =
        by_stem.iter().filter(|(stem, _)| same(stem)).flat_map(|(_, list)| list.iter().take(MAX_OF_ONE));
    lists.copied().collect()
}

/// Whether a stem belongs to a form of the word: "recount" and "recounting".
fn overlap_of(stem: &str, core: &Word) -> bool {
    use variorum_annotate::words;
    words::are(words::DERIVED, stem, &core.lemma)
}

/// Stems of the predicate of a claim and of the heads of its phrases, and their lemmas.
fn heads(reading: &Reading) -> BTreeSet<String> {
    let own = reading.lemma.strip_prefix("be_").unwrap_or(&reading.lemma);
    let verb = own.split('_').next().unwrap_or(own);
    let nouns = reading.claim.arguments.iter().map(|a| a.head.as_str());
    let all = nouns.chain([verb]).filter(|w| !is_stop_word(w));
    all.flat_map(|w| [Words::stem_of(w), w.to_owned()]).collect()
}

/// What a claim denies flatly; `None` where it denies nothing, or not flatly, or too little.
fn denial(claims: &Claims, at: usize) -> Option<Said> {
    let reading = &claims.readings[at];
    let is_put = matches!(reading.modality, Modality::Asserted | Modality::Planned);
    if !reading.is_negative || reading.is_headline || reading.is_background || !is_put {
        return None;
    }
    if negated::is_for_now(claims, reading)
        || n_cues(claims, reading) > 1
        || !holds_throughout(claims, reading)
    {
        return None;
    }
    let sentence = overlap::words_of(claims.telling, &reading.statement);
    let words = words_of(claims, reading, &sentence);
    let core = core(claims, reading, &sentence, &words)?;
    let weight: f64 = words.iter().map(|w| sentence.list[*w].weight).sum();
    // "there was no hunter": a single word, if it is a telling one
    let is_bare = reading.lemma == "be"
        && words.len() == 1
        && sentence.list[core].weight >= MIN_BARE
        && variorum_annotate::words::is_a(&sentence.list[core].lemma, "person");
    let is_enough = words.len() >= MIN_WORDS && weight >= MIN_WEIGHT || is_bare;
    is_enough.then_some(Said { reading: at, sentence, words, core })
}

/// Places of the content words of a claim: of its predicate, unless that tells nothing, and of its phrases.
fn words_of(claims: &Claims, reading: &Reading, sentence: &Words) -> Vec<usize> {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let sources: Vec<Span> = reading.claim.attribution.iter().map(|a| a.source).collect();
    let times = &annotations.times;
    let is_time = |s: Span| {
        let first = times.partition_point(|t| t.span.end <= s.start);
        times.get(first).is_some_and(|t| t.span.overlaps(s))
    };
    // "there will be no such tax in this term": of what is not there, the phrase counts
    let is_there = reading.lemma == "be";
    let holder =
        reading.claim.arguments.iter().find(|a| reading.claim.negation.is_some_and(|n| a.span.contains(n)));
    let holder = holder.filter(|_| is_there).map(|a| cut(claims, reading, a.span));
    let spans = || cut_phrases(claims, reading).filter(|s| holder.is_none_or(|h| h == *s));
    let mut out = Vec::new();
    for (at, word) in sentence.list.iter().enumerate().filter(|(_, w)| w.is_content) {
        let span = annotations.tokens[word.token as usize].span;
        let is_predicate = reading.claim.predicate.contains(span);
        let counts = if is_predicate {
            !is("light", &word.lemma) && !is("plan", &word.lemma)
        } else {
            spans().any(|s| s.contains(span)) && !is("transparent", &word.lemma)
        };
        let is_quiet = is_time(span) || sources.iter().any(|s| s.contains(span)) || is_negation(&word.lower);
        if counts && !is_quiet {
            out.push(at);
        }
    }
    out
}

fn is_negation(lower: &str) -> bool {
    matches!(lower, "no" | "not" | "nobody" | "none" | "nothing" | "never" | "noone" | "neither" | "nor")
}

/// A phrase up to its first comma or relative word.
fn cut(claims: &Claims, reading: &Reading, span: Span) -> Span {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let first = annotations.tokens.partition_point(|t| t.span.end <= span.start);
    let inside = annotations.tokens[first..].iter().take_while(|t| t.span.start < span.end);
    let end = inside.skip(1).find(|t| {
        t.form == Form::Wh || matches!(t.lemma.as_str(), "," | ";" | "(" | "–" | "—" | "because" | "since")
    });
    Span { start: span.start, end: end.map_or(span.end, |t| t.span.start) }
}

/// The phrases of a claim, each up to its first comma; what a comma sets apart behind the verb is left out.
pub(super) fn cut_phrases<'a>(claims: &'a Claims, reading: &'a Reading) -> impl Iterator<Item = Span> + 'a {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let end = reading.claim.predicate.end;
    let is_apart = move |s: Span| {
        let first = annotations.tokens.partition_point(|t| t.span.start < end);
        annotations.tokens[first..].iter().take_while(|t| t.span.end <= s.start).any(|t| t.lemma == ",")
    };
    let own = reading.claim.arguments.iter().filter(move |a| a.span.start < end || !is_apart(a.span));
    own.map(|a| cut(claims, reading, a.span))
}

/// Tokens of the predicate of a claim and of its phrases.
fn tokens<'a>(claims: &'a Claims, reading: &'a Reading) -> impl Iterator<Item = &'a Token> {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let spans: Vec<Span> = cut_phrases(claims, reading).chain([reading.claim.predicate]).collect();
    let own = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    own.iter().filter(move |t| spans.iter().any(|s| s.contains(t.span)))
}

/// Words of negation in a clause and its phrases.
fn n_cues(claims: &Claims, reading: &Reading) -> usize {
    tokens(claims, reading).filter(|t| negated::CUES.contains(&t.lemma.as_str())).count()
}

/// Tokens of the predicate of a claim.
pub(super) fn predicate<'a>(claims: &'a Claims, reading: &'a Reading) -> impl Iterator<Item = &'a Token> {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    tokens.iter().filter(|t| reading.claim.predicate.contains(t.span))
}

/// Whether a denial is of all that it tells of, and no mere inability ("cannot").
fn holds_throughout(claims: &Claims, reading: &Reading) -> bool {
    let is_able = |t: &Token| {
        matches!(
            t.lemma.as_str(),
            "can" | "could" | "may" | "might" | "must" | "should" | "would" | "need" | "able"
        )
    };
    !tokens(claims, reading).any(|t| is("while", &t.lemma) || t.lemma == "neither")
        && !predicate(claims, reading).any(is_able)
}

/// Whether a claim is a statement of its own: it has a finite verb, or stands in the passive, or behind "after".
fn is_statement(claims: &Claims, reading: &Reading) -> bool {
    // "the views expressed by him": a participle by itself tells of something known
    let is_whole = predicate(claims, reading).count() > 1;
    let is_finite = |t: &Token| match t.form {
        Form::Past | Form::Third | Form::Present | Form::Modal => true,
        form => form == Form::PastParticiple && is_whole,
    };
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let first = annotations.tokens.partition_point(|t| t.span.end <= reading.claim.predicate.start);
    let before = first.checked_sub(1).and_then(|n| annotations.tokens.get(n));
    predicate(claims, reading).any(is_finite) || before.is_some_and(|t| t.lemma == "after")
}

/// Whether a claim tells of what is over: "did not fire", not "has not fired".
pub(super) fn is_past(claims: &Claims, reading: &Reading) -> bool {
    predicate(claims, reading).any(|t| t.form == Form::Past || t.lemma == "had")
}

/// The word that carries a denial: the noun that "no" stands before, else the verb, else its object.
fn core(claims: &Claims, reading: &Reading, sentence: &Words, words: &[usize]) -> Option<usize> {
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    let span = |at: usize| annotations.tokens[sentence.list[at].token as usize].span;
    let negation = reading.claim.negation?;
    let holder = reading.claim.arguments.iter().find(|a| a.span.contains(negation));
    let last_of = |s: Span, head: &str| {
        let inside = |at: &&usize| s.contains(span(**at));
        let named = words.iter().filter(inside).find(|at| sentence.list[**at].lemma == head).copied();
        // "no sign of a landslide"
        named.or_else(|| words.iter().filter(inside).find(|at| sentence.list[**at].tag == Tag::Noun).copied())
    };
    if let Some(holder) = holder {
        return last_of(holder.span, &holder.head);
    }
    let in_predicate = words.iter().rev().find(|at| reading.claim.predicate.contains(span(**at)));
    if let Some(verb) = in_predicate {
        return Some(*verb);
    }
    let of = |role: ArgumentRole| reading.claim.arguments.iter().find(move |a| a.role == role);
    let object = of(ArgumentRole::Patient)
        .or_else(|| of(ArgumentRole::Complement))
        .or_else(|| of(ArgumentRole::Oblique))?;
    last_of(object.span, &object.head)
}

/// How much of a denial a claim of another account states, if it contradicts it.
fn contradicts(claims: &Claims, denial: &Said, at: usize) -> Option<f64> {
    let (no, yes) = (&claims.readings[denial.reading], &claims.readings[at]);
    let between = claims.between(no.statement.account, yes.statement.account);
    let is_plan = no.modality == Modality::Planned || is("plan", &no.lemma);
    let is_put = yes.modality == Modality::Asserted || is_plan && yes.modality == Modality::Planned;
    if between != Between::Independent || yes.is_background || !is_put || !at_one_time(no, yes) {
        return None;
    }
    // "there was no state where …" denies it of some
    if n_cues(claims, yes) > 0 || negated::is_picked(claims, yes) || is_of_some(claims, denial) {
        return None;
    }
    if !is_statement(claims, yes) {
        return None;
    }
    let theirs = overlap::words_of(claims.telling, &yes.statement);
    let score = covered(claims, denial, &theirs, yes)?;
    let own = |r: &Reading, negative: bool| has(claims, denial, r.statement.account, negative);
    (!own(yes, true) && !own(no, false)).then_some(score)
}

/// Whether a relative clause right behind what is denied picks some out.
fn is_of_some(claims: &Claims, denial: &Said) -> bool {
    let no = &claims.readings[denial.reading];
    let annotations = &claims.telling.account(no.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&no.statement));
    let Some(core) = denial.sentence.list.get(denial.core).map(|w| w.token) else { return false };
    let first = claims.telling.sentence(&no.statement).first_token;
    let next = core.checked_sub(first).and_then(|n| tokens.get(n as usize + 1));
    next.is_some_and(|t| matches!(t.lemma.as_str(), "where" | "that" | "who" | "which"))
}

/// The share of a denial that a claim states, by weight; `None` where its clause does not carry the same, a participant
/// has another part, or it is too little.
fn covered(claims: &Claims, denial: &Said, theirs: &Words, yes: &Reading) -> Option<f64> {
    let no = &claims.readings[denial.reading];
    let annotations = &claims.telling.account(yes.statement.account).annotations;
    let spans: Vec<Span> = cut_phrases(claims, yes).chain([yes.claim.predicate]).collect();
    let span = |w: &Word| annotations.tokens[w.token as usize].span;
    let near: Vec<&Word> =
        theirs.list.iter().filter(|w| w.is_content && spans.iter().any(|s| s.contains(span(w)))).collect();
    let core = &denial.sentence.list[denial.core];
    let verb = near.iter().rev().find(|w| yes.claim.predicate.contains(span(w)))?;
    if !carries(claims, denial, yes, core, verb) || !have_their_parts(no, yes, &core.lemma) {
        return None;
    }
    let (mut sum, mut all, mut n) = (0.0, 0.0, 0);
    for &at in &denial.words {
        let own = &denial.sentence.list[at];
        let best = near.iter().map(|w| overlap::likeness(own, w)).fold(0.0, f64::max);
        if (own.is_name || own.tag == Tag::Propn) && best < 0.9 {
            return None;
        }
        all += own.weight;
        sum += if best >= overlap::SAME { own.weight } else { 0.0 };
        n += usize::from(best >= overlap::SAME);
    }
    let share = sum / f64::max(all, f64::MIN_POSITIVE);
    (share >= MIN_COVERED && n >= MIN_WORDS.min(denial.words.len())).then_some(share)
}

/// Whether the clause itself says what the denial turns on: by its verb, or by a noun beside a verb that tells nothing, or
/// that the denial has too.
fn carries(claims: &Claims, denial: &Said, yes: &Reading, core: &Word, verb: &Word) -> bool {
    let no = &claims.readings[denial.reading];
    let is_verb = core.tag == Tag::Verb;
    if denial.words.len() == 1 {
        let core_parts = [ArgumentRole::Agent, ArgumentRole::Patient];
        return yes
            .parts
            .iter()
            .any(|p| core_parts.contains(&p.0) && p.1.head == core.lemma && p.1.is_indefinite);
    }
    if no.lemma.starts_with("be_") || yes.lemma.starts_with("be_") {
        return no.lemma == yes.lemma;
    }
    // one root: synonyms of a verb mostly tell of something else
    if overlap::likeness(core, verb) >= 0.9 {
        return true;
    }
    let is_noun = yes.claim.arguments.iter().any(|a| {
        matches!(a.role, ArgumentRole::Patient | ArgumentRole::Agent | ArgumentRole::Oblique)
            && (a.head == core.lemma
                || variorum_annotate::words::are(variorum_annotate::words::DERIVED, &a.head, &core.lemma))
    });
    let is_quiet = is("light", &verb.lemma) || is("plan", &verb.lemma) || no.lemma == yes.lemma;
    is_noun && is_quiet && (!is_verb || is("light", &verb.lemma))
}

/// Whether whoever has a part in what is denied has it in what is stated, where it names that part at all.
fn have_their_parts(no: &Reading, yes: &Reading, core: &str) -> bool {
    let core_parts = [ArgumentRole::Agent, ArgumentRole::Patient];
    let own = no.parts.iter().filter(|p| core_parts.contains(&p.0) && p.1.head != core);
    own.into_iter().all(|(role, who)| {
        if who.is_pronoun || who.words.is_empty() {
            return is_negation(&who.head) && who.entity.is_none();
        }
        let mut theirs = yes.with(*role).filter(|q| q.head != core).peekable();
        let is_it = |q: &crate::assertion::referent::Referent| {
            q.sameness(who) > 0.0 || q.head == who.head && q.entity.is_none() == who.entity.is_none()
        };
        let is_open = *role != ArgumentRole::Agent || yes.is_passive() || who.entity.is_none();
        theirs.peek().is_none() && is_open || theirs.any(is_it)
    })
}

/// Whether an account has a claim of this polarity with nearly all of these words.
fn has(claims: &Claims, denial: &Said, account: u32, negative: bool) -> bool {
    claims.readings_of(account).iter().filter(|r| r.is_negative == negative && !r.is_headline).any(|r| {
        let theirs = overlap::words_of(claims.telling, &r.statement);
        covered(claims, denial, &theirs, r).is_some()
    })
}
