//! One family's part of the dialog that starts synchronizations of several clouds: its form, its check for running jobs,
//! and its request.

use crate::api::failure::Failure;
use crate::api::jobs;
use crate::auth::Session;
use crate::components::start::container_selection::effective_form;
use crate::components::start::lost_start::{LOOKING, Lost};
use crate::dialogs::already_running::Guard;
use crate::query::Task;
use crate::state::local_jobs::LocalJobs;
use crate::state::watched_jobs::WatchedJobs;
use cckm::family::Family;
use cckm::start_request::{self, Form};
use leptos::prelude::*;
use serde_json::Value;
use std::sync::Arc;

/// What the dialog knows of one family.
#[derive(Clone, Copy)]
pub struct Group {
    pub family: &'static Family,
    /// Whether the family is included.
    pub on: RwSignal<bool>,
    pub form: RwSignal<Form>,
    pub effective: Memo<Form>,
    pub body: Memo<Result<Value, String>>,
    pub guard: Guard,
    /// Whether the start is sent although a job is running.
    pub anyway: RwSignal<bool>,
    pub state: RwSignal<State>,
    /// Looks for the started job if the response was lost.
    pub lost: Lost,
}

#[derive(Clone, PartialEq)]
pub enum State {
    /// Not sent yet.
    Open,
    Sending,
    /// Contains the job's id, if the response named it.
    Accepted(Option<String>),
    Refused(Failure),
}

impl Group {
    pub fn new(family: &'static Family) -> Self {
        let on = RwSignal::new(false);
        let form = RwSignal::new(Form::default());
        let effective = effective_form(family, form);
        let body = Memo::new(move |_| effective.with(|form| start_request::body(family, form)));
        let guard = Guard::new(family, move || on.get());
        Self {
            family,
            on,
            form,
            effective,
            body,
            guard,
            anyway: RwSignal::new(false),
            state: RwSignal::new(State::Open),
            lost: Lost::new(family),
        }
    }

    pub fn is_accepted(self) -> bool {
        self.state.with(|state| matches!(state, State::Accepted(_)))
    }

    pub fn is_refused(self) -> bool {
        self.state.with(|state| matches!(state, State::Refused(failure) if !failure.is_lost()))
    }

    /// Whether the response was lost, and the job has not been found in the list.
    pub fn is_lost(self) -> bool {
        !self.is_found()
            && self.state.with(|state| matches!(state, State::Refused(failure) if failure.is_lost()))
    }

    /// Whether the response was lost, but the job was found in the list.
    pub fn is_found(self) -> bool {
        self.lost.job().is_some()
    }

    /// Whether the start succeeded, so that it must not be sent again.
    pub fn is_started(self) -> bool {
        self.is_accepted() || self.is_found()
    }

    /// Whether the family is included and not started yet.
    pub fn is_included(self) -> bool {
        self.on.get() && !self.is_started()
    }

    /// Whether a running job holds the start back.
    pub fn waits(self) -> bool {
        self.guard.runs() && !self.anyway.get()
    }

    /// Whether the job of this start is being looked for, so that it must not be sent again.
    pub fn looks(self) -> bool {
        self.body.with(|body| body.as_ref().is_ok_and(|body| self.lost.holds(body)))
    }

    /// The summary in the head of the part: what would be started, or what is missing.
    pub fn line(self) -> String {
        if !self.on.get() || self.is_started() {
            return String::new();
        }
        match self.body.get() {
            Ok(_) if self.looks() => LOOKING.to_owned(),
            Ok(_) => self.effective.with(|form| start_request::what(self.family, form)),
            Err(reason) => reason,
        }
    }
}

/// Checks for running jobs, sends one start, and stores its result.
pub fn start_one(session: Session, watched: WatchedJobs, local_jobs: LocalJobs, group: Group) -> Task {
    let Group { family, body, guard, anyway, state, lost, .. } = group;
    let before = state.get_untracked();
    state.set(State::Sending);
    Box::pin(async move {
        if anyway.try_get_untracked() == Some(false) && guard.look().await {
            // Not sent. The guard's note shows the reason.
            _ = state.try_set(before);
            return;
        }
        let Some(Ok(body)) = body.try_get_untracked() else { return };
        let sent = lost.sending(body, guard.before(lost));
        let result = session.send(jobs::start(family, &sent.body)).await;
        lost.answered(&sent, &result);
        if state.try_get_untracked().is_none() {
            // The session has ended and its contexts are disposed of.
            return;
        }
        let end = match result {
            Ok(job) => {
                let id = job.as_ref().map(|job| job.id.clone());
                if let Some(job) = job {
                    watched.add(family, Arc::new(job.clone()));
                    local_jobs.note(family, job);
                }
                State::Accepted(id)
            }
            Err(refusal) => {
                let is_lost = refusal.is_lost();
                _ = state.try_set(State::Refused(refusal));
                if is_lost {
                    lost.begin(sent).await;
                }
                return;
            }
        };
        _ = state.try_set(end);
    })
}
