//! A menu that copies requests as commands for one of several programs.

use crate::components::controls::copy::{Refused, copy};
use crate::components::controls::icon::Icon;
use crate::components::controls::popover::{Menu, MenuItem, Popover};
use crate::config::config;
use crate::state::announcer::Announcer;
use cckm::command::{self, Format, Request, Server};
use leptos::html;
use leptos::prelude::*;

/// `requests` is called when the menu opens and when an item is pressed. A program that has no command for any of the
/// requests is not in the menu.
#[component]
pub fn CopyAs(
    requests: Callback<(), Vec<Request>>,
    refused: Refused,
    #[prop(optional, into)] class: Signal<String>,
    #[prop(optional)] at_end: bool,
) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let open = RwSignal::new(false);
    let copied = RwSignal::new(false);
    // What was copied, for a reader in a dialog, to whom the rest of the page is closed.
    let said = RwSignal::new(String::new());
    let around = NodeRef::<html::Div>::new();
    let press = move |format: Format| {
        let is_in_dialog = around
            .get_untracked()
            .is_some_and(|around| around.closest("dialog").is_ok_and(|dialog| dialog.is_some()));
        if let Some(text) = written(format, &requests.run(())) {
            let say =
                move |words| if is_in_dialog { _ = said.try_set(words) } else { announcer.announce(words) };
            copy(text, ["Copied as ", format.name()].concat(), say, copied, refused);
        }
    };
    view! {
        <div class="copy-as" node_ref=around>
            <Popover
                open=open
                popup="menu"
                class=class
                at_end=at_end
                button=move || view! {
                    {move || view! { <Icon name=if copied.get() { "completed" } else { "copy" } /> }}
                    "Copy as"
                }
            >
                <Menu label="Copy as">
                    {
                        let requests = requests.run(());
                        Format::ALL
                            .into_iter()
                            .filter(|format| written(*format, &requests).is_some())
                            .map(|format| {
                                let press = Callback::new(move |()| press(format));
                                view! { <MenuItem label=format.name() on_press=press /> }
                            })
                            .collect_view()
                    }
                </Menu>
            </Popover>
            <span class="unseen" aria-live="polite">{said}</span>
        </div>
    }
}

/// The commands, for the server that this page belongs to.
fn written(format: Format, requests: &[Request]) -> Option<String> {
    let origin = window().location().origin().unwrap_or_default();
    command::text(format, &Server { origin, api: config().api.clone() }, requests)
}
