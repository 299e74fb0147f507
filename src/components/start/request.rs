//! A preview of a request, exactly as it will be sent.

use crate::components::controls::copy::CopyByHand;
use crate::components::controls::copy_as::CopyAs;
use crate::components::controls::shown::Shown;
use crate::components::job::raw::pretty;
use crate::config::config;
use cckm::command::{Action, Request};
use cckm::family::Family;
use leptos::prelude::*;
use serde_json::Value;

/// The request that starts a synchronization of `family`. `body` is `None` if the form is incomplete.
#[component]
pub fn RequestPreview(
    family: &'static Family,
    body: Signal<Option<Value>>,
    /// The name of the request's form, if a dialog contains several.
    #[prop(optional, into)]
    of: String,
) -> impl IntoView {
    let label = if of.is_empty() { "Request".to_owned() } else { ["Request, ", &of].concat() };
    let refused = RwSignal::new(None);
    let text = Memo::new(move |_| body.with(|body| body.as_ref().map(|body| pretty(&body.to_string()))));
    let line = Request { family, action: Action::Start(Value::Null) };
    let (method, path) = (line.method(), [&config().api, &line.path()].map(String::as_str).concat());
    let requests = Callback::new(move |()| {
        let start = |body: &Value| Request { family, action: Action::Start(body.clone()) };
        body.with_untracked(|body| body.iter().map(start).collect())
    });
    view! {
        <section class="request" aria-label=label>
            <div class="request-head">
                <h3>"Request"</h3>
                <Shown when=move || text.with(Option::is_some)>
                    <CopyAs requests=requests refused=refused class="plain small" at_end=true />
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
