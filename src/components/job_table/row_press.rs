//! Pressing a row of jobs. Its link lies under the texts, so that they can be marked; a press on a text opens the job as a
//! press on the link does, and one that marked something opens nothing.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// The link that is none while its text may be marked, and where it leads.
pub type Held = StoredValue<Option<(Element, String)>, LocalStorage>;

/// A press begins, perhaps to mark the id: a browser lets nobody begin that in a link, so it is none until [`release`].
pub fn hold(event: &MouseEvent, held: Held) {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest(".c-job code").ok()??.closest("a").ok()?);
    let Some((link, href)) = link.and_then(|link| link.get_attribute("href").map(|href| (link, href))) else {
        return;
    };
    _ = link.remove_attribute("href");
    held.set_value(Some((link, href)));
}

/// The press ends, wherever it does.
pub fn release(held: Held) {
    let Some((link, href)) = held.get_value() else { return };
    held.set_value(None);
    // A refresh may have told it anew.
    if !link.has_attribute("href") {
        _ = link.set_attribute("href", &href);
    }
}

/// Deals with a press anywhere in the table.
pub fn press(event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let Ok(Some(row)) = target.closest("tbody tr") else { return };
    // A key that presses the link, or a script, marks nothing.
    if event.detail() != 0 && is_marked(&row) {
        event.prevent_default();
        return;
    }
    if !matches!(target.closest("button, label, input"), Ok(None)) {
        return;
    }
    if let Ok(Some(link)) = target.closest("a") {
        // As a browser does where the press begins in a link.
        _ = link.dyn_into::<HtmlAnchorElement>().map(|link| link.focus());
        return;
    }
    let link = row.query_selector("a[href]").ok().flatten();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        _ = window().open_with_url_and_target_and_features(&link.href(), "_blank", "noopener");
    } else {
        _ = link.focus();
        // Not by a click, which would come here again while this one is dealt with.
        _ = window().location().set_href(&link.href());
    }
}

/// Whether a text of `row` is marked.
fn is_marked(row: &Element) -> bool {
    let selection = window().get_selection().ok().flatten();
    selection.is_some_and(|selection| {
        !selection.is_collapsed()
            && selection.contains_node_with_allow_partial_containment(row, true).unwrap_or_default()
    })
}
