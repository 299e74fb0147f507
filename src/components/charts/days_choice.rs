//! The choice of the age from which a container counts as out of date. It is stored in the address.

use crate::routing::address::Address;
use cckm::text;
use leptos::prelude::*;

/// The selectable ages, in days.
const DAYS: [u64; 6] = [1, 3, 7, 14, 30, 90];

/// The age from which a container counts as out of date, in days.
pub fn days() -> Memo<u64> {
    let address = expect_context::<Address>();
    Memo::new(move |_| address.with(|route| route.days))
}

#[component]
pub fn DaysChoice() -> impl IntoView {
    let address = expect_context::<Address>();
    let days = days();
    view! {
        <label class="inline-field">
            <span>"Out of date after"</span>
            <select on:change:target=move |event| {
                if let Ok(days) = event.target().value().parse() {
                    address.go(&address.get_untracked().with_days(days));
                }
            }>
                {DAYS.map(|choice| option(choice, days)).collect_view()}
                // An address may name a number that is not among the choices.
                {move || {
                    let days = days.get();
                    (!DAYS.contains(&days)).then(|| view! { <option value=days selected=true>{worded(days)}</option> })
                }}
            </select>
        </label>
    }
}

fn option(choice: u64, days: Memo<u64>) -> impl IntoView {
    view! { <option value=choice selected=move || days.get() == choice>{worded(choice)}</option> }
}

fn worded(days: u64) -> String {
    text::count(days as usize, "day", "days")
}
