//! What of `config.json` this version of the panel does not know.

use crate::components::controls::icon::Icon;
use leptos::prelude::*;

/// A notice for whoever hosts the panel; until somebody has read it.
#[component]
pub fn UnknownFields(sentence: String) -> impl IntoView {
    let said = RwSignal::new(Some(sentence));
    move || {
        said.get().map(|sentence| {
            view! {
                <div class="notice info for-operator" role="note">
                    <Icon name="info" />
                    <p class="notice-text">{sentence}</p>
                    <button type="button" class="button" on:click=move |_| said.set(None)>"Dismiss"</button>
                </div>
            }
        })
    }
}
