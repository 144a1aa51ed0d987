//! The word lists of the generator, and the few inflections that it needs.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use variorum_schema::Tag;

type Table = BTreeMap<String, Vec<String>>;

fn entries(list: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    list.lines().filter(|l| !l.starts_with('#') && !l.trim().is_empty()).map(|l| l.split('\t').collect())
}

fn words(field: &str) -> Vec<&str> {
    field.split(',').map(str::trim).collect()
}

/// Surface form and part of speech (v, n, a, r, w) → replacements in the same form.
static SYNONYMS: LazyLock<BTreeMap<(char, String), Vec<String>>> = LazyLock::new(|| {
    let mut table: BTreeMap<(char, String), Vec<String>> = BTreeMap::new();
    for fields in entries(include_str!("../../../data/synonyms.txt")).filter(|f| f.len() > 2) {
        let pos = fields[0].chars().next().unwrap_or('w');
        let inflections: &[fn(&str) -> String] = match pos {
            'v' => &[str::to_owned, third, past, gerund],
            'n' => &[str::to_owned, third],
            _ => &[str::to_owned],
        };
        for inflect in inflections {
            let of = |w: &str| match w.split_once(' ') {
                Some((first, rest)) if pos == 'v' => format!("{} {rest}", inflect(first)),
                _ => inflect(w),
            };
            let list = table.entry((pos, inflect(fields[1]))).or_default();
            list.extend(words(fields[2]).into_iter().map(of));
        }
    }
    table
});

static WRONG: LazyLock<Table> = LazyLock::new(|| {
    entries(include_str!("../../../data/wrong-senses.txt"))
        .filter(|f| f.len() > 1)
        .map(|f| (f[0].to_owned(), words(f[1]).into_iter().map(str::to_owned).collect()))
        .collect()
});

/// Kind of exchange → lower-case word → what excludes it.
static FACTS: LazyLock<BTreeMap<&str, Table>> = LazyLock::new(|| {
    let mut facts: BTreeMap<&str, Table> = BTreeMap::new();
    for fields in entries(include_str!("../../../data/fact-words.txt")).filter(|f| f.len() > 1) {
        let set = words(fields[1]);
        for word in &set {
            let others = set.iter().filter(|o| *o != word).map(|o| (*o).to_owned());
            let table = facts.entry(fields[0]).or_default();
            table.entry(word.to_lowercase()).or_default().extend(others);
        }
    }
    facts
});

/// What may stand for a lower-case word.
pub(super) fn synonyms(word: &str, tag: Tag) -> &'static [String] {
    let pos = match tag {
        Tag::Verb => 'v',
        Tag::Noun => 'n',
        Tag::Adj => 'a',
        _ => 'r',
    };
    let of = |pos: char| SYNONYMS.get(&(pos, word.to_owned())).map(Vec::as_slice);
    of(pos).or_else(|| of('w')).unwrap_or_default()
}

/// What a machine puts for a word that it takes in another sense.
pub(super) fn wrong_senses(word: &str) -> &'static [String] {
    WRONG.get(word).map(Vec::as_slice).unwrap_or_default()
}

/// Any wrong word, for where the list has none.
pub(super) fn any_wrong(n: usize) -> &'static str {
    let list: Vec<&Vec<String>> = WRONG.values().collect();
    list.get(n % list.len().max(1)).and_then(|l| l.first()).map_or("thing", String::as_str)
}

/// What excludes a lower-case word, for a kind of exchange.
pub(super) fn exclusive(kind: &str, word: &str) -> &'static [String] {
    FACTS.get(kind).and_then(|t| t.get(word)).map(Vec::as_slice).unwrap_or_default()
}

fn ends_in_consonant_y(w: &str) -> bool {
    let mut last = w.chars().rev();
    last.next() == Some('y') && last.next().is_some_and(|c| !"aeiou".contains(c))
}

fn third(w: &str) -> String {
    if ends_in_consonant_y(w) {
        format!("{}ies", &w[..w.len() - 1])
    } else if w.ends_with(['s', 'x', 'z']) || w.ends_with("ch") || w.ends_with("sh") {
        format!("{w}es")
    } else {
        format!("{w}s")
    }
}

fn past(w: &str) -> String {
    let irregular = [
        ("begin", "began"),
        ("take", "took"),
        ("carry", "carried"),
        ("speak", "spoke"),
        ("stand", "stood"),
        ("see", "saw"),
        ("think", "thought"),
        ("come", "came"),
        ("run", "ran"),
        ("set", "set"),
        ("hit", "hit"),
        ("hurt", "hurt"),
        ("put", "put"),
        ("let", "let"),
        ("slay", "slew"),
        ("blow", "blew"),
        ("cave", "caved"),
        ("bear", "bore"),
        ("make", "made"),
        ("find", "found"),
        ("get", "got"),
        ("hold", "held"),
        ("send", "sent"),
        ("say", "said"),
        ("tell", "told"),
        ("show", "showed"),
        ("rise", "rose"),
        ("dwell", "dwelt"),
        ("bring", "brought"),
        ("kick", "kicked"),
        ("give", "gave"),
        ("oversee", "oversaw"),
    ];
    if let Some((_, form)) = irregular.iter().find(|(base, _)| *base == w) {
        (*form).to_owned()
    } else if w.ends_with('e') {
        format!("{w}d")
    } else if ends_in_consonant_y(w) {
        format!("{}ied", &w[..w.len() - 1])
    } else if is_doubled(w) {
        format!("{w}{}ed", &w[w.len() - 1..])
    } else {
        format!("{w}ed")
    }
}

fn gerund(w: &str) -> String {
    if w.ends_with('e') && !w.ends_with("ee") {
        format!("{}ing", &w[..w.len() - 1])
    } else if is_doubled(w) || ["run", "set", "hit", "put", "let", "get", "begin"].contains(&w) {
        format!("{w}{}ing", &w[w.len() - 1..])
    } else {
        format!("{w}ing")
    }
}

fn is_doubled(w: &str) -> bool {
    ["plan", "aver", "avert", "trap", "chat", "step", "stop", "ship", "drop", "grab"].contains(&w)
        && w != "avert"
        && w != "aver"
}
