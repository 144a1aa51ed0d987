//! Quantities: exact value and unit on the specification files of recognizers (JSON: numbers, percentages, money, measures,
//! temperatures, ages); on a file of quantitative inference pairs (`type7.json`), only how many statements have one.
//!
//! Out of scope in those specifications, and left out of the score: powers ("10^6"), units without a number, ordinals
//! without one ("the next page"), and digits that are part of a name, address, date or telephone number, which we leave
//! out on purpose. Our unit of "90 degrees" does not say whether an angle or warmth is meant: where only one of the two
//! files expects it, the other does not count it as extra. "Tonnes" are tonnes, which the specification calls tons.

use std::path::Path;

use serde_json::Value;
use variorum_schema::{Hedge, Quantity, Span, Unit};

use super::{Outcome, corpus};

/// The files that are scored, and under which name.
const FILES: &[(&str, &str)] = &[
    ("numbermodel.json", "number"),
    ("percentmodel.json", "percent"),
    ("currencymodel.json", "money"),
    ("dimensionmodel.json", "measure"),
    ("temperaturemodel.json", "temperature"),
    ("agemodel.json", "age"),
    ("ordinalmodel.json", "ordinal"),
];

/// Counts of one kind.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    hits: usize,
    found: usize,
    gold: usize,
}

/// Scores the specification files under `path`, or counts quantities in inference pairs.
pub(super) fn run(path: &Path) -> Result<Outcome, String> {
    let mut outcome = Outcome::default();
    let mut all = Counts::default();
    let mut figures = Vec::new();
    for file in corpus::files(path, &[".json"])? {
        let name = file.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
        if name == "type7.json" {
            return pairs(&corpus::text(&file)?);
        }
        let Some((_, kind)) = FILES.iter().find(|(n, _)| *n == name) else { continue };
        let counts = score(kind, &corpus::text(&file)?, &mut outcome.errors)?;
        all = Counts {
            hits: all.hits + counts.hits,
            found: all.found + counts.found,
            gold: all.gold + counts.gold,
        };
        figures.push((*kind, counts));
    }
    outcome.prf("", all.hits, all.found, all.gold);
    for (kind, counts) in figures {
        let f1 = 2.0 * counts.hits as f64 / (counts.found + counts.gold).max(1) as f64;
        outcome.figure(format!("{kind} f1"), f1);
    }
    outcome.figure("quantities", all.gold as f64);
    Ok(outcome)
}

/// Quantities of a text; numbers inside times count only where times do not.
fn quantities(text: &str, times: bool) -> Vec<Quantity> {
    let document = corpus::document(text);
    if times {
        return variorum_annotate::annotate(&document).quantities;
    }
    let (sentences, tokens) = variorum_annotate::segment::sentences(&document);
    let tokens = variorum_annotate::tag::tag(&document, &sentences, tokens);
    variorum_annotate::quantity::quantities(&document, &sentences, &tokens, &[])
}

fn score(kind: &str, source: &str, errors: &mut Vec<String>) -> Result<Counts, String> {
    let specs: Vec<Value> =
        serde_json::from_str(source.trim_start_matches('\u{feff}')).map_err(|e| e.to_string())?;
    let mut counts = Counts::default();
    for spec in &specs {
        let text = spec["Input"].as_str().unwrap_or("");
        let gold = gold(kind, text, spec);
        let Some(gold) = gold else { continue };
        let ours: Vec<Quantity> = quantities(text, false)
            .into_iter()
            .filter(|q| of_kind(kind, &q.unit) && !(kind == "number" && glued_unit(text, q)))
            .filter(|q| name(&q.unit) != "degree" || gold.iter().any(|g| g.span.overlaps(q.span)))
            .collect();
        let mut free = vec![true; gold.len()];
        counts.gold += gold.len();
        for quantity in &ours {
            let ends = if quantity.hedge == Hedge::Range {
                vec![quantity.low, quantity.high]
            } else {
                vec![Some(quantity.value)]
            };
            counts.found += ends.len();
            for value in ends.into_iter().flatten() {
                let hit = (0..gold.len()).find(|i| free[*i] && gold[*i].matches(quantity, value, kind));
                match hit {
                    Some(hit) => {
                        free[hit] = false;
                        counts.hits += 1;
                    }
                    None => errors.push(format!(
                        "{kind} extra  [{text}] ours {value} {:?} at [{}]",
                        quantity.unit,
                        quantity.span.of(text)
                    )),
                }
            }
        }
        for (gold, _) in gold.iter().zip(&free).filter(|(_, free)| **free) {
            errors.push(format!(
                "{kind} missed [{text}] {} {} {}",
                gold.span.of(text),
                gold.value,
                gold.unit
            ));
        }
    }
    Ok(counts)
}

/// Whether a quantity is of the kind that a file asks for.
fn of_kind(kind: &str, unit: &Unit) -> bool {
    match (kind, unit) {
        ("number", unit) => *unit != Unit::Ordinal,
        ("percent", Unit::Percent)
        | ("money", Unit::Money(_))
        | ("age", Unit::Age)
        | ("ordinal", Unit::Ordinal) => true,
        ("temperature", Unit::Measure(name)) => name.starts_with("degree") || name == "kelvin",
        // the specification keeps temperatures in a file of their own
        ("measure", Unit::Measure(name)) => !name.starts_with("degree ") && name != "kelvin",
        _ => false,
    }
}

/// "180ml": the specification of plain numbers leaves those to the units.
fn glued_unit(text: &str, quantity: &Quantity) -> bool {
    let after = text.get(quantity.number.end as usize..).and_then(|t| t.chars().next());
    matches!(quantity.unit, Unit::Measure(_)) && after.is_some_and(char::is_alphabetic)
}

/// One expected quantity.
#[derive(Debug)]
struct Gold {
    span: Span,
    value: f64,
    unit: String,
}

impl Gold {
    fn matches(&self, ours: &Quantity, value: f64, kind: &str) -> bool {
        let close = (value - self.value).abs() <= 1e-6 * self.value.abs().max(1e-9);
        close
            && self.span.overlaps(ours.span)
            && (kind == "number" || self.unit.is_empty() || name(&ours.unit) == self.unit)
    }
}

fn name(unit: &Unit) -> String {
    match unit {
        Unit::Money(code) => code.clone(),
        Unit::Measure(name) => name.clone(),
        _ => String::new(),
    }
}

/// What a case expects; `None` where it is out of scope.
fn gold(kind: &str, text: &str, spec: &Value) -> Option<Vec<Gold>> {
    let byte = |chars: u64| text.char_indices().nth(chars as usize).map_or(text.len(), |(at, _)| at);
    let mut found = Vec::new();
    for result in spec["Results"].as_array()? {
        let resolution = &result["Resolution"];
        if resolution["subtype"] == "power" {
            return None;
        }
        let Some(value) = resolution["value"].as_str() else { continue };
        let Ok(value) = value.trim_end_matches('%').parse::<f64>() else { return None };
        let unit = resolution["unit"].as_str().unwrap_or("");
        let code = resolution["isoCurrency"].as_str().unwrap_or("");
        if kind == "number" && result["Start"].is_u64() && part_of_name(text, result) {
            return None;
        }
        let span = match (result["Start"].as_u64(), result["End"].as_u64()) {
            (Some(start), Some(end)) => Span::new(byte(start), byte(end + 1)),
            _ => Span::new(0, text.len()),
        };
        let metric = unit == "Ton" && ["tonne", "tonnes", "t"].iter().any(|t| span.of(text).ends_with(t));
        let (unit, value) = canonical(kind, if metric { "tonne" } else { unit }, code, value);
        found.push(Gold { span, value, unit });
    }
    Some(found)
}

/// Whether an expected number is joined to letters or digits by a mark: "SCP-173", "5/17/2018".
fn part_of_name(text: &str, result: &Value) -> bool {
    let chars: Vec<char> = text.chars().collect();
    let at = |i: Option<u64>| i.and_then(|i| chars.get(i as usize).copied());
    let (start, end) = (result["Start"].as_u64(), result["End"].as_u64());
    let joined = |mark: Option<char>, beyond: Option<char>| {
        mark.is_some_and(|c| "-/.".contains(c)) && beyond.is_some_and(char::is_alphanumeric)
    };
    let before = joined(at(start.and_then(|s| s.checked_sub(1))), at(start.and_then(|s| s.checked_sub(2))));
    before || joined(at(end.map(|e| e + 1)), at(end.map(|e| e + 2)))
}

/// A unit of the specification as we write it; an empty name where any will do.
fn canonical(kind: &str, unit: &str, code: &str, value: f64) -> (String, f64) {
    let lower = unit.to_lowercase();
    match kind {
        "money" => match lower.as_str() {
            "cent" => ("USD".into(), value / 100.0),
            "pence" | "penny" => (String::new(), value / 100.0),
            "dollar" => ("USD".into(), value),
            "pound" => ("GBP".into(), value),
            "rupee" | "franc" => ("XXX".into(), value),
            _ => (code.to_owned(), value),
        },
        "temperature" => (
            match lower.as_str() {
                "c" => "degree celsius",
                "f" => "degree fahrenheit",
                "k" => "kelvin",
                _ => "degree",
            }
            .into(),
            value,
        ),
        "age" => {
            let year = match lower.as_str() {
                "month" => 12.0,
                "week" => 365.25 / 7.0,
                "day" => 365.25,
                _ => 1.0,
            };
            (String::new(), value / year)
        }
        "measure" => {
            let name =
                lower.replace("meter", "metre").replace("liter", "litre").replace("metric ton", "tonne");
            (name, value)
        }
        _ => (String::new(), value),
    }
}

/// How many statements of inference pairs have a quantity: a smoke test.
fn pairs(source: &str) -> Result<Outcome, String> {
    let pairs: Vec<Value> = serde_json::from_str(source).map_err(|e| e.to_string())?;
    let mut outcome = Outcome::default();
    let (mut with, mut digits) = (0, 0);
    for statement in pairs.iter().flat_map(|p| [&p["statement1"], &p["statement2"]]).filter_map(Value::as_str)
    {
        if !statement.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        digits += 1;
        let annotations = variorum_annotate::annotate(&corpus::document(statement));
        if annotations.quantities.is_empty() && annotations.times.is_empty() {
            outcome.errors.push(statement.to_owned());
        } else {
            with += 1;
        }
    }
    outcome.figure("with a quantity or time", f64::from(with) / f64::from(digits.max(1)));
    outcome.figure("statements with digits", f64::from(digits));
    Ok(outcome)
}
