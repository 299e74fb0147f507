//! Pointer presses on the rows of the job table. The link of a row lies below the texts, so that they can be
//! selected. A press on a text opens the job as a press on the link does, unless it has selected text.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlAnchorElement, MouseEvent};

/// The link whose `href` is removed while its text may be selected, and that `href`.
pub type Pressed = StoredValue<Option<(Element, String)>, LocalStorage>;

/// Handles the start of a press that may select the id. Browsers do not start a text selection in a link, so the
/// link's `href` is removed until [`release`].
pub fn hold(event: &MouseEvent, pressed: Pressed) {
    if event.button() != 0 || event.ctrl_key() || event.meta_key() || event.shift_key() {
        return;
    }
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let link = target.and_then(|target| target.closest(".c-job code").ok()??.closest("a").ok()?);
    let Some((link, href)) = link.and_then(|link| link.get_attribute("href").map(|href| (link, href))) else {
        return;
    };
    _ = link.remove_attribute("href");
    pressed.set_value(Some((link, href)));
}

/// Handles the end of a press, anywhere in the document.
pub fn release(pressed: Pressed) {
    let Some((link, href)) = pressed.get_value() else { return };
    pressed.set_value(None);
    // A refresh may have set the attribute in the meantime.
    if !link.has_attribute("href") {
        _ = link.set_attribute("href", &href);
    }
}

/// Handles a click anywhere in the table.
pub fn press(event: &MouseEvent) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    let Some(target) = target else { return };
    let Ok(Some(row)) = target.closest("tbody tr") else { return };
    // A click by the keyboard or by a script (`detail` is 0) selects no text.
    if event.detail() != 0 && is_marked(&row) {
        event.prevent_default();
        return;
    }
    if !matches!(target.closest("button, label, input"), Ok(None)) {
        return;
    }
    if let Ok(Some(link)) = target.closest("a") {
        // As a browser does when a press starts in a link.
        _ = link.dyn_into::<HtmlAnchorElement>().map(|link| link.focus());
        return;
    }
    let link = row.query_selector("a[href]").ok().flatten();
    let Some(link) = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok()) else { return };
    if event.ctrl_key() || event.meta_key() || event.shift_key() {
        _ = window().open_with_url_and_target_and_features(&link.href(), "_blank", "noopener");
    } else {
        _ = link.focus();
        // Not by `click`, which would call this handler again while it runs.
        _ = window().location().set_href(&link.href());
    }
}

/// Whether text of `row` is selected.
fn is_marked(row: &Element) -> bool {
    let selection = window().get_selection().ok().flatten();
    selection.is_some_and(|selection| {
        !selection.is_collapsed()
            && selection.contains_node_with_allow_partial_containment(row, true).unwrap_or_default()
    })
}
