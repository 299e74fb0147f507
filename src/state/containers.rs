//! The container lists, from which views show names in place of ids. Each list is loaded when it is first
//! needed, and again where a form opens that chooses from it or a view of it is refreshed.

use crate::api::containers;
use crate::api::failure::Failure;
use crate::auth::Session;
use crate::query::fetch_all;
use crate::state::refresh_trigger::RefreshTrigger;
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
    /// The paths of the lists that are being loaded again.
    renewing: StoredValue<Vec<&'static str>>,
}

impl ContainerLists {
    pub fn new(session: Session) -> Self {
        let mut lists: Vec<(&'static Containers, RwSignal<ListStatus>)> = Vec::new();
        for family in FAMILIES {
            if !lists.iter().any(|(list, _)| list.path == family.containers.path) {
                lists.push((family.containers, RwSignal::new(ListStatus::NotRequested)));
            }
        }
        Self { session, lists: StoredValue::new(lists), renewing: StoredValue::new(Vec::new()) }
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

    /// Loads `list`, also after a failure, and anew where it is loaded: a person asks for it, or opens a form that
    /// chooses from it. Meanwhile what was loaded stays.
    pub fn again(self, list: &'static Containers) {
        spawn_local(self.fetch(list, true));
    }

    /// Loads `list` again with each press of **Refresh now** where it is loaded, while the current owner exists.
    pub fn follow(self, list: &'static Containers) {
        let refresh = expect_context::<RefreshTrigger>();
        Effect::new(move |last: Option<u32>| {
            let count = refresh.count();
            if last.is_some_and(|last| last != count) && untrack(|| self.get(list)).is_some() {
                self.again(list);
            }
            count
        });
    }

    /// Loads those of `lists` that have not been loaded, one after the other.
    pub fn need_each(self, lists: impl Iterator<Item = &'static Containers> + 'static) {
        spawn_local(async move {
            for list in lists {
                self.fetch(list, false).await;
            }
        });
    }

    /// Loads `list` where it has not been loaded, and where it has or has failed if `again` is true. Private and always
    /// run as a task of its own: a caller that is dropped while it awaits this would leave the list loading for ever.
    async fn fetch(self, list: &'static Containers, again: bool) {
        let Some(signal) = self.signal(list) else { return };
        let old = match signal.try_get_untracked() {
            Some(ListStatus::NotRequested) => None,
            Some(ListStatus::Failed(_)) if again => None,
            Some(ListStatus::Ready(directory)) if again => Some(directory),
            _ => return,
        };
        if old.is_none() {
            signal.set(ListStatus::Loading);
        } else if self.renewing.with_value(|paths| paths.contains(&list.path)) {
            return;
        }
        self.renewing.update_value(|paths| paths.push(list.path));
        let answer = fetch_all(self.session, |skip| containers::page(list, skip)).await;
        _ = self.renewing.try_update_value(|paths| paths.retain(|path| *path != list.path));
        let known = match answer {
            Ok((containers, unread)) => {
                let mut directory = Directory::new(containers);
                directory.unread = unread;
                if old.is_some_and(|old| *old == directory) {
                    return;
                }
                ListStatus::Ready(Arc::new(directory))
            }
            Err(_) if old.is_some() => return,
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
