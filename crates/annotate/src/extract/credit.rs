//! Credit lines: who is named as the source of the text itself. Datelines ("NAIROBI (Reuters) –"), sign-offs
//! ("(Reporting by …; editing by …)"), contributions, republication notices, "told the …".

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;
use variorum_schema::CreditKind;

use super::day::boundary;
use crate::lexicon::entries;

/// A credit with its place in the line that it was read from.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Found {
    /// Byte range in the line.
    pub range: Range<usize>,
    /// What kind.
    pub kind: CreditKind,
    /// Canonical name of the agency or outlet.
    pub name: Option<String>,
}

/// What stands before the first sentence of an article.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Opening {
    /// Where the first sentence begins.
    pub end: usize,
    /// Place, with a day if given, without the agency.
    pub place: Option<Range<usize>>,
    /// Agency or outlet.
    pub credit: Option<Found>,
}

struct Names {
    /// Alias → (canonical name, whether it is an agency).
    alias: BTreeMap<&'static str, (&'static str, bool)>,
    aliases: Vec<&'static str>,
    finder: Option<AhoCorasick>,
    nouns: Vec<&'static str>,
    /// Address → canonical name, where the address does not say it.
    addresses: BTreeMap<&'static str, &'static str>,
    /// Sites whose subdomains are outlets of their own.
    hosts: Vec<&'static str>,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| {
    let (mut alias, mut addresses) = (BTreeMap::new(), BTreeMap::new());
    let (mut nouns, mut hosts) = (Vec::new(), Vec::new());
    for fields in entries(include_str!("../../data/en/agencies.txt")) {
        let [kind, name, forms] = fields[..] else { continue };
        let forms = forms.split('|');
        match kind {
            "noun" => nouns.extend(forms),
            "host" => hosts.extend(forms),
            "address" => addresses.extend(forms.map(|form| (form, name))),
            _ => {
                for form in forms {
                    alias.entry(form).or_insert((name, kind == "agency"));
                }
            }
        }
    }
    let aliases: Vec<&'static str> = alias.keys().copied().collect();
    let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&aliases).ok();
    Names { alias, aliases, finder, nouns, addresses, hosts }
});

/// The canonical name of an agency or outlet and whether it is an agency.
pub(super) fn known(name: &str) -> Option<(&'static str, bool)> {
    let name = name.trim().trim_end_matches('.');
    let bare = name.strip_prefix("the ").or_else(|| name.strip_prefix("The ")).unwrap_or(name);
    NAMES.alias.get(name).or_else(|| NAMES.alias.get(bare)).copied()
}

/// Agencies and outlets named in a text: range, canonical name, whether an agency.
fn named_in(text: &str) -> Vec<(Range<usize>, &'static str, bool)> {
    let Some(finder) = &NAMES.finder else { return Vec::new() };
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    finder
        .find_iter(text)
        .filter(|m| !inside(text[..m.start()].chars().next_back()) && !inside(text[m.end()..].chars().next()))
        .filter_map(|m| {
            let (name, agency) = *NAMES.alias.get(NAMES.aliases[m.pattern().as_usize()])?;
            Some((m.range(), name, agency))
        })
        .collect()
}

/// The first agency named in a text.
pub(super) fn agency_in(text: &str) -> Option<&'static str> {
    named_in(text).into_iter().find(|(_, _, agency)| *agency).map(|(_, name, _)| name)
}

/// The agency or outlet that a text names, canonically: whom "according to the Associated Press" passes on.
#[must_use]
pub fn reporter(text: &str) -> Option<&'static str> {
    let found = named_in(text);
    found.iter().find(|(_, _, agency)| *agency).or_else(|| found.first()).map(|(_, name, _)| *name)
}

/// The outlets and agencies that a text names: where, and the canonical name; those that are in no list by what newspapers
/// are called ("Exampleton Gazette"). In the order of the text; none overlap.
#[must_use]
pub fn outlets_in(text: &str) -> Vec<(Range<usize>, String)> {
    let listed = named_in(text);
    let mut found: Vec<(Range<usize>, String)> =
        listed.iter().map(|(range, name, _)| (range.clone(), (*name).to_owned())).collect();
    let is_listed = |at: &Range<usize>| listed.iter().any(|(r, ..)| r.start < at.end && at.start < r.end);
    let mut end = 0;
    for (at, _) in text.match_indices(char::is_uppercase) {
        let is_start = !text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '-');
        if at < end || !is_start {
            continue;
        }
        if let Some(name) = named_as_a_paper(&text[at..boundary(text, at + MAX_NAME)]) {
            end = at + name.len();
            if !is_listed(&(at..end)) {
                found.push((at..end, name.strip_prefix("The ").unwrap_or(name).to_owned()));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Bytes of a name of an outlet at most.
const MAX_NAME: usize = 60;

/// By what an outlet is known, however it is written, in lower-case letters and digits alone: "The New York Times", "NYT" and
/// "www.nytimes.com" are one; so are "usa.example.com.cn" and "example.com.cn".
#[must_use]
pub fn outlet_key(name: &str) -> String {
    let letters =
        |name: &str| name.chars().filter(|c| c.is_alphanumeric()).collect::<String>().to_lowercase();
    let lower = name.trim().to_lowercase();
    let is_address = lower.contains('.') && !lower.contains(' ') && !lower.ends_with('.');
    if !is_address {
        let name = known(name).map_or(name, |(canonical, _)| canonical).to_lowercase();
        return letters(name.strip_prefix("the ").unwrap_or(&name));
    }
    let bare = lower.strip_prefix("www.").unwrap_or(&lower);
    let is_of = |site: &str| bare.strip_suffix(site).is_some_and(|sub| sub.is_empty() || sub.ends_with('.'));
    if let Some((_, name)) = NAMES.addresses.iter().find(|(site, _)| is_of(site)) {
        return outlet_key(name);
    }
    let labels: Vec<&str> = bare.split('.').collect();
    let n = labels.len();
    let is_country = n > 2 && matches!(labels[n - 2], "co" | "com" | "org" | "net" | "gov" | "ac");
    let is_host = NAMES.hosts.iter().any(|host| bare.len() > host.len() && is_of(host));
    let own = letters(labels[n.saturating_sub(if is_country || is_host { 3 } else { 2 })]);
    own.strip_prefix("the").filter(|rest| rest.len() > 2).map_or(own.clone(), str::to_owned)
}

/// The first agency, else the first outlet, named in a text.
fn named(text: &str) -> Option<String> {
    let found = named_in(text);
    let best = found.iter().find(|(_, _, agency)| *agency).or_else(|| found.first());
    best.map(|(_, name, _)| (*name).to_owned())
}

/// Marks that neither a dateline nor what stands before a credit holds.
const BARRED: [char; 11] = ['(', ')', ':', ';', '!', '?', '"', '“', '”', '–', '—'];

/// "PLACE, May 3 (AGENCY) - ": the ranges of the place and of the brackets, and where the mark after them ends.
fn bracketed(head: &str) -> Option<(Range<usize>, Range<usize>, usize)> {
    let open = head.find(BARRED).filter(|at| head[*at..].starts_with('('))?;
    let inside = &head[open + 1..];
    let length = inside.find(['(', ')']).filter(|at| *at > 0 && inside[*at..].starts_with(')'))?;
    let close = open + 1 + length + 1;
    let place = head[..open].trim_end();
    let place = place.strip_suffix(',').unwrap_or(place);
    let rest = head[close..].trim_start();
    let marks = ["--", "-", "–", "—", "―", ":", "|"];
    let rest = marks.iter().find_map(|mark| rest.strip_prefix(mark))?;
    Some((0..place.len(), open..close, head.len() - rest.trim_start().len()))
}

/// "LIMA -- ", "LIMA – ", "LIMA - ": the range of the name, and where the mark after it ends.
fn dashed(head: &str) -> Option<(Range<usize>, usize)> {
    let barred = |c: char| BARRED.contains(&c) || matches!(c, '―' | '|');
    let places = head.char_indices().map(|(at, _)| at).skip(1);
    let last = head.find(barred).unwrap_or(head.len());
    for at in places.take_while(|at| *at <= last) {
        let rest = head[at..].trim_start();
        let spaced = rest.len() < head.len() - at;
        let hyphen = rest.strip_prefix("--").or_else(|| rest.strip_prefix('-'));
        let hyphen = hyphen.filter(|rest| spaced && rest.starts_with(char::is_whitespace));
        let dash = || ["--", "–", "—", "―", "|"].iter().find_map(|mark| rest.strip_prefix(mark));
        if let Some(rest) = hyphen.or_else(dash) {
            return Some((0..at, head.len() - rest.trim_start().len()));
        }
    }
    None
}

/// Whether a text may be a dateline's place: short, each word with a capital, a number or a particle.
fn looks_like_place(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let place = |w: &str| {
        w.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || matches!(
                w,
                "de" | "del" | "el" | "la" | "al" | "of" | "the" | "and" | "on" | "sur" | "am" | "upon"
            )
    };
    text.len() <= 70 && text.starts_with(char::is_uppercase) && words.clone().count() <= 9 && words.all(place)
}

/// Dateline and credit at the head of a line, if it opens with one.
pub(super) fn opening(line: &str) -> Option<Opening> {
    let head = &line[..boundary(line, 200)];
    agency_opening(head).or_else(|| name_opening(head))
}

fn agency_opening(head: &str) -> Option<Opening> {
    let (place, brackets, end) = bracketed(head)?;
    let agency = head[brackets.start + 1..brackets.end - 1].trim();
    let name = match known(agency.split('/').next().unwrap_or(agency)) {
        Some((name, _)) => name.to_owned(),
        // An agency that is not in the list is believed after a place in capitals.
        None if looks_like_agency(agency) && in_capitals(&head[place.clone()]) => agency.to_owned(),
        None => return None,
    };
    let credit = Found { range: brackets, kind: CreditKind::AgencyDateline, name: Some(name) };
    let place = Some(trimmed(head, place)).filter(|r| !r.is_empty());
    if place.as_ref().is_some_and(|r| !looks_like_place(&head[r.clone()])) {
        return None;
    }
    Some(Opening { end, place, credit: Some(credit) })
}

fn looks_like_agency(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (1..=3).contains(&words.len())
        && words
            .iter()
            .all(|w| w.starts_with(char::is_uppercase) && !w.contains(|c: char| c.is_ascii_digit()))
}

/// Whether the part before the first comma is written in capitals, three at least.
fn in_capitals(text: &str) -> bool {
    let first = text.split(',').next().unwrap_or(text);
    first.chars().filter(|c| c.is_uppercase()).count() >= 3 && !first.chars().any(char::is_lowercase)
}

/// "LIMA –" or "Al-Monitor –".
fn name_opening(head: &str) -> Option<Opening> {
    let (name, end) = dashed(head)?;
    let range = trimmed(head, name);
    let text = &head[range.clone()];
    if let Some((name, agency)) = known(text) {
        let kind = if agency { CreditKind::AgencyDateline } else { CreditKind::Republished };
        let credit = Found { range, kind, name: Some(name.to_owned()) };
        return Some(Opening { end, place: None, credit: Some(credit) });
    }
    (in_capitals(text) && looks_like_place(text)).then_some(Opening { end, place: Some(range), credit: None })
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let part = &text[range.clone()];
    let end = range.start + part.trim_end_matches([' ', ',', '\u{A0}']).len();
    range.start..end
}

// Machine rewording keeps the form and turns "by" into "through": both are read.
static SIGN_OFF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let work = r"(?i:(?:additional |further |extra )?(?:report(?:ing|ed|age|s)?|writ(?:ing|ten)|edit(?:ing|ed|ion)?|compil(?:ing|ed)|production|produced|graphics?|translat(?:ion|ing|ed)))";
    let by = r"(?i:by|through|via|from|of)";
    Regex::new(&format!(r"[(\[]\s*{work}\s+{by}\s+[^()\[\]]+[)\]]\.?|^{work}\s+{by}\s+\p{{Lu}}[^()]+$")).ok()
});

/// Whether a text begins, letters in either case, with one of these.
fn begins(text: &str, heads: &[&str]) -> bool {
    heads.iter().any(|h| text.get(..h.len()).is_some_and(|t| t.eq_ignore_ascii_case(h)))
}

/// Whether a sign-off may begin at the head of a line or after a bracket in it: saves the expression most lines.
fn may_sign_off(line: &str) -> bool {
    const HEADS: &[&str] = &[
        "report",
        "writ",
        "edit",
        "compil",
        "produc",
        "graphic",
        "translat",
        "additional",
        "further",
        "extra",
    ];
    let inside = |(at, _): (usize, char)| begins(line[at + 1..].trim_start(), HEADS);
    begins(line, HEADS) || line.char_indices().filter(|(_, c)| matches!(c, '(' | '[')).any(inside)
}

/// The sign-off of an agency's desk in a line: in brackets at its end or head, or the whole line.
pub(super) fn sign_off(line: &str) -> Option<Range<usize>> {
    let from = boundary(line, line.len().saturating_sub(1200));
    let tail = &line[from..];
    if !may_sign_off(tail) {
        return None;
    }
    let found = SIGN_OFF.as_ref()?.find_iter(tail).last()?;
    let after = tail[found.end()..].trim();
    let bracketed = found.as_str().starts_with(['(', '[']);
    // Outside brackets only a list of tasks is a sign-off: "Reporting by A; Editing by B".
    let listed = found.as_str().contains(';') || found.as_str().split_whitespace().count() <= 12;
    let ends = after.is_empty() || after.len() < 40;
    ((bracketed && ends) || (!bracketed && from == 0 && listed && !found.as_str().ends_with('.')))
        .then(|| from + found.start()..from + found.end())
}

static CONTRIBUTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"(?i:contributed (?:to|reporting (?:to|for)|from)) (?:this|the) (?i:report|story|article|dispatch)",
        r"(?i:^[-–—(\s]*with (?:files|inputs?|reporting|additional reporting|agency inputs|material) (?:from|by))(?-u:\b)",
        r"(?i:contributed reporting)(?-u:\b)",
        r"(?i:^[-–—(\s]*(?:additional|further) reporting (?:by|from))(?-u:\b)",
    ];
    Regex::new(&forms.join("|")).ok()
});
static REPUBLISHED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let forms = [
        r"(?i:(?:first|originally) (?:appeared|published|ran) (?:in|on|by|at))(?-u:\b)",
        r"(?i:(?:is|was|been) (?:republished|reproduced|reprinted|syndicated) (?:from|with permission|by))(?-u:\b)",
        r"(?i:(?:story|article|report|piece) (?:was|is) (?:originally |first )?(?:published|produced|provided) by)(?-u:\b)",
        r"(?i:appeared first on)(?-u:\b)",
    ];
    Regex::new(&forms.join("|")).ok()
});

/// One of these stands in every credit line: saves the expressions most lines.
static CREDIT_STEMS: LazyLock<Option<AhoCorasick>> = LazyLock::new(|| {
    let stems = [
        "contribut",
        "with ",
        "reporting",
        "appeared",
        "published",
        "ran ",
        "reproduced",
        "reprinted",
        "syndicated",
        "produced",
        "provided",
    ];
    AhoCorasick::builder().ascii_case_insensitive(true).build(stems).ok()
});

/// Whether a whole line is a credit, by its words.
pub(super) fn credit_line(line: &str) -> Option<Found> {
    if line.len() > 600 || !CREDIT_STEMS.as_ref().is_some_and(|stems| stems.is_match(line)) {
        return None;
    }
    let hit = |re: &LazyLock<Option<Regex>>| re.as_ref().is_some_and(|re| re.is_match(line));
    let kind = if hit(&CONTRIBUTION) {
        CreditKind::Contribution
    } else if hit(&REPUBLISHED) && line.split_whitespace().count() <= 45 {
        CreditKind::Republished
    } else {
        return None;
    };
    Some(Found { range: 0..line.len(), kind, name: named(line) })
}

/// A copyright line that names an agency.
pub(super) fn copyright(line: &str) -> Option<Found> {
    let lower = line[..boundary(line, 60)].to_lowercase();
    if line.len() > 400 || !(lower.contains('©') || lower.contains("copyright") || lower.starts_with("(c)"))
    {
        return None;
    }
    let name = agency_in(line)?.to_owned();
    Some(Found { range: 0..line.len(), kind: CreditKind::AgencyByline, name: Some(name) })
}

/// What is said of remarks to an outlet, up to its name.
const TOLD: &[&str] = &[
    "told",
    "tells",
    "telling",
    "speaking to",
    "spoke to",
    "speaks to",
    "interview with",
    "interviewed by",
    "statement to",
    "confirmed to",
    "explained to",
];

/// "… told the Exampleton Gazette": remarks made to an outlet, with its name.
pub(super) fn told(text: &str) -> Vec<Found> {
    let mut out = Vec::new();
    let bytes = text.as_bytes();
    let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
    let mut at = 0;
    while at < bytes.len() {
        let starts = bytes[at].is_ascii_lowercase() && (at == 0 || !is_word(bytes[at - 1]));
        let Some(length) = starts.then(|| telling(&text[at..])).flatten() else {
            at += 1;
            continue;
        };
        let (start, end) = (at, at + length);
        at = end;
        let rest = &text[end..boundary(text, end + 60)];
        if let Some((length, name)) = outlet_at(rest) {
            out.push(Found { range: start..end + length, kind: CreditKind::ToldOutlet, name: Some(name) });
        }
    }
    out
}

/// Length of the words of [`TOLD`] at the head of a text, with the article and the space after them.
fn telling(text: &str) -> Option<usize> {
    let spaced = |text: &'_ str| text.starts_with(char::is_whitespace);
    let verb = TOLD.iter().find(|verb| text.starts_with(**verb))?;
    let rest = text.get(verb.len()..).filter(|rest| spaced(rest))?.trim_start();
    let named = rest.strip_prefix("the").or_else(|| rest.strip_prefix("The")).filter(|rest| spaced(rest));
    Some(text.len() - named.map_or(rest, str::trim_start).len())
}

/// The outlet, no agency, whose name a text begins with.
pub(super) fn outlet_at_head(text: &str) -> Option<String> {
    let text = text.strip_prefix("The ").unwrap_or(text);
    let head = &text[..boundary(text, 80)];
    let (_, name) = outlet_at(head)?;
    let agency = known(&name).is_some_and(|(_, agency)| agency);
    (!agency).then_some(name)
}

/// The outlet whose name stands at the head of a text.
fn outlet_at(text: &str) -> Option<(usize, String)> {
    if let Some((range, name, _)) = named_in(text).first()
        && range.start == 0
    {
        return Some((range.end, (*name).to_owned()));
    }
    named_as_a_paper(text).map(|name| (name.len(), name.to_owned()))
}

/// "Exampleton Gazette", "Erling Times-News": capitalised words at the head of a text, of which the last is what newspapers are
/// called.
fn named_as_a_paper(text: &str) -> Option<&str> {
    let (mut end, mut best) = (0, None);
    for (count, word) in text.split(' ').enumerate().take(4) {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        // "the Gazette's report"
        let bare = ["'s", "\u{2019}s"].iter().find_map(|s| bare.strip_suffix(s)).unwrap_or(bare);
        if !word.starts_with(char::is_uppercase) {
            break;
        }
        let last = bare.rsplit('-').next().unwrap_or(bare);
        if count > 0 && NAMES.nouns.contains(&last) {
            best = Some(end + bare.len());
        }
        end += word.len() + 1;
        if bare != word {
            break;
        }
    }
    best.map(|end| &text[..end])
}

/// The names in a byline: "By Jane Roe and John Doe | Reuters" gives the two persons and the agency.
pub(super) fn byline(line: &str) -> Option<Vec<String>> {
    const HEADS: &[&str] = &[
        "by",
        "written",
        "words",
        "report",
        "story",
        "text",
        "posted",
        "published",
        "analysis",
        "author",
        "writer",
    ];
    if line.len() > 220 || !begins(line, HEADS) {
        return None;
    }
    let names = people(after_by(line)?);
    (!names.is_empty()).then_some(names)
}

/// What follows "By", "Written by", "Author:" and the like at the head of a line, if it begins with a capital.
fn after_by(line: &str) -> Option<&str> {
    const WORKS: &[&str] =
        &["written", "words", "reported", "story", "text", "posted", "published", "analysis", "report"];
    const PEOPLE: &[&str] = &["by", "authors", "author", "reporter", "writer"];
    let after = |head: &&str| begins(line, &[head]).then_some(head.len());
    let by = |at: &usize| begins(&line[*at..], &[" by"]);
    let work = WORKS.iter().filter_map(after).find(by).map(|at| at + " by".len());
    let at = work.or_else(|| PEOPLE.iter().find_map(after))?;
    let rest = &line[at..];
    let names = rest.trim_start();
    let colon = names.strip_prefix(':').map(str::trim_start);
    let names = colon.or_else(|| (names.len() < rest.len()).then_some(names))?;
    (names.starts_with(char::is_uppercase) && names.chars().nth(1).is_some() && !names.contains('\n'))
        .then_some(names)
}

/// Names in a list: split at commas, "and", "&", "|", as long as each part looks like a name.
pub(super) fn people(list: &str) -> Vec<String> {
    let mut list = list.replace(" and ", ",").replace(" & ", ",").replace(" with ", ",");
    if let Some(at) = list.find(['|', '•', '·', '/', '\n', '\t', '(', '–', '—']) {
        list.truncate(at);
    }
    let mut out: Vec<String> = Vec::new();
    for part in list.split([',', ';']) {
        let part = part.trim().trim_start_matches("By ").trim_start_matches("by ").trim();
        let part = part.split(" for ").next().unwrap_or(part).split(" in ").next().unwrap_or(part).trim();
        if looks_like_name(part) {
            out.push(part.to_owned());
        } else if !out.is_empty() {
            break;
        }
    }
    out.dedup();
    out
}

/// One to five words that begin with capitals, particles apart, without digits.
pub(super) fn looks_like_name(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let capital = |w: &&str| {
        w.chars().find(|c| c.is_alphabetic()).is_some_and(|c| c.is_uppercase() || !c.is_lowercase())
    };
    let particle = |w: &&str| {
        matches!(
            *w,
            "de" | "da"
                | "del"
                | "der"
                | "van"
                | "von"
                | "den"
                | "di"
                | "la"
                | "le"
                | "al"
                | "bin"
                | "el"
                | "the"
                | "of"
                | "dos"
                | "du"
                | "ten"
                | "ter"
        )
    };
    (1..=5).contains(&words.len())
        && words.iter().all(|w| capital(w) || particle(w))
        && words.first().is_some_and(capital)
        && !text.contains(|c: char| c.is_ascii_digit() || matches!(c, '?' | '!' | ':' | '"' | '“' | '@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_opening(line: &str, place: Option<&str>, name: Option<&str>, rest: &str) {
        let found = opening(line).unwrap_or_default();
        assert_eq!(found.place.map(|r| &line[r]), place, "{line}");
        assert_eq!(found.credit.and_then(|c| c.name).as_deref(), name, "{line}");
        assert_eq!(&line[found.end..], rest, "{line}");
    }

    #[test]
    fn openings() {
        check_opening("NAIROBI (Reuters) – Rain fell.", Some("NAIROBI"), Some("Reuters"), "Rain fell.");
        check_opening("OSLO, May 3 (AFP) - Snow.", Some("OSLO, May 3"), Some("AFP"), "Snow.");
        check_opening("SMALLVILLE, Kan. (AP) — Hail.", Some("SMALLVILLE, Kan."), Some("AP"), "Hail.");
        check_opening("LIMA -- A strike.", Some("LIMA"), None, "A strike.");
        check_opening("Al-Monitor – The visit", None, Some("Al-Monitor"), "The visit");
        check_opening("(AP) — Hail.", None, Some("AP"), "Hail.");
        check_opening("He said (on Monday) – twice.", None, None, "He said (on Monday) – twice.");
        check_opening("A union (TWU) – once large – met.", None, None, "A union (TWU) – once large – met.");
        check_opening("ACCRA, 3 May (XNA) - Rain.", Some("ACCRA, 3 May"), Some("XNA"), "Rain.");
        check_opening("NATO – an alliance – met.", Some("NATO"), None, "an alliance – met.");
    }

    #[test]
    fn sign_offs() {
        for (line, expected) in [
            ("(Reporting by A. Roe; editing by B. Doe)", Some("(Reporting by A. Roe; editing by B. Doe)")),
            (
                "(Report through A. Roe; edited through B. Doe)",
                Some("(Report through A. Roe; edited through B. Doe)"),
            ),
            ("It rained. (Writing by A. Roe)", Some("(Writing by A. Roe)")),
            (
                "Reporting by A. Roe in Oslo; Editing by B. Doe",
                Some("Reporting by A. Roe in Oslo; Editing by B. Doe"),
            ),
            (
                "Reporting by the team showed that it had rained for days on end in the whole of the north.",
                None,
            ),
            ("The report (edited by nobody) was long and nobody read it to the very last page of it.", None),
        ] {
            assert_eq!(sign_off(line).map(|r| &line[r]), expected);
        }
    }

    #[test]
    fn remarks_to_an_outlet() {
        for (text, expected) in [
            ("“No,” she told Al Jazeera.", Some("Al Jazeera")),
            ("he tells the Exampleton Gazette.", Some("Exampleton Gazette")),
            ("he told the News of it", None),
            ("he told Parliament", None),
        ] {
            assert_eq!(told(text).first().and_then(|f| f.name.as_deref()), expected, "{text}");
        }
    }

    #[test]
    fn an_outlet_is_one_by_its_name_and_by_its_address() {
        for (name, key) in [
            ("The Washington Post", "washingtonpost"),
            ("www.washingtonpost.com", "washingtonpost"),
            ("NYT", "newyorktimes"),
            ("www.nytimes.com", "newyorktimes"),
            ("Politico", "politico"),
            ("politico.com", "politico"),
            ("theguardian.com", "guardian"),
            ("the Guardian", "guardian"),
            ("news.example.co.uk", "example"),
            ("usa.example.com.cn", "example"),
            ("abcnews.go.com", "abcnews"),
            ("one.blogspot.com", "one"),
            ("two.blogspot.com", "two"),
            ("a.b", "a"),
            (".", ""),
            ("", ""),
        ] {
            assert_eq!(outlet_key(name), key, "{name}");
        }
    }

    #[test]
    fn outlets_in_running_text() {
        for (text, expected) in [
            ("Roe told the Exampleton Gazette\u{2019}s reporter.", &["Exampleton Gazette"][..]),
            ("The Erling Times-News reports that Reuters was there.", &["Erling Times-News", "Reuters"]),
            ("an interview with NYT", &["New York Times"]),
            ("the Exampleton gazette", &[]),
            ("Times", &[]),
            ("\u{c9}cole News\u{2026}", &["\u{c9}cole News"]),
            ("", &[]),
        ] {
            let found = outlets_in(text);
            assert_eq!(found.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>(), expected, "{text}");
            assert!(found.iter().all(|(at, _)| text.get(at.clone()).is_some()), "{text}");
        }
    }

    #[test]
    fn bylines() {
        for (line, expected) in [
            ("By Jane Roe and John Doe", &["Jane Roe", "John Doe"][..]),
            ("BY JANE ROE, Staff Writer", &["JANE ROE", "Staff Writer"]),
            ("By Ana de la Cruz | Reuters", &["Ana de la Cruz"]),
            ("By then it was too late.", &[]),
        ] {
            assert_eq!(byline(line).unwrap_or_default(), expected, "{line}");
        }
    }
}
