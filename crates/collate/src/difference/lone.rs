//! What a copy exchanged where no word beside it holds it in place: the only day that a sentence names, the unit of time of
//! a rate ("a year", "per month"), the only place of publication, and two doers that changed places.

use variorum_schema::{EntityKind, FindingType, Form, Modality, Span, Tag};

use super::exchanged::{Calendar, excluded_noun};
use super::item::{Class, Item};
use super::standing::is_verbal;
use super::{Comparison, Difference};
use crate::align::Statement;
use crate::telling::Telling;

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let mut found = rates(c);
    found.extend(day(c));
    found.extend(channel(c));
    found.extend(swapped(c));
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
    if is_of_saying(c.telling, c.x.0, x.span) != is_of_saying(c.telling, c.y.0, y.span)
        || is_of_name(c.text_x(), x.span) != is_of_name(c.text_y(), y.span)
        || are_before_and_after(c.telling, (c.x.0, x.span), (c.y.0, y.span))
        || are_before_and_after(c.telling, (c.y.0, y.span), (c.x.0, x.span))
    {
        return None;
    }
    let note = format!("«{p}» against «{q}», the only days that the two name");
    Some(Difference { kind: FindingType::Date, x: x.span, y: y.span, note, strength: 0.7 })
}

/// Whether a difference lies between the only days that two sentences name.
pub(crate) fn is_of_days(c: &Comparison, d: &Difference) -> bool {
    let is_it = |day: Option<&Item>, span: Span| day.is_some_and(|o| o.span == span);
    d.kind == FindingType::Date
        && is_it(the_day(&c.x.1, c.text_x()), d.x)
        && is_it(the_day(&c.y.1, c.text_y()), d.y)
}

/// "Sunday's match": the day is part of what a thing is called.
fn is_of_name(text: &str, span: Span) -> bool {
    let rest = text.get(span.end as usize..).unwrap_or("");
    let own = span.of(text);
    ["'s", "’s"].iter().any(|mark| rest.starts_with(mark) || own.ends_with(mark))
}

/// "The ministry said Sunday": whether a day is that of the telling.
fn is_of_saying(telling: &Telling, at: &Statement, span: Span) -> bool {
    let tokens = telling.account(at.account).annotations.tokens_of(telling.sentence(at));
    let at = tokens.partition_point(|t| t.span.end <= span.start);
    let near = &tokens[at.saturating_sub(2)..at];
    near.iter()
        .any(|t| matches!(t.lemma.as_str(), "say" | "tell" | "announce" | "report" | "add" | "confirm"))
}

/// Whether the clause around one day tells of what is to come, and that around the other of what was.
fn are_before_and_after(telling: &Telling, (x, p): (&Statement, Span), (y, q): (&Statement, Span)) -> bool {
    let of = |s: &Statement| &telling.account(s.account).annotations;
    let clause = |s: &Statement, span: Span| of(s).clause_around(s.sentence, span);
    let is_past = |s: &Statement, predicate: Span| {
        let mut own = of(s).tokens_of(telling.sentence(s)).iter().filter(|t| predicate.contains(t.span));
        own.any(|t| t.form == Form::Past)
    };
    clause(x, p).is_some_and(|c| c.modality == Modality::Planned)
        && clause(y, q).is_some_and(|c| c.modality != Modality::Planned && is_past(y, c.predicate))
}

/// The one place at which a statement was published, in each of two sentences that give it to one speaker: "on Twitter",
/// "on his website".
fn channel(c: &Comparison) -> Option<Difference> {
    let the_channel = |items: &'_ [Item]| -> Option<Item> {
        let mut all = items.iter().filter(|o| PLATFORMS.contains(&o.lemma.as_str()) && o.is_content);
        let first = all.next()?.clone();
        all.all(|o| o.lemma == first.lemma).then_some(first)
    };
    let (x, y) = (the_channel(&c.x.1)?, the_channel(&c.y.1)?);
    let says = |items: &[Item]| {
        items.iter().any(|o| {
            is_verbal(o.tag) && ["say", "write", "post", "announce", "declare"].contains(&o.lemma.as_str())
        })
    };
    let speaker = |items: &'_ [Item]| -> Vec<String> {
        let named = items
            .iter()
            .filter(|o| matches!(o.class, Class::Name(EntityKind::Person | EntityKind::Organisation, _)));
        named.map(|o| o.key.clone()).collect()
    };
    let others = speaker(&c.y.1);
    let is_one = speaker(&c.x.1).iter().any(|key| others.contains(key));
    if excluded_noun(&x.lemma, &y.lemma) != Some("channel") || !is_one || !says(&c.x.1) || !says(&c.y.1) {
        return None;
    }
    let note = format!("«{}» and «{}», the only places of publication that the two name", x.lemma, y.lemma);
    Some(Difference { kind: FindingType::Attribution, x: x.span, y: y.span, note, strength: 0.7 })
}

/// Where somebody publishes what he has to say.
const PLATFORMS: [&str; 8] =
    ["twitter", "facebook", "youtube", "instagram", "telegram", "website", "television", "radio"];

/// "The vials are safe, the labels are not": two doers that changed places, each before what the other did.
fn swapped(c: &Comparison) -> Option<Difference> {
    let (xs, ys) = (&c.x.1[..], &c.y.1[..]);
    let is_doer = |items: &[Item], at: usize| {
        let o = &items[at];
        let is_noun = o.class == Class::Word && matches!(o.tag, Tag::Noun | Tag::Propn)
            || matches!(o.class, Class::Name(_, true));
        o.is_content && is_noun && items.get(at + 1).is_some_and(|next| is_verbal(next.tag))
    };
    let doers = |items: &[Item]| (0..items.len()).filter(|n| is_doer(items, *n)).collect::<Vec<_>>();
    let (of_x, of_y) = (doers(xs), doers(ys));
    // what one does: the verb and the two words behind it
    let does_same = |i: usize, j: usize| {
        let deed = |items: &'_ [Item], at: usize| {
            items[at + 1..].iter().take(3).map(|o| o.key.clone()).collect::<Vec<_>>()
        };
        let (p, q) = (deed(xs, i), deed(ys, j));
        let n_same = p.iter().zip(&q).take_while(|(a, b)| a == b).count();
        n_same >= 2
    };
    for (n, &i) in of_x.iter().enumerate() {
        for &k in of_x[n + 1..].iter().filter(|k| xs[**k].key != xs[i].key) {
            let place = |key: &str, deed: usize| {
                of_y.iter().copied().find(|j| ys[*j].key == key && does_same(deed, *j))
            };
            let turned = place(&xs[k].key, i).zip(place(&xs[i].key, k));
            if let Some((j, _)) = turned.filter(|(j, l)| !does_same(i, *l) && !does_same(k, *j)) {
                let note = format!("«{}» and «{}» changed places", xs[i].lemma, ys[j].lemma);
                return Some(Difference {
                    kind: FindingType::Actor,
                    x: xs[i].span,
                    y: ys[j].span,
                    note,
                    strength: 0.75,
                });
            }
        }
    }
    None
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
