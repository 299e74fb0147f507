//! A view in the second part of the program: before that part is loaded, after it failed to load, and after a retry.

use crate::{mount, rendered, text};
use key_sync::components::controls::lazy::lazy;
use key_sync::components::controls::lazy_view::{Draw, LazyView, LoadError, Loader};
use leptos::prelude::*;
use std::cell::Cell;
use std::pin::Pin;
use wasm_bindgen_test::wasm_bindgen_test;

thread_local! {
    static TRIES: Cell<u32> = const { Cell::new(0) };
}

/// Fails the first time, and succeeds from the second time on.
fn load() -> Pin<Box<dyn Future<Output = Result<Draw, LoadError>>>> {
    TRIES.set(TRIES.get() + 1);
    let came = TRIES.get() > 1;
    Box::pin(async move { if came { Ok(draw as Draw) } else { Err(LoadError) } })
}

fn draw(_: LazyView) -> AnyView {
    view! { <p class="here">"It is here"</p> }.into_any()
}

#[wasm_bindgen_test]
async fn one_that_does_not_come_is_reported_and_requested_again() {
    let mounted = mount(|| {
        Loader::provide(load);
        view! { <div>{lazy(LazyView::Attention)}{lazy(LazyView::Selection)}</div> }
    })
    .await;
    assert_eq!(TRIES.get(), 1, "two views, one file");
    assert!(text(&mounted.one("[role=alert]")).contains("Could not load a part of the panel"));
    assert!(mounted.all(".here").is_empty());
    mounted.named("Try again").click();
    rendered().await;
    assert_eq!(TRIES.get(), 2);
    assert_eq!(mounted.all(".here").len(), 2);
    assert!(mounted.all("[role=alert]").is_empty());
}
