//! The frame and the header of the job table. The rows are in `rows.rs`.

use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::{LazyView, lazy_if_loaded};
use crate::components::controls::shown::Shown;
use crate::components::job_table::row_press::{hold, press, release};
use crate::components::job_table::rows::JobRows;
use crate::components::job_table::started_header::StartedHeader;
use crate::routing::columns::Columns;
use crate::state::columns::ListColumns;
use crate::state::rows::Rows;
use crate::state::selection::Selection;
use leptos::children::ViewFn;
use leptos::prelude::*;
use std::sync::Arc;

/// Whether the table is being read: it contains the focus, or the page is scrolled. Rows must not move then.
pub fn is_read() -> bool {
    let is_inside = |element: web_sys::Element| matches!(element.closest("table.jobs"), Ok(Some(_)));
    document().active_element().is_some_and(is_inside)
        || window().scroll_y().is_ok_and(|scrolled| scrolled > 0.0)
}

/// `first` is true until the first response arrives; `slow` is true once that takes long enough to be mentioned.
/// Without `columns` the table has the standard columns; with them, a person can also set their widths.
#[component]
pub fn JobTable(
    rows: Memo<Arc<Rows>>,
    with_cloud: bool,
    #[prop(into)] first: Signal<bool>,
    #[prop(into)] slow: Signal<bool>,
    #[prop(into)] sortable: Signal<bool>,
    #[prop(optional, into)] columns: Option<ListColumns>,
) -> impl IntoView {
    // The columns where they are not the standard ones in their order. Only a change of these draws anew.
    let chosen = Memo::new(move |_| {
        columns.and_then(|ListColumns { shown, .. }| {
            shown.with(|shown| {
                (!shown.is_in_standard_order(with_cloud)).then(|| shown.iter().collect::<Arc<[_]>>())
            })
        })
    });
    let widths = Memo::new(move |_| {
        let shown = columns.map(|columns| columns.shown.get());
        shown.filter(|shown| *shown != Columns::standard(with_cloud)).map(|shown| shown.template())
    });
    let empty = Memo::new(move |_| rows.with(|rows| rows.is_empty()));
    let selection = expect_context::<Selection>();
    let held = StoredValue::new_local(None);
    let ends = window_event_listener(leptos::ev::mouseup, move |_| release(held));
    on_cleanup(move || ends.remove());
    let table = view! {
        <table role="table" class="jobs" class:with-cloud=with_cloud on:mousedown=move |event| hold(&event, held) on:click=|event| press(&event)>
            <caption class="unseen">"Synchronization jobs"</caption>
            {move || match chosen.get() {
                None => (move || view! { <StandardRows rows=rows with_cloud=with_cloud sortable=sortable /> }).into_any(),
                Some(columns) => lazy(LazyView::ChosenRows { rows, columns, with_cloud, sortable }),
            }}
        </table>
    };
    view! {
        <Shown when=move || !selection.is_empty()>{lazy(LazyView::Selection)}</Shown>
        <div
            class="table-region"
            class:is-first=first
            class:is-empty=move || empty.get() && !first.get()
            class:is-slow=slow
            class:is-chosen=move || widths.with(Option::is_some)
            style=("--chosen", move || widths.with(|widths| widths.as_ref().map(|(template, _)| template.clone())))
            style=("--least", move || widths.with(|widths| widths.as_ref().map(|(_, least)| [&least.to_string(), "px"].concat())))
            aria-busy=move || first.get().to_string()
        >
            {columns.map(|columns| lazy_if_loaded(LazyView::ColumnWidths(columns), ViewFn::default()))}
            {table}
        </div>
    }
}

/// The header and the rows with the standard columns.
#[component]
fn StandardRows(rows: Memo<Arc<Rows>>, with_cloud: bool, sortable: Signal<bool>) -> impl IntoView {
    view! {
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
    }
}
