//! What the keyboard shortcuts do. Which keys there are is the table in `shortcuts.rs`.
//!
//! A key counts only where it can mean nothing else: not while a person types, not in a menu, not below a dialog, not
//! together with a modifier key, and not if a control has handled it. Preferences switches all of them off, as WCAG
//! 2.1.4 demands of shortcuts of one character.

use crate::components::controls::composing::is_composing;
use crate::dialogs::shortcuts::{Action, SHORTCUTS, Shortcut};
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::routing::views::views;
use crate::state::dialog::{Dialog, OpenDialog};
use crate::state::latest_jobs::LatestJobs;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::start_drafts::StartDrafts;
use leptos::ev::KeyboardEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

/// Where letters are typed, or choose an item.
const TYPING: &str = "input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]:not([contenteditable=false]), [role=textbox], [role=menu], [role=listbox]";

#[component]
pub fn ShortcutKeys() -> impl IntoView {
    let address = expect_context::<Address>();
    let dialog = expect_context::<OpenDialog>();
    let drafts = expect_context::<StartDrafts>();
    let latest = expect_context::<LatestJobs>();
    let preferences = expect_context::<Preferences>();
    let refresh = expect_context::<RefreshTrigger>();
    let act = move |action: Action, key: &str| match action {
        Action::List => {
            dialog.open(Dialog::Shortcuts);
            true
        }
        Action::Find => {
            dialog.open(Dialog::Find);
            true
        }
        Action::Filter => focus_filter(),
        Action::Next => step(1),
        Action::Previous => step(-1),
        Action::Native => false,
        Action::Close => close_job(),
        Action::Refresh => {
            refresh.trigger();
            true
        }
        Action::Start => {
            match address.with_untracked(Route::scope) {
                Some(family) => drafts.open_form(family),
                None => dialog.open(Dialog::StartSeveral),
            }
            true
        }
        Action::View => {
            let at = key.parse::<usize>().ok().and_then(|at| at.checked_sub(1));
            // The number counts the links that are shown.
            at.and_then(|at| untrack(|| views(|family| latest.shows(family)).nth(at)))
                .map(|(_, view)| address.go(&Route::new(view)))
                .is_some()
        }
    };
    let handle = window_event_listener(leptos::ev::keydown, move |event| {
        if !untrack(|| preferences.shortcuts()) || !is_free(&event) {
            return;
        }
        let key = event.key();
        let Some(shortcut) = SHORTCUTS.iter().find(|shortcut| is_pressed(shortcut, &key, &event)) else {
            return;
        };
        // A key that is held down moves on, and does everything else once.
        let moves = matches!(shortcut.action, Action::Next | Action::Previous);
        if (moves || !event.repeat()) && act(shortcut.action, &key) {
            event.prevent_default();
        }
    });
    on_cleanup(move || handle.remove());
}

/// Whether nothing else may want this key.
fn is_free(event: &KeyboardEvent) -> bool {
    if event.default_prevented() || is_composing(event) {
        return false;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let types = target.is_some_and(|target| target.closest(TYPING).is_ok_and(|found| found.is_some()));
    !types && element("dialog[open]").is_none()
}

fn is_pressed(shortcut: &Shortcut, key: &str, event: &KeyboardEvent) -> bool {
    let modified = if shortcut.control {
        event.ctrl_key() != event.meta_key() && !event.shift_key()
    } else {
        !event.ctrl_key() && !event.meta_key()
    };
    modified && !event.alt_key() && shortcut.keys.contains(&key)
}

/// Moves the focus to the box **Job ID**, with its text selected.
fn focus_filter() -> bool {
    let found = element(".filters .job-id").and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
    let Some(input) = found else { return false };
    _ = input.focus();
    input.select();
    true
}

/// Moves the focus by `by` rows, from the row that has it, or else from the one of the open job, or else to the first.
fn step(by: isize) -> bool {
    let Ok(found) = document().query_selector_all("table.jobs > tbody .c-job a") else { return false };
    let links = (0..found.length()).filter_map(|at| found.item(at)?.dyn_into::<HtmlElement>().ok());
    let links: Vec<_> = links.collect();
    let Some(last) = links.len().checked_sub(1) else { return false };
    let row = |link: &HtmlElement| link.closest("tr").ok().flatten();
    let focused = document().active_element().and_then(|active| active.closest("tr").ok().flatten());
    let at = links.iter().position(|link| focused.is_some() && row(link) == focused);
    let at = at.or_else(|| links.iter().position(|link| link.has_attribute("aria-current")));
    let to = at.map_or(0, |at| at.saturating_add_signed(by).min(last));
    links.get(to).is_some_and(|link| link.focus().is_ok())
}

/// Closes the open job by its own link, which gives the focus back to the row. An open panel closes first.
fn close_job() -> bool {
    if element(".drop-panel").is_some() {
        return false;
    }
    let Some(link) = element("a.close-job") else { return false };
    link.click();
    true
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
