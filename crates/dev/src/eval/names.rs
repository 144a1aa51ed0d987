//! Names.
use super::Outcome;
pub(super) fn run(_path: &std::path::Path) -> Result<Outcome, String> {
    Err("not yet".into())
}
