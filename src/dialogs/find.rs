//! The dialog **Find**: a combobox over the views, the actions, the containers and the jobs of all clouds.
//! `find_entries.rs` ranks them; this file shows them and does what is chosen.

use crate::api::jobs;
use crate::auth::Session;
use crate::components::controls::composing::is_composing;
use crate::components::controls::dialog::Dialog;
use crate::components::controls::shown::Shown;
use crate::dialogs::find_entries::{Entry, Group, Sources, Target, find, lists};
use crate::routing::address::Address;
use crate::routing::route::Route;
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::dialog::OpenDialog;
use crate::state::latest_jobs::LatestJobs;
use crate::state::open_list::OpenList;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::rows::Row;
use crate::state::schedule_dialog::ScheduleDialog;
use crate::state::start_drafts::StartDrafts;
use cckm::family::Family;
use cckm::start_request::Form;
use cckm::text;
use leptos::prelude::*;
use leptos::task::spawn_local_scoped_with_cancellation;
use std::collections::HashSet;

const PROMPT: &str = "Find a view, an action, a container or a job";

#[component]
pub fn Find() -> impl IntoView {
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let dialog = expect_context::<OpenDialog>();
    let drafts = expect_context::<StartDrafts>();
    let latest = expect_context::<LatestJobs>();
    let open_list = expect_context::<OpenList>();
    let preferences = expect_context::<Preferences>();
    let refresh = expect_context::<RefreshTrigger>();
    let session = expect_context::<Session>();
    let typed = RwSignal::new(String::new());
    containers.need_each(lists(&untrack(|| latest.families())).into_iter().map(|(_, list)| list));
    let groups = Memo::new(move |_| {
        let families = latest.families();
        let sources = Sources {
            zone: preferences.zone(),
            theme: preferences.theme(),
            density: preferences.density(),
            shortcuts: preferences.shortcuts(),
            lists: lists(&families)
                .into_iter()
                .filter_map(|(family, list)| Some((family, containers.get(list)?)))
                .collect(),
            families,
            jobs: known_jobs(open_list, latest),
        };
        typed.with(|typed| find(&sources, typed))
    });
    let entries = Memo::new(move |_| groups.with(|groups| flat(groups)));
    // The entry that Enter chooses: its place, and what it does once a person has moved to it, because more entries may
    // come before it.
    let active = RwSignal::new((0_usize, None::<Target>));
    let at = Memo::new(move |_| {
        active.with(|(at, target)| {
            entries.with(|entries| {
                let found =
                    target.as_ref().and_then(|own| entries.iter().position(|entry| entry.target == *own));
                found.unwrap_or_else(|| (*at).min(entries.len().saturating_sub(1)))
            })
        })
    });
    let mark = move |at: usize| {
        let target = entries.with_untracked(|entries| entries.get(at).map(|entry| entry.target.clone()));
        active.set((at, target));
    };
    Effect::new(move |_| {
        let at = at.get();
        if entries.with(|entries| at < entries.len()) {
            request_animation_frame(move || show_option(at));
        }
    });
    // The id of the job that is looked for in each cloud.
    let wanted = RwSignal::new(None::<String>);
    let news = RwSignal::new(String::new());
    look(session, latest, address, dialog, wanted, news);
    let choose = move |target: Target| {
        if let Target::Look(id) = target {
            wanted.set(Some(id));
            return;
        }
        dialog.close();
        // In the next frame, when the browser has given the focus back.
        request_animation_frame(move || match target {
            Target::Open(route) => address.go(&route),
            Target::Start(family) => drafts.open_form(family),
            Target::Dialog(opened) => dialog.open(opened),
            Target::Refresh => refresh.trigger(),
            Target::NewSchedule => dialog.open_schedule(ScheduleDialog::create(None, Form::default())),
            Target::Zone(zone) => preferences.set_zone(zone),
            Target::Theme(theme) => preferences.set_theme(theme),
            Target::Density(density) => preferences.set_density(density),
            Target::Shortcuts(on) => preferences.set_shortcuts(on),
            Target::SignOut => session.sign_out(None),
            Target::Look(_) => {}
        });
    };
    let key = move |event: leptos::ev::KeyboardEvent| {
        let count = entries.with_untracked(Vec::len);
        if is_composing(&event) || count == 0 {
            return;
        }
        match event.key().as_str() {
            "ArrowDown" => mark((at.get_untracked() + 1) % count),
            "ArrowUp" => mark((at.get_untracked() + count - 1) % count),
            "Enter" => {
                if let Some(entry) = entries.with_untracked(|all| all.get(at.get_untracked()).cloned()) {
                    choose(entry.target);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let drawn = move || {
        let mut first = 0;
        let draw = |group: Group| {
            let begin = first;
            first += group.entries.len();
            view! { <Results group=group first=begin at=at choose=Callback::new(choose) /> }
        };
        groups.get().into_iter().map(draw).collect_view()
    };
    let none = move || entries.with(Vec::is_empty);
    let nothing = move || typed.with(|typed| ["Nothing matches “", typed.trim(), "”."].concat());
    view! {
        <Dialog name="Find" on_close=Callback::new(move |()| dialog.close())>
            <div class="dialog-body find">
                <input
                    type="text"
                    role="combobox"
                    aria-label=PROMPT
                    placeholder=PROMPT
                    aria-autocomplete="list"
                    aria-expanded=move || (!none()).to_string()
                    aria-controls="find-results"
                    aria-activedescendant=move || (!none()).then(|| option_id(at.get()))
                    autocomplete="off"
                    autocapitalize="none"
                    spellcheck="false"
                    autofocus=true
                    on:input:target=move |event| {
                        typed.set(event.target().value());
                        active.set((0, None));
                        wanted.set(None);
                        news.set(String::new());
                    }
                    on:keydown=key
                />
                // The live region below says it to screen readers.
                <Shown when=none>
                    <p class="quiet find-line" aria-hidden="true">{nothing}</p>
                </Shown>
                <div class="find-results" id="find-results" role="listbox" aria-label="Results">{drawn}</div>
                <p class="quiet find-line">{move || lists_line(containers, latest)}</p>
                <p class="find-line" class:unseen=move || none() && news.with(String::is_empty) role="status">
                    {move || {
                        let news = news.get();
                        match entries.with(Vec::len) {
                            _ if !news.is_empty() => news,
                            0 => nothing(),
                            count => text::count(count, "result", "results"),
                        }
                    }}
                </p>
            </div>
        </Dialog>
    }
}

/// The entries of one kind. The first one has the position `first` among all.
#[component]
fn Results(group: Group, first: usize, at: Memo<usize>, choose: Callback<Target>) -> impl IntoView {
    let name = group.kind.name();
    let option = |(place, entry): (usize, Entry)| {
        let place = first + place;
        let target = entry.target;
        view! {
            <div
                class="find-option"
                role="option"
                id=option_id(place)
                aria-selected=move || (at.get() == place).to_string()
                // The focus stays in the box.
                on:mousedown=|event| event.prevent_default()
                on:click=move |_| choose.run(target.clone())
            >
                <bdi>{entry.label}</bdi>
                <span class="quiet">{entry.about}</span>
            </div>
        }
    };
    view! {
        <div role="group" aria-label=name>
            <p class="find-kind" aria-hidden="true">{name}</p>
            {group.entries.into_iter().enumerate().map(option).collect_view()}
        </div>
    }
}

fn option_id(at: usize) -> String {
    ["find-", &at.to_string()].concat()
}

fn show_option(at: usize) {
    if let Some(option) = document().get_element_by_id(&option_id(at)) {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        option.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

fn flat(groups: &[Group]) -> Vec<Entry> {
    groups.iter().flat_map(|group| group.entries.iter().cloned()).collect()
}

/// The jobs of the open list and the newest of each family, each once.
fn known_jobs(
    open_list: OpenList,
    latest: LatestJobs,
) -> Vec<(&'static Family, std::sync::Arc<cckm::job::Job>)> {
    let mut seen = HashSet::new();
    let rows = open_list.rows();
    let mut jobs: Vec<_> = rows.iter().map(|row| (row.family, row.job.clone())).collect();
    latest.with(|all| {
        for known in all {
            jobs.extend(known.jobs.iter().map(|job| (known.family, job.clone())));
        }
    });
    jobs.retain(|(family, job)| seen.insert(Row::key(family, &job.id)));
    jobs
}

/// Which container lists are missing among the results, and why.
fn lists_line(containers: ContainerLists, latest: LatestJobs) -> Option<String> {
    let mut loading = false;
    let mut failed = Vec::new();
    for (family, list) in lists(&latest.families()) {
        match containers.status(list) {
            ListStatus::NotRequested | ListStatus::Loading => loading = true,
            ListStatus::Failed(_) => failed.push([family.cloud, " ", list.many].concat()),
            ListStatus::Ready(_) => {}
        }
    }
    match (loading, failed.is_empty()) {
        (true, _) => Some("The containers of some clouds are still loading.".to_owned()),
        (false, false) => Some(["Not loaded: ", &failed.join(", "), "."].concat()),
        (false, true) => None,
    }
}

/// Asks the families for the job `wanted`, one after the other, and opens the one that has it. Another wish, or the end
/// of the dialog, ends the search.
fn look(
    session: Session,
    latest: LatestJobs,
    address: Address,
    dialog: OpenDialog,
    wanted: RwSignal<Option<String>>,
    news: RwSignal<String>,
) {
    Effect::new(move |_| {
        let Some(id) = wanted.get() else { return };
        spawn_local_scoped_with_cancellation(async move {
            let mut silent = Vec::new();
            for family in untrack(|| latest.families()) {
                news.set(["Asking ", &family.title(), "…"].concat());
                match session.send(jobs::job(family, &id)).await {
                    Ok(job) => {
                        dialog.close();
                        address.go(&Route::of(family).with_job(family, &job.id));
                        return;
                    }
                    // A server may refuse an id of another form.
                    Err(failure) if matches!(failure.status(), Some(400 | 404)) => {}
                    Err(_) => silent.push(family.title()),
                }
            }
            let none = ["No cloud has a job ", &id, "."].concat();
            news.set(if silent.is_empty() {
                none
            } else {
                ["No cloud that answered has a job ", &id, ". Not answered: ", &silent.join(", "), "."]
                    .concat()
            });
        });
    });
}
