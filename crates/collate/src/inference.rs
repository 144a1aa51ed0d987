//! Whether one short text follows from another, or cannot be true if the other is: by figures with their bounds, by
//! polarity, by words that exclude one another, and by how much of the second the first says.
//!
//! Deliberately modest: where nothing decides, the answer is that nothing follows. For the kinds of conflict and how they
//! are reported see [`crate::finding::contradiction`]; here two sentences stand alone.

use std::collections::BTreeSet;

use variorum_schema::{Annotations, FindingType, Hedge, Quantity, Span, Unit};

use crate::Account;
use crate::difference::negation;
use crate::overlap::{self, Link, Words};

/// What the first text says of the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The second follows from the first.
    Follows,
    /// Both cannot be true.
    Excludes,
    /// Neither.
    Open,
}

/// A verdict with what it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judgement {
    /// What the first text says of the second.
    pub verdict: Verdict,
    /// In what they exclude one another.
    pub by: Option<FindingType>,
    /// How sure, 0 to 1.
    pub confidence: f64,
}

/// Nothing decides.
pub const OPEN: Judgement = Judgement { verdict: Verdict::Open, by: None, confidence: 0.5 };

/// From this share of the second text that the first says on, it follows if nothing stands against it.
const MIN_SAID: f64 = 0.80;
/// Texts that share less than this are not about one thing: nothing excludes anything.
const MIN_SHARED: f64 = 0.55;
/// Nor does a word that is negated or turned into its opposite in a text of which the other says less than this.
const MIN_TURNED: f64 = 0.70;

/// Whether `second` follows from `first`.
#[must_use]
pub fn judge(first: &Account, second: &Account) -> Judgement {
    let words =
        |a: &Account| Words::range(&a.document.text, &a.annotations, 0, a.annotations.tokens.len() as u32);
    let (x, y) = (words(first), words(second));
    let links = overlap::links(&x, &y);
    let shares = overlap::overlap(&x, &y, &links);
    let figures = figures(first, second, &x, &y, &links);
    if shares.of_y < MIN_SHARED && figures.is_none() {
        return OPEN;
    }
    match figures {
        Some(Verdict::Excludes) => {
            return Judgement {
                verdict: Verdict::Excludes,
                by: Some(FindingType::Quantity),
                confidence: 0.5 + 0.5 * shares.of_y,
            };
        }
        Some(Verdict::Open) => return OPEN,
        _ => {}
    }
    if shares.of_y >= MIN_TURNED
        && let Some(by) = turned(first, second, &x, &y, &links)
    {
        return Judgement { verdict: Verdict::Excludes, by: Some(by), confidence: 0.4 + 0.5 * shares.of_y };
    }
    let is_said = shares.of_y >= MIN_SAID || figures == Some(Verdict::Follows);
    if is_said { Judgement { verdict: Verdict::Follows, by: None, confidence: shares.of_y } } else { OPEN }
}

/// Whether one negates a word that the other affirms, or has its opposite in its place.
fn turned(first: &Account, second: &Account, x: &Words, y: &Words, links: &[Link]) -> Option<FindingType> {
    let scopes = |a: &Account| {
        negation::scopes(&a.annotations, &a.document.text, 0, a.annotations.tokens.len() as u32)
    };
    let (negated_x, negated_y) = (scopes(first), scopes(second));
    let telling = |l: &&Link| x.list[l.x].is_content && y.list[l.y].is_content;
    let is_turned = |l: &Link| {
        let (a, b) = (&x.list[l.x], &y.list[l.y]);
        negated_x.contains_key(&a.token) != negated_y.contains_key(&b.token)
    };
    let same = links.iter().filter(telling).filter(|l| l.likeness >= overlap::SAME);
    let turned: Vec<&Link> = same.filter(|l| is_turned(l)).collect();
    let opposed = links
        .iter()
        .filter(telling)
        .any(|l| overlap::is_opposite(&x.list[l.x], &y.list[l.y]) && !is_turned(l));
    match (turned.is_empty(), opposed) {
        (false, false) => Some(FindingType::Negation),
        (true, true) => Some(FindingType::Outcome),
        // two turns, or none, leave it as it was
        _ => None,
    }
}

/// A figure with its bounds; open where the words leave the bound itself out ("more than 12").
#[derive(Clone, Copy, Debug)]
struct Bounds {
    low: f64,
    high: f64,
    is_low_open: bool,
    is_high_open: bool,
}

impl Bounds {
    fn new(text: &str, q: &Quantity) -> Bounds {
        let words = q.span.of(text).to_lowercase();
        let has =
            |list: &[&str]| list.iter().any(|w| words.split(|c: char| !c.is_alphabetic()).any(|o| o == *w));
        let is_at_least = words.contains("at least") || words.contains("or more");
        let is_at_most = words.contains("at most") || words.contains("up to") || words.contains("or less");
        Bounds {
            low: q.low.unwrap_or(f64::NEG_INFINITY),
            high: q.high.unwrap_or(f64::INFINITY),
            is_low_open: !is_at_least
                && has(&["more", "over", "above", "exceeding", "greater"])
                && q.hedge == Hedge::AtLeast,
            is_high_open: !is_at_most
                && has(&["less", "under", "below", "fewer"])
                && q.hedge == Hedge::AtMost,
        }
    }

    /// Whether every value that these bounds allow, the others allow too.
    fn inside(&self, other: &Bounds) -> bool {
        let low = self.low > other.low
            || (self.low - other.low).abs() < 1e-9 && (!other.is_low_open || self.is_low_open);
        let high = self.high < other.high
            || (self.high - other.high).abs() < 1e-9 && (!other.is_high_open || self.is_high_open);
        (low || other.low == f64::NEG_INFINITY) && (high || other.high == f64::INFINITY)
    }

    /// Whether no value fits both.
    fn apart(&self, other: &Bounds) -> bool {
        let before = |a: &Bounds, b: &Bounds| {
            a.high < b.low - 1e-9 || (a.high - b.low).abs() < 1e-9 && (a.is_high_open || b.is_low_open)
        };
        before(self, other) || before(other, self)
    }
}

/// What the figures say by themselves; `None` where the second text has none, or none that stands for one of the first.
fn figures(first: &Account, second: &Account, x: &Words, y: &Words, links: &[Link]) -> Option<Verdict> {
    let (p, q) = (numbers(&first.annotations), numbers(&second.annotations));
    if q.is_empty() || p.is_empty() {
        return None;
    }
    let pairs = paired(first, second, (&p, &q), (x, y), links);
    let told: Vec<(Bounds, Bounds)> = pairs
        .iter()
        .map(|(a, b)| (Bounds::new(&first.document.text, a), Bounds::new(&second.document.text, b)))
        .collect();
    if let Some(verdict) = reckoned(&p, &q, &told) {
        return Some(verdict);
    }
    if told.is_empty() {
        return Some(Verdict::Open);
    }
    if told.iter().any(|(a, b)| a.apart(b)) {
        return Some(Verdict::Excludes);
    }
    let is_inside = told.iter().all(|(a, b)| a.inside(b));
    Some(if is_inside && pairs.len() == q.len() { Verdict::Follows } else { Verdict::Open })
}

fn numbers(annotations: &Annotations) -> Vec<&Quantity> {
    annotations.quantities.iter().filter(|q| q.hedge != Hedge::Vague).collect()
}

/// Quantities of the second text with those of the first that they stand for: of one unit, and the most alike in place,
/// counted thing and neighbours; each once.
fn paired<'a>(
    first: &Account,
    second: &Account,
    (p, q): (&[&'a Quantity], &[&'a Quantity]),
    (x, y): (&Words, &Words),
    links: &[Link],
) -> Vec<(&'a Quantity, &'a Quantity)> {
    let place = |words: &Words, account: &Account, span: Span| {
        words.list.partition_point(|w| account.annotations.tokens[w.token as usize].span.start < span.start)
    };
    let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
    for (i, a) in p.iter().enumerate() {
        for (j, b) in q.iter().enumerate() {
            if !same_unit(a, b) {
                continue;
            }
            let (at_x, at_y) = (place(x, first, a.number), place(y, second, b.number));
            let near = links.iter().filter(|l| l.x.abs_diff(at_x) <= 4 && l.y.abs_diff(at_y) <= 4);
            let near: f64 =
                near.map(|l| 1.0 / (1.0 + l.x.abs_diff(at_x).max(l.y.abs_diff(at_y)) as f64)).sum();
            let counted = match (&a.counted_lemma, &b.counted_lemma) {
                (Some(s), Some(t)) if s == t => 1.0,
                (Some(_), Some(_)) => -0.5,
                _ => 0.0,
            };
            let order = if p.len() == q.len() && i == j { 1.0 } else { 0.0 };
            let is_same = f64::from(u8::from((a.value - b.value).abs() < 1e-9));
            ranked.push((near + counted + order + is_same, i, j));
        }
    }
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_p, mut used_q, mut out) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (score, i, j) in ranked {
        if score > 0.4 && !used_p.contains(&i) && !used_q.contains(&j) {
            used_p.insert(i);
            used_q.insert(j);
            out.push((p[i], q[j]));
        }
    }
    out
}

fn same_unit(a: &Quantity, b: &Quantity) -> bool {
    match (&a.unit, &b.unit) {
        (Unit::Count | Unit::Age, Unit::Count | Unit::Age) => true,
        (p, q) => p == q,
    }
}

/// A single figure that the first text does not give, but that its figures make up: a sum, a difference or a product.
/// Where they are of one kind and make up another figure, that one is excluded.
fn reckoned(p: &[&Quantity], q: &[&Quantity], told: &[(Bounds, Bounds)]) -> Option<Verdict> {
    let [one] = q else { return None };
    let is_given = p.iter().any(|a| (a.value - one.value).abs() < 1e-9);
    if is_given || p.len() < 2 || p.len() > 4 || one.hedge != Hedge::Exact {
        return None;
    }
    // as in a sum that a child does: every figure counts the same thing
    let thing = |a: &&Quantity| a.counted_lemma.clone();
    let things: BTreeSet<Option<String>> = p.iter().map(thing).collect();
    let is_one_thing = things.len() == 1 && things.iter().all(|t| t.is_some() && *t == one.counted_lemma);
    let is_made = |a: f64, b: f64| [a + b, (a - b).abs(), a * b].iter().any(|r| (r - one.value).abs() < 1e-6);
    let total: f64 = p.iter().map(|a| a.value).sum();
    let pairs = p.iter().enumerate().flat_map(|(n, a)| p[n + 1..].iter().map(move |b| (a.value, b.value)));
    let makes = (total - one.value).abs() < 1e-6 || pairs.into_iter().any(|(a, b)| is_made(a, b));
    if makes && p.iter().all(|a| a.hedge == Hedge::Exact) {
        return Some(Verdict::Follows);
    }
    (is_one_thing && told.len() < p.len()).then_some(Verdict::Excludes)
}

#[cfg(test)]
mod tests {
    use super::{Verdict, judge};
    use crate::Account;

    fn account(text: &str) -> Account {
        let page = variorum_schema::Page::new("t.txt", text.to_owned());
        let document = variorum_annotate::extract(&page);
        let annotations = variorum_annotate::annotate(&document);
        Account { document, annotations }
    }

    #[test]
    fn figures_polarity_and_opposites_decide() {
        for (first, second, verdict) in [
            ("Roe sold 12 boats.", "Roe sold more than 10 boats.", Verdict::Follows),
            ("Roe sold 12 boats.", "Roe sold more than 12 boats.", Verdict::Excludes),
            ("Roe sold 12 boats.", "Roe sold 15 boats.", Verdict::Excludes),
            ("Roe sold more than 12 boats.", "Roe sold 15 boats.", Verdict::Open),
            ("Roe sold the boat.", "Roe did not sell the boat.", Verdict::Excludes),
            ("Roe sold the old boat in May.", "Roe sold the boat.", Verdict::Follows),
            ("Roe sold the boat.", "Two cooks won a prize.", Verdict::Open),
            ("", "", Verdict::Open),
        ] {
            assert_eq!(judge(&account(first), &account(second)).verdict, verdict, "{first} / {second}");
        }
    }
}
