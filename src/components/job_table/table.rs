//! The frame and the header of the job table. The rows are in `rows.rs`.

use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::shown::Shown;
use crate::components::job_table::row_press::{hold, press, release};
use crate::components::job_table::rows::JobRows;
use crate::routing::address::Address;
use crate::state::rows::Rows;
use crate::state::selection::Selection;
use cckm::filter::Sort;
use leptos::prelude::*;
use std::sync::Arc;

/// Whether the table is being read: it contains the focus, or the page is scrolled. Rows must not move then.
pub fn is_read() -> bool {
    let is_inside = |element: web_sys::Element| matches!(element.closest("table.jobs"), Ok(Some(_)));
    document().active_element().is_some_and(is_inside)
        || window().scroll_y().is_ok_and(|scrolled| scrolled > 0.0)
}

/// `first` is true until the first response arrives; `slow` is true once that takes long enough to be mentioned.
#[component]
pub fn JobTable(
    rows: Memo<Arc<Rows>>,
    with_cloud: bool,
    #[prop(into)] first: Signal<bool>,
    #[prop(into)] slow: Signal<bool>,
    #[prop(into)] sortable: Signal<bool>,
) -> impl IntoView {
    let empty = Memo::new(move |_| rows.with(|rows| rows.is_empty()));
    let selection = expect_context::<Selection>();
    let held = StoredValue::new_local(None);
    let ends = window_event_listener(leptos::ev::mouseup, move |_| release(held));
    on_cleanup(move || ends.remove());
    let table = view! {
        <table role="table" class="jobs" class:with-cloud=with_cloud on:mousedown=move |event| hold(&event, held) on:click=|event| press(&event)>
            <caption class="unseen">"Synchronization jobs"</caption>
            <thead role="rowgroup">
                <tr role="row">
                    <th scope="col" role="columnheader" class="c-outcome">"Outcome"</th>
                    {with_cloud.then(|| view! { <th scope="col" role="columnheader" class="c-cloud">"Cloud"</th> })}
                    <th scope="col" role="columnheader" class="c-containers">"Containers"</th>
                    <StartedHeader sortable=sortable fixed=with_cloud />
                    <th scope="col" role="columnheader" class="c-duration">"Duration"</th>
                    <th scope="col" role="columnheader" class="c-job">"Job"</th>
                </tr>
            </thead>
            <JobRows rows=rows with_cloud=with_cloud />
        </table>
    };
    view! {
        <Shown when=move || !selection.is_empty()>{lazy(LazyView::Selection)}</Shown>
        <div
            class="table-region"
            class:is-first=first
            class:is-empty=move || empty.get() && !first.get()
            class:is-slow=slow
            aria-busy=move || first.get().to_string()
        >
            {table}
        </div>
    }
}

/// The header of the column by which the list is sorted. A press reverses the order.
#[component]
fn StartedHeader(sortable: Signal<bool>, fixed: bool) -> impl IntoView {
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
