//! A progress line on standard error: only on a terminal, and only for work that takes longer than a second.

use std::io::IsTerminal;
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use variorum::{Progress, Stage};

/// Work shorter than this shows no progress.
const PATIENCE: Duration = Duration::from_secs(1);

/// The progress line of one command; gone when dropped.
pub(crate) struct Line {
    start: Instant,
    is_shown: bool,
    bar: OnceLock<ProgressBar>,
}

impl Line {
    /// A line that shows itself when there is somebody to see it.
    pub(crate) fn new(is_wanted: bool) -> Line {
        let is_shown = is_wanted && std::io::stderr().is_terminal();
        Line { start: Instant::now(), is_shown, bar: OnceLock::new() }
    }

    /// So many of so many are done.
    pub(crate) fn tell(&self, doing: &'static str, n_done: usize, n_total: usize) {
        if !self.is_shown || self.start.elapsed() < PATIENCE {
            return;
        }
        let bar = self.bar.get_or_init(|| {
            let style = ProgressStyle::with_template("{msg} {bar:30} {pos}/{len}").ok();
            let bar = ProgressBar::new(n_total as u64);
            if let Some(style) = style { bar.with_style(style) } else { bar }
        });
        bar.set_message(doing);
        bar.set_length(n_total as u64);
        bar.set_position(n_done as u64);
    }

    /// How far a run has come.
    pub(crate) fn run(&self, progress: Progress) {
        let doing = match progress.stage {
            Stage::Annotate => "reading the accounts",
            Stage::Compare => "comparing the accounts",
        };
        self.tell(doing, progress.n_done, progress.n_total);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}
