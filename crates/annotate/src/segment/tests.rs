//! Tests over small invented texts.

use variorum_schema::{Document, Furniture, FurnitureReason, Page, Span};

fn document(text: &str) -> Document {
    crate::extract::extract(&Page::new("test", text))
}

/// Invariants of every segmentation.
fn sentences_of(document: &Document) -> Vec<&str> {
    let (sentences, tokens) = super::sentences(document);
    let mut at = 0;
    for sentence in &sentences {
        assert!(sentence.first_token < sentence.last_token);
        assert_eq!(sentence.first_token as usize, at);
        at = sentence.last_token as usize;
        for token in &tokens[sentence.first_token as usize..at] {
            assert!(sentence.span.contains(token.span));
            assert!(!token.span.of(&document.text).is_empty(), "{:?}", token.span);
        }
    }
    assert_eq!(at, tokens.len());
    assert!(tokens.windows(2).all(|w| w[0].span.end <= w[1].span.start));
    sentences.iter().map(|s| s.span.of(&document.text)).collect()
}

#[test]
fn splits_sentences() {
    for (text, expected) in [
        ("", &[][..]),
        ("One. Two.", &["One.", "Two."]),
        (
            "Mr. Roe met Lt. Gen. A. B. Poe on Jan. 3. He left.",
            &["Mr. Roe met Lt. Gen. A. B. Poe on Jan. 3.", "He left."],
        ),
        ("The U.S. President spoke.", &["The U.S. President spoke."]),
        ("He left the U.S. He came back.", &["He left the U.S.", "He came back."]),
        (
            "“We came. We saw,” she said. “We left.” They ate.",
            &["“We came.", "We saw,” she said.", "“We left.”", "They ate."],
        ),
        ("It broke. ”Roe told us so.", &["It broke.", "”Roe told us so."]),
        ("It broke.“ Roe told us so.", &["It broke.“", "Roe told us so."]),
        ("“Why?” he asked. “Who?” Jane Roe asked.", &["“Why?” he asked.", "“Who?” Jane Roe asked."]),
        ("It rose 3.5 percent to 1,200. Good.", &["It rose 3.5 percent to 1,200.", "Good."]),
        ("He wrote this.Then he left.", &["He wrote this.", "Then he left."]),
        ("See www.example.org/a.b?c=d. Then go.", &["See www.example.org/a.b?c=d.", "Then go."]),
        ("Well... maybe. Well... Maybe.", &["Well... maybe.", "Well...", "Maybe."]),
        ("No. 5 is alive. No. He is dead.", &["No. 5 is alive.", "No.", "He is dead."]),
        ("Roe v. Poe was heard. Roe won.", &["Roe v. Poe was heard.", "Roe won."]),
        ("他来了。她走了。", &["他来了。", "她走了。"]),
        ("Great! 😀 Next one.", &["Great! 😀", "Next one."]),
        ("A heading without a stop\nA body.", &["A heading without a stop", "A body."]),
        ("\"It is over.\" \"Is it?\"", &["\"It is over.\"", "\"Is it?\""]),
        ("It began at 21:8\u{a0}p.m. on Monday.\r\nYes.", &["It began at 21:8\u{a0}p.m. on Monday.", "Yes."]),
    ] {
        assert_eq!(sentences_of(&document(text)), expected, "{text:?}");
    }
}

#[test]
fn splits_tokens() {
    for (text, expected) in [
        (
            "It isn't John's dog's, they'll say: we’re here.",
            "It is n't John 's dog 's , they 'll say : we ’re here .",
        ),
        (
            "A pro-war, long-term plan for $20m (or £1.5bn).",
            "A pro-war , long - term plan for $ 20 m ( or £ 1.5 bn ) .",
        ),
        ("COVID-19 and 15-year-olds at 10am, 50%.", "COVID-19 and 15 - year - olds at 10 am , 50 % ."),
        ("al-Roe cannot", "al - Roe can not"),
        ("O'Neill's 'great' students' books", "O'Neill 's ' great ' students ' books"),
        ("Wait...what?! Yes--no.", "Wait ... what ?! Yes -- no ."),
        ("a@b.org, http://x.y/z; 11/28/2000", "a@b.org , http://x.y/z ; 11/28/2000"),
        ("U.S.-led", "U.S. - led"),
        ("“Quoted,”he", "“ Quoted , ” he"),
    ] {
        let doc = document(text);
        let (_, tokens) = super::sentences(&doc);
        let words: Vec<&str> = tokens.iter().map(|t| t.span.of(&doc.text)).collect();
        assert_eq!(words.join(" "), expected);
    }
}

#[test]
fn leaves_out_furniture_inside_a_block() {
    let mut doc = document("Before it. Share this! After it.");
    doc.furniture = vec![Furniture { span: Span::new(11, 22), reason: FurnitureReason::Social }];
    assert_eq!(sentences_of(&doc), ["Before it.", "After it."]);
}

#[test]
fn survives_odd_text() {
    for text in [
        "\u{feff}",
        "...",
        "'",
        "’’’’",
        "((((",
        "\u{202e}مرحبا بكم؟ نعم.",
        "e\u{301}.",
        "İ'S",
        "\u{0}\u{1}",
        "-",
        "'s",
        "n't",
        "a-",
        "😀😀",
        "ﷺ.",
        ". . .",
    ] {
        sentences_of(&document(text));
        sentences_of(&document(&text.repeat(50)));
    }
    sentences_of(&document(&"word ".repeat(20_000)));
    sentences_of(&document(&"x".repeat(300_000)));
}
