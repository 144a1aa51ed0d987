//! Tables as corpora publish them: CSV with quoted fields over several lines, and Python's way of writing values.

use std::collections::BTreeMap;

use serde_json::Value;

/// The rows of a CSV file (RFC 4180, with a header), each by the names of its columns.
pub(super) fn csv(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut rows = rows(text).into_iter();
    let header = rows.next().unwrap_or_default();
    rows.map(|row| header.iter().cloned().zip(row).collect()).collect()
}

/// The rows of a CSV file, the header among them.
pub(super) fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field) = (Vec::new(), Vec::new(), String::new());
    let mut is_quoted = false;
    let mut chars = text.trim_start_matches('\u{feff}').chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if is_quoted && chars.peek() == Some(&'"') => {
                chars.next();
                field.push('"');
            }
            '"' if is_quoted || field.is_empty() => is_quoted = !is_quoted,
            ',' if !is_quoted => row.push(std::mem::take(&mut field)),
            '\n' if !is_quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            '\r' if !is_quoted => {}
            c => field.push(c),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row| row.iter().any(|f| !f.is_empty()));
    rows
}

/// A value as Python prints it (strings in either quotation mark, `None`, `True`), as JSON. Odd input: null.
pub(super) fn python(text: &str) -> Value {
    let chars: Vec<char> = text.chars().collect();
    let (mut json, mut at) = (String::new(), 0);
    while at < chars.len() {
        match chars[at] {
            mark @ ('\'' | '"') => {
                let (string, next) = string(&chars, at + 1, mark);
                json.push_str(&Value::String(string).to_string());
                at = next;
                continue;
            }
            c if c.is_alphabetic() => {
                let end = (at..chars.len()).find(|&i| !chars[i].is_alphanumeric()).unwrap_or(chars.len());
                json.push_str(match chars[at..end].iter().collect::<String>().as_str() {
                    "True" => "true",
                    "False" => "false",
                    _ => "null",
                });
                at = end;
                continue;
            }
            '(' => json.push('['),
            ')' => json.push(']'),
            c => json.push(c),
        }
        at += 1;
    }
    serde_json::from_str(&json).unwrap_or(Value::Null)
}

/// A string that begins at `at` and ends at its mark, and where to go on.
fn string(chars: &[char], mut at: usize, mark: char) -> (String, usize) {
    let mut out = String::new();
    while at < chars.len() && chars[at] != mark {
        if chars[at] == '\\' && at + 1 < chars.len() {
            at += 1;
            out.push(match chars[at] {
                'n' => '\n',
                't' => '\t',
                c => c,
            });
        } else {
            out.push(chars[at]);
        }
        at += 1;
    }
    (out, at + 1)
}

#[cfg(test)]
mod tests {
    use super::{csv, python};

    #[test]
    fn rows_keep_quoted_commas_lines_and_marks() {
        let rows = csv("a,b\r\n1,\"x, \"\"y\"\"\nz\"\r\n,\"\"\n2,3");
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0]["b"], "x, \"y\"\nz");
        assert_eq!(rows[1]["a"], "2");
    }

    #[test]
    fn python_values_become_json() {
        let value = python("[{'a': \"it's\", 'b': None, 'c': [1, True], \"d\": 'x\\'y'}]");
        assert_eq!(value, serde_json::json!([{"a": "it's", "b": null, "c": [1, true], "d": "x'y"}]));
        assert_eq!(python("[{'a"), serde_json::Value::Null);
    }
}
