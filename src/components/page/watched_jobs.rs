//! The watched jobs, and the notices of those that have ended: in the page, and as browser notifications if the user
//! allowed them. Polls the watched jobs that no open view requests.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::components::controls::icon::Icon;
use crate::components::controls::main_part::focus_main;
use crate::components::controls::shown::{Keyed, Shown};
use crate::components::job::outcome::{OutcomeMark, progress_text};
use crate::query::Poller;
use crate::query::interval::Need;
use crate::query::{fetch, use_query};
use crate::routing::address::Address;
use crate::state::announcer::Announcer;
use crate::state::followed_job::FollowedJob;
use crate::state::local_jobs::{LocalJob, LocalJobs};
use crate::state::open_list::OpenList;
use crate::state::rows::Row;
use crate::state::watched_jobs::WatchedJobs;
use cckm::family::{self, Family};
use cckm::outcome_change;
use cckm::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::js_sys::Reflect;
use web_sys::{Notification, NotificationOptions, NotificationPermission};

#[component]
pub fn Watching() -> impl IntoView {
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let watched = expect_context::<WatchedJobs>();
    follow();
    // Notices that existed before this view are announced too, because it is mounted only when a job is watched.
    Effect::new(move |notified: Option<usize>| {
        let notices = watched.notices().get();
        for one in notices.iter().skip(notified.unwrap_or_default().min(notices.len())) {
            notify(announcer, address, one);
        }
        notices.len()
    });
    let permitted = RwSignal::new(permission());
    let allow = move |_| {
        let request = Notification::request_permission();
        spawn_local(async move {
            if let Ok(request) = request {
                _ = request.await;
            }
            _ = permitted.try_set(permission());
        });
    };
    let keys = |list: ReadSignal<Vec<LocalJob>>| {
        move || list.with(|list| list.iter().map(|one| Row::key(one.family, &one.job.id)).collect::<Vec<_>>())
    };
    let notice = |list: ReadSignal<Vec<LocalJob>>| {
        Callback::new(move |key| view! { <Notice list=list key=key /> }.into_any())
    };
    let waiting = move || watched.jobs().with(Vec::len);
    view! {
        <section class="notices" aria-label="Watched jobs">
            <div class="ended-jobs">
                <Keyed keys=keys(watched.notices()) item=notice(watched.notices()) />
            </div>
            <Shown when=move || waiting() != 0>
                <details class="watching">
                    <summary>
                        <Icon name="watch" />
                        {move || text::count(waiting(), "job watched", "jobs watched")}
                    </summary>
                    <div class="watched">
                        <Keyed keys=keys(watched.jobs()) item=notice(watched.jobs()) />
                        <Shown when=move || permitted.get() == NotificationPermission::Default>
                            <button type="button" class="button" on:click=allow>"Allow browser notifications"</button>
                        </Shown>
                        <Shown when=move || permitted.get() == NotificationPermission::Denied>
                            <p class="quiet">"This browser does not let the page send notifications: they stand here and in the title."</p>
                        </Shown>
                    </div>
                </details>
            </Shown>
        </section>
    }
}

/// A watched or ended job, with a link to it and the button that removes it.
#[component]
fn Notice(list: ReadSignal<Vec<LocalJob>>, key: String) -> impl IntoView {
    let address = expect_context::<Address>();
    let watched = expect_context::<WatchedJobs>();
    let Some((family, id)) = of_key(&key) else { return ().into_any() };
    let id = StoredValue::new(id);
    // A notice that is about to be removed keeps its last text.
    let job = Memo::new(move |last: Option<&Arc<cckm::job::Job>>| {
        let found = list.with(|list| {
            id.with_value(|id| list.iter().find(|one| one.is(family, id)).map(|one| one.job.clone()))
        });
        found.or_else(|| last.cloned()).unwrap_or_default()
    });
    let ended = Memo::new(move |_| job.with(|job| job.ended()));
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let progress = Memo::new(move |_| job.with(|job| progress_text(family, job)));
    let href = move || id.with_value(|id| address.with(|route| route.with_job(family, id).hash()));
    let away = move |_| {
        id.with_value(|id| {
            watched.dismiss(family, id);
            watched.remove(family, id);
        });
        // The button that had the focus is gone.
        focus_main();
    };
    let name = move || if ended.get() { "Dismiss" } else { "Stop watching" };
    view! {
        <div class="one-notice" role="group" aria-label=id.get_value() class:ended=ended data-outcome=move || outcome.get().class()>
            <p>
                {move || view! { <OutcomeMark outcome=outcome.get() /> }}
                <span class="quiet">{progress}</span>
            </p>
            <p>
                <a href=href><code>{id.with_value(|id| text::short(id))}</code></a>
                <span class="quiet">{family.title()}</span>
            </p>
            <button type="button" class="button plain small" title=name aria-label=name on:click=away>
                <Icon name="clear" />
            </button>
        </div>
    }
    .into_any()
}

/// The browser's permission for notifications; `Denied` if the browser has none.
fn permission() -> NotificationPermission {
    match Reflect::has(&window(), &"Notification".into()) {
        Ok(true) => Notification::permission(),
        _ => NotificationPermission::Denied,
    }
}

fn of_key(key: &str) -> Option<(&'static Family, String)> {
    let (slug, id) = key.split_once('/')?;
    Some((family::by_slug(slug)?, id.to_owned()))
}

/// Polls the watched jobs one after the other, except those that the open view requests itself.
fn follow() {
    let session = expect_context::<Session>();
    let address = expect_context::<Address>();
    let announcer = expect_context::<Announcer>();
    let local_jobs = expect_context::<LocalJobs>();
    let followed = expect_context::<FollowedJob>();
    let open_list = expect_context::<OpenList>();
    let watched = expect_context::<WatchedJobs>();
    let poller = Poller::new(1);
    poller.set_need(0, Need::Running);
    use_query(
        poller,
        move || {
            let jobs = watched.jobs().get().into_iter();
            // All clouds requests no single jobs, so a job that it lists only because it was started here is polled.
            let listed = address.with(|route| route.family().is_some());
            let unseen = jobs.filter(|one| {
                !open_list.has(one.family, &one.job.id) && !followed.is(one.family, &one.job.id)
                    || !listed && local_jobs.has(one.family, &one.job.id)
            });
            let unseen: Vec<_> = unseen.map(|one| (one.family.slug, one.job.id.clone())).collect();
            (!unseen.is_empty()).then_some(unseen)
        },
        move |unseen, _: Option<()>| async move {
            let mut last_failure = None;
            for (slug, id) in unseen {
                let Some(family) = family::by_slug(slug) else { continue };
                match fetch(session, jobs::job(family, &id)).await {
                    Ok(job) => {
                        local_jobs.update(family, Some(&job));
                        watched.sees(family, &Arc::new(job));
                    }
                    Err(failure) => last_failure = Some(on_missing(watched, announcer, family, &id, failure)),
                }
            }
            last_failure.flatten().map_or(Ok(None), Err)
        },
    );
}

/// Stops watching a job that the server no longer has (404). Returns any other failure, and keeps watching the job.
fn on_missing(
    watched: WatchedJobs,
    announcer: Announcer,
    family: &'static Family,
    id: &str,
    failure: Failure,
) -> Option<Failure> {
    if !failure.is_missing() {
        return Some(failure);
    }
    watched.remove(family, id);
    announcer
        .announce(["The server does not know the watched job ", &text::short(id), " any more."].concat());
    None
}

/// Announces that a job has ended, and how. Also shows a browser notification, if allowed and the page has no focus.
fn notify(announcer: Announcer, address: Address, one: &LocalJob) {
    let outcome = one.job.outcome();
    announcer.announce(outcome_change::sentence(&one.job));
    if permission() != NotificationPermission::Granted || document().has_focus() == Ok(true) {
        return;
    }
    let options = NotificationOptions::new();
    let mut body = [&one.family.title(), ", job ", &text::short(&one.job.id)].concat();
    let unknown = one.job.unknown_words();
    if !unknown.is_empty() {
        body = [&body, ": ", &unknown].concat();
    }
    options.set_body(&body);
    options.set_tag(&one.job.id);
    let title = [outcome.word(), ": ", &one.family.title()].concat();
    let Ok(notification) = Notification::new_with_options(&title, &options) else { return };
    let (family, id) = (one.family, one.job.id.clone());
    let open = Closure::once_into_js(move || {
        _ = window().focus();
        address.go(&address.get_untracked().with_job(family, &id));
    });
    notification.set_onclick(Some(open.unchecked_ref()));
}
