//! Tests over small invented texts.

use variorum_schema::{Page, Quotation, QuotationKind, Span};

use crate::{annotate, extract};

const SPEC: &str = include_str!("../../spec/quotation.md");

/// A text as paragraphs of a document: no extraction in between, so that no line is taken for a headline.
fn document(text: &str) -> variorum_schema::Document {
    let mut document = extract(&Page::new("case", ""));
    document.text = text.to_string();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim();
        let at = start + (line.len() - line.trim_start().len());
        if !trimmed.is_empty() {
            let span = Span::new(at, at + trimmed.len());
            document
                .blocks
                .push(variorum_schema::Block { span, kind: variorum_schema::BlockKind::Paragraph });
        }
        start += line.len();
    }
    document
}

fn line(text: &str, quotation: &Quotation) -> String {
    let kind = match quotation.kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Indirect => "indirect",
        QuotationKind::Mixed => "mixed",
    };
    let content: Vec<&str> = quotation.content.iter().map(|span| span.of(text)).collect();
    let cue = quotation.cue.map_or("-", |span| span.of(text));
    let source = quotation.source.as_ref().map_or("-", |source| source.span.of(text));
    format!("{kind} | {} | {cue} | {source}", content.join(" … "))
}

fn found(text: &str) -> Vec<String> {
    annotate(&document(text)).quotations.iter().map(|quotation| line(text, quotation)).collect()
}

#[test]
fn the_specification_holds() {
    let mut wrong = String::new();
    let mut cases = 0;
    for case in SPEC.split("```quotation\n").skip(1) {
        let case = case.split("```").next().unwrap_or("");
        // typewriter marks hold backticks: a case ends with a line of nothing but the fence
        let (text, expected) = case.split_once("\n---\n").unwrap_or((case, ""));
        let expected: Vec<&str> = expected.lines().filter(|l| *l != "none").collect();
        let ours = found(text);
        cases += 1;
        if ours != expected {
            wrong += &format!("\n{text}\n  expected {expected:#?}\n  found {ours:#?}\n");
        }
    }
    assert!(cases > 30, "only {cases} cases read");
    assert!(wrong.is_empty(), "{wrong}");
}

/// Speakers of a text, by the names of their entities.
fn speakers(text: &str) -> Vec<String> {
    let annotations = annotate(&document(text));
    let name = |q: &Quotation| {
        let entity = q.source.as_ref()?.entity?;
        annotations.entities.get(entity as usize).map(|e| e.name.clone())
    };
    annotations.quotations.iter().map(|q| name(q).unwrap_or_else(|| "-".into())).collect()
}

#[test]
fn descriptions_and_pronouns_find_their_speaker() {
    let cases: &[(&str, &[&str])] = &[
        (
            "President Ada Osei opened the harbour. “Every ship is welcome here again,” the head of state said.",
            &["Ada Osei"],
        ),
        (
            "Ines Valde, keeper of the lock, slept badly. “The water came at four in the morning,” said the keeper of the lock.",
            &["Ines Valde"],
        ),
        (
            "“She paints as if nobody had done it before,” said the chairman of the jury, Lucas Brandt.",
            &["Lucas Brandt"],
        ),
        (
            "Health Minister Maria Dole spoke first. Opposition leader Peter Dole, the minister's cousin, asked for her resignation. “Blood is thicker than that,” he said.",
            &["Peter Dole"],
        ),
        (
            "Norland had threatened to leave. Its ambassador, Rustam Ilo, thanked the council. “It is the last time,” he said.",
            &["Rustam Ilo"],
        ),
        (
            "Most agreed with the candidate Peter Dole of Vermont, who said on Monday, “The people are tired of hearing about it.”",
            &["Peter Dole"],
        ),
    ];
    for (text, expected) in cases {
        let ours = speakers(text);
        assert!(expected.iter().all(|name| ours.iter().any(|o| o == name)), "{text}: {ours:?}");
    }
}

#[test]
fn stances_are_no_quotations() {
    let cases = [
        (
            "Berg criticised the mayor for closing the bridge.",
            "Berg",
            "criticised",
            "the mayor for closing the bridge",
        ),
        ("The plan was denounced by the union.", "the union", "denounced", "The plan"),
        ("Osei refused to sign the treaty.", "Osei", "refused", "to sign the treaty"),
    ];
    for (text, source, cue, content) in cases {
        let annotations = annotate(&document(text));
        assert!(annotations.quotations.is_empty(), "{text}");
        let [stance] = annotations.stances.as_slice() else { panic!("{text}: {:?}", annotations.stances) };
        assert_eq!(stance.source.as_ref().map(|s| s.span.of(text)), Some(source));
        assert_eq!(stance.cue.map(|c| c.of(text)), Some(cue));
        assert_eq!(stance.span.of(text), content);
    }
}

const NASTY: &[&str] = &[
    "",
    "\"",
    "“",
    "”",
    "''",
    "' ' ' '",
    "“”",
    "\"\"",
    "“ ”",
    "said",
    "said “",
    "according to",
    "According to, said",
    "“““““““““ he said ”””””””””",
    "\" \" \" \" \" said \" he \"",
    "„Ja“, sagte «er» ‹und› “ging”.",
    "🙂“🙂”🙂 said 🙂",
    "\u{200f}“مرحبا” قال محمد said Omar\u{200e}: \"שלום\"",
    "\u{a0}“We\u{a0}are\u{a0}leaving,”\u{a0}Reeve\u{a0}said.\r\n\r\n“Again.”\r\n",
    "\u{93}We are leaving,\u{94} Reeve said. It\u{92}s late.",
    "He said\n\nshe said\n\n\"they said",
    "‘‘We’’ said ‘I’ ’’",
    "told told told told told told said said said that that that that",
    "“a”“b”“c”, said “d” said “e”, according to “f”",
    "É\u{301}“é” said É, “é",
];

#[test]
fn spans_are_valid_on_any_text() {
    let long_quotes = "“a ".repeat(3000);
    let long_singles = "'a ".repeat(3000);
    let long_says = "he said that ".repeat(3000);
    let long = [long_quotes.as_str(), long_singles.as_str(), long_says.as_str()];
    // every nasty text, every pair of them, and each cut at every character
    let mut texts: Vec<String> = long.iter().map(|t| (*t).to_string()).collect();
    for one in NASTY {
        texts.extend(NASTY.iter().map(|other| format!("{one} {other}\n{one}")));
        texts.extend(one.char_indices().map(|(at, _)| one[..at].to_string()));
    }
    for text in &texts {
        let document = document(text);
        let annotations = annotate(&document);
        for quotation in annotations.quotations.iter().chain(&annotations.stances) {
            let spans = quotation
                .content
                .iter()
                .copied()
                .chain(quotation.cue)
                .chain(quotation.source.as_ref().map(|s| s.span));
            for span in spans.chain([quotation.span]) {
                assert!(text.get(span.range()).is_some_and(|t| !t.is_empty()), "{span:?} in {text:?}");
            }
            assert!(
                quotation.content.windows(2).all(|w| w[0].end <= w[1].start),
                "{quotation:?} in {text:?}"
            );
        }
    }
}
