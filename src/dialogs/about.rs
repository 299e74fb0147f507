//! The dialog with the versions of the panel and of the server, and the licences.

use crate::api::failure::Failure;
use crate::api::system;
use crate::auth::Session;
use crate::components::controls::copy::{CopyButton, CopyByHand};
use crate::components::controls::dialog::Dialog;
use crate::components::controls::notice::FailureNotice;
use crate::config::config;
use crate::query::fetch::fetch;
use crate::routing::route::{Route, View};
use crate::routing::views::CHECK;
use crate::state::dialog::OpenDialog;
use cckm::server::ServerInfo;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;

/// The version of the panel.
const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The file with the licences, which `cargo xtask build` writes beside the page.
const LICENCES: &str = "licences.txt";

#[component]
pub fn About() -> impl IntoView {
    let session = expect_context::<Session>();
    let dialog = expect_context::<OpenDialog>();
    let server = RwSignal::new(None::<Result<ServerInfo, Failure>>);
    let load = move || {
        server.set(None);
        spawn_local_scoped_with_cancellation(async move {
            let answer = fetch(session, system::info()).await;
            _ = server.try_set(Some(answer));
        });
    };
    load();
    let owner = Owner::current();
    // The event handler has no reactive owner of its own.
    let again = Callback::new(move |()| {
        if let Some(owner) = &owner {
            owner.with(load);
        }
    });
    let refused = RwSignal::new(None);
    let versions = Callback::new(move |()| {
        let server = server.with_untracked(|server| match server {
            Some(Ok(info)) => [text_or(&info.name), " ", text_or(&info.version)].concat(),
            _ => UNKNOWN.to_owned(),
        });
        ["Panel: ", VERSION, "\nServer: ", &server].concat()
    });
    view! {
        <Dialog name="About" on_close=Callback::new(move |()| dialog.close())>
            <div class="dialog-body help-text">
                <p>
                    <b>{config().title.as_str()}</b>
                    " shows the synchronization jobs of Cloud Key Manager in a CipherTrust Manager."
                </p>
                <dl class="facts">
                    <div><dt>"Panel"</dt><dd>"Version "{VERSION}</dd></div>
                    <div>
                        <dt>"Server"</dt>
                        <dd aria-live="polite">{move || server.with(|server| match server {
                            None => view! { <span class="quiet">"Asking the server…"</span> }.into_any(),
                            Some(Ok(info)) => view! {
                                <bdi>{text_or(&info.name).to_owned()}</bdi>", version "<bdi>{text_or(&info.version).to_owned()}</bdi>
                            }
                            .into_any(),
                            Some(Err(_)) => view! { <span class="quiet">{UNKNOWN}</span> }.into_any(),
                        })}</dd>
                    </div>
                    <div>
                        <dt>"Licences"</dt>
                        <dd>
                            "The panel is under MIT or Apache 2.0, as you choose. "
                            {if cfg!(feature = "split") {
                                view! { <a href=LICENCES target="_blank" rel="noopener">"Licences of its parts"</a> }.into_any()
                            } else {
                                "A release has the licences of its parts.".into_any()
                            }}
                        </dd>
                    </div>
                </dl>
                {move || match server.get() {
                    // The known causes are those of keys and clouds, which this request does not concern.
                    Some(Err(failure)) => {
                        let advice = Some(failure.advice().to_owned());
                        Some(view! { <FailureNotice failure=failure again=again advice=advice is_explained=true /> })
                    }
                    _ => None,
                }}
                <CopyByHand refused=refused />
            </div>
            <footer class="dialog-foot">
                <a class="button plain" href=Route::new(View::Check).hash() on:click=move |_| dialog.close()>{CHECK}</a>
                <CopyButton label="Copy versions" text=versions refused=refused />
            </footer>
        </Dialog>
    }
}

/// Shown in place of what the server does not say.
const UNKNOWN: &str = "not known";

fn text_or(text: &str) -> &str {
    if text.trim().is_empty() { UNKNOWN } else { text }
}
