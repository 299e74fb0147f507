//! The tools of the header that belong to no view. Owns the line; each tool is a component of its own.

use crate::components::page::help_menu::HelpMenu;
use crate::components::page::preferences::PreferencesMenu;
use leptos::prelude::*;

#[component]
pub fn HeaderTools() -> impl IntoView {
    view! {
        <div class="header-tools" role="group" aria-label="Tools">
            <PreferencesMenu />
            <HelpMenu />
        </div>
    }
}
