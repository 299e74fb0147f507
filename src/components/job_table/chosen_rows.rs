//! The header and the rows of a job table with other columns than the standard ones, or in another order.
//!
//! In the second part of the program, because few need it for their first rows; `rows.rs` owns what slots show.

use crate::clock::Clock;
use crate::components::job_table::job_row::{Slot, filled, job_cell, outcome_cell};
use crate::components::job_table::row_text::{Facts, duration};
use crate::components::job_table::rows::{Group, follow};
use crate::components::job_table::started_header::StartedHeader;
use crate::routing::columns::Column;
use crate::state::rows::Rows;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn ChosenRows(
    rows: Memo<Arc<Rows>>,
    columns: Arc<[Column]>,
    with_cloud: bool,
    sortable: Signal<bool>,
) -> impl IntoView {
    let groups = follow(rows, &columns);
    let header = |column: &Column| match *column {
        Column::Started => view! { <StartedHeader sortable=sortable fixed=with_cloud /> }.into_any(),
        column => {
            view! { <th scope="col" role="columnheader" class=column.class()>{column.name()}</th> }.into_any()
        }
    };
    let head = columns.iter().map(header).collect_view();
    view! {
        <thead role="rowgroup"><tr role="row">{head}</tr></thead>
        <For each=move || groups.get() key=Group::key children=move |group| {
            let columns = columns.clone();
            view! {
                <tbody role="rowgroup">
                    <For
                        each=move || group.slots.get()
                        key=|(id, _)| *id
                        children=move |(_, slot)| view! { <ChosenRow shown=slot columns=columns.clone() /> }
                    />
                </tbody>
            }
        } />
    }
}

/// The row of the slot `shown` with the chosen columns. Each cell is a block of its own, in the order of the columns.
#[component]
fn ChosenRow(shown: Slot, columns: Arc<[Column]>) -> impl IntoView {
    let clock = expect_context::<Clock>();
    let cell = |column: &Column| {
        let (column, Slot { mark, facts, link, live }) = (*column, shown.clone());
        match column {
            Column::Outcome => outcome_cell(mark, live).into_any(),
            Column::Job => job_cell(link, live).into_any(),
            _ => (move || {
                let live = if column == Column::Duration { live.get() } else { None };
                let lasted = live.map(|live| live.job.with(|job| duration(job, clock.second())));
                facts.with(|facts| draw_fact(column, facts, lasted))
            })
            .into_any(),
        }
    };
    view! { <tr role="row">{columns.iter().map(cell).collect_view()}</tr> }
}

/// The cell of any column but **Outcome** and **Job**, in a row with chosen columns.
fn draw_fact(column: Column, facts: &Facts, lasted: Option<String>) -> impl IntoView + use<> {
    let longer = facts.times.as_str();
    let (text, more, title) = match column {
        Column::Cloud => ([facts.cloud, " "].concat(), facts.scope, ""),
        Column::Containers => (facts.containers.short.clone(), facts.more.as_str(), &*facts.containers.whole),
        Column::Started => (facts.started.clone(), "", &*facts.started_at),
        Column::Duration => (lasted.unwrap_or_else(|| facts.duration.clone()), longer, &*facts.longer),
        _ => match facts.further.iter().find(|(further, _)| *further == column) {
            Some((_, further)) => (further.text.clone(), further.more.as_str(), further.title.as_str()),
            None => (String::new(), "", ""),
        },
    };
    let unseen =
        (column == Column::Duration).then(|| view! { <span class="unseen">" longer than usual"</span> });
    view! {
        <td role="cell" class=column.class() title=filled(title)>
            <bdi>{text}</bdi>
            {filled(more).map(|more| view! { " "<span class="more">{more}{unseen}</span> })}
        </td>
    }
}
