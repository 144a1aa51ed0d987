//! Nobody was hurt, says one account; another one knows who was.

use variorum_schema::{ArgumentRole, FindingKind, FindingType, Form, Modality, Polarity, Tag, Token};

use super::{Between, Claims, at_one_time, disagreement, negated};
use crate::assertion::Reading;
use crate::difference::quantity::frame;
use crate::finding::contradiction::{Disagreement, Place};

use super::contrary::{is, is_past, predicate};

/// Sentences from the top in which an account tells of what happened rather than of what happened before.
const OPENING: u32 = 40;

/// Groups whose members the list names.
const GROUPS: [&str; 3] = ["staff", "civilian", "tourist"];
/// Content words of a sentence that says of the whole event that nobody was hurt.
const MAX_BESIDE: usize = 6;

/// Nobody of a group befell it.
struct Spared<'a> {
    reading: usize,
    /// "death" or "injury".
    frame: &'static str,
    /// Lemma of those who were spared; `None` for anybody.
    group: Option<&'a str>,
}

/// Harm that one account excludes and another one reports.
pub(super) fn harms(claims: &Claims) -> Vec<Disagreement> {
    let spared: Vec<Spared> = (0..claims.readings.len()).filter_map(|at| spared(claims, at)).collect();
    let mut found = Vec::new();
    for no in &spared {
        let own = &claims.readings[no.reading];
        let has_too = |account: u32| {
            spared
                .iter()
                .any(|s| s.frame == no.frame && claims.readings[s.reading].statement.account == account)
        };
        // an account that tells of others who were is about more than one thing
        let is_told = |r: &Reading| {
            r.claim.polarity == Polarity::Positive && !r.is_background && frame(&r.lemma) == Some(no.frame)
        };
        if no.group.is_none() && claims.readings_of(own.statement.account).iter().any(is_told) {
            continue;
        }
        for yes in claims.readings.iter().filter(|r| !has_too(r.statement.account)) {
            found.extend(harm(claims, no, own, yes));
        }
    }
    found
}

/// Whether a claim says that nobody was killed, or hurt, and of whom it says so.
fn spared<'a>(claims: &'a Claims, at: usize) -> Option<Spared<'a>> {
    let reading = &claims.readings[at];
    let is_put = reading.is_negative && reading.modality == Modality::Asserted && !reading.is_background;
    if !is_put || reading.is_headline {
        return None;
    }
    let annotations = &claims.telling.account(reading.statement.account).annotations;
    // "The strike levelled the station, but nobody was killed" is about that strike; what stands alone is about the event
    let sentence = annotations.tokens_of(claims.telling.sentence(&reading.statement));
    let is_content = |t: &&Token| matches!(t.tag, Tag::Noun | Tag::Propn | Tag::Verb | Tag::Adj | Tag::Num);
    let is_alone = sentence.iter().filter(is_content).count() <= MAX_BESIDE;
    let is_first = sentence.iter().take(3).any(|t| reading.claim.span.start == t.span.start);
    if !is_alone || !is_first || sentence.iter().any(|t| is("while", &t.lemma)) {
        return None;
    }
    let negation = reading.claim.negation?;
    let holder = reading.claim.arguments.iter().find(|a| a.span.contains(negation))?;
    // "no injuries", "no deaths have been reported"
    let own = match holder.head.as_str() {
        "casualty" | "victim" => Some("death"),
        head => frame(head).filter(|_| reading.lemma == "be" || is("light", &reading.lemma)),
    };
    if let Some(frame) = own.filter(|f| matches!(*f, "death" | "injury")) {
        let is_whole = reading.claim.arguments.len() == 1 && holder.span.len() < 40;
        return is_whole.then_some(Spared { reading: at, frame, group: None });
    }
    let frame = frame(&reading.lemma).filter(|f| matches!(*f, "death" | "injury"))?;
    let is_anybody = is("nobody", &holder.head) || is("anybody", &holder.head);
    let first = annotations.tokens.partition_point(|t| t.span.end <= holder.span.start);
    let inside = annotations.tokens[first..].iter().take_while(|t| t.span.start < holder.span.end);
    let noun = inside.filter(|t| t.tag == Tag::Noun && !is("transparent", &t.lemma)).last();
    let group = noun.map(|t| t.lemma.as_str()).filter(|_| !is_anybody);
    (is_anybody || group.is_some()).then_some(Spared { reading: at, frame, group })
}

fn harm(claims: &Claims, no: &Spared, own: &Reading, yes: &Reading) -> Option<Disagreement> {
    let between = claims.between(own.statement.account, yes.statement.account);
    let is_put = !yes.is_negative && yes.modality == Modality::Asserted && !yes.is_background;
    if between != Between::Independent || !is_put || !at_one_time(own, yes) || yes.is_headline {
        return None;
    }
    let befell = if is("death", &yes.lemma) { Some("death") } else { frame(&yes.lemma) };
    let own_frame = befell.filter(|f| *f == no.frame)?;
    if yes.statement.unit > OPENING || negated::is_for_now(claims, own) || !is_finite(claims, yes) {
        return None;
    }
    let role = if yes.claim.is_passive || yes.with(ArgumentRole::Patient).next().is_some() {
        ArgumentRole::Patient
    } else {
        ArgumentRole::Agent
    };
    let who = yes.with(role).find(|r| is_somebody(r, no.group))?;
    let place = |r: &Reading| Place {
        statement: r.statement,
        focus: r.claim.negation.map_or(r.claim.predicate, |n| n.cover(r.claim.predicate)),
    };
    let (x, mut y) = (place(own), place(yes));
    y.focus = who.span.cover(y.focus);
    let is_later = claims.day(own).zip(claims.day(yes)).is_some_and(|(n, y)| n < y);
    let kind = if is_later && !is_past(claims, own) { FindingKind::Revised } else { FindingKind::Conflict };
    let note = format!("{own_frame}: none on one side, some on the other");
    Some(disagreement(kind, FindingType::Negation, x, y, 0.6, 0.8, note))
}

/// Whether a phrase means people whom it befell: with a number, by name, or one of them ("a guard"), of the group.
fn is_somebody(who: &crate::assertion::referent::Referent, group: Option<&str>) -> bool {
    let is_counted = !who.numbers.is_empty() || who.is_indefinite || who.entity.is_some();
    let fits = group.is_none_or(|group| {
        let near = variorum_annotate::words::SYNONYM | variorum_annotate::words::KIND;
        who.head == group
            || variorum_annotate::words::are(near, &who.head, group)
            || GROUPS.iter().any(|g| group == *g && is(g, &who.head))
    });
    let is_person = variorum_annotate::words::is_a(&who.head, "person") || who.entity.is_some();
    is_counted && fits && is_person && !who.is_pronoun
}

fn is_finite(claims: &Claims, reading: &Reading) -> bool {
    predicate(claims, reading).any(|t| matches!(t.form, Form::Past | Form::Third | Form::PastParticiple))
}
