//! The filters of All clouds that built-in views use and that have no control of their own: each is named, with a
//! button that removes it.

use crate::components::controls::icon::Icon;
use crate::routing::address::Address;
use cckm::outcome::Outcome;
use leptos::prelude::*;

#[component]
pub fn AddressFilters() -> impl IntoView {
    let address = expect_context::<Address>();
    let outcomes = Memo::new(move |_| address.with(|route| route.outcomes.clone()));
    let within = Memo::new(move |_| address.with(|route| route.within));
    view! {
        {move || {
            let words = outcomes.with(|all| all.iter().map(|one| Outcome::word(*one)).collect::<Vec<_>>().join(" or "));
            (!words.is_empty()).then(|| {
                let remove = Callback::new(move |()| address.go(&address.get_untracked().with_outcomes(Vec::new())));
                view! { <Chip what="Outcome" words=words remove=remove /> }
            })
        }}
        {move || within.get().map(|within| {
            let remove = Callback::new(move |()| address.go(&address.get_untracked().with_within(None)));
            view! { <Chip what="Time" words=within.words() remove=remove /> }
        })}
    }
}

#[component]
fn Chip(what: &'static str, words: String, remove: Callback<()>) -> impl IntoView {
    let label = ["Remove the filter ", what, ": ", &words].concat();
    let press = move |_| {
        // The button, which has the focus, goes with its filter.
        let form = document().query_selector("form.filters select").ok().flatten();
        if let Some(first) =
            form.and_then(|first| wasm_bindgen::JsCast::dyn_into::<web_sys::HtmlElement>(first).ok())
        {
            _ = first.focus();
        }
        remove.run(());
    };
    view! {
        <span class="chip">
            <span><span class="quiet">{what} ": "</span>{words}</span>
            <button type="button" class="button plain icon-button" aria-label=label.clone() title=label on:click=press>
                <Icon name="clear" />
            </button>
        </span>
    }
}
