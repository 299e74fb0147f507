//! What the panel has learned about how the server lists jobs. Dropped at sign-out.
//!
//! Stores what the readers of lists have learned, and sends no requests.

use cckm::family::Family;
use cckm::list_order::{CachedList, Edge, Listed, Reader};
use leptos::prelude::*;
use std::sync::Arc;

/// How many lists are remembered for each family: each filter makes a list of its own.
const LISTS: usize = 24;

/// For how many of them the jobs are cached that were read to sort them.
const READ_LISTS: usize = 3;

#[derive(Clone, Copy, Default)]
pub struct ServerCapabilities {
    families: StoredValue<Vec<Learned>>,
    /// How many rows the server returns at most, where that is fewer than were requested.
    cap: StoredValue<Option<u64>>,
    /// The whole lists that are being read, with their progress.
    reading: RwSignal<Vec<Reading>>,
}

/// The progress of reading a whole list.
#[derive(Clone, PartialEq)]
pub struct Reading {
    pub family: &'static Family,
    pub read: u64,
    pub total: u64,
}

struct Learned {
    family: &'static Family,
    listed: Listed,
    /// Whether a person has stopped the reading of the whole list. A manual refresh resumes it.
    stopped: bool,
    lists: Vec<List>,
}

/// One list of a family: one filter in one sort order.
struct List {
    key: String,
    total: Option<u64>,
    edge: Option<Edge>,
    read: Option<Arc<ReadList>>,
}

/// A list that was read whole to sort it, and the text of its responses.
#[derive(Clone)]
pub struct ReadList {
    pub cached: CachedList,
    pub text: String,
    /// How often running jobs of the list have changed since it was read.
    pub changes: u32,
}

impl ServerCapabilities {
    /// How many of `wanted` rows the server returns at once.
    pub fn rows(self, wanted: u64) -> u64 {
        self.cap().map_or(wanted, |cap| wanted.min(cap))
    }

    pub fn cap(self) -> Option<u64> {
        self.cap.try_with_value(|cap| *cap).flatten()
    }

    /// The initial knowledge for a reader of the list `key`.
    pub fn known(self, family: &'static Family, key: &str) -> (Listed, Option<u64>, Option<Edge>) {
        let known = self.families.try_with_value(|families| {
            let known = families.iter().find(|known| known.family == family)?;
            let list = known.lists.iter().find(|list| list.key == key);
            Some((known.listed, list.and_then(|list| list.total), list.and_then(|list| list.edge)))
        });
        known.flatten().unwrap_or_default()
    }

    /// Stores what `reader` has learned about the list `key`.
    pub fn learn(self, family: &'static Family, key: &str, reader: &Reader) {
        _ = self.cap.try_update_value(|cap| *cap = reader.cap());
        self.update(family, |known| known.listed = reader.listed());
        self.update_list(family, key, |list| {
            list.total = reader.total();
            list.edge = reader.edge();
        });
    }

    /// The cached jobs of the list `key`.
    pub fn read_list(self, family: &'static Family, key: &str) -> Option<Arc<ReadList>> {
        let read = self.families.try_with_value(|families| {
            let known = families.iter().find(|known| known.family == family)?;
            known.lists.iter().find(|list| list.key == key)?.read.clone()
        });
        read.flatten()
    }

    pub fn keep(self, family: &'static Family, key: &str, read: Option<Arc<ReadList>>) {
        self.update(family, |known| {
            // The cached lists may be megabytes.
            let others = known.lists.iter_mut().filter(|list| list.read.is_some() && list.key != key);
            for list in others.rev().skip(READ_LISTS - 1) {
                list.read = None;
            }
        });
        self.update_list(family, key, |list| list.read = read);
    }

    pub fn reading(self) -> Vec<Reading> {
        self.reading.get()
    }

    /// Stores the progress of reading a list (jobs read, total), or its end with `None`. Returns whether a person has
    /// stopped the reading.
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

    /// Stops the reading of whole lists. The jobs that have been read are shown.
    pub fn stop(self) {
        for reading in self.reading.get_untracked() {
            self.update(reading.family, |known| known.stopped = true);
        }
    }

    /// Resumes the reading of whole lists.
    pub fn go_on(self) {
        _ = self.families.try_update_value(|families| {
            for known in families {
                known.stopped = false;
            }
        });
    }

    /// Whether a person has stopped the reading of the family's whole list, or has signed out.
    pub fn is_stopped(self, family: &'static Family) -> bool {
        self.families
            .try_with_value(|families| families.iter().any(|known| known.family == family && known.stopped))
            != Some(false)
    }

    fn update(self, family: &'static Family, change: impl FnOnce(&mut Learned)) {
        _ = self.families.try_update_value(|families| {
            let at = families.iter().position(|known| known.family == family).unwrap_or_else(|| {
                families.push(Learned { family, listed: Listed::Unknown, stopped: false, lists: Vec::new() });
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
