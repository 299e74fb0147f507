//! The main part of the page, which takes the focus when the element that had it is about to go.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// Moves the focus to the main part, where there is one.
pub fn focus_main() {
    let main = document().get_element_by_id("main").and_then(|main| main.dyn_into::<HtmlElement>().ok());
    _ = main.map(|main| main.focus());
}
