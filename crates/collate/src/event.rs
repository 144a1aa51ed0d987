//! Which mentions of acts, in one account or in many, tell of one event.
//!
//! Every mention (a verb or a noun that tells an act) is read with its participants, times and surroundings. Pairs that
//! can be one event at all (one verb, one class of acts, related words) get a probability from a small logistic
//! regression over named features; groups follow by average linkage. The setting is that of ECB+ (Cybulska & Vossen
//! 2014): the same words in the reports of two look-alike events are two events, so the likeness of the documents
//! counts beside that of the sentences.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::lexicon;
use variorum_schema::{Claim, EntityKind, Interval, Relation, Span, Tag};

use crate::Account;
use crate::difference::opposite::opposed;
use crate::overlap::{self, Word, Words};
use crate::pile::{Pile, Vector, dot};

/// Participants and surroundings are read this many words around at most.
const MAX_WORDS: usize = 80;
/// Mentions of one act in a pile that are compared with one another.
const MAX_BUCKET: usize = 600;
/// Names of the features, in the order of their values.
pub const FEATURES: [&str; 29] = [
    "bias",
    "same lemma",
    "same act, other word",
    "one class of acts",
    "related words",
    "opposite words",
    "other words of the phrase",
    "likeness of the documents",
    "same document",
    "unlike documents",
    "shared participants",
    "other participants",
    "same subject",
    "same object",
    "shared surroundings",
    "shared rare surroundings",
    "same time",
    "other time",
    "same number",
    "other number",
    "common word",
    "verb of saying",
    "both verbs",
    "same act in like documents",
    "one story",
    "same act in one story",
    "same act, shared participants",
    "same act, shared surroundings",
    "saying, same subject",
];

/// One mention of an act.
#[derive(Clone, Debug, Default)]
pub struct Mention {
    /// Index of the account.
    pub account: u32,
    /// Index of its sentence.
    pub sentence: u32,
    /// The words.
    pub span: Span,
    /// Its head word.
    pub head: Word,
    /// The stem by which its act is known: of the verb for a noun that tells an act ("killing": kill).
    pub act: String,
    /// Stems of its other content words.
    rest: BTreeSet<String>,
    /// Stems of the participants with their weights.
    participants: BTreeMap<String, f64>,
    subject: BTreeSet<String>,
    object: BTreeSet<String>,
    /// Content stems of the sentence with their weights.
    around: BTreeMap<String, f64>,
    times: Vec<Interval>,
    numbers: BTreeSet<String>,
    is_saying: bool,
}

/// Noun → stem of the verb by which its act is known.
static NOUNS: LazyLock<BTreeMap<&str, &str>> = LazyLock::new(|| {
    lexicon::entries(lexicon::NOMINAL_EVENTS).filter(|f| f.len() > 1).map(|f| (f[0], f[1])).collect()
});

/// Lemma → classes of acts by which one event may be told.
static CLASSES: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut classes: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (lemma, own) in
        [lexicon::ACT_CLASSES, lexicon::CASUALTY_FRAMES].into_iter().flat_map(lexicon::classes)
    {
        classes.entry(lemma).or_default().extend(own);
    }
    classes
});

impl Mention {
    /// The mention that a claim makes of its act.
    #[must_use]
    pub fn of_claim(accounts: &[Account], account: u32, claim: &Claim) -> Option<Mention> {
        Mention::new(accounts, account, claim.predicate)
    }

    /// The mention in these words of an account; `None` where no word stands.
    #[must_use]
    pub fn new(accounts: &[Account], account: u32, span: Span) -> Option<Mention> {
        let own = accounts.get(account as usize)?;
        let (text, annotations) = (&own.document.text, &own.annotations);
        let sentence = annotations.sentence_at(span.start)?;
        let bounds = &annotations.sentences[sentence];
        let words = Words::new(text, annotations, bounds);
        let at = head(&words, annotations, span)?;
        let mut mention = Mention {
            account,
            sentence: sentence as u32,
            span,
            head: words.list[at].clone(),
            act: act(&words.list[at]),
            is_saying: SAYING.contains(&words.list[at].lemma.as_str()),
            ..Mention::default()
        };
        mention.read_words(own, &words, at);
        mention.read_participants(own, &words, at);
        let inside = |s: Span| bounds.span.contains(s);
        let first = annotations.times.partition_point(|t| t.span.start < bounds.span.start);
        let times = annotations.times[first..].iter().take_while(|t| inside(t.span));
        mention.times = times.filter_map(|t| t.interval).take(4).collect();
        Some(mention)
    }

    fn read_words(&mut self, own: &Account, words: &Words, at: usize) {
        let is_inside = |w: &Word| self.span.contains(own.annotations.tokens[w.token as usize].span);
        for (idx, word) in words.list.iter().enumerate().filter(|(_, w)| w.is_content).take(MAX_WORDS) {
            if idx == at {
                continue;
            }
            if is_inside(word) {
                self.rest.insert(word.stem.clone());
            }
            self.around.insert(word.stem.clone(), word.weight);
            if let Some(number) = word.number {
                self.numbers.insert(number.to_string());
            }
        }
    }

    /// Participants: the arguments of the claim that the mention makes; else what depends on it, or what it depends on.
    fn read_participants(&mut self, own: &Account, words: &Words, at: usize) {
        let annotations = &own.annotations;
        let head = annotations.tokens[words.list[at].token as usize].span;
        let claim = annotations.claims_of(self.sentence).iter().find(|c| c.predicate.contains(head));
        let mut add = |span: Span, is_subject: bool, is_object: bool| {
            for word in words.list.iter().filter(|w| w.is_content) {
                let own_span = annotations.tokens[word.token as usize].span;
                if span.contains(own_span) && !self.span.contains(own_span) {
                    self.participants.insert(word.stem.clone(), word.weight);
                    if is_subject {
                        self.subject.insert(word.stem.clone());
                    }
                    if is_object {
                        self.object.insert(word.stem.clone());
                    }
                }
            }
            for name in names(own, span) {
                self.participants.entry(name.clone()).or_insert(4.0);
                if is_subject {
                    self.subject.insert(name);
                } else if is_object {
                    self.object.insert(name);
                }
            }
        };
        if let Some(claim) = claim {
            use variorum_schema::ArgumentRole as Role;
            for argument in &claim.arguments {
                add(argument.span, argument.role == Role::Agent, argument.role == Role::Patient);
            }
            return;
        }
        for (idx, word) in words.list.iter().enumerate() {
            let depends = word.head == Some(at);
            let governs = words.list[at].head == Some(idx) && words.list[at].tag != Tag::Verb;
            if depends || governs {
                let relation = annotations.tokens[word.token as usize].relation;
                let span = if depends {
                    phrase(own, word.token)
                } else {
                    annotations.tokens[word.token as usize].span
                };
                add(
                    span,
                    matches!(relation, Relation::Nsubj | Relation::OblAgent | Relation::NmodPoss),
                    matches!(
                        relation,
                        Relation::Obj | Relation::NsubjPass | Relation::Nmod | Relation::Compound
                    ),
                );
            }
        }
    }
}

/// Verbs that only pass on what somebody says: they tell one event only where the same person says it there.
const SAYING: [&str; 12] = [
    "say", "tell", "report", "add", "announce", "accord", "claim", "state", "ask", "note", "comment",
    "describe",
];

/// A token with everything that depends on it.
fn phrase(own: &Account, token: u32) -> Span {
    let (first, last) = variorum_annotate::parse::subtree_span(&own.annotations.tokens, token as usize);
    let tokens = &own.annotations.tokens;
    match (tokens.get(first), tokens.get(last)) {
        (Some(a), Some(b)) => a.span.cover(b.span),
        _ => tokens[token as usize].span,
    }
}

/// Stems of the names of those who are meant in a stretch of words.
fn names(own: &Account, span: Span) -> Vec<String> {
    let mentions = &own.annotations.mentions;
    let first = mentions.partition_point(|m| m.span.start < span.start);
    let inside = mentions[first..].iter().take_while(|m| m.span.start < span.end);
    let entities = inside.filter_map(|m| own.annotations.entities.get(m.entity as usize));
    let named = entities.filter(|e| e.kind != EntityKind::Other);
    let last =
        |name: &str| name.split_whitespace().last().map(|w| w.to_lowercase().replace(['.', '’', '\''], ""));
    named.filter_map(|e| last(&e.name)).collect()
}

/// The word of a span on which its others depend.
fn head(words: &Words, annotations: &variorum_schema::Annotations, span: Span) -> Option<usize> {
    let inside = |w: &Word| span.overlaps(annotations.tokens[w.token as usize].span);
    let own: Vec<usize> = (0..words.list.len()).filter(|i| inside(&words.list[*i])).collect();
    let is_top = |i: &&usize| words.list[**i].head.is_none_or(|h| !own.contains(&h));
    let verb = own.iter().find(|i| is_top(i) && words.list[**i].tag == Tag::Verb);
    verb.or_else(|| own.iter().rfind(|i| is_top(i) && words.list[**i].is_content))
        .or_else(|| own.iter().rfind(|i| words.list[**i].is_content))
        .or(own.last())
        .copied()
}

fn act(word: &Word) -> String {
    match NOUNS.get(word.lemma.as_str()) {
        Some(verb) => Words::stem_of(verb),
        None => word.stem.clone(),
    }
}

/// What the pile says of its documents and words, for the comparison of mentions.
#[derive(Debug, Default)]
pub struct Scene {
    vectors: Vec<Vector>,
    /// Share of the documents in which an act is told.
    common: BTreeMap<String, f64>,
    stories: Vec<u32>,
}

impl Scene {
    /// Reads a pile and the mentions in it. `stories`: number of the story of each account; empty where all are of one.
    #[must_use]
    pub fn new(pile: &Pile, mentions: &[Mention], stories: &[u32]) -> Scene {
        let mut told: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
        for mention in mentions {
            told.entry(&mention.act).or_default().insert(mention.account);
        }
        let n = pile.profiles.len().max(1) as f64;
        Scene {
            vectors: pile.profiles.iter().map(|p| pile.unit_vector(&p.bag)).collect(),
            stories: stories.to_vec(),
            common: told.into_iter().map(|(act, docs)| (act.to_owned(), docs.len() as f64 / n)).collect(),
        }
    }

    fn story(&self, account: u32) -> u32 {
        self.stories.get(account as usize).copied().unwrap_or(0)
    }

    fn documents(&self, a: u32, b: u32) -> f64 {
        if a == b {
            return 1.0;
        }
        match (self.vectors.get(a as usize), self.vectors.get(b as usize)) {
            (Some(p), Some(q)) => dot(p, q),
            _ => 0.0,
        }
    }

    /// The features of two mentions, in the order of [`FEATURES`].
    #[must_use]
    pub fn features(&self, a: &Mention, b: &Mention) -> [f64; FEATURES.len()] {
        let yes = |is: bool| f64::from(u8::from(is));
        let documents = self.documents(a.account, b.account);
        let is_one_lemma = a.head.lemma == b.head.lemma;
        let is_one_act = a.act == b.act;
        let meet = |p: &BTreeSet<String>, q: &BTreeSet<String>| yes(p.intersection(q).next().is_some());
        let participants = shared(&a.participants, &b.participants);
        let is_other = !a.participants.is_empty() && !b.participants.is_empty() && participants == 0.0;
        let times = times_meet(a, b);
        let is_number = !a.numbers.is_empty() && !b.numbers.is_empty();
        let common = self.common.get(&a.act).copied().unwrap_or(0.0);
        let around = shared(&a.around, &b.around);
        let is_one_story = self.story(a.account) == self.story(b.account);
        let rare = a.around.iter().filter(|(k, w)| **w >= 5.0 && b.around.contains_key(*k)).count();
        [
            1.0,
            yes(is_one_lemma),
            yes(is_one_act && !is_one_lemma),
            yes(!is_one_act && one_class(a, b)),
            if is_one_act { 0.0 } else { overlap::likeness(&a.head, &b.head) },
            yes(opposed(&a.head.lemma, &b.head.lemma).is_some()),
            yes(!a.rest.is_empty() && !b.rest.is_empty()) * (meet(&a.rest, &b.rest) - 0.5),
            documents,
            yes(a.account == b.account),
            yes(documents < 0.15),
            participants,
            yes(is_other),
            meet(&a.subject, &b.subject),
            meet(&a.object, &b.object),
            around,
            (rare as f64).min(5.0) / 5.0,
            yes(times == Some(true)),
            yes(times == Some(false)),
            yes(is_number) * meet(&a.numbers, &b.numbers),
            yes(is_number) * (1.0 - meet(&a.numbers, &b.numbers)),
            (common * 100.0).max(1.0).ln(),
            yes(a.is_saying && b.is_saying),
            yes(a.head.tag == Tag::Verb && b.head.tag == Tag::Verb),
            yes(is_one_act) * documents,
            yes(is_one_story),
            yes(is_one_act && is_one_story),
            yes(is_one_act) * participants,
            yes(is_one_act) * around,
            yes(a.is_saying && b.is_saying) * meet(&a.subject, &b.subject),
        ]
    }
}

/// Weighted Jaccard coefficient of two sets of stems.
fn shared(a: &BTreeMap<String, f64>, b: &BTreeMap<String, f64>) -> f64 {
    let both: f64 = a.iter().filter(|(k, _)| b.contains_key(*k)).map(|(_, w)| w).sum();
    let all = a.values().sum::<f64>() + b.values().sum::<f64>() - both;
    if all > 0.0 { (both / all).clamp(0.0, 1.0) } else { 0.0 }
}

/// Whether the times of two sentences meet; `None` where one names none.
fn times_meet(a: &Mention, b: &Mention) -> Option<bool> {
    if a.times.is_empty() || b.times.is_empty() {
        return None;
    }
    Some(a.times.iter().any(|p| b.times.iter().any(|q| p.first <= q.last && q.first <= p.last)))
}

fn one_class(a: &Mention, b: &Mention) -> bool {
    let lemma =
        |m: &Mention| NOUNS.get(m.head.lemma.as_str()).map_or(m.head.lemma.clone(), |v| (*v).to_owned());
    match (CLASSES.get(lemma(a).as_str()), CLASSES.get(lemma(b).as_str())) {
        (Some(p), Some(q)) => p.intersection(q).next().is_some(),
        _ => false,
    }
}

/// Pairs of mentions that can be one event: one act, one class of acts, related words, or much else in common.
#[must_use]
pub fn candidates(scene: &Scene, mentions: &[Mention]) -> Vec<(u32, u32)> {
    let mut buckets: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (idx, mention) in mentions.iter().enumerate() {
        buckets.entry(mention.act.clone()).or_default().push(idx as u32);
    }
    let mut pairs: BTreeSet<(u32, u32)> = BTreeSet::new();
    let fits = |a: u32, b: u32| {
        let (p, q) = (&mentions[a as usize], &mentions[b as usize]);
        scene.documents(p.account, q.account) >= MIN_DOCUMENTS
    };
    for bucket in buckets.values() {
        let bucket = &bucket[..bucket.len().min(MAX_BUCKET)];
        for (n, &a) in bucket.iter().enumerate() {
            pairs.extend(bucket[n + 1..].iter().filter(|b| fits(a, **b)).map(|&b| (a, b)));
        }
    }
    pairs.extend(akin(scene, mentions));
    pairs.into_iter().collect()
}

/// Documents less alike than this tell of no common event.
const MIN_DOCUMENTS: f64 = 0.04;
/// Documents from which acts told in other words are compared.
const MIN_AKIN: f64 = 0.12;

/// Pairs told in other words: one class, or related words.
fn akin(scene: &Scene, mentions: &[Mention]) -> Vec<(u32, u32)> {
    let mut by_account: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (idx, mention) in mentions.iter().enumerate() {
        by_account.entry(mention.account).or_default().push(idx as u32);
    }
    let accounts: Vec<u32> = by_account.keys().copied().collect();
    let mut known: BTreeMap<(String, String), bool> = BTreeMap::new();
    let mut pairs = Vec::new();
    for (n, &d) in accounts.iter().enumerate() {
        for &e in accounts[n..].iter().filter(|e| scene.documents(d, **e) >= MIN_AKIN) {
            for &a in &by_account[&d] {
                for &b in by_account[&e].iter().filter(|b| d != e || **b > a) {
                    let (p, q) = (&mentions[a as usize], &mentions[b as usize]);
                    if p.act == q.act {
                        continue;
                    }
                    let key = (p.head.lemma.clone(), q.head.lemma.clone());
                    let is_akin = *known.entry(key).or_insert_with(|| {
                        one_class(p, q) || overlap::likeness(&p.head, &q.head) >= overlap::MIN_LIKENESS
                    });
                    if is_akin {
                        pairs.push((a.min(b), a.max(b)));
                    }
                }
            }
        }
    }
    pairs
}

/// Weights by the order of [`FEATURES`], and the likeness from which groups are joined.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// One weight for each feature.
    pub weights: Vec<f64>,
    /// Two groups are joined while their mean probability is at least this.
    pub threshold: f64,
}

impl Model {
    /// The model that ships.
    #[must_use]
    pub fn shipped() -> &'static Model {
        static MODEL: LazyLock<Model> = LazyLock::new(|| {
            let lines = lexicon::weights(include_str!("../data/event.txt"));
            let weight = |name: &&str| lines.get(*name).copied().unwrap_or(0.0);
            Model {
                weights: FEATURES.iter().map(weight).collect(),
                threshold: lines.get("threshold").copied().unwrap_or(0.5),
            }
        });
        &MODEL
    }

    /// Probability that two mentions tell of one event.
    #[must_use]
    pub fn probability(&self, features: &[f64]) -> f64 {
        let sum: f64 = self.weights.iter().zip(features).map(|(w, f)| w * f).sum();
        1.0 / (1.0 + (-sum).exp())
    }
}

/// Groups of mentions that tell of one event, each sorted, in the order of their first; singletons among them.
#[must_use]
pub fn events(scene: &Scene, mentions: &[Mention], model: &Model) -> Vec<Vec<u32>> {
    let pairs = candidates(scene, mentions);
    let scored: Vec<(u32, u32, f64)> = pairs
        .into_iter()
        .map(|(a, b)| {
            let features = scene.features(&mentions[a as usize], &mentions[b as usize]);
            (a, b, model.probability(&features))
        })
        .filter(|s| s.2 >= 0.02)
        .collect();
    link(mentions.len(), &scored, model.threshold)
}

/// Average linkage: the two groups with the greatest mean probability over all their pairs are joined while it is at
/// least `threshold`; a pair that was not compared counts 0.
#[must_use]
pub fn link(n: usize, scored: &[(u32, u32, f64)], threshold: f64) -> Vec<Vec<u32>> {
    let mut groups: Vec<Vec<u32>> = (0..n as u32).map(|m| vec![m]).collect();
    let mut sums: Vec<BTreeMap<usize, f64>> = vec![BTreeMap::new(); n];
    let mut queue: std::collections::BinaryHeap<Entry> = std::collections::BinaryHeap::new();
    for &(a, b, p) in scored {
        let (a, b) = (a as usize, b as usize);
        sums[a].insert(b, p);
        sums[b].insert(a, p);
        queue.push(Entry { mean: p, a: a.min(b), b: a.max(b), size: 2 });
    }
    while let Some(Entry { mean, a, b, size }) = queue.pop() {
        if mean < threshold {
            break;
        }
        if groups[a].is_empty() || groups[b].is_empty() || groups[a].len() + groups[b].len() != size {
            continue;
        }
        let known = sums[a].get(&b).map(|s| s / (groups[a].len() * groups[b].len()) as f64);
        if known.is_none_or(|k| (k - mean).abs() > 1e-9) {
            continue;
        }
        let gone = std::mem::take(&mut groups[b]);
        groups[a].extend(gone);
        let theirs = std::mem::take(&mut sums[b]);
        for (c, sum) in theirs {
            sums[c].remove(&b);
            if c != a {
                *sums[a].entry(c).or_insert(0.0) += sum;
                let all = sums[a][&c];
                sums[c].insert(a, all);
            }
        }
        sums[a].remove(&b);
        for (&c, &sum) in &sums[a] {
            let size = groups[a].len() + groups[c].len();
            let mean = sum / (groups[a].len() * groups[c].len()) as f64;
            queue.push(Entry { mean, a: a.min(c), b: a.max(c), size });
        }
    }
    let mut out: Vec<Vec<u32>> = groups.into_iter().filter(|g| !g.is_empty()).collect();
    out.iter_mut().for_each(|g| g.sort_unstable());
    out.sort();
    out
}

/// Two groups with their mean probability; the greatest mean first, then the first groups.
#[derive(PartialEq)]
struct Entry {
    mean: f64,
    a: usize,
    b: usize,
    size: usize,
}

impl Eq for Entry {}

impl Ord for Entry {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.mean
            .total_cmp(&other.mean)
            .then((other.a, other.b, other.size).cmp(&(self.a, self.b, self.size)))
    }
}

impl PartialOrd for Entry {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

#[cfg(test)]
mod tests {
    use super::{Model, link};

    #[test]
    fn average_linkage_does_not_chain() {
        // 0-1 and 1-2 are alike, 0-2 were never compared
        assert_eq!(link(3, &[(0, 1, 0.9), (1, 2, 0.6)], 0.5), [vec![0, 1], vec![2]]);
        assert_eq!(link(3, &[(0, 1, 0.9), (1, 2, 0.6), (0, 2, 0.5)], 0.5), [vec![0, 1, 2]]);
        assert_eq!(link(2, &[], 0.5), [vec![0], vec![1]]);
    }

    #[test]
    fn the_shipped_model_has_a_weight_for_every_feature() {
        let model = Model::shipped();
        assert!(model.weights.iter().filter(|w| **w != 0.0).count() > super::FEATURES.len() / 2);
        assert!(model.threshold > 0.0 && model.threshold < 1.0);
    }
}
