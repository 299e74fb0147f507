//! The order in which each family's jobs are listed, and the effect of `sort` on it.

use std::collections::HashMap;
use std::sync::Arc;

use parking_lot::Mutex;
use serde::Deserialize;

use crate::families::{self, Family};
use crate::list::Sorting;
use crate::options::{Options, names};

/// The order of a list that is not sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Natural {
    Oldest,
    Newest,
    /// By id, which is unrelated to the time.
    None,
}

/// How one family's list is ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Order {
    pub natural: Natural,
    pub sorting: Sorting,
}

/// A change of a family's order at run time; missing fields stay unchanged.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Change {
    natural: Option<Natural>,
    sort: Option<Sorting>,
}

/// The order of every family's list. Clones share the state.
#[derive(Debug, Clone)]
pub struct Orders(Arc<Mutex<HashMap<&'static str, Order>>>);

impl Orders {
    pub fn new(options: &Options) -> Self {
        let order = |family: &Family| {
            let is = |slugs: &[String]| names(slugs, family.slug);
            let natural = match (is(&options.newest_first), is(&options.unordered)) {
                (_, true) => Natural::None,
                (true, _) => Natural::Newest,
                _ => Natural::Oldest,
            };
            let sorting = match (is(&options.no_sort), is(&options.sort_ignored)) {
                (true, _) => Sorting::Refused,
                (_, true) => Sorting::Ignored,
                _ => Sorting::Known,
            };
            Order { natural, sorting }
        };
        Self(Arc::new(Mutex::new(families::all().map(|family| (family.slug, order(family))).collect())))
    }

    pub fn of(&self, family: &Family) -> Order {
        let known = self.0.lock().get(family.slug).copied();
        known.unwrap_or(Order { natural: Natural::Oldest, sorting: Sorting::Known })
    }

    pub fn change(&self, family: &'static Family, change: &Change) {
        let mut order = self.of(family);
        order.natural = change.natural.unwrap_or(order.natural);
        order.sorting = change.sort.unwrap_or(order.sorting);
        self.0.lock().insert(family.slug, order);
    }
}
