//! The notices about starts whose page was closed before they were answered: what was found of each since, and the next
//! step.

use crate::components::controls::icon::Icon;
use crate::components::controls::main_part::focus_main;
use crate::routing::address::Address;
use crate::state::containers::{ContainerLists, ListStatus};
use crate::state::lost_starts::{Found, LostStarts};
use crate::state::preferences::Preferences;
use crate::state::sent_starts::{SentStart, SentStarts};
use crate::state::start_drafts::StartDrafts;
use crate::state::watched_jobs::WatchedJobs;
use cckm::job::Job;
use cckm::text;
use cckm::time::Stamp;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// Stores the starts that wait when the page is closed or the session ends, and looks for the jobs of those that an
/// earlier page or session has stored.
#[component]
pub fn SentBefore() -> impl IntoView {
    let sent = expect_context::<SentStarts>();
    let closing = window_event_listener_untyped("pagehide", move |_| sent.keep());
    // The browser may bring the page back as it was, and with it what waits.
    let back = window_event_listener_untyped("pageshow", move |_| sent.take_back());
    on_cleanup(move || {
        closing.remove();
        back.remove();
        // The session ends, perhaps because the page is left.
        sent.take_back();
        sent.keep();
    });
    sent.take().into_iter().map(|start| view! { <Notice start=start /> }).collect_view()
}

#[component]
fn Notice(start: SentStart) -> impl IntoView {
    let family = start.family;
    let address = expect_context::<Address>();
    let containers = expect_context::<ContainerLists>();
    let drafts = expect_context::<StartDrafts>();
    let preferences = expect_context::<Preferences>();
    let watched = expect_context::<WatchedJobs>();
    let starts = LostStarts::from_context();
    let is_there = RwSignal::new(true);
    // `None` while the search is under way.
    let found = RwSignal::new(None::<Found>);
    let at = Stamp::from_millis(start.at);
    let what = what(&start);
    let look = {
        let start = start.clone();
        move || {
            let start = start.clone();
            found.set(None);
            spawn_local(async move {
                let looked = starts.look_back(&start).await;
                _ = found.try_set(Some(looked));
            });
        }
    };
    // Whether a job covers everything may show only by the container list.
    let list = family.containers;
    let waits = start.containers.is_none();
    if waits {
        containers.need(list);
    }
    let is_settled = Memo::new(move |_| {
        !waits || matches!(containers.status(list), ListStatus::Ready(_) | ListStatus::Failed(_))
    });
    let look = StoredValue::new(look);
    Effect::new(move |_| {
        if is_settled.get() {
            look.with_value(|look| look());
        }
    });
    let dismiss = move || {
        is_there.set(false);
        // The button that had the focus is gone.
        focus_main();
    };
    let open = move |job: Arc<Job>| {
        let route = address.get_untracked().with_job(family, &job.id);
        watched.add(family, job);
        dismiss();
        address.go(&route);
    };
    let again = move |_| {
        dismiss();
        drafts.open_form(family);
    };
    let steps = move || {
        match found.get() {
        None => ().into_any(),
        Some(Found::Job(job)) => view! {
            <button type="button" class="button" on:click=move |_| open(job.clone())>"Open it"</button>
        }
        .into_any(),
        Some(found) => view! {
            {found.maybe().map(|job| view! {
                <button type="button" class="button" on:click=move |_| open(job.clone())>"Open it"</button>
            })}
            <button type="button" class="button" on:click=move |_| look.with_value(|look| look())>"Look again"</button>
            {(found == Found::Nothing).then(|| view! {
                <button type="button" class="button" on:click=again>"Start again"</button>
            })}
        }
        .into_any(),
    }
    };
    let words = move || {
        let at = preferences.times().zoned(at);
        [
            "The page was closed, or the session had ended, before the start of ",
            &what,
            " was answered, at ",
            &at,
            ".",
        ]
        .concat()
    };
    move || {
        is_there.get().then(|| view! {
            <div class="notice info sent-before" role="note" aria-label="Sent before the page was closed">
                <Icon name="info" />
                <div class="notice-text">
                    <p>{words.clone()}</p>
                    <p aria-live="polite">{move || found.with(|found| sentence(found.as_ref()))}</p>
                </div>
                <div class="notice-steps">
                    {steps}
                    <button type="button" class="button plain" on:click=move |_| dismiss()>"Dismiss"</button>
                </div>
            </div>
        })
    }
}

/// What was started: "3 KMS (AWS keys)".
fn what(start: &SentStart) -> String {
    let family = start.family;
    let what = match start.containers {
        Some(count) => text::count(count, family.containers.one, family.containers.many),
        None => ["all ", family.containers.many].concat(),
    };
    [what.as_str(), " (", &family.title(), ")"].concat()
}

fn sentence(found: Option<&Found>) -> String {
    match found {
        None => "Looking for its job in the list…".to_owned(),
        Some(Found::Job(job)) => [
            "Job ",
            &text::short(&job.id),
            " with as many is in the list since: the request seems to have reached the server.",
        ]
        .concat(),
        Some(Found::Maybe(job)) => {
            ["Job ", &text::short(&job.id), " is in the list since. Whether it is that one is not known."]
                .concat()
        }
        Some(Found::Nothing) => {
            "No such job is in the list: the request may not have reached the server.".to_owned()
        }
        Some(Found::Unknown(failure)) => [
            "Whether it reached the server is not known: the panel could not ",
            &failure.purpose,
            " (",
            &failure.kind(),
            ").",
        ]
        .concat(),
    }
}
