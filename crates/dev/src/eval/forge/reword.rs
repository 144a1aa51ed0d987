//! Edits that leave the facts alone: cut, merge, split, reorder, reword.

use variorum_schema::Tag;

use super::dice::Dice;
use super::lists;
use super::{Draft, Line, Word};

/// Keeps the beginning.
pub(super) fn excerpt(draft: &mut Draft, dice: &mut Dice) {
    let keep = draft.len() * (30 + dice.below(26)) / 100;
    draft.truncate(keep.max(3));
}

/// What an editor does: cuts, joins and splits a few sentences, exchanges a few words.
pub(super) fn edit(draft: &mut Draft, dice: &mut Dice) {
    cut(draft, 0.1, dice);
    reorder(draft, 0.3, dice);
    merge(draft, 0.06, dice);
    split(draft, 0.06, dice);
    for line in draft.iter_mut() {
        exchange(line, 0.06, dice);
    }
}

/// What a machine does that exchanges words throughout. Whether enough of them had a replacement.
pub(super) fn reword(draft: &mut Draft, dice: &mut Dice) -> bool {
    cut(draft, 0.06, dice);
    reorder(draft, 0.15, dice);
    merge(draft, 0.05, dice);
    split(draft, 0.05, dice);
    // Two machines with one thesaurus still choose differently.
    let p = 0.6 + 0.1 * dice.below(4) as f64;
    let (mut n, mut n_changed) = (0, 0);
    for line in draft.iter_mut() {
        n += line.words.iter().filter(|w| !w.quoted && w.tag != Tag::Punct).count();
        n_changed += exchange(line, p, dice);
        n_changed += noise(line, dice);
    }
    // Too few words had a replacement: more of the small disturbances.
    for _ in 0..2 {
        for line in draft.iter_mut() {
            if (n_changed as f64) < 0.22 * n as f64 {
                n_changed += noise(line, dice);
            }
        }
    }
    n_changed as f64 >= 0.17 * n as f64
}

fn cut(draft: &mut Draft, p: f64, dice: &mut Dice) {
    let mut is_first = true;
    draft.retain(|_| std::mem::take(&mut is_first) || !dice.chance(p));
}

/// Exchanges two neighbouring paragraphs.
fn reorder(draft: &mut Draft, p: f64, dice: &mut Dice) {
    let starts: Vec<usize> = (0..draft.len()).filter(|n| draft[*n].opens).collect();
    if starts.len() < 4 || !dice.chance(p) {
        return;
    }
    let n = 1 + dice.below(starts.len() - 3);
    let (a, b, c) = (starts[n], starts[n + 1], starts.get(n + 2).copied().unwrap_or(draft.len()));
    draft[a..c].rotate_left(b - a);
}

fn is_plain(line: &Line) -> bool {
    !line.words.iter().any(|w| w.quoted || w.mark > 0 || matches!(w.text.as_str(), "\"" | "“" | "”"))
}

fn lowered(word: &Word) -> String {
    let keep = word.name.is_some() || word.tag == Tag::Propn || word.text == "I";
    if keep { word.text.clone() } else { word.text.to_lowercase() }
}

/// Joins two neighbouring sentences with "and".
fn merge(draft: &mut Draft, p: f64, dice: &mut Dice) {
    let mut n = 0;
    while n + 1 < draft.len() {
        let (a, b) = (&draft[n], &draft[n + 1]);
        let fits = is_plain(a) && is_plain(b) && !b.opens && a.words.len() + b.words.len() < 45;
        let ends = a.words.last().is_some_and(|w| w.text == ".");
        if fits && ends && dice.chance(p) {
            let mut next = draft.remove(n + 1);
            let first = &mut next.words[0];
            first.text = lowered(first);
            first.gap = true;
            let line = &mut draft[n];
            line.words.pop();
            let plain = |text: &str, gap| Word {
                text: text.into(),
                gap,
                tag: Tag::Cconj,
                quoted: false,
                mark: 0,
                name: None,
            };
            line.words.extend([plain(",", false), plain("and", true)]);
            line.words.append(&mut next.words);
        }
        n += 1;
    }
}

/// Cuts a sentence in two at ", and", ", but".
fn split(draft: &mut Draft, p: f64, dice: &mut Dice) {
    let mut n = 0;
    while n < draft.len() {
        let words = &draft[n].words;
        let starts_clause = |w: &Word| {
            matches!(w.text.as_str(), "he" | "she" | "they" | "it" | "there" | "the" | "this")
                || w.tag == Tag::Pron
        };
        let at = (4..words.len().saturating_sub(5)).find(|&k| {
            words[k].text == ","
                && matches!(words[k + 1].text.as_str(), "and" | "but")
                && starts_clause(&words[k + 2])
        });
        if let Some(k) = at.filter(|_| is_plain(&draft[n]) && dice.chance(p)) {
            let mut rest = draft[n].words.split_off(k + 2);
            draft[n].words.truncate(k);
            let end =
                Word { text: ".".into(), gap: false, tag: Tag::Punct, quoted: false, mark: 0, name: None };
            draft[n].words.push(end);
            rest[0].text = capitalised(&rest[0].text);
            draft.insert(n + 1, Line { words: rest, opens: false });
        }
        n += 1;
    }
}

pub(super) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|c| c.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// Puts `new` in the place of a word, in its case.
pub(super) fn put(word: &mut Word, new: &str) {
    let is_upper = word.text.chars().next().is_some_and(char::is_uppercase);
    word.text = if is_upper { capitalised(new) } else { new.to_owned() };
}

/// Whether a word may be exchanged without touching a fact that is counted.
fn is_free(word: &Word) -> bool {
    !word.quoted && word.mark == 0 && word.name.is_none() && word.tag != Tag::Propn
}

fn exchange(line: &mut Line, p: f64, dice: &mut Dice) -> usize {
    let mut n = 0;
    for k in 0..line.words.len() {
        // Beside a change nothing moves, so that the place of the change stays what it was.
        let near = line.words[k.saturating_sub(1)..(k + 2).min(line.words.len())].iter().any(|w| w.mark > 0);
        // A capital inside a sentence belongs to a name.
        let is_named = k > 0 && line.words[k].text.starts_with(char::is_uppercase);
        let near = near || is_named;
        let word = &mut line.words[k];
        if near || !is_free(word) {
            continue;
        }
        let list = lists::synonyms(&word.text.to_lowercase(), word.tag);
        if !list.is_empty() && dice.chance(p) {
            let new = list[dice.below(list.len())].clone();
            put(word, &new);
            n += 1;
        }
    }
    // "a" and "an" follow the new word.
    for k in 0..line.words.len().saturating_sub(1) {
        let is_vowel = line.words[k + 1].text.to_lowercase().starts_with(['a', 'e', 'i', 'o']);
        if is_free(&line.words[k]) {
            match line.words[k].text.to_lowercase().as_str() {
                "a" if is_vowel => put(&mut line.words[k], "an"),
                "an" if !is_vowel => put(&mut line.words[k], "a"),
                _ => {}
            }
        }
    }
    n
}

/// Small disturbances as translating there and back leaves them.
fn noise(line: &mut Line, dice: &mut Dice) -> usize {
    let mut n = 0;
    let mut k = 1;
    while k + 1 < line.words.len() {
        let near = line.words[k - 1..k + 2].iter().any(|w| w.mark > 0);
        let next_is_day = matches!(
            line.words[k + 1].text.as_str(),
            "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday"
        );
        let is_spoken = line.words[k - 1].text.starts_with("said") || line.words[k - 1].text == "stated";
        if !near && is_free(&line.words[k]) {
            match line.words[k].text.as_str() {
                "the" if dice.chance(0.12) => {
                    line.words.remove(k);
                    n += 1;
                    continue;
                }
                "on" if next_is_day && dice.chance(0.5) => {
                    line.words.remove(k);
                    n += 1;
                    continue;
                }
                "that" if is_spoken && dice.chance(0.6) => {
                    line.words.remove(k);
                    n += 1;
                    continue;
                }
                "which" if dice.chance(0.5) => "that".clone_into(&mut line.words[k].text),
                "an" | "a" if dice.chance(0.1) => "one".clone_into(&mut line.words[k].text),
                "when" if dice.chance(0.4) => "as".clone_into(&mut line.words[k].text),
                "by" if dice.chance(0.2) => "via".clone_into(&mut line.words[k].text),
                "over" if dice.chance(0.3) => "regarding".clone_into(&mut line.words[k].text),
                "so" if dice.chance(0.4) => "therefore".clone_into(&mut line.words[k].text),
                "where" if dice.chance(0.4) => "in which".clone_into(&mut line.words[k].text),
                "under" if dice.chance(0.3) => "beneath".clone_into(&mut line.words[k].text),
                "within" if dice.chance(0.4) => "inside".clone_into(&mut line.words[k].text),
                "into" if dice.chance(0.3) => "in to".clone_into(&mut line.words[k].text),
                "from" if dice.chance(0.1) => "out of".clone_into(&mut line.words[k].text),
                "with" if dice.chance(0.1) => "along with".clone_into(&mut line.words[k].text),
                "for" if dice.chance(0.1) => "for the sake of".clone_into(&mut line.words[k].text),
                _ => {
                    k += 1;
                    continue;
                }
            }
            n += 1;
        }
        k += 1;
    }
    n + usize::from(front(line, dice))
}

/// "…, said Roe." → "Roe said …": the attribution goes to the front; "… on Monday." → "On Monday, …".
fn front(line: &mut Line, dice: &mut Dice) -> bool {
    let n = line.words.len();
    if n < 9 || !is_plain(line) || !dice.chance(0.5) {
        return false;
    }
    let words = &line.words;
    let is_day = |w: &Word| w.tag == Tag::Propn && w.text.ends_with("day");
    if words[n - 3].text == "on" && is_day(&words[n - 2]) && words[n - 1].text == "." {
        let mut day = line.words.split_off(n - 3);
        let end = day.pop();
        let first = &mut line.words[0];
        first.text = lowered(first);
        first.gap = true;
        day[0].text = "On".into();
        day[0].gap = false;
        let comma =
            Word { text: ",".into(), gap: false, tag: Tag::Punct, quoted: false, mark: 0, name: None };
        day.push(comma);
        day.append(&mut line.words);
        day.extend(end);
        line.words = day;
        return true;
    }
    false
}
