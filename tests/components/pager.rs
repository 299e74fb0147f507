//! The pager: its text, and the targets of its links.

use crate::{family, mount, page as page_of, rendered, text};
use cckm::list_order::{Arrangement, Window};
use key_sync::components::job_table::pager::Pager;
use key_sync::routing::address::Address;
use key_sync::routing::route::Route;
use key_sync::state::list_page::Listing;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn it_stops_at_both_ends_and_keeps_the_focus() {
    window().location().set_hash(&Route { rows: 2, ..Route::of(family()) }.hash()).expect("an address");
    rendered().await;
    let route = Route::parse(&window().location().hash().expect("an address"));
    let answer = Window { page: page_of(&["a", "b"], "completed", 3), arrangement: Arrangement::Sorted };
    let listing = Listing::new(family(), route, answer, 0, String::new());
    let listing = Arc::new(listing);
    let mounted = mount(move || {
        provide_context(Address::follow());
        view! { <Pager listing=Signal::stored(Some(listing.clone())) /> }
    })
    .await;
    let page = || Route::parse(&window().location().hash().expect("an address")).page;
    assert_eq!(text(&mounted.one(".range")), "1–2 of 3");
    let (previous, next) = (mounted.named("Previous page"), mounted.named("Next page"));
    assert_eq!(previous.get_attribute("aria-disabled").as_deref(), Some("true"));
    next.focus().expect("it takes the focus");
    next.click();
    rendered().await;
    assert_eq!(page(), 2);
    assert_eq!(next.get_attribute("aria-disabled").as_deref(), Some("true"));
    next.click();
    rendered().await;
    assert_eq!(page(), 2, "there is no third");
    assert!(document().active_element().as_ref() == Some(&next));
    window().location().set_hash("").expect("an address");
}
