//! The specification, and what holds on any text.

use variorum_schema::{Annotations, ArgumentRole, Claim, Document, Modality, Page, Polarity};

const SPEC: &str = include_str!("../../spec/claim.md");

fn read(text: &str) -> (Document, Annotations) {
    let document = crate::extract(&Page::new("case.txt", text));
    let annotations = crate::annotate(&document);
    (document, annotations)
}

fn kebab(value: impl std::fmt::Debug) -> String {
    format!("{value:?}").to_lowercase()
}

/// As the specification writes a claim.
fn shown(text: &str, claim: &Claim) -> String {
    let mut out = Vec::new();
    if claim.modality != Modality::Asserted {
        out.push(kebab(claim.modality));
    }
    if claim.polarity == Polarity::Negative {
        out.push("not".into());
    }
    out.push(claim.lemma.replace(' ', "-"));
    out.extend(claim.arguments.iter().map(|argument| format!("{}={}", kebab(argument.role), argument.head)));
    out.extend(claim.attribution.iter().map(|link| format!("by={}", link.source.of(text).replace(' ', "-"))));
    out.join(" ")
}

#[test]
fn the_specification_holds() {
    let mut failed = Vec::new();
    for line in SPEC.lines().filter_map(|line| line.strip_prefix("    ")) {
        let (text, want) = line.trim().split_once("  ").expect("an example and what is read");
        let (document, annotations) = read(text);
        let found: Vec<String> =
            annotations.claims.iter().map(|claim| shown(&document.text, claim)).collect();
        let got = if found.is_empty() { "-".to_owned() } else { found.join(" | ") };
        if got != want.trim() {
            failed.push(format!("{text}\n   wanted {}\n   got    {got}", want.trim()));
        }
    }
    assert!(failed.is_empty(), "{} wrong\n{}", failed.len(), failed.join("\n"));
}

#[test]
fn every_span_is_valid_on_any_text() {
    let long = format!("The envoy {} left.", "and the clerk, who wept, ".repeat(700));
    let cases = [
        "",
        ".",
        "“",
        "No",
        "Not.",
        "🙂 said 🙂 “no”",
        "TALKS FAIL IN LIMA",
        "Talks fail. \u{a0}“We tried,” she said. “Nobody listened",
        "قال محمد no\r\n\r\nyes (maybe",
        "It\u{92}s n\u{92}t to be, he said – or not?",
        "The killing of by the, of whom, that which who whose where not to be",
        &long,
    ];
    for text in cases {
        let (document, annotations) = read(text);
        for claim in &annotations.claims {
            let spans = claim.arguments.iter().map(|argument| argument.span);
            for span in spans.chain([claim.span, claim.predicate]).chain(claim.negation) {
                assert!(document.text.get(span.range()).is_some_and(|words| !words.is_empty()), "{text}");
            }
            assert!((claim.sentence as usize) < annotations.sentences.len(), "{text}");
        }
    }
}

#[test]
fn who_is_set_beside_an_office_does_what_it_does() {
    for (text, name) in [
        ("Runa Dahlby came. His lawyer, Runa Dahlby, lodged her appeal on Wednesday.", Some("Runa Dahlby")),
        ("Runa Dahlby came. His lawyer lodged her appeal on Wednesday.", None),
    ] {
        let (_, annotations) = read(text);
        let claim = annotations.claims.iter().find(|c| c.lemma == "lodge").expect(text);
        let agent = claim.arguments.iter().find(|a| a.role == ArgumentRole::Agent).expect(text);
        let found = agent.entity.map(|e| annotations.entities[e as usize].name.as_str());
        assert_eq!(found, name, "{text}");
    }
}
