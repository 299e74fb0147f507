//! The filters above a list. A change takes effect at once, and is stored in the address.

use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::{LazyView, lazy_if_loaded};
use crate::components::controls::shown::Shown;
use crate::components::start::container_choice::ContainerFilter;
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::rows::Rows;
use cckm::family::Family;
use cckm::filter::Status;
use leptos::prelude::TimeoutHandle;
use leptos::prelude::*;
use std::sync::Arc;
use std::time::Duration;

/// How long after the last key press the typed text is applied.
const PAUSE: Duration = Duration::from_millis(300);

/// The filters of `family`, or with `None` the filters that all families have in common. `rows` are the rows of the
/// list.
#[component]
pub fn Filters(family: Option<&'static Family>, rows: Memo<Arc<Rows>>) -> impl IntoView {
    let address = expect_context::<Address>();
    let status = Memo::new(move |_| address.with(|route| route.status));
    let filtered = Memo::new(move |_| address.with(Route::is_filtered));
    view! {
        <form class="filters" aria-label="Filters" on:submit=|event| event.prevent_default()>
            <label class="inline-field">
                <span>"Status"</span>
                <select on:change:target=move |event| {
                    let chosen = Status::parse(&event.target().value());
                    address.go(&address.get_untracked().with_status(chosen));
                }>
                    <option value="" selected=move || status.get().is_none()>"Any"</option>
                    {Status::ALL
                        .map(|choice| {
                            view! {
                                <option value=choice.api() selected=move || status.get() == Some(choice)>
                                    {choice.word()}
                                </option>
                            }
                        })
                        .collect_view()}
                </select>
            </label>
            {family.filter(|family| family.filter.is_some()).map(|family| view! { <ContainerFilter family=family /> })}
            <Shown when=move || address.with(|route| !route.outcomes.is_empty() || route.within.is_some())>
                {lazy(LazyView::AddressFilters)}
            </Shown>
            <JobId />
            <button
                type="button"
                class="button plain"
                aria-disabled=move || (!filtered.get()).to_string()
                on:click=move |_| address.go(&address.get_untracked().cleared())
            >
                <Icon name="clear" />
                "Clear filters"
            </button>
            // Loaded later than the rows. Its place is kept, so that nothing moves when it comes.
            {lazy_if_loaded(LazyView::ListTools { family, rows }, (|| {
                view! { <div class="list-tools"></div> }
            }).into())}
        </form>
    }
}

/// The text box for a job id. It is applied on Enter, or after [`PAUSE`].
#[component]
fn JobId() -> impl IntoView {
    let address = expect_context::<Address>();
    let typed = RwSignal::new(address.get_untracked().id);
    let timer = StoredValue::new(None::<TimeoutHandle>);
    let stop = move || {
        if let Some(timer) = timer.try_update_value(Option::take).flatten() {
            timer.clear();
        }
    };
    let take = move || {
        stop();
        let route = address.get_untracked();
        let id = typed.get_untracked().trim().to_owned();
        if id != route.id {
            address.replace(&route.with_id(&id));
        }
    };
    // Other controls change the address too: the back button, a link, "Clear filters". Those that leave the id alone
    // leave alone what is being typed.
    let applied = Memo::new(move |_| address.with(|route| route.id.clone()));
    Effect::new(move |_| {
        let id = applied.get();
        if id != typed.get_untracked().trim() {
            stop();
            typed.set(id);
        }
    });
    on_cleanup(stop);
    view! {
        <label class="inline-field">
            <span>"Job ID"</span>
            <input
                type="text"
                class="job-id"
                spellcheck="false"
                autocomplete="off"
                prop:value=move || typed.get()
                on:input:target=move |event| {
                    typed.set(event.target().value());
                    stop();
                    timer.set_value(set_timeout_with_handle(take, PAUSE).ok());
                }
                on:keydown=move |event| {
                    if event.key() == "Enter" {
                        take();
                    }
                }
            />
        </label>
    }
}
