//! Component tests in a real browser: `cargo xtask test --only components`. On a native target there is nothing to
//! run.
#![cfg(target_arch = "wasm32")]

mod dialog;
mod lazy;
mod live;
mod pager;
mod picker;
mod rows;
mod selection;

use cckm::family::{FAMILIES, Family};
use cckm::job::Job;
use cckm::page::Page;
use key_sync::api::jobs;
use leptos::mount::mount_to;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use wasm_bindgen_test::wasm_bindgen_test_configure;
use web_sys::js_sys::Promise;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit};

wasm_bindgen_test_configure!(run_in_browser);

/// A component in the document. It is removed when this is dropped.
struct Mounted {
    root: HtmlElement,
    _view: Box<dyn std::any::Any>,
}

impl Drop for Mounted {
    fn drop(&mut self) {
        self.root.remove();
    }
}

/// Mounts the result of `view` with only the contexts that it provides, and waits until its effects have run.
async fn mount<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> Mounted {
    let root: HtmlElement = document().create_element("div").expect("an element").unchecked_into();
    document().body().expect("a body").append_child(&root).expect("it is appended");
    let view = mount_to(root.clone(), view);
    rendered().await;
    Mounted { root, _view: Box::new(view) }
}

impl Mounted {
    fn all(&self, selector: &str) -> Vec<HtmlElement> {
        let found = self.root.query_selector_all(selector).expect("a selector");
        (0..found.length()).filter_map(|at| found.item(at)).map(JsCast::unchecked_into).collect()
    }

    fn one(&self, selector: &str) -> HtmlElement {
        self.all(selector).into_iter().next().unwrap_or_else(|| panic!("there is no {selector}"))
    }

    /// The button or link that contains these words.
    fn named(&self, words: &str) -> HtmlElement {
        let found = self.all("button, a").into_iter().find(|one| text(one).contains(words));
        found.unwrap_or_else(|| panic!("nothing is called {words}"))
    }
}

/// Waits for pending work: microtasks and the next two frames.
async fn rendered() {
    for _ in 0..2 {
        let frame = Promise::new(&mut |done, _| {
            window().request_animation_frame(&done).expect("a frame is asked for");
        });
        JsFuture::from(frame).await.expect("a frame comes");
    }
}

fn text(element: &Element) -> String {
    element.text_content().unwrap_or_default().trim().to_owned()
}

fn press(key: &str, on: &Element) -> KeyboardEvent {
    let options = KeyboardEventInit::new();
    options.set_key(key);
    options.set_bubbles(true);
    options.set_cancelable(true);
    let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &options).expect("an event");
    on.dispatch_event(&event).expect("it is dispatched");
    event
}

fn family() -> &'static Family {
    &FAMILIES[0]
}

/// A page of jobs of the first family as the server returns it, each with `status`, out of `total`.
fn page(ids: &[&str], status: &str, total: u64) -> Page<Job> {
    let jobs: Vec<String> = ids
        .iter()
        .map(|id| {
            format!(
                r#"{{"id":"{id}","overall_status":"{status}","createdAt":"2026-03-02T09:00:00Z","updatedAt":"2026-03-02T09:00:01Z"}}"#
            )
        })
        .collect();
    let text =
        format!(r#"{{"skip":0,"limit":{},"total":{total},"resources":[{}]}}"#, ids.len(), jobs.join(","));
    jobs::list(family(), &[], (0, 25)).decode(&text).unwrap_or_else(|_| panic!("a page of jobs: {text}"))
}
