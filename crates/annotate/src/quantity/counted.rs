//! What a number counts.

use std::sync::LazyLock;

use variorum_schema::{Relation, Tag, Token};

use super::scan::{Kind, Words};
use crate::lexicon::{Lookup, entries};

/// How many words a phrase between a number and its noun may have.
const REACH: usize = 6;

static WORDS: LazyLock<Lookup<(&'static str, &'static str), &'static str>> = LazyLock::new(|| {
    entries(include_str!("../../data/en/counted-stop.txt"))
        .map(|f| {
            let field = |i: usize| f.get(i).copied().unwrap_or("");
            ((field(1), field(0)), field(2))
        })
        .collect()
});

/// The third field of a word in a class of `counted-stop.txt`.
pub(super) fn class(word: &str, class: &str) -> Option<&'static str> {
    let words: &Lookup<(&str, &str), &'static str> = &WORDS;
    words.get(&(class, word)).copied()
}

/// What is counted: its words `from..to`, and the lemma of its head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Counted {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) lemma: String,
}

impl Counted {
    /// A thing that no word names.
    pub(super) fn implied(lemma: &str) -> Counted {
        Counted { from: 0, to: 0, lemma: lemma.to_owned() }
    }
}

/// The people that a bare number before `to` counts: "4,200 of us", "1,900 are on strike", "12 died", "killed 27".
/// `from` is the first word of the number and its hedge.
pub(super) fn people(words: &Words, from: usize, to: usize) -> Option<Counted> {
    if words.lower(to) == "of" && words.any(to + 1, &["us", "you"]) {
        return Some(Counted { from: to + 1, to: to + 2, lemma: "people".to_owned() });
    }
    if words.lower(to) == "of" {
        return None;
    }
    let harmed = from.checked_sub(1).is_some_and(|at| {
        class(words.lower(at), "harms").is_some()
            && !words.any(at.wrapping_sub(1), &["were", "was", "been", "be"])
    });
    let stands = !words.letters(to) || class(words.lower(to), "stop").is_some();
    (harmed && stands || does(words, to)).then(|| Counted::implied("people"))
}

/// Whether what follows the number at `to` is told of people alone.
fn does(words: &Words, to: usize) -> bool {
    let helps =
        ["have", "has", "had", "were", "was", "are", "is", "be", "been", "also", "still", "now", "feared"];
    let mut at = to;
    while at < to + 4 && words.any(at, &helps) {
        at += 1;
    }
    let said = |name: &str| class(words.lower(at), name).is_some();
    said("does")
        || words.seq(to, &["on", "board"])
        || words.lower(to) == "aboard"
        || at > to && said("undergoes")
        || words.seq(at, &["walked", "out"])
        || words.any(at, &["on", "went"])
            && (words.seq(at, &["on", "strike"]) || words.seq(at, &["went", "on", "strike"]))
}

/// What a number whose words end before `at` counts. `own` says that the number itself may stand before the noun ("12
/// people"), not only before "of" ("5 percent of voters"). Nothing from `until` on is looked at.
pub(super) fn after(
    words: &Words,
    tokens: &[Token],
    at: usize,
    number: usize,
    own: bool,
    until: usize,
) -> Option<Counted> {
    if words.lower(at) == "of" {
        return phrase(words, tokens, of_what(words, at + 1), until);
    }
    if !own {
        return None;
    }
    let joined = words.past_hyphen(at);
    if joined > at && words.tag(joined) == Tag::Noun {
        // "a seven-member panel" counts members
        return (joined < until).then(|| Counted {
            from: joined,
            to: joined + 1,
            lemma: lemma(words, tokens, joined),
        });
    }
    parsed(words, tokens, number, at, until).or_else(|| phrase(words, tokens, joined, until))
}

/// Past "the", "its", "the 30" after "of".
fn of_what(words: &Words, at: usize) -> usize {
    let mut at = at;
    while words.any(
        at,
        &[
            "the", "its", "their", "his", "her", "our", "these", "those", "all", "a", "an", "more", "than",
            "about", "some",
        ],
    ) {
        at += 1;
    }
    super::numeral::numeral(words, at).map_or(at, |n| n.end)
}

/// The head that the parser gave to the number.
fn parsed(words: &Words, tokens: &[Token], number: usize, at: usize, until: usize) -> Option<Counted> {
    let token = tokens.get(words.list.get(number)?.token?)?;
    let head = token.head.filter(|_| token.relation == Relation::Nummod)? as usize;
    let to = (at..(at + REACH).min(until)).find(|i| words.list[*i].token == Some(head))?;
    if words.kind(to) != Some(Kind::Letters) || !matches!(words.tag(to), Tag::Noun | Tag::Propn) {
        return None;
    }
    Some(Counted { from: words.past_hyphen(at), to: to + 1, lemma: lemma(words, tokens, to) })
}

/// The noun phrase that opens at `at`: up to its plural, or up to its last noun where the words are tagged.
fn phrase(words: &Words, tokens: &[Token], at: usize, until: usize) -> Option<Counted> {
    let mut from = at;
    if words.any(at, &["other", "more", "additional", "new", "further", "different", "such", "so"])
        && words.letters(at + 1)
    {
        from = at + 1;
    }
    if class(words.lower(from), "state").is_some() && !next_noun(words, from + 1) {
        return Some(Counted { from, to: from + 1, lemma: words.lower(from).to_owned() });
    }
    let head = head(words, from, until.min(from + REACH))?;
    Some(Counted { from, to: head + 1, lemma: lemma(words, tokens, head) })
}

/// Whether a noun follows that an adjective may belong to.
fn next_noun(words: &Words, at: usize) -> bool {
    words.letters(at)
        && class(words.lower(at), "stop").is_none()
        && (plural(words, at) || words.tag(at) == Tag::Noun)
}

/// The head of the noun phrase that opens at `from` and ends before `until`.
fn head(words: &Words, from: usize, until: usize) -> Option<usize> {
    let mut last = None;
    // "450 Japanese": a nationality counts where no noun follows
    let mut nation = None;
    let mut until = until;
    let mut at = from;
    while at < until.min(words.list.len()) {
        let here = at;
        at += 1;
        if abbreviation(words, here) {
            // "U.S." does not use up the reach
            (at, until) = (here + 2, until + 2);
            continue;
        }
        let at = here;
        if words.apostrophe(at) && words.glued(at) && words.lower(at + 1) == "s" {
            // "eight of the king's palaces"
            last = None;
            continue;
        }
        if words.lower(at) == "s" && words.glued(at) && last.is_none() {
            continue;
        }
        let joint = words.hyphen(at) && words.glued(at) && words.glued(at + 1);
        let list = words.lower(at) == ","
            && at > from
            && last.is_none()
            && matches!(words.tag(at - 1), Tag::Adj | Tag::X)
            && words.letters(at + 1);
        if joint || list {
            continue;
        }
        if !words.letters(at) || class(words.lower(at), "stop").is_some() {
            break;
        }
        match words.tag(at) {
            Tag::X => {
                if plural(words, at) {
                    return Some(at);
                }
                last = last.or(Some(at)).filter(|_| at < from + 2);
            }
            Tag::Noun | Tag::Propn => {
                last = Some(at);
                // "12 people Tuesday": a plural noun before a name ends the phrase
                if plural(words, at) && words.capital(at + 1) && !words.capital(at) {
                    break;
                }
            }
            Tag::Adj | Tag::Num | Tag::Adv => nation = nation.or(Some(at)).filter(|i| words.capital(*i)),
            // a plural right behind a number is a noun, whatever the tagger says
            _ if at == from && plural(words, at) => return Some(at),
            Tag::Verb if last.is_none() => {}
            _ if at == from => {}
            _ => break,
        }
    }
    last.or(nation)
}

/// Whether a letter with its dot stands at `at`, part of "U.S.".
fn abbreviation(words: &Words, at: usize) -> bool {
    words.text(at).chars().count() == 1
        && words.capital(at)
        && words.lower(at + 1) == "."
        && words.glued(at + 1)
}

/// Whether a word looks like the plural of a noun.
fn plural(words: &Words, at: usize) -> bool {
    let word = words.lower(at);
    class(word, "plural").is_some()
        || (word.len() > 3
            && word.ends_with('s')
            && !word.ends_with("ss")
            && !word.ends_with("us")
            && !word.ends_with("is")
            && !(words.apostrophe(at + 1) && words.glued(at + 1)))
}

/// The lemma of a noun: from the tagger, else by the rules of English plurals.
fn lemma(words: &Words, tokens: &[Token], at: usize) -> String {
    let word = words.lower(at);
    if let Some(singular) = class(word, "plural") {
        return singular.to_owned();
    }
    let token = words.list.get(at).and_then(|w| tokens.get(w.token?)).filter(|t| t.tag != Tag::X);
    match token {
        Some(token)
            if token.span.len() == words.text(at).len() && (token.lemma != word || !plural(words, at)) =>
        {
            token.lemma.clone()
        }
        _ => singular(word),
    }
}

fn singular(word: &str) -> String {
    let cut = |suffix: &str| word.strip_suffix(suffix);
    if word.len() <= 3
        || !word.ends_with('s')
        || word.ends_with("ss")
        || word.ends_with("us")
        || word.ends_with("is")
    {
        return word.to_owned();
    }
    if let Some(stem) = cut("ies") {
        return format!("{stem}y");
    }
    for suffix in ["ches", "shes", "sses", "xes", "zzes"] {
        if cut(suffix).is_some() {
            return word.strip_suffix("es").unwrap_or(word).to_owned();
        }
    }
    word.strip_suffix('s').unwrap_or(word).to_owned()
}

/// What a number at the end of "the death toll rose to 15" or "the number of injured reached 30" counts.
pub(super) fn before(words: &Words, tokens: &[Token], number: usize) -> Option<Counted> {
    let reach = number.saturating_sub(8);
    let joint = words.any(
        number.wrapping_sub(1),
        &["to", "at", "of", "reached", "hit", "passed", "was", "is", "stands", "stood", "topped", "exceeded"],
    );
    if !joint {
        return None;
    }
    for at in (reach..number).rev() {
        if words.any(at, &[".", ",", ";", "\u{201d}"]) {
            return None;
        }
        if words.lower(at) == "number" && words.lower(at + 1) == "of" {
            return phrase(words, tokens, of_what(words, at + 2), number);
        }
        if let Some(lemma) = class(words.lower(at), "toll") {
            let from = at - usize::from(words.any(at.wrapping_sub(1), &["death"]));
            return Some(Counted { from, to: at + 1, lemma: lemma.to_owned() });
        }
    }
    None
}
