//! Copies made by edits of known kind, for `eval copies-news`: a story is taken at run time, its copies are cut, reordered,
//! merged and reworded over several generations, and a few facts are changed on the way. What was changed is known, so
//! what is reported can be counted.

use std::collections::BTreeMap;

use variorum_collate::Account;
use variorum_schema::{CopyKind, EntityKind, MentionForm, QuotationKind, Tag};

pub(super) mod corrupt;
pub(super) mod dice;
pub(super) mod garble;
pub(super) mod lists;
pub(super) mod reword;

use dice::Dice;

/// One word or punctuation mark of a generated text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Word {
    pub(super) text: String,
    /// Whether a space stands before it.
    pub(super) gap: bool,
    pub(super) tag: Tag,
    /// Whether it is somebody's words in quotation marks.
    pub(super) quoted: bool,
    /// Number of the change that put it there, or next to which something was taken away; 0: none.
    pub(super) mark: u32,
    /// Kind and number of the name that it belongs to.
    pub(super) name: Option<(EntityKind, u32)>,
}

/// A sentence of a generated text.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Line {
    pub(super) words: Vec<Word>,
    /// Whether a paragraph begins with it.
    pub(super) opens: bool,
}

impl Line {
    pub(super) fn is_marked(&self) -> bool {
        self.words.iter().any(|w| w.mark > 0)
    }
}

/// A text that is being written.
pub(super) type Draft = Vec<Line>;

/// A change of a fact.
#[derive(Clone, Debug)]
pub(super) struct Change {
    /// "number", "name", "garble", …
    pub(super) kind: &'static str,
    pub(super) before: String,
    pub(super) after: String,
}

/// One document of a generated pile.
pub(super) struct Made {
    pub(super) draft: Draft,
    /// Index of the document that it copies; roots have none.
    pub(super) parent: Option<usize>,
    pub(super) kind: CopyKind,
    pub(super) root: usize,
    depth: u32,
    /// Days after the first root; some documents tell no date.
    pub(super) day: i32,
    pub(super) is_dated: bool,
}

/// A pile whose descent is known.
#[derive(Default)]
pub(super) struct Pile {
    pub(super) made: Vec<Made>,
    /// Change number `n` stands at `n - 1`.
    pub(super) changes: Vec<Change>,
}

/// A text longer than this (sentences) is cut before it is copied.
const MAX_LINES: usize = 36;

/// The sentences of an account, headings left out.
pub(super) fn draft(account: &Account) -> Draft {
    let (text, notes) = (&account.document.text, &account.annotations);
    let speech = |at: u32| {
        let is_direct = |k: QuotationKind| k != QuotationKind::Indirect;
        notes
            .quotations
            .iter()
            .any(|q| is_direct(q.kind) && q.content.iter().any(|c| c.start <= at && at < c.end))
    };
    let name = |at: u32| {
        let from = notes.mentions.partition_point(|m| m.span.end <= at);
        let near = notes.mentions[from..].iter().take(3);
        near.into_iter()
            .position(|m| m.form == MentionForm::Name && m.span.start <= at && at < m.span.end)
            .map(|n| (notes.mentions[from + n].kind, (from + n) as u32))
    };
    let mut draft = Draft::new();
    let mut block = u32::MAX;
    for sentence in notes.sentences.iter().filter(|s| is_body(account, s)) {
        let mut line = Line { opens: sentence.block != block, words: Vec::new() };
        block = sentence.block;
        let (mut end, mut is_open) = (sentence.span.start, false);
        for token in &notes.tokens[sentence.first_token as usize..sentence.last_token as usize] {
            let word = token.span.of(text);
            let is_mark = matches!(word, "\"" | "“" | "”" | "``" | "''");
            is_open = if is_mark { word != "”" && !is_open } else { is_open };
            line.words.push(Word {
                text: word.to_owned(),
                gap: token.span.start > end,
                tag: token.tag,
                quoted: !is_mark && (is_open || speech(token.span.start)),
                mark: 0,
                name: name(token.span.start),
            });
            end = token.span.end;
        }
        if line.words.len() >= 3 {
            draft.push(line);
        }
    }
    draft.truncate(MAX_LINES);
    draft
}

fn is_body(account: &Account, sentence: &variorum_schema::Sentence) -> bool {
    use variorum_schema::BlockKind;
    let kind = account.document.blocks.get(sentence.block as usize).map(|b| b.kind);
    let is_furniture = account.document.furniture.iter().any(|f| f.span.overlaps(sentence.span));
    !is_furniture && !matches!(kind, Some(BlockKind::Title | BlockKind::Heading))
}

/// The text of a draft, and for each change the byte range where it stands.
pub(super) fn render(draft: &Draft) -> (String, BTreeMap<u32, (u32, u32)>) {
    let (mut text, mut places) = (String::new(), BTreeMap::new());
    for (n, line) in draft.iter().enumerate() {
        if n > 0 {
            text.push_str(if line.opens { "\n\n" } else { " " });
        }
        for (k, word) in line.words.iter().enumerate() {
            if word.gap && k > 0 {
                text.push(' ');
            }
            let start = text.len() as u32;
            text.push_str(&word.text);
            if word.mark > 0 {
                let place = places.entry(word.mark).or_insert((start, start));
                place.1 = text.len() as u32;
            }
        }
    }
    text.push('\n');
    (text, places)
}

/// A pile of one or two roots with 3 to 6 copies, several generations deep.
pub(super) fn pile(roots: &[Draft], dice: &mut Dice) -> Pile {
    let mut pile = Pile::default();
    for (n, root) in roots.iter().enumerate() {
        pile.made.push(Made {
            draft: root.clone(),
            parent: None,
            kind: CopyKind::Edited,
            root: n,
            depth: 0,
            day: dice.below(2) as i32,
            is_dated: dice.chance(0.6),
        });
    }
    for _ in 0..3 + dice.below(4) {
        let parents: Vec<usize> =
            (0..pile.made.len()).filter(|p| pile.made[*p].root == 0 && pile.made[*p].depth < 3).collect();
        let parent = if dice.chance(0.4) { 0 } else { parents[dice.below(parents.len())] };
        copy(&mut pile, parent, dice);
    }
    pile
}

fn copy(pile: &mut Pile, parent: usize, dice: &mut Dice) {
    let of = &pile.made[parent];
    let (mut draft, depth, day, root) = (of.draft.clone(), of.depth + 1, of.day, of.root);
    let mut kind = [
        CopyKind::Verbatim,
        CopyKind::Edited,
        CopyKind::Edited,
        CopyKind::Excerpted,
        CopyKind::Reworded,
        CopyKind::Reworded,
        CopyKind::Reworded,
        CopyKind::Reworded,
    ][dice.below(8)];
    if kind == CopyKind::Excerpted && draft.len() < 8 {
        kind = CopyKind::Edited;
    }
    match kind {
        CopyKind::Verbatim | CopyKind::Agency => {}
        CopyKind::Excerpted => reword::excerpt(&mut draft, dice),
        CopyKind::Edited => reword::edit(&mut draft, dice),
        CopyKind::Reworded => {
            if !reword::reword(&mut draft, dice) {
                kind = CopyKind::Edited;
            }
        }
    }
    let n_facts = if kind == CopyKind::Verbatim { 0 } else { dice.below(4) };
    for _ in 0..n_facts {
        corrupt::corrupt(&mut draft, &mut pile.changes, dice);
    }
    if kind == CopyKind::Reworded && dice.chance(0.5) {
        for _ in 0..1 + dice.below(2) {
            garble::garble(&mut draft, &mut pile.changes, dice);
        }
    }
    if let Some(first) = draft.first_mut() {
        first.opens = true;
    }
    let day = day + dice.below(3) as i32;
    pile.made.push(Made { draft, parent: Some(parent), kind, root, depth, day, is_dated: dice.chance(0.6) });
}
