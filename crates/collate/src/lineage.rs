//! Who took it from whom; which documents of a story are one origin.
//!
//! Copies without direction ([`crate::copy`]) become edges with a direction, or "direction unknown", and every connected
//! group of them, or of documents that carry one agency's text, is one **origin**. Origins are counted by
//! [`Lineage::origins_of`] and nowhere else.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use variorum_annotate::extract::outlet_key;
use variorum_annotate::lexicon;
use variorum_schema::{Copy, CopyKind, CreditKind, Direction, Feature, Origin, Passage};

use crate::Account;
use crate::copy::{Related, agency_names, is_agency_itself};
use crate::fluency;
use crate::pile::{Pile, Word};

pub mod press;
pub mod prose;

use press::Press;
use prose::Prose;

/// The copy lineage of one story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lineage {
    /// Copy edges, each document at most once as `to`.
    pub copies: Vec<Copy>,
    /// Independent origins, in the order of their first member.
    pub origins: Vec<Origin>,
    /// For each account of the pile that is a member: index in `origins`.
    origin_of: BTreeMap<u32, usize>,
    /// Names of unseen parents, and of outlets in the pile, by lower-case name: index in `origins`.
    named: BTreeMap<String, usize>,
    /// For each of `origins` the first one of the same outlet or agency: its reports of several days are several texts,
    /// but one voice.
    voices: Vec<usize>,
    /// Which of `copies` leads to a document.
    edge_to: BTreeMap<String, usize>,
    /// Which outlets the accounts credit.
    pub press: Press,
    /// Which accounts have prose in common.
    pub prose: Prose,
}

impl Lineage {
    /// **The** counting function: the independent origins behind a set of accounts, as identifiers, sorted, each once.
    /// Copies of one another, siblings under one unseen parent, and accounts that cite the same single report
    /// (`cited`: lower-case name of the outlet or agency whose report an account passes on) are one origin. Of several
    /// reports of one outlet or agency, which are one voice, the first counts.
    pub fn origins_of<'a>(&self, accounts: impl IntoIterator<Item = (u32, Option<&'a str>)>) -> Vec<String> {
        let mut ids: BTreeSet<(usize, usize)> = BTreeSet::new();
        // a report that is not in the story goes by the first account that passes it on
        let mut unseen: BTreeMap<String, usize> = BTreeMap::new();
        for (account, cited) in accounts {
            let key = cited.map(outlet_key);
            let named = key.as_ref().and_then(|key| self.named.get(key)).copied();
            let origin = named.or_else(|| {
                let own = self.origin_of.get(&account).copied()?;
                Some(key.map_or(own, |key| *unseen.entry(key).or_insert(own)))
            });
            ids.extend(origin.map(|o| (self.voices.get(o).copied().unwrap_or(o), o)));
        }
        let mut ids: Vec<(usize, usize)> = ids.into_iter().collect();
        ids.dedup_by_key(|id| id.0);
        ids.sort_by_key(|id| id.1);
        ids.into_iter().map(|id| self.origins[id.1].id.clone()).collect()
    }

    /// Index in `origins` of the origin that speaks for a member: its own, or the first of the same outlet or agency.
    /// What one voice says on several days does not stand against itself.
    #[must_use]
    pub fn origin_of(&self, account: u32) -> Option<usize> {
        let own = self.origin_of.get(&account).copied()?;
        Some(self.voices.get(own).copied().unwrap_or(own))
    }

    /// Index in `origins` of a member's own origin.
    #[must_use]
    pub fn own_origin_of(&self, account: u32) -> Option<usize> {
        self.origin_of.get(&account).copied()
    }

    /// The copy edge between two accounts of the same lineage, if one was drawn, with whether `a` is its `from`.
    #[must_use]
    pub fn edge<'a>(&'a self, a: &str, b: &str) -> Option<(&'a Copy, bool)> {
        let to = |id: &str| self.edge_to.get(id).map(|n| &self.copies[*n]);
        let forward = to(b).filter(|c| c.from == a).map(|c| (c, true));
        forward.or_else(|| to(a).filter(|c| c.from == b).map(|c| (c, false)))
    }
}

/// Traces the lineage of the story whose members are `members` (indices of accounts, sorted).
#[must_use]
pub fn trace(accounts: &[Account], pile: &Pile, members: &[u32], related: &[Related]) -> Lineage {
    let inside: Vec<&Related> = members.iter().flat_map(|m| inside(related, *m, members)).collect();
    let parents = unseen_parents(accounts, members);
    let mut groups = Groups::new(members);
    for r in &inside {
        groups.join(r.a, r.b);
    }
    let voices: Vec<Vec<u32>> = parents.values().cloned().chain(of_one_outlet(accounts, members)).collect();
    for voice in &voices {
        join_reports(&mut groups, accounts, voice);
    }
    let originality: BTreeMap<u32, f64> =
        members.iter().map(|&m| (m, originality(&accounts[m as usize]))).collect();
    let mut lineage = Lineage::default();
    let mut of_group: BTreeMap<u32, Vec<&Related>> = BTreeMap::new();
    for r in inside {
        of_group.entry(groups.find(r.a)).or_default().push(r);
    }
    for group in groups.sets() {
        let edges = of_group.remove(&groups.find(group[0])).unwrap_or_default();
        add_origin(&mut lineage, accounts, pile, &group, edges, &parents, &originality);
    }
    let edges = lineage.copies.iter().enumerate();
    lineage.edge_to = edges.map(|(n, copy)| (copy.to.clone(), n)).collect();
    name_origins(&mut lineage, accounts, &parents);
    lineage.press = Press::read(accounts, members);
    lineage.prose = Prose::read(accounts, members);
    lineage.voices = first_of_voice(&lineage, &voices);
    lineage
}

/// The pairs of a member with later members; `related` is in order of its pairs.
fn inside<'a>(related: &'a [Related], member: u32, members: &[u32]) -> impl Iterator<Item = &'a Related> {
    let first = related.partition_point(|r| r.a < member);
    let own = related[first..].iter().take_while(move |r| r.a == member);
    own.filter(|r| members.binary_search(&r.b).is_ok())
}

/// The members by outlet.
fn of_one_outlet(accounts: &[Account], members: &[u32]) -> Vec<Vec<u32>> {
    let mut outlets: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for &member in members {
        let outlet = accounts[member as usize].document.outlet.as_deref().map(outlet_key);
        if let Some(name) = outlet.filter(|o| !o.is_empty()) {
            outlets.entry(name).or_default().push(member);
        }
    }
    outlets.into_values().collect()
}

/// Joins what one outlet or agency says of one day: the same report, or versions of it. What it says of another day is
/// another report, unless its text was taken over. Who could be of several days joins one of them.
fn join_reports(groups: &mut Groups, accounts: &[Account], voice: &[u32]) {
    let document = |m: u32| &accounts[m as usize].document;
    let mut rest: Vec<u32> = voice.to_vec();
    rest.sort_by_key(|m| (document(*m).published.until.is_some(), document(*m).published.value, *m));
    for (n, &member) in rest.iter().enumerate() {
        let is_of_day = |o: &&u32| {
            days_between(&accounts[**o as usize], &accounts[member as usize]).is_none_or(|d| d.0 == 0.0)
        };
        if let Some(&other) = rest[..n].iter().find(is_of_day) {
            groups.join(other, member);
        }
    }
}

/// For each origin the first origin with a member of the same voice.
fn first_of_voice(lineage: &Lineage, voices: &[Vec<u32>]) -> Vec<usize> {
    let mut first: Vec<usize> = (0..lineage.origins.len()).collect();
    for voice in voices {
        let of: BTreeSet<usize> = voice.iter().filter_map(|m| lineage.origin_of.get(m).copied()).collect();
        let least = of.iter().map(|o| first[*o]).min();
        let joined: BTreeSet<usize> = of.iter().map(|o| first[*o]).collect();
        for one in first.iter_mut().filter(|f| joined.contains(f)) {
            *one = least.unwrap_or(*one);
        }
    }
    first
}

/// Agencies whose text several members carry, or that one member carries and that is no member itself: name → members.
fn unseen_parents(accounts: &[Account], members: &[u32]) -> BTreeMap<String, Vec<u32>> {
    let mut parents: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for &member in members {
        for name in agency_names(&accounts[member as usize]) {
            parents.entry(name).or_default().push(member);
        }
    }
    parents
}

/// How near to an original a document looks by itself, higher is nearer: credit lines that say it was taken over. An
/// agency's own marks are no such sign: they stand in the agency's text itself.
fn originality(account: &Account) -> f64 {
    let credit = |kind| match kind {
        CreditKind::SourceLink | CreditKind::Republished => -2.0,
        CreditKind::Contribution => -0.5,
        CreditKind::AgencyDateline
        | CreditKind::AgencySignOff
        | CreditKind::AgencyByline
        | CreditKind::ToldOutlet => 0.0,
    };
    let garbled = if has_garbled_sign_off(account) { -1.0 } else { 0.0 };
    account.document.credits.iter().map(|c| credit(c.kind)).fold(garbled, f64::min)
}

/// Whether an agency's sign-off is there but no longer says who reported *by* name, as every agency writes it: a machine
/// exchanged its words.
fn has_garbled_sign_off(account: &Account) -> bool {
    let text = |c: &variorum_schema::Credit| c.span.of(&account.document.text).to_lowercase();
    let is_garbled =
        |words: &str| (words.contains("report") || words.contains("edit")) && !words.contains("by ");
    account
        .document
        .credits
        .iter()
        .filter(|c| c.kind == CreditKind::AgencySignOff)
        .any(|c| is_garbled(&text(c)))
}

/// How near an account is to an agency's text: the agency itself 2.5, with both of its marks 1.5, with one 1, else 0.
fn nearness(account: &Account) -> f64 {
    let names = agency_names(account);
    let has = |kind| account.document.credits.iter().any(|c| c.kind == kind);
    let marks = f64::from(u8::from(has(CreditKind::AgencyDateline)))
        + f64::from(u8::from(has(CreditKind::AgencySignOff)));
    match names.iter().any(|n| is_agency_itself(account, n)) {
        true => 2.5,
        false if names.is_empty() || has_garbled_sign_off(account) => 0.0,
        false => f64::midpoint(1.0, marks.max(1.0)),
    }
}

/// Whether a text says that those whom it tells of gave it out: "For immediate release", "Media contact".
fn is_release(account: &Account) -> bool {
    let document = &account.document;
    let mut lines = document.text.lines().map(|line| line.trim().to_lowercase());
    lines.any(|line| MARKS.iter().any(|mark| begins_with(&line, mark)))
}

fn begins_with(line: &str, mark: &str) -> bool {
    line.strip_prefix(mark).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

static MARKS: LazyLock<Vec<&str>> =
    LazyLock::new(|| lexicon::entries(lexicon::RELEASE_MARKS).filter_map(|f| f.first().copied()).collect());

/// Days from the one publication to the other, if their intervals do not overlap; inferred dates count half.
fn days_between(a: &Account, b: &Account) -> Option<(f64, f64)> {
    let (p, q) = (&a.document.published, &b.document.published);
    let (x, y) = (p.value?, q.value?);
    let days = if p.until.unwrap_or(x) < y || q.until.unwrap_or(y) < x {
        f64::from((y - x).get_days())
    } else {
        0.0
    };
    Some((days, if p.inferred || q.inferred { 0.5 } else { 1.0 }))
}

/// Evidence that `a` is nearer to the original than `b`: positive for `a`, negative for `b`.
fn direction(accounts: &[Account], pile: &Pile, r: &Related) -> Vec<Feature> {
    let (a, b) = (&accounts[r.a as usize], &accounts[r.b as usize]);
    let mut why = Vec::new();
    let mut add = |name: &str, value: f64, weight: f64, note: String| {
        if weight != 0.0 {
            why.push(Feature { name: name.into(), value, weight, note });
        }
    };
    if let Some((days, weight)) = days_between(a, b) {
        add("published earlier (days)", days, days.clamp(-1.0, 1.0) * 1.5 * weight, String::new());
    }
    let near = nearness(a) - nearness(b);
    add("is the agency, or carries its marks where the other has none", near, 1.3 * near, String::new());
    let own = f64::from(u8::from(is_release(a))) - f64::from(u8::from(is_release(b)));
    add("is a press release, which reports are written from", own, 1.2 * own, String::new());
    let named = names(a, b) - names(b, a);
    add("names the other as its source", named, -3.0 * named, String::new());
    let credit = originality(a) - originality(b);
    add("credit lines that say it was taken over", credit, credit.clamp(-3.0, 3.0), String::new());
    let (usual, n) = fluency::advantage(accounts, r);
    // Free rewriting by a language model is as usual as any text; only an exchange word by word leaves traces.
    if n >= 2 && r.traits.skeleton >= WORD_BY_WORD {
        // of few sentences chance decides: the mean counts by the root of their number
        let sure = 0.6 * usual * (n as f64).sqrt();
        add(
            "usual words where the other has unusual ones",
            usual,
            sure.clamp(-1.25, 1.25),
            format!("{n} sentences compared"),
        );
    }
    let (share_a, share_b) = (r.alignment.share_a.max(r.verbatim_a), r.alignment.share_b.max(r.verbatim_b));
    let lengths = (pile.profiles[r.a as usize].n_words as f64, pile.profiles[r.b as usize].n_words as f64);
    if r.kind == CopyKind::Excerpted || (share_a - share_b).abs() > 0.4 {
        let longer = if lengths.0 > lengths.1 { 1.0 } else { -1.0 };
        // who rewords a text may as well add to it
        let weight = if r.kind == CopyKind::Reworded { 0.2 } else { 0.8 };
        add("holds the other and more", share_b - share_a, weight * longer, String::new());
    }
    why
}

/// 1 if a credit line of `a` names `b`'s outlet, else 0.
fn names(a: &Account, b: &Account) -> f64 {
    let Some(outlet) = b.document.outlet.as_deref().map(outlet_key) else { return 0.0 };
    let credited = a
        .document
        .credits
        .iter()
        .filter(|c| c.kind != CreditKind::ToldOutlet)
        .filter_map(|c| c.name.as_ref());
    f64::from(u8::from(credited.map(|n| outlet_key(n)).any(|n| n == outlet)))
}

/// From this share of words in common and in order on, a copy's words were exchanged one by one.
const WORD_BY_WORD: f64 = 0.5;
/// Below this sum of evidence the direction stays unknown.
const MIN_DIRECTION: f64 = 0.6;

fn add_origin(
    lineage: &mut Lineage,
    accounts: &[Account],
    pile: &Pile,
    group: &[u32],
    edges: Vec<&Related>,
    parents: &BTreeMap<String, Vec<u32>>,
    originality: &BTreeMap<u32, f64>,
) {
    let directed: Vec<(&Related, Vec<Feature>, f64)> = edges
        .into_iter()
        .map(|r| {
            let why = direction(accounts, pile, r);
            let sum = why.iter().map(|f| f.weight).sum();
            (r, why, sum)
        })
        .collect();
    let parent = parents
        .iter()
        .find(|(_, carriers)| carriers.iter().any(|c| group.binary_search(c).is_ok()))
        .map(|(name, _)| name.clone());
    let order = order(accounts, group, &directed, originality);
    let head = order[0];
    let runs: BTreeMap<u32, Vec<(Word, Word)>> = group.iter().map(|&m| (m, word_pairs(pile, m))).collect();
    let distances: Vec<f64> = directed.iter().map(|(r, ..)| distance(&runs[&r.a], &runs[&r.b])).collect();
    let mut tree = Tree::new(&directed, &distances, &order, &runs);
    tree.place(head, Vec::new());
    while tree.n_placed() < order.len() {
        if let Some((from, to, n)) = tree.nearest() {
            tree.place(to, tree.line(from));
            let (r, why, sum) = &directed[n];
            lineage.copies.push(edge(accounts, r, from, to, *sum, why, parent.clone()));
        } else {
            // Joined to the others by a mark only.
            tree.place_alone();
        }
    }
    let n = lineage.origins.len();
    let is_head_known = parent.is_none()
        && (group.len() == 1
            || lineage
                .copies
                .iter()
                .any(|c| c.from == accounts[head as usize].document.id && c.direction == Direction::Forward));
    lineage.origins.push(Origin {
        id: format!("o{}", n + 1),
        documents: order.iter().map(|&m| accounts[m as usize].document.id.clone()).collect(),
        head: is_head_known.then(|| accounts[head as usize].document.id.clone()),
        basis: basis(group.len(), parent.as_deref()),
        parent,
    });
    lineage.origin_of.extend(group.iter().map(|&m| (m, n)));
}

fn basis(n: usize, parent: Option<&str>) -> String {
    match (n, parent) {
        (1, None) => "shares its text with no other account".into(),
        (1, Some(parent)) => format!("carries the text of {parent}, which is not in the pile"),
        (_, None) => "their texts descend from one another or from a common parent".into(),
        (_, Some(parent)) => format!("their texts descend from {parent}, which is not in the pile"),
    }
}

/// The members of a lineage from the nearest to the original to the furthest: most evidence in favour first.
fn order(
    accounts: &[Account],
    group: &[u32],
    directed: &[(&Related, Vec<Feature>, f64)],
    originality: &BTreeMap<u32, f64>,
) -> Vec<u32> {
    let mut votes: BTreeMap<u32, f64> =
        group.iter().map(|&m| (m, 0.2 * originality.get(&m).copied().unwrap_or(0.0))).collect();
    for (r, _, sum) in directed {
        let vote = sum.clamp(-3.0, 3.0) * r.share();
        *votes.entry(r.a).or_insert(0.0) += vote;
        *votes.entry(r.b).or_insert(0.0) -= vote;
    }
    let mut order: Vec<u32> = group.to_vec();
    order.sort_by(|x, y| {
        votes[y].total_cmp(&votes[x]).then_with(|| key(accounts, *x).cmp(&key(accounts, *y)))
    });
    order
}

fn key(accounts: &[Account], idx: u32) -> (&str, &str) {
    let document = &accounts[idx as usize].document;
    (&document.name, &document.id)
}

/// A tree of copies as it grows: accounts by their places in the order of the lineage.
struct Tree<'a> {
    directed: &'a [(&'a Related, Vec<Feature>, f64)],
    distances: &'a [f64],
    order: &'a [u32],
    runs: &'a BTreeMap<u32, Vec<(Word, Word)>>,
    place_of: BTreeMap<u32, usize>,
    /// For each place: which of `directed` touch its account.
    touching: Vec<Vec<usize>>,
    /// For each place, of a placed account: the accounts that it descends from.
    above: Vec<Option<Vec<u32>>>,
    n_placed: usize,
    /// For each place, of an open account: what its nearest placed one costs, the place of that, and which of `directed`.
    best: Vec<Option<(f64, usize, usize)>>,
}

impl<'a> Tree<'a> {
    fn new(
        directed: &'a [(&'a Related, Vec<Feature>, f64)],
        distances: &'a [f64],
        order: &'a [u32],
        runs: &'a BTreeMap<u32, Vec<(Word, Word)>>,
    ) -> Tree<'a> {
        let place_of: BTreeMap<u32, usize> = order.iter().enumerate().map(|(n, m)| (*m, n)).collect();
        let mut touching = vec![Vec::new(); order.len()];
        for (n, (r, ..)) in directed.iter().enumerate() {
            touching[place_of[&r.a]].push(n);
            touching[place_of[&r.b]].push(n);
        }
        let (above, best) = (vec![None; order.len()], vec![None; order.len()]);
        Tree { directed, distances, order, runs, place_of, touching, above, n_placed: 0, best }
    }

    fn n_placed(&self) -> usize {
        self.n_placed
    }

    /// An account and those that it descends from.
    fn line(&self, account: u32) -> Vec<u32> {
        let above = self.above[self.place_of[&account]].iter().flatten().copied();
        above.chain([account]).collect()
    }

    /// Places an account below those given, and weighs what it costs to place its copies below it.
    fn place(&mut self, account: u32, above: Vec<u32>) {
        let place = self.place_of[&account];
        for &n in &self.touching[place] {
            let (r, _, sum) = &self.directed[n];
            let (to, sign) = if r.a == account { (r.b, 1.0) } else { (r.a, -1.0) };
            let open = self.place_of[&to];
            if self.above[open].is_some() || open == place {
                continue;
            }
            let toward = TOWARD * sum.clamp(-2.0, 2.0) * sign;
            let n_back = n_gone_back(self.runs, &above, account, to);
            let cost = self.distances[n] + GONE_BACK * n_back as f64 - toward;
            let is_nearer = |b: &(f64, usize, usize)| cost.total_cmp(&b.0).then(place.cmp(&b.1)).is_lt();
            if self.best[open].as_ref().is_none_or(is_nearer) {
                self.best[open] = Some((cost, place, n));
            }
        }
        self.above[place] = Some(above);
        self.best[place] = None;
        self.n_placed += 1;
    }

    /// Places the first open account below nobody; nothing is weighed below it until the others are placed.
    fn place_alone(&mut self) {
        if let Some(open) = self.above.iter().position(Option::is_none) {
            self.place(self.order[open], Vec::new());
        }
    }

    /// The pair of a placed and an open account whose texts are nearest, with its index (Prim 1957). In a tree of copies
    /// what two texts differ by adds up along the path between them, so the shortest tree is the tree of descent. Of nearly
    /// equal pairs the one with more evidence for its direction, then the one earlier in the order.
    fn nearest(&self) -> Option<(u32, u32, usize)> {
        let open =
            self.best.iter().enumerate().filter_map(|(to, b)| b.map(|(cost, from, n)| (cost, from, to, n)));
        let key = |e: &(f64, usize, usize, usize)| (e.1, e.2);
        let found = open.min_by(|x, y| x.0.total_cmp(&y.0).then_with(|| key(x).cmp(&key(y))));
        found.map(|(_, from, to, n)| (self.order[from], self.order[to], n))
    }
}

/// Pairs of words that a point of evidence for a direction makes up for.
const TOWARD: f64 = 1.0;
/// What a pair of words counts that the shorter text merely lacks.
const CUT: f64 = 0.2;
/// What a pair of words counts that a copy of a copy has from the first text, though the second lost it: two machines may
/// put the same word for another, but none finds the lost one again.
const GONE_BACK: f64 = 3.0;

/// Pairs of neighbouring words of an account's body, sorted.
fn word_pairs(pile: &Pile, account: u32) -> Vec<(Word, Word)> {
    let body = pile.profiles[account as usize].units.iter().filter(|u| !u.is_heading);
    let mut pairs: Vec<(Word, Word)> = body.flat_map(|u| u.words.windows(2).map(|w| (w[0], w[1]))).collect();
    pairs.sort_unstable();
    pairs
}

/// What two texts differ by: the number of pairs of neighbouring words that only one of them has.
fn distance(a: &[(Word, Word)], b: &[(Word, Word)]) -> f64 {
    let (mut i, mut j, mut n_both) = (0, 0, 0usize);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, n_both) = (i + 1, j + 1, n_both + 1),
        }
    }
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    (short - n_both) as f64 + CUT * (long - n_both) as f64
}

/// Pairs of words of `to` that an account above `from` has, and `from` has not.
fn n_gone_back(runs: &BTreeMap<u32, Vec<(Word, Word)>>, above: &[u32], from: u32, to: u32) -> usize {
    let holds = |m: &u32, p: &(Word, Word)| runs.get(m).is_some_and(|r| r.binary_search(p).is_ok());
    let of = runs.get(&to).map_or(&[][..], Vec::as_slice);
    of.iter().filter(|p| !holds(&from, p) && above.iter().any(|m| holds(m, p))).count()
}

fn edge(
    accounts: &[Account],
    r: &Related,
    from: u32,
    to: u32,
    sum: f64,
    why: &[Feature],
    parent: Option<String>,
) -> Copy {
    let is_forward = r.a == from;
    let toward = if is_forward { sum } else { -sum };
    let (share, share_from) = if is_forward {
        (r.alignment.share_b.max(r.verbatim_b), r.alignment.share_a.max(r.verbatim_a))
    } else {
        (r.alignment.share_a.max(r.verbatim_a), r.alignment.share_b.max(r.verbatim_b))
    };
    let (source, target) = (&accounts[from as usize].document, &accounts[to as usize].document);
    let direction = if toward >= MIN_DIRECTION { Direction::Forward } else { Direction::Unknown };
    let sign = if is_forward { 1.0 } else { -1.0 };
    let reasons = why.iter().map(|f| Feature {
        weight: f.weight * sign,
        value: f.value * sign,
        name: format!("direction: {}", f.name),
        note: f.note.clone(),
    });
    Copy {
        id: format!("c-{}-{}", source.id.trim_start_matches("d-"), target.id.trim_start_matches("d-")),
        from: source.id.clone(),
        to: target.id.clone(),
        kind: r.kind,
        share: share.min(1.0),
        share_from: share_from.min(1.0),
        direction,
        parent,
        confidence: r.confidence,
        passages: passages(accounts, r, is_forward),
        why: r.why.iter().cloned().chain(reasons).collect(),
    }
}

fn passages(accounts: &[Account], r: &Related, is_forward: bool) -> Vec<Passage> {
    let span = |account: u32, sentence: u32| {
        accounts[account as usize].annotations.sentences[sentence as usize].span
    };
    let mut passages: Vec<Passage> = r
        .alignment
        .matches
        .iter()
        .map(|m| {
            let (a, b) = (span(r.a, m.sentence_a), span(r.b, m.sentence_b));
            let (from, to) = if is_forward { (a, b) } else { (b, a) };
            Passage {
                from_start: from.start,
                from_end: from.end,
                to_start: to.start,
                to_end: to.end,
                score: m.score,
            }
        })
        .collect();
    passages.sort_by_key(|p| (p.to_start, p.from_start));
    passages
}

/// Which names stand for which origin: unseen parents, and outlets of members.
fn name_origins(lineage: &mut Lineage, accounts: &[Account], parents: &BTreeMap<String, Vec<u32>>) {
    let mut named = BTreeMap::new();
    for (&account, &origin) in &lineage.origin_of {
        if let Some(outlet) = &accounts[account as usize].document.outlet {
            named.entry(outlet_key(outlet)).or_insert(origin);
        }
    }
    for (name, carriers) in parents {
        if let Some(&origin) = carriers.first().and_then(|c| lineage.origin_of.get(c)) {
            named.insert(outlet_key(name), origin);
        }
    }
    lineage.named = named;
}

/// Disjoint sets of accounts.
struct Groups {
    parent: BTreeMap<u32, u32>,
}

impl Groups {
    fn new(members: &[u32]) -> Groups {
        Groups { parent: members.iter().map(|&m| (m, m)).collect() }
    }

    fn find(&self, mut x: u32) -> u32 {
        while self.parent[&x] != x {
            x = self.parent[&x];
        }
        x
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.find(a), self.find(b));
        self.parent.insert(a.max(b), a.min(b));
    }

    /// The sets, each sorted, in the order of their first member.
    fn sets(&self) -> Vec<Vec<u32>> {
        let mut sets: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        for &member in self.parent.keys() {
            sets.entry(self.find(member)).or_default().push(member);
        }
        sets.into_values().collect()
    }
}
