//! The page of one job: its outcome, the result of each container, and the actions on it.
//!
//! Owns the query for the job and keeps the last response in view; the components render it.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::components::controls::close_detail::CloseDetail;
use crate::components::controls::copy::{CopyButton, CopyByHand, Refused};
use crate::components::controls::icon::Icon;
use crate::components::controls::lazy::lazy;
use crate::components::controls::lazy_view::LazyView;
use crate::components::controls::notice::FailureNotice;
use crate::components::controls::shown::Shown;
use crate::components::job::facts::Facts;
use crate::components::job::outcome::{OutcomeMark, progress_text};
use crate::components::job::raw::Raw;
use crate::components::job::results::Results;
use crate::components::job_table::step::{Steps, is_stepping};
use crate::pages::job_actions::Actions;
use crate::query::Poller;
use crate::query::fetch::fetch_text;
use crate::query::interval::Need;
use crate::query::use_query;
use crate::routing::address::Address;
use crate::state::announcer::Announcer;
use crate::state::containers::ContainerLists;
use crate::state::followed_job::FollowedJob;
use crate::state::local_jobs::LocalJobs;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::watched_jobs::WatchedJobs;
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::outcome_change;
use cckm::text;
use leptos::html;
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// The last known state of a job, with the JSON text that it was parsed from. The text is empty if the job comes from
/// the response to a start or a cancel.
#[derive(Clone, PartialEq)]
struct JobResponse {
    job: Arc<Job>,
    text: Arc<str>,
}

/// The detail of the job that the address names, if it names one.
#[component]
pub fn OpenJob() -> impl IntoView {
    let address = expect_context::<Address>();
    let open = Memo::new(move |_| address.with(|route| route.job.clone()));
    // A job that is open when the page loads was not opened by a press, so it does not take the focus.
    let was_loaded = StoredValue::new(false);
    move || {
        let pressed = was_loaded.get_value();
        was_loaded.set_value(true);
        open.get().map(|(family, id)| lazy(LazyView::Job { family, id, pressed }))
    }
}

/// The job `id` of `family`. `pressed` is true if the user has just opened it.
#[component]
pub fn JobDetail(family: &'static Family, id: String, pressed: bool) -> impl IntoView {
    let address = expect_context::<Address>();
    let session = expect_context::<Session>();
    let containers = expect_context::<ContainerLists>();
    let local_jobs = expect_context::<LocalJobs>();
    let followed = expect_context::<FollowedJob>();
    let watched = expect_context::<WatchedJobs>();
    let refresh = expect_context::<RefreshTrigger>();
    containers.need(family.containers);
    // The user sees the job end here, so its notice is removed.
    watched.dismiss(family, &id);
    let poller = Poller::new(1);
    let query = {
        let id = id.clone();
        use_query(
            poller,
            move || Some(refresh.count()),
            move |_, last| load(session, family, id.clone(), last),
        )
    };
    // The job from the response to a start or a cancel is shown until the first response to the query.
    if let Some(job) = local_jobs.find(family, &id) {
        query.answer.set(Some(JobResponse { job, text: Arc::default() }));
    }
    let known = Memo::new(move |_| query.answer.with(Option::is_some));
    let job = Memo::new(move |_| {
        query.answer.with(|seen| seen.as_ref().map(|seen| seen.job.clone())).unwrap_or_default()
    });
    let raw = Memo::new(move |_| {
        query.answer.with(|seen| seen.as_ref().map(|seen| seen.text.clone())).unwrap_or_default()
    });
    Effect::new(move |_| {
        let Some(job) = query.answer.with(|seen| seen.as_ref().map(|seen| seen.job.clone())) else { return };
        poller.set_need(0, if job.ended() { Need::Ended } else { Need::of(job.outcome().is_running()) });
        watched.sees(family, &job);
        followed.set(family, job);
    });
    on_cleanup(move || followed.close());
    let refused: Refused = RwSignal::new(None);
    let heading = NodeRef::<html::H2>::new();
    let focus_heading = move || {
        if let Some(heading) = heading.try_get_untracked().flatten() {
            _ = heading.focus();
        }
    };
    // A user who steps from job to job keeps the focus on the step button.
    if pressed && !is_stepping() {
        Effect::new(move |_| {
            if heading.get().is_some() {
                // In the next frame, when the layout has decided whether the list is still visible.
                request_animation_frame(move || {
                    if list_is_hidden() {
                        // On a narrow page the detail replaces the list, and is read from its top.
                        window().scroll_to_with_x_and_y(0.0, 0.0);
                        focus_heading();
                    }
                });
            }
        });
    }
    let answered = Callback::new(move |answer: Option<Job>| {
        if let Some(answer) = answer {
            query.answer.set(Some(JobResponse { job: Arc::new(answer), text: Arc::default() }));
        }
        // The button that has the focus is about to be removed.
        request_animation_frame(focus_heading);
    });
    let copy_id = {
        let id = id.clone();
        Callback::new(move |()| id.clone())
    };
    view! {
        <section
            class="detail"
            role="region"
            aria-label="Job"
            class:is-slow=query.slow
            aria-busy=move || query.is_first().to_string()
        >
            <div class="detail-head">
                <div class="detail-bar">
                    <p class="quiet">{family.cloud} " · " {family.scope}</p>
                    <span class="ways">
                        <Steps family=family id=id.clone() />
                        <CloseDetail
                            href=Signal::derive(move || address.with(|route| route.without_job().hash()))
                            row="table.jobs a[aria-current]"
                        />
                    </span>
                </div>
                <div class="detail-title">
                    <h2 tabindex="-1" node_ref=heading>
                        <span class="unseen">"Job "</span>
                        <code>{id.clone()}</code>
                    </h2>
                    <CopyButton label="Copy id" text=copy_id refused=refused class="plain small" />
                </div>
                <Shown when=known>
                    <Headline family=family job=job />
                </Shown>
            </div>
            {move || query.failure.get().map(|failure| failure_notice(address, refresh, failure))}
            {move || {
                let id = id.clone();
                known
                    .get()
                    .then(|| {
                        view! {
                            <Actions family=family id=id job=job refused=refused answered=answered />
                            <CopyByHand refused=refused />
                            <Facts family=family job=job refused=refused />
                            <Results family=family job=job refused=refused />
                            <Raw text=raw />
                        }
                    })
            }}
            {move || query.is_first().then(|| view! { <p class="detail-wait quiet">"Loading the job…"</p> })}
        </section>
    }
}

/// How many characters of an unknown text are shown beside the outcome; the results show all of it.
const MAX_PROGRESS: usize = 200;

/// The outcome and its figures. A change of the outcome is announced, its first value is not.
#[component]
fn Headline(family: &'static Family, job: Memo<Arc<Job>>) -> impl IntoView {
    let announcer = expect_context::<Announcer>();
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let progress =
        Memo::new(move |_| job.with(|job| text::middle(&progress_text(family, job), MAX_PROGRESS)));
    Effect::new(move |before: Option<Outcome>| {
        let now = outcome.get();
        if before.is_some_and(|before| before != now) {
            announcer.announce(job.with_untracked(|job| outcome_change::sentence(job)));
        }
        now
    });
    view! {
        <p class="headline">
            {move || view! { <OutcomeMark outcome=outcome.get() /> }}
            <span class="quiet">{progress}</span>
        </p>
        <details class="help">
            <summary>"What this means"</summary>
            <p>{move || outcome.get().meaning()}</p>
        </details>
    }
}

/// Why the job could not be loaded. A job that does not exist (404) is not an error, and has its own next step.
fn failure_notice(address: Address, refresh: RefreshTrigger, failure: Failure) -> impl IntoView {
    let again = move |()| refresh.trigger();
    if !failure.is_missing() {
        return view! { <FailureNotice failure=failure again=Callback::new(again) /> }.into_any();
    }
    let words = failure.words();
    view! {
        <div class="notice" role="alert">
            <Icon name="info" />
            <div class="notice-text">
                <p class="notice-title">"The server does not know this job any more"</p>
                <p>"It was removed, it belongs to another domain, or the address is not complete."</p>
                {(!words.is_empty()).then(|| view! { <p class="words" dir="auto">{words}</p> })}
                <p class="notice-steps">
                    <a class="button" href=move || address.with(|route| route.without_job().hash())>
                        "Show the list"
                    </a>
                    <button type="button" class="button" on:click=move |_| again(())>"Try again"</button>
                </p>
            </div>
        </div>
    }
    .into_any()
}

/// Requests the job. Returns `Ok(None)` if the response is equal to `last`.
async fn load(
    session: Session,
    family: &'static Family,
    id: String,
    last: Option<JobResponse>,
) -> Result<Option<JobResponse>, Failure> {
    let request = jobs::job(family, &id);
    let text = fetch_text(session, &request).await?;
    if last.is_some_and(|last| *last.text == *text) {
        return Ok(None);
    }
    let job = request.decode(&text)?;
    Ok(Some(JobResponse { job: Arc::new(job), text: text.into() }))
}

fn list_is_hidden() -> bool {
    element(".split > .list").is_some_and(|list| list.offset_parent().is_none())
}

fn element(selector: &str) -> Option<HtmlElement> {
    document().query_selector(selector).ok().flatten()?.dyn_into().ok()
}
