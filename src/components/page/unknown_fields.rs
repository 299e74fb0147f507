//! The notice about fields of `config.json` that this version of the panel does not know.

use crate::components::controls::icon::Icon;
use leptos::prelude::*;

/// A notice for the operator who hosts the panel. It stays until it is dismissed.
#[component]
pub fn UnknownFields(sentence: String) -> impl IntoView {
    let shown = RwSignal::new(Some(sentence));
    move || {
        shown.get().map(|sentence| {
            view! {
                <div class="notice info for-operator" role="note">
                    <Icon name="info" />
                    <p class="notice-text">{sentence}</p>
                    <button type="button" class="button" on:click=move |_| shown.set(None)>"Dismiss"</button>
                </div>
            }
        })
    }
}
