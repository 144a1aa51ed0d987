//! Lemmas: the dictionary form of a word, from its class, by rule and a list of irregular forms.

use std::sync::LazyLock;

use variorum_schema::{Form, Tag, Token};

use crate::lexicon::{self, Listed, Lookup};

/// Which list an irregular form belongs to: its first field.
type Irregular = Lookup<(&'static str, &'static str), &'static str>;

static IRREGULAR: LazyLock<Irregular> = LazyLock::new(|| {
    lexicon::entries(include_str!("../../data/en/irregular-forms.txt"))
        .filter_map(|entry| match entry[..] {
            [class, form, lemma, ..] => Some(((class, form), lemma)),
            _ => None,
        })
        .collect()
});

/// Verbs that end in a silent "e".
static SILENT_E: LazyLock<Listed<&'static str>> = LazyLock::new(|| {
    lexicon::entries(include_str!("../../data/en/verbs-in-e.txt"))
        .flat_map(|entry| entry.into_iter().flat_map(str::split_whitespace).collect::<Vec<_>>())
        .collect()
});

/// Verbs that end in one "l", "s" or "z", doubled before an ending.
static SINGLE_L: LazyLock<Listed<&'static str>> = LazyLock::new(|| {
    lexicon::entries(include_str!("../../data/en/verbs-doubling.txt"))
        .flat_map(|entry| entry.into_iter().flat_map(str::split_whitespace).collect::<Vec<_>>())
        .collect()
});

/// Fills in the lemmas of the tokens of one sentence, whose tags and forms are known.
pub fn lemmas(text: &str, tokens: &mut [Token]) {
    for idx in 0..tokens.len() {
        let form = straight(tokens[idx].span.of(text));
        // "'s" and "'d" before a participle are "have" and not "be" or "would"
        let participle = tokens[idx + 1..]
            .iter()
            .take(3)
            .find(|next| !matches!(next.tag, Tag::Adv | Tag::Part | Tag::Pron))
            .is_some_and(|next| next.form == Form::PastParticiple);
        let token = &mut tokens[idx];
        token.lemma = lemma(&form, token.tag, token.form, participle);
    }
}

fn straight(form: &str) -> String {
    form.chars()
        .map(|c| if matches!(c, '’' | '‘' | '`') { '\'' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// The lemma of a lower-cased form. `participle` says whether a past participle follows.
#[must_use]
pub fn lemma(form: &str, tag: Tag, inflection: Form, participle: bool) -> String {
    let listed = |class: &'static str| IRREGULAR.get(&(class, form)).map(|lemma| (*lemma).to_owned());
    let class = match tag {
        Tag::Noun => "noun",
        Tag::Propn if inflection == Form::Plural => "noun",
        Tag::Verb => "verb",
        Tag::Aux if participle => "perfect",
        Tag::Aux => "aux",
        Tag::Adj => "adj",
        Tag::Adv => "adv",
        Tag::Pron if inflection == Form::Possessive => "possessive",
        Tag::Pron => "pron",
        Tag::Det => "det",
        Tag::Part => "part",
        _ => return form.to_owned(),
    };
    if let Some(lemma) = listed(class) {
        return lemma;
    }
    match (tag, inflection) {
        (Tag::Aux, _) => listed("aux").or_else(|| listed("verb")).unwrap_or_else(|| form.to_owned()),
        (Tag::Noun | Tag::Propn, Form::Plural) => singular(form),
        (Tag::Verb, Form::Third) => third(form),
        (Tag::Verb, Form::Past | Form::PastParticiple) => past(form),
        (Tag::Verb, Form::PresentParticiple) => gerund(form),
        (Tag::Adj | Tag::Adv, Form::Comparative) => graded(form, "er"),
        (Tag::Adj | Tag::Adv, Form::Superlative) => graded(form, "est"),
        _ => form.to_owned(),
    }
}

fn vowel(c: Option<char>) -> bool {
    matches!(c, Some('a' | 'e' | 'i' | 'o' | 'u'))
}

fn back(stem: &str, n: usize) -> Option<char> {
    stem.chars().rev().nth(n)
}

/// "parties" → "party", "boxes" → "box", "houses" → "house".
fn singular(form: &str) -> String {
    // decades: "1990s"
    if form.starts_with(|c: char| c.is_numeric() || c == '\'') {
        return form.to_owned();
    }
    if let Some(head) = form.strip_suffix("men").filter(|head| head.len() > 1) {
        return format!("{head}man");
    }
    if let Some(head) = form.strip_suffix("'s") {
        return head.to_owned();
    }
    for (ending, instead) in
        [("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("zzes", "zz"), ("oes", "o")]
    {
        if let Some(head) = form.strip_suffix(ending).filter(|head| !head.is_empty()) {
            return format!("{head}{instead}");
        }
    }
    match form.strip_suffix("ies") {
        Some(head) if head.chars().count() > 1 => return format!("{head}y"),
        Some(head) => return format!("{head}ie"),
        None => {}
    }
    match form.strip_suffix('s') {
        Some(head) if !head.is_empty() && !head.ends_with('s') => head.to_owned(),
        _ => form.to_owned(),
    }
}

/// "tries" → "try", "goes" → "go", "rises" → "rise".
fn third(form: &str) -> String {
    singular(form)
}

/// "tried" → "try", "stopped" → "stop", "raised" → "raise".
fn past(form: &str) -> String {
    if let Some(head) = form.strip_suffix("ied") {
        return if head.chars().count() > 1 { format!("{head}y") } else { format!("{head}ie") };
    }
    form.strip_suffix("ed").map_or_else(|| form.to_owned(), stem)
}

/// "running" → "run", "making" → "make", "saying" → "say".
fn gerund(form: &str) -> String {
    form.strip_suffix("ing").or_else(|| form.strip_suffix("in'")).map_or_else(|| form.to_owned(), stem)
}

/// The verb whose form without "ed" or "ing" is `stem`: a doubled letter goes, a silent "e" comes back. The list of
/// verbs in "-e" decides; endings decide for verbs outside it.
fn stem(stem: &str) -> String {
    let with_e = format!("{stem}e");
    if SILENT_E.contains(with_e.as_str()) {
        return with_e;
    }
    let (last, second, third) = (back(stem, 0), back(stem, 1), back(stem, 2));
    if last == second && last.is_some_and(char::is_alphabetic) && !vowel(last) {
        let single = stem.strip_suffix(|_: char| true).unwrap_or(stem);
        // "called", "passed", "staffed", "buzzed" keep both letters, "controlled" does not
        let keeps = matches!(last, Some('l' | 's' | 'f' | 'z')) && !SINGLE_L.contains(single);
        return if keeps { stem } else { single }.to_owned();
    }
    let ends = |endings: &[&str]| endings.iter().any(|ending| stem.ends_with(ending));
    let silent = match last {
        Some('v' | 'u' | 'c' | 'z') => true,
        Some('s') => !ends(&["ss", "us"]),
        Some('g') => ends(&["rg", "dg", "lg", "ag", "eg", "ig", "ing", "ang"]),
        Some('l') => !vowel(second) && !matches!(second, Some('r' | 'w' | 'y' | 'l')),
        Some('r') => ends(&["ur", "ir", "uir"]) && !ends(&["air", "our"]),
        Some('t') => {
            ends(&["iat", "uat", "eat"]) && third.is_some() && !ends(&["eat"])
                || second == Some('a') && !vowel(third)
        }
        _ => false,
    };
    if silent { with_e } else { stem.to_owned() }
}

/// "bigger" → "big", "safest" → "safe", "earlier" → "early".
fn graded(form: &str, ending: &str) -> String {
    let Some(head) = form.strip_suffix(ending).filter(|head| head.chars().count() > 1) else {
        return form.to_owned();
    };
    if let Some(head) = head.strip_suffix('i') {
        return format!("{head}y");
    }
    let (last, second, third) = (back(head, 0), back(head, 1), back(head, 2));
    if last == second && !vowel(last) && !matches!(last, Some('l' | 's')) {
        return head.strip_suffix(|_: char| true).unwrap_or(head).to_owned();
    }
    let silent = match last {
        Some('g' | 'c' | 'v' | 's' | 'u' | 'r') => {
            !head.ends_with("ng") && !matches!(second, Some('e' | 'o' | 's'))
        }
        Some('d' | 't' | 'm' | 'p' | 'b' | 'f' | 'n' | 'k') => {
            vowel(second) && !vowel(third) && !head.ends_with("en")
        }
        Some('l') => !vowel(second) && second != Some('l'),
        _ => false,
    };
    if silent { format!("{head}e") } else { head.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lemmas_follow_from_form_and_class() {
        let cases: &[(&str, Tag, Form, &str)] = &[
            ("parties", Tag::Noun, Form::Plural, "party"),
            ("women", Tag::Noun, Form::Plural, "woman"),
            ("boxes", Tag::Noun, Form::Plural, "box"),
            ("houses", Tag::Noun, Form::Plural, "house"),
            ("series", Tag::Noun, Form::Plural, "series"),
            ("talks", Tag::Noun, Form::Plural, "talk"),
            ("said", Tag::Verb, Form::Past, "say"),
            ("raised", Tag::Verb, Form::Past, "raise"),
            ("stopped", Tag::Verb, Form::Past, "stop"),
            ("denied", Tag::Verb, Form::Past, "deny"),
            ("killed", Tag::Verb, Form::PastParticiple, "kill"),
            ("cancelled", Tag::Verb, Form::PastParticiple, "cancel"),
            ("controlled", Tag::Verb, Form::PastParticiple, "control"),
            ("visited", Tag::Verb, Form::Past, "visit"),
            ("updated", Tag::Verb, Form::Past, "update"),
            ("threatened", Tag::Verb, Form::Past, "threaten"),
            ("making", Tag::Verb, Form::PresentParticiple, "make"),
            ("meeting", Tag::Verb, Form::PresentParticiple, "meet"),
            ("lying", Tag::Verb, Form::PresentParticiple, "lie"),
            ("goes", Tag::Verb, Form::Third, "go"),
            ("n't", Tag::Part, Form::Plain, "not"),
            ("'ll", Tag::Aux, Form::Modal, "will"),
            ("ca", Tag::Aux, Form::Modal, "can"),
            ("higher", Tag::Adj, Form::Comparative, "high"),
            ("bigger", Tag::Adj, Form::Comparative, "big"),
            ("largest", Tag::Adj, Form::Superlative, "large"),
            ("best", Tag::Adj, Form::Superlative, "good"),
            ("earlier", Tag::Adv, Form::Comparative, "early"),
            ("whom", Tag::Pron, Form::Wh, "who"),
            ("her", Tag::Pron, Form::Plain, "she"),
            ("her", Tag::Pron, Form::Possessive, "her"),
            ("1990s", Tag::Noun, Form::Plural, "1990s"),
            ("iraqis", Tag::Propn, Form::Plural, "iraqi"),
            ("", Tag::Verb, Form::Past, ""),
            ("ed", Tag::Verb, Form::Past, ""),
            ("🙂", Tag::Noun, Form::Plural, "🙂"),
        ];
        for &(form, tag, inflection, wanted) in cases {
            assert_eq!(lemma(form, tag, inflection, false), wanted, "{form}");
        }
        assert_eq!(lemma("'s", Tag::Aux, Form::Third, true), "have");
        assert_eq!(lemma("'s", Tag::Aux, Form::Third, false), "be");
        assert_eq!(lemma("'d", Tag::Aux, Form::Past, true), "have");
    }
}
