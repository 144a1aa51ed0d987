//! The comparison itself: one function an area.

use std::collections::{BTreeMap, BTreeSet};

use variorum_schema::{
    Direction, DocumentId, Evidence, Finding, FindingKind, FindingType, Report, Side, Story,
};

use variorum_collate::finding::confidence;

use super::find::same;
use super::{
    Area, Check, Expected, ExpectedFinding, ExpectedQuotation, Forbidden, Ground, Judged, Outcome, Place,
};

/// Longest evidence (bytes) that counts as pointing at something.
const LONGEST_EVIDENCE: u32 = 1200;

/// Kinds of finding that accuse an account of something.
const ACCUSING: [FindingKind; 5] = [
    FindingKind::Conflict,
    FindingKind::CorruptedCopy,
    FindingKind::AlteredQuotation,
    FindingKind::SelfContradiction,
    FindingKind::HeadlineMismatch,
];

/// Compares a report with what is expected of it. `texts` holds the text of each document by identifier.
#[must_use]
pub fn check(expected: &Expected, report: &Report, texts: &BTreeMap<DocumentId, String>) -> Outcome {
    let ground = Ground::new(report, texts);
    let mut checks = documents(expected, &ground);
    checks.extend(stories(expected, &ground));
    checks.extend(origins(expected, &ground));
    checks.extend(copies(expected, &ground));
    checks.extend(published(expected, &ground));
    checks.extend(furniture(expected, &ground));
    checks.extend(expected.quotations.iter().map(|q| quotation(q, &ground)));
    checks.extend(entities(expected, &ground));
    checks.extend(times(expected, &ground));
    checks.extend(expected.must_find.iter().map(|f| must_find(f, &ground)));
    checks.extend(expected.must_not_find.iter().map(|f| must_not_find(f, &ground)));
    let listed =
        |f: &Finding| expected.must_find.iter().chain(&expected.may_find).any(|e| is_expected(e, f, &ground));
    let accusing: Vec<&Finding> = findings(report).filter(|f| ACCUSING.contains(&f.kind)).collect();
    let judged: Vec<Judged> = accusing.iter().map(|f| judged(f, report, listed(f))).collect();
    let unlisted = accusing.iter().zip(&judged).filter(|(_, j)| !j.is_listed).map(|(f, _)| told(f)).collect();
    let found = checks.iter().filter(|c| c.area == Area::MustFind).map(|c| c.passed);
    let due = expected.must_find.iter().zip(found);
    let due = due.filter_map(|(f, is_found)| Some((*f.kind.first()?, is_found))).collect();
    Outcome { checks, unlisted, judged, due, placed: placed(expected, &ground) }
}

fn judged(finding: &Finding, report: &Report, is_listed: bool) -> Judged {
    let own = report.stories.iter().find(|s| s.findings.iter().any(|f| f.id == finding.id));
    let copy = own.and_then(|s| confidence::along(finding, &s.copies, &s.findings));
    let score =
        finding.why.iter().find(|f| f.name == confidence::FEATURE).map_or(finding.confidence, |f| f.value);
    let sort = confidence::sort(finding, copy);
    Judged { kind: finding.kind, confidence: finding.confidence, score, sort, is_listed }
}

/// Event and story of every document that the labels place.
fn placed(expected: &Expected, ground: &Ground) -> Vec<(usize, Option<usize>)> {
    let story = |id: &str| ground.report.stories.iter().position(|s| s.documents.iter().any(|d| d == id));
    let events = expected.stories.iter().enumerate();
    events.flat_map(|(event, names)| names.iter().map(move |n| (event, story(ground.id(n))))).collect()
}

fn findings(report: &Report) -> impl Iterator<Item = &Finding> {
    report.stories.iter().flat_map(|s| &s.findings)
}

/// A finding in a line, with what stands on each side.
fn told(f: &Finding) -> String {
    let kind = serde_name(&f.kind);
    let of = f.finding_type.as_ref().map_or_else(String::new, |t| format!("/{}", serde_name(t)));
    format!("{kind}{of} {:.2}: {}", f.confidence, f.message)
}

pub(super) fn serde_name(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|v| v.as_str().map(str::to_owned)).unwrap_or_default()
}

fn made(area: Area, label: impl Into<String>, passed: bool, instead: impl Into<String>) -> Check {
    Check { area, passed, label: label.into(), instead: instead.into() }
}

/// Every document named is there, and holds the words that the case names in it.
fn documents(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let mut words: BTreeSet<(Vec<&str>, &str)> = BTreeSet::new();
    let mut names: BTreeSet<&str> = expected.stories.iter().flatten().map(String::as_str).collect();
    let sides = expected.must_find.iter().chain(&expected.may_find).flat_map(|f| &f.sides);
    for place in sides.chain(&expected.furniture).chain(&expected.not_furniture) {
        let of: Vec<&str> = place.name.all().iter().map(String::as_str).collect();
        words.extend(place.contains.all().iter().map(|w| (of.clone(), w.as_str())));
    }
    words.extend(expected.quotations.iter().map(|q| (vec![q.name.as_str()], q.contains.as_str())));
    words.extend(expected.times.iter().map(|t| (vec![t.name.as_str()], t.text.as_str())));
    names.extend(words.iter().flat_map(|(names, _)| names));
    names.extend(expected.published.iter().map(|p| p.name.as_str()));
    let here =
        names.iter().map(|n| made(Area::Documents, format!("{n} is read"), !ground.id(n).is_empty(), ""));
    let holds = words.iter().map(|(names, words)| {
        let found = names.iter().any(|name| !ground.places(ground.id(name), words).is_empty());
        made(Area::Documents, format!("{} holds \"{words}\"", names.join("/")), found, "")
    });
    let nowhere = expected.must_not_find.iter().flat_map(|f| &f.contains).map(|words| {
        let found = ground.texts.keys().any(|id| !ground.places(id, words).is_empty());
        made(Area::Documents, format!("some text holds \"{words}\""), found, "")
    });
    here.chain(holds).chain(nowhere).collect()
}

fn stories(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let story_of = |name: &str| {
        let id = ground.id(name);
        ground.report.stories.iter().position(|s| s.documents.iter().any(|d| d == id))
    };
    let told = || {
        let names = |s: &Story| s.documents.iter().map(|d| ground.name(d)).collect::<Vec<_>>().join(" ");
        ground.report.stories.iter().map(names).collect::<Vec<_>>().join(" | ")
    };
    let mut out = Vec::new();
    for (i, group) in expected.stories.iter().enumerate() {
        let own: BTreeSet<_> = group.iter().map(|n| story_of(n)).collect();
        let others: BTreeSet<_> =
            expected.stories.iter().enumerate().filter(|(j, _)| *j != i).flat_map(|(_, g)| g).collect();
        let is_one = own.len() == 1 && !own.contains(&None);
        let is_apart = others.iter().all(|n| !own.contains(&story_of(n)));
        out.push(made(Area::Stories, format!("one story: {}", group.join(" ")), is_one && is_apart, told()));
    }
    out
}

fn origins(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let mut out = Vec::new();
    for want in &expected.origins {
        let id = ground.id(&want.story_of);
        let story = ground.report.stories.iter().find(|s| s.documents.iter().any(|d| d == id));
        let got: BTreeSet<BTreeSet<&str>> = story
            .map(|s| s.origins.iter().map(|o| o.documents.iter().map(|d| ground.name(d)).collect()).collect())
            .unwrap_or_default();
        let due: BTreeSet<BTreeSet<&str>> =
            want.groups.iter().map(|g| g.iter().map(String::as_str).collect()).collect();
        let label = format!("{} origins: {}", due.len(), shown(&due));
        out.push(made(Area::Origins, label, got == due, format!("{}: {}", got.len(), shown(&got))));
    }
    out
}

fn shown(groups: &BTreeSet<BTreeSet<&str>>) -> String {
    let group = |g: &BTreeSet<&str>| g.iter().copied().collect::<Vec<_>>().join(" + ");
    groups.iter().map(group).collect::<Vec<_>>().join(" | ")
}

fn copies(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let all: Vec<_> = ground.report.stories.iter().flat_map(|s| &s.copies).collect();
    let mut out = Vec::new();
    for want in &expected.copies {
        let (from, to) = (ground.ids_of(&want.from), ground.id(&want.to));
        let is_it = |c: &&&variorum_schema::Copy| {
            let forward = from.contains(c.from.as_str()) && c.to == to;
            let backward = from.contains(c.to.as_str()) && c.from == to;
            let direction = match want.direction {
                Some(Direction::Forward) => forward && c.direction == Direction::Forward,
                Some(Direction::Unknown) => (forward || backward) && c.direction == Direction::Unknown,
                None => forward || backward,
            };
            let parent = want.parent.as_ref().is_none_or(|p| c.parent.as_ref().is_some_and(|q| same(p, q)));
            direction && parent && (want.kind.is_empty() || want.kind.contains(&c.kind))
        };
        let kinds = want.kind.iter().map(serde_name).collect::<Vec<_>>().join("/");
        let label = format!("{} → {} {kinds}", want.from.told(), want.to);
        let near: Vec<_> = all
            .iter()
            .filter(|c| {
                let ends = [c.from.as_str(), c.to.as_str()];
                ends.contains(&to) && ends.iter().any(|e| from.contains(e))
            })
            .map(|c| {
                let (a, b) = (ground.name(&c.from), ground.name(&c.to));
                format!("{a} → {b} {} ({})", serde_name(&c.kind), serde_name(&c.direction))
            })
            .collect();
        out.push(made(Area::Copies, label, all.iter().any(|c| is_it(&c)), near.join(", ")));
    }
    for (a, b) in &expected.not_copies {
        let (a_id, b_id) = (ground.id(a), ground.id(b));
        let edge = all.iter().find(|c| (c.from == a_id && c.to == b_id) || (c.from == b_id && c.to == a_id));
        let instead =
            edge.map_or_else(String::new, |c| format!("{}, share {:.2}", serde_name(&c.kind), c.share));
        out.push(made(Area::Copies, format!("{a} and {b} are no copies"), edge.is_none(), instead));
    }
    out
}

fn published(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let mut out = Vec::new();
    for want in &expected.published {
        let id = ground.id(&want.name);
        let Some(document) = ground.report.documents.iter().find(|d| d.id == id) else {
            out.push(made(Area::Published, format!("{} has a date", want.name), false, "no such document"));
            continue;
        };
        let value = document.published.value.map(|d| d.to_string());
        let until = document.published.until.map(|d| d.to_string()).or_else(|| value.clone());
        let passed = match &want.until {
            // an interval will do where it lies inside the one expected
            Some(last) => value >= want.value && value.is_some() && until.as_ref() <= Some(last),
            None => value == want.value && until == value,
        };
        let due = want.value.as_deref().unwrap_or("unknown");
        let label = format!("{} was published {due}", want.name);
        let (value, until) = (value.unwrap_or_default(), until.unwrap_or_default());
        out.push(made(
            Area::Published,
            label,
            passed,
            format!("{value}…{until} ({})", document.published.basis),
        ));
    }
    out
}

fn furniture(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let due = expected.furniture.iter().map(|p| (p, true));
    let mut out = Vec::new();
    for (place, must) in due.chain(expected.not_furniture.iter().map(|p| (p, false))) {
        for name in place.name.all() {
            let id = ground.id(name);
            let document = ground.report.documents.iter().find(|d| d.id == id);
            let marks = document.map_or(&[][..], |d| &d.furniture);
            let marked = |(start, end): &(usize, usize)| {
                marks.iter().any(|f| (f.start as usize) <= *start && *end <= f.end as usize)
            };
            let places: Vec<_> = place.contains.all().iter().flat_map(|w| ground.places(id, w)).collect();
            // words dropped from the text altogether are out of comparison too
            let passed = if must { places.iter().all(marked) } else { places.iter().any(|p| !marked(p)) };
            let verb = if must { "is" } else { "is no" };
            let label = format!("{name}: \"{}\" {verb} furniture", place.contains.told());
            out.push(made(Area::Furniture, label, passed && document.is_some(), ""));
        }
    }
    out
}

fn quotation(want: &ExpectedQuotation, ground: &Ground) -> Check {
    let id = ground.id(&want.name);
    let places = ground.places(id, &want.contains);
    let mut instead = Vec::new();
    let mut passed = false;
    for story in &ground.report.stories {
        for q in story.quotations.iter().filter(|q| q.document == id) {
            if !places.iter().any(|p| covers((q.start, q.end), *p)) {
                continue;
            }
            let entity = q.source.as_ref().and_then(|s| s.entity.as_deref());
            let words = q.source.as_ref().map(|s| s.text.as_str());
            let speaker = want.source.as_ref().is_none_or(|names| {
                names.all().iter().any(|n| match entity {
                    Some(e) => is_named(story, e, n),
                    // "Defence Minister Ilan Castor": the name is there to read
                    None => words.is_some_and(|w| !super::find::places(w, n).is_empty()),
                })
            });
            passed |= speaker && want.kind.is_none_or(|k| k == q.kind);
            instead.push(format!("{} by {}", serde_name(&q.kind), entity.or(words).unwrap_or("nobody")));
        }
    }
    let by = want.source.as_ref().map_or_else(String::new, |s| format!(" by {}", s.all().join("/")));
    let kind = want.kind.as_ref().map(serde_name).unwrap_or_default();
    let label = format!("{}: {kind} \"{}\"{by}", want.name, want.contains);
    made(Area::Quotations, label, passed, instead.join(", "))
}

/// Whether `span` covers at least 60 % of a place.
fn covers(span: (u32, u32), place: (usize, usize)) -> bool {
    let (start, end) = ((span.0 as usize).max(place.0), (span.1 as usize).min(place.1));
    end > start && (end - start) * 10 >= (place.1 - place.0) * 6
}

/// Whether the entity called `entity` in the story goes by `name`.
fn is_named(story: &Story, entity: &str, name: &str) -> bool {
    same(entity, name)
        || story.entities.iter().any(|e| {
            let mut names = std::iter::once(&e.name).chain(&e.aliases);
            same(&e.name, entity) && names.any(|n| same(n, name))
        })
}

fn entities(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let all: Vec<Vec<&str>> = ground
        .report
        .stories
        .iter()
        .flat_map(|s| &s.entities)
        .map(|e| std::iter::once(&e.name).chain(&e.aliases).map(String::as_str).collect())
        .collect();
    let goes_by = |names: &[&str], name: &str| names.iter().any(|n| same(n, name));
    let holders = |name: &str| {
        let of = all.iter().filter(|names| goes_by(names, name));
        of.map(|names| format!("[{}]", names.join(", "))).collect::<Vec<_>>().join(" ")
    };
    let mut out = Vec::new();
    for want in &expected.entities {
        let joined = |names: &&Vec<&str>| {
            goes_by(names, &want.name) && want.aliases_include.iter().all(|a| goes_by(names, a))
        };
        let label = format!("{} is {}", want.name, want.aliases_include.join(", "));
        out.push(made(Area::Entities, label, all.iter().any(|e| joined(&e)), holders(&want.name)));
    }
    for (a, b) in &expected.not_same_entity {
        let both = all.iter().find(|names| goes_by(names, a) && goes_by(names, b));
        let instead = both.map_or_else(String::new, |names| names.join(", "));
        out.push(made(Area::Entities, format!("{a} is not {b}"), both.is_none(), instead));
    }
    out
}

fn times(expected: &Expected, ground: &Ground) -> Vec<Check> {
    let mut out = Vec::new();
    for want in &expected.times {
        let id = ground.id(&want.name);
        let places = ground.places(id, &want.text);
        let all = ground.report.stories.iter().flat_map(|s| &s.times).filter(|t| t.document == id);
        let here: Vec<_> = all
            .filter(|t| places.iter().any(|p| touches((t.start, t.end), *p)))
            .map(|t| t.value.as_str())
            .collect();
        let passed = here.iter().any(|v| v.starts_with(&want.value));
        let label = format!("{}: \"{}\" is {}", want.name, want.text, want.value);
        out.push(made(Area::Times, label, passed, here.join(", ")));
    }
    out
}

fn touches(span: (u32, u32), place: (usize, usize)) -> bool {
    let (start, end) = (span.0 as usize, span.1 as usize);
    if start == end { place.0 <= start && start <= place.1 } else { start < place.1 && place.0 < end }
}

/// Whether evidence points at the words: its differing part where it marks one, else the whole.
fn points_at(e: &Evidence, ground: &Ground, names: &BTreeSet<&str>, words: &str) -> bool {
    if !names.contains(e.document.as_str()) || e.end.saturating_sub(e.start) > LONGEST_EVIDENCE {
        return false;
    }
    let span = match (e.focus_start, e.focus_end) {
        (Some(start), Some(end)) => (start, end),
        _ => (e.start, e.end),
    };
    ground.places(&e.document, words).iter().any(|p| touches(span, *p))
}

fn side_fits(side: &Side, place: &Place, ground: &Ground) -> bool {
    let names = ground.ids_of(&place.name);
    side.evidence.iter().any(|e| place.contains.all().iter().any(|w| points_at(e, ground, &names, w)))
        && place.source.as_ref().is_none_or(|s| side.sources.iter().any(|n| same(n, s)))
        && place.n_origins.is_none_or(|n| side.origins.len() == n)
}

/// Whether each of `n` things can be given a side of its own.
fn assigned(n: usize, sides: usize, fits: &dyn Fn(usize, usize) -> bool, taken: &mut Vec<usize>) -> bool {
    let at = taken.len();
    if at == n {
        return true;
    }
    for side in 0..sides {
        if !taken.contains(&side) && fits(at, side) {
            taken.push(side);
            if assigned(n, sides, fits, taken) {
                return true;
            }
            taken.pop();
        }
    }
    false
}

fn is_of(kinds: &[FindingKind], types: &[FindingType], f: &Finding) -> bool {
    kinds.contains(&f.kind) && (types.is_empty() || f.finding_type.is_some_and(|t| types.contains(&t)))
}

fn is_expected(want: &ExpectedFinding, f: &Finding, ground: &Ground) -> bool {
    if !is_of(&want.kind, &want.types, f) {
        return false;
    }
    let omits = |name: &String| f.sides.iter().any(|s| s.documents.iter().any(|d| d == ground.id(name)));
    let fits = |i: usize, j: usize| side_fits(&f.sides[j], &want.sides[i], ground);
    let placed = if is_one_sided(f) {
        (0..want.sides.len()).all(|i| (0..f.sides.len()).any(|j| fits(i, j)))
    } else {
        assigned(want.sides.len(), f.sides.len(), &fits, &mut Vec::new())
    };
    placed && want.omits.iter().all(omits)
}

/// Whether all that a finding points at stands together rather than against one another.
fn is_one_sided(f: &Finding) -> bool {
    matches!(f.kind, FindingKind::Corroborated | FindingKind::SingleOrigin | FindingKind::Omitted)
}

fn must_find(want: &ExpectedFinding, ground: &Ground) -> Check {
    let kinds = want.kind.iter().map(serde_name).collect::<Vec<_>>().join("/");
    let types = want.types.iter().map(serde_name).collect::<Vec<_>>().join("/");
    let side = |p: &Place| format!("{} \"{}\"", p.name.told(), p.contains.told());
    let sides = want.sides.iter().map(side).collect::<Vec<_>>().join(" ~ ");
    let omits =
        if want.omits.is_empty() { String::new() } else { format!(" not in {}", want.omits.join(", ")) };
    let passed = findings(ground.report).any(|f| is_expected(want, f, ground));
    // the nearest miss: right words, wrong kind or type
    let mut loose = want.clone();
    loose.types.clear();
    let near = |f: &&Finding| {
        loose.kind = vec![f.kind];
        is_expected(&loose, f, ground)
    };
    let instead = findings(ground.report).find(near).map(told).unwrap_or_default();
    let label = format!("{kinds} {types}: {sides}{omits}");
    made(Area::MustFind, label, passed, if passed { String::new() } else { instead })
}

fn must_not_find(want: &Forbidden, ground: &Ground) -> Check {
    let kinds = if want.kind.is_empty() { &ACCUSING[..] } else { &want.kind };
    let every: BTreeSet<&str> = ground.ids.values().map(String::as_str).collect();
    let is_it = |f: &&Finding| {
        let all_names = want.names.iter().all(|name| {
            let id = ground.id(name);
            f.sides.iter().flat_map(|s| &s.evidence).any(|e| e.document == id)
        });
        let fits = |i: usize, j: usize| {
            f.sides[j].evidence.iter().any(|e| points_at(e, ground, &every, &want.contains[i]))
        };
        let n_words = want.contains.len();
        let touched = if is_one_sided(f) {
            (0..n_words).all(|i| (0..f.sides.len()).any(|j| fits(i, j)))
        } else {
            assigned(n_words, f.sides.len(), &fits, &mut Vec::new())
        };
        is_of(kinds, &want.types, f) && all_names && touched
    };
    let found = findings(ground.report).find(is_it);
    let names = kinds.iter().map(serde_name).collect::<Vec<_>>().join("/");
    let words = want.contains.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" ~ ");
    let label = format!("no {names}: {words} {} — {}", want.names.join(" "), want.why);
    made(Area::MustNotFind, label, found.is_none(), found.map(told).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const A: &str = "Nine people died, the fire service said. The house did not burn.";
    const B: &str = "Eleven people died, the hospital said. The house did burn.";

    fn evidence(id: &str, text: &str, words: &str) -> Value {
        let start = text.find(words).expect("the words are there");
        json!({"document": id, "start": start, "end": start + words.len(), "text": words})
    }

    fn side(id: &str, evidence: Value) -> Value {
        json!({"label": "", "documents": [id], "origins": ["o1"], "evidence": [evidence]})
    }

    /// A story of two documents with one finding.
    fn outcome(expected: Value, finding: Value) -> Outcome {
        let document = |id: &str, name: &str, text: &str| {
            let published = json!({"value": "2031-05-06", "granularity": "day", "basis": "", "evidence": []});
            let mut d = json!({"id": id, "name": name, "authors": [], "published": published, "credits": []});
            let rest = json!({"furniture": [], "text_bytes": text.len(), "text_sha256": "", "notes": []});
            d.as_object_mut().expect("object").extend(rest.as_object().expect("object").clone());
            d
        };
        let origins = json!([{"id": "o1", "documents": ["d1", "d2"], "basis": ""}]);
        let story = json!({
            "id": "s", "title": "", "documents": ["d1", "d2"], "members": [], "coherence": 1.0, "origins": origins,
            "copies": [], "entities": [{"id": "e1", "name": "Ann Lee", "kind": "person", "aliases": ["Lee"], "mentions": []}],
            "quotations": [], "times": [], "findings": [finding], "matrix": [], "timeline": [], "brief": [],
        });
        let report = json!({
            "schema": "variorum.report/v1", "generator": {"name": "", "version": "", "options": {}},
            "documents": [document("d1", "pile/a.txt", A), document("d2", "pile/b.html", B)], "stories": [story],
        });
        let report: Report = serde_json::from_value(report).expect("a report");
        let expected: Expected = serde_json::from_value(expected).expect("expectations");
        let texts = [("d1".to_owned(), A.to_owned()), ("d2".to_owned(), B.to_owned())].into_iter().collect();
        super::check(&expected, &report, &texts)
    }

    fn finding(left: &str, right: &str) -> Value {
        let sides = json!([side("d1", evidence("d1", A, left)), side("d2", evidence("d2", B, right))]);
        json!({"id": "f", "kind": "conflict", "type": "quantity", "message": "", "sides": sides, "confidence": 0.9, "why": []})
    }

    #[test]
    fn a_finding_meets_what_it_points_at() {
        let due = |kind: &str, of: &str, left: &str, right: &str| {
            let sides =
                json!([{"name": "b.html", "contains": right}, {"name": ["x", "a.txt"], "contains": left}]);
            json!({"must_find": [{"kind": [kind], "type": [of], "sides": sides}]})
        };
        for (what, expected, met) in [
            ("the same", due("conflict", "quantity", "Nine people", "eleven people"), true),
            ("part of a word is enough", due("conflict", "quantity", "ine", "Eleven"), true),
            ("another kind", due("revised", "quantity", "Nine", "Eleven"), false),
            ("another type", due("conflict", "negation", "Nine", "Eleven"), false),
            ("other words", due("conflict", "quantity", "did not burn", "Eleven"), false),
            ("words of the other side", due("conflict", "quantity", "Eleven", "Eleven"), false),
        ] {
            let outcome = outcome(expected, finding("Nine people died", "Eleven people died"));
            assert_eq!(outcome.tally(Area::MustFind).0 == 1, met, "{what}");
            assert_eq!(outcome.unlisted.is_empty(), met, "{what}: listed");
        }
    }

    #[test]
    fn a_forbidden_finding_is_seen() {
        let forbid = |contains: Value, names: Value| json!({"must_not_find": [{"kind": ["conflict"], "contains": contains, "names": names}]});
        for (what, expected, clean) in [
            ("both sides", forbid(json!(["Nine", "Eleven"]), json!([])), false),
            ("one side twice", forbid(json!(["Nine", "people died, the fire"]), json!([])), true),
            ("other words", forbid(json!(["Nine", "did burn"]), json!([])), true),
            ("by name", forbid(json!([]), json!(["a.txt", "b.html"])), false),
            ("by a name that is not there", forbid(json!([]), json!(["a.txt", "c.txt"])), true),
        ] {
            let outcome = outcome(expected, finding("Nine people died", "Eleven people died"));
            assert_eq!(outcome.tally(Area::MustNotFind).0 == 1, clean, "{what}");
        }
    }

    #[test]
    fn the_differing_part_decides_where_it_is_marked() {
        let mut narrow = finding(A, B);
        for (side, (start, end)) in
            narrow["sides"].as_array_mut().expect("sides").iter_mut().zip([(0, 4), (0, 6)])
        {
            side["evidence"][0]["focus_start"] = json!(start);
            side["evidence"][0]["focus_end"] = json!(end);
        }
        let forbid = |a: &str, b: &str| json!({"must_not_find": [{"contains": [a, b]}]});
        assert_eq!(
            outcome(forbid("did not burn", "did burn"), narrow.clone()).tally(Area::MustNotFind),
            (1, 1)
        );
        assert_eq!(outcome(forbid("Nine", "Eleven"), narrow).tally(Area::MustNotFind), (0, 1));
    }

    #[test]
    fn the_other_areas_are_compared() {
        for (area, expected, met) in [
            (Area::Stories, json!({"stories": [["a.txt", "b.html"]]}), true),
            (Area::Stories, json!({"stories": [["a.txt"], ["b.html"]]}), false),
            (
                Area::Origins,
                json!({"origins": [{"story_of": "a.txt", "groups": [["a.txt", "b.html"]]}]}),
                true,
            ),
            (
                Area::Origins,
                json!({"origins": [{"story_of": "a.txt", "groups": [["a.txt"], ["b.html"]]}]}),
                false,
            ),
            (Area::Copies, json!({"not_copies": [["a.txt", "b.html"]]}), true),
            (Area::Copies, json!({"copies": [{"from": "a.txt", "to": "b.html"}]}), false),
            (Area::Published, json!({"published": [{"name": "a.txt", "value": "2031-05-06"}]}), true),
            (Area::Published, json!({"published": [{"name": "a.txt", "value": null}]}), false),
            (
                Area::Published,
                json!({"published": [{"name": "a.txt", "value": "2031-05-01", "until": "2031-05-05"}]}),
                false,
            ),
            (Area::Furniture, json!({"not_furniture": [{"name": "a.txt", "contains": "Nine people"}]}), true),
            (Area::Furniture, json!({"furniture": [{"name": "a.txt", "contains": "Nine people"}]}), false),
            (Area::Entities, json!({"entities": [{"name": "ann lee", "aliases_include": ["Lee"]}]}), true),
            (Area::Entities, json!({"entities": [{"name": "Ann Lee", "aliases_include": ["Li"]}]}), false),
            (Area::Entities, json!({"not_same_entity": [["Ann Lee", "Lee"]]}), false),
            (Area::Documents, json!({"published": [{"name": "c.txt", "value": null}]}), false),
        ] {
            let told = expected.to_string();
            let (got, of) = outcome(expected, finding("Nine", "Eleven")).tally(area);
            assert_eq!(got == of, met, "{told}");
        }
    }
}
