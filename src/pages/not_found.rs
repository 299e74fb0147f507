//! The page of an address that names no view.

use crate::routing::route::Route;
use leptos::prelude::*;

/// `word` is what the address names.
#[component]
pub fn NotFound(word: String) -> impl IntoView {
    view! {
        <section class="empty" role="alert">
            <h1>"There is no such view"</h1>
            <p>"The address names " <code>{word}</code> ", which the panel does not know."</p>
            <a class="button" href=Route::default().hash()>"Open all clouds"</a>
        </section>
    }
}
