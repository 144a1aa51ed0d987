//! Drawings: the lineage of the accounts, and a strip of days. Colours come from the page's style sheet; every drawing
//! stands beside a list that says the same in words.

use std::collections::BTreeMap;

use jiff::civil::Date;
use maud::{Markup, html as markup};
use variorum_schema::{Copy, Direction, Story};

use super::names;
use super::outline::{Outline, Twig, Who, lineage};
use super::text::clip;

const BOX: (usize, usize) = (216, 48);
const GAP: (usize, usize) = (164, 16);
/// Nodes up to which a lineage is drawn.
const N_NODES: usize = 60;
/// Days up to which a strip is drawn.
const N_DAYS: usize = 14;

/// One box with its place and the edge that leads to it.
struct Node<'a> {
    twig: Twig<'a>,
    x: usize,
    y: usize,
    parent: Option<(usize, usize)>,
}

/// The lineage of all accounts: one tree for each origin of several accounts, below them the accounts that stand
/// alone. Empty where there is nothing to draw or too much.
pub(super) fn lineage_drawing(outline: &Outline<'_>, story: &Story) -> Markup {
    let trees: Vec<Vec<Twig<'_>>> = story.origins.iter().map(|o| lineage(story, o)).collect();
    let n: usize = trees.iter().map(Vec::len).sum();
    if !(2..=N_NODES).contains(&n) {
        return markup! {};
    }
    let (nodes, width, height) = place(trees);
    markup! {
        div.drawing {
            svg.lineage role="img" aria-label="Lineage of the accounts; the list below says the same in words"
                viewBox={ "0 0 " (width) " " (height) } width=(width) height=(height) {
                @for node in &nodes { (edge(node)) }
                @for node in &nodes { (boxed(outline, node)) }
            }
        }
    }
}

fn place(trees: Vec<Vec<Twig<'_>>>) -> (Vec<Node<'_>>, usize, usize) {
    let step = (BOX.0 + GAP.0, BOX.1 + GAP.1);
    let (alone, together): (Vec<_>, Vec<_>) = trees.into_iter().partition(|t| t.len() == 1);
    let (mut nodes, mut row, mut right) = (Vec::new(), 0, 0);
    for tree in together {
        let mut places: Vec<(usize, usize)> = Vec::new();
        let mut taken = false;
        for twig in tree {
            // The first child stands on the line of its parent, every other on a line of its own.
            let is_new_line = taken && twig.parent != places.len().checked_sub(1);
            row += usize::from(is_new_line);
            taken = true;
            let at = (twig.depth * step.0 + 1, row * step.1 + 1);
            let parent = twig.parent.and_then(|p| places.get(p)).copied();
            places.push(at);
            right = right.max(at.0 + BOX.0);
            nodes.push(Node { twig, x: at.0, y: at.1, parent });
        }
        row += 1;
    }
    let per_row = ((right + GAP.1) / (BOX.0 + GAP.1)).max(3);
    let n_alone = alone.len();
    for (i, twig) in alone.into_iter().flatten().enumerate() {
        let (x, y) = ((i % per_row) * (BOX.0 + GAP.1) + 1, (row + i / per_row) * step.1 + 1);
        right = right.max(x + BOX.0);
        nodes.push(Node { twig, x, y, parent: None });
    }
    row += n_alone.div_ceil(per_row);
    (nodes, right + 1, row * step.1 - GAP.1 + 2)
}

fn edge(node: &Node<'_>) -> Markup {
    let Some((px, py)) = node.parent else { return markup! {} };
    let (from, to) = ((px + BOX.0, py + BOX.1 / 2), (node.x, node.y + BOX.1 / 2));
    let bend = from.0 + 12;
    let Who::Account(account) = node.twig.who else { return markup! {} };
    let is_unsure = |c: &Copy| c.direction == Direction::Unknown && c.parent.is_none();
    let is_forward = node.twig.edge.is_none_or(|c| !is_unsure(c));
    let tip = to.0 - 1;
    markup! {
        path.edge.unsure[!is_forward] d={ "M" (from.0) " " (from.1) "H" (bend) "V" (to.1) "H" (tip) } {}
        @if is_forward {
            path.tip d={ "M" (tip) " " (to.1) "l-8 -4.5v9z" } {}
        }
        @if let Some(copy) = node.twig.edge {
            @let words = names::edge(copy, account);
            @let (above, below) = words.split_once(", direction").unwrap_or((&words, ""));
            text.edge-label x=(bend + 8) y=(to.1 - 6) { (above) }
            @if !below.is_empty() { text.edge-label x=(bend + 8) y=(to.1 + 15) { "direction" (below) } }
        }
    }
}

fn boxed(outline: &Outline<'_>, node: &Node<'_>) -> Markup {
    let (label, below) = match node.twig.who {
        Who::Unseen(name) => (name, "not in this pile".to_owned()),
        Who::Account(id) => (
            outline.label(id),
            outline.document(id).map(|d| names::published(&d.published)).unwrap_or_default(),
        ),
    };
    let is_unseen = matches!(node.twig.who, Who::Unseen(_));
    markup! {
        g.node.unseen[is_unseen] {
            rect x=(node.x) y=(node.y) width=(BOX.0) height=(BOX.1) rx="3" {}
            text.node-name x=(node.x + BOX.0 / 2) y=(node.y + 20) text-anchor="middle" { (visible(label, 28)) }
            text.node-date x=(node.x + BOX.0 / 2) y=(node.y + 37) text-anchor="middle" { (below) }
        }
    }
}

/// A name without control characters, cut to `n` columns, in its own direction.
fn visible(name: &str, n: usize) -> String {
    let name: String = name
        .chars()
        .map(|c| if c.is_control() || matches!(c, '\u{202d}' | '\u{202e}') { '\u{fffd}' } else { c })
        .collect();
    // First strong isolate … pop directional isolate (UAX 9).
    format!("\u{2068}{}\u{2069}", clip(&name, n))
}

/// The days of the timeline in order, evenly spaced: a filled dot for what is reported, a ring for what is announced.
pub(super) fn timeline(story: &Story) -> Markup {
    let mut days: BTreeMap<(Date, Date), (usize, usize)> = BTreeMap::new();
    for entry in &story.timeline {
        let n = days.entry((entry.interval.first, entry.interval.last)).or_default();
        if entry.is_expected { n.1 += 1 } else { n.0 += 1 }
    }
    if !(2..=N_DAYS).contains(&days.len()) {
        return markup! {};
    }
    let step = 150;
    let width = days.len() * step;
    markup! {
        div.drawing {
            svg.strip role="img" aria-label="Strip of days; the list below says the same in words"
                viewBox={ "0 0 " (width) " 92" } width=(width) height="92" {
                line.axis x1="0" y1="46" x2=(width) y2="46" {}
                @for (i, ((first, last), (reported, announced))) in days.iter().enumerate() {
                    @let x = i * step + step / 2;
                    text.strip-day x=(x) y="24" text-anchor="middle" { (short(*first, *last)) }
                    circle.dot.ring[*reported == 0] cx=(x) cy="46" r=(6 + (*reported + *announced).min(6)) {}
                    text.strip-count x=(x) y="78" text-anchor="middle" {
                        @if *reported > 0 { (reported) " reported" }
                        @if *reported > 0 && *announced > 0 { ", " }
                        @if *announced > 0 { (announced) " announced" }
                    }
                }
            }
        }
    }
}

/// "18 Mar 2031", "20–26 Mar 2031".
fn short(first: Date, last: Date) -> String {
    let end = last.strftime("%-d %b %Y");
    if first == last {
        end.to_string()
    } else if (first.year(), first.month()) == (last.year(), last.month()) {
        format!("{}\u{2013}{end}", first.day())
    } else {
        format!("{} \u{2013} {end}", first.strftime("%-d %b"))
    }
}
