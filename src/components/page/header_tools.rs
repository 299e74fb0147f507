//! The tools of the header that belong to no view. Owns the line; each tool is a component of its own.

use crate::components::controls::icon::Icon;
use crate::components::page::help_menu::HelpMenu;
use crate::components::page::preferences::PreferencesMenu;
use crate::components::page::print_head::PrintHead;
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::preferences::Preferences;
use leptos::prelude::*;

#[component]
pub fn HeaderTools() -> impl IntoView {
    view! {
        <PrintHead />
        <div class="header-tools" role="group" aria-label="Tools">
            <FindButton />
            <PreferencesMenu />
            <HelpMenu />
        </div>
    }
}

/// Opens the dialog **Find**, and shows the key that opens it too.
#[component]
fn FindButton() -> impl IntoView {
    let dialog = expect_context::<OpenDialog>();
    let preferences = expect_context::<Preferences>();
    let mac = window().navigator().platform().is_ok_and(|platform| platform.starts_with("Mac"));
    let (hint, keys) = if mac { ("⌘ K", "Meta+K") } else { ("Ctrl K", "Control+K") };
    view! {
        <button
            type="button"
            class="button find-button"
            title="Find"
            aria-haspopup="dialog"
            aria-keyshortcuts=move || preferences.shortcuts().then_some(keys)
            on:click=move |_| dialog.open(Dialog::Find)
        >
            <Icon name="search" />
            <span class="tool-word">"Find"</span>
            {move || preferences.shortcuts().then(|| view! { <kbd aria-hidden="true">{hint}</kbd> })}
        </button>
    }
}
