//! Printing: data to standard output, messages to standard error.

use std::fmt::Display;
use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use variorum::ingest::Problem;

/// How a command ended, when its output could be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All done.
    Done,
    /// Something could not be read, or does not hold; it was named.
    Failed,
}

impl Outcome {
    /// Failed if there are problems.
    pub(crate) fn of(problems: &[Problem]) -> Outcome {
        if problems.is_empty() { Outcome::Done } else { Outcome::Failed }
    }
}

/// Whether standard output takes colours.
pub(crate) fn is_colored() -> bool {
    anstream::AutoStream::choice(&io::stdout()) != anstream::ColorChoice::Never
}

/// Columns of the terminal; 100 where there is none.
pub(crate) fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(width, _)| usize::from(width.0))
}

/// Writes `text` to standard output.
pub(crate) fn print(text: &str) -> io::Result<()> {
    let mut out = anstream::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

/// Writes `error: message` to standard error. A `hint:` line in the message is marked as such.
pub(crate) fn error(message: impl Display) {
    let (red, cyan) = (AnsiColor::Red.on_default().bold(), AnsiColor::Cyan.on_default().bold());
    let message = message.to_string();
    let mut lines = message.lines();
    let mut text = format!("{}: {}\n", paint("error", red), lines.next().unwrap_or(""));
    for line in lines {
        match line.strip_prefix("hint: ") {
            Some(hint) => text.push_str(&format!("  {}: {hint}\n", paint("hint", cyan))),
            None => text.push_str(&format!("  {line}\n")),
        }
    }
    // Nobody is left to be told when standard error is gone.
    let _ = anstream::stderr().lock().write_all(text.as_bytes());
}

/// Names every problem on standard error.
pub(crate) fn problems(problems: &[Problem]) {
    problems.iter().for_each(error);
}

fn paint(word: &str, style: Style) -> String {
    format!("{style}{word}{style:#}")
}
