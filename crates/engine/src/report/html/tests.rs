//! The page as a browser's parser sees it.

use std::collections::BTreeSet;

use scraper::{Html, Selector};

use super::super::sample;

fn page() -> String {
    super::html(&sample::report(), &sample::texts())
}

fn all<'d>(document: &'d Html, selector: &str) -> Vec<scraper::ElementRef<'d>> {
    document.select(&Selector::parse(selector).expect("selector")).collect()
}

#[test]
fn no_markup_of_others_survives() {
    let page = page();
    let document = Html::parse_document(&page);
    assert_eq!(all(&document, "script").len(), 1, "our own script alone");
    assert!(
        all(&document, "img, iframe, object, embed, form, base, [onerror], [onload], [onclick]").is_empty()
    );
    for link in all(&document, "a[href]") {
        let href = link.value().attr("href").unwrap_or_default();
        assert!(
            href.starts_with('#') || href.starts_with("https://") || href.starts_with("http://"),
            "{href}"
        );
    }
    assert!(!page.contains('\u{1b}'));
}

#[test]
fn every_field_is_escaped() {
    // Every string of the report becomes an attack; identifiers stay, or nothing would be found.
    fn poison(value: &mut serde_json::Value, key: &str) {
        match value {
            serde_json::Value::String(text)
                if KEYS.contains(&key) && (key != "reason" || text.contains(' ')) =>
            {
                *text =
                    format!("</script><script>alert({key:?})</script>\"'><img src=x onerror=alert(1)>{text}");
            }
            serde_json::Value::Array(list) => list.iter_mut().for_each(|v| poison(v, key)),
            serde_json::Value::Object(map) => map.iter_mut().for_each(|(k, v)| poison(v, k)),
            _ => {}
        }
    }
    const KEYS: [&str; 18] = [
        "name", "version", "title", "outlet", "url", "authors", "language", "basis", "text", "reason",
        "message", "label", "sources", "note", "claim", "stance", "aliases", "role",
    ];
    let mut value = serde_json::to_value(sample::report()).expect("json");
    poison(&mut value, "");
    let report: variorum_schema::Report = serde_json::from_value(value).expect("report");
    let mut texts = sample::texts();
    texts.values_mut().for_each(|t| t.push_str("</p></article><script>alert(2)</script>\n"));
    for page in [super::html(&report, &texts), super::html(&report, &super::Texts::new())] {
        let document = Html::parse_document(&page);
        assert_eq!(all(&document, "script").len(), 1);
        assert!(all(&document, "img, [onerror]").is_empty());
    }
}

#[test]
fn every_link_has_its_target_and_every_id_is_one() {
    let page = page();
    let document = Html::parse_document(&page);
    let mut ids = BTreeSet::new();
    for element in all(&document, "[id]") {
        let id = element.value().attr("id").unwrap_or_default();
        assert!(ids.insert(id.to_owned()), "{id} twice");
    }
    let links = all(&document, "a[href^='#']");
    assert!(links.len() > 100, "the sample has citations");
    for link in links {
        let href = link.value().attr("href").unwrap_or_default();
        assert!(ids.contains(&href[1..]), "{href} leads nowhere");
    }
}

#[test]
fn every_evidence_has_its_passage() {
    let report = sample::report();
    let page = page();
    let document = Html::parse_document(&page);
    let story = &report.stories[0];
    let evidence = (story.findings.iter().flat_map(|f| &f.sides).flat_map(|s| &s.evidence))
        .chain(story.brief.iter().flat_map(|b| &b.citations))
        .chain(story.timeline.iter().flat_map(|t| &t.evidence))
        .chain(story.matrix.iter().flat_map(|m| m.cells.iter().map(|c| &c.evidence)));
    for e in evidence {
        let index = report.documents.iter().position(|d| d.id == e.document).expect("document") + 1;
        let found = all(&document, &format!("[id='p{index}-{}-{}']", e.start, e.end));
        assert_eq!(found.len(), 1, "{}", e.text);
        let text: String = found[0].text().collect();
        assert!(text.starts_with(&e.text[..e.text.len().min(5)]), "{text:?} for {:?}", e.text);
        assert!(!found[0].ancestors().any(|a| a.value().as_element().is_some_and(|a| a.name() == "details")));
    }
}

#[test]
fn tags_are_balanced() {
    let page = page();
    let document = Html::parse_document(&page);
    // A parser that had to repair the page would not give the same elements back.
    for name in [
        "section", "article", "mark", "a", "p", "li", "ul", "ol", "table", "tr", "td", "th", "details",
        "bdi", "svg", "g", "span", "div",
    ] {
        let opened = page.matches(&format!("<{name} ")).count() + page.matches(&format!("<{name}>")).count();
        let closed = page.matches(&format!("</{name}>")).count();
        assert_eq!(opened, closed, "<{name}>");
        assert_eq!(opened, all(&document, name).len(), "<{name}> after parsing");
    }
}

#[test]
fn headings_go_down_one_step_at_a_time() {
    let page = page();
    let document = Html::parse_document(&page);
    let mut last = 0;
    for heading in all(&document, "h1, h2, h3, h4, h5") {
        let level = heading.value().name()[1..].parse::<u8>().expect("level");
        assert!(level <= last + 1, "h{level} after h{last}");
        last = level;
    }
    assert_eq!(all(&document, "h1").len(), 1);
}

#[test]
fn every_word_of_an_article_is_shown() {
    let (report, texts) = (sample::report(), sample::texts());
    let page = page();
    let document = Html::parse_document(&page);
    for id in &report.stories[0].documents {
        let index = report.documents.iter().position(|d| d.id == *id).expect("document") + 1;
        let body = all(&document, &format!("#a{index} .text"));
        let shown: String = body[0]
            .descendants()
            .filter(|n| {
                !n.ancestors().any(|a| {
                    a.value().as_element().is_some_and(|e| {
                        let class = e.attr("class").unwrap_or_default();
                        class == "back" || class == "reason"
                    })
                })
            })
            .filter_map(|n| n.value().as_text().map(|t| t.to_string()))
            .collect();
        let squeeze = |t: &str| t.split_whitespace().collect::<String>();
        assert_eq!(squeeze(&shown), squeeze(&texts[id]));
    }
}

#[test]
fn a_thousand_lone_documents_stay_small() {
    let mut report = sample::report();
    let (story, document) = (report.stories[1].clone(), report.documents[6].clone());
    let mut texts = sample::texts();
    for i in 0..1000 {
        let id = format!("d-lone-{i}");
        report.documents.push(variorum_schema::ReportDocument { id: id.clone(), ..document.clone() });
        report.stories.push(variorum_schema::Story {
            id: format!("s-{i}"),
            documents: vec![id.clone()],
            ..story.clone()
        });
        texts.insert(id, "word ".repeat(5000));
    }
    let page = super::html(&report, &texts);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn a_long_article_keeps_its_passages() {
    let (report, mut texts) = (sample::report(), sample::texts());
    texts.get_mut(sample::HERALD).expect("herald").push_str(&"word ".repeat(200_000));
    let page = super::html(&report, &texts);
    assert!(page.len() < 1_000_000 && page.contains("too long for this page"));
    let document = Html::parse_document(&page);
    let links = all(&document, "a[href^='#p1-']");
    assert!(!links.is_empty());
    for link in links {
        let href = &link.value().attr("href").unwrap_or_default()[1..];
        assert_eq!(all(&document, &format!("[id='{href}']")).len(), 1, "{href}");
    }
}

#[test]
#[ignore = "writes the sample for a browser: `SAMPLE=path cargo test -p variorum write_sample -- --ignored`"]
fn write_sample() {
    let path = std::env::var("SAMPLE").expect("SAMPLE names the file to write");
    std::fs::write(path, page()).expect("written");
}
