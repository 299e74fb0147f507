//! The names of what a schedule synchronizes, for the dialogs that ask before something is done with it.

use crate::components::schedules::words::{family, names};
use crate::state::containers::ContainerLists;
use cckm::schedule::Schedule;
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

/// How many names are listed; the others are counted.
const MOST: usize = 12;

#[component]
pub fn ScheduleNames(label: &'static str, schedule: Arc<Schedule>) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    let list = family(&schedule).map(|family| family.containers);
    if let Some(list) = list {
        containers.need(list);
    }
    let names = Memo::new(move |_| {
        let directory = list.and_then(|list| containers.get(list));
        names(&schedule, directory.as_deref())
    });
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
