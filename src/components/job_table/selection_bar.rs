//! The bar that is shown over a list while jobs are selected: their number, and the actions on them.

use crate::auth::Session;
use crate::auth::identity::MAY_NOT;
use crate::components::controls::icon::Icon;
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::selection::Selection;
use cckm::text;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[component]
pub fn SelectionBar() -> impl IntoView {
    let session = expect_context::<Session>();
    let selection = expect_context::<Selection>();
    let dialog = expect_context::<OpenDialog>();
    let may = Memo::new(move |_| session.state().may_synchronize());
    let count = Memo::new(move |_| selection.len());
    let clear = move |_| {
        selection.clear();
        // The bar, which had the focus, is gone.
        focus_list();
    };
    view! {
        <div class="picked">
            <div class="picked-bar" role="group" aria-label="Selected jobs">
                <p class="figures" aria-live="polite">{move || [&count.get().to_string(), " selected"].concat()}</p>
                <button
                    type="button"
                    class="button"
                    aria-describedby=move || (!may.get()).then_some("may-not-cancel-picked")
                    on:click=move |_| dialog.open(Dialog::CancelSelected)
                >
                    <Icon name="cancelled" />
                    {move || ["Cancel ", &text::count(count.get(), "job", "jobs")].concat()}
                </button>
                <button type="button" class="button plain" on:click=clear>"Clear selection"</button>
                {move || (!may.get()).then(|| view! { <span class="unseen" id="may-not-cancel-picked">{MAY_NOT}</span> })}
            </div>
        </div>
    }
}

/// Moves the focus to the first job that can be selected, or to `<main>`.
pub fn focus_list() {
    let find = |selector: &str| document().query_selector(selector).ok().flatten();
    let found = find("table.jobs .pick input").or_else(|| find("main"));
    if let Some(element) = found.and_then(|found| found.dyn_into::<HtmlElement>().ok()) {
        _ = element.focus();
    }
}
