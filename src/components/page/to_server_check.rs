//! The way to Server check, at the end of a notice that something could not be read.

use crate::routing::route::{Route, View};
use crate::routing::views::CHECK;
use leptos::prelude::*;

#[component]
pub fn ToServerCheck() -> impl IntoView {
    let href = Route::new(View::Check).hash();
    view! { <p class="to-check"><a href=href>{CHECK}</a>" finds out what this server, and a proxy before it, can do."</p> }
}
