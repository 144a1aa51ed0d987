//! What one account says there was none of, and another one tells in words of its own: "no shots were fired", and "was hit by
//! two police bullets".
//!
//! The words of such things are data (`data/none-some.txt`). A denial counts only where it is flat and of the whole event, and
//! where its account tells of nothing of the kind besides: then whoever tells of it says otherwise.

use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{ArgumentRole, EntityKind, FindingKind, FindingType, Form, Modality, Span, Tag, Token};

use super::contrary::is;
use super::{Between, Claims, disagreement};
use crate::align::Statement;
use crate::assertion::referent::Referent;
use crate::finding::contradiction::{Disagreement, Place};

/// Sentences from the top in which an account tells of what happened rather than of what happened before.
const OPENING: u32 = 40;
/// Words between two words of a pattern.
const GAP: usize = 4;
/// Words before a pattern among which its negation stands.
const REACH: usize = 6;
/// Words that negate.
const CUES: [&str; 11] =
    ["no", "not", "n't", "n’t", "never", "nobody", "none", "nothing", "without", "neither", "nor"];
/// Words that negate or set aside without saying that there was none.
const ASIDE: [&str; 10] =
    ["deny", "denial", "refuse", "fail", "reject", "dismiss", "false", "untrue", "rumour", "rumor"];
/// Words beside which nothing is said of the whole event, or of what was.
const UNREAL: [&str; 46] = [
    "yet",
    "until",
    "longer",
    "further",
    "more",
    "other",
    "else",
    "another",
    "again",
    "additional",
    "still",
    "so",
    "far",
    "if",
    "unless",
    "whether",
    "would",
    "could",
    "may",
    "might",
    "should",
    "must",
    "will",
    "can",
    "threaten",
    "plan",
    "intend",
    "want",
    "hope",
    "fear",
    "expect",
    "promise",
    "vow",
    "prevent",
    "avoid",
    "try",
    "attempt",
    "drill",
    "exercise",
    "before",
    "previous",
    "previously",
    "only",
    "almost",
    "nearly",
    "while",
];

/// Verbs whose subject tells of something and does nothing.
const WITNESS: [&str; 8] = ["report", "register", "record", "note", "see", "hear", "observe", "notice"];

/// A pattern: lemmas in their order, each with whether it stands right behind the one before.
type Pattern = Vec<(&'static str, bool)>;

#[derive(Default)]
struct Class {
    name: &'static str,
    nouns: Vec<&'static str>,
    none: Vec<Pattern>,
    some: Vec<Pattern>,
    guard: Vec<&'static str>,
    mark: Vec<&'static str>,
    is_of_agent: bool,
}

static CLASSES: LazyLock<Vec<Class>> = LazyLock::new(|| {
    let mut classes: Vec<Class> = Vec::new();
    for fields in lexicon::entries(include_str!("../../../../data/none-some.txt")).filter(|f| f.len() > 1) {
        if classes.last().is_none_or(|c| c.name != fields[0]) {
            classes.push(Class { name: fields[0], ..Class::default() });
        }
        let Some(class) = classes.last_mut() else { continue };
        let words = || fields.get(2).copied().unwrap_or_default().split_whitespace();
        match fields[1] {
            "noun" => class.nouns.extend(words()),
            "none" => class.none.extend(words().map(pattern)),
            "some" => class.some.extend(words().map(pattern)),
            "guard" => class.guard.extend(words()),
            "mark" => class.mark.extend(words()),
            _ => class.is_of_agent = true,
        }
    }
    classes
});

fn pattern(words: &'static str) -> Pattern {
    let mut is_next = false;
    let mut out = Vec::new();
    for word in words.split('+') {
        out.push((word.trim_end_matches('>'), is_next));
        is_next = word.ends_with('>');
    }
    out
}

/// A sentence that says of a class that there was none, or some.
struct Told {
    statement: Statement,
    focus: Span,
    is_none: bool,
}

/// Pairs of a denial that there was any, and a sentence of an independent account that tells of some.
pub(super) fn nothing(claims: &Claims) -> Vec<Disagreement> {
    let mut found = Vec::new();
    for class in CLASSES.iter() {
        let told: Vec<(u32, Vec<Told>)> =
            claims.telling.members.iter().map(|m| (*m, read(claims, class, *m))).collect();
        let of = |is_none: bool| {
            // an account that has both sets something apart
            let is_one = move |list: &Vec<Told>| list.iter().all(|t| t.is_none == is_none);
            told.iter().filter(move |(_, list)| !list.is_empty() && is_one(list))
        };
        for (own, denials) in of(true).filter(|(own, list)| !is_guarded(claims, class, *own, list)) {
            for (other, list) in of(false) {
                let is_apart = claims.between(*own, *other) == Between::Independent;
                if is_apart && is_marked(claims, class, *own) && is_marked(claims, class, *other) {
                    let mut pairs = denials.iter().flat_map(|no| list.iter().map(move |yes| (no, yes)));
                    found.extend(pairs.find_map(|(no, yes)| compare(claims, class, no, yes)));
                }
            }
        }
    }
    found
}

fn has_word(claims: &Claims, account: u32, words: &[&str], except: impl Fn(Span) -> bool) -> bool {
    let tokens = &claims.telling.account(account).annotations.tokens;
    tokens.iter().any(|t| words.contains(&t.lemma.as_str()) && !except(t.span))
}

/// Whether an account tells of another such thing.
fn is_guarded(claims: &Claims, class: &Class, account: u32, denials: &[Told]) -> bool {
    let inside = |s: Span| denials.iter().any(|d| d.focus.contains(s));
    has_word(claims, account, &class.guard, inside)
}

fn is_marked(claims: &Claims, class: &Class, account: u32) -> bool {
    class.mark.is_empty() || has_word(claims, account, &class.mark, |_| false)
}

/// What an account says of a class.
fn read(claims: &Claims, class: &Class, account: u32) -> Vec<Told> {
    let annotations = &claims.telling.account(account).annotations;
    let mut out = Vec::new();
    for statement in claims.telling.alignments.of(account).iter().filter(|s| s.unit <= OPENING) {
        let tokens = annotations.tokens_of(claims.telling.sentence(statement));
        if let Some((focus, is_none)) = told(class, tokens) {
            out.push(Told { statement: *statement, focus, is_none });
        }
    }
    out
}

/// What a sentence says of a class, and where.
fn told(class: &Class, tokens: &[Token]) -> Option<(Span, bool)> {
    let cues: Vec<usize> = (0..tokens.len()).filter(|n| CUES.contains(&tokens[*n].lemma.as_str())).collect();
    let any = |list: &[Pattern]| list.iter().find_map(|p| matched(p, tokens));
    let span = |(first, last): (usize, usize)| tokens[first].span.cover(tokens[last].span);
    if let Some(at) = any(&class.none).filter(|_| cues.len() < 2) {
        return Some((span(at), true));
    }
    match (cues.as_slice(), any(&class.some)) {
        ([], Some(at)) => Some((span(at), false)),
        ([cue], at) => {
            let negated = at.filter(|at| {
                let is_near = *cue < at.0 && at.0 - cue <= REACH || (at.0..at.1).contains(cue);
                is_near && !(cue.min(&at.0) + 1..at.0).any(|n| tokens[n].tag == Tag::Punct)
            });
            let negated = negated.map(|(first, last)| (first.min(*cue), last));
            negated.or_else(|| denied_noun(class, tokens, *cue)).map(|at| (span(at), true))
        }
        _ => None,
    }
}

/// "No siren", "without a single shot", "there was not any agreement".
fn denied_noun(class: &Class, tokens: &[Token], cue: usize) -> Option<(usize, usize)> {
    if !matches!(tokens[cue].lemma.as_str(), "no" | "not" | "n't" | "n’t" | "without") {
        return None;
    }
    let is_filler = |t: &Token| matches!(t.tag, Tag::Det | Tag::Adj | Tag::Num);
    let behind = &tokens[cue + 1..];
    let at = behind.iter().take(4).position(|t| !is_filler(t)).filter(|at| {
        class.nouns.contains(&behind[*at].lemma.as_str())
            && behind[..*at].iter().filter(|t| t.tag == Tag::Adj).count() < 2
    })?;
    // "no agreement on the budget" leaves others open
    let is_part = behind.get(at + 1).is_some_and(|t| {
        matches!(
            t.lemma.as_str(),
            "of" | "on" | "that" | "between" | "to" | "for" | "with" | "about" | "which"
        ) || matches!(t.tag, Tag::Noun | Tag::Propn)
    });
    (!is_part).then_some((cue, cue + 1 + at))
}

/// The first place where the words of a pattern stand in their order.
fn matched(pattern: &Pattern, tokens: &[Token]) -> Option<(usize, usize)> {
    let (first, rest) = pattern.split_first()?;
    (0..tokens.len()).filter(|n| tokens[*n].lemma == first.0).find_map(|start| {
        let mut at = start;
        for (word, is_next) in rest {
            let reach = if *is_next { 1 } else { 1 + GAP };
            let window = tokens.get(at + 1..tokens.len().min(at + 1 + reach))?;
            at += 1 + window.iter().position(|t| t.lemma == *word)?;
        }
        Some((start, at))
    })
}

fn compare(claims: &Claims, class: &Class, no: &Told, yes: &Told) -> Option<Disagreement> {
    if !is_plain(claims, no) || !is_plain(claims, yes) || !are_of_one(claims, class, no, yes) {
        return None;
    }
    let day = |t: &Told| claims.telling.document(t.statement.account).published.value;
    let is_later = day(no).zip(day(yes)).is_some_and(|(n, y)| n < y);
    let annotations = &claims.telling.account(no.statement.account).annotations;
    let tokens = annotations.tokens_of(claims.telling.sentence(&no.statement));
    let is_open = tokens.iter().any(|t| t.tag == Tag::Aux && matches!(t.form, Form::Present | Form::Third));
    let kind = if is_later && is_open { FindingKind::Revised } else { FindingKind::Conflict };
    let place = |t: &Told| Place { statement: t.statement, focus: t.focus };
    let note = format!("{}: none on one side, some on the other", class.name);
    Some(disagreement(kind, FindingType::Negation, place(no), place(yes), 0.6, 0.8, note))
}

/// Whether a sentence tells flatly of what was, and of the event.
fn is_plain(claims: &Claims, told: &Told) -> bool {
    let account = told.statement.account;
    let annotations = &claims.telling.account(account).annotations;
    let sentence = claims.telling.sentence(&told.statement);
    let tokens = annotations.tokens_of(sentence);
    let is_unreal = |t: &Token| {
        let lemma = t.lemma.as_str();
        UNREAL.contains(&lemma) || ASIDE.contains(&lemma) && !told.focus.contains(t.span)
    };
    let text = &claims.telling.document(account).text;
    let is_question = sentence.span.of(text).trim_end_matches(['”', '"', '’', '\'']).ends_with('?');
    let own = claims.readings_of(account).iter().filter(|r| r.statement == told.statement);
    let is_told = own
        .clone()
        .filter(|r| r.claim.span.overlaps(told.focus))
        .all(|r| matches!(r.modality, Modality::Asserted) || told.is_none);
    !tokens.iter().any(is_unreal) && !is_question && is_told && !own.into_iter().any(|r| r.is_background)
}

/// Whether nothing says that a denial is of somebody else than what is told.
fn are_of_one(claims: &Claims, class: &Class, no: &Told, yes: &Told) -> bool {
    let doers = |t: &Told| -> Vec<Referent> {
        let own = claims.readings_of(t.statement.account).iter().filter(|r| r.statement == t.statement);
        // whoever reports that there was none is its witness
        let own = own.filter(|r| !WITNESS.contains(&r.lemma.as_str()));
        let near = own.filter(|r| r.claim.predicate.overlaps(t.focus) || r.claim.span.contains(t.focus));
        // where it is about one person, it may be done to him too
        let fits = |role: ArgumentRole| {
            role == ArgumentRole::Agent || class.is_of_agent && role == ArgumentRole::Patient
        };
        near.flat_map(|r| r.parts.iter().filter(|p| fits(p.0)).map(|p| p.1.clone())).collect()
    };
    let who = doers(no);
    let day = |t: &Told| claims.telling.document(t.statement.account).published.value;
    if class.is_of_agent && day(no).zip(day(yes)).is_some_and(|(p, q)| p != q) {
        return false;
    }
    if class.is_of_agent {
        let is_person = |r: &&Referent| r.entity.is_some() && r.kind == EntityKind::Person;
        let theirs = doers(yes);
        return who.iter().filter(is_person).any(|r| theirs.iter().any(|q| q.entity == r.entity));
    }
    let annotations = &claims.telling.account(yes.statement.account).annotations;
    let sentence = claims.telling.sentence(&yes.statement);
    let tokens = annotations.tokens_of(sentence);
    let first = annotations.mentions.partition_point(|m| m.span.start < sentence.span.start);
    let named = annotations.mentions[first..].iter().take_while(|m| m.span.start < sentence.span.end);
    let named: Vec<usize> =
        named.filter_map(|m| claims.telling.entities.of(yes.statement.account, m.entity)).collect();
    let is_quiet = |r: &Referent| {
        no.focus.contains(r.span) || r.span.overlaps(no.focus) || r.is_pronoun || is("nobody", &r.head)
    };
    who.iter().all(|r| {
        is_quiet(r)
            || r.entity.is_some_and(|e| named.contains(&e))
            || tokens.iter().any(|t| t.lemma == r.head || r.words.contains(&t.lemma) && t.tag != Tag::Num)
    })
}

#[cfg(test)]
mod tests {
    use super::{CLASSES, told};

    /// What a sentence says of a class: `Some(true)` for none.
    fn check(class: &str, text: &str, expected: Option<bool>) {
        let class = CLASSES.iter().find(|c| c.name == class).expect("a class of the list");
        let page = variorum_schema::Page::new("t.txt", text.to_owned());
        let annotations = variorum_annotate::annotate(&variorum_annotate::extract(&page));
        let found = told(class, &annotations.tokens).map(|t| t.1);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn some_and_none_are_told_apart() {
        for (class, text, expected) in [
            ("shots", "No shots were fired during the raid.", Some(true)),
            ("shots", "Officers did not fire a single round.", Some(true)),
            ("shots", "He was hit in the thigh by a police bullet.", Some(false)),
            ("shots", "Soldiers opened fire on the lorry.", Some(false)),
            ("shots", "Firefighters put the fire out.", None),
            ("siren", "There was no siren.", Some(true)),
            ("siren", "Sirens sounded all over the port.", Some(false)),
            ("siren", "No sirens of this type are sold here.", None),
            ("trouble", "The march passed off peacefully.", Some(true)),
            ("trouble", "Some marchers threw bottles at a van.", Some(false)),
            ("deal", "The talks ended without a deal.", Some(true)),
            (
                "deal",
                "No agreement on fishing was reached, but ministers signed an agreement on ports.",
                None,
            ),
            ("operation", "The checkpoint at Tolm works as usual.", Some(true)),
            ("operation", "Production at the mill was halted on Friday.", Some(false)),
            ("composure", "Harker showed no emotion.", Some(true)),
        ] {
            check(class, text, expected);
        }
    }
}
