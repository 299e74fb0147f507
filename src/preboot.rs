//! What `preboot.js` did before the program was loaded: it sent two requests and showed the first sign-in form.
//!
//! Owns the border to that script. Where the script is missing, the program sends the requests and shows the form itself.

use cckm::sign_in::Credentials;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::js_sys::Promise;
use web_sys::{Element, HtmlInputElement};

#[wasm_bindgen]
extern "C" {
    type Preboot;
    #[wasm_bindgen(thread_local_v2, js_name = preboot)]
    static PREBOOT: Option<Preboot>;
    #[wasm_bindgen(method, getter)]
    fn settings(this: &Preboot) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn user(this: &Preboot) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn form(this: &Preboot) -> Option<Form>;
    #[wasm_bindgen(method)]
    fn forbid(this: &Preboot);

    /// The sign-in form of the page.
    #[derive(Clone)]
    pub type Form;
    #[wasm_bindgen(method, getter)]
    fn page(this: &Form) -> Element;
    #[wasm_bindgen(method, getter)]
    fn pressed(this: &Form) -> Promise;
    /// Whether the last press was for the other way in, by a token.
    #[wasm_bindgen(method, getter, js_name = byToken)]
    pub fn by_token(this: &Form) -> bool;
}

/// A promise of the `Response` with `config.json`.
pub fn settings() -> Option<Promise> {
    PREBOOT.with(|preboot| preboot.as_ref().map(Preboot::settings))
}

/// A promise of the `Response` that says who is signed in without a token.
pub fn user() -> Option<Promise> {
    PREBOOT.with(|preboot| preboot.as_ref().map(Preboot::user))
}

/// The form, where it is in the page.
pub fn form() -> Option<Form> {
    PREBOOT.with(|preboot| preboot.as_ref()?.form()).filter(|form| form.page().is_connected())
}

/// Removes the form from the page, where it is there. The browser keeps it, so its password is deleted.
pub fn remove_form() {
    if let Some(form) = form() {
        if let Some(password) = form.text_box("password") {
            password.set_value("");
        }
        form.page().remove();
    }
}

/// Removes the form, and keeps `preboot.js` from showing one later.
pub fn forbid_form() {
    remove_form();
    PREBOOT.with(|preboot| preboot.as_ref().map(Preboot::forbid));
}

impl Form {
    /// Waits for the first press of one of its buttons.
    pub async fn press(&self) {
        _ = self.pressed().await;
    }

    fn text_box(&self, name: &str) -> Option<HtmlInputElement> {
        let found = self.page().query_selector(&["[name=", name, "]"].concat());
        found.ok().flatten()?.dyn_into().ok()
    }

    /// What its boxes hold now.
    pub fn typed(&self) -> Credentials {
        let text = |name: &str| self.text_box(name).map(|input| input.value()).unwrap_or_default();
        Credentials {
            username: text("username"),
            password: text("password"),
            domain: text("domain"),
            auth_domain: text("auth_domain"),
            connection: text("connection"),
        }
    }

    /// The element of the form that has the focus, as a selector for another form with the same boxes.
    pub fn focused(&self) -> Option<String> {
        let focused = document().active_element().filter(|focused| self.page().contains(Some(focused)))?;
        let name = focused.get_attribute("name");
        Some(name.map_or_else(|| "[type=submit]".to_owned(), |name| ["[name=", &name, "]"].concat()))
    }
}
