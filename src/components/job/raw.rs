//! The JSON text of a job exactly as the server sent it, collapsed at first.

use crate::components::controls::shown::Shown;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsValue;
use web_sys::js_sys::JSON;

/// An empty `text` renders nothing.
#[component]
pub fn Raw(text: Memo<Arc<str>>) -> impl IntoView {
    let open = RwSignal::new(false);
    let toggle = move |event| open.set(event_target::<web_sys::Element>(&event).has_attribute("open"));
    view! {
        <Shown when=move || text.with(|text| !text.is_empty())>
            <details class="part raw" on:toggle=toggle>
                <summary>"As the server says it"</summary>
                // The text is indented only while the element is open.
                {move || open.get().then(|| view! { <pre tabindex="0" dir="ltr">{move || text.with(|text| pretty(text))}</pre> })}
            </details>
        </Shown>
    }
}

/// Indents JSON by the browser's parser, which keeps the order of the fields. Returns other text unchanged.
pub fn pretty(text: &str) -> String {
    JSON::parse(text)
        .and_then(|value| JSON::stringify_with_replacer_and_space(&value, &JsValue::NULL, &2.into()))
        .map_or_else(|_| text.to_owned(), String::from)
}
