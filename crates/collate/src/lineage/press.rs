//! Which outlets an account credits in its running text: "told the Gazette", "the Gazette reports", "according to the Gazette".
//!
//! What accounts share and have from one report is of one origin, whether that report is in the story or not. An account that
//! opens with such a credit, or gives it twice, rests on that report, but for what was said where anybody could hear it;
//! elsewhere the credit holds for the sentences beside it, for what is quoted on behind it, and for what it shares with an
//! account that rests on that report.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::extract::{outlet_key, outlets_in};
use variorum_annotate::lexicon;
use variorum_schema::{EntityKind, Mention, QuotationKind, Sentence, Span, Tag, Token};

use crate::Account;
use crate::copy::agency_names;

/// Sentences at the head of an account, its title among them, whose credits hold for all of it.
const HEAD: usize = 6;
/// Sentences with a credit from which it holds for the whole account.
const MIN_CREDITS: usize = 2;
/// Sentences behind a credit for which it holds as well, and before it.
const BEHIND: u32 = 2;
const BEFORE: u32 = 1;
/// How many words before a preposition its verb may stand.
const REACH: usize = 6;
/// Bytes of a line behind "More from" at most.
const MAX_PARTNER: usize = 40;
/// Words of a name of an outlet at most.
const MAX_NAME: usize = 4;

/// The credits of the accounts of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Press {
    by_account: BTreeMap<u32, Credits>,
}

/// The credits of one account: outlets by [`outlet_key`].
#[derive(Clone, Debug, Default, PartialEq)]
struct Credits {
    /// Its own outlet, and the agencies whose text it carries.
    own: BTreeSet<String>,
    /// Sentence and outlet, sorted.
    at: Vec<(u32, String)>,
    /// Sentences that say that something was told to its own outlet.
    told_itself: Vec<u32>,
    /// Sentences that say that something was said where anybody could hear or read it.
    public: Vec<u32>,
    /// On whose reports it rests.
    throughout: BTreeSet<String>,
    /// For each sentence whether it stands between quotation marks, or a part of it.
    quoted: Vec<bool>,
}

impl Credits {
    /// Whether a credit holds for a sentence: they stand together, or what is quoted behind it goes on until there.
    fn holds(&self, at: u32, sentence: u32) -> bool {
        let is_quoted = |n: u32| self.quoted.get(n as usize).is_some_and(|q| *q);
        at <= sentence + BEFORE && (at + BEHIND >= sentence || (at + 1..=sentence).all(is_quoted))
    }
}

impl Press {
    /// Reads the accounts of a story.
    #[must_use]
    pub fn read(accounts: &[Account], members: &[u32]) -> Press {
        let outlets = Outlets::new(accounts, members);
        let credits = |m: &u32| (*m, credits(&accounts[*m as usize], &outlets));
        Press { by_account: members.iter().map(credits).collect() }
    }

    /// The outlets from which a sentence of an account may be taken.
    #[must_use]
    pub fn behind(&self, account: u32, sentence: u32) -> Behind<'_> {
        let Some(credits) = self.by_account.get(&account) else { return Behind::default() };
        if self.is_told(account, sentence) {
            return Behind::default();
        }
        let near = credits.at.iter().filter(|(at, _)| credits.holds(*at, sentence));
        let near: BTreeSet<&str> = near.map(|(_, key)| key.as_str()).collect();
        // "in a statement to the Gazette" is not for anybody
        if near.is_empty() && self.is_public(account, sentence) {
            return Behind { near, ..Behind::default() };
        }
        let once = if near.is_empty() {
            credits.at.iter().map(|(_, key)| key.as_str()).collect()
        } else {
            near.clone()
        };
        Behind { near, throughout: credits.throughout.iter().map(String::as_str).collect(), once }
    }

    /// Where an account credits outlets, sentence and key, sorted.
    #[must_use]
    pub fn credits_of(&self, account: u32) -> &[(u32, String)] {
        self.by_account.get(&account).map_or(&[], |c| &c.at)
    }

    /// Whether an account of the story is of an outlet.
    #[must_use]
    pub fn is_there(&self, key: &str) -> bool {
        self.by_account.values().any(|c| c.own.contains(key))
    }

    /// Whether an account is of one of the outlets behind a sentence.
    #[must_use]
    pub fn is_of(&self, account: u32, behind: &Behind) -> bool {
        let is_behind =
            |own: &String| behind.near.contains(own.as_str()) || behind.throughout.contains(own.as_str());
        self.by_account.get(&account).is_some_and(|c| c.own.iter().any(is_behind))
    }

    /// Whether an account is of an outlet that is credited beside a sentence.
    #[must_use]
    pub fn is_beside(&self, account: u32, behind: &Behind) -> bool {
        self.by_account.get(&account).is_some_and(|c| behind.near.iter().any(|key| c.own.contains(*key)))
    }

    /// Whether an account says that a sentence was said to itself.
    #[must_use]
    pub fn is_told(&self, account: u32, sentence: u32) -> bool {
        self.by_account.get(&account).is_some_and(|c| c.told_itself.iter().any(|at| c.holds(*at, sentence)))
    }

    /// Whether anybody could hear what a sentence says, by the words beside it.
    #[must_use]
    pub fn is_public(&self, account: u32, sentence: u32) -> bool {
        let near = |at: &u32| at + 1 >= sentence && *at <= sentence + 1;
        self.by_account.get(&account).is_some_and(|c| c.public.iter().any(near))
    }

    /// Whether two sentences of two accounts may be taken from one report of an outlet, of which no sentence says the same: both
    /// credit it beside them, or one rests on it, the other credits it anywhere, and it is not in the story. What a report that
    /// is there does not say was not taken from it.
    #[must_use]
    pub fn share_a_report(&self, a: &Behind, b: &Behind) -> bool {
        let of =
            |x: &Behind, key: &str| x.near.contains(key) || x.throughout.contains(key) && !self.is_there(key);
        let once = |x: &Behind, y: &Behind| x.throughout.intersection(&y.once).any(|key| !self.is_there(key));
        a.near.iter().chain(&a.throughout).any(|key| of(a, key) && of(b, key)) || once(a, b) || once(b, a)
    }
}

/// The outlets from which a sentence may be taken, by [`outlet_key`].
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Behind<'a> {
    /// Credited beside the sentence.
    near: BTreeSet<&'a str>,
    /// On whose reports its account rests.
    throughout: BTreeSet<&'a str>,
    /// Credited anywhere in its account, if nothing is credited beside the sentence.
    once: BTreeSet<&'a str>,
}

/// The outlets of a story that go by a name, not by an address.
struct Outlets {
    keys: BTreeSet<String>,
    first_words: BTreeSet<String>,
}

impl Outlets {
    fn new(accounts: &[Account], members: &[u32]) -> Outlets {
        let names = members.iter().filter_map(|m| accounts[*m as usize].document.outlet.as_deref());
        let described = members.iter().flat_map(|m| described(&accounts[*m as usize]));
        let names = names.filter(|name| name.contains(' ') || !name.contains('.'));
        let names: Vec<&str> = names.chain(described).collect();
        let first =
            |name: &&str| name.trim_start_matches("The ").split_whitespace().next().map(str::to_owned);
        Outlets {
            keys: names.iter().map(|name| outlet_key(name)).filter(|key| !key.is_empty()).collect(),
            first_words: names.iter().filter_map(first).collect(),
        }
    }

    /// Where a sentence names outlets: which of its tokens, first and last, and the key. `short`: the last words of the names
    /// that were told before, for "the Times" of a paper that was named in full; those told here are added.
    fn named_in(
        &self,
        text: &str,
        sentence: &Sentence,
        tokens: &[Token],
        short: &mut BTreeMap<String, String>,
    ) -> Vec<(usize, usize, String)> {
        let words = sentence.span.of(text);
        let place = |span: Span| -> Option<(usize, usize)> {
            let first = tokens.iter().position(|t| t.span.overlaps(span))?;
            Some((first, tokens.iter().rposition(|t| t.span.overlaps(span))?))
        };
        let start = sentence.span.start as usize;
        let mut found: Vec<(usize, usize, String)> = outlets_in(words)
            .into_iter()
            .filter_map(|(at, name)| {
                let (first, last) = place(Span::new(start + at.start, start + at.end))?;
                let (key, words) = (outlet_key(&name), name.split(' '));
                // "The Times", of a paper that was named in full
                let is_short = words.clone().filter(|word| *word != "The").count() == 1;
                if let Some(full) =
                    words.clone().next_back().and_then(|word| short.get(word)).filter(|_| is_short)
                {
                    return Some((first, last, full.clone()));
                }
                if let Some(word) = words.skip(1).last() {
                    short.entry(word.to_owned()).or_insert_with(|| key.clone());
                }
                Some((first, last, key))
            })
            .collect();
        for n in 1..tokens.len() {
            let is_alone = tokens[n - 1].lemma == "the" && !found.iter().any(|f| f.0 <= n && n <= f.1);
            if let Some(key) = short.get(tokens[n].span.of(text)).filter(|_| is_alone) {
                found.push((n, n, key.clone()));
            }
        }
        for (n, token) in tokens.iter().enumerate() {
            if !self.first_words.contains(token.span.of(text)) || found.iter().any(|f| f.0 <= n && n <= f.1) {
                continue;
            }
            let is_word = |at: &usize| tokens[*at].span.of(text).starts_with(char::is_alphanumeric);
            let ends = (n..(n + MAX_NAME).min(tokens.len())).rev().filter(is_word);
            let key = |last: usize| (last, outlet_key(token.span.cover(tokens[last].span).of(text)));
            if let Some((last, key)) = ends.map(key).find(|(_, key)| self.keys.contains(key)) {
                if last > n {
                    short.entry(tokens[last].span.of(text).to_owned()).or_insert_with(|| key.clone());
                }
                found.push((n, last, key));
            }
        }
        found
    }
}

fn credits(account: &Account, outlets: &Outlets) -> Credits {
    let (text, annotations) = (&account.document.text, &account.annotations);
    let mut own: BTreeSet<String> = agency_names(account).iter().map(|name| outlet_key(name)).collect();
    own.extend(account.document.outlet.as_deref().map(outlet_key));
    own.extend(text.lines().filter_map(partner).map(|name| outlet_key(&name)));
    let (mut at, mut short): (Vec<(u32, String)>, _) = (Vec::new(), BTreeMap::new());
    let mut public = Vec::new();
    for (n, sentence) in annotations.sentences.iter().enumerate() {
        let tokens = annotations.tokens_of(sentence);
        let is_occasion = |t: &Token| matches!(t.tag, Tag::Noun | Tag::Propn) && is_cue("occasion", &t.lemma);
        let is_appeal = tokens.first().is_some_and(|t| is_cue("appeal", &t.lemma));
        if !is_appeal && tokens.iter().any(|t| is_cue("public", &t.lemma) || is_occasion(t)) {
            public.push(n as u32);
        }
        // "the newspaper said": the one that was credited last
        let credited = at.iter().rev().find(|(_, key)| !own.contains(key)).map(|(_, key)| key.clone());
        let is_generic = |n: &usize| is_cue("generic", &tokens[*n].lemma) && tokens[*n - 1].lemma == "the";
        if let Some(key) = credited
            && (1..tokens.len()).filter(is_generic).any(|n| is_credited(tokens, n, n))
        {
            at.push((n as u32, key));
        }
        for (first, last, key) in outlets.named_in(text, sentence, tokens, &mut short) {
            if is_credited(tokens, first, last) {
                at.push((n as u32, key));
            }
        }
    }
    at.sort();
    at.dedup();
    let (itself, at): (Vec<_>, Vec<_>) = at.into_iter().partition(|(_, key)| own.contains(key));
    let told_itself = itself.into_iter().map(|(n, _)| n).collect();
    let n_of = |key: &String| at.iter().filter(|(_, k)| k == key).count();
    let holds = |(n, key): &&(u32, String)| (*n as usize) < HEAD || n_of(key) >= MIN_CREDITS;
    let throughout = at.iter().filter(holds).map(|(_, key)| key.clone()).collect();
    let is_quoted = |s: &Sentence| {
        let mut direct = annotations.quotations.iter().filter(|q| q.kind != QuotationKind::Indirect);
        direct.any(|q| q.content.iter().any(|c| c.overlaps(s.span)))
    };
    let quoted = annotations.sentences.iter().map(is_quoted).collect();
    Credits { own, at, told_itself, public, throughout, quoted }
}

/// Outlets by what stands before their names, which no list has: "school newspaper the Vessby Lantern".
fn described(account: &Account) -> Vec<&str> {
    let (text, annotations) = (account.document.text.as_str(), &account.annotations);
    let tokens = &annotations.tokens;
    let is_capital =
        |n: &usize| tokens.get(*n).is_some_and(|t| t.span.of(text).starts_with(char::is_uppercase));
    let is_news = |n: usize| n > 0 && tokens[n - 1].lemma == "news" && is_cue("news", &tokens[n].lemma);
    let describers = (0..tokens.len()).filter(|n| is_cue("describer", &tokens[*n].lemma) || is_news(*n));
    let named = |n: usize| {
        let from = n + 1 + usize::from(tokens.get(n + 1).is_some_and(|t| t.lemma == "the"));
        let last = (from..from + MAX_NAME).take_while(is_capital).last()?;
        Some(tokens[from].span.cover(tokens[last].span))
    };
    // "the magazine President Roe reads": not what is somebody for sure
    let is_sure = |m: &Mention| {
        let gender = annotations.entities.get(m.entity as usize).and_then(|e| e.gender);
        m.kind == EntityKind::Person && (gender.is_some() || m.full != m.span)
    };
    let is_person = |span: &Span| annotations.mentions.iter().any(|m| m.span.overlaps(*span) && is_sure(m));
    describers.filter_map(named).filter(|span| !is_person(span)).map(|span| span.of(text)).collect()
}

/// The outlet of a line that leads to more from where an article was taken: "More from the Gazette:".
fn partner(line: &str) -> Option<String> {
    let line = line.trim();
    let n_cue = line.split(' ').take_while(|word| is_cue("partner", &word.to_lowercase())).count();
    let rest = line.splitn(n_cue + 1, ' ').nth(n_cue).filter(|rest| n_cue > 1 && rest.len() < MAX_PARTNER)?;
    outlets_in(rest).into_iter().next().filter(|(at, _)| at.end + 1 >= rest.len()).map(|(_, name)| name)
}

static CUES: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut cues: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for fields in lexicon::entries(lexicon::PRESS_CUES).filter(|f| f.len() > 1) {
        cues.entry(fields[0]).or_default().extend(fields[1].split(' '));
    }
    cues
});

fn is_cue(place: &str, lemma: &str) -> bool {
    CUES.get(place).is_some_and(|lemmas| lemmas.contains(lemma))
}

/// Whether the words around a name of an outlet say that something was taken from it.
fn is_credited(tokens: &[Token], first: usize, last: usize) -> bool {
    let lemma = |n: usize| tokens.get(n).map_or("", |t| t.lemma.as_str());
    let behind = (last + 1..tokens.len()).find(|n| !is_cue("skip", lemma(*n)));
    if behind.is_some_and(|n| is_cue("after", lemma(n))) {
        return true;
    }
    let Some(before) = (0..first).rev().find(|n| !is_cue("skip", lemma(*n))) else { return false };
    let preposition = lemma(before);
    let is_verb_near = |place: &str| (before.saturating_sub(REACH)..before).any(|n| is_cue(place, lemma(n)));
    is_cue("before", preposition)
        || matches!(preposition, "to" | "with" | "by" | "in" | "for") && is_verb_near(preposition)
}
