//! A modal dialog: the browser's `<dialog>` element, which traps the focus and restores it afterwards. The dialog is
//! open while it is mounted; the caller removes it when `on_close` is called.

use crate::components::controls::composing::is_composing;
use crate::components::controls::icon::Icon;
use crate::state::announcer::Announcer;
use leptos::html;
use leptos::prelude::*;

/// `name` is the heading and the accessible name. `on_close` is called when the user wants to close the dialog, by
/// Escape, by the browser's back gesture or by the button **Close**, but not while `held` is true. The initial focus
/// is on the child with `autofocus`, or else on the button **Close**.
#[component]
pub fn Dialog(
    name: &'static str,
    /// A short text beside the heading, such as the subject of the dialog.
    #[prop(optional, into)]
    about: String,
    on_close: Callback<()>,
    /// Whether the dialog is wide enough for two columns.
    #[prop(optional)]
    wide: bool,
    /// Prevents closing while an operation is under way that must stay visible.
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
    // Closed before it is removed from the document, because only then the browser restores the focus.
    on_cleanup(move || {
        if let Some(dialog) = node.try_get_untracked().flatten() {
            dialog.close();
        }
    });
    // While the dialog is open the rest of the page is closed to a reader, with its live region.
    let said = use_context::<Announcer>().map(|announcer| {
        let before = untrack(|| announcer.current());
        move || Some(announcer.current()).filter(|said| *said != before)
    });
    let request_close = move || {
        // The browser fires the dialog's `close` event after the view is gone and its signals are disposed of.
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
                // Prevented on `keydown`, because a browser does not let a second `cancel` in a row be prevented.
                if event.key() == "Escape" && !event.default_prevented() {
                    event.prevent_default();
                    // An Escape that takes back a word that is composed is none for the dialog.
                    if !is_composing(&event) {
                        request_close();
                    }
                }
            }
            on:cancel=move |event: web_sys::Event| {
                if event.target() == event.current_target() {
                    event.prevent_default();
                    request_close();
                }
            }
            on:close=move |_| {
                request_close();
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
                    on:click=move |_| request_close()
                >
                    <Icon name="clear" />
                </button>
            </header>
            {children()}
            <span class="unseen" aria-live="polite">{said}</span>
        </dialog>
    }
}

/// The button in a dialog's footer that closes it and does nothing else, but not while `held` is true. With `focus`, it
/// has the initial focus of the dialog.
#[component]
pub fn CloseButton(
    #[prop(into)] label: Signal<&'static str>,
    on_close: Callback<()>,
    #[prop(into)] held: Signal<bool>,
    #[prop(optional)] focus: bool,
) -> impl IntoView {
    view! {
        <button
            type="button"
            class="button"
            autofocus=focus
            aria-disabled=move || held.get().to_string()
            on:click=move |_| if !held.get_untracked() { on_close.run(()) }
        >
            {label}
        </button>
    }
}
