//! Sentences that lose their meaning: words taken in a wrong sense, put at random, doubled, verbs lost.

use variorum_schema::Tag;

use super::dice::Dice;
use super::{Change, Draft, lists, reword};

/// Garbles one sentence of 8 to 40 words that nobody touched before.
pub(super) fn garble(draft: &mut Draft, changes: &mut Vec<Change>, dice: &mut Dice) {
    let fits: Vec<usize> = (0..draft.len())
        .filter(|n| {
            let line = &draft[*n];
            (8..=40).contains(&line.words.len()) && !line.is_marked() && line.words.iter().all(|w| !w.quoted)
        })
        .collect();
    let Some(&n) = dice.pick(&fits) else { return };
    let mark = changes.len() as u32 + 1;
    let line = &mut draft[n];
    let text = |words: &[super::Word]| words.iter().map(|w| w.text.as_str()).collect::<Vec<_>>().join(" ");
    let before = text(&line.words);
    let random = dice.below(10_000);
    let mut k = 0;
    while k < line.words.len() {
        let word = &mut line.words[k];
        let lower = word.text.to_lowercase();
        let wrong = lists::wrong_senses(&lower);
        let is_content = matches!(word.tag, Tag::Noun | Tag::Verb | Tag::Adj | Tag::Adv | Tag::Propn);
        if !wrong.is_empty() && dice.chance(0.85) {
            let new = wrong[dice.below(wrong.len())].clone();
            reword::put(word, &new);
        } else if is_content && dice.chance(0.4) {
            match dice.below(6) {
                0 => {
                    let twice = line.words[k].clone();
                    line.words.insert(k, super::Word { gap: true, ..twice });
                    k += 1;
                }
                1 if line.words[k].tag == Tag::Verb => {
                    line.words.remove(k);
                    continue;
                }
                _ => "_".clone_into(&mut line.words[k].text),
            }
            if line.words[k].text == "_" {
                line.words[k].text = lists::any_wrong(random + 31 * k).to_owned();
                line.words[k].name = None;
            }
        }
        k += 1;
    }
    line.words.iter_mut().for_each(|w| w.mark = mark);
    let after = text(&line.words);
    changes.push(Change { kind: "garble", before, after });
}
