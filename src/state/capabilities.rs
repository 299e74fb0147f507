//! What the panel has learned of how the server lists jobs. Forgotten at sign-out.
//!
//! Keeps what it is told and asks nothing.

use cckm::family::Family;
use cckm::list_order::{Edge, Kept, Listed, Reader};
use leptos::prelude::*;
use std::sync::Arc;

/// How many lists of one family are remembered: other filters make other lists.
const LISTS: usize = 24;

/// How many of them are kept as they were read to sort them.
const READ_LISTS: usize = 3;

#[derive(Clone, Copy, Default)]
pub struct ServerCapabilities {
    families: StoredValue<Vec<Known>>,
    /// How many rows the server gives at once, where that is fewer than were asked for.
    cap: StoredValue<Option<u64>>,
    /// The whole lists that are being read: how many jobs of how many were read.
    reading: RwSignal<Vec<Reading>>,
}

/// A whole list that is being read.
#[derive(Clone, PartialEq)]
pub struct Reading {
    pub family: &'static Family,
    pub read: u64,
    pub total: u64,
}

struct Known {
    family: &'static Family,
    listed: Listed,
    /// A person has ended the reading of the whole list, until they ask for it again.
    stopped: bool,
    lists: Vec<List>,
}

/// One list of a family: that of some filters, in some order.
struct List {
    key: String,
    total: Option<u64>,
    edge: Option<Edge>,
    read: Option<Arc<ReadList>>,
}

/// A list that was read to sort it, and the answers that it was read from.
#[derive(Clone)]
pub struct ReadList {
    pub kept: Kept,
    pub text: String,
    /// How often jobs that ran were others than before when they were asked for since.
    pub changes: u32,
}

impl ServerCapabilities {
    /// How many of the `wanted` rows the server gives at once.
    pub fn rows(self, wanted: u64) -> u64 {
        self.cap().map_or(wanted, |cap| wanted.min(cap))
    }

    pub fn cap(self) -> Option<u64> {
        self.cap.try_with_value(|cap| *cap).flatten()
    }

    /// What a reader of the list `key` begins with.
    pub fn known(self, family: &'static Family, key: &str) -> (Listed, Option<u64>, Option<Edge>) {
        let known = self.families.try_with_value(|families| {
            let known = families.iter().find(|known| known.family == family)?;
            let list = known.lists.iter().find(|list| list.key == key);
            Some((known.listed, list.and_then(|list| list.total), list.and_then(|list| list.edge)))
        });
        known.flatten().unwrap_or_default()
    }

    /// Takes over what `reader` has learned of the list `key`.
    pub fn learn(self, family: &'static Family, key: &str, reader: &Reader) {
        _ = self.cap.try_update_value(|cap| *cap = reader.cap());
        self.update(family, |known| known.listed = reader.listed());
        self.update_list(family, key, |list| {
            list.total = reader.total();
            list.edge = reader.edge();
        });
    }

    /// The list `key` as it was read last.
    pub fn read_list(self, family: &'static Family, key: &str) -> Option<Arc<ReadList>> {
        let read = self.families.try_with_value(|families| {
            let known = families.iter().find(|known| known.family == family)?;
            known.lists.iter().find(|list| list.key == key)?.read.clone()
        });
        read.flatten()
    }

    pub fn keep(self, family: &'static Family, key: &str, read: Option<Arc<ReadList>>) {
        self.update(family, |known| {
            // They may be megabytes.
            let kept = known.lists.iter_mut().filter(|list| list.read.is_some() && list.key != key);
            for list in kept.rev().skip(READ_LISTS - 1) {
                list.read = None;
            }
        });
        self.update_list(family, key, |list| list.read = read);
    }

    /// The whole lists that are being read.
    pub fn reading(self) -> Vec<Reading> {
        self.reading.get()
    }

    /// So much of a list has been read; `None` where that has ended. Whether a person wants it to end.
    pub fn reads(self, family: &'static Family, progress: Option<(u64, u64)>) -> bool {
        if let Some(mut all) = self.reading.try_get_untracked() {
            all.retain(|reading| reading.family != family);
            if let Some((read, total)) = progress {
                all.push(Reading { family, read, total });
            }
            _ = self.reading.try_set(all);
        }
        self.is_stopped(family)
    }

    /// Ends the reading of whole lists; what has been read is shown.
    pub fn stop(self) {
        for reading in self.reading.get_untracked() {
            self.update(reading.family, |known| known.stopped = true);
        }
    }

    /// Whole lists are read again.
    pub fn go_on(self) {
        _ = self.families.try_update_value(|families| {
            for known in families {
                known.stopped = false;
            }
        });
    }

    /// Whether a person has ended the reading of the family's whole list, or has signed out meanwhile.
    pub fn is_stopped(self, family: &'static Family) -> bool {
        self.families
            .try_with_value(|families| families.iter().any(|known| known.family == family && known.stopped))
            != Some(false)
    }

    fn update(self, family: &'static Family, change: impl FnOnce(&mut Known)) {
        _ = self.families.try_update_value(|families| {
            let at = families.iter().position(|known| known.family == family).unwrap_or_else(|| {
                families.push(Known { family, listed: Listed::Unknown, stopped: false, lists: Vec::new() });
                families.len() - 1
            });
            if let Some(known) = families.get_mut(at) {
                change(known);
            }
        });
    }

    fn update_list(self, family: &'static Family, key: &str, change: impl FnOnce(&mut List)) {
        self.update(family, |known| {
            let lists = &mut known.lists;
            let at = lists.iter().position(|list| list.key == key).unwrap_or_else(|| {
                if lists.len() >= LISTS {
                    lists.remove(0);
                }
                lists.push(List { key: key.to_owned(), total: None, edge: None, read: None });
                lists.len() - 1
            });
            if let Some(list) = lists.get_mut(at) {
                change(list);
            }
        });
    }
}
