//! The selection of the refresh interval, and the button that refreshes now.

use crate::components::controls::icon::Icon;
use crate::query::interval::Pace;
use crate::query::poller::Polling;
use crate::state::refresh_trigger::RefreshTrigger;
use leptos::prelude::*;

#[component]
pub fn Refresh() -> impl IntoView {
    let auto = expect_context::<Polling>();
    let refresh = expect_context::<RefreshTrigger>();
    view! {
        <div class="refresh">
            <button type="button" class="button" on:click=move |_| refresh.trigger()>
                <Icon name="refresh" />
                <span class="label">"Refresh now"</span>
            </button>
            <select
                aria-label="Refresh"
                title="How often the page asks again by itself. Automatic: often while something runs, seldom else."
                on:change:target=move |event| auto.set_pace(Pace::of(&event.target().value()))
            >
                {Pace::CHOICES
                    .map(|(name, choice)| {
                        view! { <option value=name selected=move || auto.pace() == choice>{name}</option> }
                    })
                    .collect_view()}
            </select>
        </div>
    }
}
