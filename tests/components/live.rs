//! Live regions: they are in the document before their first text, because a screen reader would miss it otherwise.

use crate::{mount, rendered, text};
use key_sync::components::job_table::new_items::NewItemsBanner;
use leptos::prelude::*;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn new_jobs_come_into_a_region_that_was_there() {
    let count = ArcRwSignal::new(0_u64);
    let (shown, pressed) = (count.clone(), count.clone());
    let mounted = mount(move || {
        let count = Memo::new(move |_| shown.get());
        view! { <NewItemsBanner count=count show=Callback::new(move |()| pressed.set(0)) /> }
    })
    .await;
    let region = mounted.one("[aria-live=polite]");
    assert_eq!(text(&region), "");
    count.set(3);
    rendered().await;
    assert_eq!(text(&region), "3 new jobs");
    let button = mounted.named("3 new jobs");
    count.set(4);
    rendered().await;
    assert!(mounted.named("4 new jobs") == button, "the button stays, with the focus that it may have");
    button.click();
    rendered().await;
    assert!(region.is_connected() && text(&region).is_empty());
}
