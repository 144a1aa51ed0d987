//! What a copy made of one act: those who do it and those to whom it is done changed places, or what is still to come was
//! done.
//!
//! A rewritten sentence turns its clauses round, so that items that stand opposite each other say little of who does what.
//! Here the clauses of both sentences that tell of one act are put side by side, part by part.

use variorum_schema::{Argument, ArgumentRole, Claim, FindingType, Modality, Polarity, Span};

use super::exchanged::{are_other_doers, excluded_noun, is_moved};
use super::item::{Class, Item};
use super::standing::{STANDS, are_opposites, is_verbal, standing};
use super::{Comparison, Difference, opposite};
use crate::align::Statement;

/// How much more the parts of two acts are alike crosswise than in their own places, from which they changed places.
const MARGIN: f64 = 0.75;
/// Items of a phrase up to its head that are compared.
const MAX_PHRASE: usize = 8;
/// Clauses of a sentence that are compared.
const MAX_CLAIMS: usize = 12;

/// A clause with the item of its verb.
struct Act<'a> {
    claim: &'a Claim,
    verb: &'a Item,
    items: &'a [Item],
}

pub(super) fn differences(c: &Comparison) -> Vec<Difference> {
    let (xs, ys) = (acts(c, true), acts(c, false));
    let doers = swapped(&xs, &ys).or_else(|| crossed(&xs, &ys)).or_else(|| another(c, &xs, &ys));
    let found = doers.into_iter().chain(harmed(c, &xs, &ys));
    found.chain(done(c, &xs, &ys)).chain(state(&xs, &ys)).collect()
}

fn acts<'a>(c: &'a Comparison, is_x: bool) -> Vec<Act<'a>> {
    let (statement, items) = if is_x { (c.x.0, &c.x.1[..]) } else { (c.y.0, &c.y.1[..]) };
    let claims = c.telling.account(statement.account).annotations.claims_of(statement.sentence);
    let verb = |claim: &Claim| {
        let mut own =
            items.iter().filter(|i| is_verbal(i.tag) && i.is_content && claim.predicate.contains(i.span));
        own.next_back()
    };
    let acts = claims.iter().filter_map(|claim| Some(Act { claim, verb: verb(claim)?, items }));
    acts.take(MAX_CLAIMS).collect()
}

impl Act<'_> {
    /// The items of the phrase that plays a part, up to its head.
    fn phrase(&self, argument: &Argument) -> Vec<&Item> {
        let inside = self.items.iter().filter(|i| argument.span.contains(i.span)).take(MAX_PHRASE);
        let inside: Vec<&Item> = inside.collect();
        let head = inside.iter().position(|i| i.lemma == argument.head).unwrap_or(0);
        let is_named = |i: &&&Item| i.is_content || matches!(i.class, Class::Name(..));
        inside.iter().take(head + 1).filter(is_named).copied().collect()
    }

    fn part(&self, is_it: impl Fn(ArgumentRole) -> bool) -> Vec<Vec<&Item>> {
        let all = self.claim.arguments.iter().filter(|a| is_it(a.role)).map(|a| self.phrase(a));
        all.filter(|p| !p.is_empty()).collect()
    }

    fn doer(&self) -> Option<Vec<&Item>> {
        self.part(|r| r == ArgumentRole::Agent).into_iter().next()
    }

    /// To whom or what it is done, and in what state that is.
    fn undergoers(&self) -> Vec<Vec<&Item>> {
        self.part(|r| r != ArgumentRole::Agent)
    }

    /// Who comes to harm.
    fn harmed(&self) -> Option<Vec<&Item>> {
        let head = |role: ArgumentRole| {
            self.claim.arguments.iter().filter(move |a| a.role == role).map(|a| a.head.as_str())
        };
        let lemma = self.verb.lemma.as_str();
        let is_hurt = HARM.contains(&lemma);
        let is_suffered =
            SUFFER.contains(&lemma) && head(ArgumentRole::Patient).any(|h| INJURIES.contains(&h));
        let role = if is_hurt { ArgumentRole::Patient } else { ArgumentRole::Agent };
        self.part(|r| (is_hurt || is_suffered) && r == role).into_iter().next()
    }

    fn is_one_act(&self, other: &Act) -> bool {
        let is_even =
            self.claim.polarity == other.claim.polarity && self.claim.is_passive == other.claim.is_passive;
        is_even && standing(self.verb, other.verb) >= STANDS
    }
}

/// Share of two phrases whose words stand for one another, 0 to 1.
fn likeness(a: &[&Item], b: &[&Item]) -> f64 {
    let best = |own: &[&Item], others: &[&Item]| -> f64 {
        own.iter().map(|i| others.iter().map(|o| standing(i, o)).fold(0.0, f64::max)).sum()
    };
    let known = |s: f64| if s.is_finite() { s } else { 0.0 };
    known((best(a, b) + best(b, a)) / (a.len() + b.len()).max(1) as f64)
}

fn cover(phrase: &[&Item]) -> Span {
    phrase.iter().map(|i| i.span).reduce(Span::cover).unwrap_or_default()
}

fn over(x: &[&Item], y: &[&Item], note: &str) -> Difference {
    Difference { kind: FindingType::Actor, x: cover(x), y: cover(y), note: note.to_owned(), strength: 0.75 }
}

/// "The city sued the bank", "the bank sued the city".
fn swapped(xs: &[Act], ys: &[Act]) -> Option<Difference> {
    let is_other = |r| matches!(r, ArgumentRole::Patient | ArgumentRole::Recipient | ArgumentRole::Oblique);
    let both = xs.iter().flat_map(|p| ys.iter().map(move |q| (p, q))).filter(|(p, q)| p.is_one_act(q));
    for (p, q) in both {
        let Some((a, b)) = p.doer().zip(q.doer()) else { continue };
        for others in p.part(is_other) {
            for theirs in q.part(is_other) {
                let crosswise = likeness(&a, &theirs).min(likeness(&b, &others));
                let straight = likeness(&a, &b).max(likeness(&others, &theirs));
                // the other order of words, in one voice: a phrase that the parser took for another part stays where it was
                let is_first = |v: &[&Item], w: &[&Item]| cover(v).start < cover(w).start;
                let is_turned = is_first(&a, &others) == is_first(&b, &theirs);
                if is_turned && crosswise >= STANDS && crosswise >= straight + STANDS {
                    return Some(over(&a, &b, "who does it and to whom changed places"));
                }
            }
        }
    }
    None
}

/// "Troops withdraw and rebels disarm", "rebels withdraw and troops disarm".
fn crossed(xs: &[Act], ys: &[Act]) -> Option<Difference> {
    for (n, p) in xs.iter().enumerate() {
        for q in &xs[n + 1..] {
            let Some((a, b)) = p.doer().zip(q.doer()) else { continue };
            let of = |act: &Act| ys.iter().filter(|y| y.is_one_act(act)).find_map(Act::doer);
            let Some((v, w)) = of(p).zip(of(q)) else { continue };
            let crosswise = likeness(&a, &w) + likeness(&b, &v);
            let straight = likeness(&a, &v) + likeness(&b, &w);
            if likeness(&a, &w).min(likeness(&b, &v)) >= STANDS && crosswise >= straight + MARGIN {
                return Some(over(&a, &v, "those who do two things changed places"));
            }
        }
    }
    None
}

/// Likeness from which what an act is done to, or with, is the same in both.
const MIN_PART: f64 = 0.6;
/// From this standing on a word is another word for one thing, and not merely near in use.
const IS_ONE: f64 = 0.65;

/// "Prosecutors opened an inquiry", "police opened an inquiry": one act, done to the same or at the same time, by others,
/// who stand nowhere in the sentence of those.
fn another(c: &Comparison, xs: &[Act], ys: &[Act]) -> Option<Difference> {
    let both = xs.iter().flat_map(|p| ys.iter().map(move |q| (p, q)));
    both.filter(|(p, q)| p.is_one_act(q) && is_same_deed(c, p, q)).find_map(|(p, q)| {
        let (a, b) = p.doer().zip(q.doer())?;
        let (x, y) = (a.last()?, b.last()?);
        let has = |items: &[Item], of: &Item| items.iter().any(|o| standing(o, of) >= IS_ONE);
        let is_other = are_other_doers(&x.lemma, &y.lemma) && likeness(&a, &b) < STANDS;
        (is_other && !has(&c.y.1, x) && !has(&c.x.1, y))
            .then(|| over(&a, &b, &format!("«{}» is done by others", p.verb.lemma)))
    })
}

/// Whether what two acts are done to is the same, or both are done to what a pronoun stands for, at one time.
fn is_same_deed(c: &Comparison, p: &Act, q: &Act) -> bool {
    let (own, theirs) = (p.undergoers(), q.undergoers());
    if !own.is_empty() || !theirs.is_empty() {
        return own.iter().any(|part| theirs.iter().any(|o| likeness(part, o) >= MIN_PART));
    }
    let patient = |act: &Act| {
        act.claim.arguments.iter().find(|a| a.role == ArgumentRole::Patient).map(|a| a.head.clone())
    };
    let times = |s: &Statement, act: &Act| -> Vec<String> {
        let all = &c.telling.account(s.account).annotations.times;
        act.claim.times.iter().filter_map(|t| all.get(*t as usize)).map(|t| t.value.clone()).collect()
    };
    let (own, theirs) = (times(c.x.0, p), times(c.y.0, q));
    patient(p).is_some() && patient(p) == patient(q) && own.iter().any(|t| theirs.contains(t))
}

/// What harms somebody.
const HARM: [&str; 6] = ["injure", "hurt", "wound", "harm", "kill", "burn"];
/// Verbs of who comes to harm ("sustained injuries"), and what he comes to.
const SUFFER: [&str; 3] = ["suffer", "sustain", "receive"];
const INJURIES: [&str; 6] = ["injury", "wound", "burn", "bruise", "fracture", "cut"];

/// "A docker was slightly injured", "a policeman suffered minor injuries": in each sentence one comes to harm, and it is somebody
/// of another calling.
fn harmed(c: &Comparison, xs: &[Act], ys: &[Act]) -> Option<Difference> {
    let of = |acts: &[Act]| -> Vec<Vec<Item>> {
        let all = acts.iter().filter_map(Act::harmed);
        all.map(|phrase| phrase.into_iter().cloned().collect()).collect()
    };
    let (own, theirs) = (of(xs), of(ys));
    let ([a], [b]) = (&own[..], &theirs[..]) else { return None };
    let (x, y) = (a.last()?, b.last()?);
    excluded_noun(&x.lemma, &y.lemma).filter(|_| c.is_copy && !is_moved(c, x, y))?;
    let span =
        |phrase: &[Item]| -> Span { phrase.iter().map(|i| i.span).reduce(Span::cover).unwrap_or_default() };
    let note = format!("«{}» and «{}» come to harm", x.lemma, y.lemma);
    Some(Difference { kind: FindingType::Actor, x: span(a), y: span(b), note, strength: 0.75 })
}

/// Whether a difference is that of who comes to harm: it lies between two clauses, whatever else the sentences hold.
pub(crate) fn is_of_harmed(c: &Comparison, d: &Difference) -> bool {
    d.kind == FindingType::Actor
        && harmed(c, &acts(c, true), &acts(c, false)).is_some_and(|h| (h.x, h.y) == (d.x, d.y))
}

/// Verbs that say no more than that a state lasts or begins.
const STATES: [&str; 7] = ["stay", "remain", "keep", "leave", "be", "become", "stand"];

/// "Schools were to stay closed", "schools remained open".
fn state(xs: &[Act], ys: &[Act]) -> Option<Difference> {
    let is_state =
        |a: &Act| STATES.contains(&a.verb.lemma.as_str()) && a.claim.polarity == Polarity::Positive;
    let mut both = xs.iter().filter(|p| is_state(p)).flat_map(|p| ys.iter().map(move |q| (p, q)));
    both.find_map(|(p, q)| {
        let (own, theirs) = (p.undergoers(), q.undergoers());
        let is_one = own.iter().any(|a| theirs.iter().any(|b| likeness(a, b) >= MIN_PART));
        let word = |parts: &[Vec<&Item>]| {
            parts.iter().filter(|a| a.len() == 1).map(|a| a[0].clone()).collect::<Vec<_>>()
        };
        let (v, w) = (word(&own), word(&theirs));
        let pair = v
            .iter()
            .flat_map(|x| w.iter().map(move |y| (x, y)))
            .find(|(x, y)| opposite::opposed(&x.lemma, &y.lemma).is_some() || are_opposites(x, y));
        let (x, y) = pair.filter(|_| is_state(q) && is_one)?;
        Some(Difference {
            kind: FindingType::Outcome,
            x: p.claim.predicate.cover(x.span),
            y: q.claim.predicate.cover(y.span),
            note: format!("one thing is «{}» and «{}»", x.lemma, y.lemma),
            strength: 0.75,
        })
    })
}

/// Words behind "would" that make it tell of what was.
const LATER: [&str; 4] = ["later", "eventually", "subsequently", "soon"];

/// "Has yet to be approved", "has been approved": what was still to be done is told as done, or the other way round.
fn done(c: &Comparison, xs: &[Act], ys: &[Act]) -> Option<Difference> {
    let is_open = |a: &Act| matches!(a.claim.modality, Modality::Demanded | Modality::Planned);
    let is_told = |a: &Act| {
        a.claim.modality == Modality::Asserted && a.claim.polarity == Polarity::Positive && a.claim.is_passive
    };
    // said of it anywhere in the sentence that it is to come
    let is_to_come = |items: &[Item]| {
        items.iter().any(|i| {
            matches!(
                i.lemma.as_str(),
                "will" | "would" | "shall" | "must" | "should" | "yet" | "still" | "await"
            )
        })
    };
    let both = xs.iter().flat_map(|p| ys.iter().map(move |q| (p, q)));
    let turned = both.filter(|(p, q)| p.verb.lemma == q.verb.lemma).find(|(p, q)| {
        let is_one_of_each = is_open(p) && is_told(q) || is_open(q) && is_told(p);
        let told = if is_open(p) { &c.y.1 } else { &c.x.1 };
        let is_even = p.claim.polarity == q.claim.polarity;
        // "hostages who would later be killed" were killed; a film that "will be based" on a book is based on it
        let open = if is_open(p) { &c.x.1 } else { &c.y.1 };
        let is_looked_back =
            open.windows(2).any(|w| w[0].lemma == "would" && LATER.contains(&w[1].lemma.as_str()));
        let is_state = p.verb.lemma == "base";
        is_one_of_each
            && is_even
            && !is_looked_back
            && !is_state
            && !is_to_come(told)
            && p.claim.is_passive == q.claim.is_passive
    });
    turned.map(|(p, q)| Difference {
        kind: FindingType::Outcome,
        x: p.claim.predicate,
        y: q.claim.predicate,
        note: format!("«{}» is to come in one and done in the other", p.verb.lemma),
        strength: 0.75,
    })
}
