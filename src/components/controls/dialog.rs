//! A modal dialog: the browser's own `<dialog>`, which keeps the focus inside and gives it back afterwards.
//! It is open as long as it stands in the view; whoever puts it there takes it away on `on_close`.

use crate::components::controls::icon::Icon;
use leptos::html;
use leptos::prelude::*;

/// `name` is the heading and the accessible name. `on_close` is the wish to close it: Escape, the browser's
/// back gesture or the button **Close**; it is not made while `held`. The child with `autofocus` gets the
/// focus first, else the button **Close**.
#[component]
pub fn Dialog(
    name: &'static str,
    /// What the dialog is about, beside its heading.
    #[prop(optional, into)]
    about: String,
    on_close: Callback<()>,
    /// Room for two columns.
    #[prop(optional)]
    wide: bool,
    /// While something is under way that must not be lost from sight.
    #[prop(optional, into)]
    held: Signal<bool>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    Effect::new(move |_| {
        if let Some(dialog) = node.get()
            && !dialog.open()
        {
            _ = dialog.show_modal();
        }
    });
    // Closed before it leaves the document, because only then the focus goes back to where it came from.
    on_cleanup(move || {
        if let Some(dialog) = node.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    let wish = move || {
        // The dialog's own event of having closed comes when its view is gone already.
        if held.try_get_untracked() == Some(false) {
            _ = on_close.try_run(());
        }
    };
    view! {
        <dialog
            class="dialog"
            class:wide=wide
            node_ref=node
            aria-label=name
            on:keydown=move |event| {
                // Prevented here, because a browser lets no second Escape in a row be held.
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    wish();
                }
            }
            on:cancel=move |event: web_sys::Event| {
                if event.target() == event.current_target() {
                    event.prevent_default();
                    wish();
                }
            }
            on:close=move |_| {
                wish();
                if let (Some(true), Some(dialog)) = (held.try_get_untracked(), node.try_get_untracked().flatten()) {
                    _ = dialog.show_modal();
                }
            }
        >
            <header class="dialog-head">
                <div class="dialog-title">
                    <h2>{name}</h2>
                    {(!about.is_empty()).then(|| view! { <p class="quiet">{about}</p> })}
                </div>
                <button
                    type="button"
                    class="button plain icon-button"
                    aria-label="Close"
                    aria-disabled=move || held.get().to_string()
                    on:click=move |_| wish()
                >
                    <Icon name="clear" />
                </button>
            </header>
            {children()}
        </dialog>
    }
}
