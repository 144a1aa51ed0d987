//! An invented report for tests: a fire at a ferry terminal in an invented town, told by six accounts of three origins,
//! as nasty as the web. Spans are found by searching the texts, so that they cannot drift.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};
use variorum_schema::{
    BriefSentence, Cell, Copy, CopyKind, Credit, CreditKind, DateCandidate, DateSource, Direction,
    EntityKind, Evidence, Feature, Finding, FindingKind, FindingType, FurnitureReason, Generator,
    Granularity, Interval, MatrixRow, Membership, Note, Origin, Passage, Published, QuotationKind, Report,
    ReportDocument, ReportFurniture, ReportQuotation, ReportSource, ReportTime, SCHEMA, Span, Story,
    StoryEntity, TimeKind, TimelineEntry,
};

use super::Texts;

/// Herald: the head of the first origin.
pub(super) const HERALD: &str = "d-000000000001";
/// Agency copy of the unseen parent.
pub(super) const MORNING: &str = "d-000000000002";
/// Reworded copy of the Herald.
pub(super) const BUZZ: &str = "d-000000000003";
/// Agency copy, sibling of Morning.
pub(super) const COAST: &str = "d-000000000004";
/// Independent, right to left name, emoji.
pub(super) const RADIO: &str = "d-000000000005";
/// A preview of the day before, copy of the Herald's earlier edition.
pub(super) const PREVIEW: &str = "d-000000000006";
/// Alone in its story.
const CHESS: &str = "d-000000000007";
/// Alone in its story, without its text.
const GONE: &str = "d-000000000008";

const HERALD_TEXT: &str = "Fire guts Port Ellory ferry terminal, 12 hurt\n\
By Imogen Tarrant\n\
18 March 2031\n\
Sign up for our Tide Table newsletter and get the harbour in your inbox every Friday\n\
A fire gutted the ferry terminal at Port Ellory early on Tuesday, injuring 12 people and stranding hundreds of passengers.\n\
Harbour master Odalys Brandt said the blaze did not reach the fuel depot. \u{201c}We were lucky with the wind, and we should not pretend otherwise,\u{201d} she told reporters.\n\
Police chief Ruben Achterberg ruled out arson. The 06:40 sailing to Stellan Island was cancelled.\n\
Two ferries, the Anna Kestrel and the Northern Pearl, were towed to safety by volunteers before the fire brigade arrived at 5.15 a.m.\n\
The rebuilding will cost 40 million crowns, the port company estimates.\n\
Activists have called the terminal a death trap for years.\n";

const MORNING_TEXT: &str = "Terminal fire in Port Ellory injures 12\n\
PORT ELLORY, March 18 (Nordic Wire) - A fire at the Port Ellory ferry terminal on Tuesday injured at least 12 people and halted all sailings, officials said.\n\
The harbour master, Odalys Brandt, said the flames did not get as far as the fuel depot.\n\
\u{201c}We were lucky with the wind,\u{201d} Brandt said.\n\
The morning sailing to Stellan Island was postponed until Wednesday, the operator said.\n\
Reporting by Nordic Wire; editing by the Morning desk\n";

const BUZZ_TEXT: &str = "\u{1f525} Blaze destroys Port Ellory boat station <script>alert('buzz')</script>\n\
By Staff\n\
25 March 2031\n\
12 shares\n\
A blaze destroyed the boat station at Port Ellory early on Tuesday, harming 21 persons and marooning hundreds of travellers.\n\
Harbour ace Odalys Brandt said the inferno did reach the fuel depot. \u{201c}We were fortunate with the breeze, and we must not pretend otherwise,\u{201d} she told newsmen.\n\
Police boss Ruben Achterberg governed out arson. The 06:40 cruising to Stellan Island was dropped.\n\
Two boats, the Anna Kestrel and the Northern Gem, were pulled to wellbeing by helpers before the hearth brigade showed up at 5.15 a.m.\n";

const COAST_TEXT: &str = "Ferry terminal burns; sailings halted\n\
PORT ELLORY (Nordic Wire) - A fire at the Port Ellory ferry terminal on Tuesday injured at least 12 people and halted all sailings, officials said.\n\
The harbour master, Odalys Brandt, said the flames did not get as far as the fuel depot.\n\
Source link\n";

const RADIO_TEXT: &str = "\u{627}\u{644}\u{645}\u{646}\u{627}\u{631}\u{629}: fourteen injured in Port Ellory \u{1f6a2}\u{1f525}\n\
Fourteen people were hurt when fire swept through the ferry terminal in Port Ellory before dawn, the regional hospital told \u{625}\u{630}\u{627}\u{639}\u{629} \u{627}\u{644}\u{645}\u{646}\u{627}\u{631}\u{629} on Wednesday.\n\
The hospital had spoken of 12 on Tuesday. Four of them are in intensive care.\n\
\u{201c}We were lucky with the wind, and nobody should pretend otherwise,\u{201d} said Jos\u{e9} \u{10c}ern\u{fd}, the harbour master\u{2019}s deputy.\n\
Investigators have not excluded arson, prosecutor \u{5e0}\u{5d5}\u{5e2}\u{5d4} \u{5d1}\u{5df}-\u{5d3}\u{5d5}\u{5d3} said. Six people were treated at the scene. Nobody was treated at the scene, the hospital said.\n\
Campaigners have long called the building a firetrap.\n";

const PREVIEW_TEXT: &str = "Ferry terminal to close for works on Thursday\n\
17 March 2031\n\
The ferry terminal at Port Ellory will close for a week from Thursday for works, the port company announced on Monday.\n\
Mayor Tove Lindqvist is expected to open the new quay on Tuesday.\n\
About us: the Ellory Gazette has served the coast since 1891.\n";

const CHESS_TEXT: &str = "Stellan Island chess club wins on tie-break\n\
The chess club of Stellan Island won the coastal cup on Sunday on tie-break.\n";

/// The texts of the sample; one document's text is left out on purpose.
pub(super) fn texts() -> Texts {
    [
        (HERALD, HERALD_TEXT),
        (MORNING, MORNING_TEXT),
        (BUZZ, BUZZ_TEXT),
        (COAST, COAST_TEXT),
        (RADIO, RADIO_TEXT),
        (PREVIEW, PREVIEW_TEXT),
        (CHESS, CHESS_TEXT),
    ]
    .into_iter()
    .map(|(id, text)| (id.to_owned(), text.to_owned()))
    .collect()
}

fn text_of(id: &str) -> &'static str {
    match id {
        HERALD => HERALD_TEXT,
        MORNING => MORNING_TEXT,
        BUZZ => BUZZ_TEXT,
        COAST => COAST_TEXT,
        RADIO => RADIO_TEXT,
        PREVIEW => PREVIEW_TEXT,
        _ => CHESS_TEXT,
    }
}

fn span(id: &str, needle: &str) -> Span {
    let at = text_of(id).find(needle).unwrap_or_else(|| panic!("{needle:?} is not in {id}"));
    Span::new(at, at + needle.len())
}

fn line(id: &str, needle: &str) -> Span {
    let (text, at) = (text_of(id), span(id, needle).range().start);
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    Span::new(start, start + text[start..].find('\n').unwrap_or(text.len() - start))
}

/// Evidence: the words `needle`, of which `focus` differs.
fn ev(id: &str, needle: &str, focus: &str, role: &str) -> Evidence {
    let span = span(id, needle);
    let at = needle.find(focus).expect("focus in needle") + span.range().start;
    let has_focus = !focus.is_empty();
    Evidence {
        document: id.into(),
        start: span.start,
        end: span.end,
        text: needle.into(),
        role: (!role.is_empty()).then(|| role.into()),
        focus_start: has_focus.then_some(at as u32),
        focus_end: has_focus.then_some((at + focus.len()) as u32),
    }
}

fn feature(name: &str, value: f64, weight: f64, note: &str) -> Feature {
    Feature { name: name.into(), value, weight, note: note.into() }
}

fn interval(first: Date, last: Date) -> Interval {
    Interval { first, last }
}

fn ids(list: &[&str]) -> Vec<String> {
    list.iter().map(|&id| id.into()).collect()
}

/// The whole sample.
pub(super) fn report() -> Report {
    Report {
        schema: SCHEMA.into(),
        generator: Generator {
            name: "variorum".into(),
            version: "0.1.0".into(),
            options: BTreeMap::from([("min-confidence".to_owned(), "0.4".to_owned())]),
        },
        documents: documents(),
        stories: vec![main_story(), small_story("s-0000000002", CHESS), small_story("s-0000000003", GONE)],
    }
}

fn document(id: &str, name: &str, outlet: Option<&str>, title: &str, published: Published) -> ReportDocument {
    let title_span = (id != GONE).then(|| line(id, title));
    ReportDocument {
        id: id.into(),
        name: name.into(),
        title: Some(title_span.map_or(title, |s| s.of(text_of(id))).into()),
        title_span,
        outlet: outlet.map(str::to_owned),
        url: None,
        authors: Vec::new(),
        language: Some("en".into()),
        published,
        credits: Vec::new(),
        furniture: Vec::new(),
        text_bytes: if id == GONE { 100 } else { text_of(id).len() as u32 },
        text_sha256: "0".repeat(64),
        text_file: Some(format!("texts/{id}.txt")),
        notes: Vec::new(),
        extra: BTreeMap::new(),
    }
}

fn dated(value: Option<Date>, basis: &str, evidence: Vec<DateCandidate>) -> Published {
    Published {
        value,
        until: None,
        granularity: value.map(|_| Granularity::Day),
        basis: basis.into(),
        inferred: basis.starts_with("inferred"),
        evidence,
    }
}

fn candidate(source: DateSource, text: &str, value: Date, weight: f64, reason: &str) -> DateCandidate {
    let value = Some(value);
    DateCandidate {
        source,
        text: text.into(),
        span: None,
        document: None,
        value,
        weight,
        reason: reason.into(),
    }
}

fn furniture(id: &str, needle: &str, reason: FurnitureReason) -> ReportFurniture {
    let span = line(id, needle);
    ReportFurniture { start: span.start, end: span.end, reason }
}

fn documents() -> Vec<ReportDocument> {
    let tuesday = date(2031, 3, 18);
    let mut herald = document(
        HERALD,
        "pages/herald.html",
        Some("The Ellory Herald"),
        "Fire guts",
        dated(
            Some(tuesday),
            "visible text",
            vec![candidate(DateSource::VisibleText, "18 March 2031", tuesday, 0.8, "beside the byline")],
        ),
    );
    herald.url = Some("https://herald.example/2031/fire?a=1&b=\"2\"".into());
    herald.authors = vec!["Imogen Tarrant".into()];
    herald.furniture = vec![furniture(HERALD, "Sign up for our", FurnitureReason::Newsletter)];
    let mut morning = document(
        MORNING,
        "pages/morning.txt",
        Some("Morning Line"),
        "Terminal fire in",
        dated(Some(tuesday), "visible text", Vec::new()),
    );
    morning.credits = vec![Credit {
        span: span(MORNING, "(Nordic Wire)"),
        kind: CreditKind::AgencyDateline,
        name: Some("Nordic Wire".into()),
    }];
    morning.furniture = vec![furniture(MORNING, "Reporting by", FurnitureReason::CreditLine)];
    let mut buzz = document(
        BUZZ,
        "pages/<script>alert('name')</script>.html",
        Some("Buzz \u{202e}<b>Planet</b>"),
        "Blaze destroys",
        dated(
            Some(tuesday),
            "inferred from story",
            vec![
                candidate(
                    DateSource::Story,
                    "early on Tuesday",
                    tuesday,
                    0.7,
                    "the same Tuesday is the 18th in pages/herald.html",
                ),
                candidate(
                    DateSource::Meta,
                    "25 March 2031",
                    date(2031, 3, 25),
                    0.1,
                    "date of rendering: a week after the event that it calls Tuesday's",
                ),
            ],
        ),
    );
    buzz.url = Some("javascript:alert(1)".into());
    buzz.furniture = vec![furniture(BUZZ, "12 shares", FurnitureReason::Counter)];
    buzz.notes = vec![Note { span: None, message: "declared as windows-1252, is UTF-8 \u{1b}[31m".into() }];
    let mut coast = document(
        COAST,
        "pages/coast.txt",
        Some(&"Coast and Harbour Advertiser with Which Is Incorporated the ".repeat(4)[..200]),
        "Ferry terminal burns",
        dated(Some(tuesday), "inferred from story", Vec::new()),
    );
    coast.furniture = vec![furniture(COAST, "Source link", FurnitureReason::SourceLink)];
    let radio = document(
        RADIO,
        "pages/radio.txt",
        Some("\u{625}\u{630}\u{627}\u{639}\u{629} \u{627}\u{644}\u{645}\u{646}\u{627}\u{631}\u{629}"),
        "fourteen injured",
        Published {
            until: Some(date(2031, 3, 20)),
            ..dated(Some(date(2031, 3, 19)), "inferred from story", Vec::new())
        },
    );
    let mut preview = document(
        PREVIEW,
        "pages/preview.txt",
        None,
        "to close for works",
        dated(Some(date(2031, 3, 17)), "visible text", Vec::new()),
    );
    preview.furniture = vec![furniture(PREVIEW, "About us", FurnitureReason::Legal)];
    let chess = document(
        CHESS,
        "pages/chess.txt",
        Some("Island News"),
        "chess club",
        dated(None, "unknown", Vec::new()),
    );
    let gone = document(
        GONE,
        "pages/gone.txt",
        None,
        "A text <b>that</b> nobody handed over",
        dated(None, "unknown", Vec::new()),
    );
    vec![herald, morning, buzz, coast, radio, preview, chess, gone]
}

fn small_story(id: &str, document: &str) -> Story {
    let title = if document == CHESS {
        "Stellan Island chess club wins on tie-break"
    } else {
        "A text <b>that</b> nobody handed over"
    };
    Story {
        id: id.into(),
        title: title.into(),
        documents: ids(&[document]),
        members: Vec::new(),
        coherence: 1.0,
        origins: vec![Origin {
            id: "o1".into(),
            documents: ids(&[document]),
            head: Some(document.into()),
            parent: None,
            basis: "the only account".into(),
        }],
        copies: Vec::new(),
        entities: Vec::new(),
        quotations: Vec::new(),
        times: Vec::new(),
        findings: Vec::new(),
        matrix: Vec::new(),
        timeline: Vec::new(),
        brief: Vec::new(),
    }
}

fn main_story() -> Story {
    Story {
        id: "s-0000000001".into(),
        title: "Fire guts Port Ellory ferry terminal, 12 hurt".into(),
        documents: ids(&[PREVIEW, HERALD, MORNING, BUZZ, COAST, RADIO]),
        members: members(),
        coherence: 0.71,
        origins: origins(),
        copies: copies(),
        entities: entities(),
        quotations: quotations(),
        times: vec![time(HERALD, "Tuesday", "2031-03-18"), time(PREVIEW, "Thursday", "2031-03-20")],
        findings: findings(),
        matrix: matrix(),
        timeline: timeline(),
        brief: brief(),
    }
}

fn time(id: &str, needle: &str, value: &str) -> ReportTime {
    let span = span(id, needle);
    let day: Date = value.parse().expect("a day");
    ReportTime {
        document: id.into(),
        start: span.start,
        end: span.end,
        text: needle.into(),
        kind: TimeKind::Date,
        value: value.into(),
        interval: Some(interval(day, day)),
    }
}

fn members() -> Vec<Membership> {
    [PREVIEW, HERALD, MORNING, BUZZ, COAST, RADIO]
        .iter()
        .map(|&id| Membership {
            document: id.into(),
            score: 0.68,
            why: vec![
                feature(
                    "shared names",
                    4.0,
                    0.5,
                    "Port Ellory, Stellan Island, Odalys Brandt, Ruben Achterberg",
                ),
                feature("same day", 1.0, 0.2, "18 March 2031"),
                feature("rare terms", 0.42, 0.3, "terminal, ferry, depot"),
            ],
        })
        .collect()
}

fn origins() -> Vec<Origin> {
    vec![
        Origin {
            id: "o1".into(),
            documents: ids(&[HERALD, BUZZ, PREVIEW]),
            head: Some(HERALD.into()),
            parent: None,
            basis: "Buzz rewords the Herald statement by statement; the preview shares the Herald's first paragraph".into(),
        },
        Origin {
            id: "o2".into(),
            documents: ids(&[MORNING, COAST]),
            head: None,
            parent: Some("Nordic Wire".into()),
            basis: "both carry the copy of one agency that is not in the pile".into(),
        },
        Origin {
            id: "o3".into(),
            documents: ids(&[RADIO]),
            head: Some(RADIO.into()),
            parent: None,
            basis: "shares no passage with any other account".into(),
        },
    ]
}

fn passage(from: &str, a: &str, to: &str, b: &str, score: f64) -> Passage {
    let (a, b) = (span(from, a), span(to, b));
    Passage { from_start: a.start, from_end: a.end, to_start: b.start, to_end: b.end, score }
}

fn copies() -> Vec<Copy> {
    vec![
        Copy {
            id: "c-1".into(),
            from: HERALD.into(),
            to: BUZZ.into(),
            kind: CopyKind::Reworded,
            share: 0.94,
            share_from: 0.71,
            direction: Direction::Forward,
            parent: None,
            confidence: 0.97,
            passages: vec![
                passage(
                    HERALD,
                    "A fire gutted the ferry terminal at Port Ellory early on Tuesday, injuring 12 people and stranding hundreds of passengers.",
                    BUZZ,
                    "A blaze destroyed the boat station at Port Ellory early on Tuesday, harming 21 persons and marooning hundreds of travellers.",
                    0.81,
                ),
                passage(
                    HERALD,
                    "Police chief Ruben Achterberg ruled out arson.",
                    BUZZ,
                    "Police boss Ruben Achterberg governed out arson.",
                    0.9,
                ),
            ],
            why: vec![
                feature("order of statements", 0.98, 0.5, ""),
                feature("names kept", 0.86, 0.3, "Odalys Brandt, Ruben Achterberg, Anna Kestrel"),
                feature(
                    "garbled on the way",
                    2.0,
                    0.4,
                    "\u{201c}governed out\u{201d} for \u{201c}ruled out\u{201d}",
                ),
                feature("published later", 1.0, 0.1, ""),
            ],
        },
        Copy {
            id: "c-2".into(),
            from: COAST.into(),
            to: MORNING.into(),
            kind: CopyKind::Agency,
            share: 0.66,
            share_from: 1.0,
            direction: Direction::Unknown,
            parent: Some("Nordic Wire".into()),
            confidence: 0.99,
            passages: vec![passage(
                COAST,
                "The harbour master, Odalys Brandt, said the flames did not get as far as the fuel depot.",
                MORNING,
                "The harbour master, Odalys Brandt, said the flames did not get as far as the fuel depot.",
                1.0,
            )],
            why: vec![feature("credit line", 1.0, 0.9, "(Nordic Wire) in both")],
        },
        Copy {
            id: "c-3".into(),
            from: HERALD.into(),
            to: PREVIEW.into(),
            kind: CopyKind::Excerpted,
            share: 0.22,
            share_from: 0.08,
            direction: Direction::Unknown,
            parent: None,
            confidence: 0.61,
            passages: Vec::new(),
            why: vec![feature("shared word runs", 0.22, 0.6, "the ferry terminal at Port Ellory")],
        },
    ]
}

fn entity(id: &str, name: &str, kind: EntityKind, aliases: &[&str], mentions: Vec<Evidence>) -> StoryEntity {
    StoryEntity { id: id.into(), name: name.into(), kind, aliases: ids(aliases), mentions }
}

fn entities() -> Vec<StoryEntity> {
    vec![
        entity(
            "e1",
            "Odalys Brandt",
            EntityKind::Person,
            &["Brandt", "harbour ace", "harbour master", "she"],
            vec![
                ev(HERALD, "Odalys Brandt", "", ""),
                ev(MORNING, "Odalys Brandt", "", ""),
                ev(BUZZ, "Odalys Brandt", "", ""),
            ],
        ),
        entity(
            "e2",
            "Ruben Achterberg",
            EntityKind::Person,
            &["police boss", "police chief"],
            vec![ev(HERALD, "Ruben Achterberg", "", "")],
        ),
        entity(
            "e3",
            "Jos\u{e9} \u{10c}ern\u{fd}",
            EntityKind::Person,
            &[],
            vec![ev(RADIO, "Jos\u{e9} \u{10c}ern\u{fd}", "", "")],
        ),
        entity(
            "e4",
            "\u{5e0}\u{5d5}\u{5e2}\u{5d4} \u{5d1}\u{5df}-\u{5d3}\u{5d5}\u{5d3}",
            EntityKind::Person,
            &["prosecutor"],
            Vec::new(),
        ),
        entity(
            "e5",
            "Port Ellory",
            EntityKind::Place,
            &["<img src=x onerror=alert(1)>"],
            vec![ev(HERALD, "Port Ellory", "", ""), ev(RADIO, "Port Ellory", "", "")],
        ),
        entity("e6", "Nordic Wire", EntityKind::Organisation, &[], vec![ev(MORNING, "Nordic Wire", "", "")]),
    ]
}

fn quotation(
    id: &str,
    document: &str,
    text: &str,
    source: (&str, &str),
    utterance: Option<&str>,
) -> ReportQuotation {
    let (at, by) = (span(document, text), span(document, source.1));
    ReportQuotation {
        id: id.into(),
        document: document.into(),
        kind: if text.starts_with("We were") { QuotationKind::Direct } else { QuotationKind::Indirect },
        start: at.start,
        end: at.end,
        text: text.into(),
        parts: Vec::new(),
        cue: None,
        source: Some(ReportSource {
            entity: Some(source.0.into()),
            text: source.1.into(),
            start: by.start,
            end: by.end,
        }),
        utterance: utterance.map(str::to_owned),
    }
}

const LUCKY_HERALD: &str = "We were lucky with the wind, and we should not pretend otherwise,";
const LUCKY_BUZZ: &str = "We were fortunate with the breeze, and we must not pretend otherwise,";
const LUCKY_RADIO: &str = "We were lucky with the wind, and nobody should pretend otherwise,";

fn quotations() -> Vec<ReportQuotation> {
    let brandt = "Odalys Brandt";
    vec![
        quotation("q1", HERALD, LUCKY_HERALD, (brandt, "she"), Some("u1")),
        quotation("q2", BUZZ, LUCKY_BUZZ, (brandt, "she"), Some("u1")),
        quotation(
            "q3",
            RADIO,
            LUCKY_RADIO,
            ("Jos\u{e9} \u{10c}ern\u{fd}", "Jos\u{e9} \u{10c}ern\u{fd}"),
            Some("u1"),
        ),
        quotation("q4", MORNING, "We were lucky with the wind,", (brandt, "Brandt"), Some("u1")),
        quotation(
            "q5",
            HERALD,
            "the blaze did not reach the fuel depot",
            (brandt, "Harbour master Odalys Brandt"),
            Some("u2"),
        ),
        quotation(
            "q6",
            BUZZ,
            "the inferno did reach the fuel depot",
            (brandt, "Harbour ace Odalys Brandt"),
            Some("u2"),
        ),
        quotation(
            "q7",
            PREVIEW,
            "will close for a week from Thursday for works",
            ("the port company", "the port company"),
            None,
        ),
    ]
}

fn side(
    label: &str,
    documents: &[&str],
    origins: &[&str],
    sources: &[&str],
    evidence: Vec<Evidence>,
) -> Side {
    Side {
        label: label.into(),
        documents: ids(documents),
        origins: ids(origins),
        sources: ids(sources),
        evidence,
    }
}

type Kind = (FindingKind, Option<FindingType>);

fn finding(
    id: &str,
    (kind, finding_type): Kind,
    message: &str,
    confidence: f64,
    sides: Vec<Side>,
) -> Finding {
    Finding {
        id: id.into(),
        kind,
        finding_type,
        message: message.into(),
        sides,
        confidence,
        copy: (kind == FindingKind::CorruptedCopy).then(|| "c-1".into()),
        why: vec![
            feature("aligned statements", 0.83, 0.6, "fire, terminal, Port Ellory"),
            feature("same day", 1.0, 0.2, ""),
        ],
    }
}

use variorum_schema::Side;

const LEAD_HERALD: &str = "A fire gutted the ferry terminal at Port Ellory early on Tuesday, injuring 12 people and stranding hundreds of passengers.";
const LEAD_BUZZ: &str = "A blaze destroyed the boat station at Port Ellory early on Tuesday, harming 21 persons and marooning hundreds of travellers.";
const LEAD_WIRE: &str = "A fire at the Port Ellory ferry terminal on Tuesday injured at least 12 people and halted all sailings, officials said.";
const LEAD_RADIO: &str =
    "Fourteen people were hurt when fire swept through the ferry terminal in Port Ellory before dawn";
const DEPOT_HERALD: &str = "Harbour master Odalys Brandt said the blaze did not reach the fuel depot.";
const DEPOT_BUZZ: &str = "Harbour ace Odalys Brandt said the inferno did reach the fuel depot.";
const DEPOT_WIRE: &str =
    "The harbour master, Odalys Brandt, said the flames did not get as far as the fuel depot.";

fn findings() -> Vec<Finding> {
    let mut list = grave_findings();
    list.extend(mild_findings());
    list
}

fn grave_findings() -> Vec<Finding> {
    use FindingKind as K;
    use FindingType as T;
    vec![
        finding(
            "f-01",
            (K::Conflict, Some(T::Actor)),
            "The Herald says that the police chief ruled out arson; Radio al-Manara says that investigators have not excluded it.",
            0.83,
            vec![
                side(
                    "ruled out",
                    &[HERALD, BUZZ],
                    &["o1"],
                    &["Ruben Achterberg"],
                    vec![ev(
                        HERALD,
                        "Police chief Ruben Achterberg ruled out arson.",
                        "ruled out",
                        "sentence",
                    )],
                ),
                side(
                    "not excluded",
                    &[RADIO],
                    &["o3"],
                    &["\u{5e0}\u{5d5}\u{5e2}\u{5d4} \u{5d1}\u{5df}-\u{5d3}\u{5d5}\u{5d3}"],
                    vec![ev(
                        RADIO,
                        "Investigators have not excluded arson, prosecutor \u{5e0}\u{5d5}\u{5e2}\u{5d4} \u{5d1}\u{5df}-\u{5d3}\u{5d5}\u{5d3} said.",
                        "not excluded",
                        "sentence",
                    )],
                ),
            ],
        ),
        finding(
            "f-02",
            (K::Conflict, Some(T::Outcome)),
            "The Herald reports the sailing to Stellan Island as cancelled, Morning Line as postponed.",
            0.78,
            vec![
                side(
                    "cancelled",
                    &[HERALD],
                    &["o1"],
                    &[],
                    vec![ev(
                        HERALD,
                        "The 06:40 sailing to Stellan Island was cancelled.",
                        "cancelled",
                        "sentence",
                    )],
                ),
                side(
                    "postponed",
                    &[MORNING],
                    &["o2"],
                    &["the operator"],
                    vec![ev(
                        MORNING,
                        "The morning sailing to Stellan Island was postponed until Wednesday, the operator said.",
                        "postponed",
                        "sentence",
                    )],
                ),
            ],
        ),
        finding(
            "f-03",
            (K::CorruptedCopy, Some(T::Negation)),
            "Buzz copies the Herald and drops \u{201c}not\u{201d}: the fire reached the fuel depot, where the original says that it did not.",
            0.96,
            vec![
                side(
                    "did not reach",
                    &[HERALD, MORNING, COAST],
                    &["o1", "o2"],
                    &["Odalys Brandt"],
                    vec![
                        ev(HERALD, DEPOT_HERALD, "did not reach", "original"),
                        ev(COAST, DEPOT_WIRE, "did not get", "support"),
                    ],
                ),
                side(
                    "did reach",
                    &[BUZZ],
                    &["o1"],
                    &["Odalys Brandt"],
                    vec![ev(BUZZ, DEPOT_BUZZ, "did reach", "copy")],
                ),
            ],
        ),
        finding(
            "f-04",
            (K::CorruptedCopy, Some(T::Quantity)),
            "Buzz copies the Herald and turns 12 injured into 21.",
            0.95,
            vec![
                side(
                    "12",
                    &[HERALD, MORNING, COAST],
                    &["o1", "o2"],
                    &[],
                    vec![ev(HERALD, LEAD_HERALD, "12 people", "original")],
                ),
                side("21", &[BUZZ], &["o1"], &[], vec![ev(BUZZ, LEAD_BUZZ, "21 persons", "copy")]),
            ],
        ),
        finding(
            "f-05",
            (K::CorruptedCopy, Some(T::Garble)),
            "Buzz\u{2019}s \u{201c}governed out arson\u{201d} no longer means anything; the original says \u{201c}ruled out\u{201d}.",
            0.91,
            vec![
                side(
                    "ruled out",
                    &[HERALD],
                    &["o1"],
                    &[],
                    vec![ev(
                        HERALD,
                        "Police chief Ruben Achterberg ruled out arson.",
                        "ruled out",
                        "original",
                    )],
                ),
                side(
                    "governed out",
                    &[BUZZ],
                    &["o1"],
                    &[],
                    vec![ev(
                        BUZZ,
                        "Police boss Ruben Achterberg governed out arson.",
                        "governed out",
                        "copy",
                    )],
                ),
            ],
        ),
        finding(
            "f-06",
            (K::AlteredQuotation, Some(T::Wording)),
            "One remark stands in four accounts in three wordings, and Radio al-Manara gives it to another speaker.",
            0.88,
            vec![
                side(
                    "we should not pretend",
                    &[HERALD],
                    &["o1"],
                    &["Odalys Brandt"],
                    vec![ev(HERALD, LUCKY_HERALD, "we should not", "quotation")],
                ),
                side(
                    "we must not pretend",
                    &[BUZZ],
                    &["o1"],
                    &["Odalys Brandt"],
                    vec![ev(BUZZ, LUCKY_BUZZ, "we must not", "quotation")],
                ),
                side(
                    "nobody should pretend",
                    &[RADIO],
                    &["o3"],
                    &["Jos\u{e9} \u{10c}ern\u{fd}"],
                    vec![ev(RADIO, LUCKY_RADIO, "nobody should", "quotation")],
                ),
            ],
        ),
        finding(
            "f-07",
            (K::SelfContradiction, Some(T::Quantity)),
            "Radio al-Manara says both that six people and that nobody was treated at the scene.",
            0.72,
            vec![
                side(
                    "six",
                    &[RADIO],
                    &["o3"],
                    &[],
                    vec![ev(RADIO, "Six people were treated at the scene.", "Six people", "sentence")],
                ),
                side(
                    "nobody",
                    &[RADIO],
                    &["o3"],
                    &["the hospital"],
                    vec![ev(
                        RADIO,
                        "Nobody was treated at the scene, the hospital said.",
                        "Nobody",
                        "sentence",
                    )],
                ),
            ],
        ),
        finding(
            "f-08",
            (K::Revised, Some(T::Quantity)),
            "The number of injured rose from 12 on 18 March to 14 on 19 March.",
            0.9,
            vec![
                side(
                    "12",
                    &[HERALD, MORNING, COAST],
                    &["o1", "o2"],
                    &[],
                    vec![ev(MORNING, LEAD_WIRE, "at least 12 people", "earlier")],
                ),
                side(
                    "14",
                    &[RADIO],
                    &["o3"],
                    &["the hospital"],
                    vec![ev(RADIO, LEAD_RADIO, "Fourteen people", "later")],
                ),
            ],
        ),
    ]
}

fn mild_findings() -> Vec<Finding> {
    use FindingKind as K;
    use FindingType as T;
    vec![
        finding(
            "f-09",
            (K::Corroborated, None),
            "A fire hit the ferry terminal at Port Ellory on Tuesday, 18 March.",
            0.98,
            vec![side(
                "",
                &[HERALD, BUZZ, MORNING, COAST, RADIO],
                &["o1", "o2", "o3"],
                &[],
                vec![
                    ev(HERALD, LEAD_HERALD, "", "sentence"),
                    ev(MORNING, LEAD_WIRE, "", "sentence"),
                    ev(RADIO, LEAD_RADIO, "", "sentence"),
                ],
            )],
        ),
        finding(
            "f-10",
            (K::Corroborated, None),
            "The fire did not reach the fuel depot, says the harbour master.",
            0.94,
            vec![side(
                "",
                &[HERALD, MORNING, COAST],
                &["o1", "o2"],
                &["Odalys Brandt"],
                vec![ev(HERALD, DEPOT_HERALD, "", "sentence"), ev(COAST, DEPOT_WIRE, "", "sentence")],
            )],
        ),
        finding(
            "f-11",
            (K::ExpectedHappened, Some(T::Open)),
            "Announced on 17 March: the mayor opens the new quay on Tuesday. No later account in this pile says whether she did.",
            0.7,
            vec![side(
                "announced",
                &[PREVIEW],
                &["o1"],
                &[],
                vec![ev(
                    PREVIEW,
                    "Mayor Tove Lindqvist is expected to open the new quay on Tuesday.",
                    "is expected to open",
                    "announcement",
                )],
            )],
        ),
        finding(
            "f-12",
            (K::Wording, Some(T::PersonTerm)),
            "What the accounts call Odalys Brandt.",
            0.8,
            vec![
                side(
                    "harbour master",
                    &[HERALD, MORNING, COAST],
                    &["o1", "o2"],
                    &[],
                    vec![ev(HERALD, "Harbour master", "", "term"), ev(MORNING, "harbour master", "", "term")],
                ),
                side("harbour ace", &[BUZZ], &["o1"], &[], vec![ev(BUZZ, "Harbour ace", "", "term")]),
            ],
        ),
        finding(
            "f-13",
            (K::Wording, Some(T::GroupTerm)),
            "What the accounts call those who have criticised the terminal.",
            0.77,
            vec![
                side("activists", &[HERALD], &["o1"], &[], vec![ev(HERALD, "Activists", "", "term")]),
                side("campaigners", &[RADIO], &["o3"], &[], vec![ev(RADIO, "Campaigners", "", "term")]),
            ],
        ),
        finding(
            "f-14",
            (K::Omitted, None),
            "Morning Line covers the fire at length and does not mention the police chief\u{2019}s statement on arson.",
            0.6,
            vec![
                side(
                    "",
                    &[HERALD, RADIO],
                    &["o1", "o3"],
                    &[],
                    vec![ev(HERALD, "Police chief Ruben Achterberg ruled out arson.", "", "sentence")],
                ),
                side("not mentioned", &[MORNING], &["o2"], &[], Vec::new()),
            ],
        ),
        finding(
            "f-15",
            (K::SingleOrigin, None),
            "In this pile, the cost of 40 million crowns is carried by the accounts of one origin.",
            0.8,
            vec![side(
                "",
                &[HERALD],
                &["o1"],
                &[],
                vec![ev(
                    HERALD,
                    "The rebuilding will cost 40 million crowns, the port company estimates.",
                    "",
                    "sentence",
                )],
            )],
        ),
        finding(
            "f-16",
            (K::SingleOrigin, None),
            "In this pile, four people in intensive care are carried by the accounts of one origin.",
            0.8,
            vec![side(
                "",
                &[RADIO],
                &["o3"],
                &[],
                vec![ev(RADIO, "Four of them are in intensive care.", "", "sentence")],
            )],
        ),
    ]
}

fn cell(document: &str, stance: &str, needle: &str) -> Cell {
    Cell { document: document.into(), stance: stance.into(), evidence: ev(document, needle, "", "") }
}

fn row(claim: &str, from: Evidence, n_origins: u32, cells: Vec<Cell>, findings: &[&str]) -> MatrixRow {
    MatrixRow { claim: claim.into(), from, n_origins, cells, findings: ids(findings) }
}

fn matrix() -> Vec<MatrixRow> {
    vec![
        row(
            "A fire gutted the ferry terminal at Port Ellory",
            ev(HERALD, LEAD_HERALD, "", ""),
            3,
            vec![
                cell(HERALD, "states", LEAD_HERALD),
                cell(MORNING, "attributes", LEAD_WIRE),
                cell(BUZZ, "states", LEAD_BUZZ),
                cell(COAST, "attributes", LEAD_WIRE),
                cell(RADIO, "states", LEAD_RADIO),
            ],
            &["f-09"],
        ),
        row(
            "12 people were injured",
            ev(HERALD, "injuring 12 people", "", ""),
            2,
            vec![
                cell(HERALD, "states", LEAD_HERALD),
                cell(MORNING, "states", LEAD_WIRE),
                cell(BUZZ, "differs", LEAD_BUZZ),
                cell(COAST, "states", LEAD_WIRE),
                cell(RADIO, "differs", LEAD_RADIO),
            ],
            &["f-04", "f-08"],
        ),
        row(
            "the blaze did not reach the fuel depot",
            ev(HERALD, DEPOT_HERALD, "", ""),
            2,
            vec![
                cell(HERALD, "attributes", DEPOT_HERALD),
                cell(MORNING, "attributes", DEPOT_WIRE),
                cell(BUZZ, "differs", DEPOT_BUZZ),
                cell(COAST, "attributes", DEPOT_WIRE),
            ],
            &["f-03"],
        ),
        row(
            "the terminal closes for a week from Thursday",
            ev(PREVIEW, "will close for a week", "", ""),
            1,
            vec![cell(
                PREVIEW,
                "announces",
                "The ferry terminal at Port Ellory will close for a week from Thursday for works",
            )],
            &[],
        ),
    ]
}

fn timeline() -> Vec<TimelineEntry> {
    let day = |d: i8| date(2031, 3, d);
    let entry =
        |first: Date, last: Date, value: &str, text: &str, is_expected, evidence, origins: &[&str]| {
            TimelineEntry {
                interval: interval(first, last),
                value: value.into(),
                granularity: if first == last { Granularity::Day } else { Granularity::Week },
                text: text.into(),
                is_expected,
                evidence,
                origins: ids(origins),
            }
        };
    vec![
        entry(
            day(17),
            day(17),
            "2031-03-17",
            "The port company announces works at the terminal",
            false,
            vec![ev(PREVIEW, "the port company announced on Monday", "", "")],
            &["o1"],
        ),
        entry(
            day(18),
            day(18),
            "2031-03-18",
            LEAD_HERALD,
            false,
            vec![ev(HERALD, LEAD_HERALD, "", ""), ev(MORNING, LEAD_WIRE, "", "")],
            &["o1", "o2"],
        ),
        entry(
            day(18),
            day(18),
            "2031-03-18",
            "Mayor Tove Lindqvist is expected to open the new quay",
            true,
            vec![ev(PREVIEW, "Mayor Tove Lindqvist is expected to open the new quay on Tuesday.", "", "")],
            &["o1"],
        ),
        entry(
            day(19),
            day(19),
            "2031-03-19",
            LEAD_RADIO,
            false,
            vec![ev(RADIO, LEAD_RADIO, "", "")],
            &["o3"],
        ),
        entry(
            day(20),
            day(26),
            "2031-W12",
            "The terminal is closed for works",
            true,
            vec![ev(PREVIEW, "will close for a week from Thursday", "", "")],
            &["o1"],
        ),
    ]
}

fn brief() -> Vec<BriefSentence> {
    let say = |text: &str, is_extracted, citations, origins: &[&str], findings: &[&str]| BriefSentence {
        text: text.into(),
        is_extracted,
        citations,
        origins: ids(origins),
        findings: ids(findings),
    };
    vec![
        say(
            LEAD_HERALD,
            true,
            vec![ev(HERALD, LEAD_HERALD, "", ""), ev(MORNING, LEAD_WIRE, "", "")],
            &["o1", "o2"],
            &["f-09"],
        ),
        say(
            DEPOT_HERALD,
            true,
            vec![ev(HERALD, DEPOT_HERALD, "", ""), ev(COAST, DEPOT_WIRE, "", "")],
            &["o1", "o2"],
            &["f-10"],
        ),
        say(
            "One account, a reworded copy of the Herald, says the opposite.",
            false,
            vec![ev(BUZZ, DEPOT_BUZZ, "", "")],
            &["o1"],
            &["f-03"],
        ),
        say(
            "The number of injured was given as 12 on 18 March and as 14 on 19 March.",
            false,
            vec![ev(MORNING, LEAD_WIRE, "", ""), ev(RADIO, LEAD_RADIO, "", "")],
            &["o2", "o3"],
            &["f-08"],
        ),
        say(
            "The accounts contradict one another on whether arson is ruled out.",
            false,
            vec![
                ev(HERALD, "Police chief Ruben Achterberg ruled out arson.", "", ""),
                ev(RADIO, "Investigators have not excluded arson", "", ""),
            ],
            &["o1", "o3"],
            &["f-01"],
        ),
    ]
}
