//! Which words of one sentence say what words of another say, and how much of the one the other covers.
//!
//! A monolingual word aligner in the manner of Sultan, Bethard & Sumner (2014, "Back to Basics for Monolingual Alignment"):
//! candidate words are equal, inflected alike, equal numbers, forms of one country or short forms of one another, or
//! related in the lexicon; among several candidates the neighbours decide. No pile, no story is needed: two annotated
//! sentences are enough, so that every later stage can ask.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::LazyLock;

use rust_stemmers::{Algorithm, Stemmer};
use variorum_annotate::lexicon::{self, Lookup, is_stop_word};
use variorum_annotate::{usage, words};
use variorum_schema::{Annotations, Quantity, Sentence, Tag};

use crate::align::Statement;
use crate::difference::opposite::opposed;
use crate::difference::quantity::frame;
use crate::telling::Telling;

/// Words of one sentence that are read; nobody writes a longer one.
const MAX_WORDS: usize = 250;
/// Words to each side that speak for a link.
const WINDOW: usize = 3;
/// Words less alike than this are not linked.
pub const MIN_LIKENESS: f64 = 0.45;
/// What the neighbours of two words count, against the words themselves.
const CONTEXT: f64 = 0.3;
/// Content words with a likeness from this on say the same.
pub const SAME: f64 = 0.8;

/// One word of a sentence.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Word {
    /// Index in `Annotations::tokens`.
    pub token: u32,
    /// Lower case, full stops of abbreviations left out ("us" for "U.S.").
    pub lower: String,
    /// Lemma.
    pub lemma: String,
    /// Stem of the lemma.
    pub stem: String,
    /// Part of speech.
    pub tag: Tag,
    /// Whether it is no function word.
    pub is_content: bool,
    /// Whether it is written as a name: a capital inside a sentence that is not all capitals at the starts of words.
    pub is_name: bool,
    /// The number that it is (part of), if it is one.
    pub number: Option<f64>,
    /// How telling it is: -ln of the share of everyday texts that hold it; near 0 for function words.
    pub weight: f64,
    /// The country whose name or people it is (line of `countries.txt`).
    pub country: Option<usize>,
    /// The country whose capital it is (line of `countries.txt`).
    pub capital: Option<usize>,
    /// Place in the list of the word that it depends on.
    pub head: Option<usize>,
    /// Numbers of its lemma and of its form in `annotate::words`.
    pub(crate) known: [Option<u32>; 2],
}

/// The words of a statement, read once.
#[must_use]
pub fn words_of(telling: &Telling, statement: &Statement) -> Arc<Words> {
    telling.memory.words.get(*statement, || {
        let account = telling.account(statement.account);
        Words::new(&account.document.text, &account.annotations, telling.sentence(statement))
    })
}

/// The words of a sentence, punctuation left out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Words {
    /// In order.
    pub list: Vec<Word>,
}

/// Two words that say the same, or nearly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// Place in the first list.
    pub x: usize,
    /// Place in the second list.
    pub y: usize,
    /// How much the words say the same, [`MIN_LIKENESS`] to 1.
    pub likeness: f64,
}

/// Lower-case names of one word and demonyms → the line of the country.
static COUNTRIES: LazyLock<Lookup<String, usize>> = LazyLock::new(|| {
    let mut map = Lookup::default();
    for (line, fields) in lexicon::entries(lexicon::COUNTRIES).enumerate() {
        let names = fields.iter().take(2).flat_map(|f| f.split(','));
        for name in names.map(|n| n.to_lowercase().replace('.', "")).filter(|n| !n.contains(' ')) {
            map.entry(name).or_insert(line);
        }
    }
    map
});

/// Whether a lower-case word names a country or its people.
#[must_use]
pub fn is_of_country(lower: &str) -> bool {
    COUNTRIES.contains_key(lower)
}

/// The line in the list of countries of a lower-case name of one word, or of a people.
#[must_use]
pub fn country_line(lower: &str) -> Option<usize> {
    COUNTRIES.get(lower).copied()
}

/// Lower-case names of capitals of one word → the line of the country.
static CAPITALS: LazyLock<Lookup<String, usize>> = LazyLock::new(|| {
    let mut map = Lookup::default();
    for (line, fields) in lexicon::entries(lexicon::COUNTRIES).enumerate() {
        let names = fields.get(2).into_iter().flat_map(|f| f.split(','));
        for name in names.map(str::to_lowercase).filter(|n| !n.is_empty() && !n.contains(' ')) {
            map.entry(name).or_insert(line);
        }
    }
    map
});

impl Words {
    /// The words of a sentence of a document.
    #[must_use]
    pub fn new(text: &str, annotations: &Annotations, sentence: &Sentence) -> Words {
        Words::range(text, annotations, sentence.first_token, sentence.last_token)
    }

    /// The words among the tokens `first..last` of a document.
    #[must_use]
    pub fn range(text: &str, annotations: &Annotations, first: u32, last: u32) -> Words {
        let (stemmer, lexicon) = (Stemmer::create(Algorithm::English), words::words());
        let tokens = annotations.tokens.get(first as usize..last as usize).unwrap_or(&[]);
        let is_headline = is_title_case(text, annotations, first, last);
        let mut list: Vec<Word> = Vec::new();
        let mut quantities = Near::new(annotations, tokens.first().map_or(0, |t| t.span.start));
        for (at, token) in tokens.iter().enumerate() {
            let surface = token.span.of(text);
            if list.len() >= MAX_WORDS || !surface.chars().any(char::is_alphanumeric) {
                continue;
            }
            let lower = surface.to_lowercase().replace(['.', '’', '\''], "");
            let lemma = if token.lemma.is_empty() { lower.clone() } else { token.lemma.replace('.', "") };
            let is_content = !is_stop_word(&lower) && !is_stop_word(&lemma) || is_code(surface);
            let is_capital = surface.chars().next().is_some_and(char::is_uppercase);
            list.push(Word {
                token: first + at as u32,
                stem: stemmer.stem(&lemma).into_owned(),
                tag: token.tag,
                is_content,
                is_name: is_capital && is_content && (token.tag == Tag::Propn || at > 0 && !is_headline),
                number: quantities.at(token.span.start).map(|q| q.value).or_else(|| digits(&lower)),
                weight: weight(&lower, is_content),
                country: COUNTRIES.get(&lower).copied(),
                capital: CAPITALS.get(&lower).copied(),
                head: None,
                known: [lexicon.id(&lemma), lexicon.id(&lower)],
                lower,
                lemma,
            });
        }
        let place = |token: u32| list.binary_search_by_key(&token, |w| w.token).ok();
        let heads: Vec<Option<usize>> =
            list.iter().map(|w| annotations.tokens[w.token as usize].head.and_then(place)).collect();
        for (word, head) in list.iter_mut().zip(heads) {
            word.head = head;
        }
        Words { list }
    }

    /// The stem of a lemma, as words have it.
    #[must_use]
    pub fn stem_of(lemma: &str) -> String {
        Stemmer::create(Algorithm::English).stem(lemma).into_owned()
    }

    /// Sum of the weights of the words.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.list.iter().map(|w| w.weight).sum()
    }
}

/// Whether a word is a code in capitals ("US", "IT") that only looks like a function word.
fn is_code(surface: &str) -> bool {
    surface.len() > 1 && surface.chars().all(|c| c.is_uppercase() || c == '.') && surface != "I"
}

/// Whether most words of a headline begin with a capital, so that a capital says nothing.
fn is_title_case(text: &str, annotations: &Annotations, first: u32, last: u32) -> bool {
    let tokens = annotations.tokens.get(first as usize..last as usize).unwrap_or(&[]);
    let initials = tokens.iter().skip(1).filter_map(|t| t.span.of(text).chars().next());
    let letters: Vec<char> = initials.filter(|c| c.is_alphabetic()).collect();
    let n_capital = letters.iter().filter(|c| c.is_uppercase()).count();
    letters.len() >= 3 && n_capital * 10 >= letters.len() * 7
}

fn weight(lower: &str, is_content: bool) -> f64 {
    if !is_content {
        return 0.3;
    }
    let n = usage::n_texts().max(1.0);
    ((n + 1.0) / (usage::document_frequency(lower) + 0.5)).ln().clamp(0.3, 8.0)
}

const SMALL: [&str; 13] = [
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
];

fn digits(lower: &str) -> Option<f64> {
    if let Some(n) = SMALL.iter().position(|w| *w == lower) {
        return Some(n as f64);
    }
    lower.replace(',', "").parse().ok().filter(|n: &f64| n.is_finite())
}

/// Looks quantities up in the order of the text.
struct Near<'a> {
    list: &'a [Quantity],
}

impl<'a> Near<'a> {
    fn new(annotations: &'a Annotations, from: u32) -> Near<'a> {
        let first = annotations.quantities.partition_point(|q| q.span.end <= from);
        Near { list: annotations.quantities.get(first..).unwrap_or(&[]) }
    }

    fn at(&mut self, start: u32) -> Option<&'a Quantity> {
        while self.list.first().is_some_and(|q| q.number.end <= start) {
            self.list = &self.list[1..];
        }
        self.list.iter().take(2).find(|q| q.number.start <= start && start < q.number.end)
    }
}

/// How much two words say the same by themselves, 0 to 1. Words that exclude one another are as near as that they stand
/// in each other's place.
#[must_use]
pub fn likeness(a: &Word, b: &Word) -> f64 {
    if a.lower == b.lower || a.lemma == b.lemma {
        return 1.0;
    }
    if let (Some(p), Some(q)) = (a.number, b.number) {
        return if (p - q).abs() < 1e-9 { 1.0 } else { 0.5 };
    }
    if a.number.is_some() || b.number.is_some() || a.is_content != b.is_content {
        return 0.0;
    }
    if a.stem == b.stem {
        return 0.95;
    }
    if a.country.is_some() && a.country == b.country {
        return 0.9;
    }
    if !a.is_content {
        return if a.tag == b.tag && a.tag == Tag::Adp { MIN_LIKENESS } else { 0.0 };
    }
    spelling(a, b).max(related(a, b))
}

/// Two forms of one word that the stemmer keeps apart: a long common beginning, or the parts of a hyphenated word.
fn spelling(a: &Word, b: &Word) -> f64 {
    let n_same = a.stem.chars().zip(b.stem.chars()).take_while(|(p, q)| p == q).count();
    let (n, m) = (a.stem.chars().count(), b.stem.chars().count());
    let is_part = |long: &str, short: &str| short.len() > 2 && long.split('-').any(|p| p == short);
    if a.lower.contains('-') && is_part(&a.lower, &b.lower)
        || b.lower.contains('-') && is_part(&b.lower, &a.lower)
    {
        return 0.8;
    }
    // "S Sudan", "Pak": a name cut short
    let is_short = |short: &str, long: &str| {
        (short.len() == 1 || short.len() == 3) && long.len() > 3 && long.starts_with(short)
    };
    if a.tag == Tag::Propn
        && b.tag == Tag::Propn
        && (is_short(&a.lower, &b.lower) || is_short(&b.lower, &a.lower))
    {
        return 0.8;
    }
    if n_same >= 4 && n_same * 4 >= n.max(m) * 3 {
        return 0.85;
    }
    if n_same >= 5 && n_same * 3 >= n.max(m) * 2 { 0.7 } else { 0.0 }
}

/// What the lexicon says of two words: synonyms and forms of one root say the same, kinds nearly; beyond that words that
/// stand in the same surroundings everywhere are near.
fn related(a: &Word, b: &Word) -> f64 {
    let relations = relations(a.known[0], b.known[0]);
    if relations & words::DERIVED != 0 {
        return 0.9;
    }
    if let (Some(p), Some(q)) = (frame(&a.lemma), frame(&b.lemma))
        && p == q
    {
        return 0.85;
    }
    if relations & words::SYNONYM != 0 {
        return 0.85;
    }
    if is_opposite(a, b) {
        return 0.6;
    }
    let nearness = nearness(a, b);
    if relations & words::KIND != 0 {
        return nearness.max(0.0).mul_add(0.3, 0.55).min(0.78);
    }
    if nearness < MIN_NEARNESS || a.is_name != b.is_name {
        return 0.0;
    }
    // names in like surroundings are others of their kind (weekdays, towns), not the same
    let most = if a.tag == Tag::Propn && b.tag == Tag::Propn { 0.55 } else { 0.75 };
    ((nearness - MIN_NEARNESS) * 0.9 + MIN_LIKENESS).min(most)
}

/// Cosine of the vectors of two words, as lemmas or as they are written, 0 to 1.
#[must_use]
pub fn nearness(a: &Word, b: &Word) -> f64 {
    let cosine = |p: Option<u32>, q: Option<u32>| Some(words::words().cosine(p?, q?));
    let of = |n: usize| cosine(a.known[n], b.known[n]).unwrap_or(0.0);
    of(0).max(of(1)).max(0.0)
}

/// What the lexicon says of two words by their numbers: nothing, where one is not known.
fn relations(a: Option<u32>, b: Option<u32>) -> u8 {
    a.zip(b).map_or(0, |(a, b)| words::words().relations(a, b))
}

/// Vectors nearer than this belong to words that can stand for one another.
const MIN_NEARNESS: f64 = 0.5;

/// Whether two words exclude one another.
#[must_use]
pub fn is_opposite(a: &Word, b: &Word) -> bool {
    opposed(&a.lemma, &b.lemma).is_some()
        || opposed(&a.lower, &b.lower).is_some()
        || (relations(a.known[0], b.known[0]) | relations(a.known[1], b.known[1])) & words::OPPOSITE != 0
}

/// Links between the words of two sentences: each word in one link at most, the likeliest first, neighbours deciding
/// between equals. In order of `(x, y)`.
///
/// # Cost
/// Proportional to the product of the two lengths, which are capped.
#[must_use]
pub fn links(x: &Words, y: &Words) -> Vec<Link> {
    let (n, m) = (x.list.len(), y.list.len());
    let matrix: Vec<f64> = x.list.iter().flat_map(|a| y.list.iter().map(|b| likeness(a, b))).collect();
    let mut ranked: Vec<(f64, usize, usize)> = Vec::new();
    for i in 0..n {
        for j in 0..m {
            let own = matrix[i * m + j];
            if own >= MIN_LIKENESS {
                ranked.push((own + CONTEXT * context(x, y, &matrix, i, j), i, j));
            }
        }
    }
    // A function word is linked only where something beside it is.
    ranked.retain(|&(score, i, j)| x.list[i].is_content || score - matrix[i * m + j] >= CONTEXT * 0.25);
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0).then((a.1, a.2).cmp(&(b.1, b.2))));
    let (mut used_x, mut used_y) = (BTreeSet::new(), BTreeSet::new());
    let mut links = Vec::new();
    for (_, i, j) in ranked {
        if !used_x.contains(&i) && !used_y.contains(&j) {
            used_x.insert(i);
            used_y.insert(j);
            links.push(Link { x: i, y: j, likeness: matrix[i * m + j] });
        }
    }
    links.sort_by_key(|l| (l.x, l.y));
    links
}

/// How much the surroundings of two words have in common, 0 to 1: words beside them, and words that they depend on or
/// that depend on them.
fn context(x: &Words, y: &Words, matrix: &[f64], i: usize, j: usize) -> f64 {
    let m = y.list.len();
    let around = |at: usize, n: usize| at.saturating_sub(WINDOW)..(at + WINDOW + 1).min(n);
    let (mut sum, mut total) = (0.0, 0.0);
    for p in around(i, x.list.len()).filter(|p| *p != i) {
        let weight = if x.list[p].is_content { 1.0 } else { 0.3 };
        let best = around(j, m).filter(|q| *q != j).map(|q| matrix[p * m + q]).fold(0.0, f64::max);
        sum += weight * best;
        total += weight;
    }
    let beside = sum / f64::max(total, 1.0);
    let heads = match (x.list[i].head, y.list[j].head) {
        (Some(p), Some(q)) => matrix[p * m + q],
        (None, None) => 0.5,
        _ => 0.0,
    };
    0.7 * beside + 0.3 * heads
}

/// How much of each of two sentences the other says.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Overlap {
    /// Share of the first sentence, by weight of its words, that the second says.
    pub of_x: f64,
    /// Share of the second that the first says.
    pub of_y: f64,
}

impl Overlap {
    /// The two shares as one figure, 0 to 1: as the Dice coefficient counts.
    #[must_use]
    pub fn both(&self, x: &Words, y: &Words) -> f64 {
        let (a, b) = (x.weight(), y.weight());
        (self.of_x * a + self.of_y * b) / (a + b).max(f64::MIN_POSITIVE)
    }
}

/// The shares of two sentences that are linked.
#[must_use]
pub fn overlap(x: &Words, y: &Words, links: &[Link]) -> Overlap {
    let share = |words: &Words, of: fn(&Link) -> usize| {
        let linked: f64 = links.iter().map(|l| words.list[of(l)].weight * worth(l.likeness)).sum();
        linked / words.weight().max(f64::MIN_POSITIVE)
    };
    Overlap { of_x: share(x, |l| l.x), of_y: share(y, |l| l.y) }
}

/// The share of a statement, by weight of its words, that some of these sentences say: each of its words counts with the
/// best that any of them says of it.
#[must_use]
pub fn covered(statement: &Words, by: &[&Words]) -> f64 {
    let mut best = vec![0.0f64; statement.list.len()];
    for sentence in by {
        for link in links(statement, sentence) {
            best[link.x] = best[link.x].max(worth(link.likeness));
        }
    }
    let held: f64 = best.iter().zip(&statement.list).map(|(b, w)| b * w.weight).sum();
    held / statement.weight().max(f64::MIN_POSITIVE)
}

/// What a link is worth: words that are merely near say half.
#[must_use]
pub fn worth(likeness: f64) -> f64 {
    if likeness >= SAME { likeness } else { likeness * 0.6 }
}

#[cfg(test)]
mod tests {
    use super::{Words, links, overlap};

    fn words(text: &str) -> Words {
        let page = variorum_schema::Page::new("t.txt", text.to_owned());
        let document = variorum_annotate::extract(&page);
        let annotations = variorum_annotate::annotate(&document);
        Words::range(&document.text, &annotations, 0, annotations.tokens.len() as u32)
    }

    /// Linked words as `a=b`.
    fn check(x: &str, y: &str, wanted: &[&str]) {
        let (x, y) = (words(x), words(y));
        let found: Vec<String> =
            links(&x, &y).iter().map(|l| format!("{}={}", x.list[l.x].lower, y.list[l.y].lower)).collect();
        for pair in wanted {
            assert!(found.iter().any(|f| f == pair), "{pair} not in {found:?}");
        }
    }

    #[test]
    fn words_are_linked_by_form_number_country_and_neighbours() {
        check(
            "The harbour of Averil closed on Monday after twelve boats sank.",
            "Averil's harbour closes after 12 boats sink.",
            &["averil=averil", "closed=closes", "twelve=12", "boats=boats"],
        );
        check("Polish miners struck in Silesia.", "Miners in Poland struck.", &["polish=poland"]);
        check(
            "The red tram hit the blue tram in the square.",
            "A blue tram was hit by a red tram.",
            &["red=red", "blue=blue"],
        );
    }

    #[test]
    fn what_covers_more_says_more() {
        let long = words("The mayor of Averil opened the new bridge over the Tane on Friday.");
        let short = words("The mayor opened the bridge.");
        let found = overlap(&long, &short, &links(&long, &short));
        assert!(found.of_y > 0.9 && found.of_x < 0.6, "{found:?}");
        let other = words("Ferries do not sail in winter.");
        assert!(overlap(&long, &other, &links(&long, &other)).both(&long, &other) < 0.15);
    }

    #[test]
    fn odd_text_is_read() {
        for text in ["", "…", "“", "😀 😀", "\u{200f}محمد 12", "a\u{a0}b\r\nc", "1,2,3 99999999999999999999"]
        {
            let (x, y) = (words(text), words("plain words here"));
            let found = overlap(&x, &y, &links(&x, &y));
            assert!((0.0..=1.0).contains(&found.both(&x, &y)), "{text:?}");
        }
    }
}
