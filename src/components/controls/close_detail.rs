//! The link that closes a detail beside its list.

use crate::components::controls::icon::Icon;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// `href` is the address of the list alone. The focus then moves to the link that the selector `row` finds, which is the
/// row of what was open, or to `<main>`.
#[component]
pub fn CloseDetail(#[prop(into)] href: Signal<String>, row: &'static str) -> impl IntoView {
    let back = StoredValue::new_local(None::<HtmlElement>);
    on_cleanup(move || {
        if let Some(element) = back.try_get_value().flatten() {
            // In the next frame, when the list is visible again.
            request_animation_frame(move || _ = element.focus());
        }
    });
    let remember = move |event: leptos::ev::MouseEvent| {
        let elsewhere = event.ctrl_key() || event.meta_key() || event.shift_key();
        if !elsewhere {
            back.set_value(element(row).or_else(|| element("main")));
        }
    };
    view! {
        <a class="button plain small close-job" href=href on:click=remember>
            <span class="when-beside"><Icon name="clear" />"Close"</span>
            <span class="when-alone"><Icon name="previous" />"Back to the list"</span>
        </a>
    }
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
