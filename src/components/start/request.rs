//! A preview of a request, exactly as it will be sent.

use crate::components::controls::copy::{CopyButton, CopyByHand};
use crate::components::controls::shown::Shown;
use crate::components::job::raw::pretty;
use cckm::start_request;
use leptos::prelude::*;
use serde_json::Value;

/// `path` is the part of the URL after the origin. `body` is `None` if the form is incomplete.
#[component]
pub fn RequestPreview(
    method: &'static str,
    path: String,
    body: Signal<Option<Value>>,
    /// The name of the request's form, if a dialog contains several.
    #[prop(optional, into)]
    of: String,
) -> impl IntoView {
    let label = if of.is_empty() { "Request".to_owned() } else { ["Request, ", &of].concat() };
    let refused = RwSignal::new(None);
    let text = Memo::new(move |_| body.with(|body| body.as_ref().map(|body| pretty(&body.to_string()))));
    let address = path.clone();
    let curl = Callback::new(move |()| {
        let origin = window().location().origin().unwrap_or_default();
        body.with_untracked(|body| start_request::curl(method, &origin, &address, body.as_ref()))
    });
    view! {
        <section class="request" aria-label=label>
            <div class="request-head">
                <h3>"Request"</h3>
                <Shown when=move || text.with(Option::is_some)>
                    <CopyButton label="Copy as curl" text=curl refused=refused class="plain" />
                </Shown>
            </div>
            <div class="request-text" dir="ltr">
                <p class="request-line"><code><b>{method}</b>" "{path}</code></p>
                <Shown
                    when=move || text.with(Option::is_some)
                    fallback=|| view! { <p class="quiet request-none">"The body stands here once something is chosen."</p> }
                >
                    <pre tabindex="0" role="group" aria-label="Body">{text}</pre>
                </Shown>
            </div>
            <CopyByHand refused=refused />
        </section>
    }
}
