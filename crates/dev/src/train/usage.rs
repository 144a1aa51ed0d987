//! Counts words and pairs of words in freely licensed texts: `usage.bin`.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::path::Path;

use variorum_annotate::usage;

/// Pairs and words seen less often are left out.
const MIN_COUNT: u32 = 2;

/// The file's bytes.
pub(crate) fn train(shared: &Path) -> Result<Vec<u8>, String> {
    let mut counts = Counts::default();
    for text in texts(shared)? {
        counts.add(&text);
    }
    Ok(counts.write())
}

/// Texts whose licence allows what ships: rewritten and human texts of L2R (CC BY 3.0), Wikipedia passages of GAP
/// (CC BY-SA), the treebanks' training sentences (CC BY-SA, CC BY).
pub(crate) fn texts(shared: &Path) -> Result<Vec<String>, String> {
    let corpora = shared.join("corpora");
    let mut texts = Vec::new();
    for folder in sorted(&corpora.join("l2r-llm-rewrites"))? {
        for file in sorted(&folder).unwrap_or_default() {
            if file.to_string_lossy().ends_with(".json.gz") && !folder.ends_with("Code") {
                let list: Vec<serde_json::Value> =
                    serde_json::from_str(&gunzip(&file)?).map_err(|e| format!("{}: {e}", file.display()))?;
                texts.extend(list.iter().filter_map(|v| v.as_str().map(str::to_owned)));
            }
        }
    }
    for name in ["gap-development.tsv", "gap-validation.tsv"] {
        let path = corpora.join("gap-coreference").join(name);
        let table = std::fs::read_to_string(&path).map_err(|e| format!("{}: {e}", path.display()))?;
        texts.extend(table.lines().skip(1).filter_map(|l| l.split('\t').nth(1).map(str::to_owned)));
    }
    for tree in super::corpora(shared)?.train.chunks(20) {
        texts.push(tree.iter().map(super::treebank::Tree::text).collect::<Vec<_>>().join("\n"));
    }
    Ok(texts)
}

fn sorted(folder: &Path) -> Result<Vec<std::path::PathBuf>, String> {
    let list = std::fs::read_dir(folder).map_err(|e| format!("{}: {e}", folder.display()))?;
    let mut paths: Vec<_> = list.flatten().map(|e| e.path()).collect();
    paths.sort();
    Ok(paths)
}

fn gunzip(path: &Path) -> Result<String, String> {
    let file = std::fs::File::open(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut text = String::new();
    flate2::read::MultiGzDecoder::new(file)
        .read_to_string(&mut text)
        .map_err(|e| format!("{}: {e}", path.display()))?;
    Ok(text)
}

#[derive(Default)]
struct Counts {
    n_texts: u32,
    n_words: u32,
    words: BTreeMap<u32, u32>,
    frequency: BTreeMap<u32, u32>,
    pairs: BTreeMap<u32, u32>,
}

impl Counts {
    fn add(&mut self, text: &str) {
        let words: Vec<String> = usage::words(text).collect();
        self.n_texts += 1;
        self.n_words += words.len() as u32;
        for word in &words {
            *self.words.entry(usage::hash(&[word])).or_insert(0) += 1;
        }
        for word in words.iter().map(|w| usage::hash(&[w])).collect::<BTreeSet<u32>>() {
            *self.frequency.entry(word).or_insert(0) += 1;
        }
        for pair in words.windows(2) {
            *self.pairs.entry(usage::hash(&[&pair[0], &pair[1]])).or_insert(0) += 1;
        }
    }

    fn write(&self) -> Vec<u8> {
        let kept = |map: &BTreeMap<u32, u32>| {
            map.iter().filter(|(_, n)| **n >= MIN_COUNT).map(|(k, n)| (*k, *n)).collect::<Vec<_>>()
        };
        let (words, pairs) = (kept(&self.words), kept(&self.pairs));
        let mut out = usage::MAGIC.to_vec();
        for number in [self.n_texts, self.n_words, words.len() as u32, pairs.len() as u32] {
            out.extend(number.to_le_bytes());
        }
        out.extend(words.iter().flat_map(|(k, _)| k.to_le_bytes()));
        out.extend(words.iter().map(|(_, n)| usage::quantised(*n)));
        out.extend(words.iter().map(|(k, _)| usage::quantised(self.frequency.get(k).copied().unwrap_or(1))));
        out.extend(pairs.iter().flat_map(|(k, _)| k.to_le_bytes()));
        out.extend(pairs.iter().map(|(_, n)| usage::quantised(*n)));
        out
    }
}
