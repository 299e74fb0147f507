//! The dialog that starts synchronizations of several clouds: a form for each family, and the result of each start.

use crate::auth::Session;
use crate::auth::identity::MAY_NOT;
use crate::components::controls::dialog::{CloseButton, Dialog};
use crate::components::controls::icon::Icon;
use crate::components::controls::notice::{FailureNotice, Note};
use crate::components::controls::shown::Shown;
use crate::components::start::container_selection::ContainerSelection;
use crate::components::start::lost_start::{LostStart, UNCERTAIN};
use crate::components::start::request::RequestPreview;
use crate::dialogs::already_running::Running;
use crate::dialogs::start_group::{Group, State, start_one};
use crate::query::for_each_concurrent;
use crate::routing::address::Address;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::dialog::OpenDialog;
use crate::state::latest_jobs::LatestJobs;
use crate::state::local_jobs::LocalJobs;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::watched_jobs::WatchedJobs;
use cckm::family::Family;
use cckm::job::Job;
use cckm::start_request::Several;
use cckm::text;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;

#[component]
pub fn StartSeveral() -> impl IntoView {
    let (session, dialog) = (expect_context::<Session>(), expect_context::<OpenDialog>());
    let (local_jobs, watched) = (expect_context::<LocalJobs>(), expect_context::<WatchedJobs>());
    let (announcer, refresh) = (expect_context::<Announcer>(), expect_context::<RefreshTrigger>());
    let latest = expect_context::<LatestJobs>();
    let shown = untrack(|| latest.families());
    let groups = StoredValue::new(shown.into_iter().map(Group::new).collect::<Vec<_>>());
    let count =
        move |is: fn(Group) -> bool| groups.with_value(|all| all.iter().filter(|group| is(**group)).count());
    let may = Memo::new(move |_| session.state().may_synchronize());
    let sending = RwSignal::new(false);
    // Whether a start was sent since the included families last changed.
    let sent = RwSignal::new(false);
    // `Err` contains the reason why nothing can be sent yet, `Ok` what would be sent.
    let ready = Memo::new(move |_| {
        let wanted =
            groups.with_value(|all| all.iter().copied().filter(|g| g.is_included()).collect::<Vec<_>>());
        if let Some(group) = wanted.iter().find(|group| group.body.with(Result::is_err) || group.looks()) {
            return Err([&name(group.family), ": ", &group.line()].concat());
        }
        match (wanted.len(), wanted.iter().filter(|group| group.waits()).count()) {
            (0, _) => Err("Choose at least one to include.".to_owned()),
            (all, waiting) if all == waiting => {
                Err("Not sent while jobs run, except by Start anyway.".to_owned())
            }
            (all, 0) => Ok(["Starts ", &text::count(all, "synchronization", "synchronizations")].concat()),
            (all, waiting) => Ok([
                "Starts ",
                &text::count(all - waiting, "synchronization", "synchronizations"),
                "; ",
                &waiting.to_string(),
                if waiting == 1 {
                    " is not sent, because a job runs"
                } else {
                    " are not sent, because jobs run"
                },
            ]
            .concat()),
        }
    });
    let announcement = move || {
        let several = Several {
            accepted: count(Group::is_accepted),
            found: count(Group::is_found),
            refused: count(Group::is_refused),
            lost: count(Group::is_lost),
            unsent: count(|group| group.is_included() && !group.is_refused() && !group.is_lost()),
            left: count(|group| !group.on.get()),
        };
        several.words()
    };
    let line = Memo::new(move |_| match (sending.get(), sent.get(), ready.get()) {
        (true, ..) => "Sending the requests…".to_owned(),
        (_, true, _) => announcement(),
        (_, _, Ok(line) | Err(line)) => line,
    });
    let close = Callback::new(move |()| dialog.close());
    // Sends the start of one family, or of all wanted families.
    let send_included = move |only: Option<&'static Family>| {
        if sending.get_untracked() {
            return;
        }
        sending.set(true);
        let wanted = groups.get_value().into_iter();
        let wanted = wanted.filter(|group| {
            only.is_none_or(|only| only == group.family)
                && untrack(|| group.is_included() && !group.waits() && !group.looks())
        });
        let tasks = wanted.map(|group| start_one(session, watched, local_jobs, group)).collect();
        for_each_concurrent(
            tasks,
            Box::new(move || {
                // The signal is disposed of only with the session.
                if sending.try_set(false).is_none() {
                    sent.set(true);
                    refresh.trigger();
                    announcer.announce(untrack(announcement));
                    show_refusal();
                }
            }),
        );
    };
    let press = move |_| {
        if ready.with_untracked(Result::is_ok) {
            send_included(None);
        }
    };
    let again = Callback::new(send_included);
    let button = NodeRef::<html::Button>::new();
    view! {
        <Dialog name="Start on several clouds" on_close=close wide=true held=sending>
            <div class="dialog-body several">
                {move || (!may.get()).then(|| view! { <Note><p>{MAY_NOT}</p></Note> })}
                {groups.with_value(|all| {
                    all.iter().map(|group| view! { <Part group=*group sending=sending sent=sent back=button again=again /> }).collect_view()
                })}
            </div>
            <footer class="dialog-foot">
                <p class="start-line" id="several-line" aria-live="polite">{line}</p>
                <CloseButton label=Signal::derive(move || if sent.get() { "Done" } else { "Cancel" }) on_close=close held=sending />
                <button
                    type="button"
                    class="button primary"
                    node_ref=button
                    aria-describedby="several-line"
                    aria-disabled=move || (sending.get() || ready.with(Result::is_err)).to_string()
                    aria-busy=move || sending.get().to_string()
                    on:click=press
                >
                    <Icon name="start" />
                    "Start"
                </button>
            </footer>
        </Dialog>
    }
}

/// The part of one family. It is collapsed until the family is included.
#[component]
fn Part(
    group: Group,
    sending: RwSignal<bool>,
    sent: RwSignal<bool>,
    back: NodeRef<html::Button>,
    /// Sends the start of this family once more.
    again: Callback<Option<&'static Family>>,
) -> impl IntoView {
    let containers = expect_context::<ContainerLists>();
    let (watched, announcer) = (expect_context::<WatchedJobs>(), expect_context::<Announcer>());
    let Group { family, on, form, effective, body, guard, anyway, state, lost } = group;
    let include = move |wanted: bool| {
        if wanted {
            containers.again(family.containers);
        }
        sent.set(false);
        on.set(wanted);
    };
    let fixed = Memo::new(move |_| sending.get() || group.is_started());
    let watch = Callback::new(move |job: Arc<Job>| {
        announcer.announce(["Job ", &text::short(&job.id), " is watched."].concat());
        watched.add(family, job);
    });
    let all_the_same = Callback::new(move |()| anyway.set(true));
    view! {
        <section class="group" role="group" aria-label=name(family) class:on=on>
            <div class="group-head">
                <label class="check">
                    <input
                        type="checkbox"
                        prop:checked=move || on.get()
                        disabled=move || fixed.get()
                        on:change:target=move |event| include(event.target().checked())
                    />
                    <span>{family.cloud} " " <span class="scope">{family.scope}</span></span>
                </label>
                <p class="quiet">{move || group.line()}</p>
            </div>
            {move || answer(family, &state.get())}
            <LostStart
                lost=lost
                watch=watch
                again=Callback::new(move |()| again.run(Some(family)))
                held=Signal::derive(move || sending.get() || group.body.with(Result::is_err))
            />
            <Shown when=move || group.is_included()>
                <div class="group-body" inert=move || sending.get()>
                    <ContainerSelection family=family form=form effective=effective />
                    {family.notes.iter().map(|note| view! { <Note><p>{*note}</p></Note> }).collect_view()}
                    <RequestPreview
                        family=family
                        of=name(family)
                        body=Signal::derive(move || body.get().ok())
                    />
                    <Shown
                        when=move || anyway.get() && guard.runs()
                        fallback=move || view! {
                            <Running guard=guard watch=watch anyway=all_the_same held=Signal::derive(move || sending.get()) sending=sending back=back />
                        }
                    >
                        <p class="anyway quiet">
                            "Is started although a job runs. "
                            <button type="button" class="button plain" on:click=move |_| anyway.set(false)>"Wait for it"</button>
                        </p>
                    </Shown>
                </div>
            </Shown>
        </section>
    }
}

/// The result of the start request, if it was sent.
fn answer(family: &'static Family, state: &State) -> AnyView {
    match state {
        State::Open => ().into_any(),
        State::Sending => view! { <p class="group-answer quiet">"Sending…"</p> }.into_any(),
        State::Accepted(None) => view! {
            <p class="group-answer accepted">
                <Icon name="completed" />
                "Accepted, without naming a job. It may be in the list soon."
            </p>
        }
        .into_any(),
        State::Accepted(Some(id)) => {
            let dialog = expect_context::<OpenDialog>();
            let route = expect_context::<Address>().get_untracked().with_job(family, id);
            view! {
                <p class="group-answer accepted">
                    <Icon name="completed" />
                    "Accepted: job "
                    <a href=route.hash() title=id.clone() on:click=move |_| dialog.close()>
                        <code>{text::short(id)}</code>
                    </a>
                </p>
            }
            .into_any()
        }
        State::Refused(failure) => {
            let also = failure.is_lost().then(|| UNCERTAIN.to_owned());
            view! { <div class="group-answer"><FailureNotice failure=failure.clone() also=also /></div> }
                .into_any()
        }
    }
}

/// Scrolls the first refused start into view.
fn show_refusal() {
    request_animation_frame(|| {
        if let Ok(Some(refusal)) = document().query_selector(".several [role=alert]") {
            refusal.scroll_into_view();
        }
    });
}

/// The family's name as the list of all clouds shows it, such as "AWS Keys".
fn name(family: &Family) -> String {
    [family.cloud, " ", family.scope].concat()
}
