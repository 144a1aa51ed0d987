//! Finds written days by hand: the expressions that they stand for (see the tests) take milliseconds to build, which
//! every start of the program would wait for.
//!
//! The grammar is that of the expressions, choice for choice: the first alternative that leads to a match is taken.

use std::ops::Range;

use super::Names;

/// A date with a year.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Written<'a> {
    /// With the weekday before it and the clock time behind it.
    pub range: Range<usize>,
    /// The weekday's name.
    pub week: Option<&'a str>,
    /// Whether a clock time follows.
    pub clock: bool,
    /// Its parts.
    pub parts: Parts<'a>,
}

/// The parts of a date as they are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Parts<'a> {
    /// "2020-07-21".
    YearFirst { year: &'a str, month: &'a str, day: &'a str },
    /// "July 21, 2020", "21 July 2020", "21 July '20".
    Named { year: &'a str, month: &'a str, day: &'a str },
    /// "21/07/2020": two numbers of unknown order, and the mark between them.
    Numbers { first: &'a str, second: &'a str, year: &'a str, mark: u8 },
}

/// A month and a day: the range, the month's name, the day's number.
pub(super) type MonthAndDay<'a> = (Range<usize>, &'a str, &'a str);

/// The dates with a year in `text`, in order.
pub(super) fn written<'a>(text: &'a str, names: &Names) -> Vec<Written<'a>> {
    find(text, |scan, at| scan.dated(names, at), |found| found.range.end)
}

/// Months with a day in `text`, in order.
pub(super) fn month_days<'a>(text: &'a str, names: &Names) -> Vec<MonthAndDay<'a>> {
    find(text, |scan, at| scan.month_day(names, at), |found| found.0.end)
}

/// What `read` finds at the beginnings of words and numbers, none within another.
fn find<'a, T>(
    text: &'a str,
    read: impl Fn(Scan<'a>, usize) -> Option<T>,
    end: impl Fn(&T) -> usize,
) -> Vec<T> {
    let scan = Scan { text };
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        // every form begins with an ASCII letter or digit
        let begins = text.as_bytes()[at].is_ascii_alphanumeric() && scan.is_edge(at);
        match begins.then(|| read(scan, at)).flatten() {
            Some(found) => {
                at = end(&found);
                out.push(found);
            }
            None => at += 1,
        }
    }
    out
}

#[derive(Clone, Copy)]
struct Scan<'a> {
    text: &'a str,
}

impl<'a> Scan<'a> {
    fn byte(self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn of(self, from: usize, to: usize) -> &'a str {
        self.text.get(from..to).unwrap_or("")
    }

    /// Whether a word of ASCII letters, digits and underscores begins or ends at `at`.
    fn is_edge(self, at: usize) -> bool {
        let is_word = |b: Option<u8>| b.is_some_and(|b| b.is_ascii_alphanumeric() || b == b'_');
        is_word(at.checked_sub(1).and_then(|before| self.byte(before))) != is_word(self.byte(at))
    }

    /// The end of the white space at `at`, and how many characters it has.
    fn space(self, at: usize) -> (usize, usize) {
        let rest = self.text.get(at..).unwrap_or("");
        let trimmed = rest.trim_start();
        let space = &rest[..rest.len() - trimmed.len()];
        (at + space.len(), space.chars().count())
    }

    /// The end of white space, oblique strokes and hyphens at `at`, at most two.
    fn spread(self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        let trimmed = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '/' | '-'));
        let marks = &rest[..rest.len() - trimmed.len()];
        (marks.chars().count() <= 2).then_some(at + marks.len())
    }

    /// The end of a gap between two parts: `\s?,?\s{0,2}`.
    fn gap(self, at: usize) -> Option<usize> {
        let (end, count) = self.space(at);
        if self.byte(end) != Some(b',') {
            return (count <= 3).then_some(end);
        }
        let (after, behind) = self.space(end + 1);
        (count <= 1 && behind <= 2).then_some(after)
    }

    fn digits(self, at: usize) -> usize {
        self.text.as_bytes().get(at..).unwrap_or(&[]).iter().take_while(|b| b.is_ascii_digit()).count()
    }

    /// The end of a number of one or two digits at `at` that no digit follows.
    fn small(self, at: usize) -> Option<usize> {
        let count = self.digits(at);
        (1..=2).contains(&count).then_some(at + count)
    }

    /// The end of a year of this or the last century at `at`, whatever follows.
    fn year(self, at: usize) -> Option<usize> {
        let century = self.text.as_bytes().get(at..at + 2)?;
        (matches!(century, b"19" | b"20") && self.digits(at) >= 4).then_some(at + 4)
    }

    /// The end of one of `words` at `at`, letters in either case.
    fn word(self, at: usize, words: &[&str]) -> Option<usize> {
        let is_at =
            |word: &&&str| self.text.get(at..at + word.len()).is_some_and(|t| t.eq_ignore_ascii_case(word));
        words.iter().find(is_at).map(|word| at + word.len())
    }

    /// The ends of the names of `forms` that stand at `at`, the longest first.
    fn names<'n>(self, at: usize, forms: &'n [Vec<&'static str>; 26]) -> impl Iterator<Item = usize> + 'n
    where
        'a: 'n,
    {
        let letter = self.byte(at).map_or(26, |b| usize::from(b.to_ascii_lowercase().wrapping_sub(b'a')));
        let rest = self.text.get(at..).unwrap_or("");
        let list = forms.get(letter).map_or(&[][..], Vec::as_slice);
        list.iter().filter_map(move |form| {
            let mut chars = rest.char_indices();
            let is_same = form.chars().all(|wanted| chars.next().is_some_and(|(_, c)| lower(c) == wanted));
            is_same.then(|| at + chars.next().map_or(rest.len(), |(end, _)| end))
        })
    }

    fn months<'n>(self, names: &'n Names, at: usize) -> impl Iterator<Item = usize> + 'n
    where
        'a: 'n,
    {
        self.names(at, &names.months).filter(move |end| self.is_edge(*end))
    }

    fn dated(self, names: &Names, at: usize) -> Option<Written<'a>> {
        let weekday = self.names(at, &names.weekdays).find_map(|end| {
            let stop = end + usize::from(self.byte(end) == Some(b'.'));
            let (parts, to) = self.date(names, self.gap(stop)?)?;
            Some((Some(self.of(at, end)), parts, to))
        });
        let (week, parts, to) = match weekday {
            Some(found) => found,
            None => self.date(names, at).map(|(parts, to)| (None, parts, to))?,
        };
        let clock = self.clock(to);
        Some(Written { range: at..clock.unwrap_or(to), week, clock: clock.is_some(), parts })
    }

    fn date(self, names: &Names, at: usize) -> Option<(Parts<'a>, usize)> {
        if !self.is_edge(at) {
            return None;
        }
        if !self.byte(at)?.is_ascii_digit() {
            return self.month_first(names, at);
        }
        self.year_first(at).or_else(|| self.day_first(names, at)).or_else(|| self.numbers(at))
    }

    fn year_first(self, at: usize) -> Option<(Parts<'a>, usize)> {
        let mark =
            |at: usize| self.byte(at).is_some_and(|b| matches!(b, b'-' | b'/' | b'.')).then_some(at + 1);
        let year = self.year(at)?;
        let month = mark(year)?;
        let month_end = self.small(month)?;
        let day = mark(month_end)?;
        let end = self.small(day)?;
        let after = if self.is_edge(end) { end } else { self.word(end, &["t"])? };
        let parts = Parts::YearFirst {
            year: self.of(at, year),
            month: self.of(month, month_end),
            day: self.of(day, end),
        };
        Some((parts, after))
    }

    fn month_first(self, names: &Names, at: usize) -> Option<(Parts<'a>, usize)> {
        self.months(names, at).find_map(|month| {
            let stop = month + usize::from(self.byte(month) == Some(b'.'));
            let (day, count) = self.space(stop);
            let ends = (1..=self.digits(day).min(2)).rev().map(|n| day + n);
            ends.filter(|_| count <= 2).find_map(|end| {
                let suffix = self.word(end, &["st", "nd", "rd", "th"]).unwrap_or(end);
                let year = self.gap(suffix)?;
                let year_end = self.year(year).filter(|end| self.is_edge(*end))?;
                let parts = Parts::Named {
                    year: self.of(year, year_end),
                    month: self.of(at, month),
                    day: self.of(day, end),
                };
                Some((parts, year_end))
            })
        })
    }

    fn day_first(self, names: &Names, at: usize) -> Option<(Parts<'a>, usize)> {
        let day = self.small(at)?;
        let suffix = self.word(day, &["st", "nd", "rd", "th", "er", ".", "º"]);
        [suffix, Some(day)].into_iter().flatten().find_map(|from| {
            self.joined(from).into_iter().flatten().find_map(|from| {
                self.months(names, from).find_map(|month| {
                    let (year, end) = self.year_after(month)?;
                    let parts = Parts::Named {
                        year: self.of(year, end),
                        month: self.of(from, month),
                        day: self.of(at, day),
                    };
                    Some((parts, end))
                })
            })
        })
    }

    /// What follows `(?:\s+(?:of|de))?[\s/-]{0,2}`, with the word and without it.
    fn joined(self, at: usize) -> [Option<usize>; 2] {
        let (space, count) = self.space(at);
        let word = (count > 0).then(|| self.word(space, &["of", "de"])).flatten();
        [word.and_then(|end| self.spread(end)), self.spread(at)]
    }

    /// The year behind a month's name: "March, 2011", "março de 2020", "May '20".
    fn year_after(self, month: usize) -> Option<(usize, usize)> {
        let stop = month + usize::from(self.byte(month).is_some_and(|b| matches!(b, b'.' | b',')));
        self.joined(stop).into_iter().flatten().find_map(|year| {
            let short = || (self.byte(year) == Some(b'\'') && self.digits(year + 1) >= 2).then_some(year + 3);
            let end = self.year(year).or_else(short).filter(|end| self.is_edge(*end))?;
            Some((year, end))
        })
    }

    fn numbers(self, at: usize) -> Option<(Parts<'a>, usize)> {
        let mark = |at: usize| self.byte(at).filter(|b| matches!(b, b'/' | b'.' | b'-'));
        let first = self.small(at)?;
        let sign = mark(first)?;
        let second = self.small(first + 1)?;
        mark(second)?;
        let year = second + 1;
        let short = || (self.digits(year) >= 2).then_some(year + 2).filter(|end| self.is_edge(*end));
        let end = self.year(year).filter(|end| self.is_edge(*end)).or_else(short)?;
        let parts = Parts::Numbers {
            first: self.of(at, first),
            second: self.of(first + 1, second),
            year: self.of(year, end),
            mark: sign,
        };
        Some((parts, end))
    }

    /// The end of a clock time behind a date, with the white space behind it and "a.m.".
    fn clock(self, at: usize) -> Option<usize> {
        const MARKS: &[&str] = &[",", "-", "–", "—", "|", "•", "·", "at", "@", "t"];
        let (at, _) = self.space(at);
        let hour = self.space(self.word(at, MARKS).unwrap_or(at)).0;
        let is_mark = |at: usize| self.byte(at).is_some_and(|b| matches!(b, b':' | b'.'));
        let hour_end = self.small(hour).filter(|end| is_mark(*end))?;
        let minute = hour_end + 1;
        let mut end = minute + Some(self.digits(minute).min(2)).filter(|n| *n > 0)?;
        if is_mark(end) && self.digits(end + 1) >= 2 {
            end += 3;
        }
        let (end, _) = self.space(end);
        Some(self.half_day(end).unwrap_or(end))
    }

    /// The end of "a.m.", "PM" at `at`.
    fn half_day(self, at: usize) -> Option<usize> {
        let letter = self.word(at, &["a", "p"])?;
        let after = letter + usize::from(self.byte(letter) == Some(b'.'));
        let end = self.word(after, &["m"])?;
        let stop = end + usize::from(self.byte(end) == Some(b'.'));
        [stop, end].into_iter().find(|end| self.is_edge(*end))
    }

    fn month_day(self, names: &Names, at: usize) -> Option<MonthAndDay<'a>> {
        let suffixes =
            |end: usize| [self.word(end, &["st", "nd", "rd", "th"]), Some(end)].into_iter().flatten();
        let days = |at: usize| (1..=self.digits(at).min(2)).rev().map(move |n| at + n);
        if self.byte(at)?.is_ascii_digit() {
            return days(at).find_map(|day| {
                let from =
                    suffixes(day).find_map(|end| Some(self.space(end)).filter(|s| s.1 == 1).map(|s| s.0))?;
                let month = self.months(names, from).next()?;
                Some((at..month, self.of(from, month), self.of(at, day)))
            });
        }
        self.months(names, at).find_map(|month| {
            let stop = month + usize::from(self.byte(month) == Some(b'.'));
            let (day, count) = self.space(stop);
            let found = days(day).filter(|_| count == 1);
            found.into_iter().find_map(|day_end| {
                let end = suffixes(day_end).find(|end| self.is_edge(*end))?;
                Some((at..end, self.of(at, month), self.of(day, day_end)))
            })
        })
    }
}

/// A character in lower case, where that is one character.
fn lower(c: char) -> char {
    let mut lower = c.to_lowercase();
    lower.next().filter(|_| lower.next().is_none()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use regex::{Captures, Regex};

    use super::super::NAMES;
    use super::*;

    /// The expression that [`written`] stands for.
    fn written_expression() -> Regex {
        let (month, weekday) = (alternation(&NAMES.months), alternation(&NAMES.weekdays));
        let clock = r"(?:\s*(?:,|-|–|—|\||•|·|at|@|T)?\s*(?P<clock>[0-9]{1,2}[:.][0-9]{1,2}(?:[:.][0-9]{2})?)\s*(?:[AaPp]\.?[Mm]\.?(?-u:\b))?)?";
        let week = format!(r"(?:(?P<week>(?-u:\b)(?:{weekday}))\.?\s?,?\s{{0,2}})?");
        let forms = [
            r"(?-u:\b)(?P<y1>(?:19|20)[0-9][0-9])[-/.](?P<m1>[0-9]{1,2})[-/.](?P<d1>[0-9]{1,2})(?:(?-u:\b)|T)"
                .to_owned(),
            format!(
                r"(?-u:\b)(?P<m2>{month})(?-u:\b)\.?\s{{0,2}}(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\s?,?\s{{0,2}}(?P<y2>(?:19|20)[0-9][0-9])(?-u:\b)"
            ),
            format!(
                r"(?-u:\b)(?P<d3>[0-9]{{1,2}})(?:st|nd|rd|th|er|\.|º)?(?:\s+(?:of|de))?[\s/-]{{0,2}}(?P<m3>{month})(?-u:\b)[.,]?(?:\s+(?:of|de))?[\s/-]{{0,2}}(?P<y3>(?:19|20)[0-9][0-9]|'[0-9][0-9])(?-u:\b)"
            ),
            r"(?-u:\b)(?P<a4>[0-9]{1,2})(?P<s4>[/.-])(?P<b4>[0-9]{1,2})[/.-](?P<y4>(?:19|20)[0-9][0-9]|[0-9][0-9])(?-u:\b)"
                .to_owned(),
        ];
        Regex::new(&format!("(?i){week}(?:{}){clock}", forms.join("|"))).unwrap()
    }

    /// The expression that [`month_days`] stands for.
    fn month_day_expression() -> Regex {
        let month = alternation(&NAMES.months);
        let forms = [
            format!(r"(?-u:\b)(?P<m1>{month})(?-u:\b)\.?\s(?P<d1>[0-9]{{1,2}})(?:st|nd|rd|th)?(?-u:\b)"),
            format!(r"(?-u:\b)(?P<d2>[0-9]{{1,2}})(?:st|nd|rd|th)?\s(?P<m2>{month})(?-u:\b)"),
        ];
        Regex::new(&format!("(?i){}", forms.join("|"))).unwrap()
    }

    fn alternation(forms: &[Vec<&'static str>; 26]) -> String {
        let mut forms: Vec<&str> = forms.iter().flatten().copied().collect();
        forms.sort_by_key(|form| (std::cmp::Reverse(form.len()), *form));
        forms.join("|")
    }

    fn expected<'a>(found: &Captures<'a>) -> Written<'a> {
        let get = |name: &str| found.name(name).map(|m| m.as_str());
        let parts = if let (Some(year), Some(month), Some(day)) = (get("y1"), get("m1"), get("d1")) {
            Parts::YearFirst { year, month, day }
        } else if let (Some(year), Some(month), Some(day)) =
            (get("y2").or(get("y3")), get("m2").or(get("m3")), get("d2").or(get("d3")))
        {
            Parts::Named { year, month, day }
        } else {
            let (first, second, year) = (get("a4").unwrap(), get("b4").unwrap(), get("y4").unwrap());
            Parts::Numbers { first, second, year, mark: get("s4").unwrap().as_bytes()[0] }
        };
        let range = found.get(0).unwrap().range();
        Written { range, week: get("week"), clock: get("clock").is_some(), parts }
    }

    const PARTS: &[&str] = &[
        "1",
        "2",
        "21",
        "07",
        "19",
        "20",
        "2020",
        "1999",
        "2031",
        "202",
        "May",
        "MARCH",
        "mar",
        "März",
        "Août",
        "févr",
        "dec",
        "De",
        "de",
        "of",
        " de",
        " of",
        "Tue",
        "Tuesday",
        "sat.",
        "mon",
        " ",
        " ",
        " ",
        "  ",
        "\u{a0}",
        "\n",
        ",",
        ", ",
        ".",
        "-",
        "/",
        "–",
        ":",
        "10:30",
        "5.45",
        ":07",
        "at",
        " at ",
        "@",
        "T",
        "|",
        "st",
        "nd",
        "rd",
        "th",
        "er",
        "º",
        "'20",
        "'",
        "a.m.",
        "PM",
        "p",
        "x",
        "é",
        "_",
        "sept. ",
        "3 May 2024",
        "May 3, 2024",
        "2024-05-03",
        "3/5/2024",
        "é3",
    ];

    #[test]
    fn by_hand_and_by_expression_agree() {
        let (year, no_year) = (written_expression(), month_day_expression());
        let (mut n_written, mut n_days, mut state) = (0, 0, 1u64);
        let mut draw = move |n: usize| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % n
        };
        for _ in 0..60_000 {
            let text: String = (0..3 + draw(9)).map(|_| PARTS[draw(PARTS.len())]).collect();
            let found = written(&text, &NAMES);
            let wanted: Vec<Written> = year.captures_iter(&text).map(|c| expected(&c)).collect();
            assert_eq!(found, wanted, "{text:?}");
            let days = month_days(&text, &NAMES);
            let get = |c: &Captures, a: &str, b: &str| c.name(a).or(c.name(b)).unwrap().range();
            let wanted: Vec<MonthAndDay> = no_year
                .captures_iter(&text)
                .map(|c| (c.get(0).unwrap().range(), &text[get(&c, "m1", "m2")], &text[get(&c, "d1", "d2")]))
                .collect();
            assert_eq!(days, wanted, "{text:?}");
            n_written += found.len();
            n_days += days.len();
        }
        assert!(n_written > 2000 && n_days > 2000, "{n_written} dates, {n_days} days");
    }
}
