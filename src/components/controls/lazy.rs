//! Renders a view of the second part of the program, loads that part if necessary, and shows an error if that fails.

use crate::api::failure::{Cause, Failure};
use crate::components::controls::lazy_view::{LazyView, Loader, State};
use crate::components::controls::notice::FailureNotice;
use leptos::prelude::*;

/// Renders a view of the second part, once that is loaded.
pub fn lazy(view: LazyView) -> AnyView {
    let loader = expect_context::<Loader>();
    loader.load();
    (move || match loader.state.get() {
        State::Loaded(draw) => draw(view.clone()),
        State::Missing => missing(loader),
        State::NotRequested | State::Loading => ().into_any(),
    })
    .into_any()
}

fn missing(loader: Loader) -> AnyView {
    let failure = Failure::new("load a part of the panel", Cause::OwnFile);
    let again = Callback::new(move |()| loader.load());
    view! { <div class="missing"><FailureNotice failure=failure again=again /></div> }.into_any()
}
