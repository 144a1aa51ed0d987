//! What kinds, types, reasons and dates are called in print. One wording for terminal, Markdown and HTML.

use jiff::civil::Date;
use variorum_schema::{
    Copy, CopyKind, DateSource, Direction, FindingKind, FindingType, FurnitureReason, Granularity, Interval,
    Published, QuotationKind,
};

/// Singular, lower case.
pub(super) fn kind(kind: FindingKind) -> &'static str {
    match kind {
        FindingKind::Conflict => "conflict",
        FindingKind::CorruptedCopy => "corrupted copy",
        FindingKind::AlteredQuotation => "altered quotation",
        FindingKind::SelfContradiction => "self-contradiction",
        FindingKind::HeadlineMismatch => "headline mismatch",
        FindingKind::Revised => "revised",
        FindingKind::Disputed => "disputed",
        FindingKind::ExpectedHappened => "expected",
        FindingKind::Corroborated => "corroborated",
        FindingKind::SingleOrigin => "single origin",
        FindingKind::Omitted => "omitted",
        FindingKind::Wording => "wording",
    }
}

/// In what the sides differ, lower case.
pub(super) fn finding_type(kind: FindingType) -> &'static str {
    match kind {
        FindingType::Negation => "negation",
        FindingType::Quantity => "quantity",
        FindingType::Date => "date",
        FindingType::Actor => "actor",
        FindingType::Place => "place",
        FindingType::Outcome => "outcome",
        FindingType::Title => "title",
        FindingType::Attribution => "attribution",
        FindingType::Wording => "wording",
        FindingType::Direction => "direction",
        FindingType::Garble => "garbled",
        FindingType::PersonTerm => "person",
        FindingType::GroupTerm => "group",
        FindingType::ActTerm => "act",
        FindingType::Met => "met",
        FindingType::Unmet => "not met",
        FindingType::Open => "open",
    }
}

/// A copy edge in a few words: "reworded copy, 94 %", with its direction where that was not concluded.
pub(super) fn copy(copy: &Copy) -> String {
    let unknown = if copy.direction == Direction::Unknown { ", direction unknown" } else { "" };
    format!("{}, {}{unknown}", copy_kind(copy.kind), percent(copy.share))
}

/// The edge by which `account` hangs in a lineage: the share is that of its own text. Under an unseen parent nothing is
/// said of the direction between the siblings.
pub(super) fn edge(copy: &Copy, account: &str) -> String {
    let share = if copy.to == account { copy.share } else { copy.share_from };
    let unknown = copy.direction == Direction::Unknown && copy.parent.is_none();
    format!(
        "{}, {}{}",
        copy_kind(copy.kind),
        percent(share),
        if unknown { ", direction unknown" } else { "" }
    )
}

/// What was done to copied text.
pub(super) fn copy_kind(kind: CopyKind) -> &'static str {
    match kind {
        CopyKind::Verbatim => "verbatim copy",
        CopyKind::Edited => "edited copy",
        CopyKind::Excerpted => "excerpt",
        CopyKind::Agency => "agency copy",
        CopyKind::Reworded => "reworded copy",
    }
}

/// Why a passage was left out of comparison.
pub(super) fn furniture(reason: FurnitureReason) -> &'static str {
    match reason {
        FurnitureReason::Navigation => "navigation",
        FurnitureReason::Newsletter => "newsletter promotion",
        FurnitureReason::Subscription => "subscription notice",
        FurnitureReason::RelatedHeadline => "headline of another article",
        FurnitureReason::Caption => "caption",
        FurnitureReason::Social => "share buttons",
        FurnitureReason::Comments => "comments",
        FurnitureReason::Legal => "legal or about text",
        FurnitureReason::Advertisement => "advertisement",
        FurnitureReason::Counter => "counter",
        FurnitureReason::PageDate => "date of the page",
        FurnitureReason::SourceLink => "link to a source",
        FurnitureReason::Consent => "consent notice",
        FurnitureReason::Tags => "tags",
        FurnitureReason::AuthorBox => "author box",
        FurnitureReason::CreditLine => "credit line",
        FurnitureReason::Boilerplate => "outside the main text",
    }
}

/// How speech is rendered.
pub(super) fn quotation_kind(kind: QuotationKind) -> &'static str {
    match kind {
        QuotationKind::Direct => "direct",
        QuotationKind::Indirect => "indirect",
        QuotationKind::Mixed => "mixed",
    }
}

/// Where a date candidate came from.
pub(super) fn date_source(source: DateSource) -> &'static str {
    match source {
        DateSource::Given => "given",
        DateSource::JsonLd => "JSON-LD",
        DateSource::Meta => "meta element",
        DateSource::TimeElement => "time element",
        DateSource::Url => "address",
        DateSource::VisibleText => "visible text",
        DateSource::Dateline => "dateline",
        DateSource::Body => "time expressions of the body",
        DateSource::Footer => "footer",
        DateSource::Story => "another account of the story",
    }
}

/// "18 March 2031".
pub(super) fn day(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}

/// "18 March 2031", "18–19 March 2031", "28 February – 2 March 2031".
pub(super) fn interval(days: Interval) -> String {
    let (first, last) = (days.first, days.last);
    if first == last {
        day(first)
    } else if first.year() == last.year() && first.month() == last.month() {
        format!("{}\u{2013}{}", first.day(), day(last))
    } else if first.year() == last.year() {
        format!("{} \u{2013} {}", first.strftime("%-d %B"), day(last))
    } else {
        format!("{} \u{2013} {}", day(first), day(last))
    }
}

/// "18 March 2031", "about March 2031 (inferred)", "date unknown".
pub(super) fn published(published: &Published) -> String {
    let Some(first) = published.value else { return "date unknown".to_owned() };
    let shown = match published.granularity {
        Some(Granularity::Month) => first.strftime("%B %Y").to_string(),
        Some(Granularity::Year) => first.strftime("%Y").to_string(),
        _ => interval(Interval { first, last: published.until.unwrap_or(first).max(first) }),
    };
    if published.inferred { format!("{shown} (inferred)") } else { shown }
}

/// ".83"; "1.0" for certainty alone: what is less than certain is never rounded up to it.
pub(super) fn probability(p: f64) -> String {
    if p >= 1.0 {
        return "1.0".to_owned();
    }
    format!("{:.2}", p.clamp(0.0, 0.99)).trim_start_matches('0').to_owned()
}

/// "94 %".
pub(super) fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share.clamp(0.0, 1.0) * 100.0)
}

/// A measure without needless digits: "4", "0.42".
pub(super) fn measure(value: f64) -> String {
    if value.fract().abs() < 1e-9 && value.abs() < 1e15 {
        format!("{value:.0}")
    } else {
        format!("{value:.2}")
    }
}

/// "1 account", "3 accounts".
pub(super) fn count(n: usize, one: &str, many: &str) -> String {
    if n == 1 { format!("1 {one}") } else { format!("{n} {many}") }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use variorum_schema::Interval;

    #[test]
    fn intervals_are_short() {
        let check = |first, last, wanted| assert_eq!(super::interval(Interval { first, last }), wanted);
        check(date(2031, 3, 18), date(2031, 3, 18), "18 March 2031");
        check(date(2031, 3, 18), date(2031, 3, 19), "18\u{2013}19 March 2031");
        check(date(2031, 2, 28), date(2031, 3, 2), "28 February \u{2013} 2 March 2031");
        check(date(2030, 12, 31), date(2031, 1, 1), "31 December 2030 \u{2013} 1 January 2031");
    }

    #[test]
    fn probabilities_are_short() {
        let check = |p, wanted| assert_eq!(super::probability(p), wanted);
        check(0.83, ".83");
        check(1.0, "1.0");
        check(0.999, ".99");
        check(f64::NAN, "NaN");
        check(-2.0, ".00");
    }
}
