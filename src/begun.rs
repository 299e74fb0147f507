//! What the page did before the program was there (`enter.js`): it asked two questions and showed the first sign-in form.
//! Owns that border. There may be nothing behind it: then the program does all of it itself.

use crate::model::sign_in::Credentials;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::wasm_bindgen;
use web_sys::js_sys::Promise;
use web_sys::{Element, HtmlInputElement};

#[wasm_bindgen]
extern "C" {
    type Begun;
    #[wasm_bindgen(thread_local_v2, js_name = begun)]
    static BEGUN: Option<Begun>;
    #[wasm_bindgen(method, getter)]
    fn settings(this: &Begun) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn user(this: &Begun) -> Promise;
    #[wasm_bindgen(method, getter)]
    fn form(this: &Begun) -> Option<Form>;
    #[wasm_bindgen(method)]
    fn forbid(this: &Begun);

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

/// The answer that brings `config.json`, a `Response`.
pub fn settings() -> Option<Promise> {
    BEGUN.with(|begun| begun.as_ref().map(Begun::settings))
}

/// The answer to the question who is signed in without a token, a `Response`.
pub fn user() -> Option<Promise> {
    BEGUN.with(|begun| begun.as_ref().map(Begun::user))
}

/// The form, where it stands.
pub fn form() -> Option<Form> {
    BEGUN.with(|begun| begun.as_ref()?.form()).filter(|form| form.page().is_connected())
}

/// Takes the form out of the page, where it stands.
pub fn remove_form() {
    if let Some(form) = form() {
        form.page().remove();
    }
}

/// There is to be no form from now on.
pub fn forbid_form() {
    BEGUN.with(|begun| begun.as_ref().map(Begun::forbid));
}

impl Form {
    /// Waits for the first press.
    pub async fn press(&self) {
        _ = self.pressed().await;
    }

    /// What stands in its boxes now.
    pub fn typed(&self) -> Credentials {
        let text = |name: &str| {
            let found = self.page().query_selector(&["[name=", name, "]"].concat());
            let input = found.ok().flatten().and_then(|found| found.dyn_into::<HtmlInputElement>().ok());
            input.map(|input| input.value()).unwrap_or_default()
        };
        Credentials {
            username: text("username"),
            password: text("password"),
            domain: text("domain"),
            auth_domain: text("auth_domain"),
            connection: text("connection"),
        }
    }

    /// Where in it the keyboard is, as a selector for another form of the same boxes.
    pub fn focused(&self) -> Option<String> {
        let focused = document().active_element().filter(|focused| self.page().contains(Some(focused)))?;
        let name = focused.get_attribute("name");
        Some(name.map_or_else(|| "[type=submit]".to_owned(), |name| ["[name=", &name, "]"].concat()))
    }
}
