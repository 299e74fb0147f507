//! A preview of a request about a schedule, exactly as it will be sent.

use crate::components::controls::shown::Shown;
use crate::components::job::raw::pretty;
use crate::config::config;
use leptos::prelude::*;
use serde_json::Value;

/// `line` has the method and the path below the interface. Without `has_body` the request has none.
#[component]
pub fn ScheduleRequest(
    #[prop(into)] line: Signal<(&'static str, String)>,
    #[prop(into)] body: Signal<Option<Value>>,
    #[prop(default = true)] has_body: bool,
) -> impl IntoView {
    let text = Memo::new(move |_| body.with(|body| body.as_ref().map(|body| pretty(&body.to_string()))));
    let path = move || line.with(|(_, path)| [config().api.as_str(), path].concat());
    view! {
        <section class="request" aria-label="Request">
            <div class="request-head"><h3>"Request"</h3></div>
            <div class="request-text" dir="ltr">
                <p class="request-line"><code><b>{move || line.with(|(method, _)| *method)}</b>" "{path}</code></p>
                {has_body.then(|| view! {
                    <Shown
                        when=move || text.with(Option::is_some)
                        fallback=|| view! { <p class="quiet request-none">"The body stands here once there is something to send."</p> }
                    >
                        <pre tabindex="0" role="group" aria-label="Body">{text}</pre>
                    </Shown>
                })}
            </div>
        </section>
    }
}
