//! What draws the views: programs of `view!` become nodes, and what changes is bound to the reactive system.
//!
//! Everything dynamic passes through one type, [`View`], and through one kind of effect, so a view costs its own
//! closures and no code for its elements. Owners, signals, context and components are Leptos'. Knows no view.

mod build;
mod keyed;
mod mounted;
mod value;

pub use build::{NodeRef, Parts, Targeted, html};
pub use mounted::{Mounted, mount};
pub use value::{Children, CollectView, IntoView, View, boxed, element, keyed, show};
pub use view_macro::view;

use leptos::mount::mount_to_renderer;
use mounted::Root;

/// Draws what `page` makes into the document's body, for as long as the page is open.
pub fn mount_to_body<V: IntoView>(page: impl FnOnce() -> V + 'static) {
    if let Some(body) = leptos::prelude::document().body() {
        mount_to_renderer(&body, move || Root(page().into_view())).forget();
    }
}
