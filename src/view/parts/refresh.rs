//! How often the page asks again by itself, and the button that asks now.

use super::icon::Icon;
use crate::panel::panel;
use crate::refresh::Pace;
use leptos::prelude::*;

#[component]
pub fn Refresh() -> impl IntoView {
    let panel = panel();
    let pace = panel.live.pace;
    view! {
        <div class="refresh">
            <button type="button" class="button" on:click=move |_| panel.refresh()>
                <Icon name="refresh" />
                <span class="label">"Refresh now"</span>
            </button>
            <select
                aria-label="Refresh"
                title="How often the page asks again by itself. Automatic: often while something runs, seldom else."
                on:change:target=move |event| pace.set(Pace::of(&event.target().value()))
            >
                {Pace::CHOICES
                    .map(|(name, choice)| {
                        view! { <option value=name selected=move || pace.get() == choice>{name}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
