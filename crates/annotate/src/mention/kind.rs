//! What kind of thing a name names.

use variorum_schema::{EntityKind, Sentence};

use super::lexica;
use super::name::{Found, is_acronym, reports};
use super::view::View;

/// How well the kind of a name is known; a better one overrules a worse one of the same name elsewhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sureness {
    /// No evidence but the capitals.
    Guess,
    /// From its surroundings.
    Context,
    /// From its words.
    Form,
    /// From a title beside it.
    Titled,
    /// From a list of names.
    Listed,
}

/// The kind shown by the last word (or, before "of", the first head) of a name, if it has more than that word.
pub(super) fn head(view: &View, first: usize, last: usize) -> Option<EntityKind> {
    if last <= first {
        return None;
    }
    let of = (first + 1..last).find(|&i| matches!(view.low(i), "of" | "for"));
    if let Some(of) = of
        && let Some((kind, _)) = lexica::HEADS.get(view.low(of - 1))
    {
        return Some(*kind);
    }
    // "Writers for Peace": people who give their league its name
    let league =
        (first + 1..last).find(|&i| matches!(view.low(i), "of" | "for" | "on" | "without" | "against"));
    if league == Some(first + 1) && lexica::is_part("league", view.low(first)) {
        return Some(EntityKind::Organisation);
    }
    let word = view.low(last - 1);
    let (kind, sure) = *lexica::HEADS.get(word)?;
    if last - first < 2 {
        return None;
    }
    let given = lexica::GIVEN_NAMES.get(view.word(first)).is_some_and(|g| g.sure);
    (sure || !given || last - first > 2).then_some(kind)
}

/// Decides kind, sureness and gender of a name.
pub(super) fn decide(view: &View, sentence: &Sentence, found: &mut Found) {
    if !found.titles.is_empty() && found.full_first < found.first && !is_body(view, found) {
        found.kind = EntityKind::Person;
        found.sureness = Sureness::Titled;
    } else if found.sureness != Sureness::Listed {
        (found.kind, found.sureness) = by_form(view, sentence, found);
    }
    complete(view, found);
}

/// The gender that a given name shows; what is no person has neither gender nor titles.
pub(super) fn complete(view: &View, found: &mut Found) {
    if found.kind == EntityKind::Person && found.gender.is_none() {
        found.gender = lexica::GIVEN_NAMES.get(view.word(found.first)).and_then(|g| g.gender);
    }
    if found.kind != EntityKind::Person {
        found.gender = None;
        found.titles.clear();
        found.full_first = found.first;
    }
}

/// "president Iraq"? A place or an organisation after a title is no person.
fn is_body(view: &View, found: &Found) -> bool {
    found.sureness == Sureness::Listed || head(view, found.first, found.last).is_some()
}

fn by_form(view: &View, sentence: &Sentence, found: &Found) -> (EntityKind, Sureness) {
    use EntityKind::{Organisation, Other, Person, Place};
    let (first, last) = (found.first, found.last);
    if let Some(kind) = head(view, first, last) {
        return (kind, Sureness::Form);
    }
    if matches!(
        view.low(first),
        "lake" | "mount" | "mt." | "fort" | "ft." | "cape" | "port" | "gulf" | "camp" | "rio"
    ) && last > first + 1
    {
        return (Place, Sureness::Form);
    }
    if matches!(view.low(first), "hurricane" | "operation" | "typhoon" | "cyclone") && last > first + 1 {
        return (Other, Sureness::Form);
    }
    let word = view.word(first);
    let given = lexica::GIVEN_NAMES.get(word);
    if last > first + 1 && given.is_some() || given.is_some_and(|g| g.sure) {
        return (Person, Sureness::Form);
    }
    if has_person_shape(view, first, last) {
        return (Person, Sureness::Form);
    }
    if !found.titles.is_empty() {
        return (Person, Sureness::Context);
    }
    if (first..last).any(|i| view.word(i) == "&")
        || (last == first + 1
            && word.chars().skip(1).any(char::is_uppercase)
            && !is_acronym(word)
            && !word.starts_with("Mc")
            && !word.starts_with("Mac")
            && !word.contains(['\'', '’']))
    {
        return (Organisation, Sureness::Context);
    }
    by_context(view, sentence, first, last)
}

/// Initials, particles, "Jr.": shapes that only people's names have.
fn has_person_shape(view: &View, first: usize, last: usize) -> bool {
    let words = last - first;
    let initial = |w: &str| w.chars().count() == 2 && w.ends_with('.') && w.starts_with(char::is_uppercase);
    let inner_initial = words >= 2 && (first..last - 1).any(|i| initial(view.word(i)));
    let suffix = words >= 2 && matches!(view.low(last - 1), "jr." | "jr" | "sr." | "iii" | "ii" | "iv");
    let particle = words >= 2
        && (first..last).any(|i| {
            matches!(view.low(i), "bin" | "ibn" | "bint" | "van" | "von" | "der" | "della" | "ould" | "abu")
                || (matches!(view.low(i), "al" | "el" | "ul" | "ur")
                    && view.is_capital(i + 1) | view.is_capital(i + 2))
        });
    let prefix = words <= 2
        && (first..last).any(|i| {
            let w = view.word(i);
            w.len() > 4 && (w.starts_with("Mc") || w.starts_with("O'") || w.starts_with("O’"))
        });
    inner_initial || suffix || particle || prefix
}

/// "the mayor of Upper Marl": what somebody is mayor of is no person. `start` is the first token of the sentence.
pub(super) fn is_realm(view: &View, start: usize, first: usize) -> bool {
    first >= start + 2 && view.low(first - 1) == "of" && lexica::is_part("reigns", view.low(first - 2))
}

fn by_context(view: &View, sentence: &Sentence, first: usize, last: usize) -> (EntityKind, Sureness) {
    use EntityKind::{Organisation, Other, Person, Place};
    let (start, end) = (sentence.first_token as usize, sentence.last_token as usize);
    let words = last - first;
    let before = if first > start { view.low(first - 1) } else { "" };
    let after = if last < end { view.low(last) } else { "" };
    if is_realm(view, start, first) {
        return (Place, Sureness::Context);
    }
    let acronym = words == 1 && is_acronym(view.word(first));
    let alphabetic = (first..last).all(|i| !view.word(i).chars().any(|c| c.is_ascii_digit()));
    let person =
        |sureness| if alphabetic && !acronym { (Person, sureness) } else { (Organisation, sureness) };
    let age = after == "," && view.word(last + 1).parse::<u32>().is_ok_and(|n| (1..=110).contains(&n));
    if age
        || after == "who"
        || (after == "," && view.low(last + 1) == "who")
        || (reports(view, last) && before != "the" && words <= 3)
    {
        return person(Sureness::Context);
    }
    if first >= start + 2
        && reports(view, first - 1)
        && matches!(view.word(first - 2), "\"" | "”" | "," | "“")
        && words <= 3
    {
        return person(Sureness::Context);
    }
    if lexica::POSTAL_CODES.contains(view.word(first))
        && words == 1
        && first > start
        && (before == "," || view.is_capital(first - 1) || matches!(before, "in" | "of"))
    {
        return (Place, Sureness::Context);
    }
    if acronym {
        let acts =
            matches!(after, "'s" | "is" | "was" | "has" | "had" | "will" | "would" | "officials" | "chief");
        let placed = matches!(before, "the" | "at" | "by" | "from" | "with" | "of" | "for" | "(" | "and");
        return if acts || placed {
            (Organisation, Sureness::Context)
        } else {
            (Organisation, Sureness::Guess)
        };
    }
    let place_after =
        after == "," && super::name::listed(view, last + 1, end).is_some_and(|(_, k)| k == Place);
    if place_after && words <= 3 {
        return (Place, Sureness::Context);
    }
    if matches!(before, "in" | "near" | "throughout" | "outside" | "across") && words <= 2 && alphabetic {
        return (Place, if words == 1 { Sureness::Context } else { Sureness::Guess });
    }
    if matches!(before, "at" | "from" | "to" | "toward" | "towards" | "around") && words == 1 && alphabetic {
        return (Place, Sureness::Guess);
    }
    if before == "the" || before == "a" || before == "an" {
        return (Other, Sureness::Context);
    }
    let acts = matches!(after, "is" | "was" | "has" | "had" | "will" | "would" | "did" | "does")
        || view.tag(last) == variorum_schema::Tag::Verb;
    let common = (first..last)
        .any(|i| view.case(i).lower > 0 || view.is_opener(i) || lexica::HEADS.contains_key(view.low(i)));
    if (2..=3).contains(&words)
        && alphabetic
        && !common
        && (acts || matches!(before, "" | "," | "and" | "by" | "with") || after == ",")
    {
        return (Person, Sureness::Guess);
    }
    (Other, Sureness::Guess)
}
