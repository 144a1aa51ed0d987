//! Reads NewsWCL50 (Hamborg, Zhukova & Gipp 2019) in the CoNLL form of its parsed edition: one token a line, chains in the
//! last column, ten events of five articles each.

use std::path::Path;

use rayon::prelude::*;
use variorum_collate::Account;
use variorum_schema::Span;

use super::super::super::corpus;

/// One article with its gold mentions.
pub(crate) struct Article {
    /// "0_LL": event and outlet.
    pub(crate) name: String,
    /// Number of its event.
    pub(crate) event: u32,
    /// As the product reads it.
    pub(crate) account: Account,
    /// Gold mentions with their chains, in order; two chains may hold the same words.
    pub(crate) mentions: Vec<(Span, String)>,
}

/// The articles of the files, in order of event and name.
pub(crate) fn read(files: &[std::path::PathBuf]) -> Result<Vec<Article>, String> {
    let mut articles = Vec::new();
    for file in files {
        articles.extend(of_file(file)?);
    }
    articles.sort_by(|a, b| (a.event, &a.name).cmp(&(b.event, &b.name)));
    Ok(articles)
}

fn of_file(file: &Path) -> Result<Vec<Article>, String> {
    let text = corpus::text(file)?;
    let blocks: Vec<&str> = text.split("#begin document").skip(1).collect();
    Ok(blocks.par_iter().filter_map(|b| article(b)).collect())
}

/// The article after one `#begin document`: ` 0/-/0_LL; part 000` and its tokens.
pub(crate) fn article(block: &str) -> Option<Article> {
    let (header, rows) = block.split_once('\n')?;
    let name = header.split(';').next()?.trim().rsplit('/').next()?.to_owned();
    let event = name.split('_').next()?.parse().ok()?;
    let mut reader = Reader::default();
    for line in rows.lines().take_while(|l| !l.starts_with("#end")) {
        let fields: Vec<&str> = line.split('\t').collect();
        if let [_, _, _, word, chains, ..] = fields[..] {
            reader.token(word, chains);
        }
    }
    reader.mentions.sort();
    let mut document = corpus::document(&reader.text);
    document.id = variorum_annotate::extract::document_id(&name, &reader.text);
    document.name.clone_from(&name);
    let annotations = variorum_annotate::annotate(&document);
    Some(Article { name, event, account: Account { document, annotations }, mentions: reader.mentions })
}

/// Puts a text together from its tokens.
#[derive(Default)]
struct Reader {
    text: String,
    /// Whether a straight quotation mark is open in this paragraph.
    is_quoted: bool,
    /// Chains that are open, and where each began.
    open: Vec<(String, usize)>,
    mentions: Vec<(Span, String)>,
}

/// Tokens that follow the word before them without a space.
const ATTACHED: [char; 14] = [',', '.', ';', ':', '!', '?', ')', ']', '\'', '’', '”', '%', '-', '/'];
/// Tokens that the next word follows without a space.
const LEADING: [char; 8] = ['(', '[', '$', '“', '‘', '#', '-', '/'];

impl Reader {
    fn token(&mut self, word: &str, chains: &str) {
        if word.contains("\\n") || word.trim().is_empty() {
            if word.contains("\\n") {
                self.end_paragraph();
            }
            self.chains(chains, self.text.trim_end().len());
            return;
        }
        if !self.is_attached(word) && !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push(' ');
        }
        let start = self.text.len();
        self.text.push_str(word);
        if word == "\"" {
            self.is_quoted = !self.is_quoted;
        }
        self.chains(chains, start);
    }

    fn end_paragraph(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push_str("\n\n");
        }
        self.is_quoted = false;
    }

    /// Whether a word stands right after what was written. A straight mark leans on what it encloses.
    fn is_attached(&self, word: &str) -> bool {
        let is_negation = word.eq_ignore_ascii_case("n't") || word.eq_ignore_ascii_case("n’t");
        if word == "\"" {
            return self.is_quoted;
        }
        let before = self.text.chars().next_back();
        let is_led = before.is_some_and(|c| LEADING.contains(&c) || c == '"' && self.is_quoted);
        // a dash between words of its own is no hyphen
        let is_dash = word.starts_with("--");
        is_negation || is_led || !is_dash && word.starts_with(ATTACHED)
    }

    /// `(A` opens, `A)` closes, `(A)` does both; several stand with `|` between.
    fn chains(&mut self, chains: &str, start: usize) {
        let end = self.text.trim_end().len();
        for part in chains.split('|').map(str::trim).filter(|p| !matches!(*p, "" | "-" | "_")) {
            let (is_first, is_last) = (part.starts_with('('), part.ends_with(')'));
            let name = part.trim_start_matches('(').trim_end_matches(')').to_owned();
            let from = match (is_first, is_last) {
                (true, true) => Some(start),
                (true, false) => {
                    self.open.push((name.clone(), start));
                    None
                }
                _ => self.open.iter().rposition(|o| o.0 == name).map(|at| self.open.remove(at).1),
            };
            let from = from.filter(|from| *from < end);
            self.mentions.extend(from.map(|from| (Span::new(from, end), name)));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::article;

    #[test]
    fn chains_of_an_invented_article() {
        let rows = [
            ("0", "Mayor", "(3_Roe_ACTOR"),
            ("0", "Roe", "3_Roe_ACTOR)"),
            ("0", "did", "-"),
            ("0", "n't", "-"),
            ("0", "open", "(3_Bridge_EVENT"),
            ("0", "\"", "-"),
            ("0", "the", "-"),
            ("0", "Velm", "(3_Velm_COUNTRY)| (3_Span_OBJECT"),
            ("0", "bridge", "3_Span_OBJECT)| 3_Bridge_EVENT)"),
            ("0", "\"", "-"),
            ("0", ".", "-"),
            ("0", "\\n", "-"),
            ("1", "Velm", "(3_Velm_COUNTRY)"),
            ("1", "waits", "3_Lost_EVENT)"),
        ];
        let lines: String = rows.iter().map(|(s, w, c)| format!("3/-/3_LL\t{s}\t0\t{w}\t{c}\t\n")).collect();
        let read = article(&format!(" 3/-/3_LL; part 000\n{lines}\n#end document\n")).expect("an article");
        assert_eq!((read.name.as_str(), read.event), ("3_LL", 3));
        let text = &read.account.document.text;
        assert_eq!(text, "Mayor Roe didn't open \"the Velm bridge\".\n\nVelm waits");
        let found: Vec<(&str, &str)> = read.mentions.iter().map(|(s, c)| (s.of(text), c.as_str())).collect();
        let wanted = [
            ("Mayor Roe", "3_Roe_ACTOR"),
            ("open \"the Velm bridge", "3_Bridge_EVENT"),
            ("Velm", "3_Velm_COUNTRY"),
            ("Velm bridge", "3_Span_OBJECT"),
            ("Velm", "3_Velm_COUNTRY"),
        ];
        assert_eq!(found, wanted);
        assert!(article("no header").is_none());
        assert!(article(" x_LL; part 000\n").is_none());
    }
}
