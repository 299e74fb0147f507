//! The list of checkboxes with a search field.

use crate::{Mounted, mount, press, rendered, text};
use key_sync::components::controls::picker::{Choice, Picker};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::{Event, HtmlInputElement};

async fn picker(chosen: ArcRwSignal<Vec<String>>) -> Mounted {
    let choices = (0..5000).map(|number| {
        let label = format!("container {number}");
        Choice { value: number.to_string(), label, facts: String::new() }
    });
    let choices = Arc::new(choices.collect::<Vec<_>>());
    mount(move || {
        let (shown, kept) = (chosen.clone(), chosen);
        let change = Callback::new(move |now| kept.set(now));
        let shown = Signal::derive(move || shown.get());
        view! { <Picker name="Containers" choices=choices chosen=shown on_change=change whole=true /> }
    })
    .await
}

fn type_in(mounted: &Mounted, words: &str) {
    let search: HtmlInputElement = mounted.one("input[type=search]").unchecked_into();
    search.set_value(words);
    search.dispatch_event(&Event::new("input").expect("an event")).expect("it is dispatched");
}

#[wasm_bindgen_test]
async fn a_long_list_is_drawn_in_part() {
    let mounted = picker(ArcRwSignal::default()).await;
    assert_eq!(mounted.all(".option").len(), 40);
    mounted.named("Show more").click();
    rendered().await;
    assert_eq!(mounted.all(".option").len(), 80);
}

#[wasm_bindgen_test]
async fn a_search_narrows_and_escape_takes_it_back_first() {
    let mounted = picker(ArcRwSignal::default()).await;
    type_in(&mounted, "4999");
    rendered().await;
    assert_eq!(mounted.all(".option").len(), 1);
    let search = mounted.one("input[type=search]");
    assert!(press("Escape", &search).default_prevented());
    rendered().await;
    assert_eq!(mounted.all(".option").len(), 40);
    assert!(!press("Escape", &search).default_prevented(), "now it is for what is around it");
}

#[wasm_bindgen_test]
async fn select_all_takes_what_the_search_shows() {
    let chosen = ArcRwSignal::new(vec!["7".to_owned()]);
    let mounted = picker(chosen.clone()).await;
    type_in(&mounted, "container 42");
    rendered().await;
    mounted.one(".picker-bar input").click();
    rendered().await;
    assert_eq!(chosen.with_untracked(Vec::len), 112, "42, 420 to 429, 4200 to 4299, and the one before");
    assert_eq!(text(&mounted.one(".picker-bar .count")), "112 of 5000 chosen");
}
