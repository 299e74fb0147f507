//! The note that a form begins with what was left in it, and the offer to start over.

use crate::components::controls::shown::Shown;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The note, as long as `is_kept`. Its button calls `start_over`, and gives the focus to the first input of `fields`.
#[component]
pub fn Kept(is_kept: RwSignal<bool>, fields: NodeRef<html::Div>, start_over: Callback<()>) -> impl IntoView {
    let press = move |_| {
        start_over.run(());
        is_kept.set(false);
        // The button that had the focus is gone.
        let first = fields.get_untracked().and_then(|fields| fields.query_selector("input").ok().flatten());
        if let Some(first) = first {
            _ = first.unchecked_into::<HtmlElement>().focus();
        }
    };
    view! {
        <Shown when=is_kept>
            <p class="kept quiet">
                "As you had left it. "
                <button type="button" class="button plain small" on:click=press>"Start over"</button>
            </p>
        </Shown>
    }
}
