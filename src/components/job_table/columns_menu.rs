//! The button **Columns**: chooses the columns of a list and their order.

use crate::components::controls::icon::Icon;
use crate::components::controls::popover::Popover;
use crate::components::controls::shown::Keyed;
use crate::routing::address::Address;
use crate::routing::columns::{Column, Columns};
use crate::state::announcer::Announcer;
use crate::state::columns::{KeptColumns, ListColumns};
use leptos::prelude::*;
use leptos::task::{spawn_local, tick};
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

#[component]
pub fn ColumnsMenu(columns: ListColumns) -> impl IntoView {
    let open = RwSignal::new(false);
    view! {
        <Popover open=open button=|| "Columns" at_end=true>
            <Panel columns=columns />
        </Popover>
    }
}

#[component]
fn Panel(columns: ListColumns) -> impl IntoView {
    let address = expect_context::<Address>();
    let kept = expect_context::<KeptColumns>();
    let announcer = expect_context::<Announcer>();
    // The shown columns in their order, then the others.
    let words = Memo::new(move |_| {
        columns.shown.with(|shown| {
            let others = Column::all_of(columns.family).filter(|column| !shown.has(*column));
            shown.iter().chain(others).map(|column| column.word().to_owned()).collect::<Vec<_>>()
        })
    });
    let usual =
        Memo::new(move |_| columns.shown.with(|shown| *shown == Columns::standard(columns.with_cloud())));
    let of_address = Memo::new(move |_| address.with(|route| route.columns.is_some()));
    let reset = move |_| {
        kept.reset(address, columns.family);
        announcer.announce("The columns are as usual again");
    };
    view! {
        <div class="columns-menu" role="group" aria-label="Columns of the list">
            <div class="column-choices">
                <Keyed keys=words item=Callback::new(move |word: String| {
                    let column = Column::all_of(columns.family).find(|column| column.word() == word);
                    column.map(|column| view! { <Choice column=column columns=columns /> }).into_any()
                }) />
            </div>
            <p class="quiet" id="needed-columns">
                "Outcome and Job are always shown: without them a row would not say what became of its job, and could not be opened."
            </p>
            {move || of_address.get().then(|| view! {
                <p class="quiet">"These columns came with the link. What you change here stays in the address."</p>
            })}
            <button type="button" class="button" aria-disabled=move || usual.get().to_string() on:click=reset>
                "Reset columns"
            </button>
        </div>
    }
}

#[component]
fn Choice(column: Column, columns: ListColumns) -> impl IntoView {
    let address = expect_context::<Address>();
    let kept = expect_context::<KeptColumns>();
    let announcer = expect_context::<Announcer>();
    let shown = columns.shown;
    let is_on = Memo::new(move |_| shown.with(|shown| shown.has(column)));
    let choose = move |changed: Columns| kept.choose(address, columns.family, changed);
    let toggle = move |_| choose(shown.get_untracked().toggled(column));
    let step = move |up: bool| {
        let can = Memo::new(move |_| {
            shown.with(|shown| {
                let last = shown.iter().count().saturating_sub(1);
                shown.place(column).is_some_and(|at| if up { at > 0 } else { at < last })
            })
        });
        let way = if up { "up" } else { "down" };
        let label = ["Move ", column.name(), " ", way].concat();
        let id = ["move-", column.word(), "-", way].concat();
        let button = id.clone();
        let press = move |_| {
            if !can.get_untracked() {
                return;
            }
            let changed = shown.get_untracked().moved(column, up);
            let place = changed.place(column).map_or(0, |at| at + 1);
            let count = changed.iter().count();
            choose(changed);
            announcer.announce(format!("{} is now column {place} of {count}", column.name()));
            // An element that is moved in the document loses the focus.
            let button = button.clone();
            spawn_local(async move {
                // Before the next key is handled.
                tick().await;
                let button = document().get_element_by_id(&button);
                if let Some(button) = button.and_then(|button| button.dyn_into::<HtmlElement>().ok()) {
                    _ = button.focus();
                }
            });
        };
        view! {
            <button
                type="button"
                class="button plain icon-button"
                id=id
                aria-label=label.clone()
                title=label
                aria-disabled=move || (!can.get()).to_string()
                on:click=press
            >
                <Icon name=if up { "above" } else { "down" } />
            </button>
        }
    };
    view! {
        <div class="column-choice">
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || is_on.get()
                    disabled=column.is_needed()
                    aria-describedby=column.is_needed().then_some("needed-columns")
                    on:change=toggle
                />
                <span>{column.name()}</span>
            </label>
            {move || is_on.get().then(|| view! { <span class="column-moves">{step(true)} {step(false)}</span> })}
        </div>
    }
}
