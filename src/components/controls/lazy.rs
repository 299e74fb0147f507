//! Draws a view of the second part of the program, loads that part first where it is missing, and says when it cannot be loaded.

use crate::api::failure::{Cause, Failure};
use crate::components::controls::lazy_view::{LazyView, Loader, State};
use crate::components::controls::notice::FailureNotice;
use leptos::prelude::*;

/// Draws a view of the second part as soon as that is there.
pub fn lazy(view: LazyView) -> AnyView {
    let loader = expect_context::<Loader>();
    loader.load();
    (move || match loader.state.get() {
        State::Here(draw) => draw(view.clone()),
        State::Missing => missing(loader),
        State::Unasked | State::Loading => ().into_any(),
    })
    .into_any()
}

fn missing(loader: Loader) -> AnyView {
    let why = "A file of the panel is missing, or is another than this page asks for. If trying again does not help, load the page again.";
    let failure = Failure::new("load a part of the panel", Cause::Network(why.to_owned()));
    let again = Callback::new(move |()| loader.load());
    view! { <div class="missing"><FailureNotice failure=failure again=again /></div> }.into_any()
}
