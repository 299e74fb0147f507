//! The bar over a list in which jobs are selected.

use crate::{family, mount, page, rendered, text};
use key_sync::auth::Session;
use key_sync::components::job_table::selection_bar::SelectionBar;
use key_sync::state::dialog::{Dialog, OpenDialog};
use key_sync::state::selection::Selection;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
async fn it_counts_what_is_selected_and_asks_before_it_cancels() {
    let (selected, dialog) = (ArcRwSignal::new(0), ArcRwSignal::new(None::<Dialog>));
    let (count, open) = (selected.clone(), dialog.clone());
    let mounted = mount(move || {
        let (selection, dialog) = (Selection::default(), OpenDialog::default());
        provide_context(Session::begin());
        provide_context(selection);
        provide_context(dialog);
        for job in page(&["a", "b"], "in_progress", 2).resources {
            selection.toggle(family(), Arc::new(job));
        }
        Effect::new(move |_| count.set(selection.len()));
        Effect::new(move |_| open.set(dialog.get()));
        view! { <SelectionBar /> }
    })
    .await;
    assert_eq!(text(&mounted.one("[aria-live=polite]")), "2 selected");
    mounted.named("Cancel 2 jobs").click();
    rendered().await;
    assert!(dialog.get_untracked() == Some(Dialog::CancelSelected));
    mounted.named("Clear selection").click();
    rendered().await;
    assert_eq!(selected.get_untracked(), 0);
}
