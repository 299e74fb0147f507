//! A group of radio buttons in one line, with its name before it.

use leptos::prelude::*;

/// `chosen` is the position of the chosen one. While `held`, it cannot be changed.
#[component]
pub fn Choice(
    name: &'static str,
    options: [&'static str; 2],
    chosen: RwSignal<usize>,
    #[prop(optional, into)] held: Signal<bool>,
) -> impl IntoView {
    let radios = options
        .into_iter()
        .enumerate()
        .map(|(at, label)| {
            view! {
                <label class="segment">
                    <input
                        type="radio"
                        name=name
                        prop:checked=move || chosen.get() == at
                        disabled=move || held.get()
                        on:change=move |_| chosen.set(at)
                    />
                    <span>{label}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <div class="choice">
            <span aria-hidden="true">{name}</span>
            <fieldset class="segments" role="radiogroup" aria-label=name>
                {radios}
            </fieldset>
        </div>
    }
}
