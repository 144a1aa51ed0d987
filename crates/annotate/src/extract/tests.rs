//! Whole pages: lines and what they are judged to be, in one table per kind of input.

use variorum_schema::{BlockKind, CreditKind, Document, Media, Page};

use super::extract;

/// Each block as `kind: first words`, furniture with its reason.
fn judged(document: &Document) -> Vec<String> {
    let name = |b: &variorum_schema::Block| match document.furniture.iter().find(|f| f.span == b.span) {
        Some(f) if b.kind == BlockKind::Furniture => format!("-{:?}", f.reason),
        _ => format!("{:?}", b.kind),
    };
    let head = |b: &variorum_schema::Block| b.span.of(&document.text).chars().take(18).collect::<String>();
    document.blocks.iter().map(|b| format!("{}: {}", name(b), head(b))).collect()
}

fn sound(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        assert!(block.span.start >= end && !block.span.is_empty(), "{:?} in {}", block, document.name);
        assert!(document.text.get(block.span.range()).is_some());
        end = block.span.end;
    }
    let blocks = document.furniture.iter().map(|f| f.span);
    let credits = document.credits.iter().map(|c| c.span);
    let dates = document.published.evidence.iter().filter_map(|c| c.span);
    let single = [document.title, document.byline, document.dateline].into_iter().flatten();
    for span in blocks.chain(credits).chain(dates).chain(single) {
        assert!(document.text.get(span.range()).is_some(), "{span:?} in {}", document.name);
    }
}

#[track_caller]
fn check(text: &str, expected: &[&str]) -> Document {
    let document = extract(&Page::new("page", text));
    sound(&document);
    assert_eq!(judged(&document), expected);
    document
}

#[test]
fn bare_text_with_leftovers_of_its_page() {
    let document = check(
        "Friday , 3 May 2030\r\n\r\nHarbour town votes to move its lighthouse\r\n\r\n\
         PORT ANNE (Reuters) – The council of Port Anne voted on 9 February to move the lighthouse.\r\n\
         Weekly tide letter\r\n\
         Sign up to get the latest from the coast, with tide tables and other letters\r\n\
         “We waited for ten years,” the mayor told the Port Anne Gazette on the quay.\r\n\
         A long wait\r\n\
         The mayor and the engineers had talked about the wait since the great storm.\r\n\
         Fishermen of Saint Olave block the ferry: what we know so far\r\n\
         Work begins in the spring, the engineers said.Source link\r\n\
         (Report through Ann Roe in Port Anne; edited through Bob Doe)\r\n\
         Leave a Comment\r\n0",
        &[
            "-PageDate: Friday , 3 May 203",
            "Title: Harbour town votes",
            "Meta: PORT ANNE (Reuters",
            "Paragraph: The council of Por",
            "-Newsletter: Weekly tide letter",
            "-Newsletter: Sign up to get the",
            "Paragraph: “We waited for ten",
            "Heading: A long wait",
            "Paragraph: The mayor and the ",
            "-RelatedHeadline: Fishermen of Saint",
            "Paragraph: Work begins in the",
            "-SourceLink: Source link",
            "-CreditLine: (Report through An",
            "-Comments: Leave a Comment",
            "-Counter: 0",
        ],
    );
    assert_eq!(document.published.value, None);
    assert!(document.published.evidence[0].reason.contains("render date"));
    assert_eq!(document.dateline.map(|d| d.of(&document.text)), Some("PORT ANNE"));
    let kinds: Vec<CreditKind> = document.credits.iter().map(|c| c.kind).collect();
    use CreditKind::{AgencyDateline, AgencySignOff, SourceLink, ToldOutlet};
    assert_eq!(kinds, [AgencyDateline, ToldOutlet, SourceLink, AgencySignOff]);
}

#[test]
fn date_line_under_the_title_is_believed() {
    let document = check(
        "A bridge for the valley\n\nMay 2, 2031 - 9:5\n\nThe valley gets its bridge at last, the ministry said.",
        &["Title: A bridge for the v", "Meta: May 2, 2031 - 9:5", "Paragraph: The valley gets it"],
    );
    assert_eq!(document.published.value.map(|d| d.to_string()).as_deref(), Some("2031-05-02"));
}

#[test]
fn boxes_and_bars_of_links() {
    check(
        "Port votes on its pier\n\nThe council of Port Anne voted on Monday to mend the old pier.\n\n\
         SUBSCRIBE TO OUR COAST NEWSLETTER\nTides and tales, every week and on the house.\nEnter your email\n\n\
         The work will take two years, the harbour master said.\n\n\
         READ NEXT\nGale warning\nWhy Doe kept his boat\n\n\
         The pier was built when the herring came, and the herring have gone.\n\n\
         Tides | Boats for sale | Log in\n\nGold | 3 | 1",
        &[
            "Title: Port votes on its ",
            "Paragraph: The council of Por",
            "-Newsletter: SUBSCRIBE TO OUR C",
            "-Newsletter: Tides and tales, e",
            "-Newsletter: Enter your email",
            "Paragraph: The work will take",
            "-RelatedHeadline: READ NEXT",
            "-RelatedHeadline: Gale warning",
            "-RelatedHeadline: Why Doe kept his b",
            "Paragraph: The pier was built",
            "-Navigation: Tides | Boats for ",
            "Paragraph: Gold | 3 | 1",
        ],
    );
}

#[test]
fn a_date_may_be_followed_by_its_author() {
    let page = "A bridge for the valley\n\nPosted on May 2, 2031 by the night desk\n\n\
                The valley gets its bridge at last, the ministry said.";
    let document = extract(&Page::new("page", page));
    assert_eq!(document.published.value.map(|d| d.to_string()).as_deref(), Some("2031-05-02"));
}

#[test]
fn lines_above_the_text_that_say_when() {
    for (head, day) in [
        ("Press release 12/2031\n\n2 May 2031\n\n", Some("2031-05-02")),
        ("Press office, Velm, 2 May 2031, 16:00\n\n", Some("2031-05-02")),
        ("Issued in Velm on 2 May 2031. All times are local.\n\n", Some("2031-05-02")),
        ("Posted by Ann on May 2, 2031 in Rivers\n\n", Some("2031-05-02")),
        ("RADIO VELM, evening bulletin, 2 May 2031. A transcript.\n\n", Some("2031-05-02")),
        ("Published 2 May 2031, 9:00. Updated 4 May 2031, 10:00\n\n", Some("2031-05-02")),
        ("The old bridge fell on 2 May 1999.\n\n", None),
        ("A first review: 1 and 2 May 2031\n\nPublished on 3 May 2031\n\n", Some("2031-05-03")),
    ] {
        let page = format!(
            "A bridge for the valley\n\n{head}The valley gets its bridge at last, the ministry of works said."
        );
        let document = extract(&Page::new("page", page.as_str()));
        assert_eq!(document.published.value.map(|d| d.to_string()).as_deref(), day, "{head}");
    }
}

#[test]
fn html_page() {
    let html = "<html lang=en><head><title>Bridge opens | Valley Herald</title>\
        <meta property=og:site_name content='Valley Herald'><meta property=article:published_time content=2031-05-02T08:00:00+02:00>\
        </head><body><nav><a href=/>Home</a> <a href=/w>Weather</a></nav><article><h1>Bridge opens</h1><p class=byline>By Ann Roe</p>\
        <p>The bridge over the valley opened on Friday after nine years of work, the ministry of works said in a statement.</p>\
        <figure><img src=x><figcaption>The bridge on Friday [Ann Roe/Valley Herald]</figcaption></figure>\
        <p>Some four hundred people walked across it in the first hour &mdash; many of them in costume, and one on stilts.</p>\
        <p style='display:none'>hidden</p></article><footer>© 2031 Valley Herald</footer></body></html>";
    let document = check(
        html,
        &[
            "-Navigation: Home Weather",
            "Title: Bridge opens",
            "Meta: By Ann Roe",
            "Paragraph: The bridge over th",
            "-Caption: The bridge on Frid",
            "Paragraph: Some four hundred ",
            "-Legal: © 2031 Valley Hera",
        ],
    );
    assert_eq!(document.outlet.as_deref(), Some("Valley Herald"));
    assert_eq!(document.authors, ["Ann Roe"]);
    assert_eq!(document.published.value.map(|d| d.to_string()).as_deref(), Some("2031-05-02"));
}

#[test]
fn tiny_html_has_a_body() {
    check("<html><p>It rained all day in the valley.</p>", &["Paragraph: It rained all day "]);
    check(
        "<html><div>It rained all day in the valley.<br><br>Then it stopped, for it was late.</div>",
        &["Paragraph: It rained all day ", "Paragraph: Then it stopped, f"],
    );
}

#[test]
fn odd_bytes_become_notes() {
    for (bytes, text, note) in [
        (&b"He said \x93no\x94 to it \x96 twice.\n"[..], "He said “no” to it – twice.\n", ""),
        (b"\xEF\xBB\xBFHello there.\n", "Hello there.\n", ""),
        (
            b"caf\xC3\xA9 na\xC3\xAFve \xFF end",
            "café naïve \u{FFFD} end",
            "byte 0xFF at offset 13 is not valid UTF-8",
        ),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "", "read a PNG image"),
        (b"%PDF-1.7 x", "", "read a PDF file"),
        (b"a\0b\0\x01\x02\x03\x04", "", "read binary data"),
        (b"H\0i\0 \0y\0o\0u\0.\0", "Hi you.", ""),
        (b"", "", ""),
    ] {
        let document = extract(&Page::new("p", bytes));
        sound(&document);
        assert_eq!(document.text, text);
        assert!(
            document
                .notes
                .first()
                .map_or(note.is_empty(), |n| n.message.starts_with(note) && !note.is_empty()),
            "{text}"
        );
    }
}

#[test]
fn nothing_breaks_it() {
    let deep = format!("<html><body>{}<p>Deep down there is one sentence.", "<div>".repeat(100_000));
    let deepest = format!("<html><body>{}<p>Down there is one sentence.", "<div><span>".repeat(290));
    let bold = format!(
        "<html><body>{}",
        (0..3000).map(|i| format!("<b class=c{i}><p>Text {i}.")).collect::<String>()
    );
    let long = "word ".repeat(400_000);
    let nasty = "\u{202E}مرحبا “open\u{A0}quote 👩‍👩‍👧 «x» [Photo: é/Reuters]\r\r\n\u{2028}By \u{301}\nI\u{130}İ sign up for ﬁ";
    for text in [
        deep.as_str(),
        deepest.as_str(),
        bold.as_str(),
        long.as_str(),
        nasty,
        "<",
        "<p",
        "<html><p>&#x;&#99999999;<![CDATA[",
        "\n\n\n",
        "(Reuters) –",
    ] {
        for media in [Media::Unknown, Media::Html, Media::Text] {
            sound(&extract(&Page { media, ..Page::new("p", text) }));
        }
    }
}

#[test]
fn a_title_told_beside_a_text_is_its_headline() {
    let body = "The goats of Olm \u{2014} all nine \u{2014} came home on Monday, their keeper said after a week of rain.\n";
    for (title, text, expected) in [
        ("Goats come home", body.to_owned(), format!("Goats come home\n\n{body}")),
        ("  Goats\n come   home ", body.to_owned(), format!("Goats come home\n\n{body}")),
        // there already, if in other dress
        ("Goats come home", format!("GOATS COME HOME\n\n{body}"), format!("GOATS COME HOME\n\n{body}")),
        (
            "Goats come home - Olm Gazette",
            format!("Goats come home\n\n{body}"),
            format!("Goats come home\n\n{body}"),
        ),
        ("", body.to_owned(), body.to_owned()),
        ("\u{2026}", body.to_owned(), body.to_owned()),
        ("Goats come home", String::new(), String::new()),
    ] {
        let page = Page { media: Media::Text, title: Some(title.into()), ..Page::new("a", text.as_str()) };
        let document = extract(&page);
        assert_eq!(document.text, expected, "{title:?}");
        sound(&document);
    }
}

/// Who posted an embedded message stays below it, in pages and in bare text.
#[test]
fn embedded_messages_keep_their_signature() {
    let first = "The bridge over the valley was shut on Sunday after an engineer found a crack in its main girder, the county said.";
    let last = "Nobody knows yet who will pay for the repairs, and the council meets on Tuesday to talk about a loan.";
    let message = "The bridge is shut until further notice. Take the ferry or stay at home.";
    let page = format!(
        "<html><head><title>Bridge shut</title></head><body><article><h1>Bridge shut</h1><p>{first}</p><p>{last}</p>\
         <blockquote class=\"twitter-tweet\"><p>{message}</p>&mdash; Dana Reeve (@dreeve) <a href=\"https://short.example/1\">May 4, 2031</a>\
         </blockquote><p>{last}</p></article></body></html>"
    );
    let bare = format!(
        "Bridge shut\n\n{first}\n\n{last}\n\n{message}\n\n— Dana Reeve (@dreeve) May 4, 2031\n\n{last}\n"
    );
    for text in [page, bare] {
        let document = check(
            &text,
            &[
                "Title: Bridge shut",
                "Paragraph: The bridge over th",
                "Paragraph: Nobody knows yet w",
                "Paragraph: The bridge is shut",
                "Paragraph: — Dana Reeve (@dre",
                "Paragraph: Nobody knows yet w",
            ],
        );
        let quotations = crate::annotate(&document).quotations;
        let posted: Vec<_> = quotations.iter().filter(|q| q.cue.is_none()).collect();
        assert_eq!(posted.len(), 1, "{quotations:?}");
        assert_eq!(posted[0].content[0].of(&document.text), message);
        let source = posted[0].source.as_ref().map(|s| s.span.of(&document.text));
        assert_eq!(source, Some("Dana Reeve"));
    }
}
