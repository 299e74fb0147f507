//! The address bar: reads the hash into a [`Route`], and is the one way to go somewhere else.

use crate::routing::route::Route;
use leptos::prelude::*;

#[derive(Clone, Copy)]
pub struct Address(RwSignal<Route>);

impl Address {
    /// Starts to follow the browser's address; call once, from the app's root.
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

    /// `None` where the page is going away.
    pub fn try_with_untracked<T>(self, read: impl FnOnce(&Route) -> T) -> Option<T> {
        self.0.try_with_untracked(read)
    }

    #[track_caller]
    pub fn with<T>(self, read: impl FnOnce(&Route) -> T) -> T {
        self.0.with(read)
    }

    /// Goes to `route` as a step that "back" undoes: for what a person chose.
    pub fn go(self, route: &Route) {
        if *route != self.get_untracked() {
            // Sets the signal through the hashchange event, so that both ways into the address are one.
            _ = window().location().set_hash(&route.hash());
        }
    }

    /// Goes to `route` without a step of its own: for what a person is still typing.
    pub fn replace(self, route: &Route) {
        let replaced = window().history().and_then(|history| {
            history.replace_state_with_url(&wasm_bindgen::JsValue::NULL, "", Some(&route.hash()))
        });
        if replaced.is_ok() {
            // replaceState fires no event.
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
