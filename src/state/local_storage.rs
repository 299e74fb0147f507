//! What the browser keeps for this page: preferences, columns, saved views, and starts that a closed page did not see
//! answered, as JSON in `localStorage`.
//!
//! Never the place for anything that came from the server or that a person typed as a secret. A browser without
//! storage, or with a full one, keeps nothing: the signals of the caller then hold the value until the page closes.

use leptos::prelude::*;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The prefix of all names, because other pages of the same origin share the storage.
const PREFIX: &str = "key-sync.";

fn storage() -> Option<web_sys::Storage> {
    // Reading the property throws where the browser forbids storage.
    window().local_storage().ok().flatten()
}

/// The value that was stored under `name`, or `None` if there is none or it has another form.
pub fn read<T: DeserializeOwned>(name: &str) -> Option<T> {
    let text = storage()?.get_item(&[PREFIX, name].concat()).ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Stores `value` under `name`. Returns whether the browser has kept it.
pub fn write<T: Serialize>(name: &str, value: &T) -> bool {
    let (Some(storage), Ok(text)) = (storage(), serde_json::to_string(value)) else { return false };
    storage.set_item(&[PREFIX, name].concat(), &text).is_ok()
}

/// Calls `read` now, and whenever another tab changes what is stored under `name`, as long as the component that calls
/// this is mounted.
pub fn follow(name: &'static str, read: impl Fn() + 'static) {
    read();
    let handle = window_event_listener(leptos::ev::storage, move |event| {
        // Without a key the whole storage was emptied.
        if event.key().is_none_or(|key| key.strip_prefix(PREFIX) == Some(name)) {
            read();
        }
    });
    on_cleanup(move || handle.remove());
}
