//! The header of the column **Started**, by which a list is sorted.

use crate::components::controls::icon::Icon;
use crate::routing::address::Address;
use cckm::filter::Sort;
use leptos::prelude::*;

/// The header of the column by which the list is sorted. A press reverses the order.
#[component]
pub fn StartedHeader(sortable: Signal<bool>, fixed: bool) -> impl IntoView {
    let address = expect_context::<Address>();
    let sort = Memo::new(move |_| address.with(|route| route.sort));
    let is_on = move || sortable.get() && sort.with(|sort| sort.field == Sort::NEWEST.field);
    let order = move || is_on().then(|| if sort.get().descending { "descending" } else { "ascending" });
    let turn = move |_| {
        let route = address.get_untracked();
        let descending = route.sort.field != Sort::NEWEST.field || !route.sort.descending;
        address.go(&route.with_sort(Sort { descending, ..Sort::NEWEST }));
    };
    view! {
        <th scope="col" role="columnheader" class="c-started" aria-sort=order>
            {move || {
                if fixed || !sortable.get() {
                    "Started".into_any()
                } else {
                    view! {
                        <button type="button" class="sort" on:click=turn>
                            "Started"
                            <span class="arrow" class:ascending=move || !sort.get().descending class:off=move || !is_on()>
                                <Icon name="down" />
                            </span>
                        </button>
                    }
                    .into_any()
                }
            }}
        </th>
    }
}
