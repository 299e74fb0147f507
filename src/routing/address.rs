//! The address bar: parses the hash into a [`Route`]. Code navigates only through [`Address`].

use crate::routing::route::Route;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Address(RwSignal<Route>);

impl Address {
    /// Follows the browser's address. Call it once, in the root component.
    pub fn follow() -> Self {
        let address = Self(RwSignal::new(Route::parse(&hash())));
        let handle = window_event_listener(leptos::ev::hashchange, move |_| address.read_bar());
        on_cleanup(move || handle.remove());
        address
    }

    #[track_caller]
    pub fn get(self) -> Route {
        self.0.get()
    }

    pub fn get_untracked(self) -> Route {
        self.0.get_untracked()
    }

    pub fn with_untracked<T>(self, read: impl FnOnce(&Route) -> T) -> T {
        self.0.with_untracked(read)
    }

    /// `None` after the signal has been disposed of.
    pub fn try_with_untracked<T>(self, read: impl FnOnce(&Route) -> T) -> Option<T> {
        self.0.try_with_untracked(read)
    }

    #[track_caller]
    pub fn with<T>(self, read: impl FnOnce(&Route) -> T) -> T {
        self.0.with(read)
    }

    /// Navigates to `route` with a new history entry, for a choice that the back button is to undo.
    pub fn go(self, route: &Route) {
        if *route != self.get_untracked() {
            _ = window().location().set_hash(&route.hash());
            // The hashchange event comes later. If Back is pressed before it, the event reads the old address: the signal
            // would not change, and a radio button that the person chose would stay chosen.
            self.read_bar();
        }
    }

    /// Navigates to `route` in the current history entry, for text that is still being typed.
    pub fn replace(self, route: &Route) {
        let replaced = window().history().and_then(|history| {
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.hash()))
        });
        if replaced.is_ok() {
            // `replaceState` fires no event.
            self.read_bar();
        }
    }

    fn read_bar(self) {
        let route = Route::parse(&hash());
        if route != self.0.get_untracked() {
            self.0.set(route);
        }
    }
}

fn hash() -> String {
    window().location().hash().unwrap_or_default()
}
