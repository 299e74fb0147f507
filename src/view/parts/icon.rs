//! The panel's own icons: each is a `<symbol>` of `index.html`, drawn on a 16 px grid, never alone without words.

use crate::dom::*;
use crate::reactive::*;

#[component]
pub fn Icon(name: &'static str) -> impl IntoView {
    view! {
        <svg class="icon" aria-hidden="true" width="16" height="16">
            <use href=format!("#i-{name}")></use>
        </svg>
    }
}
