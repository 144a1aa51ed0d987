//! Which phrases of two sentences stand for one another, and how: equal, opposite, one saying more, alike, or related.
//!
//! The labels are those of interpretable semantic similarity (Agirre et al. 2016, SemEval task 2), because an editor's
//! question is theirs: not whether two sentences are alike, but which part of the one answers to which part of the other
//! and what it does to it. Purely by rule, over the word links of [`crate::overlap`].

use std::collections::BTreeSet;

use variorum_annotate::words;
use variorum_schema::Tag;

use crate::overlap::{self, Link, Word, Words};

/// How two phrases that stand for one another relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kinship {
    /// They say the same.
    Equal,
    /// They exclude one another.
    Opposite,
    /// The first says more.
    FirstSaysMore,
    /// The second says more.
    SecondSaysMore,
    /// They differ in a detail of one kind: another number, another place, another person of one office.
    Alike,
    /// They share something, and are of different kinds.
    Related,
}

/// Two phrases, or groups of phrases, that stand for one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Couple {
    /// Phrases of the first sentence: places in the list given, rising.
    pub x: Vec<usize>,
    /// Phrases of the second sentence.
    pub y: Vec<usize>,
    /// How they relate.
    pub kinship: Kinship,
    /// How near they are in meaning, 0 to 5.
    pub score: f64,
}

/// Phrases that share less than this part of their weight are not coupled.
const MIN_SHARED: f64 = 0.30;
/// A phrase whose words are covered to this part by an already coupled phrase joins the couple.
const MIN_JOIN: f64 = 0.40;

/// The phrases of two sentences with what they share.
struct Grid<'a> {
    x: &'a Words,
    y: &'a Words,
    xs: &'a [Vec<usize>],
    ys: &'a [Vec<usize>],
    links: &'a [Link],
}

/// Couples the phrases `xs` of `x` (each a list of places in `Words::list`) with the phrases `ys` of `y`. Each phrase is in
/// one couple at most; couples come in the order of their first phrase.
#[must_use]
pub fn couple(x: &Words, y: &Words, xs: &[Vec<usize>], ys: &[Vec<usize>]) -> Vec<Couple> {
    let links = overlap::links(x, y);
    let grid = Grid { x, y, xs, ys, links: &links };
    let mut groups = grid.shared();
    grid.fill(&mut groups);
    groups.sort();
    groups.into_iter().map(|(x, y)| grid.name(x, y)).collect()
}

type Group = (Vec<usize>, Vec<usize>);

impl Grid<'_> {
    /// Weight of the content links between two phrases.
    fn linked(&self, c: usize, d: usize) -> f64 {
        let inside = self.links.iter().filter(|l| self.xs[c].contains(&l.x) && self.ys[d].contains(&l.y));
        let weight = |l: &Link| f64::midpoint(self.x.list[l.x].weight, self.y.list[l.y].weight) * l.likeness;
        inside.filter(|l| self.x.list[l.x].is_content || self.is_bare(c, d)).map(weight).sum()
    }

    /// Whether both phrases are function words only: then these are what they say.
    fn is_bare(&self, c: usize, d: usize) -> bool {
        !self.xs[c].iter().any(|w| self.x.list[*w].is_content)
            && !self.ys[d].iter().any(|w| self.y.list[*w].is_content)
    }

    fn weight_x(&self, c: usize) -> f64 {
        self.xs[c].iter().map(|w| self.x.list[*w].weight).sum::<f64>().max(0.1)
    }

    fn weight_y(&self, d: usize) -> f64 {
        self.ys[d].iter().map(|w| self.y.list[*w].weight).sum::<f64>().max(0.1)
    }

    /// Couples by the words that they share, the most first; then phrases that an existing couple covers join it.
    fn shared(&self) -> Vec<Group> {
        let mut ranked: Vec<(f64, f64, usize, usize)> = Vec::new();
        for c in 0..self.xs.len() {
            for d in 0..self.ys.len() {
                let linked = self.linked(c, d);
                let (p, q) = (self.weight_x(c), self.weight_y(d));
                let share = 2.0 * linked / (p + q);
                if linked > 0.0 && linked / p.min(q) >= MIN_SHARED {
                    ranked.push((share, linked, c, d));
                }
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.2, a.3).cmp(&(b.2, b.3))));
        let mut groups: Vec<Group> = Vec::new();
        // only neighbours make one phrase: a mark or a preposition may stand between them
        let is_beside = |list: &[usize], own: usize| list.iter().any(|o| o.abs_diff(own) <= 2);
        for &(_, linked, c, d) in &ranked {
            let at_x = groups.iter().position(|g| g.0.contains(&c));
            let at_y = groups.iter().position(|g| g.1.contains(&d));
            match (at_x, at_y) {
                (None, None) => groups.push((vec![c], vec![d])),
                (Some(g), None)
                    if groups[g].0.len() == 1
                        && is_beside(&groups[g].1, d)
                        && linked / self.weight_y(d) >= MIN_JOIN =>
                {
                    groups[g].1.push(d);
                }
                (None, Some(g))
                    if groups[g].1.len() == 1
                        && is_beside(&groups[g].0, c)
                        && linked / self.weight_x(c) >= MIN_JOIN =>
                {
                    groups[g].0.push(c);
                }
                _ => {}
            }
        }
        for group in &mut groups {
            group.0.sort_unstable();
            group.1.sort_unstable();
        }
        groups
    }

    /// Couples what is left between coupled neighbours and is of one kind: verb and verb, number and number, place and
    /// place.
    fn fill(&self, groups: &mut Vec<Group>) {
        let free = |used: BTreeSet<usize>, n: usize| (0..n).filter(|c| !used.contains(c)).collect::<Vec<_>>();
        let left_x = free(groups.iter().flat_map(|g| g.0.clone()).collect(), self.xs.len());
        let left_y = free(groups.iter().flat_map(|g| g.1.clone()).collect(), self.ys.len());
        let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
        for &c in &left_x {
            for &d in &left_y {
                let score = self.standing(groups, c, d);
                if score >= MIN_STANDING {
                    ranked.push((score, c, d));
                }
            }
        }
        ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
        let (mut used_x, mut used_y) = (BTreeSet::new(), BTreeSet::new());
        for (_, c, d) in ranked {
            if !used_x.contains(&c) && !used_y.contains(&d) {
                used_x.insert(c);
                used_y.insert(d);
                groups.push((vec![c], vec![d]));
            }
        }
    }

    /// How much two phrases without a common word stand in one another's place, 0 to 1.
    fn standing(&self, groups: &[Group], c: usize, d: usize) -> f64 {
        let (Some(p), Some(q)) = (head(self.x, &self.xs[c]), head(self.y, &self.ys[d])) else { return 0.0 };
        let near = overlap::nearness(p, q);
        let kind = match (kind(p), kind(q)) {
            (Kind::Number, Kind::Number) | (Kind::Name, Kind::Name) => 0.8,
            (Kind::Verb, Kind::Verb) => 0.25 + 0.8 * near,
            (a, b) if a == b => 0.2 + 0.8 * near,
            _ => 0.8 * near,
        };
        let preposition = |words: &Words, phrase: &[usize]| {
            phrase.first().map(|w| words.list[*w].clone()).filter(|w| !w.is_content).map(|w| w.lower)
        };
        let (a, b) = (preposition(self.x, &self.xs[c]), preposition(self.y, &self.ys[d]));
        let same_start = if a == b { 0.1 } else { -0.1 };
        let is_beside = |c: usize, d: usize| groups.iter().any(|g| g.0.contains(&c) && g.1.contains(&d));
        let edge = |at: usize, n: usize| at + 1 == n;
        let before = if c == 0 || d == 0 { c == 0 && d == 0 } else { is_beside(c - 1, d - 1) };
        let after = if edge(c, self.xs.len()) || edge(d, self.ys.len()) {
            edge(c, self.xs.len()) && edge(d, self.ys.len())
        } else {
            is_beside(c + 1, d + 1)
        };
        kind + same_start + 0.2 * f64::from(u8::from(before)) + 0.2 * f64::from(u8::from(after))
    }

    /// Names the relation of two groups of phrases.
    fn name(&self, x: Vec<usize>, y: Vec<usize>) -> Couple {
        let words = |words: &Words, phrases: &[Vec<usize>], group: &[usize]| {
            let places = group.iter().flat_map(|c| phrases[*c].iter().copied());
            // between two phrases a number says what it says, also where it is a function word ("one")
            let list: Vec<Word> = places.map(|w| Word { head: None, ..words.list[w].clone() }).collect();
            let telling: Vec<Word> =
                list.iter().filter(|w| w.is_content || w.number.is_some()).cloned().collect();
            Words { list: if telling.is_empty() { list } else { telling } }
        };
        let (p, q) = (words(self.x, self.xs, &x), words(self.y, self.ys, &y));
        let heads = |words: &Words, phrases: &[Vec<usize>], group: &[usize]| {
            group.last().and_then(|c| head(words, &phrases[*c])).cloned()
        };
        let heads = (heads(self.x, self.xs, &x), heads(self.y, self.ys, &y));
        let vague = |words: &Words, phrases: &[Vec<usize>], group: &[usize]| {
            let places = || group.iter().flat_map(|c| phrases[*c].iter());
            let is_hedged = places().any(|w| HEDGES.contains(&words.list[*w].lower.as_str()));
            let is_vague = places().any(|w| VAGUE.contains(&words.list[*w].lower.as_str()));
            let number = places().find_map(|w| words.list[*w].number);
            Figure { number, is_vague: is_vague || is_hedged && number.is_some() }
        };
        let (a, b) = (vague(self.x, self.xs, &x), vague(self.y, self.ys, &y));
        let kinship = match (a.is_vague, b.is_vague) {
            (true, false) if b.may_be(&a) => Kinship::SecondSaysMore,
            (false, true) if a.may_be(&b) => Kinship::FirstSaysMore,
            _ => kinship(&p, &q, heads.0.as_ref().zip(heads.1.as_ref())),
        };
        let score = match kinship {
            Kinship::Equal => 5.0,
            Kinship::Opposite | Kinship::FirstSaysMore | Kinship::SecondSaysMore => 4.0,
            Kinship::Alike | Kinship::Related => 3.0,
        };
        Couple { x, y, kinship, score }
    }
}

/// Words of coupled phrases that are as alike as this say the same: that they stand in one another's place speaks for it.
const SAME_IN_PLACE: f64 = 0.56;
/// Heads less near than this make phrases of different kinds.
const MIN_KIN: f64 = 0.30;

/// Words before a number that leave it open.
const HEDGES: [&str; 9] = ["least", "more", "over", "about", "around", "nearly", "almost", "up", "some"];
/// Words that stand for a number and leave it open.
const VAGUE: [&str; 6] = ["dozens", "scores", "hundreds", "thousands", "several", "many"];

/// The figure of a phrase.
struct Figure {
    number: Option<f64>,
    is_vague: bool,
}

impl Figure {
    /// Whether this is a plain number that the vague one may mean: then it says more.
    fn may_be(&self, vague: &Figure) -> bool {
        match (self.number, vague.number) {
            (Some(a), Some(b)) => (a - b).abs() <= 0.1 * a.abs().max(b.abs()),
            (Some(_), None) => true,
            _ => false,
        }
    }
}

/// How the content words of two coupled phrases relate, with the heads of the phrases.
fn kinship(x: &Words, y: &Words, heads: Option<(&Word, &Word)>) -> Kinship {
    if joined(x) == joined(y) {
        return Kinship::Equal;
    }
    let links = overlap::links(x, y);
    if links.iter().any(|l| overlap::is_opposite(&x.list[l.x], &y.list[l.y])) {
        return Kinship::Opposite;
    }
    let rest = |words: &Words, linked: BTreeSet<usize>, is_name: bool| -> Vec<usize> {
        let is_part =
            |w: &usize| is_name && words.list[*w].tag == Tag::Propn && words.list[*w].country.is_none();
        (0..words.list.len()).filter(|w| !linked.contains(w) && !is_part(w)).collect()
    };
    // "Ann Roe", "Roe": what a name is cut to says no less
    let is_name = match (x.list.last(), y.list.last()) {
        (Some(p), Some(q)) => p.lower == q.lower && (is_personal(p) || is_personal(q)),
        _ => false,
    };
    let rest_x = rest(x, links.iter().map(|l| l.x).collect(), is_name);
    let rest_y = rest(y, links.iter().map(|l| l.y).collect(), is_name);
    let differing: Vec<(&Word, &Word)> =
        links.iter().filter(|l| l.likeness < SAME_IN_PLACE).map(|l| (&x.list[l.x], &y.list[l.y])).collect();
    let mut more = (!rest_x.is_empty(), !rest_y.is_empty());
    if links.is_empty() {
        let near = heads.map_or(0.0, |(p, q)| overlap::nearness(p, q));
        let are_one_kind = heads.is_some_and(|(p, q)| kind(p) == kind(q));
        return match heads {
            Some((p, q)) if is_kind_of(p, q) => Kinship::FirstSaysMore,
            Some((p, q)) if is_kind_of(q, p) => Kinship::SecondSaysMore,
            Some((p, q)) if kind(p) == Kind::Verb && kind(q) == Kind::Verb && near >= 0.40 => Kinship::Equal,
            _ if are_one_kind || near >= MIN_KIN => Kinship::Alike,
            _ => Kinship::Related,
        };
    }
    // one word each that nothing answers to: a kind and what it is a kind of
    if let ([a], [b], true) = (&rest_x[..], &rest_y[..], differing.is_empty()) {
        more = (is_kind_of(&x.list[*a], &y.list[*b]), is_kind_of(&y.list[*b], &x.list[*a]));
        if more == (false, false) {
            more = (true, true);
        }
    }
    let are_numbers = differing.iter().all(|(a, b)| a.number.is_some() && b.number.is_some());
    // "53", "13 civilians": beside another number one says what is counted
    let is_one_sided = are_numbers && more.0 != more.1;
    for (a, b) in differing.iter().filter(|_| !is_one_sided) {
        let (down, up) = (is_kind_of(a, b), is_kind_of(b, a));
        more = if down == up { (true, true) } else { (more.0 || down, more.1 || up) };
    }
    let are_heads_near =
        heads.is_none_or(|(p, q)| are_kin(p, q)) || differing.iter().any(|(a, _)| a.number.is_some());
    // "Poland", "Polish miners": a name, and something that has to do with it
    let is_named_only = |more: bool, other: &Words, head: Option<&Word>| {
        let named = |w: &Word| w.tag == Tag::Propn || w.country.is_some();
        more && other.list.len() == 1
            && other.list.iter().all(named)
            && head.is_some_and(|h| overlap::likeness(h, &other.list[0]) < overlap::SAME && !named(h))
    };
    if is_named_only(more.0 && !more.1, y, heads.map(|h| h.0))
        || is_named_only(more.1 && !more.0, x, heads.map(|h| h.1))
    {
        return Kinship::Related;
    }
    // one soldier is not soldiers
    let is_other_number = heads.is_some_and(|(p, q)| {
        p.lemma == q.lemma && p.lower != q.lower && p.tag == Tag::Noun && words::is_a(&p.lemma, "person")
    });
    match more {
        (false, false) if is_other_number => Kinship::Alike,
        (false, false) => Kinship::Equal,
        (true, false) => Kinship::FirstSaysMore,
        (false, true) => Kinship::SecondSaysMore,
        (true, true) if are_heads_near => Kinship::Alike,
        (true, true) => Kinship::Related,
    }
}

/// Whether two heads are alike enough for their phrases to differ in a detail only.
fn are_kin(p: &Word, q: &Word) -> bool {
    let are_names = kind(p) == Kind::Name && kind(q) == Kind::Name;
    are_names || overlap::likeness(p, q) > 0.0 || overlap::nearness(p, q) >= MIN_KIN
}

/// Whether a word is a name that is no everyday word and no country.
fn is_personal(word: &Word) -> bool {
    word.tag == Tag::Propn && word.country.is_none() && word.weight >= 4.0
}

/// The words written as one: "horse meat" and "horsemeat".
fn joined(words: &Words) -> String {
    words.list.iter().map(|w| w.lower.replace('-', "")).collect()
}

/// Whether the first word names a kind of what the second names.
fn is_kind_of(a: &Word, b: &Word) -> bool {
    let is_one = |of: &str| words::is_a(&a.lemma, of);
    if a.capital.is_some() && a.capital == b.country {
        return true;
    }
    a.lemma != b.lemma && (is_one(&b.lemma) || b.lemma == "people" && is_one("person"))
}

/// Phrases that share no word are coupled from here on.
const MIN_STANDING: f64 = 0.90;

/// The word of a phrase on which the others depend: the last content word whose head lies outside.
fn head<'a>(words: &'a Words, phrase: &[usize]) -> Option<&'a Word> {
    let outside = |w: &&usize| words.list[**w].head.is_none_or(|h| !phrase.contains(&h));
    let content = |w: &&usize| words.list[**w].is_content;
    let of = phrase.iter().filter(content);
    of.clone()
        .rfind(outside)
        .or_else(|| of.clone().next_back())
        .or_else(|| phrase.last())
        .map(|w| &words.list[*w])
}

/// The kind of thing that a word stands for, as far as a substitute must be of the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Number,
    Name,
    Verb,
    Noun,
    Quality,
    Other,
}

fn kind(word: &Word) -> Kind {
    match word.tag {
        _ if word.number.is_some() => Kind::Number,
        _ if word.country.is_some() => Kind::Name,
        Tag::Verb | Tag::Aux => Kind::Verb,
        Tag::Propn if word.weight > 6.0 => Kind::Name,
        Tag::Propn | Tag::Noun | Tag::Pron => Kind::Noun,
        Tag::Adj | Tag::Adv => Kind::Quality,
        _ => Kind::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Kinship, couple};
    use crate::overlap::Words;

    /// Reads "[the mayor] [left]": the words and their phrases.
    fn read(chunked: &str) -> (Words, Vec<Vec<usize>>) {
        let phrases: Vec<&str> = chunked.split(['[', ']']).map(str::trim).filter(|p| !p.is_empty()).collect();
        let page = variorum_schema::Page::new("t.txt", phrases.join(" "));
        let document = variorum_annotate::extract(&page);
        let annotations = variorum_annotate::annotate(&document);
        let words = Words::range(&document.text, &annotations, 0, annotations.tokens.len() as u32);
        let mut at = 0;
        let mut places = Vec::new();
        for phrase in phrases {
            let n = phrase.split_whitespace().count();
            places.push((at..at + n).collect());
            at += n;
        }
        (words, places)
    }

    fn check(x: &str, y: &str, wanted: &[(usize, usize, Kinship)]) {
        let ((words_x, xs), (words_y, ys)) = (read(x), read(y));
        let found = couple(&words_x, &words_y, &xs, &ys);
        for (c, d, kinship) in wanted {
            let own = found.iter().find(|k| k.x.contains(c) && k.y.contains(d));
            assert_eq!(own.map(|k| k.kinship), Some(*kinship), "{x} / {y}: {c}, {d} in {found:?}");
        }
    }

    #[test]
    fn phrases_are_coupled_and_named() {
        check(
            "[The mayor] [opened] [the old bridge]",
            "[Mayor] [opens] [bridge]",
            &[(0, 0, Kinship::Equal), (1, 1, Kinship::Equal), (2, 2, Kinship::FirstSaysMore)],
        );
        check("[Shares] [rise] [in Averil]", "[Shares] [fall] [in Averil]", &[(1, 1, Kinship::Opposite)]);
        check("[Flood] [kills] [12 people]", "[Flood] [kills] [15 people]", &[(2, 2, Kinship::Alike)]);
        check("[] ", "[Flood]", &[]);
    }
}
