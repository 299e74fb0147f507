//! The names of what a schedule synchronizes, for the dialogs that ask before something is done with it.

use cckm::text;
use leptos::prelude::*;

/// How many names are listed; the others are counted.
const MOST: usize = 12;

#[component]
pub fn ScheduleNames(label: &'static str, names: Memo<Vec<String>>) -> impl IntoView {
    let lines = move || {
        names.with(|names| {
            let rest = names.len().saturating_sub(MOST);
            let more = (rest > 0).then(|| ["and ", &text::number(rest as u64), " more"].concat());
            let all = names.iter().take(MOST).cloned().chain(more);
            all.map(|name| view! { <li><bdi>{name}</bdi></li> }).collect_view()
        })
    };
    view! { <ul class="schedule-names" aria-label=label>{lines}</ul> }
}
