//! A job exactly as the server sent it, folded away.

use crate::components::controls::shown::Shown;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use web_sys::js_sys::JSON;

/// `text` is empty where there is nothing to show.
#[component]
pub fn Raw(text: Memo<Arc<str>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggle = move |event| open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    view! {
        <Shown when=move || text.with(|text| !text.is_empty())>
            <details class="part raw" on:toggle=toggle>
                <summary>"As the server says it"</summary>
                // Nobody pays for what is folded away.
                {move || open.get().then(|| view! { <pre tabindex="0" dir="ltr">{move || text.with(|text| pretty(text))}</pre> })}
            </details>
        </Shown>
    }
}

/// Indented by the browser, which keeps the server's order; as it came where it is no JSON.
pub fn pretty(text: &str) -> String {
    JSON::parse(text)
        .and_then(|value| JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into()))
        .map_or_else(|_| text.to_owned(), String::from)
}
