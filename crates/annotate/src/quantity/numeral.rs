//! Numbers as they are written: digits, words, mixtures, fractions, ordinals, vague numbers.

use std::sync::LazyLock;

use super::scan::{Kind, Words};
use crate::lexicon::{self, Lookup};

/// What a number word does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Role {
    Unit(f64),
    Ten(f64),
    Scale(f64),
    Collective(f64),
    Vague(f64, f64),
}

/// No number in words is longer, in words.
const LONGEST: usize = 24;

/// Number words by class. A word may be in several ("third": an ordinal and a fraction).
#[derive(Debug, Default)]
struct Lexicon {
    roles: Lookup<&'static str, Role>,
    short: Lookup<&'static str, f64>,
    ordinals: Lookup<&'static str, f64>,
    fractions: Lookup<&'static str, f64>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let mut lexicon = Lexicon::default();
    for fields in lexicon::entries(include_str!("../../data/en/number-words.txt")) {
        let number = |i: usize| fields.get(i).and_then(|f| f.parse::<f64>().ok()).unwrap_or(0.0);
        let (Some(word), Some(class)) = (fields.first(), fields.get(1)) else { continue };
        match *class {
            "unit" => drop(lexicon.roles.insert(word, Role::Unit(number(2)))),
            "ten" => drop(lexicon.roles.insert(word, Role::Ten(number(2)))),
            "scale" => drop(lexicon.roles.insert(word, Role::Scale(number(2)))),
            "collective" => drop(lexicon.roles.insert(word, Role::Collective(number(2)))),
            "vague" => drop(lexicon.roles.insert(word, Role::Vague(number(2), number(3)))),
            "short" => drop(lexicon.short.insert(word, number(2))),
            "ordinal" => drop(lexicon.ordinals.insert(word, number(2))),
            "fraction" => drop(lexicon.fractions.insert(word, number(2))),
            _ => {}
        }
    }
    lexicon
});

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// Digits, perhaps with a scale word ("14.6 million").
    Digits,
    /// Words.
    Words,
    /// A fraction ("two-thirds", "half").
    Fraction,
    /// "dozens", "several": no number, only bounds.
    Vague,
}

/// A number that was read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Numeral {
    /// One past the index of its last word.
    pub(crate) end: usize,
    /// Its value; for vague numbers the middle of the bounds.
    pub(crate) value: f64,
    /// The bounds of a vague number.
    pub(crate) bounds: Option<(f64, f64)>,
    /// How it is written.
    pub(crate) form: Form,
    /// Whether it opens with an article ("a hundred").
    pub(crate) article: bool,
}

impl Numeral {
    fn new(end: usize, value: f64, form: Form) -> Numeral {
        Numeral { end, value, bounds: None, form, article: false }
    }
}

fn role(words: &Words, at: usize) -> Option<Role> {
    LEXICON.roles.get(words.lower(at)).copied()
}

/// The value of a run of digits.
pub(crate) fn digits(words: &Words, at: usize) -> Option<f64> {
    if words.kind(at) != Some(Kind::Digits) {
        return None;
    }
    let text = words.text(at);
    // One comma with fewer than three digits behind it stands for a point; points before it then part the thousands.
    let is_decimal =
        |(whole, rest): (&str, &str)| !whole.contains(',') && !rest.contains('.') && rest.len() < 3;
    let text = match text.rsplit_once(',').filter(|parts| is_decimal(*parts)) {
        Some((whole, decimals)) => format!("{}.{decimals}", whole.replace('.', "")),
        None => text.to_owned(),
    };
    let plain: String = text.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
    plain.parse().ok()
}

/// A whole number of at most four digits without separators.
pub(crate) fn integer(words: &Words, at: usize) -> Option<i32> {
    let text = words.text(at);
    (words.kind(at) == Some(Kind::Digits) && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

/// The number that opens at `at`, cardinal, fraction or vague.
pub(crate) fn numeral(words: &Words, at: usize) -> Option<Numeral> {
    vague(words, at)
        .or_else(|| fraction(words, at))
        .or_else(|| from_digits(words, at))
        .or_else(|| with_article(words, at))
        .or_else(|| from_words(words, at))
}

/// "dozens", "hundreds of thousands", "several hundred", "a few", "tens of millions".
fn vague(words: &Words, at: usize) -> Option<Numeral> {
    let article = words.any(at, &["a", "the"]) && words.lower(at + 1) == "few";
    let start = if article { at + 1 } else { at };
    let Some(Role::Vague(mut low, mut high)) = role(words, start) else { return None };
    let mut end = start + 1;
    // "hundreds of thousands", "several million"
    loop {
        let next = if words.lower(end) == "of" { end + 1 } else { end };
        let factor = match role(words, next) {
            Some(Role::Vague(low, _)) if next > end && low >= 200.0 => low / 2.0,
            Some(Role::Scale(factor)) if next == end => factor,
            Some(Role::Collective(12.0)) if next == end => 12.0,
            _ => break,
        };
        (low, high, end) = (low * factor, high * factor, next + 1);
    }
    let value = f64::midpoint(low, high);
    Some(Numeral { end, value, bounds: Some((low, high)), form: Form::Vague, article })
}

/// "two-thirds", "a third", "half", "three quarters", "1/2", "½", "three and a half".
fn fraction(words: &Words, at: usize) -> Option<Numeral> {
    if let Some(value) = vulgar(words.text(at)) {
        return Some(scaled(words, Numeral::new(at + 1, value, Form::Fraction)));
    }
    if let (Some(top), "/", Some(bottom)) = (digits(words, at), words.lower(at + 1), digits(words, at + 2)) {
        let plain = words.glued(at + 1) && words.glued(at + 2) && words.lower(at + 3) != "/";
        let ratio = top < bottom && bottom <= 100.0 && !words.text(at + 2).starts_with('0');
        return (plain && ratio).then(|| Numeral::new(at + 3, top / bottom, Form::Fraction));
    }
    if words.lower(at) == "half" {
        return Some(half(words, at));
    }
    let article = words.any(at, &["a"]);
    let (end, value) = share(words, at).or_else(|| {
        let quarter = words.lower(at) == "quarter" && of_scale(words, at + 1);
        quarter.then_some((at + 1, 0.25))
    })?;
    let scale = of_scale(words, end);
    if article && !scale && words.lower(end - 1) != "half" && !of_follows(words, end) {
        return None;
    }
    let of = words.lower(end) == "of" && words.any(end + 1, &["a", "an"]) && of_scale(words, end + 2);
    let end = if of { end + 2 } else { end };
    Some(scaled(words, Numeral { article, ..Numeral::new(end, value, Form::Fraction) }))
}

/// "a third", "one fifth", "two thirds", "three twenty-fifths": one past its end, and its value. Number and form must
/// agree: "a second" and "the third" are ordinals.
fn share(words: &Words, at: usize) -> Option<(usize, f64)> {
    let over = |top: f64, next: usize| {
        let (end, bottom, plural) = denominator(words, past_dash(words, next))?;
        ((top == 1.0) != plural && top < 1e9).then_some((end, top / bottom))
    };
    let one = words.any(at, &["a", "an", "one"]).then(|| over(1.0, at + 1)).flatten();
    one.or_else(|| {
        whole(words, at).and_then(|top| joined_tens(words, &top).or_else(|| over(top.value, top.end)))
    })
}

/// "one hundred thirty-fifths", "one hundred thirty fifths": a ten after hundreds belongs to what is below the line,
/// unless "and" stands before it.
fn joined_tens(words: &Words, top: &Numeral) -> Option<(usize, f64)> {
    let Some(Role::Ten(ten)) = role(words, top.end.checked_sub(1)?) else { return None };
    let next = words.past_hyphen(top.end);
    let (n, above) = (*LEXICON.fractions.get(words.lower(next))?, top.value - ten);
    let apart = words.before(top.end, 2) == "and";
    let joined = next > top.end && above > 0.0 || above >= 100.0 && !apart;
    (joined && n < 10.0 && words.lower(next).ends_with('s')).then(|| (next + 1, above / (ten + n)))
}

/// `at`, past a hyphen between two words, with or without blanks around it.
fn past_dash(words: &Words, at: usize) -> usize {
    if words.hyphen(at) && words.glued(at) == words.glued(at + 1) { at + 1 } else { at }
}

/// "fifth", "fifths", "twenty-fifths", "one hundredth": one past its end, its number, and whether it is a plural.
fn denominator(words: &Words, at: usize) -> Option<(usize, f64, bool)> {
    let simple =
        |i: usize| LEXICON.fractions.get(words.lower(i)).map(|n| (*n, words.lower(i).ends_with('s')));
    if let Some((n, plural)) = simple(at) {
        return Some((at + 1, n, plural));
    }
    let stem = from_words(words, at)?;
    let last = words.past_hyphen(stem.end);
    let (n, plural) = simple(last).filter(|(n, _)| *n > 2.0).or_else(|| {
        // "twenty-firsts", "twenty-seconds", "twenty firsts"
        let word = words.lower(last).strip_suffix('s')?;
        let word = Some(word).filter(|w| last > stem.end || *w == "first")?;
        LEXICON.ordinals.get(word).filter(|n| **n < 3.0).map(|n| (*n, true))
    })?;
    let end = words.past_hyphen(stem.end) + 1;
    if n >= 100.0 {
        return Some((end, stem.value * n, plural));
    }
    (stem.value % 10.0 == 0.0 && n < 10.0).then_some((end, stem.value + n, plural))
}

/// A whole number in digits or words, without scale words after digits.
fn whole(words: &Words, at: usize) -> Option<Numeral> {
    if let Some(value) = digits(words, at) {
        return (value.fract() == 0.0).then(|| Numeral::new(at + 1, value, Form::Digits));
    }
    with_article(words, at).or_else(|| from_words(words, at)).filter(|n| n.value.fract() == 0.0)
}

fn of_follows(words: &Words, at: usize) -> bool {
    if at >= words.list.len() {
        return true;
    }
    words.any(
        at,
        &["of", "in", "to", "less", "more", "off", "", ".", ",", "from", "by", "are", "were", "have"],
    )
}

fn of_scale(words: &Words, at: usize) -> bool {
    matches!(role(words, at), Some(Role::Scale(_)))
}

/// "half", "half a million", "half a dozen", "half of".
fn half(words: &Words, at: usize) -> Numeral {
    let next = at + 1 + usize::from(words.any(at + 1, &["a", "an"]));
    match role(words, next) {
        Some(Role::Scale(factor) | Role::Collective(factor)) if next > at + 1 => {
            Numeral::new(next + 1, factor / 2.0, Form::Words)
        }
        Some(Role::Scale(factor)) if factor >= 1000.0 => Numeral::new(next + 1, factor / 2.0, Form::Words),
        Some(Role::Collective(12.0)) => Numeral::new(next + 1, 6.0, Form::Words),
        _ => Numeral::new(at + 1, 0.5, Form::Fraction),
    }
}

/// "two and a half", "3 and one fourth", "2 1/2": what a fraction after a whole number adds, and where it ends.
fn and_a_half(words: &Words, end: usize) -> Option<(f64, usize)> {
    if words.lower(end) == "and" {
        let half = words.any(end + 1, &["a", "one"]) && words.lower(end + 2) == "half";
        let (to, value) = if half { (end + 3, 0.5) } else { small_share(words, end + 1)? };
        return (value < 1.0).then_some((value, to));
    }
    if words.hyphen(end) && words.seq(end + 1, &["and", "-", "a", "-", "half"]) {
        return Some((0.5, end + 6));
    }
    let next =
        if words.hyphen(end) && words.glued(end) && words.lower(end + 2) == "/" { end + 1 } else { end };
    if let Some(value) = vulgar(words.text(next)) {
        return Some((value, next + 1));
    }
    let (top, bottom) = (digits(words, next)?, digits(words, next + 2)?);
    let plain = words.lower(next + 1) == "/" && words.glued(next + 1) && words.glued(next + 2);
    (plain && top < bottom && bottom <= 64.0).then_some((top / bottom, next + 3))
}

/// "a third", "three fifths" of single words: what may follow a whole number and "and". It reads no further, so that a
/// chain of numbers costs no more than its length.
fn small_share(words: &Words, at: usize) -> Option<(usize, f64)> {
    let top = match role(words, at) {
        _ if words.any(at, &["a", "an", "one"]) => 1.0,
        Some(Role::Unit(v) | Role::Ten(v)) => v,
        _ => digits(words, at).filter(|v| v.fract() == 0.0)?,
    };
    let mut top = top;
    let mut next = past_dash(words, at + 1);
    if let (true, Some(Role::Unit(v))) = (top >= 20.0 && top % 10.0 == 0.0, role(words, next))
        && v < 10.0
    {
        // "fifty-four hundredths"
        (top, next) = (top + v, past_dash(words, next + 1));
    }
    let bottom = *LEXICON.fractions.get(words.lower(next))?;
    ((top == 1.0) != words.lower(next).ends_with('s')).then_some((next + 1, top / bottom))
}

/// "point five", "point zero eight": the decimals, and where they end.
fn point(words: &Words, end: usize) -> Option<(f64, usize)> {
    if words.lower(end) != "point" {
        return None;
    }
    let mut decimals = String::from("0.");
    let mut at = end + 1;
    while let Some(Role::Unit(v)) = role(words, at).filter(|_| decimals.len() < 16) {
        decimals.push_str(&v.to_string());
        at += 1;
    }
    if at == end + 1 {
        let Some(Role::Ten(v)) = role(words, at) else { return None };
        at += 1;
        let last = words.past_hyphen(at);
        let unit = match role(words, last) {
            Some(Role::Unit(unit)) if unit < 10.0 => unit,
            _ => 0.0,
        };
        at = if unit > 0.0 { last + 1 } else { at };
        decimals.push_str(&(v + unit).to_string());
    }
    Some((decimals.parse().ok()?, at))
}

/// A product of decimals and powers of ten, without the dust of binary fractions.
pub(super) fn tidy(value: f64) -> f64 {
    let round = value.round();
    if (value - round).abs() < 1e-7 * value.abs() && value.abs() >= 100.0 { round } else { value }
}

/// Digits with a following fraction and scale: "14.6 million", "3bn", "2 1/2".
fn from_digits(words: &Words, at: usize) -> Option<Numeral> {
    let value = digits(words, at)?;
    let mut found = Numeral::new(at + 1, value, Form::Digits);
    if value.fract() == 0.0
        && let Some((part, end)) = and_a_half(words, found.end)
    {
        found = Numeral::new(end, value + part, Form::Digits);
    }
    Some(scaled(words, found))
}

/// A number times the scale words after it, and what those take with them: "3 million and a half", "3 hundred and 21".
fn scaled(words: &Words, mut found: Numeral) -> Numeral {
    loop {
        let next = words.past_hyphen(found.end);
        let factor = match role(words, next) {
            Some(Role::Scale(factor)) => factor,
            Some(Role::Collective(12.0)) if found.form != Form::Fraction => 12.0,
            _ if words.lower(next) == "dozens" && found.form != Form::Fraction => 12.0,
            _ if found.form != Form::Fraction => match plural_scale(words, next) {
                Some(factor) => factor,
                None => return found,
            },
            _ => return found,
        };
        found.value =
            if factor == 12.0 { dozens(words, found.end, found.value) } else { tidy(found.value * factor) };
        found.end = next + 1;
        if found.form == Form::Fraction {
            found.form = Form::Words;
        }
        if let Some((value, end)) = scale_tail(words, found.end, factor) {
            (found.value, found.end) = (tidy(found.value + value), end);
        }
    }
}

/// The number that ends before `end`, in dozens; "three hundred and two dozen" are 324.
fn dozens(words: &Words, end: usize, value: f64) -> f64 {
    let tail = value % 100.0;
    let apart = value > 100.0 && tail > 0.0 && words.before(end, 2) == "and";
    if apart { value + 11.0 * tail } else { tidy(value * 12.0) }
}

/// "five hundreds", "two thousands" with no "of" behind: the factor.
fn plural_scale(words: &Words, at: usize) -> Option<f64> {
    let singular = words.lower(at).strip_suffix('s').filter(|_| words.lower(at + 1) != "of")?;
    match LEXICON.roles.get(singular) {
        Some(Role::Scale(factor)) => Some(*factor),
        _ => None,
    }
}

/// What follows a scale word and belongs to it: a fraction of it, or a smaller number.
fn scale_tail(words: &Words, end: usize, factor: f64) -> Option<(f64, usize)> {
    let and = words.lower(end) == "and";
    if and
        && factor >= 1000.0
        && let Some((part, to)) = and_a_half(words, end)
    {
        return Some(match role(words, to) {
            Some(Role::Scale(smaller)) if smaller < factor => (part * smaller, to + 1),
            _ => (part * factor, to),
        });
    }
    if !digits_before(words, end) {
        return None;
    }
    let start = end + usize::from(and);
    let (mut value, mut to) = match digits(words, start) {
        Some(value) => (value, start + 1),
        None => from_words(words, start).map(|n| (n.value, n.end))?,
    };
    let scaled = scale(words, to);
    if let Some(smaller) = scaled {
        (value, to) = (value * smaller, to + 1);
        if let Some(rest) =
            digits(words, to + 1).filter(|r| words.lower(to) == "and" && *r < smaller && smaller == 100.0)
        {
            (value, to) = (value + rest, to + 2);
        }
    }
    let inside = (start..to).any(|i| of_scale(words, i));
    let fits = value < factor && value > 0.0 && value.fract() == 0.0;
    (fits && ((and && factor == 100.0) || inside)).then_some((value, to))
}

/// Whether the scale word before `end` stands after digits: composed words have their own rules.
fn digits_before(words: &Words, end: usize) -> bool {
    end >= 2 && words.kind(end - 2) == Some(Kind::Digits)
}

/// The scale written right behind digits ("$20bn", "3m"), for callers that know that no unit is meant.
pub(crate) fn short_scale(words: &Words, at: usize) -> Option<f64> {
    LEXICON.short.get(words.lower(at)).copied()
}

/// "a hundred", "a million", "a dozen", "a couple".
fn with_article(words: &Words, at: usize) -> Option<Numeral> {
    if !words.any(at, &["a", "an"]) {
        return None;
    }
    match role(words, at + 1) {
        Some(Role::Scale(factor)) => {
            let rest = compose(words, at + 1, factor);
            Some(Numeral { article: true, ..rest })
        }
        Some(Role::Collective(value)) if words.lower(at + 1) != "score" || words.lower(at + 2) == "of" => {
            Some(Numeral { article: true, ..Numeral::new(at + 2, value, Form::Words) })
        }
        _ => None,
    }
}

/// A number in words: "two hundred and five thousand and twenty-one".
fn from_words(words: &Words, at: usize) -> Option<Numeral> {
    match role(words, at)? {
        Role::Unit(_) | Role::Ten(_) => Some(compose(words, at, 0.0)),
        Role::Collective(12.0) => Some(Numeral::new(at + 1, 12.0, Form::Words)),
        Role::Scale(factor) => Some(compose(words, at, factor)),
        _ => None,
    }
}

/// Composes number words from `at` on. `lone` is the value of a scale word that opens the number ("hundred and two").
fn compose(words: &Words, at: usize, lone: f64) -> Numeral {
    let (mut total, mut current, mut end) = (0.0_f64, 0.0_f64, at);
    let mut limit = f64::INFINITY;
    while end < at + LONGEST {
        let mut next = words.past_hyphen(end);
        let ten = end > at && matches!(role(words, end - 1), Some(Role::Ten(_)));
        if ten && matches!(role(words, past_dash(words, end)), Some(Role::Unit(v)) if v < 10.0) {
            next = past_dash(words, end);
        }
        if end > at && words.lower(end) == "and" && and_a_half(words, end).is_none() {
            // "and" only after a hundred or more, before something smaller
            let small = matches!(role(words, end + 1), Some(Role::Unit(_) | Role::Ten(_)));
            let after_scale = matches!(role(words, end - 1), Some(Role::Scale(_)));
            if small && after_scale && !scale_after_group(words, end + 1, limit) {
                next = end + 1;
            }
        }
        match role(words, next) {
            Some(Role::Unit(v)) if fits(current, v, end > at) => current += v,
            Some(Role::Ten(v)) if current % 100.0 == 0.0 => current += v,
            Some(Role::Scale(100.0)) if current > 0.0 && current < 100.0 || end == at => {
                current = current.max(1.0) * 100.0;
            }
            Some(Role::Scale(factor))
                if factor >= 1000.0 && factor < limit && (current > 0.0 || end == at) =>
            {
                total += current.max(1.0) * factor;
                current = 0.0;
                limit = factor;
            }
            Some(Role::Scale(factor)) if factor >= 1000.0 && total > 0.0 && current == 0.0 => total *= factor,
            Some(Role::Collective(12.0)) if end > at && current > 0.0 => {
                current = dozens(words, end, current);
            }
            _ => break,
        }
        end = next + 1;
    }
    if end == at {
        return Numeral::new(at + 1, lone, Form::Words);
    }
    let mut value = total + current;
    let closing = words.list.get(end - 1).and_then(|_| scale(words, end - 1)).filter(|f| *f >= 1000.0);
    if let Some((part, after)) = closing
        .and_then(|f| scale_tail(words, end, f))
        .or_else(|| and_a_half(words, end))
        .or_else(|| point(words, end))
    {
        (value, end) = (tidy(value + part), after);
    }
    scaled(words, Numeral::new(end, value, Form::Words))
}

/// Whether the group that opens at `at` is itself multiplied by a scale that would not fit below `limit`.
fn scale_after_group(words: &Words, at: usize, limit: f64) -> bool {
    (at + 1..at + 4)
        .map(|i| role(words, i))
        .take_while(|r| matches!(r, Some(Role::Unit(_) | Role::Ten(_) | Role::Scale(_))))
        .any(|r| matches!(r, Some(Role::Scale(f)) if f >= limit))
}

/// Whether a unit may be added: to nothing, to a ten (one to nine) or to hundreds.
fn fits(current: f64, unit: f64, started: bool) -> bool {
    if current == 0.0 {
        return unit > 0.0 || !started;
    }
    let tail = current % 100.0;
    tail == 0.0 || (tail >= 20.0 && tail % 10.0 == 0.0 && (1.0..10.0).contains(&unit))
}

/// The ordinal that opens at `at` ("third", "21st", "twenty-first"): one past its end, and its number.
pub(crate) fn ordinal(words: &Words, at: usize) -> Option<(usize, f64)> {
    if let Some(value) = digits(words, at) {
        let suffix = words.glued(at + 1) && words.any(at + 1, &["st", "nd", "rd", "th"]);
        return (suffix && value.fract() == 0.0).then_some((at + 2, value));
    }
    if let Some(value) = LEXICON.ordinals.get(words.lower(at)) {
        return Some((at + 1, *value));
    }
    let stem = from_words(words, at)
        .or_else(|| with_article(words, at).filter(|n| n.value >= 100.0))
        .filter(|n| n.value.fract() == 0.0)?;
    let next = if words.lower(stem.end) == "and" { stem.end + 1 } else { words.past_hyphen(stem.end) };
    let last = *LEXICON.ordinals.get(words.lower(next))?;
    let tail = stem.value % 100.0;
    let value = if last >= 100.0 {
        stem.value * last
    } else if tail == 0.0 || (tail % 10.0 == 0.0 && last < 10.0) {
        stem.value + last
    } else {
        return None;
    };
    Some((next + 1, value))
}

/// The value of a fraction character.
fn vulgar(text: &str) -> Option<f64> {
    Some(match text {
        "½" => 0.5,
        "¼" => 0.25,
        "¾" => 0.75,
        "⅓" => 1.0 / 3.0,
        "⅔" => 2.0 / 3.0,
        "⅙" => 1.0 / 6.0,
        "⅚" => 5.0 / 6.0,
        "⅖" => 0.4,
        "⅗" => 0.6,
        "⅘" => 0.8,
        "⅛" => 0.125,
        "⅜" => 0.375,
        "⅝" => 0.625,
        "⅞" => 0.875,
        "⅕" => 0.2,
        _ => return None,
    })
}

/// The number that the one word at `at` is, up to nineteen in words.
pub(crate) fn small(words: &Words, at: usize) -> Option<f64> {
    match role(words, at) {
        Some(Role::Unit(value)) => Some(value),
        _ => digits(words, at),
    }
}

/// Whether the word at `at` is a number in digits or words.
pub(crate) fn is_number(words: &Words, at: usize) -> bool {
    digits(words, at).is_some() || matches!(role(words, at), Some(Role::Unit(_) | Role::Ten(_)))
}

/// Whether a word stands in the list of number words.
pub(crate) fn is_number_word(word: &str) -> bool {
    LEXICON.roles.contains_key(word)
        || LEXICON.ordinals.contains_key(word)
        || LEXICON.fractions.contains_key(word)
}

/// The factor of the scale word at `at` ("million").
pub(super) fn scale(words: &Words, at: usize) -> Option<f64> {
    match role(words, at) {
        Some(Role::Scale(factor)) => Some(factor),
        _ => None,
    }
}
