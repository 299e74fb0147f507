//! The modal dialog: how it is closed, and which element receives the focus afterwards.

use crate::{mount, press, rendered};
use key_sync::components::controls::dialog::Dialog;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use wasm_bindgen_test::wasm_bindgen_test;
use web_sys::HtmlDialogElement;

#[wasm_bindgen_test]
async fn it_opens_closes_on_a_wish_and_gives_the_focus_back() {
    let (open, held) = (ArcRwSignal::new(false), ArcRwSignal::new(false));
    let (shown, closing, busy) = (open.clone(), open.clone(), held.clone());
    let mounted = mount(move || {
        let close = Callback::new(move |()| closing.set(false));
        view! {
            <button type="button">"Before"</button>
            {move || {
                let busy = busy.clone();
                shown.get().then(|| view! {
                    <Dialog name="A question" on_close=close held=Signal::derive(move || busy.get())>
                        <button type="button" autofocus>"Yes"</button>
                    </Dialog>
                })
            }}
        }
    })
    .await;
    let before = mounted.named("Before");
    before.focus().expect("it takes the focus");
    open.set(true);
    rendered().await;
    let dialog: HtmlDialogElement = mounted.one("dialog").unchecked_into();
    assert!(dialog.open() && dialog.matches(":modal").expect("a selector"));
    assert!(document().active_element().as_ref() == Some(&mounted.named("Yes")));

    held.set(true);
    rendered().await;
    assert!(press("Escape", &dialog).default_prevented());
    rendered().await;
    assert!(dialog.is_connected() && dialog.open(), "something is under way");

    held.set(false);
    rendered().await;
    press("Escape", &dialog);
    rendered().await;
    assert!(!dialog.is_connected());
    assert!(document().active_element().as_ref() == Some(&before));
}
