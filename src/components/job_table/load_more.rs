//! The way further back, in a view that gathers jobs: how far it looks is in the address.

use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Shown;
use crate::routing::address::Address;
use crate::routing::route::DEPTH_MOST;
use leptos::prelude::*;

/// The button that looks one step further back, where `more` says that there is more.
#[component]
pub fn LoadMore(more: Memo<bool>) -> impl IntoView {
    let address = expect_context::<Address>();
    let deeper = move |_| {
        let route = address.get_untracked();
        address.go(&route.with_depth(route.depth + 1));
    };
    view! {
        <Shown when=move || more.get() && address.with(|route| route.depth < DEPTH_MOST)>
            <button type="button" class="button" on:click=deeper>
                <Icon name="down" />
                "Load more"
            </button>
        </Shown>
    }
}
