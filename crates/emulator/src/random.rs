//! Random ids, choices and texts from a seeded generator: the same seed gives the same values.

use std::collections::BTreeSet;
use std::sync::Arc;

use fastrand::Rng;
use parking_lot::Mutex;

/// The ids of objects that are created at run time.
#[derive(Debug, Clone)]
pub struct Ids(Arc<Mutex<Rng>>);

impl Ids {
    pub fn with_seed(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(Rng::with_seed(seed))))
    }

    /// The next version 4 UUID.
    pub fn next(&self) -> String {
        uuid(&mut self.0.lock())
    }
}

/// A version 4 UUID in lower case.
pub fn uuid(rng: &mut Rng) -> String {
    let bits = (rng.u128(..) & !(0xf << 76) & !(0x3 << 62)) | (0x4 << 76) | (0x2 << 62);
    let hex = format!("{bits:032x}");
    format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
}

/// Chooses an item of a list, which must not be empty.
pub fn pick<'list, T>(rng: &mut Rng, list: &'list [T]) -> &'list T {
    &list[rng.usize(..list.len())]
}

/// Chooses `count` distinct indexes below `len`, in ascending order.
pub fn some_of(rng: &mut Rng, len: usize, count: usize) -> Vec<usize> {
    if count * 2 > len {
        let mut chosen = rng.choose_multiple(0..len, count.min(len));
        chosen.sort_unstable();
        return chosen;
    }
    // For few of many indexes, drawing again is faster than shuffling all of them.
    let mut chosen = BTreeSet::new();
    while chosen.len() < count {
        chosen.insert(rng.usize(..len));
    }
    chosen.into_iter().collect()
}

/// Returns true with a probability of `percent` percent.
pub fn chance(rng: &mut Rng, percent: u8) -> bool {
    rng.u8(..100) < percent
}

/// Draws `count` characters of an ASCII alphabet, for account numbers and the ids of other systems.
pub fn text(rng: &mut Rng, alphabet: &str, count: usize) -> String {
    (0..count).map(|_| char::from(*pick(rng, alphabet.as_bytes()))).collect()
}
