//! The guard of the start forms: requests the running jobs of a family when a form opens, polls those that it found,
//! and requests them again right before a start is sent. Its note names them, with the possible actions. Never sends
//! a start.

use crate::api::failure::Failure;
use crate::clock::Clock;
use crate::components::controls::icon::Icon;
use crate::components::job::outcome::progress_text;
use crate::components::start::lost_start::Lost;
use crate::dialogs::cancel::CancelDialog;
use crate::query::Poller;
use crate::query::interval::Need;
use crate::query::{QueryState, use_query};
use crate::state::containers::ContainerLists;
use crate::state::lost_starts::Before;
use crate::state::preferences::Preferences;
use crate::state::refresh_trigger::RefreshTrigger;
use crate::state::running_jobs::{Found, RunningJobs};
use cckm::family::Family;
use cckm::job::Job;
use cckm::outcome::Outcome;
use cckm::selection_summary;
use cckm::text;
use cckm::time;
use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use std::sync::Arc;

/// The running jobs of a family, for as long as a start form is open.
#[derive(Clone, Copy)]
pub struct Guard {
    running: RunningJobs,
    family: &'static Family,
    query: QueryState<Found>,
    /// The id of the newest running job.
    newest: Memo<Option<String>>,
}

impl Guard {
    /// Requests the running jobs while `wanted` returns `true`.
    pub fn new(family: &'static Family, wanted: impl Fn() -> bool + Send + Sync + 'static) -> Self {
        let refresh = expect_context::<RefreshTrigger>();
        let running = RunningJobs::from_context();
        let poller = Poller::new(1);
        let query = use_query(
            poller,
            move || wanted().then(|| refresh.count()),
            move |_, last: Option<Found>| async move {
                let found = running.look(family, last.clone().unwrap_or_default()).await?;
                Ok((last.as_ref() != Some(&found)).then_some(found))
            },
        );
        let newest =
            Memo::new(move |_| query.answer.with(|found| Some(found.as_ref()?.running.first()?.id.clone())));
        // If no job is running, polling stops: `look` checks once more before a start is sent.
        Effect::new(move |_: Option<()>| {
            poller.set_need(0, if newest.with(Option::is_some) { Need::Running } else { Need::Ended });
        });
        Self { running, family, query, newest }
    }

    /// Whether a job was running according to the last response.
    pub fn runs(self) -> bool {
        self.newest.with(Option::is_some)
    }

    /// What is known before a start that `lost` looks for where its answer is lost: also the jobs of the last look.
    pub fn before(self, lost: Lost) -> Before {
        let mut before = lost.before();
        if let Some(found) = self.query.answer.try_get_untracked().flatten() {
            before.add(&found.running);
            before.add(&found.ended);
        }
        before
    }

    /// Requests the running jobs once more, right before a start is sent, and returns whether there are any. Returns
    /// `false` if the request fails, so that a failure does not prevent the start.
    pub async fn look(self) -> bool {
        let last = self.query.answer.try_get_untracked().flatten().unwrap_or_default();
        let Some(found) = self.running.look_quickly(self.family, last).await else { return false };
        let runs = !found.running.is_empty();
        _ = self.query.answer.try_set(Some(found));
        _ = self.query.failure.try_set(None);
        runs
    }

    /// What a press on the button of the form does: looks once more, with `looking` set meanwhile, and calls `send` if
    /// nothing runs. If a running job was known before, the press only refreshes the note, even if that job has ended.
    pub fn check(self, looking: RwSignal<bool>, send: Callback<()>) {
        looking.set(true);
        let known = untrack(|| self.runs());
        spawn_local(async move {
            let runs = self.look().await;
            if looking.try_set(false).is_none() && !runs && !known {
                send.run(());
            }
        });
    }
}

/// The note that is shown while a job is running. `watch` receives the job to watch, unless `sending` is true: it may
/// close the form, which waits for an answer then. `anyway` sends the start regardless, unless `held` is true.
#[component]
pub fn Running(
    guard: Guard,
    watch: Callback<Arc<Job>>,
    anyway: Callback<()>,
    held: Signal<bool>,
    sending: RwSignal<bool>,
    /// The button that gets the focus when the note disappears while it has the focus.
    back: NodeRef<html::Button>,
) -> impl IntoView {
    let Guard { family, query, newest, .. } = guard;
    let confirming = RwSignal::new(None::<String>);
    let open = RwSignal::new(false);
    let cancel = Callback::new(move |id: String| {
        confirming.set(Some(id));
        open.set(true);
    });
    let unknown = Memo::new(move |_| {
        let failure = query.failure.with(|failure| failure.as_ref().map(Failure::kind));
        failure.filter(|_| newest.with(Option::is_none))
    });
    // Only the appearance and the end of the note are announced: its contents change every second.
    let announcement = RwSignal::new(String::new());
    Effect::new(move |before: Option<Option<String>>| {
        let now = newest.get();
        if before.as_ref() != Some(&now) {
            let ended = before.flatten().and_then(|id| {
                query
                    .answer
                    .with_untracked(|found| found.as_ref()?.ended.iter().find(|job| job.id == id).cloned())
            });
            let sentence = match (&now, ended) {
                (Some(_), _) => ["A job of ", &family.title(), " is already running."].concat(),
                (None, Some(job)) => has_ended(&job),
                (None, None) => String::new(),
            };
            if announcement.with_untracked(|announcement| *announcement != sentence) {
                announcement.set(sentence);
            }
        }
        now
    });
    view! {
        <p class="unseen" aria-live="polite">{announcement}</p>
        {move || newest.get().map(|id| {
            view! { <Note guard=guard id=id watch=watch cancel=cancel anyway=anyway held=held sending=sending back=back /> }
        })}
        {move || unknown.get().map(|kind| {
            let sentence =
                ["Whether a job of ", &family.title(), " is running is not known (", &kind, ")."].concat();
            view! { <p class="quiet guard-unknown">{sentence}</p> }
        })}
        {move || confirming.get().map(|id| {
            let job = followed(query, id.clone());
            view! { <CancelDialog family=family id=id job=job open=open answered=Callback::new(|_| ()) /> }
        })}
    }
}

#[component]
fn Note(
    guard: Guard,
    id: String,
    watch: Callback<Arc<Job>>,
    cancel: Callback<String>,
    anyway: Callback<()>,
    held: Signal<bool>,
    sending: RwSignal<bool>,
    back: NodeRef<html::Button>,
) -> impl IntoView {
    let Guard { family, query, .. } = guard;
    let clock = expect_context::<Clock>();
    let containers = expect_context::<ContainerLists>();
    let preferences = expect_context::<Preferences>();
    let job = followed(query, id.clone());
    let outcome = Memo::new(move |_| job.with(|job| job.outcome()));
    let cancelling = move || outcome.get() == Outcome::Cancelling;
    let what = Memo::new(move |_| {
        let directory = containers.get(family.containers);
        job.with(|job| selection_summary::of(family, job, directory.as_deref()))
    });
    let since = move || {
        let lasted = job.with(|job| Some((job.created?, job.lasted(clock.second())?)));
        match lasted {
            Some((start, lasted)) if !cancelling() => {
                ["running ", &preferences.times().since(start, lasted)].concat()
            }
            Some((_, lasted)) => ["stopping, after ", &time::duration(lasted)].concat(),
            None => "running".to_owned(),
        }
    };
    let done = Memo::new(move |_| job.with(|job| progress_text(family, job)));
    let more = Memo::new(move |_| {
        query.answer.with(|found| found.as_ref().map_or(0, |f| f.running.len().saturating_sub(1)))
    });
    let heading = [family.slug, "-running"].concat();
    let note = NodeRef::<html::Div>::new();
    on_cleanup(move || {
        let focused = document().active_element();
        if focused.is_some_and(|focused| {
            note.try_get_untracked().flatten().is_some_and(|note| note.contains(Some(&focused)))
        }) {
            request_animation_frame(move || {
                if let Some(button) = back.try_get_untracked().flatten() {
                    _ = button.focus();
                }
            });
        }
    });
    let mine = id.clone();
    let labelled = heading.clone();
    view! {
        <div class="guard" role="note" aria-labelledby=labelled node_ref=note>
            <Icon name="in-progress" />
            <div class="guard-text">
                <p class="guard-title" id=heading>"Already running"</p>
                <p>
                    <bdi title=move || what.with(|what| what.whole.clone())>{move || what.with(|what| what.short.clone())}</bdi>
                    {move || {
                        let more = what.with(|what| what.more);
                        (more > 0).then(|| [" +", &more.to_string()].concat())
                    }}
                </p>
                <p class="figures">
                    "Job " <code title=id.clone()>{text::short(&id)}</code> " · " {since}
                    {move || Some(done.get()).filter(|done| !done.is_empty()).map(|done| [" · ", &done, " done"].concat())}
                    {move || Some(more.get()).filter(|more| *more > 0).map(|more| [" · and ", &more.to_string(), " more"].concat())}
                </p>
            </div>
            <div class="guard-steps">
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || sending.get().to_string()
                    on:click=move |_| if !sending.get_untracked() { watch.run(job.get_untracked()) }
                >
                    "Watch it"
                </button>
                // Kept after it was pressed, because it has the focus.
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || cancelling().to_string()
                    on:click=move |_| if outcome.get_untracked() == Outcome::InProgress { cancel.run(mine.clone()) }
                >
                    "Cancel it"
                </button>
                <button
                    type="button"
                    class="button"
                    aria-disabled=move || held.get().to_string()
                    on:click=move |_| if !held.get_untracked() { anyway.run(()) }
                >
                    "Start anyway"
                </button>
            </div>
        </div>
    }
}

/// The job `id` as the last response contains it. If it does not, the previous value is kept.
fn followed(query: QueryState<Found>, id: String) -> Memo<Arc<Job>> {
    Memo::new(move |last: Option<&Arc<Job>>| {
        let now = query.answer.with(|found| found.as_ref()?.get(&id).cloned());
        now.or_else(|| last.cloned()).unwrap_or_default()
    })
}

fn has_ended(job: &Job) -> String {
    ["Job ", &text::short(&job.id), " has ended: ", job.outcome().word(), "."].concat()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_end_of_what_ran_is_reported_as_it_was() {
        let job = Job::from_value(json!({"id": "j-1", "overall_status": "completed", "abort": true}))
            .expect("a job");
        assert_eq!(has_ended(&job), "Job j-1 has ended: Cancelled.");
    }
}
