//! Figures of independent accounts against one another: what agrees, what conflicts, what time or arithmetic explains.

use variorum::{Options, Page, collate};
use variorum_schema::{Finding, FindingKind, FindingType, Media};

/// Two accounts of one invented event, by two reporters; the second is a day younger if `is_later`.
fn found(x: &str, y: &str, is_later: bool) -> Vec<Finding> {
    let a = format!(
        "Bridge over the Lorn collapses\n\n4 March 2031\n\nThe road bridge over the river Lorn collapsed on Tuesday \
         morning under a convoy of gravel lorries.\n\nMayor Ketil Aasen and engineer Runa Dahlby came to the bank of the \
         Lorn at once.\n\n{x}\n"
    );
    let day = if is_later { 5 } else { 4 };
    let b = format!(
        "Gravel convoy breaks Lorn bridge\n\n{day} March 2031\n\nGravel lorries brought down the bridge across the Lorn \
         on Tuesday morning, and with it the only road to Vessby.\n\nRuna Dahlby, the engineer, had warned of it; Ketil \
         Aasen, who is mayor, had not.\n\n{y}\n"
    );
    let page = |name: &str, text: String| Page { media: Media::Text, ..Page::new(name, text) };
    let pages = vec![page("ledger.txt", a), page("courier.txt", b)];
    let (report, _) = collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    report.stories.into_iter().flat_map(|s| s.findings).collect()
}

/// Rows: first account, second account, whether that is a day younger, what is found of figures (`None`: nothing).
type Row = (&'static str, &'static str, bool, Option<FindingKind>);

#[test]
fn what_figures_say_of_one_another() {
    use FindingKind::{Conflict, Corroborated, Revised};
    let rows: [Row; 18] = [
        ("The fall killed 14 people.", "Seventeen people died in the river.", false, Some(Conflict)),
        ("The fall killed 14 people.", "The toll rose to 17 overnight.", true, Some(Revised)),
        ("The fall killed at least 14 people.", "Divers say that 17 people died.", true, Some(Revised)),
        // hedged on one side, and of one day: hours lie between
        ("The fall killed at least 14 people.", "Divers say that 17 people died.", false, None),
        // one count, rounded
        (
            "The fall killed about 1,400 sheep.",
            "In the river 1,380 sheep were counted.",
            false,
            Some(Corroborated),
        ),
        ("The fall killed 14 people.", "Fourteen died, the hospital said.", false, Some(Corroborated)),
        // another time
        ("The fall killed 14 people.", "In 1988 a ferry sank there and 31 people died.", false, None),
        ("The fall killed 14 people.", "Among the dead were 3 children who died in a bus.", false, None),
        // two halves
        (
            "The army sent two barges with 120 beds to Vessby.",
            "On the first barge in Vessby there are 60 beds.",
            false,
            None,
        ),
        // a kind of lorry, and how many
        ("A 12-wheel lorry led the convoy.", "The lorry had 10 wheels.", false, None),
        // moments of one rescue
        (
            "A driver was pulled out 19 hours after the fall.",
            "The last driver was pulled out after 34 hours.",
            false,
            None,
        ),
        ("", "“5 1/2 ½ 99", false, None),
        // one word beside both says what is measured
        (
            "The first lorry weighed 48 tonnes, a policewoman said.",
            "By the slip from the quarry it weighed 38 tonnes with its load.",
            false,
            Some(Conflict),
        ),
        // one thing is said to do two things
        (
            "The gravel flew 37 metres through the air.",
            "The gravel fell into the Lorn 20 metres from the bank.",
            false,
            None,
        ),
        // numbers of their moments
        (
            "Shares of the builder fell to 412 pence.",
            "The shares of the builder rose to 503 pence.",
            false,
            None,
        ),
        // what is left, what is needed
        ("The herd counted 186 sheep.", "The remaining 185 sheep stood in the road.", false, None),
        ("Deductibles rose 12.9 percent.", "Shares of the builder gained 12.9 percent.", false, None),
        ("The council has a majority of eight votes.", "Eleven votes were cast in the council.", false, None),
    ];
    let mut failed = Vec::new();
    for (x, y, is_later, want) in rows {
        let all = found(x, y, is_later);
        let is_figure = |f: &&Finding| {
            f.finding_type == Some(FindingType::Quantity)
                && matches!(f.kind, Conflict | Revised | Corroborated | FindingKind::Disputed)
        };
        let got: Vec<_> = all.iter().filter(is_figure).map(|f| (f.kind, f.message.clone())).collect();
        let is_right = match want {
            None => got.is_empty(),
            Some(kind) => got.len() == 1 && got[0].0 == kind,
        };
        if !is_right {
            failed.push(format!("{x}\n  {y}\n  wanted {want:?}\n  got {got:?}"));
        }
    }
    assert!(failed.is_empty(), "{} of {} wrong\n{}", failed.len(), rows.len(), failed.join("\n"));
}

/// How many findings say that both accounts tell of the inspection. `first`, `second`: who told whom in them; `head`: how the
/// second begins; `tail`: how it ends, and the first with its last sentence; `third`: who told whom in a third, of another outlet,
/// if there is one: then the first quotes directly.
fn corroborated(first: &str, head: &str, second: &str, tail: &str, third: Option<&str>) -> usize {
    let html = |site: &str, title: &str, body: &str| {
        format!(
            "<html><head><title>{title}</title><meta property=\"og:site_name\" content=\"{site}\">\
             <meta property=\"article:published_time\" content=\"2031-03-04\"></head><body><article><h1>{title}</h1>\
             {body}</article></body></html>"
        )
    };
    let (open, close) = if third.is_some() { ("“", "”") } else { ("", "") };
    let first = format!(
        "<p>The road bridge over the river Lorn collapsed on Tuesday under a convoy of gravel lorries.</p>\
         <p>Divers found the cab of one of them in nine metres of water. School buses will go by Haldern for a month.</p>\
         <p>{open}The bridge had not been inspected since the flood,{close} engineer Runa Dahlby {first}.</p>\
         <p>Mayor Ketil Aasen came to the bank at once, in rubber boots that he had borrowed from a fireman.</p>\
         <p>Cranes are expected from the coast. The old ferry lies on land and has no motor.</p><p>{}</p>",
        tail.rsplit(". ").next().unwrap_or(tail)
    );
    let end = if second.contains('“') { "”" } else { "" };
    let second = format!(
        "<p>{head}</p><p>Ketil Aasen, who is mayor, could not be reached. Bakers in Vessby worked for half the night, since no \
         bread came.</p>\
         <p>Farmers drove their milk over the hills in tractors. A midwife crossed in a canoe, to the cheers of pupils.</p>\
         <p>Two goats had to stay on the other side. Somebody threw them a cabbage, which they left lying.</p>\
         <p>Engineer Runa Dahlby {second} the bridge had not been inspected since the flood.{end}</p>\
         <p>Gravel lorries had brought it down on Tuesday, and with it the only way across the Lorn.</p>\
         <p>{tail}</p>"
    );
    let page = |name: &str, text: String| Page { media: Media::Html, ..Page::new(name, text) };
    let mut pages = vec![
        page("ledger.html", html("lornledger.example", "Bridge over the Lorn collapses", &first)),
        page("courier.html", html("Vessby Courier", "Gravel convoy breaks Lorn bridge", &second)),
    ];
    pages.extend(third.map(|told| {
        let third = format!(
            "<p>Gravel and lorries lie in the river Lorn since the road bridge collapsed under a convoy.</p>\
             <p>Nobody drowned. “The bridge had not been inspected since the flood,” engineer Runa Dahlby {told}.</p>\
             <p>A ferry is being painted. The council meets in the sports hall, where it is warm.</p>"
        );
        page("observer.html", html("Fell Observer", "Lorn bridge down, nobody hurt", &third))
    }));
    let (report, _) = collate(pages, &Options { threads: 1, ..Options::default() }, &|_| {});
    assert_eq!(report.stories.len(), 1, "{second}");
    let findings = report.stories.into_iter().flat_map(|s| s.findings);
    findings.filter(|f| f.kind == FindingKind::Corroborated && f.message.contains("inspected")).count()
}

/// What one outlet was told, another prints: both are one origin, by the name of the outlet and by its address, and so are two
/// that have it from a third; not where anybody could hear it.
#[test]
fn what_accounts_have_from_one_report_is_of_one_origin() {
    let rain = "It rained all night, and nobody slept.";
    let gazette = "The bridge is down, the Haldern Gazette reports.";
    let lantern = "The newspaper Vessby Lantern, a students' one, was there first.";
    let haldern = "The Haldern Times has asked around on both banks.";
    let long = "told the Lorn Ledger: “I was there on Monday. It was a fine day. We saw nothing. Nobody wrote a thing. Surely";
    let credit = "A bridge is down, the Lorn Ledger reports.";
    let calm = "Boats were hired. Nets were mended. Ropes were sold.";
    let later = "Boats were hired. Nets were mended. Ropes were sold. Runa Dahlby told the Haldern Gazette that she slept badly.";
    let prose = "Divers found the cab of one of them in nine metres of water.";
    for (first, head, second, tail, expected) in [
        ("said", rain, "told reporters that", calm, 1),
        ("said", rain, "told the Lorn Ledger that", calm, 0),
        ("told the Haldern Gazette", rain, "told the Haldern Gazette that", calm, 0),
        ("told the Haldern Gazette", rain, "told the Fell Observer that", calm, 1),
        ("said", credit, "said that", calm, 0),
        ("said", credit, "told the Vessby Courier that", calm, 1),
        ("said", credit, "said in a televised speech that", calm, 1),
        ("told the Haldern Gazette", gazette, "said that", calm, 0),
        ("said", rain, long, calm, 0),
        ("said", rain, &long.replace("told the Lorn Ledger", "told reporters"), calm, 1),
        (
            "told school newspaper the Vessby Lantern",
            rain,
            "told student newspaper the Vessby Lantern that",
            calm,
            0,
        ),
        ("told school newspaper the Vessby Lantern", lantern, "told the Lantern that", calm, 0),
        ("told the Haldern Times", haldern, "told The Times that", calm, 0),
        ("told the Haldern Times", rain, "told The Times that", calm, 1),
        ("said", rain, "said that", later, 0),
        ("said", rain, "said that", &later.replace("Runa Dahlby", "Ketil Aasen"), 1),
        ("said", prose, "said that", calm, 0),
        ("said", &format!("“{prose}” That was the mayor."), "said that", calm, 1),
        ("said", &format!("“{}” Una Eide wrote.", prose.replace("water.", "water,")), "said that", calm, 0),
    ] {
        let got = corroborated(first, head, second, tail, None);
        assert_eq!(got, expected, "{first} | {head} | {second} | {tail}");
    }
}

/// Words that one account says were told an outlet were said there, whoever else quotes them without saying so; not where another
/// says that anybody could hear them, and not of an outlet that was told itself.
#[test]
fn what_one_account_says_was_told_an_outlet_all_have_from_there() {
    let rain = "It rained all night, and nobody slept.";
    let calm = "Boats were hired. Nets were mended. Ropes were sold.";
    for (second, third, expected) in [
        ("said: “Surely", "told the Lorn Ledger", 0),
        ("said: “Surely", "said", 1),
        ("told reporters: “Surely", "told the Lorn Ledger", 1),
        ("told the Vessby Courier: “Surely", "told the Lorn Ledger", 1),
    ] {
        let got = corroborated("said", rain, second, calm, Some(third));
        assert_eq!(got, expected, "{second} | {third}");
    }
}

/// Who is named for words in one account is the speaker in all that print the same words, whatever they call him; a bare surname is of
/// the one whom the accounts mean.
#[test]
fn who_is_named_once_is_named() {
    let words = "Nobody who crossed that bridge in the morning could have known how little held it";
    let a = "Bridge over the Lorn collapses\n\n4 March 2031\n\nThe road bridge over the river Lorn collapsed on Tuesday under a \
             convoy of gravel lorries.\n\nDivers found the cab of one of them in nine metres of water. School buses will go by \
             Haldern for a month.\n\nCranes are expected from the coast. The old ferry lies on land and has no motor.\n\n";
    let b = "Gravel convoy breaks Lorn bridge\n\n4 March 2031\n\nBakers in Vessby worked for half the night, since no bread \
             came.\n\nFarmers drove their milk over the hills in tractors. A midwife crossed in a canoe, to the cheers of \
             pupils.\n\nGravel lorries had brought the bridge down on Tuesday, and with it the only way across the Lorn. Mayor \
             Ketil Aasen came in rubber boots.\n\n";
    let said =
        |told: &str| if told.is_empty() { format!("{words}.") } else { format!("“{words},” {told}") };
    for (told, is_named) in
        [("the mayor said.", true), ("Aasen said.", true), ("", true), ("said engineer Runa Dahlby.", false)]
    {
        let page = |name: &str, text: String| Page { media: Media::Text, ..Page::new(name, text) };
        let first = page("ledger.txt", format!("{a}{}\n", said("said Mayor Ketil Aasen.")));
        let second = page("courier.txt", format!("{b}{}\n", said(told)));
        let (report, _) =
            collate(vec![first, second], &Options { threads: 1, ..Options::default() }, &|_| {});
        let findings: Vec<&Finding> = report.stories.iter().flat_map(|s| &s.findings).collect();
        let messages: Vec<&str> = findings
            .iter()
            .filter(|f| f.kind == FindingKind::Corroborated)
            .map(|f| f.message.as_str())
            .collect();
        let is_it = messages.iter().any(|m| m.contains("cite one source for it, Ketil Aasen"));
        assert_eq!(is_it, is_named, "{told}: {messages:?}");
    }
}
