//! Tests over small invented texts.

use variorum_schema::{Entity, EntityKind, Mention, MentionForm, Page};

fn read(text: &str) -> (String, Vec<Mention>, Vec<Entity>) {
    let document = crate::extract::extract(&Page::new("test", text));
    let (sentences, tokens) = crate::segment::sentences(&document);
    let tokens = crate::tag::tag(&document, &sentences, tokens);
    let tokens = crate::parse::parse(&document, &sentences, tokens);
    let (mentions, entities) = super::mentions(&document, &sentences, &tokens);
    for (idx, mention) in mentions.iter().enumerate() {
        assert!(!mention.span.of(&document.text).is_empty());
        assert!(mention.full.contains(mention.span));
        assert!(entities[mention.entity as usize].mentions.contains(&(idx as u32)));
    }
    assert!(mentions.windows(2).all(|w| (w[0].span.start, w[0].span.end) < (w[1].span.start, w[1].span.end)));
    (document.text, mentions, entities)
}

/// "name|alias|… = kind", one entity a string, people only.
fn people(text: &str) -> Vec<String> {
    let (_, mentions, entities) = read(text);
    let mut all: Vec<String> = entities
        .iter()
        .filter(|e| {
            e.kind == EntityKind::Person
                && e.mentions.iter().any(|&m| mentions[m as usize].form == MentionForm::Name)
        })
        .map(|e| std::iter::once(&e.name).chain(&e.aliases).cloned().collect::<Vec<_>>().join("|"))
        .collect();
    all.sort();
    all
}

#[test]
fn finds_people() {
    for (text, expected) in [
        ("", &[][..]),
        (
            "Iraqi Prime Minister Selim al-Barudi spoke. Al-Barudi left. Barudi slept.",
            &["Selim al-Barudi|Al-Barudi|Barudi"],
        ),
        (
            "The mayor met John Roe and his wife Mary Roe. Mr. Roe left. Mrs. Roe stayed.",
            &["John Roe|Roe", "Mary Roe|Roe"],
        ),
        (
            "Maj. Gen. Ahmed bin Salman Al Harith met Vincent van der Meer.",
            &["Ahmed bin Salman Al Harith", "Vincent van der Meer"],
        ),
        ("The jury's chair, José María Núñez–Ibáñez, spoke.", &["José María Núñez–Ibáñez"]),
        ("The Lima–Callao line was open.", &[]),
        ("President Lee Jae-won flew home.", &["Lee Jae-won"]),
        ("President of the Republic Timo Karinen dismissed the Minister of Energy.", &["Timo Karinen"]),
        ("Minister of Foreign Affairs and Trade Dana Karinen resigned.", &["Dana Karinen"]),
        ("“We wait,” said our chair, Renate Holm.", &["Renate Holm"]),
        ("The spokeswoman Nuria Ó Briain said so.", &["Nuria Ó Briain"]),
        (
            "It was Sean O'Dowd who won, said Martin Luther Poe Jr. on Monday.",
            &["Martin Luther Poe Jr.", "Sean O'Dowd"],
        ),
        (
            "Senator John Karinen, 88, retired. His cousin, Mayor Ian Karinen, may run. Karinen said that he was tired.",
            &["Ian Karinen", "John Karinen|Karinen"],
        ),
        ("James Ferro spoke. Jim Ferro left, and Ferro slept.", &["James Ferro|Ferro|Jim Ferro"]),
        (
            "John Ferro met Anna Karinen. The Ferro-Karinen summit had begun when Ferro left, and Karinen did.",
            &["Anna Karinen|Karinen", "John Ferro|Ferro"],
        ),
        (
            "Senator Anna Karinen voted no. Longtime Karinen allies were angry at the Kentucky Republican. WATCHED Karinen closely.",
            &["Anna Karinen|Karinen"],
        ),
        (
            "Senator Anna Karinen Anna Rose KarinenMore storms ahead met John Ferro. Karinen left.",
            &["Anna Karinen|Karinen", "John Ferro"],
        ),
        ("The House met. He stood by the Amendment, and so did Democrats. House said no.", &[]),
        (
            "Blake Ferro Resigns As Mayor Of Lowmere\n\nThe mayor of the town, Blake Ferro, stepped down on Monday. Ferro will leave the council as well.",
            &["Blake Ferro|Ferro"],
        ),
        (
            "Dana Holt Urges Karinen To Open The Locks\n\nThe deputy, Dana Rose Holt, wrote to the minister on Monday. Mrs. Holt said that Karinen had time.",
            &["Dana Rose Holt|Dana Holt|Holt", "Karinen"],
        ),
    ] {
        assert_eq!(people(text), expected, "{text:?}");
    }
}

#[test]
fn types_names() {
    use EntityKind::{Group, Organisation, Place};
    for (text, name, kind) in [
        (
            "He works for the Ministry of Health and Welfare in Riga.",
            "Ministry of Health and Welfare",
            Organisation,
        ),
        ("He works for the Ministry of Health in Riga.", "Riga", Place),
        ("They joined Roe Brothers Inc. last year.", "Roe Brothers Inc.", Organisation),
        ("They crossed the Zambar River at night.", "Zambar River", Place),
        ("The Iraqi minister came.", "Iraqi", Group),
        ("The US-led talks failed.", "US", Place),
        ("A report by the BBC was wrong.", "BBC", Organisation),
        ("He leads the Quay Workers' Union in Riga.", "Quay Workers' Union", Organisation),
        ("He works for Writers for Peace in Riga.", "Writers for Peace", Organisation),
        ("They sailed on the Queen Mirabel at night.", "Queen Mirabel", EntityKind::Other),
    ] {
        let (all, mentions, entities) = read(text);
        let found = mentions.iter().find(|m| m.span.of(&all) == name);
        assert_eq!(found.map(|m| entities[m.entity as usize].kind), Some(kind), "{text:?} {mentions:?}");
    }
}

#[test]
fn a_firm_goes_by_its_first_word() {
    for (text, short, long, same) in [
        ("Orven Airways lost a plane. The crash cost Orven dear.", "Orven", "Orven Airways", true),
        ("The crash cost Orven dear. Orven Airways lost a plane.", "Orven", "Orven Airways", true),
        ("Orven Police came late. The storm hit Orven hard.", "Orven", "Orven Police", false),
    ] {
        let (all, mentions, _) = read(text);
        let entity = |name: &str| mentions.iter().find(|m| m.span.of(&all) == name).map(|m| m.entity);
        assert_eq!(entity(short).is_some() && entity(short) == entity(long), same, "{text:?} {mentions:?}");
    }
}

#[test]
fn resolves() {
    for (text, word, name) in [
        ("John Roe met Mary Poe. He was late.", "He", Some("John Roe")),
        ("John Roe met Mary Poe. She was late.", "She", Some("Mary Poe")),
        ("In his first speech, John Roe said no.", "his", Some("John Roe")),
        (
            "Iraqi Prime Minister Selim Barudi met John Roe. The Iraqi prime minister was late.",
            "Iraqi prime minister",
            Some("Selim Barudi"),
        ),
        (
            "Iraqi Prime Minister Selim Barudi met John Roe. The former prime minister was late.",
            "former prime minister",
            Some("former prime minister"),
        ),
        ("Senator John Roe met Senator Jim Poe. The senator was late.", "senator", Some("senator")),
        ("They met. He was late.", "He", None),
    ] {
        let (all, mentions, entities) = read(text);
        let found = mentions.iter().find(|m| m.form != MentionForm::Name && m.span.of(&all) == word);
        assert_eq!(found.map(|m| entities[m.entity as usize].name.as_str()), name, "{text:?} {mentions:?}");
    }
}

#[test]
fn keys_join_spellings() {
    for (a, b) in [
        ("Mustafa al-Kadhimi", "Moustafa Kadhimi"),
        ("Hassan Rouhani", "Hasan Rohani"),
        ("al-Mohandes", "Al Muhandis"),
        ("Mobilisation Forces", "Mobilization Forces"),
        ("Zelenskyy", "Zelensky"),
        ("Nguyễn", "Nguyen"),
        ("Qasem", "Kasem"),
    ] {
        assert_eq!(super::name_key(a), super::name_key(b));
    }
    assert_ne!(super::name_key("John Roe"), super::name_key("Jane Roe"));
    assert_ne!(super::name_key("Bell"), super::name_key("Bill"));
}

#[test]
fn survives_odd_text() {
    for text in [
        "A",
        "Mr.",
        "al-",
        "the the",
        "Bin",
        "\u{202e}مصطفى",
        "I I I",
        "The President",
        "Ministry of",
        "U.S.-",
        "John",
        "O'",
        "'s Roe",
        "X, a",
        "the prime minister",
    ] {
        read(text);
        read(&text.repeat(30));
        read(&format!("{text} ").repeat(30));
    }
    read(&"Roe ".repeat(5_000));
    read(&"John Roe met him. ".repeat(2_000));
}
