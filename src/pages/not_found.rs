//! The page for an address that names no view.

use crate::routing::route::Route;
use leptos::prelude::*;

/// `word` is the part of the address that is unknown.
#[component]
pub fn NotFound(word: String) -> impl IntoView {
    view! {
        <div class="screen">
            <section class="empty" role="alert">
                <h1>"There is no such view"</h1>
                <p>"The address names " <code>{word}</code> ", which the panel does not know."</p>
                <a class="button" href=Route::default().hash()>"Open all clouds"</a>
            </section>
        </div>
    }
}
