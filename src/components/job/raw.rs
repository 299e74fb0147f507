//! The JSON text of a job exactly as the server sent it, collapsed at first.

use crate::components::controls::shown::Shown;
use cckm::indent::indented;
use leptos::prelude::*;
use std::sync::Arc;

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
                {move || open.get().then(|| view! { <pre tabindex="0" dir="ltr">{move || text.with(|text| indented(text))}</pre> })}
            </details>
        </Shown>
    }
}
