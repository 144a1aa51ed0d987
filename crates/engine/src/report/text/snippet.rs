//! One line of a document with carets under a part of it, by display width.

use unicode_segmentation::UnicodeSegmentation as _;
use unicode_width::UnicodeWidthStr as _;
use variorum_schema::Evidence;

/// Evidence shorter than this (in columns) is shown with the rest of its line.
const SHORT: usize = 48;
/// Longest stretch of a line that is looked at on either side of the evidence, in bytes.
const REACH: usize = 2_000;

/// A line of text and the line of carets below it, both at most as wide as asked for.
pub(super) struct Snippet {
    pub(super) text: String,
    pub(super) carets: String,
}

/// One thing on the screen: a grapheme cluster, or a control character made visible.
struct Cell {
    /// Byte in the text.
    at: usize,
    shown: String,
    width: usize,
    is_space: bool,
}

/// The line around the evidence with carets under its focus (under all of it where none is given), at most `room`
/// columns wide; `None` where the evidence is empty.
pub(super) fn snippet(text: Option<&str>, evidence: &Evidence, room: usize) -> Option<Snippet> {
    let (start, end) = (evidence.start as usize, evidence.end as usize);
    let (mut from, mut upto) = match (evidence.focus_start, evidence.focus_end) {
        (Some(a), Some(b)) if evidence.start <= a && a < b && b <= evidence.end => (a as usize, b as usize),
        _ => (start, end),
    };
    // Without the text of the document the evidence's own copy of it is shown.
    let own = text.and_then(|t| t.get(start..end)).is_none();
    let (source, shift) = if own { (evidence.text.as_str(), start) } else { (text?, 0) };
    let (start, end) = (start - shift, (end - shift).min(source.len()));
    (from, upto) = (from - shift, upto - shift);
    let (first, last) = stretch(source, start, end, from)?;
    let cells = cells(source.get(first..last)?, first);
    if cells.is_empty() {
        return None;
    }
    let begin = cells.iter().position(|c| c.at >= from).unwrap_or(0);
    let finish = cells.iter().position(|c| c.at >= upto).unwrap_or(cells.len()).max(begin + 1);
    Some(window(&cells, begin, finish, room))
}

/// The bytes to show: the part of the evidence on the line of its focus, widened to the line where that is short.
fn stretch(text: &str, start: usize, end: usize, focus: usize) -> Option<(usize, usize)> {
    let before = text.get(..focus.max(start))?;
    let line_start = before.rfind('\n').map_or(0, |i| i + 1);
    let line_end = text.get(before.len()..)?.find('\n').map_or(text.len(), |i| i + before.len());
    let (mut first, mut last) = (start.max(line_start), end.min(line_end));
    if last.saturating_sub(first) < SHORT {
        (first, last) = (line_start.max(first.saturating_sub(REACH)), line_end.min(last + REACH));
    }
    last = last.min(first + 4 * REACH);
    while first > 0 && !text.is_char_boundary(first) {
        first -= 1;
    }
    while last < text.len() && !text.is_char_boundary(last) {
        last += 1;
    }
    (first < last).then_some((first, last))
}

fn cells(text: &str, shift: usize) -> Vec<Cell> {
    text.grapheme_indices(true)
        .map(|(at, cluster)| {
            let shown = plain(cluster);
            // A lone combining mark gets a carrier, so that it takes a column of its own.
            let shown =
                if shown.width() == 0 && !shown.is_empty() { format!("\u{25cc}{shown}") } else { shown };
            Cell { at: at + shift, width: shown.width(), is_space: cluster.trim().is_empty(), shown }
        })
        .collect()
}

/// The cells that fit into `room` around `begin..finish`, cut at spaces, with dots where something is cut off.
fn window(cells: &[Cell], begin: usize, finish: usize, room: usize) -> Snippet {
    let span = |a: usize, b: usize| cells.get(a..b).unwrap_or(&[]).iter().map(|c| c.width).sum::<usize>();
    let (mut first, mut last) = (0, cells.len());
    if span(0, cells.len()) > room {
        // Two columns on each side for "… " and " …".
        let inner = room.saturating_sub(4).max(8);
        (first, last) = (begin, begin);
        let mut used = 0;
        while last < finish && used + cells.get(last).map_or(1, |c| c.width) <= inner {
            used += cells.get(last).map_or(0, |c| c.width);
            last += 1;
        }
        (first, last) = grow(cells, first, last, inner.saturating_sub(used));
    }
    let (cut_left, cut_right) = (first > 0, last < cells.len());
    let mut text = String::from(if cut_left { "\u{2026} " } else { "" });
    let mut carets = " ".repeat(if cut_left { 2 } else { 0 });
    for (i, cell) in cells.iter().enumerate().take(last).skip(first) {
        text.push_str(&cell.shown);
        let mark = if (begin..finish).contains(&i) { "^" } else { " " };
        carets.push_str(&mark.repeat(cell.width));
    }
    if cut_right {
        text.push_str(" \u{2026}");
    }
    Snippet { text, carets: carets.trim_end().to_owned() }
}

/// Widens `first..last` by up to `spare` columns: a third before, the rest after, what one side leaves to the other;
/// then back to whole words.
fn grow(cells: &[Cell], first: usize, last: usize, mut spare: usize) -> (usize, usize) {
    let (mut a, mut b) = (first, last);
    let mut before = spare / 3;
    let left = |a: &mut usize, room: &mut usize, spare: &mut usize| {
        while *a > 0 {
            let width = cells.get(*a - 1).map_or(0, |c| c.width);
            if width > *room || width > *spare {
                break;
            }
            *a -= 1;
            *room -= width;
            *spare -= width;
        }
    };
    left(&mut a, &mut before, &mut spare);
    while let Some(cell) = cells.get(b).filter(|c| c.width <= spare) {
        spare -= cell.width;
        b += 1;
    }
    let mut rest = spare;
    left(&mut a, &mut rest, &mut spare);
    let is_space = |i: usize| cells.get(i).is_none_or(|c| c.is_space);
    if a > 0 && !is_space(a - 1) {
        a = (a..first).find(|&i| is_space(i)).map_or(first, |i| i + 1);
    }
    if b < cells.len() && !is_space(b) {
        b = (last..b).rev().find(|&i| is_space(i)).unwrap_or(last.max(first));
    }
    let a = (a..first).find(|&i| !is_space(i)).unwrap_or(first.min(a.max(first)));
    (a, b.max(last))
}

/// Columns that `text` takes on a terminal.
pub(super) fn width(text: &str) -> usize {
    text.width()
}

/// `text` on one line, with control characters, terminal escapes and direction overrides made visible.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => out.push(' '),
            '\t' => out.push_str("    "),
            '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                out.extend(c.escape_unicode());
            }
            c if c.is_control() || c == '\u{feff}' => out.extend(c.escape_unicode()),
            c => out.push(c),
        }
    }
    out
}

/// `text` cut to `room` columns, with "…" where something is cut off.
pub(in crate::report) fn clip(text: &str, room: usize) -> String {
    if text.width() <= room {
        return text.to_owned();
    }
    let (mut out, mut used) = (String::new(), 1);
    for cluster in text.graphemes(true) {
        used += cluster.width();
        if used > room {
            break;
        }
        out.push_str(cluster);
    }
    format!("{}\u{2026}", out.trim_end())
}

/// Lines of at most `total` columns, `first` of them taken on the first line and `rest` on the others. Words wider than a
/// line are broken.
pub(super) fn wrap(text: &str, total: usize, first: usize, rest: usize) -> Vec<String> {
    let (mut lines, mut line, mut used) = (Vec::new(), String::new(), 0);
    let room = |n: usize| total.saturating_sub(if n == 0 { first } else { rest }).max(10);
    for word in text.split(' ').filter(|w| !w.is_empty()) {
        let wide = word.width();
        if used > 0 && used + 1 + wide > room(lines.len()) {
            lines.push(std::mem::take(&mut line));
            used = 0;
        }
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        for cluster in word.graphemes(true) {
            if used > 0 && used + cluster.width() > room(lines.len()) {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            line.push_str(cluster);
            used += cluster.width();
        }
    }
    if !line.is_empty() || lines.is_empty() {
        lines.push(line);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(text: &str, part: &str, focus: &str) -> Evidence {
        let start = text.find(part).expect("part") as u32;
        let at = start + part.find(focus).expect("focus") as u32;
        Evidence {
            document: "d".into(),
            start,
            end: start + part.len() as u32,
            text: part.into(),
            role: None,
            focus_start: Some(at),
            focus_end: Some(at + focus.len() as u32),
        }
    }

    #[test]
    fn carets_by_display_width() {
        let long =
            format!("{} the gate was shut at noon {}", "word ".repeat(60).trim(), "more ".repeat(60).trim());
        let table: &[(&str, &str, &str, usize, &str)] = &[
            ("He saw 12 people.", "He saw 12 people.", "12", 80, "       ^^"),
            ("\u{1f525}\u{1f525} 12 hurt", "12 hurt", "12", 80, "     ^^"),
            ("\u{6771}\u{4eac} 12 hurt", "12 hurt", "12", 80, "     ^^"),
            ("Jose\u{301} met 12", "met 12", "12", 80, "         ^^"),
            ("\ta\t12", "12", "12", 80, "         ^^"),
            ("a\u{1b}[31m12", "12", "12", 80, "           ^^"),
            ("one\r\ntwo 12\r\nthree", "two 12", "12", 80, "    ^^"),
            ("\u{1f468}\u{200d}\u{1f469}\u{200d}\u{1f467} 12", "12", "12", 80, "   ^^"),
        ];
        for (text, part, focus, room, wanted) in table {
            let shown = snippet(Some(text), &evidence(text, part, focus), *room).expect("shown");
            assert_eq!(shown.carets, *wanted, "{text:?} shown as {:?}", shown.text);
        }
        for room in [20, 40, 60, 80] {
            let shown = snippet(Some(&long), &evidence(&long, &long, "gate"), room).expect("shown");
            assert!(shown.text.width() <= room, "{:?}", shown.text);
            let at = shown.text.find("gate").expect("gate is shown");
            assert_eq!(shown.text[..at].width(), shown.carets.find('^').expect("carets"));
            assert!(shown.text.starts_with("\u{2026} ") && shown.text.ends_with(" \u{2026}"));
        }
    }

    #[test]
    fn any_span_is_survived() {
        let text = "a\u{301}\u{1f525}\n\nxyz";
        for start in 0..12 {
            for end in start..14 {
                let e = Evidence {
                    document: "d".into(),
                    start,
                    end,
                    text: "q".into(),
                    role: None,
                    focus_start: Some(end),
                    focus_end: Some(start),
                };
                let _ = snippet(Some(text), &e, 10);
                let _ = snippet(None, &e, 10);
            }
        }
    }
}
