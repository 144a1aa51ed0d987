//! Who did what to whom: the arguments of claims against QA-SRL (Roit et al. 2020), Universal PropBank and CaRB
//! (Bhardwaj et al. 2019). Arguments are compared by their heads.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use variorum_annotate::{claim, parse, tag};
use variorum_schema::{Annotations, ArgumentRole, Claim, Document, Polarity, Sentence, Span, Token};

use super::{Outcome, corpus};

/// Scores every file under `path` by its form.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut counts = Counts::default();
    let files = corpus::files(path, &[".gold.csv", ".conllu", ".tsv"])?;
    for file in &files {
        let name = file.to_string_lossy().to_lowercase();
        let text = corpus::text(file)?;
        if name.contains(".csv") {
            let sentences = sentences_beside(file)?;
            questions(&text, &sentences, &mut counts, &mut outcome.errors);
        } else if name.contains(".conllu") {
            propositions(&text, &mut counts, &mut outcome.errors);
        } else {
            tuples(&text, &mut counts);
        }
    }
    counts.report(&mut outcome);
    Ok(outcome)
}

#[derive(Default)]
struct Counts {
    /// Gold predicates, and those that a claim covers.
    predicates: usize,
    claimed: usize,
    /// Hits (ours), ours, hits (gold), gold: over predicates that have a claim.
    ours: [usize; 2],
    gold: [usize; 2],
    /// Gold arguments of all predicates.
    all: usize,
    /// Agents and patients with their label: hits, ours, gold.
    labelled: [usize; 3],
    /// Negated predicates: hits, ours, gold.
    negated: [usize; 3],
}

impl Counts {
    fn report(&self, outcome: &mut Outcome) {
        let ratio = |n: usize, of: usize| n as f64 / of.max(1) as f64;
        let (precision, recall) = (ratio(self.ours[0], self.ours[1]), ratio(self.gold[0], self.gold[1]));
        let f1 = |p: f64, r: f64| if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        outcome.figure("f1", f1(precision, recall));
        outcome.figure("precision", precision);
        outcome.figure("recall", recall);
        outcome.figure("f1 over all predicates", f1(precision, ratio(self.gold[0], self.all)));
        outcome.figure("predicates with a claim", ratio(self.claimed, self.predicates));
        outcome.figure("predicates", self.predicates as f64);
        if self.labelled[2] > 0 {
            outcome.prf("labelled", self.labelled[0], self.labelled[1], self.labelled[2]);
        }
        if self.negated[2] > 0 {
            outcome.prf("negation", self.negated[0], self.negated[1], self.negated[2]);
        }
    }
}

/// The fields of a line of CSV.
fn fields(line: &str) -> Vec<String> {
    let (mut out, mut quoted) = (vec![String::new()], false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                if let Some(last) = out.last_mut() {
                    last.push('"');
                }
            }
            '"' => quoted = !quoted,
            ',' if !quoted => out.push(String::new()),
            _ => {
                if let Some(last) = out.last_mut() {
                    last.push(c);
                }
            }
        }
    }
    out
}

/// Identifier → tokens, from the sentences that go with a file of questions.
fn sentences_beside(file: &Path) -> Result<BTreeMap<String, Vec<String>>, String> {
    let name =
        file.file_name().map(|name| name.to_string_lossy().replace(".gold.", ".full.")).unwrap_or_default();
    let folder = file.parent().and_then(Path::parent).ok_or("no folder of sentences")?;
    let text = corpus::text(&folder.join("sentences").join(name))?;
    let row = |line: &str| {
        let row = fields(line);
        Some((row.first()?.clone(), row.get(1)?.split(' ').map(str::to_owned).collect()))
    };
    Ok(text.lines().skip(1).filter_map(row).collect())
}

/// Running text of words, and where each stands.
fn joined(words: &[String]) -> (Document, Vec<Span>) {
    let (mut text, mut spans) = (String::new(), Vec::new());
    for word in words {
        let word = match word.as_str() {
            "``" | "''" => "\"",
            "-LRB-" => "(",
            "-RRB-" => ")",
            word => word,
        };
        spans.push(Span::new(text.len(), text.len() + word.len()));
        text.push_str(word);
        text.push(' ');
    }
    (corpus::document(text.trim_end()), spans)
}

/// The layers that claims need, over given words.
fn read(words: &[String]) -> (Document, Annotations) {
    let (document, spans) = joined(words);
    let sentences = vec![Sentence {
        span: Span::new(0, document.text.len()),
        first_token: 0,
        last_token: spans.len() as u32,
        block: 0,
    }];
    let tokens = spans.iter().map(|&span| Token { span, ..Token::default() }).collect();
    let tokens = tag::tag(&document, &sentences, tokens);
    let tokens = parse::parse(&document, &sentences, tokens);
    let mut annotations = Annotations { sentences, tokens, ..Annotations::default() };
    annotations.claims = claim::claims(&document, &annotations);
    (document, annotations)
}

/// The claim whose predicate a word is, or belongs to.
fn claim_of(annotations: &Annotations, word: usize) -> Option<&Claim> {
    let token = annotations.tokens.get(word)?;
    let covers = |claim: &&Claim| claim.predicate.contains(token.span);
    let is_head = |claim: &Claim| claim.lemma.split([' ', '_']).any(|part| part == token.lemma);
    annotations.claims.iter().filter(covers).min_by_key(|claim| (!is_head(claim), claim.predicate.len()))
}

/// Which word heads a span: the one whose own head lies outside.
fn head_of(tokens: &[Token], span: Span) -> Option<usize> {
    let outside = |head: Option<u32>| head.is_none_or(|head| !span.contains(tokens[head as usize].span));
    tokens.iter().position(|token| span.contains(token.span) && outside(token.head))
}

/// One question: what is asked, the ranges of its answers, whether it negates.
struct Question {
    wh: String,
    answers: Vec<(usize, usize)>,
    is_negated: bool,
}

/// QA-SRL: the answers to "who", "what", "where" are to be found; an answer to any question is right.
fn questions(
    text: &str,
    sentences: &BTreeMap<String, Vec<String>>,
    counts: &mut Counts,
    errors: &mut Vec<String>,
) {
    let mut lines = text.lines();
    let header = fields(lines.next().unwrap_or(""));
    let at = |name: &str| header.iter().position(|field| field == name).unwrap_or(usize::MAX);
    let columns = [at("qasrl_id"), at("verb_idx"), at("answer_range"), at("wh"), at("is_negated")];
    let mut predicates: BTreeMap<(String, usize), Vec<Question>> = BTreeMap::new();
    for line in lines {
        let row = fields(line);
        let [Some(id), Some(verb), Some(range), Some(wh), Some(negated)] = columns.map(|idx| row.get(idx))
        else {
            continue;
        };
        let parts = range.split("~!~").filter_map(|part| part.split_once(':'));
        let answers = parts.filter_map(|(a, b)| Some((a.parse().ok()?, b.parse().ok()?))).collect();
        let question = Question { wh: wh.clone(), answers, is_negated: negated.eq_ignore_ascii_case("true") };
        predicates.entry((id.clone(), verb.parse().unwrap_or(0))).or_default().push(question);
    }
    let mut cache: Option<(String, (Document, Annotations))> = None;
    for ((id, verb), asked) in &predicates {
        let Some(words) = sentences.get(id) else { continue };
        if cache.as_ref().is_none_or(|(known, _)| known != id) {
            cache = Some((id.clone(), read(words)));
        }
        if let Some((_, (document, annotations))) = &cache {
            predicate(document, annotations, *verb, asked, counts, errors);
        }
    }
}

fn predicate(
    document: &Document,
    annotations: &Annotations,
    verb: usize,
    asked: &[Question],
    counts: &mut Counts,
    errors: &mut Vec<String>,
) {
    let core: Vec<&Question> =
        asked.iter().filter(|q| matches!(q.wh.as_str(), "who" | "what" | "where")).collect();
    counts.predicates += 1;
    counts.all += core.len();
    let word = annotations.tokens.get(verb).map_or("", |token| token.span.of(&document.text));
    let is_negated = asked.iter().filter(|q| q.is_negated).count() * 2 > asked.len();
    let Some(claim) = claim_of(annotations, verb) else {
        errors.push(format!("{}: no claim for `{word}`", document.text));
        return;
    };
    counts.claimed += 1;
    negation(document, annotations, (verb, claim), is_negated, counts, errors);
    let heads: Vec<usize> =
        claim.arguments.iter().filter_map(|argument| head_of(&annotations.tokens, argument.span)).collect();
    let holds =
        |question: &Question, head: usize| question.answers.iter().any(|&(a, b)| (a..b).contains(&head));
    counts.ours[1] += heads.len();
    counts.gold[1] += core.len();
    for &head in &heads {
        let is_right = asked.iter().any(|question| holds(question, head));
        counts.ours[0] += usize::from(is_right);
        if !is_right {
            errors.push(format!("{}: `{word}` has no argument {head}", document.text));
        }
    }
    for question in core {
        let is_found = heads.iter().any(|&head| holds(question, head));
        counts.gold[0] += usize::from(is_found);
        if !is_found {
            errors.push(format!("{}: `{word}` lacks {} {:?}", document.text, question.wh, question.answers));
        }
    }
}

/// Counts the polarity of a claim whose head is the word asked about ("failed" in "failed to land" is not).
fn negation(
    document: &Document,
    annotations: &Annotations,
    (verb, claim): (usize, &Claim),
    is_negated: bool,
    counts: &mut Counts,
    errors: &mut Vec<String>,
) {
    let Some(token) = annotations.tokens.get(verb) else { return };
    if !claim.lemma.split([' ', '_']).any(|part| part == token.lemma) {
        return;
    }
    let is_negative = claim.polarity == Polarity::Negative;
    counts.negated[0] += usize::from(is_negative && is_negated);
    counts.negated[1] += usize::from(is_negative);
    counts.negated[2] += usize::from(is_negated);
    if is_negative != is_negated {
        let word = token.span.of(&document.text);
        errors.push(format!("NEGATION {}: `{word}` is negated: {is_negated}", document.text));
    }
}

/// Whether a predicate of PropBank is negated. It marks negating adverbs (ARGM-NEG) only; a clause is as negative by its
/// subject or object ("nobody came", "gave no reason"; Huddleston & Pullum 2002, ch. 9), which the tree shows. `None` where
/// another verb decides and PropBank is silent: under a negated or denying governor ("refused to leave", "does not think
/// that he left").
fn negated(rows: &[Vec<&str>], nth: usize, verb: usize) -> Option<bool> {
    let is_marked = |nth: usize| rows.iter().any(|row| row.get(11 + nth) == Some(&"ARGM-NEG"));
    let head = |row: &[&str]| row[6].parse::<usize>().ok().and_then(|head| head.checked_sub(1));
    let kids = |of: usize| rows.iter().filter(move |row| head(row) == Some(of));
    let is_no = |row: &&Vec<&str>| matches!(row[2], "no" | "neither") && row[7].starts_with("det");
    let is_noun = |row: &&Vec<&str>| ["nsubj", "obj", "iobj"].iter().any(|name| row[7].starts_with(name));
    let denies = |row: &Vec<&str>| {
        let at = row[0].parse::<usize>().map_or(0, |id| id - 1);
        matches!(row[2], "nobody" | "nothing" | "none" | "neither") || kids(at).any(|kid| is_no(&kid))
    };
    if is_marked(nth) || kids(verb).filter(is_noun).any(denies) {
        return Some(true);
    }
    let is_inner =
        ["xcomp", "ccomp", "advcl", "acl", "conj"].iter().any(|name| rows[verb][7].starts_with(name));
    let governor = head(&rows[verb]).filter(|_| is_inner);
    let is_denied = governor.is_some_and(|governor| {
        let predicates = rows[..governor].iter().filter(|row| row[10] != "_" && !row[10].is_empty()).count();
        let listed = ["refuse", "fail", "unable", "unlikely", "prevent", "forget", "avoid", "decline"];
        listed.contains(&rows[governor][2])
            || rows[governor][10] != "_" && negated(rows, predicates, governor) != Some(false)
            || kids(governor).any(|kid| kid[2] == "not")
    });
    (!is_denied).then_some(false)
}

/// PropBank: heads of ARG0 and ARG1, against agents and patients.
fn propositions(text: &str, counts: &mut Counts, errors: &mut Vec<String>) {
    for block in text.split("\n\n") {
        let rows: Vec<Vec<&str>> = block
            .lines()
            .filter(|line| !line.starts_with('#'))
            .map(|line| line.split('\t').collect::<Vec<_>>())
            .filter(|row| row.len() > 10 && row[0].parse::<u32>().is_ok())
            .collect();
        let words: Vec<String> = rows.iter().map(|row| row[1].to_owned()).collect();
        let is_predicate = |row: &&Vec<&str>| row[10] != "_" && !row[10].is_empty();
        if words.is_empty() || !rows.iter().any(|row| is_predicate(&row)) {
            continue;
        }
        let (document, annotations) = read(&words);
        let verbs = rows.iter().enumerate().filter(|(_, row)| is_predicate(row));
        for (nth, (verb, row)) in verbs.enumerate() {
            if row[3] == "VERB" {
                proposition(&document, &annotations, &rows, (nth, verb), counts, errors);
            }
        }
    }
}

fn proposition(
    document: &Document,
    annotations: &Annotations,
    rows: &[Vec<&str>],
    (nth, verb): (usize, usize),
    counts: &mut Counts,
    errors: &mut Vec<String>,
) {
    let label = |row: &Vec<&str>| match row.get(11 + nth) {
        Some(&"ARG0") => Some(ArgumentRole::Agent),
        Some(&"ARG1") => Some(ArgumentRole::Patient),
        _ => None,
    };
    let gold: BTreeSet<(ArgumentRole, usize)> =
        rows.iter().enumerate().filter_map(|(idx, row)| Some((label(row)?, idx))).collect();
    counts.predicates += 1;
    counts.all += gold.len();
    let Some(claim) = claim_of(annotations, verb) else { return };
    counts.claimed += 1;
    if let Some(is_negated) = negated(rows, nth, verb) {
        negation(document, annotations, (verb, claim), is_negated, counts, errors);
    }
    // a claim takes the content of saying or thinking for a complement, PropBank for ARG1
    let role =
        |role: ArgumentRole| if role == ArgumentRole::Complement { ArgumentRole::Patient } else { role };
    let ours: BTreeSet<(ArgumentRole, usize)> = claim
        .arguments
        .iter()
        .filter(|a| matches!(role(a.role), ArgumentRole::Agent | ArgumentRole::Patient))
        .filter_map(|a| Some((role(a.role), head_of(&annotations.tokens, a.span)?)))
        .collect();
    let hits = ours.intersection(&gold).count();
    counts.labelled[0] += hits;
    counts.labelled[1] += ours.len();
    counts.labelled[2] += gold.len();
    let heads =
        |set: &BTreeSet<(ArgumentRole, usize)>| set.iter().map(|(_, head)| *head).collect::<BTreeSet<_>>();
    let (ours_heads, gold_heads) = (heads(&ours), heads(&gold));
    let hits = ours_heads.intersection(&gold_heads).count();
    counts.ours[0] += hits;
    counts.ours[1] += ours_heads.len();
    counts.gold[0] += hits;
    counts.gold[1] += gold_heads.len();
    if ours != gold {
        let word = rows[verb][1];
        errors.push(format!("{}: `{word}` {ours:?}, not {gold:?}", document.text));
    }
}

/// CaRB, loosely: the share of our arguments and of gold arguments whose words another holds, over tuples whose
/// relation shares our verb.
fn tuples(text: &str, counts: &mut Counts) {
    let mut by_sentence: BTreeMap<&str, Vec<Vec<&str>>> = BTreeMap::new();
    for line in text.lines() {
        let row: Vec<&str> = line.split('\t').collect();
        if row.len() > 2 {
            by_sentence.entry(row[0]).or_default().push(row[1..].to_vec());
        }
    }
    for (sentence, gold) in by_sentence {
        let words: Vec<String> = sentence.split_whitespace().map(str::to_owned).collect();
        let (document, annotations) = read(&words);
        for tuple in &gold {
            let has_verb = |claim: &&Claim| {
                let verb = claim.predicate.of(&document.text).rsplit(' ').next().unwrap_or_default();
                tuple[0].split(' ').any(|word| word.eq_ignore_ascii_case(verb))
            };
            counts.predicates += 1;
            counts.all += tuple.len() - 1;
            let Some(claim) = annotations.claims.iter().find(has_verb) else { continue };
            counts.claimed += 1;
            let heads: Vec<&str> = claim
                .arguments
                .iter()
                .filter_map(|a| head_of(&annotations.tokens, a.span))
                .map(|head| annotations.tokens[head].span.of(&document.text))
                .collect();
            let holds = |part: &str, head: &str| part.split(' ').any(|word| word == head);
            counts.ours[1] += heads.len();
            counts.ours[0] += heads.iter().filter(|head| tuple.iter().any(|part| holds(part, head))).count();
            counts.gold[1] += tuple.len() - 1;
            counts.gold[0] +=
                tuple[1..].iter().filter(|part| heads.iter().any(|head| holds(part, head))).count();
        }
    }
}
