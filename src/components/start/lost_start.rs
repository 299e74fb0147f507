//! The notice about a start whose response was lost: the result of the search for its job, and the next step.

use crate::api::failure::Failure;
use crate::components::controls::icon::Icon;
use crate::components::controls::shown::Shown;
use crate::state::announcer::Announcer;
use crate::state::lost_starts::{Before, Found, LostStarts};
use crate::state::sent_starts::SentStarts;
use cckm::family::Family;
use cckm::job::Job;
use cckm::text;
use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::Value;
use std::sync::Arc;

/// The advice after a request that may or may not have arrived.
pub const UNCERTAIN: &str = "The job may have been started all the same: the panel looks for it in the list.";

/// Shown while the search is under way.
pub const LOOKING: &str = "Looking for the job in the list…";

/// A start request that was sent, and what was known before.
#[derive(Clone, PartialEq)]
pub struct Sent {
    before: Before,
    pub body: Value,
    /// Its number among the starts that wait.
    number: u32,
}

/// The search for the job of a lost start, as signals. Renders nothing if no start was lost.
#[derive(Clone, Copy)]
pub struct Lost {
    starts: LostStarts,
    waiting: SentStarts,
    announcer: Announcer,
    family: &'static Family,
    sent: RwSignal<Option<Sent>>,
    /// `None` while the search is under way.
    found: RwSignal<Option<Found>>,
}

impl Lost {
    pub fn new(family: &'static Family) -> Self {
        Self {
            starts: LostStarts::from_context(),
            waiting: expect_context(),
            announcer: expect_context(),
            family,
            sent: RwSignal::new(None),
            found: RwSignal::new(None),
        }
    }

    /// What is known about the jobs before a start is sent.
    pub fn before(self) -> Before {
        self.starts.before(self.family)
    }

    /// Call it right before a start with `body` is sent, and one of [`Lost::answered`] and [`Lost::begin`] afterwards.
    /// `before` is what was known then.
    pub fn sending(self, body: Value, before: Before) -> Sent {
        self.forget();
        let number = self.waiting.begin(self.family, before.newest(), &body);
        Sent { before, body, number }
    }

    /// The result of a start is known, unless its response was lost.
    pub fn answered<T>(self, sent: &Sent, result: &Result<T, Failure>) {
        if !result.as_ref().is_err_and(Failure::is_lost) {
            self.waiting.end(sent.number);
        }
    }

    /// Whether a start was lost.
    pub fn is_there(self) -> bool {
        self.sent.with(Option::is_some)
    }

    /// The id of the job, if the search found it.
    pub fn job(self) -> Option<String> {
        self.found.with(|found| match found {
            Some(Found::Job(job)) => Some(job.id.clone()),
            _ => None,
        })
    }

    /// Whether `body` is the start that was lost, and its job is being looked for or was found. To send it again would
    /// be another start.
    pub fn holds(self, body: &Value) -> bool {
        self.sent.with(|sent| sent.as_ref().is_some_and(|sent| sent.body == *body))
            && self.found.with(|found| matches!(found, None | Some(Found::Job(_))))
    }

    fn forget(self) {
        _ = self.sent.try_set(None);
        _ = self.found.try_set(None);
    }

    /// Searches for the job of a start that was just lost. Announces the result if the form is gone by then.
    pub async fn begin(self, sent: Sent) {
        let number = sent.number;
        self.look(sent).await;
        self.waiting.end(number);
    }

    async fn look(self, sent: Sent) {
        _ = self.found.try_set(None);
        _ = self.sent.try_set(Some(sent.clone()));
        let found = self.starts.look(self.family, &sent.before, &sent.body).await;
        let is_latest = self.sent.try_with_untracked(|now| now.as_ref() == Some(&sent));
        if is_latest == Some(false) {
            // Another start was sent meanwhile, of which this says nothing.
            return;
        }
        if self.found.try_set(Some(found.clone())).is_some() {
            self.announcer.announce(sentence(self.family, Some(&found)));
        }
    }

    fn again(self) {
        if let Some(sent) = self.sent.get_untracked() {
            spawn_local(self.look(sent));
        }
    }
}

/// The sentence and the buttons. `watch` receives the job that was found. `again` sends the start once more, and
/// `another` does so although its job was found; each runs only when its button is pressed and `held` is false.
#[component]
pub fn LostStart(
    lost: Lost,
    watch: Callback<Arc<Job>>,
    again: Callback<()>,
    held: Signal<bool>,
    #[prop(optional, into)] another: Option<Callback<()>>,
) -> impl IntoView {
    let send = move |label: &'static str, send: Callback<()>| {
        view! {
            <button
                type="button"
                class="button"
                aria-disabled=move || held.get().to_string()
                on:click=move |_| if !held.get_untracked() { send.run(()) }
            >
                {label}
            </button>
        }
    };
    let Lost { family, found, .. } = lost;
    let steps = move || {
        match found.get() {
        None => ().into_any(),
        Some(Found::Job(job)) => view! {
            <button type="button" class="button" on:click=move |_| watch.run(job.clone())>"Watch it"</button>
            {another.map(|another| send("Start another one", another))}
        }
        .into_any(),
        Some(found) => view! {
            {found.maybe().map(|job| view! {
                <button type="button" class="button" on:click=move |_| watch.run(job.clone())>"Watch it"</button>
            })}
            <button type="button" class="button" on:click=move |_| lost.again()>"Look again"</button>
            {(found == Found::Nothing).then(|| send("Try again", again))}
        }
        .into_any(),
    }
    };
    view! {
        <Shown when=move || lost.is_there()>
            <div class="notice info lost" role="note" aria-label="Looked for the job">
                <Icon name="info" />
                <div class="notice-text">
                    <p aria-live="polite">{move || found.with(|found| sentence(family, found.as_ref()))}</p>
                </div>
                <div class="notice-steps">{steps}</div>
            </div>
        </Shown>
    }
}

fn sentence(family: &Family, found: Option<&Found>) -> String {
    match found {
        None => LOOKING.to_owned(),
        Some(Found::Job(job)) => [
            "Job ",
            &text::short(&job.id),
            " of ",
            &family.title(),
            " synchronizes the same and is in the list since: the request seems to have reached the server.",
        ]
        .concat(),
        Some(Found::Maybe(job)) => [
            "Job ",
            &text::short(&job.id),
            " of ",
            &family.title(),
            " is in the list since. Whether it synchronizes the same is not known.",
        ]
        .concat(),
        Some(Found::Nothing) => [
            "No new job of ",
            &family.title(),
            " that synchronizes the same is in the list: the request may not have reached the server.",
        ]
        .concat(),
        Some(Found::Unknown(failure)) => [
            "Whether the request reached the server is not known: the panel could not ",
            &failure.purpose,
            " (",
            &failure.kind(),
            ").",
        ]
        .concat(),
    }
}
