//! What stands at the head of a printed page: the view, the time and its zone, and the filters in words. The style
//! sheet shows it on paper only, because on the screen the navigation and the filters say the same.

use crate::clock;
use crate::config::config;
use crate::routing::address::Address;
use crate::routing::route::{Route, View};
use crate::routing::views::{ALL, ATTENTION, CHECK, OUTDATED, SCHEDULES};
use crate::state::containers::ContainerLists;
use crate::state::preferences::Preferences;
use cckm::container::Directory;
use leptos::prelude::*;

#[component]
pub fn PrintHead() -> impl IntoView {
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let printed = RwSignal::new(clock::now());
    // The browser lays out the page after the microtasks of this event, in which Leptos writes the new time.
    let handle = window_event_listener(leptos::ev::Custom::new("beforeprint"), move |_: web_sys::Event| {
        printed.set(clock::now());
    });
    on_cleanup(move || handle.remove());
    let title = config().title.as_str();
    let view = move || address.with(|route| [title, " · ", &view_words(route)].concat());
    let filters = move || {
        address.with(|route| {
            let directory = route.family().and_then(|family| containers.get(family.containers));
            filter_words(route, directory.as_deref())
        })
    };
    view! {
        <div class="print-head">
            <p>{view}</p>
            <p>"Printed " {move || preferences.times().zoned(printed.get())}</p>
            <p>{filters}</p>
        </div>
    }
}

fn view_words(route: &Route) -> String {
    match &route.view {
        View::All | View::Unknown(_) => ALL.to_owned(),
        View::Attention => ATTENTION.to_owned(),
        View::Outdated => OUTDATED.to_owned(),
        View::Check => CHECK.to_owned(),
        View::Family(family) => family.title(),
        View::Freshness(family) => [&family.title(), " · Freshness"].concat(),
        View::History(family) => [&family.title(), " · History"].concat(),
        View::AllSchedules => SCHEDULES.to_owned(),
        View::Schedules(family) => [&family.title(), " · Schedules"].concat(),
    }
}

/// The filters of a list; empty if there are none.
fn filter_words(route: &Route, directory: Option<&Directory>) -> String {
    let mut words = Vec::new();
    if let Some(status) = route.status {
        words.push(["Status: ", status.word()].concat());
    }
    if let Some(family) = route.family().filter(|_| !route.containers.is_empty()) {
        let name = |key: &String| directory.and_then(|all| all.label_of(key)).unwrap_or(key).to_owned();
        let names: Vec<_> = route.containers.iter().map(name).collect();
        words.push([family.containers.title, ": ", &names.join(", ")].concat());
    }
    if !route.id.is_empty() {
        words.push(["Job ID: ", &route.id].concat());
    }
    if !route.outcomes.is_empty() {
        let outcomes = route.outcomes.iter().map(|one| one.word()).collect::<Vec<_>>();
        words.push(["Outcome: ", &outcomes.join(" or ")].concat());
    }
    if let Some(within) = route.within {
        words.push(["Time: ", &within.words()].concat());
    }
    if let View::Freshness(_) | View::Outdated = route.view {
        words.push(["Out of date after ", &cckm::text::count(route.days as usize, "day", "days")].concat());
    }
    words.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_told_in_words() {
        let words = |hash: &str| filter_words(&Route::parse(hash), None);
        assert_eq!(words("#/all"), "");
        assert_eq!(words("#/all?status=failed&id=3bbe"), "Status: Failed · Job ID: 3bbe");
        let family = &cckm::family::FAMILIES[0];
        let filter = family.filter.expect("a filter");
        let list = ["#/", family.slug, "?", filter, "=a&", filter, "=b"].concat();
        assert_eq!(words(&list), [family.containers.title, ": a, b"].concat());
        assert_eq!(words(&["#/freshness/", family.slug].concat()), "Out of date after 7 days");
    }
}
