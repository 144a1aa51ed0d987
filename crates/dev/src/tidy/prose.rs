//! Markdown: links that lead somewhere, a glossary in order whose terms are used.

use std::path::Path;

use super::File;

pub(super) fn faults(root: &Path, files: &[File]) -> Vec<String> {
    let mut out = Vec::new();
    for file in files.iter().filter(|f| f.is(".md")) {
        let folder = root.join(&file.path).parent().map(Path::to_path_buf).unwrap_or_default();
        for link in links(&file.text) {
            let path = link.split('#').next().unwrap_or_default();
            if !path.is_empty() && !path.contains("://") && !folder.join(path).exists() {
                out.push(format!("{}: the link `{link}` leads nowhere", file.path));
            }
        }
    }
    match files.iter().find(|f| f.path == "GLOSSARY.md") {
        Some(glossary) => out.extend(glossary_faults(glossary, files)),
        None => out.push("GLOSSARY.md is missing".to_owned()),
    }
    out
}

/// The targets of `[text](target)`.
fn links(text: &str) -> Vec<&str> {
    let after = text.split("](").skip(1);
    after
        .filter_map(|rest| rest.split_once(')'))
        .map(|(link, _)| link)
        .filter(|l| !l.contains(char::is_whitespace))
        .collect()
}

/// Terms stand in the first cell of a row, bold; several of one row with " / " between them.
fn glossary_faults(glossary: &File, files: &[File]) -> Vec<String> {
    let cells = glossary.text.lines().filter_map(|l| l.strip_prefix("| **")?.split("**").next());
    let terms: Vec<&str> = cells.collect();
    let mut out = Vec::new();
    for pair in terms.windows(2).filter(|p| p[0].to_lowercase() >= p[1].to_lowercase()) {
        out.push(format!("GLOSSARY.md: `{}` stands before `{}`", pair[0], pair[1]));
    }
    let code: Vec<String> = files.iter().filter(|f| f.is(".rs")).map(|f| f.text.to_lowercase()).collect();
    for term in terms {
        // "time expression" may be `TimeExpression` or `time_expression` in code
        let term = term.to_lowercase();
        let forms = [term.clone(), term.replace(' ', ""), term.replace(' ', "_"), term.replace('-', "")];
        if !code.iter().any(|text| forms.iter().any(|form| text.contains(form.as_str()))) {
            out.push(format!("GLOSSARY.md: no code speaks of `{term}`"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::file;
    use super::{glossary_faults, links};

    #[test]
    fn links_are_found() {
        assert_eq!(links("[a](b.md), [c](d/e.md#f) and [g] (h)"), ["b.md", "d/e.md#f"]);
    }

    #[test]
    fn a_glossary_is_sorted_and_used() {
        let code = [file("a.rs", "struct TimeExpression; // an origin")];
        for (text, wanted) in [
            ("| **origin** | a |\n| **time expression** | b |\n", ""),
            ("| **time expression** | a |\n| **origin** | b |\n", "stands before"),
            ("| **lineage** | a |\n", "no code speaks of `lineage`"),
        ] {
            let said = glossary_faults(&file("GLOSSARY.md", text), &code).join("\n");
            assert!(
                if wanted.is_empty() { said.is_empty() } else { said.contains(wanted) },
                "{text}: {said}"
            );
        }
    }
}
