//! The button **Views**: built-in and saved views as links, and what can be done with the open one.

use crate::components::controls::copy::{CopyButton, CopyByHand};
use crate::components::controls::popover::Popover;
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::columns::ListColumns;
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::saved_views::SavedViews;
use leptos::html;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The views that the panel brings, with their addresses.
///
/// The second one asks for outcomes and not for a status: the server calls a job with errors `completed`.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("Running now", "#/all?status=in_progress"),
    ("Failed in the last 24 hours", "#/all?outcome=failed,completed-with-errors&within=24h"),
    ("Out of date", "#/outdated"),
];

/// The address of the open list that holds all that can be saved of it: also columns that only this browser knows.
pub fn lasting(address: Address, columns: ListColumns) -> Route {
    address.get_untracked().lasting().with_columns(Some(columns.shown.get_untracked()))
}

/// The whole link to a route, as it is shared.
pub fn link(hash: &str) -> String {
    let here = window().location().href().unwrap_or_default();
    [here.split('#').next().unwrap_or_default(), hash].concat()
}

#[component]
pub fn ViewsMenu(columns: ListColumns) -> impl IntoView {
    let address = expect_context::<Address>();
    let dialog = expect_context::<OpenDialog>();
    let saved = expect_context::<SavedViews>();
    saved.follow();
    let open = RwSignal::new(false);
    let around = NodeRef::<html::Div>::new();
    let refused = RwSignal::new(None);
    // The panel, which has the focus, is about to be gone.
    let close = move || {
        let button = around.get_untracked().and_then(|around| around.query_selector(".drop-button").ok()?);
        if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
            _ = button.focus();
        }
        open.set(false);
    };
    let show = move |which: Dialog| {
        // A dialog returns the focus to what had it.
        close();
        dialog.open(which);
    };
    let follow = move |event: leptos::ev::MouseEvent| {
        if !(event.ctrl_key() || event.meta_key() || event.shift_key()) {
            close();
        }
    };
    let entry = move |name: String, hash: String| {
        let route = Route::parse(&hash);
        let is_open = move || {
            let here = address.with(Route::lasting);
            // An address without columns shows those of this browser, so it is that view all the same.
            let is_open = here == route
                || here.columns.is_none() && here.with_columns(Some(columns.shown.get())) == route;
            is_open.then_some("page")
        };
        view! { <li><a href=hash aria-current=is_open on:click=follow>{name}</a></li> }
    };
    view! {
        <div class="views-menu" node_ref=around>
            <Popover open=open button=|| "Views">
                <nav class="views" aria-label="Built-in views">
                    <p class="views-title" aria-hidden="true">"Built in"</p>
                    <ul>{BUILT_IN.map(|(name, hash)| entry(name.to_owned(), hash.to_owned())).collect_view()}</ul>
                </nav>
                <nav class="views" aria-label="Saved views">
                    <p class="views-title" aria-hidden="true">"Saved"</p>
                    {move || {
                        let views = saved.get();
                        if views.is_empty() {
                            view! { <p class="quiet">"None yet. A saved view keeps the filters, the order and the columns of a list."</p> }.into_any()
                        } else {
                            let links = views.into_iter().map(|view| entry(view.name, view.address));
                            view! { <ul>{links.collect_view()}</ul> }.into_any()
                        }
                    }}
                </nav>
                <div class="views-foot">
                    <button type="button" class="button" on:click=move |_| show(Dialog::SaveView)>"Save this view"</button>
                    <button type="button" class="button" on:click=move |_| show(Dialog::ManageViews)>"Manage views"</button>
                    <CopyButton
                        label="Copy link"
                        refused=refused
                        text=Callback::new(move |()| link(&lasting(address, columns).hash()))
                    />
                </div>
                <CopyByHand refused=refused />
            </Popover>
        </div>
    }
}
