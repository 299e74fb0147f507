//! The container lists, from which views show names in place of ids. Each list is loaded once, when it is first
//! needed.

use crate::api::containers;
use crate::api::failure::Failure;
use crate::auth::Session;
use crate::query::fetch_all;
use cckm::container::Directory;
use cckm::family::{Containers, FAMILIES};
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

#[derive(Clone)]
pub enum ListStatus {
    NotRequested,
    Loading,
    Ready(Arc<Directory>),
    Failed(Failure),
}

#[derive(Clone, Copy)]
pub struct ContainerLists {
    session: Session,
    lists: StoredValue<Vec<(&'static Containers, RwSignal<ListStatus>)>>,
}

impl ContainerLists {
    pub fn new(session: Session) -> Self {
        let mut lists: Vec<(&'static Containers, RwSignal<ListStatus>)> = Vec::new();
        for family in FAMILIES {
            if !lists.iter().any(|(list, _)| list.path == family.containers.path) {
                lists.push((family.containers, RwSignal::new(ListStatus::NotRequested)));
            }
        }
        Self { session, lists: StoredValue::new(lists) }
    }

    /// The loading state of `list`.
    pub fn status(self, list: &'static Containers) -> ListStatus {
        self.signal(list).map_or(ListStatus::NotRequested, |list| list.get())
    }

    /// The containers of `list`; `None` until they are loaded.
    pub fn get(self, list: &'static Containers) -> Option<Arc<Directory>> {
        self.signal(list)?.with(|known| {
            if let ListStatus::Ready(directory) = known { Some(directory.clone()) } else { None }
        })
    }

    /// Loads `list`, unless that has been done or is under way.
    pub fn need(self, list: &'static Containers) {
        spawn_local(self.fetch(list, false));
    }

    /// Loads `list`, also after a failure: a person asks for it, or opens a form that chooses from it.
    pub fn again(self, list: &'static Containers) {
        spawn_local(self.fetch(list, true));
    }

    /// Loads those of `lists` that have not been loaded, one after the other.
    pub fn need_each(self, lists: impl Iterator<Item = &'static Containers> + 'static) {
        spawn_local(async move {
            for list in lists {
                self.fetch(list, false).await;
            }
        });
    }

    /// Loads `list` where it has not been loaded, or has failed and `retry_failed` is true. Private and always run as
    /// a task of its own: a caller that is dropped while it awaits this would leave the list loading for ever.
    async fn fetch(self, list: &'static Containers, retry_failed: bool) {
        let Some(signal) = self.signal(list) else { return };
        let wanted = match signal.try_get_untracked() {
            Some(ListStatus::NotRequested) => true,
            Some(ListStatus::Failed(_)) => retry_failed,
            _ => false,
        };
        if !wanted {
            return;
        }
        signal.set(ListStatus::Loading);
        let known = match fetch_all(self.session, |skip| containers::page(list, skip)).await {
            Ok((containers, unread)) => {
                let mut directory = Directory::new(containers);
                directory.unread = unread;
                ListStatus::Ready(Arc::new(directory))
            }
            Err(failure) => ListStatus::Failed(failure),
        };
        // The signal is disposed of if the person has signed out in the meantime.
        _ = signal.try_set(known);
    }

    fn signal(self, list: &'static Containers) -> Option<RwSignal<ListStatus>> {
        self.lists.try_with_value(|lists| {
            lists.iter().find(|(known, _)| known.path == list.path).map(|(_, signal)| *signal)
        })?
    }
}
