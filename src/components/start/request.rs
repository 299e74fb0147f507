//! A preview of a request, exactly as it will be sent.

use crate::components::controls::copy::CopyByHand;
use crate::components::controls::copy_as::CopyAs;
use crate::components::controls::shown::Shown;
use crate::config::config;
use cckm::command::{Action, Request};
use cckm::family::Family;
use cckm::indent::indented;
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
    let line = Request { family, action: Action::Start(Value::Null) };
    let line = (line.method(), line.path());
    let requests = Callback::new(move |()| {
        let start = |body: &Value| Request { family, action: Action::Start(body.clone()) };
        body.with_untracked(|body| body.iter().map(start).collect())
    });
    view! {
        <section class="request" aria-label=label>
            <div class="request-head">
                <h3>"Request"</h3>
                <Shown when=move || body.with(Option::is_some)>
                    <CopyAs requests=requests refused=refused class="plain small" at_end=true />
                </Shown>
            </div>
            <RequestText line=line body=body none="The body stands here once something is chosen." />
            <CopyByHand refused=refused />
        </section>
    }
}

/// The text of a request: its line, and the body if there is to be one.
#[component]
pub fn RequestText(
    /// The method, and the path below the interface.
    #[prop(into)]
    line: Signal<(&'static str, String)>,
    #[prop(into)] body: Signal<Option<Value>>,
    /// Shown in place of the body while there is none; without it the request has no body.
    #[prop(into)]
    none: Option<&'static str>,
) -> impl IntoView {
    let text = Memo::new(move |_| body.with(|body| body.as_ref().map(|body| indented(&body.to_string()))));
    let path = move || line.with(|(_, path)| [config().api.as_str(), path].concat());
    view! {
        <div class="request-text" dir="ltr">
            <p class="request-line"><code><b>{move || line.with(|(method, _)| *method)}</b>" "{path}</code></p>
            {none.map(|none| view! {
                <Shown
                    when=move || text.with(Option::is_some)
                    fallback=move || view! { <p class="quiet request-none">{none}</p> }
                >
                    <pre tabindex="0" role="group" aria-label="Body">{text}</pre>
                </Shown>
            })}
        </div>
    }
}
