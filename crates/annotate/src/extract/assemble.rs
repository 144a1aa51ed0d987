//! Lines with verdicts → [`Document`]: datelines and sign-offs cut off, credits collected, outlet and authors concluded.

use std::collections::BTreeMap;
use std::ops::Range;

use variorum_schema::{
    Block, BlockKind, Credit, CreditKind, Document, Furniture, FurnitureReason, Note, Page, Span,
};

use super::credit::{self, Found};
use super::line::{self, Line, Verdict};
use super::meta::Meta;
use super::published::{self, Case};
use super::{day, furniture};

/// How much of a text is read for remarks to an outlet and for its language.
const READ: usize = 400_000;

/// The document that these lines make.
pub(super) fn document(
    page: &Page,
    text: String,
    lines: Vec<Line>,
    meta: &Meta,
    notes: Vec<Note>,
) -> Document {
    let mut parts = Parts::default();
    let lines = parts.cut(&text, lines);
    parts.credits(&text, &lines);
    let title = lines.iter().find(|l| l.verdict == Verdict::Kind(BlockKind::Title)).map(|l| span(&l.range));
    let url = page.url.clone().or_else(|| meta.url.clone());
    let case = Case { page, meta, text: &text, lines: &lines, dateline: parts.dateline, url: url.as_deref() };
    let published = published::published(&case);
    let title_text =
        title.map(|t| one_line(t.of(&text))).or_else(|| page.title.clone()).or_else(|| meta.title.clone());
    let outlet = page
        .outlet
        .clone()
        .or_else(|| meta.site.clone())
        .or_else(|| url.as_deref().and_then(host))
        .or_else(|| self_named(&parts.credits))
        .or_else(|| about_itself(&text, &lines));
    let (byline, authors) = authors(page, meta, &text, &lines);
    let language = language(&text, &lines, meta);
    Document {
        id: super::document_id(&page.name, &text),
        name: page.name.clone(),
        blocks: blocks(&lines),
        furniture: marks(&lines),
        title,
        title_text,
        byline,
        authors,
        dateline: parts.dateline,
        credits: parts.credits,
        language,
        outlet,
        url,
        fetched: page.fetched.as_deref().and_then(day::machine),
        published,
        extra: page.extra.clone(),
        notes,
        text,
    }
}

fn span(range: &Range<usize>) -> Span {
    Span::new(range.start, range.end)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn blocks(lines: &[Line]) -> Vec<Block> {
    let kind = |v: Verdict| match v {
        Verdict::Kind(kind) => kind,
        Verdict::Furniture(_) => BlockKind::Furniture,
    };
    lines.iter().map(|l| Block { span: span(&l.range), kind: kind(l.verdict) }).collect()
}

fn marks(lines: &[Line]) -> Vec<Furniture> {
    lines
        .iter()
        .filter_map(|l| match l.verdict {
            Verdict::Furniture(reason) => Some(Furniture { span: span(&l.range), reason }),
            Verdict::Kind(_) => None,
        })
        .collect()
}

#[derive(Default)]
struct Parts {
    dateline: Option<Span>,
    credits: Vec<Credit>,
}

impl Parts {
    /// Cuts datelines off the head and sign-offs and "Source link" off the end of paragraphs.
    fn cut(&mut self, text: &str, lines: Vec<Line>) -> Vec<Line> {
        let mut out = Vec::with_capacity(lines.len());
        let mut paragraphs = 0;
        for l in lines {
            let prose = matches!(l.verdict, Verdict::Kind(BlockKind::Paragraph | BlockKind::Summary));
            if !prose {
                out.push(l);
                continue;
            }
            paragraphs += 1;
            let mut rest = l.range.clone();
            if paragraphs <= 3 && self.dateline.is_none() {
                self.cut_opening(text, &mut rest, &mut out);
            }
            let (tail, reason) = match cut_tail(&text[rest.clone()]) {
                Some((at, reason)) => (Some(rest.start + at..rest.end), Some(reason)),
                None => (None, None),
            };
            if let Some(tail) = &tail {
                rest.end = rest.start + text[rest.start..tail.start].trim_end().len();
            }
            if !rest.is_empty() {
                out.push(Line { range: rest, ..l });
            }
            if let (Some(range), Some(reason)) = (tail, reason) {
                out.push(Line::new(range, Verdict::Furniture(reason)));
            }
        }
        out
    }

    fn cut_opening(&mut self, text: &str, rest: &mut Range<usize>, out: &mut Vec<Line>) {
        let Some(opening) = credit::opening(&text[rest.clone()]) else { return };
        if opening.end >= rest.len() {
            return;
        }
        let head = text[rest.start..rest.start + opening.end].trim_end();
        out.push(Line::new(rest.start..rest.start + head.len(), Verdict::Kind(BlockKind::Meta)));
        if let Some(place) = opening.place {
            self.dateline = Some(Span::new(rest.start + place.start, rest.start + place.end));
        }
        if let Some(found) = opening.credit {
            self.push(rest.start, found);
        }
        rest.start += opening.end;
    }

    fn push(&mut self, base: usize, found: Found) {
        let span = Span::new(base + found.range.start, base + found.range.end);
        self.credits.push(Credit { span, kind: found.kind, name: found.name });
    }

    /// Credits of the lines; those of datelines are there already.
    fn credits(&mut self, text: &str, lines: &[Line]) {
        let mut budget = READ;
        for l in lines {
            let line = &text[l.range.clone()];
            match l.verdict {
                Verdict::Furniture(reason) => self.furniture_credit(l.range.start, line, reason),
                Verdict::Kind(BlockKind::Meta) => self.byline_credit(l.range.start, line),
                Verdict::Kind(_) => {
                    for found in credit::told(&line[..day::boundary(line, budget)]) {
                        self.push(l.range.start, found);
                    }
                    budget = budget.saturating_sub(line.len());
                }
            }
        }
        self.credits.sort_by_key(|c| (c.span, c.kind));
        self.credits.dedup();
    }

    fn furniture_credit(&mut self, base: usize, line: &str, reason: FurnitureReason) {
        let whole = 0..line.len();
        if reason == FurnitureReason::SourceLink && line.to_lowercase().contains("source") {
            self.push(base, Found { range: whole, kind: CreditKind::SourceLink, name: None });
        } else if let Some(range) = credit::sign_off(line) {
            let dateline = self.credits.iter().find(|c| c.kind == CreditKind::AgencyDateline);
            let name = credit::agency_in(line).map(str::to_owned).or_else(|| dateline?.name.clone());
            self.push(base, Found { range, kind: CreditKind::AgencySignOff, name });
        } else if let Some(found) = credit::credit_line(line).or_else(|| credit::copyright(line)) {
            self.push(base, found);
        }
    }

    fn byline_credit(&mut self, base: usize, line: &str) {
        let already = self
            .credits
            .iter()
            .any(|c| c.span.start as usize >= base && (c.span.start as usize) < base + line.len());
        if already || line.len() > 220 {
            return;
        }
        if let Some(name) = credit::agency_in(line) {
            let name = Some(name.to_owned());
            self.push(base, Found { range: 0..line.len(), kind: CreditKind::AgencyByline, name });
        }
    }
}

/// Where furniture begins that is glued to the end of a paragraph.
fn cut_tail(line: &str) -> Option<(usize, FurnitureReason)> {
    if let Some(found) = furniture::glued_tail(line) {
        return Some(found);
    }
    let range = credit::sign_off(line)?;
    (range.start > 0 || range.end == line.len()).then_some((range.start, FurnitureReason::CreditLine))
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://")?.1;
    let host = rest.split(['/', '?', '#', ':']).next()?.rsplit('@').next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (host.contains('.')).then(|| host.to_owned())
}

/// The outlet that a bare text names as its own: one to which remarks were made twice or more, and no other.
fn self_named(credits: &[Credit]) -> Option<String> {
    let mut told: BTreeMap<&str, usize> = BTreeMap::new();
    for c in credits.iter().filter(|c| c.kind == CreditKind::ToldOutlet) {
        *told.entry(c.name.as_deref()?).or_default() += 1;
    }
    let (name, count) = told.iter().max_by_key(|(name, count)| (**count, std::cmp::Reverse(**name)))?;
    let agency = credit::known(name).is_some_and(|(_, agency)| agency);
    (*count >= 2 && told.len() == 1 && !agency).then(|| (*name).to_owned())
}

/// The outlet that a notice about republication begins with.
fn about_itself(text: &str, lines: &[Line]) -> Option<String> {
    lines
        .iter()
        .filter(|l| l.verdict == Verdict::Furniture(FurnitureReason::Legal))
        .find_map(|l| credit::outlet_at_head(&text[l.range.clone()]))
}

fn authors(page: &Page, meta: &Meta, text: &str, lines: &[Line]) -> (Option<Span>, Vec<String>) {
    let near = lines.iter().filter(|l| l.verdict == Verdict::Kind(BlockKind::Meta)).take(12);
    let mut byline = None;
    let mut names = Vec::new();
    for l in near {
        let line = &text[l.range.clone()];
        if let Some(found) = credit::byline(line) {
            (byline, names) = (Some(span(&l.range)), found);
            break;
        }
        let known = meta.authors.iter().any(|a| line::folded(a) == line::folded(line));
        let bare =
            line::words(line, 6) >= 2 && credit::looks_like_name(line) && line::date_line(line).is_none();
        if byline.is_none() && (known || bare) && credit::opening(line).is_none() {
            (byline, names) = (Some(span(&l.range)), vec![one_line(line)]);
        }
    }
    names.retain(|n| credit::known(n).is_none());
    if let Some(told) = &page.byline {
        let told = credit::byline(told).unwrap_or_else(|| credit::people(told));
        return (byline, if told.is_empty() { names } else { told });
    }
    if names.is_empty() {
        names = meta.authors.clone();
    }
    (byline, names)
}

fn language(text: &str, lines: &[Line], meta: &Meta) -> Option<String> {
    let mut sample = String::new();
    for l in
        lines.iter().filter(|l| matches!(l.verdict, Verdict::Kind(BlockKind::Paragraph | BlockKind::Title)))
    {
        let line = &text[l.range.clone()];
        sample.push_str(&line[..day::boundary(line, 3000)]);
        sample.push(' ');
        if sample.len() > 6000 {
            break;
        }
    }
    let told = meta.language.as_deref().and_then(primary);
    match whatlang::detect(&sample) {
        Some(info) if info.is_reliable() && sample.len() > 60 => Some(two_letters(info.lang()).to_owned()),
        _ => told,
    }
}

fn primary(tag: &str) -> Option<String> {
    let primary = tag.split(['-', '_']).next()?.trim().to_lowercase();
    (2..=3).contains(&primary.len()).then_some(primary)
}

/// BCP 47 tag of a language: two letters where there are two.
fn two_letters(lang: whatlang::Lang) -> &'static str {
    use whatlang::Lang as L;
    match lang {
        L::Eng => "en",
        L::Rus => "ru",
        L::Cmn => "zh",
        L::Spa => "es",
        L::Por => "pt",
        L::Ita => "it",
        L::Fra => "fr",
        L::Deu => "de",
        L::Ukr => "uk",
        L::Ara => "ar",
        L::Hin => "hi",
        L::Jpn => "ja",
        L::Heb => "he",
        L::Pol => "pl",
        L::Nld => "nl",
        L::Tur => "tr",
        L::Pes => "fa",
        L::Kor => "ko",
        L::Swe => "sv",
        L::Dan => "da",
        L::Nob => "nb",
        L::Fin => "fi",
        L::Ell => "el",
        L::Ces => "cs",
        L::Slk => "sk",
        L::Slv => "sl",
        L::Hun => "hu",
        L::Ron => "ro",
        L::Bul => "bg",
        L::Srp => "sr",
        L::Hrv => "hr",
        L::Lit => "lt",
        L::Lav => "lv",
        L::Est => "et",
        L::Vie => "vi",
        L::Ind => "id",
        L::Tha => "th",
        L::Ben => "bn",
        L::Urd => "ur",
        L::Tam => "ta",
        L::Tel => "te",
        L::Mar => "mr",
        L::Guj => "gu",
        L::Kan => "kn",
        L::Mal => "ml",
        L::Pan => "pa",
        L::Cat => "ca",
        L::Afr => "af",
        L::Zul => "zu",
        L::Sna => "sn",
        L::Amh => "am",
        L::Kat => "ka",
        L::Hye => "hy",
        L::Bel => "be",
        L::Aze => "az",
        L::Uzb => "uz",
        other => other.code(),
    }
}
