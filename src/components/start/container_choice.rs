//! The filter by container: a button that opens a list of checkboxes, or a text box if the list could not be loaded.

use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::notice::FailureNotice;
use crate::components::controls::picker::{Choice, Picker};
use crate::components::controls::popover::Popover;
use crate::routing::address::Address;
use crate::state::containers::{ContainerLists, ListStatus};
use cckm::container::Container;
use cckm::family::Family;
use cckm::text;
use leptos::prelude::*;
use std::sync::Arc;

/// The containers of `family` as choices. `value` returns the value of a choice.
pub fn choices(family: &'static Family, value: fn(&Family, &Container) -> String) -> Memo<Arc<Vec<Choice>>> {
    let containers = expect_context::<ContainerLists>();
    Memo::new(move |_| {
        let directory = containers.get(family.containers);
        let all = directory.as_ref().map(|directory| directory.all()).unwrap_or_default();
        let choice = |container: &Container| Choice {
            value: value(family, container),
            label: container.label.clone(),
            facts: container.facts.join(" · "),
        };
        Arc::new(all.iter().map(choice).collect())
    })
}

/// How many containers of the list could not be read, and so cannot be chosen, if there are any.
#[component]
pub fn Unread(family: &'static Family) -> impl IntoView {
    let (containers, list) = (expect_context::<ContainerLists>(), family.containers);
    move || {
        let unread = containers.get(list).map_or(0, |directory| directory.unread);
        (unread > 0).then(|| view! { <p class="quiet">{text::unread(unread, list.one, list.many)}</p> })
    }
}

/// Shown instead of a container list that could not be loaded: the reason, and a text box for ids, one per line.
#[component]
pub fn ByHand(
    family: &'static Family,
    #[prop(into)] typed: Signal<String>,
    on_type: Callback<String>,
) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    view! {
        {move || match containers.status(family.containers) {
            ListStatus::Failed(failure) => {
                let again = Callback::new(move |()| containers.again(family.containers));
                Some(view! { <FailureNotice failure=failure again=again /> })
            }
            _ => None,
        }}
        <label class="field">
            <span>"IDs"</span>
            <textarea
                rows="4"
                spellcheck="false"
                placeholder=format!("{} ids, one a line", family.containers.one)
                prop:value=move || typed.get()
                on:input:target=move |event| on_type.run(event.target().value())
            ></textarea>
        </label>
    }
}

/// The contents of an open filter: the containers to choose from, or the failure and a text box for ids.
#[component]
pub fn ContainerChoice(
    family: &'static Family,
    chosen: Memo<Vec<String>>,
    choose: Callback<Vec<String>>,
    /// The ids that were typed, one per line.
    typed: RwSignal<String>,
) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    let choices = choices(family, |family, container| container.filter_value(family).to_owned());
    let failed = Memo::new(move |_| matches!(containers.status(family.containers), ListStatus::Failed(_)));
    let loading = Memo::new(move |_| {
        matches!(containers.status(family.containers), ListStatus::Loading | ListStatus::NotRequested)
    });
    move || {
        if failed.get() {
            view! { <ByHand family=family typed=typed on_type=Callback::new(move |text| typed.set(text)) /> }
                .into_any()
        } else if loading.get() {
            view! { <p class="quiet" aria-busy="true">{["Loading the ", family.containers.many, "…"].concat()}</p> }.into_any()
        } else {
            view! {
                <Unread family=family />
                <Picker name=family.containers.title choices=choices chosen=chosen on_change=choose whole=false />
            }
            .into_any()
        }
    }
}

#[component]
pub fn ContainerFilter(family: &'static Family) -> impl IntoView {
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let open = RwSignal::new(false);
    let chosen = Memo::new(move |_| address.with(|route| route.containers.clone()));
    let choose = Callback::new(move |values: Vec<String>| {
        address.go(&address.get_untracked().with_containers(values));
    });
    let failed = Memo::new(move |_| matches!(containers.status(family.containers), ListStatus::Failed(_)));
    // Typed ids are applied when the focus leaves the box: part of an id is not a useful filter.
    let typed = RwSignal::new(String::new());
    Effect::new(move |_| typed.set(chosen.get().join("\n")));
    let close = Callback::new(move |()| {
        if failed.get_untracked() {
            let lines = text::lines(&typed.get_untracked());
            if lines != chosen.get_untracked() {
                choose.run(lines);
            }
        }
    });
    let button = move || {
        view! {
            {family.containers.title}
            {move || {
                let count = chosen.with(Vec::len);
                (count > 0).then(|| view! { " " <span class="count">{count}</span> })
            }}
        }
    };
    view! {
        <Popover
            open=open
            button=button
            class=Signal::derive(move || if chosen.with(Vec::is_empty) { String::new() } else { "on".to_owned() })
            on_close=close
        >
            {lazy(LazyView::Containers { family, chosen, choose, typed })}
        </Popover>
    }
}
