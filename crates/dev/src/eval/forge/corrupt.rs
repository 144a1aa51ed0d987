//! Changes of a fact: negation, number, date, direction, name, office, antonym, unit, attribution, quotation.

use variorum_schema::{EntityKind, Tag};

use super::dice::Dice;
use super::{Change, Draft, Line, lists, reword};

/// A change that could be made: words `from..to` of a sentence become `new`; empty: they are taken away.
struct Chance {
    line: usize,
    from: usize,
    to: usize,
    new: String,
}

const KINDS: [&str; 13] = [
    "negation dropped",
    "negation added",
    "number",
    "weekday",
    "month",
    "year",
    "direction",
    "name",
    "role",
    "antonym",
    "unit",
    "channel",
    "quotation",
];

/// Makes one change in a sentence that has none yet, of a kind drawn from those that are possible.
pub(super) fn corrupt(draft: &mut Draft, changes: &mut Vec<Change>, dice: &mut Dice) {
    let mut kinds: Vec<&'static str> = KINDS.to_vec();
    while !kinds.is_empty() {
        let kind = kinds.swap_remove(dice.below(kinds.len()));
        let chances = chances(draft, kind, dice);
        if let Some(chance) = dice.pick(&chances) {
            apply(draft, chance, kind, changes);
            return;
        }
    }
}

fn apply(draft: &mut Draft, chance: &Chance, kind: &'static str, changes: &mut Vec<Change>) {
    let mark = changes.len() as u32 + 1;
    let words = &mut draft[chance.line].words;
    let texts: Vec<&str> = words[chance.from..chance.to].iter().map(|w| w.text.as_str()).collect();
    let before = texts.join(" ");
    if chance.new.is_empty() {
        words.drain(chance.from..chance.to);
        for k in [chance.from.saturating_sub(1), chance.from] {
            if let Some(word) = words.get_mut(k) {
                word.mark = mark;
            }
        }
    } else {
        let mut first = words[chance.from].clone();
        first.text.clone_from(&chance.new);
        first.mark = mark;
        words.splice(chance.from..chance.to, [first]);
    }
    changes.push(Change { kind, before, after: chance.new.clone() });
}

fn chances(draft: &Draft, kind: &str, dice: &mut Dice) -> Vec<Chance> {
    let mut found = Vec::new();
    for (n, line) in draft.iter().enumerate() {
        if line.is_marked() || line.words.len() < 6 {
            continue;
        }
        for k in 0..line.words.len() {
            if line.words[k].quoted != (kind == "quotation") {
                continue;
            }
            found.extend(chance(draft, line, k, kind, dice).map(|(to, new)| Chance {
                line: n,
                from: k,
                to,
                new,
            }));
        }
    }
    found
}

fn chance(draft: &Draft, line: &Line, k: usize, kind: &str, dice: &mut Dice) -> Option<(usize, String)> {
    let word = &line.words[k];
    let lower = word.text.to_lowercase();
    let next = line.words.get(k + 1).map(|w| w.text.to_lowercase()).unwrap_or_default();
    let one = |new: String| Some((k + 1, new));
    match kind {
        "negation dropped" => dropped(&lower, &next, k),
        "negation added" => added(line, k, &lower, &next),
        "number" if word.tag != Tag::Propn => one(number(&word.text, &next, line, k, dice)?),
        "weekday" => one(other_of(&WEEKDAYS, &word.text, dice)?),
        "month" if word.text != "May" && word.text != "March" => one(other_of(&MONTHS, &word.text, dice)?),
        "year" => {
            let year: u32 = word.text.parse().ok().filter(|y| (1900..2030).contains(y))?;
            one((year - 1 - dice.below(6) as u32).to_string())
        }
        "direction" => {
            let is_time = [
                "week",
                "month",
                "year",
                "night",
                "day",
                "weekend",
                "summer",
                "winter",
                "monday",
                "tuesday",
                "wednesday",
                "thursday",
                "friday",
                "saturday",
                "sunday",
                "years",
                "decade",
            ]
            .contains(&next.as_str());
            let fits = matches!(lower.as_str(), "before" | "after" | "earlier" | "later") || is_time;
            one(case(&word.text, dice.pick(lists::exclusive(kind, &lower).get(..).filter(|_| fits)?)?))
        }
        "role" | "antonym" | "unit" | "channel" => {
            let is_name = word.name.is_some() && kind != "channel";
            // Above all a verb with its particle is no antonym ("gave up"), nor "no more", "more than".
            let is_idiom =
                matches!(lower.as_str(), "up" | "down" | "over" | "more" | "first" | "last" | "left")
                    && !matches!(next.as_str(), "percent" | "%" | "by" | "from");
            let list = lists::exclusive(kind, &lower);
            one(case(&word.text, dice.pick(list).filter(|_| !is_name && !is_idiom)?))
        }
        "name" => name(draft, line, k, dice),
        "quotation" => quotation(line, k, &lower, dice),
        _ => None,
    }
}

fn case(old: &str, new: &str) -> String {
    if old.starts_with(char::is_uppercase) { reword::capitalised(new) } else { new.to_owned() }
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS: [&str; 9] =
    ["January", "February", "April", "June", "July", "August", "September", "October", "November"];

fn other_of(list: &[&str], word: &str, dice: &mut Dice) -> Option<String> {
    let at = list.iter().position(|x| *x == word)?;
    Some(list[(at + 1 + dice.below(list.len() - 1)) % list.len()].to_owned())
}

fn dropped(lower: &str, next: &str, k: usize) -> Option<(usize, String)> {
    let is_idiom =
        matches!(next, "only" | "just" | "least" | "to" | "yet" | "a" | "an" | "the" | "all" | ",");
    match lower {
        "not" | "n't" | "n’t" | "never" if k > 0 && !is_idiom => Some((k + 1, String::new())),
        "cannot" => Some((k + 1, "can".into())),
        _ => None,
    }
}

fn added(line: &Line, k: usize, lower: &str, next: &str) -> Option<(usize, String)> {
    let is_auxiliary =
        ["is", "are", "was", "were", "has", "have", "had", "will", "would", "could", "can", "should"]
            .contains(&lower);
    let verb = line.words.get(k + 1)?;
    let follows =
        matches!(verb.tag, Tag::Verb | Tag::Aux | Tag::Adj) && !matches!(next, "not" | "n't" | "n’t");
    (k > 0 && is_auxiliary && follows).then(|| (k + 1, format!("{} not", line.words[k].text)))
}

const NUMBER_WORDS: [&str; 11] =
    ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

fn number(word: &str, next: &str, line: &Line, k: usize, dice: &mut Dice) -> Option<String> {
    if let Some(at) = NUMBER_WORDS.iter().position(|w| *w == word) {
        return Some(NUMBER_WORDS[(at + 1 + dice.below(10)) % 11].to_owned());
    }
    let before = k.checked_sub(1).map(|p| line.words[p].text.as_str()).unwrap_or_default();
    let is_date = MONTHS.contains(&before)
        || ["March", "May", "December"].contains(&before)
        || MONTHS.iter().any(|m| m.to_lowercase() == next)
        || ["march", "may", "december", "am", "pm", "a.m.", "p.m.", ":"].contains(&next)
        || before == ":";
    if is_date || word.len() > 9 {
        return None;
    }
    if let Some((whole, part)) = word.split_once('.') {
        let (whole, tenth): (u32, u32) = (whole.parse().ok()?, part.get(..1)?.parse().ok()?);
        return Some(format!("{whole}.{}{}", (tenth + 2 + dice.below(6) as u32) % 10, &part[1..]));
    }
    let value: u64 = word.replace(',', "").parse().ok().filter(|v| *v > 1 && !(1900..2030).contains(v))?;
    let new = match dice.below(3) {
        0 => value * 2 + 1,
        1 => value + 1 + value / 3,
        _ => (value / 2).max(value - 1).saturating_sub(value / 4) + 3,
    };
    (new != value).then(|| if word.contains(',') { grouped(new) } else { new.to_string() })
}

fn grouped(value: u64) -> String {
    let digits = value.to_string();
    let mut out = String::new();
    for (n, c) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

const PEOPLE: [&str; 8] = [
    "Henrik Solberg",
    "Maria Lopes",
    "Tobias Wendt",
    "Anna Kerekes",
    "Paul Okafor",
    "Lucia Ferrante",
    "Samir Haddad",
    "Grace Whitlock",
];
const PLACES: [&str; 8] =
    ["Lisbon", "Denver", "Nairobi", "Osaka", "Krakow", "Montevideo", "Perth", "Tampere"];

/// The name that begins here becomes another of its kind: one of the story, or a new one.
fn name(draft: &Draft, line: &Line, k: usize, dice: &mut Dice) -> Option<(usize, String)> {
    let (kind, idx) = line.words[k].name?;
    let is_first = k == 0 || line.words[k - 1].name != Some((kind, idx));
    let to =
        (k..line.words.len()).find(|n| line.words[*n].name != Some((kind, idx))).unwrap_or(line.words.len());
    let text = |words: &[super::Word]| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    let old = text(&line.words[k..to]);
    let is_fit = is_first && old.len() > 3 && to - k <= 3;
    if !is_fit || !matches!(kind, EntityKind::Person | EntityKind::Place) {
        return None;
    }
    let mut others: Vec<String> = Vec::new();
    for other in draft.iter().filter(|_| dice.chance(0.5)) {
        for run in
            other.words.chunk_by(|a, b| a.name == b.name).filter(|r| r[0].name.is_some_and(|n| n.0 == kind))
        {
            let name = text(run);
            let shares = name.split(' ').any(|w| old.contains(w)) || old.split(' ').any(|w| name.contains(w));
            if !shares
                && name.len() > 3
                && (kind == EntityKind::Place || name.contains(' ') == old.contains(' '))
            {
                others.push(name);
            }
        }
    }
    let fresh = if kind == EntityKind::Person { PEOPLE } else { PLACES };
    let new = if others.is_empty() || dice.chance(0.5) {
        fresh[dice.below(8)].to_owned()
    } else {
        others[dice.below(others.len())].clone()
    };
    let new =
        if old.contains(' ') || kind == EntityKind::Place { new } else { new.rsplit(' ').next()?.to_owned() };
    let is_here = line.words.iter().any(|w| w.name.is_some() && new.contains(&w.text));
    (!is_here && new != old).then_some((to, new))
}

/// A word of a quotation becomes another: its opposite, a synonym, or the same in a wrong sense.
fn quotation(line: &Line, k: usize, lower: &str, dice: &mut Dice) -> Option<(usize, String)> {
    let run = line.words.iter().filter(|w| w.quoted).count();
    let word = &line.words[k];
    let is_content = matches!(word.tag, Tag::Noun | Tag::Verb | Tag::Adj | Tag::Adv) && word.name.is_none();
    if run < 8 || !is_content {
        return None;
    }
    let lists = [
        lists::exclusive("antonym", lower),
        lists::exclusive("role", lower),
        lists::synonyms(lower, word.tag),
        lists::wrong_senses(lower),
    ];
    let new = lists.iter().filter(|l| !l.is_empty()).find_map(|l| dice.pick(l))?;
    Some((k + 1, case(&word.text, new)))
}
