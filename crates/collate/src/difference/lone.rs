//! What a copy exchanged where no word beside it holds it in place: the only day that a sentence names, and the unit of
//! time of a rate ("a year", "per month").

use variorum_schema::{FindingType, Span};

use super::exchanged::Calendar;
use super::item::{Class, Item};
use super::{Comparison, Difference};
use crate::align::Statement;
use crate::telling::Telling;

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let mut found = rates(c);
    found.extend(day(c));
    found
}

/// Each sentence names one day, and they are not the same; the sentences beside the one do not name the other's.
fn day(c: &Comparison) -> Option<Difference> {
    let (x, y) = (the_day(&c.x.1, c.text_x())?, the_day(&c.y.1, c.text_y())?);
    let text = |o: &Item, text: &str| o.span.of(text).to_lowercase();
    let (p, q) = (text(x, c.text_x()), text(y, c.text_y()));
    let (v, w) = (Calendar::of(&p), Calendar::of(&q));
    let is_near = |at: &Statement, day: &Calendar| {
        let all = beside(c.telling, at);
        all.iter().any(|near| Calendar::of(near).agrees(day))
    };
    if !v.differs(&w) || is_near(c.y.0, &v) || is_near(c.x.0, &w) {
        return None;
    }
    let note = format!("«{p}» against «{q}», the only days that the two name");
    Some(Difference { kind: FindingType::Date, x: x.span, y: y.span, note, strength: 0.7 })
}

/// The only time of a sentence that names a part of the calendar.
fn the_day<'i>(items: &'i [Item], text: &str) -> Option<&'i Item> {
    let is_day = |o: &&Item| {
        let text = o.span.of(text).to_lowercase();
        matches!(o.class, Class::Time(_)) && Calendar::of(&text).is_named()
    };
    let mut days = items.iter().filter(is_day);
    days.next().filter(|_| days.next().is_none())
}

/// The times named in the sentence and in those before and behind it, lower case; those that name a part of the calendar.
fn beside(telling: &Telling, at: &Statement) -> Vec<String> {
    let account = telling.account(at.account);
    let (annotations, text) = (&account.annotations, &account.document.text);
    let n = at.sentence as usize;
    let near = annotations.sentences.get(n.saturating_sub(1)..(n + 2).min(annotations.sentences.len()));
    let whole = near.unwrap_or_default().iter().map(|s| s.span).reduce(Span::cover).unwrap_or_default();
    let times = annotations.times.iter().filter(|t| whole.contains(t.span));
    let named = times.map(|t| t.span.of(text).to_lowercase());
    named.filter(|t| Calendar::of(t).is_named()).collect()
}

/// Words for a unit of time in a rate, and what stands for them in one word.
const UNITS: [[&str; 2]; 6] = [
    ["minute", "minutely"],
    ["hour", "hourly"],
    ["day", "daily"],
    ["week", "weekly"],
    ["month", "monthly"],
    ["year", "annually"],
];
/// How many words behind a number its rate may stand.
const REACH: usize = 5;

/// The same number by another unit of time.
fn rates(c: &Comparison) -> Vec<Difference> {
    let mut found = Vec::new();
    for &(i, j) in &c.pairs {
        let (x, y) = (&c.x.1[i], &c.y.1[j]);
        if x.key != y.key || !matches!((x.class, y.class), (Class::Quantity(_), Class::Quantity(_))) {
            continue;
        }
        let rates = rate(c.text_x(), x.span).zip(rate(c.text_y(), y.span));
        let Some(((p, of_x), (q, of_y))) = rates.filter(|(a, b)| a.0 != b.0) else { continue };
        let note = format!("by the {} against by the {}", UNITS[p][0], UNITS[q][0]);
        found.push(Difference { kind: FindingType::Quantity, x: of_x, y: of_y, note, strength: 0.75 });
    }
    found
}

/// The unit of time of the rate that a number at a place begins, with its span: "18 million crowns [a year]".
fn rate(text: &str, number: Span) -> Option<(usize, Span)> {
    let rest = text.get(number.end as usize..)?;
    let mut words = Vec::new();
    let mut at = number.end;
    for word in rest.split_inclusive(' ').take(REACH + 1) {
        let bare = word.trim_matches(|ch: char| !ch.is_alphanumeric()).to_lowercase();
        words.push((bare, Span { start: at, end: at + word.trim_end().len() as u32 }));
        at += word.len() as u32;
        if word.trim_end().ends_with(['.', ';', ',', '\n']) && words.len() > 1 {
            break;
        }
    }
    let is_each = |w: &str| matches!(w, "a" | "an" | "per" | "each" | "every");
    let unit = |w: &str| UNITS.iter().position(|u| u[0] == w);
    let pair = words.windows(2).find_map(|w| {
        let unit = unit(&w[1].0).filter(|_| is_each(&w[0].0))?;
        Some((unit, w[0].1.cover(w[1].1)))
    });
    pair.or_else(|| {
        words.iter().find_map(|(w, span)| Some((UNITS.iter().position(|u| u[1] == w.as_str())?, *span)))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rates_by_their_unit() {
        let check = |text: &str, number: &str, expected: Option<(usize, &str)>| {
            let start = text.find(number).unwrap_or(0);
            let span = Span { start: start as u32, end: (start + number.len()) as u32 };
            let found = rate(text, span).map(|(unit, span)| (unit, span.of(text)));
            assert_eq!(found, expected, "{text}");
        };
        check("It costs 18 million crowns a year.", "18 million", Some((5, "a year.")));
        check("It costs 18 million crowns per month, he said", "18 million", Some((4, "per month,")));
        check("Some 40 tonnes weekly", "40", Some((3, "weekly")));
        check("It cost 18 crowns. A year later", "18", None);
        check("It cost 18 crowns", "18", None);
        check("18", "18", None);
        check("", "", None);
    }
}
