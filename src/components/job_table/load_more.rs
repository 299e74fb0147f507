//! The button that loads older jobs in a view that gathers jobs. The depth is stored in the address.

use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Shown;
use crate::routing::address::Address;
use crate::routing::route::DEPTH_MOST;
use leptos::prelude::*;

/// The button that increases the depth by one step. It is shown while `more` is true.
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
