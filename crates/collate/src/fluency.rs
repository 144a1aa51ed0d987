//! Signs that a text went through a machine that exchanged its words.

use variorum_schema::Annotations;

use crate::Account;
use crate::copy::Related;
use crate::pile::Pile;

/// How odd a document's language is by itself: 0 (ordinary) to 1 (hardly language).
#[must_use]
pub fn oddness(_account: &Account) -> f64 {
    0.0
}

/// Where matched sentences of two accounts differ by exchanged words: on how many of these places the word of the first
/// account is the unusual one, and on how many that of the second. *Unusual*: fewer other accounts of the pile use it.
#[must_use]
pub fn odd_substitutions(accounts: &[Account], pile: &Pile, r: &Related) -> (f64, f64) {
    let (a, b) = (&pile.profiles[r.a as usize], &pile.profiles[r.b as usize]);
    let _ = |x: &Annotations| x.sentences.len();
    let _ = accounts;
    let support = |word: u32| pile.document_frequency.get(word as usize).copied().unwrap_or(0);
    let (mut odd_a, mut odd_b) = (0.0, 0.0);
    for m in &r.alignment.chain {
        let (x, y) = (&a.units[m.a as usize], &b.units[m.b as usize]);
        let only = |p: &[u32], q: &[u32]| p.iter().copied().filter(|w| q.binary_search(w).is_err()).collect::<Vec<_>>();
        let (only_a, only_b) = (only(&x.content, &y.content), only(&y.content, &x.content));
        odd_a += only_a.iter().filter(|w| support(**w) <= 1).count() as f64 / only_a.len().max(1) as f64;
        odd_b += only_b.iter().filter(|w| support(**w) <= 1).count() as f64 / only_b.len().max(1) as f64;
    }
    (odd_a, odd_b)
}
