//! A preview of a request about a schedule, exactly as it will be sent.

use crate::components::start::request::RequestText;
use leptos::prelude::*;
use serde_json::Value;

/// `line` has the method and the path below the interface. Without `has_body` the request has none.
#[component]
pub fn ScheduleRequest(
    #[prop(into)] line: Signal<(&'static str, String)>,
    #[prop(into)] body: Signal<Option<Value>>,
    #[prop(default = true)] has_body: bool,
) -> impl IntoView {
    let none = has_body.then_some("The body stands here once there is something to send.");
    view! {
        <section class="request" aria-label="Request">
            <div class="request-head"><h3>"Request"</h3></div>
            <RequestText line=line body=body none=none />
        </section>
    }
}
