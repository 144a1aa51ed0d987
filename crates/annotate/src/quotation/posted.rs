//! Messages that a page embeds: the words, a dash, the name and the handle of who posted them: “— Dana Reeve (@dreeve) 4 May 2031”.

use variorum_schema::{Block, BlockKind, Document, QuotationKind, Span};

use super::Draft;

/// Bytes of a message at most: what is longer holds a narrator's words too.
const MAX_MESSAGE: usize = 400;
/// Words of a message at least.
const MIN_WORDS: usize = 3;
/// A name has at most so many words, and so many bytes.
const MAX_WORDS: usize = 6;
const MAX_NAME: usize = 60;
/// Words of a date behind a handle at most.
const MAX_DATE: usize = 4;

/// A message and who posted it.
struct Post {
    content: Span,
    name: Span,
}

/// Adds the messages that a page embeds, and takes out what was attributed without a cue in the same place.
pub(super) fn add(document: &Document, drafts: &mut Vec<Draft>) {
    let posts: Vec<Post> = (0..document.blocks.len()).flat_map(|block| posts(document, block)).collect();
    let is_told = |span: &Span| posts.iter().any(|post| post.content.overlaps(*span));
    drafts.retain(|draft| draft.cue.is_some() || !draft.content.iter().any(is_told));
    drafts.extend(posts.iter().map(|post| Draft {
        content: vec![post.content],
        kind: QuotationKind::Direct,
        cue: None,
        lemma: None,
        source: Some(post.name),
    }));
}

/// The messages that end in a block, each behind the one before.
fn posts(document: &Document, block: usize) -> Vec<Post> {
    let Some((start, text)) = told(document, document.blocks.get(block)) else { return Vec::new() };
    let (mut found, mut from) = (Vec::new(), 0);
    for (open, _) in text.match_indices("(@") {
        let Some(behind) = handle(&text[open..]).map(|n| open + n) else { continue };
        let Some((dash, name)) = text.get(from..open).and_then(signed).map(|(d, n)| (from + d, from + n))
        else {
            continue;
        };
        let here = message(text, start, from, dash);
        // the signature is a line of its own
        let before = || {
            let (start, text) = told(document, document.blocks.get(block.checked_sub(1)?))?;
            message(text, start, 0, text.len()).filter(|_| !text.contains("(@"))
        };
        let content = if text[from..dash].trim().is_empty() && from == 0 { before() } else { here };
        let signature = Span::new(start + name, start + text[..open].trim_end().len());
        found.extend(content.map(|content| Post { content, name: signature }));
        from = behind + date(&text[behind..]);
    }
    found
}

/// Whether a line is nothing but the signature of a message: “— Dana Reeve (@dreeve) 4 May 2031”.
#[must_use]
pub(crate) fn is_signature(line: &str) -> bool {
    let signed_by = |open: usize| signed(&line[..open]).filter(|(dash, _)| line[..*dash].trim().is_empty());
    let is_whole = |open: usize| {
        let behind = handle(&line[open..]).map(|n| &line[open + n..]);
        behind.is_some_and(|rest| rest[date(rest)..].trim().is_empty())
    };
    line.find("(@").is_some_and(|open| signed_by(open).is_some() && is_whole(open))
}

/// The text of a block that is not about the page, and where it begins.
fn told<'a>(document: &'a Document, block: Option<&Block>) -> Option<(usize, &'a str)> {
    let block = block.filter(|b| !matches!(b.kind, BlockKind::Furniture | BlockKind::Meta))?;
    Some((block.span.start as usize, document.text.get(block.span.range())?))
}

/// Where a handle in brackets ends.
fn handle(text: &str) -> Option<usize> {
    let end = text.find(')')?;
    let is_handle = end > 2 && text[2..end].chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
    is_handle.then_some(end + 1)
}

/// Where the dash stands before a name at the end of a text, and where that name begins.
fn signed(text: &str) -> Option<(usize, usize)> {
    let (dash, mark) = text.char_indices().rfind(|(_, c)| matches!(c, '—' | '–' | '―'))?;
    let behind = &text[dash + mark.len_utf8()..];
    let name = behind.trim();
    let is_name = !name.is_empty() && name.len() <= MAX_NAME && name.split_whitespace().count() <= MAX_WORDS;
    is_name.then(|| (dash, text.len() - behind.trim_start().len()))
}

/// The words between two places of a block that begins at `start`, without marks around them and links behind them.
fn message(text: &str, start: usize, from: usize, until: usize) -> Option<Span> {
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '"' | '“' | '”' | '„' | '«' | '»');
    let is_link = |word: &str| word.contains("://") || word.contains("pic.twitter.com");
    let behind = text.get(from..until)?.trim_start_matches(is_mark);
    let mut words = behind.trim_end_matches(is_mark);
    while let Some(last) = words.split_whitespace().next_back().filter(|word| is_link(word)) {
        words = words[..words.len() - last.len()].trim_end_matches(is_mark);
    }
    let is_message = words.len() <= MAX_MESSAGE && words.split_whitespace().count() >= MIN_WORDS;
    let at = start + until - behind.len();
    is_message.then(|| Span::new(at, at + words.len()))
}

/// How much of a text is a date at its head that ends with a year.
fn date(text: &str) -> usize {
    let mut at = 0;
    for word in text.split_inclusive(' ').filter(|w| !w.trim().is_empty()).take(MAX_DATE) {
        at += word.len();
        let word = word.trim();
        if word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()) {
            return (text.len() - text.trim_start().len() + at).min(text.len());
        }
    }
    0
}

#[cfg(test)]
mod tests {
    use super::{date, handle, is_signature, signed};

    #[test]
    fn signatures_are_read() {
        assert_eq!(handle("(@d_reeve) May"), Some(10));
        assert_eq!(handle("(@) May"), None);
        assert_eq!(handle("(@reeve and others)"), None);
        assert_eq!(signed("The bridge – all of it – is shut. — Dana Reeve "), Some((38, 42)));
        assert_eq!(signed("The bridge is shut, Dana Reeve "), None);
        assert_eq!(date(" May 4, 2031 The bridge"), " May 4, 2031 ".len());
        assert_eq!(date(" 4 мая 2031"), " 4 мая 2031".len());
        assert_eq!(date(" The bridge is shut"), 0);
        assert_eq!(date(""), 0);
        assert!(is_signature("— Dana Reeve (@dreeve) May 4, 2031") && is_signature("— Dana Reeve (@dreeve)"));
        assert!(
            !is_signature("— Dana Reeve (@dreeve) May 4, 2031 The bridge")
                && !is_signature("Shut. — Dana Reeve (@dreeve)")
        );
    }
}
